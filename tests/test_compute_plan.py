"""Accounting identities, known answers and recovered truths for the plan and its break-even."""

from __future__ import annotations

import inspect
import json
import math
import re
from dataclasses import fields, replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import vl_convert
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from three_observations import compute_plan as plan
from three_observations import data

FACTS = data.load("company_facts")
PROJECTIONS = data.load("projections")
ACCOUNT = plan.books()
EXAMPLE = plan.Books(2025, 10.0, 6.0, 8.0, 3.0, -7.0, 2.0)


def changed(table: pd.DataFrame, where: dict, **new: object) -> pd.DataFrame:
    """Return a table in which the rows that match hold other figures."""
    table = table.copy()
    chosen = pd.Series(True, index=table.index)
    for column, value in where.items():
        chosen &= table[column] == value
    assert chosen.any(), f"no row with {where}"
    for column, value in new.items():
        table.loc[chosen, column] = value
    return table


def fact(series: str, year: int) -> dict:
    return {"entity": "OpenAI", "series": series, "date": pd.Timestamp(year, 12, 31)}


# ------------------------------------------------------------------ the accounts


def test_the_accounts_close() -> None:
    for year in (2024, 2025):
        account = plan.books(year)
        spent = account.inference + account.training + account.other
        assert account.revenue == pytest.approx(spent + account.cash_flow)
        assert account.compute == pytest.approx(account.inference + account.training)
    table = plan.unit_economics()
    parts = table["compute_per_gw"] + table["other_per_gw"] + table["cash_per_gw"]
    assert np.allclose(table["revenue_per_gw"], parts)
    assert np.allclose(table["compute"], table["inference"] + table["training"])


def test_the_accounts_of_2025_are_the_reported_ones() -> None:
    # Inference 8.0 and research 8.3 are reported by themselves, and so is their sum of 16.3.
    total = FACTS.query("entity == 'OpenAI' and series == 'compute_spending'")
    total = total.loc[total["date"] == pd.Timestamp(2025, 12, 31), "value"].iloc[0]
    assert ACCOUNT.compute == pytest.approx(total)
    assert ACCOUNT.gigawatt_years == pytest.approx((0.6 + 1.9) / 2)
    assert ACCOUNT.training_share == pytest.approx(8.3 / 16.3)


def test_figures_on_different_bases_do_not_close_and_say_so() -> None:
    table = plan.unit_economics().set_index("year")
    assert not table["closes"][2024] and table["closes"][2025]


def test_a_missing_figure_is_named() -> None:
    without = FACTS[FACTS["series"] != "inference_compute_spending"]
    with pytest.raises(KeyError, match="inference_compute_spending"):
        plan.books(facts=without)
    with pytest.raises(KeyError):
        plan.books(2019)


def test_changing_a_figure_changes_the_accounts() -> None:
    richer = plan.books(facts=changed(FACTS, fact("revenue", 2025), value=14.1))
    assert richer.other == pytest.approx(ACCOUNT.other + 1)
    assert richer.cash_flow == ACCOUNT.cash_flow


def test_names_of_a_loss_differ_by_factors() -> None:
    table = plan.losses_by_name().set_index("name")
    assert table["times_cash"]["cash_flow"] == 1
    assert table["times_cash"].max() > 4
    assert (table["usd_bn"] > 0).all()


def test_break_even_by_formula_and_by_counting() -> None:
    account = replace(EXAMPLE, revenue=10.0, inference=10.0, training=4.0, other=3.0)
    years = plan.break_even_years(0.2, account)
    cost, count = 14.0, 0.0
    while cost * 0.8**count > 7.0:
        count += 1e-4
    assert years == pytest.approx(count, abs=1e-3)
    both = plan.break_even_years(np.array([0.0, 0.2]), account)
    assert np.isinf(both[0]) and both[1] == years
    # If other costs fall too: 17 falls to 10.
    fast = plan.break_even_years(0.2, account, other_falls=True)
    assert fast == pytest.approx(np.log(10 / 17) / np.log(0.8))
    assert plan.break_even_years(0.1, replace(account, revenue=30.0)) == 0.0
    assert np.isinf(plan.break_even_years(0.5, replace(account, other=11.0)))
    for bad in (-0.1, 1.0):
        with pytest.raises(ValueError, match="a share"):
            plan.break_even_years(bad, account)


@settings(max_examples=40, deadline=None)
@given(st.floats(0.01, 0.6), st.floats(0.1, 50))
def test_break_even_does_not_know_the_amount_of_compute(fall, fold) -> None:
    names = ("revenue", "inference", "training", "other", "cash_flow", "gigawatt_years")
    more = replace(ACCOUNT, **{name: fold * getattr(ACCOUNT, name) for name in names})
    assert plan.break_even_years(fall, more) == pytest.approx(plan.break_even_years(fall, ACCOUNT))


def test_twice_the_compute_is_twice_the_loss() -> None:
    table = plan.doubling_doubles_the_loss().set_index("fold")
    assert table["cash_flow"][2.0] == pytest.approx(2 * ACCOUNT.cash_flow)
    assert np.allclose(table["cash_flow"], table["revenue"] - table["compute"] - table["other"])


# ------------------------------------------------------------------ the plan


@settings(max_examples=60, deadline=None)
@given(
    st.floats(1.01, 5),
    st.floats(0.0, 1.2),
    st.floats(0.5, 5),
    st.floats(0.0, 1.2),
    st.floats(-0.3, 0.6),
)
def test_every_year_of_a_plan_is_an_identity(growth, fade, trained, trained_fade, fall) -> None:
    path = plan.plan_paths(plan.Plan(growth, fade, trained, trained_fade, fall), EXAMPLE)
    spent = path["inference"] + path["training"] + path["other"]
    assert np.allclose(path["revenue"], spent + path["cash_flow"])
    assert np.allclose(path["cumulative"].diff().iloc[1:], path["cash_flow"].iloc[1:])
    first = path.iloc[0]
    assert first["revenue"] == 10.0 and first["cash_flow"] == pytest.approx(-7.0)
    cash = plan.plan_cash(plan.Plan(growth, fade, trained, trained_fade, fall), EXAMPLE)
    assert np.allclose(cash, path["cash_flow"])


def test_fading_growth_by_hand() -> None:
    assert plan.fading(2.0, 1.0, np.array([0, 1, 3])).tolist() == [1, 2, 8]
    assert plan.fading(2.0, 0.5, np.array([1, 2])).tolist() == pytest.approx([2, 2**1.5])
    assert plan.fading(2.0, 0.0, np.array([1, 5])).tolist() == [2, 2]
    assert plan.fading(2.0, 0.5, np.array([200]))[0] == pytest.approx(4.0)


@settings(max_examples=60, deadline=None)
@given(st.floats(1.1, 5), st.floats(0.1, 1.5), st.integers(1, 4), st.integers(1, 5))
def test_a_curve_through_two_levels_is_found_again(growth, fade, early, more) -> None:
    late = early + more
    low, high = plan.fading(growth, fade, np.array([early, late]))
    found = plan.curve_through((early, float(low)), (late, float(high)))
    assert found == pytest.approx((growth, fade), rel=1e-6, abs=1e-6)


def test_a_curve_needs_two_rising_levels() -> None:
    for first, last in (((1, 2.0), (1, 3.0)), ((1, 2.0), (3, 1.5)), ((1, 0.9), (2, 3.0))):
        with pytest.raises(ValueError, match="two levels"):
            plan.curve_through(first, last)
    with pytest.raises(ValueError, match="no fade"):
        plan.curve_through((1, 1.01), (2, 1e9))


def test_bisection_against_scipy_and_its_error() -> None:
    found = plan.bisect(lambda x: x**3 - 2, 0.0, 5.0)
    assert found == pytest.approx(optimize.brentq(lambda x: x**3 - 2, 0, 5))
    assert plan.bisect(lambda x: 2 - x**3, 0.0, 5.0) == pytest.approx(found)
    with pytest.raises(ValueError, match="no root between 2 and 5"):
        plan.bisect(lambda x: x**3 - 2, 2.0, 5.0, "root")


@pytest.mark.parametrize("vintage", ["2025 Q1", "2025 Q3", "2026 Q1"])
def test_a_carried_plan_meets_what_was_given(vintage) -> None:
    item = plan.carry(vintage)
    path = plan.plan_paths(item.plan).set_index("year")
    cash = PROJECTIONS.query("entity == 'OpenAI' and series == 'cash_flow'")
    made = {"2025 Q1": "2025-01-01", "2025 Q3": "2025-07-01", "2026 Q1": "2026-01-01"}[vintage]
    cash = cash[cash["made"] == pd.Timestamp(made)]
    cash = pd.Series(cash["value"].to_numpy(), index=cash["year_end"].dt.year).sort_index()
    total = path["cash_flow"].loc[2025:2029].sum()
    assert total == pytest.approx(cash.loc[2025:2029].sum())
    assert set(item.given) | {item.solved} == {field.name for field in fields(plan.Plan)}
    assert item.solved not in item.given


def test_the_interviews_forecast_comes_out() -> None:
    """About 120 billion in all and profit after 2029, from 2025's accounts and revenue alone."""
    path = plan.plan_paths(plan.carry("2025 Q3").plan).set_index("year")
    assert path["cash_flow"].loc[2025:2029].sum() == pytest.approx(-120, rel=0.05)
    assert (path["cash_flow"].loc[:2029] < 0).all() and path["cash_flow"].loc[2030] > 0


def test_figures_that_were_not_used_come_out_of_the_next_vintage() -> None:
    table = plan.checks().set_index(["vintage", "quantity"])
    own = table.loc["2026 Q1"]
    # A smooth model of five numbers: sums within 3%, single years of revenue within 5%.
    for quantity in ("training, 2026 to 2030", "training and running, 2026 to 2030"):
        assert own["ratio"][quantity] == pytest.approx(1, abs=0.03)
    for year in (2027, 2028, 2029):
        assert own["ratio"][f"revenue in {year}"] == pytest.approx(1, abs=0.05)
    assert own["ratio"]["compute in 2026"] == pytest.approx(1, abs=0.1)
    # And one that does not: the forecast turns within a year, the model does not.
    assert own["model"]["cash flow of 2030"] < 0 < own["published"]["cash flow of 2030"]
    rent = table.loc["accounts of 2025"].iloc[0]
    assert 10 <= rent["published"] <= 13


def test_the_reported_growth_of_the_interviews_plan_comes_out() -> None:
    """2.3 in 2026, 2.0 in 2027 and 1.6 in 2028, reported in October 2025 and not used."""
    revenue = plan.plan_paths(plan.carry("2025 Q3").plan)["revenue"].to_numpy()
    assert revenue[1:4] / revenue[:3] == pytest.approx([2.3, 2.0, 1.6], rel=0.05)


def test_roles_name_every_number_once() -> None:
    table = plan.roles()
    assert not table.duplicated(["vintage", "number"]).any()
    solved = table[table["role"] == "solved for"]
    assert len(solved) == table["vintage"].nunique()
    assert set(table["role"]) == {"given", "assumed", "solved for", "closes the accounts"}
    last = table[table["vintage"] == "2026 Q1"]
    assert "assumed" not in set(last["role"])


def test_a_vintage_moves_with_its_figures() -> None:
    before = plan.carry("2026 Q1").plan
    rows = (PROJECTIONS["series"] == "revenue") & (PROJECTIONS["year_end"].dt.year == 2030)
    lower = PROJECTIONS.copy()
    lower.loc[rows & (PROJECTIONS["made"] >= pd.Timestamp(2026, 1, 1)), "value"] = 220.0
    after = plan.carry("2026 Q1", projections=lower).plan
    # Less revenue, the same losses: inference has to get cheaper faster.
    assert after.inference_fall > before.inference_fall
    dearer = plan.carry("2025 Q3", total=-200.0).plan
    assert dearer.training_growth > plan.carry("2025 Q3").plan.training_growth
    with pytest.raises(KeyError, match="no vintage 'x'"):
        plan.carry("x")
    without = PROJECTIONS[PROJECTIONS["series"] != "revenue"]
    with pytest.raises(KeyError, match="fewer than two years"):
        plan.carry("2026 Q1", projections=without)
    assert plan.carried_vintages(projections=without) == []
    with pytest.raises(ValueError, match="fits"):
        plan.carry("2025 Q3", total=1e6)


def test_carried_paths_and_what_would_meet_them() -> None:
    table = plan.carried_paths()
    assert np.allclose(table["miss"], table["cash_flow"] - table["forecast"])
    met = table["revenue"] - table["inference"] - table["other"] - table["training_to_meet"]
    assert np.allclose(met, table["forecast"])


def test_the_least_fall_that_turns_the_interviews_plan() -> None:
    table = plan.least_inference_fall()
    found = table.dropna(subset="least_fall")
    assert len(found)
    for row in found.itertuples():
        item = plan.carry("2025 Q3", None, None, row.least_fall, row.training_fade)
        cash = plan.plan_cash(item.plan, ACCOUNT)
        assert cash[-1] == pytest.approx(0, abs=1e-6)
        assert row.training_growth == pytest.approx(item.plan.training_growth)
        assert row.least_fall > 0


def test_what_a_gigawatt_of_inference_has_to_earn() -> None:
    table = plan.needed_per_inference_gigawatt()
    paths = plan.carried_paths().set_index(["vintage", "year"])["revenue"]
    for row in table.itertuples():
        earned = row.revenue_per_inference_gw * row.inference_gw_years
        assert earned == pytest.approx(paths[row.vintage, row.year])
    wide = table.set_index(["vintage", "cost_fall", "year"])
    fall = plan.carry("2025 Q3").plan.inference_fall
    assert wide["times_2025"]["2025 Q3", 0.0, 2027] == pytest.approx((1 - fall) ** -2)
    assert np.allclose(table["times_2025"], table["a_year"] ** (table["year"] - 2025))
    # Where both fall alike, a gigawatt earns what it earned.
    assert wide["times_2025"]["2025 Q3", fall, 2030] == pytest.approx(1.0)
    with pytest.raises(ValueError, match="a share"):
        plan.needed_per_inference_gigawatt([1.0])


def test_planned_gigawatt_years() -> None:
    table = plan.planned_gigawatt_years().set_index("year")
    assert table["gigawatt_years"][2025] == pytest.approx(ACCOUNT.gigawatt_years)
    assert table["gigawatt_years"][2026] == pytest.approx((1.9 + table["year_end_gw"][2026]) / 2)
    between = table[table["rests_on"] == "between plans"]
    assert len(between) and between["made"].isna().all()
    growth = table["year_end_gw"].pct_change()
    assert growth[2029] == pytest.approx(growth[2030])


def test_if_the_gigawatts_come() -> None:
    table = plan.if_the_gigawatts_come().set_index("year")
    assert np.allclose(table["cost_per_gw"] * table["gigawatt_years"], table["compute"])
    assert table["cost_per_gw"][2025] == pytest.approx(ACCOUNT.cost_per_gigawatt_year)
    row = table.loc[2030]
    kept = (1 - row["cost_fall"]) ** 5
    assert row["cost_per_gw"] == pytest.approx(ACCOUNT.cost_per_gigawatt_year * kept)
    item = plan.carry("2026 Q1")
    needed = plan.needed_per_inference_gigawatt([row["cost_fall"]], carried=[item])
    needed = needed.set_index("year")["revenue_per_inference_gw"]
    assert row["revenue_per_inference_gw"] == pytest.approx(needed[2030])


# ------------------------------------------------------------------ 6. training


def test_the_share_of_training() -> None:
    table = plan.training_share()
    assert np.allclose(table["share"], table["training"] / table["compute"])
    own = table[(table["entity"] == "OpenAI") & (table["rests_on"] == "figures")]
    own = own.set_index("period")
    assert own["share"]["2025"] < own["share"]["2024"]
    ahead = table[table["rests_on"] == "a plan"].set_index("period")
    assert ahead["made"].notna().all()
    assert ahead["share"]["2026-2030"] == pytest.approx(440 / 665)
    assert ahead["share"]["2026-2030"] > own["share"]["2025"]


def test_without_more_training() -> None:
    table = plan.without_more_training()
    assert np.allclose(table["without"], table["cash_flow"] + table["saved"])
    assert table["saved"].iloc[0] == 0
    assert np.allclose(table["margin"] - ACCOUNT.training, table["without"])
    # A loss of that share of revenue undoes the saving.
    undone = table["without"] - table["break_even_loss"] * table["margin"]
    assert np.allclose(undone, table["cash_flow"])
    first_with = table.loc[table["cash_flow"] > 0, "year"].min()
    first_without = table.loc[table["without"] > 0, "year"].min()
    assert not first_with <= first_without


# ------------------------------------------------------------------ 7. 1.4 trillion


def test_growth_that_carries_a_sum() -> None:
    assert plan.growth_that_carries(30.0, 1, 10.0, 1.0) == pytest.approx(3.0)
    assert plan.growth_that_carries(60.0, 2, 10.0, 1.0) == pytest.approx(2.0)
    assert plan.growth_that_carries(60.0, 2, 20.0, 0.5) == pytest.approx(2.0)
    # Interest of r needs growth (1 + r) times as fast.
    assert plan.growth_that_carries(60.0, 2, 10.0, 1.0, 0.1) == pytest.approx(2.2)
    found = plan.growth_that_carries(1400.0, 8, 13.1, 0.63)
    paid = sum(0.63 * 13.1 * found**year for year in range(1, 9))
    assert paid == pytest.approx(1400.0)
    for bad in ((0, 8, 10, 1), (10, 0, 10, 1), (10, 8, 10, 0), (10, 8, 10, 1.1)):
        with pytest.raises(ValueError, match="above zero"):
            plan.growth_that_carries(*bad)


def test_spreading_the_commitments() -> None:
    table = plan.carrying_the_commitments()
    assert np.allclose(table["a_year"] * table["years"], 1400)
    free = table[table["interest"] == 0].set_index("years")["growth"]
    assert free.is_monotonic_decreasing and list(free.index) == [8, 10, 15, 20]
    assert (table["growth_all"] < table["growth"]).all()
    half = changed(data.load("commitments"), {"commitment": "altman-total"}, value_usd_bn=700.0)
    assert (plan.carrying_the_commitments(commitments=half)["growth"] < table["growth"]).all()
    with pytest.raises(KeyError, match="altman-total"):
        plan.commitment_total(half[half["commitment"] != "altman-total"])


def test_dollars_for_a_gigawatt_year() -> None:
    table = plan.dollars_per_gigawatt_year()
    assert np.allclose(table["per_gw_year"], table["usd_bn"] / table["gigawatt_years"])
    by_name = table.set_index("what")
    # 300 billion for 4.5 gigawatts over five years.
    assert by_name["per_gw_year"]["Oracle"] == pytest.approx(300 / 22.5)
    assert by_name["per_gw_year"]["compute of 2025"] == pytest.approx(
        ACCOUNT.cost_per_gigawatt_year
    )
    targets = table[table["group"] == "target"].sort_values("date")["per_gw_year"]
    assert len(targets) == 3 and targets.is_monotonic_increasing
    shorter = plan.dollars_per_gigawatt_year(life=2.5).set_index("what")
    assert shorter["per_gw_year"]["AMD"] == pytest.approx(2 * by_name["per_gw_year"]["AMD"])
    assert shorter["per_gw_year"]["Oracle"] == by_name["per_gw_year"]["Oracle"]
    with pytest.raises(ValueError, match="above zero"):
        plan.dollars_per_gigawatt_year(life=0)


# ------------------------------------------------------------------ 8. break-even


def test_the_outlook_is_an_identity_every_year() -> None:
    table = plan.outlook()
    assert np.allclose(table["revenue"], table["compute"] + table["other"] + table["cash_flow"])
    first = table.iloc[0]
    assert first["revenue"] == pytest.approx(ACCOUNT.revenue)
    assert first["compute"] == pytest.approx(ACCOUNT.compute)
    assert first["cash_flow"] == pytest.approx(ACCOUNT.cash_flow)
    assert first["gigawatt_years"] == pytest.approx(ACCOUNT.gigawatt_years)
    assert first["training_share"] == pytest.approx(ACCOUNT.training_share)
    assert np.allclose(table["cumulative"], table["cash_flow"].cumsum())


def test_the_outlook_by_a_plain_loop() -> None:
    scenario = plan.Scenario(2.5, 0.6, 0.12, 0.8, 1.1, 0.4, 0.2)
    table = plan.outlook(scenario, EXAMPLE, 2033).set_index("year")
    log_size, growth = 0.0, math.log(2.5)
    training, other, cost, value = 8 / 14, 0.3, 14.0, 1.0
    for year in range(2026, 2034):
        log_size += growth
        growth *= 0.6
        training += 0.3 * (0.4 - training)
        other += 0.3 * (0.2 - other)
        cost *= 0.88
        value *= 1.1
        inference = math.exp(log_size) * (1 - training) / (1 - 8 / 14)
        revenue = 10.0 * inference**0.8 * value
        cash = revenue * (1 - other) - cost * math.exp(log_size)
        assert table["revenue"][year] == pytest.approx(revenue)
        assert table["cash_flow"][year] == pytest.approx(cash)
        assert table["training_share"][year] == pytest.approx(training)
        assert table["gigawatt_years"][year] == pytest.approx(2.0 * math.exp(log_size))


def test_strict_proportionality_is_a_case_of_the_outlook() -> None:
    """Nothing changes but the cost of a GW-year: the year of break-even is the formula's."""
    scenario = plan.Scenario(3.0, 0.5, 0.2, 1.0, 1.0, ACCOUNT.training_share, ACCOUNT.other_share)
    table = plan.outlook(scenario)
    years = plan.break_even_years(0.2)
    first = table.loc[table["cash_flow"] > 0, "year"].min()
    assert first == 2025 + math.ceil(years)
    # And the amount of compute does not matter for it.
    slow = plan.outlook(replace(scenario, compute_growth=1.2))
    assert slow.loc[slow["cash_flow"] > 0, "year"].min() == first


def test_impossible_assumptions_are_refused() -> None:
    with pytest.raises(ValueError, match="not in order"):
        plan.with_bounds("elasticity", low=1.5)
    with pytest.raises(ValueError, match="has to stay between"):
        plan.with_bounds("training_share", high=1.2)
    with pytest.raises(KeyError, match="no assumption 'x'"):
        plan.with_bounds("x", best=1)
    with pytest.raises(ValueError, match="one assumption for each"):
        plan.simulate(plan.ASSUMPTIONS[:-1])
    with pytest.raises(ValueError, match="has to stay between"):
        plan.outlook(replace(plan.Scenario.best(), training_share=1.0))
    with pytest.raises(ValueError, match="one draw"):
        plan.simulate(draws=0)
    with pytest.raises(ValueError, match="a column for each"):
        plan.simulate(shares=np.zeros((5, 3)))
    with pytest.raises(KeyError, match="runs from"):
        plan.profit_probabilities(plan.simulate(draws=10), years=[2050])
    with pytest.raises(KeyError, match="no assumption"):
        plan.moved({"x": 1.0})
    with pytest.raises(ValueError, match="spread"):
        plan.moved(spread=-1.0)


def test_whose_assumptions_they_are() -> None:
    table = plan.assumption_table()
    assert set(table["whose"]) == {"this book"} and table["why"].str.len().min() > 20
    assert tuple(table["name"]) == plan.NAMES == tuple(plan.LIMITS)
    mine = plan.assumption_table(plan.with_bounds("elasticity", best=1.0)).set_index("name")
    assert mine["whose"]["elasticity"] == "the reader"
    assert (mine["whose"].drop("elasticity") == "this book").all()


def test_triangular_quantiles_against_scipy() -> None:
    share = np.linspace(0, 1, 101)
    for low, best, high in ((0.0, 0.3, 1.0), (-2.0, -2.0, 4.0), (1.0, 5.0, 5.0)):
        other = stats.triang.ppf(share, (best - low) / (high - low), low, high - low)
        assert np.allclose(plan.triangular(share, low, best, high), other)
    assert plan.triangular(0.3, 2.0, 2.0, 2.0) == 2.0
    with pytest.raises(ValueError, match="not in order"):
        plan.triangular(0.5, 1.0, 0.0, 2.0)
    with pytest.raises(ValueError, match="between 0 and 1"):
        plan.triangular(1.5, 0.0, 1.0, 2.0)


def test_the_simulation_runs_the_outlook_on_every_draw() -> None:
    simulation = plan.simulate(draws=50)
    for row in range(0, 50, 7):
        scenario = plan.Scenario(*simulation.drawn[row])
        table = plan.outlook(scenario).set_index("year")
        assert np.allclose(simulation.cash[row], table["cash_flow"].loc[simulation.years])
        assert np.allclose(simulation.revenue[row], table["revenue"].loc[simulation.years])
    low = np.array([item.low for item in plan.ASSUMPTIONS])
    high = np.array([item.high for item in plan.ASSUMPTIONS])
    assert (simulation.drawn >= low).all() and (simulation.drawn <= high).all()


def test_probabilities_are_shares_of_draws() -> None:
    simulation = plan.simulate(draws=4000)
    table = plan.profit_probabilities(simulation, range(2026, 2036))
    assert table["by_year"].is_monotonic_increasing
    assert (table["by_year"] >= table["in_year"]).all()
    place = simulation.at(2030)
    assert table.set_index("year")["in_year"][2030] == (simulation.cash[:, place] > 0).mean()
    again = plan.profit_probabilities(plan.simulate(draws=4000), range(2026, 2036))
    pd.testing.assert_frame_equal(table, again)
    other = plan.profit_probabilities(plan.simulate(draws=4000, seed=1))
    apart = other["in_year"] - plan.profit_probabilities(simulation)["in_year"]
    assert (apart.abs() < 5 * other["standard_error"]).all()


def test_probabilities_at_the_limits() -> None:
    fixed = plan.moved(spread=0.0)
    table = plan.profit_probabilities(plan.simulate(fixed, draws=20), range(2026, 2036))
    best = plan.outlook().set_index("year")["cash_flow"]
    assert table["in_year"].tolist() == [float(best[year] > 0) for year in table["year"]]
    rich = plan.moved({"value_growth": 1.8})
    assert plan.profit_probabilities(plan.simulate(rich, draws=500))["in_year"].min() > 0.95
    poor = plan.moved({"elasticity": 0.0, "value_growth": 0.6})
    assert plan.profit_probabilities(plan.simulate(poor, draws=500))["in_year"].max() < 0.05


def test_a_changed_account_changes_the_probability() -> None:
    richer = plan.books(facts=changed(FACTS, fact("revenue", 2025), value=18.0))
    before = plan.profit_probabilities(plan.simulate(draws=3000))["in_year"]
    after = plan.profit_probabilities(plan.simulate(account=richer, draws=3000))["in_year"]
    assert (after != before).all()


def test_the_fan_and_the_hole() -> None:
    simulation = plan.simulate(draws=2000)
    fan = plan.cash_fan(simulation)
    wide = fan.pivot(index=["quantity", "year"], columns="quantile", values="usd_bn")
    assert (wide.diff(axis=1).iloc[:, 1:] >= 0).all().all()
    place = simulation.at(2030)
    assert wide.loc[("cash flow", 2030), 0.5] == np.median(simulation.cash[:, place])
    hole = plan.deepest_hole(simulation)
    assert hole["low"] < hole["median"] < hole["high"] <= ACCOUNT.cash_flow
    assert 0 < hole["share_still_falling"] < 1


def test_drivers_against_scipy_and_in_order() -> None:
    simulation = plan.simulate(draws=6000)
    table = plan.drivers(simulation)
    margin = simulation.cash[:, simulation.at(2030)] / simulation.revenue[:, simulation.at(2030)]
    for row in table.itertuples():
        column = plan.NAMES.index(row.assumption)
        found = stats.spearmanr(simulation.drawn[:, column], margin).statistic
        assert row.rank_correlation == pytest.approx(found, abs=1e-9)
    assert table["rank_correlation"].abs().is_monotonic_decreasing
    # One at a time: the outlook with one assumption at its bounds.
    top = {item.name: item for item in plan.ASSUMPTIONS}[table["assumption"].iloc[0]]
    row = table.iloc[0]
    at_low = plan.outlook(replace(plan.Scenario.best(), **{top.name: top.low})).set_index("year")
    assert row["at_low"] == pytest.approx(at_low["margin"][2030])
    assert row["swing"] == pytest.approx(abs(row["at_high"] - row["at_low"]))
    with pytest.raises(ValueError, match="ten draws"):
        plan.drivers(plan.simulate(draws=50))


def test_shares_of_variance_add_up_where_they_must() -> None:
    """Only one assumption is uncertain: it drives everything, and the others nothing."""
    fixed = plan.moved(spread=0.0)
    alone = plan.with_bounds("cost_fall", low=0.0, best=0.1, high=0.25, assumptions=fixed)
    table = plan.drivers(plan.simulate(alone, draws=4000)).set_index("assumption")
    assert table["variance_share"]["cost_fall"] == pytest.approx(1, abs=0.01)
    assert table["rank_correlation"]["cost_fall"] == pytest.approx(1)
    assert (table["variance_share"].drop("cost_fall") == 0).all()
    everything = plan.drivers(plan.simulate(draws=20_000))
    assert 0.7 < everything["variance_share"].sum() <= 1.02


def test_shares_of_variance_are_those_of_a_second_estimator() -> None:
    """Pick-freeze of Saltelli and others, on the ranks of the same margin."""
    rng = np.random.default_rng(5)
    first, second = rng.random((2, 20_000, len(plan.NAMES)))
    both = plan.simulate(shares=np.concatenate([first, second]))
    place = both.at(2030)
    known = np.sort(both.cash[:, place] / both.revenue[:, place])

    def ranked(shares: np.ndarray) -> np.ndarray:
        found = plan.simulate(shares=shares)
        margin = found.cash[:, place] / found.revenue[:, place]
        return np.searchsorted(known, margin) / len(known)

    one, two = ranked(first), ranked(second)
    table = plan.drivers(plan.simulate(draws=20_000)).set_index("assumption")
    for column, name in enumerate(plan.NAMES):
        mixed = first.copy()
        mixed[:, column] = second[:, column]
        share = float((two * (ranked(mixed) - one)).mean() / np.concatenate([one, two]).var())
        assert table["variance_share"][name] == pytest.approx(share, abs=0.03)


def test_what_is_known_of_2026_was_not_used() -> None:
    table = plan.against_2026(plan.simulate(draws=3000))
    assert {"revenue", "cash flow"} <= set(table["quantity"])
    assert table["made"].notna().all()
    inside = (table["low"] <= table["figure"]) & (table["figure"] <= table["high"])
    assert table["inside"].equals(inside)


# ------------------------------------------------------------------ the page


def evaluate(expressions: dict[str, str], **known: float) -> dict[str, float]:
    """Evaluate expressions of plain arithmetic in order, as Vega does."""
    datum = SimpleNamespace(**known)
    names = {"pow": pow, "datum": datum, "__builtins__": {}}
    for name, expression in expressions.items():
        setattr(datum, name, eval(expression, names | known))
    return vars(datum)


@pytest.mark.parametrize("years", [1, 4, 5, 10])
def test_formulas_are_the_outlook(years) -> None:
    rng = np.random.default_rng(years)
    for _ in range(20):
        drawn = {
            item.name: item.low + rng.random() * (item.high - item.low) for item in plan.ASSUMPTIONS
        }
        found = evaluate(plan.formulas(), **drawn, years=years)
        row = plan.outlook(plan.Scenario(**drawn)).set_index("year").loc[2025 + years]
        assert found["cash"] == pytest.approx(row["cash_flow"])
        assert found["revenue"] == pytest.approx(row["revenue"])
        assert found["compute"] == pytest.approx(row["compute"])
        assert found["training"] == pytest.approx(row["training_share"])


def test_formulas_take_other_names() -> None:
    names = {name: f"datum.{name}" for name in plan.NAMES}
    found = plan.formulas(names=names, years="datum.n")
    assert "datum.elasticity" in found["revenue"] and "datum.n" in found["kept"]
    with pytest.raises(KeyError, match="no assumption"):
        plan.formulas(names={"x": "y"})
    with pytest.raises(KeyError, match="no assumption"):
        plan.page_formulas({"x": "y"})


def drawn_by_vega(values: list[dict], calculate: dict[str, str], **parameters: float) -> list:
    """Let Vega itself calculate and average, and read the numbers off the picture."""
    transform = [{"calculate": text, "as": name} for name, text in calculate.items()]
    transform += [
        {"aggregate": [{"op": "mean", "field": "wanted", "as": "mean"}], "groupby": ["year"]},
        {"calculate": "format(datum.mean, '.9f')", "as": "text"},
    ]
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": values},
        "params": [{"name": name, "value": value} for name, value in parameters.items()],
        "transform": transform,
        "mark": "text",
        "encoding": {
            "text": {"field": "text", "type": "nominal"},
            "y": {"field": "year", "type": "ordinal", "axis": None},
        },
    }
    picture = vl_convert.vegalite_to_svg(json.dumps(spec))
    found = re.findall(r">([\N{MINUS SIGN}-]?[\d.]+)</text>", picture)
    return [float(text.replace("\N{MINUS SIGN}", "-")) for text in found]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_vega_computes_what_python_computes(seed) -> None:
    rng = np.random.default_rng(seed)
    drawn = {
        item.name: round(item.low + rng.random() * (item.high - item.low), 3)
        for item in plan.ASSUMPTIONS
    }
    years = [2027, 2030, 2035]
    calculate = plan.formulas() | {"wanted": "datum.cash"}
    rows = [{"year": year, "years": year - 2025} for year in years]
    found = drawn_by_vega(rows, calculate, **drawn)
    table = plan.outlook(plan.Scenario(**drawn)).set_index("year")["cash_flow"]
    # The page carries its constants to ten decimals.
    assert found == pytest.approx([table[year] for year in years], rel=1e-8, abs=1e-6)


@pytest.mark.parametrize(
    ("best", "spread"),
    [({}, 1.0), ({"elasticity": 1.0, "cost_fall": 0.2}, 1.0), ({"training_share": 0.9}, 0.4)],
)
def test_the_monte_carlo_of_the_page_is_that_of_python(best, spread) -> None:
    points = plan.page_points(200)
    calculate = plan.page_formulas({name: name for name in best}, spread="spread")
    calculate |= {"wanted": "datum.profit"}
    found = drawn_by_vega(points.to_dict("records"), calculate, spread=spread, **best)
    wanted = plan.page_probabilities(best, spread, 200)["in_year"]
    assert found == pytest.approx(wanted.tolist(), abs=1e-8)


def test_few_even_points_do_for_many_random_ones() -> None:
    few = plan.page_probabilities(number=500).set_index("year")["in_year"]
    many = plan.profit_probabilities(plan.simulate()).set_index("year")["in_year"]
    assert (few - many).abs().max() < 0.03
    points = plan.even_points(1000)
    assert points.shape == (1000, len(plan.NAMES))
    assert ((points >= 0) & (points < 1)).all()
    assert np.allclose(points.mean(axis=0), 0.5, atol=0.01)
    assert np.abs(np.corrcoef(points.T) - np.eye(len(plan.NAMES))).max() < 0.05
    spread = stats.kstest(points[:, 0], "uniform").statistic
    assert spread < 0.01
    with pytest.raises(ValueError, match="at least"):
        plan.even_points(0)


def test_moving_sliders_keeps_within_the_limits() -> None:
    moved = {item.name: item for item in plan.moved({"training_share": 0.9}, 2.0)}
    share = moved["training_share"]
    assert share.best == 0.9 and share.high == plan.LIMITS["training_share"][1]
    assert share.whose == "the reader"
    same = plan.moved()
    assert all(one.whose == "this book" for one in same)
    assert [one.best for one in same] == [item.best for item in plan.ASSUMPTIONS]


def test_random_draws_come_from_a_seed_that_the_caller_sees() -> None:
    assert "seed" in inspect.signature(plan.simulate).parameters
    first, second = plan.simulate(draws=100), plan.simulate(draws=100)
    assert np.array_equal(first.cash, second.cash)


def test_other_costs_of_the_plan_by_hand():
    table = plan.other_costs_of_the_plan().set_index("share_is")
    kept, left = table.loc["that of 2025"], table.loc["what the published sums leave"]
    assert kept["inference_fall"] == pytest.approx(plan.carry("2026 Q1").plan.inference_fall)
    # 30 + 62 + 113 + 184 + 280 of revenue, -179 of cash, 665 of training and running.
    assert left["revenue"] == 669 and left["cash_flow"] == -179 and left["other"] == 183
    assert left["other_share"] == pytest.approx(183 / 669)
    assert left["inference_fall"] < kept["inference_fall"]
    assert left["training_and_running"] > kept["training_and_running"]
    assert left["training_given"] == 32 + 65


def test_ranges_of_a_gigawatt_year_hold_the_figure():
    table = plan.unit_ranges()
    assert (table["low"] < table["value"]).all() and (table["value"] < table["high"]).all()
    assert (table["exponential"] > table["value"]).all()
    now = table[(table["year"] == 2025) & (table["amount"] == "compute_per_gw")].iloc[0]
    assert now["exponential"] == pytest.approx(16.3 * np.log(1.9 / 0.6) / 1.3)
    assert now["low"] == pytest.approx(14.5 / 1.3)
