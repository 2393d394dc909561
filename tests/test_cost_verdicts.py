"""Each rule gives every answer it can give, and flips when the evidence does."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from three_observations import cost_verdicts as rules
from three_observations import data
from three_observations.claims import Outcome


@pytest.mark.parametrize(
    ("lowest", "highest", "level_kept", "outcome"),
    [
        (100.0, 200.0, True, Outcome.SUPPORTED),
        (100.0, 200.0, False, Outcome.PARTLY),
        (100.0, 137.0, True, Outcome.SUPPORTED),
        (100.0, 136.0, True, Outcome.CONTRADICTED),
        (166.0, 400.0, True, Outcome.CONTRADICTED),
        (4.0, 24.0, True, Outcome.CONTRADICTED),
    ],
)
def test_150(lowest, highest, level_kept, outcome):
    assert rules.decide_150([(lowest, highest)], level_kept) is outcome


def test_150_between_the_ranges_of_two_versions_is_in_neither():
    assert rules.decide_150([(100.0, 130.0), (200.0, 261.0)]) is Outcome.CONTRADICTED
    assert rules.decide_150([(100.0, 140.0), (200.0, 261.0)]) is Outcome.SUPPORTED


def test_a_price_that_leaves_150_between_two_versions_turns_the_verdict(restored):
    prices = data.load("prices")
    prices.loc[prices["model"] == "GPT-4o mini", "input_usd_per_mtok"] = 0.23
    data.use(prices=prices)
    found = {verdict.key: verdict.outcome for verdict in rules.verdicts(resamples=2)}
    assert found["cost-150x-mini"] is Outcome.CONTRADICTED


@pytest.mark.parametrize(
    ("median", "near", "inside", "outcome"),
    [
        (10.0, 0.7, 0.7, Outcome.SUPPORTED),
        (10.0, 0.6, 0.9, Outcome.PARTLY),
        (10.0, 0.9, 0.6, Outcome.PARTLY),
        (5.0, 0.9, 0.9, Outcome.SUPPORTED),
        (4.9, 0.9, 0.9, Outcome.NOT_SUPPORTED),
        (21.0, 0.4, 0.4, Outcome.NOT_SUPPORTED),
        (3.0, 0.2, 0.2, Outcome.CONTRADICTED),
        (60.0, 0.1, 0.1, Outcome.CONTRADICTED),
    ],
)
def test_pace(median, near, inside, outcome):
    assert rules.decide_pace(median, near, inside) is outcome


@pytest.mark.parametrize(
    ("falls", "lows", "highs", "outcome"),
    [
        ([12.0, 8.0, 6.0], [5.0, 4.0, 3.0], [30.0, 20.0, 9.0], Outcome.SUPPORTED),
        ([40.0, 4.0, 3.0], [9.0, 2.0, 1.0], [80.0, 12.0, 11.0], Outcome.PARTLY),
        ([40.0, 6.0, 1.3], [11.0, 3.0, 1.0], [80.0, 15.0, 4.0], Outcome.NOT_SUPPORTED),
        ([40.0, 2.0, 1.3], [11.0, 1.0, 1.0], [80.0, 5.0, 4.0], Outcome.CONTRADICTED),
    ],
)
def test_steadiness(falls, lows, highs, outcome):
    assert rules.decide_steady(falls, lows, highs) is outcome


@pytest.mark.parametrize(
    ("falls", "highs", "outcome"),
    [
        ([6.0, 7.0], [9.0, 30.0], Outcome.SUPPORTED),
        ([6.0, 2.0], [9.0, 4.0], Outcome.PARTLY),
        ([2.0, 3.0], [5.9, 11.0], Outcome.NOT_SUPPORTED),
        ([2.0, 3.0], [4.9, 11.0], Outcome.NOT_SUPPORTED),
        ([2.0, 3.0], [4.0, 4.9], Outcome.CONTRADICTED),
    ],
)
def test_the_year_after(falls, highs, outcome):
    assert rules.decide_year_after(falls, highs) is outcome


YES, PART, NO, WRONG = (
    Outcome.SUPPORTED,
    Outcome.PARTLY,
    Outcome.NOT_SUPPORTED,
    Outcome.CONTRADICTED,
)


@pytest.mark.parametrize(
    ("parts", "outcome"),
    [
        ([YES, YES, YES], YES),
        ([YES, YES, NO], PART),
        ([PART, NO, NO], PART),
        ([NO, NO, NO], NO),
        ([YES, YES, WRONG], NO),
        ([WRONG, WRONG, WRONG], WRONG),
    ],
)
def test_the_whole_is_as_strong_as_its_parts(parts, outcome):
    assert rules.decide_ten_times(parts) is outcome


@pytest.mark.parametrize(
    ("readings", "outcome"),
    [
        ([(17.0, 19.0), (18.0, 18.0)], YES),
        ([(23.0, 25.0), (19.0, 19.0)], PART),
        ([(23.0, 25.0), (21.0, 21.0)], WRONG),
        ([(12.0, 16.0)], WRONG),
    ],
)
def test_18_months(readings, outcome):
    assert rules.decide_months(readings) is outcome


@pytest.mark.parametrize(
    ("faster", "clearly", "outcome"),
    [(0.95, 0.5, YES), (0.99, 0.4, PART), (0.5, 0.0, NO), (0.2, 0.0, WRONG)],
)
def test_faster_than_moore(faster, clearly, outcome):
    assert rules.decide_beats_moore(faster, clearly) is outcome


@pytest.mark.parametrize(
    ("series", "grew", "identified", "outcome"),
    [
        (5, 5, True, YES),
        (5, 5, False, PART),
        (5, 4, True, NO),
        (5, 2, True, WRONG),
        (0, 0, True, WRONG),
    ],
)
def test_more_use(series, grew, identified, outcome):
    assert rules.decide_more_use(series, grew, identified) is outcome


@pytest.mark.parametrize(("low", "high", "outcome"), [(1.4, 1.6, WRONG), (100.0, 160.0, YES)])
def test_per_unit_of_compute(low, high, outcome):
    assert rules.decide_per_compute(low, high) is outcome


@pytest.mark.parametrize(
    ("fall", "low", "high", "outcome"),
    [
        (1.0, 0.8, 1.2, YES),
        (0.1, 0.05, 0.2, YES),
        (0.9, 0.6, 1.4, PART),
        (1.5, 1.1, 2.0, NO),
        (3.0, 2.5, 4.0, WRONG),
    ],
)
def test_the_frontier(fall, low, high, outcome):
    assert rules.decide_frontier(fall, low, high) is outcome


@pytest.mark.parametrize(
    ("low", "high", "outcome"),
    [(6.0, 12.0, YES), (4.0, 12.0, NO), (0.6, 1.4, WRONG), (25.0, 40.0, WRONG)],
)
def test_ai_with_no_level_named(low, high, outcome):
    assert rules.decide_any_level(low, high) is outcome


def test_fewer_events_than_claimed_prove_nothing():
    assert rules.decide_count(3, 3) is YES
    assert rules.decide_count(2, 3) is Outcome.CANNOT_BE_TESTED


@pytest.mark.parametrize(
    ("found", "outcome"), [(3.0, YES), (3.2, WRONG), (None, Outcome.CANNOT_BE_TESTED)]
)
def test_equal_prices(found, outcome):
    assert rules.decide_equal(found, 3.0) is outcome


def test_every_rule_is_shown_and_says_what_it_asks():
    shown = {rule.__name__ for rule in rules.RULES}
    assert shown == {name for name in vars(rules) if name.startswith("decide_")}
    assert all(rule.__doc__.split("\n")[0].endswith("?") for rule in rules.RULES[1:])


def test_the_first_form_of_the_pace_rule_is_computed():
    curve = pd.DataFrame(
        {
            "usable": True,
            "window": "all",
            "estimate": [2.0, 10.0, 60.0],
            "low": [1.0, 5.0, 2.0],
            "high": [30.0, 20.0, 900.0],
        }
    )
    found = rules.pace(curve)
    assert found.median == 10.0
    assert found.share_near == pytest.approx(1 / 3)
    assert found.share_with_ten_inside == 1.0
    assert found.first_form is YES
    assert rules.decide_pace(found.median, found.share_near, 1.0) is PART


def test_the_pace_looks_at_the_whole_span_alone():
    curve = pd.DataFrame(
        {
            "usable": [True, True, False],
            "window": ["all", "before the essay", "all"],
            "estimate": [8.0, 90.0, 70.0],
            "low": [4.0, 50.0, 50.0],
            "high": [12.0, 99.0, 99.0],
        }
    )
    assert rules.pace(curve).usable == 1
    assert rules.pace(curve).median == 8.0


# ---------------------------------------------------------------------------------------------
# from a changed figure to a changed verdict

Edit = Callable[[pd.DataFrame], pd.DataFrame]


@pytest.fixture
def decided(tmp_path, monkeypatch):
    """Return a function that changes tables in a copy of data/ and decides all claims anew."""

    def decide(**edits: Edit) -> dict:
        folder = tmp_path / "data"
        shutil.copytree(data.directory(), folder)
        for name, edit in edits.items():
            path = folder / f"{name}.csv"
            table = edit(pd.read_csv(path, dtype=str, keep_default_na=False))
            table.to_csv(path, index=False)
        monkeypatch.setenv("THREE_OBSERVATIONS_DATA", str(folder))
        return {verdict.key: verdict for verdict in rules.verdicts(resamples=40)}

    return decide


def prices_of(models: list[str], factor: float) -> Edit:
    """Return an edit that multiplies the dollar prices of some models."""

    def edit(table: pd.DataFrame) -> pd.DataFrame:
        rows = table["model"].isin(models)
        assert rows.any(), models
        for column in ("input_usd_per_mtok", "output_usd_per_mtok"):
            table.loc[rows, column] = (table.loc[rows, column].astype(float) * factor).map(str)
        table.loc[rows, "cached_input_usd_per_mtok"] = ""
        return table

    return edit


def test_the_tables_as_they_are(decided):
    found = decided()
    assert found["cost-150x"].outcome is Outcome.CONTRADICTED
    assert found["cost-150x-mini"].outcome is Outcome.SUPPORTED
    assert found["cost-moore"].outcome is Outcome.PARTLY
    assert found["cost-per-compute"].outcome is Outcome.CONTRADICTED
    assert found["cost-doubao-vision"].outcome is Outcome.SUPPORTED
    assert found["cost-goods-and-land"].outcome is Outcome.CANNOT_BE_TESTED


def test_a_cheaper_gpt_4o_would_have_made_the_essay_right(decided):
    found = decided(prices=prices_of(["GPT-4o (2024-08-06)"], 1 / 15))
    assert found["cost-150x"].outcome is Outcome.SUPPORTED


def test_a_dearer_gpt_4o_mini_would_have_contradicted_it(decided):
    found = decided(prices=prices_of(["GPT-4o mini"], 5))
    assert found["cost-150x-mini"].outcome is Outcome.CONTRADICTED


def test_a_free_fall_after_the_essay_turns_the_year_after(decided):
    def edit(table: pd.DataFrame) -> pd.DataFrame:
        row = table[table["model"] == "GPT-5"].iloc[[0]].copy()
        row["date"] = "2025-10-01"
        row["input_usd_per_mtok"] = row["output_usd_per_mtok"] = "0.0001"
        row["cached_input_usd_per_mtok"] = ""
        return pd.concat([table, row], ignore_index=True)

    found = decided(prices=edit)
    assert found["cost-year-after"].figure > 100
    assert found["cost-year-after"].outcome is Outcome.SUPPORTED


def test_prices_that_never_fell_would_turn_the_pace(decided):
    def edit(table: pd.DataFrame) -> pd.DataFrame:
        paid = table["input_usd_per_mtok"].astype(float) > 0
        table.loc[paid, "input_usd_per_mtok"] = "10"
        table.loc[paid & (table["output_usd_per_mtok"] != ""), "output_usd_per_mtok"] = "30"
        table["cached_input_usd_per_mtok"] = ""
        return table

    found = decided(prices=edit)
    assert found["cost-pace"].figure == pytest.approx(1.0)
    assert found["cost-pace"].outcome is Outcome.CONTRADICTED
    assert found["cost-ten-times"].outcome is Outcome.CONTRADICTED
    assert found["cost-beats-moore"].outcome is Outcome.CONTRADICTED


def test_transistors_that_double_in_18_months_would_support_moore(decided):
    def edit(table: pd.DataFrame) -> pd.DataFrame:
        years = table["year"].astype(float)
        table = table[years > 1985].copy()
        years = years[years > 1985]
        row = np.arange(len(table))
        noise = 0.9 * (row % 2) + 0.0001 * row  # without scatter there would be no interval
        table["transistors_thousands"] = (2.0 ** ((years - 1971) / 1.5 - 5 + noise)).map(str)
        return table

    assert decided(transistors=edit)["cost-moore"].outcome is Outcome.SUPPORTED


def test_one_volume_that_shrank_is_enough(decided):
    def edit(table: pd.DataFrame) -> pd.DataFrame:
        google = (table["entity"] == "Google") & (table["scope"].str.contains("all"))
        last = table[google].sort_values("date").index[-1]
        table.loc[last, "tokens_per_day"] = "1e9"
        return table

    assert decided(token_volumes=edit)["cost-more-use"].outcome is Outcome.NOT_SUPPORTED


def test_without_a_row_a_quoted_price_cannot_be_tested(decided):
    def edit(table: pd.DataFrame) -> pd.DataFrame:
        return table[table["model"] != "Doubao visual understanding"]

    assert decided(prices=edit)["cost-doubao-vision"].outcome is Outcome.CANNOT_BE_TESTED


def test_a_curve_that_is_given_is_the_one_that_decides():
    curve = rules.specification.specification_curve(resamples=40)
    assert rules.verdicts(resamples=40, curve=curve) == rules.verdicts(resamples=40)
    dear = curve.assign(estimate=curve["estimate"] * 100)
    changed = {verdict.key: verdict for verdict in rules.verdicts(resamples=40, curve=dear)}
    assert changed["cost-pace"].figure > 100
