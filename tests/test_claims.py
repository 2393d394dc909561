"""Verdicts are consistent, tied to the ledger, and made by rules that can say no."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from three_observations import claims, display
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


def test_every_headline_has_an_interval_or_says_why_there_is_none(every_verdict):
    headlines = claims.headlines(every_verdict)
    for verdict in headlines:
        own, beside = verdict.low is not None, claims.intervals_beside(verdict, every_verdict)
        reason = claims.NO_INTERVAL.get(verdict.key, "")
        assert own + bool(beside) + bool(reason) == 1, verdict.key
        for words, other in beside:
            assert other.low is not None and other.low < other.high
            assert ("and so both answers" in words) != ("leaves out" in words)
    keys = {verdict.key for verdict in headlines}
    assert {*claims.BESIDE, *claims.NO_INTERVAL} <= keys


def test_the_front_page_shows_an_interval_on_every_card_but_one(every_verdict):
    page = Path(__file__).resolve().parents[1] / "chapters" / "index.ipynb"
    outputs = [
        output["data"]
        for cell in notebooks.code_cells(notebooks.read(page))
        for output in cell["outputs"]
        if "data" in output
    ]
    for verdict in claims.headlines(every_verdict):
        card = next(
            one
            for one in outputs
            if notebooks.text_of(one["text/plain"]).startswith(verdict.question)
        )
        words, html = (notebooks.text_of(card[kind]) for kind in ("text/plain", "text/html"))
        for line, other in claims.intervals_beside(verdict, every_verdict):
            assert f"Interval: {display._figure(other)}: {line}." in words
            page_of, _, anchor = other.place.partition("#")
            assert f'href="{page_of}.ipynb#{anchor}"' in html
        if verdict.low is not None:
            assert f"Figure: {display._figure(verdict)}" in words and " to " in words
        if reason := claims.NO_INTERVAL.get(verdict.key):
            assert f"Interval: {reason}" in words


def test_the_words_beside_a_headline_follow_the_interval(every_verdict):
    by_key = {verdict.key: verdict for verdict in every_verdict}
    for rows in claims.BESIDE.values():
        for row in rows:
            other = by_key[row.verdict]
            held = replace(other, low=row.turn - 1, figure=row.turn, high=row.turn + 1)
            apart = replace(other, low=row.turn + 1, figure=row.turn + 2, high=row.turn + 3)
            assert row.says(held).endswith("and so both answers")
            assert row.says(apart).endswith(f"leaves out {row.turns}")
            with pytest.raises(ValueError, match="no interval"):
                row.says(replace(other, low=None, high=None))
    rest = [verdict for verdict in every_verdict if verdict.key != "value-scale"]
    with pytest.raises(KeyError, match="value-scale"):
        claims.intervals_beside(by_key["value-super-exponential"], rest)


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
