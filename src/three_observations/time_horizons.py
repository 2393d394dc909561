"""Time horizons of AI agents: how fast they grow, whether they accelerate, what it takes to know.

A *time horizon* is the length of task, in minutes of a skilled human, at which an agent succeeds
half of the time (Kwa and others, *Measuring AI Ability to Complete Long Tasks*,
arXiv:2503.14499, 2025).
METR has published it in several *vintages*: the tasks changed from 1.0 to 1.1, and the
regularisation of the logistic fits in March 2026.
A vintage is never pooled with another.

**Doubling times** are METR's: least squares of the logarithm of the horizon on the release date,
through the models that set a record *within the window*.
Records restart at the first day of a window, and METR leaves out horizons above 16 hours.
:func:`doubling_times` gives them for every vintage and window, :func:`published_doubling_times`
sets them beside METR's own.

**Forms of growth.** :func:`compare_forms` fits all by least squares on the same values:

``"linear"``
    a + b t: the horizon grows exponentially.
``"quadratic"``
    a + b t + c t**2 / 2: the growth rate changes by c every year.
``"hyperbolic"``
    a - k ln(t0 - t): the horizon reaches infinity at t0. It holds the exponential as the limit of
    a far t0, and slowing growth beyond it (t0 in the past), so an interval for t0 may be unbounded.
``"pure hyperbolic"``
    a - ln(t0 - t), the horizon being in inverse proportion to the time that is left.
``"kinked"``
    a + b t + c max(0, t - t1), with the break t1 searched.

A searched break is charged for the search: as three parameters in the AICc (Ninomiya, Statistics
and Probability Letters 72, 2005), and in :func:`break_test` by the largest F of all breaks against
its simulated distribution under exponential growth (Andrews, Econometrica 61, 1993; for a kink:
Hansen, Journal of Business and Economic Statistics 35, 2017).

**How sure.** A dozen points on a trend are no dozen independent draws.
:func:`curvature` gives, beside the ordinary interval, one with residuals that fade over time
(correlation exp(-gap / tau), tau by restricted maximum likelihood: Patterson and Thompson,
Biometrika 58, 1971; then set to the value whose estimates have the observed one as their median:
Andrews, Econometrica 61, 1993), with the reach of a bootstrap-t (Efron and Tibshirani, 1993,
chapter 12).
Records are selected, and a window's first model is a record whatever it can do: both bend a
straight trend. The last p-value therefore repeats the whole procedure, releases, selection and
all, under exponential growth.
Fourteen points at the dates of the newest vintage, residuals with a known correlation time, 200
histories each, were covered by 95% intervals of the curvature this often:

==================  ========  ======  ======
correlation time    ordinary  robust  fading
==================  ========  ======  ======
none                97%       94%     97%
0.1 years           91%       85%     96%
0.3 years           75%       69%     92%
1 year              63%       58%     92%
==================  ========  ======  ======

Measurement error (METR's own interval of each horizon) is carried in by draws that match the
three published quantiles; METR's interval of a doubling time contains only this part.

**From runs to horizons.** :func:`resampled_horizons` repeats METR's hierarchical bootstrap over
task families, tasks and runs, with its weights and its penalty, for all agents and resamples at
once by Newton's method.

**Power.** :func:`power` simulates how many more years of data a rising growth rate takes to show.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import pandas as pd

from three_observations import data
from three_observations.estimation import (
    FADING_TIMES,
    fading_time,
    least_squares,
    percentile_interval,
    student,
    whitener,
)
from three_observations.frontier import DAYS_PER_YEAR

#: Vintages by suite of the table, and what to call them, in the order of their publication.
#: A suite that the table does not have is passed over.
VINTAGES: dict[str, str] = {
    "th1_0": "1.0",
    "th1_0_2026_03": "1.0, fitted anew in March 2026",
    "th1_1_2026_01": "1.1 of January 2026",
    "th1_1_2026_04": "1.1 of April 2026",
}
#: The newest vintage, on which the power is judged.
NEWEST = "th1_1_2026_04"
#: Rows that METR added to a vintage later, without changing it.
ADDED = {"th1_1_2026_04": "th1_1_2026_05"}
#: Above this METR calls a horizon unreliable and leaves it out of its trends.
UNRELIABLE_MINUTES = 16 * 60

#: First day, and the day before which a window ends.
WINDOWS: dict[str, tuple[str, str | None]] = {
    "2019 on": ("2019-01-01", None),
    "2023 on": ("2023-01-01", None),
    "2024 on": ("2024-01-01", None),
    "2019 to Feb 2025": ("2019-01-01", "2025-02-25"),
    "2023 to Feb 2025": ("2023-01-01", "2025-02-25"),
    "2024 to Feb 2025": ("2024-01-01", "2025-02-25"),
}
OPEN_WINDOWS = ("2019 on", "2023 on", "2024 on")

FORMS = ("linear", "quadratic", "hyperbolic", "pure hyperbolic", "kinked")
#: Coefficients of each form, the variance of the residual among them; a searched break is three.
PARAMETERS = {"linear": 3, "quadratic": 4, "hyperbolic": 4, "pure hyperbolic": 3, "kinked": 7}
#: No singularity is looked for closer than this after the last point.
NEAREST_YEARS = 0.1
#: Points on either side of a searched break.
LEAST_SIDE = 3
#: The first forecast is made from so many points.
LEAST_TRAINING = 6

#: METR's penalty: half the square of the slope plus C times the weighted loss, weights of one
#: agent adding up to one. It was C = 10 until March 2026.
METR_C = 10.0

#: Agents of the table of runs that the table of horizons calls otherwise.
AGENT_MODELS = {"GPT-4 Turbo": "GPT-4 Turbo (Apr 2024)"}

#: METR's published doubling times: how the book computes each.
PUBLISHED = {
    "metr-212": ("th1_0", "2019 to Feb 2025"),
    "metr-165": ("th1_0", "2023 on"),
    "metr-109": ("th1_0", "2024 to Feb 2025"),
    "metr-201": ("th1_0_2026_03", "2019 on"),
    "metr-176": ("th1_0_2026_03", "2023 on"),
    "metr-130": ("th1_1_2026_01", "2023 on"),
    "metr-196": ("th1_1_2026_01", "2019 on"),
    "metr-89": ("th1_1_2026_01", "2024 to Feb 2025"),
    "metr-129": ("th1_1_2026_04", "2023 on"),
    "metr-188": ("th1_1_2026_04", "2019 on"),
}


def _present(vintages: Sequence[str] | None, horizons: pd.DataFrame) -> list[str]:
    suites = set(horizons["suite"])
    return [
        vintage for vintage in (VINTAGES if vintages is None else vintages) if vintage in suites
    ]


# ---------------------------------------------------------------------------------------------
# records within a window


def record_path(
    table: pd.DataFrame,
    start: str | None = None,
    before: str | None = None,
    *,
    restart: bool = True,
) -> pd.DataFrame:
    """Keep the rows that set, or equal, the highest value on their day.

    Parameters
    ----------
    table : pandas.DataFrame
        With ``date`` and ``value``.
    start, before : str, optional
        First day, and the day before which the window ends.
    restart : bool
        Whether records restart at ``start``, as METR's do: the first model of the window is then
        a record whatever it can do. Without, only records of all time count.

    Returns
    -------
    pandas.DataFrame
        The records by date, with the columns of ``table``.
    """
    names = table["name"].to_numpy() if "name" in table else None
    dates, values = table["date"].to_numpy(), table["value"].to_numpy(dtype=float)
    return table.iloc[_records(dates, values, names, start, before, restart)].reset_index(drop=True)


def _inside(dates: np.ndarray, start: str | None, before: str | None) -> np.ndarray:
    inside = ~np.isnat(dates)
    if start is not None:
        inside &= dates >= np.datetime64(start)
    if before is not None:
        inside &= dates < np.datetime64(before)
    return inside


def _records(
    dates: np.ndarray,
    values: np.ndarray,
    names: np.ndarray | None,
    start: str | None,
    before: str | None,
    restart: bool,
) -> np.ndarray:
    """Return the places of the records of a window, by date, value and name."""
    counted = _inside(dates, start if restart else None, before) & ~np.isnan(values)
    places = np.flatnonzero(counted)
    if not len(places):
        return places
    keys = [values[places], dates[places]]
    if names is not None:
        keys.insert(0, names[places].astype(str))
    places = places[np.lexsort(keys)]
    # All models of a day compete with the best of that day, whatever their order in the table.
    last_of_day = np.searchsorted(dates[places], dates[places], side="right") - 1
    best = np.maximum.accumulate(values[places])[last_of_day]
    return places[(values[places] >= best) & _inside(dates[places], start, None)]


def horizon_path(
    vintage: str,
    window: str = "2019 on",
    *,
    percent: int = 50,
    above_16_hours: bool = False,
    without_last: int = 0,
    restart: bool = True,
    every_model: bool = False,
    horizons: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the records of one vintage within a window.

    Parameters
    ----------
    vintage : str
        A key of :data:`VINTAGES`; the rows that METR added to it later belong to it.
    window : str
        A key of :data:`WINDOWS`. From 2019 on, vintages 1.1 are METR's stitched series: their
        first three models were measured with the tasks of 1.0.
    percent : {50, 80}
        The success rate that defines the horizon. No interval is published for 80.
    above_16_hours : bool
        Keep horizons that METR calls unreliable.
    without_last : int
        Leave out so many of the last records. They stop being records; those before stay so.
    restart : bool
        As in :func:`record_path`.
    every_model : bool
        Return all models of the window, not only the records.
    horizons : pandas.DataFrame, optional

    Returns
    -------
    pandas.DataFrame
        ``name``, ``date``, ``value`` (natural logarithm of minutes), ``low``, ``high`` (of METR's
        interval, logarithms), ``confidence`` (of that interval), ``minutes``, by date.

    Raises
    ------
    KeyError
        If the vintage or the window is not known.
    ValueError
        If ``percent`` is neither 50 nor 80, or a horizon is not above zero.
    """
    horizons = data.table(horizons, "horizons")
    if vintage not in set(horizons["suite"]):
        raise KeyError(f"no vintage {vintage!r}; there are {sorted(set(horizons['suite']))}")
    if window not in WINDOWS:
        raise KeyError(f"no window {window!r}; there are {', '.join(WINDOWS)}")
    if percent not in (50, 80):
        raise ValueError(f"horizons are published at 50 and 80 percent, not at {percent}")
    suites = horizons["suite"].to_numpy(dtype=str)
    minutes = horizons[f"p{percent}_minutes"].to_numpy(dtype=float)
    chosen = np.isin(suites, [vintage, ADDED.get(vintage, vintage)]) & ~np.isnan(minutes)
    if (minutes[chosen] <= 0).any():
        raise ValueError("a horizon of no minutes has no logarithm: correct the table")
    if not above_16_hours:
        chosen &= horizons["p50_minutes"].to_numpy(dtype=float) <= UNRELIABLE_MINUTES
    chosen = np.flatnonzero(chosen)
    dates, values = horizons["released"].to_numpy()[chosen], np.log(minutes[chosen])
    names = horizons["model"].to_numpy()[chosen]
    first, before = WINDOWS[window]
    if every_model:
        places = np.flatnonzero(_inside(dates, first, before))
        keys = (names[places].astype(str), values[places], dates[places])
        places = places[np.lexsort(keys)]
    else:
        places = _records(dates, values, names, first, before, restart)
        places = places[: len(places) - without_last]
    unknown = np.full(len(places), np.nan)
    bounds = {
        name: np.log(horizons[f"p50_{name}"].to_numpy(dtype=float)[chosen[places]])
        if percent == 50
        else unknown
        for name in ("low", "high")
    }
    named = {"name": names[places], "date": dates[places], "value": values[places]}
    rest = {"confidence": 0.95, "minutes": minutes[chosen[places]]}
    return pd.DataFrame(named | bounds | rest)


def eci_path(
    window: str = "2023 on",
    ruler: str = "eci_2026_08",
    *,
    without_last: int = 0,
    restart: bool = True,
    scores: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the record path of the Epoch Capabilities Index within a window.

    Parameters
    ----------
    window : str
        A key of :data:`WINDOWS`.
    ruler : str
        A vintage of the index in the table of scores.
    without_last : int
    restart : bool
        As in :func:`record_path`. A window that begins with small models gives a path that climbs
        steeply for some weeks, which bends every trend through it.
    scores : pandas.DataFrame, optional

    Returns
    -------
    pandas.DataFrame
        ``name``, ``date``, ``value`` (points of the index), ``low``, ``high``, ``confidence``
        (the published bounds hold 90%). The index is a logarithmic scale already, so a straight
        line is its exponential growth.
    """
    scores = data.table(scores, "scores")
    rows = scores[(scores["ruler"] == ruler) & scores["preferred"].astype(bool)]
    if rows.empty:
        raise KeyError(f"no ruler {ruler!r} in the table of scores")
    table = pd.DataFrame(
        {
            "name": rows["version"],
            "date": rows["released"],
            "value": rows["score"].astype(float),
            "low": rows["low"].astype(float),
            "high": rows["high"].astype(float),
            "confidence": 0.90,
        }
    )
    path = record_path(table, *WINDOWS[window], restart=restart)
    return path.iloc[: len(path) - without_last].reset_index(drop=True)


def _years(path: pd.DataFrame) -> np.ndarray:
    """Return the dates in years from the last of them, so that all are zero or below."""
    days = path["date"].to_numpy().astype("datetime64[D]").astype(float)
    return (days - days.max()) / DAYS_PER_YEAR


def _design(years: np.ndarray, degree: int) -> np.ndarray:
    columns = [np.ones_like(years), years, years**2 / 2]
    return np.stack(columns[: degree + 1], axis=1)


def _enough(path: pd.DataFrame, parameters: int) -> tuple[np.ndarray, np.ndarray]:
    years, values = _years(path), path["value"].to_numpy(dtype=float)
    if len(np.unique(years)) <= parameters:
        raise ValueError(
            f"{len(path)} points cannot tell {parameters} coefficients and an error: "
            "take a longer window"
        )
    return years, values


# ---------------------------------------------------------------------------------------------
# residuals that fade over time


@dataclass(frozen=True)
class _Fading:
    """Generalised least squares for a grid of correlation times, ready for many responses.

    The grid, the correlation and the likelihood are those of
    :func:`three_observations.estimation.fading_time`, for all responses at once.
    """

    times: np.ndarray
    roots: np.ndarray
    solvers: np.ndarray
    forms: np.ndarray
    inverse: np.ndarray
    penalty: np.ndarray
    free: int

    @classmethod
    def of(cls, years: np.ndarray, design: np.ndarray, share: float = 0.0) -> _Fading:
        """Prepare the grid; ``share`` of the variance belongs to each point alone."""
        times = np.array(FADING_TIMES)
        n, k = design.shape
        whiten = np.stack([whitener(years, time, share) for time in FADING_TIMES])
        roots = np.linalg.inv(whiten)
        white = whiten @ design
        gram = white.transpose(0, 2, 1) @ white
        inverse = np.linalg.inv(gram)
        solvers = inverse @ white.transpose(0, 2, 1) @ whiten
        left = whiten - white @ solvers
        forms = left.transpose(0, 2, 1) @ left
        log_root = -np.log(np.diagonal(whiten, axis1=1, axis2=2)).sum(axis=1)
        penalty = log_root + np.linalg.slogdet(gram)[1] / 2
        return cls(times, roots, solvers, forms, inverse, penalty, n - k)

    def fit(self, responses: np.ndarray, position: int):
        """Return estimate, standard error, variance and grid place for each column."""
        weighed = self.forms @ responses
        squares = np.maximum((weighed * responses).sum(axis=1), 1e-300)
        criterion = -self.free / 2 * np.log(squares) - self.penalty[:, None]
        place = criterion.argmax(axis=0)
        column = np.arange(responses.shape[1])
        variance = squares[place, column] / self.free
        estimate = (self.solvers[:, position, :] @ responses)[place, column]
        error = np.sqrt(variance * self.inverse[place, position, position])
        return estimate, error, variance, place

    def unbiased_place(self, place: int, normal: np.ndarray) -> int:
        """Return the first correlation time whose estimates have the given one as median."""
        for candidate in range(len(self.times)):
            found = self.fit(self.roots[candidate] @ normal, 0)[3]
            if np.sort(found)[len(found) // 2] >= place:
                return candidate
        return len(self.times) - 1


def _normal(rng: np.random.Generator, points: int, resamples: int) -> np.ndarray:
    return rng.standard_normal((resamples, points)).T


@dataclass(frozen=True)
class Trend:
    """One coefficient with intervals under several views of the residual.

    Attributes
    ----------
    estimate : float
        By least squares.
    n : int
        Points.
    ordinary, robust, fading : tuple of float
        95% intervals: independent residuals of one variance; of several (HC1); residuals that
        fade over time. The first two with Student's t, the third by bootstrap-t.
    p_ordinary, p_fading : float
        Two-sided p-values against zero.
    correlation_years : float
        Time over which the correlation of residuals falls to 37%; zero if none is seen.
    """

    estimate: float
    n: int
    ordinary: tuple[float, float]
    robust: tuple[float, float]
    fading: tuple[float, float]
    p_ordinary: float
    p_fading: float
    correlation_years: float


def _t_tail(statistic: float, freedom: int) -> float:
    """Return the two-sided p-value of Student's t, by bisection of its quantiles."""
    low, high = 0.0, 1 - 1e-12
    if abs(statistic) >= student(freedom, high):
        return 1 - high
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if student(freedom, middle) < abs(statistic) else (low, middle)
    return 1 - (low + high) / 2


def coefficient(
    path: pd.DataFrame, degree: int = 1, *, resamples: int = 500, seed: int = 20250209
) -> Trend:
    """Estimate the highest coefficient of a polynomial in time.

    Parameters
    ----------
    path : pandas.DataFrame
        From :func:`horizon_path` or :func:`eci_path`.
    degree : {1, 2}
        1: the growth rate, per year. 2: by how much it changes every year.
    resamples, seed : int
        Draws for the interval with fading residuals; 500 fix its ends to about 3% of its width.

    Returns
    -------
    Trend

    Raises
    ------
    ValueError
        If there are not more points than coefficients.
    """
    years, values = _enough(path, degree + 1)
    design = _design(years, degree)
    fit = least_squares(design, values)
    n, k = design.shape
    residual = values - design @ fit.coefficients
    spread = np.linalg.inv(design.T @ design)[degree, degree]
    error = float(np.sqrt(residual @ residual / (n - k) * spread))
    estimate = float(fit.coefficients[degree])
    reach = student(n - k) * error
    grid = _Fading.of(years, design)
    rng = np.random.default_rng(seed)
    centre, spread, _, place = (part[0] for part in grid.fit(values[:, None], degree))
    normal = _normal(rng, n, resamples)
    place = grid.unbiased_place(int(place), normal[:, : min(resamples, 200)])
    drawn, errors, _, _ = grid.fit(grid.roots[place] @ normal, degree)
    ratio = np.sort(np.abs(drawn / errors))
    reach_fading = float(np.quantile(ratio, 0.95)) * spread
    exceed = (ratio >= abs(centre) / spread).sum()
    return Trend(
        estimate=estimate,
        n=n,
        ordinary=(estimate - reach, estimate + reach),
        robust=fit.interval(degree),
        fading=(centre - reach_fading, centre + reach_fading),
        p_ordinary=_t_tail(estimate / error, n - k),
        p_fading=float((exceed + 1) / (resamples + 1)),
        correlation_years=float(grid.times[place]),
    )


def fading_coverage(
    path: pd.DataFrame | None = None,
    *,
    fades: float = 0.3,
    histories: int = 200,
    resamples: int = 200,
    seed: int = 5,
) -> float:
    """Simulate how often the interval for fading residuals holds the true curvature.

    Parameters
    ----------
    path : pandas.DataFrame, optional
        Whose days the histories have; the newest vintage from 2023 on.
    fades : float
        Years over which the residuals fade.
    histories, resamples, seed : int
        200 histories fix a share of 95% to 3 points.

    Returns
    -------
    float
        Share of histories whose 95% interval holds the truth.
    """
    path = horizon_path(NEWEST, "2023 on") if path is None else path
    years = _years(path)
    rng = np.random.default_rng(seed)
    gap = np.abs(np.subtract.outer(years, years))
    root = np.linalg.cholesky(np.exp(-gap / fades) + 1e-9 * np.eye(len(years)))
    noise = (root @ rng.standard_normal((len(years), histories))).T
    inside = 0
    for number, drawn in enumerate(noise):
        history = path.assign(value=2 * years + 0.5 * years**2 / 2 + 0.3 * drawn)
        low, high = coefficient(history, 2, resamples=resamples, seed=number).fading
        inside += low <= 0.5 <= high
    return inside / histories


def measured(path: pd.DataFrame, resamples: int = 500, seed: int = 20250209) -> np.ndarray:
    """Draw the values of a path within their published intervals.

    Parameters
    ----------
    path : pandas.DataFrame
        With ``value``, ``low``, ``high`` and the ``confidence`` of these bounds (95% if there is no
        such column). Where a bound is missing the value stays.
    resamples, seed : int

    Returns
    -------
    numpy.ndarray, shape (resamples, points)
        Draws of two halves of normal distributions that meet at the value and have the published
        bounds as quantiles, 2.5% and 97.5% where they are 95% bounds. The points are drawn
        independently, though the errors of agents that did the same tasks are correlated.
    """
    value, low, high = (path[name].to_numpy(dtype=float) for name in ("value", "low", "high"))
    normal = np.random.default_rng(seed).standard_normal((resamples, len(path)))
    held = np.unique(path["confidence"]) if "confidence" in path else np.array([0.95])
    reach = np.array([NormalDist().inv_cdf((1 + float(share)) / 2) for share in held])
    if len(held) > 1:
        reach = reach[np.searchsorted(held, path["confidence"])]
    below = np.nan_to_num(value - low) / reach
    above = np.nan_to_num(high - value) / reach
    return value + normal * np.where(normal < 0, below, above)


def _least_squares_of(path: pd.DataFrame, degree: int, responses: np.ndarray) -> np.ndarray:
    """Return the highest coefficient for each row of responses."""
    solver = np.linalg.pinv(_design(_years(path), degree))[degree]
    return responses @ solver


def _doubling_days(growth: float | np.ndarray) -> np.ndarray:
    growth = np.asarray(growth, dtype=float)
    return np.where(growth > 0, np.log(2) / np.where(growth > 0, growth, 1), np.inf) * DAYS_PER_YEAR


def _days_between(growth: np.ndarray) -> tuple[float, float]:
    """Return the doubling times at the low and at the high end of drawn growth rates."""
    low, high, _ = percentile_interval(growth[None, :])
    return float(_doubling_days(low[0])), float(_doubling_days(high[0]))


def doubling_times(
    vintages: Sequence[str] | None = None,
    windows: Sequence[str] = tuple(WINDOWS),
    *,
    percent: int = 50,
    above_16_hours: bool = False,
    resamples: int = 500,
    seed: int = 20250209,
    horizons: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Estimate the doubling time of the horizon for every vintage and window.

    Parameters
    ----------
    vintages : sequence of str, optional
        All of :data:`VINTAGES` that the table has.
    windows : sequence of str
    percent, above_16_hours, horizons
        As in :func:`horizon_path`.
    resamples, seed : int
        For the intervals with fading residuals and with measurement error.

    Returns
    -------
    pandas.DataFrame
        ``vintage``, ``window``, ``n``, ``first``, ``last`` (dates of the records), ``days`` (the
        doubling time), ``low``, ``high`` (95%, fading residuals), ``ordinary_low``,
        ``ordinary_high``, ``measured_low``, ``measured_high`` (what METR's own intervals of the
        horizons alone would give), ``correlation_years``. Infinite where growth may be zero.
        A window that a vintage does not reach is left out.
    """
    horizons = data.table(horizons, "horizons")
    rows = []
    for vintage in _present(vintages, horizons):
        for window in windows:
            path = horizon_path(
                vintage,
                window,
                percent=percent,
                above_16_hours=above_16_hours,
                horizons=horizons,
            )
            if len(path) < 4:
                continue
            found = coefficient(path, 1, resamples=resamples, seed=seed)
            draws = _least_squares_of(path, 1, measured(path, resamples, seed))
            high, low = _days_between(draws)
            rows.append(
                {
                    "vintage": vintage,
                    "window": window,
                    "n": found.n,
                    "first": path["date"].iloc[0],
                    "last": path["date"].iloc[-1],
                    "days": float(_doubling_days(found.estimate)),
                    "low": float(_doubling_days(found.fading[1])),
                    "high": float(_doubling_days(found.fading[0])),
                    "ordinary_low": float(_doubling_days(found.ordinary[1])),
                    "ordinary_high": float(_doubling_days(found.ordinary[0])),
                    "measured_low": low if percent == 50 else np.nan,
                    "measured_high": high if percent == 50 else np.nan,
                    "correlation_years": found.correlation_years,
                }
            )
    return pd.DataFrame(rows)


def published_doubling_times(
    published: pd.DataFrame | None = None,
    horizons: pd.DataFrame | None = None,
    *,
    resamples: int = 500,
    seed: int = 20250209,
) -> pd.DataFrame:
    """Set METR's published doubling times beside those computed from its horizons.

    Returns
    -------
    pandas.DataFrame
        ``result``, ``vintage``, ``window``, ``published``, ``published_low``, ``published_high``,
        ``ours``, ``low``, ``high`` (from METR's intervals of the horizons alone, which is what
        METR's own interval holds), ``apart_percent`` (ours over published, less one), ``source``.
        Results and vintages that the tables do not have are left out.
    """
    published = data.table(published, "published").set_index("result")
    horizons = data.table(horizons, "horizons")
    rows = []
    for result, (vintage, window) in PUBLISHED.items():
        if result not in published.index or not _present([vintage], horizons):
            continue
        path = horizon_path(vintage, window, horizons=horizons)
        growth = least_squares(_design(_years(path), 1), path["value"].to_numpy()).coefficients[1]
        draws = _least_squares_of(path, 1, measured(path, resamples, seed))
        high, low = _days_between(draws)
        row = published.loc[result]
        ours = float(_doubling_days(growth))
        rows.append(
            {
                "result": result,
                "vintage": vintage,
                "window": window,
                "published": float(row["value"]),
                "published_low": float(row["low"]),
                "published_high": float(row["high"]),
                "ours": ours,
                "low": low,
                "high": high,
                "apart_percent": 100 * (ours / float(row["value"]) - 1),
                "source": row["source"],
            }
        )
    return pd.DataFrame(rows)


def refitted(
    before: str = "th1_1_2026_01", after: str = NEWEST, horizons: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Compare the horizons of the models that two vintages share.

    Parameters
    ----------
    before, after : str
        Vintages. By default the two of suite 1.1, which differ by the regularisation.
    horizons : pandas.DataFrame, optional

    Returns
    -------
    pandas.DataFrame
        ``model``, ``released``, ``before``, ``after`` (minutes at 50%), ``times`` (after over
        before), from the shortest horizon to the longest.

    Raises
    ------
    KeyError
        If a vintage is not in the table.
    """
    horizons = data.table(horizons, "horizons")
    missing = {before, after} - set(horizons["suite"])
    if missing:
        raise KeyError(f"no vintage {', '.join(sorted(missing))} in the table of horizons")
    named = horizons.set_index("model")
    first = named.loc[named["suite"] == before, ["released", "p50_minutes"]]
    second = named.loc[named["suite"] == after, "p50_minutes"].rename("after")
    table = first.rename(columns={"p50_minutes": "before"}).join(second, how="inner").reset_index()
    table["times"] = table["after"] / table["before"]
    return table.sort_values(["before", "model"], kind="stable", ignore_index=True)


# ---------------------------------------------------------------------------------------------
# forms of growth


@dataclass(frozen=True)
class _Fits:
    """One form fitted to several subsets of the points of a path.

    Arrays have one entry a subset. ``place`` is the searched break or the inverse of the years
    from the subset's last point to the singularity; NaN for forms without either.
    """

    form: str
    last: np.ndarray
    coefficients: np.ndarray
    place: np.ndarray
    squares: np.ndarray

    def at(self, years: np.ndarray) -> np.ndarray:
        """Predict, one row a subset; NaN at and past a singularity."""
        years = years - self.last[:, None]
        first, second, third = (self.coefficients[:, [column]] for column in range(3))
        if self.form == "linear":
            return first + second * years
        if self.form == "quadratic":
            return first + second * years + third * years**2 / 2
        place = self.place[:, None]
        if self.form == "kinked":
            return first + second * years + third * np.maximum(0, years - place)
        left = np.where(place * years < 1, 1 - place * years, np.nan)
        if self.form == "pure hyperbolic":
            return first - np.log(left)
        bent = np.where(np.abs(place) < 1e-7, years, -np.log(left) / _away(place))
        return first + second * bent

    def growth(self, years: float) -> np.ndarray:
        """Return the growth per year just before a day, one entry a subset."""
        step = 1e-4
        ends = np.array([[years - step, years]]) + 0 * self.last[:, None]
        low, high = self.at(ends).T
        return (high - low) / step


def _away(values: np.ndarray) -> np.ndarray:
    """Replace numbers too close to zero to divide by."""
    return np.where(np.abs(values) < 1e-7, 1.0, values)


def _inverse_years(fraction: np.ndarray, span: np.ndarray) -> np.ndarray:
    """Turn places between 0 and 1 into inverse years to the singularity, slowing growth first."""
    nearest = np.maximum(span / NEAREST_YEARS, 3.03)
    near = 3 * (nearest / 3) ** (np.maximum(fraction - 0.6, 0) / 0.4)
    return np.where(fraction < 0.6, -0.99 + fraction / 0.6 * 3.99, near) / span


def _searched(form: str, years: np.ndarray, values: np.ndarray, kept: np.ndarray, grid: np.ndarray):
    """Return coefficients, place and squares for places (fractions) of shape (places, subsets)."""
    span = -np.where(kept, years, 0).min(axis=1)
    counts = kept.sum(axis=1)
    mean = (values * kept).sum(axis=1) / counts
    centred = (values - mean[:, None]) * kept
    if form == "kinked":
        first = np.sort(np.where(kept, years, np.inf), axis=1)[:, LEAST_SIDE - 1]
        final = -np.sort(np.where(kept, -years, np.inf), axis=1)[:, LEAST_SIDE - 1]
        place = first + grid * (final - first)
        shape = np.maximum(0, years - place[:, :, None]) * kept
        middle = (years * kept).sum(axis=1) / counts
        slope = (years - middle[:, None]) * kept
        size = (slope**2).sum(axis=1)
        shape = (shape - (shape.sum(axis=2) / counts)[:, :, None]) * kept
        shape = shape - ((shape * slope).sum(axis=2) / size)[:, :, None] * slope
        rate = (centred * slope).sum(axis=1) / size
        residual = centred - rate[:, None] * slope
        length = (shape**2).sum(axis=2)
        bend = (shape * residual).sum(axis=2) / np.where(length > 1e-12, length, 1)
        squares = (residual**2).sum(axis=1) - bend**2 * length
        squares = np.where(first <= final, squares, np.inf)
        hinge = np.maximum(0, years - place[:, :, None]) * kept
        alone = rate - bend * ((hinge * slope).sum(axis=2) / size)
        start = mean - alone * middle - bend * hinge.sum(axis=2) / counts
        return (start, alone, bend), place, squares
    place = _inverse_years(grid, span)
    left = 1 - place[:, :, None] * np.where(kept, years, 0)
    if form == "pure hyperbolic":
        total = (values + np.log(np.maximum(left, 1e-12))) * kept
        start = total.sum(axis=2) / counts
        squares = ((total - start[:, :, None]) ** 2 * kept).sum(axis=2)
        squares = np.where(place > 1e-3, squares, np.inf)
        return (start, 0 * start, 0 * start), place, squares
    bent = np.where(
        np.abs(place[:, :, None]) < 1e-7, years, -np.log(left) / _away(place)[:, :, None]
    )
    bent = bent * kept
    average = bent.sum(axis=2) / counts
    shape = (bent - average[:, :, None]) * kept
    length = (shape**2).sum(axis=2)
    rate = (shape * centred).sum(axis=2) / length
    squares = (centred**2).sum(axis=1) - rate**2 * length
    return (mean - rate * average, rate, 0 * rate), place, squares


def _fit(form: str, years: np.ndarray, values: np.ndarray, kept: np.ndarray) -> _Fits:
    """Fit a form by least squares to each subset (rows of ``kept``)."""
    if form not in FORMS:
        raise ValueError(f"no form {form!r}; there are {', '.join(FORMS)}")
    subsets = len(kept)
    last = np.where(kept, years, -np.inf).max(axis=1)
    shifted = np.where(kept, years - last[:, None], 0)
    if form in ("linear", "quadratic"):
        degree = 1 if form == "linear" else 2
        design = np.stack([_design(row, degree) for row in shifted]) * kept[:, :, None]
        gram = design.transpose(0, 2, 1) @ design
        found = np.linalg.solve(gram, design.transpose(0, 2, 1) @ (values * kept)[:, :, None])
        residual = (values[:, None] - design @ found)[:, :, 0] * kept
        coefficients = np.zeros((subsets, 3))
        coefficients[:, : degree + 1] = found[:, :, 0]
        squares = (residual**2).sum(axis=1)
        return _Fits(form, last, coefficients, np.full(subsets, np.nan), squares)
    column = np.arange(subsets)
    grid = np.repeat(np.linspace(0, 1, 201)[:, None], subsets, axis=1)
    for _ in range(5):
        coefficients, place, squares = _searched(form, shifted, values, kept, grid)
        best = squares.argmin(axis=0)
        low = grid[np.maximum(best - 1, 0), column]
        high = grid[np.minimum(best + 1, len(grid) - 1), column]
        chosen = best
        grid = low + np.linspace(0, 1, 21)[:, None] * (high - low)
    coefficients = np.stack([part[chosen, column] for part in coefficients], axis=1)
    return _Fits(form, last, coefficients, place[chosen, column], squares[chosen, column])


def _days(path: pd.DataFrame, years: np.ndarray) -> pd.DatetimeIndex:
    """Return the days that lie so many years after the last of a path; NaT out of range."""
    days = np.floor(np.asarray(years, dtype=float) * DAYS_PER_YEAR + 0.5)
    inside = np.isfinite(days) & (np.abs(days) < 80_000)
    added = np.where(inside, days, 0).astype("timedelta64[D]")
    found = np.datetime64(path["date"].max(), "D") + added
    return pd.DatetimeIndex(np.where(inside, found, np.datetime64("NaT")).astype("datetime64[s]"))


def _day(path: pd.DataFrame, years: float) -> pd.Timestamp:
    return _days(path, np.array([years]))[0]


def _root_mean_square(errors: np.ndarray) -> float:
    known = errors[~np.isnan(errors)]
    return float(np.sqrt(np.mean(known**2))) if len(known) else np.nan


def compare_forms(path: pd.DataFrame, forms: Sequence[str] = FORMS) -> pd.DataFrame:
    """Fit every form by least squares to the same values and compare them three ways.

    Parameters
    ----------
    path : pandas.DataFrame
        From :func:`horizon_path` or :func:`eci_path`.
    forms : sequence of str

    Returns
    -------
    pandas.DataFrame
        ``form``, ``n``, ``parameters`` (a searched break counts as three), ``scatter`` (root of
        the squares over n), ``aicc``, ``apart`` (AICc above the best), ``left_out`` (root mean
        square error of each point predicted from all others), ``forecast`` (the same for the next
        record predicted from those before it, from the seventh on), ``forecasts`` (how many),
        ``past`` (forecasts that a singularity before the next record made impossible; they do not
        count in ``forecast``), ``growth`` (per year, at the last point), ``doubling_days`` (what
        that is for a path in logarithms), ``when`` (break or singularity; NaT if none), by AICc.

    Raises
    ------
    ValueError
        If there are fewer than :data:`LEAST_TRAINING` + 1 points.
    """
    years, values = _enough(path, LEAST_TRAINING)
    n = len(years)
    rest = ~np.eye(n, dtype=bool)
    before = np.tri(n, n, -1, dtype=bool)[LEAST_TRAINING:]
    rows = []
    for form in forms:
        whole = _fit(form, years, values, np.ones((1, n), dtype=bool))
        k = PARAMETERS[form]
        criterion = n * np.log(whole.squares[0] / n) + 2 * k
        criterion += 2 * k * (k + 1) / (n - k - 1) if n > k + 1 else np.inf
        alone = np.diag(_fit(form, years, values, rest).at(years[None, :])) - values
        ahead = _fit(form, years, values, before).at(years[None, :])
        error = (
            ahead[np.arange(len(before)), np.arange(LEAST_TRAINING, n)] - values[LEAST_TRAINING:]
        )
        place = whole.place[0]
        if form != "kinked" and np.isfinite(place):
            place = 1 / place if place > 1e-6 else np.nan
        rows.append(
            {
                "form": form,
                "n": n,
                "parameters": k,
                "scatter": float(np.sqrt(whole.squares[0] / n)),
                "aicc": float(criterion),
                "left_out": _root_mean_square(alone),
                "forecast": _root_mean_square(error),
                "forecasts": len(before),
                "past": int(np.isnan(error).sum()),
                "growth": float(whole.growth(0.0)[0]),
                "doubling_days": float(_doubling_days(whole.growth(0.0)[0])),
                "when": _day(path, place),
            }
        )
    table = pd.DataFrame(rows)
    table.insert(5, "apart", table["aicc"] - table["aicc"].min())
    return table.sort_values("aicc", kind="stable", ignore_index=True)


def form_lines(
    path: pd.DataFrame,
    forms: Sequence[str] = FORMS,
    *,
    years_after: float = 2.0,
    points: int = 80,
) -> pd.DataFrame:
    """Draw the fitted forms over the path and some years after it.

    Returns
    -------
    pandas.DataFrame
        ``form``, ``date``, ``value``. A hyperbola ends where its singularity begins.
    """
    years, values = _enough(path, 3)
    ahead = np.linspace(years.min(), years_after, points)
    kept = np.ones((1, len(years)), dtype=bool)
    rows = [
        pd.DataFrame(
            {
                "form": form,
                "date": _days(path, ahead),
                "value": _fit(form, years, values, kept).at(ahead[None, :])[0],
            }
        )
        for form in forms
    ]
    return pd.concat(rows, ignore_index=True).dropna(ignore_index=True)


def _null_draws(
    years: np.ndarray, values: np.ndarray, resamples: int, seed: int
) -> tuple[np.ndarray, float]:
    """Draw fading residuals as they would be if growth were exponential; and their time."""
    grid = _Fading.of(years, _design(years, 1))
    place = int(grid.fit(values[:, None], 1)[3][0])
    normal = _normal(np.random.default_rng(seed), len(years), resamples)
    place = grid.unbiased_place(place, normal[:, : min(resamples, 200)])
    return grid.roots[place] @ normal, float(grid.times[place])


def _reductions(shapes: np.ndarray, base: np.ndarray, responses: np.ndarray):
    """Return squares left by ``base``, and left by base and each shape (shapes, responses)."""
    basis = np.linalg.qr(base)[0]
    left = responses - basis @ (basis.T @ responses)
    shapes = shapes - (shapes @ basis) @ basis.T
    length = np.linalg.norm(shapes, axis=1)
    unit = shapes / np.where(length > 1e-9, length, np.inf)[:, None]
    squares = (left**2).sum(axis=0)
    # einsum and not @, which for this shape waits for all processors.
    return squares, squares - np.einsum("sn,nr->sr", unit, left) ** 2


@dataclass(frozen=True)
class Break:
    """A searched break in the growth rate.

    Attributes
    ----------
    date : pandas.Timestamp
        Where the squares are smallest, with at least three points on either side.
    before, after : float
        Doubling times in days.
    f : float
        The F statistic of that break.
    p_given : float
        Its p-value if the day had been known beforehand and residuals were independent.
    p_searched : float
        Share of simulated exponential histories with fading residuals whose best break does
        as well.
    """

    date: pd.Timestamp
    before: float
    after: float
    f: float
    p_given: float
    p_searched: float


def break_test(path: pd.DataFrame, *, resamples: int = 500, seed: int = 20250209) -> Break:
    """Search a break in the growth rate and test it with a charge for the search.

    Parameters
    ----------
    path : pandas.DataFrame
    resamples, seed : int
        Histories simulated under exponential growth.

    Returns
    -------
    Break

    Raises
    ------
    ValueError
        If there are fewer than seven points.
    """
    years, values = _enough(path, 2 * LEAST_SIDE)
    n = len(years)
    found = _fit("kinked", years, values, np.ones((1, n), dtype=bool))
    base = _design(years, 1)
    ordered = np.sort(years)
    breaks = np.linspace(ordered[LEAST_SIDE - 1], ordered[n - LEAST_SIDE], 101)
    shapes = np.maximum(0, years - breaks[:, None])
    drawn, _ = _null_draws(years, values, resamples, seed)
    squares, left = _reductions(shapes, base, drawn)
    highest = ((squares - left) / left).max(axis=0) * (n - 3)
    squares, _ = _reductions(shapes[:1], base, values[:, None])
    statistic = float((squares[0] - found.squares[0]) / found.squares[0] * (n - 3))
    _, before, change = found.coefficients[0]
    return Break(
        date=_day(path, float(found.place[0])),
        before=float(_doubling_days(before)),
        after=float(_doubling_days(before + change)),
        f=statistic,
        p_given=_t_tail(np.sqrt(statistic), n - 3),
        p_searched=float(((highest >= statistic).sum() + 1) / (resamples + 1)),
    )


@dataclass(frozen=True)
class Singularity:
    """When a hyperbola through a path would reach infinity.

    Attributes
    ----------
    best : pandas.Timestamp
        NaT if the best fit is exponential or slower.
    low, high : pandas.Timestamp
        95% profile interval; ``high`` is NaT where no day is late enough: the exponential, which
        never gets there, fits as well.
    p_exponential : float
        Share of simulated exponential histories that look as hyperbolic, or as slowing, as this.
    at_edge : bool
        The best or the earliest day is the nearest that was looked for (:data:`NEAREST_YEARS`).
    """

    best: pd.Timestamp
    low: pd.Timestamp
    high: pd.Timestamp
    p_exponential: float
    at_edge: bool


def singularity_profile(
    path: pd.DataFrame, *, resamples: int = 500, points: int = 301, seed: int = 20250209
) -> pd.DataFrame:
    """Say how well a hyperbola fits for every day of its singularity.

    Parameters
    ----------
    path : pandas.DataFrame
    resamples, seed : int
        Exponential histories with fading residuals that set how much worse a fit may be.
    points : int
        Days looked at.

    Returns
    -------
    pandas.DataFrame
        ``inverse_years`` (one over the years from the last point to the singularity: zero is the
        exponential, below zero growth slows), ``date`` (NaT for these), ``worse`` (squares above
        the least, over the residual variance), ``limit`` (95% of simulated exponential histories
        are worse by less at zero), ``inside``, and ``p_exponential``, the same in every row.
    """
    years, values = _enough(path, 3)
    n = len(years)
    span = -years.min()
    inverse = _inverse_years(np.linspace(0, 1, points), np.array([span]))
    inverse = np.sort(np.append(inverse, 0.0), kind="stable")
    left = 1 - inverse[:, None] * years
    shapes = np.where(
        np.abs(inverse)[:, None] < 1e-7, years, -np.log(left) / _away(inverse)[:, None]
    )
    zero = int(np.flatnonzero(inverse == 0)[0])

    def worse(responses: np.ndarray) -> np.ndarray:
        _, squares = _reductions(shapes, np.ones((n, 1)), responses)
        least = squares.min(axis=0)
        return (squares - least) / (least / (n - 3))

    drawn, _ = _null_draws(years, values, resamples, seed)
    growth = least_squares(_design(years, 1), values)
    residual = values - _design(years, 1) @ growth.coefficients
    # The drawn residuals get the observed size, so that bends compare with the same growth.
    scale = np.sqrt(residual @ residual / (n - 2))
    null = worse(years[:, None] * growth.coefficients[1] + scale * drawn)[zero]
    observed = worse(values[:, None])[:, 0]
    limit = float(np.quantile(null, 0.95))
    return pd.DataFrame(
        {
            "inverse_years": inverse,
            "date": _days(path, 1 / np.where(inverse > 0, inverse, np.nan)),
            "worse": observed,
            "limit": limit,
            "inside": observed <= limit,
            "p_exponential": float(((null >= observed[zero]).sum() + 1) / (resamples + 1)),
        }
    )


def singularity(path: pd.DataFrame, *, resamples: int = 500, seed: int = 20250209) -> Singularity:
    """Date the singularity of a hyperbola, with its profile interval.

    Parameters
    ----------
    path : pandas.DataFrame
    resamples, seed : int
        As in :func:`singularity_profile`.

    Returns
    -------
    Singularity
    """
    profile = singularity_profile(path, resamples=resamples, seed=seed)
    years, values = _enough(path, 3)
    best = float(_fit("hyperbolic", years, values, np.ones((1, len(years)), dtype=bool)).place[0])
    inverse, worse = (profile[name].to_numpy() for name in ("inverse_years", "worse"))
    limit = float(profile["limit"].iloc[0])
    inside = np.flatnonzero(worse <= limit)
    first, last = int(inside[0]), int(inside[-1])

    def crossing(out: int, into: int) -> float:
        share = (worse[out] - limit) / (worse[out] - worse[into])
        return float(inverse[out] + share * (inverse[into] - inverse[out]))

    latest = crossing(first - 1, first) if first > 0 else -np.inf
    edge = last == len(inverse) - 1
    soonest = float(inverse[-1]) if edge else crossing(last + 1, last)
    return Singularity(
        best=_day(path, 1 / best) if best > 1e-6 else pd.NaT,
        low=_day(path, 1 / soonest) if soonest > 1e-6 else pd.NaT,
        high=_day(path, 1 / latest) if latest > 1e-6 else pd.NaT,
        p_exponential=float(profile["p_exponential"].iloc[0]),
        at_edge=bool(edge or best >= inverse[-1] * 0.999),
    )


#: Which records a date may hang on, as arguments of :func:`horizon_path`.
VARIANTS: dict[str, dict] = {
    "all records": {},
    "without the last": {"without_last": 1},
    "without the last two": {"without_last": 2},
    "with above 16 hours": {"above_16_hours": True},
}


def _variants(
    vintages: Sequence[str] | None,
    windows: Sequence[str],
    variants: Mapping[str, dict],
    least: int,
    horizons: pd.DataFrame | None,
):
    """Yield vintage, window, variant and path, without variants that change nothing."""
    horizons = data.table(horizons, "horizons")
    for vintage in _present(vintages, horizons):
        for window in windows:
            seen: list[list[str]] = []
            for variant, chosen in variants.items():
                path = horizon_path(vintage, window, horizons=horizons, **chosen)
                if len(path) < least or list(path["name"]) in seen:
                    continue
                seen.append(list(path["name"]))
                yield vintage, window, variant, path


def singularity_dates(
    vintages: Sequence[str] | None = None,
    windows: Sequence[str] = OPEN_WINDOWS,
    variants: Mapping[str, dict] = VARIANTS,
    *,
    resamples: int = 500,
    seed: int = 20250209,
    horizons: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Date the singularity for every vintage, window and choice of the last records.

    Returns
    -------
    pandas.DataFrame
        ``vintage``, ``window``, ``variant``, ``n``, ``last`` (name of the last record), ``best``,
        ``low``, ``high`` (NaT: unbounded), ``p_exponential``, ``at_edge``.
    """
    rows = []
    for vintage, window, variant, path in _variants(vintages, windows, variants, 7, horizons):
        found = singularity(path, resamples=resamples, seed=seed)
        rows.append(
            {
                "vintage": vintage,
                "window": window,
                "variant": variant,
                "n": len(path),
                "last": path["name"].iloc[-1],
                "best": found.best,
                "low": found.low,
                "high": found.high,
                "p_exponential": found.p_exponential,
                "at_edge": found.at_edge,
            }
        )
    return pd.DataFrame(rows)


# ---------------------------------------------------------------------------------------------
# simulated histories: releases, fading residuals, records


@dataclass(frozen=True)
class Process:
    """How horizons came about, as far as a vintage and a window say.

    Attributes
    ----------
    years : numpy.ndarray, shape (models,)
        Release dates of all models measured, in years from the last.
    growth : float
        Of the records, per year, by least squares.
    scatter : float
        Standard deviation of all models about the trend.
    correlation_years : float
        How long a residual of the frontier lasts.
    own_share : float
        Share of the variance that belongs to each model alone.
    pace : float
        Models measured per year, over the last two years.
    """

    years: np.ndarray
    growth: float
    scatter: float
    correlation_years: float
    own_share: float
    pace: float


def process(
    vintage: str = NEWEST,
    window: str = "2023 on",
    horizons: pd.DataFrame | None = None,
) -> Process:
    """Estimate what :func:`power` and the p-value for selected records simulate.

    Parameters
    ----------
    vintage, window : str
    horizons : pandas.DataFrame, optional

    Returns
    -------
    Process
        The residuals are those of all models about a straight line, by restricted maximum
        likelihood over correlation times up to three years and shares of 0 to 75%.
    """
    every = horizon_path(vintage, window, every_model=True, horizons=horizons)
    path = horizon_path(vintage, window, horizons=horizons)
    years, values = _enough(every, 2)
    found = fading_time(years, _design(years, 1), values)
    recent = float((years > -2).sum()) / min(2.0, -float(years.min()))
    growth = least_squares(_design(_years(path), 1), path["value"].to_numpy()).coefficients[1]
    return Process(years, float(growth), found.scatter, found.time, found.share, recent)


def _simulated(
    history: Process, rises: np.ndarray, years_after: float, histories: int, seed: int, since: str
) -> tuple[np.ndarray, np.ndarray]:
    """Return dates and values (rises, histories, models), the same residuals for every rise."""
    further = np.arange(1, int(np.floor(history.pace * years_after + 1e-9)) + 1) / history.pace
    years = np.concatenate([np.sort(history.years), further])
    rng = np.random.default_rng(seed)
    fresh, own = rng.standard_normal((2, len(years), histories))
    kept = np.exp(-np.diff(years) / max(history.correlation_years, 1e-12))
    # Each residual keeps of the one before what the gap leaves.
    steps = [fresh[0]]
    for share, new in zip(kept, fresh[1:], strict=True):
        steps.append(share * steps[-1] + np.sqrt(1 - share**2) * new)
    noise = np.sqrt(1 - history.own_share) * np.stack(steps) + np.sqrt(history.own_share) * own
    noise = noise.T
    middle = history.years.min() / 2 if since == "throughout" else 0.0
    rate = np.log1p(np.asarray(rises, dtype=float))[:, None]
    exponent = rate * (years - middle)
    risen = np.where(rate > 0, np.expm1(exponent) / np.where(rate > 0, rate, 1), years - middle)
    if since == "today":
        risen = np.where(years > 0, risen, years)
    trend = history.growth * risen
    return years, trend[:, None, :] + history.scatter * noise


def _bends(years: np.ndarray, values: np.ndarray, ends: np.ndarray, records: bool) -> np.ndarray:
    """Return the t statistic of curvature at each end (count of models), least squares.

    ``values`` has shape (..., models); the answer (..., ends). NaN with fewer than five points.
    """
    kept = np.ones(values.shape)
    if records:
        kept = (values >= np.maximum.accumulate(values, axis=-1)).astype(float)
    span = years.max() - years.min()
    time = 2 * (years - years.min()) / span - 1
    flat = values - values.mean(axis=-1, keepdims=True)
    slope = (flat * time).sum(axis=-1, keepdims=True) / (time**2).sum()
    flat = flat - slope * time
    place = ends - 1

    def total(terms: np.ndarray) -> np.ndarray:
        return np.cumsum(kept * terms, axis=-1)[..., place]

    sums = [total(time**power) for power in range(5)]
    gram = np.stack([np.stack(sums[row : row + 3], axis=-1) for row in range(3)], axis=-2)
    right = np.stack([total(flat * time**power) for power in range(3)], axis=-1)
    squares = total(flat**2)
    enough = sums[0] >= 5
    gram = np.where(enough[..., None, None], gram, np.eye(3))
    inverse = np.linalg.inv(gram)
    found = (inverse @ right[..., None])[..., 0]
    residual = np.maximum(squares - (found * right).sum(axis=-1), 1e-12)
    error = np.sqrt(residual / np.maximum(sums[0] - 3, 1) * inverse[..., 2, 2])
    return np.where(enough, found[..., 2] / np.where(error > 0, error, 1), np.nan)


def curvature(
    path: pd.DataFrame,
    history: Process | None = None,
    *,
    resamples: int = 500,
    seed: int = 20250209,
) -> dict[str, float]:
    """Estimate how the growth rate changes along a path, under each view of the errors.

    Parameters
    ----------
    path : pandas.DataFrame
    history : Process, optional
        To simulate releases and records under exponential growth; without it ``p_selected`` is
        NaN.
    resamples, seed : int

    Returns
    -------
    dict
        ``n``; ``growth`` (per year, at the middle of the window), ``curvature`` (its change per
        year, in units per year squared), ``ordinary_low`` to ``fading_high`` (95%, see
        :class:`Trend`), ``measured_low``, ``measured_high`` (errors of the horizons alone),
        ``p_ordinary``, ``p_fading``, ``p_selected`` (two-sided, against the whole procedure
        repeated under exponential growth), ``correlation_years``.
    """
    found = coefficient(path, 2, resamples=resamples, seed=seed)
    years, values = _enough(path, 3)
    middle = years.min() / 2
    slope = least_squares(_design(years - middle, 2), values).coefficients[1]
    draws = _least_squares_of(path, 2, measured(path, resamples, seed))
    low, high, _ = percentile_interval(draws[None, :])
    known = path[["low", "high"]].notna().all(axis=None)
    selected = np.nan
    if history is not None:
        dates, drawn = _simulated(history, np.zeros(1), 0.0, resamples, seed, "throughout")
        null = _bends(dates, drawn, np.array([len(dates)]), records=True)[0, :, 0]
        null = null[np.isfinite(null)]
        here = _bends(years, values[None, :], np.array([len(years)]), records=False)[0, 0]
        above, below = (null >= here).sum(), (null <= here).sum()
        selected = float(min(1.0, 2 * (min(above, below) + 1) / (len(null) + 1)))
    return {
        "n": found.n,
        "growth": float(slope),
        "curvature": found.estimate,
        "ordinary_low": found.ordinary[0],
        "ordinary_high": found.ordinary[1],
        "robust_low": found.robust[0],
        "robust_high": found.robust[1],
        "fading_low": found.fading[0],
        "fading_high": found.fading[1],
        "measured_low": float(low[0]) if known else np.nan,
        "measured_high": float(high[0]) if known else np.nan,
        "p_ordinary": found.p_ordinary,
        "p_fading": found.p_fading,
        "p_selected": selected,
        "correlation_years": found.correlation_years,
    }


def curvatures(
    vintages: Sequence[str] | None = None,
    windows: Sequence[str] = tuple(WINDOWS),
    variants: Mapping[str, dict] | None = None,
    *,
    resamples: int = 500,
    seed: int = 20250209,
    horizons: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Ask for every vintage and window whether growth speeds up.

    Parameters
    ----------
    vintages, windows : sequence of str, optional
    variants : mapping of str to arguments of :func:`horizon_path`
        All records by default; for example :data:`VARIANTS`, which leaves the last
        records out in turn.
    resamples, seed : int
    horizons : pandas.DataFrame, optional

    Returns
    -------
    pandas.DataFrame
        ``vintage``, ``window``, ``variant``, ``last`` (name of the last record) and the entries of
        :func:`curvature`. Windows with fewer than seven records are left out.
    """
    rows = []
    horizons = data.table(horizons, "horizons")
    variants = {"all records": {}} if variants is None else variants
    for vintage, window, variant, path in _variants(vintages, windows, variants, 7, horizons):
        history = process(vintage, window, horizons)
        found = curvature(path, history, resamples=resamples, seed=seed)
        named = {"vintage": vintage, "window": window, "variant": variant}
        rows.append(named | {"last": path["name"].iloc[-1]} | found)
    return pd.DataFrame(rows)


def leave_last_out(
    vintage: str = NEWEST,
    window: str = "2023 on",
    most: int = 5,
    *,
    resamples: int = 500,
    seed: int = 20250209,
    horizons: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Take the last records away one by one.

    Returns
    -------
    pandas.DataFrame
        ``without`` (how many), ``last`` (name), ``n``, ``days`` (doubling time), ``curvature``,
        ``fading_low``, ``fading_high``, ``p_fading``, ``singularity`` (best day; NaT if none).

    Notes
    -----
    Taken alone the intervals hold the truth in about 92% of histories, not 95 (see the module).
    The rows share all records but the last, so that they are not independent, and the one that
    looks clearest was not chosen beforehand.
    """
    rows = []
    for without in range(most + 1):
        path = horizon_path(vintage, window, without_last=without, horizons=horizons)
        if len(path) < 7:
            break
        found = coefficient(path, 2, resamples=resamples, seed=seed)
        years, values = _enough(path, 3)
        place = _fit("hyperbolic", years, values, np.ones((1, len(years)), dtype=bool)).place[0]
        growth = least_squares(_design(years, 1), values).coefficients[1]
        rows.append(
            {
                "without": without,
                "last": path["name"].iloc[-1],
                "n": len(path),
                "days": float(_doubling_days(growth)),
                "curvature": found.estimate,
                "fading_low": found.fading[0],
                "fading_high": found.fading[1],
                "p_fading": found.p_fading,
                "singularity": _day(path, 1 / place) if place > 1e-6 else pd.NaT,
            }
        )
    return pd.DataFrame(rows)


# ---------------------------------------------------------------------------------------------
# power


def power(
    rises: Sequence[float] = (0.1, 0.2, 0.3, 0.5),
    *,
    years_after: float = 12.0,
    step: float = 0.5,
    since: str = "throughout",
    history: Process | None = None,
    histories: int = 400,
    seed: int = 20250209,
) -> pd.DataFrame:
    """Simulate how often a rising growth rate would show, by years of further data.

    Parameters
    ----------
    rises : sequence of float
        By what share the growth rate rises every year.
    years_after, step : float
        How many further years, and how often to look.
    since : {"throughout", "today"}
        Whether the rate has risen all along, with today's average over the window, or was
        constant and rises from the last model on.
    history : Process, optional
        By default that of the newest vintage from 2023 on. Future models come at its pace.
    histories : int
        Per rise and for exponential growth; 400 fix a power of 80% to 4 points and the years that
        it takes to about a quarter of a year (4,000: a tenth, in ten times the time).
    seed : int

    Returns
    -------
    pandas.DataFrame
        ``rise``, ``years`` (of further data), ``power`` (share of histories whose curvature lies
        above 97.5% of those under exponential growth with the same releases, residuals and
        selection), ``ordinary`` (share that an ordinary t test would call acceleration).
        ``rise`` 0 is exponential growth.

    Notes
    -----
    The simulation supposes that the horizons can be measured. At the present growth they pass the
    16 hours above which METR calls them unreliable within months, so every year read off here
    needs longer tasks as well.
    """
    if since not in ("throughout", "today"):
        raise ValueError(f"since is 'throughout' or 'today', not {since!r}")
    history = process() if history is None else history
    rises = np.concatenate([[0.0], np.asarray(rises, dtype=float)])
    if (rises < 0).any():
        raise ValueError("a rise is a share of zero or above, such as 0.2 for 20% a year")
    years, values = _simulated(history, rises, years_after, histories, seed, since)
    # The critical values come from other histories than those that they judge.
    _, null = _simulated(history, np.zeros(1), years_after, histories, seed + 1, since)
    looks = np.arange(0, years_after + 1e-9, step)
    ends = np.searchsorted(years, looks + 1e-9, side="right")
    bends = _bends(years, values, ends, records=True)
    limit = np.nanquantile(_bends(years, null, ends, records=True)[0], 0.975, axis=0)
    counts = np.cumsum(values >= np.maximum.accumulate(values, axis=-1), axis=-1)[..., ends - 1]
    most = int(counts.max())
    reach = np.array([np.inf] * 4 + [student(max(n - 3, 1)) for n in range(4, most + 1)])
    ordinary = bends > reach[counts]
    return pd.DataFrame(
        {
            "rise": np.repeat(rises, len(looks)),
            "years": np.tile(looks, len(rises)),
            "power": (bends > limit).mean(axis=1).ravel(),
            "ordinary": ordinary.mean(axis=1).ravel(),
        }
    )


def years_needed(table: pd.DataFrame, wanted: float = 0.8) -> pd.DataFrame:
    """Read off :func:`power` after how many further years it reaches what is wanted.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`power`.
    wanted : float

    Returns
    -------
    pandas.DataFrame
        ``rise``, ``years`` (interpolated between looks; infinite if never within the table),
        ``now`` (power with today's data).
    """
    rows = []
    for rise, part in table[table["rise"] > 0].groupby("rise"):
        share, years = part["power"].to_numpy(), part["years"].to_numpy()
        reached = np.flatnonzero(share >= wanted)
        when = np.inf
        if len(reached):
            place = int(reached[0])
            when = float(years[place])
            if place > 0:
                below = share[place - 1]
                part_way = (wanted - below) / (share[place] - below)
                when = float(years[place - 1] + part_way * (years[place] - years[place - 1]))
        rows.append({"rise": float(rise), "years": when, "now": float(share[0])})
    return pd.DataFrame(rows)


def false_alarms(
    history: Process | None = None, *, histories: int = 1000, seed: int = 20250209
) -> pd.DataFrame:
    """Say how often a test of curvature at 5% cries wolf when growth is exponential.

    Parameters
    ----------
    history : Process, optional
        By default that of the newest vintage from 2023 on.
    histories, seed : int
        1,000 fix a share of 5% to 1.4 points.

    Returns
    -------
    pandas.DataFrame
        ``residuals`` ("independent", "fading", "fading twice as long"), ``points`` ("every model",
        "records"), ``ordinary`` (share with a two-sided p-value of Student's t below 5%),
        ``upward`` (of these, those that claim acceleration, as a share of all), ``corrected``
        (the same with limits from simulated histories with the estimated residuals: 5% by design
        where those are true).
    """
    history = process() if history is None else history
    own = {"correlation_years": history.correlation_years, "own_share": history.own_share}
    kinds = {
        "independent": {"correlation_years": 0.0, "own_share": 1.0},
        "fading": own,
        "fading twice as long": own | {"correlation_years": 2 * history.correlation_years},
    }
    end = np.array([len(history.years)])
    rows = []
    for points, records in (("every model", False), ("records", True)):
        _, null = _simulated(history, np.zeros(1), 0.0, histories, seed + 1, "throughout")
        years = np.sort(history.years)
        null = _bends(years, null, end, records)[0, :, 0]
        low, high = np.nanquantile(null, [0.025, 0.975])
        for kind, changed in kinds.items():
            other = Process(**(vars(history) | changed))
            _, values = _simulated(other, np.zeros(1), 0.0, histories, seed, "throughout")
            bends = _bends(years, values, end, records)[0, :, 0]
            counts = np.full(histories, len(years))
            if records:
                counts = (values[0] >= np.maximum.accumulate(values[0], axis=-1)).sum(axis=-1)
            reach = np.array([student(max(int(n) - 3, 1)) for n in counts])
            usable = np.isfinite(bends)
            rows.append(
                {
                    "residuals": kind,
                    "points": points,
                    "ordinary": float((np.abs(bends) > reach)[usable].mean()),
                    "upward": float((bends > reach)[usable].mean()),
                    "corrected": float(((bends > high) | (bends < low))[usable].mean()),
                }
            )
    return pd.DataFrame(rows)


# ---------------------------------------------------------------------------------------------
# from runs to horizons


@dataclass(frozen=True)
class Runs:
    """Runs of agents on tasks, as arrays.

    Attributes
    ----------
    agents, tasks : list of str
        In alphabetical order.
    family : numpy.ndarray, shape (tasks,)
        Number of the family of each task.
    length : numpy.ndarray, shape (tasks,)
        Logarithm to base 2 of the minutes that a human takes.
    runs, successes : numpy.ndarray, shape (agents, tasks)
        Counts; zero runs where an agent did not try a task.
    weights : numpy.ndarray, shape (agents, tasks)
        METR's: all runs of a task share 1 / sqrt(tasks of its family that the agent tried), and
        an agent's weights add up to one.
    """

    agents: list[str]
    tasks: list[str]
    family: np.ndarray
    length: np.ndarray
    runs: np.ndarray
    successes: np.ndarray
    weights: np.ndarray

    @classmethod
    def of(cls, horizon_tasks: pd.DataFrame | None = None) -> Runs:
        """Arrange the table of runs.

        Raises
        ------
        ValueError
            If a task takes no time, has two lengths or families, or has more successes than runs.
        """
        table = data.table(horizon_tasks, "horizon_tasks")
        if (table["human_minutes"] <= 0).any():
            raise ValueError("a task that takes no minutes has no logarithm: correct the table")
        wrong = (table["successes"] > table["runs"]) | (table["runs"] < 1)
        if wrong.any():
            first = table[wrong].iloc[0]
            raise ValueError(
                f"{first['agent']} has {first['successes']} successes in {first['runs']} runs of "
                f"{first['task']}: correct the table"
            )
        if table.groupby("task")[["human_minutes", "task_family"]].nunique().max(axis=None) > 1:
            raise ValueError("a task has two lengths or two families: correct the table")
        by_task = table.drop_duplicates("task").set_index("task").sort_index()
        shape = {"index": "agent", "columns": "task"}
        runs = table.pivot(values="runs", **shape).reindex(columns=by_task.index).fillna(0)
        hits = table.pivot(values="successes", **shape).reindex(columns=by_task.index).fillna(0)
        family = np.unique(by_task["task_family"].to_numpy(dtype=str), return_inverse=True)[1]
        tried = runs.to_numpy() > 0
        sizes = np.stack([tried[:, family == number].sum(axis=1) for number in family], axis=1)
        weights = tried / np.sqrt(np.maximum(sizes, 1))
        return cls(
            agents=list(runs.index),
            tasks=list(by_task.index),
            family=family,
            length=np.log2(by_task["human_minutes"].to_numpy(dtype=float)),
            runs=runs.to_numpy(dtype=np.int64),
            successes=hits.to_numpy(dtype=np.int64),
            weights=weights / weights.sum(axis=1, keepdims=True),
        )


def fit_logistic(
    length: np.ndarray, weight: np.ndarray, hits: np.ndarray, c: float = METR_C
) -> np.ndarray:
    """Fit many penalised logistic regressions on one regressor at once, by Newton's method.

    Minimises slope**2 / 2 + c * sum(weight * loss), the intercept free: the objective of
    scikit-learn's ``LogisticRegression(C=c)``.

    Parameters
    ----------
    length : numpy.ndarray, shape (tasks,)
        The regressor.
    weight : numpy.ndarray, shape (fits, tasks)
        Weight of all runs of a task.
    hits : numpy.ndarray, shape (fits, tasks)
        Weight of the successful ones among them.
    c : float
        Above zero; the larger the weaker the penalty.

    Returns
    -------
    numpy.ndarray, shape (fits, 2)
        Intercept and slope. NaN where no run succeeded or none failed: the intercept would be
        infinite.

    Raises
    ------
    ValueError
        If ``c`` is not above zero.
    RuntimeError
        If a fit does not settle.
    """
    if not c > 0:
        raise ValueError(f"the constant C must be above zero, not {c}")
    weight, hits = np.atleast_2d(weight), np.atleast_2d(hits)
    total, succeeded = weight.sum(axis=1), hits.sum(axis=1)
    possible = (succeeded > 1e-12 * total) & (total - succeeded > 1e-12 * total)
    found = np.full((len(weight), 2), np.nan)
    if not possible.any():
        return found
    middle = float((weight.sum(axis=0) @ length) / weight.sum())
    centred = length - middle
    regressors = np.stack([np.ones_like(centred), centred, centred**2], axis=1)
    open_ = np.flatnonzero(possible)
    share = succeeded[open_] / total[open_]
    point = np.stack([np.log(share / (1 - share)), np.zeros(len(open_))], axis=1)
    weight, goal = weight[open_], hits[open_] @ regressors[:, :2]
    for _ in range(100):
        # In place, because at this size a new array costs as much as the arithmetic.
        chance = point @ regressors[:, :2].T
        np.negative(chance, out=chance)
        np.clip(chance, -500, 500, out=chance)
        np.exp(chance, out=chance)
        chance += 1
        np.reciprocal(chance, out=chance)
        expected = weight * chance
        gradient = goal - expected @ regressors[:, :2]
        gradient[:, 1] -= point[:, 1] / c
        np.subtract(1, chance, out=chance)
        expected *= chance
        bend = expected @ regressors
        bend[:, 2] += 1 / c
        determinant = bend[:, 0] * bend[:, 2] - bend[:, 1] ** 2
        first = (bend[:, 2] * gradient[:, 0] - bend[:, 1] * gradient[:, 1]) / determinant
        second = (bend[:, 0] * gradient[:, 1] - bend[:, 1] * gradient[:, 0]) / determinant
        largest = np.maximum(np.abs(first) / 2, np.abs(second))
        shorter = 1 / np.maximum(1, largest)
        point = point + np.stack([first * shorter, second * shorter], axis=1)
        settled = largest < 1e-10
        if settled.any():
            found[open_[settled]] = point[settled]
            going = ~settled
            open_, point, goal = open_[going], point[going], goal[going]
            weight = weight[going]
        if not len(open_):
            found[:, 0] -= found[:, 1] * middle
            return found
    raise RuntimeError(f"{len(open_)} logistic fits did not settle: look for extreme weights")


def _horizon(found: np.ndarray, percent: float) -> np.ndarray:
    """Return minutes at a success rate; NaN without a fit or where longer tasks seem easier."""
    slope = np.where(found[:, 1] < 0, found[:, 1], np.nan)
    odds = np.log(percent / (100 - percent))
    with np.errstate(over="ignore"):
        return np.exp2((odds - found[:, 0]) / slope)


def agent_horizons(
    percents: Sequence[float] = (50, 80),
    c: float = METR_C,
    horizon_tasks: pd.DataFrame | None = None,
    horizons: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Fit the horizon of every agent in the table of runs.

    Parameters
    ----------
    percents : sequence of float
        Success rates between 0 and 100.
    c : float
        As in :func:`fit_logistic`.
    horizon_tasks, horizons : pandas.DataFrame, optional

    Returns
    -------
    pandas.DataFrame
        ``agent``, ``tasks``, ``runs``, ``success_rate`` (weighted), ``slope`` (change of the log
        odds for each doubling of the task), one column ``p50`` and so on in minutes, ``released``,
        ``published_p50`` (of vintage 1.0, which had the shortest tasks as well; NaN for humans),
        ``inside`` (whether the 50% horizon lies between the shortest and the longest task; beyond
        them it is no more than a straight line drawn on).
    """
    runs = Runs.of(horizon_tasks)
    known = data.table(horizons, "horizons")
    known = known[known["suite"] == next(iter(VINTAGES))].set_index("model")
    rows = []
    for place, agent in enumerate(runs.agents):
        weight = runs.weights[[place]]
        hits = weight * runs.successes[place] / np.maximum(runs.runs[place], 1)
        found = fit_logistic(runs.length, weight, hits, c)
        model = AGENT_MODELS.get(agent, agent)
        row = {
            "agent": agent,
            "tasks": int((runs.runs[place] > 0).sum()),
            "runs": int(runs.runs[place].sum()),
            "success_rate": float(hits.sum()),
            "slope": float(found[0, 1]),
        }
        row |= {f"p{percent:g}": float(_horizon(found, percent)[0]) for percent in percents}
        row["released"] = known["released"].get(model, pd.NaT)
        row["published_p50"] = float(known["p50_minutes"].get(model, np.nan))
        half = np.log2(_horizon(found, 50)[0])
        row["inside"] = bool(runs.length.min() <= half <= runs.length.max())
        rows.append(row)
    table = pd.DataFrame(rows)
    return table.sort_values(["released", "agent"], kind="stable", ignore_index=True)


@dataclass(frozen=True)
class Resampled:
    """Horizons from resampled runs.

    Attributes
    ----------
    agents : list of str
    percents : tuple of float
    minutes : numpy.ndarray, shape (agents, percents, resamples)
        NaN where a resample has no horizon: no success, no failure, or longer tasks easier.
    """

    agents: list[str]
    percents: tuple[float, ...]
    minutes: np.ndarray


def drawn_tasks(family: np.ndarray, resamples: int, rng: np.random.Generator) -> np.ndarray:
    """Draw families with replacement, and within each drawn family its tasks.

    Returns
    -------
    numpy.ndarray, shape (resamples, tasks)
        How often each task was drawn. One draw serves all agents, as they did the same tasks.
    """
    families = int(family.max()) + 1
    copies = rng.multinomial(families, np.full(families, 1 / families), size=resamples)
    drawn = np.zeros((resamples, len(family)), dtype=np.int64)
    for number in range(families):
        members = np.flatnonzero(family == number)
        size = len(members)
        if size == 1:
            drawn[:, members[0]] = copies[:, number]
        else:
            drawn[:, members] = rng.multinomial(copies[:, number] * size, np.full(size, 1 / size))
    return drawn


def resampled_horizons(
    resamples: int = 500,
    percents: Sequence[float] = (50, 80),
    c: float = METR_C,
    *,
    agents: Sequence[str] | None = None,
    seed: int = 20250209,
    horizon_tasks: pd.DataFrame | None = None,
) -> Resampled:
    """Resample families, tasks and runs, and fit every agent's horizon each time.

    METR's hierarchical bootstrap: families are drawn with replacement, then tasks within each
    drawn family, then runs of each agent within each drawn task. Weights are not made anew: a task
    drawn twice counts twice.

    Parameters
    ----------
    resamples : int
        500 is enough for a page; METR takes 1,000 and 10,000 for its final figures.
    percents, c
        As in :func:`agent_horizons`.
    agents : sequence of str, optional
        All by default. The draws of one agent do not depend on which others are asked for.
    seed : int
    horizon_tasks : pandas.DataFrame, optional

    Returns
    -------
    Resampled

    Raises
    ------
    KeyError
        If an agent is not in the table.
    """
    runs = Runs.of(horizon_tasks)
    agents = runs.agents if agents is None else list(agents)
    unknown = sorted(set(agents) - set(runs.agents))
    if unknown:
        raise KeyError(f"no runs of {', '.join(unknown)} in the table")
    drawn = drawn_tasks(runs.family, resamples, np.random.default_rng(seed))
    minutes = np.full((len(agents), len(percents), resamples), np.nan)
    for row, agent in enumerate(agents):
        place = runs.agents.index(agent)
        tried = np.flatnonzero(runs.runs[place] > 0)
        number, success = runs.runs[place, tried], runs.successes[place, tried]
        times = drawn[:, tried]
        rng = np.random.default_rng([seed, place])
        # A task drawn m times brings m times its runs, drawn from its runs with replacement.
        mixed = (success > 0) & (success < number)
        hits = np.where(success == number, times * number, 0)
        chance = (success / number)[mixed]
        hits[:, mixed] = rng.binomial(times[:, mixed] * number[mixed], chance)
        weight = runs.weights[place, tried]
        found = fit_logistic(runs.length[tried], times * weight, hits * (weight / number), c)
        for column, percent in enumerate(percents):
            minutes[row, column] = _horizon(found, percent)
    return Resampled(list(agents), tuple(percents), minutes)


def horizon_intervals(
    drawn: Resampled,
    c: float = METR_C,
    *,
    horizon_tasks: pd.DataFrame | None = None,
    horizons: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Summarise resampled horizons beside the estimates from all runs.

    Returns
    -------
    pandas.DataFrame
        ``agent``, ``released``, ``percent``, ``minutes``, ``low``, ``high`` (95%), ``without``
        (share of resamples without a horizon), ``published_p50``.
    """
    whole = agent_horizons(drawn.percents, c, horizon_tasks, horizons).set_index("agent")
    rows = []
    for column, percent in enumerate(drawn.percents):
        low, high, missing = percentile_interval(drawn.minutes[:, column])
        for row, agent in enumerate(drawn.agents):
            rows.append(
                {
                    "agent": agent,
                    "released": whole.loc[agent, "released"],
                    "percent": percent,
                    "minutes": float(whole.loc[agent, f"p{percent:g}"]),
                    "low": float(low[row]),
                    "high": float(high[row]),
                    "without": float(missing[row]),
                    "published_p50": float(whole.loc[agent, "published_p50"]),
                }
            )
    table = pd.DataFrame(rows)
    return table.sort_values(["percent", "released", "agent"], kind="stable", ignore_index=True)


def resampled_doubling(
    drawn: Resampled,
    c: float = METR_C,
    *,
    horizon_tasks: pd.DataFrame | None = None,
    horizons: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Carry the resampled horizons into the doubling time of the record agents.

    Returns
    -------
    pandas.DataFrame
        Two rows, ``errors`` "together" (an easy draw of tasks is easy for all agents) and "apart"
        (each agent's draws in another order, as if it had had tasks of its own); ``agents`` (how
        many records), ``days``, ``low``, ``high`` (95%).
        As METR does, the records are those of the estimates from all runs. Agents whose horizon
        lies outside the lengths of the tasks do not count.
    """
    whole = agent_horizons((50,), c, horizon_tasks, horizons).dropna(subset=["released", "p50"])
    whole = whole[whole["inside"]]
    path = record_path(
        pd.DataFrame(
            {"name": whole["agent"], "date": whole["released"], "value": np.log(whole["p50"])}
        )
    )
    column = drawn.percents.index(50)
    places = [drawn.agents.index(agent) for agent in path["name"]]
    minutes = drawn.minutes[places, column]
    values = np.log(np.where(minutes > 0, minutes, np.nan))
    step = max(values.shape[1] // len(places), 1)
    moved = np.stack([np.roll(row, step * place) for place, row in enumerate(values)])
    estimate = float(_doubling_days(_least_squares_of(path, 1, path["value"].to_numpy())))
    rows = []
    for errors, part in (("together", values), ("apart", moved)):
        known = np.isfinite(part).all(axis=0)
        high, low = _days_between(_least_squares_of(path, 1, part.T[known]))
        rows.append((errors, len(path), estimate, low, high))
    return pd.DataFrame(rows, columns=["errors", "agents", "days", "low", "high"])


def regularisation(
    constants: Sequence[float] = (1, 3, 10, 30, 100, 1000, 10_000),
    percents: Sequence[float] = (50, 80),
    horizon_tasks: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Show what the penalty alone does to every horizon.

    Parameters
    ----------
    constants : sequence of float
        C, from a strong to a weak penalty; :data:`METR_C` until March 2026.
    percents : sequence of float
    horizon_tasks : pandas.DataFrame, optional

    Returns
    -------
    pandas.DataFrame
        ``agent``, ``percent``, ``c``, ``minutes``, ``slope``, ``times`` (minutes over those under
        the weakest penalty asked for). Agents without a success have no horizon and are left out.
    """
    runs = Runs.of(horizon_tasks)
    rows = []
    for place, agent in enumerate(runs.agents):
        weight = runs.weights[[place]]
        hits = weight * runs.successes[place] / np.maximum(runs.runs[place], 1)
        fits = {c: fit_logistic(runs.length, weight, hits, c) for c in constants}
        for percent in percents:
            weakest = _horizon(fits[max(constants)], percent)[0]
            for c, found in fits.items():
                minutes = float(_horizon(found, percent)[0])
                times = minutes / float(weakest)
                rows.append((agent, percent, c, minutes, float(found[0, 1]), times))
    columns = ["agent", "percent", "c", "minutes", "slope", "times"]
    return pd.DataFrame(rows, columns=columns).dropna(subset=["minutes"], ignore_index=True)
