"""A chapter runs to its end when a reader changes what its first cell invites to change."""

from __future__ import annotations

import re

import pytest

from committed import run_with

COST, LOG = "cost-of-a-given-level", "log-of-resources"
OWN_PRICE = '# prices.loc[prices["model"] == "GPT-4o mini", "input_usd_per_mtok"] = 0.30'


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
FEWER = ("RESAMPLES = 500", "RESAMPLES = 50")


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
        "what-was-said",
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


OWN_RUN_RATE = (
    '# run_rates.loc[(run_rates["company"] == "OpenAI") & (run_rates["date"] == "2026-07-31"), '
    '"run_rate_usd_bn"] = 30'
)


def test_on_the_newer_index_with_a_run_rate_of_ones_own() -> None:
    before, after = run_with(
        "value-of-intelligence",
        ('RULER = "eci_2026_08"', 'RULER = "eci_2026_10"'),
        ("RESAMPLES = 500", "RESAMPLES = 100"),
        (OWN_RUN_RATE, OWN_RUN_RATE.removeprefix("# ")),
    )
    assert "Of 6 proxies" in before
    assert "Of 5 proxies" in after
    assert "Is value super-exponential in linearly increasing intelligence?" in after
    changed = [line for line in after.split("\n") if "each point of the index goes with" in line]
    kept = [line for line in before.split("\n") if "each point of the index goes with" in line]
    assert len(changed) == len(kept) == 2
    assert changed != kept
