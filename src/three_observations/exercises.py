"""Check a reader's answer to an exercise and say what probably went wrong.

An exercise knows the right answer, computed from the data, and the likely mistakes.
A mistake is a wrong value that a known slip leads to, with the hint that names the slip.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from importlib import import_module
from types import EllipsisType

import numpy as np

Answer = float | Sequence[float]


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
    wanted = exercise.answer()
    if numbers.size != np.atleast_1d(np.asarray(wanted)).size:
        return Feedback(
            "wrong",
            f"The answer should hold {np.atleast_1d(np.asarray(wanted)).size} "
            f"number(s); this one holds {numbers.size}.",
        )
    if _same(numbers, wanted, exercise.tolerance):
        return Feedback("right", exercise.well_done)
    for mistake in exercise.mistakes:
        if _same(numbers, mistake.value(), exercise.tolerance):
            return Feedback("wrong", mistake.hint)
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
