"""Tokens and people, and what has become of the interview's dated forecasts.

The chapter on compute and revenue asks two questions here: when does a company put out more tokens
than all people, and which forecasts of the interview have come true.
The figures come from :mod:`three_observations.compute_revenue`.
Processed tokens (read and written) and output tokens (written) are kept apart throughout.
A forecast that is not due yet stays open; see :func:`judge`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
import pandas as pd

from three_observations import compute_plan, data
from three_observations.claims import Outcome
from three_observations.compute_revenue import (
    AS_OF,
    CLAIMED_FOLD,
    COMPANY,
    DAYS_PER_YEAR,
    INTERVIEW,
    MONTHS_PER_YEAR,
    company_series,
    forecast_totals,
    latest_forecast,
    log_interpolated,
    run_rate_near,
    tripling_asked,
    year_value,
)

#: The interview's thought experiment: people, and tokens that a person puts out a day.
PEOPLE = 8e9
TOKENS_PER_PERSON = 20_000.0
#: The host's loss, in billions of US dollars, and the last year of it.
CLAIMED_LOSS = 120.0
LAST_YEAR_OF_LOSS = 2029
#: He has the profit begin when the losses end, in 2028 or 2029: a first profit in the year after
#: the later one still fits his words.
PROFIT_BY = LAST_YEAR_OF_LOSS + 1

# ---------------------------------------------------------------------------------------------
# 10. tokens and people

#: Share of output among all tokens that a service processes. The first is DeepSeek's statement of
#: February 2025 (168 of 776 billion a day); the second, for agents that read far more than they
#: write, is the book's own.
OUTPUT_SHARES = {"as DeepSeek in 2025": 168 / 776, "agents that read much": 0.05}


def humanity_tokens(people: float = PEOPLE, tokens_per_person: float = TOKENS_PER_PERSON) -> float:
    """Return the tokens that all people put out in a day, as the interview counts."""
    if people <= 0 or tokens_per_person <= 0:
        raise ValueError("people and their tokens are above zero")
    return people * tokens_per_person


def token_volumes_against_people(
    token_volumes: pd.DataFrame | None = None,
    people: float = PEOPLE,
    tokens_per_person: float = TOKENS_PER_PERSON,
) -> pd.DataFrame:
    """Set the newest published volume of each firm beside the output of all people.

    Nearly every published volume counts *processed* tokens, those read and those written. The
    interview means output. The last columns turn one into the other by :data:`OUTPUT_SHARES`.

    Returns
    -------
    pandas.DataFrame
        ``entity``, ``scope``, ``date``, ``tokens_per_day``, ``counts`` ("processed" or
        "output"), ``of_humanity`` (share of all people's output), ``output_high``,
        ``output_low`` (tokens a day by the larger and the smaller share), ``output_of_humanity``
        (by the larger share), ``kind``, ``n_sources``, ``one_source``; largest first.
    """
    volumes = data.table(token_volumes, "token_volumes")
    volumes = volumes[~volumes["entity"].isin(("Humanity", "World"))]
    volumes = volumes.sort_values("date", kind="stable")
    newest = volumes.groupby(["entity", "scope"], sort=False).tail(1)
    humanity = humanity_tokens(people, tokens_per_person)
    tokens = newest["tokens_per_day"].astype(float)
    is_output = newest["scope"].str.contains("output") | (newest["entity"] == "One AI company")
    shares = sorted(OUTPUT_SHARES.values())
    table = pd.DataFrame(
        {
            "entity": newest["entity"],
            "scope": newest["scope"],
            "date": newest["date"],
            "tokens_per_day": tokens,
            "counts": np.where(is_output, "output", "processed"),
            "of_humanity": tokens / humanity,
            "output_high": tokens * np.where(is_output, 1.0, shares[-1]),
            "output_low": tokens * np.where(is_output, 1.0, shares[0]),
            "output_of_humanity": tokens * np.where(is_output, 1.0, shares[-1]) / humanity,
            "kind": newest["kind"],
            "n_sources": newest["n_sources"],
            "one_source": newest["n_sources"] == 1,
        }
    )
    return table.sort_values("tokens_per_day", ascending=False, kind="stable").reset_index(
        drop=True
    )


def token_growth(
    token_volumes: pd.DataFrame | None = None, least_months: float = 5.0
) -> pd.DataFrame:
    """Return how fast published volumes grew, between the first and the last of each series.

    Parameters
    ----------
    token_volumes : pandas.DataFrame, optional
    least_months : float
        Series over less time are left out.

    Returns
    -------
    pandas.DataFrame
        ``series``, ``first``, ``last``, ``months``, ``growth`` (x), ``per_year`` (x per year),
        ``recent_per_year`` (x per year since the first volume published in the 13 months before
        the last; NaN if that leaves too little time), ``one_source`` (either end).
        "the interview's company" joins the speaker's own two figures of output, of February 2024
        and of the interview.
    """
    volumes = data.table(token_volumes, "token_volumes").sort_values("date", kind="stable")
    groups = {
        f"{entity}, {scope}": part
        for (entity, scope), part in volumes.groupby(["entity", "scope"], sort=True)
        if entity != "Humanity"
    }
    own = volumes[(volumes["entity"] == COMPANY) & volumes["scope"].str.contains("output")]
    said = volumes[volumes["entity"] == "One AI company"]
    groups["the interview's company"] = pd.concat([own, said])
    rows = []
    for name, part in groups.items():
        if len(part) < 2:
            continue
        first, last = part.iloc[0], part.iloc[-1]
        months = (last["date"] - first["date"]).days / (DAYS_PER_YEAR / MONTHS_PER_YEAR)
        if months < least_months:
            continue
        growth = float(last["tokens_per_day"] / first["tokens_per_day"])
        lately = part[part["date"] >= last["date"] - pd.DateOffset(months=13)].iloc[0]
        recent = (last["date"] - lately["date"]).days / (DAYS_PER_YEAR / MONTHS_PER_YEAR)
        ratio = float(last["tokens_per_day"] / lately["tokens_per_day"])
        rows.append(
            {
                "series": name,
                "first": first["date"],
                "last": last["date"],
                "months": months,
                "growth": growth,
                "per_year": growth ** (MONTHS_PER_YEAR / months),
                "recent_per_year": ratio ** (MONTHS_PER_YEAR / recent)
                if recent >= least_months
                else np.nan,
                "one_source": bool(min(first["n_sources"], last["n_sources"]) == 1),
            }
        )
    return pd.DataFrame(rows)


def day_passed(
    tokens_per_day: float,
    day: pd.Timestamp | str,
    per_year: float,
    target: float,
) -> pd.Timestamp:
    """Return the day on which a volume that grows by a steady factor reaches a target.

    Parameters
    ----------
    tokens_per_day : float
        On ``day``.
    day : Timestamp or str
    per_year : float
        Growth in x per year.
    target : float
        Tokens a day.

    Returns
    -------
    Timestamp
        Before ``day`` if the volume was above the target already; NaT if it never gets there.
    """
    if tokens_per_day <= 0 or target <= 0 or per_year <= 0:
        raise ValueError("volumes and growth have to be above zero")
    if per_year <= 1:
        return pd.Timestamp(day) if np.isclose(tokens_per_day, target) else pd.NaT
    years = np.log(target / tokens_per_day) / np.log(per_year)
    return (pd.Timestamp(day) + pd.Timedelta(days=float(years) * DAYS_PER_YEAR)).normalize()


def when_passed(
    growths: Mapping[str, float] | None = None,
    multiples: Sequence[float] = (1.0, 10.0, 100.0),
    tokens_per_day: float | None = None,
    day: pd.Timestamp | str = INTERVIEW,
    people: float = PEOPLE,
    tokens_per_person: float = TOKENS_PER_PERSON,
    token_volumes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Say when the interview's company passes all people, ten times and a hundred times.

    Parameters
    ----------
    growths : mapping of str to float, optional
        Growth in x per year by name. If left out: as compute is hoped to grow, between the
        speaker's own two figures, and as the published volumes of Google and ByteDance grew over
        their last year (:func:`token_growth`).
    multiples : sequence of float
        Of the output of all people.
    tokens_per_day : float, optional
        Output of the company on ``day``; the interview's figure if left out.
    day : Timestamp or str
    people, tokens_per_person : float
    token_volumes : pandas.DataFrame, optional

    Returns
    -------
    pandas.DataFrame
        ``growth`` (name), ``per_year``, ``multiple``, ``date``, ``years`` (after ``day``).
    """
    volumes = data.table(token_volumes, "token_volumes")
    if tokens_per_day is None:
        said = volumes.loc[volumes["entity"] == "One AI company", "tokens_per_day"]
        if said.empty:
            raise KeyError("token_volumes has no row 'One AI company': give tokens_per_day")
        tokens_per_day = float(said.iloc[0])
    if growths is None:
        measured = token_growth(volumes).set_index("series")
        growths = {"as compute is hoped to": CLAIMED_FOLD}
        for name, words, column in (
            ("the interview's company", "between the speaker's two figures", "per_year"),
            ("Google, all products", "as Google's last year", "recent_per_year"),
            ("ByteDance, all services", "as ByteDance's last year", "recent_per_year"),
        ):
            if name in measured.index:
                growths[words] = float(measured.loc[name, column])
    humanity = humanity_tokens(people, tokens_per_person)
    rows = []
    for name, rate in growths.items():
        for multiple in multiples:
            date = day_passed(tokens_per_day, day, rate, multiple * humanity)
            rows.append(
                {
                    "growth": name,
                    "per_year": rate,
                    "multiple": multiple,
                    "date": date,
                    "years": (date - pd.Timestamp(day)).days / DAYS_PER_YEAR,
                }
            )
    return pd.DataFrame(rows)


def output_range(
    day: pd.Timestamp | str, token_volumes: pd.DataFrame | None = None
) -> tuple[float, float]:
    """Return what the largest company's output was on a day, by the range of output shares.

    Returns
    -------
    low, high : float
        Tokens a day: its newest volume by then, times the smallest and the largest of
        :data:`OUTPUT_SHARES`.
    """
    largest = float(largest_volume(day, token_volumes)["tokens_per_day"])
    shares = sorted(OUTPUT_SHARES.values())
    return largest * shares[0], largest * shares[-1]


def first_to_pass(
    token_volumes: pd.DataFrame | None = None,
    people: float = PEOPLE,
    tokens_per_person: float = TOKENS_PER_PERSON,
) -> pd.DataFrame:
    """Say which published volumes have passed the output of all people, by how one counts.

    Returns
    -------
    pandas.DataFrame
        ``counts`` ("processed", then the output shares of :data:`OUTPUT_SHARES`), ``entity``,
        ``scope``, ``date`` (first published volume above; NaT if none), ``tokens_per_day``
        (counted so), ``of_humanity``, ``one_source``. Without a passing firm the row shows the
        largest volume so far.
    """
    volumes = _company_volumes(token_volumes)
    humanity = humanity_tokens(people, tokens_per_person)
    written = volumes["scope"].str.contains("output").to_numpy()
    rows = []
    for name, share in {"processed": 1.0, **OUTPUT_SHARES}.items():
        counted = volumes["tokens_per_day"].to_numpy(float) * np.where(written, 1.0, share)
        above = np.flatnonzero(counted >= humanity)
        place = int(above[0]) if len(above) else int(np.argmax(counted))
        row = volumes.iloc[place]
        rows.append(
            {
                "counts": name if name == "processed" else f"output, {name}",
                "entity": row["entity"],
                "scope": row["scope"],
                "date": row["date"] if len(above) else pd.NaT,
                "tokens_per_day": counted[place],
                "of_humanity": counted[place] / humanity,
                "one_source": bool(row["n_sources"] == 1),
            }
        )
    return pd.DataFrame(rows)


# ---------------------------------------------------------------------------------------------
# 11. what happened next


@dataclass(frozen=True)
class Score:
    """A dated forecast of the interview and what has become of it.

    Attributes
    ----------
    claim : str
        Row of the ledger.
    who, said : str
    rule : str
        What would make it true, in words.
    due : Timestamp or NaT
        When it can be judged.
    outcome : Outcome
    figure, target : float
        What was found so far, and what the rule asks for.
    unit : str
    because : str
        How the figure was found.
    rests_on : str
        "figures", "a plan" or "nothing published".
    one_source : bool
    """

    claim: str
    who: str
    said: str
    rule: str
    due: pd.Timestamp
    outcome: Outcome
    figure: float
    target: float
    unit: str
    because: str
    rests_on: str
    one_source: bool


def judge(
    figure: float, target: float, due: pd.Timestamp, as_of: pd.Timestamp, *, at_most: bool = False
) -> Outcome:
    """Judge a forecast by a figure: open until it is due, unless it has come true already.

    Parameters
    ----------
    figure, target : float
        The forecast is true if the figure reaches the target (or, with ``at_most``, stays below).
    due, as_of : Timestamp
    at_most : bool
        A bound that has to hold to the end can fail early, but not come true early.
    """
    if pd.isna(figure):
        return Outcome.OPEN if as_of < due else Outcome.CANNOT_BE_TESTED
    if at_most:
        if figure > target:
            return Outcome.CONTRADICTED
        return Outcome.SUPPORTED if as_of >= due else Outcome.OPEN
    if figure >= target:
        return Outcome.SUPPORTED
    return Outcome.CONTRADICTED if as_of >= due else Outcome.OPEN


def decide_inference(low: float, high: float, forecasts: Sequence[bool]) -> Outcome:
    """Is inference the larger part of the spending on compute, or is it to become so?

    The claim names no date and is called a plan, so forecasts count beside figures; sums over
    several years do not, because they say nothing of the last one.

    Parameters
    ----------
    low, high : float
        Bounds of the share of inference in the last year with figures.
    forecasts : sequence of bool
        Whether inference is more than half, and not just half, in every dated forecast of the
        company for a single later year.
    """
    if low > 0.5:
        return Outcome.SUPPORTED
    if any(forecasts):
        return Outcome.PARTLY
    if high >= 0.5:
        return Outcome.CANNOT_BE_TESTED
    return Outcome.CONTRADICTED if len(forecasts) else Outcome.NOT_SUPPORTED


def planned_inference_share(projections: pd.DataFrame | None = None) -> float:
    """Return the share of inference in the newest plan that gives training and the whole to 2030.

    Raises
    ------
    KeyError
        If there is no such plan.
    """
    training = latest_forecast("training_spending_2026_2030", 2030, projections)
    both = latest_forecast("training_and_running_to_2030", 2030, projections)
    return 1 - float(training["value"]) / float(both["value"])


def largest_volume(day: pd.Timestamp | str, token_volumes: pd.DataFrame | None = None) -> pd.Series:
    """Return the row of the largest volume that a company had published by a day.

    Raises
    ------
    KeyError
        If none had.
    """
    volumes = _company_volumes(token_volumes)
    volumes = volumes[volumes["date"] <= pd.Timestamp(day)]
    if volumes.empty:
        raise KeyError(f"token_volumes has no company's volume up to {pd.Timestamp(day):%Y-%m-%d}")
    return volumes.loc[volumes["tokens_per_day"].astype(float).idxmax()]


def _company_volumes(token_volumes: pd.DataFrame | None) -> pd.DataFrame:
    """Return the volumes of single companies, as published, oldest first."""
    volumes = data.table(token_volumes, "token_volumes")
    volumes = volumes[~volumes["entity"].isin(("Humanity", "World", "One AI company"))]
    volumes = volumes[~volumes["entity"].str.startswith("China")]
    return volumes.sort_values(["date", "entity", "scope"], kind="stable").reset_index(drop=True)


def yearly_cash(facts: pd.DataFrame | None = None, entity: str = COMPANY) -> pd.Series:
    """Return the cash flow of each year that is known, in USD bn, by year."""
    try:
        rows = company_series(entity, "cash_flow", facts, period="year")
    except KeyError:
        return pd.Series(dtype=float)
    return pd.Series(rows["value"].to_numpy(float), index=rows["date"].dt.year)


def best_score_between(
    start: pd.Timestamp | None,
    end: pd.Timestamp,
    ruler: str = "eci_2026_10",
    developer: str = COMPANY,
    scores: pd.DataFrame | None = None,
    firm_models: pd.DataFrame | None = None,
) -> pd.Series:
    """Return the highest score of a developer's models released after one day, up to another.

    Raises
    ------
    KeyError
        If the ruler has scored none.
    """
    scores, models = (
        data.table(scores, "scores"),
        data.table(firm_models, "firm_models"),
    )
    own = models.loc[models["developer"] == developer, "model"]
    rows = scores[(scores["ruler"] == ruler) & scores["version"].isin(own)]
    rows = rows[rows["released"] <= end]
    if start is not None:
        rows = rows[rows["released"] > start]
    if rows.empty:
        raise KeyError(f"{ruler!r} has scored no model of {developer!r} released in that time")
    return rows.sort_values(["score", "version"], kind="stable").iloc[-1]


def scorecard(
    as_of: pd.Timestamp | str = AS_OF,
    facts: pd.DataFrame | None = None,
    run_rates: pd.DataFrame | None = None,
    projections: pd.DataFrame | None = None,
    users: pd.DataFrame | None = None,
    scores: pd.DataFrame | None = None,
    firm_models: pd.DataFrame | None = None,
    token_volumes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Judge every dated forecast of the interview, as far as it can be judged.

    Parameters
    ----------
    as_of : Timestamp or str
        The day of judgement: what is due later stays open.
    facts, run_rates, projections, users, scores, firm_models, token_volumes : DataFrame, optional

    Returns
    -------
    pandas.DataFrame
        The fields of :class:`Score`, by day due; forecasts without a date last.
    """
    as_of = pd.Timestamp(as_of)
    facts = data.table(facts, "company_facts")
    users = data.table(users, "users")
    models = data.table(firm_models, "firm_models")
    never = pd.NaT
    cards = []

    # New models in the first quarter of 2026, by their own best score.
    due = pd.Timestamp(2026, 3, 31)
    before = best_score_between(None, INTERVIEW, scores=scores, firm_models=models)
    after = best_score_between(INTERVIEW, due, scores=scores, firm_models=models)
    clear = float(after["low"]) >= float(before["score"])
    gain = float(after["score"] - before["score"])
    cards.append(
        Score(
            "004-26",
            "Altman",
            "In the first quarter of 2026 models clearly better than GPT-5.2",
            "The best model of the quarter has its lower bound on the Epoch Capabilities Index "
            "above the score of the best one before the interview",
            due,
            Outcome.SUPPORTED if clear else Outcome.PARTLY if gain > 0 else Outcome.CONTRADICTED,
            gain,
            0.0,
            "points of the index",
            f"{after['version']} against {before['version']}",
            "figures",
            False,
        )
    )
    # The headline's GPT-6.
    named = models[models["model"].str.startswith("GPT-6")]
    named = named.sort_values(["released", "model"], kind="stable")
    due = INTERVIEW + pd.DateOffset(months=3)
    first = named["released"].iloc[0] if len(named) else pd.NaT
    if len(named) and first <= due:
        kept = Outcome.SUPPORTED
    else:
        kept = Outcome.CONTRADICTED if as_of > due else Outcome.OPEN
    cards.append(
        Score(
            "004-01",
            "editor",
            "GPT-6 may appear within three months (headline)",
            "A model of that name is released within three months of the interview",
            due,
            kept,
            (first - INTERVIEW).days / (DAYS_PER_YEAR / MONTHS_PER_YEAR),
            3.0,
            "months",
            f"first: {named['model'].iloc[0]}" if len(named) else "none in the tables",
            "figures",
            False,
        )
    )
    # Twenty billion, read both ways.
    due = pd.Timestamp(2025, 12, 31)
    found = run_rate_near(COMPANY, due, run_rates)
    cards.append(
        Score(
            "004-50",
            "Kantrowitz",
            "Revenue on a path to 20 billion dollars this year, as a run-rate",
            "The run-rate at the end of 2025 is 20 billion or more",
            due,
            judge(float(found["run_rate_usd_bn"]), 20.0, due, as_of),
            float(found["run_rate_usd_bn"]),
            20.0,
            "USD bn a year",
            f"stated by {found['reported_by']}",
            "figures",
            bool(found["n_sources"] == 1),
        )
    )
    yearly = company_series(COMPANY, "revenue", facts, period="year")
    yearly = yearly[yearly["date"] == due].iloc[0]
    cards.append(
        Score(
            "004-50",
            "Kantrowitz",
            "Revenue on a path to 20 billion dollars this year, as revenue of the year",
            "Recognised revenue of 2025 is 20 billion or more",
            due,
            judge(float(yearly["value"]), 20.0, due, as_of),
            float(yearly["value"]),
            20.0,
            "USD bn",
            f"as reported by {yearly['stated_in']}",
            "figures",
            bool(yearly["one_source"]),
        )
    )
    # Compute in the next two years.
    asked = tripling_asked(facts, projections)
    power = asked[asked["ruler"] == "gigawatts"].set_index("year")
    for claim, year, words in (
        ("004-39", 2026, "Three times as much compute in 2026"),
        ("004-40", 2027, "And once more in 2027"),
    ):
        due = pd.Timestamp(year, 12, 31)
        row = power.loc[year]
        try:
            growth = year_value(COMPANY, "compute_gw", year, facts) / year_value(
                COMPANY, "compute_gw", year - 1, facts
            )
            rests, outcome = "figures", judge(growth, CLAIMED_FOLD / 1.1, due, as_of)
        except KeyError:
            growth, rests = float(row["planned_growth"]), "a plan"
            outcome = judge(np.nan, CLAIMED_FOLD, due, as_of)
        cards.append(
            Score(
                claim,
                "Altman",
                words,
                "Gigawatts at the year's end are three times those of the year before, within a "
                "tenth",
                due,
                outcome,
                growth,
                CLAIMED_FOLD,
                "x",
                f"plan of {row['made']:%Y-%m-%d}" if rests == "a plan" else "as stated",
                rests,
                bool(row["one_source"]),
            )
        )
    # Losses and profit.
    totals = forecast_totals(projections)
    newest = totals[totals["kind"] == "by year"].iloc[-1]
    due = pd.Timestamp(LAST_YEAR_OF_LOSS, 12, 31)
    flows = yearly_cash(facts)
    wanted = list(range(INTERVIEW.year, LAST_YEAR_OF_LOSS + 1))
    if set(wanted) <= set(flows.index):
        burned, rests = float(flows.loc[wanted].sum()), "figures"
        near = CLAIMED_LOSS / 1.1 <= -burned <= CLAIMED_LOSS * 1.1
        outcome = Outcome.SUPPORTED if near else Outcome.CONTRADICTED
    else:
        burned, rests = float(newest["total"]), "a plan"
        outcome = judge(np.nan, 0.0, due, as_of)
    cards.append(
        Score(
            "004-46",
            "Kantrowitz",
            "About 120 billion dollars of losses until 2028 or 2029",
            "Cash flow from 2025 to 2029 adds up to a loss of 120 billion within a tenth",
            due,
            outcome,
            burned,
            -CLAIMED_LOSS,
            "USD bn",
            f"forecast of {newest['vintage']}" if rests == "a plan" else "as stated",
            rests,
            bool(newest["one_source"]),
        )
    )
    due = pd.Timestamp(PROFIT_BY, 12, 31)
    last = [year for year in range(LAST_YEAR_OF_LOSS - 1, PROFIT_BY + 1) if year in flows.index]
    gains = [year for year in last if flows[year] > 0]
    first = float(gains[0]) if gains else np.nan
    if gains:
        outcome, rests = Outcome.SUPPORTED, "figures"
    elif PROFIT_BY in last:
        outcome, rests = Outcome.CONTRADICTED, "figures"
    else:
        outcome, rests = judge(np.nan, 0.0, due, as_of), "a plan"
        first = float(newest["first_profit"]) if pd.notna(newest["first_profit"]) else np.nan
    cards.append(
        Score(
            "004-47",
            "Kantrowitz",
            "Losses until 2028 or 2029, then a profit",
            f"Cash flow is above zero in a year from {LAST_YEAR_OF_LOSS - 1} to {PROFIT_BY}, the "
            "year after the later end of the losses",
            due,
            outcome,
            first,
            float(PROFIT_BY),
            "first year above zero",
            f"forecast of {newest['vintage']}" if rests == "a plan" else "as stated",
            rests,
            bool(newest["one_source"]),
        )
    )
    # Training and inference.
    shares = compute_plan.training_share(facts, projections)
    shares = shares[(shares["entity"] == COMPANY) & (shares["rests_on"] == "figures")]
    shares = shares.set_index(shares["period"].astype(int))
    share = 1 - shares["share"]
    now = shares.loc[INTERVIEW.year]
    said = compute_plan.said_of_inference(projections)
    single = said[said["single_year"]]
    why = (
        f"bounds {1 - now['high']:.0%} to {1 - now['low']:.0%}, leaked figures included; research "
        "compute counts as training; the interview names no date"
    )
    ahead = single[single["leads"]]
    if len(ahead):
        row = ahead.iloc[-1]
        why += f"; a forecast of {row['made']:%B %Y} has more than half by {row['year']}"
    cards.append(
        Score(
            "004-48",
            "Altman",
            "Inference becomes the larger part of compute and outweighs training",
            "Inference is more than half of the spending on compute in the last year, whatever the "
            "bounds; in part if only a dated forecast for a later year says so; no date is named",
            never,
            decide_inference(
                1 - float(now["high"]), 1 - float(now["low"]), single["leads"].tolist()
            ),
            float(share[INTERVIEW.year]),
            0.5,
            f"share of spending in {INTERVIEW.year}",
            why,
            "figures",
            bool(now["one_source"]),
        )
    )
    due = pd.Timestamp(2026, 12, 31)
    past = f"it fell from {1 - share[2024]:.0%} to {1 - share[2025]:.0%} in 2025"
    try:
        found_share = year_value(COMPANY, "research_compute_spending", 2026, facts) / year_value(
            COMPANY, "compute_spending", 2026, facts
        )
        words, rests, one = "as stated", "figures", False
        outcome = Outcome.SUPPORTED if found_share < 1 - share[2025] else Outcome.CONTRADICTED
    except KeyError:
        plan = latest_forecast("training_spending", 2026, projections)
        bill = latest_forecast("compute_spending", 2026, projections)
        found_share = float(plan["value"] / bill["value"])
        words = (
            f"{plan['value']:g} of {bill['value']:g} billion, as planned in {plan['made']:%B %Y} "
            f"and {bill['made']:%B %Y}"
        )
        with suppress(KeyError):
            lower = latest_forecast("research_compute_spending", 2026, projections)
            words += (
                f", or {lower['value']:g} ({lower['value'] / bill['value']:.0%}) by a report of "
                f"{lower['made']:%B %Y}"
            )
        rests, one = "a plan", bool(plan["one_source"] or bill["one_source"])
        outcome = judge(np.nan, 0.0, due, as_of)
    cards.append(
        Score(
            "004-56",
            "Kantrowitz and Altman",
            "Training costs more in dollars and makes up a falling share",
            "The share of training in 2026 is below that of 2025",
            due,
            outcome,
            found_share,
            1 - share[2025],
            "share of spending in 2026",
            f"{words}; {past}",
            rests,
            one,
        )
    )
    # The lead among chatbots, on the one measure that both firms publish.
    weekly = users[(users["entity"] == COMPANY) & (users["measure"] == "weekly")]
    weekly = weekly[weekly["preferred"].astype(bool)].sort_values("date", kind="stable")
    monthly = users[(users["entity"] == "Google") & (users["measure"] == "monthly")]
    monthly = monthly.sort_values("date", kind="stable")
    own = log_interpolated(weekly["date"], weekly["users_millions"], list(monthly["date"]))
    lead = pd.Series(own, index=monthly["date"]) / monthly["users_millions"].to_numpy(float)
    old = lead[lead.index <= INTERVIEW].iloc[-1]
    new = lead[lead.index > INTERVIEW]
    newest_lead = float(new.iloc[-1]) if len(new) else np.nan
    cards.append(
        Score(
            "004-08",
            "Altman",
            "ChatGPT's lead among chatbots will widen",
            "Weekly users of ChatGPT for each monthly user of Gemini rise; no measure and no date "
            "is named",
            never,
            Outcome.CANNOT_BE_TESTED
            if np.isnan(newest_lead)
            else Outcome.SUPPORTED
            if newest_lead > old
            else Outcome.NOT_SUPPORTED,
            newest_lead,
            float(old),
            "weekly users for each monthly user of Gemini",
            "a week is counted against a month: only the direction says something",
            "figures" if len(new) else "nothing published",
            bool((monthly["n_sources"].iloc[-1:] == 1).any()),
        )
    )
    # Tokens.
    written = first_to_pass(token_volumes)
    by_output = written.iloc[1]
    cards.append(
        Score(
            "004-34",
            "Altman",
            "A company may put out more tokens a day than all people",
            "Output, not processed tokens, of one company above 160 trillion a day; no date is "
            "named",
            never,
            Outcome.SUPPORTED if by_output["of_humanity"] >= 1 else Outcome.CANNOT_BE_TESTED,
            float(by_output["of_humanity"]),
            1.0,
            "of the output of all people",
            f"{by_output['entity']}, with an assumed share of output",
            "figures",
            bool(by_output["one_source"]),
        )
    )
    largest = largest_volume(INTERVIEW, token_volumes)
    cards.append(
        Score(
            "004-31",
            "Altman",
            "No company puts out a quadrillion tokens a day",
            "The largest volume that a company had published by the day of the interview, "
            "processed tokens included, lies below",
            INTERVIEW,
            judge(float(largest["tokens_per_day"]), 1e15, INTERVIEW, as_of, at_most=True),
            float(largest["tokens_per_day"]),
            1e15,
            "tokens a day",
            f"{largest['entity']}, processed",
            "figures",
            bool(largest["n_sources"] == 1),
        )
    )
    for claim, said, due in (
        ("004-65", "Demand that cannot be met in 2026 either", pd.Timestamp(2026, 12, 31)),
        ("004-67", "Major discoveries by AI, alone or with people", pd.Timestamp(2030, 12, 31)),
        ("004-54", "No heap of idle compute that earns nothing", never),
    ):
        late = pd.isna(due) or as_of >= due
        cards.append(
            Score(
                claim,
                "Altman",
                said,
                "None that a published figure could meet",
                due,
                Outcome.CANNOT_BE_TESTED if late else Outcome.OPEN,
                np.nan,
                np.nan,
                "",
                "no measure is named or published",
                "nothing published",
                False,
            )
        )
    found = pd.DataFrame([vars(card) for card in cards])
    found["outcome"] = [str(outcome) for outcome in found["outcome"]]
    return found.sort_values("due", kind="stable", na_position="last").reset_index(drop=True)
