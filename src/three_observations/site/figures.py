"""A chart in a notebook's output becomes a figure of a page.

The figure holds a picture for readers without script and for print, the chart itself as a
compiled Vega specification, its controls as plain HTML, where the data come from, and the data.
Everything that is said about the data was put into the output by
:func:`three_observations.charts.show`, which took it from the data package.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import groupby
from types import MappingProxyType
from typing import Any

import vl_convert

from three_observations import charts
from three_observations.display import inline_html
from three_observations.site import drawing, provenance, telling

_RESET = "The book\N{RIGHT SINGLE QUOTATION MARK}s values"
#: Tables with more rows than this are offered as a file only.
MOST_ROWS_SHOWN = 60
#: Nobody listens to more marks than this one by one; the summary and the data say it better.
MOST_MARKS_NAMED = 100
#: Below this width in pixels a page is a phone's.
NARROW = 480
#: Letters of a line of a label there; the page's script breaks longer ones.
NARROW_LABEL = 16

_FONT = (
    "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', "
    "Arial, sans-serif"
)

#: Each colour of a chart is a variable of the page, so a dark page repaints without redrawing.
VARIABLES = {
    charts.BLUE: "--chart-blue",
    charts.VERMILION: "--chart-vermilion",
    charts.GREEN: "--chart-green",
    charts.PURPLE: "--chart-purple",
    charts.GOLD: "--chart-gold",
    charts.GREY: "--chart-grey",
    charts.INK: "--chart-ink",
    charts.GRID: "--chart-grid",
    charts.PAPER: "--chart-paper",
}


#: Settings that every chart shares and that are no part of a theme.
_SHARED = {
    "background": "transparent",
    "padding": 4,
    "autosize": {"type": "fit-x", "contains": "padding"},
    "signals": [{"name": "bookWidth", "value": charts.WIDTH}],
}

#: What a screen reader calls the marks of one kind, also when a filter has left none.
_MARKS = {"symbol": "points", "line": "lines", "rect": "bars", "rule": "rules", "area": "bands"}


class FigureError(ValueError):
    """A chart's output that the page cannot use; the message says which and why."""


# --------------------------------------------------------------------------- from lite to Vega


def _with_variables(node: Any) -> Any:
    if isinstance(node, str):
        for colour, variable in VARIABLES.items():
            node = re.sub(colour, f"var({variable})", node, flags=re.IGNORECASE)
        return node
    if isinstance(node, list):
        return [_with_variables(child) for child in node]
    if isinstance(node, dict):
        # A colour between two others has to be computed, which a variable cannot be.
        mixes = node.get("type") in {"linear", "log", "pow", "sqrt", "symlog", "sequential"}
        return {
            key: child if key == "values" or (mixes and key == "range") else _with_variables(child)
            for key, child in node.items()
        }
    return node


@cache
def _theme() -> dict[str, Any]:
    return _compile({"mark": "point", "data": {"values": []}, "encoding": {}})["config"]


@cache
def configuration() -> dict[str, Any]:
    """Return the settings that every chart of the book shares, with page variables as colours."""
    return _theme() | _SHARED


def _compile(spec: Mapping[str, Any]) -> dict[str, Any]:
    spec = json.loads(json.dumps(spec))
    settings = spec.get("config") or charts.theme()["config"]
    spec["config"] = settings | {"font": _FONT, "background": "transparent"}
    vega = vl_convert.vegalite_to_vega(spec, vl_version=charts.VEGA_LITE_VERSION)
    for key in ("$schema", "description", "usermeta"):
        vega.pop(key, None)
    return _with_variables(vega)


def _domains(vega: Mapping[str, Any]) -> dict[str, list]:
    return {
        scale["name"]: scale["domain"]
        for scale in vega.get("scales", ())
        if isinstance(scale.get("domain"), list)
    }


def _letters(domain: Any, tables: Mapping[str, Mapping[str, Any]]) -> int:
    """Return the length of the longest name on a scale; 0 if the page computes the names."""
    if isinstance(domain, Mapping) and "field" in domain:
        name = domain.get("data")
        while isinstance(name, str) and "source" in tables.get(name, {}):
            name = tables[name]["source"]
        rows = tables.get(name, {}).get("values") if isinstance(name, str) else None
        domain = [row.get(domain["field"], "") for row in rows] if isinstance(rows, list) else []
    return max((len(str(item)) for item in domain), default=0) if isinstance(domain, list) else 0


def _sizes(vega: Mapping[str, Any]) -> dict[str, int]:
    """Return how many rows each table of a chart starts from, before any filter.

    What is summed up over all rows is as short as a chart is wide, and counts as nothing.
    """
    rows: dict[str, int] = {}
    for table in vega.get("data", ()):
        source = table.get("source")
        above = rows.get(source, 0) if isinstance(source, str) else 0
        summed = any(step["type"] == "aggregate" for step in table.get("transform", ()))
        whole = len(table["values"]) if "values" in table else above
        rows[table["name"]] = 0 if summed else whole
    return rows


def _adapt(
    group: dict[str, Any],
    domains: dict[str, list],
    bands: Mapping[str, int],
    sizes: Mapping[str, int],
    tables: Mapping[str, Mapping[str, Any]],
) -> None:
    """Let legends and long labels follow the width of the page; name marks for screen readers."""
    domains = domains | _domains(group)
    bands = bands | {
        scale["name"]: _letters(scale["domain"], tables)
        for scale in group.get("scales", ())
        if scale.get("type") in {"band", "point"}
    }
    # A legend starts where the plot does, so on a phone the labels beside the plot take its room.
    left = 0
    for axis in group.get("axes", ()):
        if axis.get("orient") == "left" and axis.get("labels", True):
            left = max(left, 7 * min(bands.get(axis["scale"], 5), NARROW_LABEL))
    for legend in group.get("legends", ()):
        named = [domains.get(legend[key], []) for key in legend if isinstance(legend[key], str)]
        longest = max((len(str(item)) for items in named for item in items), default=14)
        most = legend.get("columns", 4)
        most = most if isinstance(most, int) and most > 0 else 4
        one = longest * 7 + 34 + round(math.sqrt(legend.get("symbolSize", 100)))
        room = f"bookWidth - (bookWidth < {NARROW} ? {20 + left} : 20)"
        legend["columns"] = {"signal": f"clamp(floor(({room}) / {one}), 1, {most})"}
    for axis in group.get("axes", ()):
        said = axis.get("encode", {}).get("labels", {}).get("update", {}).get("text", {})
        decades = isinstance(said, dict) and said.get("signal", "").startswith(charts._DECADE)
        if decades and axis.get("orient") == "left" and "values" not in axis:
            # No tick is drawn there, so the values whose label is empty need no place.
            axis.pop("tickCount", None)
            axis["values"] = {"signal": f"bookDecades(domain('{axis['scale']}'))"}
        if axis.get("orient") == "left" and axis.get("scale") in bands and "labels" not in axis:
            update = axis.setdefault("encode", {}).setdefault("labels", {}).setdefault("update", {})
            update.setdefault("text", {"signal": "bookWrap(datum.label, bookWidth)"})
    if isinstance(group.get("layout"), dict) and isinstance(group["layout"].get("columns"), int):
        columns = group["layout"]["columns"]
        if columns > 1:
            group["layout"]["columns"] = {"signal": f"bookWidth < {NARROW + 80} ? 1 : {columns}"}
    for mark in group.get("marks", ()):
        if mark.get("type") == "group":
            _adapt(mark, domains, bands, sizes, tables)
        elif "description" in mark.get("encode", {}).get("update", {}):
            named = sizes.get((mark.get("from") or {}).get("data"), 0) <= MOST_MARKS_NAMED
            telling.point_at(mark, named=named)
            if not named:
                for words in ("description", "ariaRoleDescription"):
                    mark["encode"]["update"].pop(words, None)
                mark["aria"] = False
            else:
                mark.setdefault("description", _MARKS.get(mark["type"], mark["type"]))
        else:
            mark["aria"] = False  # a line for the eye that has no words of its own


_DATUM = re.compile(r"""\bdatum(?:\.(\w+)|\[(?:"([^"]+)"|'([^']+)')\])?""")


def _reads(expression: str, fields: set[str]) -> bool:
    """Return whether an expression reads one of some fields of a row, or may read any."""
    read = {"".join(filter(None, found)) for found in _DATUM.findall(expression)}
    return "" in read or bool(read & fields)


def _compute_early(vega: Mapping[str, Any]) -> None:
    """Compute what does not depend on the entry of a list before each row becomes many rows."""
    for table in vega.get("data", ()):
        before: list[dict] = []
        after: list[dict] = []
        fresh: set[str] = set()  # what differs between the rows that come from one row
        for step in table.get("transform", ()):
            if step["type"] == "flatten" and not after:
                fresh = {*step["fields"], *step.get("as", ())}
                after.append(step)
            elif not after or (
                step["type"] == "formula"
                and all(later["type"] in {"flatten", "formula"} for later in after)
                and step["as"] not in fresh
                and not _reads(step["expr"], fresh)
                and not any(_reads(later.get("expr", ""), {step["as"]}) for later in after[1:])
            ):
                before.append(step)
            else:
                fresh |= {step["as"]} if isinstance(step.get("as"), str) else set()
                after.append(step)
        if after:
            table["transform"] = before + _kept(after) + after


def _kept(steps: Sequence[dict]) -> list[dict]:
    """Return a step that leaves only the fields that are summed up after a list is unrolled.

    Each row is copied for every entry of the list; most of its fields are read by nobody then.
    """
    flatten, *rest = steps
    needed, made = set(flatten["fields"]), {*flatten.get("as", flatten["fields"])}
    for step in rest:
        if step["type"] == "formula":
            needed |= {"".join(found) for found in _DATUM.findall(step["expr"])} - made
            made.add(step["as"])
            continue
        if step["type"] == "aggregate":
            read = {*step.get("groupby", ()), *step.get("fields", ())} - {None}
            fields = sorted(needed | (read - made), key=str)
            if all(isinstance(name, str) and re.fullmatch(r"\w+", name) for name in fields):
                return [{"type": "project", "fields": fields, "as": fields}]
        break
    return []


_FIELD = r"(datum(?:\.\w+|\[(?:\"[^\"]*\"|'[^']*')\]))"
#: What the compiler writes again and again, and the functions of the page that say it at once.
_SHORTER = (
    (re.compile(r"\bdatum\[\"([A-Za-z_]\w*)\"\]"), r"datum.\1"),
    (
        re.compile(
            rf"isValid\({_FIELD}\) \? isArray\(\1\) \? join\(\1, '(?: |\\\\n)'\) : \1 : "
            r'""\+\1'
        ),
        r"bookText(\1)",
    ),
    (re.compile(rf"isValid\({_FIELD}\) && isFinite\(\+\1\)"), r"bookNumber(\1)"),
    (re.compile(rf'format\({_FIELD}, ""\)'), r"bookFigure(\1)"),
)


def _shortened(node: Any) -> Any:
    """Write the expressions of a chart with fewer letters; they are read again for each drawing."""
    if isinstance(node, list):
        return [_shortened(child) for child in node]
    if not isinstance(node, dict):
        return node
    made = {}
    for key, child in node.items():
        if key in {"signal", "expr", "update", "test", "init"} and isinstance(child, str):
            for pattern, words in _SHORTER:
                child = pattern.sub(words, child)
        elif key != "values":
            child = _shortened(child)
        made[key] = child
    return made


def _widths(vega: dict[str, Any]) -> dict[str, Any] | None:
    """Return what the page sets to make a chart of several panels as wide as the column."""
    names = [
        signal["name"]
        for signal in vega.get("signals", ())
        if re.fullmatch(r"(\w+_)?(childWidth|child_width|width)", signal["name"])
        and "update" not in signal
    ]
    if "width" in names:
        return None  # follows its container by itself
    if isinstance(vega.get("width"), (int, float)):
        names.append("width")
    columns = vega.get("layout", {}).get("columns", 1)
    most = int(columns["signal"].rsplit(":", 1)[1]) if isinstance(columns, dict) else 1
    return {"signals": names, "columns": most} if names else None


def to_vega(spec: Mapping[str, Any]) -> tuple[dict[str, Any], list[dict], dict[str, Any] | None]:
    """Compile a chart's output for the page.

    Parameters
    ----------
    spec : mapping
        A Vega-Lite specification as :func:`three_observations.charts.show` displays it.

    Returns
    -------
    vega : dict
        The chart for the drawing script, without controls of its own.
    controls : list of dict
        The signals that a reader may set: ``signal``, ``value`` and the binding.
    panels : dict or None
        Names of the width signals and columns of a chart of several panels.
    """
    spec = {key: value for key, value in spec.items() if key != "usermeta"}
    single = "layer" in spec or "mark" in spec
    if single and not isinstance(spec.get("width"), Mapping):
        spec["width"] = "container"
        spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    vega = _shortened(_compile(spec))
    if vega.get("config") == _theme():
        del vega["config"]
    else:
        vega["config"] |= _SHARED
    if vega.setdefault("autosize", "pad") == _SHARED["autosize"]:
        del vega["autosize"]
    vega = {key: value for key, value in vega.items() if key not in {"padding", "background"}}
    controls = []
    for signal in vega.get("signals", ()):
        bind = signal.pop("bind", None)
        if isinstance(bind, dict) and "input" in bind:
            controls.append({"signal": signal["name"], "value": signal.get("value")} | bind)
    tables = {table["name"]: table for table in vega.get("data", ())}
    _adapt(vega, {}, {}, _sizes(vega), tables)
    telling.tell_together(vega)
    _compute_early(vega)
    panels = _widths(vega)
    # The page's script sets the width of a chart that follows its container, which it knows.
    vega["signals"] = [
        signal
        for signal in vega.get("signals", ())
        if not (signal["name"] == "width" and "containerSize" in signal.get("init", ""))
    ]
    return {key: value for key, value in vega.items() if value != []}, controls, panels


# --------------------------------------------------------------------------- fewer bytes


def _written(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


#: How a day ends that has no time of day.
_MIDNIGHT = "T00:00:00"


def _column(values: list[Any]) -> Any:
    """Return a column in the shortest of the ways that the page can read."""
    ways: list[Any] = [values]
    if all(isinstance(value, str) and value.endswith(_MIDNIGHT) for value in values):
        return {"day": _column([value.removesuffix(_MIDNIGHT) for value in values])}
    words = list(dict.fromkeys(_written(value) for value in values))
    if len(words) < len(values):
        of = [json.loads(word) for word in words]
        at = [words.index(_written(value)) for value in values]
        ways.append({"of": of, "at": at})
        runs = [[index, len(list(same))] for index, same in groupby(at)]
        ways.append({"of": of, "runs": [number for run in runs for number in run]})
    return min(ways, key=lambda way: len(_written(way)))


def packed(vega: Mapping[str, Any]) -> dict[str, Any]:
    """Write the tables of a chart column by column, and a repeated value once.

    Parameters
    ----------
    vega : mapping
        A chart of :func:`to_vega`.

    Returns
    -------
    dict
        The chart for the page, whose script reads the tables back: ``columns`` by name, each a
        list, or a list of values (``of``) and where each stands (``at``, or ``runs`` of an index
        and how often it follows), or days without their time (``day``).
    """
    tables = []
    for table in vega.get("data", ()):
        rows = table.get("values")
        if isinstance(rows, list) and rows and all(isinstance(row, dict) for row in rows):
            names = list(rows[0])
            if names and all(list(row) == names for row in rows):
                columns = {name: _column([row[name] for row in rows]) for name in names}
                table = {**table, "values": {"columns": columns}}
        tables.append(table)
    return {**vega, "data": tables} if tables else dict(vega)


# --------------------------------------------------------------------------- controls


def _unit_of(label: str) -> tuple[str, str]:
    """Split ``"Input tokens, %"`` or ``"Input tokens (%)"`` into the words and the unit."""
    label = label.strip().rstrip(":")
    found = re.fullmatch(r"(.+?)(?:, ([^,]{1,24})| \(([^()]{1,24})\))", label)
    if not found:
        return label, ""
    return found.group(1), found.group(2) or found.group(3)


def with_unit(text: str, unit: str) -> str:
    """Write a value with its unit: ``"75%"``, ``"12x"``, ``"24 months"``."""
    if not unit:
        return text
    return f"{text}{unit}" if re.fullmatch(r"[%x].*", unit) else f"{text} {unit}"


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else f"{value:g}"


def _step(control: Mapping[str, Any]) -> float:
    return control.get("step") or (control.get("max", 100) - control.get("min", 0)) / 100


def _at_step(value: float, step: float) -> str:
    """Write the value of a slider with as many digits as a step has."""
    return _number(round(value, len(_number(step).partition(".")[2])))


def _control(control: Mapping[str, Any], place: str) -> str:
    kind = control["input"]
    label, unit = _unit_of(str(control.get("name") or control["signal"]))
    signal, name = escape(control["signal"]), f"{place}-{control['signal']}"
    value = control["value"]
    common = f'data-signal="{signal}" data-book="{escape(json.dumps(value))}"'
    if kind == "range":
        low, high = control.get("min", 0), control.get("max", 100)
        step = _step(control)
        shown = escape(with_unit(_at_step(value, step), unit))
        return (
            f'<div class="control range"><label for="{name}">{escape(label)}</label>'
            f'<output for="{name}">{shown}</output>'
            f'<input type="range" id="{name}" min="{_number(low)}" max="{_number(high)}" '
            f'step="{_number(step)}" value="{_number(value)}" data-unit="{escape(unit)}" '
            f'aria-valuetext="{shown}" autocomplete="off" {common}></div>'
        )
    if kind == "checkbox":
        checked = " checked" if value else ""
        return (
            f'<div class="control checkbox"><input type="checkbox" id="{name}"{checked} '
            f'autocomplete="off" {common}><label for="{name}">{escape(label)}</label></div>'
        )
    options = control.get("options") or []
    words = control.get("labels") or ["all" if option is None else option for option in options]
    if kind == "select":
        items = "".join(
            f'<option value="{escape(json.dumps(option))}"'
            f"{' selected' if option == value else ''}>{escape(str(word))}</option>"
            for option, word in zip(options, words, strict=True)
        )
        return (
            f'<div class="control select"><label for="{name}">{escape(label)}</label>'
            f'<select id="{name}" autocomplete="off" {common}>{items}</select></div>'
        )
    if kind == "radio":
        items = "".join(
            f'<label><input type="radio" name="{name}" value="{escape(json.dumps(option))}"'
            f'{" checked" if option == value else ""} autocomplete="off" {common}> '
            f"{escape(str(word))}</label>"
            for option, word in zip(options, words, strict=True)
        )
        return f'<fieldset class="control radio"><legend>{escape(label)}</legend>{items}</fieldset>'
    raise FigureError(
        f"{place}: the page has no control of the kind {kind!r}. "
        "Use binding_range, binding_select, binding_radio or binding_checkbox."
    )


# --------------------------------------------------------------------------- the figure


@dataclass(frozen=True)
class PageFigure:
    """A figure for a page and the files that go with it.

    Attributes
    ----------
    html : str
    files : dict of str to str
        Path below the site's folder to content: the picture and the data as CSV.
    number : int
        Number of the figure on its page.
    title : str
    tables : tuple of str
        Tables of ``data/`` that the chart rests on.
    """

    html: str
    files: dict[str, str]
    number: int
    title: str
    tables: tuple[str, ...] = ()


def _csv(table: Mapping[str, Any]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(table["columns"])
    writer.writerows(table["rows"])
    return stream.getvalue()


def _cell(value: Any) -> tuple[str, bool]:
    """Return a cell in words and whether it is a number."""
    if value is None:
        return "\N{EN DASH}", False
    if isinstance(value, bool):
        return ("yes" if value else "no"), False
    if isinstance(value, (int, float)):
        text = f"{value:,}" if abs(value) >= 10_000 and float(value).is_integer() else f"{value}"
        if isinstance(value, float) and abs(value) >= 1e-4 and math.isfinite(value):
            text = f"{value:,.10f}".rstrip("0").rstrip(".") if abs(value) < 1e10 else f"{value:.4g}"
        return text.replace("-", "\N{MINUS SIGN}"), True
    return escape(str(value), quote=False), False


def _data_table(table: Mapping[str, Any], caption: str) -> str:
    head = "".join(f'<th scope="col">{escape(str(c), quote=False)}</th>' for c in table["columns"])
    body = []
    for row in table["rows"]:
        cells = []
        for index, value in enumerate(row):
            text, numeric = _cell(value)
            if index:
                number_like = numeric or re.fullmatch(r"\d{4}-\d\d-\d\d", text)
                cells.append(f"<td{'' if number_like else ' class=words'}>{text}</td>")
            else:
                kind = " class=number" if numeric else ""
                cells.append(f'<th scope="row"{kind}>{text}</th>')
        body.append(f"<tr>{''.join(cells)}</tr>")
    return (
        f'<div class="book-table" role="group" tabindex="0" aria-label="{escape(caption)}">'
        f'<table><caption class="unseen">{escape(caption, quote=False)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def _drawn(spec: Mapping[str, Any], rows: int) -> str:
    """Say what a chart draws: its rows, its axes with their units, its legends."""
    named: dict[str, list[str]] = {"x": [], "y": [], "legend": []}
    for view in charts._panels(spec):
        for unit in charts._units(view):
            for channel, definition in unit["encoding"].items():
                if not isinstance(definition, Mapping):
                    continue
                axis = channel in {"x", "y"}
                guide = "axis" if axis else "legend"
                if axis or channel in charts._CHANNELS_WITH_LEGEND:
                    title = charts._explicit_title(definition, guide)[1]
                    kind = channel if axis else "legend"
                    words = " ".join(title) if isinstance(title, list) else title
                    if words and words not in named[kind]:
                        named[kind].append(words)
    places = {"x": "across", "y": "upwards", "legend": "told apart by"}
    parts = [f"{places[kind]}: {', '.join(words)}" for kind, words in named.items() if words]
    return "; ".join([f"{rows:,} row{'' if rows == 1 else 's'}", *parts]) + "."


def _where_from(
    spec: Mapping[str, Any],
    origins: Sequence[provenance.Origin],
    link: Callable[[str], str | None],
    code: str,
    told: Mapping[str, int],
) -> str:
    """Return what opens under "Where it comes from".

    A page says once what a table is; a script puts the words below the other figures as well.
    """
    rows = len(spec["usermeta"]["table"]["rows"])
    parts = [f"<p><strong>Drawn:</strong> {escape(_drawn(spec, rows), quote=False)}</p>"]
    made = f'<a href="{escape(code)}">The code above the figure</a>' if code else "A cell"
    if origins:
        which = "this table" if len(origins) == 1 else "these tables"
        parts.append(f"<p><strong>Made by:</strong> {made} computes it from {which}.</p>")
    else:
        parts.append(
            f"<p><strong>Made by:</strong> {made} computes it from a formula, not from a table.</p>"
        )
    licence = provenance.licence_of_tables() if origins else ""
    for origin in origins:
        parts.append(provenance.panel(origin, link, licence, told.get(origin.table)))
    return "\n".join(parts)


def values_line(controls: Sequence[Mapping[str, Any]]) -> str:
    """Say the book's values of a chart's settings, for print."""
    shown = []
    for control in controls:
        label, unit = _unit_of(str(control.get("name") or control["signal"]))
        value = control["value"]
        if control["input"] == "range":
            words = with_unit(_at_step(value, _step(control)), unit)
        elif control["input"] == "checkbox":
            words = "yes" if value else "no"
        else:
            options = list(control.get("options") or [])
            names = control.get("labels") or ["all" if o is None else o for o in options]
            words = str(names[options.index(value)]) if value in options else str(value)
        shown.append(f"{label}: {words}")
    return "; ".join(shown)


def _size(svg: str) -> tuple[int, int]:
    found = re.search(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"', svg)
    if not found:
        raise FigureError("the picture of a chart has no size")
    return round(float(found.group(1))), round(float(found.group(2)))


_COLUMNS = re.compile(r"bookWidth < \d+ \? (\d+) : 20\)\) / (\d+)\), 1, (\d+)\)")
#: Pixels from one row of a legend to the next: of dots and boxes, and of samples of a line.
_LEGEND_STEP, _LEGEND_STEP_LINES = 19, 29


def _legends(group: Mapping[str, Any], above: Mapping[str, list]) -> list[list[int]]:
    """Return what decides how high each legend is at the width of a page.

    Its entries, the room that labels beside the plot take on a phone, the width of a column, the
    most columns, and the pixels of a row.
    """
    domains = {**above, **_domains(group)}
    found = []
    for legend in group.get("legends", ()):
        named = [domains.get(name, []) for name in legend.values() if isinstance(name, str)]
        entries = max(map(len, named), default=0)
        numbers = _COLUMNS.search(str(legend.get("columns")))
        if entries and numbers:
            step = _LEGEND_STEP_LINES if legend.get("symbolSize", 0) > 400 else _LEGEND_STEP
            found.append([entries, *map(int, numbers.groups()), step])
    for mark in group.get("marks", ()):
        if mark.get("type") == "group":
            found += _legends(mark, domains)
    return found


#: Pixels that the picture leaves free on both sides together beyond what the page does.
_MORE_PADDING = 2


def _margin(svg: str, width: int) -> int | None:
    """Return how much wider the picture is than its plot: room for labels and padding."""
    plot = re.search(r' d="M0,0h([\d.]+)v', svg)
    return round(width - float(plot.group(1))) - _MORE_PADDING if plot else None


def page_figure(
    spec: Mapping[str, Any],
    svg: str,
    *,
    folder: str,
    root: str,
    number: int,
    link: Callable[[str], str | None],
    code: str = "",
    cited: str = "",
    told: Mapping[str, int] = MappingProxyType({}),
) -> PageFigure:
    """Make the figure of a page from a chart's output.

    Parameters
    ----------
    spec : mapping
        The specification in the output, with its ``usermeta``.
    svg : str
        The picture in the output.
    folder : str
        Where the files of this page's charts go, relative to the site's folder.
    root : str
        The way from the page to the site's folder, for example ``"../"``.
    number : int
        Number of the figure on its page.
    link : callable
        From a table's name to its address on the page about the data, or None.
    code : str
        Address of the code that made the chart; empty if the page does not show it.
    cited : str
        What follows number and title in a reference: page, book, year.
    told : mapping of str to int
        Tables that the page has described already, and below which figure.

    Raises
    ------
    FigureError
        If the output did not come from ``charts.show``, or has a control the page lacks.
    """
    words = spec.get("usermeta") or {}
    if not {"name", "title", "description", "sources", "table"} <= set(words):
        raise FigureError("a chart was displayed without charts.show(...)")
    name, title, table = words["name"], words["title"], words["table"]
    place = f"chart-{name}"
    vega, controls, panels = to_vega(spec)
    rows = len(table["rows"])
    width, height = _size(svg)
    height -= _MORE_PADDING  # the page keeps room for the drawing, which is lower by that
    files = {f"{folder}/{name}.svg": drawing.lean(svg), f"{folder}/{name}.csv": _csv(table)}
    origins = [provenance.origin(source["table"]) for source in words["sources"]]
    heading = escape(title, quote=False)

    controls_html = ""
    if controls:
        inner = "".join(_control(control, place) for control in controls)
        controls_html = (
            f'<form class="chart-controls" aria-label="Settings of figure {number}" hidden>'
            f'{inner}<button type="reset" class="quiet" disabled>{_RESET}</button></form>\n'
            f'<p class="chart-values">Values used: <span>'
            f"{escape(values_line(controls), quote=False)}</span></p>\n"
        )
    caption = f"<p>{inline_html(words['caption'])}</p>" if words.get("caption") else ""
    tables = "".join(
        f'<li><a href="{root}data/{escape(item.path)}" download>{escape(item.path)}</a>, '
        f"the whole table ({item.rows:,} rows)</li>"
        for item in origins
    )
    source_code = f'<li><a href="{escape(code)}">The code that made it</a></li>' if code else ""
    stop = "" if title.rstrip()[-1:] in ".?!" else "."
    quoted = f"Figure {number}. {heading}{stop}" + (f" {cited}" if cited else "")
    shown = (
        _data_table(table, f"Data of figure {number}: {title}") if rows <= MOST_ROWS_SHOWN else ""
    )
    settings = f" data-panels='{escape(json.dumps(panels))}'" if panels else ""
    legends = _legends(vega, {})
    settings += f' data-legends="{json.dumps(legends)}"' if legends else ""
    margin = _margin(svg, width)
    settings += f' data-margin="{margin}"' if margin else ""
    content = _written(packed(vega)).replace("<", "\\u003c")
    which = f'<span class="unseen"> (figure {number})</span>'
    count = f"{rows:,} row{'' if rows == 1 else 's'}"
    html = (
        f'<figure class="chart" id="{place}" aria-labelledby="{place}-title"{settings}>\n'
        f'<p class="chart-title" id="{place}-title"><a class="chart-number" href="#{place}">'
        f"Figure {number}</a> {heading}</p>\n"
        f'<p class="unseen chart-words">{escape(words["description"], quote=False)}</p>\n'
        f"{controls_html}"
        f'<div class="chart-canvas"><img class="chart-picture" src="{root}{folder}/{name}.svg" '
        f'alt="Picture of figure {number}: {escape(title)}" width="{width}" '
        f'height="{height}" '
        'loading="lazy" decoding="async"><div class="chart-live"></div></div>\n'
        f'<figcaption>{caption}<p class="chart-source">{provenance.short_line(origins, link)}</p>'
        "</figcaption>\n"
        f'<div class="chart-more">'
        f'<details class="chart-origin"><summary>Where it comes from{which}</summary>\n'
        f"<div>{_where_from(spec, origins, link, code, told)}</div></details>\n"
        f'<details class="chart-take"><summary>Take it away{which}</summary>\n<div><ul>'
        f'<li><a href="{root}{folder}/{name}.csv" download>The data as drawn (CSV)</a>, {count}'
        f"</li>{tables}"
        f'<li><a href="{root}{folder}/{name}.svg" download target="_blank">'
        "The picture (SVG)</a></li>"
        f"{source_code}"
        f'<li><a class="chart-link" href="#{place}">A link to this figure</a></li></ul>\n'
        f'<p class="chart-citation">{quoted}</p></div></details>\n'
        f'<details class="chart-data"><summary>Data <span class="rows">({count})</span>{which}'
        f"</summary>\n<div>{shown or _too_long(rows, f'{root}{folder}/{name}.csv')}</div>"
        f"</details></div>\n"
        f'<script type="application/json" class="chart-spec">{content}</script>\n'
        "</figure>\n"
    )
    tables_used = tuple(item.table for item in origins)
    return PageFigure(html, files, number=number, title=title, tables=tables_used)


def _too_long(rows: int, address: str) -> str:
    return (
        f'<p>{rows:,} rows are too many for the page: <a href="{escape(address)}" download>'
        "open them as a CSV file</a>.</p>"
    )
