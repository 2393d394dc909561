"""The headline figures on the value of intelligence, computed once more and kept apart.

The figures come from the tables as plain rows of text, by short loops that share nothing with the
package; statsmodels fits the regressions, scipy finds optima and roots.
Beside each stands what it was when it was written down.
All three must agree.
So a changed row of a table, or a changed method, turns a test red.
"""

from __future__ import annotations

import math
from collections import defaultdict
from datetime import date, timedelta
from functools import cache
from itertools import product

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import optimize, stats

from pins import Pinned, Read, in_memory, on_disk, tolerance
from three_observations import (
    data,
    growth_theorems,
    said_verdicts,
    time_horizons,
    value_proxies,
)
from three_observations import value_verdicts as rules

FIRMS = ("OpenAI", "Anthropic")
YEAR = 365.25
LASTS = 3.0

# ---------------------------------------------------------------------------------------------
# plain rows of text


def day(text: str) -> date:
    return date.fromisoformat(text[:10])


def years(days: list[date]) -> np.ndarray:
    return np.array([(one - date(1970, 1, 1)).days / YEAR for one in days])


def true(text: str) -> bool:
    return text.lower() == "true"


# ---------------------------------------------------------------------------------------------
# time horizons


def records(read: Read, suites: tuple[str, ...], first: str, before: str = "2100-01-01"):
    """Return days and ln minutes of the models that no earlier one of the window beats."""
    inside = sorted(
        (day(row["released"]), float(row["p50_minutes"]))
        for row in read("horizons")
        if row["suite"] in suites
        and row["p50_minutes"]
        and float(row["p50_minutes"]) <= 960
        and first <= row["released"][:10] < before
    )
    kept = [
        (when, minutes)
        for when, minutes in inside
        if minutes >= max(other for then, other in inside if then <= when)
    ]
    return [when for when, _ in kept], np.log([minutes for _, minutes in kept])


def doubling(read: Read, suites: tuple[str, ...], first: str, before: str = "2100-01-01") -> float:
    days, logs = records(read, suites, first, before)
    return math.log(2) / stats.linregress([when.toordinal() for when in days], logs).slope


NEWEST = ("th1_1_2026_04", "th1_1_2026_05")


def horizon_figures(read: Read) -> dict[str, float]:
    found = {
        "doubling, newest, 2019 on": doubling(read, NEWEST, "2019-01-01"),
        "doubling, newest, 2023 on": doubling(read, NEWEST, "2023-01-01"),
        "doubling, newest, 2024 on": doubling(read, NEWEST, "2024-01-01"),
        "doubling, Jan 2026, 2023 on": doubling(read, ("th1_1_2026_01",), "2023-01-01"),
        "doubling, 1.0, 2019 to Feb 2025": doubling(read, ("th1_0",), "2019-01-01", "2025-02-25"),
    }
    for start in ("2019", "2023"):
        days, logs = records(read, NEWEST, f"{start}-01-01")
        t, n = years(days), len(days)
        t = t - t[-1]

        def criterion(squares: float, k: int, n: int = n) -> float:
            return n * math.log(squares / n) + 2 * k + 2 * k * (k + 1) / (n - k - 1)

        def hyperbola(far: float, t: np.ndarray = t, logs: np.ndarray = logs) -> float:
            return sm.OLS(logs, sm.add_constant(-np.log(math.exp(far) - t))).fit().ssr

        line = criterion(sm.OLS(logs, sm.add_constant(t)).fit().ssr, 3)
        bent = criterion(sm.OLS(logs, np.column_stack([t**0, t, t**2])).fit().ssr, 4)
        nearest = optimize.minimize_scalar(hyperbola, bounds=(math.log(0.1), 5), method="bounded")
        found[f"AICc, straight less quadratic, {start} on"] = line - bent
        found[f"AICc, straight less hyperbola, {start} on"] = line - criterion(nearest.fun, 4)
    return found


def package_horizons() -> dict[str, float]:
    table = time_horizons.doubling_times(resamples=2).set_index(["vintage", "window"])["days"]
    found = {
        f"doubling, {name}": float(table[vintage, window])
        for name, vintage, window in (
            ("newest, 2019 on", "th1_1_2026_04", "2019 on"),
            ("newest, 2023 on", "th1_1_2026_04", "2023 on"),
            ("newest, 2024 on", "th1_1_2026_04", "2024 on"),
            ("Jan 2026, 2023 on", "th1_1_2026_01", "2023 on"),
            ("1.0, 2019 to Feb 2025", "th1_0", "2019 to Feb 2025"),
        )
    }
    for window in ("2019 on", "2023 on"):
        path = time_horizons.horizon_path(time_horizons.NEWEST, window)
        forms = time_horizons.compare_forms(path).set_index("form")["aicc"]
        for name, form in (("quadratic", "quadratic"), ("hyperbola", "hyperbolic")):
            gap = float(forms["linear"] - forms[form])
            found[f"AICc, straight less {name}, {window}"] = gap
    return found


# ---------------------------------------------------------------------------------------------
# revenue in intelligence


def ladder(read: Read, firm: str, ruler: str) -> tuple[list[tuple[date, float]], date | None]:
    """Return days and scores of a firm's models, and the first day that the ruler does not know."""
    own = {row["model"]: row for row in read("firm_models") if row["developer"] == firm}
    known: dict[str, tuple[date, float]] = {}
    if ruler.startswith("horizon"):
        for row in read("horizons"):
            if (row["suite"], row["task_suite"], row["developer"]) == (NEWEST[0], "1.1", firm):
                known[row["model"]] = (day(row["released"]), math.log2(float(row["p50_minutes"])))
    else:
        table = "gpqa_diamond" if ruler.startswith("gpqa") else ruler
        score = {
            row["version"]: float(row["score"])
            for row in read("scores")
            if row["ruler"] == table and true(row["preferred"])
        }
        for model, row in own.items():
            version = row["gpqa_diamond"] if table == "gpqa_diamond" else model
            if version in score:
                known[model] = (day(row["released"]), score[version])
        if table == "gpqa_diamond":
            for row in read("gpqa_records"):
                if row["developer"] == firm and row["model"] not in known:
                    known[row["model"]] = (day(row["released"]), float(row["accuracy_pct"]))
        if ruler == "gpqa_logit":
            share = {model: (score / 100 - 0.25) / 0.75 for model, (_, score) in known.items()}
            known = {
                model: (when, math.log(share[model] / (1 - share[model])))
                for model, (when, _) in known.items()
                if share[model] > 0
            }
    last = max(when for when, _ in known.values())
    later = [day(row["released"]) for row in own.values() if day(row["released"]) > last]
    return sorted(known.values()), min(later, default=None)


def reports(read: Read, firm: str, rows: str = "preferred") -> list[tuple[date, float]]:
    chosen = sorted(
        (day(row["date"]), float(row["run_rate_usd_bn"]))
        for row in read("run_rates")
        if row["company"] == firm
        and row["basis"] == "stated"
        and (rows == "all" or true(row["preferred"]))
        and (rows != "own statement" or row["kind"] == rows)
    )
    if rows != "all":
        return chosen
    groups: list[list[tuple[date, float]]] = []
    for place, report in enumerate(chosen):
        if not place or (report[0] - chosen[place - 1][0]).days > 7:
            groups.append([])
        groups[-1].append(report)
    return [(one[0][0], float(stats.gmean([value for _, value in one]))) for one in groups]


def paired(read: Read, firm: str, ruler: str, lag: int = 0, rows: str = "preferred"):
    """Return days, best scores so many months before, and ln run-rates."""
    steps, until = ladder(read, firm, ruler)
    found = []
    for when, value in reports(read, firm, rows):
        then = when - timedelta(days=round(lag * YEAR / 12))
        best = [score for released, score in steps if released <= then]
        if best and (until is None or then < until):
            found.append((when, max(best), math.log(value)))
    days, x, y = zip(*found, strict=True) if found else ((), (), ())
    return list(days), np.array(x), np.array(y)


def quadratic(days: list[date], x: np.ndarray, y: np.ndarray, errors: str = "lasting"):
    """Return slope and curvature at the mean score, the latter's 95% interval, and the fit."""
    u = x - x.mean()
    scale = u.std()
    design = np.column_stack([np.ones_like(u), u / scale, (u / scale) ** 2 / 2])
    if errors == "lasting":
        gap = np.abs(np.subtract.outer(years(days), years(days)))
        # A millionth belongs to each report alone, as the package has it.
        sigma = (1 - 1e-6) * np.exp(-gap / LASTS) + 1e-6 * np.eye(len(x))
        fit = sm.GLS(y, design, sigma=sigma).fit()
    else:
        fit = sm.OLS(y, design).fit(cov_type=errors, use_t=True)
    low, high = fit.conf_int(0.05)[2] / scale**2
    return fit.params[1] / scale, fit.params[2] / scale**2, low, high, fit, scale


def fixed(read: Read, ruler: str = "eci_2026_08") -> tuple[float, float]:
    known = {
        row["version"]: float(row["score"])
        for row in read("scores")
        if row["ruler"] == ruler and true(row["preferred"])
    }
    return known["Claude 3.5 Sonnet"], known["GPT-5"]


def revenue_figures(read: Read) -> dict[str, float]:
    found = {}
    low, high = fixed(read)
    for firm in FIRMS:
        days, x, y = paired(read, firm, "eci_2026_08")
        line = sm.OLS(y, sm.add_constant(x)).fit()
        found[f"{firm}, growth per point"] = 100 * math.expm1(line.params[1])
        slope, bend, *ends, fit, scale = quadratic(days, x, y)
        found |= {
            f"{firm}, curvature, lasting": 1000 * bend,
            f"{firm}, curvature, lasting: low": 1000 * ends[0],
            f"{firm}, curvature, lasting: high": 1000 * ends[1],
            f"{firm}, bend of the index, lasting": (high - low) * bend / slope,
        }
        # Fieller: the bends at which the test of no curvature is at its limit.
        cov, reach = fit.cov_params(), stats.t.ppf(0.975, len(x) - 3)

        def excess(amount, s=slope, c=bend, v=cov, u=scale, r=reach):
            k = amount / (high - low)
            spread = v[2, 2] / u**4 - 2 * k * v[1, 2] / u**3 + k**2 * v[1, 1] / u**2
            return (c - k * s) ** 2 - r**2 * spread

        middle = (high - low) * bend / slope
        found[f"{firm}, bend of the index, lasting: low"] = optimize.brentq(
            excess, middle - 20, middle
        )
        found[f"{firm}, bend of the index, lasting: high"] = optimize.brentq(
            excess, middle, middle + 20
        )
        slope, bend, *_ = quadratic(days, x, y, "HC3")
        found[f"{firm}, curvature, independent"] = 1000 * bend
        found[f"{firm}, bend of the index, independent"] = (high - low) * bend / slope
    return found


def package_revenue() -> dict[str, float]:
    found = {}
    table = value_proxies.revenue_curvature(FIRMS, ("eci_2026_08",)).set_index("firm")
    low, high = value_proxies.fixed_scores()
    for firm, row in table.iterrows():
        found[f"{firm}, growth per point"] = 100 * math.expm1(row["slope_line"])
        found[f"{firm}, curvature, independent"] = 1000 * row["curvature"]
        points = value_proxies.points(firm)
        plain = value_proxies.bend_at_a_point(points, low, high, "HC3")
        found[f"{firm}, bend of the index, independent"] = plain["bend"]
        lasting = value_proxies.bend_at_a_point(points, low, high)
        for end, column in (("", ""), (": low", "_low"), (": high", "_high")):
            found[f"{firm}, curvature, lasting{end}"] = 1000 * row[f"lasting{column}"]
            found[f"{firm}, bend of the index, lasting{end}"] = lasting[f"bend{column}"]
    return found


# ---------------------------------------------------------------------------------------------
# every choice that counts


RULERS = ("eci_2026_08", "eci_2026_10", "gpqa_diamond", "gpqa_logit", "horizon_doublings")


def choice_figures(read: Read) -> dict[str, float]:
    read = cache(read)
    bends = []
    for ruler in RULERS:
        scores = [ladder(read, firm, ruler)[0] for firm in FIRMS]
        unit = _unit(read, ruler, scores)
        for firm, lag, rows in product(FIRMS, (0, 3, 6, 12), ("preferred", "all", "own statement")):
            days, x, y = paired(read, firm, ruler, lag, rows)
            seen = []
            for start in (date(1, 1, 1), date(2024, 1, 1), date(2025, 1, 1)):
                kept = np.array([when >= start for when in days], dtype=bool)
                if kept.tolist() in seen:
                    continue
                seen.append(kept.tolist())
                z = x[kept] / unit if kept.any() else np.array([])
                if len(z) < 6 or len(set(z.tolist())) < 4 or np.ptp(z) < 0.5:
                    continue
                chosen = [when for when, keep in zip(days, kept, strict=True) if keep]
                bends.append(quadratic(chosen, z, y[kept])[1:4])
    estimate, low, high = np.array(bends).T
    return {
        "specifications that count": len(bends),
        "of these upwards": int((estimate > 0).sum()),
        "of these clearly upwards": int((low > 0).sum()),
        "of these clearly downwards": int((high < 0).sum()),
        "mean curvature of these": float(estimate.mean()),
        "mean width of these": float((high - low).mean()),
    }


def _unit(read: Read, ruler: str, scores: list) -> float:
    """Return the distance between the two fixed models on a ruler."""
    if ruler.startswith("eci"):
        low, high = fixed(read, ruler)
        return high - low
    at = {}
    for model, firm in (("Claude 3.5 Sonnet", "Anthropic"), ("GPT-5", "OpenAI")):
        if ruler.startswith("horizon"):
            at[firm] = next(
                math.log2(float(row["p50_minutes"]))
                for row in read("horizons")
                if (row["suite"], row["task_suite"]) == (NEWEST[0], "1.1") and row["model"] == model
            )
            continue
        version = next(row["gpqa_diamond"] for row in read("firm_models") if row["model"] == model)
        share = next(
            float(row["score"])
            for row in read("scores")
            if row["ruler"] == "gpqa_diamond"
            and row["version"] == version
            and true(row["preferred"])
        )
        known = (share / 100 - 0.25) / 0.75
        at[firm] = share if ruler == "gpqa_diamond" else math.log(known / (1 - known))
    return at["OpenAI"] - at["Anthropic"]


def package_choices() -> dict[str, float]:
    curve = value_proxies.specification_curve()
    found, counted = rules.shares(curve), value_proxies.judged(curve)
    return {
        "specifications that count": found.usable,
        "of these upwards": round(found.up * found.usable),
        "of these clearly upwards": round(found.clearly_up * found.usable),
        "of these clearly downwards": round(found.clearly_down * found.usable),
        "mean curvature of these": counted["estimate"].mean(),
        "mean width of these": (counted["high"] - counted["low"]).mean(),
    }


# ---------------------------------------------------------------------------------------------
# composition, investment, results


def bend_in_time(name: str, days: list[date], values: np.ndarray) -> dict[str, float]:
    """Return the change of a growth rate a year and its 95% interval, for a memory of 3 years."""
    t = years(days)
    gap = np.abs(np.subtract.outer(t, t))
    sigma = (1 - 1e-6) * np.exp(-gap / LASTS) + 1e-6 * np.eye(len(t))
    u = t - t.mean()
    fit = sm.GLS(values, np.column_stack([u**0, u, u**2 / 2]), sigma=sigma).fit()
    low, high = fit.conf_int()[2]
    key = f"{name}, bend in time"
    return {key: fit.params[2], f"{key}: low": low, f"{key}: high": high}


def money_figures(read: Read) -> dict[str, float]:
    found = {}
    # Two quadratics in time over the stretch that both firms cover; the sum's bend by differences.
    series = {firm: reports(read, firm) for firm in FIRMS}
    first = max(part[0][0] for part in series.values())
    last = min(part[-1][0] for part in series.values())
    curves = []
    for part in series.values():
        inside = [(when, value) for when, value in part if first <= when <= last]
        t = years([when for when, _ in inside])
        curves.append(np.polynomial.Polynomial.fit(t, np.log([v for _, v in inside]), 2))
    end, step = years([last])[0], 1e-3
    total = [math.log(sum(math.exp(curve(end + k * step)) for curve in curves)) for k in (-1, 0, 1)]
    found["bend of the sum"] = (total[0] - 2 * total[1] + total[2]) / step**2
    shares = np.exp([curve(end) for curve in curves]) / math.exp(total[1])
    rates = np.array([curve.deriv()(end) for curve in curves])
    spread = float(shares @ (rates - shares @ rates) ** 2)
    found["of which composition"] = 100 * spread / found["bend of the sum"]
    facts = defaultdict(dict)
    for row in read("company_facts"):
        outcome = row["basis"] == "outcome" and row["period"] == "year" and true(row["preferred"])
        if row["entity"] in FIRMS and outcome:
            facts[row["entity"], row["date"][:4]][row["series"]] = float(row["value"])
    for firm in FIRMS:
        of_year = facts[firm, "2025"]
        costs = of_year.get("total_costs", of_year.get("operating_costs"))
        found[f"{firm}, revenue over spending"] = of_year["revenue"] / costs
    of_year = facts["OpenAI", "2025"]
    cash = of_year["revenue"] - of_year["cash_flow"]
    found["OpenAI, revenue over spending in cash"] = of_year["revenue"] / cash
    quarters = defaultdict(dict)
    for row in read("capital_spending"):
        if row["company"] in ("Alphabet", "Amazon") and row["basis"] == "purchases":
            quarters[row["quarter_end"][:10]][row["company"]] = float(row["usd_bn"])
    since = sorted(
        when for when, part in quarters.items() if len(part) == 2 and when > "2025-02-09"
    )
    t = years([day(when) for when in since])
    y = np.log([sum(quarters[when].values()) for when in since])
    gap = np.abs(np.subtract.outer(t, t))
    fit = sm.GLS(
        y,
        sm.add_constant(t - t.mean()),
        sigma=(1 - 1e-6) * np.exp(-gap / LASTS) + 1e-6 * np.eye(len(t)),
    ).fit()
    found["spending since the claim"] = 100 * math.expm1(fit.params[1])
    found["spending since the claim: low"] = 100 * math.expm1(fit.conf_int()[1][0])
    # Years until that growth, from four times the last quarter, passes a tenth of a world's output.
    world = next(
        float(row["value"]) * 1000
        for row in read("published")
        if row["result"] == "world-output-2024"
    )
    since_then = (day(since[-1]) - date(2024, 7, 1)).days / YEAR
    gap_to_go = math.log(0.1 * world / (4 * math.exp(y[-1]))) + math.log(1.05) * since_then
    rates = (fit.params[1], *fit.conf_int()[1][::-1])
    for end, rate in zip(("", ": low", ": high"), rates, strict=True):
        found[f"room, years{end}"] = gap_to_go / (rate - math.log(1.05))
    # Bends in time with a memory of three years: records of the index since 2023, and all quarters.
    for ruler, name in (("eci_2026_08", "August"), ("eci_2026_10", "October")):
        listed = sorted(
            (day(row["released"]), float(row["score"]))
            for row in read("scores")
            if row["ruler"] == ruler
            and true(row["preferred"])
            and row["released"][:10] >= "2023-01-01"
        )
        kept = [
            (when, score)
            for when, score in listed
            if score >= max(other for then, other in listed if then <= when)
        ]
        when, score = zip(*kept, strict=True)
        found |= bend_in_time(f"index of {name}", list(when), np.array(score))
    known = sorted(when for when, part in quarters.items() if len(part) == 2)
    logs = np.log([sum(quarters[when].values()) for when in known])
    found |= bend_in_time("spending", [day(when) for when in known], logs)
    for name in ("index of August, bend in time", "spending, bend in time"):
        del found[name]
    # The steps after which a chosen chain grows at 95% of its limit.
    found["steps of the chain"] = optimize.brentq(
        lambda n: n * -math.expm1(-1 / n) - 0.95, 0.1, 1e3, xtol=1e-12
    )
    return found


def package_money() -> dict[str, float]:
    last = value_proxies.composition(draws=2).iloc[-1]
    covered = rules.coverage_of_spending()
    cash = covered[covered["basis"] == rules.IN_CASH].set_index("firm")["ratio"]
    covered = covered[covered["basis"] == rules.ALL_SPENDING].set_index("firm")["ratio"]
    straight = rules.straightness(resamples=2).set_index("ruler")
    spending_lasts = rules.spending_growth(resamples=2).lasting
    room = rules.room((rules.WORLD_PART,))
    room = room[room["what"].str.contains("quarters")].iloc[0]
    spending = rules.spending_growth(resamples=2)
    return {
        "bend of the sum": last["curvature"],
        "of which composition": 100 * last["share"],
        "OpenAI, revenue over spending": covered["OpenAI"],
        "Anthropic, revenue over spending": covered["Anthropic"],
        "OpenAI, revenue over spending in cash": cash["OpenAI"],
        "index of August, bend in time: low": straight.loc["eci_2026_08", "lasting_low"],
        "index of August, bend in time: high": straight.loc["eci_2026_08", "lasting_high"],
        "index of October, bend in time": straight.loc["eci_2026_10", "curvature"],
        "index of October, bend in time: low": straight.loc["eci_2026_10", "lasting_low"],
        "index of October, bend in time: high": straight.loc["eci_2026_10", "lasting_high"],
        "spending, bend in time: low": spending_lasts[1],
        "spending, bend in time: high": spending_lasts[2],
        "room, years": room["years"],
        "room, years: low": room["years_low"],
        "room, years: high": room["years_high"],
        "spending since the claim": 100 * math.expm1(spending.growth),
        "spending since the claim: low": 100 * math.expm1(spending.low),
        "steps of the chain": growth_theorems.steps_to_limit(0.95),
    }


def meta_figures(read: Read) -> dict[str, float]:
    """Return what Meta spent since the start of 2025: the year as told, then its quarters."""
    (year,) = [row for row in read("press_facts") if row["fact"] == "meta-capital-2025"]
    later = sorted(
        (day(row["quarter_end"]), float(row["usd_bn"]))
        for row in read("capital_spending")
        if row["company"] == "Meta" and day(row["quarter_end"]) > day(year["date"])
    )
    return {
        "Meta, spending since 2025": float(year["value"]) + sum(value for _, value in later),
        "Meta, last quarter": later[-1][1],
    }


def package_meta() -> dict[str, float]:
    spending = said_verdicts.spending_of_meta(200.0)
    return {
        "Meta, spending since 2025": spending.spent,
        "Meta, last quarter": spending.last_quarter,
    }


PLAIN = (horizon_figures, revenue_figures, choice_figures, money_figures, meta_figures)
PACKAGE = (package_horizons, package_revenue, package_choices, package_money, package_meta)

#: As written down: half a unit of the last digit is the tolerance.
PINNED = {
    "doubling, newest, 2019 on": "187.78",
    "doubling, newest, 2023 on": "128.74",
    "doubling, newest, 2024 on": "102.18",
    "doubling, Jan 2026, 2023 on": "130.80",
    "doubling, 1.0, 2019 to Feb 2025": "212.18",
    "AICc, straight less quadratic, 2019 on": "21.258",
    "AICc, straight less hyperbola, 2019 on": "25.760",
    "AICc, straight less quadratic, 2023 on": "8.308",
    "AICc, straight less hyperbola, 2023 on": "4.861",
    "OpenAI, growth per point": "8.854",
    "OpenAI, curvature, lasting": "2.157",
    "OpenAI, curvature, lasting: low": "-1.557",
    "OpenAI, curvature, lasting: high": "5.871",
    "OpenAI, bend of the index, lasting": "0.8083",
    "OpenAI, bend of the index, lasting: low": "-0.8438",
    "OpenAI, bend of the index, lasting: high": "2.658",
    "OpenAI, curvature, independent": "-0.2157",
    "OpenAI, bend of the index, independent": "-0.05085",
    "Anthropic, growth per point": "17.278",
    "Anthropic, curvature, lasting": "-1.613",
    "Anthropic, curvature, lasting: low": "-7.819",
    "Anthropic, curvature, lasting: high": "4.593",
    "Anthropic, bend of the index, lasting": "-0.2986",
    "Anthropic, bend of the index, lasting: low": "-2.067",
    "Anthropic, bend of the index, lasting: high": "0.8409",
    "Anthropic, curvature, independent": "0.2124",
    "Anthropic, bend of the index, independent": "0.02651",
    "specifications that count": "187",
    "of these upwards": "72",
    "of these clearly upwards": "4",
    "of these clearly downwards": "0",
    "mean curvature of these": "-0.09573",
    "mean width of these": "7.7389",
    "bend of the sum": "0.9687",
    "of which composition": "73.14",
    "OpenAI, revenue over spending": "0.3853",
    "Anthropic, revenue over spending": "0.3628",
    "OpenAI, revenue over spending in cash": "0.6209",
    "index of August, bend in time: low": "-25.67",
    "index of August, bend in time: high": "16.541",
    "index of October, bend in time": "5.003",
    "index of October, bend in time: low": "-2.0494",
    "index of October, bend in time: high": "12.056",
    "spending, bend in time: low": "0.07113",
    "spending, bend in time: high": "0.4192",
    "room, years": "6.173",
    "room, years: low": "3.493",
    "room, years: high": "26.520",
    "spending since the claim": "89.22",
    "spending since the claim: low": "20.428",
    "steps of the chain": "9.6638",
    "Meta, spending since 2025": "122.277",
    "Meta, last quarter": "31.080",
}


FIGURES = Pinned(PLAIN, PACKAGE, PINNED)
broken, plain, package = FIGURES.broken, FIGURES.plain, FIGURES.package


def test_no_pin_is_loose_or_without_a_figure():
    assert set(PINNED) == set(plain()) == set(package())
    assert FIGURES.loose() == []


@pytest.mark.parametrize("figure", PINNED)
def test_the_plain_figure_is_as_written_down(figure):
    assert plain()[figure] == pytest.approx(float(PINNED[figure]), abs=tolerance(PINNED[figure]))


@pytest.mark.parametrize("figure", PINNED)
def test_the_figure_of_the_package_is_as_written_down(figure):
    written = PINNED[figure]
    assert package()[figure] == pytest.approx(float(written), abs=tolerance(written))


def test_plain_and_package_agree_further_than_was_written_down():
    for name, figure in plain().items():
        assert package()[name] == pytest.approx(figure, rel=1e-6), name


def test_the_verdicts_print_these_figures():
    decided = {verdict.key: verdict for verdict in rules.verdicts(resamples=20)}
    found = plain()
    headline = decided["value-super-exponential"]
    count = found["specifications that count"]
    assert f"Of {count:.0f} counted" in headline.because
    share = 100 * found["of these clearly upwards"] / count
    assert headline.figure == pytest.approx(share, abs=0.051)
    scale = decided["value-scale"]
    for name, figure in (("", scale.figure), (": low", scale.low), (": high", scale.high)):
        assert figure == pytest.approx(found[f"OpenAI, bend of the index, lasting{name}"], rel=1e-9)
    for firm in FIRMS:
        bend, low, high = (
            found[f"{firm}, curvature, lasting{end}"] for end in ("", ": low", ": high")
        )
        printed = f"{firm} {bend:+.2g} ({low:+.2g} to {high:+.2g}".replace("-", "\N{MINUS SIGN}")
        assert printed in decided["value-revenue"].because
    least = min(found[f"{firm}, revenue over spending"] for firm in FIRMS)
    assert decided["value-level"].figure == pytest.approx(least)
    growth = decided["value-kept-growing"]
    assert growth.figure == pytest.approx(found["spending since the claim"])
    assert growth.low == pytest.approx(found["spending since the claim: low"])


# ---------------------------------------------------------------------------------------------
# power, by other simulations


def fading(firm: str) -> tuple[np.ndarray, float, float, float, float]:
    """Return days, growth, scatter, fading time and own share of a firm's reports.

    By restricted maximum likelihood, written as the likelihood of contrasts that hold no trend.
    """
    days, _, y = paired(on_disk, firm, "eci_2026_08")
    t = years(days)
    t = t - t[-1]
    design = sm.add_constant(t)
    contrasts = np.linalg.svd(design)[0][:, 2:]
    left, free = contrasts.T @ y, len(t) - 2
    gap = np.abs(np.subtract.outer(t, t))
    best = (-math.inf,)
    for share, time in product(
        (0.0, 0.25, 0.5, 0.75), (0.0, *(0.1 * 30 ** (k / 7) for k in range(8)))
    ):
        own = max(share, 1e-6)
        sigma = (1 - own) * np.exp(-gap / max(time, 1e-12)) + own * np.eye(len(t))
        part = contrasts.T @ sigma @ contrasts
        scale = left @ np.linalg.solve(part, left) / free
        likelihood = stats.multivariate_normal.logpdf(left, cov=scale * part)
        if likelihood > best[0] + 1e-9:
            best = (likelihood, math.sqrt(scale), time, share)
    return t, float(sm.OLS(y, design).fit().params[1]), *best[1:]


@pytest.mark.parametrize("firm", FIRMS)
def test_the_power_is_that_of_other_histories(firm):
    t, growth, scatter, time, share = fading(firm)
    rng = np.random.default_rng(7)
    gap = np.abs(np.subtract.outer(t, t))
    sigma = (1 - share) * np.exp(-gap / max(time, 1e-12)) + share * np.eye(len(t))
    histories = 3000
    noise = scatter * rng.multivariate_normal(np.zeros(len(t)), sigma, 2 * histories)
    since = t - t[0] / 2
    risen = growth * (1.3**since - 1) / math.log(1.3)
    u = (t - t.mean()) / t.std()
    design = np.column_stack([np.ones_like(u), u, u**2])

    def statistics(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
        solver = np.linalg.inv(design.T @ weights @ design)
        found = solver @ design.T @ weights @ values.T
        left = values.T - design @ found
        spread = (left * (weights @ left)).sum(axis=0) / (len(t) - 3)
        return found[2] / np.sqrt(spread * solver[2, 2])

    flat, bent = noise[:histories], risen + noise[histories:]
    plain_weights = np.eye(len(t))
    limit = np.quantile(statistics(flat, plain_weights), 0.975)
    simulated = float((statistics(bent, plain_weights) > limit).mean())
    lasting = np.linalg.inv((1 - 1e-6) * np.exp(-gap / LASTS) + 1e-6 * np.eye(len(t)))
    shown = float((statistics(bent, lasting) > stats.t.ppf(0.975, len(t) - 3)).mean())
    told = rules.power_now(histories=3000).set_index("firm").loc[firm]
    # Limits and shares of 3,000 histories each: three standard errors and the limit's own.
    assert told["power"] == pytest.approx(simulated, abs=0.06)
    assert told["lasting"] == pytest.approx(shown, abs=0.04)


# ---------------------------------------------------------------------------------------------
# one changed figure


@pytest.mark.parametrize(
    ("table", "column", "where", "change", "of_rows", "of_package"),
    [
        (
            "horizons",
            "p50_minutes",
            {"suite": "th1_1_2026_04", "model": "GPT-5"},
            20.0,
            horizon_figures,
            package_horizons,
        ),
        (
            "run_rates",
            "run_rate_usd_bn",
            {"company": "OpenAI", "date": "2026-07-31"},
            2.0,
            revenue_figures,
            package_revenue,
        ),
        (
            "scores",
            "score",
            {"ruler": "eci_2026_08", "version": "GPT-5"},
            -0.5,
            revenue_figures,
            package_revenue,
        ),
        (
            "scores",
            "score",
            {"ruler": "eci_2026_10", "version": "GPT-5"},
            -3.0,
            choice_figures,
            package_choices,
        ),
        (
            "company_facts",
            "value",
            {"entity": "OpenAI", "series": "total_costs", "date": "2025-12-31"},
            0.5,
            money_figures,
            package_money,
        ),
        (
            "capital_spending",
            "usd_bn",
            {"company": "Amazon", "quarter_end": "2026-03-31"},
            1.0,
            money_figures,
            package_money,
        ),
        (
            "capital_spending",
            "usd_bn",
            {"company": "Meta", "quarter_end": "2026-03-31"},
            0.1,
            meta_figures,
            package_meta,
        ),
        (
            "run_rates",
            "run_rate_usd_bn",
            {"company": "Anthropic", "date": "2026-07-31"},
            2.0,
            money_figures,
            package_money,
        ),
    ],
)
def test_one_changed_figure_breaks_a_pin(
    restored, table, column, where, change, of_rows, of_package
):
    assert broken(of_rows(in_memory)) == broken(of_package()) == []
    frame = data.load(table)
    chosen = np.logical_and.reduce([frame[k].astype(str) == v for k, v in where.items()])
    assert chosen.sum() == 1, where
    frame.loc[chosen, column] += change
    data.use(**{table: frame})
    in_rows, in_package = broken(of_rows(in_memory)), broken(of_package())
    assert in_rows
    assert in_rows == in_package


def test_any_run_rate_that_counts_and_is_off_by_a_tenth_breaks_a_pin():
    table = on_disk("run_rates")
    others = cache(on_disk)
    scored = {(firm, when) for firm in FIRMS for when in paired(on_disk, firm, "eci_2026_08")[0]}
    tried = 0
    for place, row in enumerate(table):
        counts = true(row["preferred"]) and row["basis"] == "stated"
        if not counts or (row["company"], day(row["date"])) not in scored:
            continue
        changed = [*table]
        changed[place] = row | {"run_rate_usd_bn": str(1.1 * float(row["run_rate_usd_bn"]))}
        read = lambda name, changed=changed: changed if name == "run_rates" else others(name)  # noqa: E731
        assert broken(revenue_figures(read)), row["date"]
        tried += 1
    assert tried == len(scored)


@pytest.mark.parametrize(
    ("table", "where", "of_rows"),
    [
        ("run_rates", {"company": "OpenAI", "date": "2026-07-31"}, revenue_figures),
        ("horizons", {"suite": "th1_1_2026_04", "model": "GPT-5"}, horizon_figures),
        ("firm_models", {"model": "o3"}, choice_figures),
        ("scores", {"ruler": "eci_2026_10", "version": "Claude Opus 4"}, choice_figures),
        ("capital_spending", {"company": "Amazon", "quarter_end": "2026-03-31"}, money_figures),
    ],
)
def test_a_row_left_out_breaks_a_pin(restored, table, where, of_rows):
    frame = data.load(table)
    chosen = np.logical_and.reduce([frame[k].astype(str) == v for k, v in where.items()])
    assert chosen.sum() == 1, where
    data.use(**{table: frame[~chosen].reset_index(drop=True)})
    assert broken(of_rows(in_memory))


def test_the_order_of_the_rows_breaks_nothing(restored):
    names = ("horizons", "run_rates", "firm_models", "scores", "gpqa_records", "capital_spending")
    data.use(**{name: data.load(name).iloc[::-1].reset_index(drop=True) for name in names})
    for of_rows, of_package in zip(PLAIN, PACKAGE, strict=True):
        assert broken(of_rows(in_memory)) == broken(of_package()) == []
