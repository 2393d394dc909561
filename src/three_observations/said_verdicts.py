"""Rules that decide what the five documents say beside the three observations, and what they decide.

The documents hold claims of their journalists, and the essay holds claims on jobs, days and the
year 2035 that none of the three observations covers.
Each rule is a pure function from figures to an :class:`~three_observations.claims.Outcome`.
The page shows the rules before it shows a figure.
:func:`verdicts` gathers the figures from the tables and applies the rules.

A figure is right within a tenth, as on the other pages.
A sentence can be judged if it states something, names a measure, and binds itself: to a day, or at
least without a "perhaps".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from three_observations import data, renderings, time_horizons
from three_observations.claims import Outcome, Verdict, joined
from three_observations.frontier import ESSAY_DATE

#: Hours of a working day, and days that "a few" means at least: the essay says a couple.
HOURS_PER_DAY = 8.0
DAYS_CLAIMED = 2.0
#: Years that "the next few" means at most.
FEW_YEARS = 5
#: Months that have to pass before an intention for the near future has been kept.
KEPT_MONTHS = 12.0
#: Hours after midnight that count as before dawn.
DAWN = 6.0
#: Beijing is ahead of universal time by so many hours.
BEIJING = pd.Timedelta(hours=8)


def about(claimed: float) -> tuple[float, float]:
    """Return the range that counts as about a claimed figure: within a tenth of it."""
    return claimed / 1.1, claimed * 1.1


# ---------------------------------------------------------------------------------------------
# the rules


def decide_about(found: float | None, claimed: float) -> Outcome:
    """Is a reported figure the one that was claimed, within a tenth?"""
    if found is None:
        return Outcome.CANNOT_BE_TESTED
    low, high = about(claimed)
    return Outcome.SUPPORTED if low <= found <= high else Outcome.CONTRADICTED


def decide_day(days_apart: int) -> Outcome:
    """Did it happen on the day that was named?

    Parameters
    ----------
    days_apart : int
        From the day on the writer's calendar to the day named. A text may be written the day
        before it appears, so one day is forgiven in part.
    """
    if days_apart == 0:
        return Outcome.SUPPORTED
    return Outcome.PARTLY if abs(days_apart) == 1 else Outcome.CONTRADICTED


def decide_slot(amount: Outcome, half_of_what: str, named: str) -> Outcome:
    """Did that much money buy that place?

    Parameters
    ----------
    amount : Outcome
        Of the sum alone, from :func:`decide_about`.
    half_of_what, named : str
        What was halved in the report, and what the document makes of it.
    """
    place = Outcome.SUPPORTED if half_of_what == named else Outcome.CONTRADICTED
    return joined([amount, place])


def decide_hour(hours: float, same_day: bool) -> Outcome:
    """Did it appear before dawn on the day that was named?

    Parameters
    ----------
    hours : float
        After midnight, on the writer's clock.
    same_day : bool
        Whether the day is the one named.
    """
    if not same_day:
        return Outcome.CONTRADICTED
    return Outcome.SUPPORTED if hours < DAWN else Outcome.PARTLY


def decide_spent(spent: float, claimed_at_least: float, data_end: date, due: date) -> Outcome:
    """Was as much spent as announced, or can it still be?

    Parameters
    ----------
    spent, claimed_at_least : float
        Since the announcement, and the least that the words can mean; same unit.
    data_end, due : datetime.date
        Last day of the figures, and last day of which the words speak.
    """
    if spent >= claimed_at_least:
        return Outcome.SUPPORTED
    return Outcome.OPEN if data_end < due else Outcome.CONTRADICTED


def decide_stake(own: float, arranged: float, agreements: int, claimed: float) -> Outcome:
    """Did one investor put in that sum, in one go?

    Parameters
    ----------
    own, arranged : float
        What the investor paid itself, and what it paid and found among others; same unit.
    agreements : int
        In how many agreements. "In one go" is read as one agreement, however it was paid.
    claimed : float
    """
    if decide_about(own, claimed) is Outcome.SUPPORTED:
        amount = Outcome.SUPPORTED
    elif decide_about(arranged, claimed) is Outcome.SUPPORTED:
        amount = Outcome.PARTLY
    else:
        amount = Outcome.CONTRADICTED
    one = Outcome.SUPPORTED if agreements == 1 else Outcome.CONTRADICTED
    return joined([amount, one])


def decide_label(checked: Sequence[bool], labels: int) -> Outcome:
    """Is a description right, as far as it can be checked?

    Parameters
    ----------
    checked : sequence of bool
        For each part that can be checked, whether it holds.
    labels : int
        Parts that only name an opinion.
    """
    if not checked:
        return Outcome.CANNOT_BE_TESTED
    if not all(checked):
        return Outcome.NOT_SUPPORTED if any(checked) else Outcome.CONTRADICTED
    return Outcome.PARTLY if labels else Outcome.SUPPORTED


def decide_reported(figures: Sequence[float], claimed: float, published: bool) -> Outcome:
    """Does a contract say what is said of it?

    Parameters
    ----------
    figures : sequence of float
        What reports say that it says, one an origin (not one a copy).
    claimed : float
    published : bool
        Whether a party has published the words.
    """
    if not figures:
        return Outcome.CANNOT_BE_TESTED
    right = [decide_about(figure, claimed) is Outcome.SUPPORTED for figure in figures]
    if all(right):
        return Outcome.SUPPORTED if published else Outcome.PARTLY
    return Outcome.NOT_SUPPORTED if any(right) else Outcome.CONTRADICTED


def decide_kept(months_kept: float, ended_by_word: bool) -> Outcome:
    """Was an intention for the near future kept?

    An intention cannot be seen, what followed can.

    Parameters
    ----------
    months_kept : float
        From the claim to the last day on which both sides said that the tie goes on.
    ended_by_word : bool
        Whether it was ended in the way that was ruled out.
    """
    if ended_by_word:
        return Outcome.CONTRADICTED
    return Outcome.SUPPORTED if months_kept >= KEPT_MONTHS else Outcome.PARTLY


def decide_days(minutes: float, low: float, days: float = DAYS_CLAIMED) -> Outcome:
    """Can an agent do most tasks that take a person a few days?

    "In the end" names no day, so not yet is no refutation.

    Parameters
    ----------
    minutes, low : float
        Length of the tasks, in a person's minutes, of which the best agent does half, and the
        lower end of its 95% interval. "Most" is more than half.
    days : float
        Working days that are claimed.
    """
    needed = days * HOURS_PER_DAY * 60
    if low >= needed:
        return Outcome.SUPPORTED
    return Outcome.PARTLY if minutes >= needed else Outcome.CANNOT_BE_TESTED


def decide_daily_life(share_of_users: float, hours_moved: float | None) -> Outcome:
    """Did most people spend one year like the year before?

    Parameters
    ----------
    share_of_users : float
        Share of all people who used the most used assistant in a week of that year, at most.
    hours_moved : float or None
        Hours of an average day that went to other things than the year before, from surveys of
        both years; None without them.
    """
    if hours_moved is not None:
        return Outcome.SUPPORTED if hours_moved <= 12 else Outcome.CONTRADICTED
    return Outcome.PARTLY if share_of_users < 1 / 2 else Outcome.CANNOT_BE_TESTED


@dataclass(frozen=True)
class Sentence:
    """How a sentence is made, as we read it.

    Attributes
    ----------
    states : bool
        It says that something is or will be so; not a wish, a value, or an invitation to imagine.
    measure : bool
        It names something that can be counted or measured.
    bound : bool
        It forbids something: no "perhaps", "may" or "might" that lets any course of events agree.
    why : str
        The reason in one sentence, for the card.
    would_settle : str
        What could settle it, or why nothing could.
    """

    states: bool
    measure: bool
    bound: bool
    why: str
    would_settle: str


def decide_form(sentence: Sentence) -> Outcome | None:
    """Is there anything to test?

    Returns
    -------
    Outcome or None
        ``CANNOT_BE_TESTED`` if the sentence states nothing, names no measure or forbids nothing;
        None if figures have to decide.
    """
    if sentence.states and sentence.measure and sentence.bound:
        return None
    return Outcome.CANNOT_BE_TESTED


#: All rules in the order in which the page shows them.
RULES = (
    decide_about,
    decide_day,
    decide_slot,
    decide_hour,
    decide_spent,
    decide_stake,
    decide_label,
    decide_reported,
    decide_kept,
    decide_days,
    decide_daily_life,
    decide_form,
)

_FORM = (
    "A sentence can be judged if it states something, names a measure and forbids something; "
    "otherwise it cannot be tested."
)

#: The rules in words, by the key of the verdict that each makes.
RULES_IN_WORDS = {
    "said-commercial": "Supported if the reported length is the claimed one within a tenth; "
    "contradicted if not.",
    "said-yesterday": "Supported if the game fell, by the calendar of Beijing, on the day before "
    "the article appeared; in part if it is one day off, since a text may be written a day before; "
    "contradicted if more.",
    "said-slot": "Two parts are joined: the sum within a tenth, and the half of what. Supported or "
    "contradicted if both are; not supported if one is contradicted.",
    "said-meta": '"Hundreds of billions" is at least two, "the next few years" at most five. '
    "Supported as soon as capital spending since the announcement reaches the sum; open until the "
    "five years are over; contradicted if they pass without it.",
    "said-softbank": "Two parts are joined. The sum: supported if the investor itself paid it "
    "within a tenth, in part if it did together with those it brought in, contradicted if not. In "
    "one go: supported if it was one agreement.",
    "said-before-dawn": "Supported if the announcement fell between midnight and six o'clock on "
    "the named day, by the clock of Beijing; in part if later that day; contradicted if not.",
    "said-king": "Supported if every part can be checked and holds; in part if the rest is a "
    "label; not supported if a part fails; contradicted if all do.",
    "said-agi-profit": "Supported if a party has published the figure; in part if reports from "
    "documents give it within a tenth; not supported if reports differ; contradicted if none does.",
    "said-agi-word": "Supported if both sides still said twelve months later that the tie goes on "
    "and the word had not ended it; in part if less time has passed; contradicted if the word had.",
    "said-days": '"Most" is more than half, and "a few days" at least two of eight hours. '
    "Supported if the whole interval of the longest 50% time horizon lies above that; in part if "
    "the estimate does. No day is named, so otherwise it cannot be tested.",
    "said-daily-life": "Supported or contradicted by surveys of how days are spent in both years: "
    "have more than twelve hours gone elsewhere? Without them, in part if fewer than half of all "
    "people used the most used assistant in any week of the year.",
    "said-ten-years": _FORM,
    "said-picture": _FORM,
    "said-transistor": _FORM,
    "said-uneven": _FORM,
    "said-surveillance": _FORM,
    "said-budget": _FORM,
    "said-hazy": _FORM,
    "said-precious": _FORM,
}

#: How we read the sentences that no figure can decide, by the key of their verdict.
SENTENCES = {
    "said-ten-years": Sentence(
        True,
        False,
        False,
        "It says perhaps, and nobody has a measure of how much the most influential person of a "
        "year gets done.",
        "The end of 2035 will not settle it either: there would be nothing to count.",
    ),
    "said-picture": Sentence(
        False,
        True,
        False,
        "It invites us to imagine a thousand or a million agents and says of neither that it will "
        "be.",
        "Nothing: a picture is not a forecast.",
    ),
    "said-transistor": Sentence(
        True,
        False,
        False,
        "It says may, and names neither a share of the gains nor a day.",
        "A share of the gains, named beforehand, that makers of AI do not keep.",
    ),
    "said-uneven": Sentence(
        True,
        False,
        False,
        "Any course of events is uneven somehow, and for science it says may; no measure of the "
        "speed of science is named.",
        "A measure of scientific progress, a size and a year.",
    ),
    "said-surveillance": Sentence(
        True,
        False,
        False,
        "It names a danger, not a forecast: that it does not happen would not show that it could "
        "not.",
        "Nothing can refute a possibility; cases could show that it is one.",
    ),
    "said-budget": Sentence(
        False,
        False,
        False,
        "It is a proposal: whether it is worth considering is a question of values.",
        "Nothing: figures can cost a budget of compute, not want it.",
    ),
    "said-hazy": Sentence(
        True,
        False,
        True,
        "That an idea is hazy is a judgement; no measure of it is named.",
        "A count of definitions would show that they differ, not that the idea is empty.",
    ),
    "said-precious": Sentence(
        True,
        False,
        False,
        "What will be precious is not measured, and the word at the head of the list is a slip of "
        "the rendering; the omission can be seen in the comparison of the renderings.",
        "Nothing that the words name.",
    ),
}
