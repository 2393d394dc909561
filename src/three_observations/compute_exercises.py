"""The exercises of the chapter on compute and revenue: right answers, likely slips, hints.

Every answer is computed from the tables, so a corrected figure corrects the exercise.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from numbers import Real

import numpy as np
import pandas as pd

from three_observations import compute_plan, compute_revenue, compute_scorecard, data
from three_observations.exercises import Exercise, Feedback, Mistake

#: The elasticity of the exercise on the marginal gigawatt.
SUPPOSED_ELASTICITY = 0.6
#: By how much the cost of a GW-year falls every year in the exercise on break-even.
SUPPOSED_FALL = 0.15
#: Growth and multiple of the exercise on tokens.
SUPPOSED_GROWTH, SUPPOSED_MULTIPLE = 3.0, 10.0


def last_two() -> pd.DataFrame:
    """Return the last two year-ends with both gigawatts and a run-rate."""
    table = compute_revenue.points().tail(2).reset_index(drop=True)
    return table[["year", "compute", "revenue"]].rename(
        columns={"compute": "gigawatts", "revenue": "run_rate"}
    )


def _growths() -> tuple[float, float]:
    before, after = last_two().itertuples(index=False)
    return after.gigawatts / before.gigawatts, after.run_rate / before.run_rate


def elasticity() -> float:
    """Return ln(growth of the run-rate) / ln(growth of gigawatts) over the last year."""
    compute, revenue = _growths()
    return math.log(revenue) / math.log(compute)


def marginal() -> float:
    """Return what one more gigawatt earns at the supposed elasticity, USD bn a year."""
    last = last_two().iloc[-1]
    return SUPPOSED_ELASTICITY * float(last["run_rate"] / last["gigawatts"])


#: A natural logarithm over the common one of the same number.
_TEN = math.log(10)


def _slips_of_a_time(years: Callable[[], float]) -> tuple[Mistake, ...]:
    """Return the slips of a number of years that is a quotient of two logarithms."""
    return (
        Mistake(
            lambda: years() / _TEN,
            "That mixes a common with a natural logarithm. Use one kind above and below.",
        ),
        Mistake(
            lambda: years() * _TEN,
            "That mixes a natural with a common logarithm. Use one kind above and below.",
        ),
        Mistake(lambda: 12 * years(), "That is in months. The question asks for years."),
    )


def _whole_gigawatt() -> float:
    """Return what one whole gigawatt more would earn, USD bn a year."""
    last = last_two().iloc[-1]
    grown = (last["gigawatts"] + 1) / last["gigawatts"]
    return float(last["run_rate"] * (grown**SUPPOSED_ELASTICITY - 1))


def _average() -> float:
    last = last_two().iloc[-1]
    return float(last["run_rate"] / last["gigawatts"])


def per_gigawatt_year() -> dict[str, float]:
    """Return what a GW-year earned, cost and needed of other costs in 2025, USD bn."""
    account = compute_plan.books()
    size = account.gigawatt_years
    return {
        "revenue": account.revenue / size,
        "compute": account.compute / size,
        "other": account.other / size,
    }


def years_to_break_even() -> float:
    """Return the years until a GW-year pays if its cost falls by the supposed share."""
    return float(compute_plan.break_even_years(SUPPOSED_FALL))


def _years(target: float, start: float, factor: float) -> float:
    return math.log(target / start) / math.log(factor)


def starting_tokens() -> float:
    """Return the output a day from which the interview's company starts."""
    volumes = data.load("token_volumes").set_index("entity")
    return float(volumes.loc["One AI company", "tokens_per_day"])


def _target() -> float:
    return SUPPOSED_MULTIPLE * compute_scorecard.humanity_tokens()


def years_to_pass() -> float:
    """Return the years until the company puts out ten times what all people do."""
    return _years(_target(), starting_tokens(), SUPPOSED_GROWTH)


def _costs() -> tuple[float, float, float]:
    found = per_gigawatt_year()
    return found["revenue"], found["compute"], found["other"]


EXERCISES: dict[str, Exercise] = {
    exercise.key: exercise
    for exercise in (
        Exercise(
            key="compute-elasticity",
            answer=elasticity,
            tolerance=0.005,
            well_done="Two points always give a number; they cannot say how sure it is.",
            otherwise="Divide the log growth of revenue by the log growth of compute.",
            mistakes=(
                Mistake(
                    lambda: _growths()[1] / _growths()[0],
                    "That is a ratio of growth factors. An elasticity compares logarithms.",
                ),
                Mistake(
                    lambda: (_growths()[1] - 1) / (_growths()[0] - 1),
                    "That divides percentages. For growth this large take logarithms.",
                ),
                Mistake(
                    lambda: 1 / elasticity(),
                    "That is upside down: revenue goes on top.",
                ),
                Mistake(
                    lambda: math.log(_growths()[1] / _growths()[0]),
                    "That is the log of a ratio, a difference of two logs. Divide them instead.",
                ),
                Mistake(
                    lambda: (last_two()["run_rate"].diff() / last_two()["gigawatts"].diff()).iloc[
                        -1
                    ],
                    "That is billions of dollars for each gigawatt added. An elasticity has no "
                    "unit.",
                ),
                Mistake(
                    lambda: elasticity() / _TEN,
                    "That takes the common logarithm of revenue and the natural one of "
                    "compute. Use one kind for both; then it does not matter which.",
                ),
                Mistake(
                    lambda: elasticity() * _TEN,
                    "That takes the natural logarithm of revenue and the common one of "
                    "compute. Use one kind for both; then it does not matter which.",
                ),
                Mistake(
                    lambda: math.log(_growths()[1]),
                    "That is the log growth of revenue alone. Divide it by that of compute.",
                ),
            ),
        ),
        Exercise(
            key="compute-marginal",
            answer=marginal,
            tolerance=0.005,
            well_done="At an elasticity below one the next gigawatt earns less than the average.",
            otherwise="If revenue is a times compute to the power e, its slope is e times the "
            "average.",
            mistakes=(
                Mistake(
                    _average,
                    "That is the average gigawatt. At an elasticity of one the next would earn as "
                    "much, but it is not one here.",
                ),
                Mistake(
                    lambda: (
                        SUPPOSED_ELASTICITY
                        * float(last_two()["run_rate"].iloc[0] / last_two()["gigawatts"].iloc[0])
                    ),
                    "That is the slope at the year-end before. The question asks for the last one.",
                ),
                Mistake(
                    lambda: _average() / SUPPOSED_ELASTICITY,
                    "Multiply by the elasticity, do not divide: below one, more compute earns "
                    "less for each unit.",
                ),
                Mistake(
                    lambda: _average() * (2**SUPPOSED_ELASTICITY - 1),
                    "That is what each of as many gigawatts again would earn on average. The "
                    "question asks for one small step.",
                ),
                Mistake(
                    lambda: SUPPOSED_ELASTICITY * float(last_two()["run_rate"].iloc[-1]),
                    "That is the elasticity times all revenue: divide by the gigawatts.",
                ),
                Mistake(
                    _whole_gigawatt,
                    "That is what one whole gigawatt more would earn. It is over half as much "
                    "again as there is, and the next ones earn less and less; the question asks "
                    "for a small step, the slope at the last year-end.",
                ),
                Mistake(
                    lambda: (last_two()["run_rate"].diff() / last_two()["gigawatts"].diff()).iloc[
                        -1
                    ],
                    "That is what each gigawatt added last year went with. Here revenue follows "
                    "the power law, whatever happened last year.",
                ),
                Mistake(
                    lambda: marginal() / 12,
                    "That is for a month. A run-rate is a year's revenue, and the question "
                    "asks for a year.",
                ),
                Mistake(
                    lambda: marginal() * 12,
                    "A run-rate is a month times twelve already: do not multiply again.",
                ),
            ),
        ),
        Exercise(
            key="compute-break-even",
            answer=years_to_break_even,
            tolerance=0.01,
            well_done="Other costs count: without them it would look years nearer.",
            otherwise="Set cost times (1 - fall) to the power of the years equal to revenue less "
            "other costs.",
            mistakes=(
                Mistake(
                    lambda: _years(_costs()[0], _costs()[1], 1 - SUPPOSED_FALL),
                    "That forgets the other costs: they come out of revenue first.",
                ),
                Mistake(
                    lambda: (
                        (_costs()[1] - (_costs()[0] - _costs()[2])) / (SUPPOSED_FALL * _costs()[1])
                    ),
                    "That lets the cost fall by the same amount every year. It falls by a share "
                    "of what is left.",
                ),
                Mistake(
                    lambda: _years(_costs()[0] - _costs()[2], _costs()[1], 1 / (1 + SUPPOSED_FALL)),
                    "Falling by 15% means times 0.85, which is not the same as divided by 1.15.",
                ),
                Mistake(
                    lambda: -years_to_break_even(),
                    "Mind the sign: both logarithms are below zero, and their quotient is not.",
                ),
                Mistake(
                    lambda: float(compute_plan.break_even_years(SUPPOSED_FALL, other_falls=True)),
                    "That lets the other costs fall too. Here only the cost of compute does.",
                ),
                Mistake(
                    lambda: math.ceil(years_to_break_even()),
                    "That is the first whole year in which it pays. Give the time with its "
                    "fraction.",
                ),
                Mistake(
                    lambda: years_to_break_even() * math.log(1 - SUPPOSED_FALL) / -SUPPOSED_FALL,
                    "That divides by 0.15. The logarithm of 0.85 is a little larger in size: a "
                    "fall of 15% a year is a ratio, not a rate of logarithms.",
                ),
                *_slips_of_a_time(years_to_break_even),
                Mistake(
                    lambda: _years(_costs()[0] - _costs()[2], _costs()[1], SUPPOSED_FALL),
                    "That leaves 15% of the cost every year. Falling by 15% leaves 85%.",
                ),
            ),
        ),
        Exercise(
            key="compute-tokens",
            answer=years_to_pass,
            tolerance=0.01,
            well_done="At this pace each further factor of ten takes about two years.",
            otherwise="Take the log of how many times larger the target is, over the log of the "
            "yearly growth.",
            mistakes=(
                Mistake(
                    lambda: _years(_target() / SUPPOSED_MULTIPLE, starting_tokens(), 3.0),
                    "That is when it passes all people once. The question asks for ten times.",
                ),
                Mistake(
                    lambda: _target() / starting_tokens() / SUPPOSED_GROWTH,
                    "That divides by the growth. A factor of three a year multiplies: use "
                    "logarithms.",
                ),
                Mistake(
                    lambda: math.log10(_target() / starting_tokens()),
                    "That counts factors of ten. Divide by the logarithm of three as well.",
                ),
                Mistake(
                    lambda: _years(_target(), starting_tokens(), 1 + SUPPOSED_GROWTH),
                    "Threefold means times three, not three times more on top.",
                ),
                Mistake(
                    lambda: math.log(_target() / starting_tokens()) / SUPPOSED_GROWTH,
                    "Divide by the logarithm of three, not by three.",
                ),
                *_slips_of_a_time(years_to_pass),
                Mistake(
                    lambda: math.log2(_target() / starting_tokens()),
                    "That counts doublings. It grows threefold a year: divide by the logarithm of "
                    "three to the same base.",
                ),
            ),
        ),
    )
}


def check_own_outlook(
    assumptions: object, sure_enough: object, rule: object, chance: object
) -> Feedback:
    """Check the form of the open exercise: assumptions and a rule first, then a probability.

    Parameters
    ----------
    assumptions : sequence of Assumption or ...
        As :func:`three_observations.compute_plan.with_bounds` or
        :func:`~three_observations.compute_plan.moved` returns them.
    sure_enough : float or ...
        The probability from which one would say yes, between 0 and 1.
    rule : callable or ...
        Takes a probability and returns a word.
    chance : float or ...
        Of a cash flow above zero in 2030 under the assumptions.

    Returns
    -------
    Feedback
        There is no right answer; the feedback says what is still missing, or what to ask next.
    """
    if any(part is ... for part in (assumptions, sure_enough, rule, chance)):
        return Feedback("open", "Replace each ... and run this cell again.")
    if not isinstance(assumptions, (list, tuple)) or not all(
        isinstance(item, compute_plan.Assumption) for item in assumptions
    ):
        return Feedback(
            "wrong", "The assumptions should be what compute_plan.with_bounds or moved returns."
        )
    if all(item.whose == "this book" for item in assumptions):
        return Feedback("wrong", "These are the book's assumptions. Change one that you doubt.")
    if isinstance(sure_enough, bool) or not isinstance(sure_enough, Real):
        return Feedback("wrong", "How sure is sure enough? Give a number between 0 and 1.")
    if not 0 < sure_enough < 1:
        return Feedback("wrong", "How sure is sure enough? It should lie between 0 and 1.")
    if not callable(rule):
        return Feedback("wrong", "The rule should be a function of a probability.")
    try:
        words = {rule(float(share)) for share in np.linspace(0, 1, 11)}
        below, above = rule(0.99 * float(sure_enough)), rule(float(sure_enough))
    except Exception as error:  # a reader's rule may fail in any way; the hint says how
        return Feedback("wrong", f"The rule stops with {type(error).__name__}: {error}.")
    if len(words) == 1:
        return Feedback(
            "wrong",
            "The rule says the same of every probability from 0 to 1. A rule that cannot say no "
            "decides nothing.",
        )
    if below == above:
        return Feedback("wrong", "The rule does not turn at the probability that you named.")
    if isinstance(chance, bool) or not isinstance(chance, Real) or not 0 <= chance <= 1:
        return Feedback("wrong", "The chance should be a probability between 0 and 1.")
    try:
        simulation = compute_plan.simulate(assumptions, draws=4000)
    except ValueError as error:
        return Feedback("wrong", f"The model does not take these assumptions: {error}.")
    found = float(compute_plan.profit_probabilities(simulation, (2030,))["in_year"].iloc[0])
    if abs(found - float(chance)) > 0.05:
        return Feedback(
            "wrong",
            "The chance does not belong to these assumptions and the year 2030. Compute it with "
            "compute_plan.profit_probabilities.",
        )
    yours = sum(item.whose != "this book" for item in assumptions)
    changed = "1 assumption" if yours == 1 else f"{yours} assumptions"
    return Feedback(
        "right",
        f"Your rule says {rule(float(chance))!r} of {chance:.0%}, after a change of "
        f"{changed}. Now ask which one change would turn the word, and whether a "
        "critic would find it reasonable.",
    )
