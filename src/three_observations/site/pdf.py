"""Write the whole book into one PDF: ``make pdf``.

The pages of the built site are put behind one another, their links made to lead inside the
document, and the browser prints it: charts as pictures, text as text, an outline of the headings.
"""

from __future__ import annotations

import posixpath
import re
import sys
import tempfile
from html import escape, unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from three_observations.site import notebooks
from three_observations.site.browser import launch

PDF = "_build/three-observations.pdf"

_ARTICLE = re.compile(r"<article>(.*?)</article>", re.S)
_MENU = re.compile(r'<nav id="book-menu".*?</nav>', re.S)
_TITLE = re.compile(r'<a class="book-title"[^>]*>(.*?)</a>', re.S)
_CODE = re.compile(r'<details class="admonition hide above-input">.*?</details>\s*', re.S)
_DATA = re.compile(r'<div class="chart-more">.*?(?=<script type="application/json")', re.S)
_SPEC = re.compile(r'<script type="application/json".*?</script>', re.S)
_FACTS = re.compile(r'<ul class="page-facts">.*?</ul>', re.S)
_TIP = re.compile(r'<span class="term-tip".*?</span>', re.S)


def _key(page: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", page.removesuffix(".html").lower()).strip("-")


def reading_order(site: Path) -> list[str]:
    """Return the pages of a built site in the order of its menu, the glossary last.

    Parameters
    ----------
    site : Path

    Raises
    ------
    FileNotFoundError
        If the site is not built; the message says how.
    """
    index = site / "index.html"
    if not index.is_file():
        raise FileNotFoundError(f"{index} is missing. Build the site first: make book")
    text = index.read_text(encoding="utf-8")
    moved = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', text)
    front = unescape(moved.group(1)) if moved else "index.html"
    menu = _MENU.search((site / front).read_text(encoding="utf-8"))
    links = re.findall(r'href="([^"#]+\.html)"', menu.group() if menu else "")
    pages = [posixpath.normpath(posixpath.join(posixpath.dirname(front), link)) for link in links]
    last = [name for name in ("glossary.html", "cite.html") if (site / name).is_file()]
    return list(dict.fromkeys([front, *pages, *last]))


def _inside(article: str, page: str, pages: list[str], site: Path) -> str:
    """Give what has an address one that is single in the document, and lead links there."""
    here = posixpath.dirname(page)

    def identifier(found: re.Match) -> str:
        return f'{found.group(1)}="{_key(page)}--{found.group(2)}"'

    def link(found: re.Match) -> str:
        parts = urlsplit(unescape(found.group(1)))
        if parts.scheme or parts.netloc:
            return found.group()
        path = posixpath.normpath(posixpath.join(here, unquote(parts.path)))
        target = path if parts.path else page
        if target in pages:
            place = f"--{parts.fragment}" if parts.fragment else ""
            return f'href="#{_key(target)}{escape(place)}"'
        return ""  # a file of the site: a PDF that was sent on could not open it

    def source(found: re.Match) -> str:
        path = posixpath.normpath(posixpath.join(here, unescape(found.group(1))))
        return f'src="{escape((site / path).as_uri())}" loading="eager"'

    article = re.sub(r'\b(id|aria-labelledby|aria-describedby|for)="([^"]+)"', identifier, article)
    article = re.sub(r'href="([^"]*)"(?: download)?', link, article)
    article = article.replace(' loading="lazy"', "")
    return re.sub(r'src="([^"]+)"', source, article)


def whole_book(site: Path) -> tuple[str, str]:
    """Return the book as one HTML document, and its title.

    Parameters
    ----------
    site : Path
        The built site.
    """
    pages = reading_order(site)
    parts, title = [], ""
    for page in pages:
        text = (site / page).read_text(encoding="utf-8")
        title = title or unescape(_TITLE.search(text).group(1))
        article = _ARTICLE.search(text).group(1)
        for pattern in (_CODE, _DATA, _SPEC, _FACTS, _TIP):
            article = pattern.sub("", article)
        article = article.replace("<details>", "<details open>")
        parts.append(
            f'<section class="book-page" id="{_key(page)}">\n'
            f"{_inside(article, page, pages, site)}</section>\n"
        )
    document = (
        '<!DOCTYPE html>\n<html lang="en" class="whole">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title, quote=False)}</title>\n"
        f'<link rel="stylesheet" href="{(site / "_static" / "book.css").as_uri()}">\n'
        f'</head>\n<body>\n<main class="book-main">\n{"".join(parts)}</main>\n</body>\n</html>\n'
    )
    return document, title


def _edge(text: str) -> str:
    return (
        '<div style="width:100%;padding:0 18mm;font:8px Arial,sans-serif;color:#56606d;'
        f'display:flex;justify-content:space-between">{text}</div>'
    )


def write(site: Path, pdf: Path) -> None:
    """Print the whole book into one PDF.

    Parameters
    ----------
    site : Path
        The built site.
    pdf : Path
        The file to write.

    Raises
    ------
    FileNotFoundError
        If the site is not built.
    RuntimeError
        When there is no browser.
    """
    from playwright.sync_api import sync_playwright

    document, title = whole_book(site)
    pdf.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        page = Path(scratch) / "book.html"
        page.write_text(document, encoding="utf-8")
        browser = launch(playwright)
        tab = browser.new_page(color_scheme="light")
        tab.goto(page.as_uri(), wait_until="load")
        tab.evaluate("() => Promise.all([...document.images].map(image => image.decode()))")
        tab.pdf(
            path=str(pdf),
            format="A4",
            margin={"top": "20mm", "bottom": "20mm", "left": "18mm", "right": "18mm"},
            display_header_footer=True,
            header_template="<span></span>",
            footer_template=_edge(
                f"<span>{escape(title, quote=False)}</span>"
                '<span><span class="pageNumber"></span> / <span class="totalPages"></span></span>'
            ),
            print_background=True,
            outline=True,
            tagged=True,
        )
        browser.close()


def main() -> int:
    """Run ``python -m three_observations.site.pdf``; return the exit code."""
    root = notebooks.project_root()
    try:
        write(root / "_build" / "html", root / PDF)
    except (RuntimeError, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{PDF}: {(root / PDF).stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
