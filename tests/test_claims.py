"""Verdicts are consistent, tied to the ledger, and made by rules that can say no."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from three_observations import claims
from three_observations.claims import Outcome, Verdict
from three_observations.site import notebooks


def verdict(**changes) -> Verdict:
    """Return a plain verdict with some fields changed."""
    fields = {
        "key": "example",
        "question": "Is it so?",
        "claims": ("001-07",),
        "outcome": Outcome.SUPPORTED,
        "rule": "It is so if it is.",
        "because": "It is.",
        "place": "index#example",
    }
    return Verdict(**(fields | changes))


def test_a_verdict_must_answer_a_claim():
    with pytest.raises(ValueError, match="answers no claim"):
        verdict(claims=())


@pytest.mark.parametrize(
    "changes",
    [
        {"outcome": Outcome.OPEN},
        {"outcome": Outcome.SUPPORTED, "until": date(2027, 2, 9)},
    ],
)
def test_a_date_goes_with_an_open_verdict_and_only_with_one(changes):
    with pytest.raises(ValueError, match="until"):
        verdict(**changes)


@pytest.mark.parametrize("ends", [{"low": 1.0}, {"high": 1.0}])
def test_half_an_interval_is_refused(ends):
    with pytest.raises(ValueError, match="both ends"):
        verdict(**ends)


def test_an_interval_upside_down_is_refused():
    with pytest.raises(ValueError, match="upside down"):
        verdict(low=2.0, high=1.0)


def test_two_verdicts_may_not_share_a_key():
    ledger = pd.DataFrame({"claim": ["001-07"]})
    with pytest.raises(ValueError, match="share the key example"):
        claims.check_against_ledger([verdict(), verdict()], ledger)


def test_a_verdict_on_a_claim_that_was_never_made_is_refused():
    ledger = pd.DataFrame({"claim": ["001-07"]})
    with pytest.raises(ValueError, match="009-99"):
        claims.check_against_ledger([verdict(claims=("009-99",))], ledger)


def test_the_table_keeps_every_field_and_every_verdict():
    found = [verdict(), verdict(key="open", outcome=Outcome.OPEN, until=date(2027, 2, 9))]
    table = claims.as_table(found)
    assert table["key"].tolist() == ["example", "open"]
    assert table["outcome"].tolist() == ["supported", "open until"]
    assert table["until"].tolist()[1] == "2027-02-09"
    assert table["claims"].tolist() == ["001-07", "001-07"]


def test_the_headline_of_a_claim_comes_first():
    first, second = verdict(key="first"), verdict(key="second")
    other = verdict(key="other", claims=("001-08",))
    assert claims.deciding([first, other, second], "001-07") == [first, second]
    assert claims.deciding([first, other, second], "000-01") == []


def test_the_ledger_holds_the_claims_of_five_documents():
    ledger = claims.ledger()
    assert ledger["claim"].is_unique
    assert ledger.groupby("document").size().to_dict() == {
        "000": 22,
        "001": 22,
        "002": 17,
        "003": 14,
        "004": 72,
    }


@pytest.fixture(scope="module")
def every_verdict() -> list[Verdict]:
    return claims.verdicts()


@pytest.mark.parametrize(
    ("observation", "at_least"),
    [("obs1", 16), ("obs2", 16), ("obs3", 10), ("interview", 60), ("context", 27)],
)
def test_every_claim_on_an_observation_has_a_verdict(every_verdict, observation, at_least):
    ledger = claims.ledger()
    decided = {claim for verdict in every_verdict for claim in verdict.claims}
    wanted = ledger.loc[ledger["theme"] == observation, "claim"]
    assert len(wanted) >= at_least
    assert sorted(set(wanted) - decided) == []


def test_the_verdicts_follow_the_order_of_the_observations(every_verdict):
    chapters = [verdict.key.partition("-")[0] for verdict in every_verdict]
    order = ["log", "cost", "value", "compute", "said"]
    assert list(dict.fromkeys(chapters)) == order
    assert chapters == sorted(chapters, key=order.index)


def test_every_verdict_has_one_card_on_the_page_that_it_names(every_verdict):
    chapters = Path(__file__).resolve().parents[1] / "chapters"
    for verdict in every_verdict:
        page, _, anchor = verdict.place.partition("#")
        cells = notebooks.code_cells(notebooks.read(chapters / f"{page}.ipynb"))
        cards = [
            notebooks.text_of(output["data"].get("text/html", ""))
            for cell in cells
            for output in cell["outputs"]
            if "data" in output
        ]
        assert sum(f'id="{anchor}"' in card for card in cards) == 1, verdict.place


def test_the_front_page_shows_every_headline_as_the_rules_gave_it(every_verdict):
    page = Path(__file__).resolve().parents[1] / "chapters" / "index.ipynb"
    shown = [
        notebooks.text_of(output["data"].get("text/plain", ""))
        for cell in notebooks.code_cells(notebooks.read(page))
        for output in cell["outputs"]
        if "data" in output
    ]
    for verdict in claims.headlines(every_verdict):
        card = next(text for text in shown if text.startswith(verdict.question))
        assert verdict.because in card
        assert f" {verdict.outcome}" in card


def test_a_headline_with_a_figure_has_an_interval_unless_it_cannot_be_judged(every_verdict):
    for verdict in claims.headlines(every_verdict):
        judged = verdict.outcome not in {Outcome.CANNOT_BE_TESTED, Outcome.OPEN}
        assert not judged or verdict.figure is None or verdict.low is not None, verdict.key


def test_a_headline_that_no_chapter_gives_is_named(every_verdict):
    rest = [found for found in every_verdict if found.key != "cost-150x"]
    with pytest.raises(KeyError, match="cost-150x"):
        claims.headlines(rest)


def test_every_verdict_says_what_it_asks_and_why(every_verdict):
    for verdict in every_verdict:
        assert verdict.question.endswith("?"), verdict.key
        assert verdict.rule.endswith("."), verdict.key
        assert verdict.because.endswith("."), verdict.key
        assert "nan" not in verdict.because, verdict.key
