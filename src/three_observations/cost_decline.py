"""What a given level of AI costs: one function for each question of that chapter.

The cheapest price at a given level, its rate of fall and the resampling stand in
:mod:`three_observations.frontier`.
Here are the questions around it: the 150x of the essay, other meanings of "the price fell", the
cost of a whole task, what others found, how other technologies fared, what happened to use, and
the strongest case against.

Every function takes its tables as optional arguments and returns a tidy table or a small frozen
dataclass.
Rates are written as "x per year": 10 means that a price fell to a tenth in 12 months, and a
number below 1 means that it rose.
A log fall of 1 per year is exp(1) = 2.72x per year.

Methods and where they come from.

*Hedonic regression*: the logarithm of a price on quality and time; Griliches, "Hedonic price
indexes for automobiles" (1961), and Triplett, "Handbook on hedonic indexes" (OECD 2004) for the
pooled time-dummy and the adjacent-period variant.
*Standard errors*: see :mod:`three_observations.estimation`.
*Matched models*: the price change of the same model, as in a statistical office's index.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import pandas as pd

from three_observations import data, frontier
from three_observations.estimation import Fit, least_squares, student

DAYS_PER_YEAR = 365.25
MONTHS_PER_YEAR = 12.0
DAYS_PER_MONTH = DAYS_PER_YEAR / MONTHS_PER_YEAR

#: The essay's two figures, and Moore's law as the essay states it.
CLAIMED_RATIO = 150.0
CLAIMED_PER_YEAR = 10.0
MOORE_DOUBLING_MONTHS = 18.0

#: The models that "GPT-4" and "GPT-4o" can mean, and the one in between.
BEFORE = ("GPT-4 (8k)", "GPT-4 (32k)")
AFTER = (
    "GPT-4 Turbo (1106-preview)",
    "GPT-4o (2024-05-13)",
    "GPT-4o (2024-08-06)",
    "GPT-4o mini",
)

#: Questions in GPQA Diamond: a run answers each of them once.
GPQA_QUESTIONS = 198


def _published(published: pd.DataFrame | None, result: str) -> pd.Series:
    """Return the row of one published result."""
    table = data.table(published, "published").set_index("result")
    if result not in table.index:
        raise KeyError(f"no result {result!r} in the table published")
    return table.loc[result]


# ---------------------------------------------------------------------------------------------
# the arithmetic of rates


def months_between(start: str | pd.Timestamp, end: str | pd.Timestamp) -> float:
    """Return the months of 30.4375 days from one day to another.

    Parameters
    ----------
    start, end : str or Timestamp
        Days; the result is negative if the end comes first.
    """
    return (pd.Timestamp(end) - pd.Timestamp(start)).days / DAYS_PER_MONTH


def per_year(ratio: float | np.ndarray, months: float | np.ndarray) -> float | np.ndarray:
    """Spread a fall over 12 months: 100x in 24 months is 10x per year.

    Parameters
    ----------
    ratio : float or array
        Price before over price after, above zero.
    months : float or array
        Time between them, above zero.

    Raises
    ------
    ValueError
        If a ratio or a time is not above zero.
    """
    if np.any(np.asarray(ratio) <= 0) or np.any(np.asarray(months) <= 0):
        raise ValueError("a rate per year needs a ratio and a time above zero")
    return ratio ** (MONTHS_PER_YEAR / months)


def over_months(x_per_year: float | np.ndarray, months: float | np.ndarray) -> float | np.ndarray:
    """Return the fall that a rate gives over some months: 10x per year is 100x in 24."""
    return x_per_year ** (months / MONTHS_PER_YEAR)


def months_to_reach(ratio: float, x_per_year: float) -> float:
    """Return the months after which a rate has made a ratio: 100x takes 24 at 10x per year."""
    return MONTHS_PER_YEAR * float(np.log(ratio) / np.log(x_per_year))


def halving_months(x_per_year: float | np.ndarray) -> float | np.ndarray:
    """Return the months in which a price halves; infinite if it does not move.

    A rate below 1 (a rising price) gives a negative number: minus the doubling time.
    """
    with np.errstate(divide="ignore"):
        return MONTHS_PER_YEAR * np.log(2.0) / np.log(x_per_year)


def from_doubling_months(months: float | np.ndarray) -> float | np.ndarray:
    """Return x per year from a doubling (or halving) time: 18 months is 1.59x per year."""
    return 2.0 ** (MONTHS_PER_YEAR / months)


def from_log_points(log_points: float | np.ndarray) -> float | np.ndarray:
    """Return x per year from log points per year: a fall of 0.73 log points is 2.08x."""
    return np.exp(log_points)


def _years(days: pd.Series) -> np.ndarray:
    """Return days as years since 2020-01-01, for regressions on time."""
    return ((days - pd.Timestamp("2020-01-01")).dt.days / DAYS_PER_YEAR).to_numpy(dtype=float)


# ---------------------------------------------------------------------------------------------
# the result of a regression on time


@dataclass(frozen=True)
class Rate:
    """How fast something fell (or grew) per year.

    Attributes
    ----------
    per_year : float
        x per year.
    low, high : float
        95% interval of ``per_year``.
    log_points : float
        Natural logarithm of ``per_year``.
    standard_error : float
        Of ``log_points``.
    n : int
        Observations.
    what : str
        What fell or grew, and how the rate was estimated.
    """

    per_year: float
    low: float
    high: float
    log_points: float
    standard_error: float
    n: int
    what: str

    @classmethod
    def of_slope(cls, fit: Fit, position: int, sign: float, what: str) -> Rate:
        """Make it from one slope of a fit of log values on years; sign -1 turns it to a fall."""
        slope = sign * float(fit.coefficients[position])
        reach = student(fit.degrees_of_freedom) * fit.standard_error(position)
        return cls(
            float(np.exp(slope)),
            float(np.exp(slope - reach)),
            float(np.exp(slope + reach)),
            slope,
            fit.standard_error(position),
            fit.n,
            what,
        )


# ---------------------------------------------------------------------------------------------
# 1. the 150x


def _launch(prices: pd.DataFrame, model: str) -> pd.Series:
    rows = prices[prices["model"] == model].sort_values("date")
    if rows.empty:
        raise data.DataError(
            f"there is no price of {model!r}.",
            "put its row back, or ask for a model of the table.",
            file="prices.csv",
        )
    for column in ("input_usd_per_mtok", "output_usd_per_mtok"):
        if rows.iloc[0][column] == 0:
            raise data.DataError(
                f"the first price of {model!r} is zero, and a ratio of prices needs one above it.",
                "correct it, or leave the row out.",
                file="prices.csv",
                column=column,
            )
    return rows.iloc[0]


def gpt4_price_ratios(
    prices: pd.DataFrame | None = None,
    blends: Iterable[str] = tuple(frontier.BLENDS),
    before: Sequence[str] = BEFORE,
    after: Sequence[str] = AFTER,
) -> pd.DataFrame:
    """Divide the list prices of GPT-4 by those of its successors, blend by blend.

    Parameters
    ----------
    prices : pandas.DataFrame, optional
    blends : iterable of str
        As :func:`three_observations.frontier.blended` knows them.
    before, after : sequence of str
        Models. Each is taken at its first price.

    Returns
    -------
    pandas.DataFrame
        One row for each pair and blend: ``before``, ``after``, ``blend``, ``before_usd`` and
        ``after_usd`` (per million tokens), ``ratio``, ``before_date``, ``after_date``,
        ``months``, ``per_year`` (the ratio in x per year) and ``ten_a_year`` (what 10x per year
        gives over the same months).

    Raises
    ------
    DataError
        If a model has no price.
    """
    prices = data.table(prices, "prices")
    blends = tuple(blends)
    rows = []
    for old_name in before:
        old = _launch(prices, old_name)
        for new_name in after:
            new = _launch(prices, new_name)
            months = months_between(old["date"], new["date"])
            for blend in blends:
                old_usd, new_usd = (
                    float(
                        frontier.blended(
                            row["input_usd_per_mtok"], row["output_usd_per_mtok"], blend
                        )
                    )
                    for row in (old, new)
                )
                ratio = old_usd / new_usd
                rows.append(
                    {
                        "before": old_name,
                        "after": new_name,
                        "blend": blend,
                        "before_usd": old_usd,
                        "after_usd": new_usd,
                        "ratio": ratio,
                        "before_date": old["date"],
                        "after_date": new["date"],
                        "months": months,
                        "per_year": per_year(ratio, months),
                        "ten_a_year": over_months(CLAIMED_PER_YEAR, months),
                    }
                )
    return pd.DataFrame(rows)


def ratio(
    share_of_input_tokens: float | np.ndarray,
    before: str = "GPT-4 (8k)",
    after: str = "GPT-4o mini",
    prices: pd.DataFrame | None = None,
) -> float | np.ndarray:
    """Return the price ratio of two models as a function of the share of input tokens.

    With input prices I, output prices O and a share w it is
    (w I_before + (1 - w) O_before) / (w I_after + (1 - w) O_after).

    Parameters
    ----------
    share_of_input_tokens : float or numpy.ndarray
        From 0 (output only) to 1 (input only); 3:1 is 0.75.
    before, after : str
        Models, each at its first price.
    prices : pandas.DataFrame, optional

    Returns
    -------
    float or numpy.ndarray
        Same shape as the share.

    Raises
    ------
    ValueError
        If a share lies outside [0, 1].
    KeyError
        If a model has no price.
    """
    share = np.asarray(share_of_input_tokens, dtype=float)
    if np.any((share < 0) | (share > 1)):
        raise ValueError("a share of input tokens lies between 0 and 1")
    prices = data.table(prices, "prices")
    old, new = _launch(prices, before), _launch(prices, after)

    def blend(row: pd.Series) -> np.ndarray:
        return share * row["input_usd_per_mtok"] + (1 - share) * row["output_usd_per_mtok"]

    value = blend(old) / blend(new)
    return float(value) if value.ndim == 0 else value


def share_where_ratio_is(
    target: float = CLAIMED_RATIO,
    before: str = "GPT-4 (8k)",
    after: str = "GPT-4o mini",
    prices: pd.DataFrame | None = None,
) -> float:
    """Return the share of input tokens at which a pair's price ratio is the target.

    Returns
    -------
    float
        Between 0 and 1, or NaN if no mix of tokens gives the target (or every mix does).
    """
    prices = data.table(prices, "prices")
    old, new = _launch(prices, before), _launch(prices, after)
    at_output = old["output_usd_per_mtok"] - target * new["output_usd_per_mtok"]
    at_input = old["input_usd_per_mtok"] - target * new["input_usd_per_mtok"]
    if at_output == at_input:
        return np.nan
    share = at_output / (at_output - at_input)
    return float(share) if -1e-12 <= share <= 1 + 1e-12 else np.nan


def ratio_ranges(
    prices: pd.DataFrame | None = None,
    target: float = CLAIMED_RATIO,
    before: Sequence[str] = BEFORE,
    after: Sequence[str] = AFTER,
) -> pd.DataFrame:
    """Return the range of each pair's ratio over all mixes, and where it crosses the target.

    The ratio rises or falls steadily with the share of input tokens, so its range lies between
    the output-only and the input-only ratio, and no other weighting of tokens can leave it.

    Returns
    -------
    pandas.DataFrame
        One row a pair: ``before``, ``after``, ``months``, ``output_only``, ``input_only``,
        ``lowest``, ``highest``, ``contains_target``, ``share_at_target`` (share of input tokens,
        NaN if none), ``inputs_per_output`` (the same as input tokens for one output token),
        ``needed_per_year`` (the target in x per year over these months).
    """
    prices = data.table(prices, "prices")
    rows = []
    for old in before:
        for new in after:
            months = months_between(_launch(prices, old)["date"], _launch(prices, new)["date"])
            output_only, input_only = ratio(np.array([0.0, 1.0]), old, new, prices)
            share = share_where_ratio_is(target, old, new, prices)
            rows.append(
                {
                    "before": old,
                    "after": new,
                    "months": months,
                    "output_only": output_only,
                    "input_only": input_only,
                    "lowest": min(output_only, input_only),
                    "highest": max(output_only, input_only),
                    "contains_target": bool(np.isfinite(share)),
                    "share_at_target": share,
                    "inputs_per_output": share / (1 - share) if share < 1 else np.nan,
                    "needed_per_year": per_year(target, months),
                }
            )
    return pd.DataFrame(rows)


@dataclass(frozen=True)
class Closest:
    """The pair and blend whose ratio comes nearest to a target.

    Attributes
    ----------
    before, after, blend : str
    ratio, target : float
    share_for_exact : float
        Share of input tokens at which the same pair gives the target exactly; NaN if none does.
    inputs_per_output : float
        The same share as input tokens for each output token.
    mean_of_ratios : float
        Mean of the pair's input-only and output-only ratio: not a price of anything, but a
        figure that somebody could quote.
    months : float
    """

    before: str
    after: str
    blend: str
    ratio: float
    target: float
    share_for_exact: float
    inputs_per_output: float
    mean_of_ratios: float
    months: float


def closest_to(
    target: float = CLAIMED_RATIO,
    prices: pd.DataFrame | None = None,
    blends: Iterable[str] = tuple(frontier.BLENDS),
    before: Sequence[str] = BEFORE,
    after: Sequence[str] = AFTER,
) -> Closest:
    """Find the pair of models and the blend whose ratio is nearest to a target.

    "Nearest" is measured in logarithms: half and double the target are equally far away.

    Returns
    -------
    Closest
    """
    prices = data.table(prices, "prices")
    ratios = gpt4_price_ratios(prices, blends, before, after)
    best = ratios.loc[np.log(ratios["ratio"] / target).abs().idxmin()]
    share = share_where_ratio_is(target, best["before"], best["after"], prices)
    both = ratio(np.array([0.0, 1.0]), best["before"], best["after"], prices)
    return Closest(
        best["before"],
        best["after"],
        best["blend"],
        float(best["ratio"]),
        target,
        share,
        share / (1 - share) if share < 1 else np.nan,
        float(both.mean()),
        float(best["months"]),
    )


def same_level(
    before: str = "GPT-4 (8k)",
    after: str = "GPT-4o mini",
    models: pd.DataFrame | None = None,
    scores: pd.DataFrame | None = None,
    gpqa_runs: pd.DataFrame | None = None,
    rulers: Sequence[str] = frontier.RULERS,
) -> pd.DataFrame:
    """Compare two models on every ruler, to see whether they are of one level.

    Parameters
    ----------
    before, after : str
        Names in the table ``models``.
    models, scores, gpqa_runs : pandas.DataFrame, optional
        ``gpqa_runs`` gives the standard error of GPQA scores that come without bounds.
    rulers : sequence of str

    Returns
    -------
    pandas.DataFrame
        One row a ruler: ``ruler``, ``before_version``, ``after_version``, ``before_score``,
        ``after_score``, ``difference`` (after less before, in points of the ruler),
        ``low``, ``high`` (90% bounds of the difference), ``at_least`` (True if the score of the
        second is not lower; missing if not measured), ``says``: "higher", "lower" or "too close
        to call" by the bounds, "no bounds" where none are published, "not measured" where a score
        is missing; ``same_origin`` (False if two parties measured the two scores).

    Raises
    ------
    KeyError
        If a model is not in the table ``models``.

    Notes
    -----
    Bounds of a difference: the two half-widths are added in squares, as if the errors were
    independent. Both models met the same questions, so their errors move together and the true
    bounds are narrower.
    """
    models = data.table(models, "models").set_index("model")
    scores = data.table(scores, "scores")
    gpqa_runs = data.table(gpqa_runs, "gpqa_runs")
    ours = scores[scores["preferred"].astype(bool)].set_index(["ruler", "version"])
    errors = gpqa_runs.drop_duplicates("version").set_index("version")["standard_error_pct"]

    def look_up(model: str, ruler: str) -> tuple[str | None, str | None, float, float, float]:
        version = models.loc[model, ruler]
        if pd.isna(version) or (ruler, version) not in ours.index:
            return None, None, np.nan, np.nan, np.nan
        row = ours.loc[(ruler, version)]
        score = float(row["score"])
        low, high = (float(row[end]) if pd.notna(row[end]) else np.nan for end in ("low", "high"))
        if np.isnan(low) and ruler == "gpqa_diamond" and pd.notna(errors.get(version)):
            reach = NormalDist().inv_cdf(0.95) * float(errors[version])
            low, high = score - reach, score + reach
        return version, row["origin"], score, low, high

    rows = []
    for ruler in rulers:
        old_version, old_origin, old, old_low, old_high = look_up(before, ruler)
        new_version, new_origin, new, new_low, new_high = look_up(after, ruler)
        difference = new - old
        low = difference - np.hypot(new - new_low, old_high - old)
        high = difference + np.hypot(new_high - new, old - old_low)
        if np.isnan(difference):
            says = "not measured"
        elif np.isnan(low):
            says = "no bounds"
        else:
            says = "higher" if low > 0 else "lower" if high < 0 else "too close to call"
        rows.append(
            {
                "ruler": ruler,
                "before_version": old_version,
                "after_version": new_version,
                "before_score": old,
                "after_score": new,
                "difference": difference,
                "low": low,
                "high": high,
                "at_least": pd.NA if np.isnan(difference) else bool(difference >= 0),
                "says": says,
                "same_origin": old_origin is not None and old_origin == new_origin,
            }
        )
    return pd.DataFrame(rows).astype({"at_least": "boolean"})


def rulers_kept(
    before: str = "GPT-4 (8k)", after: str = "GPT-4o mini", comparison: pd.DataFrame | None = None
) -> tuple[int, int]:
    """Count the rulers on which the second model scores at least as high as the first.

    Only rulers count on which one party measured both models.
    The older vintage of the capabilities index is not counted beside the newer one.

    Parameters
    ----------
    before, after : str
    comparison : pandas.DataFrame, optional
        From :func:`same_level`.

    Returns
    -------
    tuple of int
        Rulers on which it does, and rulers on which one party measured both.
    """
    table = same_level(before, after) if comparison is None else comparison
    fair = (table["ruler"] != "eci_2025_12") & table["same_origin"].eq(True)
    measured = table.loc[fair, "at_least"].dropna()
    return int(measured.sum()), len(measured)


# ---------------------------------------------------------------------------------------------
# 2. illustration against rule

#: What "early 2023" and "mid-2024" can mean. GPT-4 and the three launches are in the tables too.
EARLY_2023 = {
    "first day of 2023": "2023-01-01",
    "GPT-4 launched": "2023-03-14",
    "end of April 2023": "2023-04-30",
}
MID_2024 = {
    "GPT-4o launched": "2024-05-13",
    "middle of 2024": "2024-07-01",
    "GPT-4o mini launched": "2024-07-18",
    "GPT-4o made cheaper": "2024-08-06",
    "end of August 2024": "2024-08-31",
}


def illustration_against_rule(
    ratio_claimed: float = CLAIMED_RATIO,
    claimed_per_year: float = CLAIMED_PER_YEAR,
    starts: Mapping[str, str] | None = None,
    ends: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Set the essay's illustration (150x) beside its rule (10x per year), for every reading.

    Parameters
    ----------
    ratio_claimed : float
    claimed_per_year : float
    starts, ends : mapping of str to str, optional
        Readings of "early 2023" and of "mid-2024": name to ISO date.

    Returns
    -------
    pandas.DataFrame
        One row for each pair of readings: ``start``, ``end``, ``start_date``, ``end_date``,
        ``months``, ``illustration_per_year`` (150x in these months, in x per year),
        ``rule_over_months`` (what 10x per year gives in these months), ``illustration_over_rule``
        (the first ratio over the second).
    """
    starts = EARLY_2023 if starts is None else starts
    ends = MID_2024 if ends is None else ends
    rows = []
    for start, start_date in starts.items():
        for end, end_date in ends.items():
            months = months_between(start_date, end_date)
            rule = over_months(claimed_per_year, months)
            rows.append(
                {
                    "start": start,
                    "end": end,
                    "start_date": pd.Timestamp(start_date),
                    "end_date": pd.Timestamp(end_date),
                    "months": months,
                    "illustration_per_year": per_year(ratio_claimed, months),
                    "rule_over_months": rule,
                    "illustration_over_rule": ratio_claimed / rule,
                }
            )
    return pd.DataFrame(rows)


# ---------------------------------------------------------------------------------------------
# 6. three meanings of "the price fell"

FORMS = ("linear", "quadratic")


@dataclass(frozen=True)
class Hedonic:
    """A hedonic regression of log launch price on score and time.

    Attributes
    ----------
    ruler, blend, form : str
    robust, clustered : Rate
        The fall per year at a given score, with HC1 errors and with errors clustered by provider.
    models, providers : int
    r_squared : float
    price_of_a_point : float
        Times dearer for one more point of the ruler, at the mean score.
    """

    ruler: str
    blend: str
    form: str
    robust: Rate
    clustered: Rate
    models: int
    providers: int
    r_squared: float
    price_of_a_point: float

    @property
    def per_year(self) -> float:
        """The fall in x per year (the two kinds of errors share it)."""
        return self.robust.per_year

    @property
    def wider(self) -> Rate:
        """The rate with the wider of the two intervals: the one to quote."""
        robust, clustered = self.robust, self.clustered
        return max(robust, clustered, key=lambda rate: np.log(rate.high / rate.low))


def launches(
    ruler: str = "eci_2026_08",
    blend: str = "3:1",
    *,
    min_sources: int = 1,
    with_hosts: bool = False,
    prices: pd.DataFrame | None = None,
    models: pd.DataFrame | None = None,
    scores: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return each scored model once, at the first price that its developer asked.

    Parameters
    ----------
    ruler, blend, min_sources, prices, models, scores
        As in :func:`three_observations.frontier.priced_models`.
    with_hosts : bool
        Keep listings of companies that sell models of others. These are no launches: a host may
        list a model a year after it came out, at a price of that later day.

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`three_observations.frontier.priced_models`, one row a model.
    """
    models = data.table(models, "models")
    priced = frontier.priced_models(
        ruler, blend=blend, min_sources=min_sources, prices=prices, models=models, scores=scores
    )
    if not with_hosts:
        developer = models.set_index("model")["developer"]
        priced = priced[priced["model"].map(developer) == priced["provider"]]
    return priced.sort_values(["date", "model"]).drop_duplicates("model").reset_index(drop=True)


def _score_columns(score: np.ndarray, form: str) -> list[np.ndarray]:
    if form not in FORMS:
        raise ValueError(f"form {form!r} is not one of {', '.join(FORMS)}")
    centred = score - score.mean()
    return [centred] if form == "linear" else [centred, centred**2 / centred.std()]


def hedonic(
    table: pd.DataFrame | None = None,
    *,
    ruler: str = "eci_2026_08",
    blend: str = "3:1",
    form: str = "linear",
    provider_effects: bool = False,
) -> Hedonic:
    """Regress log launch price on score and date: the fall in price at the same score.

    Parameters
    ----------
    table : pandas.DataFrame, optional
        Launches with ``price``, ``score``, ``date``, ``provider``; by default
        :func:`launches` of the ruler and blend.
    ruler, blend : str
    form : {"linear", "quadratic"}
        How log price depends on the score.
    provider_effects : bool
        Give each provider a price level of its own, so that only its own launches are compared.

    Returns
    -------
    Hedonic

    Raises
    ------
    ValueError
        If the form is not known or there are too few launches.

    Notes
    -----
    The rate answers another question than the cheapest price: it follows the average launch,
    dear models included.
    With some ten providers of unequal size the clustered interval itself is uncertain.
    """
    table = launches(ruler, blend) if table is None else table
    score = table["score"].to_numpy(dtype=float)
    columns = _score_columns(score, form)
    if provider_effects:
        names, member = np.unique(table["provider"].to_numpy(dtype=str), return_inverse=True)
        columns += list(np.eye(len(names))[member].T[1:])
    design = np.column_stack([np.ones(len(table)), _years(table["date"]), *columns])
    log_price = np.log(table["price"].to_numpy(dtype=float))
    robust = least_squares(design, log_price)
    clustered = least_squares(design, log_price, table["provider"].to_numpy(dtype=str))
    effects = ", provider effects" if provider_effects else ""
    what = f"launch price at a given score ({ruler}, {blend}, {form}{effects})"
    return Hedonic(
        ruler,
        blend,
        form,
        Rate.of_slope(robust, 1, -1, f"{what}, HC1 errors"),
        Rate.of_slope(clustered, 1, -1, f"{what}, errors clustered by provider"),
        len(table),
        int(clustered.groups),
        robust.r_squared,
        float(np.exp(robust.coefficients[2])),
    )


def _periods(days: pd.Series, period: str) -> pd.Series:
    year = days.dt.year.astype(str)
    if period == "year":
        return year
    if period == "half-year":
        return year + np.where(days.dt.month <= 6, " H1", " H2")
    raise ValueError(f"period {period!r} is neither 'year' nor 'half-year'")


def hedonic_index(
    table: pd.DataFrame | None = None,
    *,
    ruler: str = "eci_2026_08",
    blend: str = "3:1",
    form: str = "linear",
    period: str = "year",
    method: str = "pooled",
    at_least: int = 4,
) -> tuple[pd.DataFrame, Rate]:
    """Estimate a quality-adjusted price index with time dummies instead of a straight line.

    Parameters
    ----------
    table : pandas.DataFrame, optional
        Launches, see :func:`hedonic`.
    ruler, blend, form : str
    period : {"year", "half-year"}
    method : {"pooled", "adjacent"}
        ``"pooled"``: one regression, the price of a point is the same at all times.
        ``"adjacent"``: a regression for every two neighbouring periods, chained; the price of a
        point may change from one to the next.
    at_least : int
        Periods with fewer launches are left out.

    Returns
    -------
    pandas.DataFrame
        One row a period: ``period``, ``launches``, ``date`` (mean launch date), ``index`` (price
        at a given score, first period = 1), ``low``, ``high`` (95%, errors clustered by
        provider; the first period has none).
    Rate
        The fall from the first period to the last, in x per year.

    Raises
    ------
    ValueError
        If an option is not known or fewer than two periods have enough launches.
    """
    table = launches(ruler, blend) if table is None else table
    if method not in ("pooled", "adjacent"):
        raise ValueError(f"method {method!r} is neither 'pooled' nor 'adjacent'")
    when = _periods(table["date"], period)
    counts = when.value_counts()
    kept = sorted(name for name, count in counts.items() if count >= at_least)
    if len(kept) < 2:
        raise ValueError("an index needs two periods with enough launches")
    table = table[when.isin(kept)]
    when = when[when.isin(kept)].to_numpy()
    log_price = np.log(table["price"].to_numpy(dtype=float))
    score = table["score"].to_numpy(dtype=float)
    position = np.array([kept.index(name) for name in when])
    _, member = np.unique(table["provider"].to_numpy(dtype=str), return_inverse=True)
    groups = int(member.max()) + 1
    level = np.zeros(len(kept))
    influence = np.zeros((len(table), len(kept)))
    if method == "pooled":
        dummies = [(position == number).astype(float) for number in range(1, len(kept))]
        design = np.column_stack([np.ones(len(table)), *_score_columns(score, form), *dummies])
        fit = least_squares(design, log_price)
        first = design.shape[1] - len(dummies)
        level[1:] = fit.coefficients[first:]
        influence[:, 1:] = fit.influence[:, first:] * np.sqrt(
            (fit.n - 1) / (fit.n - design.shape[1])
        )
    else:
        for number in range(1, len(kept)):
            rows = np.flatnonzero((position == number) | (position == number - 1))
            design = np.column_stack(
                [
                    np.ones(len(rows)),
                    *_score_columns(score[rows], form),
                    (position[rows] == number).astype(float),
                ]
            )
            fit = least_squares(design, log_price[rows])
            level[number] = level[number - 1] + fit.coefficients[-1]
            influence[:, number] = influence[:, number - 1]
            influence[rows, number] += fit.influence[:, -1] * np.sqrt(
                (fit.n - 1) / (fit.n - design.shape[1])
            )
    by_provider = np.zeros((groups, len(kept)))
    np.add.at(by_provider, member, influence)
    error = np.sqrt((by_provider**2).sum(axis=0) * groups / (groups - 1))
    reach = student(groups - 1) * error
    mean_date = [table["date"][when == name].mean().normalize() for name in kept]
    index = pd.DataFrame(
        {
            "period": kept,
            "launches": [int((when == name).sum()) for name in kept],
            "date": mean_date,
            "index": np.exp(level),
            "low": np.where(error > 0, np.exp(level - reach), np.nan),
            "high": np.where(error > 0, np.exp(level + reach), np.nan),
        }
    )
    span = (mean_date[-1] - mean_date[0]).days / DAYS_PER_YEAR
    fall, fall_error = -level[-1] / span, error[-1] / span
    wide = student(groups - 1) * fall_error
    rate = Rate(
        float(np.exp(fall)),
        float(np.exp(fall - wide)),
        float(np.exp(fall + wide)),
        float(fall),
        float(fall_error),
        len(table),
        f"hedonic index ({ruler}, {blend}, {form}, {period}s, {method})",
    )
    return index, rate


#: Names in ``price_events`` that point to whatever model is newest: not the same model over time.
POINTERS = frozenset({"deepseek-chat", "deepseek-reasoner"})

#: Names in ``price_events`` whose change corrects the list and is no change of the price.
LIST_CORRECTIONS = {
    "gpt-4": "listed at GPT-4 Turbo's price, then at its own, which had not moved since 2023",
    "qwen3.6-plus": "listed at the mainland price first, then at the international one",
}

#: Parts of names of models that do not sell text tokens.
NOT_TEXT = ("embed", "image", "tts", "audio", "realtime", "transcribe", "live", "voxtral")

#: A change so soon after a model was first seen is taken for a correction of the list.
SETTLE_DAYS = 14


def own_price_histories(
    prices: pd.DataFrame | None = None,
    price_events: pd.DataFrame | None = None,
    *,
    blend: str = "3:1",
    settle_days: int = SETTLE_DAYS,
) -> pd.DataFrame:
    """Follow every model's own price from its first to its last.

    Two tables are followed side by side and not merged: the book's ``prices`` (listings since
    2020, some of them several hosts of one model) and ``price_events`` (providers' own lists,
    watched day by day from June 2025).

    Parameters
    ----------
    prices, price_events : pandas.DataFrame, optional
    blend : str
        Used where every row of a model has both prices; else its input price is followed.
    settle_days : int
        In ``price_events``, a model's first price is the one it has after so many days.

    Returns
    -------
    pandas.DataFrame
        One row a model and table: ``table``, ``model``, ``provider``, ``first_date``,
        ``last_change`` (NaT if none), ``end`` (last day of the table), ``first_usd``,
        ``last_usd`` (per million tokens), ``changes``, ``cuts``, ``rises``, ``log_fall``
        (ln first - ln last), ``years`` (from first price to ``end``).
        Free models and free periods are left out: zero has no logarithm.

    Notes
    -----
    Withdrawals are not in the data. Counting every model to the table's end makes the average
    fall slower; :func:`own_price` shows the rate among models that changed as well.
    """
    prices = data.table(prices, "prices")
    events = data.table(price_events, "price_events")
    pointer = events["model"].isin(POINTERS) | events["model"].str.contains("latest")
    other = events["model"].str.lower().str.contains("|".join(NOT_TEXT))
    events = events[~(pointer | other | events["model"].isin(LIST_CORRECTIONS))]
    return pd.concat(
        [
            _histories("prices", prices, blend, 0),
            _histories("price_events", events, blend, settle_days),
        ],
        ignore_index=True,
    )


def _histories(name: str, table: pd.DataFrame, blend: str, settle_days: int) -> pd.DataFrame:
    """Follow the models of one table, see :func:`own_price_histories`."""
    end = table["date"].max()
    keys = ["provider", "model"]
    rows = table.sort_values([*keys, "date"], kind="stable", ignore_index=True)
    both = frontier.blended(rows["input_usd_per_mtok"], rows["output_usd_per_mtok"], blend)
    partly = both.isna().groupby([rows["provider"], rows["model"]]).transform("any")
    rows["price"] = both.mask(partly, rows["input_usd_per_mtok"]).astype(float)
    rows = rows[rows["price"] > 0].reset_index(drop=True)
    first = rows.groupby(keys)["date"].transform("min")
    later = rows["date"] > first + pd.Timedelta(days=settle_days)
    settled = ~later & later.groupby([rows["provider"], rows["model"]]).shift(-1, fill_value=True)
    rows = rows.assign(first_date=first, log=np.log(rows["price"]))[later | settled]
    rows["step"] = rows.groupby(keys)["log"].diff().fillna(0.0)
    rows["cut"], rows["rise"] = rows["step"] < -1e-9, rows["step"] > 1e-9
    rows["changed"] = rows["date"].where(rows["cut"] | rows["rise"])
    found = rows.groupby(keys, as_index=False).agg(
        first_date=("first_date", "first"),
        last_change=("changed", "max"),
        first_usd=("price", "first"),
        last_usd=("price", "last"),
        cuts=("cut", "sum"),
        rises=("rise", "sum"),
    )
    found["table"], found["end"] = name, end
    found["changes"] = found["cuts"] + found["rises"]
    found["log_fall"] = np.log(found["first_usd"] / found["last_usd"])
    found["years"] = (end - found["first_date"]).dt.days / DAYS_PER_YEAR
    columns = ["table", "model", "provider", "first_date", "last_change", "end"]
    columns += ["first_usd", "last_usd", "changes", "cuts", "rises", "log_fall", "years"]
    return found[columns]


@dataclass(frozen=True)
class OwnPrice:
    """How the price of the same model moved.

    Attributes
    ----------
    table : str
        ``"prices"`` or ``"price_events"``.
    rate : Rate
        Fall per year over all models, weighted by the time each was on the list: the geometric
        mean, models that never changed included; errors clustered by provider.
    among_changed : Rate
        The same over the models that changed at least once.
    models, changed, cuts, rises : int
        Models; models that changed; price cuts; price rises.
    share_never_changed : float
    years : float
        Model-years watched.
    """

    table: str
    rate: Rate
    among_changed: Rate
    models: int
    changed: int
    cuts: int
    rises: int
    share_never_changed: float
    years: float


def _ratio_rate(rows: pd.DataFrame, what: str) -> Rate:
    """Log fall per model-year: a ratio of sums, its error by linearisation, clustered."""
    fall, years = rows["log_fall"].to_numpy(float), rows["years"].to_numpy(float)
    slope = fall.sum() / years.sum() if len(rows) else np.nan
    _, member = np.unique(rows["provider"].to_numpy(str), return_inverse=True)
    groups = len(set(member))
    error = reach = np.nan
    if groups >= 2:
        sums = np.bincount(member, fall - slope * years)
        error = float(np.sqrt((sums**2).sum() * groups / (groups - 1)) / years.sum())
        reach = student(groups - 1) * error
    low, middle, high = (float(np.exp(slope + shift)) for shift in (-reach, 0.0, reach))
    return Rate(middle, low, high, float(slope), error, len(rows), what)


def own_price(table: str = "prices", histories: pd.DataFrame | None = None) -> OwnPrice:
    """Average the fall of models' own prices: the matched-model index.

    Parameters
    ----------
    table : {"prices", "price_events"}
    histories : pandas.DataFrame, optional
        From :func:`own_price_histories`.

    Returns
    -------
    OwnPrice
        Rates over models of a single provider have no interval (NaN).

    Raises
    ------
    ValueError
        If the table is not known or empty.
    """
    histories = own_price_histories() if histories is None else histories
    rows = histories[(histories["table"] == table) & (histories["years"] > 0)]
    if rows.empty:
        raise ValueError(f"there is no history in the table {table!r}")
    changed = rows[rows["changes"] > 0]
    return OwnPrice(
        table,
        _ratio_rate(rows, f"the same model's own price, all models ({table})"),
        _ratio_rate(changed, f"the same model's own price, models that changed ({table})"),
        len(rows),
        len(changed),
        int(rows["cuts"].sum()),
        int(rows["rises"].sum()),
        1 - len(changed) / len(rows),
        float(rows["years"].sum()),
    )


def own_price_history(
    model: str, prices: pd.DataFrame | None = None, blend: str = "3:1"
) -> pd.DataFrame:
    """Return all list prices of one model, oldest first.

    Returns
    -------
    pandas.DataFrame
        ``model``, ``date``, ``input_usd_per_mtok``, ``output_usd_per_mtok``, ``price`` (blended),
        ``change`` (times the row before, on the input price; NaN in the first row), ``source``.

    Raises
    ------
    KeyError
        If the model has no price.
    """
    prices = data.table(prices, "prices")
    rows = prices[prices["model"] == model].sort_values("date").reset_index(drop=True)
    if rows.empty:
        raise KeyError(f"no price of {model!r} in the table prices")
    columns = ["model", "date", "input_usd_per_mtok", "output_usd_per_mtok", "source"]
    shown = rows[columns].copy()
    shown["price"] = frontier.blended(
        rows["input_usd_per_mtok"], rows["output_usd_per_mtok"], blend
    )
    shown["change"] = rows["input_usd_per_mtok"] / rows["input_usd_per_mtok"].shift()
    return shown


# ---------------------------------------------------------------------------------------------
# 7. per task, not per token


#: The end of a version's name that gives a thinking budget or an effort.
SETTING = r"_(?:[0-9]+K|low|medium|high|xhigh)$"


def gpqa_answers(
    gpqa_runs: pd.DataFrame | None = None,
    models: pd.DataFrame | None = None,
    scores: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the dated GPQA Diamond runs with the output tokens paid for per answer.

    Parameters
    ----------
    gpqa_runs, models, scores : pandas.DataFrame, optional
        A run without a release date takes that of its version in ``scores``, else that of its
        model; runs without any are left out.

    Returns
    -------
    pandas.DataFrame
        One row a run, in the order of release: ``version``, ``model`` (whose price applies; may
        be missing), ``provider``, ``released``, ``accuracy_pct``, ``tokens`` (paid output tokens
        per answer, reasoning included), ``reasoning`` (True if the run reports reasoning tokens;
        where it reports none, False; where it does not say, True for a reasoning model unless
        the run names no budget and others of the same model do; missing if the model is not in
        the book's tables),
        ``record`` (True if no run released up to that day was more accurate).
    """
    runs = data.table(gpqa_runs, "gpqa_runs")
    models = data.table(models, "models")
    scores = data.table(scores, "scores")
    about = models[["model", "provider", "is_reasoning", "released"]]
    about = about.rename(columns={"released": "model_released"})
    runs = runs.merge(about, on="model", how="left", validate="many_to_one")
    ruler = scores[(scores["ruler"] == "gpqa_diamond") & scores["preferred"].astype(bool)]
    dated = ruler.set_index("version")["released"]
    runs["released"] = (
        runs["released"].fillna(runs["version"].map(dated)).fillna(runs["model_released"])
    )
    runs = runs.dropna(subset=["released"]).sort_values(["released", "version"], ignore_index=True)
    thought = runs["reasoning_tokens_per_answer"].astype(float)
    reasons = runs["is_reasoning"].astype("boolean")
    with_setting = runs["version"].str.contains(SETTING)
    has_sibling = runs["model"].isin(runs.loc[with_setting, "model"].dropna())
    reasons = reasons.mask(thought.isna() & has_sibling & ~with_setting, False)
    reasons = reasons.mask(thought.eq(0) & runs["model"].notna(), False)
    runs["reasoning"] = reasons.mask(thought > 0, True)
    runs["tokens"] = runs["output_tokens_per_answer"].astype(float)
    best = runs.groupby("released")["accuracy_pct"].max().cummax()
    runs["record"] = runs["accuracy_pct"] >= runs["released"].map(best).astype(float)
    columns = ["version", "model", "provider", "released", "accuracy_pct", "tokens"]
    return runs[[*columns, "reasoning", "record"]]


def gpqa_run_costs(
    answers: pd.DataFrame | None = None,
    prices: pd.DataFrame | None = None,
    *,
    input_tokens_per_question: float = 0.0,
) -> pd.DataFrame:
    """Price a run of GPQA Diamond on every day on which a model's price began to apply.

    Parameters
    ----------
    answers : pandas.DataFrame, optional
        From :func:`gpqa_answers`.
    prices : pandas.DataFrame, optional
    input_tokens_per_question : float
        Input tokens are not in the data. By default they are left out; a question has some 250,
        far fewer than a reasoning model writes.

    Returns
    -------
    pandas.DataFrame
        One row a run and price, in the form of a table of
        :func:`three_observations.frontier.priced_models`, so that its functions apply:
        ``model`` (the run: version and effort), ``version`` (the model whose price applies: the
        unit to resample), ``provider``, ``date``, ``price`` (USD for 198 answers), ``score``
        (accuracy in percent), ``released``, ``n_sources``, ``tokens`` (per answer).
    """
    answers = gpqa_answers() if answers is None else answers
    prices = data.table(prices, "prices")
    rows = answers.dropna(subset=["model"]).rename(columns={"version": "run"})
    priced = prices[["model", "date", "input_usd_per_mtok", "output_usd_per_mtok", "n_sources"]]
    joined = rows.merge(priced, on="model", how="inner")
    joined["price"] = (
        GPQA_QUESTIONS
        * (
            joined["tokens"] * joined["output_usd_per_mtok"]
            + input_tokens_per_question * joined["input_usd_per_mtok"]
        )
        / 1e6
    )
    joined["date"] = joined[["date", "released"]].max(axis=1)
    joined = joined[joined["price"] > 0]
    joined = joined.drop(columns=["reasoning", "record"]).rename(
        columns={"model": "version", "run": "model", "accuracy_pct": "score"}
    )
    columns = ["model", "version", "provider", "date", "price", "score", "released", "n_sources"]
    joined = joined.sort_values(["date", "price", "model"], ignore_index=True)
    return joined[[*columns, "tokens"]]


def weirdml_costs(weirdml_runs: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return WeirdML's dollars per run, in the form of a table of priced models.

    The cost is what the run cost when it was made; it is dated by the model's release, which
    is earlier, so a model whose price was cut before its run looks cheap too soon.

    Returns
    -------
    pandas.DataFrame
        ``model``, ``version``, ``provider``, ``date``, ``price`` (USD per run), ``score``
        (accuracy in percent), ``released``, ``n_sources``; runs without a release date are
        left out.
    """
    runs = data.table(weirdml_runs, "weirdml_runs").dropna(subset=["released", "usd_per_run"])
    table = pd.DataFrame(
        {
            "model": runs["version"],
            "version": runs["version"],
            "provider": runs["organization"].fillna("not named"),
            "date": runs["released"],
            "price": runs["usd_per_run"].astype(float),
            "score": runs["accuracy_pct"].astype(float),
            "released": runs["released"],
            "n_sources": 1,
        }
    )
    return table[table["price"] > 0].sort_values(["date", "price", "model"], ignore_index=True)


def tokens_per_answer_growth(answers: pd.DataFrame | None = None, runs: str = "records") -> Rate:
    """Estimate how fast answers to the same questions grow longer.

    Parameters
    ----------
    answers : pandas.DataFrame, optional
        From :func:`gpqa_answers`.
    runs : {"all", "records", "reasoning", "not reasoning"}
        Which runs: all; those that were the most accurate at their release; one of both kinds.

    Returns
    -------
    Rate
        Growth in x per year (above 1: longer), from the slope of log tokens on release date,
        HC1 errors.

    Raises
    ------
    ValueError
        If the choice of runs is not known.
    """
    answers = gpqa_answers() if answers is None else answers
    reasoning = answers["reasoning"].astype("boolean")
    chosen = {
        "all": pd.Series(True, index=answers.index),
        "records": answers["record"].astype(bool),
        "reasoning": reasoning.fillna(False).astype(bool),
        "not reasoning": (~reasoning).fillna(False).astype(bool),
    }
    if runs not in chosen:
        raise ValueError(f"runs {runs!r} is not one of {', '.join(chosen)}")
    rows = answers[chosen[runs]]
    design = np.column_stack([np.ones(len(rows)), _years(rows["released"])])
    fit = least_squares(design, np.log(rows["tokens"].to_numpy(dtype=float)))
    return Rate.of_slope(fit, 1, 1, f"output tokens per GPQA answer, {runs} runs")


def best_run_cost_growth(costs: pd.DataFrame, what: str) -> Rate:
    """Estimate how the cost of a run of the best model moves: the price of the frontier itself.

    Parameters
    ----------
    costs : pandas.DataFrame
        From :func:`gpqa_run_costs` or :func:`weirdml_costs`.
    what : str
        Name of the benchmark.

    Returns
    -------
    Rate
        Growth in x per year (above 1: dearer) over the runs that set a record of accuracy.
    """
    rows = costs.sort_values(["date", "score"]).drop_duplicates("model")
    rows = rows.drop_duplicates("date", keep="last")
    best = rows["score"].cummax()
    rows = rows[rows["score"] > best.shift(fill_value=-np.inf)]
    design = np.column_stack([np.ones(len(rows)), _years(rows["date"])])
    fit = least_squares(design, np.log(rows["price"].to_numpy(dtype=float)))
    return Rate.of_slope(fit, 1, 1, f"cost of the record run, {what}")


# ---------------------------------------------------------------------------------------------
# 9. Moore and the rest


@dataclass(frozen=True)
class DoublingTime:
    """A doubling time from a straight line through logarithms.

    Attributes
    ----------
    months, low, high : float
        Doubling time and its 95% interval in months.
    first_year, last_year : float
        Years of the first and the last observation.
    n : int
    what : str
    """

    months: float
    low: float
    high: float
    first_year: float
    last_year: float
    n: int
    what: str


def transistor_doubling(
    transistors: pd.DataFrame | None = None,
    first_year: float = -np.inf,
    last_year: float = np.inf,
    *,
    records: bool = False,
) -> DoublingTime:
    """Estimate the doubling time of transistors per processor.

    Parameters
    ----------
    transistors : pandas.DataFrame, optional
    first_year, last_year : float
        Window, both ends included.
    records : bool
        Keep only processors with more transistors than every earlier one of the whole table.

    Returns
    -------
    DoublingTime
        Least squares of log2 count on year, HC1 errors; the interval is the reciprocal of the
        slope's, turned round.

    Raises
    ------
    ValueError
        If fewer than three processors are left.
    """
    rows = data.table(transistors, "transistors").sort_values(["year", "transistors_thousands"])
    if records:
        count = rows["transistors_thousands"]
        rows = rows[count > count.cummax().shift(fill_value=0.0)]
    rows = rows[rows["year"].between(first_year, last_year)]
    if len(rows) < 3:
        raise ValueError(f"{len(rows)} processors from {first_year} to {last_year}: too few")
    year = rows["year"].to_numpy(dtype=float)
    design = np.column_stack([np.ones(len(rows)), year - year.mean()])
    fit = least_squares(design, np.log2(rows["transistors_thousands"].to_numpy(dtype=float)))
    low, high = fit.interval(1)
    return DoublingTime(
        MONTHS_PER_YEAR / float(fit.coefficients[1]),
        MONTHS_PER_YEAR / high,
        MONTHS_PER_YEAR / low if low > 0 else np.inf,
        float(year.min()),
        float(year.max()),
        len(rows),
        "record processors" if records else "processors",
    )


#: Eras of the transistor count: first and last year.
ERAS = {
    "all years": (1970, 2022),
    "to 1990": (1970, 1990),
    "1990-2005": (1990, 2005),
    "from 2005": (2005, 2022),
}


def transistor_doubling_by_era(
    transistors: pd.DataFrame | None = None, eras: Mapping[str, tuple[float, float]] | None = None
) -> pd.DataFrame:
    """Return the doubling time for each era, over all processors and over record ones.

    Returns
    -------
    pandas.DataFrame
        ``era``, ``processors`` ("all" or "records"), ``n``, ``months``, ``low``, ``high``,
        ``per_year`` (x per year), ``contains_18`` (is 18 months inside the interval?).
        An era with fewer than five record processors has no row for them.
    """
    transistors = data.table(transistors, "transistors")
    rows = []
    for era, (first, last) in (ERAS if eras is None else eras).items():
        for records in (False, True):
            try:
                found = transistor_doubling(transistors, first, last, records=records)
            except ValueError:
                continue
            if found.n < 5:
                continue
            rows.append(
                {
                    "era": era,
                    "processors": "records" if records else "all",
                    "n": found.n,
                    "months": found.months,
                    "low": found.low,
                    "high": found.high,
                    "per_year": from_doubling_months(found.months),
                    "contains_18": bool(found.low <= MOORE_DOUBLING_MONTHS <= found.high),
                }
            )
    return pd.DataFrame(rows)


@dataclass(frozen=True)
class Sequencing:
    """How fast the cost of reading DNA fell.

    Attributes
    ----------
    column : str
        ``"usd_per_genome"`` or ``"usd_per_megabase"``.
    average : Rate
        Least squares of log cost on time over all months, HC1 errors.
    end_to_end : float
        First price over last, in x per year.
    best_fall : float
        Largest fall between two dates at most 12 months apart, in x.
    best_from, best_to : pandas.Timestamp
    """

    column: str
    average: Rate
    end_to_end: float
    best_fall: float
    best_from: pd.Timestamp
    best_to: pd.Timestamp


def sequencing_falls(
    sequencing: pd.DataFrame | None = None, column: str = "usd_per_genome", months: int = 12
) -> Sequencing:
    """Measure the average fall of the cost of DNA sequencing and its best months.

    Parameters
    ----------
    sequencing : pandas.DataFrame, optional
    column : {"usd_per_genome", "usd_per_megabase"}
    months : int
        Longest distance between the two dates of the best fall.

    Returns
    -------
    Sequencing
    """
    rows = data.table(sequencing, "sequencing").dropna(subset=[column]).sort_values("month")
    cost = rows[column].to_numpy(dtype=float)
    month = (rows["month"].dt.year * 12 + rows["month"].dt.month).to_numpy()
    design = np.column_stack([np.ones(len(rows)), _years(rows["month"])])
    fit = least_squares(design, np.log(cost))
    apart = month[None, :] - month[:, None]
    fall = np.where((apart > 0) & (apart <= months), cost[:, None] / cost[None, :], 0.0)
    start, end = np.unravel_index(fall.argmax(), fall.shape)
    dates = rows["month"].reset_index(drop=True)
    return Sequencing(
        column,
        Rate.of_slope(fit, 1, -1, f"cost of DNA sequencing ({column})"),
        float(per_year(cost[0] / cost[-1], month[-1] - month[0])),
        float(fall[start, end]),
        dates[start],
        dates[end],
    )


@dataclass(frozen=True)
class Solar:
    """How fast solar modules got cheaper.

    Attributes
    ----------
    per_year : Rate
        Fall in x per year, least squares of log cost on year, HC1 errors.
    learning_rate, learning_low, learning_high : float
        Share by which the cost falls with each doubling of all capacity ever built, with its
        95% interval.
    first_year, last_year : int
    """

    per_year: Rate
    learning_rate: float
    learning_low: float
    learning_high: float
    first_year: int
    last_year: int


def solar_falls(solar: pd.DataFrame | None = None) -> Solar:
    """Measure the fall of the cost of solar modules, per year and per doubling of capacity.

    Returns
    -------
    Solar
        The learning rate is 1 - 2**slope of log cost on log cumulative capacity (Wright's law).
    """
    rows = data.table(solar, "solar").sort_values("year")
    cost = np.log(rows["usd_per_watt"].to_numpy(dtype=float))
    year = rows["year"].to_numpy(dtype=float)
    ones = np.ones(len(rows))
    by_year = least_squares(np.column_stack([ones, year - year.mean()]), cost)
    capacity = np.log(rows["cumulative_capacity_mw"].to_numpy(dtype=float))
    by_capacity = least_squares(np.column_stack([ones, capacity]), cost)
    low, high = by_capacity.interval(1)
    return Solar(
        Rate.of_slope(by_year, 1, -1, "solar modules, USD per watt"),
        1 - 2 ** float(by_capacity.coefficients[1]),
        1 - 2**high,
        1 - 2**low,
        int(year.min()),
        int(year.max()),
    )


@dataclass(frozen=True)
class Technologies:
    """The spread of rates over many technologies.

    Attributes
    ----------
    n : int
    slowest, median, fastest : float
        Average falls in x per year.
    fastest_name : str
    at_least_ten : int
        Technologies whose average fall reached 10x per year.
    best_year : float
        Largest fall of any technology from one year to the next, in x.
    best_year_name : str
    best_years_of_ten : int
        Technologies with at least one such year of 10x.
    """

    n: int
    slowest: float
    median: float
    fastest: float
    fastest_name: str
    at_least_ten: int
    best_year: float
    best_year_name: str
    best_years_of_ten: int


def technology_range(technology_rates: pd.DataFrame | None = None) -> Technologies:
    """Summarise the rates of fall over the technologies of the performance curve database.

    Returns
    -------
    Technologies
    """
    rows = data.table(technology_rates, "technology_rates")
    fall, best = rows["fall_per_year"].astype(float), rows["best_year_fall"].astype(float)
    return Technologies(
        len(rows),
        float(fall.min()),
        float(fall.median()),
        float(fall.max()),
        str(rows.loc[fall.idxmax(), "technology"]),
        int((fall >= CLAIMED_PER_YEAR).sum()),
        float(best.max()),
        str(rows.loc[best.idxmax(), "technology"]),
        int((best >= CLAIMED_PER_YEAR).sum()),
    )


def compute_price_fall(
    months: float, published: pd.DataFrame | None = None
) -> tuple[float, float, float]:
    """Return how far the price of a unit of computation fell over some months.

    One of the documents turns "price per token" into "cost per unit of compute".
    The published doubling time of floating-point operations per dollar says what that would be.

    Parameters
    ----------
    months : float
    published : pandas.DataFrame, optional

    Returns
    -------
    tuple of float
        Fall in x, and its 95% interval (low, high).
    """
    row = _published(published, "gpu-doubling")
    return tuple(
        float(2.0 ** (months / MONTHS_PER_YEAR / row[end])) for end in ("value", "high", "low")
    )


def in_the_same_units(
    transistors: pd.DataFrame | None = None,
    sequencing: pd.DataFrame | None = None,
    solar: pd.DataFrame | None = None,
    technology_rates: pd.DataFrame | None = None,
    published: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Put the essay's rule beside other technologies, all in x per year and months to halve.

    Returns
    -------
    pandas.DataFrame
        ``what``, ``per_year``, ``low``, ``high`` (95% intervals where there are any),
        ``halving_months``, ``span`` (years looked at), ``basis`` ("claim", "average",
        "best 12 months"), fastest first.
    """
    technology_rates = data.table(technology_rates, "technology_rates")
    chips = transistor_doubling(transistors)
    genome = sequencing_falls(sequencing)
    modules = solar_falls(solar)
    many = technology_range(technology_rates)
    gpu = _published(published, "gpu-doubling")
    nordhaus = float(_published(published, "nordhaus-computing")["value"])
    fastest = technology_rates.loc[technology_rates["technology"] == many.fastest_name].iloc[0]
    nan = np.nan
    rows = [
        ("Essay: a given level of AI", CLAIMED_PER_YEAR, nan, nan, "", "claim"),
        (
            "Essay: Moore's law",
            from_doubling_months(MOORE_DOUBLING_MONTHS),
            nan,
            nan,
            "",
            "claim",
        ),
        (
            "Transistors per processor",
            from_doubling_months(chips.months),
            from_doubling_months(chips.high),
            from_doubling_months(chips.low),
            f"{chips.first_year:.0f}-{chips.last_year:.0f}",
            "average",
        ),
        (
            "DNA sequencing, a genome",
            genome.average.per_year,
            genome.average.low,
            genome.average.high,
            "2001-2022",
            "average",
        ),
        (
            "DNA sequencing, a genome",
            genome.best_fall,
            nan,
            nan,
            f"{genome.best_from:%Y-%m} to {genome.best_to:%Y-%m}",
            "best 12 months",
        ),
        (
            "Solar modules",
            modules.per_year.per_year,
            modules.per_year.low,
            modules.per_year.high,
            f"{modules.first_year}-{modules.last_year}",
            "average",
        ),
        (
            "GPU operations per dollar",
            2.0 ** (1 / gpu["value"]),
            2.0 ** (1 / gpu["high"]),
            2.0 ** (1 / gpu["low"]),
            "",
            "average",
        ),
        ("Computer power 1940-2001", 1 + nordhaus / 100, nan, nan, "1940-2001", "average"),
        (
            f"Fastest of {many.n} technologies: {many.fastest_name.lower()}",
            many.fastest,
            nan,
            nan,
            f"{fastest['first_year']:.0f}-{fastest['last_year']:.0f}",
            "average",
        ),
        (f"Median of {many.n} technologies", many.median, nan, nan, "", "average"),
    ]
    table = pd.DataFrame(rows, columns=["what", "per_year", "low", "high", "span", "basis"])
    table.insert(4, "halving_months", halving_months(table["per_year"].to_numpy()))
    return table.sort_values("per_year", ascending=False, ignore_index=True)


# ---------------------------------------------------------------------------------------------
# 10. much more use

#: Scopes of ``token_volumes`` that count what was written out, not what was read in as well.
_OUTPUT_ONLY = "output"


def volume_growth(
    token_volumes: pd.DataFrame | None = None,
    *,
    with_estimates: bool = False,
    at_least_months: float = 3.0,
) -> pd.DataFrame:
    """Return the growth of every token volume that was published more than once.

    Only figures of one entity and one scope are compared.
    Processed tokens (read and written) and output tokens are never mixed.

    Parameters
    ----------
    token_volumes : pandas.DataFrame, optional
    with_estimates : bool
        Keep rows that somebody other than the entity estimated.
    at_least_months : float
        Shortest span from the first to the last figure.

    Returns
    -------
    pandas.DataFrame
        One row a series, fastest first: ``entity``, ``scope``, ``counts`` ("output" or
        "processed"), ``n`` (dates), ``first_date``, ``last_date``, ``months``,
        ``first_per_day``, ``last_per_day`` (tokens), ``ratio``, ``per_year`` (x per year, end
        to end), ``fitted_per_year`` (least squares of log volume on time; NaN with fewer than
        three dates), ``weakest`` (the fewest sources of its first and last figure).
    """
    volumes = data.table(token_volumes, "token_volumes")
    if not with_estimates:
        volumes = volumes[volumes["kind"] != "estimate"]
    rows = []
    for (entity, scope), series in volumes.groupby(["entity", "scope"], sort=True):
        series = series.sort_values(["date", "tokens_per_day"])
        first, last = series.iloc[0], series.iloc[-1]
        months = months_between(first["date"], last["date"])
        if months < at_least_months:
            continue
        change = float(last["tokens_per_day"] / first["tokens_per_day"])
        fitted = np.nan
        if series["date"].nunique() >= 3:
            slope = np.polyfit(
                _years(series["date"]), np.log(series["tokens_per_day"].to_numpy(dtype=float)), 1
            )
            fitted = float(np.exp(slope[0]))
        rows.append(
            {
                "entity": entity,
                "scope": scope,
                "counts": "output" if _OUTPUT_ONLY in scope.lower() else "processed",
                "n": int(series["date"].nunique()),
                "first_date": first["date"],
                "last_date": last["date"],
                "months": months,
                "first_per_day": float(first["tokens_per_day"]),
                "last_per_day": float(last["tokens_per_day"]),
                "ratio": change,
                "per_year": per_year(change, months),
                "fitted_per_year": fitted,
                "weakest": int(min(first["n_sources"], last["n_sources"])),
            }
        )
    return pd.DataFrame(rows).sort_values("per_year", ascending=False, ignore_index=True)


def implied_elasticities(
    volumes: pd.DataFrame, price_falls: pd.DataFrame, published: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Divide the growth of use by the fall of prices, for every pair of series.

    If nothing but the price had moved demand, this would be its elasticity.
    It is not: see :func:`one_history_many_elasticities`.

    Parameters
    ----------
    volumes : pandas.DataFrame
        From :func:`volume_growth`: ``entity``, ``scope``, ``per_year``.
    price_falls : pandas.DataFrame
        ``meaning`` and ``per_year`` (fall in x per year), as from :func:`three_meanings`.
    published : pandas.DataFrame, optional
        For the published elasticity.

    Returns
    -------
    pandas.DataFrame
        One row a pair: ``entity``, ``scope``, ``volume_per_year``, ``meaning`` (and ``how``, if
        given), ``fall_per_year``, ``implied`` (ln volume change / ln price change; NaN if the
        price did not move), ``spending_per_year`` (volume growth over price fall, x per year),
        ``unexplained_per_year`` (growth of use that the published elasticity leaves for
        everything else, x per year).
    """
    elasticity = float(_published(published, "nber-elasticity")["value"])
    pairs = volumes[["entity", "scope", "per_year"]].rename(columns={"per_year": "volume_per_year"})
    names = [name for name in ("meaning", "how") if name in price_falls]
    falls = price_falls[[*names, "per_year"]].rename(columns={"per_year": "fall_per_year"})
    table = pairs.merge(falls, how="cross")
    log_fall = np.log(table["fall_per_year"])
    log_growth = np.log(table["volume_per_year"])
    table["implied"] = -(log_growth / log_fall.where(log_fall.abs() > 1e-9))
    table["spending_per_year"] = table["volume_per_year"] / table["fall_per_year"]
    table["unexplained_per_year"] = np.exp(log_growth + elasticity * log_fall)
    return table


def matched_elasticities(
    volumes: pd.DataFrame, priced: pd.DataFrame, levels: Mapping[str, float]
) -> pd.DataFrame:
    """Divide growth of use by the fall of the cheapest price over the very same days.

    Parameters
    ----------
    volumes : pandas.DataFrame
        From :func:`volume_growth`.
    priced : pandas.DataFrame
        From :func:`three_observations.frontier.priced_models`.
    levels : mapping of str to float
        Name to score, as from :func:`three_observations.frontier.anchor_levels`.

    Returns
    -------
    pandas.DataFrame
        ``entity``, ``scope``, ``first_date``, ``last_date``, ``level``, ``volume_ratio``,
        ``price_fall`` (lowest price ever seen by the first day over that by the last, in x; NaN
        if nothing at the level was sold on the first day), ``implied`` (ln volume ratio / -ln
        price fall; NaN also if the price did not move: then no elasticity is large enough).
    """
    records = {level: frontier.running_minimum(priced, score) for level, score in levels.items()}
    rows = []
    for series in volumes.itertuples():
        for level, record in records.items():
            first, last = (
                record.loc[record["date"] <= day, "price"]
                for day in (series.first_date, series.last_date)
            )
            fall = float(first.iloc[-1] / last.iloc[-1]) if len(first) else np.nan
            rows.append(
                {
                    "entity": series.entity,
                    "scope": series.scope,
                    "first_date": series.first_date,
                    "last_date": series.last_date,
                    "level": level,
                    "volume_ratio": series.ratio,
                    "price_fall": fall,
                    "implied": -np.log(series.ratio) / np.log(fall) if fall > 1 else np.nan,
                }
            )
    return pd.DataFrame(rows)


def spending_ratio(fall: float | np.ndarray, elasticity: float) -> float | np.ndarray:
    """Return what happens to spending when a price falls and demand has one elasticity.

    Volume grows by fall ** -elasticity and the price divides by ``fall``: spending changes by
    fall ** (-elasticity - 1). It rises only if the elasticity is beyond -1.

    Parameters
    ----------
    fall : float or array
        In x: 10 is a price cut to a tenth.
    elasticity : float
        Negative for demand that rises when the price falls.
    """
    return fall ** (-elasticity - 1.0)


@dataclass(frozen=True)
class Markets:
    """Simulated monthly histories of one market.

    Attributes
    ----------
    years : numpy.ndarray, shape (months,)
        Time since the start.
    log_price, log_volume : numpy.ndarray, shape (histories, months)
        Natural logarithms, near 0 at the start.
    """

    years: np.ndarray
    log_price: np.ndarray
    log_volume: np.ndarray


def simulate_markets(
    elasticity: float,
    demand_shift_per_year: float,
    fall_per_year: float,
    rng: np.random.Generator,
    *,
    histories: int = 1,
    years: float = 2.0,
    price_noise: float = 0.15,
    demand_noise: float = 0.15,
    answered: float = 0.0,
) -> Markets:
    """Simulate monthly prices and volumes of a market whose demand we know.

    Log volume = elasticity * log price + demand shift * time + noise: everything that moves
    demand at a given price (abler models, new products, habit, income) is in the shift.

    Parameters
    ----------
    elasticity : float
    demand_shift_per_year : float
        Growth of use at a fixed price, x per year.
    fall_per_year : float
        Trend of the price, x per year.
    rng : numpy.random.Generator
    histories : int
    years : float
    price_noise, demand_noise : float
        Standard deviations of monthly log price and log demand around their trends.
    answered : float
        How much log demand rises with each log point by which a price lies below its trend, for
        reasons other than the price: a cut that comes with an abler model.

    Returns
    -------
    Markets
    """
    time = np.arange(round(years * MONTHS_PER_YEAR) + 1) / MONTHS_PER_YEAR
    surprise = price_noise * rng.standard_normal((histories, len(time)))
    log_price = -np.log(fall_per_year) * time + surprise
    shift = np.log(demand_shift_per_year) * time - answered * surprise
    noise = demand_noise * rng.standard_normal((histories, len(time)))
    return Markets(time, log_price, elasticity * log_price + shift + noise)


def naive_elasticity(markets: Markets, *, detrended: bool = False) -> np.ndarray:
    """Return the slope of log volume on log price, as it is or around straight trends.

    Parameters
    ----------
    markets : Markets
    detrended : bool
        Take a straight line in time out of both first.

    Returns
    -------
    numpy.ndarray, shape (histories,)
    """
    ones = np.ones_like(markets.years)
    trend = np.column_stack([ones, markets.years] if detrended else [ones])
    keep = np.eye(len(ones)) - trend @ np.linalg.pinv(trend)
    price, volume = markets.log_price @ keep, markets.log_volume @ keep
    return (price * volume).sum(axis=1) / (price**2).sum(axis=1)


def one_history_many_elasticities(
    volume_per_year: float,
    fall_per_year: float,
    elasticities: Sequence[float] = (0.0, -0.5, -1.0, -1.11, -2.0),
    *,
    histories: int = 500,
    answered: float = 0.0,
    seed: int = 2025,
) -> pd.DataFrame:
    """Show that one history of prices and volumes fits a demand curve of any elasticity.

    For each elasticity the rest of the growth is put down to a shift of demand, so that price
    and volume follow the same trends. Then markets are simulated and the slope of log volume on
    log price is taken, as somebody would who knows only the two series.

    Parameters
    ----------
    volume_per_year, fall_per_year : float
        The history: growth of volume and fall of the price, x per year.
    elasticities : sequence of float
        True elasticities.
    histories : int
        Simulated markets for each; the mean slope is reported.
    answered : float
        See :func:`simulate_markets`.
    seed : int

    Returns
    -------
    pandas.DataFrame
        ``elasticity`` (true), ``demand_shift_per_year`` (x per year needed; below 1: demand
        would have to shrink at a fixed price), ``naive`` (mean slope of the two series: nearly
        the same whatever is true), ``detrended`` (mean slope around trends: right only if price
        surprises come alone), ``spending_if_tenfold`` (what a tenfold price cut alone would do
        to spending, in x).
    """
    rows = []
    for elasticity in elasticities:
        shift = volume_per_year * fall_per_year**elasticity
        markets = simulate_markets(
            elasticity,
            shift,
            fall_per_year,
            np.random.default_rng(seed),
            histories=histories,
            answered=answered,
        )
        rows.append(
            {
                "elasticity": elasticity,
                "demand_shift_per_year": shift,
                "naive": float(naive_elasticity(markets).mean()),
                "detrended": float(naive_elasticity(markets, detrended=True).mean()),
                "spending_if_tenfold": spending_ratio(10.0, elasticity),
            }
        )
    return pd.DataFrame(rows)


# ---------------------------------------------------------------------------------------------
# 11. the case against


def flagship_prices(
    ruler: str = "eci_2026_08",
    blend: str = "3:1",
    *,
    prices: pd.DataFrame | None = None,
    models: pd.DataFrame | None = None,
    scores: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Follow the price of the best model of each provider: by rule, not by name.

    On each day a provider's flagship is, of its own models that had a price by then, the one with
    the highest score on the ruler; of equal scores the one that came first, then the cheaper one.

    Returns
    -------
    pandas.DataFrame
        One row for each change: ``provider``, ``date``, ``model``, ``price`` (USD per million
        tokens in the blend), ``score``, ``because`` ("first", "new model", "price change"),
        ``change`` (times the price before; NaN for the first). Providers that only host models
        of others are left out.
    """
    models = data.table(models, "models")
    priced = frontier.priced_models(ruler, blend=blend, prices=prices, models=models, scores=scores)
    own = models.loc[models["provider"] == models["developer"], "model"]
    priced = priced[priced["model"].isin(own)]
    priced = priced.sort_values(
        ["provider", "date", "score", "price"], ascending=[True, True, False, True]
    )
    rows: list[dict] = []
    for provider, listed in priced.groupby("provider", sort=True):
        model, price, best = None, np.nan, -np.inf
        for row in listed.itertuples():
            if row.model != model and row.score <= best:
                continue
            if (row.model, row.price) == (model, price):
                continue
            because = "first" if model is None else "new model"
            rows.append(
                {
                    "provider": provider,
                    "date": row.date,
                    "model": row.model,
                    "price": row.price,
                    "score": row.score,
                    "because": "price change" if row.model == model else because,
                    "change": row.price / price,
                }
            )
            model, price, best = row.model, row.price, row.score
    return pd.DataFrame(rows)


def monthly_flagship_prices(
    flagships: pd.DataFrame | None = None,
    end: str | pd.Timestamp | None = None,
    *,
    stale_months: int = 12,
) -> pd.DataFrame:
    """Read each provider's flagship price on the first day of every month.

    Parameters
    ----------
    flagships : pandas.DataFrame, optional
        From :func:`flagship_prices`.
    end : str or Timestamp, optional
        Last month; by default that of the last change in the table.
    stale_months : int
        A provider without a change for so many months is followed no further: its newer models
        are not in the data.

    Returns
    -------
    pandas.DataFrame
        ``provider``, ``date``, ``price``, ``model``.
    """
    flagships = flagship_prices() if flagships is None else flagships
    end = flagships["date"].max() if end is None else pd.Timestamp(end)
    found = []
    for provider, rows in flagships.groupby("provider", sort=True):
        rows = rows.sort_values("date", kind="stable").drop_duplicates("date", keep="last")
        stale = rows["date"].iloc[-1] + pd.DateOffset(months=stale_months)
        months = pd.date_range(rows["date"].iloc[0], min(end, stale), freq="MS")
        if not len(months):
            continue
        place = np.searchsorted(rows["date"].to_numpy(), months.to_numpy(), side="right") - 1
        found.append(
            pd.DataFrame(
                {
                    "provider": provider,
                    "date": months,
                    "price": rows["price"].to_numpy()[place],
                    "model": rows["model"].to_numpy()[place],
                }
            )
        )
    return pd.concat(found, ignore_index=True)


def flagship_trend(
    flagships: pd.DataFrame | None = None,
    end: str | pd.Timestamp | None = None,
    *,
    least_months: int = 12,
) -> Rate:
    """Estimate how fast the price of the best model falls, whatever it can do.

    Least squares of monthly log flagship price on time, with a constant for each provider and
    errors clustered by provider.

    Parameters
    ----------
    flagships : pandas.DataFrame, optional
    end : str or Timestamp, optional
    least_months : int
        Providers with fewer months are left out.

    Returns
    -------
    Rate
        Fall in x per year: 1 means that the best stays as dear as it was.
    """
    monthly = monthly_flagship_prices(flagships, end)
    counts = monthly["provider"].value_counts()
    monthly = monthly[monthly["provider"].isin(counts.index[counts >= least_months])]
    providers, member = np.unique(monthly["provider"].to_numpy(str), return_inverse=True)
    time = _years(monthly["date"])
    design = np.column_stack([np.eye(len(providers))[member], time])
    fit = least_squares(design, np.log(monthly["price"].to_numpy(dtype=float)), member)
    return Rate.of_slope(
        fit, len(providers), -1, f"flagship price, {len(providers)} providers, by month"
    )


#: Lines of models that a provider sells as successors of each other.
SUCCESSIONS: dict[str, tuple[str, ...]] = {
    "Claude Haiku": (
        "Claude 3 Haiku",
        "Claude 3.5 Haiku",
        "Claude Haiku 4.5",
        "Claude Haiku 5.5",
    ),
    "Claude Sonnet": (
        "Claude 3 Sonnet",
        "Claude 3.5 Sonnet (Jun)",
        "Claude 3.5 Sonnet (Oct)",
        "Claude 3.7 Sonnet",
        "Claude Sonnet 4",
        "Claude Sonnet 4.5",
        "Claude Sonnet 4.6",
        "Claude Sonnet 5",
        "Claude Sonnet 5.5",
    ),
    "Claude Opus": (
        "Claude 3 Opus",
        "Claude Opus 4",
        "Claude Opus 4.1",
        "Claude Opus 4.5",
        "Claude Opus 4.6",
        "Claude Opus 4.7",
        "Claude Opus 4.8",
        "Claude Opus 5",
        "Claude Opus 5.5",
    ),
    "Gemini Flash": (
        "Gemini 1.5 Flash (001)",
        "Gemini 2.0 Flash",
        "Gemini 2.5 Flash (GA)",
        "Gemini 3 Flash preview",
        "Gemini 3.5 Flash",
        "Gemini 3.6 Flash",
    ),
    "Gemini Flash-Lite": (
        "Gemini 2.0 Flash-Lite",
        "Gemini 2.5 Flash-Lite",
        "Gemini 3.1 Flash-Lite",
    ),
    "Gemini Pro": (
        "Gemini 1.0 Pro",
        "Gemini 1.5 Pro (001)",
        "Gemini 1.5 Pro (002)",
        "Gemini 2.5 Pro",
        "Gemini 3 Pro preview",
        "Gemini 3.1 Pro preview",
    ),
    "GPT": (
        "GPT-4 (8k)",
        "GPT-4 Turbo (1106-preview)",
        "GPT-4 Turbo (2024-04-09)",
        "GPT-4o (2024-05-13)",
        "GPT-4o (2024-08-06)",
        "GPT-4.1",
        "GPT-5",
        "GPT-5.1",
        "GPT-5.2",
        "GPT-5.4",
        "GPT-5.5",
    ),
    "GPT-3.5 Turbo": (
        "GPT-3.5 Turbo (0301)",
        "GPT-3.5 Turbo (0613)",
        "GPT-3.5 Turbo (1106)",
        "GPT-3.5 Turbo (0125)",
    ),
    "o": ("o1-preview", "o1", "o3"),
    "o mini": ("o1-mini", "o3-mini", "o4-mini"),
    "Grok": ("Grok 3", "Grok 4", "Grok 4.20", "Grok 4.3", "Grok 4.5"),
    "Mistral Large": (
        "Mistral Large (2402)",
        "Mistral Large 2 (2407)",
        "Mistral Large 2 (2411)",
        "Mistral Large 3",
    ),
    "Mistral Medium": (
        "Mistral Medium (2312)",
        "Mistral Medium 3",
        "Mistral Medium 3.1",
        "Mistral Medium 3.5",
    ),
    "GLM": ("GLM-4.5", "GLM-4.6", "GLM-4.7", "GLM-5", "GLM-5.1", "GLM-5.2"),
    "GPT mini": ("GPT-4o mini", "GPT-4.1 mini", "GPT-5 mini", "GPT-5.4 mini"),
    "GPT nano": ("GPT-4.1 nano", "GPT-5 nano", "GPT-5.4 nano"),
    "GPT pro": ("o1-pro", "o3-pro", "GPT-5 pro", "GPT-5.2 pro"),
    "GPT Sol": ("GPT-5.6 Sol", "GPT-6 Sol", "GPT-6.1 Sol", "GPT-6.2 Sol"),
    "DeepSeek V": (
        "DeepSeek-V2",
        "DeepSeek-V3",
        "DeepSeek-V3.1 (chat/reasoner)",
        "DeepSeek-V3.2-Exp",
    ),
    "Kimi": ("Kimi K2", "Kimi K2.5", "Kimi K2.6", "Kimi K3"),
}


def successor_prices(
    prices: pd.DataFrame | None = None, successions: Mapping[str, Sequence[str]] | None = None
) -> pd.DataFrame:
    """Compare each model's launch price with what its predecessor cost on that day.

    Parameters
    ----------
    prices : pandas.DataFrame, optional
    successions : mapping of str to sequence of str, optional
        Lines of models in the order of launch; models without a price are passed over.

    Returns
    -------
    pandas.DataFrame
        ``line``, ``before``, ``after``, ``date``, ``input_before``, ``input_after``,
        ``output_before``, ``output_after`` (USD per million tokens), ``input_times``,
        ``output_times``, ``times`` (after over before; the last in the 3:1 blend), ``dearer``
        (True if ``times`` is above 1).
    """
    prices = data.table(prices, "prices").sort_values("date")
    known = set(prices["model"])
    rows = []
    for line, members in (SUCCESSIONS if successions is None else successions).items():
        there = [model for model in members if model in known]
        for old, new in zip(there, there[1:], strict=False):
            launch = _launch(prices, new)
            earlier = prices[(prices["model"] == old) & (prices["date"] <= launch["date"])]
            last = earlier.iloc[-1] if len(earlier) else _launch(prices, old)
            now, then = (
                float(frontier.blended(row["input_usd_per_mtok"], row["output_usd_per_mtok"]))
                for row in (launch, last)
            )
            rows.append(
                {
                    "line": line,
                    "before": old,
                    "after": new,
                    "date": launch["date"],
                    "input_before": last["input_usd_per_mtok"],
                    "input_after": launch["input_usd_per_mtok"],
                    "output_before": last["output_usd_per_mtok"],
                    "output_after": launch["output_usd_per_mtok"],
                    "input_times": launch["input_usd_per_mtok"] / last["input_usd_per_mtok"],
                    "output_times": launch["output_usd_per_mtok"] / last["output_usd_per_mtok"],
                    "times": now / then,
                    "dearer": bool(now / then > 1 + 1e-9),
                }
            )
    columns = ["line", "before", "after", "date"]
    columns += [f"{kind}_{when}" for kind in ("input", "output") for when in ("before", "after")]
    columns += ["input_times", "output_times", "times", "dearer"]
    return pd.DataFrame(rows, columns=columns).astype({"dearer": bool})


def price_rises(
    prices: pd.DataFrame | None = None,
    price_events: pd.DataFrame | None = None,
    successions: Mapping[str, Sequence[str]] | None = None,
    settle_days: int = SETTLE_DAYS,
) -> pd.DataFrame:
    """List every price that went up: of the same model, and from a model to its successor.

    Returns
    -------
    pandas.DataFrame
        ``date``, ``provider``, ``what`` (model, or "old to new"), ``kind`` ("same model" or
        "successor"), ``input_times``, ``output_times`` (new over old), ``table``, oldest first.
        Aliases, corrections of a list and free periods are left out as in
        :func:`own_price_histories`; a rise in both tables stands once, from ``prices``.
    """
    prices = data.table(prices, "prices")
    events = data.table(price_events, "price_events")
    histories = own_price_histories(prices, events, settle_days=settle_days)
    rising = histories[histories["rises"] > 0]
    rows = []
    for name, table in (("prices", prices), ("price_events", events)):
        for model in rising.loc[rising["table"] == name, "model"]:
            mine = table[(table["model"] == model) & (table["input_usd_per_mtok"] > 0)]
            mine = mine.sort_values("date", kind="stable")
            settle = settle_days if name == "price_events" else 0
            after = mine["date"] > mine["date"].iloc[0] + pd.Timedelta(days=settle)
            times = mine[["input_usd_per_mtok", "output_usd_per_mtok"]].pct_change() + 1
            up = after & ((times > 1 + 1e-9).any(axis=1))
            for position in mine.index[up]:
                rows.append(
                    {
                        "date": mine.loc[position, "date"],
                        "provider": mine.loc[position, "provider"],
                        "what": model,
                        "kind": "same model",
                        "input_times": float(times.loc[position, "input_usd_per_mtok"]),
                        "output_times": float(times.loc[position, "output_usd_per_mtok"]),
                        "table": name,
                    }
                )
    provider = prices.drop_duplicates("model").set_index("model")["provider"]
    following = successor_prices(prices, successions)
    for row in following[following["dearer"]].itertuples():
        rows.append(
            {
                "date": row.date,
                "provider": provider[row.after],
                "what": f"{row.before} to {row.after}",
                "kind": "successor",
                "input_times": row.input_times,
                "output_times": row.output_times,
                "table": "prices",
            }
        )
    columns = ["date", "provider", "what", "kind", "input_times", "output_times", "table"]
    table = pd.DataFrame(rows, columns=columns)
    simple = table["what"].str.lower().str.replace(r"[^a-z0-9]", "", regex=True)
    twice = (table["table"] == "price_events") & simple.isin(simple[table["table"] == "prices"])
    return table[~twice].sort_values(["date", "what"], ignore_index=True)


#: What the note of a price row says if the price was announced as temporary.
TEMPORARY = r"^(?!End of).*\b(?:promotion|introductory)"


def free_and_promotional(
    prices: pd.DataFrame | None = None, price_events: pd.DataFrame | None = None
) -> pd.DataFrame:
    """List free models and prices announced as temporary, and what followed.

    Returns
    -------
    pandas.DataFrame
        ``date``, ``provider``, ``model``, ``kind`` ("free" or "promotion"), ``note`` (of the
        row), ``input_usd_per_mtok``, ``then`` (input price of the next row of the model; NaN if
        none), ``times`` (then over now; NaN after a free period), ``table``, oldest first.
        A zero that the note calls no price is left out.
    """
    found = []
    for name, given in (("prices", prices), ("price_events", price_events)):
        table = data.table(given, name).sort_values(["model", "date"], kind="stable")
        now = table["input_usd_per_mtok"]
        then = table.groupby("model")["input_usd_per_mtok"].shift(-1)
        note = table["note"].fillna("").astype(str)
        temporary = note.str.contains(TEMPORARY, case=False)
        free = (now == 0) & ~note.str.contains("zero is no price")
        table = table.assign(
            kind=np.where(now == 0, "free", "promotion"),
            then=then,
            times=(then / now).where(now > 0),
            table=name,
        )
        found.append(table[free | temporary])
    columns = ["date", "provider", "model", "kind", "note", "input_usd_per_mtok"]
    table = pd.concat(found)[[*columns, "then", "times", "table"]]
    return table.sort_values(["date", "model"], ignore_index=True)


def cached_prices(prices: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the price of input read from a cache as a share of the input price.

    Returns
    -------
    pandas.DataFrame
        One row a price: ``date``, ``provider``, ``model``, ``input_usd_per_mtok``,
        ``cached_input_usd_per_mtok``, ``share``, oldest first. The days are those of the input
        price: a cached price may have come later.
    """
    prices = data.table(prices, "prices").dropna(subset=["cached_input_usd_per_mtok"])
    prices = prices[prices["input_usd_per_mtok"] > 0].sort_values(["date", "model"])
    columns = ["date", "provider", "model", "input_usd_per_mtok", "cached_input_usd_per_mtok"]
    table = prices[columns].reset_index(drop=True)
    table["share"] = table["cached_input_usd_per_mtok"] / table["input_usd_per_mtok"]
    return table


def cached_share_by_year(prices: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the median share of :func:`cached_prices` for each calendar year of price rows.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``n``, ``median``, ``lowest``, ``highest``.
    """
    table = cached_prices(prices)
    grouped = table.groupby(table["date"].dt.year)["share"]
    found = grouped.agg(n="size", median="median", lowest="min", highest="max")
    return found.rename_axis("year").reset_index()


def prices_in_yuan(prices: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the prices that were set in yuan, with each cut.

    Returns
    -------
    pandas.DataFrame
        ``date``, ``provider``, ``model``, ``input_cny_per_mtok``, ``input_cny_per_ktok`` (yuan
        per thousand tokens, as they are quoted in China), ``output_cny_per_mtok``,
        ``fell_to`` (share of the row before of the same model; NaN if there is none),
        ``n_sources``, ``source``, oldest first.
    """
    table = data.table(prices, "prices").dropna(subset=["input_cny_per_mtok"])
    table = table.sort_values(["date", "model"]).reset_index(drop=True)
    before = table.groupby("model")["input_cny_per_mtok"].shift()
    table["fell_to"] = table["input_cny_per_mtok"] / before
    table["input_cny_per_ktok"] = table["input_cny_per_mtok"] / 1000
    columns = [
        "date",
        "provider",
        "model",
        "input_cny_per_mtok",
        "input_cny_per_ktok",
        "output_cny_per_mtok",
        "fell_to",
        "n_sources",
        "source",
    ]
    return table[columns]


#: What the note of a price row says if it was a cut, the price before perhaps not being known.
ANNOUNCED_CUT = r"^Cut\b|\bcuts of\b"


def price_cuts(
    provider: str,
    first: str | pd.Timestamp,
    last: str | pd.Timestamp,
    prices: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """List the prices that a provider cut in a window of days, both ends included.

    Parameters
    ----------
    provider : str
    first, last : str or Timestamp
    prices : pandas.DataFrame, optional

    Returns
    -------
    pandas.DataFrame
        ``date``, ``model``, ``before``, ``after`` (input, USD per million tokens), ``n_sources``,
        ``source``. ``before`` is NaN where a report says that the price was cut and not from
        what. Several models may be cut on one day: a round of cuts is a date.
    """
    table = data.table(prices, "prices")
    table = table[table["provider"] == provider].sort_values(["model", "date"])
    before = table.groupby("model")["input_usd_per_mtok"].shift()
    announced = table["note"].fillna("").astype(str).str.contains(ANNOUNCED_CUT)
    cut = (table["input_usd_per_mtok"] < before) | (announced & before.isna())
    cut &= table["date"].between(pd.Timestamp(first), pd.Timestamp(last))
    columns = ["date", "model", "before", "after", "n_sources", "source"]
    found = table.assign(before=before, after=table["input_usd_per_mtok"])[cut]
    return found[columns].sort_values(["date", "model"], ignore_index=True)


# ---------------------------------------------------------------------------------------------
# side by side: the meanings of "fell", and what others found


def run_cost_rates(
    costs: pd.DataFrame,
    levels: Mapping[str, float],
    *,
    resamples: int = 1000,
    seed: int = 20250209,
) -> pd.DataFrame:
    """Estimate how fast the cheapest run at a fixed score got cheaper.

    Parameters
    ----------
    costs : pandas.DataFrame
        From :func:`gpqa_run_costs` or :func:`weirdml_costs`.
    levels : mapping of str to float
        Name to score in percent.
    resamples, seed : int

    Returns
    -------
    pandas.DataFrame
        As :func:`three_observations.frontier.rates`: end-point and step rates, with and without
        the opening cost, intervals over models.
    """
    return frontier.rates(
        costs, levels, estimators=("endpoint", "step"), resamples=resamples, seed=seed
    )


def three_meanings(
    ruler: str = "eci_2026_08",
    blend: str = "3:1",
    level: str = "GPT-4",
    *,
    resamples: int = 1000,
    seed: int = 20250209,
) -> pd.DataFrame:
    """Put the three meanings of "the price fell" side by side.

    Parameters
    ----------
    ruler, blend : str
    level : str
        A key of :data:`three_observations.frontier.ANCHORS`, for the cheapest price.
    resamples, seed : int
        For the intervals of the cheapest price.

    Returns
    -------
    pandas.DataFrame
        ``meaning``, ``how``, ``per_year`` (fall in x per year), ``low``, ``high`` (95%), ``n``.

    Raises
    ------
    KeyError
        If the ruler has not scored the anchor.
    """
    priced = frontier.priced_models(ruler, blend=blend)
    score = frontier.anchor_levels(priced)[level]
    cheapest = frontier.rates(
        priced, {level: score}, estimators=("step",), resamples=resamples, seed=seed
    )
    rows = [
        {
            "meaning": "cheapest at a fixed level",
            "how": f"{level}'s level, {'with' if row.opening else 'without'} the opening price",
            "per_year": row.estimate,
            "low": row.low,
            "high": row.high,
            "n": row.n_models,
        }
        for row in cheapest.itertuples()
    ]
    table = launches(ruler, blend)
    fits = [
        (f"{form} in the score", hedonic(table, ruler=ruler, blend=blend, form=form).wider)
        for form in FORMS
    ]
    for method in ("pooled", "adjacent"):
        rate = hedonic_index(table, ruler=ruler, blend=blend, method=method)[1]
        fits.append((f"year dummies, {method}", rate))
    rows += [_row("launch price at a given score", how, rate) for how, rate in fits]
    histories = own_price_histories(blend=blend)
    for name, words in (("prices", "the book's list"), ("price_events", "providers' own lists")):
        found = own_price(name, histories)
        rows.append(_row("the same model's own price", f"{words}, all models", found.rate))
    among = own_price("prices", histories).among_changed
    rows.append(_row("the same model's own price", "models that changed", among))
    return pd.DataFrame(rows)


def _row(meaning: str, how: str, rate: Rate) -> dict[str, object]:
    return {
        "meaning": meaning,
        "how": how,
        "per_year": rate.per_year,
        "low": rate.low,
        "high": rate.high,
        "n": rate.n,
    }


def _calendar_months(row: pd.Series) -> int:
    """Return the whole months between the two dates of a published result."""
    first, last = row["first_date"], row["last_date"]
    return (last.year - first.year) * 12 + last.month - first.month


def ai_index_months(published: pd.DataFrame | None = None) -> pd.DataFrame:
    """Check the months of the Stanford AI Index between its own two dates.

    Returns
    -------
    pandas.DataFrame
        Two rows: ``months`` ("as called", 18; "between its dates"), ``number``, ``ratio`` (as
        published), ``per_year``.
    """
    row = _published(published, "ai-index-280")
    number = np.array([18.0, float(_calendar_months(row))])
    return pd.DataFrame(
        {
            "months": ["as called", "between its dates"],
            "number": number,
            "ratio": float(row["value"]),
            "per_year": per_year(float(row["value"]), number),
        }
    )


def what_others_found(
    published: pd.DataFrame | None = None,
    price_trends: pd.DataFrame | None = None,
    ours: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Bring the published rates to one axis, x per year, with what each of them measures.

    Parameters
    ----------
    published, price_trends : pandas.DataFrame, optional
        ``price_trends`` is the table ``price_trends_published``.
    ours : pandas.DataFrame, optional
        Rows to set beside them, with the columns of :func:`three_meanings`.

    Returns
    -------
    pandas.DataFrame
        ``who``, ``measures``, ``per`` ("token", "task" or "claim"), ``per_year`` (fall in x per
        year), ``low``, ``high``, ``interval`` (what low and high are), ``how`` ("as published"
        or how we put it on the axis), ``source`` (in ``sources``; "this book" for ours).
    """
    published = data.table(published, "published")
    trends = data.table(price_trends, "price_trends_published")["fall_per_year"].astype(float)
    index = ai_index_months(published)

    def of(result: str, column: str = "value") -> float:
        return float(_published(published, result)[column])

    def spread(result: str) -> float:
        return float(per_year(of(result), _calendar_months(_published(published, result))))

    def row(
        result: str, who: str, measures: str, per_year: float, how: str = "as published", **more
    ) -> dict[str, object]:
        source = _published(published, result)["source"]
        basic = {"who": who, "measures": measures, "per": "token", "per_year": per_year}
        return basic | {"how": how, "source": source} | more

    own_months = {
        result: f"ratio spread over its own {count} months"
        for result in ("a16z-1000", "a16z-62", "ai-index-280")
        for count in [_calendar_months(_published(published, result))]
    }
    called, between = index["per_year"]
    low, high = of("gundlach-low"), of("gundlach-high")
    rows = [
        row("essay-10", "Altman", "a given level of AI", of("essay-10"), per="claim"),
        row(
            "epoch-slowest",
            "Epoch AI",
            f"cheapest price, {len(trends)} levels of six benchmarks",
            float(trends.median()),
            "median of the unrounded rates",
            low=float(trends.min()),
            high=float(trends.max()),
            interval="slowest and fastest level",
        ),
        row(
            "epoch-gpqa",
            "Epoch AI",
            "cheapest price at GPT-4's level on GPQA Diamond",
            of("epoch-gpqa"),
        ),
        *(
            row(
                result,
                "a16z",
                f"cheapest price at MMLU {level}",
                spread(result),
                own_months[result],
            )
            for result, level in (("a16z-1000", 42), ("a16z-62", 83))
        ),
        *(
            row("ai-index-280", "Stanford AI Index", "cheapest price at MMLU 64.8", rate, how)
            for rate, how in (
                (between, own_months["ai-index-280"]),
                (called, "ratio spread over 18 months, as the report calls it"),
            )
        ),
        row(
            "gundlach-low",
            "Gundlach and others",
            "cost of a benchmark run at a fixed score",
            float(np.sqrt(low * high)),
            "geometric middle of the range",
            per="task",
            low=low,
            high=high,
            interval="range given",
        ),
        row(
            "gundlach-gpqa",
            "Gundlach and others",
            "cost of a GPQA run at a fixed score",
            of("gundlach-gpqa"),
            per="task",
            low=of("gundlach-gpqa", "low"),
            high=of("gundlach-gpqa", "high"),
            interval="95%",
        ),
        *(
            row(
                result,
                "The Price of Intelligence",
                measures,
                float(from_log_points(of(result))),
                "from log points",
            )
            for result, measures in (
                ("price-of-intelligence-adjusted", "quality-adjusted price of a token"),
                ("price-of-intelligence-matched", "price of the same model's token"),
            )
        ),
    ]
    columns = ["who", "measures", "per", "per_year", "low", "high", "interval", "how", "source"]
    table = pd.DataFrame(rows).reindex(columns=columns).fillna({"interval": ""})
    if ours is None:
        return table
    mine = pd.DataFrame(
        {
            "who": "This book",
            "measures": ours["meaning"],
            "per": ours.get("per", "token"),
            "per_year": ours["per_year"],
            "low": ours["low"],
            "high": ours["high"],
            "interval": "95%",
            "how": ours["how"],
            "source": "this book",
        }
    )
    return pd.concat([table, mine], ignore_index=True)
