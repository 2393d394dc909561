"""Check a reader's answer to an exercise and say what probably went wrong.

An exercise knows the right answer, computed from the data, and the likely mistakes.
A mistake is a wrong value that a known slip leads to, with the hint that names the slip.
Slips that may happen in any exercise, such as a lost factor of 12, stand in :data:`SLIPS`;
they are looked for when none of the exercise's own mistakes fits.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import wraps
from importlib import import_module
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
    """

    name: str
    change: Callable[[np.ndarray], np.ndarray]
    hint: str


def _times(factor: float) -> Callable[[np.ndarray], np.ndarray]:
    return lambda right: right * factor


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
        "change",
        lambda right: right - 1,
        "That is one less: a change (by so much) was given where a ratio (so many times) is asked "
        "for.",
    ),
    Slip(
        "ratio",
        lambda right: right + 1,
        "That is one more: a ratio (so many times) was given where a change (by so much) is asked "
        "for.",
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
)

ORDER = "The numbers are right, their order is not."

UNANSWERED = Feedback("open", "Replace the ... by your answer and run this cell again.")


def _numbers(answer: object) -> np.ndarray | None:
    """Return an answer as a 1-d array of floats, or None if it is not made of numbers."""
    if answer is None or isinstance(answer, (bool, str, bytes)):
        return None
    try:
        numbers = np.atleast_1d(np.asarray(answer, dtype=float))
    except (TypeError, ValueError):
        return None
    return numbers if numbers.ndim == 1 else None


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
        return Feedback(
            "wrong", f"The answer should be a number or a list of numbers, not {answer!r}."
        )
    if not np.isfinite(numbers).all():
        return Feedback("wrong", "The answer is not finite. Was something divided by zero?")
    with steps_kept():
        return _compare(exercise, numbers)


def _compare(exercise: Exercise, numbers: np.ndarray) -> Feedback:
    wanted = exercise.answer()
    if numbers.size != np.atleast_1d(np.asarray(wanted)).size:
        size = np.atleast_1d(np.asarray(wanted)).size
        asked = "one number" if size == 1 else f"{size} numbers"
        return Feedback("wrong", f"The answer should hold {asked}, not {numbers.size}.")
    if _same(numbers, wanted, exercise.tolerance):
        return Feedback("right", exercise.well_done)
    for mistake in exercise.mistakes:
        if _same(numbers, mistake.value(), exercise.tolerance):
            return Feedback("wrong", mistake.hint)
    right = np.atleast_1d(np.asarray(wanted, dtype=float))
    for slip in SLIPS:
        if _same(numbers, slip.change(right), exercise.tolerance):
            return Feedback("wrong", slip.hint)
    if numbers.size > 1 and _same(np.sort(numbers), np.sort(right), exercise.tolerance):
        return Feedback("wrong", ORDER)
    return Feedback("wrong", exercise.otherwise)


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
