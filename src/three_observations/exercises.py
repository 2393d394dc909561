"""Check a reader's answer to an exercise and say what probably went wrong.

An exercise knows the right answer, computed from the data, and the likely mistakes.
A mistake is a wrong value that a known slip leads to, with the hint that names the slip.
Slips that may happen in any exercise, such as a lost factor of 12, stand in :data:`SLIPS`;
they are looked for when none of the exercise's own mistakes fits.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import get_close_matches
from functools import wraps
from importlib import import_module
from numbers import Real
from types import EllipsisType
from typing import Any, TypeVar

import numpy as np

Answer = float | Sequence[float]
T = TypeVar("T")


@dataclass(frozen=True)
class Mistake:
    """A slip that readers make, and the hint it earns.

    Attributes
    ----------
    value : callable
        Takes nothing and returns what a reader who makes the slip gets.
    hint : str
        One sentence that names the slip without giving the answer away.
    """

    value: Callable[[], Answer]
    hint: str


@dataclass(frozen=True)
class Exercise:
    """One exercise with a checkable answer.

    Attributes
    ----------
    key : str
        Name used in the notebook, for example ``"cost-annualise"``.
    answer : callable
        Takes nothing and returns the right answer: a number, or a sequence of numbers.
    tolerance : float
        Largest relative error that still counts as right.
    mistakes : tuple of Mistake
        Tried in order; the first that matches gives the hint.
    well_done : str
        What to take away from a right answer.
    otherwise : str
        The hint for a wrong answer that matches no known mistake.
    """

    key: str
    answer: Callable[[], Answer]
    tolerance: float
    well_done: str
    otherwise: str
    mistakes: tuple[Mistake, ...] = field(default=())


@dataclass(frozen=True)
class Feedback:
    """What the checker says: ``status`` is ``"open"``, ``"right"`` or ``"wrong"``."""

    status: str
    message: str

    _MARKS = {"open": "Not answered yet.", "right": "Right.", "wrong": "Not yet."}

    def __str__(self) -> str:
        return f"{self._MARKS[self.status]} {self.message}"

    def __repr__(self) -> str:
        return str(self)


@dataclass(frozen=True)
class Slip:
    """A slip that may happen in any exercise: it changes the right answer in one known way.

    Attributes
    ----------
    name : str
    change : callable
        Takes the right answer as an array and returns what the slip makes of it.
    hint : str
        One sentence that names the slip without giving the answer away.
    tolerance : float
        At most so far from what the slip gives, relative; never further than the exercise allows.
    """

    name: str
    change: Callable[[np.ndarray], np.ndarray]
    hint: str
    tolerance: float = math.inf


def _times(factor: float) -> Callable[[np.ndarray], np.ndarray]:
    return lambda right: right * factor


#: Of a large answer one more or less is little; a neighbour is no such slip.
ONE_MORE = 1e-3
#: Tried in order after an exercise's own mistakes.
SLIPS = (
    Slip("sign", _times(-1.0), "The size is right. Mind the sign."),
    Slip(
        "upside down",
        lambda right: 1 / np.where(right == 0, np.nan, right),
        "That is upside down: one over what was asked for.",
    ),
    Slip(
        "twelve too many",
        _times(12.0),
        "That is twelve times too much: months and years were mixed up.",
    ),
    Slip(
        "twelve too few",
        _times(1 / 12),
        "That is a twelfth of it: months and years were mixed up.",
    ),
    Slip(
        "common log",
        _times(1 / math.log(10)),
        "That is too small by the factor ln 10: a common logarithm stands where a natural one "
        "should, or the other way round.",
    ),
    Slip(
        "natural log",
        _times(math.log(10)),
        "That is too large by the factor ln 10: a natural logarithm stands where a common one "
        "should, or the other way round.",
    ),
    Slip(
        "per cent",
        _times(100.0),
        "That is a hundred times too much: per cent were mixed up with a share.",
    ),
    Slip(
        "share",
        _times(0.01),
        "That is a hundredth of it: a share was mixed up with per cent.",
    ),
    Slip(
        "thousands",
        _times(1e3),
        "The digits are right, and the unit is not: that is a thousand times too much.",
    ),
    Slip(
        "thousandths",
        _times(1e-3),
        "The digits are right, and the unit is not: that is a thousandth of it.",
    ),
    Slip(
        "millions",
        _times(1e6),
        "The digits are right, and the unit is not: that is a million times too much.",
    ),
    Slip(
        "millionths",
        _times(1e-6),
        "The digits are right, and the unit is not: that is a millionth of it.",
    ),
    Slip(
        "billions",
        _times(1e9),
        "The digits are right, and the unit is not: that is a billion times too much.",
    ),
    Slip(
        "billionths",
        _times(1e-9),
        "The digits are right, and the unit is not: that is a billionth of it.",
    ),
    Slip(
        "ten too many",
        _times(10.0),
        "The digits are right, and the point is not: that is ten times too much.",
    ),
    Slip(
        "a tenth",
        _times(0.1),
        "The digits are right, and the point is not: that is a tenth of it.",
    ),
    Slip(
        "days too many",
        _times(365.25),
        "That is 365 times too much: days and years were mixed up.",
    ),
    Slip(
        "days too few",
        _times(1 / 365.25),
        "That is a 365th of it: days and years were mixed up.",
    ),
    Slip(
        "change",
        lambda right: right - 1,
        "That is one less: a change (by so much) stands where a ratio (so many times) should, or "
        "one step, such as the first year, was not counted.",
        tolerance=ONE_MORE,
    ),
    Slip(
        "ratio",
        lambda right: right + 1,
        "That is one more: a ratio (so many times) stands where a change (by so much) should, or "
        "one step, such as the first year, was counted too often.",
        tolerance=ONE_MORE,
    ),
    Slip(
        "rise in per cent",
        lambda right: 100 * (right - 1),
        "That is a rise in per cent. The question asks for a factor: how many times.",
    ),
    Slip(
        "fall in per cent",
        lambda right: 100 * (1 - 1 / np.where(right > 1, right, np.nan)),
        "That is a fall in per cent. The question asks for a factor: how many times.",
    ),
    Slip(
        "fall as a share",
        lambda right: 1 - 1 / np.where(right > 1, right, np.nan),
        "That is a fall as a share of what was there. The question asks for a factor: how many "
        "times.",
    ),
    Slip(
        "logarithm",
        lambda right: np.log(np.where(right > 0, right, np.nan)),
        "That is the natural logarithm of it. Take the exponential.",
    ),
    Slip(
        "decimal logarithm",
        lambda right: np.log10(np.where(right > 0, right, np.nan)),
        "That is the common logarithm of it. Raise ten to it.",
    ),
    Slip(
        "binary logarithm",
        lambda right: np.log2(np.where(right > 0, right, np.nan)),
        "That is the logarithm of it to base two. Raise two to it.",
    ),
)

#: Looked for in an exercise with several numbers, after the slips.
ORDER = "The numbers are right, their order is not."
#: Looked for last: an answer that was rounded too far, or only just misses.
ROUNDED = "As far as its digits go that is right. Give at least three digits."
WHOLE = "That was rounded to a whole number. Give decimals."
NEAR = (
    "Within a twentieth of it: was something rounded on the way, or a printed figure misread? "
    "Let Python carry all digits."
)
#: Relative distance up to which an answer is called near.
NEARLY = 0.05

UNANSWERED = Feedback("open", "Replace the ... by your answer and run this cell again.")


def _numbers(answer: object) -> np.ndarray | None:
    """Return an answer as a 1-d array of floats, or None if it is not made of numbers.

    What is missing becomes NaN; words and truth values are no numbers, in a list neither.
    """
    if isinstance(answer, np.ma.MaskedArray):
        answer = answer.filled(np.nan) if answer.dtype.kind == "f" else answer.tolist()
    try:
        parts = np.atleast_1d(np.asarray(answer, dtype=object))
        if any(part is None or isinstance(part, _WORDS) for part in parts.flat):
            return None
        numbers = parts.astype(float)
    except (TypeError, ValueError, OverflowError):
        return None
    return numbers if numbers.ndim == 1 else None


#: What numpy would turn into numbers although it is none.
_WORDS = (bool, np.bool_, str, bytes, np.datetime64, np.timedelta64, date, timedelta)


def is_number(given: object) -> bool:
    """Say whether a reader gave one finite number, of any kind but a truth value."""
    if isinstance(given, (bool, np.bool_)) or not isinstance(given, Real):
        return False
    try:
        return math.isfinite(float(given))
    except OverflowError:
        return False


def is_one_of(given: object, known: Collection[str]) -> bool:
    """Say whether a reader gave one of some names; a list or table is none of them."""
    return isinstance(given, str) and given in known


def _not_numbers(answer: object) -> str:
    """Say what stands where a number should, and how to mend it."""
    said = repr(answer)
    shown = said if len(said) <= 60 else said[:57] + "..."
    remedy = ""
    if answer is None:
        remedy = " Was it printed, and not assigned?"
    elif callable(answer):
        remedy = " A function is called with brackets after its name."
    elif isinstance(answer, (complex, np.complexfloating)):
        remedy = " A power of a number below zero does that."
    elif isinstance(answer, (bool, np.bool_)):
        remedy = " A comparison gives that: assign with one =."
    elif isinstance(answer, (str, bytes)):
        remedy = " Leave out the quotes, and the unit."
    elif isinstance(answer, (date, np.datetime64, timedelta, np.timedelta64)):
        remedy = " Turn days into a number first, with .days for example."
    return f"The answer should be a number or a list of numbers, not {shown}.{remedy}"


def _rounded(answer: np.ndarray, right: np.ndarray) -> str:
    """Return the hint for an answer that was rounded too far or lies near, or nothing."""
    near = (np.abs(answer - right) <= NEARLY * np.abs(right)).all()
    two, one = ([float(f"{value:{digits}}") for value in right] for digits in (".2g", ".1g"))
    if np.array_equal(answer, two) or (near and np.array_equal(answer, one)):
        return ROUNDED
    whole = (answer == np.round(answer)) & (np.abs(right) > 1)
    if whole.all() and (np.abs(answer - right) < 1).all() and not (right == np.round(right)).any():
        return WHOLE
    return NEAR if near else ""


_steps: dict[Callable[[], Any], Any] | None = None


@contextmanager
def steps_kept() -> Iterator[None]:
    """Keep what the steps marked by :func:`once` return, until the outermost block ends.

    The tables may not change meanwhile.
    """
    global _steps
    outermost = _steps is None
    if outermost:
        _steps = {}
    try:
        yield
    finally:
        if outermost:
            _steps = None


def once(step: Callable[[], T]) -> Callable[[], T]:
    """Compute a step of an answer once while one answer is judged: its slips start from it too.

    Parameters
    ----------
    step : callable
        Takes nothing and returns what nobody changes.
    """

    @wraps(step)
    def kept() -> T:
        if _steps is None:
            return step()
        if step not in _steps:
            _steps[step] = step()
        return _steps[step]

    return kept


def _same(answer: np.ndarray, wanted: Answer, tolerance: float) -> bool:
    target = np.atleast_1d(np.asarray(wanted, dtype=float))
    return answer.shape == target.shape and all(
        math.isclose(a, b, rel_tol=tolerance, abs_tol=1e-12)
        for a, b in zip(answer, target, strict=True)
    )


def _right_so_far(answer: np.ndarray, right: np.ndarray, tolerance: float) -> str:
    """Say which numbers of a list are right, or nothing if none is."""
    places = [
        str(place)
        for place, (a, b) in enumerate(zip(answer, right, strict=True), start=1)
        if math.isclose(a, b, rel_tol=tolerance, abs_tol=1e-12)
    ]
    return f" Right already: number {', '.join(places)} of your list." if places else ""


def judge(exercise: Exercise, answer: object) -> Feedback:
    """Compare an answer with the right one and with the known mistakes.

    Parameters
    ----------
    exercise : Exercise
    answer : object
        A number, a sequence of numbers, or ``...`` for no answer yet.

    Returns
    -------
    Feedback
    """
    if isinstance(answer, EllipsisType) or (
        isinstance(answer, (list, tuple)) and any(isinstance(a, EllipsisType) for a in answer)
    ):
        return UNANSWERED
    numbers = _numbers(answer)
    if numbers is None:
        return Feedback("wrong", _not_numbers(answer))
    if not np.isfinite(numbers).all():
        return Feedback("wrong", "The answer is not finite. Was something divided by zero?")
    with steps_kept():
        return _compare(exercise, numbers)


def _compare(exercise: Exercise, numbers: np.ndarray) -> Feedback:
    wanted = once(exercise.answer)()
    if numbers.size != np.atleast_1d(np.asarray(wanted)).size:
        size = np.atleast_1d(np.asarray(wanted)).size
        asked = "one number" if size == 1 else f"{size} numbers"
        return Feedback("wrong", f"The answer should hold {asked}, not {numbers.size}.")
    if _same(numbers, wanted, exercise.tolerance):
        return Feedback("right", exercise.well_done)
    for mistake in exercise.mistakes:
        if _same(numbers, once(mistake.value)(), exercise.tolerance):
            return Feedback("wrong", mistake.hint)
    right = np.atleast_1d(np.asarray(wanted, dtype=float))
    for slip in SLIPS:
        if _same(numbers, slip.change(right), min(slip.tolerance, exercise.tolerance)):
            return Feedback("wrong", slip.hint)
    if numbers.size > 1 and _same(np.sort(numbers), np.sort(right), exercise.tolerance):
        return Feedback("wrong", ORDER)
    said = _rounded(numbers, right) or exercise.otherwise
    return Feedback("wrong", f"{said}{_right_so_far(numbers, right, exercise.tolerance)}")


#: Modules with exercises: each has ``EXERCISES``, a mapping of key to Exercise.
MODULES = (
    "three_observations.log_scaling_exercises",
    "three_observations.cost_exercises",
    "three_observations.value_exercises",
    "three_observations.compute_exercises",
    "three_observations.said_exercises",
    "three_observations.whole_exercises",
)


def exercises() -> dict[str, Exercise]:
    """Return every exercise with a checkable answer by its key."""
    return {
        key: exercise for name in MODULES for key, exercise in import_module(name).EXERCISES.items()
    }


def find_hint(key: str, words: str) -> str:
    """Return the hint of an exercise that holds some words, as its checker gives it.

    Parameters
    ----------
    key : str
        Name of the exercise.
    words : str
        A part of the hint.

    Returns
    -------
    str
        What the checker says to a reader who makes that slip.

    Raises
    ------
    KeyError
        If there is no exercise of that name.
    ValueError
        If not exactly one slip of the exercise earns a hint with these words.
    """
    exercise = exercises()[key]
    hints = [
        judge(exercise, mistake.value()).message
        for mistake in exercise.mistakes
        if words in mistake.hint
    ]
    if len(hints) != 1:
        raise ValueError(f"{len(hints)} hints of {key!r} say {words!r}; name one of them")
    return hints[0]


def check(key: str, answer: object) -> Feedback:
    """Check one answer in a notebook.

    Parameters
    ----------
    key : str
        Name of the exercise as printed in the notebook.
    answer : object
        Your answer; ``...`` while you have none.

    Returns
    -------
    Feedback
        Shown by the notebook as the last value of the cell.

    Raises
    ------
    KeyError
        If there is no exercise of that name; the message suggests the nearest.
    """
    known = exercises()
    if key not in known:
        near = get_close_matches(key, known, n=1)
        suggestion = f" Did you mean {near[0]!r}?" if near else ""
        raise KeyError(f"There is no exercise {key!r}.{suggestion}")
    return judge(known[key], answer)
