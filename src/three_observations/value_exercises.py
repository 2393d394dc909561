"""The exercises of the chapter on value: right answers, likely slips, hints.

Every answer is computed from the tables, so a corrected run-rate corrects the exercise.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from numbers import Real

import numpy as np
import pandas as pd

from three_observations import value_proxies
from three_observations.exercises import Exercise, Feedback, Mistake, is_one_of
from three_observations.growth_theorems import curvature_decomposition, straightening_bend

#: Points of the index that a tenfold of resources brings in the exercise on the elasticity.
POINTS_A_TENFOLD = 10.0
#: Fixed points of the exercise on bending, and value at both and half way between them.
BEND_ENDS = (100.0, 150.0)
BEND_VALUES = (1.0, 4.0, 32.0)

# ---------------------------------------------------------------------------------------------
# what the notebook prints


def three_reports(firm: str = "Anthropic") -> pd.DataFrame:
    """Return the first, a middle and the last run-rate of a firm, with the score of its models.

    Returns
    -------
    pandas.DataFrame
        ``date``, ``score`` (points of the index), ``run_rate`` (billion US dollars a year).
    """
    table = value_proxies.points(firm)
    middle = (table["x"] - (table["x"].iloc[0] + table["x"].iloc[-1]) / 2).abs().argmin()
    rows = table.iloc[[0, int(middle), -1]]
    return pd.DataFrame(
        {
            "date": rows["date"].to_numpy(),
            "score": rows["x"].to_numpy(),
            "run_rate": np.exp(rows["y"].to_numpy()),
        }
    )


def slope_per_point(firm: str = "OpenAI") -> float:
    """Return the growth of ln run-rate for each point of the index, by least squares."""
    table = value_proxies.points(firm)
    return float(np.polyfit(table["x"], table["y"], 1)[0])


def two_firms() -> pd.DataFrame:
    """Return run-rates and yearly growth rates of both firms on the last day that both cover.

    Returns
    -------
    pandas.DataFrame
        ``firm``, ``run_rate`` (billion US dollars a year), ``growth`` (in logarithms per year).
    """
    last = value_proxies.composition(draws=1).iloc[-1]
    firms = value_proxies.FIRMS
    return pd.DataFrame(
        {
            "firm": firms,
            "run_rate": [float(last[firm]) for firm in firms],
            "growth": [float(last[f"rate_{firm}"]) for firm in firms],
        }
    )


# ---------------------------------------------------------------------------------------------
# right answers


def _slopes(values: np.ndarray, at: np.ndarray) -> np.ndarray:
    return np.diff(values) / np.diff(at)


def _reports() -> tuple[np.ndarray, np.ndarray]:
    table = three_reports()
    return table["score"].to_numpy(), table["run_rate"].to_numpy()


def curvature_of_three() -> float:
    """Return the curvature of ln run-rate through three points, per squared point."""
    at, value = _reports()
    return float(np.diff(_slopes(np.log(value), at))[0] / ((at[2] - at[0]) / 2))


def elasticity() -> float:
    """Return d ln revenue / d ln resources if a tenfold brings :data:`POINTS_A_TENFOLD`."""
    return slope_per_point() * POINTS_A_TENFOLD / math.log(10)


def curvature_of_sum() -> float:
    """Return the curvature of the logarithm of the sum if both parts are exponential."""
    table = two_firms()
    return float(curvature_decomposition(table["run_rate"], table["growth"])["composition"].iloc[0])


def straight_amount() -> float:
    """Return the bend on which the values of the exercise are exponential.

    The middle of the scale bent by b lies at 1 / (exp(b / 2) + 1) of the way, and has to lie where
    ln value has come so far.
    """
    first, middle, last = (math.log(value) for value in BEND_VALUES)
    share = (middle - first) / (last - first)
    return 2 * math.log(1 / share - 1)


def _share_of_value() -> float:
    first, middle, last = BEND_VALUES
    return (middle - first) / (last - first)


def _bend_from_differences() -> float:
    first, middle, last = (math.log(value) for value in BEND_VALUES)
    return float(straightening_bend(last - first, 4 * (last - 2 * middle + first), 0, 1))


def _log10_curvature() -> float:
    return curvature_of_three() / math.log(10)


def _plain_curvature() -> float:
    at, value = _reports()
    return float(np.diff(_slopes(value, at))[0] / ((at[2] - at[0]) / 2))


def _steps_alone() -> float:
    at, value = _reports()
    return float(np.diff(_slopes(np.log(value), at))[0])


def _without_gaps() -> float:
    _, value = _reports()
    return float(np.diff(np.log(value), 2)[0])


def _weights() -> np.ndarray:
    rates = two_firms()["run_rate"].to_numpy()
    return rates / rates.sum()


def _rates() -> np.ndarray:
    return two_firms()["growth"].to_numpy()


EXERCISES: dict[str, Exercise] = {
    exercise.key: exercise
    for exercise in (
        Exercise(
            key="value-curvature",
            answer=curvature_of_three,
            tolerance=0.02,
            well_done="Two growth rates per point and the distance between their middles: that is "
            "all a curvature is. Three points carry no interval, so this one proves nothing.",
            otherwise="Take ln of the run-rates, the slope of each of the two steps, and divide "
            "the difference of the slopes by the distance between the middles of the steps.",
            mistakes=(
                Mistake(
                    _plain_curvature,
                    "That is the curvature of the run-rate itself, so it asks whether value is "
                    "convex. Super-exponential is about its logarithm.",
                ),
                Mistake(
                    _log10_curvature,
                    "That is in powers of ten. The chapter's growth rates are natural logarithms.",
                ),
                Mistake(
                    _steps_alone,
                    "That is the difference of the two slopes. Divide it by the distance over "
                    "which the slope changed: from the middle of one step to that of the other.",
                ),
                Mistake(
                    lambda: curvature_of_three() / 2,
                    "Nearly: the middles of the steps are only half as far apart as the ends.",
                ),
                Mistake(
                    _without_gaps,
                    "That is a second difference as if the scores were evenly spaced by one. "
                    "Divide each step by its own length first.",
                ),
            ),
        ),
        Exercise(
            key="value-elasticity",
            answer=elasticity,
            tolerance=0.01,
            well_done="Points per tenfold become points per factor e by ln 10, and the rest is the "
            "chain rule.",
            otherwise="How many points does a factor e of resources bring? Multiply by the growth "
            "of ln revenue per point.",
            mistakes=(
                Mistake(
                    lambda: slope_per_point() * POINTS_A_TENFOLD,
                    "That is what a tenfold adds to ln revenue. An elasticity divides it by the "
                    "change of ln resources, which for a tenfold is not one.",
                ),
                Mistake(
                    lambda: slope_per_point() * POINTS_A_TENFOLD * math.log(10),
                    "The ln 10 is on the wrong side: a factor e is less than a tenfold, so it "
                    "brings fewer points.",
                ),
                Mistake(
                    lambda: 1 / elasticity(),
                    "That is upside down: per cent of resources for one per cent of revenue.",
                ),
                Mistake(
                    lambda: math.exp(slope_per_point() * POINTS_A_TENFOLD),
                    "That is the factor of revenue that a tenfold of resources brings. The "
                    "question asks for per cent by per cent.",
                ),
                Mistake(
                    lambda: slope_per_point() / POINTS_A_TENFOLD / math.log(10),
                    "Growth per point times points per factor: multiply, do not divide.",
                ),
                Mistake(
                    lambda: slope_per_point() / POINTS_A_TENFOLD * math.log(10),
                    "That divides by the points for a factor e. Each of them brings growth: "
                    "multiply by them.",
                ),
                Mistake(
                    slope_per_point,
                    "That is the growth for one point. How many points does a factor e bring?",
                ),
                Mistake(
                    lambda: slope_per_point() * math.log(10),
                    "That takes a tenfold for one point, and turns its logarithm over.",
                ),
                Mistake(
                    lambda: slope_per_point() / math.log(10),
                    "That takes a tenfold for one point. It brings ten.",
                ),
                Mistake(
                    lambda: math.expm1(slope_per_point() * POINTS_A_TENFOLD),
                    "That is the share by which revenue rises with a tenfold of resources. The "
                    "question asks for per cent by per cent.",
                ),
                Mistake(
                    lambda: math.expm1(slope_per_point() * POINTS_A_TENFOLD) / 9,
                    "That divides a rise of revenue in per cent by the 900% of a tenfold. For "
                    "changes this large take logarithms.",
                ),
                Mistake(
                    lambda: math.exp(elasticity()),
                    "That is the factor of revenue for a factor e of resources. Its logarithm is "
                    "the elasticity.",
                ),
                Mistake(
                    lambda: slope_per_point() * POINTS_A_TENFOLD / math.log2(10),
                    "That is for a doubling, by the logarithm to base 2. A growth rate in natural "
                    "logarithms goes with ln 10.",
                ),
            ),
        ),
        Exercise(
            key="value-composition",
            answer=curvature_of_sum,
            tolerance=0.02,
            well_done="A variance of growth rates, weighted by shares: no part bends, and the sum "
            "does.",
            otherwise="Weight both growth rates by the shares of the run-rates, and take the "
            "variance with the same weights.",
            mistakes=(
                Mistake(
                    lambda: float(np.var(_rates())),
                    "That gives both firms the same weight. Use their shares of the sum.",
                ),
                Mistake(
                    lambda: float(np.var(_rates(), ddof=1)),
                    "That is the variance of a sample, with equal weights. Nothing is sampled "
                    "here: weight by the shares of the sum.",
                ),
                Mistake(
                    lambda: math.sqrt(curvature_of_sum()),
                    "That is the standard deviation. The curvature is its square.",
                ),
                Mistake(
                    lambda: float(_weights() @ _rates()),
                    "That is the growth rate of the sum. The question asks how it changes.",
                ),
                Mistake(
                    lambda: float(np.diff(_rates())[0] ** 2),
                    "That is the squared difference. Multiply it by both shares.",
                ),
                Mistake(
                    lambda: float(_weights() @ _rates() ** 2),
                    "That is the mean of the squares. Subtract the square of the mean.",
                ),
            ),
        ),
        Exercise(
            key="value-bend",
            answer=straight_amount,
            tolerance=0.01,
            well_done="The same values are exponential on this scale, and every score keeps its "
            "place in the order.",
            otherwise="Where should 125 lie, so that equal steps of the scale give equal steps of "
            "ln value? Then solve 1 / (exp(amount / 2) + 1) for the amount.",
            mistakes=(
                Mistake(
                    lambda: straight_amount() / 2,
                    "Nearly: the middle lies at half the scale, so the exponent there is half the "
                    "amount.",
                ),
                Mistake(
                    lambda: -straight_amount(),
                    "Mind the sign: value is super-exponential here, so the upper part has to be "
                    "stretched.",
                ),
                Mistake(
                    lambda: 2 * math.log(1 / _share_of_value() - 1),
                    "That makes value itself a straight line. Exponential means that its logarithm "
                    "is one.",
                ),
                Mistake(
                    _bend_from_differences,
                    "That is the bend for the curvature at the middle, from differences. With "
                    "steps this large it is not exact: place the three points.",
                ),
                Mistake(
                    lambda: 1 / (1 + math.exp(straight_amount() / 2)),
                    "That is where 125 should lie between 0 and 1. Which amount puts it there?",
                ),
            ),
        ),
    )
}


def check_own_curvature(firm: object, ruler: object, rule: object, found: object) -> Feedback:
    """Check the form of the open exercise: a rule stated first, and a curvature that follows.

    Parameters
    ----------
    firm : str or ...
        One of the firms of :mod:`three_observations.value_proxies`, or both.
    ruler : str or ...
        One of :data:`three_observations.value_proxies.RULERS`.
    rule : callable or ...
        Takes a curvature and both ends of its interval and returns a word.
    found : dict or ...
        What :func:`three_observations.value_proxies.curvature` returned.

    Returns
    -------
    Feedback
        There is no right answer; the feedback says what is still missing, or what to ask next.
    """
    if any(part is ... for part in (firm, ruler, rule, found)):
        return Feedback("open", "Replace each ... and run this cell again.")
    firms = (*value_proxies.FIRMS, value_proxies.BOTH)
    if not is_one_of(firm, firms):
        return Feedback("wrong", f"There is no firm {firm!r}; choose one of {', '.join(firms)}.")
    if not is_one_of(ruler, value_proxies.RULERS):
        return Feedback(
            "wrong",
            f"There is no ruler {ruler!r}; choose one of {', '.join(value_proxies.RULERS)}.",
        )
    if not callable(rule):
        return Feedback(
            "wrong", "The rule should be a function of a curvature, a low and a high end."
        )
    trials = [
        (middle, middle - reach, middle + reach)
        for middle in (-1.0, -0.001, 0.0, 0.001, 1.0)
        for reach in (0.0001, 0.5)
    ]
    try:
        words = {rule(*trial) for trial in trials}
    except Exception as error:  # a reader's rule may fail in any way; the hint says how
        return Feedback("wrong", f"The rule stops with {type(error).__name__}: {error}.")
    if len(words) == 1:
        return Feedback(
            "wrong",
            "The rule says the same of every curvature from far below to far above zero. A rule "
            "that cannot say no decides nothing.",
        )
    parts = ("curvature", "lasting", "lasting_low", "lasting_high", "n")
    if not isinstance(found, Mapping) or not all(
        isinstance(found.get(part), Real) for part in parts
    ):
        return Feedback("wrong", "The curvature should be what value_proxies.curvature returns.")
    own = value_proxies.Curve.of(value_proxies.points(str(firm), str(ruler)))
    second = float(own.fit().coefficients[2] / own.unit**2)
    if not math.isclose(second, found["curvature"], rel_tol=1e-6, abs_tol=1e-15):
        return Feedback(
            "wrong",
            "The curvature does not belong to this firm and ruler without a lag. First give the "
            "one of your own choice; a critic's change comes after that.",
        )
    if not (math.isfinite(found["lasting_low"]) and math.isfinite(found["lasting_high"])):
        return Feedback("wrong", "The curvature has no interval: leave in_time as it is.")
    answer = rule(found["lasting"], found["lasting_low"], found["lasting_high"])
    others = len(value_proxies.RULERS) - 1
    return Feedback(
        "right",
        f"Your rule says {answer!r} of {found['lasting']:.3g} ({found['lasting_low']:.3g} to "
        f"{found['lasting_high']:.3g}), from {found['n']} run-rates. Now ask which of the other "
        f"{others} rulers a critic would take, and whether data like these could have made your "
        "rule say anything else.",
    )
