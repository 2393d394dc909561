"""Each rule on value gives every answer it can give, and flips when the evidence does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from three_observations import data, frontier, growth_theorems, value_proxies
from three_observations import value_verdicts as rules
from three_observations.claims import Outcome

CHAPTERS = Path(__file__).resolve().parents[1] / "chapters"

YES, PART, NO, WRONG, SILENT = (
    Outcome.SUPPORTED,
    Outcome.PARTLY,
    Outcome.NOT_SUPPORTED,
    Outcome.CONTRADICTED,
    Outcome.CANNOT_BE_TESTED,
)


@pytest.mark.parametrize(
    ("up", "down", "power", "outcome"),
    [
        (0.5, 0.0, 0.1, YES),
        (0.5, 0.05, 0.9, SILENT),
        (0.0, 0.6, 0.1, WRONG),
        (0.4, 0.04, 0.1, PART),
        (0.4, 0.10, 0.9, SILENT),
        (0.1, 0.02, 0.7, SILENT),
        (0.1, 0.02, 0.9, NO),
    ],
)
def test_super_exponential(up, down, power, outcome):
    assert rules.decide_super_exponential(up, down, power) is outcome


@pytest.mark.parametrize(
    ("bent", "straight", "power", "outcome"),
    [(0.5, 0.9, 0.9, WRONG), (0.1, 0.9, 0.9, YES), (0.1, 0.6, 0.9, NO), (0.1, 0.9, 0.7, SILENT)],
)
def test_exponential(bent, straight, power, outcome):
    assert rules.decide_exponential(bent, straight, power) is outcome


@pytest.mark.parametrize(
    ("lows", "highs", "power", "outcome"),
    [
        ([1, 2], [3, 4], 0.1, YES),
        ([-3, -4], [-1, -2], 0.1, WRONG),
        ([1, -1], [3, 4], 0.1, PART),
        ([-1, -1], [3, 4], 0.1, SILENT),
        ([-1, -1], [3, 4], 0.9, NO),
        ([-3, -1], [-1, 4], 0.1, NO),
        ([-3, 1], [-1, 4], 0.9, NO),
    ],
)
def test_one_scale(lows, highs, power, outcome):
    assert rules.decide_bend(lows, highs, power) is outcome


@pytest.mark.parametrize(
    ("lows", "highs", "outcome"),
    [
        ([1, 1], [3, 5], YES),
        ([-3, -5], [-1, -1], YES),
        ([-1, 1, 1], [3, 5, 5], PART),
        ([1, -5], [3, -1], WRONG),
        ([1, -5, -1], [3, -1, 1], WRONG),
        # silence: an interval that holds zero has no sign, and one sign has nothing beside it
        ([-1, -5], [3, 5], SILENT),
        ([-1, 1], [3, 5], SILENT),
    ],
)
def test_every_scale(lows, highs, outcome):
    assert rules.decide_scale(lows, highs) is outcome


@pytest.mark.parametrize(
    ("lows", "highs", "wanted", "outcome"),
    [
        ([1, 1, -1], [2, 2, 2], [5, 5, 5], YES),
        ([1, -1, -1], [2, 2, 2], [5, 5, 5], PART),
        ([-2, -2, -1], [-1, -1, 2], [5, 5, 5], WRONG),
        ([-2, -1, -1], [-1, 1, 2], [5, 5, 5], NO),
        ([1, -2, -1], [2, -1, 2], [5, 5, 5], NO),
        ([-1, -1, -1], [1, 1, 2], [0.5, 0.5, 5], SILENT),
        ([-1, -1, -1], [1, 1, 2], [0.5, 5, 5], NO),
        ([1], [2], [5], SILENT),
    ],
)
def test_other_proxies(lows, highs, wanted, outcome):
    assert rules.decide_proxies(lows, highs, wanted) is outcome


@pytest.mark.parametrize(
    ("lows", "highs", "growths", "outcome"),
    [
        ([-1, -1], [1, 1], [10, 10], YES),
        ([-1, 1], [1, 2], [10, 10], PART),
        ([1, 1], [2, 2], [10, 10], WRONG),
        ([-4, 1], [4, 2], [10, 10], NO),
        # silence: the interval holds zero and a rate that rises by 30% a year
        ([-1, -1], [4, 4], [10, 10], SILENT),
        ([-4, -4], [1, 1], [10, 10], SILENT),
        ([-1, -1], [4, 1], [10, 10], PART),
        # such a rate changes by ln 1.3 of itself a year
        ([-1, -1], [2.6, 2.6], [10, 10], YES),
        ([-1, -1], [2.7, 2.7], [10, 10], SILENT),
    ],
)
def test_a_straight_line(lows, highs, growths, outcome):
    assert rules.decide_straight(lows, highs, growths) is outcome


@pytest.mark.parametrize(
    ("known", "above", "lows", "outcome"),
    [
        (4, 0, [], WRONG),
        (0, 0, [], SILENT),
        (5, 3, [], SILENT),
        (5, 5, [-0.1], NO),
        (10, 10, [0.1, -0.1], NO),
        (5, 5, [0.1], YES),
        (6, 5, [0.1], PART),
    ],
)
def test_returns(known, above, lows, outcome):
    assert rules.decide_returns(known, above, lows) is outcome


@pytest.mark.parametrize(
    ("low", "high", "outcome"),
    [(0.2, 0.8, YES), (0.1, 0.8, PART), (-0.1, 0.8, SILENT), (0.05, 0.1, WRONG), (-1, -0.5, WRONG)],
)
def test_kept_growing(low, high, outcome):
    assert rules.decide_kept_growing(low, high) is outcome


@pytest.mark.parametrize(
    ("lows", "highs", "freedoms", "outcome"),
    [
        ([0.95, 1.0], [2.0, 1.4], [2, 3], YES),
        ([0.5, 0.95], [2.0, 1.4], [2, 3], PART),
        ([0.5, 0.5], [2.0, 0.6], [2, 3], NO),
        ([0.4, 0.7], [0.6, 0.9], [2, 3], WRONG),
        ([0.5, 0.9], [2.0, 1.4], [2, 3], SILENT),
        ([0.95, 1.0], [2.0, 1.4], [1, 0], SILENT),
        ([0.95, 0.1], [2.0, 0.4], [2, 1], YES),
    ],
)
def test_the_elasticity(lows, highs, freedoms, outcome):
    assert rules.decide_elasticity(lows, highs, freedoms) is outcome


@pytest.mark.parametrize(
    ("lows", "highs", "freedoms", "outcome"),
    [
        ([5.0, 6.0], [7.0, np.inf], [2, 3], YES),
        ([4.9, 6.0], [7.0, 9.0], [2, 3], PART),
        ([3.0, 3.0], [4.0, 7.0], [2, 3], NO),
        ([3.0], [4.9], [2], WRONG),
        # silence: the interval holds five years, or has a single degree of freedom
        ([4.9], [7.0], [3], SILENT),
        ([6.0, 1.0], [7.0, 2.0], [1, 1], SILENT),
        ([6.0, 1.0], [7.0, 2.0], [2, 1], YES),
    ],
)
def test_room_to_grow(lows, highs, freedoms, outcome):
    assert rules.decide_room(lows, highs, freedoms) is outcome


@pytest.mark.parametrize(
    ("ratios", "outcome"),
    [([1.0, 2.0], YES), ([0.4, 2.0], PART), ([0.4, 0.9], WRONG), ([], SILENT)],
)
def test_the_level(ratios, outcome):
    assert rules.decide_level(ratios) is outcome


@pytest.mark.parametrize(
    ("ratios", "outcome"),
    [([2.0, 2.5], YES), ([0.4, 2.0], PART), ([0.4, 1.5], NO), ([0.4, 0.9], WRONG), ([], SILENT)],
)
def test_gains_that_far_exceed(ratios, outcome):
    assert rules.decide_exceeds(ratios) is outcome


@pytest.mark.parametrize(
    ("low", "high", "growth", "outcome"),
    [
        (0.1, 0.5, 0.3, YES),
        (-0.5, -0.1, 0.3, WRONG),
        # silence: an interval that holds zero, and a rate that rises by 30% a year
        (-0.1, 0.5, 0.3, SILENT),
        (-0.5, 0.1, 0.3, SILENT),
        (-0.5, 0.07, 0.3, NO),
    ],
)
def test_ever_faster(low, high, growth, outcome):
    assert rules.decide_faster(low, high, growth) is outcome


@pytest.mark.parametrize(
    ("parts", "outcome"),
    [
        ([YES, YES], YES),
        ([YES, NO], PART),
        ([WRONG, YES], NO),
        ([WRONG, WRONG], WRONG),
        ([WRONG, SILENT], NO),
        ([SILENT, SILENT], SILENT),
    ],
)
def test_joined_rules(parts, outcome):
    assert rules.decide_gains(parts) is outcome
    assert rules.decide_investment(parts) is outcome


@pytest.mark.parametrize(
    ("cases", "outcome"),
    [
        ([(True, True), (False, True)], YES),
        ([(True, True), (False, False)], PART),
        ([(True, False), (True, True)], WRONG),
    ],
)
def test_what_follows(cases, outcome):
    assert rules.decide_follows(cases) is outcome


def test_the_number_of_occupations():
    assert rules.decide_between(44.0, 40, 49) is YES
    assert rules.decide_between(50.0, 40, 49) is WRONG
    assert rules.decide_between(None, 40, 49) is SILENT


def test_a_forecast_is_open_until_its_day():
    due = "2035-12-31"
    assert rules.decide_forecast("2026-11-01", due, 2.0, 0.5) is Outcome.OPEN
    assert rules.decide_forecast("2036-01-01", due, 1.0, None) is YES
    assert rules.decide_forecast("2036-01-01", due, 0.9, 1.0) is PART
    assert rules.decide_forecast("2036-01-01", due, 0.9, 1.1) is WRONG
    assert rules.decide_forecast("2036-01-01", due, 0.9, None) is SILENT


def test_every_rule_is_shown_and_says_what_it_asks():
    shown = {rule.__name__ for rule in rules.RULES}
    assert shown == {name for name in vars(rules) if name.startswith("decide_")}
    assert all(rule.__doc__.split("\n")[0].endswith("?") for rule in rules.RULES)


# ---------------------------------------------------------------------------------------------
# from the tables


@pytest.fixture(scope="module")
def curve() -> pd.DataFrame:
    """Return the specification curve of the tables as they are."""
    return value_proxies.specification_curve()


@pytest.fixture(scope="module")
def fits() -> pd.DataFrame:
    """Return the fits of the tables as they are."""
    return rules.all_fits()


@pytest.fixture(scope="module")
def as_they_are(curve, fits) -> dict:
    """Return the verdicts on the tables as they are."""
    return {verdict.key: verdict for verdict in rules.verdicts(curve=curve, fits=fits)}


@pytest.fixture(autouse=True)
def tables_on_disk() -> Iterator[None]:
    """Forget changed tables after each test."""
    yield
    data.use()


def decide(**changed: pd.DataFrame) -> dict:
    """Decide all claims anew on changed tables, with few draws."""
    data.use(**changed)
    return {verdict.key: verdict for verdict in rules.verdicts(resamples=60)}


def test_every_verdict_has_a_rule_in_words(as_they_are):
    assert set(as_they_are) == set(rules.RULES_IN_WORDS)
    assert all(verdict.rule == rules.RULES_IN_WORDS[key] for key, verdict in as_they_are.items())


def test_every_claim_of_the_theme_is_answered(as_they_are):
    ledger = data.load("claims")
    theme = set(ledger.loc[ledger["theme"] == "obs3", "claim"])
    benchmark = {"004-21"}  # the others are decided with the interview
    answered = {claim for verdict in as_they_are.values() for claim in verdict.claims}
    assert answered == theme | benchmark


def test_the_headlines_come_first(as_they_are):
    first = next(iter(as_they_are.values()))
    assert first.key == "value-super-exponential"
    for claim in ("000-07", "001-11"):
        keys = [key for key, verdict in as_they_are.items() if claim in verdict.claims]
        assert keys[0] == "value-super-exponential"
    investing = [key for key, verdict in as_they_are.items() if "000-20" in verdict.claims]
    assert investing[0] == "value-investment"


def test_every_verdict_stands_where_it_says(as_they_are):
    for page in (rules.PAGE, rules.DEEPER):
        notebook = json.loads((CHAPTERS / f"{page}.ipynb").read_text(encoding="utf-8"))
        shown = {
            anchor
            for cell in notebook["cells"]
            for output in cell.get("outputs", [])
            for anchor in re.findall(
                r'id="(verdict-[a-z0-9-]+)"', "".join(output.get("data", {}).get("text/html", ""))
            )
        }
        places = {verdict.place for verdict in as_they_are.values()}
        wanted = {place.partition("#")[2] for place in places if place.startswith(f"{page}#")}
        assert shown == wanted


def test_the_tables_as_they_are(as_they_are):
    outcomes = {key: verdict.outcome for key, verdict in as_they_are.items()}
    assert outcomes["value-super-exponential"] is SILENT
    assert outcomes["value-follows"] is WRONG
    assert outcomes["value-2035"] is Outcome.OPEN
    # Where no interval leaves out the value at which the answer turns, nothing is decided.
    for key in ("value-scale", "value-straight-line", "value-room", "value-faster"):
        assert outcomes[key] is SILENT, key
    assert as_they_are["value-2035"].until == rules.DUE


def test_a_curve_that_is_given_is_the_one_that_decides(curve, fits):
    found = rules.shares(curve, fits)
    raised = curve.assign(low=0.1, high=0.9, estimate=0.5)
    lowered = curve.assign(low=-0.9, high=-0.1, estimate=-0.5)
    for changed, outcome in ((raised, YES), (lowered, WRONG)):
        decided = rules.verdicts(resamples=20, curve=changed, fits=fits)
        assert decided[0].outcome is outcome
        assert decided[1].outcome is WRONG  # not exponential either
    counted = curve[
        curve["usable"]
        & (curve["estimator"] == "lasting")
        & (curve["firm"] != value_proxies.BOTH)
        & (curve["ruler"] != "horizon_minutes")
    ]
    assert 0 < len(counted) < curve["usable"].sum()
    assert found.usable == len(counted)
    assert found.clearly_up == pytest.approx((counted["low"] > 0).mean())
    single = fits[(fits["firm"] != value_proxies.BOTH) & (fits["ruler"] != "horizon_minutes")]
    assert found.fits == len(single)
    assert found.straight == pytest.approx((single["aicc_gain"] < 0).mean())


def test_shares_that_are_given_are_those_that_decide(curve, fits):
    found = rules.shares(curve, fits)
    powerful = rules.Shares(**(vars(found) | {"power_lasting": 0.9}))
    decided = rules.verdicts(resamples=20, curve=curve, fits=fits, found=powerful)
    assert decided[0].outcome is NO  # the power of the interval that the rule counts decides
    other = rules.Shares(**(vars(found) | {"power": 0.9, "power_most": 0.9}))
    decided = rules.verdicts(resamples=20, curve=curve, fits=fits, found=other)
    assert decided[0].outcome is SILENT
    changed = rules.Shares(**(vars(found) | {"clearly_up": 0.6}))
    decided = rules.verdicts(resamples=20, curve=curve, fits=fits, found=changed)
    assert decided[0].outcome is YES
    by_key = {verdict.key: verdict for verdict in decided}
    sure = rules.Shares(**(vars(found) | {"power_most": 0.9}))
    table = rules.first_forms(by_key, curve, fits, resamples=20, found=sure).set_index("key")
    assert table.loc["value-revenue", "first_outcome"] == str(NO)


def test_the_sum_other_estimators_and_transforms_decide_nothing(curve, fits):
    found = rules.shares(curve, fits)
    left = (
        (curve["firm"] == value_proxies.BOTH)
        | (curve["estimator"] != "lasting")
        | (curve["ruler"] == "horizon_minutes")
    )
    changed = curve.assign(
        low=curve["low"].mask(left, 0.1),
        high=curve["high"].mask(left, 0.9),
        estimate=curve["estimate"].mask(left, 0.5),
    )
    assert rules.shares(changed, fits) == found


def test_the_rules_take_the_weaker_firms_power(curve, fits):
    found, power = rules.shares(curve, fits), rules.power_now()
    assert found.power == power["power"].min() < power["power"].max() == found.power_most
    assert found.power_lasting == power["lasting"].min()


def test_the_card_prints_one_rounding(as_they_are):
    headline = as_they_are["value-super-exponential"]
    assert f"{headline.figure:.1f}% bend clearly upwards" in headline.because


def test_first_forms_are_told_and_some_decided_otherwise(as_they_are, curve, fits):
    table = rules.first_forms(as_they_are, curve, fits, resamples=100).set_index("key")
    assert set(table.index) <= set(rules.RULES_IN_WORDS)
    for key, row in table.iterrows():
        assert row["outcome"] == str(as_they_are[key].outcome)
        assert (row["direction"] == "none") == (row["first_outcome"] == row["outcome"])
    moved = set(table.index[table["first_outcome"] != table["outcome"]])
    assert {"value-level", "value-investment", "value-straight-line", "value-elasticity"} <= moved
    assert {"value-scale", "value-room", "value-faster"} <= moved
    assert "value-super-exponential" not in moved
    away = table.loc[["value-level", "value-room", "value-investment"], "direction"]
    assert set(away) == {"away from the claim"}
    assert "towards the claim" in set(table.loc[["value-scale"], "direction"])


@pytest.mark.parametrize(
    ("first", "now", "words"),
    [
        (NO, SILENT, "towards the claim"),
        (PART, SILENT, "away from the claim"),
        (YES, YES, "none"),
        (WRONG, NO, "towards the claim"),
    ],
)
def test_the_direction_of_a_change(first, now, words):
    assert rules.direction(first, now) == words


def test_a_bend_in_time_takes_the_outer_ends_of_two_intervals():
    table = rules.straightness(resamples=100)
    assert (table["low"] == table[["fading_low", "lasting_low"]].min(axis=1)).all()
    assert (table["high"] == table[["fading_high", "lasting_high"]].max(axis=1)).all()
    spending = rules.spending_growth(resamples=100)
    assert spending.rise_low == min(spending.fading[1], spending.lasting[1])
    assert spending.rise_high == max(spending.fading[2], spending.lasting[2])


@pytest.mark.parametrize("seed_of_draws", [10, 60, 120])
def test_the_straight_line_does_not_hang_on_the_draws(seed_of_draws, curve, fits):
    decided = rules.verdicts(resamples=seed_of_draws, curve=curve, fits=fits)
    assert {v.key: v.outcome for v in decided}["value-straight-line"] is SILENT


def test_a_scale_of_clear_signs_turns_the_verdict_on_the_scale(curve, fits):
    raised = fits.assign(lasting_low=0.1, lasting_high=0.9, lasting=0.5)
    decided = {v.key: v for v in rules.verdicts(resamples=20, curve=curve, fits=raised)}
    assert decided["value-scale"].outcome is YES
    minutes = raised["ruler"] == "horizon_minutes"
    split = raised.assign(
        lasting_low=raised["lasting_low"].mask(minutes, -0.9),
        lasting_high=raised["lasting_high"].mask(minutes, -0.1),
    )
    decided = {v.key: v for v in rules.verdicts(resamples=20, curve=curve, fits=split)}
    assert decided["value-scale"].outcome is WRONG


def test_no_usable_specification_is_refused(curve, fits):
    with pytest.raises(ValueError, match="no specification is usable"):
        rules.shares(curve.assign(usable=False), fits)


def revenue_that(bends: float) -> pd.DataFrame:
    """Return run-rates that are this much bent in time, with a little scatter."""
    table = data.load("run_rates")
    years = (table["date"] - pd.Timestamp("2025-01-01")).dt.days / 365.25
    scatter = 0.02 * np.cos(np.arange(len(table)) * 2.4)
    table["run_rate_usd_bn"] = np.exp(1 + 1.2 * years + bends * years**2 / 2 + scatter)
    return table


def test_revenue_that_bends_turns_the_verdict_on_revenue():
    up = decide(run_rates=revenue_that(3.0))
    assert up["value-revenue"].outcome is YES
    # Short windows and other rulers bend less clearly: a quarter, and not the half of the rule.
    assert up["value-super-exponential"].figure > 20
    assert up["value-exponential"].figure < 80
    down = decide(run_rates=revenue_that(-3.0))
    assert down["value-revenue"].outcome in (NO, WRONG)


def test_without_a_count_of_occupations_there_is_no_verdict(curve, fits):
    published = data.load("published")
    published = published[published["result"] != "gdpval-occupations"]
    data.use(published=published)
    decided = {v.key: v for v in rules.verdicts(resamples=20, curve=curve, fits=fits)}
    assert decided["value-gdpval-kinds"].outcome is SILENT


def test_profits_and_cheap_years_turn_returns_and_level(curve, fits):
    facts = data.load("company_facts")
    results = facts["series"].isin(("net_result", "operating_result")) & (facts["value"] < 0)
    for column in ("value", "low", "high"):
        facts.loc[results, column] = -facts.loc[results, column]
    costs = facts["series"].isin(("total_costs", "operating_costs"))
    facts.loc[costs, ["value", "low", "high"]] = 1.0
    burnt = facts["series"] == "cash_flow"
    facts.loc[burnt, ["value", "low", "high"]] = 10.0
    data.use(company_facts=facts)
    decided = {v.key: v for v in rules.verdicts(resamples=20, curve=curve, fits=fits)}
    assert decided["value-returns"].outcome is not WRONG
    assert decided["value-level"].outcome is YES
    facts.loc[burnt, ["value", "low", "high"]] = -10.0
    data.use(company_facts=facts)
    again = {v.key: v for v in rules.verdicts(resamples=20, curve=curve, fits=fits)}
    assert again["value-level"].outcome is PART  # both bases of spending count
    assert "Revenue of at least 2 times the spending of the same year: supported" in (
        decided["value-gains"].because
    )


def profits(bend: float) -> pd.DataFrame:
    """Return results of a firm, a year or so apart, that are this much bent in the index."""
    ladder = value_proxies.staircase(value_proxies.firm_scores("OpenAI"))
    days = pd.date_range("2024-01-01", periods=8, freq="4MS")
    place = np.searchsorted(ladder["date"], days, side="right") - 1
    x = ladder["value"].to_numpy()[place]
    logs = 0.05 * (x - x.mean()) + bend * (x - x.mean()) ** 2 / 2
    wobble = 0.01 * np.cos(np.arange(len(days)) * 2.4)
    return pd.DataFrame({"firm": "OpenAI", "date": days, "usd_bn": np.exp(logs + wobble)})


@pytest.mark.parametrize(("bend", "outcome"), [(0.01, YES), (-0.01, NO)])
def test_the_bend_of_returns_is_computed(bend, outcome):
    found = rules.returns_bend(profits(bend))
    assert found["curvature"].iloc[0] == pytest.approx(bend, abs=0.002)
    assert rules.decide_returns(8, 8, found["low"].tolist()) is outcome
    few = profits(bend).iloc[:4]
    assert rules.returns_bend(few).empty
    assert rules.decide_returns(4, 4, []) is SILENT


def test_results_are_operating_results_and_losses_on_paper_are_left_out():
    table = rules.results_of_firms().set_index(["firm", "year"])["usd_bn"]
    facts = data.load("company_facts")
    year = facts[(facts["period"] == "year") & (facts["date"] == pd.Timestamp("2025-12-31"))]
    own = year[year["entity"] == "OpenAI"].set_index("series")["value"]
    assert table["OpenAI", 2025] == pytest.approx(own["revenue"] - own["total_costs"])
    before = table.copy()
    facts.loc[facts["series"] == "net_result", ["value", "low", "high"]] = 1000.0
    data.use(company_facts=facts)
    after = rules.results_of_firms().set_index(["firm", "year"])["usd_bn"]
    pd.testing.assert_series_equal(before, after)


def test_the_revenue_of_the_next_year_covers_nothing(curve, fits):
    before = rules.coverage_of_spending()
    facts = data.load("company_facts")
    later = (facts["series"] == "revenue") & (facts["date"] > pd.Timestamp("2025-12-31"))
    facts.loc[later, ["value", "low", "high"]] = 1000.0
    data.use(company_facts=facts)
    after = rules.coverage_of_spending()
    assert (after["ratio_after"] > before["ratio_after"]).all()
    decided = {v.key: v for v in rules.verdicts(resamples=20, curve=curve, fits=fits)}
    assert decided["value-level"].outcome is WRONG


def test_room_is_that_of_the_fastest_series_and_a_part_is_reached_first():
    table = rules.room()
    tenth, whole = (table[table["part"] == part] for part in (rules.WORLD_PART, 1.0))
    assert tenth["years"].is_monotonic_increasing
    both = tenth.set_index("what")["years"] - whole.set_index("what")["years"]
    growth = tenth.set_index("what")["growth"]
    wanted = np.log(rules.WORLD_PART) / (growth - np.log1p(0.05)).reindex(both.index)
    pd.testing.assert_series_equal(both, wanted, check_names=False)
    with pytest.raises(ValueError, match="no part"):
        rules.room((1.5,))


def test_the_scale_card_says_that_the_estimator_turns_the_sign(as_they_are):
    card = as_they_are["value-scale"]
    low, high = value_proxies.fixed_scores()
    table = value_proxies.points("OpenAI")
    lasting = value_proxies.bend_at_a_point(table, low, high)
    plain = value_proxies.bend_at_a_point(table, low, high, "HC3")
    assert card.figure == pytest.approx(lasting["bend"])
    assert lasting["bend"] * plain["bend"] < 0
    assert "the estimator alone turns the sign for OpenAI and Anthropic" in card.because


def test_spending_that_falls_turns_the_verdicts_on_investment(curve, fits):
    table = data.load("capital_spending")
    years = (table["quarter_end"] - pd.Timestamp("2022-01-01")).dt.days / 365.25
    wobble = 0.01 * np.cos(np.arange(len(table)) * 2.4)
    table["usd_bn"] = 50 * np.exp(-0.3 * years - 0.05 * years**2 + wobble)
    data.use(capital_spending=table)
    decided = {v.key: v for v in rules.verdicts(resamples=60, curve=curve, fits=fits)}
    assert decided["value-kept-growing"].outcome is WRONG
    assert decided["value-faster"].outcome is WRONG
    assert decided["value-investment"].outcome is NO


# ---------------------------------------------------------------------------------------------
# the figures behind the verdicts


def test_the_cases_are_those_of_the_theorem():
    table = rules.super_exponential_cases().set_index("case")
    for case in growth_theorems.economies():
        path = growth_theorems.simulate_reinvestment(case.log_return, years=200.0, steps=4000)
        known = path.dropna()
        grows = len(known) < len(path) or known["growth_rate"].iloc[-1] > 1e-3
        assert grows == table.loc[case.name, "goes_on"], case.name
        first = growth_theorems.simulate_reinvestment(case.log_return, years=0.01, steps=1)
        assert (first["growth_rate"].iloc[0] > 0) == table.loc[case.name, "pays"], case.name
        near = growth_theorems.simulate_reinvestment(case.log_return, years=5.0, steps=500)
        slowest = near["growth_rate"].min()
        assert table.loc[case.name, "slowest"] == pytest.approx(slowest, abs=1e-4), case.name
        assert table.loc[case.name, "goes_on_near"] == (slowest >= rules.LEAST_GROWTH), case.name


def test_the_power_is_that_of_today():
    table = rules.power_now().set_index("firm")["power"]
    assert set(table.index) == set(value_proxies.FIRMS)
    assert table.between(0, 1).all()
    whole = value_proxies.revenue_power("OpenAI", (0.3,), watched=("run-rates",), years_after=3.0)
    today = whole[(whole["rise"] == 0.3) & (whole["years"] == 0)]["power"].iloc[0]
    assert table["OpenAI"] == pytest.approx(today)
    assert set(rules.power_now().columns) == {"firm", "power", "lasting"}


@pytest.mark.parametrize("firm", value_proxies.FIRMS)
def test_the_lasting_interval_keeps_its_size_and_gains_power(firm):
    shares = [value_proxies.lasting_power(firm, rise, histories=2000) for rise in (0, 0.3, 1.0)]
    assert shares[0] == pytest.approx(0.025, abs=0.012)  # residuals that fade a bit faster
    assert shares[0] < shares[1] < shares[2]


@pytest.mark.parametrize("firm", value_proxies.FIRMS)
def test_further_reports_give_the_lasting_interval_more_power(firm):
    now, later = (value_proxies.lasting_power(firm, further_years=years) for years in (0.0, 3.0))
    assert now < later
    years = value_proxies.lasting_years_needed(firm)
    before, after = (
        value_proxies.lasting_power(firm, further_years=float(look))
        for look in (np.floor(2 * years) / 2, np.floor(2 * years) / 2 + 0.5)
    )
    assert before < rules.WANTED_POWER <= after


def test_the_years_needed_have_both_ends():
    assert value_proxies.lasting_years_needed(wanted=0.0) == 0
    assert value_proxies.lasting_years_needed(rise=0.0, years_after=1.0) == np.inf
    with pytest.raises(ValueError, match="zero or more"):
        value_proxies.lasting_power(further_years=-1.0)


def test_only_a_vintage_of_the_index_passes_the_first_cell():
    for ruler in value_proxies.INDICES:
        value_proxies.check_index(ruler)
    with pytest.raises(ValueError, match="unknown index 'eci': use one of 'eci_2026_08'"):
        value_proxies.check_index("eci")


def test_a_minus_on_a_card_is_a_true_one():
    cards = rules.verdicts(resamples=50)
    assert any("\N{MINUS SIGN}" in verdict.because for verdict in cards)
    assert not [v.key for v in cards if re.search(r"(?<![\w-])-\d", v.because)]


def test_spending_is_the_sum_of_quarters_and_gaps_are_left_out():
    table = rules.quarterly_spending()
    raw = data.load("capital_spending")
    day = table["date"].iloc[3]
    parts = raw[(raw["quarter_end"] == day) & raw["company"].isin(["Alphabet", "Amazon"])]
    assert table["usd_bn"].iloc[3] == pytest.approx(parts["usd_bn"].sum())
    without = raw[~((raw["company"] == "Amazon") & (raw["quarter_end"] == day))]
    data.use(capital_spending=without)
    assert day not in set(rules.quarterly_spending()["date"])


def test_a_known_growth_of_spending_is_found():
    table = data.load("capital_spending")
    years = (table["quarter_end"] - pd.Timestamp("2025-02-01")).dt.days / 365.25
    wobble = 1e-4 * np.cos(np.arange(len(table)) * 2.4)
    table["usd_bn"] = np.exp(0.4 * years + 0.2 * years**2 / 2 + wobble)
    data.use(capital_spending=table)
    found = rules.spending_growth(resamples=100)
    assert found.rise == pytest.approx(0.2, abs=0.01)
    assert found.growth == pytest.approx(0.4 + 0.2 * 0.66, abs=0.05)


def test_revenue_beside_spending_is_read_off_the_table():
    table = rules.coverage_of_spending()
    cash = table[table["basis"] == rules.IN_CASH].set_index("firm")
    table = table[table["basis"] == rules.ALL_SPENDING].set_index("firm")
    facts = data.load("company_facts")
    year = facts[(facts["date"] == pd.Timestamp("2025-12-31")) & (facts["period"] == "year")]
    year = year[year["entity"] == "OpenAI"].set_index("series")["value"]
    revenue, costs = float(year["revenue"]), float(year["total_costs"])
    assert table.loc["OpenAI", "ratio"] == pytest.approx(revenue / costs)
    assert table.loc["OpenAI", "ratio_after"] > table.loc["OpenAI", "ratio"]
    burnt = revenue - float(year["cash_flow"])
    assert cash.loc["OpenAI", "ratio"] == pytest.approx(revenue / burnt)
    assert table.loc["OpenAI", "n_sources"] == 1 < cash.loc["OpenAI", "n_sources"]


def test_the_proxies_have_one_unit():
    table = rules.proxies().set_index("proxy")
    assert {"GDPval, win", "Remote Labor Index", "Weekly users of ChatGPT"} <= set(table.index)
    points = rules.horizons_on_index()
    found = np.polynomial.Polynomial.fit(points["x"], points["y"], 2).convert().coef
    square = points["x"].std(ddof=0) ** 2
    assert table.loc["Time horizon", "per_sd"] == pytest.approx(2 * found[2] * square, rel=1e-6)
    assert (table["per_sd_low"] < table["per_sd_high"]).all()


def test_prices_count_only_on_rulers_that_list_them():
    older, newer = (set(rules.proxies(ruler)["proxy"]) for ruler in value_proxies.INDICES)
    assert older - newer == {"List price of new models"}


def test_one_humanity_for_each():
    found = rules.one_humanity_each()
    assert found["humanity"] == pytest.approx(1.6e14)
    assert found["each"] == pytest.approx(found["once"] * found["people"])
    assert found["times_a_year"] ** found["years"] == pytest.approx(found["each"])


def test_2035_is_settled_by_the_tables_of_that_day(as_they_are, monkeypatch):
    """The rule names what settles it: a volume for all at once, or a price for one."""
    before = as_they_are["value-2035"]
    assert before.outcome is Outcome.OPEN and "tokens" in before.rule
    monkeypatch.setattr(rules, "DUE", date(2026, 1, 1))
    assert rules._in_2035().outcome is WRONG
    prices = data.load("prices")
    columns = [name for name in prices.columns if name.endswith("_per_mtok")]
    cheap = prices.assign(**{name: prices[name] * 1e-7 for name in columns})
    data.use(prices=cheap)
    assert rules.cost_of_one_humanity() < 1
    assert rules._in_2035().outcome is PART
    published = data.load("published")
    published.loc[published["result"] == "interview-humanity-tokens", "value"] = 1e-8
    data.use(published=published)
    assert rules._in_2035().outcome is YES
    data.use()


def test_what_one_humanity_costs_by_hand():
    priced = frontier.priced_models("eci_2026_08")
    scores = data.load("scores")
    mine = (scores["ruler"] == "eci_2026_08") & (scores["released"] < "2026-01-01")
    level = scores.loc[mine, "score"].max()
    price = min(row.price for row in priced.itertuples() if row.score >= level)
    share_of_output = 111.33e12 / 8.2e9 / 365.25
    assert rules.cost_of_one_humanity() == pytest.approx(160e6 * price / share_of_output)


@pytest.mark.parametrize("points_a_year", [0.0, 14.0])
def test_value_after_some_years(points_a_year):
    years = pd.Series([0.0, 1.0, 2.0])
    plain = rules.value_after(years, 10.0, 0.0, points_a_year)
    assert plain.tolist() == pytest.approx([1.1 ** (points_a_year * t) for t in years])
    bent = np.log(rules.value_after(years, 10.0, 20.0, points_a_year))
    # Ten points on, the rate is a fifth above that of today.
    slope = np.log(1.1)
    gained = points_a_year * years
    assert bent.tolist() == pytest.approx((slope * (gained + 0.02 * gained**2 / 2)).tolist())


def test_value_cannot_lose_more_than_itself():
    with pytest.raises(ValueError, match="cannot fall"):
        rules.value_after(pd.Series([1.0]), -100.0)


def test_silence_and_what_is_open_stand_in_the_middle():
    said, cannot = rules.direction, SILENT
    assert said(Outcome.OPEN, cannot) == said(cannot, Outcome.OPEN) == "none"
    assert said(Outcome.OPEN, Outcome.PARTLY) == "towards the claim"
    assert said(Outcome.NOT_SUPPORTED, Outcome.CONTRADICTED) == "away from the claim"
