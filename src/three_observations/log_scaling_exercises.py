"""The exercises of the chapter on the log of resources: right answers, likely slips, hints.

Every answer is computed from the tables, so a corrected run or score corrects the exercise.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np
import pandas as pd

from three_observations import capability_frontier, data, loss_forms, scaling_law
from three_observations.exercises import Exercise, Feedback, Mistake, is_number
from three_observations.loss_extrapolation import Extrapolation
from three_observations.scaling_law import FLOP_PER_PARAMETER_AND_TOKEN, Law

#: FLOP before the tenfold of the first exercise.
BUDGET_OF_DECADE = 1e22
#: FLOP of the model of the second exercise.
BUDGET_OF_MODEL = 1e25
#: FLOP up to which the third exercise fits its line.
CUT = 1e20
#: Label of the compute figures that the fourth exercise uses.
CONFIDENCE = "confident only"
#: Fewer held-out runs than this cannot say how far a law predicts.
LEAST_HELD_OUT = 3

_FIGURES = ["parameters", "training_flop", "loss_nats"]
_NAMES = {
    "floored": "the power law with a floor",
    "power": "the power law",
    "line": "the straight line",
}


def law() -> Law:
    """Return the law of Hoffmann et al.'s runs, fitted as the chapter fits it."""
    runs = data.load("chinchilla_runs")
    return _law_of(runs[_FIGURES].to_numpy(dtype=float).tobytes())


@lru_cache(maxsize=4)
def _law_of(figures: bytes) -> Law:
    """Fit the law once to the same figures: a wrong answer is compared with many slips."""
    table = np.frombuffer(figures).reshape(-1, len(_FIGURES))
    return scaling_law.fit(pd.DataFrame(table, columns=_FIGURES)).law


# ---------------------------------------------------------------------------------------------
# 1. what a factor of ten buys


def decade_gain() -> float:
    """Return by how many nats ten times :data:`BUDGET_OF_DECADE` lowers the best loss."""
    return float(law().next_decade(BUDGET_OF_DECADE))


def _reducible() -> float:
    return float(law().reducible(BUDGET_OF_DECADE))


def _gain_with(exponent: float) -> float:
    return _reducible() * (1 - 10**-exponent)


# ---------------------------------------------------------------------------------------------
# 2. the best model of a budget


def best_ratio() -> float:
    """Return the tokens per parameter of the best model of :data:`BUDGET_OF_MODEL`."""
    return float(law().tokens_per_parameter(BUDGET_OF_MODEL))


def _ratio_from(
    balance: float, flop: float = BUDGET_OF_MODEL, swapped: bool = False, scale: float = 1.0
) -> float:
    """Return D / N with N = G (C / 6)**a, D = (C / 6)**b / G, or with a slip in it."""
    found = law()
    a, b = found.parameter_exponent, found.token_exponent
    a, b = (b, a) if swapped else (a, b)
    both = flop / FLOP_PER_PARAMETER_AND_TOKEN
    return float(scale * both ** (b - a) / balance**2)


def _unweighted_balance() -> float:
    found = law()
    return (found.A / found.B) ** (1 / (found.alpha + found.beta))


# ---------------------------------------------------------------------------------------------
# 3. a line in log compute, held against a larger run


def held_out_runs() -> pd.DataFrame:
    """Return the runs near 20 tokens per parameter: ``run``, ``training_flop``, ``loss``."""
    return loss_forms.sample("Chinchilla, near 20")[["run", "training_flop", "loss"]]


def _line(
    fitted: str = "small", in_logs: bool = True, log_loss: bool = False
) -> tuple[np.ndarray, pd.DataFrame]:
    """Fit a line to the small runs or to all; return what it says of each run, and the runs."""
    runs = held_out_runs()
    small = (runs["training_flop"] <= CUT).to_numpy() | (fitted == "all")
    x = runs["training_flop"].to_numpy()
    x = np.log10(x) if in_logs else x / CUT
    y = runs["loss"].to_numpy()
    y = np.log(y) if log_loss else y
    said = np.polyval(np.polyfit(x[small], y[small], 1), x)
    return (np.exp(said) if log_loss else said), runs


def _at_largest(values: np.ndarray, runs: pd.DataFrame) -> tuple[float, float]:
    largest = int(runs["training_flop"].to_numpy().argmax())
    return float(values[largest]), float(runs["loss"].iloc[largest])


def held_out_miss(fitted: str = "small", in_logs: bool = True, log_loss: bool = False) -> float:
    """Return the miss of the line on the largest run, in per cent of its loss.

    Parameters
    ----------
    fitted : {"small", "all"}
        Runs of at most :data:`CUT` FLOP, or all of them.
    in_logs : bool
        Whether the line is straight in log compute, or in compute.
    log_loss : bool
        Whether the logarithm of the loss is fitted: a power law.
    """
    predicted, actual = _at_largest(*_line(fitted, in_logs, log_loss))
    return 100 * (predicted / actual - 1)


def _mean_miss() -> float:
    said, runs = _line()
    beyond = (runs["training_flop"] > CUT).to_numpy()
    return float(100 * (said[beyond] / runs["loss"].to_numpy()[beyond] - 1).mean())


def _no_change() -> float:
    runs = held_out_runs()
    small = runs[runs["training_flop"] <= CUT]
    last = float(small["loss"].iloc[int(small["training_flop"].to_numpy().argmax())])
    _, actual = _at_largest(*_line())
    return 100 * (last / actual - 1)


def _share_of_predicted() -> float:
    predicted, actual = _at_largest(*_line())
    return 100 * (predicted - actual) / predicted


# ---------------------------------------------------------------------------------------------
# 4. a year, in decades of compute


def confident_models() -> pd.DataFrame:
    """Return the models whose compute its source is confident of, with the regressors."""
    models = capability_frontier.observations()
    return models[capability_frontier.in_sample(models, confidence=CONFIDENCE)]


def _slopes(*terms: str, models: pd.DataFrame | None = None) -> list[float]:
    """Return the slope on each term: points per decade of compute, points per year."""
    models = confident_models() if models is None else models
    return capability_frontier.fit(models, terms).coefficients[1:].tolist()


def year_in_decades() -> float:
    """Return how many decades of compute are worth as much as a year, at equal compute."""
    per_decade, per_year = _slopes("compute", "year")
    return per_year / per_decade


def _without_constant() -> float:
    models = confident_models()
    design = models[["log_flop", "year"]].to_numpy(dtype=float)
    per_decade, per_year = np.linalg.lstsq(design, models["eci"].to_numpy(float), rcond=None)[0]
    return float(per_year / per_decade)


def _all_models() -> float:
    per_decade, per_year = _slopes("compute", "year", models=capability_frontier.observations())
    return per_year / per_decade


EXERCISES: dict[str, Exercise] = {
    exercise.key: exercise
    for exercise in (
        Exercise(
            key="log-decade",
            answer=decade_gain,
            tolerance=0.01,
            well_done="Each decade takes the same share of what is left above the floor, so each "
            "buys less than the one before.",
            otherwise="Take the loss above the floor, and find the share of it that a factor of "
            "ten in C removes.",
            mistakes=(
                Mistake(
                    lambda: decade_gain() / _reducible() * float(law().frontier(BUDGET_OF_DECADE)),
                    "That takes the share of the whole loss. No compute lowers the floor: take E "
                    "away first.",
                ),
                Mistake(
                    lambda: _reducible() * (1 - math.exp(-law().compute_exponent)),
                    "That is the fall for 2.718 times the compute, a step of one in the natural "
                    "log. A decade is a factor of ten.",
                ),
                Mistake(
                    lambda: _reducible() * law().compute_exponent * math.log(10),
                    "That follows the tangent at the budget for a whole decade. The curve flattens "
                    "on the way: use the two ends.",
                ),
                Mistake(
                    lambda: _reducible() * law().compute_exponent,
                    "That is the slope against the natural log, at the budget. Take the "
                    "difference between the two ends of the decade.",
                ),
                Mistake(
                    lambda: _reducible() - decade_gain(),
                    "That is what is left above the floor afterwards. The question asks for the "
                    "fall.",
                ),
                Mistake(
                    lambda: float(law().frontier(10 * BUDGET_OF_DECADE)),
                    "That is the loss after the decade. The question asks for the fall.",
                ),
                Mistake(
                    lambda: -decade_gain(),
                    "Mind the sign: a fall is asked for, so the answer is above zero.",
                ),
                Mistake(
                    lambda: _reducible() * (10 ** law().compute_exponent - 1),
                    "That is what the decade *before* this budget bought. Look ahead.",
                ),
                Mistake(
                    lambda: decade_gain() / _reducible(),
                    "That is the share that a decade removes. The question asks for nats.",
                ),
                Mistake(
                    lambda: _gain_with(float(law().alpha)),
                    "That lets all compute go into size: the exponent of compute on the best path "
                    "is gamma, not alpha.",
                ),
                Mistake(
                    lambda: _gain_with(float(law().beta)),
                    "That lets all compute go into text: the exponent of compute on the best path "
                    "is gamma, not beta.",
                ),
                Mistake(
                    lambda: _gain_with(float(law().alpha + law().beta)),
                    "That adds the exponents. Size and text share the compute, so gamma is "
                    "smaller than either.",
                ),
            ),
        ),
        Exercise(
            key="log-best-model",
            answer=best_ratio,
            tolerance=0.01,
            well_done="With two exponents so near each other the ratio hardly depends on the "
            "budget. It depends much on the runs: with scaling_law.fit(dropped=0).law, which keeps "
            "the five highest losses, it is another.",
            otherwise="Put D = C / (6 N) into the condition, solve it for N, and go back for D.",
            mistakes=(
                Mistake(
                    lambda: 1 / best_ratio(),
                    "That is parameters per token. Divide the other way round.",
                ),
                Mistake(
                    lambda: _ratio_from(
                        law().balance, BUDGET_OF_MODEL * FLOP_PER_PARAMETER_AND_TOKEN
                    ),
                    "That takes C = N D. Each parameter costs six operations a token.",
                ),
                Mistake(
                    lambda: _ratio_from(law().balance, scale=FLOP_PER_PARAMETER_AND_TOKEN),
                    "The size is right, but the tokens are C / N. Mind the 6 a second time.",
                ),
                Mistake(
                    lambda: _ratio_from(law().balance, swapped=True),
                    "The exponents are swapped: size grows with the power beta / (alpha + beta), "
                    "text with alpha / (alpha + beta).",
                ),
                Mistake(
                    lambda: _ratio_from(_unweighted_balance()),
                    "That makes the two terms themselves equal. At the best point it is their "
                    "slopes that balance: each term times its exponent.",
                ),
                Mistake(
                    lambda: _ratio_from(1 / law().balance),
                    "The constants A and B stand the wrong way round.",
                ),
                Mistake(
                    lambda: float(
                        scaling_law.published_laws()[
                            scaling_law.HOFFMANN_PRINTED
                        ].tokens_per_parameter(BUDGET_OF_MODEL)
                    ),
                    "Those are the rounded constants that Hoffmann et al. printed. Use the ones "
                    "above.",
                ),
                Mistake(
                    lambda: 20.0,
                    "That is the rule of thumb. What do the constants above say?",
                ),
                Mistake(
                    lambda: float(law().optimal(BUDGET_OF_MODEL)[0]),
                    "That is the number of parameters. Find the tokens too, and divide.",
                ),
                Mistake(
                    lambda: float(law().optimal(BUDGET_OF_MODEL)[1]),
                    "That is the number of tokens. Divide by the parameters.",
                ),
            ),
        ),
        Exercise(
            key="log-held-out",
            answer=held_out_miss,
            tolerance=0.02,
            well_done="A line that fits the small runs well falls through the large ones. "
            "Whether you take ln or log10 makes no difference: the slope changes with the unit, "
            "the line does not.",
            otherwise="Fit loss = a + b log C to the runs up to the cut, put in the compute of "
            "the largest run, and divide the prediction by the actual loss.",
            mistakes=(
                Mistake(
                    lambda: held_out_miss() / 100,
                    "That is a share. Give it in per cent.",
                ),
                Mistake(
                    lambda: -held_out_miss(),
                    "Mind the sign: predicted less actual, so a prediction that is too low has a "
                    "miss below zero.",
                ),
                Mistake(
                    lambda: held_out_miss("all"),
                    "That line has seen the run that it predicts. Fit it to the runs up to the "
                    "cut only.",
                ),
                Mistake(
                    _share_of_predicted,
                    "That is relative to the prediction. What happened is the yardstick: divide "
                    "by the actual loss.",
                ),
                Mistake(
                    lambda: -_share_of_predicted(),
                    "That is actual less predicted, relative to the prediction. Take predicted "
                    "less actual, relative to the actual loss.",
                ),
                Mistake(
                    lambda: held_out_miss() / 100 * _at_largest(*_line())[1],
                    "That is the miss in nats. Divide by the actual loss.",
                ),
                Mistake(
                    lambda: _at_largest(*_line())[0],
                    "That is the predicted loss. Set it against the actual one.",
                ),
                Mistake(
                    lambda: 100 * held_out_miss() / abs(_no_change()),
                    "That is the miss as a part of the change to be predicted, by which the "
                    "chapter calls a prediction close. Divide by the actual loss instead.",
                ),
                Mistake(
                    lambda: held_out_miss(log_loss=True),
                    "That line is straight in the log of the loss too, so it is a power law. "
                    "Leave the loss as it is.",
                ),
                Mistake(
                    lambda: held_out_miss(in_logs=False),
                    "That line is straight in compute. Take the logarithm of compute first.",
                ),
                Mistake(
                    _mean_miss,
                    "That is the mean miss of all the runs beyond the cut. Give that of the "
                    "largest.",
                ),
                Mistake(
                    _no_change,
                    "That is what one misses by assuming no change at all. Use the line.",
                ),
            ),
        ),
        Exercise(
            key="log-year",
            answer=year_in_decades,
            tolerance=0.01,
            well_done="Both slopes come from one regression, so each is at equal value of the "
            "other. A ratio of two slopes that move together is known less well than either.",
            otherwise="Regress the index on a constant, log_flop and year together, and divide "
            "one slope by the other.",
            mistakes=(
                Mistake(
                    lambda: 1 / year_in_decades(),
                    "That is how many years a decade of compute is worth. Turn it round.",
                ),
                Mistake(
                    lambda: _slopes("compute", "year")[1] / _slopes("compute")[0],
                    "The gain per decade comes from a regression without the year, so it holds "
                    "part of what better methods did. Take both from one regression.",
                ),
                Mistake(
                    lambda: _slopes("year")[0] / _slopes("compute", "year")[0],
                    "The gain per year comes from a regression without compute, so it holds part "
                    "of what compute did. Take both from one regression.",
                ),
                Mistake(
                    lambda: _slopes("year")[0] / _slopes("compute")[0],
                    "These are slopes of two regressions, and each counts part of the other's "
                    "work. Put compute and year into one.",
                ),
                Mistake(
                    lambda: year_in_decades() * math.log(10),
                    "That counts compute in natural logs. A decade is one in log10.",
                ),
                Mistake(
                    _all_models,
                    "That uses all models. Leave out those whose compute is not confident.",
                ),
                Mistake(
                    _without_constant,
                    "The regression lacks a constant: a column of ones.",
                ),
                Mistake(
                    lambda: 10 ** year_in_decades(),
                    "That is the factor of compute that a year is worth. Give its log10, the "
                    "decades.",
                ),
                Mistake(
                    lambda: _slopes("compute", "year")[1],
                    "Those are points per year. How many decades of compute give as many?",
                ),
                Mistake(
                    lambda: _slopes("compute", "year")[0],
                    "Those are points per decade of compute. How many of them is a year worth?",
                ),
            ),
        ),
    )
}


# ---------------------------------------------------------------------------------------------
# 5. open: how far does a law predict?


def check_own_range(sample: object, cut: object, close: object, predictions: object) -> Feedback:
    """Check the form of the open exercise: a rule stated first, and predictions that follow.

    Parameters
    ----------
    sample : str or ...
        One of :data:`three_observations.loss_forms.SAMPLES`.
    cut : float or ...
        FLOP up to which runs are fitted.
    close : callable or ...
        Takes the miss of a prediction and the miss of assuming no change, both in per cent of the
        loss and with their signs, and says whether the prediction is close.
    predictions : pandas.DataFrame or ...
        ``predictions`` of :func:`three_observations.loss_extrapolation.extrapolation`.

    Returns
    -------
    Feedback
        There is no right answer; the feedback says what is still missing, or what follows.
    """
    if any(part is ... for part in (sample, cut, close, predictions)):
        return Feedback("open", "Replace each ... and run this cell again.")
    known = ", ".join(repr(name) for name in loss_forms.SAMPLES)
    if not isinstance(sample, str):
        return Feedback("wrong", f"Give the runs by their name, one of {known}.")
    if sample not in loss_forms.SAMPLES:
        return Feedback("wrong", f"There are no runs {sample!r}; choose one of {known}.")
    if not is_number(cut) or not cut > 0:
        return Feedback("wrong", "The cut should be a number of FLOP above zero, such as 1e20.")
    if not callable(close):
        return Feedback(
            "wrong",
            "The rule should be a function of two misses: of the prediction, and of no change.",
        )
    fault = _fault_of_rule(close)
    if fault:
        return Feedback("wrong", fault)
    runs = loss_forms.sample(sample)
    fault = _fault_of_predictions(sample, float(cut), runs, predictions)
    if fault:
        return Feedback("wrong", fault)
    return _what_follows(close, predictions)


def _fault_of_rule(close: Callable) -> str:
    """Return what is wrong with a reader's rule, or nothing."""
    misses = [(0.0, 20.0), (60.0, 20.0), (-60.0, 20.0), (0.0, -20.0), (60.0, -20.0), (-60.0, -20.0)]
    try:
        words = {pair: bool(close(*pair)) for pair in misses}
    except Exception as error:  # a reader's rule may fail in any way; the hint says how
        return f"The rule stops with {type(error).__name__}: {error}."
    if len(set(words.values())) == 1:
        return (
            "The rule says the same of a prediction without a miss and of one that is 60% off. A "
            "rule that cannot say no decides nothing."
        )
    if not (words[0.0, 20.0] and words[0.0, -20.0]):
        return "The rule does not call a prediction close that misses by nothing. Turn it round?"
    if any(said for (miss, _), said in words.items() if miss):
        return (
            "The rule calls a prediction close that is 60% off on one side. Misses have a sign: "
            "take abs() of both."
        )
    return ""


def _fault_of_predictions(sample: str, cut: float, runs: pd.DataFrame, predictions: object) -> str:
    """Return what is wrong with the table of predictions, or nothing."""
    beyond = int((runs["training_flop"] > cut).sum())
    if beyond < LEAST_HELD_OUT:
        return f"Only {beyond} of {len(runs)} runs lie beyond this cut. Choose a lower one."
    if beyond == len(runs):
        return "No run lies below this cut. Choose a higher one."
    if isinstance(predictions, Extrapolation):
        return "That is the whole result. Take its .predictions."
    columns = {"sample", "cut", "form", "run", "decades_beyond", "actual", "error_pct"}
    columns |= {"naive_error_pct", "usable", "reason"}
    if not isinstance(predictions, pd.DataFrame) or not columns <= set(predictions):
        return (
            "The predictions should be the table that loss_extrapolation.extrapolation(...) holds "
            "as .predictions."
        )
    if predictions.empty or set(predictions["sample"]) != {sample}:
        return "The predictions were made for other runs than the ones you chose."
    if not all(math.isclose(one, cut, rel_tol=1e-9) for one in predictions["cut"].unique()):
        return (
            "The predictions were made for another cut than the one you chose. First give those of "
            "your own choice; a critic's change comes after that."
        )
    if not set(_NAMES) <= set(predictions["form"]):
        return "The predictions lack a form. Leave out forms=... to have all three."
    actual = np.sort(runs["loss"].to_numpy())
    place = np.clip(np.searchsorted(actual, predictions["actual"]), 0, len(actual) - 1)
    if not np.allclose(actual[place], predictions["actual"], rtol=1e-12, atol=0):
        return "The losses are not those of these runs. Compute the predictions again."
    unusable = predictions.loc[~predictions["usable"].astype(bool), "reason"]
    if len(unusable):
        return f"The fit cannot be used: {unusable.iloc[0]}. Choose a higher cut or other runs."
    return ""


def _what_follows(close: Callable, predictions: pd.DataFrame) -> Feedback:
    """Apply a reader's rule to the predictions of every form."""
    misses = zip(predictions["error_pct"], predictions["naive_error_pct"], strict=True)
    judged = predictions.assign(close=[bool(close(miss, naive)) for miss, naive in misses])
    judged = judged.sort_values(["decades_beyond", "run"], kind="stable")
    by_form = {form: part for form, part in judged.groupby("form") if form in _NAMES}
    unchanged = np.array(
        [bool(close(miss, miss)) for miss in by_form["floored"]["naive_error_pct"]]
    )
    if unchanged.all():
        return Feedback(
            "wrong",
            "Assuming no change at all passes your rule on every run. Such a rule is no test of a "
            "law: make it stricter.",
        )
    runs, nearer = len(unchanged), len(unchanged) // 2
    calls = {name: by_form[form]["close"].to_numpy() for form, name in _NAMES.items()}
    said = [
        f"{name} {np.count_nonzero(call[:nearer])} and {np.count_nonzero(call[nearer:])}"
        for name, call in (calls | {"no change at all": unchanged}).items()
    ]
    return Feedback(
        "right",
        f"{runs} larger runs lie up to {judged['decades_beyond'].max():.2g} decades beyond the "
        f"fitted ones. Of the {nearer} nearer and the {runs - nearer} farther your rule calls "
        f"close: {'; '.join(said)}. Now ask what a critic would change first, the runs, the cut "
        "or the rule, run that too, and write your three sentences.",
    )
