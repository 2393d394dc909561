"""Read the finished text of a page: its sections, figures and tables, and how long it takes.

The search, the site map, the line below a page's title and the box at its top are all made from
what a reader sees, so that none of them can say something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

WORDS_A_MINUTE = 220
MINUTES_A_FIGURE = 0.5

_EMPTY = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
_SKIPPED_TAGS = {"script", "style", "svg", "math", "button", "form", "select"}
_SKIPPED_CLASSES = {
    "above-input",
    "cell_input",
    "chart-origin",
    "chart-source",
    "chart-take",
    "chart-values",
    "headerlink",
    "in-short",
    "page-facts",
    "term-tip",
}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


@dataclass
class Part:
    """Something on a page that has an address of its own.

    Attributes
    ----------
    kind : str
        ``section``, ``figure`` or ``row``.
    anchor : str
        Empty for the page as a whole.
    title : str
    level : int
        Of the heading: 1 for the page; 0 if the part is no section.
    text : str
    """

    kind: str
    anchor: str
    title: str = ""
    level: int = 0
    text: str = ""


@dataclass
class Text:
    """What stands on a page.

    Attributes
    ----------
    parts : list of Part
        In the order of the page.
    words : int
        In sentences, outside of tables, figures and code.
    figures : int
    minutes_stated : int or None
        What the author said the page takes.
    """

    parts: list[Part] = field(default_factory=list)
    words: int = 0
    figures: int = 0
    minutes_stated: int | None = None

    @property
    def title(self) -> str:
        """The main heading."""
        return next((part.title for part in self.parts if part.level == 1), "")

    @property
    def minutes(self) -> int:
        """Minutes to read the sentences and look at the figures."""
        return max(1, round(self.words / WORDS_A_MINUTE + MINUTES_A_FIGURE * self.figures))

    @property
    def looked_up(self) -> bool:
        """Whether it is a page of tables: the few words around them tell nothing of its length."""
        return self.minutes == 1 and not self.figures and not self.minutes_stated


_NUMBER = re.compile(r"[\s\d.,\N{MINUS SIGN}\N{EN DASH}]*(?:e[-+]?\d+)?\s*").fullmatch


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = Text()
        self.open: list[tuple[str, Part | None, bool, bool]] = []
        self.pieces: dict[int, list[str]] = {}
        self.heading: list[str] | None = None
        self.heading_tag = ""

    @property
    def skipping(self) -> bool:
        return any(entry[2] for entry in self.open)

    def _part(self) -> Part | None:
        return next((entry[1] for entry in reversed(self.open) if entry[1]), None)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in _EMPTY:
            return
        found = dict(attributes)
        classes = set((found.get("class") or "").split())
        skipped = tag in _SKIPPED_TAGS or bool(classes & _SKIPPED_CLASSES)
        # Words that every chart repeats.
        skipped = skipped or (tag == "summary" and any(entry[0] == "figure" for entry in self.open))
        skipped = skipped or (tag == "caption" and "unseen" in classes)
        quiet = tag in {"table", "figure", "pre"} or bool(classes & {"book-card", "about-table"})
        part = None
        if not self.skipping and not skipped:
            if tag == "section" and found.get("id"):
                part = Part("section", found["id"] or "")
            elif tag == "figure" and "chart" in classes:
                part = Part("figure", found.get("id") or "")
                self.text.figures += 1
            elif tag == "tr" and found.get("id"):
                part = Part("row", found["id"] or "")
            elif tag == "div" and "about-table" in classes and found.get("id"):
                part = Part("table", found["id"] or "")
            if part:
                self.text.parts.append(part)
                self.pieces[id(part)] = []
            owner = part or self._part()
            starts = tag in _HEADINGS or "chart-title" in classes or (part and part.kind == "row")
            if owner and not owner.title and starts and self.heading is None:
                self.heading, self.heading_tag = [], tag
                if owner.kind == "section":
                    owner.level = int(tag[1])
        self.open.append((tag, part, skipped, quiet))

    def handle_endtag(self, tag: str) -> None:
        if tag not in {entry[0] for entry in self.open}:
            return
        row_heading = self.heading is not None and self.heading_tag == "tr" and tag in {"th", "td"}
        if self.heading is not None and (tag == self.heading_tag or row_heading):
            owner, title = self._part(), " ".join("".join(self.heading).split())
            if owner and (title or tag == self.heading_tag):
                owner.title = title
                self.heading = None
        while self.open:
            closed = self.open.pop()
            if closed[1]:
                closed[1].text = " ".join("".join(self.pieces.pop(id(closed[1]))).split())
            if closed[0] == tag:
                break
        part = self._part()
        inline = {
            "a",
            "em",
            "strong",
            "code",
            "span",
            "sup",
            "sub",
            "cite",
            "dfn",
            "abbr",
            "b",
            "i",
        }
        if part and tag not in inline:
            self.pieces[id(part)].append(" ")

    def handle_data(self, data: str) -> None:
        if self.skipping:
            return
        if self.heading is not None:
            self.heading.append(data)
            if self.heading_tag != "tr":
                return
        part = self._part()
        # Nobody looks for a number of a chart's table; its words lead to the figure.
        if part and not (part.kind == "figure" and self.open[-1][0] == "td" and _NUMBER(data)):
            self.pieces[id(part)].append(data)
        if not any(entry[3] for entry in self.open):
            self.text.words += len(data.split())


_STATED = re.compile(r"<strong>Time:?</strong>:? about (\d+) minutes?")


def read(body: str) -> Text:
    """Read the body of a page.

    Parameters
    ----------
    body : str
        HTML.
    """
    reader = _Reader()
    reader.feed(body)
    reader.close()
    stated = _STATED.search(body)
    reader.text.minutes_stated = int(stated.group(1)) if stated else None
    return reader.text


# --------------------------------------------------------------------------- the top of a page

_CLAIM = re.compile(
    r'<div class="book-card claim[^>]*>.*?<blockquote><p>(?P<words>.*?)</p></blockquote>\s*'
    r'<p class="card-origin">(?P<origin>.*?)</p>',
    re.S,
)
_VERDICT = re.compile(
    r'<div class="book-card verdict[^>]* id="(?P<anchor>[^"]+)">.*?'
    r'<p class="card-question">(?P<question>.*?)</p>\s*'
    r'<p class="card-outcome">(?P<badge><strong.*?</strong>)</p>',
    re.S,
)
#: Verdicts shown before the rest is folded.
VERDICTS_SHOWN = 3


def in_short(body: str) -> str:
    """Return the box at the top of a chapter: the claim, and each verdict with a link to its card.

    Parameters
    ----------
    body : str
        HTML of the page.

    Returns
    -------
    str
        HTML; empty for a page that gives no verdict.
    """
    items = [
        f'<li><a href="#{found["anchor"]}">{found["question"]}</a> {found["badge"]}</li>'
        for found in _VERDICT.finditer(body)
    ]
    if not items:
        return ""
    claim = _CLAIM.search(body)
    quoted = (
        f"<blockquote><p>{claim['words']}</p></blockquote>\n"
        f'<p class="card-origin">{claim["origin"]}</p>\n'
        if claim
        else ""
    )
    shown, folded = items[:VERDICTS_SHOWN], items[VERDICTS_SHOWN:]
    rest = (
        f"<details><summary>{len(folded)} more verdict{'' if len(folded) == 1 else 's'} on this "
        f"page</summary>\n<ul>{''.join(folded)}</ul></details>\n"
        if folded
        else ""
    )
    return (
        '<aside class="book-card in-short" aria-label="In short">\n'
        f'<p class="card-label">In short</p>\n{quoted}<ul>{"".join(shown)}</ul>\n{rest}</aside>\n'
    )


def facts(text: Text, *, run: bool) -> str:
    """Return the line below a page's title: how long it takes, its figures, how to run it.

    Parameters
    ----------
    text : Text
    run : bool
        Whether the page says how to run it.
    """
    minutes = f"{text.minutes} min to read"
    if text.minutes_stated and text.minutes_stated > text.minutes:
        minutes += f", about {text.minutes_stated} to work through"
    parts = [] if text.looked_up else [minutes]
    if text.figures:
        parts.append(f"{text.figures} figure{'' if text.figures == 1 else 's'}")
    if run:
        parts.append('<a href="#run">Run it yourself</a>')
    if not parts:
        return ""
    items = "".join(f"<li>{part}</li>" for part in parts)
    return f'<ul class="page-facts">{items}</ul>\n'


def with_top(body: str, *, facts_line: str, box: str) -> str:
    """Put the line of facts below the title, and the box before the first cell or section."""
    end = body.find("</h1>")
    if end < 0:
        return body
    end += len("</h1>")
    places = [
        place for mark in ('<div class="cell', "<section") if (place := body.find(mark, end)) >= 0
    ]
    start = min(places, default=len(body))
    return f"{body[:end]}\n{facts_line}{body[end:start]}{box}{body[start:]}"


def plain(html: str) -> str:
    """Return the words of a piece of HTML."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
