"""The exercises of the closing chapter: right answers, likely slips, hints.

Every answer is computed from the tables, so a corrected figure corrects the exercise.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from numbers import Real
from types import EllipsisType

import numpy as np
import pandas as pd

from three_observations import compute_revenue, data, whole_argument
from three_observations.exercises import UNANSWERED, Exercise, Feedback, Mistake, is_number, once

# ---------------------------------------------------------------------------------------------
# what the notebook prints


def two_days() -> pd.DataFrame:
    """Return tokens and revenue of the interview's company on two days.

    Returns
    -------
    pandas.DataFrame
        ``date``, ``tokens_per_day`` (of the API), ``run_rate`` (billion US dollars a year, growing
        evenly between reports).
    """
    volumes = data.load("token_volumes").sort_values("date", kind="stable")
    own = volumes[(volumes["entity"] == compute_revenue.COMPANY) & (volumes["scope"] == "API")]
    rows = own.iloc[[0, -1]]
    history = compute_revenue.run_rate_history(compute_revenue.COMPANY)
    rates = compute_revenue.log_interpolated(
        history["date"], history["run_rate_usd_bn"].astype(float), list(rows["date"])
    )
    return pd.DataFrame(
        {
            "date": rows["date"].to_numpy(),
            "tokens_per_day": rows["tokens_per_day"].to_numpy(float),
            "run_rate": rates,
        }
    )


@once
def points_for_a_tenfold() -> float:
    """Return the points of the index that ten times the compute brings at equal date."""
    return whole_argument.points_per_decade().value


@once
def value_of_a_point() -> float:
    """Return the growth of a run-rate with each point, the middle of two firms, in logarithms.

    It is the model's own, so that the exercise on the pace goes on from the one on a tenfold.
    """
    return whole_argument.both_values_per_point().value


@once
def drift_and_elasticity() -> tuple[float, float]:
    """Return the drift (logarithms per year) and the elasticity with no credit moved.

    Only what both need is estimated, so that a checker answers at once.
    """
    one = whole_argument.Argument(
        points_per_decade=points_for_a_tenfold(),
        points_per_year=whole_argument.points_per_year().value,
        compute_per_dollar=whole_argument.compute_per_dollar().value,
        price_fall=fall_after_the_essay(),
        demand=whole_argument.demand().value,
        value_per_point=value_of_a_point(),
        credit=0.0,
    )
    return float(one.drift), float(one.elasticity)


@once
def fall_after_the_essay() -> float:
    """Return how many times cheaper a level became in the year after the essay.

    The middle needs no half-samples; two are the fewest that the method takes.
    """
    return whole_argument.price_fall(resamples=2).value


# ---------------------------------------------------------------------------------------------
# right answers


@once
def _ratios() -> tuple[float, float, float]:
    table = two_days()
    years = (table["date"].iloc[1] - table["date"].iloc[0]).days / whole_argument.DAYS_PER_YEAR
    first, last = table.iloc[0], table.iloc[1]
    return (
        float(last["tokens_per_day"] / first["tokens_per_day"]),
        float(last["run_rate"] / first["run_rate"]),
        years,
    )


def fall_of_the_price_paid() -> float:
    """Return how many times cheaper a token became a year, by what was paid for it."""
    tokens, revenue, years = _ratios()
    return (tokens / revenue) ** (1 / years)


def value_for_a_tenfold() -> float:
    """Return what ten times the resources multiply value by, at equal date."""
    return math.exp(points_for_a_tenfold() * value_of_a_point())


def lasting_pace() -> float:
    """Return the fastest lasting growth of investment that value keeps up with, x a year."""
    drift, elasticity = drift_and_elasticity()
    return math.exp(drift / (1 - elasticity))


def years_to_everyone() -> float:
    """Return the years in which one person's price falls to that for everyone of 2025."""
    return math.log(whole_argument.people()) / math.log(fall_after_the_essay())


def _not_a_year() -> float:
    tokens, revenue, _ = _ratios()
    return tokens / revenue


def _upside_down() -> float:
    return 1 / fall_of_the_price_paid()


def _difference_of_rates() -> float:
    tokens, revenue, years = _ratios()
    return tokens ** (1 / years) - revenue ** (1 / years)


def _months_for_years() -> float:
    tokens, revenue, years = _ratios()
    return (tokens / revenue) ** (1 / (12 * years))


def _exponent_upside_down() -> float:
    tokens, revenue, years = _ratios()
    return (tokens / revenue) ** years


def _shared_out() -> float:
    tokens, revenue, years = _ratios()
    return tokens / revenue / years


def _tokens_alone() -> float:
    tokens, _, years = _ratios()
    return tokens ** (1 / years)


def _revenue_alone() -> float:
    _, revenue, years = _ratios()
    return revenue ** (1 / years)


def _pace_with(found: Callable[[float, float], float]) -> Callable[[], float]:
    """Return what a reader gets who puts drift and elasticity together in another way."""
    return lambda: found(*drift_and_elasticity())


EXERCISES: Mapping[str, Exercise] = {
    "whole-price-paid": Exercise(
        "whole-price-paid",
        fall_of_the_price_paid,
        0.01,
        "Nobody publishes this price; it follows from two figures that were published.",
        "Revenue is price times tokens, so the price changes by the one ratio over the other; then "
        "make a year of it.",
        (
            Mistake(_not_a_year, "That is the ratio over these days, not the rate of a year."),
            Mistake(_upside_down, "That is what a price is multiplied by; how often does it fall?"),
            Mistake(_difference_of_rates, "Growth rates in x are divided, not subtracted."),
            Mistake(_months_for_years, "A factor of 12: the exponent counts years, not months."),
            Mistake(
                _exponent_upside_down,
                "The exponent is upside down: a year is one over the years between the days.",
            ),
            Mistake(_shared_out, "That shares out a factor like a sum. Factors multiply: a root."),
            Mistake(_tokens_alone, "That is how tokens grew. What was paid for them grew too."),
            Mistake(_revenue_alone, "That is how revenue grew. Tokens grew too, and by more."),
        ),
    ),
    "whole-tenfold": Exercise(
        "whole-tenfold",
        value_for_a_tenfold,
        0.01,
        "Less than ten: at equal date the next step does not pay for itself in proportion.",
        "A tenfold brings points, and each point multiplies value.",
        (
            Mistake(
                lambda: points_for_a_tenfold() * value_of_a_point(),
                "That is the logarithm of the multiple.",
            ),
            Mistake(
                lambda: 10 ** (points_for_a_tenfold() * value_of_a_point()),
                "The growth per point is in natural logarithms, not in tenfolds.",
            ),
            Mistake(
                lambda: 1 + points_for_a_tenfold() * value_of_a_point(),
                "Growth compounds from point to point; a sum of rates is too small.",
            ),
            Mistake(
                lambda: points_for_a_tenfold() * value_of_a_point() / math.log(10),
                "That is the elasticity; raise ten to it.",
            ),
            Mistake(
                lambda: (1 + value_of_a_point()) ** points_for_a_tenfold(),
                "The growth per point is a logarithm, not a share: exp(), not one plus.",
            ),
            Mistake(
                lambda: math.exp(10 * value_of_a_point()),
                "That is for ten points. A tenfold of compute brings another number of them.",
            ),
            Mistake(
                lambda: math.exp(points_for_a_tenfold() * value_of_a_point() / math.log(10)),
                "That is for a factor e of compute. The question asks for a tenfold.",
            ),
        ),
    ),
    "whole-pace": Exercise(
        "whole-pace",
        lasting_pace,
        0.01,
        "Any pace below it is paid for in the end; how much money it takes until then is another "
        "question.",
        "At a lasting pace g value grows at drift plus elasticity times g; that may not be less "
        "than g.",
        (
            Mistake(
                _pace_with(lambda drift, one: drift / (1 - one)),
                "That is the pace in logarithms a year; turn it into x a year.",
            ),
            Mistake(
                _pace_with(lambda drift, one: math.exp(drift)),
                "More resources raise value too: the drift is not all.",
            ),
            Mistake(
                _pace_with(lambda drift, one: math.exp(drift / one)),
                "Divide by what the elasticity lacks to one, not by the elasticity.",
            ),
            Mistake(
                _pace_with(lambda drift, one: 1 + drift / (1 - one)),
                "A rate in logarithms is not a share: use the exponential.",
            ),
            Mistake(
                _pace_with(lambda drift, one: 10 ** (drift / (1 - one))),
                "The drift is in natural logarithms: exp() undoes them, not a power of ten.",
            ),
            Mistake(
                _pace_with(lambda drift, one: math.exp(drift * (1 - one))),
                "Solve g = drift + elasticity g for g: divide by what the elasticity lacks to one.",
            ),
            Mistake(
                _pace_with(lambda drift, one: math.exp(drift / (1 + one))),
                "Mind the sign: growth of value helps, so g (1 - elasticity) is the drift.",
            ),
            Mistake(
                _pace_with(lambda drift, one: math.exp(drift + one)),
                "The elasticity multiplies the pace; it is not added to the drift.",
            ),
        ),
    ),
    "whole-2035": Exercise(
        "whole-2035",
        years_to_everyone,
        0.01,
        "At ten times a year it is just under ten: the forecast is its rule, compounded.",
        "The fall compounds: which power of the yearly fall is the number of people?",
        (
            Mistake(
                lambda: math.log10(whole_argument.people()),
                "That is the time at ten times a year; use the fall as measured.",
            ),
            Mistake(
                lambda: math.log10(whole_argument.people()) / math.log(fall_after_the_essay()),
                "Common and natural logarithms are mixed: take one of them for both.",
            ),
            Mistake(
                lambda: 12 * years_to_everyone(),
                "A factor of 12: the fall is for a year, so the answer is in years.",
            ),
            Mistake(
                lambda: whole_argument.people() / fall_after_the_essay(),
                "Falls multiply from year to year; they do not add up.",
            ),
            Mistake(
                lambda: math.log(whole_argument.people()) / fall_after_the_essay(),
                "Divide by the logarithm of the fall, not by the fall.",
            ),
            Mistake(
                lambda: math.log(whole_argument.people()) / (fall_after_the_essay() - 1),
                "A factor is no growth rate: take its logarithm, do not take one off.",
            ),
        ),
    ),
}

# ---------------------------------------------------------------------------------------------
# the open one


#: Years ahead within which a reader's forecast should be due: the documents go no further.
FARTHEST = 25
#: Ends of a range above zero may lie so many times apart.
WIDEST = 100.0


def _day(due: object) -> pd.Timestamp | None:
    """Return a day that is written as one, and None for anything else.

    "today" or a bare year would be read too, the one by the clock and the other as 1 January.
    """
    written = isinstance(due, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", due.strip())
    if not written and not isinstance(due, date):
        return None
    try:
        day = pd.Timestamp(due)
    except ValueError:
        return None
    return None if day is pd.NaT or day.tzinfo is not None else day


def _ends(low: object, high: object) -> str:
    """Say what is wrong with a range, or nothing."""
    for end in (low, high):
        if isinstance(end, (bool, np.bool_)) or not isinstance(end, Real):
            return f"low and high should be numbers without quotes or brackets, not {end!r}."
        if not is_number(end) or abs(float(end)) > 1e300:
            return "low and high have to be finite: what is sure to hold forecasts nothing."
    if not low < high:
        return "low has to lie below high: a point is no forecast."
    if low > 0 and high / low > WIDEST or high < 0 and low / high > WIDEST:
        return (
            f"The ends lie more than {WIDEST:g} times apart: hardly anything could miss that. "
            "Narrow the range."
        )
    return ""


def _rule_against_range(rule: Callable[[float], object], low: float, high: float) -> str:
    """Say where a rule and a range disagree, or nothing."""
    width = high - low
    tried = {low - width: False, low - width / 10: False, low + width / 10: True}
    tried |= {(low + high) / 2: True, high - width / 10: True}
    tried |= {high + width / 10: False, high + width: False}
    said = {}
    for figure in tried:
        try:
            answer = rule(figure)
        except Exception as error:  # whatever a reader's function raises
            return f"The rule raised {type(error).__name__}: {error}"
        if not isinstance(answer, (bool, np.bool_)):
            return f"The rule should return True or False; of {figure:g} it says {answer!r}."
        said[figure] = bool(answer)
    if not said[(low + high) / 2]:
        return "The rule says no in the middle of your own range."
    if all(said.values()):
        return "The rule cannot say no: try a figure far outside your range."
    for figure, inside in tried.items():
        if said[figure] != inside:
            word, side = ("no", "inside") if inside else ("yes", "outside")
            return f"The rule says {word} of {figure:g}, which lies {side} your range."
    return ""


def check_own_forecast(
    what: object, due: object, low: object, high: object, rule: object
) -> Feedback:
    """Look at the form of a reader's own entry for the register.

    Parameters
    ----------
    what : str
        The figure, with its unit.
    due : str or datetime.date
        A day after the book's day of judgement, and not more than :data:`FARTHEST` years after.
    low, high : float
        Of one sign, at most :data:`WIDEST` times apart.
    rule : callable
        Takes the figure that was found and returns ``True`` inside the range, else ``False``.
    """
    if any(isinstance(given, EllipsisType) for given in (what, due, low, high, rule)):
        return UNANSWERED
    if not isinstance(what, str) or len(what.split()) < 4:
        return Feedback("wrong", "Say in some words which figure it is, and in which unit.")
    day = _day(due)
    if day is None:
        return Feedback("wrong", f'{due!r} is no day; write it with quotes, as "2027-12-31".')
    if day <= compute_revenue.AS_OF:
        return Feedback("wrong", "A forecast needs a day that has not come.")
    if day > compute_revenue.AS_OF + pd.DateOffset(years=FARTHEST):
        return Feedback(
            "wrong", f"In more than {FARTHEST} years nobody will ask you. Choose a nearer day."
        )
    if wrong := _ends(low, high):
        return Feedback("wrong", wrong)
    if not callable(rule):
        return Feedback("wrong", "rule should be a function of the figure that was found.")
    ends = float(low), float(high)
    if wrong := _rule_against_range(rule, *ends):
        return Feedback("wrong", wrong)
    through = " Your range holds zero: which figure would have surprised you?"
    return Feedback(
        "right",
        f"It can be entered: {what}, {ends[0]:g} to {ends[1]:g}, due on {day:%Y-%m-%d}. "
        "Would somebody who disagrees with you accept the rule?"
        + (through if ends[0] <= 0 <= ends[1] else ""),
    )
