"""Where the figures of a chart come from, in the words of the data package.

Nothing here is typed by an author: titles, descriptions, units, dates, licences and kinds of
sources are read from ``data/`` when the site is built.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from three_observations import charts, data
from three_observations.display import count, day, inline_html


@dataclass(frozen=True)
class Origin:
    """What the data package says of one table.

    Attributes
    ----------
    table, title, description : str
    path : str
        File below ``data/``.
    rows : int
    counted : str
        Rows, sources and their kinds, as in the line below a chart.
    dates : tuple of (str, str, str)
        Column of days, its first day, its last day; ISO.
    units : tuple of (str, tuple of str)
        A unit and the columns that carry it.
    licences : tuple of (str, int)
        What the sources allow, and how many of them; the most frequent first.
    sources : frozenset of str
        Short names of the sources.
    read : str
        The latest day on which a source was read; ISO, empty if unknown.
    """

    table: str
    title: str
    description: str
    path: str
    rows: int
    counted: str
    dates: tuple[tuple[str, str, str], ...]
    units: tuple[tuple[str, tuple[str, ...]], ...]
    licences: tuple[tuple[str, int], ...]
    sources: frozenset[str]
    read: str


def origin(table: str) -> Origin:
    """Read everything that the data package says about where a table comes from.

    Parameters
    ----------
    table : str
        Name of a table of ``data/``.

    Raises
    ------
    three_observations.data.DataError
        If there is no such table.
    """
    described, frame = data.describe(table), data.load(table)
    fields = described["schema"]["fields"]
    sources = frame if table == "sources" else data.sources_of(table)
    units: dict[str, list[str]] = {}
    for field in fields:
        if field.get("unit"):
            units.setdefault(field["unit"], []).append(field["name"])
    dates = []
    for field in fields:
        if field.get("type") == "date" and frame[field["name"]].notna().any():
            days = pd.to_datetime(frame[field["name"]].dropna())
            dates.append((field["name"], f"{days.min():%Y-%m-%d}", f"{days.max():%Y-%m-%d}"))
    licences = sources["licence"].dropna().value_counts()
    ranked = sorted(licences.items(), key=lambda item: (-item[1], item[0]))
    (summary,) = charts.sources((table,))
    return Origin(
        table=table,
        title=described.get("title", table),
        description=described.get("description", ""),
        path=described.get("path", f"{table}.csv"),
        rows=len(frame),
        counted=charts.source_sentence(summary),
        dates=tuple(dates),
        units=tuple((unit, tuple(columns)) for unit, columns in units.items()),
        licences=tuple((str(name), int(number)) for name, number in ranked),
        sources=frozenset(sources["source"]),
        read=summary["retrieved"],
    )


def _joined(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def short_line(origins: Iterable[Origin], link: Callable[[str], str | None]) -> str:
    """Say in one line on which tables a chart rests.

    Parameters
    ----------
    origins : iterable of Origin
    link : callable
        From a table's name to its address on the page about the data, or None.

    Returns
    -------
    str
        HTML, for example ``Data: prices and models; 41 sources, read until 21 November 2026.``
    """
    origins = list(origins)
    if not origins:
        return "Drawn from a formula, not from a table."
    names = []
    for item in origins:
        name, address = escape(item.table.replace("_", " "), quote=False), link(item.table)
        names.append(f'<a href="{escape(address)}">{name}</a>' if address else name)
    line = f"Data: {_joined(names)}"
    sources = frozenset().union(*(item.sources for item in origins))
    if sources:
        read = max(item.read for item in origins)
        line += f"; {count(len(sources), 'source')}" + (f", read until {day(read)}" if read else "")
    return f"{line}."


def _row(term: str, words: str) -> str:
    return f"<div><dt>{term}</dt><dd>{words}</dd></div>"


def panel(
    item: Origin,
    link: Callable[[str], str | None],
    licence: str = "",
    told: int | None = None,
) -> str:
    """Return what one table is, as a list of terms and their meanings.

    Parameters
    ----------
    item : Origin
    link : callable
        As in :func:`short_line`.
    licence : str
        Under which licence the book offers its tables.
    told : int, optional
        Number of the figure of the same page below which the list stands already.

    Returns
    -------
    str
        HTML; with ``told`` a reference to that list, in whose place a script puts a copy.
    """
    title, address = escape(item.title, quote=False), link(item.table)
    name = f'<a href="{escape(address)}">{title}</a>' if address else title
    head = f'<p class="origin-table">{name} <code>{escape(item.table)}</code></p>\n'
    place = f"origin-{item.table.replace('_', '-')}"
    if told:
        return (
            f'{head}<p class="origin-again">What it holds, its sources, dates, units and licence: '
            f'as <a href="#{place}">below figure {told}</a>.</p>\n'
        )
    rows = [_row("What it holds, and what was done", inline_html(item.description))]
    rows.append(_row("Rows and sources", f"{escape(item.counted, quote=False)}"))
    if item.dates:
        spans = (
            f"<code>{escape(column)}</code> {day(first)} to {day(last)}"
            for column, first, last in item.dates
        )
        rows.append(_row("Dates", "; ".join(spans)))
    if item.units:
        units = (
            f"{escape(unit, quote=False)} ("
            + ", ".join(f"<code>{escape(column)}</code>" for column in columns)
            + ")"
            for unit, columns in item.units
        )
        rows.append(_row("Units", "; ".join(units)))
    if item.licences:
        named = "; ".join(
            escape(name, quote=False) + (f" ({number})" if len(item.licences) > 1 else "")
            for name, number in item.licences
        )
        ours = f"the table {escape(licence, quote=False)}; its sources: " if licence else ""
        rows.append(_row("Licence", f"{ours}{named}"))
    elif licence:
        rows.append(_row("Licence", escape(licence, quote=False)))
    if item.read:
        rows.append(_row("Read", f"until {day(item.read)}"))
    return f'{head}<dl id="{place}">{"".join(rows)}</dl>\n'


def licence_of_tables() -> str:
    """Return the name of the licence under which the data package offers its tables."""
    package = json.loads((data.directory() / data.PACKAGE_FILE).read_text(encoding="utf-8"))
    licences = package.get("licenses") or [{}]
    return licences[0].get("title") or licences[0].get("name", "")
