"""The running minimum, its rates, their intervals, and falls between two days."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from three_observations import frontier
from three_observations.estimation import percentile_interval

YEAR = pd.Timedelta(days=365.25)
ORIGIN = pd.Timestamp("2022-01-01")


def priced(rows, **attrs):
    """Rows of (version, days since the origin, price, score[, model]) as a table of prices."""
    rows = [row if len(row) == 5 else (*row, row[0]) for row in rows]
    table = pd.DataFrame(rows, columns=["version", "day", "price", "score", "model"])
    table["date"] = ORIGIN + pd.to_timedelta(table.pop("day"), unit="D")
    table["released"] = table["date"]
    table = table.assign(
        provider="P",
        n_sources=1,
        is_small_open=False,
        from_memory=False,
        price=table["price"] * 1.0,
    )[frontier.PRICED_COLUMNS]
    table.attrs = attrs
    return table


def random_table(seed, n=14, days=1000):
    """A small market with ties, same-day launches, price changes and two listings of a version."""
    rng = np.random.default_rng(seed)
    rows = []
    for number in range(n):
        day, score = int(rng.integers(0, days)), float(rng.integers(1, 6))
        for listing in range(int(rng.integers(1, 3))):
            name = f"v{number}/{listing}"
            later = day + int(rng.integers(0, 50)) * listing
            rows.append((f"v{number}", later, float(2.0 ** rng.integers(-4, 5)), score, name))
            if rng.random() < 0.4:
                change = later + int(rng.integers(1, 300))
                rows.append((f"v{number}", change, float(2.0 ** rng.integers(-4, 5)), score, name))
    return priced(rows)


def naive_minimum(table, level, day, kind):
    """Cheapest price on a day, by looking at every listing."""
    seen = table[(table["score"] >= level) & (table["date"] <= day)]
    if kind == "in force":
        latest = seen.groupby("model")["date"].transform("max")
        seen = seen[seen["date"] == latest]
    return seen["price"].min()


def naive_rate(table, level, estimator, opening, start, end, kind="ever"):
    """The rate from the table of changes and, for the staircase, a minute grid in time."""
    steps = frontier.running_minimum(table, level, price=kind, until=end)
    if start is not None and len(steps):
        before = steps[steps["date"] <= start]
        steps = pd.concat([before.tail(1).assign(date=start), steps[steps["date"] > start]])
    if not opening:
        steps = steps.iloc[1:]
    if not len(steps):
        return np.nan
    years = ((steps["date"] - ORIGIN) / YEAR).to_numpy()
    price = np.log(steps["price"].to_numpy(dtype=float))
    last = (end - ORIGIN) / YEAR
    if estimator == "endpoint":
        return np.exp((price[0] - price[-1]) / (last - years[0])) if last > years[0] else np.nan
    if estimator == "endpoint to record":
        span = years[-1] - years[0]
        return np.exp((price[0] - price[-1]) / span) if span > 0 else np.nan
    if estimator == "records":
        return np.exp(-np.polyfit(years, price, 1)[0]) if len(years) > 1 else np.nan
    if last <= years[0]:
        return np.nan
    grid = np.linspace(years[0], last, 200_001)
    grid = (grid[:-1] + grid[1:]) / 2
    return np.exp(-np.polyfit(grid, price[np.searchsorted(years, grid, side="right") - 1], 1)[0])


def one_rate(table, level=1.0, **kwargs):
    wanted = {"estimators": ("step",), "openings": (True,), "resamples": 0} | kwargs
    return frontier.rates(table, {"level": level}, **wanted).iloc[0]


# ---------------------------------------------------------------------------------------------
# prices and scores


@pytest.mark.parametrize(
    ("blend", "expected"),
    [
        ("input", 30.0),
        ("output", 60.0),
        ("1:1", 45.0),
        ("3:1", 37.5),
        ("9:1", 33.0),
        ("1:3", 52.5),
        ("geometric", math.sqrt(1800)),
    ],
)
def test_blends_of_gpt_4(blend, expected):
    assert frontier.blended(30.0, 60.0, blend) == pytest.approx(expected)
    both = frontier.blended(pd.Series([30.0, 3.0]), pd.Series([60.0, 6.0]), blend)
    assert both.tolist() == pytest.approx([expected, expected / 10])


def test_a_missing_output_price_matters_only_where_it_is_used():
    prices = pd.Series([1.0]), pd.Series([np.nan])
    assert frontier.blended(*prices, "input").tolist() == [1.0]
    assert frontier.blended(*prices, "3:1").isna().all()
    assert frontier.blended(*prices, "geometric").isna().all()


@pytest.mark.parametrize("blend", ["", "3", "3:1:1", "half", "-1:1", "0:1", "nan:1", "inf:1"])
def test_unknown_blends_are_refused(blend):
    with pytest.raises(ValueError, match="blend"):
        frontier.blended(1.0, 2.0, blend)


@pytest.fixture
def tables():
    day = pd.Timestamp("2024-01-01")
    prices = pd.DataFrame(
        [
            ("A", "P", 0, 1.0, 3.0, 3, "announcement"),
            ("A", "P", 30, 0.5, 1.5, 1, "announcement"),
            ("B", "Q", 10, 2.0, np.nan, 2, "announcement"),
            ("C", "Q", 20, 0.0, 0.0, 2, "announcement"),
            ("D", "Q", 25, 4.0, 8.0, 2, "from memory"),
            ("E", "R", 40, 0.1, 0.1, 2, "announcement"),
            ("F", "R", 90, 0.1, 0.1, 2, "announcement"),
        ],
        columns=[
            "model",
            "provider",
            "date",
            "input_usd_per_mtok",
            "output_usd_per_mtok",
            "n_sources",
            "date_basis",
        ],
    )
    prices["date"] = day + pd.to_timedelta(prices["date"], unit="D")
    models = pd.DataFrame(
        {
            "model": list("ABCDEF"),
            "released": day + pd.to_timedelta([0, 10, 20, 25, 35, 80], unit="D"),
            "is_small_open": [False, False, False, False, True, False],
            "mmlu": ["a", "b", "c", "a", "e", None],
        }
    )
    scores = pd.DataFrame(
        [
            ("mmlu", "a", 50.0, True),
            ("mmlu", "a", 99.0, False),
            ("mmlu", "b", 60.0, True),
            ("mmlu", "c", 70.0, True),
            ("mmlu", "e", 40.0, True),
            ("weirdml", "a", 1.0, True),
        ],
        columns=["ruler", "version", "score", "preferred"],
    )
    return {"prices": prices, "models": models, "scores": scores}


def test_prices_meet_the_preferred_score_of_their_model(tables):
    table = frontier.priced_models("mmlu", **tables)
    assert table["model"].tolist() == ["A", "D", "A", "E"]
    assert table["price"].tolist() == pytest.approx([1.5, 5.0, 0.75, 0.1])
    assert table["score"].tolist() == [50.0, 50.0, 50.0, 40.0]
    assert table["version"].tolist() == ["a", "a", "a", "e"]
    assert list(table.columns) == frontier.PRICED_COLUMNS
    assert table.attrs["dropped"] == {
        "no score": 1,
        "price missing": 1,
        "free": 1,
        "few sources": 0,
        "date from memory": 0,
        "small open": 0,
        "other provider": 0,
    }
    assert frontier.coverage_end(table) == pd.Timestamp("2024-02-05")


def test_the_input_blend_keeps_models_without_an_output_price(tables):
    table = frontier.priced_models("mmlu", blend="input", **tables)
    assert "B" in set(table["model"])
    assert table.attrs["dropped"]["price missing"] == 0


@pytest.mark.parametrize(
    ("choice", "left", "reason"),
    [
        ({"min_sources": 2}, ["A", "D", "E"], "few sources"),
        ({"exclude_from_memory": True}, ["A", "A", "E"], "date from memory"),
        ({"without_small_open": True}, ["A", "D", "A"], "small open"),
        ({"provider": "R"}, ["E"], "other provider"),
    ],
)
def test_every_choice_drops_and_counts_without_moving_the_end(tables, choice, left, reason):
    everything = frontier.priced_models("mmlu", **tables)
    table = frontier.priced_models("mmlu", **choice, **tables)
    assert table["model"].tolist() == left
    assert table.attrs["dropped"][reason] == len(everything) - len(left)
    assert frontier.coverage_end(table) == frontier.coverage_end(everything)
    pd.testing.assert_frame_equal(table, frontier.chosen_models(everything, **choice))


def test_unknown_rulers_and_providers_are_refused(tables):
    with pytest.raises(ValueError, match="ruler 'iq'"):
        frontier.priced_models("iq", **tables)
    with pytest.raises(ValueError, match="provider 'Nobody'"):
        frontier.priced_models("mmlu", provider="Nobody", **tables)


@pytest.mark.parametrize("ruler", frontier.RULERS)
def test_the_books_tables_join_on_every_ruler(ruler):
    table = frontier.priced_models(ruler)
    assert (table["price"] > 0).all()
    assert table[["score", "date", "released", "version"]].notna().all(axis=None)
    assert table["version"].nunique() >= 20
    anchors = frontier.anchor_levels(table)
    assert "GPT-4" in anchors
    gpt_4 = table.loc[table["model"] == "GPT-4 (8k)"].iloc[0]
    assert gpt_4["score"] == anchors["GPT-4"]
    assert gpt_4["price"] == 37.5
    assert table.groupby("version")["score"].nunique().max() == 1


def test_anchors_take_the_first_model_that_the_ruler_scored():
    table = priced([("x", 0, 1, 5.0, "second"), ("y", 9, 1, 6.0, "third")])
    anchors = {"A": ("first", "second", "third"), "B": ("nowhere",), "C": ("third", "second")}
    assert frontier.anchor_levels(table, anchors) == {"A": 5.0, "C": 6.0}


def test_levels_are_the_scores_on_sale_that_day():
    table = priced([("b", 0, 1, 2.0), ("a", 5, 1, 2.0), ("c", 5, 1, 1.0), ("d", 6, 1, 9.0)])
    on = ORIGIN + pd.Timedelta(days=5)
    assert frontier.levels_on(table, on) == {"c": 1.0, "a": 2.0}
    assert list(frontier.levels_on(table, on, grid=3).values()) == [1.0, 1.5, 2.0]
    assert frontier.levels_on(table, ORIGIN - YEAR) == {}


# ---------------------------------------------------------------------------------------------
# the running minimum


def test_records_on_a_hand_made_market():
    table = priced(
        [
            ("a", 0, 10, 5),
            ("low", 1, 1, 4),
            ("same price", 3, 10, 5),
            ("b", 5, 8, 6),
            ("c dearer", 9, 9, 7),
            ("e", 12, 2, 5),
            ("d cheaper that day", 12, 1, 5),
        ]
    )
    steps = frontier.running_minimum(table, 5)
    assert steps["version"].tolist() == ["a", "b", "d cheaper that day"]
    assert steps["price"].tolist() == [10, 8, 1]
    assert (steps["date"] - ORIGIN).dt.days.tolist() == [0, 5, 12]
    assert len(frontier.running_minimum(table, 5, until=ORIGIN + pd.Timedelta(days=11))) == 2
    assert frontier.running_minimum(table, 8).empty


def test_a_price_in_force_can_rise_and_the_cheapest_ever_cannot():
    table = priced([("a", 0, 4, 1), ("b", 10, 1, 1), ("b", 20, 8, 1), ("a", 30, 5, 1)])
    assert frontier.running_minimum(table, 1)["price"].tolist() == [4, 1]
    force = frontier.running_minimum(table, 1, price="in force")
    assert force["price"].tolist() == [4, 1, 4, 5]
    assert (force["date"] - ORIGIN).dt.days.tolist() == [0, 10, 20, 30]
    with pytest.raises(ValueError, match="price 'now'"):
        frontier.running_minimum(table, 1, price="now")


@given(st.integers(0, 10_000), st.integers(1, 5), st.sampled_from(["ever", "in force"]))
@settings(max_examples=25, deadline=None)
def test_the_running_minimum_is_the_minimum_on_every_day(seed, level, kind):
    table = random_table(seed)
    steps = frontier.running_minimum(table, level, price=kind)
    shuffled = table.sample(frac=1, random_state=seed)
    pd.testing.assert_frame_equal(
        steps, frontier.running_minimum(shuffled, level, price=kind), check_dtype=False
    )
    for day in ORIGIN + pd.to_timedelta([0, 100, 333, 700, 1000, 1400], unit="D"):
        known = steps[steps["date"] <= day]["price"]
        expected = naive_minimum(table, level, day, kind)
        assert (known.iloc[-1] if len(known) else None) == (
            None if math.isnan(expected) else expected
        )
    assert (steps["price"].diff().dropna() != 0).all()


# ---------------------------------------------------------------------------------------------
# three estimators


@pytest.fixture
def tenfold():
    """Ten times cheaper on every birthday, seen until the third."""
    return priced([("a", 0, 1000, 1), ("b", 365, 100, 1), ("c", 730, 10, 1)]), (
        ORIGIN + pd.Timedelta(days=1095)
    )


def test_known_rates_of_a_regular_staircase(tenfold):
    table, end = tenfold
    found = frontier.rates(table, [1], end=end, resamples=0, openings=(True,))
    rate = found.set_index("estimator")["estimate"]
    tenth = 10 ** (365.25 / 365)
    assert rate["endpoint to record"] == pytest.approx(tenth)
    assert rate["records"] == pytest.approx(tenth)
    assert rate["endpoint"] == pytest.approx(100 ** (365.25 / 1095))
    # each jump at a third of the window weighs 6 * (1/3) * (2/3) = 4/3
    assert rate["step"] == pytest.approx(100 ** (4 / 3 * 365.25 / 1095))
    first = found.iloc[0]
    assert (first["first_price"], first["last_price"]) == pytest.approx((1000, 10))
    assert (first["n_points"], first["n_models"]) == (3, 3)
    assert first["start"] == ORIGIN
    assert first["span_years"] == pytest.approx(1095 / 365.25)
    assert first["record_years"] == pytest.approx(730 / 365.25)


def test_without_the_opening_price_the_window_opens_with_the_second_record(tenfold):
    table, end = tenfold
    without = frontier.rates(table, [1], end=end, resamples=0, openings=(False,))
    later = frontier.rates(table.iloc[1:], [1], end=end, resamples=0, openings=(True,))
    assert without["estimate"].to_numpy() == pytest.approx(later["estimate"].to_numpy())
    assert without["n_points"].tolist() == later["n_points"].tolist()
    assert without["start"].tolist() == later["start"].tolist()


def test_one_fall_counts_half_as_much_again_in_the_middle_and_nothing_on_the_edge():
    for day, weight in ((500, 1.5), (0, None), (250, 1.125), (999, 6 * 0.999 * 0.001)):
        table = priced([("a", 0, 8, 1), ("b", day, 2, 1)])
        rate = one_rate(table, end=ORIGIN + pd.Timedelta(days=1000))["estimate"]
        fall = 1 if weight is None else 4 ** (weight * 365.25 / 1000)
        assert rate == pytest.approx(fall)


def test_a_price_that_stands_still_falls_once_a_year():
    table = priced([("a", 0, 3, 1), ("b", 100, 7, 1)])
    end = ORIGIN + pd.Timedelta(days=700)
    found = frontier.rates(table, [1], end=end, resamples=0)
    rate = found.set_index(["opening", "estimator"])["estimate"]
    assert rate[True, "endpoint"] == 1
    assert rate[True, "step"] == 1
    assert math.isnan(rate[True, "records"])
    assert rate[False].isna().all()


def test_a_level_that_nobody_reaches_has_no_rate(tenfold):
    table, end = tenfold
    found = frontier.rates(table, [2], end=end, resamples=50)
    assert found["estimate"].isna().all()
    assert found[["low", "high"]].isna().all(axis=None)
    assert (found["share_without"] == 1).all()
    assert (found["n_models"] == 0).all()


@given(st.integers(0, 10_000), st.integers(1, 4), st.booleans(), st.booleans())
@example(6593, 1, True, False)
@settings(max_examples=20, deadline=None)
def test_rates_equal_a_naive_computation(seed, level, windowed, in_force):
    table = random_table(seed)
    start = ORIGIN + pd.Timedelta(days=400) if windowed else None
    end = ORIGIN + pd.Timedelta(days=900)
    kind = "in force" if in_force else "ever"
    # Two prices a few days apart give a pace a year that no number holds: infinite in both.
    with np.errstate(over="ignore"):
        found = frontier.rates(table, [level], start=start, end=end, resamples=0, price=kind)
    for row in found.itertuples():
        if start is not None and not row.opening and in_force:
            continue
        with np.errstate(over="ignore"):
            expected = naive_rate(table, level, row.estimator, row.opening, start, end, kind)
        assert row.estimate == pytest.approx(expected, rel=2e-4, nan_ok=True), row.estimator


def test_many_staircases_at_once_equal_one_at_a_time():
    table = random_table(3, n=20)
    events = frontier.Events.of(table)
    versions = np.unique(table["version"])
    present = frontier.presence(events.units, 40, np.random.default_rng(1))
    end = ORIGIN + pd.Timedelta(days=950)
    for price, start in itertools.product(
        ("ever", "in force"), (None, ORIGIN + pd.Timedelta(days=300))
    ):
        begin = None if start is None else frontier.year_of(start)
        falls = frontier.Staircases.of(events.at_least(2), present, price).falls(
            frontier.year_of(end), begin, openings=(True, False)
        )
        for column in range(present.shape[1]):
            part = table[table["version"].isin(versions[present[:, column]])]
            alone = frontier.rates(part, [2], start=start, end=end, resamples=0, price=price)
            for row in alone.itertuples():
                value = np.exp(falls[row.estimator, row.opening][column])
                assert value == pytest.approx(row.estimate, rel=1e-9, nan_ok=True)
                assert falls["points", row.opening][column] == row.n_points


@pytest.mark.parametrize("change", ["unit", "order", "origin", "repeated", "second listing"])
def test_rates_do_not_depend_on_what_does_not_matter(change):
    table = random_table(11, n=18)
    end = ORIGIN + pd.Timedelta(days=1000)
    before = frontier.rates(table, [1, 3], end=end, resamples=60)
    if change == "unit":
        table = table.assign(price=table["price"] * 7.2)
    elif change == "order":
        table = table.sample(frac=1, random_state=1)
    elif change == "origin":
        table = table.assign(date=table["date"] + pd.Timedelta(days=777))
        end += pd.Timedelta(days=777)
    elif change == "repeated":
        table = pd.concat([table, table])
    else:
        table = pd.concat([table, table.assign(model=table["model"] + " elsewhere")])
    after = frontier.rates(table, [1, 3], end=end, resamples=60)
    columns = ["estimate", "low", "high", "share_without", "n_points", "n_models", "span_years"]
    pd.testing.assert_frame_equal(before[columns], after[columns], rtol=1e-9)


def test_a_record_price_moves_the_rate_and_another_price_does_not():
    table = frontier.priced_models("eci_2026_08")
    level = frontier.anchor_levels(table)["GPT-4"]
    base = one_rate(table, level)["estimate"]
    steps = frontier.running_minimum(table, level, until=frontier.coverage_end(table))
    record = (table["model"] == steps["model"].iloc[5]) & (table["date"] == steps["date"].iloc[5])
    changed = table.assign(price=table["price"].where(~record, table["price"] * 0.9))
    assert one_rate(changed, level)["estimate"] != pytest.approx(base, rel=1e-4)
    dear = table["model"] == "o1"
    changed = table.assign(price=table["price"].where(~dear, table["price"] * 0.9))
    assert one_rate(changed, level)["estimate"] == base


def test_a_later_end_is_flagged(tenfold):
    table, end = tenfold
    table.attrs["coverage_end"] = end
    assert not one_rate(table)["at_least"]
    assert one_rate(table, end=end + pd.Timedelta(days=1))["at_least"]


def test_free_prices_and_unknown_choices_are_refused(tenfold):
    table, _ = tenfold
    with pytest.raises(ValueError, match="free tiers"):
        one_rate(table.assign(price=0.0))
    for choice in ({"estimators": ("mean",)}, {"price": "now"}, {"method": "jackknife"}):
        with pytest.raises(ValueError, match="is not one of"):
            one_rate(table, **choice)
    with pytest.raises(ValueError, match="nothing with a price"):
        one_rate(table.iloc[:0])


# ---------------------------------------------------------------------------------------------
# resampling


def test_half_samples_have_half_of_the_models_and_the_bootstrap_two_thirds():
    rng = np.random.default_rng(5)
    half = frontier.presence(21, 4000, rng)
    assert (half.sum(axis=0) == 10).all()
    assert half.mean(axis=1) == pytest.approx(np.full(21, 10 / 21), abs=0.04)
    drawn = frontier.presence(21, 4000, rng, "bootstrap")
    assert drawn.mean(axis=1) == pytest.approx(np.full(21, 1 - (20 / 21) ** 21), abs=0.04)
    assert frontier.presence(1, 5, rng).all()
    assert frontier.presence(0, 5, rng).shape == (0, 5)


def test_intervals_come_from_the_seed_and_not_from_company():
    table = random_table(7, n=20)
    alone = frontier.rates(table, [3], resamples=200, seed=4)
    pd.testing.assert_frame_equal(alone, frontier.rates(table, [3], resamples=200, seed=4))
    among = frontier.rates(table, [1, 3], resamples=200, seed=4, estimators=("step", "endpoint"))
    columns = ["opening", "estimator", "estimate", "low", "high"]
    merged = alone[columns].merge(among[among["score"] == 3][columns], how="inner")
    assert len(merged) == 4
    other = frontier.rates(table, [3], resamples=200, seed=5)
    assert not np.allclose(alone["high"], other["high"], equal_nan=True)


def test_the_price_rows_of_a_model_travel_together():
    """One model of two opens, and cuts its price: no resample may have the cut alone."""
    table = priced([("a", 0, 8, 1), ("a", 365, 2, 1), ("b", 100, 100, 1)])
    end = ORIGIN + pd.Timedelta(days=730)
    found = one_rate(table, end=end, resamples=400, estimators=("endpoint",))
    draws = frontier.Staircases.of(
        frontier.Events.of(table), np.array([[True, False], [False, True]])
    ).falls(frontier.year_of(end), estimators=("endpoint",))["endpoint", True]
    assert np.exp(draws) == pytest.approx([4 ** (365.25 / 730), 1.0])
    assert (found["low"], found["high"]) == pytest.approx((1.0, 4 ** (365.25 / 730)))


def test_resamples_without_an_estimate_are_counted():
    table = priced([("a", 0, 8, 2), ("b", 300, 2, 1), ("c", 350, 1, 1), ("d", 360, 1, 1)])
    found = one_rate(table, 2, end=ORIGIN + pd.Timedelta(days=700), resamples=2000)
    assert found["share_without"] == pytest.approx(0.5, abs=0.05)


# ---------------------------------------------------------------------------------------------
# simulated histories with a known truth


def history(rng, trend, spread=1.0, models=60, years=3.0):
    """Launches at random dates; log price falls with time, rises with score, some are cut later."""
    n = max(5, rng.poisson(models))
    launch = np.sort(rng.uniform(0, years, n))
    score = 100 + 6 * launch + rng.normal(0, 8, n)
    log_price = -trend * launch + 0.05 * (score - 100) + rng.normal(0, spread, n)
    cut = np.flatnonzero(rng.random(n) < 0.15)
    unit = np.concatenate([np.arange(n), cut])
    when = np.concatenate([launch, launch[cut] + rng.uniform(0, years - launch[cut])])
    price = np.concatenate([log_price, log_price[cut] - rng.uniform(0.2, 1.0, len(cut))])
    order = np.lexsort((price, when))
    return frontier.Events(
        when[order], price[order], score[unit][order], unit[order], unit[order], n
    )


def simulated_falls(rng, trend, histories, **kwargs):
    """Rates of the level 100 in many histories, each with all its models."""
    found = {}
    for _ in range(histories):
        events = history(rng, trend, **kwargs)
        everyone = np.ones((events.units, 1), dtype=bool)
        falls = frontier.Staircases.of(events.at_least(100.0), everyone).falls(
            kwargs.get("years", 3.0), openings=(True, False)
        )
        for key, value in falls.items():
            found.setdefault(key, []).append(value[0])
    return {key: np.array(values) for key, values in found.items()}


def test_the_trend_is_recovered_when_launches_are_many_and_alike():
    rng = np.random.default_rng(1)
    day = np.arange(0, 1096)
    price = 100 * np.exp(-2.3 * day / 365.25 + rng.normal(0, 0.05, len(day)))
    table = priced([(f"v{i}", i, p, 1) for i, p in zip(day, price, strict=True)])
    found = frontier.rates(table, [1], resamples=200)
    assert len(found) == 8
    for row in found.itertuples():
        assert math.log(row.estimate) == pytest.approx(2.3, abs=0.05), row.estimator
        assert row.low <= math.exp(2.35)
        assert row.high >= math.exp(2.25)


def test_the_step_rate_without_the_opening_price_is_nearest_to_the_trend():
    for trend in (1.0, 2.3):
        found = simulated_falls(np.random.default_rng(2), trend, 600)
        bias = {key: abs(np.nanmean(found[key]) - trend) for key in found if key[0] != "points"}
        assert bias["step", False] < 0.12
        assert bias["step", False] < bias["step", True] < bias["endpoint", True]
        assert np.nanmean(found["endpoint to record", True]) > trend


def test_half_samples_cover_and_the_bootstrap_falls_short():
    """95% intervals of the step rate over 400 histories; one standard error is 1.1 points."""
    rng = np.random.default_rng(3)
    trend, years, histories = 2.3, 3.0, 400
    wanted = {"estimators": ("step", "endpoint"), "openings": (True, False)}
    truth = simulated_falls(rng, trend, 1500)
    hits = {}
    for _ in range(histories):
        events = history(rng, trend)
        reached = events.at_least(100.0)
        for method in frontier.METHODS:
            present = frontier.presence(events.units, 200, rng, method)
            falls = frontier.Staircases.of(reached, present).falls(years, **wanted)
            for key in itertools.product(("step", "endpoint"), (True, False)):
                low, high, _ = percentile_interval(falls[key][None])
                inside = low[0] <= np.nanmean(truth[key]) <= high[0]
                hits.setdefault((method, *key), []).append(inside)
    coverage = {key: np.mean(inside) for key, inside in hits.items()}
    for opening in (True, False):
        assert 0.93 <= coverage["half-samples", "step", opening] <= 0.99
        assert 0.88 <= coverage["half-samples", "endpoint", opening] <= 0.98
        for estimator in ("step", "endpoint"):
            short = coverage["bootstrap", estimator, opening]
            assert short < 0.93
            assert short < coverage["half-samples", estimator, opening] - 0.03


def test_the_running_minimum_falls_even_without_a_trend():
    found = simulated_falls(np.random.default_rng(4), 0.0, 300)
    assert np.exp(np.nanmean(found["step", True])) > 1.5
    rng = np.random.default_rng(6)
    shares = {0.0: [], 2.3: []}
    for trend, _ in itertools.product(shares, range(60)):
        day = np.sort(rng.integers(0, 1000, 40))
        price = np.exp(-trend * day / 365.25 + rng.normal(0, 1, 40))
        table = priced(
            [(f"v{i}", int(d), p, 1) for i, (d, p) in enumerate(zip(day, price, strict=True))]
        )
        row = frontier.rates_in_random_order(table, [1], resamples=200).iloc[0]
        assert row["low"] <= row["random"] <= row["high"]
        assert row["estimate"] == pytest.approx(one_rate(table)["estimate"])
        shares[trend].append(row["share_as_fast"])
    assert np.mean(shares[0.0]) == pytest.approx(0.5, abs=0.12)
    assert np.mean(shares[2.3]) < 0.1


# ---------------------------------------------------------------------------------------------
# falls between two days


@pytest.fixture
def market():
    """Level 1 falls tenfold in the year, level 2 fivefold, level 3 does not move, 4 comes later."""
    return priced(
        [
            ("a", 0, 100, 1),
            ("b", 0, 200, 2),
            ("c", 0, 300, 3),
            ("d", 100, 10, 1),
            ("e", 200, 40, 2),
            ("f", 300, 500, 4),
        ]
    )


def test_falls_of_a_hand_made_market(market):
    first, last = ORIGIN + pd.Timedelta(days=1), ORIGIN + pd.Timedelta(days=301)
    levels = {"1": 1.0, "2": 2.0, "3": 3.0, "4": 4.0}
    found = frontier.falls_between(market, levels, first, last, resamples=300)
    assert found.levels["fall"].tolist() == pytest.approx([10, 5, 1, np.nan], nan_ok=True)
    assert found.levels["reached"].tolist() == [True, False, False, False]
    summary = found.summary
    assert (summary["n_levels"], summary["n_distinct"]) == (3, 3)
    assert summary["n_models"] == 6
    assert summary["share"] == pytest.approx(1 / 3)
    assert summary["fall"] == pytest.approx(50 ** (1 / 3))
    assert summary["rate"] == pytest.approx(50 ** (365.25 / 300 / 3))
    assert summary["fall_low"] <= summary["fall"] <= summary["fall_high"]
    assert 0 <= summary["share_low"] <= summary["share_high"] <= 1
    assert summary["at_least"]
    assert summary["coverage_end"] == ORIGIN + pd.Timedelta(days=300)
    inside = frontier.falls_between(market, levels, first, ORIGIN + pd.Timedelta(days=300))
    assert not inside.summary["at_least"]
    lower = frontier.falls_between(market, levels, first, last, asked=5.0, resamples=0)
    assert lower.summary["share"] == pytest.approx(2 / 3)
    with pytest.raises(ValueError, match="not after"):
        frontier.falls_between(market, levels, last, first)


def test_a_rise_shows_only_in_prices_in_force():
    table = priced([("a", 0, 4, 1), ("b", 0, 1, 1), ("b", 50, 2, 1)])
    days = ORIGIN + pd.Timedelta(days=10), ORIGIN + pd.Timedelta(days=60)
    ever = frontier.falls_between(table, [1], *days, resamples=0)
    force = frontier.falls_between(table, [1], *days, price="in force", resamples=0)
    assert ever.summary["fall"] == pytest.approx(1.0)
    assert force.summary["fall"] == pytest.approx(0.5)


def test_a_resample_averages_over_the_levels_that_its_models_sell():
    """With a alone only level 1 exists, and fell fourfold; with b alone neither level moves."""
    table = priced([("a", 0, 8, 1), ("a", 50, 2, 1), ("b", 0, 100, 2)])
    days = ORIGIN + pd.Timedelta(days=10), ORIGIN + pd.Timedelta(days=60)
    summary = frontier.falls_between(table, [1, 2], *days, asked=4, resamples=300).summary
    assert (summary["fall"], summary["share"]) == (pytest.approx(2.0), 0.5)
    assert (summary["fall_low"], summary["fall_high"]) == pytest.approx((1.0, 4.0))
    assert (summary["share_low"], summary["share_high"]) == (0.0, 1.0)
    many = frontier.falls_between(table, [0.1, 0.5, 1, 2], *days, resamples=0).summary
    assert (many["n_levels"], many["n_distinct"]) == (4, 2)


def snapshots(shift=0.0, late="2026-02-20"):
    early = [("a", 1000, 8), ("b", 1100, 16), ("c", 1200, 64), ("free", 1300, 0)]
    now = [*early, ("d", 1105, 1), ("e", 1250, 16), ("old", 900, 0.01)]
    rows = [("2025-02-07", *row, False) for row in early]
    rows += [(late, name, score + shift, price, False) for name, score, price in now]
    rows += [("2026-12-31", "late", 2000, 0.001, False), (late, "stuck", 5000, 0.001, True)]
    table = pd.DataFrame(
        rows, columns=["snapshot", "version", "score", "input_usd_per_mtok", "is_frozen"]
    )
    return table.assign(snapshot=pd.to_datetime(table["snapshot"]))


def test_scores_as_of_the_day_on_a_scale_that_stays():
    for alignment in ("as printed", "median shift", "anchor model"):
        found = frontier.falls_as_of_the_day(snapshots(), alignment=alignment, resamples=100)
        assert found.levels["level"].tolist() == ["a", "b", "c"]
        assert found.levels["fall"].tolist() == pytest.approx([8, 16, 4])
        assert found.summary["share"] == pytest.approx(1 / 3)
        assert found.summary["days"] == 378
        assert found.summary["fall"] == pytest.approx(8.0)


def test_a_scale_that_moves_up_flatters_the_printed_levels_alone():
    still = frontier.falls_as_of_the_day(snapshots(), resamples=50)
    for alignment in ("median shift", "anchor model"):
        moved = frontier.falls_as_of_the_day(snapshots(150), alignment=alignment, resamples=50)
        assert moved.levels["fall"].tolist() == pytest.approx(still.levels["fall"].tolist())
        assert moved.levels["score_last"].tolist() == [1150, 1250, 1350]
    printed = frontier.falls_as_of_the_day(snapshots(150), alignment="as printed", resamples=50)
    assert printed.levels["fall"].tolist() == pytest.approx([800, 16, 64])
    with pytest.raises(ValueError, match="alignment"):
        frontier.falls_as_of_the_day(snapshots(), alignment="rank")
    with pytest.raises(ValueError, match="nearest snapshot"):
        frontier.falls_as_of_the_day(snapshots(), "2025-02-07", "2025-02-08")


def test_falls_by_age_on_hand_made_levels():
    """Level 2 falls 8x, then 2x; level 1 exists from the same day, and from day 366 with a cut."""
    table = priced(
        [("a", 0, 80, 2), ("b", 100, 10, 2), ("c", 500, 5, 2), ("d", 600, 1, 1)],
        coverage_end=ORIGIN + pd.Timedelta(days=900),
    )
    found = frontier.falls_by_age(table, [2.0], years=3, resamples=0)
    assert found["fall"].tolist() == pytest.approx([8, 2, np.nan], nan_ok=True)
    assert found["n_levels"].tolist() == [1, 1, 0]
    assert found["n_cut"].tolist() == [0, 0, 1]
    both = frontier.falls_by_age(table, [1.0, 2.0], years=2, resamples=0, asked=8)
    assert both["fall"].tolist() == pytest.approx([8, math.sqrt(2 * 10)])
    assert both["share"].tolist() == [1.0, 0.5]
    later = frontier.falls_by_age(table, [2.0], years=2, opening=False, resamples=0)
    assert later["fall"].tolist() == pytest.approx([1, 2])
    same = frontier.falls_by_age(table, [1.0, 2.0], years=3, same_levels=True, resamples=0)
    assert (same["n_levels"] == 0).all()


def test_falls_by_calendar_year_on_hand_made_levels():
    table = priced(
        [("a", 10, 80, 2), ("b", 400, 10, 2), ("c", 760, 5, 2), ("late", 500, 40, 3)],
        coverage_end=pd.Timestamp("2024-07-01"),
    )
    found = frontier.falls_by_calendar_year(table, [2.0, 3.0], resamples=50)
    assert found["year"].tolist() == [2023, 2024]
    assert found["n_levels"].tolist() == [1, 2]
    assert found["complete"].tolist() == [True, False]
    assert found["fall"].tolist() == pytest.approx([8, math.sqrt(2)])
    assert found["rate"].iloc[1] == pytest.approx(2 ** (0.5 * 365.25 / 182))
    assert found["last"].iloc[1] == pd.Timestamp("2024-07-01")


def test_tables_of_falls_carry_intervals_over_models():
    table = frontier.priced_models("arena_2026_07")
    levels = frontier.levels_on(table)
    found = frontier.falls_between(table, levels, resamples=200)
    again = frontier.falls_between(table, levels, resamples=200)
    pd.testing.assert_series_equal(found.summary, again.summary)
    assert found.summary["n_levels"] == len(levels) >= 25
    assert found.summary["fall_low"] < found.summary["fall_high"]
    for part in (
        frontier.falls_by_age(table, levels, resamples=100),
        frontier.falls_by_calendar_year(table, levels, resamples=100),
    ):
        assert (part["low"] <= part["high"]).all()
        assert part["share"].between(0, 1).all()


def test_levels_that_share_their_prices_are_few_facts():
    table = priced([("a", 0, 8, 3), ("b", 100, 2, 3)], coverage_end=ORIGIN + pd.Timedelta(days=400))
    found = frontier.falls_by_age(table, [1.0, 2.0, 3.0], years=1, resamples=0)
    assert found.loc[0, ["n_levels", "n_distinct"]].tolist() == [3, 1]
