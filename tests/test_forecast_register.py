"""The register of forecasts, and what would change our mind."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from three_observations import change_of_mind, compute_scorecard, data, display
from three_observations import forecast_register as register_of
from three_observations.claims import Outcome, Verdict
from three_observations.forecast_register import AS_OF, MADE, STATES

CHAPTERS = Path(__file__).parent.parent / "chapters"
LATE = pd.Timestamp("2028-02-01")


@pytest.fixture(scope="module")
def verdicts(every_verdict) -> list[Verdict]:
    return every_verdict


@pytest.fixture(scope="module")
def register(verdicts) -> pd.DataFrame:
    return register_of.register(verdicts)


def made_up(**changes) -> Verdict:
    verdict = Verdict(
        "made-up", "Is it so?", ("001-07",), Outcome.SUPPORTED, "A rule.", "Because.", "index"
    )
    return replace(verdict, **changes)


# ------------------------------------------------------------------------------- the register


def test_every_forecast_has_a_rule_a_day_a_state_and_a_place(register):
    assert len(register) >= 20
    assert register["key"].is_unique
    assert (register["rule"].str.len() > 10).all()
    assert register["due"].notna().all() and register["made"].notna().all()
    assert (register["made"] <= register["due"]).all()
    assert set(register["state"]) <= set(STATES)
    assert register["due"].is_monotonic_increasing
    for place in register["place"]:
        assert (CHAPTERS / place.split("#")[0]).is_file()


def test_every_open_verdict_and_every_dated_line_of_the_scorecard_is_in_it(register, verdicts):
    listed = " ".join(register["claims"])
    for verdict in verdicts:
        if verdict.outcome is Outcome.OPEN and verdict.key not in register_of.BOOKS_OWN:
            assert any(claim in listed for claim in verdict.claims), verdict.key
    cards = compute_scorecard.scorecard()
    for said in cards.loc[cards["due"].notna(), "said"]:
        assert said in set(register["what"])


def test_the_book_predicts_in_every_chapter(register):
    own = register_of.predictions()
    assert {one.chapter for one in own} == {
        "First observation",
        "Second observation",
        "Third observation",
        "The interview",
        "If all of it holds",
    }
    assert len({one.key for one in own}) == len(own)
    for one in own:
        assert one.made == MADE <= one.due
        assert one.low < one.middle < one.high
    assert (register["group"] == register_of.BOOK).sum() == len(own)


@pytest.mark.parametrize(
    ("found", "as_of", "wanted"),
    [
        (5.0, "2026-12-30", "open"),
        (math.nan, "2026-12-30", "open"),
        (5.0, "2027-01-01", "came true"),
        (2.0, "2027-01-01", "came true"),
        (1.9, "2027-01-01", "did not come true"),
        (math.nan, "2027-01-01", "cannot be judged"),
    ],
)
def test_states_of_a_range(found, as_of, wanted):
    due = pd.Timestamp("2026-12-31")
    assert register_of.state_within(found, 2.0, 8.0, due, pd.Timestamp(as_of)) == wanted


def test_a_range_upside_down_is_refused():
    with pytest.raises(ValueError, match="upside down"):
        register_of.state_within(1.0, 3.0, 2.0, AS_OF, AS_OF)


def report(run_rate: float, day: str) -> pd.DataFrame:
    rates = data.load("run_rates")
    row = rates[rates["company"] == "OpenAI"].iloc[-1:].copy()
    row["date"], row["run_rate_usd_bn"] = pd.Timestamp(day), run_rate
    row["preferred"], row["basis"] = True, "stated"
    return pd.concat([rates, row], ignore_index=True)


@pytest.fixture
def tables_of_a_later_day(monkeypatch):
    """Put tables in place whose days lie beyond the maximum that the package allows today."""

    def put(**changed: pd.DataFrame) -> None:
        load = data.load
        monkeypatch.setattr(data, "load", lambda name: changed.get(name, load(name)))

    return put


@pytest.mark.parametrize(
    ("run_rate", "wanted"), [(50.0, "came true"), (2000.0, "did not come true")]
)
def test_a_later_report_settles_a_prediction_and_does_not_move_it(
    tables_of_a_later_day, run_rate, wanted
):
    before = register_of.run_rate(2026, "follows compute")
    assert before.state("2027-03-01") == "cannot be judged"
    tables_of_a_later_day(run_rates=report(run_rate, "2026-12-30"))
    after = register_of.run_rate(2026, "follows compute")
    assert (after.low, after.middle, after.high) == (before.low, before.middle, before.high)
    assert after.found == run_rate
    assert after.state("2026-12-31") == wanted
    assert after.state("2026-12-30") == "open"


def test_a_later_report_settles_the_sharp_prediction(tables_of_a_later_day):
    before = register_of.rival(2026, "in proportion")
    assert before.state("2026-12-31") == "open"
    assert before.state("2027-07-01") == "cannot be judged"
    facts = data.load("company_facts")
    power = facts[(facts["entity"] == "OpenAI") & (facts["series"] == "compute_gw")].iloc[-1:]
    power = power.assign(date=pd.Timestamp(2026, 12, 31), value=4.0, low=3.95, high=4.05)
    outcomes = {44.0: "came true", 66.0: "did not come true"}
    reports = {run_rate: report(run_rate, "2026-12-30") for run_rate in outcomes}
    for run_rate, wanted in outcomes.items():
        tables_of_a_later_day(
            run_rates=reports[run_rate],
            company_facts=pd.concat([facts, power], ignore_index=True),
        )
        after = register_of.rival(2026, "in proportion")
        assert (after.low, after.middle, after.high) == (before.low, before.middle, before.high)
        assert after.found == pytest.approx(run_rate / 4.0)
        assert after.state("2027-07-01") == wanted
        pace = register_of.rival(2026, "at its own pace")
        assert pace.found == run_rate
        assert pace.state("2027-07-01") == (
            "came true" if wanted == "did not come true" else "did not come true"
        )


def test_a_later_score_settles_the_record(tables_of_a_later_day):
    before = register_of.record_score(2026)
    scores = data.load("scores")
    row = scores[scores["ruler"] == "eci_2026_08"].iloc[-1:].copy()
    row["version"], row["released"] = "A later model", pd.Timestamp("2026-12-20")
    row[["score", "low", "high"]] = before.middle, before.middle - 1, before.middle + 1
    tables_of_a_later_day(scores=pd.concat([scores, row], ignore_index=True))
    after = register_of.record_score(2026)
    assert after.middle == before.middle
    assert after.state("2027-01-01") == "came true"
    assert register_of.record_score(2027).state("2028-01-01") == "cannot be judged"


def test_a_changed_figure_changes_the_state_of_a_forecast_of_the_documents(restored, verdicts):
    facts = data.load("company_facts").copy()
    row = (facts["entity"] == "OpenAI") & (facts["series"] == "revenue")
    row &= (facts["date"] == "2025-12-31") & (facts["period"] == "year")
    facts.loc[row, "value"] = 21.0
    what = "Revenue on a path to 20 billion dollars this year, as revenue of the year"
    before = register_of.register(verdicts).set_index("what").loc[what, "state"]
    data.use(company_facts=facts)
    after = register_of.register(verdicts).set_index("what").loc[what, "state"]
    assert (before, after) == ("did not come true", "came true")


def test_a_passed_day_leaves_nothing_open(verdicts):
    late = register_of.register(verdicts, "2036-06-01")
    assert not (late["state"] == "open").any()
    soon = register_of.register(verdicts, LATE)
    assert set(soon.loc[soon["due"] > LATE, "state"]) <= {"open", "cannot be judged"}
    own = soon["group"] == register_of.BOOK
    assert (soon.loc[own & (soon["due"] > LATE), "state"] == "open").all()
    assert not (soon.loc[soon["due"] <= LATE, "state"] == "open").any()


def test_what_cannot_be_judged_is_not_settled(verdicts, register):
    """On a later day without new figures nothing of the book is settled, only past judging."""
    late = register_of.register(verdicts, LATE)
    own = late["group"] == register_of.BOOK
    assert (late.loc[own & (late["due"] <= LATE), "state"] == "cannot be judged").all()
    assert not late.loc[own, "state"].isin(register_of.SETTLED).any()
    for table, day in ((register, AS_OF), (late, LATE)):
        parts = dict(register_of.parts(table, day))
        assert sorted(key for part in parts.values() for key in part["key"]) == sorted(table["key"])
        assert set(parts["Settled"]["state"]) <= set(register_of.SETTLED)
        assert set(parts["Cannot be judged"]["state"]) == {"cannot be judged"}
    assert f"Open, due by the end of {AS_OF.year + 1}" in dict(register_of.parts(register))


@pytest.mark.parametrize("day", ["2026-01-01", 2027, pd.NaT])
def test_a_day_of_judgement_before_the_predictions_is_refused(verdicts, day):
    with pytest.raises(ValueError, match="2026-11-21 or later"):
        register_of.register(verdicts, day)


def test_every_dated_row_of_the_ledger_is_in_the_register(register):
    ledger = data.load("claims")
    said = register_of._said_on()
    listed = set(" ".join(register["claims"]).split())
    dated = []
    for row in ledger[ledger["as_of"].notna()].itertuples():
        spoken = pd.Timestamp(said[row.claim])
        if pd.Period(str(row.as_of)).end_time > spoken + pd.Timedelta(days=31):
            dated.append(row.claim)
    assert {"000-22", "001-13", "001-17", "002-12", "003-09", "004-25", "004-39"} <= set(dated)
    assert set(dated) <= listed


def test_a_settled_forecast_stays_in_the_register(verdicts, register):
    row = register[register["claims"] == "000-12"]
    assert row["state"].tolist() == ["open"]
    assert row["made"].tolist() == [pd.Timestamp("2025-01-29")]
    for outcome, state in register_of.STATE_OF.items():
        until = date(2029, 12, 31) if outcome is Outcome.OPEN else None
        changed = [
            replace(one, outcome=outcome, until=until) if one.key == "said-meta" else one
            for one in verdicts
        ]
        found = register_of.register(changed)
        assert found["key"].tolist() == register["key"].tolist()
        assert found.loc[found["claims"] == "000-12", "state"].tolist() == [state]


def test_open_verdicts_of_the_list_are_due_on_its_days(verdicts):
    by_key = {one.key: one for one in verdicts}
    for one in register_of.DATED:
        verdict = by_key.get(one.verdict)
        if verdict is not None and verdict.until is not None:
            assert pd.Timestamp(verdict.until) == one.due, one.key
    with pytest.raises(ValueError, match="no verdict answers"):
        register_of.register([one for one in verdicts if "000-12" not in one.claims])


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ("Supported if it is above two; open until then.", True),
        ("It is judged then by the accounts.", True),
        ("Open until the year is over; supported if revenue doubles.", True),
        ("Open until the year of which it speaks is over.", False),
        ("None that a published figure could meet.", False),
        ("", False),
    ],
)
def test_a_rule_that_only_waits_settles_nothing(rule, wanted):
    assert register_of.settles(rule) is wanted
    early, due = pd.Timestamp("2030-01-01"), pd.Timestamp("2031-01-01")
    state = register_of.state_of(Outcome.OPEN, rule, due, early)
    assert state == ("open" if wanted else "cannot be judged")
    assert register_of.state_of(Outcome.OPEN, rule, due, due) == "cannot be judged"
    assert register_of.state_of(Outcome.SUPPORTED, rule, due, early) == "came true"


def test_no_forecast_is_open_with_a_rule_that_settles_nothing(register, verdicts):
    waiting = register[register["state"] == "open"]
    assert waiting["rule"].map(register_of.settles).all()
    # The scorecard names no rule for two of them; their verdicts do.
    by_claim = {claim: one for one in verdicts for claim in one.claims}
    for claim in ("004-65", "004-67"):
        row = register[register["claims"] == claim].iloc[0]
        assert row["rule"] == by_claim[claim].rule
    idle = made_up(
        outcome=Outcome.OPEN,
        until=date(2035, 12, 31),
        rule="Open until the year is over.",
        claims=("000-22", "001-22"),
        key="value-2035",
    )
    others = [one for one in verdicts if one.key != "value-2035"]
    found = register_of.register([*others, idle]).set_index("claims")
    row = found.loc["000-22 001-22 002-17 003-13"]
    assert row["state"] == "cannot be judged" and row["so_far"].startswith("No rule settles it.")
    sound = replace(idle, rule="Supported if a measure is named and met; open until then.")
    found = register_of.register([*others, sound]).set_index("claims")
    assert found.loc["000-22 001-22 002-17 003-13", "state"] == "open"


def test_ranges_that_lie_inside_one_another():
    one = next(one for one in register_of.predictions() if "compute-follows-compute" in one.key)
    wide = replace(one, low=one.low / 2, high=one.high * 2)
    assert register_of.relation(one, wide) == "inside"
    assert register_of.relation(wide, one) == "around"
    assert register_of.relation(one, replace(one, low=one.middle, high=one.high * 2)) == (
        "overlapping"
    )
    assert register_of.relation(one, replace(one, low=one.high * 2, high=one.high * 3)) == "apart"


def test_what_a_run_rate_inside_the_range_tells_is_computed(verdicts):
    verdict = next(one for one in verdicts if one.key == "compute-follows-2026")
    nested = change_of_mind.sentence(replace(verdict, low=50.0, high=60.0))
    assert "tells nothing" in nested
    wide = change_of_mind.sentence(replace(verdict, low=1.0, high=900.0))
    assert "because that range is the wider one" in wide
    lower = change_of_mind.sentence(replace(verdict, low=5.0, high=60.0))
    assert "outside the calendar's range" in lower


def test_a_forecast_without_a_rule_is_refused(verdicts, monkeypatch):
    bare = made_up(outcome=Outcome.OPEN, until=date(2030, 1, 1), rule="")
    with pytest.raises(ValueError, match="without a rule or a day: made-up"):
        register_of.register([*verdicts, bare])


def test_an_open_verdict_of_another_hand_enters_by_itself(verdicts):
    new = made_up(
        outcome=Outcome.OPEN, until=date(2031, 5, 1), rule="It is judged then.", claims=("001-07",)
    )
    found = register_of.register([*verdicts, new]).set_index("key").loc["made-up"]
    assert found["due"] == pd.Timestamp("2031-05-01")
    assert found["who"] == "Altman" and found["state"] == "open"
    assert found["made"] == pd.Timestamp("2025-02-09")


def test_counts_and_the_timeline(register):
    counted = register_of.counts(register)
    assert counted.to_numpy().sum() == len(register)
    line = register_of.timeline(register)
    assert line["number"].tolist() == list(range(1, len(register) + 1))
    assert line["label"].is_unique
    assert (
        not line["label"].str.contains("\N{HORIZONTAL ELLIPSIS}").any()
    )  # give it a name in SHORT
    past = line["due"] <= AS_OF
    assert (line.loc[past, "years_left"] <= 0).all() and (line.loc[~past, "years_left"] > 0).all()


def test_words_are_cut_at_a_blank():
    assert register_of.shortened("short enough") == "short enough"
    cut = register_of.shortened("a sentence that is far too long for the side of a chart", 20)
    assert cut.endswith("\N{HORIZONTAL ELLIPSIS}") and len(cut) <= 22
    assert register_of.written(2030.0) == "2030" and register_of.written(5e13) == "50 trillion"


# ------------------------------------------------------------------ what would change our mind


def test_every_verdict_has_an_observation_that_would_move_it(verdicts):
    table = change_of_mind.changes(verdicts)
    assert table["key"].tolist() == [verdict.key for verdict in verdicts]
    assert (table["observation"].str.len() > 15).all()
    assert not table["observation"].str.contains(r"nan|None|\{").any()
    unknown = table.loc[table["how"] == "by outcome", "key"].tolist()
    known = set(change_of_mind.SENTENCES) | set(change_of_mind.PROBES)
    # Verdicts of chapters that this book had when the sentences were written.
    old = [key for key in unknown if key.split("-")[0] in ("log", "cost", "value", "compute")]
    assert not old, f"write a sentence or a probe for: {', '.join(old)}"
    assert len(known) >= 90


def test_no_sentence_and_no_probe_speaks_of_a_verdict_that_is_gone(verdicts):
    keys = {verdict.key for verdict in verdicts}
    gone = (set(change_of_mind.SENTENCES) | set(change_of_mind.PROBES)) - keys
    assert not gone, f"take out the sentence or probe of: {', '.join(sorted(gone))}"


@pytest.mark.parametrize("key", sorted(change_of_mind.PROBES))
def test_computed_flips_do_flip(verdicts, key):
    verdict = next(one for one in verdicts if one.key == key)
    probe = change_of_mind.PROBES[key](verdict)
    assert probe.decide(probe.now) is verdict.outcome
    edges = change_of_mind.flips(probe)
    assert edges, "the rule says the same wherever its figure lies"
    for edge in edges:
        assert probe.decide(edge.value) is edge.outcome is not verdict.outcome
        assert (edge.value > probe.now) == edge.above
        # Nine parts of ten of the way there, the verdict still stands.
        short = probe.now + 0.9 * (edge.value - probe.now)
        if abs(edge.value - probe.now) > 1e-9 * abs(probe.now):
            assert probe.decide(short) is verdict.outcome


def test_a_flip_by_hand():
    def decide(value: float) -> Outcome:
        return Outcome.SUPPORTED if 2 <= value < 5 else Outcome.CONTRADICTED

    probe = change_of_mind.Probe(decide, 4.0, 0.1, 100.0, "A figure", "x")
    near, far = change_of_mind.flips(probe)
    assert near.value == pytest.approx(5.0) and near.above
    assert far.value == pytest.approx(2.0) and not far.above
    assert change_of_mind.in_words(probe, near) == (
        "A figure of 5x or more (today 4): contradicted."
    )
    assert change_of_mind.flips(replace(probe, decide=lambda value: Outcome.PARTLY)) == []


def test_a_verdict_that_nobody_knows_gets_the_words_of_its_outcome():
    for outcome in Outcome:
        until = date(2030, 1, 1) if outcome is Outcome.OPEN else None
        table = change_of_mind.changes([made_up(outcome=outcome, until=until)])
        assert table["how"].tolist() == ["by outcome"]
        assert len(table["observation"].iloc[0]) > 15
    assert "1 January 2030" in table["observation"].iloc[0]


def test_a_rule_that_does_not_fit_its_verdict_is_not_used(verdicts):
    real = next(one for one in verdicts if one.key == "value-room")
    table = change_of_mind.changes([replace(real, outcome=Outcome.CONTRADICTED)])
    assert table["how"].tolist() == ["by outcome"]


def test_the_least_firm_come_first(verdicts):
    firm = change_of_mind.firmness(change_of_mind.changes(verdicts))
    assert firm["needed"].is_monotonic_increasing and (firm["needed"] >= 1).all()
    assert not set(firm["key"]) & change_of_mind.QUOTED
    assert set(change_of_mind.QUOTED) <= set(change_of_mind.PROBES)


# ------------------------------------------------------------------------- tables that lead on


def test_rows_lead_to_their_place_and_fold(capsys):
    table = pd.DataFrame({"what": ["one & two", "three"], "place": ["index#a", "index.ipynb#b"]})
    shown = []
    original = display._show
    display._show = shown.append
    try:
        display.linked_table(
            table, "A caption.", place="place", columns={"what": "What"}, summary="Two rows"
        )
    finally:
        display._show = original
    html = shown[0]["text/html"]
    assert re.findall(r'href="([^"]+)"', html) == ["index.ipynb#a", "index.ipynb#b"]
    assert html.startswith("<details><summary>Two rows</summary>") and "one &amp; two" in html
    with pytest.raises(ValueError, match="every row needs a page"):
        display.linked_table(
            table.assign(place=""), "A caption.", place="place", columns={"what": "What"}
        )
