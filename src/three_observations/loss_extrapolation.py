"""Whether the forms of a loss predict what they were not fitted to.

Inside the data three parameters always do better than two. Outside they need not: so every
function here fits on small runs and looks at larger ones.

*Cuts* (:func:`extrapolation`): fit each form of :mod:`three_observations.loss_forms` below a cut of
compute, predict every run beyond it, for a range of cuts. :func:`error_by_distance` and
:func:`reach` turn the predictions into numbers: the error at so many decades, the decades within
so much error.

*Gadre et al.* (arXiv:2403.08540) predicted two large models from five small ones. Their figures
come out to the digits printed (:func:`gadre_reproduction`); :func:`gadre_choices` makes every
choice of small runs that is like theirs, on all three corpora.

*The OLMo ladder* (Bhagia et al., arXiv:2412.04403): from models of 190M to 3B parameters to one of
7B and one of 13B, for the loss on C4, for the loss on each task, and for its accuracy, through the
task's loss or straight from compute. The two large models ended on other data than the ladder
(their learning rate was annealed on a curated mix), so a miss is the law's and the recipe's
together.

*Every choice at once*: :func:`out_of_sample_curve`, in the spirit of
:mod:`three_observations.specification`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from three_observations import data
from three_observations.estimation import check_choice, percentile_interval
from three_observations.loss_forms import (
    CUTS,
    ESTIMATORS,
    FORMS,
    LEAST_DECADES,
    LEAST_FREEDOM,
    SAMPLES,
    WELL_FED_SAMPLES,
    as_arrays,
    exponential_decay,
    fit_form,
    resampled_fits,
    root_of,
    samples,
)

# ---------------------------------------------------------------------------------------------
# below a cut, beyond a cut


@dataclass(frozen=True)
class Extrapolation:
    """Predictions beyond cuts, and which form came closer.

    Attributes
    ----------
    predictions : pandas.DataFrame
        One row a sample, cut, form and run beyond the cut.
    contest : pandas.DataFrame
        One row a sample, cut and rival of the floored power law.
    """

    predictions: pd.DataFrame
    contest: pd.DataFrame


def _kept(flop: np.ndarray, cuts: np.ndarray) -> np.ndarray:
    """Say which runs lie at or below each cut, shape (cuts, n)."""
    return flop[None, :] <= cuts[:, None] * (1 + 1e-9)


def _verdict(n: int, freedom: int, span: float, at_bound: bool) -> str:
    """Return why a fit below a cut is not usable, or nothing."""
    if n == 0:
        return "no run below the cut"
    if freedom < LEAST_FREEDOM:
        return f"fewer than {LEAST_FREEDOM} degrees of freedom below the cut"
    if span < LEAST_DECADES - 1e-9:
        return f"less than {LEAST_DECADES:g} decade of compute below the cut"
    return "the exponent stands at the end of its range" if at_bound else ""


def extrapolation(
    table: pd.DataFrame | None = None,
    *,
    cuts: Sequence[float] = CUTS,
    forms: Sequence[str] = FORMS,
    estimator: str = "log loss",
    resamples: int = 200,
    confidence: float = 0.95,
    seed: int = 20250209,
) -> Extrapolation:
    """Fit each form below each cut of compute and predict every run beyond it.

    Parameters
    ----------
    table : pandas.DataFrame, optional
        From :func:`samples`.
    cuts : sequence of float
        FLOP. A cut between the same two runs as an earlier one is left out.
    forms, estimator, resamples, confidence, seed
        As in :func:`form_fits`. 200 resamples suffice for a page.

    Returns
    -------
    Extrapolation
        ``predictions``: ``sample``, ``cut``, ``form``, ``run``, ``training_flop``,
        ``decades_beyond`` (from the largest run below the cut), ``n_fit``, ``span_decades`` (of the
        runs below the cut), ``predicted``, ``actual``, ``error_pct`` (signed, of the actual loss),
        ``low``, ``high`` (prediction interval of the loss), ``covered``, ``naive_error_pct`` (had
        the loss of the group's largest run below the cut stayed), ``usable``, ``reason``.

        ``contest``: ``sample``, ``cut``, ``rival`` ("line", "power"), ``n_predicted``,
        ``farthest`` (decades beyond), ``floored_pct`` and ``rival_pct`` (mean absolute error),
        ``difference`` (rival less floored, points of per cent), ``low``, ``high`` (over the
        resamples, each form in the world in which it is right), ``closer`` ("floored", the rival,
        or "same" where the fitted floor is zero). Only cuts that are usable for both.

    Notes
    -----
    A run whose group has no run below the cut cannot be predicted and is left out. Usable means at
    least two degrees of freedom, at least one decade of compute below the cut and an exponent
    within the range searched.
    """
    table = samples() if table is None else table
    predictions, contest = [], []
    for name, part in table.groupby("sample", sort=False):
        part = part.sort_values(["training_flop", "run"], ignore_index=True)
        flop, loss, groups, labels = as_arrays(part)
        chosen = np.asarray(sorted(cuts), dtype=float)
        kept = _kept(flop, chosen)
        number = kept.sum(axis=1)
        fresh = np.r_[True, np.diff(number) > 0] & (number > 0) & (number < len(flop))
        chosen, kept, number = chosen[fresh], kept[fresh], number[fresh]
        if not len(chosen):
            continue
        span = np.array([np.log10(flop[mask].max() / flop[mask].min()) for mask in kept])
        long = span >= LEAST_DECADES - 1e-9
        edge = np.array([flop[mask].max() for mask in kept])
        known = (kept.astype(float) @ np.eye(len(labels))[groups]) > 0
        beyond = ~kept & known[:, groups]
        naive = np.full(kept.shape, np.nan)
        for cut, mask in enumerate(kept):
            for group in range(len(labels)):
                inside = np.flatnonzero(mask & (groups == group))
                if len(inside):
                    naive[cut, groups == group] = loss[inside[-1]]
        errors, usable = {}, {}
        for form in forms:
            found = resampled_fits(
                form,
                flop,
                loss,
                groups,
                kept,
                estimator=estimator,
                resamples=resamples,
                seed=seed,
                wanted=long,
            )
            drawn = found.fits.predict(flop, groups).reshape(len(chosen), resamples + 1, -1)
            predicted = drawn[:, 0]
            future = (drawn[:, 1:] * np.exp(found.noise)).transpose(0, 2, 1)
            low, high, _ = percentile_interval(future.reshape(kept.size, resamples), confidence)
            low, high = low.reshape(kept.shape), high.reshape(kept.shape)
            bound = found.fits.at_bound.reshape(len(chosen), -1)[:, 0]
            reasons = [
                _verdict(int(number[cut]), int(found.freedom[cut]), span[cut], bool(bound[cut]))
                for cut in range(len(chosen))
            ]
            usable[form] = np.array([reason == "" for reason in reasons])
            share = np.abs(drawn / loss - 1)
            with np.errstate(invalid="ignore"):
                errors[form] = np.where(beyond[:, None], share, 0).sum(axis=2)
            errors[form] = errors[form] / np.maximum(beyond.sum(axis=1), 1)[:, None]
            cut, run = np.nonzero(beyond)
            predictions.append(
                pd.DataFrame(
                    {
                        "sample": name,
                        "cut": chosen[cut],
                        "form": form,
                        "run": part["run"].to_numpy()[run],
                        "training_flop": flop[run],
                        "decades_beyond": np.log10(flop[run] / edge[cut]),
                        "n_fit": number[cut],
                        "span_decades": span[cut],
                        "predicted": predicted[cut, run],
                        "actual": loss[run],
                        "error_pct": 100 * (predicted[cut, run] / loss[run] - 1),
                        "low": low[cut, run],
                        "high": high[cut, run],
                        "covered": (low[cut, run] <= loss[run]) & (loss[run] <= high[cut, run]),
                        "naive_error_pct": 100 * (naive[cut, run] / loss[run] - 1),
                        "usable": usable[form][cut],
                        "reason": np.array(reasons, dtype=object)[cut],
                    }
                )
            )
        for rival in (form for form in forms if form != "floored" and "floored" in forms):
            gap = 100 * (errors[rival] - errors["floored"])
            low, high, _ = percentile_interval(gap[:, 1:], confidence)
            for cut in np.flatnonzero(usable[rival] & usable["floored"] & beyond.any(axis=1)):
                contest.append(
                    {
                        "sample": name,
                        "cut": chosen[cut],
                        "rival": rival,
                        "n_predicted": int(beyond[cut].sum()),
                        "farthest": np.log10(flop[beyond[cut]].max() / edge[cut]),
                        "floored_pct": 100 * errors["floored"][cut, 0],
                        "rival_pct": 100 * errors[rival][cut, 0],
                        "difference": gap[cut, 0],
                        "low": low[cut],
                        "high": high[cut],
                        "closer": (
                            "same"
                            if abs(gap[cut, 0]) < 1e-9
                            else ("floored" if gap[cut, 0] > 0 else rival)
                        ),
                    }
                )
    return Extrapolation(
        pd.concat(predictions, ignore_index=True) if predictions else pd.DataFrame(),
        pd.DataFrame(contest),
    )


def error_by_distance(
    predictions: pd.DataFrame,
    edges: Sequence[float] = (0.0, 0.5, 1.5, 2.5, 3.5, 6.0),
    by: Sequence[str] = ("form",),
) -> pd.DataFrame:
    """Summarise the usable predictions by how far beyond the data they reach.

    Parameters
    ----------
    predictions : pandas.DataFrame
        Of :func:`extrapolation`.
    edges : sequence of float
        Decades; a bin holds its lower end.
    by : sequence of str
        Columns that keep rows apart, for instance ``("sample", "form")``.

    Returns
    -------
    pandas.DataFrame
        The columns of ``by``, ``from_decades``, ``to_decades``, ``n`` (predictions),
        ``n_samples``, ``median_abs_pct``, ``mean_error_pct`` (signed: above zero, the prediction
        was too high), ``worst_pct`` (largest absolute error), ``naive_median_abs_pct``,
        ``coverage`` (share of the intervals that hold the loss).
    """
    used = predictions[predictions["usable"]]
    place = np.searchsorted(np.asarray(edges, float), used["decades_beyond"], side="right") - 1
    used = used.assign(place=place)
    used = used[(place >= 0) & (place < len(edges) - 1)]
    rows = []
    for key, part in used.groupby([*by, "place"], sort=False):
        size = part["error_pct"].abs()
        rows.append(
            dict(zip(by, key[:-1], strict=True))
            | {
                "from_decades": edges[key[-1]],
                "to_decades": edges[key[-1] + 1],
                "n": len(part),
                "n_samples": part["sample"].nunique(),
                "median_abs_pct": size.median(),
                "mean_error_pct": part["error_pct"].mean(),
                "worst_pct": size.max(),
                "naive_median_abs_pct": part["naive_error_pct"].abs().median(),
                "coverage": part["covered"].mean(),
            }
        )
    table = pd.DataFrame(rows)
    order = [*by, "from_decades"]
    ranks = {name: {value: n for n, value in enumerate(used[name].unique())} for name in by}
    return table.sort_values(
        order,
        key=lambda column: column.map(ranks[column.name]) if column.name in ranks else column,
        kind="stable",
        ignore_index=True,
    )


def reach(
    predictions: pd.DataFrame,
    tolerances: Sequence[float] = (1.0, 2.0, 5.0),
    *,
    window_decades: float = 0.0,
) -> pd.DataFrame:
    """Say how many decades each fit predicts before it first misses by more than a tolerance.

    Parameters
    ----------
    predictions : pandas.DataFrame
        Of :func:`extrapolation`.
    tolerances : sequence of float
        Per cent of the loss.
    window_decades : float
        Zero judges every run alone, with its noise. A width averages the signed errors of the runs
        that lie within it around each run, so that noise cancels and the curve is judged.

    Returns
    -------
    pandas.DataFrame
        One row a sample, form, usable cut and tolerance: ``sample``, ``form``, ``cut``,
        ``tolerance_pct``, ``decades`` (distance of the last run before the first miss; zero if the
        nearest run is missed), ``tested`` (distance of the farthest run), ``at_least`` (no run was
        missed: the figure is a lower bound).
    """
    rows = []
    used = predictions[predictions["usable"]]
    for (name, form, cut), part in used.groupby(["sample", "form", "cut"], sort=False):
        part = part.sort_values(["decades_beyond", "run"])
        distance, error = part["decades_beyond"].to_numpy(), part["error_pct"].to_numpy()
        near = np.abs(distance[:, None] - distance) <= window_decades / 2 + 1e-12
        size = np.abs((near * error).sum(axis=1) / near.sum(axis=1)) if window_decades else error
        for tolerance in tolerances:
            missed = np.flatnonzero(~(np.abs(size) <= tolerance))
            last = missed[0] - 1 if len(missed) else len(part) - 1
            reached = distance[last] if last >= 0 else 0.0
            rows.append((name, form, cut, tolerance, reached, distance[-1], not len(missed)))
    columns = ["sample", "form", "cut", "tolerance_pct", "decades", "tested", "at_least"]
    return pd.DataFrame(rows, columns=columns)


def reach_summary(reached: pd.DataFrame, by: Sequence[str] = ("form",)) -> pd.DataFrame:
    """Summarise :func:`reach` over cuts and samples.

    Parameters
    ----------
    reached : pandas.DataFrame
        From :func:`reach`.
    by : sequence of str
        Columns that keep rows apart besides the tolerance.

    Returns
    -------
    pandas.DataFrame
        The columns of ``by``, ``tolerance_pct``, ``n_fits``, ``median_decades``,
        ``least_decades``, ``most_decades``, ``median_tested``, ``share_never_missed``.
    """
    rows = []
    for key, part in reached.groupby([*by, "tolerance_pct"], sort=False):
        rows.append(
            dict(zip([*by, "tolerance_pct"], key, strict=True))
            | {
                "n_fits": len(part),
                "median_decades": part["decades"].median(),
                "least_decades": part["decades"].min(),
                "most_decades": part["decades"].max(),
                "median_tested": part["tested"].median(),
                "share_never_missed": part["at_least"].mean(),
            }
        )
    return pd.DataFrame(rows)


# ---------------------------------------------------------------------------------------------
# the law in parameters and tokens with one exponent, and what Gadre et al. did with it


@dataclass(frozen=True)
class SharedExponentLaw:
    """Fits of L = E + a N**-exponent + b D**-exponent, one a row.

    Attributes
    ----------
    exponent, floor, from_parameters, from_tokens, objective : numpy.ndarray, shape (rows,)
        ``from_parameters`` and ``from_tokens`` are a and b for N and D relative to the geometric
        means ``parameters`` and ``tokens``.
    at_bound : numpy.ndarray of bool, shape (rows,)
    parameters, tokens : float
    """

    exponent: np.ndarray
    floor: np.ndarray
    from_parameters: np.ndarray
    from_tokens: np.ndarray
    objective: np.ndarray
    at_bound: np.ndarray
    parameters: float
    tokens: float

    def predict(self, parameters: np.ndarray, tokens: np.ndarray) -> np.ndarray:
        """Return the loss, shape (rows, n)."""
        size = np.log(np.atleast_1d(np.asarray(parameters, float)) / self.parameters)
        seen = np.log(np.atleast_1d(np.asarray(tokens, float)) / self.tokens)
        steep = self.exponent[:, None]
        first = self.from_parameters[:, None] * np.exp(-steep * size)
        second = self.from_tokens[:, None] * np.exp(-steep * seen)
        return self.floor[:, None] + first + second


def shared_exponent_law(
    parameters: np.ndarray,
    tokens: np.ndarray,
    loss: np.ndarray,
    *,
    weights: np.ndarray | None = None,
    exponents: tuple[float, float] = (0.01, 2.0),
    grid: int = 32,
) -> SharedExponentLaw:
    """Fit the law in which model size and tokens share one exponent, by least squares.

    Gadre et al. (arXiv:2403.08540) write it as L = E + (a M**eta + b M**-eta) C**-eta with
    C = 6 N D and M = D / N: the same law with half the exponent, since N = sqrt(C / 6 M) and
    D = sqrt(C M / 6).

    Parameters
    ----------
    parameters, tokens : numpy.ndarray, shape (n,)
        The ratio of tokens to parameters has to vary among the runs with weight, or the two terms
        cannot be told apart: such rows come back as NaN.
    loss : numpy.ndarray, shape (rows, n) or (n,)
    weights : numpy.ndarray, shape (rows, n), optional
        Zero leaves a run out. Divided by the squared loss, the residuals are relative.
    exponents, grid
        As in :func:`exponential_decay`; floor, a and b are projected out and not restricted.
    """
    size = np.log(np.asarray(parameters, float))
    seen = np.log(np.asarray(tokens, float))
    y = np.atleast_2d(np.asarray(loss, dtype=float))
    if weights is not None:
        weights = np.atleast_2d(np.asarray(weights, float))
        y = np.broadcast_to(y, np.broadcast_shapes(y.shape, weights.shape))
    weights = np.broadcast_to(1.0 if weights is None else weights, y.shape)
    middle_size, middle_seen = size.mean(), seen.mean()
    size, seen = size - middle_size, seen - middle_seen
    total = weights.sum(axis=1, keepdims=True)

    def centred(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        mean = (weights * values).sum(axis=1, keepdims=True) / total
        return values - mean, mean

    from_y, mean_y = centred(y)

    def solve(exponent: np.ndarray) -> tuple[np.ndarray, ...]:
        one, two = np.exp(-exponent * size), np.exp(-exponent * seen)
        (first, mean_one), (second, mean_two) = centred(one), centred(two)
        carried_one, carried_two = weights * first, weights * second
        aa, bb = (carried_one * first).sum(axis=1), (carried_two * second).sum(axis=1)
        ab = (carried_one * second).sum(axis=1)
        ay, by = (carried_one * from_y).sum(axis=1), (carried_two * from_y).sum(axis=1)
        determinant = aa * bb - ab**2
        with np.errstate(divide="ignore", invalid="ignore"):
            usable = determinant > 1e-12 * aa * bb
            a = np.where(usable, (bb * ay - ab * by) / determinant, np.nan)
            b = np.where(usable, (aa * by - ab * ay) / determinant, np.nan)
        residual = from_y - a[:, None] * first - b[:, None] * second
        objective = (weights * residual**2).sum(axis=1)
        pull = a[:, None] * one * size + b[:, None] * two * seen
        slope = (weights * residual * pull).sum(axis=1)
        floor = (mean_y - a[:, None] * mean_one - b[:, None] * mean_two)[:, 0]
        return a, b, floor, objective, slope

    points = np.geomspace(*exponents, grid)
    trials = np.stack([solve(point)[3] for point in points])
    best = np.argmin(np.where(np.isnan(trials), np.inf, trials), axis=0)
    low, high = points[np.maximum(best - 1, 0)], points[np.minimum(best + 1, grid - 1)]
    exponent = root_of(lambda value: solve(value[:, None])[4], low, high)
    a, b, floor, objective, _ = solve(exponent[:, None])
    bound = (exponent <= exponents[0] * (1 + 1e-6)) | (exponent >= exponents[1] * (1 - 1e-6))
    exponent = np.where(np.isnan(a), np.nan, exponent)
    return SharedExponentLaw(
        exponent,
        floor,
        a,
        b,
        objective,
        bound | np.isnan(a),
        float(np.exp(middle_size)),
        float(np.exp(middle_seen)),
    )


#: Tokens per parameter of Gadre et al.'s four small runs, and of the fifth.
GADRE_RATIO, GADRE_EXTRA_RATIO = 20.0, 320.0
#: How many of their sizes count as small.
GADRE_SMALL_SIZES = 4
GADRE_CORPORA = ("C4", "RedPajama", "RefinedWeb")
#: Identifiers of the published errors: the large model's ratio of tokens, what is predicted.
GADRE_PUBLISHED = {
    "gadre-loss-1b": ("smaller", "loss"),
    "gadre-loss-7b": ("larger", "loss"),
    "gadre-task-error-1b": ("smaller", "task error"),
    "gadre-task-error-7b": ("larger", "task error"),
}


@dataclass(frozen=True)
class _Corpus:
    """The runs of one corpus as arrays, in the order of size and tokens."""

    models: np.ndarray
    parameters: np.ndarray
    tokens: np.ndarray
    ratio: np.ndarray
    flop: np.ndarray
    loss: np.ndarray
    task_error: np.ndarray
    sizes: np.ndarray

    def at(self, size: int, ratio: float) -> int:
        """Return the place of the run of the size-th smallest model at a ratio, or raise."""
        found = np.flatnonzero((self.parameters == self.sizes[size]) & (self.ratio == ratio))
        if len(found) != 1:
            raise ValueError(
                f"the run of {self.sizes[size]:.3g} parameters at {ratio:g} tokens each stands "
                f"{len(found)} times in gadre_models: restore the table, or choose other runs"
            )
        return int(found[0])

    @property
    def small(self) -> np.ndarray:
        """Whether each run is of one of the small sizes."""
        return self.parameters <= self.sizes[GADRE_SMALL_SIZES - 1]

    @property
    def paper(self) -> list[int]:
        """Return the places of the paper's five runs."""
        four = [self.at(size, GADRE_RATIO) for size in range(GADRE_SMALL_SIZES)]
        return [*four, self.at(0, GADRE_EXTRA_RATIO)]


def _corpus(
    name: str,
    models: pd.DataFrame | None,
    scores: pd.DataFrame | None,
    tasks: pd.DataFrame | None,
) -> _Corpus:
    """Collect one corpus; the task error is one less the mean accuracy of the paper's 17 tasks."""
    models = data.load("gadre_models") if models is None else models
    scores = data.load("gadre_scores") if scores is None else scores
    tasks = data.load("gadre_tasks") if tasks is None else tasks
    if name not in set(models["corpus"]):
        raise ValueError(f"corpus {name!r} is not one of {', '.join(GADRE_CORPORA)}")
    chosen = models[models["corpus"] == name].sort_values(
        ["parameters", "token_multiplier", "model"], ignore_index=True
    )
    counted = tasks.loc[tasks["in_17"].astype(bool), "task"]
    wide = scores[scores["task"].isin(counted)].pivot(
        index="model", columns="task", values="accuracy_pct"
    )
    accuracy = wide.reindex(index=chosen["model"], columns=sorted(counted))
    sizes = np.unique(chosen["parameters"].to_numpy(float))
    if len(sizes) < GADRE_SMALL_SIZES + 2:
        raise ValueError(
            f"corpus {name!r} has {len(sizes)} sizes: the recipe needs {GADRE_SMALL_SIZES} to fit, "
            "one more for the task error and a larger one to predict; restore the table"
        )
    return _Corpus(
        chosen["model"].to_numpy(str),
        chosen["parameters"].to_numpy(float),
        chosen["tokens"].to_numpy(float),
        chosen["token_multiplier"].to_numpy(float),
        chosen["training_flop"].to_numpy(float),
        chosen["loss_c4"].to_numpy(float),
        1 - accuracy.to_numpy(float).mean(axis=1) / 100,
        sizes,
    )


def _task_errors(
    corpus: _Corpus, weights: np.ndarray, predicted: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Fit task error = ceiling - k exp(-gamma loss) and follow predicted losses through it.

    Returns the predicted task errors, shape (rows, n), and whether the fit holds (rows,).
    """
    usable = np.isfinite(corpus.task_error)
    fit = exponential_decay(
        corpus.loss[usable],
        np.broadcast_to(corpus.task_error[usable], weights[:, usable].shape),
        weights=weights[:, usable],
        exponents=(0.01, 10.0),
    )
    passed = fit.floor[:, None] + fit.amplitude[:, :1] * np.exp(-fit.exponent[:, None] * predicted)
    return passed, ~fit.at_bound & (fit.amplitude[:, 0] < 0)


def gadre_reproduction(
    corpus: str = "RedPajama",
    *,
    models: pd.DataFrame | None = None,
    scores: pd.DataFrame | None = None,
    tasks: pd.DataFrame | None = None,
    published: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Repeat Gadre et al.'s predictions of two large models, by their recipe.

    Five small runs (four sizes at 20 tokens per parameter, the smallest also at 320) give the law
    with one exponent; these and the 1.4B run at 20 give task error = ceiling - k exp(-gamma loss).

    Parameters
    ----------
    corpus : str
        The published figures are those of RedPajama.
    models, scores, tasks, published : pandas.DataFrame, optional
        Tables ``gadre_models``, ``gadre_scores``, ``gadre_tasks``, ``published``.

    Returns
    -------
    pandas.DataFrame
        One row a published error: ``result``, ``model``, ``quantity`` ("loss", "task error"),
        ``training_flop``, ``decades_beyond`` (from the largest run in the fit), ``predicted``,
        ``actual``, ``error_pct`` (signed), ``published_pct`` (absolute; NaN for other corpora),
        ``gap_pct`` (absolute error less the published one).

    Notes
    -----
    The paper's code minimises the same sums of squares with a general optimiser from many starts,
    so the optimum is the same and the figures agree to the digits printed.
    """
    published = data.load("published") if published is None else published
    known = published.set_index("result")["value"]
    group = _corpus(corpus, models, scores, tasks)
    fitted = np.zeros((1, len(group.loss)))
    fitted[0, group.paper] = 1
    law = shared_exponent_law(group.parameters, group.tokens, group.loss, weights=fitted)
    predicted = law.predict(group.parameters, group.tokens)
    with_large = fitted.copy()
    with_large[0, group.at(GADRE_SMALL_SIZES, GADRE_RATIO)] = 1
    passed, _ = _task_errors(group, with_large, predicted)
    largest_fitted = group.flop[group.paper].max()
    smaller = np.flatnonzero(group.parameters == group.sizes[GADRE_SMALL_SIZES])
    targets = {
        "smaller": int(smaller[np.argmax(group.ratio[smaller])]),
        "larger": group.at(len(group.sizes) - 1, GADRE_RATIO),
    }
    rows = []
    for result, (which, quantity) in GADRE_PUBLISHED.items():
        place = targets[which]
        expected = (predicted if quantity == "loss" else passed)[0, place]
        actual = (group.loss if quantity == "loss" else group.task_error)[place]
        error = 100 * (expected / actual - 1)
        printed = float(known[result]) if corpus == "RedPajama" else np.nan
        rows.append(
            {
                "result": result,
                "model": group.models[place],
                "quantity": quantity,
                "training_flop": group.flop[place],
                "decades_beyond": np.log10(group.flop[place] / largest_fitted),
                "predicted": expected,
                "actual": actual,
                "error_pct": error,
                "published_pct": printed,
                "gap_pct": abs(error) - printed,
            }
        )
    return pd.DataFrame(rows)


def gadre_choices(
    *,
    corpora: Sequence[str] = GADRE_CORPORA,
    models: pd.DataFrame | None = None,
    scores: pd.DataFrame | None = None,
    tasks: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Predict Gadre et al.'s large models after every choice of small runs like theirs.

    Parameters
    ----------
    corpora : sequence of str
    models, scores, tasks : pandas.DataFrame, optional
        Tables ``gadre_models``, ``gadre_scores``, ``gadre_tasks``.

    Returns
    -------
    pandas.DataFrame
        One row a corpus, choice of runs, form and large model: ``corpus``, ``runs`` (in words),
        ``design`` ("paper", "other fifth run", "other ratio", "many runs"), ``form``
        ("shared exponent", or a form of :data:`FORMS` in compute alone), ``n_fit``, ``model``,
        ``training_flop``, ``decades_beyond``, ``loss_error_pct``, ``task_error_pct`` (signed, of
        the actual value), ``usable``, ``reason``.

    Notes
    -----
    Designs: the paper's five runs; the same four with any other small run as the fifth; four sizes
    at another ratio with the smallest at 320 or, at 320 itself, at 20; all small runs; all from 20
    tokens per parameter up. The forms in compute alone are fitted to the small runs of the large
    model's own ratio and predict models of that ratio only, by least squares on the loss like the
    rest; their task errors go through the same curve as the paper's five.
    A curve from loss to task error always has the runs of the design and the 1.4B run at 20, which
    is why that run is not among the models predicted.
    """
    rows = []
    for name in corpora:
        group = _corpus(name, models, scores, tasks)
        n = len(group.loss)
        large = np.flatnonzero(~group.small)
        extra = group.at(GADRE_SMALL_SIZES, GADRE_RATIO)
        targets = [place for place in large if place != extra]
        four = group.paper[:-1]
        designs: list[tuple[str, str, list[int]]] = [("paper", "the paper's five", group.paper)]
        for place in np.flatnonzero(group.small):
            if place not in group.paper:
                words = f"four at {GADRE_RATIO:g} and {group.models[place]}"
                designs.append(("other fifth run", words, [*four, int(place)]))
        for ratio in np.unique(group.ratio[group.small]):
            base = [int(p) for p in np.flatnonzero(group.small & (group.ratio == ratio))]
            fifth = group.at(0, GADRE_RATIO if ratio == GADRE_EXTRA_RATIO else GADRE_EXTRA_RATIO)
            if ratio != GADRE_RATIO and len(base) == GADRE_SMALL_SIZES:
                words = f"four at {ratio:g} and {group.models[fifth]}"
                designs.append(("other ratio", words, [*base, fifth]))
        everything = [int(place) for place in np.flatnonzero(group.small)]
        designs.append(("many runs", "all small runs", everything))
        fuller = [place for place in everything if group.ratio[place] >= GADRE_RATIO]
        designs.append(("many runs", "all small runs from 20 up", fuller))
        weights = np.zeros((len(designs), n))
        for row, (_, _, places) in enumerate(designs):
            weights[row, places] = 1
        law = shared_exponent_law(group.parameters, group.tokens, group.loss, weights=weights)
        predicted = law.predict(group.parameters, group.tokens)
        with_large = weights.copy()
        with_large[:, extra] = 1
        passed, holds = _task_errors(group, with_large, predicted)

        def add(design, words, form, places, place, loss, task, reason, group=group, name=name):
            edge = group.flop[places].max()
            rows.append(
                {
                    "corpus": name,
                    "runs": words,
                    "design": design,
                    "form": form,
                    "n_fit": len(places),
                    "model": group.models[place],
                    "training_flop": group.flop[place],
                    "decades_beyond": np.log10(group.flop[place] / edge),
                    "loss_error_pct": 100 * (loss / group.loss[place] - 1),
                    "task_error_pct": 100 * (task / group.task_error[place] - 1),
                    "usable": reason == "",
                    "reason": reason,
                }
            )

        for row, (design, words, places) in enumerate(designs):
            reason = ""
            if law.at_bound[row]:
                reason = "the exponent stands at the end of its range"
            elif not holds[row]:
                reason = "task errors do not follow the loss"
            for place in targets:
                loss, task = predicted[row, place], passed[row, place]
                add(design, words, "shared exponent", places, place, loss, task, reason)
        for place in targets:
            own = group.small & (group.ratio == group.ratio[place])
            places = list(np.flatnonzero(own))
            if len(places) < GADRE_SMALL_SIZES:
                continue
            for form in FORMS:
                fits = fit_form(form, group.flop[own], group.loss[own], estimator="loss")
                loss = fits.predict(group.flop[place])
                curve = with_large[:1]
                task, _ = _task_errors(group, curve, np.broadcast_to(loss, (1, n)))
                words = f"four at {group.ratio[place]:g}"
                reason = "the exponent stands at the end of its range" if fits.at_bound[0] else ""
                add("own ratio", words, form, places, place, loss[0, 0], task[0, place], reason)
    return pd.DataFrame(rows)


def gadre_luck(
    choices: pd.DataFrame | None = None,
    *,
    published: pd.DataFrame | None = None,
    models: pd.DataFrame | None = None,
    scores: pd.DataFrame | None = None,
    tasks: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Set each published error of Gadre et al. beside those of the other choices.

    Parameters
    ----------
    choices : pandas.DataFrame, optional
        From :func:`gadre_choices`. The rows with the law that shares an exponent count.
    published, models, scores, tasks : pandas.DataFrame, optional

    Returns
    -------
    pandas.DataFrame
        One row a published error: ``result``, ``quantity``, ``published_pct``, ``n_choices``
        (choices of runs and corpora that predict the same size, the paper's among them, each once:
        for a model at 20 tokens per parameter many fifth runs change nothing), ``median_abs_pct``,
        ``lower_quartile_pct``, ``upper_quartile_pct``, ``worst_pct``, ``share_as_good`` (of the
        choices with an absolute error no larger than that of the paper's, itself among them),
        ``noise_pct`` (one standard error of the actual task error from the finite number of
        questions, in per cent of it; NaN for losses).
    """
    tables = {"models": models, "scores": scores, "tasks": tasks}
    choices = gadre_choices(**tables) if choices is None else choices
    found = gadre_reproduction(published=published, **tables)
    noise = gadre_task_noise(**tables).set_index("model")["noise_pct"]
    used = choices[choices["usable"] & (choices["form"] == "shared exponent")]
    suffix = f"-{GADRE_RATIO:g}"
    larger = used["model"].str.endswith(suffix)
    rows = []
    for row in found.itertuples():
        same = used[larger if row.model.endswith(suffix) else ~larger]
        column = "loss_error_pct" if row.quantity == "loss" else "task_error_pct"
        same = same.assign(rounded=same[column].round(6)).drop_duplicates(["model", "rounded"])
        size = same[column].abs()
        rows.append(
            {
                "result": row.result,
                "quantity": row.quantity,
                "published_pct": row.published_pct,
                "n_choices": len(size),
                "median_abs_pct": size.median(),
                "lower_quartile_pct": size.quantile(0.25),
                "upper_quartile_pct": size.quantile(0.75),
                "worst_pct": size.max(),
                "share_as_good": (size <= abs(row.error_pct) * (1 + 1e-6)).mean(),
                "noise_pct": noise[row.model] if row.quantity == "task error" else np.nan,
            }
        )
    return pd.DataFrame(rows)


def gadre_task_noise(
    *,
    models: pd.DataFrame | None = None,
    scores: pd.DataFrame | None = None,
    tasks: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Say how exactly the mean error over 17 tasks is known, given how many questions they have.

    Returns
    -------
    pandas.DataFrame
        One row a model: ``model``, ``task_error`` (share), ``standard_error`` (binomial, tasks
        independent), ``noise_pct`` (of the task error).
    """
    models = data.load("gadre_models") if models is None else models
    scores = data.load("gadre_scores") if scores is None else scores
    tasks = data.load("gadre_tasks") if tasks is None else tasks
    counted = tasks[tasks["in_17"].astype(bool)].set_index("task")["questions"]
    used = scores[scores["task"].isin(counted.index) & scores["model"].isin(models["model"])]
    share = used["accuracy_pct"] / 100
    used = used.assign(
        share=share, variance=share * (1 - share) / used["task"].map(counted).astype(float)
    )
    table = used.groupby("model", sort=False).agg(
        share=("share", "mean"), variance=("variance", "sum"), number=("share", "size")
    )
    error = np.sqrt(table["variance"]) / table["number"]
    return pd.DataFrame(
        {
            "model": table.index,
            "task_error": (1 - table["share"]).to_numpy(),
            "standard_error": error.to_numpy(),
            "noise_pct": (100 * error / (1 - table["share"])).to_numpy(),
        }
    )


# ---------------------------------------------------------------------------------------------
# the OLMo ladder


#: The rungs that the authors fitted; the ladder also has runs of 3B parameters.
AUTHORS_LADDER = ("190M", "370M", "760M", "1.3B")
#: How many answers a question offers: chance is one over it.
OLMO_ANSWERS = {
    "mmlu": 4,
    "hellaswag": 4,
    "arc_challenge": 4,
    "arc_easy": 4,
    "piqa": 2,
    "csqa": 5,
    "socialiqa": 3,
    "openbookqa": 4,
}
LOSS_ROUTES = (*FORMS, "shared exponent", "last rung", "authors")
ACCURACY_ROUTES = (
    "compute, task loss, accuracy",
    "size and tokens, task loss, accuracy",
    "actual task loss, accuracy",
    "compute, accuracy",
    "compute, accuracy, straight line",
    "last rung",
    "authors",
    "authors, actual task loss",
)


def logistic_fit(
    x: np.ndarray,
    share: np.ndarray,
    chance: np.ndarray | float,
    *,
    rounds: int = 60,
) -> tuple[np.ndarray, np.ndarray]:
    """Fit share = chance + (1 - chance) / (1 + exp(-level - slope x)) by least squares.

    Parameters
    ----------
    x : numpy.ndarray, shape (n,) or (rows, n)
    share : numpy.ndarray, shape (rows, n)
        Accuracies between 0 and 1; some may lie below chance.
    chance : float or numpy.ndarray, shape (rows,)
        The lower end of the curve. The upper end is 1.

    Returns
    -------
    level, slope : numpy.ndarray, shape (rows,)

    Notes
    -----
    Damped Gauss-Newton steps from a straight line through the clipped log odds.
    """
    share = np.atleast_2d(np.asarray(share, float))
    x = np.broadcast_to(np.asarray(x, float), share.shape)
    low = np.broadcast_to(np.asarray(chance, float), len(share))[:, None]
    middle = x.mean(axis=1, keepdims=True)
    x = x - middle
    odds = np.clip((share - low) / (1 - low), 0.02, 0.98)
    odds = np.log(odds / (1 - odds))
    slope = (x * odds).sum(axis=1) / (x**2).sum(axis=1)
    level = odds.mean(axis=1)

    def cost(one: np.ndarray, two: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        risen = 1 / (1 + np.exp(-np.clip(one[:, None] + two[:, None] * x, -50, 50)))
        residual = share - low - (1 - low) * risen
        return (residual**2).sum(axis=1), residual, risen

    objective, residual, risen = cost(level, slope)
    damping = np.zeros(len(share))
    for _ in range(rounds):
        steep = (1 - low) * risen * (1 - risen)
        aa, ab, bb = (
            (steep**2).sum(axis=1),
            (steep**2 * x).sum(axis=1),
            (steep**2 * x**2).sum(axis=1),
        )
        ay, by = (steep * residual).sum(axis=1), (steep * residual * x).sum(axis=1)
        aa, bb = aa * (1 + damping) + 1e-300, bb * (1 + damping) + 1e-300
        determinant = aa * bb - ab**2
        with np.errstate(divide="ignore", invalid="ignore"):
            one = np.where(determinant > 0, (bb * ay - ab * by) / determinant, 0.0)
            two = np.where(determinant > 0, (aa * by - ab * ay) / determinant, 0.0)
        after, new_residual, new_risen = cost(level + one, slope + two)
        better = after <= objective * (1 + 1e-14)
        level, slope = np.where(better, level + one, level), np.where(better, slope + two, slope)
        objective = np.where(better, after, objective)
        residual = np.where(better[:, None], new_residual, residual)
        risen = np.where(better[:, None], new_risen, risen)
        damping = np.where(better, damping / 10, np.maximum(10 * damping, 1e-3))
        if (np.abs(one) + np.abs(two) * np.abs(x).max() < 1e-10).all():
            break
    return level - slope * middle[:, 0], slope


@dataclass(frozen=True)
class _Ladder:
    """The ladder and its targets as arrays; quantities are C4 and then the tasks."""

    label: str
    runs: np.ndarray
    is_target: np.ndarray
    parameters: np.ndarray
    tokens: np.ndarray
    flop: np.ndarray
    tasks: list[str]
    losses: np.ndarray
    accuracy: np.ndarray
    chance: np.ndarray


def _ladder(
    sizes: Sequence[str] | None,
    runs: pd.DataFrame | None,
    scores: pd.DataFrame | None,
    predictions: pd.DataFrame,
) -> _Ladder:
    runs = data.load("olmo_runs") if runs is None else runs
    scores = data.load("olmo_scores") if scores is None else scores
    runs = runs.sort_values(["training_flop", "run"], ignore_index=True)
    rungs = runs[runs["role"] == "ladder"]
    there = list(rungs.sort_values(["parameters", "run"])["size"].unique())
    chosen = there if sizes is None else list(sizes)
    unknown = [size for size in chosen if size not in there]
    if unknown:
        raise ValueError(f"the ladder has no size {unknown[0]!r}; it has {', '.join(there)}")
    is_target = (runs["role"] == "target").to_numpy()
    kept = is_target | runs["size"].isin(chosen).to_numpy()
    runs, is_target = runs[kept].reset_index(drop=True), is_target[kept]
    printed = predictions[predictions["quantity"] == "accuracy_pct"]["task"]
    tasks = list(dict.fromkeys(printed))
    missing = [task for task in tasks if task not in OLMO_ANSWERS]
    if missing:
        raise ValueError(
            f"task {missing[0]!r} has no number of answers: add it to OLMO_ANSWERS, chance is one "
            "over it"
        )
    wide = scores[scores["task"].isin(tasks)].pivot(
        index="run", columns=["measure", "task"], values="value"
    )
    wide = wide.reindex(runs["run"])
    bits = np.stack([wide["bits_per_byte"][task].to_numpy(float) for task in tasks])
    accuracy = np.stack([wide["accuracy_pct"][task].to_numpy(float) for task in tasks])
    return _Ladder(
        f"{chosen[0]} to {chosen[-1]}",
        runs["run"].to_numpy(str),
        is_target,
        runs["parameters"].to_numpy(float),
        runs["tokens"].to_numpy(float),
        runs["training_flop"].to_numpy(float),
        tasks,
        np.concatenate([runs["loss_c4"].to_numpy(float)[None], bits]),
        accuracy / 100,
        np.array([1 / OLMO_ANSWERS[task] for task in tasks]),
    )


def _drawn_losses(
    ladder: _Ladder, fitted: np.ndarray, numbers: int, place: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Resample log residuals of the rungs: losses (quantities, 1 + resamples, n) and residuals."""
    rung = ~ladder.is_target
    residual = (np.log(ladder.losses) - np.log(fitted))[:, rung]
    count = int(rung.sum())
    residual = residual - residual.mean(axis=1, keepdims=True)
    residual = residual * np.sqrt(count / max(count - numbers, 1))
    losses = np.repeat(ladder.losses[:, None], 1 + len(place), axis=1)
    losses[:, 1:, rung] = fitted[:, None, rung] * np.exp(residual[:, place])
    return losses, residual


def _loss_predictions(
    ladder: _Ladder, route: str, estimator: str, place: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Predict all losses at all runs: (quantities, 1 + resamples, n), and residuals to draw."""
    rung = (~ladder.is_target).astype(float)
    quantities, n = ladder.losses.shape
    place = place[:, : int(rung.sum())]

    def fit(losses: np.ndarray) -> np.ndarray:
        if route == "shared exponent":
            law = shared_exponent_law(
                ladder.parameters, ladder.tokens, losses, weights=rung / losses**2
            )
            return law.predict(ladder.parameters, ladder.tokens)
        weights = np.broadcast_to(rung, losses.shape)
        return fit_form(route, ladder.flop, losses, weights=weights, estimator=estimator).predict(
            ladder.flop
        )

    fitted = fit(ladder.losses)
    numbers = {"line": 2, "power": 2, "floored": 3, "shared exponent": 4}[route]
    losses, residual = _drawn_losses(ladder, fitted, numbers, place)
    if not len(place):
        return fitted[:, None], residual
    again = fit(losses[:, 1:].reshape(-1, n)).reshape(quantities, len(place), n)
    return np.concatenate([fitted[:, None], again], axis=1), residual


def _draws(ladder: _Ladder, resamples: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw which rung's residual each rung, and each target, is given."""
    count = int((~ladder.is_target).sum())
    rng = np.random.default_rng(seed)
    place = (rng.random((resamples, count)) * count).astype(int)
    return place, (rng.random((resamples, len(ladder.runs))) * count).astype(int)


def _in_order(table: pd.DataFrame, ladder: _Ladder, routes: Sequence[str]) -> pd.DataFrame:
    """Sort by target, smaller first, then by route."""
    ranks = {name: place for place, name in enumerate([*ladder.runs, *routes])}
    table = table.sort_values(
        ["target", "route"], key=lambda column: column.map(ranks), kind="stable", ignore_index=True
    )
    return table.astype({"covered": "boolean"})


def olmo_losses(
    *,
    sizes: Sequence[str] | None = None,
    estimator: str = "log loss",
    resamples: int = 200,
    confidence: float = 0.95,
    seed: int = 20250209,
    runs: pd.DataFrame | None = None,
    scores: pd.DataFrame | None = None,
    predictions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Predict the losses of the two large OLMo models from the ladder.

    Parameters
    ----------
    sizes : sequence of str, optional
        Sizes of the ladder to fit (default: all; :data:`AUTHORS_LADDER` leaves out 3B).
    estimator
        Of the forms in compute, see :func:`three_observations.loss_forms.fit_form`. The law in size
        and tokens is fitted by least squares on residuals relative to the loss.
    resamples, confidence, seed
        Of the residuals. 200 suffice for a page.
    runs, scores, predictions : pandas.DataFrame, optional
        Tables ``olmo_runs``, ``olmo_scores``, ``olmo_predictions``.

    Returns
    -------
    pandas.DataFrame
        One row a target, quantity and route: ``ladder``, ``target``, ``quantity`` ("c4", nats per
        token, or a task, bits per byte), ``route`` (a form in compute, "shared exponent" in size
        and tokens, "last rung", "authors"), ``decades_beyond`` (from the ladder's largest run),
        ``predicted``, ``actual``, ``error_pct``, ``low``, ``high`` (prediction interval of our
        routes), ``covered`` (missing without an interval).

    Notes
    -----
    The authors fit a law in size and tokens with an exponent for each, to means over the last five
    checkpoints of the ladder up to 1.3B, and set it against such a mean of the target: their error
    is against that, ours against the last checkpoint. They predicted the 13B model only.
    """
    predictions = data.load("olmo_predictions") if predictions is None else predictions
    ladder = _ladder(sizes, runs, scores, predictions)
    place, place_of_new = _draws(ladder, resamples, seed)
    quantities = ["c4", *ladder.tasks]
    rung, targets = ~ladder.is_target, np.flatnonzero(ladder.is_target)
    edge = ladder.flop[rung].max()
    printed = predictions[predictions["quantity"].isin(["loss_c4", "bits_per_byte"])]
    printed = printed.set_index(["target", "task"])[["predicted", "actual"]]
    rows = []

    def add(route, target, number, predicted, actual, low=np.nan, high=np.nan):
        rows.append(
            {
                "ladder": ladder.label,
                "target": ladder.runs[target],
                "quantity": quantities[number],
                "route": route,
                "decades_beyond": np.log10(ladder.flop[target] / edge),
                "predicted": predicted,
                "actual": actual,
                "error_pct": 100 * (predicted / actual - 1),
                "low": low,
                "high": high,
                "covered": pd.NA if np.isnan(low) else bool(low <= actual <= high),
            }
        )

    for route in (*FORMS, "shared exponent"):
        found, residual = _loss_predictions(ladder, route, estimator, place)
        new = np.exp(residual[:, place_of_new])
        low, high, _ = percentile_interval(
            (found[:, 1:] * new).transpose(0, 2, 1).reshape(ladder.losses.size, resamples),
            confidence,
        )
        low, high = low.reshape(ladder.losses.shape), high.reshape(ladder.losses.shape)
        for target in targets:
            for number in range(len(quantities)):
                values = found[number, 0, target], ladder.losses[number, target]
                add(route, target, number, *values, low[number, target], high[number, target])
    last = np.flatnonzero(rung)[-1]
    for target in targets:
        for number, quantity in enumerate(quantities):
            actual = ladder.losses[number, target]
            add("last rung", target, number, ladder.losses[number, last], actual)
            if (ladder.runs[target], quantity) in printed.index:
                pair = printed.loc[(ladder.runs[target], quantity)]
                add("authors", target, number, pair["predicted"], pair["actual"])
    table = pd.DataFrame(rows)
    return _in_order(table, ladder, LOSS_ROUTES)


def olmo_accuracies(
    *,
    sizes: Sequence[str] | None = None,
    estimator: str = "log loss",
    resamples: int = 200,
    confidence: float = 0.95,
    seed: int = 20250209,
    runs: pd.DataFrame | None = None,
    scores: pd.DataFrame | None = None,
    predictions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Predict the accuracies of the two large OLMo models from the ladder, by several routes.

    Parameters
    ----------
    sizes, estimator, resamples, confidence, seed, runs, scores, predictions
        As in :func:`olmo_losses`.

    Returns
    -------
    pandas.DataFrame
        One row a target, task and route: ``ladder``, ``target``, ``task``, ``route`` (one of
        :data:`ACCURACY_ROUTES`), ``predicted_pct``, ``actual_pct``, ``error_points`` (signed),
        ``error_pct`` (relative), ``low_pct``, ``high_pct`` (prediction interval of our routes),
        ``covered`` (missing without an interval).

    Notes
    -----
    Routes through a task's loss predict the loss with a floored power law of compute or with the
    law in size and tokens, and follow it through a logistic curve of accuracy in the task's loss,
    from chance to 1. "compute, accuracy" is that curve in log C. "actual task loss" takes the
    target's own loss: what is left is the error of the second step. The authors fit the second
    step, with both ends of the curve free, to checkpoints on the way too.
    """
    predictions = data.load("olmo_predictions") if predictions is None else predictions
    ladder = _ladder(sizes, runs, scores, predictions)
    place, place_of_new = _draws(ladder, resamples, seed)
    rung, targets = ~ladder.is_target, np.flatnonzero(ladder.is_target)
    count = int(rung.sum())
    tasks, n = ladder.accuracy.shape
    chance = np.repeat(ladder.chance, 1 + resamples)
    decades = np.log10(ladder.flop)
    decades = decades - decades[rung].mean()
    bits = ladder.losses[1:]

    def risen(level: np.ndarray, slope: np.ndarray, x: np.ndarray) -> np.ndarray:
        low = chance[: len(level)] if len(level) > tasks else ladder.chance
        value = np.clip(level[:, None] + slope[:, None] * x, -50, 50)
        return low[:, None] + (1 - low[:, None]) / (1 + np.exp(-value))

    def redrawn(fitted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        residual = (ladder.accuracy - fitted)[:, rung]
        residual = residual - residual.mean(axis=1, keepdims=True)
        residual = residual * np.sqrt(count / max(count - 2, 1))
        drawn = np.repeat(ladder.accuracy[:, None][:, :, rung], 1 + resamples, axis=1)
        drawn[:, 1:] = fitted[:, None, rung] + residual[:, place]
        return drawn.reshape(-1, count), residual

    found: dict[str, np.ndarray] = {}
    noise: dict[str, np.ndarray] = {}

    level, slope = logistic_fit(bits[:, rung], ladder.accuracy[:, rung], ladder.chance)
    drawn, residual = redrawn(risen(level, slope, bits))
    step = logistic_fit(np.repeat(bits[:, rung], 1 + resamples, axis=0), drawn, chance)
    through = {
        "compute, task loss, accuracy": "floored",
        "size and tokens, task loss, accuracy": "shared exponent",
    }
    for route, first in through.items():
        losses, _ = _loss_predictions(ladder, first, estimator, place)
        found[route] = risen(*step, losses[1:].reshape(-1, n))
    actual_loss = np.repeat(bits, 1 + resamples, axis=0)
    found["actual task loss, accuracy"] = risen(*step, actual_loss)
    noise |= dict.fromkeys(found, residual)
    level, slope = logistic_fit(decades[rung], ladder.accuracy[:, rung], ladder.chance)
    drawn, residual = redrawn(risen(level, slope, decades))
    step = logistic_fit(decades[rung], drawn, chance)
    found["compute, accuracy"] = risen(*step, decades)
    noise["compute, accuracy"] = residual

    def straight(values: np.ndarray) -> np.ndarray:
        x = decades[rung]
        steep = (values * x).sum(axis=1) / (x**2).sum()
        return values.mean(axis=1)[:, None] + steep[:, None] * decades

    drawn, residual = redrawn(straight(ladder.accuracy[:, rung]))
    found["compute, accuracy, straight line"] = straight(drawn)
    noise["compute, accuracy, straight line"] = residual

    rows = []

    def add(route, target, task, predicted, actual, low=np.nan, high=np.nan):
        rows.append(
            {
                "ladder": ladder.label,
                "target": ladder.runs[target],
                "task": ladder.tasks[task],
                "route": route,
                "predicted_pct": 100 * predicted,
                "actual_pct": 100 * actual,
                "error_points": 100 * (predicted - actual),
                "error_pct": 100 * (predicted / actual - 1),
                "low_pct": 100 * low,
                "high_pct": 100 * high,
                "covered": pd.NA if np.isnan(low) else bool(low <= actual <= high),
            }
        )

    for route, values in found.items():
        values = values.reshape(tasks, 1 + resamples, n)
        future = values[:, 1:] + noise[route][:, place_of_new]
        low, high, _ = percentile_interval(
            future.transpose(0, 2, 1).reshape(ladder.accuracy.size, resamples), confidence
        )
        low, high = low.reshape(tasks, n), high.reshape(tasks, n)
        for target in targets:
            for task in range(tasks):
                pair = values[task, 0, target], ladder.accuracy[task, target]
                add(route, target, task, *pair, low[task, target], high[task, target])
    printed = predictions.set_index(["quantity", "target", "task"])[["predicted", "actual"]] / 100
    names = {
        "authors": "accuracy_pct",
        "authors, actual task loss": "accuracy_pct_from_actual_loss",
    }
    last = np.flatnonzero(rung)[-1]
    for target in targets:
        for task, name in enumerate(ladder.tasks):
            actual = ladder.accuracy[task, target]
            add("last rung", target, task, ladder.accuracy[task, last], actual)
            for route, quantity in names.items():
                if (quantity, ladder.runs[target], name) in printed.index:
                    pair = printed.loc[(quantity, ladder.runs[target], name)]
                    add(route, target, task, pair["predicted"], pair["actual"])
    table = pd.DataFrame(rows)
    return _in_order(table, ladder, ACCURACY_ROUTES)


def olmo_summary(accuracies: pd.DataFrame) -> pd.DataFrame:
    """Average the errors of each route over the tasks.

    Parameters
    ----------
    accuracies : pandas.DataFrame
        From :func:`olmo_accuracies`.

    Returns
    -------
    pandas.DataFrame
        One row a ladder, target and route: ``ladder``, ``target``, ``route``, ``n_tasks``,
        ``mean_abs_points``, ``mean_points`` (signed: below zero, the prediction was too low),
        ``mean_abs_pct``, ``worst_task``, ``worst_points``, ``n_closer`` (tasks on which the route
        beats the last rung), ``coverage`` (NaN for routes without an interval).
    """
    rows = []
    naive = accuracies[accuracies["route"] == "last rung"]
    naive = naive.set_index(["ladder", "target", "task"])["error_points"].abs()
    for (label, target, route), part in accuracies.groupby(
        ["ladder", "target", "route"], sort=False
    ):
        size = part["error_points"].abs()
        worst = part.loc[size.idxmax()]
        against = naive.reindex([(label, target, task) for task in part["task"]]).to_numpy()
        rows.append(
            {
                "ladder": label,
                "target": target,
                "route": route,
                "n_tasks": len(part),
                "mean_abs_points": size.mean(),
                "mean_points": part["error_points"].mean(),
                "mean_abs_pct": part["error_pct"].abs().mean(),
                "worst_task": worst["task"],
                "worst_points": worst["error_points"],
                "n_closer": int((size.to_numpy() < against - 1e-9).sum()),
                "coverage": (
                    float(part["covered"].mean()) if part["covered"].notna().all() else np.nan
                ),
            }
        )
    return pd.DataFrame(rows)


# ---------------------------------------------------------------------------------------------
# every choice at once


OUT_OF_SAMPLE_CHOICES = ("sample", "cut", "form", "estimator", "decades")
#: How far around a whole number of decades beyond the cut a run may lie.
HORIZON_REACH = 0.5


def out_of_sample_curve(
    table: pd.DataFrame | None = None,
    *,
    cuts: Sequence[float] = CUTS,
    forms: Sequence[str] = FORMS,
    estimators: Sequence[str] = ESTIMATORS,
    horizons: Sequence[int] = (1, 2, 3),
) -> pd.DataFrame:
    """Measure the error beyond the data under every combination of choices.

    Parameters
    ----------
    table : pandas.DataFrame, optional
        From :func:`three_observations.loss_forms.samples` (default: all samples, and those of
        Gadre et al. without undertrained models).
    cuts, forms, estimators
        As in :func:`extrapolation` and :func:`three_observations.loss_forms.fit_form`.
    horizons : sequence of int
        Decades beyond the largest run in the fit; runs within half a decade of it count.

    Returns
    -------
    pandas.DataFrame
        One row a specification: ``sample``, ``cut``, ``form``, ``estimator``, ``decades``;
        ``n_fit``, ``span_decades``, ``n_predicted``; ``estimate`` (mean absolute error, per cent
        of the loss), ``error_pct`` (mean signed error), ``naive_pct`` (mean absolute error of "no
        change"), ``floor``; ``usable``, ``reason``.

    Notes
    -----
    Usable means: at least two degrees of freedom and a decade of compute below the cut, a run at
    that distance, an exponent inside its range, and runs below the cut that an earlier cut did not
    already have. ``specification.influence`` and ``specification.by_option`` read this
    table too, with :data:`OUT_OF_SAMPLE_CHOICES`.
    The samples of one source share their runs, and all cuts of a sample share the runs below the
    first: a count of specifications is no count of witnesses.
    """
    table = samples((*SAMPLES, *WELL_FED_SAMPLES)) if table is None else table
    parts = []
    for name, part in table.groupby("sample", sort=False):
        part = part.sort_values(["training_flop", "run"], ignore_index=True)
        flop, loss, groups, labels = as_arrays(part)
        chosen = np.asarray(sorted(cuts), dtype=float)
        kept = _kept(flop, chosen)
        number = kept.sum(axis=1)
        repeated = np.r_[False, np.diff(number) == 0] & (number > 0)
        member = np.eye(len(labels))[groups]
        known = (kept.astype(float) @ member) > 0
        edge = np.where(number > 0, np.where(kept, flop, 0).max(axis=1), np.nan)
        least = np.where(number > 0, np.where(kept, flop, np.inf).min(axis=1), np.nan)
        span = np.log10(edge / least)
        distance = np.log10(flop[None, :] / edge[:, None])
        beyond = ~kept & known[:, groups] & (number > 0)[:, None]
        naive = np.full(kept.shape, np.nan)
        for cut, mask in enumerate(kept):
            for group in range(len(labels)):
                inside = np.flatnonzero(mask & (groups == group))
                if len(inside):
                    naive[cut, groups == group] = loss[inside[-1]]
        for form in forms:
            freedom = number - known.sum(axis=1) - (2 if form == "floored" else 1)
            enough = (freedom >= LEAST_FREEDOM) & (np.nan_to_num(span) >= LEAST_DECADES - 1e-9)
            fitted = np.flatnonzero(enough & ~repeated & beyond.any(axis=1))
            for estimator in estimators:
                errors = np.full(kept.shape, np.nan)
                floors = np.full(len(chosen), np.nan)
                bound = np.zeros(len(chosen), dtype=bool)
                if len(fitted):
                    fits = fit_form(
                        form,
                        flop,
                        np.broadcast_to(loss, (len(fitted), len(loss))),
                        weights=kept[fitted].astype(float),
                        groups=groups,
                        estimator=estimator,
                    )
                    errors[fitted] = 100 * (fits.predict(flop, groups) / loss - 1)
                    floors[fitted] = np.where(np.isfinite(fits.floor), fits.floor, np.nan)
                    bound[fitted] = fits.at_bound
                for horizon in horizons:
                    near = beyond & (np.abs(distance - horizon) < HORIZON_REACH)
                    n_near = near.sum(axis=1)
                    counted = np.maximum(n_near, 1)
                    reason = [
                        "same runs as under an earlier cut"
                        if repeated[cut]
                        else _verdict(
                            int(number[cut]), int(freedom[cut]), span[cut], bool(bound[cut])
                        )
                        or ("" if n_near[cut] else "no run at that distance")
                        for cut in range(len(chosen))
                    ]
                    means = [
                        np.where(
                            n_near > 0, np.where(near, values, 0).sum(axis=1) / counted, np.nan
                        )
                        for values in (np.abs(errors), errors, 100 * np.abs(naive / loss - 1))
                    ]
                    parts.append(
                        {
                            "sample": [name] * len(chosen),
                            "cut": chosen,
                            "form": [form] * len(chosen),
                            "estimator": [estimator] * len(chosen),
                            "decades": [horizon] * len(chosen),
                            "n_fit": number,
                            "span_decades": span,
                            "n_predicted": n_near,
                            "estimate": means[0],
                            "error_pct": means[1],
                            "naive_pct": means[2],
                            "floor": floors,
                            "usable": [not text for text in reason],
                            "reason": reason,
                        }
                    )
    curve = pd.DataFrame(
        {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    ).astype({"sample": "str", "form": "str", "estimator": "str", "reason": "str"})
    order = {name: place for place, name in enumerate(dict.fromkeys(table["sample"]))}
    return curve.sort_values(
        ["sample", "cut"],
        key=lambda column: column.map(order) if column.name == "sample" else column,
        kind="stable",
        ignore_index=True,
    )


def out_of_sample_summary(
    curve: pd.DataFrame, by: Sequence[str] = ("form", "decades")
) -> pd.DataFrame:
    """Summarise the usable specifications.

    Parameters
    ----------
    curve : pandas.DataFrame
        From :func:`out_of_sample_curve`.
    by : sequence of str
        Columns that keep rows apart.

    Returns
    -------
    pandas.DataFrame
        The columns of ``by``, ``n`` (usable specifications), ``n_samples``, ``median_pct`` (of the
        mean absolute errors), ``lower_quartile_pct``, ``upper_quartile_pct``, ``worst_pct``,
        ``median_error_pct`` (signed), ``naive_pct`` (median), ``share_within_1``,
        ``share_within_2``, ``share_within_5`` (per cent of the loss).
    """
    used = curve[curve["usable"]]
    rows = []
    for key, part in used.groupby(list(by), sort=False):
        error = part["estimate"]
        rows.append(
            dict(zip(by, key, strict=True))
            | {
                "n": len(part),
                "n_samples": part["sample"].nunique(),
                "median_pct": error.median(),
                "lower_quartile_pct": error.quantile(0.25),
                "upper_quartile_pct": error.quantile(0.75),
                "worst_pct": error.max(),
                "median_error_pct": part["error_pct"].median(),
                "naive_pct": part["naive_pct"].median(),
            }
            | {f"share_within_{limit}": (error <= limit).mean() for limit in (1, 2, 5)}
        )
    return pd.DataFrame(rows)


def form_duels(
    curve: pd.DataFrame,
    form: str = "floored",
    by: Sequence[str] = ("rival",),
) -> pd.DataFrame:
    """Count how often one form is closer than the others, all other choices held.

    Parameters
    ----------
    curve : pandas.DataFrame
        From :func:`out_of_sample_curve`.
    form : str
        The form that is set against each other one.
    by : sequence of str
        Columns that keep rows apart: "rival", and any of the choices but the form.

    Returns
    -------
    pandas.DataFrame
        The columns of ``by``, ``n`` (pairs of usable specifications), ``n_samples``,
        ``share_closer``, ``share_same`` (equal to a thousandth of a per cent: the floor is zero),
        ``median_gain_pct`` (points of per cent by which the form is closer), ``share_samples``
        (of the samples, those in which the form is closer in more than half of the pairs that
        differ).
    """
    check_choice("form", form, tuple(curve["form"].unique()))
    others = [name for name in OUT_OF_SAMPLE_CHOICES if name != "form"]
    used = curve[curve["usable"]]
    wide = used.set_index([*others, "form"])["estimate"].unstack("form").reset_index()
    parts = []
    for rival in used["form"].unique():
        if rival != form:
            gain = wide[rival] - wide[form]
            parts.append(wide[others].assign(rival=rival, gain=gain).dropna(subset="gain"))
    pairs = pd.concat(parts, ignore_index=True)
    pairs["same"] = pairs["gain"].abs() < 1e-3
    pairs["closer"] = ~pairs["same"] & (pairs["gain"] > 0)
    rows = []
    for key, part in pairs.groupby(list(by), sort=False):
        differing = part[~part["same"]]
        shares = differing.groupby("sample", sort=False)["closer"].mean()
        rows.append(
            dict(zip(by, key, strict=True))
            | {
                "n": len(part),
                "n_samples": part["sample"].nunique(),
                "share_closer": part["closer"].mean(),
                "share_same": part["same"].mean(),
                "median_gain_pct": part["gain"].median(),
                "share_samples": (shares > 0.5).mean() if len(shares) else np.nan,
            }
        )
    return pd.DataFrame(rows)
