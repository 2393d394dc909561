"""Sliders of the pages on compute and revenue equal Python, and the page bears a changed fact."""

from __future__ import annotations

import calendar
import json
import math
import re
from functools import cache
from types import CodeType, SimpleNamespace

import numpy as np
import pytest
import vl_convert

from committed import figures, found, run_with, specification
from three_observations import compute_exercises, compute_plan, compute_revenue

CHAPTER, DEEPER = "compute-and-revenue", "compute-going-deeper"


def steps(spec: dict) -> list[dict]:
    """Return the transforms that end in the reader's probability."""
    chains = [
        chain for chain in found(spec, "transform") if any("flatten" in step for step in chain)
    ]
    assert chains
    assert all(chain == chains[0] for chain in chains)
    return chains[0]


def chosen(condition: bool, yes: float, no: float) -> float:
    """Stand in for Vega's ``if``."""
    return yes if condition else no


@cache
def compiled(expression: str) -> CodeType:
    """Read an expression once; it is evaluated for thousands of rows."""
    return compile(expression.replace("if(", "choose("), "<expression>", "eval")


def evaluate(expression: str, row: dict, **parameters: float) -> float:
    """Evaluate a Vega expression of plain arithmetic, which Python reads alike."""
    names = {
        "datum": SimpleNamespace(**row),
        "pow": lambda base, exponent: math.pow(base, exponent),
        "sqrt": math.sqrt,
        "exp": math.exp,
        "log": math.log,
        "max": max,
        "min": min,
        "choose": chosen,
        "__builtins__": {},
    }
    return eval(compiled(expression), names | parameters)


def probability(spec: dict, year: int, **parameters: float) -> float:
    """Compute from the page's own expressions and draws what it shows for one year, in %."""
    tables = [table for table in spec["datasets"].values() if "u_cost_fall" in table[0]]
    (rows,) = tables
    calculations = [step for step in steps(spec) if "calculate" in step]
    wanted = []
    for row in rows:
        row = dict(row)
        for step in calculations:
            if step["as"] == "percent":
                continue
            if step["as"] == "year":
                row["year"] = year
                assert year in json.loads(step["calculate"])
                continue
            row[step["as"]] = evaluate(step["calculate"], row, **parameters)
        wanted.append(row["profit"])
    return 100 * float(np.mean(wanted))


SETTINGS = [
    ({}, 1.0),
    ({"cost_fall": 0.2, "elasticity": 1.1}, 1.0),
    ({"cost_fall": -0.1, "value_growth": 1.3, "training_share": 0.2}, 0.5),
    ({"other_share": 0.5, "compute_growth": 4.0}, 2.0),
    ({"elasticity": 1.2, "value_growth": 1.15}, 0.0),
    ({"compute_fade": 0.9, "compute_growth": 1.5}, 1.5),
]


@pytest.mark.parametrize(("best", "spread"), SETTINGS)
def test_the_sliders_of_the_monte_carlo(best, spread):
    spec = specification(CHAPTER, "assumptions")
    start = {param["name"]: param["value"] for param in spec["params"] if "bind" in param}
    number = len(next(table for table in spec["datasets"].values() if "u_cost_fall" in table[0]))
    years = (2029, 2030, 2035)
    wanted = compute_plan.page_probabilities(best, spread, number, years).set_index("year")
    for year in years:
        shown = probability(spec, year, **(start | best | {"spread": spread}))
        assert shown == pytest.approx(100 * wanted.loc[year, "in_year"], abs=1e-9)


def test_vega_itself_draws_what_python_computes():
    """Let Vega run the committed chart once and read the dots off the picture."""
    spec = specification(CHAPTER, "assumptions")
    number = len(next(table for table in spec["datasets"].values() if "u_cost_fall" in table[0]))
    years = tuple(range(2026, 2036))
    wanted = compute_plan.page_probabilities(number=number, years=years)["in_year"] * 100
    plain = {key: value for key, value in spec.items() if key != "usermeta"}
    svg = vl_convert.vegalite_to_svg(json.dumps(plain))
    for share in wanted:
        # Each dot is described for those who do not see it: "...: 38".
        assert f"(%): {share:g}" in svg or f"(%): {share:.2f}" in svg


def test_the_sliders_start_at_the_books_values():
    values = {
        param["name"]: param["value"] for param in specification(CHAPTER, "assumptions")["params"]
    }
    for item in compute_plan.ASSUMPTIONS:
        assert values[item.name] == item.best
    assert values["spread"] == 1


def test_the_page_and_the_draws_of_python_agree():
    few = compute_plan.page_probabilities(number=400).set_index("year")["in_year"]
    many = compute_plan.profit_probabilities().set_index("year")["in_year"]
    assert (few - many).abs().max() < 0.04


@pytest.mark.parametrize(("earning", "trained"), [(1.0, 51), (0.5, 51), (1.2, 0), (0.0, 90)])
def test_the_sliders_for_twice_the_compute(earning, trained):
    spec = specification(CHAPTER, "double")
    (expression,) = set(found(spec, "calculate"))
    for share in range(0, 101, 20):
        wanted = compute_revenue.revenue_after_doubling(share / 100, trained / 100, earning)
        shown = evaluate(expression, {"share": share}, earning=earning, trained=trained)
        assert shown == pytest.approx(wanted)


def heights(spec: dict, run_rate: float, gigawatts: float) -> list[float]:
    """Compute from the page's own expressions how strongly each rule foretells a run-rate."""
    drawn = [
        step["calculate"]
        for step in found(spec, "transform")
        for step in step
        if step.get("as") == "height_"
    ]
    return [
        evaluate(formula, {"usd": run_rate}, power=gigawatts, found=run_rate) for formula in drawn
    ]


@pytest.mark.parametrize(("run_rate", "gigawatts"), [(65, 5.0), (44, 4.1), (90, 8.0), (30, 2.0)])
def test_the_sliders_of_the_prediction(run_rate, gigawatts):
    spec = specification(CHAPTER, "rivals")
    wanted = compute_revenue.likelihoods(compute_revenue.rivals(gigawatts), run_rate)
    assert heights(spec, run_rate, gigawatts) == pytest.approx(list(wanted), rel=1e-4)
    chains = [
        {step["as"]: step["calculate"] for step in chain if "as" in step}
        for chain in found(spec, "transform")
        if any(step.get("as") == "expectation" for step in chain)
    ]
    says = chains[0]
    assert all(chain == says for chain in chains)
    shown = [evaluate(says[name], {}, power=gigawatts, found=run_rate) for name in ("p", "e", "o")]
    assert shown == pytest.approx(list(wanted), rel=1e-4)
    assert "datum.p / datum.e" in says["expectation"] and "datum.p / datum.o" in says["pace"]
    start = {param["name"]: param["value"] for param in spec["params"] if "bind" in param}
    table = compute_revenue.rivals()
    assert start["power"] == table["planned"].iloc[0]
    assert start["found"] == round(table["predicted"].iloc[-1])


def charts_of_the_pages() -> list:
    """Return specification and picture of every chart of the two pages, as committed."""
    return [
        pytest.param(spec, svg, id=spec["usermeta"]["name"])
        for page in (CHAPTER, DEEPER)
        for spec, svg in figures(page)
    ]


def drawn_words(svg: str) -> str:
    """Return what is written in a picture."""
    return " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg))


def marks_one_source(meta: dict, svg: str) -> bool:
    """Say whether a chart marks what rests on one source, in the picture or beneath it."""
    star = re.search(r"\S \*|(^| )\*( |$)", drawn_words(svg)) and "*" in meta["caption"]
    legend = "Sources" in drawn_words(svg)
    return bool(star or legend or re.search(r"one source|Ringed|rest on one", meta["caption"]))


def test_a_mark_is_missed_where_it_is_missing():
    picture = "<svg><text>market rent *</text></svg>"
    assert marks_one_source({"caption": "* One source."}, picture)
    assert not marks_one_source({"caption": "Dashed: one."}, picture)
    assert not marks_one_source({"caption": "* One source."}, picture.replace(" *", ""))


@pytest.mark.parametrize(("spec", "svg"), charts_of_the_pages())
def test_what_rests_on_one_source_is_marked(spec, svg):
    meta = spec["usermeta"]
    columns, rows = meta["table"]["columns"], meta["table"]["rows"]
    single = {"n_sources": 1, "one_source": True, "Sources": "one"}
    alone = any(
        row[columns.index(name)] == value
        for name, value in single.items()
        if name in columns
        for row in rows
    )
    assert not alone or marks_one_source(meta, svg)


@pytest.mark.parametrize(("spec", "svg"), charts_of_the_pages())
def test_a_chart_of_forecasts_says_when_they_were_made(spec, svg):
    meta = spec["usermeta"]
    used = {source["table"] for source in meta["sources"]}
    if "projections" not in used:
        return
    said = f"{drawn_words(svg)} {meta['title']} {meta['caption']}"
    months = "|".join(calendar.month_name[1:])
    dated = rf"20\d\d Q\d|({months}) 20\d\d|20\d\d-\d\d-\d\d"
    # The accounts of a year that is over take its cash flow from that table: no forecast.
    assert re.search(dated, said) or meta["name"] == "break-even", said


def test_the_chapter_bears_gigawatts_of_ones_own():
    before, after = run_with(
        CHAPTER,
        ("OWN_GIGAWATTS = None", "OWN_GIGAWATTS = 1.2"),
        ("DRAWS = 40_000", "DRAWS = 4_000"),
    )
    assert "3.2x in gigawatts" in before
    assert "2x in gigawatts" in after and "3.2x in gigawatts" not in after


# ------------------------------------------------------------------ the open exercise


def rule(probability: float) -> str:
    """Say yes from six tenths on."""
    return "yes" if probability >= 0.6 else "no"


@pytest.fixture(scope="module")
def own() -> dict:
    """Return a sound answer to the open exercise."""
    assumptions = compute_plan.with_bounds("cost_fall", best=0.15)
    simulation = compute_plan.simulate(assumptions)
    chance = float(compute_plan.profit_probabilities(simulation, (2030,))["in_year"].iloc[0])
    return {"assumptions": assumptions, "sure_enough": 0.6, "rule": rule, "chance": chance}


def test_the_open_exercise_takes_a_sound_answer(own):
    feedback = compute_exercises.check_own_outlook(**own)
    assert feedback.status == "right"
    assert repr(rule(own["chance"])) in feedback.message
    assert compute_exercises.check_own_outlook(**own | {"rule": ...}).status == "open"


@pytest.mark.parametrize(
    ("changes", "hint"),
    [
        ({"assumptions": "mine"}, "with_bounds"),
        ({"assumptions": compute_plan.ASSUMPTIONS}, "book's assumptions"),
        ({"sure_enough": "very"}, "between 0 and 1"),
        ({"sure_enough": 1.5}, "between 0 and 1"),
        ({"rule": "yes"}, "function"),
        ({"rule": lambda share: "yes"}, "cannot say no"),
        ({"rule": lambda share: 1 / 0}, "ZeroDivisionError"),
        ({"rule": lambda share: share > 0.9}, "does not turn"),
        ({"chance": 60}, "between 0 and 1"),
        ({"chance": 0.99}, "does not belong"),
    ],
)
def test_the_open_exercise_names_what_is_missing(own, changes, hint):
    feedback = compute_exercises.check_own_outlook(**own | changes)
    assert feedback.status == "wrong"
    assert hint in feedback.message


def test_the_answers_follow_the_tables():
    ends = compute_exercises.last_two()
    assert list(ends["year"]) == [2024, 2025]
    growth = ends["gigawatts"][1] / ends["gigawatts"][0]
    assert growth ** compute_exercises.elasticity() == pytest.approx(
        ends["run_rate"][1] / ends["run_rate"][0]
    )
    a_year = compute_exercises.per_gigawatt_year()
    left = a_year["revenue"] - a_year["other"]
    assert a_year["compute"] * 0.85 ** compute_exercises.years_to_break_even() == pytest.approx(
        left
    )
    reached = compute_exercises.starting_tokens() * 3 ** compute_exercises.years_to_pass()
    assert reached == pytest.approx(1.6e15)
