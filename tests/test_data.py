"""The tables: what stands in them, and what a reader is told when one is damaged."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from frictionless import Package

from three_observations import data

TABLES = data.tables()
RULERS = ["eci_2026_08", "eci_2025_12", "gpqa_diamond", "arena_2026_07", "mmlu", "weirdml"]
USD = ["input_usd_per_mtok", "output_usd_per_mtok", "cached_input_usd_per_mtok"]

# -------------------------------------------------------------------------------- the data package


def test_frictionless_finds_the_package_valid() -> None:
    report = Package(str(data.directory() / "datapackage.json")).validate()
    assert report.valid, report.flatten(["taskName", "rowNumber", "fieldName", "message"])
    assert {task.name for task in report.tasks} == set(TABLES)


def test_hashes_are_current() -> None:
    assert data.outdated_hashes() == [], "run: python -m three_observations.data"


def test_every_file_of_the_folder_is_described() -> None:
    files = {path.name for path in data.directory().iterdir()}
    assert files == {f"{name}.csv" for name in TABLES} | {"datapackage.json"}


def test_the_package_says_what_it_is() -> None:
    package = json.loads((data.directory() / "datapackage.json").read_text(encoding="utf-8"))
    assert package["profile"] == "tabular-data-package"
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert {"name", "title", "description", "sources", "version"} <= package.keys()


@pytest.mark.parametrize("name", TABLES)
def test_table_and_columns_are_described(name: str) -> None:
    resource = data.describe(name)
    assert resource["title"] and len(resource["description"]) > 40
    assert resource["schema"]["primaryKey"]
    assert resource["schema"]["missingValues"] == [""]
    for field in resource["schema"]["fields"]:
        assert field["title"], field["name"]
        assert len(field["description"]) > 10, field["name"]
        if field["type"] in {"number", "integer"}:
            assert field["unit"], field["name"]
            assert field["description"].endswith(f"Unit: {field['unit']}."), field["name"]
            assert {"minimum", "maximum"} <= field["constraints"].keys(), field["name"]
        if field["type"] == "date":
            assert {"minimum", "maximum"} <= field["constraints"].keys(), field["name"]


@pytest.mark.parametrize("name", TABLES)
def test_file_is_written_in_one_way(name: str) -> None:
    raw = (data.directory() / f"{name}.csv").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf"), "byte order mark"
    assert b"\r" not in raw
    assert raw.endswith(b"\n")


# ---------------------------------------------------------------------------------- what load does


@pytest.mark.parametrize("name", TABLES)
def test_columns_have_the_types_of_the_schema(name: str) -> None:
    frame = data.load(name)
    fields = data.describe(name)["schema"]["fields"]
    assert list(frame.columns) == [field["name"] for field in fields]
    allowed = {
        "string": {"str"},
        "number": {"float64"},
        "integer": {"int64", "Int64"},
        "boolean": {"bool", "boolean"},
        "date": {"datetime64[us]"},
    }
    for field in fields:
        assert str(frame[field["name"]].dtype) in allowed[field["type"]], field["name"]


@pytest.mark.parametrize("name", TABLES)
def test_no_row_and_no_cell_is_lost(name: str) -> None:
    text = pd.read_csv(data.directory() / f"{name}.csv", dtype=str, keep_default_na=False)
    frame = data.load(name)
    assert len(frame) == len(text)
    for column in text:
        assert (frame[column].isna() == (text[column] == "")).all(), column
        if frame[column].dtype == "float64":
            filled = text[column] != ""
            assert (frame[column][filled] == text[column][filled].astype(float)).all(), column


def test_each_call_returns_a_fresh_copy() -> None:
    first = data.load("prices")
    first.loc[:, "input_usd_per_mtok"] = -1.0
    second = data.load("prices")
    assert len(second) > 1
    assert (second["input_usd_per_mtok"] >= 0).all()


def test_describe_returns_a_copy() -> None:
    data.describe("prices")["schema"]["fields"].clear()
    assert data.describe("prices")["schema"]["fields"]


def test_the_module_needs_pandas_only() -> None:
    script = (
        "import sys, pandas; before = set(sys.modules);"
        "from three_observations import data; data.load('prices');"
        "print(*{name.split('.')[0] for name in set(sys.modules) - before})"
    )
    output = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout
    heavy = {"altair", "scipy", "frictionless", "typer", "vl_convert", "statsmodels", "difflib"}
    assert not heavy & set(output.split())


def test_sources_of_gives_each_source_once() -> None:
    all_sources = data.load("sources")
    assert set(data.sources_of()["source"]) == set(all_sources["source"]), "unused source"
    some = data.sources_of("transistors", "solar", "transistors")
    assert list(some["source"]) == ["transistors", "owid-solar"]
    assert list(some.index) == [0, 1]


# -------------------------------------------------------------------------- damage, one error each


class Copy:
    """A copy of the tables that may be damaged."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> Path:
        return self.folder / (name if "." in name else f"{name}.csv")

    def lines(self, name: str) -> list[str]:
        return self.path(name).read_text(encoding="utf-8").split("\n")

    def write(self, name: str, lines: list[str]) -> None:
        self.path(name).write_text("\n".join(lines), encoding="utf-8", newline="")

    def cell(self, name: str, line: int, column: str, value: str) -> None:
        """Put ``value`` into a cell; the file has to have one line a row."""
        frame = pd.read_csv(self.path(name), dtype=str, keep_default_na=False)
        frame.loc[line - 2, column] = value
        frame.to_csv(self.path(name), index=False, lineterminator="\n")

    def package(self, change: Callable[[dict], None]) -> None:
        path = self.path("datapackage.json")
        package = json.loads(path.read_text(encoding="utf-8"))
        change(package)
        path.write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Copy:
    folder = tmp_path / "some data"
    shutil.copytree(data.directory(), folder)
    monkeypatch.setenv("THREE_OBSERVATIONS_DATA", str(folder))
    return Copy(folder)


def failure(name: str) -> data.DataError:
    """Load a damaged table; return its error, after checking that it is one and complete."""
    with pytest.raises(data.DataError) as caught:
        data.load(name)
    error = caught.value
    message = str(error)
    assert message.count("Remedy: ") == 1
    assert error.problem in message and error.remedy in message
    assert error.problem.endswith((".", "?", ")")) and len(error.remedy) > 10
    for part in (error.file, error.column, error.row):
        assert part is None or str(part) in message
    assert error.__cause__ is None and (error.__suppress_context__ or error.__context__ is None)
    return error


def test_an_undamaged_copy_loads(copy: Copy) -> None:
    assert data.directory() == copy.folder
    for name in TABLES:
        assert len(data.load(name)) > 0


CELLS = [
    # table, line, column, bad value, words of the problem, words of the remedy
    ("prices", 5, "input_usd_per_mtok", "thirty", "'thirty' is not a number", "digits"),
    ("prices", 5, "input_usd_per_mtok", "$30", "'$30' is not a number", "sign of currency"),
    ("prices", 5, "input_usd_per_mtok", "30,5", "'30,5' is not a number", "point"),
    ("prices", 5, "input_usd_per_mtok", "1_000", "'1_000' is not a number", "digits"),
    ("prices", 5, "input_usd_per_mtok", "1e", "'1e' is not a number", "digits"),
    ("prices", 5, "input_usd_per_mtok", "nan", "'nan' is not a finite number", "empty"),
    ("prices", 5, "output_usd_per_mtok", "inf", "'inf' is not a finite number", "empty"),
    ("prices", 5, "output_usd_per_mtok", "1e999", "'1e999' is not a finite number", "empty"),
    ("prices", 5, "input_usd_per_mtok", "-30", "-30 is less than 0", "check the sign"),
    ("prices", 5, "input_usd_per_mtok", "30000", "30000 is more than 1000", "decimal point"),
    ("prices", 5, "input_usd_per_mtok", "", "the cell is empty", "fill it in"),
    ("prices", 5, "model", "", "the cell is empty", "fill it in"),
    ("prices", 5, "model", "GPT-4 (8k) ", "has spaces", "remove spaces"),
    ("prices", 5, "note", "two  spaces", "has spaces", "remove spaces"),
    ("prices", 5, "note", "a\ttab", "has spaces", "tabs"),
    ("prices", 5, "date", "14.03.2023", "'14.03.2023' is not a date", "2025-02-09"),
    ("prices", 5, "date", "2023-3-14", "'2023-3-14' is not a date", "2025-02-09"),
    ("prices", 5, "date", "2023-02-30", "does not exist", "correct the month or the day"),
    ("prices", 5, "date", "2323-03-14", "after 2026-11-21", "correct the date"),
    ("prices", 5, "date", "1923-03-14", "before 2020-06-11", "correct the date"),
    ("prices", 5, "date", "", "the cell is empty", "fill it in"),
    ("prices", 5, "kind", "pressing", "'pressing' is not one of", "did you mean 'press'"),
    ("prices", 5, "kind", "zzz", "'zzz' is not one of", "use one of: own statement"),
    ("prices", 5, "n_sources", "2.5", "'2.5' is not a whole number", "digits only"),
    ("prices", 5, "address", "example", "is not written as this column needs", "https?"),
    ("prices", 5, "source", "tokencots", "does not occur in sources.csv", "'tokencost'"),
    ("prices", 5, "source", "zzzzzz", "does not occur in sources.csv", "add the row"),
    ("prices", 5, "model", "GPT-4 (8K)", "does not occur in models.csv", "'GPT-4 (8k)'"),
    ("models", 9, "is_reasoning", "yes", "neither true nor false", "small letters"),
    ("models", 9, "is_small_open", "TRUE", "neither true nor false", "small letters"),
    ("models", 9, "arena_2026_07", "gpt-4-0341", "scores.csv under arena_2026_07", "'gpt-4-0314'"),
    ("models", 9, "mmlu", "Mar 2023", "scores.csv under mmlu", "add the row"),
    ("scores", 4, "ruler", "eci_2026_8", "'eci_2026_8' is not one of", "'eci_2026_08'"),
    ("gpqa_runs", 4, "model", "GPT 5", "does not occur in models.csv", "'GPT-5'"),
    ("weirdml_runs", 4, "version", "gpt-9", "scores.csv under weirdml", "'gpt-"),
    ("solar", 4, "year", "1976.5", "'1976.5' is not a whole number", "digits only"),
    ("sequencing", 3, "month", "2001-09-01", "stands in line 2 already", "remove one of the two"),
    ("sources", 3, "source", "openai-prices", "stands in line 2 already", "remove one of the two"),
    ("sources", 3, "source", "Anthropic Prices", "is not written as", "[a-z0-9-]+"),
    ("claims", 3, "document", "009", "does not occur in documents.csv", "did you mean"),
    ("renderings", 3, "change", "keptt", "'keptt' is not one of", "did you mean 'kept'"),
    ("documents", 3, "appeared", "10 Feb 2025", "is not written as this column needs", "T"),
    ("published", 3, "interval", "68%", "'68%' is not one of", "use one of: 90%, 95%"),
    ("token_volumes", 3, "tokens_per_day", "12", "12 is less than", "the unit"),
    ("chinchilla_runs", 3, "run", "1", "stands in line 2 already", "remove one of the two"),
    ("chinchilla_runs", 9, "loss_nats", "0.25", "0.25 is less than 1", "the unit"),
    ("chinchilla_runs", 9, "training_flop", "9.2e15", "less than 1e+18 (FLOP)", "the unit"),
    ("gadre_models", 9, "corpus", "RedPyjama", "'RedPyjama' is not one of", "'RedPajama'"),
    ("gadre_scores", 9, "model", "C4-11M-6", "does not occur in gadre_models.csv", "did you mean"),
    ("gadre_scores", 9, "task", "jeopard", "does not occur in gadre_tasks.csv", "'jeopardy'"),
    ("gadre_scores", 9, "accuracy_pct", "101", "101 is more than 100", "decimal point"),
    ("gadre_tasks", 9, "in_17", "17", "neither true nor false", "small letters"),
    ("olmo_runs", 9, "role", "ladders", "'ladders' is not one of", "'ladder'"),
    ("olmo_scores", 9, "measure", "accuracy", "'accuracy' is not one of", "'accuracy_pct'"),
    ("olmo_scores", 9, "run", "190M-3xC", "does not occur in olmo_runs.csv", "did you mean '190M"),
    ("olmo_predictions", 3, "target", "13B", "does not occur in olmo_runs.csv", "'13B-5T'"),
    ("base_models", 9, "tokens_trillions", "627", "627 is more than 100", "the unit"),
    ("base_models", 9, "training_flop", "6300", "6300 is less than 1e+18", "the unit"),
    ("eci_compute", 9, "confidence", "Likely", "'Likely' is not one of", "'likely'"),
    ("eci_compute", 9, "eci_2026_08", "GPT-55", "scores.csv under eci_2026_08", "'GPT-5.5'"),
    ("arc_sweeps", 9, "benchmark", "ARC-AGI", "'ARC-AGI' is not one of", "'ARC-AGI-"),
    ("arc_sweeps", 9, "usd_per_task", "0", "0 is less than 0.0001", "the unit"),
    ("token_sweeps", 9, "effort", "highest", "'highest' is not one of", "'high'"),
    ("test_time_reports", 9, "samples", "0", "0 is less than 1", "check the sign"),
    ("test_time_reports", 9, "measure", "pass@64", "'pass@64' is not one of", "'pass@k'"),
]


@pytest.mark.parametrize(
    ("name", "line", "column", "value", "problem", "remedy"),
    CELLS,
    ids=[f"{name}-{column}-{value or 'empty'}" for name, _, column, value, _, _ in CELLS],
)
def test_a_bad_cell(
    copy: Copy, name: str, line: int, column: str, value: str, problem: str, remedy: str
) -> None:
    copy.cell(name, line, column, value)
    error = failure(name)
    assert (error.file, error.row, error.column) == (f"{name}.csv", line, column)
    assert problem in error.problem
    assert remedy in error.remedy


def first_number(name: str) -> str | None:
    """Return the first required column of numbers of a table, if it has one."""
    for field in data.describe(name)["schema"]["fields"]:
        if field["type"] in {"number", "integer"} and field["constraints"].get("required"):
            return field["name"]
    return None


def put(column: str, value: str) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """Return a change that puts a value into the fourth row of a table."""

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        frame.loc[3, column] = value
        return frame

    return change


def kinds_of_damage() -> list[tuple[str, str, Callable[[pd.DataFrame], pd.DataFrame], object]]:
    """Return every kind of damage that a table can suffer: table, kind, change, what is said."""
    found = []
    for name in TABLES:
        last = data.describe(name)["schema"]["fields"][-1]["name"]
        found.append(
            (name, "missing column", lambda f, c=last: f.drop(columns=c), (1, last, "missing"))
        )
        found.append(
            (
                name,
                "duplicate key",
                lambda f: pd.concat([f, f.iloc[[1]]]),
                (None, None, "in line 3 already"),
            )
        )
        for kind, value, words in (
            ("text in a number", "plenty", "'plenty' is not a number"),
            ("negative number", "-2000", "-2000 is less than"),
        ):
            column = first_number(name)
            if column:
                found.append((name, kind, put(column, value), (5, column, words)))
        if "source" in data.load(name) and name != "sources":
            words = "'hearsay' does not occur in sources.csv"
            found.append((name, "unknown source", put("source", "hearsay"), (5, "source", words)))
    return found


DAMAGE = kinds_of_damage()


@pytest.mark.parametrize(
    ("name", "kind", "change", "said"), DAMAGE, ids=[f"{name}-{kind}" for name, kind, *_ in DAMAGE]
)
def test_every_kind_of_damage_to_every_table(
    copy: Copy,
    name: str,
    kind: str,
    change: Callable[[pd.DataFrame], pd.DataFrame],
    said: tuple[int | None, str | None, str],
) -> None:
    frame = pd.read_csv(copy.path(name), dtype=str, keep_default_na=False)
    change(frame).to_csv(copy.path(name), index=False, lineterminator="\n")
    error = failure(name)
    row, column, words = said
    assert error.file == f"{name}.csv", kind
    assert row in (None, error.row) and column in (None, error.column)
    assert words in error.problem


def test_every_table_that_has_numbers_or_sources_is_damaged() -> None:
    kinds = pd.DataFrame([item[:2] for item in DAMAGE], columns=["name", "kind"])
    assert set(kinds["name"]) == set(TABLES)
    without_measures = {"documents", "claims", "sources", "models", "firm_models", "sites"}
    without_measures |= {"renderings", "corrections"}
    for name in set(TABLES) - without_measures:
        assert (kinds["name"] == name).sum() == 5, name


def test_an_error_says_how_many_rows_share_it(copy: Copy) -> None:
    for line in (4, 7, 9):
        copy.cell("transistors", line, "transistors_thousands", "many")
    error = failure("transistors")
    assert error.row == 4
    assert "in 2 more of this column's rows" in error.problem


def test_rows_are_counted_as_lines_of_the_file(copy: Copy) -> None:
    copy.cell("sources", 2, "title", "A title\nof two lines")
    error = failure("sources")
    assert (error.row, error.column) == (2, "title")
    assert "line breaks" in error.problem
    # The column source comes before title, so its error is found first: one line further down.
    copy.cell("sources", 4, "source", "Google Prices")
    error = failure("sources")
    assert (error.row, error.column) == (5, "source")
    assert "Google Prices" in copy.lines("sources")[error.row - 1]


def test_a_date_without_a_day_before_or_after_its_rows(copy: Copy) -> None:
    copy.cell("published", 2, "first_date", "2025")
    error = failure("published")
    assert (error.row, error.column) == (2, "first_date")
    assert "year-month-day" in error.remedy


def test_missing_file(copy: Copy) -> None:
    copy.path("solar").unlink()
    error = failure("solar")
    assert (error.file, error.row, error.column) == ("solar.csv", None, None)
    assert "missing" in error.problem and "restore the file" in error.remedy


def test_missing_file_that_another_table_refers_to(copy: Copy) -> None:
    copy.path("sources").unlink()
    error = failure("solar")
    assert error.file == "sources.csv"
    assert "missing" in error.problem


@pytest.mark.parametrize("content", [b"", b"\n", b"  \n\n"])
def test_empty_file(copy: Copy, content: bytes) -> None:
    copy.path("solar").write_bytes(content)
    error = failure("solar")
    assert error.file == "solar.csv"
    assert "is empty" in error.problem and "restore" in error.remedy


def test_header_without_rows(copy: Copy) -> None:
    copy.write("solar", copy.lines("solar")[:1])
    error = failure("solar")
    assert (error.file, error.row) == ("solar.csv", 1)
    assert "no rows" in error.problem


def test_file_that_is_not_utf_8(copy: Copy) -> None:
    lines = copy.path("technology_rates").read_bytes().split(b"\n")
    lines[6] = b"B\xe9ton" + lines[6]
    copy.path("technology_rates").write_bytes(b"\n".join(lines))
    error = failure("technology_rates")
    assert (error.file, error.row) == ("technology_rates.csv", 7)
    assert "0xe9 is not UTF-8" in error.problem and "encoding UTF-8" in error.remedy


def test_a_byte_order_mark_does_no_harm(copy: Copy) -> None:
    path = copy.path("solar")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert len(data.load("solar")) > 40


@pytest.mark.parametrize(
    ("change", "count"),
    [(lambda line: line + ",one more", 5), (lambda line: line.rsplit(",", 1)[0], 3)],
    ids=["too many", "too few"],
)
def test_wrong_number_of_fields(copy: Copy, change: Callable[[str], str], count: int) -> None:
    lines = copy.lines("solar")
    lines[9] = change(lines[9])
    copy.write("solar", lines)
    error = failure("solar")
    assert (error.file, error.row) == ("solar.csv", 10)
    assert f"{count} fields where the header has 4" in error.problem
    assert "commas" in error.remedy


def test_empty_line(copy: Copy) -> None:
    lines = copy.lines("solar")
    copy.write("solar", [*lines[:5], "", *lines[5:]])
    error = failure("solar")
    assert error.row == 6
    assert "line is empty" in error.problem and "remove the line" in error.remedy


def test_stray_quote(copy: Copy) -> None:
    lines = copy.lines("solar")
    lines[4] = '"1979"x,' + lines[4].split(",", 1)[1]
    copy.write("solar", lines)
    error = failure("solar")
    assert (error.file, error.row) == ("solar.csv", 5)
    assert "cannot be read as CSV" in error.problem and "double quotes" in error.remedy


@pytest.mark.parametrize("sign", [";", "\t"])
def test_other_separator(copy: Copy, sign: str) -> None:
    copy.write("solar", [line.replace(",", sign) for line in copy.lines("solar")])
    error = failure("solar")
    assert (error.file, error.row) == ("solar.csv", 1)
    assert "instead of commas" in error.problem and "CSV with commas" in error.remedy


HEADERS = [
    ("usd_per_watt", "dollars", "usd_per_watt", "is missing", "rename 'dollars'"),
    ("usd_per_watt", "year", "year", "stands there twice", "remove one"),
    ("usd_per_watt", " usd_per_watt", " usd_per_watt", "space around it", "remove the space"),
]


@pytest.mark.parametrize(("old", "new", "column", "problem", "remedy"), HEADERS)
def test_bad_header(copy: Copy, old: str, new: str, column: str, problem: str, remedy: str) -> None:
    lines = copy.lines("solar")
    lines[0] = lines[0].replace(old, new)
    copy.write("solar", lines)
    error = failure("solar")
    assert (error.file, error.row, error.column) == ("solar.csv", 1, column)
    assert problem in error.problem and remedy in error.remedy


def test_missing_column(copy: Copy) -> None:
    frame = pd.read_csv(copy.path("solar"), dtype=str)
    frame.drop(columns="usd_per_watt").to_csv(copy.path("solar"), index=False)
    error = failure("solar")
    assert (error.file, error.row, error.column) == ("solar.csv", 1, "usd_per_watt")
    assert "missing" in error.problem and "add the column" in error.remedy


def test_unexpected_column(copy: Copy) -> None:
    frame = pd.read_csv(copy.path("solar"), dtype=str)
    frame.assign(usd_per_wat="1").to_csv(copy.path("solar"), index=False)
    error = failure("solar")
    assert (error.file, error.row, error.column) == ("solar.csv", 1, "usd_per_wat")
    assert "not expected" in error.problem and "'usd_per_watt'" in error.remedy


def test_columns_may_stand_in_another_order(copy: Copy) -> None:
    frame = pd.read_csv(copy.path("solar"), dtype=str)
    frame[frame.columns[::-1]].to_csv(copy.path("solar"), index=False)
    assert list(data.load("solar").columns) == list(frame.columns)


def test_duplicate_key(copy: Copy) -> None:
    lines = copy.lines("prices")
    copy.write("prices", [*lines[:8], lines[4], *lines[8:]])
    error = failure("prices")
    assert (error.file, error.row, error.column) == ("prices.csv", 9, "model + date")
    assert "stands in line 5 already" in error.problem and "remove one" in error.remedy


@pytest.mark.parametrize(("chosen", "count"), [("true", 2), ("false", 0)])
def test_exactly_one_score_is_preferred(copy: Copy, chosen: str, count: int) -> None:
    frame = pd.read_csv(copy.path("scores"), dtype=str, keep_default_na=False)
    group = frame[(frame["ruler"] == "mmlu") & (frame["version"] == "DeepSeek-V3")]
    assert len(group) == 2
    position = group.index[group["preferred"] != chosen][0]
    copy.cell("scores", int(position) + 2, "preferred", chosen)
    error = failure("scores")
    assert (error.file, error.row, error.column) == (
        "scores.csv",
        int(group.index[0]) + 2,
        "preferred",
    )
    assert f"{count} have preferred = true" in error.problem
    assert "set it to true in one" in error.remedy


def test_unknown_table() -> None:
    with pytest.raises(data.DataError, match="there is no table 'price'.*did you mean 'prices'"):
        data.load("price")
    with pytest.raises(data.DataError, match="there is no table 'zzz'.*use one of: prices"):
        data.describe("zzz")
    with pytest.raises(data.DataError, match="did you mean 'models'"):
        data.sources_of("prices", "Models")


def test_missing_package(copy: Copy) -> None:
    copy.path("datapackage.json").unlink()
    error = failure("prices")
    assert error.file == "datapackage.json"
    assert "missing" in error.problem and "THREE_OBSERVATIONS_DATA" in error.remedy


def test_broken_package(copy: Copy) -> None:
    lines = copy.lines("datapackage.json")
    lines[4] = lines[4].rstrip(",") + ",,"
    copy.write("datapackage.json", lines)
    error = failure("prices")
    assert (error.file, error.row) == ("datapackage.json", 5)
    assert "not valid JSON" in error.problem and "git" in error.remedy


PACKAGES = [
    (lambda package: package.update(resources=[]), "lists no tables"),
    (lambda package: package["resources"][0].pop("schema"), "table 1 lacks"),
    (lambda package: package["resources"][2].pop("path"), "table 3 lacks"),
    (
        lambda package: package["resources"][0]["schema"]["fields"][0].update(type="text"),
        "unknown type 'text'",
    ),
]


@pytest.mark.parametrize(("change", "problem"), PACKAGES, ids=[words for _, words in PACKAGES])
def test_package_that_lacks_something(
    copy: Copy, change: Callable[[dict], None], problem: str
) -> None:
    copy.package(change)
    error = failure("prices")
    assert error.file == "datapackage.json"
    assert problem in error.problem


# ---------------------------------------------------------------------- where the tables are found


def test_directory_named_by_the_environment_must_exist(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THREE_OBSERVATIONS_DATA", str(tmp_path / "nowhere"))
    with pytest.raises(data.DataError, match=r"nowhere.*not a folder.*Remedy: set THREE_OBS"):
        data.directory()


def test_directory_is_found_beside_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("THREE_OBSERVATIONS_DATA", raising=False)
    assert data.directory() == Path(data.__file__).resolve().parents[2] / "data"


def test_directory_is_found_above_the_working_directory(
    copy: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("THREE_OBSERVATIONS_DATA")
    monkeypatch.setattr(data, "__file__", str(tmp_path / "a" / "b" / "c" / "data.py"))
    copy.folder.rename(tmp_path / "data")
    below = tmp_path / "chapters" / "exercises"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert data.directory() == tmp_path / "data"
    assert len(data.load("solar")) > 40
    shutil.rmtree(tmp_path / "data")
    with pytest.raises(data.DataError, match=r"no folder data/.*THREE_OBSERVATIONS_DATA"):
        data.directory()


# ------------------------------------------------------------------------------ after a correction


def test_an_edit_shows_at_once_and_only_in_the_hash(copy: Copy) -> None:
    before = data.load("solar")
    copy.cell("solar", 2, "usd_per_watt", "99.5")
    after = data.load("solar")
    assert after["usd_per_watt"][0] == 99.5
    assert (after["usd_per_watt"][1:] == before["usd_per_watt"][1:]).all()
    assert data.outdated_hashes() == ["solar"]


def test_refresh_changes_size_and_hash_and_nothing_else(copy: Copy) -> None:
    original = copy.path("datapackage.json").read_text(encoding="utf-8").split("\n")
    assert data.refresh_package() == []
    assert copy.path("datapackage.json").read_text(encoding="utf-8").split("\n") == original
    copy.cell("solar", 2, "usd_per_watt", "99.5123456")
    assert data.refresh_package() == ["solar"]
    assert data.outdated_hashes() == []
    refreshed = copy.path("datapackage.json").read_text(encoding="utf-8").split("\n")
    changed = [new for old, new in zip(original, refreshed, strict=True) if old != new]
    assert len(changed) == 2
    assert changed[0].strip().startswith('"bytes"') and changed[1].strip().startswith('"hash"')
    assert data.refresh_package() == []


def test_refresh_refuses_a_damaged_table(copy: Copy) -> None:
    copy.cell("solar", 2, "usd_per_watt", "cheap")
    with pytest.raises(data.DataError, match="is not a number"):
        data.refresh_package()
    assert data.outdated_hashes() == ["solar"]


def test_missing_table_counts_as_outdated(copy: Copy) -> None:
    copy.path("solar").unlink()
    assert data.outdated_hashes() == ["solar"]


def test_refresh_runs_as_a_command(copy: Copy) -> None:
    command = [sys.executable, "-m", "three_observations.data"]
    copy.cell("solar", 2, "usd_per_watt", "99.5")
    first = subprocess.run(command, capture_output=True, text=True, check=True)
    second = subprocess.run(command, capture_output=True, text=True, check=True)
    assert first.stdout == "refreshed: solar\n"
    assert second.stdout == "all hashes are up to date\n"
    copy.cell("solar", 2, "usd_per_watt", "cheap")
    third = subprocess.run(command, capture_output=True, text=True, check=False)
    assert third.returncode == 1
    assert third.stderr.startswith("solar.csv, line 2") and "Traceback" not in third.stderr


# ----------------------------------------------------------------------------------------- sources


#: Tables that are sources themselves, or our own record of the book.
OWN = {"sources", "documents", "claims", "corrections"}


@pytest.mark.parametrize("name", [name for name in TABLES if name not in OWN])
def test_every_row_leads_to_a_source_with_a_kind(name: str) -> None:
    if name == "models":
        rows = data.load("prices").merge(data.load("models")[["model"]], on="model")
        assert set(rows["model"]) == set(data.load("models")["model"]), "model without a price"
        return
    rows = data.load(name).merge(data.load("sources"), on="source", how="left", suffixes=("", "_s"))
    kind = rows["kind_s"] if "kind_s" in rows else rows["kind"]
    assert len(rows) == len(data.load(name))
    assert kind.notna().all()


def test_a_source_without_an_address_says_why() -> None:
    sources = data.load("sources")
    without = sources[sources["address"].isna()]
    assert len(without) > 0
    assert without["note"].str.contains("address", case=False).all()


def test_a_row_without_its_own_address_belongs_to_a_source_that_has_one_or_says_so() -> None:
    for name in ("prices", "token_volumes"):
        rows = data.load(name)
        rows = rows[rows["address"].isna()].merge(data.load("sources"), on="source")
        assert (
            rows["address_y"].notna() | rows["note_y"].str.contains("address", case=False)
        ).all()


def test_nothing_comes_from_a_source_that_may_not_be_used() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in data.directory().iterdir())
    for words in ("artificialanalysis", "Artificial Analysis"):
        assert words not in text


# ------------------------------------------------------------- prices: a changed figure shows here


def price(model: str, date: str) -> pd.Series:
    prices = data.load("prices").set_index(["model", "date"])
    return prices.loc[(model, pd.Timestamp(date))]


# What sellers announced about a price in words, beside the two rows that it ties together:
# (who said it and when, later row, earlier row, input later / earlier, output later / earlier).
ANNOUNCED = [
    (
        "OpenAI, GPT-4, 2023-03-14: the 32k version costs twice as much",
        ("GPT-4 (32k)", "2023-03-14"),
        ("GPT-4 (8k)", "2023-03-14"),
        2,
        2,
    ),
    (
        "OpenAI, ChatGPT API, 2023-03-01: ten times cheaper than the GPT-3.5 models before",
        ("GPT-3.5 Turbo (0301)", "2023-03-01"),
        ("text-davinci-003 (GPT-3.5)", "2022-11-28"),
        1 / 10,
        1 / 10,
    ),
    (
        "OpenAI, DevDay, 2023-11-06: a third of GPT-4's price for input, half for output",
        ("GPT-4 Turbo (1106-preview)", "2023-11-06"),
        ("GPT-4 (8k)", "2023-03-14"),
        1 / 3,
        1 / 2,
    ),
    (
        "OpenAI, New embedding models, 2024-01-25: input 50% and output 25% less",
        ("GPT-3.5 Turbo (0125)", "2024-01-25"),
        ("GPT-3.5 Turbo (1106)", "2023-11-06"),
        0.5,
        0.75,
    ),
    (
        "OpenAI, Hello GPT-4o, 2024-05-13: half the price of GPT-4 Turbo",
        ("GPT-4o (2024-05-13)", "2024-05-13"),
        ("GPT-4 Turbo (2024-04-09)", "2024-04-09"),
        0.5,
        0.5,
    ),
    (
        "OpenAI, Structured Outputs, 2024-08-06: 50% less for input, 33% less for output",
        ("GPT-4o (2024-08-06)", "2024-08-06"),
        ("GPT-4o (2024-05-13)", "2024-05-13"),
        1 / 2,
        2 / 3,
    ),
    (
        "OpenAI, pricing page, 2025-02-27: GPT-4.5 at thirty times the input price of GPT-4o",
        ("GPT-4.5 preview", "2025-02-27"),
        ("GPT-4o (2024-08-06)", "2024-08-06"),
        30,
        15,
    ),
    (
        "OpenAI, o3 price, 2025-06-10: 80% less",
        ("o3", "2025-06-10"),
        ("o3", "2025-04-16"),
        0.2,
        0.2,
    ),
    (
        "OpenAI, GPT-5.2, 2025-12-11: 40% more than GPT-5.1",
        ("GPT-5.2", "2025-12-11"),
        ("GPT-5.1", "2025-11-13"),
        1.4,
        1.4,
    ),
    (
        "Anthropic, Claude 3.5 Haiku, 2024-11-04: four times the price of Claude 3 Haiku",
        ("Claude 3.5 Haiku", "2024-11-04"),
        ("Claude 3 Haiku", "2024-03-07"),
        4,
        4,
    ),
    (
        "Anthropic, Claude Opus 4.5, 2025-11-24: a third of Opus 4.1",
        ("Claude Opus 4.5", "2025-11-24"),
        ("Claude Opus 4.1", "2025-08-05"),
        1 / 3,
        1 / 3,
    ),
    (
        "DeepSeek, V4 Pro, 2026-04-26: 75% less",
        ("DeepSeek-V4 Pro", "2026-04-26"),
        ("DeepSeek-V4 Pro", "2026-04-23"),
        0.25,
        0.25,
    ),
    (
        "Google, Gemini 3.6 Flash, 2026-08-13: half price",
        ("Gemini 3.6 Flash", "2026-08-13"),
        ("Gemini 3.6 Flash", "2026-07-21"),
        0.5,
        0.5,
    ),
    (
        "Zhipu, 2024-05-11: 80% less",
        ("GLM-3 Turbo", "2024-05-11"),
        ("GLM-3 Turbo", "2024-05-10"),
        0.2,
        0.2,
    ),
]


@pytest.mark.parametrize(
    ("later", "earlier", "input_ratio", "output_ratio"),
    [case[1:] for case in ANNOUNCED],
    ids=[case[0] for case in ANNOUNCED],
)
def test_prices_agree_with_what_was_announced(
    later: tuple[str, str], earlier: tuple[str, str], input_ratio: float, output_ratio: float
) -> None:
    new, old = price(*later), price(*earlier)
    assert new["input_usd_per_mtok"] / old["input_usd_per_mtok"] == pytest.approx(
        input_ratio, rel=1e-3
    )
    assert new["output_usd_per_mtok"] / old["output_usd_per_mtok"] == pytest.approx(
        output_ratio, rel=1e-3
    )


# Models that their sellers put on sale at the price of another, each with its first such day.
SAME_PRICE = [
    [("GPT-4 Turbo (1106-preview)", "2023-11-06"), ("GPT-4 Turbo (2024-04-09)", "2024-04-09")],
    [("GPT-4o (2024-08-06)", "2024-08-06"), ("GPT-4o (2024-11-20)", "2024-11-20")],
    [("o1-preview", "2024-09-12"), ("o1", "2024-12-17")],
    [("o1-mini", "2025-01-31"), ("o3-mini", "2025-01-31"), ("o4-mini", "2025-04-16")],
    [("GPT-5", "2025-08-07"), ("GPT-5.1", "2025-11-13"), ("GPT-5.1-Codex-Max", "2025-12-04")],
    [("GPT-5.2", "2025-12-11"), ("GPT-5.3 Codex", "2026-02-05")],
    [("GPT-5.4 pro", "2026-03-06"), ("GPT-5.5 pro", "2026-04-25")],
    [("GPT-5.5", "2026-04-23"), ("GPT-5.6 Sol", "2026-07-09")],
    [("GPT-5.4", "2026-03-05"), ("GPT-5.6 Terra", "2026-07-09")],
    [("GPT-6 Sol", "2026-09-22"), ("GPT-6.1 Sol", "2026-09-29"), ("GPT-6.2 Sol", "2026-11-17")],
    [("GPT-6 Luna", "2026-09-22"), ("Claude Haiku 5.5", "2026-10-07")],
    [("GPT-6 Astra", "2026-09-03"), ("Claude Fable 5", "2026-06-09")],
    [
        *[("Claude 3 Sonnet", "2024-02-29"), ("Claude 3.5 Sonnet (Jun)", "2024-06-20")],
        *[("Claude 3.5 Sonnet (Oct)", "2024-10-22"), ("Claude 3.7 Sonnet", "2025-02-24")],
        *[("Claude Sonnet 4", "2025-05-22"), ("Claude Sonnet 4.5", "2025-09-29")],
        ("Claude Sonnet 4.6", "2026-02-17"),
    ],
    [("Claude 3 Opus", "2024-02-29"), ("Claude Opus 4", "2025-05-22")],
    [("Claude Opus 4.8", "2026-05-28"), ("Claude Opus 5", "2026-07-24")],
    [("Claude Sonnet 5", "2026-06-30"), ("Claude Sonnet 5.5", "2026-09-28")],
    [("Claude Opus 5.5", "2026-09-22"), ("GPT-5.6 Sol", "2026-08-22")],
    [("Gemini 1.5 Flash (001)", "2024-08-12"), ("Gemini 1.5 Flash (002)", "2024-09-24")],
    [("Gemini 2.0 Flash-Lite", "2025-02-05"), ("Gemini 1.5 Flash (001)", "2024-08-12")],
    [("Gemini 2.5 Pro preview", "2025-04-04"), ("Gemini 2.5 Pro", "2025-06-17")],
    [("Gemini 3 Pro preview", "2025-11-18"), ("Gemini 3.1 Pro preview", "2026-02-19")],
    [("Gemini 1.0 Pro", "2024-02-15"), ("GPT-3.5 Turbo (0125)", "2024-01-25")],
    [("DeepSeek-V2", "2024-05-06"), ("DeepSeek-V3", "2024-12-26")],
    [("DeepSeek-V3", "2025-02-08"), ("DeepSeek-V3-0324", "2025-03-24")],
    [("DeepSeek-R1", "2025-01-20"), ("DeepSeek-R1-0528", "2025-05-28")],
    [("DeepSeek-V3.2-Exp", "2025-09-29"), ("DeepSeek-V3.2", "2025-12-01")],
    [("DeepSeek-V4 Flash", "2026-04-23"), ("DeepSeek-V4 Flash (0731)", "2026-07-31")],
    [("GLM-4.5", "2025-08-15"), ("GLM-4.6", "2025-09-30"), ("GLM-4.7", "2025-12-22")],
    [("GLM-5.1", "2026-04-08"), ("GLM-5.2", "2026-06-20")],
    [("Kimi K2", "2025-07-11"), ("Kimi K2 Thinking", "2025-11-06")],
    [("Kimi K2.6", "2026-04-21"), ("Kimi K2.7 Code", "2026-06-12")],
    [("MiniMax-M2", "2025-11-11"), ("MiniMax-M2.5", "2026-02-12"), ("MiniMax-M2.7", "2026-03-18")],
    [("MiniMax-M2.7", "2026-03-18"), ("MiniMax-M3", "2026-06-01")],
    [("Mistral Medium 3", "2025-05-29"), ("Mistral Medium 3.1", "2025-08-14")],
    [("Mistral Large (2402)", "2024-03-25"), ("Claude 2.1", "2023-11-21")],
    [("Llama 3 8B (Groq)", "2024-06-30"), ("Llama 3.1 8B (Groq)", "2024-10-16")],
    [("Grok 4.20", "2026-03-21"), ("Grok 4.5", "2026-07-08")],
    [("Grok 4.20", "2026-05-20"), ("Grok 4.3", "2026-05-01")],
]


@pytest.mark.parametrize("group", SAME_PRICE, ids=[group[-1][0] for group in SAME_PRICE])
def test_models_at_one_price_stay_together(group: list[tuple[str, str]]) -> None:
    rows = [price(*key)[USD[:2]].tolist() for key in group]
    assert all(row == rows[0] for row in rows), dict(zip(group, rows, strict=True))


def test_percentages_in_the_notes_are_those_of_the_prices() -> None:
    prices = data.load("prices").sort_values(["model", "date"])
    before = prices.groupby("model")[USD[:2]].shift()
    checked = 0
    for row, (old_in, old_out) in zip(prices.itertuples(), before.to_numpy(), strict=True):
        if not isinstance(row.note, str) or np.isnan(old_in):
            continue
        found = re.search(r"(Cut|rise|off).*?by (\d+)(?: and (\d+))? percent", row.note)
        if found:
            sign = 1 if found[1] == "rise" else -1
            first, second = int(found[2]), int(found[3] or found[2])
            change_in = sign * (row.input_usd_per_mtok / old_in - 1) * 100
            assert change_in == pytest.approx(first, abs=0.6), row.model
            if not np.isnan(old_out):
                change_out = sign * (row.output_usd_per_mtok / old_out - 1) * 100
                assert change_out == pytest.approx(second, abs=0.6), row.model
            checked += 1
    assert checked >= 9


def test_announced_percentages_that_were_rounded() -> None:
    # Google, developers blog, 2024-08: 1.5 Flash input 78% and output 71% less.
    new, old = (price("Gemini 1.5 Flash (001)", day) for day in ("2024-08-12", "2024-05-23"))
    assert 1 - new["input_usd_per_mtok"] / old["input_usd_per_mtok"] == pytest.approx(
        0.78, abs=0.01
    )
    assert 1 - new["output_usd_per_mtok"] / old["output_usd_per_mtok"] == pytest.approx(
        0.71, abs=0.01
    )
    # OpenAI, GPT-4o mini, 2024-07-18: more than 60% cheaper than GPT-3.5 Turbo.
    mini, turbo = price("GPT-4o mini", "2024-07-18"), price("GPT-3.5 Turbo (0125)", "2024-01-25")
    assert mini["output_usd_per_mtok"] / turbo["output_usd_per_mtok"] == pytest.approx(0.4)
    assert mini["input_usd_per_mtok"] / turbo["input_usd_per_mtok"] == pytest.approx(0.3)
    # Alibaba Cloud, 2024-05-21: Qwen-Long from 20 to 0.5 yuan, "97%".
    cut = price("Qwen-Long", "2024-05-21")["input_cny_per_mtok"]
    assert 1 - cut / price("Qwen-Long", "2024-05-20")["input_cny_per_mtok"] == 0.975


def test_opening_prices_of_the_essays_comparison() -> None:
    # OpenAI's price pages as archived in April 2023, November 2023, May, July and August 2024.
    expected = {
        ("GPT-4 (8k)", "2023-03-14"): (30, 60),
        ("GPT-4 (32k)", "2023-03-14"): (60, 120),
        ("GPT-4 Turbo (1106-preview)", "2023-11-06"): (10, 30),
        ("GPT-4o (2024-05-13)", "2024-05-13"): (5, 15),
        ("GPT-4o mini", "2024-07-18"): (0.15, 0.6),
        ("GPT-4o (2024-08-06)", "2024-08-06"): (2.5, 10),
    }
    for key, (price_in, price_out) in expected.items():
        row = price(*key)
        assert (row["input_usd_per_mtok"], row["output_usd_per_mtok"]) == (price_in, price_out)


# Models of prices beside the same models in price_events, which another list recorded.
SAME_IN_EVENTS = {
    "Claude 3 Opus": "claude-3-opus-20240229",
    "Claude 3 Sonnet": "claude-3-sonnet-20240229",
    "Claude 3 Haiku": "claude-3-haiku-20240307",
    "Claude 3.5 Sonnet (Jun)": "claude-3-5-sonnet-20240620",
    "Claude 3.5 Sonnet (Oct)": "claude-3-5-sonnet-20241022",
    "Claude 3.5 Haiku": "claude-3-5-haiku-20241022",
    "Claude 3.7 Sonnet": "claude-3-7-sonnet-20250219",
    "Claude Sonnet 4": "claude-sonnet-4-20250514",
    "Claude Opus 4": "claude-opus-4-20250514",
    "Claude Opus 4.1": "claude-opus-4-1-20250805",
    "Claude Sonnet 4.5": "claude-sonnet-4-5-20250929",
    "Claude Haiku 4.5": "claude-haiku-4-5-20251001",
    "Claude Opus 4.5": "claude-opus-4-5-20251101",
    "Claude Opus 4.6": "claude-opus-4-6",
    "Claude Sonnet 4.6": "claude-sonnet-4-6",
    "Claude Opus 4.7": "claude-opus-4-7",
    "Claude Opus 4.8": "claude-opus-4-8",
    "Claude Fable 5": "claude-fable-5",
    "Claude Sonnet 5": "claude-sonnet-5",
    "GPT-4 Turbo (2024-04-09)": "gpt-4-turbo",
    "GPT-4o (2024-05-13)": "gpt-4o-2024-05-13",
    "GPT-4o (2024-08-06)": "gpt-4o-2024-08-06",
    "GPT-4o (2024-11-20)": "gpt-4o-2024-11-20",
    "GPT-4o mini": "gpt-4o-mini",
    "GPT-4.1": "gpt-4.1",
    "GPT-4.1 mini": "gpt-4.1-mini",
    "GPT-4.1 nano": "gpt-4.1-nano",
    "GPT-4.5 preview": "gpt-4.5-preview",
    "GPT-3.5 Turbo (0125)": "gpt-3.5-turbo",
    "o1": "o1",
    "o1-preview": "o1-preview",
    "o1-pro": "o1-pro",
    "o3": "o3",
    "o3-mini": "o3-mini",
    "o3-pro": "o3-pro",
    "o4-mini": "o4-mini",
    "GPT-5": "gpt-5",
    "GPT-5 mini": "gpt-5-mini",
    "GPT-5 nano": "gpt-5-nano",
    "GPT-5 pro": "gpt-5-pro",
    "GPT-5.1": "gpt-5.1",
    "GPT-5.2": "gpt-5.2",
    "GPT-5.2 pro": "gpt-5.2-pro",
    "GPT-5.3 Codex": "gpt-5.3-codex",
    "GPT-5.4": "gpt-5.4",
    "GPT-5.4 mini": "gpt-5.4-mini",
    "GPT-5.4 nano": "gpt-5.4-nano",
    "GPT-5.4 pro": "gpt-5.4-pro",
    "GPT-5.5": "gpt-5.5",
    "GPT-5.5 pro": "gpt-5.5-pro",
    "Gemini 1.5 Flash (001)": "gemini-1.5-flash",
    "Gemini 1.5 Flash-8B": "gemini-1.5-flash-8b",
    "Gemini 1.5 Pro (002)": "gemini-1.5-pro",
    "Gemini 2.0 Flash": "gemini-2.0-flash",
    "Gemini 2.0 Flash-Lite": "gemini-2.0-flash-lite",
    "Gemini 2.5 Pro": "gemini-2.5-pro",
    "Gemini 2.5 Flash (GA)": "gemini-2.5-flash",
    "Gemini 2.5 Flash-Lite": "gemini-2.5-flash-lite",
    "Gemini 3 Pro preview": "gemini-3-pro-preview",
    "Gemini 3 Flash preview": "gemini-3-flash-preview",
    "Gemini 3.1 Pro preview": "gemini-3.1-pro-preview",
    "Gemini 3.1 Flash-Lite": "gemini-3.1-flash-lite",
    "Gemini 3.5 Flash": "gemini-3.5-flash",
    "DeepSeek-V3-0324": "deepseek-chat",
    "DeepSeek-R1-0528": "deepseek-reasoner",
    "DeepSeek-V3.2": "deepseek-v3.2",
    "DeepSeek-V4 Flash": "deepseek-v4-flash",
    "Kimi K2": "kimi-k2-0711-preview",
    "Kimi K2 Thinking": "kimi-k2-thinking",
    "Kimi K2.6": "kimi-k2.6",
    "Qwen3-Max": "qwen3-max",
    "Qwen3.5 Plus": "qwen3.5-plus",
    "Qwen3.7 Max": "qwen3.7-max",
    "Mistral Small 3.1": "mistral-small-latest",
    "Mistral Large 2 (2411)": "mistral-large-2411",
    "Mistral Medium 3": "mistral-medium-2505",
    "Mistral Medium 3.1": "mistral-medium-2508",
    "Grok 3": "grok-3",
    "Grok 3 mini": "grok-3-mini",
    "Grok 4": "grok-4",
    "Grok 4 Fast": "grok-4-fast",
    "GLM-4.6": "glm-4.6",
    "MiniMax-M2": "MiniMax-M2",
}


@pytest.mark.parametrize(("model", "event_id"), SAME_IN_EVENTS.items())
def test_prices_agree_with_the_events_of_another_list(model: str, event_id: str) -> None:
    prices = data.load("prices").query("model == @model").sort_values("date")
    events = data.load("price_events").query("model == @event_id").sort_values("date")
    event = events.iloc[0]
    row = prices[prices["date"] <= event["date"]].iloc[-1]
    for column in USD[:2]:
        assert row[column] == event[column], column


def test_input_prices_agree_with_the_first_arena_snapshot_or_the_difference_is_known() -> None:
    models = data.load("models")
    models = models[(models["provider"] == models["developer"]) & models["arena_2026_07"].notna()]
    snapshots = data.load("arena_snapshots").sort_values("snapshot")
    first = snapshots.drop_duplicates("version").set_index("version")
    prices = data.load("prices").sort_values("date")
    compared, different = 0, set()
    for row in models.itertuples():
        seen = first.loc[row.arena_2026_07]
        known = prices[(prices["model"] == row.model) & (prices["date"] <= seen["snapshot"])]
        if len(known):
            compared += 1
            if known["input_usd_per_mtok"].iloc[-1] != seen["input_usd_per_mtok"]:
                different.add(row.model)
    assert compared > 100
    assert different == {
        # the snapshot has the price of a cheap host, below the developer's
        *("DeepSeek-R1-0528", "DeepSeek-V3.1 (chat/reasoner)", "DeepSeek-V3.2"),
        *("DeepSeek-V3.2-Exp", "GLM-4.6", "GLM-4.7", "GLM-5", "GLM-5.1", "GLM-5.2"),
        *("Kimi K2 Thinking", "Kimi K2.5", "Kimi K2.6", "MiniMax-M2", "MiniMax-M2.5"),
        *("Qwen3.5 Plus", "Qwen3.6 Max preview", "Qwen3.6 Plus"),
        # a host sells the open weights for more than the developer's own service
        "Qwen3.5 Flash",
        # the snapshot has the price of another version of the family, or a slip
        *("GPT-3.5 Turbo (1106)", "Gemini 2.5 Flash-Lite", "Mistral Medium 3.1"),
        # the snapshot still has the price before a cut
        "Gemini 1.5 Flash (001)",
    }


def test_prices_make_sense_beside_each_other() -> None:
    prices = data.load("prices")
    paid = prices[prices["output_usd_per_mtok"].notna()]
    assert (paid["output_usd_per_mtok"] >= paid["input_usd_per_mtok"]).all()
    assert (paid["output_usd_per_mtok"] <= 8.4 * paid["input_usd_per_mtok"]).all()
    cached = prices[prices["cached_input_usd_per_mtok"].notna()]
    assert (cached["cached_input_usd_per_mtok"] < cached["input_usd_per_mtok"]).all()
    free = prices[prices["input_usd_per_mtok"] == 0]
    assert (free["output_usd_per_mtok"] == 0).all()
    assert free["note"].str.contains("Free of charge").all()


def test_cached_prices_are_a_usual_share_of_the_input_price() -> None:
    # A tenth, a quarter, half ... of the input price, give or take the sellers' rounding.
    prices = data.load("prices").dropna(subset=["cached_input_usd_per_mtok"])
    share = prices["cached_input_usd_per_mtok"] / prices["input_usd_per_mtok"]
    usual = np.array([1 / 120, 1 / 50, 1 / 31, 1 / 20, 1 / 12, 1 / 10, 0.12, 1 / 6, 1 / 5, 1 / 4])
    usual = np.append(usual, [1 / 2])
    nearest = np.abs(share.to_numpy()[:, None] / usual - 1).min(axis=1)
    assert (nearest < 0.16).all(), prices[nearest >= 0.16][["model", "date"]]


def test_dollars_are_yuan_over_seven_point_two() -> None:
    prices = data.load("prices")
    yuan = prices[prices["input_cny_per_mtok"].notna()]
    assert len(yuan) > 12
    for side in ("input", "output"):
        rows = yuan[yuan[f"{side}_cny_per_mtok"].notna()]
        converted = rows[f"{side}_cny_per_mtok"] / 7.2
        # DeepSeek publishes prices in dollars too, rounded to a cent.
        tolerance = np.where(rows["provider"] == "DeepSeek", 0.005, 0.00005)
        assert (abs(rows[f"{side}_usd_per_mtok"] - converted) <= tolerance).all()


def test_no_price_jumps_without_a_note() -> None:
    prices = data.load("prices").sort_values(["model", "date"])
    ratio = prices["input_usd_per_mtok"] / prices.groupby("model")["input_usd_per_mtok"].shift()
    jumps = prices[(ratio < 0.45) | (ratio > 1.5)]
    assert len(jumps) >= 8
    hosted = jumps["provider"].isin(["OpenRouter", "DeepInfra", "Groq", "Lambda", "Hyperbolic"])
    assert jumps[~hosted]["note"].notna().all()


def test_rows_that_rest_on_little_say_so() -> None:
    prices = data.load("prices")
    for basis in ("from memory", "start unverified", "day before a cut"):
        assert prices[prices["date_basis"] == basis]["note"].notna().all(), basis
    corrected = prices[prices["note"].str.contains("Corrected", na=False)]
    assert corrected["note"].str.contains(":|upstream").all(), "a correction without its reason"


# ------------------------------------------------------------------------------------------ models


def test_no_price_applies_before_its_model_was_public() -> None:
    rows = data.load("prices").merge(data.load("models")[["model", "released"]], on="model")
    assert (rows["released"].isna() | (rows["date"] >= rows["released"])).all()


def test_sellers_agree_between_prices_and_models() -> None:
    rows = data.load("prices").merge(data.load("models"), on="model")
    assert (rows["provider_x"] == rows["provider_y"]).all()
    hosted = data.load("models").query("provider != developer")
    assert (hosted["weights"] == "open").all()
    for row in hosted.itertuples():
        assert f"({row.provider}" in row.model


def test_small_open_models_are_open_and_say_why() -> None:
    small = data.load("models").query("is_small_open")
    assert set(small["model"]) == {
        "Llama 3 8B (Groq)",
        "Llama 3.1 8B (Groq)",
        "Llama 3.1 8B (OpenRouter)",
        "Gemma 3n E4B (OpenRouter)",
    }
    assert (small["weights"] == "open").all()
    assert small["note"].str.contains("8B parameters").all()


def test_hosts_of_one_model_share_its_scores() -> None:
    models = data.load("models")
    models["base"] = models["model"].str.replace(r" \([^)]*\)$", "", regex=True)
    hosted = models.query("provider != developer")
    for base, group in hosted.groupby("base"):
        assert (group[RULERS].nunique() <= 1).all(), base


def test_a_model_that_no_ruler_lists_says_why() -> None:
    models = data.load("models")
    unlisted = models[models[RULERS].isna().all(axis=1)]
    assert 10 < len(unlisted) < 50
    assert unlisted["note"].notna().all()


def test_names_on_rulers_belong_to_models_of_the_same_time() -> None:
    models = data.load("models")
    scores = data.load("scores").query("preferred").set_index(["ruler", "version"])["released"]
    # Rulers that date a version otherwise: by an announcement, a preview or the first of a family.
    tolerance = pd.Timedelta(days=140)
    for ruler in RULERS:
        rows = models[models[ruler].notna() & models["released"].notna()]
        for row in rows.itertuples():
            dated = scores.get((ruler, getattr(row, ruler)))
            if pd.notna(dated) and "GPT-3.5 Turbo" not in row.model and "GPT-4o" not in row.model:
                if row.model == "GPT-3 davinci (175B)":
                    continue  # the hub dates its label text-davinci-001
                assert abs(dated - row.released) <= tolerance, (row.model, ruler, dated)


# ------------------------------------------------------------------------------------------ scores


def test_scores_are_on_the_scale_of_their_ruler() -> None:
    scores = data.load("scores")
    limits = {"eci_": (40, 170), "arena": (900, 1600), "gpqa": (10, 97), "mmlu": (40, 92)}
    for prefix, (low, high) in limits.items():
        values = scores[scores["ruler"].str.startswith(prefix)]["score"]
        assert values.between(low, high).all(), prefix
    assert scores[scores["ruler"] == "weirdml"]["score"].between(1, 80).all()
    # A percent, not a share: no ruler in percent stays below one.
    for ruler in ("gpqa_diamond", "mmlu", "weirdml"):
        assert scores[scores["ruler"] == ruler]["score"].median() > 20


def test_index_is_anchored_at_two_models() -> None:
    # Epoch AI fixes Claude 3.5 Sonnet at 130 and GPT-5 at 150 (arXiv:2512.00193).
    scores = data.load("scores").set_index(["ruler", "version"])["score"]
    for ruler in ("eci_2026_08", "eci_2025_12"):
        assert scores[(ruler, "Claude 3.5 Sonnet")] == 130
        assert scores[(ruler, "GPT-5")] == 150


def test_intervals_contain_their_score() -> None:
    scores = data.load("scores").dropna(subset=["low"])
    assert len(scores) > 200
    assert scores["high"].notna().all()
    assert scores["score"].between(scores["low"], scores["high"]).all()


def test_the_two_vintages_of_the_index_agree_roughly() -> None:
    scores = data.load("scores")
    old = scores[scores["ruler"] == "eci_2025_12"].set_index("version")["score"]
    new = scores[scores["ruler"] == "eci_2026_08"].set_index("version")["score"]
    both = pd.concat([old, new], axis=1, keys=["old", "new"]).dropna().query("new > 100")
    assert len(both) > 90
    assert (both["old"] - both["new"]).abs().max() < 4.5


def test_preferred_mmlu_follows_the_rule() -> None:
    mmlu = data.load("scores").query("ruler == 'mmlu'")
    for version, group in mmlu.groupby("version"):
        origins = sorted(
            group["origin"],
            key=lambda o: (o != "Stanford CRFM", o not in {"OpenAI", "Anthropic", "DeepSeek"}, o),
        )
        assert group[group["preferred"]]["origin"].item() == origins[0], version


def test_rulers_on_which_gpt_4_and_its_successors_stand() -> None:
    # GPT-4 report, Table 2: MMLU 86.4. Other figures: the leaderboards as read.
    scores = data.load("scores").query("preferred").set_index(["ruler", "version"])["score"]
    assert scores[("mmlu", "gpt-4-0314")] == 86.4
    assert scores[("arena_2026_07", "gpt-4-0314")] == 1287
    assert scores[("arena_2026_07", "gpt-4o-2024-05-13")] == 1346
    assert scores[("eci_2026_08", "GPT-4 (Mar 2023)")] == 125.7
    assert scores[("gpqa_diamond", "gpt-4-0314")] == 35.73
    assert scores[("weirdml", "gpt-4-0613")] == 12.44


# ------------------------------------------------------------------------------------------- Arena


def test_frozen_scores_do_not_move_and_are_not_among_the_scores() -> None:
    snapshots = data.load("arena_snapshots")
    frozen = snapshots[snapshots["is_frozen"]]
    assert 15 < frozen["version"].nunique() < 40
    assert (frozen.groupby("version")["score"].nunique() == 1).all()
    scores = data.load("scores").query("ruler == 'arena_2026_07'")
    assert not set(scores["version"]) & set(frozen["version"])


def test_scores_that_are_not_frozen_moved_when_the_scale_did() -> None:
    snapshots = data.load("arena_snapshots")
    wide = snapshots.pivot(index="version", columns="snapshot", values="score")
    before, after = wide[pd.Timestamp("2025-06-24")], wide[pd.Timestamp("2025-07-30")]
    last = snapshots.groupby("version")["is_frozen"].last()
    both = (after - before).dropna()
    live = both[~last[both.index]]
    # One model joined the board in those days, already on the new scale.
    assert (live > 0).sum() == len(live) - 1
    assert live.median() > 40
    assert (both[last[both.index]] == 0).all()


def test_arena_scores_are_those_of_the_last_snapshot() -> None:
    snapshots = data.load("arena_snapshots")
    snapshots = snapshots[(snapshots["snapshot"] == "2026-07-19") & ~snapshots["is_frozen"]]
    scores = data.load("scores").query("ruler == 'arena_2026_07'")
    merged = scores.merge(snapshots, on="version", how="outer", indicator=True)
    assert (merged["_merge"] == "both").all()
    assert (merged["score_x"] == merged["score_y"]).all()


def test_there_are_24_snapshots_that_grow() -> None:
    sizes = data.load("arena_snapshots").groupby("snapshot").size()
    assert len(sizes) == 24
    assert sizes.is_monotonic_increasing


# --------------------------------------------------------------------------------- runs and tokens


def test_gpqa_accuracies_are_shares_of_the_questions_asked() -> None:
    runs = data.load("gpqa_runs")
    asked = runs["n_passes"] * 198
    right = runs["accuracy_pct"] / 100 * asked
    whole = (right - right.round()).abs() <= asked * 0.00005 + 1e-9
    # A few runs stopped before the last pass was complete.
    assert whole.mean() > 0.93


def test_thinking_is_part_of_the_output() -> None:
    runs = data.load("gpqa_runs").dropna(subset=["reasoning_tokens_per_answer"])
    assert (runs["reasoning_tokens_per_answer"] <= runs["output_tokens_per_answer"]).all()


def test_thinking_takes_more_tokens_than_answering() -> None:
    runs = data.load("gpqa_runs").set_index("version")["output_tokens_per_answer"]
    for plain in ("claude-3-7-sonnet-20250219", "claude-sonnet-4-5-20250929"):
        assert runs[f"{plain}_32K"] > 5 * runs[plain]
    for model in ("gpt-5-2025-08-07", "gpt-5-mini-2025-08-07", "gpt-5.2-2025-12-11"):
        assert runs[f"{model}_high"] > runs[f"{model}_medium"]


def test_gpqa_runs_and_scores_agree_or_say_why() -> None:
    scores = data.load("scores").query("ruler == 'gpqa_diamond'")
    runs = data.load("gpqa_runs").merge(scores, on="version")
    assert len(runs) > 120
    apart = (runs["accuracy_pct"] - runs["score"]).abs() > 2
    assert runs[apart]["note"].str.contains("Another run").all()
    assert 1 <= apart.sum() <= 5


def test_weirdml_runs_and_scores_agree() -> None:
    scores = data.load("scores").query("ruler == 'weirdml'")
    runs = data.load("weirdml_runs").merge(scores, on="version", how="outer", indicator=True)
    assert (runs["_merge"] == "both").all()
    assert (runs["accuracy_pct"] - runs["score"]).abs().max() < 0.011


# ------------------------------------------------------------------------ training runs and losses


def test_chinchilla_runs_are_those_of_the_extraction() -> None:
    runs = data.load("chinchilla_runs")
    assert runs["run"].tolist() == list(range(1, 246))
    assert not runs.duplicated(["parameters", "training_flop"]).any()
    tokens = runs["training_flop"] / (6 * runs["parameters"])
    assert (tokens / runs["parameters"]).between(0.03, 350).all()
    # The notebook of Besiroglu et al. prints these of its 245 rows.
    assert runs["parameters"].agg(["min", "max"]).tolist() == pytest.approx(
        [57334197.40687078, 16183346310.7305]
    )
    assert tokens.agg(["min", "max"]).tolist() == pytest.approx([245105957.92, 317754489343.97])
    assert runs["loss_nats"].agg(["min", "max", "std"]).tolist() == pytest.approx(
        [2.0773942450664395, 5.005581996196243, 0.36438696455830627]
    )
    assert runs["loss_nats"].nunique() == 99, "a colour scale has so many colours"


def test_the_test_bed_holds_what_the_recipe_of_gadre_needs() -> None:
    models = data.load("gadre_models").set_index("model")
    assert len(models) == 104
    fitted = [("11M", 20), ("79M", 20), ("154M", 20), ("412M", 20), ("11M", 320)]
    over_trained = {"C4": 80, "RedPajama": 640, "RefinedWeb": 320}
    for corpus, multiplier in over_trained.items():
        points = [*fitted, ("1.4B", 20), ("6.9B", 20), ("1.4B", multiplier)]
        names = [f"{corpus}-{size}-{tokens}" for size, tokens in points]
        rows = models.loc[names]
        assert (rows["corpus"] == corpus).all()
        assert rows["token_multiplier"].tolist() == [tokens for _, tokens in points]
    assert "C4-412M-640" not in models.index
    # Table 1 of the paper: a 1.4B model on 900 billion tokens, a 6.9B model on 138 billion.
    assert models.loc["RedPajama-1.4B-640", "tokens"] == pytest.approx(900e9, rel=0.03)
    assert models.loc["RedPajama-6.9B-20", "tokens"] == pytest.approx(138e9, rel=0.003)


def test_compute_follows_from_size_and_tokens() -> None:
    models, ladder = data.load("gadre_models"), data.load("olmo_runs")
    base = data.load("base_models").dropna(subset=["training_flop"])
    assert np.allclose(models["tokens"], models["token_multiplier"] * models["parameters"])
    for table in (models, ladder):
        assert np.allclose(table["training_flop"], 6 * table["parameters"] * table["tokens"])
    expected = 6 * base["parameters_billions"] * base["tokens_trillions"] * 1e21
    assert np.allclose(base["training_flop"], expected)


def test_more_training_lowers_the_loss() -> None:
    ladder = data.load("olmo_runs").query("role == 'ladder'").sort_values("tokens")
    assert (ladder.groupby("size")["loss_c4"].diff().dropna() < 0).all()
    models = data.load("gadre_models").sort_values("tokens")
    steps = models.groupby(["corpus", "parameters"])["loss_c4"].diff().dropna()
    # Three steps of the test bed go the other way, by noise.
    assert (steps >= 0).sum() == 3 and steps.max() < 0.025


def test_every_model_of_the_test_bed_did_every_task() -> None:
    scores, tasks = data.load("gadre_scores"), data.load("gadre_tasks")
    counts = scores.groupby("task")["model"].nunique()
    assert len(counts) == 46 and (counts == 104).all()
    assert set(counts.index) == set(tasks["task"])
    assert tasks["in_17"].sum() == 17
    # An accuracy is a whole number of right answers, but for tasks that are means over parts.
    merged = scores.merge(tasks, on="task")
    right = merged["accuracy_pct"] / 100 * merged["questions"]
    off = (right - right.round()).abs() > merged["questions"] * 5e-7 + 1e-3
    assert set(merged[off]["task"]) == {"bbq", "jeopardy", "mmlu", "mmlu_zeroshot"}


def test_the_corrected_number_of_questions_fits_and_the_old_one_does_not() -> None:
    tasks = data.load("gadre_tasks").set_index("task")
    corrected = tasks[tasks["correction"].notna()]
    assert list(corrected.index) == ["arc_challenge"]
    assert "2376" in corrected["correction"].item() and corrected["questions"].item() == 1172
    accuracy = data.load("gadre_scores").query("task == 'arc_challenge'")["accuracy_pct"] / 100
    for questions, fits in ((1172, True), (int(tasks.loc["arc_easy", "questions"]), False)):
        right = accuracy * questions
        assert bool(((right - right.round()).abs() < 0.002).all()) == fits


def test_the_ladder_has_five_sizes_and_four_lengths() -> None:
    runs = data.load("olmo_runs")
    ladder = runs.query("role == 'ladder'")
    assert len(ladder) == 20 and (ladder.groupby("size").size() == 4).all()
    multiple = ladder["run"].str.extract(r"-(\d+)xC$")[0].astype(float)
    assert (ladder["tokens"] / (20 * ladder["parameters"]) / multiple).between(0.99, 1.01).all()
    targets = runs.query("role == 'target'").set_index("run")["tokens"]
    assert targets.to_dict() == pytest.approx({"7B-4T": 3.945e12, "13B-5T": 5.0001e12}, rel=1e-4)


def test_mmlu_on_the_ladder_is_the_mean_of_its_four_groups() -> None:
    weights = {"stem": 0.215, "humanities": 0.335, "social_sciences": 0.219, "other": 0.231}
    scores = data.load("olmo_scores").pivot(
        index=["run", "measure"], columns="task", values="value"
    )
    mean = sum(share * scores[f"mmlu_{group}"] for group, share in weights.items())
    assert np.allclose(scores["mmlu"], mean, rtol=1e-6)
    assert scores.notna().all(axis=None)


def test_published_actuals_of_the_ladder_are_near_the_last_checkpoint() -> None:
    predictions = data.load("olmo_predictions")
    scores = data.load("olmo_scores").rename(columns={"run": "target", "measure": "quantity"})
    merged = predictions.merge(scores, on=["target", "quantity", "task"])
    assert len(merged) == 16
    apart = (merged["actual"] - merged["value"]).abs().groupby(merged["quantity"]).max()
    assert apart["accuracy_pct"] < 0.5 and apart["bits_per_byte"] < 0.004
    loss = predictions.query("quantity == 'loss_c4'").iloc[0]
    last = data.load("olmo_runs").set_index("run").loc["13B-5T", "loss_c4"]
    assert loss["actual"] == pytest.approx(last, rel=3e-4)
    published = data.load("published").set_index("result")["value"]
    error = 100 * (loss["predicted"] / loss["actual"] - 1)
    assert error == pytest.approx(published["olmo-loss-13b"], abs=0.005)  # printed to two places


# ------------------------------------------------------------------- base models and the frontier

# What the developer says of tokens (trillions) or parameters (billions), and what was there before.
CORRECTED = [
    ("btlm-3b-8k-base", "tokens_trillions", 0.627, "627"),
    ("open_llama_7b_v2", "parameters_billions", 7.0, "13"),
    ("open_llama_13b", "tokens_trillions", 1.0, "0.6"),
    ("gemma-2b", "tokens_trillions", 3.0, "6"),
    ("deepseek-moe-16b-base", "parameters_billions", 2.8, "16"),
    ("TinyLlama_v1.1", "tokens_trillions", 2.0, "3"),
    ("stablelm-base-alpha-3b", "tokens_trillions", 0.8, "1.5"),
    ("stablelm-base-alpha-7b", "tokens_trillions", 0.8, "1.5"),
]


@pytest.mark.parametrize(("model", "column", "value", "before"), CORRECTED)
def test_a_corrected_base_model_says_what_was_wrong_and_why(
    model: str, column: str, value: float, before: str
) -> None:
    row = data.load("base_models").set_index("model").loc[model]
    assert row[column] == value
    assert row["correction"].startswith(f"{column}: the source has {before}; ")
    assert row["correction"].endswith(". training_flop follows.")


def test_no_correction_of_base_models_is_silent() -> None:
    models = data.load("base_models")
    assert set(models.dropna(subset=["correction"])["model"]) == {row[0] for row in CORRECTED}
    description = data.describe("base_models")["description"]
    assert f"{len(CORRECTED)} in all" in description and "btlm-3b-8k-base" in description


def test_base_models_lack_compute_where_they_lack_tokens() -> None:
    models = data.load("base_models")
    assert len(models) == 148
    assert models["training_flop"].isna().sum() == 25
    assert (models["training_flop"].isna() == models["tokens_trillions"].isna()).all()
    percents = models.filter(like="_pct")
    assert len(percents.columns) == 8
    assert (percents.median() > 5).all(), "percents, not shares"
    # Nobody sees fewer than four or more than 30,000 tokens per parameter.
    ratio = 1000 * models["tokens_trillions"] / models["parameters_billions"]
    assert ratio.dropna().between(1.5, 30000).all()


def test_two_collections_agree_on_the_compute_of_a_model() -> None:
    base = data.load("base_models").set_index("model")["training_flop"]
    index = data.load("eci_compute").set_index("version")["training_flop"]
    pairs = {
        "Llama-2-7b-hf": "Llama-2-7b",
        "Llama-2-13b-hf": "Llama-2-13b",
        "Llama-2-70b-hf": "Llama-2-70b-chat-hf",
        "llama-7b": "LLaMA-7B",
        "llama-65b": "LLaMA-65B",
        "Meta-Llama-3-70B": "Meta-Llama-3-70B",
        "Yi-34B": "Yi-34B-Chat",
        "Qwen-14B": "Qwen-14B-Chat",
        "DeepSeek-V2": "DeepSeek-V2",
        "falcon-180B": "falcon-180B",
        "gemma-2b": "gemma-2b",
        "gemma-7b": "gemma-7b",
        "phi-2": "phi-2",
        "phi-1_5": "phi-1_5",
        "mpt-30b": "mpt-30b",
        "starcoder2-15b": "starcoder2-15b",
        "deepseek-coder-33b-base": "deepseek-coder-33b-base",
    }
    ratio = base[list(pairs)].to_numpy() / index[list(pairs.values())].to_numpy()
    # Nominal against counted parameters: Gemma 7B has 8.5 billion. Llama 3 by hours of work.
    assert ((ratio > 0.75) & (ratio < 1.25)).all()


def test_index_with_compute_is_one_vintage_on_the_same_scale() -> None:
    table = data.load("eci_compute").set_index("model")
    published = data.load("published").set_index("result")["value"]
    assert len(table) == 85
    assert table.loc["Claude 3.5 Sonnet", "eci"] == published["eci-anchor-claude-3-5-sonnet"]
    assert table.loc["GPT-5", "eci"] == published["eci-anchor-gpt-5"]
    assert table["training_flop"].notna().all()
    counts = {"confident": 58, "likely": 20, "speculative": 7}
    assert table["confidence"].value_counts().to_dict() == counts
    assert all(str(count) in data.describe("eci_compute")["description"] for count in counts)


def test_index_with_compute_joins_the_full_index() -> None:
    scores = data.load("scores").query("ruler == 'eci_2026_08'")
    table = data.load("eci_compute")
    named = table.dropna(subset=["eci_2026_08"])
    merged = named.merge(scores, left_on="eci_2026_08", right_on="version", validate="1:1")
    assert len(merged) == 83
    assert (merged["eci"] - merged["score"]).abs().max() < 5
    # That vintage dates Grok-2 and Mistral Large 2 by their first version.
    assert (merged["released_x"] - merged["released_y"]).abs().dt.days.max() < 123
    unmatched = table[table["eci_2026_08"].isna()]["model"]
    assert set(unmatched) == {"DeepSeek-V3.1", "Kimi K2"}


# ------------------------------------------------------------------------- effort, tokens, samples


@pytest.mark.parametrize("name", ["arc_sweeps", "token_sweeps"])
def test_a_sweep_holds_one_model_fixed(name: str) -> None:
    sweeps = data.load(name)
    assert not sweeps.duplicated(["benchmark", "model", "effort"]).any()
    assert (sweeps.groupby("model")["released"].nunique() == 1).all()
    efforts = sweeps.groupby(["benchmark", "model"]).size()
    assert efforts.min() >= (3 if name == "arc_sweeps" else 2)


def test_versions_of_a_sweep_differ_in_nothing_but_the_effort() -> None:
    tokens = data.load("token_sweeps")
    base = tokens["version"].str.split("_").str[0]
    assert (base.groupby(tokens["model"]).nunique() == 1).all()
    suffix = tokens["version"].str.split("_").str[1].fillna("no thinking")
    assert (suffix == tokens["effort"]).all()
    arc = data.load("arc_sweeps")
    words = r"(?i)-?(thinking|none|minimal|low|medium|x?high|max|120k|\d+k)\b"
    base = arc["version"].str.replace(words, "", regex=True).str.strip("-")
    assert (base.groupby(arc["model"]).nunique() == 1).all()


def test_more_effort_costs_more_nearly_always() -> None:
    arc = data.load("arc_sweeps")  # within a sweep the rows stand in order of effort
    steps = arc.groupby(["benchmark", "model"], sort=False)["usd_per_task"].diff().dropna()
    assert len(steps) > 130 and (steps <= 0).sum() <= 1
    tokens = data.load("token_sweeps")
    steps = tokens.groupby(["benchmark", "model"])["output_tokens_per_pass"].diff().dropna()
    assert len(steps) == 48 and (steps <= 0).sum() <= 5


def test_release_dates_of_one_model_agree_between_tables() -> None:
    arc = data.load("arc_sweeps").drop_duplicates("model").set_index("model")
    tokens = data.load("token_sweeps").drop_duplicates("model").set_index("model")
    both = arc.index.intersection(tokens.index)
    assert len(both) > 10
    assert (arc.loc[both, "released"] == tokens.loc[both, "released"]).all()
    dated = arc[arc["note"].fillna("").str.startswith("Released: the source has ")]
    assert len(dated) == 5 and "Five release dates" in data.describe("arc_sweeps")["description"]


def test_accuracies_of_sweeps_are_whole_numbers_of_answers() -> None:
    tokens = data.load("token_sweeps")
    right = tokens["accuracy_pct"] / 100 * tokens["n_questions"] * tokens["n_passes"]
    assert (right - right.round()).abs().max() < 1e-3
    assert tokens.groupby("benchmark")["n_questions"].unique().map(list).to_dict() == {
        "FrontierMath public sample": [10],
        "OTIS Mock AIME 2024-2025": [45],
    }
    thinking = tokens.dropna(subset=["reasoning_tokens_per_pass"])
    assert (thinking["reasoning_tokens_per_pass"] <= thinking["output_tokens_per_pass"]).all()
    plain = thinking["effort"] == "no thinking"
    assert ((thinking["reasoning_tokens_per_pass"] == 0) == plain).all()


def test_more_samples_never_solve_less() -> None:
    reports = data.load("test_time_reports")
    passes = reports[reports["measure"] == "pass@k"].sort_values("samples")
    steps = passes.groupby(["model", "benchmark"])["score_pct"].diff().dropna()
    assert len(steps) > 15 and (steps > 0).all()
    # Where both are printed, a vote is not better than somebody who recognises the right answer.
    wide = reports.pivot_table(
        index=["model", "benchmark", "samples"], columns="measure", values="score_pct"
    )
    both = wide.dropna(subset=["pass@k", "consensus@k"])
    assert len(both) == 1 and (both["consensus@k"] < both["pass@k"]).all()


# ------------------------------------------------------------------------------- what others found


def test_published_figures_agree_with_their_own_parts() -> None:
    published = data.load("published").set_index("result")
    a16z, index = published.loc["a16z-1000"], published.loc["ai-index-280"]
    assert a16z["first_usd_per_mtok"] / a16z["last_usd_per_mtok"] == pytest.approx(a16z["value"])
    assert index["first_usd_per_mtok"] / index["last_usd_per_mtok"] == pytest.approx(
        index["value"], rel=0.03
    )
    assert (index["last_date"] - index["first_date"]).days / 30.44 == pytest.approx(23, abs=0.1)
    assert (a16z["last_date"] - a16z["first_date"]).days / 365.25 == pytest.approx(3, abs=0.01)
    bounded = published.dropna(subset=["low"])
    assert bounded["value"].between(bounded["low"], bounded["high"]).all()
    assert bounded["interval"].notna().all()


def test_published_trends_give_the_published_extremes() -> None:
    trends = data.load("price_trends_published")
    published = data.load("published").set_index("result")["value"]
    assert len(trends) == 21
    assert round(trends["fall_per_year"].min()) == published["epoch-slowest"]
    assert round(trends["fall_per_year"].max(), -2) == published["epoch-fastest"]
    gpqa = trends.query("benchmark == 'GPQA Diamond' and level_model == 'GPT-4-0314'")
    assert round(gpqa["fall_per_year"].item(), -1) == published["epoch-gpqa"]
    assert trends["fall_per_year"].median() == pytest.approx(46.2, abs=0.1)


def test_published_laws_agree_with_their_own_parts() -> None:
    value = data.load("published").set_index("result")["value"]
    for printed, exact, places in (("a", "ln-a", 1), ("b", "ln-b", 1), ("e", "ln-e", 2)):
        unrounded = np.exp(value[f"hoffmann-exact-{exact}"])
        assert round(unrounded, places) == value[f"hoffmann-{printed}"]
    for name in ("alpha", "beta"):
        assert round(value[f"hoffmann-exact-{name}"], 2) == value[f"hoffmann-{name}"]
    assert value["chinchilla-tokens-per-parameter"] == 1.4e12 / 70e9
    assert round(100 * 18 / 46) == value["lourie-predictable"]


def test_published_standard_errors_fit_their_intervals() -> None:
    published = data.load("published").set_index("result")
    for name in ("e", "alpha", "beta"):
        row, error = published.loc[f"besiroglu-{name}"], published.loc[f"besiroglu-se-{name}"]
        # 95% of a bell curve is 3.92 standard errors wide; resamples are a little skewed.
        width = (row["high"] - row["low"]) / error["value"]
        assert width == pytest.approx(3.92, rel=0.1)


def test_the_essays_own_numbers() -> None:
    published = data.load("published").set_index("result")
    assert published.loc["essay-150", "value"] == 150
    assert published.loc["essay-10", ["value", "unit"]].tolist() == [10, "x per 12 months"]
    assert published.loc["essay-moore", ["value", "unit"]].tolist() == [2, "x per 18 months"]
    source = data.load("sources").set_index("source").loc["three-observations"]
    assert source["published"] == pd.Timestamp("2025-02-09")


# ------------------------------------------------------------------------------------ technologies


def test_transistors_from_the_first_microprocessor_on() -> None:
    transistors = data.load("transistors")
    first = transistors.iloc[0]  # the Intel 4004 of November 1971 had 2,300
    assert first["year"] == pytest.approx(1971.9, abs=0.1)
    assert first["transistors_thousands"] == pytest.approx(2.3, rel=0.01)
    assert transistors["year"].is_monotonic_increasing
    slope = np.polyfit(transistors["year"], np.log2(transistors["transistors_thousands"]), 1)[0]
    assert 1.8 < 1 / slope < 2.3, "years in which the count doubles"


def test_sequencing_and_solar_begin_and_end_where_the_sources_do() -> None:
    sequencing = data.load("sequencing")
    assert sequencing["month"].is_monotonic_increasing
    assert sequencing.iloc[0]["usd_per_genome"] == 95263072  # NHGRI, September 2001
    assert sequencing.iloc[-1]["usd_per_genome"] == 525  # NHGRI, May 2022
    # A genome needs some 20,000 to 30,000 megabases at the first techniques' coverage.
    ratio = sequencing["usd_per_genome"] / sequencing["usd_per_megabase"]
    assert ratio.between(17_000, 110_000).all()
    solar = data.load("solar")
    assert (solar["year"].diff().dropna() == 1).all()
    assert solar["cumulative_capacity_mw"].is_monotonic_increasing
    assert solar.iloc[0]["usd_per_watt"] == pytest.approx(106.1)
    assert solar.iloc[-1]["usd_per_watt"] < 0.5


def test_rates_of_technologies_agree_with_their_total_fall() -> None:
    rates = data.load("technology_rates")
    assert len(rates) == 87
    years = rates["last_year"] - rates["first_year"]
    by_rate = years * np.log(rates["fall_per_year"])
    total = np.log(rates["total_fall"])
    assert np.corrcoef(by_rate, total)[0, 1] > 0.95
    assert (rates["best_year_fall"] >= 1).all()


# ----------------------------------------------------------------------------------- token volumes


def test_token_volumes_restate_each_other_where_they_should() -> None:
    volumes = data.load("token_volumes")
    google = volumes.query("entity == 'Google' and scope == 'all products'")
    by_day = google.set_index("date")["tokens_per_day"]
    # 9.7 trillion, 480 trillion and 1.3 quadrillion a month, published twice each.
    pairs = [
        ("2024-04-15", "2024-05-15", 9.7e12),
        ("2025-04-30", "2025-05-15", 480e12),
        ("2025-09-30", "2025-10-15", 1.3e15),
    ]
    for first, second, month in pairs:
        assert by_day[first] == pytest.approx(month / 30, rel=1e-3)
        assert by_day[second] == pytest.approx(month / 30.4375, rel=1e-3)
    deepseek = volumes.query("entity == 'DeepSeek'")["tokens_per_day"].item()
    assert deepseek == 608e9 + 168e9  # DeepSeek, open infrastructure week, day 6


def test_token_volumes_of_one_service_grow() -> None:
    volumes = data.load("token_volumes").sort_values("date")
    bytedance = volumes.query("entity == 'ByteDance'")["tokens_per_day"]
    assert bytedance.is_monotonic_increasing
    assert len(bytedance) == 10
    # ByteDance, December 2025: 417 times the volume of the launch.
    at_launch, december = (
        volumes.query("entity == 'ByteDance' and date == @day")["tokens_per_day"].item()
        for day in (pd.Timestamp("2024-05-15"), pd.Timestamp("2025-12-15"))
    )
    assert december / at_launch == pytest.approx(417, rel=0.002)


def test_a_month_is_dated_at_its_middle() -> None:
    volumes = data.load("token_volumes")
    months = volumes[volumes["date_precision"] == "month"]
    assert len(months) > 15
    assert (months["date"].dt.day == 15).all()


# ------------------------------------------------------------------- time horizons and their tasks


def test_horizons_of_two_vintages_are_not_to_be_pooled_and_the_table_says_so() -> None:
    assert "never be pooled" in data.describe("horizons")["description"]
    horizons = data.load("horizons")
    twice = horizons.groupby("model")["p50_minutes"].nunique()
    assert (twice > 1).sum() > 15, "the same model has another horizon in another vintage"


def test_records_of_horizons_are_those_of_the_running_maximum() -> None:
    horizons = data.load("horizons").query("suite != 'th1_1_2026_05'")
    for suite, rows in horizons.groupby("suite"):
        best = rows.groupby("released")["p50_minutes"].max().cummax()
        record = rows["p50_minutes"] >= rows["released"].map(best)
        assert (record == rows["is_record"]).all(), suite


def test_horizons_lie_within_their_bounds_and_fall_with_the_chance_asked_for() -> None:
    horizons = data.load("horizons")
    assert horizons["p50_minutes"].between(horizons["p50_low"], horizons["p50_high"]).all()
    chances = horizons.dropna(subset=["p80_minutes"])
    assert len(chances) == len(horizons) - 1
    assert (chances["p80_minutes"] < chances["p50_minutes"]).all()
    beyond = horizons[horizons["p50_minutes"] > 16 * 60]
    assert beyond["note"].str.contains("unreliable").all() and len(beyond) == 1


@pytest.mark.parametrize(
    ("result", "suite", "window"),
    [
        ("metr-212", "th1_0", ("2019-01-01", "2025-02-24")),
        ("metr-165", "th1_0", ("2023-01-01", "2026-12-31")),
        ("metr-109", "th1_0", ("2024-01-01", "2025-02-24")),
        ("metr-201", "th1_0_2026_03", ("2019-01-01", "2026-12-31")),
        ("metr-176", "th1_0_2026_03", ("2023-01-01", "2026-12-31")),
        ("metr-130", "th1_1_2026_01", ("2023-01-01", "2026-12-31")),
        ("metr-196", "th1_1_2026_01", ("2019-01-01", "2026-12-31")),
        ("metr-89", "th1_1_2026_01", ("2024-01-01", "2025-02-24")),
        ("metr-123", "th1_1_2026_02", ("2023-01-01", "2026-12-31")),
        ("metr-183", "th1_1_2026_02", ("2019-01-01", "2026-12-31")),
        ("metr-129", "th1_1_2026_04", ("2023-01-01", "2026-12-31")),
        ("metr-188", "th1_1_2026_04", ("2019-01-01", "2026-12-31")),
    ],
)
def test_horizons_give_the_published_doubling_times(
    result: str, suite: str, window: tuple[str, str]
) -> None:
    # Twelve sums over every record of five vintages: one mistyped figure among them shows here.
    rows = data.load("horizons").query("suite == @suite")
    rows = rows[rows["released"].between(*window)]
    best = rows.groupby("released")["p50_minutes"].max().cummax()
    rows = rows[rows["p50_minutes"] >= rows["released"].map(best)]
    days = (rows["released"] - pd.Timestamp(window[0])).dt.days
    per_day = np.polyfit(days, np.log2(rows["p50_minutes"]), 1)[0]
    published = data.load("published").set_index("result").loc[result]
    decimals = len(f"{published['value']:g}".partition(".")[2])
    assert 1 / per_day == pytest.approx(published["value"], abs=0.51 * 10**-decimals)
    if published["last_date"] is not pd.NaT and pd.notna(published["last_date"]):
        assert published["last_date"] == pd.Timestamp(window[1])


def test_tasks_have_one_human_time_each_and_belong_to_the_family_in_their_name() -> None:
    tasks = data.load("horizon_tasks")
    assert (tasks["successes"] <= tasks["runs"]).all()
    assert (tasks.groupby("task")["human_minutes"].nunique() == 1).all()
    assert (tasks["task"].str.split("/").str[0] == tasks["task_family"]).all()
    assert tasks.groupby("agent")["task"].nunique().max() == tasks["task"].nunique()
    assert tasks["human_minutes"].min() > 0.01, "the shortest tasks are absent"


# --------------------------------------------------------------- other proxies for what it is worth


def test_wins_are_not_wins_and_ties() -> None:
    gdpval = data.load("gdpval")
    known = gdpval.dropna(subset=["win_pct"])
    assert (known["win_pct"] < known["win_or_tie_pct"]).all()
    best = gdpval.query("model == 'GPT-5.2' and preferred").iloc[0]
    assert best["win_pct"] == 49.7
    assert round(best["win_or_tie_pct"], 1) == 70.9


def test_gdpval_figures_of_the_interview_stand_in_the_table() -> None:
    claims = data.load("claims").set_index("claim")["value"]
    rates = data.load("gdpval").set_index(["model", "vintage"])["win_or_tie_pct"]
    assert rates[("GPT-5", "paper")] == claims["004-17"]
    assert rates[("GPT-5.2", "launch")] == claims["004-18"]
    assert rates[("GPT-5.2 Pro", "launch")] == claims["004-19"]


def test_gdpval_vintages_agree_on_one_model_at_one_effort() -> None:
    gdpval = data.load("gdpval").fillna({"effort": ""})
    pairs = gdpval.groupby(["model", "effort"])["win_or_tie_pct"].agg(["count", "max", "min"])
    pairs = pairs[pairs["count"] > 1]
    assert len(pairs) == 3
    assert (pairs["max"] - pairs["min"] < 0.06).all()


def test_automation_rates_are_whole_projects() -> None:
    labor = data.load("remote_labor")
    done = labor["automation_rate_pct"] / 100 * labor["projects"]
    assert ((done - done.round()).abs() <= 0.0005 * labor["projects"] + 1e-9).all()
    corrected = labor.set_index("model").loc["Claude Fable 5", "note"]
    assert "Corrected" in corrected and "16.1" in corrected
    assert labor["released"].isna().sum() == labor["model"].str.startswith("Manus").sum()


def test_records_on_gpqa_rise_and_agree_with_the_scores() -> None:
    records = data.load("gpqa_records")
    assert records["released"].is_monotonic_increasing
    assert records["accuracy_pct"].is_monotonic_increasing
    names = data.load("firm_models").set_index("model")["gpqa_diamond"].dropna()
    scores = data.load("scores").query("ruler == 'gpqa_diamond'").set_index("version")["score"]
    both = [m for m in records["model"] if m in names.index]
    assert len(both) > 10
    for row in records[records["model"].isin(both)].itertuples():
        assert row.accuracy_pct == pytest.approx(scores[names[row.model]], abs=0.011), row.model


def test_the_october_vintage_is_anchored_and_near_the_one_of_august() -> None:
    scores = data.load("scores")
    new = scores[scores["ruler"] == "eci_2026_10"].set_index("version")["score"]
    old = scores[scores["ruler"] == "eci_2026_08"].set_index("version")["score"]
    assert (new["Claude 3.5 Sonnet"], new["GPT-5"]) == (130, 150)
    both = pd.concat([old, new], axis=1, keys=["old", "new"]).dropna()
    assert len(new) == 64 and len(both) > 50
    assert (both["old"] - both["new"]).abs().max() < 2
    assert (both["old"] != both["new"]).mean() > 0.9, "two vintages, never to be mixed"


def test_models_of_firms_are_those_of_the_index_and_dated_by_their_sale() -> None:
    models = data.load("firm_models").set_index("model")
    scores = data.load("scores")
    for ruler in ("eci_2026_08", "eci_2026_10"):
        listed = set(scores.loc[scores["ruler"] == ruler, "version"])
        assert set(models.index[models[f"in_{ruler}"]]) == listed & set(models.index)
    assert (models["in_eci_2026_08"] | models["in_eci_2026_10"]).all()
    assert models.loc["o3", "released"] == pd.Timestamp("2025-04-16"), "not when it was announced"
    priced = data.load("models").dropna(subset=["eci_2026_08"]).drop_duplicates("eci_2026_08")
    released = priced.set_index("eci_2026_08")["released"].rename("released_priced")
    both = models.join(released).dropna(subset=["released_priced"])
    apart = (both["released"] - both["released_priced"]).dt.days.abs()
    assert len(both) > 60 and (apart <= 14).all()
    for index in scores[scores["ruler"].str.startswith("eci_2026")].itertuples():
        if index.version in models.index and pd.notna(index.released):
            row = models.loc[index.version]
            if abs((index.released - row["released"]).days) > 3:
                assert isinstance(row["note"], str), index.version


def test_one_model_has_one_name_and_one_day_of_release() -> None:
    days = data.load("firm_models").set_index("model")["released"]
    for name in ("horizons", "gdpval", "remote_labor", "gpqa_records"):
        rows = data.load(name).dropna(subset=["released"])
        known = rows[rows["model"].isin(days.index)]
        assert len(known) > 9, name
        apart = (known["released"] - known["model"].map(days)).dt.days.abs()
        # Epoch AI dates the o3 on GPQA and o1 by their versions, METR some by announcements.
        assert (apart <= 14).all(), known[apart > 14]


def test_investment_that_had_not_happened_says_when_it_was_forecast() -> None:
    investment = data.load("investment")
    forecast = investment["basis"] == "forecast"
    assert (investment["made"].notna() == forecast).all()
    assert (investment["made"] <= investment["period_end"])[forecast].all()
    assert (investment["period_start"] < investment["period_end"]).all()
    private = investment.query("series == 'private_investment'").iloc[0]
    assert private["value_usd_bn"] / 2.275 == pytest.approx(151.5, abs=0.05)
    assert "151.5" in private["note"]


# --------------------------------------------------------------- companies: revenue, compute, plans


def fact(entity: str, series: str, day: str, period: str = "year", source: str = "") -> float:
    rows = data.load("company_facts")
    rows = rows[(rows["entity"] == entity) & (rows["series"] == series)]
    rows = rows[(rows["date"] == day) & (rows["period"] == period)]
    if source:
        rows = rows[rows["source"] == source]
    return float(rows["value"].item())


def test_rival_run_rates_point_at_each_other_and_one_is_used() -> None:
    rates = data.load("run_rates")
    rivals = rates.dropna(subset=["conflicts_with"])
    assert len(rivals) == 14
    for row in rivals.itertuples():
        day, value = row.conflicts_with.split(": ")
        other = rates[
            (rates["company"] == row.company)
            & (rates["date"] == day)
            & (rates["run_rate_usd_bn"] == float(value))
        ].iloc[0]
        assert row.preferred != other["preferred"]
        assert abs((other["date"] - row.date).days) < 15
        assert isinstance(row.note, str) and "sed" in row.note, "why the book uses it or not"
    assert rates.loc[rates["conflicts_with"].isna(), "preferred"].all()


def test_run_rates_that_are_used_rise_or_say_why_not() -> None:
    rates = data.load("run_rates").query("preferred").sort_values("date", kind="stable")
    for company, rows in rates.groupby("company"):
        falls = rows[rows["run_rate_usd_bn"].diff() < 0]
        assert falls["note"].str.contains("a report of").all(), company
        assert rows["date"].is_unique, company


def test_a_run_rate_is_not_revenue_and_gross_is_not_net() -> None:
    rates = data.load("run_rates")
    assert set(rates.loc[rates["basis"] == "quarter x 4", "company"]) == {"xAI"}
    booking = rates.groupby("company")["booking"].unique()
    assert (booking["Anthropic"] == ["gross"]).all() and (booking["OpenAI"] == ["net"]).all()
    assert "never to be put into one regression" in str(data.describe("run_rates"))
    assert "run_rate" not in set(data.load("company_facts")["series"])
    used = rates[(rates["company"] == "OpenAI") & rates["preferred"]].set_index("date")
    for year in ("2023", "2024", "2025"):
        run_rate = used.loc[f"{year}-12-31", "run_rate_usd_bn"].item()
        assert run_rate > 1.4 * fact("OpenAI", "revenue", f"{year}-12-31"), year


def test_the_three_famous_points_stand_in_three_tables_alike() -> None:
    published = data.load("published").set_index("result")["value"]
    rates = data.load("run_rates").query("company == 'OpenAI' and preferred").set_index("date")
    for year in ("2023", "2024", "2025"):
        assert (
            fact("OpenAI", "compute_gw", f"{year}-12-31", "moment")
            == published[f"openai-gw-{year}"]
        )
        assert (
            rates.loc[f"{year}-12-31", "run_rate_usd_bn"].item()
            == published[f"openai-revenue-{year}"]
        )
    # "9.5 times" and "10 times" in two years are the post's own words.
    assert published["openai-gw-2025"] / published["openai-gw-2023"] == pytest.approx(9.5)
    assert published["openai-revenue-2025"] / published["openai-revenue-2023"] == 10


def test_spending_on_compute_is_the_sum_of_its_parts() -> None:
    for entity, year in (("OpenAI", "2024"), ("OpenAI", "2025"), ("Anthropic", "2025")):
        day = f"{year}-12-31"
        parts = fact(entity, "research_compute_spending", day) + fact(
            entity, "inference_compute_spending", day
        )
        assert fact(entity, "compute_spending", day) == pytest.approx(parts, abs=0.01)
    final = fact("OpenAI", "final_training_spending", "2024-12-31")
    share = final / fact("OpenAI", "research_compute_spending", "2024-12-31")
    assert share == pytest.approx(0.1, abs=0.01)


def test_company_facts_agree_with_each_other() -> None:
    half = fact("OpenAI", "revenue", "2025-06-30", "half-year")
    assert half / fact("OpenAI", "revenue", "2024-12-31") == pytest.approx(1.16, abs=0.005)
    year = fact("Anthropic", "revenue", "2025-12-31")
    assert year / fact("Anthropic", "revenue", "2024-12-31") == pytest.approx(12, abs=0.2)
    assert year - fact("Anthropic", "operating_costs", "2025-12-31") == pytest.approx(
        fact("Anthropic", "operating_result", "2025-12-31")
    )
    quarters = [fact("Anthropic", "revenue", f"{y}-06-30", "quarter") for y in (2026, 2025)]
    assert quarters[0] / quarters[1] > 14
    chips = data.load("company_facts").query("series == 'data_centre_revenue'")
    fiscal = chips[chips["date"].between("2025-02-01", "2026-01-31")]
    assert len(fiscal) == 4 and fiscal["value"].sum() == pytest.approx(193.7)
    modelled = data.load("company_facts").query("series == 'modelled_compute_spending'")
    for year in (2024, 2025):
        four = modelled.loc[modelled["date"].dt.year == year, "value"]
        total = fact("Anthropic", "compute_spending", f"{year}-12-31")
        assert len(four) == 4 and four.sum() == pytest.approx(total, rel=0.06)


def test_losses_of_one_year_differ_by_kind() -> None:
    losses = [-fact("OpenAI", s, "2025-12-31") for s in ("cash_flow", "net_result")]
    assert losses[1] / losses[0] > 4
    assert "differ by a factor of four" in str(data.describe("company_facts"))


def test_facts_within_bounds_and_at_most_one_preferred() -> None:
    for name, key in (
        ("company_facts", ["entity", "series", "date", "period"]),
        ("projections", None),
        ("investment", None),
    ):
        rows = data.load(name)
        value = "value_usd_bn" if "value_usd_bn" in rows else "value"
        for side, sign in (("low", -1), ("high", 1)):
            known = rows.dropna(subset=[side])
            assert (sign * (known[side] - known[value]) >= 0).all(), (name, side)
        if key:
            used = rows[rows["preferred"]]
            many = used[used.duplicated(key, keep=False)]
            assert set(many["series"]) <= {"capital_cost_per_gw"}
            assert (rows.loc[~rows["preferred"], "basis"] == "contested").all()


def test_a_forecast_never_stands_without_the_day_it_was_made() -> None:
    facts = data.load("company_facts")
    assert (facts["made"].notna() == (facts["basis"] == "forecast")).all()
    known = facts.dropna(subset=["made"])
    assert (known["made"] <= known["date"]).all()
    plans = data.load("projections")
    assert plans["made"].notna().all()
    past = plans["year_end"] < plans["made"]
    assert plans.loc[past, "note"].str.contains("The past").all()
    first = plans["made"].dt.day == 1
    assert first[plans["made_precision"] != "day"].all()
    assert (
        plans.loc[plans["made_precision"] == "quarter", "made"].dt.month.isin([1, 4, 7, 10]).all()
    )
    assert plans.loc[plans["made_precision"] == "year", "made"].dt.month.eq(1).all()
    assert not facts["series"].str.contains("plan|guidance|target").any()


def test_vintages_of_the_cash_forecast_add_up_to_what_was_reported() -> None:
    plans = data.load("projections").query("entity == 'OpenAI'")
    cash = plans[plans["series"] == "cash_flow"].pivot(
        index="year_end", columns="made", values="value"
    )
    assert cash.shape == (7, 3)
    first, second, third = (cash[day] for day in sorted(cash.columns))
    to_2029 = slice("2025-12-31", "2029-12-31")
    reported = plans[plans["series"] == "cash_flow_2025_2029"]["value"].item()
    # "115 billion, 80 more than the plan before", and "111 billion more" half a year later.
    assert second[to_2029].sum() == pytest.approx(reported, abs=1.5)
    assert second[to_2029].sum() - first[to_2029].sum() == pytest.approx(-80, abs=3)
    after = third["2025-12-31":].sum() - second["2025-12-31":].sum()
    assert after == pytest.approx(-111, abs=3)
    published = data.load("published").set_index("result")["value"]
    assert reported == -published["information-115"]
    interview = plans[plans["series"] == "loss_to_2029"]["value"].item()
    assert interview == -data.load("claims").set_index("claim").loc["004-46", "value"]


def test_revenue_of_the_plan_of_early_2026_is_complete() -> None:
    plans = data.load("projections").query("entity == 'OpenAI' and series == 'revenue'")
    path = plans[plans["made"] == "2026-02-01"].sort_values("year_end")
    assert path["year_end"].dt.year.tolist() == [2026, 2027, 2028, 2029, 2030]
    assert path["value"].is_monotonic_increasing
    before = plans[plans["made"] < "2026-01-01"].set_index(["made", "year_end"])["value"]
    # "15 percent more than before": 200 against 174.
    later, earlier = before.xs(pd.Timestamp("2030-12-31"), level="year_end")[
        ["2025-09-05", "2025-04-01"]
    ]
    assert later / earlier == pytest.approx(1.15, abs=0.005)


def test_commitments_add_up_and_overlap() -> None:
    deals = data.load("commitments").set_index("commitment")
    counted = deals[deals["counted"]]
    assert len(counted) == 7 and (counted["what"] == "deal").all()
    total = deals.loc["tunguz-sum", "value_usd_bn"]
    assert counted["value_usd_bn"].sum() == pytest.approx(total, abs=0.5)
    altman = deals.loc["altman-total"]
    claims = data.load("claims").set_index("claim")["value"]
    assert altman["value_usd_bn"] == 1000 * claims["004-27"]
    assert altman["years"] == 8
    # "More than 40 billion" a gigawatt, and 30 gigawatts for 1,400: 46.7.
    per_gw = deals.loc["altman-gigawatts", "value_usd_bn"] / deals.loc["altman-gigawatts", "gw"]
    assert per_gw == pytest.approx(46.7, abs=0.05)
    assert per_gw > fact("market", "capital_cost_per_gw", "2025-10-28", "moment")
    assert "put into OpenAI" in deals.loc["nvidia", "note"]
    targets = deals[deals["what"] == "target"].sort_values("date")
    assert targets["value_usd_bn"].is_monotonic_increasing


def test_quarters_of_capital_spending_add_up_to_years() -> None:
    spending = data.load("capital_spending")
    years = data.load("company_facts").query("series == 'capital_spending'")
    checked = 0
    for year in years.itertuples():
        rows = spending[spending["company"] == year.entity]
        start = year.date - pd.DateOffset(years=1)
        rows = rows[(rows["quarter_end"] > start) & (rows["quarter_end"] <= year.date)]
        if len(rows) == 4:
            assert rows["basis"].nunique() == 1
            assert rows["usd_bn"].sum() == pytest.approx(year.value, abs=0.06), year
            checked += 1
    assert checked == 11
    assert spending["quarter_end"].dt.is_quarter_end.all()


def test_the_change_of_basis_is_flagged() -> None:
    microsoft = data.load("capital_spending").query("company == 'Microsoft'")
    leases = microsoft[microsoft["basis"] == "with finance leases"]
    assert leases["quarter_end"].dt.strftime("%Y-%m").tolist() == ["2025-12", "2026-06"]
    assert leases["note"].str.contains("Change of basis").all()
    assert data.load("capital_spending").query("company == 'Meta'")["basis"].nunique() == 1
    computed = data.load("capital_spending").query("is_computed")
    assert computed["note"].str.contains("less").all()


def test_sites_differ_by_the_day_and_what_is_expected_was_still_to_come() -> None:
    sites = data.load("sites")
    read = pd.Timestamp("2026-08-05")
    assert ((sites["basis"] == "expected") == (sites["date"] > read)).all()
    assert (sites["facility_power_mw"] / sites["it_power_mw"]).between(1.19, 1.42).all()
    # One cost per megawatt of machines stands behind every row.
    assert (sites["capital_cost_usd_bn"] / sites["it_power_mw"]).between(0.0378, 0.038).all()
    falls = sites[sites.groupby("site")["it_power_mw"].diff() < 0]
    assert falls["note"].str.contains("A fall").all() and len(falls) == 1
    openai = sites[(sites["user"] == "OpenAI") & (sites["date"] <= "2025-12-31")]
    total = openai.groupby("site")["it_power_mw"].last().sum() / 1000
    assert total < fact("OpenAI", "compute_gw", "2025-12-31", "moment"), "only part of its compute"


def test_users_that_are_used_grow_and_include_the_interviews_figures() -> None:
    users = data.load("users")
    weekly = users.query("entity == 'OpenAI' and measure == 'weekly' and preferred")
    weekly = weekly.sort_values("date")
    assert weekly["users_millions"].is_monotonic_increasing
    assert {400, 800, 900} <= set(weekly["users_millions"])
    assert not (weekly["source"] == "chatgpt-usage-paper").any()
    paying = users.query("measure == 'paying'")["users_millions"].item()
    assert paying == 0.05 * 800
    kinds = users.groupby("series")["measure"].unique()
    assert list(kinds["Gemini app"]) == ["monthly"], "monthly users are not weekly users"


@pytest.mark.parametrize(
    "name", ["run_rates", "company_facts", "projections", "commitments", "users"]
)
def test_a_row_that_rests_on_one_source_says_so(name: str) -> None:
    rows = data.load(name)
    single = rows[rows["n_sources"] == 1]
    assert len(single) > 0
    assert single["note"].str.contains("One source").all()
    several = rows[rows["n_sources"] > 1]
    assert not several["note"].fillna("").str.contains("One source").any()


@pytest.mark.parametrize(
    "name",
    ["run_rates", "company_facts", "projections", "commitments", "capital_spending", "users"],
)
def test_a_figure_of_a_company_leads_to_an_address_or_to_a_source_that_says_why_not(
    name: str,
) -> None:
    rows = data.load(name)
    rows = rows[rows["address"].isna()].merge(data.load("sources"), on="source")
    assert (rows["address_y"].notna() | rows["note_y"].str.contains("address", case=False)).all()


NEW_CELLS = [
    ("horizons", 3, "suite", "th1_2", "'th1_2' is not one of", "th1_"),
    ("horizons", 3, "p50_minutes", "0", "0 is less than", "the unit"),
    ("horizons", 3, "is_record", "True", "neither true nor false", "small letters"),
    ("horizon_tasks", 3, "runs", "0", "0 is less than 1", "the sign"),
    ("gdpval", 3, "win_or_tie_pct", "700.9", "more than 100", "decimal point"),
    ("gdpval", 3, "vintage", "hub", "'hub' is not one of", "hub_2026_05"),
    ("remote_labor", 3, "automation_rate_pct", "", "the cell is empty", "fill it in"),
    ("firm_models", 3, "gpqa_diamond", "claude-9", "scores.csv under gpqa_diamond", "claude-"),
    ("firm_models", 3, "developer", "Antropic", "is not one of", "'Anthropic'"),
    ("investment", 3, "basis", "guess", "'guess' is not one of", "use one of"),
    ("run_rates", 3, "run_rate_usd_bn", "1,0", "'1,0' is not a number", "point"),
    ("run_rates", 3, "conflicts_with", "19.5", "is not written as", "match"),
    ("run_rates", 3, "booking", "Gross", "'Gross' is not one of", "'gross'"),
    ("company_facts", 3, "period", "month", "'month' is not one of", "use one of"),
    ("company_facts", 3, "source", "hearsay", "does not occur in sources.csv", "sources.csv"),
    ("projections", 3, "made", "2025Q1", "'2025Q1' is not a date", "year-month-day"),
    ("projections", 3, "made", "", "the cell is empty", "fill it in"),
    ("commitments", 3, "what", "plan", "'plan' is not one of", "use one of"),
    ("capital_spending", 3, "quarter_end", "2022-06-31", "does not exist", "month or the day"),
    ("users", 3, "measure", "daily", "'daily' is not one of", "use one of"),
    ("sites", 3, "it_power_mw", "0.1", "0.1 is less than 1", "the unit"),
]


@pytest.mark.parametrize(
    ("name", "line", "column", "value", "problem", "remedy"),
    NEW_CELLS,
    ids=[f"{name}-{column}-{value or 'empty'}" for name, _, column, value, _, _ in NEW_CELLS],
)
def test_a_bad_cell_in_a_table_of_value_or_of_companies(
    copy: Copy, name: str, line: int, column: str, value: str, problem: str, remedy: str
) -> None:
    copy.cell(name, line, column, value)
    error = failure(name)
    assert (error.file, error.row, error.column) == (f"{name}.csv", line, column)
    assert problem in error.problem
    assert remedy in error.remedy


def test_two_vintages_of_one_model_cannot_both_be_preferred(copy: Copy) -> None:
    gdpval = pd.read_csv(copy.path("gdpval"), dtype=str, keep_default_na=False)
    position = gdpval.index[(gdpval["model"] == "GPT-5") & (gdpval["preferred"] == "false")][0]
    copy.cell("gdpval", int(position) + 2, "preferred", "true")
    error = failure("gdpval")
    assert error.column == "preferred" and "2 have preferred = true" in error.problem


# ------------------------------------------------------------------------- changed tables in place


def test_a_changed_table_reaches_every_function(restored: None) -> None:
    from three_observations import cost_decline

    prices = data.load("prices")
    prices.loc[prices["model"] == "GPT-4o mini", "input_usd_per_mtok"] *= 2
    before = cost_decline.ratio(1.0)
    data.use(prices=prices)
    assert cost_decline.ratio(1.0) == pytest.approx(before / 2)
    data.use()
    assert cost_decline.ratio(1.0) == pytest.approx(before)


def test_rows_can_be_left_out_and_the_caller_cannot_change_them_later(restored: None) -> None:
    prices = data.load("prices")
    data.use(prices=prices[prices["n_sources"] >= 2])
    loaded = data.load("prices")
    assert 0 < len(loaded) < len(prices)
    loaded["n_sources"] = 0
    assert data.load("prices")["n_sources"].min() >= 2


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("price", lambda: pd.DataFrame(), "prices"),
        ("solar", lambda: data.load("solar").drop(columns="source"), "lacks the column"),
        ("solar", lambda: data.load("solar").astype({"year": "str"}), "belongs"),
    ],
)
def test_a_table_of_another_form_is_refused_whole(
    restored: None, name: str, change: Callable[[], pd.DataFrame], words: str
) -> None:
    prices = data.load("prices").iloc[:3]
    with pytest.raises(data.DataError, match=words):
        data.use(prices=prices, **{name: change()})
    assert len(data.load("prices")) > 3


def test_text_in_a_number_of_a_given_table_is_named_with_its_row(restored: None) -> None:
    prices = data.load("prices").astype({"input_usd_per_mtok": "object"})
    prices.loc[41, "input_usd_per_mtok"] = "cheap"
    with pytest.raises(data.DataError) as caught:
        data.use(prices=prices)
    error = caught.value
    assert (error.file, error.row) == ("the table given for 'prices'", 43)
    assert error.column == "input_usd_per_mtok"
    assert "cheap" in error.problem
    assert "git" not in error.remedy and "on disk is as it was" in error.remedy


def test_what_is_no_table_is_refused(restored: None) -> None:
    with pytest.raises(data.DataError, match=r"'prices'.*a list, not a table") as caught:
        data.use(prices=[1, 2])
    assert "data.load('prices')" in caught.value.remedy


def test_every_table_passes_as_it_is(restored: None) -> None:
    data.use(**{name: data.load(name) for name in TABLES})
    for name in TABLES:
        changed = data.load(name)
        data.use()
        pd.testing.assert_frame_equal(changed, data.load(name))
        data.use(**{name: changed})


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("input_usd_per_mtok", -1.0, "input_usd_per_mtok"),
        ("model", "GPT-99", "GPT-99"),
        ("source", "hearsay", "hearsay"),
        ("kind", "rumour", "rumour"),
    ],
)
def test_a_changed_table_has_to_pass_the_checks_of_a_file(
    restored: None, column: str, value: object, words: str
) -> None:
    prices = data.load("prices")
    prices.loc[3, column] = value
    with pytest.raises(data.DataError, match="line 5") as caught:
        data.use(prices=prices)
    assert words in str(caught.value)
    assert data.load("prices")[column].iloc[3] != value


def test_a_changed_table_may_not_be_empty_or_repeat_a_key(restored: None) -> None:
    prices = data.load("prices")
    with pytest.raises(data.DataError, match="no rows"):
        data.use(prices=prices.iloc[:0])
    with pytest.raises(data.DataError, match="line 203"):
        data.use(prices=pd.concat([prices, prices.iloc[[0]]]))
