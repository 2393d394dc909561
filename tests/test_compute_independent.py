"""The headline figures on compute and revenue, computed once more and kept apart.

The figures come from the tables as plain rows of text, by loops and scipy that share nothing with
the package.
Beside each stands the figure as it was written down when the chapter was finished.
Both must agree with each other and with what the package finds.
So a changed row of a table, or a changed method, turns a test red.
"""

from __future__ import annotations

import itertools
import math
import statistics

import numpy as np
import pandas as pd
import pytest
from scipy import optimize, stats

from pins import Pinned, Read, in_memory, on_disk, tolerance
from three_observations import compute_plan, compute_revenue, data
from three_observations import compute_verdicts as rules

# ---------------------------------------------------------------------------------------------
# plain rows of text


def used(row: dict[str, str]) -> bool:
    return row["preferred"].lower() == "true"


def fact(read: Read, series: str, year: int, column: str = "value") -> float:
    """Return OpenAI's figure of 31 December of a year."""
    (row,) = [
        row
        for row in read("company_facts")
        if (row["entity"], row["series"], row["date"]) == ("OpenAI", series, f"{year}-12-31")
        and used(row)
        and row["period"] in ("year", "moment")
    ]
    return float(row[column])


def run_rate(read: Read, year: int) -> float:
    (row,) = [
        row
        for row in read("run_rates")
        if (row["company"], row["date"]) == ("OpenAI", f"{year}-12-31") and used(row)
    ]
    return float(row["run_rate_usd_bn"])


def planned(read: Read, series: str, year: int, made: str) -> float:
    """Return a forecast for the end of a year, made on a day that begins with these digits."""
    (row,) = [
        row
        for row in read("projections")
        if (row["entity"], row["series"], row["year_end"]) == ("OpenAI", series, f"{year}-12-31")
        and row["made"].startswith(made)
        and row["by"].startswith("OpenAI")
    ]
    return float(row["value"])


def cash(read: Read, made: str) -> dict[int, float]:
    """Return the cash flow of 2025 to 2030 in the forecast of one quarter."""
    return {year: planned(read, "cash_flow", year, made) for year in range(2025, 2031)}


VINTAGES = {"2025 Q1": "2025-01", "2025 Q3": "2025-07", "2026 Q1": "2026-01"}
YEARS = (2023, 2024, 2025)

# ---------------------------------------------------------------------------------------------
# the line


def slope(x: list[float], y: list[float]):
    """Fit a line to logarithms."""
    return stats.linregress([math.log(v) for v in x], [math.log(v) for v in y])


def new_point(found, x: list[float], y: list[float], at: float) -> tuple[float, float, float]:
    """Return what the line says at a place, and where 95% of new points would lie (not logs)."""
    mean = sum(x) / len(x)
    spread = sum((v - mean) ** 2 for v in x)
    rest = sum((w - found.intercept - found.slope * v) ** 2 for v, w in zip(x, y, strict=True)) / (
        len(x) - 2
    )
    error = math.sqrt(rest * (1 + 1 / len(x) + (at - mean) ** 2 / spread))
    reach = stats.t.ppf(0.975, len(x) - 2) * error
    middle = found.intercept + found.slope * at
    return math.exp(middle), math.exp(middle - reach), math.exp(middle + reach)


def line_figures(read: Read) -> dict[str, float]:
    power = [fact(read, "compute_gw", year) for year in YEARS]
    chips = [fact(read, "compute_h100_equivalents", year) for year in YEARS]
    rate = [run_rate(read, year) for year in YEARS]
    revenue = [fact(read, "revenue", year) for year in YEARS]
    on_power = slope(power, rate)
    reach = stats.t.ppf(0.975, 1) * on_power.stderr
    days = [
        (pd.Timestamp(year, 12, 31) - pd.Timestamp(2023, 12, 31)).days for year in (*YEARS, 2027)
    ]
    times = [day / 365.25 for day in days[:3]]
    logs = [math.log(v) for v in rate]
    calendar = stats.linregress(times, logs)
    ahead = planned(read, "compute_gw", 2027, "2026-09")
    by_power = new_point(on_power, [math.log(v) for v in power], logs, math.log(ahead))
    by_date = new_point(calendar, times, logs, days[3] / 365.25)
    return {
        "slope on gigawatts": on_power.slope,
        "slope on gigawatts: low": on_power.slope - reach,
        "slope on gigawatts: high": on_power.slope + reach,
        "R squared on gigawatts": on_power.rvalue**2,
        "slope on chips": slope(chips, rate).slope,
        "recognised revenue on gigawatts": slope(power, revenue).slope,
        "gigawatts, growth": power[2] / power[1],
        "gigawatts, growth: low": fact(read, "compute_gw", 2025, "low")
        / fact(read, "compute_gw", 2024, "high"),
        "chips, growth": chips[2] / chips[1],
        "chips, growth: high": fact(read, "compute_h100_equivalents", 2025, "high")
        / fact(read, "compute_h100_equivalents", 2024, "low"),
        "dollars, growth": fact(read, "compute_spending", 2025)
        / fact(read, "compute_spending", 2024),
        "end of 2027 by compute": by_power[0],
        "end of 2027 by compute: low": by_power[1],
        "end of 2027 by compute: high": by_power[2],
        "end of 2027 by the calendar": by_date[0],
        "end of 2027 by the calendar: high": by_date[2],
    }


def package_line() -> dict[str, float]:
    line = compute_revenue.elasticity(compute_revenue.points())
    chips = compute_revenue.elasticity(compute_revenue.points("H100-equivalents"))
    recognised = compute_revenue.elasticity(compute_revenue.points(revenue="recognised"))
    grown = compute_revenue.did_compute_triple().set_index("ruler")
    ahead = compute_revenue.prediction(years=(2027,)).set_index("rule")
    compute, calendar = ahead.loc["follows compute"], ahead.loc["follows the calendar"]
    return {
        "slope on gigawatts": line.estimate,
        "slope on gigawatts: low": line.low,
        "slope on gigawatts: high": line.high,
        "R squared on gigawatts": line.r_squared,
        "slope on chips": chips.estimate,
        "recognised revenue on gigawatts": recognised.estimate,
        "gigawatts, growth": grown.loc["gigawatts", "growth"],
        "gigawatts, growth: low": grown.loc["gigawatts", "growth_low"],
        "chips, growth": grown.loc["H100-equivalents", "growth"],
        "chips, growth: high": grown.loc["H100-equivalents", "growth_high"],
        "dollars, growth": grown.loc["dollars", "growth"],
        "end of 2027 by compute": compute["predicted"],
        "end of 2027 by compute: low": compute["exact_low"],
        "end of 2027 by compute: high": compute["exact_high"],
        "end of 2027 by the calendar": calendar["predicted"],
        "end of 2027 by the calendar: high": calendar["exact_high"],
    }


# ---------------------------------------------------------------------------------------------
# the accounts, training, and the sums


def account(read: Read) -> dict[str, float]:
    revenue, inference, training, flow = (
        fact(read, series, 2025)
        for series in (
            "revenue",
            "inference_compute_spending",
            "research_compute_spending",
            "cash_flow",
        )
    )
    size = (fact(read, "compute_gw", 2024) + fact(read, "compute_gw", 2025)) / 2
    return {
        "revenue": revenue,
        "inference": inference,
        "training": training,
        "cash": flow,
        "other": revenue - inference - training - flow,
        "size": size,
    }


def years_of_falling(read: Read, fall: float) -> float:
    """Count month by month until a GW-year pays, then cut the last month."""
    books = account(read)
    wanted = books["revenue"] - books["other"]
    cost, years, step = books["inference"] + books["training"], 0.0, 1 / 12
    while cost * (1 - fall) ** (years + step) > wanted:
        years += step
    return optimize.brentq(lambda t: cost * (1 - fall) ** t - wanted, years, years + step)


def account_figures(read: Read) -> dict[str, float]:
    books = account(read)
    spent = books["inference"] + books["training"]
    total = [float(fact(read, "compute_spending", 2025, end)) for end in ("value", "low", "high")]
    leaked = {
        row["date"][:4]: float(row["value"]) * (12 / 9 if row["period"] == "nine months" else 1)
        for row in read("company_facts")
        if row["series"] == "azure_inference_spending"
    }
    deals = [row for row in read("commitments") if row["counted"].lower() == "true"]
    priced = [
        float(row["value_usd_bn"])
        for row in deals
        if row["kind"] != "estimate" and row["status"] != "superseded"
    ]
    return {
        "other costs of 2025": books["other"],
        "a GW-year earned": books["revenue"] / books["size"],
        "a GW-year cost": spent / books["size"],
        "years to break even at 15%": years_of_falling(read, 0.15),
        "training of compute, 2025": books["training"] / total[0],
        "training of compute, 2025: low": 1 - leaked["2025"] / total[0],
        "training of compute, 2025: high": books["training"] / total[1],
        "training in the sum to 2030": planned(read, "training_spending_2026_2030", 2030, "2026-02")
        / planned(read, "training_and_running_to_2030", 2030, "2026-02"),
        "training of compute, 2026, February": planned(read, "training_spending", 2026, "2026-02")
        / planned(read, "compute_spending", 2026, "2026-05"),
        "training of compute, 2026, April": planned(
            read, "research_compute_spending", 2026, "2026-04"
        )
        / planned(read, "compute_spending", 2026, "2026-05"),
        "training of all costs, 2025": books["training"] / (books["revenue"] - books["cash"]),
        "training of all costs, 2028": planned(read, "research_compute_spending", 2028, "2026-04")
        / (planned(read, "revenue", 2028, "2026-02") - planned(read, "cash_flow", 2028, "2026-01")),
        "a dollar of inference, 2025": books["revenue"] / books["inference"],
        "a dollar of inference, 2024: low": fact(read, "revenue", 2024) / leaked["2024"],
        "a dollar of inference, 2025: low": books["revenue"] / leaked["2025"],
        "a dollar of compute, 2025": books["revenue"] / total[0],
        "deals": sum(float(row["value_usd_bn"]) for row in deals),
        "deals with a price": sum(priced),
    }


def package_account() -> dict[str, float]:
    books = compute_plan.books()
    shares = compute_plan.training_share()
    own = shares[shares["entity"] == "OpenAI"].reset_index(drop=True)
    now = own[own["period"] == "2025"].iloc[0]
    next_year = own[own["period"] == "2026"]
    costs = compute_plan.training_of_all_costs().set_index("year")["share"]
    earned = compute_revenue.own_falsifier()
    earned = earned[earned["rests_on"] == "figures"].set_index("year")
    deals = compute_plan.signed_deals()
    return {
        "other costs of 2025": books.other,
        "a GW-year earned": books.revenue / books.gigawatt_years,
        "a GW-year cost": books.cost_per_gigawatt_year,
        "years to break even at 15%": compute_plan.break_even_years(0.15, books),
        "training of compute, 2025": now["share"],
        "training of compute, 2025: low": now["low"],
        "training of compute, 2025: high": now["high"],
        "training in the sum to 2030": own[own["period"] == "2026-2030"]["share"].iloc[0],
        "training of compute, 2026, February": next_year["share"].iloc[0],
        "training of compute, 2026, April": next_year["share"].iloc[1],
        "training of all costs, 2025": costs[2025],
        "training of all costs, 2028": costs[2028],
        "a dollar of inference, 2025": earned.loc[2025, "per_inference_dollar"],
        "a dollar of inference, 2024: low": earned.loc[2024, "per_inference_low"],
        "a dollar of inference, 2025: low": earned.loc[2025, "per_inference_low"],
        "a dollar of compute, 2025": earned.loc[2025, "per_compute_dollar"],
        "deals": deals["usd_bn"].sum(),
        "deals with a price": deals.loc[deals["value_is"] == "a published price", "usd_bn"].sum(),
    }


# ---------------------------------------------------------------------------------------------
# the plan and the 1.4 trillion


def flows(
    books: dict[str, float],
    revenue_growth: tuple[float, float],
    training_growth: tuple[float, float],
    fall: float,
) -> list[float]:
    """Return cash flow of 2025 to 2030, year by year; growth and how its logarithm fades."""
    revenue, training = books["revenue"], books["training"]
    (up, fade), (more, tire) = revenue_growth, training_growth
    found = [books["cash"]]
    for year in range(1, 6):
        revenue, training = revenue * up, training * more
        up, more = up**fade, more**tire
        inference = revenue * books["inference"] / books["revenue"] * (1 - fall) ** year
        found.append(revenue * (1 - books["other"] / books["revenue"]) - inference - training)
    return found


def through(start: float, first: tuple[int, float], last: tuple[int, float]) -> tuple[float, float]:
    """Return growth and fade that lead from a level through two later ones."""
    near, far = (math.log(level / start) for _, level in (first, last))

    def steps(fade: float, years: int) -> float:
        return sum(fade**year for year in range(years))

    fade = optimize.brentq(
        lambda q: far / near - steps(q, last[0]) / steps(q, first[0]), 0.0, 3.0, xtol=1e-14
    )
    return math.exp(near / steps(fade, first[0])), fade


def plan_figures(read: Read) -> dict[str, float]:
    books = account(read)
    found = {}
    for name, made in VINTAGES.items():
        by_year = cash(read, made)
        found[f"cash to 2029, {name}"] = sum(by_year[year] for year in range(2025, 2030))
        found[f"first profit, {name}"] = min(year for year, flow in by_year.items() if flow > 0)
    total = {name: found[f"cash to 2029, {name}"] for name in VINTAGES}

    sales = through(
        books["revenue"],
        (3, planned(read, "revenue", 2028, "2025-10")),
        (5, planned(read, "revenue", 2030, "2025-09")),
    )
    growth = optimize.brentq(
        lambda g: sum(flows(books, sales, (g, 0.5), 0.2)[:5]) - total["2025 Q3"], 0.5, 20.0
    )
    found["training growth, 2025 Q3"] = growth
    found["cash of 2030 in the model, 2025 Q3"] = flows(books, sales, (growth, 0.5), 0.2)[5]

    spent = [planned(read, "training_spending", year, "2026-02") for year in (2026, 2027)]
    more = spent[0] / books["training"]
    trained = more, math.log(spent[1] / spent[0]) / math.log(more)
    sales = through(
        books["revenue"],
        (1, planned(read, "revenue", 2026, "2026-02")),
        (5, planned(read, "revenue", 2030, "2026-02-20")),
    )
    fall = optimize.brentq(
        lambda f: sum(flows(books, sales, trained, f)[:5]) - total["2026 Q1"], -0.9, 0.9
    )
    found["fall of inference, 2026 Q1"] = fall
    found["cash of 2030 in the model, 2026 Q1"] = flows(books, sales, trained, fall)[5]

    (promised,) = [
        float(row["value_usd_bn"])
        for row in read("commitments")
        if row["commitment"] == "altman-total"
    ]
    left = books["revenue"] - books["other"]
    for rate in (0.0, 0.08):
        carry = optimize.brentq(
            lambda g, rate=rate: (
                sum(left * (g / (1 + rate)) ** year for year in range(1, 9)) - promised
            ),
            1.0,
            5.0,
        )
        found[f"growth that carries it over 8 years at {rate:.0%}"] = carry
        found[f"revenue of 2033 at {rate:.0%}"] = books["revenue"] * carry**8
    return found


def package_plan() -> dict[str, float]:
    totals = compute_revenue.forecast_totals()
    totals = totals[totals["kind"] == "by year"].set_index("vintage")
    found = {}
    for name in VINTAGES:
        found[f"cash to 2029, {name}"] = totals.loc[name, "total"]
        found[f"first profit, {name}"] = totals.loc[name, "first_profit"]
    books = compute_plan.books()
    plans = {item.vintage: item.plan for item in compute_plan.carried_vintages()}
    found["training growth, 2025 Q3"] = plans["2025 Q3"].training_growth
    found["fall of inference, 2026 Q1"] = plans["2026 Q1"].inference_fall
    for name in ("2025 Q3", "2026 Q1"):
        found[f"cash of 2030 in the model, {name}"] = compute_plan.plan_cash(plans[name], books)[5]
    carried = compute_plan.carrying_the_commitments().set_index(["years", "interest"])
    for rate in (0.0, 0.08):
        row = carried.loc[(8, rate)]
        found[f"growth that carries it over 8 years at {rate:.0%}"] = row["growth"]
        found[f"revenue of 2033 at {rate:.0%}"] = row["last_revenue"]
    return found


PLAIN = (line_figures, account_figures, plan_figures)
PACKAGE = (package_line, package_account, package_plan)

#: As written down when the chapter was finished: half a unit of the last digit is the tolerance.
WRITTEN = {
    "slope on gigawatts": "1.0230",
    "slope on gigawatts: low": "0.85987",
    "slope on gigawatts: high": "1.1861",
    "R squared on gigawatts": "0.99984",
    "slope on chips": "0.81234",
    "recognised revenue on gigawatts": "1.1424",
    "gigawatts, growth": "3.1667",
    "gigawatts, growth: low": "2.8462",
    "chips, growth": "4.5141",
    "chips, growth: high": "7.8904",
    "dollars, growth": "2.3971",
    "end of 2027 by compute": "108.47",
    "end of 2027 by compute: low": "62.852",
    "end of 2027 by compute: high": "187.19",
    "end of 2027 by the calendar": "195.78",
    "end of 2027 by the calendar: high": "761.56",
    "other costs of 2025": "4.8000",
    "a GW-year earned": "10.480",
    "a GW-year cost": "13.040",
    "years to break even at 15%": "4.1528",
    "training of compute, 2025": "0.50920",
    "training of compute, 2025: low": "0.29080",
    "training of compute, 2025: high": "0.57241",
    "training in the sum to 2030": "0.66165",
    "training of compute, 2026, February": "0.64000",
    "training of compute, 2026, April": "0.50000",
    "training of all costs, 2025": "0.39336",
    "training of all costs, 2028": "0.61111",
    "a dollar of inference, 2025": "1.6375",
    "a dollar of inference, 2024: low": "0.98221",
    "a dollar of inference, 2025: low": "1.1332",
    "a dollar of compute, 2025": "0.80368",
    "deals": "1150.4",
    "deals with a price": "610.40",
    "cash to 2029, 2025 Q1": "-34.000",
    "first profit, 2025 Q1": "2029",
    "cash to 2029, 2025 Q3": "-116.00",
    "first profit, 2025 Q3": "2030",
    "cash to 2029, 2026 Q1": "-226.00",
    "first profit, 2026 Q1": "2030",
    "training growth, 2025 Q3": "3.2441",
    "cash of 2030 in the model, 2025 Q3": "5.5406",
    "fall of inference, 2026 Q1": "0.12497",
    "cash of 2030 in the model, 2026 Q1": "-37.361",
    "growth that carries it over 8 years at 0%": "1.7026",
    "revenue of 2033 at 0%": "924.91",
    "growth that carries it over 8 years at 8%": "1.8388",
    "revenue of 2033 at 8%": "1711.9",
}


FIGURES = Pinned(PLAIN, PACKAGE, WRITTEN)
broken, plain, package = FIGURES.broken, FIGURES.plain, FIGURES.package


def test_no_pin_is_loose_or_without_a_figure():
    assert set(WRITTEN) == set(plain()) == set(package())
    for written in WRITTEN.values():
        assert tolerance(written) <= 1e-3 * abs(float(written))


@pytest.mark.parametrize("figure", WRITTEN)
def test_plain_package_and_page_agree(figure):
    written = WRITTEN[figure]
    assert plain()[figure] == pytest.approx(float(written), abs=tolerance(written))
    assert package()[figure] == pytest.approx(plain()[figure], rel=1e-6)


def test_the_verdicts_print_these_figures():
    told = {verdict.key: verdict for verdict in rules.verdicts()}
    found = plain()
    for key, name, scale in (
        ("compute-tripled", "gigawatts, growth", 1),
        ("compute-monetised", "a dollar of compute, 2025", 1),
        ("compute-training-share", "training of compute, 2025", 100),
        ("compute-commitments", "deals with a price", 1e-3),
        ("compute-steep", "growth that carries it over 8 years at 0%", 1),
        ("compute-quoted-loss", "cash to 2029, 2025 Q3", -100 / 120),
    ):
        assert told[key].figure == pytest.approx(scale * found[name], rel=1e-6), key
    assert told["compute-tracks"].figure == pytest.approx(2 ** found["slope on gigawatts"])


# ---------------------------------------------------------------------------------------------
# what was drawn, by other draws


def mixed_quantile(slopes: np.ndarray, errors: np.ndarray, share: float) -> float:
    """Return a quantile of Student's distributions with one degree of freedom, mixed."""

    def miss(value: float) -> float:
        return float(stats.t.cdf((value - slopes) / errors, 1).mean()) - share

    return optimize.brentq(miss, -50, 50)


def test_slopes_within_bounds_by_corners_and_by_other_draws():
    """The drawn slopes lie between those of the corners of the box, and spread as others do."""
    rates = [run_rate(on_disk, year) for year in YEARS]
    rivals = {
        row["date"][:4]: float(row["run_rate_usd_bn"])
        for row in on_disk("run_rates")
        if row["company"] == "OpenAI" and not used(row) and row["date"][5:9] == "12-3"
    }
    found = compute_revenue.slopes_under_error(draws=4000).set_index("ruler")
    for ruler, series in (
        ("gigawatts", "compute_gw"),
        ("H100-equivalents", "compute_h100_equivalents"),
    ):
        box = [
            [math.log(fact(on_disk, series, year, end)) for end in ("low", "high")]
            for year in YEARS
        ]
        for rate, year in zip(rates, YEARS, strict=True):
            both = [rate, rivals.get(str(year), rate)]
            box.append([math.log(min(both) - 0.5), math.log(max(both) + 0.5)])
        corners = [
            stats.linregress(corner[:3], corner[3:]).slope for corner in itertools.product(*box)
        ]
        row = found.loc[ruler]
        assert min(corners) < row["low"] < row["high"] < max(corners)
        rng = np.random.default_rng(99)
        drawn = []
        for _ in range(1500):
            point = [low + (high - low) * rng.random() for low, high in box]
            fit = stats.linregress(point[:3], point[3:])
            drawn.append((fit.slope, fit.stderr))
        slopes, errors = np.array(drawn).T
        assert np.quantile(slopes, [0.025, 0.975]) == pytest.approx(
            [row["low"], row["high"]], abs=0.03
        )
        ends = [mixed_quantile(slopes, errors, share) for share in (0.025, 0.975)]
        assert ends == pytest.approx([row["both_low"], row["both_high"]], abs=0.15)
        assert row["both_low"] < row["low"] < 1 < row["high"] < row["both_high"]


def test_the_predicted_range_by_other_draws():
    """Draw the figures once more, and mix Student's ranges for a new point with scipy."""
    rng = np.random.default_rng(7)
    table = compute_revenue.prediction(years=(2026,)).set_index("rule")
    row = table.loc["follows compute"]
    rivals = compute_revenue.points(choice="rival")["revenue"]
    at, middles, errors = math.log(row["gigawatts"]), [], []
    for _ in range(1500):
        x, y = [], []
        for year, rival in zip(YEARS, rivals, strict=True):
            both = [run_rate(on_disk, year), rival]
            ends = [math.log(fact(on_disk, "compute_gw", year, end)) for end in ("low", "high")]
            x.append(rng.uniform(*ends))
            y.append(rng.uniform(math.log(min(both) - 0.5), math.log(max(both) + 0.5)))
        fit, mean = stats.linregress(x, y), sum(x) / 3
        rest = sum((w - fit.intercept - fit.slope * v) ** 2 for v, w in zip(x, y, strict=True))
        spread = sum((v - mean) ** 2 for v in x)
        middles.append(fit.intercept + fit.slope * at)
        errors.append(math.sqrt(rest * (4 / 3 + (at - mean) ** 2 / spread)))
    ends = [mixed_quantile(np.array(middles), np.array(errors), share) for share in (0.025, 0.975)]
    assert ends == pytest.approx([math.log(row["low"]), math.log(row["high"])], abs=0.4)
    assert row["low"] < row["exact_low"] < row["exact_high"] < row["high"]


def test_the_monte_carlo_by_a_plain_loop():
    """Draw with the library's own triangular sampler and walk each year in plain Python."""
    books = account(on_disk)
    spent = books["inference"] + books["training"]
    rng = np.random.default_rng(5)
    draws = 6000
    drawn = {
        item.name: rng.triangular(item.low, item.best, item.high, draws)
        for item in compute_plan.ASSUMPTIONS
    }
    above = {2029: 0, 2030: 0, 2035: 0}
    for place in range(draws):
        value = {name: float(column[place]) for name, column in drawn.items()}
        size, step = 1.0, math.log(value["compute_growth"])
        share, other = books["training"] / spent, books["other"] / books["revenue"]
        start = 1 - share
        for year in range(2026, 2036):
            size, step = size * math.exp(step), step * value["compute_fade"]
            share += 0.3 * (value["training_share"] - share)
            other += 0.3 * (value["other_share"] - other)
            ahead = year - 2025
            revenue = books["revenue"] * (size * (1 - share) / start) ** value["elasticity"]
            revenue *= value["value_growth"] ** ahead
            cost = spent * size * (1 - value["cost_fall"]) ** ahead
            if year in above and revenue * (1 - other) > cost:
                above[year] += 1
    told = compute_plan.profit_probabilities().set_index("year")["in_year"]
    for year, count in above.items():
        error = math.sqrt(told[year] * (1 - told[year]) / draws)
        assert count / draws == pytest.approx(told[year], abs=4 * error)


def test_months_of_evidence_by_simulating_them():
    """Steps of known size on known days, and noise of a month: how far the slope scatters."""
    needed = compute_revenue.identification(half_widths=(0.25,)).set_index("evidence")["months"]
    kinds = {kind.name: kind for kind in compute_revenue.EVIDENCE}
    sure = compute_revenue.power(
        months=(int(needed.min()),),
        draws=1500,
        evidence=tuple(kind for name, kind in kinds.items() if needed[name] == needed.min()),
    )
    assert sure["half_width"].iloc[0] == pytest.approx(0.25, abs=0.06)


# ---------------------------------------------------------------------------------------------
# accounting identities


def test_parts_of_the_tables_add_up():
    for year in (2024, 2025):
        whole = fact(on_disk, "compute_spending", year)
        parts = [
            fact(on_disk, series, year)
            for series in ("inference_compute_spending", "research_compute_spending")
        ]
        assert sum(parts) == pytest.approx(whole)
    (quoted,) = [
        float(row["value_usd_bn"])
        for row in on_disk("commitments")
        if row["commitment"] == "tunguz-sum"
    ]
    assert plain()["deals"] == pytest.approx(quoted, abs=1)
    reported = planned(on_disk, "cash_flow_2025_2029", 2029, "2025-09")
    assert plain()["cash to 2029, 2025 Q3"] == pytest.approx(reported, abs=2)
    costs = compute_plan.training_of_all_costs()
    assert (costs["training"] < costs["costs"]).all()


def test_every_year_of_every_plan_closes():
    account_ = compute_plan.books()
    for item in compute_plan.carried_vintages():
        path = compute_plan.plan_paths(item.plan, account_)
        costs = path["inference"] + path["training"] + path["other"]
        assert np.allclose(path["revenue"], costs + path["cash_flow"])
        assert np.allclose(path["cumulative"], np.cumsum(path["cash_flow"]))
        assert path["cash_flow"].iloc[0] == pytest.approx(account_.cash_flow)
        for kept in (0.0, 0.3, 1.0):
            less = compute_plan.without_more_training(item, kept=kept)
            assert np.allclose(less["without"], less["cash_flow"] + less["saved"])
        assert np.allclose(less["saved"], 0)
    units = compute_plan.unit_economics()
    closed = units["revenue_per_gw"] - units["compute_per_gw"] - units["other_per_gw"]
    assert np.allclose(closed, units["cash_per_gw"])


def test_the_deals_are_split_without_a_rest():
    deals = compute_plan.signed_deals()
    assert set(deals["value_is"]) == {"a published price", "worked out", "not a price"}
    assert deals.groupby("value_is")["usd_bn"].sum().sum() == pytest.approx(plain()["deals"])
    assert statistics.fsum(deals["usd_bn"]) == pytest.approx(plain()["deals"])


# ---------------------------------------------------------------------------------------------
# one changed figure


AT_2025 = ("entity", "OpenAI"), ("date", "2025-12-31")


@pytest.mark.parametrize(
    ("table", "column", "where", "change", "of_rows", "of_package"),
    [
        (
            "company_facts",
            "value",
            (*AT_2025, ("series", "compute_gw")),
            -0.04,
            line_figures,
            package_line,
        ),
        (
            "company_facts",
            "value",
            (*AT_2025, ("series", "compute_h100_equivalents")),
            10_000,
            line_figures,
            package_line,
        ),
        (
            "company_facts",
            "value",
            (*AT_2025, ("series", "compute_spending")),
            0.2,
            line_figures,
            package_line,
        ),
        (
            "run_rates",
            "run_rate_usd_bn",
            (("company", "OpenAI"), ("date", "2025-12-31"), ("preferred", "True")),
            0.5,
            line_figures,
            package_line,
        ),
        (
            "company_facts",
            "value",
            (*AT_2025, ("series", "revenue")),
            0.1,
            account_figures,
            package_account,
        ),
        (
            "company_facts",
            "value",
            (*AT_2025, ("series", "research_compute_spending")),
            0.1,
            account_figures,
            package_account,
        ),
        (
            "company_facts",
            "value",
            (("series", "azure_inference_spending"), ("date", "2024-12-31")),
            0.1,
            account_figures,
            package_account,
        ),
        (
            "projections",
            "value",
            (("series", "research_compute_spending"), ("year_end", "2026-12-31")),
            1.0,
            account_figures,
            package_account,
        ),
        (
            "commitments",
            "value_usd_bn",
            (("commitment", "oracle"),),
            10.0,
            account_figures,
            package_account,
        ),
        (
            "projections",
            "value",
            (("series", "cash_flow"), ("made", "2025-07-01"), ("year_end", "2028-12-31")),
            1.0,
            plan_figures,
            package_plan,
        ),
        (
            "projections",
            "value",
            (("series", "training_spending"), ("made", "2026-02-01"), ("year_end", "2027-12-31")),
            1.0,
            plan_figures,
            package_plan,
        ),
        (
            "commitments",
            "value_usd_bn",
            (("commitment", "altman-total"),),
            10.0,
            plan_figures,
            package_plan,
        ),
    ],
)
def test_one_changed_figure_breaks_a_pin(
    restored, table, column, where, change, of_rows, of_package
):
    assert broken(of_rows(in_memory)) == broken(of_package()) == []
    frame = data.load(table)
    chosen = pd.Series(True, index=frame.index)
    for name, value in where:
        chosen &= frame[name].astype(str).str.startswith(value)
    assert chosen.sum() == 1
    frame.loc[chosen, column] += change
    data.use(**{table: frame})
    in_rows, in_package = broken(of_rows(in_memory)), broken(of_package())
    assert in_rows
    assert in_rows == in_package


def test_the_order_of_the_rows_breaks_nothing(restored):
    changed = {
        name: data.load(name).iloc[::-1].reset_index(drop=True)
        for name in ("company_facts", "run_rates", "projections", "commitments")
    }
    data.use(**changed)
    for of_rows, of_package in zip(PLAIN, PACKAGE, strict=True):
        assert broken(of_rows(in_memory)) == broken(of_package()) == []
