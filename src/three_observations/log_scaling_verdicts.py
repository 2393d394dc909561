"""Rules that decide the claims about the logarithm of resources, and what they decide.

Each rule is a pure function from figures to an :class:`~three_observations.claims.Outcome`.
The chapter shows the rules before it shows a figure.
:func:`verdicts` gathers the figures from the tables and applies the rules.

Two readings serve all rules.
A prediction of a larger model is *close* if it misses by at most a fifth of the change that it had
to predict.
A form predicts *about as well* as another if its error is at most a quarter larger.
A gain per decade is *straight* if its bend, with the whole interval, is at most half the gain.
Every rule can say yes and no, except that no data can say yes to "any amount".
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from functools import wraps

import numpy as np
import pandas as pd

from three_observations import (
    benchmark_scaling,
    capability_frontier,
    data,
    data_ceiling,
    inference_scaling,
    loss_extrapolation,
    loss_forms,
    scaling_law,
)
from three_observations.claims import Outcome, Verdict, joined
from three_observations.estimation import least_squares

#: Largest miss of a close prediction, as a share of the change that was to be predicted.
CLOSE = 1 / 5
#: Largest error of a form that predicts about as well as the best, in errors of the best. A choice:
#: :func:`worlds_of_forms` says how noise alone moves a line across it, :func:`margins_of_form`
#: between which margins the verdict is the same.
ABOUT_AS_WELL = 1.25
#: Largest bend of a straight gain, as a share of the gain per decade.
STRAIGHT = 1 / 2
#: "Several orders of magnitude" on its lowest reading.
SEVERAL_DECADES = 2.0


# ---------------------------------------------------------------------------------------------
# the rules


def on_known_figures(rule: Callable[..., Outcome]) -> Callable[..., Outcome]:
    """Make a rule refuse figures that are missing, which no comparison would notice.

    Parameters
    ----------
    rule : callable
        From numbers, or sequences of numbers, to an outcome.

    Returns
    -------
    callable
        The rule; it raises ``ValueError`` if a number is NaN.
    """
    names = inspect.signature(rule)

    @wraps(rule)
    def checked(*given, **named) -> Outcome:
        for name, figure in names.bind(*given, **named).arguments.items():
            if np.isnan(np.asarray(figure, dtype=float)).any():
                raise ValueError(
                    f"{rule.__name__}: {name} is missing (NaN), so nothing can be decided; "
                    "give the tables the rows that it is computed from"
                )
        return rule(*given, **named)

    return checked


@on_known_figures
def decide_form(
    errors_of_line: Sequence[float],
    errors_of_best: Sequence[float],
    errors_of_nothing: Sequence[float],
) -> Outcome:
    """Is intelligence a straight line in the logarithm of compute?

    Parameters
    ----------
    errors_of_line : sequence of float
        For each scale of intelligence, the typical miss of a straight line in log compute on
        larger or newer models than it was fitted to.
    errors_of_best : sequence of float
        The same for the best of the other forms on that scale.
    errors_of_nothing : sequence of float
        The same if nothing is expected to change; a line that is no better says nothing.
    """
    as_good = [
        line <= ABOUT_AS_WELL * best and line < nothing
        for line, best, nothing in zip(
            errors_of_line, errors_of_best, errors_of_nothing, strict=True
        )
    ]
    if all(as_good):
        return Outcome.SUPPORTED
    return Outcome.PARTLY if any(as_good) else Outcome.CONTRADICTED


@on_known_figures
def decide_predictable(share_of_losses: float, share_of_tasks: float) -> Outcome:
    """Are the gains continuous and predictable?

    Parameters
    ----------
    share_of_losses : float
        Share of held-out larger models whose loss was predicted closely.
    share_of_tasks : float
        Share of tasks that rose with compute and on which the prediction missed by at most half
        of the gain; half, because a score of one task is noisier than a loss.
    """
    shares = (share_of_losses, share_of_tasks)
    if all(share >= 2 / 3 for share in shares):
        return Outcome.SUPPORTED
    if any(share >= 2 / 3 for share in shares):
        return Outcome.PARTLY
    return Outcome.CONTRADICTED if all(s < 1 / 3 for s in shares) else Outcome.NOT_SUPPORTED


@on_known_figures
def decide_orders(decades: float, share_in_first: float) -> Outcome:
    """Do scaling laws stay accurate over many orders of magnitude of compute?

    Parameters
    ----------
    decades : float
        Orders of magnitude beyond the fitted runs up to which, in steps of half a decade, two
        thirds of the predictions of the best form stay close.
    share_in_first : float
        Share of close predictions within the first decade.
    """
    if decades >= SEVERAL_DECADES:
        return Outcome.SUPPORTED
    if decades >= 1:
        return Outcome.PARTLY
    return Outcome.NOT_SUPPORTED if share_in_first >= 1 / 3 else Outcome.CONTRADICTED


@on_known_figures
def decide_resource(
    slope: float,
    slope_low: float,
    slope_high: float,
    bend_low: float,
    bend_high: float,
    decades: float,
) -> Outcome:
    """Does each tenfold of one resource add about the same, over a decade or more?

    Parameters
    ----------
    slope, slope_low, slope_high : float
        Gain per decade and its 95% interval; above zero is a gain.
    bend_low, bend_high : float
        95% interval of how much the gain per decade changes towards the upper end of the range;
        below zero it flattens.
    decades : float
        Orders of magnitude of the resource over which the gain was seen.
    """
    if slope_high < 0:
        return Outcome.CONTRADICTED
    if slope_low <= 0:
        return Outcome.NOT_SUPPORTED
    straight = max(abs(bend_low), abs(bend_high)) <= STRAIGHT * slope
    return Outcome.SUPPORTED if straight and decades >= 1 else Outcome.PARTLY


@on_known_figures
def decide_any_amount(highs: Sequence[float]) -> Outcome:
    """Does any amount of money buy further gains?

    No number of runs can prove "any"; one decade that bought nothing can refute it.

    Parameters
    ----------
    highs : sequence of float
        For each scale, the upper end of the 95% interval of what the last decade of compute with
        public figures bought; above zero is a gain.
    """
    return Outcome.CONTRADICTED if any(h <= 0 for h in highs) else Outcome.CANNOT_BE_TESTED


@on_known_figures
def decide_more_is_surer(low: float, high: float) -> Outcome:
    """Do the gains become more predictable the more is spent?

    Parameters
    ----------
    low, high : float
        95% interval of the change, per decade of compute, in the size of the misses of
        predictions made the same distance ahead, in log points; below zero they shrink.
    """
    if high < 0:
        return Outcome.SUPPORTED
    return Outcome.CONTRADICTED if low > 0 else Outcome.NOT_SUPPORTED


def decide_diminishing(ratios_high: Sequence[float], ratios_low: Sequence[float]) -> Outcome:
    """Does each further equal step of resources add less than the one before?

    Parameters
    ----------
    ratios_high, ratios_low : sequence of float
        For each resource, the 95% interval of the gain of the second equal step over the gain of
        the first; below one it is smaller. NaN where the first step brought no gain: such a
        resource counts neither for the claim nor against it.
    """
    if all(high < 1 for high in ratios_high):
        return Outcome.SUPPORTED
    if any(low > 1 for low in ratios_low):
        return Outcome.CONTRADICTED
    return Outcome.PARTLY if any(high < 1 for high in ratios_high) else Outcome.NOT_SUPPORTED


@on_known_figures
def decide_still_at_work(low: float, high: float) -> Outcome:
    """Among the newest models, does more compute still go with a higher score?

    Parameters
    ----------
    low, high : float
        95% interval of the gain per decade of training compute among the models of the last
        release year that has enough of them.
    """
    if low > 0:
        return Outcome.SUPPORTED
    return Outcome.CONTRADICTED if high < 0 else Outcome.NOT_SUPPORTED


@on_known_figures
def decide_depends(lows: Sequence[float], highs: Sequence[float]) -> Outcome:
    """Does intelligence rise with the logarithm of resources, in whatever form?

    Parameters
    ----------
    lows, highs : sequence of float
        For each resource, the 95% interval of the gain per decade.
    """
    if all(low > 0 for low in lows):
        return Outcome.SUPPORTED
    if any(high < 0 for high in highs):
        return Outcome.CONTRADICTED
    return Outcome.PARTLY if any(low > 0 for low in lows) else Outcome.NOT_SUPPORTED


#: All rules in the order in which the chapter shows them.
RULES = (
    joined,
    decide_form,
    decide_predictable,
    decide_orders,
    decide_resource,
    decide_any_amount,
    decide_more_is_surer,
    decide_diminishing,
    decide_depends,
    decide_still_at_work,
)

_JOINED = (
    "Supported or contradicted if all parts are; not supported if one is contradicted; in part if "
    "none is and one holds at least in part; else not supported."
)
#: What all three resources are asked.
RESOURCE_RULE = (
    "Supported if the interval of the gain per decade lies above zero, the whole interval of its "
    "bend is at most half the gain, and the gain was seen over a decade or more; in part if only "
    "the gain lies above zero; contradicted if it lies below; else not supported. "
)

#: The rules in words, by the key of the verdict that each makes.
RULES_IN_WORDS = {
    "log-intelligence": "The form and the three resources are its parts. " + _JOINED,
    "log-form": (
        "Four scales: loss, average of eight tests, their first component, the ECI (at equal "
        "date). Supported if "
        "on each a straight line in log compute predicts larger models better than no change does "
        "and with an error at most a quarter above that of the best other form; in part if on "
        "some; contradicted if on none."
    ),
    "log-predictable": (
        "Supported if two thirds of the held-out losses miss by at most a fifth of the change to "
        "be predicted, and two thirds of the tasks rise and miss by at most half; in part if one "
        "of the two; contradicted if both stay below one third; else not supported."
    ),
    "log-orders": (
        "Counts, in steps of half a decade, how far beyond the fitted runs two thirds of the "
        'predicted losses are close; "many" is read as two decades, the least it can mean. '
        "Supported from two on, in part from one on; below, contradicted if fewer than a third are "
        "close in the first decade, else not supported."
    ),
    "log-training": RESOURCE_RULE
    + "Points of the ECI per decade of training compute at equal date.",
    "log-data": RESOURCE_RULE + "Loss per decade of tokens at a fixed model size.",
    "log-inference": (
        RESOURCE_RULE
        + "Points of a test per decade of effort with one model; range: the median sweep."
    ),
    "log-any-amount": (
        "Contradicted if on some scale the whole interval of what the last decade with public "
        "figures bought is at or below zero. No number of runs can prove any amount, so otherwise "
        "it cannot be tested."
    ),
    "log-two-resources": "Training compute and data are its parts. " + _JOINED,
    "log-depends": (
        "Supported if the interval of the gain per decade lies above zero for each resource; "
        "contradicted if it lies below zero for one; in part if above for some; else not "
        "supported."
    ),
    "log-diminishing": (
        "Supported if for each resource the interval of the second equal step over the first ends "
        "below one; contradicted if one starts above; in part if for some; else not supported. "
        "Figures between two runs are read off the straight line through them, so no law is "
        "presumed."
    ),
    "log-more-is-surer": (
        "Supported if the misses of predictions one decade ahead shrink as runs grow, with the "
        "whole interval; contradicted if they grow; else not supported."
    ),
    "log-still-at-work": (
        "Supported if among the models of the last release year with public compute the interval "
        "of the gain per decade lies above zero; contradicted if below; else not supported."
    ),
    "log-h100": "A saying can be judged if it names a model, a measure and a figure.",
    "log-deepseek": (
        "A model bears out the observation if its score follows from the resources behind it. A "
        "low price says nothing about that."
    ),
}

# ---------------------------------------------------------------------------------------------
# from the tables to the verdicts

PAGE = "log-of-resources"
DEEPER = "log-going-deeper"

#: FLOP up to which a curve is fitted, for scales where larger models are then predicted.
CUTS = {
    "first component of eight tests": (10**21.5, 1e22, 10**22.5, 1e23, 10**23.5),
    "ECI": (1e23, 10**23.5, 1e24, 10**24.5, 1e25),
}
#: The form that the page takes as the best for the loss; a test checks that it is.
BEST_FORM = "floored"
#: A test of fewer questions than this says too little about effort.
LEAST_QUESTIONS = 30


def held_out_losses(resamples: int = 2) -> pd.DataFrame:
    """Return every prediction of a held-out larger run, one set of runs counted once.

    Returns
    -------
    pandas.DataFrame
        The usable ``predictions`` of :func:`three_observations.loss_extrapolation.extrapolation`
        with a column ``close``.
    """
    table = loss_forms.samples(loss_forms.INDEPENDENT_SAMPLES)
    found = loss_extrapolation.extrapolation(table, resamples=resamples).predictions
    usable = found[found["usable"]].reset_index(drop=True)
    close = usable["error_pct"].abs() <= CLOSE * usable["naive_error_pct"].abs()
    return usable.assign(close=close)


def close_by_decade(
    predictions: pd.DataFrame, form: str = BEST_FORM, step: float = 1.0, close: float = CLOSE
) -> pd.DataFrame:
    """Return how many predictions are close in the first, second, ... step beyond the cut.

    Parameters
    ----------
    predictions : pandas.DataFrame
        From :func:`held_out_losses`.
    form : str
    step : float
        Width of a step, in decades.
    close : float
        Largest miss that counts as close, as a share of the change to be predicted.

    Returns
    -------
    pandas.DataFrame
        ``decade`` (where the step ends), ``n``, ``samples``, ``share_close``,
        ``median_error_pct``, ``median_change_pct``.
    """
    chosen = predictions[predictions["form"] == form]
    miss = chosen["error_pct"].abs() / chosen["naive_error_pct"].abs()
    decade = np.ceil(chosen["decades_beyond"] / step) * step
    groups = chosen.assign(near=miss <= close).groupby(decade.rename("decade"))
    return groups.agg(
        n=("near", "size"),
        samples=("sample", "nunique"),
        share_close=("near", "mean"),
        median_error_pct=("error_pct", lambda e: e.abs().median()),
        median_change_pct=("naive_error_pct", lambda e: e.abs().median()),
    ).reset_index()


def decades_close(shares: pd.DataFrame, step: float = 1.0) -> float:
    """Return up to where, in decades, two thirds are close in every step.

    Parameters
    ----------
    shares : pandas.DataFrame
        From :func:`close_by_decade`, with the same ``step``.
    step : float
        In decades.

    Returns
    -------
    float
        NaN without any prediction, which no rule accepts.
    """
    short = shares.loc[~(shares["share_close"] >= 2 / 3), "decade"]
    return float(short.min() - step if len(short) else shares["decade"].max())


def range_by_threshold(
    predictions: pd.DataFrame,
    closes: Sequence[float] = (0.1, 0.15, 0.2, 0.25, 1 / 3),
    steps: Sequence[float] = (0.5, 1.0),
) -> pd.DataFrame:
    """Return how far the law predicts under other meanings of close and other steps.

    Parameters
    ----------
    predictions : pandas.DataFrame
        From :func:`held_out_losses`.
    closes, steps : sequence of float
        As in :func:`close_by_decade`.

    Returns
    -------
    pandas.DataFrame
        ``close``, ``step``, ``decades``, ``share_in_first`` and the ``outcome`` of
        :func:`decide_orders`.
    """
    rows = []
    for close in closes:
        first = float(close_by_decade(predictions, close=close)["share_close"].iloc[0])
        for step in steps:
            shares = close_by_decade(predictions, step=step, close=close)
            decades = decades_close(shares, step)
            rows.append((close, step, decades, first, str(decide_orders(decades, first))))
    return pd.DataFrame(rows, columns=["close", "step", "decades", "share_in_first", "outcome"])


def share_close_drawn(
    predictions: pd.DataFrame, decade: int, resamples: int = 500, seed: int = 20250209
) -> tuple[float, float, float]:
    """Return the share of close predictions in one decade beyond the cut, with an interval.

    Parameters
    ----------
    predictions : pandas.DataFrame
        From :func:`held_out_losses`.
    decade : int
        1 is the first.
    resamples : int
        Draws of the predicted runs; one run is predicted from several cuts.
    seed : int

    Returns
    -------
    share, low, high : float
        The interval is the 95% percentile interval.

    Raises
    ------
    ValueError
        If no run lies in that decade beyond a cut.
    """
    chosen = predictions[
        (predictions["form"] == BEST_FORM) & (np.ceil(predictions["decades_beyond"]) == decade)
    ]
    if chosen.empty:
        raise ValueError(
            f"no run lies in decade {decade} beyond a cut, so no share is close; "
            "give the tables larger runs or ask for an earlier decade"
        )
    runs = chosen.groupby(["sample", "run"], sort=True)["close"].agg(["sum", "size"]).to_numpy()
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(len(runs), np.full(len(runs), 1 / len(runs)), size=resamples)
    shares = (drawn @ runs[:, 0]) / (drawn @ runs[:, 1])
    low, high = np.quantile(shares, [0.025, 0.975])
    return float(chosen["close"].mean()), float(low), float(high)


#: Powers of compute that a mildly bent curve may take; zero would be the logarithm. A decade then
#: buys 79% to 126% of what the one before bought.
POWERS = (-0.1, -0.05, 0.05, 0.1)


def line_and_bent(
    log_flop: np.ndarray,
    score: np.ndarray,
    cuts: Sequence[float],
    years: np.ndarray | None = None,
) -> pd.DataFrame:
    """Fit a line and two bent curves to smaller models and predict the larger ones.

    The curves are a parabola in log compute, and a power of compute (Box and Cox, Journal of the
    Royal Statistical Society B 26, 1964) whose exponent is the one of :data:`POWERS` that fits the
    smaller models best: a parabola alone would be a rival that nobody follows far.

    Parameters
    ----------
    log_flop, score : numpy.ndarray, shape (models,)
        Common logarithm of training FLOP, and a score in any unit.
    cuts : sequence of float
        FLOP: models at or below are fitted.
    years : numpy.ndarray, shape (models,), optional
        Release dates in years; if given, every form has a slope in time as well.

    Returns
    -------
    pandas.DataFrame
        ``cut_flop``, ``form`` (line, parabola, power of compute, no change), ``n_fitted``,
        ``n_predicted``, ``rmse`` in the unit of the score. No change: the mean of the fitted
        models.

    Raises
    ------
    ValueError
        If a figure is missing, a cut leaves fewer models to fit than a form has coefficients, or
        no larger model to predict.
    """
    given = [log_flop, score] if years is None else [log_flop, score, years]
    if not all(np.isfinite(figures).all() for figures in given):
        raise ValueError("a compute, score or year is missing; leave that model out")
    rows = []
    for cut in cuts:
        small = log_flop <= np.log10(cut)
        if small.sum() < 1 + len(given) or small.all():
            raise ValueError(
                f"the cut at {cut:.2e} FLOP leaves {small.sum()} models to fit and "
                f"{(~small).sum()} to predict; at least {1 + len(given)} and 1 are needed: "
                "choose another cut"
            )
        found = _misses_at(log_flop, score[:, None], cut, years)
        for form, rmse in found.items():
            rows.append((cut, form, int(small.sum()), int((~small).sum()), float(rmse[0])))
    return pd.DataFrame(rows, columns=["cut_flop", "form", "n_fitted", "n_predicted", "rmse"])


def _designs(x: np.ndarray, years: np.ndarray | None) -> dict[str, list[np.ndarray]]:
    """Return the design of each form; the power of compute has one for each exponent."""
    ones = np.ones_like(x)
    more = [] if years is None else [years]
    curves = {
        "line": [(ones, x)],
        "parabola": [(ones, x, x**2)],
        "power of compute": [(ones, (10 ** (power * x) - 1) / power) for power in POWERS],
    }
    return {
        form: [np.column_stack([*columns, *more]) for columns in each]
        for form, each in curves.items()
    }


def _misses_at(
    log_flop: np.ndarray, scores: np.ndarray, cut: float, years: np.ndarray | None
) -> dict[str, np.ndarray]:
    """Return the miss of each form on the larger models, for every column of scores."""
    small = log_flop <= np.log10(cut)
    worlds = np.arange(scores.shape[1])
    misses = {}
    for form, designs in _designs(log_flop - np.log10(cut), years).items():
        inside, beyond = [], []
        for design in designs:
            fitted = np.linalg.lstsq(design[small], scores[small], rcond=None)[0]
            squares = (scores - design @ fitted) ** 2
            inside.append(np.sqrt(squares[small].mean(axis=0)))
            beyond.append(np.sqrt(squares[~small].mean(axis=0)))
        # Of several exponents the one that fits the smaller models best, the first if they tie.
        chosen = np.argmin(np.array(inside), axis=0)
        misses[form] = np.array(beyond)[chosen, worlds]
    flat = scores[~small] - scores[small].mean(axis=0)
    return misses | {"no change": np.sqrt((flat**2).mean(axis=0))}


def worlds_of_forms(
    log_flop: np.ndarray,
    score: np.ndarray,
    cuts: Sequence[float],
    years: np.ndarray | None = None,
    *,
    worlds: int = 400,
    seed: int = 20250211,
) -> pd.DataFrame:
    """How often would noise alone move a line across the margin of :func:`decide_form`?

    Each form is fitted to all models; in its world it is right, and the scores scatter about it
    as far as they do in the data (normal errors). Every world is judged as the data are.

    Parameters
    ----------
    log_flop, score, cuts, years
        As :func:`line_and_bent` takes them.
    worlds : int
        Of each form. 400 know a share to five percentage points or better.
    seed : int

    Returns
    -------
    pandas.DataFrame
        ``right`` (line, parabola, power of compute), ``about_as_well`` (share of worlds in which
        the line's typical miss is at most :data:`ABOUT_AS_WELL` times that of the best bent
        form), ``ratio`` (median of the line's miss over it), ``worlds``.
    """
    rng = np.random.default_rng(seed)
    rows = []
    for form, designs in _designs(log_flop - log_flop.mean(), years).items():
        fits = [design @ np.linalg.lstsq(design, score, rcond=None)[0] for design in designs]
        truth = min(fits, key=lambda fit: float(((score - fit) ** 2).sum()))
        freedom = len(score) - designs[0].shape[1]
        scatter = np.sqrt(((score - truth) ** 2).sum() / freedom)
        made = truth[:, None] + scatter * rng.standard_normal((len(score), worlds))
        misses = [_misses_at(log_flop, made, cut, years) for cut in cuts]
        typical = {name: np.median([found[name] for found in misses], axis=0) for name in misses[0]}
        ratio = typical["line"] / np.minimum(typical["parabola"], typical["power of compute"])
        share = float((ratio <= ABOUT_AS_WELL).mean())
        rows.append((form, share, float(np.median(ratio)), worlds))
    return pd.DataFrame(rows, columns=["right", "about_as_well", "ratio", "worlds"])


def scales_with_models() -> dict[str, tuple[np.ndarray, np.ndarray, np.ndarray | None]]:
    """Return log FLOP, score and years (where forms have a slope in time) of two scales."""
    _, _, models = benchmark_scaling.principal_component(resamples=2)
    indexed = capability_frontier.observations()
    return {
        "first component of eight tests": (
            models["log_flop"].to_numpy(),
            models["component"].to_numpy(),
            None,
        ),
        "ECI": (
            indexed["log_flop"].to_numpy(),
            indexed["eci"].to_numpy(),
            indexed["year"].to_numpy(),
        ),
    }


def margins_of_form(errors: pd.DataFrame) -> tuple[float, float]:
    """Between which margins would the rule for the form say what it says?

    Parameters
    ----------
    errors : pandas.DataFrame
        From :func:`errors_of_forms`.

    Returns
    -------
    low, high : float
        Errors of the best form; at ``low`` and up to just below ``high`` the outcome is that of
        :data:`ABOUT_AS_WELL`. Zero or infinite where nothing turns it on that side.
    """

    def outcome(margin: float) -> Outcome:
        as_good = (errors["ratio"] <= margin) & (errors["line"] < errors["no_change"])
        if as_good.all():
            return Outcome.SUPPORTED
        return Outcome.PARTLY if as_good.any() else Outcome.CONTRADICTED

    today = outcome(ABOUT_AS_WELL)
    edges = sorted({0.0, *errors["ratio"].astype(float)})
    same = [edge for edge in edges if outcome(edge) is today]
    above = [edge for edge in edges if edge > max(same)]
    return min(same), above[0] if above else float("inf")


def errors_of_forms(predictions: pd.DataFrame) -> pd.DataFrame:
    """Return the typical miss of the line and of the best other form on four scales.

    Parameters
    ----------
    predictions : pandas.DataFrame
        From :func:`held_out_losses`.

    Returns
    -------
    pandas.DataFrame
        ``scale``, ``unit``, ``line``, ``best``, ``best_form``, ``no_change``, ``ratio``,
        ``models`` (or runs) predicted. A miss is the median over cuts; for the loss, over runs
        half to one and a half decades beyond the cut. On the ECI every form has a slope in time.
    """
    ahead = predictions[predictions["decades_beyond"].between(0.5, 1.5)]
    losses = ahead["error_pct"].abs().groupby(ahead["form"]).median()
    losses["no change"] = ahead.loc[ahead["form"] == "line", "naive_error_pct"].abs().median()
    rows = [("loss", "%", losses, ahead["run"].nunique())]

    average = benchmark_scaling.held_out_models(
        benchmarks=(benchmark_scaling.AVERAGE,), resamples=2
    )
    average = average[average["usable"]]
    tests = average.groupby("form")["rmse_pp"].median()
    rows.append((benchmark_scaling.AVERAGE, "points", tests, int(average["n_predicted"].max())))

    units = {"first component of eight tests": "SD", "ECI": "points"}
    for scale, (log_flop, score, years) in scales_with_models().items():
        unit = units[scale]
        table = line_and_bent(log_flop, score, CUTS[scale], years)
        rows.append(
            (scale, unit, table.groupby("form")["rmse"].median(), int(table["n_predicted"].max()))
        )
    out = []
    for scale, unit, misses, models in rows:
        others = misses.drop(["line", "no change"])
        out.append(
            {
                "scale": scale,
                "unit": unit,
                "line": float(misses["line"]),
                "best": float(others.min()),
                "best_form": str(others.idxmin()),
                "no_change": float(misses["no change"]),
                "ratio": float(misses["line"] / others.min()),
                "models": models,
            }
        )
    return pd.DataFrame(out)


def misses_by_size(predictions: pd.DataFrame) -> tuple[float, float, float, int]:
    """Return how the misses one decade ahead change with the size of the runs.

    Parameters
    ----------
    predictions : pandas.DataFrame
        From :func:`held_out_losses`.

    Returns
    -------
    estimate, low, high : float
        Change of the log of the miss per decade of compute at the cut, with the level of each
        sample held fixed and errors clustered by sample. Misses below 0.01% count as 0.01%.
    n : int
    """
    ahead = predictions[
        (predictions["form"] == BEST_FORM) & predictions["decades_beyond"].between(0.5, 1.5)
    ]
    samples = pd.get_dummies(ahead["sample"]).to_numpy(dtype=float)
    design = np.column_stack([np.log10(ahead["cut"].to_numpy()), samples])
    miss = np.log(ahead["error_pct"].abs().clip(lower=0.01).to_numpy())
    found = least_squares(design, miss, ahead["sample"].to_numpy())
    return float(found.coefficients[0]), *found.interval(0), found.n


def resources() -> pd.DataFrame:
    """Return what a decade of each of three resources bought.

    Returns
    -------
    pandas.DataFrame
        ``resource``, ``unit``, ``decades``, ``slope``, ``slope_low``, ``slope_high``, ``bend``,
        ``bend_low``, ``bend_high``, ``evidence``, in the order of the essay: training compute,
        data, inference compute. A bend is the change of the slope per decade (training) or of the
        last segment against the ones before it (data, inference).
    """
    models = capability_frontier.observations()
    with_year = capability_frontier.regressions()
    slope = with_year[
        (with_year["form"] == "compute and year") & (with_year["term"] == "compute")
    ].iloc[0]
    bend = bends_of_training().set_index("sample").loc["all"]
    training = {
        "resource": "training compute",
        "unit": "points of the ECI",
        "decades": float(np.ptp(models["log_flop"])),
        "slope": float(slope["estimate"]),
        "slope_low": float(slope["clustered_low"]),
        "slope_high": float(slope["clustered_high"]),
        "bend": float(bend["bend"]),
        "bend_low": float(bend["bend_low"]),
        "bend_high": float(bend["bend_high"]),
        "evidence": f"{int(slope['n'])} models",
    }
    rows = [training]
    sweeps = inference_scaling.sweeps()
    effort = inference_scaling.inference_summary(sweeps[sweeps["questions"] >= LEAST_QUESTIONS])
    for resource, unit, summary in (
        ("data", "nats of loss", data_ceiling.data_summary()),
        ("inference compute", "points of a test", effort),
    ):
        whole = summary.set_index("evidence").loc["all"]
        rows.append(
            {"resource": resource, "unit": unit}
            | {
                name: float(whole[name])
                for name in training
                if name in whole.index and name not in ("resource", "unit", "evidence")
            }
            | {"evidence": f"{int(whole['sweeps'])} sweeps of {int(whole['models'])} models"}
        )
    return pd.DataFrame(rows)


def gains_of_the_last_decade(cloud: scaling_law.Cloud) -> pd.DataFrame:
    """Return what the last decade of compute with public figures bought, scale by scale.

    Parameters
    ----------
    cloud : scaling_law.Cloud
        Resamples of the law.

    Returns
    -------
    pandas.DataFrame
        ``scale``, ``unit``, ``gain``, ``low``, ``high``. For the loss, the decade that ends at
        the largest of the fitted runs; for the ECI, a decade among the models of the last release
        year with public compute.
    """
    largest = float(scaling_law.sample()["training_flop"].max())
    loss = scaling_law.budgets((largest / 10,), cloud=cloud).iloc[0]
    newest = newest_year()
    return pd.DataFrame(
        {
            "scale": ["loss", f"ECI, models of {newest['release_year']}"],
            "unit": ["nats", "points"],
            "gain": [loss["next_decade"], newest["slope"]],
            "low": [loss["next_decade_low"], newest["low"]],
            "high": [loss["next_decade_high"], newest["high"]],
        }
    )


def newest_year() -> pd.Series:
    """Return the row of the last release year whose models have public compute."""
    years = capability_frontier.by_release_year()
    single = years[years["release_year"].astype(str).str.fullmatch(r"\d{4}")]
    return single.iloc[-1]


def compute_sweeps() -> pd.DataFrame:
    """Return runs of one test bed that differ in compute alone, larger models with more text.

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`three_observations.inference_scaling.sweeps`: one sweep is one body
        of text at one ratio of tokens to parameters; ``score_pct`` is minus the loss, in nats.
    """
    runs = data.load("gadre_models")
    table = pd.DataFrame(
        {
            "sweep": runs["corpus"] + ", " + runs["token_multiplier"].map("{:g}".format),
            "benchmark": runs["corpus"],
            "model": runs["corpus"] + runs["token_multiplier"].map("{:g}".format),
            "amount": runs["training_flop"],
            "decade": np.log10(runs["training_flop"]),
            "score_pct": -runs["loss_c4"],
            "standard_error_pct": np.nan,
            "questions": np.nan,
        }
    )
    several = table.groupby("sweep")["amount"].transform("size") >= 3
    return table[several].sort_values(["sweep", "amount"], kind="stable", ignore_index=True)


def second_steps(resamples: int = 500) -> pd.DataFrame:
    """Return the gain of a second equal step of a resource over the gain of the first.

    Parameters
    ----------
    resamples : int

    Returns
    -------
    pandas.DataFrame
        ``resource``, ``ratio``, ``low``, ``high`` and ``if_logarithm``, what a pure logarithm
        would give; below one the second step adds less. NaN where the first step brought no gain.
    """
    sweeps = inference_scaling.sweeps()
    effort = sweeps[sweeps["questions"] >= LEAST_QUESTIONS]
    rows = []
    for resource, table in (
        ("training compute", compute_sweeps()),
        ("data", data_ceiling.data_sweeps()),
        ("inference compute", effort),
    ):
        found = inference_scaling.second_step(table, resamples=resamples)
        whole = found.set_index("benchmark").loc["all"]
        rows.append((resource, whole["ratio"], whole["low"], whole["high"], whole["if_logarithm"]))
    table = pd.DataFrame(rows, columns=["resource", "ratio", "low", "high", "if_logarithm"])
    gained = table["ratio"].notna()
    return table.assign(low=table["low"].where(gained), high=table["high"].where(gained))


def verdicts(
    *,
    resamples: int = 500,
    predictions: pd.DataFrame | None = None,
    cloud: scaling_law.Cloud | None = None,
) -> list[Verdict]:
    """Compute every verdict on the log of resources, the headlines first.

    Parameters
    ----------
    resamples : int
        Behind the intervals of the law.
    predictions : pandas.DataFrame, optional
        From :func:`held_out_losses`, if there are some already.
    cloud : scaling_law.Cloud, optional
        From :func:`three_observations.scaling_law.bootstrap`, likewise.

    Returns
    -------
    list of Verdict
    """
    predictions = held_out_losses() if predictions is None else predictions
    cloud = scaling_law.bootstrap(resamples=resamples) if cloud is None else cloud
    bought = resources()
    form = _form(predictions)
    each = [_resource(row) for row in bought.itertuples()]
    steps = second_steps(resamples)
    return [
        _intelligence(form, each),
        form,
        _predictable(predictions),
        _orders(predictions),
        *each,
        _any_amount(cloud),
        _two_resources(each),
        _depends(bought),
        _diminishing(steps),
        _more_is_surer(predictions),
        _still_at_work(),
        *_sayings(),
    ]


_FIRST_SENTENCE = ("000-04", "001-03", "002-01")


def _intelligence(form: Verdict, each: list[Verdict]) -> Verdict:
    parts = [form, *each]
    return Verdict(
        key="log-intelligence",
        question="Is intelligence about the logarithm of training compute, data and inference?",
        claims=_FIRST_SENTENCE,
        outcome=joined([part.outcome for part in parts]),
        rule=RULES_IN_WORDS["log-intelligence"],
        because=f"The form is {form.outcome}; training compute {each[0].outcome}, "
        f"data {each[1].outcome}, inference compute {each[2].outcome}.",
        place=f"{PAGE}#verdict-intelligence",
        figure=each[0].figure,
        low=each[0].low,
        high=each[0].high,
        unit="points of the ECI per decade of training compute, at equal date",
        interval=each[0].interval,
    )


def _form(predictions: pd.DataFrame) -> Verdict:
    errors = errors_of_forms(predictions)
    better = errors["line"] < errors["no_change"]
    as_good = int(((errors["ratio"] <= ABOUT_AS_WELL) & better).sum())
    return Verdict(
        key="log-form",
        question="Is intelligence a straight line in the logarithm of compute?",
        claims=_FIRST_SENTENCE,
        outcome=decide_form(
            errors["line"].tolist(), errors["best"].tolist(), errors["no_change"].tolist()
        ),
        rule=RULES_IN_WORDS["log-form"],
        because="The line's error over that of the best other form: "
        + ", ".join(f"{row.ratio:.2g} on the {row.scale}" for row in errors.itertuples())
        + f". It does about as well on {as_good} of {len(errors)} scales.",
        place=f"{PAGE}#verdict-form",
        figure=float(as_good),
        unit=f"of {len(errors)} scales",
    )


def bends_of_training() -> pd.DataFrame:
    """Return the bend of the gain per decade of training compute, at equal date.

    Returns
    -------
    pandas.DataFrame
        ``sample`` (all models, and those for general purposes), ``bend``, ``bend_low``,
        ``bend_high``: points of the ECI per decade and decade, errors by organization.
    """
    rows = []
    for sample in ("all", "general purpose"):
        found = capability_frontier.curvature(sample=sample).set_index("control").loc["with year"]
        bend = [2 * found[name] for name in ("squared", "clustered_low", "clustered_high")]
        rows.append((sample, *bend))
    return pd.DataFrame(rows, columns=["sample", "bend", "bend_low", "bend_high"])


def _predictable(predictions: pd.DataFrame) -> Verdict:
    losses = predictions[predictions["form"] == BEST_FORM]
    share = float(losses["close"].mean())
    tasks = benchmark_scaling.task_scaling()
    upward = data_ceiling.smooth_and_sharp_steps().set_index("task").loc["all", "accuracy_share"]
    rises = float((tasks["outcome"] == "rises as predicted").mean())
    return Verdict(
        key="log-predictable",
        question="Are the gains continuous and predictable?",
        claims=("001-05", "002-06"),
        outcome=decide_predictable(share, rises),
        rule=RULES_IN_WORDS["log-predictable"],
        because=f"{share:.0%} of {len(losses)} predictions of a larger run's loss are close; "
        f"{rises:.0%} of {len(tasks)} tasks rise as predicted. "
        f"They are nearly continuous: {upward:.0%} of the steps up one ladder raise a score.",
        place=f"{PAGE}#verdict-predictable",
        figure=100 * rises,
        unit="% of tasks rise as predicted",
    )


def _orders(predictions: pd.DataFrame) -> Verdict:
    shares = close_by_decade(predictions, step=0.5)
    decades = decades_close(shares, step=0.5)
    first, second = (share_close_drawn(predictions, decade) for decade in (1, 2))
    largest = float(predictions["cut"].max())
    by_whole = decades_close(close_by_decade(predictions))
    return Verdict(
        key="log-orders",
        question="Are scaling laws accurate over many orders of magnitude?",
        claims=("001-06", "002-07", "003-03"),
        outcome=decide_orders(decades, first[0]),
        rule=RULES_IN_WORDS["log-orders"],
        because=f"Close are {first[0]:.0%} of the predictions in the first decade "
        f"({first[1]:.0%} to {first[2]:.0%}) and {second[0]:.0%} in the second "
        f"({second[1]:.0%} to {second[2]:.0%}), for the loss and a power law with a floor. "
        f"In steps of half a decade two thirds are close up to {decades:.2g} decades, in whole "
        f"ones up to {by_whole:.2g}. No fit reaches beyond {largest:.1e} FLOP.".replace("e+", "e"),
        place=f"{PAGE}#verdict-orders",
        figure=decades,
        unit="orders of magnitude beyond the fitted runs",
    )


def _minus(value: float) -> str:
    return f"{value:.3g}".replace("-", "\u2212")


_RESOURCE_KEYS = {
    "training compute": "training",
    "data": "data",
    "inference compute": "inference",
}


_SCALES = {"training": "on the ECI", "data": "to the loss", "inference": "to a test score"}


def _resource(row) -> Verdict:
    key = _RESOURCE_KEYS[row.resource]
    return Verdict(
        key=f"log-{key}",
        question=f"Does each tenfold of {row.resource} add about the same {_SCALES[key]}?",
        claims=("001-04",),
        outcome=decide_resource(
            row.slope, row.slope_low, row.slope_high, row.bend_low, row.bend_high, row.decades
        ),
        rule=RULES_IN_WORDS[f"log-{key}"],
        because=f"{_minus(row.slope)} {row.unit} per decade ({_minus(row.slope_low)} to "
        f"{_minus(row.slope_high)}) over {row.decades:.2g} decades; bend {_minus(row.bend)} "
        f"({_minus(row.bend_low)} to {_minus(row.bend_high)}); {row.evidence}.",
        place=f"{PAGE}#verdict-{key}",
        figure=row.slope,
        low=row.slope_low,
        high=row.slope_high,
        unit=f"{row.unit} per decade",
        interval="95%, clustered by "
        + {"training": "organization", "data": "size of model", "inference": "model"}[key],
    )


def _any_amount(cloud: scaling_law.Cloud) -> Verdict:
    last = gains_of_the_last_decade(cloud)
    loss = last.iloc[0]
    return Verdict(
        key="log-any-amount",
        question="Does any amount of money buy further gains?",
        claims=("001-05", "002-06"),
        outcome=decide_any_amount(last["high"].tolist()),
        rule=RULES_IN_WORDS["log-any-amount"],
        because="The last decade with public figures goes with "
        + " and ".join(
            f"{_minus(row.gain)} {row.unit} ({_minus(row.low)} to {_minus(row.high)}) "
            f"on the {row.scale}"
            for row in last.itertuples()
        )
        + ". Where an interval holds zero no gain is shown and none excluded; what a larger sum "
        "buys, no public run shows.",
        place=f"{PAGE}#verdict-any-amount",
        figure=float(loss["gain"]),
        low=float(loss["low"]),
        high=float(loss["high"]),
        unit="nats of loss in the last decade of the runs",
        interval=f"95%, {len(cloud.theta):,} resamples of the runs",
    )


def _two_resources(each: list[Verdict]) -> Verdict:
    training, data, _ = each
    return Verdict(
        key="log-two-resources",
        question="And with two resources, computing power and data?",
        claims=("000-09",),
        outcome=joined([training.outcome, data.outcome]),
        rule=RULES_IN_WORDS["log-two-resources"],
        because=f"Training compute {training.outcome}, data {data.outcome}. The essay names three "
        "resources; this document joins training and inference.",
        place=f"{DEEPER}#verdict-two-resources",
    )


def _depends(bought: pd.DataFrame) -> Verdict:
    return Verdict(
        key="log-depends",
        question='With "depends on" for "equals": does intelligence rise with each resource?',
        claims=("003-01",),
        outcome=decide_depends(bought["slope_low"].tolist(), bought["slope_high"].tolist()),
        rule=RULES_IN_WORDS["log-depends"],
        because="Per decade: "
        + ", ".join(
            f"{_minus(row.slope)} {row.unit} ({_minus(row.slope_low)} to "
            f"{_minus(row.slope_high)}) for "
            f"{row.resource}"
            for row in bought.itertuples()
        )
        + ".",
        place=f"{DEEPER}#verdict-depends",
    )


def _diminishing(steps: pd.DataFrame) -> Verdict:
    gained = steps["ratio"].notna()
    shares = ", ".join(
        f"{row.ratio:.2g} of the first ({row.low:.2g} to {row.high:.2g}; a logarithm: "
        f"{row.if_logarithm:.2g}) for {row.resource}"
        for row in steps[gained].itertuples()
    )
    lost = ", ".join(steps.loc[~gained, "resource"])
    told = [f"The second step adds {shares}."] if shares else []
    told += [f"The first step brought no gain in {lost}."] if lost else []
    training = steps.iloc[0]
    known = {}
    if gained.iloc[0]:
        known = {
            "figure": float(training["ratio"]),
            "low": float(training["low"]),
            "high": float(training["high"]),
            "unit": "second step over first, training compute",
            "interval": "95%, resamples of the sets of runs",
        }
    return Verdict(
        key="log-diminishing",
        question="Does each further equal step of resources add less than the one before?",
        claims=("000-10",),
        outcome=decide_diminishing(steps["high"].tolist(), steps["low"].tolist()),
        rule=RULES_IN_WORDS["log-diminishing"],
        because=" ".join(told),
        place=f"{DEEPER}#verdict-diminishing",
        **known,
    )


def _more_is_surer(predictions: pd.DataFrame) -> Verdict:
    estimate, low, high, n = misses_by_size(predictions)
    return Verdict(
        key="log-more-is-surer",
        question="Do gains become more predictable the more is spent?",
        claims=("003-02",),
        outcome=decide_more_is_surer(low, high),
        rule=RULES_IN_WORDS["log-more-is-surer"],
        because=f"With each decade of compute the misses one decade ahead change by "
        f"{_minus(estimate)} log points ({_minus(low)} to {_minus(high)}); {n} predictions.",
        place=f"{DEEPER}#verdict-more-is-surer",
        figure=estimate,
        low=low,
        high=high,
        unit="log points per decade; below zero is surer",
        interval="95%, clustered by set of runs",
    )


def _still_at_work() -> Verdict:
    newest = newest_year()
    return Verdict(
        key="log-still-at-work",
        question="Are scaling laws still at work among the newest models?",
        claims=("000-14",),
        outcome=decide_still_at_work(float(newest["low"]), float(newest["high"])),
        rule=RULES_IN_WORDS["log-still-at-work"],
        because=f"Among {int(newest['n'])} models of {newest['release_year']} with public compute "
        f"a decade goes with {_minus(newest['slope'])} points of the ECI "
        f"({_minus(newest['low'])} to {_minus(newest['high'])}).",
        place=f"{DEEPER}#verdict-still-at-work",
        figure=float(newest["slope"]),
        low=float(newest["low"]),
        high=float(newest["high"]),
        unit=f"points of the ECI per decade, {newest['release_year']}",
        interval="95%, robust",
    )


def _sayings() -> list[Verdict]:
    return [
        Verdict(
            key="log-h100",
            question="Do the first hundred H100 show at once, and later ones far less?",
            claims=("000-11",),
            outcome=Outcome.CANNOT_BE_TESTED,
            rule=RULES_IN_WORDS["log-h100"],
            because="It is a picture of diminishing returns; it names no model and no measure.",
            place=f"{DEEPER}#verdict-h100",
        ),
        Verdict(
            key="log-deepseek",
            question="Do strong and cheap models bear out the first observation?",
            claims=("002-02",),
            outcome=Outcome.CANNOT_BE_TESTED,
            rule=RULES_IN_WORDS["log-deepseek"],
            because="Cheapness is what the second observation is about. By the first, a model with "
            "few resources should be weak; a strong one has had something else.",
            place=f"{DEEPER}#verdict-deepseek",
        ),
    ]
