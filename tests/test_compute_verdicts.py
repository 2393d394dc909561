"""Each rule both ways, and verdicts that turn when the tables do."""

from __future__ import annotations

import inspect
import json
import math
from pathlib import Path

import pandas as pd
import pytest

from three_observations import claims, compute_plan, compute_revenue, data
from three_observations import compute_verdicts as rules
from three_observations.claims import Outcome

YES, PART, NO, WRONG, NEVER, OPEN = (
    Outcome.SUPPORTED,
    Outcome.PARTLY,
    Outcome.NOT_SUPPORTED,
    Outcome.CONTRADICTED,
    Outcome.CANNOT_BE_TESTED,
    Outcome.OPEN,
)
CHAPTERS = Path(__file__).parents[1] / "chapters"


# ------------------------------------------------------------------ the rules


@pytest.mark.parametrize(
    ("lows", "highs", "outcome"),
    [
        ([2.8, 2.9], [3.0, 3.2], YES),
        ([2.8, 2.0], [3.2, 6.0], PART),
        ([2.8, 4.0], [3.2, 6.0], PART),
        ([2.85, 2.6], [3.55, 7.9], NEVER),
        ([1.5, 2.9], [2.4, 6.0], NO),
        ([1.5, 4.0], [2.4, 6.0], WRONG),
    ],
)
def test_tripled(lows, highs, outcome):
    assert rules.decide_tripled(lows, highs) is outcome


@pytest.mark.parametrize(
    ("lows", "highs", "law_lows", "law_highs", "outcome"),
    [
        ([0.9, 0.9], [1.1, 1.2], [0.8, 0.7], [1.3, 1.4], YES),
        ([0.9, 0.9], [1.1, 1.2], [0.1, 0.7], [2.0, 1.4], PART),
        ([0.9, 0.4], [1.4, 1.2], [0.1, 0.0], [2.0, 2.4], PART),
        ([0.4, 0.4], [1.4, 1.2], [0.1, 0.0], [2.0, 2.4], NEVER),
        ([0.7, 0.6], [0.85, 0.8], [0.65, 0.55], [0.88, 0.85], WRONG),
    ],
)
def test_tracks(lows, highs, law_lows, law_highs, outcome):
    assert rules.decide_tracks(lows, highs, law_lows, law_highs) is outcome


@pytest.mark.parametrize(
    ("lows", "highs", "outcome"),
    [
        ([1.05, 1.1], [1.3, 1.6], YES),
        ([1.05, 0.8], [1.3, 1.2], PART),
        ([0.9, 0.7], [1.4, 1.1], NEVER),
        ([0.9, 0.7], [1.4, 0.9], NO),
        ([1.6, 0.7], [1.8, 1.1], NO),
        ([0.8, 0.7], [0.95, 0.9], WRONG),
    ],
)
def test_slightly_faster(lows, highs, outcome):
    assert rules.decide_faster(lows, highs) is outcome


@pytest.mark.parametrize(
    ("low", "high", "outcome"),
    [
        (None, None, NEVER),
        (0.8, 1.2, YES),
        (0.6, 1.3, NEVER),
        (0.1, 1.2, NEVER),
        (0.1, 0.6, WRONG),
        (1.4, 1.5, WRONG),
    ],
)
def test_twice_the_compute(low, high, outcome):
    assert rules.decide_double(low, high) is outcome


@pytest.mark.parametrize(
    ("low", "high", "everything", "outcome"),
    [
        ([1.1, 1.2], [2.0, 1.6], [1.1, 1.2], YES),
        ([1.1, 1.2], [2.0, 1.6], [0.5, 1.2], PART),
        ([0.9, 1.2], [2.0, 1.6], [0.5, 0.8], PART),
        ([0.9, 0.9], [2.0, 1.6], [0.5, 0.8], NEVER),
        ([0.9, 1.2], [0.95, 1.6], [0.5, 0.8], NO),
        ([0.5, 0.6], [0.9, 0.8], [0.2, 0.3], WRONG),
        ([], [], [], NEVER),
    ],
)
def test_compute_that_earns(low, high, everything, outcome):
    assert rules.decide_monetised(low, high, everything) is outcome


@pytest.mark.parametrize(("share", "outcome"), [(None, NEVER), (0.05, YES), (0.3, WRONG)])
def test_idle_compute(share, outcome):
    assert rules.decide_idle(share) is outcome


@pytest.mark.parametrize(
    ("spending", "revenue", "outcome"),
    [([3, 3], [2, 2], YES), ([3, 2], [2, 3], PART), ([2, 2], [2, 3], WRONG)],
)
def test_spending_that_outgrows(spending, revenue, outcome):
    assert rules.decide_outgrows(spending, revenue) is outcome


@pytest.mark.parametrize(
    ("holds", "outcome"), [([True, True], YES), ([True, False], PART), ([False, False], WRONG)]
)
def test_readings(holds, outcome):
    assert rules.decide_readings(holds) is outcome


@pytest.mark.parametrize(
    ("low", "high", "forecasts", "outcome"),
    [
        (0.51, 0.6, [], YES),
        (0.43, 0.55, [False, True], PART),
        (0.3, 0.4, [True], PART),
        (0.43, 0.55, [False], NEVER),
        (0.3, 0.4, [], NO),
        (0.3, 0.4, [False], WRONG),
    ],
)
def test_inference(low, high, forecasts, outcome):
    assert rules.decide_inference(low, high, forecasts) is outcome


@pytest.mark.parametrize(
    ("rose", "fell", "then", "since", "outcome"),
    [
        (True, True, [True], [True], YES),
        (True, True, [True], [True, False], PART),
        (True, True, [True], [False], PART),
        (True, True, [], [False], PART),
        (True, True, [], [True], YES),
        (True, True, [False], [True], NO),
        (False, True, [True], [True], NO),
        (True, False, [False], [True], WRONG),
        (True, None, [True], [True], NEVER),
        (False, None, [True], [True], NO),
    ],
)
def test_the_share_of_training(rose, fell, then, since, outcome):
    assert rules.decide_training_share(rose, fell, then, since) is outcome


@pytest.mark.parametrize(
    ("years", "less_steep", "room", "behind", "outcome"),
    [
        (2, 2, 0.5, 0.4, YES),
        (3, 2, 0.4, 0.5, PART),
        (3, 1, 0.9, 0.5, PART),
        (1, 0, 0.9, 0.5, PART),
        (0, 0, 0.0, math.nan, WRONG),
    ],
)
def test_earlier(years, less_steep, room, behind, outcome):
    assert rules.decide_earlier(years, less_steep, room, behind) is outcome


@pytest.mark.parametrize(
    ("totals", "profits", "outcome"),
    [
        ([115.0], [2029], YES),
        ([34.0, 116.0], [2029, 2030], YES),
        ([34.0, 116.0], [2029, 2031], PART),
        ([34.0], [2031], WRONG),
        ([226.0], [math.nan], WRONG),
    ],
)
def test_one_forecast_that_says_both(totals, profits, outcome):
    assert rules.decide_same_forecast(totals, profits) is outcome


@pytest.mark.parametrize(
    ("priced", "valued", "outcome"),
    [
        (1300, 1500, YES),
        (610, 1150, PART),
        (700, 700, PART),
        (610, 650, WRONG),
        (1600, 1600, WRONG),
    ],
)
def test_sums(priced, valued, outcome):
    assert rules.decide_sum(priced, valued, 1400) is outcome


def test_quoted_figures():
    assert rules.decide_quoted([1, 95], 100) is YES
    assert rules.decide_quoted([1, 80], 100) is WRONG
    assert rules.decide_quoted([], 100) is NEVER
    assert rules.decide_about(105, 100) is YES
    assert rules.decide_about(None, 100) is NEVER
    assert rules.decide_said(100.9, 100) is YES
    assert rules.decide_said(102, 100) is WRONG
    assert rules.decide_said(None, 100) is NEVER


def test_orders_of_magnitude():
    assert rules.decide_magnitude(4, 11, 10) is YES
    assert rules.decide_magnitude(2, 11, 10) is NEVER
    assert rules.decide_magnitude(4, 40, 10) is NEVER
    assert rules.decide_magnitude(0.1, 3, 10) is WRONG
    assert rules.decide_magnitude(40, 90, 10) is WRONG


def test_models_and_tests():
    assert rules.decide_best([]) is NEVER
    assert rules.decide_best([True, False]) is PART
    assert rules.decide_preferred(70, 80, 70) is YES
    assert rules.decide_preferred(50, 70, 70) is PART
    assert rules.decide_preferred(None, 70, 70) is PART
    assert rules.decide_preferred(50, 60, 70) is WRONG
    assert rules.decide_cheaper((1.2, 1.3), (1.1, 1.5)) is YES
    assert rules.decide_cheaper((1.2, 1.3), (0.8, 4.0)) is PART
    assert rules.decide_cheaper((1.2, 1.3)) is YES
    assert rules.decide_cheaper((0.9, 1.3), (0.8, 4.0)) is NEVER
    assert rules.decide_cheaper((0.8, 0.9), (0.8, 0.9)) is WRONG


def test_every_rule_is_shown_and_says_what_it_asks():
    own = {
        function
        for name, function in inspect.getmembers(rules, inspect.isfunction)
        if name.startswith("decide_")
    }
    assert own <= set(rules.RULES)
    assert all(rule.__doc__.strip() for rule in rules.RULES)


# ------------------------------------------------------------------ from the tables


@pytest.fixture
def decided():
    """Return a function that decides again with changed tables, and put the tables back."""

    def decide(as_of=rules.AS_OF, **tables):
        data.use(**tables)
        return {verdict.key: verdict for verdict in rules.verdicts(as_of=as_of)}

    yield decide
    data.use()


def changed(name: str, where: dict, **new: object) -> pd.DataFrame:
    """Return a table in which the rows that match hold other figures."""
    table = data.load(name)
    chosen = pd.Series(True, index=table.index)
    for column, value in where.items():
        chosen &= table[column] == value
    assert chosen.any(), f"{name} has no row with {where}"
    for column, value in new.items():
        table.loc[chosen, column] = value
    return table


def at_end_of(year: int, series: str) -> dict:
    return {"entity": "OpenAI", "series": series, "date": pd.Timestamp(year, 12, 31)}


def test_every_row_of_the_interview_has_a_verdict():
    ledger = data.load("claims")
    wanted = set(ledger.loc[ledger["theme"] == "interview", "claim"])
    found = rules.verdicts()
    elsewhere = {"004-21"}  # the number of occupations: with the chapter on value
    assert wanted - elsewhere == {claim for verdict in found for claim in verdict.claims}
    claims.check_against_ledger(found, ledger)
    assert set(rules.RULES_IN_WORDS) == {verdict.key for verdict in found}
    assert all(verdict.rule == rules.RULES_IN_WORDS[verdict.key] for verdict in found)


def test_host_and_guest_are_both_kept():
    found = rules.verdicts()
    host = {verdict.key for verdict in claims.deciding(found, "004-45")}
    guest = {verdict.key for verdict in claims.deciding(found, "004-41")}
    assert host & guest == {"compute-host-and-guest"}
    assert host - guest and guest - host


def test_open_forecasts_have_their_day_and_nothing_else_has():
    for verdict in rules.verdicts():
        assert (verdict.until is not None) == (verdict.outcome is OPEN)
        if verdict.until is not None:
            assert pd.Timestamp(verdict.until) > rules.AS_OF


def test_every_card_stands_where_its_verdict_says():
    shown = {}
    for page in (rules.PAGE, rules.DEEPER):
        cells = json.loads((CHAPTERS / f"{page}.ipynb").read_text(encoding="utf-8"))["cells"]
        html = "".join(
            "".join(output.get("data", {}).get("text/html", ""))
            for cell in cells
            for output in cell.get("outputs", [])
        )
        shown[page] = html
    for verdict in rules.verdicts():
        page, anchor = verdict.place.split("#")
        assert f'id="{anchor}"' in shown[page], verdict.key


def test_the_tables_as_they_are(decided):
    now = decided()
    assert now["compute-double"].outcome is NEVER
    assert now["compute-tracks"].outcome is PART
    assert now["compute-tripled"].outcome is NEVER
    assert now["compute-training-share"].outcome is NEVER
    assert now["compute-flops"].outcome is PART
    assert "By the figures alone, without the plan: contradicted" in now["compute-outgrows"].because
    assert now["compute-twenty-billion"].outcome is PART
    assert now["compute-loss"].outcome is OPEN
    # What is not known of the figures decides nothing.
    assert now["compute-faster"].outcome is NEVER
    assert now["compute-faster"].low < 2 < now["compute-faster"].high
    assert now["compute-inference"].low < 50 < now["compute-inference"].high
    assert now["compute-quoted-loss"].outcome is YES


def test_more_gigawatts_turn_the_tripling_and_the_line(decided):
    much = changed("company_facts", at_end_of(2025, "compute_gw"), value=3.0, low=2.9, high=3.1)
    now = decided(company_facts=much)
    assert now["compute-tripled"].outcome is NO
    assert now["compute-tracks"].figure < 2
    assert now["compute-faster"].figure < 2


def test_sharper_figures_decide_what_rounding_leaves_open(decided):
    sharp = data.load("company_facts")
    amounts = (sharp["entity"] == "OpenAI") & sharp["series"].isin(
        ("compute_gw", "compute_h100_equivalents")
    )
    chips = amounts & (sharp["series"] == "compute_h100_equivalents")
    power = sharp.loc[amounts & ~chips, "value"].to_numpy()
    sharp.loc[chips, "value"] = power * 1e6
    sharp.loc[amounts, "low"] = 0.999 * sharp.loc[amounts, "value"]
    sharp.loc[amounts, "high"] = 1.001 * sharp.loc[amounts, "value"]
    rates = data.load("run_rates")
    own = (rates["company"] == "OpenAI") & rates["preferred"].astype(bool)
    for when, billions in (("2023-12-31", 80.0), ("2024-12-31", 264.0), ("2025-12-31", 944.0)):
        rates.loc[own & (rates["date"] == when), "run_rate_usd_bn"] = billions
    now = decided(company_facts=sharp, run_rates=rates[own | (rates["company"] != "OpenAI")])
    assert now["compute-faster"].outcome is YES


def test_chips_that_tripled_too_would_support_it(decided):
    facts = data.load("company_facts")
    for series, levels in (("compute_gw", (0.6, 1.8)), ("compute_h100_equivalents", (4e5, 1.2e6))):
        for year, level in zip((2024, 2025), levels, strict=True):
            row = (facts["entity"] == "OpenAI") & (facts["series"] == series)
            row &= facts["date"] == pd.Timestamp(year, 12, 31)
            facts.loc[row, ["value", "low", "high"]] = level, 0.98 * level, 1.02 * level
    assert decided(company_facts=facts)["compute-tripled"].outcome is YES


def test_dearer_compute_turns_the_host(decided):
    dearer = changed("company_facts", at_end_of(2025, "compute_spending"), value=25.0, high=26.0)
    now = decided(company_facts=dearer)
    assert now["compute-outgrows"].because.startswith("In 2025 spending grew 3.7x")
    richer = changed(
        "projections",
        {
            "series": "revenue",
            "made": pd.Timestamp(2026, 2, 1),
            "year_end": pd.Timestamp(2026, 12, 31),
        },
        value=60.0,
    )
    assert decided(projections=richer)["compute-outgrows"].outcome is WRONG


def test_twenty_billion_both_ways(decided):
    richer = changed("company_facts", at_end_of(2025, "revenue"), value=20.0)
    assert decided(company_facts=richer)["compute-twenty-billion"].outcome is YES


def test_inference_that_loses_turns_what_compute_earns(decided):
    poorer = changed("company_facts", at_end_of(2025, "revenue"), value=7.0)
    assert decided(company_facts=poorer)["compute-monetised"].outcome is NO
    data.use()
    richer = changed("company_facts", at_end_of(2025, "revenue"), value=11.0)
    assert decided(company_facts=richer)["compute-monetised"].outcome is NEVER


def test_an_idle_share_and_an_outside_estimate_are_read_once_they_are_there(decided):
    facts = data.load("company_facts")
    row = facts[(facts["entity"] == "OpenAI") & (facts["series"] == "compute_gw")].tail(1)
    for idle, outcome in ((4.0, YES), (30.0, WRONG)):
        told = row.assign(series="idle_compute_share", unit="percent", value=idle)
        more = pd.concat([facts, told], ignore_index=True)
        assert rules.idle_share(more) == idle / 100
        now = decided(company_facts=more)
        assert now["compute-own-test"].outcome is outcome
        data.use()
    published = data.load("published")
    assert compute_revenue.published_from_outside(published) == (None, None)
    row = published.tail(1).assign(
        result=compute_revenue.FROM_OUTSIDE, value=0.9, low=0.8, high=1.1
    )
    more = pd.concat([published, row], ignore_index=True)
    assert compute_revenue.published_from_outside(more) == (0.8, 1.1)
    # Its width decides, however few months are in the tables.
    assert decided(published=more)["compute-double"].outcome is YES
    for low, high, outcome in ((0.3, 1.6, NEVER), (0.2, 0.5, WRONG)):
        other = more.assign(
            low=more["low"].where(more["result"] != compute_revenue.FROM_OUTSIDE, low),
            high=more["high"].where(more["result"] != compute_revenue.FROM_OUTSIDE, high),
        )
        data.use()
        assert decided(published=other)["compute-double"].outcome is outcome


def certain_split(training: float = 8.3) -> pd.DataFrame:
    """Return the facts without the leaked figures, by which the share of training fell for sure."""
    facts = data.load("company_facts")
    facts = facts[facts["series"] != "azure_inference_spending"]
    row = (facts["entity"] == "OpenAI") & (facts["series"] == "research_compute_spending")
    facts.loc[row & (facts["date"] == pd.Timestamp(2025, 12, 31)), "value"] = training
    return facts.reset_index(drop=True)


def test_plans_of_training_turn_both_of_its_verdicts(decided):
    plans = data.load("projections")
    total = plans["series"] == "training_spending_2026_2030"
    single = plans["series"].isin(("training_spending", "research_compute_spending"))
    plans.loc[total, "value"] = 200.0
    plans.loc[single & (plans["year_end"].dt.year == 2026), "value"] = 20.0
    now = decided(projections=plans, company_facts=certain_split())
    assert now["compute-training-share"].outcome is YES
    assert now["compute-inference"].outcome is PART
    data.use()
    plans = data.load("projections")
    forecast = plans["series"] == "inference_share_of_compute_spending"
    plans.loc[forecast, "value"] = 20.0
    plans.loc[plans["series"] == "research_compute_spending", "value"] = 30.0
    now = decided(projections=plans, company_facts=certain_split())
    assert now["compute-inference"].outcome is NEVER
    assert now["compute-training-share"].outcome is NO
    data.use()
    assert decided(company_facts=certain_split(5.5))["compute-inference"].outcome is YES


def test_the_leaked_figures_are_bounds_of_the_split_too(decided):
    without = decided(company_facts=certain_split())
    assert without["compute-training-share"].outcome is PART
    data.use()
    now = decided()
    assert now["compute-training-share"].outcome is NEVER
    assert now["compute-inference"].high > without["compute-inference"].high + 10
    # Half is not more than half: a forecast of exactly 50 decides nothing.
    plans = data.load("projections")
    forecast = plans["series"] == "inference_share_of_compute_spending"
    assert decided(projections=plans[~forecast])["compute-inference"].outcome is NEVER


def test_a_sum_of_several_years_decides_nothing_of_the_last(decided):
    less = changed("projections", {"series": "training_spending_2026_2030"}, value=200.0)
    before = decided()["compute-inference"]
    data.use()
    assert decided(projections=less)["compute-inference"].outcome is before.outcome


def test_only_deals_with_a_price_make_the_sum(decided):
    more = changed("commitments", {"commitment": "oracle"}, value_usd_bn=1000.0)
    assert decided(commitments=more)["compute-commitments"].outcome is YES
    data.use()
    worked_out = changed("commitments", {"commitment": "broadcom"}, value_usd_bn=650.0)
    assert decided(commitments=worked_out)["compute-commitments"].outcome is PART


def test_a_later_profit_would_part_the_loss_from_it(decided):
    plans = data.load("projections")
    quoted = (plans["series"] == "cash_flow") & (plans["made"] == pd.Timestamp(2025, 7, 1))
    plans.loc[quoted & (plans["year_end"].dt.year == 2030), "value"] = -3.0
    assert decided(projections=plans)["compute-quoted-loss"].outcome is PART


def test_users_tokens_and_tests_follow_their_tables(decided):
    fewer = changed("users", {"date": pd.Timestamp(2025, 12, 9)}, users_millions=810.0)
    assert decided(users=fewer)["compute-users-900"].outcome is WRONG
    data.use()
    volumes = data.load("token_volumes")
    volumes.loc[volumes["entity"] == "ByteDance", "tokens_per_day"] *= 30
    now = decided(token_volumes=volumes)
    assert now["compute-tokens"].outcome is YES
    assert now["compute-quadrillion"].outcome is WRONG
    data.use()
    wins = changed("gdpval", {"model": "GPT-5.2", "vintage": "hub_2026_05"}, win_pct=68.0)
    assert decided(gdpval=wins)["compute-gdpval-better"].outcome is YES


@pytest.mark.parametrize(
    ("found", "as_of", "rival", "outcome"),
    [
        (50.0, "2026-11-21", (22.0, 173.0), OPEN),
        (math.nan, "2026-11-21", (22.0, 173.0), OPEN),
        (math.nan, "2027-01-15", (22.0, 173.0), NEVER),
        (50.0, "2027-01-15", (22.0, 173.0), NEVER),
        (50.0, "2027-01-15", (60.0, 173.0), YES),
        (20.0, "2027-01-15", (22.0, 173.0), WRONG),
    ],
)
def test_the_books_own_prediction(found, as_of, rival, outcome):
    due = pd.Timestamp(2026, 12, 31)
    assert rules.decide_follows(found, 34.0, 84.0, due, pd.Timestamp(as_of), *rival) is outcome


def test_the_wider_of_two_ranges_earns_nothing():
    due, late = pd.Timestamp(2026, 12, 31), pd.Timestamp(2027, 1, 15)
    assert rules.decide_follows(10.0, 4.0, 850.0, due, late, 20.0, 600.0) is NEVER
    assert rules.decide_follows(900.0, 4.0, 850.0, due, late, 20.0, 600.0) is WRONG


@pytest.mark.parametrize(
    ("per_gw", "ratios", "as_of", "outcome"),
    [
        (10.9, (20.0, 20.0), "2026-11-21", OPEN),
        (math.nan, (20.0, 20.0), "2027-07-15", NEVER),
        (10.9, (20.0, 20.0), "2027-07-15", YES),
        (10.9, (2.0, 20.0), "2027-07-15", PART),
        (10.9, (2.0, 9.0), "2027-07-15", NEVER),
        (13.0, (20.0, 20.0), "2027-07-15", WRONG),
        (9.0, (20.0, 20.0), "2027-07-15", WRONG),
    ],
)
def test_the_prediction_that_can_fail(per_gw, ratios, as_of, outcome):
    due = pd.Timestamp(2027, 6, 30)
    found = rules.decide_proportion(per_gw, 9.7, 12.3, ratios, due, pd.Timestamp(as_of))
    assert found is outcome


def test_what_is_due_does_not_stay_open():
    late = {verdict.key: verdict for verdict in rules.verdicts(as_of="2031-01-15")}
    assert not [verdict for verdict in late.values() if verdict.outcome is OPEN]
    early = {verdict.key: verdict for verdict in rules.verdicts(as_of="2026-01-15")}
    assert early["compute-gpt-6"].outcome is OPEN


def test_evidence_at_hand_counts_months_and_steps():
    months, steps = rules.evidence_at_hand()
    history = compute_revenue.run_rate_history("OpenAI")
    assert 0 < months <= len(history)
    sites = data.load("sites")
    none = sites[sites["user"] != "OpenAI"]
    assert rules.evidence_at_hand(none) == (0, 0)
    assert steps <= (sites["user"] == "OpenAI").sum()


def test_growth_of_spending_and_revenue_by_hand():
    table = rules.yearly_growths().set_index("year")
    known = {
        (series, year): compute_revenue.year_value("OpenAI", series, year)
        for series in ("compute_spending", "revenue")
        for year in (2024, 2025)
    }
    grown = known["compute_spending", 2025] / known["compute_spending", 2024]
    assert table.loc[2025, "spending"] == pytest.approx(grown)
    gap = known["compute_spending", 2025] - known["revenue", 2025]
    assert table.loc[2025, "gap_after"] == pytest.approx(gap)
    assert table.loc[2026, "gap_before"] == pytest.approx(gap)
    assert pd.notna(table.loc[2026, "made"])


def test_room_is_the_loss_of_revenue_at_which_the_profit_is_gone():
    found = rules.without_growth_of_training()
    table = compute_plan.without_more_training(compute_plan.carry(rules.QUOTED_VINTAGE))
    table = table.set_index("year")
    gained = table.loc[found["without"] : found["with_training"] - 1]
    left = gained["without"] - found["room"] * gained["margin"]
    assert left.min() == pytest.approx(0, abs=1e-9)
    assert (left >= -1e-9).all()


def test_first_on_rulers_by_hand():
    scores = pd.DataFrame(
        {
            "ruler": ["a", "a", "b"],
            "version": ["gpt-5.2-x", "other", "other"],
            "score": [3.0, 2.0, 1.0],
            "released": pd.Timestamp(2025, 12, 1),
        }
    )
    names = {"a": "A", "b": "B"}
    assert rules.first_on_rulers(scores, rulers=names) == {"A": True}
    scores.loc[1, "score"] = 4.0
    assert rules.first_on_rulers(scores, rulers=names) == {"A": False}
    early = rules.first_on_rulers(scores, day="2025-11-01", rulers=names)
    assert early == {}


def test_compute_for_a_dollar_by_hand():
    level = {
        year: compute_revenue.year_value("OpenAI", "compute_h100_equivalents", year)
        for year in (2023, 2024, 2025)
    }
    spent = {
        year: compute_revenue.year_value("OpenAI", "compute_spending", year)
        for year in (2024, 2025)
    }
    now = (level[2024] + level[2025]) / 2 / spent[2025]
    before = (level[2023] + level[2024]) / 2 / spent[2024]
    found, low, high = rules.compute_per_dollar_growth()
    assert found == pytest.approx(now / before)
    assert low < 1 < found < high
    facts = data.load("company_facts")
    without = facts[facts["series"] != "compute_h100_equivalents"]
    assert rules.compute_per_dollar_growth(without) is None


@pytest.mark.parametrize(
    ("days", "outcome"), [(4, YES), (6, YES), (7, WRONG), (3, WRONG), (None, NEVER)]
)
def test_five_days_are_four_to_six(days, outcome):
    assert rules.decide_days_out(days) is outcome


@pytest.mark.parametrize(
    ("found", "outcome"),
    [([10.0, 3.0], YES), ([10.0, 4.0], PART), ([8.0, 4.0], WRONG), ([None, 3.0], NEVER)],
)
def test_ages_are_right_within_a_tenth(found, outcome):
    assert rules.decide_ages(found, [10.0, 3.0]) is outcome


def test_the_day_of_speaking_is_that_of_a_model_and_not_of_the_claim():
    """Another day of the image model moves the verdict; without it nothing can be said."""

    def said() -> dict[str, claims.Verdict]:
        return {one.key: one for one in rules._models(rules.compute_scorecard.scorecard())}

    now = said()["compute-gpt-5-2-days"]
    assert now.outcome is YES and now.figure == 5
    facts = data.load("press_facts")
    later = facts.copy()
    later.loc[later["fact"] == "image-model-released", "date"] = pd.Timestamp("2025-12-18")
    data.use(press_facts=later)
    assert said()["compute-gpt-5-2-days"].outcome is WRONG
    data.use(press_facts=facts[facts["fact"] != "image-model-released"])
    assert said()["compute-gpt-5-2-days"].outcome is NEVER
    data.use()


def test_the_founding_decides_how_old_the_company_is():
    released = pd.Timestamp("2025-12-11")
    assert rules._days_out(released).outcome is YES
    before = rules._ages(10.0)
    assert before.outcome is YES and before.claims == ("004-04",)
    facts = data.load("press_facts")
    facts.loc[facts["fact"] == "altman-co-chair", "date"] = pd.Timestamp("2017-12-11")
    data.use(press_facts=facts)
    assert rules._ages(10.0).outcome is PART
    data.use()


def test_what_is_not_in_our_tables_is_not_called_untestable_by_nature():
    """A claim that figures decide stands in no group, and the groups say what they hold."""
    grouped = [claim for _, rows, _ in rules.UNTESTABLE.values() for claim in rows]
    assert len(grouped) == len(set(grouped))
    found = rules.verdicts()
    for claim in grouped:
        assert len(claims.deciding(found, claim)) == 1
    assert not {"004-04", "004-21", "004-71"} & set(grouped)
    forecasts = rules.UNTESTABLE["compute-no-measure"]
    assert forecasts[0].startswith("Will") and not {"004-61", "004-68"} & set(forecasts[1])
    assert {"004-51", "004-61", "004-62", "004-70"} <= set(
        rules.UNTESTABLE["compute-not-in-tables"][1]
    )


def test_the_claim_on_training_under_other_assumptions():
    grid = rules.without_training_by_assumption(falls=(0.1, 0.2, 0.25), fades=(0.5,))
    grid = grid.set_index("fall")
    own = rules.without_growth_of_training()
    assert grid.loc[0.2, "room"] == pytest.approx(own["room"])
    assert grid["room"].is_monotonic_increasing and grid["outcome"].nunique() > 1


def test_accounts_take_the_place_of_the_plan():
    planned = rules.yearly_growths()
    assert planned["rests_on"].tolist() == ["figures", "a plan"]
    facts = data.load("company_facts")
    last = pd.Timestamp(compute_revenue.INTERVIEW.year, 12, 31)
    rows = facts[
        (facts["entity"] == "OpenAI") & facts["series"].isin(["compute_spending", "revenue"])
    ]
    rows = rows[(rows["date"] == last) & (rows["period"] == "year") & rows["preferred"]]
    assert len(rows) == 2
    rows = rows.assign(date=pd.Timestamp(last.year + 1, 12, 31), value=2 * rows["value"])
    closed = rules.yearly_growths(pd.concat([facts, rows], ignore_index=True))
    assert closed["rests_on"].tolist() == ["figures", "figures"] and closed["made"].isna().all()
    assert closed[["spending", "revenue"]].iloc[1].tolist() == [2.0, 2.0]
