"""What would change our mind: for every verdict, the observation that would move it.

Where a rule looks at one figure, the nearest value at which it says something else is computed by
calling the rule with that figure varied (:data:`PROBES`). Elsewhere a sentence of ours says it
(:data:`SENTENCES`). A verdict that neither knows gets the sentence of its outcome.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from three_observations import (
    compute_revenue,
    compute_scorecard,
    compute_verdicts,
    cost_decline,
    cost_verdicts,
    data,
    log_scaling_verdicts,
    said_verdicts,
    value_verdicts,
)
from three_observations.claims import Outcome, Verdict


@dataclass(frozen=True)
class Probe:
    """A rule as a function of one figure, ready to be varied.

    Attributes
    ----------
    decide : callable
        Figure to Outcome; everything else that the rule looks at stays as it is.
    now : float
        The figure today.
    least, most : float
        Values between which the figure is varied.
    words : str
        What the figure is.
    unit : str
        Written after it.
    """

    decide: Callable[[float], Outcome]
    now: float
    least: float
    most: float
    words: str
    unit: str = ""


@dataclass(frozen=True)
class Flip:
    """The nearest value of a figure at which a rule says something else.

    Attributes
    ----------
    value : float
        Just beyond the edge, where the new outcome holds.
    above : bool
        Whether it lies above today's figure.
    outcome : Outcome
        What the rule says there.
    """

    value: float
    above: bool
    outcome: Outcome


#: Values tried on either side before the edge is found by halving.
STEPS = 120


def _path(now: float, end: float) -> list[float]:
    """Return values from now to an end, in equal ratios where both have one sign."""
    shares = [place / STEPS for place in range(1, STEPS + 1)]
    if now > 0 and end > 0:
        return [now * (end / now) ** share for share in shares]
    return [now + (end - now) * share for share in shares]


def flips(probe: Probe) -> list[Flip]:
    """Find the first change of outcome above and below today's figure.

    Returns
    -------
    list of Flip
        At most one on either side, the nearer one first: nearer in the larger of the two
        distances' unit, ratios where figures are above zero and differences elsewhere.
    """
    today = probe.decide(probe.now)
    found = []
    for end in (probe.most, probe.least):
        if end == probe.now:
            continue
        before = probe.now
        for value in _path(probe.now, end):
            if probe.decide(value) is not today:
                same, other = before, value
                for _ in range(60):
                    middle = (same + other) / 2
                    if probe.decide(middle) is today:
                        same = middle
                    else:
                        other = middle
                found.append(Flip(other, end > probe.now, probe.decide(other)))
                break
            before = value

    def distance(flip: Flip) -> float:
        if probe.now > 0 and flip.value > 0:
            return abs(math.log(flip.value / probe.now))
        return abs(flip.value - probe.now) / max(abs(probe.now), 1e-12)

    return sorted(found, key=distance)


def _written(value: float) -> str:
    """Write a figure with three digits and without an exponent where it is short."""
    if abs(value) < 1e-9:
        return "0"
    if 1e-3 <= abs(value) < 1e5:
        text = f"{value:.3g}"
        return f"{value:,.0f}" if "e" in text else text.replace("-", "\N{MINUS SIGN}")
    return f"{value:.3g}"


def in_words(probe: Probe, flip: Flip) -> str:
    """Say a flip in one sentence."""
    value = f"{_written(flip.value)}{probe.unit}"
    side = f"of {value} or more" if flip.above else f"of less than {value}"
    return f"{probe.words} {side} (today {_written(probe.now)}): {flip.outcome}."


# ---------------------------------------------------------------------------------------------
# rules of one figure


def _scaled(verdict: Verdict, decide: Callable[[float, float, float], Outcome]):
    """Return a rule of (figure, low, high) as one of the figure, its interval in proportion."""
    figure, low, high = float(verdict.figure), float(verdict.low), float(verdict.high)
    return lambda value: decide(value, low * value / figure, high * value / figure)


def _shifted(verdict: Verdict, decide: Callable[[float, float, float], Outcome]):
    """Return a rule of (figure, low, high) as one of the figure, its interval moved along."""
    figure, low, high = float(verdict.figure), float(verdict.low), float(verdict.high)
    return lambda value: decide(value, low + value - figure, high + value - figure)


def _resource(name: str, varied: str, words: str, unit: str) -> Callable[[Verdict], Probe]:
    """Return a maker of probes for one resource: vary its bend's interval, or the range seen."""

    def make(verdict: Verdict) -> Probe:
        row = log_scaling_verdicts.resources().set_index("resource").loc[name]
        slope = [float(row[end]) for end in ("slope", "slope_low", "slope_high")]
        bend = [float(row[end]) for end in ("bend_low", "bend_high")]
        decades = float(row["decades"])

        def decide(value: float) -> Outcome:
            if varied == "decades":
                return log_scaling_verdicts.decide_resource(*slope, *bend, value)
            narrowed = [end * value for end in bend]
            return log_scaling_verdicts.decide_resource(*slope, *narrowed, decades)

        now = decades if varied == "decades" else 1.0
        return Probe(decide, now, now / 100, now * 100, words, unit)

    return make


def _year_after(verdict: Verdict) -> Probe:
    table = cost_verdicts.year_after()
    main = float(table.set_index("ruler").loc[cost_verdicts.MAIN_RULER, "fall"])
    falls = table["fall"].astype(float).tolist()
    highs = table["fall_high"].astype(float).tolist()

    def decide(value: float) -> Outcome:
        share = value / main
        return cost_verdicts.decide_year_after(
            [share * fall for fall in falls], [share * high for high in highs]
        )

    return Probe(
        decide,
        main,
        main / 10,
        main * 20,
        "An average fall in the year after the essay, on the index and with the other ruler in "
        "proportion,",
        "x",
    )


def _kept_growing(verdict: Verdict) -> Probe:
    growth = value_verdicts.spending_growth()
    below, above = growth.growth - growth.low, growth.high - growth.growth

    def decide(percent: float) -> Outcome:
        rate = math.log1p(percent / 100)
        return value_verdicts.decide_kept_growing(rate - below, rate + above)

    return Probe(
        decide,
        float(verdict.figure),
        -60.0,
        10 * float(verdict.figure),
        "Growth of capital spending, the interval as wide as today,",
        "% a year",
    )


def _room(verdict: Verdict) -> Probe:
    def decide(years: float, low: float, high: float) -> Outcome:
        return value_verdicts.decide_room([low], [high], [value_verdicts.LEAST_FREEDOM])

    return Probe(
        _scaled(verdict, decide),
        float(verdict.figure),
        0.0,
        10 * float(verdict.figure),
        "Time until investment would pass a tenth of the world's output, the interval in "
        "proportion,",
        " years",
    )


def _rising(verdict: Verdict) -> Callable[[float], Outcome]:
    growth = value_verdicts.spending_growth().whole
    return _shifted(
        verdict, lambda rise, low, high: value_verdicts.decide_faster(low, high, growth)
    )


def _flops(verdict: Verdict) -> Probe:
    own = compute_verdicts.compute_per_dollar_growth()
    shares = [float(end) / float(verdict.figure) for end in (verdict.low, verdict.high)]
    return Probe(
        lambda value: compute_verdicts.decide_cheaper(
            (value * shares[0], value * shares[1]), None if own is None else own[1:]
        ),
        float(verdict.figure),
        0.5,
        3.0,
        "Growth of what a dollar computes, the interval in proportion,",
        "x a year",
    )


def _moore(verdict: Verdict) -> Probe:
    months = cost_verdicts.computing_months()
    return Probe(
        _scaled(
            verdict,
            lambda _, low, high: cost_verdicts.decide_months([(low, high), (months, months)]),
        ),
        float(verdict.figure),
        6.0,
        60.0,
        "A doubling time of transistors, the interval in proportion,",
        " months",
    )


def _about(words: str, claim: str, unit: str = "", scale: float = 1.0):
    """Return a maker of probes for figures that a claim names to about a tenth."""

    def make(verdict: Verdict) -> Probe:
        claimed = float(data.load("claims").set_index("claim").loc[claim, "value"]) / scale
        now = float(verdict.figure)
        return Probe(
            lambda value: compute_verdicts.decide_about(value, claimed),
            now,
            now / 10,
            now * 10,
            words,
            unit,
        )

    return make


def _said(claim: str) -> Callable[[Verdict], Probe]:
    def make(verdict: Verdict) -> Probe:
        claimed = float(data.load("claims").set_index("claim").loc[claim, "value"])
        now = float(verdict.figure)
        return Probe(
            lambda value: compute_verdicts.decide_said(value, claimed),
            now,
            now / 3,
            now * 2,
            "A corrected count",
            "% of tasks won or tied",
        )

    return make


def _simple(
    decide: Callable[[float], Outcome],
    words: str,
    unit: str = "",
    reach: float = 20.0,
) -> Callable[[Verdict], Probe]:
    """Return a maker of probes for a rule of one figure above zero."""

    def make(verdict: Verdict) -> Probe:
        now = float(verdict.figure)
        return Probe(decide, now, now / reach, now * reach, words, unit)

    return make


def _mini(verdict: Verdict) -> Probe:
    """Vary the largest ratio to the version that comes nearest, the other version as it is."""
    ranges = cost_decline.ratio_ranges()
    sibling = ranges[ranges["after"] == "GPT-4o mini"]
    nearest = cost_decline.closest_to(cost_verdicts.CLAIMED_RATIO, after=("GPT-4o mini",))
    own = sibling["before"] == nearest.before
    others = cost_verdicts.ratios_of(sibling[~own])
    lowest, highest = cost_verdicts.ratios_of(sibling[own])[0]
    kept, measured = cost_decline.rulers_kept("GPT-4 (8k)", "GPT-4o mini")
    return Probe(
        lambda value: cost_verdicts.decide_150(
            [(min(lowest, value), value), *others], kept > measured / 2
        ),
        highest,
        1.0,
        1000.0,
        f"A largest ratio of the list prices to {nearest.before}",
        "x",
    )


#: Verdict to the rule as a function of one figure.
PROBES: dict[str, Callable[[Verdict], Probe]] = {
    "log-orders": _simple(
        lambda value: log_scaling_verdicts.decide_orders(value, 1.0),
        "A distance beyond the fitted runs up to which predictions stay close",
        " orders of magnitude",
        reach=4.0,
    ),
    "log-training": _resource(
        "training compute", "bend", "An interval of the bend on the ECI", " times its width"
    ),
    "log-data": _resource("data", "bend", "An interval of the bend in text", " times its width"),
    "log-inference": _resource(
        "inference compute",
        "decades",
        "A range over which the gain with one model was seen",
        " decades",
    ),
    "log-more-is-surer": lambda verdict: Probe(
        _shifted(
            verdict, lambda _, low, high: log_scaling_verdicts.decide_more_is_surer(low, high)
        ),
        float(verdict.figure),
        -3.0,
        3.0,
        "A change of the misses per decade, the interval moved along,",
        " log points",
    ),
    "log-still-at-work": lambda verdict: Probe(
        _shifted(
            verdict, lambda _, low, high: log_scaling_verdicts.decide_still_at_work(low, high)
        ),
        float(verdict.figure),
        -30.0,
        30.0,
        "A gain per decade among the newest models, the interval moved along,",
        " points",
    ),
    "cost-year-after": _year_after,
    "cost-150x": lambda verdict: Probe(
        lambda value: cost_verdicts.decide_150([(min(float(verdict.low), value), value)]),
        float(verdict.high),
        1.0,
        1000.0,
        "A ratio of list prices under some mix of tokens",
        "x",
    ),
    "cost-150x-mini": _mini,
    "cost-any-level": lambda verdict: Probe(
        _scaled(verdict, lambda _, low, high: cost_verdicts.decide_any_level(low, high)),
        float(verdict.figure),
        0.05,
        100.0,
        "A yearly fall of flagship prices, the interval in proportion,",
        "x",
    ),
    "cost-frontier": lambda verdict: Probe(
        _scaled(verdict, cost_verdicts.decide_frontier),
        float(verdict.figure),
        0.05,
        100.0,
        "A yearly fall of flagship prices, the interval in proportion,",
        "x",
    ),
    "cost-per-compute": lambda verdict: Probe(
        _scaled(verdict, lambda _, low, high: cost_verdicts.decide_per_compute(low, high)),
        float(verdict.figure),
        0.5,
        1000.0,
        "A fall of dollars per operation over those months",
        "x",
    ),
    "cost-moore": _moore,
    "cost-moore-performance": _simple(
        lambda value: cost_verdicts.decide_months([(value, value)]),
        "A doubling time of computing power",
        " months",
        reach=4.0,
    ),
    "cost-beats-moore": _simple(
        lambda value: cost_verdicts.decide_beats_moore(value / 100, 1.0),
        "A share of the estimates above Moore's rate",
        "%",
    ),
    "cost-alibaba-cuts": _simple(
        lambda value: cost_verdicts.decide_count(int(value + 1e-9), 3),
        "A number of days in 2024 with a cut of Alibaba's prices",
    ),
    "cost-doubao-vision": _simple(
        lambda value: cost_verdicts.decide_equal(value, 0.003),
        "A price in the table",
        " yuan per 1,000 tokens",
        reach=3.0,
    ),
    "value-kept-growing": _kept_growing,
    "value-room": _room,
    "value-faster": lambda verdict: Probe(
        _rising(verdict),
        float(verdict.figure),
        -2.0,
        2.0,
        "A rise of the growth rate of investment, the interval moved along,",
        " a year",
    ),
    "compute-commitments": lambda verdict: Probe(
        lambda value: compute_verdicts.decide_sum(
            1000 * value,
            1000 * max(value, float(verdict.high)),
            compute_verdicts.CLAIMED_COMMITMENTS,
        ),
        float(verdict.figure),
        float(verdict.figure) / 5,
        float(verdict.figure) * 5,
        "A sum of signed deals in force with a published price",
        " trillion dollars",
    ),
    "compute-twenty-billion": _simple(
        lambda value: compute_verdicts.decide_readings([True, value >= 20]),
        "A restated revenue of 2025",
        " billion dollars",
    ),
    "compute-long-time": _simple(
        lambda value: compute_verdicts.decide_readings([value > compute_verdicts.LIFE_OF_CHIPS]),
        "A time for the 1.4 trillion, as he names it,",
        " years",
    ),
    "compute-flops": _flops,
    "compute-ten-trillion": _simple(
        lambda value: compute_verdicts.decide_magnitude(0.0, value * 1e12, 1e13),
        "A largest output that published volumes allow",
        " trillion tokens a day",
    ),
    "compute-quadrillion": _simple(
        lambda value: compute_scorecard.judge(
            value * 1e12,
            1e15,
            compute_revenue.INTERVIEW,
            compute_revenue.AS_OF,
            at_most=True,
        ),
        "A volume published by the day of the interview",
        " trillion tokens a day",
        reach=40.0,
    ),
    "compute-people": _about("A count of people in 2025", "004-32", " billion", 1e9),
    "compute-users-400": _about("A count for February 2025", "004-11", " million", 1e-3),
    "compute-users-800": _about("A count for October 2025", "004-12", " million", 1e-3),
    "compute-users-900": _about("A count reported by then", "004-13", " million", 1e-3),
    "compute-enterprises": _simple(
        lambda value: compute_verdicts.decide_readings([value >= 1]),
        "A company's own count of paying businesses",
        " million",
    ),
    "compute-gdpval-5": _said("004-17"),
    "compute-gdpval-5-2": _said("004-18"),
    "compute-gdpval-5-2-pro": _said("004-19"),
    "compute-gdpval-as-pleased": _about("A corrected count", "004-23", "% of tasks won or tied"),
    "compute-gdpval-better": _simple(
        lambda value: compute_verdicts.decide_preferred(value, 70.9, 70.0),
        "A share of tasks won",
        "%",
        reach=1.9,
    ),
    "said-commercial": _simple(
        lambda value: said_verdicts.decide_about(
            value, float(data.load("claims").set_index("claim").loc["000-01", "value"])
        ),
        "A report of the length",
        " seconds",
        reach=3.0,
    ),
    "said-before-dawn": _simple(
        lambda value: said_verdicts.decide_hour(value, True),
        "An announcement at an hour of that day, by the clock of Beijing,",
        " hours after midnight",
        reach=4.5,
    ),
    "said-days": lambda verdict: Probe(
        _scaled(verdict, lambda value, low, _: said_verdicts.decide_days(60 * value, 60 * low)),
        float(verdict.figure),
        1.0,
        200.0,
        "A longest 50% time horizon, the interval in proportion,",
        " hours",
    ),
}

# ---------------------------------------------------------------------------------------------
# rules of more than one figure, in words

#: Verdict to the observation that would move it, where a rule looks at more than one figure.
SENTENCES: dict[str, str] = {
    "log-intelligence": "A part that moves: the form, or one of the three resources.",
    "log-form": "A straight line in log compute that predicts larger models about as well as the "
    "best other form on all four scales, or on none.",
    "log-predictable": "Two thirds of the tasks that rise as predicted, or of the held-out losses "
    "that miss by more than a fifth of the change.",
    "log-any-amount": "A decade of compute, with public figures, that bought nothing on one scale; "
    "no number of runs can prove the claim.",
    "log-two-resources": "A verdict on training compute or on data that moves.",
    "log-depends": "A resource whose gain per decade has an interval that holds zero.",
    "log-diminishing": "A resource whose second equal step brought more than the first.",
    "log-h100": "A published sweep of one model over numbers of chips.",
    "log-deepseek": "Nothing: cheap models bear on the second observation, and no figure on prices "
    "speaks of a logarithm.",
    "cost-ten-times": "A part that moves: the pace, the steadiness or the year after.",
    "cost-pace": "Two thirds of the estimates between five and twenty, with ten in two thirds of "
    "the intervals; or a median outside that range.",
    "cost-steady": "Old levels that fall again: an average of five or more in every year of age; "
    "or intervals none of which holds ten.",
    "cost-more-use": "An estimate that holds the model fixed, with an interval that leaves out "
    "zero; or a published volume that shrank over a year.",
    "cost-iflytek-free": "A table without a model of iFlytek at a price of zero: an error in the "
    "row would do.",
    "cost-goods-and-land": "A forecast that names a price index, a size and a date.",
    "value-super-exponential": "Half of the counted specifications that bend clearly upwards and "
    "hardly any downwards, or the other way round; more years of run-rates make either "
    "possible.",
    "value-exponential": "Half of the counted specifications that bend clearly; or enough data "
    "for both firms, and a straight line that is or is not preferred in two thirds.",
    "value-revenue": "An interval of one firm's curvature that leaves out zero; or data enough "
    "for both firms to show a growth rate that rises by 30% a year.",
    "value-scale": "A firm with two intervals or more that leave out zero: on one side, or one "
    "above zero and another below.",
    "value-proxies": "A proxy whose interval leaves out zero; or two thirds of them that leave "
    "out a growth rate which rises by 30% a year.",
    "value-straight-line": "A vintage of the index whose interval leaves out a change of the rate "
    "by 30% a year; or one that leaves out zero.",
    "value-follows": "An error in a worked case: this is algebra, and data cannot move it.",
    "value-investment": "A part that moves: growth, elasticity, level or room.",
    "value-elasticity": "Points enough for two degrees of freedom: then every interval from nine "
    "tenths upwards, or every interval below.",
    "value-level": "A full year in which a firm's revenue covers what it spent in the same year.",
    "value-gains": "A part that moves: investment that grows ever faster, or revenue of twice the "
    "spending of the same year.",
    "value-returns": "A yearly operating result above zero of a firm that raises intelligence.",
    "value-gdpval-kinds": "A count of its makers outside forty to forty-nine occupations.",
    "value-2035": "Nothing before the end of 2035; then a volume of one humanity of tokens for "
    "each person, which takes {figure:.2g}x a year until then, or a price at which a person's "
    "share of the world's output pays for one.",
    "compute-double": "An elasticity that somebody estimates from changes of compute that demand "
    "did not cause, known to a quarter either way or leaving out one; under our assumptions it "
    "takes some {figure:.0f} months of revenue beside such changes.",
    "compute-tracks": "Slopes known well enough for a law: on both rulers an interval, with "
    "Student's t in it, that holds one and leaves out one half and two; or intervals that leave "
    "out one on both.",
    "compute-tripled": "Figures published with less rounding: all that they allow within a tenth "
    "of three on a ruler, or nothing of it.",
    "compute-faster": "Figures published with less rounding: all slopes that they allow above one "
    "on a ruler, or all below one on both.",
    "compute-follows-2026": "A run-rate for the end of 2026: outside the predicted range it "
    "contradicts; inside, {inside}.",
    "compute-triple-2026": "A stated year-end of 2026 with three times the gigawatts, or less.",
    "compute-triple-2027": "A stated year-end of 2027 with three times the gigawatts, or less.",
    "compute-steep": "Revenue of 2030, against the forecast that the company held in 2025.",
    "compute-loss": "The cash flow of all years to 2029.",
    "compute-profit": "A cash flow above zero in a year from 2028 to 2030; or 2030 over without "
    "one.",
    "compute-training-share-2026": "The split of the spending on compute of 2026.",
    "compute-demand-2026": "A word on unmet demand in the accounts of 2026.",
    "compute-discoveries": "A leading prize, or a first place in a yearly list, by the end of "
    "2030.",
    "compute-outgrows": "The accounts of 2026, which take the place of the plan; or a corrected "
    "figure of the year before.",
    "compute-host-and-guest": "A verdict on either sentence that moves.",
    "compute-monetised": "A year in which a dollar of inference earns more than a dollar by every "
    "published figure, and a dollar of all compute too, restated for the years before; or one "
    "in which inference earns less by every figure.",
    "compute-quoted-loss": "A corrected vintage: without one that has both the loss and the "
    "profit after it, only different vintages would do.",
    "compute-training-share": "A split of the spending of both years that is published and not "
    "contested: bounds that do not meet, and plans that agree with them or do not.",
    "compute-without-training": "A plan whose first profit comes two years earlier with half of "
    "training's growth too, and survives revenue a year behind; or one in which it comes less "
    "than a year earlier.",
    "compute-tokens": "A count of output, not of processed tokens, above that of all people; the "
    "largest so far is {figure:.0f}% at most.",
    "compute-gdpval-60": "A corrected count under which no way of counting gives sixty within a "
    "tenth.",
    "compute-best-reasoning": "A score from before the interview that puts it first on every "
    "ruler, or on none.",
    "compute-gpt-5-2-days": "Another day of release, of GPT-5.2 or of the image model.",
    "compute-ages": "Another day of the founding, or of the release of ChatGPT.",
    "compute-new-models": "A corrected score of either model: the lower bound of the newer has to "
    "stay above the score of the older.",
    "compute-gpt-6": "A model of that name with a release within three months of the interview.",
    "compute-lead": "More weekly users for each monthly user of Gemini than before the interview.",
    "compute-own-test": "A published figure on idle compute.",
    "compute-what-might-have-been": "Nothing: nobody saw those worlds.",
    "compute-own-word": "A figure on the inside of the company, published by somebody else.",
    "compute-growth-of-what": "Revenue or users by segment.",
    "compute-judgement": "Nothing: a judgement is neither true nor false.",
    "compute-no-measure": "The same forecast with a measure and a date.",
    "compute-small-discoveries": "A list of results credited to AI, and a word on what counts.",
    "compute-unnamed-shares": "The name of the company, or the day.",
    "compute-not-in-tables": "A row in the tables, with its source.",
    "compute-inference": "A last year with figures in which inference is more than half of the "
    "spending at both bounds; or less at both, with no forecast of a single year that has more.",
    "said-yesterday": "Another day for the game or for the article.",
    "said-slot": "A price for half a year of showings; or a report with another sum.",
    "said-meta": "Capital spending since the announcement that reaches the sum; or five years "
    "without it.",
    "said-softbank": "Accounts in which SoftBank itself paid the sum; or in which there was more "
    "than one agreement.",
    "said-hazy": "Nothing: a judgement is neither true nor false.",
    "said-king": "A founding without him; what he thinks shows in no figure.",
    "said-agi-profit": "The words of the agreement, published by a party to it.",
    "said-agi-word": "A tie that was ended by the word.",
    "said-daily-life": "Surveys of how days were spent in both years; or an assistant that half "
    "of all people used in a week of 2025.",
    "said-ten-years": "Nothing: it says perhaps, and there would be nothing to count.",
    "said-picture": "Nothing: a picture is not a forecast.",
    "said-transistor": "A share of the gains, named beforehand, that the makers do not keep.",
    "said-uneven": "A measure of the progress of science, with a size and a year.",
    "said-surveillance": "Nothing can refute a possibility; cases could show that it is one.",
    "said-budget": "Nothing: a question of values.",
    "said-precious": "Nothing that the words name.",
}

#: What moves a verdict that is in neither list.
BY_OUTCOME: dict[Outcome, str] = {
    Outcome.SUPPORTED: "A figure outside what its rule asks for.",
    Outcome.PARTLY: "A figure that meets the whole rule, or none of it.",
    Outcome.NOT_SUPPORTED: "A figure that meets its rule, or one that excludes it.",
    Outcome.CONTRADICTED: "A figure inside what its rule asks for.",
    Outcome.CANNOT_BE_TESTED: "A published figure of the kind that its rule asks for.",
    Outcome.OPEN: "The day, {until:%-d %B %Y}, with the figure that its rule names.",
}


def sentence(verdict: Verdict) -> str:
    """Return our own sentence for a verdict, or that of its outcome."""
    text = SENTENCES.get(verdict.key, BY_OUTCOME[verdict.outcome])
    if "{figure" in text and verdict.figure is None:
        text = BY_OUTCOME[verdict.outcome]
    inside = inside_the_range(verdict) if "{inside" in text else ""
    return text.format(figure=verdict.figure, until=verdict.until, inside=inside)


def inside_the_range(verdict: Verdict) -> str:
    """Say what a run-rate inside the range that compute predicts would tell.

    It can speak for compute only where the calendar does not predict it too.
    """
    table = compute_revenue.prediction(years=(2026,)).set_index("rule")
    own, other = table.loc["follows compute"], table.loc["follows the calendar"]
    if verdict.low is not None and verdict.high is not None:
        low, high = float(verdict.low), float(verdict.high)
    else:
        low, high = float(own["low"]), float(own["high"])
    if float(other["low"]) <= low and high <= float(other["high"]):
        return (
            "it tells nothing, because that range lies wholly inside the one that the calendar "
            "predicts"
        )
    if high * float(other["low"]) >= low * float(other["high"]):
        return "it tells nothing, because that range is the wider one"
    return "it speaks for compute only where it lies outside the calendar's range"


def changes(found: Sequence[Verdict]) -> pd.DataFrame:
    """Say of every verdict what observation would move it.

    Parameters
    ----------
    found : sequence of Verdict

    Returns
    -------
    pandas.DataFrame
        ``key``, ``question``, ``outcome``, ``observation`` (one or two sentences), ``how``
        ("computed": the rule was called with a figure varied; "written": a sentence of ours;
        "by outcome": neither is known); where computed, ``now`` (the figure), ``value`` and
        ``to`` (nearest figure that moves the verdict, and the new one), ``words`` (what the figure
        is) and ``unit``; ``place``. In the order of the verdicts.
    """
    rows = []
    for verdict in found:
        how, now, value, to, words, unit = "written", math.nan, math.nan, "", "", ""
        text = sentence(verdict)
        if verdict.key not in SENTENCES:
            how = "by outcome"
        if verdict.key in PROBES and verdict.figure is not None:
            probe = PROBES[verdict.key](verdict)
            # A rule that does not say of today's figure what the verdict says is not its rule.
            edges = flips(probe) if probe.decide(probe.now) is verdict.outcome else []
            if edges:
                how, now, words = "computed", probe.now, probe.words.removesuffix(",")
                unit = probe.unit
                value, to = edges[0].value, str(edges[0].outcome)
                text = " ".join(in_words(probe, edge) for edge in edges)
        rows.append(
            {
                "key": verdict.key,
                "question": verdict.question,
                "outcome": str(verdict.outcome),
                "observation": text,
                "how": how,
                "now": now,
                "value": value,
                "to": to,
                "words": words,
                "unit": unit,
                "place": verdict.place,
            }
        )
    return pd.DataFrame(rows)


#: Verdicts on figures that somebody quoted: a corrected digit moves them, so they say nothing of
#: how firm a verdict is.
QUOTED = frozenset(
    {
        "cost-doubao-vision",
        "compute-enterprises",
        "compute-people",
        "compute-users-400",
        "compute-users-800",
        "compute-users-900",
        "compute-gdpval-5",
        "compute-gdpval-5-2",
        "compute-gdpval-5-2-pro",
        "compute-gdpval-as-pleased",
        "said-commercial",
    }
)


def firmness(table: pd.DataFrame) -> pd.DataFrame:
    """Rank the verdicts by how little their figure has to move, the least firm first.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`changes`.

    Returns
    -------
    pandas.DataFrame
        ``key``, ``question``, ``outcome``, ``to``, ``words``, ``unit``, ``now``, ``value``,
        ``needed`` (change of the figure, x, above one whichever way), ``up`` (whether it has to
        rise), ``place``. Figures that are not above zero, and those that somebody quoted
        (:data:`QUOTED`), are left out.
    """
    found = table[(table["how"] == "computed") & ~table["key"].isin(QUOTED)]
    found = found[(found["now"] > 0) & (found["value"] > 1e-9)]
    ratio = found["value"] / found["now"]
    found = found.assign(needed=ratio.where(ratio > 1, 1 / ratio), up=ratio > 1)
    columns = ["key", "question", "outcome", "to", "words", "unit", "now", "value"]
    columns += ["needed", "up", "place"]
    return found[columns].sort_values("needed", kind="stable", ignore_index=True)
