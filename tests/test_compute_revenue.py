"""Known answers, invariances and recovered truths for compute and revenue."""

from __future__ import annotations

import inspect

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from three_observations import compute_revenue as compute
from three_observations import data, forecast_register

FACTS = data.load("company_facts")
RUN_RATES = data.load("run_rates")
PROJECTIONS = data.load("projections")


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


def gw_at(year: int) -> dict:
    return {"entity": "OpenAI", "series": "compute_gw", "date": pd.Timestamp(year, 12, 31)}


def point_table(compute_values, revenue, entity="A", kind=compute.RUN_RATE, ruler="gigawatts"):
    number = len(compute_values)
    return pd.DataFrame(
        {
            "entity": entity,
            "year": 2023 + np.arange(number),
            "ruler": ruler,
            "compute": compute_values,
            "revenue_kind": kind,
            "revenue": revenue,
            "one_source": False,
        }
    )


# ------------------------------------------------------------------ refusing what does not mix


def test_run_rate_and_recognised_revenue_never_stand_in_one_regression() -> None:
    both = pd.concat(
        [compute.points(), compute.points(revenue=compute.RECOGNISED)], ignore_index=True
    )
    with pytest.raises(ValueError, match="different things"):
        compute.elasticity(both)
    with pytest.raises(ValueError, match="different things"):
        compute.average_and_marginal(both)


def test_quarters_of_accounts_are_no_run_rates() -> None:
    quarters = RUN_RATES[RUN_RATES["basis"] == compute.BY_QUARTER]
    assert set(quarters["company"]) == {"xAI"}
    used = compute.stated_run_rates()
    assert len(used) == len(RUN_RATES) - len(quarters)
    # xAI is left with one run-rate, and so with no pair and no place in the curve.
    assert len(compute.points("H100-equivalents", entity="xAI", within_days=100)) == 1
    pairs = compute.controls()
    assert "xAI" not in set(pairs["entity"])
    assert "xAI" not in {name for members in compute.FIRMS.values() for name in members}
    # A year-end that is only known as a quarter times four leaves the line, whoever's it is.
    where = {"company": "OpenAI", "date": pd.Timestamp(2024, 12, 31)}
    marked = changed(RUN_RATES, where, basis=compute.BY_QUARTER)
    left = compute.points(run_rates=marked)
    assert set(left["year"]) == {2023, 2025}
    assert (compute.run_rate_history("OpenAI", marked)["basis"] == compute.STATED).all()


def test_the_quarters_of_a_firm_without_run_rates() -> None:
    found = compute.quarters_beside_chips("xAI")
    assert found["revenue_growth"] == pytest.approx(0.428 / 0.172)
    share = (found["to"] - found["from"]).days / 365
    assert found["compute_growth"] == pytest.approx((634793 / 203366) ** share)
    assert found["elasticity"] == pytest.approx(
        np.log(found["revenue_growth"]) / np.log(found["compute_growth"])
    )
    assert found["elasticity_low"] < found["elasticity"] < found["elasticity_high"]
    assert found["one_source"]
    with pytest.raises(KeyError, match="no two quarters"):
        compute.quarters_beside_chips("OpenAI")
    early = changed(
        RUN_RATES,
        {"company": "xAI", "date": pd.Timestamp(2025, 3, 31)},
        date=pd.Timestamp(2024, 12, 31),
    )
    with pytest.raises(KeyError, match="both sides"):
        compute.quarters_beside_chips("xAI", run_rates=early)


def test_two_rulers_never_stand_in_one_regression() -> None:
    both = pd.concat([compute.points("gigawatts"), compute.points("dollars")], ignore_index=True)
    with pytest.raises(ValueError, match="keep one ruler"):
        compute.elasticity(both)


def test_an_unknown_kind_of_revenue_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown kind"):
        compute.elasticity(point_table([1, 2, 3], [1, 2, 3], kind="bookings"))
    with pytest.raises(ValueError, match="unknown kind"):
        compute.points(revenue="bookings")
    with pytest.raises(ValueError, match="unknown ruler"):
        compute.points("flops")


def test_every_row_of_the_specification_curve_keeps_to_one_kind_and_one_ruler() -> None:
    curve = compute.specification_curve()
    assert set(curve["revenue"]) == set(compute.REVENUES)
    assert not curve.duplicated(list(compute.CHOICES)).any()


@pytest.mark.parametrize(
    "function",
    [
        compute.rulers_of_compute,
        compute.did_compute_triple,
        compute.tripling_asked,
        compute.famous_line,
        compute.points,
        compute.controls,
        compute.since_the_plan,
        compute.cloud_controls,
        compute.revenue_per_gigawatt,
        compute.own_falsifier,
        compute.prediction,
        compute.cash_forecasts,
        compute.forecast_totals,
        compute.specification_curve,
    ],
)
def test_rows_with_one_source_are_marked(function) -> None:
    table = function()
    assert table["one_source"].dtype == bool
    if "n_sources" in table:
        assert ((table["n_sources"] == 1) == table["one_source"]).all()


def test_no_forecast_goes_without_the_day_it_was_made() -> None:
    broken = PROJECTIONS.copy()
    broken.loc[broken["series"] == "compute_gw", "made"] = pd.NaT
    with pytest.raises(ValueError, match="no day on which it was made"):
        compute.forecasts("compute_gw", broken)
    for table in (
        compute.tripling_asked().dropna(subset="planned"),
        compute.prediction(),
        compute.since_the_plan(),
        compute.cash_forecasts(),
        compute.forecast_totals(),
    ):
        assert table["made"].notna().all()
    plan = compute.own_falsifier().query("rests_on == 'a plan'")
    assert len(plan) and plan["made"].notna().all()


# ------------------------------------------------------------------ the tables


def test_missing_series_say_what_is_missing() -> None:
    with pytest.raises(KeyError, match="no row of 'x' for 'OpenAI'"):
        compute.company_series("OpenAI", "x")
    with pytest.raises(KeyError, match="for 1999"):
        compute.year_value("OpenAI", "revenue", 1999)
    with pytest.raises(KeyError, match="no forecast"):
        compute.forecasts("x")
    with pytest.raises(KeyError, match="in 2099"):
        compute.latest_forecast("revenue", 2099)
    with pytest.raises(KeyError, match="within 45 days"):
        compute.run_rate_near("OpenAI", "2019-01-01")
    with pytest.raises(KeyError, match="no figure"):
        compute.run_rate_history("Nobody")


def test_rows_that_the_book_does_not_use_stay_out() -> None:
    facts = changed(FACTS, gw_at(2025), preferred=False)
    assert compute.company_series("OpenAI", "compute_gw", facts)["date"].dt.year.max() == 2024
    kept = compute.company_series("OpenAI", "compute_gw", facts, preferred=False)
    assert kept["date"].dt.year.max() == 2025


def test_the_rival_contradicts_the_book_and_is_no_neighbour() -> None:
    day = pd.Timestamp(2024, 12, 31)
    book = compute.run_rate_near("OpenAI", day)
    rival = compute.run_rate_near("OpenAI", day, choice="rival")
    assert book["run_rate_usd_bn"] != rival["run_rate_usd_bn"]
    assert not rival["preferred"] and book["preferred"]
    # Anthropic's rival row of March 2026 is no rival of December 2025, however wide the net.
    wide = compute.run_rate_near("Anthropic", "2025-12-31", choice="rival", within_days=100)
    assert wide["preferred"] and wide["date"] == pd.Timestamp(2025, 12, 31)
    with pytest.raises(ValueError, match="unknown choice"):
        compute.run_rate_near("OpenAI", day, choice="mine")


def test_mean_levels_by_hand() -> None:
    level = pd.Series([1.0, 3.0, 3.0], index=[2023, 2024, 2025])
    assert compute.mean_levels(level).tolist() == [2.0, 3.0]
    grown = compute.mean_levels(level, "exponential")
    assert grown[2024] == pytest.approx(2 / np.log(3)) and grown[2025] == 3.0
    days = np.linspace(0, 1, 100_001)
    assert grown[2024] == pytest.approx((3.0**days).mean(), rel=1e-4)
    with pytest.raises(ValueError, match="a year is missing"):
        compute.mean_levels(level.drop(2024))
    with pytest.raises(ValueError, match="above zero"):
        compute.mean_levels(level * 0)
    with pytest.raises(ValueError, match="unknown way"):
        compute.mean_levels(level, "cubic")


def test_gigawatts_between_figures_and_plans() -> None:
    at_end, is_plan = compute.gigawatts_at("2025-12-31")
    assert at_end == pytest.approx(compute.year_value("OpenAI", "compute_gw", 2025))
    assert not is_plan
    planned, is_plan = compute.gigawatts_at("2026-12-31")
    assert is_plan
    assert planned == pytest.approx(compute.latest_forecast("compute_gw", 2026)["value"])
    halfway, _ = compute.gigawatts_at("2026-07-02")
    assert halfway == pytest.approx(np.sqrt(at_end * planned), rel=3e-3)
    with pytest.raises(ValueError, match="known or planned"):
        compute.gigawatts_at("2050-01-01")


# ------------------------------------------------------------------ 1. three rulers


def test_growth_of_each_ruler_and_its_bounds() -> None:
    table = compute.rulers_of_compute()
    own = table[table["ruler"] == "gigawatts"].set_index("year")
    assert own["growth"][2025] == pytest.approx(own["value"][2025] / own["value"][2024])
    assert own["growth_low"][2025] == pytest.approx(own["low"][2025] / own["high"][2024])
    grown = table.dropna(subset="growth")
    assert (grown["growth_low"] <= grown["growth"]).all()
    assert (grown["growth"] <= grown["growth_high"]).all()
    # Dollars of 2023 are not known: no growth may jump over a gap.
    dollars = table[table["ruler"] == "dollars"].set_index("year")["growth"]
    assert np.isnan(dollars[2024]) and np.isfinite(dollars[2025])


def test_three_rulers_give_three_answers() -> None:
    table = compute.did_compute_triple().set_index("ruler")
    assert {"gigawatts", "H100-equivalents", "dollars", "gigawatt-years"} == set(table.index)
    growth = table["growth"]
    assert growth["dollars"] < growth["gigawatts"] < growth["H100-equivalents"]
    # 1.9 over 0.6, as the company's post has it.
    assert growth["gigawatts"] == pytest.approx(1.9 / 0.6)
    assert table["contains_claim"].equals((table["growth_low"] <= 3) & (table["growth_high"] >= 3))


def test_a_changed_figure_changes_the_growth() -> None:
    facts = changed(FACTS, gw_at(2025), value=1.2, low=1.15, high=1.25)
    table = compute.did_compute_triple(facts).set_index("ruler")
    assert table["growth"]["gigawatts"] == pytest.approx(2.0)
    assert not table["contains_claim"]["gigawatts"]


def test_what_tripling_asks() -> None:
    table = compute.tripling_asked().set_index(["ruler", "year"])
    start = compute.year_value("OpenAI", "compute_gw", 2025)
    assert table["asked"]["gigawatts", 2026] == pytest.approx(3 * start)
    assert table["asked"]["gigawatts", 2027] == pytest.approx(9 * start)
    row = table.loc["gigawatts", 2026]
    assert row["planned_growth"] == pytest.approx(row["planned"] / start)
    assert row["planned_over_asked"] == pytest.approx(row["planned_growth"] / 3)
    doubled = compute.tripling_asked(folds=(3, 2)).set_index(["ruler", "year"])
    assert doubled["asked"]["gigawatts", 2027] == pytest.approx(6 * start)
    # The newest plan counts, not the first.
    older = PROJECTIONS[
        (PROJECTIONS["series"] == "compute_gw") & (PROJECTIONS["entity"] == "OpenAI")
    ].iloc[:1]
    older = older.assign(
        made=pd.Timestamp(2024, 1, 1), value=99.0, year_end=pd.Timestamp(2026, 12, 31)
    )
    more = pd.concat([PROJECTIONS, older], ignore_index=True)
    again = compute.tripling_asked(projections=more).set_index(["ruler", "year"])
    assert again["planned"]["gigawatts", 2026] == row["planned"]


# ------------------------------------------------------------------ 2. the line


def test_lines_agree_with_statsmodels() -> None:
    rng = np.random.default_rng(1)
    for number in (3, 4, 12):
        x, y = rng.standard_normal((2, number))
        fit = compute.lines(x, y)
        other = sm.OLS(y, sm.add_constant(x)).fit()
        assert fit.slope == pytest.approx(other.params[1])
        assert fit.intercept == pytest.approx(other.params[0])
        assert fit.standard_error == pytest.approx(other.bse[1])
        assert fit.r_squared == pytest.approx(other.rsquared)
        assert np.allclose(fit.interval(), other.conf_int()[1])
        found = other.get_prediction([[1.0, 0.7]]).summary_frame()
        value, low, high = fit.predicted(0.7)
        assert value == pytest.approx(found["mean"].iloc[0])
        assert low == pytest.approx(found["obs_ci_lower"].iloc[0])
        assert high == pytest.approx(found["obs_ci_upper"].iloc[0])


def test_many_lines_at_once_are_the_lines_one_by_one() -> None:
    rng = np.random.default_rng(2)
    x, y = rng.standard_normal((2, 7, 5))
    every = compute.lines(x, y)
    for row in range(7):
        one = compute.lines(x[row], y[row])
        assert every.slope[row] == pytest.approx(one.slope)
        assert every.standard_error[row] == pytest.approx(one.standard_error)


def test_a_line_needs_two_points_and_some_spread() -> None:
    with pytest.raises(ValueError, match="two points"):
        compute.lines(np.array([1.0]), np.array([1.0]))
    with pytest.raises(ValueError, match="does not vary"):
        compute.lines(np.ones(3), np.arange(3.0))
    two = compute.lines(np.array([0.0, 1.0]), np.array([0.0, 2.0]))
    assert two.slope == 2.0 and np.isnan(two.interval()[0]) and np.isnan(two.predicted(3.0)[1])


def test_the_elasticity_of_the_three_points_by_another_hand() -> None:
    table = compute.points()
    found = compute.elasticity(table)
    x, y = np.log(table["compute"]), np.log(table["revenue"])
    other = stats.linregress(x, y)
    reach = stats.t.ppf(0.975, 1) * other.stderr
    assert found.estimate == pytest.approx(other.slope)
    assert (found.low, found.high) == pytest.approx((other.slope - reach, other.slope + reach))
    assert found.degrees_of_freedom == 1 and found.n == 3
    # 9.5 times the compute and ten times the revenue in two years, as the post says.
    assert table["compute"].iloc[-1] / table["compute"].iloc[0] == pytest.approx(9.5)
    assert table["revenue"].iloc[-1] / table["revenue"].iloc[0] == pytest.approx(10.0)


def test_own_levels_are_the_regression_with_dummies() -> None:
    rng = np.random.default_rng(3)
    parts = [
        point_table(np.exp(rng.standard_normal(n)), np.exp(rng.standard_normal(n)), entity=name)
        for name, n in (("A", 3), ("B", 2), ("C", 4))
    ]
    table = pd.concat(parts, ignore_index=True)
    found = compute.elasticity(table)
    dummies = pd.get_dummies(table["entity"]).to_numpy(float)
    design = np.column_stack([np.log(table["compute"]), dummies])
    other = sm.OLS(np.log(table["revenue"]), design).fit()
    assert found.estimate == pytest.approx(other.params.iloc[0])
    assert found.standard_error == pytest.approx(other.bse.iloc[0])
    assert found.degrees_of_freedom == other.df_resid


@settings(max_examples=40, deadline=None)
@given(st.floats(0.1, 10), st.floats(0.1, 10), st.permutations(range(4)))
def test_units_and_order_of_rows_leave_an_elasticity_alone(gw, usd, order) -> None:
    table = point_table([0.2, 0.6, 1.9, 5.0], [2.0, 6.0, 20.0, 45.0])
    again = table.assign(compute=table["compute"] * gw, revenue=table["revenue"] * usd)
    first, second = compute.elasticity(table), compute.elasticity(again.iloc[list(order)])
    assert second.estimate == pytest.approx(first.estimate, rel=1e-9)
    assert second.standard_error == pytest.approx(first.standard_error, rel=1e-6)


def test_exact_proportion_gives_one_and_impossible_tables_an_error() -> None:
    found = compute.elasticity(point_table([1, 2, 4], [3, 6, 12]))
    assert found.estimate == pytest.approx(1.0) and found.r_squared == pytest.approx(1.0)
    with pytest.raises(ValueError, match="above zero"):
        compute.elasticity(point_table([1, 2, 0], [3, 6, 12]))
    with pytest.raises(ValueError, match="single point"):
        compute.elasticity(point_table([1], [3]))
    with pytest.raises(ValueError, match="does not vary"):
        compute.elasticity(point_table([1, 1, 1], [3, 6, 12]))


def test_student_covers_the_truth_with_three_points_and_a_bootstrap_does_not() -> None:
    rng = np.random.default_rng(4)
    x = np.broadcast_to(np.array([0.0, 1.1, 2.3]), (20_000, 3))
    y = x + 0.1 * rng.standard_normal(x.shape)
    low, high = compute.lines(x, y).interval()
    assert ((low <= 1) & (high >= 1)).mean() == pytest.approx(0.95, abs=0.006)
    # Resampling three points: 27 ways, of which those with two different x have a slope.
    ways = np.array(np.meshgrid(*[range(3)] * 3)).reshape(3, -1).T
    ways = ways[[len(set(way)) > 1 for way in ways]]
    few = y[:500]
    slopes = np.stack([compute.lines(x[0][way], few[:, way]).slope for way in ways], axis=1)
    boot = np.quantile(slopes, [0.025, 0.975], axis=1)
    assert ((boot[0] <= 1) & (boot[1] >= 1)).mean() < 0.85


def test_the_famous_line_knows_rivals_and_rulers() -> None:
    table = compute.famous_line().set_index(["ruler", "revenue", "choice"])
    book = table.loc["gigawatts", compute.RUN_RATE, "book"]
    rival = table.loc["gigawatts", compute.RUN_RATE, "rival"]
    assert book["elasticity"] != rival["elasticity"]
    assert book["doubling"] == pytest.approx(2 ** book["elasticity"])
    two = table[table["n"] == 2]
    assert len(two) and two["low"].isna().all()
    moved = changed(RUN_RATES, {"company": "OpenAI", "run_rate_usd_bn": 20.0}, run_rate_usd_bn=30.0)
    again = compute.famous_line(run_rates=moved).set_index(["ruler", "revenue", "choice"])
    after = again.loc["gigawatts", compute.RUN_RATE, "book"]
    assert after["elasticity"] > book["elasticity"]


def test_measurement_error_is_propagated() -> None:
    table = compute.slopes_under_error(draws=500).set_index("ruler")
    for row in table.itertuples():
        assert row.low < row.median < row.high
        assert row.t_low < row.low and row.t_high > row.high
        assert 0 <= row.share_above_one <= 1
    again = compute.slopes_under_error(draws=500).set_index("ruler")
    pd.testing.assert_frame_equal(table, again)
    # Without bounds, rounding or rivals nothing is left to propagate.
    exact = FACTS.copy()
    exact[["low", "high"]] = np.nan
    only = RUN_RATES[RUN_RATES["preferred"].astype(bool)]
    still = compute.slopes_under_error(10, 0.0, facts=exact, run_rates=only)
    assert still["low"].to_numpy() == pytest.approx(still["as_stated"].to_numpy())
    assert still["high"].to_numpy() == pytest.approx(still["as_stated"].to_numpy())
    with pytest.raises(ValueError, match="one draw"):
        compute.slopes_under_error(draws=0)


def test_log_interpolation_grows_evenly_and_stays_inside() -> None:
    days = pd.Series(pd.to_datetime(["2024-01-11", "2024-01-01"]))
    found = compute.log_interpolated(
        days,
        pd.Series([4.0, 1.0]),
        [pd.Timestamp(2024, 1, 6), pd.Timestamp(2024, 1, 1), pd.Timestamp(2023, 1, 1)],
    )
    assert found[:2] == pytest.approx([2.0, 1.0]) and np.isnan(found[2])


def test_placebos_fit_too() -> None:
    table = compute.placebos().set_index("regressor")
    assert not table.loc[table["is_compute"]].empty
    others = table[~table["is_compute"]]
    assert {"weekly users of ChatGPT", "Nvidia's data-centre revenue", "the calendar"} <= set(
        others.index
    )
    assert (others["r_squared"] > 0.98).all()
    # The calendar's slope is growth per year in log points.
    points = compute.points()
    years = (points["date"] - points["date"].iloc[0]).dt.days / compute.DAYS_PER_YEAR
    slope = stats.linregress(years, np.log(points["revenue"])).slope
    assert others["elasticity"]["the calendar"] == pytest.approx(slope)
    assert table["elasticity"]["gigawatts"] == pytest.approx(compute.elasticity(points).estimate)


def test_unrelated_series_against_a_plain_loop() -> None:
    table = compute.unrelated_series(draws=400, wobbles=(0.3,), models=("any fast pace",), seed=9)
    rng = np.random.default_rng(9)
    noise = rng.standard_normal((2, 400, 2))
    pace = np.log(2) + rng.random((2, 400)) * np.log(2.5)
    tight = near = 0
    for draw in range(400):
        walks = []
        for series in range(2):
            first = pace[series, draw] + 0.3 * noise[series, draw, 0]
            second = first + pace[series, draw] + 0.3 * noise[series, draw, 1]
            walks.append([0.0, first, second])
        found = stats.linregress(*walks)
        tight += found.rvalue**2 > 0.99
        near += 1 / 1.1 < found.slope < 1.1
    assert table["share_above_99"].iloc[0] == pytest.approx(tight / 400)
    assert table["share_near_one"].iloc[0] == pytest.approx(near / 400)


def test_unrelated_series_at_the_limits() -> None:
    steady = compute.unrelated_series(draws=2000, wobbles=(1e-9,), models=("the same pace",))
    # Without a wobble two series at one pace are one straight line.
    assert steady["share_above_99"].iloc[0] == 1.0 and steady["share_near_one"].iloc[0] == 1.0
    # R squared of three points of two driftless walks does not know their scale.
    walks = compute.unrelated_series(draws=2000, wobbles=(0.1, 1.0), models=("no pace",))
    assert walks["share_above_99"].nunique() == 1
    with pytest.raises(ValueError, match="standard deviation"):
        compute.unrelated_series(wobbles=(0.0,))
    with pytest.raises(ValueError, match="unknown growth model"):
        compute.unrelated_series(models=("mine",))


def test_wobbles_are_measured() -> None:
    table = compute.observed_wobbles().set_index("series")
    growth = np.diff(np.log(compute.points()["compute"]))
    assert table["pace"]["gigawatts"] == pytest.approx(growth.mean())
    assert table["wobble"]["gigawatts"] == pytest.approx(growth.std(ddof=1))
    assert (table["growths"] >= 2).all()


def test_worlds_look_alike_and_an_experiment_tells_them_apart() -> None:
    table = compute.two_worlds().set_index("world")
    assert (table["slope"] - 1).abs().max() < 0.02
    assert (table["share_contains_one"] - 0.95).abs().max() < 0.015
    assert table["r_squared"].max() - table["r_squared"].min() < 0.001
    made = table.loc["compute makes revenue"]
    assert made["experiment_low"] < 1 < made["experiment_high"] and made["experiment_low"] > 0.9
    for world in ("expected revenue buys compute", "both follow the calendar"):
        row = table.loc[world]
        assert row["experiment_low"] < 0 < row["experiment_high"] or abs(row["experiment"]) < 0.06
        assert row["true_doubling"] == 1.0
    with pytest.raises(ValueError, match="unknown world"):
        compute.simulate_world("mine", 1, 3, np.random.default_rng(1))


def test_two_worlds_have_one_joint_distribution() -> None:
    rng = np.random.default_rng(5)
    # With the same walk and the same small error, the two causes swap only who carries the error.
    first = compute.simulate_world("compute makes revenue", 40_000, 3, rng)
    second = compute.simulate_world("expected revenue buys compute", 40_000, 3, rng)
    swapped = np.concatenate([second[1], second[0]], axis=1)
    assert np.cov(np.concatenate(first, axis=1).T) == pytest.approx(np.cov(swapped.T), abs=0.01)


# ------------------------------------------------------------------ 3. controls


def test_controls_pair_consecutive_years_of_one_kind() -> None:
    table = compute.controls()
    assert set(table["entity"]) == {"OpenAI", "Anthropic"}
    ratio = np.log(table["revenue_growth"]) / np.log(table["compute_growth"])
    assert np.allclose(table["elasticity"], ratio)
    own = table[(table["entity"] == "OpenAI") & (table["ruler"] == "gigawatts")]
    own = own[own["revenue_kind"] == compute.RUN_RATE].set_index("year")
    assert own["compute_growth"][2025] == pytest.approx(1.9 / 0.6)
    # The dollars of 2023 are missing: 2022 and 2024 make no pair.
    dollars = table[(table["ruler"] == "dollars") & (table["entity"] == "OpenAI")]
    assert set(dollars["year"]) == {2025}


def test_what_has_happened_since_the_plan() -> None:
    table = compute.since_the_plan().set_index("entity")
    row = table.loc["Anthropic"]
    assert row["revenue_if_proportional"] < row["revenue"]
    assert row["rests_on"] == "a plan"
    smaller = changed(
        PROJECTIONS,
        {"entity": "Anthropic", "series": "compute_gw", "year_end": pd.Timestamp(2026, 12, 31)},
        value=2.0,
    )
    again = compute.since_the_plan(projections=smaller).set_index("entity")
    assert again["compute_growth"]["Anthropic"] < row["compute_growth"]
    assert again["compute_growth"]["OpenAI"] == table["compute_growth"]["OpenAI"]


@pytest.mark.parametrize("number", [4, 9])
def test_levels_trend_and_differences_agree_with_statsmodels(number) -> None:
    rng = np.random.default_rng(6)
    x, y = np.exp(np.cumsum(rng.standard_normal((2, number)) * 0.3 + 0.5, axis=1))
    table = compute.levels_and_differences(x, y).set_index("form")
    u, v, t = np.log(x), np.log(y), np.arange(number)
    others = {
        compute.LEVELS: sm.OLS(v, np.column_stack([u, np.ones(number)])).fit(),
        compute.TREND: sm.OLS(v, np.column_stack([u, np.ones(number), t])).fit(),
        compute.DIFFERENCES: sm.OLS(
            np.diff(v), np.column_stack([np.diff(u), np.ones(number - 1)])
        ).fit(),
    }
    for form, other in others.items():
        row = table.loc[form]
        assert row["elasticity"] == pytest.approx(other.params[0])
        assert row["degrees_of_freedom"] == other.df_resid
        assert (row["low"], row["high"]) == pytest.approx(tuple(other.conf_int()[0]))


def test_differences_unmask_unrelated_walks() -> None:
    rng = np.random.default_rng(7)
    tight = covered = 0
    for _ in range(200):
        x, y = np.exp(np.cumsum(0.5 + 0.2 * rng.standard_normal((2, 20)), axis=1))
        table = compute.levels_and_differences(x, y).set_index("form")
        tight += table["low"][compute.LEVELS] > 0
        covered += table["low"][compute.DIFFERENCES] <= 0 <= table["high"][compute.DIFFERENCES]
    assert tight == 200 and covered / 200 > 0.9


def test_levels_and_differences_say_what_they_need() -> None:
    with pytest.raises(ValueError, match="three figures"):
        compute.levels_and_differences([1, 2], [1, 2])
    with pytest.raises(ValueError, match="above zero"):
        compute.levels_and_differences([1, 2, 0], [1, 2, 3])
    steady = compute.levels_and_differences([1, 2, 4], [1, 3, 9]).set_index("form")
    # Steady growth leaves differences nothing to work with.
    assert np.isnan(steady["elasticity"][compute.DIFFERENCES])
    assert not steady["usable"][compute.DIFFERENCES]


def test_clouds_allow_what_their_accounts_allow() -> None:
    table = compute.cloud_controls()
    levels = table[(table["form"] == compute.LEVELS) & table["usable"]].set_index("entity")
    differences = table[(table["form"] == compute.DIFFERENCES)].set_index("entity")
    for firm in ("Alphabet",):
        assert differences["elasticity"][firm] < levels["elasticity"][firm]
    gaps = compute.cloud_gaps().set_index("company")
    assert not gaps["usable"]["Microsoft"] and " and " in gaps["bases"]["Microsoft"]
    assert gaps["missing_quarters"]["Meta"] > 0 and gaps["missing_quarters"]["Amazon"] == 0
    assert not set(table["entity"]) & {"Microsoft", "Meta"}


def test_revenue_per_gigawatt_and_what_it_rests_on() -> None:
    table = compute.revenue_per_gigawatt(rounding_usd_bn=0.5)
    assert np.allclose(table["per_gw"], table["run_rate"] / table["gigawatts"])
    figures = table[table["rests_on"] == "figures"]
    assert (figures["low"] < figures["per_gw"]).all() and (
        figures["per_gw"] < figures["high"]
    ).all()
    assert table.loc[table["date"] > pd.Timestamp(2026, 2, 15), "rests_on"].eq("a plan").all()


# ------------------------------------------------------------------ 4. what double would take


def test_average_and_marginal() -> None:
    table = compute.average_and_marginal(elasticities=[1.0, 0.5, 0.0])
    assert table["marginal"].tolist() == pytest.approx(
        [table["average"][0], table["average"][0] / 2, 0.0]
    )
    assert table["doubling"].tolist() == pytest.approx([2.0, np.sqrt(2), 1.0])
    # The marginal gigawatt is the derivative of a K^e.
    step = 1e-6
    slope = ((1 + step) ** 0.5 - 1) / step
    assert table["marginal"][1] == pytest.approx(table["average"][1] * slope, rel=1e-5)
    named = compute.average_and_marginal().set_index("case")
    assert named["elasticity"]["lower bound"] < 1 < named["elasticity"]["upper bound"]


def test_what_the_new_compute_is_used_for() -> None:
    # All to inference at a training share of one half: inference triples.
    assert compute.revenue_after_doubling(1.0, 0.5) == pytest.approx(3.0)
    assert compute.revenue_after_doubling(0.0, 0.5) == 1.0
    # In today's proportions everything doubles, whatever the share.
    for share in (0.0, 0.3, 0.9):
        assert compute.revenue_after_doubling(1 - share, share) == pytest.approx(2.0)
    many = compute.revenue_after_doubling(np.array([0.0, 0.5, 1.0]), 0.5, 0.5)
    assert many == pytest.approx([1.0, np.sqrt(2), np.sqrt(3)])
    for bad in ((1.2, 0.5), (0.5, 1.0), (-0.1, 0.5)):
        with pytest.raises(ValueError, match="shares lie"):
            compute.revenue_after_doubling(*bad)
    with pytest.raises(ValueError, match="compute has to grow"):
        compute.revenue_after_doubling(1.0, 0.5, fold=0.5)


def test_noise_of_growth_is_recovered() -> None:
    rng = np.random.default_rng(8)
    found = []
    for _ in range(60):
        gaps = rng.integers(20, 120, 60)
        days = pd.Timestamp(2020, 1, 1) + pd.to_timedelta(np.cumsum(gaps), unit="D")
        months = gaps / (compute.DAYS_PER_YEAR / 12)
        growth = 0.1 * months + 0.08 * np.sqrt(months) * rng.standard_normal(60)
        table = pd.DataFrame(
            {
                "company": "A",
                "date": days,
                "run_rate_usd_bn": np.exp(np.cumsum(growth)),
                "preferred": True,
                "basis": compute.STATED,
                "n_sources": 1,
            }
        )
        found.append(compute.growth_noise("A", table)["monthly_noise"])
    assert np.mean(found) == pytest.approx(0.08, rel=0.03)
    with pytest.raises(ValueError, match="three reports"):
        compute.growth_noise("A", table.iloc[:2])


def test_months_needed_by_formula_and_by_simulation() -> None:
    sites = compute.EVIDENCE[1]
    months = compute.months_needed(0.25, 0.1, sites.monthly_variance)
    found = compute.power([round(months)], monthly_noise=0.1, evidence=[sites], draws=1500)
    assert found["half_width"].iloc[0] == pytest.approx(0.25, rel=0.1)
    assert found["coverage"].iloc[0] == pytest.approx(0.95, abs=0.02)
    # Twice the precision takes four times the months; no variance takes forever.
    assert compute.months_needed(0.125, 0.1, 0.01) == pytest.approx(
        4 * compute.months_needed(0.25, 0.1, 0.01)
    )
    assert compute.months_needed(0.25, 0.1, 0.0) == np.inf
    with pytest.raises(ValueError, match="above zero"):
        compute.months_needed(0.0, 0.1, 0.1)


@pytest.mark.parametrize("kind", compute.EVIDENCE, ids=lambda kind: kind.name)
def test_evidence_varies_as_its_formula_says(kind) -> None:
    drawn = kind.changes(400, 2000, np.random.default_rng(3))
    assert drawn.var() == pytest.approx(kind.monthly_variance, rel=0.04, abs=1e-12)


def test_power_grows_with_months_and_smooth_growth_identifies_nothing() -> None:
    table = compute.power(months=(12, 60), draws=300)
    wide = table.pivot(index="evidence", columns="months", values="power")
    assert (wide[60] > wide[12]).all()
    nothing = compute.power(months=(24,), evidence=compute.EVIDENCE[:1], draws=50)
    assert nothing["power"].iloc[0] == 0 and nothing["share_usable"].iloc[0] == 0
    needed = compute.identification()
    assert np.isinf(needed.loc[needed["evidence"] == "smooth growth", "months"]).all()
    same = compute.power(
        months=(36,), true_elasticity=0.5, evidence=compute.EVIDENCE[1:2], draws=1500
    )
    assert same["power"].iloc[0] == pytest.approx(0.05, abs=0.02)


def test_the_speakers_own_falsifier() -> None:
    table = compute.own_falsifier().set_index(["year", "by"])
    row = table.loc[(2025, "")]
    assert row["per_compute_dollar"] == pytest.approx(row["revenue"] / row["compute"])
    assert row["inference_pays"] and not row["all_compute_pays"]
    assert table.loc[2026, "inference_pays"].isna().all()
    where = {"entity": "OpenAI", "series": "revenue", "date": pd.Timestamp(2025, 12, 31)}
    rich = compute.own_falsifier(changed(FACTS, where, value=40.0)).set_index(["year", "by"])
    assert rich.loc[(2025, "")]["all_compute_pays"]
    poor = compute.own_falsifier(changed(FACTS, where, value=5.0)).set_index(["year", "by"])
    assert not poor.loc[(2025, "")]["inference_pays"]


def test_the_prediction_is_the_line_carried_on() -> None:
    table = compute.prediction().set_index(["date", "rule"])
    day = pd.Timestamp(2026, 12, 31)
    points = compute.points()
    found = stats.linregress(np.log(points["compute"]), np.log(points["revenue"]))
    row = table.loc[(day, "follows compute")]
    wanted = np.exp(found.intercept + found.slope * np.log(row["gigawatts"]))
    assert row["predicted"] == pytest.approx(wanted)
    assert row["low"] < row["predicted"] < row["high"]
    strict = table.loc[(day, "strictly proportional")]
    assert strict["predicted"] == pytest.approx(20 * row["gigawatts"] / 1.9)
    assert table.loc[(pd.Timestamp(2027, 12, 31), "follows compute")]["made"] <= compute.AS_OF


def the_end_of_2026(gigawatts: float, billions: float) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the facts and run-rates with a year-end of 2026 in them."""
    day = pd.Timestamp(2026, 12, 31)
    rows = data.load("company_facts")
    row = rows[(rows["entity"] == "OpenAI") & (rows["series"] == "compute_gw")].tail(1)
    row = row.assign(date=day, value=gigawatts, low=gigawatts - 0.05, high=gigawatts + 0.05)
    rates = data.load("run_rates")
    own = rates[(rates["company"] == "OpenAI") & rates["preferred"].astype(bool)].tail(1)
    return (
        pd.concat([rows, row], ignore_index=True),
        pd.concat([rates, own.assign(date=day, run_rate_usd_bn=billions)], ignore_index=True),
    )


def test_a_prediction_stays_what_it_was() -> None:
    before = compute.prediction().set_index(["date", "rule"])
    facts, rates = the_end_of_2026(5.0, 90.0)
    same = compute.prediction(facts, rates, realised=facts).set_index(["date", "rule"])
    day = (pd.Timestamp(2026, 12, 31), "follows compute")
    ends = ["predicted", "low", "high", "exact_low", "exact_high"]
    # Its own outcome neither bends the line nor widens it.
    assert np.allclose(same[ends].astype(float), before[ends].astype(float), equal_nan=True)
    assert same.loc[day, "rests_on"] == "figures" and before.loc[day, "rests_on"] == "a plan"
    assert len(compute.points(facts=facts, run_rates=rates)) == 4
    # Fewer gigawatts than planned are predicted to earn less; the calendar does not see them.
    fewer, _ = the_end_of_2026(4.0, 90.0)
    moved = compute.prediction(fewer, rates, realised=fewer).set_index(["date", "rule"])
    assert moved.loc[day, "gigawatts"] == 4.0
    assert moved.loc[day, "predicted"] < before.loc[day, "predicted"]
    calendar = (day[0], "follows the calendar")
    assert moved.loc[calendar, "low"] == before.loc[calendar, "low"]
    # A plan of a later day moves nothing.
    plans = data.load("projections")
    late = plans["made"] > pd.Timestamp("2026-06-01")
    later = pd.concat([plans, plans[late].assign(made=pd.Timestamp("2027-01-05"), value=1.0)])
    late_plan = compute.prediction(projections=later).set_index(["date", "rule"])
    assert np.allclose(late_plan[ends].astype(float), before[ends].astype(float), equal_nan=True)


def test_the_predicted_range_knows_the_errors_of_the_figures() -> None:
    table = compute.prediction()
    table = table[table["rule"] != "strictly proportional"]
    assert (table["low"] < table["exact_low"]).all() and (table["high"] > table["exact_high"]).all()
    assert ((table["low"] < table["predicted"]) & (table["predicted"] < table["high"])).all()


def test_the_register_holds_the_same_prediction(monkeypatch) -> None:
    facts, rates = the_end_of_2026(4.0, 90.0)
    later = {"company_facts": facts, "run_rates": rates}
    load = data.load
    monkeypatch.setattr(data, "load", lambda name: later[name] if name in later else load(name))
    own = compute.prediction().set_index(["date", "rule"])
    row = own.loc[(pd.Timestamp(2026, 12, 31), "follows compute")]
    assert row["rests_on"] == "figures"
    told = forecast_register.run_rate(2026, "follows compute")
    assert (told.low, told.middle, told.high) == (row["low"], row["predicted"], row["high"])
    assert told.found == 90.0 and forecast_register.MADE == compute.PREDICTED


# ------------------------------------------------------------------ 9. forecasts


def test_vintages_add_up_to_what_was_reported() -> None:
    totals = compute.forecast_totals()
    by_year = totals[totals["kind"] == "by year"].set_index("vintage")
    # Reported sums: -115 to 2029 (80 more than the plan before), then 111 more.
    assert by_year["total"]["2025 Q3"] == pytest.approx(-115, abs=2)
    change = by_year["total"]["2025 Q3"] - by_year["total"]["2025 Q1"]
    assert change == pytest.approx(-80, abs=3)
    more = by_year["total"]["2026 Q1"] - by_year["total"]["2025 Q3"]
    assert more == pytest.approx(-111, abs=2)
    assert by_year["first_profit"].tolist() == [2029, 2030, 2030]
    quoted = totals[totals["kind"] == "quoted in the interview"]["total"].iloc[0]
    assert quoted == pytest.approx(by_year["total"]["2025 Q3"], rel=0.05)
    assert totals["made"].is_monotonic_increasing


def test_changes_between_vintages() -> None:
    table = compute.cash_forecasts()
    wide = table.pivot(index="year", columns="vintage", values="cash_flow")
    last = table[table["vintage"] == "2026 Q1"].set_index("year")["change"]
    assert np.allclose(last, wide["2026 Q1"] - wide["2025 Q3"])
    assert not table.loc[table["year"] == 2024, "is_forecast"].any()
    assert table.loc[table["year"] == 2030, "is_forecast"].all()
    assert compute.vintage_name(pd.Timestamp(2026, 2, 1), "month") == "2026-02"
    assert compute.vintage_name(pd.Timestamp(2026, 2, 1), "year") == "2026"


# ------------------------------------------------------------------ rules that can fail


def by_hand(gigawatts: float) -> dict[str, tuple[float, float, float]]:
    """Work out centre, scale and freedom of each rule once more, step by step."""
    reports = RUN_RATES[(RUN_RATES["company"] == "OpenAI") & RUN_RATES["preferred"]]
    reports = reports[reports["date"] >= "2023-12-31"].sort_values("date")
    days = reports["date"].diff().dt.days.to_numpy()[1:]
    months = days / (365.25 / 12)
    logs = np.log(reports["run_rate_usd_bn"].to_numpy())
    pace = (logs[-1] - logs[0]) / months.sum()
    errors = [
        (step - pace * month) ** 2 / month
        for step, month in zip(np.diff(logs), months, strict=True)
    ]
    freedom = len(errors) - 1
    wobble = np.sqrt(sum(errors) / freedom)
    # The last year-end: 20 billion, or 21.4, to a whole billion; 1.9 GW to a tenth.
    sales = np.log([19.5, 21.9])
    power = np.log([1.85, 1.95])
    base = sales.mean() - power.mean()
    unsure = stats.uniform(0, np.diff(sales)[0]).var() + stats.uniform(0, np.diff(power)[0]).var()
    left = (pd.Timestamp(2026, 12, 31) - reports["date"].iloc[-1]).days / (365.25 / 12)
    return {
        compute.IN_PROPORTION: (
            base + np.log(gigawatts),
            np.sqrt((np.log(1.1) / stats.norm.ppf(0.975)) ** 2 + unsure),
            np.inf,
        ),
        compute.ON_EXPECTATION: (
            base + np.log(5.0),
            np.sqrt(12 * wobble**2 + unsure),
            freedom,
        ),
        compute.OWN_PACE: (
            logs[-1] + pace * left,
            np.sqrt(wobble**2 * left + (left * wobble) ** 2 / months.sum()),
            freedom,
        ),
    }


@pytest.mark.parametrize("gigawatts", [4.0, 5.0, 6.5])
def test_the_rivals_by_hand(gigawatts) -> None:
    table = compute.rivals(gigawatts).set_index("rule")
    assert tuple(table.index) == compute.RIVALS
    for rule, (centre, scale, freedom) in by_hand(gigawatts).items():
        row = table.loc[rule]
        law = stats.norm if np.isinf(freedom) else stats.t(freedom)
        assert (row["centre"], row["scale"]) == pytest.approx((centre, scale))
        assert row["degrees_of_freedom"] == freedom
        assert row["predicted"] == pytest.approx(np.exp(centre))
        reach = law.ppf(0.975) * scale
        assert (row["low"], row["high"]) == pytest.approx(
            (np.exp(centre - reach), np.exp(centre + reach))
        )
        assert row["per_gw_high"] == pytest.approx(row["high"] / gigawatts)
        found = np.array([40.0, 55.0, 70.0])
        place = compute.RIVALS.index(rule)
        assert compute.likelihoods(table.reset_index(), found)[place] == pytest.approx(
            law.pdf((np.log(found) - centre) / scale) / scale
        )


def test_only_proportion_moves_with_the_gigawatts_that_come() -> None:
    few, many = (compute.rivals(level).set_index("rule")["predicted"] for level in (4.0, 8.0))
    assert many[compute.IN_PROPORTION] == pytest.approx(2 * few[compute.IN_PROPORTION])
    for rule in compute.RIVALS[1:]:
        assert many[rule] == few[rule]
    per_gw = [compute.rivals(level)["per_gw"].iloc[0] for level in (4.0, 8.0)]
    assert per_gw[0] == pytest.approx(per_gw[1])
    for wrong in ({"gigawatts": 0.0}, {"tolerance": 0.0}):
        with pytest.raises(ValueError, match="above zero"):
            compute.rivals(**wrong)


def test_the_sharp_prediction_can_fail_and_the_line_can_hardly() -> None:
    sharp = compute.rivals().set_index("rule").loc[compute.IN_PROPORTION]
    wide = compute.prediction(years=(2026,)).set_index("rule").loc["follows compute"]
    assert sharp["high"] / sharp["low"] < 1.5 < 50 < wide["high"] / wide["low"]
    # Its own pace, the first rival, leads out of it at the gigawatts planned.
    own_pace = compute.rivals().set_index("rule").loc[compute.OWN_PACE, "predicted"]
    assert not sharp["low"] <= own_pace <= sharp["high"]


def test_a_sharp_prediction_stays_what_it_was() -> None:
    before = compute.rivals()
    late = RUN_RATES[RUN_RATES["company"] == "OpenAI"].iloc[-1:].copy()
    late["date"], late["run_rate_usd_bn"] = pd.Timestamp(2026, 12, 20), 90.0
    late["preferred"] = True
    power = FACTS[(FACTS["entity"] == "OpenAI") & (FACTS["series"] == "compute_gw")].iloc[-1:]
    power = power.assign(date=pd.Timestamp(2026, 12, 31), value=4.0, low=3.95, high=4.05)
    plan = PROJECTIONS[
        (PROJECTIONS["series"] == "compute_gw") & (PROJECTIONS["entity"] == "OpenAI")
    ].iloc[-1:]
    plan = plan.assign(made=pd.Timestamp(2026, 12, 1), year_end=pd.Timestamp(2026, 12, 31))
    after = compute.rivals(
        facts=pd.concat([FACTS, power], ignore_index=True),
        run_rates=pd.concat([RUN_RATES, late], ignore_index=True),
        projections=pd.concat([PROJECTIONS, plan.assign(value=4.0)], ignore_index=True),
    )
    pd.testing.assert_frame_equal(after, before)
    older = changed(
        RUN_RATES, {"company": "OpenAI", "date": pd.Timestamp(2026, 7, 31)}, run_rate_usd_bn=30.0
    )
    assert compute.rivals(run_rates=older)["predicted"].iloc[2] < before["predicted"].iloc[2]


@pytest.mark.parametrize(("level", "bar"), [(4.0, 3.0), (5.0, 10.0)])
def test_the_chance_to_tell_by_drawing(level, bar) -> None:
    table = compute.rivals(level)
    rng = np.random.default_rng(5)
    own, *others = (
        row.centre
        + row.scale
        * (
            rng.standard_normal(40_000)
            if np.isinf(row.degrees_of_freedom)
            else rng.standard_t(row.degrees_of_freedom, 40_000)
        )
        for row in table.itertuples()
    )
    chances = compute.chance_to_tell((level,), ratio=bar).set_index("against")
    for place, rule in enumerate(compute.RIVALS[1:], 1):
        row = chances.loc[rule]
        for drawn, wins, loses in (
            (own, "if_proportion", "misled_if_proportion"),
            (others[place - 1], "misled_if_rival", "if_rival"),
        ):
            likely = compute.likelihoods(table, np.exp(drawn))
            ratio = likely[0] / likely[place]
            assert row[wins] == pytest.approx((ratio >= bar).mean(), abs=0.01)
            assert row[loses] == pytest.approx((ratio <= 1 / bar).mean(), abs=0.01)
    # Of two rules that foretell the same, the sharper can win by its sharpness alone.
    planned = compute.chance_to_tell((5.0,)).set_index("against")
    scale = compute.rivals(5.0).set_index("rule")["scale"]
    peak = stats.norm.pdf(0) / stats.t(10).pdf(0)
    assert planned.loc[compute.ON_EXPECTATION, "most"] == pytest.approx(
        peak * scale[compute.ON_EXPECTATION] / scale[compute.IN_PROPORTION], rel=1e-3
    )


def test_the_chance_to_tell_by_roots_and_distributions() -> None:
    own, _, pace = compute.rivals(5.0).itertuples()
    normal = stats.norm(own.centre, own.scale)
    student = stats.t(pace.degrees_of_freedom, pace.centre, pace.scale)

    def excess(x: float, bar: float) -> float:
        return normal.logpdf(x) - student.logpdf(x) - np.log(bar)

    row = compute.chance_to_tell((5.0,), ratio=10.0).set_index("against").loc[compute.OWN_PACE]
    for bar, wins, loses in ((10.0, "if_proportion", "misled_if_rival"), (0.1, "", "if_rival")):
        low = optimize.brentq(excess, own.centre - 1, own.centre - 0.01, args=(bar,))
        high = optimize.brentq(excess, own.centre - 0.01, pace.centre + 0.1, args=(bar,))
        if wins:
            assert row[wins] == pytest.approx(normal.cdf(high) - normal.cdf(low), abs=1e-4)
            inside = student.cdf(high) - student.cdf(low)
            assert row[loses] == pytest.approx(inside, abs=1e-4)
        else:
            outside = student.cdf(low) + student.sf(high)
            assert row[loses] == pytest.approx(outside, abs=1e-4)


def test_the_band_is_that_of_the_prediction() -> None:
    planned = compute.prediction(years=(2026,)).set_index("rule").loc["follows compute"]
    band = compute.band_under_error(np.array([0.6, planned["gigawatts"]]))
    assert band[:, 1] == pytest.approx((planned["low"], planned["high"]))
    assert band[1, 0] / band[0, 0] < band[1, 1] / band[0, 1]


def test_a_star_marks_one_source() -> None:
    assert compute.starred(["a", 2024], [True, False]) == ["a *", "2024"]
    with pytest.raises(ValueError):
        compute.starred(["a"], [True, False])


# ------------------------------------------------------------------ 12. the specification curve


def test_the_curve_agrees_with_statsmodels_where_it_can() -> None:
    curve = compute.specification_curve().set_index(list(compute.CHOICES))
    parts = [
        compute.points("H100-equivalents", entity=name, within_days=100)
        for name in ("OpenAI", "Anthropic")
    ]
    table = pd.concat(parts, ignore_index=True)
    dummies = pd.get_dummies(table["entity"]).to_numpy(float)
    x, y = np.log(table["compute"]), np.log(table["revenue"])
    for estimator, extra in (("levels", []), ("with a trend", [table["year"] - 2024.0])):
        other = sm.OLS(y, np.column_stack([x, dummies, *extra])).fit()
        row = curve.loc["all", "run-rate", "H100-equivalents", "all years", estimator]
        assert row["estimate"] == pytest.approx(other.params.iloc[0])
        assert row["low"] == pytest.approx(other.conf_int().iloc[0, 0])
        assert row["degrees_of_freedom"] == other.df_resid
    row = curve.loc["OpenAI", "run-rate", "gigawatts", "all years", "growth on growth"]
    dx, dy = (np.diff(np.log(compute.points()[name])) for name in ("compute", "revenue"))
    other = sm.OLS(dy, dx).fit()
    assert row["estimate"] == pytest.approx(other.params[0])
    assert (row["low"], row["high"]) == pytest.approx(tuple(other.conf_int()[0]))


def test_the_curve_flags_what_has_no_interval() -> None:
    curve = compute.specification_curve()
    assert len(curve) == np.prod(
        [len(compute.FIRMS), len(compute.REVENUES), 3, len(compute.WINDOWS), 3]
    )
    usable = curve[curve["usable"]]
    assert usable[["estimate", "low", "high"]].notna().all().all()
    assert (usable["degrees_of_freedom"] >= 1).all() and usable["reason"].eq("").all()
    assert curve.loc[~curve["usable"], "reason"].ne("").all()
    found = compute.summary(curve)
    assert found["usable"] == len(usable) and found["median"] == usable["estimate"].median()
    inside = ((usable["low"] <= 1) & (usable["high"] >= 1)).mean()
    assert found["share_contain_one"] == pytest.approx(inside)


def test_the_curve_moves_with_a_figure() -> None:
    before = compute.specification_curve().set_index(list(compute.CHOICES))["estimate"]
    moved = compute.specification_curve(changed(FACTS, gw_at(2025), value=4.0))
    after = moved.set_index(list(compute.CHOICES))["estimate"]
    place = ("OpenAI", "run-rate", "gigawatts", "all years", "levels")
    assert after[place] < before[place]
    untouched = ("OpenAI", "run-rate", "H100-equivalents", "all years", "levels")
    assert after[untouched] == before[untouched]


# ------------------------------------------------------------------ the same every time


def test_random_draws_come_from_a_seed_that_the_caller_sees() -> None:
    for function in (
        compute.slopes_under_error,
        compute.unrelated_series,
        compute.two_worlds,
        compute.power,
    ):
        assert "seed" in inspect.signature(function).parameters
        few = {"draws": 200}
        pd.testing.assert_frame_equal(function(**few), function(**few))


def test_the_order_of_rows_in_the_tables_does_not_matter() -> None:
    rng = np.random.default_rng(11)
    facts = FACTS.iloc[rng.permutation(len(FACTS))].reset_index(drop=True)
    rates = RUN_RATES.iloc[rng.permutation(len(RUN_RATES))].reset_index(drop=True)
    plans = PROJECTIONS.iloc[rng.permutation(len(PROJECTIONS))].reset_index(drop=True)
    pd.testing.assert_frame_equal(compute.famous_line(facts, rates), compute.famous_line())
    pd.testing.assert_frame_equal(compute.prediction(facts, rates, plans), compute.prediction())
    pd.testing.assert_frame_equal(compute.forecast_totals(plans), compute.forecast_totals())
