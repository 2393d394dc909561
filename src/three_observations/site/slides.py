"""A slide deck for each chapter, in one file that needs no network (``make slides``).

A deck is made from the outputs that stand in the chapter's notebook: title, claims, rules, each
question with its chart and what it says, the cases for and against, verdicts in short, what to
take away, the questions of the exercises, the verdicts in full, sources.  Nothing is written for
a deck alone, so it cannot say something else than the book.

The template is our own.  The exporter of nbconvert loads reveal.js from another host, and no
package of the lock holds it; all that a deck of ours needs is a style sheet and a hundred lines
of script, and a policy in each file forbids every request.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import Path
from typing import Any

import yaml

from three_observations import charts
from three_observations.site import assets, formulas, notebooks
from three_observations.site.figures import VARIABLES
from three_observations.site.student import SOLUTION

FOLDER = "_build/slides"
DECK = Path(__file__).parent / "deck"

#: Parts of the book that have no deck.
WITHOUT_DECK = ("Teaching", "Reference")

#: Letters that fit: beside a chart, on a slide of text, in one of two columns, in two cards.
BESIDE, ALONE, COLUMN, CARDS, SOURCES = 520, 1150, 800, 1500, 1700
#: Letters beside a tall chart, below the heading; lines of code; letters of short verdicts.
NARROW, LINES, SHORT = 300, 18, 2200
#: From this height over width on, a chart takes the whole height of its slide.
TALL = 0.72
#: On a narrow screen the letters of a chart have this many pixels, and the chart is scrolled.
LEAST_LETTERS = 11.0
#: Heading of the cards behind the exercises.
IN_FULL = "Appendix: the verdicts in full"
#: What a card's frame, and the end of each of its paragraphs, take in letters.
FRAME, BREAK = 30, 30
#: Cards with fewer letters than this are set larger.
ROOMY = 760


class SlidesError(Exception):
    """A deck cannot be made; the message says why and what helps."""


@dataclass(frozen=True)
class Slide:
    """One slide.

    Attributes
    ----------
    kind : str
        ``title``, ``two``, ``rules``, ``figure`` or ``text``; names its layout, with a further
        word for a variant of it.
    heading : str
        Plain words.
    body : str
        HTML.
    where : str
        The section it comes from; empty for the title.
    """

    kind: str
    heading: str
    body: str
    where: str = ""


@dataclass
class Section:
    """A part of a notebook below one heading: its words and what its cells put out."""

    heading: str
    text: str = ""
    question: str = ""
    outputs: list[tuple[str, Any]] = field(default_factory=list)


# --------------------------------------------------------------------------- words as HTML


def _markdown() -> Any:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    def formula(latex: str, options: dict[str, Any]) -> str:
        block = bool(options.get("display_mode"))
        mathml = formulas.to_mathml(latex, block=block)
        return f'<div class="formula" tabindex="0">{mathml}</div>' if block else mathml

    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    return parser.use(dollarmath_plugin, renderer=formula, allow_digits=False)


_LINK = re.compile(r'<a [^>]*href="(?![a-z]+://)[^"]*"[^>]*>(.*?)</a>', re.S)
_TARGET = re.compile(r"^\([\w-]+\)=\n", re.M)
_NOTE = re.compile(r"^\[\^[\w-]+\]:.*(?:\n[ \t]+.*)*|\[\^[\w-]+\]", re.M)


def to_html(markdown: str) -> str:
    """Return Markdown as HTML whose links lead out of the book only.

    A deck is one file and may be sent on alone, so a link to another page would lead nowhere.
    """
    text = _NOTE.sub("", _TARGET.sub("", markdown))
    html = _LINK.sub(r"\1", _markdown().render(text))
    return html.replace("<pre>", '<pre tabindex="0">')


def plain(markdown: str) -> str:
    """Return the words of a line of Markdown."""
    html = _markdown().renderInline(_NOTE.sub("", markdown))
    html = re.sub(r"<annotation.*?</annotation>", "", html, flags=re.S)
    return typography(" ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split()))


def _apart(markdown: str) -> str:
    """Give each sentence of plain paragraphs a paragraph, as a slide is read."""
    listed = any(re.match(r"\s*([-*>|`]|\d+\.)", line) for line in markdown.split("\n"))
    return markdown if listed else markdown.replace("\n", "\n\n")


def typography(text: str) -> str:
    """Return a heading with the quotation marks and apostrophes that the pages show."""
    text = re.sub(r'(^|[\s(\[\u2018])"', "\\1\N{LEFT DOUBLE QUOTATION MARK}", text)
    text = re.sub(r"(^|[\s(\[\u201c])'", "\\1\N{LEFT SINGLE QUOTATION MARK}", text)
    text = text.replace('"', "\N{RIGHT DOUBLE QUOTATION MARK}")
    return text.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")


def _words(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html)


def pieces(text: str, room: int) -> list[str]:
    """Cut a text after lines, so that each piece has at most so many letters.

    Sentences stand on lines of their own in the book.  A single longer line stays whole.

    Parameters
    ----------
    text : str
        Markdown.
    room : int
        Letters.
    """
    found: list[list[str]] = [[]]
    for line in text.strip().split("\n"):
        if found[-1] and len("\n".join([*found[-1], line])) > room:
            found.append([])
        if line.strip() or found[-1]:
            found[-1].append(line)
    return ["\n".join(lines).strip() for lines in found if "".join(lines).strip()]


def groups(items: Iterable[str], room: int, most: int = 99) -> list[list[str]]:
    """Put pieces of HTML together as long as their letters fit and there are not too many."""
    found: list[list[str]] = []
    for item in items:
        letters = sum(len(_words(other)) for other in found[-1]) if found else 0
        if not found or len(found[-1]) == most or letters + len(_words(item)) > room:
            found.append([])
        found[-1].append(item)
    return found


# --------------------------------------------------------------------------- reading a notebook


def sections(notebook: notebooks.Notebook) -> list[Section]:
    """Read a notebook as sections; the first one is the page's own.

    A second question below one heading begins a section of the same name.
    """
    found: list[Section] = []
    for cell in notebook["cells"]:
        source = notebooks.text_of(cell["source"])
        if cell["cell_type"] == "markdown":
            text = _TARGET.sub("", source)
            heading = re.match(r"#{1,2} (.+)\n?", text)
            question = re.search(r"\*\*Question:\*\* (.+)", text)
            if heading or question:
                name = heading.group(1) if heading else found[-1].heading
                found.append(Section(name, question=question.group(1) if question else ""))
            if not found:
                raise SlidesError("a notebook does not begin with its title")
            body = text[heading.end() :] if heading else text
            found[-1].text += body.strip() + "\n\n"
            continue
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if output.get("metadata", {}).get("three_observations", {}).get("part_of"):
                continue
            if "image/svg+xml" in data and charts.MIME_TYPE in data:
                spec = data[charts.MIME_TYPE]
                spec = spec if isinstance(spec, dict) else json.loads(notebooks.text_of(spec))
                picture = notebooks.text_of(data["image/svg+xml"])
                about = {**spec["usermeta"], "controls": _controls(spec)}
                found[-1].outputs.append(("chart", (about, picture)))
            elif "text/html" in data:
                found[-1].outputs.append(("html", notebooks.text_of(data["text/html"])))
            elif "text/markdown" in data:
                found[-1].outputs.append(("words", notebooks.text_of(data["text/markdown"])))
    return found


def _controls(spec: dict[str, Any]) -> str:
    """Return what the page lets a reader move on a chart: sliders, choices, both or nothing."""
    binds = [one["bind"] for one in spec.get("params", ()) if isinstance(one.get("bind"), dict)]
    kinds = {bind["input"] for bind in binds if "input" in bind}
    names = ["sliders"] * ("range" in kinds) + ["choices"] * bool(kinds - {"range"})
    return " and ".join(names)


# --------------------------------------------------------------------------- slides


def picture(svg: str, number: int) -> str:
    """Return a chart's picture with the colours of the page and addresses of its own."""
    for colour, variable in VARIABLES.items():
        svg = re.sub(f'"{colour}"', f'"var({variable})"', svg, flags=re.I)
    svg = re.sub(r'\bid="([^"]+)"', rf'id="picture-{number}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#picture-{number}-\1)", svg)
    svg = re.sub(r'(href)="#([^"]+)"', rf'\1="#picture-{number}-\2"', svg)
    wide = _size(svg)[0] * LEAST_LETTERS / min(map(float, _LETTERS.findall(svg)), default=13.0)
    return re.sub(r' width="[\d.]+" height="[\d.]+"', f' width="{wide:.0f}"', svg, count=1)


_LETTERS = re.compile(r'font-size="([\d.]+)')


def _size(svg: str) -> tuple[float, float]:
    found = re.search(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"', svg)
    return float(found.group(1)), float(found.group(2))


def _card(html: str) -> str:
    """Return a claim or verdict card without what only the page needs."""
    inner = re.search(r'<div class="book-card ([\w-]+)[^>]*>\n(.*)\n</div>', html, re.S)
    body = _LINK.sub(r"\1", inner.group(2))
    return f'<div class="card {inner.group(1)}">{body}</div>'


def _first_lines(text: str, most: int) -> str:
    return pieces(text.strip().split("\n\n")[0], most)[0]


def _chart_slides(part: Section, where: str, numbers: Iterator[int]) -> Iterator[Slide]:
    outputs = [output for output in part.outputs if output[0] in ("chart", "words")]
    place = 0
    while place < len(outputs):
        kind, content = outputs[place]
        place += 1
        if kind == "words":
            yield from _text_slides(plain(part.question) or part.heading, content, where)
            continue
        words, svg = content
        said = ""
        while place < len(outputs) and outputs[place][0] == "words":
            said += outputs[place][1] + "\n\n"
            place += 1
        width, height = _size(svg)
        tall = height > TALL * width
        room = NARROW if tall else BESIDE
        first, *rest = pieces(said or words.get("caption") or words["description"], room)
        source = ", ".join(dict.fromkeys(source["title"] for source in words["sources"]))
        caption = f"<strong>{escape(words['title'], quote=False)}</strong>"
        caption += f" Tables: {escape(source, quote=False)}." if source else " From a formula."
        if words.get("controls"):
            caption += (
                f" With the book\N{RIGHT SINGLE QUOTATION MARK}s values; the page has the "
                f"{words['controls']}, in the section <em>{escape(where, quote=False)}</em>."
            )
        name = escape(words["title"])
        body = (
            f'<figure><div class="drawing" role="group" tabindex="0" aria-label="{name}">'
            f"{picture(svg, next(numbers))}</div><figcaption>{caption}</figcaption></figure>\n"
            f'<div class="reading">{to_html(_apart(first))}</div>'
        )
        heading = plain(part.question) or words["title"]
        yield Slide("figure tall" if tall else "figure", _capital(heading), body, where)
        if rest:
            yield from _text_slides(heading, "\n".join(rest), where)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _text_slides(heading: str, markdown: str, where: str) -> Iterator[Slide]:
    for piece in pieces(markdown, ALONE):
        yield Slide("text", _capital(heading), to_html(_apart(piece)), where)


def _blocks(text: str, room: int) -> list[str]:
    """Cut a text between paragraphs, so that a list stays whole."""
    found: list[str] = []
    for block in filter(None, (block.strip() for block in text.split("\n\n"))):
        if found and len(found[-1]) + len(block) <= room:
            found[-1] += f"\n\n{block}"
        else:
            found.append(block)
    return found


def _without_docstring(code: str) -> str:
    return re.sub(r'^ +""".*?"""\n', "", code, count=1, flags=re.S | re.M)


def _code_slides(part: Section, where: str) -> Iterator[Slide]:
    """Show the functions of rules, as many on a slide as it has room for."""
    parts = [_without_docstring(text) for kind, text in part.outputs if kind == "words"]
    found: list[list[str]] = []
    for code in (code.strip() for code in parts if code.startswith("```python")):
        if found and sum(one.count("\n") for one in [*found[-1], code]) <= LINES:
            found[-1].append(code)
        else:
            found.append([code])
    for group in found:
        yield Slide("text code", part.heading, to_html("\n\n".join(group)), where)


def _rule_slides(part: Section) -> Iterator[Slide]:
    where = "Rules, stated before any result"
    if part.heading.startswith("The rules"):
        for block in _blocks(part.text, ALONE):
            yield Slide("text", part.heading, to_html(block), where)
        yield from _code_slides(part, where)
    rows = []
    for kind, content in part.outputs:
        if kind != "html" or "<table>" not in content:
            continue
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", content, re.S):
            cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)
            if "<td" in row and len(cells) == 2:
                name, words = (_LINK.sub(r"\1", cell) for cell in cells)
                rows.append(f'<div class="card"><h3>{name}</h3><p>{words}</p></div>')
    found: list[list[str]] = []
    for row in rows:
        together = [*found[-1], row] if found else [row]
        if not found or max(map(_height, columns(together))) > COLUMN:
            found.append([row])
        else:
            found[-1] = together
    for group in found:
        body = "".join(f"<div>{''.join(column)}</div>" for column in columns(group) if column)
        yield Slide("rules", part.heading, body, where)


def _height(cards: list[str]) -> int:
    """Return the letters of cards below one another, frames and breaks counted as letters."""
    return sum(len(_words(card)) + FRAME + BREAK * card.count("<p") for card in cards)


def columns(cards: list[str]) -> tuple[list[str], list[str]]:
    """Part cards into two columns, in their order, so that the longer one is short."""
    parted = [(cards[:cut], cards[cut:]) for cut in range(1, len(cards) + 1)]
    return min(parted, key=lambda pair: max(_height(pair[0]), _height(pair[1])))


def _card_slides(cards: list[str], heading: str, where: str) -> Iterator[Slide]:
    for group in groups(cards, CARDS, 2):
        if max(map(_height, [[card] for card in group])) > COLUMN:
            yield from (Slide("one", heading, card, where) for card in group)
            continue
        few = sum(len(_words(card)) for card in group) < ROOMY
        yield Slide("two roomy" if few else "two", heading, "\n".join(group), where)


def _in_short(card: str) -> str:
    """Return sign, question and figure of a verdict card."""
    badge = re.search(r'<strong class="verdict-badge.*?</strong>', card, re.S).group()
    question = re.search(r'<p class="card-question">(.*?)</p>', card, re.S).group(1)
    figure = re.search(r"<p><strong>Figure:</strong> (.*?)</p>", card, re.S)
    more = f' <span class="of-it">{figure.group(1)}</span>' if figure else ""
    return f'<li>{badge} <strong class="asked">{question}</strong>{more}</li>'


def _short_slides(cards: list[str]) -> Iterator[Slide]:
    """Put all verdicts on as few slides as hold them, equally many on each."""
    rows = [_in_short(card) for card in cards]
    if not rows:
        return
    slides = -(-sum(map(_height, ([row] for row in rows))) // SHORT)
    most = -(-len(rows) // slides)
    for first in range(0, len(rows), most):
        parted = columns(rows[first : first + most])
        body = "".join(f"<ul>{''.join(column)}</ul>" for column in parted if column)
        yield Slide("short", "Verdicts", body, "Made by the rules of the beginning")


def _exercise_slides(notebook: notebooks.Notebook) -> Iterator[Slide]:
    prompts = []
    for cell in notebook["cells"]:
        source = notebooks.text_of(cell["source"])
        if cell["cell_type"] == "markdown" and source.startswith("## "):
            heading, _, text = source.partition("\n")
            if SOLUTION.search(text):
                raise SlidesError(f"the exercise {heading!r} holds its own solution")
            name = escape(plain(heading.removeprefix("## ")), quote=False)
            prompts.append(f'<div class="card"><h3>{name}</h3>{to_html(text)}</div>')
    yield from _card_slides(prompts, "Exercises", "In the notebook of exercises, with a checker")


def _source_slides(found: list[Section]) -> Iterator[Slide]:
    lines: dict[str, str] = {}
    for part in found:
        for kind, content in part.outputs:
            if kind == "chart":
                for source in content[0]["sources"]:
                    lines[source["table"]] = (
                        f"<li><strong>{escape(source['title'], quote=False)}.</strong> "
                        f"{escape(charts.source_sentence(source), quote=False)}.</li>"
                    )
    for group in groups(lines.values(), SOURCES, 12):
        where = "Each row of each table names its own source; the book lists them all"
        yield Slide("text sources", "Sources", f"<ul>{''.join(group)}</ul>", where)


def deck(
    notebook: notebooks.Notebook, exercises: notebooks.Notebook | None, *, book: str
) -> tuple[str, list[Slide]]:
    """Return the title of a chapter and its slides.

    Parameters
    ----------
    notebook : dict
        The chapter with its outputs.
    exercises : dict or None
        The notebook of its exercises.
    book : str
        Title of the book.

    Raises
    ------
    SlidesError
        If the chapter holds no chart, so that there is nothing to show.
    """
    found = sections(notebook)
    title = plain(found[0].heading)
    keys = (
        f'<p class="keys">{escape(book, quote=False)}. '
        "Arrow keys or a swipe turn the slides; d changes the colours, f fills the screen.</p>"
    )
    slides = [Slide("title", title, to_html(_first_lines(found[0].text, 420)) + keys)]
    numbers = iter(range(1, 10_000))
    verdicts: list[str] = []
    away: list[Slide] = []
    cards = [
        _card(content)
        for part in found
        for kind, content in part.outputs
        if kind == "html" and '<div class="book-card claim' in content
    ]
    slides += _card_slides(cards, "The claims" if len(cards) > 1 else "The claim", "What was said")
    for part in found[1:]:
        if part.heading.startswith(("What would make", "The rules")):
            slides += _rule_slides(part)
            continue
        if part.heading.startswith("What to take away"):
            said = "\n".join(text for kind, text in part.outputs if kind == "words")
            text = f"{part.text.strip()}\n\n{said}".strip()
            away += [
                Slide("text", part.heading, to_html(piece), title) for piece in pieces(text, ALONE)
            ]
            continue
        verdicts += [
            _card(content)
            for kind, content in part.outputs
            if kind == "html" and '<div class="book-card verdict' in content
        ]
        drawn = any(kind == "chart" for kind, _ in part.outputs)
        argued = re.search(r"\b(cases?|against|could not have shown)\b", part.heading, re.I)
        if drawn or argued:
            slides += _chart_slides(part, plain(part.heading), numbers)
    if not any(slide.kind == "figure" for slide in slides):
        raise SlidesError(f"{title!r} holds no chart. Run first: make book")
    slides += [*_short_slides(verdicts), *away]
    if exercises:
        slides += _exercise_slides(exercises)
    slides += _card_slides(verdicts, IN_FULL, "Made by the rules of the beginning")
    slides += _source_slides(found)
    return title, slides


# --------------------------------------------------------------------------- one file


def _allowed(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _style() -> str:
    return assets.with_dark((DECK / "deck.css").read_text(encoding="utf-8")) + assets.palette()


def page(title: str, slides: list[Slide], *, book: str, made_from: str) -> str:
    """Return a deck as one HTML file.

    Parameters
    ----------
    title : str
        Of the chapter.
    slides : list of Slide
    book : str
        Title of the book.
    made_from : str
        The notebook, for whoever finds the file alone.
    """
    style, script = _style(), (DECK / "deck.js").read_text(encoding="utf-8")
    script = script.replace("</", "<\\/")
    policy = (
        f"default-src 'none'; img-src data:; style-src {_allowed(style)}; "
        f"script-src {_allowed(script)}; base-uri 'none'; form-action 'none'"
    )
    name = escape(title, quote=False)
    parts = []
    for number, slide in enumerate(slides, start=1):
        level = "h1" if number == 1 else "h2"
        where = f'<p class="where">{escape(slide.where, quote=False)}</p>\n' if slide.where else ""
        parts.append(
            f'<div class="slide {slide.kind}" id="slide-{number}" role="group" '
            f'aria-roledescription="slide" aria-labelledby="heading-{number}">\n<header>{where}'
            f'<{level} id="heading-{number}" tabindex="-1">'
            f"{escape(typography(slide.heading), quote=False)}</{level}></header>\n"
            f'<div class="body">{slide.body}</div>\n</div>\n'
        )
    buttons = "".join(
        f'<button type="button" data-does="{does}"{more}>{words}</button>'
        for does, words, more in (
            ("back", "Back", ""),
            ("on", "Next", ""),
            ("colours", "Dark", ' aria-pressed="false"'),
            ("full", "Full screen", ""),
        )
    )
    back, _, others = buttons.partition("</button>")
    bar = (
        f'<nav class="bar" aria-label="Slides">{back}</button><span class="place"></span>{others}'
        f'<span class="deck-title">{name}</span>'
        '<progress value="1" max="1" aria-label="Slides shown"></progress></nav>\n'
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<link rel="icon" href="data:,">\n'
        f'<meta name="description" content="Slides made from {escape(made_from)}">\n'
        f"<title>{name} \N{EN DASH} slides \N{EN DASH} {escape(book, quote=False)}</title>\n"
        f"<style>{style}</style>\n</head>\n<body>\n<main>\n{''.join(parts)}</main>\n{bar}"
        '<p class="unseen" id="said" role="status"></p>\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def _below(entry: dict[str, Any]) -> list[str]:
    return [name for part in entry.get("sections", ()) for name in [part["file"], *_below(part)]]


def chapters(root: Path) -> dict[str, str]:
    """Return the chapters of ``_toc.yml`` with their exercises, empty where there are none.

    Parameters
    ----------
    root : Path
        The project's folder.
    """
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    return {
        entry["file"]: next((name for name in _below(entry) if "/exercises/" in name), "")
        for part in toc["parts"]
        if part["caption"] not in WITHOUT_DECK
        for entry in part["chapters"]
    }


def files(root: Path) -> dict[str, str]:
    """Return the decks: file name to content, with a page that lists them.

    Raises
    ------
    SlidesError
        If a notebook is stale, so that a deck would show what the book does not.
    """
    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    book, shared = config["title"], notebooks.shared_digests(root)
    found, listed = {}, []
    for name, below in chapters(root).items():
        read = []
        for part in filter(None, (name, below)):
            path = root / f"{part}.ipynb"
            if notebooks.state_of(path, shared).stale:
                raise SlidesError(f"{part} is stale. Run first: make book")
            read.append(notebooks.read(path))
        title, slides = deck(read[0], read[1] if below else None, book=book)
        file = f"{Path(name).name}.html"
        found[file] = page(title, slides, book=book, made_from=f"{name}.ipynb")
        listed.append((file, title, len(slides)))
    found["index.html"] = _index(book, listed)
    return found


def _index(book: str, listed: list[tuple[str, str, int]]) -> str:
    style = _style()
    policy = f"default-src 'none'; img-src data:; style-src {_allowed(style)}; base-uri 'none'"
    items = "".join(
        f'<li><a href="{escape(file)}">{escape(title, quote=False)}</a>, {count} slides</li>'
        for file, title, count in listed
    )
    name = escape(book, quote=False)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<link rel="icon" href="data:,">\n'
        f"<title>Slides \N{EN DASH} {name}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'<main>\n<section class="slide text">\n<h1>{name}: slides</h1>\n'
        f'<div class="body"><p>Each deck is one file and needs no network.</p>\n'
        f"<ul>{items}</ul></div>\n</section>\n</main>\n</body>\n</html>\n"
    )


def write(root: Path, folder: Path) -> dict[str, int]:
    """Write the decks into a folder, in the place of what it held; return their sizes in bytes."""
    made = files(root)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".making-", dir=folder.parent) as scratch:
        fresh = Path(scratch) / "slides"
        fresh.mkdir()
        for name, content in made.items():
            (fresh / name).write_text(content, encoding="utf-8", newline="\n")
        if folder.exists():
            shutil.move(folder, Path(scratch) / "old")
        shutil.move(fresh, folder)
    return {name: len(content.encode()) for name, content in made.items()}


def main() -> int:
    """Run ``python -m three_observations.site.slides``; return the exit code."""
    root = notebooks.project_root()
    try:
        sizes = write(root, root / FOLDER)
    except (SlidesError, notebooks.NotebookError) as error:
        print(error, file=sys.stderr)
        return 1
    total = sum(sizes.values()) / 1e6
    print(f"Slides: {len(sizes) - 1} decks, {total:.1f} MB. Open {FOLDER}/index.html")
    return 0


if __name__ == "__main__":
    sys.exit(main())
