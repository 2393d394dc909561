"""Pages and files that no author writes: the search, the map of the site, a page for dead links."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from html import escape

from three_observations.site.reading import Text

#: A section longer than this is cut in the search; no sentence of the book stands so far down.
_MOST_LETTERS = 20_000


def search_script(pages: Mapping[str, tuple[str, Text]]) -> str:
    """Return what the search looks through, as a script that also works from a folder.

    Parameters
    ----------
    pages : mapping
        Address of a page below the site's folder to its title and its text.
    """
    listed = []
    for address, (title, text) in pages.items():
        parts = []
        for part in text.parts:
            anchor = part.anchor if part.level != 1 else ""
            parts.append([anchor, part.title, part.kind, part.text[:_MOST_LETTERS]])
        listed.append([address, title, parts])
    content = json.dumps(listed, ensure_ascii=False, separators=(",", ":"))
    return f"window.bookSearch = {content};\n"


def map_body(pages: Sequence[tuple[str, str, Text]]) -> str:
    """Return the body of the map: every page with its sections and figures.

    Parameters
    ----------
    pages : sequence of (str, str, Text)
        Address, title and text, in the order of the book.
    """
    blocks = []
    for address, title, text in pages:
        items = []
        for part in text.parts:
            if part.kind == "figure" or (part.kind == "section" and part.level == 2):
                kind = ' class="figure"' if part.kind == "figure" else ""
                items.append(
                    f'<li{kind}><a href="{escape(address)}#{escape(part.anchor)}">'
                    f"{escape(part.title, quote=False)}</a></li>"
                )
        inner = f"<ul>{''.join(items)}</ul>" if items else ""
        blocks.append(
            f'<h2><a href="{escape(address)}">{escape(title, quote=False)}</a></h2>\n{inner}\n'
        )
    return f'<section id="site-map">\n<h1>Site map</h1>\n{"".join(blocks)}</section>\n'


_LOST_STYLE = (
    "body{font:1.1rem/1.6 Georgia,serif;max-width:38rem;margin:15vh auto;padding:0 1.2rem;"
    "color:#1f2328;background:#fff}a{color:#145089}h1{font:700 2rem/1.2 Arial,sans-serif}"
    "@media(prefers-color-scheme:dark){body{color:#e6e8eb;background:#14181e}a{color:#7cb8ff}}"
)
# A dead link may be of any depth, so the page finds the site's folder from its own address.
_LOST_SCRIPT = (
    'var home=location.pathname.replace(/(chapters|charts|data|downloads|_static)\\/.*$/,"")'
    '.replace(/[^\\/]*$/,"");'
    'document.querySelectorAll("a[data-page]").forEach(function(link){'
    "link.href=home+link.dataset.page});"
)


def _allowed(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def lost_page(book: str, home: str = "") -> str:
    """Return the page that a server shows for a dead link; it needs no other file.

    Parameters
    ----------
    book : str
        Title of the book.
    home : str
        Where the site stands, if that is configured.
    """
    home = f"{home.rstrip('/')}/" if home else ""
    links = "".join(
        f'<li><a href="{escape(home + page)}" data-page="{page}">{words}</a></li>'
        for page, words in (
            ("index.html", "The front page"),
            ("sitemap.html", "Every page, section and figure"),
            ("search.html", "Search"),
        )
    )
    script = "" if home else f"<script>{_LOST_SCRIPT}</script>\n"
    policy = (
        f"default-src 'none'; img-src data:; style-src {_allowed(_LOST_STYLE)}; "
        f"script-src {_allowed(_LOST_SCRIPT)}; base-uri 'none'"
    )
    title = escape(book, quote=False)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex">\n<link rel="icon" href="data:,">\n'
        f"<title>No such page – {title}</title>\n<style>{_LOST_STYLE}</style>\n</head>\n<body>\n"
        f"<main>\n<h1>There is no such page</h1>\n"
        f"<p>The address may have changed, or a letter in it is wrong. "
        f"From here you can go on in <cite>{title}</cite>:</p>\n<ul>{links}</ul>\n</main>\n"
        f"{script}</body>\n</html>\n"
    )


def map_for_machines(home: str, addresses: Sequence[str]) -> str:
    """Return ``sitemap.xml``; it needs the address at which the site stands."""
    home = home.rstrip("/")
    places = "".join(f"<url><loc>{escape(f'{home}/{page}')}</loc></url>\n" for page in addresses)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n' + places + "</urlset>\n"
    )
