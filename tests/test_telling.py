"""What the marks of a chart tell: both ends of a bar together, and one stop for each row."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd
import pytest

from three_observations import charts
from three_observations.site import figures, telling

ROWS = pd.DataFrame(
    {"name": ["one", "two"], "low": [1.0, 2.0], "middle": [2.0, 3.5], "high": [4.0, 5.0]}
)
X = alt.X("middle:Q").title("Length, cm")


def marks_of(chart: alt.LayerChart, frame: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Compile a chart as a page does; return its marks by type, the last of each."""
    made = charts.figure(
        chart, name="told", title="Told", tables=[], data=frame,
        description="Dots on bars in two rows, each with both of its ends.",
    )  # fmt: skip
    vega, _, _ = figures.to_vega(made.spec)
    return {mark["type"]: mark for mark in vega["marks"]}


def forest(frame: pd.DataFrame, **dot: Any) -> alt.LayerChart:
    base = alt.Chart(frame).encode(y=alt.Y("name:N").title("Name"))
    bars = base.mark_rule().encode(x=alt.X("low:Q").title("Length, cm"), x2="high:Q")
    return bars + base.mark_point().encode(**({"x": X} | dot))


def words(mark: dict[str, Any]) -> str:
    return mark["encode"]["update"]["description"]["signal"]


def test_a_bar_tells_both_ends_and_the_dot_on_it_tells_them_too() -> None:
    marks = marks_of(forest(ROWS), ROWS)
    assert words(marks["rule"]) == (
        '"Length, cm: " + (bookFigure(datum.low) + " to " + bookFigure(datum.high))'
        ' + "; Name: " + (bookText(datum.name))'
    )
    assert words(marks["symbol"]) == (
        '"Length, cm: " + (bookFigure(datum.middle) + bookRange(datum.low, datum.high))'
        ' + "; Name: " + (bookText(datum.name))'
    )
    # The bar still answers who points at it, but it is no stop of its own.
    assert marks["rule"]["encode"]["update"]["tooltip"] == {"value": 1}
    assert marks["rule"]["name"].endswith(telling.BESIDE) and marks["rule"]["aria"] is False
    assert not marks["symbol"]["name"].endswith(telling.BESIDE)


def test_the_same_holds_upright_and_for_days() -> None:
    frame = ROWS.assign(
        **{name: pd.to_datetime(["2024-01-01", "2025-01-01"]) for name in ("low", "high")},
        middle=pd.to_datetime(["2024-03-01", "2025-03-01"]),
    )
    base = alt.Chart(frame).encode(x=alt.X("name:N").title("Name"))
    chart = base.mark_rule().encode(y=alt.Y("low:T").title("Day"), y2="high:T")
    chart += base.mark_point().encode(y=alt.Y("middle:T").title("Day"))
    marks = marks_of(chart, frame)
    assert marks["rule"]["name"].endswith(telling.BESIDE)
    assert '+ " (" + bookDay(datum.low, timeFormat(datum.low, ' in words(marks["symbol"])
    assert "bookDay(datum.high, timeFormat(datum.high, " in words(marks["rule"])


def test_a_dot_at_the_end_of_its_bar_tells_the_other_end_only() -> None:
    marks = marks_of(forest(ROWS, x=alt.X("high:Q").title("Length, cm")), ROWS)
    assert '" (from " + bookFigure(datum.low) + ")"' in words(marks["symbol"])
    marks = marks_of(forest(ROWS, x=alt.X("low:Q").title("Length, cm")), ROWS)
    assert '" (to " + bookFigure(datum.high) + ")"' in words(marks["symbol"])


def test_a_column_without_a_title_gets_that_of_the_axis() -> None:
    base = alt.Chart(ROWS).encode(y=alt.Y("name:N").title("Name"))
    chart = base.mark_rule().encode(x="low:Q", x2="high:Q") + base.mark_point().encode(x=X)
    marks = marks_of(chart, ROWS)
    assert words(marks["rule"]).startswith('"Length, cm: "') and "low:" not in words(marks["rule"])


def test_a_title_that_no_mark_knows_is_read_from_the_axis() -> None:
    many = pd.concat([ROWS] * figures.MOST_MARKS_NAMED, ignore_index=True)
    lines = alt.Chart(many).mark_line().encode(x=X, y=alt.Y("high:Q").title("Height"))
    dots = alt.Chart(ROWS).mark_point().encode(x="middle:Q", y="high:Q")
    assert words(marks_of(lines + dots, ROWS)["symbol"]).startswith('"Length, cm: "')


def other_table(frame: pd.DataFrame) -> alt.LayerChart:
    dots = alt.Chart(frame.assign(more=1)).mark_point().encode(x=X, y="name:N")
    return alt.layer(forest(frame).layer[0], dots)


def other_rows(frame: pd.DataFrame) -> alt.LayerChart:
    bars, dots = forest(frame).layer
    return alt.layer(bars, dots.transform_filter("datum.middle > 2.5"))


def other_column(frame: pd.DataFrame) -> alt.LayerChart:
    bars, dots = forest(frame.assign(place=["a", "b"])).layer
    return alt.layer(bars, dots.encode(y=alt.Y("place:N").title("Name")))


def made_rows(frame: pd.DataFrame) -> alt.LayerChart:
    bars, dots = forest(frame).layer
    return alt.layer(
        bars, dots.transform_aggregate(middle="mean(middle)", groupby=["name", "low", "high"])
    )


def a_row_without_a_dot(frame: pd.DataFrame) -> alt.LayerChart:
    return forest(frame.assign(middle=[2.0, None]))


@pytest.mark.parametrize(
    "chart", [other_table, other_rows, other_column, made_rows, a_row_without_a_dot]
)
def test_a_bar_whose_rows_no_dot_tells_stays_a_stop(chart: Any) -> None:
    marks = marks_of(chart(ROWS), ROWS)
    assert not marks["rule"]["name"].endswith(telling.BESIDE)
    assert marks["rule"].get("aria") is not False
    assert "bookRange" not in words(marks["symbol"]) and '" to "' in words(marks["rule"])


def test_a_row_without_an_interval_tells_its_dot_alone() -> None:
    frame = ROWS.assign(low=[1.0, None])
    marks = marks_of(forest(frame), frame)
    assert marks["rule"]["name"].endswith(telling.BESIDE)
    assert "bookRange(datum.low, datum.high)" in words(marks["symbol"])


def test_a_bar_without_length_and_a_line_across_the_chart_tell_nothing() -> None:
    base = alt.Chart(ROWS).encode(y=alt.Y("name:N").title("Name"))
    place = base.mark_rule().encode(x=alt.X("low:Q").title("Length, cm"), x2="low:Q")
    across = alt.Chart(pd.DataFrame({"at": [3]})).mark_rule().encode(x="at:Q")
    for chart in (place + base.mark_point().encode(x=X), across + base.mark_point().encode(x=X)):
        assert "tooltip" not in marks_of(chart, ROWS)["rule"]["encode"]["update"]


def test_many_marks_tell_their_ends_when_they_are_asked() -> None:
    many = pd.concat([ROWS] * figures.MOST_MARKS_NAMED, ignore_index=True)
    marks = marks_of(forest(many), many)
    asked = marks["symbol"]["encode"]["update"]["tooltip"]["signal"]
    assert "bookRange(datum.low, datum.high)" in asked
    assert "description" not in marks["symbol"]["encode"]["update"]
    assert marks["rule"]["name"].endswith(telling.BESIDE)


def test_chosen_words_are_kept_and_get_what_the_mark_shows_beside_them() -> None:
    tip = [alt.Tooltip("name:N", title="Who"), alt.Tooltip("high:Q", title="Most")]
    told = marks_of(forest(ROWS, tooltip=tip), ROWS)["symbol"]["encode"]["update"]["tooltip"][
        "signal"
    ]
    assert told.startswith('{"Who": ') and '"Most": bookFigure(datum.high)' in told
    assert told.endswith(
        ', "Length, cm": bookFigure(datum.middle) + bookRange(datum.low, datum.high)}'
    )
    tip = [alt.Tooltip("name:N", title="Who"), alt.Tooltip("middle:Q", title="Half")]
    dots = alt.layer(forest(ROWS, tooltip=tip).layer[1])
    told = marks_of(dots, ROWS)["symbol"]["encode"]["update"]["tooltip"]["signal"]
    assert told.endswith('"Half": bookFigure(datum.middle)}')  # nothing is missing


def bars_of_the_book() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the bars from one column to another in every chart, with the chart's name."""
    for path in sorted((Path(__file__).resolve().parents[1] / "chapters").glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", ()):
                for kind, spec in output.get("data", {}).items():
                    if kind.startswith("application/vnd.vegalite"):
                        marks = list(figures.to_vega(spec)[0]["marks"])
                        while marks:
                            mark = marks.pop()
                            marks += mark.get("marks", [])
                            if mark["type"] == "rule" and telling._ends(mark):
                                yield f"{path.stem}/{spec['usermeta']['name']}", mark


def test_the_charts_of_the_book_have_one_stop_for_a_row_with_an_interval() -> None:
    bars = list(bars_of_the_book())
    beside = [name for name, mark in bars if mark["name"].endswith(telling.BESIDE)]
    stops = {
        name
        for name, mark in bars
        if name not in beside and mark["encode"]["update"].get("tooltip", {}).get("value") == 1
    }
    assert len(beside) > 40
    assert stops == set()
