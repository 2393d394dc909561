"""Rules that decide the claims of the interview, and what they decide.

Each rule is a pure function from figures to an :class:`~three_observations.claims.Outcome`.
The chapter shows the rules before it shows a figure.
:func:`verdicts` gathers the figures from the tables and applies the rules.

Three readings serve all rules.
A figure is *about* a claimed one if it lies within a tenth of it.
A figure has the claimed *order of magnitude* if it lies within a factor of the square root of ten.
A claim *cannot be tested* if no published figure could prove it wrong, or if the published ones,
with their bounds, leave it open: a range that holds both answers says nothing.
A forecast that is not due is *open*, and what a plan says of it is shown beside it. A plan counts
only where a claim speaks of plans or of the year ahead; the card then says what the figures alone
would decide.

Where a figure has bounds, a rule asks what holds at both of them, not what holds of the figure.

The statistics were computed before the rules were written; whoever wrote the rules knew the three
elasticities, the company's own forecasts, and what the break-even model gives.
Several rules were changed after the results: :mod:`three_observations.compute_rule_changes` keeps
the first form of each and applies it to the figures of today.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from three_observations import (
    compute_plan,
    compute_revenue,
    compute_scorecard,
    cost_decline,
    data,
)
from three_observations.claims import Outcome, Verdict, joined
from three_observations.compute_revenue import COMPANY, INTERVIEW
from three_observations.compute_scorecard import (
    AS_OF,
    CLAIMED_LOSS,
    LAST_YEAR_OF_LOSS,
    PROFIT_BY,
    decide_inference,
    judge,
)
from three_observations.cost_verdicts import about, overlaps

#: Rulers of the *amount* of compute; the third, dollars, measures what was paid for it. The second
#: is worked out from the first (``compute_revenue.RULERS``) and is no second measurement.
AMOUNTS = ("gigawatts", "H100-equivalents")
#: Beyond half as fast again, "slightly" is the wrong word.
SLIGHTLY = 1.5
#: What a fair reader would call much earlier, in years.
MUCH_EARLIER = 2.0
#: Years for which chips are used; a longer span of paying for them counts as long.
LIFE_OF_CHIPS = 5.0
#: The vintage of the company's forecast that the interview quotes.
QUOTED_VINTAGE = "2025 Q3"
#: The host's 1.4 trillion, in billions of US dollars.
CLAIMED_COMMITMENTS = 1400.0
#: The half-width to which an elasticity should be known before it counts as measured.
WANTED_HALF_WIDTH = 0.25
#: Share of the growth of training that a firm would keep that trains less hard, but does train.
LESS_STEEP = 0.5
#: Beyond this share of idle compute one may speak of a heap of it.
HEAP = 0.1

# ---------------------------------------------------------------------------------------------
# the rules: compute and revenue


def decide_tripled(lows: Sequence[float], highs: Sequence[float]) -> Outcome:
    """Did the amount of compute roughly triple over the year?

    Parameters
    ----------
    lows, highs : sequence of float
        Least and most growth in x that the published figures allow, one for each ruler of the
        amount of compute. A range that lies partly within a tenth of 3 decides nothing.
    """
    smallest, largest = about(compute_revenue.CLAIMED_FOLD)
    ranges = list(zip(lows, highs, strict=True))
    holds = [smallest <= low and high <= largest for low, high in ranges]
    fails = [high < smallest or low > largest for low, high in ranges]
    if all(holds):
        return Outcome.SUPPORTED
    if all(fails):
        return Outcome.CONTRADICTED
    if any(holds):
        return Outcome.PARTLY
    return Outcome.NOT_SUPPORTED if any(fails) else Outcome.CANNOT_BE_TESTED


def decide_tracks(
    lows: Sequence[float],
    highs: Sequence[float],
    law_lows: Sequence[float],
    law_highs: Sequence[float],
) -> Outcome:
    """In the past, did revenue go with compute, one for one?

    Parameters
    ----------
    lows, highs : sequence of float
        95% of the slopes that the figures allow within their bounds and rounding, one for each
        ruler of the amount: what went with what on these dates.
    law_lows, law_highs : sequence of float
        95% of the slope if it is a law behind the dates: Student's t around every such slope.
    """

    def hold(low: Sequence[float], high: Sequence[float]) -> list[bool]:
        return [
            overlaps(least, most, 1.0) and least > 0.5 and most < 2.0
            for least, most in zip(low, high, strict=True)
        ]

    if all(hold(law_lows, law_highs)):
        return Outcome.SUPPORTED
    if any(hold(lows, highs)):
        return Outcome.PARTLY
    possible = [overlaps(low, high, 1.0) for low, high in zip(law_lows, law_highs, strict=True)]
    return Outcome.CANNOT_BE_TESTED if any(possible) else Outcome.CONTRADICTED


def decide_faster(lows: Sequence[float], highs: Sequence[float]) -> Outcome:
    """Did revenue grow slightly faster than the amount of compute?

    Parameters
    ----------
    lows, highs : sequence of float
        95% of the slopes that the figures allow within their bounds and rounding, one for each
        ruler of the amount. One says yes if the slope lies above 1 throughout and may be at most
        1.5; a range that holds 1 decides nothing.
    """
    faster = [low > 1 and low <= SLIGHTLY for low in lows]
    if all(faster):
        return Outcome.SUPPORTED
    if any(faster):
        return Outcome.PARTLY
    if all(high < 1 for high in highs):
        return Outcome.CONTRADICTED
    silent = all(low <= 1 <= high for low, high in zip(lows, highs, strict=True))
    return Outcome.CANNOT_BE_TESTED if silent else Outcome.NOT_SUPPORTED


def decide_follows(
    found: float,
    low: float,
    high: float,
    due: pd.Timestamp,
    as_of: pd.Timestamp,
    rival_low: float,
    rival_high: float,
) -> Outcome:
    """Does a new run-rate lie where the line through the old ones said, and the calendar did not?

    Parameters
    ----------
    found : float
        Run-rate within 45 days of the day; NaN if none is known.
    low, high : float
        Ends of the prediction.
    due, as_of : Timestamp
        Day of the prediction, and of the judgement.
    rival_low, rival_high : float
        Ends of what the calendar alone predicts. A run-rate inside both is no evidence for either,
        and the wider of two ranges earns nothing by being wide.
    """
    if as_of < due or math.isnan(found):
        return judge(math.nan, low, due, as_of)
    if not low <= found <= high:
        return Outcome.CONTRADICTED
    inside = rival_low <= found <= rival_high
    wider = high / low >= rival_high / rival_low
    return Outcome.CANNOT_BE_TESTED if inside or wider else Outcome.SUPPORTED


def decide_proportion(
    per_gw: float,
    low: float,
    high: float,
    ratios: Sequence[float],
    due: pd.Timestamp,
    as_of: pd.Timestamp,
) -> Outcome:
    """Did a gigawatt earn what it would if revenue followed compute, and no rival as well?

    Parameters
    ----------
    per_gw : float
        Run-rate at the year's end over the gigawatts then in use; NaN if either is not known.
    low, high : float
        Ends of what proportion foretells.
    ratios : sequence of float
        Likelihood of the run-rate under proportion over that under each rival.
    due, as_of : Timestamp
        Day after which it is judged, and of the judgement.
    """
    if as_of < due or math.isnan(per_gw):
        return judge(math.nan, low, due, as_of)
    if not low <= per_gw <= high:
        return Outcome.CONTRADICTED
    strong = [ratio >= compute_revenue.STRONG for ratio in ratios]
    if all(strong):
        return Outcome.SUPPORTED
    return Outcome.PARTLY if any(strong) else Outcome.CANNOT_BE_TESTED


def decide_double(low: float | None = None, high: float | None = None) -> Outcome:
    """With twice the compute today, would revenue be twice as high?

    Only changes of compute that demand did not bring about can answer this.

    Parameters
    ----------
    low, high : float, optional
        95% interval of an elasticity that was estimated from such changes alone, if there is one.
        If it holds one it has to be known to a quarter either way.
    """
    if low is None or high is None:
        return Outcome.CANNOT_BE_TESTED
    if not overlaps(low, high, 1.0):
        return Outcome.CONTRADICTED
    sharp = (high - low) / 2 <= WANTED_HALF_WIDTH
    return Outcome.SUPPORTED if sharp and low > 0.5 else Outcome.CANNOT_BE_TESTED


def decide_idle(share: float | None) -> Outcome:
    """Is there no heap of idle compute?

    Parameters
    ----------
    share : float or None
        Idle part of the company's compute, if anybody published it.
    """
    if share is None:
        return Outcome.CANNOT_BE_TESTED
    return Outcome.SUPPORTED if share <= HEAP else Outcome.CONTRADICTED


def decide_monetised(
    inference_low: Sequence[float],
    inference_high: Sequence[float],
    all_low: Sequence[float],
) -> Outcome:
    """Did the compute that there was always earn its keep?

    Parameters
    ----------
    inference_low, inference_high : sequence of float
        Dollars earned for a dollar of inference, one for each year with figures: by the largest
        and by the smallest published figure of its cost.
    all_low : sequence of float
        Dollars earned for a dollar of all compute, by the upper bound of its cost.
    """
    if not len(inference_low):
        return Outcome.CANNOT_BE_TESTED
    if all(low > 1 for low in [*inference_low, *all_low]):
        return Outcome.SUPPORTED
    if all(high < 1 for high in inference_high):
        return Outcome.CONTRADICTED
    if any(low > 1 for low in inference_low) and all(high > 1 for high in inference_high):
        return Outcome.PARTLY
    years = zip(inference_low, inference_high, strict=True)
    silent = all(low <= 1 <= high for low, high in years)
    return Outcome.CANNOT_BE_TESTED if silent else Outcome.NOT_SUPPORTED


def decide_outgrows(spending: Sequence[float], revenue: Sequence[float]) -> Outcome:
    """Did spending on compute grow faster than revenue?

    Parameters
    ----------
    spending, revenue : sequence of float
        Growth in x of either, one for each year compared.
    """
    faster = [spent > earned for spent, earned in zip(spending, revenue, strict=True)]
    if all(faster):
        return Outcome.SUPPORTED
    return Outcome.PARTLY if any(faster) else Outcome.CONTRADICTED


def decide_readings(holds: Sequence[bool]) -> Outcome:
    """Is a sentence right on each of its readings, on some, or on none?"""
    if all(holds):
        return Outcome.SUPPORTED
    return Outcome.PARTLY if any(holds) else Outcome.CONTRADICTED


def decide_days_out(days: int | None) -> Outcome:
    """Had a model been out for about five days, four to six, on the day on which they spoke?

    Parameters
    ----------
    days : int or None
        None without the day.
    """
    if days is None:
        return Outcome.CANNOT_BE_TESTED
    return Outcome.SUPPORTED if 4 <= days <= 6 else Outcome.CONTRADICTED


def decide_ages(found: Sequence[float | None], claimed: Sequence[float]) -> Outcome:
    """Are several ages the ones that were named, each within a tenth?

    Parameters
    ----------
    found : sequence of float or None
        Years; None where a day is not known.
    claimed : sequence of float
        Years, in the same order.
    """
    if any(age is None for age in found):
        return Outcome.CANNOT_BE_TESTED
    return decide_readings(
        [
            decide_about(age, wanted) is Outcome.SUPPORTED
            for age, wanted in zip(found, claimed, strict=True)
        ]
    )


# ---------------------------------------------------------------------------------------------
# the rules: the plan


def decide_training_share(
    dollars_rose: bool,
    share_fell: bool | None,
    plans_then: Sequence[bool],
    plans_since: Sequence[bool],
) -> Outcome:
    """Does training cost more dollars and take a falling share, in the past and in the plan?

    A plan made later can weaken a statement, but not refute it.

    Parameters
    ----------
    dollars_rose : bool
        In the last year with figures.
    share_fell : bool or None
        The same of the share; None if the bounds of the two years meet, which says nothing.
    plans_then, plans_since : sequence of bool
        Whether the share is smaller in each dated plan made by the day of the statement, and after.
    """
    if dollars_rose and share_fell is None:
        return Outcome.CANNOT_BE_TESTED
    past = dollars_rose and share_fell
    then = any(plans_then) if len(plans_then) else past
    if past and then:
        return Outcome.SUPPORTED if all([*plans_then, *plans_since]) else Outcome.PARTLY
    return Outcome.NOT_SUPPORTED if past or then else Outcome.CONTRADICTED


def decide_earlier(
    years_earlier: float, years_less_steep: float, room: float, year_behind: float
) -> Outcome:
    """Without so much more training, would there be a profit much earlier?

    Parameters
    ----------
    years_earlier : float
        First year above zero with the plan's training, less that with training held where it was.
    years_less_steep : float
        The same if training keeps half of its log growth.
    room : float
        Smallest share of revenue, over the years gained, whose loss would undo that year's profit
        if training is held.
    year_behind : float
        Share of revenue that a firm loses in that year if its revenue falls a year behind the plan:
        what older models may cost it.
    """
    gains = (years_earlier, years_less_steep)
    if all(years >= MUCH_EARLIER for years in gains) and room >= year_behind:
        return Outcome.SUPPORTED
    return Outcome.PARTLY if any(years >= 1 for years in gains) else Outcome.CONTRADICTED


def decide_same_forecast(totals: Sequence[float], first_profits: Sequence[float]) -> Outcome:
    """Did one forecast say both: a loss of about 120 billion to 2029, and then a profit?

    Parameters
    ----------
    totals : sequence of float
        Cash burned from 2025 to 2029, USD bn, one for each vintage by year.
    first_profits : sequence of float
        First year above zero of the same vintages. The year after the last loss is "then".
    """
    smallest, largest = about(CLAIMED_LOSS)
    losses = [smallest <= total <= largest for total in totals]
    profits = [year <= PROFIT_BY for year in first_profits]
    if any(loss and profit for loss, profit in zip(losses, profits, strict=True)):
        return Outcome.SUPPORTED
    return Outcome.PARTLY if any(losses) or any(profits) else Outcome.CONTRADICTED


def decide_sum(priced: float, valued: float, claimed: float) -> Outcome:
    """Do the parts that are known add up to about the claimed sum?

    Half of it or more supports it in part, because a table of deals is never complete.

    Parameters
    ----------
    priced : float
        Sum of the parts in force with a published price.
    valued : float
        The same with values that somebody worked out, and those of deals since replaced.
    claimed : float
    """
    smallest, largest = about(claimed)
    if smallest <= priced <= largest:
        return Outcome.SUPPORTED
    return Outcome.PARTLY if priced <= largest and valued >= claimed / 2 else Outcome.CONTRADICTED


def decide_quoted(published: Sequence[float], claimed: float) -> Outcome:
    """Did any published figure say about what was claimed?"""
    if not len(published):
        return Outcome.CANNOT_BE_TESTED
    smallest, largest = about(claimed)
    found = any(smallest <= figure <= largest for figure in published)
    return Outcome.SUPPORTED if found else Outcome.CONTRADICTED


# ---------------------------------------------------------------------------------------------
# the rules: figures said in passing


def decide_about(found: float | None, claimed: float) -> Outcome:
    """Is a published figure about the claimed one?"""
    return decide_quoted([] if found is None else [found], claimed)


def decide_said(found: float | None, claimed: float) -> Outcome:
    """Is a quoted figure the published one, to one part in a hundred?"""
    if found is None:
        return Outcome.CANNOT_BE_TESTED
    near = abs(found - claimed) <= 0.01 * abs(claimed)
    return Outcome.SUPPORTED if near else Outcome.CONTRADICTED


def decide_magnitude(low: float, high: float, claimed: float) -> Outcome:
    """Is a claimed order of magnitude that of the published figures?

    Parameters
    ----------
    low, high : float
        Smallest and largest figure that the published ones allow.
    claimed : float
    """
    reach = math.sqrt(10)
    if low >= claimed / reach and high <= claimed * reach:
        return Outcome.SUPPORTED
    if low > claimed * reach or high < claimed / reach:
        return Outcome.CONTRADICTED
    return Outcome.CANNOT_BE_TESTED


def decide_best(first: Sequence[bool]) -> Outcome:
    """Was a model first on every ruler that measured it, on some, or on none?"""
    if not len(first):
        return Outcome.CANNOT_BE_TESTED
    return decide_readings(first)


def decide_preferred(wins: float | None, wins_or_ties: float, claimed: float) -> Outcome:
    """Did people like the model's work *better* in the claimed share of cases?

    Parameters
    ----------
    wins, wins_or_ties, claimed : float
        In per cent. Only a win says that it was liked better; a tie says as well.
    """
    smallest = about(claimed)[0]
    if wins is not None and wins >= smallest:
        return Outcome.SUPPORTED
    return Outcome.PARTLY if wins_or_ties >= smallest else Outcome.CONTRADICTED


def decide_cheaper(
    market: tuple[float, float], company: tuple[float, float] | None = None
) -> Outcome:
    """Does a dollar buy more computation, on the market and at the company?

    Parameters
    ----------
    market : tuple of float
        Interval of the market's yearly growth of operations per dollar, in x.
    company : tuple of float or None
        What the published bounds allow for the growth of the company's compute for each dollar
        spent, in x over the last year known.
    """
    ranges = [market] if company is None else [market, company]
    holds = [low > 1 for low, high in ranges]
    if any(holds):
        return decide_readings(holds)
    fails = all(high < 1 for low, high in ranges)
    return Outcome.CONTRADICTED if fails else Outcome.CANNOT_BE_TESTED


#: All rules in the order in which the chapter shows them.
RULES = (
    decide_tripled,
    decide_tracks,
    decide_faster,
    decide_double,
    decide_follows,
    decide_proportion,
    decide_idle,
    decide_monetised,
    decide_outgrows,
    decide_readings,
    decide_inference,
    decide_training_share,
    decide_earlier,
    decide_same_forecast,
    decide_sum,
    decide_quoted,
    decide_about,
    decide_said,
    decide_magnitude,
    decide_best,
    decide_preferred,
    decide_cheaper,
    judge,
    joined,
    decide_days_out,
    decide_ages,
)

#: The rules in words, by the key of the verdict that each makes.
RULES_IN_WORDS = {
    "compute-double": (
        "Only changes of compute that demand did not bring about can answer it. Cannot be "
        "tested while nobody has published an elasticity estimated from them (the table of "
        "published figures has a place for it). Then contradicted if its interval leaves out one "
        "within a tenth; supported if it holds one, is known to a quarter either way and lies "
        "above one half; if it holds one and is wider or lower, it cannot be tested still."
    ),
    "compute-tracks": (
        "Supported if the slope is known well enough for a law: on both rulers of the amount "
        "of compute its interval, with the bounds of the figures and Student's t in it, holds "
        "one and leaves out one half and two. In part if only the slopes that the figures "
        "allow on these dates do so, on one ruler at least. Contradicted if both intervals "
        "leave out one; else the range is too wide to say and it cannot be tested."
    ),
    "compute-faster": (
        "Supported if every slope that the figures allow within their bounds and rounding "
        "lies above 1 on both rulers of the amount, and some at most at 1.5; in part if on "
        "one ruler; contradicted if all lie below 1 on both. Where both ranges hold 1 they say "
        "nothing and it cannot be tested; else not supported."
    ),
    "compute-outgrows": (
        "Supported if dollars spent on compute grew faster than recognised revenue both in the "
        "year of the interview and in the company's plan for the next; in part if in one; "
        "contradicted if in neither. The sentence speaks of what goes on, so the plan for the year "
        "ahead counts; the card says what the figures alone would decide."
    ),
    "compute-host-and-guest": (
        "Each is judged on the ruler that he names, dollars or the amount. Supported if both are "
        "right, contradicted if both are wrong, not supported if one is wrong, else in part."
    ),
    "compute-tripled": (
        "Supported if all that the published bounds allow for the growth over 2025 lies within a "
        "tenth of 3 on both rulers of the amount; in part if on one; contradicted if nothing of it "
        "does on either; not supported if on one nothing does and the other leaves it open; "
        "if both leave it open, it cannot be tested."
    ),
    "compute-triple-2026": (
        "Supported if the gigawatts at the end of 2026 are three times those a year before, "
        "within a tenth; contradicted if not; open until the figure is due."
    ),
    "compute-triple-2027": (
        "Supported if the gigawatts at the end of 2027 are three times those a year before, "
        "within a tenth; contradicted if not; open until the figure is due. Read as a doubling, 2 "
        "takes the place of 3."
    ),
    "compute-follows-2026": (
        "A prediction of this book, made once and not made anew: the run-rate at the end of 2026 "
        "lies in the interval, with the errors of the figures in it, of the line through the "
        "year-ends known when it was made, at the gigawatts of that day (as planned then, until "
        "they are published). Open until then. Contradicted if it does not; supported if it "
        "does, lies outside the interval of the calendar and that of the line is the narrower; "
        "else it tells nothing and cannot be tested."
    ),
    "compute-monetised": (
        "Supported if in every year with figures a dollar of inference and a dollar of all "
        "compute earned more than a dollar, by the least favourable figure published; "
        "contradicted if a dollar of inference did in no year, by the most favourable; in "
        "part if it did in one year by any figure and in none failed by all; if the figures of "
        "every year leave it open, it cannot be tested; else not supported."
    ),
    "compute-own-test": (
        "Cannot be tested until somebody publishes how much compute stood idle. Then "
        "supported if it is a tenth or less, contradicted if more."
    ),
    "compute-twenty-billion": (
        "Supported if 2025 reached 20 billion both as a run-rate at its end and as revenue of the "
        "year; in part if as one of them; contradicted if as neither."
    ),
    "compute-commitments": (
        "Supported if the signed deals in force with a published price add up to 1,400 "
        "billion within a tenth; in part if, with values that were worked out and deals since "
        "replaced, they reach half of it; contradicted if not even that, or if the priced "
        "ones alone exceed it by more than a tenth."
    ),
    "compute-long-time": (
        "Very long is read as longer than the five years for which chips are used, and that is "
        "our reading. Supported if the span that the speaker himself named is; contradicted if "
        "not."
    ),
    "compute-steep": (
        "No rate and no end are named, so we take the company's own forecast of that time: "
        "supported if revenue of 2030 is 200 billion within a tenth, or more; open until then."
    ),
    "compute-quoted-loss": (
        "Supported if one vintage of the company's forecast has both a loss of 120 billion "
        "within a tenth from 2025 to 2029 and its first year above zero by 2030, when the "
        "losses are over; in part if only different vintages do; contradicted if none has "
        "either."
    ),
    "compute-loss": (
        "Supported if cash flow from 2025 to 2029 adds up to a loss of 120 billion within a "
        "tenth; open until 2029 is over."
    ),
    "compute-profit": (
        "Supported if cash flow of a year from 2028 to 2030 is above zero, 2030 being the "
        "year after the later end of the losses; open until 2030 is over. The probability is "
        "that of our break-even model with our assumptions; it decides nothing."
    ),
    "compute-inference": (
        "Supported if inference is more than half of the spending on compute in the last year "
        "with figures, at both bounds, the leaked figures among them. In part if that is not so or "
        "not known, but a dated forecast of the company for a single later year has more than half "
        "(exactly half is not more): the claim is one about a plan. Contradicted if both bounds "
        "and every such forecast have less; without such a forecast and with bounds on both sides "
        "of one half it cannot be tested; else not supported. Sums over several years do not "
        "count: they say nothing of the last one."
    ),
    "compute-training-share": (
        "In the last year with figures training cost more and took a smaller share, beyond "
        "the bounds of both years, the leaked figures of inference among them; and its share is "
        "smaller in the dated plans, because the guest calls it the plan. Supported if "
        "the past and every plan say so; in part if the past and a plan known on the day do, "
        "and a plan made later does not; if the bounds of the two years meet, the past says "
        "nothing and it cannot be tested; not supported if the past or every plan of that day "
        "says otherwise; contradicted if both do."
    ),
    "compute-training-share-2026": (
        "Supported if the share of training in 2026 is below that of 2025, contradicted if not; "
        "open until the year is over."
    ),
    "compute-without-training": (
        "In the plan that carries the quoted forecast, with training held at its level of "
        "2025 and with half of its growth: supported if the first profit comes two years "
        "earlier or more in both cases, and survives revenue that falls a year behind the "
        "plan; in part if it comes a year earlier in either; else contradicted."
    ),
    "compute-tokens": (
        "Supported if one company has published an output, not a processed volume, above that of "
        "all people as the interview counts it. No date is named, so until then it cannot be "
        "tested."
    ),
    "compute-ten-trillion": (
        "Supported if all that the published volumes of the months before allow, read as output "
        "with our range of shares, lies within a factor of 3.2 of ten trillion; contradicted if "
        "nothing of it does; else the range holds both answers and it cannot be tested."
    ),
    "compute-quadrillion": (
        "Supported if the largest volume that a company had published by the day of the interview "
        "lies below a quadrillion, processed tokens included; contradicted if above."
    ),
    "compute-people": "Supported if a published figure is the claimed one within a tenth.",
    "compute-users-400": "Supported if a published figure is the claimed one within a tenth.",
    "compute-users-800": "Supported if a published figure is the claimed one within a tenth.",
    "compute-users-900": "Supported if a published figure is the claimed one within a tenth.",
    "compute-enterprises": "Supported if the company states that many organisations that pay.",
    "compute-gdpval-5": "Supported if a published figure is the claimed one to one part in 100.",
    "compute-gdpval-5-2": "Supported if a published figure is the claimed one to one part in 100.",
    "compute-gdpval-5-2-pro": (
        "Supported if a published figure is the claimed one to one part in 100."
    ),
    "compute-gdpval-60": (
        "Supported if some published count of the company's newest model (wins; wins and half of "
        "the ties; wins and ties) is 60% within a tenth; contradicted if none is. Three counts "
        "give it three ways to come true, and the card says which one did."
    ),
    "compute-gdpval-better": (
        "Supported if the model's work was liked better, a win, in the claimed share of tasks; in "
        "part if only wins and ties together reach it; contradicted if not even they do."
    ),
    "compute-gdpval-as-pleased": (
        "Supported if wins and ties of GPT-5.2 together are 70% within a tenth."
    ),
    "compute-best-reasoning": (
        "Supported if the newest model of the company was first on every ruler of ours that had "
        "measured it, among models released by then; in part if on some; contradicted if on none."
    ),
    "compute-gpt-5-2-days": (
        "Supported if the model had been out for four to six days on the day on which they spoke: "
        "that of the image model which he says came out just then. It cannot be tested without "
        "that day."
    ),
    "compute-ages": (
        "Supported if the years from the founding and from the release of ChatGPT to the interview "
        "are the two that were named, each within a tenth; in part if one is; contradicted if "
        "neither is; it cannot be tested if the tables lack a day."
    ),
    "compute-new-models": (
        "Supported if the lower bound of the best model of that quarter lies above the score of "
        "the best one before the interview, on the Epoch Capabilities Index; in part if only its "
        "score does."
    ),
    "compute-gpt-6": (
        "Supported if a model of that name came within three months of the interview; "
        "contradicted if not."
    ),
    "compute-lead": (
        "Supported if ChatGPT had more weekly users for each monthly user of Gemini after the "
        "interview than before; not supported if fewer. No measure is named, so it cannot be "
        "contradicted."
    ),
    "compute-flops": (
        "Supported if the interval of the market's growth of operations per dollar starts above "
        "one and so do the bounds of the growth of the company's own compute per dollar; in part "
        "if one of them does; contradicted if both end below one; else it cannot be tested."
    ),
    "compute-demand-2026": (
        "Supported if the company reports unmet demand in its accounts or filings for 2026; open "
        "until the year is over."
    ),
    "compute-discoveries": (
        "Supported if a discovery credited to AI, alone or with people, takes a leading prize of "
        "its science or first place in a yearly list of Nature or Science; open until five years "
        "are over."
    ),
    "compute-what-might-have-been": (
        "What would have happened, or would happen, in a world that nobody observed cannot be "
        "tested with published figures."
    ),
    "compute-own-word": (
        "A statement about the inside of a company, or hearsay, can be tested if somebody else "
        "publishes a figure. The tables hold none."
    ),
    "compute-growth-of-what": (
        "It can be tested if it says growth of what, or a figure by segment is published. Neither "
        "is the case."
    ),
    "compute-judgement": "A judgement, a mood or an assumption is neither true nor false.",
    "compute-no-measure": (
        "A forecast without a measure, a size or a date cannot be proved wrong."
    ),
    "compute-small-discoveries": (
        "What is said to have happened can be judged if it says what counts. Without a size "
        "nothing is too small."
    ),
    "compute-unnamed-shares": (
        "It can be tested if the company or the day is named: share prices are public."
    ),
    "compute-not-in-tables": (
        "It could be checked, but not with the tables of this book, and it bears on none of its "
        "questions."
    ),
}

# ---------------------------------------------------------------------------------------------
# from the tables to the verdicts

PAGE = "compute-and-revenue"
DEEPER = "compute-going-deeper"

#: What cannot be tested, by the reason: the question, the claims, and why.
UNTESTABLE: dict[str, tuple[str, tuple[str, ...], str]] = {
    "compute-what-might-have-been": (
        "What if Google had tried in 2023, or compute were ten times as large?",
        ("004-03", "004-24", "004-28", "004-35", "004-60"),
        "What would have been, what people would have said, and what frozen models, 100 times the "
        "compute or a wild invention would bring, nobody has seen.",
    ),
    "compute-own-word": (
        "Are the things true that only the speakers can know?",
        ("004-05", "004-06", "004-29", "004-53", "004-63", "004-64", "004-66"),
        "How many alarms there were, how an app was made, how short compute is, and what customers "
        "and programmers say rests on the speakers' word alone.",
    ),
    "compute-growth-of-what": (
        "Did the API and business customers grow faster than ChatGPT and consumers?",
        ("004-15", "004-16"),
        "Growth of revenue, of use or of customers is not said, and no figure by segment is in the "
        "tables.",
    ),
    "compute-judgement": (
        "Is lending sensible, is a person good for 20,000 tokens, does he look forward to it?",
        ("004-33", "004-58", "004-69", "004-72"),
        "He calls the 20,000 tokens entirely wrong himself and uses them for the sake of argument; "
        "the others are opinions and moods.",
    ),
    "compute-no-measure": (
        "Will work, booms and alarms be as he says?",
        ("004-07", "004-25", "004-59"),
        "Very different work in 2050 has a day and no measure, ups and downs have neither, and one "
        "or two alarms a year are to go on for a long time, which has no end.",
    ),
    "compute-small-discoveries": (
        "Did AI make small discoveries in the second half of 2025?",
        ("004-68",),
        "He calls them very small and does not say what would be too small to count, so no list "
        "of results proves it and no gap in one refutes it.",
    ),
    "compute-unnamed-shares": (
        "Did the shares of a company that they met rise by 15 or 20% the next day?",
        ("004-57",),
        "Share prices are public, but he gives it as an example, and names neither the company "
        "nor the day.",
    ),
    "compute-not-in-tables": (
        "What do people ask, how do they choose, what did others find?",
        ("004-10", "004-51", "004-61", "004-62", "004-70"),
        "These are about the world as it is, and others have measured some of it: studies of what "
        "people ask and how they change brands, experiments on exponential growth, the survey "
        "named after MIT, scores of IQ. They are not in our tables.",
    ),
}


def _verdict(
    key: str, question: str, claims: Sequence[str], outcome: Outcome, because: str, **more
):
    """Make a verdict whose rule and card have the name of its key."""
    page = more.pop("page", DEEPER)
    if outcome is not Outcome.OPEN:
        more.pop("until", None)
    return Verdict(
        key=key,
        question=question,
        claims=tuple(claims),
        outcome=outcome,
        rule=RULES_IN_WORDS[key].strip(),
        because=because,
        place=f"{page}#verdict-{key}",
        **more,
    )


def untestable(page: str = DEEPER) -> list[Verdict]:
    """Return the verdicts on claims that no figure can decide, with the reason."""
    return [
        _verdict(
            key,
            question,
            claims,
            Outcome.CANNOT_BE_TESTED,
            why,
            page=page,
        )
        for key, (question, claims, why) in UNTESTABLE.items()
    ]


def verdicts(*, as_of: pd.Timestamp | str = AS_OF) -> list[Verdict]:
    """Compute every verdict on the interview, the headlines first.

    Parameters
    ----------
    as_of : Timestamp or str
        The day of judgement: what is due later stays open.

    Returns
    -------
    list of Verdict
    """
    as_of = pd.Timestamp(as_of)
    cards = compute_scorecard.scorecard(as_of)
    account = compute_plan.books()
    slopes = slopes_by_amount()
    return [
        *_line(as_of, slopes),
        *_host_and_guest(slopes),
        *_tripling(cards),
        *_earning(),
        *_sums(as_of, cards),
        *_losses(account, cards),
        *_training(account, cards),
        *_tokens(cards),
        *_users(),
        *_models(cards),
        *untestable(),
    ]


#: Years of ChatGPT in the same sentence of the ledger as those of the company (004-04).
YEARS_OF_CHATGPT = 3.0


def day_of_speaking(known: pd.DataFrame | None = None) -> pd.Timestamp | None:
    """Return the day on which they spoke: that of the image model that came out "just today".

    Parameters
    ----------
    known : pandas.DataFrame, optional
        The table ``press_facts``.

    Returns
    -------
    Timestamp or None
        None if the tables lack the day of that model.
    """
    known = data.load("press_facts") if known is None else known
    days = known.loc[known["fact"] == "image-model-released", "date"]
    return pd.Timestamp(days.iloc[0]) if len(days) else None


def _days_out(released: pd.Timestamp) -> Verdict:
    spoke = day_of_speaking()
    days = None if spoke is None else (spoke - released).days
    return _verdict(
        "compute-gpt-5-2-days",
        "Had GPT-5.2 been out for about five days?",
        ("004-71",),
        decide_days_out(days),
        "The tables lack the day on which they spoke."
        if days is None
        else f"He speaks of an image model that came out just that day; it came out on "
        f"{spoke:%-d %B %Y}, {days} days after GPT-5.2.",
        figure=None if days is None else float(days),
        unit="" if days is None else "days from release to interview",
    )


def _ages(claimed: float) -> Verdict:
    known = data.load("press_facts").set_index("fact")["date"]
    spoke = day_of_speaking() or INTERVIEW
    ages = [
        (spoke - known[fact]).days / 365.25 if fact in known.index else None
        for fact in ("altman-co-chair", "chatgpt-released")
    ]
    missing = any(age is None for age in ages)
    return _verdict(
        "compute-ages",
        "Had OpenAI existed for ten years, and ChatGPT for three?",
        ("004-04",),
        decide_ages(ages, (claimed, YEARS_OF_CHATGPT)),
        "The tables lack a day."
        if missing
        else f"On the day of the interview the founding was {ages[0]:.1f} years ago, and the "
        f"release of ChatGPT {ages[1]:.1f}.",
        figure=ages[0],
        unit="" if ages[0] is None else "years since the founding",
    )


def evidence_at_hand(
    sites: pd.DataFrame | None = None, run_rates: pd.DataFrame | None = None
) -> tuple[int, int]:
    """Count what is published of the evidence that could tell what twice the compute would do.

    Returns
    -------
    months : int
        Calendar months with a run-rate since the first dated day on which a site came into use.
    steps : int
        Dated steps of the sites in that time.
    """
    sites = data.load("sites") if sites is None else sites
    own = sites[(sites["user"] == COMPANY) & (sites["basis"] == "seen")]
    history = compute_revenue.run_rate_history(COMPANY, run_rates)
    if own.empty:
        return 0, 0
    first, last = own["date"].min(), history["date"].max()
    reports = history.loc[history["date"] >= first, "date"].dt.to_period("M")
    return int(reports.nunique()), int((own["date"] <= last).sum())


def _line(as_of: pd.Timestamp, amounts: pd.DataFrame) -> list[Verdict]:
    lows, highs = amounts["low"].tolist(), amounts["high"].tolist()
    laws = amounts["both_low"].tolist(), amounts["both_high"].tolist()
    needed = compute_revenue.identification(half_widths=(WANTED_HALF_WIDTH,))["months"].min()
    months, steps = evidence_at_hand()
    words = "; ".join(
        f"{row.as_stated:.2f} on {row.Index}, {row.low:.2f} to {row.high:.2f} within their bounds "
        f"and rounding, {row.both_low:.2f} to {row.both_high:.2f} with Student's t as well"
        for row in amounts.itertuples()
    ).replace(" -", " \N{MINUS SIGN}")
    power = amounts.loc["gigawatts"]
    figures = {
        "figure": float(2 ** power["as_stated"]),
        "unit": "x the revenue where gigawatts were doubled",
    }
    as_dates = figures | {
        "low": float(2 ** power["low"]),
        "high": float(2 ** power["high"]),
        "interval": "95%, figures drawn within bounds and rounding",
    }
    as_law = figures | {
        "low": float(2 ** power["both_low"]),
        "high": float(2 ** power["both_high"]),
        "interval": "95%, the same and Student's t with 1 degree of freedom",
    }
    next_end = pd.Timestamp(INTERVIEW.year + 1, 12, 31)
    ahead = compute_revenue.prediction(years=(next_end.year,)).set_index("rule")
    rival, ahead = ahead.loc["follows the calendar"], ahead.loc["follows compute"]
    try:
        found = float(compute_revenue.run_rate_near(COMPANY, next_end)["run_rate_usd_bn"])
    except KeyError:
        found = math.nan
    follows = decide_follows(
        found, ahead["low"], ahead["high"], next_end, as_of, rival["low"], rival["high"]
    )
    wider = ahead["high"] / ahead["low"] >= rival["high"] / rival["low"]
    inside = rival["low"] <= ahead["low"] and ahead["high"] <= rival["high"]
    return [
        _verdict(
            "compute-double",
            "With twice the compute now, would revenue be twice as high now?",
            ("004-44",),
            decide_double(*compute_revenue.published_from_outside()),
            f"{len(compute_revenue.points())} points fit it, and they fit a world in which twice "
            "the compute changes nothing as well. With our assumptions on number and size of such "
            f"changes it would take {needed:.0f} months of revenue beside dated changes from "
            f"outside; the tables have reports for {months} such months and {steps} steps of "
            "sites.",
            page=PAGE,
            figure=float(needed),
            unit="months needed for a quarter either way, under our assumptions",
        ),
        _verdict(
            "compute-tracks",
            "Did revenue follow the amount of compute?",
            ("004-42",),
            decide_tracks(lows, highs, *laws),
            f"Slope of the run-rate: {words}. The chips are worked out from the same gigawatts.",
            page=PAGE,
            **as_law,
        ),
        _verdict(
            "compute-faster",
            "Did revenue grow slightly faster than the amount of compute?",
            ("004-41",),
            decide_faster(lows, highs),
            f"The figures as stated give {amounts.loc['gigawatts', 'as_stated']:.2f} on gigawatts, "
            f"but within bounds and rounding they allow {lows[0]:.2f} to {highs[0]:.2f}, and "
            f"{lows[1]:.2f} to {highs[1]:.2f} on H100-equivalents: "
            + (
                "whether it was faster or slower than one for one cannot be read off them."
                if all(low <= 1 <= high for low, high in zip(lows, highs, strict=True))
                else "not the same on both."
            ),
            page=PAGE,
            **as_dates,
        ),
        _verdict(
            "compute-follows-2026",
            "Will the run-rate follow compute to the end of 2026?",
            ("004-42",),
            follows,
            f"At the {ahead['gigawatts']:g} GW "
            + (
                f"planned on {ahead['made']:%-d %B %Y}"
                if ahead["rests_on"] == "a plan"
                else "published since"
            )
            + f" the line known on {compute_revenue.PREDICTED:%-d %B %Y} gives "
            f"{ahead['predicted']:.0f} billion dollars a year; the last run-rate is "
            f"{compute_revenue.run_rate_history(COMPANY)['run_rate_usd_bn'].iloc[-1]:g}. The "
            f"calendar alone gives {rival['low']:.0f} to {rival['high']:.0f}"
            + (
                ": the interval is wider than that, so this prediction can hardly fail and cannot "
                "speak for compute."
                if wider
                else ": the interval lies inside that, so this prediction can fail, but cannot "
                "speak for compute."
                if inside
                else "."
            )
            + f" With the points taken as exact it would be {ahead['exact_low']:.0f} to "
            f"{ahead['exact_high']:.0f}, which claims more than their rounding allows.",
            page=PAGE,
            figure=float(ahead["predicted"]),
            low=float(ahead["low"]),
            high=float(ahead["high"]),
            unit="billion US dollars a year, predicted",
            interval="95% for a new point, figures drawn within bounds and rounding",
            until=next_end.date(),
        ),
    ]


def slopes_by_amount(
    facts: pd.DataFrame | None = None, run_rates: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return :func:`compute_revenue.slopes_under_error` for the rulers of the amount, by ruler."""
    table = compute_revenue.slopes_under_error(facts=facts, run_rates=run_rates)
    return table.set_index("ruler").loc[list(AMOUNTS)]


def idle_share(facts: pd.DataFrame | None = None) -> float | None:
    """Return the idle part of the company's compute; None, as nobody has published one.

    A row of the series ``idle_compute_share`` (in per cent) of ``company_facts`` moves the verdict.
    """
    try:
        rows = compute_revenue.company_series(COMPANY, "idle_compute_share", facts)
    except KeyError:
        return None
    return float(rows["value"].iloc[-1]) / 100


def yearly_growths(
    facts: pd.DataFrame | None = None, projections: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Set the growth of spending on compute beside that of recognised revenue.

    Returns
    -------
    pandas.DataFrame
        ``year`` (that of the interview, then the next as planned), ``rests_on``, ``spending``,
        ``revenue`` (growth in x), ``gap_before``, ``gap_after`` (spending less revenue, USD bn),
        ``made`` (later day of the plans).
    """
    year = INTERVIEW.year

    def known(series: str, when: int) -> float:
        return compute_revenue.year_value(COMPANY, series, when, facts)

    spent = {when: known("compute_spending", when) for when in (year - 1, year)}
    earned = {when: known("revenue", when) for when in (year - 1, year)}
    ahead, made = year + 1, pd.NaT
    try:
        spent[ahead], earned[ahead] = known("compute_spending", ahead), known("revenue", ahead)
    except KeyError:  # until the accounts are there
        by = compute_plan.BY_COMPANY
        bill = compute_revenue.latest_forecast("compute_spending", ahead, projections)
        sales = compute_revenue.latest_forecast("revenue", ahead, projections, by=by)
        spent[ahead], earned[ahead] = float(bill["value"]), float(sales["value"])
        made = max(bill["made"], sales["made"])
    plans = {ahead: made} if pd.notna(made) else {}
    return pd.DataFrame(
        [
            {
                "year": when,
                "rests_on": "a plan" if when in plans else "figures",
                "spending": spent[when] / spent[when - 1],
                "revenue": earned[when] / earned[when - 1],
                "gap_before": spent[when - 1] - earned[when - 1],
                "gap_after": spent[when] - earned[when],
                "made": plans.get(when, pd.NaT),
            }
            for when in (year, year + 1)
        ]
    )


def _host_and_guest(amounts: pd.DataFrame) -> list[Verdict]:
    growths = yearly_growths()
    host = decide_outgrows(growths["spending"].tolist(), growths["revenue"].tolist())
    past = growths[growths["rests_on"] == "figures"]
    alone = decide_outgrows(past["spending"].tolist(), past["revenue"].tolist())
    guest = decide_faster(amounts["low"].tolist(), amounts["high"].tolist())
    words = "; ".join(
        f"in {row.year}{' as planned' if row.rests_on == 'a plan' else ''} spending grew "
        f"{row.spending:.2g}x and revenue {row.revenue:.2g}x"
        for row in growths.itertuples()
    )
    made = growths["made"].iloc[-1]
    plans = "" if pd.isna(made) else f" (plans, the later of {made:%B %Y})"
    return [
        _verdict(
            "compute-outgrows",
            "Does spending on compute still grow faster than revenue?",
            ("004-45",),
            host,
            f"{words[0].upper()}{words[1:]}{plans}. In dollars, spending exceeded revenue by "
            f"{growths['gap_before'].iloc[0]:.1f} billion in {growths['year'].iloc[0] - 1} and by "
            f"{growths['gap_after'].iloc[0]:.1f} in {growths['year'].iloc[0]}. By the figures "
            f"alone, without the plan: {alone}.",
            page=PAGE,
            figure=float(growths["spending"].iloc[0]),
            unit=f"x in spending over {growths['year'].iloc[0]}",
        ),
        _verdict(
            "compute-host-and-guest",
            "Host and guest contradict each other: is each right on his own ruler?",
            ("004-41", "004-45"),
            joined([host, guest]),
            f"The host (dollars spent): {host}; the guest (amount of compute): {guest}. One "
            "speaks of what compute costs and the other of how much there is, so they need not "
            "exclude each other.",
            page=PAGE,
        ),
    ]


def _tripling(scores: pd.DataFrame) -> list[Verdict]:
    table = compute_revenue.did_compute_triple().set_index("ruler")
    amounts = table.loc[list(AMOUNTS)]
    asked = compute_revenue.tripling_asked()
    power = asked[asked["ruler"] == "gigawatts"].set_index("year")
    cards = scores.set_index("claim")
    found = [
        _verdict(
            "compute-tripled",
            "Did the amount of compute roughly triple in the year before the interview?",
            ("004-38",),
            decide_tripled(amounts["growth_low"].tolist(), amounts["growth_high"].tolist()),
            " and ".join(
                f"{row.growth:.2g}x ({row.growth_low:.2g} to {row.growth_high:.2g}) in {row.Index}"
                for row in amounts.itertuples()
            )
            + f" over {INTERVIEW.year}; dollars spent grew {table.loc['dollars', 'growth']:.2g}x. "
            "The chips are worked out from the same gigawatts, by one source.",
            page=PAGE,
            figure=float(amounts.loc["gigawatts", "growth"]),
            low=float(amounts.loc["gigawatts", "growth_low"]),
            high=float(amounts.loc["gigawatts", "growth_high"]),
            unit="x in gigawatts",
            interval="as far as the published bounds allow",
        )
    ]
    for claim, year, words in (
        ("004-39", 2026, "Will compute triple again in 2026?"),
        ("004-40", 2027, "And once more in 2027?"),
    ):
        row, card = power.loc[year], cards.loc[claim]
        found.append(
            _verdict(
                f"compute-triple-{year}",
                words,
                (claim,),
                Outcome(card["outcome"]),
                f"It asks for {row['asked']:.3g} GW at the end of {year}; the plan of "
                f"{row['made']:%-d %B %Y} has {row['planned']:g}, a growth of "
                f"{row['planned_growth']:.2g}x."
                if card["rests_on"] == "a plan"
                else f"It was {card['figure']:.2g}x.",
                page=PAGE,
                figure=float(card["figure"]),
                unit="x planned, in gigawatts" if card["rests_on"] == "a plan" else "x",
                until=card["due"].date(),
            )
        )
    return found


def _earning() -> list[Verdict]:
    table = compute_revenue.own_falsifier()
    years = table[(table["rests_on"] == "figures") & table["inference"].notna()]
    last = years.iloc[-1]
    market, low, high = cost_decline.compute_price_fall(12.0)
    own = compute_per_dollar_growth()
    idle = idle_share()
    return [
        _verdict(
            "compute-monetised",
            "Could the company always turn its compute into money?",
            ("004-43",),
            decide_monetised(
                years["per_inference_low"].fillna(years["per_inference_dollar"]).tolist(),
                years["per_inference_dollar"].tolist(),
                years["per_compute_low"].fillna(years["per_compute_dollar"]).tolist(),
            ),
            "A dollar of inference earned "
            + " and ".join(
                f"{row.per_inference_dollar:.2f} in {row.year}"
                + ("" if row.inference_is == "outcome" else f" (its cost is a {row.inference_is})")
                + (
                    ""
                    if pd.isna(row.per_inference_low)
                    else f" or, by a contested figure, {row.per_inference_low:.2f}"
                )
                for row in years.itertuples()
            )
            + "; a dollar of all compute "
            + " and ".join(f"{row.per_compute_dollar:.2f}" for row in years.itertuples())
            + ". Other costs are not counted, and the accounts of 2024 do not close.",
            page=PAGE,
            figure=float(last["per_compute_dollar"]),
            low=float(last["per_compute_low"]),
            high=float(last["per_compute_high"]),
            unit=f"dollars for each dollar of compute, {last['year']}",
            interval="bounds of the spending",
        ),
        _verdict(
            "compute-own-test",
            "Does no heap of compute stand idle that earns nothing?",
            ("004-54",),
            decide_idle(idle),
            "He names it as the fair reason for doubt. "
            + (
                "No idle share is published; what a dollar of compute earned is the nearest that "
                "figures come."
                if idle is None
                else f"The idle part is {idle:.0%}."
            ),
            page=PAGE,
            figure=None if idle is None else 100 * idle,
            unit="" if idle is None else "% idle",
        ),
        _verdict(
            "compute-flops",
            "Does a dollar buy more computation?",
            ("004-55",),
            decide_cheaper((low, high), None if own is None else own[1:]),
            f"On the market operations per dollar grew {market:.2f}x a year; the company's "
            + (
                "own growth cannot be computed."
                if own is None
                else f"H100-equivalents for each dollar spent grew {own[0]:.1f}x in "
                f"{INTERVIEW.year}, by one source, and by the published bounds anything from "
                f"{own[1]:.1f}x to {own[2]:.1f}x."
            ),
            figure=float(market),
            low=float(low),
            high=float(high),
            unit="x a year, market",
            interval="95% as published",
        ),
    ]


def compute_per_dollar_growth(
    facts: pd.DataFrame | None = None,
) -> tuple[float, float, float] | None:
    """Return by what factor a dollar of the company bought more compute in the interview's year.

    The mean of the year's H100-equivalents over the dollars of that year, against the year before.
    The two means share a year-end, which the bounds take as high in one and low in the other.

    Returns
    -------
    growth, low, high : float
        As stated, and the least and most that the published bounds of chips and dollars allow.
        None instead if a figure is missing.
    """
    year = INTERVIEW.year
    try:
        rows = compute_revenue.company_series(
            COMPANY, "compute_h100_equivalents", facts, period="moment"
        )
        chips = rows.set_index(rows["date"].dt.year)
        spent = compute_revenue.company_series(COMPANY, "compute_spending", facts, period="year")
        spent = spent.set_index(spent["date"].dt.year)
        ends = {
            end: compute_revenue.mean_levels(chips[end].astype(float).loc[year - 2 : year])
            for end in ("value", "low", "high")
        }
        bills = {end: spent[end].astype(float) for end in ends}

        def grown(now: str, before: str) -> float:
            return float(
                (ends[now][year] / bills[before][year])
                / (ends[before][year - 1] / bills[now][year - 1])
            )

        return grown("value", "value"), grown("low", "high"), grown("high", "low")
    except KeyError:
        return None


def _sums(as_of: pd.Timestamp, cards: pd.DataFrame) -> list[Verdict]:
    twenty = cards[cards["claim"] == "004-50"]
    deals = compute_plan.signed_deals()
    sums = deals.groupby("value_is")["usd_bn"].sum()
    total, priced = float(deals["usd_bn"].sum()), float(sums.get("a published price", 0.0))
    stated = compute_plan.commitment_total()
    span = float(stated["years"])
    carrying = compute_plan.carrying_the_commitments(spans=(int(span),), interests=(0.0,)).iloc[0]
    planned = compute_revenue.forecasts("revenue", by=compute_plan.BY_COMPANY)
    planned = planned[(planned["year"] == 2030) & (planned["made"] <= INTERVIEW)].iloc[-1]
    due = pd.Timestamp(2030, 12, 31)
    try:
        earned = compute_revenue.year_value(COMPANY, "revenue", 2030)
    except KeyError:
        earned = math.nan
    return [
        _verdict(
            "compute-twenty-billion",
            "Was 2025 on a path to 20 billion dollars of revenue?",
            ("004-50",),
            decide_readings([outcome == Outcome.SUPPORTED for outcome in twenty["outcome"]]),
            f"The run-rate at the end of the year was {twenty['figure'].iloc[0]:g} billion a year, "
            f"recognised revenue of the year {twenty['figure'].iloc[1]:g} billion.",
            page=PAGE,
            figure=float(twenty["figure"].iloc[1]),
            unit="billion US dollars, recognised",
        ),
        _verdict(
            "compute-commitments",
            "Had OpenAI promised about 1.4 trillion dollars for infrastructure?",
            ("004-27", "004-02"),
            decide_sum(priced, total, CLAIMED_COMMITMENTS),
            f"The head of the company gave the sum himself. Deals with a published price add up to "
            f"{priced:,.0f} billion; with {sums.get('worked out', 0.0):,.0f} that others worked "
            f"out, and {sums.get('not a price', 0.0):,.0f} of a letter of intent that was replaced "
            f"since and was no price, all {len(deals)} come to {total:,.0f}.",
            page=PAGE,
            figure=priced / 1000,
            low=priced / 1000,
            high=total / 1000,
            unit="trillion US dollars in signed deals",
            interval="priced ones alone, to all that are counted",
        ),
        _verdict(
            "compute-long-time",
            "Will the 1.4 trillion be spent over a very long time?",
            ("004-37",),
            decide_readings([span > LIFE_OF_CHIPS]),
            f"His own post of {stated['date']:%-d %B %Y} names {span:g} years: "
            f"{carrying['a_year']:.0f} billion a year, {carrying['times_revenue']:.0f} times the "
            "revenue of 2025. The interview names none.",
            figure=span,
            unit="years, as his post names them",
        ),
        _verdict(
            "compute-steep",
            "Can revenue keep rising very steeply for a long time?",
            ("004-52",),
            judge(earned, float(planned["value"]) / 1.1, due, as_of),
            f"The forecast of {planned['made']:%B %Y} has {planned['value']:g} billion in 2030; "
            f"growth of {carrying['growth']:.2g}x a year carries the 1.4 trillion over "
            f"{span:g} years.",
            figure=float(carrying["growth"]),
            unit=f"x a year needed over {span:g} years",
            until=due.date(),
        ),
    ]


def _losses(account: compute_plan.Books, scores: pd.DataFrame) -> list[Verdict]:
    totals = compute_revenue.forecast_totals()
    vintages = totals[totals["kind"] == "by year"]
    first = vintages["first_profit"].astype(float).tolist()
    newest = vintages.iloc[-1]
    due = pd.Timestamp(LAST_YEAR_OF_LOSS, 12, 31)
    chances = compute_plan.profit_probabilities(
        compute_plan.simulate(account=account), years=(LAST_YEAR_OF_LOSS, PROFIT_BY)
    ).set_index("year")["by_year"]
    names = compute_plan.losses_by_name(account.year).set_index("name")["usd_bn"]
    cards = scores.set_index("claim")
    quoted = vintages.loc[vintages["vintage"] == QUOTED_VINTAGE, "total"]
    smallest, largest = about(CLAIMED_LOSS)
    strict = vintages["first_profit"] <= LAST_YEAR_OF_LOSS
    strict &= (-vintages["total"]).between(smallest, largest)
    return [
        _verdict(
            "compute-quoted-loss",
            "Did the reports say what the host repeats: a loss of 120 billion, then a profit?",
            ("004-46", "004-47"),
            decide_same_forecast((-vintages["total"]).tolist(), first),
            "The forecasts by year: "
            + "; ".join(
                f"that of {row.vintage} burns {-row.total:.0f} billion from 2025 to 2029 and is "
                f"above zero from {row.first_profit} on"
                for row in vintages.itertuples()
            )
            + f". Read strictly, with a profit in {LAST_YEAR_OF_LOSS} itself, "
            + (f"that of {vintages.loc[strict, 'vintage'].iloc[0]}" if strict.any() else "none")
            + " has both.",
            page=PAGE,
            figure=-100 * float(quoted.iloc[0]) / CLAIMED_LOSS if len(quoted) else None,
            unit=f"% of 120 billion, forecast of {QUOTED_VINTAGE}" if len(quoted) else "",
        ),
        _verdict(
            "compute-loss",
            "Will OpenAI have lost about 120 billion dollars by the end of 2029?",
            ("004-46",),
            Outcome(cards.loc["004-46", "outcome"]),
            f"The newest forecast by year, of {newest['vintage']}, burns {-newest['total']:.0f} "
            f"billion, {-newest['total'] / CLAIMED_LOSS:.1f} times as much. The reports speak of "
            "cash; the Chinese word for the loss is that of the accounts, in which 2025 alone lost "
            f"{names.get('net_result', math.nan):.0f}.",
            page=PAGE,
            figure=-float(newest["total"]) / CLAIMED_LOSS,
            unit=f"x the 120 billion, forecast of {newest['vintage']}",
            until=due.date(),
        ),
        _verdict(
            "compute-profit",
            "Will OpenAI make a profit when the losses to 2028 or 2029 are over?",
            ("004-47",),
            Outcome(cards.loc["004-47", "outcome"]),
            f"The company's newest forecast by year, of {newest['vintage']}, has its first year "
            f"above zero in {newest['first_profit']}. Our break-even model, with our assumptions, "
            f"gives {chances[LAST_YEAR_OF_LOSS]:.0%} by {LAST_YEAR_OF_LOSS} and "
            f"{chances[PROFIT_BY]:.0%} by {PROFIT_BY}. Profit is read as cash above zero.",
            page=PAGE,
            figure=float(chances[PROFIT_BY]) * 100,
            unit=f"% of draws of our model, by {PROFIT_BY}",
            until=cards.loc["004-47", "due"].date(),
        ),
    ]


def without_growth_of_training(
    vintage: str = QUOTED_VINTAGE,
    facts: pd.DataFrame | None = None,
    projections: pd.DataFrame | None = None,
    kept: float = 0.0,
    carried: compute_plan.Carried | None = None,
    account: compute_plan.Books | None = None,
) -> pd.Series:
    """Say how much earlier a vintage's plan is above zero with less growth of training.

    Parameters
    ----------
    vintage : str
    facts, projections : pandas.DataFrame, optional
    kept : float
        Share of the log growth of training that is kept; at 0 training stays as in 2025.
    carried : compute_plan.Carried, optional
        The plan, in place of the one that carries the vintage under the book's assumptions.
    account : compute_plan.Books, optional
        The accounts that both rest on, if they are at hand.

    Returns
    -------
    pandas.Series
        ``with_training``, ``without`` (first years above zero; NaN if none to 2030),
        ``years_earlier`` (to 2031 if the plan has none), ``room`` (smallest share of revenue, over
        the years gained, whose loss would undo that year's profit), ``room_year``,
        ``year_behind`` (share of that year's revenue that is lost if revenue falls a year behind).
    """
    if carried is None:
        carried = compute_plan.carry(vintage, facts, projections, account=account)
    table = compute_plan.without_more_training(carried, facts, projections, kept, account)
    table = table.assign(behind=1 - table["revenue"].shift(1) / table["revenue"])
    ahead = table[table["year"] > compute_plan.START]

    def first(column: str) -> float:
        return float(ahead.loc[ahead[column] > 0, "year"].min())

    planned, alone = first("cash_flow"), first("without")
    last = ahead["year"].max() + 1.0
    end = last if math.isnan(planned) else planned
    gained = ahead[(ahead["year"] >= alone) & (ahead["year"] < end)]
    earlier = 0.0 if math.isnan(alone) else end - alone
    found = {"with_training": planned, "without": alone, "years_earlier": earlier}
    if gained.empty:
        return pd.Series(found | {"room": 0.0, "room_year": math.nan, "year_behind": math.nan})
    share = gained["without"] / gained["margin"]
    thinnest = gained.loc[share.idxmin()]
    return pd.Series(
        found
        | {
            "room": float(share.min()),
            "room_year": float(thinnest["year"]),
            "year_behind": float(thinnest["behind"]),
        }
    )


#: Assumptions over which the page varies the plan that carries the quoted forecast.
FALLS = (0.1, 0.125, 0.15, 0.2, 0.25)
FADES = (0.4, 0.5, 0.6)


def without_training_by_assumption(
    falls: Sequence[float] = FALLS, fades: Sequence[float] = FADES
) -> pd.DataFrame:
    """Decide the claim on profit without more training under other assumptions of the book.

    Parameters
    ----------
    falls, fades : sequence of float
        Yearly fall of the inference behind a dollar of revenue, and fade of training's growth.

    Returns
    -------
    pandas.DataFrame
        ``fall``, ``fade``, ``outcome``, ``years_earlier``, ``less_steep`` (the same with half of
        the growth), ``room``, ``year_behind``, ``with_training`` (NaN: no profit to 2030). Left
        out where no plan carries the forecast.
    """
    rows, account = [], compute_plan.books()
    quoted = compute_plan.read_vintage(QUOTED_VINTAGE)
    for fall in falls:
        for fade in fades:
            try:
                plan = compute_plan.carry(
                    quoted, inference_fall=fall, training_fade=fade, account=account
                )
            except ValueError:
                continue
            none, half = (
                without_growth_of_training(kept=kept, carried=plan, account=account)
                for kept in (0.0, LESS_STEEP)
            )
            outcome = decide_earlier(
                none["years_earlier"], half["years_earlier"], none["room"], none["year_behind"]
            )
            rows.append(
                {
                    "fall": fall,
                    "fade": fade,
                    "outcome": str(outcome),
                    "years_earlier": none["years_earlier"],
                    "less_steep": half["years_earlier"],
                    "room": none["room"],
                    "year_behind": none["year_behind"],
                    "with_training": none["with_training"],
                }
            )
    return pd.DataFrame(rows)


def plans_of_training(
    facts: pd.DataFrame | None = None, projections: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Say of each dated plan whether training's share of compute is below the last known one.

    Returns
    -------
    pandas.DataFrame
        :func:`compute_plan.said_of_inference` with ``before`` (the share with which it is
        compared: of the last year that was over when the plan was made), ``falls``, ``then`` (made
        by the day of the interview).
    """
    said = compute_plan.said_of_inference(projections)
    shares = compute_plan.training_share(facts, projections)
    known = shares[(shares["entity"] == COMPANY) & (shares["rests_on"] == "figures")]
    known = known.set_index(known["period"].astype(int))["share"]
    before = [float(known[known.index < made.year].iloc[-1]) for made in said["made"]]
    return said.assign(
        before=before,
        falls=said["training"].to_numpy() < np.array(before),
        then=said["made"] <= INTERVIEW,
    )


def _training(account: compute_plan.Books, cards: pd.DataFrame) -> list[Verdict]:
    earlier = without_growth_of_training()
    less_steep = without_growth_of_training(kept=LESS_STEEP)
    grid = without_training_by_assumption()
    told_by_grid = ", ".join(
        f"{outcome} in {count}" for outcome, count in grid["outcome"].value_counts().items()
    )
    card = cards.set_index("claim").loc["004-56"]
    inference = cards.set_index("claim").loc["004-48"]
    shares = compute_plan.training_share()
    shares = shares[(shares["entity"] == COMPANY) & (shares["rests_on"] == "figures")]
    before, now = shares.iloc[-2], shares.iloc[-1]
    apart = now["high"] < before["low"] or now["low"] > before["high"]
    fell = bool(now["high"] < before["low"]) if apart else None
    leaked = ", ".join(
        f"{usd_bn:.1f} for {year}" for year, usd_bn in compute_revenue.contested_inference().items()
    )
    by_figures = compute_scorecard.decide_inference(
        1 - float(now["high"]), 1 - float(now["low"]), []
    )
    plans = plans_of_training()
    then, since = plans[plans["then"]], plans[~plans["then"]]

    costs = compute_plan.training_of_all_costs()
    past, ahead = costs[costs["made"].isna()], costs[costs["made"].notna()]
    whole = ", ".join(f"{row.share:.0%} in {row.year}" for row in past.itertuples())
    if len(ahead):
        whole += (
            f", {ahead['share'].min():.0%} to {ahead['share'].max():.0%} in plans since for "
            f"{ahead['year'].min()} to {ahead['year'].max()}"
        )

    def told(rows: pd.DataFrame) -> str:
        return "; ".join(
            f"{row.training_made:%B %Y}, "
            + ("less than half" if row.note.startswith("more than") else f"{row.training:.0%}")
            + (f" in {row.year}" if row.single_year else f" in sum to {row.year}")
            + (" (one source)" if row.one_source else "")
            for row in rows.itertuples()
        )

    return [
        _verdict(
            "compute-inference",
            "Does inference become the larger part of compute and outweigh training?",
            ("004-48",),
            Outcome(inference["outcome"]),
            f"Inference was {1 - now['share']:.0%} of the spending on compute in {now['period']}, "
            f"by the bounds and the leaked figures {1 - now['high']:.0%} to {1 - now['low']:.0%}: "
            f"by figures alone, {by_figures}. Plans for the share of "
            f"training, by the day when they were made: {told(plans)}. What the last year of the "
            "sum has is not published.",
            page=PAGE,
            figure=100 * (1 - float(now["share"])),
            low=100 * (1 - float(now["high"])),
            high=100 * (1 - float(now["low"])),
            unit=f"% of spending on compute, {now['period']}",
            interval="bounds of the spending, leaked figures included",
        ),
        _verdict(
            "compute-training-share",
            "Does training cost more dollars and make up a falling share?",
            ("004-56",),
            decide_training_share(
                bool(now["training"] > before["training"]),
                fell,
                then["falls"].tolist(),
                since["falls"].tolist(),
            ),
            f"From {before['period']} to {now['period']} training rose from "
            f"{before['training']:g} to {now['training']:g} billion and its share of compute went "
            f"from {before['share']:.0%} ({before['low']:.0%} to {before['high']:.0%}) to "
            f"{now['share']:.0%} ({now['low']:.0%} to {now['high']:.0%}); the lower ends are "
            f"those of leaked and contested figures of inference ({leaked}, in billions). Plans of "
            "its share by then: "
            f"{told(then) or 'none'}; since: {told(since) or 'none'}. The host put it, and speaks "
            f"of all costs (cash: {whole}); the guest calls it the plan.",
            page=PAGE,
            figure=100 * float(now["share"]),
            low=100 * float(now["low"]),
            high=100 * float(now["high"]),
            unit=f"% of spending on compute, {now['period']}",
            interval="bounds of the spending, leaked figures included",
        ),
        _verdict(
            "compute-training-share-2026",
            "Will the share of training fall in 2026?",
            ("004-56",),
            Outcome(card["outcome"]),
            f"It was {now['share']:.0%} in {now['period']} ({now['low']:.0%} to "
            f"{now['high']:.0%}). For the year after it is {card['because'].split(';')[0]}: the "
            f"first comes to {card['figure']:.0%}."
            if card["rests_on"] == "a plan"
            else f"It was {card['figure']:.0%}.",
            page=PAGE,
            figure=100 * float(card["figure"]),
            unit="% planned" if card["rests_on"] == "a plan" else "%",
            until=card["due"].date(),
        ),
        _verdict(
            "compute-without-training",
            "Without the growth of training, would there be a profit far earlier?",
            ("004-49",),
            decide_earlier(
                earlier["years_earlier"],
                less_steep["years_earlier"],
                earlier["room"],
                earlier["year_behind"],
            ),
            "In the plan that carries the quoted forecast the first profit comes in "
            + (
                "no year to 2030"
                if math.isnan(earlier["with_training"])
                else f"{earlier['with_training']:.0f}"
            )
            + (
                "; without more training none either."
                if math.isnan(earlier["without"])
                else f"; without more training in {earlier['without']:.0f}, with half of its "
                "growth "
                + (
                    "not by 2030"
                    if math.isnan(less_steep["without"])
                    else f"in {less_steep['without']:.0f}"
                )
                + ", if revenue is the same. The first of these goes if older models cost "
                f"{earlier['room']:.0%} of revenue; to fall a year behind the plan costs "
                f"{earlier['year_behind']:.0%}."
            )
            + f" Under {len(grid)} pairs of assumptions on the fall of costs and the fade of "
            f"training the room runs from {grid['room'].min():.0%} to {grid['room'].max():.0%}; "
            f"the rule says {told_by_grid}.",
            page=PAGE,
            figure=float(earlier["years_earlier"]),
            unit="years earlier, revenue unchanged",
        ),
    ]


def _tokens(cards: pd.DataFrame) -> list[Verdict]:
    by_claim = cards.set_index("claim")
    passed = compute_scorecard.first_to_pass()
    processed, written = passed.iloc[0], passed.iloc[1]
    said = float(by_claim.loc["004-31", "figure"])
    near = compute_scorecard.output_range(INTERVIEW)
    claims = data.load("claims").set_index("claim")["value"]
    people = data.load("published").set_index("result")
    world = (
        float(people.loc["world-population-2025", "value"]) * 1e9
        if "world-population-2025" in people.index
        else None
    )
    return [
        _verdict(
            "compute-tokens",
            "Will a company put out more tokens a day than all people?",
            ("004-34",),
            Outcome(by_claim.loc["004-34", "outcome"]),
            f"Counting what is read and written, {processed['entity']} "
            + (
                f"passed it in {processed['date']:%B %Y}"
                if pd.notna(processed["date"])
                else f"stands at {processed['of_humanity']:.0%} of it"
            )
            + f" by {'one source' if processed['one_source'] else 'its figure'}; what it wrote was "
            f"at most {written['of_humanity']:.0%}, by an assumed share.",
            figure=100 * float(written["of_humanity"]),
            unit="% of all people's output, largest so far",
        ),
        _verdict(
            "compute-ten-trillion",
            "Did a firm's models write some ten trillion tokens a day?",
            ("004-30",),
            decide_magnitude(*near, float(claims["004-30"])),
            f"Published volumes of that time, read as output, allow {near[0] / 1e12:.2g} to "
            f"{near[1] / 1e12:.2g} trillion for the largest firm.",
            figure=near[1] / 1e12,
            unit="trillion tokens a day at most",
        ),
        _verdict(
            "compute-quadrillion",
            "Was every firm below a quadrillion tokens a day?",
            ("004-31",),
            Outcome(by_claim.loc["004-31", "outcome"]),
            f"The largest volume published by then was {said / 1e12:.0f} trillion a day, "
            f"processed ({by_claim.loc['004-31', 'because'].split(',')[0]}).",
            figure=said / 1e12,
            unit="trillion tokens a day, processed",
        ),
        _verdict(
            "compute-people",
            "Do eight billion people live on Earth?",
            ("004-32",),
            decide_about(world, float(claims["004-32"])),
            "The tables hold no figure." if world is None else f"It was {world / 1e9:.1f} billion.",
            figure=None if world is None else world / 1e9,
            unit="" if world is None else "billion people in 2025",
        ),
    ]


def _users() -> list[Verdict]:
    users = data.load("users")
    own = users[(users["entity"] == COMPANY) & (users["measure"] == "weekly")]
    own = own[own["preferred"].astype(bool)].sort_values("date", kind="stable")
    firms = users[(users["entity"] == COMPANY) & (users["measure"] == "organisations")]
    year = own[own["date"].dt.year == INTERVIEW.year]

    def at(day: pd.Timestamp) -> float | None:
        known = own[own["date"] <= day]
        return float(known["users_millions"].iloc[-1]) if len(known) else None

    early = float(year["users_millions"].iloc[0]) if len(year) else None
    said = own[(own["date"] <= INTERVIEW) & own["kind"].isin(("own statement", "press"))]
    before = said["users_millions"].tail(2).tolist()
    now = at(INTERVIEW)
    found = []
    for key, words, claims, figure, claimed in (
        (
            "compute-users-400",
            "Did ChatGPT have about 400 million users a week early in 2025?",
            ("004-11",),
            early,
            400.0,
        ),
        (
            "compute-users-800",
            "Did it have 800 million a week by the time of the interview?",
            ("004-12",),
            before[0] if len(before) > 1 else now,
            800.0,
        ),
        (
            "compute-users-900",
            "Did reports put it close to 900 million?",
            ("004-13", "004-02"),
            now,
            900.0,
        ),
    ):
        found.append(
            _verdict(
                key,
                words,
                claims,
                decide_about(figure, claimed),
                "The tables hold no figure of that time."
                if figure is None
                else f"The tables hold {figure:.0f} million.",
                figure=figure,
                unit="" if figure is None else "million weekly users",
            )
        )
    paying = firms[firms["date"] <= INTERVIEW]
    found.append(
        _verdict(
            "compute-enterprises",
            "Did OpenAI have more than a million enterprise users?",
            ("004-14",),
            decide_readings([paying["users_millions"].iloc[-1] >= 1])
            if len(paying)
            else Outcome.CANNOT_BE_TESTED,
            f"The company counted {paying['users_millions'].iloc[-1]:g} million businesses that "
            f"pay {(INTERVIEW - paying['date'].iloc[-1]).days} days before."
            if len(paying)
            else "The tables hold no figure.",
            figure=float(paying["users_millions"].iloc[-1]) if len(paying) else None,
            unit="million organisations" if len(paying) else "",
        )
    )
    return found


def _models(cards: pd.DataFrame) -> list[Verdict]:
    by_claim = cards.set_index("claim")
    claims = data.load("claims").set_index("claim")["value"]
    tests = data.load("gdpval")
    published = data.load("published").set_index("result")

    def quoted(key: str) -> float | None:
        return float(published.loc[key, "value"]) if key in published.index else None

    newest = tests[(tests["model"] == "GPT-5.2") & tests["win_pct"].notna()]
    wins = float(newest["win_pct"].iloc[0]) if len(newest) else None
    ties = float(newest["win_or_tie_pct"].iloc[0]) if len(newest) else math.nan
    counts = (
        {}
        if wins is None
        else {
            "wins": wins,
            "wins and half of the ties": (wins + ties) / 2,
            "wins and ties": ties,
        }
    )
    nearest = min(counts, key=lambda name: abs(counts[name] - claims["004-20"]), default=None)
    first = first_on_rulers()
    models = data.load("firm_models").set_index("model")["released"]
    found = []
    for key, name, claim, result in (
        ("compute-gdpval-5", "GPT-5 thinking, 38.8%", "004-17", "gdpval-gpt-5"),
        ("compute-gdpval-5-2", "GPT-5.2 thinking, 70.9%", "004-18", "gdpval-gpt-5-2"),
        ("compute-gdpval-5-2-pro", "GPT-5.2 pro, 74.1%", "004-19", "gdpval-gpt-5-2-pro"),
    ):
        figure = quoted(result)
        found.append(
            _verdict(
                key,
                f"Wins and ties on GDPval: {name}?",
                (claim,),
                decide_said(figure, float(claims[claim])),
                "The tables hold no figure."
                if figure is None
                else "The figure is the company's own, on a test that it made; 'or came near' is "
                "not in it.",
                figure=figure,
                unit="" if figure is None else "% of tasks won or tied",
            )
        )
    found += [
        _verdict(
            "compute-gdpval-60",
            "Does the model manage about 60% of tasks at expert level?",
            ("004-20",),
            decide_quoted(list(counts.values()), float(claims["004-20"])),
            "The tables hold no count of GPT-5.2."
            if nearest is None
            else f"It fits if we count {nearest}: {counts[nearest]:.1f}%; the host does not say "
            "how he counts.",
            figure=None if nearest is None else counts[nearest],
            unit="" if nearest is None else f"% of tasks, {nearest}",
        ),
        _verdict(
            "compute-gdpval-better",
            "Do people like the model's work better in 70 or 74% of cases?",
            ("004-22",),
            decide_preferred(wins, ties, float(claims["004-22"])),
            "The tables hold no count of GPT-5.2."
            if wins is None
            else f"GPT-5.2 was liked better in {wins:.0f}% of the tasks and as well or better in "
            f"{ties:.0f}%.",
            figure=wins,
            unit="" if wins is None else "% of tasks won",
        ),
        _verdict(
            "compute-gdpval-as-pleased",
            "Would one be as pleased with GPT-5.2 seven times in ten, if the test is right?",
            ("004-23",),
            decide_about(None if wins is None else ties, float(claims["004-23"])),
            "The tables hold no count of GPT-5.2." if wins is None else f"It is {ties:.1f}%.",
            figure=None if wins is None else ties,
            unit="" if wins is None else "% of tasks won or tied",
        ),
        _verdict(
            "compute-best-reasoning",
            "Did no model in the world reason better than GPT-5.2?",
            ("004-09",),
            decide_best(list(first.values())),
            "It was first on "
            + (", ".join(name for name, leads in first.items() if leads) or "none")
            + "; not on "
            + (", ".join(name for name, leads in first.items() if not leads) or "none")
            + ". He names no test.",
            figure=float(sum(first.values())),
            unit=f"of {len(first)} rulers",
        ),
        _days_out(models["GPT-5.2"]),
        _ages(float(claims["004-04"])),
        _verdict(
            "compute-new-models",
            "Did models clearly better than GPT-5.2 come in the first quarter of 2026?",
            ("004-26",),
            Outcome(by_claim.loc["004-26", "outcome"]),
            f"{by_claim.loc['004-26', 'because']}: {by_claim.loc['004-26', 'figure']:.1f} points "
            "more on the Epoch Capabilities Index.",
            figure=float(by_claim.loc["004-26", "figure"]),
            unit="points of the index",
        ),
        _verdict(
            "compute-gpt-6",
            "Did GPT-6 appear within three months?",
            ("004-01",),
            Outcome(by_claim.loc["004-01", "outcome"]),
            f"The {by_claim.loc['004-01', 'because']}, after "
            f"{by_claim.loc['004-01', 'figure']:.1f} months. The headline says it; in the text the "
            "speaker does not know.",
            figure=float(by_claim.loc["004-01", "figure"]),
            unit="months",
            until=by_claim.loc["004-01", "due"].date(),
        ),
        _verdict(
            "compute-lead",
            "Has ChatGPT's lead among chatbots widened?",
            ("004-08",),
            Outcome(by_claim.loc["004-08", "outcome"]),
            f"{by_claim.loc['004-08', 'figure']:.2f} weekly users for each monthly user of Gemini, "
            f"against {by_claim.loc['004-08', 'target']:.2f} before; a week is counted against a "
            "month.",
            figure=float(by_claim.loc["004-08", "figure"]),
            unit="weekly users for each monthly user of Gemini",
        ),
        _verdict(
            "compute-demand-2026",
            "Will OpenAI be unable to meet demand in 2026?",
            ("004-65",),
            Outcome(by_claim.loc["004-65", "outcome"]),
            "No measure is named; a statement in the accounts of that year would do.",
            until=by_claim.loc["004-65", "due"].date(),
        ),
        _verdict(
            "compute-discoveries",
            "Will AI, alone or with people, make a major discovery within five years?",
            ("004-67",),
            Outcome(by_claim.loc["004-67", "outcome"]),
            "The host repeats an earlier statement; what counts as major is not said.",
            until=by_claim.loc["004-67", "due"].date(),
        ),
    ]
    return found


def first_on_rulers(
    scores: pd.DataFrame | None = None,
    prefix: str = "gpt-5.2",
    day: pd.Timestamp | str = INTERVIEW,
    rulers: Mapping[str, str] | None = None,
) -> dict[str, bool]:
    """Say on which rulers a model was first among those released by a day.

    Parameters
    ----------
    scores : pandas.DataFrame, optional
    prefix : str
        What the model's versions begin with, in small letters.
    day : Timestamp or str
    rulers : mapping of str to str, optional
        Names by ruler; the newest index and the two tests that measured it if left out.

    Returns
    -------
    dict of str to bool
        By the name of each ruler that measured it.
    """
    scores = data.load("scores") if scores is None else scores
    names = rulers or {
        "eci_2026_10": "the Epoch Capabilities Index",
        "gpqa_diamond": "GPQA Diamond",
        "weirdml": "WeirdML",
    }
    found = {}
    for ruler, name in names.items():
        rows = scores[(scores["ruler"] == ruler) & (scores["released"] <= pd.Timestamp(day))]
        own = rows["version"].str.lower().str.startswith(prefix)
        if own.any():
            found[name] = bool(rows.loc[own, "score"].max() >= rows["score"].max())
    return found
