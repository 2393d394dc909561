"""What the sliders of the chapter on value compute on a page is what Python computes."""

from __future__ import annotations

import math
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from committed import found, specification
from three_observations import growth_theorems, theorem_charts, value_proxies, value_verdicts

MAIN, DEEPER = "value-of-intelligence", "value-going-deeper"
FUNCTIONS = {name: getattr(math, name) for name in ("exp", "log", "sqrt")}
FUNCTIONS |= {"pow": pow, "max": max, "min": min, "__builtins__": {}}

#: Page and chart of each statement.
STATEMENTS = {
    "scale": (MAIN, "scale"),
    "resources": (MAIN, "resources"),
    "reinvestment": (MAIN, "reinvestment"),
    "sum": (MAIN, "sum"),
    "chosen-chain": (MAIN, "chain"),
    "definition": (DEEPER, "one-family"),
    "bound": (DEEPER, "bound"),
    "fixed-chain": (DEEPER, "fixed-chain"),
    "weak-link": (DEEPER, "weak-link"),
}


def calculations(spec: dict) -> dict[str, str]:
    """Return the expression of each calculated column, in order."""
    steps = [step for steps in found(spec, "transform") for step in steps]
    return {step["as"]: step["calculate"] for step in steps if "calculate" in step}


def rows_with(spec: dict, *columns: str) -> list[dict]:
    """Return the embedded rows that have some columns."""
    tables = [*found(spec, "values"), *spec.get("datasets", {}).values()]
    rows = [
        row
        for table in tables
        for row in table
        if isinstance(row, dict) and set(columns) <= set(row)
    ]
    assert rows, f"no row with {columns} is embedded"
    return rows


def evaluate(expression: str, row: dict, **parameters: float) -> object:
    """Evaluate a Vega expression that Python reads alike."""
    return eval(expression, FUNCTIONS | {"datum": SimpleNamespace(**row)} | parameters)


def sliders(spec: dict) -> dict[str, float]:
    """Return the starting values of the sliders by name."""
    return {param["name"]: param["value"] for param in spec["params"] if "bind" in param}


def test_every_statement_has_a_chart():
    assert set(STATEMENTS) == set(growth_theorems.STATEMENTS)


@pytest.mark.parametrize("key", STATEMENTS)
def test_the_page_starts_where_python_starts(key):
    spec = specification(*STATEMENTS[key])
    assert sliders(spec) == growth_theorems.STATEMENTS[key].start()


@pytest.mark.parametrize("where", ["start", "low", "high", "between"])
@pytest.mark.parametrize("key", STATEMENTS)
def test_the_page_computes_what_python_computes(key, where):
    statement = growth_theorems.STATEMENTS[key]
    spec = specification(*STATEMENTS[key])
    places = {
        slider.name: slider.low + 0.37 * (slider.high - slider.low)
        if where == "between"
        else getattr(slider, where)
        for slider in statement.sliders
    }
    expressions = calculations(spec)
    assert {column: expressions[column] for column in statement.expressions} == dict(
        statement.expressions
    )
    table = statement.table(**places)
    rows = rows_with(spec, *statement.fixed)[: len(table)]
    compared = 0
    for embedded, wanted in list(zip(rows, table.to_dict("records"), strict=True))[::2]:
        row = dict(embedded)
        assert [row[name] for name in statement.fixed] == pytest.approx(
            [wanted[name] for name in statement.fixed], rel=1e-4, abs=1e-9
        )
        for column, expression in statement.expressions.items():
            try:
                value = evaluate(expression, row, **places)
            except (OverflowError, ZeroDivisionError):
                value = math.inf  # as a page has it
            if isinstance(value, complex):
                value = math.nan
            row[column] = value
        if statement.keep and not evaluate(statement.keep, row, **places):
            continue
        for column in statement.expressions:
            here, there = row[column], wanted[column]
            if isinstance(there, str):
                assert here == there
            elif math.isfinite(there) and abs(there) < 1e12:
                assert here == pytest.approx(there, rel=3e-3, abs=1e-4), (column, places)
                compared += 1
    assert compared > 5


@pytest.mark.parametrize("depreciation", [0.05, 0.2, 0.31, 0.5])
def test_the_map_of_elasticity_and_level(depreciation):
    spec = specification(DEEPER, "phases")
    expression = calculations(spec)["becomes"]
    for row in rows_with(spec, "elasticity", "level")[::7]:
        if row["level"] == depreciation or row["elasticity"] == 1:
            continue
        wanted = growth_theorems.outcome(row["elasticity"], row["level"], depreciation)
        assert evaluate(expression, row, depreciation=depreciation) == wanted


@pytest.mark.parametrize("amount", [-2.0, -0.35, 0.0, 0.6, 2.0])
def test_the_bend_of_the_index(amount):
    spec = specification(MAIN, "bend")
    expressions = calculations(spec)
    low, high = value_proxies.fixed_scores()
    for row in rows_with(spec, "x", "usd_bn")[::3]:
        wanted = growth_theorems.bend(row["x"], amount, low, high)
        here = evaluate(expressions["bent_score"], row, amount=amount)
        assert here == pytest.approx(float(wanted), rel=1e-4)
    bars = rows_with(spec, "centre", "variance_slope")
    estimators = {"lasting": "lasting", "independent": "HC3"}
    assert {row["Row"] for row in bars} == {
        f"{firm}, {words}" for firm in value_proxies.FIRMS for words in estimators
    }
    for row in bars:
        errors = estimators[row["Row"].partition(", ")[2]]
        table = value_proxies.points(row["Firm"])
        known = value_proxies.bend_at_a_point(table, low, high, errors)
        wanted = value_proxies.bent_at_a_point(known, amount)
        for name, value in wanted.items():
            here = evaluate(expressions[name], row, amount=amount)
            # The page holds five digits of each term, and terms cancel; a pixel is 0.03.
            assert here == pytest.approx(1000 * value, rel=1e-3, abs=3e-3)


@pytest.mark.parametrize(
    ("per_point", "more", "points_a_year"), [(8.9, 0, 14.0), (8.9, 20, 14.0), (20.0, -50, 5.0)]
)
def test_the_sliders_for_your_assumptions(per_point, more, points_a_year):
    spec = specification(MAIN, "assumptions")
    bent, plain = sorted(set(found(spec, "calculate")), key=len, reverse=True)
    places = {"per_point": per_point, "more": more, "points_a_year": points_a_year}
    for row in rows_with(spec, "years")[::5]:
        years = pd.Series([row["years"]])
        wanted = value_verdicts.value_after(years, **places).iloc[0]
        assert evaluate(bent, row, **places) == pytest.approx(wanted)
        straight = value_verdicts.value_after(years, per_point, 0.0, points_a_year).iloc[0]
        assert evaluate(plain, row, **places) == pytest.approx(straight)


def test_the_books_assumptions_are_its_figures():
    start = sliders(specification(MAIN, "assumptions"))
    slope = value_proxies.revenue_curvature(["OpenAI"], [value_proxies.INDEX])["slope_line"].iloc[0]
    assert start["per_point"] == pytest.approx(100 * np.expm1(slope), abs=0.05)
    assert start["more"] == 0
    assert 5 < start["points_a_year"] < 30


def test_an_unknown_statement_is_named():
    with pytest.raises(KeyError, match="no statement 'iq'"):
        theorem_charts.live("iq")


def test_a_statement_in_words_has_its_formula_and_its_proof():
    words = theorem_charts.in_words("sum", proof=True)
    statement = growth_theorems.STATEMENTS["sum"]
    assert statement.formula.partition(r"\quad")[0].strip(" ,:") in words
    assert all(line in words for line in statement.proof)
    assert statement.proof[0] not in theorem_charts.in_words("sum")
