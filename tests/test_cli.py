"""The command line prints what the book says, in three forms."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from three_observations import claims, data, display
from three_observations.cli import app
from three_observations.site import notebooks

CHAPTERS = Path(__file__).resolve().parents[1] / "chapters"


@pytest.fixture
def found(every_verdict):
    return every_verdict


def run(*arguments: str) -> str:
    """Run the command line and return what it prints."""
    result = CliRunner().invoke(app, list(arguments), env={"COLUMNS": "200"})
    assert result.exit_code == 0, result.output
    return result.output


def test_csv_holds_every_verdict(found):
    table = pd.read_csv(io.StringIO(run("verdicts", "--format", "csv")))
    assert table["key"].tolist() == [verdict.key for verdict in found]
    assert table["outcome"].tolist() == [str(verdict.outcome) for verdict in found]


@pytest.fixture
def known(found, monkeypatch):
    """The same verdicts again, without computing them for each form in which they are printed."""
    monkeypatch.setattr(claims, "verdicts", lambda: found)
    return found


def test_json_holds_figures_as_numbers(known):
    found = known
    rows = json.loads(run("verdicts", "--format", "json"))
    assert [row["key"] for row in rows] == [verdict.key for verdict in found]
    assert rows[0]["figure"] == pytest.approx(found[0].figure, rel=1e-6)


def test_the_terminal_table_names_claims_and_verdicts(known):
    found = known
    text = " ".join(run("verdicts").split())
    assert str(found[0].outcome) in text
    assert found[0].claims[0] in text


def test_one_claim_and_one_document_can_be_asked_for(known):
    found = known
    rows = json.loads(run("verdicts", "--format", "json", "--claim", "001-07"))
    assert [row["key"] for row in rows] == [
        verdict.key for verdict in claims.deciding(found, "001-07")
    ]
    table = pd.read_csv(io.StringIO(run("verdicts", "-f", "csv", "-c", "003")))
    wanted = [v.key for v in found if any(claim.startswith("003-") for claim in v.claims)]
    assert table["key"].tolist() == wanted and wanted


@pytest.mark.parametrize("claim", ["009", "001-99", "00"])
def test_a_claim_that_nobody_made_is_named(claim):
    result = CliRunner().invoke(app, ["verdicts", "--claim", claim])
    assert result.exit_code == 1
    assert f"no claim and no document '{claim}'" in result.output


def test_every_page_says_what_the_command_line_says(found, monkeypatch):
    shown: list[dict] = []
    monkeypatch.setattr(display, "_show", shown.append)
    for verdict in found:
        display.verdict_card(verdict)
    cards: dict[str, list[str]] = {}
    for verdict, card in zip(found, shown, strict=True):
        page = verdict.place.partition("#")[0]
        if page not in cards:
            cells = notebooks.code_cells(notebooks.read(CHAPTERS / f"{page}.ipynb"))
            cards[page] = [
                notebooks.text_of(output["data"]["text/html"])
                for cell in cells
                for output in cell["outputs"]
                if "text/html" in output.get("data", {})
            ]
        assert card["text/html"] in cards[page], verdict.key


def test_an_unknown_format_is_refused():
    result = CliRunner().invoke(app, ["verdicts", "--format", "xml"])
    assert result.exit_code == 2


def test_tables_lists_every_table_with_its_rows():
    text = run("tables")
    for name in data.tables():
        assert f"{name}" in text
    assert f"{len(data.load('prices'))}" in text


def test_renew_finds_nothing_to_do_in_a_clean_checkout():
    assert "every hash is current" in run("renew")


def test_a_damaged_table_is_named_in_one_line(tmp_path, monkeypatch):
    folder = tmp_path / "data"
    shutil.copytree(data.directory(), folder)
    path = folder / "prices.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    lines[1] = lines[1].replace(",60,", ",sixty,", 1)
    assert "sixty" in lines[1]
    path.write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setenv("THREE_OBSERVATIONS_DATA", str(folder))
    for command in ("verdicts", "tables", "renew"):
        result = CliRunner().invoke(app, [command])
        assert result.exit_code == 1
        assert "prices.csv, line 2" in result.output
        assert "Remedy" in result.output
        assert "Traceback" not in result.output
        assert path.read_text(encoding="utf-8") == "\n".join(lines)
