"""First forms of changed rules: kept, applied to the figures of today, able to say otherwise."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from three_observations import compute_plan, compute_revenue, data
from three_observations import compute_rule_changes as changes
from three_observations import compute_verdicts as rules
from three_observations.claims import Outcome


@pytest.fixture
def tables():
    """Return a function that changes tables and applies all first forms; put the tables back."""

    def first_forms(**changed: pd.DataFrame) -> dict[str, Outcome]:
        data.use(**changed)
        figures = changes.Figures()
        return {change.first_form: change.outcome(figures) for change in changes.CHANGES}

    yield first_forms
    data.use()


def rows_of(name: str, where: dict) -> tuple[pd.DataFrame, pd.Series]:
    table = data.load(name)
    chosen = pd.Series(True, index=table.index)
    for column, value in where.items():
        chosen &= table[column] == value
    assert chosen.any()
    return table, chosen


def test_every_change_is_told_beside_what_the_rule_says_now():
    found = rules.verdicts()
    table = changes.rule_changes(found)
    today = {verdict.key: str(verdict.outcome) for verdict in found}
    assert len(table) == len(changes.CHANGES)
    assert set(table["key"]) <= set(today)
    assert (table["says_now"] == table["key"].map(today)).all()
    assert (table["differs"] == (table["would_say"] != table["says_now"])).all()
    assert table["differs"].any() and not table["differs"].all()
    assert (table["why"].str.len() > 20).all() and table["first_form"].is_unique


def test_the_first_forms_as_they_were():
    """What each first form said when the page first stood: the changes hide nothing."""
    table = changes.rule_changes().groupby("key")["would_say"].first()
    assert table["compute-faster"] == "supported in part"
    assert table["compute-quoted-loss"] == "supported in part"
    assert table["compute-inference"] == "not supported"
    assert table["compute-training-share"] == "not supported"
    assert table["compute-without-training"] == "supported"


def test_a_line_through_its_own_outcome_would_have_judged_itself(monkeypatch):
    """With 2026 in the tables the refitted line takes in what it should be held against."""
    monkeypatch.setattr(rules, "AS_OF", pd.Timestamp("2027-01-20"))
    facts, rates = data.load("company_facts"), data.load("run_rates")
    row = facts[(facts["entity"] == "OpenAI") & (facts["series"] == "compute_gw")].tail(1)
    row = row.assign(date=pd.Timestamp(2026, 12, 31), value=4.0, low=3.95, high=4.05)
    own = rates[(rates["company"] == "OpenAI") & rates["preferred"].astype(bool)].tail(1)
    own = own.assign(date=pd.Timestamp(2026, 12, 31), run_rate_usd_bn=90.0)
    later = {
        "company_facts": pd.concat([facts, row], ignore_index=True),
        "run_rates": pd.concat([rates, own], ignore_index=True),
    }
    load = data.load
    monkeypatch.setattr(data, "load", lambda name: later[name] if name in later else load(name))
    found = {change.first_form: change.outcome(changes.Figures()) for change in changes.CHANGES}
    first, then = (c.first_form for c in changes.CHANGES if c.key == "compute-follows-2026")
    assert found[first] is Outcome.CONTRADICTED
    assert found[then] is Outcome.CANNOT_BE_TESTED


def test_first_forms_follow_the_tables(tables):
    before = tables()
    assert before == tables()
    facts, chosen = rows_of(
        "company_facts",
        {
            "entity": "OpenAI",
            "series": "compute_h100_equivalents",
            "date": pd.Timestamp(2025, 12, 31),
        },
    )
    facts.loc[chosen, "value"] = 1.15e6
    now = tables(company_facts=facts)
    assert now["The growth rounds to 3: from 2.5 to 3.5."] is Outcome.SUPPORTED
    plans, chosen = rows_of("projections", {"series": "training_spending_2026_2030"})
    plans.loc[chosen, "value"] = 200.0
    now = tables(projections=plans)
    named = {change.key: change.first_form for change in reversed(changes.CHANGES)}
    assert now[named["compute-training-share"]] is Outcome.SUPPORTED
    assert now[named["compute-inference"]] is Outcome.PARTLY
    deals, chosen = rows_of("commitments", {"commitment": "oracle"})
    deals.loc[chosen, "value_usd_bn"] = 500.0
    assert tables(commitments=deals)[named["compute-commitments"]] is Outcome.SUPPORTED


def test_forecasts_of_the_split_keep_their_day():
    said = compute_plan.said_of_inference()
    assert said["made"].notna().all() and said["training_made"].notna().all()
    assert (said["training_made"] <= said["made"]).all()
    assert said["made"].is_monotonic_increasing
    assert np.allclose(said["inference"] + said["training"], 1)
    assert (~said["single_year"]).sum() == 1
    first = said.iloc[0]
    assert first["leads"] and first["year"] == 2030 and first["made"] < rules.INTERVIEW
    plans = rules.plans_of_training()
    assert plans.loc[plans["then"], "made"].max() <= rules.INTERVIEW
    assert (plans["falls"] == (plans["training"] < plans["before"])).all()


def test_rows_with_one_source_are_marked():
    for table in (
        compute_plan.said_of_inference(),
        compute_plan.training_of_all_costs(),
        compute_plan.signed_deals(),
    ):
        assert ((table["n_sources"] == 1) == table["one_source"]).all()


def test_training_of_all_costs_by_hand():
    table = compute_plan.training_of_all_costs()
    assert np.allclose(table["share"], table["training"] / table["costs"])
    assert table.loc[table["rests_on"] == "a plan", "made"].notna().all()
    account = compute_plan.books()
    assert table["costs"].iloc[0] == pytest.approx(account.revenue - account.cash_flow)
    assert 2024 not in set(table["year"])  # these accounts do not close


def test_half_of_the_growth_of_training_lies_between_none_and_all():
    none, half, whole = (compute_plan.without_more_training(kept=kept) for kept in (0, 0.5, 1))
    later = slice(1, None)
    assert (none["saved"][later] > half["saved"][later]).all()
    assert (half["saved"][later] > whole["saved"][later]).all()
    with pytest.raises(ValueError, match="between 0 and 1"):
        compute_plan.without_more_training(kept=1.5)
    found = rules.without_growth_of_training()
    gentler = rules.without_growth_of_training(kept=0.5)
    assert found["years_earlier"] >= gentler["years_earlier"]
    assert 0 < found["year_behind"] < 1


def test_priors_before_their_changes():
    table = compute_plan.before_changes(draws=20_000)
    now = compute_plan.profit_probabilities(compute_plan.simulate(draws=20_000), (2030,))
    assert table["in_year"].iloc[-1] == now["in_year"].iloc[0]
    assert table["in_year"].is_monotonic_decreasing
    # The plan's share of training lies inside the prior now, and did not before.
    planned = compute_plan.said_of_inference()["training"].max()
    prior = {item.name: item for item in compute_plan.ASSUMPTIONS}["training_share"]
    assert prior.low < planned < prior.high
    assert planned > compute_plan.EARLIER_PRIORS["training_share"][2]


def test_reasons_of_the_priors_are_filled_in_and_follow_the_tables():
    table = compute_plan.assumption_table().set_index("name")["why"]
    assert not table.str.contains("{", regex=False).any()
    facts, chosen = rows_of(
        "company_facts",
        {"entity": "OpenAI", "series": "compute_gw", "date": pd.Timestamp(2025, 12, 31)},
    )
    facts.loc[chosen, "value"] = 1.7
    other = compute_plan.assumption_table(facts=facts).set_index("name")["why"]
    assert other["cost_fall"] != table["cost_fall"]
    assert other["elasticity"] == table["elasticity"]


def test_bounds_of_ratios_and_the_range_of_a_plan():
    table = compute_revenue.controls()
    known = table[np.isfinite(table["elasticity_high"])]
    assert (known["elasticity_low"] <= known["elasticity"]).all()
    assert (known["elasticity"] <= known["elasticity_high"]).all()
    ahead = compute_revenue.prediction().set_index(["date", "rule"])
    row = ahead.loc[(pd.Timestamp(2027, 12, 31), "follows compute")]
    assert row["plan_low"] <= row["gigawatts"] <= row["plan_high"]
    assert row["wide_low"] <= row["low"] and row["wide_high"] >= row["high"]
    chips = compute_revenue.RULERS["H100-equivalents"]
    assert chips.made_from in compute_revenue.RULERS
    note = data.load("company_facts")
    note = note.loc[(note["entity"] == "OpenAI") & (note["series"] == chips.series), "note"]
    assert note.str.contains("derived from the same gigawatts").all()
