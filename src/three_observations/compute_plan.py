"""Whether the plan adds up: unit economics, training, 1.4 trillion dollars, and break-even.

The company's own forecasts are read with the day on which they were made.
Two models stand here, and both are small.

*The plan* (:class:`Plan`, :func:`plan_paths`) is an account of one vintage of the forecast:
revenue, less inference, less training, less everything else, year by year from 2025.
:func:`carried_vintages` solves it for one number and sets what comes out beside figures that were
not used; :func:`roles` says which numbers are given, assumed, solved for, and which come out.

*The break-even model* (:class:`Scenario`, :func:`outlook`) starts at the compute and asks what it
earns. It has seven assumptions, each with a low, a best and a high value that are the book's own
(:data:`ASSUMPTIONS`), and a closed form for every year.
:func:`formulas` writes that closed form as expressions for Vega, so that a slider on a page
computes what Python computes, draws included; the tests hold the two together.

Units: money in billions of US dollars a year, compute in GW-years (a gigawatt in use for a year),
growth in x per year.
A year's compute is the mean of the gigawatts at its two ends.
"Training" is all research compute, as in the company's figures; final training runs are a small
part of it.

Methods and where they come from.

*Accounting*: cash flow = revenue - compute - other costs, an identity that defines the last.
*Triangular distribution* by inversion: Johnson, "The triangular distribution as a proxy for the
beta distribution in risk analysis", The Statistician 46, 1997.
*Drivers*: Spearman's rank correlation, first-order variance shares (Sobol, 1993; Saltelli and
others, *Global Sensitivity Analysis*, 2008), and one assumption at a time.
*Evenly spread points* for the page: the additive recurrence on the generalised golden ratio
(Roberts, "The unreasonable effectiveness of quasirandom sequences", 2018).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace

import numpy as np
import pandas as pd

from three_observations import data
from three_observations.compute_revenue import (
    COMPANY,
    RULERS,
    cash_forecasts,
    company_series,
    contested_inference,
    forecasts,
    gigawatt_years,
    latest_forecast,
    mean_levels,
    year_value,
)

#: The last year whose figures are known in full: the models start there.
START = 2025
BY_COMPANY = "OpenAI, as reported"


# ---------------------------------------------------------------------------------------------
# 5. unit economics


@dataclass(frozen=True)
class Books:
    """One year's accounts in a few numbers, in billions of US dollars.

    Attributes
    ----------
    year : int
    revenue : float
        Recognised.
    inference, training : float
        Spending on compute for either.
    other : float
        Everything else, by the identity: revenue - inference - training - cash flow.
    cash_flow : float
    gigawatt_years : float
        Compute in use over the year.
    """

    year: int
    revenue: float
    inference: float
    training: float
    other: float
    cash_flow: float
    gigawatt_years: float

    @property
    def compute(self) -> float:
        """Inference and training together."""
        return self.inference + self.training

    @property
    def other_share(self) -> float:
        """Other costs for each dollar of revenue."""
        return self.other / self.revenue

    @property
    def training_share(self) -> float:
        """Training's part of the spending on compute."""
        return self.training / self.compute

    @property
    def inference_per_revenue(self) -> float:
        """Dollars of inference for each dollar of revenue."""
        return self.inference / self.revenue

    @property
    def cost_per_gigawatt_year(self) -> float:
        """Dollars of compute for each GW-year."""
        return self.compute / self.gigawatt_years


def books(
    year: int = START,
    facts: pd.DataFrame | None = None,
    projections: pd.DataFrame | None = None,
    entity: str = COMPANY,
) -> Books:
    """Gather a year's accounts on a cash basis; the other costs are what closes them.

    Parameters
    ----------
    year : int
    facts : pandas.DataFrame, optional
    projections : pandas.DataFrame, optional
        Where the facts hold no cash flow, that of the newest table of forecasts which states it
        for a year then past.
    entity : str

    Raises
    ------
    KeyError
        If a figure of that year is missing.
    """
    revenue = year_value(entity, "revenue", year, facts)
    inference = year_value(entity, "inference_compute_spending", year, facts)
    training = year_value(entity, "research_compute_spending", year, facts)
    try:
        cash = year_value(entity, "cash_flow", year, facts)
    except KeyError:
        past = cash_forecasts(projections, entity=entity)
        past = past[(past["year"] == year) & ~past["is_forecast"]]
        if past.empty:
            raise KeyError(f"no cash flow of {entity!r} is known for {year}") from None
        cash = float(past["cash_flow"].iloc[-1])
    used = gigawatt_years(entity, facts)
    if year not in used.index:
        raise KeyError(f"no gigawatts of {entity!r} are known at both ends of {year}")
    other = revenue - inference - training - cash
    return Books(year, revenue, inference, training, other, cash, float(used[year]))


def unit_economics(
    facts: pd.DataFrame | None = None,
    projections: pd.DataFrame | None = None,
    years: Sequence[int] = (2024, 2025),
    entity: str = COMPANY,
) -> pd.DataFrame:
    """Return what a gigawatt-year earned and cost, year by year.

    Returns
    -------
    pandas.DataFrame
        One row a year: ``year``, ``gigawatt_years``, ``revenue``, ``inference``, ``training``,
        ``compute``, ``other``, ``cash_flow`` (USD bn); ``revenue_per_gw``, ``compute_per_gw``,
        ``other_per_gw``, ``cash_per_gw`` (USD bn for each GW-year); ``revenue_per_inference_gw``
        (the inference part of the compute counted by its share of the spending),
        ``other_share`` (of revenue), ``training_share`` (of compute), ``closes`` (the other costs
        are not negative: where they are, the figures of that year rest on different bases),
        ``rent_low``, ``rent_high`` (market rent of a GW-year, a check that is not used).
    """
    rent = company_series("market", "rent_per_gw_year", facts)
    rows = []
    for year in years:
        account = books(year, facts, projections, entity)
        size = account.gigawatt_years
        rows.append(
            {
                "year": year,
                "gigawatt_years": size,
                "revenue": account.revenue,
                "inference": account.inference,
                "training": account.training,
                "compute": account.compute,
                "other": account.other,
                "cash_flow": account.cash_flow,
                "revenue_per_gw": account.revenue / size,
                "compute_per_gw": account.cost_per_gigawatt_year,
                "other_per_gw": account.other / size,
                "cash_per_gw": account.cash_flow / size,
                "revenue_per_inference_gw": account.revenue / (size * (1 - account.training_share)),
                "other_share": account.other_share,
                "training_share": account.training_share,
                "closes": account.other >= 0,
                "rent_low": float(rent["low"].iloc[-1]),
                "rent_high": float(rent["high"].iloc[-1]),
            }
        )
    return pd.DataFrame(rows)


def unit_ranges(
    facts: pd.DataFrame | None = None,
    projections: pd.DataFrame | None = None,
    years: Sequence[int] = (2024, 2025),
    entity: str = COMPANY,
) -> pd.DataFrame:
    """Say how far the amounts for a GW-year reach, by what is not known of the GW-years and bills.

    The GW-years reach from the steady growth in x to the straight line between the year-ends, and
    these from the lower to the upper bounds of both ends; the bill for compute reaches over its
    bounds.

    Returns
    -------
    pandas.DataFrame
        One row a year and amount: ``year``, ``amount`` (a column of :func:`unit_economics`),
        ``value``, ``exponential`` (by steady growth in x), ``low``, ``high``, ``one_source``
        (whether any figure in it rests on a single source).
    """
    power = company_series(entity, RULERS["gigawatts"].series, facts, period="moment")
    power = power.set_index(power["date"].dt.year)
    size = {
        (end, how): mean_levels(power[end].astype(float), how)
        for end in ("low", "value", "high")
        for how in ("linear", "exponential")
    }
    spent = company_series(entity, "compute_spending", facts, period="year")
    spent = spent.set_index(spent["date"].dt.year)
    sales = company_series(entity, "revenue", facts, period="year")
    sales = sales.set_index(sales["date"].dt.year)
    rows = []
    for year in years:
        account = books(year, facts, projections, entity)
        bill = spent.loc[year]
        for amount, value, low, high, source in (
            ("revenue_per_gw", account.revenue, account.revenue, account.revenue, sales.loc[year]),
            ("compute_per_gw", account.compute, float(bill["low"]), float(bill["high"]), bill),
        ):
            rows.append(
                {
                    "year": year,
                    "amount": amount,
                    "value": value / size["value", "linear"][year],
                    "exponential": value / size["value", "exponential"][year],
                    "low": low / size["high", "linear"][year],
                    "high": high / size["low", "exponential"][year],
                    "one_source": bool(
                        source["n_sources"] == 1 or power.loc[[year - 1, year], "one_source"].any()
                    ),
                }
            )
    return pd.DataFrame(rows)


def losses_by_name(
    year: int = START, facts: pd.DataFrame | None = None, entity: str = COMPANY
) -> pd.DataFrame:
    """Return what is called a year's loss, and how far the names lie apart.

    Returns
    -------
    pandas.DataFrame
        ``name`` (series of ``company_facts``; "revenue less all costs" is computed), ``usd_bn``
        (losses positive), ``times_cash`` (over the cash burn), ``n_sources``, ``one_source``.
    """
    rows = []
    for name in ("cash_flow", "operating_result", "net_result"):
        try:
            found = company_series(entity, name, facts, period="year")
        except KeyError:
            continue
        found = found[found["date"].dt.year == year]
        for row in found.itertuples():
            rows.append((name, -float(row.value), int(row.n_sources)))
    try:
        costs = company_series(entity, "total_costs", facts, period="year")
        costs = costs[costs["date"].dt.year == year]
    except KeyError:
        costs = pd.DataFrame()
    if len(costs):
        loss = float(costs["value"].iloc[0]) - year_value(entity, "revenue", year, facts)
        rows.append(("revenue less all costs", loss, int(costs["n_sources"].iloc[0])))
    table = pd.DataFrame(rows, columns=["name", "usd_bn", "n_sources"])
    burn = table.loc[table["name"] == "cash_flow", "usd_bn"]
    table.insert(2, "times_cash", table["usd_bn"] / (burn.iloc[0] if len(burn) else np.nan))
    return table.assign(one_source=table["n_sources"] == 1)


def break_even_years(
    fall: float | np.ndarray, account: Books | None = None, other_falls: bool = False
) -> float | np.ndarray:
    """Return the years until a GW-year pays for itself, if it earns what it earned at first.

    Strict proportionality: every GW-year earns what one earned in the year of the account, and
    needs the same other costs; only its own cost falls, by a share every year. It breaks even
    when cost (1 - fall)^t = revenue - other, whatever the amount of compute.

    Parameters
    ----------
    fall : float or array
        Share by which the cost of a GW-year falls every year, 0 to below 1.
    account : Books, optional
        That of :data:`START` if left out.
    other_falls : bool
        Whether the other costs of a GW-year fall by the same share.

    Returns
    -------
    float or numpy.ndarray
        Zero if it pays already; infinite if it never does.
    """
    fall = np.asarray(fall, dtype=float)
    if np.any((fall < 0) | (fall >= 1)):
        raise ValueError("a yearly fall is a share from 0 to below 1")
    account = books() if account is None else account
    earned, cost = account.revenue, account.compute
    if other_falls:
        cost = cost + account.other
    else:
        earned = earned - account.other
    if earned <= 0:
        years = np.full(fall.shape, np.inf)
    else:
        with np.errstate(divide="ignore"):
            years = np.maximum(np.log(earned / cost), -np.inf) / np.log1p(-fall)
        years = np.where(cost <= earned, 0.0, years)
    return float(years) if years.ndim == 0 else years


def doubling_doubles_the_loss(
    folds: Sequence[float] = (1.0, 2.0, 4.0), account: Books | None = None
) -> pd.DataFrame:
    """Multiply a year's compute under strict proportionality: everything multiplies, loss too.

    Returns
    -------
    pandas.DataFrame
        ``fold``, ``gigawatt_years``, ``revenue``, ``compute``, ``other``, ``cash_flow`` (USD bn).
    """
    account = books() if account is None else account
    rows = [
        {
            "fold": fold,
            "gigawatt_years": fold * account.gigawatt_years,
            "revenue": fold * account.revenue,
            "compute": fold * account.compute,
            "other": fold * account.other,
            "cash_flow": fold * (account.revenue - account.compute - account.other),
        }
        for fold in folds
    ]
    return pd.DataFrame(rows)


# ---------------------------------------------------------------------------------------------
# the plan: a model small enough to read at one glance


@dataclass(frozen=True)
class Plan:
    """One vintage of the company's plan in a few numbers, from the accounts of 2025.

    Attributes
    ----------
    revenue_growth : float
        Growth of revenue in the first year, in x.
    revenue_fade : float
        By what factor the log growth of revenue changes from year to year; 1 is steady growth.
    training_growth, training_fade : float
        The same of the spending on training.
    inference_fall : float
        Share by which the inference behind a dollar of revenue gets cheaper every year.
    """

    revenue_growth: float
    revenue_fade: float
    training_growth: float
    training_fade: float
    inference_fall: float


def fading(growth: float, fade: float, years: np.ndarray) -> np.ndarray:
    """Return the level after some years, from 1, if log growth changes by a factor each year.

    ln level = ln growth (1 + fade + ... + fade^(years - 1)).
    """
    years = np.asarray(years, dtype=float)
    steps = years if abs(fade - 1) < 1e-12 else (1 - fade**years) / (1 - fade)
    return growth**steps


def _flows(plan: Plan, account: Books, years: np.ndarray) -> tuple[np.ndarray, ...]:
    """Return revenue, inference, training and other costs, years after the account."""
    revenue = account.revenue * fading(plan.revenue_growth, plan.revenue_fade, years)
    training = account.training * fading(plan.training_growth, plan.training_fade, years)
    inference = revenue * account.inference_per_revenue * (1 - plan.inference_fall) ** years
    return revenue, inference, training, revenue * account.other_share


def plan_cash(plan: Plan, account: Books, last: int = 2030) -> np.ndarray:
    """Return the cash flow of each year from that of the account to the last, in USD bn."""
    revenue, *costs = _flows(plan, account, np.arange(last - account.year + 1.0))
    return revenue - sum(costs)


def plan_paths(plan: Plan, account: Books | None = None, last: int = 2030) -> pd.DataFrame:
    """Return the accounts of a plan year by year.

    Parameters
    ----------
    plan : Plan
    account : Books, optional
        Where it starts; the accounts of :data:`START` if left out.
    last : int
        Last year.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``revenue``, ``inference``, ``training``, ``other``, ``cash_flow`` (USD bn),
        ``inference_share`` (of compute), ``cumulative`` (cash flow since the first year).
        In every row revenue = inference + training + other + cash flow.
    """
    account = books() if account is None else account
    years = np.arange(last - account.year + 1)
    revenue, inference, training, other = _flows(plan, account, years.astype(float))
    cash = revenue - inference - training - other
    return pd.DataFrame(
        {
            "year": account.year + years,
            "revenue": revenue,
            "inference": inference,
            "training": training,
            "other": other,
            "cash_flow": cash,
            "inference_share": inference / (inference + training),
            "cumulative": np.cumsum(cash),
        }
    )


def bisect(
    function: Callable[[float], float], low: float, high: float, what: str = "number"
) -> float:
    """Find where a function changes its sign, to the last digit.

    Raises
    ------
    ValueError
        If it has the same sign at both ends.
    """
    at_low, at_high = function(low), function(high)
    if not np.isfinite([at_low, at_high]).all() or (at_low > 0) == (at_high > 0):
        raise ValueError(f"no {what} between {low:g} and {high:g} fits: widen or check the inputs")
    for _ in range(80):
        middle = (low + high) / 2
        if (function(middle) > 0) == (at_low > 0):
            low = middle
        else:
            high = middle
    return (low + high) / 2


def curve_through(first: tuple[int, float], last: tuple[int, float]) -> tuple[float, float]:
    """Return the growth and the fade that lead through two levels, from 1 in year 0.

    Parameters
    ----------
    first, last : tuple of (years, level)
        Levels above 1, the second later and higher.

    Returns
    -------
    growth, fade : float
        As :func:`fading` takes them.

    Raises
    ------
    ValueError
        If the levels do not rise, or no fade between 0 and 3 leads through both.
    """
    (early, low), (late, high) = first, last
    if not (0 < early < late and 1 < low < high):
        raise ValueError("two levels above 1 are needed, the second later and higher")
    wanted = np.log(high) / np.log(low)

    def steps(fade: float, years: int) -> float:
        return float(sum(fade**year for year in range(years)))

    fade = bisect(lambda q: steps(q, late) / steps(q, early) - wanted, 0.0, 3.0, "fade")
    return float(low ** (1 / steps(fade, early))), fade


#: What is assumed where a vintage came without it, the book's own.
ASSUMED_INFERENCE_FALL = 0.2
ASSUMED_TRAINING_FADE = 0.5


@dataclass(frozen=True)
class Carried:
    """A vintage of the forecast, the plan that carries it, and where its numbers come from.

    Attributes
    ----------
    vintage : str
    plan : Plan
    solved : str
        Name of the number of the plan that was solved for.
    target : str
        What it was solved to meet, in words.
    given : Mapping of str to str
        Where each other number of the plan comes from, by its name.
    """

    vintage: str
    plan: Plan
    solved: str
    target: str
    given: Mapping[str, str]


def _vintage_cash(vintage: str, projections: pd.DataFrame | None) -> pd.Series:
    table = cash_forecasts(projections)
    part = table[table["vintage"] == vintage]
    if part.empty:
        known = ", ".join(dict.fromkeys(table["vintage"]))
        raise KeyError(f"no vintage {vintage!r} of the cash forecast: there are {known}")
    return part.set_index("year")["cash_flow"]


#: Months after the end of a vintage's quarter in which a figure still belongs to it.
MONTHS_LATE = 1


def _belonging(
    series: str, vintage: str, projections: pd.DataFrame | None, first_year: int
) -> pd.DataFrame:
    """Return a vintage's forecasts of a series, for each year the one that most places state."""
    cash = cash_forecasts(projections)
    begun = cash.loc[cash["vintage"] == vintage, "made"].iloc[0]
    until = begun + pd.DateOffset(months=3 + MONTHS_LATE)
    try:
        rows = forecasts(series, projections, by=BY_COMPANY)
    except KeyError:
        return pd.DataFrame(columns=["year", "value", "made", "n_sources"])
    rows = rows[(rows["made"] >= begun) & (rows["made"] < until) & (rows["year"] >= first_year)]
    rows = rows.sort_values(["n_sources", "made"], kind="stable")
    return rows.drop_duplicates("year", keep="last").sort_values("year", kind="stable")


@dataclass(frozen=True)
class Vintage:
    """What one vintage of the cash forecast says, as :func:`read_vintage` finds it.

    Attributes
    ----------
    name : str
    cash : pandas.Series
        Cash flow by year, USD bn.
    sales, training : pandas.DataFrame
        Its revenue and spending on training in the years that it forecasts: ``year``, ``value``
        (USD bn), ``made``, ``n_sources``; empty if there is none.
    """

    name: str
    cash: pd.Series
    sales: pd.DataFrame
    training: pd.DataFrame


def read_vintage(name: str, projections: pd.DataFrame | None = None) -> Vintage:
    """Read what belongs to one vintage of the cash forecast.

    Parameters
    ----------
    name : str
        As :func:`~three_observations.compute_revenue.cash_forecasts` names it.
    projections : pandas.DataFrame, optional

    Raises
    ------
    KeyError
        If there is no such vintage.
    """
    return Vintage(
        name,
        _vintage_cash(name, projections),
        _belonging("revenue", name, projections, START + 1),
        _belonging("training_spending", name, projections, START + 1),
    )


def carry(
    vintage: str | Vintage,
    facts: pd.DataFrame | None = None,
    projections: pd.DataFrame | None = None,
    inference_fall: float = ASSUMED_INFERENCE_FALL,
    training_fade: float = ASSUMED_TRAINING_FADE,
    total: float | None = None,
    account: Books | None = None,
) -> Carried:
    """Find the plan that carries one vintage of the cash forecast.

    Given: the accounts of 2025; the vintage's revenue in the first and the last year for which it
    forecasts any (forecasts of its quarter and the month after belong to it); and the sum of its
    cash flow from 2025 to 2029. If it forecasts training in two years, these are given too, and
    the fall of the cost of inference is solved for. If not, that fall and the fade of training are
    assumed, and the growth of training is solved for. Everything else comes out.

    Parameters
    ----------
    vintage : str or Vintage
        As :func:`~three_observations.compute_revenue.cash_forecasts` names it: ``"2025 Q3"`` is
        the one that the interview quotes. Or as read, for a caller that carries it many times.
    facts, projections : pandas.DataFrame, optional
    inference_fall, training_fade : float
        Assumptions, for a vintage that came without training.
    total : float, optional
        Cash flow from 2025 to 2029, USD bn, in place of the vintage's own.
    account : Books, optional
        From :func:`books`, for a caller that carries many plans.

    Raises
    ------
    KeyError
        If there is no such vintage, or it came without revenue in two years.
    ValueError
        If no number meets the total.
    """
    said = read_vintage(vintage, projections) if isinstance(vintage, str) else vintage
    account = books(facts=facts, projections=projections) if account is None else account
    sales = said.sales
    if len(sales) < 2:
        raise KeyError(f"the vintage {said.name!r} has revenue in fewer than two years")
    levels = [
        (int(row.year) - account.year, float(row.value) / account.revenue)
        for row in (sales.iloc[0], sales.iloc[-1])
    ]
    growth, fade = curve_through(*levels)
    words = " and ".join(
        f"{row.value:g} billion in {row.year}" for row in (sales.iloc[0], sales.iloc[-1])
    )
    given = {"revenue_growth": f"given: {words}", "revenue_fade": f"given: {words}"}
    spent = said.training.iloc[:2]
    both = len(spent) == 2 and list(spent["year"]) == [START + 1, START + 2]
    if both:
        first, second = spent["value"].astype(float)
        training_growth = first / account.training
        training_fade = float(np.log(second / first) / np.log(training_growth))
        words = f"{first:g} billion in {START + 1} and {second:g} in {START + 2}"
        given |= {"training_growth": f"given: {words}", "training_fade": f"given: {words}"}
    else:
        training_growth = np.nan
        given |= {
            "training_fade": "assumed: this book's figure",
            "inference_fall": "assumed: this book's figure",
        }
    total = float(said.cash.loc[START:2029].sum()) if total is None else total
    plan = Plan(growth, fade, training_growth, training_fade, inference_fall)
    solved = "inference_fall" if both else "training_growth"

    def miss(value: float) -> float:
        return float(plan_cash(replace(plan, **{solved: value}), account, 2029).sum()) - total

    low, high = (-1.0, 0.99) if both else (0.2, 50.0)
    found = bisect(miss, low, high, solved.replace("_", " "))
    return Carried(
        said.name,
        replace(plan, **{solved: found}),
        solved,
        f"cash flow of {total:,.0f} billion from {START} to 2029",
        given,
    )


def carried_vintages(
    facts: pd.DataFrame | None = None, projections: pd.DataFrame | None = None
) -> list[Carried]:
    """Return the plans that carry the yearly vintages of the cash forecast, oldest first.

    A vintage that came without revenue cannot be carried and is left out.
    """
    found = []
    for vintage in dict.fromkeys(cash_forecasts(projections)["vintage"]):
        with suppress(KeyError):
            found.append(carry(vintage, facts, projections))
    return found


def carried_paths(
    facts: pd.DataFrame | None = None,
    projections: pd.DataFrame | None = None,
    carried: Sequence[Carried] | None = None,
) -> pd.DataFrame:
    """Set each vintage's cash flow beside what its plan gives, year by year.

    Returns
    -------
    pandas.DataFrame
        ``vintage``, the columns of :func:`plan_paths`, ``forecast`` (the company's cash flow of
        that year), ``miss`` (model less forecast, USD bn), ``training_to_meet`` (spending on
        training at which the model would meet that year's forecast).
    """
    account = books(facts=facts, projections=projections)
    carried = carried_vintages(facts, projections) if carried is None else carried
    parts = []
    for item in carried:
        part = plan_paths(item.plan, account)
        cash = _vintage_cash(item.vintage, projections)
        part.insert(0, "vintage", item.vintage)
        part["forecast"] = part["year"].map(cash)
        part["miss"] = part["cash_flow"] - part["forecast"]
        part["training_to_meet"] = part["training"] + part["miss"]
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def roles(
    facts: pd.DataFrame | None = None,
    projections: pd.DataFrame | None = None,
    carried: Sequence[Carried] | None = None,
) -> pd.DataFrame:
    """Say of each number of each plan whether it is given, assumed or solved for.

    Returns
    -------
    pandas.DataFrame
        ``vintage``, ``number`` (name in :class:`Plan`, or of the accounts of 2025), ``value``,
        ``role`` ("given", "assumed", "solved for", "closes the accounts"), ``why``.
    """
    account = books(facts=facts, projections=projections)
    carried = carried_vintages(facts, projections) if carried is None else carried
    rows = []
    for item in carried:
        for number in ("revenue", "inference", "training", "cash_flow"):
            why = f"accounts of {account.year}"
            rows.append((item.vintage, number, getattr(account, number), "given", why))
        why = "revenue less compute less cash flow; kept as a share of revenue"
        rows.append((item.vintage, "other_share", account.other_share, "closes the accounts", why))
        for field in fields(Plan):
            value = getattr(item.plan, field.name)
            if field.name == item.solved:
                role, why = "solved for", item.target
            else:
                role, _, why = item.given[field.name].partition(": ")
            rows.append((item.vintage, field.name, value, role, why))
    return pd.DataFrame(rows, columns=["vintage", "number", "value", "role", "why"])


def checks(
    facts: pd.DataFrame | None = None,
    projections: pd.DataFrame | None = None,
    carried: Sequence[Carried] | None = None,
) -> pd.DataFrame:
    """Set what comes out of the plans beside published figures that were not used.

    Returns
    -------
    pandas.DataFrame
        ``vintage``, ``quantity``, ``model``, ``published``, ``unit``, ``ratio`` (model over
        published; NaN for years), ``miss`` (model less published), ``used`` ("no"; "looked at":
        the assumed numbers of this vintage were chosen after looking at the fit of its cash flow;
        or "in part": training of the first two years is an input and stands on both sides),
        ``made`` (day of the published figure), ``one_source``.
    """
    account = books(facts=facts, projections=projections)
    carried = carried_vintages(facts, projections) if carried is None else carried
    chosen = {
        item.vintage
        for item in carried
        if any(text.startswith("assumed") for text in item.given.values())
    }
    table = data.table(projections, "projections")
    rent = company_series("market", "rent_per_gw_year", facts).iloc[-1]
    rows = [
        {
            "vintage": "accounts of 2025",
            "quantity": "cost of a GW-year against the market's rent",
            "model": account.cost_per_gigawatt_year,
            "published": float(rent["value"]),
            "unit": "USD bn",
            "made": rent["date"],
            "one_source": bool(rent["one_source"]),
        }
    ]

    def add(vintage: str, quantity: str, model: float, series: str, year: int, unit: str) -> None:
        found = table[(table["series"] == series) & (table["entity"] == COMPANY)]
        found = found[found["year_end"].dt.year == year].sort_values("made", kind="stable")
        if found.empty:
            return
        row = found.iloc[-1]
        rows.append(
            {
                "vintage": vintage,
                "quantity": quantity,
                "model": model,
                "published": float(row["value"]),
                "unit": unit,
                "made": row["made"],
                "one_source": bool(row["n_sources"] == 1),
            }
        )

    for item in carried:
        path = plan_paths(item.plan, account).set_index("year")
        compute = path["inference"] + path["training"]
        cash = _vintage_cash(item.vintage, projections)
        made = cash_forecasts(projections)
        made = made.loc[made["vintage"] == item.vintage, "made"].iloc[0]
        for quantity, model, published in (
            (
                "first year above zero",
                float(path.index[path["cash_flow"] > 0].min()),
                float(cash.index[cash > 0].min()),
            ),
            (
                "deepest year",
                float(path["cash_flow"].idxmin()),
                float(cash.idxmin()),
            ),
        ):
            rows.append(
                {
                    "vintage": item.vintage,
                    "quantity": quantity,
                    "model": model,
                    "published": published,
                    "unit": "year",
                    "made": made,
                    "one_source": False,
                }
            )
        for quantity, model, published in (
            ("cash flow of the deepest year", path["cash_flow"].min(), cash.min()),
            ("cash flow of 2030", path["cash_flow"].loc[2030], cash.loc[2030]),
        ):
            rows.append(
                {
                    "vintage": item.vintage,
                    "quantity": quantity,
                    "model": float(model),
                    "published": float(published),
                    "unit": "USD bn",
                    "made": made,
                    "one_source": False,
                }
            )
        used = _belonging("revenue", item.vintage, projections, START + 1).iloc[1:-1]
        for row in used.itertuples():
            rows.append(
                {
                    "vintage": item.vintage,
                    "quantity": f"revenue in {row.year}",
                    "model": float(path["revenue"].loc[row.year]),
                    "published": float(row.value),
                    "unit": "USD bn",
                    "made": row.made,
                    "one_source": bool(row.n_sources == 1),
                }
            )
        rented = _belonging("compute_spending_2025_2030", item.vintage, projections, START)
        if len(rented):
            bill = float(compute.loc[2025:2030].sum())
            what = "compute, 2025 to 2030 (published: rented servers, upward of)"
            add(item.vintage, what, bill, "compute_spending_2025_2030", 2030, "USD bn")
        if item.solved == "inference_fall":
            ahead = slice(2026, 2030)
            trained = float(path["training"].loc[ahead].sum())
            for quantity, model, series, year in (
                ("training, 2026 to 2030", trained, "training_spending_2026_2030", 2030),
                (
                    "training and running, 2026 to 2030",
                    float(compute.loc[ahead].sum()),
                    "training_and_running_to_2030",
                    2030,
                ),
                ("training in 2028", path["training"].loc[2028], "research_compute_spending", 2028),
                ("compute in 2026", compute.loc[2026], "compute_spending", 2026),
            ):
                add(item.vintage, quantity, float(model), series, year, "USD bn")
    found = pd.DataFrame(rows)
    ratio = found["model"] / found["published"]
    found.insert(5, "ratio", ratio.where((found["unit"] != "year") & (ratio > 0)))
    found.insert(6, "miss", found["model"] - found["published"])
    shape = found["quantity"].str.contains("cash flow|year", regex=True) & (
        ~found["quantity"].str.contains("GW-year")
    )
    tuned = shape & found["vintage"].isin(chosen)
    shared = found["quantity"].isin(
        ("training, 2026 to 2030", "training and running, 2026 to 2030", "compute in 2026")
    )
    used = np.where(tuned, "looked at", np.where(shared, "in part", "no"))
    found.insert(7, "used", used)
    return found


def other_costs_of_the_plan(
    vintage: str = "2026 Q1",
    facts: pd.DataFrame | None = None,
    projections: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Ask what the published sums of a plan leave for other costs, and carry the plan with it.

    :func:`carry` holds other costs at their share of 2025, which no plan states. Revenue less cash
    flow less training and running, each published for 2026 to 2030, leaves another share. Here the
    fall of the cost of inference is solved for under either.

    Returns
    -------
    pandas.DataFrame
        Two rows, ``share_is`` ("that of 2025", "what the published sums leave"): ``other_share``
        (of revenue), ``inference_fall``, ``training_and_running`` (2026 to 2030, as it comes out),
        ``published`` (the same), ``revenue``, ``cash_flow``, ``other`` (sums of the published rows;
        ``other`` is what they leave), ``training_given`` (training of the years that are inputs).

    Raises
    ------
    KeyError
        If the vintage came without training, or a year of its revenue is missing.
    """
    carried = carry(vintage, facts, projections)
    if carried.solved != "inference_fall":
        raise KeyError(f"the vintage {vintage!r} came without training")
    account = books(facts=facts, projections=projections)
    years = list(range(START + 1, 2031))
    cash = _vintage_cash(vintage, projections)
    sales = _belonging("revenue", vintage, projections, START + 1).set_index("year")["value"]
    bill = float(latest_forecast("training_and_running_to_2030", 2030, projections)["value"])
    given = _belonging("training_spending", vintage, projections, START + 1).iloc[:2]
    revenue, flow = float(sales.loc[years].sum()), float(cash.loc[years].sum())
    rest = revenue - flow - bill
    ahead = float(cash.loc[START + 1 : 2029].sum())
    rows = []
    for words, share in (
        ("that of 2025", account.other_share),
        ("what the published sums leave", rest / revenue),
    ):
        start = replace(account, other=share * account.revenue)

        def miss(fall: float, start: Books = start) -> float:
            plan = replace(carried.plan, inference_fall=fall)
            return float(plan_cash(plan, start, 2029)[1:].sum()) - ahead

        fall = bisect(miss, -1.0, 0.99, "inference fall")
        path = plan_paths(replace(carried.plan, inference_fall=fall), start).set_index("year")
        rows.append(
            {
                "share_is": words,
                "other_share": share,
                "inference_fall": fall,
                "training_and_running": float(
                    path.loc[years, ["inference", "training"]].sum().sum()
                ),
                "published": bill,
                "revenue": revenue,
                "cash_flow": flow,
                "other": rest,
                "training_given": float(given["value"].sum()),
            }
        )
    return pd.DataFrame(rows)


def least_inference_fall(
    vintage: str = "2025 Q3",
    training_fades: Sequence[float] = (0.3, 0.5, 0.7),
    facts: pd.DataFrame | None = None,
    projections: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Say how fast inference has to get cheaper for each dollar of revenue in a vintage.

    With its revenue and its total to 2029 kept, the smallest fall a year with which the plan
    reaches zero in the first profitable year of the vintage.

    Returns
    -------
    pandas.DataFrame
        ``vintage``, ``training_fade`` (assumed), ``least_fall`` (share a year; NaN if none
        between 0 and 0.6 does),
        ``training_growth`` (solved for), ``first_profit`` (year).
    """
    account = books(facts=facts, projections=projections)
    cash = _vintage_cash(vintage, projections)
    first = int(cash.index[cash > 0].min())
    total = float(cash.loc[START:2029].sum())
    plan = carry(vintage, facts, projections).plan
    rows = []
    for training_fade in training_fades:

        def met(fall: float, training_fade: float = training_fade) -> Plan:
            trial = replace(plan, inference_fall=fall, training_fade=training_fade)

            def miss(value: float) -> float:
                cash = plan_cash(replace(trial, training_growth=value), account, 2029)
                return float(cash.sum()) - total

            return replace(trial, training_growth=bisect(miss, 0.05, 50.0, "training growth"))

        try:
            least = bisect(
                lambda fall, met=met: float(plan_cash(met(fall), account, first)[-1]),
                0.0,
                0.6,
                "fall",
            )
            training_growth = met(least).training_growth
        except ValueError:
            least = training_growth = np.nan
        rows.append(
            {
                "vintage": vintage,
                "training_fade": training_fade,
                "least_fall": least,
                "training_growth": training_growth,
                "first_profit": first,
            }
        )
    return pd.DataFrame(rows)


def needed_per_inference_gigawatt(
    cost_falls: Sequence[float] = (0.0, 0.1, 0.2),
    facts: pd.DataFrame | None = None,
    projections: pd.DataFrame | None = None,
    carried: Sequence[Carried] | None = None,
) -> pd.DataFrame:
    """Say what each vintage needs a gigawatt of inference to earn.

    Inference costs c dollars a GW-year and v dollars for each dollar of revenue, so it earns c / v.
    If c falls by f a year and v by d, revenue of an inference GW-year changes by (1 - f) / (1 - d).

    Parameters
    ----------
    cost_falls : sequence of float
        Fall of the cost of a GW-year, a share a year; assumed.
    facts, projections : pandas.DataFrame, optional
    carried : sequence of Carried, optional

    Returns
    -------
    pandas.DataFrame
        ``vintage``, ``cost_fall``, ``year``, ``revenue_per_inference_gw`` (USD bn for a GW-year),
        ``times_2025``, ``a_year`` (x per year), ``inference_gw_years``.
    """
    account = books(facts=facts, projections=projections)
    carried = carried_vintages(facts, projections) if carried is None else carried
    rows = []
    for item in carried:
        path = plan_paths(item.plan, account)
        for fall in cost_falls:
            if not 0 <= fall < 1:
                raise ValueError("the fall of a cost is a share from 0 to below 1")
            years = (path["year"] - account.year).to_numpy(float)
            cost = account.cost_per_gigawatt_year * (1 - fall) ** years
            size = path["inference"].to_numpy() / cost
            earned = path["revenue"].to_numpy() / size
            for year, value, amount in zip(path["year"], earned, size, strict=True):
                rows.append(
                    {
                        "vintage": item.vintage,
                        "cost_fall": fall,
                        "year": int(year),
                        "revenue_per_inference_gw": float(value),
                        "times_2025": float(value / earned[0]),
                        "a_year": (1 - fall) / (1 - item.plan.inference_fall),
                        "inference_gw_years": float(amount),
                    }
                )
    return pd.DataFrame(rows)


def if_the_gigawatts_come(
    carried: Carried | None = None,
    facts: pd.DataFrame | None = None,
    projections: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Divide a plan's dollars by the gigawatts that the company plans to have.

    Dollars and gigawatts come from different statements, so this is a check on both: what a
    GW-year may cost, and what a GW-year of inference has to earn, if both come true.

    Parameters
    ----------
    carried : Carried, optional
        The plan; that of early 2026 if left out.
    facts, projections : pandas.DataFrame, optional

    Returns
    -------
    pandas.DataFrame
        ``year``, ``gigawatt_years``, ``rests_on`` (of the gigawatts), ``compute`` (USD bn, of the
        plan), ``cost_per_gw`` (USD bn for a GW-year), ``cost_fall`` (share a year since 2025),
        ``revenue_per_gw``, ``revenue_per_inference_gw`` (USD bn; inference by its share of the
        dollars), ``times_2025`` (of the last), ``made`` (day of the gigawatts' plan),
        ``one_source`` (of these).
    """
    account = books(facts=facts, projections=projections)
    carried = carry("2026 Q1", facts, projections) if carried is None else carried
    size = planned_gigawatt_years(facts, projections).set_index("year")
    path = plan_paths(carried.plan, account, int(size.index.max())).set_index("year")
    size = size.loc[path.index]
    compute = path["inference"] + path["training"]
    cost = compute / size["gigawatt_years"]
    years = path.index.to_numpy() - account.year
    with np.errstate(divide="ignore"):
        fall = 1 - (cost / cost.iloc[0]) ** (1 / np.where(years > 0, years, np.inf))
    earned = path["revenue"] / (size["gigawatt_years"] * path["inference_share"])
    table = pd.DataFrame(
        {
            "gigawatt_years": size["gigawatt_years"],
            "rests_on": size["rests_on"],
            "compute": compute,
            "cost_per_gw": cost,
            "cost_fall": fall.where(years > 0),
            "revenue_per_gw": path["revenue"] / size["gigawatt_years"],
            "revenue_per_inference_gw": earned,
            "times_2025": earned / earned.iloc[0],
            "made": size["made"],
            "one_source": size["one_source"],
        }
    )
    return table.reset_index(names="year")


def planned_gigawatt_years(
    facts: pd.DataFrame | None = None,
    projections: pd.DataFrame | None = None,
    last: int = 2030,
) -> pd.DataFrame:
    """Return the compute in use each year if the newest plans for year-ends come true.

    Year-ends between two plans are read on the line of steady growth between them.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``year_end_gw``, ``gigawatt_years``, ``rests_on`` ("figures", "a plan",
        "between plans"), ``made`` (day of the plan), ``one_source`` (of the figure or plan).
    """
    series = RULERS["gigawatts"].series
    known = company_series(COMPANY, series, facts, period="moment")
    ends = {
        row.date.year: (float(row.value), "figures", pd.NaT, bool(row.one_source))
        for row in known.itertuples()
    }
    start = max(ends)
    plan = forecasts(series, projections).drop_duplicates("year", keep="last")
    for row in plan[plan["year"] > start].itertuples():
        ends[row.year] = (float(row.value), "a plan", row.made, bool(row.one_source))
    years = sorted(ends)
    span = np.arange(years[0], min(last, years[-1]) + 1)
    level = np.exp(np.interp(span, years, np.log([ends[year][0] for year in years])))
    mean = mean_levels(pd.Series(level, index=span))
    rows = [
        {
            "year": int(year),
            "year_end_gw": float(level[place]),
            "gigawatt_years": float(mean[year]),
            "rests_on": ends[year][1] if year in ends else "between plans",
            "made": ends[year][2] if year in ends else pd.NaT,
            "one_source": year in ends and ends[year][3],
        }
        for place, year in enumerate(span)
        if place > 0
    ]
    return pd.DataFrame(rows)


# ---------------------------------------------------------------------------------------------
# 6. the share of training


def training_share(
    facts: pd.DataFrame | None = None, projections: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the share of training in the spending on compute, in the past and in the plan.

    Returns
    -------
    pandas.DataFrame
        ``entity``, ``period`` (year or years), ``rests_on`` ("figures" or "a plan"),
        ``training``, ``compute`` (USD bn), ``share``, ``low``, ``high`` (by the bounds of training
        where it has any, else by those of all compute; ``low`` also by the leaked and contested
        spending on inference, :func:`compute_revenue.contested_inference`; NaN without),
        ``inference_leads`` (share below one half), ``made`` (later day of the plans),
        ``training_made`` (day of the plan of training), ``note``, ``n_sources``, ``one_source``.
    """
    rows = []
    every = data.table(facts, "company_facts")
    entities = every.loc[every["series"] == "research_compute_spending", "entity"]
    for entity in dict.fromkeys(entities):
        trained = company_series(entity, "research_compute_spending", facts, period="year")
        spent = company_series(entity, "compute_spending", facts, period="year")
        for row in trained.itertuples():
            total = spent[spent["date"] == row.date]
            if total.empty:
                continue
            total = total.iloc[0]
            if pd.notna(row.low) and pd.notna(row.high):
                low, high = row.low / total["value"], row.high / total["value"]
            else:
                low, high = row.value / total["high"], row.value / total["low"]
            leaked = contested_inference(facts, entity).get(row.date.year, 0.0)
            low = min(low, 1 - leaked / total["value"])
            rows.append(
                {
                    "entity": entity,
                    "period": str(row.date.year),
                    "rests_on": "figures",
                    "training": float(row.value),
                    "compute": float(total["value"]),
                    "low": float(low),
                    "high": float(high),
                    "made": pd.NaT,
                    "training_made": pd.NaT,
                    "note": "",
                    "n_sources": int(min(row.n_sources, total["n_sources"])),
                }
            )

    def planned(period: str, top: pd.Series, bottom: pd.Series, note: str) -> None:
        rows.append(
            {
                "entity": COMPANY,
                "period": period,
                "rests_on": "a plan",
                "training": float(top["value"]),
                "compute": float(bottom["value"]),
                "low": np.nan,
                "high": np.nan,
                "made": max(top["made"], bottom["made"]),
                "training_made": top["made"],
                "note": note,
                "n_sources": int(min(top["n_sources"], bottom["n_sources"])),
            }
        )

    for top, bottom, year, period, note in (
        ("training_spending", "compute_spending", START + 1, str(START + 1), "two statements"),
        (
            "research_compute_spending",
            "compute_spending",
            START + 1,
            str(START + 1),
            "two statements; a later and lower figure of training",
        ),
        (
            "training_spending_2026_2030",
            "training_and_running_to_2030",
            2030,
            f"{START + 1}-2030",
            "sums over the years",
        ),
    ):
        with suppress(KeyError):
            planned(
                period,
                latest_forecast(top, year, projections),
                latest_forecast(bottom, year, projections),
                note,
            )
    found = pd.DataFrame(rows)
    share = found["training"] / found["compute"]
    found.insert(5, "share", share)
    found.insert(8, "inference_leads", share < 0.5)
    return found.assign(one_source=found["n_sources"] == 1)


def said_of_inference(
    projections: pd.DataFrame | None = None, entity: str = COMPANY
) -> pd.DataFrame:
    """Return every dated forecast of how compute is split between training and inference.

    Returns
    -------
    pandas.DataFrame
        ``made``, ``training_made`` (day of the figure of training, where training and the whole
        come from two statements), ``year`` (of which it speaks), ``single_year`` (not a sum over
        years), ``inference`` (share of the spending; "more than half" stands as one half),
        ``training`` (the rest), ``leads`` (inference is the larger part, as far as it says),
        ``note``, ``n_sources``, ``one_source``; oldest first.
    """
    shares = training_share(projections=projections)
    plans = shares[(shares["rests_on"] == "a plan") & (shares["entity"] == entity)]
    rows = [
        {
            "made": row.made,
            "training_made": row.training_made,
            "year": int(row.period[-4:]),
            "single_year": "-" not in row.period,
            "inference": 1 - row.share,
            "leads": row.share < 0.5,
            "note": row.note,
            "n_sources": row.n_sources,
        }
        for row in plans.itertuples()
    ]
    with suppress(KeyError):
        for row in forecasts(
            "inference_share_of_compute_spending", projections, entity=entity
        ).itertuples():
            rows.append(
                {
                    "made": row.made,
                    "training_made": row.made,
                    "year": int(row.year),
                    "single_year": True,
                    "inference": float(row.value) / 100,
                    "leads": float(row.value) >= 50,
                    "note": "more than this share",
                    "n_sources": int(row.n_sources),
                }
            )
    columns = ["made", "training_made", "year", "single_year", "inference", "leads", "note"]
    found = pd.DataFrame(rows, columns=[*columns, "n_sources"])
    found.insert(5, "training", 1 - found["inference"])
    found = found.assign(one_source=found["n_sources"] == 1)
    return found.sort_values(["made", "year", "inference"], kind="stable").reset_index(drop=True)


def training_of_all_costs(
    facts: pd.DataFrame | None = None,
    projections: pd.DataFrame | None = None,
    vintage: str = "2026 Q1",
) -> pd.DataFrame:
    """Set training beside *all* costs on a cash basis: revenue less cash flow.

    The host speaks of the whole structure of costs, not of compute alone.

    Parameters
    ----------
    facts, projections : pandas.DataFrame, optional
    vintage : str
        Of the cash forecast whose revenue and cash flow give the costs of the coming years.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``rests_on``, ``training``, ``costs`` (USD bn), ``share``, ``made`` (later day of
        the forecasts), ``one_source``. A year stands twice if two forecasts of training differ.
        Years whose accounts do not close are left out.
    """
    rows = []
    for year in (START - 1, START):
        with suppress(KeyError):
            account = books(year, facts, projections)
            if account.other >= 0:
                costs = account.revenue - account.cash_flow
                rows.append((year, "figures", account.training, costs, pd.NaT, 2))
    cash = cash_forecasts(projections)
    cash = cash[cash["vintage"] == vintage].set_index("year")
    sales = _belonging("revenue", vintage, projections, START + 1).set_index("year")
    for series in ("training_spending", "research_compute_spending"):
        with suppress(KeyError):
            trained = forecasts(series, projections, by=BY_COMPANY)
            trained = trained[trained["made"] >= cash["made"].iloc[0]]
            for row in trained.itertuples():
                if row.year in sales.index and row.year in cash.index:
                    costs = float(sales.loc[row.year, "value"] - cash.loc[row.year, "cash_flow"])
                    made = max(row.made, sales.loc[row.year, "made"])
                    sources = min(int(row.n_sources), int(sales.loc[row.year, "n_sources"]))
                    rows.append((row.year, "a plan", float(row.value), costs, made, sources))
    found = pd.DataFrame(
        rows, columns=["year", "rests_on", "training", "costs", "made", "n_sources"]
    )
    found.insert(4, "share", found["training"] / found["costs"])
    found = found.assign(one_source=found["n_sources"] == 1)
    return found.sort_values(["year", "made"], kind="stable").reset_index(drop=True)


def without_more_training(
    carried: Carried | None = None,
    facts: pd.DataFrame | None = None,
    projections: pd.DataFrame | None = None,
    kept: float = 0.0,
    account: Books | None = None,
) -> pd.DataFrame:
    """Let training grow less than in a plan and leave everything else of the plan as it is.

    What it leaves out: a company that stops to train more may earn less. ``break_even_loss`` says
    how large that loss would have to be to undo the saving: the share of the plan's revenue whose
    margin (after inference and other costs) equals what is saved.

    Parameters
    ----------
    carried : Carried, optional
        The plan; the one of early 2026 if left out.
    facts, projections : pandas.DataFrame, optional
    kept : float
        Share of the log growth of training that is kept, 0 to 1: at 0 training stays at its level
        of 2025, at one half it grows by the square root of what the plan has.
    account : Books, optional
        From :func:`books`, for a caller that looks at many plans.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``revenue`` and ``cash_flow`` (of the plan), ``saved`` (training of the plan less
        the smaller one),
        ``without`` (cash flow then), ``margin`` (revenue less inference and other costs),
        ``break_even_loss`` (share of that year's revenue; above 1: no loss of revenue in that
        year would undo the saving), ``cumulative``, ``cumulative_without``.
    """
    if not 0 <= kept <= 1:
        raise ValueError("the share of growth that is kept lies between 0 and 1")
    account = books(facts=facts, projections=projections) if account is None else account
    carried = carry("2026 Q1", facts, projections) if carried is None else carried
    path = plan_paths(carried.plan, account)
    saved = path["training"] - account.training * (path["training"] / account.training) ** kept
    margin = path["revenue"] - path["inference"] - path["other"]
    without = path["cash_flow"] + saved
    return pd.DataFrame(
        {
            "year": path["year"],
            "revenue": path["revenue"],
            "cash_flow": path["cash_flow"],
            "saved": saved,
            "without": without,
            "margin": margin,
            "break_even_loss": (saved / margin).where(margin > 0),
            "cumulative": path["cumulative"],
            "cumulative_without": without.cumsum(),
        }
    )


# ---------------------------------------------------------------------------------------------
# 7. the 1.4 trillion


def commitment_total(commitments: pd.DataFrame | None = None) -> pd.Series:
    """Return the row of the 1.4 trillion dollars that the interview names.

    Raises
    ------
    KeyError
        If the table lacks it.
    """
    rows = data.table(commitments, "commitments")
    rows = rows[rows["commitment"] == "altman-total"]
    if rows.empty:
        raise KeyError("commitments has no row 'altman-total'")
    return rows.iloc[0]


def signed_deals(commitments: pd.DataFrame | None = None, buyer: str = COMPANY) -> pd.DataFrame:
    """Return the signed deals behind the sum that is quoted, and what their values rest on.

    Returns
    -------
    pandas.DataFrame
        ``counterparty``, ``usd_bn``, ``value_is`` ("a published price"; "worked out", where no
        price was published; "not a price", where the deal was replaced or the money flows the
        other way), ``status``, ``date``, ``n_sources``, ``one_source``; largest first.
    """
    rows = data.table(commitments, "commitments")
    rows = rows[rows["counted"].astype(bool) & (rows["buyer"] == buyer)]
    value_is = np.where(
        rows["status"] == "superseded",
        "not a price",
        np.where(rows["kind"] == "estimate", "worked out", "a published price"),
    )
    found = pd.DataFrame(
        {
            "counterparty": rows["counterparty"],
            "usd_bn": rows["value_usd_bn"].astype(float),
            "value_is": value_is,
            "status": rows["status"],
            "date": rows["date"],
            "n_sources": rows["n_sources"],
            "one_source": rows["n_sources"] == 1,
        }
    )
    order = ["usd_bn", "counterparty"]
    found = found.sort_values(order, ascending=[False, True], kind="stable")
    return found.reset_index(drop=True)


def growth_that_carries(
    total: float, years: int, revenue: float, share: float, interest: float = 0.0
) -> float:
    """Return the steady growth of revenue whose share, added up, pays a sum within some years.

    sum over n = 1 .. years of share revenue growth^n / (1 + interest)^n = total.

    Parameters
    ----------
    total : float
        To be paid, USD bn.
    years : int
    revenue : float
        Of the year before the first.
    share : float
        Part of revenue that is left for it, above 0, at most 1.
    interest : float
        Yearly rate at which later money counts less.

    Returns
    -------
    float
        x per year; below 1 if today's revenue pays it already.
    """
    if total <= 0 or revenue <= 0 or years < 1 or not 0 < share <= 1 or interest < 0:
        raise ValueError("sum, revenue and years are above zero, a share between 0 and 1")
    ahead = np.arange(1, years + 1)

    def miss(growth: float) -> float:
        return float((share * revenue * (growth / (1 + interest)) ** ahead).sum()) - total

    return bisect(miss, 1e-3, 1e4, "growth")


def carrying_the_commitments(
    spans: Sequence[int] = (8, 10, 15, 20),
    interests: Sequence[float] = (0.0, 0.08),
    facts: pd.DataFrame | None = None,
    projections: pd.DataFrame | None = None,
    commitments: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Spread the 1.4 trillion dollars over several spans and ask what growth carries it.

    Parameters
    ----------
    spans : sequence of int
        Years from 2026 on.
    interests : sequence of float
        Yearly rates at which later money counts less.
    facts, projections, commitments : pandas.DataFrame, optional

    Returns
    -------
    pandas.DataFrame
        ``years``, ``interest``, ``a_year`` (USD bn if spread evenly), ``times_revenue`` (a year's
        part over the revenue of 2025), ``growth`` (x per year that pays it out of revenue less
        other costs, their share as in 2025; out of all revenue where the accounts leave none),
        ``growth_all`` (out of every dollar of revenue),
        ``last_revenue`` (USD bn in the last year at ``growth``), ``own_plan`` (growth that the
        company forecast from 2025 to 2030, x per year).
    """
    total = float(commitment_total(commitments)["value_usd_bn"])
    account = books(facts=facts, projections=projections)
    try:
        forecast = latest_forecast("revenue", 2030, projections, by=BY_COMPANY)
        own = float(forecast["value"] / account.revenue) ** (1 / (2030 - account.year))
    except KeyError:
        own = np.nan
    rows = []
    for years in spans:
        for interest in interests:
            share = min(1.0, 1 - account.other_share)
            growth = growth_that_carries(total, years, account.revenue, share, interest)
            rows.append(
                {
                    "years": years,
                    "interest": interest,
                    "a_year": total / years,
                    "times_revenue": total / years / account.revenue,
                    "growth": growth,
                    "growth_all": growth_that_carries(total, years, account.revenue, 1.0, interest),
                    "last_revenue": account.revenue * growth**years,
                    "own_plan": own,
                }
            )
    return pd.DataFrame(rows)


def dollars_per_gigawatt_year(
    life: float = 5.0,
    facts: pd.DataFrame | None = None,
    projections: pd.DataFrame | None = None,
    commitments: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Bring every deal, target and figure to dollars for a gigawatt-year.

    Deals that state years are divided by gigawatts and years. Prices of things that are bought
    (chips, sites) are divided by the years for which they are used. Targets to 2030 are divided
    by the GW-years of the planned year-ends (:func:`planned_gigawatt_years`). Deals without
    gigawatts are left out.

    Parameters
    ----------
    life : float
        Years for which chips are used; the book's own assumption.
    facts, projections, commitments : pandas.DataFrame, optional

    Returns
    -------
    pandas.DataFrame
        ``what``, ``group`` ("deal", "total", "target", "price", "accounts"), ``usd_bn``,
        ``gigawatts``, ``years``, ``gigawatt_years``, ``per_gw`` (USD bn for a GW; NaN for
        targets and rents), ``per_gw_year``, ``how``, ``status``, ``date``, ``n_sources``,
        ``one_source``; dearest GW-year first.
    """
    if life <= 0:
        raise ValueError("chips are used for some years: give a life above zero")
    deals = data.table(commitments, "commitments")
    power = planned_gigawatt_years(facts, projections).set_index("year")["gigawatt_years"]
    rows = []

    def add(what: str, group: str, usd: float, power_years: float, how: str, **more) -> None:
        rows.append(
            {
                "what": what,
                "group": group,
                "usd_bn": usd,
                "gigawatts": np.nan,
                "years": np.nan,
                "gigawatt_years": power_years,
                "per_gw": np.nan,
                "per_gw_year": usd / power_years,
                "how": how,
            }
            | more
        )

    for row in deals[deals["buyer"] == COMPANY].itertuples():
        if pd.isna(row.value_usd_bn):
            continue
        more = {"status": row.status, "date": row.date, "n_sources": int(row.n_sources)}
        usd = float(row.value_usd_bn)
        if row.what == "target" and pd.notna(row.years):
            first = row.starts.year if pd.notna(row.starts) else row.date.year
            used = power.loc[first : first + int(row.years) - 1]
            if len(used) == int(row.years):
                how = "planned year-ends"
                add(f"target of {row.date:%B %Y}", "target", usd, float(used.sum()), how, **more)
        elif pd.notna(row.gw):
            stated = pd.notna(row.years)
            years = float(row.years) if stated else life
            how = "years of the deal" if stated else f"used for {life:g} years"
            group = "deal" if row.what == "deal" else "total"
            name = row.counterparty if group == "deal" else row.commitment.replace("-", " ")
            more |= {"gigawatts": float(row.gw), "years": years, "per_gw": usd / row.gw}
            add(name, group, usd, float(row.gw) * years, how, **more)
    for row in company_series("market", "capital_cost_per_gw", facts).itertuples():
        more = {"status": row.basis, "date": row.date, "n_sources": int(row.n_sources)}
        more |= {"gigawatts": 1.0, "years": life, "per_gw": float(row.value)}
        how = f"used for {life:g} years, without power and staff"
        add(f"capital cost, {row.stated_in}", "price", float(row.value), life, how, **more)
    for row in company_series("market", "rent_per_gw_year", facts).itertuples():
        more = {"status": row.basis, "date": row.date, "n_sources": int(row.n_sources)}
        add("market rent", "price", float(row.value), 1.0, "as stated", **more)
    for year in (START - 1, START):
        account = books(year, facts, projections)
        more = {"status": "outcome", "date": pd.Timestamp(year, 12, 31), "n_sources": 2}
        how = "mean of the year-ends"
        name = f"compute of {year}"
        add(name, "accounts", account.compute, account.gigawatt_years, how, **more)
    with suppress(KeyError):
        bill = latest_forecast("compute_spending", START + 1, projections)
        more = {"status": "plan", "date": bill["made"], "n_sources": int(bill["n_sources"])}
        how = "planned year-ends"
        name = f"{START + 1}, plan of {bill['made']:%B %Y}"
        add(name, "accounts", float(bill["value"]), float(power[START + 1]), how, **more)
    found = pd.DataFrame(rows).assign(one_source=lambda table: table["n_sources"] == 1)
    return found.sort_values(
        ["per_gw_year", "what"], ascending=[False, True], kind="stable"
    ).reset_index(drop=True)


# ---------------------------------------------------------------------------------------------
# 8. break-even, with assumptions that the reader sets


@dataclass(frozen=True)
class Assumption:
    """What the break-even model assumes of one thing: a low, a best and a high value.

    Attributes
    ----------
    name : str
        As in :class:`Scenario`.
    label : str
        In words.
    low, best, high : float
        Of a triangular distribution: nothing lies beyond low and high.
    unit : str
    why : str
        What the values lean on.
    whose : str
        Whose judgement they are.
    """

    name: str
    label: str
    low: float
    best: float
    high: float
    unit: str
    why: str
    whose: str = "this book"

    def __post_init__(self) -> None:
        if not self.low <= self.best <= self.high:
            raise ValueError(
                f"assumption {self.name!r}: low {self.low:g}, best {self.best:g} and high "
                f"{self.high:g} are not in order"
            )
        _within_limits(self.name, self.low, self.high)


def _within_limits(name: str, low: float, high: float) -> None:
    if name not in LIMITS:
        raise ValueError(f"no assumption {name!r}: there are {', '.join(LIMITS)}")
    lowest, highest = LIMITS[name]
    if not (lowest <= low and high <= highest):
        raise ValueError(f"assumption {name!r} has to stay between {lowest:g} and {highest:g}")


#: What each assumption may be at all.
LIMITS: dict[str, tuple[float, float]] = {
    "compute_growth": (1.0, 10.0),
    "compute_fade": (0.0, 0.99),
    "cost_fall": (-0.5, 0.9),
    "elasticity": (0.0, 3.0),
    "value_growth": (0.5, 2.0),
    "training_share": (0.0, 0.95),
    "other_share": (0.0, 0.95),
}

#: The book's own assumptions, in the order of :class:`Scenario`.
ASSUMPTIONS: tuple[Assumption, ...] = (
    Assumption(
        "compute_growth",
        "Growth of compute in 2026",
        2.0,
        2.7,
        3.2,
        "x",
        "GW-years; the year-end of 2026 as planned in {gw_made} gives {planned_growth}, a tripling "
        "would be 3.",
    ),
    Assumption(
        "compute_fade",
        "How much of its log growth each year keeps",
        0.40,
        0.65,
        0.80,
        "share",
        "{fade_of_plan} leads from there to the {planned_gw} GW that {far_made} had for 2030; "
        "plans of sites tend to slip.",
    ),
    Assumption(
        "cost_fall",
        "Fall of the cost of a GW-year",
        -0.10,
        0.08,
        0.22,
        "share a year",
        "It fell by {cost_fell} in 2025, if the accounts of 2024 are trusted; the plans for 2026 "
        "(dollars of {bill_made}, gigawatts of {gw_made}) have it {cost_turns}.",
    ),
    Assumption(
        "elasticity",
        "Elasticity of revenue in inference compute",
        0.6,
        0.9,
        1.2,
        "% for each %",
        "1 is strict proportionality; three points allow nearly anything.",
    ),
    Assumption(
        "value_growth",
        "Growth of what inference earns, apart from its amount",
        0.90,
        1.05,
        1.20,
        "x a year",
        "Better chips and models against falling prices; it fell from 2024 to 2025.",
    ),
    Assumption(
        "training_share",
        "Share of training, in the long run",
        0.30,
        0.50,
        0.70,
        "share of compute",
        "{training_now} in 2025; the plan of {training_made} has {training_planned} to 2030, and "
        "one of {first_made} less than a half.",
    ),
    Assumption(
        "other_share",
        "Other costs, in the long run",
        0.15,
        0.25,
        0.37,
        "share of revenue",
        "The share of 2025 at the upper end; it falls if sales grow faster than staff.",
    ),
)

#: Low, best and high values that two priors had before they were changed. Those of the cost were
#: not kept: these are worked back from the probability of a profit in 2030 that they gave.
EARLIER_PRIORS: dict[str, tuple[float, float, float]] = {
    "cost_fall": (0.0, 0.10, 0.25),
    "training_share": (0.30, 0.50, 0.65),
}

#: How far the shares of training and other costs go each year towards their long run.
CLOSING = 0.3


@dataclass(frozen=True)
class Scenario:
    """One set of values of the seven assumptions; see :data:`ASSUMPTIONS` for their meaning."""

    compute_growth: float
    compute_fade: float
    cost_fall: float
    elasticity: float
    value_growth: float
    training_share: float
    other_share: float

    @classmethod
    def best(cls, assumptions: Sequence[Assumption] = ASSUMPTIONS) -> Scenario:
        """Return the best value of every assumption."""
        return cls(**{item.name: item.best for item in assumptions})


NAMES = tuple(field.name for field in fields(Scenario))


def _in_order(assumptions: Sequence[Assumption]) -> tuple[Assumption, ...]:
    by_name = {item.name: item for item in assumptions}
    if len(by_name) != len(assumptions) or set(by_name) != set(NAMES):
        raise ValueError(f"the model needs one assumption for each of {', '.join(NAMES)}")
    return tuple(by_name[name] for name in NAMES)


def prior_evidence(
    facts: pd.DataFrame | None = None, projections: pd.DataFrame | None = None
) -> dict[str, str]:
    """Return the figures, written out, that the reasons of :data:`ASSUMPTIONS` lean on."""
    units = unit_economics(facts, projections).set_index("year")["compute_per_gw"]
    ahead = planned_gigawatt_years(facts, projections).set_index("year")
    size = ahead["gigawatt_years"]
    bill = latest_forecast("compute_spending", START + 1, projections)
    rise = float(bill["value"]) / size[START + 1] / units[START] - 1
    growth = size[START + 1] / size[START]
    last = int(ahead.index.max())
    steps = np.log(size[last] / size[START]) / np.log(growth)
    fade = bisect(lambda q: sum(q**year for year in range(last - START)) - steps, 0.0, 3.0, "fade")
    shares = training_share(facts, projections)
    now = shares[(shares["entity"] == COMPANY) & (shares["period"] == str(START))].iloc[0]
    plan = shares[shares["period"].str.contains("-")].iloc[-1]
    first = said_of_inference(projections).iloc[0]
    made = ahead["made"]
    return {
        "gw_made": f"{made[START + 1]:%B %Y}",
        "far_made": f"{made[last]:%B %Y}",
        "bill_made": f"{bill['made']:%B %Y}",
        "first_made": f"{first['made']:%B %Y}",
        "planned_growth": f"{growth:.2g}",
        "fade_of_plan": f"{fade:.2g}",
        "planned_gw": f"{ahead['year_end_gw'].iloc[-1]:.0f}",
        "cost_fell": f"{1 - units[START] / units[START - 1]:.0%}",
        "cost_turns": f"{'rise' if rise >= 0 else 'fall'} by {abs(rise):.0%}",
        "training_now": f"{now['share']:.0%}",
        "training_planned": f"{plan['share']:.0%}",
        "training_made": f"{plan['made']:%B %Y}",
    }


def assumption_table(
    assumptions: Sequence[Assumption] = ASSUMPTIONS,
    facts: pd.DataFrame | None = None,
    projections: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the assumptions as a table, one row each, the figures of their reasons filled in."""
    table = pd.DataFrame([vars(item) for item in assumptions])
    evidence = prior_evidence(facts, projections)
    return table.assign(why=[why.format_map(evidence) for why in table["why"]])


def before_changes(
    account: Books | None = None, year: int = 2030, draws: int = 40_000
) -> pd.DataFrame:
    """Return the probability of a profit before and after each change of a prior.

    Returns
    -------
    pandas.DataFrame
        ``priors`` ("as first set", then with one more change each), ``in_year`` (probability of a
        cash flow above zero in ``year``); oldest first.
    """
    account = books() if account is None else account
    rows = []
    changed = dict(EARLIER_PRIORS)
    for name in [None, *EARLIER_PRIORS]:
        changed.pop(name, None)
        assumptions = ASSUMPTIONS
        for other, values in changed.items():
            assumptions = with_bounds(other, *values, assumptions=assumptions)
        found = profit_probabilities(simulate(assumptions, account, draws=draws), (year,))
        label = "as first set" if name is None else f"after the change of {name}"
        rows.append((label, float(found["in_year"].iloc[0])))
    return pd.DataFrame(rows, columns=["priors", "in_year"])


def with_bounds(
    name: str,
    low: float | None = None,
    best: float | None = None,
    high: float | None = None,
    assumptions: Sequence[Assumption] = ASSUMPTIONS,
) -> tuple[Assumption, ...]:
    """Change one assumption and mark it as the reader's.

    Raises
    ------
    KeyError
        If there is no assumption of that name.
    ValueError
        If the values are out of order or out of range.
    """
    if name not in {item.name for item in assumptions}:
        raise KeyError(f"no assumption {name!r}: there are {', '.join(NAMES)}")
    return tuple(
        replace(
            item,
            low=item.low if low is None else low,
            best=item.best if best is None else best,
            high=item.high if high is None else high,
            whose="the reader",
        )
        if item.name == name
        else item
        for item in assumptions
    )


def _model(
    values: Mapping[str, float | np.ndarray], account: Books, years: float | np.ndarray
) -> dict[str, float | np.ndarray]:
    """Return the model's quantities, years after the account; :func:`formulas` is its twin."""
    kept = (1 - CLOSING) ** years
    start = account.training_share
    growth = values["compute_growth"] ** (
        (1 - values["compute_fade"] ** years) / (1 - values["compute_fade"])
    )
    training = values["training_share"] + (start - values["training_share"]) * kept
    inference = growth * (1 - training) / (1 - start)
    revenue = account.revenue * inference ** values["elasticity"] * values["value_growth"] ** years
    compute = account.compute * growth * (1 - values["cost_fall"]) ** years
    other = values["other_share"] + (account.other_share - values["other_share"]) * kept
    return {
        "growth": growth,
        "training": training,
        "inference": inference,
        "revenue": revenue,
        "compute": compute,
        "other": other,
        "cash": revenue * (1 - other) - compute,
    }


def outlook(
    scenario: Scenario | None = None, account: Books | None = None, last: int = 2035
) -> pd.DataFrame:
    """Return the break-even model year by year for one set of assumptions.

    With n years after the accounts of 2025 and k = (1 - 0.3)^n, by which shares have not yet
    reached their long run:

    * compute: ``growth`` = g^((1 - q^n) / (1 - q)), GW-years over those of 2025;
    * share of training: s + (s0 - s) k, and inference grows as growth (1 - share) / (1 - s0);
    * revenue = R0 inference^e m^n, the elasticity e and the growth of value m;
    * spending on compute = X0 growth (1 - f)^n, the fall f of the cost of a GW-year;
    * other costs: a share o + (o0 - o) k of revenue;
    * cash flow = revenue (1 - other share) - compute.

    Parameters
    ----------
    scenario : Scenario, optional
        The best values of the book's assumptions if left out.
    account : Books, optional
        That of :data:`START` if left out.
    last : int
        Last year.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``gigawatt_years``, ``training_share``, ``inference_gw_years``, ``revenue``,
        ``compute``, ``other``, ``cash_flow``, ``cumulative`` (USD bn), ``margin`` (cash flow over
        revenue), ``revenue_per_gw`` and ``cost_per_gw`` (USD bn for a GW-year).
    """
    account = books() if account is None else account
    scenario = Scenario.best() if scenario is None else scenario
    for name, value in vars(scenario).items():
        _within_limits(name, value, value)
    years = np.arange(last - account.year + 1.0)
    found = _model(vars(scenario), account, years)
    size = account.gigawatt_years * found["growth"]
    return pd.DataFrame(
        {
            "year": account.year + years.astype(int),
            "gigawatt_years": size,
            "training_share": found["training"],
            "inference_gw_years": size * (1 - found["training"]),
            "revenue": found["revenue"],
            "compute": found["compute"],
            "other": found["other"] * found["revenue"],
            "cash_flow": found["cash"],
            "cumulative": np.cumsum(found["cash"]),
            "margin": found["cash"] / found["revenue"],
            "revenue_per_gw": found["revenue"] / size,
            "cost_per_gw": found["compute"] / size,
        }
    )


def triangular(
    share: float | np.ndarray, low: float, best: float, high: float
) -> float | np.ndarray:
    """Return the quantile of a triangular distribution.

    Parameters
    ----------
    share : float or array
        Between 0 and 1.
    low, best, high : float
        All mass lies between low and high; best is the mode.
    """
    share = np.asarray(share, dtype=float)
    if not low <= best <= high:
        raise ValueError(f"low {low:g}, best {best:g} and high {high:g} are not in order")
    if np.any((share < 0) | (share > 1)):
        raise ValueError("a share lies between 0 and 1")
    width = high - low
    if width == 0:
        found = np.full(share.shape, float(best))
    else:
        rising = low + np.sqrt(share * width * (best - low))
        falling = high - np.sqrt((1 - share) * width * (high - best))
        found = np.where(share * width < best - low, rising, falling)
    return float(found) if found.ndim == 0 else found


@dataclass(frozen=True)
class Simulation:
    """Draws of the assumptions and what the model makes of them.

    Attributes
    ----------
    assumptions : tuple of Assumption
    account : Books
    years : numpy.ndarray, shape (years,)
    drawn : numpy.ndarray, shape (draws, assumptions)
        Values, in the order of :class:`Scenario`.
    revenue, cash : numpy.ndarray, shape (draws, years)
        USD bn.
    """

    assumptions: tuple[Assumption, ...]
    account: Books
    years: np.ndarray
    drawn: np.ndarray
    revenue: np.ndarray
    cash: np.ndarray

    def at(self, year: int) -> int:
        """Return the position of a year.

        Raises
        ------
        KeyError
            If the simulation does not reach it.
        """
        place = np.flatnonzero(self.years == year)
        if not len(place):
            raise KeyError(f"the simulation runs from {self.years[0]} to {self.years[-1]}")
        return int(place[0])


def simulate(
    assumptions: Sequence[Assumption] = ASSUMPTIONS,
    account: Books | None = None,
    *,
    draws: int = 40_000,
    seed: int = 20251218,
    last: int = 2035,
    shares: np.ndarray | None = None,
) -> Simulation:
    """Draw the assumptions independently of each other and run the model on each draw.

    Parameters
    ----------
    assumptions : sequence of Assumption
    account : Books, optional
    draws, seed : int
    last : int
        Last year.
    shares : numpy.ndarray, shape (draws, assumptions), optional
        Shares between 0 and 1 to use in place of random ones, for example :func:`even_points`.

    Returns
    -------
    Simulation

    Notes
    -----
    40,000 draws take a few hundredths of a second. That the assumptions are independent is itself
    an assumption: a firm whose compute earns less would buy less of it.
    """
    assumptions = _in_order(assumptions)
    account = books() if account is None else account
    if shares is None:
        if draws < 1:
            raise ValueError("at least one draw is needed")
        shares = np.random.default_rng(seed).random((draws, len(assumptions)))
    elif shares.ndim != 2 or shares.shape[1] != len(assumptions):
        raise ValueError(f"shares need a column for each of {len(assumptions)} assumptions")
    drawn = np.column_stack(
        [
            triangular(shares[:, place], item.low, item.best, item.high)
            for place, item in enumerate(assumptions)
        ]
    )
    years = np.arange(1, last - account.year + 1)
    values = {name: drawn[:, [place]] for place, name in enumerate(NAMES)}
    found = _model(values, account, years[None, :].astype(float))
    return Simulation(
        assumptions, account, account.year + years, drawn, found["revenue"], found["cash"]
    )


def profit_probabilities(
    simulation: Simulation | None = None, years: Sequence[int] = (2029, 2030, 2035)
) -> pd.DataFrame:
    """Return the probability of a cash flow above zero in a year, and by that year.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``in_year`` (share of draws above zero in that year), ``by_year`` (in that year
        or any before), ``standard_error`` (of ``in_year``, from the number of draws alone),
        ``draws``.
    """
    simulation = simulate() if simulation is None else simulation
    above = simulation.cash > 0
    rows = []
    for year in years:
        place = simulation.at(year)
        chance = float(above[:, place].mean())
        rows.append(
            {
                "year": year,
                "in_year": chance,
                "by_year": float(above[:, : place + 1].any(axis=1).mean()),
                "standard_error": float(np.sqrt(chance * (1 - chance) / len(above))),
                "draws": len(above),
            }
        )
    return pd.DataFrame(rows)


def cash_fan(
    simulation: Simulation | None = None,
    quantiles: Sequence[float] = (0.05, 0.25, 0.5, 0.75, 0.95),
) -> pd.DataFrame:
    """Return quantiles of the cash flow, of its running sum and of revenue, year by year.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``quantity`` ("cash flow", "cumulative", "revenue"), ``quantile``, ``usd_bn``.
        The running sum starts with the cash flow of the account's year.
    """
    simulation = simulate() if simulation is None else simulation
    start = simulation.account.cash_flow
    tables = {
        "cash flow": simulation.cash,
        "cumulative": start + np.cumsum(simulation.cash, axis=1),
        "revenue": simulation.revenue,
    }
    rows = []
    for quantity, values in tables.items():
        found = np.quantile(values, quantiles, axis=0)
        for quantile, line in zip(quantiles, found, strict=True):
            for year, value in zip(simulation.years, line, strict=True):
                rows.append((int(year), quantity, float(quantile), float(value)))
    return pd.DataFrame(rows, columns=["year", "quantity", "quantile", "usd_bn"])


def deepest_hole(simulation: Simulation | None = None) -> pd.Series:
    """Return how much cash the draws need before the running sum turns, and how many never turn.

    Returns
    -------
    pandas.Series
        ``median``, ``low``, ``high`` (5th and 95th percentile of the lowest running sum, USD bn),
        ``share_still_falling`` (draws whose last year is below zero).
    """
    simulation = simulate() if simulation is None else simulation
    running = simulation.account.cash_flow + np.cumsum(simulation.cash, axis=1)
    lowest = np.minimum(running.min(axis=1), simulation.account.cash_flow)
    low, median, high = np.quantile(lowest, [0.05, 0.5, 0.95])
    return pd.Series(
        {
            "median": median,
            "low": low,
            "high": high,
            "share_still_falling": float((simulation.cash[:, -1] < 0).mean()),
        }
    )


def _ranks(values: np.ndarray) -> np.ndarray:
    """Return the ranks of each column, ties in the order in which they stand."""
    order = np.argsort(values, axis=0, kind="stable")
    ranks = np.empty_like(order, dtype=float)
    place = np.arange(len(values), dtype=float)
    for column in range(values.shape[1]):
        ranks[order[:, column], column] = place
    return ranks


def drivers(simulation: Simulation | None = None, year: int = 2030, bins: int = 40) -> pd.DataFrame:
    """Say which assumption drives the cash margin of a year, largest first.

    Parameters
    ----------
    simulation : Simulation, optional
    year : int
    bins : int
        Into which the draws are sorted by one assumption, for its share of the variance.

    Returns
    -------
    pandas.DataFrame
        ``assumption`` (name), ``label``, ``rank_correlation`` (Spearman, with the cash flow over
        revenue), ``variance_share`` (of the variance of its ranks, the part between bins of this
        assumption less what chance would give), ``at_low``, ``at_high`` (cash margin with this
        assumption at its low and high value, the others at their best), ``swing`` (their
        distance), ``probability_low``, ``probability_high`` (of a cash flow above zero where the
        assumption lies in its lowest and its highest tenth), ``whose``.
        Sorted by the absolute rank correlation.
    """
    simulation = simulate() if simulation is None else simulation
    draws = len(simulation.drawn)
    if bins < 2 or draws < 10 * bins:
        raise ValueError("a share of the variance needs ten draws in each of two bins or more")
    place = simulation.at(year)
    margin = simulation.cash[:, place] / simulation.revenue[:, place]
    ranks = _ranks(np.column_stack([margin, simulation.drawn]))
    centred = ranks - ranks.mean(axis=0)
    correlation = centred[:, 1:].T @ centred[:, 0] / (centred[:, 0] @ centred[:, 0])
    target, variance = ranks[:, 0], ranks[:, 0].var()
    best = Scenario.best(simulation.assumptions)
    years = float(year - simulation.account.year)

    def at_best(**changed: float) -> float:
        found = _model(vars(best) | changed, simulation.account, years)
        return float(found["cash"] / found["revenue"])

    rows = []
    for column, item in enumerate(simulation.assumptions):
        if item.low == item.high:
            correlated, share = 0.0, 0.0
            lowest = highest = np.ones(draws, dtype=bool)
        else:
            member = (ranks[:, column + 1] * bins / draws).astype(int)
            counts = np.bincount(member, minlength=bins)
            means = np.bincount(member, weights=target, minlength=bins) / counts
            between = float((counts * (means - target.mean()) ** 2).sum() / draws)
            chance = (variance - between) * (bins - 1) / (draws - bins)
            share = (between - chance) / variance
            correlated = float(correlation[column])
            lowest = ranks[:, column + 1] < draws / 10
            highest = ranks[:, column + 1] >= draws * 9 / 10
        at_low, at_high = at_best(**{item.name: item.low}), at_best(**{item.name: item.high})
        above = simulation.cash[:, place] > 0
        rows.append(
            {
                "assumption": item.name,
                "label": item.label,
                "rank_correlation": correlated,
                "variance_share": max(share, 0.0),
                "at_low": at_low,
                "at_high": at_high,
                "swing": abs(at_high - at_low),
                "probability_low": float(above[lowest].mean()),
                "probability_high": float(above[highest].mean()),
                "whose": item.whose,
            }
        )
    table = pd.DataFrame(rows)
    order = np.argsort(-table["rank_correlation"].abs().to_numpy(), kind="stable")
    return table.iloc[order].reset_index(drop=True)


def against_2026(
    simulation: Simulation | None = None,
    facts: pd.DataFrame | None = None,
    projections: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Set what the model gives for 2026 beside what is known or forecast of that year.

    None of these figures was used.

    Returns
    -------
    pandas.DataFrame
        ``quantity``, ``model``, ``low``, ``high`` (median, 5th and 95th percentile, USD bn),
        ``figure``, ``what`` (whose figure), ``inside`` (between low and high), ``made``,
        ``one_source``. "first half, twice" is a floor for a firm that grows.
    """
    simulation = simulate() if simulation is None else simulation
    year = simulation.account.year + 1
    place = simulation.at(year)
    rows = []

    def add(quantity: str, values: np.ndarray, figure: float, what: str, made, one: bool) -> None:
        low, median, high = np.quantile(values, [0.05, 0.5, 0.95])
        rows.append(
            {
                "quantity": quantity,
                "model": median,
                "low": low,
                "high": high,
                "figure": figure,
                "what": what,
                "inside": bool(low <= figure <= high),
                "made": made,
                "one_source": one,
            }
        )

    revenue, cash = simulation.revenue[:, place], simulation.cash[:, place]
    for row in forecasts("revenue", projections).itertuples():
        if row.year == year and row.made.year == year:
            add("revenue", revenue, float(row.value), row.by, row.made, row.one_source)
    quarters = company_series(COMPANY, "revenue", facts, period="quarter")
    quarters = quarters[quarters["date"].dt.year == year]
    if len(quarters) == 2:
        half = 2 * float(quarters["value"].sum())
        one = bool(quarters["one_source"].any())
        add("revenue", revenue, half, "first half, twice", quarters["date"].max(), one)
    newest = cash_forecasts(projections)
    newest = newest[(newest["year"] == year) & newest["is_forecast"]]
    if len(newest):
        row = newest.iloc[-1]
        what = f"forecast of {row['vintage']}"
        add("cash flow", cash, float(row["cash_flow"]), what, row["made"], bool(row["one_source"]))
    return pd.DataFrame(rows)


# ---------------------------------------------------------------------------------------------
# the same model on a page


def even_points(number: int, columns: int = len(NAMES)) -> np.ndarray:
    """Return points that fill the unit cube evenly, the same on every call.

    The additive recurrence x_n = (1/2 + n a) mod 1 with a_j = phi^-(j+1), phi the root of
    phi^(columns + 1) = phi + 1.

    Returns
    -------
    numpy.ndarray, shape (number, columns)
        Rounded to five digits, as a page carries them.
    """
    if number < 1 or columns < 1:
        raise ValueError("a point and a column at least are needed")
    phi = 2.0
    for _ in range(60):
        phi = (1 + phi) ** (1 / (columns + 1))
    step = phi ** -np.arange(1.0, columns + 1)
    return np.round((0.5 + np.arange(1, number + 1)[:, None] * step) % 1.0, 5)


def page_points(
    number: int = 500, years: Sequence[int] = (2029, 2030, 2035), start: int = START
) -> pd.DataFrame:
    """Return the rows that a page's Monte Carlo starts from.

    Returns
    -------
    pandas.DataFrame
        One row for each point and year: ``year``, ``years`` (after ``start``), and for each
        assumption a column ``u_<name>`` with a share between 0 and 1.
    """
    points = even_points(number)
    table = pd.DataFrame(points, columns=[f"u_{name}" for name in NAMES])
    parts = [
        table.assign(year=int(year), years=int(year) - start)[["year", "years", *table.columns]]
        for year in years
    ]
    return pd.concat(parts, ignore_index=True)


def _written(value: float) -> str:
    """Write a number to ten decimal places, as many as a page carries."""
    return repr(round(float(value), 10))


def triangular_formula(share: str, low: str, best: str, high: str) -> str:
    """Write the quantile of a triangular distribution as an expression for Vega.

    Each argument is itself an expression: a number, a slider's name, ``datum.column``.
    """
    rising = f"({low}) + sqrt(({share}) * (({high}) - ({low})) * (({best}) - ({low})))"
    falling = f"({high}) - sqrt((1 - ({share})) * (({high}) - ({low})) * (({high}) - ({best})))"
    return f"if(({share}) * (({high}) - ({low})) < ({best}) - ({low}), {rising}, {falling})"


def formulas(
    account: Books | None = None,
    names: Mapping[str, str] | None = None,
    years: str = "datum.years",
) -> dict[str, str]:
    """Write the break-even model as expressions for Vega's ``calculate``.

    Parameters
    ----------
    account : Books, optional
        Whose numbers are written into the expressions.
    names : mapping of str to str, optional
        How the page names each assumption: a slider (``"elasticity"``), a column
        (``"datum.elasticity"``) or a number. If left out, a slider of its own name.
    years : str
        How the page names the years after 2025.

    Returns
    -------
    dict of str to str
        By the name of the quantity, in the order in which they have to be calculated: ``kept``,
        ``growth``, ``training``, ``inference``, ``revenue``, ``compute``, ``other``, ``cash``.
        Each may use ``datum.<quantity>`` of the ones before it. They are plain arithmetic and
        ``pow``, which Python reads alike.

    Raises
    ------
    KeyError
        If a name is none of an assumption.
    """
    account = books() if account is None else account
    called = {name: name for name in NAMES}
    for name, expression in (names or {}).items():
        if name not in called:
            raise KeyError(f"no assumption {name!r}: there are {', '.join(NAMES)}")
        called[name] = expression
    start, rest = _written(account.training_share), _written(account.other_share)
    fade, training, other = (
        f"({called[name]})" for name in ("compute_fade", "training_share", "other_share")
    )
    return {
        "kept": f"pow({_written(1 - CLOSING)}, {years})",
        "growth": f"pow({called['compute_growth']}, (1 - pow({fade}, {years})) / (1 - {fade}))",
        "training": f"{training} + ({start} - {training}) * datum.kept",
        "inference": f"datum.growth * (1 - datum.training) / (1 - {start})",
        "revenue": f"{_written(account.revenue)} * pow(datum.inference, {called['elasticity']})"
        f" * pow({called['value_growth']}, {years})",
        "compute": f"{_written(account.compute)} * datum.growth"
        f" * pow(1 - ({called['cost_fall']}), {years})",
        "other": f"{other} + ({rest} - {other}) * datum.kept",
        "cash": "datum.revenue * (1 - datum.other) - datum.compute",
    }


def page_formulas(
    sliders: Mapping[str, str] | None = None,
    assumptions: Sequence[Assumption] = ASSUMPTIONS,
    account: Books | None = None,
    spread: str = "1",
) -> dict[str, str]:
    """Write the Monte Carlo of a page: draws from the reader's assumptions, then the model.

    Parameters
    ----------
    sliders : mapping of str to str, optional
        Sliders that set the *best* value of an assumption, by its name. Its low and high value
        keep their distance from the best one, but stay within :data:`LIMITS`. Assumptions without
        a slider keep the book's values.
    assumptions : sequence of Assumption
    account : Books, optional
    spread : str
        Expression (a slider, say) by which all distances between best, low and high are
        multiplied: 0 makes a single scenario of it, 1 leaves them.

    Returns
    -------
    dict of str to str
        Columns to calculate, in order, on the rows of :func:`page_points`: first every
        assumption, then the quantities of :func:`formulas`, then ``profit`` (1 or 0). Their mean
        by year is the probability.
    """
    sliders = dict(sliders or {})
    unknown = set(sliders) - set(NAMES)
    if unknown:
        raise KeyError(f"no assumption {sorted(unknown)[0]!r}: there are {', '.join(NAMES)}")
    columns = {}
    for item in _in_order(assumptions):
        best = sliders.get(item.name, _written(item.best))
        lowest, highest = (_written(limit) for limit in LIMITS[item.name])
        low = f"max({lowest}, ({best}) - ({spread}) * {_written(item.best - item.low)})"
        high = f"min({highest}, ({best}) + ({spread}) * {_written(item.high - item.best)})"
        columns[item.name] = triangular_formula(f"datum.u_{item.name}", low, best, high)
    columns |= formulas(account, {name: f"datum.{name}" for name in NAMES})
    columns["profit"] = "if(datum.cash > 0, 1, 0)"
    return columns


def moved(
    best: Mapping[str, float] | None = None,
    spread: float = 1.0,
    assumptions: Sequence[Assumption] = ASSUMPTIONS,
) -> tuple[Assumption, ...]:
    """Move assumptions as the sliders of :func:`page_formulas` do.

    Parameters
    ----------
    best : mapping of str to float, optional
        New best values by name.
    spread : float
        Not below 0.
    assumptions : sequence of Assumption
    """
    best = dict(best or {})
    unknown = set(best) - set(NAMES)
    if unknown:
        raise KeyError(f"no assumption {sorted(unknown)[0]!r}: there are {', '.join(NAMES)}")
    if spread < 0:
        raise ValueError("a spread is not below zero")
    found = []
    for item in _in_order(assumptions):
        centre = float(best.get(item.name, item.best))
        lowest, highest = LIMITS[item.name]
        changed = item.name in best or spread != 1
        found.append(
            replace(
                item,
                low=max(lowest, centre - spread * (item.best - item.low)),
                best=centre,
                high=min(highest, centre + spread * (item.high - item.best)),
                whose="the reader" if changed else item.whose,
            )
        )
    return tuple(found)


def page_probabilities(
    best: Mapping[str, float] | None = None,
    spread: float = 1.0,
    number: int = 500,
    years: Sequence[int] = (2029, 2030, 2035),
    assumptions: Sequence[Assumption] = ASSUMPTIONS,
    account: Books | None = None,
) -> pd.DataFrame:
    """Compute in Python what the sliders of a page show.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``in_year`` (share of the points whose cash flow is above zero), ``points``.
    """
    simulation = simulate(
        moved(best, spread, assumptions), account, last=max(years), shares=even_points(number)
    )
    found = profit_probabilities(simulation, years)
    return found[["year", "in_year"]].assign(points=number)
