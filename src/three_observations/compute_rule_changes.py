"""First forms of the rules on compute and revenue that were changed after results were seen.

A rule that was changed once its result was known is no blind test.
So each first form is kept here as a function and applied to the figures of today: a reader sees
what it would have said, beside what the rule says now and why it was changed.
Nothing else in the book uses these functions.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from three_observations import compute_plan, compute_revenue, compute_scorecard, cost_decline, data
from three_observations import compute_verdicts as now
from three_observations.claims import Outcome, Verdict, joined
from three_observations.cost_verdicts import about, overlaps


@dataclass(frozen=True)
class Change:
    """One change of a rule.

    Attributes
    ----------
    key : str
        Of the verdict.
    first_form : str
        The rule as it stood first, in words.
    why : str
        Why it was changed.
    outcome : callable
        Takes :class:`Figures` and returns what the first form says of them.
    """

    key: str
    first_form: str
    why: str
    outcome: Callable[[Figures], Outcome]


class Figures:
    """The figures of today that several first forms look at, each computed once."""

    @cached_property
    def amounts(self) -> pd.DataFrame:
        """Return the stated slopes of the run-rate on the rulers of the amount of compute."""
        table = compute_revenue.famous_line()
        book = table[(table["revenue"] == compute_revenue.RUN_RATE) & (table["choice"] == "book")]
        return book[book["ruler"].isin(now.AMOUNTS)]

    @cached_property
    def earlier(self) -> pd.Series:
        """Return how much earlier the quoted plan turns without more training."""
        return now.without_growth_of_training()


def _tracks(figures: Figures) -> Outcome:
    rows = list(figures.amounts.itertuples())
    near = [overlaps(row.elasticity, row.elasticity, 1.0) for row in rows]
    if all(near) and all(row.low > 0.5 and row.high < 2.0 for row in rows):
        return Outcome.SUPPORTED
    if any(near):
        return Outcome.PARTLY
    possible = any(overlaps(row.low, row.high, 1.0) for row in rows)
    return Outcome.NOT_SUPPORTED if possible else Outcome.CONTRADICTED


def _faster(figures: Figures) -> Outcome:
    rows = list(figures.amounts.itertuples())
    faster = [1 < row.elasticity <= now.SLIGHTLY for row in rows]
    if all(faster):
        return Outcome.SUPPORTED
    if any(faster):
        return Outcome.PARTLY
    below = all(row.high < 1 for row in rows)
    return Outcome.CONTRADICTED if below else Outcome.NOT_SUPPORTED


def _host_and_guest(figures: Figures) -> Outcome:
    growths = now.yearly_growths()
    host = now.decide_outgrows(growths["spending"].tolist(), growths["revenue"].tolist())
    return joined([host, _faster(figures)])


def _tripled(figures: Figures) -> Outcome:
    table = compute_revenue.did_compute_triple().set_index("ruler").loc[list(now.AMOUNTS)]
    rounds = [2.5 <= growth < 3.5 for growth in table["growth"]]
    if all(rounds) or any(rounds):
        return Outcome.SUPPORTED if all(rounds) else Outcome.PARTLY
    possible = any(overlaps(row.growth_low, row.growth_high, 3.0) for row in table.itertuples())
    return Outcome.NOT_SUPPORTED if possible else Outcome.CONTRADICTED


def _follows(figures: Figures) -> Outcome:
    ahead = compute_revenue.prediction()
    due = ahead["date"].min()
    row = ahead[(ahead["date"] == due) & (ahead["rule"] == "follows compute")].iloc[0]
    known = compute_revenue.run_rate_history(now.COMPANY)
    known = known[(known["date"] - due).dt.days.abs() <= 45]
    if due > now.AS_OF or known.empty:
        return compute_scorecard.judge(math.nan, row["low"], due, now.AS_OF)
    inside = row["exact_low"] <= float(known["run_rate_usd_bn"].iloc[-1]) <= row["exact_high"]
    return Outcome.SUPPORTED if inside else Outcome.CONTRADICTED


def _follows_refitted(figures: Figures) -> Outcome:
    due = pd.Timestamp(now.INTERVIEW.year + 1, 12, 31)
    facts = data.load("company_facts")
    ahead = compute_revenue.prediction(
        made=pd.Timestamp("2200-01-01"),
        realised=facts[facts["date"] < due],
        years=(due.year,),
        draws=1,
    ).set_index("rule")
    row, rival = ahead.loc["follows compute"], ahead.loc["follows the calendar"]
    known = compute_revenue.run_rate_history(now.COMPANY)
    known = known[(known["date"] - due).dt.days.abs() <= 45]
    found = float(known["run_rate_usd_bn"].iloc[-1]) if len(known) else math.nan
    if due > now.AS_OF or math.isnan(found):
        return compute_scorecard.judge(math.nan, 0.0, due, now.AS_OF)
    if not row["exact_low"] <= found <= row["exact_high"]:
        return Outcome.CONTRADICTED
    inside = rival["exact_low"] <= found <= rival["exact_high"]
    return Outcome.CANNOT_BE_TESTED if inside else Outcome.SUPPORTED


def _double(figures: Figures) -> Outcome:
    low, high = compute_revenue.published_from_outside()
    months, _ = now.evidence_at_hand()
    needed = compute_revenue.identification(half_widths=(now.WANTED_HALF_WIDTH,))["months"].min()
    if months < needed or low is None or high is None:
        return Outcome.CANNOT_BE_TESTED
    if not overlaps(low, high, 1.0):
        return Outcome.CONTRADICTED
    return Outcome.SUPPORTED if low > 0.5 else Outcome.NOT_SUPPORTED


def _tripled_as_stated(figures: Figures) -> Outcome:
    table = compute_revenue.did_compute_triple().set_index("ruler").loc[list(now.AMOUNTS)]
    holds = [overlaps(growth, growth, 3.0) for growth in table["growth"]]
    if all(holds) or any(holds):
        return Outcome.SUPPORTED if all(holds) else Outcome.PARTLY
    possible = any(overlaps(row.growth_low, row.growth_high, 3.0) for row in table.itertuples())
    return Outcome.NOT_SUPPORTED if possible else Outcome.CONTRADICTED


def _faster_or_not(figures: Figures) -> Outcome:
    slopes = now.slopes_by_amount()
    found = now.decide_faster(slopes["low"].tolist(), slopes["high"].tolist())
    return Outcome.NOT_SUPPORTED if found is Outcome.CANNOT_BE_TESTED else found


def _flops(figures: Figures) -> Outcome:
    low = cost_decline.compute_price_fall(12.0)[1]
    own = now.compute_per_dollar_growth()
    return now.decide_readings([low > 1] + ([] if own is None else [own[0] > 1]))


def _bounds_without_leaks() -> pd.DataFrame:
    facts = data.load("company_facts")
    shares = compute_plan.training_share(facts[facts["series"] != "azure_inference_spending"])
    own = (shares["entity"] == now.COMPANY) & (shares["rests_on"] == "figures")
    return shares[own]


def _inference_by_half(figures: Figures) -> Outcome:
    last = _bounds_without_leaks().iloc[-1]
    plans = compute_plan.said_of_inference()
    plans = plans[plans["single_year"]]
    if last["high"] < 0.5:
        return Outcome.SUPPORTED
    if (plans["inference"] >= 0.5).any():
        return Outcome.PARTLY
    return Outcome.CONTRADICTED if last["low"] > 0.5 and len(plans) else Outcome.NOT_SUPPORTED


def _training_share_without_leaks(figures: Figures) -> Outcome:
    before, last = (row for _, row in _bounds_without_leaks().iloc[-2:].iterrows())
    plans = now.plans_of_training()
    return now.decide_training_share(
        bool(last["training"] > before["training"]),
        bool(last["high"] < before["low"]),
        plans.loc[plans["then"], "falls"].tolist(),
        plans.loc[~plans["then"], "falls"].tolist(),
    )


def _monetised(figures: Figures) -> Outcome:
    table = compute_revenue.own_falsifier()
    table = table[(table["rests_on"] == "figures") & table["inference"].notna()]
    pays = table["inference_pays"].astype(bool)
    if pays.all():
        return Outcome.SUPPORTED if table["all_compute_pays"].all() else Outcome.PARTLY
    return Outcome.NOT_SUPPORTED if pays.any() else Outcome.CONTRADICTED


def _inference(figures: Figures) -> Outcome:
    account = compute_plan.books()
    planned = compute_scorecard.planned_inference_share()
    leads = [account.training_share < 0.5, planned > 0.5]
    if all(leads):
        return Outcome.SUPPORTED
    return Outcome.PARTLY if any(leads) else Outcome.NOT_SUPPORTED


def _training_share(figures: Figures) -> Outcome:
    account = compute_plan.books()
    before = compute_plan.books(account.year - 1)
    share = account.training_share
    past = account.training > before.training and share < before.training_share
    plan = 1 - compute_scorecard.planned_inference_share() < share
    return joined([Outcome.SUPPORTED if held else Outcome.CONTRADICTED for held in (past, plan)])


def _earlier(figures: Figures, room: float) -> Outcome:
    years = figures.earlier["years_earlier"]
    if years >= now.MUCH_EARLIER and room >= 0.5:
        return Outcome.SUPPORTED
    return Outcome.PARTLY if years >= 1 else Outcome.CONTRADICTED


def _earlier_by_saving(figures: Figures) -> Outcome:
    found = figures.earlier
    table = compute_plan.without_more_training(compute_plan.carry(now.QUOTED_VINTAGE))
    gained = table[(table["year"] >= found["without"]) & (table["year"] < found["with_training"])]
    return _earlier(figures, float(gained["break_even_loss"].min()) if len(gained) else 0.0)


def _earlier_by_half(figures: Figures) -> Outcome:
    return _earlier(figures, float(figures.earlier["room"]))


def _vintages() -> pd.DataFrame:
    totals = compute_revenue.forecast_totals()
    return totals[totals["kind"] == "by year"]


def _quoted_loss(figures: Figures) -> Outcome:
    smallest, largest = about(now.CLAIMED_LOSS)
    rows = list(_vintages().itertuples())
    losses = [smallest <= -row.total <= largest for row in rows]
    profits = [float(row.first_profit) <= now.LAST_YEAR_OF_LOSS for row in rows]
    if any(loss and profit for loss, profit in zip(losses, profits, strict=True)):
        return Outcome.SUPPORTED
    return Outcome.PARTLY if any(losses) or any(profits) else Outcome.CONTRADICTED


def _profit(figures: Figures) -> Outcome:
    flows = compute_scorecard.yearly_cash()
    last = range(now.LAST_YEAR_OF_LOSS - 1, now.LAST_YEAR_OF_LOSS + 1)
    if any(flows.get(year, -1.0) > 0 for year in last):
        return Outcome.SUPPORTED
    if now.LAST_YEAR_OF_LOSS in flows.index:
        return Outcome.CONTRADICTED
    due = pd.Timestamp(now.LAST_YEAR_OF_LOSS, 12, 31)
    return compute_scorecard.judge(math.nan, 0.0, due, now.AS_OF)


def _commitments(figures: Figures) -> Outcome:
    found = float(compute_plan.signed_deals()["usd_bn"].sum())
    smallest, largest = about(now.CLAIMED_COMMITMENTS)
    if smallest <= found <= largest:
        return Outcome.SUPPORTED
    half = now.CLAIMED_COMMITMENTS / 2 <= found < smallest
    return Outcome.PARTLY if half else Outcome.CONTRADICTED


def _touches_ten_trillion(figures: Figures) -> Outcome:
    low, high = compute_scorecard.output_range(now.INTERVIEW)
    claimed = float(data.load("claims").set_index("claim").loc["004-30", "value"])
    reach = math.sqrt(10)
    near = low <= claimed * reach and high >= claimed / reach
    return Outcome.SUPPORTED if near else Outcome.CONTRADICTED


#: Every change of a rule, in the order of the page.
CHANGES: tuple[Change, ...] = (
    Change(
        "compute-double",
        "It waited for as many months of reports as a half-width of a quarter would need, even if "
        "somebody published an estimate.",
        "A rule has to be able to say something else: a published interval now decides by its "
        "width, and one that holds one and is wide says nothing.",
        _double,
    ),
    Change(
        "compute-tracks",
        "The elasticity as stated is one within a tenth, and Student's interval through the three "
        "points as stated leaves out one half and two.",
        "The points lie closer to the line than their own rounding allows anybody to know, so that "
        "interval is too narrow.",
        _tracks,
    ),
    Change(
        "compute-faster",
        "The elasticity as stated lies above 1 and at most at 1.5.",
        "Within bounds and rounding the same figures allow slopes on both sides of 1.",
        _faster,
    ),
    Change(
        "compute-faster",
        "Then: as now, but not supported where the ranges hold 1.",
        "A range that holds 1 says nothing, neither for the sentence nor against it.",
        _faster_or_not,
    ),
    Change(
        "compute-host-and-guest",
        "As now, with the first form of the rule on the guest's claim.",
        "It follows from the change before.",
        _host_and_guest,
    ),
    Change(
        "compute-tripled",
        "The growth rounds to 3: from 2.5 to 3.5.",
        "Everywhere else on this page a figure is right within a tenth.",
        _tripled,
    ),
    Change(
        "compute-tripled",
        "Then: the growth as stated is 3 within a tenth, on both rulers or on one.",
        "The page promises to ask what holds at both bounds, and this rule asked the figure.",
        _tripled_as_stated,
    ),
    Change(
        "compute-follows-2026",
        "Supported if the run-rate lies in the interval of the line, whatever the calendar says.",
        "That interval lies inside the one of the calendar: to hit it would have been called a "
        "success and would have told nothing.",
        _follows,
    ),
    Change(
        "compute-follows-2026",
        "Then: the line through every year-end in the tables, that of 2026 among them once it is "
        "there, at the planned gigawatts, with the points taken as exact.",
        "A line refitted through its own outcome is no prediction, and the points are rounded.",
        _follows_refitted,
    ),
    Change(
        "compute-monetised",
        "A dollar of inference earned more than a dollar in each year, by the figures in use.",
        "The cost of 2024 in use is a forecast; a contested figure of the same year turns it over.",
        _monetised,
    ),
    Change(
        "compute-own-test",
        "It said that it cannot be tested, whatever the tables hold.",
        "A rule has to be able to say something else: it now reads an idle share, if there is one.",
        lambda figures: Outcome.CANNOT_BE_TESTED,
    ),
    Change(
        "compute-commitments",
        "All signed deals that the table counts, whatever their values rest on.",
        "Two values were worked out by others, and one was no price and was replaced.",
        _commitments,
    ),
    Change(
        "compute-quoted-loss",
        "One vintage has the loss to 2029 and a profit by 2029 as well.",
        "He has the profit begin when the losses are over: a plan with losses to 2029 and a profit "
        "in 2030 is what he says.",
        _quoted_loss,
    ),
    Change(
        "compute-profit",
        "Cash flow of 2028 or 2029 is above zero.",
        "The same reading: the year after the later end of the losses still fits his words.",
        _profit,
    ),
    Change(
        "compute-inference",
        "Inference is more than half in the last year, and in the sum of the plan to 2030.",
        "The figure of the last year has bounds on both sides of one half; a sum over five years "
        "says nothing of the last; and a forecast made before the interview was left out.",
        _inference,
    ),
    Change(
        "compute-inference",
        "Then: as now, but half counted as more than half, and without the leaked figures.",
        "The sentence says more than half; and the leaked figures stand as bounds elsewhere.",
        _inference_by_half,
    ),
    Change(
        "compute-training-share",
        "The share fell in the last year, and is smaller in the sum of one plan made since.",
        "A later plan cannot refute what was said of an earlier one, and the dated plans disagree.",
        _training_share,
    ),
    Change(
        "compute-training-share",
        "Then: as now, but without the leaked figures of inference as bounds.",
        "What compute earned counts them as bounds, and with them the two years overlap.",
        _training_share_without_leaks,
    ),
    Change(
        "compute-without-training",
        "At first: half of revenue could be lost each year before the saving is gone.",
        "The claim speaks of profit, not of the saving.",
        _earlier_by_saving,
    ),
    Change(
        "compute-without-training",
        "Then: half of revenue could be lost each year before the profit is gone, with training "
        "held at its level of 2025.",
        "Nothing explained the half, and the claim is about less steep growth, not about none.",
        _earlier_by_half,
    ),
    Change(
        "compute-flops",
        "The company's own compute per dollar grew, as stated.",
        "Its figures have bounds, and within them it may have fallen.",
        _flops,
    ),
    Change(
        "compute-ten-trillion",
        "The range of the published volumes touches ten trillion within a factor of 3.2.",
        "A range that lies inside and outside of it holds both answers.",
        _touches_ten_trillion,
    ),
)


def rule_changes(found: list[Verdict] | None = None) -> pd.DataFrame:
    """Apply the first form of each changed rule to the figures of today.

    Parameters
    ----------
    found : list of Verdict, optional
        The verdicts of today; computed if left out.

    Returns
    -------
    pandas.DataFrame
        ``key``, ``first_form``, ``why``, ``would_say``, ``says_now``, ``differs``.
    """
    found = now.verdicts() if found is None else found
    today = {verdict.key: verdict.outcome for verdict in found}
    figures = Figures()
    rows = []
    for change in CHANGES:
        first = change.outcome(figures)
        rows.append(
            {
                "key": change.key,
                "first_form": change.first_form,
                "why": change.why,
                "would_say": str(first),
                "says_now": str(today[change.key]),
                "differs": first is not today[change.key],
            }
        )
    return pd.DataFrame(rows)
