"""The exercises of the closing chapter: right answers, likely slips, hints.

Every answer is computed from the tables, so a corrected figure corrects the exercise.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import EllipsisType

import pandas as pd

from three_observations import compute_revenue, data, whole_argument
from three_observations.exercises import UNANSWERED, Exercise, Feedback, Mistake, once

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
    """Return the growth of OpenAI's run-rate with each point, in natural logarithms."""
    return whole_argument.value_per_point(compute_revenue.COMPANY).value


@once
def drift_and_elasticity() -> tuple[float, float]:
    """Return the drift (logarithms per year) and the elasticity with no credit moved."""
    one = whole_argument.book_argument(credit=0.0)
    return float(one.drift), float(one.elasticity)


@once
def fall_after_the_essay() -> float:
    """Return how many times cheaper a level became in the year after the essay."""
    return whole_argument.price_fall().value


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
                lambda: (lambda drift, one: drift / (1 - one))(*drift_and_elasticity()),
                "That is the pace in logarithms a year; turn it into x a year.",
            ),
            Mistake(
                lambda: math.exp(drift_and_elasticity()[0]),
                "More resources raise value too: the drift is not all.",
            ),
            Mistake(
                lambda: (lambda drift, one: math.exp(drift / one))(*drift_and_elasticity()),
                "Divide by what the elasticity lacks to one, not by the elasticity.",
            ),
            Mistake(
                lambda: (lambda drift, one: 1 + drift / (1 - one))(*drift_and_elasticity()),
                "A rate in logarithms is not a share: use the exponential.",
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
        ),
    ),
}

# ---------------------------------------------------------------------------------------------
# the open one


def check_own_forecast(
    what: object, due: object, low: object, high: object, rule: object
) -> Feedback:
    """Look at the form of a reader's own entry for the register.

    Parameters
    ----------
    what : str
        The figure, with its unit.
    due : str
        ISO date after the book's day of judgement.
    low, high : float
    rule : callable
        Takes the figure that was found and returns ``True`` or ``False``.
    """
    if any(isinstance(given, EllipsisType) for given in (what, due, low, high, rule)):
        return UNANSWERED
    if not isinstance(what, str) or len(what.split()) < 4:
        return Feedback("wrong", "Say in some words which figure it is, and in which unit.")
    try:
        day = pd.Timestamp(due)
    except (TypeError, ValueError):
        return Feedback("wrong", f"{due!r} is no day; write it as 2027-12-31.")
    if day is pd.NaT or day <= compute_revenue.AS_OF:
        return Feedback("wrong", "A forecast needs a day that has not come.")
    try:
        ends = float(low), float(high)
    except (TypeError, ValueError):
        return Feedback("wrong", "low and high should be numbers.")
    if not ends[0] < ends[1]:
        return Feedback("wrong", "low has to lie below high: a point is no forecast.")
    if not isinstance(rule, Callable):
        return Feedback("wrong", "rule should be a function of the figure that was found.")
    width = ends[1] - ends[0]
    tried = [ends[0] - width, (ends[0] + ends[1]) / 2, ends[1] + width]
    try:
        said = [bool(rule(figure)) for figure in tried]
    except Exception as error:  # whatever a reader's function raises
        return Feedback("wrong", f"The rule raised {type(error).__name__}: {error}")
    if not said[1]:
        return Feedback("wrong", "The rule says no in the middle of your own range.")
    if all(said):
        return Feedback("wrong", "The rule cannot say no: try a figure far outside your range.")
    return Feedback(
        "right",
        f"It can be entered: {what}, {ends[0]:g} to {ends[1]:g}, due on {day:%Y-%m-%d}. "
        "Would somebody who disagrees with you accept the rule?",
    )
