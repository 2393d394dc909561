"""From loss to benchmarks: what compute says about a score on a test.

Two collections are used.
*Base models* (table ``base_models``): published language models before any tuning for chat, with
their training compute and eight benchmarks. Each model was made by somebody else in another way.
*Test bed* (tables ``gadre_models``, ``gadre_scores``, ``gadre_tasks``): 104 runs of one recipe on
three corpora, with 46 tasks. Only size, tokens and corpus differ.

Compute always enters as log10 of training FLOP: one unit is a decade, a factor of ten.
Scores and errors are percentages and percentage points (pp).

**Two forms** with two free numbers each, so that neither is ahead by flexibility.
The *line* a + b x has no bounds.
The *floored sigmoid* c + (100 - c) / (1 + exp(-(a + b x))) starts at the score c of guessing and
ends at 100.

**How sure.** Models of one family share data, code and tricks, so families are the unit.
Intervals come from a bootstrap over families (Field and Welsh, Journal of the Royal Statistical
Society B 69, 2007) by the percentile method; the cluster-robust sandwich of
:func:`three_observations.estimation.least_squares` stands beside it.

Methods and where they come from.

*Floored sigmoid in log compute*: Owen, "How predictable is language model benchmark
performance?" (2024, arXiv:2401.04757).
*Principal component of benchmarks*: Ruan, Maddison and Hashimoto, "Observational scaling laws"
(2024, arXiv:2405.10938).
*Between and within*: Mundlak (Econometrica 46, 1978).
*Task error as a falling exponential of loss*: Gadre et al. (2024, arXiv:2403.08540).
*Which tasks scale*: the question of Lourie, Hu and Cho (2025, arXiv:2507.00885), who sorted the
same 46 tasks by eye; here a rule does it.
*Rank test with strata*: van Elteren (Bulletin of the ISI 37, 1960), with the exact variance under
permutation within strata.
*Many tests at once*: Holm (Scandinavian Journal of Statistics 6, 1979); Benjamini and Hochberg
(Journal of the Royal Statistical Society B 57, 1995).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import NormalDist

import numpy as np
import pandas as pd

from three_observations import data
from three_observations.estimation import least_squares, percentile_interval, student

#: Name of a benchmark to its column and the score of guessing, in percent: one of four or one of
#: two options, nothing for free answers. The measure of TruthfulQA (the probability of all true
#: answers) has no level of guessing; 0 stands for none.
BENCHMARKS: dict[str, tuple[str, float]] = {
    "MMLU": ("mmlu_pct", 25.0),
    "ARC-Challenge": ("arc_challenge_pct", 25.0),
    "HellaSwag": ("hellaswag_pct", 25.0),
    "Winograd": ("winograd_pct", 50.0),
    "TruthfulQA": ("truthfulqa_pct", 0.0),
    "GSM8K": ("gsm8k_pct", 0.0),
    "XWinograd": ("xwinograd_pct", 50.0),
    "HumanEval": ("humaneval_pct", 0.0),
}

#: Who made several families. A family that is not here counts as its own developer.
DEVELOPERS: dict[str, str] = {
    "Llama": "Meta",
    "Llama-2": "Meta",
    "Llama-3": "Meta",
    "Llama-3.1": "Meta",
    "CodeLlama": "Meta",
    "OPT": "Meta",
    "XGLM": "Meta",
    "Qwen": "Alibaba",
    "Qwen1.5": "Alibaba",
    "Qwen2": "Alibaba",
    "Mistral": "Mistral AI",
    "Mixtral": "Mistral AI",
    "DeepSeek-V2": "DeepSeek",
    "DeepSeek-Coder": "DeepSeek",
    "DeepSeek-Coder-V2": "DeepSeek",
    "DeepSeek-LLM": "DeepSeek",
    "DeepSeek-MoE": "DeepSeek",
    "Yi": "01.AI",
    "Yi-1.5": "01.AI",
    "Yi-200K": "01.AI",
    "Gemma": "Google DeepMind",
    "Gemma-2": "Google DeepMind",
    "Pythia": "EleutherAI",
    "GPT-Neo and GPT-J": "EleutherAI",
    "StarCoder": "BigCode",
    "StarCoder2": "BigCode",
    "OpenLLaMA": "OpenLM Research",
    "OpenLLaMA v2": "OpenLM Research",
    "Cerebras-GPT": "Cerebras",
    "BTLM": "Cerebras",
}

#: The mean of all eight, over models that have them all.
AVERAGE = "average of eight"

FORMS = ("line", "floored sigmoid")
CEILING_PCT = 100.0

#: Cuts in training FLOP: fit at or below, predict above.
CUTS_FLOP = tuple(float(10**power) for power in (21.5, 22.0, 22.5, 23.0, 23.5))

#: Fewer models than this on one side of a cut, and the row is not usable.
LEAST_FITTED = 12
LEAST_PREDICTED = 5

CORRECTIONS = ("none", "Benjamini-Hochberg", "Holm")
ROUTES = ("line in log compute", "line in loss", "exponential in loss")

#: Rates of the exponential in loss, per nat, among which the best is sought.
LEAST_RATE, MOST_RATE = 0.05, 12.0

#: What can become of a task, from the best to the worst.
OUTCOMES = ("rises as predicted", "rises otherwise", "stays at chance", "no trend", "falls")


def _codes(labels: Sequence | np.ndarray | pd.Series) -> np.ndarray:
    """Number the groups in the order of their names."""
    return np.unique(np.asarray(labels, dtype=str), return_inverse=True)[1]


# ---------------------------------------------------------------------------------------------
# base models


def benchmark_scores(
    base_models: pd.DataFrame | None = None, benchmarks: Sequence[str] | None = None
) -> pd.DataFrame:
    """Return one row for each base model and benchmark with both compute and score known.

    Parameters
    ----------
    base_models : pandas.DataFrame, optional
    benchmarks : sequence of str, optional
        Of :data:`BENCHMARKS`, or :data:`AVERAGE`. Without it, all eight and the average.

    Returns
    -------
    pandas.DataFrame
        ``benchmark``, ``model``, ``family``, ``developer`` (see :data:`DEVELOPERS`),
        ``log_flop`` (log10 of training FLOP),
        ``score_pct``, ``chance_pct``; sorted by benchmark, compute and name.

    Raises
    ------
    KeyError
        If a benchmark is not known.
    ValueError
        If a training compute is not above zero.
    """
    table = data.table(base_models, "base_models")
    wanted = [*BENCHMARKS, AVERAGE] if benchmarks is None else list(benchmarks)
    unknown = [name for name in wanted if name not in BENCHMARKS and name != AVERAGE]
    if unknown:
        raise KeyError(f"no benchmark {unknown[0]!r}; known: {', '.join([*BENCHMARKS, AVERAGE])}")
    flop = table["training_flop"].astype(float)
    if (flop <= 0).any():
        raise ValueError("training_flop must be above zero: its logarithm is taken")
    columns = [column for column, _ in BENCHMARKS.values()]
    parts = []
    for name in wanted:
        if name == AVERAGE:
            score = table[columns].astype(float).mean(axis=1, skipna=False)
            chance = float(np.mean([level for _, level in BENCHMARKS.values()]))
        else:
            column, chance = BENCHMARKS[name]
            score = table[column].astype(float)
        part = pd.DataFrame(
            {
                "benchmark": name,
                "model": table["model"],
                "family": table["family"],
                "developer": table["family"].replace(DEVELOPERS),
                "log_flop": np.log10(flop),
                "score_pct": score,
                "chance_pct": chance,
            }
        )
        part = part[part["score_pct"].notna() & part["log_flop"].notna()]
        parts.append(part.sort_values(["log_flop", "model"], kind="stable"))
    return pd.concat(parts, ignore_index=True)


def cluster_weights(
    clusters: Sequence | np.ndarray | pd.Series,
    resamples: int,
    seed: int = 20250209,
    method: str = "bootstrap",
) -> np.ndarray:
    """Draw whole clusters and return how often each observation counts.

    Parameters
    ----------
    clusters : sequence of length n
        Group of each observation.
    resamples : int
    seed : int
    method : {"bootstrap", "half-samples"}
        As many clusters as there are, with replacement, or half of them without (rounded down,
        at least one).

    Returns
    -------
    numpy.ndarray of float, shape (n, resamples)

    Notes
    -----
    The draws depend on the set of names of the clusters and not on the order of the rows.
    """
    member = _codes(clusters)
    groups = int(member.max()) + 1 if len(member) else 0
    rng = np.random.default_rng(seed)
    if method == "bootstrap":
        counts = rng.multinomial(groups, np.full(groups, 1 / groups), size=resamples).T
    elif method == "half-samples":
        order = np.argsort(rng.random((groups, resamples)), axis=0, kind="stable")
        counts = np.zeros((groups, resamples))
        np.put_along_axis(counts, order[: max(1, groups // 2)], 1.0, axis=0)
    else:
        raise ValueError(f"method {method!r} is neither 'bootstrap' nor 'half-samples'")
    return counts[member].astype(float)


def fit_lines(x: np.ndarray, y: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Fit y = a + b x by weighted least squares, once for every column of weights.

    Parameters
    ----------
    x, y : numpy.ndarray, shape (n,)
    weights : numpy.ndarray, shape (n, resamples)

    Returns
    -------
    numpy.ndarray, shape (2, resamples)
        a and b; NaN where the weighted x do not vary.
    """
    total = weights.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean_x, mean_y = x @ weights / total, y @ weights / total
        spread = (x**2) @ weights / total - mean_x**2
        slope = ((x * y) @ weights / total - mean_x * mean_y) / np.where(
            spread > 1e-9, spread, np.nan
        )
    return np.stack([mean_y - slope * mean_x, slope])


def sigmoid(x: np.ndarray, parameters: np.ndarray, floor: float) -> np.ndarray:
    """Return the floored sigmoid floor + (100 - floor) / (1 + exp(-(a + b x))), in percent.

    Parameters
    ----------
    x : numpy.ndarray, shape (n,)
    parameters : numpy.ndarray, shape (2,) or (2, resamples)
    floor : float

    Returns
    -------
    numpy.ndarray, shape (n,) or (n, resamples)
    """
    if parameters.ndim == 2:
        x = x[:, None]
    linear = np.clip(parameters[0] + parameters[1] * x, -500.0, 500.0)
    return floor + (CEILING_PCT - floor) / (1.0 + np.exp(-linear))


def fit_sigmoids(
    x: np.ndarray,
    y: np.ndarray,
    weights: np.ndarray,
    floor: float,
    *,
    most_steps: int = 200,
    tolerance: float = 1e-9,
) -> np.ndarray:
    """Fit the floored sigmoid by weighted least squares, once for every column of weights.

    Newton steps, damped as Levenberg and Marquardt do, for all columns at once, from the best
    point of a grid of slopes and midpoints for each column. Where the surface is not convex, the
    Gauss-Newton matrix takes the place of the second derivatives.

    Parameters
    ----------
    x, y : numpy.ndarray, shape (n,)
    weights : numpy.ndarray, shape (n, resamples)
        Observations without weight in a column do not count there.
    floor : float
        Score of guessing, in percent, below 100.
    most_steps : int
    tolerance : float
        A column is done when its step is below this, on the scale of the logit.

    Returns
    -------
    numpy.ndarray, shape (2, resamples)
        a and b of the linear predictor; NaN where a column has fewer than two different x.

    Notes
    -----
    Where all scores lie at the floor the curve is flat and the data do not say where it rises:
    the linear predictor at the mean of x stays within +-12 and its slope within +-12 per unit
    of x, which bounds the fit without moving any that the data determine.
    """
    if not floor < CEILING_PCT:
        raise ValueError(f"a floor of {floor}% leaves no room below {CEILING_PCT:g}%")
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    columns = weights.shape[1]
    found = np.full((2, columns), np.nan)
    usable = np.isfinite(fit_lines(x, y, weights)[1])
    if not usable.any():
        return found
    counted = weights[:, usable].any(axis=1)
    x, y, all_weights = x[counted], y[counted], weights[np.ix_(counted, usable)]
    centre, bound, span = float(x.mean()), 12.0, CEILING_PCT - floor
    u = x - centre
    powers = np.stack([np.ones_like(u), u, u**2])

    slopes = np.array([-0.5, 0.1, 0.3, 0.6, 1.0, 1.5, 2.2, 3.2, 5.0, 8.0])
    shifts = np.array([-8.0, -5.0, -3.5, -2.5, -1.7, -1.0, -0.4, 0.2, 0.8, 1.6, 3.0])
    start_b, start_a = (grid.ravel() for grid in np.meshgrid(slopes, shifts, indexing="ij"))
    shape = 1 / (1 + np.exp(-(start_a[:, None] + start_b[:, None] * u)))
    loss = (y - floor - span * shape) ** 2 @ all_weights
    best = np.argmin(loss, axis=0)
    a, b = start_a[best], start_b[best]

    def errors(a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        probability = 1 / (1 + np.exp(-(a + b * u[:, None])))
        return y[:, None] - floor - span * probability, probability

    active = np.arange(len(a))
    damping = np.full(len(a), 1e-3)
    residual, probability = errors(a, b)
    squares = (all_weights * residual**2).sum(axis=0)
    kept_weights, done_a, done_b = all_weights, a.copy(), b.copy()
    for _ in range(most_steps):
        gradient = span * probability * (1 - probability)
        weighted = kept_weights * gradient
        pull = weighted * residual
        slope_a, slope_b = powers[:2] @ pull
        gauss = powers @ (weighted * gradient)
        newton = gauss - powers @ (pull * (1 - 2 * probability))
        convex = (newton[0] > 0) & (newton[0] * newton[2] > newton[1] ** 2)
        h_aa, h_ab, h_bb = np.where(convex, newton, gauss)
        floor_aa = h_aa * (1 + damping) + 1e-12
        floor_bb = h_bb * (1 + damping) + 1e-12
        determinant = floor_aa * floor_bb - h_ab**2
        step_a = (floor_bb * slope_a - h_ab * slope_b) / determinant
        step_b = (floor_aa * slope_b - h_ab * slope_a) / determinant
        new_a = np.clip(a + step_a, -bound, bound)
        new_b = np.clip(b + step_b, -bound, bound)
        new_residual, new_probability = errors(new_a, new_b)
        new_squares = (kept_weights * new_residual**2).sum(axis=0)
        better = new_squares <= squares
        moved = np.maximum(np.abs(new_a - a), np.abs(new_b - b))
        finished = (better & (moved < tolerance)) | (damping > 1e12)
        a, b = np.where(better, new_a, a), np.where(better, new_b, b)
        squares = np.where(better, new_squares, squares)
        residual = np.where(better, new_residual, residual)
        probability = np.where(better, new_probability, probability)
        damping = np.where(better, np.maximum(damping / 10, 1e-12), damping * 10)
        done_a[active], done_b[active] = a, b
        if finished.any():
            keep = ~finished
            if not keep.any():
                break
            active, a, b, squares = active[keep], a[keep], b[keep], squares[keep]
            damping, kept_weights = damping[keep], kept_weights[:, keep]
            residual, probability = residual[:, keep], probability[:, keep]
    found[0, usable] = done_a - done_b * centre
    found[1, usable] = done_b
    return found


def _fitted(form: str, x: np.ndarray, parameters: np.ndarray, floor: float) -> np.ndarray:
    if form == "line":
        return parameters[0] + np.multiply.outer(x, parameters[1])
    return sigmoid(x, parameters, floor)


def _fit(form: str, x: np.ndarray, y: np.ndarray, weights: np.ndarray, floor: float) -> np.ndarray:
    if form == "line":
        return fit_lines(x, y, weights)
    return fit_sigmoids(x, y, weights, floor)


def _root_mean(squares: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the weighted root mean square, column by column; NaN without weight."""
    total = weights.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.sqrt((squares * weights).sum(axis=0) / np.where(total > 0, total, np.nan))


def benchmark_forms(
    base_models: pd.DataFrame | None = None,
    benchmarks: Sequence[str] | None = None,
    *,
    cluster: str = "family",
    resamples: int = 500,
    confidence: float = 0.95,
    method: str = "bootstrap",
    seed: int = 20250209,
) -> pd.DataFrame:
    """Fit a line and a floored sigmoid in log compute to each benchmark.

    Parameters
    ----------
    base_models : pandas.DataFrame, optional
    benchmarks : sequence of str, optional
    cluster : {"family", "developer"}
        What is drawn, and left out: a developer's families share people and data too.
    resamples : int
        Draws of families; 500 suffice for a page.
    confidence : float
    method : {"bootstrap", "half-samples"}
        See :func:`cluster_weights`.
    seed : int

    Returns
    -------
    pandas.DataFrame
        One row a benchmark and form: ``benchmark``, ``form``, ``n``, ``clusters``,
        ``chance_pct``, ``slope`` (pp per decade: of the line, or of the sigmoid where it is
        steepest) with ``low``, ``high`` (families drawn), ``sandwich_low``, ``sandwich_high``
        (clustered standard error), ``rmse_pp`` and ``r_squared`` in the sample,
        ``left_out_rmse_pp`` (each cluster predicted from the others), ``midpoint_log_flop``
        (halfway from chance to 100%) and ``leaves_chance_log_flop`` (5 pp above chance); the
        last two are NaN for the line, and where the curve gets there outside the data.
    """
    scores = benchmark_scores(base_models, benchmarks)
    rows = []
    for name, part in scores.groupby("benchmark", sort=False):
        x, y = part["log_flop"].to_numpy(), part["score_pct"].to_numpy()
        floor, family = float(part["chance_pct"].iloc[0]), part[cluster].to_numpy()
        member = _codes(family)
        groups = int(member.max()) + 1
        drawn = cluster_weights(family, resamples, seed, method)
        without = (member[:, None] != np.arange(groups)).astype(float)
        weights = np.concatenate([np.ones((len(x), 1)), without, drawn], axis=1)
        for form in FORMS:
            parameters = _fit(form, x, y, weights, floor)
            centre = parameters[:, 0]
            fitted = _fitted(form, x, parameters[:, : 1 + groups], floor)
            residual = y - fitted[:, 0]
            left_out = y - fitted[np.arange(len(x)), 1 + member]
            scale = 1.0 if form == "line" else (CEILING_PCT - floor) / 4
            if form == "line":
                design = np.column_stack([np.ones_like(x), x])
            else:
                share = (fitted[:, 0] - floor) / (CEILING_PCT - floor)
                design = ((CEILING_PCT - floor) * share * (1 - share))[:, None] * np.column_stack(
                    [np.ones_like(x), x]
                )
            low, high, _ = percentile_interval(parameters[1:, 1 + groups :] * scale, confidence)
            linear = least_squares(design, design @ centre + residual, family)
            reach = student(linear.degrees_of_freedom, confidence) * linear.standard_error(1)
            spread = float(((y - y.mean()) ** 2).sum())
            rise = np.array([0.0, np.log(5 / (CEILING_PCT - floor - 5))])
            with np.errstate(divide="ignore", invalid="ignore"):
                reached = (rise - centre[0]) / centre[1]
            seen = (reached >= x.min()) & (reached <= x.max()) & (form != "line")
            midpoint, leaves = np.where(seen, reached, np.nan)
            rows.append(
                {
                    "benchmark": name,
                    "form": form,
                    "n": len(x),
                    "clusters": groups,
                    "chance_pct": floor,
                    "slope": float(centre[1] * scale),
                    "low": float(low[0]),
                    "high": float(high[0]),
                    "sandwich_low": float((centre[1] - reach) * scale),
                    "sandwich_high": float((centre[1] + reach) * scale),
                    "rmse_pp": float(np.sqrt(np.mean(residual**2))),
                    "r_squared": 1 - float(residual @ residual) / spread if spread > 0 else np.nan,
                    "left_out_rmse_pp": float(np.sqrt(np.mean(left_out**2))),
                    "midpoint_log_flop": float(midpoint),
                    "leaves_chance_log_flop": float(leaves),
                }
            )
    return pd.DataFrame(rows)


def form_curves(
    base_models: pd.DataFrame | None = None,
    benchmarks: Sequence[str] | None = None,
    points: int = 60,
) -> pd.DataFrame:
    """Return the two fitted curves of each benchmark on a grid of compute, for a chart.

    Returns
    -------
    pandas.DataFrame
        ``benchmark``, ``form``, ``log_flop``, ``training_flop``, ``score_pct``.
    """
    scores = benchmark_scores(base_models, benchmarks)
    parts = []
    for name, part in scores.groupby("benchmark", sort=False):
        x, y = part["log_flop"].to_numpy(), part["score_pct"].to_numpy()
        floor = float(part["chance_pct"].iloc[0])
        grid = np.linspace(x.min(), x.max(), points)
        for form in FORMS:
            parameters = _fit(form, x, y, np.ones((len(x), 1)), floor)
            parts.append(
                pd.DataFrame(
                    {
                        "benchmark": name,
                        "form": form,
                        "log_flop": grid,
                        "training_flop": 10**grid,
                        "score_pct": _fitted(form, grid, parameters, floor)[:, 0],
                    }
                )
            )
    return pd.concat(parts, ignore_index=True)


def held_out_models(
    base_models: pd.DataFrame | None = None,
    benchmarks: Sequence[str] | None = None,
    cuts_flop: Sequence[float] = CUTS_FLOP,
    *,
    resamples: int = 200,
    confidence: float = 0.95,
    seed: int = 20250209,
) -> pd.DataFrame:
    """Fit the models up to a cut in compute and predict those above it.

    Three predictions: *no change* (the mean score of the fitted models in the last decade below
    the cut), the *line*, and the *floored sigmoid*.

    Parameters
    ----------
    base_models : pandas.DataFrame, optional
    benchmarks : sequence of str, optional
    cuts_flop : sequence of float
        Training FLOP.
    resamples : int
        Draws of families, for fitted and predicted models alike; 200 suffice for a page.
    confidence, seed

    Returns
    -------
    pandas.DataFrame
        One row a benchmark, cut and form: ``benchmark``, ``cut_flop``, ``form``, ``n_fitted``,
        ``n_predicted``, ``families_predicted``, ``rmse_pp`` with ``low``, ``high``,
        ``mean_error_pp`` (predicted less actual: above zero is too hopeful),
        ``mean_absolute_error_pp``, ``next_decade_error_pp`` (the same up to ten times the cut),
        ``against_line`` (RMSE less that of the line) with ``against_low``, ``against_high`` and
        ``usable`` (at least 12 models fitted and 5 predicted).
    """
    scores = benchmark_scores(base_models, benchmarks)
    rows = []
    for name, part in scores.groupby("benchmark", sort=False):
        x, y = part["log_flop"].to_numpy(), part["score_pct"].to_numpy()
        floor, family = float(part["chance_pct"].iloc[0]), part["family"].to_numpy()
        drawn = cluster_weights(family, resamples, seed)
        weights = np.concatenate([np.ones((len(x), 1)), drawn], axis=1)
        for cut in cuts_flop:
            below = x <= np.log10(cut) + 1e-9
            above = ~below
            usable = below.sum() >= LEAST_FITTED and above.sum() >= LEAST_PREDICTED
            counted = {
                "benchmark": name,
                "cut_flop": float(cut),
                "n_fitted": int(below.sum()),
                "n_predicted": int(above.sum()),
                "families_predicted": len(set(family[above])),
                "usable": bool(usable),
            }
            if not usable:
                rows += [counted | {"form": form} for form in ("no change", *FORMS)]
                continue
            recent = below & (x > np.log10(cut) - 1 - 1e-9)
            total = weights[recent].sum(axis=0)
            with np.errstate(divide="ignore", invalid="ignore"):
                flat = y[recent] @ weights[recent] / np.where(total > 0, total, np.nan)
            predicted = {"no change": np.broadcast_to(flat, (int(above.sum()), len(flat)))}
            for form in FORMS:
                parameters = _fit(form, x[below], y[below], weights[below], floor)
                predicted[form] = _fitted(form, x[above], parameters, floor)
            roots = {
                form: _root_mean((value - y[above, None]) ** 2, weights[above])
                for form, value in predicted.items()
            }
            for form, root in roots.items():
                against = root - roots["line"]
                low, high, _ = percentile_interval(np.stack([root[1:], against[1:]]), confidence)
                error = predicted[form][:, 0] - y[above]
                near = x[above] <= np.log10(cut) + 1 + 1e-9
                rows.append(
                    counted
                    | {
                        "form": form,
                        "rmse_pp": float(root[0]),
                        "low": float(low[0]),
                        "high": float(high[0]),
                        "mean_error_pp": float(error.mean()),
                        "mean_absolute_error_pp": float(np.abs(error).mean()),
                        "next_decade_error_pp": float(np.abs(error[near]).mean())
                        if near.any()
                        else np.nan,
                        "against_line": float(against[0]),
                        "against_low": float(low[1]),
                        "against_high": float(high[1]),
                    }
                )
    order = ["benchmark", "cut_flop", "form", "n_fitted", "n_predicted", "families_predicted"]
    order += ["rmse_pp", "low", "high", "mean_error_pp", "mean_absolute_error_pp"]
    order += ["next_decade_error_pp", "against_line", "against_low", "against_high", "usable"]
    return pd.DataFrame(rows).reindex(columns=order)


def held_out_summary(held_out: pd.DataFrame) -> pd.DataFrame:
    """Summarise the errors above the cut by form.

    Parameters
    ----------
    held_out : pandas.DataFrame
        From :func:`held_out_models`.

    Returns
    -------
    pandas.DataFrame
        For single benchmarks and for the average, and each form: ``what``, ``form``, ``cases``
        (usable pairs of benchmark and cut), ``median_rmse_pp``, ``mean_absolute_error_pp`` and
        ``next_decade_error_pp`` (mean over cases), ``mean_error_pp``, ``best`` (cases in which the
        form had the smallest RMSE), ``beats_line`` and ``loses_to_line`` (whole interval of the
        difference on that side; the cases share models, so they are no independent tests).
    """
    used = held_out[held_out["usable"]]
    smallest = used.groupby(["benchmark", "cut_flop"])["rmse_pp"].transform("min")
    used = used.assign(
        what=np.where(used["benchmark"] == AVERAGE, AVERAGE, "single benchmarks"),
        best=used["rmse_pp"] <= smallest,
        beats=used["against_high"] < 0,
        loses=used["against_low"] > 0,
    )
    rows = []
    for (what, form), part in used.groupby(["what", "form"], sort=False):
        rows.append(
            {
                "what": what,
                "form": form,
                "cases": len(part),
                "median_rmse_pp": part["rmse_pp"].median(),
                "mean_absolute_error_pp": part["mean_absolute_error_pp"].mean(),
                "next_decade_error_pp": part["next_decade_error_pp"].mean(),
                "mean_error_pp": part["mean_error_pp"].mean(),
                "best": int(part["best"].sum()),
                "beats_line": int(part["beats"].sum()),
                "loses_to_line": int(part["loses"].sum()),
            }
        )
    return pd.DataFrame(rows)


def between_and_within(
    base_models: pd.DataFrame | None = None, benchmarks: Sequence[str] | None = None
) -> pd.DataFrame:
    """Split the slope on log compute into that within families and that between them.

    The pooled slope mixes two questions: what more compute did to the same recipe (*within*:
    family fixed effects), and how recipes with more compute differ from those with less
    (*between*: family means). Mundlak's regression gives both at once: the score on the compute
    of the model less the mean of its family, and on that mean.

    Parameters
    ----------
    base_models : pandas.DataFrame, optional
    benchmarks : sequence of str, optional

    Returns
    -------
    pandas.DataFrame
        Four rows a benchmark: ``benchmark``, ``slope`` ("pooled", "within families", "between
        families", "between less within"), ``estimate``, ``low``, ``high`` (pp per decade, 95%,
        clustered by family), ``n``, ``families``, ``families_with_several`` (two models or more:
        the only ones that speak within).
    """
    rows = []
    for name, part in benchmark_scores(base_models, benchmarks).groupby("benchmark", sort=False):
        x, y = part["log_flop"].to_numpy(), part["score_pct"].to_numpy()
        family = part["family"].to_numpy()
        member = _codes(family)
        sizes = np.bincount(member)
        mean = (np.bincount(member, weights=x) / sizes)[member]
        one = np.ones_like(x)
        pooled = least_squares(np.column_stack([one, x]), y, family)
        both = least_squares(np.column_stack([one, x - mean, mean]), y, family)
        apart = least_squares(np.column_stack([one, x, mean]), y, family)
        for label, fit, position in (
            ("pooled", pooled, 1),
            ("within families", both, 1),
            ("between families", both, 2),
            ("between less within", apart, 2),
        ):
            low, high = fit.interval(position)
            rows.append(
                {
                    "benchmark": name,
                    "slope": label,
                    "estimate": float(fit.coefficients[position]),
                    "low": low,
                    "high": high,
                    "n": fit.n,
                    "families": fit.groups,
                    "families_with_several": int((sizes > 1).sum()),
                }
            )
    return pd.DataFrame(rows)


def _complete(base_models: pd.DataFrame | None) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the models with all eight benchmarks and compute, and their scores (n, 8)."""
    table = data.table(base_models, "base_models")
    columns = [column for column, _ in BENCHMARKS.values()]
    kept = table.dropna(subset=[*columns, "training_flop"])
    kept = kept.assign(log_flop=np.log10(kept["training_flop"].astype(float)))
    kept = kept.sort_values(["log_flop", "model"], kind="stable", ignore_index=True)
    return kept, kept[columns].to_numpy(dtype=float)


def principal_component(
    base_models: pd.DataFrame | None = None,
    *,
    standardised: bool = True,
    resamples: int = 500,
    confidence: float = 0.95,
    seed: int = 20250209,
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the first principal component of the eight benchmarks, and its tie to compute.

    Parameters
    ----------
    base_models : pandas.DataFrame, optional
        Models without all eight scores or without compute are left out; nothing is imputed.
    standardised : bool
        Each benchmark divided by its standard deviation first. Without it, benchmarks with a
        wide range of scores dominate.
    resamples : int
        Draws of families; 500 suffice for a page.
    confidence, seed

    Returns
    -------
    summary : pandas.DataFrame
        ``quantity``, ``estimate``, ``low``, ``high``: the share of variance of the first and of
        the first two components, the correlation of the first with log compute, its slope in
        standard deviations per decade, pooled and within families, and how many decades of
        compute one standard deviation of the rest is worth.
    loadings : pandas.DataFrame
        ``benchmark``, ``loading`` (of unit length together; positive is better) and
        ``correlation`` of the benchmark with the component.
    models : pandas.DataFrame
        ``model``, ``family``, ``log_flop``, ``component`` (in standard deviations).

    Raises
    ------
    ValueError
        If fewer than ten models have all scores.
    """
    kept, scores = _complete(base_models)
    if len(kept) < 10:
        raise ValueError("fewer than ten models have all eight scores and a training compute")
    x, family = kept["log_flop"].to_numpy(), kept["family"].to_numpy()
    member = _codes(family)
    drawn = cluster_weights(family, resamples, seed)
    weights = np.concatenate([np.ones((len(x), 1)), drawn], axis=1)
    weights = weights / weights.sum(axis=0)
    means = weights.T @ scores
    products = scores[:, :, None] * scores[:, None, :]
    covariance = np.tensordot(weights.T, products, axes=1)
    covariance -= means[:, :, None] * means[:, None, :]
    deviation = np.sqrt(np.diagonal(covariance, axis1=1, axis2=2))
    if standardised:
        covariance = covariance / deviation[:, :, None] / deviation[:, None, :]
    values, vectors = np.linalg.eigh(covariance)
    first = vectors[:, :, -1]
    first = first * np.where(first.sum(axis=1) < 0, -1.0, 1.0)[:, None]
    scale = deviation if standardised else np.ones_like(deviation)
    component = (scores[:, :, None] - means.T[None]) / scale.T[None]
    component = np.einsum("njr,rj->nr", component, first) / np.sqrt(values[:, -1])

    def slope_and_rest(
        x: np.ndarray, y: np.ndarray, weights: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        x = x - (x * weights).sum(axis=0)
        y = y - (y * weights).sum(axis=0)
        xx, yy = (weights * x * x).sum(axis=0), (weights * y * y).sum(axis=0)
        xy = (weights * x * y).sum(axis=0)
        slope = xy / xx
        return slope, xy / np.sqrt(xx * yy), np.sqrt(np.maximum(yy - slope * xy, 0))

    slope, correlation, rest = slope_and_rest(x[:, None], component, weights)
    indicator = (member[:, None] == np.arange(member.max() + 1)).astype(float)
    inside = indicator @ ((indicator.T @ component) / indicator.sum(axis=0)[:, None])
    inside_x = (indicator @ (indicator.T @ x / indicator.sum(axis=0)))[:, None]
    within = slope_and_rest(x[:, None] - inside_x, component - inside, weights)[0]
    total = values.sum(axis=1)
    quantities = {
        "variance share of the first component": values[:, -1] / total,
        "variance share of the first two": values[:, -2:].sum(axis=1) / total,
        "correlation with log compute": correlation,
        "standard deviations per decade": slope,
        "standard deviations per decade, within families": within,
        "decades per standard deviation of the rest": rest / slope,
    }
    draws = np.stack(list(quantities.values()))
    low, high, _ = percentile_interval(draws[:, 1:], confidence)
    summary = pd.DataFrame(
        {"quantity": list(quantities), "estimate": draws[:, 0], "low": low, "high": high}
    )
    loadings = pd.DataFrame(
        {
            "benchmark": list(BENCHMARKS),
            "loading": first[0],
            "correlation": [np.corrcoef(column, component[:, 0])[0, 1] for column in scores.T],
        }
    )
    models = kept[["model", "family", "log_flop"]].assign(component=component[:, 0])
    return summary, loadings, models


def same_compute(
    base_models: pd.DataFrame | None = None,
    benchmarks: Sequence[str] | None = None,
    *,
    within_decades: float = 0.2,
    resamples: int = 500,
    confidence: float = 0.95,
    seed: int = 20250209,
) -> pd.DataFrame:
    """Measure how far scores differ at the same compute.

    All pairs of models of different families whose training compute differs by at most
    ``within_decades`` are compared. The root mean square of their differences over the square
    root of two is the standard deviation of one score at given compute. Divided by the slope of
    the line, it is the compute that could have bought the same difference.

    Parameters
    ----------
    base_models : pandas.DataFrame, optional
    benchmarks : sequence of str, optional
    within_decades : float
        Above zero; 0.2 is a factor of 1.6.
    resamples : int
        Draws of families; 500 suffice for a page.
    confidence, seed

    Returns
    -------
    pandas.DataFrame
        One row a benchmark: ``benchmark``, ``n``, ``pairs``, ``spread_pp`` (standard deviation
        at equal compute) with ``low``, ``high``, ``residual_pp`` (standard deviation around the
        line), ``slope`` (pp per decade), ``decades`` (spread over slope) with ``decades_low``,
        ``decades_high`` (all NaN if the slope could be zero: then no compute buys the
        difference), and the widest pair: ``better``, ``worse``, ``gap_pp``.

    Raises
    ------
    ValueError
        If no two families meet within the distance.
    """
    if not within_decades > 0:
        raise ValueError(f"within_decades is {within_decades}, but has to be above zero")
    rows = []
    for name, part in benchmark_scores(base_models, benchmarks).groupby("benchmark", sort=False):
        x, y = part["log_flop"].to_numpy(), part["score_pct"].to_numpy()
        member = _codes(part["family"])
        close = np.abs(x[:, None] - x[None]) <= within_decades + 1e-9
        near = (close & (member[:, None] != member[None])).astype(float)
        if not near.any():
            raise ValueError(f"{name}: no two families within {within_decades} decades")
        gap = y[:, None] - y[None]
        drawn = cluster_weights(part["family"], resamples, seed)
        weights = np.concatenate([np.ones((len(x), 1)), drawn], axis=1)
        pairs = (weights * (near @ weights)).sum(axis=0)
        squares = (weights * ((near * gap**2) @ weights)).sum(axis=0)
        with np.errstate(divide="ignore", invalid="ignore"):
            spread = np.sqrt(squares / np.where(pairs > 0, pairs, np.nan) / 2)
        line = fit_lines(x, y, weights)
        residual = y - line[0, 0] - line[1, 0] * x
        with np.errstate(divide="ignore", invalid="ignore"):
            decades = spread / line[1]
        low, high, _ = percentile_interval(np.stack([spread[1:], decades[1:]]), confidence)
        slopes = percentile_interval(line[1:, 1:], confidence)
        rises = resamples == 0 or bool(slopes[0][0] > 0)
        widest = np.unravel_index(np.argmax(np.where(near > 0, gap, -np.inf)), gap.shape)
        models = part["model"].to_numpy()
        rows.append(
            {
                "benchmark": name,
                "n": len(x),
                "pairs": int(near.sum()) // 2,
                "spread_pp": float(spread[0]),
                "low": float(low[0]),
                "high": float(high[0]),
                "residual_pp": float(np.sqrt(residual @ residual / (len(x) - 2))),
                "slope": float(line[1, 0]),
                "decades": float(decades[0]) if rises else np.nan,
                "decades_low": float(low[1]) if rises else np.nan,
                "decades_high": float(high[1]) if rises else np.nan,
                "better": models[widest[0]],
                "worse": models[widest[1]],
                "gap_pp": float(gap[widest]),
            }
        )
    return pd.DataFrame(rows)


# ---------------------------------------------------------------------------------------------
# one recipe, 46 tasks


def adjusted(p_values: np.ndarray, correction: str = "Holm") -> np.ndarray:
    """Return p-values corrected for how many there are.

    Parameters
    ----------
    p_values : numpy.ndarray, shape (m,)
        Between 0 and 1.
    correction : {"none", "Benjamini-Hochberg", "Holm"}
        Holm bounds the chance of one false discovery, Benjamini-Hochberg the expected share of
        false ones.

    Returns
    -------
    numpy.ndarray, shape (m,)

    Raises
    ------
    ValueError
        If a p-value lies outside [0, 1] or the correction is not known.
    """
    p_values = np.asarray(p_values, dtype=float)
    if np.any(~((p_values >= 0) & (p_values <= 1))):
        raise ValueError("a p-value lies between 0 and 1")
    if correction not in CORRECTIONS:
        raise ValueError(f"correction {correction!r} is not one of {', '.join(CORRECTIONS)}")
    m = len(p_values)
    if correction == "none" or m == 0:
        return p_values.copy()
    order = np.argsort(p_values, kind="stable")
    ordered = p_values[order]
    if correction == "Holm":
        stepped = np.maximum.accumulate(ordered * np.arange(m, 0, -1))
    else:
        stepped = np.minimum.accumulate((ordered * m / np.arange(1, m + 1))[::-1])[::-1]
    result = np.empty(m)
    result[order] = np.minimum(stepped, 1.0)
    return result


def _ranks(values: np.ndarray) -> np.ndarray:
    """Return the mean ranks of each column, ties shared."""
    smaller = (values[:, None, :] < values[None, :, :]).sum(axis=0)
    equal = (values[:, None, :] == values[None, :, :]).sum(axis=0)
    return smaller + (equal + 1) / 2


def rank_trend(
    x: np.ndarray, y: np.ndarray, strata: Sequence | np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Test whether columns rise with x, within strata.

    The covariance of ranks is summed over strata and divided by its standard deviation under all
    permutations of y within each stratum, which is known exactly; the p-value takes the sum to be
    normal.

    Parameters
    ----------
    x : numpy.ndarray, shape (n,)
    y : numpy.ndarray, shape (n, columns)
    strata : sequence of length n

    Returns
    -------
    correlation : numpy.ndarray, shape (columns,)
        Spearman's rank correlation within strata (pooled covariance over pooled variances); 0
        where a column never varies.
    p_value : numpy.ndarray, shape (columns,)
        Two-sided.
    """
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    member = _codes(strata)
    columns = y.shape[1]
    joint, spread_x, spread_y, variance = 0.0, 0.0, np.zeros(columns), np.zeros(columns)
    for group in range(member.max() + 1):
        rows = member == group
        if rows.sum() < 2:
            continue
        rank_x, rank_y = _ranks(x[rows, None])[:, 0], _ranks(y[rows])
        rank_x, rank_y = rank_x - rank_x.mean(), rank_y - rank_y.mean(axis=0)
        square_x, square_y = rank_x @ rank_x, (rank_y**2).sum(axis=0)
        joint = joint + rank_x @ rank_y
        spread_x, spread_y = spread_x + square_x, spread_y + square_y
        variance += square_x * square_y / (rows.sum() - 1)
    flat = variance <= 0
    score = np.where(flat, 0.0, joint / np.sqrt(np.where(flat, 1.0, variance)))
    correlation = np.where(flat, 0.0, joint / np.sqrt(np.where(flat, 1.0, spread_x * spread_y)))
    normal = NormalDist()
    return correlation, np.array([2 * normal.cdf(-abs(value)) for value in score])


def _testbed(
    gadre_models: pd.DataFrame | None,
    gadre_scores: pd.DataFrame | None,
    gadre_tasks: pd.DataFrame | None,
) -> tuple[pd.DataFrame, np.ndarray, pd.DataFrame]:
    """Return the runs, their accuracies (runs, tasks) and the tasks, in one order."""
    models = data.table(gadre_models, "gadre_models")
    scores = data.table(gadre_scores, "gadre_scores")
    tasks = data.table(gadre_tasks, "gadre_tasks")
    wide = scores.pivot(index="model", columns="task", values="accuracy_pct")
    known = tasks[tasks["task"].isin(wide.columns)].sort_values("task", kind="stable")
    missing = sorted(set(wide.columns) - set(known["task"]))
    if missing:
        raise KeyError(f"the task {missing[0]!r} has scores, but no row in gadre_tasks")
    models = models[models["model"].isin(wide.index)]
    models = models.sort_values(["training_flop", "model"], kind="stable", ignore_index=True)
    wide = wide.loc[models["model"], known["task"]]
    if wide.isna().to_numpy().any():
        raise ValueError("every run needs a score in every task: a pair is missing in gadre_scores")
    return models, wide.to_numpy(dtype=float), known.reset_index(drop=True)


def _predict_large(
    models: pd.DataFrame, values: np.ndarray, below: np.ndarray, route: str
) -> np.ndarray:
    """Predict the runs above the cut, from those below; shape (large runs, columns).

    Each corpus has a level of its own, all share the slope.
    """
    member = _codes(models["corpus"])
    indicator = (member[:, None] == np.arange(member.max() + 1)).astype(float)
    sizes = indicator[below].sum(axis=0)
    if (sizes == 0).any():
        raise ValueError("a corpus has no run below the cut: choose a larger one")

    def centred(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        means = indicator[below].T @ values[below] / sizes[:, None]
        return values[below] - indicator[below] @ means, means

    small, levels = centred(values)

    def curve(basis: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Fit one basis a column; sums of squares and predictions."""
        moved, means = centred(basis)
        slope = (moved * small).sum(axis=0) / (moved**2).sum(axis=0)
        squares = ((small - moved * slope) ** 2).sum(axis=0)
        return squares, indicator[~below] @ (levels - means * slope) + basis[~below] * slope

    loss = models["loss_c4"].to_numpy(dtype=float)
    columns = values.shape[1]
    if route == "line in log compute":
        flop = np.log10(models["training_flop"].to_numpy(dtype=float))
        return curve(np.repeat(flop[:, None], columns, axis=1))[1]
    if route == "line in loss":
        return curve(np.repeat(loss[:, None], columns, axis=1))[1]
    if route != "exponential in loss":
        raise ValueError(f"route {route!r} is not one of {', '.join(ROUTES)}")
    loss = loss - loss.min()
    rates = np.log(np.geomspace(LEAST_RATE, MOST_RATE, 50))
    tried = []
    for rate in rates:
        moved, _ = centred(np.exp(-np.exp(rate) * loss)[:, None])
        tried.append((small**2).sum(axis=0) - (moved.T @ small)[0] ** 2 / (moved**2).sum())
    best = np.argmin(np.stack(tried), axis=0)
    # Golden sections around the best of the grid, for all columns at once.
    low, high = rates[np.maximum(best - 1, 0)], rates[np.minimum(best + 1, len(rates) - 1)]
    golden = (np.sqrt(5) - 1) / 2
    for _ in range(36):
        first, second = high - golden * (high - low), low + golden * (high - low)
        left, right = (curve(np.exp(-np.exp(rate) * loss[:, None]))[0] for rate in (first, second))
        lower = left <= right
        low, high = np.where(lower, low, first), np.where(lower, second, high)
    return curve(np.exp(-np.exp((low + high) / 2) * loss[:, None]))[1]


def _outlook(
    models: pd.DataFrame,
    values: np.ndarray,
    chance: np.ndarray,
    questions: np.ndarray,
    cut_flop: float,
    route: str,
) -> pd.DataFrame:
    """Return trend, level and prediction of each column of accuracies, before any verdict."""
    flop = models["training_flop"].to_numpy(dtype=float)
    below = flop <= cut_flop * (1 + 1e-9)
    if below.sum() < LEAST_FITTED or (~below).sum() < 1:
        raise ValueError(f"a cut at {cut_flop:g} FLOP leaves too few runs on one side of it")
    loss = models["loss_c4"].to_numpy(dtype=float)
    correlation, p_trend = rank_trend(-loss, values, models["corpus"].to_numpy())
    predicted = _predict_large(models, values, below, route).mean(axis=0)
    actual = values[~below].mean(axis=0)
    recent = below & (flop > cut_flop / 10 * (1 - 1e-9))
    unchanged = values[recent].mean(axis=0)
    share = np.clip(chance / 100, 0.0, 1.0)
    # Guessing on n questions; a task of free answers has no variance, and one right answer in a
    # thousand questions is already more than nothing.
    error = 100 * np.sqrt(np.maximum(share * (1 - share), 1 / questions) / questions)
    normal = NormalDist()
    p_above = np.array([1 - normal.cdf(z) for z in (actual - chance) / error])
    return pd.DataFrame(
        {
            "chance_pct": chance,
            "questions": questions,
            "rank_correlation": correlation,
            "p_trend": p_trend,
            "p_above": p_above,
            "unchanged_pct": unchanged,
            "predicted_pct": predicted,
            "actual_pct": actual,
            "error_pp": predicted - actual,
            "gain_pp": actual - unchanged,
            "n_fitted": int(below.sum()),
            "n_predicted": int((~below).sum()),
        }
    )


def _verdicts(
    outlook: pd.DataFrame, correction: str, significance: float, most_error: float
) -> pd.DataFrame:
    trend = adjusted(outlook["p_trend"].to_numpy(), correction)
    above = adjusted(outlook["p_above"].to_numpy(), correction)
    rising = (trend < significance) & (outlook["rank_correlation"] > 0)
    falling = (trend < significance) & (outlook["rank_correlation"] < 0)
    near = outlook["error_pp"].abs() <= most_error * outlook["gain_pp"].abs()
    near &= outlook["gain_pp"] > 0
    outcome = np.select(
        [falling, ~rising, above >= significance, near],
        ["falls", "no trend", "stays at chance", "rises as predicted"],
        "rises otherwise",
    )
    return outlook.assign(p_trend_adjusted=trend, p_above_adjusted=above, outcome=outcome)


def task_scaling(
    gadre_models: pd.DataFrame | None = None,
    gadre_scores: pd.DataFrame | None = None,
    gadre_tasks: pd.DataFrame | None = None,
    *,
    cut_flop: float = 1e21,
    route: str = "exponential in loss",
    correction: str = "Holm",
    significance: float = 0.05,
    most_error: float = 0.5,
) -> pd.DataFrame:
    """Say for each of 46 tasks whether it scales, by a rule.

    A task *rises as predicted* if its accuracy rises with falling loss (rank test within corpora,
    p-values corrected for the number of tasks), the runs above the cut answer more than guessing
    does (corrected as well), and a curve through the runs below the cut misses their mean
    accuracy by at most half of what they gained over the runs of the last decade below it.

    Parameters
    ----------
    gadre_models, gadre_scores, gadre_tasks : pandas.DataFrame, optional
    cut_flop : float
        Training FLOP: runs at or below are fitted, those above predicted.
    route : {"line in log compute", "line in loss", "exponential in loss"}
        The curve. Each corpus has a level of its own. Loss is that on C4 and known for the
        predicted runs too: it is a prediction of accuracy from loss, not of the loss.
    correction : {"none", "Benjamini-Hochberg", "Holm"}
    significance : float
    most_error : float
        Largest error, as a share of the gain.

    Returns
    -------
    pandas.DataFrame
        One row a task: ``task``, ``category``, ``in_17``, ``chance_pct``, ``questions``,
        ``rank_correlation``, ``p_trend``, ``p_above``, ``unchanged_pct``, ``predicted_pct``,
        ``actual_pct``, ``error_pp``, ``gain_pp``, ``n_fitted``, ``n_predicted``,
        ``p_trend_adjusted``, ``p_above_adjusted``, ``outcome`` (of :data:`OUTCOMES`).
    """
    models, values, tasks = _testbed(gadre_models, gadre_scores, gadre_tasks)
    outlook = _outlook(
        models,
        values,
        tasks["chance_pct"].to_numpy(dtype=float),
        tasks["questions"].to_numpy(dtype=float),
        cut_flop,
        route,
    )
    table = _verdicts(outlook, correction, significance, most_error)
    return pd.concat([tasks[["task", "category", "in_17"]], table], axis=1)


def average_scaling(
    gadre_models: pd.DataFrame | None = None,
    gadre_scores: pd.DataFrame | None = None,
    gadre_tasks: pd.DataFrame | None = None,
    *,
    cut_flop: float = 1e21,
    route: str = "exponential in loss",
) -> pd.DataFrame:
    """Do the same with the average of the 17 tasks that the authors chose, and of all 46.

    Returns
    -------
    pandas.DataFrame
        Two rows: ``what``, ``tasks`` (how many), and the columns of :func:`task_scaling` up to
        ``n_predicted``, without correction, as two averages are no search.
    """
    models, values, tasks = _testbed(gadre_models, gadre_scores, gadre_tasks)
    chosen = tasks["in_17"].to_numpy(dtype=bool)
    groups = {"tasks chosen by the authors": chosen, "all tasks": np.ones_like(chosen)}
    weights = np.stack([kept / kept.sum() for kept in groups.values()], axis=1)
    outlook = _outlook(
        models,
        values @ weights,
        tasks["chance_pct"].to_numpy(dtype=float) @ weights,
        1 / (weights**2 / tasks["questions"].to_numpy(dtype=float)[:, None]).sum(axis=0),
        cut_flop,
        route,
    )
    names = pd.DataFrame({"what": list(groups), "tasks": [int(k.sum()) for k in groups.values()]})
    return pd.concat([names, outlook], axis=1)


def task_counts(
    gadre_models: pd.DataFrame | None = None,
    gadre_scores: pd.DataFrame | None = None,
    gadre_tasks: pd.DataFrame | None = None,
    *,
    cuts_flop: Sequence[float] = (1e20, 1e21),
    routes: Sequence[str] = ROUTES,
    corrections: Sequence[str] = CORRECTIONS,
    most_errors: Sequence[float] = (0.25, 0.5, 1.0),
    significance: float = 0.05,
) -> pd.DataFrame:
    """Count the outcomes of the tasks under every version of the rule.

    Returns
    -------
    pandas.DataFrame
        One row a version: ``cut_flop``, ``route``, ``correction``, ``most_error``, ``tasks``, a
        column for each of :data:`OUTCOMES` (how many tasks), and ``share`` that rises as
        predicted.
    """
    models, values, tasks = _testbed(gadre_models, gadre_scores, gadre_tasks)
    chance = tasks["chance_pct"].to_numpy(dtype=float)
    questions = tasks["questions"].to_numpy(dtype=float)
    rows = []
    for cut in cuts_flop:
        for route in routes:
            outlook = _outlook(models, values, chance, questions, cut, route)
            for correction in corrections:
                for most_error in most_errors:
                    outcome = _verdicts(outlook, correction, significance, most_error)["outcome"]
                    counts = {name: int((outcome == name).sum()) for name in OUTCOMES}
                    rows.append(
                        {
                            "cut_flop": float(cut),
                            "route": route,
                            "correction": correction,
                            "most_error": most_error,
                            "tasks": len(tasks),
                        }
                        | counts
                        | {"share": counts["rises as predicted"] / len(tasks)}
                    )
    return pd.DataFrame(rows)


def averaging(
    gadre_models: pd.DataFrame | None = None,
    gadre_scores: pd.DataFrame | None = None,
    gadre_tasks: pd.DataFrame | None = None,
    *,
    sizes: Sequence[int] = (1, 2, 4, 8, 16, 32, 46),
    draws: int = 200,
    cut_flop: float = 1e21,
    route: str = "exponential in loss",
    most_error: float = 0.5,
    seed: int = 20250209,
) -> pd.DataFrame:
    """Average random sets of tasks, and see how well the large runs are predicted.

    Parameters
    ----------
    gadre_models, gadre_scores, gadre_tasks : pandas.DataFrame, optional
    sizes : sequence of int
        Tasks in a set, from 1 to all.
    draws : int
        Sets of each size; 200 suffice for a page. One task and all tasks are not drawn: each
        task, or the one average, counts once.
    cut_flop, route, most_error
        As in :func:`task_scaling`.
    seed : int

    Returns
    -------
    pandas.DataFrame
        One row a size: ``tasks``, ``sets``, ``median_absolute_error_pp``, ``lower_quartile``,
        ``upper_quartile`` (of the absolute error), ``median_gain_pp``, ``share_predicted``
        (error at most ``most_error`` of a gain above zero), ``median_rank_correlation``.

    Raises
    ------
    ValueError
        If a size is not between 1 and the number of tasks.
    """
    models, values, tasks = _testbed(gadre_models, gadre_scores, gadre_tasks)
    count = len(tasks)
    rng = np.random.default_rng(seed)
    rows = []
    for size in sizes:
        if not 1 <= size <= count:
            raise ValueError(f"a set of {size} tasks: there are 1 to {count}")
        if size == 1:
            weights = np.eye(count)
        elif size == count:
            weights = np.full((count, 1), 1 / count)
        else:
            order = np.argsort(rng.random((count, draws)), axis=0, kind="stable")[:size]
            weights = np.zeros((count, draws))
            np.put_along_axis(weights, order, 1 / size, axis=0)
        outlook = _outlook(
            models,
            values @ weights,
            tasks["chance_pct"].to_numpy(dtype=float) @ weights,
            np.full(weights.shape[1], 1.0),
            cut_flop,
            route,
        )
        error = outlook["error_pp"].abs()
        near = (error <= most_error * outlook["gain_pp"]) & (outlook["gain_pp"] > 0)
        rows.append(
            {
                "tasks": size,
                "sets": weights.shape[1],
                "median_absolute_error_pp": error.median(),
                "lower_quartile": error.quantile(0.25),
                "upper_quartile": error.quantile(0.75),
                "median_gain_pp": outlook["gain_pp"].median(),
                "share_predicted": near.mean(),
                "median_rank_correlation": outlook["rank_correlation"].median(),
            }
        )
    return pd.DataFrame(rows)


def beside_others(
    counts: pd.DataFrame, held_out: pd.DataFrame, published: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Set our shares and errors beside published ones.

    Parameters
    ----------
    counts : pandas.DataFrame
        From :func:`task_counts`.
    held_out : pandas.DataFrame
        From :func:`held_out_models`.
    published : pandas.DataFrame, optional
        Rows ``lourie-predictable``, ``owen-bbh-average`` and ``owen-bbh-task``; a row that is not
        there gives a missing value.

    Returns
    -------
    pandas.DataFrame
        ``what``, ``ours``, ``ours_low``, ``ours_high`` (range over the versions of the rule, or
        over cuts), ``published``, ``unit``, ``result`` (its key).
    """
    values = data.table(published, "published").set_index("result")["value"].astype(float)
    shares = 100 * counts["share"]
    rows = [
        (
            "tasks that rise as predicted",
            shares.median(),
            shares.min(),
            shares.max(),
            "lourie-predictable",
            "%",
        )
    ]
    used = held_out[held_out["usable"] & (held_out["form"] == "floored sigmoid")]
    for what, mine, result in (
        ("error on the average, a decade ahead", used["benchmark"] == AVERAGE, "owen-bbh-average"),
        ("error on one benchmark, a decade ahead", used["benchmark"] != AVERAGE, "owen-bbh-task"),
    ):
        errors = used.loc[mine, "next_decade_error_pp"]
        rows.append((what, errors.mean(), errors.min(), errors.max(), result, "pp"))
    columns = ["what", "ours", "ours_low", "ours_high", "result", "unit"]
    shown = pd.DataFrame(rows, columns=columns)
    shown.insert(4, "published", [values.get(result, np.nan) for result in shown["result"]])
    return shown


def describe_collection(base_models: pd.DataFrame | None = None) -> Mapping[str, float]:
    """Count models, families and decades of compute of the base models.

    Returns
    -------
    mapping of str to float
        ``models``, ``with_compute``, ``families`` (of those with compute),
        ``families_with_several``, ``decades`` (from the smallest to the largest compute).
    """
    table = data.table(base_models, "base_models")
    known = table[table["training_flop"].notna()]
    sizes = known["family"].value_counts()
    flop = np.log10(known["training_flop"].astype(float))
    return {
        "models": len(table),
        "with_compute": len(known),
        "families": len(sizes),
        "families_with_several": int((sizes > 1).sum()),
        "decades": float(flop.max() - flop.min()),
    }
