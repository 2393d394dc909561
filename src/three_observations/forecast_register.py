"""Every dated forecast of the documents and of this book, with the day and rule that settle it.

The list of the documents' forecasts is fixed, so that none is forgotten when it is settled.
The state of a forecast is computed from the tables and a day of judgement, never from the clock.
A prediction of the book is made from rows dated up to :data:`MADE`: later rows can settle it and
do not move it. (A correction of an older row does, and so do later values of the parameters that
the closing chapter borrows.)
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
import pandas as pd

from three_observations import (
    capability_frontier,
    compute_revenue,
    compute_scorecard,
    compute_verdicts,
    cost_verdicts,
    data,
    frontier,
    said_verdicts,
    time_horizons,
    value_verdicts,
    whole_argument,
)
from three_observations.claims import Outcome, Verdict
from three_observations.estimation import student

AS_OF = compute_revenue.AS_OF
#: Day on which the book made its predictions: that of the data behind them.
MADE = pd.Timestamp("2026-11-21")
DAYS_PER_YEAR = 365.25

#: States of a forecast, in the order of a legend.
OPEN, CAME_TRUE, IN_PART, DID_NOT, CANNOT = STATES = (
    "open",
    "came true",
    "came true in part",
    "did not come true",
    "cannot be judged",
)
#: States of a forecast that a figure has judged: what cannot be judged is not settled.
SETTLED = (CAME_TRUE, IN_PART, DID_NOT)
STATE_OF = {
    Outcome.OPEN: OPEN,
    Outcome.SUPPORTED: CAME_TRUE,
    Outcome.PARTLY: IN_PART,
    Outcome.NOT_SUPPORTED: DID_NOT,
    Outcome.CONTRADICTED: DID_NOT,
    Outcome.CANNOT_BE_TESTED: CANNOT,
}
#: Verdicts whose forecast is a prediction of this book, and stands among :func:`predictions`.
BOOKS_OWN = frozenset({"compute-follows-2026"})
BOOK = "this book"

#: A few words for a chart, by the row of the ledger.
SHORT: dict[str, str] = {
    "000-12": "Meta's spending",
    "000-22": "everyone, 2035",
    "001-13": "more done, 2035",
    "001-17": "daily life, 2025",
    "004-01": "GPT-6 soon",
    "004-25": "work in 2050",
    "004-26": "better models",
    "004-31": "tokens below 1e15",
    "004-39": "compute x3, 2026",
    "004-40": "compute x3, 2027",
    "004-46": "loss of 120",
    "004-47": "profit by 2029",
    "004-50": "20 billion, 2025",
    "004-52": "steep revenue",
    "004-56": "training's share",
    "004-65": "unmet demand",
    "004-67": "discoveries",
    "004-68": "small discoveries",
}


@dataclass(frozen=True)
class Dated:
    """A dated forecast of the documents that is not on the interview's scorecard.

    Attributes
    ----------
    claims : tuple of str
        Rows of the ledger, the telling one first.
    verdict : str
        Key of the verdict that has its rule; if that is gone, the one that answers the first row.
    made, due : Timestamp
        Days on which it was made and after which it is judged; an open verdict's own day goes
        before the latter.
    what : str
        In words; the verdict's question if empty.
    """

    claims: tuple[str, ...]
    verdict: str
    made: pd.Timestamp
    due: pd.Timestamp
    what: str = ""

    @property
    def key(self) -> str:
        """Key of its row in the register, the same whatever becomes of it."""
        return f"{self.claims[0]}, due {self.due:%Y-%m-%d}"


_ESSAY, _SAID = frontier.ESSAY_DATE, compute_revenue.INTERVIEW

#: Forecasts that stay in the register whatever becomes of them.
DATED: tuple[Dated, ...] = (
    Dated(("000-12",), "said-meta", said_verdicts.META_SAID, pd.Timestamp(2029, 12, 31)),
    Dated(
        ("000-22", "001-22", "002-17", "003-13"), "value-2035", _ESSAY, pd.Timestamp(2035, 12, 31)
    ),
    Dated(("001-13", "002-12", "003-09"), "said-ten-years", _ESSAY, pd.Timestamp(2035, 12, 31)),
    Dated(("001-17",), "said-daily-life", _ESSAY, pd.Timestamp(2025, 12, 31)),
    Dated(
        ("004-25",),
        "compute-no-measure",
        _SAID,
        pd.Timestamp(2050, 12, 31),
        "What we do all day in 2050 is very different from today",
    ),
    Dated(("004-52",), "compute-steep", _SAID, pd.Timestamp(2030, 12, 31)),
    Dated(
        ("004-68",),
        "compute-no-measure",
        _SAID,
        pd.Timestamp(2026, 12, 31),
        "Small discoveries by AI, alone or with people, in 2026",
    ),
)


def settles(rule: str) -> bool:
    """Say whether a rule in words could ever settle a forecast.

    A rule that only waits for a day, or says that no figure could meet it, settles nothing.
    """
    waits = rule.strip().lower().startswith(("open until", "none that"))
    return bool(rule.strip()) and (not waits or "supported" in rule.lower())


def state_of(outcome: Outcome, rule: str, due: pd.Timestamp, as_of: pd.Timestamp) -> str:
    """Return the state of a forecast of the documents from its verdict's outcome.

    Parameters
    ----------
    outcome : Outcome
    rule : str
        In words, see :func:`settles`.
    due, as_of : Timestamp

    Returns
    -------
    str
        One of :data:`STATES`. Open only with a rule that can settle it and before its day: a
        verdict that is still open after its day has found nothing to judge it by.
    """
    if outcome is Outcome.OPEN and (as_of >= due or not settles(rule)):
        return CANNOT
    return STATE_OF[outcome]


def state_within(
    found: float, low: float, high: float, due: pd.Timestamp, as_of: pd.Timestamp
) -> str:
    """Has a predicted range held?

    Parameters
    ----------
    found : float
        What was observed for the day; NaN if nothing is known.
    low, high : float
        Ends of the prediction.
    due, as_of : Timestamp

    Returns
    -------
    str
        One of :data:`STATES`: open before its day whatever is known, then judged by the figure,
        or not at all if there is none.
    """
    if not low <= high:
        raise ValueError("the predicted range is upside down or not a number")
    if as_of < due:
        return OPEN
    if math.isnan(found):
        return CANNOT
    return CAME_TRUE if low <= found <= high else DID_NOT


@dataclass(frozen=True)
class Prediction:
    """A prediction of the book: a range for a figure on a day.

    Attributes
    ----------
    key : str
    chapter : str
        Title of the chapter whose model it comes from.
    short, what, unit : str
        In a few words, in a sentence, and what it is counted in.
    middle, low, high : float
    made, due : Timestamp
    rule : str
        What will settle it, in words.
    place : str
        Page and anchor of the model.
    found : float
        What is known for the day; NaN if nothing is.
    """

    key: str
    chapter: str
    short: str
    what: str
    unit: str
    middle: float
    low: float
    high: float
    made: pd.Timestamp
    due: pd.Timestamp
    rule: str
    place: str
    found: float

    def state(self, as_of: pd.Timestamp | str = AS_OF) -> str:
        """Return the state on a day."""
        return state_within(self.found, self.low, self.high, self.due, pd.Timestamp(as_of))


def _until(table: pd.DataFrame, column: str, day: pd.Timestamp = MADE) -> pd.DataFrame:
    """Return the rows that were known on a day."""
    return table[table[column] <= day]


def decade_of_2026() -> Prediction:
    """Predict what a decade of compute goes with among models of 2026, from all others."""
    table = data.load("eci_compute")
    known = table[table["released"] < pd.Timestamp(2026, 1, 1)]
    fits = capability_frontier.regressions(known).set_index(["form", "term"])
    row = fits.loc[("compute and year", "compute")]
    years = capability_frontier.by_release_year(table).set_index("release_year")
    found = float(years.loc["2026", "slope"]) if "2026" in years.index else math.nan
    return Prediction(
        "log-decade-2026",
        "First observation",
        "a decade, 2026",
        "Index points for ten times the training compute, among models of 2026",
        "points",
        float(row["estimate"]),
        float(row["clustered_low"]),
        float(row["clustered_high"]),
        MADE,
        pd.Timestamp(2027, 6, 30),
        "The slope among models released in 2026, five or more with public compute, lies in the "
        "95% interval of the models before them, which leaves out the error of a single year. "
        "Without such models in that vintage it cannot be judged.",
        "log-of-resources.ipynb#chart-frontier",
        found,
    )


def _record_line(ruler: str, day: pd.Timestamp) -> tuple[float, float, float]:
    """Return the straight line through the records of an index on a day, with 95% for a point."""
    scores = data.load("scores")
    path = time_horizons.eci_path("2023 on", ruler, scores=_until(scores, "released"))
    years = (path["date"] - MADE).dt.days.to_numpy(float) / DAYS_PER_YEAR
    at = (day - MADE).days / DAYS_PER_YEAR
    line = compute_revenue.lines(years, path["value"].to_numpy(float))
    value, low, high = line.predicted(at)
    return float(value), float(low), float(high)


def record_score(year: int, ruler: str = "eci_2026_08") -> Prediction:
    """Predict the highest score of the index at a year's end by a straight line since 2023."""
    due = pd.Timestamp(year, 12, 31)
    value, low, high = _record_line(ruler, due)
    scores = data.load("scores")
    rows = scores[scores["ruler"] == ruler]
    covered = rows["released"].max() >= due - pd.Timedelta(days=31)
    by_then = rows[rows["released"] <= due]["score"].astype(float)
    return Prediction(
        f"value-record-{year}",
        "Third observation",
        f"record score, {year}",
        f"Highest score on the Epoch Capabilities Index at the end of {year}",
        "points",
        value,
        low,
        high,
        MADE,
        due,
        "The record on the vintage of August 2026, with models listed to within a month of the "
        "day, lies in the 95% range of the line through the records since 2023, taken as "
        "independent. If that vintage gets no such rows, it cannot be judged.",
        "value-of-intelligence.ipynb#chart-straight",
        float(by_then.max()) if covered else math.nan,
    )


def second_year_of_prices(resamples: int = 1000) -> Prediction:
    """Predict the fall of a level in the second year after the essay as in the first.

    The half-samples are as many as behind the verdict on the first, so that both have one interval.
    """
    first, last = pd.Timestamp("2026-02-09"), pd.Timestamp("2027-02-09")
    table = cost_verdicts.year_after(resamples).set_index("ruler")
    row = table.loc[cost_verdicts.MAIN_RULER]
    priced = frontier.priced_models(cost_verdicts.MAIN_RULER)
    found = math.nan
    if frontier.coverage_end(priced) >= last:
        falls = frontier.falls_between(
            priced, frontier.levels_on(priced, first), first, last, resamples=2
        )
        found = float(falls.summary["fall"])
    return Prediction(
        "cost-second-year",
        "Second observation",
        "prices to Feb 2027",
        "Average fall of the levels on sale on 9 February 2026 over twelve months",
        "x",
        float(row["fall"]),
        float(row["fall_low"]),
        float(row["fall_high"]),
        MADE,
        last,
        "The average fall on the index lies in the 95% interval of the year before; the essay's "
        "rule asks for ten. If that vintage of the index has ended, it cannot be judged.",
        "cost-of-a-given-level.ipynb#verdict-year-after",
        found,
    )


def run_rate(year: int, rule: str) -> Prediction:
    """Predict the company's run-rate at a year's end from its compute, or from the calendar.

    Parameters
    ----------
    year : int
    rule : {"follows compute", "follows the calendar"}
    """
    table = compute_revenue.prediction(
        run_rates=_until(data.load("run_rates"), "date"),
        projections=_until(data.load("projections"), "made"),
        facts=_until(data.load("company_facts"), "date"),
        years=(year,),
    )
    row = table.set_index("rule").loc[rule]
    due = pd.Timestamp(year, 12, 31)
    # A plan has a range of its own; gigawatts that are known have none.
    ends = ("low", "high") if row["rests_on"] == "figures" else ("wide_low", "wide_high")
    try:
        report = compute_revenue.run_rate_near(compute_revenue.COMPANY, due)
        found = float(report["run_rate_usd_bn"])
    except KeyError:
        found = math.nan
    words = {
        "follows compute": "if it follows compute, with the gigawatts then planned",
        "follows the calendar": "if it goes on as the calendar did",
    }[rule]
    return Prediction(
        f"compute-{rule.replace(' ', '-')}-{year}",
        "The interview",
        f"revenue {year}: " + ("compute" if rule == "follows compute" else "calendar"),
        f"OpenAI's run-rate at the end of {year}, {words}",
        "billion US dollars a year",
        float(row["predicted"]),
        float(row[ends[0]]),
        float(row[ends[1]]),
        MADE,
        due,
        "A run-rate reported within 45 days of the day lies in the 95% range for a new point, the "
        "planned gigawatts in it. Whether that speaks for compute the rule of the chapter says.",
        "compute-going-deeper.ipynb#chart-prediction",
        found,
    )


def rival(year: int, rule: str) -> Prediction:
    """Predict what a gigawatt earns in proportion to compute, or the run-rate at its own pace.

    Parameters
    ----------
    year : int
    rule : {"in proportion", "at its own pace"}
    """
    table = compute_revenue.rivals(year=year, made=MADE)
    row = table.set_index("rule").loc[rule]
    end, due = pd.Timestamp(year, 12, 31), pd.Timestamp(year + 1, 6, 30)
    company, by_gigawatt = compute_revenue.COMPANY, rule == compute_revenue.IN_PROPORTION
    found, ends = math.nan, ["predicted", "low", "high"]
    with suppress(KeyError):
        found = float(compute_revenue.run_rate_near(company, end)["run_rate_usd_bn"])
        if by_gigawatt:
            found /= compute_revenue.year_value(company, "compute_gw", year)
    if by_gigawatt:
        ends = ["per_gw", "per_gw_low", "per_gw_high"]
    middle, low, high = (float(row[end_]) for end_ in ends)
    return Prediction(
        f"compute-{rule.replace(' ', '-')}-{year}",
        "The interview",
        f"a gigawatt, {year}" if by_gigawatt else f"revenue {year}: own pace",
        f"OpenAI's run-rate for each gigawatt at the end of {year}, if revenue grows in proportion"
        if by_gigawatt
        else f"OpenAI's run-rate at the end of {year}, if it goes on at its own pace since July",
        "billion US dollars a year" + (" for each GW" if by_gigawatt else ""),
        middle,
        low,
        high,
        MADE,
        due,
        "A run-rate reported within 45 days of the year's end"
        + (", over the gigawatts published for it," if by_gigawatt else "")
        + " lies in the 95% range. Whether that speaks for compute the chapter's likelihood ratio "
        "says.",
        "compute-and-revenue.ipynb#chart-rivals",
        found,
    )


def spending(year: int = 2027) -> Prediction:
    """Predict how capital spending grows over the four quarters to the middle of a year."""
    quarters = value_verdicts.quarterly_spending()
    table = quarters.set_index("date")["usd_bn"]
    since = quarters[(quarters["date"] > frontier.ESSAY_DATE) & (quarters["date"] <= MADE)]
    years = (since["date"] - MADE).dt.days.to_numpy(float) / DAYS_PER_YEAR
    line, left = value_verdicts.lasting_line(years, np.log(since["usd_bn"].to_numpy(float)))
    growth, (low, high) = float(line.coefficients[1]), line.interval(1)
    # Two quarters stand against each other, each as far from the line as quarters are.
    reach = student(len(left) - 2)
    scatter = 2 * reach**2 * float(left @ left) / (len(left) - 2)
    low, high = (
        growth - math.hypot(growth - low, scatter**0.5),
        growth + math.hypot(high - growth, scatter**0.5),
    )
    now, before = pd.Timestamp(year, 6, 30), pd.Timestamp(year - 1, 6, 30)
    known = now in table.index and before in table.index
    return Prediction(
        f"value-spending-{year}",
        "Third observation",
        f"investment, {year}",
        f"Growth of capital spending of Alphabet and Amazon over the four quarters to June {year}",
        "x",
        math.exp(growth),
        math.exp(low),
        math.exp(high),
        MADE,
        pd.Timestamp(year, 8, 31),
        "The quarter to June over that of the year before lies in the 95% interval of growth "
        "since the essay, residuals that last, with the scatter of two quarters.",
        "value-of-intelligence.ipynb#verdict-kept-growing",
        float(table[now] / table[before]) if known else math.nan,
    )


def back_for_a_dollar(year: int = 2026) -> Prediction:
    """Predict revenue for each dollar of compute with the model of the closing chapter."""
    company = compute_revenue.COMPANY
    table = whole_argument.against_history()
    row = table[(table["firm"] == company) & (table["last"] == year)].iloc[0]
    history = whole_argument.back_by_year()
    figures = history[(history["firm"] == company) & (history["rests_on"] == "figures")]
    figures = figures.set_index("year")["back"]
    before = float(figures[year - 1])
    return Prediction(
        f"whole-back-{year}",
        "If all of it holds",
        f"dollar of compute, {year}",
        f"OpenAI's revenue for each dollar of compute in {year}",
        "dollars",
        before * float(row["model"]),
        before * float(row["low"]),
        before * float(row["high"]),
        MADE,
        pd.Timestamp(year + 1, 6, 30),
        "Recognised revenue over spending on compute of that year lies in the middle 95% of the "
        "model's draws, given what was spent.",
        "if-all-of-it-holds.ipynb#chart-history",
        float(figures[year]) if year in figures.index else math.nan,
    )


#: What makes each prediction, in the order of the chapters.
MAKERS: tuple[Callable[[], Prediction], ...] = (
    decade_of_2026,
    second_year_of_prices,
    lambda: record_score(2026),
    lambda: record_score(2027),
    spending,
    lambda: run_rate(2026, "follows compute"),
    lambda: run_rate(2026, "follows the calendar"),
    lambda: run_rate(2027, "follows compute"),
    lambda: run_rate(2027, "follows the calendar"),
    back_for_a_dollar,
    lambda: rival(2026, compute_revenue.IN_PROPORTION),
    lambda: rival(2026, compute_revenue.OWN_PACE),
)


def predictions() -> list[Prediction]:
    """Make every prediction of the book that has a rule and a day."""
    return [make() for make in MAKERS]


def _said_on() -> pd.Series:
    """Return the day on which each row of the ledger was said or published."""
    ledger = data.load("claims")
    documents = data.load("documents").set_index("document")["published"].astype(str)
    day = pd.Series(ledger["document"].map(documents).to_numpy(), index=ledger["claim"])
    essay = frontier.ESSAY_DATE.date().isoformat()
    own = ledger.set_index("claim")["speaker"].astype(str).str.startswith("Altman")
    interview = compute_revenue.INTERVIEW.date().isoformat()
    day[day.index.str.startswith("004-")] = interview
    day[own & ~day.index.str.startswith("004-")] = essay
    return day


def written(value: float) -> str:
    """Write a figure with three digits, years and trillions in a way that reads well."""
    if abs(value) >= 1e12:
        return f"{value / 1e12:.3g} trillion"
    if abs(value) >= 1000 and value == round(value):
        return f"{value:.0f}"
    if abs(value) >= 1000:
        return f"{float(f'{value:.3g}'):,.0f}"
    return f"{value:.3g}".replace("-", "\N{MINUS SIGN}")


def _answering(found: Sequence[Verdict], claim: str, key: str = "") -> Verdict | None:
    """Return the verdict of a key if it answers a row, else an open one, else any that does."""
    rows = [one for one in found if claim in one.claims and one.key not in BOOKS_OWN]
    rows.sort(key=lambda one: (one.key != key, one.outcome is not Outcome.OPEN))
    return rows[0] if rows else None


def _from_scorecard(found: Sequence[Verdict], as_of: pd.Timestamp) -> list[dict[str, object]]:
    cards = compute_scorecard.scorecard(as_of)
    rows = []
    for card in cards[cards["due"].notna()].to_dict("records"):
        figure = "" if pd.isna(card["figure"]) else f"{written(card['figure'])} {card['unit']}"
        rule, outcome, because = card["rule"] + ".", Outcome(card["outcome"]), card["because"]
        verdict = _answering(found, str(card["claim"]))
        if not settles(rule) and verdict is not None:
            rule, outcome, because = verdict.rule, verdict.outcome, verdict.because
        rows.append(
            {
                "key": f"{card['claim']}, due {card['due']:%Y-%m-%d}, {card['said']}",
                "claims": card["claim"],
                "group": "the documents",
                "short": SHORT.get(str(card["claim"]), shortened(card["said"], 18)),
                "what": card["said"],
                "who": card["who"],
                "made": compute_revenue.INTERVIEW,
                "due": card["due"],
                "rule": rule,
                "state": state_of(outcome, rule, card["due"], as_of),
                "so_far": f"{figure} ({because})" if figure else because,
                "place": f"{compute_verdicts.PAGE}.ipynb#compute-scorecard",
            }
        )
    return rows


def _entry(
    verdict: Verdict, one: Dated, due: pd.Timestamp, as_of: pd.Timestamp
) -> dict[str, object]:
    page, _, anchor = verdict.place.partition("#")
    first = one.claims[0]
    state = state_of(verdict.outcome, verdict.rule, due, as_of)
    unsettled = verdict.outcome is Outcome.OPEN and not settles(verdict.rule)
    return {
        "key": one.key if one in DATED else verdict.key,
        "claims": " ".join(one.claims),
        "group": "the documents",
        "short": SHORT.get(first, shortened(verdict.question, 18)),
        "what": one.what or verdict.question,
        "who": data.load("claims").set_index("claim").loc[first, "speaker"],
        "made": one.made,
        "due": due,
        "rule": verdict.rule,
        "state": state,
        "so_far": ("No rule settles it. " if unsettled else "") + verdict.because,
        "place": f"{page}.ipynb#{anchor}",
    }


def _from_verdicts(
    found: Sequence[Verdict], taken: set[str], as_of: pd.Timestamp
) -> list[dict[str, object]]:
    rows, listed = [], set(taken)
    for one in DATED:
        listed |= set(one.claims)
        verdict = _answering(found, one.claims[0], one.verdict)
        if verdict is None:
            raise ValueError(f"no verdict answers the dated forecast {one.claims[0]}")
        due = one.due if verdict.until is None else pd.Timestamp(verdict.until)
        rows.append(_entry(verdict, one, due, as_of))
    # Whatever else is open enters by itself, so that nothing dated is left out.
    said = _said_on()
    for verdict in found:
        if verdict.outcome is not Outcome.OPEN or verdict.key in BOOKS_OWN:
            continue
        if listed & set(verdict.claims):
            continue
        due = pd.Timestamp(verdict.until)
        one = Dated(verdict.claims, verdict.key, pd.Timestamp(said[verdict.claims[0]]), due)
        rows.append(_entry(verdict, one, due, as_of))
    return rows


def _from_book(as_of: pd.Timestamp) -> list[dict[str, object]]:
    return [
        {
            "key": one.key,
            "claims": "",
            "group": BOOK,
            "short": one.short,
            "what": one.what,
            "who": BOOK,
            "made": one.made,
            "due": one.due,
            "rule": one.rule,
            "state": one.state(as_of),
            "so_far": f"predicted {written(one.middle)} ({written(one.low)} to "
            f"{written(one.high)}) {one.unit}"
            + ("" if math.isnan(one.found) else f"; found {written(one.found)}"),
            "place": one.place,
        }
        for one in predictions()
    ]


def register(found: Sequence[Verdict], as_of: pd.Timestamp | str = AS_OF) -> pd.DataFrame:
    """List every dated forecast: of the interview's scorecard, of the documents, of the book.

    The forecasts of the documents are a fixed list (:data:`DATED`) and stay when they are settled;
    rule and state come from their verdicts. Open verdicts that are not on it enter by themselves.

    Parameters
    ----------
    found : sequence of Verdict
        All verdicts of the book, from :func:`three_observations.claims.verdicts`.
    as_of : Timestamp or str
        The day of judgement, :data:`MADE` or later.

    Returns
    -------
    pandas.DataFrame
        ``key``, ``claims`` (rows of the ledger), ``group`` ("the documents" or "this book"),
        ``short``, ``what``, ``who``, ``made``, ``due``, ``rule``, ``state`` (one of
        :data:`STATES`), ``so_far``, ``place``, by day due.

    Raises
    ------
    ValueError
        If a forecast has no rule or no day, or is open with a rule that settles nothing; or if
        the day of judgement is no day, or one before the book's own predictions were made.
    """
    as_of = pd.Timestamp(as_of)
    if not as_of >= MADE:
        raise ValueError(
            f"the day of judgement should be {MADE:%Y-%m-%d} or later, written as a string, "
            f"not {as_of}"
        )
    scored = _from_scorecard(found, as_of)
    taken = {str(row["claims"]) for row in scored}
    rows = [*scored, *_from_verdicts(found, taken, as_of), *_from_book(as_of)]
    table = pd.DataFrame(rows)
    bare = table[table["due"].isna() | (table["rule"].str.len() < 10)]
    if len(bare):
        raise ValueError(f"forecasts without a rule or a day: {', '.join(bare['key'])}")
    idle = table[(table["state"] == OPEN) & ~table["rule"].map(settles)]
    if len(idle):
        raise ValueError(f"open with a rule that settles nothing: {', '.join(idle['key'])}")
    return table.sort_values(["due", "group", "key"], kind="stable", ignore_index=True)


def relation(one: Prediction, other: Prediction) -> str:
    """Say how the range of one prediction lies to that of another.

    Returns
    -------
    str
        "inside", "around", "overlapping" or "apart".
    """
    if other.low <= one.low and one.high <= other.high:
        return "inside"
    if one.low <= other.low and other.high <= one.high:
        return "around"
    return "apart" if one.high < other.low or other.high < one.low else "overlapping"


def shortened(words: str, letters: int = 34) -> str:
    """Cut words at a blank, with an ellipsis, so that they fit beside a chart."""
    if len(words) <= letters:
        return words
    return words[:letters].rsplit(" ", 1)[0].rstrip(",") + " \N{HORIZONTAL ELLIPSIS}"


def counts(table: pd.DataFrame) -> pd.DataFrame:
    """Count the forecasts of a register by group and state."""
    wide = pd.crosstab(table["group"], table["state"])
    return wide.reindex(columns=list(STATES), fill_value=0)


def parts(table: pd.DataFrame, as_of: pd.Timestamp | str = AS_OF) -> list[tuple[str, pd.DataFrame]]:
    """Part a register for reading: settled, not to be judged, due soon, due later.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`register`.
    as_of : Timestamp or str

    Returns
    -------
    list of (str, pandas.DataFrame)
        Words for each part that has rows, and its rows; each forecast stands in one of them.
    """
    end = pd.Timestamp(pd.Timestamp(as_of).year + 1, 12, 31)
    waits = table["state"] == OPEN
    chosen = (
        ("Settled", table["state"].isin(SETTLED)),
        ("Cannot be judged", table["state"] == CANNOT),
        (f"Open, due by the end of {end.year}", waits & (table["due"] <= end)),
        ("Open, due later", waits & (table["due"] > end)),
    )
    return [(words, table[rows]) for words, rows in chosen if rows.any()]


def timeline(table: pd.DataFrame, as_of: pd.Timestamp | str = AS_OF) -> pd.DataFrame:
    """Prepare a register for a chart of due days.

    Returns
    -------
    pandas.DataFrame
        ``number`` (1, 2, ... by day due), ``label`` (number and a few words), ``due``,
        ``made``, ``group``, ``state``, ``years_left`` (negative if the day is past).
    """
    found = table[["what", "made", "due", "group", "state"]].reset_index(drop=True)
    found.insert(0, "number", np.arange(1, len(found) + 1))
    found.insert(1, "label", found["number"].astype(str) + ". " + table["short"].to_numpy())
    left = (found["due"] - pd.Timestamp(as_of)).dt.days / DAYS_PER_YEAR
    return found.assign(years_left=left)
