"""A chapter runs to its end when a reader changes what its first cell invites to change."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from three_observations.site import notebooks

CHAPTERS = Path(__file__).resolve().parents[1] / "chapters"
COST, LOG = CHAPTERS / "cost-of-a-given-level.ipynb", CHAPTERS / "log-of-resources.ipynb"
OWN_PRICE = '# prices.loc[prices["model"] == "GPT-4o mini", "input_usd_per_mtok"] = 0.30'


def run_with(chapter: Path, *changes: tuple[str, str]) -> tuple[str, str]:
    """Run a chapter with its first cell changed; return its words before and after."""
    kept = notebooks.read(chapter)
    changed = json.loads(json.dumps(kept))
    first = notebooks.code_cells(changed)[0]
    source = notebooks.text_of(first["source"])
    for old, new in changes:
        assert old in source, f"the first cell no longer holds {old!r}"
        source = source.replace(old, new)
    first["source"] = source
    again = notebooks.execute(changed, chapter.parent, chapter.name)
    return words(kept), words(again)


def words(notebook: dict) -> str:
    """Return the sentences, tables and cards of a notebook as plain text."""
    texts = [
        notebooks.text_of(output.get("data", {}).get("text/plain", ""))
        for cell in notebooks.code_cells(notebook)
        for output in cell["outputs"]
    ]
    return "\n".join(texts)


@pytest.mark.parametrize("least", [2, 3])
def test_without_prices_that_rest_on_few_sources(least: int) -> None:
    before, after = run_with(
        COST,
        ("MIN_SOURCES = 1", f"MIN_SOURCES = {least}"),
        ("RESAMPLES = 1000", "RESAMPLES = 100"),
    )
    assert "rest on one source" in before
    assert "Of these, 0 rest on one source" in after
    assert "Of these, 0 rest on one source" not in before


def test_with_a_price_of_ones_own() -> None:
    own = OWN_PRICE.removeprefix("# ").replace("0.30", "1.50")
    dearer = own.replace("input_usd", "output_usd").replace("1.50", "6.00")
    before, after = run_with(
        COST, (OWN_PRICE, f"{own}\n{dearer}"), ("RESAMPLES = 1000", "RESAMPLES = 100")
    )
    assert "Exactly 150 comes out" in before
    assert "No mix of tokens gives exactly 150." in after
    assert "coincides with that of a sibling" not in after


OWN_RUN = '# runs.loc[runs["run"] == 245, "loss_nats"] = 2.30'
# The charts are made and checked as ever; only their still pictures are left out, to save time.
FEWER = (
    "RESAMPLES = 500",
    "RESAMPLES = 50\ncharts.picture = lambda spec, title, description: '<svg/>'",
)


def figure(pattern: str, text: str) -> float:
    """Return the number that a pattern with one group finds, exactly once, in a text."""
    (found,) = set(re.findall(pattern, text))
    return float(found.replace("\N{MINUS SIGN}", "-"))


def test_without_speculative_compute_and_with_a_run_of_ones_own() -> None:
    own = OWN_RUN.removeprefix("# ")
    before, after = run_with(
        LOG, FEWER, ("SPECULATIVE = True", "SPECULATIVE = False"), (OWN_RUN, own)
    )
    speculative = r"the source calls (\d+) of the compute figures speculative"
    assert figure(speculative, before) > 0
    assert figure(speculative, after) == 0
    models = r"Of the (\d+) models with an index score and compute"
    assert figure(models, before) - figure(models, after) == figure(speculative, before)
    assert "(500 resamples of the runs)" in before
    assert "(50 resamples of the runs)" in after
    floor = r"The floor is (\d\.\d+) nats"
    assert figure(floor, after) > figure(floor, before) + 0.005  # a worse largest run
    reproduced = r"(\d+) of \d+ printed figures come out"
    assert figure(reproduced, after) < figure(reproduced, before)
    for card in (r"decades; bend .*; (\d+) models\.", r"goes with ([\d.]+) nats "):
        assert figure(card, after) < figure(card, before)
    assert figure(r"(\d+) predictions of a larger run's loss", after) > 0


def test_without_the_models_of_the_last_year() -> None:
    line = "models = models[SPECULATIVE"
    own = 'models = models[models["released"] < "2025-01-01"]'
    before, after = run_with(LOG, FEWER, (line, f"{own}\n{line}"))
    newest = r"Among the \d+ models of (\d{4}) whose compute this index knows"
    assert figure(newest, before) == 2025
    assert figure(newest, after) == 2024
    assert figure(r"on the ECI, models of (\d{4})\. Where", after) == 2024
    assert figure(r"models of 2025 the compute of (\d+) is known", before) > 0
    assert figure(r"models of 2025 the compute of (\d+) is known", after) == 0
    floor = r"The floor is (\d\.\d+) nats"
    assert figure(floor, after) == figure(floor, before)  # of other tables


def test_other_readings_of_a_few_days_and_of_hundreds_of_billions() -> None:
    before, after = run_with(
        CHAPTERS / "what-was-said.ipynb",
        ("LEAST_OF_META = None", "LEAST_OF_META = 100"),
        ("DAYS = said_verdicts.DAYS_CLAIMED", "DAYS = 5"),
    )
    assert "for 2 working days: *supported in part*" in before
    assert "against 40 for 5 working days: *cannot be tested*" in after
    asked = "Will Meta put hundreds of billions of dollars into AI in the next few years?"
    card = re.escape(asked) + r"\n+.*?(open until|supported)"
    assert re.search(card, before, re.S).group(1) == "open until"
    assert re.search(card, after, re.S).group(1) == "supported"
    counted = r"Another (\d+) are open until a date"
    assert figure(counted, after) == figure(counted, before) - 1
