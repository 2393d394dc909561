r"""What "super-exponential in intelligence" means, and what follows from it.

Write V for value, I for intelligence on some scale, and R for resources.
The growth rate of V per unit of I is (ln V)', and its curvature is (ln V)''.
V is *super-exponential* in I on an interval if and only if ln V is strictly convex there: each
further unit of I multiplies V by more than the unit before.

Nine statements follow, in :data:`STATEMENTS`: words, formula, assumptions, a proof sketch, a
table for one chart, and the expressions with which a page recomputes the chart when a slider
moves.
Each table function takes the sliders as arguments and is the Python twin of those expressions.
A page cannot take limits, so where a formula has a removable gap at zero the expressions add
:data:`SHIFT` to the slider; Python takes the limit itself.

All functions are pure, none reads a table of data, and logarithms are natural unless a name says
otherwise.

Where the methods come from.

*One family from sub- to super-exponential growth*: V' = V**(1 + m), von Foerster, Mora and Amiot,
"Doomsday" (Science 132, 1960).
*Bending a scale*: the exponential transformation of Manly (The Statistician 25, 1976), which unlike
that of Box and Cox (Journal of the Royal Statistical Society B 26, 1964) needs no positive scale
and changes the curvature of ln V by the same amount everywhere, relative to its slope.
*Growth that sustains itself with an elasticity that only tends to one*: Jones and Manuelli
(Journal of Political Economy 98, 1990).
*Sums of exponentials*: Vaupel and Yashin, "Heterogeneity's ruses" (American Statistician 39, 1985).
*Logarithmic mean*: Carlson (American Mathematical Monthly 79, 1972); as weights of an exact
decomposition Vartia (Scandinavian Journal of Statistics 3, 1976) and Ang (Energy Policy 33, 2005).
*Chains in which every step must succeed*: Kremer, "The O-ring theory of economic development"
(Quarterly Journal of Economics 108, 1993).
*Constant elasticity of substitution*: Arrow, Chenery, Minhas and Solow (Review of Economics and
Statistics 43, 1961).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

#: Added to a slider whose formula has a removable gap at zero, on pages only.
SHIFT = 1e-8

#: A bend smaller than this is none: it would move no score by more than rounding does.
_NO_BEND = 1e-12

SUPER, EXPONENTIAL, SUB, NEITHER = "super-exponential", "exponential", "sub-exponential", "neither"


def _positive(**named: float) -> None:
    """Refuse numbers that are not above zero, by name."""
    for name, value in named.items():
        if not (math.isfinite(value) and value > 0):
            raise ValueError(f"{name} is {value:g}; it should be a number above zero")


def _share(**named: float) -> None:
    """Refuse shares that are not between zero and one, by name."""
    for name, value in named.items():
        if not 0 < value < 1:
            raise ValueError(f"{name} is {value:g}; it should be a share between 0 and 1")


# ---------------------------------------------------------------------------------------------
# 1. the definition


@dataclass(frozen=True)
class Shape:
    """A way in which value can depend on a scale, through its logarithm.

    Attributes
    ----------
    name : str
    log_value, growth_rate, curvature : callable
        ln V and its first and second derivative; array in, array of the same shape out.
    """

    name: str
    log_value: Callable[[np.ndarray], np.ndarray]
    growth_rate: Callable[[np.ndarray], np.ndarray]
    curvature: Callable[[np.ndarray], np.ndarray]


def logistic(x: ArrayLike) -> np.ndarray:
    """Return 1 / (1 + exp(-x)), without overflow and exact to rounding in both tails."""
    return np.exp(-softplus(-np.asarray(x, dtype=float)))


def softplus(x: ArrayLike) -> np.ndarray:
    """Return ln(1 + exp(x)) without overflow; its derivative is :func:`logistic`."""
    at = np.asarray(x, dtype=float)
    return np.maximum(at, 0) + np.log1p(np.exp(-np.abs(at)))


def shapes(
    rate: float = 1.0, bend: float = 0.5, critical: float = 4.0, ceiling: float = 20.0
) -> dict[str, Shape]:
    """Return seven shapes that start at V = 1 with the same growth rate.

    Parameters
    ----------
    rate : float
        Growth rate at I = 0, per unit of I, above zero.
    bend : float
        Curvature of "exponential of a square", and the rate at which the growth rate of "double
        exponential" grows; above zero.
    critical : float
        Where the hyperbolic shape becomes infinite, above zero.
    ceiling : float
        What the logistic shape tends to, above 1.

    Returns
    -------
    dict of str to Shape
        Super-exponential: "hyperbolic", "double exponential", "exponential of a square".
        Exponential: "exponential". Sub-exponential: "power law", "straight line", "logistic".

    Raises
    ------
    ValueError
        If a parameter lies outside its range.
    """
    _positive(rate=rate, bend=bend, critical=critical)
    if not ceiling > 1:
        raise ValueError(f"ceiling is {ceiling:g}; it should lie above the start, which is 1")
    steep = rate * ceiling / (ceiling - 1)  # so that the logistic shape starts at the rate
    left = -math.log(ceiling - 1)  # and at one

    def hyperbola(u: ArrayLike) -> np.ndarray:
        """Return what is left until the critical point; not a number beyond it."""
        rest = critical - np.asarray(u, dtype=float)
        return np.where(rest > 0, rest, np.nan)

    found = (
        Shape(
            "hyperbolic",
            lambda u: -rate * critical * np.log(hyperbola(u) / critical),
            lambda u: rate * critical / hyperbola(u),
            lambda u: rate * critical / hyperbola(u) ** 2,
        ),
        Shape(
            "double exponential",
            lambda u: rate * np.expm1(bend * u) / bend,
            lambda u: rate * np.exp(bend * u),
            lambda u: rate * bend * np.exp(bend * u),
        ),
        Shape(
            "exponential of a square",
            lambda u: rate * u + bend * u**2 / 2,
            lambda u: rate + bend * u,
            lambda u: bend + 0 * u,
        ),
        Shape("exponential", lambda u: rate * u, lambda u: rate + 0 * u, lambda u: 0 * u),
        Shape(
            "power law",
            lambda u: 2 * np.log1p(rate * u / 2),
            lambda u: rate / (1 + rate * u / 2),
            lambda u: -(rate**2) / 2 / (1 + rate * u / 2) ** 2,
        ),
        Shape(
            "straight line",
            lambda u: np.log1p(rate * u),
            lambda u: rate / (1 + rate * u),
            lambda u: -(rate**2) / (1 + rate * u) ** 2,
        ),
        Shape(
            "logistic",
            lambda u: math.log(ceiling) - softplus(-(steep * u + left)),
            lambda u: steep * logistic(-(steep * u + left)),
            lambda u: -(steep**2) * logistic(steep * u + left) * logistic(-(steep * u + left)),
        ),
    )
    return {shape.name: shape for shape in found}


def families(
    rate: float = 1.0,
    bend: float = 0.5,
    critical: float = 4.0,
    ceiling: float = 20.0,
    intelligence: Sequence[float] | np.ndarray | None = None,
) -> pd.DataFrame:
    """Draw :func:`shapes` side by side: same start, same first growth rate.

    Parameters
    ----------
    rate, bend, critical, ceiling : float
        As :func:`shapes` takes them.
    intelligence : array, optional
        Where to draw; 0 to 3 in steps of 0.05 if not given.

    Returns
    -------
    pandas.DataFrame
        One row for each shape and point: ``shape``, ``kind``, ``intelligence``, ``value``,
        ``growth_rate`` and ``curvature`` (of ln V, per unit of I and its square).
    """
    at = np.linspace(0, 3, 61) if intelligence is None else np.asarray(intelligence, dtype=float)
    parts = []
    for name, shape in shapes(rate, bend, critical, ceiling).items():
        curvature = shape.curvature(at)
        parts.append(
            pd.DataFrame(
                {
                    "shape": name,
                    "kind": kind_of(curvature),
                    "intelligence": at,
                    "value": np.exp(shape.log_value(at)),
                    "growth_rate": shape.growth_rate(at),
                    "curvature": curvature,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def kind_of(curvature: ArrayLike, tolerance: float = 0.0) -> str:
    """Name a curve by the curvature of ln V along it.

    Parameters
    ----------
    curvature : array
        (ln V)'' at points of an interval; missing values are left out.
    tolerance : float
        What still counts as zero.

    Returns
    -------
    str
        ``"super-exponential"``, ``"exponential"``, ``"sub-exponential"``, or ``"neither"`` if the
        sign changes on the interval.

    Raises
    ------
    ValueError
        If no curvature is given.
    """
    known = np.asarray(curvature, dtype=float)
    known = known[~np.isnan(known)]
    if known.size == 0:
        raise ValueError("no curvature is known: give at least one point of the interval")
    if (np.abs(known) <= tolerance).all():
        return EXPONENTIAL
    if (known > tolerance).all():
        return SUPER
    return SUB if (known < -tolerance).all() else NEITHER


def classify(intelligence: ArrayLike, value: ArrayLike, tolerance: float = 1e-9) -> str:
    """Name a curve from points on it: does the growth rate rise from gap to gap?

    Parameters
    ----------
    intelligence : array, shape (n,)
        Rising, at least three points.
    value : array, shape (n,)
        Above zero.
    tolerance : float
        Smallest second divided difference of ln V that does not count as zero.

    Returns
    -------
    str
        As :func:`kind_of`. Points without noise are meant; for data see the intervals of the
        chapter's regressions.

    Raises
    ------
    ValueError
        If there are fewer than three points, they do not rise, or a value is not above zero.
    """
    at, values = np.asarray(intelligence, dtype=float), np.asarray(value, dtype=float)
    if at.ndim != 1 or at.shape != values.shape or at.size < 3:
        raise ValueError("give at least three points, and one value for each")
    if not (np.diff(at) > 0).all() or not (values > 0).all():
        raise ValueError("the points should rise and the values lie above zero")
    rates = np.diff(np.log(values)) / np.diff(at)
    return kind_of(np.diff(rates) / (at[2:] - at[:-2]), tolerance)


def one_family(feedback: float = 0.2, rate: float = 1.0) -> pd.DataFrame:
    """Draw the family V' = rate * V**(1 + feedback), from sub- to super-exponential.

    The growth rate is rate * V**feedback, so its sign of change is the sign of the feedback:
    -1 gives a straight line, 0 an exponential, and above 0 a hyperbola, which is infinite at
    I = 1 / (feedback * rate).

    Parameters
    ----------
    feedback : float
        Elasticity of the growth rate to value.
    rate : float
        Growth rate at I = 0, above zero.

    Returns
    -------
    pandas.DataFrame
        ``intelligence`` (0 to 3), ``exponential`` (feedback 0), ``value``, ``growth_rate`` and
        ``curvature``; missing at and beyond the point where value is infinite.
    """
    _positive(rate=rate)
    at = np.linspace(0, 3, 61)
    left = 1 - feedback * rate * at
    left = np.where(left > 0, left, np.nan)
    log_value = rate * at if feedback == 0 else -np.log(left) / feedback
    return pd.DataFrame(
        {
            "intelligence": at,
            "exponential": np.exp(rate * at),
            "value": np.exp(log_value),
            "growth_rate": rate / left,
            "curvature": feedback * (rate / left) ** 2,
        }
    )


# ---------------------------------------------------------------------------------------------
# 2. the scale


def bend(scale: ArrayLike, amount: float, low: float, high: float) -> np.ndarray:
    """Bend a scale through two fixed points.

    With u = (scale - low) / (high - low) the bent scale is
    low + (high - low) * (exp(amount * u) - 1) / (exp(amount) - 1).
    It rises with the old one, leaves ``low`` and ``high`` where they are, and keeps the unit.
    An amount above zero stretches the upper part and makes ln V less convex; one below zero
    stretches the lower part and makes it more convex; zero changes nothing.

    Parameters
    ----------
    scale : array
        Scores on the old scale; they may lie outside the fixed points.
    amount : float
        How strongly to bend. A unit at ``high`` becomes exp(amount) times as long as one at
        ``low``.
    low, high : float
        Fixed points, ``low`` below ``high``.

    Returns
    -------
    numpy.ndarray
        Scores on the bent scale, of the same shape.

    Raises
    ------
    ValueError
        If the fixed points do not rise or the amount is not finite.
    """
    u = _from_low(scale, amount, low, high)
    bent = u if abs(amount) < _NO_BEND else np.expm1(amount * u) / np.expm1(amount)
    return low + (high - low) * bent


def _from_low(scale: ArrayLike, amount: float, low: float, high: float) -> np.ndarray:
    if not high > low:
        raise ValueError(f"the fixed points {low:g} and {high:g} should rise")
    if not math.isfinite(amount):
        raise ValueError(f"the amount {amount} of a bend should be finite")
    return (np.asarray(scale, dtype=float) - low) / (high - low)


def derivatives_on_bent_scale(
    slope: ArrayLike,
    curvature: ArrayLike,
    scale: ArrayLike,
    amount: float,
    low: float,
    high: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Return slope and curvature of ln V on a bent scale from those on the old one.

    With J = bend(I) and J' = dJ / dI, the chain rule gives slope / J' and
    (curvature - slope * amount / (high - low)) / J'**2, because J'' / J' = amount / (high - low)
    is the same everywhere.

    Parameters
    ----------
    slope, curvature : array
        (ln V)' and (ln V)'' on the old scale, per unit and per unit squared.
    scale : array
        Where on the old scale.
    amount, low, high : float
        As :func:`bend` takes them.

    Returns
    -------
    slope, curvature : numpy.ndarray
        On the bent scale.
    """
    u = _from_low(scale, amount, low, high)
    stretch = (
        np.ones_like(u)
        if abs(amount) < _NO_BEND
        else amount * np.exp(amount * u) / math.expm1(amount)
    )
    rate = np.asarray(slope, dtype=float)
    new = np.asarray(curvature, dtype=float) - rate * amount / (high - low)
    return rate / stretch, new / stretch**2


def straightening_bend(
    slope: ArrayLike, curvature: ArrayLike, low: float, high: float
) -> np.ndarray:
    """Return the bend at which the curvature of ln V is zero at a point.

    Parameters
    ----------
    slope, curvature : array
        (ln V)' and (ln V)'' on the old scale at the point; the slope is not zero.
    low, high : float
        Fixed points of :func:`bend`.

    Returns
    -------
    numpy.ndarray
        (high - low) * curvature / slope. It is the same at every point only if ln V is a constant
        plus a multiple of exp(amount * u), which that bend makes straight throughout.

    Raises
    ------
    ValueError
        If a slope is zero: no bend changes the curvature there.
    """
    _from_low(low, 0.0, low, high)
    rate = np.asarray(slope, dtype=float)
    if (rate == 0).any():
        raise ValueError("where the slope of ln V is zero no bend changes its curvature")
    return (high - low) * np.asarray(curvature, dtype=float) / rate


def rescaled(log_value: ArrayLike, wanted: str = EXPONENTIAL, strength: float = 2.0) -> np.ndarray:
    """Return the scale on which a given rising curve is of the wanted kind.

    For any strictly rising V the scale J = f(ln V), with f the inverse of a convex, straight or
    concave curve, makes ln V that curve in J.

    Parameters
    ----------
    log_value : array, shape (n,)
        ln V along any scale, strictly rising.
    wanted : str
        ``"super-exponential"``, ``"exponential"`` or ``"sub-exponential"``.
    strength : float
        How strong the curvature should be, above zero.

    Returns
    -------
    numpy.ndarray, shape (n,)
        The new scale, from 0 at the first point to 1 at the last.

    Raises
    ------
    ValueError
        If ln V does not rise or the kind is unknown.
    """
    _positive(strength=strength)
    logs = np.asarray(log_value, dtype=float)
    if logs.ndim != 1 or logs.size < 2 or not (np.diff(logs) > 0).all():
        raise ValueError("ln V should rise from point to point")
    amounts = {SUPER: strength, EXPONENTIAL: 0.0, SUB: -strength}
    if wanted not in amounts:
        raise ValueError(f"{wanted!r} is not one of {', '.join(amounts)}")
    height = (logs - logs[0]) / (logs[-1] - logs[0])
    amount = amounts[wanted]
    return height if amount == 0 else np.log1p(height * np.expm1(amount)) / amount


def one_curve_three_scales(strength: float = 2.0) -> pd.DataFrame:
    """Show the same values on three scales, on which they are of three kinds.

    Parameters
    ----------
    strength : float
        As :func:`rescaled` takes it.

    Returns
    -------
    pandas.DataFrame
        ``kind``, ``intelligence`` (0 to 1 on the first scale), ``scale`` (0 to 1 on the new one),
        ``value`` (1 to 100).
    """
    at = np.linspace(0, 1, 41)
    value = 100.0**at
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "kind": kind,
                    "intelligence": at,
                    "scale": rescaled(np.log(value), kind, strength),
                    "value": value,
                }
            )
            for kind in (SUPER, EXPONENTIAL, SUB)
        ],
        ignore_index=True,
    )


def bent_scale(amount: float = 0.0, straight_at: float = 1.0, total: float = 100.0) -> pd.DataFrame:
    """Show one curve of value on a scale that is bent.

    ln V rises by ln(total) over the scale and is straight on the scale bent by ``straight_at``, so
    that its curvature has the sign of ``straight_at - amount`` everywhere.

    Parameters
    ----------
    amount : float
        Bend of the scale on which to look.
    straight_at : float
        Bend of the scale on which value is exponential.
    total : float
        Value at the upper fixed point over value at the lower one, above 1.

    Returns
    -------
    pandas.DataFrame
        ``intelligence`` (0 to 1), ``value``, ``slope_before`` and ``curvature_before`` (of ln V on
        the old scale), ``scale`` (the bent one, 0 to 1), ``growth_rate`` and ``curvature`` (on
        the bent scale).
    """
    if not total > 1:
        raise ValueError(f"total is {total:g}; value should rise, so it lies above 1")
    at = np.linspace(0, 1, 41)
    height = math.log(total)
    straight = bend(at, straight_at, 0, 1)
    one = np.ones_like(at)
    # on the straight scale ln V is a line; go back from there by the bend turned round
    stretch = 1 / derivatives_on_bent_scale(one, 0 * one, at, straight_at, 0, 1)[0]
    slope = height * stretch
    curvature = slope * straight_at
    rate, curve = derivatives_on_bent_scale(slope, curvature, at, amount, 0, 1)
    return pd.DataFrame(
        {
            "intelligence": at,
            "value": np.exp(height * straight),
            "slope_before": slope,
            "curvature_before": curvature,
            "scale": bend(at, amount, 0, 1),
            "growth_rate": rate,
            "curvature": curve,
        }
    )


# ---------------------------------------------------------------------------------------------
# 3. intelligence is the logarithm of resources


def elasticity_to_resources(growth_rate: ArrayLike, log_slope: float) -> np.ndarray:
    """Return the elasticity of value to resources, d ln V / d ln R, when I = a ln R.

    Parameters
    ----------
    growth_rate : array
        (ln V)' per unit of I.
    log_slope : float
        a: units of I for each factor e in resources. Divide units per tenfold by ln 10.

    Returns
    -------
    numpy.ndarray
        a * (ln V)'. Its derivative with respect to ln R is a**2 * (ln V)''.
    """
    return log_slope * np.asarray(growth_rate, dtype=float)


def value_of_resources(elasticity: float = 0.5, rise: float = 0.1) -> pd.DataFrame:
    """Draw value against resources when intelligence is the logarithm of resources.

    Parameters
    ----------
    elasticity : float
        d ln V / d ln R at the start.
    rise : float
        What each tenfold of resources adds to the elasticity: above zero super-exponential in
        intelligence, zero exponential, which is a power law in resources.

    Returns
    -------
    pandas.DataFrame
        ``tenfolds`` (of resources, 0 to 6), ``resources``, ``power_law`` (no rise), ``value``,
        ``elasticity``, ``next_tenfold`` (what a further tenfold multiplies value by).
    """
    at = np.linspace(0, 6, 61)
    return pd.DataFrame(
        {
            "tenfolds": at,
            "resources": 10.0**at,
            "power_law": 10.0 ** (elasticity * at),
            "value": 10.0 ** (elasticity * at + rise * at**2 / 2),
            "elasticity": elasticity + rise * at,
            "next_tenfold": 10.0 ** (elasticity + rise * at + rise / 2),
        }
    )


# ---------------------------------------------------------------------------------------------
# 4. investment that pays for itself


def blow_up_years(elasticity: float, level: float, depreciation: float) -> float:
    """Return the years until resources become infinite in :func:`reinvestment`.

    Parameters
    ----------
    elasticity, level, depreciation : float
        As :func:`reinvestment` takes them.

    Returns
    -------
    float
        Infinite unless the elasticity lies above one and the level above the depreciation.
    """
    _positive(level=level, depreciation=depreciation)
    if elasticity <= 1 or level <= depreciation:
        return math.inf
    return -math.log1p(-depreciation / level) / (depreciation * (elasticity - 1))


def reinvestment(
    elasticity: float = 1.0,
    level: float = 0.3,
    depreciation: float = 0.2,
    years: Sequence[float] | np.ndarray | None = None,
) -> pd.DataFrame:
    """Follow resources that grow by a part of the value they make: dR/dt = s V(R) - d R.

    With V(R) = A R**elasticity and R = 1 today, x = R**(1 - elasticity) obeys a linear equation:
    x = level / d + (1 - level / d) * exp(-d * (1 - elasticity) * t).

    Parameters
    ----------
    elasticity : float
        d ln V / d ln R, the same at all R.
    level : float
        s V / R today: what is reinvested a year for each unit of resources, above zero.
    depreciation : float
        d: share of resources that wears out a year, in logarithms, above zero.
    years : array, optional
        0 to 20 in quarters if not given.

    Returns
    -------
    pandas.DataFrame
        ``years``, ``transformed`` (x above), ``resources`` (1 today), ``growth_rate`` (of R, per
        year, in logarithms) and ``yearly_return`` (s V / R); missing once resources are infinite.
    """
    _positive(level=level, depreciation=depreciation)
    at = np.linspace(0, 20, 81) if years is None else np.asarray(years, dtype=float)
    start = level / depreciation
    with np.errstate(over="ignore", invalid="ignore"):
        gap = (1 - start) * np.exp(-depreciation * (1 - elasticity) * at)
        transformed = start + np.where(start == 1, 0.0, gap)
        usable = np.where(transformed > 0, transformed, np.nan)
        if elasticity == 1:
            resources = np.exp((level - depreciation) * at)
        else:
            resources = usable ** (1 / (1 - elasticity))
    return pd.DataFrame(
        {
            "years": at,
            "transformed": transformed,
            "resources": resources,
            "growth_rate": level / usable - depreciation,
            "yearly_return": level / usable,
        }
    )


#: The outcome in a cell of :func:`phases` as a page computes it from a slider ``depreciation``.
PHASE_EXPRESSION = (
    "['shrinks', 'slows to a stop', 'takes off'][(datum.level > depreciation)"
    " * (1 + (datum.elasticity > 1))]"
)

#: What can become of resources in :func:`reinvestment`.
OUTCOMES = ("takes off", "grows for ever", "slows to a stop", "stands still", "shrinks")


def outcome(elasticity: float, level: float, depreciation: float) -> str:
    """Name what becomes of resources in :func:`reinvestment`.

    Parameters
    ----------
    elasticity, level, depreciation : float
        As :func:`reinvestment` takes them.

    Returns
    -------
    str
        One of :data:`OUTCOMES`. "takes off": growth that speeds up; "grows for ever": at the same
        rate; "slows to a stop": towards a larger but finite amount; "shrinks": towards a smaller
        amount, which is zero if the elasticity is one or more.
    """
    _positive(level=level, depreciation=depreciation)
    if level == depreciation:
        return "stands still"
    if level < depreciation:
        return "shrinks"
    if elasticity == 1:
        return "grows for ever"
    return "takes off" if elasticity > 1 else "slows to a stop"


def phases(
    depreciation: float = 0.2,
    elasticities: Sequence[float] | np.ndarray | None = None,
    levels: Sequence[float] | np.ndarray | None = None,
) -> pd.DataFrame:
    """Draw the map of elasticity and level: where does reinvestment sustain growth?

    Parameters
    ----------
    depreciation : float
        As :func:`reinvestment` takes it.
    elasticities, levels : array, optional
        Middles of the map's cells; 0.25 to 1.75 and 0.05 to 0.55 if not given.

    Returns
    -------
    pandas.DataFrame
        One row a cell: ``elasticity``, ``level``, ``outcome``, ``growth_now`` (per year, in
        logarithms), ``rests_at`` (amount at which R stands still, today 1; missing if none),
        ``blow_up_years`` (infinite if never).
    """
    first = np.arange(25, 176, 6) / 100 if elasticities is None else np.asarray(elasticities)
    second = np.arange(5, 56, 3) / 100 + 0.005 if levels is None else np.asarray(levels)
    rows = []
    for elasticity in first.tolist():
        for level in second.tolist():
            rests = math.nan
            if elasticity != 1:
                rests = math.exp(math.log(level / depreciation) / (1 - elasticity))
            rows.append(
                {
                    "elasticity": elasticity,
                    "level": level,
                    "outcome": outcome(elasticity, level, depreciation),
                    "growth_now": level - depreciation,
                    "rests_at": rests,
                    "blow_up_years": blow_up_years(elasticity, level, depreciation),
                }
            )
    return pd.DataFrame(rows)


@dataclass(frozen=True)
class Economy:
    """A case of reinvestment with its own shape of value.

    Attributes
    ----------
    name : str
    kind : str
        Of value in intelligence, with I = ln R: as :func:`kind_of`.
    log_return : callable
        ln(s V(R) / R) as a function of ln R.
    elasticity : callable
        d ln V / d ln R as a function of ln R.
    sustained : bool
        Whether growth goes on for ever, by the theorem.
    why : str
        In one sentence.
    """

    name: str
    kind: str
    log_return: Callable[[np.ndarray], np.ndarray]
    elasticity: Callable[[np.ndarray], np.ndarray]
    sustained: bool
    why: str


def _rising(low: float, high: float, middle: float, level: float) -> tuple[Callable, Callable]:
    """Return log return and elasticity when the elasticity climbs from low to high."""
    below = float(softplus(-middle))
    return (
        lambda x: math.log(level) + (low - 1) * x + (high - low) * (softplus(x - middle) - below),
        lambda x: low + (high - low) * logistic(x - middle),
    )


def economies() -> tuple[Economy, ...]:
    """Return cases that show that super-exponential is neither necessary nor sufficient.

    All start at R = 1, and depreciation is 0.1 a year.
    """
    return (
        Economy(
            "exponential",
            EXPONENTIAL,
            lambda x: math.log(0.3) + 0 * x,
            lambda x: 1 + 0 * x,
            True,
            "The elasticity is one and the return stays at 0.3 a year.",
        ),
        Economy(
            "sub-exponential, elasticity falls to one",
            SUB,
            lambda x: math.log(0.2) + np.log(2 - np.exp(-x)),
            lambda x: 1 + 1 / (2 * np.exp(x) - 1),
            True,
            "The elasticity falls, but never below one, so the return never falls.",
        ),
        Economy(
            "super-exponential, elasticity rises to one",
            SUPER,
            lambda x: math.log(0.2) + softplus(-x),
            lambda x: logistic(x),
            True,
            "The elasticity is always below one, but the return falls only to 0.2 a year.",
        ),
        Economy(
            "super-exponential, elasticity rises to 0.9",
            SUPER,
            *_rising(0.2, 0.9, 2.0, 0.3),
            False,
            "The return falls until it only pays for wear.",
        ),
        Economy(
            "super-exponential, level too low",
            SUPER,
            *_rising(1.1, 1.6, 0.0, 0.08),
            False,
            "The elasticity is above one, but the return does not pay for wear.",
        ),
        Economy(
            "super-exponential, caught in the valley",
            SUPER,
            *_rising(0.5, 1.5, 4.0, 0.3),
            False,
            "Growth stops before the elasticity reaches one.",
        ),
        Economy(
            "super-exponential, crosses the valley",
            SUPER,
            *_rising(0.5, 1.5, 4.0, 0.5),
            True,
            "The same shape with a higher level: the lowest return still pays for wear.",
        ),
    )


def simulate_reinvestment(
    log_return: Callable[[np.ndarray], np.ndarray],
    depreciation: float = 0.1,
    start: float = 1.0,
    years: float = 40.0,
    steps: int = 400,
    largest: float = 1e6,
) -> pd.DataFrame:
    """Follow dR/dt = s V(R) - d R for any V, by the Runge-Kutta rule of order four in ln R.

    Parameters
    ----------
    log_return : callable
        ln(s V(R) / R) as a function of ln R.
    depreciation : float
        d, per year, not below zero.
    start : float
        R at the start, above zero.
    years : float
        How long, above zero.
    steps : int
        Number of steps of equal length.
    largest : float
        Above this amount the path is cut, since it may become infinite in finite time.

    Returns
    -------
    pandas.DataFrame
        ``years``, ``resources`` and ``growth_rate`` (per year, in logarithms); missing after the
        cut.
    """
    _positive(start=start, years=years, largest=largest, steps=steps)
    if not depreciation >= 0:
        raise ValueError(f"depreciation is {depreciation:g}; it should not lie below zero")
    step = years / steps
    limit = math.log(largest)

    def growth(x: float) -> float:
        return math.exp(min(float(log_return(x)), 700.0)) - depreciation

    path = np.full(steps + 1, np.nan)
    path[0] = x = math.log(start)
    for place in range(1, steps + 1):
        first = growth(x)
        second = growth(x + step / 2 * first)
        third = growth(x + step / 2 * second)
        fourth = growth(x + step * third)
        x += step / 6 * (first + 2 * second + 2 * third + fourth)
        if not x <= limit:
            break
        path[place] = x
    at = np.linspace(0, years, steps + 1)
    rates = np.array([growth(x) if math.isfinite(x) else math.nan for x in path])
    return pd.DataFrame({"years": at, "resources": np.exp(path), "growth_rate": rates})


def counterexamples(years: float = 80.0, steps: int = 320) -> pd.DataFrame:
    """Simulate :func:`economies`: what sustains growth is not that value is super-exponential.

    Parameters
    ----------
    years : float
        How long to follow each case.
    steps : int
        Steps of the simulation; every fourth one is kept.

    Returns
    -------
    pandas.DataFrame
        One row for each case and time: ``case``, ``kind``, ``sustained`` (by the theorem),
        ``why``, ``years``, ``resources`` (1 at the start), ``growth_rate`` and ``elasticity``.
    """
    parts = []
    for case in economies():
        path = simulate_reinvestment(case.log_return, years=years, steps=steps).iloc[::4]
        parts.append(
            path.assign(
                case=case.name,
                kind=case.kind,
                sustained=case.sustained,
                why=case.why,
                elasticity=case.elasticity(np.log(path["resources"].to_numpy())),
            )
        )
    columns = ["case", "kind", "sustained", "why", "years", "resources", "growth_rate"]
    return pd.concat(parts, ignore_index=True)[[*columns, "elasticity"]]


# ---------------------------------------------------------------------------------------------
# 5. a finite economy


def longest_until_whole(
    share: ArrayLike, growth: ArrayLike, world_growth: float = 0.0, curvature: float = 0.0
) -> np.ndarray:
    """Return the longest time for which a log-convex value can stay below the whole.

    The least t > 0 with ln(share) + (growth - world_growth) t + curvature t**2 / 2 = 0.

    Parameters
    ----------
    share : array
        Of the whole today, between 0 and 1.
    growth : array
        Growth rate of the value today, in logarithms per unit of time (or of I).
    world_growth : float
        Growth rate of the whole, in the same unit.
    curvature : float
        A lower bound of (ln V)'', not below zero. Zero is the slowest log-convex case.

    Returns
    -------
    numpy.ndarray
        In the unit of time; infinite if value never outgrows the whole.

    Raises
    ------
    ValueError
        If a share is not between 0 and 1 or the curvature lies below zero.
    """
    shares = np.asarray(share, dtype=float)
    if not ((shares > 0) & (shares < 1)).all():
        raise ValueError("a share of the whole should lie between 0 and 1")
    if not curvature >= 0:
        raise ValueError(f"curvature is {curvature:g}: below zero the value is not log-convex")
    ahead = np.asarray(growth, dtype=float) - world_growth
    missing = -np.log(shares)
    if curvature == 0:
        with np.errstate(divide="ignore"):
            return np.where(ahead > 0, missing / np.where(ahead > 0, ahead, 1.0), np.inf)
    root = np.sqrt(ahead**2 + 2 * curvature * missing)
    # the same root in two writings, of which each is free of cancellation on one side of zero
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(ahead > 0, 2 * missing / (ahead + root), (root - ahead) / curvature)


def share_of_output(
    times_a_year: float = 2.0,
    share_percent: float = 0.1,
    speeding_up: float = 0.0,
    world_times_a_year: float = 1.05,
) -> pd.DataFrame:
    """Draw the share that a log-convex value takes of a growing whole.

    Parameters
    ----------
    times_a_year : float
        Factor by which the value grows a year today, above zero.
    share_percent : float
        Of the whole today, in per cent, between 0 and 100.
    speeding_up : float
        Rise of the growth rate, in logarithms per year squared; zero is the slowest case that is
        log-convex.
    world_times_a_year : float
        Factor by which the whole grows a year, above zero.

    Returns
    -------
    pandas.DataFrame
        ``years`` (0 to 20), ``percent`` (of the whole, also above 100, where the assumptions
        contradict each other) and ``latest`` (years until 100, the same in all rows).
    """
    _positive(times_a_year=times_a_year, world_times_a_year=world_times_a_year)
    at = np.linspace(0, 20, 81)
    growth = math.log(times_a_year)
    world = math.log(world_times_a_year)
    latest = longest_until_whole(share_percent / 100, growth, world, speeding_up)
    return pd.DataFrame(
        {
            "years": at,
            "percent": share_percent * np.exp((growth - world) * at + speeding_up * at**2 / 2),
            "latest": float(latest),
        }
    )


# ---------------------------------------------------------------------------------------------
# 6. a sum of different exponentials


def curvature_decomposition(
    values: ArrayLike, rates: ArrayLike, curvatures: ArrayLike | None = None
) -> pd.DataFrame:
    """Split the curvature of the logarithm of a sum into what its parts do and who they are.

    With V = sum of V_i, shares w_i = V_i / V and rates r_i = (ln V_i)':
    (ln V)'' = sum w_i (ln V_i)'' + sum w_i (r_i - sum w_j r_j)**2, exactly.

    Parameters
    ----------
    values : array, shape (n, k) or (k,)
        Value of k parts at n points, not below zero and not all zero.
    rates : array, of the same shape or (k,)
        (ln V_i)'.
    curvatures : array, of the same shape or (k,), optional
        (ln V_i)''; zero, so exponential parts, if not given.

    Returns
    -------
    pandas.DataFrame
        One row a point: ``total``, ``rate`` and ``curvature`` (of the logarithm of the sum),
        ``own`` (share-weighted curvature of the parts) and ``composition`` (share-weighted
        variance of the rates, never below zero).

    Raises
    ------
    ValueError
        If the shapes do not agree or a value lies below zero.
    """
    parts = np.atleast_2d(np.asarray(values, dtype=float))
    if parts.ndim != 2:
        raise ValueError("values should have a row for each point and a column for each part")
    try:
        speed = np.broadcast_to(np.asarray(rates, dtype=float), parts.shape)
        bends = np.broadcast_to(
            np.asarray(0.0 if curvatures is None else curvatures, dtype=float), parts.shape
        )
    except ValueError as error:
        raise ValueError(
            f"rates and curvatures should have the shape of the values: {error}"
        ) from None
    total = parts.sum(axis=1)
    if not ((parts >= 0).all() and (total > 0).all()):
        raise ValueError("values should not lie below zero, nor all be zero")
    weights = parts / total[:, None]
    rate = (weights * speed).sum(axis=1)
    own = (weights * bends).sum(axis=1)
    composition = (weights * (speed - rate[:, None]) ** 2).sum(axis=1)
    return pd.DataFrame(
        {
            "total": total,
            "rate": rate,
            "curvature": own + composition,
            "own": own,
            "composition": composition,
        }
    )


def logarithmic_mean(one: ArrayLike, other: ArrayLike) -> np.ndarray:
    """Return (one - other) / (ln one - ln other), and the number itself if both are equal.

    Parameters
    ----------
    one, other : array
        Above zero. The mean lies between the geometric and the arithmetic one.
    """
    first, second = np.broadcast_arrays(
        np.asarray(one, dtype=float), np.asarray(other, dtype=float)
    )
    if not ((first > 0).all() and (second > 0).all()):
        raise ValueError("a logarithmic mean needs numbers above zero")
    half = np.log(first / second) / 2
    # sqrt(one * other) * sinh(half) / half, which does not cancel when they are close
    small = np.abs(half) < 1e-4
    ratio = np.where(small, 1 + half**2 / 6, np.sinh(half) / np.where(small, 1.0, half))
    return np.sqrt(first) * np.sqrt(second) * ratio


def stepwise_curvature_decomposition(times: ArrayLike, values: ArrayLike) -> pd.DataFrame:
    """Split the change of a sum's growth rate between two steps, from figures alone.

    The growth rate of the sum over a step is exactly the mean of its parts' rates, weighted by
    logarithmic means of their values (Vartia 1976).
    The change of that rate is then split at the mean of both steps: change of the parts' rates at
    mean weights, and change of the weights at mean rates.

    Parameters
    ----------
    times : array, shape (n,)
        Rising, at least three, in any spacing.
    values : array, shape (n, k)
        k parts, above zero.

    Returns
    -------
    pandas.DataFrame
        One row for each of the n - 2 inner times: ``time``, ``rate_before``, ``rate_after`` (of
        the sum, in logarithms per unit of time), ``curvature`` (their difference over the time
        between the middles of both steps), ``own`` and ``composition``, which add up to it.

    Raises
    ------
    ValueError
        If there are fewer than three times, they do not rise, or a value is not above zero.
    """
    at = np.asarray(times, dtype=float)
    parts = np.asarray(values, dtype=float)
    if at.ndim != 1 or at.size < 3 or parts.ndim != 2 or len(parts) != at.size:
        raise ValueError("give at least three times and, for each, a row with a value a part")
    if not (np.diff(at) > 0).all() or not (parts > 0).all():
        raise ValueError("times should rise and values lie above zero")
    gaps = np.diff(at)
    total = parts.sum(axis=1)
    rates = np.diff(np.log(parts), axis=0) / gaps[:, None]
    weights = logarithmic_mean(parts[1:], parts[:-1])
    weights = weights / logarithmic_mean(total[1:], total[:-1])[:, None]
    between = (gaps[1:] + gaps[:-1]) / 2
    rate = np.diff(np.log(total)) / gaps
    mean_weights, mean_rates = (weights[1:] + weights[:-1]) / 2, (rates[1:] + rates[:-1]) / 2
    return pd.DataFrame(
        {
            "time": at[1:-1],
            "rate_before": rate[:-1],
            "rate_after": rate[1:],
            "curvature": np.diff(rate) / between,
            "own": (mean_weights * np.diff(rates, axis=0)).sum(axis=1) / between,
            "composition": (np.diff(weights, axis=0) * mean_rates).sum(axis=1) / between,
        }
    )


def two_exponentials(
    gap: float = 1.0, share_percent: float = 5.0, slow: float = 0.5
) -> pd.DataFrame:
    """Draw the sum of two exponentials: nothing in it bends, and the sum does.

    Parameters
    ----------
    gap : float
        Growth rate of the fast part minus that of the slow one, in logarithms per year.
    share_percent : float
        Share of the fast part at the start, in per cent, between 0 and 100.
    slow : float
        Growth rate of the slow part, in logarithms per year.

    Returns
    -------
    pandas.DataFrame
        ``years`` (0 to 10), ``slow_part``, ``fast_part``, ``total`` (1 at the start),
        ``growth_rate`` (of the total, between the two rates), ``curvature`` (all of it
        composition, largest where both parts are equal: gap**2 / 4).
    """
    _share(share_percent=share_percent / 100)
    at = np.linspace(0, 10, 81)
    share = share_percent / 100
    parts = np.column_stack([(1 - share) * np.exp(slow * at), share * np.exp((slow + gap) * at)])
    split = curvature_decomposition(parts, np.array([slow, slow + gap]))
    return pd.DataFrame(
        {
            "years": at,
            "slow_part": parts[:, 0],
            "fast_part": parts[:, 1],
            "total": split["total"],
            "growth_rate": split["rate"],
            "curvature": split["curvature"],
        }
    )


# ---------------------------------------------------------------------------------------------
# 7. chains and weak links


#: What the length of a chosen chain is: at its shortest, free, or at its longest.
_PARTS = ("one step", "longer and longer", "longest")


def success(skill: ArrayLike) -> np.ndarray:
    """Return the chance that one step succeeds when skill is measured in logits."""
    return logistic(skill)


def hazard(skill: ArrayLike) -> np.ndarray:
    """Return -ln of the chance that one step succeeds; a chain of n lasts with exp(-n * hazard)."""
    return softplus(-np.asarray(skill, dtype=float))


def chain_horizon(skill: ArrayLike, chance: float = 0.5) -> np.ndarray:
    """Return how many steps a chain may have to succeed with a given chance.

    Parameters
    ----------
    skill : array
        Logits of success in one step.
    chance : float
        Between 0 and 1; 0.5 gives the 50% horizon.

    Returns
    -------
    numpy.ndarray
        -ln(chance) / hazard, in steps, not rounded.
    """
    _share(chance=chance)
    return -math.log(chance) / hazard(skill)


def fixed_chain(length: float = 10.0) -> pd.DataFrame:
    """Draw the value of a chain of fixed length in which every step must succeed.

    Parameters
    ----------
    length : float
        Steps, above zero.

    Returns
    -------
    pandas.DataFrame
        ``skill`` (logits, -4 to 8), ``value`` (q**length), ``growth_rate``
        (length * (1 - q)) and ``curvature`` (-length * q * (1 - q), never above zero).
    """
    _positive(length=length)
    skill = np.linspace(-4, 8, 121)
    q = success(skill)
    return pd.DataFrame(
        {
            "skill": skill,
            "value": np.exp(-length * hazard(skill)),
            "growth_rate": length * success(-skill),
            "curvature": -length * q * success(-skill),
        }
    )


def best_length(
    skill: ArrayLike,
    return_to_length: float = 1.0,
    shortest: float = 0.0,
    longest: float = math.inf,
) -> np.ndarray:
    """Return the length of chain that is worth most, n**return_to_length * q**n.

    Parameters
    ----------
    skill : array
        Logits of success in one step.
    return_to_length : float
        b: elasticity of the worth of a completed chain to its length, above zero.
    shortest, longest : float
        What lengths there are. Lengths need not be whole.

    Returns
    -------
    numpy.ndarray
        b / hazard, kept between the ends. Between them the best chain succeeds with the chance
        exp(-b) at any skill: better workers get longer chains, not safer ones.

    Raises
    ------
    ValueError
        If the return is not above zero or the ends do not rise.
    """
    _positive(return_to_length=return_to_length)
    if not 0 <= shortest < longest:
        raise ValueError(f"lengths from {shortest:g} to {longest:g} are no range")
    return np.clip(return_to_length / hazard(skill), shortest, longest)


def chosen_chain_value(
    skill: ArrayLike,
    return_to_length: float = 1.0,
    shortest: float = 0.0,
    longest: float = math.inf,
) -> pd.DataFrame:
    """Return the value of the best chain and its derivatives.

    Parameters
    ----------
    skill : array, shape (n,)
        Logits of success in one step.
    return_to_length, shortest, longest : float
        As :func:`best_length` takes them.

    Returns
    -------
    pandas.DataFrame
        ``skill``, ``length``, ``log_value`` (b ln n - n * hazard), ``growth_rate`` (n (1 - q), by
        the envelope theorem) and ``curvature``: b L (L - q) with L = (1 - q) / hazard, the
        logarithmic mean of 1 and q, where the length is free, -n q (1 - q) at an end.
    """
    at = np.atleast_1d(np.asarray(skill, dtype=float))
    rate, q, miss = hazard(at), success(at), success(-at)
    length = best_length(at, return_to_length, shortest, longest)
    free = return_to_length / rate
    inside = (free > shortest) & (free < longest)
    mean = miss / rate
    return pd.DataFrame(
        {
            "skill": at,
            "length": length,
            "log_value": return_to_length * np.log(length) - length * rate,
            "growth_rate": length * miss,
            "curvature": np.where(inside, return_to_length * mean * (mean - q), -length * q * miss),
        }
    )


def share_of_limit(steps: ArrayLike, return_to_length: float = 1.0) -> np.ndarray:
    """Return how near the growth rate of the chosen chain has come to its limit.

    Parameters
    ----------
    steps : array
        Length of the best chain, above zero.
    return_to_length : float
        b: elasticity of the worth of a completed chain to its length, above zero.

    Returns
    -------
    numpy.ndarray
        (1 - q) / (-ln q) at the skill at which so many steps are best, where -ln q = b / steps.
        One is the exponential in the limit; before it value is super-exponential.
    """
    length = np.asarray(steps, dtype=float)
    _positive(steps=float(length.min()), return_to_length=return_to_length)
    rate = return_to_length / length
    return -np.expm1(-rate) / rate


def steps_to_limit(share: float = 0.95, return_to_length: float = 1.0) -> float:
    """Return the length of the best chain at which its growth rate has come so near its limit.

    Parameters
    ----------
    share : float
        Of the limit, between 0 and 1.
    return_to_length : float
        As :func:`share_of_limit` takes it.

    Returns
    -------
    float
        In steps, by bisection; proportional to ``return_to_length``.
    """
    _share(share=share)
    _positive(return_to_length=return_to_length)
    low, high = math.log(1e-6), math.log(1e12)
    for _ in range(200):
        middle = (low + high) / 2
        near = float(share_of_limit(math.exp(middle))) >= share
        low, high = (low, middle) if near else (middle, high)
    return return_to_length * math.exp((low + high) / 2)


def best_whole_length(skill: ArrayLike, return_to_length: float = 1.0) -> np.ndarray:
    """Return the whole number of steps, at least one, that is worth most.

    ln of the value is concave in the length, so it is one of the two whole numbers next to the
    best length, or one.

    Parameters
    ----------
    skill : array
        Logits of success in one step.
    return_to_length : float
        As :func:`best_length` takes it.

    Returns
    -------
    numpy.ndarray
        The smaller of two that are worth the same.
    """
    rate = hazard(skill)
    below = np.maximum(np.floor(best_length(skill, return_to_length)), 1.0)
    gain = return_to_length * np.log1p(1 / below) - rate
    return np.where(gain > 0, below + 1, below)


def chosen_chain(return_to_length: float = 1.0, longest_tenfolds: float = 4.0) -> pd.DataFrame:
    """Draw the value of a chain whose length the user picks, from one step to a longest one.

    Parameters
    ----------
    return_to_length : float
        b: elasticity of the worth of a completed chain to its length, above zero.
    longest_tenfolds : float
        log10 of the longest chain that anyone has a use for, above zero.

    Returns
    -------
    pandas.DataFrame
        ``skill`` (logits, -4 to 12), ``hazard``, ``length``, ``value`` (1 is one step that never
        fails), ``growth_rate``, ``curvature`` and ``part``: "one step" (sub-exponential), "longer
        and longer" (super-exponential, its rate tends to b), "longest" (sub-exponential).
    """
    _positive(longest_tenfolds=longest_tenfolds)
    skill = np.linspace(-4, 12, 129)
    longest = 10.0**longest_tenfolds
    table = chosen_chain_value(skill, return_to_length, 1.0, longest)
    free = return_to_length / hazard(skill)
    part = np.asarray(_PARTS)[(free > 1).astype(int) + (free >= longest)]
    return pd.DataFrame(
        {
            "skill": skill,
            "hazard": hazard(skill),
            "length": table["length"],
            "value": np.exp(table["log_value"]),
            "growth_rate": table["growth_rate"],
            "curvature": table["curvature"],
            "part": part,
        }
    )


def weak_link_bound(substitution: float, share: float) -> float:
    """Return how many times output can rise when one input becomes infinite.

    Parameters
    ----------
    substitution : float
        Elasticity of substitution, above zero.
    share : float
        Share of that input in cost at the start, between 0 and 1.

    Returns
    -------
    float
        (1 - share)**(-substitution / (1 - substitution)) below one, infinite from one on.
    """
    _positive(substitution=substitution)
    _share(share=share)
    if substitution >= 1:
        return math.inf
    with np.errstate(over="ignore"):
        return float(np.exp(-substitution / (1 - substitution) * math.log1p(-share)))


def weak_link(substitution: float = 0.5, share_percent: float = 30.0) -> pd.DataFrame:
    """Draw output of two inputs of which one grows exponentially with intelligence.

    Y = (share * exp(rho * I) + 1 - share)**(1 / rho) with rho = 1 - 1 / substitution, so the
    growing input is exp(I), the other stands still, and Y = 1 at I = 0.

    Parameters
    ----------
    substitution : float
        Elasticity of substitution between them, above zero.
    share_percent : float
        Share of the growing input in cost at I = 0, in per cent, between 0 and 100.

    Returns
    -------
    pandas.DataFrame
        ``intelligence`` (0 to 8), ``input`` (exp(I)), ``value`` (Y), ``share`` (of the growing
        input at I, also the growth rate of Y), ``curvature`` (rho * share * (1 - share): the sign
        of substitution - 1) and ``bound`` (what Y stays below; infinite from substitution one on,
        where a page gets a number above 1e20).
    """
    share = share_percent / 100
    bound = weak_link_bound(substitution, share)
    rho = 1 - 1 / substitution
    at = np.linspace(0, 8, 81)
    now = logistic(math.log(share / (1 - share)) + rho * at)
    if rho == 0:
        log_value = share * at
    else:
        log_value = np.logaddexp(math.log(share) + rho * at, math.log1p(-share)) / rho
    return pd.DataFrame(
        {
            "intelligence": at,
            "input": np.exp(at),
            "value": np.exp(log_value),
            "share": now,
            "curvature": rho * now * (1 - now),
            "bound": bound,
        }
    )


# ---------------------------------------------------------------------------------------------
# the statements


@dataclass(frozen=True)
class Slider:
    """A number that the reader of a page can move.

    Attributes
    ----------
    name : str
        Of the parameter, in the expressions and in the table function alike.
    label : str
        What stands beside it, with its unit.
    low, high, step, start : float
    """

    name: str
    label: str
    low: float
    high: float
    step: float
    start: float


@dataclass(frozen=True)
class Statement:
    """A theorem of the chapter, with what it takes to draw it.

    Attributes
    ----------
    key, title : str
    words : str
        The statement in plain words.
    formula : str
        In LaTeX, without dollar signs.
    assumes : str
        What has to hold.
    proof : tuple of str
        A sketch, sentence by sentence.
    table : callable
        Takes the sliders by name and returns the rows of the chart.
    sliders : tuple of Slider
    fixed : tuple of str
        Columns of the table that no slider moves: the data of a live chart.
    expressions : mapping of str to str
        For each other column, in order, the Vega expression that computes it from the fixed ones,
        the sliders and the columns before it; arguments of the table that are no sliders have
        their defaults. Apart from ``pow``, ``max``, ``min`` and the functions of mathematics it
        reads the same in Python. A page embeds data with five digits, so an expression reads only
        columns that lose nothing by it where it would cancel.
    keep : str
        A Vega expression; rows for which it is false are not drawn. Empty: all are.
    """

    key: str
    title: str
    words: str
    formula: str
    assumes: str
    proof: tuple[str, ...]
    table: Callable[..., pd.DataFrame]
    sliders: tuple[Slider, ...]
    fixed: tuple[str, ...]
    expressions: Mapping[str, str]
    keep: str = ""

    def start(self) -> dict[str, float]:
        """Return where the sliders stand when the page opens."""
        return {slider.name: slider.start for slider in self.sliders}

    def live(self) -> pd.DataFrame:
        """Return the rows that a live chart is made from: the fixed columns alone."""
        return self.table(**self.start())[list(self.fixed)]


_BENT = f"(amount + {SHIFT})"
_FED = f"(feedback + {SHIFT})"
_SLOWNESS = f"(1 - elasticity + {SHIFT})"
_RHO = f"(1 - 1 / substitution + {SHIFT})"
_AHEAD = "log(times_a_year / world_times_a_year)"
_MISSING = "log(100 / share_percent)"

STATEMENTS: Mapping[str, Statement] = MappingProxyType(
    {
        statement.key: statement
        for statement in (
            Statement(
                key="definition",
                title="What super-exponential means",
                words="Value is super-exponential in intelligence on an interval if and only if "
                "the logarithm of value is strictly convex there: each further point of "
                "intelligence multiplies value by more than the point before.",
                formula=r"(\ln V)''(I) > 0 \iff \frac{V'(I)}{V(I)} \text{ rises with } I",
                assumes="Value is above zero and smooth. The curvature may be zero at single "
                "points.",
                proof=(
                    "The growth rate of value per point of intelligence is the slope of ln V.",
                    "A smooth function is strictly convex exactly when its slope rises.",
                    "Over equal steps of intelligence the change of ln V then grows, and that "
                    "change is the logarithm of the factor.",
                    "If the growth rate is a power m of value itself, it rises when m is above "
                    "zero, stays when m is zero, and falls when m is below zero.",
                ),
                table=one_family,
                sliders=(
                    Slider(
                        "feedback", "Growth rate rises with value to the power", -1, 0.3, 0.05, 0.2
                    ),
                ),
                fixed=("intelligence", "exponential"),
                expressions={
                    "value": f"pow(1 - {_FED} * datum.intelligence, -1 / {_FED})",
                    "growth_rate": "1 / (1 - feedback * datum.intelligence)",
                    "curvature": "feedback * pow(datum.growth_rate, 2)",
                },
            ),
            Statement(
                key="scale",
                title="Without a scale the claim is empty",
                words="Only a change of unit and of zero is sure to keep the sign of the curvature "
                "of ln V. On some other scale that puts the same models in the same order, the "
                "same values are exponential, and on a third they are sub-exponential.",
                formula=r"\frac{d^2 \ln V}{dJ^2} = \frac{1}{g'^2}\left( (\ln V)'' - "
                r"\frac{g''}{g'} (\ln V)' \right), \quad J = g(I)",
                assumes="Value rises strictly and smoothly with intelligence, and the new scale "
                "rises with the old one.",
                proof=(
                    "The formula is the chain rule, applied twice.",
                    "If g is a straight line, g'' is zero and the sign stays.",
                    "If g'' is not zero at a point, take an exponential value: its curvature there "
                    "was zero and now has the sign of minus g''. So no other change keeps every "
                    "sign.",
                    "Take ln V itself as the scale: on it ln V is straight. From there a convex or "
                    "a concave bend gives either sign.",
                ),
                table=bent_scale,
                sliders=(Slider("amount", "Bend of the scale", -3, 3, 0.1, 0),),
                fixed=("intelligence", "value"),
                expressions={
                    "slope_before": "log(100) * exp(datum.intelligence) / (exp(1) - 1)",
                    "curvature_before": "datum.slope_before",
                    "scale": f"(exp({_BENT} * datum.intelligence) - 1) / (exp({_BENT}) - 1)",
                    "growth_rate": f"datum.slope_before * (exp({_BENT}) - 1) / {_BENT}"
                    f" * exp(-{_BENT} * datum.intelligence)",
                    "curvature": "(datum.curvature_before - amount * datum.slope_before)"
                    " * pow(datum.growth_rate / datum.slope_before, 2)",
                },
            ),
            Statement(
                key="resources",
                title="In resources it is a statement about an elasticity",
                words="If intelligence is the logarithm of resources, as the first observation "
                "says, then value is super-exponential in intelligence exactly when the "
                "elasticity of value to resources rises with resources. Exponential in "
                "intelligence is no more than a power law in resources.",
                formula=r"I = a \ln R: \quad \varepsilon = \frac{d \ln V}{d \ln R} = a (\ln V)', "
                r"\quad \frac{d \varepsilon}{d \ln R} = a^2 (\ln V)''",
                assumes="The first observation holds exactly, on the scale on which the third is "
                "stated, with a above zero.",
                proof=(
                    "ln V depends on ln R through I, and I is a straight line in ln R.",
                    "By the chain rule each derivative with respect to ln R brings a factor a.",
                    "The square of a is above zero, so both curvatures have the same sign.",
                ),
                table=value_of_resources,
                sliders=(
                    Slider("elasticity", "Elasticity at the start", 0.1, 1.5, 0.1, 0.5),
                    Slider(
                        "rise", "Rise of the elasticity with each tenfold", -0.06, 0.3, 0.02, 0.1
                    ),
                ),
                fixed=("tenfolds", "resources"),
                expressions={
                    "power_law": "pow(10, elasticity * datum.tenfolds)",
                    "value": "pow(10, elasticity * datum.tenfolds"
                    " + rise * pow(datum.tenfolds, 2) / 2)",
                    "next_tenfold": "pow(10, elasticity + rise * datum.tenfolds + rise / 2)",
                    "elasticity": "elasticity + rise * datum.tenfolds",
                },
            ),
            Statement(
                key="reinvestment",
                title="What keeps investment going",
                words="Resources that are paid for out of the value they make grow at least at "
                "rate g for ever exactly when the return, the reinvested value for each unit of "
                "resources, never falls below g plus wear. An elasticity of at least one and a "
                "return that is high enough today are enough. An elasticity that stays below one "
                "by a margin ends growth. Super-exponential is neither necessary nor sufficient.",
                formula=r"\dot R = s V(R) - \delta R: \quad "
                r"\frac{\dot R}{R} \ge g \text{ for ever} \iff "
                r" \frac{s V(R)}{R} \ge \delta + g \text{ for all } R \ge R_0, \quad "
                r"\frac{d \ln (V / R)}{d \ln R} = \varepsilon - 1",
                assumes="A fixed part of value is reinvested, no money comes from outside, wear "
                "and g are above zero, and value depends on resources alone. For ever means for as "
                "long as resources are finite. Without wear an elasticity below one slows growth "
                "towards zero but never ends it.",
                proof=(
                    "The growth rate of resources is the return minus wear.",
                    "Growth at rate g above zero passes through every larger amount, so the "
                    "return must be high enough at each of them.",
                    "With an elasticity of at least one the return never falls, so the level of "
                    "today is enough. With a constant elasticity both are also necessary.",
                    "With an elasticity below 1 - h for a fixed h above zero the return falls "
                    "below any level, that of wear among them, and resources stop at a finite "
                    "amount.",
                    "An elasticity that rises from 0.2 to 0.9 is super-exponential and stops; one "
                    "that falls from two to one is sub-exponential and goes on.",
                ),
                table=reinvestment,
                sliders=(
                    Slider("elasticity", "Elasticity of value to resources", 0.3, 1.5, 0.05, 1.0),
                    Slider("level", "Reinvested a year for each unit today", 0.05, 0.6, 0.01, 0.3),
                    Slider("depreciation", "Wear a year", 0.05, 0.4, 0.01, 0.2),
                ),
                fixed=("years",),
                expressions={
                    "transformed": "level / depreciation + (1 - level / depreciation)"
                    f" * exp(-depreciation * {_SLOWNESS} * datum.years)",
                    "resources": f"pow(datum.transformed, 1 / {_SLOWNESS})",
                    "yearly_return": "level / datum.transformed",
                    "growth_rate": "level / datum.transformed - depreciation",
                },
                keep="datum.transformed > 0",
            ),
            Statement(
                key="bound",
                title="It cannot go on for ever",
                words="Value that rises and is log-convex from here on grows at least "
                "exponentially in intelligence, and in time too if intelligence rises at least in "
                "a straight line, so it passes every bound. If it counts as part of a finite "
                "output, the claim can hold only for a while, and the present rate and share say "
                "for how long at most.",
                formula=r"\ln V(t) \ge \ln V_0 + g_0 t \quad \Rightarrow \quad "
                r"t_{\max} \le \frac{\ln (1 / \text{share})}{g_0 - w}",
                assumes="Intelligence rises at least in a straight line in time; if it slows down "
                "or stops, value may stay below the bound. Value is counted in the same output of "
                "which it is a share, today's growth rate is above that of the whole, and the "
                "whole grows no faster than w. If value itself lifts w, the bound moves.",
                proof=(
                    "A rising convex function of intelligence that rises at least in a straight "
                    "line is convex in time, and a convex function lies above each of its "
                    "tangents.",
                    "The tangent of ln V today has the slope of today's growth rate, which is "
                    "above zero, so it passes every height.",
                    "The whole grows along a line of slope w. The two lines meet at the time in "
                    "the formula, and ln V is there already.",
                    "A curvature of at least c brings the meeting nearer.",
                ),
                table=share_of_output,
                sliders=(
                    Slider("times_a_year", "Value grows, times a year", 1.1, 5, 0.1, 2),
                    Slider("share_percent", "Share of the whole today (%)", 0.01, 5, 0.01, 0.1),
                    Slider("speeding_up", "Growth rate rises each year by", 0, 0.3, 0.01, 0),
                    Slider(
                        "world_times_a_year", "The whole grows, times a year", 1, 1.3, 0.01, 1.05
                    ),
                ),
                fixed=("years",),
                expressions={
                    "percent": f"share_percent * exp({_AHEAD}"
                    " * datum.years + speeding_up * pow(datum.years, 2) / 2)",
                    "latest": f"2 * {_MISSING} / ({_AHEAD} + sqrt(pow({_AHEAD}, 2)"
                    f" + 2 * speeding_up * {_MISSING}))",
                },
                keep="datum.percent <= 100",
            ),
            Statement(
                key="sum",
                title="A sum bends although no part does",
                words="The sum of exponentials with different growth rates is super-exponential. "
                "Its curvature is the variance of the growth rates, weighted by shares. In "
                "general the curvature of a total is the mean curvature of its parts plus that "
                "variance.",
                formula=r"(\ln V)'' = \sum_i w_i (\ln V_i)'' + \sum_i w_i (r_i - \bar r)^2, \quad "
                r"w_i = \frac{V_i}{V}, \quad r_i = (\ln V_i)', \quad \bar r = \sum_i w_i r_i",
                assumes="All parts are above zero, smooth, and written on the same scale.",
                proof=(
                    "The growth rate of a sum is the mean of its parts' rates, weighted by shares.",
                    "A share grows at the rate of its part minus the mean rate.",
                    "Differentiate the mean: changing rates give the first sum, changing shares "
                    "give the variance.",
                    "The growth rate of a sum of exponentials never passes that of its fastest "
                    "part, so this kind of rise ends by itself.",
                ),
                table=two_exponentials,
                sliders=(
                    Slider("gap", "Difference of the growth rates", 0, 2, 0.1, 1),
                    Slider("share_percent", "Share of the fast part today (%)", 1, 50, 1, 5),
                ),
                fixed=("years",),
                expressions={
                    "slow_part": "(1 - share_percent / 100) * exp(0.5 * datum.years)",
                    "fast_part": "share_percent / 100 * exp((0.5 + gap) * datum.years)",
                    "total": "datum.slow_part + datum.fast_part",
                    "growth_rate": "0.5 + gap * datum.fast_part / datum.total",
                    "curvature": "pow(gap, 2) * datum.fast_part * datum.slow_part"
                    " / pow(datum.total, 2)",
                },
            ),
            Statement(
                key="fixed-chain",
                title="A chain of fixed length is sub-exponential",
                words="If a task is a chain of n steps, each must succeed, and skill is measured "
                "in logits of success in one step, then the chance of success is "
                "sub-exponential in skill for every n.",
                formula=r"V = q^n, \quad q = \frac{1}{1 + e^{-I}}: \quad (\ln V)' = n (1 - q), "
                r"\quad (\ln V)'' = -n q (1 - q) < 0",
                assumes="Steps succeed independently with the same chance, no step is repeated, "
                "and a broken chain is worth nothing.",
                proof=(
                    "ln V is n times ln q, and ln q has the slope 1 - q in logits.",
                    "The slope falls as q rises.",
                    "A long chain multiplies the slope by n. It looks like a sudden rise, yet the "
                    "growth rate falls from n to zero.",
                ),
                table=fixed_chain,
                sliders=(Slider("length", "Steps in the chain", 1, 100, 1, 10),),
                fixed=("skill",),
                expressions={
                    "value": "pow(1 + exp(-datum.skill), -length)",
                    "growth_rate": "length / (1 + exp(datum.skill))",
                    "curvature": "-length / (2 + exp(datum.skill) + exp(-datum.skill))",
                },
            ),
            Statement(
                key="chosen-chain",
                title="A chain of chosen length is super-exponential on the way",
                words="If the user picks the length, and a completed chain of n steps is worth n "
                "to the power b, value is super-exponential in skill and tends to an exponential "
                "with growth rate b. It is then a power b of the time horizon. Where the length "
                "cannot be picked, below one step or at the longest chain that is of use, it is "
                "sub-exponential.",
                formula=r"V = \max_n n^b q^n: \quad n^* = \frac{b}{-\ln q}, \quad "
                r"(\ln V)' = b \, \frac{1 - q}{-\ln q}, \quad "
                r"(\ln V)'' = b \, \frac{1 - q}{-\ln q} "
                r"\left( \frac{1 - q}{-\ln q} - q \right) > 0",
                assumes="As for the fixed chain; b is above zero; lengths need not be whole; "
                "skill is measured in logits.",
                proof=(
                    "The slope of b ln n + n ln q in n is zero at n = b / (-ln q).",
                    "At the best length only the direct effect of skill counts: the slope is "
                    "n (1 - q), which is b times the logarithmic mean of 1 and q.",
                    "A mean of 1 and q lies above q and rises with q, so the curvature is above "
                    "zero; as q nears 1 the mean does too, and the slope nears b.",
                    "The 50% horizon is ln 2 / (-ln q), so value is proportional to its power b.",
                    "For any other worth of length the slope is the elasticity of worth at the "
                    "best length times the same mean: where that elasticity falls to zero, "
                    "super-exponential growth ends.",
                ),
                table=chosen_chain,
                sliders=(
                    Slider("return_to_length", "Elasticity of worth to length", 0.2, 3, 0.1, 1),
                    Slider("longest_tenfolds", "Longest useful chain, tenfolds", 0.5, 6, 0.5, 4),
                ),
                fixed=("skill",),
                expressions={
                    "hazard": "log(1 + exp(-datum.skill))",
                    "length": "max(1, min(pow(10, longest_tenfolds),"
                    " return_to_length / datum.hazard))",
                    "value": "pow(datum.length, return_to_length)"
                    " * exp(-datum.length * datum.hazard)",
                    "growth_rate": "datum.length / (1 + exp(datum.skill))",
                    "part": f"{list(_PARTS)}[(return_to_length > datum.hazard)"
                    " + (return_to_length >= datum.hazard * pow(10, longest_tenfolds))]",
                    "curvature": f"datum.growth_rate * ((datum.part == '{_PARTS[1]}')"
                    " / (1 + exp(datum.skill)) / datum.hazard - 1 / (1 + exp(-datum.skill)))",
                },
            ),
            Statement(
                key="weak-link",
                title="A weak link decides the sign",
                words="If output needs a second input that does not grow, and the first grows "
                "exponentially with intelligence, output is super-exponential when the elasticity "
                "of substitution is above one, exponential at one, and sub-exponential below. "
                "Below one it is bounded, however intelligent the first input becomes.",
                formula=r"Y = \left( \alpha e^{\rho I} + 1 - \alpha \right)^{1 / \rho}, \quad "
                r"\rho = 1 - \frac{1}{\sigma}: \quad (\ln Y)'' = \rho w (1 - w), \quad "
                r"Y < (1 - \alpha)^{- \sigma / (1 - \sigma)} \text{ if } \sigma < 1",
                assumes="Constant elasticity of substitution, constant returns to scale, and a "
                "fixed amount of the other input.",
                proof=(
                    "The growth rate of output is w, the share of the growing input in cost.",
                    "The logit of w has the slope rho, so w changes by rho w (1 - w).",
                    "Rho has the sign of sigma - 1. Above one w rises to one and the growth rate "
                    "tends to that of the input; below one w falls to zero.",
                    "Below one the first term vanishes as I grows, and what is left is the bound.",
                ),
                table=weak_link,
                sliders=(
                    Slider("substitution", "Elasticity of substitution", 0.2, 3, 0.1, 0.5),
                    Slider("share_percent", "Share of the growing input today (%)", 5, 95, 5, 30),
                ),
                fixed=("intelligence", "input"),
                expressions={
                    "value": f"pow(share_percent / 100 * exp({_RHO} * datum.intelligence)"
                    f" + 1 - share_percent / 100, 1 / {_RHO})",
                    "share": "1 / (1 + (100 / share_percent - 1)"
                    " * exp(-(1 - 1 / substitution) * datum.intelligence))",
                    "curvature": "(1 - 1 / substitution) * datum.share * (1 - datum.share)",
                    "bound": f"pow(1 - share_percent / 100, 1 / min({_RHO}, -0.001))",
                },
            ),
        )
    }
)


# ---------------------------------------------------------------------------------------------
# common misreadings


@dataclass(frozen=True)
class Misreading:
    """A sentence that is often said, and what is wrong with it.

    Attributes
    ----------
    key : str
    said : str
    correct : str
    example : str
        A case that shows it; each is under test.
    """

    key: str
    said: str
    correct: str
    example: str


MISREADINGS: tuple[Misreading, ...] = (
    Misreading(
        "convex",
        "The curve bends upwards, so it is at least exponential.",
        "Convex is not log-convex. The logarithm has to bend upwards.",
        "I squared is convex, and its growth rate 2 / I falls.",
    ),
    Misreading(
        "steep",
        "On a log axis the line is steeper, so it is super-exponential.",
        "A steeper straight line is a faster exponential. A line that bends upwards is "
        "super-exponential.",
        "exp(5 I) is steeper than exp(I), and both are exponential.",
    ),
    Misreading(
        "fast",
        "Super-exponential means fast.",
        "It says that the growth rate rises, not that it is high.",
        "exp(I**2 / 1000) grows more slowly than exp(I) until I = 500.",
    ),
    Misreading(
        "dollars",
        "Value is exponential in intelligence, so it is exponential in dollars.",
        "If intelligence is the logarithm of dollars, exponential in intelligence is a power law "
        "in dollars.",
        "With I = ln R and V = exp(I / 2), a hundredfold R gives a tenfold V.",
    ),
    Misreading(
        "time",
        "Revenue grows super-exponentially in time, so value is super-exponential in intelligence.",
        "The calendar adds the path of intelligence. If intelligence speeds up, an exponential "
        "value bends upwards in time.",
        "With I = t**2 and V = exp(I), ln V is straight in I and convex in t.",
    ),
    Misreading(
        "infinite",
        "Super-exponential growth becomes infinite at some point.",
        "Only some kinds do.",
        "exp(I**2) is finite everywhere; 1 / (4 - I) is infinite at 4.",
    ),
    Misreading(
        "parts",
        "The total is super-exponential, so its parts are.",
        "Parts with different growth rates give a super-exponential total, even when each part "
        "is exponential or slightly sub-exponential.",
        "exp(I) + exp(3 I) has the curvature 1 at I = 0, and each part has none.",
    ),
    Misreading(
        "pays",
        "Value is super-exponential, so investment pays.",
        "Whether it pays depends on the level of value for each unit of resources, now and later.",
        "A value with a rising elasticity above one still shrinks resources if the return is "
        "below wear.",
    ),
    Misreading(
        "scale",
        "The index rises in a straight line, so the scale is the right one.",
        "A straight line in time fixes one scale among many, and any bend of it keeps the order "
        "of all models.",
        "The same values are super-exponential, exponential and sub-exponential on three scales.",
    ),
    Misreading(
        "ever",
        "It is super-exponential now, so it will go on.",
        "The definition holds on an interval. No rising log-convex value fits a finite economy "
        "for ever.",
        "A thousandth of a whole that stands still, doubling each year, is all of it within ten "
        "years.",
    ),
)


def misreadings() -> pd.DataFrame:
    """Return :data:`MISREADINGS` as a table: ``said``, ``correct``, ``example``."""
    return pd.DataFrame(
        [{"said": m.said, "correct": m.correct, "example": m.example} for m in MISREADINGS]
    )
