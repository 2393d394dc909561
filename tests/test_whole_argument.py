"""The closing chapter: identity, small model, map of regimes, 2035."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.integrate import solve_ivp
from scipy.stats import norm, spearmanr

from committed import CHAPTERS, found, run_with, specification
from three_observations import (
    capability_frontier,
    claims,
    compute_revenue,
    data,
    growth_theorems,
    value_verdicts,
    whole_exercises,
)
from three_observations import whole_argument as whole
from three_observations.whole_argument import Argument, Growth

PAGE = "if-all-of-it-holds"
FUNCTIONS = {name: getattr(math, name) for name in ("exp", "log", "sqrt")}
FUNCTIONS |= {"pow": pow, "max": max, "min": min, "__builtins__": {}}


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return whole.parameters()


@pytest.fixture(scope="module")
def accounts() -> list[whole.Accounts]:
    return [whole.company_accounts(name, 100) for name in whole.TOKEN_SERIES]


# ------------------------------------------------------------------------------ the accounting


def test_growth_adds_logs_and_squares_errors():
    one, other = Growth(math.log(6.0), 0.3), Growth(math.log(2.0), 0.4)
    assert (one - other).times[0] == pytest.approx(3.0)
    assert (one + other).times[0] == pytest.approx(12.0)
    assert (one - other).error == pytest.approx(0.5)
    assert (-one).times[0] == pytest.approx(1 / 6)


def test_a_yearly_rate_from_an_interval_over_years():
    found = Growth.of_interval(16.0, 4.0, 64.0, years=2.0)
    assert found.times == pytest.approx((4.0, 2.0, 8.0))
    with pytest.raises(ValueError, match="above zero and in order"):
        Growth.of_interval(1.0, 2.0, 1.0)


@pytest.mark.parametrize(
    ("low", "high", "wanted"),
    [
        (0.5, 2.0, "closes"),
        (1.0, 1.0, "closes"),
        (1.1, 2.0, "revenue is too high"),
        (0.2, 0.9, "revenue is too low"),
    ],
)
def test_the_rule_of_closing(low, high, wanted):
    assert whole.decide_closes(low, high) == wanted


def test_the_rule_of_closing_refuses_an_upside_down_interval():
    with pytest.raises(ValueError, match="upside down"):
        whole.decide_closes(2.0, 1.0)


def test_derived_rates_are_the_measured_ones(accounts):
    one = accounts[0]
    assert one.price_paid.log == pytest.approx(one.revenue.log - one.tokens.log)
    assert one.tokens_per_compute.log == pytest.approx(one.tokens.log - one.compute.log)
    assert one.price_paid.error > max(one.revenue.error, one.tokens.error)


def test_all_rates_of_an_account_speak_of_the_same_days(accounts):
    listed = whole.rates(accounts)
    for _, part in listed.groupby("accounts"):
        assert part["first"].nunique() == part["last"].nunique() == 1


def test_the_growth_of_tokens_by_hand():
    volumes = data.load("token_volumes")
    own = volumes[(volumes["entity"] == "OpenAI") & (volumes["scope"] == "API")].sort_values("date")
    days = (own["date"].iloc[-1] - own["date"].iloc[0]).days
    ratio = own["tokens_per_day"].iloc[-1] / own["tokens_per_day"].iloc[0]
    assert whole.tokens("API").growth.times[0] == pytest.approx(ratio ** (365.25 / days))


def test_revenue_on_the_days_of_reports_is_the_reports():
    rates = compute_revenue.run_rate_history("OpenAI")
    first, last = rates.iloc[0], rates.iloc[-1]
    years = (last["date"] - first["date"]).days / 365.25
    found = whole.revenue_growth(first["date"], last["date"])
    wanted = math.log(last["run_rate_usd_bn"] / first["run_rate_usd_bn"]) / years
    assert found.log == pytest.approx(wanted)
    with pytest.raises(KeyError, match="on both days"):
        whole.revenue_growth("2019-01-01", last["date"])


def test_a_price_that_closes_and_one_that_does_not(accounts):
    exact = accounts[0].price_paid
    made = replace(accounts[0], prices={"exact": exact, "tenfold rise": Growth(math.log(10), 0.0)})
    found = whole.closings([made]).set_index("price")
    assert found.loc["exact", "multiple"] == pytest.approx(1.0)
    assert found.loc["exact", "verdict"] == "closes"
    assert found.loc["tenfold rise", "verdict"] == "revenue is too low"
    needed = found.loc["exact", "tokens_needed"]
    assert needed == pytest.approx(math.exp(made.tokens.log))


def test_a_changed_volume_changes_what_closes(restored):
    before = whole.closings([whole.company_accounts("API", 50)]).set_index("price")
    volumes = data.load("token_volumes").copy()
    last = (volumes["entity"] == "OpenAI") & (volumes["scope"] == "API")
    last &= volumes["date"] == volumes.loc[last, "date"].max()
    volumes.loc[last, "tokens_per_day"] *= 3
    data.use(token_volumes=volumes)
    after = whole.closings([whole.company_accounts("API", 50)]).set_index("price")
    claimed = whole.PRICES[1]
    assert before.loc[claimed, "verdict"] == "revenue is too high"
    assert after.loc[claimed, "multiple"] < before.loc[claimed, "multiple"] / 5
    assert after.loc[whole.PRICES[0], "multiple"] < before.loc[whole.PRICES[0], "multiple"]


def test_reconciling_by_hand():
    # Two figures that should be equal, the second twice as unsure: it moves four times as far.
    adjustment, standardised = whole.reconcile(
        np.array([0.0, 1.0]), np.array([0.1, 0.2]), np.array([[1.0, -1.0]])
    )
    assert adjustment == pytest.approx([0.2, -0.8])
    assert abs(standardised[0]) == pytest.approx(abs(standardised[1]))
    assert abs(standardised[0]) == pytest.approx(1.0 / math.hypot(0.1, 0.2))


def test_reconciled_values_obey_and_unconstrained_ones_stay():
    rng = np.random.default_rng(3)
    values, errors = rng.normal(size=6), rng.uniform(0.1, 1.0, 6)
    constraints = np.array([[1.0, 1, -1, 0, 0, 0], [0.0, 0, 1, 1, -1, 0]])
    adjustment, standardised = whole.reconcile(values, errors, constraints)
    assert constraints @ (values + adjustment) == pytest.approx([0.0, 0.0], abs=1e-12)
    assert adjustment[-1] == standardised[-1] == 0
    # The least squares of it by other hands: minimise over what is left free.
    free = np.linalg.svd(constraints)[2][2:].T
    best = free @ np.linalg.lstsq(free / errors[:, None], values / errors, rcond=None)[0]
    assert values + adjustment == pytest.approx(best)


def test_standardised_adjustments_are_standard_normal():
    rng = np.random.default_rng(5)
    errors = np.array([0.2, 0.5, 0.1, 0.3, 0.4])
    constraints = np.array([[1.0, 1, -1, 0, 0], [0.0, 0, 1, 1, -1]])
    truth = np.array([1.0, 0.5, 1.5, -0.5, 1.0])
    found = np.array(
        [
            whole.reconcile(truth + errors * rng.standard_normal(5), errors, constraints)[1]
            for _ in range(2000)
        ]
    )
    assert found.std(axis=0) == pytest.approx(np.ones(5), abs=0.05)
    assert (np.abs(found) > whole.REACH).mean() == pytest.approx(0.05, abs=0.01)


@pytest.mark.parametrize("wrong", ["tokens", "price"])
def test_the_rule_finds_a_figure_that_was_spoiled(wrong):
    names = ["compute", "efficiency", "tokens", "price", "revenue"]
    truth = np.array([1.0, 0.5, 1.5, -0.5, 1.0])
    errors = np.array([0.1, 0.1, 0.1, 0.2, 0.1])
    constraints = np.array([[1.0, 1, -1, 0, 0], [0.0, 0, 1, 1, -1]])
    values = truth.copy()
    values[names.index(wrong)] += 2.0
    adjustment, standardised = whole.reconcile(values, errors, constraints)
    figures = pd.DataFrame(
        {"quantity": names, "adjustment": adjustment, "standardised": standardised}
    )
    assert whole.decide_doubtful(figures) == wrong


def test_reconciling_refuses_a_figure_without_an_error():
    with pytest.raises(ValueError, match="standard error above zero"):
        whole.reconcile(np.zeros(2), np.array([0.1, 0.0]), np.array([[1.0, -1.0]]))


def test_impossible_series_are_refused():
    with pytest.raises(KeyError, match="no series"):
        whole.tokens("all")
    volumes = data.load("token_volumes")
    with pytest.raises(KeyError, match="lacks an end"):
        whole.tokens("API", volumes[volumes["entity"] != "OpenAI"])


# ----------------------------------------------------------------------------------- the model


def sample(number: int, seed: int = 11) -> list[Argument]:
    rng = np.random.default_rng(seed)
    return [
        Argument(
            points_per_decade=rng.uniform(2, 20),
            points_per_year=rng.uniform(0, 15),
            compute_per_dollar=rng.uniform(1, 2),
            price_fall=rng.uniform(1, 10),
            demand=rng.uniform(0.5, 1.5),
            value_per_point=rng.uniform(0.01, 0.2),
            through_time=rng.uniform(0.5, 2.5),
            credit=rng.uniform(0, 1),
            back_per_dollar=rng.uniform(0.3, 2),
            reinvested=rng.uniform(0.3, 1),
            life=rng.uniform(2, 8),
            pace=rng.uniform(0.1, 1),
        )
        for _ in range(number)
    ]


@pytest.mark.parametrize("one", sample(8))
def test_the_closed_form_is_the_simulation(one):
    years = np.linspace(0, 3, 7)
    exact = whole.resources(one, years)
    steps = whole.simulated(one, 3.0, 600)
    followed = np.interp(years, steps["years"], np.log(steps["resources"].clip(upper=1e25)))
    usable = exact < 1e6
    assert usable[:3].all()
    assert np.log(exact[usable]) == pytest.approx(followed[usable], abs=2e-4)


def test_the_closed_form_by_a_library_solver():
    one = sample(1, seed=4)[0]

    def slope(t, y):
        value = one.start * math.exp(one.elasticity * y[0] + one.drift * t - y[0])
        return [one.wear * (value - 1)]

    solved = solve_ivp(slope, (0, 2), [0.0], rtol=1e-10, atol=1e-12)
    assert math.log(whole.resources(one, [2.0])[0]) == pytest.approx(solved.y[0, -1], abs=1e-7)


def test_without_drift_it_is_the_theorem_of_the_value_chapter():
    years = np.linspace(0, 8, 33)
    for elasticity in (0.5, 1.0, 1.4):
        one = Argument(
            credit=1.0,
            through_time=elasticity,
            back_per_dollar=2.0,
            reinvested=0.7,
            compute_per_dollar=1.0,
        )
        assert one.drift == 0
        wanted = growth_theorems.reinvestment(elasticity, one.wear * one.start, one.wear, years)[
            "resources"
        ].to_numpy()
        found = whole.resources(one, years)
        known = ~np.isnan(wanted)
        assert found[known] == pytest.approx(wanted[known], rel=1e-9)
        assert np.isinf(found[~known]).all()


def test_growth_tends_to_drift_over_one_less_elasticity():
    one = Argument(value_per_point=0.05, points_per_year=5.0, demand=1.0, credit=0.0)
    at = whole.resources(one, [60.0, 61.0])
    assert 0 < one.elasticity < 1
    assert math.log(at[1] / at[0]) == pytest.approx(one.fastest_pace, rel=1e-6)


def test_the_model_in_other_words():
    one = replace(Argument(), credit=0.3, bend=0.0)
    grid, years = np.array([0.0, 0.7, 1.4]), np.array([0.0, 1.0, 2.5])
    wanted = one.elasticity * grid + one.drift * years
    assert whole.log_value(one, grid, years) == pytest.approx(wanted)


def test_headroom_is_what_the_model_says_at_the_pace():
    for one in sample(5):
        bent = replace(one, bend=0.001, credit=0.0)
        years = np.array([2.0])
        at = whole.log_value(bent, bent.pace * years, years) - bent.pace * years
        assert bent.headroom(2.0) == pytest.approx(math.log(bent.start) + at[0])


@pytest.mark.parametrize(
    ("elasticity", "start", "drift", "wanted"),
    [
        (1.5, 1.2, 0.0, "takes off"),
        (1.5, 0.9, 0.0, "dies out"),
        (1.5, 0.9, 0.05, "needs a bridge"),
        (1.5, 0.2, 0.05, "dies out"),
        (1.5, 1.2, -0.05, "runs out"),
        (0.5, 1.2, 0.0, "runs out"),
        (0.5, 1.2, 0.1, "grows steadily"),
        (0.5, 0.2, 0.1, "needs a bridge"),
        (0.5, 0.9, 0.0, "dies out"),
        (1.0, 1.2, 0.0, "grows steadily"),
    ],
)
def test_regimes(elasticity, start, drift, wanted):
    assert whole.regime(elasticity, start, drift, 0.2) == wanted


def test_regimes_are_what_the_formula_does_in_the_end():
    rng = np.random.default_rng(8)
    seen = set()
    for _ in range(400):
        elasticity, start = rng.uniform(0.2, 2.0), rng.uniform(0.3, 2.0)
        drift = rng.choice([0.0, rng.uniform(0.005, 0.3)])
        if abs(1 - elasticity) < 0.25:
            continue  # it would take more years to see the end
        one = Argument(
            credit=1.0, through_time=elasticity, back_per_dollar=start, reinvested=1.0, life=5.0
        )
        # With all credit moved the drift is zero, so the drift is put in by hand.
        slow, wear = 1 - elasticity, one.wear
        at = np.append([0.0, 1e-4], np.linspace(0.1, 400, 4000))
        rate = drift + slow * wear
        with np.errstate(over="ignore", invalid="ignore"):
            inside = 1 + slow * wear * start * np.expm1(rate * at) / rate
            logs = np.where(inside > 0, -wear * at + np.log(np.abs(inside)) / slow, np.inf)
        grew = bool(logs[1] > 0)
        name = whole.regime(elasticity, start, drift, wear)
        seen.add(name)
        ends_high = bool(np.isinf(logs).any() or logs[-1] > logs[-2] + 1e-5)
        assert grew == (name in ("takes off", "grows steadily", "runs out"))
        assert ends_high == (name in ("takes off", "grows steadily", "needs a bridge"))
    assert seen == set(whole.REGIMES)


def test_a_regime_of_nothing_is_refused():
    with pytest.raises(ValueError, match="above zero"):
        whole.regime(1.0, 0.0, 0.1, 0.2)


# ------------------------------------------------------------------------------- its parameters


def test_every_field_of_the_model_has_a_parameter_and_a_place(table):
    assert tuple(table["name"]) == whole.NAMES
    root = CHAPTERS
    for place in table["place"]:
        assert (root / place.split("#")[0]).is_file()
    assert (table["low"] <= table["value"]).all() and (table["value"] <= table["high"]).all()
    assert set(table.loc[table["assumed"], "name"]) == {
        "demand",
        "bend",
        "credit",
        "reinvested",
        "owned",
        "life",
    }


def test_borrowed_figures_are_those_of_the_chapters(table, every_verdict):
    by = table.set_index("name")
    rows = claims.deciding(every_verdict, "001-04")
    training = next(verdict for verdict in rows if verdict.key == "log-training")
    assert by.loc["points_per_decade", ["value", "low", "high"]].tolist() == pytest.approx(
        [training.figure, training.low, training.high]
    )
    growth = value_verdicts.spending_growth()
    assert by.loc["pace", "value"] == growth.growth
    falsifier = compute_revenue.own_falsifier().set_index("year")
    assert by.loc["back_per_dollar", "value"] == falsifier.loc[2025, "per_compute_dollar"]


def test_a_changed_figure_changes_the_argument(restored, table):
    facts = data.load("company_facts").copy()
    row = (facts["entity"] == "OpenAI") & (facts["series"] == "revenue")
    row &= (facts["date"] == "2025-12-31") & (facts["period"] == "year")
    facts.loc[row, "value"] *= 1.5
    data.use(company_facts=facts)
    before = table.set_index("name").loc["back_per_dollar", "value"]
    assert whole.back_per_dollar().value == pytest.approx(1.5 * before)


def test_draws_keep_their_intervals(table):
    drawn = whole.draw_parameters(table, 20_000)
    for row in table.itertuples():
        column = drawn[row.name]
        if row.shape == "choice":
            assert (column == row.value).all()
            continue
        inside = column.between(row.low, row.high).mean()
        if row.shape == "uniform":
            assert inside == 1.0
            assert column.mean() == pytest.approx((row.low + row.high) / 2, rel=0.05, abs=1e-4)
            continue
        # As many beyond each end, however uneven the interval, and the value in the middle.
        assert inside == pytest.approx(0.95, abs=0.01)
        assert (column < row.low).mean() == pytest.approx(0.025, abs=0.006)
        assert (column > row.high).mean() == pytest.approx(0.025, abs=0.006)
        assert (column < row.value).mean() == pytest.approx(0.5, abs=0.015)
    pd.testing.assert_frame_equal(drawn, whole.draw_parameters(table, 20_000))


def test_outcomes_of_many_are_outcomes_of_each(table):
    drawn = whole.draw_parameters(table, 50)
    found = whole.outcomes(drawn)
    for row, one in zip(found.itertuples(), drawn.to_dict("records"), strict=True):
        argument = Argument(**one)
        assert row.elasticity == pytest.approx(argument.elasticity)
        assert row.headroom == pytest.approx(argument.headroom(whole.HORIZON))
        assert row.regime == whole.regime(
            argument.elasticity, argument.start, argument.drift, argument.wear
        )
        assert row.sustained == (argument.fastest_pace >= argument.pace)
    assert whole.regime_shares(found)["share"].sum() == pytest.approx(1.0)


def test_swings_by_hand_and_largest_first(table):
    found = whole.one_at_a_time(table)
    assert found["swing"].is_monotonic_decreasing
    book = whole.book_argument(table)
    row = found.set_index("name").loc["pace"]
    high = float(table.set_index("name").loc["pace", "high"])
    assert row["at_high"] == pytest.approx(replace(book, pace=high).headroom(whole.HORIZON))


def test_elasticities_in_dollars_are_restated_for_compute_and_others_are_kept():
    found = whole.elasticities_to_compute()
    kept = found[~found["in_dollars"]]
    assert kept["to_compute"].tolist() == kept["elasticity"].tolist()
    # By hand: what revenue grew by, over what dollars and compute for a dollar grew by together.
    cheaper = math.log(whole.compute_per_dollar().value)
    two = found[found["in_dollars"] & (found["n"] == 2)]
    assert len(two) >= 2
    for row in two.itertuples():
        revenue = row.growth + math.log(row.ratio_last / row.ratio_first) / (row.last - row.first)
        assert row.to_compute == pytest.approx(revenue / (row.growth + cheaper), rel=1e-6)
    assert whole.through_time().value == pytest.approx(found["to_compute"].median())
    own = whole.through_time(("OpenAI",))
    assert own.low >= whole.through_time().low and own.high <= whole.through_time().high


def test_a_cheaper_dollar_counts_whoever_gets_the_credit():
    for share in (0.0, 0.4, 1.0):
        one = Argument(credit=share, compute_per_dollar=1.5, through_time=1.2)
        still = replace(one, compute_per_dollar=1.0)
        assert one.drift - still.drift == pytest.approx(one.elasticity * math.log(1.5))
    assert Argument(credit=1.0, compute_per_dollar=1.0).drift == 0


def test_rented_and_owned_by_hand():
    rented = Argument(back_per_dollar=0.8, reinvested=0.5, owned=0.0, expansion=0.9, life=5.0)
    assert (rented.start, rented.wear) == pytest.approx((0.4, 1.0))
    owned = replace(rented, owned=1.0)
    # Of a dollar, 0.2 / (0.2 + 0.9) kept what there was.
    assert (owned.start, owned.wear) == pytest.approx((0.4 * 1.1 / 0.2, 0.2))
    assert replace(owned, expansion=0.0).start == pytest.approx(0.4)


def test_both_readings_stand_side_by_side(table):
    drawn = whole.draw_parameters(table, 400)
    both = whole.readings(drawn)
    assert both[["rented", "owned"]].sum().to_numpy() == pytest.approx([1.0, 1.0])
    assert both.attrs["owned"] > both.attrs["rented"]
    for name, share in (("rented", 0.0), ("owned", 1.0)):
        pays = both.set_index("regime").loc[["takes off", "grows steadily", "runs out"], name]
        assert pays.sum() == pytest.approx(both.attrs[name])
        counted = whole.regime_shares(whole.outcomes(drawn.assign(owned=share)))
        assert both[name].tolist() == counted["share"].tolist()


def test_all_draws_at_once_are_each_followed_alone(table):
    drawn = whole.draw_parameters(table, 12)
    size, back = whole.followed(drawn, 2.0, 80)
    assert (drawn["bend"] != 0).all()
    for place, one in enumerate(drawn.to_dict("records")):
        end = whole.simulated(Argument(**one), 2.0, 80).iloc[-1]
        if size[place] < 50:
            assert size[place] == pytest.approx(math.log(end["resources"]), abs=1e-6)
            assert back[place] == pytest.approx(math.log(end["back"]), abs=1e-6)
    straight = drawn.assign(bend=0.0)
    size, _ = whole.followed(straight, 1.0, 200)
    for place, one in enumerate(straight.to_dict("records")):
        exact = math.log(whole.resources(Argument(**one), [1.0])[0])
        assert size[place] == pytest.approx(exact, abs=1e-3)


def test_a_bend_by_a_library_solver():
    one = replace(sample(1, seed=4)[0], bend=0.003, credit=0.0)

    def slope(t, y):
        value = float(whole.log_value(one, y[0], t))
        return [one.wear * (one.start * math.exp(value - y[0]) - 1)]

    solved = solve_ivp(slope, (0, 1), [0.0], rtol=1e-10, atol=1e-12)
    steps = whole.simulated(one, 1.0, 400)
    assert math.log(steps["resources"].iloc[-1]) == pytest.approx(solved.y[0, -1], abs=1e-6)


def test_what_hangs_on_the_bend(table):
    drawn = whole.draw_parameters(table, 600)
    found = whole.bend_sensitivity(drawn, table).set_index("bend")
    assert found[list(whole.FOLLOWED)].sum(axis=1).to_numpy() == pytest.approx(np.ones(len(found)))
    low, high = found.loc["at its low end"], found.loc["at its high end"]
    none = found.loc["none, as on the map"]
    assert low["paid"] <= none["paid"] <= high["paid"] and low["paid"] < high["paid"]
    assert low["larger"] < high["larger"]
    paid = whole.outcomes(drawn)["paid"].mean()
    assert found.loc["as drawn", "paid"] == pytest.approx(paid)
    # The map knows no bend: that is why this table stands beside it.
    bent = whole.regime_shares(whole.outcomes(drawn.assign(bend=0.004)))["share"]
    assert bent.tolist() == whole.regime_shares(whole.outcomes(drawn))["share"].tolist()


def test_three_years_are_about_as_far_as_revenue_was_followed(table):
    left = replace(whole.book_argument(table), pace=0.0)
    curves = whole.value_proxies.revenue_curvature(("OpenAI", "Anthropic"), ("eci_2026_08",))
    reach = (curves["high_x"] - curves["low_x"]).min()
    assert left.points_a_year * whole.BENT_HORIZON < 1.2 * reach


def test_histories_that_a_credit_implies(table):
    found = whole.implied_histories(table)
    one = found[(found["firm"] == "OpenAI") & (found["credit"] == 1.0)].iloc[0]
    cheaper = float(table.set_index("name").loc["compute_per_dollar", "value"])
    wanted = (one["spending"] * cheaper) ** whole.through_time(("OpenAI",)).value
    assert one["own"] == pytest.approx(wanted)
    assert found.groupby("firm")["own"].nunique().min() == 3  # no credit has another's history


def test_one_estimate_has_one_interval(table, every_verdict):
    verdict = next(one for one in every_verdict if one.key == "cost-year-after")
    row = table.set_index("name").loc["price_fall"]
    assert (row["value"], row["low"], row["high"]) == pytest.approx(
        (verdict.figure, verdict.low, verdict.high)
    )
    falls = whole.ten_year_falls().set_index("rate")
    after = falls.loc["the year after the essay, kept (index)"]
    assert after["low"] ** 0.1 == pytest.approx(verdict.low)
    assert after["high"] ** 0.1 == pytest.approx(verdict.high)


def test_prices_that_close_an_account(accounts):
    found = whole.closing_prices(accounts[0])
    for name, error in (("exact", 0.0), ("as_known", accounts[0].prices[whole.PRICES[0]].error)):
        for end in found[name]:
            # Just inside it closes, just outside it does not.
            inner = math.log(end) + 0.01 * (accounts[0].price_paid.log - math.log(end))
            outer = math.log(end) - 0.01 * (accounts[0].price_paid.log - math.log(end))
            prices = {"in": Growth(inner, error), "out": Growth(outer, error)}
            said = whole.closings([replace(accounts[0], prices=prices)]).set_index("price")
            assert said.loc["in", "verdict"] == "closes" != said.loc["out", "verdict"]
    assert found["as_known"][0] < found["exact"][0] < found["exact"][1] < found["as_known"][1]


def test_efficiency_that_lacks_is_what_closes_the_second_identity(accounts):
    for one in accounts:
        chips, lacks = whole.chip_efficiency()[0], whole.missing_efficiency(one)
        assert one.compute.log + chips.log + lacks.log == pytest.approx(one.tokens.log)


def test_a_rate_without_an_error_has_no_interval():
    found = whole.rates([whole.market_accounts(20)]).set_index("quantity")
    assert found.loc["compute", ["low", "high"]].isna().all()
    assert found.loc["tokens for each unit of compute", ["low", "high"]].isna().all()
    assert found.loc["revenue", ["low", "high"]].notna().all()


def test_importance_finds_what_matters_and_nothing_else():
    rng = np.random.default_rng(2)
    draws = pd.DataFrame(rng.random((4000, 3)), columns=["all", "some", "none"])
    answer = pd.DataFrame({"headroom": 3 * draws["all"] - draws["some"]})
    found = whole.importance(draws, answer).set_index("name")
    assert found.index.tolist() == ["all", "some", "none"]
    assert found.loc["none", "share"] < 0.01
    assert found.loc["some", "rank_correlation"] < -0.2
    wanted = spearmanr(draws["all"], answer["headroom"]).statistic
    assert found.loc["all", "rank_correlation"] == pytest.approx(wanted, abs=1e-9)


def test_the_model_meets_the_years_with_figures(table):
    found = whole.against_history(table, 400)
    figures = found[found["rests_on"] == "figures"]
    assert set(figures["firm"]) == {"OpenAI", "Anthropic"}
    assert ((found["low"] < found["model"]) & (found["model"] < found["high"])).all()
    openai = figures.set_index("firm").loc["OpenAI"]
    known = compute_revenue.own_falsifier().set_index("year")["per_compute_dollar"]
    assert openai["found"] == pytest.approx(known[2025] / known[2024])


def test_how_far_ahead_is_as_far_as_the_data_reach(table):
    book = whole.book_argument(table)
    curves = whole.value_proxies.revenue_curvature(("OpenAI", "Anthropic"), ("eci_2026_08",))
    reach = (curves["high_x"] - curves["low_x"]).min()
    assert book.points_a_year * whole.HORIZON < reach < book.points_a_year * 5


# ---------------------------------------------------------------------------------------- 2035


def test_the_rule_compounded():
    found = whole.sentence_and_rule()
    assert found["compounded"] == pytest.approx(1e10)
    assert found["people"] == pytest.approx(8.2e9)
    assert 10 ** found["years"] == pytest.approx(found["people"])
    assert found["rate_needed"] ** 10 == pytest.approx(found["people"])
    assert whole.sentence_and_rule(rate=2.0)["share"] < 0.35


def test_falls_over_ten_years_are_yearly_ones_compounded():
    found = whole.ten_year_falls(100).set_index("rate")
    kept = found.drop("as levels aged so far")
    assert kept["times"].to_numpy() == pytest.approx((kept["yearly"] ** 10).to_numpy())
    assert ((found["low"] <= found["times"]) & (found["times"] <= found["high"])).all()
    # Where the whole way takes longer than ten years, ten years do not suffice.
    assert ((found["years_needed"] <= 10) == (found["of_people"] >= 1)).all()
    reached = found["yearly"] ** (found["years_needed"] - 10) * found["times"]
    assert reached.to_numpy() == pytest.approx(np.full(len(found), whole.people()))


def test_energy_and_money_scale_with_who_calls():
    need = whole.energy_and_money().set_index("who")
    ratio = (
        need.loc["everybody at once", "gigawatts_high"] / need.loc["one person", "gigawatts_high"]
    )
    assert ratio == pytest.approx(whole.people())
    joules = whole.per_token()["joules"]
    humanity = need.loc["one person", "tokens"]
    assert need.loc["one person", "gigawatts_high"] == pytest.approx(
        humanity * joules[1] / 86400 / 1e9
    )
    falls = need.loc["everybody at once", ["energy_fall_low", "energy_fall_high"]]
    assert (falls > 1).all()
    assert need.loc["one person", "price_fall_high"] == 1.0


def test_the_page_agrees_with_the_verdict_on_2035(every_verdict):
    verdict = next(one for one in every_verdict if one.key == "value-2035")
    assert whole.tokens_for_all()["times_a_year"] == pytest.approx(verdict.figure)
    assert {"000-22", "001-22", "002-17", "003-13"} <= set(verdict.claims)


# ---------------------------------------------------------------------------------- the sliders


def in_python(expression: str) -> str:
    """Turn the conditions of a Vega expression into Python's, from the inside out."""
    text = expression
    while "?" in text:
        middle = text.rindex("?")
        colon = text.index(":", middle)
        start = max(text.rfind("(", 0, middle), -1)
        depth, place = 0, middle - 1
        while place >= 0 and not (depth == 0 and text[place] in "(?:"):
            depth += text[place] == ")"
            depth -= text[place] == "("
            place -= 1
        start = place + 1
        depth, end = 0, colon + 1
        while end < len(text) and not (depth == 0 and text[end] in "):"):
            depth += text[end] == "("
            depth -= text[end] == ")"
            end += 1
        condition, yes, no = text[start:middle], text[middle + 1 : colon], text[colon + 1 : end]
        chosen = f"(({yes.strip()}) if ({condition.strip()}) else ({no.strip()}))"
        text = text[:start] + chosen + text[end:]
    return text


@pytest.mark.parametrize("where", ["book", "moved"])
def test_the_page_computes_what_python_computes(table, where):
    formulas = whole.page_formulas()
    cloud = whole.page_draws(table, 40)
    values = dict(zip(table["name"], table["value"].astype(float), strict=True))
    doubt = 1.0
    if where == "moved":
        values |= {"credit": 0.9, "price_fall": 6.0, "back_per_dollar": 1.4, "pace": 1.1}
        values |= {"value_per_point": 0.02, "points_per_year": 1.0, "demand": 0.6}
        values |= {"owned": 1.0, "expansion": 0.4, "life": 2.5}
        doubt = 1.6
    moved = whole.moved_draws(cloud, values, doubt)
    wanted = whole.outcomes(moved)
    seen = set()
    for place, row in enumerate(cloud.to_dict("records")):
        seen_row = dict(row)
        for column, expression in formulas.items():
            names = FUNCTIONS | {"datum": SimpleNamespace(**seen_row), "doubt": doubt} | values
            seen_row[column] = eval(in_python(expression), names)
        for name in whole.NAMES:
            assert seen_row[f"p_{name}"] == pytest.approx(moved[name][place], rel=1e-9)
        for name in ("elasticity", "start", "drift", "wear"):
            assert seen_row[name] == pytest.approx(wanted[name][place], rel=1e-9, abs=1e-12)
        assert seen_row["regime"] == wanted["regime"][place]
        seen.add(seen_row["regime"])
        one = Argument(**moved.iloc[place].to_dict())
        assert seen_row["points"] == pytest.approx(one.points_a_year)
        assert seen_row["straight"] == pytest.approx(one.straight)
        log_back = math.log(seen_row["start"]) + seen_row["straight"] * 2.0
        log_back += seen_row["p_bend"] / 2 * (seen_row["points"] * 2.0) ** 2
        assert log_back == pytest.approx(one.headroom(2.0))
    assert len(seen) > 1


def test_the_chart_has_these_formulas_and_starts_at_the_books_values(table):
    spec = specification(PAGE, "assumptions")
    steps = {
        step["as"]: step["calculate"]
        for steps in found(spec, "transform")
        for step in steps
        if "calculate" in step
    }
    for column, expression in whole.page_formulas().items():
        assert steps[column] == expression
    sliders = {one["name"]: one["value"] for one in spec["params"] if "bind" in one}
    assert set(sliders) == {*whole.NAMES, "doubt"}
    values = table.set_index("name")["value"]
    for name in whole.NAMES:
        assert sliders[name] == pytest.approx(values[name], abs=1e-4)


def test_a_cloud_without_doubt_is_a_point(table):
    cloud = whole.page_draws(table, 20)
    values = dict(zip(table["name"], table["value"].astype(float), strict=True))
    moved = whole.moved_draws(cloud, values, 0.0)
    assert (moved.nunique() == 1).all()
    again = whole.moved_draws(cloud, values)
    drawn = whole.draw_parameters(table, 20)
    np.testing.assert_allclose(again[list(whole.NAMES)], drawn[list(whole.NAMES)], rtol=1e-9)


# -------------------------------------------------------------------------------- the exercises


def own_forecast(**changes) -> dict:
    sound = {
        "what": "Run-rate of a firm, billion dollars",
        "due": "2027-12-31",
        "low": 10.0,
        "high": 20.0,
        "rule": lambda found: 10 <= found <= 20,
    }
    return sound | changes


def test_the_open_exercise_takes_a_sound_entry():
    assert whole_exercises.check_own_forecast(**own_forecast()).status == "right"
    assert whole_exercises.check_own_forecast(**own_forecast(due=...)).status == "open"
    day = pd.Timestamp("2027-12-31")
    for due in (day, day.date(), " 2027-12-31 "):
        assert whole_exercises.check_own_forecast(**own_forecast(due=due)).status == "right"
    numbers = own_forecast(
        low=np.int64(10), high=np.float32(20), rule=lambda found: np.bool_(10 <= found <= 20)
    )
    assert whole_exercises.check_own_forecast(**numbers).status == "right"
    change = own_forecast(low=-5.0, high=5.0, rule=lambda found: abs(found) <= 5)
    assert "surprised" in whole_exercises.check_own_forecast(**change).message


@pytest.mark.parametrize(
    ("changes", "hint"),
    [
        ({"what": "revenue"}, "in which unit"),
        ({"what": ["Run-rate", "of", "a", "firm"]}, "in which unit"),
        ({"due": "some day"}, "is no day"),
        ({"due": "2026-01-01"}, "has not come"),
        ({"due": "2027"}, "is no day"),
        ({"due": "today"}, "is no day"),
        ({"due": "2027-13-01"}, "is no day"),
        ({"due": "31.12.2027"}, "is no day"),
        ({"due": 20271231}, "is no day"),
        ({"due": math.nan}, "is no day"),
        ({"due": None}, "is no day"),
        ({"due": pd.NaT}, "is no day"),
        ({"due": pd.Timestamp("2027-12-31", tz="UTC")}, "is no day"),
        ({"due": ["2027-12-31"]}, "is no day"),
        ({"due": "9999-12-31"}, "nearer day"),
        ({"low": "ten"}, "should be numbers"),
        ({"low": "10"}, "without quotes"),
        ({"low": True}, "should be numbers"),
        ({"low": [10.0]}, "should be numbers"),
        ({"low": None}, "should be numbers"),
        ({"low": math.nan}, "have to be finite"),
        ({"high": math.inf}, "have to be finite"),
        ({"low": -1e308, "high": 1e308}, "have to be finite"),
        ({"low": 1.0, "high": 1e9}, "Narrow the range"),
        ({"low": -1e9, "high": -1.0}, "Narrow the range"),
        ({"low": 30.0}, "below high"),
        ({"low": 20.0}, "below high"),
        ({"rule": 15.0}, "should be a function"),
        ({"rule": lambda found: "no"}, "True or False"),
        ({"rule": lambda: True}, "TypeError"),
        ({"rule": lambda found: found >= 10}, "says yes of 21, which lies outside"),
        ({"rule": lambda found: 14 <= found <= 16}, "says no of 11, which lies inside"),
        ({"rule": lambda found: True}, "cannot say no"),
        ({"rule": lambda found: False}, "middle of your own range"),
        ({"rule": lambda found: 1 / 0}, "ZeroDivisionError"),
    ],
)
def test_the_open_exercise_names_what_is_missing(changes, hint):
    feedback = whole_exercises.check_own_forecast(**own_forecast(**changes))
    assert feedback.status == "wrong"
    assert hint in feedback.message


def test_answers_of_the_exercises_are_those_of_the_page(accounts):
    paid = accounts[0].price_paid.times[0]
    assert whole_exercises.fall_of_the_price_paid() == pytest.approx(1 / paid)
    book = whole.book_argument(credit=0.0)
    assert whole_exercises.lasting_pace() == pytest.approx(math.exp(book.fastest_pace))
    assert whole_exercises.drift_and_elasticity() == pytest.approx((book.drift, book.elasticity))
    # Both exercises take one growth per point, so the one's answer is a power of the other's.
    assert whole_exercises.value_for_a_tenfold() == pytest.approx(10**book.elasticity)
    wanted = whole.people() ** (1 / whole_exercises.years_to_everyone())
    assert wanted == pytest.approx(whole.price_fall().value)


# ------------------------------------------------------------- assumptions that move together


@pytest.fixture(scope="module")
def cloud(table) -> pd.DataFrame:
    return whole.draw_parameters(table, 4000)


@pytest.mark.parametrize("rho", [-1.0, -0.8, 0.0, 0.3, 1.0])
def test_tied_parameters_keep_their_values_and_take_the_correlation(cloud, rho):
    changed = whole.tied(cloud, "bend", "demand", rho)
    pd.testing.assert_frame_equal(changed.drop(columns="demand"), cloud.drop(columns="demand"))
    assert sorted(changed["demand"]) == sorted(cloud["demand"])
    if rho == 0:
        pd.testing.assert_frame_equal(changed, cloud)
    # Spearman's correlation of a Gaussian copula, in closed form.
    wanted = 6 / math.pi * math.asin(rho / 2)
    assert spearmanr(changed["bend"], changed["demand"])[0] == pytest.approx(wanted, abs=0.04)


def test_the_copula_agrees_with_draws_made_another_way(cloud, table):
    """Draw two parameters anew from a bivariate normal and their own quantiles."""
    rho, names = 0.8, ["back_per_dollar", "reinvested"]
    changed = whole.tied(cloud, *names, rho)
    rng = np.random.default_rng(7)
    pairs = rng.multivariate_normal([0, 0], [[1, rho], [rho, 1]], 200_000)
    rows = table.set_index("name").loc[names]
    one, other = (
        float(row.low) + norm.cdf(pairs[:, place]) * float(row.high - row.low)
        for place, row in enumerate(rows.itertuples())
    )
    found = (changed["back_per_dollar"] * changed["reinvested"] >= 1).mean()
    assert found == pytest.approx((one * other >= 1).mean(), abs=0.02)


def test_all_tied_keep_their_values_and_go_the_good_way(cloud):
    signs = {"demand": 1.0, "credit": -1.0, "owned": 0.0}
    changed = whole.all_tied(cloud, signs, 0.8)
    for name in whole.NAMES:
        assert sorted(changed[name]) == sorted(cloud[name])
    wanted = 6 / math.pi * math.asin(0.8 / 2)
    assert spearmanr(changed["demand"], changed["credit"])[0] == pytest.approx(-wanted, abs=0.04)
    pd.testing.assert_frame_equal(whole.all_tied(cloud, signs, 0.0), cloud)


def test_what_cannot_be_tied_is_refused(cloud):
    with pytest.raises(ValueError, match="no parameter 'demnd'"):
        whole.tied(cloud, "bend", "demnd", 0.5)
    with pytest.raises(ValueError, match="goes with itself"):
        whole.tied(cloud, "bend", "bend", 0.5)
    for rho in (1.5, -2.0, math.nan):
        with pytest.raises(ValueError, match="a correlation lies"):
            whole.tied(cloud, "bend", "demand", rho)
        with pytest.raises(ValueError, match="common factor"):
            whole.all_tied(cloud, {"demand": 1.0}, rho)
        with pytest.raises(ValueError, match="rho lies"):
            whole.correlation_sensitivity(cloud, rho)


def test_the_sensitivity_to_correlation_is_that_of_the_draws(cloud):
    found = whole.correlation_sensitivity(cloud, 0.8)
    alone = found.iloc[0]
    plain = whole.outcomes(cloud)
    assert alone["today"] == pytest.approx((plain["start"] >= 1).mean())
    assert alone["paid"] == pytest.approx(plain["paid"].mean())
    for row in found[found["one"] != ""].itertuples():
        by_hand = whole.outcomes(whole.tied(cloud, row.one, row.other, row.rho))
        assert row.today == pytest.approx((by_hand["start"] >= 1).mean())
        assert row.paid == pytest.approx(by_hand["paid"].mean())
        assert row.middle == pytest.approx(by_hand["headroom"].median())
    # What pays today is a product of two parameters while compute is rented: only that pair counts.
    today = found[found["tied"] == "most for what pays today"]
    assert set(today.iloc[0][["one", "other"]]) == {"back_per_dollar", "reinvested"}
    assert today["today"].is_monotonic_increasing
    assert found.attrs["today"] == (today["today"].min(), today["today"].max())
    # With one cause behind all errors the cloud is wider than with none.
    tied = found.iloc[-1]
    assert tied["high"] - tied["low"] > 1.5 * (alone["high"] - alone["low"])
    fixed = whole.correlation_sensitivity(cloud.assign(demand=1.0), 0.8)
    assert "demand" not in set(fixed["one"]) | set(fixed["other"])
    assert fixed.attrs["pairs"] < found.attrs["pairs"]


def test_the_estimated_correlation_is_that_of_the_regression():
    models = capability_frontier.observations()
    design = sm.add_constant(models[["log_flop", "year"]].to_numpy(float))
    codes = pd.factorize(models["organization"])[0]
    fitted = sm.OLS(models["eci"].to_numpy(float), design).fit(
        cov_type="cluster", cov_kwds={"groups": codes}
    )
    errors = np.sqrt(np.diag(fitted.cov_params()))
    wanted = fitted.cov_params()[1, 2] / (errors[1] * errors[2])
    assert whole.estimated_correlation() == pytest.approx(wanted, rel=1e-6)


# ------------------------------------------------------------------- a reader's own assumptions


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"credits": 1.0}, "did you mean 'credit'"),
        ({"nonsense": 1.0}, "The parameters are points_per_decade"),
        ({1: 1.0}, "no parameter 1"),
        ({"credit": "1"}, "finite number, not '1'"),
        ({"credit": True}, "finite number"),
        ({"credit": math.nan}, "finite number"),
        ({"credit": 50}, "is a share"),
        ({"owned": 2}, "is a share"),
        ({"life": 0}, "above zero"),
        ({"price_fall": -1.8}, "above zero"),
        ({"expansion": -0.1}, "may not lie below zero"),
        ([("credit", 1.0)], "should be a dict"),
    ],
)
def test_a_readers_own_values_are_checked_before_anything_is_computed(changes, words):
    with pytest.raises(ValueError, match=words):
        whole.checked_changes(changes)
    if isinstance(changes, dict) and all(isinstance(name, str) for name in changes):
        with pytest.raises(ValueError, match=words):
            whole.book_argument(**changes)


def test_sound_values_of_a_reader_pass():
    assert whole.checked_changes({"credit": 1, "bend": np.float64(-0.001)}) == {
        "credit": 1.0,
        "bend": -0.001,
    }
    assert whole.checked_changes({}) == {}


def test_the_page_runs_with_a_readers_own_values():
    before, after = run_with(
        PAGE,
        ("RESAMPLES = 1000", "RESAMPLES = 50"),
        ("DRAWS = 2000", "DRAWS = 300"),
        ("CHANGES = {}", 'CHANGES = {"credit": 1.0, "owned": 1.0}'),
    )
    shares = [
        re.search(r"In ([\d.]+)% of the draws investment does not pay today", text)
        for text in (before, after)
    ]
    assert float(shares[0].group(1)) > 50 > float(shares[1].group(1))
    assert "in 0% progress would make it pay later" in after
