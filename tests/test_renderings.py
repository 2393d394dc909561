"""Renderings of one text: the rule on differences, the table, and the verdict of each version."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from three_observations import claims, data, ledger_page, renderings, said_verdicts
from three_observations.claims import Outcome, Verdict


@pytest.fixture(autouse=True)
def tables_as_they_are():
    yield
    data.use()


KEYS = sorted({key for keys in renderings.DECIDED_BY.values() for key in keys} | {"said-slot"})


def verdict(key: str, outcome: Outcome = Outcome.PARTLY) -> Verdict:
    """Return a verdict of some rule; which one does not matter here."""
    return Verdict(
        key=key,
        question="Is it so?",
        claims=("001-07",),
        outcome=outcome,
        rule="Some rule.",
        because="It came out so.",
        place="page#anchor",
        figure=1.0,
        until=date(2035, 12, 31) if outcome is Outcome.OPEN else None,
    )


@pytest.fixture
def found() -> list[Verdict]:
    return [verdict(key) for key in KEYS]


def with_outcome(found: list[Verdict], key: str, outcome: Outcome) -> list[Verdict]:
    return [replace(one, outcome=outcome) if one.key == key else one for one in found]


# --- the rule ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("original", "version", "same", "tested", "said"),
    [
        (Outcome.PARTLY, Outcome.CONTRADICTED, False, True, "changes the verdict"),
        (Outcome.PARTLY, Outcome.CONTRADICTED, True, True, "changes the verdict"),
        (Outcome.PARTLY, Outcome.PARTLY, False, True, "changes what is tested"),
        (Outcome.PARTLY, Outcome.PARTLY, True, True, "changes nothing"),
        (
            Outcome.CANNOT_BE_TESTED,
            Outcome.CANNOT_BE_TESTED,
            True,
            False,
            "changes nothing that can be tested",
        ),
    ],
)
def test_a_difference_matters_if_the_verdict_does(original, version, same, tested, said):
    assert renderings.decide_difference(original, version, same, tested) == said
    assert said in renderings.DIFFERENCES


@pytest.mark.parametrize(
    ("original", "version", "said"),
    [
        (Outcome.PARTLY, Outcome.SUPPORTED, "better"),
        (Outcome.PARTLY, Outcome.CONTRADICTED, "worse"),
        (Outcome.PARTLY, Outcome.PARTLY, "neither"),
        (Outcome.CANNOT_BE_TESTED, Outcome.CONTRADICTED, "neither"),
        (Outcome.SUPPORTED, Outcome.OPEN, "neither"),
    ],
)
def test_better_and_worse_are_said_of_tested_verdicts_only(original, version, said):
    assert renderings.fares(original, version) == said


# --- the table ---------------------------------------------------------------------------------


def test_every_sentence_has_a_title_and_one_original():
    table = data.load("renderings")
    assert set(table["sentence"]) == set(renderings.SENTENCES)
    originals = table[table["document"] == renderings.ORIGINAL]
    assert sorted(originals["sentence"]) == sorted(renderings.SENTENCES)
    assert (originals["change"] == "kept").all()


def test_every_document_has_every_sentence_of_the_essay():
    table = data.load("renderings")
    for sentence in set(renderings.SENTENCES) - {"first-half"}:
        documents = set(table.loc[table["sentence"] == sentence, "document"])
        assert documents == {renderings.ORIGINAL, *renderings.DOCUMENTS}, sentence


def test_what_is_kept_has_the_version_of_the_original_and_what_is_changed_has_not():
    table = data.load("renderings")
    own = table[table["document"] == renderings.ORIGINAL].set_index("sentence")["version"]
    for row in table.itertuples():
        if row.change == "kept":
            assert row.version == own[row.sentence], (row.sentence, row.document)
        else:
            assert row.version != own[row.sentence], (row.sentence, row.document)


def test_quotations_are_short_and_there_where_something_is_said():
    table = data.load("renderings")
    quotes = table["quote"].fillna("")
    assert quotes.str.len().max() <= 50
    chinese = quotes[table["document"] != renderings.ORIGINAL]
    assert chinese.str.len().max() <= 20
    missing = table[quotes == ""]
    assert (missing["change"] == "dropped").all() and missing["version"].isna().all()


def test_the_named_differences_are_in_the_table():
    table = data.load("renderings").set_index(["sentence", "document", "place"])["version"]
    assert table["value", "000", "list"] == "super-exponential"
    assert table["value", "000", "retelling"] == "exponential"
    assert table["value", "003", "text"] == "returns"
    assert table["token", "003", "text"] == "per-compute"
    assert table["level", "001", "headline"] == table["level", "003", "text"] == "no-level"
    assert table["resources", "000", "retelling"] == "two"
    assert table["stop", "003", "text"] == "gains-exceed"
    assert table["moore", "002", "text"] == "moore-alone"
    assert table["surveillance", "001", "text"] == "nobody-named"
    assert pd.isna(table["surveillance", "002", "text"])
    assert table["first-half", "000", "text"] == "half-year"


def test_two_places_that_differ_are_both_ways():
    grid = renderings.grid().set_index(["sentence", "document"])["change"]
    assert grid["level", "000"] == grid["level", "001"] == "both ways"
    assert grid["level", "002"] == "both ways" and grid["level", "003"] == "dropped"
    assert set(grid) <= set(renderings.CHANGES)


def test_the_original_comes_first_and_documents_follow():
    rows = renderings.side_by_side()
    for _, group in rows.groupby("sentence", sort=False):
        names = group["document"].tolist()
        assert names[0] == renderings.ORIGINAL
        assert names[1:] == sorted(names[1:])
    assert list(dict.fromkeys(rows["sentence"])) == list(renderings.SENTENCES)


def test_the_order_of_the_rows_does_not_matter(found):
    table = data.load("renderings")
    mixed = table.sample(frac=1, random_state=1)
    first, second = renderings.versions(found, table), renderings.versions(found, mixed)
    columns = ["sentence", "version", "outcome", "difference"]
    wanted = first[columns].sort_values(columns[:2], ignore_index=True)
    pd.testing.assert_frame_equal(
        second[columns].sort_values(columns[:2], ignore_index=True), wanted
    )


# --- the verdicts of versions ------------------------------------------------------------------


def test_every_version_has_a_rule_or_a_reason(found):
    pairs = {(one.sentence, one.version) for one in renderings.rulings(found)}
    known = set(renderings.DECIDED_BY) | set(renderings.NO_RULE)
    assert pairs == known | {("first-half", "half-game"), ("first-half", "half-year")}
    assert not set(renderings.DECIDED_BY) & set(renderings.NO_RULE)


def test_every_rule_that_versions_name_exists():
    from three_observations import (
        compute_verdicts,
        cost_verdicts,
        log_scaling_verdicts,
        value_verdicts,
    )

    modules = (log_scaling_verdicts, cost_verdicts, value_verdicts, compute_verdicts, said_verdicts)
    known = {key for module in modules for key in module.RULES_IN_WORDS}
    assert set(KEYS) <= known


@pytest.mark.parametrize(
    ("key", "sentence", "version"),
    [
        ("cost-any-level", "level", "no-level"),
        ("cost-per-compute", "token", "per-compute"),
        ("value-exponential", "value", "exponential"),
        ("value-returns", "value", "returns"),
        ("log-two-resources", "resources", "two"),
        ("value-gains", "stop", "gains-exceed"),
        ("log-more-is-surer", "money", "more-is-surer"),
    ],
)
def test_another_verdict_of_the_rule_changes_that_version_alone(found, key, sentence, version):
    before = renderings.versions(found).set_index(["sentence", "version"])
    after = renderings.versions(with_outcome(found, key, Outcome.SUPPORTED)).set_index(
        ["sentence", "version"]
    )
    moved = before.index[before["outcome"] != after["outcome"]]
    assert list(moved) == [(sentence, version)]
    assert before.loc[(sentence, version), "difference"] != "changes the verdict"
    assert after.loc[(sentence, version), "difference"] == "changes the verdict"


def test_parts_of_a_version_are_joined(found):
    worse = with_outcome(found, "value-follows", Outcome.CONTRADICTED)
    ruled = {(one.sentence, one.version): one.outcome for one in renderings.rulings(worse)}
    assert ruled["stop", "follows"] is Outcome.NOT_SUPPORTED
    assert ruled["stop", "no-reason"] is Outcome.PARTLY


@pytest.mark.parametrize("follows", [one for one in Outcome if one is not Outcome.OPEN])
@pytest.mark.parametrize("invest", [Outcome.SUPPORTED, Outcome.NOT_SUPPORTED, Outcome.CONTRADICTED])
def test_ledger_and_comparison_give_one_headline(found, invest, follows):
    """ "No reason to stop" has one verdict, wherever the book names it."""
    moved = with_outcome(found, "value-follows", follows)
    moved = with_outcome(moved, "value-investment", invest)
    moved = [
        replace(one, claims=("001-12",)) if one.key in claims.PARTS_OF["001-12"] else one
        for one in moved
    ]
    ledger = claims.ledger()
    ruled = {(one.sentence, one.version): one.outcome for one in renderings.rulings(moved)}
    rows = ledger_page.decided(moved, ledger[ledger["claim"] == "001-12"]).set_index("claim")
    assert rows.loc["001-12", "outcome"] == str(ruled["stop", "follows"])
    assert rows.loc["001-12", "outcome"] == str(claims.joined([invest, follows]))
    assert {"value-follows"} <= {other.key for other in rows.loc["001-12", "others"]}


def test_the_headlines_of_three_documents_drop_the_level():
    rows = data.load("renderings")
    heads = rows[(rows["sentence"] == "level") & (rows["place"] == "headline")]
    assert heads.set_index("document")["change"].to_dict() == dict.fromkeys(
        ("000", "001", "002"), "dropped"
    )
    grid = renderings.grid().set_index(["sentence", "document"])["change"]
    assert grid["level", "002"] == "both ways"


def test_the_first_half_is_decided_by_the_rule_on_the_slot(found):
    ruled = {(one.sentence, one.version): one.outcome for one in renderings.rulings(found)}
    assert ruled["first-half", "half-game"] is Outcome.SUPPORTED
    assert ruled["first-half", "half-year"] is Outcome.NOT_SUPPORTED
    facts = data.load("press_facts")
    facts.loc[facts["fact"] == "commercial-half", "unit"] = said_verdicts.HALF_NAMED
    data.use(press_facts=facts)
    ruled = {(one.sentence, one.version): one.outcome for one in renderings.rulings(found)}
    assert ruled["first-half", "half-year"] is Outcome.SUPPORTED


def test_a_sentence_without_a_rule_cannot_be_tested(found):
    rows = renderings.versions(found).set_index(["sentence", "version"])
    assert rows.loc[("systems", "near"), "outcome"] is Outcome.CANNOT_BE_TESTED
    assert rows.loc[("systems", "near"), "difference"] == "changes nothing that can be tested"


def test_the_grid_of_verdicts_has_every_place_where_something_is_said(found):
    cells = renderings.verdict_grid(found)
    assert len(cells) == data.load("renderings")["version"].notna().sum()
    assert set(cells["outcome"]) <= {str(outcome) for outcome in Outcome}


# --- bad input ---------------------------------------------------------------------------------


def test_an_unknown_sentence_and_an_unknown_version_are_named(found):
    table = data.load("renderings")
    with pytest.raises(KeyError, match="give the sentence 'colour' a title"):
        renderings.side_by_side(table.assign(sentence=["colour", *table["sentence"][1:]]))
    strange = table.copy()
    strange.loc[strange["version"] == "no-level", "version"] = "no-such"
    with pytest.raises(KeyError, match="no rule for the version 'no-such'"):
        renderings.rulings(found, strange)


def test_a_missing_verdict_and_a_missing_original_are_named(found):
    with pytest.raises(KeyError, match="no verdict 'cost-any-level'"):
        renderings.rulings([one for one in found if one.key != "cost-any-level"])
    table = data.load("renderings")
    headless = table[~((table["sentence"] == "level") & (table["document"] == "original"))]
    with pytest.raises(ValueError, match="'level' needs one row of the original"):
        renderings.versions(found, headless)
