"""Words, tables and cards with computed figures, for the notebooks of the book.

Each function displays one output in forms that JupyterLab, GitHub and the site can show.
The helpers at the top turn a number into words with the digits it carries;
use them inside f-strings, so that a figure in the text is always a computed one.
"""

from __future__ import annotations

import inspect
import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

import pandas as pd

from three_observations.claims import Outcome, Verdict

__all__ = [
    "about_table",
    "claim_card",
    "code",
    "count",
    "day",
    "fold",
    "interval",
    "linked_table",
    "money",
    "month",
    "number",
    "objectives",
    "percent",
    "say",
    "signed",
    "table",
    "verdict_card",
    "verdict_table",
]

MINUS = "\N{MINUS SIGN}"
MISSING = "\N{EN DASH}"

#: A sign for each verdict, so that colour never has to tell them apart.
SIGNS = {
    Outcome.SUPPORTED: "\N{CHECK MARK}",
    Outcome.PARTLY: "\N{CIRCLE WITH LEFT HALF BLACK}",
    Outcome.NOT_SUPPORTED: "\N{WHITE CIRCLE}",
    Outcome.CONTRADICTED: "\N{MULTIPLICATION X}",
    Outcome.CANNOT_BE_TESTED: "?",
    Outcome.OPEN: "\N{HORIZONTAL ELLIPSIS}",
}

Format = str | Callable[[Any], str]


# --------------------------------------------------------------------------- numbers in words


def number(value: float, digits: int = 3) -> str:
    """Write a number with so many significant digits and commas between thousands.

    Parameters
    ----------
    value : float
        NaN becomes a dash.
    digits : int, default 3
        Digits before the decimal point are always written; beyond ``digits`` they are zeros.

    Returns
    -------
    str
        ``number(12345.6)`` is ``"12,300"``, ``number(0.012345)`` is ``"0.0123"``.
    """
    value = float(value)
    if math.isnan(value):
        return MISSING
    if math.isinf(value):
        return f"{MINUS if value < 0 else ''}infinity"
    rounded = float(f"{value:.{digits}g}")
    if rounded == 0:
        return "0"
    places = max(digits - 1 - math.floor(math.log10(abs(rounded))), 0)
    if places > 8:
        text = f"{rounded:.{digits - 1}e}".replace("e-", f"e{MINUS}")
    else:
        text = f"{rounded:,.{places}f}"
        if "." in text and float(text.replace(",", "")) == round(rounded):
            text = text.split(".")[0]
    return text.replace("-", MINUS, 1) if text.startswith("-") else text


def fold(value: float, digits: int = 2) -> str:
    """Write a factor: ``fold(12.34)`` is ``"12x"``, ``fold(1.26)`` is ``"1.3x"``."""
    value = float(value)
    if math.isfinite(value) and 100 <= abs(value) < 1000 and digits == 2:
        digits = 3
    return MISSING if math.isnan(value) else f"{number(value, digits)}x"


def percent(share: float, digits: int = 2) -> str:
    """Write a share as per cent: ``percent(0.123)`` is ``"12%"``, ``percent(1)`` is ``"100%"``."""
    share = float(share)
    if math.isnan(share):
        return MISSING
    return f"{number(100 * share, 3 if abs(share) >= 1 else digits)}%"


def money(amount: float, unit: str = "$") -> str:
    """Write an amount: ``"$2.50"``, ``"$30"``, ``"$0.075"``, ``"$1.2 billion"``.

    Parameters
    ----------
    amount : float
        In whole units, not in thousands or millions.
    unit : str, default "$"
        Sign that stands before the amount.
    """
    amount = float(amount)
    if math.isnan(amount):
        return MISSING
    sign, size = (MINUS if amount < 0 else ""), abs(amount)
    for limit, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if size >= limit:
            return f"{sign}{unit}{number(size / limit)} {word}"
    if 0 < size < 0.1:
        text = number(size, 2)
    elif size < 100 and round(size, 2) != round(size):
        text = f"{size:,.2f}"
    else:
        text = f"{size:,.0f}"
    return f"{sign}{unit}{text}"


def signed(value: float, digits: int = 2) -> str:
    """Write a change with its sign: ``"+1.2"`` or a true minus and ``"1.2"``."""
    text = number(value, digits)
    return text if text.startswith((MINUS, MISSING)) or text == "0" else f"+{text}"


def interval(low: float, high: float, write: Callable[[float], str] = number) -> str:
    """Write both ends of an interval alike: ``interval(8, 15.2, fold)`` is ``"8x to 15x"``."""
    return f"{write(low)} to {write(high)}"


def count(size: int, thing: str, things: str = "") -> str:
    """Write a number of things: ``"1 model"``, ``"12 models"``, ``"2 entries"``.

    Parameters
    ----------
    size : int
    thing : str
        One of them.
    things : str, optional
        Several of them, where it is not ``thing`` with an s.
    """
    return f"{size:,} {thing if size == 1 else things or thing + 's'}"


def day(when: date | str) -> str:
    """Write a date in words: ``"14 March 2023"``."""
    stamp = pd.Timestamp(when)
    return f"{stamp.day} {stamp:%B} {stamp.year}"


def month(when: date | str) -> str:
    """Write a month in words: ``"March 2023"``."""
    stamp = pd.Timestamp(when)
    return f"{stamp:%B} {stamp.year}"


# --------------------------------------------------------------------------- outputs


def _show(bundle: Mapping[str, str]) -> None:
    from IPython.display import display

    display(dict(bundle), raw=True)


def say(markdown: str) -> None:
    """Display a paragraph whose figures were computed.

    Parameters
    ----------
    markdown : str
        Markdown. A dollar sign before a digit is an amount, never the start of a formula.

    Raises
    ------
    ValueError
        If there is nothing to say, or a figure came out as ``nan``, ``None`` or ``inf``.
    """
    text = "\n".join(line.strip() for line in markdown.strip().splitlines())
    if not text:
        raise ValueError("say() was given no words")
    if bad := re.search(r"(?<![\w-])(nan|NaN|None|inf|NaT|<NA>)x?(?![\w-])", text):
        raise ValueError(f"say(): a figure came out as {bad.group()!r} in: {text!r}")
    # Escaped for readers of Markdown, and by itself because JupyterLab looks for formulas again
    # in what it has rendered.
    marked = re.sub(r"(?<!\\)\$(?=\d)", r"<span>\\$</span>", text)
    _show({"text/markdown": marked, "text/plain": text})


def code(thing: Callable[..., Any] | type) -> None:
    """Display the source of a function or class as it stands in the package.

    Parameters
    ----------
    thing : callable or type
        For example a decision rule, so that a reader sees it before its result.
    """
    source = inspect.getsource(thing).rstrip()
    _show({"text/markdown": f"```python\n{source}\n```", "text/plain": source})


def _places(values: pd.Series) -> int | None:
    """Return the decimals that give each number of a column three digits, alike for all.

    None if the numbers are too far apart for one format.
    """
    sizes = [abs(float(f"{value:.3g}")) for value in values.dropna() if math.isfinite(value)]
    sizes = [size for size in sizes if size]
    if not sizes or max(sizes) / min(sizes) >= 1e4 or max(sizes) >= 1e6 or min(sizes) < 1e-5:
        return None
    texts = [f"{size:.{max(2 - math.floor(math.log10(size)), 0)}f}" for size in sizes]
    return max(len(t.rstrip("0").partition(".")[2]) if "." in t else 0 for t in texts)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) or hasattr(value, "item")


def _cell(value: Any, write: Format | None, plain_integers: bool = False) -> str:
    """Return one cell of a table in words."""
    if value is None or value is pd.NaT or value is pd.NA:
        return MISSING
    if isinstance(value, float) and math.isnan(value):
        return MISSING
    if callable(write):
        return str(write(value))
    if isinstance(write, str):
        return (
            format(value, write).replace("-", MINUS) if _is_number(value) else format(value, write)
        )
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return "yes" if value else "no"
    if isinstance(value, (pd.Timestamp, date)):
        return pd.Timestamp(value).isoformat()[:10]
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, int):
        return str(value) if plain_integers else f"{value:,}".replace("-", MINUS)
    if isinstance(value, float):
        return number(value)
    return str(value)


def _marked_up(text: str) -> str:
    """Escape a cell; an address becomes a link that shows where it leads."""
    if re.fullmatch(r"https?://\S+", text):
        host = re.sub(r"^https?://(www\.)?", "", text).split("/")[0]
        return f'<a href="{escape(text)}">{escape(host)}</a>'
    return escape(text, quote=False)


def _anchor(value: object) -> str:
    return re.sub(r"[^a-z0-9]+", "-", str(value).lower()).strip("-")


def table(
    data: pd.DataFrame,
    caption: str,
    *,
    columns: Mapping[str, str] | None = None,
    formats: Mapping[str, Format] | None = None,
    row_anchor: str | None = None,
) -> None:
    """Display a table that reads well everywhere.

    Parameters
    ----------
    data : pandas.DataFrame
        One row a line. The index is left out: reset it if it says something.
    caption : str
        What the table shows, and in which unit.
    columns : mapping of str to str, optional
        Column name to heading, in the order wanted; other columns are left out.
        Every column under its own name if not given.
    formats : mapping of str to str or callable, optional
        Column name to a format such as ``".2f"``, or to one of this module's helpers.
        Otherwise floats get three significant digits and dates are ISO dates.
    row_anchor : str, optional
        Column that names a row, so that ``#claim-001-07`` leads to the row whose ``claim`` is
        ``001-07``.

    Raises
    ------
    ValueError
        If there is no caption, no row, or a column is not there.
    """
    _show(_table(data, caption, columns=columns, formats=formats, row_anchor=row_anchor))


def _table(
    data: pd.DataFrame,
    caption: str,
    *,
    columns: Mapping[str, str] | None = None,
    formats: Mapping[str, Format] | None = None,
    row_anchor: str | None = None,
) -> dict[str, str]:
    if not caption.strip():
        raise ValueError("a table needs a caption that says what it shows and in which unit")
    if data.empty:
        raise ValueError(f"table {caption!r} has no rows")
    headings = dict(columns) if columns else {name: str(name) for name in data.columns}
    formats = dict(formats or {})
    wanted = [*headings, *formats, *([row_anchor] if row_anchor else [])]
    if missing := [name for name in wanted if name not in data.columns]:
        raise ValueError(f"table {caption!r}: there is no column {missing[0]!r}")
    if empty := [name for name, heading in headings.items() if not str(heading).strip()]:
        raise ValueError(f"table {caption!r}: column {empty[0]!r} has an empty heading")

    numeric, written = {}, {}
    for name in headings:
        values = data[name]
        numeric[name] = pd.api.types.is_numeric_dtype(values) and not (
            pd.api.types.is_bool_dtype(values)
        )
        years = pd.api.types.is_integer_dtype(values) and bool(
            values.dropna().between(1900, 2100).all()
        )
        write = formats.get(name)
        if write is None and pd.api.types.is_float_dtype(values):
            places = _places(values)
            write = None if places is None else f",.{places}f"
        written[name] = [_cell(value, write, years) for value in values]

    anchors = [
        f' id="{_anchor(row_anchor)}-{_anchor(value)}"' for value in data[row_anchor]
    ] if row_anchor else [""] * len(data)  # fmt: skip
    names = list(headings)
    align = {}
    for name in names:
        short = max(len(text) for text in written[name]) <= 18
        align[name] = ' class="number"' if numeric[name] else ' class="short"' if short else ""
    head = "".join(
        f'<th scope="col"{align[name]}>{escape(headings[name], quote=False)}</th>' for name in names
    )
    body = []
    for index, row in enumerate(zip(*(written[name] for name in names), strict=True)):
        cells = [f'<th scope="row"{align[names[0]]}>{_marked_up(row[0])}</th>']
        cells += [
            f"<td{align[name]}>{_marked_up(text)}</td>"
            for name, text in zip(names[1:], row[1:], strict=True)
        ]
        body.append(f"<tr{anchors[index]}>{''.join(cells)}</tr>")
    html = (
        f'<div class="book-table tex2jax_ignore mathjax_ignore" role="group" tabindex="0" '
        f'aria-label="{escape(caption)}">\n<table>\n'
        f"<caption>{escape(caption, quote=False)}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n"
        + "\n".join(body)
        + "\n</tbody>\n</table>\n</div>"
    )
    return {"text/html": html, "text/plain": _in_columns(caption, headings, written, numeric)}


def _in_columns(
    caption: str,
    headings: Mapping[str, str],
    written: Mapping[str, Sequence[str]],
    numeric: Mapping[str, bool],
) -> str:
    columns = []
    for name, heading in headings.items():
        cells = [heading, *written[name]]
        width = max(len(cell) for cell in cells)
        columns.append(
            [cell.rjust(width) if numeric[name] else cell.ljust(width) for cell in cells]
        )
    lines = ["  ".join(row).rstrip() for row in zip(*columns, strict=True)]
    return "\n".join([caption, *lines])


def inline_html(text: str) -> str:
    """Return text as HTML with the few marks that a card or caption needs.

    Parameters
    ----------
    text : str
        Plain words with ``*emphasis*``, ``**strong**`` or backticks for code.
    """
    html = escape(text, quote=False)
    html = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", html)
    html = re.sub(r"\*(.+?)\*", r"<em>\1</em>", html)
    return re.sub(r"`(.+?)`", r"<code>\1</code>", html)


def _claim_links(claims: Sequence[str]) -> str:
    return ", ".join(
        f'<a href="what-was-said.ipynb#ledger-{_anchor(claim)}">{escape(claim)}</a>'
        for claim in claims
    )


def _card(kind: str, label: str, body: str, *, anchor: str = "") -> str:
    place = f' id="{escape(anchor)}"' if anchor else ""
    return (
        f'<div class="book-card {kind} tex2jax_ignore mathjax_ignore" role="group" '
        f'aria-label="{escape(label)}"{place}>\n{body}\n</div>'
    )


def claim_card(
    quote: str,
    *,
    speaker: str,
    source: str,
    day: date | str,
    claims: Sequence[str] = (),
    plain: str = "",
    address: str = "",
) -> None:
    """Display a claim as it was made: the words, who said them, where and when.

    Parameters
    ----------
    quote : str
        The words, short.
    speaker : str
    source : str
        Title of the document.
    day : date or str
        When it was said; ISO if a string.
    claims : sequence of str, optional
        Ledger rows that the page tests, for example ``["001-07"]``; they link to the ledger.
    plain : str, optional
        The claim in our words.
    address : str, optional
        Where the document can be read.
    """
    if not (quote.strip() and speaker.strip() and source.strip()):
        raise ValueError("a claim card needs the words, who said them, and where")
    when = globals()["day"](day)
    title = f"<cite>{inline_html(source)}</cite>"
    if address:
        title = f'<a href="{escape(address)}">{title}</a>'
    body = [
        '<p class="card-label">The claim</p>',
        f"<blockquote><p>{inline_html(quote)}</p></blockquote>",
        f'<p class="card-origin">{escape(speaker, quote=False)}, {title}, {when}</p>',
    ]
    if plain:
        body.append(f"<p><strong>In plain words:</strong> {inline_html(plain)}</p>")
    if claims:
        body.append(f'<p class="card-small">Rows of the ledger: {_claim_links(claims)}</p>')
    markdown = [f"> {quote}", f"{speaker}, *{source}*, {when}"]
    if plain:
        markdown.append(f"**In plain words:** {plain}")
    if claims:
        markdown.append(f"Rows of the ledger: {', '.join(claims)}")
    _show(
        {
            "text/html": _card("claim", f"The claim: {quote}", "\n".join(body)),
            "text/markdown": "\n\n".join(markdown),
            "text/plain": "\n".join(line.lstrip("> ") for line in markdown),
        }
    )


def _outcome(verdict: Verdict) -> str:
    return f"{verdict.outcome} {day(verdict.until)}" if verdict.until else str(verdict.outcome)


def _unit(value: float, unit: str) -> str:
    """Write a figure with its unit: ``"12x per year"``, ``"45%"``, ``"24 months"``."""
    if unit == "x" or unit.startswith("x "):
        return f"{fold(value)}{unit[1:]}"
    if unit == "%" or unit.startswith("% "):
        return f"{number(value, 2)}{unit}"
    if unit.startswith(("$", "US$")):
        sign, rest = unit.split("$", 1)
        return f"{money(value, sign + '$')}{rest}"
    return f"{number(value, 2)} {unit}".strip()


def _figure(verdict: Verdict) -> str:
    """Write the figure of a verdict with its interval, or nothing."""
    if verdict.figure is None:
        return ""
    text = _unit(verdict.figure, verdict.unit)
    if verdict.low is not None and verdict.high is not None:
        ends = interval(verdict.low, verdict.high, fold if verdict.unit[:1] == "x" else number)
        text += f" ({ends}{'; ' + verdict.interval if verdict.interval else ''})"
    return text


def _badge(verdict: Verdict) -> str:
    style = verdict.outcome.name.lower().replace("_", "-")
    return (
        f'<strong class="verdict-badge {style}"><span class="sign" aria-hidden="true">'
        f"{SIGNS[verdict.outcome]}</span> {_outcome(verdict)}</strong>"
    )


def verdict_card(
    verdict: Verdict, *, beside: Sequence[tuple[str, Verdict]] = (), no_interval: str = ""
) -> None:
    """Display one verdict: the question, the outcome, the figure, and the rule that gave it.

    Parameters
    ----------
    verdict : Verdict
        The part of ``verdict.place`` after ``#`` becomes the card's address.
    beside : sequence of (str, Verdict), optional
        Words and another verdict whose interval stands for one of its own, as
        :func:`three_observations.claims.intervals_beside` gives them.
    no_interval : str, optional
        Why there is none at all.
    """
    figure = _figure(verdict)
    anchor = verdict.place.partition("#")[2]
    body = [
        '<p class="card-label">Verdict</p>',
        f'<p class="card-question">{inline_html(verdict.question)}</p>',
        f'<p class="card-outcome">{_badge(verdict)}</p>',
        f"<p>{inline_html(verdict.because)}</p>",
    ]
    if figure:
        body.append(f"<p><strong>Figure:</strong> {escape(figure, quote=False)}</p>")
    intervals = [f"{_figure(other)}: {words}." for words, other in beside]
    intervals += [no_interval] if no_interval else []
    for line, place in zip(intervals, [*(other.place for _, other in beside), ""], strict=False):
        page, _, end = place.partition("#")
        link = (
            f' <a href="{escape(f"{page}.ipynb#{end}")}">Where it comes from</a>' if place else ""
        )
        body.append(f"<p><strong>Interval:</strong> {inline_html(line)}{link}</p>")
    body.append(f"<p><strong>Rule:</strong> {inline_html(verdict.rule)}</p>")
    body.append(f'<p class="card-small">Rows of the ledger: {_claim_links(verdict.claims)}</p>')
    markdown = [
        f"**{verdict.question}**",
        f"**{SIGNS[verdict.outcome]} {_outcome(verdict)}.** {verdict.because}",
        *([f"Figure: {figure}"] if figure else []),
        *(f"Interval: {line}" for line in intervals),
        f"Rule: {verdict.rule}",
        f"Rows of the ledger: {', '.join(verdict.claims)}",
    ]
    style = "verdict " + verdict.outcome.name.lower().replace("_", "-")
    label = f"Verdict: {_outcome(verdict)}. {verdict.question}"
    _show(
        {
            "text/html": _card(style, label, "\n".join(body), anchor=anchor),
            "text/markdown": "\n\n".join(markdown),
            "text/plain": "\n".join(re.sub(r"\*\*", "", line) for line in markdown),
        }
    )


def verdict_table(
    verdicts: Sequence[Verdict], caption: str = "What the data say about each claim"
) -> None:
    """Display several verdicts as one table, each linked to the place that computes it.

    Parameters
    ----------
    verdicts : sequence of Verdict
    caption : str, optional
    """
    if not verdicts:
        raise ValueError("there is no verdict to show")
    rows, lines = [], []
    for verdict in verdicts:
        page, _, anchor = verdict.place.partition("#")
        place = f"{page}.ipynb#{anchor}" if anchor else f"{page}.ipynb"
        question = inline_html(verdict.question)
        rows.append(
            f'<tr><th scope="row"><a href="{escape(place)}">{question}</a></th>'
            f"<td>{_badge(verdict)}</td>"
            f"<td>{escape(_figure(verdict) or MISSING, quote=False)}</td></tr>"
        )
        lines.append(
            f"{SIGNS[verdict.outcome]} {_outcome(verdict)}: {verdict.question}"
            + (f" {_figure(verdict)}" if verdict.figure is not None else "")
        )
    html = (
        '<div class="book-table verdicts tex2jax_ignore mathjax_ignore" role="group" tabindex="0" '
        f'aria-label="{escape(caption)}">\n<table>\n'
        f"<caption>{escape(caption, quote=False)}</caption>\n"
        '<thead><tr><th scope="col">Question</th><th scope="col">Verdict</th>'
        '<th scope="col">Figure</th></tr></thead>\n<tbody>\n'
        + "\n".join(rows)
        + "\n</tbody>\n</table>\n</div>"
    )
    _show({"text/html": html, "text/plain": "\n".join([caption, *lines])})


def objectives(
    able_to: Sequence[str], *, needs: Sequence[str] = (), minutes: int | None = None
) -> None:
    """Display what a reader will be able to do, what it takes, and how long.

    Parameters
    ----------
    able_to : sequence of str
        Each begins with a verb that a teacher can test.
    needs : sequence of str, optional
        What to know before.
    minutes : int, optional
        Time to read.
    """
    items = "".join(f"<li>{inline_html(item)}</li>" for item in able_to)
    body = [f'<p class="card-label">By the end you will be able to</p>\n<ul>{items}</ul>']
    lines = ["By the end you will be able to", *(f"- {item}" for item in able_to)]
    if needs:
        body.append(f"<p><strong>You need:</strong> {inline_html('; '.join(needs))}.</p>")
        lines.append(f"You need: {'; '.join(needs)}.")
    if minutes:
        body.append(f"<p><strong>Time:</strong> about {minutes} minutes.</p>")
        lines.append(f"Time: about {minutes} minutes.")
    _show(
        {
            "text/html": _card("objectives", "What you will be able to do", "\n".join(body)),
            "text/plain": "\n".join(lines),
        }
    )


def about_table(name: str) -> None:
    """Display what one table of ``data/`` holds, from its descriptor; charts link here.

    Parameters
    ----------
    name : str
        Name of the table. The output's address is ``#table-`` and the name.
    """
    from three_observations import charts, data

    described = data.describe(name)
    source = charts.sources((name,))[0]
    fields = pd.DataFrame(
        [
            {
                "column": field["name"],
                "type": field.get("type", ""),
                "unit": field.get("unit", "") or MISSING,
                "what it is": field.get("description", ""),
            }
            for field in described["schema"]["fields"]
        ]
    )
    inner = _table(fields, f"Columns of the table {name}")
    title = described.get("title", name)
    words = described.get("description", "")
    path = f"../data/{described.get('path', name + '.csv')}"
    licences = ", ".join(
        licence.get("title") or licence.get("name", "") for licence in described.get("licenses", ())
    )
    facts = f"{charts.source_sentence(source)}." + (f" Licence: {licences}." if licences else "")
    html = (
        f'<div class="about-table" id="table-{_anchor(name)}">\n'
        f"<h3>{escape(title, quote=False)} <code>{escape(name)}</code></h3>\n"
        f"<p>{inline_html(words)}</p>\n<p>{escape(facts, quote=False)} "
        f'<a href="{escape(path)}" download>Download {escape(name)}.csv</a></p>\n'
        f"<details><summary>{count(len(fields), 'column')} of {escape(name)}</summary>\n"
        f"{inner['text/html']}\n</details>\n</div>"
    )
    plain = "\n".join([f"{title} ({name})", words, facts, inner["text/plain"]])
    _show({"text/html": html, "text/plain": plain})


def linked_table(
    data: pd.DataFrame,
    caption: str,
    *,
    place: str,
    columns: Mapping[str, str],
    formats: Mapping[str, Format] | None = None,
    summary: str = "",
) -> None:
    """Display a table whose rows lead to a place in the book, folded away if it is long.

    Parameters
    ----------
    data : pandas.DataFrame
    caption : str
        As :func:`table` takes it.
    place : str
        Column with a page and an anchor, such as ``"cost-of-a-given-level#verdict-pace"`` (or
        with ``.ipynb`` before the anchor); the first cell of a row becomes the link.
    columns, formats : mapping
        As :func:`table` takes them.
    summary : str, optional
        If given, the table is folded below these words.

    Raises
    ------
    ValueError
        As :func:`table`, and if a row has no place.
    """
    if place not in data.columns or data[place].fillna("").eq("").any():
        raise ValueError(f"table {caption!r}: every row needs a page in the column {place!r}")
    made = _table(data, caption, columns=columns, formats=formats)
    places = iter(data[place].astype(str))

    def linked(cell: re.Match) -> str:
        page, _, anchor = next(places).partition("#")
        page = page if page.endswith(".ipynb") else f"{page}.ipynb"
        address = escape(f"{page}#{anchor}" if anchor else page)
        return f'{cell.group(1)}<a href="{address}">{cell.group(2)}</a>{cell.group(3)}'

    html = re.sub(r'(<th scope="row"[^>]*>)(.*?)(</th>)', linked, made["text/html"])
    if summary:
        html = f"<details><summary>{inline_html(summary)}</summary>\n{html}\n</details>"
    _show({"text/html": html, "text/plain": made["text/plain"]})
