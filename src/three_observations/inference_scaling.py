"""What more compute at the time of the answer buys: effort sweeps, sampling, and verifiers.

Three kinds of evidence, each with its own unit of the resource.
*Effort sweeps* run one model at several efforts or thinking budgets: the ARC-AGI boards give US
dollars a task, the runs of GPQA Diamond, AIME and FrontierMath give output tokens.
*Repeated sampling* draws k answers; with a verifier that knows the right one the score is pass@k
(coverage), without one it is a vote.
*A small exact model* says what sampling can and cannot buy if the chance of success differs from
problem to problem.

A decade is a factor of ten of the resource.
A slope is in percentage points per decade, on the logit scale in logits per decade.
Dollars a task mix price, tokens and retries, so a decade of dollars is not a decade of tokens.

Methods and where they come from.

*Binomial sampling error*: the questions of a benchmark are taken as a sample of all such
questions; a score p of n questions gets (np + 1/2) / (n + 1) inside the square root (Haldane 1956,
Anscombe 1956), so that a score of 0 or 100 percent is not free of error.
*Error of a contrast*: a slope, a bend and a miss are sums w'y of the scores of one sweep.
With standard errors s and one correlation r between efforts their variance is
(1 - r) sum(w^2 s^2) + r (sum w s)^2.
The same questions are asked at each effort, so r lies above zero; r = 0 is the cautious end.
*Fixed effects*: every sweep has its own level, and for the bend its own line (Frisch and Waugh
1933); errors are clustered by model, see :mod:`three_observations.estimation`.
*Sign test*: Arbuthnot (1710); exact, two-sided.
*Fits through a link*: Berkson's minimum chi-square (JASA 39, 1944), a weighted line on the scale of
the link.
*pass@k*: the unbiased estimator of Chen et al. (2021, arXiv:2107.03374).
*Exponentiated power law*: Brown et al. (2024, arXiv:2407.21787).
*Beta-distributed success*: Levi (2024, arXiv:2410.16377) and Schaeffer et al. (2025,
arXiv:2502.17578), from whom also comes that a power law in k needs many problems that are almost
never solved.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from three_observations import data
from three_observations.estimation import Fit, least_squares, percentile_interval

#: Questions of each benchmark, where the tables do not say: the sets' own descriptions.
#: ARC-AGI semi-private sets: 100 tasks (version 1) and 120 (version 2), arcprize.org.
#: GPQA Diamond: 198. AIME 2024: two papers of 15.
#: miniF2F-test 244, ProofNet-test 186, PutnamBench 658, ProverBench 325: DeepSeek-Prover-V2 report.
#: MATH: the 128 problems, and SWE-bench Lite the 300, that Brown et al. sampled.
QUESTIONS = {
    "ARC-AGI-1": 100,
    "ARC-AGI-2": 120,
    "GPQA Diamond": 198,
    "AIME 2024": 30,
    "miniF2F": 244,
    "ProofNet": 186,
    "PutnamBench": 658,
    "ProverBench": 325,
    "MATH": 128,
    "SWE-bench Lite": 300,
}
GPQA = "GPQA Diamond"
NORMAL = 1.959963984540054  # standard errors of a two-sided 95% interval

#: What a fit is straight in: the score, its logit, or the logarithm of what is missed or covered.
FORMS = ("straight line", "logit", "power law of misses", "exponentiated power law")
SCALES = ("points", "logit")

#: Votes of up to so many samples are counted exactly.
EXACT_VOTES = 100


#: What a table of sweeps holds: one row a run, one sweep a model on a test at several efforts.
SWEEP_COLUMNS = (
    "sweep",
    "benchmark",
    "model",
    "effort",
    "resource",
    "amount",
    "decade",
    "score_pct",
    "standard_error_pct",
    "questions",
    "released",
    "source",
)


def questions_of(benchmark: str) -> float:
    """Return the number of questions of a benchmark, NaN if it is not known.

    Parameters
    ----------
    benchmark : str
        Any name that begins with one of :data:`QUESTIONS`.
    """
    known = [name for name in QUESTIONS if benchmark.lower().startswith(name.lower())]
    return float(QUESTIONS[max(known, key=len)]) if known else math.nan


def sampling_error_pct(
    score_pct: float | np.ndarray, questions: float | np.ndarray
) -> float | np.ndarray:
    """Return the binomial standard error of a score, in percentage points.

    Parameters
    ----------
    score_pct : float or numpy.ndarray
        From 0 to 100.
    questions : float or numpy.ndarray
        At least 1; NaN gives NaN.

    Raises
    ------
    ValueError
        If a score lies outside 0 to 100.
    """
    share = np.asarray(score_pct, dtype=float) / 100
    if np.any((share < 0) | (share > 1)):
        raise ValueError("a score lies between 0 and 100 percent")
    inner = (share * questions + 0.5) / (np.asarray(questions, dtype=float) + 1)
    error = 100 * np.sqrt(inner * (1 - inner) / questions)
    return float(error) if error.ndim == 0 else error


# ---------------------------------------------------------------------------------------------
# effort sweeps


def sweeps(
    arc_sweeps: pd.DataFrame | None = None,
    gpqa_runs: pd.DataFrame | None = None,
    token_sweeps: pd.DataFrame | None = None,
    smallest: int = 3,
    fewest_questions: int = 10,
) -> pd.DataFrame:
    """Gather every model that was run on one benchmark at several efforts.

    For GPQA Diamond the model is fixed by what stands before the last underscore of the version;
    the version without one is the same model without thinking. It is called by the name that the
    table gives it, if no other version has that name.

    Parameters
    ----------
    arc_sweeps, gpqa_runs, token_sweeps : pandas.DataFrame, optional
    smallest : int
        Efforts that a sweep needs, at least 2.
    fewest_questions : int
        Benchmarks known to have fewer questions are left out.

    Returns
    -------
    pandas.DataFrame
        One row a run, in the order of benchmark, model and amount: ``sweep`` (model and
        benchmark), ``benchmark``, ``model``, ``effort``, ``resource`` ("USD a task" or "output
        tokens"), ``amount``, ``decade`` (its common logarithm), ``score_pct``,
        ``standard_error_pct`` (as published, or binomial), ``questions``, ``released``, ``source``.

    Raises
    ------
    ValueError
        If ``smallest`` is below 2, an amount is not above zero, or no sweep is left.
    """
    if smallest < 2:
        raise ValueError("a sweep needs at least two efforts: give smallest=2 or more")
    arc = data.table(arc_sweeps, "arc_sweeps")
    gpqa = data.table(gpqa_runs, "gpqa_runs")
    tokens = data.table(token_sweeps, "token_sweeps")
    version = gpqa["version"].str.rsplit("_", n=1)
    weights = version.str[0]
    versions_of_name = weights.groupby(gpqa["model"]).transform("nunique")
    model = gpqa["model"].where(gpqa["model"].notna() & (versions_of_name == 1), weights)
    runs = pd.concat(
        [
            pd.DataFrame(
                {
                    "benchmark": arc["benchmark"],
                    "model": arc["model"],
                    "effort": arc["effort"],
                    "resource": "USD a task",
                    "amount": arc["usd_per_task"],
                    "score_pct": arc["score_pct"],
                    "standard_error_pct": np.nan,
                    "questions": np.nan,
                    "released": arc["released"],
                    "source": arc["source"],
                }
            ),
            pd.DataFrame(
                {
                    "benchmark": GPQA,
                    "model": model,
                    "effort": version.str[1].fillna("no thinking"),
                    "resource": "output tokens",
                    "amount": gpqa["output_tokens_per_answer"],
                    "score_pct": gpqa["accuracy_pct"],
                    "standard_error_pct": gpqa["standard_error_pct"],
                    "questions": np.nan,
                    "released": gpqa["released"],
                    "source": gpqa["source"],
                }
            ),
            pd.DataFrame(
                {
                    "benchmark": tokens["benchmark"],
                    "model": tokens["model"],
                    "effort": tokens["effort"],
                    "resource": "output tokens",
                    "amount": tokens["output_tokens_per_pass"],
                    "score_pct": tokens["accuracy_pct"],
                    "standard_error_pct": tokens["standard_error_pct"],
                    "questions": tokens["n_questions"].astype(float),
                    "released": tokens["released"],
                    "source": tokens["source"],
                }
            ),
        ],
        ignore_index=True,
    )
    return _as_sweeps(runs, smallest, fewest_questions)


def _as_sweeps(runs: pd.DataFrame, smallest: int, fewest_questions: int) -> pd.DataFrame:
    """Keep the runs that belong to a sweep, with their errors, in a fixed order."""
    if (runs["amount"] <= 0).any():
        raise ValueError(
            "an amount of dollars or tokens is not above zero: "
            f"{runs.loc[runs['amount'] <= 0, 'model'].iloc[0]!r}; correct or drop the row"
        )
    known = runs["benchmark"].map(questions_of)
    runs = runs.assign(questions=runs["questions"].astype(float).fillna(known))
    runs = runs[~(runs["questions"] < fewest_questions)]
    keys = ["benchmark", "model"]
    efforts = runs.groupby(keys)["amount"].transform("nunique")
    runs = runs[efforts >= smallest].sort_values([*keys, "amount", "effort"], kind="stable")
    if runs.empty:
        raise ValueError(f"no model was run at {smallest} or more efforts on one benchmark")
    binomial = sampling_error_pct(runs["score_pct"].to_numpy(), runs["questions"].to_numpy())
    published = runs["standard_error_pct"].where(runs["standard_error_pct"] > 0)
    return runs.assign(
        sweep=runs["model"] + ", " + runs["benchmark"],
        decade=np.log10(runs["amount"].to_numpy(dtype=float)),
        standard_error_pct=published.fillna(pd.Series(binomial, index=runs.index)),
    ).reset_index(drop=True)[list(SWEEP_COLUMNS)]


@dataclass(frozen=True)
class _Padded:
    """Sweeps as rows of equal length, the highest amount in the last column; NaN before."""

    keys: pd.DataFrame
    decade: np.ndarray
    score: np.ndarray
    error: np.ndarray
    questions: np.ndarray

    @property
    def there(self) -> np.ndarray:
        return ~np.isnan(self.decade)


def _pad(table: pd.DataFrame) -> _Padded:
    """Turn a table of runs, as :func:`sweeps` gives it, into rows of equal length."""
    group = table.groupby("sweep", sort=False).ngroup().to_numpy()
    size = np.bincount(group)
    column = size.max() - table.groupby("sweep", sort=False).cumcount(ascending=False).to_numpy()

    def spread(values: np.ndarray) -> np.ndarray:
        matrix = np.full((len(size), size.max()), np.nan)
        matrix[group, column - 1] = values
        return matrix

    keys = table.drop_duplicates("sweep")[["sweep", "benchmark", "model"]].reset_index(drop=True)
    return _Padded(
        keys,
        spread(table["decade"].to_numpy(dtype=float)),
        spread(table["score_pct"].to_numpy(dtype=float)),
        spread(table["standard_error_pct"].to_numpy(dtype=float)),
        table.drop_duplicates("sweep")["questions"].to_numpy(dtype=float),
    )


def _line_weights(decade: np.ndarray, there: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the weights of slope and mean in each row's least-squares line.

    The slope is the sum of weight times score, and so is the mean; both are zero where a point is
    not there.
    The slope's weights are NaN where all points stand at one amount.
    """
    number = there.sum(axis=1, keepdims=True)
    x = np.where(there, decade, 0.0)
    centred = np.where(there, x - x.sum(axis=1, keepdims=True) / number, 0.0)
    spread = (centred**2).sum(axis=1, keepdims=True)
    slope = np.divide(centred, spread, out=np.full_like(centred, np.nan), where=spread > 1e-18)
    return slope, there / number


def _contrast(
    weights: np.ndarray, score: np.ndarray, error: np.ndarray, correlation: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return a weighted sum of each row's scores and its standard error."""
    value = (weights * np.nan_to_num(score)).sum(axis=1)
    parts = weights * np.where(np.isnan(score), 0.0, error)
    variance = (1 - correlation) * (parts**2).sum(axis=1) + correlation * parts.sum(axis=1) ** 2
    return value, np.sqrt(variance)


def _on_scale(padded: _Padded, scale: str) -> tuple[np.ndarray, np.ndarray]:
    """Return scores and errors in points or in logits."""
    if scale not in SCALES:
        raise ValueError(f"no scale {scale!r}; choose one of {', '.join(SCALES)}")
    if scale == "points":
        return padded.score, padded.error
    share = _inner(padded)
    return np.log(share / (1 - share)), padded.error / 100 / (share * (1 - share))


def _inner(padded: _Padded) -> np.ndarray:
    """Return the shares, moved half a question away from 0 and 1."""
    number = np.where(np.isnan(padded.questions), 1e6, padded.questions)[:, None]
    return (padded.score / 100 * number + 0.5) / (number + 1)


def sweep_slopes(
    table: pd.DataFrame | None = None, scale: str = "points", correlation: float = 0.0
) -> pd.DataFrame:
    """Fit a line in the logarithm of the resource to each sweep, and ask whether it bends.

    The line goes through all efforts; the *bend* is the slope of the last segment less the slope
    through all efforts but the last; the *miss* is the score at the highest amount less what the
    line through the others says there.
    Points are ordered by amount: the highest effort is not always the dearest.

    Parameters
    ----------
    table : pandas.DataFrame, optional
        As :func:`sweeps` returns it.
    scale : {"points", "logit"}
        Percentage points, or logits of the score.
    correlation : float
        Of the sampling errors of two efforts of one sweep, from 0 (the cautious end) to 1.

    Returns
    -------
    pandas.DataFrame
        One row a sweep: ``sweep``, ``benchmark``, ``model``, ``efforts``, ``lowest_amount``,
        ``highest_amount``, ``decades``, ``lowest_score_pct``, ``highest_score_pct`` (at the
        lowest and highest amount), ``slope`` per decade with ``standard_error``, ``low``, ``high``
        (95%, of sampling questions); ``steps``, ``falls`` (steps at which the score falls),
        ``clear_falls`` (by more than 1.96 standard errors), ``monotone``, ``moves`` (whether any
        score differs from another); ``earlier_slope``, ``last_slope``, ``bend``, ``bend_error``,
        ``bend_low``, ``bend_high``; ``change`` (last score less the one before), ``miss``,
        ``miss_error``. All slopes, changes and misses are in the unit of the scale. The columns of
        bend and miss are NaN for two efforts.

    Raises
    ------
    ValueError
        If the scale is not known or the correlation lies outside 0 to 1.
    """
    if not 0 <= correlation <= 1:
        raise ValueError(f"a correlation lies between 0 and 1, not {correlation}")
    table = sweeps() if table is None else table
    padded = _pad(table)
    score, error = _on_scale(padded, scale)
    there, x = padded.there, padded.decade
    number = there.sum(axis=1)
    first = (~there).sum(axis=1)
    row = np.arange(len(x))

    weights, _ = _line_weights(x, there)
    slope, slope_error = _contrast(weights, score, error, correlation)

    earlier = there.copy()
    earlier[:, -1] = False
    earlier_weights, mean_weights = _line_weights(x, earlier)
    earlier_weights[number < 3] = np.nan
    before, _ = _contrast(earlier_weights, score, error, correlation)
    gap = x[:, -1] - x[:, -2]
    with np.errstate(divide="ignore", invalid="ignore"):
        last_weights = np.zeros_like(weights)
        last_weights[:, -1], last_weights[:, -2] = 1 / gap, -1 / gap
        last, _ = _contrast(last_weights, score, error, correlation)
        bend, bend_error = _contrast(last_weights - earlier_weights, score, error, correlation)
    centre = (mean_weights * np.nan_to_num(x)).sum(axis=1)
    forecast = mean_weights + (x[:, -1] - centre)[:, None] * earlier_weights
    miss_weights = -forecast
    miss_weights[:, -1] += 1
    miss, miss_error = _contrast(miss_weights, score, error, correlation)

    step = np.diff(padded.score, axis=1)
    step_error = np.sqrt(
        padded.error[:, 1:] ** 2
        + padded.error[:, :-1] ** 2
        - 2 * correlation * padded.error[:, 1:] * padded.error[:, :-1]
    )
    with np.errstate(invalid="ignore"):
        falls = (step < 0).sum(axis=1)
        clear_falls = (step < -NORMAL * step_error).sum(axis=1)
    return padded.keys.assign(
        efforts=number,
        lowest_amount=10 ** x[row, first],
        highest_amount=10 ** x[:, -1],
        decades=x[:, -1] - x[row, first],
        lowest_score_pct=padded.score[row, first],
        highest_score_pct=padded.score[:, -1],
        slope=slope,
        standard_error=slope_error,
        low=slope - NORMAL * slope_error,
        high=slope + NORMAL * slope_error,
        steps=number - 1,
        falls=falls,
        clear_falls=clear_falls,
        monotone=falls == 0,
        moves=np.nanmax(padded.score, axis=1) > np.nanmin(padded.score, axis=1),
        earlier_slope=before,
        last_slope=last,
        bend=bend,
        bend_error=bend_error,
        bend_low=bend - NORMAL * bend_error,
        bend_high=bend + NORMAL * bend_error,
        change=score[:, -1] - score[:, -2],
        miss=miss,
        miss_error=miss_error,
    )


def _by_benchmark(table: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Return each benchmark's part of a table, and the whole as "all"."""
    parts = [(str(name), part) for name, part in table.groupby("benchmark", sort=True)]
    return [*parts, ("all", table)] if len(parts) > 1 else parts


def range_seen(table: pd.DataFrame | None = None) -> pd.DataFrame:
    """Say over how many decades of inference compute a gain was seen, and how smoothly.

    Parameters
    ----------
    table : pandas.DataFrame, optional
        As :func:`sweeps` returns it.

    Returns
    -------
    pandas.DataFrame
        One row a benchmark, and one for all: ``benchmark``, ``sweeps``, ``models``,
        ``shortest``, ``median``, ``longest`` (decades), ``a_decade_or_more`` and
        ``two_decades_or_more`` (sweeps), ``moving`` (sweeps whose score changes at all),
        ``monotone`` (moving sweeps in which each step up the amount raises the score or leaves
        it), ``steps``, ``falls``, ``clear_falls``, ``rising`` (sweeps whose slope's interval lies
        above zero), ``median_slope`` (points per decade).
    """
    slopes = sweep_slopes(table)
    rows = []
    for name, part in _by_benchmark(slopes):
        moving = part[part["moves"]]
        rows.append(
            {
                "benchmark": name,
                "sweeps": len(part),
                "models": part["model"].nunique(),
                "shortest": part["decades"].min(),
                "median": part["decades"].median(),
                "longest": part["decades"].max(),
                "a_decade_or_more": int((part["decades"] >= 1).sum()),
                "two_decades_or_more": int((part["decades"] >= 2).sum()),
                "moving": len(moving),
                "monotone": int(moving["monotone"].sum()),
                "steps": int(part["steps"].sum()),
                "falls": int(part["falls"].sum()),
                "clear_falls": int(part["clear_falls"].sum()),
                "rising": int((part["low"] > 0).sum()),
                "median_slope": part["slope"].median(),
            }
        )
    return pd.DataFrame(rows)


def _residual(padded_x: np.ndarray, there: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return what each row's own line in the decade leaves of some values."""
    slope_weights, mean_weights = _line_weights(padded_x, there)
    filled = np.where(there, values, 0.0)
    mean = (mean_weights * filled).sum(axis=1, keepdims=True)
    centre = (mean_weights * np.where(there, padded_x, 0.0)).sum(axis=1, keepdims=True)
    slope = (slope_weights * filled).sum(axis=1, keepdims=True)
    return values - mean - slope * (padded_x - centre)


def pooled_slopes(table: pd.DataFrame | None = None, scale: str = "points") -> pd.DataFrame:
    """Pool the sweeps of each benchmark: one slope, and one bend in the last segment.

    The slope comes from the score on the decade with a level for each sweep; the bend from the
    score on the decade and on the part of it beyond the last but one effort, with a level and a
    slope for each sweep, so that only the curve within a sweep counts.
    Both have errors clustered by model.

    Parameters
    ----------
    table : pandas.DataFrame, optional
        As :func:`sweeps` returns it.
    scale : {"points", "logit"}

    Returns
    -------
    pandas.DataFrame
        One row a benchmark and one for all: ``benchmark``, ``scale``, ``sweeps``, ``models``,
        ``runs``, ``decades`` (median of the sweeps), ``longest``, ``slope``, ``low``, ``high``
        (95%, Student's t with models - 1 degrees of freedom), ``bend``, ``bend_low``,
        ``bend_high``. NaN where fewer than two models were run.

    Raises
    ------
    ValueError
        If the scale is not known.
    """
    table = sweeps() if table is None else table
    rows = []
    for name, part in _by_benchmark(table):
        padded = _pad(part)
        score, _ = _on_scale(padded, scale)
        there, x = padded.there, padded.decade
        model = np.repeat(padded.keys["model"].to_numpy()[:, None], x.shape[1], axis=1)[there]
        span = x[:, -1] - np.nanmin(x, axis=1)
        centred_x = x - np.nanmean(x, axis=1, keepdims=True)
        centred_y = score - np.nanmean(score, axis=1, keepdims=True)
        slope = _one_slope(centred_x[there], centred_y[there], model)
        enough = there.sum(axis=1) >= 3
        inside = there & enough[:, None]
        beyond = np.maximum(x - x[:, -2:-1], 0.0)
        bend = _one_slope(
            _residual(x, there, beyond)[inside],
            _residual(x, there, score)[inside],
            np.repeat(padded.keys["model"].to_numpy()[:, None], x.shape[1], axis=1)[inside],
        )
        rows.append(
            {
                "benchmark": name,
                "scale": scale,
                "sweeps": len(padded.keys),
                "models": padded.keys["model"].nunique(),
                "runs": len(part),
                "decades": float(np.median(span)),
                "longest": float(span.max()),
                **_estimate("slope", "low", "high", slope),
                **_estimate("bend", "bend_low", "bend_high", bend),
            }
        )
    return pd.DataFrame(rows)


def _one_slope(x: np.ndarray, y: np.ndarray, model: np.ndarray) -> Fit | None:
    """Fit a line through the origin with errors clustered by model, if there are two models."""
    if len(set(model)) < 2:
        return None
    return least_squares(x[:, None], y, clusters=model)


def _estimate(name: str, low: str, high: str, fit: Fit | None) -> dict[str, float]:
    if fit is None:
        return {name: np.nan, low: np.nan, high: np.nan}
    interval = fit.interval(0)
    return {name: float(fit.coefficients[0]), low: interval[0], high: interval[1]}


def sign_test(negative: int, positive: int) -> float:
    """Return the exact two-sided probability of a split at least as uneven, if both are as likely.

    Parameters
    ----------
    negative, positive : int
        Counts; ties are left out.
    """
    total = negative + positive
    if total == 0:
        return 1.0
    tail = sum(math.comb(total, k) for k in range(min(negative, positive) + 1)) / 2**total
    return min(1.0, 2 * tail)


def bends(
    table: pd.DataFrame | None = None, inside: tuple[float, float] = (10, 90)
) -> pd.DataFrame:
    """Ask whether the score at the highest amount falls short of the line through the others.

    A score near its ceiling must flatten, so the same question is asked on the logit scale, and of
    the sweeps whose highest score stays inside a range.
    Sweeps of one model are not independent; the test by models takes the sign of each model's
    mean miss.

    Parameters
    ----------
    table : pandas.DataFrame, optional
        As :func:`sweeps` returns it.
    inside : (float, float)
        Percent: the range for the sweeps away from floor and ceiling.

    Returns
    -------
    pandas.DataFrame
        One row for each benchmark (and all), scale and group ("every sweep", "away from floor and
        ceiling"): ``short`` and ``beyond`` (sweeps below and above the line), ``probability`` of
        so uneven a split, ``models_short``, ``models_beyond``, ``models_probability``,
        ``mean_miss`` (in the unit of the scale), ``clearly_short`` and ``clearly_beyond`` (sweeps
        whose miss exceeds 1.96 standard errors of sampling the questions).
    """
    table = sweeps() if table is None else table
    rows = []
    for scale in SCALES:
        slopes = sweep_slopes(table, scale)
        slopes = slopes[slopes["moves"] & slopes["miss"].notna()]
        slopes = slopes.assign(miss=slopes["miss"].round(9))  # a tie is a tie on every processor
        scores = slopes[["lowest_score_pct", "highest_score_pct"]]
        central = scores.ge(inside[0]).all(axis=1) & scores.le(inside[1]).all(axis=1)
        for group, chosen in (
            ("every sweep", slopes),
            ("away from floor and ceiling", slopes[central]),
        ):
            for name, part in _by_benchmark(chosen):
                short = int((part["miss"] < 0).sum())
                beyond = int((part["miss"] > 0).sum())
                by_model = part.groupby("model")["miss"].mean()
                models_short = int((by_model < 0).sum())
                models_beyond = int((by_model > 0).sum())
                rows.append(
                    {
                        "benchmark": name,
                        "scale": scale,
                        "group": group,
                        "short": short,
                        "beyond": beyond,
                        "probability": sign_test(short, beyond),
                        "models_short": models_short,
                        "models_beyond": models_beyond,
                        "models_probability": sign_test(models_short, models_beyond),
                        "mean_miss": part["miss"].mean(),
                        "clearly_short": int((part["miss"] < -NORMAL * part["miss_error"]).sum()),
                        "clearly_beyond": int((part["miss"] > NORMAL * part["miss_error"]).sum()),
                    }
                )
    return pd.DataFrame(rows)


def second_step(
    table: pd.DataFrame | None = None,
    resamples: int = 500,
    seed: int = 20250209,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Compare the gain of the second equal step of the resource with the gain of the first.

    A sweep from amount a to amount b is cut at (a + b) / 2, not at the geometric mean: the same
    dollars or tokens are added twice.
    The score at the cut is read off the line between its neighbours over the logarithm of the
    amount.
    Gains are added up over the sweeps before they are divided; models are resampled.

    Parameters
    ----------
    table : pandas.DataFrame, optional
        As :func:`sweeps` returns it.
    resamples : int
        Bootstrap samples of models; 500 suffice for a page.
    seed : int
        Of the random generator.
    confidence : float

    Returns
    -------
    pandas.DataFrame
        One row a benchmark and one for all: ``benchmark``, ``sweeps``, ``models``, ``first_gain``
        and ``second_gain`` (mean points), ``ratio``, ``low``, ``high``, ``if_logarithm`` (the ratio
        that a straight line in the logarithm gives for the same amounts).
    """
    table = sweeps() if table is None else table
    rows = []
    for name, part in _by_benchmark(table):
        padded = _pad(part)
        first_column = (~padded.there).sum(axis=1)
        row = np.arange(len(first_column))
        start, end = padded.decade[row, first_column], padded.decade[:, -1]
        cut = np.log10((10**start + 10**end) / 2)
        at_cut = np.array(
            [
                np.interp(at, x[here], y[here])
                for at, x, y, here in zip(
                    cut, padded.decade, padded.score, padded.there, strict=True
                )
            ]
        )
        first = at_cut - padded.score[row, first_column]
        second = padded.score[:, -1] - at_cut
        slope = sweep_slopes(part)["slope"].to_numpy()
        models, member = np.unique(padded.keys["model"].to_numpy(dtype=str), return_inverse=True)
        per_model = np.stack(
            [np.bincount(member, gains, minlength=len(models)) for gains in (first, second)]
        )
        generator = np.random.default_rng(seed)
        drawn = generator.integers(0, len(models), (resamples, len(models)))
        times = (drawn[:, :, None] == np.arange(len(models))).sum(axis=1)
        sums = times @ per_model.T
        with np.errstate(divide="ignore", invalid="ignore"):
            draws = np.where(sums[:, 0] > 0, sums[:, 1] / sums[:, 0], np.nan)
            ratio = second.sum() / first.sum() if first.sum() > 0 else np.nan
            expected = (slope @ (end - cut)) / (slope @ (cut - start))
        low, high, _ = percentile_interval(draws[None, :], confidence)
        rows.append(
            {
                "benchmark": name,
                "sweeps": len(first),
                "models": len(models),
                "first_gain": first.mean(),
                "second_gain": second.mean(),
                "ratio": ratio,
                "low": float(low[0]),
                "high": float(high[0]),
                "if_logarithm": float(expected),
            }
        )
    return pd.DataFrame(rows)


# ---------------------------------------------------------------------------------------------
# is the logarithm the form?


def _link(share: np.ndarray, form: str) -> tuple[np.ndarray, np.ndarray]:
    """Return a share on the scale on which a form is a straight line, and d share / d link."""
    if form == "straight line":
        return share, np.ones_like(share)
    if form == "logit":
        return np.log(share / (1 - share)), share * (1 - share)
    if form == "power law of misses":
        return np.log1p(-share), share - 1
    if form == "exponentiated power law":
        return np.log(-np.log(share)), share * np.log(share)
    raise ValueError(f"no form {form!r}; choose one of {', '.join(FORMS)}")


def _unlink(value: np.ndarray, form: str) -> np.ndarray:
    """Return the share of a value of :func:`_link`."""
    if form == "straight line":
        return value
    if form == "logit":
        return 1 / (1 + np.exp(-value))
    if form == "power law of misses":
        return -np.expm1(value)
    return np.exp(-np.exp(value))


def _form_lines(padded: _Padded, use: np.ndarray, form: str) -> np.ndarray:
    """Fit a form to the points in use and return its percentages at all points."""
    share = np.where(use, _inner(padded), 0.5)
    value, per_link = _link(share, form)
    with np.errstate(invalid="ignore"):
        weight = np.where(use, (per_link / np.where(use, padded.error, 1.0)) ** 2, 0.0)
    x = np.nan_to_num(padded.decade)
    total = weight.sum(axis=1, keepdims=True)
    x_mean = (weight * x).sum(axis=1, keepdims=True) / total
    value_mean = (weight * value).sum(axis=1, keepdims=True) / total
    spread = (weight * (x - x_mean) ** 2).sum(axis=1, keepdims=True)
    slope = (weight * (x - x_mean) * (value - value_mean)).sum(axis=1, keepdims=True) / spread
    return 100 * _unlink(value_mean + slope * (x - x_mean), form)


def form_fits(
    table: pd.DataFrame | None = None, forms: Sequence[str] = FORMS, smallest: int = 4
) -> pd.DataFrame:
    """Fit four forms with two parameters each, and predict the highest amount from the others.

    The score p of amount x is, with L = a + b log10 x: "straight line" p = L; "logit"
    p = 1 / (1 + exp(-L)); "power law of misses" 1 - p = exp(L); "exponentiated power law"
    p = exp(-exp(L)).

    Parameters
    ----------
    table : pandas.DataFrame, optional
        As :func:`sweeps` or :func:`reported_sweeps` returns it.
    forms : sequence of str
        Of :data:`FORMS`.
    smallest : int
        Points that a sweep needs; at least 4, so that three are left when one is predicted.
        A sweep whose score never changes says nothing about a form and is left out.

    Returns
    -------
    pandas.DataFrame
        One row a sweep and form: ``sweep``, ``benchmark``, ``model``, ``form``, ``points``,
        ``decades``, ``root_mean_square_pct`` (of all points about the fit to all), ``actual_pct``
        and ``predicted_pct`` (at the highest amount, fitted without it), ``miss_pct`` (actual
        less predicted), ``miss_error_pct`` (binomial error of the actual score alone),
        ``ahead`` (decades from the last fitted point).

    Raises
    ------
    ValueError
        If a form is not known, ``smallest`` is below 4, or no sweep has so many points.
    """
    if smallest < 4:
        raise ValueError("a held-out point needs three others: give smallest=4 or more")
    table = sweeps() if table is None else table
    by_sweep = table.groupby("sweep")
    moves = by_sweep["score_pct"].transform("max") > by_sweep["score_pct"].transform("min")
    table = table[moves & (by_sweep["decade"].transform("size") >= smallest)]
    if table.empty:
        raise ValueError(f"no sweep has {smallest} points and a score that moves")
    padded = _pad(table)
    earlier = padded.there.copy()
    earlier[:, -1] = False
    first = (~padded.there).sum(axis=1)
    span = padded.decade[:, -1] - padded.decade[np.arange(len(first)), first]
    parts = []
    for form in forms:
        fitted = _form_lines(padded, padded.there, form)
        predicted = _form_lines(padded, earlier, form)[:, -1]
        residual = np.where(padded.there, padded.score - fitted, 0.0)
        number = padded.there.sum(axis=1)
        parts.append(
            padded.keys.assign(
                form=form,
                points=number,
                decades=span,
                root_mean_square_pct=np.sqrt((residual**2).sum(axis=1) / number),
                actual_pct=padded.score[:, -1],
                predicted_pct=predicted,
                miss_pct=padded.score[:, -1] - predicted,
                miss_error_pct=padded.error[:, -1],
                ahead=padded.decade[:, -1] - padded.decade[:, -2],
            )
        )
    return pd.concat(parts, ignore_index=True)


def compare_forms(fits: pd.DataFrame | None = None) -> pd.DataFrame:
    """Set the forms side by side, benchmark by benchmark.

    Parameters
    ----------
    fits : pandas.DataFrame, optional
        As :func:`form_fits` returns it.

    Returns
    -------
    pandas.DataFrame
        One row a benchmark (and all) and form: ``benchmark``, ``form``, ``sweeps``,
        ``in_sample_pct`` (median root mean square), ``mean_absolute_miss_pct``,
        ``median_absolute_miss_pct``, ``mean_miss_pct`` (below zero: it promised too much),
        ``best`` (sweeps in which it predicts nearest), ``times_best_form`` (its mean absolute miss
        over that of the best form), ``nearer_than_line`` and ``farther_than_line`` (sweeps),
        ``probability`` (of so uneven a split), and the same by models, each with its mean gain:
        ``models_nearer``, ``models_farther``, ``models_probability``.
    """
    fits = form_fits() if fits is None else fits
    order = list(dict.fromkeys(fits["form"]))
    size = fits["miss_pct"].abs().round(9)
    winner = size == size.groupby(fits["sweep"]).transform("min")
    line = fits.assign(size=size)[fits["form"] == FORMS[0]].set_index("sweep")["size"]
    gain = fits["sweep"].map(line) - size if len(line) else size * np.nan
    fits = fits.assign(size=size, winner=winner, gain=gain)
    rows = []
    for name, part in _by_benchmark(fits):
        best = part.groupby("form")["size"].mean().min()
        for form in order:
            those = part[part["form"] == form]
            by_model = those.groupby("model")["gain"].mean().round(9)
            rows.append(
                {
                    "benchmark": name,
                    "form": form,
                    "sweeps": len(those),
                    "in_sample_pct": those["root_mean_square_pct"].median(),
                    "mean_absolute_miss_pct": those["size"].mean(),
                    "median_absolute_miss_pct": those["size"].median(),
                    "mean_miss_pct": those["miss_pct"].mean(),
                    "best": int(those["winner"].sum()),
                    "times_best_form": those["size"].mean() / best if best > 0 else np.nan,
                    "nearer_than_line": int((those["gain"] > 0).sum()),
                    "farther_than_line": int((those["gain"] < 0).sum()),
                    "probability": sign_test(
                        int((those["gain"] < 0).sum()), int((those["gain"] > 0).sum())
                    ),
                    "models_nearer": int((by_model > 0).sum()),
                    "models_farther": int((by_model < 0).sum()),
                    "models_probability": sign_test(
                        int((by_model < 0).sum()), int((by_model > 0).sum())
                    ),
                }
            )
    return pd.DataFrame(rows)


def predict_highest(table: pd.DataFrame | None = None, close: float = 0.2) -> pd.DataFrame:
    """Predict the score at the highest amount from a line in the logarithm through the others.

    Parameters
    ----------
    table : pandas.DataFrame, optional
        As :func:`sweeps` returns it.
    close : float
        A prediction is close if it misses by at most this share of the change from the last
        fitted score.

    Returns
    -------
    pandas.DataFrame
        One row a benchmark and one for all: ``benchmark``, ``sweeps`` (that move), ``ahead``
        (median decades to the predicted point), ``mean_absolute_miss`` (points),
        ``no_change_miss`` (the same for "it stays as it was"), ``noise`` (the miss that sampling
        the questions would give a perfect line if the errors of two efforts were independent),
        ``close`` (predictions), ``share_close``, ``within_five_points``,
        ``share_within_five_points``.
    """
    table = sweeps() if table is None else table
    slopes = sweep_slopes(table)
    padded = _pad(table)
    slopes = slopes.assign(ahead=padded.decade[:, -1] - padded.decade[:, -2])
    slopes = slopes[slopes["moves"] & slopes["miss"].notna()]
    rows = []
    for name, part in _by_benchmark(slopes):
        size = part["miss"].abs()
        near = size <= close * part["change"].abs()
        within = size <= 5
        rows.append(
            {
                "benchmark": name,
                "sweeps": len(part),
                "ahead": part["ahead"].median(),
                "mean_absolute_change": part["change"].abs().mean(),
                "mean_absolute_miss": size.mean(),
                "no_change_miss": part["change"].abs().mean(),
                "noise": math.sqrt(2 / math.pi) * part["miss_error"].mean(),
                "close": int(near.sum()),
                "share_close": near.mean(),
                "within_five_points": int(within.sum()),
                "share_within_five_points": within.mean(),
            }
        )
    return pd.DataFrame(rows)


# ---------------------------------------------------------------------------------------------
# what a verifier has to do with it

#: How the answer is chosen from k samples.
VERIFIED, VOTED, SCORED, UNSTATED = "verifier", "vote", "learned scorer", "not stated"

#: Rows of the table published that report a score at some number of samples:
#: result, model, benchmark, how the answer is chosen (None: one sample), samples.
#: For MATH the authors print the best of majority votes and reward models, called a vote here.
#: The two efforts of o3 (preview) differ 172-fold in compute; how it chose is not stated.
PUBLISHED_SAMPLING = (
    ("monkeys-swe-1", "DeepSeek-Coder-V2", "SWE-bench Lite", None, 1),
    ("monkeys-swe-250", "DeepSeek-Coder-V2", "SWE-bench Lite", VERIFIED, 250),
    ("monkeys-coverage-100", "Llama-3-8B-Instruct", "MATH", VERIFIED, 100),
    ("monkeys-coverage-10000", "Llama-3-8B-Instruct", "MATH", VERIFIED, 10_000),
    ("monkeys-vote-100", "Llama-3-8B-Instruct", "MATH", VOTED, 100),
    ("monkeys-vote-10000", "Llama-3-8B-Instruct", "MATH", VOTED, 10_000),
    ("o1-aime-1", "o1", "AIME 2024", None, 1),
    ("o1-aime-64", "o1", "AIME 2024", VOTED, 64),
    ("o1-aime-1000", "o1", "AIME 2024", SCORED, 1000),
    ("o3-arc-low", "o3 (preview)", "ARC-AGI-1", UNSTATED, 1),
    ("o3-arc-high", "o3 (preview)", "ARC-AGI-1", UNSTATED, 172),
)


def reported_sweeps(
    test_time_reports: pd.DataFrame | None = None, published: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Gather what reports print about more samples: pass@k, votes, reranking.

    One sample needs no choice, so a score at k = 1 begins every curve of its model and benchmark.

    Parameters
    ----------
    test_time_reports, published : pandas.DataFrame, optional

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`sweeps`, ``resource`` being "samples" and ``amount`` their number,
        with ``chosen_by`` ("verifier", "vote", "learned scorer", "not stated") and one curve of at
        least two points for each model, benchmark and way of choosing.

    Raises
    ------
    KeyError
        If a row of :data:`PUBLISHED_SAMPLING` is not in the table published.
    ValueError
        If a measure is neither pass@k nor a vote.
    """
    reports = data.table(test_time_reports, "test_time_reports")
    printed = data.table(published, "published").set_index("result")
    absent = [row[0] for row in PUBLISHED_SAMPLING if row[0] not in printed.index]
    if absent:
        raise KeyError(f"no result {absent[0]!r} in the table published")
    measure = reports["measure"].str.lower()
    passed, voted = measure.str.startswith("pass"), measure.str.contains("consensus|vote")
    if not (passed | voted).all():
        unknown = reports.loc[~(passed | voted), "measure"].iloc[0]
        raise ValueError(f"measure {unknown!r} is neither pass@k nor a vote (consensus, majority)")
    chosen = np.where(voted, VOTED, VERIFIED).astype(object)
    chosen[reports["samples"].to_numpy() == 1] = None
    own = reports[["model", "benchmark", "samples", "score_pct", "source"]].assign(chosen_by=chosen)
    others = pd.DataFrame(
        [
            {
                "model": model,
                "benchmark": benchmark,
                "samples": samples,
                "score_pct": float(printed.loc[result, "value"]),
                "source": printed.loc[result, "source"],
                "chosen_by": chosen_by,
            }
            for result, model, benchmark, chosen_by, samples in PUBLISHED_SAMPLING
        ]
    )
    rows = pd.concat([own, others], ignore_index=True)
    alone = rows[rows["chosen_by"].isna()]
    curves = []
    chosen_rows = rows[rows["chosen_by"].notna()]
    for (model, benchmark, by), part in chosen_rows.groupby(
        ["model", "benchmark", "chosen_by"], sort=True
    ):
        start = alone[(alone["model"] == model) & (alone["benchmark"] == benchmark)]
        curve = pd.concat([start, part]).sort_values("samples", kind="stable")
        if len(curve) > 1:
            curves.append(
                curve.assign(chosen_by=by, sweep=f"{model}, {benchmark}, {by}", effort="")
            )
    table = pd.concat(curves, ignore_index=True)
    questions = table["benchmark"].map(questions_of)
    return table.assign(
        resource="samples",
        amount=table["samples"].astype(float),
        decade=np.log10(table["samples"].to_numpy(dtype=float)),
        standard_error_pct=sampling_error_pct(table["score_pct"].to_numpy(), questions.to_numpy()),
        questions=questions,
        effort=table["samples"].astype(str),
        released=pd.NaT,
    )[[*SWEEP_COLUMNS, "chosen_by"]]


def sampling_slopes(table: pd.DataFrame | None = None, correlation: float = 0.0) -> pd.DataFrame:
    """Return the gain per decade of samples, by how the answer is chosen.

    Parameters
    ----------
    table : pandas.DataFrame, optional
        As :func:`reported_sweeps` returns it.
    correlation : float
        Of the sampling errors of two points of a curve, from 0 (cautious) to 1.

    Returns
    -------
    pandas.DataFrame
        One row a curve: ``sweep``, ``model``, ``benchmark``, ``chosen_by``, ``points``,
        ``fewest`` and ``most`` samples, ``decades``, ``first_pct``, ``last_pct``, ``slope`` (points
        per decade), ``low``, ``high`` (95%, NaN if the number of questions is not known),
        ``earlier_slope``, ``last_slope`` (NaN for two points).
    """
    table = reported_sweeps() if table is None else table
    slopes = sweep_slopes(table, correlation=correlation)
    by = table.drop_duplicates("sweep").set_index("sweep")["chosen_by"]
    renamed = slopes.rename(
        columns={
            "efforts": "points",
            "lowest_amount": "fewest",
            "highest_amount": "most",
            "lowest_score_pct": "first_pct",
            "highest_score_pct": "last_pct",
        }
    ).assign(chosen_by=slopes["sweep"].map(by))
    two = renamed["points"] < 3
    renamed.loc[two, ["earlier_slope", "last_slope"]] = np.nan
    return renamed[
        [
            "sweep",
            "model",
            "benchmark",
            "chosen_by",
            "points",
            "fewest",
            "most",
            "decades",
            "first_pct",
            "last_pct",
            "slope",
            "low",
            "high",
            "earlier_slope",
            "last_slope",
        ]
    ]


def sampling_summary(slopes: pd.DataFrame | None = None) -> pd.DataFrame:
    """Put the gains per decade of samples together, by how the answer is chosen.

    Parameters
    ----------
    slopes : pandas.DataFrame, optional
        As :func:`sampling_slopes` returns it.

    Returns
    -------
    pandas.DataFrame
        One row a way of choosing: ``chosen_by``, ``curves``, ``models``, ``shortest``,
        ``longest`` (decades of samples), ``lowest``, ``median``, ``highest`` (points per decade),
        ``can_bend`` (curves of three or more points), ``flatter`` (whose last slope lies below the
        earlier one), ``probability`` (of so uneven a split, if the curves were independent).
    """
    slopes = sampling_slopes() if slopes is None else slopes
    rows = []
    for by, part in slopes.groupby("chosen_by", sort=True):
        bend = (part["last_slope"] - part["earlier_slope"]).dropna().round(9)
        flatter, steeper = int((bend < 0).sum()), int((bend > 0).sum())
        rows.append(
            {
                "chosen_by": by,
                "curves": len(part),
                "models": part["model"].nunique(),
                "shortest": part["decades"].min(),
                "longest": part["decades"].max(),
                "lowest": part["slope"].min(),
                "median": part["slope"].median(),
                "highest": part["slope"].max(),
                "can_bend": len(bend),
                "flatter": flatter,
                "probability": sign_test(flatter, steeper) if len(bend) else np.nan,
            }
        )
    return pd.DataFrame(rows)


def verifier_gap(table: pd.DataFrame | None = None) -> pd.DataFrame:
    """Set coverage beside a vote where one report prints both at the same number of samples.

    Parameters
    ----------
    table : pandas.DataFrame, optional
        As :func:`reported_sweeps` returns it.

    Returns
    -------
    pandas.DataFrame
        One row a model, benchmark and number of samples: ``model``, ``benchmark``, ``samples``,
        ``verifier_pct``, ``vote_pct``, ``gap`` (points).
    """
    table = reported_sweeps() if table is None else table
    several = table[table["amount"] > 1]
    keys = ["model", "benchmark", "amount"]
    verified = several[several["chosen_by"] == VERIFIED].set_index(keys)["score_pct"]
    voted = several[several["chosen_by"] == VOTED].set_index(keys)["score_pct"]
    both = pd.DataFrame({"verifier_pct": verified, "vote_pct": voted}).dropna().reset_index()
    both = both.rename(columns={"amount": "samples"}).sort_values(
        ["model", "benchmark", "samples"], kind="stable", ignore_index=True
    )
    return both.assign(gap=both["verifier_pct"] - both["vote_pct"])


# ---------------------------------------------------------------------------------------------
# a small exact model of sampling


def pass_at_k(
    samples: int | np.ndarray, correct: int | np.ndarray, k: int | np.ndarray
) -> float | np.ndarray:
    """Estimate pass@k of one problem from n samples of which c were right, without bias.

    It is 1 - C(n - c, k) / C(n, k): the chance that k of the n samples, drawn without putting
    them back, hold a right one (Chen et al. 2021).

    Parameters
    ----------
    samples, correct, k : int or numpy.ndarray
        n, c and k, broadcast against each other; 0 <= c <= n and 1 <= k <= n.

    Returns
    -------
    float or numpy.ndarray
        From 0 to 1.

    Raises
    ------
    ValueError
        If c or k lies outside its range.
    """
    n, c, k = np.broadcast_arrays(samples, correct, k)
    if np.any((c < 0) | (c > n)) or np.any((k < 1) | (k > n)):
        raise ValueError("pass@k needs 0 <= correct <= samples and 1 <= k <= samples")
    result = np.array(
        [
            1.0
            if wrong < size
            else 1 - math.prod((wrong - i) / (total - i) for i in range(int(size)))
            for total, wrong, size in zip(n.ravel(), (n - c).ravel(), k.ravel(), strict=True)
        ]
    ).reshape(n.shape)
    return float(result) if result.ndim == 0 else result


def _check_beta(a: float, b: float) -> None:
    if not (a > 0 and b > 0):
        raise ValueError(f"the Beta distribution needs a and b above zero, not {a} and {b}")


def _log_gamma_ratio(z: float, a: float) -> float:
    """Return log Gamma(z) - log Gamma(z + a), without loss of digits for large z."""
    if z < 1e3:
        return math.lgamma(z) - math.lgamma(z + a)
    tail = (1 / z - 1 / (z + a)) / 12 - (1 / z**3 - 1 / (z + a) ** 3) / 360
    return -(z + a - 0.5) * math.log1p(a / z) - a * math.log(z) + a + tail


def _missed(k: float, a: float, b: float) -> float:
    """Return log E[(1 - p)^k] for p from Beta(a, b)."""
    return _log_gamma_ratio(b + k, a) - _log_gamma_ratio(b, a)


def coverage(samples: float | np.ndarray, a: float, b: float) -> float | np.ndarray:
    """Return the share of problems that k samples solve, if a verifier picks the right answer.

    Each problem is solved by one sample with its own probability p, and p is Beta(a, b) over the
    problems: coverage is 1 - E[(1 - p)^k] = 1 - B(a, b + k) / B(a, b).
    It tends to 1, and what is missed tends to Gamma(a + b) / Gamma(b) k^-a: a power law of k.

    Parameters
    ----------
    samples : float or numpy.ndarray
        k, at least 0.
    a, b : float
        Above zero. The mean a / (a + b) is the score of one sample; a small a means many problems
        that are hardly ever solved.

    Returns
    -------
    float or numpy.ndarray
        From 0 to 1.

    Raises
    ------
    ValueError
        If a or b is not above zero, or k is below zero.
    """
    _check_beta(a, b)
    k = np.asarray(samples, dtype=float)
    if np.any(k < 0):
        raise ValueError("the number of samples cannot be below zero")
    share = np.array([-math.expm1(_missed(one, a, b)) for one in k.ravel()])
    share = share.reshape(k.shape)
    return float(share) if share.ndim == 0 else share


def beta_below(threshold: float, a: float, b: float) -> float:
    """Return the probability that a Beta(a, b) variable lies below a threshold.

    The regularised incomplete beta function by Lentz's continued fraction (DLMF 8.17.22).
    """
    _check_beta(a, b)
    if threshold <= 0 or threshold >= 1:
        return float(threshold >= 1)
    if threshold > (a + 1) / (a + b + 2):
        return 1 - beta_below(1 - threshold, b, a)
    front = math.exp(
        math.lgamma(a + b)
        - math.lgamma(a)
        - math.lgamma(b)
        + a * math.log(threshold)
        + b * math.log1p(-threshold)
    )
    value, c, d = 1.0, 1.0, 0.0
    for step in range(400):
        half = step // 2
        if step == 0:
            numerator = 1.0
        elif step % 2 == 0:
            numerator = half * (b - half) * threshold / ((a + step - 1) * (a + step))
        else:
            numerator = -(a + half) * (a + b + half) * threshold / ((a + step - 1) * (a + step))
        d = 1 / (1 + numerator * d)
        c = 1 + numerator / c
        value *= c * d
        if step and abs(c * d - 1) < 1e-15:
            break
    return front * (value - 1) / a


def vote_limit(a: float, b: float, rival: float = 1.0) -> float:
    """Return the share of problems that a vote of ever more samples solves.

    The vote goes to the right answer of a problem if one sample gives it more often than the most
    frequent wrong one.
    With the share ``rival`` of all wrong samples on that one answer, p must exceed
    rival / (1 + rival): a half if all wrong samples agree, little if they scatter.

    Parameters
    ----------
    a, b : float
        Of the Beta distribution of p.
    rival : float
        Above 0, at most 1.

    Returns
    -------
    float
        From 0 to 1. Sampling more never gets beyond it, however many samples are drawn.

    Raises
    ------
    ValueError
        If a or b is not above zero or ``rival`` lies outside (0, 1].
    """
    if not 0 < rival <= 1:
        raise ValueError(f"the rival's share of the wrong samples lies in (0, 1], not {rival}")
    return 1 - beta_below(rival / (1 + rival), a, b)


def _beta_nodes(a: float, b: float, nodes: int) -> tuple[np.ndarray, np.ndarray]:
    """Return points and weights that integrate over Beta(a, b), by the trapezoid in the logit."""
    u = np.linspace(-30 / a, 30 / b, nodes)
    log_p, log_q = -np.logaddexp(0, -u), -np.logaddexp(0, u)
    weight = np.exp(a * log_p + b * log_q - (a * log_p + b * log_q).max())
    return np.exp(log_p), weight / weight.sum()


def _many_votes(k: int, a: float, b: float, rival: float) -> float:
    """Return the share of problems that a vote of many samples solves, its count being normal.

    The lead of the right answer has mean k d and variance k (s - d^2) with d = p - rival (1 - p)
    and s = p + rival (1 - p), and p solves a problem if it lies above the p at which d = z
    sqrt((s - d^2) / k), z being a normal deviate; Gauss-Hermite quadrature averages over z.
    """
    z, weight = np.polynomial.hermite_e.hermegauss(41)
    slope, level = (1 - rival) / (1 + rival), 2 * rival / (1 + rival)
    square = z**2
    root = np.sqrt(square**2 * slope**2 + 4 * (k + square) * square * level)
    lead = (square * slope + np.sign(z) * root) / (2 * (k + square))
    edge = (lead + rival) / (1 + rival)
    above = np.array([1 - beta_below(one, a, b) for one in edge])
    return float(weight @ above / weight.sum())


def vote(
    samples: Sequence[int] | np.ndarray, a: float, b: float, rival: float = 1.0, nodes: int = 801
) -> np.ndarray:
    """Return the share of problems that the vote of k samples solves.

    Of each sample p is right, rival (1 - p) gives the strongest wrong answer, the rest scatter
    over answers that never win.
    The right answer wins if it comes more often than the strongest wrong one; a tie is decided by a
    coin, but if neither comes at all the problem is not solved.
    Up to 100 samples the count is exact (Gil-Pelaez inversion over the lattice of the difference of
    the two counts), beyond that the difference is taken as normal with the same mean and variance.

    Parameters
    ----------
    samples : sequence of int
        k, at least 1.
    a, b, rival : float
        As in :func:`vote_limit`.
    nodes : int
        Points of the integral over p, for up to 100 samples.

    Returns
    -------
    numpy.ndarray
        From 0 to 1, same length as ``samples``.

    Raises
    ------
    ValueError
        If an argument is out of range.
    """
    vote_limit(a, b, rival)
    if np.any(np.asarray(samples) < 1):
        raise ValueError("a vote needs at least one sample")
    p, weight = _beta_nodes(a, b, nodes)
    wrong = rival * (1 - p)
    neither = np.maximum(1 - p - wrong, 0.0)
    shares = []
    for k in np.asarray(samples, dtype=int):
        if k <= EXACT_VOTES:
            angle = 2 * np.pi * np.arange(1, k + 1) / (2 * k + 1)
            sines = np.sin(angle[:, None] * np.arange(1, k + 1)).sum(axis=1)
            step = (p + wrong)[:, None] * np.cos(angle) + neither[:, None]
            turn = (p - wrong)[:, None] * np.sin(angle)
            power = (step**2 + turn**2) ** (k / 2) * np.sin(k * np.arctan2(turn, step))
            lead = power @ sines * 4 / (2 * k + 1)
            shares.append(float(weight @ ((1 + lead - neither**k) / 2)))
        else:
            nothing = (1 - rival) ** k * math.exp(_missed(k, a, b))
            shares.append(_many_votes(int(k), a, b, rival) - nothing / 2)
    return np.array(shares)


@dataclass(frozen=True)
class BetaFit:
    """A Beta distribution of the chance of success over problems.

    Attributes
    ----------
    a, b : float
    one_sample : float
        Its mean: the score of one sample, from 0 to 1.
    """

    a: float
    b: float
    one_sample: float


def fit_beta(samples: Sequence[float], coverage_pct: Sequence[float]) -> BetaFit:
    """Find the Beta distribution whose coverage goes through two points.

    Parameters
    ----------
    samples : sequence of two floats
        k, the smaller first.
    coverage_pct : sequence of two floats
        Coverage there, in percent, the smaller first.

    Returns
    -------
    BetaFit

    Raises
    ------
    ValueError
        If the points do not rise, or rise faster than problems that are all equally hard.
    """
    (few, many), (low, high) = samples, (share / 100 for share in coverage_pct)
    if not (1 <= few < many and 0 < low < high < 1):
        raise ValueError("two points are needed whose samples and coverage both rise below 100%")
    steepest = -math.expm1(many / few * math.log1p(-low))
    if high >= steepest:
        raise ValueError(
            f"coverage rises from {100 * low:.2f} to {100 * high:.2f} percent, but problems that "
            f"are all equally hard give {100 * steepest:.2f}; no Beta distribution rises faster"
        )

    missed_low, missed_high = math.log1p(-low), math.log1p(-high)

    def b_for(a: float) -> float:
        left, right = -40.0, 40.0
        for _ in range(50):
            middle = (left + right) / 2
            too_easy = _missed(few, a, math.exp(middle)) < missed_low
            left, right = (middle, right) if too_easy else (left, middle)
        return math.exp((left + right) / 2)

    left, right = math.log(1e-4), math.log(1e6)
    for _ in range(50):
        middle = (left + right) / 2
        a = math.exp(middle)
        too_hard = _missed(many, a, b_for(a)) > missed_high
        left, right = (middle, right) if too_hard else (left, middle)
    a = math.exp((left + right) / 2)
    b = b_for(a)
    return BetaFit(a, b, a / (a + b))


def rival_for(vote_pct: float, a: float, b: float) -> float:
    """Return the share of wrong samples on one answer that gives a vote this limit.

    Parameters
    ----------
    vote_pct : float
        Limit of the vote, in percent.
    a, b : float
        Of the Beta distribution.

    Returns
    -------
    float
        In (0, 1], or NaN if even complete agreement of the wrong samples leaves the vote above.
    """
    target = vote_pct / 100
    if vote_limit(a, b) > target:
        return math.nan
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if vote_limit(a, b, middle) > target else (low, middle)
    return (low + high) / 2


def beta_check(table: pd.DataFrame | None = None) -> pd.DataFrame:
    """Fit the Beta model to all but the last point of a pass@k curve and predict that point.

    Curves with three or more points under a verifier are used; the model goes through the first
    and the last but one, and a line in the logarithm of k through the same two is set beside it.

    Parameters
    ----------
    table : pandas.DataFrame, optional
        As :func:`reported_sweeps` returns it.

    Returns
    -------
    pandas.DataFrame
        One row a curve: ``sweep``, ``fitted_from``, ``fitted_to`` and ``predicted_at`` (samples),
        ``a``, ``b``, ``one_sample_pct``, ``actual_pct``, ``beta_pct``, ``line_pct``,
        ``beta_miss``, ``line_miss`` (points, actual less predicted), ``error_pct`` (binomial error
        of the actual score).
    """
    table = reported_sweeps() if table is None else table
    rows = []
    for name, curve in table[table["chosen_by"] == VERIFIED].groupby("sweep", sort=True):
        if len(curve) < 3:
            continue
        k, score = curve["amount"].to_numpy(), curve["score_pct"].to_numpy()
        fit = fit_beta(k[[0, -2]], score[[0, -2]])
        slope = (score[-2] - score[0]) / math.log10(k[-2] / k[0])
        beta = 100 * coverage(k[-1], fit.a, fit.b)
        line = score[-2] + slope * math.log10(k[-1] / k[-2])
        rows.append(
            {
                "sweep": name,
                "fitted_from": k[0],
                "fitted_to": k[-2],
                "predicted_at": k[-1],
                "a": fit.a,
                "b": fit.b,
                "one_sample_pct": 100 * fit.one_sample,
                "actual_pct": score[-1],
                "beta_pct": beta,
                "line_pct": line,
                "beta_miss": score[-1] - beta,
                "line_miss": score[-1] - line,
                "error_pct": curve["standard_error_pct"].iloc[-1],
            }
        )
    return pd.DataFrame(rows)


def sampling_curves(
    one_sample_pct: Sequence[float] = (25.0,),
    spread: Sequence[float] = (0.2, 0.5, 1.0, 2.0),
    rival: Sequence[float] = (0.1, 0.3, 1.0),
    samples: Sequence[int] = (1, 3, 10, 30, 100, 300, 1000, 3000, 10_000),
) -> pd.DataFrame:
    """Compute coverage and vote over a grid of assumptions, for a chart with sliders.

    Parameters
    ----------
    one_sample_pct : sequence of float
        Score of one sample, in percent.
    spread : sequence of float
        a of the Beta distribution; b follows from the score of one sample.
    rival : sequence of float
        Share of the wrong samples that agree on one answer.
    samples : sequence of int

    Returns
    -------
    pandas.DataFrame
        One row a combination: ``one_sample_pct``, ``spread``, ``rival``, ``samples``,
        ``verifier_pct``, ``vote_pct``, ``vote_limit_pct``.

    Raises
    ------
    ValueError
        If an argument is out of range.
    """
    rows = []
    for mean in one_sample_pct:
        if not 0 < mean < 100:
            raise ValueError("the score of one sample lies between 0 and 100 percent")
        for a in spread:
            b = a * (100 - mean) / mean
            verified = 100 * coverage(np.array(samples), a, b)
            for share in rival:
                rows.append(
                    pd.DataFrame(
                        {
                            "one_sample_pct": mean,
                            "spread": a,
                            "rival": share,
                            "samples": samples,
                            "verifier_pct": verified,
                            "vote_pct": 100 * vote(samples, a, b, share, nodes=401),
                            "vote_limit_pct": 100 * vote_limit(a, b, share),
                        }
                    )
                )
    return pd.concat(rows, ignore_index=True)


def inference_summary(
    table: pd.DataFrame | None = None, resamples: int = 500, seed: int = 20250209
) -> pd.DataFrame:
    """Put together what the rules need to know about inference compute.

    Parameters
    ----------
    table : pandas.DataFrame, optional
        As :func:`sweeps` returns it.
    resamples, seed : int
        As in :func:`second_step`; 500 resamples suffice for a page.

    Returns
    -------
    pandas.DataFrame
        One row a benchmark and one for all: ``resource`` ("inference compute"), ``evidence`` (the
        benchmark), ``unit`` of a gain, ``sweeps``, ``models``, ``decades`` (median), ``longest``,
        ``slope`` per decade with ``slope_low``, ``slope_high``; ``bend`` with ``bend_low``,
        ``bend_high``; ``step_ratio`` (gain of the second equal step over the first) with
        ``step_ratio_low``, ``step_ratio_high``, ``step_ratio_if_logarithm``; ``straight`` (the
        interval of the bend holds zero).
    """
    table = sweeps() if table is None else table
    return summarise(table, "inference compute", "percentage points", resamples, seed)


def summarise(
    table: pd.DataFrame, resource: str, unit: str, resamples: int = 500, seed: int = 20250209
) -> pd.DataFrame:
    """Pool slope, bend and second step of any table of sweeps, see :func:`inference_summary`."""
    pooled = pooled_slopes(table).rename(
        columns={"benchmark": "evidence", "low": "slope_low", "high": "slope_high"}
    )
    steps = second_step(table, resamples, seed).rename(
        columns={
            "ratio": "step_ratio",
            "low": "step_ratio_low",
            "high": "step_ratio_high",
            "if_logarithm": "step_ratio_if_logarithm",
        }
    )
    joined = pd.concat([pooled, steps.filter(like="step_ratio")], axis=1)
    joined.insert(0, "resource", resource)
    joined = joined.assign(straight=(joined["bend_low"] <= 0) & (joined["bend_high"] >= 0))
    joined["scale"] = unit
    return joined.rename(columns={"scale": "unit"})
