"""The cheapest price at a given level of quality, and how fast it falls.

A *ruler* gives every model one score.
A *level* is a score on a ruler.
The price of a level on a day is the lowest list price of any model that reaches it.
Three questions follow: which prices set a record (:func:`running_minimum`), how fast they fell
(:func:`rates`), and whether the fall was steady (:func:`falls_by_age`,
:func:`falls_by_calendar_year`) and went on after somebody said it would (:func:`falls_between`).

**Three estimators of the rate.** Each returns how many times cheaper per year, exp(-slope).

``"endpoint"``
    First price of the window over the last, spread evenly over the window up to its end date.
    With ``"endpoint to record"`` the clock stops at the last record, which cannot be fairer:
    it leaves out the wait since then.
``"records"``
    Least squares through the logarithms of the record prices.
    It sees only the days on which something happened, and a day with two records as much as
    a year with two.
``"step"``
    The least-squares line through the whole staircase in continuous time.
    Summation by parts gives it in closed form: with jumps d of the log price at times u in a
    window [a, b] of length L, slope = 6 / L**3 * sum(d * (u - a) * (b - u)).
    It is the end-point rate with each fall weighted by a parabola, so a fall in the middle of the
    window counts one and a half times, and one on its edge not at all.

**How sure.** The unit that could have been absent is a model, with all its price rows.
Resampling the record points would treat a staircase as independent draws: each point is the
minimum of everything before it, and the points that are not records carry the evidence of how
easily the record could have been another.
So models are resampled, and the staircase is made anew each time.

A minimum is not a smooth function of the sample, and the ordinary bootstrap over models is known
to fail for it (Bickel, Goetze and van Zwet, Statistica Sinica 7, 1997): a resample can only lose
the cheapest model, and keeps it with chance 1 - (1 - 1/n)**n = 63%, which pins one end of the
interval.
Subsampling without replacement does not need smoothness (Politis and Romano, Annals of Statistics
22, 1994), and with half of the models the spread of a smooth statistic needs no rescaling
(the delete-half jackknife: Shao and Wu, Annals of Statistics 17, 1989).
``method="half-samples"`` is therefore the default and ``"bootstrap"`` the alternative.
Four kinds of simulated histories (25 to 100 launches at random dates over 2 to 3.5 years, a known
trend in log price at given quality, some price cuts; 600 histories each) gave this coverage by
95% intervals of the estimator's expected value:

============  ===========  ============  ============
rate          step         records       end-point
============  ===========  ============  ============
half-samples  95% to 97%   96% to 99%    91% to 96%
bootstrap     87% to 92%   89% to 93%    84% to 90%
============  ===========  ============  ============

The trend itself, rather than the expected value of its estimator, is covered by half-samples of
the step rate in 91% to 97%, of the end-point rate with the opening price in only 85% when prices
fall slowly, because that rate is too high on average. The tests repeat one of the four.
An interval from half-samples asks what half of the models would have shown. The point estimate
comes from all of them, so it may lie near one end: a cheapest model can be missed, never beaten.

**What the running minimum is not.** It falls even when prices have no trend, because more models
mean more draws.
:func:`rates_in_random_order` shows how fast, for the very same prices in random order.
To a buyer that fall is real; to somebody who asks for the trend in prices it is an overstatement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from three_observations import data
from three_observations.estimation import check_choice, percentile_interval

DAYS_PER_YEAR = 365.25

#: The day on which the rule of ten times a year was published.
ESSAY_DATE = pd.Timestamp("2025-02-09")
#: Twelve months later.
YEAR_AFTER_ESSAY = pd.Timestamp("2026-02-09")

#: Input and output tokens in each blend; ``None`` means the geometric mean.
BLENDS: dict[str, tuple[float, float] | None] = {
    "input": (1, 0),
    "output": (0, 1),
    "1:1": (1, 1),
    "3:1": (3, 1),
    "9:1": (9, 1),
    "geometric": None,
}

RULERS = ("eci_2026_08", "gpqa_diamond", "arena_2026_07", "mmlu", "weirdml", "eci_2025_12")

PRICED_COLUMNS = [
    "model",
    "version",
    "provider",
    "date",
    "price",
    "score",
    "released",
    "n_sources",
    "is_small_open",
    "from_memory",
]

ESTIMATORS = ("endpoint", "endpoint to record", "records", "step")
METHODS = ("half-samples", "bootstrap")

#: Models that name a level. Of each list the first that a ruler has scored gives the score.
ANCHORS: dict[str, tuple[str, ...]] = {
    "GPT-3.5 Turbo": (
        "GPT-3.5 Turbo (0301)",
        "GPT-3.5 Turbo (0613)",
        "GPT-3.5 Turbo (1106)",
        "GPT-3.5 Turbo (0125)",
    ),
    "GPT-4": ("GPT-4 (8k)",),
    "GPT-4 Turbo": ("GPT-4 Turbo (1106-preview)", "GPT-4 Turbo (2024-04-09)"),
    "GPT-4o": ("GPT-4o (2024-05-13)",),
    "o1": ("o1",),
}


# ---------------------------------------------------------------------------------------------
# prices and scores side by side


def blended(
    input_price: pd.Series | np.ndarray | float,
    output_price: pd.Series | np.ndarray | float,
    blend: str = "3:1",
) -> pd.Series | np.ndarray | float:
    """Mix an input and an output price into one price per million tokens.

    Parameters
    ----------
    input_price, output_price : array_like, shape (n,), or float
        Prices in one currency per million tokens. Missing values stay missing where the blend
        needs them: ``"input"`` does not look at the output price, nor ``"output"`` at the input.
    blend : str
        A key of :data:`BLENDS`, or ``"a:b"``: a input tokens for b output tokens, the mean
        weighted by tokens. ``"3:1"`` is (3 input + output) / 4. ``"geometric"`` is the square
        root of the product: the price to which a fall in either contributes alike.

    Returns
    -------
    same type and shape as the prices

    Raises
    ------
    ValueError
        If the blend is not known and not of the form ``"a:b"`` with weights above zero.
    """
    if blend == "geometric":
        return (input_price * output_price) ** 0.5
    weights = BLENDS.get(blend)
    if weights is None:
        try:
            first, second = (float(part) for part in blend.split(":"))
        except ValueError:
            first = second = -1.0
        if not (first > 0 and second > 0 and np.isfinite(first + second)):
            raise ValueError(f"blend {blend!r} is neither 'a:b' nor one of {', '.join(BLENDS)}")
        weights = (first, second)
    if weights[1] == 0:
        return input_price * 1.0
    if weights[0] == 0:
        return output_price * 1.0
    return (weights[0] * input_price + weights[1] * output_price) / sum(weights)


def priced_models(
    ruler: str,
    *,
    blend: str = "3:1",
    min_sources: int = 1,
    without_small_open: bool = False,
    provider: str | None = None,
    exclude_from_memory: bool = False,
    prices: pd.DataFrame | None = None,
    models: pd.DataFrame | None = None,
    scores: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Join every list price to the score of its model on one ruler.

    Parameters
    ----------
    ruler : str
        One of :data:`RULERS`.
    blend : str
        How input and output price become one, see :func:`blended`.
    min_sources : int
        Keep price rows that at least so many sources gave.
    without_small_open : bool
        Leave out the named list of the smallest open models (``models.is_small_open``).
    provider : str, optional
        Keep the models of one provider.
    exclude_from_memory : bool
        Leave out prices whose date nobody could point to (``date_basis`` "from memory").
    prices, models, scores : pandas.DataFrame, optional
        The tables, if not those of the book.

    Returns
    -------
    pandas.DataFrame
        One row a price, in the order of date, price and model, with columns ``model``,
        ``version`` (what the ruler tested: the unit that is resampled; two hosts of one model
        share it), ``provider``, ``date`` (from which day the price applied), ``price`` (USD per
        million tokens), ``score``, ``released``, ``n_sources``, ``is_small_open``,
        ``from_memory``.
        ``attrs["dropped"]`` counts the price rows left out, by the first reason that applied:
        "no score", "price missing" (an output price that the blend needs), "free", "few sources",
        "date from memory", "small open", "other provider".
        ``attrs["coverage_end"]`` is :func:`coverage_end`, whatever the choices above; falls up to
        later days are "at least".

    Raises
    ------
    ValueError
        If the ruler, the blend or the provider is not known.

    Notes
    -----
    A list price of zero is a promotion, has no logarithm and would end every series: such rows
    are left out and counted.
    """
    prices = data.load("prices") if prices is None else prices
    models = data.load("models") if models is None else models
    scores = data.load("scores") if scores is None else scores
    if ruler not in models.columns or ruler not in set(scores["ruler"]):
        raise ValueError(f"ruler {ruler!r} is not one of {', '.join(RULERS)}")
    if provider is not None and provider not in set(prices["provider"]):
        known = ", ".join(sorted(set(prices["provider"])))
        raise ValueError(f"provider {provider!r} has no price; there are {known}")
    ours = scores[(scores["ruler"] == ruler) & scores["preferred"].astype(bool)]
    described = models[["model", "released", "is_small_open", ruler]].rename(
        columns={ruler: "version"}
    )
    described = described.merge(
        ours[["version", "score"]], on="version", how="left", validate="many_to_one"
    )
    joined = prices.merge(described, on="model", how="left", validate="many_to_one")
    joined["price"] = blended(
        joined["input_usd_per_mtok"], joined["output_usd_per_mtok"], blend
    ).astype(float)
    joined["score"] = joined["score"].astype(float)
    joined["from_memory"] = joined["date_basis"].eq("from memory").fillna(False).astype(bool)
    joined["is_small_open"] = joined["is_small_open"].fillna(False).astype(bool)
    reasons = {
        "no score": joined["score"].isna(),
        "price missing": joined["price"].isna(),
        "free": joined["price"] <= 0,
    }
    table, dropped = _drop(joined, reasons)
    table = table[PRICED_COLUMNS].sort_values(["date", "price", "model"], ignore_index=True)
    end = coverage_end(table)
    table.attrs = {"ruler": ruler, "blend": blend, "dropped": dropped, "coverage_end": end}
    return chosen_models(
        table,
        min_sources=min_sources,
        without_small_open=without_small_open,
        provider=provider,
        exclude_from_memory=exclude_from_memory,
    )


def chosen_models(
    priced: pd.DataFrame,
    *,
    min_sources: int = 1,
    without_small_open: bool = False,
    provider: str | None = None,
    exclude_from_memory: bool = False,
) -> pd.DataFrame:
    """Leave price rows out of a table of :func:`priced_models`, and count them.

    Parameters and ``attrs`` are those of :func:`priced_models`; ``coverage_end`` stays what it is
    for all models, so that a rate over fewer models runs to the same day.
    """
    reasons = {
        "few sources": priced["n_sources"].fillna(0).astype(float) < min_sources,
        "date from memory": priced["from_memory"] & exclude_from_memory,
        "small open": priced["is_small_open"] & without_small_open,
        "other provider": priced["provider"].ne(provider) & (provider is not None),
    }
    end = coverage_end(priced)
    table, dropped = _drop(priced, reasons)
    table = table.reset_index(drop=True)
    table.attrs = priced.attrs | {
        "dropped": priced.attrs.get("dropped", {}) | dropped,
        "coverage_end": end,
    }
    return table


def _drop(table: pd.DataFrame, reasons: dict[str, pd.Series]) -> tuple[pd.DataFrame, dict]:
    """Drop the rows to which a reason applies; count each row under the first that does."""
    keep = np.ones(len(table), dtype=bool)
    dropped = {}
    for reason, applies in reasons.items():
        applies = applies.fillna(False).to_numpy(dtype=bool)
        dropped[reason] = int((keep & applies).sum())
        keep &= ~applies
    return table[keep], dropped


def coverage_end(priced: pd.DataFrame) -> pd.Timestamp:
    """Return the latest release among the models with a price and a score (``NaT`` if none).

    Of later models the ruler knows nothing: a lower price may exist and not be seen. The latest
    price date would not do, since a host's price for an old model may have been noted much later.
    """
    if "coverage_end" in priced.attrs:
        return priced.attrs["coverage_end"]
    return priced["released"].fillna(priced["date"]).max() if len(priced) else pd.NaT


def anchor_levels(
    priced: pd.DataFrame, anchors: Mapping[str, Sequence[str]] = ANCHORS
) -> dict[str, float]:
    """Return the score of each anchor model that the ruler has scored.

    Parameters
    ----------
    priced : pandas.DataFrame
        From :func:`priced_models`, before any model is left out.
    anchors : mapping of str to sequence of str
        Name of the level to model names, tried in order.

    Returns
    -------
    dict of str to float
        Anchors without a score are missing.
    """
    score = priced.drop_duplicates("model").set_index("model")["score"]
    found = {}
    for name, candidates in anchors.items():
        known = [model for model in candidates if model in score.index]
        if known:
            found[name] = float(score[known[0]])
    return found


def levels_on(
    priced: pd.DataFrame, day: pd.Timestamp | str = ESSAY_DATE, *, grid: int | None = None
) -> dict[str, float]:
    """Return the levels that could be bought on a day.

    Parameters
    ----------
    priced : pandas.DataFrame
        From :func:`priced_models`.
    day : Timestamp or str
    grid : int, optional
        So many levels at equal distances from the lowest to the highest score on sale that day.
        Without it, the score of every version on sale is a level; equal scores are one level,
        named by the version that comes first in the alphabet.

    Returns
    -------
    dict of str to float
        From the lowest level to the highest; empty if nothing was on sale.
    """
    there = priced[priced["date"] <= pd.Timestamp(day)]
    if there.empty:
        return {}
    if grid is not None:
        marks = np.linspace(there["score"].min(), there["score"].max(), grid)
        return {f"{mark:.1f}": float(mark) for mark in marks}
    single = there.sort_values("version").drop_duplicates("score").sort_values("score")
    return dict(zip(single["version"], single["score"].astype(float), strict=True))


# ---------------------------------------------------------------------------------------------
# the running minimum


def running_minimum(
    priced: pd.DataFrame,
    level: float,
    *,
    price: str = "ever",
    until: pd.Timestamp | str | None = None,
) -> pd.DataFrame:
    """Return the days on which the cheapest price at a level changed.

    Parameters
    ----------
    priced : pandas.DataFrame
        From :func:`priced_models`.
    level : float
        Models with at least this score count.
    price : {"ever", "in force"}
        ``"ever"``: the lowest list price seen up to the day. It never rises; it forgets that
        models are withdrawn and prices put up.
        ``"in force"``: the lowest of the prices that apply on the day, each listing at its
        latest price. It rises when the cheapest listing does. Withdrawals are not in the data,
        so a listing stays at its last price for ever.
    until : Timestamp or str, optional
        Last day to look at.

    Returns
    -------
    pandas.DataFrame
        Columns ``date``, ``price``, ``model``, ``version``, ``provider``, ``score``,
        ``n_sources``: the first row is the opening price, the others are changes. Of several
        models on one day and at one price the first by name stands for all.

    Raises
    ------
    ValueError
        If ``price`` is neither of the two.
    """
    check_choice("price", price, ("ever", "in force"))
    rows = priced[priced["score"] >= level].sort_values(["date", "price", "model"])
    if until is not None:
        rows = rows[rows["date"] <= pd.Timestamp(until)]
    columns = ["date", "price", "model", "version", "provider", "score", "n_sources"]
    if price == "ever":
        lowest = rows["price"].cummin()
        return rows.loc[lowest < lowest.shift(fill_value=np.inf), columns].reset_index(drop=True)
    listed: dict[str, tuple] = {}
    steps: list[tuple] = []
    for _, day in rows[columns].groupby("date", sort=True):
        for row in day.iloc[::-1].itertuples(index=False, name=None):
            listed[row[2]] = row
        best = min(listed.values(), key=lambda row: (row[1], row[2]))
        if not steps or best[1] != steps[-1][1]:
            steps.append((day["date"].iloc[0], *best[1:]))
    return pd.DataFrame(steps, columns=columns).astype(rows[columns].dtypes.to_dict())


# ---------------------------------------------------------------------------------------------
# the engine: many staircases at once, time down the rows, resamples along the columns


def year_of(day: pd.Timestamp | str) -> float:
    """Return a day in years of 365.25 days since 1970-01-01."""
    if pd.isna(day):
        raise ValueError("no day: nothing with a price and a score is left")
    return ((pd.Timestamp(day) - pd.Timestamp(0)) // pd.Timedelta(days=1)) / DAYS_PER_YEAR


@dataclass(frozen=True)
class Events:
    """Price rows as arrays, sorted by day and price.

    Attributes
    ----------
    years : numpy.ndarray, shape (events,)
        Day of each price, in years of 365.25 days since 1970-01-01.
    log_price : numpy.ndarray, shape (events,)
        Natural logarithm of the price.
    score : numpy.ndarray, shape (events,)
    unit : numpy.ndarray of int, shape (events,)
        Which version a price belongs to, from 0 to ``units`` - 1 in alphabetical order.
    listing : numpy.ndarray of int, shape (events,)
        Which listing (model name) a price belongs to.
    units : int
        Number of versions.
    """

    years: np.ndarray
    log_price: np.ndarray
    score: np.ndarray
    unit: np.ndarray
    listing: np.ndarray
    units: int

    @classmethod
    def of(cls, priced: pd.DataFrame) -> Events:
        """Make the arrays from a table of :func:`priced_models`."""
        priced = priced.sort_values(["date", "price", "model"])
        versions, unit = np.unique(priced["version"].to_numpy(dtype=str), return_inverse=True)
        _, listing = np.unique(priced["model"].to_numpy(dtype=str), return_inverse=True)
        cost = priced["price"].to_numpy(dtype=float)
        if not (cost > 0).all():
            raise ValueError("a price of zero or less has no logarithm: leave free tiers out")
        return cls(
            _years(priced["date"]),
            np.log(cost),
            priced["score"].to_numpy(dtype=float),
            unit,
            listing,
            len(versions),
        )

    def at_least(self, level: float) -> Events:
        """Return the events of models that reach a level; units keep their numbers."""
        keep = self.score >= level
        return Events(
            self.years[keep],
            self.log_price[keep],
            self.score[keep],
            self.unit[keep],
            self.listing[keep],
            self.units,
        )


def presence(
    units: int, resamples: int, rng: np.random.Generator, method: str = "half-samples"
) -> np.ndarray:
    """Draw which models each resample has.

    Parameters
    ----------
    units : int
        Number of models.
    resamples : int
    rng : numpy.random.Generator
    method : {"half-samples", "bootstrap"}
        Half of the models without replacement (rounded down, at least one), or as many as there
        are with replacement. How often a model is drawn is of no matter to a minimum.

    Returns
    -------
    numpy.ndarray of bool, shape (units, resamples)
    """
    check_choice("method", method, METHODS)
    present = np.zeros((units, resamples), dtype=bool)
    if units == 0:
        return present
    if method == "half-samples":
        half = max(1, units // 2)
        drawn = np.argpartition(rng.random((units, resamples)), half - 1, axis=0)[:half]
    else:
        drawn = rng.integers(0, units, (units, resamples))
    np.put_along_axis(present, drawn, True, axis=0)
    return present


@dataclass(frozen=True)
class Staircases:
    """The running minimum of log price in every resample.

    Attributes
    ----------
    years : numpy.ndarray, shape (events,)
    log_price : numpy.ndarray, shape (events, resamples)
        Value from each event on; ``roof`` while a resample has no model.
    roof : float
        Above every log price.
    """

    years: np.ndarray
    log_price: np.ndarray
    roof: float

    @classmethod
    def of(cls, events: Events, present: np.ndarray, price: str = "ever") -> Staircases:
        """Build them for the events of one level and a mask of shape (units, resamples)."""
        roof = float(events.log_price.max(initial=0.0)) + 1.0
        if price == "ever":
            values = np.where(present[events.unit], events.log_price[:, None], roof)
            np.minimum.accumulate(values, axis=0, out=values)
            closes = np.append(np.diff(events.years) > 0, True)[: len(values)]
            return cls(events.years[closes], values[closes], roof)
        check_choice("price", price, ("ever", "in force"))
        days = np.unique(events.years)
        values = np.full((len(days), present.shape[1]), roof)
        for one in np.unique(events.listing):
            rows = np.flatnonzero(events.listing == one)
            when = np.searchsorted(days, events.years[rows])
            path = np.full(len(days), roof)
            for position in np.unique(when):  # of two prices on one day the lower applies
                path[position:] = events.log_price[rows[when == position]].min()
            there = present[events.unit[rows[0]]]
            np.minimum(values, np.where(there, path[:, None], roof), out=values)
        return cls(days, values, roof)

    def at(self, year: float) -> np.ndarray:
        """Return the log price on a day, shape (resamples,); NaN where there is no model."""
        position = int(np.searchsorted(self.years, year, side="right")) - 1
        if position < 0:
            return np.full(self.log_price.shape[1], np.nan)
        value = self.log_price[position]
        return np.where(value < self.roof, value, np.nan)

    def falls(
        self,
        end: float,
        start: float | None = None,
        *,
        estimators: Sequence[str] = ESTIMATORS,
        openings: Sequence[bool] = (True,),
    ) -> dict[tuple[str, bool], np.ndarray]:
        """Return falls of the log price per year, with and without the opening price.

        Parameters
        ----------
        end : float
            Last day of the window, in years since 1970-01-01.
        start : float, optional
            First day; the price of that day opens the window. Without it, or in a resample whose
            first model comes later, the window opens with the first model.
        estimators : sequence of str
            Of :data:`ESTIMATORS`.
        openings : sequence of bool
            True keeps the opening price; False opens the window with the first change after it.

        Returns
        -------
        dict of (name, opening) to numpy.ndarray of shape (resamples,)
            For each estimator the fall, positive when prices go down; NaN where it is not
            defined: no model before the end, no time left, or (for "records") a single point.
            Beside them "points" (the opening and the changes in the window), "span" (its length
            in years), "record span" (years from its first to its last change), "first" and
            "last" (log price at its two ends).
        """
        for name in estimators:
            check_choice("estimator", name, ESTIMATORS)
        stop = int(np.searchsorted(self.years, end, side="right"))
        years, values = self.years[:stop], self.log_price[:stop]
        skip = 0 if start is None else int(np.searchsorted(years, start, side="right"))
        if skip:
            years = np.concatenate([[start], years[skip:]])
            values = values[skip - 1 :]
        resamples = self.log_price.shape[1]
        found: dict[tuple[str, bool], np.ndarray] = {}
        if not len(years):
            for opening in openings:
                for name in (*estimators, "span", "record span", "first", "last"):
                    found[name, opening] = np.full(resamples, np.nan)
                found["points", opening] = np.zeros(resamples)
            return found

        years, end = years - years[0], end - years[0]
        column = np.arange(resamples)
        jump = np.empty_like(values)
        np.subtract(values[0], self.roof, out=jump[0])
        np.subtract(values[1:], values[:-1], out=jump[1:])
        moved = jump != 0
        points = moved.sum(axis=0)
        first = moved.argmax(axis=0)
        last = len(years) - 1 - moved[::-1].argmax(axis=0)
        opens = {True: (first, points >= 1)}
        if False in openings:
            later = moved.copy()
            later[first, column] = False
            opens[False] = (later.argmax(axis=0), points >= 2)
        if "step" in estimators:
            moments = np.stack([years * (end - years), end - years]) @ jump
        if "records" in estimators:
            point = moved.astype(float)
            times = np.stack([np.ones_like(years), years, years**2]) @ point
            point *= values
            prices = np.stack([np.ones_like(years), years]) @ point
        for opening in openings:
            position, known = opens[opening]
            begin, price = years[position], values[position, column]
            with np.errstate(divide="ignore", invalid="ignore"):
                span = np.where(known & (end > begin), end - begin, np.nan)
                found["span", opening] = span
                found["first", opening] = np.where(known, price, np.nan)
                found["last", opening] = np.where(known, values[-1], np.nan)
                found["points", opening] = np.where(known, points - (not opening), 0).astype(float)
                if "endpoint" in estimators:
                    found["endpoint", opening] = (price - values[-1]) / span
                clock = np.where(known & (years[last] > begin), years[last] - begin, np.nan)
                found["record span", opening] = clock
                if "endpoint to record" in estimators:
                    found["endpoint to record", opening] = (price - values[-1]) / clock
                if "step" in estimators:
                    moment = moments[0] - begin * moments[1]
                    if not opening:
                        moment = moment - jump[first, column] * (years[first] - begin) * (
                            end - years[first]
                        )
                    found["step", opening] = -6.0 * moment / span**3
                if "records" in estimators:
                    number, total, squares = times
                    height, cross = prices
                    if not opening:
                        gone, then = values[first, column], years[first]
                        number, total, squares = number - 1, total - then, squares - then**2
                        height, cross = height - gone, cross - gone * then
                    scatter = squares - total**2 / number
                    slope = (cross - total * height / number) / scatter
                    enough = known & (number >= 2) & (scatter > 1e-12)
                    found["records", opening] = np.where(enough, -slope, np.nan)
        return found


# ---------------------------------------------------------------------------------------------
# rates, with intervals


def rates(
    priced: pd.DataFrame,
    levels: Mapping[str, float] | Iterable[float],
    *,
    estimators: Sequence[str] = ESTIMATORS,
    openings: Sequence[bool] = (True, False),
    price: str = "ever",
    start: pd.Timestamp | str | None = None,
    end: pd.Timestamp | str | None = None,
    resamples: int = 1000,
    confidence: float = 0.95,
    method: str = "half-samples",
    seed: int = 20250209,
) -> pd.DataFrame:
    """Return how many times cheaper per year each level became, with intervals over models.

    Parameters
    ----------
    priced : pandas.DataFrame
        From :func:`priced_models`.
    levels : mapping of name to score, or iterable of scores
    estimators : sequence of str
        Of :data:`ESTIMATORS`; see the head of this module.
    openings : sequence of bool
        True: the window opens with the first price at the level. False: it opens with the first
        record after that, so that one dear launch does not carry the result. Neither is the
        truth. The first price is one draw and the running minimum soon the best of several, so
        the rate with it is above the trend; a window that opens on a fall starts low. In
        simulations with ten times a year the rate without the opening price is nearest to the
        trend.
    price : {"ever", "in force"}
        See :func:`running_minimum`.
    start, end : Timestamp or str, optional
        The window. Without a start it opens with the level; without an end it closes at
        :func:`coverage_end`, and a later end is flagged ``at_least``.
    resamples : int
        0 leaves the intervals out.
    confidence : float
        Coverage aimed at by the percentile interval.
    method : {"half-samples", "bootstrap"}
        See :func:`presence` and the head of this module.
    seed : int
        The same seed, table and window give the same interval for a level alone and among others.

    Returns
    -------
    pandas.DataFrame
        One row per level, opening and estimator: ``level``, ``score``, ``opening``,
        ``estimator``, ``price``, ``start`` and ``end`` (of the window as used), ``span_years``,
        ``record_years`` (from its first to its last price; NaN if there is one),
        ``n_models`` (versions priced at the level by the end), ``n_points`` (opening and
        changes), ``first_price``, ``last_price`` (USD per million tokens), ``estimate``, ``low``,
        ``high`` (times cheaper per year; below 1 is a rise; NaN if not defined),
        ``share_without`` (share of resamples without an estimate), ``at_least``.

    Notes
    -----
    The window's end is fixed. A resample's series begins when its first model does.
    Levels share models, so their intervals are not independent.
    """
    named = _named(levels)
    events = Events.of(priced)
    limit = coverage_end(priced)
    until = limit if end is None else pd.Timestamp(end)
    present = presence(events.units, resamples, np.random.default_rng(seed), method)
    everyone = np.ones((events.units, 1), dtype=bool)
    begin = None if start is None else year_of(pd.Timestamp(start))
    wanted = {"estimators": estimators, "openings": openings}
    rows, draws = [], []
    for name, score in named.items():
        reached = events.at_least(score)
        point = Staircases.of(reached, everyone, price).falls(year_of(until), begin, **wanted)
        spread = Staircases.of(reached, present, price).falls(year_of(until), begin, **wanted)
        n_models = len(np.unique(reached.unit[reached.years <= year_of(until)]))
        for opening in openings:
            span = float(point["span", opening][0])
            for estimator in estimators:
                rows.append(
                    {
                        "level": name,
                        "score": score,
                        "opening": opening,
                        "estimator": estimator,
                        "price": price,
                        "start": _before(until, span),
                        "end": until,
                        "span_years": span,
                        "record_years": float(point["record span", opening][0]),
                        "n_models": n_models,
                        "n_points": int(point["points", opening][0]),
                        "first_price": float(np.exp(point["first", opening][0])),
                        "last_price": float(np.exp(point["last", opening][0])),
                        "estimate": float(np.exp(point[estimator, opening][0])),
                    }
                )
                draws.append(spread[estimator, opening])
    table = pd.DataFrame(rows)
    if table.empty:
        return table
    low, high, missing = percentile_interval(np.stack(draws), confidence)
    return table.assign(
        low=np.exp(low), high=np.exp(high), share_without=missing, at_least=bool(until > limit)
    )


def rates_in_random_order(
    priced: pd.DataFrame,
    levels: Mapping[str, float] | Iterable[float],
    *,
    estimator: str = "step",
    opening: bool = True,
    end: pd.Timestamp | str | None = None,
    resamples: int = 1000,
    confidence: float = 0.95,
    seed: int = 20250209,
) -> pd.DataFrame:
    """Return how fast the running minimum would fall if the same prices came in random order.

    The launch days stay, the first prices of the models are dealt out anew.
    What remains is the fall that more choice brings by itself. The prices that are dealt out
    contain whatever trend there was, so their spread, and with it this benchmark, is generous.

    Parameters
    ----------
    priced, levels, end, resamples, confidence, seed
        As in :func:`rates`.
    estimator : str
        One of :data:`ESTIMATORS`.
    opening : bool
        Whether the opening price counts.

    Returns
    -------
    pandas.DataFrame
        One row a level: ``level``, ``score``, ``n_models``, ``estimate`` (times cheaper per year
        in the real order, first prices only), ``random`` (median over random orders), ``low``,
        ``high`` (between which the share ``confidence`` of random orders lie),
        ``share_as_fast`` (share of random orders at least as fast as the real one).
    """
    named = _named(levels)
    until = coverage_end(priced) if end is None else pd.Timestamp(end)
    openers = priced.sort_values(["date", "price", "model"]).drop_duplicates("version")
    events = Events.of(openers[openers["date"] <= until])
    wanted = {"estimators": (estimator,), "openings": (opening,)}
    rows, draws = [], []
    for name, score in named.items():
        rng = np.random.default_rng(seed)
        reached = events.at_least(score)
        everyone = np.ones((events.units, 1), dtype=bool)
        real = Staircases.of(reached, everyone).falls(year_of(until), **wanted)[estimator, opening]
        dealt = np.repeat(reached.log_price[:, None], resamples, axis=1)
        rng.permuted(dealt, axis=0, out=dealt)
        np.minimum.accumulate(dealt, axis=0, out=dealt)
        closes = np.append(np.diff(reached.years) > 0, True)[: len(dealt)]
        roof = float(reached.log_price.max(initial=0.0)) + 1.0
        random = Staircases(reached.years[closes], dealt[closes], roof)
        draw = random.falls(year_of(until), **wanted)[estimator, opening]
        known = draw[~np.isnan(draw)]
        rows.append(
            {
                "level": name,
                "score": score,
                "n_models": len(reached.unit),
                "estimate": float(np.exp(real[0])),
                "random": float(np.exp(np.median(known))) if len(known) else np.nan,
                "share_as_fast": float((known >= real[0] - 1e-12).mean()) if len(known) else np.nan,
            }
        )
        draws.append(draw)
    table = pd.DataFrame(rows)
    if table.empty:
        return table
    low, high, _ = percentile_interval(np.stack(draws), confidence)
    return table.assign(low=np.exp(low), high=np.exp(high))[
        ["level", "score", "n_models", "estimate", "random", "low", "high", "share_as_fast"]
    ]


# ---------------------------------------------------------------------------------------------
# falls between two days, for many levels together


@dataclass(frozen=True)
class Falls:
    """Falls of the price of many levels between two days.

    Attributes
    ----------
    levels : pandas.DataFrame
        One row a level: ``level``, ``score``, ``first_price``, ``last_price``, ``fall`` (times
        cheaper; NaN if the level was not on sale on the first day), ``reached`` (whether the
        fall is at least the one asked for).
    summary : pandas.Series
        ``first``, ``last`` (days), ``days``, ``n_levels``, ``n_distinct`` (different pairs of
        first and last price among them: how many facts the levels are), ``n_models`` (on sale on
        the last day), ``asked`` (the fall asked for), ``share`` of the levels that reached it with
        ``share_low``, ``share_high``; ``fall``: geometric mean over levels with ``fall_low``,
        ``fall_high``; ``rate``: the same per 365.25 days; ``coverage_end`` and ``at_least``:
        the last day may lie after the ruler's coverage, and then larger falls may exist and not
        be seen (nothing at all is seen if the first day does too).
    """

    levels: pd.DataFrame
    summary: pd.Series


def falls_between(
    priced: pd.DataFrame,
    levels: Mapping[str, float] | Iterable[float],
    first: pd.Timestamp | str = ESSAY_DATE,
    last: pd.Timestamp | str = YEAR_AFTER_ESSAY,
    *,
    asked: float = 10.0,
    price: str = "ever",
    resamples: int = 1000,
    confidence: float = 0.95,
    method: str = "half-samples",
    seed: int = 20250209,
) -> Falls:
    """Return how far the price of each level fell between two days, and on average.

    Parameters
    ----------
    priced : pandas.DataFrame
        From :func:`priced_models`: one fixed scale of scores.
    levels : mapping of name to score, or iterable of scores
        For instance :func:`levels_on` the first day. Levels nobody sold that day are left out
        of the summary.
    first, last : Timestamp or str
        The price of a level on a day is the one of :func:`running_minimum` on that day.
    asked : float
        A fall of at least so many times counts as reached.
    price, resamples, confidence, method, seed
        As in :func:`rates`.

    Returns
    -------
    Falls

    Notes
    -----
    The average is over levels, each once. In a resample it runs over the levels that its models
    sell on the first day. Levels between two models share a price, so many levels are few facts.
    """
    named = _named(levels)
    first, last = pd.Timestamp(first), pd.Timestamp(last)
    if last <= first:
        raise ValueError(f"the last day {last.date()} is not after the first {first.date()}")
    events = Events.of(priced)
    present = presence(events.units, resamples, np.random.default_rng(seed), method)
    mask = np.concatenate([np.ones((events.units, 1), dtype=bool), present], axis=1)
    before, after = (
        np.full((len(named), resamples + 1), np.nan),
        np.full((len(named), resamples + 1), np.nan),
    )
    for row, score in enumerate(named.values()):
        stairs = Staircases.of(events.at_least(score), mask, price)
        before[row], after[row] = stairs.at(year_of(first)), stairs.at(year_of(last))
    on_sale = priced.loc[priced["date"] <= last, "version"].nunique()
    coverage = coverage_end(priced)
    return _falls(named, before, after, first, last, asked, confidence, on_sale, coverage)


def falls_as_of_the_day(
    snapshots: pd.DataFrame,
    first: pd.Timestamp | str = ESSAY_DATE,
    last: pd.Timestamp | str = YEAR_AFTER_ESSAY,
    *,
    alignment: str = "anchor model",
    asked: float = 10.0,
    resamples: int = 1000,
    confidence: float = 0.95,
    method: str = "half-samples",
    seed: int = 20250209,
) -> Falls:
    """Return falls of the input price with the scores that a leaderboard printed on each day.

    Parameters
    ----------
    snapshots : pandas.DataFrame
        Columns ``snapshot`` (day), ``version``, ``score``, ``input_usd_per_mtok``, ``is_frozen``
        (a score that no longer moved while the scale did: such rows are left out).
    first, last : Timestamp or str
        The nearest snapshot to each is used; the summary says which.
    alignment : {"as printed", "median shift", "anchor model"}
        Every score of the first snapshot is a level. On the second day the same level is
        the same number; or that number plus the median change of the models in both snapshots;
        or what that very model scores then (models in both snapshots only). The first is only
        right if the scale stays: a scale that moves up lets weaker models pass for the level.
    asked, resamples, confidence, method, seed
        As in :func:`falls_between`.

    Returns
    -------
    Falls
        ``levels`` also has ``score_last``, the level's number on the second day.

    Raises
    ------
    ValueError
        If the alignment is not known or both days have the same nearest snapshot.
    """
    check_choice("alignment", alignment, ("as printed", "median shift", "anchor model"))
    days = pd.DatetimeIndex(snapshots["snapshot"].unique()).sort_values()
    first, last = (days[np.abs(days - pd.Timestamp(day)).argmin()] for day in (first, last))
    if last <= first:
        raise ValueError(f"the nearest snapshot to both days is {first.date()}")
    rows = snapshots[(snapshots["input_usd_per_mtok"] > 0) & ~snapshots["is_frozen"].astype(bool)]
    early, late = (rows[rows["snapshot"] == day].set_index("version") for day in (first, last))
    common = early.index.intersection(late.index)
    shift = late.loc[common, "score"] - early.loc[common, "score"]
    level = early["score"].sort_values(kind="stable")
    if alignment == "as printed":
        then = level
    elif alignment == "median shift":
        then = level + shift.median()
    else:
        level = level[level.index.isin(common)]
        then = late.loc[level.index, "score"]
    versions = np.unique(np.concatenate([early.index.to_numpy(str), late.index.to_numpy(str)]))
    present = presence(len(versions), resamples, np.random.default_rng(seed), method)
    mask = np.concatenate([np.ones((len(versions), 1), dtype=bool), present], axis=1)
    prices = []
    for table, marks in ((early, level), (late, then)):
        table = table.sort_values("score", ascending=False)
        unit = np.searchsorted(versions, table.index.to_numpy(str))
        log_price = np.log(table["input_usd_per_mtok"].to_numpy(float))[:, None]
        cheapest = np.minimum.accumulate(np.where(mask[unit], log_price, np.inf), axis=0)
        count = (table["score"].to_numpy()[None, :] >= marks.to_numpy()[:, None]).sum(axis=1)
        found = np.where((count > 0)[:, None], cheapest[np.maximum(count - 1, 0)], np.inf)
        prices.append(np.where(np.isfinite(found), found, np.nan))
    named = dict(zip(level.index, level.astype(float), strict=True))
    result = _falls(named, *prices, first, last, asked, confidence, len(late), last)
    return Falls(result.levels.assign(score_last=then.to_numpy(float)), result.summary)


def falls_by_age(
    priced: pd.DataFrame,
    levels: Mapping[str, float] | Iterable[float],
    *,
    years: int = 3,
    opening: bool = True,
    same_levels: bool = False,
    price: str = "ever",
    asked: float = 10.0,
    resamples: int = 1000,
    confidence: float = 0.95,
    method: str = "half-samples",
    seed: int = 20250209,
) -> pd.DataFrame:
    """Return the average fall in the first, second, ... year after a level first exists.

    Parameters
    ----------
    priced, levels, price, asked, resamples, confidence, method, seed
        As in :func:`falls_between`.
    years : int
        How many years to follow.
    opening : bool
        True: age counts from the day of the first price. False: from the day of the first record
        after it.
    same_levels : bool
        True keeps the levels that have all the years, so that the years differ by age alone and
        not by which levels are old enough.

    Returns
    -------
    pandas.DataFrame
        One row a year of age: ``year``, ``n_levels`` (levels whose whole year lies within the
        ruler's coverage), ``n_distinct`` (different pairs of prices at its two ends: levels share
        models, and these are the facts), ``n_cut`` (levels that have begun the year without
        finishing it),
        ``fall`` (geometric mean of times cheaper in the year), ``low``, ``high``, ``share`` of
        levels with at least the fall asked for.
    """
    named = _named(levels)
    limit = coverage_end(priced)
    events, mask = _with_everyone(priced, resamples, seed, method)
    rows = [[] for _ in range(years)]
    pairs: list[set[tuple[float, float]]] = [set() for _ in range(years)]
    cut = np.zeros(years, dtype=int)
    for score in named.values():
        stairs = Staircases.of(events.at_least(score), mask, price)
        moved = np.flatnonzero(np.diff(stairs.log_price[:, 0], prepend=stairs.roof))
        if len(moved) < (1 if opening else 2):
            continue
        born = stairs.years[moved[0 if opening else 1]]
        marks = born + np.arange(years + 1)
        whole = marks[1:] <= year_of(limit) + 1e-9
        cut += ~whole & (marks[:-1] < year_of(limit))
        if same_levels and not whole.all():
            continue
        for age in np.flatnonzero(whole):
            before, after = stairs.at(marks[age]), stairs.at(marks[age + 1])
            rows[age].append(before - after)
            pairs[age].add((round(float(before[0]), 9), round(float(after[0]), 9)))
    return pd.DataFrame(
        [
            {
                "year": age + 1,
                "n_levels": len(found),
                "n_distinct": len(pairs[age]),
                "n_cut": int(cut[age]),
            }
            | _average(found, asked, confidence, resamples)
            for age, found in enumerate(rows)
        ]
    )


def falls_by_calendar_year(
    priced: pd.DataFrame,
    levels: Mapping[str, float] | Iterable[float],
    *,
    price: str = "ever",
    asked: float = 10.0,
    resamples: int = 1000,
    confidence: float = 0.95,
    method: str = "half-samples",
    seed: int = 20250209,
) -> pd.DataFrame:
    """Return the average fall in each calendar year, over the levels on sale at its start.

    Parameters
    ----------
    priced, levels, price, asked, resamples, confidence, method, seed
        As in :func:`falls_between`.

    Returns
    -------
    pandas.DataFrame
        One row a year that some level lived through from 1 January: ``year``, ``last`` (1 January
        of the next year, or the end of the coverage), ``span_years``, ``complete``, ``n_levels``
        (on sale on 1 January), ``fall`` (geometric mean of times cheaper from 1 January to
        ``last``), ``low``, ``high``, ``share`` of levels with at least the fall asked for,
        ``rate`` (``fall`` per 365.25 days).
    """
    named = _named(levels)
    limit = coverage_end(priced)
    events, mask = _with_everyone(priced, resamples, seed, method)
    stairs = [Staircases.of(events.at_least(score), mask, price) for score in named.values()]
    rows = []
    opening_year = priced["date"].min().year if len(priced) else limit.year
    for year in range(opening_year + 1, limit.year + 1):
        first = pd.Timestamp(year, 1, 1)
        last = min(pd.Timestamp(year + 1, 1, 1), limit)
        if last <= first:
            continue
        found = [one.at(year_of(first)) - one.at(year_of(last)) for one in stairs]
        found = [fall for fall in found if not np.isnan(fall[0])]
        if not found:
            continue
        span = year_of(last) - year_of(first)
        average = _average(found, asked, confidence, resamples)
        rows.append(
            {
                "year": year,
                "last": last,
                "span_years": span,
                "complete": last == pd.Timestamp(year + 1, 1, 1),
                "n_levels": len(found),
            }
            | average
            | {"rate": average["fall"] ** (1 / span)}
        )
    return pd.DataFrame(rows)


# ---------------------------------------------------------------------------------------------
# small parts


def _falls(
    named: dict[str, float],
    before: np.ndarray,
    after: np.ndarray,
    first: pd.Timestamp,
    last: pd.Timestamp,
    asked: float,
    confidence: float,
    n_models: int,
    coverage: pd.Timestamp,
) -> Falls:
    """Assemble the result from log prices of shape (levels, 1 + resamples), all models first."""
    fall = before - after
    table = pd.DataFrame(
        {
            "level": list(named),
            "score": list(named.values()),
            "first_price": np.exp(before[:, 0]),
            "last_price": np.exp(after[:, 0]),
            "fall": np.exp(fall[:, 0]),
            "reached": _reached(fall[:, 0], asked),
        }
    )
    there = ~np.isnan(fall[:, 0])
    days = (last - first).days
    average = _average(list(fall[there]), asked, confidence, fall.shape[1] - 1)
    summary = {
        "first": first,
        "last": last,
        "days": days,
        "n_levels": int(there.sum()),
        "n_distinct": len(table.loc[there, ["first_price", "last_price"]].drop_duplicates()),
        "n_models": n_models,
        "asked": asked,
        "share": average["share"],
        "share_low": average["share_low"],
        "share_high": average["share_high"],
        "fall": average["fall"],
        "fall_low": average["low"],
        "fall_high": average["high"],
        "rate": average["fall"] ** (DAYS_PER_YEAR / days),
        "coverage_end": coverage,
        "at_least": bool(last > coverage),
    }
    return Falls(table, pd.Series(summary))


def _average(
    found: list[np.ndarray], asked: float, confidence: float, resamples: int
) -> dict[str, float]:
    """Average log falls over levels: each of shape (1 + resamples,), all models first."""
    names = ("fall", "low", "high", "share", "share_low", "share_high")
    if not found:
        return dict.fromkeys(names, np.nan)
    fall = np.stack(found)
    known = ~np.isnan(fall)
    number = known.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(known, fall, 0.0).sum(axis=0) / number
        share = _reached(fall, asked).sum(axis=0) / number
    low, high, _ = percentile_interval(np.stack([mean[1:], share[1:]]), confidence)
    values = (np.exp(mean[0]), np.exp(low[0]), np.exp(high[0]), share[0], low[1], high[1])
    return dict(zip(names, (float(value) for value in values), strict=True))


def _reached(log_fall: np.ndarray, asked: float) -> np.ndarray:
    """Whether a fall is at least the one asked for, forgiving the last bits of a logarithm."""
    return log_fall >= np.log(asked) - 1e-9


def _with_everyone(
    priced: pd.DataFrame, resamples: int, seed: int, method: str
) -> tuple[Events, np.ndarray]:
    """Return events and a mask whose first column has every model."""
    events = Events.of(priced)
    present = presence(events.units, resamples, np.random.default_rng(seed), method)
    return events, np.concatenate([np.ones((events.units, 1), dtype=bool), present], axis=1)


def _named(levels: Mapping[str, float] | Iterable[float]) -> dict[str, float]:
    """Give every level a name."""
    if isinstance(levels, Mapping):
        return {str(name): float(score) for name, score in levels.items()}
    return {f"{float(score):g}": float(score) for score in levels}


def _years(days: pd.Series) -> np.ndarray:
    """Turn days into years of 365.25 days since 1970-01-01, exactly alike for one day or many."""
    whole = (pd.DatetimeIndex(days) - pd.Timestamp(0)) // pd.Timedelta(days=1)
    return whole.to_numpy(dtype=float) / DAYS_PER_YEAR


def _before(end: pd.Timestamp, span_years: float) -> pd.Timestamp:
    """Return the day that lies a span before the end."""
    if np.isnan(span_years):
        return pd.NaT
    return end - pd.Timedelta(days=round(span_years * DAYS_PER_YEAR))
