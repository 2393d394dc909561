"""The three observations together: do the rates add up, and what follows if all of them hold?

Four parts, in the order of the closing chapter: an identity of measured rates, one small model of
the whole argument, a map of what can become of it, and the year 2035.
Nothing is estimated here that a chapter estimates: each borrowed figure comes through one small
function (:data:`PARAMETERS`), with its interval and the place where it was found.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from itertools import combinations
from numbers import Real
from statistics import NormalDist

import numpy as np
import pandas as pd

from three_observations import (
    capability_frontier,
    compute_plan,
    compute_revenue,
    compute_verdicts,
    cost_decline,
    cost_verdicts,
    data,
    frontier,
    specification,
    value_proxies,
    value_verdicts,
)

AS_OF = compute_revenue.AS_OF
DAYS_PER_YEAR = 365.25
#: Standard errors on either side of a 95% interval.
REACH = 1.959963984540054
COMPANY = compute_revenue.COMPANY

# ---------------------------------------------------------------------------------------------
# rules, written before any figure was computed


def decide_closes(low: float, high: float) -> str:
    """Does an identity of measured rates close?

    Parameters
    ----------
    low, high : float
        95% interval of what one side comes to, as a multiple of the other, in x per year.

    Returns
    -------
    str
        "closes" if one lies inside, "revenue is too high" or "revenue is too low" if not.
    """
    if low > high:
        raise ValueError("the interval is upside down")
    if low <= 1.0 <= high:
        return "closes"
    return "revenue is too high" if low > 1.0 else "revenue is too low"


def decide_doubtful(figures: pd.DataFrame) -> str:
    """Which figure is most likely wrong where measured rates do not add up?

    The one with the largest standardised adjustment. Figures that stand in the same equations
    have the same one, and no arithmetic can tell them apart: of those, the one that a fit moves
    furthest, which is the least sure.

    Parameters
    ----------
    figures : pandas.DataFrame
        ``quantity``, ``standardised``, ``adjustment``, as from :func:`reconciled`.
    """
    size = figures["standardised"].abs().round(9)
    first = figures[size == size.max()]
    return str(first.loc[first["adjustment"].abs().idxmax(), "quantity"])


#: What can become of investment that is paid for out of the value it makes.
REGIMES = {
    "takes off": "It pays today, and each round returns more than the last: growth speeds up.",
    "grows steadily": "It pays today, and each year's progress makes up for what size takes away.",
    "needs a bridge": "It does not pay today, but progress would make it pay later: until then it "
    "shrinks, or money has to come from outside.",
    "runs out": "It pays today, but each round returns less than the last, and growth ends.",
    "dies out": "It does not pay today, and left to itself it shrinks for good; only money from "
    "outside could make it large enough to pay, if returns rise with size.",
}


def regime(elasticity: float, start: float, drift: float, wear: float) -> str:
    """What becomes of resources that are kept up from the value they make?

    Parameters
    ----------
    elasticity : float
        Of value to resources.
    start : float
        Reinvested value over what keeping the resources costs, today.
    drift : float
        Growth of value at unchanged resources, in logarithms per year.
    wear : float
        Share of resources that has to be renewed a year, in logarithms, above zero.

    Returns
    -------
    str
        A key of :data:`REGIMES`. See :func:`resources` for the closed form behind it.
    """
    if start <= 0 or wear <= 0:
        raise ValueError("what comes back and the wear have to be above zero")
    if elasticity > 1:
        lasts = start > 1 - drift / (wear * (elasticity - 1))
        if start >= 1:
            return "takes off" if lasts else "runs out"
        return "needs a bridge" if lasts and drift > 0 else "dies out"
    if drift > 0:
        return "grows steadily" if start >= 1 else "needs a bridge"
    if start <= 1:
        return "dies out"
    return "grows steadily" if elasticity == 1 and drift == 0 else "runs out"


#: The same rule as a page computes it. (On the edge, an elasticity of exactly one without drift,
#: the page says that growth runs out.)
REGIME_EXPRESSION = (
    "datum.elasticity > 1"
    " ? (datum.start > 1 - datum.drift / (datum.wear * (datum.elasticity - 1))"
    " ? (datum.start >= 1 ? 'takes off' : (datum.drift > 0 ? 'needs a bridge' : 'dies out'))"
    " : (datum.start >= 1 ? 'runs out' : 'dies out'))"
    " : (datum.drift > 0 ? (datum.start >= 1 ? 'grows steadily' : 'needs a bridge')"
    " : (datum.start > 1 ? 'runs out' : 'dies out'))"
)

# ---------------------------------------------------------------------------------------------
# 1. the accounting: revenue = price x quantity, quantity = compute x efficiency

#: A published volume is known to about a tenth, this book's meaning of "about".
ABOUT = 1.1
#: The interview's ten trillion is an order of magnitude.
ORDER_OF_MAGNITUDE = math.sqrt(10)

#: Two series of tokens of the company of the interview, by what they count.
TOKEN_SERIES = {
    "API": "tokens read and written through its programming interface",
    "words": "tokens written, by the speaker's own two figures",
}


@dataclass(frozen=True)
class Growth:
    """A yearly rate of growth with its interval.

    Attributes
    ----------
    log : float
        In logarithms per year.
    error : float
        Standard error of ``log``; NaN if nothing says how sure it is.
    """

    log: float
    error: float

    @classmethod
    def of_interval(cls, estimate: float, low: float, high: float, years: float = 1.0) -> Growth:
        """Make it from a ratio over some years and its 95% interval, all in x."""
        if not 0 < low <= high:
            raise ValueError("growth and its interval have to be above zero and in order")
        error = math.log(high / low) / (2 * REACH) / years
        return cls(math.log(estimate) / years, error)

    @property
    def times(self) -> tuple[float, float, float]:
        """Estimate and both ends of the 95% interval, in x per year."""
        reach = REACH * self.error
        return tuple(math.exp(self.log + part) for part in (0.0, -reach, reach))

    def __sub__(self, other: Growth) -> Growth:
        return Growth(self.log - other.log, math.hypot(self.error, other.error))

    def __add__(self, other: Growth) -> Growth:
        return Growth(self.log + other.log, math.hypot(self.error, other.error))

    def __neg__(self) -> Growth:
        return Growth(-self.log, self.error)


@dataclass(frozen=True)
class Volume:
    """The first and the last figure of a series of tokens.

    Attributes
    ----------
    first, last : Timestamp
    growth : Growth
        Of tokens a day.
    n_sources : int
        The fewer of both ends.
    """

    first: pd.Timestamp
    last: pd.Timestamp
    growth: Growth
    n_sources: int


def tokens(series: str = "API", token_volumes: pd.DataFrame | None = None) -> Volume:
    """Return how fast the tokens of the interview's company grew.

    Parameters
    ----------
    series : {"API", "words"}
        :data:`TOKEN_SERIES`. "words" joins the speaker's post of February 2024 to the ten
        trillion that he supposes in the interview, which is no measurement.
    token_volumes : pandas.DataFrame, optional

    Raises
    ------
    KeyError
        If the table lacks either end.
    """
    if series not in TOKEN_SERIES:
        raise KeyError(f"no series {series!r}; there are {', '.join(TOKEN_SERIES)}")
    table = data.table(token_volumes, "token_volumes").sort_values("date", kind="stable")
    own = table[table["entity"] == COMPANY]
    if series == "API":
        rows, reach = own[own["scope"] == "API"], math.log(ABOUT)
        reach = math.sqrt(2) * reach
    else:
        supposed = table[table["entity"] == "One AI company"]
        rows = pd.concat([own[own["scope"].str.contains("output")], supposed])
        reach = math.hypot(math.log(ABOUT), math.log(ORDER_OF_MAGNITUDE))
    if len(rows) < 2:
        raise KeyError(f"token_volumes lacks an end of the series {series!r} of {COMPANY}")
    first, last = rows.iloc[0], rows.iloc[-1]
    years = (last["date"] - first["date"]).days / DAYS_PER_YEAR
    ratio = float(last["tokens_per_day"] / first["tokens_per_day"])
    growth = Growth(math.log(ratio) / years, reach / REACH / years)
    sources = int(min(first["n_sources"], last["n_sources"]))
    return Volume(first["date"], last["date"], growth, sources)


def revenue_growth(
    first: pd.Timestamp | str,
    last: pd.Timestamp | str,
    companies: Sequence[str] = (COMPANY,),
    run_rates: pd.DataFrame | None = None,
) -> Growth:
    """Return the growth of run-rates between two days, growing evenly between reports.

    The error is that of two reports of the same days, from
    :func:`three_observations.value_proxies.reporting_noise`.

    Raises
    ------
    KeyError
        If a company has no report on either side of a day.
    """
    days = [pd.Timestamp(first), pd.Timestamp(last)]
    total = np.zeros(2)
    for company in companies:
        history = compute_revenue.run_rate_history(company, run_rates)
        found = compute_revenue.log_interpolated(
            history["date"], history["run_rate_usd_bn"].astype(float), days
        )
        total += np.array(found, dtype=float)
    if np.isnan(total).any():
        raise KeyError(f"no run-rate of {', '.join(companies)} is known on both days")
    noise = float(value_proxies.reporting_noise(run_rates)["log_sd"])
    years = (days[1] - days[0]).days / DAYS_PER_YEAR
    return Growth(math.log(total[1] / total[0]) / years, math.sqrt(2) * noise / years)


def compute_growth(
    first: pd.Timestamp | str,
    last: pd.Timestamp | str,
    facts: pd.DataFrame | None = None,
    projections: pd.DataFrame | None = None,
) -> tuple[Growth, bool]:
    """Return the growth of the company's gigawatts between two days, and whether a plan was used.

    The error is that of the published bounds of the year-ends next to each day.
    """
    table = compute_revenue.rulers_of_compute(facts)
    ends = table[table["ruler"] == "gigawatts"].set_index("date")
    reaches = np.log((ends["high"] / ends["low"]).astype(float)) / 2
    levels, errors, planned = [], [], False
    for day in (pd.Timestamp(first), pd.Timestamp(last)):
        level, from_plan = compute_revenue.gigawatts_at(day, COMPANY, facts, projections)
        gap = np.abs((reaches.index - day).days)
        nearest = reaches[gap <= max(366, gap.min())]
        levels.append(level)
        errors.append(float(nearest.max()) / REACH)
        planned = planned or from_plan
    years = (pd.Timestamp(last) - pd.Timestamp(first)).days / DAYS_PER_YEAR
    log = math.log(levels[1] / levels[0]) / years
    return Growth(log, math.hypot(*errors) / years), planned


def chip_efficiency(facts: pd.DataFrame | None = None) -> tuple[Growth, int, int]:
    """Return how much more a gigawatt of the company can compute each year, with both years.

    H100-equivalents for each gigawatt, from the first year-end to the last. It says what the
    chips can do, not how many tokens a model needs for an answer.
    """
    table = compute_revenue.rulers_of_compute(facts).set_index(["ruler", "year"])
    chips, power = table.loc["H100-equivalents"], table.loc["gigawatts"]
    years = chips.index.intersection(power.index)
    if len(years) < 2:
        raise KeyError("H100-equivalents and gigawatts of two common year-ends are needed")
    one, other = int(years.min()), int(years.max())
    ratio = (chips["value"] / power["value"]).loc[[one, other]].astype(float)
    reach = np.log((chips["high"] / chips["low"]).loc[[one, other]].astype(float)) / 2
    span = other - one
    log = math.log(ratio.iloc[1] / ratio.iloc[0]) / span
    return Growth(log, math.hypot(*reach) / REACH / span), one, other


def price_at_a_level(
    first: pd.Timestamp | str, last: pd.Timestamp | str, resamples: int = 500
) -> Growth:
    """Return the yearly change of the price of a fixed level between two days, below zero a fall.

    The average over the levels on sale on the first day, on the ruler of the cost chapter.
    """
    priced = frontier.priced_models(cost_verdicts.MAIN_RULER)
    first, last = pd.Timestamp(first), pd.Timestamp(last)
    found = frontier.falls_between(
        priced, frontier.levels_on(priced, first), first, last, resamples=resamples
    ).summary
    years = (last - first).days / DAYS_PER_YEAR
    fall = Growth.of_interval(found["fall"], found["fall_low"], found["fall_high"], years)
    return -fall


#: What "the price" can mean in the identity, in reading order.
PRICES = (
    "at a fixed level, same days",
    "ten times cheaper a year",
    "of the best model",
    "of the same model",
)


def prices(
    first: pd.Timestamp | str, last: pd.Timestamp | str, resamples: int = 500
) -> dict[str, Growth]:
    """Return the yearly change of the price by each of its meanings (:data:`PRICES`).

    The first is measured between the two days. The last two are rates of the cost chapter over
    the whole span of its table, because single models change their prices too seldom; the second
    is the claim itself and has no error.
    """
    best = cost_decline.flagship_trend()
    same = cost_decline.own_price("prices").rate
    changes = (
        price_at_a_level(first, last, resamples),
        Growth(-math.log(cost_verdicts.CLAIMED_PER_YEAR), 0.0),
        -Growth.of_interval(best.per_year, best.low, best.high),
        -Growth.of_interval(same.per_year, same.low, same.high),
    )
    return dict(zip(PRICES, changes, strict=True))


@dataclass(frozen=True)
class Accounts:
    """All rates of one accounting, on the same two days.

    Attributes
    ----------
    name : str
    first, last : Timestamp
    revenue, tokens, compute : Growth
    prices : mapping of str to Growth
        By meaning, below zero a fall.
    n_sources : int
        Of the tokens.
    planned : bool
        Whether the gigawatts of a day were read on the way to a plan.
    note : str
        What is not the same party or not the same count.
    """

    name: str
    first: pd.Timestamp
    last: pd.Timestamp
    revenue: Growth
    tokens: Growth
    compute: Growth
    prices: Mapping[str, Growth]
    n_sources: int
    planned: bool
    note: str

    @property
    def price_paid(self) -> Growth:
        """What the price actually paid for a token must have done: revenue over tokens."""
        return self.revenue - self.tokens

    @property
    def tokens_per_compute(self) -> Growth:
        """What the tokens for each unit of compute must have done: tokens over compute."""
        return self.tokens - self.compute


def company_accounts(series: str = "API", resamples: int = 500) -> Accounts:
    """Put the company's rates between the two days of a series of tokens side by side.

    Parameters
    ----------
    series : {"API", "words"}
    resamples : int
        Half-samples behind the interval of the price at a fixed level; 500 on the page.
    """
    volume = tokens(series)
    power, planned = compute_growth(volume.first, volume.last)
    notes = {
        "API": "Tokens of the API alone against revenue and compute of the whole company.",
        "words": "The second figure of tokens is a supposition of the speaker, good to an order of "
        "magnitude.",
    }
    return Accounts(
        name=f"OpenAI, {series}",
        first=volume.first,
        last=volume.last,
        revenue=revenue_growth(volume.first, volume.last),
        tokens=volume.growth,
        compute=power,
        prices=prices(volume.first, volume.last, resamples),
        n_sources=volume.n_sources,
        planned=planned,
        note=notes[series],
    )


#: Whose tokens and whose revenue stand for the market: no firm publishes both.
MARKET_TOKENS = (("Google", "all products"), ("ByteDance", "all services"))
MARKET_REVENUE = ("OpenAI", "Anthropic")


def market_accounts(
    resamples: int = 500,
    token_volumes: pd.DataFrame | None = None,
    facts: pd.DataFrame | None = None,
) -> Accounts:
    """Put the rates of the market, as far as it is public, side by side.

    Tokens of the two firms that publish the largest volumes, run-rates of the two that publish
    revenue, and Nvidia's sales to data centres, in dollars, for compute, which come without an
    error. These are different parties, so an identity between them need not close.
    """
    volumes = data.table(token_volumes, "token_volumes").sort_values("date", kind="stable")
    parts = [
        volumes[(volumes["entity"] == entity) & (volumes["scope"] == scope)]
        for entity, scope in MARKET_TOKENS
    ]
    if any(len(part) < 2 for part in parts):
        raise KeyError("token_volumes lacks a series that stands for the market")
    first = max(part["date"].min() for part in parts)
    last = min(part["date"].max() for part in parts)
    years = (last - first).days / DAYS_PER_YEAR
    total = np.zeros(2)
    for part in parts:
        found = compute_revenue.log_interpolated(
            part["date"], part["tokens_per_day"].astype(float), [first, last]
        )
        total += np.array(found)
    reach = math.sqrt(2) * math.log(ABOUT) / REACH
    sold = compute_revenue.company_series("Nvidia", "data_centre_revenue", facts, period="quarter")
    middle = sold["date"] - pd.Timedelta(days=45)
    chips = compute_revenue.log_interpolated(middle, sold["value"].astype(float), [first, last])
    return Accounts(
        name="Market, as far as public",
        first=first,
        last=last,
        revenue=revenue_growth(first, last, MARKET_REVENUE),
        tokens=Growth(math.log(total[1] / total[0]) / years, reach / years),
        compute=Growth(math.log(chips[1] / chips[0]) / years, math.nan),
        prices=prices(first, last, resamples),
        n_sources=int(min(part["n_sources"].iloc[[0, -1]].min() for part in parts)),
        planned=False,
        note="Tokens of Google and ByteDance against revenue of OpenAI and Anthropic: different "
        "parties, and many of these tokens are free to the user.",
    )


def rates(accounts: Sequence[Accounts]) -> pd.DataFrame:
    """List the measured and the derived rates of several accounts, ready for a chart.

    Returns
    -------
    pandas.DataFrame
        ``accounts``, ``quantity``, ``kind`` ("measured" or "derived"), ``times`` (change in x a
        year; below one a fall), ``low``, ``high`` (95%; NaN where nothing says how sure a part
        is), ``first``, ``last``, ``months``.
    """
    rows = []
    for one in accounts:
        found = {
            "compute": ("measured", one.compute),
            "tokens": ("measured", one.tokens),
            "revenue": ("measured", one.revenue),
            "price of a fixed level": ("measured", one.prices[PRICES[0]]),
            "price paid for a token": ("derived", one.price_paid),
            "tokens for each unit of compute": ("derived", one.tokens_per_compute),
        }
        for quantity, (kind, growth) in found.items():
            times, low, high = growth.times
            rows.append(
                {
                    "accounts": one.name,
                    "quantity": quantity,
                    "kind": kind,
                    "times": times,
                    "low": low,
                    "high": high,
                    "first": one.first,
                    "last": one.last,
                    "months": (one.last - one.first).days / DAYS_PER_YEAR * 12,
                }
            )
    return pd.DataFrame(rows)


def closings(accounts: Sequence[Accounts]) -> pd.DataFrame:
    """Ask of each account and each meaning of the price whether revenue = price x tokens closes.

    Returns
    -------
    pandas.DataFrame
        ``accounts``, ``price`` (meaning), ``change`` (of that price, x a year), ``multiple``
        (revenue over price times tokens, x a year: one if the identity closes), ``low``,
        ``high``, ``verdict`` (:func:`decide_closes`), ``tokens_needed`` (growth of tokens that
        would close it, x a year).
    """
    rows = []
    for one in accounts:
        for meaning, price in one.prices.items():
            times, low, high = (one.revenue - one.tokens - price).times
            rows.append(
                {
                    "accounts": one.name,
                    "price": meaning,
                    "change": math.exp(price.log),
                    "multiple": times,
                    "low": low,
                    "high": high,
                    "verdict": decide_closes(low, high),
                    "tokens_needed": math.exp(one.revenue.log - price.log),
                }
            )
    return pd.DataFrame(rows)


def closing_prices(one: Accounts, meaning: str = PRICES[0]) -> dict[str, tuple[float, float]]:
    """Return which yearly changes of the price would close revenue = price x tokens.

    Returns
    -------
    dict
        In x a year, (least, most): ``exact`` for a price without an error of its own, ``as_known``
        for one that is known as badly as the price by its ``meaning``.
    """
    found = {}
    for name, error in (("exact", 0.0), ("as_known", one.prices[meaning].error)):
        reach = REACH * math.hypot(one.price_paid.error, error)
        found[name] = tuple(math.exp(one.price_paid.log + part) for part in (-reach, reach))
    return found


def missing_efficiency(one: Accounts) -> Growth:
    """Return what tokens = compute x efficiency needs beside what the chips alone gained.

    Nobody publishes it, so the second identity closes by definition and tests nothing. Only a
    part below one, fewer tokens from better chips, would speak against the figures.
    """
    return one.tokens_per_compute - chip_efficiency()[0]


def reconcile(
    values: np.ndarray, errors: np.ndarray, constraints: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Move measured values as little as their errors allow until they obey linear constraints.

    Parameters
    ----------
    values, errors : numpy.ndarray, shape (n,)
        Measured values and their standard errors, above zero, taken as independent.
    constraints : numpy.ndarray, shape (m, n)
        Rows that the true values are orthogonal to.

    Returns
    -------
    adjustment, standardised : numpy.ndarray, shape (n,)
        What is added to each value, and that over its own standard error (zero where a value
        stands in no constraint). Under independent normal errors a standardised adjustment is a
        standard normal number.

    Notes
    -----
    Weighted least squares with exact constraints, and the "measurement test" of data
    reconciliation: Mah and Tamhane (1982), AIChE Journal 28(5), 828-830.
    """
    values, errors = np.asarray(values, dtype=float), np.asarray(errors, dtype=float)
    constraints = np.atleast_2d(np.asarray(constraints, dtype=float))
    if not (errors > 0).all():
        raise ValueError("every value needs a standard error above zero: give one, or leave it out")
    variance = np.diag(errors**2)
    inner = np.linalg.inv(constraints @ variance @ constraints.T)
    gain = variance @ constraints.T @ inner
    adjustment = -gain @ (constraints @ values)
    spread = np.sqrt(np.maximum(np.diag(gain @ constraints @ variance), 0.0))
    standardised = np.divide(adjustment, spread, out=np.zeros_like(spread), where=spread > 1e-12)
    return adjustment, standardised


def reconciled(one: Accounts, meaning: str = PRICES[0]) -> pd.DataFrame:
    """Fit both identities to the measured rates and say how far each has to move.

    Tokens for each unit of compute enter as what the chips alone gained
    (:func:`chip_efficiency`): the one part of efficiency that is published. So the fit asks
    whether the chips can be all of it; if not, it names them, or the compute beside them, by
    construction (:func:`missing_efficiency` says what lacks).

    Parameters
    ----------
    one : Accounts
    meaning : str
        One of :data:`PRICES`; not the claim, which has no error.

    Returns
    -------
    pandas.DataFrame
        ``quantity``, ``measured``, ``fitted`` (x a year), ``adjustment`` (logarithms),
        ``standardised``, ``equations`` (in which of the two it stands).
    """
    chips, _, _ = chip_efficiency()
    parts = {
        "compute": (one.compute, (0, 1), "tokens"),
        "what the chips alone gained": (chips, (0, 1), "tokens"),
        "tokens": (one.tokens, (1, -1), "both"),
        "price": (one.prices[meaning], (1, 0), "revenue"),
        "revenue": (one.revenue, (-1, 0), "revenue"),
    }
    values = np.array([growth.log for growth, _, _ in parts.values()])
    errors = np.array([growth.error for growth, _, _ in parts.values()])
    constraints = np.array([row for _, row, _ in parts.values()], dtype=float).T
    adjustment, standardised = reconcile(values, errors, constraints)
    return pd.DataFrame(
        {
            "quantity": list(parts),
            "measured": np.exp(values),
            "fitted": np.exp(values + adjustment),
            "adjustment": adjustment,
            "standardised": standardised,
            "equations": [where for _, _, where in parts.values()],
        }
    )


# ---------------------------------------------------------------------------------------------
# 2. the argument as one small model


@dataclass(frozen=True)
class Argument:
    """The whole argument in a dozen numbers.

    Intelligence is a line in the logarithm of compute, and rises by a bit more each year. A
    dollar buys more compute each year. A level gets cheaper and is used more. Value grows by a
    rate for each point of intelligence. A part of it pays for resources, which wear out.

    Attributes
    ----------
    points_per_decade : float
        Points of intelligence for ten times the compute, at equal date.
    points_per_year : float
        Points that a year of better methods brings at equal compute.
    compute_per_dollar : float
        Growth of what a dollar computes, x per year.
    price_fall : float
        How much cheaper a fixed level gets, x per year.
    demand : float
        Per cent more use for one per cent less price.
    value_per_point : float
        Growth of value for one point of intelligence, in logarithms.
    bend : float
        How that growth changes from point to point: above zero value is super-exponential.
    through_time : float
        Per cent more revenue for one per cent more compute from year-end to year-end.
    credit : float
        Share of the years' progress that was really brought by the resources, 0 to 1.
    back_per_dollar : float
        Value for each dollar spent on compute in the last year with figures.
    reinvested : float
        Share of value that goes back into resources.
    owned : float
        How that dollar is read: 0 if compute is rented and a year's rent keeps it for a year, 1
        if it is owned, wears out over its life, and most of the dollar paid for growth.
    expansion : float
        Growth of spending in that year, logarithms per year; counts only if compute is owned.
    life : float
        Years that owned resources last.
    pace : float
        Growth of investment, in logarithms per year.
    """

    points_per_decade: float = 10.0
    points_per_year: float = 10.0
    compute_per_dollar: float = 1.3
    price_fall: float = 2.0
    demand: float = 1.0
    value_per_point: float = 0.1
    bend: float = 0.0
    through_time: float = 1.0
    credit: float = 0.0
    back_per_dollar: float = 1.0
    reinvested: float = 0.6
    owned: float = 1.0
    expansion: float = 0.0
    life: float = 5.0
    pace: float = 0.5

    @property
    def at_equal_date(self) -> float:
        """Elasticity of value to resources at equal date: observation 1 times observation 3."""
        return self.points_per_decade / np.log(10) * self.value_per_point

    @property
    def years_own(self) -> float:
        """Growth of value that the years bring at unchanged compute, with no credit moved."""
        return self.points_per_year * self.value_per_point + (self.demand - 1) * np.log(
            self.price_fall
        )

    @property
    def progress(self) -> float:
        """Growth of value at unchanged spending, in logarithms per year, with no credit moved."""
        return self.at_equal_date * np.log(self.compute_per_dollar) + self.years_own

    @property
    def elasticity(self) -> float:
        """Elasticity of value to resources, and to compute: the cheaper dollar is in the drift."""
        return self.at_equal_date + self.credit * (self.through_time - self.at_equal_date)

    @property
    def drift(self) -> float:
        """Growth of value at unchanged spending, in logarithms per year.

        What cheaper compute brings stays whatever the credit: nobody's spending is needed for it.
        """
        cheaper = self.elasticity * np.log(self.compute_per_dollar)
        return cheaper + (1 - self.credit) * self.years_own

    @property
    def wear(self) -> float:
        """Share of resources that has to be renewed a year: all of them if they are rented."""
        return self.owned / self.life + (1 - self.owned)

    @property
    def start(self) -> float:
        """Reinvested value over what keeping the resources costs, today.

        Of a dollar spent on owned compute that grew, only wear / (wear + expansion) kept it.
        """
        kept = self.wear / (self.wear + self.owned * self.expansion)
        return self.reinvested * self.back_per_dollar / kept

    @property
    def points_a_year(self) -> float:
        """Points a year while investment grows at its pace."""
        gained = self.pace + np.log(self.compute_per_dollar)
        return self.points_per_decade / np.log(10) * gained + self.points_per_year

    @property
    def fastest_pace(self) -> float:
        """Fastest lasting growth of investment that value keeps up with, logarithms per year."""
        slow = 1 - np.asarray(self.elasticity)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(slow > 0, self.drift / slow, np.inf)[()]

    @property
    def straight(self) -> float:
        """Yearly change of ln(what comes back) while investment grows at its pace, unbent."""
        return self.drift - (1 - self.elasticity) * self.pace

    def headroom(self, years: float) -> float:
        """Return ln(reinvested value / cost of keeping the resources) after years at the pace.

        Above zero, investment that has grown at its pace all the while is paid for.
        """
        bent = self.bend / 2 * (self.points_a_year * years) ** 2
        return np.log(self.start) + self.straight * years + bent

    @property
    def bridge(self) -> float:
        """Years at the pace until what comes back covers the cost; infinite if never, unbent."""
        gap = -np.log(self.start)
        with np.errstate(divide="ignore", invalid="ignore"):
            later = np.where(np.asarray(self.straight) > 0, gap / self.straight, np.inf)
        return np.where(gap <= 0, 0.0, later)[()]

    def years_to(self, times: float) -> float:
        """Return the years at the pace until value has multiplied; infinite if never, unbent."""
        growth = np.asarray(self.drift + self.elasticity * self.pace)
        with np.errstate(divide="ignore"):
            return np.where(growth > 0, np.log(times) / growth, np.inf)[()]


NAMES = tuple(field.name for field in fields(Argument))


def resources(argument: Argument, years: Sequence[float] | np.ndarray) -> np.ndarray:
    """Return resources that are paid for out of the value they make, in closed form.

    With wear d, start r, elasticity e and drift u, resources X obey
    dX/dt = d (r X**e exp(u t) - X) and X = 1 today, so that x = X**(1 - e) is linear:
    x = exp(-(1 - e) d t) (1 + (1 - e) d r (exp(k t) - 1) / k) with k = u + (1 - e) d.
    Without drift this is :func:`three_observations.growth_theorems.reinvestment`.

    Parameters
    ----------
    argument : Argument
        Its bend is left out: with one there is no closed form, see :func:`simulated`.
    years : array, shape (n,)

    Returns
    -------
    numpy.ndarray, shape (n,)
        Infinite once they have no bound.

    Notes
    -----
    Below an elasticity of one, growth tends to u / (1 - e) whatever it was today. Above one it
    becomes infinite in finite time if and only if r > 1 - u / (d (e - 1)).
    """
    at = np.asarray(years, dtype=float)
    wear, start, drift = argument.wear, argument.start, argument.drift
    slow = 1 - argument.elasticity
    if abs(slow) < 1e-9:
        grown = at if drift == 0 else np.expm1(drift * at) / drift
        return np.exp(wear * (start * grown - at))
    rate = drift + slow * wear
    grown = at if abs(rate) < 1e-12 else np.expm1(rate * at) / rate
    inside = 1 + slow * wear * start * grown
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        finite = np.exp(-wear * at) * np.where(inside > 0, inside, np.nan) ** (1 / slow)
    return np.where(inside > 0, finite, np.inf)


def log_value(argument: Argument, log_resources: np.ndarray, years: np.ndarray) -> np.ndarray:
    """Return ln V against today at some resources and times: the three observations in one line.

    Parameters
    ----------
    argument : Argument
    log_resources, years : numpy.ndarray
        ln X and t, of one shape.
    """
    per_log = argument.points_per_decade / np.log(10)
    in_compute = log_resources + np.log(argument.compute_per_dollar) * years
    points = per_log * in_compute + argument.points_per_year * years  # observation 1
    used_more = (argument.demand - 1) * np.log(argument.price_fall) * years  # observation 2
    value = argument.value_per_point * points + argument.bend / 2 * points**2  # observation 3
    gap = argument.through_time - argument.at_equal_date
    moved = argument.credit * (gap * in_compute - argument.years_own * years)
    return value + used_more + moved


def simulated(argument: Argument, years: float = 10.0, steps: int = 2000) -> pd.DataFrame:
    """Follow resources step by step, with whatever bend the argument has (Runge and Kutta).

    Parameters
    ----------
    argument : Argument
    years : float
    steps : int

    Returns
    -------
    pandas.DataFrame
        ``years``, ``resources`` (today 1; infinite beyond e**60), ``back`` (reinvested value
        over the cost of keeping the resources).
    """
    step = years / steps
    start, wear = math.log(argument.start), argument.wear

    def back(log_size: float, at: float) -> float:
        return start + float(log_value(argument, log_size, at)) - log_size

    def slope(log_size: float, at: float) -> float:
        return wear * (math.exp(min(back(log_size, at), 50.0)) - 1)

    size, rows = 0.0, []
    for place in range(steps + 1):
        at = place * step
        lost = size > 60 or not math.isfinite(size)
        rows.append(
            (at, math.inf if lost else math.exp(size), math.nan if lost else back(size, at))
        )
        if lost:
            continue
        one = slope(size, at)
        two = slope(size + step / 2 * one, at + step / 2)
        three = slope(size + step / 2 * two, at + step / 2)
        four = slope(size + step * three, at + step)
        size += step / 6 * (one + 2 * two + 2 * three + four)
    table = pd.DataFrame(rows, columns=["years", "resources", "back"])
    return table.assign(back=np.exp(np.minimum(table["back"], 700.0)))


# ---------------------------------------------------------------------------------------------
# the parameters, one function each


@dataclass(frozen=True)
class Estimate:
    """One borrowed figure with its interval.

    Attributes
    ----------
    value, low, high : float
    interval : str
        What the interval is.
    """

    value: float
    low: float
    high: float
    interval: str


def points_per_decade() -> Estimate:
    """Return what ten times the training compute brings at equal date, in points of the index."""
    return _regressed("compute")


def points_per_year() -> Estimate:
    """Return what a year brings at equal compute, in points of the index."""
    return _regressed("year")


def _regressed(term: str) -> Estimate:
    row = capability_frontier.regressions().set_index(["form", "term"]).loc["compute and year"]
    row = row.loc[term]
    return Estimate(
        float(row["estimate"]),
        float(row["clustered_low"]),
        float(row["clustered_high"]),
        "95%, clustered by organization",
    )


def compute_per_dollar() -> Estimate:
    """Return how many times as much a dollar computes after a year."""
    return Estimate(*cost_decline.compute_price_fall(12.0), "95% as published")


def price_fall(resamples: int = 1000) -> Estimate:
    """Return how many times cheaper a level became in the year after the essay.

    The half-samples are as many as behind the verdict, so that both have one interval.
    """
    table = cost_verdicts.year_after(resamples).set_index("ruler")
    row = table.loc[cost_verdicts.MAIN_RULER]
    return Estimate(
        float(row["fall"]),
        float(row["fall_low"]),
        float(row["fall_high"]),
        "95%, half-samples of the models",
    )


def demand() -> Estimate:
    """Return the published elasticity of demand, which has no interval: the range is ours."""
    table = data.load("published").set_index("result")
    value = -float(table.loc["nber-elasticity", "value"])
    words = "range assumed by this book around one published figure"
    return Estimate(value, min(0.5, value), max(2.0, value), words)


def value_per_point(firm: str = COMPANY) -> Estimate:
    """Return the growth of a firm's run-rate with each point of its best model, in logarithms.

    The fit and the interval are those with residuals that last, the only ones that the verdicts
    on value count.
    """
    found = value_proxies.revenue_curvature((firm,), (value_proxies.INDEX,)).iloc[0]
    low, high = float(found["slope_lasting_low"]), float(found["slope_lasting_high"])
    return Estimate(float(found["slope_lasting"]), low, high, "95%, residuals that last")


def both_values_per_point() -> Estimate:
    """Return the middle of two firms' growth per point and the range of both intervals."""
    firms = [value_per_point(firm) for firm in value_proxies.FIRMS]
    middle = math.exp(sum(math.log(firm.value) for firm in firms) / len(firms))
    return Estimate(
        middle,
        min(firm.low for firm in firms),
        max(firm.high for firm in firms),
        "range of the intervals of two firms",
    )


def bend() -> Estimate:
    """Return the curvature of value: zero, or the nearest to it that the intervals leave open.

    An intersection of two intervals is no interval of anything, and it need not be even about
    zero, so the range counts as assumed; :func:`bend_sensitivity` says what hangs on it.
    """
    found = value_proxies.revenue_curvature(value_proxies.FIRMS, (value_proxies.INDEX,))
    low, high = float(found["lasting_low"].max()), float(found["lasting_high"].min())
    words = "range assumed: what the 95% intervals of both firms leave open"
    if low > high:  # they share nothing: then all that one of them leaves open
        low, high = float(found["lasting_low"].min()), float(found["lasting_high"].max())
        words = "range assumed: what the 95% interval of one firm or the other leaves open"
    return Estimate(min(max(0.0, low), high), low, high, words)


def elasticities_to_compute() -> pd.DataFrame:
    """Return every measured elasticity of revenue, restated for compute.

    Revenue for compute in gigawatts or chips is taken as it is. Where compute is counted in
    dollars, the same history bought more compute for each dollar too: over a row in which dollars
    grew by g a year, compute grew by g + ln h, and the elasticity shrinks by g / (g + ln h).

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`three_observations.value_proxies.elasticities`, and ``growth`` (of
        what revenue answers to, logarithms per year) and ``to_compute``.
    """
    table = value_proxies.elasticities()
    spent = value_proxies.investment_points()
    cheaper = math.log(compute_per_dollar().value)
    growths = []
    for row in table.itertuples():
        ruler = row.answers_to.removeprefix("its compute in ")
        if ruler in compute_revenue.RULERS:
            part = compute_revenue.points(ruler, row.revenue_kind, entity=row.revenue)
            level = part.sort_values("year", kind="stable")["compute"].astype(float)
        else:
            part = spent[spent["spending"] == row.answers_to]
            level = part.sort_values("year", kind="stable")["usd_bn"].astype(float)
        growths.append(math.log(level.iloc[-1] / level.iloc[0]) / (row.last - row.first))
    growth = np.array(growths)
    share = np.where(table["in_dollars"], growth / (growth + cheaper), 1.0)
    return table.assign(growth=growth, to_compute=table["elasticity"] * share)


def through_time(firms: Sequence[str] | None = None, table: pd.DataFrame | None = None) -> Estimate:
    """Return the elasticity of revenue to compute through year-ends, over all measures.

    Parameters
    ----------
    firms : sequence of str, optional
        Whose measures; all if left out.
    table : pandas.DataFrame, optional
        From :func:`elasticities_to_compute`.
    """
    table = elasticities_to_compute() if table is None else table
    if firms is not None:
        table = table[table["revenue"].isin(firms)]
    known = table["to_compute"]
    return Estimate(
        float(known.median()),
        float(known.min()),
        float(known.max()),
        "range over the measures, those in dollars restated for compute",
    )


def credit() -> Estimate:
    """Return how much of the years' progress is the resources' own: nobody can know today."""
    return Estimate(0.5, 0.0, 1.0, "all that is possible: no data can tell")


def back_per_dollar(facts: pd.DataFrame | None = None) -> Estimate:
    """Return revenue for each dollar of compute: the company's last year, and the range of all.

    The range runs over the years of OpenAI with figures and over Anthropic's last year and last
    quarter that give both.
    """
    own = compute_revenue.own_falsifier(facts)
    own = own[own["rests_on"] == "figures"].sort_values("year", kind="stable")
    known = own["per_compute_dollar"].tolist()
    latest = known[-1]
    other = "Anthropic"
    for series, period in (
        ("compute_spending", "year"),
        ("compute_and_infrastructure_cost", "quarter"),
    ):
        earned = compute_revenue.company_series(other, "revenue", facts, period=period)
        spent = compute_revenue.company_series(other, series, facts, period=period)
        both = earned.merge(spent, on="date", suffixes=("_earned", "_spent"))
        if len(both):
            known.append(float(both["value_earned"].iloc[-1] / both["value_spent"].iloc[-1]))
    return Estimate(latest, min(known), max(known), "range over two firms, 2024 to 2026")


def reinvested() -> Estimate:
    """Return what other costs leave of revenue; the range is ours: half of it to all of it."""
    share = 1 - compute_plan.books().other_share
    return Estimate(share, min(0.5, share), max(1.0, share), "range assumed by this book")


def owned() -> Estimate:
    """Return how the dollar spent on compute is read: as rent, and the other way as the range."""
    return Estimate(0.0, 0.0, 1.0, "a choice: 0 rented, 1 owned")


def expansion() -> Estimate:
    """Return how fast spending on compute grew in the year of the last figures, in logarithms.

    The company's own, and the range over the firms with two years of figures.
    """
    known = back_by_year()
    known = known[known["rests_on"] == "figures"].sort_values(["firm", "year"], kind="stable")
    growths = {}
    for firm, part in known.groupby("firm", sort=False):
        if len(part) > 1:
            growths[firm] = math.log(part["spent"].iloc[-1] / part["spent"].iloc[-2])
    if COMPANY not in growths:
        raise KeyError(f"two years of spending on compute of {COMPANY} are needed")
    found = list(growths.values())
    return Estimate(growths[COMPANY], min(found), max(found), "range over two firms")


def life() -> Estimate:
    """Return the years that chips are used: an accounting life, with a range of ours."""
    return Estimate(compute_verdicts.LIFE_OF_CHIPS, 3.0, 6.0, "range assumed by this book")


def pace() -> Estimate:
    """Return the growth of capital spending since the essay, in logarithms per year."""
    found = value_verdicts.spending_growth()
    return Estimate(found.growth, found.low, found.high, "95%, residuals that last")


@dataclass(frozen=True)
class Parameter:
    """What a parameter of the argument is and where it was estimated.

    Attributes
    ----------
    name : str
        A field of :class:`Argument`.
    words, unit : str
    place : str
        Page and anchor, as in a link.
    assumed : bool
        Whether its interval is an assumption of this book and no estimate.
    shape : {"normal", "lognormal", "uniform", "choice"}
        How it is drawn: a choice is not drawn, it stays at its value.
    estimate : callable
    """

    name: str
    words: str
    unit: str
    place: str
    assumed: bool
    shape: str
    estimate: Callable[[], Estimate]


_LOG, _COST, _VALUE, _COMPUTE = (
    "log-of-resources.ipynb",
    "cost-of-a-given-level.ipynb",
    "value-of-intelligence.ipynb",
    "compute-and-revenue.ipynb",
)

#: Every parameter, in the order of the argument.
PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "points_per_decade",
        "Intelligence for ten times the compute",
        "points of the index",
        f"{_LOG}#verdict-training",
        False,
        "normal",
        points_per_decade,
    ),
    Parameter(
        "points_per_year",
        "Intelligence for a year of better methods",
        "points of the index",
        f"{_LOG}#chart-frontier",
        False,
        "normal",
        points_per_year,
    ),
    Parameter(
        "compute_per_dollar",
        "What a dollar computes",
        "x a year",
        "cost-going-deeper.ipynb#verdict-per-compute",
        False,
        "lognormal",
        compute_per_dollar,
    ),
    Parameter(
        "price_fall",
        "Fall of the price of a fixed level",
        "x a year",
        f"{_COST}#verdict-year-after",
        False,
        "lognormal",
        price_fall,
    ),
    Parameter(
        "demand",
        "More use for a lower price",
        "% for each %",
        f"{_COST}#verdict-more-use",
        True,
        "uniform",
        demand,
    ),
    Parameter(
        "value_per_point",
        "Growth of value for each point",
        "logarithms",
        f"{_VALUE}#verdict-revenue",
        False,
        "uniform",
        both_values_per_point,
    ),
    Parameter(
        "bend",
        "How the growth of value rises from point to point",
        "logarithms per point",
        f"{_VALUE}#verdict-super-exponential",
        True,
        "uniform",
        bend,
    ),
    Parameter(
        "through_time",
        "Revenue for compute, from year-end to year-end",
        "% for each %",
        f"{_VALUE}#verdict-elasticity",
        False,
        "uniform",
        through_time,
    ),
    Parameter(
        "credit",
        "Share of the years' progress that is the resources' own",
        "share",
        f"{_COMPUTE}#chart-worlds",
        True,
        "uniform",
        credit,
    ),
    Parameter(
        "back_per_dollar",
        "Revenue for each dollar of compute",
        "dollars",
        f"{_COMPUTE}#verdict-compute-monetised",
        False,
        "uniform",
        back_per_dollar,
    ),
    Parameter(
        "reinvested",
        "Share of revenue that goes back into compute",
        "share",
        f"{_COMPUTE}#chart-break-even",
        True,
        "uniform",
        reinvested,
    ),
    Parameter(
        "owned",
        "Whether compute is owned or rented",
        "1 owned, 0 rented",
        f"{_COMPUTE}#verdict-compute-monetised",
        True,
        "choice",
        owned,
    ),
    Parameter(
        "expansion",
        "Growth of spending in the year of that dollar",
        "logarithms a year",
        f"{_COMPUTE}#verdict-compute-monetised",
        False,
        "uniform",
        expansion,
    ),
    Parameter(
        "life",
        "Years that owned compute lasts",
        "years",
        "compute-going-deeper.ipynb#verdict-compute-long-time",
        True,
        "uniform",
        life,
    ),
    Parameter(
        "pace",
        "Growth of investment",
        "logarithms a year",
        f"{_VALUE}#verdict-kept-growing",
        False,
        "normal",
        pace,
    ),
)


def parameters() -> pd.DataFrame:
    """Estimate every parameter of the argument.

    Returns
    -------
    pandas.DataFrame
        ``name``, ``words``, ``value``, ``low``, ``high``, ``unit``, ``interval``, ``place``,
        ``assumed``, ``shape``, in the order of :data:`PARAMETERS`.
    """
    rows = []
    for parameter in PARAMETERS:
        found = parameter.estimate()
        if not found.low <= found.value <= found.high:
            raise ValueError(
                f"{parameter.name}: {found.value:.4g} lies outside {found.low:.4g} to "
                f"{found.high:.4g}"
            )
        rows.append(
            {
                "name": parameter.name,
                "words": parameter.words,
                "value": found.value,
                "low": found.low,
                "high": found.high,
                "unit": parameter.unit,
                "interval": found.interval,
                "place": parameter.place,
                "assumed": parameter.assumed,
                "shape": parameter.shape,
            }
        )
    return pd.DataFrame(rows)


#: Parameters that are shares, and those that have to lie above zero.
SHARES = ("credit", "owned")
ABOVE_ZERO = (
    "compute_per_dollar",
    "price_fall",
    "through_time",
    "back_per_dollar",
    "reinvested",
    "life",
)


def checked_changes(changes: Mapping[str, float]) -> dict[str, float]:
    """Check a reader's own values before anything is computed with them.

    Parameters
    ----------
    changes : mapping of str to float
        Fields of :class:`Argument` to set otherwise.

    Returns
    -------
    dict of str to float

    Raises
    ------
    ValueError
        If a name is no parameter, or a value is no number or not one that it can have; the
        message says which, and what to write instead.
    """
    if not isinstance(changes, Mapping):
        raise ValueError('CHANGES should be a dict of name to value, such as {"credit": 1.0}')
    found = {}
    for name, value in changes.items():
        if name not in NAMES:
            near = get_close_matches(str(name), NAMES, n=1)
            meant = f"did you mean {near[0]!r}? " if near else ""
            raise ValueError(
                f"there is no parameter {name!r}: {meant}The parameters are {', '.join(NAMES)}"
            )
        if isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(value):
            raise ValueError(f"{name} should be a finite number, not {value!r}")
        if name in SHARES and not 0 <= value <= 1:
            raise ValueError(f"{name} is a share: give a number from 0 to 1, not {value:g}")
        if name in ABOVE_ZERO and value <= 0:
            raise ValueError(f"{name} has to lie above zero, and {value:g} does not")
        if name == "expansion" and value < 0:
            raise ValueError(f"{name} may not lie below zero, and {value:g} does")
        found[name] = float(value)
    return found


def book_argument(table: pd.DataFrame | None = None, **changes: float) -> Argument:
    """Return the argument at the book's values, or at a reader's.

    Parameters
    ----------
    table : pandas.DataFrame, optional
        From :func:`parameters`.
    **changes : float
        Fields of :class:`Argument` to set otherwise, as :func:`checked_changes` takes them.
    """
    changes = checked_changes(changes)
    table = parameters() if table is None else table
    values = dict(zip(table["name"], table["value"].astype(float), strict=True))
    return replace(Argument(**values), **changes)


# ---------------------------------------------------------------------------------------------
# 3. a cloud of draws, the map, and what matters most

#: Years ahead at which the assumptions are compared: at the book's values investment gains as many
#: points in that time as the revenue of either firm has been followed over, and no further.
HORIZON = 2.0


def _two_halves(rng: np.random.Generator, down: float, up: float, number: int) -> np.ndarray:
    """Draw distances with median zero and central 95% from -down to up."""
    drawn = rng.standard_normal(number)
    return drawn * np.where(drawn < 0, down, up) / REACH


def draw_parameters(
    table: pd.DataFrame | None = None, number: int = 2000, seed: int = 20350101
) -> pd.DataFrame:
    """Draw every parameter from its interval, independently of the others.

    They are not independent: :func:`correlation_sensitivity` says what hangs on it.

    Normal and log-normal draws have the value as their median and the interval as their central
    95%, each side with its own spread (two halves of a normal curve, in logarithms for the
    latter). Ranges that are no sampling error are drawn evenly; a choice stays as it is.

    Returns
    -------
    pandas.DataFrame
        One column a field of :class:`Argument`, ``number`` rows.
    """
    table = parameters() if table is None else table
    rng = np.random.default_rng(seed)
    columns = {}
    for row in table.itertuples():
        middle, low, high = float(row.value), float(row.low), float(row.high)
        if row.shape == "choice":
            drawn = np.full(number, middle)
        elif row.shape == "uniform":
            drawn = rng.uniform(low, high, number)
        elif row.shape == "normal":
            drawn = middle + _two_halves(rng, middle - low, high - middle, number)
        else:
            down, up = math.log(middle / low), math.log(high / middle)
            drawn = middle * np.exp(_two_halves(rng, down, up, number))
        columns[row.name] = drawn
    return pd.DataFrame(columns)


def outcomes(draws: pd.DataFrame, years: float = HORIZON) -> pd.DataFrame:
    """Work out what the argument comes to in each draw.

    Returns
    -------
    pandas.DataFrame
        ``elasticity``, ``start``, ``drift``, ``wear``, ``regime``, ``fastest_pace``,
        ``sustained`` (value keeps up with the drawn pace for ever, if it is exponential),
        ``bridge`` (years, :attr:`Argument.bridge`), ``ceiling`` (years until the run-rate of two
        firms would pass the world's output), ``headroom`` (after ``years``), ``paid`` (that is
        above zero).
    """
    one = Argument(**{name: draws[name].to_numpy(float) for name in NAMES})
    found = pd.DataFrame(
        {
            "elasticity": one.elasticity,
            "start": one.start,
            "drift": one.drift,
            "wear": one.wear,
            "fastest_pace": one.fastest_pace,
            "bridge": one.bridge,
            "ceiling": one.years_to(times_to_world_output()),
            "headroom": one.headroom(years),
        }
    )
    named = found[["elasticity", "start", "drift", "wear"]].itertuples(index=False)
    found.insert(4, "regime", [regime(*row) for row in named])
    return found.assign(
        sustained=found["fastest_pace"] >= draws["pace"].to_numpy(float),
        paid=found["headroom"] > 0,
    )


#: Years that resources are followed with a bend. Left to themselves they gain, at the book's
#: values, about as many points in that time as the revenue of a firm has been followed over.
BENT_HORIZON = 3.0

#: What is seen of a draw that is followed for some years without money from outside.
FOLLOWED = {
    "pays all along": (True, True),
    "comes to pay": (False, True),
    "stops paying": (True, False),
    "never pays": (False, False),
}


def followed(
    draws: pd.DataFrame, years: float = BENT_HORIZON, steps: int = 60
) -> tuple[np.ndarray, np.ndarray]:
    """Follow resources without money from outside, all draws at once, with their bends.

    The same steps as :func:`simulated`.

    Returns
    -------
    log_resources, log_back : numpy.ndarray, shape (n,)
        Logarithms of the resources (today 0) and of what comes back over the cost of keeping
        them, after ``years``. Resources stay at e**60 once they get there.
    """
    one = Argument(**{name: draws[name].to_numpy(float) for name in NAMES})
    step, start = years / steps, np.log(one.start)

    def back(size: np.ndarray, at: float) -> np.ndarray:
        return start + log_value(one, size, at) - size

    def slope(size: np.ndarray, at: float) -> np.ndarray:
        return one.wear * np.expm1(np.minimum(back(size, at), 50.0))

    size = np.zeros(len(draws))
    for place in range(steps):
        at = place * step
        first = slope(size, at)
        second = slope(np.minimum(size + step / 2 * first, 60.0), at + step / 2)
        third = slope(np.minimum(size + step / 2 * second, 60.0), at + step / 2)
        fourth = slope(np.minimum(size + step * third, 60.0), at + step)
        size = np.minimum(size + step / 6 * (first + 2 * second + 2 * third + fourth), 60.0)
    return size, back(size, years)


def bend_sensitivity(
    draws: pd.DataFrame, table: pd.DataFrame | None = None, years: float = BENT_HORIZON
) -> pd.DataFrame:
    """Say what hangs on the bend, which the map of regimes leaves out.

    Returns
    -------
    pandas.DataFrame
        ``bend`` (how it is set), a column for each of :data:`FOLLOWED` (share of draws, followed
        for ``years`` without money from outside), ``larger`` (share whose resources are larger
        than today by then), ``paid`` (share paid for after :data:`HORIZON` at the pace).
    """
    table = parameters() if table is None else table
    row = table.set_index("name").loc["bend"]
    low, high = float(row["low"]), float(row["high"])
    drawn = draws["bend"].to_numpy(float)
    reach = max(abs(low), abs(high))
    even = np.linspace(-reach, reach, len(drawn))
    even = np.random.default_rng(20350103).permutation(even)
    rows = []
    for name, bends in (
        ("none, as on the map", 0.0),
        ("as drawn", drawn),
        ("as far down as up", even),
        ("at its low end", low),
        ("at its high end", high),
    ):
        bent = draws.assign(bend=bends)
        size, back = followed(bent, years)
        one = Argument(**{field: bent[field].to_numpy(float) for field in NAMES})
        now = one.start >= 1
        found = {"bend": name}
        for words, (before, after) in FOLLOWED.items():
            found[words] = float(((now == before) & ((back >= 0) == after)).mean())
        found["larger"] = float((size > 0).mean())
        found["paid"] = float((one.headroom(HORIZON) > 0).mean())
        rows.append(found)
    return pd.DataFrame(rows)


def readings(draws: pd.DataFrame) -> pd.DataFrame:
    """Set the regimes of rented compute beside those of owned compute, for the same draws.

    Returns
    -------
    pandas.DataFrame
        ``regime``, ``rented``, ``owned`` (share of draws), ``words``, in the order of
        :data:`REGIMES`; in ``attrs`` the shares that pay today, ``rented`` and ``owned``.
    """
    columns, pays = {}, {}
    for name, share in (("rented", 0.0), ("owned", 1.0)):
        found = outcomes(draws.assign(owned=share))
        columns[name] = regime_shares(found)["share"].to_numpy(float)
        pays[name] = float((found["start"] >= 1).mean())
    table = pd.DataFrame({"regime": list(REGIMES), **columns, "words": list(REGIMES.values())})
    table.attrs = pays
    return table


def implied_histories(
    table: pd.DataFrame | None = None, credits: Sequence[float] = (0.0, 0.5, 1.0)
) -> pd.DataFrame:
    """Say what each credit implies for the last year with figures, beside what happened.

    Returns
    -------
    pandas.DataFrame
        ``firm``, ``first``, ``last``, ``credit``, ``spending`` (growth, x), ``found`` (growth of
        revenue, x), ``book`` (growth that the model implies at the book's values, x), ``own``
        (the same with the firm's own growth per point and its own elasticity).
    """
    table = parameters() if table is None else table
    book, measures = book_argument(table), elasticities_to_compute()
    known = back_by_year()
    known = known[known["rests_on"] == "figures"].sort_values(["firm", "year"], kind="stable")
    rows = []
    for firm, part in known.groupby("firm", sort=False):
        if len(part) < 2:
            continue
        before, now = part.iloc[-2], part.iloc[-1]
        spending = float(now["spent"] / before["spent"])
        own = replace(
            book,
            value_per_point=value_per_point(str(firm)).value,
            through_time=through_time((str(firm),), measures).value,
        )
        for share in credits:
            one, other = (replace(model, credit=share) for model in (book, own))
            rows.append(
                {
                    "firm": firm,
                    "first": int(before["year"]),
                    "last": int(now["year"]),
                    "credit": share,
                    "spending": spending,
                    "found": float(now["back"] / before["back"]) * spending,
                    "book": math.exp(one.drift + one.elasticity * math.log(spending)),
                    "own": math.exp(other.drift + other.elasticity * math.log(spending)),
                }
            )
    return pd.DataFrame(rows)


def times_to_world_output() -> float:
    """Return how many times the last run-rate of both firms the world's output is."""
    table = value_proxies.years_to_world_output()
    row = table[table["what"] == f"run-rate of {value_proxies.BOTH}"].iloc[0]
    return float(row["world_usd_bn"] / row["usd_bn"])


def back_by_year(
    facts: pd.DataFrame | None = None, projections: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return revenue for each dollar of compute, year by year, of both firms.

    Returns
    -------
    pandas.DataFrame
        ``firm``, ``year``, ``rests_on`` ("figures" or "a plan"), ``by``, ``back``, ``spent``
        (USD bn on compute).
    """
    rows = []
    for firm in value_proxies.FIRMS:
        try:
            table = compute_revenue.own_falsifier(facts, projections, entity=firm)
        except KeyError:
            continue
        for row in table.itertuples():
            rows.append((firm, row.year, row.rests_on, row.by, row.per_compute_dollar, row.compute))
    return pd.DataFrame(rows, columns=["firm", "year", "rests_on", "by", "back", "spent"])


def against_history(
    table: pd.DataFrame | None = None, number: int = 2000, seed: int = 20350102
) -> pd.DataFrame:
    """Set what the model says of revenue for each dollar of compute beside what happened.

    The model takes the firm's own growth of spending and its own growth of value per point; the
    rest is drawn. The growth per point was fitted to the same years, so agreement is a check of
    consistency, and only disagreement says much.

    Returns
    -------
    pandas.DataFrame
        ``firm``, ``first``, ``last`` (years), ``rests_on``, ``by``, ``spending`` (growth, x),
        ``found`` (change of revenue for each dollar of compute, x), ``model``, ``low``, ``high``
        (median and middle 95% of draws), ``inside``.
    """
    table = parameters() if table is None else table
    known = back_by_year()
    rows = []
    for firm, part in known.groupby("firm", sort=False):
        drawn = draw_parameters(table, number, seed)
        worth = value_per_point(str(firm))
        error = (worth.high - worth.low) / (2 * REACH)
        drawn["value_per_point"] = np.random.default_rng(seed).normal(worth.value, error, number)
        figures = part[part["rests_on"] == "figures"].sort_values("year", kind="stable")
        for _, now in part.iterrows():
            before = figures[figures["year"] == now["year"] - 1]
            if before.empty:
                continue
            before = before.iloc[0]
            spending = float(now["spent"] / before["spent"])
            drawn["pace"] = math.log(spending)
            change = np.exp(Argument(**{name: drawn[name].to_numpy() for name in NAMES}).straight)
            low, middle, high = np.percentile(change, [2.5, 50, 97.5])
            found = float(now["back"] / before["back"])
            rows.append(
                {
                    "firm": firm,
                    "first": int(before["year"]),
                    "last": int(now["year"]),
                    "rests_on": now["rests_on"],
                    "by": now["by"],
                    "spending": spending,
                    "found": found,
                    "model": float(middle),
                    "low": float(low),
                    "high": float(high),
                    "inside": bool(low <= found <= high),
                }
            )
    return pd.DataFrame(rows)


def regime_shares(found: pd.DataFrame) -> pd.DataFrame:
    """Return the share of draws in each regime, in the order of :data:`REGIMES`."""
    share = found["regime"].value_counts(normalize=True)
    return pd.DataFrame(
        {
            "regime": list(REGIMES),
            "share": [float(share.get(name, 0.0)) for name in REGIMES],
            "words": list(REGIMES.values()),
        }
    )


def one_at_a_time(table: pd.DataFrame | None = None, years: float = HORIZON) -> pd.DataFrame:
    """Move one parameter at a time from one end of its interval to the other.

    Returns
    -------
    pandas.DataFrame
        ``name``, ``words``, ``assumed``, ``at_low``, ``at_high`` (headroom after ``years``),
        ``swing`` (largest less smallest), largest swing first.
    """
    table = parameters() if table is None else table
    middle = book_argument(table)
    rows = []
    for row in table.itertuples():
        ends = [
            replace(middle, **{row.name: float(end)}).headroom(years) for end in (row.low, row.high)
        ]
        rows.append(
            {
                "name": row.name,
                "words": row.words,
                "assumed": row.assumed,
                "at_low": ends[0],
                "at_high": ends[1],
                "swing": abs(ends[1] - ends[0]),
            }
        )
    found = pd.DataFrame(rows)
    return found.sort_values("swing", ascending=False, kind="stable", ignore_index=True)


def importance(draws: pd.DataFrame, found: pd.DataFrame, bins: int = 20) -> pd.DataFrame:
    """Say how much of the spread of the headroom goes with each parameter.

    Returns
    -------
    pandas.DataFrame
        ``name``, ``rank_correlation`` (Spearman), ``share`` (of the variance of the ranks that
        the mean in ``bins`` equal groups of the parameter explains), largest share first. A
        parameter that is the same in all draws has none of it and is left out.
    """
    ranks = found["headroom"].rank(method="first").to_numpy(float)
    total = ranks.var()
    rows = []
    for name in draws.columns[draws.nunique() > 1]:
        order = draws[name].rank(method="first").to_numpy(float)
        groups = np.minimum((bins * (order - 1) / len(order)).astype(int), bins - 1)
        means = np.bincount(groups, ranks, bins) / np.bincount(groups, minlength=bins)
        between = float(((means[groups] - ranks.mean()) ** 2).mean())
        # Groups of pure chance differ too: take out what they would explain.
        chance = (bins - 1) / (len(ranks) - 1)
        rows.append(
            {
                "name": name,
                "rank_correlation": float(np.corrcoef(order, ranks)[0, 1]),
                "share": max(0.0, (between / total - chance) / (1 - chance)),
            }
        )
    table = pd.DataFrame(rows)
    return table.sort_values("share", ascending=False, kind="stable", ignore_index=True)


# ---------------------------------------------------------------------------------------------
# what hangs on drawing the parameters independently


def _normal_scores(values: np.ndarray) -> np.ndarray:
    """Return the quantile of a normal curve that belongs to the rank of each value."""
    ranks = np.argsort(np.argsort(values, kind="stable"), kind="stable")
    quantile = NormalDist().inv_cdf
    in_order = np.array([quantile((place + 0.5) / len(values)) for place in range(len(values))])
    return in_order[ranks]


def _in_the_order_of(values: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Return the same values in another order: the smallest where the scores are smallest."""
    places = np.argsort(np.argsort(scores, kind="stable"), kind="stable")
    return np.sort(values, kind="stable")[places]


def tied(draws: pd.DataFrame, one: str, other: str, rho: float) -> pd.DataFrame:
    """Let two parameters of the draws go together by a Gaussian copula.

    The draws of ``other`` are put into another order and nothing else: each parameter keeps every
    one of its values (Iman and Conover 1982). At ``rho`` zero the order stays as it was.

    Parameters
    ----------
    draws : pandas.DataFrame
        From :func:`draw_parameters`.
    one, other : str
        Columns of it.
    rho : float
        Correlation of the normal scores of both, from -1 to 1.

    Raises
    ------
    ValueError
        If a column is not there, both are the same, or ``rho`` lies outside.
    """
    for name in (one, other):
        if name not in draws:
            raise ValueError(f"there is no parameter {name!r} among {', '.join(draws.columns)}")
    if one == other:
        raise ValueError("two parameters are needed: one goes with itself anyway")
    if not -1 <= rho <= 1:
        raise ValueError(f"a correlation lies from -1 to 1, and {rho:g} does not")
    values = draws[other].to_numpy(float)
    scores = rho * _normal_scores(draws[one].to_numpy(float))
    scores += math.sqrt(1 - rho**2) * _normal_scores(values)
    return draws.assign(**{other: _in_the_order_of(values, scores)})


def all_tied(
    draws: pd.DataFrame, signs: Mapping[str, float], rho: float, seed: int = 20350104
) -> pd.DataFrame:
    """Let all parameters go together by one common factor, the good with the good.

    Parameters
    ----------
    draws : pandas.DataFrame
    signs : mapping of str to float
        Which way each parameter is good, 1 or -1; those that are not named are left alone.
    rho : float
        Correlation of any two, in the direction of their signs, from 0 to 1.
    seed : int
        Of the common factor.
    """
    if not 0 <= rho <= 1:
        raise ValueError(f"with one common factor it lies from 0 to 1, and {rho:g} does not")
    factor = _normal_scores(np.random.default_rng(seed).random(len(draws)))
    moved = {}
    for name, sign in signs.items():
        values = draws[name].to_numpy(float)
        scores = sign * math.sqrt(rho) * factor + math.sqrt(1 - rho) * _normal_scores(values)
        moved[name] = _in_the_order_of(values, scores)
    return draws.assign(**moved)


def estimated_correlation() -> float:
    """Return the correlation of the errors of both gains of intelligence, from one regression.

    Points for a tenfold of compute and points for a year are the two slopes of one fit, clustered
    by organization, so this correlation is known; no other pair comes from one fit.
    """
    fitted = capability_frontier.fit(
        capability_frontier.observations(), ("compute", "year"), clustered=True
    )
    errors = math.sqrt(float(fitted.covariance[1, 1] * fitted.covariance[2, 2]))
    return float(fitted.covariance[1, 2]) / errors


#: Pairs that speak of the same prices, the same spending, or the same revenue, and their names.
RELATED = {
    "prices and demand": ("price_fall", "demand"),
    "investment and revenue": ("pace", "through_time"),
    "value and methods": (
        "value_per_point",
        "points_per_year",
    ),
}


def correlation_sensitivity(
    draws: pd.DataFrame, rho: float = 0.8, years: float = HORIZON
) -> pd.DataFrame:
    """Say what hangs on drawing the parameters independently.

    Every pair of parameters is tied with ``rho`` and with its opposite. Reported are: none tied;
    the two that matter most (:func:`importance`); the pairs of :data:`RELATED`; the pair with an
    estimated correlation; the pairs that move either share furthest; and all, good with good.

    Parameters
    ----------
    draws : pandas.DataFrame
        From :func:`draw_parameters`.
    rho : float
        Above zero, at most 1.
    years : float

    Returns
    -------
    pandas.DataFrame
        ``tied`` (in words), ``one``, ``other`` (names, empty where there are not two), ``rho``,
        ``today`` (share of draws that pays today), ``paid`` (share paid for after ``years``),
        ``low``, ``middle``, ``high`` (of the headroom: median and middle 95%). In ``attrs`` the
        number of ``pairs`` tried and, over all of them, the ends ``today`` and ``paid``.
    """
    if not 0 < rho <= 1:
        raise ValueError(f"rho lies above zero and is at most 1, and {rho:g} does not")
    names = [name for name in NAMES if draws[name].nunique() > 1]
    scores = {name: _normal_scores(draws[name].to_numpy(float)) for name in names}
    values = {name: draws[name].to_numpy(float) for name in NAMES}

    def shares(changed: Mapping[str, np.ndarray]) -> dict[str, float]:
        one = Argument(**{**values, **changed})
        headroom = one.headroom(years)
        low, middle, high = np.percentile(headroom, [2.5, 50, 97.5])
        return {
            "today": float((one.start >= 1).mean()),
            "paid": float((headroom > 0).mean()),
            "low": float(low),
            "middle": float(middle),
            "high": float(high),
        }

    def pair(one: str, other: str, how: float) -> dict[str, float]:
        mixed = how * scores[one] + math.sqrt(1 - how**2) * scores[other]
        return shares({other: _in_the_order_of(values[other], mixed)})

    tried = {
        (one, other, how): pair(one, other, how)
        for one, other in combinations(names, 2)
        for how in (-rho, rho)
    }
    alone = shares({})
    weights = importance(draws, pd.DataFrame({"headroom": Argument(**values).headroom(years)}))
    weights = weights[weights["name"].isin(names)]
    first, second = weights["name"].head(2)

    def entries(words: str, one: str, other: str, hows: Sequence[float]) -> list[dict]:
        return [
            {"tied": words, "one": one, "other": other, "rho": how, **pair(one, other, how)}
            for how in hows
        ]

    def furthest(share: str) -> tuple[str, str]:
        return max(tried, key=lambda key: abs(tried[key][share] - alone[share]))[:2]

    both = (-rho, rho)
    rows = [{"tied": "none, as on the map", "one": "", "other": "", "rho": 0.0, **alone}]
    rows += entries("the two that matter most", first, second, both)
    for words, (one, other) in RELATED.items():
        if one in names and other in names:
            rows += entries(words, one, other, both)
    if {"points_per_decade", "points_per_year"} <= set(names):
        known = estimated_correlation()
        rows += entries(
            "two slopes of one fit",
            "points_per_decade",
            "points_per_year",
            (known,),
        )
    rows += entries("most for what is paid later", *furthest("paid"), both)
    rows += entries("most for what pays today", *furthest("today"), both)
    signs = np.sign(weights.set_index("name")["rank_correlation"]).to_dict()
    together = all_tied(draws, signs, rho)
    rows.append(
        {
            "tied": "all, good with good",
            "one": "",
            "other": "",
            "rho": rho,
            **shares({name: together[name].to_numpy(float) for name in names}),
        }
    )
    table = pd.DataFrame(rows)
    table.attrs = {"pairs": len(tried) // 2} | {
        share: (
            min(found[share] for found in tried.values()),
            max(found[share] for found in tried.values()),
        )
        for share in ("today", "paid")
    }
    return table


#: Ends of the map.
MAP_ELASTICITY = (0.1, 2.5)
MAP_START = (0.2, 2.5)


#: Parameters that a page scales; the others are shifted.
SCALED = tuple(one.name for one in PARAMETERS if one.shape == "lognormal")


#: What a slider with much doubt around it may not fall below.
LEAST = {
    "through_time": 0.05,
    "back_per_dollar": 0.05,
    "reinvested": 0.05,
    "expansion": 0.0,
    "life": 1.0,
}


def page_draws(table: pd.DataFrame, number: int = 300, seed: int = 20350101) -> pd.DataFrame:
    """Return draws as distances from the book's values, for a chart whose sliders move the middle.

    Returns
    -------
    pandas.DataFrame
        ``d_name`` for each parameter: what is added to the slider, or, where the parameter is
        one of :data:`SCALED`, the logarithm of what it is multiplied by.
    """
    drawn = draw_parameters(table, number, seed)
    middle = table.set_index("name")["value"].astype(float)
    return pd.DataFrame(
        {
            f"d_{name}": np.log(drawn[name] / middle[name])
            if name in SCALED
            else drawn[name] - middle[name]
            for name in NAMES
        }
    )


def moved_draws(
    page: pd.DataFrame, values: Mapping[str, float], doubt: float = 1.0
) -> pd.DataFrame:
    """Return the draws of a page for the values of its sliders: the twin of its formulas.

    Parameters
    ----------
    page : pandas.DataFrame
        From :func:`page_draws`.
    values : mapping of str to float
        The sliders.
    doubt : float
        What all distances are multiplied by; zero makes a point of the cloud.
    """
    columns = {}
    for name in NAMES:
        far = doubt * page[f"d_{name}"].to_numpy(float)
        columns[name] = values[name] * np.exp(far) if name in SCALED else values[name] + far
    columns["credit"] = np.clip(columns["credit"], 0.0, 1.0)
    for name, least in LEAST.items():
        columns[name] = np.maximum(columns[name], least)
    return pd.DataFrame(columns)


def page_formulas() -> dict[str, str]:
    """Return, column by column, the Vega expressions behind the live map.

    They read the sliders, called as the fields of :class:`Argument`, a slider ``doubt``, and the
    columns of :func:`page_draws`.
    """
    steps = {}
    for name in NAMES:
        far = f"doubt * datum.d_{name}"
        steps[f"p_{name}"] = f"{name} * exp({far})" if name in SCALED else f"{name} + {far}"
    steps["p_credit"] = f"min(1, max(0, {steps['p_credit']}))"
    for name, least in LEAST.items():
        steps[f"p_{name}"] = f"max({least:g}, {steps[f'p_{name}']})"
    steps["dated"] = "datum.p_points_per_decade / log(10) * datum.p_value_per_point"
    steps["years_own"] = (
        "datum.p_points_per_year * datum.p_value_per_point"
        " + (datum.p_demand - 1) * log(datum.p_price_fall)"
    )
    steps["elasticity"] = "datum.dated + datum.p_credit * (datum.p_through_time - datum.dated)"
    steps["drift"] = (
        "datum.elasticity * log(datum.p_compute_per_dollar)"
        " + (1 - datum.p_credit) * datum.years_own"
    )
    steps["wear"] = "datum.p_owned / datum.p_life + (1 - datum.p_owned)"
    steps["start"] = (
        "datum.p_reinvested * datum.p_back_per_dollar"
        " * (datum.wear + datum.p_owned * datum.p_expansion) / datum.wear"
    )
    steps["regime"] = REGIME_EXPRESSION
    steps["points"] = (
        "datum.p_points_per_decade / log(10) * (datum.p_pace + log(datum.p_compute_per_dollar))"
        " + datum.p_points_per_year"
    )
    steps["straight"] = "datum.drift - (1 - datum.elasticity) * datum.p_pace"
    return steps


# ---------------------------------------------------------------------------------------------
# 4. 2035

#: From 2025 to 2035.
YEARS_TO_2035 = 10
#: Tokens of the API are a part of all tokens: at most so many times as many in all, we assume.
MOST_UNCOUNTED = 10.0


def people(published: pd.DataFrame | None = None) -> float:
    """Return how many people lived in 2025."""
    table = data.table(published, "published").set_index("result")
    return float(table.loc["world-population-2025", "value"]) * 1e9


def sentence_and_rule(rate: float = 10.0, years: int = YEARS_TO_2035) -> dict[str, float]:
    """Say how much of "the capacity of everyone" is ten times a year, compounded.

    Returns
    -------
    dict
        ``compounded`` (what the rule gives), ``people``, ``ratio`` (the rule over the people),
        ``share`` (ln of the rule over ln of the people: the part of the way that it covers),
        ``years`` (that the rule needs for it), ``rate_needed`` (x a year for ten years).
    """
    crowd = people()
    return {
        "compounded": rate**years,
        "people": crowd,
        "ratio": rate**years / crowd,
        "share": years * math.log(rate) / math.log(crowd),
        "years": math.log(crowd) / math.log(rate),
        "rate_needed": crowd ** (1 / years),
    }


def ten_year_falls(resamples: int = 1000, years: int = YEARS_TO_2035) -> pd.DataFrame:
    """Say how much cheaper a level of 2025 gets by 2035, by each rate of the cost chapter.

    Parameters
    ----------
    resamples : int
        Half-samples behind each interval; as many as behind the verdicts.
    years : int

    Returns
    -------
    pandas.DataFrame
        ``rate`` (which), ``times``, ``low``, ``high`` (fall over the years, x), ``of_people``
        (share of the way to one copy for each person of 2025, in logarithms), ``years_needed``
        (at the last yearly rate, for the whole way; infinite if nothing falls), ``note``.

    Notes
    -----
    A rate that is kept for ten years carries its error for ten years: the interval is that of
    the yearly rate to the tenth power. "As levels aged" multiplies the falls of each year of a
    level's life and keeps that of the last known year for the rest.
    """
    crowd = people()
    curve = cost_verdicts.pace(specification.specification_curve(resamples=2))
    after = cost_verdicts.year_after(resamples).set_index("ruler")
    ages = cost_verdicts.falls_by_age(resamples)
    logs = np.log(ages[["fall", "low", "high"]].to_numpy(float))
    kept = years - len(ages)
    errors = (logs[:, 2] - logs[:, 1]) / (2 * REACH)
    errors = np.append(errors[:-1], errors[-1] * (1 + kept))
    aged = float(logs[:, 0].sum() + kept * logs[-1, 0])
    reach = REACH * float(np.sqrt((errors**2).sum()))
    claimed = cost_verdicts.CLAIMED_PER_YEAR
    rows = [("the rule of the essay", claimed, claimed, claimed, "no interval: it is the claim")]
    rows.append(
        (
            "the pace since 2023, kept",
            curve.median,
            curve.lower_quartile,
            curve.upper_quartile,
            "median and middle half of the specifications",
        )
    )
    for ruler, words in (("arena_2026_07", "Arena"), (cost_verdicts.MAIN_RULER, "index")):
        if ruler in after.index:
            row = after.loc[ruler]
            rows.append(
                (
                    f"the year after the essay, kept ({words})",
                    float(row["fall"]),
                    float(row["fall_low"]),
                    float(row["fall_high"]),
                    "95%, half-samples of the models",
                )
            )
    table = [
        {
            "rate": name,
            "times": rate**years,
            "low": low**years,
            "high": high**years,
            "yearly": rate,
            "note": note,
        }
        for name, rate, low, high, note in rows
    ]
    table.append(
        {
            "rate": "as levels aged so far",
            "times": math.exp(aged),
            "low": max(1.0, math.exp(aged - reach)),
            "high": math.exp(aged + reach),
            "yearly": float(np.exp(logs[-1, 0])),
            "note": f"year by year of a level's life; from year {len(ages) + 1} on as year "
            f"{len(ages)}",
        }
    )
    found = pd.DataFrame(table)
    found["of_people"] = np.log(found["times"]) / math.log(crowd)
    left = math.log(crowd) - np.log(found["times"].to_numpy(float))
    yearly = np.log(found["yearly"].to_numpy(float))
    with np.errstate(divide="ignore"):
        found["years_needed"] = np.where(yearly > 0, years + left / yearly, np.inf)
    return found


def per_token(day: pd.Timestamp | str | None = None) -> dict[str, tuple[float, float]]:
    """Bound the energy and the money behind a token of the interview's company.

    Its power and its revenue on the day of its last published volume, over the tokens of that
    day. The upper end counts the tokens of the API alone and all compute, training too. The
    lower end counts the inference part of the compute and :data:`MOST_UNCOUNTED` times the
    tokens, which is an assumption: tokens of ChatGPT are not published.

    Returns
    -------
    dict
        ``joules`` and ``dollars`` a token, each (low, high); ``day``.
    """
    volumes = data.load("token_volumes").sort_values("date", kind="stable")
    own = volumes[(volumes["entity"] == COMPANY) & (volumes["scope"] == "API")]
    if own.empty:
        raise KeyError(f"token_volumes has no volume of the API of {COMPANY}")
    row = own.iloc[-1]
    day = row["date"] if day is None else pd.Timestamp(day)
    volume = float(row["tokens_per_day"])
    watts = compute_revenue.gigawatts_at(day)[0] * 1e9
    history = compute_revenue.run_rate_history(COMPANY)
    revenue = compute_revenue.log_interpolated(
        history["date"], history["run_rate_usd_bn"].astype(float), [day]
    )[0]
    most_joules = watts * 86400 / volume
    most_dollars = revenue * 1e9 / DAYS_PER_YEAR / volume
    inference = 1 - compute_plan.books().training_share
    return {
        "joules": (most_joules * inference / MOST_UNCOUNTED, most_joules),
        "dollars": (most_dollars / MOST_UNCOUNTED, most_dollars),
        "day": day,
    }


#: Who has the output of all people of 2025 at call, at the same time.
CALLERS = {
    "one person": lambda crowd: 1.0,
    "one in a million": lambda crowd: crowd / 1e6,
    "everybody at once": lambda crowd: crowd,
}


def energy_and_money(share_of_output: float = 0.01, years: float = YEARS_TO_2035) -> pd.DataFrame:
    """Say what the sentence takes in gigawatts and in dollars, as far as public figures go.

    One humanity is the output of all people in tokens as the interview counts it, a figure that
    its speaker calls wrong.

    Parameters
    ----------
    share_of_output : float
        Part of the world's output that may be spent on it.
    years : float

    Returns
    -------
    pandas.DataFrame
        ``who``, ``tokens`` (a day), ``gigawatts_low``, ``gigawatts_high``, ``dollars_low``,
        ``dollars_high`` (billions a year), ``of_plan_low``, ``of_plan_high`` (times the company's
        planned gigawatts of 2030), ``of_output_low``, ``of_output_high`` (times the world's
        output), ``energy_fall_low``, ``energy_fall_high`` (x a year by which energy for each
        token must fall to fit into the plan), ``price_fall_low``, ``price_fall_high`` (the same
        for money and a share of the world's output; 1 where it fits already).
    """
    crowd = people()
    published = data.load("published").set_index("result")["value"].astype(float)
    humanity = float(published["interview-humanity-tokens"]) * 1e12
    world = float(published["world-output-2024"]) * 1000
    plan = float(
        compute_revenue.latest_forecast(compute_revenue.RULERS["gigawatts"].series, 2030)["value"]
    )
    bounds = per_token()
    rows = []
    for who, count in CALLERS.items():
        volume = humanity * count(crowd)
        watts = [volume * joule / 86400 / 1e9 for joule in bounds["joules"]]
        money = [volume * DAYS_PER_YEAR * dollar / 1e9 for dollar in bounds["dollars"]]
        row = {"who": who, "tokens": volume}
        for end, power, cost in zip(("low", "high"), watts, money, strict=True):
            row |= {
                f"gigawatts_{end}": power,
                f"dollars_{end}": cost,
                f"of_plan_{end}": power / plan,
                f"of_output_{end}": cost / world,
                f"energy_fall_{end}": max(1.0, power / plan) ** (1 / years),
                f"price_fall_{end}": max(1.0, cost / (world * share_of_output)) ** (1 / years),
            }
        rows.append(row)
    return pd.DataFrame(rows)


def tokens_for_all() -> dict[str, float]:
    """Return the growth in tokens that the verdict on 2035 rests on, from the chapter on value."""
    return value_verdicts.one_humanity_each()
