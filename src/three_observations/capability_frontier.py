"""A capability index against training compute and time, over the models people use.

The table ``eci_compute`` holds the Epoch Capabilities Index (ECI) of 85 models, best version
each, with an estimate of their training compute. The index is itself the outcome of a model: a
logistic item-response fit to many benchmarks, then stretched so that two anchor models score 130
and 150. A point has no meaning of its own, and a curve that is straight on this scale would be
bent on another that orders the models alike.

Compute enters as log10 of training FLOP less 24, so that a slope is points per decade and an
intercept belongs to 1e24 FLOP. Time enters in years from 2025-01-01. The two move together, and
every question is asked with and without the other.

**What a year is worth.** With index = a + b log10(compute) + c year, one year moves the index as
much as c / b decades of compute. A ratio of two uncertain numbers has no standard error that can
be trusted when b is not far from zero: beside the delta method stand Fieller's set (Journal of
the Royal Statistical Society B 16, 1954) and a bootstrap. It is called progress of algorithms
elsewhere. All that it says is what moved the index at given training compute: better data, more
compute after training, more compute when answering, and scores chosen with the benchmarks known
are in it too.

**How sure.** Models of one organization share methods, data and reporting: beside the robust
standard error stands the one clustered by organization (of several, the first named).

Methods and where they come from.

*Robust and clustered errors*: :mod:`three_observations.estimation`.
*Huber's regression*: Annals of Statistics 1, 1973, with 1.345 scaled median absolute residuals.
*Median regression*: Koenker and Bassett (Econometrica 46, 1978), smoothed so that it has one
answer and a standard error without a density: Horowitz (Econometrica 66, 1998); clustered errors
as in Parente and Santos Silva (Journal of Econometric Methods 5, 2016).
*Specification curve*: see :mod:`three_observations.specification`.
*Errors in compute*: simulation and extrapolation, Cook and Stefanski (Journal of the American
Statistical Association 89, 1994), beside the correction by moments (Fuller, "Measurement error
models", 1987).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
import pandas as pd

from three_observations import data, specification
from three_observations.benchmark_scaling import cluster_weights
from three_observations.estimation import Fit, least_squares, percentile_interval, student

DAYS_PER_YEAR = 365.25
#: Where the regressors are zero.
REFERENCE_DAY = pd.Timestamp("2025-01-01")
REFERENCE_LOG_FLOP = 24.0

#: Other names of one organization.
SAME_ORGANIZATION = {"Microsoft Research": "Microsoft"}

#: Models for code, and those trained on text written for the purpose by other models: what they
#: score for their compute answers another question.
SPECIAL_NAMES = ("Coder", "Phi-", "phi-")

#: Models whose name in ``scores`` (ruler eci_2026_08) differs from that in ``eci_compute``.
OTHER_NAMES: dict[str, str] = {
    "DeepSeek-V2 (MoE-236B)": "DeepSeek-V2 (MoE-236B, May 2024)",
    "Grok-2": "Grok-2 (Dec 2024)",
    "Kimi K2": "Kimi K2 (Jul 2025)",
    "Mistral Large 2": "Mistral Large 2 (Nov 2024)",
    "Qwen2.5-Coder (32B)": "Qwen2.5-Coder-32B",
    "Qwen3-235B-A22B (Jul 2025)": "Qwen3-235B-A22B-Thinking (Jul 2025)",
}

#: First day after the vintage of ``eci_compute``: quarters from here on cannot be in it.
VINTAGE_END = pd.Timestamp("2026-04-01")

#: Regressors of each form.
REGRESSIONS: dict[str, tuple[str, ...]] = {
    "compute": ("compute",),
    "year": ("year",),
    "compute and year": ("compute", "year"),
}

#: Terms of the forms that ask for curvature.
CURVED: dict[str, tuple[str, ...]] = {
    "without year": ("compute", "compute squared"),
    "with year": ("compute", "compute squared", "year"),
    "with year squared": ("compute", "compute squared", "year", "year squared"),
}

SAMPLES = ("all", "five best so far", "Pareto frontier", "open weights", "general purpose")
CONFIDENCES: dict[str, tuple[str, ...]] = {
    "all": ("confident", "likely", "speculative"),
    "without speculative": ("confident", "likely"),
    "confident only": ("confident",),
}
WINDOWS: dict[str, tuple[pd.Timestamp | None, pd.Timestamp | None]] = {
    "all": (None, None),
    "before 2025": (None, pd.Timestamp("2025-01-01")),
    "from 2024": (pd.Timestamp("2024-01-01"), None),
}
CONTROLS = (
    "none",
    "year",
    "release-year effects",
    "organization effects",
    "organization effects and year",
)
SHAPES = ("line", "parabola")
ESTIMATORS = ("least squares", "Huber", "smoothed median")
CHOICES = ("sample", "confidence", "window", "control", "shape", "estimator")

#: A specification with less than this is not usable.
LEAST_MODELS = 12
LEAST_ORGANIZATIONS = 5
LEAST_FREEDOM = 10
LEAST_DECADES = 1.5

#: Days before which a model counts as old, for predictions.
CUT_DAYS = tuple(
    pd.Timestamp(day)
    for day in ("2024-01-01", "2024-04-01", "2024-07-01", "2024-10-01", "2025-01-01", "2025-04-01")
)

#: How far estimates of compute may be off: one standard error is this factor.
ERROR_SCENARIOS: dict[str, dict[str, float]] = {
    "none": {"confident": 1.0, "likely": 1.0, "speculative": 1.0},
    "a factor of 2": {"confident": 2.0, "likely": 2.0, "speculative": 2.0},
    "a factor of 3": {"confident": 3.0, "likely": 3.0, "speculative": 3.0},
    "1.5, 3 and 10 by label": {"confident": 1.5, "likely": 3.0, "speculative": 10.0},
}


# ---------------------------------------------------------------------------------------------
# the models


def observations(eci_compute: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the models with the columns that the regressions use.

    Parameters
    ----------
    eci_compute : pandas.DataFrame, optional
        Rows without a training compute are left out.

    Returns
    -------
    pandas.DataFrame
        ``version``, ``model``, ``eci``, ``released``, ``developer``, ``confidence``,
        ``training_flop`` as in the table; ``log_flop`` (log10); ``compute`` (log10 less 24);
        ``year`` (years from 2025-01-01); ``release_year`` (whole number); ``organization`` (the
        first of several developers); and a yes-or-no column for each of :data:`SAMPLES` but
        "all". "five best so far": at most four of the models released by that day score higher.
        "Pareto frontier": none of them scores as high with as little compute. Sorted by release
        and version.

    Raises
    ------
    ValueError
        If a training compute is not above zero.
    """
    table = data.table(eci_compute, "eci_compute")
    table = table[table["training_flop"].notna()]
    if (table["training_flop"] <= 0).any():
        raise ValueError("training_flop must be above zero: its logarithm is taken")
    table = table.sort_values(["released", "version"], kind="stable", ignore_index=True)
    flop = table["training_flop"].astype(float)
    organization = table["developer"].astype(str).str.split(",").str[0].str.strip()
    kept = ["version", "model", "eci", "released", "developer", "confidence", "training_flop"]
    result = table[kept].assign(
        log_flop=np.log10(flop),
        compute=np.log10(flop) - REFERENCE_LOG_FLOP,
        year=(table["released"] - REFERENCE_DAY).dt.days / DAYS_PER_YEAR,
        release_year=table["released"].dt.year,
        organization=organization.replace(SAME_ORGANIZATION),
    )
    day = table["released"].to_numpy()
    index, compute = table["eci"].to_numpy(dtype=float), flop.to_numpy()
    known = day[None, :] <= day[:, None]
    higher = (known & (index[None, :] > index[:, None])).sum(axis=1)
    as_good = known & (index[None, :] >= index[:, None]) & (compute[None, :] <= compute[:, None])
    strictly = (index[None, :] > index[:, None]) | (compute[None, :] < compute[:, None])
    special = table["model"].astype(str).str.contains("|".join(SPECIAL_NAMES))
    result["five best so far"] = higher < 5
    result["Pareto frontier"] = ~(as_good & strictly).any(axis=1)
    result["open weights"] = table["access"].astype(str).str.startswith("Open weights")
    result["general purpose"] = ~special
    return result


def in_sample(models: pd.DataFrame, sample: str = "all", confidence: str = "all") -> np.ndarray:
    """Return which models belong to a sample; shape (n,), yes or no.

    Raises
    ------
    ValueError
        If the sample or the confidence is not known.
    """
    if sample not in SAMPLES:
        raise ValueError(f"sample {sample!r} is not one of {', '.join(SAMPLES)}")
    if confidence not in CONFIDENCES:
        raise ValueError(f"confidence {confidence!r} is not one of {', '.join(CONFIDENCES)}")
    labelled = models["confidence"].astype(str).str.lower().isin(CONFIDENCES[confidence])
    if confidence == "all":
        labelled = pd.Series(True, index=models.index)
    kept = labelled if sample == "all" else labelled & models[sample]
    return kept.to_numpy(dtype=bool)


def _columns(models: pd.DataFrame, terms: Sequence[str]) -> np.ndarray:
    """Return the design: a constant and one column a term; shape (n, 1 + terms)."""
    columns = [np.ones(len(models))]
    for term in terms:
        name, _, squared = term.partition(" ")
        value = models[name].to_numpy(dtype=float)
        columns.append(value**2 if squared else value)
    return np.column_stack(columns)


def _classical(models: pd.DataFrame, terms: Sequence[str]) -> np.ndarray:
    """Return the covariance of the coefficients if all errors had one variance."""
    design = _columns(models, terms)
    index = models["eci"].to_numpy(dtype=float)
    solver = np.linalg.pinv(design)
    residual = index - design @ (solver @ index)
    variance = residual @ residual / (len(index) - design.shape[1])
    return solver @ solver.T * variance


def fit(models: pd.DataFrame, terms: Sequence[str], *, clustered: bool = False) -> Fit:
    """Regress the index on a constant and some terms.

    Parameters
    ----------
    models : pandas.DataFrame
        From :func:`observations`.
    terms : sequence of str
        Of "compute", "compute squared", "year", "year squared".
    clustered : bool
        Errors clustered by organization instead of robust ones.

    Returns
    -------
    three_observations.estimation.Fit
        Position 0 is the constant.
    """
    clusters = models["organization"].to_numpy() if clustered else None
    return least_squares(_columns(models, terms), models["eci"].to_numpy(dtype=float), clusters)


def regressions(
    eci_compute: pd.DataFrame | None = None, *, sample: str = "all", confidence: str = "all"
) -> pd.DataFrame:
    """Regress the index on compute, on the year, and on both.

    Parameters
    ----------
    eci_compute : pandas.DataFrame, optional
    sample, confidence : str
        Which models, see :func:`in_sample`.

    Returns
    -------
    pandas.DataFrame
        One row a form and term: ``form``, ``term`` ("constant", "compute", "year"),
        ``estimate`` (points at 1e24 FLOP and 2025-01-01, per decade, per year), ``low``,
        ``high`` (95%, robust), ``clustered_low``, ``clustered_high`` (by organization),
        ``r_squared``, ``residual_sd`` (points), ``n``, ``organizations``.
    """
    models = observations(eci_compute)
    models = models[in_sample(models, sample, confidence)]
    rows = []
    for form, terms in REGRESSIONS.items():
        robust, grouped = fit(models, terms), fit(models, terms, clustered=True)
        residual = models["eci"].to_numpy() - _columns(models, terms) @ robust.coefficients
        spread = float(np.sqrt(residual @ residual / (robust.n - len(terms) - 1)))
        for position, term in enumerate(("constant", *terms)):
            rows.append(
                {
                    "form": form,
                    "term": term,
                    "estimate": float(robust.coefficients[position]),
                    "low": robust.interval(position)[0],
                    "high": robust.interval(position)[1],
                    "clustered_low": grouped.interval(position)[0],
                    "clustered_high": grouped.interval(position)[1],
                    "r_squared": robust.r_squared,
                    "residual_sd": spread,
                    "n": robust.n,
                    "organizations": grouped.groups,
                }
            )
    return pd.DataFrame(rows)


def describe_models(eci_compute: pd.DataFrame | None = None) -> dict[str, float]:
    """Count the models, and say how closely compute and time move together.

    Returns
    -------
    dict of str to float
        ``models``, ``organizations``, ``decades`` (range of compute), ``years`` (from the first
        to the last release), ``correlation`` of log compute with the day of release,
        ``inflation`` (by how many times this correlation raises the variance of the slope on
        compute), and one count for each label of confidence.
    """
    models = observations(eci_compute)
    correlation = float(np.corrcoef(models["compute"], models["year"])[0, 1])
    labels = models["confidence"].astype(str).str.lower().value_counts().sort_index()
    return {
        "models": len(models),
        "organizations": models["organization"].nunique(),
        "decades": float(models["compute"].max() - models["compute"].min()),
        "years": float(models["year"].max() - models["year"].min()),
        "correlation": correlation,
        "inflation": 1 / (1 - correlation**2),
    } | {label: int(count) for label, count in labels.items()}


# ---------------------------------------------------------------------------------------------
# what a year is worth


def fieller(
    numerator: float, denominator: float, covariance: np.ndarray, reach: float
) -> tuple[float, float]:
    """Return Fieller's confidence set for a ratio of two estimates.

    Parameters
    ----------
    numerator, denominator : float
    covariance : numpy.ndarray, shape (2, 2)
        Of numerator and denominator, in this order.
    reach : float
        How many standard errors a two-sided interval reaches.

    Returns
    -------
    low, high : float
        Minus and plus infinity where the denominator could be zero: then the set is no interval.
    """
    square = reach**2
    a = denominator**2 - square * covariance[1, 1]
    b = -2 * (numerator * denominator - square * covariance[0, 1])
    c = numerator**2 - square * covariance[0, 0]
    if a <= 0:
        return -np.inf, np.inf
    root = np.sqrt(max(b**2 - 4 * a * c, 0.0))
    return float((-b - root) / (2 * a)), float((-b + root) / (2 * a))


def _delta(
    numerator: float, denominator: float, covariance: np.ndarray, reach: float
) -> tuple[float, float]:
    ratio = numerator / denominator
    gradient = np.array([1.0, -ratio]) / denominator
    error = float(np.sqrt(gradient @ covariance @ gradient))
    return ratio - reach * error, ratio + reach * error


def _weighted_slopes(columns: np.ndarray, index: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Fit by weighted least squares for every column of weights; shape (k, resamples)."""
    products = columns[:, :, None] * columns[:, None, :]
    left = np.tensordot(weights.T, products, axes=1)
    right = weights.T @ (columns * index[:, None])
    sound = np.linalg.cond(left) < 1e12
    left[~sound] = np.eye(columns.shape[1])
    slopes = np.linalg.solve(left, right[:, :, None])[:, :, 0].T
    return np.where(sound, slopes, np.nan)


def year_in_compute(
    eci_compute: pd.DataFrame | None = None,
    published: pd.DataFrame | None = None,
    *,
    sample: str = "all",
    confidence: str = "all",
    resamples: int = 500,
    seed: int = 20250209,
) -> pd.DataFrame:
    """Return how many decades of compute one year is worth, with every interval.

    Parameters
    ----------
    eci_compute, published : pandas.DataFrame, optional
    sample, confidence : str
        Which models, see :func:`in_sample`.
    resamples : int
        Draws of models, and of organizations; 500 suffice for a page.
    seed : int

    Returns
    -------
    pandas.DataFrame
        One row a method: ``method``, ``errors`` (what varies), ``estimate``, ``low``, ``high``
        (decades per year, 95%), ``n``, ``organizations``; the last row is Epoch AI's own.
    """
    models = observations(eci_compute)
    models = models[in_sample(models, sample, confidence)]
    terms = ("compute", "year")
    robust, grouped = fit(models, terms), fit(models, terms, clustered=True)
    per_decade, per_year = robust.coefficients[1], robust.coefficients[2]
    pick = np.ix_([2, 1], [2, 1])
    plain = _classical(models, terms)[pick]
    freedom = robust.degrees_of_freedom
    rows = []
    for errors, covariance, degrees in (
        ("equal variance", plain, freedom),
        ("robust", robust.covariance[pick], freedom),
        ("by organization", grouped.covariance[pick], grouped.degrees_of_freedom),
    ):
        for method, interval in (("delta method", _delta), ("Fieller", fieller)):
            low, high = interval(per_year, per_decade, covariance, student(degrees))
            rows.append((method, errors, low, high))
    columns, index = _columns(models, terms), models["eci"].to_numpy(dtype=float)
    for errors, clusters in (
        ("models drawn", models["version"]),
        ("organizations drawn", models["organization"]),
    ):
        slopes = _weighted_slopes(columns, index, cluster_weights(clusters, resamples, seed))
        low, high, _ = percentile_interval((slopes[2] / slopes[1])[None])
        rows.append(("bootstrap", errors, float(low[0]), float(high[0])))
    table = pd.DataFrame(rows, columns=["method", "errors", "low", "high"])
    table.insert(2, "estimate", per_year / per_decade)
    table["n"], table["organizations"] = robust.n, grouped.groups
    known = data.table(published, "published").set_index("result")
    if "epoch-compute-per-year" in known.index:
        row = known.loc["epoch-compute-per-year"]
        theirs = {
            "method": "published",
            "errors": "Epoch AI",
            "estimate": float(row["value"]),
            "low": float(row["low"]),
            "high": float(row["high"]),
        }
        table = pd.concat([table, pd.DataFrame([theirs])], ignore_index=True)
        table[["n", "organizations"]] = table[["n", "organizations"]].astype("Int64")
    return table


def year_in_compute_by_sample(eci_compute: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return what a year is worth for other choices of models.

    Returns
    -------
    pandas.DataFrame
        One row a choice: ``models`` (each of :data:`SAMPLES`, of :data:`CONFIDENCES`, each
        window of :data:`WINDOWS`, and each organization with five models or more left out),
        ``n``, ``points_per_decade``, ``points_per_year``, ``estimate`` (decades per year),
        ``low``, ``high`` (Fieller, robust), ``delta_low``, ``delta_high`` (delta method, equal
        variances: the usual way).
    """
    models = observations(eci_compute)
    chosen: dict[str, np.ndarray] = {sample: in_sample(models, sample) for sample in SAMPLES}
    for confidence in list(CONFIDENCES)[1:]:
        chosen[confidence] = in_sample(models, "all", confidence)
    chosen["open weights, without speculative"] = in_sample(
        models, "open weights", "without speculative"
    )
    for window in list(WINDOWS)[1:]:
        chosen[window] = _inside(models, window)
    counts = models["organization"].value_counts(sort=False).sort_index()
    for organization in counts.index[counts >= 5]:
        chosen[f"without {organization}"] = (models["organization"] != organization).to_numpy()
    rows = []
    for name, kept in chosen.items():
        part = models[kept]
        robust = fit(part, ("compute", "year"))
        pick = np.ix_([2, 1], [2, 1])
        per_decade, per_year = (float(value) for value in robust.coefficients[1:])
        reach = student(robust.degrees_of_freedom)
        low, high = fieller(per_year, per_decade, robust.covariance[pick], reach)
        plain = _classical(part, ("compute", "year"))[pick]
        delta_low, delta_high = _delta(per_year, per_decade, plain, reach)
        rows.append(
            {
                "models": name,
                "n": robust.n,
                "points_per_decade": per_decade,
                "points_per_year": per_year,
                "estimate": per_year / per_decade,
                "low": low,
                "high": high,
                "delta_low": delta_low,
                "delta_high": delta_high,
            }
        )
    return pd.DataFrame(rows)


def _inside(models: pd.DataFrame, window: str) -> np.ndarray:
    start, end = WINDOWS[window]
    kept = pd.Series(True, index=models.index)
    if start is not None:
        kept &= models["released"] >= start
    if end is not None:
        kept &= models["released"] < end
    return kept.to_numpy(dtype=bool)


# ---------------------------------------------------------------------------------------------
# straight or bent, and year by year


def curvature(
    eci_compute: pd.DataFrame | None = None,
    *,
    sample: str = "all",
    confidence: str = "all",
    at_flop: Sequence[float] = (1e23, 1e24, 1e25, 1e26),
) -> pd.DataFrame:
    """Add the square of log compute: below zero, each decade buys less than the last.

    Parameters
    ----------
    eci_compute : pandas.DataFrame, optional
    sample, confidence : str
    at_flop : sequence of float
        Where the slope is shown.

    Returns
    -------
    pandas.DataFrame
        One row a control ("without year", "with year", "with year squared"): ``control``,
        ``squared`` (points per decade squared) with ``low``, ``high`` (robust),
        ``clustered_low``, ``clustered_high``, a column ``slope_1e23`` and so on for each of
        ``at_flop`` (points per decade there), ``r_squared``, ``n``.
    """
    models = observations(eci_compute)
    models = models[in_sample(models, sample, confidence)]
    rows = []
    for control, terms in CURVED.items():
        robust, grouped = fit(models, terms), fit(models, terms, clustered=True)
        linear, squared = robust.coefficients[1:3]
        row = {
            "control": control,
            "squared": float(squared),
            "low": robust.interval(2)[0],
            "high": robust.interval(2)[1],
            "clustered_low": grouped.interval(2)[0],
            "clustered_high": grouped.interval(2)[1],
        }
        for flop in at_flop:
            where = np.log10(flop) - REFERENCE_LOG_FLOP
            row[f"slope_{flop:.0e}".replace("+", "")] = float(linear + 2 * squared * where)
        rows.append(row | {"r_squared": robust.r_squared, "n": robust.n})
    return pd.DataFrame(rows)


def power_of_compute(
    eci_compute: pd.DataFrame | None = None,
    *,
    sample: str = "all",
    confidence: str = "all",
    resamples: int = 300,
    widest: float = 0.8,
    seed: int = 20250209,
) -> pd.DataFrame:
    """Ask which power of compute the index follows; the logarithm is the power zero.

    index = a + b (C**p - 1) / p, the family of Box and Cox (Journal of the Royal Statistical
    Society B 26, 1964), with and without a line in time. Its slope per decade changes by the
    factor 10**p from one decade to the next: below zero each decade buys less than the last, as
    a power law with a ceiling does; above zero each buys more.

    Parameters
    ----------
    eci_compute : pandas.DataFrame, optional
    sample, confidence : str
    resamples : int
        Draws of organizations; 300 suffice for a page.
    widest : float
        Powers between minus and plus this are tried, in steps of a hundredth, and the best is
        found between steps by a parabola.
    seed : int

    Returns
    -------
    pandas.DataFrame
        One row a control ("without year", "with year"): ``control``, ``power`` with ``low``,
        ``high`` (95%), ``next_decade`` (10**power: what a decade buys, as a share of what the
        last one bought) with ``next_low``, ``next_high``, ``rmse`` and ``rmse_of_logarithm``
        (points), ``at_the_edge`` (share of draws whose best power is the widest tried), ``n``.
    """
    models = observations(eci_compute)
    models = models[in_sample(models, sample, confidence)]
    compute, year, index = (
        models[name].to_numpy(dtype=float) for name in ("compute", "year", "eci")
    )
    steps = round(widest * 100)
    powers = np.arange(-steps, steps + 1) / 100
    with np.errstate(divide="ignore", invalid="ignore"):
        basis = np.expm1(np.log(10) * powers[:, None] * compute) / powers[:, None]
    basis[steps] = np.log(10) * compute
    basis = (basis - basis.mean(axis=1)[:, None]) / basis.std(axis=1)[:, None]
    weights = cluster_weights(models["organization"], resamples, seed)
    weights = np.concatenate([np.ones((len(models), 1)), weights], axis=1)
    weights = weights / weights.sum(axis=0)
    time, response = year - year.mean(), index - index.mean()

    def joint(one: np.ndarray, other: np.ndarray) -> np.ndarray:
        return (one * other) @ weights - (one @ weights) * (other @ weights)

    on_basis, spread, on_response = (
        joint(basis, time),
        joint(basis, basis),
        joint(basis, response),
    )
    left = np.broadcast_to(joint(response, response), spread.shape)
    rows = []
    for control in ("without year", "with year"):
        if control == "with year":
            of_time, pull = joint(time, time), joint(time, response)
            spread = spread - on_basis**2 / of_time
            on_response = on_response - on_basis * pull / of_time
            left = left - pull**2 / of_time
        squares = left - on_response**2 / spread
        best = np.argmin(squares, axis=0)
        inner = np.clip(best, 1, len(powers) - 2)
        column = np.arange(squares.shape[1])
        before, here, after = (squares[inner + shift, column] for shift in (-1, 0, 1))
        bend = before - 2 * here + after
        move = np.where(bend > 0, 0.5 * (before - after) / np.where(bend > 0, bend, 1.0), 0.0)
        edge = (best == 0) | (best == len(powers) - 1)
        power = np.where(edge, powers[best], powers[inner] + 0.01 * np.clip(move, -1, 1))
        low, high, _ = percentile_interval(power[None, 1:])
        rows.append(
            {
                "control": control,
                "power": float(power[0]),
                "low": float(low[0]),
                "high": float(high[0]),
                "next_decade": float(10 ** power[0]),
                "next_low": float(10 ** low[0]),
                "next_high": float(10 ** high[0]),
                "rmse": float(np.sqrt(max(squares[best[0], 0], 0.0))),
                "rmse_of_logarithm": float(np.sqrt(max(squares[steps, 0], 0.0))),
                "at_the_edge": float(edge[1:].mean()) if resamples else np.nan,
                "n": len(models),
            }
        )
    return pd.DataFrame(rows)


def by_release_year(eci_compute: pd.DataFrame | None = None) -> pd.DataFrame:
    """Regress the index on compute for each year of release by itself.

    Returns
    -------
    pandas.DataFrame
        One row a year with five models or more, and a last row "all, year effects":
        ``release_year``, ``slope`` (points per decade) with ``low``, ``high`` (robust),
        ``at_1e24`` (index of the line at 1e24 FLOP), ``decades`` (range of compute), ``n``,
        ``organizations``, ``difference`` from the slope of all other years (one regression with
        year effects and an interaction) with ``difference_low``, ``difference_high`` (clustered
        by organization).
    """
    models = observations(eci_compute)
    index, compute = models["eci"].to_numpy(dtype=float), models["compute"].to_numpy(dtype=float)
    organization = models["organization"].to_numpy()
    years = models["release_year"].to_numpy()
    counts = models["release_year"].value_counts().sort_index()
    every = np.unique(years)
    effects = (years[:, None] == every).astype(float)
    rows = []
    for year in counts.index[counts >= 5]:
        part = models[years == year]
        one = fit(part, ("compute",))
        own = compute * (years == year)
        both = least_squares(np.column_stack([effects, compute, own]), index, organization)
        low, high = one.interval(1)
        rows.append(
            {
                "release_year": str(year),
                "slope": float(one.coefficients[1]),
                "low": low,
                "high": high,
                "at_1e24": float(one.coefficients[0]),
                "decades": float(part["compute"].max() - part["compute"].min()),
                "n": one.n,
                "organizations": part["organization"].nunique(),
                "difference": float(both.coefficients[-1]),
                "difference_low": both.interval(len(every) + 1)[0],
                "difference_high": both.interval(len(every) + 1)[1],
            }
        )
    pooled = least_squares(np.column_stack([effects, compute]), index)
    low, high = pooled.interval(len(every))
    rows.append(
        {
            "release_year": "all, year effects",
            "slope": float(pooled.coefficients[-1]),
            "low": low,
            "high": high,
            "at_1e24": np.nan,
            "decades": float(compute.max() - compute.min()),
            "n": pooled.n,
            "organizations": models["organization"].nunique(),
        }
    )
    return pd.DataFrame(rows)


# ---------------------------------------------------------------------------------------------
# predicting what was not fitted


def predict_newer(
    eci_compute: pd.DataFrame | None = None,
    days: Sequence[pd.Timestamp] = CUT_DAYS,
    *,
    sample: str = "all",
    confidence: str = "all",
    resamples: int = 300,
    seed: int = 20250209,
) -> pd.DataFrame:
    """Fit the models released before a day, and predict the index of those after it.

    Four predictions: *no change* (the mean index of the last twelve months), *year* alone,
    *compute* alone, and *compute and year*.

    Parameters
    ----------
    eci_compute : pandas.DataFrame, optional
    days : sequence of Timestamp
    sample, confidence : str
    resamples : int
        Draws of organizations, for fitted and predicted models alike; 300 suffice for a page.
    seed : int

    Returns
    -------
    pandas.DataFrame
        One row a day and form: ``day``, ``form``, ``n_fitted``, ``n_predicted``, ``rmse``,
        ``mean_error`` (predicted less actual), ``mean_absolute_error``, ``against_year`` (RMSE
        less that of the year alone) with ``against_low``, ``against_high`` (95%) and ``usable``
        (15 models fitted, 5 predicted).
    """
    models = observations(eci_compute)
    models = models[in_sample(models, sample, confidence)]
    index = models["eci"].to_numpy(dtype=float)
    released = models["released"]
    weights = cluster_weights(models["organization"], resamples, seed)
    weights = np.concatenate([np.ones((len(models), 1)), weights], axis=1)
    rows = []
    for day in days:
        before = (released < day).to_numpy()
        after = ~before
        usable = bool(before.sum() >= 15 and after.sum() >= 5)
        counted = {
            "day": day,
            "n_fitted": int(before.sum()),
            "n_predicted": int(after.sum()),
            "usable": usable,
        }
        if not usable:
            rows += [counted | {"form": form} for form in ("no change", *REGRESSIONS)]
            continue
        recent = before & (released >= day - pd.DateOffset(months=12)).to_numpy()
        total = weights[recent].sum(axis=0)
        with np.errstate(divide="ignore", invalid="ignore"):
            flat = index[recent] @ weights[recent] / np.where(total > 0, total, np.nan)
        predicted = {"no change": np.broadcast_to(flat, (int(after.sum()), len(flat)))}
        for form, terms in REGRESSIONS.items():
            columns = _columns(models, terms)
            slopes = _weighted_slopes(columns[before], index[before], weights[before])
            predicted[form] = columns[after] @ slopes
        mass = weights[after].sum(axis=0)
        with np.errstate(divide="ignore", invalid="ignore"):
            roots = {
                form: np.sqrt(
                    ((value - index[after, None]) ** 2 * weights[after]).sum(axis=0)
                    / np.where(mass > 0, mass, np.nan)
                )
                for form, value in predicted.items()
            }
        for form, root in roots.items():
            against = root - roots["year"]
            low, high, _ = percentile_interval(against[None, 1:])
            error = predicted[form][:, 0] - index[after]
            rows.append(
                counted
                | {
                    "form": form,
                    "rmse": float(root[0]),
                    "mean_error": float(error.mean()),
                    "mean_absolute_error": float(np.abs(error).mean()),
                    "against_year": float(against[0]),
                    "against_low": float(low[0]),
                    "against_high": float(high[0]),
                }
            )
    order = ["day", "form", "n_fitted", "n_predicted", "rmse", "mean_error"]
    order += ["mean_absolute_error", "against_year", "against_low", "against_high", "usable"]
    return pd.DataFrame(rows).reindex(columns=order)


def known_compute(
    eci_compute: pd.DataFrame | None = None,
    scores: pd.DataFrame | None = None,
    *,
    ruler: str = "eci_2026_08",
    best: int = 5,
) -> pd.DataFrame:
    """Count, by quarter of release, how many models on the index have a known training compute.

    Parameters
    ----------
    eci_compute, scores : pandas.DataFrame, optional
    ruler : str
        The full list of models: rows of ``scores`` under this ruler.
    best : int
        How many of the highest scores of each quarter are looked at by themselves.

    Returns
    -------
    pandas.DataFrame
        One row a quarter: ``quarter`` ("2025Q3"), ``start`` (its first day), ``models``,
        ``known`` (in ``eci_compute`` by name, see :data:`OTHER_NAMES`), ``confident`` (of those,
        labelled so), ``share`` (known of models), ``best_known`` (known among the ``best``
        highest scores), ``best`` (how many those are), ``could_be_known`` (the quarter began
        before the end of the vintage of ``eci_compute``).

    Raises
    ------
    ValueError
        If the ruler has no models.
    """
    listed = data.table(scores, "scores")
    listed = listed[listed["ruler"] == ruler]
    if listed.empty:
        raise ValueError(f"no models under the ruler {ruler!r} in the table scores")
    listed = listed.sort_values(["score", "version"], ascending=[False, True], kind="stable")
    table = data.table(eci_compute, "eci_compute")
    table = table[table["training_flop"].notna()]
    names = table["model"].replace(OTHER_NAMES)
    confident = set(names[table["confidence"].astype(str).str.lower() == "confident"])
    known = set(table["model"]) | set(names)
    released = listed["released"]
    listed = listed.assign(
        quarter=released.dt.year.astype(str) + "Q" + released.dt.quarter.astype(str),
        start=released.dt.to_period("Q").dt.start_time,
        known=listed["version"].isin(known),
        confident=listed["version"].isin(confident),
    )
    rows = []
    for (quarter, start), part in listed.groupby(["quarter", "start"], sort=True):
        rows.append(
            {
                "quarter": quarter,
                "start": start,
                "models": len(part),
                "known": int(part["known"].sum()),
                "confident": int(part["confident"].sum()),
                "share": float(part["known"].mean()),
                "best_known": int(part["known"].head(best).sum()),
                "best": min(best, len(part)),
                "could_be_known": bool(start < VINTAGE_END),
            }
        )
    return pd.DataFrame(rows)


def anchors(
    eci_compute: pd.DataFrame | None = None, published: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Compare the index of the two anchor models with what defines the scale.

    Returns
    -------
    pandas.DataFrame
        ``model``, ``eci``, ``published``.
    """
    table = data.table(eci_compute, "eci_compute").set_index("model")["eci"]
    known = data.table(published, "published").set_index("result")["value"]
    rows = []
    for model, result in (
        ("Claude 3.5 Sonnet", "eci-anchor-claude-3-5-sonnet"),
        ("GPT-5", "eci-anchor-gpt-5"),
    ):
        rows.append((model, float(table[model]), float(known.get(result, np.nan))))
    return pd.DataFrame(rows, columns=["model", "eci", "published"])


# ---------------------------------------------------------------------------------------------
# every defensible way: points per decade of compute


def _absorbed(
    columns: np.ndarray, groups: np.ndarray, weights: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Take weighted group means out of columns.

    Parameters
    ----------
    columns : numpy.ndarray, shape (k, n, m)
    groups : numpy.ndarray, shape (n, g)
        Indicators.
    weights : numpy.ndarray, shape (n, m)

    Returns
    -------
    centred : numpy.ndarray, shape (k, n, m)
    means : numpy.ndarray, shape (k, n, m)
    """
    total = groups.T @ weights
    total = np.where(total > 0, total, 1.0)
    means = np.stack([groups @ ((groups.T @ (weights * column)) / total) for column in columns])
    return columns - means, means


def _solve(
    columns: np.ndarray, index: np.ndarray, groups: np.ndarray, weights: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Fit by weighted least squares with group effects; slopes (k, m) and residuals (n, m)."""
    everything = np.concatenate([columns, index[None]])
    centred, _ = _absorbed(everything, groups, weights)
    x, y = centred[:-1], centred[-1]
    left = np.einsum("inm,jnm,nm->mij", x, x, weights)
    right = np.einsum("inm,nm->mi", x, weights * y)
    slopes = np.linalg.solve(left, right[:, :, None])[:, :, 0].T
    return slopes, y - np.einsum("km,knm->nm", slopes, x)


def _masked_median(values: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Return the median of each column over the rows in its mask."""
    ordered = np.sort(np.where(mask, values, np.inf), axis=0)
    number = mask.sum(axis=0)
    column = np.arange(values.shape[1])
    return (ordered[(number - 1) // 2, column] + ordered[number // 2, column]) / 2


def m_estimates(
    columns: np.ndarray,
    index: np.ndarray,
    groups: np.ndarray,
    mask: np.ndarray,
    clusters: Sequence | np.ndarray,
    estimator: str = "least squares",
    *,
    most_steps: int = 1000,
    tolerance: float = 1e-9,
) -> tuple[np.ndarray, np.ndarray]:
    """Regress one response on a few columns and group effects, for many samples at once.

    Parameters
    ----------
    columns : numpy.ndarray, shape (k, n, m)
        Regressors; they may differ from sample to sample.
    index : numpy.ndarray, shape (n,)
        Response.
    groups : numpy.ndarray, shape (n, g)
        Indicators of the groups that have a level of their own; one column of ones for a
        constant.
    mask : numpy.ndarray of bool, shape (n, m)
        Which observations each sample has. In each the columns have to vary within groups and
        not depend on each other.
    clusters : sequence of length n
    estimator : {"least squares", "Huber", "smoothed median"}
    most_steps : int
        Of the reweighting, for the last two.
    tolerance : float
        A sample is done when none of its slopes moves by more than this.

    Returns
    -------
    slopes : numpy.ndarray, shape (k, m)
    errors : numpy.ndarray, shape (k, m)
        Clustered standard errors, with the factor G / (G - 1) * (n - 1) / (n - k - groups).

    Notes
    -----
    With s the median absolute residual of least squares over 0.6745, "Huber" minimises Huber's
    function with the limit 1.345 s, and "smoothed median" the sum of sqrt(r**2 + (s / 4)**2),
    which is the sum of absolute residuals but for those near zero.
    """
    if estimator not in ESTIMATORS:
        raise ValueError(f"estimator {estimator!r} is not one of {', '.join(ESTIMATORS)}")
    base = mask.astype(float)
    response = np.broadcast_to(np.asarray(index, dtype=float)[:, None], mask.shape)
    slopes, residual = _solve(columns, response, groups, base)
    scale = np.maximum(_masked_median(np.abs(residual), mask) / 0.6744897501960817, 1e-9)
    limit, smooth = 1.345 * scale, scale / 4

    def weight(residual: np.ndarray, which: np.ndarray) -> np.ndarray:
        if estimator == "Huber":
            return np.minimum(1, limit[which] / np.maximum(np.abs(residual), 1e-12))
        return smooth[which] / np.sqrt(residual**2 + smooth[which] ** 2)

    active = np.arange(mask.shape[1] if estimator != "least squares" else 0)
    for _ in range(most_steps):
        if not len(active):
            break
        weights = base[:, active] * weight(residual[:, active], active)
        new, residual[:, active] = _solve(
            columns[:, :, active], response[:, active], groups, weights
        )
        moved = np.abs(new - slopes[:, active]).max(axis=0)
        slopes[:, active] = new
        active = active[moved > tolerance]

    if estimator == "least squares":
        score, slope_of_score = residual, base
    elif estimator == "Huber":
        score = np.clip(residual, -limit, limit)
        slope_of_score = base * (np.abs(residual) <= limit)
    else:
        size = np.sqrt(residual**2 + smooth**2)
        score, slope_of_score = residual / size, base * smooth**2 / size**3
    x, _ = _absorbed(columns, groups, slope_of_score)
    bread = np.einsum("inm,jnm,nm->mij", x, x, slope_of_score)
    _, member = np.unique(np.asarray(clusters, dtype=str), return_inverse=True)
    belongs = (member[:, None] == np.arange(member.max() + 1)).astype(float)
    sums = np.einsum("ng,knm->mkg", belongs, x * (score * base))
    meat = sums @ sums.transpose(0, 2, 1)
    number = mask.sum(axis=0)
    present = (belongs.T @ base > 0).sum(axis=0)
    levels = (groups.T @ base > 0).sum(axis=0)
    freedom = np.maximum(number - columns.shape[0] - levels, 1)
    factor = present / np.maximum(present - 1, 1) * (number - 1) / freedom
    inverse = np.linalg.pinv(bread, hermitian=True)
    covariance = inverse @ meat @ inverse * factor[:, None, None]
    variances = np.diagonal(covariance, axis1=1, axis2=2).T
    return slopes, np.sqrt(np.maximum(variances, 0.0))


def specification_curve(
    eci_compute: pd.DataFrame | None = None,
    *,
    samples: Sequence[str] = SAMPLES,
    confidences: Sequence[str] = tuple(CONFIDENCES),
    windows: Sequence[str] = tuple(WINDOWS),
    controls: Sequence[str] = CONTROLS,
    shapes: Sequence[str] = SHAPES,
    estimators: Sequence[str] = ESTIMATORS,
) -> pd.DataFrame:
    """Estimate the points of the index per decade of compute under every combination of choices.

    Parameters
    ----------
    eci_compute : pandas.DataFrame, optional
    samples : sequence of str
        Of :data:`SAMPLES`. The two frontiers choose models by their score, which tilts a slope.
    confidences : sequence of str
        Which labels of the estimate of compute, of :data:`CONFIDENCES`.
    windows : sequence of str
        Days of release, of :data:`WINDOWS`.
    controls : sequence of str
        Of :data:`CONTROLS`.
    shapes : sequence of {"line", "parabola"}
        In log compute. The slope of the parabola is that at the mean log compute of the models.
    estimators : sequence of str
        Of :data:`ESTIMATORS`.

    Returns
    -------
    pandas.DataFrame
        One row a specification, in the order of the choices: ``sample``, ``confidence``,
        ``window``, ``control``, ``shape``, ``estimator``, ``estimate``, ``low``, ``high`` (points
        per decade, 95%, clustered by organization), ``n``, ``organizations``, ``decades`` (range
        of compute), ``usable``, ``reason``.

    Notes
    -----
    Not usable: fewer than 12 models or 5 organizations, less than 1.5 decades of compute, fewer
    than 10 observations more than coefficients, compute that does not vary within the groups, or
    the same models as an earlier combination of sample, confidence and window.
    """
    for given, known in (
        (samples, SAMPLES),
        (confidences, tuple(CONFIDENCES)),
        (windows, tuple(WINDOWS)),
        (controls, CONTROLS),
        (shapes, SHAPES),
        (estimators, ESTIMATORS),
    ):
        for option in given:
            if option not in known:
                raise ValueError(f"{option!r} is not one of {', '.join(known)}")
    models = observations(eci_compute)
    index = models["eci"].to_numpy(dtype=float)
    compute, year = (models[name].to_numpy(dtype=float) for name in ("compute", "year"))
    organization = models["organization"].to_numpy()

    names, masks, repeats, seen = [], [], [], {}
    for sample, confidence, window in product(samples, confidences, windows):
        kept = in_sample(models, sample, confidence) & _inside(models, window)
        key = kept.tobytes()
        repeats.append(f"same models as {', '.join(seen[key])}" if key in seen else "")
        seen.setdefault(key, (sample, confidence, window))
        names.append((sample, confidence, window))
        masks.append(kept)
    mask = np.stack(masks, axis=1)
    number = mask.sum(axis=0)
    firms = np.array([len(set(organization[kept])) for kept in masks])
    with np.errstate(invalid="ignore"):
        decades = np.where(
            number > 0,
            np.where(mask, compute[:, None], -np.inf).max(axis=0)
            - np.where(mask, compute[:, None], np.inf).min(axis=0),
            0.0,
        )
    mean = np.where(mask, compute[:, None], 0).sum(axis=0) / np.maximum(number, 1)
    centred = compute[:, None] - mean

    constant = np.ones((len(models), 1))
    by_firm = (organization[:, None] == np.unique(organization)).astype(float)
    years = models["release_year"].to_numpy()
    by_year = (years[:, None] == np.unique(years)).astype(float)
    groups = {
        "none": constant,
        "year": constant,
        "release-year effects": by_year,
        "organization effects": by_firm,
        "organization effects and year": by_firm,
    }
    parts = []
    for control, shape in product(controls, shapes):
        columns = [centred]
        if shape == "parabola":
            columns.append(centred**2)
        if control in ("year", "organization effects and year"):
            columns.append(np.broadcast_to(year[:, None], mask.shape))
        columns = np.stack(columns)
        effects = groups[control]
        levels = (effects.T @ mask > 0).sum(axis=0)
        spare = number - len(columns) - levels
        inner, _ = _absorbed(columns, effects, mask.astype(float))
        inner = inner * mask
        norm = np.sqrt((inner**2).sum(axis=1))
        scaled = inner / np.where(norm > 1e-9, norm, np.inf)[:, None]
        smallest = np.linalg.eigvalsh(np.einsum("inm,jnm->mij", scaled, scaled))[:, 0]
        reason = np.select(
            [
                np.array(repeats) != "",
                number < LEAST_MODELS,
                firms < LEAST_ORGANIZATIONS,
                decades < LEAST_DECADES,
                spare < LEAST_FREEDOM,
                smallest < 1e-6,
            ],
            [
                np.array(repeats),
                f"fewer than {LEAST_MODELS} models",
                f"fewer than {LEAST_ORGANIZATIONS} organizations",
                f"less than {LEAST_DECADES:g} decades of compute",
                "too few models for the coefficients",
                "compute does not vary within the groups",
            ],
            "",
        )
        good = reason == ""
        reach = np.array([student(int(firm) - 1) if firm > 1 else np.nan for firm in firms])
        for estimator in estimators:
            estimate, error = np.full(len(names), np.nan), np.full(len(names), np.nan)
            if good.any():
                slopes, errors = m_estimates(
                    columns[:, :, good], index, effects, mask[:, good], organization, estimator
                )
                estimate[good], error[good] = slopes[0], errors[0]
            part = pd.DataFrame(names, columns=["sample", "confidence", "window"])
            part["control"], part["shape"], part["estimator"] = control, shape, estimator
            part["estimate"] = estimate
            part["low"], part["high"] = estimate - reach * error, estimate + reach * error
            part["n"], part["organizations"], part["decades"] = number, firms, decades
            part["usable"], part["reason"] = good, reason
            parts.append(part)
    curve = pd.concat(parts, ignore_index=True)
    order = {
        "sample": samples,
        "confidence": confidences,
        "window": windows,
        "control": controls,
        "shape": shapes,
        "estimator": estimators,
    }
    places = {name: curve[name].map({o: i for i, o in enumerate(order[name])}) for name in order}
    rank = np.lexsort([places[name].to_numpy() for name in reversed(order)])
    return curve.iloc[rank].reset_index(drop=True)


def influence(curve: pd.DataFrame) -> pd.DataFrame:
    """Say how many points per decade each choice moves the estimate, all others held.

    Parameters
    ----------
    curve : pandas.DataFrame
        From :func:`specification_curve`.

    Returns
    -------
    pandas.DataFrame
        One row a choice, the most influential first: ``choice``, ``options``, ``pairs``,
        ``mean_difference`` (mean absolute difference of two options, points per decade).
    """
    # specification.influence takes logarithms, because a rate of fall is a factor.
    table = specification.influence(curve.assign(estimate=np.exp(curve["estimate"])), CHOICES)
    return table.drop(columns="factor")


def curve_summary(curve: pd.DataFrame) -> pd.Series:
    """Say how the usable specifications lie to zero, and how wide they spread.

    Returns
    -------
    pandas.Series
        As :func:`three_observations.specification.summary` with the threshold 0 points per
        decade.
    """
    return specification.summary(curve, threshold=0.0)


# ---------------------------------------------------------------------------------------------
# errors in the estimates of compute


def errors_in_compute(
    eci_compute: pd.DataFrame | None = None,
    scenarios: Mapping[str, Mapping[str, float]] | None = None,
    *,
    draws: int = 200,
    extra: Sequence[float] = (0.5, 1.0, 1.5, 2.0),
    seed: int = 20250209,
) -> pd.DataFrame:
    """Correct the slope on log compute for errors in the estimates of compute.

    An error in a regressor pulls its slope towards zero, and what it loses goes to its companion,
    the year. *Simulation and extrapolation*: add still more error of the same kind, see how the
    slope falls with its variance, and draw that curve (a parabola) back to no error. *By
    moments*: take the variance of the errors out of the variance of log compute.

    Parameters
    ----------
    eci_compute : pandas.DataFrame, optional
    scenarios : mapping of str to (mapping of label to factor), optional
        One standard error of an estimate is this factor, at least 1; the labels are those of the
        column ``confidence``. The default is :data:`ERROR_SCENARIOS`: these factors are
        assumptions of ours.
    draws : int
        Simulations for each amount of extra error.
    extra : sequence of float
        Variance added, as multiples of the assumed one.
    seed : int

    Returns
    -------
    pandas.DataFrame
        One row a scenario and form ("compute", "compute and year"): ``scenario``, ``form``,
        ``reliability`` (share of the variance of log compute, given the year, that is not
        error), ``uncorrected``, ``by_simulation``, ``by_moments`` (points per decade),
        ``year_in_compute`` and ``year_in_compute_corrected`` (decades per year, by moments; NaN
        without the year).

    Raises
    ------
    ValueError
        If a factor is below 1, a label has none, or the errors assumed are as large as the whole
        variation of compute.
    """
    models = observations(eci_compute)
    scenarios = ERROR_SCENARIOS if scenarios is None else scenarios
    labels = models["confidence"].astype(str).str.lower().to_numpy()
    compute, year, index = (
        models[name].to_numpy(dtype=float) for name in ("compute", "year", "eci")
    )
    noise = np.random.default_rng(seed).standard_normal((len(extra), draws, len(models)))
    rows = []
    for scenario, factors in scenarios.items():
        missing = sorted(set(labels) - set(factors))
        if missing:
            raise ValueError(f"scenario {scenario!r} has no factor for the label {missing[0]!r}")
        if min(factors.values()) < 1:
            raise ValueError(f"scenario {scenario!r}: a factor of error is at least 1")
        spread = np.array([np.log10(factors[label]) for label in labels])
        for form, terms in REGRESSIONS.items():
            if "compute" not in terms:
                continue
            others = np.ones((len(models), 1))
            if "year" in terms:
                others = np.column_stack([others, year])
            project = others @ np.linalg.pinv(others)

            def rest(values: np.ndarray, project: np.ndarray = project) -> np.ndarray:
                return values - values @ project

            x, y = rest(compute), rest(index)
            variance, error = x @ x / len(x), float(np.mean(spread**2))
            if error >= variance:
                raise ValueError(
                    f"scenario {scenario!r}: the errors assumed vary as much as compute itself"
                )
            naive = float(x @ y / (x @ x))
            noisier = rest(compute + np.sqrt(np.asarray(extra))[:, None, None] * spread * noise)
            slopes = ((noisier @ y) / (noisier**2).sum(axis=2)).mean(axis=1)
            curve = np.polyfit([0.0, *extra], [naive, *slopes], 2)
            moments = naive * variance / (variance - error)
            row = {
                "scenario": scenario,
                "form": form,
                "reliability": float((variance - error) / variance),
                "uncorrected": naive,
                "by_simulation": float(np.polyval(curve, -1.0)),
                "by_moments": float(moments),
                "year_in_compute": np.nan,
                "year_in_compute_corrected": np.nan,
            }
            if "year" in terms:
                centred = year - year.mean()
                on_year = [
                    float(centred @ (index - slope * compute) / (centred @ centred)) / slope
                    for slope in (naive, moments)
                ]
                row["year_in_compute"], row["year_in_compute_corrected"] = on_year
            rows.append(row)
    return pd.DataFrame(rows)
