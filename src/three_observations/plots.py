"""Charts that several pages draw: a rate with its interval on one line each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from three_observations import charts

alt = charts.alt

#: What a page calls each ruler.
RULER_TITLES = {
    "eci_2026_08": "ECI (Aug 2026)",
    "eci_2025_12": "ECI (Dec 2025)",
    "gpqa_diamond": "GPQA Diamond",
    "arena_2026_07": "Arena",
    "mmlu": "MMLU",
    "weirdml": "WeirdML",
}

#: How an axis of powers of ten is labelled: 1e21, at whole powers only.
POWERS_OF_TEN = {
    "labelExpr": "abs(log(datum.value) / LN10 - round(log(datum.value) / LN10)) < 1e-6"
    " ? '1e' + round(log(datum.value) / LN10) : ''"
}

LETTERS_A_LINE = 15  # of a row's name on a phone
PIXELS_A_LINE = 14
LETTERS_A_KIND = 24  # of a name in a legend, if several of them are to stand side by side
LABEL_LIMIT = 360  # pixels of a row's name in a picture; on the page long names break


def line_at(value: float, *, vertical: bool = True, colour: str = charts.VERMILION) -> alt.Chart:
    """Return a dashed line across a chart at one value of an axis.

    Parameters
    ----------
    value : float
        In the unit of the axis.
    vertical : bool
        True for a value of the x axis, False for one of the y axis.
    colour : str
        One of the palette's colours.
    """
    mark = alt.Chart(pd.DataFrame({"at": [value]})).mark_rule(
        strokeDash=[5, 3], strokeWidth=2, color=colour
    )
    return mark.encode(x="at:Q") if vertical else mark.encode(y="at:Q")


def spans(chart: alt.Chart, low: alt.Y, high: str = "high:Q") -> alt.Chart:
    """Return the intervals of many estimates as one grey mark, a step for each.

    It looks like a line for each of them, and a page draws it several times sooner.

    Parameters
    ----------
    chart : altair.Chart
        With ``x`` encoded: the rank of each estimate.
    low : altair.Y
        The lower ends, with title and scale.
    high : str
        The field of the upper ends.
    """
    # The outline shows a single interval too, whose step has no width.
    mark = chart.mark_area(
        interpolate="step", color=charts.GREY, opacity=0.45, stroke=charts.GREY, strokeWidth=1
    )
    return mark.encode(y=low, y2=high)


def picked(
    table: pd.DataFrame, lists: Mapping[str, tuple[str, str]]
) -> tuple[alt.Chart, list[alt.Parameter]]:
    """Let a reader pick rows by drop-down lists, each of which begins with "all".

    Parameters
    ----------
    table : pandas.DataFrame
    lists : mapping of str to (str, str)
        Name of a parameter to the column whose values it lists, and the words beside the list.

    Returns
    -------
    altair.Chart, list of altair.Parameter
        The rows that are left, without a mark; and what ``add_params`` takes.

    Raises
    ------
    ValueError
        If a column has a value called "all": nobody could tell it from all of them.
    """
    params, chosen = [], []
    for name, (column, label) in lists.items():
        values = table[column].unique().tolist()
        if "all" in values:
            raise ValueError(f'picked: the column {column!r} has a value "all"; rename it first')
        options = alt.binding_select(options=["all", *values], name=label)
        params.append(alt.param(name=name, value="all", bind=options))
        chosen.append(f"({name} == 'all' || datum.{column} == {name})")
    return alt.Chart(table).transform_filter(" && ".join(chosen)), params


def thinned(chart: alt.Chart, most: int = 150) -> alt.Chart:
    """Keep every second, third ... row of a chart, so that at most ``most`` are left.

    Parameters
    ----------
    chart : altair.Chart
        With a column ``rank`` that counts its rows from one.
    most : int
        Of fewer rows every one is kept.
    """
    counted = chart.transform_joinaggregate(of="count()")
    return counted.transform_filter(f"datum.rank % ceil(datum.of / {most}) == 0")


def forest(
    table: pd.DataFrame,
    label: str,
    *,
    axis: str,
    heading: str,
    estimate: str = "estimate",
    low: str = "low",
    high: str = "high",
    reference: float | None = 10.0,
    kind: str | None = None,
    kinds: Sequence[str] = (),
    side_by_side: bool = False,
    domain: tuple[float, float] | None = None,
    row_height: int | None = None,
    log: bool = True,
) -> alt.LayerChart:
    """Draw estimates with intervals as one dot and one line a row.

    Parameters
    ----------
    table : pandas.DataFrame
        One row an estimate; an interval may be missing, and then no line is drawn.
    label : str
        Column that names the rows; drawn in the order of the table.
    axis : str
        Title of the axis, with its unit.
    heading : str
        Title above the names of the rows.
    estimate, low, high : str
        Columns of numbers, positive ones on a log axis.
    reference : float, optional
        Where a dashed line stands, in the unit of the axis.
    kind : str, optional
        Column that sets colour and shape of the dots; its name is the title of the legend.
    kinds : sequence of str
        Its values in the order of the legend; as they come if not given.
    side_by_side : bool
        Draw the kinds of one row below each other instead of on one line.
    domain : tuple of float, optional
        Ends of the axis; beyond them lines are cut.
    row_height : int, optional
        Pixels a row; enough for names that break into lines on a phone if not given.
    log : bool
        Whether the axis is logarithmic.

    Returns
    -------
    altair.LayerChart

    Raises
    ------
    ValueError
        If the table is empty, lacks a column, or a log axis is asked for an estimate that is not
        above zero.
    """
    for column in filter(None, (label, estimate, low, high, kind)):
        if column not in table.columns:
            raise ValueError(f"forest: the table has no column {column!r}")
    if table.empty:
        raise ValueError("forest: the table has no row")
    if log and not (table[estimate] > 0).all():
        raise ValueError(f"forest: {estimate!r} holds a value that a log axis cannot show")
    order = list(dict.fromkeys(table[label]))
    if row_height is None:
        lines = -(-max(map(len, order)) // LETTERS_A_LINE)
        row_height = max(28, PIXELS_A_LINE * lines + 6)
    scale = {"type": "log"} if log else {"zero": False}
    if domain:
        scale |= {"domain": list(domain), "clamp": True, "nice": False}
    rows = alt.Y(f"{label}:N", title=heading, sort=order).axis(labelLimit=LABEL_LIMIT)
    base = alt.Chart(table).encode(y=rows)
    if kind is not None:
        kinds = list(kinds or dict.fromkeys(table[kind]))
        columns = 1 if max(map(len, kinds)) > LETTERS_A_KIND else None
        if side_by_side:
            base = base.encode(yOffset=alt.YOffset(f"{kind}:N", sort=kinds))
    bars = base.mark_rule(strokeWidth=2, color=charts.INK, opacity=0.55).encode(
        x=alt.X(f"{low}:Q", title=axis).scale(**scale), x2=alt.X2(f"{high}:Q")
    )
    if kind is None:
        dots = base.mark_point(size=95, filled=True, color=charts.BLUE, opacity=1)
    else:
        dots = base.mark_point(size=95, filled=True, opacity=1).encode(
            **charts.colour_and_shape(kind, kind, kinds, columns=columns)
        )
    dots = dots.encode(x=alt.X(f"{estimate}:Q", title=axis).scale(**scale))
    layers = [bars, dots] if reference is None else [bars, line_at(reference), dots]
    return alt.layer(*layers).properties(height=max(90, row_height * len(order)))
