"""Charts of estimates: every row drawn in order, and no column forgotten in silence."""

from __future__ import annotations

import re

import pandas as pd
import pytest
import vl_convert

from three_observations import charts, frontier, plots

TABLE = pd.DataFrame(
    {
        "who": ["b", "a", "a"],
        "kind": ["x", "x", "y"],
        "estimate": [2.0, 3.0, 30.0],
        "low": [1.0, 2.0, None],
        "high": [4.0, 5.0, None],
    }
)
WORDS = {"axis": "times a year", "heading": "Who"}


def test_rows_keep_the_order_of_the_table():
    spec = plots.forest(TABLE, "who", **WORDS).to_dict()
    assert spec["layer"][0]["encoding"]["y"]["sort"] == ["b", "a"]
    assert spec["layer"][0]["encoding"]["x"]["field"] == "low"
    assert spec["layer"][2]["encoding"]["x"]["field"] == "estimate"


def test_the_reference_line_can_be_left_out_or_moved():
    assert len(plots.forest(TABLE, "who", **WORDS, reference=None).to_dict()["layer"]) == 2
    spec = plots.forest(TABLE, "who", **WORDS, reference=18).to_dict()
    line = spec["layer"][1]
    values = spec.get("datasets", {}).get(line["data"].get("name"), line["data"].get("values"))
    assert values == [{"at": 18}]


def test_kinds_have_colour_and_shape_and_may_stand_side_by_side():
    spec = plots.forest(TABLE, "who", **WORDS, kind="kind", side_by_side=True).to_dict()
    dots = spec["layer"][2]["encoding"]
    assert dots["color"]["scale"]["domain"] == dots["shape"]["scale"]["domain"] == ["x", "y"]
    assert dots["yOffset"]["field"] == "kind"
    assert "yOffset" not in str(plots.forest(TABLE, "who", **WORDS, kind="kind").to_dict())


def test_spans_are_one_mark_that_shows_every_interval_and_a_single_one():
    for table in (TABLE.dropna(), TABLE.iloc[:1]):
        base = charts.alt.Chart(table.reset_index()).encode(x="index:Q")
        drawn = plots.spans(base, charts.alt.Y("low:Q"))
        (path,) = re.findall(r'<path aria-label="[^"]*" [^>]*d="([^"]+)"', drawing(drawn))
        heights = {float(y) for y in re.findall(r"[ML][\d.]+,([\d.]+)", path)}
        assert len(heights) == 2 * len(table)
        assert 'stroke="' in drawing(drawn)


def drawing(chart) -> str:
    return vl_convert.vegalite_to_svg(chart.to_dict())


def test_long_names_get_room_for_their_lines():
    long = TABLE.replace({"who": {"b": "a name that breaks into several lines on a phone"}})
    short, tall = (plots.forest(t, "who", **WORDS).to_dict()["height"] for t in (TABLE, long))
    assert tall > short


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (TABLE.drop(columns="low"), "no column 'low'"),
        (TABLE.rename(columns={"estimate": "per_year"}), "no column 'estimate'"),
        (TABLE.iloc[:0], "no row"),
        (TABLE.assign(estimate=0.0), "log axis"),
        (TABLE.assign(estimate=float("nan")), "log axis"),
    ],
)
def test_a_table_that_would_draw_nothing_is_refused(table, words):
    with pytest.raises(ValueError, match=words):
        plots.forest(table, "who", **WORDS)


def test_a_line_stands_on_the_axis_asked_for():
    assert "x" in plots.line_at(3).to_dict()["encoding"]
    assert "y" in plots.line_at(3, vertical=False).to_dict()["encoding"]


def test_every_ruler_has_a_name_of_its_own():
    assert set(plots.RULER_TITLES) == set(frontier.RULERS)
    assert len(set(plots.RULER_TITLES.values())) == len(frontier.RULERS)


def test_a_linear_axis_takes_figures_below_zero():
    below = TABLE.assign(estimate=-TABLE["estimate"])
    with pytest.raises(ValueError, match="log axis"):
        plots.forest(below, "who", **WORDS)
    spec = plots.forest(below, "who", **WORDS, log=False).to_dict()
    assert "type" not in spec["layer"][0]["encoding"]["x"]["scale"]


def test_a_long_name_of_a_row_is_not_cut_in_the_picture() -> None:
    name = "How the growth of value rises from point to point"
    table = pd.DataFrame({"row": [name, "b"], "estimate": [1, 2], "low": [0.5, 1], "high": [2, 3]})
    chart = plots.forest(table, "row", axis="Factor", heading="Rows")
    svg = vl_convert.vegalite_to_svg(chart.to_dict())
    assert name in svg and "\N{HORIZONTAL ELLIPSIS}" not in svg


def test_a_value_called_all_cannot_be_picked_from_a_list():
    table = pd.DataFrame({"window": ["2024", "2025"], "models": ["all", "cheap"]})
    chart, lists = plots.picked(table, {"shown": ("window", "Window")})
    assert [one.to_dict()["expr"] for one in lists] == ["shown"]
    assert chart.to_dict(validate=False)["transform"] == [
        {"filter": "(shown == 'all' || datum.window == shown)"}
    ]
    with pytest.raises(ValueError, match="'models' has a value \"all\""):
        plots.picked(table, {"shown": ("models", "Models")})
