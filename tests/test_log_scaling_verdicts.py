"""Each rule on the log of resources gives every answer it can give, and flips with the evidence.

The worlds at the end are tables that a world could have had: one where the essay is right word for
word, one where more of anything makes models worse, one where nothing matters, one where all gains
flatten.
"""

from __future__ import annotations

import inspect
import math
import shutil
from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from three_observations import (
    benchmark_scaling,
    capability_frontier,
    claims,
    data,
    data_ceiling,
    inference_scaling,
    scaling_law,
)
from three_observations import log_scaling_verdicts as rules
from three_observations.claims import Outcome, Verdict
from three_observations.estimation import least_squares

YES, PART, NO, WRONG, UNTESTED = (
    Outcome.SUPPORTED,
    Outcome.PARTLY,
    Outcome.NOT_SUPPORTED,
    Outcome.CONTRADICTED,
    Outcome.CANNOT_BE_TESTED,
)

# ---------------------------------------------------------------------------------------------
# the rules


@pytest.mark.parametrize(
    ("line", "best", "nothing", "outcome"),
    [
        ([1.0, 2.0], [1.0, 1.6], [3.0, 3.0], YES),
        ([1.0, 2.0], [9.0, 1.6], [3.0, 3.0], YES),  # a line that wins does as well
        ([1.0, 2.0], [1.0, 1.59], [3.0, 3.0], PART),
        ([1.26, 2.0], [1.0, 1.6], [3.0, 3.0], PART),
        ([1.26, 2.1], [1.0, 1.6], [3.0, 3.0], WRONG),
        ([1.0, 2.0], [1.0, 1.6], [1.1, 2.1], YES),
        ([1.0, 2.0], [1.0, 1.6], [1.0, 3.0], PART),  # no better than no change says nothing
        ([1.0, 2.0], [9.0, 9.0], [0.9, 2.0], WRONG),  # even where it beats the other forms
    ],
)
def test_form(line, best, nothing, outcome):
    assert rules.decide_form(line, best, nothing) is outcome


@pytest.mark.parametrize("short", range(3))
def test_every_scale_of_the_form_needs_all_three_errors(short):
    errors = [[1.0, 2.0], [1.0, 2.0], [1.0, 2.0]]
    errors[short] = [1.0]
    with pytest.raises(ValueError):
        rules.decide_form(*errors)


@pytest.mark.parametrize(
    ("losses", "tasks", "outcome"),
    [
        (2 / 3, 2 / 3, YES),
        (0.9, 0.66, PART),
        (0.66, 0.9, PART),
        (1.0, 0.0, PART),
        (0.66, 0.66, NO),
        (0.4, 0.1, NO),
        (1 / 3, 0.0, NO),
        (0.33, 0.33, WRONG),
        (0.0, 0.0, WRONG),
    ],
)
def test_predictable(losses, tasks, outcome):
    assert rules.decide_predictable(losses, tasks) is outcome


@pytest.mark.parametrize(
    ("decades", "first", "outcome"),
    [
        (5.0, 1.0, YES),
        (2.0, 0.7, YES),
        (1.9, 0.9, PART),
        (1.0, 0.7, PART),
        (0.9, 0.9, NO),
        (0.5, 1 / 3, NO),
        (0.0, 0.66, NO),  # not two thirds, but not few
        (0.5, 0.33, WRONG),
        (0.0, 0.0, WRONG),
        (2.0, 0.0, YES),  # the share matters only where the decades fall short
    ],
)
def test_orders(decades, first, outcome):
    assert rules.decide_orders(decades, first) is outcome


@pytest.mark.parametrize(
    ("slope", "bend", "decades", "outcome"),
    [
        ((2.0, 1.0, 3.0), (-1.0, 1.0), 1.0, YES),  # up to half the gain, both ends
        ((2.0, 1.0, 3.0), (0.0, 1.0), 4.0, YES),
        ((2.0, 1.0, 3.0), (-1.0, 0.0), 4.0, YES),
        ((2.0, 1.0, 3.0), (-0.9, -0.1), 4.0, YES),  # a bend that is sure but slight
        ((2.0, 1.0, 3.0), (-1.0, 1.0), 0.9, PART),
        ((2.0, 1.0, 3.0), (-1.1, 0.1), 4.0, PART),  # it may flatten by more than half
        ((2.0, 1.0, 3.0), (-0.1, 1.1), 4.0, PART),  # it may steepen
        ((2.0, 1.0, 3.0), (-4.0, 4.0), 4.0, PART),  # an interval that holds zero is not enough
        ((2.0, 1.0, 3.0), (-2.0, -1.1), 4.0, PART),
        ((2.3, 1.0, 3.0), (-1.1, 0.1), 4.0, YES),  # half of the estimate, not of its ends
        ((1.5, 0.0, 3.0), (0.0, 0.0), 4.0, NO),
        ((1.0, -1.0, 3.0), (0.0, 0.0), 4.0, NO),
        ((-0.5, -1.0, 0.0), (0.0, 0.0), 4.0, NO),
        ((-2.0, -3.0, -1.0), (0.0, 0.0), 4.0, WRONG),
    ],
)
def test_one_resource(slope, bend, decades, outcome):
    assert rules.decide_resource(*slope, *bend, decades) is outcome


@pytest.mark.parametrize(
    ("highs", "outcome"),
    [([0.2, 5.0], UNTESTED), ([0.2, 0.0], WRONG), ([-0.1, 5.0], WRONG), ([-0.1, -5.0], WRONG)],
)
def test_any_amount(highs, outcome):
    assert rules.decide_any_amount(highs) is outcome


@pytest.mark.parametrize(
    ("low", "high", "outcome"),
    [(-0.9, -0.1, YES), (-0.9, 0.0, NO), (-0.5, 0.5, NO), (0.0, 0.5, NO), (0.1, 0.5, WRONG)],
)
def test_more_is_surer(low, high, outcome):
    assert rules.decide_more_is_surer(low, high) is outcome


@pytest.mark.parametrize(
    ("highs", "lows", "outcome"),
    [
        ([0.9, 0.9], [0.5, 0.5], YES),
        ([0.9, 1.0], [0.5, 0.5], PART),
        ([0.9, 2.0], [0.5, 1.0], PART),
        ([0.9, 2.0], [0.5, 1.1], WRONG),
        ([1.0, 2.0], [0.5, 0.9], NO),
    ],
)
def test_diminishing(highs, lows, outcome):
    assert rules.decide_diminishing(highs, lows) is outcome


@pytest.mark.parametrize(
    ("lows", "highs", "outcome"),
    [
        ([0.1, 0.2], [1.0, 1.0], YES),
        ([0.1, 0.0], [1.0, 1.0], PART),
        ([0.1, -0.5], [1.0, 0.0], PART),
        ([0.1, -0.5], [1.0, -0.1], WRONG),
        ([-0.1, -0.5], [1.0, 0.5], NO),
    ],
)
def test_depends(lows, highs, outcome):
    assert rules.decide_depends(lows, highs) is outcome


@pytest.mark.parametrize(
    ("low", "high", "outcome"),
    [(0.1, 5.0, YES), (0.0, 5.0, NO), (-1.0, 5.0, NO), (-1.0, 0.0, NO), (-5.0, -0.1, WRONG)],
)
def test_still_at_work(low, high, outcome):
    assert rules.decide_still_at_work(low, high) is outcome


@pytest.mark.parametrize(
    ("rule", "figures"),
    [
        (rules.decide_form, ([1.0, 2.0], [1.0, 2.0], [3.0, 3.0])),
        (rules.decide_predictable, (0.9, 0.9)),
        (rules.decide_orders, (1.5, 0.9)),
        (rules.decide_resource, (2.0, 1.0, 3.0, -0.5, 0.5, 2.0)),
        (rules.decide_any_amount, ([0.2, 5.0],)),
        (rules.decide_more_is_surer, (-0.5, 0.5)),
        (rules.decide_depends, ([0.1, 0.2], [1.0, 1.0])),
        (rules.decide_still_at_work, (0.1, 5.0)),
    ],
)
def test_no_rule_decides_on_a_missing_figure(rule, figures):
    assert rule(*figures) in set(Outcome)
    names = list(inspect.signature(rule).parameters)
    assert len(names) == len(figures)
    for place, name in enumerate(names):
        for nothing in (np.nan, np.float64("nan")):
            spoiled = list(figures)
            many = isinstance(figures[place], list)
            spoiled[place] = [*figures[place][:-1], nothing] if many else nothing
            with pytest.raises(ValueError, match=f"{name} is missing"):
                rule(*spoiled)
            with pytest.raises(ValueError, match=f"{name} is missing"):
                rule(**dict(zip(names, spoiled, strict=True)))


def test_a_resource_whose_first_step_brought_nothing_counts_for_neither():
    none = float("nan")
    assert rules.decide_diminishing([0.9, none], [0.5, none]) is PART
    assert rules.decide_diminishing([none, none], [none, none]) is NO
    assert rules.decide_diminishing([none, 2.0], [none, 1.1]) is WRONG


def test_every_rule_is_shown_and_says_what_it_asks():
    shown = [rule.__name__ for rule in rules.RULES]
    assert len(set(shown)) == len(shown)
    assert set(shown) - {"joined"} == {n for n in vars(rules) if n.startswith("decide_")}
    assert rules.RULES[0] is claims.joined
    assert all(rule.__doc__.split("\n")[0].endswith("?") for rule in rules.RULES[1:])


# ---------------------------------------------------------------------------------------------
# predictions of held-out losses


@pytest.fixture(scope="module")
def predictions() -> pd.DataFrame:
    return rules.held_out_losses(resamples=2)


@pytest.fixture(scope="module")
def cloud() -> scaling_law.Cloud:
    return scaling_law.bootstrap(resamples=40)


def predicted(*rows: tuple, form: str = "floored", **fixed) -> pd.DataFrame:
    """Return made-up predictions: decades beyond the cut, error and change in per cent."""
    table = pd.DataFrame(rows, columns=["decades_beyond", "error_pct", "naive_error_pct"])
    close = table["error_pct"].abs() <= rules.CLOSE * table["naive_error_pct"].abs()
    known = {"sample": "one", "form": form, "run": [f"r{place}" for place in range(len(table))]}
    return table.assign(close=close, **(known | fixed))


def test_held_out_losses_are_close_by_a_fifth_of_the_change(predictions):
    assert predictions["usable"].all()
    assert (predictions["decades_beyond"] > 0).all()
    assert set(predictions["form"]) == {"line", "power", "floored"}
    share = (predictions["predicted"] / predictions["actual"] - 1).abs()
    by_hand = share <= predictions["naive_error_pct"].abs() / 100 / 5
    assert (predictions["close"] == by_hand).all()
    assert predictions["close"].any()
    assert not predictions["close"].all()


def test_no_verdict_hangs_on_how_often_intervals_of_predictions_are_resampled(predictions):
    kept = ["sample", "cut", "form", "run", "error_pct", "naive_error_pct", "close"]
    again = rules.held_out_losses(resamples=5)
    pd.testing.assert_frame_equal(again[kept], predictions[kept])


def test_the_form_called_best_misses_least(predictions):
    ahead = predictions[predictions["decades_beyond"].between(0.5, 1.5)]
    typical = ahead["error_pct"].abs().groupby(ahead["form"]).median()
    assert typical.idxmin() == rules.BEST_FORM
    every = predictions["error_pct"].abs().groupby(predictions["form"]).median()
    assert every.idxmin() == rules.BEST_FORM


def test_shares_are_counted_by_decade():
    table = predicted(
        (0.1, 1.0, 10.0),
        (0.9, -2.0, 10.0),  # two of ten: just close
        (1.0, 2.1, -10.0),  # the end of a decade still belongs to it
        (1.001, -1.0, -10.0),
        (2.5, 5.0, 10.0),
    )
    table.loc[3, "sample"] = "other"
    other_form = predicted((0.5, 9.0, 10.0), form="line")
    found = rules.close_by_decade(pd.concat([table, other_form])).set_index("decade")
    assert found.index.tolist() == [1, 2, 3]
    assert found["n"].tolist() == [3, 1, 1]
    assert found["samples"].tolist() == [1, 1, 1]
    assert found["share_close"].tolist() == pytest.approx([2 / 3, 1.0, 0.0])
    assert found["median_error_pct"].tolist() == [2.0, 1.0, 5.0]
    assert found["median_change_pct"].tolist() == [10.0, 10.0, 10.0]
    line = rules.close_by_decade(other_form, "line")
    assert (line["n"].item(), line["share_close"].item()) == (1, 0.0)

    halves = rules.close_by_decade(table, step=0.5).set_index("decade")
    assert halves.index.tolist() == [0.5, 1.0, 1.5, 2.5]
    assert halves["n"].tolist() == [1, 2, 1, 1]
    assert halves["share_close"].tolist() == pytest.approx([1.0, 0.5, 1.0, 0.0])
    strict = rules.close_by_decade(table, close=0.1).set_index("decade")
    assert strict["share_close"].tolist() == pytest.approx([1 / 3, 1.0, 0.0])
    loose = rules.close_by_decade(table, close=0.5).set_index("decade")
    assert loose["share_close"].tolist() == [1.0, 1.0, 1.0]


@pytest.mark.parametrize(
    ("shares", "decades"),
    [
        ([1.0, 0.7, 2 / 3], 3.0),
        ([1.0, 0.7, 0.6], 2.0),
        ([1.0, 0.6, 1.0], 1.0),  # what comes after a gap does not count
        ([0.6, 1.0, 1.0], 0.0),
        ([0.9], 1.0),
    ],
)
def test_decades_are_counted_up_to_the_first_that_falls_short(shares, decades):
    table = pd.DataFrame({"decade": range(1, len(shares) + 1), "share_close": shares})
    assert rules.decades_close(table) == decades
    halved = table.assign(decade=table["decade"] / 2)
    assert rules.decades_close(halved, step=0.5) == decades / 2


def test_an_unknown_share_is_not_close_and_no_prediction_decides_nothing():
    table = pd.DataFrame({"decade": [1.0, 2.0], "share_close": [1.0, np.nan]})
    assert rules.decades_close(table) == 1.0
    none = rules.close_by_decade(predicted((0.5, 1.0, 10.0)), "line")
    assert none.empty
    with pytest.raises(ValueError, match="decades is missing"):
        rules.decide_orders(rules.decades_close(none), 0.0)


def test_the_range_under_other_meanings_of_close():
    table = predicted(
        (0.2, 0.5, 10.0),  # misses of a twentieth, a fifth, three tenths and a half
        (0.8, 2.0, 10.0),
        (1.2, 3.0, 10.0),
        (1.8, 5.0, 10.0),
    )
    found = rules.range_by_threshold(table, closes=(0.1, 0.2, 0.4, 0.5), steps=(0.5, 1.0))
    assert found["close"].tolist() == [0.1, 0.1, 0.2, 0.2, 0.4, 0.4, 0.5, 0.5]
    assert found["step"].tolist() == [0.5, 1.0] * 4
    assert found["decades"].tolist() == [0.5, 0.0, 1.0, 1.0, 1.5, 1.0, 2.0, 2.0]
    assert found["share_in_first"].tolist() == [0.5, 0.5, 1, 1, 1, 1, 1, 1]
    told = [NO, NO, PART, PART, PART, PART, YES, YES]
    assert found["outcome"].tolist() == [str(outcome) for outcome in told]


def test_a_looser_reading_of_close_reaches_no_less_far(predictions):
    found = rules.range_by_threshold(predictions)
    for _, part in found.groupby("step"):
        assert part["decades"].is_monotonic_increasing
        assert part["share_in_first"].is_monotonic_increasing
    ours = found[(found["close"] == rules.CLOSE) & (found["step"] == 0.5)].iloc[0]
    shares = rules.close_by_decade(predictions, step=0.5)
    assert ours["decades"] == rules.decades_close(shares, step=0.5)
    halves = shares[shares["decade"] <= 1]
    first = (halves["share_close"] * halves["n"]).sum() / halves["n"].sum()
    assert ours["share_in_first"] == pytest.approx(first)
    assert found["outcome"].nunique() > 1  # the verdict hangs on the reading, and the page says so


def test_the_share_of_close_predictions_is_drawn_by_runs(predictions):
    for decade in (1, 2):
        share, low, high = rules.share_close_drawn(predictions, decade)
        table = rules.close_by_decade(predictions).set_index("decade")
        assert share == pytest.approx(table.loc[decade, "share_close"])
        assert low < share < high
        assert rules.share_close_drawn(predictions, decade) == (share, low, high)

    # One prediction a run: the interval is the binomial one. Each run four times: still that one.
    rng = np.random.default_rng(2)
    hits = np.where(rng.random(400) < 0.7, 1.0, 9.0)
    single = predicted(*[(0.5, miss, 10.0) for miss in hits])
    share, low, high = rules.share_close_drawn(single, 1, resamples=4_000)
    reach = 1.96 * np.sqrt(share * (1 - share) / 400)
    assert (low, high) == pytest.approx((share - reach, share + reach), abs=0.01)
    again = rules.share_close_drawn(pd.concat([single] * 4), 1, resamples=4_000)
    assert again == (share, low, high)
    other = rules.share_close_drawn(single, 1, resamples=4_000, seed=1)
    assert other[0] == share
    assert other != (share, low, high)
    shuffled = single.sample(frac=1, random_state=3)
    assert rules.share_close_drawn(shuffled, 1, resamples=4_000) == (share, low, high)


def test_a_share_of_no_predictions_is_not_drawn(predictions):
    with pytest.raises(ValueError, match="no run lies in decade 9"):
        rules.share_close_drawn(predictions, 9)
    only_lines = predictions[predictions["form"] == "line"]
    with pytest.raises(ValueError, match="no run lies in decade 1"):
        rules.share_close_drawn(only_lines, 1)


def test_misses_that_shrink_with_the_size_of_the_runs_are_measured():
    rng = np.random.default_rng(5)
    rows = []
    for number, name in enumerate("abcde"):
        for cut in (1e18, 1e19, 1e20, 1e21):
            miss = 3.0 * 2**number * 10 ** (-0.4 * (np.log10(cut) - 18)) * rng.uniform(0.9, 1.1)
            sign = -1 if rng.random() < 0.5 else 1
            rows.append({"sample": name, "cut": cut, "error_pct": sign * miss})
    made = pd.DataFrame(rows).assign(form="floored", decades_beyond=1.0)
    estimate, low, high, n = rules.misses_by_size(made)
    assert estimate == pytest.approx(-0.4 * np.log(10), abs=0.05)
    assert low < estimate < high < 0
    assert n == 20
    levels = (made["sample"].to_numpy()[:, None] == np.array(list("abcde"))).astype(float)
    columns = np.column_stack([np.log10(made["cut"]), levels])
    by_sample = least_squares(columns, np.log(made["error_pct"].abs()), made["sample"])
    assert (low, high) == pytest.approx(by_sample.interval(0))

    # Only the best form, half to one and a half decades ahead, counts.
    apart = made.assign(error_pct=1.0)
    more = [made, apart.assign(form="line"), apart.assign(decades_beyond=0.49)]
    more.append(apart.assign(decades_beyond=1.51))
    assert rules.misses_by_size(pd.concat(more)) == (estimate, low, high, n)

    # Each sample has a level of its own, so its unit does not matter.
    scaled = made.assign(error_pct=made["error_pct"] * np.where(made["sample"] == "b", 9.0, 1.0))
    assert rules.misses_by_size(scaled)[:3] == pytest.approx((estimate, low, high))

    # A miss of nothing counts as a hundredth of a per cent, not as minus infinity.
    lucky = made.assign(error_pct=made["error_pct"].where(made.index != 3, 0.0))
    least = made.assign(error_pct=made["error_pct"].where(made.index != 3, 0.01))
    assert rules.misses_by_size(lucky) == rules.misses_by_size(least)


# ---------------------------------------------------------------------------------------------
# lines and bent curves

FORMS = ["line", "parabola", "power of compute", "no change"]


def test_a_line_and_bent_curves_are_told_apart():
    log_flop = np.linspace(20, 26, 61)
    noise = np.random.default_rng(3).normal(0, 0.1, 61)
    cuts = (1e22, 1e23, 1e24)

    def rmse(score: np.ndarray) -> pd.DataFrame:
        table = rules.line_and_bent(log_flop, score, cuts)
        assert table["form"].tolist() == FORMS * 3
        return table.pivot(index="cut_flop", columns="form", values="rmse")

    line = rmse(5 + 2 * log_flop)
    assert line[["line", "parabola"]].to_numpy() == pytest.approx(0, abs=1e-7)
    assert (line["power of compute"] > 0.01).all()
    bent = rmse((log_flop - 18) ** 2)
    assert bent["parabola"].to_numpy() == pytest.approx(0, abs=1e-7)
    assert (bent["line"] > 1).all()
    for power in rules.POWERS:
        curve = rmse(3 + 10 ** (power * (log_flop - 20)) / power)
        assert curve["power of compute"].to_numpy() == pytest.approx(0, abs=1e-7)
        assert (curve[["line", "parabola"]] > 1e-3).all(axis=None)
    noisy = rmse(5 + 2 * log_flop + noise).median()
    assert noisy["line"] == noisy.min()
    assert noisy["no change"] == noisy.max()
    flat = rmse(5 + 10 * noise).median()
    assert flat["no change"] == flat.min()


def test_the_power_is_chosen_without_a_look_at_the_larger_models():
    log_flop = np.linspace(20, 26, 61)
    small = log_flop <= 23
    for steep, power in ((-0.1, -0.1), (0.1, 0.1)):
        score = 10 ** (steep * (log_flop - 23)) / steep
        turned = np.where(small, score, 2 * score[small][-1] - score)  # the other way beyond
        basis = (10 ** (power * (log_flop - 23)) - 1) / power
        fitted = np.polynomial.Polynomial.fit(basis[small], score[small], 1)
        missed = np.sqrt(((fitted(basis) - turned)[~small] ** 2).mean())
        found = rules.line_and_bent(log_flop, turned, (1e23,)).set_index("form")["rmse"]
        assert found["power of compute"] == pytest.approx(missed)
        assert missed > 1


def test_the_misses_are_those_of_a_plain_fit():
    rng = np.random.default_rng(4)
    log_flop, score = rng.uniform(21, 26, 40), rng.normal(130, 10, 40)
    found = rules.line_and_bent(log_flop, score, (1e23, 1e24))
    assert found["form"].tolist() == FORMS * 2
    for row in found.itertuples():
        small = 10**log_flop <= row.cut_flop
        assert (row.n_fitted, row.n_predicted) == (small.sum(), (~small).sum())
        if row.form in ("line", "parabola", "no change"):
            degree = {"line": 1, "parabola": 2, "no change": 0}[row.form]
            tried = [(log_flop, degree)]
        else:
            tried = [(10 ** (power * (log_flop - 21)), 1) for power in rules.POWERS]
        misses = []
        for x, degree in tried:
            fitted = np.polynomial.Polynomial.fit(x[small], score[small], degree)
            squares = (fitted(x) - score) ** 2
            misses.append((squares[small].sum(), np.sqrt(squares[~small].mean())))
        assert row.rmse == pytest.approx(min(misses)[1])


def test_with_years_every_form_has_a_slope_in_time():
    rng = np.random.default_rng(6)
    log_flop, years = rng.uniform(21, 26, 60), rng.uniform(-2, 1, 60)
    noise = rng.normal(0, 1, 60)
    score = 100 + 9 * (log_flop - 24) + 11 * years
    cuts = (1e23, 1e24)
    exact = rules.line_and_bent(log_flop, score, cuts, years).set_index("form")["rmse"]
    assert exact[["line", "parabola"]].to_numpy() == pytest.approx(0, abs=1e-7)
    without = rules.line_and_bent(log_flop, score, cuts).set_index("form")["rmse"]
    assert (without["line"] > 3).all()
    assert exact["no change"].tolist() == without["no change"].tolist()  # no form, no date
    moved = rules.line_and_bent(log_flop, score, cuts, years + 2025).set_index("form")["rmse"]
    assert moved["line"].to_numpy() == pytest.approx(0, abs=1e-6)

    found = rules.line_and_bent(log_flop, score + noise, (1e24,), years)
    small = log_flop <= 24
    ones = np.ones(60)
    bases = {"line": [[log_flop]], "parabola": [[log_flop, log_flop**2]]}
    bases["power of compute"] = [[10 ** (power * (log_flop - 24))] for power in rules.POWERS]
    for form, tried in bases.items():
        misses = []
        for columns in tried:
            design = np.column_stack([ones, *columns, years])
            fitted = np.linalg.lstsq(design[small], (score + noise)[small], rcond=None)[0]
            squares = (score + noise - design @ fitted) ** 2
            misses.append((squares[small].sum(), np.sqrt(squares[~small].mean())))
        assert found.set_index("form").loc[form, "rmse"] == pytest.approx(min(misses)[1])


def test_a_model_at_the_cut_is_fitted():
    log_flop, score = np.array([20.0, 21.0, 22.0, 23.0, 24.0]), np.arange(5.0)
    found = rules.line_and_bent(log_flop, score, (1e23,))
    assert found["n_fitted"].tolist() == [4] * 4
    assert found["n_predicted"].tolist() == [1] * 4


def test_no_form_is_fitted_to_too_few_or_to_missing_figures():
    log_flop, score = np.linspace(20, 24, 9), np.arange(9.0)
    years = np.linspace(0, 1, 9) ** 2
    assert rules.line_and_bent(log_flop, score, (1e21,))["rmse"].notna().all()  # three models
    with pytest.raises(ValueError, match="leaves 2 models to fit and 7 to predict"):
        rules.line_and_bent(log_flop, score, (10**20.9,))
    with pytest.raises(ValueError, match="leaves 3 models to fit.*at least 4"):
        rules.line_and_bent(log_flop, score, (1e21,), years)
    with pytest.raises(ValueError, match="leaves 9 models to fit and 0 to predict"):
        rules.line_and_bent(log_flop, score, (1e24,))
    for place in range(3):
        given = [log_flop.copy(), score.copy(), years.copy()]
        given[place][4] = np.nan
        with pytest.raises(ValueError, match="is missing"):
            rules.line_and_bent(given[0], given[1], (1e22,), given[2])


def test_the_margin_of_the_line_is_tried_in_worlds_that_are_known():
    rng = np.random.default_rng(5)
    log_flop = np.sort(rng.uniform(20, 26, 80))
    cuts = (1e23, 1e24)
    quiet = 0.01 * rng.standard_normal(80)
    line = rules.worlds_of_forms(log_flop, 10 * log_flop + quiet, cuts, worlds=50)
    line = line.set_index("right")
    assert line.loc["line", "about_as_well"] > 0.9
    # Next to no noise about a strong bend: no line passes where the bend is right.
    bent = rules.worlds_of_forms(log_flop, (log_flop - 18) ** 2 + quiet, cuts, worlds=50)
    bent = bent.set_index("right")
    assert bent.loc["parabola", "about_as_well"] == 0 and bent.loc["parabola", "ratio"] > 5
    again = rules.worlds_of_forms(log_flop, (log_flop - 18) ** 2 + quiet, cuts, worlds=50)
    pd.testing.assert_frame_equal(again.set_index("right"), bent)
    shifted = rules.worlds_of_forms(log_flop, 7 * (log_flop - 18) ** 2 + 7 * quiet, cuts, worlds=50)
    assert shifted["about_as_well"].tolist() == bent["about_as_well"].tolist()  # units of the score


def test_between_which_margins_the_verdict_on_the_form_stands():
    def errors(*ratios: float, no_change: float = 99.0) -> pd.DataFrame:
        return pd.DataFrame({"ratio": ratios, "line": ratios, "best": 1.0, "no_change": no_change})

    assert rules.margins_of_form(errors(0.5, 2.0, 6.0)) == (0.5, 6.0)
    assert rules.margins_of_form(errors(0.5, 1.2)) == (1.2, math.inf)
    assert rules.margins_of_form(errors(1.5, 2.0)) == (0.0, 1.5)
    assert rules.margins_of_form(errors(0.5, 2.0, no_change=0.1)) == (0.0, math.inf)
    made = errors(0.5, 2.0, 6.0)
    low, high = rules.margins_of_form(made)
    for margin, same in ((low, True), (0.999 * high, True), (high, False), (0.999 * low, False)):
        as_good = [rules.decide_form([r / margin], [1 / 1.25], [99.0]) for r in made["ratio"]]
        passed = [outcome is YES for outcome in as_good]
        outcome = YES if all(passed) else PART if any(passed) else WRONG
        today = rules.decide_form(*(made[name].tolist() for name in ("line", "best", "no_change")))
        assert (outcome is today) == same, margin


def test_the_forms_are_compared_on_four_scales():
    made = pd.concat(
        [
            predicted((0.5, 6.0, 9.0), (1.0, -4.0, 9.0), (1.5, 5.0, 9.0), form="line"),
            predicted((0.4, 99.0, 9.0), (1.6, 99.0, 9.0), form="line"),  # too near, too far
            predicted((0.5, 2.0, 9.0), (1.5, -2.0, 9.0), form="floored"),
            predicted((1.0, 3.0, 9.0), form="power"),
        ]
    )
    found = rules.errors_of_forms(made).set_index("scale")
    assert found.index.tolist() == ["loss", benchmark_scaling.AVERAGE, *rules.CUTS]
    loss = found.loc["loss"]
    assert (loss["line"], loss["best"], loss["best_form"]) == (5.0, 2.0, "floored")
    assert loss["ratio"] == 2.5
    assert loss["models"] == 3
    assert (found["ratio"] == found["line"] / found["best"]).all()

    assert loss["no_change"] == 9.0
    assert (found[["line", "best", "no_change"]] > 0).all(axis=None)

    models = capability_frontier.observations()
    log_flop, index = models["log_flop"].to_numpy(), models["eci"].to_numpy()
    at_equal_date = rules.line_and_bent(
        log_flop, index, rules.CUTS["ECI"], models["year"].to_numpy()
    )
    misses = at_equal_date.groupby("form")["rmse"].median()
    assert found.loc["ECI", "line"] == misses["line"]
    assert found.loc["ECI", "no_change"] == misses["no change"]
    assert found.loc["ECI", "best"] == min(misses["parabola"], misses["power of compute"])
    assert found.loc["ECI", "models"] == (log_flop > np.log10(rules.CUTS["ECI"][0])).sum()
    alone = rules.line_and_bent(log_flop, index, rules.CUTS["ECI"]).groupby("form")["rmse"].median()
    assert found.loc["ECI", "line"] != alone["line"]

    _, _, open_models = benchmark_scaling.principal_component(resamples=2)
    scale = "first component of eight tests"
    misses = rules.line_and_bent(
        open_models["log_flop"].to_numpy(), open_models["component"].to_numpy(), rules.CUTS[scale]
    )
    misses = misses.groupby("form")["rmse"].median()
    assert found.loc[scale, "line"] == misses["line"]
    assert found.loc[scale, "best"] == misses.drop(["line", "no change"]).min()

    average = benchmark_scaling.held_out_models(resamples=2)
    average = average[average["benchmark"] == benchmark_scaling.AVERAGE].set_index("form")
    assert found.loc[benchmark_scaling.AVERAGE, "line"] == pytest.approx(
        average.loc["line", "rmse_pp"].median()
    )
    assert found.loc[benchmark_scaling.AVERAGE, "best"] == pytest.approx(
        average.loc["floored sigmoid", "rmse_pp"].median()
    )
    assert found.loc[benchmark_scaling.AVERAGE, "no_change"] == pytest.approx(
        average.loc["no change", "rmse_pp"].median()
    )


# ---------------------------------------------------------------------------------------------
# what the resources bought


@pytest.fixture(scope="module")
def bought() -> pd.DataFrame:
    return rules.resources().set_index("resource")


def test_the_resources_stand_in_the_order_of_the_essay(bought):
    assert bought.index.tolist() == ["training compute", "data", "inference compute"]
    assert bought.notna().all(axis=None)
    assert (bought["slope_low"] < bought["slope"]).all()
    assert (bought["slope"] < bought["slope_high"]).all()
    assert (bought["bend_low"] < bought["bend"]).all()
    assert (bought["bend"] < bought["bend_high"]).all()


def test_training_compute_by_a_plain_regression(bought):
    models = data.load("eci_compute")
    log_flop = np.log10(models["training_flop"].to_numpy(dtype=float))
    year = (models["released"] - pd.Timestamp("2025-01-01")).dt.days.to_numpy() / 365.25
    index = models["eci"].to_numpy(dtype=float)
    x = log_flop - log_flop.mean()

    def fitted(*columns):
        return np.linalg.lstsq(np.column_stack([np.ones(len(x)), *columns]), index, rcond=None)[0]

    row = bought.loc["training compute"]
    assert row["slope"] == pytest.approx(fitted(x, year)[1])
    assert row["bend"] == pytest.approx(2 * fitted(x, x**2, year)[2])  # slope a decade on, less it
    assert row["decades"] == pytest.approx(log_flop.max() - log_flop.min())

    seen = capability_frontier.observations()
    columns = np.column_stack([np.ones(len(seen)), seen["compute"], seen["year"]])
    by_maker = least_squares(columns, seen["eci"].to_numpy(), seen["organization"])
    assert (row["slope_low"], row["slope_high"]) == pytest.approx(by_maker.interval(1))
    bent = np.column_stack([columns, seen["compute"] ** 2])
    by_maker = least_squares(bent, seen["eci"].to_numpy(), seen["organization"])
    ends = [2 * end for end in by_maker.interval(3)]
    assert (row["bend_low"], row["bend_high"]) == pytest.approx(ends)


def test_data_by_a_plain_regression(bought):
    gadre, olmo = data.load("gadre_models"), data.load("olmo_runs")
    olmo = olmo[olmo["role"] == "ladder"].assign(corpus="OLMo")
    runs = pd.concat([gadre, olmo])
    sizes = runs.groupby(["corpus", runs["parameters"].round(-6)])
    x = np.log10(runs["tokens"].astype(float))
    enough = sizes["tokens"].transform("nunique") >= 3
    across = x - x.groupby([runs["corpus"], runs["parameters"].round(-6)]).transform("mean")
    slope = -(across * runs["loss_c4"])[enough].sum() / (across**2)[enough].sum()
    assert bought.loc["data", "slope"] == pytest.approx(slope)


def test_effort_is_taken_from_tests_with_enough_questions(bought):
    sweeps = inference_scaling.sweeps()
    few = sweeps["questions"] < rules.LEAST_QUESTIONS
    assert few.any()
    assert sweeps["questions"].notna().all()  # a test of unknown size would be left out as well
    kept = sweeps[~few]
    row = bought.loc["inference compute"]
    across = kept["decade"] - kept.groupby("sweep")["decade"].transform("mean")
    assert row["slope"] == pytest.approx((across * kept["score_pct"]).sum() / (across**2).sum())
    spans = kept.groupby("sweep")["decade"].agg(np.ptp)
    assert row["decades"] == pytest.approx(spans.median())
    count = f"{kept['sweep'].nunique()} sweeps of {kept['model'].nunique()} models"
    assert row["evidence"] == count


LAW = scaling_law.Law(1.8, 480.0, 2100.0, 0.35, 0.37)


def a_cloud(law: scaling_law.Law = LAW) -> scaling_law.Cloud:
    """Return a cloud whose resamples scatter a little about one law."""
    draws = law.theta + np.random.default_rng(8).normal(0, 1e-3, (41, 5))
    fit = SimpleNamespace(law=law, runs=240, dropped=scaling_law.DROPPED)
    return scaling_law.Cloud(fit, draws, np.zeros(41), np.ones(41, dtype=bool), 0)


def test_the_bend_of_training_by_a_plain_regression(bought):
    found = rules.bends_of_training().set_index("sample")
    assert found.index.tolist() == ["all", "general purpose"]
    models = capability_frontier.observations()
    for sample, part in (("all", models), ("general purpose", models[models["general purpose"]])):
        x, year = part["compute"].to_numpy(), part["year"].to_numpy()
        columns = np.column_stack([np.ones(len(part)), x, x**2, year])
        by_maker = least_squares(columns, part["eci"].to_numpy(), part["organization"])
        row = found.loc[sample]
        assert row["bend"] == pytest.approx(2 * by_maker.coefficients[2])
        ends = [2 * end for end in by_maker.interval(2)]
        assert (row["bend_low"], row["bend_high"]) == pytest.approx(ends)
    whole = bought.loc["training compute", ["bend", "bend_low", "bend_high"]]
    assert found.loc["all"].tolist() == pytest.approx(whole.tolist())


def test_training_compute_is_stepped_along_runs_that_differ_in_nothing_else(restored):
    runs = data.load("gadre_models")
    found = rules.compute_sweeps()
    assert found["score_pct"].notna().all()
    assert (found.groupby("sweep")["amount"].agg("size") >= 3).all()
    for _, part in found.groupby("sweep"):
        assert part["amount"].is_monotonic_increasing
        both = runs.merge(part, left_on="training_flop", right_on="amount")
        both = both[both["corpus"] == both["benchmark"]]
        assert len(both) == len(part)
        assert both["token_multiplier"].nunique() == 1
        assert both["parameters"].is_unique
        assert (both["loss_c4"] == -both["score_pct"]).all()
    left = runs.groupby(["corpus", "token_multiplier"])["training_flop"].transform("size")
    assert len(found) == (left >= 3).sum()

    first = runs["corpus"].eq(runs.loc[0, "corpus"]) & runs["token_multiplier"].eq(5)
    short = runs.drop(index=runs.index[first][2:]).reset_index(drop=True)  # two runs are no sweep
    data.use(gadre_models=short)
    assert len(rules.compute_sweeps()) == len(short) - 2


def test_the_second_step_of_a_known_law(restored):
    found = rules.second_steps().set_index("resource")
    assert found.index.tolist() == ["training compute", "data", "inference compute"]
    sweeps = inference_scaling.sweeps()
    effort = inference_scaling.second_step(sweeps[sweeps["questions"] >= rules.LEAST_QUESTIONS])
    assert found.loc["inference compute", "ratio"] == effort["ratio"].iloc[-1]

    # On a straight line in log compute the ratio is the logarithm's, at whatever height and slope.
    table = rules.compute_sweeps()
    ends = table.groupby("sweep")["amount"].agg(["min", "max"])
    middle = (ends["min"] + ends["max"]) / 2
    ratio = np.log10(ends["max"] / middle).sum() / np.log10(middle / ends["min"]).sum()
    assert found.loc["training compute", "if_logarithm"] != pytest.approx(ratio)  # own slopes
    for slope in (0.1, 0.3):
        data.use(**losses_of(lambda x, slope=slope: 8 - slope * (x - 12), 0.0))
        row = rules.second_steps().set_index("resource").loc["training compute"]
        assert row["ratio"] == pytest.approx(ratio)
        assert row["if_logarithm"] == pytest.approx(ratio)
        assert row["low"] < ratio < row["high"]
    data.use(**losses_of(floored, 0.0))
    flattening = rules.second_steps().set_index("resource").loc["training compute"]
    assert flattening["high"] < ratio


def test_a_first_step_without_a_gain_has_no_second(world):
    found = world(**losses_of(lambda x: 3 + 0.05 * (x - 15), 1e-3))
    steps = rules.second_steps().set_index("resource")[["ratio", "low", "high"]]
    assert steps.loc[["training compute", "data"]].isna().all(axis=None)
    assert steps.loc["inference compute"].notna().all()
    verdict = found["diminishing"]
    assert verdict.outcome is PART
    assert (verdict.figure, verdict.low, verdict.high) == (None, None, None)
    assert "nan" not in verdict.because
    assert "The first step brought no gain in training compute, data." in verdict.because
    assert "for inference compute" in verdict.because


def test_draws_that_happen_to_gain_give_no_interval_to_a_step_that_did_not(restored):
    data.use(**losses_of(lambda x: 3 + 0 * x, 0.1))
    drawn = inference_scaling.second_step(data_ceiling.data_sweeps()).set_index("benchmark")
    assert np.isnan(drawn.loc["all", "ratio"])
    assert np.isfinite(drawn.loc["all", ["low", "high"]].astype(float)).all()
    steps = rules.second_steps().set_index("resource")
    assert steps.loc["data", ["ratio", "low", "high"]].isna().all()


def test_the_last_decade_ends_at_the_largest_run():
    found = rules.gains_of_the_last_decade(a_cloud())
    largest = data.load("chinchilla_runs")["training_flop"].max()
    gain = LAW.frontier(largest / 10) - LAW.frontier(largest)
    assert found.loc[0, "gain"] == pytest.approx(gain)
    assert found.loc[0, "low"] < gain < found.loc[0, "high"]
    newest = rules.newest_year()
    assert found.loc[1, ["gain", "low", "high"]].tolist() == [
        newest["slope"],
        newest["low"],
        newest["high"],
    ]
    assert str(newest["release_year"]) in found.loc[1, "scale"]


# ---------------------------------------------------------------------------------------------
# from the tables to the verdicts

Tables = dict[str, pd.DataFrame]
LOSSES = {"chinchilla_runs": "loss_nats", "gadre_models": "loss_c4", "olmo_runs": "loss_c4"}
EFFORTS = {
    "arc_sweeps": ("usd_per_task", "score_pct"),
    "gpqa_runs": ("output_tokens_per_answer", "accuracy_pct"),
    "token_sweeps": ("output_tokens_per_pass", "accuracy_pct"),
}


@pytest.fixture
def world(restored, predictions, cloud) -> Callable[..., dict[str, Verdict]]:
    """Return a function that puts tables in place of the book's and decides all claims anew."""

    def decide(ahead: pd.DataFrame | None = None, **tables: pd.DataFrame) -> dict[str, Verdict]:
        data.use(**tables)
        if ahead is None:
            changed = set(tables) & set(LOSSES)
            ahead = rules.held_out_losses(resamples=2) if changed else predictions
        found = rules.verdicts(predictions=ahead, cloud=cloud)
        return {verdict.key.removeprefix("log-"): verdict for verdict in found}

    return decide


@pytest.fixture(scope="module")
def as_it_is(predictions, cloud) -> dict[str, Verdict]:
    found = rules.verdicts(predictions=predictions, cloud=cloud)
    assert len({verdict.key for verdict in found}) == len(found)
    return {verdict.key.removeprefix("log-"): verdict for verdict in found}


def outcomes(found: dict[str, Verdict], *keys: str) -> list[Outcome]:
    return [found[key].outcome for key in keys]


def losses_of(curve: Callable[[np.ndarray], np.ndarray], noise: float) -> Tables:
    """Return the tables of runs with losses that follow a curve in the log of compute."""
    tables = {}
    for seed, (name, column) in enumerate(LOSSES.items()):
        runs = data.load(name)
        log_flop = np.log10(runs["training_flop"].to_numpy(dtype=float))
        scatter = np.exp(np.random.default_rng(seed).normal(0, noise, len(runs)))
        tables[name] = runs.assign(**{column: curve(log_flop) * scatter})
    return tables


def index_of(
    curve: Callable[[np.ndarray, np.ndarray], np.ndarray], noise: float, year: int | None = None
) -> Tables:
    """Return the table of the ECI, of one release year or all, on a curve in compute and date."""
    models = data.load("eci_compute")
    log_flop = np.log10(models["training_flop"].to_numpy(dtype=float))
    age = (models["released"] - pd.Timestamp("2025-01-01")).dt.days.to_numpy() / 365.25
    index = curve(log_flop - 24, age) + np.random.default_rng(0).normal(0, noise, len(models))
    chosen = models["released"].dt.year.eq(year) if year else np.full(len(models), True)
    return {"eci_compute": models.assign(eci=models["eci"].where(~chosen, index))}


def benchmarks_of(curve: Callable[[np.ndarray], np.ndarray], noise: float) -> Tables:
    """Return the table of open models with all eight scores on a curve in the log of compute."""
    models = data.load("base_models")
    log_flop = np.log10(models["training_flop"].astype(float))
    scores = [column for column in models.columns if column.endswith("_pct")]
    assert len(scores) == 8
    for seed, column in enumerate(scores):
        drawn = np.random.default_rng(seed).normal(0, noise, len(models))
        models[column] = models[column].where(log_flop.isna(), curve(log_flop) + drawn)
    return {"base_models": models}


def efforts_of(
    curve: Callable[[np.ndarray, np.ndarray], np.ndarray], noise: float, stretch: float = 1.0
) -> Tables:
    """Return the sweeps with scores on a curve in the decades spent and those of the sweep."""
    tables = {}
    for seed, (name, (amount, score)) in enumerate(EFFORTS.items()):
        runs = data.load(name)
        logs = np.log10(runs[amount].astype(float))
        logs = logs.median() + stretch * (logs - logs.median())
        if name == "gpqa_runs":
            sweep = runs["version"].str.rsplit("_", n=1).str[0]
        else:
            sweep = runs["benchmark"] + runs["model"]
        grouped = logs.groupby(sweep)
        spent = logs - grouped.transform("min")
        drawn = np.random.default_rng(seed).normal(0, noise, len(runs))
        scores = curve(spent, spent.groupby(sweep).transform("max")) + drawn
        kept = {amount: 10**logs, score: scores.clip(0, 100).fillna(50.0)}
        tables[name] = runs.assign(**kept)
    return tables


def tasks_of(curve: Callable[[np.ndarray], np.ndarray], noise: float = 0.3) -> Tables:
    """Return the scores of 46 tasks above chance on a curve in the loss."""
    scores = data.load("gadre_scores")
    loss = data.load("gadre_models").set_index("model")["loss_c4"].reindex(scores["model"])
    chance = data.load("gadre_tasks").set_index("task")["chance_pct"].reindex(scores["task"])
    drawn = np.random.default_rng(0).normal(0, noise, len(scores))
    right = chance.to_numpy() + (100 - chance.to_numpy()) * curve(loss.to_numpy()) + drawn
    return {"gadre_scores": scores.assign(accuracy_pct=np.clip(right, 0, 100))}


def straight(log_flop: np.ndarray) -> np.ndarray:
    return 8 - 0.28 * (log_flop - 12)


def floored(log_flop: np.ndarray) -> np.ndarray:
    return 1.7 + 1.6 * 10 ** (-0.16 * (log_flop - 18))


def test_the_verdicts_answer_every_claim_of_the_first_observation_and_no_other(as_it_is):
    ledger = claims.ledger()
    decided = {claim for verdict in as_it_is.values() for claim in verdict.claims}
    assert decided == set(ledger.loc[ledger["theme"] == "obs1", "claim"])
    claims.check_against_ledger(list(as_it_is.values()), ledger)


def test_what_the_ledger_calls_untestable_is_not_tested(as_it_is):
    testable = claims.ledger().set_index("claim")["testable"]
    for verdict in as_it_is.values():
        if {testable[claim] for claim in verdict.claims} == {"no"}:
            assert verdict.outcome is UNTESTED


def test_every_verdict_states_its_rule_and_its_place(as_it_is):
    assert list(rules.RULES_IN_WORDS) == list(dict.fromkeys(rules.RULES_IN_WORDS))
    assert {f"log-{key}" for key in as_it_is} == set(rules.RULES_IN_WORDS)
    deeper = {"two-resources", "depends", "diminishing", "more-is-surer", "still-at-work"}
    deeper |= {"h100", "deepseek"}
    for key, verdict in as_it_is.items():
        assert verdict.rule == rules.RULES_IN_WORDS[verdict.key]
        page = "log-going-deeper" if key in deeper else "log-of-resources"
        assert verdict.place == f"{page}#verdict-{key}"
        assert verdict.question.endswith("?")
        assert verdict.because.endswith(".")
        assert "nan" not in verdict.because


def test_the_headline_comes_first_and_its_parts_carry_it(as_it_is):
    assert next(iter(as_it_is)) == "intelligence"
    parts = outcomes(as_it_is, "form", "training", "data", "inference")
    assert as_it_is["intelligence"].outcome is claims.joined(parts)
    two = outcomes(as_it_is, "training", "data")
    assert as_it_is["two-resources"].outcome is claims.joined(two)
    assert as_it_is["intelligence"].figure == as_it_is["training"].figure


def test_the_tables_as_they_are(as_it_is):
    assert outcomes(as_it_is, "form", "predictable", "orders") == [PART, PART, PART]
    assert outcomes(as_it_is, "training", "data", "inference") == [PART, PART, PART]
    assert outcomes(as_it_is, "intelligence", "depends", "diminishing") == [PART, YES, YES]
    assert as_it_is["still-at-work"].outcome is NO
    assert as_it_is["any-amount"].outcome is UNTESTED


def test_figures_are_those_of_the_functions(as_it_is, bought, predictions, cloud):
    for key, name in (("training", "training compute"), ("inference", "inference compute")):
        row, verdict = bought.loc[name], as_it_is[key]
        assert (verdict.figure, verdict.low, verdict.high) == (
            row["slope"],
            row["slope_low"],
            row["slope_high"],
        )
    estimate, low, high, n = rules.misses_by_size(predictions)
    verdict = as_it_is["more-is-surer"]
    assert (verdict.figure, verdict.low, verdict.high) == (estimate, low, high)
    assert f"{n} predictions" in verdict.because
    halves = rules.close_by_decade(predictions, step=0.5)
    assert as_it_is["orders"].figure == rules.decades_close(halves, step=0.5)
    for decade in (1, 2):
        share, low, high = rules.share_close_drawn(predictions, decade)
        assert f"{share:.0%}" in as_it_is["orders"].because
        assert f"({low:.0%} to {high:.0%})" in as_it_is["orders"].because
    gain = rules.gains_of_the_last_decade(cloud).loc[0, "gain"]
    assert as_it_is["any-amount"].figure == gain
    steps = rules.second_steps()
    assert as_it_is["diminishing"].figure == steps.loc[0, "ratio"]
    tasks = benchmark_scaling.task_scaling()["outcome"]
    assert as_it_is["predictable"].figure == pytest.approx(
        100 * (tasks == "rises as predicted").mean()
    )


def test_a_world_in_which_the_essay_is_right(world):
    found = world(
        **losses_of(straight, 1e-4),
        **benchmarks_of(lambda x: 20 + 8 * (x - 18), 0.3),
        **index_of(lambda x, age: 130 + 10 * x + 8 * age, 1.0),
        **efforts_of(lambda spent, _: 20 + 15 * spent, 0.5, stretch=1.5),
    )
    assert found["form"].figure == 4
    assert outcomes(found, "intelligence", "form", "training", "data", "inference") == [YES] * 5
    assert outcomes(found, "two-resources", "depends", "still-at-work") == [YES] * 3
    assert found["training"].figure == pytest.approx(10, abs=0.5)
    assert found["inference"].figure == pytest.approx(15, abs=0.5)
    assert found["data"].figure == pytest.approx(0.28, abs=0.01)
    assert found["diminishing"].outcome is YES  # equal steps, not equal factors
    assert found["any-amount"].outcome is UNTESTED


def test_losses_on_a_straight_line_turn_the_form(world, as_it_is):
    found = world(**losses_of(straight, 1e-4))
    assert found["form"].figure == as_it_is["form"].figure + 1
    ahead = rules.held_out_losses(resamples=2)
    loss = rules.errors_of_forms(ahead).set_index("scale").loc["loss"]
    assert loss["ratio"] <= rules.ABOUT_AS_WELL
    assert loss["line"] < loss["no_change"]
    assert (rules.close_by_decade(ahead, "line")["share_close"] == 1).all()
    assert found["data"].outcome is YES
    assert as_it_is["data"].outcome is PART
    assert found["orders"].outcome is YES
    assert as_it_is["orders"].outcome is PART


def test_a_world_in_which_more_makes_worse(world):
    found = world(
        **losses_of(lambda x: 3 + 0.5 * (1 - 10 ** (-0.2 * (x - 15))), 1e-3),
        **index_of(lambda x, age: 150 - 6 * x - 2 * x**2, 1.0),
        **efforts_of(lambda spent, _: 60 - 15 * spent, 0.5),
    )
    assert outcomes(found, "training", "data", "inference") == [WRONG] * 3
    assert outcomes(found, "two-resources", "depends", "any-amount") == [WRONG] * 3
    assert found["still-at-work"].outcome is WRONG
    assert outcomes(found, "form", "intelligence") == [WRONG, WRONG]
    assert found["orders"].outcome is WRONG
    assert found["diminishing"].outcome is NO
    for verdict in found.values():
        assert "nan" not in verdict.because
        assert verdict.because.endswith(".")
    assert found["diminishing"].because == (
        "The first step brought no gain in training compute, data, inference compute."
    )


def test_a_straight_line_downhill_is_a_line_but_no_gain(world, as_it_is):
    found = world(
        **losses_of(lambda x: 3 + 0.05 * (x - 15), 1e-3),
        **index_of(lambda x, age: 150 - 6 * x - 2 * x**2, 1.0),
        **efforts_of(lambda spent, _: 60 - 15 * spent, 0.5),
    )
    assert outcomes(found, "training", "data", "inference") == [WRONG] * 3
    assert outcomes(found, "form", "intelligence") == [PART, NO]


def test_a_world_in_which_nothing_matters(world):
    found = world(
        **losses_of(lambda x: 3 + 0 * x, 0.1),
        **index_of(lambda x, age: 130 + 0 * x, 5.0),
        **efforts_of(lambda spent, _: 50 + 0 * spent, 5.0),
    )
    assert outcomes(found, "training", "data", "inference", "two-resources") == [NO] * 4
    assert outcomes(found, "depends", "still-at-work") == [NO, NO]
    assert outcomes(found, "predictable", "orders") == [WRONG, WRONG]
    assert found["orders"].figure == 0
    assert found["any-amount"].outcome is UNTESTED


def test_a_world_in_which_every_gain_flattens(world):
    found = world(
        **losses_of(floored, 1e-4),
        **index_of(lambda x, age: 130 + 10 * x - 2.5 * x**2, 0.5),
        **efforts_of(lambda spent, most: 20 + 40 * np.minimum(spent, most / 2), 0.5, stretch=1.5),
    )
    assert outcomes(found, "training", "data", "inference") == [PART] * 3
    assert outcomes(found, "depends", "diminishing") == [YES, YES]
    assert outcomes(found, "form", "intelligence") == [WRONG, NO]
    assert found["orders"].outcome is YES
    assert found["orders"].figure == 4.5
    assert found["training"].low > 0


def test_sweeps_that_flatten_turn_inference(world):
    line = efforts_of(lambda spent, _: 20 + 15 * spent, 0.5, stretch=1.5)
    assert world(**line)["inference"].outcome is YES
    short = efforts_of(lambda spent, _: 20 + 15 * spent, 0.5, stretch=0.5)
    assert world(**short)["inference"].outcome is PART
    bent = efforts_of(lambda spent, most: 20 + 30 * np.minimum(spent, most / 2), 0.5, stretch=1.5)
    assert world(**bent)["inference"].outcome is PART


def test_effort_that_pays_ever_more_contradicts_diminishing_returns(world):
    found = world(**efforts_of(lambda spent, most: 5 + 80 * 100 ** (spent - most), 0.05))
    assert found["diminishing"].outcome is WRONG
    assert found["inference"].outcome is PART
    unclear = world(**efforts_of(lambda spent, most: 5 + 60 * 20 ** (spent - most), 6.0))
    assert unclear["diminishing"].outcome is PART


def test_one_resource_that_contradicts_is_enough_against_the_whole(world, as_it_is):
    found = world(**efforts_of(lambda spent, _: 60 - 15 * spent, 0.5))
    assert found["inference"].outcome is WRONG
    assert as_it_is["intelligence"].outcome is PART
    assert found["intelligence"].outcome is NO
    assert found["depends"].outcome is WRONG
    assert found["two-resources"] == as_it_is["two-resources"]


def test_no_change_is_no_form(world):
    world(**benchmarks_of(lambda x: 40 + 0 * x, 2.0))
    scales = rules.errors_of_forms(rules.held_out_losses(resamples=2)).set_index("scale")
    assert scales.loc[benchmark_scaling.AVERAGE, "best_form"] == "floored sigmoid"
    bent = {"floored", "power", "floored sigmoid", "parabola", "power of compute"}
    assert set(scales["best_form"]) <= bent
    average = scales.loc[benchmark_scaling.AVERAGE]
    assert average["no_change"] < min(average["line"], average["best"])
    assert average["ratio"] <= rules.ABOUT_AS_WELL  # as good as its rival, and still no evidence
    outcome = rules.decide_form([average["line"]], [average["best"]], [average["no_change"]])
    assert outcome is WRONG


@pytest.mark.parametrize(
    ("points", "outcome", "any_amount"), [(10, YES, UNTESTED), (-10, WRONG, WRONG)]
)
def test_the_models_of_the_newest_year_decide_whether_it_is_at_work(
    world, points, outcome, any_amount
):
    found = world(**index_of(lambda x, age: 135 + points * x, 1.0, year=2025))
    assert found["still-at-work"].outcome is outcome
    assert found["still-at-work"].figure == pytest.approx(points, abs=1)
    assert found["any-amount"].outcome is any_amount
    assert "2025" in found["still-at-work"].because


def test_a_newer_year_takes_over_when_it_has_enough_models(world):
    models = data.load("eci_compute")
    newest = models["released"].dt.year.eq(2025)
    moved = models.index[newest][:4]
    models.loc[moved, "released"] += pd.DateOffset(years=1)
    data.use(eci_compute=models)
    assert rules.newest_year()["release_year"] == "2025"
    moved = models.index[newest][4]
    models.loc[moved, "released"] += pd.DateOffset(years=1)
    found = world(eci_compute=models)
    assert rules.newest_year()["release_year"] == "2026"
    assert rules.newest_year()["n"] == 5
    assert "5 models of 2026" in found["still-at-work"].because
    assert "models of 2026" in found["any-amount"].because


def test_tasks_decide_whether_gains_are_predictable(world):
    rising = world(**tasks_of(lambda loss: 0.6 * np.exp(-1.2 * (loss - 2.3))))
    assert rising["predictable"].outcome is YES
    assert rising["predictable"].figure > 90
    chance = world(**tasks_of(lambda loss: 0 * loss))
    assert chance["predictable"].outcome is PART  # the losses are still predicted
    assert chance["predictable"].figure == 0


@pytest.mark.parametrize(("per_decade", "outcome"), [(-0.5, YES), (0.5, WRONG)])
def test_predictions_that_are_given_are_the_ones_that_decide(
    predictions, cloud, per_decade, outcome
):
    power = per_decade * (np.log10(predictions["cut"]) - 18)
    changed = predictions.assign(error_pct=10**power * (1 + 0.01 * (predictions.index % 7)))
    changed = changed.assign(naive_error_pct=0.01, close=False)
    found = rules.verdicts(predictions=changed, cloud=cloud)
    found = {verdict.key: verdict for verdict in found}
    assert found["log-more-is-surer"].outcome is outcome
    assert found["log-more-is-surer"].figure == pytest.approx(per_decade * np.log(10), abs=0.05)
    assert found["log-orders"].outcome is WRONG
    assert found["log-predictable"].outcome is WRONG


# ---------------------------------------------------------------------------------------------
# one changed figure


def changed_by(table: str, column: str, row: int, value: float) -> Tables:
    frame = data.load(table)
    frame.loc[row, column] = value
    return {table: frame}


@pytest.mark.parametrize(
    ("table", "column", "value", "turned"),
    [
        ("eci_compute", "eci", 120.0, "form training depends"),
        ("arc_sweeps", "score_pct", 40.0, "inference depends diminishing"),
        ("olmo_runs", "loss_c4", 4.0, "orders data depends diminishing more-is-surer"),
        ("base_models", "mmlu_pct", 80.0, "form"),
    ],
)
def test_one_changed_figure_changes_what_is_printed(world, as_it_is, table, column, value, turned):
    found = world(**changed_by(table, column, 0, value))
    for key in turned.split():
        assert found[key].because != as_it_is[key].because, key
    kept = {"training", "still-at-work"} if table != "eci_compute" else {"data", "orders"}
    for key in kept:
        assert found[key] == as_it_is[key]


def test_one_changed_run_on_disk_moves_the_law(tmp_path, monkeypatch):
    """Everything by default, from a copy of the tables, as the command line does."""
    before = {verdict.key: verdict for verdict in rules.verdicts(resamples=40)}
    folder = tmp_path / "data"
    shutil.copytree(data.directory(), folder)
    path = folder / "chinchilla_runs.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    largest = table["training_flop"].astype(float).idxmax()
    table.loc[largest, "loss_nats"] = "2.20"
    table.to_csv(path, index=False)
    monkeypatch.setenv("THREE_OBSERVATIONS_DATA", str(folder))
    after = {verdict.key: verdict for verdict in rules.verdicts(resamples=40)}
    assert after["log-any-amount"].figure != before["log-any-amount"].figure
    assert after["log-any-amount"].because != before["log-any-amount"].because
    for key in ("log-training", "log-data", "log-inference", "log-diminishing"):
        assert after[key] == before[key]
