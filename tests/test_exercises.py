"""The checker tells right from wrong, and one slip from another."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from three_observations import exercises
from three_observations.exercises import Exercise, Mistake

SQUARE = Exercise(
    key="square",
    answer=lambda: 9.0,
    tolerance=0.01,
    well_done="Three squared.",
    otherwise="Multiply three by itself.",
    mistakes=(Mistake(lambda: 6.0, "That is twice three."),),
)
PAIR = Exercise(
    key="pair", answer=lambda: [1.0, 2.0], tolerance=0.01, well_done="Yes.", otherwise="No."
)


def test_an_unfilled_answer_is_not_wrong():
    assert exercises.judge(SQUARE, ...).status == "open"
    assert exercises.judge(PAIR, [1.0, ...]).status == "open"


@pytest.mark.parametrize("answer", [9, 9.0, 9.05, [9.0]])
def test_a_right_answer_passes_in_any_numeric_dress(answer):
    assert exercises.judge(SQUARE, answer).status == "right"


def test_a_known_slip_earns_its_hint():
    assert exercises.judge(SQUARE, 6).message == "That is twice three."


def test_another_wrong_answer_earns_the_general_hint():
    assert exercises.judge(SQUARE, 11).message == "Multiply three by itself."


@pytest.mark.parametrize(
    "answer",
    [np.float32(9), np.int64(9), np.array(9.0), pd.Series([9.0]), Fraction(9), Decimal("9.00")],
    ids=lambda answer: type(answer).__name__,
)
def test_a_right_answer_passes_whatever_library_it_comes_from(answer):
    assert exercises.judge(SQUARE, answer).status == "right"


@pytest.mark.parametrize("answer", ["nine", None, True, {"a": 1}])
def test_what_is_not_a_number_is_named(answer):
    feedback = exercises.judge(SQUARE, answer)
    assert feedback.status == "wrong"
    assert repr(answer) in feedback.message


@pytest.mark.parametrize(
    ("answer", "remedy"),
    [
        ("9.0", "Leave out the quotes"),
        ("9x", "and the unit"),
        (["9.0"], "list of numbers"),
        ([True], "list of numbers"),
        ([None], "list of numbers"),
        (None, "not assigned"),
        (True, "comparison"),
        (np.True_, "comparison"),
        (lambda: 9.0, "brackets after its name"),
        (complex(9, 1), "below zero"),
        (pd.Timedelta(9, "D"), ".days"),
        (pd.Timestamp("2026-01-01"), ".days"),
        (np.timedelta64(9, "D"), ".days"),
        (pd.NaT, "list of numbers"),
        (pd.NA, "list of numbers"),
        (10**400, "..."),
        ([[9.0]], "list of numbers"),
        ({9.0}, "list of numbers"),
        (pd.DataFrame({"a": [9.0]}), "list of numbers"),
        (np.ma.array([9.0], mask=[True]), "not finite"),
        ([9.0, [1.0, 2.0]], "list of numbers"),
    ],
    ids=lambda given: type(given).__name__,  # the same in every process
)
def test_whatever_a_reader_gives_there_is_a_hint_and_no_traceback(answer, remedy):
    feedback = exercises.judge(SQUARE, answer)
    assert feedback.status == "wrong"
    assert remedy in feedback.message
    assert len(feedback.message) < 200


def test_an_answer_that_was_rounded_too_far_is_told_so():
    third = replace(SQUARE, answer=lambda: 4.153, mistakes=())
    assert exercises.judge(third, 4.15).status == "right"
    assert exercises.judge(third, 4.2).message == exercises.ROUNDED
    assert exercises.judge(third, 5).message == exercises.WHOLE
    assert exercises.judge(third, 4.3).message == exercises.NEAR
    assert exercises.judge(third, 4.5).message == third.otherwise
    # A small whole number is no rounding of a share, and an answer in whole numbers is none.
    share = replace(SQUARE, answer=lambda: 0.44, mistakes=())
    assert exercises.judge(share, 1).message == share.otherwise
    assert exercises.judge(SQUARE, 8.6).message == exercises.NEAR
    slip = replace(third, mistakes=(Mistake(lambda: 4.3, "Known."),))
    assert exercises.judge(slip, 4.3).message == "Known."


@pytest.mark.parametrize("answer", [math.inf, math.nan])
def test_what_is_not_finite_is_named(answer):
    assert "not finite" in exercises.judge(SQUARE, answer).message


def test_the_number_of_numbers_is_checked():
    assert "not 1" in exercises.judge(PAIR, 1.0).message


def test_an_unknown_exercise_suggests_the_nearest():
    with pytest.raises(KeyError, match="Did you mean"):
        exercises.check("cost-anualise", 1.0)


def test_feedback_reads_as_a_sentence():
    assert str(exercises.judge(SQUARE, ...)).startswith("Not answered yet.")
    assert str(exercises.judge(SQUARE, 9)) == "Right. Three squared."


@pytest.mark.parametrize("slip", exercises.SLIPS, ids=lambda slip: slip.name)
def test_a_slip_of_any_exercise_has_a_hint_of_its_own(slip):
    feedback = exercises.judge(SQUARE, float(slip.change(np.array([9.0]))[0]))
    assert feedback.status == "wrong"
    assert feedback.message == slip.hint
    assert sum(other.hint == slip.hint for other in exercises.SLIPS) == 1


def test_an_own_mistake_goes_before_a_slip_of_any_exercise():
    own = replace(SQUARE, mistakes=(Mistake(lambda: -9.0, "Below zero."),))
    assert exercises.judge(own, -9.0).message == "Below zero."


def test_a_slip_of_any_exercise_works_on_lists_and_spares_zeros():
    assert "twelve times" in exercises.judge(PAIR, [12.0, 24.0]).message
    assert exercises.judge(PAIR, [2.0, 1.0]).message == exercises.ORDER
    nothing = replace(SQUARE, answer=lambda: 0.0)
    assert exercises.judge(nothing, 5.0).message == SQUARE.otherwise
    below = replace(SQUARE, answer=lambda: -9.0)
    assert exercises.judge(below, 5.0).message == SQUARE.otherwise


def test_a_list_that_is_right_in_part_is_told_where():
    feedback = exercises.judge(PAIR, [1.0, 7.0])
    assert feedback.status == "wrong"
    assert feedback.message == "No. Right already: number 1 of your list."
    assert exercises.judge(PAIR, [8.0, 7.0]).message == "No."


def test_mixed_logarithms_and_their_differences_are_different_slips():
    known = exercises.exercises()["cost-annualise"]
    rate = math.log(known.answer())
    said = {exercises.judge(known, slip).message for slip in (10**rate, rate, rate / math.log(10))}
    assert len(said) == 3
    assert "do not mix" in exercises.judge(known, 10**rate).message


def test_a_fall_in_per_cent_is_no_factor():
    assert "fall in per cent" in exercises.judge(SQUARE, 100 * (1 - 1 / 9)).message
    assert "fall as a share" in exercises.judge(SQUARE, 1 - 1 / 9).message
    small = replace(SQUARE, answer=lambda: 0.4)
    assert exercises.judge(small, 1 - 1 / 0.4).message == SQUARE.otherwise
