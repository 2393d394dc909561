"""Known answers, invariances and recovered truths for the chapter on cost decline."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from three_observations import cost_decline as cost
from three_observations import data, frontier
from three_observations.estimation import student

PRICE_COLUMNS = {
    "model": "m",
    "provider": "A",
    "date": "2024-01-01",
    "input_usd_per_mtok": 1.0,
    "output_usd_per_mtok": 1.0,
    "cached_input_usd_per_mtok": np.nan,
    "input_cny_per_mtok": np.nan,
    "output_cny_per_mtok": np.nan,
    "date_basis": "announcement",
    "n_sources": 2,
    "source": "s",
    "note": None,
}


def price_table(*rows: dict) -> pd.DataFrame:
    """Make a table of prices from what matters in each row."""
    table = pd.DataFrame([PRICE_COLUMNS | row for row in rows])
    table["date"] = pd.to_datetime(table["date"])
    return table


def priced_table(rows: list[tuple]) -> pd.DataFrame:
    """Make launches from (model, provider, date, price, score)."""
    table = pd.DataFrame(rows, columns=["model", "provider", "date", "price", "score"])
    table["date"] = pd.to_datetime(table["date"])
    return table.assign(version=table["model"], released=table["date"], n_sources=2)


def launches_with_trend(
    fall_per_year: float, n: int = 60, noise: float = 0.0, seed: int = 7, curve: float = 0.0
) -> pd.DataFrame:
    """Make launches whose price at a fixed score falls at a known rate."""
    rng = np.random.default_rng(seed)
    days = np.sort(rng.integers(0, 1100, n))
    years = days / cost.DAYS_PER_YEAR
    score = 100 + 20 * years + 10 * rng.standard_normal(n)
    centred = score - score.mean()
    log_price = (
        0.05 * centred
        + curve * centred**2
        - np.log(fall_per_year) * years
        + noise * rng.standard_normal(n)
    )
    return pd.DataFrame(
        {
            "model": [f"m{i}" for i in range(n)],
            "provider": [f"p{i % 6}" for i in range(n)],
            "date": pd.Timestamp("2023-01-01") + pd.to_timedelta(days, unit="D"),
            "price": np.exp(log_price),
            "score": score,
        }
    )


# ------------------------------------------------------------------ the arithmetic of rates


def test_hundredfold_in_two_years_is_tenfold_a_year() -> None:
    assert cost.per_year(100.0, 24.0) == pytest.approx(10.0)
    assert cost.over_months(10.0, 24.0) == pytest.approx(100.0)
    assert cost.months_to_reach(100.0, 10.0) == pytest.approx(24.0)


@given(st.floats(1.01, 1e4), st.floats(0.5, 60.0))
def test_a_rate_over_the_same_months_gives_the_ratio_back(ratio: float, months: float) -> None:
    assert cost.over_months(cost.per_year(ratio, months), months) == pytest.approx(ratio)


@pytest.mark.parametrize(("ratio", "months"), [(0.0, 12.0), (-2.0, 12.0), (2.0, 0.0)])
def test_a_rate_needs_a_ratio_and_a_time(ratio: float, months: float) -> None:
    with pytest.raises(ValueError, match="above zero"):
        cost.per_year(ratio, months)


def test_months_are_twelve_a_year() -> None:
    assert cost.months_between("2023-01-01", "2027-01-01") == pytest.approx(48.0)
    assert cost.months_between("2024-02-01", "2024-01-01") < 0


def test_units_of_speed() -> None:
    assert cost.from_doubling_months(18.0) == pytest.approx(2 ** (2 / 3))
    assert cost.halving_months(cost.from_doubling_months(18.0)) == pytest.approx(18.0)
    assert cost.halving_months(10.0) == pytest.approx(12 * np.log10(2))
    assert cost.halving_months(0.5) == pytest.approx(-12.0)
    assert np.isinf(cost.halving_months(1.0))
    assert cost.from_log_points(np.log(10)) == pytest.approx(10.0)


# ------------------------------------------------------------------ regression


# ------------------------------------------------------------------ 1. the 150x


@pytest.fixture(scope="module")
def ratios() -> pd.DataFrame:
    return cost.gpt4_price_ratios().set_index(["before", "after", "blend"])["ratio"]


@pytest.mark.parametrize(
    ("before", "after", "blend", "expected"),
    [
        ("GPT-4 (8k)", "GPT-4 Turbo (1106-preview)", "input", 30 / 10),
        ("GPT-4 (8k)", "GPT-4 Turbo (1106-preview)", "output", 60 / 30),
        ("GPT-4 (8k)", "GPT-4o (2024-05-13)", "3:1", 37.5 / 7.5),
        ("GPT-4 (8k)", "GPT-4o (2024-08-06)", "input", 30 / 2.5),
        ("GPT-4 (8k)", "GPT-4o mini", "input", 30 / 0.15),
        ("GPT-4 (8k)", "GPT-4o mini", "output", 60 / 0.6),
        ("GPT-4 (8k)", "GPT-4o mini", "1:1", 120.0),
        ("GPT-4 (8k)", "GPT-4o mini", "3:1", 1000 / 7),
        ("GPT-4 (8k)", "GPT-4o mini", "9:1", 33 / 0.195),
        ("GPT-4 (8k)", "GPT-4o mini", "geometric", np.sqrt(200 * 100)),
        ("GPT-4 (32k)", "GPT-4o mini", "output", 120 / 0.6),
        ("GPT-4 (32k)", "GPT-4o (2024-08-06)", "9:1", 66 / 3.25),
    ],
)
def test_ratios_that_follow_from_list_prices(ratios, before, after, blend, expected) -> None:
    assert ratios[before, after, blend] == pytest.approx(expected)


def test_every_pair_and_blend_is_there(ratios) -> None:
    assert len(ratios) == len(cost.BEFORE) * len(cost.AFTER) * len(frontier.BLENDS)


def test_annual_rate_and_rule_use_the_days_of_the_prices() -> None:
    table = cost.gpt4_price_ratios()
    row = table[(table["after"] == "GPT-4o mini") & (table["blend"] == "input")].iloc[0]
    days = (pd.Timestamp("2024-07-18") - pd.Timestamp("2023-03-14")).days
    assert row["months"] == pytest.approx(days / 30.4375)
    assert row["per_year"] == pytest.approx(200 ** (365.25 / days))
    assert row["ten_a_year"] == pytest.approx(10 ** (days / 365.25))


def test_exactly_150_is_gpt4o_mini_at_four_to_one() -> None:
    found = cost.closest_to(150.0)
    assert (found.before, found.after, found.blend) == ("GPT-4 (8k)", "GPT-4o mini", "3:1")
    assert found.share_for_exact == pytest.approx(0.8)
    assert found.inputs_per_output == pytest.approx(4.0)
    assert found.mean_of_ratios == pytest.approx(150.0)
    assert cost.ratio(0.8) == pytest.approx(150.0)


def test_no_price_of_gpt4o_itself_can_be_mixed_to_150() -> None:
    table = cost.ratio_ranges().set_index(["before", "after"])
    reaches = table.index[table["contains_target"]]
    assert list(reaches) == [("GPT-4 (8k)", "GPT-4o mini")]
    named = table[table.index.get_level_values("after").str.startswith("GPT-4o (")]
    assert named["highest"].max() == pytest.approx(60 / 2.5)


def test_one_changed_price_moves_the_finding() -> None:
    prices = data.load("prices")
    august = prices["model"] == "GPT-4o (2024-08-06)"
    prices.loc[august, ["input_usd_per_mtok", "output_usd_per_mtok"]] = [0.2, 0.4]
    found = cost.closest_to(150.0, prices)
    assert found.after == "GPT-4o (2024-08-06)"
    assert found.ratio == pytest.approx(150.0)


def test_the_slider_formula_is_the_blend() -> None:
    shares = np.array([0.0, 0.5, 0.75, 0.9, 1.0])
    table = cost.gpt4_price_ratios(before=("GPT-4 (32k)",), after=("GPT-4o (2024-05-13)",))
    by_blend = table.set_index("blend")["ratio"][["output", "1:1", "3:1", "9:1", "input"]]
    values = cost.ratio(shares, "GPT-4 (32k)", "GPT-4o (2024-05-13)")
    np.testing.assert_allclose(values, by_blend)
    assert isinstance(cost.ratio(0.5), float)


@given(st.floats(0.01, 100), st.floats(0.01, 100), st.floats(0.01, 100), st.floats(0.01, 100))
def test_the_ratio_moves_one_way_between_its_ends(a: float, b: float, c: float, d: float) -> None:
    prices = price_table(
        {"model": "old", "input_usd_per_mtok": a, "output_usd_per_mtok": b},
        {"model": "new", "input_usd_per_mtok": c, "output_usd_per_mtok": d},
    )
    steps = np.diff(cost.ratio(np.linspace(0, 1, 21), "old", "new", prices))
    assert (steps >= -1e-7).all() or (steps <= 1e-7).all()


@given(st.floats(0.0, 1.0))
def test_the_share_found_gives_the_ratio_asked_for(share: float) -> None:
    asked = cost.ratio(share)
    assert cost.share_where_ratio_is(asked) == pytest.approx(share, abs=1e-9)


def test_a_ratio_out_of_reach_has_no_share() -> None:
    assert np.isnan(cost.share_where_ratio_is(250.0))
    assert np.isnan(cost.share_where_ratio_is(150.0, "GPT-4 (32k)", "GPT-4o mini"))


def test_wrong_questions_about_a_ratio() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        cost.ratio(1.2)
    with pytest.raises(data.DataError, match=r"prices\.csv: there is no price of 'GPT-9'"):
        cost.ratio(0.5, "GPT-9")
    prices = data.load("prices")
    prices.loc[prices["model"] == "GPT-4o mini", "output_usd_per_mtok"] = 0.0
    with pytest.raises(data.DataError, match="the first price of 'GPT-4o mini' is zero"):
        cost.ratio_ranges(prices)


@pytest.fixture
def two_models() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    models = pd.DataFrame(
        {
            "model": ["old", "new"],
            "eci_2026_08": ["old-e", "new-e"],
            "gpqa_diamond": ["old-g", "new-g"],
            "mmlu": ["old-m", "new-m"],
            "weirdml": ["old-w", None],
        }
    )
    rows = [
        ("eci_2026_08", "old-e", "E", 120.0, 117.0, 124.0),
        ("eci_2026_08", "new-e", "E", 130.0, 127.0, 132.0),
        ("gpqa_diamond", "old-g", "E", 35.0, np.nan, np.nan),
        ("gpqa_diamond", "new-g", "E", 37.0, np.nan, np.nan),
        ("mmlu", "old-m", "X", 86.0, np.nan, np.nan),
        ("mmlu", "new-m", "Y", 77.0, np.nan, np.nan),
        ("weirdml", "old-w", "W", 12.0, np.nan, np.nan),
    ]
    scores = pd.DataFrame(rows, columns=["ruler", "version", "origin", "score", "low", "high"])
    runs = pd.DataFrame({"version": ["old-g", "new-g"], "standard_error_pct": [3.0, 4.0]})
    return models, scores.assign(preferred=True), runs


def test_same_level_by_hand(two_models) -> None:
    rulers = ("eci_2026_08", "gpqa_diamond", "mmlu", "weirdml")
    table = cost.same_level("old", "new", *two_models, rulers=rulers).set_index("ruler")
    assert table.loc["eci_2026_08", "low"] == pytest.approx(10 - np.hypot(3, 4))
    assert table.loc["eci_2026_08", "high"] == pytest.approx(10 + np.hypot(2, 3))
    assert table.loc["gpqa_diamond", "high"] == pytest.approx(2 + 1.6449 * 5, abs=1e-3)
    assert list(table["says"]) == ["higher", "too close to call", "no bounds", "not measured"]
    assert list(table["at_least"]) == [True, True, False, pd.NA]
    assert not table.loc["mmlu", "same_origin"]
    # MMLU does not count: two parties measured the two models.
    assert cost.rulers_kept(comparison=table.reset_index()) == (2, 2)


def test_same_level_follows_the_scores(two_models) -> None:
    models, scores, runs = two_models
    scores.loc[1, ["score", "low", "high"]] = [110.0, 107.0, 112.0]
    table = cost.same_level("old", "new", models, scores, runs, rulers=("eci_2026_08",))
    assert table["says"].iloc[0] == "lower"
    assert not table["at_least"].iloc[0]


def test_gpt4o_mini_is_not_gpt4_on_every_ruler() -> None:
    kept, measured = cost.rulers_kept()
    assert 0 < kept < measured == 4


# ------------------------------------------------------------------ 2. illustration against rule


def test_illustration_against_rule_by_hand() -> None:
    table = cost.illustration_against_rule(
        starts={"start": "2023-01-01"}, ends={"end": "2027-01-01"}, ratio_claimed=16.0
    )
    row = table.iloc[0]
    assert row["illustration_per_year"] == pytest.approx(2.0)
    assert row["rule_over_months"] == pytest.approx(1e4)
    assert row["illustration_over_rule"] == pytest.approx(16 / 1e4)


def test_150_is_faster_than_the_rule_however_the_dates_are_read() -> None:
    table = cost.illustration_against_rule()
    assert len(table) == len(cost.EARLY_2023) * len(cost.MID_2024)
    assert (table["illustration_per_year"] > 10).all()
    assert (table["months"] < cost.months_to_reach(150, 10)).all()


# ------------------------------------------------------------------ 6. hedonic


@pytest.mark.parametrize("form", cost.FORMS)
def test_hedonic_recovers_a_known_fall(form: str) -> None:
    curve = 0.001 if form == "quadratic" else 0.0
    fit = cost.hedonic(launches_with_trend(10.0, curve=curve), form=form)
    assert fit.per_year == pytest.approx(10.0, rel=1e-6)
    if form == "linear":
        assert fit.price_of_a_point == pytest.approx(np.exp(0.05))


def test_hedonic_is_blind_to_units_and_order() -> None:
    table = launches_with_trend(8.0, noise=0.6)
    one = cost.hedonic(table).wider
    other = cost.hedonic(
        table.assign(price=table["price"] * 7.2, score=table["score"] * 3 - 5).sample(
            frac=1, random_state=1
        )
    ).wider
    assert other.per_year == pytest.approx(one.per_year)
    assert (other.low, other.high) == pytest.approx((one.low, one.high))


@pytest.mark.parametrize("ruler", ["eci_2026_08", "gpqa_diamond"])
def test_hedonic_on_the_book_equals_statsmodels(ruler: str) -> None:
    table = cost.launches(ruler)
    fit = cost.hedonic(table, ruler=ruler, form="quadratic")
    score = table["score"] - table["score"].mean()
    years = (table["date"] - table["date"].min()).dt.days / 365.25
    design = sm.add_constant(np.column_stack([years, score, score**2]))
    model = sm.OLS(np.log(table["price"]), design)
    robust = model.fit(cov_type="HC1", use_t=True)
    clustered = model.fit(
        cov_type="cluster",
        cov_kwds={"groups": pd.factorize(table["provider"])[0]},
        use_t=True,
    )
    for ours, theirs in ((fit.robust, robust), (fit.clustered, clustered)):
        low, high = theirs.conf_int().iloc[1]
        assert ours.log_points == pytest.approx(-theirs.params.iloc[1])
        assert ours.standard_error == pytest.approx(theirs.bse.iloc[1])
        assert (ours.low, ours.high) == pytest.approx((np.exp(-high), np.exp(-low)))


def test_provider_effects_take_out_a_dear_newcomer() -> None:
    table = launches_with_trend(10.0)
    late = table["date"] > table["date"].median()
    table.loc[late, "provider"] = "newcomer"
    table.loc[late, "price"] *= 5
    assert cost.hedonic(table, provider_effects=True).per_year == pytest.approx(10.0)
    assert cost.hedonic(table).per_year < 9.0


def test_wider_interval_is_the_wider_one() -> None:
    fit = cost.hedonic()
    widths = {rate.what: rate.high / rate.low for rate in (fit.robust, fit.clustered)}
    assert fit.wider.high / fit.wider.low == max(widths.values())
    assert fit.wider.low < fit.per_year < fit.wider.high


@pytest.mark.parametrize("method", ["pooled", "adjacent"])
@pytest.mark.parametrize("period", ["year", "half-year"])
def test_hedonic_index_recovers_a_staircase(method: str, period: str) -> None:
    table = launches_with_trend(1.0)
    names = table["date"].dt.year - 2023
    if period == "half-year":
        names = 2 * names + (table["date"].dt.month > 6)
    table["price"] *= 0.5 ** names.to_numpy(dtype=float)
    index, rate = cost.hedonic_index(table, period=period, method=method)
    assert index["index"].to_numpy() == pytest.approx(0.5 ** np.arange(len(index)))
    years = (index["date"].iloc[-1] - index["date"].iloc[0]).days / 365.25
    assert rate.per_year == pytest.approx(2 ** ((len(index) - 1) / years))


def test_pooled_index_equals_statsmodels() -> None:
    table = launches_with_trend(6.0, noise=0.5)
    index, _ = cost.hedonic_index(table)
    dummies = pd.get_dummies(table["date"].dt.year, drop_first=True).to_numpy(dtype=float)
    design = np.column_stack([np.ones(len(table)), table["score"], dummies])
    theirs = sm.OLS(np.log(table["price"]), design).fit(
        cov_type="cluster", cov_kwds={"groups": pd.factorize(table["provider"])[0]}, use_t=True
    )
    bounds = theirs.conf_int().to_numpy()[2:]
    np.testing.assert_allclose(index["index"].iloc[1:], np.exp(theirs.params.iloc[2:]))
    np.testing.assert_allclose(index["low"].iloc[1:], np.exp(bounds[:, 0]))
    np.testing.assert_allclose(index["high"].iloc[1:], np.exp(bounds[:, 1]))


def test_two_periods_make_both_indexes_one() -> None:
    table = launches_with_trend(6.0, noise=0.5)
    table = table[table["date"] < "2025-01-01"]
    pooled, adjacent = (cost.hedonic_index(table, method=m)[0] for m in ("pooled", "adjacent"))
    pd.testing.assert_frame_equal(pooled, adjacent)


@pytest.mark.parametrize("method", ["pooled", "adjacent"])
def test_error_of_the_chain_is_near_a_jackknife_over_providers(method: str) -> None:
    table = launches_with_trend(6.0, n=240, noise=0.5)
    table["provider"] = [f"p{i % 40}" for i in range(len(table))]
    index, _ = cost.hedonic_index(table, method=method)
    last = index.iloc[-1]
    error = np.log(last["high"] / last["low"]) / 2 / student(39)
    without = [
        np.log(cost.hedonic_index(rest, method=method)[0]["index"].iloc[-1])
        for rest in (table[table["provider"] != f"p{i}"] for i in range(40))
    ]
    assert error == pytest.approx(np.sqrt(39 * np.var(without)), rel=0.1)


@pytest.mark.parametrize(
    "wrong", [{"form": "cubic"}, {"method": "chained"}, {"period": "week"}, {"at_least": 10**6}]
)
def test_wrong_options_of_the_index(wrong: dict) -> None:
    with pytest.raises(ValueError):
        cost.hedonic_index(launches_with_trend(5.0), **wrong)


# ------------------------------------------------------------------ 6. the same model's own price

NO_EVENTS = price_table({"model": "else", "provider": "Z"})


def test_own_price_by_hand() -> None:
    prices = price_table(
        {"model": "cut", "date": "2022-01-01", "input_usd_per_mtok": 4, "output_usd_per_mtok": 4},
        {"model": "cut", "date": "2023-01-01"},
        {"model": "still", "provider": "B", "date": "2024-01-01"},
        {"model": "last", "provider": "B", "date": "2026-01-01"},
        {"model": "free", "provider": "B", "input_usd_per_mtok": 0, "output_usd_per_mtok": 0},
    )
    histories = cost.own_price_histories(prices, NO_EVENTS)
    ours = histories[histories["table"] == "prices"].set_index("model")
    assert set(ours.index) == {"cut", "still", "last"}
    assert ours.loc["cut", "log_fall"] == pytest.approx(np.log(4))
    assert ours.loc["cut", ["changes", "cuts", "rises"]].tolist() == [1, 1, 0]
    found = cost.own_price("prices", histories)
    years = (1461 + 731) / 365.25
    assert found.rate.per_year == pytest.approx(4 ** (1 / years))
    assert (found.models, found.changed) == (2, 1)
    assert found.share_never_changed == 0.5
    assert found.years == pytest.approx(years)


def test_a_rise_slows_the_average() -> None:
    rows = [
        {"model": "a", "date": "2022-01-01"},
        {"model": "a", "date": "2023-01-01", "input_usd_per_mtok": 2, "output_usd_per_mtok": 2},
        {"model": "b", "provider": "B", "date": "2022-01-01"},
        {"model": "b", "provider": "B", "date": "2026-01-01"},
    ]
    found = cost.own_price("prices", cost.own_price_histories(price_table(*rows), NO_EVENTS))
    assert found.rate.per_year == pytest.approx(2 ** (-1 / 8))
    assert found.rises == 1


def test_the_list_is_cleaned_before_it_is_followed() -> None:
    def event(model: str, date: str, price: float) -> dict:
        same = {"input_usd_per_mtok": price, "output_usd_per_mtok": price}
        return {"model": model, "date": date} | same

    events = price_table(
        event("settling", "2025-06-01", 9),
        event("settling", "2025-06-10", 3),
        event("settling", "2025-09-01", 1),
        event("new-latest", "2025-06-01", 8),
        event("new-latest", "2025-12-01", 1),
        event("deepseek-chat", "2025-06-01", 8),
        event("deepseek-chat", "2025-12-01", 1),
        event("gpt-4", "2025-06-01", 8),
        event("gpt-4", "2025-12-01", 1),
        event("text-embedding-3", "2025-06-01", 1),
        event("zero", "2025-06-01", 0),
        event("zero", "2025-12-01", 2),
    )
    histories = cost.own_price_histories(price_table({}), events)
    ours = histories[histories["table"] == "price_events"].set_index("model")
    assert set(ours.index) == {"settling", "zero"}
    assert ours.loc["settling", "first_usd"] == 3
    assert ours.loc["settling", "changes"] == 1
    assert ours.loc["zero", "changes"] == 0
    hasty = cost.own_price_histories(price_table({}), events, settle_days=0)
    assert hasty.set_index("model").loc["settling", "changes"] == 2


def test_input_price_stands_in_where_no_output_price_is_known() -> None:
    prices = price_table(
        {"date": "2024-05-20", "input_usd_per_mtok": 40.0, "output_usd_per_mtok": np.nan},
        {"date": "2024-05-21", "input_usd_per_mtok": 1.0, "output_usd_per_mtok": np.nan},
    )
    histories = cost.own_price_histories(prices, NO_EVENTS)
    assert histories["log_fall"].iloc[0] == pytest.approx(np.log(40))
    prices.loc[1, "output_usd_per_mtok"] = 1.0
    histories = cost.own_price_histories(prices, NO_EVENTS)
    assert histories["log_fall"].iloc[0] == pytest.approx(np.log(40))


def test_interval_of_the_own_price_is_near_a_cluster_bootstrap() -> None:
    rng = np.random.default_rng(5)
    n = 400
    table = pd.DataFrame(
        {
            "table": "prices",
            "provider": [f"p{i % 40}" for i in range(n)],
            "years": rng.uniform(0.5, 3, n),
            "changes": 1,
            "cuts": 1,
            "rises": 0,
        }
    )
    table["log_fall"] = 0.2 * table["years"] + 0.3 * rng.standard_normal(n)
    found = cost.own_price("prices", table).rate
    sums = table.groupby("provider")[["log_fall", "years"]].sum().to_numpy()
    drawn = sums[rng.integers(0, 40, (4000, 40))].sum(axis=1)
    assert found.standard_error == pytest.approx((drawn[:, 0] / drawn[:, 1]).std(), rel=0.1)
    assert found.low < np.exp(0.2) < found.high


def test_most_models_never_change_their_price() -> None:
    histories = cost.own_price_histories()
    for table in ("prices", "price_events"):
        found = cost.own_price(table, histories)
        assert found.share_never_changed > 0.75
        assert found.rate.high < 2
        assert found.cuts + found.rises == histories.query("table == @table")["changes"].sum()


def test_own_price_of_what_is_not_there() -> None:
    with pytest.raises(ValueError, match="no history"):
        cost.own_price("rumours")
    with pytest.raises(KeyError, match="no price"):
        cost.own_price_history("GPT-9")


def test_own_price_history_of_o3() -> None:
    history = cost.own_price_history("o3")
    assert history["input_usd_per_mtok"].tolist() == [10, 2]
    assert history["price"].tolist() == [17.5, 3.5]
    assert history["change"].iloc[1] == pytest.approx(0.2)


# ------------------------------------------------------------------ 7. per task


@pytest.fixture
def gpqa() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    runs = pd.DataFrame(
        [
            ("plain-1", 30.0, 100.0, np.nan, "Plain"),
            ("deep-1_high", 60.0, 900.0, 800.0, "Deep"),
            ("deep-1", 40.0, 120.0, np.nan, "Deep"),
            ("zero-1", 20.0, 110.0, 0.0, "Deep"),
            ("r1", 50.0, 700.0, np.nan, "R"),
            ("orphan", 10.0, 50.0, 0.0, None),
            ("undated", 99.0, 50.0, np.nan, None),
        ],
        columns=[
            "version",
            "accuracy_pct",
            "output_tokens_per_answer",
            "reasoning_tokens_per_answer",
            "model",
        ],
    )
    runs["released"] = pd.to_datetime([None, None, None, None, "2024-06-01", "2024-07-01", None])
    models = pd.DataFrame(
        {
            "model": ["Plain", "Deep", "R"],
            "provider": ["A", "B", "C"],
            "is_reasoning": [False, True, True],
            "released": pd.to_datetime(["2024-01-01", "2024-05-01", "2024-06-01"]),
        }
    )
    scores = pd.DataFrame(
        {
            "ruler": ["gpqa_diamond"],
            "version": ["deep-1_high"],
            "released": pd.to_datetime(["2024-04-01"]),
            "preferred": [True],
        }
    )
    return runs, models, scores


def test_answers_know_their_day_and_kind(gpqa) -> None:
    answers = cost.gpqa_answers(*gpqa).set_index("version")
    assert "undated" not in answers.index
    assert answers.loc["deep-1_high", "released"] == pd.Timestamp("2024-04-01")
    assert answers.loc["plain-1", "released"] == pd.Timestamp("2024-01-01")
    kinds = answers["reasoning"].to_dict()
    assert kinds["deep-1_high"] and kinds["r1"]
    assert not (kinds["plain-1"] or kinds["deep-1"] or kinds["zero-1"])
    assert pd.isna(kinds["orphan"])
    assert set(answers.index[answers["record"]]) == {"plain-1", "deep-1_high"}


def test_a_run_costs_its_tokens_at_the_price_of_the_day(gpqa) -> None:
    prices = price_table(
        {"model": "Plain", "date": "2023-12-01", "output_usd_per_mtok": 60.0},
        {"model": "Plain", "date": "2024-03-01", "output_usd_per_mtok": 6.0},
        {"model": "Unrun", "output_usd_per_mtok": 1.0},
    )
    answers = cost.gpqa_answers(*gpqa)
    costs = cost.gpqa_run_costs(answers, prices)
    assert costs["price"].tolist() == pytest.approx([198 * 100 * 60e-6, 198 * 100 * 6e-6])
    assert costs["date"].tolist() == list(pd.to_datetime(["2024-01-01", "2024-03-01"]))
    read = cost.gpqa_run_costs(answers, prices, input_tokens_per_question=250)
    assert (read["price"] - costs["price"]).tolist() == pytest.approx([198 * 250 * 1e-6] * 2)


def test_gpt4_run_of_gpqa() -> None:
    costs = cost.gpqa_run_costs()
    row = costs[costs["model"] == "gpt-4-0314"].iloc[0]
    assert row["price"] == pytest.approx(198 * row["tokens"] * 60 / 1e6)
    assert row["date"] == pd.Timestamp("2023-03-14")


def test_run_costs_go_through_the_frontier() -> None:
    for costs in (cost.gpqa_run_costs(), cost.weirdml_costs()):
        level = float(costs["score"].quantile(0.2))
        steps = frontier.running_minimum(costs, level)
        assert (steps["price"].diff().dropna() < 0).all()
        rates = cost.run_cost_rates(costs, {"level": level}, resamples=50)
        assert rates["estimate"].gt(1).all()


def test_weirdml_leaves_out_undated_runs() -> None:
    runs = data.load("weirdml_runs")
    runs["released"] = runs["released"].mask(runs.index < 3)
    dated = runs["released"].notna() & runs["usd_per_run"].notna()
    assert len(cost.weirdml_costs(runs)) == dated.sum()


def test_growth_of_answers_by_hand() -> None:
    answers = pd.DataFrame(
        {
            "released": pd.to_datetime(["2022-01-01", "2024-01-01", "2026-01-01", "2024-01-01"]),
            "tokens": [100.0, 400.0, 1600.0, 7.0],
            "record": [True, True, True, False],
            "reasoning": pd.array([False, True, True, pd.NA], dtype="boolean"),
        }
    )
    assert cost.tokens_per_answer_growth(answers).per_year == pytest.approx(2.0, rel=1e-3)
    with pytest.raises(ValueError, match="not one of"):
        cost.tokens_per_answer_growth(answers, "best")


def test_answers_grew_longer_mostly_by_reasoning() -> None:
    answers = cost.gpqa_answers()
    everyone = cost.tokens_per_answer_growth(answers, "all")
    inside = [cost.tokens_per_answer_growth(answers, k) for k in ("reasoning", "not reasoning")]
    assert everyone.low > max(rate.per_year for rate in inside)


def test_cost_of_the_best_run_by_hand() -> None:
    rows = [
        ("a", "A", "2022-01-01", 1.0, 10.0),
        ("a2", "A", "2022-01-01", 100.0, 5.0),
        ("b", "A", "2024-01-01", 9.0, 20.0),
        ("worse", "A", "2025-01-01", 1000.0, 15.0),
        ("c", "A", "2026-01-01", 81.0, 30.0),
        ("c", "A", "2026-03-01", 1.0, 30.0),
    ]
    rate = cost.best_run_cost_growth(priced_table(rows), "x")
    assert rate.n == 3
    assert rate.per_year == pytest.approx(3.0, rel=1e-3)


# ------------------------------------------------------------------ 9. Moore and the rest


def test_doubling_time_by_hand() -> None:
    years = np.arange(1970.0, 2021.0)
    wave = np.where(np.arange(51) % 2, 0.1, -0.1)
    table = pd.DataFrame({"year": years, "transistors_thousands": 2 ** ((years - 1970) / 2 + wave)})
    found = cost.transistor_doubling(table)
    assert found.months == pytest.approx(24.0, rel=0.01)
    assert found.low < found.months < found.high
    assert cost.transistor_doubling(table.assign(year=years * 2)).months == pytest.approx(
        48.0, rel=0.01
    )
    scaled = table.assign(transistors_thousands=table["transistors_thousands"] * 1000)
    assert cost.transistor_doubling(scaled).low == pytest.approx(found.low)


def test_record_processors_and_windows() -> None:
    table = pd.DataFrame(
        {"year": [1.0, 2, 3, 4, 5], "transistors_thousands": [1.0, 2, 0.1, 4.1, 8]}
    )
    assert cost.transistor_doubling(table, 0, 9, records=True).n == 4
    assert cost.transistor_doubling(table, 2, 5).n == 4
    with pytest.raises(ValueError, match="too few"):
        cost.transistor_doubling(table, 4, 5)


def test_transistors_do_not_double_in_18_months() -> None:
    table = cost.transistor_doubling_by_era()
    whole = table[(table["era"] == "all years") & (table["processors"] == "all")].iloc[0]
    assert whole["low"] > 18
    assert not whole["contains_18"]
    assert 22 < whole["months"] < 26


def test_sequencing_by_hand() -> None:
    months = pd.date_range("2010-01-01", periods=25, freq="MS")
    cost_usd = 100.0 * 0.5 ** (np.arange(25) / 6)
    table = pd.DataFrame({"month": months, "usd_per_genome": cost_usd})
    found = cost.sequencing_falls(table)
    assert found.average.per_year == pytest.approx(4.0, rel=1e-2)
    assert found.end_to_end == pytest.approx(4.0)
    assert found.best_fall == pytest.approx(4.0)
    table.loc[20, "usd_per_genome"] /= 50
    found = cost.sequencing_falls(table)
    assert found.best_to == months[20]
    assert found.best_fall == pytest.approx(200.0)


def test_sequencing_beat_ten_times_in_one_year_and_not_on_average() -> None:
    found = cost.sequencing_falls()
    assert found.best_fall > 10 > found.average.high
    apart = (found.best_to.year - found.best_from.year) * 12 + (
        found.best_to.month - found.best_from.month
    )
    assert 0 < apart <= 12


def test_solar_by_hand() -> None:
    year = np.arange(1980, 2001)
    capacity = 3.0 ** (year - 1980)
    table = pd.DataFrame(
        {
            "year": year,
            "cumulative_capacity_mw": capacity,
            "usd_per_watt": capacity ** np.log2(0.8),
        }
    )
    found = cost.solar_falls(table)
    assert found.learning_rate == pytest.approx(0.2)
    assert found.per_year.per_year == pytest.approx(3 ** -np.log2(0.8))
    assert cost.solar_falls().learning_low < 0.23 < cost.solar_falls().learning_high + 0.02


def test_no_technology_fell_tenfold_a_year() -> None:
    found = cost.technology_range()
    assert found.n == 87
    assert found.at_least_ten == 0
    assert found.slowest < found.median < found.fastest < 2
    table = data.load("technology_rates")
    table.loc[0, ["fall_per_year", "best_year_fall"]] = [11.0, 12.0]
    changed = cost.technology_range(table)
    assert changed.at_least_ten == 1
    assert changed.fastest_name == table.loc[0, "technology"]


def test_the_same_units_are_consistent() -> None:
    table = cost.in_the_same_units()
    assert table["per_year"].is_monotonic_decreasing
    assert cost.from_doubling_months(table["halving_months"]).to_numpy() == pytest.approx(
        table["per_year"].to_numpy()
    )
    bounded = table.dropna(subset=["low"])
    assert ((bounded["low"] < bounded["per_year"]) & (bounded["per_year"] < bounded["high"])).all()
    claim = table[table["what"].str.contains("a given level")].iloc[0]
    averages = table[table["basis"] == "average"]
    assert claim["per_year"] == 10 > averages["per_year"].max()


def test_price_of_computing_over_the_months_of_the_150() -> None:
    fall, low, high = cost.compute_price_fall(12 * 2.46)
    assert fall == pytest.approx(2.0)
    assert low < fall < high
    assert cost.compute_price_fall(16.2)[2] < 2


# ------------------------------------------------------------------ 10. much more use


def volume_table(*rows: tuple) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["entity", "scope", "date", "tokens_per_day", "kind"])
    table["date"] = pd.to_datetime(table["date"])
    return table.assign(n_sources=range(1, len(table) + 1))


def test_growth_compares_one_entity_and_scope() -> None:
    volumes = volume_table(
        ("G", "API", "2024-01-01", 1.0, "press"),
        ("G", "API", "2025-12-31", 100.0, "press"),
        ("G", "all products", "2025-12-31", 9e9, "press"),
        ("G", "all output, words", "2024-01-01", 3.0, "press"),
        ("G", "all output, words", "2025-01-01", 6.0, "press"),
        ("W", "world", "2024-01-01", 1.0, "estimate"),
        ("W", "world", "2025-01-01", 9.0, "estimate"),
        ("S", "short", "2025-01-01", 1.0, "press"),
        ("S", "short", "2025-02-01", 2.0, "press"),
    )
    growth = cost.volume_growth(volumes)
    assert list(growth["entity"] + growth["scope"]) == ["GAPI", "Gall output, words"]
    assert growth["ratio"].tolist() == [100.0, 2.0]
    assert growth["per_year"].iloc[0] == pytest.approx(10.0, rel=1e-2)
    assert growth["counts"].tolist() == ["processed", "output"]
    assert growth["weakest"].tolist() == [1, 4]
    assert "W" in set(cost.volume_growth(volumes, with_estimates=True)["entity"])
    assert "S" in set(cost.volume_growth(volumes, at_least_months=0.5)["entity"])


def test_every_volume_that_was_published_twice_grew() -> None:
    growth = cost.volume_growth()
    assert len(growth) >= 6
    assert (growth["ratio"] > 1).all()
    assert (growth["fitted_per_year"].dropna() > 1).all()


def test_implied_elasticity_by_hand() -> None:
    volumes = pd.DataFrame({"entity": ["G"], "scope": ["API"], "per_year": [100.0]})
    falls = pd.DataFrame({"meaning": ["fell", "stood"], "per_year": [10.0, 1.0]})
    table = cost.implied_elasticities(volumes, falls)
    assert table["implied"].iloc[0] == pytest.approx(-2.0)
    assert np.isnan(table["implied"].iloc[1])
    assert table["spending_per_year"].tolist() == [10.0, 100.0]
    assert table["unexplained_per_year"].iloc[0] == pytest.approx(100 / 10**1.11)


def test_elasticity_over_the_same_days() -> None:
    volumes = pd.DataFrame(
        {
            "entity": ["G"],
            "scope": ["API"],
            "first_date": pd.to_datetime(["2024-02-01"]),
            "last_date": pd.to_datetime(["2025-02-01"]),
            "ratio": [16.0],
        }
    )
    priced = priced_table(
        [
            ("a", "A", "2024-01-01", 8.0, 50.0),
            ("b", "A", "2024-06-01", 2.0, 50.0),
            ("late", "A", "2025-03-01", 0.1, 50.0),
            ("new", "A", "2024-12-01", 9.0, 80.0),
            ("stands", "A", "2024-01-01", 20.0, 70.0),
        ]
    )
    table = cost.matched_elasticities(volumes, priced, {"old": 50.0, "high": 80.0})
    assert table["price_fall"].iloc[0] == pytest.approx(4.0)
    assert table["implied"].iloc[0] == pytest.approx(-2.0)
    assert table[["price_fall", "implied"]].iloc[1].isna().all()
    priced = priced[priced["model"] != "new"]
    table = cost.matched_elasticities(volumes, priced, {"still": 60.0})
    assert table["price_fall"].iloc[0] == 1.0
    assert np.isnan(table["implied"].iloc[0])


def test_spending_breaks_even_at_an_elasticity_of_one() -> None:
    assert cost.spending_ratio(10.0, -1.0) == pytest.approx(1.0)
    assert cost.spending_ratio(10.0, -2.0) == pytest.approx(10.0)
    assert cost.spending_ratio(10.0, 0.0) == pytest.approx(0.1)


def test_trends_alone_do_not_tell_elasticities_apart() -> None:
    table = cost.one_history_many_elasticities(20.0, 10.0)
    told = -np.log(20) / np.log(10)
    assert table["naive"].to_numpy() == pytest.approx(np.full(len(table), told), abs=0.05)
    assert table["detrended"].to_numpy() == pytest.approx(table["elasticity"].to_numpy(), abs=0.05)
    recovered = table["demand_shift_per_year"] * 10.0 ** -table["elasticity"]
    assert recovered.to_numpy() == pytest.approx(np.full(len(table), 20.0))


def test_even_surprises_mislead_when_cuts_come_with_better_models() -> None:
    table = cost.one_history_many_elasticities(20.0, 10.0, (-1.11,), answered=1.0)
    assert table["detrended"].iloc[0] == pytest.approx(-2.11, abs=0.05)


def test_simulations_repeat_with_their_seed() -> None:
    first, again = (cost.one_history_many_elasticities(5.0, 3.0, histories=20) for _ in range(2))
    pd.testing.assert_frame_equal(first, again)
    other = cost.one_history_many_elasticities(5.0, 3.0, histories=20, seed=1)
    assert not other["naive"].equals(first["naive"])


# ------------------------------------------------------------------ 11. the case against


@pytest.fixture
def shop() -> dict[str, pd.DataFrame]:
    def price(model: str, provider: str, date: str, usd: float) -> dict:
        both = {"input_usd_per_mtok": usd, "output_usd_per_mtok": usd}
        return {"model": model, "provider": provider, "date": date} | both

    prices = price_table(
        price("one", "A", "2023-01-01", 10.0),
        price("one-long", "A", "2023-01-01", 20.0),
        price("two", "A", "2024-01-01", 30.0),
        price("cheap", "A", "2024-02-01", 1.0),
        price("two", "A", "2024-06-01", 15.0),
        price("one", "A", "2024-07-01", 1.0),
        price("hosted", "H", "2024-01-01", 5.0),
    )
    models = pd.DataFrame(
        [
            ("one", "A", "A", "v1"),
            ("one-long", "A", "A", "v1"),
            ("two", "A", "A", "v2"),
            ("cheap", "A", "A", "v0"),
            ("hosted", "H", "A", "v3"),
        ],
        columns=["model", "provider", "developer", "eci_2026_08"],
    ).assign(released=pd.Timestamp("2023-01-01"), is_small_open=False)
    scores = pd.DataFrame(
        {"ruler": "eci_2026_08", "version": ["v0", "v1", "v2", "v3"], "score": [80.0, 90, 100, 120]}
    ).assign(preferred=True)
    return {"prices": prices, "models": models, "scores": scores}


def test_flagships_by_rule(shop) -> None:
    table = cost.flagship_prices(**shop)
    assert table["model"].tolist() == ["one", "two", "two"]
    assert table["because"].tolist() == ["first", "new model", "price change"]
    assert table["price"].tolist() == [10.0, 30.0, 15.0]
    assert table["change"].iloc[1:].tolist() == [3.0, 0.5]


def test_flagship_by_month(shop) -> None:
    flagships = cost.flagship_prices(**shop)
    monthly = cost.monthly_flagship_prices(flagships, "2026-01-01").set_index("date")["price"]
    assert monthly[pd.Timestamp("2023-12-01")] == 10
    assert monthly[pd.Timestamp("2024-01-01")] == 30
    assert monthly[pd.Timestamp("2024-07-01")] == 15
    assert monthly.index.max() == pd.Timestamp("2025-06-01")


def test_flagship_trend_recovers_a_known_fall() -> None:
    months = pd.date_range("2023-01-01", periods=30, freq="MS")
    frames = [
        pd.DataFrame(
            {
                "provider": name,
                "date": months,
                "model": "m",
                "price": dear * 2.0 ** (-(months - months[0]).days / 365.25),
            }
        )
        for name, dear in (("A", 1.0), ("B", 50.0), ("C", 7.0))
    ]
    table = pd.concat(frames, ignore_index=True)
    assert cost.flagship_trend(table).per_year == pytest.approx(2.0)
    flat = table.assign(price=3.0)
    assert cost.flagship_trend(flat).per_year == pytest.approx(1.0)


def test_the_best_model_did_not_get_ten_times_cheaper_a_year() -> None:
    rate = cost.flagship_trend()
    assert rate.low < rate.per_year < rate.high < 5


def test_successors_are_compared_with_the_price_of_that_day(shop) -> None:
    table = cost.successor_prices(shop["prices"], {"line": ("one", "two", "absent", "cheap")})
    assert table["times"].tolist() == [3.0, pytest.approx(1 / 30)]
    assert table["dearer"].tolist() == [True, False]
    late = price_table({"model": "late", "date": "2024-08-01", "input_usd_per_mtok": 15.0})
    late["output_usd_per_mtok"] = 15.0
    table = cost.successor_prices(pd.concat([shop["prices"], late]), {"line": ("two", "late")})
    assert table["times"].tolist() == [1.0]


def test_successions_name_models_of_the_tables() -> None:
    known = set(data.load("models")["model"])
    named = {model for line in cost.SUCCESSIONS.values() for model in line}
    assert named <= known
    for name in ("POINTERS", "LIST_CORRECTIONS"):
        assert set(getattr(cost, name)) <= set(data.load("price_events")["model"])


def test_price_rises_by_hand(shop) -> None:
    prices = pd.concat(
        [
            shop["prices"],
            price_table({"model": "two", "date": "2024-09-01", "input_usd_per_mtok": 45.0}),
        ]
    )
    table = cost.price_rises(prices, NO_EVENTS, {"line": ("one", "two")})
    assert table["what"].tolist() == ["one to two", "two"]
    assert table["input_times"].tolist() == [3.0, 3.0]


def test_a_rise_in_both_tables_stands_once() -> None:
    rise = [
        {"model": "GPT-X 1", "date": "2025-06-01"},
        {"model": "GPT-X 1", "date": "2025-12-01", "input_usd_per_mtok": 2.0},
    ]
    prices = price_table(*rise)
    events = price_table(*(row | {"model": "gpt-x-1"} for row in rise))
    assert len(cost.price_rises(prices, events, {})) == 1
    assert len(cost.price_rises(price_table({}), events, {})) == 1


def test_known_rises_are_found() -> None:
    table = cost.price_rises().set_index("what")
    assert table.loc["Claude 3 Haiku to Claude 3.5 Haiku", "input_times"] == pytest.approx(4.0)
    assert table.loc["DeepSeek-V3", "output_times"] == pytest.approx(1.1 / 0.28)


def test_free_and_promotional_by_hand() -> None:
    said = "Introductory price to the end of January."
    prices = price_table(
        {"model": "offer", "date": "2024-12-26", "input_usd_per_mtok": 0.1, "note": said},
        {"model": "offer", "date": "2025-02-08", "note": "End of the introductory price."},
        {"model": "plain", "note": "Cut by half."},
        {"model": "gift", "input_usd_per_mtok": 0.0},
    )
    events = price_table(
        {"model": "soon", "date": "2025-01-01", "input_usd_per_mtok": 0.0},
        {"model": "soon", "date": "2025-02-01", "input_usd_per_mtok": 0.4},
        {"model": "gap", "input_usd_per_mtok": 0.0, "note": "Not yet: zero is no price."},
    )
    table = cost.free_and_promotional(prices, events).set_index("model")
    assert table["kind"].to_dict() == {"offer": "promotion", "gift": "free", "soon": "free"}
    assert table.loc["offer", "times"] == pytest.approx(10.0)
    assert table.loc["soon", "then"] == 0.4
    assert np.isnan(table.loc["soon", "times"])


def test_the_promotions_of_the_book_are_found() -> None:
    table = cost.free_and_promotional().set_index("model")
    assert table.loc["DeepSeek-V3", "kind"] == "promotion"
    assert table.loc["DeepSeek-V3", "times"] == pytest.approx(0.27 / 0.14)
    assert table.loc["Spark Lite", "kind"] == "free"


def test_cached_input_is_a_share_of_input() -> None:
    table = cost.cached_prices()
    assert table["share"].between(0, 1).all()
    years = cost.cached_share_by_year()
    assert years["n"].sum() == len(table)
    gpt5 = table[table["model"] == "GPT-5"].iloc[0]
    assert gpt5["share"] == pytest.approx(0.125 / 1.25)


def test_price_war_in_yuan() -> None:
    table = cost.prices_in_yuan().set_index(["model", "date"])
    doubao = table.loc["Doubao visual understanding"].iloc[0]
    assert doubao["input_cny_per_ktok"] == pytest.approx(0.003)
    qwen = table.loc[("Qwen-Long", "2024-05-21")]
    assert qwen["fell_to"] == pytest.approx(0.5 / 20)
    assert table.loc["Spark Lite", "input_cny_per_mtok"].iloc[0] == 0


def test_price_cuts_are_counted_in_the_window() -> None:
    prices = price_table(
        {"date": "2024-05-20", "input_usd_per_mtok": 20.0, "note": "Price before the cut."},
        {"date": "2024-05-21", "input_usd_per_mtok": 0.5, "note": "Cut by 97 percent."},
        {"date": "2024-08-01", "input_usd_per_mtok": 0.7},
        {"model": "n", "date": "2024-09-19", "note": "The second of its three cuts of 2024."},
        {"model": "o", "date": "2024-10-01", "note": "Never cut."},
        {"date": "2025-01-02", "input_usd_per_mtok": 0.1},
    )
    cuts = cost.price_cuts("A", "2024-01-01", "2024-12-31", prices)
    assert cuts["model"].tolist() == ["m", "n"]
    assert cuts["before"].iloc[0] == 20.0
    assert np.isnan(cuts["before"].iloc[1])
    assert len(cost.price_cuts("A", "2024-01-01", "2025-01-02", prices)) == 3
    assert cost.price_cuts("B", "2024-01-01", "2025-12-31", prices).empty


def test_alibaba_cut_in_2024() -> None:
    cuts = cost.price_cuts("Alibaba", "2024-01-01", "2024-12-31")
    qwen = cuts[cuts["model"] == "Qwen-Long"].iloc[0]
    assert qwen["after"] / qwen["before"] == pytest.approx(0.5 / 20, rel=1e-3)
    assert 2 <= cuts["date"].nunique() <= 3


# ------------------------------------------------------------------ side by side


def test_three_meanings_are_three_different_rates() -> None:
    table = cost.three_meanings(resamples=100)
    assert table["meaning"].nunique() == 3
    assert ((table["low"] <= table["per_year"]) & (table["per_year"] <= table["high"])).all()
    by_meaning = table.groupby("meaning")["per_year"].median()
    assert by_meaning["the same model's own price"] < 2
    assert by_meaning.drop("the same model's own price").min() > 4


def test_what_others_found_names_its_sources() -> None:
    ours = pd.DataFrame(
        {"meaning": ["x"], "how": ["y"], "per_year": [3.0], "low": [2.0], "high": [4.0], "n": [9]}
    )
    table = cost.what_others_found(ours=ours)
    assert set(table["source"]) - {"this book"} <= set(data.load("sources")["source"])
    assert table.iloc[-1][["who", "per_year", "low"]].tolist() == ["This book", 3.0, 2.0]
    assert table[["who", "measures", "per", "per_year", "how"]].notna().all().all()
    assert (table["per_year"] > 1).all()


def test_what_others_found_follows_the_tables() -> None:
    trends = data.load("price_trends_published")
    trends["fall_per_year"] = 7.0
    table = cost.what_others_found(price_trends=trends)
    epoch = table[table["who"] == "Epoch AI"].iloc[0]
    assert (epoch["low"], epoch["per_year"], epoch["high"]) == (7.0, 7.0, 7.0)


def test_unknown_published_results_are_named() -> None:
    published = data.load("published")
    with pytest.raises(KeyError, match="gpu-doubling"):
        cost.compute_price_fall(12.0, published[published["result"] != "gpu-doubling"])


def test_a_launch_is_what_the_developer_asked() -> None:
    own, all_listings = cost.launches(), cost.launches(with_hosts=True)
    developer = data.load("models").set_index("model")["developer"]
    assert (own["model"].map(developer) == own["provider"]).all()
    hosted = set(all_listings["model"]) - set(own["model"])
    assert hosted
    assert all(
        developer[model] not in all_listings.set_index("model").loc[[model], "provider"].tolist()
        for model in hosted
    )


def test_every_model_of_a_line_is_in_the_table() -> None:
    known = set(data.load("models")["model"])
    named = {model for members in cost.SUCCESSIONS.values() for model in members}
    assert sorted(named - known) == []
