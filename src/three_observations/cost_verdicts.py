"""Rules that decide the claims about the cost of a given level of AI, and what they decide.

Each rule is a pure function from figures to an :class:`~three_observations.claims.Outcome`.
The chapter shows the rules before it shows a figure.
:func:`verdicts` gathers the figures from the tables and applies the rules.

One reading of "about" serves all rules: a figure is *about* a claimed one if it lies within a tenth
of it, and a rate is *about ten* if it lies between 5 and 20.
Every rule can say yes and no.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from three_observations import cost_decline, data, frontier, specification
from three_observations.claims import Outcome, Verdict, joined

ABOUT_TEN = (5.0, 20.0)
CLAIMED_PER_YEAR = 10.0
CLAIMED_RATIO = 150.0
MOORE_MONTHS = 18.0


def about(claimed: float) -> tuple[float, float]:
    """Return the range that counts as about a claimed figure: within a tenth of it."""
    return claimed / 1.1, claimed * 1.1


def overlaps(low: float, high: float, claimed: float) -> bool:
    """Say whether a range from low to high contains something about a claimed figure."""
    smallest, largest = about(claimed)
    return low <= largest and high >= smallest


# ---------------------------------------------------------------------------------------------
# the rules


def decide_150(ratios: Iterable[tuple[float, float]], level_kept: bool = True) -> Outcome:
    """Did the price per token fall about 150-fold?

    Parameters
    ----------
    ratios : iterable of (float, float)
        For each pair of list prices the smallest and largest ratio over all mixes of tokens.
    level_kept : bool
        Whether the later model scores at least as high on most of the rulers on which one party
        measured both.
    """
    if not any(overlaps(lowest, highest, CLAIMED_RATIO) for lowest, highest in ratios):
        return Outcome.CONTRADICTED
    return Outcome.SUPPORTED if level_kept else Outcome.PARTLY


def decide_pace(median: float, share_near: float, share_with_ten_inside: float) -> Outcome:
    """Over the whole time we have, did the cost of a given level fall about tenfold a year?

    Parameters
    ----------
    median : float
        Median over all usable specifications of the whole span, in x per year.
    share_near : float
        Share of them whose estimate is about ten.
    share_with_ten_inside : float
        Share of them whose 95% interval contains ten.
    """
    if not ABOUT_TEN[0] <= median <= ABOUT_TEN[1]:
        return Outcome.NOT_SUPPORTED if share_with_ten_inside >= 1 / 3 else Outcome.CONTRADICTED
    robust = share_near >= 2 / 3 and share_with_ten_inside >= 2 / 3
    return Outcome.SUPPORTED if robust else Outcome.PARTLY


def decide_steady(falls: Sequence[float], lows: Sequence[float], highs: Sequence[float]) -> Outcome:
    """Does a level get about ten times cheaper in *every* 12 months of its life?

    Parameters
    ----------
    falls, lows, highs : sequence of float
        Average fall in the first, second, ... year of a level and its 95% interval, in x.
    """
    inside = [low <= CLAIMED_PER_YEAR <= high for low, high in zip(lows, highs, strict=True)]
    if all(ABOUT_TEN[0] <= fall <= ABOUT_TEN[1] for fall in falls):
        return Outcome.SUPPORTED
    if all(inside):
        return Outcome.PARTLY
    return Outcome.NOT_SUPPORTED if any(inside) else Outcome.CONTRADICTED


def decide_year_after(falls: Sequence[float], highs: Sequence[float]) -> Outcome:
    """Did the levels on sale when the claim was made get about ten times cheaper in 12 months?

    Parameters
    ----------
    falls, highs : sequence of float
        Average fall and upper end of its 95% interval, in x, one for each ruler whose data cover
        the 12 months.
    """
    reached = [fall >= ABOUT_TEN[0] for fall in falls]
    if all(reached):
        return Outcome.SUPPORTED
    if any(reached):
        return Outcome.PARTLY
    below = all(high < ABOUT_TEN[0] for high in highs)
    return Outcome.CONTRADICTED if below else Outcome.NOT_SUPPORTED


def decide_ten_times(parts: Sequence[Outcome]) -> Outcome:
    """Join the three parts of the claim: its pace, its steadiness, and the year that followed.

    Parameters
    ----------
    parts : sequence of Outcome
        From :func:`decide_pace`, :func:`decide_steady` and :func:`decide_year_after`.
    """
    return joined(parts)


def decide_months(readings: Sequence[tuple[float, float]]) -> Outcome:
    """Is the doubling time about 18 months, on each reading of what doubles?

    Parameters
    ----------
    readings : sequence of (low, high)
        Interval of the doubling time in months; a figure without an interval stands twice.
    """
    agree = [overlaps(low, high, MOORE_MONTHS) for low, high in readings]
    if all(agree):
        return Outcome.SUPPORTED
    return Outcome.PARTLY if any(agree) else Outcome.CONTRADICTED


def decide_beats_moore(share_faster: float, share_clearly_faster: float) -> Outcome:
    """Did the price of a given level fall faster than twofold in 18 months?

    Parameters
    ----------
    share_faster : float
        Share of the usable specifications of the whole span whose estimate is above that rate.
    share_clearly_faster : float
        Share of them whose whole 95% interval is.
    """
    if share_faster >= 0.95 and share_clearly_faster >= 0.5:
        return Outcome.SUPPORTED
    if share_faster >= 2 / 3:
        return Outcome.PARTLY
    return Outcome.NOT_SUPPORTED if share_faster >= 1 / 3 else Outcome.CONTRADICTED


def decide_more_use(series: int, series_that_grew: int, price_alone_identified: bool) -> Outcome:
    """Do lower prices lead to more use?

    Parameters
    ----------
    series, series_that_grew : int
        Published volumes that were followed for a year or more, and how many of them grew.
    price_alone_identified : bool
        Whether an estimate that holds the model fixed has an interval that excludes zero.
    """
    if series_that_grew == series and series > 0:
        return Outcome.SUPPORTED if price_alone_identified else Outcome.PARTLY
    return Outcome.NOT_SUPPORTED if series_that_grew > series / 2 else Outcome.CONTRADICTED


def decide_per_compute(low: float, high: float) -> Outcome:
    """Did the cost per unit of computation fall about 150-fold?

    Parameters
    ----------
    low, high : float
        95% interval of the fall in dollars per operation over the same months, in x.
    """
    return Outcome.SUPPORTED if overlaps(low, high, CLAIMED_RATIO) else Outcome.CONTRADICTED


#: A yearly change of less than a quarter counts as no fall.
NO_FALL = 1.25


def decide_frontier(fall: float, low: float, high: float) -> Outcome:
    """Does the best model stay as dear as before?

    Parameters
    ----------
    fall, low, high : float
        Yearly fall of flagship prices with its 95% interval, in x; below 1 is a rise.
    """
    if high <= NO_FALL:
        return Outcome.SUPPORTED
    if low > NO_FALL:
        return Outcome.CONTRADICTED
    return Outcome.PARTLY if fall <= NO_FALL else Outcome.NOT_SUPPORTED


def decide_any_level(low: float, high: float) -> Outcome:
    """Does "AI" as such, with no level named, get about ten times cheaper a year?

    Parameters
    ----------
    low, high : float
        95% interval of the yearly fall of flagship prices, in x.
    """
    if high < ABOUT_TEN[0] or low > ABOUT_TEN[1]:
        return Outcome.CONTRADICTED
    return Outcome.SUPPORTED if low >= ABOUT_TEN[0] else Outcome.NOT_SUPPORTED


def decide_count(found: int, claimed: int) -> Outcome:
    """Do the tables hold as many dated events as were claimed?

    They are not complete: fewer events than claimed prove nothing.
    """
    return Outcome.SUPPORTED if found >= claimed else Outcome.CANNOT_BE_TESTED


def decide_equal(found: float | None, claimed: float) -> Outcome:
    """Is a quoted price the price in the table, to one part in a hundred?"""
    if found is None:
        return Outcome.CANNOT_BE_TESTED
    near = abs(found - claimed) <= 0.01 * max(abs(claimed), 1e-12)
    return Outcome.SUPPORTED if near else Outcome.CONTRADICTED


#: All rules in the order in which the chapter shows them.
RULES = (
    decide_ten_times,
    decide_pace,
    decide_steady,
    decide_year_after,
    decide_150,
    decide_more_use,
    decide_months,
    decide_beats_moore,
    decide_frontier,
    decide_any_level,
    decide_per_compute,
    decide_count,
    decide_equal,
)

#: The rules in words, by the key of the verdict that each makes.
RULES_IN_WORDS = {
    "cost-ten-times": (
        "Supported if the pace, the steadiness and the year after are; contradicted if all "
        "three are; in part if none is contradicted and one holds at least in part; else not "
        "supported."
    ),
    "cost-pace": (
        "Supported if the median over the whole span lies between 5 and 20, so do two thirds of"
        " the estimates, and ten lies in two thirds of the intervals; in part if only the "
        "median does."
    ),
    "cost-steady": (
        "Supported if the average fall lies between 5 and 20 in every year of age; in part if "
        "ten lies in every interval; contradicted if it lies in none; else not supported."
    ),
    "cost-year-after": (
        "Supported if the average fall is at least 5 on every ruler whose data cover the year; "
        "in part if on some; contradicted if every interval ends below 5; else not supported."
    ),
    "cost-150x": (
        "Supported if some list prices under some mix of tokens give 150 within a tenth; "
        "contradicted if none do."
    ),
    "cost-150x-mini": (
        "Supported if some list prices under some mix of tokens give 150 within a tenth; "
        "contradicted if none do; in part if the later model does not keep the level on most of"
        " the rulers on which one party measured both."
    ),
    "cost-any-level": (
        "Supported if the interval of the yearly fall of flagship prices starts at 5 or more; "
        "contradicted if it ends below 5 or starts above 20; else not supported."
    ),
    "cost-frontier": (
        "Supported if the interval of the yearly fall of flagship prices ends at 1.25 or less; "
        "contradicted if it starts above; in part if only the estimate lies below. It looks at "
        "what buyers are asked, not at what a provider spends."
    ),
    "cost-more-use": (
        "Supported if every published volume that was followed for a year grew and an estimate "
        "that holds the model fixed excludes zero; in part if all grew and the cause is not "
        "identified; contradicted if half or more shrank; else not supported."
    ),
    "cost-moore": (
        "Supported if the doubling time is 18 months within a tenth both for transistors per "
        "processor and for computing power; in part if for one; contradicted if for none."
    ),
    "cost-moore-performance": (
        "Supported if the published growth of computing power gives 18 months within a tenth; "
        "contradicted if not. One study, without an interval."
    ),
    "cost-beats-moore": (
        "Supported if the estimate lies above twofold in 18 months in 95% of the specifications"
        " of the whole span, and the whole interval in half of them; in part if the estimate "
        "does in two thirds; contradicted if in fewer than one third."
    ),
    "cost-per-compute": (
        "Supported if 150, within a tenth, lies in the interval of the fall in dollars per "
        "operation over the same months; contradicted if not."
    ),
    "cost-alibaba-cuts": (
        "Supported if the table of prices holds three days on which a price of Alibaba was cut "
        "in 2024. The table is not complete, so fewer prove nothing."
    ),
    "cost-doubao-vision": (
        "Supported if the price in the table is the same to one part in a hundred."
    ),
    "cost-iflytek-free": (
        "Supported if the table of prices holds a model of iFlytek at a price of zero."
    ),
    "cost-goods-and-land": (
        "A forecast can be judged if it names a price index, a size and a date."
    ),
}

# ---------------------------------------------------------------------------------------------
# from the tables to the verdicts

#: The ruler that decides where one has to: it covers the most models and the longest time.
MAIN_RULER = "eci_2026_08"
#: A year of age with fewer different pairs of prices than this decides nothing.
LEAST_PAIRS = 2
#: Published volumes have to be followed for so many months.
LEAST_MONTHS = 12.0

PAGE = "cost-of-a-given-level"
DEEPER = "cost-going-deeper"


def verdicts(*, resamples: int = 1000, curve: pd.DataFrame | None = None) -> list[Verdict]:
    """Compute every verdict on the cost of a given level, the headlines first.

    Parameters
    ----------
    resamples : int
        Half-samples of the models behind each interval.
    curve : pandas.DataFrame, optional
        A specification curve made with as many resamples, if there is one already.

    Returns
    -------
    list of Verdict
    """
    if curve is None:
        curve = specification.specification_curve(resamples=resamples)
    return [
        *_ten_times(curve, resamples),
        *_ratio_of_150(),
        *_flagships(),
        _more_use(),
        *_moore(curve),
        _per_compute(),
        *_china(),
        _goods_and_land(),
    ]


@dataclass(frozen=True)
class Pace:
    """What :func:`decide_pace` looks at, and the form of the rule before it was changed.

    Attributes
    ----------
    usable : int
        Usable specifications of the whole span.
    median, lower_quartile, upper_quartile : float
        Of their estimates, in x per year.
    share_near, share_with_ten_inside : float
    first_form : Outcome
        What the rule said before it looked at the estimates beside the intervals.
    """

    usable: int
    median: float
    lower_quartile: float
    upper_quartile: float
    share_near: float
    share_with_ten_inside: float
    first_form: Outcome


def whole_span(curve: pd.DataFrame) -> pd.DataFrame:
    """Return the usable specifications that run from the first price to the end of the data."""
    return curve[curve["usable"] & (curve["window"] == "all")]


def pace(curve: pd.DataFrame) -> Pace:
    """Gather the figures of :func:`decide_pace` from a specification curve."""
    usable = whole_span(curve)
    estimate = usable["estimate"]
    median = float(estimate.median())
    inside = (usable["low"] <= CLAIMED_PER_YEAR) & (usable["high"] >= CLAIMED_PER_YEAR)
    share = float(inside.mean())
    return Pace(
        usable=len(usable),
        median=median,
        lower_quartile=float(estimate.quantile(0.25)),
        upper_quartile=float(estimate.quantile(0.75)),
        share_near=float(estimate.between(*ABOUT_TEN).mean()),
        share_with_ten_inside=share,
        first_form=decide_pace(median, 1.0, share),
    )


def falls_by_age(resamples: int = 1000, **choices: bool) -> pd.DataFrame:
    """Return the fall in each year of a level's life on the main ruler.

    Parameters
    ----------
    resamples : int
    **choices : bool
        ``opening`` and ``same_levels`` of :func:`three_observations.frontier.falls_by_age`.

    Returns
    -------
    pandas.DataFrame
        Years of age with at least two different pairs of prices (any, if none has).
    """
    priced = frontier.priced_models(MAIN_RULER)
    ever = frontier.levels_on(priced, priced["date"].max())
    ages = frontier.falls_by_age(priced, ever, resamples=resamples, **choices)
    enough = ages["n_distinct"] >= LEAST_PAIRS
    return ages[enough if enough.any() else ages["n_levels"] > 0].reset_index(drop=True)


def year_after(resamples: int = 1000) -> pd.DataFrame:
    """Return the year after the essay on every ruler whose data cover it.

    Returns
    -------
    pandas.DataFrame
        The ``summary`` of :func:`three_observations.frontier.falls_between`, one row a ruler, with
        a column ``ruler``. Of two vintages of one index the newer counts.
    """
    rows = []
    for ruler in frontier.RULERS:
        if ruler == "eci_2025_12":
            continue
        priced = frontier.priced_models(ruler)
        if frontier.coverage_end(priced) < frontier.YEAR_AFTER_ESSAY:
            continue
        found = frontier.falls_between(priced, frontier.levels_on(priced), resamples=resamples)
        rows.append(found.summary.to_dict() | {"ruler": ruler})
    return pd.DataFrame(rows)


def _ten_times(curve: pd.DataFrame, resamples: int) -> list[Verdict]:
    speed = pace(curve)
    paced = decide_pace(speed.median, speed.share_near, speed.share_with_ten_inside)
    ages = falls_by_age(resamples)
    steady = decide_steady(ages["fall"].tolist(), ages["low"].tolist(), ages["high"].tolist())
    oldest = ages.iloc[-1]
    later = year_after(resamples)
    after = decide_year_after(later["fall"].tolist(), later["fall_high"].tolist())
    main = later.set_index("ruler").loc[MAIN_RULER]
    names = {"eci_2026_08": "the ECI", "arena_2026_07": "the Arena"}

    half_samples = f"95%, {resamples:,} half-samples of the models"
    rate = {
        "figure": speed.median,
        "low": speed.lower_quartile,
        "high": speed.upper_quartile,
        "unit": "x per year",
        "interval": "middle half of the specifications of the whole span",
    }
    claims = ("000-05", "001-07", "002-08")
    return [
        Verdict(
            key="cost-ten-times",
            question="Does the cost of a given level of AI fall about tenfold every 12 months?",
            claims=claims,
            outcome=decide_ten_times([paced, steady, after]),
            rule=RULES_IN_WORDS["cost-ten-times"],
            because=f"{speed.median:.2g}x a year over the whole time, but "
            + ", ".join(f"{fall:.2g}x" for fall in ages["fall"])
            + " in year "
            + ", ".join(f"{year}" for year in ages["year"])
            + f" of a level's life, and {main['fall']:.2g}x in the year after the claim. The pace "
            f"is {paced}, the steadiness {steady}, the year after {after}.",
            place=f"{PAGE}#verdict-ten-times",
            **rate,
        ),
        Verdict(
            key="cost-pace",
            question="Over the whole time we have, is the yearly fall about ten?",
            claims=claims,
            outcome=paced,
            rule=RULES_IN_WORDS["cost-pace"]
            + " This rule was made stricter after the results were seen; its first form would have "
            f"said: {speed.first_form}.",
            because=f"The median is {speed.median:.2g}x a year; {speed.share_near:.0%} of "
            f"{speed.usable:,} estimates lie between 5 and 20, and "
            f"{speed.share_with_ten_inside:.0%} of the intervals contain ten.",
            place=f"{PAGE}#verdict-pace",
            **rate,
        ),
        Verdict(
            key="cost-steady",
            question="Does a level get about ten times cheaper in every 12 months of its life?",
            claims=claims,
            outcome=steady,
            rule=RULES_IN_WORDS["cost-steady"],
            because="On the ECI the average fall was "
            + ", ".join(
                f"{row.fall:.2g}x ({row.low:.2g} to {row.high:.2g}) in year {row.year}"
                for row in ages.itertuples()
            )
            + f". Behind the last stand {oldest['n_distinct']:.0f} different pairs of prices.",
            place=f"{PAGE}#verdict-steady",
            figure=float(oldest["fall"]),
            low=float(oldest["low"]),
            high=float(oldest["high"]),
            unit=f"x in year {int(oldest['year'])}",
            interval=half_samples,
        ),
        Verdict(
            key="cost-year-after",
            question="Did the levels on sale on 9 February 2025 get ten times cheaper in a year?",
            claims=claims,
            outcome=after,
            rule=RULES_IN_WORDS["cost-year-after"],
            because="The average fall was "
            + " and ".join(
                f"{row.fall:.2g}x ({row.fall_low:.2g} to {row.fall_high:.2g}) on "
                f"{names.get(row.ruler, row.ruler)}"
                for row in later.itertuples()
            )
            + ".",
            place=f"{PAGE}#verdict-year-after",
            figure=float(main["fall"]),
            low=float(main["fall_low"]),
            high=float(main["fall_high"]),
            unit="x in 12 months, ECI",
            interval=half_samples,
        ),
    ]


def ratios_of(ranges: pd.DataFrame) -> list[tuple[float, float]]:
    """Return what :func:`decide_150` takes from rows of :func:`cost_decline.ratio_ranges`."""
    return list(ranges[["lowest", "highest"]].itertuples(index=False, name=None))


def _ratio_of_150() -> list[Verdict]:
    ranges = cost_decline.ratio_ranges()
    named = ranges[ranges["after"].str.startswith("GPT-4o (")]
    sibling = ranges[ranges["after"] == "GPT-4o mini"]
    kept, measured = cost_decline.rulers_kept("GPT-4 (8k)", "GPT-4o mini")
    nearest = cost_decline.closest_to(CLAIMED_RATIO, after=("GPT-4o mini",))
    low, high = float(named["lowest"].min()), float(named["highest"].max())
    mini_low, mini_high = float(sibling["lowest"].min()), float(sibling["highest"].max())
    claims = ("000-18", "001-09", "002-09")
    over = "range over list prices of GPT-4 (8k and 32k) and all mixes of tokens"
    return [
        Verdict(
            key="cost-150x",
            question="Did the price per token fall about 150-fold from GPT-4 to GPT-4o?",
            claims=claims,
            outcome=decide_150(ratios_of(named)),
            rule=RULES_IN_WORDS["cost-150x"],
            because=f"GPT-4o became {low:.2g} to {high:.2g} times cheaper than GPT-4.",
            place=f"{PAGE}#verdict-150x",
            figure=high,
            low=low,
            high=high,
            unit="x at most",
            interval=over,
        ),
        Verdict(
            key="cost-150x-mini",
            question="And if the essay meant GPT-4o mini?",
            claims=claims,
            outcome=decide_150(ratios_of(sibling), kept > measured / 2),
            rule=RULES_IN_WORDS["cost-150x-mini"],
            because=f"GPT-4o mini became {mini_low:.3g} to {mini_high:.3g} times cheaper, and it "
            f"scores at least as high as GPT-4 on {kept} of {measured} such rulers.",
            place=f"{PAGE}#verdict-150x-mini",
            figure=nearest.ratio,
            low=mini_low,
            high=mini_high,
            unit=f"x in the {nearest.blend} mix",
            interval=over,
        ),
    ]


def _flagships() -> list[Verdict]:
    trend = cost_decline.flagship_trend()
    figures = {
        "figure": trend.per_year,
        "low": trend.low,
        "high": trend.high,
        "unit": "x a year as a fall; below 1 is a rise",
        "interval": "95%, errors clustered by provider",
    }
    because = (
        f"The yearly fall of flagship list prices is {trend.per_year:.2g}x "
        f"({trend.low:.2g} to {trend.high:.2g}); below 1 is a rise."
    )
    return [
        Verdict(
            key="cost-any-level",
            question='Without "a given level": does the cost of AI fall about tenfold a year?',
            claims=("003-04",),
            outcome=decide_any_level(trend.low, trend.high),
            rule=RULES_IN_WORDS["cost-any-level"],
            because=because,
            place=f"{DEEPER}#verdict-any-level",
            **figures,
        ),
        Verdict(
            key="cost-frontier",
            question="Does the best model of the day stay as dear as before?",
            claims=("002-03",),
            outcome=decide_frontier(trend.per_year, trend.low, trend.high),
            rule=RULES_IN_WORDS["cost-frontier"],
            because=because,
            place=f"{PAGE}#verdict-frontier",
            **figures,
        ),
    ]


def _more_use() -> Verdict:
    growth = cost_decline.volume_growth(at_least_months=LEAST_MONTHS)
    grew = int((growth["ratio"] > 1).sum())
    elasticity = data.load("published").set_index("result").loc["nber-elasticity"]
    identified = bool(pd.notna(elasticity["high"]) and elasticity["high"] < 0)
    return Verdict(
        key="cost-more-use",
        question="Do lower prices lead to more use?",
        claims=("000-06", "001-08", "002-08", "003-04", "004-36"),
        outcome=decide_more_use(len(growth), grew, identified),
        rule=RULES_IN_WORDS["cost-more-use"],
        because=f"{grew} of {len(growth)} volumes grew. The one estimate that holds the model "
        f"fixed is {elasticity['value']:.3g}, second-hand, "
        + ("with" if identified else "without")
        + " an interval that excludes zero.",
        place=f"{PAGE}#verdict-more-use",
        figure=float(growth["per_year"].median()),
        low=float(growth["per_year"].min()),
        high=float(growth["per_year"].max()),
        unit="x per year, growth of use",
        interval="range over the series",
    )


def computing_months() -> float:
    """Return the months in which computing power per dollar doubled (Nordhaus 2007)."""
    published = data.load("published").set_index("result")
    growth = float(published.loc["nordhaus-computing", "value"]) / 100
    return 12 / math.log2(1 + growth)


def _moore(curve: pd.DataFrame) -> list[Verdict]:
    chips = cost_decline.transistor_doubling()
    power = computing_months()
    usable = whole_span(curve)
    moore_per_year = cost_decline.from_doubling_months(MOORE_MONTHS)
    faster = float((usable["estimate"] > moore_per_year).mean())
    clearly = float((usable["low"] > moore_per_year).mean())
    return [
        Verdict(
            key="cost-moore",
            question="Did Moore's law bring a factor of two every 18 months?",
            claims=("001-10", "002-10"),
            outcome=decide_months([(chips.low, chips.high), (power, power)]),
            rule=RULES_IN_WORDS["cost-moore"],
            because=f"Transistors per processor doubled every {chips.months:.3g} months, computing "
            f"power every {power:.3g}: it depends on what doubles, and the essay does not say.",
            place=f"{PAGE}#verdict-moore",
            figure=chips.months,
            low=chips.low,
            high=chips.high,
            unit="months, transistors",
            interval=f"95%, {chips.n} processors",
        ),
        Verdict(
            key="cost-moore-performance",
            question="Did computing power double every 18 months?",
            claims=("003-06",),
            outcome=decide_months([(power, power)]),
            rule=RULES_IN_WORDS["cost-moore-performance"],
            because=f"Computing power per dollar doubled every {power:.3g} months, 1940 to 2001.",
            place=f"{DEEPER}#verdict-moore-performance",
            figure=power,
            unit="months to double",
        ),
        Verdict(
            key="cost-beats-moore",
            question="Does the cost of a given level fall faster than Moore's law?",
            claims=("000-19", "001-10", "003-06"),
            outcome=decide_beats_moore(faster, clearly),
            rule=RULES_IN_WORDS["cost-beats-moore"],
            because=f"Over the whole span {faster:.0%} of the estimates and {clearly:.0%} of the "
            f"whole intervals lie above Moore's {moore_per_year:.3g}x a year.",
            place=f"{PAGE}#verdict-beats-moore",
            figure=faster * 100,
            unit="% of estimates, whole span",
        ),
    ]


def _per_compute() -> Verdict:
    ranges = cost_decline.ratio_ranges()
    months = float(ranges.loc[ranges["after"] == "GPT-4o mini", "months"].iloc[0])
    fall, low, high = cost_decline.compute_price_fall(months)
    return Verdict(
        key="cost-per-compute",
        question="Did the cost of a unit of computation fall about 150-fold?",
        claims=("003-05",),
        outcome=decide_per_compute(low, high),
        rule=RULES_IN_WORDS["cost-per-compute"],
        because=f"Dollars per operation fell {fall:.2g}x in {months:.3g} months: "
        "the price per token and the price of computation are different things.",
        place=f"{DEEPER}#verdict-per-compute",
        figure=fall,
        low=low,
        high=high,
        unit="x over the same months",
        interval="95% as published",
    )


def _china() -> list[Verdict]:
    prices = data.load("prices")
    cuts = cost_decline.price_cuts("Alibaba", "2024-01-01", "2024-12-31")["date"].nunique()
    vision = prices[prices["model"] == "Doubao visual understanding"]
    yuan = float(vision["input_cny_per_mtok"].iloc[0]) / 1000 if len(vision) else None
    free = int(((prices["provider"] == "iFlytek") & (prices["input_usd_per_mtok"] == 0)).sum())
    return [
        Verdict(
            key="cost-alibaba-cuts",
            question="Did Alibaba Cloud cut its prices three times in 2024?",
            claims=("000-15",),
            outcome=decide_count(cuts, 3),
            rule=RULES_IN_WORDS["cost-alibaba-cuts"],
            because=f"Days with a cut that the table holds: {cuts}.",
            place=f"{DEEPER}#verdict-alibaba-cuts",
            figure=float(cuts),
            unit="day with a cut, found" if cuts == 1 else "days with a cut, found",
        ),
        Verdict(
            key="cost-doubao-vision",
            question="Did Doubao's model for images cost 0.003 yuan per thousand input tokens?",
            claims=("000-16",),
            outcome=decide_equal(yuan, 0.003),
            rule=RULES_IN_WORDS["cost-doubao-vision"],
            because="The table holds no such price."
            if yuan is None
            else f"The table holds {yuan:.3g} yuan per thousand tokens, from one press report.",
            place=f"{DEEPER}#verdict-doubao-vision",
            figure=yuan,
            unit="yuan per 1,000 tokens" if yuan is not None else "",
        ),
        Verdict(
            key="cost-iflytek-free",
            question="Were some models of iFlytek free?",
            claims=("000-17",),
            outcome=decide_count(free, 1),
            rule=RULES_IN_WORDS["cost-iflytek-free"],
            because=f"Free models of iFlytek that the table holds: {free}.",
            place=f"{DEEPER}#verdict-iflytek-free",
            figure=float(free),
            unit="free model, found" if free == 1 else "free models, found",
        ),
    ]


def _goods_and_land() -> Verdict:
    return Verdict(
        key="cost-goods-and-land",
        question="Will many goods get much cheaper, and luxury and land much dearer?",
        claims=("001-19", "003-14"),
        outcome=Outcome.CANNOT_BE_TESTED,
        rule=RULES_IN_WORDS["cost-goods-and-land"],
        because="It names kinds of goods, but no index, no size and no date, so no public figure "
        "can prove it wrong.",
        place=f"{DEEPER}#verdict-goods-and-land",
    )
