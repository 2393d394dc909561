"""Every solution in the exercise notebooks passes its check, and known slips do not."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize_scalar
from scipy.stats import linregress

from three_observations import (
    cost_exercises,
    data,
    exercises,
    frontier,
    log_scaling_exercises,
    loss_extrapolation,
    loss_forms,
)
from three_observations.exercises import Feedback

FOLDER = Path(__file__).parent.parent / "chapters" / "exercises"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
GAP = re.compile(r"^(\w+) = \.\.\..*$", re.MULTILINE)
CHECK = re.compile(r'^check\("([\w-]+)"', re.MULTILINE)
SOLUTION = re.compile(r"<details>.*?```python\n(.*?)```.*?</details>", re.DOTALL)


def cells(notebook: Path) -> list[tuple[str, str]]:
    """Return kind and source of each cell."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    return [(cell["cell_type"], "".join(cell["source"])) for cell in content["cells"]]


def run(source: str, names: dict) -> object:
    """Run a cell and return the value of its last line."""
    *before, last = source.rstrip().split("\n")
    exec("\n".join(before), names)
    return eval(last, names)


def gaps(notebook: Path) -> list[tuple[str, str]]:
    """Return each cell to fill with the code of its solution."""
    found, pending = [], None
    for kind, source in cells(notebook):
        if kind == "code" and GAP.search(source):
            assert pending is None, f"{notebook.name}: a cell to fill has no solution"
            pending = source
        elif kind == "markdown" and pending is not None:
            solution = SOLUTION.search(source)
            assert solution, f"{notebook.name}: no folded solution after {pending!r}"
            found.append((pending, solution.group(1)))
            pending = None
    assert pending is None
    return found


def prepared(notebook: Path) -> dict:
    """Run the cells that are given and return their names."""
    names: dict = {}
    for kind, source in cells(notebook):
        if kind == "code" and not GAP.search(source):
            exec(source, names)
    return names


def test_there_is_an_exercise_notebook_for_each_module_with_exercises():
    source = Path(exercises.__file__).parent
    modules = {f"three_observations.{path.stem}" for path in source.glob("*_exercises.py")}
    assert modules == set(exercises.MODULES)
    assert len(NOTEBOOKS) == len(modules)


def test_every_exercise_stands_once_in_the_notebooks():
    asked = [
        key
        for notebook in NOTEBOOKS
        for kind, source in cells(notebook)
        if kind == "code"
        for key in CHECK.findall(source)
    ]
    written = [key for name in exercises.MODULES for key in import_module(name).EXERCISES]
    assert sorted(asked) == sorted(written)
    assert len(set(written)) == len(written)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_chapter_has_at_least_five_exercises_with_solutions(notebook):
    assert len(gaps(notebook)) >= 5


#: What every exercise notebook says, in this order, before its first exercise.
OPENING = re.compile(
    r"# Exercises: .+\n\n"
    r"These exercises go with \[the [^\]]*chapter[^\]]*\]\(\.\./[\w-]+\.ipynb\)\.\n"
    r"Replace each `\.\.\.` by your answer and run the cell\.\n"
    r"The checker says whether it is right; if it is not, it names the likely slip\.\n"
    r"The solution stands folded below each exercise\.\n"
    r"You need Python: in the folder of the book run `make lab`, and open this notebook in "
    r"`chapters/exercises/`\.\n"
    r"\*\*Time\*\*: about \d+ minutes for the first (\w+), and as long again for the open one\.$"
)
NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_chapter_says_how_many_exercises_it_has(notebook):
    chapter = FOLDER.parent / notebook.name
    words = "".join(source for kind, source in cells(chapter) if kind == "markdown")
    number = re.search(rf"\[(\w+) exercises\]\(exercises/{notebook.name}\)", words)[1]
    named = {"Five": 5, "Six": 6, "Seven": 7, "Eight": 8}[number]
    headings = [source for kind, source in cells(notebook) if kind == "markdown"]
    assert sum(bool(re.match(r"## \d", source)) for source in headings) == named


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_exercises_follow_one_pattern(notebook):
    """Title and how to; then heading, bold question, given cells, cell to fill, solution."""
    (_, opening), *rest = cells(notebook)
    if rest[-1][1].startswith("[Back to the chapter]"):
        rest.pop()
    found = OPENING.fullmatch(opening)
    assert found, opening
    headings = [
        (number, source)
        for number, (kind, source) in enumerate(rest)
        if kind == "markdown" and source.startswith("## ")
    ]
    assert found.group(1) == NUMBERS[len(headings) - 1]
    for count, (number, source) in enumerate(headings, start=1):
        last = count == len(headings)
        assert source.startswith(f"## {count}. Open: " if last else f"## {count}. "), source
        block = rest[number : headings[count][0] if not last else len(rest)]
        kinds = [kind for kind, _ in block]
        assert kinds in (
            ["markdown", "code", "markdown"],
            ["markdown", "code", "code", "markdown"],
        ), source
        to_fill, solution = block[-2][1], block[-1][1]
        if last:
            assert "There is no single right answer; the checker " in source
            assert "\n\nA point each: " in source and source.count(";") >= 5
            assert re.search(r"^\w+_exercises\.check_own_\w+\(", to_fill, re.MULTILINE)
            summary = "One solution of many"
        else:
            assert len(re.findall(r"^\*\*[^*]+\?\*\*$", source, re.MULTILINE)) == 1, source
            assert re.fullmatch(r'(\w+) = \.\.\.\n\ncheck\("[\w-]+", \1\)', to_fill), to_fill
            summary = "Solution"
        assert solution.startswith(f"<details>\n<summary>{summary}</summary>\n\n"), solution
        assert solution.endswith("\n</details>"), solution


def test_the_rubric_for_instructors_has_the_points_of_each_open_exercise():
    page = "\n".join(source for _, source in cells(FOLDER.parent / "for-instructors.ipynb"))
    listed = dict(
        re.findall(r"^\| \[[^\]]+\]\(exercises/([\w-]+)\.ipynb\) \| (.+) \|$", page, re.M)
    )
    assert set(listed) == {notebook.stem for notebook in NOTEBOOKS}
    for notebook in NOTEBOOKS:
        text = "\n".join(source for _, source in cells(notebook))
        points = re.search(r"^A point each: (.+)\.$", text, re.M)[1]
        assert listed[notebook.stem] == points
        assert len(points.split("; ")) == 5


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_unfilled_cells_ask_for_an_answer(notebook):
    names = prepared(notebook)
    for source, _ in gaps(notebook):
        assert run(source, dict(names)).status == "open"


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_solution_is_right(notebook):
    names = prepared(notebook)
    for source, solution in gaps(notebook):
        here = dict(names)
        exec(solution, here)
        filled = GAP.sub("", source)
        feedback = run(filled, here)
        assert isinstance(feedback, Feedback)
        assert feedback.status == "right", f"{source}\n{feedback}"


@pytest.fixture
def kept() -> Iterator[None]:
    """Compute each step of an answer once in a test that leaves the tables alone."""
    with exercises.steps_kept():
        yield


def test_a_step_is_computed_once_for_one_answer_and_anew_for_the_next():
    counted = []
    step = exercises.once(lambda: float(len(counted.append(0) or counted)))
    slip = exercises.Mistake(lambda: 12 * step(), "A factor of 12.")
    exercise = exercises.Exercise("steps", step, 0.01, "Right.", "Wrong.", (slip, slip, slip))
    assert exercises.judge(exercise, 7.77).message == "Wrong." and counted == [0]
    assert exercises.judge(exercise, 24.0).message == "A factor of 12." and counted == [0, 0]
    assert step() == 3.0 and step() == 4.0


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("key", sorted(exercises.exercises()))
def test_slips_fail_with_hints_of_their_own(key):
    exercise = exercises.exercises()[key]
    hints = []
    for mistake in exercise.mistakes:
        feedback = exercises.judge(exercise, mistake.value())
        assert feedback.status == "wrong"
        assert feedback.message == mistake.hint
        hints.append(feedback.message)
    assert len(hints) >= 3
    assert all(first != second for first, second in combinations(hints, 2))
    assert exercises.judge(exercise, exercise.answer()).status == "right"


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("key", sorted(exercises.exercises()))
def test_a_wrong_answer_of_no_known_kind_gets_the_general_hint(key):
    exercise = exercises.exercises()[key]
    strange = np.full(np.size(exercise.answer()), 12345.0)
    assert exercises.judge(exercise, strange).message == exercise.otherwise


def general(key: str) -> list[tuple[exercises.Slip, object]]:
    """Return the answers that slips of any exercise lead to, with the slips."""
    right = np.atleast_1d(np.asarray(exercises.exercises()[key].answer(), dtype=float))
    changed = [(slip, slip.change(right)) for slip in exercises.SLIPS]
    return [
        (slip, value.tolist() if value.size > 1 else float(value[0]))
        for slip, value in changed
        if np.isfinite(value).all()
    ]


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("key", sorted(exercises.exercises()))
def test_slips_of_any_exercise_are_named_unless_the_exercise_says_more(key):
    exercise = exercises.exercises()[key]
    own = {mistake.hint for mistake in exercise.mistakes}
    for slip, value in general(key):
        feedback = exercises.judge(exercise, value)
        assert feedback.status == "wrong", f"{slip.name} passes: the tolerance is too wide"
        assert feedback.message in own | {other.hint for other in exercises.SLIPS}
        assert feedback.message != exercise.otherwise


#: The slips that a teacher meets most, and words of the hint that names them somewhere.
NAMED = {
    "a factor of 12": r"mind the 12|months and years",
    "natural against common log": r"natural.log|natural logarithm|powers of ten",
    "rate against ratio": r"asks for a factor|a ratio \(so many times\)",
    "per token against per task": r"per token, and the question is per task",
    "a mean of ratios": r"mean of two ratios",
    "average against the next": r"average gigawatt",
}


def test_the_slips_that_the_book_warns_of_are_met_by_a_hint(kept):
    hints = [
        exercises.judge(exercise, mistake.value()).message
        for exercise in exercises.exercises().values()
        for mistake in exercise.mistakes
    ]
    for slip, words in NAMED.items():
        assert any(re.search(words, hint) for hint in hints), slip


# ---------------------------------------------------------------------------------------------
# the open exercises


@dataclass(frozen=True)
class Open:
    """An open exercise: its checker, a sound answer by parts, and a part of what is said of it."""

    check: Callable[..., Feedback]
    answer: dict[str, object]
    said: str


def ten(estimate: float, low: float, high: float) -> str:
    """Say whether ten lies inside an interval."""
    return "ten" if low <= 10 <= high else "not ten"


def fifth(miss: float, no_change: float) -> bool:
    """Say whether a miss is at most a fifth of the change."""
    return abs(miss) <= abs(no_change) / 5


def predicted(sample: str, cut: float, **options: object) -> loss_extrapolation.Extrapolation:
    """Fit every form up to a cut and predict the runs beyond it."""
    runs = loss_forms.sample(sample)
    return loss_extrapolation.extrapolation(runs, cuts=[cut], resamples=2, **options)


@pytest.fixture(scope="module")
def opened() -> dict[str, Open]:
    """Return the open exercise of each chapter with a sound answer."""
    priced = frontier.priced_models("arena_2026_07")
    rate = frontier.rates(priced, [1300.0], estimators=["step"], openings=[True], resamples=50)
    near = "Chinchilla, near 20"
    predictions = predicted(near, 1e20).predictions
    return {
        "cost": Open(
            cost_exercises.check_own_rate,
            {"ruler": "arena_2026_07", "level": 1300.0, "rule": ten, "rate": rate},
            repr(ten(*rate.loc[0, ["estimate", "low", "high"]])),
        ),
        "log": Open(
            log_scaling_exercises.check_own_range,
            {"sample": near, "cut": 1e20, "close": fifth, "predictions": predictions},
            f"{predictions['run'].nunique()} larger runs",
        ),
    }


@pytest.mark.parametrize("chapter", ["cost", "log"])
def test_the_open_exercise_takes_a_sound_answer(opened, chapter):
    feedback = opened[chapter].check(**opened[chapter].answer)
    assert feedback.status == "right"
    assert opened[chapter].said in feedback.message


#: Chapters whose open exercise is tried in a module of their own.
OPEN_ELSEWHERE = {
    "value": "test_value_exercises.py",
    "compute": "test_compute_pages.py",
    "said": "test_said_verdicts.py",
    "whole": "test_whole_argument.py",
}


def test_every_chapter_has_an_open_exercise(opened):
    assert len(opened) + len(OPEN_ELSEWHERE) == len(exercises.MODULES)
    for name in OPEN_ELSEWHERE.values():
        text = (Path(__file__).parent / name).read_text(encoding="utf-8")
        assert re.search(r"open.exercise", text) and "check_own" in text


@pytest.mark.parametrize("chapter", ["cost", "log"])
def test_the_open_exercise_waits_for_every_part(opened, chapter):
    for part in opened[chapter].answer:
        assert opened[chapter].check(**opened[chapter].answer | {part: ...}).status == "open"


@pytest.mark.parametrize(
    ("chapter", "changes", "hint"),
    [
        ("cost", {"ruler": "iq"}, "no ruler"),
        ("cost", {"rule": "ten"}, "should be a function"),
        ("cost", {"rule": lambda *_: "yes"}, "cannot say no"),
        ("cost", {"rule": lambda *_: 1 / 0}, "ZeroDivisionError"),
        ("cost", {"level": 99999.0}, "lower score"),
        ("cost", {"level": "GPT-4"}, "should be a score"),
        ("cost", {"level": 1290.0}, "another level"),
        ("cost", {"rate": 10.0}, "frontier.rates"),
        ("cost", {"rule": lambda *_: "any"}, "every rate"),
        ("cost", {"rate": lambda rate: rate.assign(estimate=np.nan)}, "not defined"),
        ("cost", {"rate": lambda rate: rate.assign(low=np.nan, high=np.nan)}, "no interval"),
        ("cost", {"rate": lambda rate: rate.assign(last_price=123.456)}, "to this ruler"),
        ("log", {"sample": "Llama"}, "no runs 'Llama'"),
        ("log", {"sample": pd.DataFrame()}, "by their name"),
        ("log", {"cut": "1e20"}, "number of FLOP"),
        ("log", {"cut": True}, "number of FLOP"),
        ("log", {"cut": np.nan}, "number of FLOP"),
        ("log", {"cut": 1e22}, "lower one"),
        ("log", {"cut": 1e15}, "higher one"),
        ("log", {"close": 0.2}, "should be a function"),
        ("log", {"close": lambda miss: True}, "TypeError"),
        ("log", {"close": lambda *_: True}, "cannot say no"),
        ("log", {"close": lambda miss, _: abs(miss) > 2}, "Turn it round"),
        ("log", {"close": lambda miss, change: miss <= abs(change) / 5}, "take abs()"),
        ("log", {"close": lambda miss, change: abs(miss) <= abs(change)}, "no test of a law"),
        ("log", {"sample": "Gadre, C4"}, "other runs"),
        ("log", {"cut": 3e20}, "another cut"),
        ("log", {"predictions": 1.5}, ".predictions"),
        ("log", {"predictions": lambda table: table.iloc[:0]}, "other runs"),
        ("log", {"predictions": lambda table: table[table["form"] == "line"]}, "lack a form"),
        ("log", {"predictions": lambda table: table.assign(actual=2.0)}, "again"),
        ("log", {"predictions": lambda _: predicted("OLMo, ladder", 1e20)}, "Take its"),
    ],
)
def test_the_open_exercise_names_what_is_missing(opened, chapter, changes, hint):
    sound = opened[chapter].answer
    made = {  # a change of a table is a function of the table
        part: value(sound[part]) if part in ("rate", "predictions") and callable(value) else value
        for part, value in changes.items()
    }
    feedback = opened[chapter].check(**sound | made)
    assert feedback.status == "wrong"
    assert hint in feedback.message


def test_the_open_exercise_takes_whole_numbers_of_any_kind(opened):
    rates, ranges = opened["cost"], opened["log"]
    assert rates.check(**rates.answer | {"level": np.int64(1300)}).status == "right"
    assert ranges.check(**ranges.answer | {"cut": 10**20}).status == "right"


def test_the_open_exercise_refuses_a_fit_that_cannot_be_used():
    cut = 1e19
    table = predicted("Chinchilla, near 20", cut).predictions
    feedback = log_scaling_exercises.check_own_range("Chinchilla, near 20", cut, fifth, table)
    assert feedback.status == "wrong"
    assert "less than 1 decade" in feedback.message


def test_the_open_exercise_applies_the_readers_rule(opened):
    table = opened["log"].answer["predictions"]
    strict = opened["log"].answer | {"close": lambda miss, _: abs(miss) < 1e-9}
    message = opened["log"].check(**strict).message
    assert "the power law with a floor 0 and 0; the power law 0 and 0" in message
    ahead = table[table["form"] == "floored"].sort_values("decades_beyond")
    close = (ahead["error_pct"].abs() <= ahead["naive_error_pct"].abs() / 5).to_numpy()
    half = len(close) // 2
    message = opened["log"].check(**opened["log"].answer).message
    assert f"with a floor {close[:half].sum()} and {close[half:].sum()};" in message


# ---------------------------------------------------------------------------------------------
# answers are computed from the tables

#: Exercise to a table and a change of it that must change the answer.
CHANGES: dict[str, tuple[str, Callable[[pd.DataFrame], pd.DataFrame]]] = {
    "cost-annualise": (
        "prices",
        lambda t: t.assign(
            date=t["date"].where(t["model"] != "GPT-4o mini", t["date"] + pd.Timedelta("200D"))
        ),
    ),
    "cost-blend": (
        "prices",
        lambda t: t.assign(
            input_usd_per_mtok=t["input_usd_per_mtok"].where(t["model"] != "GPT-4o mini", 0.3)
        ),
    ),
    "cost-per-answer": (
        "gpqa_runs",
        lambda t: t.assign(
            output_tokens_per_answer=t["output_tokens_per_answer"].where(
                t["version"] != "gpt-4-0314", 500.0
            )
        ),
    ),
    "log-decade": (
        "chinchilla_runs",
        lambda t: t.assign(loss_nats=1.1 * t["loss_nats"]),
    ),
    "log-best-model": (
        "chinchilla_runs",
        lambda t: t[t["training_flop"] < 1e21],
    ),
    "log-held-out": (
        "chinchilla_runs",
        lambda t: t.assign(
            loss_nats=t["loss_nats"].where(t["training_flop"] < 1e20, t["loss_nats"] + 0.1)
        ),
    ),
    "log-year": (
        "eci_compute",
        lambda t: t[t["released"] < "2025-01-01"],
    ),
}
#: Exercises on figures that stand in the question itself.
INVENTED = {"cost-running-minimum", "cost-elasticity"}


def test_every_exercise_is_computed_from_a_table_or_from_its_question():
    here = {key for key in exercises.exercises() if key.partition("-")[0] not in OPEN_ELSEWHERE}
    assert set(CHANGES) | INVENTED == here


@pytest.mark.parametrize("key", sorted(CHANGES))
def test_a_corrected_figure_corrects_the_exercise(key):
    name, change = CHANGES[key]
    exercise = exercises.exercises()[key]
    before = exercise.answer()
    try:
        data.use(**{name: change(data.load(name))})
        after = exercise.answer()
        assert exercises.judge(exercise, after).status == "right"
        assert exercises.judge(exercise, before).status == "wrong"
    finally:
        data.use()
    assert exercise.answer() == before


def test_the_answers_follow_the_table_of_prices():
    launch = cost_exercises.launch_table()
    old, new = launch.itertuples(index=False)
    mixed = [(9 * row.input_usd_per_mtok + row.output_usd_per_mtok) / 10 for row in (old, new)]
    assert cost_exercises.blended_ratio() == pytest.approx(mixed[0] / mixed[1])
    days = (new.date - old.date).days
    assert cost_exercises.annualised() == pytest.approx(150 ** (365.25 / days), rel=1e-3)


def test_the_answers_on_the_law_are_those_of_a_plain_minimum():
    law = log_scaling_exercises.law()

    def best(flop: float) -> tuple[float, float]:
        """Return the least loss of a budget and its tokens per parameter, by a search."""
        found = minimize_scalar(
            lambda log_size: law.loss(np.exp(log_size), flop / 6 / np.exp(log_size)),
            bounds=(np.log(flop) / 2 - 8, np.log(flop) / 2 + 8),
            method="bounded",
            options={"xatol": 1e-12},
        )
        return float(found.fun), flop / 6 / np.exp(found.x) ** 2

    fall = best(1e22)[0] - best(1e23)[0]
    assert log_scaling_exercises.decade_gain() == pytest.approx(fall, rel=1e-6)
    assert log_scaling_exercises.best_ratio() == pytest.approx(best(1e25)[1], rel=1e-4)


def test_the_miss_and_the_year_are_those_of_plain_fits():
    runs = data.load("chinchilla_runs")
    ratio = runs["training_flop"] / (6 * runs["parameters"] ** 2)
    near = runs[(ratio >= 14) & (ratio <= 28)]
    small = near[near["training_flop"] <= 1e20]
    line = linregress(np.log(small["training_flop"]), small["loss_nats"])
    last = near.sort_values("training_flop").iloc[-1]
    said = line.intercept + line.slope * np.log(last["training_flop"])
    miss = 100 * (said - last["loss_nats"]) / last["loss_nats"]
    assert log_scaling_exercises.held_out_miss() == pytest.approx(miss, rel=1e-9)

    models = data.load("eci_compute")
    models = models[models["confidence"].str.lower() == "confident"].dropna(subset="training_flop")
    years = (models["released"] - pd.Timestamp("2025-01-01")).dt.days / 365.25
    design = np.column_stack([np.ones(len(models)), np.log10(models["training_flop"]), years])
    _, decade, year = np.linalg.solve(design.T @ design, design.T @ models["eci"].to_numpy())
    assert log_scaling_exercises.year_in_decades() == pytest.approx(year / decade, rel=1e-8)
