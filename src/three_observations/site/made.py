"""Pages, tables and files that no author writes.

The search, the map of the site, a page for dead links, how to cite; and the tables that a page
asks for by a comment such as ``<!-- made: times -->``, because only the finished book holds them.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import yaml

from three_observations.site.reading import Text

#: A section longer than this is cut in the search; no sentence of the book stands so far down.
_MOST_LETTERS = 20_000


def search_script(pages: Mapping[str, tuple[str, Text]]) -> str:
    """Return what the search looks through, as a script that also works from a folder.

    Parameters
    ----------
    pages : mapping
        Address of a page below the site's folder to its title and its text.

    Returns
    -------
    str
        ``window.bookSearch``: all ``words``, the most frequent first, and the ``pages``, each its
        address, its title and its parts. A part is its anchor, title, kind and text; a text is the
        numbers of its words to base 36, one blank between them.
    """
    found = {
        address: [
            (
                part.anchor if part.level != 1 else "",
                part.title,
                part.kind,
                part.text[:_MOST_LETTERS],
            )
            for part in text.parts
        ]
        for address, (_, text) in pages.items()
    }
    counts = Counter(
        word for parts in found.values() for *_, text in parts for word in text.split()
    )
    words = sorted(counts, key=lambda word: (-counts[word], word))
    number = {word: _in_base_36(place) for place, word in enumerate(words)}
    listed = [
        [
            address,
            pages[address][0],
            [
                [anchor, title, kind, " ".join(number[word] for word in text.split())]
                for anchor, title, kind, text in parts
            ],
        ]
        for address, parts in found.items()
    ]
    content = json.dumps(
        {"words": " ".join(words), "pages": listed}, ensure_ascii=False, separators=(",", ":")
    )
    return f"window.bookSearch = {content};\n"


def _in_base_36(number: int) -> str:
    """Write a whole number as JavaScript reads it with ``parseInt(text, 36)``."""
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    written = digits[number % 36]
    while number := number // 36:
        written = digits[number % 36] + written
    return written


def search_pages(script: str) -> list[tuple[str, str, list[tuple[str, str, str, str]]]]:
    """Read back what :func:`search_script` wrote, as the search of the site does.

    Returns
    -------
    list of tuple
        Address, title and parts of every page; a part is its anchor, title, kind and text.
    """
    content = json.loads(script[script.index("{") : script.rindex("}") + 1])
    words = content["words"].split(" ")
    return [
        (
            address,
            title,
            [
                (anchor, name, kind, " ".join(words[int(number, 36)] for number in text.split()))
                for anchor, name, kind, text in parts
            ],
        )
        for address, title, parts in content["pages"]
    ]


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


# ------------------------------------------------------- tables that the finished book fills in

_PLACE = re.compile(r"<!--\s*made:\s*([\w-]+)\s*-->")


def places(body: str) -> list[str]:
    """Return the names of the tables for which a page has left a place."""
    return _PLACE.findall(body)


def filled(body: str, tables: Mapping[str, str]) -> str:
    """Put tables in their places.

    Raises
    ------
    ValueError
        If a page asks for a table that is not made.
    """

    def table(found: re.Match) -> str:
        if found.group(1) not in tables:
            raise ValueError(
                f"a page asks for the table {found.group(1)!r}, which is not made; there are "
                f"{', '.join(sorted(tables))}"
            )
        return tables[found.group(1)]

    return _PLACE.sub(table, body)


def _table(caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table; cells are HTML, the first of each row is its heading."""
    head = "".join(f'<th scope="col">{escape(words, quote=False)}</th>' for words in headings)
    lines = "\n".join(
        f'<tr><th scope="row">{row[0]}</th>'
        + "".join(f"<td>{cell}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="book-table" role="group" tabindex="0" aria-label="{escape(caption)}">\n'
        f"<table>\n<caption><span>{escape(caption, quote=False)}</span></caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{lines}\n</tbody>\n</table>\n</div>\n"
    )


def times(pages: Sequence[tuple[str, Text]]) -> str:
    """Return how long each page takes.

    Parameters
    ----------
    pages : sequence of (str, Text)
        Address, seen from the page that shows the table, and text.
    """
    rows = [
        (
            f'<a href="{escape(address)}">{escape(text.title, quote=False)}</a>',
            "\N{EN DASH}" if text.looked_up else f"{text.minutes} min",
            f"{text.minutes_stated} min" if text.minutes_stated else "\N{EN DASH}",
            str(text.figures) if text.figures else "\N{EN DASH}",
        )
        for address, text in pages
    ]
    table = _table(
        "Pages in their order, with the time that they take",
        ("Page", "To read", "To work through", "Figures"),
        rows,
    )
    return table.replace("<td>", '<td class="number">').replace(
        '<th scope="col">To', '<th scope="col" class="number">To'
    )


def uses(tables: Mapping[str, Sequence[tuple[str, str]]], data_page: str) -> str:
    """Return which figures are drawn from which table.

    Parameters
    ----------
    tables : mapping
        Name of a table to address and words of each figure.
    data_page : str
        Address of the page that describes the tables.
    """
    rows = [
        (
            f'<a href="{escape(data_page)}#table-{name.replace("_", "-")}"><code>{escape(name)}'
            "</code></a>",
            ", ".join(
                f'<a href="{escape(address)}">{escape(words, quote=False)}</a>'
                for address, words in figures
            )
            or "no figure; read by a method or a page",
        )
        for name, figures in tables.items()
    ]
    return _table("Figures that are drawn from each table", ("Table", "Figures"), rows)


# ------------------------------------------------------------------------------ how to cite


@dataclass(frozen=True)
class Reference:
    """What ``CITATION.cff`` says of the book."""

    title: str
    authors: tuple[str, ...]
    version: str
    released: str
    licence: str
    address: str = ""

    @property
    def year(self) -> str:
        """The year of this version."""
        return self.released[:4]

    def text(self) -> str:
        """Return the reference as a sentence."""
        who = " and ".join(self.authors)
        where = f" {self.address}" if self.address else ""
        return f"{who} ({self.year}). {self.title}. Version {self.version}, {self.released}.{where}"

    def bibtex(self) -> str:
        """Return the reference as a BibTeX entry."""
        name = re.sub(r"[^a-z]+", "-", self.title.lower()).strip("-")
        lines = {
            "author": "{" + " and ".join(f"{{{author}}}" for author in self.authors) + "}",
            "title": f"{{{{{self.title}}}}}",
            "year": f"{{{self.year}}}",
            "version": f"{{{self.version}}}",
            "note": f"{{Executable book, version of {self.released}}}",
        }
        if self.address:
            lines["url"] = f"{{{self.address}}}"
        inner = "".join(f"  {field} = {value},\n" for field, value in lines.items())
        return f"@misc{{{name}-{self.year},\n{inner}}}"


def reference(cff: str, address: str = "") -> Reference:
    """Read ``CITATION.cff``.

    Parameters
    ----------
    cff : str
        The file's text.
    address : str
        Where the book stands, if that is configured.

    Raises
    ------
    ValueError
        If a field that a reference needs is missing.
    """
    found = yaml.safe_load(cff) or {}
    needed = ("title", "authors", "version", "date-released", "license")
    if missing := [field for field in needed if not found.get(field)]:
        raise ValueError(f"CITATION.cff lacks {', '.join(missing)}. Add it there.")
    authors = tuple(
        author.get("name")
        or " ".join(filter(None, (author.get("given-names"), author.get("family-names"))))
        for author in found["authors"]
    )
    return Reference(
        title=found["title"],
        authors=authors,
        version=str(found["version"]),
        released=str(found["date-released"]),
        licence=found["license"],
        address=found.get("url") or address,
    )


def cite_body(book: Reference, example: tuple[str, str, str] | None) -> str:
    """Return the body of the page on how to cite.

    Parameters
    ----------
    book : Reference
    example : (str, str, str) or None
        Address, number with title, and page of a figure to cite.
    """
    figure = ""
    if example:
        address, title, page = example
        page = page if page[-1] in ".?!" else f"{page}."
        figure = (
            f'<p>For example: <a href="{escape(address)}">{escape(title, quote=False)}</a>. '
            f"In: {escape(page, quote=False)} <cite>{escape(book.title, quote=False)}</cite>, "
            f"{book.year}.</p>\n"
        )
    return (
        '<section id="how-to-cite">\n<h1>How to cite</h1>\n'
        "<p>Cite the version that you used: figures change when data do.</p>\n"
        '<section id="the-book">\n<h2>The book</h2>\n'
        f"<p>{escape(book.text(), quote=False)}</p>\n"
        f'<div class="highlight"><pre tabindex="0">{escape(book.bibtex(), quote=False)}</pre></div>'
        "\n<p>Both are made from <code>CITATION.cff</code>, which reference managers read too."
        "</p>\n</section>\n"
        '<section id="one-figure">\n<h2>One figure</h2>\n'
        "<p><em>Take it away</em> below each figure holds its reference, its picture and its data. "
        "Name the number, the title, the page and the year, and the source that stands in the line "
        "below the figure: that is where the data come from. If you moved a slider, cite the "
        f"address with your settings.</p>\n{figure}</section>\n"
        '<section id="one-verdict">\n<h2>One verdict</h2>\n'
        "<p>Quote the verdict with its figure, its interval and its rule; the card has an address "
        "of its own. A verdict without its rule says little.</p>\n</section>\n"
        '<section id="reuse">\n<h2>What you may do with it</h2>\n<ul>\n'
        f"<li>The book with its code: {escape(book.licence)} licence, see <code>LICENSE</code>. "
        "Use, change and pass on; keep the notice.</li>\n"
        "<li>Our tables: Creative Commons Attribution 4.0. What they took from others stays under "
        "the terms of its source; <code>LICENSE-DATA.md</code> lists them, and the page on "
        "sources names the licence of each.</li>\n"
        "<li>The words of others are quoted in a few words each, to be found and judged.</li>\n"
        "</ul>\n</section>\n</section>\n"
    )


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
