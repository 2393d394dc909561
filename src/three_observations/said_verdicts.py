"""Rules that decide what the documents say beside the three observations, and their verdicts.

The documents hold claims of their journalists, and the essay holds claims on jobs, days and the
year 2035 that none of the three observations covers.
Each rule is a pure function from figures to an :class:`~three_observations.claims.Outcome`.
The page shows the rules before it shows a figure.
:func:`verdicts` gathers the figures from the tables and applies the rules.

A figure is right within a tenth, as on the other pages.
A sentence can be judged if, its hedge taken off, it states something, names a measure, and forbids
something.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from three_observations import data, time_horizons
from three_observations.claims import Outcome, Verdict, headline, joined
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


#: The same rule in the language of the charts; ``best`` and ``least`` are hours.
DAYS_EXPRESSION = (
    "datum.least >= days_meant * 8 ? 'supported' : "
    "datum.best >= days_meant * 8 ? 'supported in part' : 'cannot be tested'"
)


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
        Without its "perhaps", "may" or "might" it forbids something: some course of events, by
        some day, would go against it.
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

    A hedge is taken off first, in every document alike: a "perhaps" neither saves a sentence that
    figures can decide nor sinks it.

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
    "A sentence can be judged if it states something, names a measure and forbids something, its "
    "hedge taken off; otherwise it cannot be tested."
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
    "said-king": "One part can be checked: that he stood at the founding, in the year of the "
    "founding. In part if it holds, since the rest is a thought and a label; contradicted if not; "
    "it cannot be tested if the tables lack it.",
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
        "Nobody has a measure of how much the most influential person of a year gets done, with "
        "or without the perhaps.",
        "The end of 2035 will not settle it either: there would be nothing to count.",
    ),
    "said-picture": Sentence(
        False,
        True,
        False,
        "It invites us to imagine a thousand or a million agents and says of neither that it will "
        "be.",
        "A picture is not a forecast, so nothing can settle it.",
    ),
    "said-transistor": Sentence(
        True,
        False,
        False,
        "Without its may it names neither a share of the gains nor a day.",
        "A share of the gains that the makers do not keep, named beforehand, could settle it.",
    ),
    "said-uneven": Sentence(
        True,
        False,
        False,
        "Any course of events is uneven somehow, and for science no measure of its speed is "
        "named, nor a day.",
        "A measure of scientific progress, a size and a year could settle it.",
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
        "Figures can say what a budget of compute costs, not whether to want it.",
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
        "Nothing that the words name could settle it.",
    ),
}

#: Rows of the ledger with a hedge: its words, whether what is left names a measure, and whether
#: it forbids anything. The same rule, :func:`decide_form`, holds for all of them.
HEDGED: dict[str, tuple[str, bool, bool]] = {
    "000-14": ("seems, may", True, True),
    "000-22": ("perhaps", True, True),
    "001-05": ("it appears", True, True),
    "001-13": ("perhaps", False, False),
    "001-16": ("may", False, False),
    "001-18": ("may", False, False),
    "001-19": ("may", False, False),
    "001-20": ("might", False, False),
    "002-02": ("seem", False, True),
    "002-06": ("it seems", True, True),
    "002-12": ("perhaps", False, False),
    "002-15": ("may", False, False),
    "003-09": ("perhaps", False, False),
    "003-12": ("might", False, False),
    "003-14": ("may", False, False),
    "004-01": ("may", True, True),
    "004-20": ("seems", True, True),
    "004-25": ("probably", False, True),
    "004-34": ("may", True, False),
    "004-46": ("may", True, True),
    "004-50": ("may", True, True),
    "004-57": ("may have", False, False),
    "004-65": ("very likely", True, True),
}


def hedges(found: Sequence[Verdict]) -> pd.DataFrame:
    """Return the hedged rows of the ledger, what the form of each allows, and its verdict.

    Parameters
    ----------
    found : sequence of Verdict
        All verdicts of the book.

    Returns
    -------
    pandas.DataFrame
        ``claim``, ``hedge``, ``measure``, ``bound``, ``judged`` (whether the form lets figures
        decide) and ``outcome`` (of the headline), in the order of the ledger.
    """
    rows = []
    for claim, (hedge, measure, bound) in HEDGED.items():
        form = Sentence(True, measure, bound, "", "")
        rows.append(
            {
                "claim": claim,
                "hedge": hedge,
                "measure": measure,
                "bound": bound,
                "judged": decide_form(form) is None,
                "outcome": str(headline(found, claim).outcome),
            }
        )
    return pd.DataFrame(rows)


# ---------------------------------------------------------------------------------------------
# from the tables to the verdicts

PAGE = "what-was-said"
#: The half that document 000 names, and the one that the report meant.
HALF_NAMED, HALF_REPORTED = "half of the year", "half of the game"
#: Day of Meta's announcement, and the first day of the spending that counts.
META_SAID, META_FROM = pd.Timestamp("2025-01-29"), pd.Timestamp("2025-01-01")
#: The number of the first post of this kind, and the milliseconds from which the numbers count.
POST_BITS, POST_EPOCH = 22, 1_288_834_974_657


def facts(table: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the facts beside the claims, indexed by their short name."""
    table = data.load("press_facts") if table is None else table
    return table.set_index("fact")


def _value(table: pd.DataFrame, fact: str) -> float | None:
    return float(table.loc[fact, "value"]) if fact in table.index else None


def claimed(claim: str) -> float:
    """Return the figure that a row of the ledger claims."""
    return float(data.load("claims").set_index("claim").loc[claim, "value"])


def moment(table: pd.DataFrame, fact: str) -> pd.Timestamp:
    """Return the day and hour of a fact by the clock of Beijing.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`facts`; ``value`` holds hours after midnight, universal time.
    fact : str

    Raises
    ------
    KeyError
        If the table lacks the fact.
    """
    row = table.loc[fact]
    return row["date"] + pd.Timedelta(hours=float(row["value"])) + BEIJING


def moment_of_post(address: str) -> pd.Timestamp:
    """Return when a post was made, in universal time, from the number in its address.

    The upper bits of the number count milliseconds since 4 November 2010.

    Parameters
    ----------
    address : str
        Ends in the number.

    Raises
    ------
    ValueError
        If it does not.
    """
    number = address.rstrip("/").rpartition("/")[2]
    if not number.isdigit():
        raise ValueError(f"no number of a post at the end of {address!r}")
    return pd.Timestamp((int(number) >> POST_BITS) + POST_EPOCH, unit="ms")


def hours_after_essay(
    documents: pd.DataFrame | None = None, table: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return how long after the announcement of the essay each dated document appeared.

    Returns
    -------
    pandas.DataFrame
        ``document``, ``appeared`` (by the clock of Beijing), ``hours``.
    """
    documents = data.load("documents") if documents is None else documents
    posted = moment(facts(table), "essay-announced")
    dated = documents[documents["appeared"].notna()]
    appeared = pd.to_datetime(dated["appeared"])
    hours = (appeared - posted) / pd.Timedelta(hours=1)
    return pd.DataFrame(
        {"document": dated["document"], "appeared": appeared, "hours": hours}
    ).reset_index(drop=True)


@dataclass(frozen=True)
class Spending:
    """Capital spending of Meta since its announcement.

    Attributes
    ----------
    spent : float
        Billion US dollars from the start of 2025 to ``until``.
    until : pandas.Timestamp
        End of the last quarter that the tables hold.
    last_quarter : float
        Billion US dollars.
    reached : pandas.Timestamp
        When the sum would be reached if every further quarter were like the last.
    """

    spent: float
    until: pd.Timestamp
    last_quarter: float
    reached: pd.Timestamp


def spending_of_meta(
    claimed: float, table: pd.DataFrame | None = None, known: pd.DataFrame | None = None
) -> Spending:
    """Sum Meta's capital spending since the start of 2025.

    The first two quarters of 2025 are not in the table, so the year comes from its own figure.

    Parameters
    ----------
    claimed : float
        Billion US dollars.
    table : pandas.DataFrame, optional
        Quarters: the table ``capital_spending``.
    known : pandas.DataFrame, optional
        The table ``press_facts``, with the year.
    """
    table = data.load("capital_spending") if table is None else table
    known = facts(known)
    year_end = known.loc["meta-capital-2025", "date"]
    later = table[(table["company"] == "Meta") & (table["quarter_end"] > year_end)]
    later = later.sort_values("quarter_end", kind="stable")
    spent = float(known.loc["meta-capital-2025", "value"]) + float(later["usd_bn"].sum())
    if later.empty:
        last, until = float(known.loc["meta-capital-2025", "value"]) / 4, year_end
    else:
        last, until = float(later["usd_bn"].iloc[-1]), later["quarter_end"].iloc[-1]
    quarters = max(claimed - spent, 0.0) / last
    reached = until + pd.Timedelta(days=round(quarters * 365.25 / 4))
    return Spending(spent, until, last, reached)


@dataclass(frozen=True)
class Longest:
    """The longest 50% time horizon.

    Attributes
    ----------
    model : str
    hours, low, high : float
        Of a person's work, with the 95% interval.
    sure_model : str
        Model with the longest 80% horizon.
    sure_hours : float
        That horizon.
    has_sure : bool
        Whether the model with the longest 50% horizon has an 80% figure.
    """

    model: str
    hours: float
    low: float
    high: float
    sure_model: str
    sure_hours: float
    has_sure: bool

    def sure_of_which(self) -> str:
        """Say among which models the 80% horizon is the longest."""
        named = "among models with a published 80% figure"
        return named if self.has_sure else f"{named}; {self.model} has none"


def longest_horizon(table: pd.DataFrame | None = None) -> Longest:
    """Return the longest horizons of the newest vintage and what METR added to it since.

    Parameters
    ----------
    table : pandas.DataFrame, optional
        The table ``horizons``.
    """
    table = data.load("horizons") if table is None else table
    newest = table[table["suite"] >= time_horizons.NEWEST]
    newest = newest[newest["task_suite"].astype(str) == "1.1"]
    if newest.empty:
        raise ValueError(f"the table of horizons has no row of {time_horizons.NEWEST} or later")
    best = newest.sort_values(["p50_minutes", "model"], kind="stable").iloc[-1]
    with_80 = newest.dropna(subset=["p80_minutes"])
    sure = with_80.sort_values(["p80_minutes", "model"], kind="stable").iloc[-1]
    return Longest(
        str(best["model"]),
        *(float(best[name]) / 60 for name in ("p50_minutes", "p50_low", "p50_high")),
        str(sure["model"]),
        float(sure["p80_minutes"]) / 60,
        bool(pd.notna(best["p80_minutes"])),
    )


def share_of_users(year: int, users: pd.DataFrame | None = None) -> float:
    """Return the largest share of all people who used ChatGPT in a week of a year.

    Parameters
    ----------
    year : int
    users : pandas.DataFrame, optional
        The table ``users``.

    Returns
    -------
    float
        NaN without a count for the year.
    """
    users = data.load("users") if users is None else users
    weekly = users[
        (users["series"] == "ChatGPT")
        & (users["measure"] == "weekly")
        & (users["date"].dt.year == year)
    ]
    people = data.load("published").set_index("result").loc["world-population-2025", "value"]
    return float(weekly["users_millions"].max()) / (float(people) * 1000)


def verdicts(days: float = DAYS_CLAIMED) -> list[Verdict]:
    """Compute every verdict on what stands beside the observations, in the order of the ledger.

    Parameters
    ----------
    days : float
        Working days that "a few days" means at least.

    Returns
    -------
    list of Verdict
    """
    known = facts()
    return [
        *_commercial(known),
        _meta(known),
        _softbank(known),
        _sentence("said-hazy", "Is AGI a hazy idea that everybody understands differently?"),
        *_essay(known),
        *_microsoft(known),
        _days(days),
        _daily_life(),
        _sentence("said-ten-years", "In ten years, will everyone get more done than today's best?"),
        _sentence("said-picture", "Will there be a thousand such agents, or a million?"),
        _sentence("said-transistor", "Will the gains of AI spread like those of the transistor?"),
        _sentence("said-uneven", "Will the effects be uneven, and largest for science?"),
        _sentence("said-surveillance", "Might AI be used to control people by surveillance?"),
        _sentence("said-budget", "Is a budget of compute for everyone worth considering?"),
        _sentence(
            "said-precious", "Will becoming intelligent, will and determination be precious?"
        ),
    ]


#: Rows of the ledger that each sentence without a figure stands in.
ROWS = {
    "said-hazy": ("000-21",),
    "said-ten-years": ("001-13", "002-12", "003-09"),
    "said-picture": ("001-15", "002-14", "003-11"),
    "said-transistor": ("001-16",),
    "said-uneven": ("001-18", "002-15"),
    "said-surveillance": ("001-20", "003-12"),
    "said-budget": ("001-21",),
    "said-precious": ("002-16",),
}


def _place(key: str) -> str:
    return f"{PAGE}#verdict-{key.removeprefix('said-')}"


def _sentence(key: str, question: str) -> Verdict:
    sentence = SENTENCES[key]
    outcome = decide_form(sentence)
    if outcome is None:
        raise ValueError(f"{key}: the sentence can be judged, so a rule on figures has to")
    return Verdict(
        key=key,
        question=question,
        claims=ROWS[key],
        outcome=outcome,
        rule=RULES_IN_WORDS[key],
        because=f"{sentence.why} {sentence.would_settle}",
        place=_place(key),
    )


def _commercial(known: pd.DataFrame) -> list[Verdict]:
    seconds = _value(known, "commercial-seconds")
    cost = _value(known, "commercial-cost")
    game = moment(known, "game-kickoff")
    documents = data.load("documents").set_index("document")
    appeared = pd.Timestamp(documents.loc["000", "appeared"]).normalize()
    named = appeared - pd.Timedelta(days=1)
    apart = (named - game.normalize()).days
    half = str(known.loc["commercial-half", "unit"])
    return [
        Verdict(
            key="said-commercial",
            question="Was OpenAI's commercial in the Super Bowl one minute long?",
            claims=("000-01",),
            outcome=decide_about(seconds, claimed("000-01")),
            rule=RULES_IN_WORDS["said-commercial"],
            because=f"The report that was copied everywhere gives {seconds:.0f} seconds."
            if seconds is not None
            else "The tables hold no length.",
            place=_place("said-commercial"),
            figure=seconds,
            unit="seconds" if seconds is not None else "",
        ),
        Verdict(
            key="said-yesterday",
            question="Was the commercial shown the day before the article appeared?",
            claims=("000-02",),
            outcome=decide_day(apart),
            rule=RULES_IN_WORDS["said-yesterday"],
            because=f"The article appeared on {appeared:%-d %B}, so yesterday is {named:%-d %B}; "
            f"the game began on {game:%-d %B} by the clock of Beijing.",
            place=_place("said-yesterday"),
            figure=float(apart),
            unit="day off" if abs(apart) == 1 else "days off",
        ),
        Verdict(
            key="said-slot",
            question="Did airing it in the first half of the year cost 14 million dollars?",
            claims=("000-03",),
            outcome=decide_slot(decide_about(cost, claimed("000-03")), half, HALF_NAMED),
            rule=RULES_IN_WORDS["said-slot"],
            because=f"The report has {cost:.0f} million dollars, but for the first {half}: "
            "the same characters name half a year. OpenAI named no figure."
            if cost is not None
            else "The tables hold no cost.",
            place=_place("said-slot"),
            figure=cost,
            unit="million US dollars, by one report" if cost is not None else "",
        ),
    ]


def _meta(known: pd.DataFrame) -> Verdict:
    least = float(known.loc["meta-announced", "value"])
    spending = spending_of_meta(least, known=known.reset_index())
    due = date(META_SAID.year + FEW_YEARS - 1, 12, 31)
    outcome = decide_spent(spending.spent, least, spending.until.date(), due)
    return Verdict(
        key="said-meta",
        question="Will Meta put hundreds of billions of dollars into AI in the next few years?",
        claims=("000-12",),
        outcome=outcome,
        rule=RULES_IN_WORDS["said-meta"],
        because=f"From the start of 2025 to {spending.until:%B %Y} its capital spending, most but "
        f"not all of it for AI, came to {spending.spent:.0f} billion. At the pace of the last "
        f"quarter ({spending.last_quarter:.0f} billion) {least:.0f} billion would be reached in "
        f"{spending.reached:%B %Y}.",
        place=_place("said-meta"),
        figure=spending.spent,
        unit=f"billion US dollars of at least {least:.0f}",
        until=due if outcome is Outcome.OPEN else None,
    )


def _softbank(known: pd.DataFrame) -> Verdict:
    own, arranged = _value(known, "softbank-own"), _value(known, "softbank-arranged")
    agreements = int(known.loc["softbank-agreements", "value"])
    signed = known.loc["softbank-agreements", "date"]
    return Verdict(
        key="said-softbank",
        question="Did SoftBank put in 40 billion dollars in one go?",
        claims=("000-13",),
        outcome=decide_stake(own, arranged, agreements, claimed("000-13")),
        rule=RULES_IN_WORDS["said-softbank"],
        because=f"When this was written there were talks. One agreement followed on "
        f"{signed:%-d %B %Y}: SoftBank itself paid {own:.0f} billion, with others "
        f"{arranged:.0f}, in two payments.",
        place=_place("said-softbank"),
        figure=own,
        unit="billion US dollars of its own",
    )


def _essay(known: pd.DataFrame) -> list[Verdict]:
    posted = moment_of_post(str(known.loc["essay-announced", "address"])) + BEIJING
    hours = posted.hour + posted.minute / 60
    named = pd.Timestamp("2025-02-10")
    founding = _value(known, "altman-co-chair")
    checked = [] if founding is None else [founding == known.loc["altman-co-chair", "date"].year]
    return [
        Verdict(
            key="said-before-dawn",
            question="Did the essay appear before dawn on 10 February 2025, Beijing time?",
            claims=("001-01",),
            outcome=decide_hour(hours, posted.normalize() == named),
            rule=RULES_IN_WORDS["said-before-dawn"],
            because=f"The number of the post that announced it gives {posted:%H:%M} on "
            f"{posted:%-d %B %Y} by the clock of Beijing.",
            place=_place("said-before-dawn"),
            figure=hours,
            unit="hours after midnight",
        ),
        Verdict(
            key="said-king",
            question="Does OpenAI's co-founder still think that computing power is king?",
            claims=("001-02",),
            outcome=decide_label(checked, 2),
            rule=RULES_IN_WORDS["said-king"],
            because="One part can be checked, and it "
            f"{'holds' if all(checked) else 'fails'}: he stood as co-chair at the founding, in "
            f"{founding:.0f}. What he thinks shows in no figure, and that computing is "
            '"king" is the journalist\'s label.'
            if checked
            else "The tables hold no word on the founding.",
            place=_place("said-king"),
            figure=float(sum(checked)) if checked else None,
            unit="of one part that can be checked" if checked else "",
        ),
    ]


def _microsoft(known: pd.DataFrame) -> list[Verdict]:
    figure = _value(known, "agi-profit-reported")
    figures = [] if figure is None else [figure]
    published = bool(known["kind"].get("agi-profit-reported", "") == "own statement")
    confirmed = known.loc["tie-confirmed", "date"]
    removed = known.loc["agi-clause-removed", "date"]
    months = (confirmed - ESSAY_DATE).days / (365.25 / 12)
    declared = float(known.loc["agi-declared", "value"]) > 0
    return [
        Verdict(
            key="said-agi-profit",
            question="Do Microsoft and OpenAI define AGI by 100 billion dollars of profit?",
            claims=("002-04",),
            outcome=decide_reported(figures, claimed("002-04"), published),
            rule=RULES_IN_WORDS["said-agi-profit"],
            because=f"One paper saw documents that say so: {figure:.0f} billion. Neither party has "
            "published the words, and all other reports copy that one."
            if figure is not None
            else "The tables hold no report of it.",
            place=_place("said-agi-profit"),
            figure=figure,
            unit="billion US dollars, by one report" if figure is not None else "",
        ),
        Verdict(
            key="said-agi-word",
            question="Did OpenAI mean not to use the word AGI to end its tie with Microsoft soon?",
            claims=("002-05",),
            outcome=decide_kept(months, declared),
            rule=RULES_IN_WORDS["said-agi-word"],
            because=f"More than {math.floor(months)} months later both said that the tie goes on. "
            f"In {removed:%B %Y} the clause that gave the word its weight was taken out, by report "
            "without AGI having been declared.",
            place=_place("said-agi-word"),
            figure=float(math.floor(months)),
            unit="months, at least",
        ),
    ]


def days_verdict(days: float = DAYS_CLAIMED) -> tuple[Outcome, Longest]:
    """Decide whether agents do most tasks of so many working days, with the horizons behind it."""
    longest = longest_horizon()
    return decide_days(longest.hours * 60, longest.low * 60, days), longest


def _days(days: float = DAYS_CLAIMED) -> Verdict:
    outcome, longest = days_verdict(days)
    needed = days * HOURS_PER_DAY
    return Verdict(
        key="said-days",
        question="Can an agent do most of what an engineer does, on tasks of a couple of days?",
        claims=("001-14", "002-13", "003-10"),
        outcome=outcome,
        rule=RULES_IN_WORDS["said-days"].replace(
            "at least two", "at least two" if days == DAYS_CLAIMED else f"at least {days:g}"
        ),
        because=f"{longest.model} does half of the tasks that take a person {longest.hours:.0f} "
        f"hours ({longest.low:.2g} to {longest.high:.2g}), against {needed:.0f} needed, on METR's "
        "tasks, which stand by themselves; above 16 hours METR calls its own figure unreliable. "
        f"Four in five succeed only up to {longest.sure_hours:.2g} hours "
        f"({longest.sure_model}), {longest.sure_of_which()}.",
        place=_place("said-days"),
        figure=longest.hours,
        low=longest.low,
        high=longest.high,
        unit="hours of a person's work, half done",
        interval="95%, METR",
    )


def _daily_life() -> Verdict:
    share = share_of_users(2025)
    return Verdict(
        key="said-daily-life",
        question="Did most people spend 2025 much like 2024?",
        claims=("001-17",),
        outcome=decide_daily_life(share, None),
        rule=RULES_IN_WORDS["said-daily-life"],
        because=f"At most {share:.0%} of all people used ChatGPT in a week of 2025, so for most of "
        "them it can hardly have changed the day. The tables hold no survey of how days were "
        "spent.",
        place=_place("said-daily-life"),
        figure=share * 100,
        unit="% of all people in a week, ChatGPT",
    )
