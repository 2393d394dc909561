"""What the marks of a chart tell whoever points at them, listens to them or walks through them.

The compiler writes an expression for each mark: the title of an axis and the value of a field, and
so on.  Of a bar from one value to another it says only the first under the title of the axis, and
the second under the name of a column.  Here a bar tells both ends together, and a dot that lies
on a bar tells the bar's ends beside its own value, so that a row is one stop and not two.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: Marks that stand for one row each. Of a line Vega would always name the first point.
_POINTED_AT = {"symbol", "rect", "rule", "arc"}
#: How the page's script knows a mark whose row another mark tells.
BESIDE = "_beside"
#: Steps that make other rows out of the rows of a table.
_REGROUPING = {"aggregate", "flatten", "fold", "joinaggregate", "project", "stack", "window"}

_PART = re.compile(
    r'(?:^"|\+ "; )(?P<title>(?:[^"\\]|\\.)*?): " \+ \((?P<value>.*?)\)(?= \+ "; |$)', re.DOTALL
)
_FIELD = re.compile(r'datum(?:\.(?P<plain>\w+)|\["(?P<quoted>[^"]+)"\])')


def point_at(mark: dict[str, Any], *, named: bool) -> None:
    """Let a mark tell its row to whoever points at it, in the words that a screen reader gets.

    A rule across the whole chart has nothing to tell, and neither has a bar without length.

    Parameters
    ----------
    mark : dict
        A mark of a compiled chart; it is changed.
    named : bool
        Whether the mark has its words already (``1`` stands for them). Those of the others are
        computed when they are asked for.
    """
    update = mark["encode"]["update"]
    words = update.get("description", {}).get("signal", "")
    if mark["type"] not in _POINTED_AT or "tooltip" in update or not words:
        return
    ends = _ends(mark)
    if ends and ends.low == ends.high:
        return
    if mark["type"] != "rule" or '"; ' in words:
        update["tooltip"] = {"value": 1} if named else {"signal": words}


@dataclass(frozen=True)
class _Ends:
    """The channel along which a mark reaches from one column to another."""

    channel: str
    low: str
    high: str


def _field(mark: Mapping[str, Any], channel: str) -> str | None:
    found = mark["encode"]["update"].get(channel)
    field = found.get("field") if isinstance(found, dict) else None
    return field if isinstance(field, str) else None


def _ends(mark: Mapping[str, Any]) -> _Ends | None:
    if mark["type"] not in {"rule", "rect"}:
        return None
    for channel in ("x", "y"):
        low, high = _field(mark, channel), _field(mark, f"{channel}2")
        if low is not None and high is not None:
            return _Ends(channel, low, high)
    return None


# ----------------------------------------------------------------------------- words


def _read(signal: str) -> list[list[str]] | None:
    """Return title and value of each part of a mark's words; None if they have another form."""
    parts = [[found["title"], found["value"]] for found in _PART.finditer(signal)]
    return parts if parts and _written(parts) == signal else None


def _written(parts: list[list[str]]) -> str:
    text = ""
    for title, value in parts:
        text += ('"' if not text else ' + "; ') + f'{title}: " + ({value})'
    return text


def _field_of(value: str) -> str | None:
    found = _FIELD.search(value)
    return (found["plain"] or found["quoted"]) if found else None


def _of(value: str, field: str) -> str:
    """Return the words for a value, taken of another column."""
    name = f"datum.{field}" if re.fullmatch(r"[A-Za-z_]\w*", field) else f'datum["{field}"]'
    return _FIELD.sub(lambda _: name, value)


def _place(mark: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return where the words of a mark stand, under ``signal``."""
    update = mark["encode"]["update"]
    for key in ("description", "tooltip"):
        if isinstance(update.get(key), dict) and "signal" in update[key]:
            return update[key]
    return None


def _parts(mark: Mapping[str, Any]) -> list[list[str]] | None:
    place = _place(mark)
    return _read(place["signal"]) if place else None


def _put(mark: dict[str, Any], parts: list[list[str]]) -> None:
    update = mark["encode"]["update"]
    before = _place(mark)["signal"]
    for key in ("description", "tooltip"):
        if isinstance(update.get(key), dict) and update[key].get("signal") == before:
            update[key] = {"signal": _written(parts)}


def _from_to(mark: dict[str, Any], ends: _Ends) -> None:
    """Let a bar tell both of its ends under one title."""
    parts = _parts(mark)
    if not parts:
        return
    low = next((part for part in parts if _field_of(part[1]) == ends.low), None)
    high = next((part for part in parts if _field_of(part[1]) == ends.high), None)
    if low and high and low is not high:
        low[1] = f'{_end(high[1], ends.low)} + " to " + {_end(high[1], ends.high)}'
        _put(mark, [part for part in parts if part is not high])


def _end(value: str, field: str) -> str:
    """Return the words for one end of an interval; a day that never comes has words of its own."""
    words = _of(value, field)
    return (
        f"bookDay({_of('datum.x', field)}, {words})" if words.startswith("timeFormat(") else words
    )


def _beside(dot: dict[str, Any], bar: dict[str, Any], ends: _Ends) -> None:
    """Let a dot tell the ends of the bar that it lies on, where the bar has both."""
    field = _field(dot, ends.channel)
    bar["name"] = bar.get("name", "bar") + BESIDE
    bar["aria"] = False
    parts = _parts(dot)
    own = next((part for part in parts or () if _field_of(part[1]) == field), None)
    if own is None:
        return
    low, high = _end(own[1], ends.low), _end(own[1], ends.high)
    if field == ends.low:
        own[1] += f' + " (to " + {high} + ")"'
    elif field == ends.high:
        own[1] += f' + " (from " + {low} + ")"'
    elif low.startswith("bookFigure("):
        own[1] += f" + bookRange({low[11:-1]}, {high[11:-1]})"
    else:
        own[1] += f' + " (" + {low} + " to " + {high} + ")"'
    _put(dot, parts)


def _complete(mark: dict[str, Any]) -> None:
    """Add to the chosen words of a mark where it stands, if they leave that out."""
    tooltip = mark["encode"]["update"].get("tooltip", {})
    chosen = tooltip.get("signal", "") if isinstance(tooltip, dict) else ""
    if not chosen.startswith("{"):
        return
    told = {found["plain"] or found["quoted"] for found in _FIELD.finditer(chosen)}
    places = {_field(mark, channel) for channel in ("x", "y")} - {None}
    missing = "".join(
        f', "{title.replace(" (log scale)", "")}": {value}'
        for title, value in _parts(mark) or ()
        if _field_of(value) in places - told or "bookRange(" in value
    )
    tooltip["signal"] = chosen[:-1] + missing + "}"


# ----------------------------------------------------------------------------- rows


def _origin(name: str | None, tables: Mapping[str, Mapping[str, Any]]) -> tuple | None:
    """Return the table that rows come from and what chooses among them; None if they are made."""
    chosen = set()
    while name in tables:
        steps = tables[name].get("transform", ())
        if any(step["type"] in _REGROUPING for step in steps):
            return None
        chosen |= {step["expr"] for step in steps if step["type"] == "filter"}
        above = tables[name].get("source")
        if above is None:
            # That a value exists chooses nothing: without it there is no mark.
            return name, frozenset(one for one in chosen if not _only_valid(one))
        name = above if isinstance(above, str) else None
    return None


def _only_valid(expression: str) -> bool:
    number = r"bookNumber\(datum(?:\.\w+|\[\"[^\"]+\"\])\)"
    test = rf"(?:{number}|\(isDate\(datum\.\w+\) \|\| \({number}\)\))"
    return bool(re.fullmatch(rf"{test}(?: && {test})*", expression))


def _every_bar_has_a_dot(rows: Any, ends: _Ends, field: str) -> bool:
    if not isinstance(rows, list):
        return False
    return all(
        isinstance(row, dict)
        and (row.get(field) is not None or row.get(ends.low) is None or row.get(ends.high) is None)
        for row in rows
    )


def tell_together(vega: dict[str, Any]) -> None:
    """Let the bars of a chart tell both ends, and the dots on them both ends and their own value.

    Parameters
    ----------
    vega : dict
        A compiled chart whose marks tell something; it is changed. A bar whose row a dot of the
        same table tells gets a name that ends with :data:`BESIDE`, and no words of its own in the
        tree of a screen reader.
    """
    tables = {table["name"]: table for table in vega.get("data", ())}
    _group(vega, tables)


def _title_alike(marks: list[dict[str, Any]], axes: list[dict[str, Any]]) -> None:
    """Name a column by the title of its axis, as the words of another mark on it or the axis do.

    The compiler names the channel of a mark without a title by its column.
    """
    titles = {axis["scale"]: axis["title"] for axis in axes if isinstance(axis.get("title"), str)}
    known: dict[str, str] = {}
    unnamed: list[tuple[dict[str, Any], list[list[str]], list[str], str]] = []
    for mark in marks:
        parts = _parts(mark) if mark.get("encode", {}).get("update") else None
        for part in parts or ():
            column = _field_of(part[1])
            for channel in ("x", "y"):
                if _field(mark, channel) == column is not None:
                    if part[0] == column:
                        unnamed.append((mark, parts, part, channel))
                    else:
                        known.setdefault(channel, part[0])
    for mark, parts, part, channel in unnamed:
        axis = titles.get(mark["encode"]["update"][channel].get("scale"), part[0])
        part[0] = known.get(channel, axis.replace('"', "'"))
        _put(mark, parts)


def _group(group: dict[str, Any], tables: Mapping[str, Mapping[str, Any]]) -> None:
    marks = group.get("marks", [])
    tables = {**tables, **{table["name"]: table for table in group.get("data", ())}}
    _title_alike([mark for mark in marks if mark["type"] != "group"], group.get("axes", []))

    def origin(mark: Mapping[str, Any]) -> tuple | None:
        return _origin((mark.get("from") or {}).get("data"), tables)

    for mark in marks:
        if mark["type"] == "group":
            _group(mark, tables)
            continue
        ends = _ends(mark) if mark.get("encode", {}).get("update") else None
        if ends is None:
            continue
        _from_to(mark, ends)
        other = "y" if ends.channel == "x" else "x"
        for dot in marks:
            field = _field(dot, ends.channel) if dot["type"] == "symbol" else None
            if (
                field is not None
                and "tooltip" in dot["encode"]["update"]
                and _field(dot, other) == _field(mark, other) is not None
                and origin(dot) == origin(mark) is not None
                and _every_bar_has_a_dot(tables[origin(mark)[0]].get("values"), ends, field)
            ):
                _beside(dot, mark, ends)
                break
    for mark in marks:
        if mark["type"] == "symbol":
            _complete(mark)
