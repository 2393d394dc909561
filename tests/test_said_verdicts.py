"""What stands beside the observations: each rule both ways, and figures that turn a verdict."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from three_observations import charts, claims, data, said_exercises
from three_observations import said_verdicts as rules
from three_observations.claims import Outcome
from three_observations.said_verdicts import Sentence

CHAPTER = Path(__file__).resolve().parents[1] / "chapters" / "what-was-said.ipynb"
YES, PARTLY, NO, AGAINST = (
    Outcome.SUPPORTED,
    Outcome.PARTLY,
    Outcome.NOT_SUPPORTED,
    Outcome.CONTRADICTED,
)
UNTESTED = Outcome.CANNOT_BE_TESTED


@pytest.fixture(autouse=True)
def tables_as_they_are():
    yield
    data.use()


@pytest.fixture
def found() -> dict[str, claims.Verdict]:
    return {verdict.key: verdict for verdict in rules.verdicts()}


# --- the rules ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("figure", "wanted"), [(60, YES), (54.6, YES), (66.1, AGAINST), (50, AGAINST), (None, UNTESTED)]
)
def test_a_figure_is_right_within_a_tenth(figure, wanted):
    assert rules.decide_about(figure, 60) is wanted


@pytest.mark.parametrize(("apart", "wanted"), [(0, YES), (1, PARTLY), (-1, PARTLY), (2, AGAINST)])
def test_one_day_is_forgiven_in_part(apart, wanted):
    assert rules.decide_day(apart) is wanted


@pytest.mark.parametrize(
    ("amount", "named", "wanted"),
    [(YES, "game", YES), (YES, "year", NO), (AGAINST, "year", AGAINST), (AGAINST, "game", NO)],
)
def test_a_sum_and_its_half_have_to_agree(amount, named, wanted):
    assert rules.decide_slot(amount, "game", named) is wanted


@pytest.mark.parametrize(
    ("hours", "same", "wanted"), [(5.9, True, YES), (6, True, PARTLY), (5, False, AGAINST)]
)
def test_before_dawn_ends_at_six(hours, same, wanted):
    assert rules.decide_hour(hours, same) is wanted


@pytest.mark.parametrize(
    ("spent", "day", "wanted"),
    [
        (200, date(2026, 1, 1), YES),
        (199, date(2026, 1, 1), Outcome.OPEN),
        (199, date(2029, 12, 31), AGAINST),
    ],
)
def test_spending_is_open_until_it_is_due_or_reached(spent, day, wanted):
    assert rules.decide_spent(spent, 200, day, date(2029, 12, 31)) is wanted


@pytest.mark.parametrize(
    ("own", "arranged", "agreements", "wanted"),
    [
        (40, 40, 1, YES),
        (30, 41, 1, PARTLY),
        (30, 41, 2, NO),
        (20, 30, 1, NO),
        (20, 30, 2, AGAINST),
    ],
)
def test_an_investor_has_to_pay_itself_and_at_once(own, arranged, agreements, wanted):
    assert rules.decide_stake(own, arranged, agreements, 40) is wanted


@pytest.mark.parametrize(
    ("checked", "labels", "wanted"),
    [
        ([True], 0, YES),
        ([True, True], 1, PARTLY),
        ([True, False], 0, NO),
        ([False], 1, AGAINST),
        ([], 2, UNTESTED),
    ],
)
def test_a_label_alone_cannot_be_tested(checked, labels, wanted):
    assert rules.decide_label(checked, labels) is wanted


@pytest.mark.parametrize(
    ("figures", "published", "wanted"),
    [
        ([100], True, YES),
        ([100, 105], False, PARTLY),
        ([100, 50], False, NO),
        ([50], False, AGAINST),
        ([], False, UNTESTED),
    ],
)
def test_reports_of_a_contract_are_not_the_contract(figures, published, wanted):
    assert rules.decide_reported(figures, 100, published) is wanted


@pytest.mark.parametrize(
    ("months", "ended", "wanted"), [(12, False, YES), (11, False, PARTLY), (40, True, AGAINST)]
)
def test_an_intention_is_kept_by_what_follows(months, ended, wanted):
    assert rules.decide_kept(months, ended) is wanted


@pytest.mark.parametrize(
    ("minutes", "low", "wanted"), [(2000, 960, YES), (960, 900, PARTLY), (959, 900, UNTESTED)]
)
def test_two_days_are_sixteen_hours(minutes, low, wanted):
    assert rules.decide_days(minutes, low) is wanted


def test_more_days_ask_for_more():
    assert rules.decide_days(1000, 970, days=2) is YES
    assert rules.decide_days(1000, 970, days=5) is UNTESTED


def test_the_card_follows_the_days_that_are_meant():
    book, longer = (
        {verdict.key: verdict for verdict in rules.verdicts(days)}
        for days in (rules.DAYS_CLAIMED, 5.0)
    )
    assert book["said-days"].outcome is PARTLY
    assert longer["said-days"].outcome is UNTESTED
    assert "at least 5 of eight hours" in longer["said-days"].rule
    assert "against 40 needed" in longer["said-days"].because
    assert {key for key in book if book[key] != longer[key]} == {"said-days"}


@pytest.mark.parametrize(
    ("share", "moved", "wanted"),
    [(0.1, None, PARTLY), (0.6, None, UNTESTED), (0.6, 1.0, YES), (0.1, 13.0, AGAINST)],
)
def test_only_surveys_decide_how_days_were_spent(share, moved, wanted):
    assert rules.decide_daily_life(share, moved) is wanted


@pytest.mark.parametrize("missing", ["states", "measure", "bound"])
def test_a_sentence_needs_all_three_to_be_judged(missing):
    form = {"states": True, "measure": True, "bound": True}
    assert rules.decide_form(Sentence(**form, why="", would_settle="")) is None
    form[missing] = False
    assert rules.decide_form(Sentence(**form, why="", would_settle="")) is UNTESTED


def test_hedged_sentences_are_all_read_by_one_rule(every_verdict):
    """A hedge alone neither sinks a sentence nor saves it; the verdict follows from the form."""
    table = rules.hedges(every_verdict)
    ledger = claims.ledger().set_index("claim")["paraphrase"]
    told = ledger[ledger.str.contains(r"\b(?:perhaps|might|seems)\b", case=False)].index
    assert set(told) <= set(table["claim"]) <= set(ledger.index)
    untested = table["outcome"] == str(UNTESTED)
    assert (untested == ~table["judged"]).all(), table[untested == table["judged"]]
    assert table["judged"].any() and untested.any()


def test_the_rules_shown_are_all_there_are():
    functions = {
        value
        for name, value in vars(rules).items()
        if name.startswith("decide_") and value.__module__ == rules.__name__
    }
    assert functions == set(rules.RULES)


# --- from the tables to the verdicts -----------------------------------------------------------


def test_every_claim_beside_the_observations_has_one_verdict(found):
    ledger = claims.ledger()
    wanted = sorted(ledger.loc[ledger["theme"] == "context", "claim"])
    assert sorted(claim for verdict in found.values() for claim in verdict.claims) == wanted
    assert set(found) == set(rules.RULES_IN_WORDS)


def test_a_reason_is_given_for_each_sentence_without_a_figure(found):
    reasons = [found[key].because for key in rules.SENTENCES]
    assert all(found[key].outcome is UNTESTED for key in rules.SENTENCES)
    assert len(set(reasons)) == len(reasons)


def changed(name: str, fact: str, **cells: object) -> pd.DataFrame:
    table = data.load(name)
    for column, value in cells.items():
        table.loc[table["fact"] == fact, column] = value
    return table


@pytest.mark.parametrize(
    ("fact", "cells", "key", "before", "after"),
    [
        ("commercial-seconds", {"value": 30}, "said-commercial", YES, AGAINST),
        ("commercial-cost", {"value": 7}, "said-slot", NO, AGAINST),
        ("commercial-half", {"unit": rules.HALF_NAMED}, "said-slot", NO, YES),
        ("game-kickoff", {"date": pd.Timestamp("2025-02-10")}, "said-yesterday", PARTLY, YES),
        ("meta-announced", {"value": 100}, "said-meta", Outcome.OPEN, YES),
        ("softbank-own", {"value": 40}, "said-softbank", PARTLY, YES),
        ("softbank-agreements", {"value": 2}, "said-softbank", PARTLY, NO),
        ("agi-profit-reported", {"value": 10}, "said-agi-profit", PARTLY, AGAINST),
        ("agi-profit-reported", {"kind": "own statement"}, "said-agi-profit", PARTLY, YES),
        ("altman-co-chair", {"value": 2019}, "said-king", PARTLY, AGAINST),
        ("agi-declared", {"value": 1}, "said-agi-word", YES, AGAINST),
        ("tie-confirmed", {"date": pd.Timestamp("2025-10-28")}, "said-agi-word", YES, PARTLY),
    ],
)
def test_another_fact_makes_another_verdict(found, fact, cells, key, before, after):
    assert found[key].outcome is before
    data.use(press_facts=changed("press_facts", fact, **cells))
    again = {verdict.key: verdict for verdict in rules.verdicts()}
    assert again[key].outcome is after
    others = set(found) - {key}
    assert all(again[name].outcome is found[name].outcome for name in others)


@pytest.mark.parametrize(
    ("claim", "value", "key", "after"),
    [
        ("000-01", 30, "said-commercial", AGAINST),
        ("000-03", 20, "said-slot", AGAINST),
        ("000-13", 30, "said-softbank", YES),
        ("002-04", 10, "said-agi-profit", AGAINST),
    ],
)
def test_the_claimed_figure_is_that_of_the_ledger(found, claim, value, key, after):
    ledger = data.load("claims")
    ledger.loc[ledger["claim"] == claim, "value"] = value
    data.use(claims=ledger)
    again = {verdict.key: verdict for verdict in rules.verdicts()}
    assert again[key].outcome is after
    assert all(again[name].outcome is found[name].outcome for name in set(found) - {key})


def test_months_that_have_passed_are_rounded_down(found):
    whole = found["said-agi-word"].figure
    confirmed = rules.facts().loc["tie-confirmed", "date"]
    assert whole == int(whole)
    assert whole * 365.25 / 12 <= (confirmed - rules.ESSAY_DATE).days < (whole + 1) * 365.25 / 12


def test_a_longest_model_without_a_sure_figure_is_said_to_have_none(found):
    table = data.load("horizons")
    longest = rules.longest_horizon()
    said = f"{longest.model} has none"
    assert (said in found["said-days"].because) == (not longest.has_sure)
    filled = table.assign(p80_minutes=table["p80_minutes"].fillna(1.0))
    assert rules.longest_horizon(filled).has_sure
    emptied = table.assign(p80_minutes=table["p80_minutes"].where(table["model"] != longest.model))
    assert said in rules.longest_horizon(emptied).sure_of_which()


def test_another_address_makes_another_hour(found):
    number = 1888695926484611375 + (2 * 3_600_000 << rules.POST_BITS)
    table = changed("press_facts", "essay-announced", address=f"https://x.com/sama/status/{number}")
    data.use(press_facts=table)
    again = {verdict.key: verdict for verdict in rules.verdicts()}
    assert found["said-before-dawn"].outcome is YES
    assert again["said-before-dawn"].outcome is PARTLY
    assert again["said-before-dawn"].figure == pytest.approx(found["said-before-dawn"].figure + 2)


def test_the_hour_in_the_table_is_that_of_the_post():
    facts = rules.facts()
    by_number = rules.moment_of_post(facts.loc["essay-announced", "address"]) + rules.BEIJING
    assert abs(rules.moment(facts, "essay-announced") - by_number) < pd.Timedelta(seconds=2)


def test_a_post_without_a_number_is_refused():
    with pytest.raises(ValueError, match="no number of a post"):
        rules.moment_of_post("https://x.com/sama")


@pytest.mark.parametrize(("factor", "wanted"), [(3.0, YES), (0.5, UNTESTED)])
def test_longer_horizons_decide_the_days(found, factor, wanted):
    assert found["said-days"].outcome is PARTLY
    table = data.load("horizons")
    for name in ("p50_minutes", "p50_low", "p50_high"):
        table[name] = table[name] * factor
    data.use(horizons=table)
    assert {v.key: v for v in rules.verdicts()}["said-days"].outcome is wanted


def test_an_older_vintage_does_not_count():
    table = data.load("horizons")
    old = table[table["suite"] == "th1_0"].assign(p50_minutes=1e5)
    both = pd.concat([table[table["suite"] != "th1_0"], old], ignore_index=True)
    assert rules.longest_horizon(both) == rules.longest_horizon(table)
    with pytest.raises(ValueError, match="no row of"):
        rules.longest_horizon(old)


def test_the_spending_of_meta_is_the_sum_of_its_quarters():
    table = data.load("capital_spending")
    later = table[(table["company"] == "Meta") & (table["quarter_end"] >= "2026-01-01")]
    spending = rules.spending_of_meta(200)
    year = rules.facts().loc["meta-capital-2025", "value"]
    assert spending.spent == pytest.approx(year + later["usd_bn"].sum())
    assert spending.reached > spending.until
    assert rules.spending_of_meta(spending.spent / 2).reached == spending.until
    none = rules.spending_of_meta(200, table[table["company"] != "Meta"])
    assert none.spent == pytest.approx(year)


def test_the_year_of_meta_holds_the_quarters_that_the_table_has():
    table = data.load("capital_spending")
    last = table[(table["company"] == "Meta") & (table["quarter_end"].dt.year == 2025)]
    year = rules.facts().loc["meta-capital-2025", "value"]
    assert 0.5 * year < last["usd_bn"].sum() < year


def test_documents_follow_the_essay():
    hours = rules.hours_after_essay()
    assert (hours["hours"] > 0).all()
    assert hours.set_index("document")["hours"].idxmin() == "001"


def test_the_share_of_users_is_of_all_people():
    users = data.load("users")
    half = users.assign(users_millions=users["users_millions"] / 2)
    assert rules.share_of_users(2025, half) == pytest.approx(rules.share_of_users(2025) / 2)
    assert 0.05 < rules.share_of_users(2025) < 0.5


# --- the slider --------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [0.5, 1, 1.5, 2, 2.5, 5, 10])
@pytest.mark.parametrize(("hours", "low"), [(17.4, 8.5), (40.0, 20.0), (3.0, 1.0)])
def test_the_chart_decides_as_the_rule_does(days, hours, low):
    first, second, other = rules.DAYS_EXPRESSION.replace("datum.", "").split(" ? ")
    yes, condition = second.split(" : ")
    partly, untested = other.split(" : ")
    names = {"least": low, "best": hours, "days_meant": days}
    said = eval(f"{yes} if {first} else ({partly} if {condition} else {untested})", {}, names)
    assert said == str(rules.decide_days(hours * 60, low * 60, days))


def test_the_chart_on_the_page_has_that_rule_and_those_hours():
    longest = rules.longest_horizon()
    for cell in json.loads(CHAPTER.read_text(encoding="utf-8"))["cells"]:
        for output in cell.get("outputs", []):
            spec = output.get("data", {}).get("application/vnd.vegalite.v5+json")
            if spec and spec["usermeta"]["name"] == "days":
                text = json.dumps(spec)
                assert rules.DAYS_EXPRESSION in text
                assert f"days_meant * {rules.HOURS_PER_DAY:g}" in text
                assert f'"best": {float(f"{longest.hours:.5g}")}' in text
                return
    raise AssertionError("the page has no chart on days")


def drawings() -> dict[str, dict]:
    found = {}
    for cell in json.loads(CHAPTER.read_text(encoding="utf-8"))["cells"]:
        for output in cell.get("outputs", []):
            if spec := output.get("data", {}).get("application/vnd.vegalite.v5+json"):
                found[spec["usermeta"]["name"]] = spec
    return found


@pytest.mark.parametrize("name", ["voices", "verdicts"])
def test_numbers_stand_on_the_page_and_not_on_the_bars(name):
    text = [layer["mark"] for layer in drawings()[name]["layer"] if layer["mark"]["type"] == "text"]
    assert text
    for mark in text:
        assert mark["color"] == charts.INK and mark["dy"] < 0


@pytest.mark.parametrize("name", ["voices", "grid", "meta", "days"])
def test_fixed_descriptions_name_no_figure_that_a_datum_could_move(name):
    words = drawings()[name]["description"]
    assert not re.search(r"fold\b|more than|about half|\bmost\b|hundred|early 20|mid-20", words)


def test_the_figures_of_the_cases_are_counted_and_not_typed():
    for cell in json.loads(CHAPTER.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        assert "14 million, 40 billion" not in source
        if "**For the press.**" in source:
            assert "said_verdicts.claimed(claim)" in source


# --- the open exercise -------------------------------------------------------------------------

READING = {"000": "both ways", "001": "both ways", "002": "both ways", "003": "dropped"}
WHY = "a certain level is not quite a given one"


def test_the_open_exercise_compares_two_readings():
    same = said_exercises.check_own_reading("level", READING, WHY)
    assert same.status == "right" and "as the table does" in same.message
    other = said_exercises.check_own_reading("level", READING | {"002": "changed"}, WHY)
    assert other.status == "right" and "002 (both ways)" in other.message


@pytest.mark.parametrize(
    ("changes", "hint"),
    [
        ({"sentence": "levels"}, "no sentence 'levels'"),
        ({"reading": {"000": "kept"}}, "dict with the documents"),
        ({"reading": "kept"}, "dict with the documents"),
        ({"reading": READING | {"000": "lost"}}, "'lost' is none of the words"),
        ({"why": "so"}, "in a sentence"),
    ],
)
def test_the_open_exercise_names_what_is_missing(changes, hint):
    given = {"sentence": "level", "reading": READING, "why": WHY} | changes
    feedback = said_exercises.check_own_reading(**given)
    assert feedback.status == "wrong" and hint in feedback.message


def test_an_unfilled_open_exercise_is_not_wrong():
    assert said_exercises.check_own_reading("level", ..., WHY).status == "open"


def test_exercises_follow_the_tables():
    before = said_exercises.months_to_two_days()
    table = data.load("horizons").assign(p80_minutes=lambda rows: rows["p80_minutes"] * 2)
    data.use(horizons=table)
    per_doubling = said_exercises.doubling_days() / (365.25 / 12)
    assert said_exercises.months_to_two_days() == pytest.approx(before - per_doubling)
