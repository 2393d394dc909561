"""What a slider computes on the page is what Python computes from the tables."""

from __future__ import annotations

import json
import math
import re
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from committed import found, specification
from three_observations import charts, cost_decline, data, loss_forms, scaling_law

MODELS = {
    "8k": "GPT-4 (8k)",
    "32k": "GPT-4 (32k)",
    "GPT-4 Turbo": "GPT-4 Turbo (1106-preview)",
    "GPT-4o (May)": "GPT-4o (2024-05-13)",
    "GPT-4o (Aug)": "GPT-4o (2024-08-06)",
    "GPT-4o mini": "GPT-4o mini",
}
CHAPTERS = Path(__file__).parent.parent / "chapters"
COST, LOG = "cost-of-a-given-level", "log-of-resources"


def cells_of(chapter: str) -> list[dict]:
    """Return the cells of one chapter as committed."""
    return json.loads((CHAPTERS / f"{chapter}.ipynb").read_text(encoding="utf-8"))["cells"]


def written(value: float, form: str) -> str:
    """Write a number as d3-format does, for the two forms that the charts use."""
    comma, digits, kind = re.fullmatch(r"(,?)\.(\d+)([fr])", form).groups()
    places = int(digits)
    if kind == "r":  # so many significant digits, never an exponent
        places -= math.floor(math.log10(abs(value))) + 1
    return f"{round(value, places):{comma}.{max(places, 0)}f}"


VEGA = {"exp": math.exp, "log": math.log, "sqrt": math.sqrt, "pow": pow, "max": max}


def evaluate(expression: str, row: dict, **parameters: float) -> float | str:
    """Evaluate a Vega expression of plain arithmetic, which Python reads alike."""
    names = VEGA | {"datum": SimpleNamespace(**row), "format": written, "__builtins__": {}}
    return eval(expression, names | parameters)


def calculated(layer: dict, row: dict, **parameters: float) -> dict:
    """Return a row with the columns that a layer calculates, one after the other."""
    for step in layer["transform"]:
        row = row | {step["as"]: evaluate(step["calculate"], row, **parameters)}
    return row


def rows_with(spec: dict, column: str) -> list[dict]:
    """Return the embedded rows that have a column."""
    tables = [*found(spec, "values"), *spec.get("datasets", {}).values()]
    rows = [row for table in tables for row in table if isinstance(row, dict) and column in row]
    assert rows, f"no row with {column!r} is embedded"
    return rows


@pytest.mark.parametrize("percent", [0, 10, 50, 75, 80, 90, 100])
def test_the_slider_for_the_mix_of_tokens(percent):
    spec = specification(COST, "ratios")
    (expression,) = set(found(spec, "calculate"))
    seen = set()
    for row in rows_with(spec, "before_input"):
        before, after = (MODELS[name] for name in row["pair"].split(" \N{RIGHTWARDS ARROW} "))
        wanted = cost_decline.ratio(percent / 100, before, after)
        assert evaluate(expression, row, input_share=percent) == pytest.approx(wanted, rel=1e-4)
        seen.add((before, after))
    assert len(seen) == 8


def test_eighty_per_cent_input_gives_the_150_of_the_essay():
    spec = specification(COST, "ratios")
    (expression,) = set(found(spec, "calculate"))
    rows = {row["pair"]: row for row in rows_with(spec, "before_input")}
    row = rows["8k \N{RIGHTWARDS ARROW} GPT-4o mini"]
    assert evaluate(expression, row, input_share=80) == pytest.approx(150)


@pytest.mark.parametrize(("fall", "longer"), [(10.0, 1.0), (13.3, 1.0), (5.0, 4.0)])
def test_the_sliders_for_your_assumptions(fall, longer):
    spec = specification(COST, "assumptions")
    (expression,) = {text for text in found(spec, "calculate") if "fall" in text}
    for row in rows_with(spec, "years"):
        wanted = cost_decline.over_months(longer / fall, 12 * row["years"])
        assert evaluate(expression, row, fall=fall, longer=longer) == pytest.approx(wanted)


def test_the_sliders_start_at_the_books_values():
    values = {
        param["name"]: param["value"] for param in specification(COST, "assumptions")["params"]
    }
    assert values["longer"] == 1.0
    assert 1 < values["fall"] < 100


# ---------------------------------------------------------------------------------------------
# the log of resources


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (2.25449, ".3f", "2.254"),
        (0.0784512, ",.3r", "0.0785"),
        (4.2449, ",.3r", "4.24"),
        (24.451, ",.3r", "24.5"),
        (1234567.0, ",.3r", "1,230,000"),
    ],
)
def test_numbers_are_written_as_the_page_writes_them(value, form, text):
    assert written(value, form) == text


@pytest.fixture(scope="module")
def yours() -> dict:
    return specification(LOG, "yours")


@pytest.fixture(scope="module")
def twin() -> scaling_law.Sliders:
    """The law behind the sliders, from the tables, with as many resamples as the page takes."""
    sources = ["".join(cell["source"]) for cell in cells_of(LOG)]
    (resamples,) = {
        int(n) for text in sources for n in re.findall(r"^RESAMPLES = (\d+)", text, re.M)
    }
    return scaling_law.sliders(cloud=scaling_law.bootstrap(resamples=resamples))


def settings(spec: dict) -> dict[str, float]:
    """Return what the sliders of a chart are set to."""
    return {param["name"]: param["value"] for param in spec["params"] if "bind" in param}


BUDGETS = (19.0, 22.1, 25.0, 29.0)
# Of the range of a slider; three of the corners lie outside the joint interval.
PLACES = [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0), (0.5, 0.5), (0.4, 0.7)]


def moved(spec: dict, budget: float, across: float, along: float) -> dict[str, float]:
    """Return settings of the sliders: a budget, and the exponents at shares of their range."""
    bound = {param["name"]: param["bind"] for param in spec["params"] if "bind" in param}
    shares = {"alpha": across, "beta": along}
    exponents = {
        name: bound[name]["min"] + share * (bound[name]["max"] - bound[name]["min"])
        for name, share in shares.items()
    }
    return {"log_budget": budget} | exponents


@pytest.mark.parametrize("budget", BUDGETS)
@pytest.mark.parametrize(("across", "along"), PLACES)
def test_the_law_on_the_page_is_the_law_in_python(yours, twin, budget, across, along):
    values = moved(yours, budget, across, along)
    law = twin.law(values["alpha"], values["beta"])
    seen = 0
    for layer in yours["layer"]:
        (name,) = found(layer["data"], "name")
        rows = yours["datasets"][name]
        for row in rows[:: max(1, len(rows) // 4)]:
            shown = calculated(layer, row, **values)
            flop = 10 ** row.get("log10_flop", budget)
            parameters, tokens = law.optimal(flop)
            wanted = {
                "flop": flop,
                "floor": law.E,
                "loss": law.frontier(flop),
                "next_decade": law.next_decade(flop),
                "parameters": parameters,
                "tokens": tokens,
                "used_alpha": law.alpha,
                "used_beta": law.beta,
            }
            for column, value in wanted.items():
                assert shown[column] == pytest.approx(value, rel=1e-6), column
            seen += 1
    assert seen >= 2 * 4 + 3
    assert (
        shown["words"] == f"loss {shown['loss']:.3f}, next decade {shown['next_decade']:.3f} nats"
    )
    assert shown["loss"] - law.frontier(10 * flop) == pytest.approx(shown["next_decade"])


def test_the_sliders_of_the_law_start_at_the_books_values(yours, twin):
    values = settings(yours)
    assert values["alpha"] == pytest.approx(twin.alpha, abs=5e-5)
    assert values["beta"] == pytest.approx(twin.beta, abs=5e-5)
    bound = {param["name"]: param["bind"] for param in yours["params"] if "bind" in param}
    for name, span in (("alpha", twin.alpha_range), ("beta", twin.beta_range)):
        assert (bound[name]["min"], bound[name]["max"]) == pytest.approx(span, abs=5e-4)
    assert bound["log_budget"]["min"] <= values["log_budget"] <= bound["log_budget"]["max"]


@pytest.mark.parametrize(("budget", "across", "along"), [(21.3, 0.6, 0.7), (28.0, 1.0, 0.0)])
def test_vega_itself_writes_what_python_says(yours, twin, budget, across, along):
    values = moved(yours, budget, across, along)
    changed = json.loads(json.dumps(yours))
    for param in changed["params"]:
        param["value"] = values.get(param["name"], param.get("value"))
    svg = charts.picture(changed, "Your assumptions", "With other settings.")
    texts = {unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg)}
    law, flop = twin.law(values["alpha"], values["beta"]), 10**budget
    parameters, tokens = law.optimal(flop)
    assert f"loss {law.frontier(flop):.3f}, next decade {law.next_decade(flop):.3f} nats" in texts
    size, text = written(parameters / 1e9, ",.3r"), written(tokens / 1e12, ",.3r")
    assert f"{size} billion parameters, {text} trillion tokens" in texts


def test_the_lines_of_the_three_forms_are_their_fits():
    spec = specification(LOG, "forms")
    near = loss_forms.sample("Chinchilla, near 20", runs=data.load("chinchilla_runs"))
    titles = {"line": "straight line in log compute", "power": "power law"}
    titles |= {"floored": "power law with a floor"}
    rows = rows_with(spec, "cut")
    (choice,) = (param for param in spec["params"] if "bind" in param)
    assert {row["cut"] for row in rows} == set(choice["bind"]["options"])
    assert choice["value"] in choice["bind"]["options"]
    for cut in choice["bind"]["options"]:
        small = near[near["training_flop"] <= float(cut)]
        assert 0 < len(small) < len(near)
        for form, title in titles.items():
            drawn = [row for row in rows if (row["cut"], row["Form"]) == (cut, title)]
            flop = np.array([row["training_flop"] for row in drawn])
            assert flop.max() > near["training_flop"].max()
            fit = loss_forms.fit_form(
                form, small["training_flop"].to_numpy(), small["loss"].to_numpy()
            )
            shown = np.array([row["loss"] for row in drawn])
            # Five digits are embedded, of the budget and of the loss.
            assert shown == pytest.approx(np.ravel(fit.predict(flop)), rel=3e-5)
    assert {row["Form"] for row in rows} == set(titles.values())


def test_the_dots_of_the_three_forms_are_the_runs():
    spec = specification(LOG, "forms")
    near = loss_forms.sample("Chinchilla, near 20", runs=data.load("chinchilla_runs"))
    dots = [row for row in rows_with(spec, "loss") if "cut" not in row]
    shown = sorted((row["training_flop"], row["loss"]) for row in dots)
    wanted = sorted(zip(near["training_flop"], near["loss"], strict=True))
    assert np.ravel(shown) == pytest.approx(np.ravel(wanted), rel=1e-4)
    (choice,) = (param for param in spec["params"] if "bind" in param)
    filters = sorted({text for text in found(spec, "filter") if "training_flop" in text})
    assert len(filters) == 2
    for cut in choice["bind"]["options"]:
        chosen = {choice["name"]: cut, "toNumber": float}
        sides = np.array([[evaluate(text, row, **chosen) for text in filters] for row in dots])
        assert (sides.sum(axis=1) == 1).all()
        fitted = int((near["training_flop"] <= float(cut)).sum())
        assert sorted(sides.sum(axis=0)) == sorted([fitted, len(near) - fitted])
