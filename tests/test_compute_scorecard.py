"""Tokens, people and the scorecard: arithmetic, judgement and damaged tables."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from three_observations import compute_scorecard as scorecard
from three_observations import data
from three_observations.claims import Outcome

FACTS = data.load("company_facts")
RUN_RATES = data.load("run_rates")


def changed(table: pd.DataFrame, where: dict, **new: object) -> pd.DataFrame:
    """Return a table in which the rows that match hold other figures."""
    table = table.copy()
    chosen = pd.Series(True, index=table.index)
    for column, value in where.items():
        chosen &= table[column] == value
    assert chosen.any(), f"no row with {where}"
    for column, value in new.items():
        table.loc[chosen, column] = value
    return table


@pytest.mark.parametrize(
    "function",
    [
        scorecard.token_volumes_against_people,
        scorecard.token_growth,
        scorecard.first_to_pass,
        scorecard.scorecard,
    ],
)
def test_rows_with_one_source_are_marked(function) -> None:
    table = function()
    assert table["one_source"].dtype == bool
    if "n_sources" in table:
        assert ((table["n_sources"] == 1) == table["one_source"]).all()


def test_the_order_of_rows_in_the_tables_does_not_matter() -> None:
    rng = np.random.default_rng(11)
    facts = FACTS.iloc[rng.permutation(len(FACTS))].reset_index(drop=True)
    rates = RUN_RATES.iloc[rng.permutation(len(RUN_RATES))].reset_index(drop=True)
    plans = data.load("projections")
    plans = plans.iloc[rng.permutation(len(plans))].reset_index(drop=True)
    pd.testing.assert_frame_equal(
        scorecard.scorecard(facts=facts, run_rates=rates, projections=plans), scorecard.scorecard()
    )


# ------------------------------------------------------------------ 10. tokens and people


def test_the_arithmetic_of_the_interview_is_that_of_the_ledger() -> None:
    claims = data.load("claims").set_index("claim")["value"]
    assert claims["004-32"] == scorecard.PEOPLE
    assert claims["004-33"] == scorecard.TOKENS_PER_PERSON
    assert scorecard.humanity_tokens() == pytest.approx(1.6e14)
    volumes = data.load("token_volumes").set_index("entity")["tokens_per_day"]
    assert volumes["One AI company"] == claims["004-30"]
    with pytest.raises(ValueError, match="above zero"):
        scorecard.humanity_tokens(0)


@settings(max_examples=50, deadline=None)
@given(st.floats(1.1, 50), st.floats(0.01, 100))
def test_the_day_of_passing_solves_its_equation(per_year, multiple) -> None:
    day = scorecard.day_passed(1.0, "2026-01-01", per_year, multiple)
    years = (day - pd.Timestamp(2026, 1, 1)).days / scorecard.DAYS_PER_YEAR
    assert per_year**years == pytest.approx(multiple, rel=per_year ** (1.1 / 365) - 1)


def test_when_a_company_passes_all_people() -> None:
    table = scorecard.when_passed({"tenfold": 10.0, "shrinking": 0.5})
    wide = table.pivot(index="growth", columns="multiple", values="years")
    assert wide.loc["tenfold", 1.0] == pytest.approx(np.log10(16), abs=0.005)
    assert wide.loc["tenfold", 100.0] - wide.loc["tenfold", 10.0] == pytest.approx(1, abs=0.01)
    assert wide.loc["shrinking"].isna().all()
    twice = scorecard.when_passed({"tenfold": 10.0}, people=2 * scorecard.PEOPLE)
    assert twice["years"].iloc[0] == pytest.approx(np.log10(32), abs=0.005)
    measured = scorecard.when_passed()
    assert (measured.groupby("growth")["date"].diff().dropna() > pd.Timedelta(0)).all()
    with pytest.raises(ValueError, match="above zero"):
        scorecard.day_passed(0.0, "2026-01-01", 2.0, 1.0)


def test_processed_tokens_are_not_output_tokens() -> None:
    table = scorecard.token_volumes_against_people()
    processed = table[table["counts"] == "processed"]
    assert (processed["output_high"] < processed["tokens_per_day"]).all()
    output = table[table["counts"] == "output"]
    assert np.allclose(output["output_high"], output["tokens_per_day"])
    passed = scorecard.first_to_pass().set_index("counts")
    assert passed["of_humanity"]["processed"] >= 1 and pd.notna(passed["date"]["processed"])
    assert (passed["of_humanity"].drop("processed") < 1).all()
    assert passed["date"].drop("processed").isna().all()
    fewer = scorecard.first_to_pass(people=1e9)
    assert fewer["date"].notna().sum() > 1
    # The share of output is the statement in the table's own note.
    note = data.load("token_volumes").set_index("entity").loc["DeepSeek", "note"]
    read, written = (float(word) for word in ("608", "168"))
    assert "608" in note and "168" in note
    share = scorecard.OUTPUT_SHARES["as DeepSeek in 2025"]
    assert share == pytest.approx(written / (read + written))


# ------------------------------------------------------------------ 11. the scorecard


@pytest.mark.parametrize(
    ("figure", "target", "due", "at_most", "wanted"),
    [
        (5, 3, "2030-01-01", False, Outcome.SUPPORTED),
        (2, 3, "2030-01-01", False, Outcome.OPEN),
        (2, 3, "2020-01-01", False, Outcome.CONTRADICTED),
        (np.nan, 3, "2030-01-01", False, Outcome.OPEN),
        (np.nan, 3, "2020-01-01", False, Outcome.CANNOT_BE_TESTED),
        (5, 3, "2030-01-01", True, Outcome.CONTRADICTED),
        (2, 3, "2030-01-01", True, Outcome.OPEN),
        (2, 3, "2020-01-01", True, Outcome.SUPPORTED),
    ],
)
def test_judging(figure, target, due, at_most, wanted) -> None:
    due, as_of = pd.Timestamp(due), pd.Timestamp(2026, 1, 1)
    assert scorecard.judge(figure, target, due, as_of, at_most=at_most) is wanted


def test_the_scorecard_of_today() -> None:
    table = scorecard.scorecard()
    ledger = set(data.load("claims")["claim"])
    assert set(table["claim"]) <= ledger
    assert set(table["outcome"]) <= {str(outcome) for outcome in Outcome}
    late = table["due"] > scorecard.AS_OF
    assert not table.loc[late, "outcome"].eq(str(Outcome.CONTRADICTED)).any()
    done = table["due"] <= scorecard.AS_OF
    assert not table.loc[done, "outcome"].eq(str(Outcome.OPEN)).any()
    by_claim = table.set_index("claim")["outcome"]
    assert by_claim["004-01"] == "contradicted" and by_claim["004-26"] == "supported"
    assert by_claim["004-50"].tolist() == ["supported", "contradicted"]


def test_the_scorecard_turns_with_the_facts() -> None:
    models = data.load("firm_models").copy()
    models.loc[models["model"] == "GPT-6 Astra", "released"] = pd.Timestamp(2026, 1, 15)
    early = scorecard.scorecard(firm_models=models).set_index("claim")["outcome"]
    assert early["004-01"] == "supported"
    before = scorecard.scorecard("2026-01-01").set_index("claim")["outcome"]
    assert before["004-01"] == str(Outcome.OPEN)
    poorer = changed(
        RUN_RATES, {"company": "OpenAI", "run_rate_usd_bn": 20.0}, run_rate_usd_bn=18.0
    )
    found = scorecard.scorecard(run_rates=poorer).set_index("claim")["outcome"]
    assert found["004-50"].tolist() == ["contradicted", "contradicted"]
    later = FACTS[FACTS["series"] == "compute_gw"].iloc[[2]]
    grown = pd.concat(
        [FACTS, later.assign(date=pd.Timestamp(2026, 12, 31), value=5.7)], ignore_index=True
    )
    future = scorecard.scorecard("2027-01-15", facts=grown).set_index("claim")
    assert future["outcome"]["004-39"] == "supported"
    assert future["rests_on"]["004-39"] == "figures"
    shrunk = changed(grown, {"date": pd.Timestamp(2026, 12, 31)}, value=3.0)
    failed = scorecard.scorecard("2027-01-15", facts=shrunk).set_index("claim")["outcome"]
    assert failed["004-39"] == "contradicted"


def test_a_developer_without_scores_is_an_error() -> None:
    with pytest.raises(KeyError, match="has scored no model"):
        scorecard.best_score_between(None, scorecard.INTERVIEW, developer="Nobody")


def later_years(table: pd.DataFrame, series: str, values: dict) -> pd.DataFrame:
    """Return rows of a series of OpenAI for years that have not come."""
    own = table[(table["entity"] == "OpenAI") & (table["series"] == series)]
    own = own[own["period"] == "year"].iloc[[-1]]
    return pd.concat(
        [own.assign(date=pd.Timestamp(year, 12, 31), value=value) for year, value in values.items()]
    )


@pytest.mark.parametrize(
    ("flows", "loss", "profit"),
    [
        ((-17.0, -35.0, -47.0, -8.0, -1.0), "supported", "contradicted"),
        ((-17.0, -35.0, -47.0, -8.0, 38.0), "supported", "supported"),
        ((-17.0, -35.0, -47.0, 8.0), "contradicted", "supported"),
        ((-25.0, -57.0, -85.0, -51.0, -20.0), "contradicted", "contradicted"),
    ],
)
def test_losses_and_profit_are_judged_once_they_are_known(flows, loss, profit) -> None:
    known = dict(zip(range(2026, 2026 + len(flows)), flows, strict=True))
    facts = pd.concat([FACTS, later_years(FACTS, "cash_flow", known)], ignore_index=True)
    table = scorecard.scorecard("2031-06-30", facts=facts).set_index("claim")
    assert table.loc["004-46", "outcome"] == loss
    assert table.loc["004-46", "figure"] == pytest.approx(sum(flows[:4]) - 8)
    assert table.loc["004-47", "outcome"] == profit
    unknown = scorecard.scorecard("2031-06-30").set_index("claim")["outcome"]
    assert unknown["004-46"] == unknown["004-47"] == str(Outcome.CANNOT_BE_TESTED)


def test_the_share_of_training_is_judged_once_it_is_known() -> None:
    for training, outcome in ((20.0, "supported"), (32.0, "contradicted")):
        rows = [
            later_years(FACTS, "research_compute_spending", {2026: training}),
            later_years(FACTS, "compute_spending", {2026: 50.0}),
        ]
        facts = pd.concat([FACTS, *rows], ignore_index=True)
        table = scorecard.scorecard("2027-06-30", facts=facts).set_index("claim")
        assert table.loc["004-56", "outcome"] == outcome
        assert table.loc["004-56", "rests_on"] == "figures"


def test_inference_in_the_figures_and_in_the_forecasts() -> None:
    assert scorecard.decide_inference(0.43, 0.55, [False, True]) is Outcome.PARTLY
    # Exactly half is not more than half; bounds on both sides of it say nothing.
    assert scorecard.decide_inference(0.43, 0.55, [False]) is Outcome.CANNOT_BE_TESTED
    row = scorecard.scorecard().set_index("claim").loc["004-48"]
    assert row["outcome"] == str(Outcome.PARTLY)
    assert "February 2025" in row["because"] and "by 2030" in row["because"]


def test_the_largest_volume_of_a_day_is_one_companys() -> None:
    volumes = data.load("token_volumes")
    largest = scorecard.largest_volume(scorecard.INTERVIEW)
    single = volumes[
        (volumes["date"] <= scorecard.INTERVIEW)
        & ~volumes["entity"].isin(("Humanity", "World", "One AI company"))
        & ~volumes["entity"].str.startswith("China")
    ]
    assert largest["tokens_per_day"] == single["tokens_per_day"].max()
    low, high = scorecard.output_range(scorecard.INTERVIEW)
    assert 0 < low < high < largest["tokens_per_day"]
    with pytest.raises(KeyError, match="no company's volume"):
        scorecard.largest_volume("2020-01-01")
