"""The charts: readable in every form, the same bytes everywhere, clear about what is missing."""

from __future__ import annotations

import itertools
import json
import os
import re
import subprocess
import sys

import altair as alt
import nbformat
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from three_observations import charts, data

WORDS = "Three prices by day; the last one is the lowest of the three."


@pytest.fixture
def prices() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "day": pd.to_datetime(["2023-03-14", "2024-05-13", "2024-07-18"]),
            "price": [30 + 1 / 3, 5.0, 0.15],
            "firm": ["A", "B", "A"],
            "unused": ["x", "y", "z"],
        }
    )


@pytest.fixture
def chart(prices: pd.DataFrame) -> alt.Chart:
    return (
        alt.Chart(prices)
        .mark_point()
        .encode(
            x=alt.X("day:T").title("Day"),
            y=alt.Y("price:Q").title("US$ per million tokens"),
            **charts.colour_and_shape("firm", "Firm", ["A", "B"]),
        )
    )


def made(chart: alt.TopLevelMixin, **changes: object) -> charts.Figure:
    settings = {
        "name": "some-prices",
        "title": "Some prices",
        "description": WORDS,
        "tables": ["prices"],
    }
    return charts.figure(chart, **{**settings, **changes})


# ------------------------------------------------------------------------------------- colours


def linear(colour: str) -> np.ndarray:
    """Linear light of a colour, three channels from 0 to 1."""
    channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast of two colours, from 1 to 21."""
    weights = [0.2126, 0.7152, 0.0722]
    low, high = sorted(float(linear(colour) @ weights) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


# Machado, Oliveira and Fernandes (2009), severity 1.
DEFICIENCIES = {
    "none": np.eye(3),
    "red": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998]],
    "green": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
              [-0.011820, 0.042940, 0.968881]],
    "blue": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
             [0.004733, 0.691367, 0.303900]],
}  # fmt: skip


def lab(colour: str, deficiency: str) -> np.ndarray:
    """CIE L*a*b* of a colour as somebody with the deficiency sees it."""
    light = np.clip(np.array(DEFICIENCIES[deficiency]) @ linear(colour), 0, 1)
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    xyz = np.array(to_xyz) @ light / [0.95047, 1, 1.08883]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


MARKS = [colour for colour in charts.DARK if colour not in {charts.PAPER, charts.GRID}]


@pytest.mark.parametrize("colour", MARKS)
def test_every_colour_of_marks_is_seen_on_a_light_and_on_a_dark_page(colour: str) -> None:
    assert contrast(colour, charts.PAPER) >= 3
    assert contrast(charts.DARK[colour], charts.DARK[charts.PAPER]) >= 3


@pytest.mark.parametrize("colour", [c for c in charts.FOR_TEXT if c != charts.PAPER])
def test_every_colour_of_words_can_be_read_on_a_light_and_on_a_dark_page(colour: str) -> None:
    assert contrast(colour, charts.PAPER) >= 4.5
    assert contrast(charts.DARK[colour], charts.DARK[charts.PAPER]) >= 4.5


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
@pytest.mark.parametrize("dark", [False, True])
def test_the_colours_of_categories_differ_for_every_kind_of_eye(
    deficiency: str, dark: bool
) -> None:
    shown = [charts.DARK[colour] if dark else colour for colour in charts.CATEGORY]
    for one, other in itertools.combinations(shown, 2):
        distance = np.linalg.norm(lab(one, deficiency) - lab(other, deficiency))
        assert distance > 10, (one, other)


def test_the_measure_of_contrast_knows_black_on_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


# --------------------------------------------------------------------------------- what is shown


def test_a_chart_is_valid_in_a_notebook_under_the_type_that_jupyterlab_draws(
    chart: alt.Chart,
) -> None:
    bundle = made(chart).mimebundle()
    assert set(bundle) == {"application/vnd.vegalite.v5+json", "image/svg+xml", "text/plain"}
    assert isinstance(bundle["application/vnd.vegalite.v5+json"], dict)
    cell = nbformat.v4.new_code_cell(
        "show()", outputs=[nbformat.v4.new_output("display_data", bundle)]
    )
    notebook = nbformat.v4.new_notebook(cells=[cell])
    nbformat.validate(notebook)
    kept = nbformat.reads(nbformat.writes(notebook), as_version=4).cells[0].outputs[0].data
    assert kept["image/svg+xml"] == bundle["image/svg+xml"]


def test_where_there_is_no_converter_a_chart_is_shown_without_its_picture(
    chart: alt.Chart, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = made(chart).mimebundle()
    monkeypatch.setattr("sys.platform", "emscripten")
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    without = made(chart).mimebundle()
    assert without == {kind: form for kind, form in whole.items() if kind != "image/svg+xml"}


def test_the_words_and_the_table_go_with_the_chart(chart: alt.Chart, prices: pd.DataFrame) -> None:
    figure = made(chart, caption="Two firms.", data=prices[["day", "price"]])
    words = figure.spec["usermeta"]
    assert (words["name"], words["title"], words["caption"]) == (
        "some-prices",
        "Some prices",
        "Two firms.",
    )
    assert words["description"] == figure.spec["description"] == WORDS
    assert words["table"]["columns"] == ["day", "price"]
    assert words["table"]["rows"] == [
        ["2023-03-14", 30.333],
        ["2024-05-13", 5],
        ["2024-07-18", 0.15],
    ]
    assert figure.mimebundle()["text/plain"] == f"Some prices\n{WORDS}"


def test_numbers_are_rounded_dates_keep_their_day_and_idle_columns_stay_out(
    chart: alt.Chart,
) -> None:
    (rows,) = made(chart).spec["datasets"].values()
    assert rows[0] == {"day": "2023-03-14T00:00:00", "price": 30.333, "firm": "A"}


def test_where_the_data_come_from_is_counted_in_the_data_package(chart: alt.Chart) -> None:
    figure = made(chart, tables=["prices", "solar"])
    told = {source["table"]: source for source in figure.spec["usermeta"]["sources"]}
    for name in ("prices", "solar"):
        sources = data.sources_of(name)
        assert told[name]["title"] == data.describe(name)["title"]
        assert told[name]["rows"] == len(data.load(name))
        assert told[name]["sources"] == len(sources)
        assert told[name]["kinds"] == sources["kind"].value_counts().to_dict()
    line = figure.source_line()
    assert line.startswith("**Some prices.**")
    assert f"{len(data.load('prices')):,} rows; {len(data.sources_of('prices'))} sources" in line
    assert "1 source: measurement" in line


def test_the_kinds_of_sources_are_told_largest_first_whatever_their_order() -> None:
    source = {"rows": 1200, "sources": 5, "kinds": {"estimate": 1, "press": 3, "own statement": 1}}
    assert charts.source_sentence(source) == (
        "1,200 rows; 5 sources: press 3, estimate 1, own statement 1"
    )


def test_a_formula_needs_no_table_and_says_so(chart: alt.Chart) -> None:
    assert "Drawn from a formula, not from a table." in made(chart, tables=[]).source_line()


def test_show_displays_the_chart_and_a_line_that_the_site_leaves_out(
    chart: alt.Chart, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[tuple] = []
    monkeypatch.setattr("IPython.display.display", lambda *a, **k: shown.append((*a, k)))
    charts.show(
        chart, name="some-prices", title="Some prices", description=WORDS, tables=["prices"]
    )
    (bundle, first), (line, second) = shown
    assert charts.MIME_TYPE in bundle and first == {"raw": True}
    assert "Source: " in line["text/markdown"]
    assert second["metadata"] == {"three_observations": {"part_of": "some-prices"}}


# --------------------------------------------------------------------------------- the same bytes

SCRIPT = """
import hashlib, json
import altair as alt, pandas as pd
from three_observations import charts
frame = pd.DataFrame({"day": pd.date_range("2023-01-30", periods=40, freq="17D"),
                      "price": [1.7 ** (i % 9) / 3 for i in range(40)],
                      "firm": ["A", "B"] * 20})
chart = alt.Chart(frame).mark_point().encode(
    x=alt.X("day:T").title("Day"), y=alt.Y("price:Q").title("Price").scale(type="log"),
    **charts.colour_and_shape("firm", "Firm", ["A", "B"]))
made = charts.figure(chart, name="a", title="A", description="Some prices by day, for two firms.",
                     tables=["prices"])
print(hashlib.sha256(json.dumps(made.mimebundle()).encode()).hexdigest())
"""


def test_another_process_time_zone_and_order_of_hashes_give_the_same_bytes() -> None:
    settings = [
        {"TZ": "UTC", "PYTHONHASHSEED": "1"},
        {"TZ": "America/New_York", "PYTHONHASHSEED": "2"},
        {"TZ": "Asia/Shanghai", "PYTHONHASHSEED": "3", "LC_ALL": "C"},
    ]
    digests = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, **setting},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for setting in settings
    }
    assert len(digests) == 1


def test_the_picture_needs_no_font_of_the_machine_and_stands_on_a_light_ground(
    chart: alt.Chart,
) -> None:
    svg = made(chart).svg
    fonts = set(re.findall(r'font-family="([^"]*)"', svg))
    assert fonts == {"Liberation Sans, Arial, Helvetica, sans-serif"}
    assert '<rect width="' in svg and f'fill="{charts.PAPER}"' in svg
    assert f"<title>Some prices</title><desc>{WORDS}</desc>" in svg
    assert not re.search(r"\d\.\d{3,}", re.sub(r">[^<]*<", "><", svg))
    assert not re.search(r'(?:href|src)="http', svg)


def test_text_in_a_picture_keeps_its_digits(prices: pd.DataFrame) -> None:
    frame = prices.assign(price=[0.0123, 0.0456, 0.0789])
    labels = (
        alt.Chart(frame)
        .mark_text()
        .encode(
            x=alt.X("day:T").title("Day"),
            y=alt.Y("price:Q").title("US$"),
            text=alt.Text("price:Q", format=".4f"),
        )
    )
    assert ">0.0123<" in made(labels).svg


def test_making_a_chart_twice_in_one_session_gives_the_same_names(prices: pd.DataFrame) -> None:
    def once() -> dict:
        chosen = alt.selection_point(fields=["firm"])
        chart = (
            alt.Chart(prices)
            .mark_point()
            .encode(
                x=alt.X("day:T").title("Day"),
                y=alt.Y("price:Q").title("US$"),
                opacity=alt.condition(chosen, alt.value(1), alt.value(0.3)),
            )
            .add_params(chosen)
        )
        return made(chart).spec

    assert once() == once()


@given(st.floats(min_value=1e-12, max_value=1e12), st.integers(1, 8))
def test_rounding_keeps_so_many_digits(value: float, digits: int) -> None:
    rounded = charts.significant(value, digits)
    assert rounded == pytest.approx(value, rel=0.5001 * 10.0 ** (1 - digits))
    assert charts.significant(-value, digits) == -rounded
    assert charts.significant(rounded, digits) == rounded


def test_what_json_cannot_hold_becomes_null() -> None:
    assert charts.significant(float("nan")) is None
    assert charts.significant(float("-inf")) is None


# ------------------------------------------------------------------------------------- mistakes


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": " "}, "has no title"),
        ({"description": ""}, "has no description"),
        ({"description": "A chart."}, "stands in for the picture"),
        ({"name": "Some Prices"}, "small letters"),
        ({"tables": ["pricess"]}, "Did you mean 'prices'"),
        ({"tables": "prices"}, "list of names"),
        ({"data": pd.DataFrame({"a": []})}, "no data"),
    ],
)
def test_a_chart_says_what_it_lacks(chart: alt.Chart, changes: dict, message: str) -> None:
    with pytest.raises(charts.ChartError, match=re.escape(message)):
        made(chart, **changes)


def test_a_chart_without_rows_of_its_own_asks_for_them() -> None:
    far = alt.Chart(alt.UrlData("x.csv")).mark_point().encode(x=alt.X("a:Q").title("A"))
    with pytest.raises(charts.ChartError, match="no data"):
        made(far)


def y_axis(**changes: object) -> alt.Y:
    return alt.Y("price:Q", **changes)


@pytest.mark.parametrize(
    ("encoding", "message"),
    [
        ({"y": y_axis()}, "the y axis shows 'price' without a title"),
        ({"y": y_axis(title=None)}, "the y axis shows 'price' without a title"),
        ({"color": alt.Color("firm:N")}, "legend of 'color'"),
        ({"size": alt.Size("price:Q")}, "legend of 'size'"),
        ({"color": alt.value("red")}, "'red' is not one of the book's colours"),
        ({"color": alt.value("#ff0000")}, "'#ff0000' is not one of the book's colours"),
        ({"row": alt.Row("firm:N").title("Firm")}, "becomes one column on a phone"),
    ],
)
def test_an_encoding_that_readers_cannot_use_is_refused(
    prices: pd.DataFrame, encoding: dict, message: str
) -> None:
    good = {"x": alt.X("day:T").title("Day"), "y": y_axis(title="US$")}
    chart = alt.Chart(prices).mark_point().encode(**{**good, **encoding})
    with pytest.raises(charts.ChartError, match=re.escape(message)):
        made(chart)


def test_one_title_is_enough_for_the_layers_of_an_axis_and_none_for_an_axis_left_out(
    chart: alt.Chart, prices: pd.DataFrame
) -> None:
    rule = alt.Chart(prices).mark_rule().encode(y=alt.datum(10))
    assert made(chart + rule).spec["layer"]
    bare = alt.Chart(prices).mark_point().encode(x=alt.X("day:T").axis(None))
    assert made(bare).spec["encoding"]["x"]["axis"] is None


def test_one_layer_cannot_take_the_legend_from_the_others(
    chart: alt.Chart, prices: pd.DataFrame
) -> None:
    other = alt.Chart(prices).mark_line().encode(
        x="day:T", y="price:Q", color=alt.Color("firm:N", legend=None)
    )  # fmt: skip
    with pytest.raises(charts.ChartError, match="removes it for every layer"):
        made(chart + other)


def test_gold_is_for_marks_and_not_for_words(prices: pd.DataFrame) -> None:
    words = alt.Chart(prices).mark_text(color=charts.GOLD).encode(
        x=alt.X("day:T").title("Day"), y=y_axis(title="US$"), text="firm"
    )  # fmt: skip
    with pytest.raises(charts.ChartError, match="too pale for words"):
        made(words)
    assert made(words.mark_point(color=charts.GOLD)).spec["mark"]["color"] == charts.GOLD


@pytest.mark.parametrize(
    ("binding", "value", "message"),
    [
        (alt.binding_range(min=0, max=1), 0.5, "has no label"),
        (alt.binding_range(min=0, max=1, name=" "), 0.5, "has no label"),
        (alt.binding_range(min=0, max=1, name="Share"), alt.Undefined, "no starting value"),
        (alt.binding_select(options=["a"]), "a", "has no label"),
    ],
)
def test_a_control_needs_a_label_and_a_start(
    chart: alt.Chart, binding: alt.Bind, value: object, message: str
) -> None:
    with pytest.raises(charts.ChartError, match=message):
        made(chart.add_params(alt.param(name="share", value=value, bind=binding)))


@pytest.mark.parametrize("taken", ["height", "width", "padding", "bookWidth"])
def test_a_control_cannot_take_a_name_of_the_drawing(chart: alt.Chart, taken: str) -> None:
    bind = alt.binding_range(min=0, max=1, name="Share")
    with pytest.raises(charts.ChartError, match=f"cannot be called '{taken}'"):
        made(chart.add_params(alt.param(name=taken, value=1, bind=bind)))


def test_zooming_by_wheel_is_refused_because_the_page_could_not_be_scrolled(
    chart: alt.Chart,
) -> None:
    with pytest.raises(charts.ChartError, match="interactive"):
        made(chart.interactive())


def test_views_side_by_side_are_refused_and_below_one_another_are_not(
    chart: alt.Chart, prices: pd.DataFrame
) -> None:
    with pytest.raises(charts.ChartError, match="do not fit on a phone"):
        made(chart | chart, data=prices)
    assert len(made(chart & chart, data=prices).spec["vconcat"]) == 2


def test_panels_wrap_and_have_axes_of_their_own(prices: pd.DataFrame) -> None:
    panels = (
        alt.Chart(prices)
        .mark_point()
        .encode(x=alt.X("day:T").title("Day"), y=y_axis(title="US$"))
        .facet(alt.Facet("firm:N").title(None), columns=2)
    )
    spec = made(panels).spec
    assert spec["resolve"] == {"axis": {"x": "independent", "y": "independent"}}
    assert spec["columns"] == 2


@pytest.mark.parametrize("bad", [0.0, -1.0])
def test_a_logarithmic_axis_refuses_what_it_cannot_show(prices: pd.DataFrame, bad: float) -> None:
    def drawn(frame: pd.DataFrame) -> charts.Figure:
        chart = alt.Chart(frame).mark_point().encode(
            x=alt.X("day:T").title("Day"), y=y_axis(title="US$").scale(type="log")
        )  # fmt: skip
        return made(chart)

    assert drawn(prices).svg
    with pytest.raises(charts.ChartError, match="'price' holds zero or less"):
        drawn(prices.assign(price=[1.0, 2.0, bad]))


def test_a_long_logarithmic_axis_labels_its_powers_of_ten_only(prices: pd.DataFrame) -> None:
    chart = alt.Chart(prices).mark_point().encode(
        x=alt.X("day:T").title("Day"), y=y_axis(title="US$").scale(type="log")
    )  # fmt: skip
    labels = re.findall(r"<text[^>]*>([\d.,]+)</text>", made(chart).svg)
    assert [label for label in labels if label not in {"2023", "2024"}] == ["0.1", "1", "10", "100"]


def test_a_constant_with_more_digits_than_it_carries_is_refused(chart: alt.Chart) -> None:
    with pytest.raises(charts.ChartError, match="more digits than it carries"):
        made(chart.transform_calculate(z=f"datum.price * {1 / 3}"))
    assert made(chart.transform_calculate(z="datum.price * 0.333333")).spec["transform"]


def test_more_categories_than_colours_are_refused() -> None:
    with pytest.raises(ValueError, match="8 categories"):
        charts.colour_and_dash("firm", "Firm", list("abcdefgh"))


def test_categories_differ_in_a_second_sign_beside_colour(chart: alt.Chart) -> None:
    encoding = made(chart).spec["encoding"]
    assert encoding["color"]["scale"]["domain"] == encoding["shape"]["scale"]["domain"]
    assert len(set(charts.SHAPES)) == len(set(charts.DASHES)) == len(charts.CATEGORY)
    lines = charts.colour_and_dash("firm", "Firm", ["A", "B"])
    assert json.loads(lines["strokeDash"].to_json())["scale"]["range"] == [[1, 0], [7, 3]]
