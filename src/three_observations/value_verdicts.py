"""Rules that decide the claims about the value of intelligence, and what they decide.

Each rule is a pure function from figures to an :class:`~three_observations.claims.Outcome`.
The chapter shows the rules before it shows a figure.
:func:`verdicts` gathers the figures from the tables and applies the rules.

Three readings serve all rules.
*Super-exponential* means that the logarithm of value is convex in intelligence: its curvature lies
above zero.
A curvature is *clear* if its whole 95% interval, made for residuals that hang together over time,
lies on one side of zero. The interval is a generalised least squares one whose residuals keep 37%
of their correlation over three years. A bend in time, of records or of spending, has to be clear by
that interval and by one whose memory the series tells. Models beside each other, which are no
series in time, have robust errors (HC3).
A question *can be tested* if that interval would show a growth rate that rises by 30% a year in
four of five histories, for every firm of which it is asked; a rate that does so doubles within
three years. Where nothing is simulated, an interval that holds the value at which the answer turns
has told nothing, unless it is narrow enough to exclude such a rise; and neither has one with a
single degree of freedom.

Several rules were changed after the first results were seen: :func:`first_forms` says which, and
what each would have decided as it stood first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from three_observations import (
    cost_verdicts,
    data,
    frontier,
    growth_theorems,
    time_horizons,
    value_proxies,
)
from three_observations.claims import Outcome, Verdict, joined
from three_observations.compute_scorecard import OUTPUT_SHARES
from three_observations.display import interval, number, signed
from three_observations.estimation import Fit, least_squares, whitener
from three_observations.frontier import DAYS_PER_YEAR, ESSAY_DATE, YEAR_AFTER_ESSAY

#: Share of simulated histories in which a test has to see what is there.
WANTED_POWER = 0.8
#: The rise of a growth rate, a year, that a test has to see.
WANTED_RISE = 0.3
#: Years that count as the near future.
NEAR_FUTURE = 5.0
#: How fast a growth rate changes that rises by that share a year, as a share of itself: the slope
#: in the middle of a year, as the simulations have it.
RISE = float(np.log1p(WANTED_RISE))
#: Degrees of freedom that an interval needs to count.
LEAST_FREEDOM = 2
#: Returns above zero that a firm's curvature needs: three coefficients and those degrees.
LEAST_RETURNS = 3 + LEAST_FREEDOM
#: Growth that still counts as exponential, in logarithms a year: doubling in the near future.
LEAST_GROWTH = float(np.log(2)) / NEAR_FUTURE
#: Part of the world's output at which growth has no room left.
WORLD_PART = 0.1
#: Gains that far exceed what is put in are at least so many times as large.
FAR = 2.0
#: A proxy with fewer points than this does not count.
LEAST_POINTS = 5


def about(claimed: float) -> tuple[float, float]:
    """Return the range that counts as about a claimed figure: within a tenth of it."""
    return claimed / 1.1, claimed * 1.1


# ---------------------------------------------------------------------------------------------
# the rules: value


def decide_super_exponential(
    share_clearly_up: float, share_clearly_down: float, power: float
) -> Outcome:
    """Over all fair choices, is value super-exponential in intelligence?

    Parameters
    ----------
    share_clearly_up, share_clearly_down : float
        Shares of the usable specifications whose curvature is clearly above and below zero.
    power : float
        Share of histories in which the interval that the rules use would show a growth rate that
        rises by 30% a year, for the firm for which it is smallest.
    """
    if share_clearly_up >= 1 / 2 and share_clearly_down < 1 / 20:
        return Outcome.SUPPORTED
    if share_clearly_down >= 1 / 2 and share_clearly_up < 1 / 20:
        return Outcome.CONTRADICTED
    if share_clearly_up >= 1 / 3 and share_clearly_down < 1 / 20:
        return Outcome.PARTLY
    if power < WANTED_POWER or (share_clearly_up >= 1 / 20 and share_clearly_down >= 1 / 20):
        return Outcome.CANNOT_BE_TESTED
    return Outcome.NOT_SUPPORTED


def decide_exponential(share_clearly_bent: float, share_preferred: float, power: float) -> Outcome:
    """Over all fair choices, is value exponential in intelligence, and no more?

    Parameters
    ----------
    share_clearly_bent : float
        Share of the usable specifications whose curvature is clear, up or down.
    share_preferred : float
        Share of them in which a straight line has the lower AICc.
    power : float
        As :func:`decide_super_exponential` takes it.
    """
    if share_clearly_bent >= 1 / 2:
        return Outcome.CONTRADICTED
    if power < WANTED_POWER:
        return Outcome.CANNOT_BE_TESTED
    return Outcome.SUPPORTED if share_preferred >= 2 / 3 else Outcome.NOT_SUPPORTED


def decide_bend(lows: Sequence[float], highs: Sequence[float], power: float) -> Outcome:
    """On one scale, does the growth rate of each firm's revenue rise with intelligence?

    Parameters
    ----------
    lows, highs : sequence of float
        95% interval of the curvature, one a firm.
    power : float
        As :func:`decide_super_exponential` takes it.
    """
    above = [low > 0 for low in lows]
    below = [high < 0 for high in highs]
    if all(above):
        return Outcome.SUPPORTED
    if all(below):
        return Outcome.CONTRADICTED
    if any(above) and not any(below):
        return Outcome.PARTLY
    if power < WANTED_POWER and not any(below):
        return Outcome.CANNOT_BE_TESTED
    return Outcome.NOT_SUPPORTED


def decide_scale(lows: Sequence[float], highs: Sequence[float]) -> Outcome:
    """Is the sign of the curvature the same on every fair scale of intelligence?

    Parameters
    ----------
    lows, highs : sequence of float
        95% interval of the curvature of the same value, one a scale. One that holds zero has no
        sign to compare.
    """
    up, down = sum(low > 0 for low in lows), sum(high < 0 for high in highs)
    if up and down:
        return Outcome.CONTRADICTED
    if up + down < 2:
        return Outcome.CANNOT_BE_TESTED
    return Outcome.SUPPORTED if up + down == len(lows) else Outcome.PARTLY


def decide_proxies(
    lows: Sequence[float], highs: Sequence[float], wanted: Sequence[float]
) -> Outcome:
    """Do the other proxies of value bend upwards?

    Parameters
    ----------
    lows, highs : sequence of float
        95% interval of the curvature on the main ruler, one a proxy with points enough.
    wanted : sequence of float
        The curvature of each if its growth rate rose by 30% a year.
    """
    above = sum(low > 0 for low in lows)
    below = sum(high < 0 for high in highs)
    if len(lows) < 2:
        return Outcome.CANNOT_BE_TESTED
    if above == below == 0:
        excluded = sum(high < rise for high, rise in zip(highs, wanted, strict=True))
        told = excluded >= 2 / 3 * len(lows)
        return Outcome.NOT_SUPPORTED if told else Outcome.CANNOT_BE_TESTED
    if above >= 2 / 3 * len(lows) and not below:
        return Outcome.SUPPORTED
    if below >= 2 / 3 * len(lows) and not above:
        return Outcome.CONTRADICTED
    return Outcome.PARTLY if above and not below else Outcome.NOT_SUPPORTED


def decide_straight(
    lows: Sequence[float], highs: Sequence[float], growths: Sequence[float]
) -> Outcome:
    """Does intelligence grow in a straight line?

    Parameters
    ----------
    lows, highs : sequence of float
        95% interval of the curvature of the record score in time, one a vintage of the index.
    growths : sequence of float
        Growth of the record score a year, one a vintage.
    """
    bent, straight = [], []
    for low, high, growth in zip(lows, highs, growths, strict=True):
        rise = RISE * abs(growth)
        bent.append(not low <= 0 <= high)
        straight.append(low <= 0 <= high and -rise < low and high < rise)
    if all(straight):
        return Outcome.SUPPORTED
    if all(bent):
        return Outcome.CONTRADICTED
    if any(straight):
        return Outcome.PARTLY
    return Outcome.NOT_SUPPORTED if any(bent) else Outcome.CANNOT_BE_TESTED


def decide_returns(known: int, above_zero: int, lows: Sequence[float]) -> Outcome:
    """Are the returns, what comes back less what is put in, super-exponential?

    Parameters
    ----------
    known, above_zero : int
        Yearly operating results of the firms that the tables hold, and how many lie above zero.
    lows : sequence of float
        Lower end of the 95% interval of the curvature of their logarithm, one a firm with five
        or more above zero.
    """
    if known and not above_zero:
        return Outcome.CONTRADICTED
    if not len(lows):
        return Outcome.CANNOT_BE_TESTED
    if not all(low > 0 for low in lows):
        return Outcome.NOT_SUPPORTED
    return Outcome.SUPPORTED if above_zero == known else Outcome.PARTLY


# ---------------------------------------------------------------------------------------------
# the rules: investment


def decide_kept_growing(low: float, high: float) -> Outcome:
    """Did investment go on growing exponentially after the claim?

    Parameters
    ----------
    low, high : float
        95% interval of the growth rate since the claim, in logarithms per year.
    """
    if low >= LEAST_GROWTH:
        return Outcome.SUPPORTED
    if high < LEAST_GROWTH:
        return Outcome.CONTRADICTED
    return Outcome.PARTLY if low > 0 else Outcome.CANNOT_BE_TESTED


def decide_elasticity(
    lows: Sequence[float], highs: Sequence[float], freedoms: Sequence[float]
) -> Outcome:
    """Does one per cent more resources bring about one per cent more revenue, or more than that?

    Parameters
    ----------
    lows, highs : sequence of float
        95% intervals of the elasticities, one for each firm and measure of resources.
    freedoms : sequence of float
        Degrees of freedom of each; an interval with fewer than two does not count.
    """
    return _at_least(about(1.0)[0], lows, highs, freedoms)


def _at_least(
    least: float, lows: Sequence[float], highs: Sequence[float], freedoms: Sequence[float]
) -> Outcome:
    """Say whether intervals with two degrees of freedom or more reach a figure."""
    rows = zip(lows, highs, freedoms, strict=True)
    sure = [(low, high) for low, high, freedom in rows if freedom >= LEAST_FREEDOM]
    above, below = sum(low >= least for low, _ in sure), sum(high < least for _, high in sure)
    if above == below == 0:
        return Outcome.CANNOT_BE_TESTED
    if below:
        return Outcome.CONTRADICTED if below == len(sure) else Outcome.NOT_SUPPORTED
    return Outcome.SUPPORTED if above == len(sure) else Outcome.PARTLY


def decide_level(ratios: Sequence[float]) -> Outcome:
    """Does the revenue of a year cover what was spent in it?

    Parameters
    ----------
    ratios : sequence of float
        Revenue over spending of the last year for which both are known, one for each firm and
        each published basis of its spending.
    """
    covered = [ratio >= 1 for ratio in ratios]
    if not covered:
        return Outcome.CANNOT_BE_TESTED
    if all(covered):
        return Outcome.SUPPORTED
    return Outcome.PARTLY if any(covered) else Outcome.CONTRADICTED


def decide_room(
    lows: Sequence[float], highs: Sequence[float], freedoms: Sequence[float]
) -> Outcome:
    """Is there room for this growth in the near future?

    Parameters
    ----------
    lows, highs : sequence of float
        95% intervals of the years until investment at its present rate would pass a tenth of the
        output of the world, one a series of investment.
    freedoms : sequence of float
        Degrees of freedom of each; an interval with fewer than two does not count.
    """
    return _at_least(NEAR_FUTURE, lows, highs, freedoms)


def decide_investment(parts: Sequence[Outcome]) -> Outcome:
    """Is there no reason for exponentially growing investment to stop in the near future?

    Parameters
    ----------
    parts : sequence of Outcome
        From :func:`decide_kept_growing`, :func:`decide_elasticity`, :func:`decide_level` and
        :func:`decide_room`: each of the four can be a reason to stop.
    """
    return _joined(parts)


def _joined(parts: Sequence[Outcome]) -> Outcome:
    """Join parts as every chapter does; but parts of which none says anything say nothing."""
    told = [part for part in parts if part is not Outcome.CANNOT_BE_TESTED]
    return joined(parts) if told else Outcome.CANNOT_BE_TESTED


def decide_follows(cases: Sequence[tuple[bool, bool]]) -> Outcome:
    """Does it follow from super-exponential value that such investment need not stop?

    Parameters
    ----------
    cases : sequence of (pays today, goes on)
        Worked cases in which value is super-exponential and pays for all investment: whether it
        pays for its wear on the first day, and whether its growth then goes on: for ever, or, if
        the rule is read for the near future alone, fast enough all the time to double within it.
        What follows holds in every case, so one that ends is a counterexample.
    """
    if all(goes_on for _, goes_on in cases):
        return Outcome.SUPPORTED
    if all(goes_on for pays, goes_on in cases if pays):
        return Outcome.PARTLY
    return Outcome.CONTRADICTED


def decide_faster(low: float, high: float, growth: float) -> Outcome:
    """Does investment grow ever faster?

    Parameters
    ----------
    low, high : float
        95% interval of the change of the growth rate of investment, a year.
    growth : float
        That growth rate, in logarithms a year.
    """
    if low > 0:
        return Outcome.SUPPORTED
    if high < 0:
        return Outcome.CONTRADICTED
    return Outcome.NOT_SUPPORTED if high < RISE * growth else Outcome.CANNOT_BE_TESTED


def decide_exceeds(ratios: Sequence[float]) -> Outcome:
    """Do gains far exceed what is put in?

    Parameters
    ----------
    ratios : sequence of float
        As :func:`decide_level` takes them; far is twice.
    """
    far = [ratio >= FAR for ratio in ratios]
    if not far:
        return Outcome.CANNOT_BE_TESTED
    if all(far):
        return Outcome.SUPPORTED
    if any(far):
        return Outcome.PARTLY
    return Outcome.NOT_SUPPORTED if max(ratios) >= 1 else Outcome.CONTRADICTED


def decide_gains(parts: Sequence[Outcome]) -> Outcome:
    """Does capital flow in ever faster because gains far exceed what is put in?

    Parameters
    ----------
    parts : sequence of Outcome
        From :func:`decide_faster` and :func:`decide_exceeds`.
    """
    return _joined(parts)


# ---------------------------------------------------------------------------------------------
# the rules: a benchmark that the interview quotes, and a forecast


def decide_between(found: float | None, low: float, high: float) -> Outcome:
    """Does a figure lie in the range that was named?"""
    if found is None:
        return Outcome.CANNOT_BE_TESTED
    return Outcome.SUPPORTED if low <= found <= high else Outcome.CONTRADICTED


def decide_forecast(data_end: str, due: str, volume: float, cost: float | None) -> Outcome:
    """Can anyone call on as much intellect as all people had, once the day has come?

    Intellect is counted in tokens, as the speaker himself counts it in the interview.

    Parameters
    ----------
    data_end, due : str
        ISO dates: the last day in the tables, and the last day of which the forecast speaks.
    volume : float
        Largest published volume, in parts of what one humanity for each person at once would be.
    cost : float or None
        Price of the tokens of one humanity for a day, in parts of what a person has for a day;
        None without a price.
    """
    if data_end < due:
        return Outcome.OPEN
    if volume >= 1:
        return Outcome.SUPPORTED
    if cost is None:
        return Outcome.CANNOT_BE_TESTED
    return Outcome.PARTLY if cost <= 1 else Outcome.CONTRADICTED


#: All rules in the order in which the chapter shows them.
RULES = (
    decide_super_exponential,
    decide_exponential,
    decide_bend,
    decide_scale,
    decide_proxies,
    decide_straight,
    decide_follows,
    decide_investment,
    decide_kept_growing,
    decide_elasticity,
    decide_level,
    decide_room,
    decide_faster,
    decide_exceeds,
    decide_gains,
    decide_returns,
    decide_between,
    decide_forecast,
)

#: The rules in words, by the key of the verdict that each makes.
RULES_IN_WORDS = {
    "value-super-exponential": (
        "Supported if half of the counted specifications bend clearly upwards and fewer than one "
        "in twenty clearly downwards; contradicted if the other way round; in part if a third "
        "bend clearly upwards and fewer than one in twenty downwards. Else it cannot be tested if "
        "the power of the counted interval is below four in five for a firm, or if one in twenty "
        "bends clearly each way; else it is not supported. Counted are single firms, the interval "
        "for residuals that last, and no ruler that is another one transformed."
    ),
    "value-exponential": (
        "Contradicted if half of the counted specifications bend clearly; else it cannot be "
        "tested if the power of the counted interval is below four in five for a firm; else "
        "supported if a straight line has the lower AICc in two thirds, and not supported if not."
    ),
    "value-revenue": (
        "Supported if the interval of every firm, for residuals that last, lies above zero; "
        "contradicted if every one lies below; in part if one lies above and none below; else it "
        "cannot be tested if the power of that interval is below four in five for a firm and none "
        "lies below; else not supported."
    ),
    "value-scale": (
        "For each firm: contradicted if one interval lies above zero and another below; it cannot "
        "be tested if fewer than two leave out zero; supported if all lie on one side; else in "
        "part. If neither firm can be tested, the whole cannot; else both have to agree."
    ),
    "value-proxies": (
        "Supported if two thirds of the intervals lie above zero and none below; contradicted if "
        "the other way round; in part if one lies above and none below. If none excludes zero it "
        "cannot be tested, unless two thirds exclude a growth rate that rises by 30% a year; else "
        "not supported. The intervals are robust (HC3) where models stand beside each other, and "
        "made for residuals that last for users, who are counted in time."
    ),
    "value-straight-line": (
        "The straight line holds on a vintage of the index if the interval of the curvature holds "
        "zero and leaves out a change of the rate by 30% a year either way; the interval reaches "
        "from the lower to the upper end of two, with a memory of residuals that is estimated and "
        "with one of three years. Supported if it holds on every vintage, in part if on one; "
        "contradicted if zero lies in no interval; not supported if it lies outside one alone; "
        "else, with intervals that are only too wide, it cannot be tested."
    ),
    "value-follows": (
        "Algebra, not data: what follows holds in every case, so one counterexample refutes it. "
        "The premise is that investment is paid for out of the value that it makes, with no money "
        "from outside. Supported if growth goes on for ever in every worked case with "
        "super-exponential value; in part if it does in every one that pays for its wear today; "
        "contradicted if it ends in one of these. The card says what the rule gives for the near "
        "future alone, where going on means growth that never falls below a doubling in five "
        "years."
    ),
    "value-investment": (
        "Its four parts are joined: supported or contradicted if all are; not supported if one is "
        "contradicted; in part if none is and one holds at least in part; else not supported."
    ),
    "value-kept-growing": (
        "Supported if the whole interval of the growth rate since the claim is fast enough to "
        "double within five years; contradicted if all of it is slower; in part if it holds that "
        "rate and lies above zero; else it cannot be tested."
    ),
    "value-elasticity": (
        "Only intervals with two degrees of freedom or more count; if none, or if all of them "
        "hold one less a tenth, it cannot be tested. Supported if every one starts there or "
        "above; contradicted if every one ends below; not supported if one does; else in part."
    ),
    "value-level": (
        "Supported if the revenue of the last full year covers the spending of the same year for "
        "every firm and on every published basis of spending; in part if for one; contradicted if "
        "for none."
    ),
    "value-room": (
        "As the elasticity: asked of the years until a series of investment at its present rate "
        "would pass a tenth of the output of the world, against five years. Only intervals with "
        "two degrees of freedom or more count; if none, or if all of them hold five, it cannot be "
        "tested. Supported if every one starts at five or above; contradicted if every one ends "
        "below; not supported if one does; else in part."
    ),
    "value-faster": (
        "Supported if the interval of the change of the growth rate lies above zero, by a memory "
        "of residuals that is estimated and by one of three years; contradicted if both lie below; "
        "not supported if both exclude a rate that rises by 30% a year; else it cannot be tested."
    ),
    "value-gains": (
        "Its two parts, growth that speeds up and revenue at least twice the spending of the same "
        "year, are joined: "
        "supported or contradicted if both are; not supported if one is contradicted; in part if "
        "none is and one holds at least in part; else not supported."
    ),
    "value-returns": (
        "Contradicted if no yearly operating result of a firm lies above zero, since a loss has no "
        "growth rate; it cannot be tested if no firm has five above zero; supported if all are and "
        "the curvature of each such firm lies clearly above zero; in part if some are not; else "
        "not supported."
    ),
    "value-gdpval-kinds": (
        "Supported if the published number of occupations lies between 40 and 49; contradicted if "
        "not; it cannot be tested if the table has none."
    ),
    "value-2035": (
        "It is read as a forecast, with or without its hedge. One humanity is the tokens that all "
        "people of 2025 put out in a day, as the same speaker counts them in the interview. At the "
        "end of 2035: supported if a published volume reaches one humanity for each person at "
        "once; in part if it does not, but one humanity costs at most a person's share of the "
        "world's output, at the lowest list price of a model not below the best of 2025; "
        "contradicted if neither holds; it cannot be tested if no price is known. Open until then."
    ),
}

# ---------------------------------------------------------------------------------------------
# from the tables to the verdicts

PAGE = "value-of-intelligence"
DEEPER = "value-going-deeper"
#: Last day of which the forecast speaks, and the year whose best model sets the level.
DUE = date(2035, 12, 31)
LEVEL_OF = 2025


def straightness(
    rulers: Sequence[str] = value_proxies.INDICES, *, resamples: int = 500
) -> pd.DataFrame:
    """Ask of each vintage of the index whether the record score rises in a straight line.

    Parameters
    ----------
    rulers : sequence of str
    resamples : int
        For the interval that estimates how residuals fade.

    Returns
    -------
    pandas.DataFrame
        ``ruler``, ``n``, ``growth`` (points a year, at the middle), ``curvature``, ``low``,
        ``high`` (change of that a year by generalised least squares for residuals that last, and
        the outer ends of its 95% interval and of the next), ``plain`` (the same change by ordinary
        least squares), ``fading_low``, ``fading_high`` (interval whose memory is estimated from
        the records), ``lasting_low``, ``lasting_high`` (interval with a memory of three years),
        ``apart`` (AICc of the straight line above the best form), ``best`` (that form).
    """
    rows = []
    for ruler in rulers:
        path = time_horizons.eci_path("2023 on", ruler)
        found = time_horizons.curvature(path, resamples=resamples)
        forms = time_horizons.compare_forms(path)
        curvature, *lasting = value_proxies.bend_in_time(path["date"], path["value"])
        fading = (float(found["fading_low"]), float(found["fading_high"]))
        rows.append(
            {
                "ruler": ruler,
                "n": len(path),
                "growth": found["growth"],
                "curvature": curvature,
                "low": min(lasting[0], fading[0]),
                "high": max(lasting[1], fading[1]),
                "plain": found["curvature"],
                "fading_low": fading[0],
                "fading_high": fading[1],
                "lasting_low": lasting[0],
                "lasting_high": lasting[1],
                "apart": float(forms.set_index("form").loc["linear", "apart"]),
                "best": str(forms["form"].iloc[0]),
            }
        )
    return pd.DataFrame(rows)


#: Wear of resources in the worked cases, a year.
WEAR = 0.1


def super_exponential_cases() -> pd.DataFrame:
    """Return the worked cases of reinvestment: does growth go on, and is value super-exponential?

    Returns
    -------
    pandas.DataFrame
        ``case``, ``kind`` (of value in intelligence), ``first_elasticity`` (today),
        ``last_elasticity`` (at very large resources), ``pays`` (whether the return of today is
        above the wear), ``goes_on`` (for ever, by the theorem), ``growth``, ``growth_later`` (of
        resources a year, in logarithms: today, and at the end of the near future), ``slowest``
        (lowest growth on the way there), ``goes_on_near`` (whether that is :data:`LEAST_GROWTH` or
        more, the threshold of :func:`decide_kept_growing`), ``why``.

    Notes
    -----
    The constants of the cases are picked by hand to show what can happen; none is an estimate.
    Twice the level and twice the wear give the same path in half the time.
    All investment is paid for out of the value that it makes: money from outside is left out.
    """
    rows = []
    for case in growth_theorems.economies():
        first, last = (float(np.asarray(case.elasticity(np.array(x)))) for x in (0.0, 60.0))
        path = growth_theorems.simulate_reinvestment(
            case.log_return, WEAR, years=NEAR_FUTURE, steps=100
        )
        now, later = (float(path["growth_rate"].iloc[place]) for place in (0, -1))
        slowest = float(path["growth_rate"].min())
        rows.append(
            {
                "case": case.name,
                "kind": case.kind,
                "first_elasticity": first,
                "last_elasticity": last,
                "pays": bool(np.exp(float(np.asarray(case.log_return(np.array(0.0))))) > WEAR),
                "goes_on": case.sustained,
                "growth": now,
                "growth_later": later,
                "slowest": slowest,
                "goes_on_near": slowest >= LEAST_GROWTH,
                "why": case.why,
            }
        )
    return pd.DataFrame(rows)


def power_now(*, histories: int = 400) -> pd.DataFrame:
    """Return in how many histories the run-rates of today would show a rise of 30% a year.

    Parameters
    ----------
    histories : int
        400 fix a share to 2.5 points.

    Returns
    -------
    pandas.DataFrame
        ``firm``, ``power`` (of a test whose limit comes from simulated exponential growth),
        ``lasting`` (of the interval that the rules use).
    """
    rows = []
    for firm in value_proxies.FIRMS:
        table = value_proxies.revenue_power(
            firm,
            (WANTED_RISE,),
            watched=("run-rates",),
            years_after=0.5,
            histories=histories,
        )
        here = table[(table["rise"] == WANTED_RISE) & (table["years"] == 0)]
        rows.append(
            {
                "firm": firm,
                "power": float(here["power"].iloc[0]),
                "lasting": value_proxies.lasting_power(firm, WANTED_RISE, histories=histories),
            }
        )
    return pd.DataFrame(rows)


@dataclass(frozen=True)
class Shares:
    """What :func:`decide_super_exponential` and :func:`decide_exponential` look at.

    Attributes
    ----------
    usable : int
        Counted specifications: :func:`three_observations.value_proxies.judged`.
    up, clearly_up, clearly_down : float
        Shares of them with a curvature above zero, and clearly above and below.
    fits : int
        Firms, rulers and lags, single firms and no transformed ruler.
    straight : float
        Share of these in which a straight line has the lower AICc.
    power, power_most : float
        The smaller and the larger of the powers of :func:`power_now`, of a test whose limit comes
        from simulated exponential growth.
    power_lasting, power_lasting_most : float
        The same for the interval that the rules use; the smaller decides.
    """

    usable: int
    up: float
    clearly_up: float
    clearly_down: float
    fits: int
    straight: float
    power: float
    power_most: float
    power_lasting: float
    power_lasting_most: float


def all_fits() -> pd.DataFrame:
    """Fit every firm's run-rates on every ruler and lag: straight, and with a bend.

    Returns
    -------
    pandas.DataFrame
        From :func:`three_observations.value_proxies.revenue_curvature`, without the series that
        are too short.
    """
    table = value_proxies.revenue_curvature(
        value_proxies.SPECIFIED_FIRMS, tuple(value_proxies.RULERS), value_proxies.LAGS
    )
    return table[(table["reason"] == "") & (table["n"] >= value_proxies.LEAST_POINTS)]


def shares(curve: pd.DataFrame, fits: pd.DataFrame | None = None) -> Shares:
    """Gather the figures of the headline.

    Parameters
    ----------
    curve : pandas.DataFrame
        From :func:`three_observations.value_proxies.specification_curve`.
    fits : pandas.DataFrame, optional
        From :func:`all_fits`.

    Raises
    ------
    ValueError
        If no specification is usable.
    """
    fits = all_fits() if fits is None else fits
    counted = value_proxies.judged(curve)
    fits = fits[
        fits["firm"].isin(value_proxies.FIRMS) & ~fits["ruler"].isin(value_proxies.TRANSFORMS)
    ]
    if counted.empty or fits.empty:
        raise ValueError("no specification is usable: the tables hold too few run-rates or scores")
    power = power_now()
    return Shares(
        usable=len(counted),
        up=float((counted["estimate"] > 0).mean()),
        clearly_up=float((counted["low"] > 0).mean()),
        clearly_down=float((counted["high"] < 0).mean()),
        fits=len(fits),
        straight=float((fits["aicc_gain"] < 0).mean()),
        power=float(power["power"].min()),
        power_most=float(power["power"].max()),
        power_lasting=float(power["lasting"].min()),
        power_lasting_most=float(power["lasting"].max()),
    )


def proxies(ruler: str = value_proxies.INDEX, *, resamples: int = 500) -> pd.DataFrame:
    """Return the curvature of every other proxy of value on one vintage of the index.

    Parameters
    ----------
    ruler : str
    resamples : int
        For the users, whose residuals hang together over time.

    Returns
    -------
    pandas.DataFrame
        ``proxy``, ``measured_in``, ``n``, ``curvature``, ``low``, ``high`` (95%; robust, HC3, for
        models beside each other), ``per_sd``, ``per_sd_low``, ``per_sd_high`` (the same per squared
        standard deviation of the scores: by how much more the next such step adds to the logarithm
        or log odds than the one before), ``wanted``, ``per_sd_wanted`` (the curvature if the growth
        rate rose by 30% in the time in which the record score gains as many points as it does in a
        year).
    """
    found = []
    pace = time_horizons.coefficient(time_horizons.eci_path("2023 on", ruler), 1, resamples=20)

    def add(proxy: str, unit: str, x: np.ndarray, row: dict | pd.Series, kind: str) -> None:
        square = float(np.std(x)) ** 2
        middle = row["lasting"] if kind == "lasting" else row["curvature"]
        low, high = row[f"{kind}_low"], row[f"{kind}_high"]
        wanted = RISE * abs(float(row["slope_line"])) / pace.estimate
        found.append(
            {
                "proxy": proxy,
                "measured_in": unit,
                "n": len(x),
                "curvature": middle,
                "low": low,
                "high": high,
                "per_sd": middle * square,
                "per_sd_low": low * square,
                "per_sd_high": high * square,
                "wanted": wanted,
                "per_sd_wanted": wanted * square,
            }
        )

    measures = value_proxies.gdpval_curvature((ruler,))
    for measure in value_proxies.GDPVAL_MEASURES:
        table = value_proxies.gdpval_points(measure, ruler)
        chosen = measures[
            (measures["measure"] == measure)
            & (measures["scale"] == "logit")
            & (measures["models"] == "all")
        ].iloc[0]
        if not chosen["reason"]:
            x = table["x"].to_numpy()
            add(f"GDPval, {measure}", "log odds", x, chosen, "robust")
    jobs = value_proxies.remote_labor_points(ruler)
    if len(jobs) >= LEAST_POINTS:
        chosen = value_proxies.remote_labor_curvature((ruler,)).set_index("scale")
        row = chosen.loc["logit, weighted"]
        add("Remote Labor Index", "log odds", jobs["x"].to_numpy(), row, "robust")
    scores = value_proxies.firm_scores("OpenAI", ruler)
    users = value_proxies.on_ruler(value_proxies.weekly_users(), scores, column="users_millions")
    if len(users) >= LEAST_POINTS:
        row = value_proxies.curvature(users)
        add("Weekly users of ChatGPT", "logarithm", users["x"].to_numpy(), row, "lasting")
    horizons = horizons_on_index(ruler)
    if len(horizons) >= LEAST_POINTS:
        row = value_proxies.curvature(horizons, in_time=False)
        add("Time horizon", "logarithm", horizons["x"].to_numpy(), row, "robust")
    if ruler in value_proxies.PRICE_RULERS:
        prices = value_proxies.price_list(ruler, YEAR_AFTER_ESSAY, "a year old at most")
        row = value_proxies.curvature(prices, in_time=False)
        add("List price of new models", "logarithm", prices["x"].to_numpy(), row, "robust")
    return pd.DataFrame(found)


def horizons_on_index(ruler: str = value_proxies.INDEX) -> pd.DataFrame:
    """Pair the time horizons of METR's newest vintage with the same models' scores.

    Returns
    -------
    pandas.DataFrame
        ``model``, ``x`` (score), ``y`` (natural logarithm of the minutes).
    """
    table = data.load("horizons")
    table = table[(table["suite"] == time_horizons.NEWEST) & (table["task_suite"] == "1.1")]
    scores = data.load("scores")
    scores = scores[(scores["ruler"] == ruler) & scores["preferred"].astype(bool)]
    score = scores.set_index("version")["score"].astype(float)
    table = table[table["model"].isin(score.index)]
    minutes = np.log(table["p50_minutes"].astype(float).to_numpy())
    found = pd.DataFrame(
        {
            "model": table["model"].to_numpy(),
            "x": score[table["model"]].to_numpy(),
            "y": minutes,
        }
    )
    return found.sort_values(["x", "model"], kind="stable", ignore_index=True)


def quarterly_spending(companies: Sequence[str] = ("Alphabet", "Amazon")) -> pd.DataFrame:
    """Sum the capital spending of companies over the quarters that all of them report alike.

    Parameters
    ----------
    companies : sequence of str
        The two whose quarters have no gap and one basis.

    Returns
    -------
    pandas.DataFrame
        ``date`` (end of the quarter), ``usd_bn`` (in the quarter).
    """
    table = data.load("capital_spending")
    table = table[table["company"].isin(companies) & (table["basis"] == "purchases")]
    wide = table.pivot(index="quarter_end", columns="company", values="usd_bn").astype(float)
    total = wide.reindex(columns=list(companies)).sum(axis=1, skipna=False).dropna()
    return pd.DataFrame({"date": total.index, "usd_bn": total.to_numpy()})


@dataclass(frozen=True)
class SpendingGrowth:
    """How capital spending grew, in logarithms.

    Attributes
    ----------
    n, since : int
        Quarters in all, and those that ended after the claim.
    growth, low, high : float
        Per year since the claim, with its 95% interval for residuals that last.
    rise, rise_low, rise_high : float
        Change of the growth rate a year over all quarters, by least squares, and the outer ends of
        its two 95% intervals.
    whole : float
        Growth a year over all quarters.
    fading, lasting : tuple of float
        The change with its interval for residuals whose memory is estimated from the quarters, and
        for residuals that last.
    """

    n: int
    since: int
    growth: float
    low: float
    high: float
    rise: float
    rise_low: float
    rise_high: float
    whole: float
    fading: tuple[float, float, float]
    lasting: tuple[float, float, float]


def lasting_line(years: np.ndarray, logs: np.ndarray) -> tuple[Fit, np.ndarray]:
    """Fit a straight line through time whose residuals last.

    Parameters
    ----------
    years, logs : numpy.ndarray, shape (n,)

    Returns
    -------
    Fit, numpy.ndarray
        Growth a year is its second coefficient; and the distance of each point from the line.
    """
    time = years - years.mean()
    white = whitener(time, value_proxies.LASTING_YEARS)
    design = np.column_stack([np.ones_like(time), time])
    line = least_squares(white @ design, white @ logs, errors="ordinary")
    return line, logs - design @ line.coefficients


def spending_growth(*, resamples: int = 500) -> SpendingGrowth:
    """Fit the growth of capital spending since the claim, and its change over all quarters."""
    table = quarterly_spending()
    days = table["date"].to_numpy().astype("datetime64[D]").astype(float)
    years, y = days / DAYS_PER_YEAR, np.log(table["usd_bn"].to_numpy())
    since = (table["date"] > ESSAY_DATE).to_numpy()
    if since.sum() < 3:
        raise ValueError("fewer than three quarters of spending since the claim")
    line, _ = lasting_line(years[since], y[since])
    low, high = line.interval(1)
    path = pd.DataFrame({"date": table["date"], "value": y})
    bent = time_horizons.coefficient(path, 2, resamples=resamples)
    lasting = value_proxies.bend_in_time(table["date"], y)
    fading = (bent.estimate, float(bent.fading[0]), float(bent.fading[1]))
    return SpendingGrowth(
        n=len(y),
        since=int(since.sum()),
        growth=float(line.coefficients[1]),
        low=low,
        high=high,
        rise=bent.estimate,
        rise_low=min(lasting[1], fading[1]),
        rise_high=max(lasting[2], fading[2]),
        whole=float(np.polyfit(years - years.mean(), y, 1)[0]),
        fading=fading,
        lasting=lasting,
    )


#: Bases of what a firm spent, and the series of the table that has each.
ALL_SPENDING, IN_CASH = "all spending", "in cash: revenue less cash flow"


def coverage_of_spending() -> pd.DataFrame:
    """Set the revenue of each firm beside what it spent in its last full year, on every basis.

    Returns
    -------
    pandas.DataFrame
        ``firm``, ``year``, ``basis`` (:data:`ALL_SPENDING`, as stated, or :data:`IN_CASH`, revenue
        less the published cash flow), ``spending`` and ``revenue`` (of the year), ``ratio``,
        ``n_sources`` (of the spending), ``revenue_sources``, ``after`` (revenue of the next year
        so far, at the pace of its quarters; NaN without one), ``quarters`` (how many),
        ``ratio_after``. Amounts in billion US dollars.
    """
    facts = data.load("company_facts")
    facts = facts[(facts["basis"] == "outcome") & facts["preferred"].astype(bool)]
    rows = []
    for firm in value_proxies.FIRMS:
        own = facts[facts["entity"] == firm]
        yearly = own[own["period"] == "year"].assign(year=lambda t: t["date"].dt.year)
        yearly = yearly.drop_duplicates(["year", "series"]).set_index(["year", "series"])
        value, sources = yearly["value"].astype(float), yearly["n_sources"].astype(int)
        stated = [
            (year, name)
            for year, name in value.index
            if name in ("total_costs", "operating_costs") and (year, "revenue") in value.index
        ]
        if not stated:
            continue
        # Of two stated totals of one year the wider, total costs, comes last and counts.
        year, name = max(stated)
        earned, known = float(value[year, "revenue"]), int(sources[year, "revenue"])
        bases = [(ALL_SPENDING, float(value[year, name]), int(sources[year, name]))]
        if (year, "cash_flow") in value.index:
            cash = earned - float(value[year, "cash_flow"])
            bases.append((IN_CASH, cash, min(known, int(sources[year, "cash_flow"]))))
        quarters = own[
            (own["series"] == "revenue")
            & (own["period"] == "quarter")
            & (own["date"].dt.year == year + 1)
        ]["value"].astype(float)
        after = 4 * float(quarters.mean()) if len(quarters) else np.nan
        rows += [
            {
                "firm": firm,
                "year": year,
                "basis": basis,
                "spending": spent,
                "revenue": earned,
                "ratio": earned / spent,
                "n_sources": count,
                "revenue_sources": known,
                "after": after,
                "quarters": len(quarters),
                "ratio_after": after / spent,
            }
            for basis, spent, count in bases
        ]
    columns = ["firm", "year", "basis", "spending", "revenue", "ratio", "n_sources"]
    columns += ["revenue_sources", "after", "quarters", "ratio_after"]
    return pd.DataFrame(rows, columns=columns)


def results_of_firms() -> pd.DataFrame:
    """Return the yearly operating results of the firms.

    Net results are left out: those of 2025 hold losses on securities that no one paid.

    Returns
    -------
    pandas.DataFrame
        ``firm``, ``year``, ``date`` (its end), ``usd_bn``, ``series`` ("operating result", or
        "revenue less costs" where only these are known). ``attrs["net_only"]`` counts the years of
        which the tables know a net result alone, ``attrs["lowest_net"]`` is the lowest net result
        (billion US dollars, NaN if there is none).
    """
    facts = data.load("company_facts")
    facts = facts[
        facts["entity"].isin(value_proxies.FIRMS)
        & (facts["period"] == "year")
        & (facts["basis"] == "outcome")
        & facts["preferred"].astype(bool)
    ]
    wide = facts.pivot_table(
        index=["entity", "date"], columns="series", values="value", aggfunc="first"
    ).astype(float)
    names = ("operating_result", "revenue", "total_costs", "operating_costs", "net_result")
    wide = wide.reindex(columns=list(names))
    stated = wide["operating_result"]
    left = wide["revenue"] - wide["total_costs"].fillna(wide["operating_costs"])
    both = stated.fillna(left)
    known = both.notna()
    table = pd.DataFrame(
        {
            "firm": both[known].index.get_level_values("entity"),
            "year": both[known].index.get_level_values("date").year,
            "date": both[known].index.get_level_values("date"),
            "usd_bn": both[known].to_numpy(),
            "series": np.where(stated[known].notna(), "operating result", "revenue less costs"),
        }
    )
    table.attrs = {
        "net_only": int((wide["net_result"].notna() & ~known).sum()),
        "lowest_net": float(wide["net_result"].min()),
    }
    return table


def returns_bend(results: pd.DataFrame, ruler: str = value_proxies.INDEX) -> pd.DataFrame:
    """Fit the curvature of the logarithm of returns in intelligence, firm by firm.

    Parameters
    ----------
    results : pandas.DataFrame
        From :func:`results_of_firms`.
    ruler : str

    Returns
    -------
    pandas.DataFrame
        ``firm``, ``n``, ``curvature``, ``low``, ``high`` (95%, residuals that last) of each firm
        with five results or more above zero at three different scores; else none.
    """
    rows = []
    for firm, own in results[results["usd_bn"] > 0].groupby("firm", sort=True):
        if len(own) < LEAST_RETURNS:
            continue
        table = value_proxies.on_ruler(own, value_proxies.firm_scores(str(firm), ruler))
        if len(table) < LEAST_RETURNS or table["x"].nunique() < 3:
            continue
        found = value_proxies.curvature(table)
        rows.append(
            {
                "firm": firm,
                "n": found["n"],
                "curvature": found["lasting"],
                "low": found["lasting_low"],
                "high": found["lasting_high"],
            }
        )
    return pd.DataFrame(rows, columns=["firm", "n", "curvature", "low", "high"])


def room(parts: Sequence[float] = (WORLD_PART, 1.0)) -> pd.DataFrame:
    """Say when investment at its present rate would pass a part of the world's output.

    Parameters
    ----------
    parts : sequence of float
        Of the world's output.

    Returns
    -------
    pandas.DataFrame
        ``part`` and the columns of
        :func:`three_observations.value_proxies.years_to_world_output`, the fastest series first:
        the yearly ones, and the quarters since the claim of Alphabet and Amazon, times four; growth
        and intervals are for residuals that last. ``degrees_of_freedom`` of each.
    """
    quarters = quarterly_spending()
    quarters = quarters[quarters["date"] > ESSAY_DATE]
    further = {
        "capital spending of Alphabet and Amazon, quarters since the claim": quarters.assign(
            usd_bn=4 * quarters["usd_bn"]
        )
    }
    found = []
    for part in parts:
        table = value_proxies.years_to_world_output(
            (0.05,), part=part, further=further, errors=value_proxies.LASTING
        )
        table = table[~table["what"].str.startswith("run-rate")]
        table = table.assign(part=part, degrees_of_freedom=table["n"] - 2)
        found.append(table.sort_values("years", kind="stable"))
    return pd.concat(found, ignore_index=True)


def value_after(
    years: pd.Series, per_point: float = 8.9, more: float = 0.0, points_a_year: float = 14.0
) -> pd.Series:
    """Return value some years from now, today being one, if intelligence grows in a straight line.

    Parameters
    ----------
    years : pandas.Series
    per_point : float
        By how many per cent value grows with the next point, above -100.
    more : float
        By how many per cent that rate, in logarithms, is higher ten points on.
    points_a_year : float
        Points of the index that a year brings.
    """
    if per_point <= -100:
        raise ValueError(f"value cannot fall by {-per_point:g}% with a point")
    gained = points_a_year * years
    return np.exp(np.log1p(per_point / 100) * (gained + more / 100 * gained**2 / 20))


def verdicts(
    *,
    resamples: int = 500,
    curve: pd.DataFrame | None = None,
    fits: pd.DataFrame | None = None,
    found: Shares | None = None,
    ruler: str = value_proxies.INDEX,
) -> list[Verdict]:
    """Compute every verdict on the value of intelligence, the headlines first.

    Parameters
    ----------
    resamples : int
        Draws behind each interval.
    curve : pandas.DataFrame, optional
        A specification curve, if there is one already.
    fits : pandas.DataFrame, optional
        From :func:`all_fits`, likewise.
    found : Shares, optional
        From :func:`shares` of these two, likewise.
    ruler : str
        The vintage of the index on which revenue and the other proxies are judged.

    Returns
    -------
    list of Verdict
    """
    if curve is None:
        curve = value_proxies.specification_curve()
    fits = all_fits() if fits is None else fits
    found = shares(curve, fits) if found is None else found
    return [
        _headline(found),
        _exponential(found),
        _revenue(found.power_lasting, fits, ruler),
        _scale(fits, ruler),
        _proxies(ruler, resamples),
        _straight(resamples),
        _follows(),
        *_investment(resamples),
        _returns(),
        *_gdpval(),
        _in_2035(),
    ]


def first_forms(
    decided: Mapping[str, Verdict],
    curve: pd.DataFrame,
    fits: pd.DataFrame,
    *,
    ruler: str = value_proxies.INDEX,
    resamples: int = 500,
    found: Shares | None = None,
    others: pd.DataFrame | None = None,
    index: pd.DataFrame | None = None,
    spending: SpendingGrowth | None = None,
) -> pd.DataFrame:
    """Say which rules were changed after results had been seen, and what each first decided.

    A rule that was changed twice has two rows, its forms in order.

    Parameters
    ----------
    decided : mapping of str to Verdict
        From :func:`verdicts`, by key.
    curve, fits : pandas.DataFrame
        As :func:`verdicts` takes them.
    ruler, resamples
        As :func:`verdicts` takes them.
    found : Shares, optional
        From :func:`shares`, if there are any already.
    others, index : pandas.DataFrame, optional
        From :func:`proxies` and :func:`straightness`, likewise.
    spending : SpendingGrowth, optional
        From :func:`spending_growth`, likewise.

    Returns
    -------
    pandas.DataFrame
        ``key``, ``at_first`` (what the rule took), ``now``, ``first_outcome``, ``outcome``,
        ``direction`` (:func:`direction`).
    """
    usable = curve[curve["usable"]]
    up, down = float((usable["low"] > 0).mean()), float((usable["high"] < 0).mean())
    straight = float((fits["aicc_gain"] < 0).mean())
    most = (shares(curve, fits) if found is None else found).power_most
    revenue = _now(fits)
    revenue = revenue[revenue["ruler"] == ruler]
    lows, highs = revenue["lasting_low"].tolist(), revenue["lasting_high"].tolist()
    others = proxies(ruler, resamples=resamples) if others is None else others
    others = others[others["n"] >= LEAST_POINTS]
    no_rise = [-np.inf] * len(others)  # then no width is asked for
    index = straightness(resamples=resamples) if index is None else index
    spending = spending_growth(resamples=resamples) if spending is None else spending
    grew = Outcome.SUPPORTED if spending.low > 0 else Outcome.PARTLY
    grew = grew if spending.growth > 0 else Outcome.CONTRADICTED
    elastic = value_proxies.elasticities()
    elasticity = _elasticity_with_any_interval(elastic)
    covered = coverage_of_spending()
    covered = covered[covered["basis"] == ALL_SPENDING]
    level = decide_level([*covered["ratio"], *covered["ratio_after"].dropna()])
    yearly = _plain_room(1.0)
    yearly = yearly[~yearly["what"].str.contains("quarters")]
    roomy = _room_by_estimate(float(yearly["years"].min()))
    tenth = _room_by_estimate(float(_plain_room(WORLD_PART)["years"].min()))
    rise, rise_low, rise_high = spending.fading
    faster = Outcome.PARTLY if rise > 0 else Outcome.NOT_SUPPORTED
    if not rise_low <= 0 <= rise_high:
        faster = Outcome.SUPPORTED if rise_low > 0 else Outcome.CONTRADICTED
    facts = data.load("company_facts")
    net = facts[
        facts["entity"].isin(value_proxies.FIRMS)
        & facts["series"].isin(("net_result", "operating_result"))
        & (facts["period"] == "year")
        & (facts["basis"] == "outcome")
    ]
    net = net.sort_values(["entity", "date", "series"], kind="stable")
    net = net.drop_duplicates(["entity", "date"])["value"].astype(float)
    cases = super_exponential_cases()
    cases = cases[cases["kind"] == growth_theorems.SUPER]
    half = (cases["growth"] > 0) & (cases["growth"] <= 2 * cases["growth_later"])
    counted = (
        "single firms, residuals that last, no transformed ruler; power of that interval for the "
        "weaker firm"
    )
    every = "every firm and their sum, every estimator and ruler; power of the stronger firm"
    signs = "signs of estimates decide where no interval does"
    clear = "only intervals that leave out zero have a sign"
    rows = [
        ("value-super-exponential", every, counted, decide_super_exponential(up, down, most)),
        ("value-exponential", every, counted, decide_exponential(up + down, straight, most)),
        (
            "value-revenue",
            "power of the stronger firm, by a test that no rule uses",
            "power of the interval that decides, for the weaker firm",
            decide_bend(lows, highs, most),
        ),
        (
            "value-scale",
            f"memory estimated from the reports; {signs}",
            f"memory of three years; {clear}",
            _scale_by_signs(fits, memory=True),
        ),
        ("value-scale", f"then memory of three years; {signs}", clear, _scale_by_signs(fits)),
        (
            "value-proxies",
            "an interval that holds zero is silent",
            "unless it excludes a rise by 30% a year",
            decide_proxies(others["low"].tolist(), others["high"].tolist(), no_rise)
            if (others["low"] > 0).any() or (others["high"] < 0).any()
            else Outcome.CANNOT_BE_TESTED,
        ),
        (
            "value-straight-line",
            "memory estimated; an interval that holds zero speaks for the line, and so does AICc",
            "only if it excludes a change by 30% a year; memory estimated or three years, the "
            "wider; no AICc",
            _straight_by_aicc(index, None),
        ),
        (
            "value-straight-line",
            "then memory estimated; only if it excludes a change by 30% a year, and by AICc",
            "memory estimated or three years, the wider; no AICc",
            _straight_by_aicc(index, WANTED_RISE),
        ),
        (
            "value-follows",
            "the near future: half of the first rate or more at its end",
            "never slower than a doubling in five years, as the rule on growth has it",
            decide_follows(list(zip(cases["pays"], half, strict=True))),
        ),
        ("value-kept-growing", "any growth", "growth that doubles within five years", grew),
        (
            "value-elasticity",
            "intervals with one degree of freedom count, and so do estimates",
            "neither does",
            elasticity,
        ),
        (
            "value-level",
            "the revenue of the next year may cover the spending",
            "that of the same year, on every published basis",
            level,
        ),
        ("value-room", "all output of the world, by the estimate", "a tenth, by interval", roomy),
        (
            "value-room",
            "then a tenth, by the estimate of the fastest series",
            "by intervals with two degrees of freedom",
            tenth,
        ),
        (
            "value-investment",
            "its four parts as they stood first",
            "as they stand now",
            joined((grew, elasticity, level, roomy)),
        ),
        (
            "value-faster",
            "memory estimated; an estimate above zero is a part",
            "an interval that holds zero says nothing; memory estimated or three years, the wider",
            faster,
        ),
        (
            "value-gains",
            "revenue that covers spending, by the next year too",
            "twice the spending of the same year",
            joined((faster, level)),
        ),
        (
            "value-returns",
            "net results; a bend was never computed",
            "operating results; it is, with five above zero",
            decide_returns(len(net), int((net > 0).sum()), []),
        ),
        (
            "value-2035",
            "nothing that settles it on the day",
            "a volume of tokens or a price on the day",
            decided["value-2035"].outcome
            if decided["value-2035"].outcome is Outcome.OPEN
            else Outcome.CANNOT_BE_TESTED,
        ),
    ]
    return pd.DataFrame(
        [
            {
                "key": key,
                "at_first": first,
                "now": now,
                "first_outcome": str(outcome),
                "outcome": str(decided[key].outcome),
                "direction": direction(outcome, decided[key].outcome),
            }
            for key, first, now, outcome in rows
        ]
    )


#: Outcomes from worst to best for a claim; silence stands in the middle, and so does what is open.
FROM_WORST = (
    Outcome.CONTRADICTED,
    Outcome.NOT_SUPPORTED,
    Outcome.CANNOT_BE_TESTED,
    Outcome.PARTLY,
    Outcome.SUPPORTED,
)


def direction(first: Outcome, now: Outcome) -> str:
    """Say whether a change of rule moved a verdict towards what it asks or away from it."""
    silent = {Outcome.OPEN: Outcome.CANNOT_BE_TESTED}
    before, after = (FROM_WORST.index(silent.get(found, found)) for found in (first, now))
    if before == after:
        return "none"
    return "towards the claim" if after > before else "away from the claim"


def _plain_room(part: float) -> pd.DataFrame:
    """Return :func:`room` as it stood before intervals counted, by least squares."""
    quarters = quarterly_spending()
    quarters = quarters[quarters["date"] > ESSAY_DATE]
    further = {"quarters since the claim": quarters.assign(usd_bn=4 * quarters["usd_bn"])}
    table = value_proxies.years_to_world_output((0.05,), part=part, further=further)
    return table[~table["what"].str.startswith("run-rate")]


def _room_by_estimate(years: float) -> Outcome:
    """Decide on room as the rule stood before intervals counted."""
    if years >= NEAR_FUTURE:
        return Outcome.SUPPORTED
    return Outcome.PARTLY if years >= NEAR_FUTURE / 2 else Outcome.CONTRADICTED


def _elasticity_with_any_interval(table: pd.DataFrame) -> Outcome:
    """Decide on the elasticity as the rule stood first: one degree of freedom is enough."""
    least, sure = about(1.0)[0], table.dropna(subset=["low", "high"])
    if sure.empty:
        return Outcome.CANNOT_BE_TESTED
    if (sure["low"] >= least).all():
        return Outcome.SUPPORTED
    if (sure["high"] < least).all():
        return Outcome.CONTRADICTED
    return Outcome.PARTLY if (table["elasticity"] >= least).all() else Outcome.NOT_SUPPORTED


def _scale_by_signs(fits: pd.DataFrame, memory: bool = False) -> Outcome:
    """Decide on the scale as the rule stood first, by the signs of the estimates.

    With ``memory`` the intervals are those whose memory the reports tell.
    """
    parts = []
    for firm, known in _now(fits).groupby("firm", sort=False):
        bends = known[["lasting", "lasting_low", "lasting_high"]].to_numpy(float)
        if memory:
            bends = np.array(
                [
                    value_proxies.estimated_memory(value_proxies.points(str(firm), one))
                    for one in known["ruler"]
                ]
            )
        estimates, lows, highs = bends.T
        if (lows > 0).any() and (highs < 0).any():
            parts.append(Outcome.CONTRADICTED)
        elif estimates.min() < 0 < estimates.max():
            parts.append(Outcome.NOT_SUPPORTED)
        else:
            clear = (lows > 0).all() or (highs < 0).all()
            parts.append(Outcome.SUPPORTED if clear else Outcome.PARTLY)
    return joined(parts)


def _straight_by_aicc(table: pd.DataFrame, wanted: float | None) -> Outcome:
    """Decide on the straight line as the rule stood: estimated memory, and AICc.

    With ``wanted`` an interval that holds a change by that share has said nothing.
    """
    holds = (table["fading_low"] <= 0) & (table["fading_high"] >= 0)
    near = table["apart"] <= 2
    if wanted is None:
        if holds.all() and near.all():
            return Outcome.SUPPORTED
        if not holds.any():
            return Outcome.CONTRADICTED
        return Outcome.PARTLY if near.any() else Outcome.NOT_SUPPORTED
    rise = wanted * table["growth"].abs()
    narrow = (table["fading_low"] > -rise) & (table["fading_high"] < rise)
    straight = holds & near & narrow
    if straight.all():
        return Outcome.SUPPORTED
    if not holds.any():
        return Outcome.CONTRADICTED
    if straight.any():
        return Outcome.PARTLY
    silent = (holds & near & ~narrow).all()
    return Outcome.CANNOT_BE_TESTED if silent else Outcome.NOT_SUPPORTED


def _headline(found: Shares) -> Verdict:
    return Verdict(
        key="value-super-exponential",
        question="Is value super-exponential in linearly increasing intelligence?",
        claims=("000-07", "001-11", "002-11"),
        outcome=decide_super_exponential(found.clearly_up, found.clearly_down, found.power_lasting),
        rule=RULES_IN_WORDS["value-super-exponential"],
        because=f"Of {found.usable:,} counted specifications {found.up:.0%} have a curvature above "
        f"zero, {found.clearly_up:.1%} bend clearly upwards and {found.clearly_down:.1%} clearly "
        f"downwards. {_power_in_words(found)}",
        place=f"{PAGE}#verdict-super-exponential",
        figure=float(f"{100 * found.clearly_up:.1f}"),
        unit="% of specifications bend clearly upwards",
    )


def _power_in_words(found: Shares) -> str:
    """Say of both firms how often the data would show what the rule asks for."""
    return (
        f"The counted interval would show a growth rate that rises by {WANTED_RISE:.0%} a year in "
        f"{found.power_lasting:.0%} of histories for one firm and in "
        f"{found.power_lasting_most:.0%} for the other; the rule takes the smaller. A test whose "
        f"limit comes from simulated exponential growth has {found.power:.0%} and "
        f"{found.power_most:.0%}."
    )


def _exponential(found: Shares) -> Verdict:
    bent = found.clearly_up + found.clearly_down
    return Verdict(
        key="value-exponential",
        question="Is value exponential in linearly increasing intelligence, and no more?",
        claims=("000-08",),
        outcome=decide_exponential(bent, found.straight, found.power_lasting),
        rule=RULES_IN_WORDS["value-exponential"],
        because=f"{bent:.1%} of the {found.usable:,} counted specifications bend clearly, and in "
        f"{found.straight:.0%} of {found.fits} combinations of firm, ruler and lag a straight line "
        "has the lower AICc. But the straight line would often win if the truth were bent. "
        f"{_power_in_words(found)}",
        place=f"{DEEPER}#verdict-exponential",
        figure=100 * found.straight,
        unit="% of fits prefer a straight line",
    )


def _now(fits: pd.DataFrame) -> pd.DataFrame:
    """Return the fits of single firms without a lag."""
    return fits[fits["firm"].isin(value_proxies.FIRMS) & (fits["lag_months"] == 0)]


def _revenue(power: float, fits: pd.DataFrame, ruler: str) -> Verdict:
    table = _now(fits)
    table = table[table["ruler"] == ruler]
    lows, highs = table["lasting_low"].tolist(), table["lasting_high"].tolist()
    both = "; ".join(
        f"{row.firm} {signed(1000 * row.lasting)} ({signed(1000 * row.lasting_low)} to "
        f"{signed(1000 * row.lasting_high)}, {row.n:.0f} run-rates)"
        for row in table.itertuples()
    )
    return Verdict(
        key="value-revenue",
        question="On the main index, does the growth rate of each firm's revenue rise with "
        "intelligence?",
        claims=("001-11",),
        outcome=decide_bend(lows, highs, power),
        rule=RULES_IN_WORDS["value-revenue"],
        because=f"Curvature of ln run-rate, in thousandths per squared point: {both}.",
        place=f"{PAGE}#verdict-revenue",
    )


def _scale(fits: pd.DataFrame, ruler: str) -> Verdict:
    parts, words = [], []
    clear = scales = 0
    for firm, known in _now(fits).groupby("firm", sort=False):
        parts.append(decide_scale(known["lasting_low"].tolist(), known["lasting_high"].tolist()))
        words.append(f"{firm} on {(known['lasting'] > 0).sum()} of {len(known)} scales")
        clear += int(((known["lasting_low"] > 0) | (known["lasting_high"] < 0)).sum())
        scales += len(known)
    fixed = value_proxies.fixed_scores(ruler)
    firms = value_proxies.FIRMS
    bends = {
        (firm, errors): value_proxies.bend_at_a_point(
            value_proxies.points(firm, ruler), *fixed, errors
        )
        for firm in firms
        for errors in (value_proxies.LASTING, "HC3")
    }
    bend = bends[firms[0], value_proxies.LASTING]
    known = bool(np.isfinite([bend["bend_low"], bend["bend_high"]]).all())
    turned = [
        firm
        for firm in firms
        if bends[firm, value_proxies.LASTING]["bend"] * bends[firm, "HC3"]["bend"] < 0
    ]
    other = bends[firms[1], value_proxies.LASTING]
    plain = " and ".join(f"{signed(bends[firm, 'HC3']['bend'])} for {firm}" for firm in firms)
    flips = (
        f"the estimator alone turns the sign for {' and '.join(turned)}"
        if turned
        else "the sign is the same"
    )
    return Verdict(
        key="value-scale",
        question="Is the answer the same on every fair scale of intelligence?",
        claims=("000-07", "001-11"),
        outcome=_joined(parts),
        rule=RULES_IN_WORDS["value-scale"],
        because=f"With residuals that last {clear} of {scales} intervals leave out zero, so there "
        f"is {'hardly a' if clear else 'no'} sign to compare; the estimates lie above zero for "
        f"{' and for '.join(words)}. The figure is the bend of the index on which the revenue of "
        f"{firms[0]} is exponential; at zero it is the index as published. For {firms[1]} it is "
        f"{_with_ends((other['bend'], other['bend_low'], other['bend_high']))}. With "
        f"residuals taken for independent it is {plain}: {flips}.",
        place=f"{PAGE}#verdict-scale",
        figure=float(bend["bend"]),
        low=float(bend["bend_low"]) if known else None,
        high=float(bend["bend_high"]) if known else None,
        unit="as a bend of the index",
        interval="95%, residuals that last" if known else "",
    )


def _proxies(ruler: str, resamples: int) -> Verdict:
    table = proxies(ruler, resamples=resamples)
    table = table[table["n"] >= LEAST_POINTS]
    above, below = (table["low"] > 0).sum(), (table["high"] < 0).sum()
    return Verdict(
        key="value-proxies",
        question="Do the other proxies of value bend upwards in intelligence?",
        claims=("001-11",),
        outcome=decide_proxies(
            table["low"].tolist(), table["high"].tolist(), table["wanted"].tolist()
        ),
        rule=RULES_IN_WORDS["value-proxies"],
        because=f"Of {len(table)} proxies {(table['curvature'] > 0).sum()} have a curvature above "
        f"zero, {above} clearly so, and {below} bend clearly downwards. "
        f"Intervals that exclude a growth rate that rises by {WANTED_RISE:.0%} a year: "
        f"{(table['high'] < table['wanted']).sum()}.",
        place=f"{PAGE}#verdict-proxies",
        figure=float(above),
        unit="proxies bend clearly upwards",
    )


def _straight(resamples: int) -> Verdict:
    table = straightness(resamples=resamples)
    words = "; ".join(
        f"{row.growth:.3g} points a year, changing by "
        f"{_with_ends((row.curvature, row.low, row.high))}, best form {row.best}"
        + (f" by AICc, the straight line {row.apart:.2g} behind it" if row.apart > 0 else "")
        for row in table.itertuples()
    )
    newest = table.iloc[-1]
    return Verdict(
        key="value-straight-line",
        question="Does intelligence grow in a straight line, the case of which the claim speaks?",
        claims=("000-07", "001-11"),
        outcome=decide_straight(
            table["low"].tolist(),
            table["high"].tolist(),
            table["growth"].tolist(),
        ),
        rule=RULES_IN_WORDS["value-straight-line"],
        because=f"Record scores on the two vintages of the index: {words}. "
        + " and ".join(f"{RISE * row.growth:.2g}" for row in table.itertuples())
        + f" points would be a rate that rises by {WANTED_RISE:.0%} a year. The AICc takes "
        "residuals for independent and decides nothing.",
        place=f"{PAGE}#verdict-straight-line",
        figure=float(newest["curvature"]),
        low=float(newest["low"]),
        high=float(newest["high"]),
        unit="points per year, each year, on the newest vintage",
        interval="95%, the wider of two",
    )


def _follows() -> Verdict:
    table = super_exponential_cases()
    table = table[table["kind"] == growth_theorems.SUPER]
    pays = table[table["pays"]]
    ends = pays[~pays["goes_on"]]
    slower = pays[~pays["goes_on_near"]]
    near = decide_follows(list(zip(table["pays"], table["goes_on_near"], strict=True)))
    return Verdict(
        key="value-follows",
        question="If value is super-exponential, does it follow that growing investment need not "
        "stop?",
        claims=("001-12", "002-11"),
        outcome=decide_follows(list(zip(table["pays"], table["goes_on"], strict=True))),
        rule=RULES_IN_WORDS["value-follows"],
        because=f"Of {len(table)} worked cases with super-exponential value {len(pays)} pay for "
        f"their wear today, and in {len(ends)} of these growth does not go on for ever: what "
        "decides is the level of value for each unit of resources, now and on the way. The "
        "sentence speaks of the near future. "
        f"Within {NEAR_FUTURE:.0f} years growth falls below {LEAST_GROWTH:.2g} a year in "
        f"logarithms, a doubling in that time, in {len(slower)} of them, so read for that time the "
        f"rule gives: {near}. It is a counterexample to an entailment, which data cannot move: "
        "its constants were picked by hand to show what can happen, and the premise is that "
        "investment is paid for out of the value it makes. Money from outside can carry it on "
        "whatever value does, and faster constants shorten every date.",
        place=f"{PAGE}#verdict-follows",
        figure=float(len(ends)),
        unit="of the cases that pay today do not go on for ever",
    )


def _investment(resamples: int) -> list[Verdict]:
    spending = spending_growth(resamples=resamples)
    kept = decide_kept_growing(spending.low, spending.high)
    table = value_proxies.elasticities()
    sure = table[table["degrees_of_freedom"] >= LEAST_FREEDOM]
    elasticity = decide_elasticity(
        table["low"].tolist(),
        table["high"].tolist(),
        table["degrees_of_freedom"].tolist(),
    )
    covered = coverage_of_spending()
    ratios = covered["ratio"].tolist()
    level = decide_level(ratios)
    exceeds = decide_exceeds(ratios)
    world = room()
    tenth = world[world["part"] == WORLD_PART]
    known = tenth["degrees_of_freedom"] >= LEAST_FREEDOM
    soonest = (tenth[known] if known.any() else tenth).iloc[0]
    whole = world[(world["part"] == 1) & (world["what"] == soonest["what"])].iloc[0]
    roomy = decide_room(
        tenth["years_low"].tolist(),
        tenth["years_high"].tolist(),
        tenth["degrees_of_freedom"].tolist(),
    )
    ended = bool(np.isfinite(soonest["years_high"]))
    faster = decide_faster(spending.rise_low, spending.rise_high, spending.whole)
    alone = decide_faster(*spending.lasting[1:], spending.whole)
    growth = [float(np.expm1(x)) for x in (spending.growth, spending.low, spending.high)]
    covers = "; ".join(
        f"{row.firm} {row.ratio:.2g} in {row.year} ({row.basis}, {row.spending:.3g} billion, "
        + ("one source" if row.n_sources == 1 else f"{row.n_sources} sources")
        + ")"
        for row in covered.itertuples()
    )
    later = covered[covered["basis"] == ALL_SPENDING].dropna(subset=["ratio_after"])
    if len(later):
        covers += ". Revenue at the pace of the next year over the same spending, which the rule "
        covers += "does not count, is " + " and ".join(
            f"{row.ratio_after:.2g} ({row.firm})" for row in later.itertuples()
        )
    parts = (kept, elasticity, level, roomy)
    investing = ("000-20", "001-12", "002-11")
    of_level = {
        "figure": float(min(ratios)) if ratios else None,
        "unit": "of the spending of the same year covered, by the firm that covers least"
        if ratios
        else "",
    }
    return [
        Verdict(
            key="value-investment",
            question="Is there no reason for exponentially growing investment to stop in the near "
            "future?",
            claims=investing,
            outcome=decide_investment(parts),
            rule=RULES_IN_WORDS["value-investment"],
            because=f"It went on growing: {kept}. An elasticity of one: {elasticity}. Revenue that "
            f"covers spending: {level}. Room to grow: {roomy}.",
            place=f"{PAGE}#verdict-investment",
        ),
        Verdict(
            key="value-kept-growing",
            question="Did investment go on growing exponentially after the claim?",
            claims=investing,
            outcome=kept,
            rule=RULES_IN_WORDS["value-kept-growing"],
            because=f"Capital spending of Alphabet and Amazon grew by {growth[0]:.0%} a year over "
            f"the {spending.since} quarters since. {np.expm1(LEAST_GROWTH):.0%} a year would "
            f"double it within {NEAR_FUTURE:.0f} years.",
            place=f"{PAGE}#verdict-kept-growing",
            figure=100 * growth[0],
            low=100 * growth[1],
            high=100 * growth[2],
            unit="% a year",
            interval="95%, residuals that last",
        ),
        Verdict(
            key="value-elasticity",
            question="Does one per cent more resources bring one per cent more revenue, or more?",
            claims=("001-12",),
            outcome=elasticity,
            rule=RULES_IN_WORDS["value-elasticity"],
            because=f"{len(table)} elasticities run from {table['elasticity'].min():.2g} to "
            f"{table['elasticity'].max():.2g}, each through {table['n'].min()} or "
            f"{table['n'].max()} points; {len(sure)} of them have an interval with "
            f"{LEAST_FREEDOM} degrees of freedom, and cause is not shown by any.",
            place=f"{PAGE}#verdict-elasticity",
            figure=float(table["elasticity"].median()),
            low=float(table["elasticity"].min()),
            high=float(table["elasticity"].max()),
            unit="median elasticity",
            interval="range over the measures",
        ),
        Verdict(
            key="value-level",
            question="Does revenue cover what was spent?",
            claims=("001-12",),
            outcome=level,
            rule=RULES_IN_WORDS["value-level"],
            because=f"Revenue over the spending of the year: {covers}."
            if covers
            else "The tables hold no year with revenue and spending.",
            place=f"{PAGE}#verdict-level",
            **of_level,
        ),
        Verdict(
            key="value-room",
            question="Is there room for this growth in the near future?",
            claims=("001-12",),
            outcome=roomy,
            rule=RULES_IN_WORDS["value-room"],
            because=f"{known.sum()} of {len(tenth)} series has an interval with {LEAST_FREEDOM} "
            f"degrees of freedom or more. At {soonest['times_a_year']:.2g}x a year, read off "
            f"{soonest['n']} points, {soonest['what'].replace(', world', ' worldwide')} would pass "
            f"a tenth of the output of the world after {soonest['years']:.2g} years "
            f"({soonest['years_low']:.2g} to "
            + (f"{soonest['years_high']:.2g}" if ended else "never")
            + f") and all of it after {whole['years']:.2g}."
            + "".join(
                f" Not counted: {row.what}, {row.n} points, {row.years:.2g} years "
                f"({row.years_low:.2g} to "
                + (f"{row.years_high:.2g})." if np.isfinite(row.years_high) else "never).")
                for row in tenth[~known].itertuples()
            ),
            place=f"{PAGE}#verdict-room",
            figure=float(soonest["years"]),
            low=float(soonest["years_low"]) if ended else None,
            high=float(soonest["years_high"]) if ended else None,
            unit="years to a tenth of the output of the world",
            interval="95%, residuals that last" if ended else "",
        ),
        Verdict(
            key="value-gains",
            question="Does capital flow in ever faster, because gains far exceed what is put in?",
            claims=("003-08",),
            outcome=decide_gains((faster, exceeds)),
            rule=RULES_IN_WORDS["value-gains"],
            because=f"Growth that speeds up: {faster}. Revenue of at least {FAR:.0f} times the "
            f"spending of the same year: {exceeds}"
            + (f"; the ratio is {' and '.join(f'{x:.2g}' for x in ratios)}." if ratios else "."),
            place=f"{DEEPER}#verdict-gains",
        ),
        Verdict(
            key="value-faster",
            question="Does investment grow ever faster?",
            claims=("003-08",),
            outcome=faster,
            rule=RULES_IN_WORDS["value-faster"],
            because=f"Over {spending.n} quarters the growth rate of capital spending of Alphabet "
            f"and Amazon changed by {signed(spending.rise)} a year, in logarithms. "
            f"{signed(RISE * spending.whole)} would be a rate that rises by {WANTED_RISE:.0%} a "
            "year. "
            f"With memory estimated it is {_with_ends(spending.fading)}, with a memory of three "
            f"years {_with_ends(spending.lasting)}; the second alone would give: {alone}.",
            place=f"{DEEPER}#verdict-faster",
            figure=spending.rise,
            low=spending.rise_low,
            high=spending.rise_high,
            unit="change of the growth rate, a year",
            interval="95%, the wider of two",
        ),
    ]


def _with_ends(found: Sequence[float]) -> str:
    """Write a figure with its interval."""
    middle, low, high = found
    return f"{signed(middle)} ({interval(low, high, signed)})"


def _returns() -> Verdict:
    table = results_of_firms()
    above = int((table["usd_bn"] > 0).sum())
    bends = returns_bend(table)
    worst = (
        "" if table.empty else f" The lowest is {number(table['usd_bn'].min())} billion dollars."
    )
    if np.isfinite(table.attrs["lowest_net"]):
        worst += (
            f" Net results, down to {number(table.attrs['lowest_net'])} billion, hold losses that "
            f"no one paid and are left out, {table.attrs['net_only']} year without another among "
            "them."
        )
    return Verdict(
        key="value-returns",
        question="Are the returns to those who raise intelligence super-exponential?",
        claims=("003-07",),
        outcome=decide_returns(len(table), above, bends["low"].tolist()),
        rule=RULES_IN_WORDS["value-returns"],
        because=f"{above} of {len(table)} yearly operating results of the two firms lie above "
        f"zero.{worst}",
        place=f"{DEEPER}#verdict-returns",
        figure=float(above),
        unit="yearly operating results above zero",
    )


def _gdpval() -> list[Verdict]:
    published = data.load("published").set_index("result")["value"]
    kinds = float(published["gdpval-occupations"]) if "gdpval-occupations" in published else None
    return [
        Verdict(
            key="value-gdpval-kinds",
            question="Does the test cover some forty-odd kinds of work?",
            claims=("004-21",),
            outcome=decide_between(kinds, 40, 49),
            rule=RULES_IN_WORDS["value-gdpval-kinds"],
            because="The tables hold no number of occupations."
            if kinds is None
            else f"Its makers count {kinds:.0f} occupations.",
            place=f"{DEEPER}#verdict-gdpval-kinds",
            figure=kinds,
            unit="occupations" if kinds is not None else "",
        ),
    ]


def one_humanity_each() -> dict[str, float]:
    """Say how much more output "one humanity for anyone" would be, if output is counted in tokens.

    Returns
    -------
    dict
        ``humanity`` (tokens a day of all people, as the interview of 2025 counts), ``people``,
        ``largest`` (largest volume that a firm published, tokens processed a day), ``once`` (how
        many times that volume one humanity is), ``each`` (the same for one humanity a person),
        ``years`` (from that volume's day to the end of 2035), ``times_a_year`` (growth that gets
        there), ``output_low``, ``output_high`` (the same if only the output in that volume counts,
        by the larger and the smaller assumed share), ``n_sources`` (of that volume).
    """
    published = data.load("published").set_index("result")["value"].astype(float)
    humanity = published["interview-humanity-tokens"] * 1e12
    people = published["world-population-2025"] * 1e9
    volumes = data.load("token_volumes")
    apart = ("Humanity", "World", "One AI company")
    volumes = volumes[~volumes["entity"].isin(apart) & (volumes["kind"] != "estimate")]
    volumes = volumes[~volumes["scope"].str.contains("whole country")]
    if volumes.empty:
        raise ValueError("the table of token volumes holds no volume that a firm published")
    volumes = volumes.sort_values(["tokens_per_day", "date"], kind="stable")
    top = volumes.iloc[-1]
    largest = float(top["tokens_per_day"])
    years = (pd.Timestamp(DUE) - top["date"]).days / DAYS_PER_YEAR
    each = humanity * people / largest
    shares = [1.0] if "output" in top["scope"] else OUTPUT_SHARES.values()
    return {
        "humanity": humanity,
        "people": people,
        "largest": largest,
        "once": humanity / largest,
        "each": each,
        "years": years,
        "times_a_year": each ** (1 / years),
        "output_low": (each / max(shares)) ** (1 / years),
        "output_high": (each / min(shares)) ** (1 / years),
        "n_sources": int(top["n_sources"]),
    }


def cost_of_one_humanity() -> float | None:
    """Return what the tokens of one humanity cost, in parts of what a person has.

    The price is the lowest in the tables of a model that scores no less on the main index than the
    best of 2025 did.
    What a person has is the world's output over the number of people: the latest year in the
    tables.

    Returns
    -------
    float or None
        None if the tables hold no price of such a model.
    """
    ruler = cost_verdicts.MAIN_RULER
    scores = data.load("scores")
    scores = scores[(scores["ruler"] == ruler) & (scores["released"].dt.year <= LEVEL_OF)]
    priced = frontier.priced_models(ruler)
    prices = priced.loc[priced["score"] >= scores["score"].astype(float).max(), "price"]
    if prices.empty:
        return None
    published = data.load("published").set_index("result")["value"].astype(float)
    people = published["world-population-2025"] * 1e9
    a_day = published["world-output-2024"] * 1e12 / people / DAYS_PER_YEAR
    return float(one_humanity_each()["humanity"] / 1e6 * prices.min() / a_day)


def _in_2035() -> Verdict:
    found = one_humanity_each()
    cost = cost_of_one_humanity()
    end = max(data.load("run_rates")["date"].max(), data.load("scores")["released"].max())
    outcome = decide_forecast(
        end.date().isoformat(), DUE.isoformat(), float(1 / found["each"]), cost
    )
    if cost is None:
        price = ""
    else:
        times = f"{cost / 1e6:.2g} million" if cost >= 1e6 else f"{cost:.2g}"
        price = f"; at the lowest price so far one costs {times} times what a person has"
    return Verdict(
        key="value-2035",
        question="Can anyone in 2035 call on as much intellect as all people of 2025 together?",
        claims=("000-22", "001-22", "002-17", "003-13"),
        outcome=outcome,
        rule=RULES_IN_WORDS["value-2035"],
        because="The sentence itself names no measure; the speaker uses tokens elsewhere, with a "
        "figure that he calls wrong. Counted so, the largest published volume"
        f"{' (by one source)' if found['n_sources'] == 1 else ''} is "
        f"{1 / found['once']:.2g} of one humanity, and one for each person by the end of 2035 "
        f"takes {found['times_a_year']:.2g}x a year, if what models read counts too; by what "
        f"they write alone, at assumed shares, {found['output_low']:.2g}x to "
        f"{found['output_high']:.2g}x{price}.",
        place=f"{PAGE}#verdict-2035",
        figure=found["times_a_year"],
        unit="x a year, tokens for all people at once",
        until=DUE if outcome is Outcome.OPEN else None,
    )
