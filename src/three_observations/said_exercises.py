"""The exercises of the opening chapter: right answers, likely slips, hints.

Answers come from the tables where there is one to come from, so a corrected figure corrects the
exercise.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from three_observations import cost_decline, data, renderings, said_verdicts
from three_observations.exercises import Exercise, Feedback, Mistake, is_one_of

#: The fall that the essay's example names, and the model that fits it best.
FALL, LATER = 150.0, "GPT-4o mini"
#: Value at the first and the second of equal steps of intelligence in the exercise on words.
FIRST_VALUES = (1.0, 3.0)
#: Steps of intelligence in that exercise.
STEPS = 3
#: Doubling time of horizons that the exercise uses: a row of the table ``published``.
DOUBLING = "metr-201"


# ---------------------------------------------------------------------------------------------
# what the notebook prints


def post_number() -> int:
    """Return the number of the post that announced the essay, as document 002 gives it."""
    address = str(said_verdicts.facts().loc["essay-announced", "address"])
    return int(address.rpartition("/")[2])


def months_of_example() -> float:
    """Return the months from GPT-4 to the model that the essay's example fits best."""
    ranges = cost_decline.ratio_ranges()
    return float(ranges.loc[ranges["after"] == LATER, "months"].iloc[0])


def doubling_days() -> float:
    """Return the days in which time horizons doubled, by METR, over all time."""
    return float(data.load("published").set_index("result").loc[DOUBLING, "value"])


def sure_hours() -> float:
    """Return the longest 80% time horizon, in hours."""
    return said_verdicts.longest_horizon().sure_hours


def hours_of_days() -> float:
    """Return the working hours in the days that the claim names at least."""
    return said_verdicts.DAYS_CLAIMED * said_verdicts.HOURS_PER_DAY


# ---------------------------------------------------------------------------------------------
# right answers


def hour_in_beijing() -> float:
    """Return the hours after midnight at which the essay was announced, in Beijing."""
    address = str(said_verdicts.facts().loc["essay-announced", "address"])
    when = said_verdicts.moment_of_post(address) + said_verdicts.BEIJING
    return (when - when.normalize()) / pd.Timedelta(hours=1)


def fall_per_year() -> float:
    """Return the fall in 12 months that the example stands for, if it is even."""
    return FALL ** (12 / months_of_example())


def values_after(steps: int = STEPS) -> list[float]:
    """Return the value after some steps: exponential, and with a growth rate that doubles.

    Parameters
    ----------
    steps : int
        Equal steps, the first of which brings the factor of :data:`FIRST_VALUES`.
    """
    factor = FIRST_VALUES[1] / FIRST_VALUES[0]
    return [factor**steps, factor ** (2**steps - 1)]


def months_to_two_days() -> float:
    """Return the months until the 80% horizon reaches the days claimed, at METR's pace."""
    doublings = math.log2(hours_of_days() / sure_hours())
    return doublings * doubling_days() / (365.25 / 12)


def _hour_in_greenwich() -> float:
    return (hour_in_beijing() - 8) % 24


EXERCISES: dict[str, Exercise] = {
    exercise.key: exercise
    for exercise in (
        Exercise(
            key="said-post",
            answer=hour_in_beijing,
            tolerance=0.003,
            well_done="A number in an address dated the essay to the millisecond. Provenance often "
            "hides in what a copy took over without reading.",
            otherwise="Shift the number right by 22 bits, add 1288834974657 milliseconds, and read "
            "the clock of Beijing, eight hours ahead; hours with decimals.",
            mistakes=(
                Mistake(
                    _hour_in_greenwich,
                    "That is universal time. Beijing is eight hours ahead, and there it is the "
                    "next day already.",
                ),
                Mistake(
                    lambda: _hour_in_greenwich() + 8,
                    "Eight hours were added, but a day has 24: take one off.",
                ),
                Mistake(
                    lambda: _hour_in_greenwich() - 8,
                    "Beijing is ahead of universal time, not behind it.",
                ),
                Mistake(
                    lambda: (
                        math.floor(hour_in_beijing()) + math.floor(hour_in_beijing() % 1 * 60) / 100
                    ),
                    "Those are hours and minutes with a point between them. Six minutes are a "
                    "tenth of an hour.",
                ),
            ),
        ),
        Exercise(
            key="said-example",
            answer=fall_per_year,
            tolerance=0.01,
            well_done="The example falls several times faster than the rule that it is said to "
            "prove. One pair of models shows that a fall can be that steep, not that it is.",
            otherwise="An even fall multiplies by the same factor each month: which power of 150 "
            "belongs to 12 of those months?",
            mistakes=(
                Mistake(
                    lambda: FALL * 12 / months_of_example(),
                    "That shares out the 150 like a sum. Factors multiply: take a root.",
                ),
                Mistake(
                    lambda: FALL ** (1 / months_of_example()),
                    "That is the fall in one month. The question asks for twelve.",
                ),
                Mistake(
                    lambda: FALL ** (months_of_example() / 12),
                    "The exponent is upside down: 12 months are less than the whole span.",
                ),
                Mistake(
                    lambda: math.log(FALL) * 12 / months_of_example(),
                    "That is the logarithm of the fall. Undo the logarithm.",
                ),
            ),
        ),
        Exercise(
            key="said-words",
            answer=values_after,
            tolerance=0.01,
            well_done="One word, and the third step is worth many times as much: no translator "
            "meant to change the claim so far. And three steps of real data could hardly tell the "
            "two apart.",
            otherwise="Exponential: the same factor each step. For the other, the logarithm of the "
            "factor doubles from step to step; add up the logarithms.",
            mistakes=(
                Mistake(
                    lambda: [1 + 2.0 * STEPS, values_after()[1]],
                    "The first number grows in a straight line. Exponential means the same factor "
                    "each step, not the same difference.",
                ),
                Mistake(
                    lambda: values_after()[::-1],
                    "The other way round: the exponential first.",
                ),
                Mistake(
                    lambda: [values_after()[0], 3.0 ** sum(range(1, STEPS + 1))],
                    "For the second number the rate was raised by the same amount each step. It "
                    "doubles.",
                ),
                Mistake(
                    lambda: [values_after()[0], 3.0 * 6 * 12],
                    "There the factor doubles: 3, 6, 12. It is the growth rate that doubles, the "
                    "logarithm of the factor.",
                ),
            ),
        ),
        Exercise(
            key="said-days",
            answer=months_to_two_days,
            tolerance=0.02,
            well_done="That is what a straight line on a log axis would give; it is no forecast. "
            "The chapter on value says how often such lines bent.",
            otherwise="How many doublings lie between the two horizons? Multiply by the doubling "
            "time, and turn days into months.",
            mistakes=(
                Mistake(
                    lambda: months_to_two_days() * math.log(2),
                    "That counts factors of e, with the natural logarithm. Doublings need the "
                    "logarithm to base 2.",
                ),
                Mistake(
                    lambda: months_to_two_days() * math.log10(2),
                    "That counts factors of ten. Doublings need the logarithm to base 2.",
                ),
                Mistake(
                    lambda: hours_of_days() / sure_hours() * doubling_days() / (365.25 / 12),
                    "That takes the ratio for the number of doublings. Take its logarithm first.",
                ),
                Mistake(
                    lambda: months_to_two_days() * (365.25 / 12),
                    "Right, but in days. The question asks for months.",
                ),
                Mistake(
                    lambda: (
                        math.log2(24 * said_verdicts.DAYS_CLAIMED / sure_hours())
                        * doubling_days()
                        / (365.25 / 12)
                    ),
                    "That counts days of 24 hours. A working day has eight.",
                ),
            ),
        ),
    )
}


def check_own_reading(sentence: object, reading: object, why: object) -> Feedback:
    """Check the form of the open exercise: a reader's own judgement of one sentence.

    Parameters
    ----------
    sentence : str or ...
        One of :data:`three_observations.renderings.SENTENCES`.
    reading : dict or ...
        For each document that has or could have the sentence: kept, changed or dropped.
    why : str or ...
        One sentence that says what decides the hardest case.

    Returns
    -------
    Feedback
        There is no right answer; the feedback says where the table reads otherwise.
    """
    if any(part is ... for part in (sentence, reading, why)):
        return Feedback("open", "Replace each ... and run this cell again.")
    if not is_one_of(sentence, renderings.SENTENCES):
        known = ", ".join(renderings.SENTENCES)
        return Feedback("wrong", f"There is no sentence {sentence!r}; choose one of {known}.")
    grid = renderings.grid()
    ours = grid[grid["sentence"] == sentence].set_index("document")["change"]
    if not isinstance(reading, Mapping) or set(reading) != set(ours.index):
        return Feedback(
            "wrong", f"The reading should be a dict with the documents {', '.join(ours.index)}."
        )
    strange = [word for word in reading.values() if not is_one_of(word, renderings.CHANGES)]
    if strange:
        words = ", ".join(renderings.CHANGES)
        return Feedback("wrong", f"{strange[0]!r} is none of the words {words}.")
    if not isinstance(why, str) or len(why.split()) < 5:
        return Feedback("wrong", "Say in a sentence what decided the hardest case.")
    apart = [name for name in ours.index if reading[name] != ours[name]]
    if not apart:
        return Feedback(
            "right",
            "You read it as the table does. Now ask somebody who has not seen either: two readers "
            "who throw dice agree in a third of the cases.",
        )
    listed = ", ".join(f"{name} ({ours[name]})" for name in apart)
    return Feedback(
        "right",
        f"The table reads otherwise in {listed}. Neither is proof: does the verdict of the version "
        "depend on who is right?",
    )
