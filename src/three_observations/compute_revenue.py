"""Compute and revenue: what was said, what the figures are, and what they can show.

Here stand the questions of that chapter which look at the past or at a single date; whether the
plan adds up stands in :mod:`three_observations.compute_plan`.

Three rulers of compute are kept apart: gigawatts, H100-equivalents, and dollars spent.
Two kinds of revenue are kept apart: the *run-rate* (revenue of a recent month times twelve) and
*recognised* revenue (what the accounts of a year show).
No regression takes both: :func:`elasticity` refuses a table that mixes them, and rows of the table
of run-rates that are recognised revenue of a quarter times four are not read as run-rates.
Every table carries the number of places that state a figure (``n_sources``), and ``one_source``
marks a row that rests on a single one. A forecast carries the day on which it was made.

An elasticity is the slope of the logarithm of revenue on the logarithm of compute: at 1, twice
the compute goes with twice the revenue.

Methods and where they come from.

*Lines through few points*: ordinary least squares with the classical standard error and Student's
t with n - 2 degrees of freedom, which is exact if the errors are normal.
The robust errors of :mod:`three_observations.estimation` are made for many points, and a
bootstrap of three points would look falsely tight.
*Unrelated series that fit, and differences as the remedy*: Granger and Newbold, "Spurious
regressions in econometrics", Journal of Econometrics 2, 1974.
*At the margin*: if R = a K^e, a unit of compute earns R/K on average and e R/K at the margin.
*Two worlds, one distribution*: any joint normal distribution of two variables can be written with
either as the cause; Pearl, *Causality* (2009), on observational equivalence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from math import lgamma
from statistics import NormalDist

import numpy as np
import pandas as pd

from three_observations import data
from three_observations.estimation import student

COMPANY = "OpenAI"
#: The day on which the interview was published, and the last day of the book's facts.
INTERVIEW = pd.Timestamp("2025-12-18")
AS_OF = pd.Timestamp("2026-11-21")
DAYS_PER_YEAR = 365.25
MONTHS_PER_YEAR = 12.0

RUN_RATE = "run-rate"
RECOGNISED = "recognised"
REVENUE_KINDS = (RUN_RATE, RECOGNISED)

#: Two reports contradict each other if they speak of days no further apart than this.
RIVAL_DAYS = 7

#: What the interview says of compute: threefold in the year before it and in each of two after.
CLAIMED_FOLD = 3.0


@dataclass(frozen=True)
class Ruler:
    """One way to measure compute.

    Attributes
    ----------
    series : str
        Name of the series in the tables ``company_facts`` and ``projections``.
    unit : str
    flow : bool
        Whether a figure is the sum of a calendar year (dollars) or a level at its end.
    made_from : str
        The ruler out of which a company's figures were worked out; empty if it was measured by
        itself. Epoch AI turns OpenAI's gigawatts into chips by Microsoft's mix of chips, so the
        two can never contradict each other about the gigawatts.
    """

    series: str
    unit: str
    flow: bool
    made_from: str = ""


RULERS: dict[str, Ruler] = {
    "gigawatts": Ruler("compute_gw", "GW", flow=False),
    "H100-equivalents": Ruler(
        "compute_h100_equivalents", "H100-equivalents", flow=False, made_from="gigawatts"
    ),
    "dollars": Ruler("compute_spending", "USD bn a year", flow=True),
}


# ---------------------------------------------------------------------------------------------
# the tables


def _choose(what: str, value: str, choices: Iterable[str]) -> None:
    if value not in choices:
        raise ValueError(f"unknown {what} {value!r}: use one of {', '.join(map(repr, choices))}")


def company_series(
    entity: str,
    series: str,
    facts: pd.DataFrame | None = None,
    *,
    period: str | None = None,
    preferred: bool = True,
) -> pd.DataFrame:
    """Return the rows of one series of one company, oldest first.

    Parameters
    ----------
    entity, series : str
        As in the table ``company_facts``.
    facts : pandas.DataFrame, optional
    period : str, optional
        Keep only rows of this period: ``"moment"``, ``"quarter"``, ``"year"`` ...
    preferred : bool
        Keep only the rows that the book uses where rivals exist.

    Returns
    -------
    pandas.DataFrame
        The rows, with ``one_source`` added.

    Raises
    ------
    KeyError
        If no row is left.
    """
    facts = data.table(facts, "company_facts")
    chosen = (facts["entity"] == entity) & (facts["series"] == series)
    if preferred:
        chosen &= facts["preferred"].astype(bool)
    if period is not None:
        chosen &= facts["period"] == period
    rows = facts[chosen].sort_values(["date", "value"], kind="stable").reset_index(drop=True)
    if rows.empty:
        within = "" if period is None else f" with the period {period!r}"
        raise KeyError(f"company_facts has no row of {series!r} for {entity!r}{within}")
    return rows.assign(one_source=rows["n_sources"] == 1)


def starred(labels: Iterable[object], one_source: Iterable[bool]) -> list[str]:
    """Put a star behind the labels of what rests on one source.

    Parameters
    ----------
    labels : iterable, length n
    one_source : iterable of bool, length n

    Returns
    -------
    list of str
    """
    return [
        f"{label} *" if one else f"{label}" for label, one in zip(labels, one_source, strict=True)
    ]


def year_value(entity: str, series: str, year: int, facts: pd.DataFrame | None = None) -> float:
    """Return a figure dated 31 December: of the calendar year, or the level at its end.

    Raises
    ------
    KeyError
        If the series has no such figure.
    """
    rows = company_series(entity, series, facts)
    rows = rows[rows["period"].isin(("year", "moment"))]
    found = rows.loc[rows["date"] == pd.Timestamp(year, 12, 31), "value"]
    if found.empty:
        raise KeyError(f"company_facts has no {series!r} of {entity!r} for {year}")
    return float(found.iloc[0])


def forecasts(
    series: str,
    projections: pd.DataFrame | None = None,
    *,
    entity: str = COMPANY,
    by: str | None = None,
) -> pd.DataFrame:
    """Return the forecasts of one series, each with the day on which it was made.

    Returns
    -------
    pandas.DataFrame
        The rows of ``projections`` sorted by ``made`` and ``year_end``, with ``year`` and
        ``one_source`` added.

    Raises
    ------
    KeyError
        If there is none.
    ValueError
        If a forecast lacks the day on which it was made.
    """
    rows = data.table(projections, "projections")
    chosen = (rows["series"] == series) & (rows["entity"] == entity)
    if by is not None:
        chosen &= rows["by"] == by
    rows = rows[chosen]
    if rows.empty:
        raise KeyError(f"projections has no forecast of {series!r} for {entity!r}")
    if rows["made"].isna().any():
        raise ValueError(f"a forecast of {series!r} has no day on which it was made: add it")
    rows = rows.assign(year=rows["year_end"].dt.year, one_source=rows["n_sources"] == 1)
    return rows.sort_values(["made", "year_end", "value"], kind="stable").reset_index(drop=True)


def latest_forecast(
    series: str,
    year: int,
    projections: pd.DataFrame | None = None,
    *,
    entity: str = COMPANY,
    by: str | None = None,
) -> pd.Series:
    """Return the newest forecast of a series for one year.

    Raises
    ------
    KeyError
        If there is none.
    """
    rows = forecasts(series, projections, entity=entity, by=by)
    rows = rows[rows["year"] == year]
    if rows.empty:
        raise KeyError(f"projections has no forecast of {series!r} for {entity!r} in {year}")
    return rows.iloc[-1]


#: Basis of a row of the table ``run_rates`` that is a run-rate, and of one that is not: recognised
#: revenue of a quarter, times four.
STATED, BY_QUARTER = "stated", "quarter x 4"


def stated_run_rates(run_rates: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the rows that are run-rates, without those that are recognised revenue times four."""
    rows = data.table(run_rates, "run_rates")
    return rows[rows["basis"] == STATED]


def run_rate_near(
    company: str,
    day: pd.Timestamp | str,
    run_rates: pd.DataFrame | None = None,
    *,
    choice: str = "book",
    within_days: int = 45,
) -> pd.Series:
    """Return the run-rate reported nearest to a day.

    Parameters
    ----------
    company : str
    day : Timestamp or str
    run_rates : pandas.DataFrame, optional
    choice : {"book", "rival"}
        The row that the book uses, or the one that disagrees with it where there is one.
    within_days : int
        How far the report may lie from the day.

    Returns
    -------
    pandas.Series
        The row, with ``days_off`` added.

    Raises
    ------
    KeyError
        If no report lies so near.
    """
    _choose("choice", choice, ("book", "rival"))
    day = pd.Timestamp(day)
    rows = stated_run_rates(run_rates)
    rows = rows[rows["company"] == company]
    away = (rows["date"] - day).dt.days.abs()
    near = rows.assign(days_off=away)[away <= within_days]
    if near.empty:
        raise KeyError(
            f"run_rates has no figure of {company!r} within {within_days} days of {day:%Y-%m-%d}"
        )
    near = near.sort_values(["days_off", "date", "run_rate_usd_bn"], kind="stable")
    used = near["preferred"].astype(bool)
    book = (near[used] if used.any() else near).iloc[0]
    if choice == "rival":
        # A rival gives another figure for the same days as the book's row.
        same_days = (near["date"] - book["date"]).dt.days.abs() <= RIVAL_DAYS
        other = near[~used & same_days & (near["run_rate_usd_bn"] != book["run_rate_usd_bn"])]
        if len(other):
            return other.iloc[0]
    return book


def run_rate_history(company: str, run_rates: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the run-rates of a company that the book uses, oldest first.

    Raises
    ------
    KeyError
        If there is none.
    """
    rows = stated_run_rates(run_rates)
    rows = rows[(rows["company"] == company) & rows["preferred"].astype(bool)]
    if rows.empty:
        raise KeyError(f"run_rates has no figure of {company!r}")
    rows = rows.sort_values("date", kind="stable").reset_index(drop=True)
    return rows.assign(one_source=rows["n_sources"] == 1)


def mean_levels(level: pd.Series, how: str = "linear") -> pd.Series:
    """Return the mean level of each year from the levels at its two ends.

    Parameters
    ----------
    level : pandas.Series
        Levels at the ends of consecutive years, by year, above zero.
    how : {"linear", "exponential"}
        How the level moves within a year: the arithmetic or the logarithmic mean.

    Raises
    ------
    ValueError
        If a year is missing in between, a level is not above zero, or the way is unknown.
    """
    _choose("way between year-ends", how, ("linear", "exponential"))
    level = level.sort_index()
    if (np.diff(level.index.to_numpy()) != 1).any():
        raise ValueError("the mean of a year needs the levels at both its ends: a year is missing")
    before, after = level.to_numpy(float)[:-1], level.to_numpy(float)[1:]
    if (level <= 0).any():
        raise ValueError("levels have to be above zero")
    if how == "linear":
        mean = (before + after) / 2
    else:
        growth = np.log(after / before)
        flat = np.abs(growth) < 1e-9
        mean = np.where(flat, before, (after - before) / np.where(flat, 1.0, growth))
    return pd.Series(mean, index=level.index[1:])


def gigawatt_years(
    entity: str = COMPANY, facts: pd.DataFrame | None = None, how: str = "linear"
) -> pd.Series:
    """Return the compute in use over each calendar year, in GW-years.

    Parameters
    ----------
    entity : str
    facts : pandas.DataFrame, optional
    how : {"linear", "exponential"}
        See :func:`mean_levels`.
    """
    rows = company_series(entity, RULERS["gigawatts"].series, facts, period="moment")
    return mean_levels(pd.Series(rows["value"].to_numpy(float), index=rows["date"].dt.year), how)


def gigawatts_at(
    day: pd.Timestamp | str,
    entity: str = COMPANY,
    facts: pd.DataFrame | None = None,
    projections: pd.DataFrame | None = None,
) -> tuple[float, bool]:
    """Return a company's gigawatts on a day, and whether a plan was needed for it.

    Between two year-ends the level grows by the same factor every day. Year-ends that have not
    come are those of the newest plan.

    Raises
    ------
    ValueError
        If the day lies outside the first level and the last plan.
    """
    day = pd.Timestamp(day)
    series = RULERS["gigawatts"].series
    known = company_series(entity, series, facts, period="moment")
    known = known.drop_duplicates("date", keep="last")
    levels = pd.Series(known["value"].to_numpy(float), index=known["date"])
    last = levels.index.max()
    if day > last:
        planned = forecasts(series, projections, entity=entity)
        planned = planned.drop_duplicates("year_end", keep="last")
        planned = planned[planned["year_end"] > last]
        ahead = pd.Series(planned["value"].to_numpy(float), index=planned["year_end"])
        levels = pd.concat([levels, ahead]).sort_index()
    if not levels.index.min() <= day <= levels.index.max():
        raise ValueError(f"no gigawatts of {entity!r} are known or planned for {day:%Y-%m-%d}")
    years = (levels.index - last).days / DAYS_PER_YEAR
    level = np.interp((day - last).days / DAYS_PER_YEAR, years, np.log(levels.to_numpy()))
    return float(np.exp(level)), bool(day > last)


# ---------------------------------------------------------------------------------------------
# 1. did compute triple?


def rulers_of_compute(facts: pd.DataFrame | None = None, entity: str = COMPANY) -> pd.DataFrame:
    """Return what each ruler says of a company's compute, year by year.

    Parameters
    ----------
    facts : pandas.DataFrame, optional
    entity : str

    Returns
    -------
    pandas.DataFrame
        ``ruler``, ``unit``, ``year``, ``date``, ``value``, ``low``, ``high``, ``growth`` (x over
        the year; NaN without a figure of the year before), ``growth_low`` and ``growth_high``
        (the furthest that the bounds of both years allow, as if their errors were unrelated),
        ``kind``, ``basis``, ``n_sources``, ``one_source``.
        A figure without bounds stands as its own bound.
    """
    facts = data.table(facts, "company_facts")
    parts = []
    for name in RULERS:
        with suppress(KeyError):
            parts.append(_one_ruler(name, facts, entity))
    if not parts:
        raise KeyError(f"company_facts has no compute of {entity!r}")
    return pd.concat(parts, ignore_index=True)


def _one_ruler(name: str, facts: pd.DataFrame, entity: str) -> pd.DataFrame:
    """Return the rows of :func:`rulers_of_compute` for one ruler."""
    ruler = RULERS[name]
    rows = company_series(entity, ruler.series, facts)
    rows = rows[(rows["date"].dt.month == 12) & rows["period"].isin(("year", "moment"))]
    value, year = rows["value"].to_numpy(float), rows["date"].dt.year.to_numpy()
    low = rows["low"].fillna(rows["value"]).to_numpy(float)
    high = rows["high"].fillna(rows["value"]).to_numpy(float)
    growth = np.full((3, len(rows)), np.nan)
    if len(rows) > 1:
        follows = np.diff(year) == 1
        for place, (after, before) in enumerate(((value, value), (low, high), (high, low))):
            growth[place, 1:] = np.where(follows, after[1:] / before[:-1], np.nan)
    return pd.DataFrame(
        {
            "ruler": name,
            "unit": ruler.unit,
            "year": year,
            "date": rows["date"].to_numpy(),
            "value": value,
            "low": low,
            "high": high,
            "growth": growth[0],
            "growth_low": growth[1],
            "growth_high": growth[2],
            "kind": rows["kind"].to_numpy(),
            "basis": rows["basis"].to_numpy(),
            "n_sources": rows["n_sources"].to_numpy(),
            "one_source": rows["one_source"].to_numpy(bool),
        }
    )


def did_compute_triple(
    facts: pd.DataFrame | None = None, claimed: float = CLAIMED_FOLD, year: int | None = None
) -> pd.DataFrame:
    """Set the growth of compute in the year of the interview beside the claimed tripling.

    Parameters
    ----------
    facts : pandas.DataFrame, optional
    claimed : float
        Claimed growth in x.
    year : int, optional
        Calendar year; that of the interview if left out.

    Returns
    -------
    pandas.DataFrame
        One row a ruler: ``ruler``, ``before``, ``after``, ``unit``, ``growth``, ``growth_low``,
        ``growth_high``, ``contains_claim``, ``n_sources`` (the smaller of the two years'),
        ``one_source``. A row "gigawatt-years" gives the growth of the year's mean gigawatts,
        which is what a year's dollars pay for.
    """
    year = INTERVIEW.year if year is None else year
    table = rulers_of_compute(facts)
    rows = []
    for ruler, part in table.groupby("ruler", sort=False):
        part = part.set_index("year")
        if year not in part.index or year - 1 not in part.index:
            continue
        now, before = part.loc[year], part.loc[year - 1]
        sources = int(min(now["n_sources"], before["n_sources"]))
        rows.append(
            {
                "ruler": ruler,
                "before": before["value"],
                "after": now["value"],
                "unit": now["unit"],
                "growth": now["growth"],
                "growth_low": now["growth_low"],
                "growth_high": now["growth_high"],
                "n_sources": sources,
            }
        )
    power = table[table["ruler"] == "gigawatts"].set_index("year")
    if {year - 2, year - 1, year} <= set(power.index):
        means = {
            bound: mean_levels(power[bound].loc[year - 2 : year]).to_numpy()
            for bound in ("low", "value", "high")
        }
        rows.append(
            {
                "ruler": "gigawatt-years",
                "before": means["value"][0],
                "after": means["value"][1],
                "unit": "GW-years",
                "growth": means["value"][1] / means["value"][0],
                "growth_low": means["low"][1] / means["high"][0],
                "growth_high": means["high"][1] / means["low"][0],
                "n_sources": int(power["n_sources"].loc[year - 2 : year].min()),
            }
        )
    found = pd.DataFrame(rows)
    found["contains_claim"] = (found["growth_low"] <= claimed) & (found["growth_high"] >= claimed)
    found["one_source"] = found["n_sources"] == 1
    return found


def tripling_asked(
    facts: pd.DataFrame | None = None,
    projections: pd.DataFrame | None = None,
    folds: Sequence[float] = (CLAIMED_FOLD, CLAIMED_FOLD),
) -> pd.DataFrame:
    """Set what "tripling twice more" asks of the next years beside the plans made since.

    Parameters
    ----------
    facts, projections : pandas.DataFrame, optional
    folds : sequence of float
        Growth asked of each following year, in x. The second wish can also be read as a doubling.

    Returns
    -------
    pandas.DataFrame
        ``ruler``, ``unit``, ``year``, ``asked`` (level), ``asked_growth``, ``planned`` (newest
        plan, NaN if none), ``planned_low``, ``planned_high``, ``planned_growth`` (over the plan,
        or figure, of the year before), ``made`` (day of the plan), ``planned_over_asked``,
        ``by``, ``n_sources``, ``one_source``.
    """
    table = rulers_of_compute(facts)
    rows = []
    for name, ruler in RULERS.items():
        part = table[(table["ruler"] == name) & (table["year"] == INTERVIEW.year)]
        if part.empty:
            continue
        asked = before = float(part["value"].iloc[0])
        for year, fold in enumerate(folds, INTERVIEW.year + 1):
            asked *= fold
            try:
                plan = latest_forecast(ruler.series, year, projections)
            except KeyError:
                plan = None
            planned = np.nan if plan is None else float(plan["value"])
            rows.append(
                {
                    "ruler": name,
                    "unit": ruler.unit,
                    "year": year,
                    "asked": asked,
                    "asked_growth": fold,
                    "planned": planned,
                    "planned_low": np.nan if plan is None else plan["low"],
                    "planned_high": np.nan if plan is None else plan["high"],
                    "planned_growth": planned / before,
                    "planned_over_asked": planned / asked,
                    "made": pd.NaT if plan is None else plan["made"],
                    "by": "" if plan is None else plan["by"],
                    "n_sources": 0 if plan is None else int(plan["n_sources"]),
                    "one_source": plan is not None and bool(plan["one_source"]),
                }
            )
            before = planned
    return pd.DataFrame(rows)


# ---------------------------------------------------------------------------------------------
# 2. the famous line


@dataclass(frozen=True)
class Lines:
    """Least-squares lines through points, one or many at once.

    Attributes
    ----------
    slope, intercept, standard_error, r_squared, residual : numpy.ndarray
        Of the shape of the points without their last axis. ``standard_error`` (of the slope) and
        ``residual`` (standard deviation around the line) are NaN for two points.
    n : int
        Points on each line.
    mean, spread : numpy.ndarray
        Mean of x, and sum of its squared distances from it.
    """

    slope: np.ndarray
    intercept: np.ndarray
    standard_error: np.ndarray
    r_squared: np.ndarray
    residual: np.ndarray
    n: int
    mean: np.ndarray
    spread: np.ndarray

    @property
    def degrees_of_freedom(self) -> int:
        """Points less the two numbers of a line."""
        return self.n - 2

    def interval(self, confidence: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
        """Return Student's interval of the slope; NaN for two points."""
        if self.n < 3:
            nothing = np.full_like(self.slope, np.nan)
            return nothing, nothing
        reach = student(self.n - 2, confidence) * self.standard_error
        return self.slope - reach, self.slope + reach

    def predicted(
        self, x: float | np.ndarray, confidence: float = 0.95
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return the value at x and the interval in which a new observation would lie."""
        value = self.intercept + self.slope * x
        if self.n < 3:
            return value, np.full_like(value, np.nan), np.full_like(value, np.nan)
        spread = self.residual * np.sqrt(1 + 1 / self.n + (x - self.mean) ** 2 / self.spread)
        reach = student(self.n - 2, confidence) * spread
        return value, value - reach, value + reach


def lines(x: np.ndarray, y: np.ndarray) -> Lines:
    """Fit straight lines by least squares along the last axis.

    Parameters
    ----------
    x, y : numpy.ndarray, shape (..., n)

    Raises
    ------
    ValueError
        If there are fewer than two points, or x does not vary.
    """
    x, y = np.broadcast_arrays(np.asarray(x, dtype=float), np.asarray(y, dtype=float))
    n = x.shape[-1]
    if n < 2:
        raise ValueError("a line needs two points at least")
    mean, level = x.mean(axis=-1), y.mean(axis=-1)
    dx, dy = x - mean[..., None], y - level[..., None]
    spread = (dx * dx).sum(axis=-1)
    if np.any(spread == 0):
        raise ValueError("x does not vary: a slope on it is not defined")
    slope = (dx * dy).sum(axis=-1) / spread
    rest = ((dy - slope[..., None] * dx) ** 2).sum(axis=-1)
    total = (dy * dy).sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        r_squared = np.where(total > 0, 1 - rest / total, np.nan)
        residual = np.sqrt(rest / (n - 2)) if n > 2 else np.full_like(slope, np.nan)
    error = residual / np.sqrt(spread)
    return Lines(slope, level - slope * mean, error, r_squared, residual, n, mean, spread)


def points(
    ruler: str = "gigawatts",
    revenue: str = RUN_RATE,
    *,
    entity: str = COMPANY,
    choice: str = "book",
    within_days: int = 45,
    facts: pd.DataFrame | None = None,
    run_rates: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Pair a company's compute at year-ends with its revenue.

    Parameters
    ----------
    ruler : str
        A key of :data:`RULERS`.
    revenue : {"run-rate", "recognised"}
        The run-rate nearest to the year-end, or the revenue of that calendar year.
    entity : str
    choice : {"book", "rival"}
        Which of two contradicting run-rates; see :func:`run_rate_near`.
    within_days : int
        How far from the year-end a run-rate may lie.
    facts, run_rates : pandas.DataFrame, optional

    Returns
    -------
    pandas.DataFrame
        One row a year with both: ``entity``, ``year``, ``date``, ``ruler``, ``compute``,
        ``compute_low``, ``compute_high``, ``revenue_kind``, ``revenue`` (USD bn a year),
        ``days_off`` (of the run-rate), ``basis`` (of the compute), ``n_sources`` (the smaller
        of the two), ``one_source``.

    Raises
    ------
    KeyError, ValueError
        If the ruler or kind of revenue is unknown, or no year has both.
    """
    _choose("ruler", ruler, RULERS)
    _choose("kind of revenue", revenue, REVENUE_KINDS)
    facts, run_rates = (
        data.table(facts, "company_facts"),
        data.table(run_rates, "run_rates"),
    )
    if revenue == RECOGNISED:
        yearly = company_series(entity, "revenue", facts, period="year")
        by_date = {row.date: row for row in yearly.itertuples()}
    rows = []
    for row in _one_ruler(ruler, facts, entity).itertuples():
        try:
            if revenue == RUN_RATE:
                found = run_rate_near(
                    entity, row.date, run_rates, choice=choice, within_days=within_days
                )
                usd_bn, off = float(found["run_rate_usd_bn"]), int(found["days_off"])
                sources = int(found["n_sources"])
            else:
                earned = by_date[row.date]
                usd_bn, off, sources = float(earned.value), 0, int(earned.n_sources)
        except KeyError:
            continue
        rows.append(
            {
                "entity": entity,
                "year": row.year,
                "date": row.date,
                "ruler": ruler,
                "compute": row.value,
                "compute_low": row.low,
                "compute_high": row.high,
                "revenue_kind": revenue,
                "revenue": usd_bn,
                "days_off": off,
                "basis": row.basis,
                "n_sources": int(min(row.n_sources, sources)),
            }
        )
    if not rows:
        raise KeyError(f"no year has both {ruler} and {revenue} revenue of {entity!r}")
    table = pd.DataFrame(rows)
    return table.assign(one_source=table["n_sources"] == 1)


@dataclass(frozen=True)
class Elasticity:
    """By how many per cent revenue was higher where compute was one per cent higher.

    Attributes
    ----------
    estimate, low, high : float
        Slope of ln revenue on ln compute and its 95% interval (NaN for two points).
    standard_error, r_squared : float
    n, degrees_of_freedom : int
    revenue_kind, ruler : str
    entities : tuple of str
    one_source : bool
        Whether any point rests on a single source.
    """

    estimate: float
    low: float
    high: float
    standard_error: float
    r_squared: float
    n: int
    degrees_of_freedom: int
    revenue_kind: str
    ruler: str
    entities: tuple[str, ...]
    one_source: bool


def refuse_mixtures(table: pd.DataFrame) -> None:
    """Raise unless all rows hold one kind of revenue and one ruler of compute.

    Raises
    ------
    ValueError
        If run-rate and recognised revenue, or two rulers, stand in one table.
    """
    kinds = sorted(set(table["revenue_kind"]))
    if len(kinds) > 1:
        raise ValueError(
            f"{' and '.join(kinds)} revenue are different things: regress each by itself"
        )
    unknown = [kind for kind in kinds if kind not in REVENUE_KINDS]
    if unknown:
        raise ValueError(f"unknown kind of revenue {unknown[0]!r}: say run-rate or recognised")
    rulers = sorted(set(table["ruler"]))
    if len(rulers) > 1:
        raise ValueError(f"{' and '.join(rulers)} measure compute differently: keep one ruler")


def elasticity(table: pd.DataFrame, confidence: float = 0.95) -> Elasticity:
    """Regress ln revenue on ln compute, each company with a level of its own.

    Parameters
    ----------
    table : pandas.DataFrame
        As :func:`points` returns it, or several such tables below each other.
    confidence : float
        Of the interval by Student's t.

    Returns
    -------
    Elasticity

    Raises
    ------
    ValueError
        If kinds of revenue or rulers are mixed, or a company has a single point.
    """
    refuse_mixtures(table)
    entities = tuple(dict.fromkeys(table["entity"]))
    x, y = table["compute"].to_numpy(float), table["revenue"].to_numpy(float)
    if not ((x > 0).all() and (y > 0).all()):
        raise ValueError("compute and revenue have to be above zero")
    x, y = np.log(x), np.log(y)
    if (table.groupby("entity").size() < 2).any():
        raise ValueError("a company with a single point says nothing about a slope: leave it out")
    groups = table["entity"].to_numpy()
    for entity in entities:
        own = groups == entity
        x[own], y[own] = x[own] - x[own].mean(), y[own] - y[own].mean()
    spread = float(x @ x)
    if spread == 0:
        raise ValueError("compute does not vary: a slope on it is not defined")
    slope = float(x @ y) / spread
    rest = float(((y - slope * x) ** 2).sum())
    freedom = len(table) - len(entities) - 1
    total = float(y @ y)
    if freedom > 0:
        error = float(np.sqrt(rest / freedom / spread))
        reach = student(freedom, confidence) * error
    else:
        error = reach = np.nan
    return Elasticity(
        slope,
        slope - reach,
        slope + reach,
        error,
        1 - rest / total if total > 0 else np.nan,
        len(table),
        freedom,
        str(table["revenue_kind"].iloc[0]),
        str(table["ruler"].iloc[0]),
        entities,
        bool(table["one_source"].any()),
    )


def famous_line(
    facts: pd.DataFrame | None = None, run_rates: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the elasticity by each ruler, kind of revenue and choice between rival figures.

    Returns
    -------
    pandas.DataFrame
        ``ruler``, ``revenue``, ``choice``, ``elasticity``, ``low``, ``high`` (95%), ``r_squared``,
        ``n``, ``degrees_of_freedom``, ``first``, ``last`` (years), ``doubling`` (x in revenue for
        twice the compute), ``one_source``.
        "rival" stands only where a rival run-rate exists.
    """
    rows = []
    for ruler, revenue in product(RULERS, REVENUE_KINDS):
        for choice in ("book", "rival") if revenue == RUN_RATE else ("book",):
            try:
                table = points(ruler, revenue, choice=choice, facts=facts, run_rates=run_rates)
            except KeyError:
                continue
            if len(table) < 2:
                continue
            found = elasticity(table)
            rows.append(
                {
                    "ruler": ruler,
                    "revenue": revenue,
                    "choice": choice,
                    "elasticity": found.estimate,
                    "low": found.low,
                    "high": found.high,
                    "r_squared": found.r_squared,
                    "n": found.n,
                    "degrees_of_freedom": found.degrees_of_freedom,
                    "first": int(table["year"].min()),
                    "last": int(table["year"].max()),
                    "doubling": 2**found.estimate,
                    "one_source": found.one_source,
                }
            )
    return pd.DataFrame(rows)


def _between(rng: np.random.Generator, low: np.ndarray, high: np.ndarray, draws: int) -> np.ndarray:
    """Draw evenly, in logarithms, between bounds: shape (draws, n)."""
    share = rng.random((draws, len(low)))
    return np.log(low) + share * (np.log(high) - np.log(low))


def _quantile_around(
    slope: np.ndarray, error: np.ndarray, degrees_of_freedom: int, share: float
) -> float:
    """Return a quantile of Student's distributions around many slopes, mixed in equal parts."""
    if degrees_of_freedom == 1:

        def below(value: float) -> float:
            return float((0.5 + np.arctan((value - slope) / error) / np.pi).mean())

    else:
        from scipy import stats

        def below(value: float) -> float:
            return float(stats.t.cdf((value - slope) / error, degrees_of_freedom).mean())

    low, high = -1e3, 1e3
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) < share else (low, middle)
    return (low + high) / 2


def _drawn_points(
    book: pd.DataFrame, rival: pd.DataFrame, draws: int, rounding_usd_bn: float, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Draw ln compute between its bounds and ln revenue between rival reports and rounding."""
    rng = np.random.default_rng(seed)
    both = np.stack([book["revenue"].to_numpy(float), rival["revenue"].to_numpy(float)])
    x = _between(
        rng, book["compute_low"].to_numpy(float), book["compute_high"].to_numpy(float), draws
    )
    y = _between(rng, both.min(axis=0) - rounding_usd_bn, both.max(axis=0) + rounding_usd_bn, draws)
    return x, y


def slopes_under_error(
    draws: int = 2000,
    rounding_usd_bn: float = 0.5,
    seed: int = 20260118,
    facts: pd.DataFrame | None = None,
    run_rates: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Propagate what is not known of the three points into their slope.

    Compute is drawn evenly in logarithms between its bounds; the run-rate between the smaller and
    the larger of the book's figure and its rival, widened by the rounding of a whole billion.
    The errors of different dates are drawn independently; errors that all dates share (site power
    for chip power, one mix of chips) leave a slope in logarithms as it is.

    Parameters
    ----------
    draws : int
    rounding_usd_bn : float
        Half the last digit of the run-rates.
    seed : int
    facts, run_rates : pandas.DataFrame, optional

    Returns
    -------
    pandas.DataFrame
        One row a ruler with three points: ``ruler``, ``as_stated`` (slope), ``median``, ``low``,
        ``high`` (95% of the drawn slopes), ``t_low``, ``t_high`` (2.5th percentile of the lower
        and 97.5th of the upper ends of the drawn Student intervals), ``both_low``, ``both_high``
        (95% of all Student distributions around the drawn lines taken together: what is not known
        of the figures *and* what three exact points would leave open),
        ``share_above_one``,
        ``share_contains_one``, ``share_contains_half`` (of the drawn Student intervals),
        ``draws``.
    """
    if draws < 1:
        raise ValueError("at least one draw is needed")
    rows = []
    for ruler in RULERS:
        try:
            book = points(ruler, facts=facts, run_rates=run_rates)
            rival = points(ruler, choice="rival", facts=facts, run_rates=run_rates)
        except KeyError:
            continue
        if len(book) < 3:
            continue
        x, y = _drawn_points(book, rival, draws, rounding_usd_bn, seed)
        drawn = lines(x, y)
        t_low, t_high = drawn.interval()
        low, median, high = np.quantile(drawn.slope, [0.025, 0.5, 0.975])
        both_low, both_high = (
            _quantile_around(drawn.slope, drawn.standard_error, drawn.degrees_of_freedom, share)
            for share in (0.025, 0.975)
        )
        rows.append(
            {
                "ruler": ruler,
                "as_stated": elasticity(book).estimate,
                "median": median,
                "low": low,
                "high": high,
                "t_low": np.quantile(t_low, 0.025),
                "t_high": np.quantile(t_high, 0.975),
                "both_low": both_low,
                "both_high": both_high,
                "share_above_one": (drawn.slope > 1).mean(),
                "share_contains_one": ((t_low <= 1) & (t_high >= 1)).mean(),
                "share_contains_half": ((t_low <= 0.5) & (t_high >= 0.5)).mean(),
                "draws": draws,
            }
        )
    return pd.DataFrame(rows)


def band_under_error(
    compute: np.ndarray,
    draws: int = 2000,
    rounding_usd_bn: float = 0.5,
    seed: int = 20260118,
    facts: pd.DataFrame | None = None,
    run_rates: pd.DataFrame | None = None,
) -> np.ndarray:
    """Return where one more point would lie if the three points are not known exactly.

    Parameters
    ----------
    compute : numpy.ndarray, shape (n,)
        Gigawatts at which to read the band.
    draws, rounding_usd_bn, seed, facts, run_rates
        As for :func:`slopes_under_error`.

    Returns
    -------
    numpy.ndarray, shape (2, n)
        Ends of the 95% interval, USD bn a year: Student's distributions around all lines that the
        figures allow, taken together.
    """
    tables = {"facts": facts, "run_rates": run_rates}
    x, y = _drawn_points(
        points(**tables), points(choice="rival", **tables), draws, rounding_usd_bn, seed
    )
    drawn = lines(x, y)
    return np.exp(np.array([_new_point(drawn, float(at)) for at in np.log(compute)]).T)


def log_interpolated(days: pd.Series, values: pd.Series, wanted: Sequence[pd.Timestamp]) -> list:
    """Return values on wanted days, growing evenly between the reported ones.

    Returns
    -------
    list of float
        NaN outside the first and the last reported day: nothing is carried beyond them.
    """
    order = np.argsort(days.to_numpy(), kind="stable")
    start = days.iloc[order[0]]
    when = ((days - start).dt.days.to_numpy(float))[order]
    logs = np.log(values.to_numpy(float))[order]
    asked = np.array([(pd.Timestamp(day) - start).days for day in wanted], dtype=float)
    inside = np.interp(asked, when, logs, left=np.nan, right=np.nan)
    return list(np.exp(inside))


def placebo_series(
    wanted: Sequence[pd.Timestamp],
    users: pd.DataFrame | None = None,
    facts: pd.DataFrame | None = None,
    run_rates: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return series that grew beside OpenAI's revenue without being its compute.

    Parameters
    ----------
    wanted : sequence of Timestamp
        Days on which to read them.
    users, facts, run_rates : pandas.DataFrame, optional

    Returns
    -------
    pandas.DataFrame
        ``placebo``, ``date``, ``value``, ``how`` (between reported figures, nearest quarter ...),
        ``one_source`` (whether a figure of the series rests on a single source).
    """
    users = data.table(users, "users")
    weekly = users[(users["entity"] == COMPANY) & (users["measure"] == "weekly")]
    weekly = weekly.drop_duplicates("date", keep="last")
    chips = company_series("Nvidia", "data_centre_revenue", facts, period="quarter")
    other = run_rate_history("Anthropic", run_rates)
    one_source = {
        "weekly users of ChatGPT": bool((weekly["n_sources"] == 1).any()),
        "Nvidia's data-centre revenue": bool(chips["one_source"].any()),
        "run-rate of Anthropic": bool(other["one_source"].any()),
        "the calendar": False,
    }
    found = {
        "weekly users of ChatGPT": (
            log_interpolated(weekly["date"], weekly["users_millions"], wanted),
            "between the reports before and after",
        ),
        "Nvidia's data-centre revenue": (
            log_interpolated(chips["date"], chips["value"], wanted),
            "between the quarters before and after",
        ),
        "run-rate of Anthropic": (
            log_interpolated(other["date"], other["run_rate_usd_bn"], wanted),
            "between the reports before and after",
        ),
        "the calendar": (
            [float(np.exp((day - wanted[0]).days / DAYS_PER_YEAR)) for day in wanted],
            "e times as much every year",
        ),
    }
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "placebo": name,
                    "date": list(wanted),
                    "value": values,
                    "how": how,
                    "one_source": one_source[name],
                }
            )
            for name, (values, how) in found.items()
        ],
        ignore_index=True,
    )


def placebos(
    facts: pd.DataFrame | None = None,
    run_rates: pd.DataFrame | None = None,
    users: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Put other growing series in the place of compute, on the same dates.

    Returns
    -------
    pandas.DataFrame
        ``regressor``, ``is_compute``, ``elasticity``, ``low``, ``high`` (95%, Student, n - 2),
        ``r_squared``, ``n``, ``how``, ``one_source`` (of the regressor, or of the run-rates). For
        the calendar the slope is in log points per year.
    """
    table = points(facts=facts, run_rates=run_rates)
    revenue = np.log(table["revenue"].to_numpy(float))
    rows = []

    def add(name: str, values: np.ndarray, is_compute: bool, how: str, one: bool) -> None:
        known = np.isfinite(values)
        fit = lines(np.log(values[known]), revenue[known])
        low, high = fit.interval()
        rows.append(
            {
                "regressor": name,
                "is_compute": is_compute,
                "elasticity": float(fit.slope),
                "low": float(low),
                "high": float(high),
                "r_squared": float(fit.r_squared),
                "n": fit.n,
                "how": how,
                "one_source": one or bool(table["one_source"].any()),
            }
        )

    for ruler in RULERS:
        try:
            own = points(ruler, facts=facts, run_rates=run_rates)
        except KeyError:
            continue
        by_date = own.set_index("date")["compute"].reindex(table["date"]).to_numpy(float)
        if np.isfinite(by_date).sum() >= 3:
            add(ruler, by_date, True, "as stated", bool(own["one_source"].any()))
    series = placebo_series(list(table["date"]), users, facts, run_rates)
    for name, part in series.groupby("placebo", sort=False):
        values = part["value"].to_numpy(float)
        if np.isfinite(values).sum() >= 3:
            one = bool(part["one_source"].any())
            add(str(name), values, False, part["how"].iloc[0], one)
    return pd.DataFrame(rows)


def observed_wobbles(
    facts: pd.DataFrame | None = None,
    run_rates: pd.DataFrame | None = None,
    users: pd.DataFrame | None = None,
    years: Sequence[int] = (2022, 2023, 2024, 2025),
) -> pd.DataFrame:
    """Measure how unsteady the yearly growth of real series was, for :func:`unrelated_series`.

    Returns
    -------
    pandas.DataFrame
        ``series``, ``growths`` (yearly growths known), ``pace`` (mean log growth of a year),
        ``wobble`` (standard deviation around it; NaN for a single growth).
    """
    wanted = [pd.Timestamp(year, 12, 31) for year in years]
    series = placebo_series(wanted, users, facts, run_rates)
    table = points(facts=facts, run_rates=run_rates)
    known = {
        "gigawatts": table["compute"].to_numpy(float),
        "run-rate of OpenAI": table["revenue"].to_numpy(float),
    }
    for name, part in series[series["placebo"] != "the calendar"].groupby("placebo", sort=False):
        values = part["value"].to_numpy(float)
        known[str(name)] = values[np.isfinite(values)]
    rows = []
    for name, values in known.items():
        growth = np.diff(np.log(values))
        rows.append(
            {
                "series": name,
                "growths": len(growth),
                "pace": float(growth.mean()) if len(growth) else np.nan,
                "wobble": float(growth.std(ddof=1)) if len(growth) > 1 else np.nan,
            }
        )
    return pd.DataFrame(rows)


#: How two unrelated series may grow: name, then mean and spread over series of their average log
#: growth per year. "the same pace": both at the pace of the three points. "any fast pace":
#: anything from doubling to fivefold. "no pace": random walks that drift nowhere.
GROWTH_MODELS = ("the same pace", "any fast pace", "no pace")


def unrelated_series(
    draws: int = 20_000,
    wobbles: Sequence[float] = (0.1, 0.3, 0.6),
    models: Sequence[str] = GROWTH_MODELS,
    seed: int = 1974,
    facts: pd.DataFrame | None = None,
    run_rates: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Count how often two unrelated growing series of as many points fit as well.

    Both are random walks in logarithms: growth of a year = pace + wobble, drawn for each series
    by itself, so that neither knows of the other. Three points make two growths each.

    Parameters
    ----------
    draws : int
    wobbles : sequence of float
        Standard deviations of a year's log growth around its pace (0.3: give or take a third).
    models : sequence of str
        From :data:`GROWTH_MODELS`. "the same pace": both series at the mean log growth of the
        three points (compute's and revenue's own); "any fast pace": each pace drawn evenly
        between ln 2 and ln 5 a year; "no pace": zero.
    seed : int
    facts, run_rates : pandas.DataFrame, optional

    Returns
    -------
    pandas.DataFrame
        ``model``, ``wobble``, ``observed_r_squared``, ``share_as_tight`` (R squared at least as
        high as the three points'), ``share_above_99`` (R squared above 0.99),
        ``median_r_squared``, ``share_near_one`` (slope within a tenth of 1), ``share_both``
        (near one and R squared above 0.99), ``draws``.
    """
    table = points(facts=facts, run_rates=run_rates)
    x = np.log(table["compute"].to_numpy(float))
    y = np.log(table["revenue"].to_numpy(float))
    observed = float(lines(x, y).r_squared)
    steps = len(table) - 1
    paces = np.array([(x[-1] - x[0]) / steps, (y[-1] - y[0]) / steps])
    rows = []
    for model in models:
        _choose("growth model", model, GROWTH_MODELS)
        for wobble in wobbles:
            if wobble <= 0:
                raise ValueError("a wobble is a standard deviation above zero")
            rng = np.random.default_rng(seed)
            noise = rng.standard_normal((2, draws, steps))
            if model == "the same pace":
                pace = np.broadcast_to(paces[:, None], (2, draws))
            elif model == "any fast pace":
                pace = np.log(2) + rng.random((2, draws)) * np.log(5 / 2)
            else:
                pace = np.zeros((2, draws))
            growth = pace[..., None] + wobble * noise
            walks = np.concatenate([np.zeros((2, draws, 1)), np.cumsum(growth, axis=2)], axis=2)
            fit = lines(walks[0], walks[1])
            near = (fit.slope > 1 / 1.1) & (fit.slope < 1.1)
            tight = fit.r_squared > 0.99
            rows.append(
                {
                    "model": model,
                    "wobble": wobble,
                    "observed_r_squared": observed,
                    "share_as_tight": (fit.r_squared >= observed).mean(),
                    "share_above_99": tight.mean(),
                    "median_r_squared": float(np.median(fit.r_squared)),
                    "share_near_one": near.mean(),
                    "share_both": (near & tight).mean(),
                    "draws": draws,
                }
            )
    return pd.DataFrame(rows)


#: Worlds that make the same picture, and what twice the compute would do to revenue in each.
WORLDS = {
    "compute makes revenue": 2.0,
    "expected revenue buys compute": 1.0,
    "both follow the calendar": 1.0,
}


def simulate_world(
    world: str,
    draws: int,
    years: int,
    rng: np.random.Generator,
    pace: float = np.log(CLAIMED_FOLD),
    wobble: float = 0.3,
    error: float = 0.05,
    shift: np.ndarray | float = 0.0,
) -> tuple[np.ndarray, np.ndarray]:
    """Draw histories of compute and revenue in one of the worlds.

    * "compute makes revenue": compute is a random walk with drift; revenue is what it earns, up
      to a small error. Twice the compute is twice the revenue.
    * "expected revenue buys compute": revenue is a random walk with drift that compute does not
      touch; the firm buys compute in proportion to what it expects, up to a small error. Twice
      the compute is the same revenue.
    * "both follow the calendar": each grows at the pace by itself, up to the same small errors.

    Parameters
    ----------
    world : str
        A key of :data:`WORLDS`.
    draws, years : int
        Histories, and points of each.
    rng : numpy.random.Generator
    pace, wobble : float
        Mean and standard deviation of the log growth of a year.
    error : float
        Standard deviation of the small error, in logarithms.
    shift : numpy.ndarray or float
        Change of ln compute from outside, which neither demand nor plan brought about.

    Returns
    -------
    compute, revenue : numpy.ndarray, shape (draws, years)
        Logarithms.
    """
    _choose("world", world, WORLDS)
    growth = pace + wobble * rng.standard_normal((draws, years))
    walk = np.cumsum(growth, axis=1)
    small = error * rng.standard_normal((draws, years))
    if world == "compute makes revenue":
        return walk + shift, walk + shift + small
    if world == "expected revenue buys compute":
        return walk + small + shift, walk
    straight = pace * np.arange(1, years + 1)
    other = error * rng.standard_normal((draws, years))
    return straight + small + shift, straight + other


def two_worlds(draws: int = 4000, years: int = 3, seed: int = 1218, **how: float) -> pd.DataFrame:
    """Fit the famous line in worlds where twice the compute does and does not double revenue.

    Parameters
    ----------
    draws, years, seed : int
    **how : float
        ``pace``, ``wobble``, ``error`` of :func:`simulate_world`.

    Returns
    -------
    pandas.DataFrame
        ``world``, ``true_doubling`` (x in revenue from twice the compute), ``slope``, ``low``,
        ``high`` (median and 95% of the fitted slopes), ``r_squared`` (median),
        ``share_contains_one`` (Student intervals), ``experiment``, ``experiment_low``,
        ``experiment_high`` (elasticity found by changing compute from outside, at random, by 0.2
        log points up or down in the last year, with its 95% interval over all histories),
        ``draws``.
    """
    rows = []
    for world, doubling in WORLDS.items():
        rng = np.random.default_rng(seed)
        compute, revenue = simulate_world(world, draws, years, rng, **how)
        fit = lines(compute, revenue)
        low, high = fit.interval()
        quantiles = np.quantile(fit.slope, [0.025, 0.5, 0.975])
        found, reach = _experiment(world, draws, years, rng, how)
        rows.append(
            {
                "world": world,
                "true_doubling": doubling,
                "slope": quantiles[1],
                "low": quantiles[0],
                "high": quantiles[2],
                "r_squared": float(np.median(fit.r_squared)),
                "share_contains_one": ((low <= 1) & (high >= 1)).mean(),
                "experiment": found,
                "experiment_low": found - reach,
                "experiment_high": found + reach,
                "draws": draws,
            }
        )
    return pd.DataFrame(rows)


def _experiment(
    world: str, draws: int, years: int, rng: np.random.Generator, how: Mapping[str, float]
) -> tuple[float, float]:
    """Shift compute at random in the last year and see what revenue's growth does of it."""
    shift = np.zeros((draws, years))
    shift[:, -1] = 0.2 * np.where(rng.random(draws) < 0.5, 1.0, -1.0)
    compute, revenue = simulate_world(world, draws, years, rng, **how, shift=shift)
    moved = shift[:, -1] - shift[:, -1].mean()
    first_stage = float(moved @ np.diff(compute)[:, -1])
    growth = np.diff(revenue)[:, -1]
    found = float(moved @ growth) / first_stage
    rest = growth - growth.mean() - found * moved
    error = float(np.sqrt((moved * rest) @ (moved * rest))) / abs(first_stage)
    return found, NormalDist().inv_cdf(0.975) * error


# ---------------------------------------------------------------------------------------------
# 3. controls


def controls(
    facts: pd.DataFrame | None = None,
    run_rates: pd.DataFrame | None = None,
    within_days: int = 100,
) -> pd.DataFrame:
    """Return the growth of compute and revenue of each firm whose compute is known twice.

    Parameters
    ----------
    facts, run_rates : pandas.DataFrame, optional
    within_days : int
        How far from the year-end a run-rate may lie. xAI has a single one (its quarters are
        recognised revenue: see :func:`quarters_beside_chips`), and so makes no pair.

    Returns
    -------
    pandas.DataFrame
        One row for each firm, ruler, kind of revenue and pair of consecutive years: ``entity``,
        ``ruler``, ``revenue_kind``, ``year``, ``compute_growth``, ``revenue_growth`` (x),
        ``elasticity`` (ratio of the logarithms), ``growth_low``, ``growth_high`` (of compute, by
        its bounds), ``elasticity_low``, ``elasticity_high`` (the ratio at these bounds; infinite
        if compute may not have grown; errors of revenue are not in it), ``days_off`` (the larger of
        the two, between run-rate and year-end), ``n_sources``, ``one_source``.
    """
    rows = []
    facts, run_rates = (
        data.table(facts, "company_facts"),
        data.table(run_rates, "run_rates"),
    )
    entities = facts.loc[facts["series"].str.startswith("compute_"), "entity"]
    for entity in dict.fromkeys(entities):
        for ruler, revenue in product(RULERS, REVENUE_KINDS):
            try:
                table = points(
                    ruler,
                    revenue,
                    entity=entity,
                    within_days=within_days,
                    facts=facts,
                    run_rates=run_rates,
                )
            except KeyError:
                continue
            pairs = zip(table.iloc[:-1].itertuples(), table.iloc[1:].itertuples(), strict=True)
            for before, after in pairs:
                if after.year != before.year + 1 or after.compute == before.compute:
                    continue
                growth = after.compute / before.compute
                sales = after.revenue / before.revenue
                least = after.compute_low / before.compute_high
                most = after.compute_high / before.compute_low
                steep = np.log(sales) / np.log(least) if least > 1 else np.inf
                rows.append(
                    {
                        "entity": entity,
                        "ruler": ruler,
                        "revenue_kind": revenue,
                        "year": int(after.year),
                        "compute_growth": growth,
                        "revenue_growth": sales,
                        "elasticity": float(np.log(sales) / np.log(growth)),
                        "growth_low": least,
                        "growth_high": most,
                        "elasticity_low": float(np.log(sales) / np.log(most)),
                        "elasticity_high": float(steep),
                        "days_off": max(before.days_off, after.days_off),
                        "n_sources": min(before.n_sources, after.n_sources),
                    }
                )
    found = pd.DataFrame(rows)
    return found.assign(one_source=found["n_sources"] == 1)


def quarters_beside_chips(
    entity: str = "xAI",
    facts: pd.DataFrame | None = None,
    run_rates: pd.DataFrame | None = None,
) -> pd.Series:
    """Set recognised revenue by quarter beside chips, for a firm that states no run-rates.

    Growth from the first quarter to the last, beside that of H100-equivalents over as many days
    if they grew by the same factor every day between two year-ends. Both quarters have to lie
    between these.

    Returns
    -------
    pandas.Series
        ``entity``, ``from``, ``to`` (ends of the quarters), ``revenue_growth``,
        ``compute_growth``, ``growth_low``, ``growth_high`` (x, over that time; of compute by its
        bounds), ``elasticity``, ``elasticity_low``, ``elasticity_high``, ``n_sources``,
        ``one_source``.

    Raises
    ------
    KeyError
        If the firm has no two quarters, or no two year-ends around them.
    """
    rows = data.table(run_rates, "run_rates")
    rows = rows[(rows["company"] == entity) & (rows["basis"] == BY_QUARTER)]
    rows = rows.sort_values("date", kind="stable")
    chips = company_series(entity, RULERS["H100-equivalents"].series, facts, period="moment")
    if len(rows) < 2:
        raise KeyError(f"run_rates has no two quarters of {entity!r}")
    first, last = rows.iloc[0], rows.iloc[-1]
    before = chips[chips["date"] <= first["date"] - pd.Timedelta(days=90)]
    after = chips[chips["date"] >= last["date"]]
    if before.empty or after.empty:
        raise KeyError(f"no chips of {entity!r} are known on both sides of its quarters")
    before, after = before.iloc[-1], after.iloc[0]
    share = (last["date"] - first["date"]).days / (after["date"] - before["date"]).days
    growth, least, most = (
        float(after[up] / before[down]) ** share
        for up, down in (("value", "value"), ("low", "high"), ("high", "low"))
    )
    sales = float(last["run_rate_usd_bn"] / first["run_rate_usd_bn"])
    sources = int(min(part["n_sources"] for part in (first, last, before, after)))
    return pd.Series(
        {
            "entity": entity,
            "from": first["date"],
            "to": last["date"],
            "revenue_growth": sales,
            "compute_growth": growth,
            "growth_low": least,
            "growth_high": most,
            "elasticity": float(np.log(sales) / np.log(growth)),
            "elasticity_low": float(np.log(sales) / np.log(most)),
            "elasticity_high": float(np.log(sales) / np.log(least)) if least > 1 else np.inf,
            "n_sources": sources,
            "one_source": sources == 1,
        }
    )


def since_the_plan(
    companies: Sequence[str] = ("OpenAI", "Anthropic"),
    facts: pd.DataFrame | None = None,
    run_rates: pd.DataFrame | None = None,
    projections: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Ask of 2026 whether revenue went where compute went, as far as plans tell compute.

    The last run-rate is set beside gigawatts read between the last year-end and the newest plan
    for the next (see :func:`gigawatts_at`): the growth of compute is a plan, not a measurement.

    Returns
    -------
    pandas.DataFrame
        ``entity``, ``from``, ``to`` (days), ``compute_growth``, ``revenue_growth`` (x),
        ``elasticity``, ``revenue_if_proportional``, ``revenue`` (USD bn a year), ``made`` (day of
        the plan), ``rests_on`` ("a plan" or "figures"), ``n_sources``, ``one_source``.
    """
    rows = []
    for company in companies:
        power = company_series(company, RULERS["gigawatts"].series, facts, period="moment")
        start = power["date"].iloc[-1]
        first = run_rate_near(company, start, run_rates)
        last = run_rate_history(company, run_rates).iloc[-1]
        if last["date"] <= start:
            continue
        now, is_plan = gigawatts_at(last["date"], company, facts, projections)
        plan = forecasts(RULERS["gigawatts"].series, projections, entity=company)
        plan = plan[plan["year_end"] > start]
        plan = plan[plan["year_end"] == plan["year_end"].min()].iloc[-1]
        growth = now / float(power["value"].iloc[-1])
        sales = float(last["run_rate_usd_bn"] / first["run_rate_usd_bn"])
        sources = int(min(plan["n_sources"], first["n_sources"], last["n_sources"]))
        rows.append(
            {
                "entity": company,
                "from": start,
                "to": last["date"],
                "compute_growth": growth,
                "revenue_growth": sales,
                "elasticity": float(np.log(sales) / np.log(growth)),
                "revenue_if_proportional": float(first["run_rate_usd_bn"]) * growth,
                "revenue": float(last["run_rate_usd_bn"]),
                "made": plan["made"],
                "rests_on": "a plan" if is_plan else "figures",
                "n_sources": sources,
                "one_source": sources == 1,
            }
        )
    return pd.DataFrame(rows)


LEVELS = "levels"
TREND = "levels with a trend"
DIFFERENCES = "first differences"


def levels_and_differences(
    x: Sequence[float], y: Sequence[float], confidence: float = 0.95
) -> pd.DataFrame:
    """Regress one growing series on another in levels, beside a trend, and in differences.

    Parameters
    ----------
    x, y : sequence of float
        Equally spaced, above zero, same length of at least three.
    confidence : float

    Returns
    -------
    pandas.DataFrame
        ``form`` ("levels", "levels with a trend", "first differences"), ``elasticity``, ``low``,
        ``high``, ``r_squared``, ``n`` (observations in the regression), ``degrees_of_freedom``,
        ``usable`` (at least one degree of freedom). With a trend, r_squared is of what the trend
        leaves.

    Raises
    ------
    ValueError
        If there are fewer than three observations, or one is not above zero.
    """
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if len(x) != len(y) or len(x) < 3:
        raise ValueError("levels and differences need two series of three figures at least")
    if (x <= 0).any() or (y <= 0).any():
        raise ValueError("logarithms need figures above zero")
    u, v = np.log(x), np.log(y)
    time = np.arange(len(u)) - (len(u) - 1) / 2

    def without_trend(z: np.ndarray) -> np.ndarray:
        return z - z.mean() - time * (time @ z) / (time @ time)

    forms = {
        LEVELS: (u, v, 2),
        TREND: (without_trend(u), without_trend(v), 3),
        DIFFERENCES: (np.diff(u), np.diff(v), 2),
    }
    rows = []
    for form, (a, b, used) in forms.items():
        freedom = len(a) - used
        varies = float(((a - a.mean()) ** 2).sum()) > 1e-12
        estimate = low = high = r_squared = np.nan
        if varies and len(a) >= 2:
            fit = lines(a, b)
            estimate, r_squared = float(fit.slope), float(fit.r_squared)
            if freedom > 0:
                rest = float(((b - fit.intercept - fit.slope * a) ** 2).sum())
                error = np.sqrt(rest / freedom / float(fit.spread))
                reach = student(freedom, confidence) * error
                low, high = estimate - reach, estimate + reach
        rows.append(
            {
                "form": form,
                "elasticity": estimate,
                "low": low,
                "high": high,
                "r_squared": r_squared,
                "n": len(a),
                "degrees_of_freedom": max(freedom, 0),
                "usable": varies and freedom > 0,
            }
        )
    return pd.DataFrame(rows)


def cloud_controls(
    facts: pd.DataFrame | None = None,
    run_rates: pd.DataFrame | None = None,
    capital_spending: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Put the same question to the cloud firms, as far as their accounts allow.

    Yearly capital spending (of all purposes) and cloud revenue of Amazon and Alphabet; quarterly
    capital spending of Amazon against Nvidia's revenue, two series of which neither is the
    other's output; and OpenAI's three points in the same form. Microsoft's spending changes its
    basis and its AI revenue is known twice: it gives no row, and :func:`cloud_gaps` says so.

    Returns
    -------
    pandas.DataFrame
        ``pair``, ``entity``, ``is_placebo``, and the columns of :func:`levels_and_differences`,
        ``first``, ``last`` (days), ``one_source``.
    """
    parts = []

    def add(
        pair: str, entity: str, x: pd.Series, y: pd.Series, is_placebo: bool, one_source: bool
    ) -> None:
        if len(x) < 3:
            return
        part = levels_and_differences(x.to_numpy(float), y.to_numpy(float))
        part.insert(0, "pair", pair)
        part.insert(1, "entity", entity)
        part.insert(2, "is_placebo", is_placebo)
        parts.append(part.assign(first=x.index[0], last=x.index[-1], one_source=one_source))

    own = points(facts=facts, run_rates=run_rates).set_index("date")
    add(
        "run-rate on gigawatts",
        COMPANY,
        own["compute"],
        own["revenue"],
        False,
        bool(own["one_source"].any()),
    )
    for firm in ("Amazon", "Alphabet"):
        try:
            spent = company_series(firm, "capital_spending", facts, period="year")
            earned = company_series(firm, "cloud_revenue", facts, period="year")
        except KeyError:
            continue
        both = pd.DataFrame(
            {
                "spent": spent.set_index("date")["value"],
                "earned": earned.set_index("date")["value"],
            }
        ).dropna()
        one = bool(spent["one_source"].any() or earned["one_source"].any())
        pair = "cloud revenue on capital spending"
        add(pair, firm, both["spent"], both["earned"], False, one)
    quarters = data.table(capital_spending, "capital_spending")
    amazon = quarters[quarters["company"] == "Amazon"].sort_values("quarter_end", kind="stable")
    if amazon["basis"].nunique() == 1 and len(amazon) > 2:
        chips = company_series("Nvidia", "data_centre_revenue", facts, period="quarter")
        wanted = list(amazon["quarter_end"])
        values = log_interpolated(chips["date"], chips["value"], wanted)
        known = np.isfinite(values)
        x = pd.Series(amazon["usd_bn"].to_numpy(float), index=amazon["quarter_end"])[known]
        y = pd.Series(values, index=amazon["quarter_end"])[known]
        add("Nvidia's revenue on Amazon's capital spending, by quarter", "Amazon", x, y, True, True)
    return pd.concat(parts, ignore_index=True)


def cloud_gaps(
    facts: pd.DataFrame | None = None, capital_spending: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Say for each cloud firm what its accounts allow.

    Returns
    -------
    pandas.DataFrame
        ``company``, ``quarters`` (of capital spending), ``missing_quarters`` (between its first
        and last), ``bases`` (on which it is counted), ``years_of_cloud_revenue``,
        ``ai_run_rates``, ``usable`` (one basis and three years of cloud revenue).
    """
    spending = data.table(capital_spending, "capital_spending")
    facts = data.table(facts, "company_facts")
    rows = []
    for company, part in spending.groupby("company", sort=True):
        days = part["quarter_end"].dt.to_period("Q")
        span = (days.max() - days.min()).n + 1
        own = facts[facts["entity"] == company]
        years = int(((own["series"] == "cloud_revenue") & (own["period"] == "year")).sum())
        bases = sorted(set(part["basis"]))
        rows.append(
            {
                "company": company,
                "quarters": len(part),
                "missing_quarters": span - len(part),
                "bases": " and ".join(bases),
                "years_of_cloud_revenue": years,
                "ai_run_rates": int((own["series"] == "ai_run_rate").sum()),
                "usable": len(bases) == 1 and years >= 3,
            }
        )
    return pd.DataFrame(rows)


def revenue_per_gigawatt(
    companies: Sequence[str] = ("OpenAI", "Anthropic"),
    facts: pd.DataFrame | None = None,
    run_rates: pd.DataFrame | None = None,
    projections: pd.DataFrame | None = None,
    rounding_usd_bn: float = 0.0,
) -> pd.DataFrame:
    """Return the run-rate for each gigawatt over time.

    Parameters
    ----------
    companies : sequence of str
    facts, run_rates, projections : pandas.DataFrame, optional
    rounding_usd_bn : float
        Half the last digit of the run-rates, added to the bounds.

    Returns
    -------
    pandas.DataFrame
        ``entity``, ``date``, ``gigawatts``, ``run_rate``, ``per_gw`` (USD bn a year for each GW),
        ``low``, ``high`` (bounds of the gigawatts, rival run-rates and rounding), ``rests_on``
        ("figures" or "a plan": gigawatts read on the way to a planned year-end), ``n_sources``,
        ``one_source``.
    """
    rows = []
    for company in companies:
        try:
            book = points(entity=company, facts=facts, run_rates=run_rates)
            rival = points(entity=company, choice="rival", facts=facts, run_rates=run_rates)
        except KeyError:
            continue
        both = np.stack([book["revenue"].to_numpy(float), rival["revenue"].to_numpy(float)])
        least, most = both.min(axis=0) - rounding_usd_bn, both.max(axis=0) + rounding_usd_bn
        for row, down, up in zip(book.itertuples(), least, most, strict=True):
            rows.append(
                {
                    "entity": company,
                    "date": row.date,
                    "gigawatts": row.compute,
                    "run_rate": row.revenue,
                    "per_gw": row.revenue / row.compute,
                    "low": down / row.compute_high,
                    "high": up / row.compute_low,
                    "rests_on": "figures",
                    "n_sources": row.n_sources,
                }
            )
        last = book["date"].max()
        for row in run_rate_history(company, run_rates).itertuples():
            if row.date <= last + pd.Timedelta(days=45):
                continue
            try:
                level, _ = gigawatts_at(row.date, company, facts, projections)
            except (KeyError, ValueError):
                continue
            per_gw = row.run_rate_usd_bn / level
            rows.append(
                {
                    "entity": company,
                    "date": row.date,
                    "gigawatts": level,
                    "run_rate": row.run_rate_usd_bn,
                    "per_gw": per_gw,
                    "low": np.nan,
                    "high": np.nan,
                    "rests_on": "a plan",
                    "n_sources": row.n_sources,
                }
            )
    found = pd.DataFrame(rows)
    return found.assign(one_source=found["n_sources"] == 1)


# ---------------------------------------------------------------------------------------------
# 4. what "double" would take


def average_and_marginal(
    table: pd.DataFrame | None = None, elasticities: Sequence[float] | None = None
) -> pd.DataFrame:
    """Compare what a gigawatt earns on average with what one more would earn.

    Parameters
    ----------
    table : pandas.DataFrame, optional
        As :func:`points` returns it; OpenAI's run-rate on gigawatts if left out.
    elasticities : sequence of float, optional
        At which to read; if left out, the estimate, its two bounds, one half and one.

    Returns
    -------
    pandas.DataFrame
        ``case``, ``elasticity``, ``average`` and ``marginal`` (USD bn a year for each unit of
        compute at the last point), ``doubling`` (x in revenue from twice the compute).
    """
    table = points() if table is None else table
    refuse_mixtures(table)
    last = table.iloc[-1]
    if elasticities is None:
        found = elasticity(table)
        cases = [
            ("estimate", found.estimate),
            ("lower bound", found.low),
            ("upper bound", found.high),
            ("one half", 0.5),
            ("as claimed", 1.0),
        ]
    else:
        cases = [(f"{value:g}", float(value)) for value in elasticities]
    average = float(last["revenue"] / last["compute"])
    return pd.DataFrame(
        [
            {
                "case": case,
                "elasticity": value,
                "average": average,
                "marginal": value * average,
                "doubling": 2**value,
            }
            for case, value in cases
        ]
    )


def revenue_after_doubling(
    share_to_inference: float | np.ndarray,
    training_share: float,
    elasticity: float | np.ndarray = 1.0,
    fold: float = 2.0,
) -> float | np.ndarray:
    """Return by what factor revenue grows if compute does, by what the new compute is used for.

    Only inference earns at once. Of compute 1 a share (1 - s) is inference; of the added (f - 1) a
    share a goes there. Inference grows by 1 + a (f - 1) / (1 - s), revenue by that to the power
    of the elasticity.

    Parameters
    ----------
    share_to_inference : float or array
        Share a of the added compute, 0 to 1.
    training_share : float
        Share s of today's compute that is training and research, 0 to below 1.
    elasticity : float or array
        Of revenue in inference compute.
    fold : float
        Growth of all compute, in x.

    Raises
    ------
    ValueError
        If a share lies outside its range or compute does not grow.
    """
    share = np.asarray(share_to_inference, dtype=float)
    if np.any((share < 0) | (share > 1)) or not 0 <= training_share < 1:
        raise ValueError("shares lie between 0 and 1, and not all compute can be training")
    if fold < 1:
        raise ValueError("compute has to grow: a fold of at least 1")
    grown = (1 + share * (fold - 1) / (1 - training_share)) ** elasticity
    return float(grown) if np.ndim(grown) == 0 else grown


def growth_noise(
    company: str = COMPANY,
    run_rates: pd.DataFrame | None = None,
    since: pd.Timestamp | None = None,
) -> pd.Series:
    """Measure how unsteadily a run-rate grows from month to month.

    Each pair of reports gives a log growth over some months; around one steady pace their squared
    errors, divided by the months, estimate the variance of a month. Rounding and the habit of
    speaking when there is good news are in it.

    Parameters
    ----------
    company : str
    run_rates : pandas.DataFrame, optional
    since : Timestamp, optional
        Leave out reports before this day.

    Returns
    -------
    pandas.Series
        ``monthly_pace`` (log growth), ``monthly_noise`` (standard deviation of a month's log
        growth), ``intervals`` (pairs of reports), ``first``, ``last``.

    Raises
    ------
    ValueError
        If there are fewer than three reports.
    """
    rows = run_rate_history(company, run_rates)
    if since is not None:
        rows = rows[rows["date"] >= since].reset_index(drop=True)
    if len(rows) < 3:
        raise ValueError("three reports at least are needed to tell noise from pace")
    months = rows["date"].diff().dt.days.to_numpy()[1:] / (DAYS_PER_YEAR / MONTHS_PER_YEAR)
    growth = np.diff(np.log(rows["run_rate_usd_bn"].to_numpy(float)))
    pace = growth.sum() / months.sum()
    error = growth - pace * months
    variance = float((error**2 / months).sum() / (len(growth) - 1))
    return pd.Series(
        {
            "monthly_pace": float(pace),
            "monthly_noise": float(np.sqrt(variance)),
            "intervals": len(growth),
            "first": rows["date"].iloc[0],
            "last": rows["date"].iloc[-1],
        }
    )


@dataclass(frozen=True)
class Evidence:
    """A kind of evidence on what compute does to revenue, month by month.

    Attributes
    ----------
    name : str
    what : str
        What happens to compute, and which part of it revenue cannot have caused.
    a_year : float
        Events a year.
    size : float
        Change of compute in an event, in logarithms (0.2: some 20%).
    pairs : bool
        Whether each event is undone two months later (a delay, an outage), or stays.
    """

    name: str
    what: str
    a_year: float
    size: float
    pairs: bool

    def changes(self, months: int, draws: int, rng: np.random.Generator) -> np.ndarray:
        """Draw the usable monthly changes of ln compute, shape (draws, months)."""
        starts = rng.random((draws, months)) < self.a_year / MONTHS_PER_YEAR
        sizes = self.size * starts
        if not self.pairs:
            return sizes
        undone = np.zeros_like(sizes)
        undone[:, 2:] = sizes[:, :-2]
        return undone - sizes

    @property
    def monthly_variance(self) -> float:
        """Return the variance of a month's usable change in ln compute, in the long run."""
        chance = self.a_year / MONTHS_PER_YEAR
        once = self.size**2 * chance * (1 - chance)
        return 2 * once if self.pairs else once


#: Kinds of evidence. The first identifies nothing; the sizes of the others are the book's own.
EVIDENCE = (
    Evidence("smooth growth", "Compute grows by the same rate every month.", 0.0, 0.0, False),
    Evidence(
        "days on which sites come on",
        "Growth comes in steps as sites get power; their days are known and fixed far ahead.",
        4.0,
        float(np.log(CLAIMED_FOLD) / 4),
        False,
    ),
    Evidence(
        "delays of sites",
        "A step comes two months later than planned for reasons that no customer knows.",
        1.5,
        float(np.log(CLAIMED_FOLD) / 4),
        True,
    ),
    Evidence(
        "rationing",
        "For two months a tenth of the compute is lost to users: an outage, a launch, a run.",
        2.0,
        float(-np.log(0.9)),
        True,
    ),
)


#: Row of the table ``published`` that would hold an elasticity found from outside changes.
FROM_OUTSIDE = "compute-elasticity-from-outside"


def published_from_outside(
    published: pd.DataFrame | None = None,
) -> tuple[float | None, float | None]:
    """Return the interval of an elasticity that rests on outside changes of compute alone.

    Nobody has published one. If somebody does, a row :data:`FROM_OUTSIDE` of the table
    ``published``, with its two ends, moves the verdict.

    Returns
    -------
    low, high : float or None
    """
    rows = data.table(published, "published")
    rows = rows[(rows["result"] == FROM_OUTSIDE) & rows["low"].notna() & rows["high"].notna()]
    if rows.empty:
        return None, None
    return float(rows["low"].iloc[-1]), float(rows["high"].iloc[-1])


def months_needed(
    half_width: float, monthly_noise: float, monthly_variance: float, confidence: float = 0.95
) -> float:
    """Return the months of data until an elasticity is known to a given half-width.

    The standard error of a slope is noise / sqrt(months x variance of the regressor), hence
    months = (z noise / half-width)^2 / variance; infinite if compute does not vary.

    Parameters
    ----------
    half_width : float
        Of the interval, in units of the elasticity.
    monthly_noise : float
        Standard deviation of a month's log growth of revenue that compute does not explain.
    monthly_variance : float
        Of a month's usable change in ln compute.
    confidence : float
    """
    if half_width <= 0 or monthly_noise <= 0 or monthly_variance < 0:
        raise ValueError("half-width and noise are above zero, a variance not below")
    if monthly_variance == 0:
        return np.inf
    reach = NormalDist().inv_cdf((1 + confidence) / 2)
    return float((reach * monthly_noise / half_width) ** 2 / monthly_variance)


def identification(
    half_widths: Sequence[float] = (0.5, 0.25, 0.1),
    monthly_noise: float | None = None,
    evidence: Sequence[Evidence] = EVIDENCE,
    run_rates: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Say how many months of monthly data each kind of evidence needs for a given precision.

    Parameters
    ----------
    half_widths : sequence of float
    monthly_noise : float, optional
        Measured by :func:`growth_noise` if left out.
    evidence : sequence of Evidence
    run_rates : pandas.DataFrame, optional

    Returns
    -------
    pandas.DataFrame
        ``evidence``, ``what``, ``half_width``, ``months`` (infinite if it identifies nothing),
        ``monthly_noise``.
    """
    if monthly_noise is None:
        monthly_noise = float(growth_noise(run_rates=run_rates)["monthly_noise"])
    return pd.DataFrame(
        [
            {
                "evidence": kind.name,
                "what": kind.what,
                "half_width": width,
                "months": months_needed(width, monthly_noise, kind.monthly_variance),
                "monthly_noise": monthly_noise,
            }
            for kind in evidence
            for width in half_widths
        ]
    )


def power(
    months: Sequence[int] = (12, 24, 36, 60),
    true_elasticity: float = 1.0,
    rival_elasticity: float = 0.5,
    monthly_noise: float | None = None,
    evidence: Sequence[Evidence] = EVIDENCE[1:],
    draws: int = 500,
    seed: int = 1218,
    run_rates: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Simulate monthly data and count how often they tell one elasticity from another.

    Revenue's log growth of a month = pace + elasticity x usable change of ln compute + noise; the
    regression has a constant and that change.

    Parameters
    ----------
    months : sequence of int
    true_elasticity, rival_elasticity : float
        The one that makes the data, and the one that they should exclude.
    monthly_noise : float, optional
        Measured by :func:`growth_noise` if left out.
    evidence : sequence of Evidence
    draws, seed : int
    run_rates : pandas.DataFrame, optional

    Returns
    -------
    pandas.DataFrame
        ``evidence``, ``months``, ``power`` (share of histories whose 95% interval excludes the
        rival), ``coverage`` (share whose interval contains the truth), ``half_width`` (median),
        ``share_usable`` (histories in which compute moved at all), ``draws``. A history without
        movement excludes nothing.
    """
    if monthly_noise is None:
        monthly_noise = float(growth_noise(run_rates=run_rates)["monthly_noise"])
    rows = []
    for kind in evidence:
        for number in months:
            rng = np.random.default_rng(seed)
            change = kind.changes(number, draws, rng)
            noise = monthly_noise * rng.standard_normal((draws, number))
            moved = change.std(axis=1) > 1e-12
            if not moved.any():
                excluded = covered = 0.0
                width = np.inf
            else:
                used = change[moved]
                fit = lines(used, true_elasticity * used + noise[moved])
                low, high = fit.interval()
                excluded = float(((low > rival_elasticity) | (high < rival_elasticity)).sum())
                covered = float(((low <= true_elasticity) & (high >= true_elasticity)).mean())
                width = float(np.median((high - low) / 2))
            rows.append(
                {
                    "evidence": kind.name,
                    "months": number,
                    "power": excluded / draws,
                    "coverage": covered,
                    "half_width": width,
                    "share_usable": moved.mean(),
                    "draws": draws,
                }
            )
    return pd.DataFrame(rows)


def contested_inference(
    facts: pd.DataFrame | None = None, entity: str = COMPANY
) -> dict[int, float]:
    """Return the leaked spending on inference at one seller, brought to a whole year, by year.

    The documents are contested and the book does not use them, except as a bound. Nine months are
    stretched to twelve at the same pace.

    Returns
    -------
    dict of int to float
        USD bn; empty if the table has none.
    """
    months = {"year": MONTHS_PER_YEAR, "nine months": 9.0, "half-year": 6.0, "quarter": 3.0}
    try:
        rows = company_series(entity, "azure_inference_spending", facts, preferred=False)
    except KeyError:
        return {}
    return {
        row.date.year: float(row.value) * MONTHS_PER_YEAR / months[row.period]
        for row in rows.itertuples()
    }


def own_falsifier(
    facts: pd.DataFrame | None = None,
    projections: pd.DataFrame | None = None,
    entity: str = COMPANY,
) -> pd.DataFrame:
    """Compute what the speaker named as a fair reason for doubt.

    He said: if there were a heap of idle compute that could not be turned into money at a profit
    for each unit of it. No idle share is published. What can be computed is whether a dollar of
    compute earned a dollar, year by year and in the plan: over *inference* alone, and over *all*
    compute.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``rests_on`` ("figures" or "a plan"), ``by`` (whose forecast of revenue),
        ``revenue`` (recognised, USD bn), ``compute``, ``inference`` (USD bn),
        ``inference_high`` (USD bn; the largest figure that anybody published, the contested ones
        included: see :func:`contested_inference`), ``inference_is`` ("outcome", or "forecast" with
        the month in which it was made), ``per_compute_dollar``, ``per_compute_low``,
        ``per_compute_high`` (by the bounds of the spending; NaN without),
        ``per_inference_dollar``, ``per_inference_low`` (by ``inference_high``; NaN if nobody
        contests it), ``inference_pays`` (above 1; <NA> if unknown), ``all_compute_pays``, ``made``
        (the later day of the forecasts used), ``n_sources``, ``one_source``. Costs other than
        compute are not in it.
    """
    rows = []
    contested = contested_inference(facts, entity)
    years = company_series(entity, "revenue", facts, period="year")
    spending = company_series(entity, "compute_spending", facts, period="year")
    for row in spending.itertuples():
        earned = years[years["date"] == row.date]
        if earned.empty or row.basis == "forecast":
            continue
        try:
            served = company_series(entity, "inference_compute_spending", facts, period="year")
            served = served[served["date"] == row.date].iloc[0]
            inference, basis = float(served["value"]), str(served["basis"])
            if basis == "forecast":
                basis += f" of {served['made']:%B %Y}"
        except (KeyError, IndexError):
            inference, basis = np.nan, ""
        rows.append(
            {
                "year": row.date.year,
                "rests_on": "figures",
                "by": "",
                "revenue": float(earned["value"].iloc[0]),
                "compute": float(row.value),
                "compute_low": float(row.low),
                "compute_high": float(row.high),
                "inference": inference,
                "inference_high": contested.get(row.date.year, np.nan),
                "inference_is": basis,
                "made": pd.NaT,
                "n_sources": int(min(row.n_sources, earned["n_sources"].iloc[0])),
            }
        )
    last = max(row["year"] for row in rows)
    try:
        bill = latest_forecast("compute_spending", last + 1, projections, entity=entity)
        sales = forecasts("revenue", projections, entity=entity)
    except KeyError:
        sales = pd.DataFrame({"year": []})
    for forecast in sales[sales["year"] == last + 1].itertuples():
        rows.append(
            {
                "year": last + 1,
                "rests_on": "a plan",
                "by": forecast.by,
                "revenue": float(forecast.value),
                "compute": float(bill["value"]),
                "compute_low": float(bill["low"]),
                "compute_high": float(bill["high"]),
                "inference": np.nan,
                "inference_high": np.nan,
                "inference_is": "",
                "made": max(forecast.made, bill["made"]),
                "n_sources": int(min(forecast.n_sources, bill["n_sources"])),
            }
        )
    found = pd.DataFrame(rows)
    found["per_compute_dollar"] = found["revenue"] / found["compute"]
    found["per_compute_low"] = found["revenue"] / found["compute_high"]
    found["per_compute_high"] = found["revenue"] / found["compute_low"]
    found["per_inference_dollar"] = found["revenue"] / found["inference"]
    found["per_inference_low"] = found["revenue"] / found["inference_high"]
    pays = (found["per_inference_dollar"] > 1).astype("boolean")
    found["inference_pays"] = pays.where(found["inference"].notna())
    found["all_compute_pays"] = found["per_compute_dollar"] > 1
    found["one_source"] = found["n_sources"] == 1
    return found


#: Day on which the book made its predictions: rows dated later do not move them.
PREDICTED = pd.Timestamp("2026-11-21")


def prediction(
    facts: pd.DataFrame | None = None,
    run_rates: pd.DataFrame | None = None,
    projections: pd.DataFrame | None = None,
    years: Sequence[int] = (2026, 2027),
    *,
    made: pd.Timestamp | str = PREDICTED,
    realised: pd.DataFrame | None = None,
    draws: int = 2000,
) -> pd.DataFrame:
    """Say what the run-rate will be at the next year-ends if it follows compute, and if not.

    A prediction stays what it was on the day when it was made. The lines know only rows dated up to
    that day, so a year-end that comes later neither bends them nor narrows their interval. The
    prediction is a function of the gigawatts of its day: as planned until they are published, and
    as published from then on. (A correction of an older row does move it.)

    Parameters
    ----------
    facts, run_rates, projections : pandas.DataFrame, optional
        What the lines are drawn from, as far as it was known on the day.
    years : sequence of int
    made : Timestamp or str
        The day on which the prediction was made.
    realised : pandas.DataFrame, optional
        Facts in which the gigawatts of the predicted days are looked up; the facts as they are
        loaded if left out.
    draws : int
        Of the figures within their bounds and rounding, as in :func:`slopes_under_error`.

    Returns
    -------
    pandas.DataFrame
        ``date``, ``rule`` ("follows compute", "follows the calendar", "strictly proportional"),
        ``gigawatts``, ``made`` (day of the plan of gigawatts), ``rests_on`` ("a plan", or
        "figures" where the gigawatts of the day are published), ``predicted`` (by the figures as
        stated), ``low``, ``high`` (95% for a new point, USD bn a year: Student's distributions
        around all lines that the figures allow within bounds and rounding, taken together; NaN
        for the strict rule), ``exact_low``, ``exact_high`` (the same with the points taken as
        exact), ``plan_low``, ``plan_high`` (range of the gigawatts: that of the plan, or the
        published bounds), ``wide_low``, ``wide_high`` (ends of the interval over that range),
        ``n_sources``, ``one_source`` (of the plan).
    """
    made = pd.Timestamp(made)
    known = {
        "facts": data.table(facts, "company_facts").loc[lambda rows: rows["date"] <= made],
        "run_rates": data.table(run_rates, "run_rates").loc[lambda rows: rows["date"] <= made],
    }
    plans = data.table(projections, "projections").loc[lambda rows: rows["made"] <= made]
    table = points(**known)
    x, y = _drawn_points(table, points(choice="rival", **known), draws, 0.5, 20260118)
    start, last = table["date"].iloc[0], table.iloc[-1]
    when = (table["date"] - start).dt.days.to_numpy(float) / DAYS_PER_YEAR
    stated = np.log(table["revenue"].to_numpy(float))
    exact = {
        "follows compute": lines(np.log(table["compute"].to_numpy(float)), stated),
        "follows the calendar": lines(when, stated),
    }
    drawn = {"follows compute": lines(x, y), "follows the calendar": lines(when, y)}
    series = RULERS["gigawatts"].series
    rows = []
    for year in years:
        plan = latest_forecast(series, year, plans)
        day, level = pd.Timestamp(year, 12, 31), float(plan["value"])
        ends = [level if pd.isna(plan[end]) else float(plan[end]) for end in ("low", "high")]
        came = company_series(COMPANY, series, realised, period="moment")
        came = came[came["date"] == day]
        if len(came):
            level = float(came["value"].iloc[-1])
            ends = [float(came[end].iloc[-1]) for end in ("low", "high")]
        at = {"follows compute": np.log(level), "follows the calendar": (day - start).days}
        at["follows the calendar"] /= DAYS_PER_YEAR
        strict = float(last["revenue"]) * level / float(last["compute"])
        nothing = (np.nan, np.nan)
        for rule in (*exact, "strictly proportional"):
            value, narrow, both, widest = np.log(strict), nothing, nothing, nothing
            if rule in exact:
                value, *narrow = (float(part) for part in exact[rule].predicted(at[rule]))
                both = widest = _new_point(drawn[rule], at[rule])
            if rule == "follows compute" and ends[0] < ends[1]:
                reach = [_new_point(drawn[rule], np.log(end)) for end in ends]
                widest = (reach[0][0], reach[1][1])
            rows.append(
                {
                    "date": day,
                    "rule": rule,
                    "gigawatts": level,
                    "made": plan["made"],
                    "rests_on": "figures" if len(came) else "a plan",
                    "predicted": float(np.exp(value)),
                    "low": float(np.exp(both[0])),
                    "high": float(np.exp(both[1])),
                    "exact_low": float(np.exp(narrow[0])),
                    "exact_high": float(np.exp(narrow[1])),
                    "plan_low": ends[0],
                    "plan_high": ends[1],
                    "wide_low": float(np.exp(widest[0])),
                    "wide_high": float(np.exp(widest[1])),
                    "n_sources": int(plan["n_sources"]),
                    "one_source": bool(plan["one_source"]),
                }
            )
    return pd.DataFrame(rows)


def _new_point(drawn: Lines, x: float) -> tuple[float, float]:
    """Return 95% of where a new point at x lies, over many lines taken together."""
    spread = drawn.residual * np.sqrt(1 + 1 / drawn.n + (x - drawn.mean) ** 2 / drawn.spread)
    value = drawn.intercept + drawn.slope * x
    low, high = (
        _quantile_around(value, spread, drawn.degrees_of_freedom, share) for share in (0.025, 0.975)
    )
    return low, high


IN_PROPORTION, ON_EXPECTATION, OWN_PACE = RIVALS = (
    "in proportion",
    "bought on expectation",
    "at its own pace",
)
#: What "twice as much" leaves open, as everywhere on the page: a tenth either way, taken as 95%.
TOLERANCE = 0.1
#: How many times better one rule has to foretell a figure than another to count as strong evidence
#: (Jeffreys, *Theory of Probability*, 1961, appendix B).
STRONG = 10.0


def rivals(
    gigawatts: float | None = None,
    facts: pd.DataFrame | None = None,
    run_rates: pd.DataFrame | None = None,
    projections: pd.DataFrame | None = None,
    *,
    year: int = 2026,
    made: pd.Timestamp | str = PREDICTED,
    tolerance: float = TOLERANCE,
) -> pd.DataFrame:
    """Predict the run-rate at a year's end by three rules that each can fail.

    Unlike :func:`prediction` no slope is fitted: each rule says in advance what it is.

    * "in proportion": revenue grows as compute does from the last year-end, whatever compute
      there will be, within the tolerance. The sentence at its word.
    * "bought on expectation": the firm bought compute in proportion to the revenue that it
      expected. Revenue then lies around what goes with the gigawatts *planned*, and does not move
      with those that come; it misses by what the run-rate wobbles in a year.
    * "at its own pace": from the last report on at the mean pace since the first year-end with
      gigawatts, whatever compute does; it misses by the wobble of the months left, and by what is
      not known of the pace.

    All three are made from rows dated up to the day, and stay. Only the gigawatts of the first are
    put in when they are known.

    Parameters
    ----------
    gigawatts : float, optional
        Found at the year's end; those planned if left out.
    facts, run_rates, projections : pandas.DataFrame, optional
    year : int
    made : Timestamp or str
    tolerance : float
        Of the first rule, as a share.

    Returns
    -------
    pandas.DataFrame
        ``rule``, ``gigawatts``, ``planned``, ``plan_made``, ``centre`` and ``scale`` (of the
        logarithm of the run-rate in USD bn a year), ``degrees_of_freedom`` (of Student's t;
        infinite for a normal distribution), ``predicted``, ``low``, ``high`` (95%, USD bn a year),
        ``per_gw``, ``per_gw_low``, ``per_gw_high`` (the same for each of the gigawatts),
        ``rests_on`` (reports behind it), ``one_source`` (whether one of them, or the plan, rests on
        a single source).

    Raises
    ------
    ValueError
        If the gigawatts or the tolerance are not above zero.
    """
    made, end = pd.Timestamp(made), pd.Timestamp(year, 12, 31)
    facts = data.table(facts, "company_facts").loc[lambda rows: rows["date"] <= made]
    rates = data.table(run_rates, "run_rates").loc[lambda rows: rows["date"] <= made]
    plans = data.table(projections, "projections").loc[lambda rows: rows["made"] <= made]
    plan = latest_forecast(RULERS["gigawatts"].series, year, plans)
    planned = float(plan["value"])
    gigawatts = planned if gigawatts is None else float(gigawatts)
    if not (gigawatts > 0 and tolerance > 0):
        raise ValueError("gigawatts and tolerance have to be above zero")
    book = points(facts=facts, run_rates=rates)
    last = book.iloc[-1]
    rival = points(choice="rival", facts=facts, run_rates=rates).iloc[-1]
    least = min(last["revenue"], rival["revenue"]) - 0.5
    most = max(last["revenue"], rival["revenue"]) + 0.5
    sales, power = (
        np.log([least, most]),
        np.log([float(last["compute_low"]), float(last["compute_high"])]),
    )
    base = float(sales.mean() - power.mean())  # logarithm of what a gigawatt earned
    # An even distribution has a twelfth of its squared width as variance.
    unsure = float(np.diff(sales)[0] ** 2 + np.diff(power)[0] ** 2) / 12
    noise = growth_noise(COMPANY, rates, since=book["date"].iloc[0])
    month = DAYS_PER_YEAR / MONTHS_PER_YEAR
    ahead = (end - noise["last"]).days / month
    seen = (noise["last"] - noise["first"]).days / month
    wobble, freedom = float(noise["monthly_noise"]), float(noise["intervals"] - 1)
    since = run_rate_history(COMPANY, rates)
    since = since[since["date"] >= book["date"].iloc[0]]
    normal = NormalDist().inv_cdf(0.975)
    at = {
        IN_PROPORTION: (
            base + np.log(gigawatts),
            np.hypot(np.log1p(tolerance) / normal, np.sqrt(unsure)),
            np.inf,
        ),
        ON_EXPECTATION: (
            base + np.log(planned),
            np.hypot(wobble * np.sqrt(MONTHS_PER_YEAR), np.sqrt(unsure)),
            freedom,
        ),
        OWN_PACE: (
            np.log(since["run_rate_usd_bn"].iloc[-1]) + noise["monthly_pace"] * ahead,
            wobble * np.sqrt(ahead + ahead**2 / seen),
            freedom,
        ),
    }
    few = {
        IN_PROPORTION: bool(last["one_source"]),
        ON_EXPECTATION: bool(plan["one_source"] or since["one_source"].any()),
        OWN_PACE: bool(since["one_source"].any()),
    }
    rests = {IN_PROPORTION: 1, ON_EXPECTATION: len(since), OWN_PACE: len(since)}
    rows = []
    for rule, (centre, scale, df) in at.items():
        reach = (normal if np.isinf(df) else student(int(df))) * scale
        ends = np.exp([centre, centre - reach, centre + reach])
        rows.append(
            {
                "rule": rule,
                "gigawatts": gigawatts,
                "planned": planned,
                "plan_made": plan["made"],
                "centre": float(centre),
                "scale": float(scale),
                "degrees_of_freedom": df,
                **dict(zip(("predicted", "low", "high"), ends.tolist(), strict=True)),
                **dict(
                    zip(
                        ("per_gw", "per_gw_low", "per_gw_high"),
                        (ends / gigawatts).tolist(),
                        strict=True,
                    )
                ),
                "rests_on": rests[rule],
                "one_source": few[rule],
            }
        )
    return pd.DataFrame(rows)


def likelihoods(table: pd.DataFrame, run_rate: float | np.ndarray) -> np.ndarray:
    """Return how strongly each rule foretells a run-rate.

    Parameters
    ----------
    table : pandas.DataFrame
        As :func:`rivals` returns it.
    run_rate : float or array, shape (n,)
        USD bn a year.

    Returns
    -------
    numpy.ndarray, shape (3,) or (3, n)
        Densities of the logarithm of the run-rate; their ratio is a likelihood ratio.
    """
    found = np.log(np.asarray(run_rate, dtype=float))
    return np.array(
        [
            _density((found - row.centre) / row.scale, row.degrees_of_freedom) / row.scale
            for row in table.itertuples()
        ]
    )


def _density(z: np.ndarray, degrees_of_freedom: float) -> np.ndarray:
    """Return the density of Student's t, or of the normal distribution for infinite freedom."""
    if np.isinf(degrees_of_freedom):
        return np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    df = degrees_of_freedom
    size = lgamma((df + 1) / 2) - lgamma(df / 2) - np.log(df * np.pi) / 2
    return np.exp(size - (df + 1) / 2 * np.log1p(z**2 / df))


def rival_formulas(table: pd.DataFrame, gigawatts: str, run_rate: str) -> list[str]:
    """Write :func:`likelihoods` as formulas for a chart, in the language of Vega.

    Parameters
    ----------
    table : pandas.DataFrame
        As :func:`rivals` returns it, for the gigawatts planned.
    gigawatts, run_rate : str
        What stands in the formulas for the gigawatts and the run-rate found.

    Returns
    -------
    list of str
        One a rule, in the order of the table. Constants have seven digits.
    """
    written = []
    for row in table.itertuples():
        centre, moves = row.centre, ""
        if row.rule == IN_PROPORTION:
            centre, moves = centre - np.log(row.gigawatts), f" - log({gigawatts})"
        z = f"((log({run_rate}) - {centre:.7g}{moves}) / {row.scale:.7g})"
        df = row.degrees_of_freedom
        peak = f"{float(_density(np.zeros(1), df)[0]) / row.scale:.7g}"
        written.append(
            f"{peak} * exp(-pow({z}, 2) / 2)"
            if np.isinf(df)
            else f"{peak} * pow(1 + pow({z}, 2) / {df:g}, -{(df + 1) / 2:g})"
        )
    return written


def _share_above(values: np.ndarray) -> np.ndarray:
    """Return which share of each step of a grid lies above zero, on straight lines between."""
    values = np.clip(values, -1e3, 1e3)
    first, last = values[:-1], values[1:]
    above, below = np.maximum(first, last), np.minimum(first, last)
    crosses = (above > 0) & (below < 0)
    return np.where(crosses, above / np.where(crosses, above - below, 1.0), above > 0)


def chance_to_tell(
    gigawatts: Sequence[float] = (4.0, 5.0, 6.0),
    ratio: float = STRONG,
    **how: object,
) -> pd.DataFrame:
    """Say how probable it is that the year's end tells proportion from its rivals.

    For each pair the densities are added up over run-rates on a fine grid; nothing is drawn.

    Parameters
    ----------
    gigawatts : sequence of float
        That may be found.
    ratio : float
        Likelihood ratio that counts as telling.
    **how
        Passed on to :func:`rivals`.

    Returns
    -------
    pandas.DataFrame
        ``gigawatts``, ``against`` (the rival), ``if_proportion`` and ``if_rival`` (chance that the
        ratio then favours the true one of the two that much), ``misled_if_proportion``,
        ``misled_if_rival`` (that it favours the other that much), ``most`` (the largest ratio in
        favour of proportion that any run-rate could give).
    """
    grid = np.linspace(np.log(1.0), np.log(1000.0), 5001)
    step = grid[1] - grid[0]
    rows = []
    for level in gigawatts:
        table = rivals(level, **how)
        own, *others = likelihoods(table, np.exp(grid))
        for rule, other in zip(RIVALS[1:], others, strict=True):
            with np.errstate(divide="ignore"):
                better = np.log(own) - np.log(other)
            tells = _share_above(better - np.log(ratio)) * step
            misleads = _share_above(-better - np.log(ratio)) * step
            own_mass, other_mass = ((law[1:] + law[:-1]) / 2 for law in (own, other))
            rows.append(
                {
                    "gigawatts": float(level),
                    "against": rule,
                    "if_proportion": float(own_mass @ tells),
                    "if_rival": float(other_mass @ misleads),
                    "misled_if_proportion": float(own_mass @ misleads),
                    "misled_if_rival": float(other_mass @ tells),
                    "most": float(np.exp(better.max())),
                }
            )
    return pd.DataFrame(rows)


# ---------------------------------------------------------------------------------------------
# 9. how forecasts moved


def vintage_name(made: pd.Timestamp, precision: str) -> str:
    """Write the day on which a forecast was made, as precisely as it is known."""
    if precision == "quarter":
        return f"{made.year} Q{made.quarter}"
    if precision == "month":
        return f"{made:%Y-%m}"
    return f"{made.year}" if precision == "year" else f"{made:%Y-%m-%d}"


def cash_forecasts(
    projections: pd.DataFrame | None = None, *, entity: str = COMPANY
) -> pd.DataFrame:
    """Return each vintage of the yearly cash forecast.

    Returns
    -------
    pandas.DataFrame
        ``vintage`` (when it was made, in words), ``made`` (first day of that time), ``year``,
        ``cash_flow`` (USD bn), ``is_forecast`` (the year had not ended when it was made),
        ``change`` (against the vintage before, same year), ``n_sources``, ``one_source``.
    """
    rows = forecasts("cash_flow", projections, entity=entity)
    table = pd.DataFrame(
        {
            "vintage": [
                vintage_name(made, precision)
                for made, precision in zip(rows["made"], rows["made_precision"], strict=True)
            ],
            "made": rows["made"],
            "year": rows["year"],
            "cash_flow": rows["value"].astype(float),
            "is_forecast": rows["year_end"] > rows["made"],
            "n_sources": rows["n_sources"],
            "one_source": rows["one_source"],
        }
    )
    change = table.groupby("year", sort=False)["cash_flow"].diff()
    table.insert(5, "change", change)
    return table


def forecast_totals(
    projections: pd.DataFrame | None = None, *, entity: str = COMPANY
) -> pd.DataFrame:
    """Return what each vintage adds up to, beside the sums that were published or quoted.

    Returns
    -------
    pandas.DataFrame
        One row for each vintage by year, and each published sum: ``vintage``, ``made``, ``by``,
        ``kind`` ("by year", "published sum", "quoted in the interview"), ``first_year``,
        ``last_year`` (of the sum; for a vintage by year 2025 to 2029), ``total`` (USD bn),
        ``to_2028`` and ``from_2026_to_2030`` (USD bn; NaN for a sum), ``deepest_year``,
        ``deepest``, ``first_profit`` (first year above zero, <NA> if none or unknown),
        ``n_sources``, ``one_source``.
    """
    table = cash_forecasts(projections, entity=entity)
    rows = []
    for (made, vintage), part in table.groupby(["made", "vintage"], sort=True):
        cash = part.set_index("year")["cash_flow"]
        profit = cash.index[cash.to_numpy() > 0]
        rows.append(
            {
                "vintage": vintage,
                "made": made,
                "by": f"{entity}, as reported",
                "kind": "by year",
                "first_year": 2025,
                "last_year": 2029,
                "total": float(cash.loc[2025:2029].sum()),
                "to_2028": float(cash.loc[2025:2028].sum()),
                "from_2026_to_2030": float(cash.loc[2026:2030].sum()),
                "deepest_year": int(cash.idxmin()),
                "deepest": float(cash.min()),
                "first_profit": int(profit.min()) if len(profit) else None,
                "n_sources": int(part["n_sources"].min()),
            }
        )
    sums = data.table(projections, "projections")
    sums = sums[(sums["entity"] == entity) & sums["series"].str.match(r"(cash_flow|loss)_")]
    for row in sums.itertuples():
        years = [int(part) for part in row.series.split("_") if part.isdigit()]
        quoted = row.series == "loss_to_2029"
        rows.append(
            {
                "vintage": vintage_name(row.made, row.made_precision),
                "made": row.made,
                "by": row.by,
                "kind": "quoted in the interview" if quoted else "published sum",
                "first_year": years[0] if len(years) > 1 else row.made.year,
                "last_year": years[-1],
                "total": float(row.value),
                "to_2028": np.nan,
                "from_2026_to_2030": np.nan,
                "deepest_year": None,
                "deepest": np.nan,
                "first_profit": None,
                "n_sources": int(row.n_sources),
            }
        )
    found = pd.DataFrame(rows).sort_values(["made", "kind"], kind="stable").reset_index(drop=True)
    found["deepest_year"] = found["deepest_year"].astype("Int64")
    found["first_profit"] = found["first_profit"].astype("Int64")
    return found.assign(one_source=found["n_sources"] == 1)


# ---------------------------------------------------------------------------------------------
# 12. the elasticity under every defensible choice

CHOICES = ("firms", "revenue", "ruler", "window", "estimator")
#: Which firms; with several, each has a level (and a pace) of its own. xAI has one run-rate only.
FIRMS: dict[str, tuple[str, ...]] = {
    "OpenAI": ("OpenAI",),
    "Anthropic": ("Anthropic",),
    "all": ("OpenAI", "Anthropic"),
}
#: Kind of revenue, and which of two rival run-rates.
REVENUES: dict[str, tuple[str, str]] = {
    "run-rate": (RUN_RATE, "book"),
    "run-rate, rival reports": (RUN_RATE, "rival"),
    "recognised": (RECOGNISED, "book"),
}
WINDOWS = ("all years", "last year")
ESTIMATORS = ("levels", "with a trend", "growth on growth")


def _ordinary(
    x: np.ndarray, y: np.ndarray, others: np.ndarray, confidence: float
) -> tuple[float, float, float, int]:
    """Return the slope of y on x beside other regressors, its interval and degrees of freedom."""
    if others.shape[1]:
        solved = np.linalg.lstsq(others, np.column_stack([x, y]), rcond=None)[0]
        rest = np.column_stack([x, y]) - others @ solved
        x_left, y_left = rest[:, 0], rest[:, 1]
        rank = int(np.linalg.matrix_rank(others))
    else:
        x_left, y_left, rank = x, y, 0
    spread = float(x_left @ x_left)
    if spread < 1e-12:
        return np.nan, np.nan, np.nan, 0
    slope = float(x_left @ y_left) / spread
    freedom = len(x) - rank - 1
    if freedom < 1:
        return slope, np.nan, np.nan, max(freedom, 0)
    rest = y_left - slope * x_left
    reach = student(freedom, confidence) * float(np.sqrt(rest @ rest / freedom / spread))
    return slope, slope - reach, slope + reach, freedom


def specification_curve(
    facts: pd.DataFrame | None = None,
    run_rates: pd.DataFrame | None = None,
    confidence: float = 0.95,
    within_days: int = 100,
) -> pd.DataFrame:
    """Estimate the elasticity under every combination of choices.

    Parameters
    ----------
    facts, run_rates : pandas.DataFrame, optional
    confidence : float
    within_days : int
        How far from a year-end a run-rate may lie.

    Returns
    -------
    pandas.DataFrame
        One row a specification: ``firms``, ``revenue``, ``ruler``, ``window``, ``estimator``,
        ``estimate``, ``low``, ``high``, ``n_points``, ``degrees_of_freedom``, ``one_source``,
        ``usable`` (an estimate with an interval that repeats no other), ``reason`` (why not).

    Notes
    -----
    "growth on growth" is the slope through the origin of yearly log growth on yearly log growth:
    it has no pace of its own to hide behind. "with a trend" gives each specification one common
    pace that compute does not explain. Few specifications have a degree of freedom to spare; the
    others are kept, flagged, with their estimate.
    """
    facts, run_rates = (
        data.table(facts, "company_facts"),
        data.table(run_rates, "run_rates"),
    )
    known = _all_points(within_days, facts, run_rates)
    rows = []
    for (firms, members), (revenue, (kind, choice)), ruler in product(
        FIRMS.items(), REVENUES.items(), RULERS
    ):
        own = [known.get((entity, ruler, kind, choice)) for entity in members]
        parts = [part for part in own if part is not None and len(part) > 1]
        table = pd.concat(parts, ignore_index=True) if parts else None
        book = [known.get((entity, ruler, kind, "book")) for entity in members]
        differs = choice == "book" or any(
            part is not None and not part["revenue"].equals(other["revenue"])
            for part, other in zip(own, book, strict=True)
        )
        for window, estimator in product(WINDOWS, ESTIMATORS):
            found = (np.nan, np.nan, np.nan, 0)
            number, reason, one = 0, "", False
            if table is None:
                reason = "no firm has both figures in two years"
            elif not differs:
                reason = "no rival report"
            else:
                used = table
                if window == "last year":
                    used = table.groupby("entity", sort=False).tail(2)
                refuse_mixtures(used)
                one, number = bool(used["one_source"].any()), len(used)
                found = _specified(used, estimator, confidence)
                if window == "last year" and len(used) == len(table):
                    reason = "the same years as 'all years'"
                elif window == "last year" and estimator == "growth on growth":
                    reason = "the same as levels"
                elif firms == "all" and used["entity"].nunique() < 2:
                    reason = "one firm only"
                elif not np.isfinite(found[0]):
                    reason = "compute leaves nothing to explain"
                elif found[3] < 1:
                    reason = "no degree of freedom for an interval"
            rows.append(
                {
                    "firms": firms,
                    "revenue": revenue,
                    "ruler": ruler,
                    "window": window,
                    "estimator": estimator,
                    "estimate": found[0],
                    "low": found[1],
                    "high": found[2],
                    "n_points": number,
                    "degrees_of_freedom": found[3],
                    "one_source": one,
                    "usable": reason == "",
                    "reason": reason,
                }
            )
    return pd.DataFrame(rows)


def _all_points(
    within_days: int, facts: pd.DataFrame, run_rates: pd.DataFrame
) -> dict[tuple[str, str, str, str], pd.DataFrame]:
    """Pair compute and revenue once for every firm, ruler, kind of revenue and choice."""
    found = {}
    entities = dict.fromkeys(entity for members in FIRMS.values() for entity in members)
    for entity, ruler, (kind, choice) in product(entities, RULERS, REVENUES.values()):
        try:
            found[entity, ruler, kind, choice] = points(
                ruler,
                kind,
                entity=entity,
                choice=choice,
                within_days=within_days,
                facts=facts,
                run_rates=run_rates,
            )
        except KeyError:
            continue
    return found


def _specified(
    table: pd.DataFrame, estimator: str, confidence: float
) -> tuple[float, float, float, int]:
    """Estimate one specification."""
    entity = table["entity"].to_numpy()
    x, y = np.log(table["compute"].to_numpy(float)), np.log(table["revenue"].to_numpy(float))
    year = table["year"].to_numpy(float)
    if estimator == "growth on growth":
        same = (entity[1:] == entity[:-1]) & (np.diff(year) == 1)
        dx, dy = np.diff(x)[same], np.diff(y)[same]
        return _ordinary(dx, dy, np.empty((len(dx), 0)), confidence)
    levels = (entity[:, None] == np.array(list(dict.fromkeys(entity)))).astype(float)
    if estimator == "with a trend":
        levels = np.column_stack([levels, year - year.mean()])
    return _ordinary(x, y, levels, confidence)


def summary(curve: pd.DataFrame) -> pd.Series:
    """Sum up a specification curve of the elasticity.

    Returns
    -------
    pandas.Series
        ``specifications``, ``with_estimate``, ``usable``, ``median``, ``lower_quartile``,
        ``upper_quartile``, ``least``, ``most`` (of the usable estimates), ``share_contain_one``,
        ``share_contain_half``, ``share_contain_zero`` (of the usable intervals),
        ``share_above_one`` (of the usable estimates), ``one_source`` (share of the usable that
        rest on a single source somewhere).
    """
    usable = curve[curve["usable"]]
    estimate = usable["estimate"]

    def inside(value: float) -> float:
        return float(((usable["low"] <= value) & (usable["high"] >= value)).mean())

    quartiles = estimate.quantile([0.25, 0.5, 0.75]) if len(usable) else pd.Series([np.nan] * 3)
    return pd.Series(
        {
            "specifications": len(curve),
            "with_estimate": int(curve["estimate"].notna().sum()),
            "usable": len(usable),
            "median": float(quartiles.iloc[1]),
            "lower_quartile": float(quartiles.iloc[0]),
            "upper_quartile": float(quartiles.iloc[2]),
            "least": float(estimate.min()),
            "most": float(estimate.max()),
            "share_contain_one": inside(1.0),
            "share_contain_half": inside(0.5),
            "share_contain_zero": inside(0.0),
            "share_above_one": float((estimate > 1).mean()),
            "one_source": float(usable["one_source"].mean()),
        },
        dtype=object,
    )
