"""The exercises of the chapter on cost: right answers, likely slips, hints.

Every answer is computed from the tables, so a corrected price corrects the exercise.
"""

from __future__ import annotations

import math

import pandas as pd
from pandas.api.types import is_numeric_dtype

from three_observations import cost_decline, data, frontier
from three_observations.exercises import Exercise, Feedback, Mistake, is_number, is_one_of

#: The market of the exercise on elasticity: price and use before and after.
PRICE_BEFORE, PRICE_AFTER = 10.0, 2.0
USE_BEFORE, USE_AFTER = 100.0, 900.0

#: The runs of the exercise on answers: the first version of GPT-4, and a later model that reasons.
ANSWERS = ("gpt-4-0314", "gpt-5-nano-2025-08-07_medium")

#: A price list for the exercise on the running minimum, not in the order of days.
OFFERS = pd.DataFrame(
    {
        "day": pd.to_datetime(
            ["2024-05-01", "2023-03-01", "2024-01-15", "2023-11-01", "2024-09-01", "2023-06-01"]
        ),
        "price": [6.0, 30.0, 4.0, 10.0, 3.0, 40.0],
    }
)


def _pair() -> pd.Series:
    ranges = cost_decline.ratio_ranges().set_index(["before", "after"])
    return ranges.loc[("GPT-4 (8k)", "GPT-4o mini")]


def months_between_launches() -> float:
    """Return the months between the first prices of GPT-4 and GPT-4o mini."""
    return float(_pair()["months"])


def annualised() -> float:
    """Return 150x between the launches of GPT-4 and GPT-4o mini, in x per year."""
    return float(cost_decline.per_year(150.0, months_between_launches()))


def blended_ratio() -> float:
    """Return the price ratio of GPT-4 to GPT-4o mini at nine tokens read for one written."""
    return float(cost_decline.ratio(0.9))


def answer_table() -> pd.DataFrame:
    """Return what two models write for one answer, and what a token of it costs.

    Returns
    -------
    pandas.DataFrame
        ``model``, ``output_usd_per_mtok``, ``tokens_per_answer`` (tokens billed for one of the
        questions of GPQA Diamond, reasoning included) and ``of_them_reasoning``.
    """
    runs = data.load("gpqa_runs").set_index("version").loc[list(ANSWERS)]
    prices = data.load("prices").drop_duplicates("model").set_index("model")
    return pd.DataFrame(
        {
            "model": runs["model"].to_numpy(),
            "output_usd_per_mtok": prices.loc[runs["model"], "output_usd_per_mtok"].to_numpy(),
            "tokens_per_answer": runs["output_tokens_per_answer"].to_numpy(dtype=float),
            "of_them_reasoning": runs["reasoning_tokens_per_answer"].to_numpy(dtype=float),
        }
    )


def _cheaper_tokens() -> float:
    price = answer_table()["output_usd_per_mtok"]
    return float(price[0] / price[1])


def _longer_answers(seen: bool = False) -> float:
    table = answer_table()
    tokens = table["tokens_per_answer"] - (table["of_them_reasoning"] if seen else 0)
    return float(tokens[1] / tokens[0])


def cheaper_answer() -> float:
    """Return how many times less one answer costs, by the price and the length of both."""
    return _cheaper_tokens() / _longer_answers()


def lowest_so_far() -> list[float]:
    """Return the running minimum of :data:`OFFERS`, one price for each day in their order."""
    return OFFERS.sort_values("day")["price"].cummin().tolist()


def elasticity() -> float:
    """Return ln(use after / before) / ln(price after / before)."""
    return math.log(USE_AFTER / USE_BEFORE) / math.log(PRICE_AFTER / PRICE_BEFORE)


def _use_change() -> float:
    return (USE_AFTER - USE_BEFORE) / USE_BEFORE


def _price_change() -> float:
    return (PRICE_AFTER - PRICE_BEFORE) / PRICE_BEFORE


def _mean_of_ratios() -> float:
    return 0.9 * float(_pair()["input_only"]) + 0.1 * float(_pair()["output_only"])


def _midpoint_elasticity() -> float:
    use = (USE_AFTER - USE_BEFORE) / (USE_AFTER + USE_BEFORE)
    price = (PRICE_AFTER - PRICE_BEFORE) / (PRICE_AFTER + PRICE_BEFORE)
    return use / price


EXERCISES: dict[str, Exercise] = {
    exercise.key: exercise
    for exercise in (
        Exercise(
            key="cost-annualise",
            answer=annualised,
            tolerance=0.02,
            well_done="A factor is spread by a root, not by a division.",
            otherwise="Raise the factor to a power: 12 over the number of months.",
            mistakes=(
                Mistake(
                    lambda: 150.0 * 12 / months_between_launches(),
                    "That divides the factor by the time. A factor grows by multiplication: "
                    "which factor, multiplied by itself over the months, gives 150?",
                ),
                Mistake(
                    lambda: 150.0**12 / months_between_launches(),
                    "Mind the brackets: the exponent is the quotient, 12 over the months.",
                ),
                Mistake(
                    lambda: 100 * (1 - 1 / annualised()),
                    "That is the fall in per cent. The question asks for a factor.",
                ),
                Mistake(
                    lambda: 150.0 ** (12 / 16),
                    "Nearly: the months were rounded to 16. Use the number printed above.",
                ),
                Mistake(
                    lambda: 150.0 ** (months_between_launches() / 12),
                    "The exponent is upside down: the span is longer than a year, so the yearly "
                    "factor is smaller than 150.",
                ),
                Mistake(
                    lambda: 150.0 ** (1 / months_between_launches()),
                    "That is the factor per month. The question asks for a year: mind the 12.",
                ),
                Mistake(
                    lambda: math.log(150.0) * 12 / months_between_launches(),
                    "That is the yearly fall in natural-log points. Take the exponential.",
                ),
                Mistake(
                    lambda: math.log10(150.0) * 12 / months_between_launches(),
                    "That is the yearly fall in powers of ten. Raise ten to it.",
                ),
                Mistake(
                    lambda: 10 ** (math.log(150.0) * 12 / months_between_launches()),
                    "That raises ten to a natural logarithm. The two do not mix: exp() undoes "
                    "log(), ten to the power undoes log10().",
                ),
                Mistake(
                    lambda: math.exp(math.log10(150.0) * 12 / months_between_launches()),
                    "That takes the exponential of a common logarithm. Raise ten to it instead.",
                ),
            ),
        ),
        Exercise(
            key="cost-blend",
            answer=blended_ratio,
            tolerance=0.005,
            well_done="First mix the prices of each model, then divide.",
            otherwise="Mix each model's two prices with weights 9 and 1, then divide.",
            mistakes=(
                Mistake(
                    lambda: (
                        0.9 * float(_pair()["input_only"]) + 0.1 * float(_pair()["output_only"])
                    ),
                    "That is a mean of two ratios. People pay prices, so mix the prices of each "
                    "model first and divide after that.",
                ),
                Mistake(
                    lambda: float(cost_decline.ratio(0.1)),
                    "The weights are the wrong way round: nine tokens are read for each one "
                    "written.",
                ),
                Mistake(
                    lambda: 1 / blended_ratio(),
                    "That is new over old. How many times cheaper is old over new.",
                ),
                Mistake(
                    lambda: float(_pair()["input_only"]),
                    "That is the input price alone. One token in ten is written, and costs more.",
                ),
                Mistake(
                    lambda: float(cost_decline.ratio(0.5)),
                    "That is the mix of one to one. Give the tokens read a weight of nine.",
                ),
            ),
        ),
        Exercise(
            key="cost-per-answer",
            answer=cheaper_answer,
            tolerance=0.01,
            well_done="A token is not a task: what got cheaper by the token was bought in larger "
            "numbers.",
            otherwise="An answer costs its tokens times the price of one. Work that out for both "
            "models, then divide.",
            mistakes=(
                Mistake(
                    _cheaper_tokens,
                    "That is per token, and the question is per task: the later model writes more "
                    "tokens for one answer.",
                ),
                Mistake(
                    lambda: _cheaper_tokens() * _longer_answers(),
                    "More tokens make an answer dearer, not cheaper. Divide by how much longer it "
                    "became.",
                ),
                Mistake(
                    lambda: _cheaper_tokens() / _longer_answers(seen=True),
                    "That counts only the tokens that one sees. Those of the reasoning are billed "
                    "too.",
                ),
                Mistake(
                    _longer_answers,
                    "That is how much longer an answer became. The price of a token fell as well.",
                ),
            ),
        ),
        Exercise(
            key="cost-running-minimum",
            answer=lowest_so_far,
            tolerance=0.001,
            well_done="A running minimum never rises, and it needs the days in order.",
            otherwise="Sort by day, then keep the lowest price seen up to each day.",
            mistakes=(
                Mistake(
                    lambda: OFFERS["price"].cummin().tolist(),
                    "The days are not in order. Sort the offers by day first.",
                ),
                Mistake(
                    lambda: sorted(OFFERS["price"], reverse=True),
                    "These are the prices from high to low. What matters is the order of the days.",
                ),
                Mistake(
                    lambda: OFFERS.sort_values("day")["price"].tolist(),
                    "These are the prices themselves. A dearer offer does not undo a cheaper one "
                    "that came before it.",
                ),
                Mistake(
                    lambda: OFFERS.sort_values("day")["price"][::-1].cummin()[::-1].tolist(),
                    "This looks ahead: it holds the lowest price still to come. Look back instead.",
                ),
            ),
        ),
        Exercise(
            key="cost-elasticity",
            answer=elasticity,
            tolerance=0.01,
            well_done="With changes this large only logarithms give one answer in both directions.",
            otherwise="Divide the log change of use by the log change of the price.",
            mistakes=(
                Mistake(
                    lambda: _use_change() / _price_change(),
                    "That divides percentages. For large changes they depend on the direction: "
                    "use logarithms of ratios.",
                ),
                Mistake(
                    _midpoint_elasticity,
                    "That is the midpoint formula, made for small changes. These are large: use "
                    "logarithms.",
                ),
                Mistake(
                    lambda: 1 / elasticity(),
                    "That is upside down: the change of use goes on top.",
                ),
                Mistake(
                    lambda: -elasticity(),
                    "Mind the sign: the price fell and use rose, so the elasticity is negative.",
                ),
                Mistake(
                    lambda: (USE_AFTER / USE_BEFORE) / (PRICE_AFTER / PRICE_BEFORE),
                    "That is a ratio of ratios. Take the logarithm of each before you divide.",
                ),
            ),
        ),
    )
}


#: Columns of the table of a rate that the checker reads.
_OF_A_RATE = ("estimate", "low", "high", "score", "last_price")


def _is_a_rate(rate: object) -> bool:
    """Say whether something is a table as :func:`three_observations.frontier.rates` gives it."""
    return (
        isinstance(rate, pd.DataFrame)
        and not rate.empty
        and "estimator" in rate
        and all(name in rate and is_numeric_dtype(rate[name]) for name in _OF_A_RATE)
    )


def check_own_rate(ruler: object, level: object, rule: object, rate: object) -> Feedback:
    """Check the form of the open exercise: a rule stated first, and a rate that follows.

    Parameters
    ----------
    ruler : str or ...
        One of :data:`three_observations.frontier.RULERS`.
    level : float or ...
        A score that some model on the ruler reaches, for at least two prices.
    rule : callable or ...
        Takes an estimate, a low and a high end in x per year and returns a word.
    rate : pandas.DataFrame or ...
        What :func:`three_observations.frontier.rates` returned.

    Returns
    -------
    Feedback
        There is no right answer; the feedback says what is still missing, or what to ask next.
    """
    if any(part is ... for part in (ruler, level, rule, rate)):
        return Feedback("open", "Replace each ... and run this cell again.")
    if not is_one_of(ruler, frontier.RULERS):
        return Feedback(
            "wrong", f"There is no ruler {ruler!r}; choose one of {', '.join(frontier.RULERS)}."
        )
    if not callable(rule):
        return Feedback(
            "wrong", "The rule should be a function of an estimate, a low and a high end."
        )
    try:
        words = {
            rule(rate_, rate_ / 1.1, rate_ * 1.1) for rate_ in (0.5, 1.1, 3.0, 10.0, 30.0, 200.0)
        }
    except Exception as error:  # a reader's rule may fail in any way; the hint says how
        return Feedback("wrong", f"The rule stops with {type(error).__name__}: {error}.")
    if len(words) == 1:
        return Feedback(
            "wrong",
            "The rule says the same of every rate from 0.5 to 200 times a year. A rule that cannot "
            "say no decides nothing.",
        )
    priced = frontier.priced_models(str(ruler))
    if not is_number(level):
        return Feedback("wrong", "The level should be a score, a number on your ruler.")
    if (priced["score"] >= level).sum() < 2:
        return Feedback("wrong", "Fewer than two prices reach that level. Choose a lower score.")
    if not _is_a_rate(rate):
        return Feedback("wrong", "The rate should be the table that frontier.rates returns.")
    row = rate.iloc[0]
    if not math.isfinite(row["estimate"]):
        return Feedback(
            "wrong", "The rate is not defined for this window: too few prices. Widen it."
        )
    if not (math.isfinite(row["low"]) and math.isfinite(row["high"])):
        return Feedback("wrong", "The rate has no interval. Ask for resamples when you compute it.")
    if abs(row["score"] - level) > 1e-9:
        return Feedback("wrong", "The rate was computed for another level than the one you chose.")
    known = set(frontier.running_minimum(priced, level)["price"].round(9))
    if round(float(row["last_price"]), 9) not in known:
        return Feedback(
            "wrong",
            "The rate does not belong to this ruler and level with all models and the 3:1 mix. "
            "First give the rate for your own choice; a critic's change comes after that.",
        )
    answer = rule(row["estimate"], row["low"], row["high"])
    return Feedback(
        "right",
        f"Your rule says {answer!r} of {row['estimate']:.3g} ({row['low']:.3g} to "
        f"{row['high']:.3g}), the first row of your table ({row['estimator']} rate). Now ask what "
        "a critic would change first, and whether your rule would say the same of the other "
        f"{len(frontier.RULERS) - 1} rulers.",
    )


def launch_table() -> pd.DataFrame:
    """Return the prices that the exercises use, in US dollars per million tokens."""
    prices = data.load("prices")
    rows = prices[prices["model"].isin(["GPT-4 (8k)", "GPT-4o mini"])]
    return rows.drop_duplicates("model")[
        ["model", "date", "input_usd_per_mtok", "output_usd_per_mtok"]
    ].reset_index(drop=True)
