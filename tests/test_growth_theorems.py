"""The chapter's theorems: by algebra where that can be done, on random functions elsewhere.

Algebra is sympy's, differential equations are scipy's, and the expressions of the pages are read
as Python; none of them shares code with the module.
"""

from __future__ import annotations

import itertools
import math
import re
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import sympy as sp
import vl_convert
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp
from scipy.optimize import minimize_scalar

from three_observations import charts
from three_observations import growth_theorems as theorems
from three_observations.growth_theorems import EXPONENTIAL, STATEMENTS, SUB, SUPER
from three_observations.site.formulas import to_mathml

alt = charts.alt

numbers = st.floats(-3, 3, allow_nan=False)
positive = st.floats(0.05, 5, allow_nan=False)


def is_zero(expression: sp.Expr) -> bool:
    """Decide by algebra whether an expression is zero everywhere."""
    return sp.simplify(expression) == 0


def derivatives(function, at: np.ndarray, step: float = 1e-4) -> tuple[np.ndarray, np.ndarray]:
    """Return first and second derivatives by central differences."""
    below, here, above = function(at - step), function(at), function(at + step)
    return (above - below) / (2 * step), (above - 2 * here + below) / step**2


# ------------------------------------------------------------------------------ 1. definition

#: Intelligence, or skill in logits.
X = sp.Symbol("x", real=True)
SYMBOLIC = {
    "hyperbolic": (4 / (4 - X)) ** 4,
    "double exponential": sp.exp(2 * (sp.exp(X / 2) - 1)),
    "exponential of a square": sp.exp(X + X**2 / 4),
    "exponential": sp.exp(X),
    "power law": (1 + X / 2) ** 2,
    "straight line": 1 + X,
    "logistic": 20 / (1 + 19 * sp.exp(-sp.Rational(20, 19) * X)),
}
KINDS = {
    "hyperbolic": SUPER,
    "double exponential": SUPER,
    "exponential of a square": SUPER,
    "exponential": EXPONENTIAL,
    "power law": SUB,
    "straight line": SUB,
    "logistic": SUB,
}


@pytest.mark.parametrize("name", SYMBOLIC)
def test_each_shape_has_the_derivatives_of_its_formula(name: str) -> None:
    shape = theorems.shapes(rate=1.0, bend=0.5, critical=4.0, ceiling=20.0)[name]
    at = np.linspace(0, 3, 13)
    logarithm = sp.log(SYMBOLIC[name])
    for order, function in enumerate((shape.log_value, shape.growth_rate, shape.curvature)):
        exact = [float(sp.diff(logarithm, X, order).subs(X, sp.Float(x))) for x in at]
        np.testing.assert_allclose(function(at), exact, rtol=1e-10, atol=1e-12)


def test_the_shapes_start_alike_and_are_of_their_kind() -> None:
    table = theorems.families(rate=0.7)
    first = table.groupby("shape", sort=False).first()
    np.testing.assert_allclose(first["value"], 1, rtol=1e-12)
    np.testing.assert_allclose(first["growth_rate"], 0.7, rtol=1e-12)
    assert first["kind"].to_dict() == KINDS
    for name, part in table.groupby("shape"):
        assert theorems.classify(part["intelligence"], part["value"]) == KINDS[name]


def test_more_than_exponential_passes_the_exponential_and_less_stays_below() -> None:
    at_three = theorems.families().query("intelligence == 3").set_index("shape")["value"]
    for name, kind in KINDS.items():
        difference = np.sign(round(at_three[name] - at_three["exponential"], 9))
        assert difference == {SUPER: 1, EXPONENTIAL: 0, SUB: -1}[kind]


def test_the_hyperbola_is_missing_beyond_its_critical_point() -> None:
    table = theorems.families(critical=2.0, intelligence=[1.0, 1.9, 2.0, 2.5])
    values = table[table["shape"] == "hyperbolic"]["value"]
    assert values.notna().tolist() == [True, True, False, False]


def test_the_family_of_one_parameter_solves_its_equation() -> None:
    m, g = sp.symbols("m g", positive=True)
    for feedback in (m, -m):
        value = (1 - feedback * g * X) ** (-1 / feedback)
        power = sp.powdenest(value**feedback, force=True)
        assert is_zero(sp.diff(value, X) / value - g * power)
        assert is_zero(sp.diff(sp.log(value), X, 2) - feedback * (sp.diff(value, X) / value) ** 2)


@pytest.mark.parametrize(("feedback", "kind"), [(0.3, SUPER), (0.0, EXPONENTIAL), (-1.0, SUB)])
def test_the_sign_of_the_feedback_is_the_kind(feedback: float, kind: str) -> None:
    table = theorems.one_family(feedback)
    assert theorems.kind_of(table["curvature"]) == kind
    slope, curve = derivatives(
        lambda x: np.interp(x, table["intelligence"], np.log(table["value"])),
        table["intelligence"].to_numpy()[1:-1],
        step=0.05,
    )
    np.testing.assert_allclose(slope, table["growth_rate"][1:-1], rtol=0.01)
    np.testing.assert_allclose(curve, table["curvature"][1:-1], rtol=0.02, atol=1e-9)


def test_the_family_ends_where_value_is_infinite() -> None:
    table = theorems.one_family(feedback=0.5)
    assert table.loc[table["value"].notna(), "intelligence"].max() < 2.0
    assert table.loc[table["intelligence"] >= 2.0, "value"].isna().all()


def test_points_are_classified_in_any_spacing() -> None:
    at = np.array([0.0, 0.1, 1.0, 1.5, 4.0])
    assert theorems.classify(at, np.exp(at**2)) == SUPER
    assert theorems.classify(at, np.exp(3 * at)) == EXPONENTIAL
    assert theorems.classify(at, 1 + at**2 / 100 + at) == SUB
    assert theorems.classify(at, np.exp((at - 1) ** 3)) == "neither"


@given(st.lists(numbers, min_size=3, max_size=6, unique=True), st.floats(0.01, 100))
@settings(deadline=None)
def test_the_unit_of_value_does_not_matter(roots: list[float], unit: float) -> None:
    at = np.linspace(0, 1, 9)
    value = np.exp(np.polyval(roots, at))
    assert theorems.classify(at, value, 1e-6) == theorems.classify(at, unit * value, 1e-6)


# ----------------------------------------------------------------------------------- 2. scale


def test_the_chain_rule_for_a_new_scale() -> None:
    """d2 ln V / dJ2 = ((ln V)'' - g'' / g' (ln V)') / g'**2 for J = g(I)."""
    g, log_value = sp.Function("g")(X), sp.Function("L")(X)
    slope = sp.diff(log_value, X) / sp.diff(g, X)
    curvature = sp.diff(slope, X) / sp.diff(g, X)
    claimed = (
        sp.diff(log_value, X, 2) - sp.diff(g, X, 2) / sp.diff(g, X) * sp.diff(log_value, X)
    ) / sp.diff(g, X) ** 2
    assert is_zero(curvature - claimed)


@given(st.floats(0.1, 10), numbers, st.sampled_from(list(KINDS)))
@settings(deadline=None)
def test_a_change_of_unit_and_zero_keeps_the_kind(unit: float, zero: float, name: str) -> None:
    table = theorems.families().query("shape == @name")
    assert theorems.classify(zero + unit * table["intelligence"], table["value"]) == KINDS[name]


def test_only_a_change_of_unit_and_zero_keeps_every_sign() -> None:
    """An exponential on the old scale gets the sign of -g'' on the new one."""
    g = sp.Function("g")(X)
    slope = 1 / sp.diff(g, X)
    curvature = sp.diff(slope, X) / sp.diff(g, X)
    assert is_zero(curvature * sp.diff(g, X) ** 3 + sp.diff(g, X, 2))


@given(
    st.lists(st.floats(0.01, 3), min_size=4, max_size=12),
    st.sampled_from([SUPER, EXPONENTIAL, SUB]),
    st.floats(0.5, 3),
)
@settings(deadline=None)
def test_any_rising_curve_is_of_any_kind_on_some_scale(
    steps: list[float], wanted: str, strength: float
) -> None:
    log_value = np.cumsum(steps)
    scale = theorems.rescaled(log_value, wanted, strength)
    assert (np.diff(scale) > 0).all()
    assert scale[0] == 0 and scale[-1] == pytest.approx(1)
    assert theorems.classify(scale, np.exp(log_value), 1e-6 * log_value[-1]) == wanted


def test_one_curve_is_of_three_kinds_on_three_scales() -> None:
    table = theorems.one_curve_three_scales()
    for kind, part in table.groupby("kind"):
        assert theorems.classify(part["scale"], part["value"]) == kind
    values = table.pivot(index="intelligence", columns="kind", values="value")
    assert (values.nunique(axis=1) == 1).all()


@given(numbers, st.floats(-200, 200), st.floats(1, 100))
@settings(deadline=None)
def test_a_bend_keeps_its_fixed_points_and_the_order(
    amount: float, low: float, width: float
) -> None:
    high = low + width
    scores = np.linspace(low - width / 2, high + width / 2, 33)
    bent = theorems.bend(scores, amount, low, high)
    assert (np.diff(bent) > 0).all()
    ends = theorems.bend([low, high], amount, low, high)
    np.testing.assert_allclose(ends, [low, high], atol=1e-9)


@given(numbers, st.floats(0.1, 10), numbers)
@settings(deadline=None)
def test_a_bend_does_not_care_for_the_unit_of_the_scale(
    amount: float, unit: float, zero: float
) -> None:
    scores = np.linspace(-0.5, 1.5, 9)
    bent = theorems.bend(zero + unit * scores, amount, zero, zero + unit)
    np.testing.assert_allclose(bent, zero + unit * theorems.bend(scores, amount, 0, 1), atol=1e-9)


def test_no_bend_changes_nothing_and_a_small_one_little() -> None:
    scores = np.array([100.0, 120.0, 150.0, 170.0])
    np.testing.assert_array_equal(theorems.bend(scores, 0.0, 100, 150), scores)
    np.testing.assert_allclose(theorems.bend(scores, 1e-9, 100, 150), scores, rtol=1e-9)


def test_a_unit_at_the_top_is_longer_by_the_exponential_of_the_amount() -> None:
    unit = 1e-6
    bottom = np.diff(theorems.bend([100, 100 + unit], 1.3, 100, 150))
    top = np.diff(theorems.bend([150 - unit, 150], 1.3, 100, 150))
    assert float(top[0] / bottom[0]) == pytest.approx(math.exp(1.3), rel=1e-3)


def test_a_bend_by_algebra() -> None:
    k, low, width, x = sp.symbols("k low width x", positive=True)
    bent = low + width * (sp.exp(k * (x - low) / width) - 1) / (sp.exp(k) - 1)
    assert is_zero(sp.diff(bent, x, 2) / sp.diff(bent, x) - k / width)
    # ln V = a + b exp(k0 u) has the straightening bend k0 everywhere
    a, b, k0 = sp.symbols("a b k0", positive=True)
    log_value = a + b * sp.exp(k0 * (x - low) / width)
    assert is_zero(width * sp.diff(log_value, x, 2) / sp.diff(log_value, x) - k0)


@given(st.floats(-3, 3), st.floats(0.1, 3), numbers, st.floats(-0.3, 1.3))
@settings(max_examples=50, deadline=None)
def test_derivatives_on_a_bent_scale(amount: float, rate: float, curve: float, at: float) -> None:
    low, high = 100.0, 150.0
    u = at
    slope, curvature = (rate + curve * u) / (high - low), curve / (high - low) ** 2
    found = theorems.derivatives_on_bent_scale(
        slope, curvature, low + (high - low) * u, amount, low, high
    )
    # the same by finite differences along the curve
    points = low + (high - low) * (u + np.array([-1e-3, 0, 1e-3]))
    v = (points - low) / (high - low)
    logs = rate * v + curve * v**2 / 2
    places = theorems.bend(points, amount, low, high)
    rates = np.diff(logs) / np.diff(places)
    second = (rates[1] - rates[0]) / ((places[2] - places[0]) / 2)
    np.testing.assert_allclose(float(found[0]), rates.mean(), rtol=5e-3, atol=1e-5)
    np.testing.assert_allclose(float(found[1]), second, rtol=2e-2, atol=3e-5)


@given(st.floats(0.1, 3), numbers)
@settings(deadline=None)
def test_at_the_straightening_bend_the_curvature_is_zero(rate: float, wanted: float) -> None:
    curve = rate * wanted / 2.0
    amount = float(theorems.straightening_bend(rate, curve, 0.0, 2.0))
    assert amount == pytest.approx(wanted)
    _, curvature = theorems.derivatives_on_bent_scale(rate, curve, 0.7, amount, 0.0, 2.0)
    assert float(curvature) == pytest.approx(0, abs=1e-9)
    for more, sign in ((0.5, -1), (-0.5, 1)):
        _, other = theorems.derivatives_on_bent_scale(rate, curve, 0.7, amount + more, 0.0, 2.0)
        assert np.sign(other) == sign


@pytest.mark.parametrize("amount", [-3.0, -0.5, 0.0, 0.9, 1.1, 3.0])
def test_the_bent_curve_crosses_zero_at_one_bend(amount: float) -> None:
    table = theorems.bent_scale(amount, straight_at=1.0)
    assert theorems.kind_of(table["curvature"]) == (SUPER if amount < 1 else SUB)
    assert theorems.classify(table["scale"], table["value"]) == (SUPER if amount < 1 else SUB)
    rates = np.diff(np.log(table["value"])) / np.diff(table["scale"])
    low = np.minimum(table["growth_rate"][:-1].to_numpy(), table["growth_rate"][1:].to_numpy())
    high = np.maximum(table["growth_rate"][:-1].to_numpy(), table["growth_rate"][1:].to_numpy())
    assert ((rates > low) & (rates < high)).all()


def test_on_the_straight_scale_the_curve_is_exponential() -> None:
    table = theorems.bent_scale(0.8, straight_at=0.8, total=50.0)
    assert theorems.classify(table["scale"], table["value"], 1e-9) == EXPONENTIAL
    np.testing.assert_allclose(table["curvature"], 0, atol=1e-10)
    np.testing.assert_allclose(table["growth_rate"], math.log(50), rtol=1e-12)
    assert table["value"].iloc[[0, -1]].tolist() == pytest.approx([1, 50])


# ------------------------------------------------------------------------------- 3. resources


def test_the_elasticity_to_resources_by_algebra() -> None:
    a, r = sp.symbols("a r", positive=True)  # r = ln R
    log_value = sp.Function("L")
    whole = log_value(a * r)
    first = a * sp.diff(log_value(X), X).subs(X, a * r)
    second = a**2 * sp.diff(log_value(X), X, 2).subs(X, a * r)
    assert is_zero((sp.diff(whole, r) - first).doit())
    assert is_zero((sp.diff(whole, r, 2) - second).doit())


@pytest.mark.parametrize("name", KINDS)
def test_the_elasticity_rises_exactly_if_value_is_super_exponential(name: str) -> None:
    shape, a = theorems.shapes()[name], 0.8
    log_resources = np.linspace(0.1, 3.5, 30)
    elasticity = theorems.elasticity_to_resources(shape.growth_rate(a * log_resources), a)
    numeric, _ = derivatives(lambda x: shape.log_value(a * x), log_resources)
    np.testing.assert_allclose(elasticity, numeric, rtol=1e-6)
    change = np.sign(np.round(np.diff(elasticity), 12))
    assert set(change) == {{SUPER: 1.0, EXPONENTIAL: 0.0, SUB: -1.0}[KINDS[name]]}


def test_exponential_in_intelligence_is_a_power_law_in_resources() -> None:
    table = theorems.value_of_resources(elasticity=0.5, rise=0.0)
    np.testing.assert_allclose(table["value"], table["resources"] ** 0.5, rtol=1e-12)
    np.testing.assert_allclose(table["elasticity"], 0.5)
    np.testing.assert_allclose(table["next_tenfold"], math.sqrt(10))


def test_the_table_of_resources_agrees_with_itself() -> None:
    table = theorems.value_of_resources(0.4, 0.2)
    value = table["value"].to_numpy()
    np.testing.assert_allclose(value[10:] / value[:-10], table["next_tenfold"][:-10], rtol=1e-12)
    slope = np.gradient(np.log10(value), table["tenfolds"])
    np.testing.assert_allclose(slope[1:-1], table["elasticity"][1:-1], rtol=1e-9)


# ---------------------------------------------------------------------------- 4. reinvestment


def test_the_path_of_reinvestment_by_algebra() -> None:
    t, e, level, d = sp.symbols("t e level d", positive=True)
    x = level / d + (1 - level / d) * sp.exp(-d * (1 - e) * t)
    # R = x**(1 / (1 - e)), so R' / R = x' / ((1 - e) x), which should be level R**(e - 1) - d
    assert is_zero(sp.diff(x, t) / ((1 - e) * x) - (level / x - d))
    assert x.subs(t, 0) == 1
    end = -sp.log(1 - d / level) / (d * (e - 1))
    assert is_zero(sp.simplify(sp.expand_log(x.subs(t, end), force=True)))


@pytest.mark.parametrize(
    ("elasticity", "level"),
    [(0.5, 0.3), (0.9, 0.1), (1.0, 0.3), (1.0, 0.1), (1.2, 0.3), (1.4, 0.1)],
)
def test_the_path_solves_its_differential_equation(elasticity: float, level: float) -> None:
    years = np.linspace(0, 5, 11)
    table = theorems.reinvestment(elasticity, level, 0.2, years)
    solved = solve_ivp(
        lambda _, r: level * r**elasticity - 0.2 * r,
        (0, 5),
        [1.0],
        t_eval=years,
        rtol=1e-10,
        atol=1e-12,
    )
    np.testing.assert_allclose(table["resources"], solved.y[0], rtol=1e-6)
    rates = np.gradient(np.log(table["resources"]), years)
    np.testing.assert_allclose(rates[1:-1], table["growth_rate"][1:-1], rtol=0.05, atol=2e-3)
    simulated = theorems.simulate_reinvestment(
        lambda x: math.log(level) + (elasticity - 1) * x, 0.2, years=5.0, steps=100
    )
    np.testing.assert_allclose(simulated["resources"][::10], table["resources"], rtol=1e-7)


@given(st.floats(0.2, 1.8), st.floats(0.02, 0.6), st.floats(0.05, 0.5))
@settings(max_examples=200, deadline=None)
def test_growth_is_sustained_exactly_under_the_two_conditions(
    elasticity: float, level: float, depreciation: float
) -> None:
    """For a constant elasticity: at least one, and a return above wear, are necessary too."""
    if abs(elasticity - 1) < 0.02 or abs(level / depreciation - 1) < 0.02:
        return
    table = theorems.reinvestment(elasticity, level, depreciation, np.linspace(0, 3000, 31))
    last = table["growth_rate"].iloc[-1]
    sustained = math.isnan(last) or last > 0.9 * (level - depreciation) > 0
    assert sustained == (elasticity >= 1 and level > depreciation)
    name = theorems.outcome(elasticity, level, depreciation)
    assert sustained == (name in ("takes off", "grows for ever"))


@given(st.floats(1.05, 1.9), st.floats(0.25, 0.6))
@settings(deadline=None)
def test_resources_become_infinite_when_the_formula_says(elasticity: float, level: float) -> None:
    end = theorems.blow_up_years(elasticity, level, 0.2)
    table = theorems.reinvestment(elasticity, level, 0.2, [0.999 * end, 1.001 * end])
    assert table["resources"].notna().tolist() == [True, False]


def test_resources_rest_where_the_map_says() -> None:
    table = theorems.phases(0.2, [0.5, 1.0, 1.5], [0.1, 0.3])
    expected = {
        (0.5, 0.1): "shrinks",
        (0.5, 0.3): "slows to a stop",
        (1.0, 0.1): "shrinks",
        (1.0, 0.3): "grows for ever",
        (1.5, 0.1): "shrinks",
        (1.5, 0.3): "takes off",
    }
    assert table.set_index(["elasticity", "level"])["outcome"].to_dict() == expected
    rests = table[table["rests_at"].notna()]
    returns = rests["level"] * rests["rests_at"] ** (rests["elasticity"] - 1)
    np.testing.assert_allclose(returns, 0.2, rtol=1e-12)
    long = theorems.reinvestment(0.5, 0.3, 0.2, [300.0])["resources"].iloc[0]
    assert long == pytest.approx(rests.query("elasticity == 0.5 and level == 0.3")["rests_at"])
    assert math.isinf(table["blow_up_years"].iloc[0]) and table["blow_up_years"].iloc[-1] < 20
    assert theorems.outcome(1.2, 0.2, 0.2) == "stands still"
    assert set(expected.values()) <= set(theorems.OUTCOMES)


def test_the_page_names_the_outcomes_as_python_does() -> None:
    table = theorems.phases()
    for depreciation in (0.05, 0.2, 0.37):
        for row in table.to_dict("records"):
            wanted = theorems.outcome(row["elasticity"], row["level"], depreciation)
            assert evaluate(theorems.PHASE_EXPRESSION, row, depreciation=depreciation) == wanted


@pytest.mark.parametrize("case", theorems.economies(), ids=lambda case: case.name)
def test_each_counterexample_is_what_it_says(case: theorems.Economy) -> None:
    at = np.linspace(0 if case.kind == SUB else -4, 12, 65)
    # value is s V(R) = return * R, so with I = ln R the curvature of ln V is that of the return
    slope, curvature = derivatives(lambda x: case.log_return(x) + x, at)
    np.testing.assert_allclose(case.elasticity(at), slope, rtol=1e-6)
    assert theorems.kind_of(np.round(curvature[at < 8], 6)) == case.kind
    # the theorem: growth is sustained exactly if the return stays above wear at all larger R
    lowest = np.exp(case.log_return(np.linspace(0, 60, 6001))).min()
    assert case.sustained == (lowest > 0.1)


def test_super_exponential_is_neither_necessary_nor_sufficient() -> None:
    table = theorems.counterexamples(years=400.0, steps=1600)
    last = table.groupby("case", sort=False).agg(
        kind=("kind", "first"),
        sustained=("sustained", "first"),
        rate=("growth_rate", lambda column: column.dropna().iloc[-1]),
        largest=("resources", "max"),
    )
    assert ((last["rate"] > 0.05) == last["sustained"]).all()
    assert ((last["largest"] > 1e4) == last["sustained"]).all()
    cases = set(zip(last["kind"], last["sustained"], strict=True))
    assert cases == {(EXPONENTIAL, True), (SUB, True), (SUPER, True), (SUPER, False)}


def test_an_elasticity_below_one_can_sustain_growth_if_it_tends_to_one() -> None:
    (case,) = [c for c in theorems.economies() if c.name.endswith("rises to one")]
    path = theorems.simulate_reinvestment(case.log_return, years=100.0)
    assert (case.elasticity(np.linspace(-5, 20, 99)) < 1).all()
    assert path["growth_rate"].min() >= 0.1 and path["growth_rate"].iloc[-2:].max() < 0.3


@given(st.floats(0.2, 0.9), st.floats(0.15, 3.0))
@settings(max_examples=30, deadline=None)
def test_an_elasticity_that_stays_below_one_ends_growth_from_any_level(
    top: float, level: float
) -> None:
    """However high the level, the return falls below wear at some finite amount."""
    log_return, _ = theorems._rising(0.1, top, 1.0, level)
    far = np.linspace(0, 60 / (1 - top), 4001)
    assert np.exp(log_return(far)).min() < 0.1


def test_the_simulation_is_cut_before_it_overflows() -> None:
    path = theorems.simulate_reinvestment(lambda x: math.log(0.5) + x, years=40.0)
    assert path["resources"].max() <= 1e6
    assert path["resources"].isna().any() and path["resources"].iloc[0] == 1


# ----------------------------------------------------------------------------------- 5. bound


@given(st.floats(0.05, 3), st.lists(st.floats(0, 2), min_size=1, max_size=4), st.floats(1e-6, 0.5))
@settings(deadline=None)
def test_no_log_convex_value_stays_below_the_whole_for_longer(
    growth: float, bends: list[float], share: float
) -> None:
    """Random log-convex curves: rising slopes at random places."""
    latest = float(theorems.longest_until_whole(share, growth))
    kinks = np.linspace(0.1, 0.9, len(bends)) * latest
    log_value = math.log(share) + growth * latest
    log_value += sum(b * max(latest - kink, 0.0) for b, kink in zip(bends, kinks, strict=True))
    assert log_value >= -1e-9


@given(
    st.floats(0.01, 3),
    st.floats(-0.5, 0.5),
    st.just(0.0) | st.floats(1e-6, 2),
    st.floats(1e-6, 0.9),
)
@settings(deadline=None)
def test_the_longest_time_solves_its_equation(
    growth: float, world: float, curvature: float, share: float
) -> None:
    latest = float(theorems.longest_until_whole(share, growth, world, curvature))
    if math.isinf(latest):
        assert curvature == 0 and growth <= world
        return
    assert latest > 0
    terms = [math.log(share), (growth - world) * latest, curvature * latest**2 / 2]
    assert sum(terms) == pytest.approx(0, abs=1e-6 * max(map(abs, terms)) + 1e-9)


def test_a_thousandth_that_doubles_is_the_whole_in_ten_years() -> None:
    latest = theorems.longest_until_whole([1e-3, 1e-6], math.log(2))
    assert latest.tolist() == pytest.approx([9.9658, 19.9316], abs=1e-4)
    assert theorems.longest_until_whole(1e-3, math.log(2), math.log(2)) == math.inf
    assert theorems.longest_until_whole(1e-3, math.log(2), math.log(1.05)) > latest[0]
    assert theorems.longest_until_whole(1e-3, math.log(2), curvature=0.1) < latest[0]
    tiny = theorems.longest_until_whole(1e-3, math.log(2), curvature=1e-12)
    assert float(tiny) == pytest.approx(latest[0], rel=1e-9)


def test_the_share_is_whole_at_the_latest_time() -> None:
    table = theorems.share_of_output(2.0, 0.1, 0.05, 1.05)
    crossing = np.interp(math.log(100), np.log(table["percent"]), table["years"])
    assert crossing == pytest.approx(table["latest"].iloc[0], abs=0.01)


def test_a_bounded_rising_value_is_not_log_convex() -> None:
    """The logistic in value itself: convex in the logarithm nowhere, bounded everywhere."""
    shape = theorems.shapes()["logistic"]
    assert theorems.kind_of(shape.curvature(np.linspace(-20, 20, 101))) == SUB
    # and a tangent shows it for anything log-convex: the gap to the tangent is never negative
    for name in ("hyperbolic", "double exponential", "exponential of a square"):
        curve = theorems.shapes()[name]
        at = np.linspace(0, 3.9, 79)
        tangent = curve.log_value(np.array(1.0)) + curve.growth_rate(np.array(1.0)) * (at - 1)
        assert (curve.log_value(at) >= tangent - 1e-12).all()


# ------------------------------------------------------------------------------------- 6. sum


def test_the_decomposition_by_algebra() -> None:
    logs = [sp.Function(f"L{i}")(X) for i in range(3)]
    parts = [sp.exp(log) for log in logs]
    total = sum(parts)
    weights = [part / total for part in parts]
    rates = [sp.diff(log, X) for log in logs]
    mean = sum(w * r for w, r in zip(weights, rates, strict=True))
    own = sum(w * sp.diff(log, X, 2) for w, log in zip(weights, logs, strict=True))
    variance = sum(w * (r - mean) ** 2 for w, r in zip(weights, rates, strict=True))
    assert is_zero(sp.together(sp.diff(sp.log(total), X, 2) - own - variance))


@given(st.lists(st.tuples(numbers, numbers, numbers, numbers), min_size=1, max_size=5))
@settings(deadline=None)
def test_the_decomposition_equals_finite_differences(coefficients: list[tuple]) -> None:
    cubic = np.array(coefficients)
    at = np.linspace(-0.5, 0.5, 5)

    def log_parts(x: np.ndarray) -> np.ndarray:
        powers = x[:, None] ** np.arange(4) / np.array([1, 1, 2, 6])
        return powers @ cubic.T

    powers = at[:, None] ** np.arange(3) / np.array([1, 1, 2])
    rates = powers @ cubic[:, 1:].T
    bends = powers[:, :2] @ cubic[:, 2:].T
    found = theorems.curvature_decomposition(np.exp(log_parts(at)), rates, bends)
    slope, curve = derivatives(lambda x: np.log(np.exp(log_parts(x)).sum(axis=1)), at, 1e-3)
    np.testing.assert_allclose(found["rate"], slope, rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(found["curvature"], curve, rtol=1e-3, atol=1e-3)
    np.testing.assert_allclose(found["own"] + found["composition"], found["curvature"])
    assert (found["composition"] >= 0).all()


def test_two_equal_parts_have_a_quarter_of_the_squared_gap() -> None:
    found = theorems.curvature_decomposition([5.0, 5.0], [1.0, 3.0]).iloc[0]
    assert found.to_dict() == {
        "total": 10.0,
        "rate": 2.0,
        "curvature": 1.0,
        "own": 0.0,
        "composition": 1.0,
    }


@given(st.permutations(range(4)), st.floats(0.1, 10))
@settings(deadline=None)
def test_order_and_unit_of_the_parts_do_not_matter(order: list[int], unit: float) -> None:
    rng = np.random.default_rng(3)
    values, rates, bends = rng.uniform(0.1, 5, (3, 6, 4))
    one = theorems.curvature_decomposition(values, rates, bends)
    other = theorems.curvature_decomposition(
        unit * values[:, order], rates[:, order], bends[:, order]
    )
    pd.testing.assert_frame_equal(one.drop(columns="total"), other.drop(columns="total"))


def test_slightly_sub_exponential_parts_can_make_a_super_exponential_total() -> None:
    found = theorems.curvature_decomposition([1.0, 1.0], [1.0, 3.0], [-0.5, -0.5]).iloc[0]
    assert found["own"] == -0.5 and found["curvature"] == 0.5


def test_a_normal_mixture_of_rates_has_their_variance_as_curvature() -> None:
    rates = np.linspace(-8, 8, 4001)
    weights = np.exp(-(rates**2) / 2)
    found = theorems.curvature_decomposition(weights, 0.3 * rates + 1)
    assert found["curvature"].iloc[0] == pytest.approx(0.09, rel=1e-6)


@given(st.floats(0, 3), st.floats(1, 60), st.floats(0, 1))
@settings(deadline=None)
def test_two_exponentials_bend_and_end_at_the_faster_rate(
    gap: float, share: float, slow: float
) -> None:
    table = theorems.two_exponentials(gap, share, slow)
    assert table["total"].iloc[0] == pytest.approx(1)
    assert (table["curvature"] >= 0).all()
    assert table["curvature"].max() <= gap**2 / 4 + 1e-12
    assert table["growth_rate"].between(slow - 1e-12, slow + gap + 1e-12).all()
    rates = np.gradient(np.log(table["total"]), table["years"])
    np.testing.assert_allclose(rates[1:-1], table["growth_rate"][1:-1], atol=0.01)


@given(st.floats(1e-6, 1e6), st.floats(1e-6, 1e6))
@settings(deadline=None)
def test_the_logarithmic_mean(one: float, other: float) -> None:
    found = float(theorems.logarithmic_mean(one, other))
    assert math.sqrt(one * other) * (1 - 1e-12) <= found <= (one + other) / 2 * (1 + 1e-12)
    if abs(math.log(one / other)) > 1e-3:
        assert found == pytest.approx((one - other) / math.log(one / other), rel=1e-9)
    assert theorems.logarithmic_mean(one, one) == pytest.approx(one)
    near = one * (1 + np.array([0.9e-4, 1.1e-4, 2.1e-4]))
    np.testing.assert_allclose(theorems.logarithmic_mean(one, near), (one + near) / 2, rtol=1e-8)


@given(st.integers(0, 1000), st.integers(3, 7), st.integers(1, 4))
@settings(max_examples=50, deadline=None)
def test_the_stepwise_decomposition_adds_up(seed: int, times: int, parts: int) -> None:
    rng = np.random.default_rng(seed)
    at = np.cumsum(rng.uniform(0.1, 1, times))
    values = np.exp(rng.normal(0, 1, (times, parts)))
    found = theorems.stepwise_curvature_decomposition(at, values)
    assert len(found) == times - 2
    total = np.log(values.sum(axis=1))
    rates = np.diff(total) / np.diff(at)
    np.testing.assert_allclose(found["rate_before"], rates[:-1], rtol=1e-9)
    np.testing.assert_allclose(found["rate_after"], rates[1:], rtol=1e-9)
    np.testing.assert_allclose(found["own"] + found["composition"], found["curvature"], atol=1e-8)
    if parts == 1:
        np.testing.assert_allclose(found["composition"], 0, atol=1e-8)


def test_the_stepwise_decomposition_tends_to_the_exact_one() -> None:
    at = 1 + 0.01 * np.array([-1.0, 0.0, 1.0])
    cubic = np.array([[0.0, 1.0, 0.4], [-1.0, 2.0, -0.3], [0.5, 0.2, 0.1]])
    values = np.exp(at[:, None] ** np.arange(3) @ cubic.T)
    steps = theorems.stepwise_curvature_decomposition(at, values).iloc[0]
    exact = theorems.curvature_decomposition(
        values[1], cubic[:, 1] + 2 * cubic[:, 2], 2 * cubic[:, 2]
    ).iloc[0]
    for column in ("curvature", "own", "composition"):
        assert steps[column] == pytest.approx(exact[column], rel=1e-3)


def test_exponential_parts_have_no_curvature_of_their_own_in_any_spacing() -> None:
    at = np.array([0.0, 0.2, 1.0, 1.1, 3.0])
    found = theorems.stepwise_curvature_decomposition(at, np.exp(np.outer(at, [0.5, 2.0])))
    np.testing.assert_allclose(found["own"], 0, atol=1e-12)
    assert (found["composition"] > 0).all()
    in_months = theorems.stepwise_curvature_decomposition(12 * at, np.exp(np.outer(at, [0.5, 2.0])))
    np.testing.assert_allclose(144 * in_months["composition"], found["composition"])


# ------------------------------------------------------------------- 7. chains and weak links


def test_the_fixed_chain_by_algebra() -> None:
    n = sp.Symbol("n", positive=True)
    q = 1 / (1 + sp.exp(-X))
    log_value = n * sp.log(q)
    assert is_zero(sp.diff(log_value, X) - n * (1 - q))
    assert is_zero(sp.diff(log_value, X, 2) + n * q * (1 - q))


@pytest.mark.parametrize("length", [0.5, 1, 10, 1000])
def test_the_fixed_chain_is_sub_exponential(length: float) -> None:
    table = theorems.fixed_chain(length)
    assert theorems.kind_of(table["curvature"]) == SUB
    q = 1 / (1 + np.exp(-table["skill"]))
    np.testing.assert_allclose(table["value"], q**length, rtol=1e-9)
    slope, _ = derivatives(
        lambda x: -length * np.log1p(np.exp(-x)), table["skill"].to_numpy(), 1e-5
    )
    np.testing.assert_allclose(table["growth_rate"], slope, rtol=1e-6, atol=1e-8)


def test_the_chosen_chain_by_algebra() -> None:
    b, n = sp.symbols("b n", positive=True)
    q = 1 / (1 + sp.exp(-X))
    rate = sp.log(1 + sp.exp(-X))
    best = b / rate
    objective = b * sp.log(n) - n * rate
    assert is_zero(sp.diff(objective, n).subs(n, best))
    assert sp.diff(objective, n, 2) == -b / n**2  # below zero: the best, not the worst
    value = objective.subs(n, best)
    mean = (1 - q) / rate
    assert is_zero(sp.diff(value, X) - b * mean)
    assert is_zero(sp.diff(value, X, 2) - b * mean * (mean - q))
    assert sp.limit(mean, X, sp.oo) == 1 and sp.limit(mean, X, -sp.oo) == 0
    # value is a power of the time horizon: its logarithm differs from b ln(1 / rate) by a constant
    assert is_zero(sp.diff(value + b * sp.log(rate), X))


@given(st.floats(-20, 30), st.floats(0.1, 4))
@settings(deadline=None)
def test_the_chosen_chain_is_super_exponential_everywhere(skill: float, b: float) -> None:
    table = theorems.chosen_chain_value([skill], b).iloc[0]
    assert 0 < table["growth_rate"] <= b * (1 + 1e-12)
    assert table["curvature"] > -1e-12
    if skill < 10:
        assert table["curvature"] > 0
    q = 1 / (1 + math.exp(-skill))
    mean = float(theorems.logarithmic_mean(1.0, q))
    assert table["growth_rate"] == pytest.approx(b * mean, rel=1e-6)


@given(st.floats(-3, 10), st.floats(0.2, 3))
@settings(max_examples=50, deadline=None)
def test_the_best_length_is_found_by_search_too(skill: float, b: float) -> None:
    rate = math.log1p(math.exp(-skill))
    found = minimize_scalar(
        lambda m: -(b * m - math.exp(m) * rate), bounds=(-8, 16), method="bounded",
        options={"xatol": 1e-9},
    )  # fmt: skip
    table = theorems.chosen_chain_value([skill], b).iloc[0]
    assert -found.fun == pytest.approx(table["log_value"], abs=1e-9)
    assert math.exp(found.x) == pytest.approx(table["length"], rel=1e-4)


@pytest.mark.parametrize("ends", [(0.0, math.inf), (1.0, 1e4), (1.0, 30.0)])
def test_derivatives_of_the_chosen_chain(ends: tuple[float, float]) -> None:
    skill = np.linspace(-4, 8, 97) + 0.0123

    def log_value(x: np.ndarray) -> np.ndarray:
        return theorems.chosen_chain_value(x, 1.5, *ends)["log_value"].to_numpy()

    table = theorems.chosen_chain_value(skill, 1.5, *ends)
    slope, curve = derivatives(log_value, skill, 1e-3)
    np.testing.assert_allclose(table["growth_rate"], slope, rtol=1e-4, atol=1e-6)
    # the curvature jumps where the length reaches an end; no point lies within a step of it
    np.testing.assert_allclose(table["curvature"], curve, rtol=1e-3, atol=1e-4)


def test_value_is_a_power_of_the_time_horizon() -> None:
    skill = np.linspace(-3, 12, 31)
    for b in (0.5, 1.0, 2.0):
        horizon = theorems.chain_horizon(skill)
        ratio = np.exp(theorems.chosen_chain_value(skill, b)["log_value"]) / horizon**b
        np.testing.assert_allclose(ratio, ratio[0], rtol=1e-9)
    succeeds = theorems.success(skill) ** theorems.chain_horizon(skill, 0.8)
    np.testing.assert_allclose(succeeds, 0.8, rtol=1e-9)


def test_the_best_chain_succeeds_with_one_chance_at_any_skill() -> None:
    skill = np.linspace(-2, 9, 12)
    chance = theorems.success(skill) ** theorems.best_length(skill, 1.5)
    np.testing.assert_allclose(chance, math.exp(-1.5), rtol=1e-9)


def test_one_skill_point_multiplies_a_long_horizon_by_e() -> None:
    ratio = theorems.chain_horizon([8.0, 9.0])
    assert ratio[1] / ratio[0] == pytest.approx(math.e, rel=1e-3)


def test_whole_lengths_by_brute_force() -> None:
    for skill, b in itertools.product(np.linspace(-4, 5, 46) + 0.003, (0.3, 1.0, 2.5)):
        lengths = np.arange(1, 2000)
        worth = b * np.log(lengths) - lengths * math.log1p(math.exp(-skill))
        assert theorems.best_whole_length(skill, b) == lengths[worth.argmax()]


def test_whole_lengths_matter_only_for_short_chains() -> None:
    skill = np.linspace(-2, 10, 241)
    free = theorems.chosen_chain_value(skill, 1.0)
    whole = theorems.best_whole_length(skill, 1.0)
    lost = free["log_value"] - (np.log(whole) - whole * theorems.hazard(skill))
    assert (lost >= -1e-12).all()
    long = free["length"] > 2
    # second-order loss: half of b / n**2 times half a step squared, and a margin for the third
    assert (lost[long] <= 1.6 / (8 * free["length"][long] ** 2)).all()


def test_the_three_parts_of_the_chosen_chain() -> None:
    table = theorems.chosen_chain(1.0, 3.0)
    assert table["part"].drop_duplicates().tolist() == ["one step", "longer and longer", "longest"]
    kinds = table.groupby("part", sort=False)["curvature"].agg(theorems.kind_of)
    assert kinds.tolist() == [SUB, SUPER, SUB]
    middle = table.query("part == 'longer and longer'")
    assert middle["growth_rate"].is_monotonic_increasing
    assert middle["growth_rate"].iloc[-1] == pytest.approx(1.0, abs=0.01)
    assert table["length"].max() == 1000 and table["length"].min() == 1
    assert table["value"].iloc[-1] < 1000


@pytest.mark.parametrize(
    ("log_worth", "elasticity"),
    [
        (lambda m: 0.8 * m, lambda m: 0.8 + 0 * m),
        (lambda m: np.log1p(-np.exp(-np.exp(m) / 50)), None),  # bounded
        (lambda m: 2 * m - np.log1p(np.exp(2 * m) / 500**2), None),
    ],
    ids=["power", "bounded", "power that ends"],
)
def test_for_any_worth_the_slope_is_its_elasticity_times_the_mean(log_worth, elasticity) -> None:
    """(ln V)' = elasticity of worth at the best length x logarithmic mean of 1 and q."""
    m = np.linspace(-6, 14, 200_001)
    worth = log_worth(m)
    skills = np.linspace(0, 8, 17)

    def best(skill: float) -> tuple[float, float]:
        total = worth - np.exp(m) * math.log1p(math.exp(-skill))
        place = int(total.argmax())
        return float(total[place]), float(m[place])

    slopes, claimed = [], []
    for skill in skills:
        slopes.append((best(skill + 0.01)[0] - best(skill - 0.01)[0]) / 0.02)
        place = best(skill)[1]
        local = float((log_worth(place + 1e-4) - log_worth(place - 1e-4)) / 2e-4)
        q = 1 / (1 + math.exp(-skill))
        claimed.append(local * float(theorems.logarithmic_mean(1.0, q)))
        if elasticity is not None:
            assert local == pytest.approx(float(elasticity(place)), rel=1e-6)
    np.testing.assert_allclose(slopes, claimed, rtol=5e-3, atol=1e-4)
    if elasticity is None:  # worth that stops growing ends the super-exponential part
        assert slopes[-1] < max(slopes) / 2


def test_the_weak_link_by_algebra() -> None:
    rho = sp.Symbol("rho", nonzero=True)
    share = sp.Symbol("alpha", positive=True)
    inside = share * sp.exp(rho * X) + 1 - share
    weight = share * sp.exp(rho * X) / inside
    log_value = sp.log(inside) / rho
    assert is_zero(sp.diff(log_value, X) - weight)
    assert is_zero(sp.diff(log_value, X, 2) - rho * weight * (1 - weight))


@given(st.floats(0.1, 4), st.floats(2, 98))
@settings(deadline=None)
def test_the_elasticity_of_substitution_decides_the_sign(sigma: float, percent: float) -> None:
    if abs(sigma - 1) < 1e-3:
        return
    table = theorems.weak_link(sigma, percent)
    assert theorems.kind_of(table["curvature"][:20]) == (SUPER if sigma > 1 else SUB)
    assert (table["value"] <= table["bound"] * (1 + 1e-12)).all()
    assert (table["value"] <= table["input"] * (1 + 1e-12)).all()
    rho = 1 - 1 / sigma
    plain = (percent / 100 * np.exp(rho * table["intelligence"]) + 1 - percent / 100) ** (1 / rho)
    np.testing.assert_allclose(table["value"], plain, rtol=1e-8)


def test_the_weak_link_nears_its_bound_and_one_is_cobb_douglas() -> None:
    assert theorems.weak_link_bound(0.5, 0.5) == pytest.approx(2.0)
    table = theorems.weak_link(0.5, 50)
    assert table["value"].iloc[-1] == pytest.approx(2.0, rel=1e-3)
    assert theorems.weak_link_bound(1.0, 0.5) == math.inf
    equal = theorems.weak_link(1.0, 30)
    np.testing.assert_allclose(equal["value"], np.exp(0.3 * equal["intelligence"]))
    assert (equal["curvature"] == 0).all()


# ------------------------------------------------------------------------------ the statements

PYTHON = {
    "pow": pow,
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "max": max,
    "min": min,
    "__builtins__": {},
}


def evaluate(expression: str, row: dict, **parameters: float) -> float:
    """Evaluate a Vega expression that Python reads alike."""
    return eval(expression, PYTHON | {"datum": SimpleNamespace(**row)} | parameters)


def settings_of(statement: theorems.Statement, seed: int) -> dict[str, float]:
    """Draw a place on each slider, on its steps."""
    rng = np.random.default_rng(seed)
    places = {}
    for slider in statement.sliders:
        steps = round((slider.high - slider.low) / slider.step)
        places[slider.name] = float(slider.low + slider.step * rng.integers(0, steps + 1))
    return places


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("key", STATEMENTS)
def test_the_expressions_of_the_page_equal_python(key: str, seed: int) -> None:
    statement = STATEMENTS[key]
    places = statement.start() if seed == 0 else settings_of(statement, seed)
    table = statement.table(**places)
    assert set(table.columns) == {*statement.fixed, *statement.expressions}
    for wanted in table.to_dict("records"):
        row = {name: wanted[name] for name in statement.fixed}
        for column, expression in statement.expressions.items():
            try:
                row[column] = evaluate(expression, row, **places)
            except (OverflowError, ZeroDivisionError):
                row[column] = math.inf
            if statement.keep and not evaluate(statement.keep, row, **places):
                break
            if isinstance(wanted[column], str):
                assert row[column] == wanted[column]
            elif math.isinf(wanted[column]):
                assert row[column] > 1e20 or row[column] < 0  # a page may see no limit at all
            else:
                scale = max(1e-12, abs(wanted[column]))
                assert abs(row[column] - wanted[column]) < 2e-3 * scale, (column, places, wanted)


@pytest.mark.parametrize("key", STATEMENTS)
def test_at_the_start_the_page_agrees_to_five_digits(key: str) -> None:
    statement = STATEMENTS[key]
    for wanted in statement.table(**statement.start()).to_dict("records"):
        row = {name: wanted[name] for name in statement.fixed}
        for column, expression in statement.expressions.items():
            row[column] = evaluate(expression, row, **statement.start())
            if not isinstance(row[column], str):
                assert row[column] == pytest.approx(wanted[column], rel=3e-5, abs=1e-9), column


@pytest.mark.parametrize("key", STATEMENTS)
def test_vega_itself_reads_the_expressions(key: str) -> None:
    """Draw every column as text and read the picture back."""
    statement = STATEMENTS[key]
    places = settings_of(statement, 5)
    rows = statement.table(**places).iloc[2::9]
    columns = list(statement.expressions)
    data = rows[list(statement.fixed)].assign(row=range(len(rows)))
    chart = alt.Chart(data)
    for column, expression in statement.expressions.items():
        chart = chart.transform_calculate(**{column: expression})
    if statement.keep:
        chart = chart.transform_filter(statement.keep)
    written = "'#' + datum.row + '|' + " + " + '|' + ".join(f"datum.{name}" for name in columns)
    chart = (
        chart.transform_calculate(written=written)
        .mark_text(limit=10_000)
        .encode(y="row:O", text="written:N")
        .add_params(*(alt.param(name=name, value=value) for name, value in places.items()))
    )
    picture = vl_convert.vegalite_to_svg(chart.to_json(), vl_version=charts.VEGA_LITE_VERSION)
    found = dict(re.findall(r">#(\d+)\|([^<]*)<", picture))
    assert len(found) >= 2
    for place, written_row in found.items():
        for column, text in zip(columns, written_row.split("|"), strict=True):
            wanted = rows.iloc[int(place)][column]
            if isinstance(wanted, str):
                assert text == wanted
            elif math.isfinite(wanted):
                assert float(text) == pytest.approx(wanted, rel=1e-3, abs=1e-9), column


@pytest.mark.parametrize("key", STATEMENTS)
def test_no_slider_moves_the_data_of_a_live_chart(key: str) -> None:
    statement = STATEMENTS[key]
    for seed in range(3):
        moved = statement.table(**settings_of(statement, seed))[list(statement.fixed)]
        pd.testing.assert_frame_equal(moved, statement.live())
    assert len(statement.live()) <= 200


@pytest.mark.parametrize("key", STATEMENTS)
def test_each_slider_changes_what_is_drawn(key: str) -> None:
    statement = STATEMENTS[key]
    before = statement.table(**statement.start())
    for slider in statement.sliders:
        assert slider.low <= slider.start <= slider.high
        steps = (slider.start - slider.low) / slider.step
        assert steps == pytest.approx(round(steps))
        other = slider.high if slider.start != slider.high else slider.low
        after = statement.table(**statement.start() | {slider.name: other})
        assert not before.equals(after), slider.name


@pytest.mark.parametrize("key", STATEMENTS)
def test_each_statement_can_be_set_and_has_a_proof(key: str) -> None:
    statement = STATEMENTS[key]
    assert statement.key == key
    assert to_mathml(statement.formula, block=True).startswith("<math")
    assert 2 <= len(statement.proof) <= 5
    for text in (statement.words, statement.assumes, *statement.proof):
        assert text[0].isupper() or text.startswith("ln ")
        assert text.endswith(".") and "  " not in text


@pytest.mark.parametrize("return_to_length", [0.5, 1.0, 2.0])
def test_a_chosen_chain_is_all_but_exponential_after_some_ten_steps(
    return_to_length: float,
) -> None:
    """By the definition, from the table, and from the derivative of the value itself."""
    steps = theorems.steps_to_limit(0.95, return_to_length)
    assert theorems.share_of_limit(steps, return_to_length) == pytest.approx(0.95)
    assert 9 * return_to_length < steps < 10 * return_to_length
    skill = -math.log(math.expm1(return_to_length / steps))  # where -ln q is b / steps
    near = theorems.chosen_chain_value([skill - 1e-4, skill, skill + 1e-4], return_to_length)
    assert near["length"].iloc[1] == pytest.approx(steps)
    slope = (near["log_value"].iloc[2] - near["log_value"].iloc[0]) / 2e-4
    assert slope == pytest.approx(0.95 * return_to_length, rel=1e-6)
    with pytest.raises(ValueError, match="between 0 and 1"):
        theorems.steps_to_limit(1.0)


def test_the_bound_needs_intelligence_that_rises_at_least_in_a_straight_line() -> None:
    """V = exp(I squared) is log-convex; along I = t it passes a whole, along a slower I never."""
    time = np.linspace(0, 20, 5001)
    whole = 100 * 1.05**time

    def value(intelligence: np.ndarray) -> np.ndarray:
        return np.exp(intelligence + intelligence**2)

    assert theorems.longest_until_whole(0.01, 1.0, math.log(1.05)) < 5
    assert (value(time)[time < 5] > whole[time < 5]).any()
    slowing = 1 - np.exp(-time)  # rises, with the same first speed, towards one
    assert (value(slowing) < whole).all()
    assert "straight line in time" in theorems.STATEMENTS["bound"].assumes


def test_without_wear_growth_slows_but_never_ends() -> None:
    """An elasticity of a half: R grows as the square of time, past every amount, ever slower."""
    path = theorems.simulate_reinvestment(
        lambda x: math.log(0.3) - 0.5 * x, depreciation=0.0, years=400.0, steps=4000, largest=1e9
    )
    exact = (1 + 0.15 * path["years"]) ** 2
    np.testing.assert_allclose(path["resources"], exact, rtol=1e-6)
    assert (path["growth_rate"] > 0).all() and path["growth_rate"].iloc[-1] < 0.01
    worn = theorems.simulate_reinvestment(
        lambda x: math.log(0.3) - 0.5 * x, depreciation=0.1, years=400.0, steps=4000
    )
    assert worn["resources"].iloc[-1] == pytest.approx(9.0, rel=1e-6)
    assert "wear and g are above zero" in theorems.STATEMENTS["reinvestment"].assumes


# ------------------------------------------------------------------------- common misreadings


def curvature_of(value: sp.Expr, variable: sp.Symbol = X) -> sp.Expr:
    """Return the curvature of ln V by algebra."""
    return sp.simplify(sp.diff(sp.log(value), variable, 2))


def misread_convex() -> None:
    at = np.linspace(0.5, 5, 10)
    assert (np.diff(at**2, 2) > 0).all() and theorems.classify(at, at**2) == SUB
    assert is_zero(sp.diff(sp.log(X**2), X) - 2 / X)


def misread_steep() -> None:
    assert curvature_of(sp.exp(5 * X)) == curvature_of(sp.exp(X)) == 0


def misread_fast() -> None:
    value = sp.exp(X**2 / 1000)
    assert curvature_of(value) > 0
    assert sp.solve(sp.diff(sp.log(value), X) - 1, X) == [500]


def misread_dollars() -> None:
    assert math.exp(math.log(100) / 2) == pytest.approx(10)


def misread_time() -> None:
    t = sp.Symbol("t", positive=True)
    assert curvature_of(sp.exp(X)) == 0
    assert curvature_of(sp.exp(t**2), t) == 2


def misread_infinite() -> None:
    assert sp.limit(1 / (4 - X), X, 4, "-") == sp.oo
    assert sp.singularities(sp.exp(X**2), X) == sp.EmptySet
    assert curvature_of(sp.exp(X**2)) == 2


def misread_parts() -> None:
    assert curvature_of(sp.exp(X) + sp.exp(3 * X)).subs(X, 0) == 1


def misread_pays() -> None:
    (case,) = [c for c in theorems.economies() if c.name.endswith("level too low")]
    assert case.kind == SUPER and (case.elasticity(np.linspace(-9, 9, 19)) > 1).all()
    assert theorems.simulate_reinvestment(case.log_return)["resources"].iloc[-1] < 1


def misread_scale() -> None:
    assert set(theorems.one_curve_three_scales()["kind"]) == {SUPER, EXPONENTIAL, SUB}


def misread_ever() -> None:
    assert theorems.longest_until_whole(1e-3, math.log(2)) < 10


SHOWN = {
    "convex": misread_convex,
    "steep": misread_steep,
    "fast": misread_fast,
    "dollars": misread_dollars,
    "time": misread_time,
    "infinite": misread_infinite,
    "parts": misread_parts,
    "pays": misread_pays,
    "scale": misread_scale,
    "ever": misread_ever,
}


@pytest.mark.parametrize("key", [misreading.key for misreading in theorems.MISREADINGS])
def test_each_misreading_is_shown_by_its_example(key: str) -> None:
    assert len(SHOWN) == len(theorems.misreadings())
    SHOWN[key]()


# ------------------------------------------------------------------------------------ bad input


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: theorems.shapes(rate=0), "rate is 0"),
        (lambda: theorems.shapes(ceiling=1), "above the start"),
        (lambda: theorems.one_family(rate=-1), "rate is -1"),
        (lambda: theorems.kind_of([math.nan]), "no curvature"),
        (lambda: theorems.classify([0, 1], [1, 2]), "three points"),
        (lambda: theorems.classify([0, 2, 1], [1, 2, 3]), "should rise"),
        (lambda: theorems.classify([0, 1, 2], [1, 0, 3]), "above zero"),
        (lambda: theorems.bend([1.0], 1.0, 5, 5), "should rise"),
        (lambda: theorems.bend([1.0], math.inf, 0, 1), "finite"),
        (lambda: theorems.straightening_bend(0.0, 1.0, 0, 1), "slope of ln V is zero"),
        (lambda: theorems.rescaled([1, 1, 2]), "should rise"),
        (lambda: theorems.rescaled([1, 2, 3], "fast"), "not one of"),
        (lambda: theorems.bent_scale(total=1), "above 1"),
        (lambda: theorems.reinvestment(level=0), "level is 0"),
        (lambda: theorems.outcome(1, 0.1, -1), "depreciation is -1"),
        (lambda: theorems.simulate_reinvestment(lambda x: x, depreciation=-1), "below zero"),
        (lambda: theorems.longest_until_whole(1.2, 0.1), "between 0 and 1"),
        (lambda: theorems.longest_until_whole(0.1, 0.1, curvature=-1), "not log-convex"),
        (lambda: theorems.share_of_output(times_a_year=0), "times_a_year is 0"),
        (lambda: theorems.curvature_decomposition([1, 2], [1, 2, 3]), "shape of the values"),
        (lambda: theorems.curvature_decomposition([1, -2], [1, 2]), "below zero"),
        (lambda: theorems.curvature_decomposition(np.ones((2, 2, 2)), 1), "a row for each"),
        (lambda: theorems.logarithmic_mean(0, 1), "above zero"),
        (lambda: theorems.stepwise_curvature_decomposition([0, 1], np.ones((2, 1))), "three"),
        (lambda: theorems.stepwise_curvature_decomposition([0, 1, 1], np.ones((3, 1))), "rise"),
        (lambda: theorems.two_exponentials(share_percent=0), "between 0 and 1"),
        (lambda: theorems.chain_horizon(1.0, 1.0), "between 0 and 1"),
        (lambda: theorems.fixed_chain(0), "length is 0"),
        (lambda: theorems.best_length(1.0, -1), "return_to_length is -1"),
        (lambda: theorems.best_length(1.0, 1, 5, 2), "no range"),
        (lambda: theorems.chosen_chain(longest_tenfolds=0), "longest_tenfolds is 0"),
        (lambda: theorems.weak_link(substitution=0), "substitution is 0"),
        (lambda: theorems.weak_link(share_percent=100), "between 0 and 1"),
    ],
)
def test_impossible_input_is_named(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
