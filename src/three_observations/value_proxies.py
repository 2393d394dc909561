"""Public stand-ins for the value of intelligence, and what they can show of its curvature.

The claim is that value V is super-exponential in intelligence I: ln V is convex in I.
Nobody has measured either. Here the run-rates of two firms, win rates on paid tasks, users and
prices stand in for V, and several rulers for I.

**A firm's intelligence on a day** is the highest score of its own models released by then: a
staircase. Nothing is carried back before a firm's first scored model, nor on beyond the first
release that the ruler has not scored, and vintages of a ruler are never mixed.

**Curvature** is c in y = a + s u + c u**2 / 2, with y the logarithm of the proxy and u the score
less its mean, by least squares: s is the growth rate per point at the mean, c its change per point.
Beside it stand four intervals, see :mod:`three_observations.estimation`: *ordinary*; *robust*
(HC3); *Newey-West*, which lets neighbours in time hang together; and *lasting*, generalised least
squares for residuals that fade over three years: what a firm gains by chance it keeps. Over the
three years that there are, that is all but a random walk, and both firms' run-rates look like one
(:func:`revenue_process`).
The exponential and the quadratic are compared by AICc and by a Bayes factor.
Reports at the days and scores of OpenAI's 14, residuals with a known correlation time, 4,000
histories each, were covered by 95% intervals of c this often (:func:`coverage`):

==================  ========  ======  ==========  =======
correlation time    ordinary  robust  Newey-West  lasting
==================  ========  ======  ==========  =======
none                96%       96%     91%         98%
0.1 years           93%       95%     91%         98%
0.3 years           82%       86%     85%         98%
1 year              67%       74%     75%         96%
3 years             62%       69%     71%         95%
==================  ========  ======  ==========  =======

**Two series that rise with time** fit each other whatever binds them (Granger and Newbold, Journal
of Econometrics 2, 1974). :func:`placebos` says how much of the fit and of the curvature calendar
time, a shuffled staircase, the other firm's models or a random walk would give as well.

**The scale is the question.** :func:`bend_profile` bends the index between two fixed models with
:func:`three_observations.growth_theorems.bend` and follows the curvature through zero.

Run-rates and recognised revenue are never pooled. Run-rates are what firms or the press chose to
announce, on days of their choosing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from statistics import NormalDist

import numpy as np
import pandas as pd

from three_observations import compute_revenue, data, frontier, specification
from three_observations.estimation import (
    Fit,
    aicc,
    bayes_factor,
    fading_time,
    fixed_bandwidth,
    least_squares,
    percentile_interval,
    student,
    whitener,
)
from three_observations.frontier import DAYS_PER_YEAR
from three_observations.growth_theorems import (
    bend,
    curvature_decomposition,
    derivatives_on_bent_scale,
    straightening_bend,
)
from three_observations.time_horizons import NEWEST, Process, years_needed

FIRMS = ("OpenAI", "Anthropic")
#: Both together: the sum of their run-rates, the best model of either.
BOTH = "both firms"

#: Rulers of a firm's best model, with their units.
RULERS: dict[str, str] = {
    "eci_2026_08": "points of the index",
    "eci_2026_10": "points of the index",
    "gpqa_diamond": "% of questions",
    "gpqa_logit": "logit of the share known",
    "horizon_doublings": "doublings of the time horizon",
    "horizon_minutes": "minutes of the time horizon",
}
#: Calendar time as a ruler of intelligence: the placebo.
CALENDAR = "date"
INDEX = "eci_2026_08"
INDICES = ("eci_2026_08", "eci_2026_10")

#: Months by which revenue may trail the model.
LAGS = (0, 3, 6, 12)
DAYS_PER_MONTH = DAYS_PER_YEAR / 12

#: Which reports of a run-rate count: those that the book uses where reports contradict each
#: other, every one, or those that the firm itself made.
ROWS = ("preferred", "all", "own statement")

#: The two models that fix zero and unit of the index, and of every bend of it.
FIXED_MODELS = ("Claude 3.5 Sonnet", "GPT-5")

#: Years over which the residuals of the lasting interval fade.
LASTING_YEARS = 3.0

#: Reports no further apart than this speak of the same days.
SAME_DAYS = 7

#: With four answers to choose from, a model that knows nothing scores this on GPQA.
GUESSING = 0.25

#: Fewer points or different scores, or scores that span less than this share of the distance
#: between the two fixed models, say nothing about a curvature.
LEAST_POINTS = 6
LEAST_SCORES = 4
LEAST_SPAN = 0.5


def _choose(what: str, value: str, choices: Sequence[str] | Mapping[str, object]) -> None:
    if value not in choices:
        raise ValueError(f"unknown {what} {value!r}: use one of {', '.join(map(repr, choices))}")


def check_index(ruler: str) -> None:
    """Raise a clear error unless a ruler is a vintage of the index, on which the rules run.

    Parameters
    ----------
    ruler : str

    Raises
    ------
    ValueError
        If it is none of :data:`INDICES`.
    """
    _choose("index", ruler, INDICES)


def _years(days: pd.Series | pd.DatetimeIndex) -> np.ndarray:
    """Return days as years since 1970-01-01."""
    return np.asarray(days).astype("datetime64[D]").astype(float) / DAYS_PER_YEAR


def logit(share: float | np.ndarray) -> float | np.ndarray:
    """Return ln(p / (1 - p)) of a share between 0 and 1."""
    return np.log(share / (1 - share))


# ---------------------------------------------------------------------------------------------
# a firm's intelligence and its revenue


def firm_scores(
    firm: str,
    ruler: str = INDEX,
    *,
    firm_models: pd.DataFrame | None = None,
    scores: pd.DataFrame | None = None,
    horizons: pd.DataFrame | None = None,
    gpqa_records: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the scores of a firm's released models on one ruler.

    Parameters
    ----------
    firm : str
        A developer in the table ``firm_models``, or :data:`BOTH`.
    ruler : str
        A key of :data:`RULERS`. GPQA joins the hub's runs and its list of records; the horizons
        are those of METR's newest vintage.
    firm_models, scores, horizons, gpqa_records : pandas.DataFrame, optional

    Returns
    -------
    pandas.DataFrame
        ``model``, ``date`` (of release), ``value``, in order of date and value.
        ``attrs["until"]``: the day of the first release after the last scored one, from which on
        the ruler does not know the firm's best model (``NaT`` if there is none).

    Raises
    ------
    ValueError
        If the ruler or the firm is not known.
    """
    _choose("ruler", ruler, RULERS)
    models = data.table(firm_models, "firm_models")
    known = sorted(set(models["developer"]))
    if firm != BOTH and firm not in known:
        raise ValueError(f"no models of {firm!r}; there are {', '.join([*known, BOTH])}")
    owners = list(FIRMS) if firm == BOTH else [firm]
    ours = models[models["developer"].isin(owners)]
    if ruler.startswith("horizon"):
        table = data.table(horizons, "horizons")
        table = table[(table["suite"] == NEWEST) & (table["task_suite"] == "1.1")]
        table = table[table["developer"].isin(owners)]
        minutes = table["p50_minutes"].astype(float)
        value = minutes if ruler == "horizon_minutes" else np.log2(minutes)
        found = pd.DataFrame({"model": table["model"], "date": table["released"], "value": value})
    else:
        name, on = ("gpqa_diamond", "gpqa_diamond") if ruler.startswith("gpqa") else (ruler, "")
        table = data.table(scores, "scores")
        table = table[(table["ruler"] == name) & table["preferred"].astype(bool)]
        joined = ours.merge(
            table[["version", "score"]], left_on=on or "model", right_on="version", how="inner"
        )
        found = joined[["model", "released", "score"]]
        found = found.set_axis(["model", "date", "value"], axis=1).astype({"value": float})
        if name == "gpqa_diamond":
            records = data.table(gpqa_records, "gpqa_records")
            records = records[
                records["developer"].isin(owners) & ~records["model"].isin(found["model"])
            ]
            more = records[["model", "released", "accuracy_pct"]]
            more = more.set_axis(["model", "date", "value"], axis=1).astype({"value": float})
            found = pd.concat([found, more], ignore_index=True)
        if ruler == "gpqa_logit":
            known_share = (found["value"] / 100 - GUESSING) / (1 - GUESSING)
            found = found[known_share > 0].assign(value=logit(known_share[known_share > 0]))
    if found.empty:
        raise ValueError(f"the ruler {ruler!r} has scored no model of {firm}")
    found = found.sort_values(["date", "value", "model"], kind="stable", ignore_index=True)
    later = ours["released"][ours["released"] > found["date"].max()]
    found.attrs = {"until": later.min() if len(later) else pd.NaT}
    return found


def staircase(scores: pd.DataFrame) -> pd.DataFrame:
    """Keep the models that were better than all before: the steps of the firm's best.

    Parameters
    ----------
    scores : pandas.DataFrame
        From :func:`firm_scores`.
    """
    best = scores.sort_values(["date", "value", "model"], kind="stable")
    best = best.drop_duplicates("date", keep="last")
    ahead = best["value"].cummax().shift(fill_value=-np.inf)
    steps = best[best["value"] > ahead].reset_index(drop=True)
    steps.attrs = dict(scores.attrs)
    return steps


def run_rates_of(
    firm: str, rows: str = "preferred", run_rates: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the reported run-rates of a firm, oldest first.

    Parameters
    ----------
    firm : str
        A company, or :data:`BOTH`: their sum on every day on which one of them reports, within
        the time that both cover. The other's run-rate on that day lies on the straight line, in
        logarithms, between its reports before and after.
    rows : str
        One of :data:`ROWS`. With ``"all"``, reports no more than a week apart are one: their
        geometric mean on the day of the first. An own statement that repeats another (not
        preferred) is left out.
    run_rates : pandas.DataFrame, optional
        Quarters times four are no run-rates and are left out.

    Returns
    -------
    pandas.DataFrame
        ``date``, ``usd_bn`` (a year), ``interpolated`` (whether a part of the sum is).
    """
    _choose("choice of rows", rows, ROWS)
    table = data.table(run_rates, "run_rates")
    if firm == BOTH:
        parts = [run_rates_of(one, rows, table) for one in FIRMS]
        first = max(part["date"].iloc[0] for part in parts)
        last = min(part["date"].iloc[-1] for part in parts)
        days = pd.DatetimeIndex(sorted(set().union(*(part["date"] for part in parts))))
        days = days[(days >= first) & (days <= last)]
        total = np.zeros(len(days))
        guessed = np.zeros(len(days), dtype=bool)
        for part in parts:
            logs = np.log(part["usd_bn"].to_numpy())
            total += np.exp(np.interp(_years(days), _years(part["date"]), logs))
            guessed |= ~days.isin(part["date"])
        return pd.DataFrame({"date": days, "usd_bn": total, "interpolated": guessed})
    table = table[(table["company"] == firm) & (table["basis"] == "stated")]
    if rows != "all":
        table = table[table["preferred"].astype(bool)]
    if rows == "own statement":
        table = table[table["kind"] == "own statement"]
    if table.empty:
        raise ValueError(f"no run-rate of {firm!r} is left with the choice {rows!r}")
    table = table.sort_values(["date", "run_rate_usd_bn"], kind="stable", ignore_index=True)
    found = pd.DataFrame(
        {
            "date": table["date"],
            "usd_bn": table["run_rate_usd_bn"].astype(float),
            "interpolated": False,
        }
    )
    if rows == "all":
        apart = (found["date"].diff() > pd.Timedelta(days=SAME_DAYS)).cumsum()
        mean = np.exp(np.log(found["usd_bn"]).groupby(apart).transform("mean"))
        found = found.assign(usd_bn=mean)[~apart.duplicated()].reset_index(drop=True)
    return found


def on_ruler(
    series: pd.DataFrame,
    scores: pd.DataFrame | None,
    lag_months: float = 0.0,
    column: str = "usd_bn",
) -> pd.DataFrame:
    """Set a dated series beside the best score so many months before each day.

    Parameters
    ----------
    series : pandas.DataFrame
        With ``date`` and a positive ``column``.
    scores : pandas.DataFrame or None
        From :func:`firm_scores`; ``None`` takes the calendar as ruler, in years.
    lag_months : float
        Zero or above.
    column : str

    Returns
    -------
    pandas.DataFrame
        ``date``, ``years``, ``x`` (score), ``y`` (natural logarithm), ``model``.
        ``attrs["dropped"]`` counts the days before the first scored model, and those after the
        ruler lost the firm.
    """
    if lag_months < 0:
        raise ValueError("revenue cannot answer to a model of the future: take a lag of 0 or more")
    values = series[column].to_numpy(dtype=float)
    if not (values > 0).all():
        raise ValueError(f"{column!r} has no logarithm: every value has to lie above zero")
    table = pd.DataFrame({"date": series["date"], "years": _years(series["date"])})
    if scores is None:
        table = table.assign(x=table["years"] - lag_months / 12, y=np.log(values), model="")
        table.attrs = {"dropped": {"before the first model": 0, "after the last model": 0}}
        return table.reset_index(drop=True)
    steps = staircase(scores)
    days = series["date"].to_numpy()
    place, before, after = _places(steps, scores.attrs.get("until", pd.NaT), days, lag_months)
    table = table.assign(
        x=steps["value"].to_numpy()[place], y=np.log(values), model=steps["model"].to_numpy()[place]
    )[~before & ~after].reset_index(drop=True)
    table.attrs = {
        "dropped": {
            "before the first model": int(before.sum()),
            "after the last model": int(after.sum()),
        }
    }
    return table


def _places(
    steps: pd.DataFrame, until: pd.Timestamp, days: np.ndarray, lag_months: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the step that holds on each day less the lag; which days lie before and after."""
    then = days - np.timedelta64(round(lag_months * DAYS_PER_MONTH), "D")
    place = np.searchsorted(steps["date"].to_numpy(), then, side="right") - 1
    before = place < 0
    after = np.zeros_like(before) if pd.isna(until) else (then >= np.datetime64(until)) & ~before
    return np.maximum(place, 0), before, after


def points(
    firm: str,
    ruler: str = INDEX,
    *,
    lag_months: float = 0.0,
    rows: str = "preferred",
    run_rates: pd.DataFrame | None = None,
    **tables: pd.DataFrame | None,
) -> pd.DataFrame:
    """Pair a firm's run-rates with the score of its own best model, or with the calendar.

    Parameters
    ----------
    firm, ruler, rows : str
        As in :func:`firm_scores` and :func:`run_rates_of`; ``ruler`` may be :data:`CALENDAR`.
    lag_months : float
    run_rates : pandas.DataFrame, optional
    **tables : pandas.DataFrame
        As :func:`firm_scores` takes them.

    Returns
    -------
    pandas.DataFrame
        As :func:`on_ruler`.
    """
    scores = None if ruler == CALENDAR else firm_scores(firm, ruler, **tables)
    return on_ruler(run_rates_of(firm, rows, run_rates), scores, lag_months)


# ---------------------------------------------------------------------------------------------
# curvature


#: Besides the kinds of errors of :func:`three_observations.estimation.least_squares`.
LASTING = "lasting"


@dataclass(frozen=True)
class Curve:
    """A quadratic through points, ready for every kind of interval.

    Attributes
    ----------
    centre, unit : float
        Mean and standard deviation of x: the fit uses (x - centre) / unit.
    line, quadratic : numpy.ndarray, shapes (n, 2) and (n, 3)
        Designs.
    y : numpy.ndarray, shape (n,)
    years : numpy.ndarray, shape (n,)
    """

    centre: float
    unit: float
    line: np.ndarray
    quadratic: np.ndarray
    y: np.ndarray
    years: np.ndarray

    @classmethod
    def of(cls, table: pd.DataFrame) -> Curve:
        """Prepare it from ``x``, ``y`` and, where there are dates, ``years``.

        Raises
        ------
        ValueError
            With fewer than five points or three different scores.
        """
        x, y = table["x"].to_numpy(dtype=float), table["y"].to_numpy(dtype=float)
        years = table["years"].to_numpy(float) if "years" in table else np.arange(len(x)) * 1e3
        return cls.through(x, y, years)

    @classmethod
    def through(cls, x: np.ndarray, y: np.ndarray, years: np.ndarray) -> Curve:
        """Prepare it from arrays of shape (n,); see :meth:`of`."""
        if len(x) < 5 or len(np.unique(x)) < 3:
            raise ValueError(
                f"{len(x)} points at {len(np.unique(x))} scores: a curvature with an interval "
                "needs five points at three scores"
            )
        order = np.argsort(years, kind="stable")
        x, y, years = x[order], y[order], years[order]
        centre, unit = float(x.mean()), float(x.std())
        u = (x - centre) / unit
        quadratic = np.stack([np.ones_like(u), u, u**2 / 2], axis=1)
        return cls(centre, unit, quadratic[:, :2], quadratic, y, years)

    def fit(self, errors: str = "ordinary", degree: int = 2) -> Fit:
        """Fit the line or the quadratic on the scaled score, with errors or :data:`LASTING`."""
        design = self.quadratic if degree == 2 else self.line
        if errors == LASTING:
            white = whitener(self.years, LASTING_YEARS)
            return least_squares(white @ design, white @ self.y, errors="ordinary")
        return least_squares(design, self.y, errors=errors)

    def interval(self, errors: str, confidence: float = 0.95) -> tuple[float, float]:
        """Return the interval of the curvature per point squared; NaN if the errors fail."""
        try:
            low, high = self.fit(errors).interval(2, confidence)
        except ValueError:
            return np.nan, np.nan
        return low / self.unit**2, high / self.unit**2


#: The intervals, and the errors they are made of.
INTERVALS = {
    "ordinary": "ordinary",
    "robust": "HC3",
    "newey_west": "Newey-West",
    "lasting": LASTING,
}


def curvature(
    table: pd.DataFrame, *, in_time: bool = True, confidence: float = 0.95
) -> dict[str, float]:
    """Estimate slope and curvature of y in x, with every interval and both comparisons.

    Parameters
    ----------
    table : pandas.DataFrame
        ``x``, ``y`` and, if the points stand in time, ``years``.
    in_time : bool
        Whether neighbours in time may share a residual. Without it the last two intervals are
        NaN.
    confidence : float
        0.80, 0.90, 0.95 or 0.98: those for which Newey and West have critical values.

    Returns
    -------
    dict
        ``n``, ``scores`` (different x), ``centre``, ``low_x``, ``high_x``; ``slope`` of the
        quadratic at the centre, ``slope_line`` with ``slope_low``, ``slope_high`` (HC3) of the
        exponential, and its other intervals, ``slope_ordinary_low`` to ``slope_lasting_high``,
        with ``slope_lasting`` (its own estimate); ``r_squared`` of it; ``curvature``;
        ``ordinary_low`` to ``newey_west_high``;
        ``lasting`` (its own estimate), ``lasting_low``, ``lasting_high``; ``at_low``, ``at_high``
        (slope of the quadratic at the ends of x); ``aicc_gain`` (AICc of the exponential less that
        of the quadratic: above zero for curvature), ``bayes_factor`` and ``bayes_factor_lasting``
        (for curvature against the exponential, with independent and with lasting residuals).

    Raises
    ------
    ValueError
        With fewer than five points or three different x.
    """
    curve = Curve.of(table)
    straight, bent = curve.fit(degree=1), curve.fit()
    n, unit = len(curve.y), curve.unit
    slope, second = bent.coefficients[1] / unit, bent.coefficients[2] / unit**2
    x = table["x"].to_numpy(dtype=float)
    try:
        low, high = curve.fit("HC3", 1).interval(1, confidence)
    except ValueError:
        low = high = np.nan
    found: dict[str, float] = {
        "n": n,
        "scores": len(np.unique(x)),
        "centre": curve.centre,
        "low_x": float(x.min()),
        "high_x": float(x.max()),
        "slope": float(slope),
        "slope_line": float(straight.coefficients[1] / unit),
        "slope_low": low / unit,
        "slope_high": high / unit,
        "r_squared": straight.r_squared,
        "curvature": float(second),
        "at_low": float(slope + second * (x.min() - curve.centre)),
        "at_high": float(slope + second * (x.max() - curve.centre)),
    }
    lasting = factor = np.nan
    if in_time:
        one, other = curve.fit(LASTING, 1), curve.fit(LASTING)
        lasting = float(other.coefficients[2]) / unit**2
        factor = bayes_factor(one.squares, other.squares, n)
        found["slope_lasting"] = float(one.coefficients[1]) / unit
    found["lasting"] = lasting
    for name, errors in INTERVALS.items():
        known = in_time or name in ("ordinary", "robust")
        try:
            low, high = curve.fit(errors, 1).interval(1, confidence) if known else (np.nan, np.nan)
        except ValueError:
            low = high = np.nan
        found |= {f"slope_{name}_low": low / unit, f"slope_{name}_high": high / unit}
        low, high = curve.interval(errors, confidence) if known else (np.nan, np.nan)
        found |= {f"{name}_low": low, f"{name}_high": high}
    return found | {
        "aicc_gain": aicc(straight.squares, n, 2) - aicc(bent.squares, n, 3) if n > 5 else np.nan,
        "bayes_factor": bayes_factor(straight.squares, bent.squares, n),
        "bayes_factor_lasting": factor,
    }


def bend_in_time(dates: pd.Series, values: Sequence[float]) -> tuple[float, float, float]:
    """Estimate how the growth rate of a series changes a year, for residuals that last.

    Parameters
    ----------
    dates : pandas.Series
        Five or more, three of them different.
    values : sequence of float, shape (n,)
        What grows: logarithms, or points of an index.

    Returns
    -------
    curvature, low, high : float
        Change of the growth a year, by generalised least squares, with its 95% interval.
    """
    years = _years(pd.Series(dates))
    curve = Curve.through(years, np.asarray(values, dtype=float), years)
    low, high = curve.interval(LASTING)
    return float(curve.fit(LASTING).coefficients[2]) / curve.unit**2, low, high


def estimated_memory(table: pd.DataFrame) -> tuple[float, float, float]:
    """Estimate the curvature with residuals whose memory the reports themselves have to tell.

    The rules took this interval at first. Memory is estimated too short where reports are few, so
    the interval is too narrow.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`points`.

    Returns
    -------
    curvature, low, high : float
        With its 95% interval.
    """
    curve = Curve.of(table)
    memory = fading_time(curve.years, curve.quadratic, curve.y)
    white = whitener(curve.years, memory.time, memory.share)
    fit = least_squares(white @ curve.quadratic, white @ curve.y, errors="ordinary")
    low, high = (end / curve.unit**2 for end in fit.interval(2))
    return float(fit.coefficients[2]) / curve.unit**2, low, high


def ceilings(n: int) -> tuple[float, float]:
    """Return the most that AICc and the Bayes factor can say for a straight line.

    A quadratic that gains nothing at all still loses no more than its further coefficient costs.

    Parameters
    ----------
    n : int
        Observations, six or more.

    Returns
    -------
    by_aicc : float
        How far the AICc of the straight line can lie below that of the quadratic.
    by_bayes_factor : float
        How many times as likely the data can be under the straight line: the root of n.
    """
    return aicc(1.0, n, 3) - aicc(1.0, n, 2), 1 / bayes_factor(1.0, 1.0, n)


def revenue_curvature(
    firms: Sequence[str] = (*FIRMS, BOTH),
    rulers: Sequence[str] = INDICES,
    lags: Sequence[float] = (0,),
    rows: Sequence[str] = ("preferred",),
    *,
    run_rates: pd.DataFrame | None = None,
    **tables: pd.DataFrame | None,
) -> pd.DataFrame:
    """Regress ln run-rate on the score of the firm's own best model, in every asked way.

    Parameters
    ----------
    firms, rulers, lags, rows : sequences
        As :func:`points` takes them one by one; ``rulers`` may hold :data:`CALENDAR`.
    run_rates : pandas.DataFrame, optional
    **tables : pandas.DataFrame
        As :func:`firm_scores` takes them.

    Returns
    -------
    pandas.DataFrame
        ``firm``, ``ruler``, ``lag_months``, ``rows``, ``first``, ``last`` (days used),
        ``dropped`` (reports without a score), the entries of :func:`curvature` and ``reason``
        (why there is none, else empty).
    """
    found = []
    series = {key: run_rates_of(*key, run_rates) for key in product(firms, rows)}
    ladders = {
        (firm, ruler): None if ruler == CALENDAR else firm_scores(firm, ruler, **tables)
        for firm, ruler in product(firms, rulers)
    }
    for firm, ruler, lag, chosen in product(firms, rulers, lags, rows):
        named = {"firm": firm, "ruler": ruler, "lag_months": lag, "rows": chosen}
        table = on_ruler(series[firm, chosen], ladders[firm, ruler], lag)
        named |= {
            "first": table["date"].min(),
            "last": table["date"].max(),
            "dropped": sum(table.attrs["dropped"].values()),
        }
        try:
            found.append(named | curvature(table) | {"reason": ""})
        except ValueError as error:
            found.append(named | {"n": len(table), "reason": str(error)})
    return pd.DataFrame(found)


def left_out(
    firm: str,
    ruler: str = INDEX,
    most: int = 3,
    **tables: pd.DataFrame | None,
) -> pd.DataFrame:
    """Say what the first and the last reports, and each single one, do to the curvature.

    Parameters
    ----------
    firm, ruler : str
    most : int
        So many first, or last, reports are left out in turn.
    **tables : pandas.DataFrame
        As :func:`points` takes them.

    Returns
    -------
    pandas.DataFrame
        ``variant`` ("all", "without the first 1" ..., "without the last 1" ..., "without
        2024-06-12" ...), ``kind`` ("all", "first", "last", "one"), ``n``, ``slope``,
        ``curvature``, ``robust_low``, ``robust_high``, ``lasting``, ``lasting_low``,
        ``lasting_high``.
    """
    table = points(firm, ruler, **tables)
    variants = [("all", "all", table)]
    for number in range(1, most + 1):
        variants.append((f"without the first {number}", "first", table.iloc[number:]))
    for number in range(1, most + 1):
        variants.append((f"without the last {number}", "last", table.iloc[:-number]))
    for place in range(len(table)):
        day = f"without {table['date'].iloc[place]:%Y-%m-%d}"
        variants.append((day, "one", table.drop(index=place)))
    kept = ["n", "slope", "curvature", "robust_low", "robust_high"]
    kept += ["lasting", "lasting_low", "lasting_high"]
    rows = []
    for name, kind, part in variants:
        found = curvature(part)
        rows.append({"variant": name, "kind": kind} | {key: found[key] for key in kept})
    return pd.DataFrame(rows)


# ---------------------------------------------------------------------------------------------
# the sum of two firms


def composition(
    ruler: str = CALENDAR,
    *,
    rows: str = "preferred",
    errors: str = "HC3",
    draws: int = 500,
    seed: int = 20250209,
    run_rates: pd.DataFrame | None = None,
    **tables: pd.DataFrame | None,
) -> pd.DataFrame:
    """Split the curvature of the two firms' summed run-rate into own curvature and composition.

    Both firms are put on one axis, calendar time or the best model of either, each with a
    quadratic of its own through its reports on the stretch that both cover. The identity of
    :func:`three_observations.growth_theorems.curvature_decomposition` then holds exactly at every
    point.

    Parameters
    ----------
    ruler : str
        :data:`CALENDAR`, or a key of :data:`RULERS`.
    rows : str
    errors : {"HC3", "lasting"}
        Independent residuals by least squares, or residuals that last by generalised least squares.
    draws, seed : int
        Coefficients are drawn from Student's t around the estimates, with those errors.
    run_rates : pandas.DataFrame, optional
    **tables : pandas.DataFrame
        As :func:`firm_scores` takes them.

    Returns
    -------
    pandas.DataFrame
        ``at`` ("first common day", "middle", "last common day"), ``x``; the run-rates
        ``OpenAI``, ``Anthropic``; their ``rate_...`` and ``curvature_...``; ``rate``,
        ``curvature``, ``own``, ``composition`` of the sum, each with ``..._low`` and
        ``..._high`` (95%) for the last three; ``share`` (composition over curvature; NaN where
        the curvature is not above zero), ``share_above_half`` (share of draws in which
        composition is more than half).

    Notes
    -----
    Composition is a variance and no draw has it below zero. Where both firms grow alike the
    estimate is near zero and may lie below its own interval.
    """
    _choose("errors", errors, ("HC3", LASTING))
    common = None if ruler == CALENDAR else firm_scores(BOTH, ruler, **tables)
    parts = {firm: on_ruler(run_rates_of(firm, rows, run_rates), common) for firm in FIRMS}
    low = max(part["x"].min() for part in parts.values())
    high = min(part["x"].max() for part in parts.values())
    places = np.array([low, (low + high) / 2, high])
    rng = np.random.default_rng(seed)
    values, rates, bends = [], [], []
    for part in parts.values():
        curve = Curve.of(part[(part["x"] >= low) & (part["x"] <= high)])
        fit = curve.fit(errors)
        root = np.linalg.cholesky(fit.covariance + 1e-15 * np.eye(3))
        normal = rng.standard_normal((draws, 3)) @ root.T
        freedom = fit.degrees_of_freedom
        scale = np.sqrt(freedom / (rng.standard_normal((draws, freedom)) ** 2).sum(axis=1))
        drawn = fit.coefficients + np.vstack([np.zeros(3), normal * scale[:, None]])
        u = (places - curve.centre) / curve.unit
        values.append(np.exp(drawn @ np.stack([np.ones_like(u), u, u**2 / 2])))
        rates.append(drawn @ np.stack([np.zeros_like(u), np.ones_like(u), u]) / curve.unit)
        bends.append(np.broadcast_to(drawn[:, 2:] / curve.unit**2, (draws + 1, len(u))))
    stacked = [np.stack(one, axis=-1).reshape(-1, len(FIRMS)) for one in (values, rates, bends)]
    split = curvature_decomposition(*stacked)
    first, rest = split.iloc[: len(places)], split.iloc[len(places) :]
    names = ["first common day", "middle", "last common day"]
    table = pd.DataFrame({"at": names, "x": places})
    for number, firm in enumerate(FIRMS):
        for name, one in (("", values), ("rate_", rates), ("curvature_", bends)):
            table[f"{name}{firm}"] = one[number][0]
    table["rate"] = first["rate"].to_numpy()
    for name in ("curvature", "own", "composition"):
        spread = rest[name].to_numpy().reshape(draws, len(places)).T
        bottom, top, _ = percentile_interval(spread)
        table[name] = first[name].to_numpy()
        table[f"{name}_low"], table[f"{name}_high"] = bottom, top
    known = table["curvature"] > 0
    table["share"] = (table["composition"] / table["curvature"]).where(known)
    more = rest["composition"].to_numpy() > rest["own"].to_numpy()
    table["share_above_half"] = more.reshape(draws, len(places)).mean(axis=0)
    return table


# ---------------------------------------------------------------------------------------------
# both series rise with time


def beside_time(
    firms: Sequence[str] = FIRMS,
    ruler: str = INDEX,
    *,
    run_rates: pd.DataFrame | None = None,
    **tables: pd.DataFrame | None,
) -> pd.DataFrame:
    """Ask what the score still says of revenue once calendar time stands beside it.

    Parameters
    ----------
    firms : sequence of str
    ruler : str
    run_rates : pandas.DataFrame, optional
    **tables : pandas.DataFrame
        As :func:`firm_scores` takes them.

    Returns
    -------
    pandas.DataFrame
        ``firm``, ``n``, ``correlation`` (of score and day); for ln run-rate on the score alone and
        with the day beside it the growth per point: ``alone``, ``beside``, each with ``..._low``
        and ``..._high`` (95%, HC3), and ``beside_lasting_low``, ``beside_lasting_high``; for the
        day beside the score ``a_year``, ``a_year_low``, ``a_year_high``; ``r_squared_score``,
        ``r_squared_time``, ``r_squared_both``.
    """
    rows = []
    for firm in firms:
        table = points(firm, ruler, run_rates=run_rates, **tables)
        x, day, y = (table[name].to_numpy(float) for name in ("x", "years", "y"))
        x, day = x - x.mean(), day - day.mean()
        design = np.column_stack([np.ones_like(x), x, day])
        score = least_squares(design[:, :2], y, errors="HC3")
        time = least_squares(design[:, [0, 2]], y, errors="HC3")
        both = least_squares(design, y, errors="HC3")
        white = whitener(day, LASTING_YEARS)
        lasting = least_squares(white @ design, white @ y, errors="ordinary")
        row = {"firm": firm, "n": len(y), "correlation": float(np.corrcoef(x, day)[0, 1])}
        for name, fit, place in (
            ("alone", score, 1),
            ("beside", both, 1),
            ("beside_lasting", lasting, 1),
            ("a_year", both, 2),
        ):
            low, high = fit.interval(place)
            row |= {name: float(fit.coefficients[place]), f"{name}_low": low, f"{name}_high": high}
        row |= {
            "r_squared_score": score.r_squared,
            "r_squared_time": time.r_squared,
            "r_squared_both": both.r_squared,
        }
        rows.append(row)
    return pd.DataFrame(rows)


def placebos(
    firm: str,
    ruler: str = INDEX,
    *,
    draws: int = 500,
    seed: int = 20250209,
    run_rates: pd.DataFrame | None = None,
    **tables: pd.DataFrame | None,
) -> pd.DataFrame:
    """Ask what fit and what curvature would come from things that are not intelligence.

    Parameters
    ----------
    firm : str
        One of :data:`FIRMS`.
    ruler : str
    draws, seed : int
        Of shuffled staircases and random walks.
    run_rates : pandas.DataFrame, optional
    **tables : pandas.DataFrame
        As :func:`firm_scores` takes them.

    Returns
    -------
    pandas.DataFrame
        ``what``, ``n``, ``r_squared`` (of the straight line; of draws the median), ``curvature``
        (of draws the median), ``low``, ``high`` (95%: HC3 intervals, or the range of the draws),
        ``unit``, ``p_value`` (share of draws with a curvature at least as far from their median
        as the firm's own), ``ordinary`` (share of draws whose ordinary 95% interval excludes
        zero). The rows:

        "own best model": the estimate itself.
        "calendar time": the same reports on their days; the curvature has another unit.
        "the other firm's best model": the same revenue on a staircase that is not the firm's.
        "steps shuffled": the firm's release days and first and last score, with the steps of its
        staircase in random order.
        "random walk with drift": the firm's staircase, with revenue that grows by chance at the
        firm's mean pace and monthly noise
        (:func:`three_observations.compute_revenue.growth_noise`).
    """
    _choose("firm", firm, FIRMS)
    series = run_rates_of(firm, run_rates=run_rates)
    scores = firm_scores(firm, ruler, **tables)
    own = on_ruler(series, scores)
    other = next(name for name in FIRMS if name != firm)
    unit = RULERS[ruler]
    rows = []
    for what, table, per in (
        ("own best model", own, unit),
        ("calendar time", own.assign(x=own["years"]), "year"),
        (
            "the other firm's best model",
            on_ruler(series, firm_scores(other, ruler, **tables)),
            unit,
        ),
    ):
        found = curvature(table, in_time=False)
        rows.append(
            {
                "what": what,
                "n": found["n"],
                "r_squared": found["r_squared"],
                "curvature": found["curvature"],
                "low": found["robust_low"],
                "high": found["robust_high"],
                "unit": per,
            }
        )
    here = rows[0]["curvature"]
    rng = np.random.default_rng(seed)
    steps = staircase(scores)
    used = steps[steps["value"] <= own["x"].max()]
    jumps = np.diff(used["value"].to_numpy())
    order = rng.random((draws, len(jumps))).argsort(axis=1, kind="stable")
    shuffled = used["value"].iloc[0] + np.concatenate(
        [np.zeros((draws, 1)), np.cumsum(jumps[order], axis=1)], axis=1
    )
    place = np.searchsorted(used["date"].to_numpy(), own["date"].to_numpy(), side="right") - 1
    x = shuffled[:, place]
    y = np.broadcast_to(own["y"].to_numpy(), x.shape)
    rows.append({"what": "steps shuffled"} | _drawn(x, y, here) | {"unit": unit})
    noise = compute_revenue.growth_noise(firm, run_rates)
    months = np.diff(own["years"].to_numpy()) * 12
    growth = noise["monthly_pace"] * months
    growth = growth + noise["monthly_noise"] * np.sqrt(months) * rng.standard_normal(
        (draws, len(months))
    )
    walks = np.concatenate([np.zeros((draws, 1)), np.cumsum(growth, axis=1)], axis=1)
    x = np.broadcast_to(own["x"].to_numpy(), walks.shape)
    rows.append({"what": "random walk with drift"} | _drawn(x, walks, here) | {"unit": unit})
    return pd.DataFrame(rows)


def _quadratics(x: np.ndarray, y: np.ndarray, kept: np.ndarray | None = None):
    """Fit many quadratics, one a row; return curvature, its ordinary error, R2 and counts.

    ``kept`` masks points; rows with fewer than five of them have NaN.
    """
    x, y = np.broadcast_arrays(np.asarray(x, dtype=float), np.asarray(y, dtype=float))
    weight = np.ones(x.shape) if kept is None else kept.astype(float)
    count = np.maximum(weight.sum(axis=-1), 1.0)
    centre = (weight * x).sum(axis=-1) / count
    u = x - centre[..., None]
    unit = np.sqrt((weight * u**2).sum(axis=-1) / count)
    flat = unit < 1e-9
    u = u / np.where(flat, 1.0, unit)[..., None]
    level = y - ((weight * y).sum(axis=-1) / count)[..., None]
    design = np.stack([np.ones_like(u), u, u**2 / 2], axis=-1) * weight[..., None]
    gram = np.swapaxes(design, -1, -2) @ design
    bad = flat | (count < 5) | (np.linalg.det(gram) < 1e-9 * count**3)
    gram = np.where(bad[..., None, None], np.eye(3), gram)
    inverse = np.linalg.inv(gram)
    right = (design * level[..., None]).sum(axis=-2)
    found = (inverse @ right[..., None])[..., 0]
    total = (weight * level**2).sum(axis=-1)
    squares = np.maximum(total - (found * right).sum(axis=-1), 1e-300)
    error = np.sqrt(squares / np.maximum(count - 3, 1) * inverse[..., 2, 2])
    explained = (weight * u * level).sum(axis=-1) ** 2
    explained = explained / np.where(bad, 1.0, (weight * u**2).sum(axis=-1) * total)
    scale = np.where(bad, np.nan, unit**2)
    return found[..., 2] / scale, error / scale, explained, count


def _drawn(x: np.ndarray, y: np.ndarray, here: float) -> dict[str, float]:
    """Sum up the curvatures of draws beside the firm's own."""
    found, error, r_squared, count = _quadratics(x, y)
    usable = np.isfinite(found)
    found, error, r_squared = found[usable], error[usable], r_squared[usable]
    low, high, _ = percentile_interval(found[None, :])
    middle = float(np.median(found))
    reach = student(int(count[0]) - 3)
    away = np.abs(found - middle) >= abs(here - middle)
    return {
        "n": int(count[0]),
        "r_squared": float(np.median(r_squared)),
        "curvature": middle,
        "low": float(low[0]),
        "high": float(high[0]),
        "p_value": float((away.sum() + 1) / (len(found) + 1)),
        "ordinary": float((np.abs(found) > reach * error).mean()),
    }


# ---------------------------------------------------------------------------------------------
# other proxies: paid tasks, remote jobs, users


#: How a share is drawn: as it is, its logarithm, its log odds.
SHARES = ("percent", "ln", "logit")


def _share(percent: np.ndarray, scale: str) -> np.ndarray:
    _choose("scale of a share", scale, SHARES)
    share = np.asarray(percent, dtype=float) / 100
    if scale == "percent":
        return share * 100
    if not ((share > 0) & (share < 1)).all():
        raise ValueError("a share of 0 or 100% has no logarithm of its odds")
    return np.log(share) if scale == "ln" else logit(share)


def _scored(
    models: pd.Series, released: pd.Series, ruler: str, scores: pd.DataFrame | None
) -> np.ndarray:
    """Return the score of each model on a vintage of the index, or its release in years."""
    if ruler == CALENDAR:
        return np.where(released.isna(), np.nan, _years(released.fillna(pd.Timestamp(0))))
    table = data.table(scores, "scores")
    table = table[(table["ruler"] == ruler) & table["preferred"].astype(bool)]
    if table.empty:
        raise ValueError(f"unknown ruler {ruler!r} in the table of scores")
    return models.map(table.set_index("version")["score"].astype(float)).to_numpy(dtype=float)


def _cross_section(table: pd.DataFrame, y: np.ndarray, least: int = 6) -> dict[str, object]:
    """Fit models beside each other; no interval if they are too few."""
    try:
        if len(table) < least:
            raise ValueError(f"{len(table)} models are too few")
        found = curvature(table.assign(y=y), in_time=False)
    except ValueError as error:
        return {"n": len(table), "reason": str(error)}
    kept = ("n", "slope", "slope_line", "slope_low", "slope_high", "r_squared", "curvature")
    kept += ("ordinary_low", "ordinary_high", "robust_low", "robust_high", "aicc_gain")
    return {key: found[key] for key in (*kept, "bayes_factor")} | {"reason": ""}


#: What counts in GDPval, and the column of the table.
GDPVAL_MEASURES = {"win": "win_pct", "win or tie": "win_or_tie_pct"}
#: Which models count.
GDPVAL_MODELS = ("all", "hub", "records")


def gdpval_points(
    measure: str = "win or tie",
    ruler: str = INDEX,
    which: str = "all",
    *,
    gdpval: pd.DataFrame | None = None,
    scores: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return GDPval's rates beside the index or the release of the same models.

    Parameters
    ----------
    measure : str
        A key of :data:`GDPVAL_MEASURES`: tasks on which graders preferred the model to a
        professional, without or with those that they held to be as good.
    ruler : str
        A vintage of the index, or :data:`CALENDAR`.
    which : str
        One of :data:`GDPVAL_MODELS`: every preferred row, those of the hub alone, or models that
        beat all released before them.
    gdpval, scores : pandas.DataFrame, optional

    Returns
    -------
    pandas.DataFrame
        ``model``, ``developer``, ``date``, ``x``, ``percent``, ``vintage``.
    """
    _choose("measure", measure, GDPVAL_MEASURES)
    _choose("choice of models", which, GDPVAL_MODELS)
    table = data.table(gdpval, "gdpval")
    table = table[table["preferred"].astype(bool) & table[GDPVAL_MEASURES[measure]].notna()]
    if which == "hub":
        table = table[table["vintage"].str.startswith("hub")]
    table = table.sort_values(["released", GDPVAL_MEASURES[measure], "model"], kind="stable")
    percent = table[GDPVAL_MEASURES[measure]].astype(float)
    if which == "records":
        ahead = percent.cummax().shift(fill_value=-np.inf)
        table, percent = table[percent > ahead], percent[percent > ahead]
    found = pd.DataFrame(
        {
            "model": table["model"],
            "developer": table["developer"],
            "date": table["released"],
            "x": _scored(table["model"], table["released"], ruler, scores),
            "percent": percent,
            "vintage": table["vintage"],
        }
    )
    return found[found["x"].notna()].reset_index(drop=True)


def gdpval_curvature(
    rulers: Sequence[str] = (*INDICES, CALENDAR),
    *,
    gdpval: pd.DataFrame | None = None,
    scores: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Ask whether GDPval's rates bend upwards, in every reading of the rate.

    Returns
    -------
    pandas.DataFrame
        ``measure``, ``scale`` (:data:`SHARES`), ``ruler``, ``models``; ``n``, ``slope``,
        ``slope_line``, ``slope_low``, ``slope_high``, ``r_squared``, ``curvature``,
        ``ordinary_low`` ... ``robust_high``, ``aicc_gain``, ``bayes_factor``, ``reason``.

    Notes
    -----
    A rate that cannot pass 100% has to be concave at the end, and its log odds decide where.
    Its curvature is one of the test as much as of the models.
    GPT-4o stands years and many points before the others and all but fixes the curvature alone:
    the robust intervals say so by their width.
    """
    rows = []
    for measure, ruler, which in product(GDPVAL_MEASURES, rulers, GDPVAL_MODELS):
        table = gdpval_points(measure, ruler, which, gdpval=gdpval, scores=scores)
        for scale in SHARES:
            named = {"measure": measure, "scale": scale, "ruler": ruler, "models": which}
            rows.append(named | _cross_section(table, _share(table["percent"], scale)))
    return pd.DataFrame(rows)


#: Figures of GDPval that the interview quotes, and whose they are.
GDPVAL_QUOTED = {
    "gdpval-gpt-5": "GPT-5",
    "gdpval-gpt-5-2": "GPT-5.2",
    "gdpval-gpt-5-2-pro": "GPT-5.2 Pro",
}


def gdpval_quoted(
    published: pd.DataFrame | None = None, gdpval: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Set the quoted figures of GDPval beside every row of the same model.

    Returns
    -------
    pandas.DataFrame
        ``result``, ``model``, ``quoted`` (% won or tied), ``vintage``, ``effort``,
        ``win_or_tie_pct``, ``win_pct`` (NaN if not known), ``difference`` (row less quoted).

    Raises
    ------
    KeyError
        If a quoted result is not in the table ``published``.
    """
    quoted = data.table(published, "published").set_index("result")
    table = data.table(gdpval, "gdpval")
    parts = []
    for result, model in GDPVAL_QUOTED.items():
        if result not in quoted.index:
            raise KeyError(f"no result {result!r} in the table published")
        rows = table[table["model"] == model]
        value = float(quoted.loc[result, "value"])
        part = rows[["model", "vintage", "effort", "win_or_tie_pct", "win_pct"]]
        parts.append(part.assign(result=result, quoted=value))
    found = pd.concat(parts, ignore_index=True)
    found = found.assign(difference=found["win_or_tie_pct"] - found["quoted"])
    columns = ["result", "model", "quoted", "vintage", "effort", "win_or_tie_pct", "win_pct"]
    return found[[*columns, "difference"]]


def wilson(successes: np.ndarray, trials: np.ndarray, confidence: float = 0.95):
    """Return the score interval of a share (Wilson, J. American Statistical Association 22, 1927).

    Parameters
    ----------
    successes, trials : array
    confidence : float

    Returns
    -------
    low, high : numpy.ndarray
        Shares between 0 and 1.
    """
    k, n = np.asarray(successes, dtype=float), np.asarray(trials, dtype=float)
    if (n <= 0).any() or (k < 0).any() or (k > n).any():
        raise ValueError(
            "successes lie between zero and the trials, of which there is one at least"
        )
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    middle = (k + z**2 / 2) / (n + z**2)
    reach = z / (n + z**2) * np.sqrt(k * (n - k) / n + z**2 / 4)
    return middle - reach, middle + reach


def remote_labor_points(
    ruler: str = INDEX,
    *,
    remote_labor: pd.DataFrame | None = None,
    scores: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the Remote Labor Index beside the index or the release of the same models.

    Returns
    -------
    pandas.DataFrame
        ``model``, ``developer``, ``date``, ``x``, ``percent`` (of projects), ``done``
        (projects), ``projects``, ``low``, ``high`` (95% of :func:`wilson`, in percent).
    """
    table = data.table(remote_labor, "remote_labor")
    x = _scored(table["model"], table["released"], ruler, scores)
    table = table.assign(x=x)[np.isfinite(x)].sort_values(["released", "model"], kind="stable")
    percent = table["automation_rate_pct"].astype(float)
    projects = table["projects"].astype(int)
    done = (percent * projects / 100).round()
    low, high = wilson(done.to_numpy(), projects.to_numpy())
    found = pd.DataFrame(
        {
            "model": table["model"],
            "developer": table["developer"],
            "date": table["released"],
            "x": table["x"],
            "percent": percent,
            "done": done.astype(int),
            "projects": projects,
            "low": 100 * low,
            "high": 100 * high,
        }
    )
    return found.reset_index(drop=True)


def remote_labor_curvature(
    rulers: Sequence[str] = (*INDICES, CALENDAR),
    *,
    remote_labor: pd.DataFrame | None = None,
    scores: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Ask whether the Remote Labor Index bends upwards, in every reading of the rate.

    Returns
    -------
    pandas.DataFrame
        ``scale`` (:data:`SHARES` and "logit, weighted"), ``ruler`` and the columns of
        :func:`gdpval_curvature` from ``n`` on.

    Notes
    -----
    "logit, weighted" is Berkson's minimum-chi-square logit (Journal of the American Statistical
    Association 39, 1944) with half a project added to both sides: two projects of 240 weigh less
    than fifty. It has a common factor for spread beyond chance, and no AICc.
    """
    rows = []
    for ruler in rulers:
        table = remote_labor_points(ruler, remote_labor=remote_labor, scores=scores)
        for scale in SHARES:
            found = _cross_section(table, _share(table["percent"], scale))
            rows.append({"scale": scale, "ruler": ruler} | found)
        rows.append({"scale": "logit, weighted", "ruler": ruler} | _berkson(table))
    return pd.DataFrame(rows)


def _berkson(table: pd.DataFrame) -> dict[str, object]:
    """Fit the quadratic to empirical log odds, weighted by their counts."""
    done = table["done"].to_numpy(float) + 0.5
    failed = table["projects"].to_numpy(float) + 1 - done
    y, root = np.log(done / failed), np.sqrt(done * failed / (done + failed))
    x = table["x"].to_numpy(float)
    weight = root**2 / (root**2).sum()
    centre = float(weight @ x)
    unit = float(np.sqrt(weight @ (x - centre) ** 2))
    u = (x - centre) / unit
    design = np.stack([np.ones_like(u), u, u**2 / 2], axis=1) * root[:, None]
    fit = least_squares(design, y * root, errors="ordinary")
    robust = least_squares(design, y * root, errors="HC3")
    line = least_squares(design[:, :2], y * root, errors="HC3")
    ordinary, other, slope = fit.interval(2), robust.interval(2), line.interval(1)
    return {
        "n": len(x),
        "slope": float(fit.coefficients[1] / unit),
        "slope_line": float(line.coefficients[1] / unit),
        "slope_low": slope[0] / unit,
        "slope_high": slope[1] / unit,
        "curvature": float(fit.coefficients[2] / unit**2),
        "ordinary_low": ordinary[0] / unit**2,
        "ordinary_high": ordinary[1] / unit**2,
        "robust_low": other[0] / unit**2,
        "robust_high": other[1] / unit**2,
        "bayes_factor": bayes_factor(line.squares, fit.squares, len(x)),
        "reason": "",
    }


def weekly_users(users: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return ChatGPT's weekly users that the book uses: ``date``, ``users_millions``."""
    table = data.table(users, "users")
    table = table[(table["series"] == "ChatGPT") & (table["measure"] == "weekly")]
    table = table[table["preferred"].astype(bool)]
    if table.empty:
        raise ValueError("the table of users has no weekly users of ChatGPT that the book uses")
    return table[["date", "users_millions"]].sort_values("date", kind="stable", ignore_index=True)


def users_curvature(
    rulers: Sequence[str] = (*INDICES, CALENDAR),
    *,
    users: pd.DataFrame | None = None,
    **tables: pd.DataFrame | None,
) -> pd.DataFrame:
    """Regress ln weekly users of ChatGPT on the score of OpenAI's best model.

    Returns
    -------
    pandas.DataFrame
        ``ruler`` and the entries of :func:`curvature`.
    """
    rows = []
    for ruler in rulers:
        scores = None if ruler == CALENDAR else firm_scores("OpenAI", ruler, **tables)
        table = on_ruler(weekly_users(users), scores, column="users_millions")
        rows.append({"ruler": ruler} | curvature(table))
    return pd.DataFrame(rows)


# ---------------------------------------------------------------------------------------------
# prices at one date


#: Days on which the price list is read: the essay's, and the year after it.
PRICE_DAYS = (frontier.ESSAY_DATE, frontier.YEAR_AFTER_ESSAY)
PRICE_RULERS = ("eci_2026_08", "gpqa_diamond", "arena_2026_07")
#: Which models of the list: all, those at most a year old, or those that no model beats in both
#: price and score.
PRICE_MODELS = ("all", "a year old at most", "unbeaten")


def price_list(
    ruler: str,
    day: pd.Timestamp | str = frontier.ESSAY_DATE,
    which: str = "all",
    *,
    blend: str = "3:1",
    **tables: pd.DataFrame | None,
) -> pd.DataFrame:
    """Return what every model that a ruler knows cost on a day.

    Parameters
    ----------
    ruler : str
        As :func:`three_observations.frontier.priced_models` knows them.
    day : Timestamp or str
    which : str
        One of :data:`PRICE_MODELS`.
    blend : str
    **tables : pandas.DataFrame
        ``prices``, ``models``, ``scores``.

    Returns
    -------
    pandas.DataFrame
        ``model``, ``provider``, ``price`` (USD per million tokens, the last listed by then),
        ``x`` (score), ``y`` (ln price), ``released``. Withdrawals are not in the data.
    """
    return _price_list(frontier.priced_models(ruler, blend=blend, **tables), day, which)


def _price_list(listed: pd.DataFrame, day: pd.Timestamp | str, which: str) -> pd.DataFrame:
    _choose("choice of models", which, PRICE_MODELS)
    day = pd.Timestamp(day)
    listed = listed[listed["date"] <= day].sort_values(["date", "price"], kind="stable")
    listed = listed.drop_duplicates(["model", "provider"], keep="last")
    listed = listed.sort_values(["version", "price", "provider"], kind="stable")
    listed = listed.drop_duplicates("version")
    if which == "a year old at most":
        listed = listed[listed["released"] > day - pd.DateOffset(years=1)]
    price, score = listed["price"].to_numpy(float), listed["score"].to_numpy(float)
    table = pd.DataFrame(
        {
            "model": listed["model"].to_numpy(),
            "provider": listed["provider"].to_numpy(),
            "price": price,
            "x": score,
            "y": np.log(price),
            "released": listed["released"].to_numpy(),
        }
    )
    if which == "unbeaten":
        table = table[unbeaten(price, score)]
    return table.sort_values(["x", "model"], kind="stable", ignore_index=True)


def unbeaten(price: np.ndarray, score: np.ndarray) -> np.ndarray:
    """Mark the models that no other matches in both price and score and beats in one.

    Parameters
    ----------
    price, score : numpy.ndarray, shape (..., n)

    Returns
    -------
    numpy.ndarray of bool, of the same shape
    """
    p, s = np.asarray(price)[..., None, :], np.asarray(score)[..., None, :]
    own_p, own_s = np.asarray(price)[..., :, None], np.asarray(score)[..., :, None]
    better = (p <= own_p) & (s >= own_s) & ((p < own_p) | (s > own_s))
    return ~better.any(axis=-1)


def price_gradient(
    rulers: Sequence[str] = PRICE_RULERS,
    days: Sequence[pd.Timestamp | str] = PRICE_DAYS,
    which: Sequence[str] = PRICE_MODELS,
    *,
    blend: str = "3:1",
    **tables: pd.DataFrame | None,
) -> pd.DataFrame:
    """Regress ln price on score among the models on sale on one day.

    Returns
    -------
    pandas.DataFrame
        ``ruler``, ``day``, ``models``; ``n``, ``slope`` ... ``bayes_factor`` as in
        :func:`gdpval_curvature`; ``sd_x`` (standard deviation of the scores), ``curvature_sd``,
        ``robust_low_sd``, ``robust_high_sd`` (the curvature per squared standard deviation, which
        two rulers have in common), ``reason``.
    """
    rows = []
    priced = {ruler: frontier.priced_models(ruler, blend=blend, **tables) for ruler in rulers}
    for ruler, day, chosen in product(rulers, days, which):
        table = _price_list(priced[ruler], day, chosen)
        found = _cross_section(table, table["y"].to_numpy())
        if not found["reason"]:
            sd = float(table["x"].std(ddof=0))
            found["sd_x"] = sd
            for name in ("curvature", "robust_low", "robust_high"):
                found[f"{name}_sd"] = found[name] * sd**2
        rows.append({"ruler": ruler, "day": pd.Timestamp(day), "models": chosen} | found)
    return pd.DataFrame(rows)


def why_rulers_disagree(
    day: pd.Timestamp | str = frontier.YEAR_AFTER_ESSAY,
    first: str = INDEX,
    second: str = "arena_2026_07",
    *,
    blend: str = "3:1",
    **tables: pd.DataFrame | None,
) -> pd.DataFrame:
    """Trace the difference between two rulers' price curvatures to how they map on each other.

    With E the first ruler, A = g(E) the second and y = h(A): y'' = h'' g'**2 + h' g''. So the
    curvature on the first is that on the second, put in its units, and a part that comes from the
    bend between both. All three quadratics are fitted to the models that both rulers have scored.

    Returns
    -------
    pandas.DataFrame
        ``part``: "on the first ruler", "on the second, in units of the first", "from the bend
        between them", "left over" (what three separate quadratics do not share);
        ``curvature`` (ln price per squared point of the first ruler), ``low``, ``high`` (HC3;
        NaN for the last two). ``attrs``: ``n``, ``models``, ``bend_curvature`` (g'' with
        ``bend_low``, ``bend_high``), ``bend_slope`` (g').
    """
    one, two = (price_list(ruler, day, blend=blend, **tables) for ruler in (first, second))
    both = one.merge(two[["model", "x"]], on="model", suffixes=("", "_other"))
    on_first = curvature(both, in_time=False)
    on_second = curvature(both.assign(x=both["x_other"]), in_time=False)
    link = curvature(both.assign(y=both["x_other"]), in_time=False)
    # All at the mean of the first ruler.
    at = link["centre"]
    curve = Curve.of(both.assign(y=both["x_other"]))
    level = float(curve.fit().coefficients[0])
    slope = on_second["slope"] + on_second["curvature"] * (level - on_second["centre"])
    square = link["slope"] ** 2
    same, bent = on_second["curvature"] * square, slope * link["curvature"]
    table = pd.DataFrame(
        {
            "part": [
                "on the first ruler",
                "on the second, in units of the first",
                "from the bend between them",
                "left over",
            ],
            "curvature": [
                on_first["curvature"],
                same,
                bent,
                on_first["curvature"] - same - bent,
            ],
            "low": [on_first["robust_low"], on_second["robust_low"] * square, np.nan, np.nan],
            "high": [on_first["robust_high"], on_second["robust_high"] * square, np.nan, np.nan],
        }
    )
    table.attrs = {
        "n": len(both),
        "at": at,
        "models": list(both["model"]),
        "bend_slope": link["slope"],
        "bend_curvature": link["curvature"],
        "bend_low": link["robust_low"],
        "bend_high": link["robust_high"],
    }
    return table


def unbeaten_by_chance(
    ruler: str = INDEX,
    day: pd.Timestamp | str = frontier.YEAR_AFTER_ESSAY,
    *,
    draws: int = 500,
    seed: int = 20250209,
    blend: str = "3:1",
    **tables: pd.DataFrame | None,
) -> pd.Series:
    """Ask what curvature the choice of unbeaten models makes where there is none.

    The scores are those of the price list; ln price lies on a straight line through the list with
    normal scatter of the observed size. The unbeaten models are picked from each draw and a
    quadratic is fitted to them, as to the real ones.

    Returns
    -------
    pandas.Series
        ``n`` (models), ``unbeaten`` (mean number), ``curvature`` (mean per squared standard
        deviation of all scores), ``low``, ``high`` (95% of draws), ``share_positive``,
        ``own`` (the curvature of the real unbeaten ones), ``unusable`` (share of draws with fewer
        than five).
    """
    table = price_list(ruler, day, blend=blend, **tables)
    x, y = table["x"].to_numpy(), table["y"].to_numpy()
    sd = float(x.std())
    design = np.column_stack([np.ones_like(x), x - x.mean()])
    fit = least_squares(design, y)
    scatter = np.sqrt(fit.squares / fit.degrees_of_freedom)
    rng = np.random.default_rng(seed)
    drawn = design @ fit.coefficients + scatter * rng.standard_normal((draws, len(x)))
    kept = unbeaten(drawn, np.broadcast_to(x, drawn.shape))
    found = _quadratics(x, drawn, kept)[0] * sd**2
    usable = np.isfinite(found)
    low, high, _ = percentile_interval(found[None, :])
    own = _quadratics(x[None, :], y[None, :], unbeaten(y, x)[None, :])[0][0] * sd**2
    return pd.Series(
        {
            "n": len(x),
            "unbeaten": float(kept.sum(axis=1).mean()),
            "curvature": float(found[usable].mean()),
            "low": float(low[0]),
            "high": float(high[0]),
            "share_positive": float((found[usable] > 0).mean()),
            "own": float(own),
            "unusable": float((~usable).mean()),
        }
    )


# ---------------------------------------------------------------------------------------------
# bending the scale


#: Bends at which the curvature is looked at. At bend b a point at the upper fixed model is exp(b)
#: times as long as one at the lower.
BENDS = np.linspace(-3, 3, 121)


def fixed_scores(
    ruler: str = INDEX,
    models: Sequence[str] = FIXED_MODELS,
    scores: pd.DataFrame | None = None,
) -> tuple[float, float]:
    """Return the scores of the two models that every bend leaves in place.

    Raises
    ------
    ValueError
        If the ruler has not scored them.
    """
    table = data.table(scores, "scores")
    table = table[(table["ruler"] == ruler) & table["preferred"].astype(bool)]
    known = table.set_index("version")["score"].astype(float)
    missing = [model for model in models if model not in known.index]
    if missing:
        raise ValueError(f"{ruler!r} has no score of {missing[0]!r}: fix the scale at other models")
    return float(known[models[0]]), float(known[models[1]])


def _on_bends(table: pd.DataFrame, amounts: np.ndarray, low: float, high: float) -> np.ndarray:
    x = table["x"].to_numpy(float)
    return np.stack([bend(x, float(amount), low, high) for amount in amounts])


def _many(x: np.ndarray, y: np.ndarray, white: np.ndarray | None = None) -> tuple[np.ndarray, ...]:
    """Return slope, curvature and its ordinary and HC3 errors for each row of x.

    With a whitener the fit is generalised least squares, and its ordinary errors are those.
    """
    n = x.shape[1]
    centre = x.mean(axis=1, keepdims=True)
    unit = x.std(axis=1, keepdims=True)
    u = (x - centre) / unit
    design = np.stack([np.ones_like(u), u, u**2 / 2], axis=2)
    if white is not None:
        design, y = white @ design, white @ y
    solver = np.linalg.pinv(design)
    found = solver @ y
    residual = y - (design @ found[..., None])[..., 0]
    spread = (residual**2).sum(axis=1) / (n - 3)
    leverage = (design * np.swapaxes(solver, 1, 2)).sum(axis=2)
    plain = np.sqrt(spread * (solver[:, 2, :] ** 2).sum(axis=1))
    robust = np.sqrt(((solver[:, 2, :] * residual / (1 - leverage)) ** 2).sum(axis=1))
    unit = unit[:, 0]
    return (
        found[:, 1] / unit,
        found[:, 2] / unit**2,
        plain / unit**2,
        robust / unit**2,
    )


def bend_profile(
    table: pd.DataFrame,
    low: float,
    high: float,
    amounts: np.ndarray = BENDS,
    *,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Fit the quadratic anew on every bend of the scale.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`points`, or any with ``x`` and ``y``.
    low, high : float
        Fixed points, from :func:`fixed_scores`.
    amounts : numpy.ndarray
    confidence : float

    Returns
    -------
    pandas.DataFrame
        ``amount``, ``stretch`` (exp(amount): how many times longer a point at the upper fixed
        model is than one at the lower), ``slope`` and ``curvature`` on the bent scale at its mean,
        ``ordinary_low``, ``ordinary_high``, ``robust_low``, ``robust_high``, ``scaled``,
        ``scaled_low``, ``scaled_high`` (curvature over squared slope, with the HC3 interval: it
        has no unit, so bends can be compared).

    Notes
    -----
    The sign is the answer. The size on one scale cannot be compared with that on another.
    """
    y = table["y"].to_numpy(float)
    amounts = np.asarray(amounts, dtype=float)
    slope, second, plain, robust = _many(_on_bends(table, amounts, low, high), y)
    reach = student(len(y) - 3, confidence)
    return pd.DataFrame(
        {
            "amount": amounts,
            "stretch": np.exp(amounts),
            "slope": slope,
            "curvature": second,
            "ordinary_low": second - reach * plain,
            "ordinary_high": second + reach * plain,
            "robust_low": second - reach * robust,
            "robust_high": second + reach * robust,
            "scaled": second / slope**2,
            "scaled_low": (second - reach * robust) / slope**2,
            "scaled_high": (second + reach * robust) / slope**2,
        }
    )


@dataclass(frozen=True)
class StraightBend:
    """The bend of a scale at which ln V is neither convex nor concave.

    Attributes
    ----------
    amount : float
        Where the curvature crosses zero; NaN if it does not within the bends looked at.
    low, high : float
        The bends around ``amount`` whose curvature cannot be told from zero, without a gap;
        infinite where the bends looked at end first.
    confidence : float
    n : int
    crossings : int
        How often the curvature crosses zero; ``amount`` is the crossing nearest to no bend.
    elsewhere : bool
        Whether the curvature cannot be told from zero at bends beyond a gap either. At strong bends
        all points but a few lie on one spot, and nothing can be told.
    """

    amount: float
    low: float
    high: float
    confidence: float
    n: int
    crossings: int
    elsewhere: bool


def straight_bend(
    table: pd.DataFrame,
    low: float,
    high: float,
    *,
    errors: str = "robust",
    amounts: np.ndarray = BENDS,
    confidence: float = 0.95,
) -> StraightBend:
    """Find the bend that makes ln V exponential, with the bends that could.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`points`, or any with ``x`` and ``y``.
    low, high : float
        Fixed points, from :func:`fixed_scores`.
    errors : {"robust", "ordinary", "lasting"}
        Of the test of zero curvature that is turned round at every bend, as in :func:`curvature`.
    amounts : numpy.ndarray
        Rising.
    confidence : float
    """
    _choose("errors", errors, ("robust", "ordinary", LASTING))
    amounts, y = np.asarray(amounts, dtype=float), table["y"].to_numpy(float)
    white = None
    if errors == LASTING:
        white = whitener(table["years"].to_numpy(float), LASTING_YEARS)
    _, second, plain, robust = _many(_on_bends(table, amounts, low, high), y, white)
    reach = student(len(y) - 3, confidence)
    ratio = second / (reach * (robust if errors == "robust" else plain))
    zeros = _crossings(amounts, ratio)
    nearest = zeros[np.abs(zeros).argmin()] if len(zeros) else np.nan
    bottom = top = np.nan
    elsewhere = False
    if len(zeros):
        open_ = np.abs(ratio) <= 1
        ends = np.concatenate([_crossings(amounts, ratio - 1), _crossings(amounts, ratio + 1)])
        below, above = ends[ends < nearest], ends[ends > nearest]
        bottom = float(below.max()) if len(below) else -np.inf
        top = float(above.min()) if len(above) else np.inf
        elsewhere = bool(open_[(amounts < bottom) | (amounts > top)].any())
    return StraightBend(float(nearest), bottom, top, confidence, len(y), len(zeros), elsewhere)


def _crossings(at: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return where a curve through points crosses zero, between them on straight lines."""
    before, after = values[:-1], values[1:]
    place = np.flatnonzero((before <= 0) != (after <= 0))
    part = before[place] / (before[place] - after[place])
    return at[place] + part * (at[place + 1] - at[place])


def bends(
    firms: Sequence[str] = (*FIRMS, BOTH),
    rulers: Sequence[str] = INDICES,
    errors: Sequence[str] = ("ordinary", "robust", LASTING),
    *,
    amounts: np.ndarray = BENDS,
    run_rates: pd.DataFrame | None = None,
    **tables: pd.DataFrame | None,
) -> pd.DataFrame:
    """Find for each firm the bend of the index on which its revenue is exponential.

    Returns
    -------
    pandas.DataFrame
        ``firm``, ``ruler``, ``errors``, ``bend``, ``low``, ``high`` (95%), ``stretch``,
        ``stretch_low``, ``stretch_high`` (their exponentials: how many times longer a point is at
        GPT-5 than at Claude 3.5 Sonnet), ``n``, ``crossings``, ``elsewhere``.
        Above the bend the revenue is sub-exponential, below it super-exponential.
    """
    rows = []
    for firm, ruler in product(firms, rulers):
        table = points(firm, ruler, run_rates=run_rates, **tables)
        low, high = fixed_scores(ruler, scores=tables.get("scores"))
        for kind in errors:
            found = straight_bend(table, low, high, errors=kind, amounts=amounts)
            rows.append(
                {
                    "firm": firm,
                    "ruler": ruler,
                    "errors": kind,
                    "bend": found.amount,
                    "low": found.low,
                    "high": found.high,
                    "stretch": np.exp(found.amount),
                    "stretch_low": np.exp(found.low),
                    "stretch_high": np.exp(found.high),
                    "n": found.n,
                    "crossings": found.crossings,
                    "elsewhere": found.elsewhere,
                }
            )
    return pd.DataFrame(rows)


def bend_marks(
    ruler: str = INDEX,
    *,
    amounts: np.ndarray = BENDS,
    models: pd.DataFrame | None = None,
    scores: pd.DataFrame | None = None,
    horizons: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Say on which bend the index would be straight in something else.

    Parameters
    ----------
    ruler : str
        A vintage of the index.
    amounts : numpy.ndarray
    models, scores, horizons : pandas.DataFrame, optional

    Returns
    -------
    pandas.DataFrame
        ``straight_in``, ``bend``, ``low``, ``high`` (95%, HC3), ``stretch``, ``n`` (models).
        The rows: "logarithm of the time horizon" and "time horizon in minutes" (METR's newest
        vintage, tasks 1.1), "release date of the best model" (a stand-in for the logarithm of
        compute, which has grown at a steady pace: the records of all firms since 2023), "share of
        GPQA right" and "Arena score".

    Notes
    -----
    A bent index that is straight in the date calls equal times equal steps of intelligence.
    Revenue on that scale is revenue over time, no more.
    """
    scores = data.table(scores, "scores")
    ours = scores[(scores["ruler"] == ruler) & scores["preferred"].astype(bool)]
    if ours.empty:
        raise ValueError(f"unknown ruler {ruler!r} in the table of scores")
    score = ours.set_index("version")["score"].astype(float)
    low, high = fixed_scores(ruler, scores=scores)
    table = data.table(horizons, "horizons")
    table = table[(table["suite"] == NEWEST) & (table["task_suite"] == "1.1")]
    minutes = table.set_index("model")["p50_minutes"].astype(float)
    minutes = minutes[minutes.index.isin(score.index)]
    on_index = score[minutes.index].to_numpy()
    pairs = {
        "logarithm of the time horizon": (on_index, np.log(minutes.to_numpy())),
        "time horizon in minutes": (on_index, minutes.to_numpy()),
    }
    dated = ours.assign(model=ours["version"], date=ours["released"], value=ours["score"])
    dated = dated[dated["date"] >= pd.Timestamp("2023-03-01")]
    steps = staircase(dated[["model", "date", "value"]])
    pairs["release date of the best model"] = (
        steps["value"].to_numpy(float),
        _years(steps["date"]),
    )
    named = data.table(models, "models")
    column = ruler if ruler in named.columns else INDEX
    for other, name in (("gpqa_diamond", "share of GPQA right"), ("arena_2026_07", "Arena score")):
        theirs = scores[(scores["ruler"] == other) & scores["preferred"].astype(bool)]
        both = named[[column, other]].dropna().drop_duplicates()
        both = both[both[column].isin(score.index)]
        value = both[other].map(theirs.set_index("version")["score"].astype(float))
        known = value.notna().to_numpy()
        pairs[name] = (score[both[column]].to_numpy()[known], value.to_numpy(float)[known])
    rows = []
    for name, (x, y) in pairs.items():
        found = straight_bend(pd.DataFrame({"x": x, "y": y}), low, high, amounts=amounts)
        rows.append(
            {
                "straight_in": name,
                "bend": found.amount,
                "low": found.low,
                "high": found.high,
                "stretch": np.exp(found.amount),
                "n": found.n,
            }
        )
    return pd.DataFrame(rows)


def bend_at_a_point(
    table: pd.DataFrame, low: float, high: float, errors: str = LASTING
) -> dict[str, float]:
    """Prepare the closed form that the page's slider computes.

    On the bent scale the quadratic of the unbent index has, at the mean score, the curvature
    (c - s b / (high - low)) / J'**2 by the chain rule: a combination of two coefficients, whose
    interval is exact for their covariance. It crosses zero at b = (high - low) c / s, with the
    interval of Fieller (Journal of the Royal Statistical Society B 16, 1954).

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`points`.
    low, high : float
        Fixed points.
    errors : {"lasting", "HC3"}
        Residuals that last, by generalised least squares, as the rules have it; or independent
        ones, by ordinary least squares with HC3. The two are different estimates.

    Returns
    -------
    dict
        ``centre``, ``slope``, ``curvature``, ``variance_slope``, ``variance_curvature``,
        ``covariance`` (per point), ``reach`` (standard errors of a 95% interval), ``low``,
        ``high`` (fixed points), ``bend``, ``bend_low``, ``bend_high`` (infinite both if the slope
        cannot be told from zero).
    """
    _choose("errors", errors, (LASTING, "HC3"))
    curve = Curve.of(table)
    fit = curve.fit(errors)
    slope = float(fit.coefficients[1] / curve.unit)
    second = float(fit.coefficients[2] / curve.unit**2)
    of_slope = float(fit.covariance[1, 1] / curve.unit**2)
    of_second = float(fit.covariance[2, 2] / curve.unit**4)
    both = float(fit.covariance[1, 2] / curve.unit**3)
    reach = student(fit.degrees_of_freedom)
    # All ratios k with (c - k s)**2 <= reach**2 Var(c - k s).
    square = slope**2 - reach**2 * of_slope
    middle = slope * second - reach**2 * both
    rest = second**2 - reach**2 * of_second
    bottom, top = -np.inf, np.inf
    if square > 0:
        root = np.sqrt(max(middle**2 - square * rest, 0.0))
        bottom = (high - low) * (middle - root) / square
        top = (high - low) * (middle + root) / square
    return {
        "centre": curve.centre,
        "slope": slope,
        "curvature": second,
        "variance_slope": of_slope,
        "variance_curvature": of_second,
        "covariance": both,
        "reach": reach,
        "low": low,
        "high": high,
        "bend": float(straightening_bend(slope, second, low, high)),
        "bend_low": float(bottom),
        "bend_high": float(top),
    }


#: Added to a slider's bend, so that an expression without a case for zero has its limit.
SHIFT = 1e-6
_AMOUNT = f"(amount + {SHIFT})"
_LENGTH = "(datum.high - datum.low)"
_STRETCH = (
    f"({_AMOUNT} * exp({_AMOUNT} * (datum.centre - datum.low) / {_LENGTH}) / (exp({_AMOUNT}) - 1))"
)
_RATIO = f"({_AMOUNT} / {_LENGTH})"
_REACH = (
    f"datum.reach * pow(datum.variance_curvature - 2 * {_RATIO} * datum.covariance "
    f"+ {_RATIO} * {_RATIO} * datum.variance_slope, 0.5)"
)
_BENT = f"(datum.curvature - datum.slope * {_RATIO})"
#: Vega expressions for a slider ``amount``: ``bent_score`` of a row with ``x``, ``low``, ``high``;
#: the others of a row of :func:`bend_at_a_point`. :func:`bent_at_a_point` is their twin.
BEND_EXPRESSIONS: dict[str, str] = {
    "bent_score": f"datum.low + {_LENGTH} * (exp({_AMOUNT} * (datum.x - datum.low) / {_LENGTH}) "
    f"- 1) / (exp({_AMOUNT}) - 1)",
    "bent_curvature": f"{_BENT} / pow({_STRETCH}, 2)",
    "bent_low": f"({_BENT} - {_REACH}) / pow({_STRETCH}, 2)",
    "bent_high": f"({_BENT} + {_REACH}) / pow({_STRETCH}, 2)",
}


def bent_at_a_point(found: Mapping[str, float], amount: float) -> dict[str, float]:
    """Return curvature and interval at the mean score on the bent scale.

    Parameters
    ----------
    found : mapping
        From :func:`bend_at_a_point`.
    amount : float

    Returns
    -------
    dict
        ``bent_curvature``, ``bent_low``, ``bent_high``.
    """
    low, high = found["low"], found["high"]
    stretch, _ = derivatives_on_bent_scale(1.0, 0.0, found["centre"], amount, low, high)
    _, second = derivatives_on_bent_scale(
        found["slope"], found["curvature"], found["centre"], amount, low, high
    )
    ratio = amount / (high - low)
    variance = found["variance_curvature"] - 2 * ratio * found["covariance"]
    variance += ratio**2 * found["variance_slope"]
    reach = found["reach"] * np.sqrt(variance) * float(stretch) ** 2
    return {
        "bent_curvature": float(second),
        "bent_low": float(second - reach),
        "bent_high": float(second + reach),
    }


# ---------------------------------------------------------------------------------------------
# what revenue answers to, and where present rates lead


def _four_quarters(rows: pd.DataFrame, date: str, value: str, year: int, slack: int = 35) -> float:
    """Return the sum of the last four quarters of a year; NaN unless all four are there."""
    end = pd.Timestamp(year, 12, 31) + pd.Timedelta(days=slack)
    inside = rows[(rows[date] <= end) & (rows[date] > end - pd.DateOffset(years=1))]
    return float(inside[value].sum()) if len(inside) == 4 else np.nan


def investment_points(
    run_rates: pd.DataFrame | None = None,
    capital_spending: pd.DataFrame | None = None,
    investment: pd.DataFrame | None = None,
    facts: pd.DataFrame | None = None,
    *,
    within_days: int = 45,
) -> pd.DataFrame:
    """Pair the two firms' run-rates at year-ends with what was spent in the year.

    Parameters
    ----------
    run_rates, capital_spending, investment, facts : pandas.DataFrame, optional
        ``facts`` is the table ``company_facts``.
    within_days : int
        How far from the year-end a run-rate may lie.

    Returns
    -------
    pandas.DataFrame
        ``spending`` ("capital spending of Alphabet and Amazon", "corporate investment in AI,
        world", "Nvidia's data-centre revenue"), ``year``, ``usd_bn`` (spent in the year),
        ``run_rate`` (sum of both firms at its end, USD bn a year), ``one_source``.
    """
    spending = data.table(capital_spending, "capital_spending")
    world = data.table(investment, "investment")
    facts = data.table(facts, "company_facts")
    chips = facts[(facts["entity"] == "Nvidia") & (facts["series"] == "data_centre_revenue")]
    world = world[(world["series"] == "corporate_investment") & (world["basis"] == "outcome")]
    rows = []
    for year in range(2023, 2026):
        try:
            reports = [
                compute_revenue.run_rate_near(
                    firm, pd.Timestamp(year, 12, 31), run_rates, within_days=within_days
                )
                for firm in FIRMS
            ]
        except KeyError:
            continue
        total = sum(float(report["run_rate_usd_bn"]) for report in reports)
        both = [
            _four_quarters(spending[spending["company"] == company], "quarter_end", "usd_bn", year)
            for company in ("Alphabet", "Amazon")
        ]
        of_year = world[world["period_end"].dt.year == year]
        named = {
            "capital spending of Alphabet and Amazon": sum(both),
            "corporate investment in AI, world": (
                float(of_year["value_usd_bn"].iloc[0]) if len(of_year) else np.nan
            ),
            "Nvidia's data-centre revenue": _four_quarters(chips, "date", "value", year),
        }
        for name, usd_bn in named.items():
            rows.append(
                {
                    "spending": name,
                    "year": year,
                    "usd_bn": usd_bn,
                    "run_rate": total,
                    "one_source": any(int(report["n_sources"]) == 1 for report in reports),
                }
            )
    table = pd.DataFrame(rows, columns=["spending", "year", "usd_bn", "run_rate", "one_source"])
    table = table[table["usd_bn"] > 0]
    return table.sort_values(["spending", "year"], kind="stable", ignore_index=True)


def elasticities(
    *,
    confidence: float = 0.95,
    facts: pd.DataFrame | None = None,
    run_rates: pd.DataFrame | None = None,
    capital_spending: pd.DataFrame | None = None,
    investment: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the elasticity of revenue to compute and to spending, with the levels beside it.

    Parameters
    ----------
    confidence : float
        Student's t, with the very few degrees of freedom that there are.
    facts, run_rates, capital_spending, investment : pandas.DataFrame, optional

    Returns
    -------
    pandas.DataFrame
        ``revenue`` (whose), ``revenue_kind`` ("run-rate" or "recognised": never both),
        ``answers_to``, ``elasticity``, ``low``, ``high``, ``n``, ``degrees_of_freedom``,
        ``first``, ``last`` (years), ``ratio_first``, ``ratio_last`` (revenue over what it answers
        to, USD per USD where ``in_dollars``), ``marginal`` (elasticity times ``ratio_last``),
        ``in_dollars``, ``one_source``.

    Notes
    -----
    Both sides grew by a steady factor a year. An elasticity through such points is the ratio of
    two growth rates, whichever drives the other, or neither.
    """
    rows = []
    for firm, ruler, kind in product(
        FIRMS, compute_revenue.RULERS, (compute_revenue.RUN_RATE, compute_revenue.RECOGNISED)
    ):
        try:
            table = compute_revenue.points(
                ruler, kind, entity=firm, facts=facts, run_rates=run_rates
            )
        except KeyError:
            continue
        if len(table) < 2:
            continue
        dollars = compute_revenue.RULERS[ruler].flow
        rows.append(_elastic(table, firm, f"its compute in {ruler}", dollars, confidence))
    spent = investment_points(run_rates, capital_spending, investment, facts)
    for name, part in spent.groupby("spending", sort=False):
        if len(part) < 2:
            continue
        table = pd.DataFrame(
            {
                "entity": BOTH,
                "year": part["year"],
                "ruler": name,
                "compute": part["usd_bn"],
                "revenue": part["run_rate"],
                "revenue_kind": compute_revenue.RUN_RATE,
                "one_source": part["one_source"],
            }
        )
        rows.append(_elastic(table, BOTH, str(name), True, confidence))
    return pd.DataFrame(rows)


def _elastic(
    table: pd.DataFrame, firm: str, name: str, dollars: bool, confidence: float
) -> dict[str, object]:
    found = compute_revenue.elasticity(table, confidence)
    ratio = (table["revenue"] / table["compute"]).to_numpy(float)
    return {
        "revenue": firm,
        "revenue_kind": found.revenue_kind,
        "answers_to": name,
        "elasticity": found.estimate,
        "low": found.low,
        "high": found.high,
        "n": found.n,
        "degrees_of_freedom": found.degrees_of_freedom,
        "first": int(table["year"].min()),
        "last": int(table["year"].max()),
        "ratio_first": float(ratio[0]),
        "ratio_last": float(ratio[-1]),
        "marginal": found.estimate * float(ratio[-1]),
        "in_dollars": dollars,
        "one_source": found.one_source,
    }


def years_to_world_output(
    world_growth: Sequence[float] = (0.0, 0.05),
    *,
    part: float = 1.0,
    errors: str = "plain",
    further: Mapping[str, pd.DataFrame] | None = None,
    run_rates: pd.DataFrame | None = None,
    capital_spending: pd.DataFrame | None = None,
    investment: pd.DataFrame | None = None,
    facts: pd.DataFrame | None = None,
    published: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Say how soon present rates would pass the world's output: they cannot last.

    Parameters
    ----------
    world_growth : sequence of float
        By what share the world's output grows a year; 0.05 is about its growth in current dollars.
    part : float
        Of the world's output that is to be passed, above zero and at most one.
    errors : {"plain", "lasting"}
        Plain: a straight line by least squares, its interval by HC3, or ordinary with fewer than
        six points. Lasting: by generalised least squares for residuals that last.
    further : mapping of str to DataFrame, optional
        Further series by name, with ``date`` and ``usd_bn`` (a year).
    run_rates, capital_spending, investment, facts, published : pandas.DataFrame, optional

    Returns
    -------
    pandas.DataFrame
        ``what``, ``usd_bn`` (latest, a year), ``on`` (its day), ``growth`` (log growth per year of
        a straight line through all), ``low``,
        ``high`` (95%), ``n``, ``times_a_year``, ``world_growth``, ``world_usd_bn``, ``years`` until
        that part is reached, ``years_low``, ``years_high`` (at the ends of the growth's interval;
        infinite where it would never pass), ``passes`` (calendar year of ``years``).
    """
    if not 0 < part <= 1:
        raise ValueError(f"{part:g} is no part of the world's output: above 0, at most 1")
    _choose("errors", errors, ("plain", LASTING))
    table = data.table(published, "published").set_index("result")
    if "world-output-2024" not in table.index:
        raise KeyError("no result 'world-output-2024' in the table published")
    world = float(table.loc["world-output-2024", "value"]) * 1000
    world_day = pd.Timestamp("2024-07-01")
    series = {
        f"run-rate of {firm}": run_rates_of(firm, run_rates=run_rates) for firm in (*FIRMS, BOTH)
    }
    spent = investment_points(run_rates, capital_spending, investment, facts)
    for name, yearly in spent.groupby("spending", sort=False):
        days = pd.to_datetime(yearly["year"].astype(str) + "-07-01")
        series[str(name)] = pd.DataFrame({"date": days, "usd_bn": yearly["usd_bn"]})
    series |= further or {}
    rows = []
    for name, path in series.items():
        if len(path) < 3:
            continue
        years, y = _years(path["date"]), np.log(path["usd_bn"].to_numpy(float))
        design = np.column_stack([np.ones_like(years), years - years.mean()])
        if errors == LASTING:
            white = whitener(years, LASTING_YEARS)
            fit = least_squares(white @ design, white @ y, errors="ordinary")
        else:
            fit = least_squares(design, y, errors="HC3" if len(y) > 5 else "ordinary")
        growth, (low, high) = float(fit.coefficients[1]), fit.interval(1)
        latest, day = float(path["usd_bn"].iloc[-1]), path["date"].iloc[-1]
        for share in world_growth:
            after = (day - world_day).days / DAYS_PER_YEAR
            ahead = np.log(part * world / latest) + np.log1p(share) * after

            def until(rate: float, gap: float = ahead, other: float = share) -> float:
                faster = rate - np.log1p(other)
                return float(gap / faster) if faster > 0 else np.inf

            years_ahead = until(growth)
            rows.append(
                {
                    "what": name,
                    "usd_bn": latest,
                    "on": day,
                    "growth": growth,
                    "low": low,
                    "high": high,
                    "n": len(y),
                    "times_a_year": float(np.exp(growth)),
                    "world_growth": share,
                    "world_usd_bn": world,
                    "years": years_ahead,
                    "years_low": until(high),
                    "years_high": until(low),
                    "passes": day.year + (day.day_of_year - 1) / 365 + years_ahead,
                }
            )
    return pd.DataFrame(rows)


# ---------------------------------------------------------------------------------------------
# how sure, how soon, how often wrong


def revenue_process(
    firm: str = "OpenAI", *, run_rates: pd.DataFrame | None = None, **tables: pd.DataFrame | None
) -> Process:
    """Estimate how a firm's run-rates came about, if they grew exponentially.

    Parameters
    ----------
    firm : str
    run_rates : pandas.DataFrame, optional
    **tables : pandas.DataFrame
        As :func:`firm_scores` takes them.

    Returns
    -------
    three_observations.time_horizons.Process
        ``years`` of the reports after the first scored model, in years from the last; ``growth``
        per year; ``scatter`` about a straight line in time; how long a residual lasts and which
        share of it belongs to one report alone, by restricted maximum likelihood over times up to
        three years and shares of 0 to 75%; ``pace``: reports a year over the last two years.
    """
    table = points(firm, INDEX, run_rates=run_rates, **tables)
    years = table["years"].to_numpy() - table["years"].max()
    y = table["y"].to_numpy()
    base = np.column_stack([np.ones_like(years), years])
    if len(y) < 5:
        raise ValueError(f"{len(y)} reports cannot tell how a run-rate scatters")
    found = fading_time(years, base, y)
    growth = least_squares(base, y).coefficients[1]
    pace = float((years > -2).sum()) / min(2.0, -float(years.min()))
    return Process(years, float(growth), found.scatter, found.time, found.share, pace)


def reporting_noise(run_rates: pd.DataFrame | None = None, within_days: int = 7) -> pd.Series:
    """Measure how far two reports of the same firm and days lie apart.

    Returns
    -------
    pandas.Series
        ``pairs``, ``log_sd`` (standard deviation of one report, in logarithms: half the mean
        squared difference, its root), ``largest`` (x between two reports). Pairs that give one
        figure are repeats of one statement and are left out.
    """
    table = data.table(run_rates, "run_rates")
    table = table[table["basis"] == "stated"].sort_values(["company", "date"], kind="stable")
    gaps = []
    for _, part in table.groupby("company"):
        y, day = np.log(part["run_rate_usd_bn"].to_numpy(float)), _years(part["date"])
        near = np.abs(day[:, None] - day) * DAYS_PER_YEAR <= within_days + 1e-9
        one, other = np.nonzero(np.triu(near, 1))
        gaps.extend(np.abs(y[one] - y[other]))
    gaps = np.array([gap for gap in gaps if gap > 1e-9])
    spread = float(np.sqrt((gaps**2).mean() / 2)) if len(gaps) else np.nan
    largest = float(np.exp(gaps.max())) if len(gaps) else np.nan
    return pd.Series({"pairs": len(gaps), "log_sd": spread, "largest": largest})


def _residuals(
    years: np.ndarray, process: Process, own_share: float, histories: int, seed: int
) -> np.ndarray:
    """Draw residuals at dates: shape (histories, dates)."""
    gap = np.abs(years[:, None] - years)
    fading = np.exp(-gap / max(process.correlation_years, 1e-9))
    root = np.linalg.cholesky(fading + 1e-9 * np.eye(len(years)))
    fresh, own = np.random.default_rng(seed).standard_normal((2, len(years), histories))
    kept = np.sqrt(1 - process.own_share) * (root @ fresh)
    return process.scatter * (kept + np.sqrt(own_share) * own).T


def _risen(years: np.ndarray, rise: float, middle: float, since: str) -> np.ndarray:
    """Return the integral of (1 + rise)**t: how far growth of one a year at ``middle`` has come."""
    rate = np.log1p(rise)
    if rate == 0:
        return years - middle
    if since == "today":
        return np.where(years > 0, np.expm1(rate * np.maximum(years, 0)) / rate, years)
    return np.expm1(rate * (years - middle)) / rate


def _bends_over_time(years: np.ndarray, values: np.ndarray, ends: Sequence[int]) -> np.ndarray:
    """Return the t statistic of curvature after so many dates: shape (..., ends)."""
    found = []
    for end in ends:
        if end < 5:
            found.append(np.full(values.shape[:-1], np.nan))
            continue
        time = years[:end] - years[:end].mean()
        time = time / time.std()
        basis, _ = np.linalg.qr(np.stack([np.ones(end), time, time**2], axis=1))
        y = values[..., :end]
        y = y - y.mean(axis=-1, keepdims=True)
        fitted = y @ basis
        squares = np.maximum((y**2).sum(axis=-1) - (fitted**2).sum(axis=-1), 1e-300)
        # The last column of the basis may point down: the sign is that of its own curvature.
        sign = np.sign(basis[:, 2] @ time**2)
        found.append(sign * fitted[..., 2] / np.sqrt(squares / (end - 3)))
    return np.stack(found, axis=-1)


#: What can be watched: run-rates as firms announce them, or quarters as auditors see them.
WATCHED = ("run-rates", "audited quarters")
QUARTERS_A_YEAR = 4
QUARTER = 1 / QUARTERS_A_YEAR


def revenue_power(
    firm: str = "OpenAI",
    rises: Sequence[float] = (0.1, 0.2, 0.3, 0.5),
    *,
    watched: Sequence[str] = WATCHED,
    since: str = "throughout",
    known_quarters: int = 2,
    years_after: float = 12.0,
    step: float = 0.5,
    process: Process | None = None,
    histories: int = 400,
    seed: int = 20250209,
    run_rates: pd.DataFrame | None = None,
    **tables: pd.DataFrame | None,
) -> pd.DataFrame:
    """Simulate how often a rising growth rate of revenue would show, by years of further data.

    Parameters
    ----------
    firm : str
        Whose run-rates the simulation takes its dates, growth and scatter from.
    rises : sequence of float
        By what share the growth rate rises every year.
    watched : sequence of {"run-rates", "audited quarters"}
        Run-rates go on at the present pace from those that there are. Quarters begin with
        ``known_quarters`` and bring four a year, without the part of the scatter that belongs to
        one report alone.
    since : {"throughout", "today"}
        Whether the rate has risen all along, with the present one at the middle of the window, or
        rises from the last report on.
    known_quarters : int
        Quarters published in accounts so far.
    years_after, step : float
    process : Process, optional
        :func:`revenue_process` of the firm if left out.
    histories, seed : int
        400 per rise fix a power of 80% to 4 points.
    run_rates : pandas.DataFrame, optional
    **tables : pandas.DataFrame

    Returns
    -------
    pandas.DataFrame
        ``firm``, ``watched``, ``rise``, ``years`` (further), ``power`` (share of histories whose
        curvature in time lies above 97.5% of those of exponential growth with the same dates and
        residuals), ``ordinary`` (share that an ordinary t test would call accelerating).
        ``rise`` 0 is exponential growth.

    Notes
    -----
    Growth rises in time here. If the index rises evenly with time, that is a rise along the index.
    """
    if since not in ("throughout", "today"):
        raise ValueError(f"since is 'throughout' or 'today', not {since!r}")
    if min(rises) < 0:
        raise ValueError("a rise is a share of zero or above, such as 0.2 for 20% a year")
    if process is None:
        process = revenue_process(firm, run_rates=run_rates, **tables)
    middle = float(process.years.min()) / 2
    looks = np.arange(0, years_after + 1e-9, step)
    rows = []
    for kind in watched:
        _choose("kind of data", kind, WATCHED)
        if kind == "run-rates":
            known, pace, own = np.sort(process.years), process.pace, process.own_share
        else:
            known, pace, own = -np.arange(known_quarters)[::-1] / 4, QUARTERS_A_YEAR, 0.0
        further = np.arange(1, int(np.floor(pace * years_after + 1e-9)) + 1) / pace
        years = np.concatenate([known, further])
        ends = np.searchsorted(years, looks + 1e-9, side="right")
        null = _residuals(years, process, own, histories, seed + 1)
        bends_null = _bends_over_time(years, null, ends)
        limit = np.full(len(ends), np.inf)
        limit[ends >= 5] = np.quantile(bends_null[:, ends >= 5], 0.975, axis=0)
        reach = np.array([student(max(int(end) - 3, 1)) for end in ends])
        noise = _residuals(years, process, own, histories, seed)
        for rise in (0.0, *rises):
            values = process.growth * _risen(years, rise, middle, since) + noise
            statistic = np.nan_to_num(_bends_over_time(years, values, ends), nan=-np.inf)
            rows.append(
                pd.DataFrame(
                    {
                        "firm": firm,
                        "watched": kind,
                        "rise": rise,
                        "years": looks,
                        "power": (statistic > limit).mean(axis=0),
                        "ordinary": (statistic > reach).mean(axis=0),
                    }
                )
            )
    return pd.concat(rows, ignore_index=True)


def lasting_power(
    firm: str = "OpenAI",
    rise: float = 0.3,
    *,
    further_years: float = 0.0,
    process: Process | None = None,
    histories: int = 400,
    seed: int = 20250209,
    run_rates: pd.DataFrame | None = None,
    **tables: pd.DataFrame | None,
) -> float:
    """Simulate how often the lasting interval, which the rules use, would show a rise.

    Parameters
    ----------
    firm, process, histories, seed, run_rates, **tables
        As :func:`revenue_power` takes them; the histories are the same.
    rise : float
        By what share the growth rate rises every year, throughout.
    further_years : float
        Years of further reports, at the present pace; zero asks of the reports of today.

    Returns
    -------
    float
        Share of histories whose lasting 95% interval of the curvature in time lies above zero.
    """
    if further_years < 0:
        raise ValueError("further_years counts from the last report on: zero or more")
    if process is None:
        process = revenue_process(firm, run_rates=run_rates, **tables)
    reports = int(np.floor(process.pace * further_years + 1e-9))
    further = np.arange(1, reports + 1) / process.pace
    years = np.concatenate([np.sort(process.years), further])
    noise = _residuals(years, process, process.own_share, histories, seed)
    middle = float(process.years.min()) / 2
    values = process.growth * _risen(years, rise, middle, "throughout") + noise
    curve = Curve.through(years, years, years)
    white = whitener(years, LASTING_YEARS)
    seen, told = white @ curve.quadratic, white @ values.T
    solver = np.linalg.pinv(seen)
    found = solver @ told
    spread = ((told - seen @ found) ** 2).sum(axis=0) / (len(years) - 3)
    error = np.sqrt(spread * (solver[2] ** 2).sum())
    return float((found[2] > student(len(years) - 3) * error).mean())


def lasting_years_needed(
    firm: str = "OpenAI",
    rise: float = 0.3,
    *,
    wanted: float = 0.8,
    years_after: float = 12.0,
    step: float = 0.5,
    **options: object,
) -> float:
    """Say after how many further years the lasting interval would show a rise.

    Parameters
    ----------
    firm, rise, **options
        As :func:`lasting_power` takes them.
    wanted : float
        Share of histories in which it has to show.
    years_after, step : float
        How far to look, and how often.

    Returns
    -------
    float
        Years, read off between two looks in a straight line; infinite if never within
        ``years_after``.
    """
    last = 0.0
    for look in np.arange(0, years_after + 1e-9, step):
        power = lasting_power(firm, rise, further_years=float(look), **options)
        if power >= wanted:
            return float(look - step * (power - wanted) / (power - last)) if look else 0.0
        last = power
    return float("inf")


def revenue_years_needed(table: pd.DataFrame, wanted: float = 0.8) -> pd.DataFrame:
    """Read off :func:`revenue_power` after how many further years it reaches what is wanted.

    Returns
    -------
    pandas.DataFrame
        ``firm``, ``watched``, ``rise``, ``years`` (infinite if never within the table), ``now``.
    """
    parts = []
    for (firm, kind), part in table.groupby(["firm", "watched"], sort=False):
        parts.append(years_needed(part, wanted).assign(firm=firm, watched=kind))
    columns = ["firm", "watched", "rise", "years", "now"]
    return pd.concat(parts, ignore_index=True)[columns]


def _excluded(
    curve: Curve, responses: np.ndarray, truth: float = 0.0, confidence: float = 0.95
) -> dict[str, float]:
    """Return, for each kind of interval, the share of responses (n, m) that leave a truth out."""
    design, n = curve.quadratic, len(curve.y)
    solver = np.linalg.pinv(design)
    found = solver @ responses
    residual = responses - design @ found
    target = truth * curve.unit**2
    away = np.abs(found[2] - target)
    leverage = (design * solver.T).sum(axis=1)
    part = residual.T * solver[2]
    plain = np.sqrt((residual**2).sum(axis=0) / (n - 3) * (solver[2] ** 2).sum())
    robust = np.sqrt(((part / (1 - leverage)) ** 2).sum(axis=1))
    one = least_squares(design, curve.y, errors="Newey-West")
    apart = np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
    weights = np.maximum(1 - apart / round(one.bandwidth_share * n), 0)
    serial = np.sqrt(((part @ weights) * part).sum(axis=1) * n / (n - 3))
    errors, fixed = student(n - 3, confidence), fixed_bandwidth(one.bandwidth_share, confidence)
    white = whitener(curve.years, LASTING_YEARS)
    seen, told = white @ design, white @ responses
    solver = np.linalg.pinv(seen)
    found = solver @ told
    rest = ((told - seen @ found) ** 2).sum(axis=0) / (n - 3)
    lasting = np.abs(found[2] - target) / np.sqrt(rest * (solver[2] ** 2).sum())
    return {
        "ordinary": float((away > errors * plain).mean()),
        "robust": float((away > errors * robust).mean()),
        "newey_west": float((away > fixed * serial).mean()),
        "lasting": float((lasting > errors).mean()),
    }


def coverage(
    firm: str = "OpenAI",
    ruler: str = INDEX,
    correlation_years: Sequence[float] = (0.0, 0.1, 0.3, 1.0, 3.0),
    *,
    own_share: float = 0.0,
    histories: int = 1000,
    seed: int = 20250209,
    confidence: float = 0.95,
    **tables: pd.DataFrame | None,
) -> pd.DataFrame:
    """Simulate how often each interval of the curvature holds the truth.

    Parameters
    ----------
    firm, ruler : str
        Whose dates and scores the simulated reports have. The truth is the fitted exponential.
    correlation_years : sequence of float
        Over which the residuals fade.
    own_share : float
        Share of their variance that is each report's own.
    histories, seed : int
        1,000 fix a coverage of 95% to 1.4 points.
    confidence : float
    **tables : pandas.DataFrame
        As :func:`points` takes them.

    Returns
    -------
    pandas.DataFrame
        ``correlation_years``, and the share of histories covered by ``ordinary``, ``robust``,
        ``newey_west`` and ``lasting`` intervals.
    """
    curve = Curve.of(points(firm, ruler, **tables))
    line = curve.fit(degree=1)
    trend = curve.line @ line.coefficients
    scatter = np.sqrt(line.squares / line.degrees_of_freedom)
    rows = []
    for time in correlation_years:
        process = Process(curve.years, 0.0, float(scatter), time, own_share, 0.0)
        noise = _residuals(curve.years, process, own_share, histories, seed)
        wrong = _excluded(curve, (trend + noise).T, 0.0, confidence)
        rows.append(
            {"correlation_years": time} | {name: 1 - share for name, share in wrong.items()}
        )
    return pd.DataFrame(rows)


#: How a firm may choose the days of its announcements.
ANNOUNCED = ("as it was", "at milestones", "best month of three")
MILESTONE = 1.25


def revenue_false_alarms(
    firm: str = "OpenAI",
    *,
    histories: int = 1000,
    seed: int = 20250209,
    process: Process | None = None,
    run_rates: pd.DataFrame | None = None,
    **tables: pd.DataFrame | None,
) -> pd.DataFrame:
    """Say how often a test of curvature at 5% cries wolf when revenue grows exponentially.

    Parameters
    ----------
    firm : str
    histories, seed : int
        1,000 fix a share of 5% to 1.4 points.
    process : Process, optional
        :func:`revenue_process` of the firm if left out.
    run_rates : pandas.DataFrame, optional
    **tables : pandas.DataFrame

    Returns
    -------
    pandas.DataFrame
        ``dates``: "as it was" (the firm's own), "at milestones" (the first month in which the
        run-rate stands 25% above the last announced), "best month of three" (of every quarter the
        month furthest above the trend); ``residuals``: "independent", "fading over months" (a
        quarter of a year), "as estimated" (:func:`revenue_process`); ``reports``
        (mean number); ``ordinary``,
        ``upward`` (ordinary tests that claim acceleration), and for the firm's own dates
        ``robust``, ``newey_west``, ``lasting``: shares of histories with a curvature in time.
    """
    if process is None:
        process = revenue_process(firm, run_rates=run_rates, **tables)
    kinds = {
        "independent": (0.0, 1.0),
        "fading over months": (QUARTER, 0.0),
        "as estimated": (process.correlation_years, process.own_share),
    }
    own = np.sort(process.years)
    curve = Curve.of(pd.DataFrame({"x": own, "y": own, "years": own}))
    first = float(own.min())
    months = first + np.arange(int(np.floor(-first * 12)) + 1) / 12
    rows = []
    for kind, (time, share) in kinds.items():
        other = Process(own, process.growth, process.scatter, time, share, process.pace)
        values = process.growth * own + _residuals(own, other, share, histories, seed)
        shares = _excluded(curve, values.T)
        statistic = _bends_over_time(own, values, [len(own)])[:, 0]
        shares["upward"] = float((statistic > student(len(own) - 3)).mean())
        rows.append({"dates": "as it was", "residuals": kind, "reports": len(own)} | shares)
        noise = _residuals(months, other, share, histories, seed)
        values = process.growth * months + noise
        for dates in ANNOUNCED[1:]:
            kept = _milestones(values) if dates == "at milestones" else _best_of_three(noise)
            found, error, _, count = _quadratics(months, values, kept)
            usable = np.isfinite(found)
            table = np.array([np.inf] * 4 + [student(max(n - 3, 1)) for n in range(4, 200)])
            limit = table[count[usable].astype(int)]
            ratio = found[usable] / error[usable]
            rows.append(
                {
                    "dates": dates,
                    "residuals": kind,
                    "reports": float(count.mean()),
                    "ordinary": float((np.abs(ratio) > limit).mean()),
                    "upward": float((ratio > limit).mean()),
                }
            )
    columns = ["dates", "residuals", "reports", "ordinary", "upward"]
    table = pd.DataFrame(rows)[[*columns, "robust", "newey_west", "lasting"]]
    order = table["dates"].map({name: place for place, name in enumerate(ANNOUNCED)})
    return table.assign(order=order).sort_values("order", kind="stable", ignore_index=True)[
        table.columns
    ]


def _milestones(values: np.ndarray) -> np.ndarray:
    """Mark the months in which each history first stands a milestone above the last marked."""
    kept = np.zeros(values.shape, dtype=bool)
    kept[:, 0] = True
    last = values[:, 0].copy()
    for month in range(1, values.shape[1]):
        now = values[:, month] >= last + np.log(MILESTONE)
        kept[:, month] = now
        last = np.where(now, values[:, month], last)
    return kept


def _best_of_three(noise: np.ndarray) -> np.ndarray:
    """Mark the month of every three that stands furthest above the trend."""
    histories, months = noise.shape
    kept = np.zeros(noise.shape, dtype=bool)
    for start in range(0, months, 3):
        best = noise[:, start : start + 3].argmax(axis=1)
        kept[np.arange(histories), start + best] = True
    return kept


# ---------------------------------------------------------------------------------------------
# specification curve


CHOICES = ("firm", "ruler", "lag", "rows", "window", "estimator")
SPECIFIED_FIRMS = (*FIRMS, BOTH)
#: First day of each window.
WINDOWS: dict[str, pd.Timestamp | None] = {
    "all": None,
    "from 2024": pd.Timestamp("2024-01-01"),
    "from 2025": pd.Timestamp("2025-01-01"),
}
ESTIMATORS = ("quadratic", "halves", LASTING)


def specification_curve(
    *,
    firms: Sequence[str] = SPECIFIED_FIRMS,
    rulers: Sequence[str] = tuple(RULERS),
    lags: Sequence[float] = LAGS,
    rows: Sequence[str] = ROWS,
    windows: Mapping[str, pd.Timestamp | None] = WINDOWS,
    estimators: Sequence[str] = ESTIMATORS,
    confidence: float = 0.95,
    run_rates: pd.DataFrame | None = None,
    scores: pd.DataFrame | None = None,
    horizons: pd.DataFrame | None = None,
    **tables: pd.DataFrame | None,
) -> pd.DataFrame:
    """Estimate the curvature of ln run-rate under every combination of choices.

    Parameters
    ----------
    firms, rulers, rows : sequence of str
        As :func:`points` takes them.
    lags : sequence of float
        Months.
    windows : mapping of str to first day
    estimators : sequence of {"quadratic", "halves", "lasting"}
        "quadratic": least squares, HC3 and Student's t. "halves": the slope above the middle score
        less the slope below, over the distance of the halves' mean scores, with ordinary errors and
        the fewer degrees of freedom. "lasting": generalised least squares for residuals that
        last.
    confidence : float
    run_rates, scores, horizons : pandas.DataFrame, optional
    **tables : pandas.DataFrame
        As :func:`firm_scores` takes them.

    Returns
    -------
    pandas.DataFrame
        One row a specification: the :data:`CHOICES`; ``estimate``, ``low``, ``high``;
        ``n_points``, ``n_scores``, ``usable``, ``reason``.

    Notes
    -----
    Rulers have their own units, so every scale is measured in the distance between the two
    :data:`FIXED_MODELS` on it: an estimate of 0.5 means that ln revenue grows by 0.5 more per
    such distance one distance further up.
    The vintages of the index are rulers of their own. A specification that has the same points as
    one before it is flagged, so that none counts twice.
    """
    for estimator in estimators:
        _choose("estimator", estimator, ESTIMATORS)
    tables = {**tables, "scores": scores, "horizons": horizons}
    units = {ruler: _unit(ruler, **tables) for ruler in rulers}
    series = {
        (firm, chosen): run_rates_of(firm, chosen, run_rates)
        for firm, chosen in product(firms, rows)
    }
    found = []
    for firm, ruler in product(firms, rulers):
        ladder = firm_scores(firm, ruler, **tables)
        steps, until = staircase(ladder), ladder.attrs["until"]
        heights = steps["value"].to_numpy() / units[ruler]
        for lag, chosen in product(lags, rows):
            seen: dict[bytes, str] = {}
            days = series[firm, chosen]["date"].to_numpy()
            logs = np.log(series[firm, chosen]["usd_bn"].to_numpy())
            place, before, after = _places(steps, until, days, lag)
            whole, years = ~before & ~after, _years(days)
            for window, start in windows.items():
                kept = whole if start is None else whole & (days >= np.datetime64(start))
                x, y, when = heights[place[kept]], logs[kept], years[kept]
                same = seen.setdefault(kept.tobytes(), window)
                n_scores = len(np.unique(x))
                reason = ""
                if len(x) < LEAST_POINTS:
                    reason = f"fewer than {LEAST_POINTS} reports"
                elif n_scores < LEAST_SCORES:
                    reason = f"fewer than {LEAST_SCORES} different scores"
                elif np.ptp(x) < LEAST_SPAN:
                    reason = f"scores span less than {LEAST_SPAN:g} of the unit"
                elif same != window:
                    reason = f"same reports as {same!r}"
                curve = None if reason else Curve.through(x, y, when)
                for estimator in estimators:
                    result, why = (np.nan,) * 3, reason
                    if curve is not None:
                        result = _estimate(curve, estimator, confidence)
                        why = "" if np.isfinite(result).all() else "no interval"
                    found.append(
                        (firm, ruler, lag, chosen, window, estimator, *result)
                        + (len(x), n_scores, why == "", why)
                    )
    columns = [*CHOICES, "estimate", "low", "high", "n_points", "n_scores", "usable", "reason"]
    return pd.DataFrame(found, columns=columns)


def _unit(ruler: str, **tables: pd.DataFrame | None) -> float:
    """Return the distance between the two fixed models on a ruler."""
    values = firm_scores(BOTH, ruler, **tables).drop_duplicates("model").set_index("model")["value"]
    missing = [model for model in FIXED_MODELS if model not in values.index]
    if missing:
        raise ValueError(f"{ruler!r} has no score of {missing[0]!r}, which fixes its unit")
    return float(values[FIXED_MODELS[1]] - values[FIXED_MODELS[0]])


def _estimate(curve: Curve, estimator: str, confidence: float) -> tuple[float, float, float]:
    if estimator == "halves":
        return _halves(curve, confidence)
    try:
        fit = curve.fit("HC3" if estimator == "quadratic" else LASTING)
    except ValueError:
        return np.nan, np.nan, np.nan
    low, high = fit.interval(2, confidence)
    scale = curve.unit**2
    return float(fit.coefficients[2]) / scale, low / scale, high / scale


def _halves(curve: Curve, confidence: float) -> tuple[float, float, float]:
    """Compare the slopes of the points above and below the middle of the scores."""
    x, y = curve.line[:, 1] * curve.unit, curve.y
    upper = x > (x.min() + x.max()) / 2
    sides = []
    for part in (~upper, upper):
        if part.sum() < 3 or np.ptp(x[part]) == 0:
            return np.nan, np.nan, np.nan
        design = np.column_stack([np.ones(part.sum()), x[part] - x[part].mean()])
        sides.append((x[part].mean(), least_squares(design, y[part], errors="ordinary")))
    (low_x, low_fit), (high_x, high_fit) = sides
    apart = high_x - low_x
    difference = float(high_fit.coefficients[1] - low_fit.coefficients[1]) / apart
    error = np.hypot(high_fit.standard_error(1), low_fit.standard_error(1)) / apart
    freedom = min(high_fit.degrees_of_freedom, low_fit.degrees_of_freedom)
    reach = student(freedom, confidence) * float(error)
    return difference, difference - reach, difference + reach


#: A ruler that is another one transformed: minutes are the exponential of doublings.
TRANSFORMS = ("horizon_minutes",)


def judged(curve: pd.DataFrame) -> pd.DataFrame:
    """Keep the usable specifications that the rules count.

    They are those of single firms, because the sum of two bends by composition alone; with the
    interval for residuals that last, because the others miss the truth too often; and not on a
    ruler that is only another one transformed, which has its own question.

    Parameters
    ----------
    curve : pandas.DataFrame
        From :func:`specification_curve`.
    """
    counted = (
        curve["usable"]
        & (curve["estimator"] == LASTING)
        & curve["firm"].isin(FIRMS)
        & ~curve["ruler"].isin(TRANSFORMS)
    )
    return curve[counted]


def curve_summary(curve: pd.DataFrame) -> pd.Series:
    """Say how the usable specifications lie to zero.

    Returns
    -------
    pandas.Series
        As :func:`three_observations.specification.summary` with the threshold 0:
        ``share_at_least`` is the share with a curvature above zero, ``share_above`` and
        ``share_below`` those whose interval is.
    """
    return specification.summary(curve, threshold=0.0)


def curve_influence(curve: pd.DataFrame) -> pd.DataFrame:
    """Say how much each choice moves the curvature, all others held.

    Returns
    -------
    pandas.DataFrame
        ``choice``, ``options``, ``pairs``, ``mean_difference`` (mean absolute difference of the
        curvatures of two options), the most influential first.
    """
    # The shared function compares logarithms of rates; a curvature is one already.
    rates = curve.assign(estimate=np.exp(curve["estimate"].clip(-300, 300)))
    return specification.influence(rates, CHOICES).drop(columns="factor")


def curve_by_option(curve: pd.DataFrame) -> pd.DataFrame:
    """Summarise the usable specifications for every option of every choice.

    Returns
    -------
    pandas.DataFrame
        As :func:`three_observations.specification.by_option`, with ``share_above`` and
        ``share_below`` (whole interval on that side of zero).
    """
    table = specification.by_option(curve, 0.0, CHOICES)
    used = curve[curve["usable"]]
    sides = []
    for row in table.itertuples():
        part = used[used[row.choice] == row.option]
        sides.append(((part["low"] > 0).mean(), (part["high"] < 0).mean()))
    return table.assign(
        share_above=[side[0] for side in sides], share_below=[side[1] for side in sides]
    )


# ---------------------------------------------------------------------------------------------
# what others found


#: What each published result measures, and what it says of the claim.
PUBLISHED: dict[str, tuple[str, str]] = {
    "acemoglu-tfp": (
        "a level",
        "A bound on the gain of ten years. It counts tasks that can be done today and how much "
        "cheaper they become, so it speaks of a level and not of curvature.",
    ),
    "jones-knowledge-work": (
        "a bound",
        "Infinite intelligence in a third of the economy multiplies output once: value is bounded "
        "as long as the rest is needed.",
    ),
    "jones-software": (
        "a bound",
        "The same for a fiftieth of the economy: what is cheap without limit is worth little more.",
    ),
    "erdil-beta": (
        "a condition",
        "Above it growth in a model of ideas is hyperbolic in time. Whether the world lies above "
        "it is not measured.",
    ),
    "gate-investment": (
        "a level",
        "What a model of automation finds worth spending. The level is an outcome of assumed "
        "substitution, and the paper calls it no forecast.",
    ),
    "metr-developers": (
        "a level",
        "What a capable model did for paid work in a trial: slower, while all felt faster. Value "
        "felt and value measured differ in sign.",
    ),
}


def published_estimates(
    published: pd.DataFrame | None = None, results: Sequence[str] | None = None
) -> pd.DataFrame:
    """Set published estimates of the value of AI beside each other.

    Parameters
    ----------
    published : pandas.DataFrame, optional
    results : sequence of str, optional
        Keys of :data:`PUBLISHED`; all by default.

    Returns
    -------
    pandas.DataFrame
        ``result``, ``what``, ``value``, ``low``, ``high``, ``unit``, ``source``, ``kind`` (level,
        bound or condition), ``a_year`` (per cent a year, for a gain over ten years),
        ``share_implied`` (of output, for 1 / (1 - share)), ``says`` (what it means for the claim).

    Raises
    ------
    KeyError
        If a result is not in the table.
    """
    table = data.table(published, "published").set_index("result")
    rows = []
    for result in PUBLISHED if results is None else results:
        if result not in table.index or result not in PUBLISHED:
            raise KeyError(f"no result {result!r} in the table published")
        row, (kind, says) = table.loc[result], PUBLISHED[result]
        value = float(row["value"])
        rows.append(
            {
                "result": result,
                "what": row["what"],
                "value": value,
                "low": row["low"],
                "high": row["high"],
                "unit": row["unit"],
                "source": row["source"],
                "kind": kind,
                "a_year": 100 * np.expm1(np.log1p(value / 100) / 10)
                if result == "acemoglu-tfp"
                else np.nan,
                "share_implied": 1 - 1 / value if result.startswith("jones-") else np.nan,
                "says": says,
            }
        )
    return pd.DataFrame(rows)
