"""The look of the book's charts, and the one function that shows a chart.

Importing the module makes the book's theme and data handling the ones that Altair uses.
:func:`show` puts three forms of a chart into a notebook's output:
a specification that JupyterLab draws without a network, a picture that GitHub and print show,
and words for everything else.
The site reads the same output and draws the chart live.

Every form holds the same bytes on every run:
floats are rounded to the digits they carry, dates are ISO dates,
and the picture is made with a font that comes with the converter.
"""

from __future__ import annotations

import json
import math
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from html import escape
from typing import Any

import pandas as pd

# Altair checks charts with jsonschema, which compiles a grammar of web addresses if it finds one:
# another package brings it, no chart needs it, and it takes longer than all other imports here.
_WITHOUT = "rfc3987_syntax"
_hidden = _WITHOUT not in sys.modules
if _hidden:
    sys.modules[_WITHOUT] = None  # type: ignore[assignment]
import altair as alt  # noqa: E402

if _hidden:
    del sys.modules[_WITHOUT]

__all__ = [
    "BLUE",
    "CATEGORY",
    "Figure",
    "GOLD",
    "GREEN",
    "GREY",
    "GRID",
    "INK",
    "PAPER",
    "PURPLE",
    "VERMILION",
    "colour_and_dash",
    "colour_and_shape",
    "figure",
    "show",
]

#: The version of Vega-Lite that Altair writes and the converter draws.
VEGA_LITE_VERSION = "6.4"
#: JupyterLab draws this type without a network; nbformat accepts an object under it.
MIME_TYPE = "application/vnd.vegalite.v5+json"
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"

BLUE = "#145089"
VERMILION = "#b33c00"
GREEN = "#08794d"
PURPLE = "#b52fa6"
GOLD = "#bd8102"
GREY = "#636b78"
INK = "#1f2328"
GRID = "#e1e4e8"
PAPER = "#ffffff"

#: The order in which categories take their colours.
CATEGORY = (BLUE, VERMILION, GREEN, PURPLE, GOLD, INK, GREY)
#: Second signal beside colour, in the same order.
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right")
DASHES = ((1, 0), (7, 3), (2, 2), (10, 3, 2, 3), (4, 2), (12, 4), (1, 3))

#: What the site paints instead of each colour when the page is dark.
DARK = {
    BLUE: "#4a9bff",
    VERMILION: "#ff6f3c",
    GREEN: "#32d495",
    PURPLE: "#e695e3",
    GOLD: "#f6d979",
    GREY: "#9fa8b3",
    INK: "#e6e8eb",
    GRID: "#343b45",
    PAPER: "#14181e",
}
#: Colours with at least 4.5:1 against the page, fit for words as well as marks.
FOR_TEXT = (BLUE, VERMILION, GREEN, PURPLE, GREY, INK, PAPER)

WIDTH = 720
HEIGHT = 340

#: The converter carries this font, so a picture does not depend on the machine's fonts.
_PICTURE_FONT = "Liberation Sans"
_READER_FONTS = "Liberation Sans, Arial, Helvetica, sans-serif"

_CHANNELS_WITH_LEGEND = (
    "color",
    "fill",
    "stroke",
    "shape",
    "size",
    "strokeDash",
    "strokeWidth",
    "opacity",
)
#: Names that Vega or the page uses itself; a setting called so would change the chart's size.
_TAKEN = {
    "autosize", "background", "bookWidth", "childHeight", "childWidth", "cursor", "datum", "event",
    "height", "item", "padding", "parent", "unit", "width",
}  # fmt: skip
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3,4}){1,2}\b")


# --------------------------------------------------------------------------- theme and data


@alt.theme.register("three_observations", enable=True)
def theme() -> alt.theme.ThemeConfig:
    """Return the book's theme: quiet axes, large labels, colours with dark partners."""
    label = {"fontSize": 13, "fontWeight": "normal", "color": INK}
    return alt.theme.ThemeConfig(
        {
            "config": {
                "background": PAPER,
                "font": _PICTURE_FONT,
                "view": {
                    "stroke": None,
                    "continuousWidth": WIDTH,
                    "continuousHeight": HEIGHT,
                    "discreteWidth": WIDTH,
                },
                "mark": {"color": BLUE},
                "point": {"size": 70, "filled": True, "opacity": 0.9},
                "circle": {"size": 70, "opacity": 0.9},
                "square": {"size": 70, "opacity": 0.9},
                "line": {"strokeWidth": 2.2},
                "rule": {"color": GREY, "strokeWidth": 1.4},
                "area": {"opacity": 0.25},
                "text": {"color": INK, "fontSize": 13},
                "bar": {"cornerRadiusEnd": 2},
                "axis": {
                    "domainColor": GREY,
                    "tickColor": GREY,
                    "gridColor": GRID,
                    "gridWidth": 1,
                    "labelFontSize": 13,
                    "labelColor": INK,
                    "labelPadding": 5,
                    "labelLimit": 220,
                    "titleFontSize": 13,
                    "titleFontWeight": "bold",
                    "titleColor": INK,
                    "titlePadding": 10,
                },
                "axisX": {
                    "grid": False,
                    "labelFlush": False,
                    "labelSeparation": 3,
                    "titleAnchor": "end",
                },
                "axisY": {
                    "domain": False,
                    "ticks": False,
                    "titleAngle": 0,
                    "titleAlign": "left",
                    "titleAnchor": "start",
                    "titleBaseline": "bottom",
                    "titleX": 0,
                    "titleY": -10,
                },
                "legend": {
                    "orient": "top",
                    "direction": "horizontal",
                    "columns": 4,
                    "offset": 36,
                    "labelFontSize": 13,
                    "labelColor": INK,
                    "labelLimit": 260,
                    "titleFontSize": 13,
                    "titleFontWeight": "bold",
                    "titleColor": INK,
                    "titleLimit": 320,
                    "symbolSize": 90,
                    "symbolStrokeWidth": 2,
                    "rowPadding": 5,
                    "columnPadding": 16,
                },
                "header": {
                    "labelFontSize": 13,
                    "labelFontWeight": "bold",
                    "labelColor": INK,
                    "labelAnchor": "start",
                    "labelPadding": 10,
                    "titleFontSize": 13,
                    "titleColor": INK,
                },
                "facet": {"spacing": {"row": 30, "column": 24}},
                "title": {"fontSize": 14, "color": INK, "subtitleColor": GREY, "anchor": "start"},
                "range": {
                    "category": list(CATEGORY),
                    "symbol": list(SHAPES),
                    "ramp": {"scheme": "viridis"},
                    "heatmap": {"scheme": "viridis"},
                },
                "axisQuantitative": {"tickCount": 6},
                "axisTemporal": {"tickCount": 6},
                "style": {"guide-label": label, "guide-title": label | {"fontWeight": "bold"}},
            }
        }
    )


def significant(value: float, digits: int = 5) -> float | None:
    """Round a number to so many significant digits; NaN and infinities become None.

    Parameters
    ----------
    value : float
    digits : int, default 5

    Returns
    -------
    float or None
        None where JSON has no number.
    """
    value = float(value)
    if not math.isfinite(value):
        return None
    return float(f"{value:.{digits}g}")


def _plain(value: Any, digits: int, *, clock: bool = False) -> Any:
    """Return a cell as JSON can hold it: rounded float, int, bool, text, ISO date or None."""
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, (bool, str)):
        return value
    if hasattr(value, "isoformat"):
        text = value.isoformat()
        if clock:
            # Without a time of day a browser would read the day as one in Greenwich.
            return text if "T" in text else f"{text}T00:00:00"
        return text.removesuffix("T00:00:00")
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        return significant(value, digits)
    return value


def _records(frame: pd.DataFrame, digits: int = 5) -> list[dict[str, Any]]:
    """Return the rows of a table as objects that JSON can hold."""
    columns = [
        [_plain(value, digits, clock=True) for value in frame[name]] for name in frame.columns
    ]
    names = [str(name) for name in frame.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _inline(data: Any = None, **_: Any) -> Any:
    """Embed a table in the chart itself, rounded, whatever its number of rows."""
    if isinstance(data, pd.DataFrame):
        return {"values": _records(data)}
    return _inline if data is None else alt.to_values(data)


alt.data_transformers.register("three_observations", _inline)
alt.data_transformers.enable("three_observations")


# --------------------------------------------------------------------------- helpers for authors


def colour_and_shape(
    field: str, title: str, order: Sequence[str], *, columns: int | None = None
) -> dict[str, Any]:
    """Encode a category of points by colour and by shape at once, with one legend.

    Parameters
    ----------
    field : str
        Column that holds the category.
    title : str
        Title of the legend.
    order : sequence of str
        The categories in the order of the legend; at most seven.
    columns : int, optional
        Columns of the legend on a wide screen; four if not given.

    Returns
    -------
    dict
        Pass it on: ``.encode(..., **colour_and_shape("firm", "Firm", ["A", "B"]))``.
    """
    return _twice(field, title, order, "shape", alt.Shape, SHAPES, columns)


def colour_and_dash(
    field: str, title: str, order: Sequence[str], *, columns: int | None = None
) -> dict[str, Any]:
    """Encode a category of lines by colour and by dashes at once, with one legend.

    Parameters and result are those of :func:`colour_and_shape`.
    """
    return _twice(field, title, order, "strokeDash", alt.StrokeDash, DASHES, columns)


def _twice(
    field: str,
    title: str,
    order: Sequence[str],
    channel: str,
    encoding: type,
    signs: Sequence,
    columns: int | None,
) -> dict[str, Any]:
    order = [str(name) for name in order]
    if not order or len(order) > len(CATEGORY):
        raise ValueError(
            f"{field!r} has {len(order)} categories to tell apart; a chart holds "
            f"1 to {len(CATEGORY)}. Group the rest, or use panels."
        )
    settings: dict[str, Any] = {"columns": columns} if columns else {}
    if channel == "strokeDash":
        # A piece of the line itself, long enough to show its dashes.
        settings |= {"symbolType": "stroke", "symbolSize": 900}
    legend = alt.Legend(**settings) if settings else alt.Undefined
    signs = [sign if isinstance(sign, str) else list(sign) for sign in signs[: len(order)]]
    return {
        "color": alt.Color(f"{field}:N", title=title, legend=legend).scale(
            domain=order, range=list(CATEGORY[: len(order)])
        ),
        channel: encoding(f"{field}:N", title=title, legend=legend).scale(
            domain=order, range=signs
        ),
    }


# --------------------------------------------------------------------------- checks


class ChartError(ValueError):
    """A chart that a reader could not read; the message says what to add."""


def _units(spec: Mapping[str, Any], inherited: Mapping[str, Any] | None = None) -> Iterator[dict]:
    """Yield every single view below a view with the encodings and data that it inherits."""
    above = inherited or {}
    passed_on = {
        "encoding": {**above.get("encoding", {}), **spec.get("encoding", {})},
        "data": spec.get("data", above.get("data")),
        "transform": [*above.get("transform", []), *spec.get("transform", [])],
    }
    if "layer" in spec:
        for child in spec["layer"]:
            yield from _units(child, passed_on)
    else:
        yield {**spec, **passed_on}


def _panels(spec: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield every view with axes of its own: single, or a stack of layers."""
    children = [child for key in ("concat", "vconcat", "hconcat") for child in spec.get(key, ())]
    children += [spec["spec"]] if "spec" in spec else []
    for child in children:
        above = {key: spec[key] for key in ("data", "transform") if key in spec}
        yield from _panels({**above, **child})
    if not children:
        yield spec


def _explicit_title(definition: Mapping[str, Any], guide: str) -> tuple[bool, str | None]:
    """Return whether a title is given, and the title."""
    inner = definition.get(guide) or {}
    for place in (definition, inner):
        if "title" in place:
            return True, place["title"]
    return False, None


def _draws(definition: Mapping[str, Any]) -> bool:
    return any(key in definition for key in ("field", "datum", "aggregate", "timeUnit"))


def _check_labels(spec: Mapping[str, Any], name: str) -> None:
    for panel in _panels(spec):
        units = list(_units(panel))
        for channel in ("x", "y"):
            drawn = [unit["encoding"].get(channel) for unit in units]
            drawn = [d for d in drawn if isinstance(d, Mapping) and _draws(d)]
            if drawn and all("axis" in d and d["axis"] is None for d in drawn):
                continue
            if drawn and not any(_explicit_title(d, "axis")[1] for d in drawn):
                field = next((d["field"] for d in drawn if "field" in d), "a value")
                raise ChartError(
                    f"chart {name!r}: the {channel} axis shows {field!r} without a title. "
                    f"Say what it is and in which unit: alt.{channel.upper()}(...).title(...)."
                )
        for channel in _CHANNELS_WITH_LEGEND:
            drawn, without = [], []
            for unit in units:
                definition = unit["encoding"].get(channel)
                if not isinstance(definition, Mapping):
                    continue
                condition = definition.get("condition")
                if isinstance(condition, Mapping) and "field" in condition:
                    definition = condition
                if "field" in definition:
                    hidden = definition.get("legend", ...) is None
                    (without if hidden else drawn).append(definition)
            if drawn and without:
                raise ChartError(
                    f"chart {name!r}: one layer turns the legend of {channel!r} off, which "
                    "removes it for every layer. Leave legend=None out; layers that show the "
                    "same column share one legend."
                )
            if drawn and not any(_explicit_title(d, "legend")[0] for d in drawn):
                raise ChartError(
                    f"chart {name!r}: the legend of {channel!r} would show the column name "
                    f"{drawn[0]['field']!r}. Give it a title, or title=None if the labels "
                    "say enough."
                )


def _check_logarithms(spec: Mapping[str, Any], name: str) -> None:
    """Refuse a value that a logarithmic axis cannot show: it would empty the whole chart."""
    for panel in _panels(spec):
        for unit in _units(panel):
            rows = spec.get("datasets", {}).get((unit["data"] or {}).get("name"), [])
            for channel in ("x", "y", "x2", "y2"):
                definition = unit["encoding"].get(channel)
                scaled = unit["encoding"].get(channel[0], {})
                if not isinstance(definition, Mapping) or "field" not in definition:
                    continue
                if (scaled.get("scale") or {}).get("type") != "log" or unit["transform"]:
                    continue
                values = [row.get(definition["field"]) for row in rows]
                if any(isinstance(v, (int, float)) and v <= 0 for v in values):
                    raise ChartError(
                        f"chart {name!r}: {definition['field']!r} holds zero or less, which a "
                        "logarithmic axis cannot show. Leave these rows out, and say so."
                    )


def _check_phone(spec: Mapping[str, Any], name: str) -> None:
    """Refuse what cannot become narrow."""
    if "hconcat" in spec:
        raise ChartError(
            f"chart {name!r}: views side by side do not fit on a phone. Use & (below one "
            "another), or facet(..., columns=2)."
        )
    for key in ("concat", "vconcat"):
        for child in spec.get(key, ()):
            _check_phone(child, name)
    facet = spec.get("facet")
    if isinstance(facet, Mapping) and ("column" in facet or "row" in facet):
        raise ChartError(
            f"chart {name!r}: rows or columns of panels do not fit on a phone. "
            "Use facet(field, columns=2), which becomes one column there."
        )
    for unit in _units(spec) if "layer" in spec or "mark" in spec else ():
        if {"row", "column", "facet"} & set(unit["encoding"]):
            raise ChartError(
                f"chart {name!r}: use .facet(field, columns=2) on the chart instead of a "
                "row, column or facet encoding; it becomes one column on a phone."
            )


def _walk(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every leaf of a specification with the keys that lead to it, data left out."""
    if isinstance(node, Mapping):
        for key, child in node.items():
            if key not in {"datasets", "data", "usermeta"}:
                yield from _walk(child, (*path, key))
    elif isinstance(node, (list, tuple)):
        for child in node:
            yield from _walk(child, path)
    else:
        yield path, node


def _check_colours(spec: Mapping[str, Any], name: str) -> None:
    keys = {"color", "fill", "stroke", "background", "labelColor", "titleColor"}
    for path, value in _walk(spec):
        if not isinstance(value, str):
            continue
        found = _HEX.findall(value)
        if not found and path[-1] in keys and value not in {"transparent", "none"}:
            found = [value]
        if not found and path[-1] == "value" and len(path) > 1 and path[-2] in keys:
            found = [] if value in {"transparent", "none"} else [value]
        for colour in found:
            if colour.lower() not in DARK:
                raise ChartError(
                    f"chart {name!r}: {colour!r} is not one of the book's colours, so a dark "
                    "page has no partner for it. Use charts.BLUE, VERMILION, GREEN, PURPLE, "
                    "GOLD, GREY or INK."
                )
    for panel in _panels(spec):
        for unit in _units(panel):
            mark = unit.get("mark")
            kind = mark if isinstance(mark, str) else (mark or {}).get("type")
            if kind != "text":
                continue
            given = [mark.get("color"), mark.get("fill")] if isinstance(mark, Mapping) else []
            definition = unit["encoding"].get("color", {})
            given.append(definition.get("value") if isinstance(definition, Mapping) else None)
            for colour in given:
                if isinstance(colour, str) and colour.lower() not in FOR_TEXT:
                    raise ChartError(
                        f"chart {name!r}: {colour!r} is too pale for words. "
                        "Use charts.INK for the text."
                    )


def _check_parameters(spec: Mapping[str, Any], name: str) -> None:
    def parameters(node: Any) -> Iterator[Mapping[str, Any]]:
        if isinstance(node, Mapping):
            yield from node.get("params", ()) if isinstance(node.get("params"), list) else ()
            for key, child in node.items():
                if key not in {"datasets", "data", "params"}:
                    yield from parameters(child)
        elif isinstance(node, list):
            for child in node:
                yield from parameters(child)

    for parameter in parameters(spec):
        bind = parameter.get("bind")
        if parameter.get("name") in _TAKEN:
            raise ChartError(
                f"chart {name!r}: a parameter cannot be called {parameter['name']!r}, because "
                "the drawing itself uses that name. Choose another one."
            )
        if bind == "scales":
            raise ChartError(
                f"chart {name!r}: .interactive() takes the wheel away from the page. Leave it out."
            )
        if not isinstance(bind, Mapping):
            continue
        controls = [bind] if "input" in bind else list(bind.values())
        for control in controls:
            if not isinstance(control, Mapping):
                continue
            if not str(control.get("name", "")).strip():
                raise ChartError(
                    f"chart {name!r}: the control for {parameter['name']!r} has no label. "
                    "Give it one, with its unit: binding_range(..., name='Input tokens, %')."
                )
            if control.get("input") == "range" and "value" not in parameter:
                raise ChartError(
                    f"chart {name!r}: the slider {parameter['name']!r} has no starting value."
                )


def _check_numbers(spec: Mapping[str, Any], name: str) -> None:
    long_number = re.compile(r"\d*\.\d{11,}")
    for path, value in _walk(spec):
        if isinstance(value, str) and (found := long_number.search(value)):
            raise ChartError(
                f"chart {name!r}: {path[-1]!r} holds {found.group()}, more digits than it "
                "carries, and not the same ones on every machine. Round it: f'{x:.6g}'."
            )


def _check_words(name: str, title: str, description: str) -> None:
    if not _NAME.fullmatch(name or ""):
        raise ChartError(
            f"chart name {name!r}: use small letters, digits and single hyphens, "
            "for example 'ratio-by-blend'. It becomes part of the chart's address."
        )
    for what, text in (("title", title), ("description", description)):
        if not isinstance(text, str) or not text.strip():
            raise ChartError(f"chart {name!r} has no {what}.")
    if len(description.split()) < 6:
        raise ChartError(
            f"chart {name!r}: the description stands in for the picture. Say in a sentence "
            "or two what is drawn and what it shows."
        )


# --------------------------------------------------------------------------- specification


def _rounded(node: Any, digits: int) -> Any:
    if isinstance(node, Mapping):
        return {key: _rounded(child, digits) for key, child in node.items()}
    if isinstance(node, (list, tuple)):
        return [_rounded(child, digits) for child in node]
    if isinstance(node, float) and not isinstance(node, bool):
        value = significant(node, digits)
        return int(value) if value is not None and value == int(value) < 1e15 else value
    return node


def _prune(spec: dict[str, Any]) -> dict[str, Any]:
    """Drop the columns that no part of the chart names, and number the tables."""
    tables = spec.pop("datasets", {})
    rest = json.dumps(spec, ensure_ascii=False)
    short = {}
    for index, (long_name, rows) in enumerate(tables.items()):
        keys = rows[0] if rows else {}
        used = [key for key in keys if re.search(rf"(?<!\w){re.escape(key)}(?!\w)", rest)]
        short[f"table-{index}"] = [{key: row[key] for key in used} for row in rows]
        rest = rest.replace(long_name, f"table-{index}")
    # Altair numbers unnamed parameters and views by how often a session made one.
    seen: dict[str, str] = {}

    def renumber(found: re.Match) -> str:
        kind = found.group(1)
        fresh = sum(1 for old in seen if old.startswith(kind)) + 1
        return seen.setdefault(found.group(), f"{kind}_{fresh}")

    rest = re.sub(r"\b(param|view)_\d+\b", renumber, rest)
    spec = json.loads(rest)
    if short:
        spec["datasets"] = short
    return spec


def _fit(spec: dict[str, Any]) -> dict[str, Any]:
    """Give a chart the width of the book's column where its author named none."""
    if "layer" in spec or "mark" in spec:
        spec.setdefault("width", WIDTH)
        if not isinstance(spec["width"], Mapping):
            spec.setdefault("autosize", {"type": "fit-x", "contains": "padding"})
        return spec
    for key in ("concat", "vconcat"):
        for child in spec.get(key, ()):
            if "layer" in child or "mark" in child:
                child.setdefault("width", WIDTH - 90)
    if "spec" in spec:
        # In one column on a phone, panels cannot share the axes of two columns.
        independent = {"axis": {"x": "independent", "y": "independent"}}
        spec["resolve"] = independent | spec.get("resolve", {})
        columns = max(int(spec.get("columns") or 2), 1)
        spec.setdefault("columns", columns)
        spec["spec"].setdefault("width", (WIDTH - 60) // columns - 25)
        spec["spec"].setdefault("height", 220)
    return spec


#: True where a tick of a logarithmic axis is a power of ten.
_DECADE = "abs(log(datum.value) / LN10 - round(log(datum.value) / LN10)) < 1e-6"


def _decades(unit: Mapping[str, Any], channel: str, tables: Mapping[str, list]) -> float:
    """Return over how many powers of ten an axis reaches; 0 if not known.

    A column that the page computes is not in the table; then the ends of the axis say it.
    """
    definition = unit["encoding"][channel]
    field = definition.get("field")
    rows = tables.get((unit["data"] or {}).get("name"), [])
    values = [row[field] for row in rows if isinstance(row.get(field), (int, float))]
    if not values and isinstance(ends := definition["scale"].get("domain"), list):
        values = [end for end in ends if isinstance(end, (int, float))]
    values = [value for value in values if value > 0]
    return math.log10(max(values) / min(values)) if values else 0


def _quiet_logarithms(spec: dict[str, Any]) -> None:
    """Give full grid lines to the decades of a logarithmic axis only, and to long axes labels."""
    for panel in _panels(spec):
        for unit in _units(panel):
            for channel in ("x", "y"):
                definition = unit["encoding"].get(channel)
                if not isinstance(definition, dict):
                    continue
                axis = definition.get("axis", {})
                if (definition.get("scale") or {}).get("type") != "log" or axis is None:
                    continue
                quiet = {"condition": {"test": _DECADE, "value": 1}, "value": 0.35}
                added: dict[str, Any] = {"gridOpacity": quiet}
                plain = not {"values", "labelExpr", "tickCount"} & set(axis)
                if plain and _decades(unit, channel, spec.get("datasets", {})) >= 1.5:
                    added["labelExpr"] = f"{_DECADE} ? datum.label : ''"
                definition["axis"] = {**added, **axis}


def _name_tooltips(node: Any) -> None:
    """Let a tooltip show words where its author named none: 'usd_per_run' -> 'usd per run'."""
    if isinstance(node, dict):
        tips = node.get("encoding", {}).get("tooltip") if "encoding" in node else None
        for tip in tips if isinstance(tips, list) else [tips]:
            if isinstance(tip, dict) and "field" in tip and "title" not in tip:
                tip["title"] = str(tip["field"]).replace("_", " ")
        for key, child in node.items():
            if key not in {"datasets", "data"}:
                _name_tooltips(child)
    elif isinstance(node, list):
        for child in node:
            _name_tooltips(child)


# --------------------------------------------------------------------------- sources


def _one_source(table: str) -> dict[str, Any]:
    from three_observations import data

    described = data.describe(table)
    sources = data.load(table) if table == "sources" else data.sources_of(table)
    kinds = sources["kind"].value_counts()
    return {
        "table": table,
        "title": described.get("title", table),
        "rows": len(data.load(table)),
        "sources": len(sources),
        "kinds": {str(kind): int(count) for kind, count in kinds.items()},
        "retrieved": max((str(day)[:10] for day in sources["retrieved"].dropna()), default=""),
    }


def sources(tables: Sequence[str], name: str = "") -> list[dict[str, Any]]:
    """Say where tables come from, from the data package.

    Parameters
    ----------
    tables : sequence of str
        Names of tables of ``data/``.
    name : str, optional
        The chart that asks, for the error message.

    Returns
    -------
    list of dict
        For each table its name, title, rows, number of sources, number of each kind of source,
        and the latest day on which one was retrieved.

    Raises
    ------
    ChartError
        If a table does not exist; the message suggests the nearest name.
    """
    from three_observations import data

    if isinstance(tables, str):
        raise ChartError(f"chart {name!r}: tables is a list of names, for example ['prices'].")
    known = data.tables()
    for table in tables:
        if table not in known:
            near = get_close_matches(str(table), known, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else f" There are: {', '.join(known)}."
            raise ChartError(f"chart {name!r}: there is no table {table!r} in data/.{hint}")
    return [_one_source(table) for table in tables]


def source_sentence(source: Mapping[str, Any]) -> str:
    """Say where one table comes from: rows, sources, and what kind of sources they are.

    Parameters
    ----------
    source : mapping
        One entry of ``usermeta["sources"]`` of a shown chart.

    Returns
    -------
    str
        For example ``"158 rows; 37 sources: own statement 20, press 17"``.
    """
    rows = f"{source['rows']:,} row" + ("" if source["rows"] == 1 else "s")
    if not source["sources"]:
        return rows
    count = f"{source['sources']} source" + ("" if source["sources"] == 1 else "s")
    ranked = sorted(source["kinds"].items(), key=lambda item: (-item[1], item[0]))
    kinds = ", ".join(f"{kind} {number}" for kind, number in ranked)
    if len(source["kinds"]) == 1:
        kinds = next(iter(source["kinds"]))
    return f"{rows}; {count}: {kinds}"


# --------------------------------------------------------------------------- picture


@contextmanager
def _greenwich() -> Iterator[None]:
    """Let the converter, which reads the zone once, draw dates alike everywhere."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before


_LONG_DECIMAL = re.compile(r"-?\d*\.\d{3,}(?:e-?\d+)?")
_TAG = re.compile(r"<[a-zA-Z][^>]*>")
_ROLES = re.compile(r' (?:aria-[a-z]+|role|pointer-events|class)="[^"]*"')


def _two_decimals(found: re.Match) -> str:
    text = f"{float(found.group()):.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def picture(spec: Mapping[str, Any], title: str, description: str) -> str:
    """Draw a specification as a compact SVG picture on a light ground.

    Parameters
    ----------
    spec : mapping
        A Vega-Lite specification.
    title, description : str
        Become the picture's name and description.

    Returns
    -------
    str
        The same bytes on every run, whatever fonts and time zone the machine has.
        Empty in a browser's Python, for which the converter does not exist.
    """
    if sys.platform == "emscripten":
        return ""
    import vl_convert

    with _greenwich():
        svg = vl_convert.vegalite_to_svg(dict(spec), vl_version=VEGA_LITE_VERSION)

    def shorten(found: re.Match) -> str:
        tag = _ROLES.sub("", found.group())
        return _LONG_DECIMAL.sub(_two_decimals, tag)

    svg = _TAG.sub(shorten, svg)
    svg = svg.replace(f'font-family="{_PICTURE_FONT}"', f'font-family="{_READER_FONTS}"')
    head, body = svg.split(">", 1)
    return (
        f'{head} role="img"><title>{escape(title, quote=False)}</title>'
        f"<desc>{escape(description, quote=False)}</desc>{body}"
    )


# --------------------------------------------------------------------------- figure


@dataclass(frozen=True)
class Figure:
    """A checked chart in the forms that a notebook's output holds.

    Attributes
    ----------
    name, title, description, caption : str
    spec : dict
        Vega-Lite specification with its data; ``usermeta`` holds the words, the sources and
        the table as shown.
    svg : str
        The same chart as a picture; empty where :func:`picture` cannot make one.
    """

    name: str
    title: str
    description: str
    caption: str
    spec: dict[str, Any]
    svg: str

    def mimebundle(self) -> dict[str, Any]:
        """Return the forms of the chart by media type."""
        picture = {"image/svg+xml": self.svg} if self.svg else {}
        words = {"text/plain": f"{self.title}\n{self.description}"}
        return {MIME_TYPE: self.spec} | picture | words

    def source_line(self) -> str:
        """Return title, caption and origin of the chart as one paragraph of Markdown."""
        parts = [
            f"{source['title']} (`{source['table']}`: {source_sentence(source)})"
            for source in self.spec["usermeta"]["sources"]
        ]
        formula = "Drawn from a formula, not from a table"
        origin = "Source: " + "; ".join(parts) if parts else formula
        words = f"**{_closed(self.title)}** {self.caption}".strip()
        return f"{words}  \n{origin}."


def _closed(text: str) -> str:
    return text if text.rstrip()[-1:] in ".?!" else f"{text.rstrip()}."


def _as_shown(data: pd.DataFrame, digits: int) -> dict[str, Any]:
    columns = [[_plain(value, digits) for value in data[name]] for name in data.columns]
    return {
        "columns": [str(name) for name in data.columns],
        "rows": [list(row) for row in zip(*columns, strict=True)],
    }


def figure(
    chart: alt.TopLevelMixin,
    *,
    name: str,
    title: str,
    description: str,
    tables: Sequence[str],
    data: pd.DataFrame | None = None,
    caption: str = "",
    digits: int = 5,
) -> Figure:
    """Check a chart and make everything that :func:`show` displays.

    Parameters and errors are those of :func:`show`.

    Returns
    -------
    Figure
    """
    _check_words(name, title, description)
    if data is None:
        inner = getattr(chart, "data", None)
        data = inner if isinstance(inner, pd.DataFrame) else None
    if not isinstance(data, pd.DataFrame) or data.empty:
        raise ChartError(
            f"chart {name!r} has no data to show beside it: pass data=, the rows that are drawn."
        )
    spec = chart.to_dict()
    _check_phone(spec, name)
    _check_labels(spec, name)
    _check_colours(spec, name)
    _check_logarithms(spec, name)
    _check_parameters(spec, name)
    spec = _prune(spec)
    _check_numbers(spec, name)
    _name_tooltips(spec)
    _quiet_logarithms(spec)
    config = spec.pop("config", {})
    spec = _fit(_rounded(spec, max(digits, 6)))
    spec["config"] = config
    spec["$schema"] = SCHEMA
    spec["description"] = description
    spec["usermeta"] = {
        "name": name,
        "title": title,
        "description": description,
        "caption": caption,
        "sources": sources(tables, name),
        "table": _as_shown(data, digits),
    }
    drawn = {key: value for key, value in spec.items() if key != "usermeta"}
    return Figure(name, title, description, caption, spec, picture(drawn, title, description))


def show(
    chart: alt.TopLevelMixin,
    *,
    name: str,
    title: str,
    description: str,
    tables: Sequence[str],
    data: pd.DataFrame | None = None,
    caption: str = "",
    digits: int = 5,
) -> None:
    """Display one chart of the book.

    Parameters
    ----------
    chart : altair chart
        Every axis and legend with a title; sliders with a label and a starting value.
        Leave the width to the page.
    name : str
        Address of the chart on its page: small letters, digits, hyphens; once per page.
    title : str
        Stands above the chart on the site, below it in JupyterLab.
    description : str
        For those who do not see the picture: what is drawn and what it shows.
    tables : sequence of str
        Tables of ``data/`` that the chart rests on; the source line is made from them.
        Empty for a chart of a formula.
    data : pandas.DataFrame, optional
        The rows drawn, with headings for readers; offered as a table and as CSV.
        The chart's own data if not given.
    caption : str, optional
        A sentence below the chart.
    digits : int, default 5
        Significant digits of the table beside the chart.

    Raises
    ------
    ChartError
        If a reader could not read the chart: no title, description or data, an unnamed axis,
        legend or slider, a colour without a dark partner, an unknown table, panels that do not
        fit on a phone.
    """
    from IPython.display import display

    made = figure(
        chart,
        name=name,
        title=title,
        description=description,
        tables=tables,
        data=data,
        caption=caption,
        digits=digits,
    )
    display(made.mimebundle(), raw=True)
    line = made.source_line()
    # The site writes these words into the figure itself and leaves this output out.
    display(
        {"text/markdown": line.replace("$", r"<span>\$</span>"), "text/plain": line},
        raw=True,
        metadata={"three_observations": {"part_of": name}},
    )
