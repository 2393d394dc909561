"""Whatever a reader puts into an open exercise, there is a hint and never a traceback."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from three_observations import (
    compute_exercises,
    compute_plan,
    cost_exercises,
    frontier,
    log_scaling_exercises,
    loss_extrapolation,
    loss_forms,
    said_exercises,
    value_exercises,
    value_proxies,
    whole_exercises,
)

#: What no part of an open exercise can be.
ODD = [
    None,
    math.nan,
    -1,
    True,
    "x",
    "",
    [],
    [1, 2],
    {},
    {"a": 1},
    {1},
    np.array(3.0),
    np.array([1.0, 2.0]),
    pd.NA,
    pd.NaT,
    pd.Series([1.0, 2.0]),
    pd.DataFrame(),
    pd.DataFrame({"estimate": ["x"]}),
    lambda: 1,
    lambda *parts: None,
    lambda *parts: [1],
    complex(1, 1),
    10**400,
    b"x",
    object(),
]


def cost() -> dict:
    priced = frontier.priced_models("arena_2026_07")
    return {
        "ruler": "arena_2026_07",
        "level": 1300.0,
        "rule": lambda estimate, low, high: "fast" if low > 10 else "not fast",
        "rate": frontier.rates(priced, [1300.0], estimators=["step"], openings=[True], resamples=2),
    }


def value() -> dict:
    points = value_proxies.points("Anthropic", "eci_2026_08")
    return {
        "firm": "Anthropic",
        "ruler": "eci_2026_08",
        "rule": lambda curvature, low, high: "up" if low > 0 else "not up",
        "found": value_proxies.curvature(points),
    }


def log() -> dict:
    runs = loss_forms.sample("Chinchilla, near 20")
    return {
        "sample": "Chinchilla, near 20",
        "cut": 1e20,
        "close": lambda miss, no_change: abs(miss) <= abs(no_change) / 5,
        "predictions": loss_extrapolation.extrapolation(runs, cuts=[1e20], resamples=2).predictions,
    }


def compute() -> dict:
    own = compute_plan.with_bounds("cost_fall", low=-0.05, best=0.15, high=0.30)
    simulation = compute_plan.simulate(own, draws=4000)
    chances = compute_plan.profit_probabilities(simulation, (2030,))
    return {
        "assumptions": own,
        "sure_enough": 0.6,
        "rule": lambda probability: "yes" if probability >= 0.6 else "no",
        "chance": float(chances["in_year"].iloc[0]),
    }


def said() -> dict:
    return {
        "sentence": "level",
        "reading": {"000": "both ways", "001": "kept", "002": "changed", "003": "dropped"},
        "why": "A headline may be no part of the text.",
    }


def whole() -> dict:
    return {
        "what": "Run-rate of a firm, billion dollars",
        "due": "2027-12-31",
        "low": 10.0,
        "high": 20.0,
        "rule": lambda found: 10 <= found <= 20,
    }


OPEN = {
    "cost": (cost_exercises.check_own_rate, cost),
    "value": (value_exercises.check_own_curvature, value),
    "log": (log_scaling_exercises.check_own_range, log),
    "compute": (compute_exercises.check_own_outlook, compute),
    "said": (said_exercises.check_own_reading, said),
    "whole": (whole_exercises.check_own_forecast, whole),
}


@pytest.mark.parametrize("chapter", OPEN)
def test_an_odd_part_gets_a_hint(chapter):
    check, make = OPEN[chapter]
    sound = make()
    assert check(**sound).status == "right"
    for part in sound:
        for odd in ODD:
            feedback = check(**sound | {part: odd})
            assert feedback.status == "wrong", f"{part} = {odd!r}: {feedback}"
            assert feedback.message


@pytest.mark.parametrize(
    ("chapter", "part", "changed"),
    [
        ("value", "found", lambda found: found | {"curvature": None}),
        ("value", "found", lambda found: found | {"lasting_high": "x"}),
        ("value", "found", lambda found: {"lasting_low": 1.0}),
        ("cost", "rate", lambda rate: rate.drop(columns="low")),
        ("cost", "rate", lambda rate: rate.drop(columns="score")),
        ("cost", "rate", lambda rate: rate.assign(estimate="x")),
        ("said", "reading", lambda reading: reading | {"001": ["kept"]}),
        ("said", "reading", lambda reading: reading | {"001": pd.NA}),
    ],
)
def test_a_sound_part_with_a_fault_in_it_gets_a_hint(chapter, part, changed):
    check, make = OPEN[chapter]
    sound = make()
    assert check(**sound | {part: changed(sound[part])}).status == "wrong"
