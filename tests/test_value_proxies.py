"""Proxies of value: pairing, curvature and its intervals, bends, power, specification curve."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from statsmodels.stats.proportion import proportion_confint

from three_observations import compute_revenue, data, growth_theorems
from three_observations import value_proxies as vp
from three_observations.time_horizons import Process

DAY = pd.Timestamp


def synthetic(n=14, slope=0.1, bend=0.0, noise=0.0, seed=1):
    """Points at uneven days and scores, with a known curvature."""
    rng = np.random.default_rng(seed)
    years = np.sort(rng.uniform(0, 3, n))
    x = 120 + 12 * years + rng.uniform(0, 2, n)
    u = x - x.mean()
    y = 1 + slope * u + bend * u**2 / 2 + noise * rng.standard_normal(n)
    return pd.DataFrame({"x": x, "y": y, "years": years, "date": DAY("2023-01-01")})


@pytest.fixture(scope="module")
def openai():
    return vp.points("OpenAI")


@pytest.fixture(scope="module")
def curve():
    return vp.specification_curve()


# ---------------------------------------------------------------------------------------------
# pairing


def test_scores_are_those_of_the_tables():
    found = vp.firm_scores("Anthropic", "eci_2026_10")
    scores = data.load("scores")
    scores = scores[scores["ruler"] == "eci_2026_10"].set_index("version")["score"]
    assert (found["value"].to_numpy() == scores[found["model"]].to_numpy()).all()
    models = data.load("firm_models").set_index("model")
    assert set(models.loc[found["model"], "developer"]) == {"Anthropic"}
    assert (found["date"].to_numpy() == models.loc[found["model"], "released"].to_numpy()).all()
    assert found["date"].is_monotonic_increasing


def test_coverage_ends_with_the_first_unscored_release():
    models = data.load("firm_models")
    ours = models[models["developer"] == "Anthropic"]
    for ruler in ("eci_2026_08", "gpqa_diamond", "horizon_minutes"):
        found = vp.firm_scores("Anthropic", ruler)
        later = ours.loc[ours["released"] > found["date"].max(), "released"]
        assert found.attrs["until"] == later.min()
    assert pd.isna(vp.firm_scores("OpenAI", "eci_2026_10").attrs["until"])


def test_horizons_are_one_vintage_without_the_stitched_models():
    found = vp.firm_scores("OpenAI", "horizon_minutes")
    horizons = data.load("horizons")
    newest = horizons[(horizons["suite"] == vp.NEWEST) & (horizons["task_suite"] == "1.1")]
    newest = newest.set_index("model")["p50_minutes"]
    assert (found["value"].to_numpy() == newest[found["model"]].to_numpy()).all()
    doublings = vp.firm_scores("OpenAI", "horizon_doublings")
    np.testing.assert_allclose(2 ** doublings["value"], found["value"])


def test_guessing_is_taken_off_before_the_logit():
    plain = vp.firm_scores("OpenAI", "gpqa_diamond").set_index("model")["value"]
    bent = vp.firm_scores("OpenAI", "gpqa_logit").set_index("model")["value"]
    known = (plain[bent.index] - 25) / 75
    np.testing.assert_allclose(bent, np.log(known / (1 - known)))


def test_a_staircase_rises_and_holds_the_best_of_a_day():
    days = [DAY("2024-01-01"), DAY("2024-01-01"), DAY("2024-02-01"), DAY("2024-03-01")]
    scores = pd.DataFrame({"model": list("abcd"), "date": days, "value": [1.0, 3.0, 2.0, 4.0]})
    steps = vp.staircase(scores)
    assert list(steps["model"]) == ["b", "d"]
    for firm in (*vp.FIRMS, vp.BOTH):
        steps = vp.staircase(vp.firm_scores(firm))
        assert (np.diff(steps["value"]) > 0).all() and steps["date"].is_unique


def test_nothing_is_carried_back_nor_beyond():
    scores = pd.DataFrame(
        {"model": ["a", "b"], "date": [DAY("2024-01-10"), DAY("2024-06-10")], "value": [1.0, 2.0]}
    )
    scores.attrs = {"until": DAY("2024-12-10")}
    days = ["2024-01-09", "2024-01-10", "2024-06-09", "2024-06-10", "2024-12-09", "2024-12-10"]
    series = pd.DataFrame({"date": pd.to_datetime(days), "usd_bn": np.arange(1.0, 7.0)})
    table = vp.on_ruler(series, scores)
    assert list(table["x"]) == [1, 1, 2, 2]
    assert table.attrs["dropped"] == {"before the first model": 1, "after the last model": 1}
    np.testing.assert_allclose(np.exp(table["y"]), [2, 3, 4, 5])
    later = vp.on_ruler(series, scores, lag_months=1)
    assert list(later["x"]) == [1, 1, 2, 2]
    assert list(later["date"]) == list(series["date"][2:])


def test_the_first_report_of_openai_precedes_its_first_scored_model(openai):
    assert openai.attrs["dropped"]["before the first model"] == 1
    assert openai["date"].min() > vp.firm_scores("OpenAI")["date"].min()


def test_a_lag_takes_the_model_of_then(openai):
    steps = vp.staircase(vp.firm_scores("OpenAI"))
    for lag in vp.LAGS:
        table = vp.points("OpenAI", lag_months=lag)
        for row in table.itertuples():
            then = row.date - pd.Timedelta(days=round(lag * 365.25 / 12))
            assert row.x == steps.loc[steps["date"] <= then, "value"].max()
    with pytest.raises(ValueError, match="model of the future"):
        vp.points("OpenAI", lag_months=-1)


def test_rows_of_run_rates():
    table = data.load("run_rates")
    for firm in vp.FIRMS:
        ours = table[table["company"] == firm]
        preferred = vp.run_rates_of(firm)
        assert len(preferred) == ours["preferred"].sum()
        own = vp.run_rates_of(firm, "own statement")
        assert len(own) == (ours["preferred"] & (ours["kind"] == "own statement")).sum()
        every = vp.run_rates_of(firm, "all")
        assert (every["date"].diff().dt.days.dropna() > 0).all()
        assert len(preferred) <= len(every) < len(ours)
    both = vp.run_rates_of("OpenAI", "all").set_index("date")["usd_bn"]
    assert both[DAY("2023-12-30")] == pytest.approx(np.sqrt(1.6 * 2.0))
    with pytest.raises(ValueError, match="no run-rate of 'xAI'"):
        vp.run_rates_of("xAI", "own statement")
    assert len(vp.run_rates_of("xAI")) == 1  # quarters times four are no run-rates


def test_the_sum_lies_within_both_and_adds_up():
    total = vp.run_rates_of(vp.BOTH)
    parts = [vp.run_rates_of(firm) for firm in vp.FIRMS]
    assert total["date"].min() == max(part["date"].min() for part in parts)
    assert total["date"].max() == min(part["date"].max() for part in parts)
    last = total[total["date"] == DAY("2026-07-31")].iloc[0]
    assert last["usd_bn"] == pytest.approx(105.0) and not last["interpolated"]
    # On 2025-10-21 Anthropic said 7; OpenAI said 12 on 07-30 and 19 on 12-18.
    day = total[total["date"] == DAY("2025-10-21")].iloc[0]
    share = (DAY("2025-10-21") - DAY("2025-07-30")) / (DAY("2025-12-18") - DAY("2025-07-30"))
    assert day["usd_bn"] == pytest.approx(7 + 12 * (19 / 12) ** share)
    assert day["interpolated"]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: vp.firm_scores("OpenAI", "elo"), "unknown ruler 'elo'"),
        (lambda: vp.firm_scores("Nobody"), "no models of 'Nobody'"),
        (lambda: vp.run_rates_of("OpenAI", "best"), "unknown choice of rows"),
        (lambda: vp.placebos("xAI"), "unknown firm"),
        (lambda: vp.revenue_power(rises=(-0.1,)), "share of zero or above"),
        (lambda: vp.revenue_power(since="then"), "'throughout' or 'today'"),
        (lambda: vp.gdpval_points("lose"), "unknown measure"),
        (lambda: vp.fixed_scores("mmlu"), "no score of"),
        (lambda: vp.price_list("eci_2026_08", which="good"), "unknown choice of models"),
        (lambda: vp.specification_curve(estimators=("magic",)), "unknown estimator"),
    ],
)
def test_impossible_wishes_say_why(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_a_value_of_zero_has_no_logarithm():
    series = pd.DataFrame({"date": [DAY("2024-01-01")], "usd_bn": [0.0]})
    with pytest.raises(ValueError, match="has no logarithm"):
        vp.on_ruler(series, None)


# ---------------------------------------------------------------------------------------------
# curvature


def test_curvature_is_recovered_and_its_comparisons_follow():
    found = vp.curvature(synthetic(slope=0.12, bend=0.004, noise=1e-6))
    assert found["curvature"] == pytest.approx(0.004, rel=1e-3)
    assert found["slope"] == pytest.approx(0.12, rel=1e-3)
    assert found["lasting"] == pytest.approx(0.004, rel=1e-3)
    assert found["aicc_gain"] > 50 and found["bayes_factor"] > 1e6
    assert found["at_high"] - found["at_low"] == pytest.approx(
        0.004 * (found["high_x"] - found["low_x"]), rel=1e-3
    )
    flat = vp.curvature(synthetic(noise=0.2, seed=4))
    assert flat["aicc_gain"] < 0 and flat["bayes_factor"] < 1


def test_curvature_equals_statsmodels(openai):
    found = vp.curvature(openai)
    u = (openai["x"] - openai["x"].mean()).to_numpy()
    design, y = np.column_stack([np.ones_like(u), u, u**2 / 2]), openai["y"].to_numpy()
    model = sm.OLS(y, design)
    plain = model.fit()
    assert found["curvature"] == pytest.approx(plain.params[2])
    assert found["slope"] == pytest.approx(plain.params[1])
    assert (found["ordinary_low"], found["ordinary_high"]) == pytest.approx(plain.conf_int()[2])
    robust = model.fit(cov_type="HC3", use_t=True).conf_int()[2]
    assert (found["robust_low"], found["robust_high"]) == pytest.approx(robust)
    serial = model.fit(cov_type="HAC", cov_kwds={"maxlags": 4, "use_correction": True})
    reach = 1.96 + 2.9694 * 5 / 14 + 0.4160 * (5 / 14) ** 2 - 0.5324 * (5 / 14) ** 3
    assert found["newey_west_high"] - plain.params[2] == pytest.approx(reach * serial.bse[2])
    gap = np.abs(np.subtract.outer(openai["years"].to_numpy(), openai["years"].to_numpy()))
    lasting = sm.GLS(y, design, sigma=np.exp(-gap / 3)).fit()
    assert found["lasting"] == pytest.approx(lasting.params[2], rel=1e-3)
    assert (found["lasting_low"], found["lasting_high"]) == pytest.approx(
        lasting.conf_int()[2], rel=1e-3
    )
    line = sm.OLS(y, design[:, :2]).fit()
    assert found["r_squared"] == pytest.approx(line.rsquared)
    assert found["bayes_factor"] == pytest.approx(np.exp((line.bic - plain.bic) / 2))
    white = sm.GLS(y, design[:, :2], sigma=np.exp(-gap / 3)).fit()
    factor = np.exp((white.bic - lasting.bic) / 2)
    assert found["bayes_factor_lasting"] == pytest.approx(factor, rel=1e-3)


def test_units_and_order_do_not_matter(openai):
    found = vp.curvature(openai)
    other = openai.assign(x=100 * openai["x"] - 7, y=openai["y"] + np.log(7.2))
    scaled = vp.curvature(other.sample(frac=1, random_state=3))
    for name in ("curvature", "robust_low", "newey_west_high", "lasting", "lasting_low"):
        assert scaled[name] * 1e4 == pytest.approx(found[name], rel=1e-9)
    for name in ("r_squared", "bayes_factor", "aicc_gain", "bayes_factor_lasting"):
        assert scaled[name] == pytest.approx(found[name], rel=1e-8)


def test_too_little_data_says_so():
    with pytest.raises(ValueError, match="five points at three scores"):
        vp.curvature(synthetic(4))
    with pytest.raises(ValueError, match="five points at three scores"):
        vp.curvature(synthetic(9).assign(x=[1.0, 2.0] * 4 + [1.0]))
    few = data.load("run_rates").groupby("company").head(4)
    table = vp.revenue_curvature(["Anthropic"], [vp.INDEX], run_rates=few)
    assert "five points" in table["reason"].iloc[0] and "curvature" not in table


def test_both_vintages_and_every_lag_are_there():
    table = vp.revenue_curvature(lags=vp.LAGS)
    assert len(table) == 3 * 2 * 4 and (table["reason"] == "").all()
    assert (table["slope_low"] > 0).all()
    one = table[(table["firm"] == "OpenAI") & (table["lag_months"] == 6)].iloc[0]
    alone = vp.curvature(vp.points("OpenAI", lag_months=6))
    assert one["curvature"] == alone["curvature"]


def test_what_a_table_says_decides():
    before = vp.revenue_curvature(["OpenAI"], [vp.INDEX]).iloc[0]
    table = data.load("run_rates")
    doubled = table.assign(run_rate_usd_bn=table["run_rate_usd_bn"] * 2)
    same = vp.revenue_curvature(["OpenAI"], [vp.INDEX], run_rates=doubled).iloc[0]
    assert same["curvature"] == pytest.approx(before["curvature"], rel=1e-9)
    last = (table["company"] == "OpenAI") & (table["date"] == DAY("2026-07-31"))
    bent = table.assign(
        run_rate_usd_bn=table["run_rate_usd_bn"].where(~last, table["run_rate_usd_bn"] * 3)
    )
    more = vp.revenue_curvature(["OpenAI"], [vp.INDEX], run_rates=bent).iloc[0]
    assert more["curvature"] > before["curvature"] + 1e-4
    data.use(run_rates=bent)
    try:
        through = vp.revenue_curvature(["OpenAI"], [vp.INDEX]).iloc[0]
    finally:
        data.use()
    assert through["curvature"] == more["curvature"]


def test_leaving_out_is_leaving_out(openai):
    table = vp.left_out("OpenAI")
    assert (table["kind"] == "one").sum() == len(openai)
    second = table.set_index("variant").loc["without the first 2"]
    assert second["curvature"] == vp.curvature(openai.iloc[2:])["curvature"]
    single = table[table["kind"] == "one"].iloc[3]
    assert single["curvature"] == vp.curvature(openai.drop(index=3))["curvature"]


def test_intervals_cover_as_the_chapter_says():
    table = vp.coverage("OpenAI", histories=2000).set_index("correlation_years")
    assert table.loc[0.0, "ordinary"] == pytest.approx(0.95, abs=0.015)
    assert table.loc[0.0, "robust"] == pytest.approx(0.955, abs=0.02)
    assert table.loc[3.0, "lasting"] == pytest.approx(0.95, abs=0.015)
    assert (table["lasting"] > 0.93).all()
    assert table.loc[3.0, "ordinary"] < 0.75 and table.loc[3.0, "newey_west"] < 0.85
    noisy = vp.coverage("Anthropic", own_share=0.25, histories=1000)
    assert (noisy["lasting"] > 0.93).all()


def test_many_intervals_at_once_are_the_single_ones(openai):
    curve = vp.Curve.of(openai)
    process = Process(curve.years, 0.0, 0.2, 1.0, 0.1, 0.0)
    noise = vp._residuals(curve.years, process, 0.1, 60, 5)
    wrong = vp._excluded(curve, noise.T, 0.0005)
    names = list(wrong)
    counted = dict.fromkeys(names, 0)
    for one in noise:
        found = vp.curvature(openai.assign(y=one))
        for name in names:
            counted[name] += not found[f"{name}_low"] <= 0.0005 <= found[f"{name}_high"]
    assert wrong == pytest.approx({name: number / 60 for name, number in counted.items()})


# ---------------------------------------------------------------------------------------------
# both firms, and time


def test_composition_is_the_curvature_of_the_sum():
    table = vp.composition()
    first = vp.run_rates_of(vp.BOTH)["date"].min()
    tables = [vp.points(firm, vp.CALENDAR) for firm in vp.FIRMS]
    parts = [vp.Curve.of(part[part["date"] >= first]) for part in tables]

    def total(day):
        value = 0.0
        for part in parts:
            u = (day - part.centre) / part.unit
            value += np.exp(part.fit().coefficients @ [1, u, u**2 / 2])
        return np.log(value)

    step = 1e-3
    for row in table.itertuples():
        second = (total(row.x + step) - 2 * total(row.x) + total(row.x - step)) / step**2
        assert row.curvature == pytest.approx(second, rel=1e-3)
        assert row.own + row.composition == pytest.approx(row.curvature)
        assert row.composition >= 0
        assert row.composition_low <= row.composition <= row.composition_high or row.Index == 0
    last = table.iloc[-1]
    weight = last["OpenAI"] / (last["OpenAI"] + last["Anthropic"])
    gap = last["rate_OpenAI"] - last["rate_Anthropic"]
    assert last["composition"] == pytest.approx(weight * (1 - weight) * gap**2)
    assert 0 < last["share"] <= 1.5


def test_two_exponentials_are_all_composition():
    days = pd.date_range("2024-01-31", periods=12, freq="ME")
    rows = []
    for company, rate in (("OpenAI", 1.0), ("Anthropic", 2.0)):
        for place, day in enumerate(days):
            value = np.exp(rate * (day - days[6]).days / 365.25) * (1 + 1e-6 * (-1) ** place)
            rows.append(
                {
                    "company": company,
                    "date": day,
                    "run_rate_usd_bn": value,
                    "basis": "stated",
                    "preferred": True,
                    "kind": "press",
                }
            )
    table = vp.composition(run_rates=pd.DataFrame(rows))
    middle = table.iloc[1]
    assert middle["share"] == pytest.approx(1, abs=1e-3)
    assert middle["composition"] == pytest.approx(0.25, rel=0.01)
    sums = vp.run_rates_of(vp.BOTH, run_rates=pd.DataFrame(rows))
    assert vp.curvature(vp.on_ruler(sums, None))["curvature"] > 0.2


def test_placebos_say_that_time_does_as_well(openai):
    table = vp.placebos("OpenAI").set_index("what")
    own, time = table.loc["own best model"], table.loc["calendar time"]
    assert own["curvature"] == vp.curvature(openai)["curvature"]
    line = np.corrcoef(openai["years"], openai["y"])[0, 1] ** 2
    assert time["r_squared"] == pytest.approx(line)
    assert time["n"] == own["n"] == len(openai)
    walk = table.loc["random walk with drift"]
    assert walk["low"] < walk["curvature"] < walk["high"]
    assert 0 < walk["p_value"] <= 1 and 0 <= walk["ordinary"] <= 1
    again = vp.placebos("OpenAI").set_index("what")
    pd.testing.assert_frame_equal(again.reset_index(), table.reset_index())
    other = vp.placebos("OpenAI", seed=1).set_index("what")
    assert other.loc["steps shuffled", "low"] != table.loc["steps shuffled", "low"]


def test_beside_time_equals_statsmodels(openai):
    row = vp.beside_time(["OpenAI"]).iloc[0]
    x, day = openai["x"] - openai["x"].mean(), openai["years"] - openai["years"].mean()
    fit = sm.OLS(openai["y"], np.column_stack([np.ones_like(x), x, day]))
    fit = fit.fit(cov_type="HC3", use_t=True)
    assert row["beside"] == pytest.approx(fit.params.iloc[1])
    assert row["beside_high"] == pytest.approx(fit.conf_int()[1].iloc[1])
    assert row["a_year"] == pytest.approx(fit.params.iloc[2])
    assert row["r_squared_both"] >= max(row["r_squared_score"], row["r_squared_time"])
    assert row["correlation"] > 0.9


def test_many_quadratics_are_the_single_ones():
    rng = np.random.default_rng(6)
    x = np.sort(rng.uniform(0, 40, (30, 12)), axis=1)
    y = 0.1 * x + rng.standard_normal(x.shape)
    kept = rng.random(x.shape) < 0.7
    found, error, r_squared, count = vp._quadratics(x, y, kept)
    for row in range(len(x)):
        part = pd.DataFrame({"x": x[row, kept[row]], "y": y[row, kept[row]]})
        if len(part) < 5:
            assert np.isnan(found[row])
            continue
        single = vp.curvature(part, in_time=False)
        assert count[row] == single["n"]
        assert found[row] == pytest.approx(single["curvature"])
        assert r_squared[row] == pytest.approx(single["r_squared"])
        reach = (single["ordinary_high"] - single["ordinary_low"]) / 2
        from three_observations.estimation import student

        assert error[row] == pytest.approx(reach / student(len(part) - 3))
    nothing = vp._quadratics(x, y, np.zeros(x.shape, dtype=bool))[0]
    assert np.isnan(nothing).all()


# ---------------------------------------------------------------------------------------------
# paid tasks, remote jobs, users


def test_quoted_figures_of_gdpval_stand_in_the_table():
    table = vp.gdpval_quoted()
    assert set(table["model"]) == {"GPT-5", "GPT-5.2", "GPT-5.2 Pro"}
    # Printed with one decimal; the hub has GPT-5 at medium effort, a point lower.
    printed = table[table["vintage"].isin(["paper", "launch"])]
    assert (printed["difference"].abs() < 0.05).all() and len(printed) == 3
    hub = table[(table["model"] == "GPT-5.2") & (table["vintage"] == "hub_2026_05")].iloc[0]
    assert hub["win_pct"] == 49.7 and hub["difference"] == pytest.approx(-0.04, abs=0.01)


def test_gdpval_points_and_readings():
    every, hub = vp.gdpval_points(), vp.gdpval_points(which="hub")
    records = vp.gdpval_points(which="records")
    assert len(hub) < len(every) and (np.diff(records["percent"]) > 0).all()
    assert set(records["model"]) <= set(every["model"]) and every["model"].is_unique
    assert vp.gdpval_points("win")["percent"].max() == 49.7
    table = vp.gdpval_curvature()
    assert len(table) == 2 * 3 * 3 * 3
    row = table[
        (table["measure"] == "win or tie")
        & (table["scale"] == "logit")
        & (table["ruler"] == vp.INDEX)
        & (table["models"] == "all")
    ].iloc[0]
    share = every["percent"] / 100
    u = every["x"] - every["x"].mean()
    fit = sm.OLS(np.log(share / (1 - share)), np.column_stack([np.ones_like(u), u, u**2 / 2])).fit()
    assert row["curvature"] == pytest.approx(fit.params.iloc[2])
    assert row["ordinary_low"] == pytest.approx(fit.conf_int()[0].iloc[2])
    with pytest.raises(ValueError, match="no logarithm of its odds"):
        vp._share(np.array([0.0, 50.0]), "logit")


def test_wilson_equals_statsmodels():
    done, trials = np.array([0, 2, 15, 240]), np.full(4, 240)
    low, high = vp.wilson(done, trials)
    theirs = proportion_confint(done, trials, method="wilson")
    np.testing.assert_allclose(low, theirs[0], atol=1e-12)
    np.testing.assert_allclose(high, theirs[1], atol=1e-12)
    with pytest.raises(ValueError, match="successes lie between"):
        vp.wilson(np.array([3]), np.array([2]))


def test_remote_labor_in_projects():
    table = vp.remote_labor_points("eci_2026_10")
    assert ((table["low"] < table["percent"]) & (table["percent"] < table["high"])).all()
    assert (table["done"] - table["percent"] * table["projects"] / 100).abs().max() < 0.13
    assert not table["model"].str.contains("Manus").any()
    found = vp.remote_labor_curvature()
    weighted = found[(found["scale"] == "logit, weighted") & (found["ruler"] == "eci_2026_10")]
    done = table["done"] + 0.5
    failed = table["projects"] + 1 - done
    x = table["x"].to_numpy()
    weights = (done * failed / (done + failed)).to_numpy()
    design = np.vander(x - x.mean(), 3, increasing=True)
    fit = sm.WLS(np.log(done / failed), design, weights=weights).fit()
    assert weighted["curvature"].iloc[0] == pytest.approx(2 * fit.params.iloc[2])
    assert weighted["ordinary_low"].iloc[0] == pytest.approx(2 * fit.conf_int()[0].iloc[2])


def test_users_are_those_that_the_book_uses():
    series = vp.weekly_users()
    table = data.load("users")
    used = table[(table["measure"] == "weekly") & table["preferred"]]
    assert list(series["users_millions"]) == list(used.sort_values("date")["users_millions"])
    found = vp.users_curvature()
    assert list(found["ruler"]) == [*vp.INDICES, vp.CALENDAR]
    with pytest.raises(ValueError, match="no weekly users"):
        vp.weekly_users(table[table["measure"] == "monthly"])


# ---------------------------------------------------------------------------------------------
# prices


def test_a_price_list_holds_the_price_of_the_day():
    day = DAY("2025-02-09")
    table = vp.price_list("eci_2026_08", day).set_index("model")
    prices = data.load("prices")
    rows = prices[(prices["model"] == "GPT-4o (2024-05-13)") & (prices["date"] <= day)]
    last = rows.sort_values("date").iloc[-1]
    wanted = (3 * last["input_usd_per_mtok"] + last["output_usd_per_mtok"]) / 4
    assert table.loc["GPT-4o (2024-05-13)", "price"] == pytest.approx(wanted)
    assert (table["released"] <= day).all()
    young = vp.price_list("eci_2026_08", day, "a year old at most")
    assert (young["released"] > DAY("2024-02-09")).all() and len(young) < len(table)


def test_unbeaten_models_by_brute_force():
    rng = np.random.default_rng(2)
    price, score = rng.integers(1, 9, (20, 15)), rng.integers(1, 9, (20, 15))
    found = vp.unbeaten(price, score)
    for p, s, kept in zip(price, score, found, strict=True):
        for one in range(15):
            beaten = any(
                p[k] <= p[one] and s[k] >= s[one] and (p[k] < p[one] or s[k] > s[one])
                for k in range(15)
            )
            assert kept[one] == (not beaten)


def test_price_gradient_in_standard_units():
    table = vp.price_gradient()
    used = table[table["reason"] == ""]
    np.testing.assert_allclose(used["curvature_sd"], used["curvature"] * used["sd_x"] ** 2)
    assert len(table) == 3 * 2 * 3
    list_ = vp.price_list("arena_2026_07", vp.PRICE_DAYS[1])
    row = used[(used["ruler"] == "arena_2026_07") & (used["models"] == "all")].iloc[-1]
    assert row["curvature"] == vp.curvature(list_, in_time=False)["curvature"]


def test_the_parts_of_the_disagreement_add_up():
    table = vp.why_rulers_disagree().set_index("part")["curvature"]
    assert table["on the first ruler"] == pytest.approx(table.iloc[1:].sum())
    found = vp.why_rulers_disagree()
    assert found.attrs["bend_low"] < found.attrs["bend_curvature"] < found.attrs["bend_high"]
    same = vp.why_rulers_disagree(second="eci_2026_08", first="eci_2026_08").set_index("part")
    assert same.loc["from the bend between them", "curvature"] == pytest.approx(0, abs=1e-9)
    assert same.loc["left over", "curvature"] == pytest.approx(0, abs=1e-9)


def test_picking_the_unbeaten_bends_a_straight_line():
    found = vp.unbeaten_by_chance(draws=400)
    assert found["share_positive"] > 0.7 and found["curvature"] > 0
    assert 2 < found["unbeaten"] < found["n"] / 4
    chosen = vp.price_list("eci_2026_08", vp.PRICE_DAYS[1], "unbeaten")
    every = vp.price_list("eci_2026_08", vp.PRICE_DAYS[1])
    wanted = vp.curvature(chosen, in_time=False)["curvature"] * every["x"].std(ddof=0) ** 2
    assert found["own"] == pytest.approx(wanted)


# ---------------------------------------------------------------------------------------------
# bends


@pytest.mark.parametrize("amount", [-1.2, 0.0, 0.7, 2.0])
def test_the_bend_that_made_the_data_is_found(amount):
    table = synthetic(seed=7)
    wiggle = 1e-4 * np.random.default_rng(3).standard_normal(len(table))
    y = 0.1 * growth_theorems.bend(table["x"], amount, 130, 150) + wiggle
    table = table.assign(y=y)
    for errors in ("ordinary", "robust", vp.LASTING):
        found = vp.straight_bend(table, 130, 150, errors=errors)
        assert found.amount == pytest.approx(amount, abs=0.01)
        assert found.low < found.amount < found.high
        assert found.high - found.low < 0.2
    profile = vp.bend_profile(table, 130, 150)
    assert (profile.loc[profile["amount"] < amount - 0.1, "curvature"] > 0).all()
    assert (profile.loc[profile["amount"] > amount + 0.1, "curvature"] < 0).all()


def test_no_bend_is_the_index_itself(openai):
    low, high = vp.fixed_scores()
    assert (low, high) == (130.0, 150.0)
    row = vp.bend_profile(openai, low, high, np.array([0.0])).iloc[0]
    found = vp.curvature(openai)
    for name in ("curvature", "ordinary_low", "ordinary_high", "robust_low", "robust_high"):
        assert row[name] == pytest.approx(found[name])
    bent = openai.assign(x=growth_theorems.bend(openai["x"], 0.8, low, high))
    other = vp.bend_profile(openai, low, high, np.array([0.8])).iloc[0]
    assert other["robust_high"] == pytest.approx(vp.curvature(bent)["robust_high"])
    assert other["stretch"] == pytest.approx(np.exp(0.8))


def test_the_ends_of_a_bend_are_where_the_test_turns(openai):
    for errors, name in (("ordinary", "ordinary"), ("robust", "robust"), (vp.LASTING, "lasting")):
        found = vp.straight_bend(openai, 130, 150, errors=errors)
        for end in (found.low, found.high):
            if not np.isfinite(end):
                continue
            bent = openai.assign(x=growth_theorems.bend(openai["x"], end, 130, 150))
            one = vp.curvature(bent)
            near = min(abs(one[f"{name}_low"]), abs(one[f"{name}_high"]))
            assert near < 0.02 * (one[f"{name}_high"] - one[f"{name}_low"])


def test_bends_of_an_exponential_cover_zero():
    rng = np.random.default_rng(12)
    inside = 0
    for _ in range(200):
        table = synthetic(seed=7)
        table = table.assign(y=0.1 * table["x"] + 0.2 * rng.standard_normal(len(table)))
        found = vp.straight_bend(table, 130, 150, errors="ordinary")
        if np.isnan(found.amount):  # then the curvature has one sign on every bend
            continue
        inside += found.low <= 0 <= found.high
    assert 0.90 <= inside / 200 <= 0.99


def test_marks_are_bends_of_other_scales():
    marks = vp.bend_marks().set_index("straight_in")
    assert (marks["n"] > 10).all()
    log, minutes = marks.loc["logarithm of the time horizon"], marks.loc["time horizon in minutes"]
    # Minutes are the exponential of their logarithm: they need more bending.
    assert minutes["bend"] > log["bend"] + 1
    horizons = data.load("horizons")
    slower = horizons.assign(p50_minutes=horizons["p50_minutes"] ** 2)
    twice = vp.bend_marks(horizons=slower).set_index("straight_in")
    assert twice.loc["logarithm of the time horizon", "bend"] == pytest.approx(log["bend"])
    other = vp.bend_marks("eci_2026_10")
    assert len(other) == len(marks)


def evaluate(expression, row, **parameters):
    names = {"datum": SimpleNamespace(**row), "pow": pow, "exp": np.exp, "__builtins__": {}}
    return eval(expression, names | parameters)


@pytest.mark.parametrize("amount", [-2.0, -0.5, 0.0, 0.3, 1.5])
def test_what_the_slider_computes_is_what_python_computes(openai, amount):
    low, high = vp.fixed_scores()
    row = vp.bend_at_a_point(openai, low, high)
    wanted = vp.bent_at_a_point(row, amount)
    for name, value in wanted.items():
        assert evaluate(vp.BEND_EXPRESSIONS[name], row, amount=amount) == pytest.approx(
            value, rel=1e-4, abs=1e-9
        )
    score = {"x": 141.0, "low": low, "high": high}
    bent = evaluate(vp.BEND_EXPRESSIONS["bent_score"], score, amount=amount)
    assert bent == pytest.approx(float(growth_theorems.bend(141.0, amount, low, high)), rel=1e-6)


@pytest.mark.parametrize(("errors", "kind"), [("HC3", "robust"), ("lasting", "lasting")])
def test_the_closed_form_crosses_zero_where_it_says(errors, kind):
    for firm in (*vp.FIRMS, vp.BOTH):
        row = vp.bend_at_a_point(vp.points(firm), 130, 150, errors)
        assert vp.bent_at_a_point(row, row["bend"])["bent_curvature"] == pytest.approx(0, abs=1e-12)
        for end in ("low", "high"):
            if np.isfinite(row[f"bend_{end}"]):
                here = vp.bent_at_a_point(row, row[f"bend_{end}"])[f"bent_{end}"]
                assert here == pytest.approx(0, abs=1e-9)
        assert row["bend_low"] < row["bend"] < row["bend_high"]
        at_zero, found = vp.bent_at_a_point(row, 0.0), vp.curvature(vp.points(firm))
        assert at_zero["bent_low"] == pytest.approx(found[f"{kind}_low"])
        assert at_zero["bent_high"] == pytest.approx(found[f"{kind}_high"])
    with pytest.raises(ValueError, match="unknown errors"):
        vp.bend_at_a_point(vp.points("OpenAI"), 130, 150, "ordinary")


@pytest.mark.parametrize("n", [6, 14, 40])
def test_a_straight_line_can_win_by_no_more_than_the_ceilings(n):
    by_aicc, by_factor = vp.ceilings(n)
    rng = np.random.default_rng(n)
    gains, factors = [], []
    for _ in range(200):
        x = np.arange(n) / n
        found = vp.curvature(pd.DataFrame({"x": x, "y": x + rng.standard_normal(n)}), in_time=False)
        gains.append(-found["aicc_gain"])
        factors.append(1 / found["bayes_factor"])
    assert max(gains) <= by_aicc + 1e-9 and max(gains) == pytest.approx(by_aicc, abs=0.05)
    assert max(factors) <= by_factor + 1e-9 and max(factors) == pytest.approx(by_factor, rel=0.02)


def test_counted_specifications_are_of_single_firms_with_lasting_residuals(curve):
    counted = vp.judged(curve)
    assert set(counted["firm"]) == set(vp.FIRMS)
    assert set(counted["estimator"]) == {vp.LASTING}
    assert set(counted["ruler"]) == set(vp.RULERS) - {"horizon_minutes"}
    assert counted["usable"].all()


def test_a_slope_like_zero_leaves_every_bend_open():
    rng = np.random.default_rng(1)
    table = synthetic(slope=0.0).assign(y=rng.standard_normal(14))
    row = vp.bend_at_a_point(table, 130, 150)
    assert row["bend_low"] == -np.inf and row["bend_high"] == np.inf


# ---------------------------------------------------------------------------------------------
# compute, spending, world output


def test_elasticities_are_those_of_the_next_chapter():
    table = vp.elasticities()
    mine = table[table["revenue"] == "OpenAI"].set_index(["revenue_kind", "answers_to"])
    theirs = compute_revenue.famous_line()
    theirs = theirs[theirs["choice"] == "book"]
    for row in theirs.itertuples():
        found = mine.loc[(row.revenue, f"its compute in {row.ruler}")]
        assert found["elasticity"] == pytest.approx(row.elasticity)
        assert found["n"] == row.n
        if row.n > 2:
            assert (found["low"], found["high"]) == pytest.approx((row.low, row.high))
    assert set(table["revenue_kind"]) == {"run-rate", "recognised"}
    assert table.loc[table["n"] == 2, ["low", "high"]].isna().all(axis=None)
    np.testing.assert_allclose(table["marginal"], table["elasticity"] * table["ratio_last"])


def test_spending_counts_whole_years_only():
    table = vp.investment_points()
    spending = data.load("capital_spending")
    year = spending[
        spending["company"].isin(["Alphabet", "Amazon"]) & (spending["quarter_end"].dt.year == 2024)
    ]
    row = table[(table["spending"].str.startswith("capital")) & (table["year"] == 2024)].iloc[0]
    assert row["usd_bn"] == pytest.approx(year["usd_bn"].sum())
    assert row["run_rate"] == 7.0
    gone = spending.drop(index=year.index[0])
    short = vp.investment_points(capital_spending=gone)
    short = short[short["spending"].str.startswith("capital")]
    assert 2024 not in set(short["year"])


def test_present_rates_meet_the_world_when_they_say():
    table = vp.years_to_world_output()
    for row in table.itertuples():
        days = (row.on - DAY("2024-07-01")).days / 365.25 + row.years
        world = row.world_usd_bn * (1 + row.world_growth) ** days
        assert row.usd_bn * np.exp(row.growth * row.years) == pytest.approx(world)
        assert row.years_low <= row.years <= row.years_high
    published = data.load("published")
    with pytest.raises(KeyError, match="world-output-2024"):
        vp.years_to_world_output(published=published[published["result"] != "world-output-2024"])


# ---------------------------------------------------------------------------------------------
# power and false alarms


def test_statistics_over_time_equal_statsmodels():
    rng = np.random.default_rng(3)
    years = np.sort(rng.uniform(-3, 2, 20))
    values = years + 0.3 * rng.standard_normal((4, 20))
    found = vp._bends_over_time(years, values, [4, 9, 20])
    assert np.isnan(found[:, 0]).all()
    for place, end in ((1, 9), (2, 20)):
        design = np.vander(years[:end], 3, increasing=True)
        for row in range(4):
            fit = sm.OLS(values[row, :end], design).fit()
            assert found[row, place] == pytest.approx(fit.tvalues[2], rel=1e-6)


def test_a_rising_rate_is_a_rising_rate():
    years = np.linspace(-3, 5, 801)
    for since in ("throughout", "today"):
        path = vp._risen(years, 0.3, -1.5, since)
        rate = np.gradient(path, years)
        if since == "throughout":
            np.testing.assert_allclose(rate[1:-1], 1.3 ** (years[1:-1] + 1.5), rtol=1e-3)
        else:
            np.testing.assert_allclose(rate[1:299], 1.0, rtol=1e-6)
            np.testing.assert_allclose(rate[305:-1], 1.3 ** years[305:-1], rtol=1e-3)
    assert (vp._risen(years, 0.0, -1.0, "today") == years + 1).all()


def test_power_rises_and_keeps_its_size():
    table = vp.revenue_power(histories=600)
    null = table[(table["rise"] == 0) & (table["years"] >= 2)]
    assert null["power"].max() < 0.06 and null["ordinary"].min() > 0.1
    for _, part in table[table["rise"] > 0].groupby(["watched", "rise"]):
        assert part["power"].iloc[-1] > 0.99
        assert (np.diff(part["power"]) > -0.08).all()
    needed = vp.revenue_years_needed(table)
    for _, part in needed.groupby("watched"):
        assert (np.diff(part.sort_values("rise")["years"]) <= 0).all()
    audited = needed[needed["watched"] == "audited quarters"]
    assert (audited["now"] == 0).all()
    later = vp.revenue_years_needed(vp.revenue_power(since="today", histories=300))
    run_rates = needed["watched"] == "run-rates"
    assert (later.loc[run_rates, "years"] > needed.loc[run_rates, "years"]).all()


def test_less_scatter_takes_less_time():
    process = vp.revenue_process("OpenAI")
    calm = Process(**(vars(process) | {"scatter": process.scatter / 5}))
    known = vp.revenue_years_needed(vp.revenue_power(process=process, rises=(0.1,)))
    sooner = vp.revenue_years_needed(vp.revenue_power(process=calm, rises=(0.1,)))
    assert (sooner["years"] < known["years"]).all()


def test_a_process_is_measured():
    process = vp.revenue_process("OpenAI")
    table = vp.points("OpenAI")
    slope = np.polyfit(table["years"], table["y"], 1)[0]
    assert process.growth == pytest.approx(slope)
    assert process.years.max() == 0 and len(process.years) == len(table)
    assert 0.05 < process.scatter < 1


def test_reporting_noise_by_hand():
    found = vp.reporting_noise()
    gaps = np.log([2 / 1.6, 6 / 5.5, 13 / 12, 21.4 / 20, 19.5 / 19])
    assert found["pairs"] == 5
    assert found["log_sd"] == pytest.approx(np.sqrt((gaps**2).mean() / 2))
    assert found["largest"] == pytest.approx(1.25)


def test_naive_tests_cry_wolf():
    table = vp.revenue_false_alarms("OpenAI", histories=1500)
    table = table.set_index(["dates", "residuals"])
    quiet = table.loc[("as it was", "independent")]
    assert quiet["ordinary"] == pytest.approx(0.05, abs=0.02)
    assert quiet["upward"] == pytest.approx(0.025, abs=0.012)
    loud = table.loc[("as it was", "as estimated")]
    assert loud["ordinary"] > 0.3 and loud["newey_west"] > 0.15
    assert loud["lasting"] == pytest.approx(0.05, abs=0.02)
    assert (table.loc[("at milestones", "as estimated"), "ordinary"]) > 0.25


def test_milestones_and_best_months():
    values = np.log(np.array([[1.0, 1.2, 1.3, 1.4, 1.7, 1.6, 2.2]]))
    assert vp._milestones(values).tolist() == [[True, False, True, False, True, False, True]]
    noise = np.array([[0.1, 0.3, -0.2, 0.0, -0.1, -0.4, 0.2]])
    kept = [[False, True, False, True, False, False, True]]
    assert vp._best_of_three(noise).tolist() == kept


# ---------------------------------------------------------------------------------------------
# specification curve


def test_every_combination_is_there_once(curve):
    assert len(curve) == 3 * 6 * 4 * 3 * 3 * 3
    assert not curve.duplicated(list(vp.CHOICES)).any()
    assert ((curve["reason"] == "") == curve["usable"]).all()
    used = curve[curve["usable"]]
    assert used[["estimate", "low", "high"]].notna().all(axis=None)
    assert ((used["low"] < used["estimate"]) & (used["estimate"] < used["high"])).all()
    assert (used["n_points"] >= vp.LEAST_POINTS).all()


def test_a_specification_is_the_chapters_own_estimate(curve):
    unit = 20.0  # the index puts its fixed models at 130 and 150
    for firm in (*vp.FIRMS, vp.BOTH):
        rows = curve[
            (curve["firm"] == firm)
            & (curve["ruler"] == vp.INDEX)
            & (curve["lag"] == 3)
            & (curve["rows"] == "preferred")
            & (curve["window"] == "all")
        ].set_index("estimator")
        found = vp.curvature(vp.points(firm, lag_months=3))
        quadratic, lasting = rows.loc["quadratic"], rows.loc["lasting"]
        assert quadratic["estimate"] == pytest.approx(found["curvature"] * unit**2)
        assert quadratic["low"] == pytest.approx(found["robust_low"] * unit**2)
        assert lasting["high"] == pytest.approx(found["lasting_high"] * unit**2)


def test_halves_of_a_kink_are_its_change_of_slope():
    x = np.concatenate([np.linspace(0, 1, 8), np.linspace(1.05, 2.05, 8)])
    middle = (x[0] + x[-1]) / 2
    y = x + 0.5 * np.maximum(x - middle, 0) + 1e-6 * (-1) ** np.arange(16)
    table = pd.DataFrame({"x": x, "y": y, "years": np.arange(16.0)})
    estimate, low, high = vp._halves(vp.Curve.of(table), 0.95)
    apart = x[8:].mean() - x[:8].mean()
    assert estimate == pytest.approx(0.5 / apart, rel=1e-3)
    assert low < estimate < high


def test_repeated_windows_count_once(curve):
    repeated = curve[curve["reason"].str.startswith("same reports")]
    assert len(repeated) and not repeated["usable"].any()
    own = repeated[(repeated["firm"] == "Anthropic") & (repeated["window"] == "from 2024")].iloc[0]
    assert own["reason"] == "same reports as 'all'"


def test_summaries_count_what_they_say(curve):
    used = curve[curve["usable"]]
    found = vp.curve_summary(curve)
    assert found["n_usable"] == len(used)
    assert found["share_at_least"] == pytest.approx((used["estimate"] >= 0).mean())
    assert found["share_above"] == pytest.approx((used["low"] > 0).mean())
    assert found["share_below"] == pytest.approx((used["high"] < 0).mean())
    options = vp.curve_by_option(curve)
    per = options.groupby("choice")["n_usable"].sum()
    assert (per == len(used)).all()
    part = used[used["ruler"] == "gpqa_diamond"]
    row = options[options["option"] == "gpqa_diamond"].iloc[0]
    assert row["share_above"] == pytest.approx((part["low"] > 0).mean())


def test_influence_is_the_mean_distance_between_options(curve):
    found = vp.curve_influence(curve).set_index("choice")
    used = curve[curve["usable"]].set_index(list(vp.CHOICES))["estimate"]
    wide = used.unstack("rows")
    gaps = []
    for one, other in (
        ("all", "preferred"),
        ("all", "own statement"),
        ("preferred", "own statement"),
    ):
        gaps.extend((wide[one] - wide[other]).abs().dropna())
    assert found.loc["rows", "mean_difference"] == pytest.approx(np.mean(gaps))
    assert found.loc["rows", "pairs"] == len(gaps)
    assert found["mean_difference"].is_monotonic_decreasing


def test_a_changed_table_changes_the_curve():
    small = {"firms": ["Anthropic"], "rulers": [vp.INDEX], "lags": [0], "rows": ["preferred"]}
    before = vp.specification_curve(**small)
    table = data.load("run_rates")
    last = (table["company"] == "Anthropic") & (table["run_rate_usd_bn"] == 65)
    less = table.assign(run_rate_usd_bn=table["run_rate_usd_bn"].where(~last, 40.0))
    after = vp.specification_curve(**small, run_rates=less)
    assert (after["estimate"] < before["estimate"])[before["usable"]].all()


# ---------------------------------------------------------------------------------------------
# published


def test_published_estimates_and_what_follows_from_them():
    table = vp.published_estimates().set_index("result")
    assert len(table) == len(vp.PUBLISHED) and table["says"].str.len().min() > 40
    rate = table.loc["acemoglu-tfp", "a_year"]
    assert (1 + rate / 100) ** 10 == pytest.approx(1 + table.loc["acemoglu-tfp", "value"] / 100)
    share = table.loc["jones-knowledge-work", "share_implied"]
    assert 1 / (1 - share) == pytest.approx(table.loc["jones-knowledge-work", "value"])
    # 2% of output: the text rounds the gain to 2% as well.
    assert table.loc["jones-software", "share_implied"] == pytest.approx(0.02, abs=0.001)
    with pytest.raises(KeyError, match="no result"):
        vp.published_estimates(results=["nobody"])


# ---------------------------------------------------------------------------------------------
# second looks: slopes, bends in time, memory, errors of the composition


def test_the_slope_has_every_interval_and_the_lasting_one_is_that_of_statsmodels():
    table = vp.points("OpenAI")
    found = vp.curvature(table)
    gap = np.abs(np.subtract.outer(table["years"].to_numpy(), table["years"].to_numpy()))
    sigma = (1 - 1e-6) * np.exp(-gap / 3.0) + 1e-6 * np.eye(len(table))
    fit = sm.GLS(table["y"].to_numpy(), sm.add_constant(table["x"].to_numpy()), sigma=sigma).fit()
    assert found["slope_lasting"] == pytest.approx(fit.params[1], rel=1e-6)
    ends = (found["slope_lasting_low"], found["slope_lasting_high"])
    assert ends == pytest.approx(fit.conf_int()[1], rel=1e-4)
    plain = sm.OLS(table["y"].to_numpy(), sm.add_constant(table["x"].to_numpy())).fit()
    ends = (found["slope_ordinary_low"], found["slope_ordinary_high"])
    assert ends == pytest.approx(plain.conf_int()[1], rel=1e-4)
    assert found["slope_robust_low"] == found["slope_low"]
    beside = vp.curvature(table, in_time=False)
    assert np.isnan(beside["slope_lasting_low"])


def test_a_known_bend_in_time_is_found_and_units_of_time_are_years():
    days = pd.Series(pd.date_range("2023-01-01", periods=16, freq="91D"))
    years = (days - days.iloc[0]).dt.days / 365.25
    wobble = 1e-4 * np.cos(np.arange(16) * 2.4)
    middle, low, high = vp.bend_in_time(days, 1 + 2 * years + 0.3 * years**2 / 2 + wobble)
    assert low < 0.3 < high
    assert middle == pytest.approx(0.3, abs=0.01)


def test_the_estimated_memory_is_none_where_residuals_alternate():
    table = vp.points("OpenAI")
    wobble = 0.1 * np.cos(np.arange(len(table)) * 2.4)
    table = table.assign(y=0.08 * table["x"] + wobble)
    middle, low, high = vp.estimated_memory(table)
    plain = vp.curvature(table)
    assert (low, high) == pytest.approx((plain["ordinary_low"], plain["ordinary_high"]), rel=1e-6)
    assert middle == pytest.approx(plain["curvature"], rel=1e-6)
    for firm in vp.FIRMS:
        _, low, high = vp.estimated_memory(vp.points(firm))
        lasting = vp.curvature(vp.points(firm))
        assert low < high
        assert high - low <= 1.000001 * (lasting["lasting_high"] - lasting["lasting_low"])


def test_lasting_errors_widen_the_composition():
    plain = vp.composition().iloc[-1]
    lasting = vp.composition(errors="lasting").iloc[-1]
    assert lasting["curvature"] == pytest.approx(lasting["own"] + lasting["composition"])
    width = [row["curvature_high"] - row["curvature_low"] for row in (plain, lasting)]
    assert width[1] > width[0]
    with pytest.raises(ValueError, match="errors"):
        vp.composition(errors="none")


def test_years_to_the_worlds_output_with_residuals_that_last():
    plain = vp.years_to_world_output((0.05,))
    lasting = vp.years_to_world_output((0.05,), errors="lasting")
    assert plain.columns.tolist() == lasting.columns.tolist()
    assert (lasting["years_low"] <= lasting["years"]).all()
    steady = pd.DataFrame(
        {
            "date": pd.date_range("2023-01-01", periods=6, freq="YS"),
            "usd_bn": 10.0 * np.exp(0.5 * np.arange(6) * 365.25 / 365.25),
        }
    )
    both = [
        vp.years_to_world_output((0.0,), further={"steady": steady}, errors=errors).set_index(
            "what"
        )
        for errors in ("plain", "lasting")
    ]
    years = [table.loc["steady", "years"] for table in both]
    assert years[0] == pytest.approx(years[1], rel=1e-2)
    with pytest.raises(ValueError, match="errors"):
        vp.years_to_world_output(errors="HC9")
