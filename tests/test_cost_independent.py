"""The headline figures on the cost of a given level, computed once more and kept apart.

Plain Python over the rows of the files: which model reached which score, what it cost on which
day, and how far the lowest price at each level fell. The digits were written down beside them, so
a changed price or score breaks a pin even if the package and these loops follow it together.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from functools import cache

import pandas as pd
import pytest

from pins import Pinned, Read, Rows, in_memory, on_disk, tolerance
from three_observations import cost_decline, data, frontier

ESSAY, YEAR_LATER = date(2025, 2, 9), date(2026, 2, 9)
YEARS = (2023, 2024, 2025, 2026)
SCALES = ("eci_2026_08", "arena_2026_07")

# ---------------------------------------------------------------------------------------------
# by plain loops


def offers(read: Read, ruler: str) -> list[tuple[date, float, float, str]]:
    """Return day, price at three tokens read for one written, score and version of each offer."""
    score = {
        row["version"]: float(row["score"])
        for row in read("scores")
        if row["ruler"] == ruler and row["preferred"].lower() == "true"
    }
    version = {row["model"]: row[ruler] for row in read("models")}
    found = []
    for row in read("prices"):
        tested = version.get(row["model"], "")
        if tested not in score or not row["output_usd_per_mtok"]:
            continue
        price = (3 * float(row["input_usd_per_mtok"]) + float(row["output_usd_per_mtok"])) / 4
        if price > 0:
            day = date.fromisoformat(row["date"][:10])
            found.append((day, price, score[tested], tested))
    return found


def lowest(table: list[tuple[date, float, float, str]], day: date) -> dict[float, float]:
    """Return, for each score on sale on a day, the lowest price seen of anything that reaches it.

    From the highest score down: what reaches a level reaches all below it.
    """
    seen = sorted(((score, price) for when, price, score, _ in table if when <= day), reverse=True)
    found, least = {}, math.inf
    for score, price in seen:
        least = min(least, price)
        found[score] = least
    return found


def level_figures(read: Read) -> dict[str, float]:
    """Return falls in the year after the essay, and mean lowest prices month by month."""
    found = {}
    for ruler in SCALES:
        table = offers(read, ruler)
        before, after = lowest(table, ESSAY), lowest(table, YEAR_LATER)
        falls = [math.log(price / after[level]) for level, price in before.items()]
        found[f"{ruler}: fall in the year after"] = math.exp(sum(falls) / len(falls))
        found[f"{ruler}: levels on sale"] = len(falls)
        for year in YEARS:
            logs = [
                math.log(price)
                for month in range(1, 13)
                for price in lowest(table, date(year, month, 28)).values()
            ]
            found[f"{ruler}: mean lowest price, {year}"] = math.exp(sum(logs) / len(logs))
    return found


def pair_figures(read: Read) -> dict[str, float]:
    """Return the ratios of list prices that the essay's example may mean."""
    first: dict[str, dict[str, str]] = {}
    for row in sorted(read("prices"), key=lambda row: row["date"]):
        first.setdefault(row["model"], row)
    found = {}
    for new in ("GPT-4o (2024-05-13)", "GPT-4o mini"):
        for old in ("GPT-4 (8k)", "GPT-4 (32k)"):
            for kind in ("input", "output"):
                column = f"{kind}_usd_per_mtok"
                ratio = float(first[old][column]) / float(first[new][column])
                found[f"{old} over {new}, {kind}"] = ratio
    return found


# ---------------------------------------------------------------------------------------------
# by the package


def package_levels() -> dict[str, float]:
    found = {}
    for ruler in SCALES:
        priced = frontier.priced_models(ruler)
        chosen = frontier.levels_on(priced)
        summary = frontier.falls_between(priced, chosen, resamples=2).summary
        found[f"{ruler}: fall in the year after"] = summary["fall"]
        found[f"{ruler}: levels on sale"] = len(chosen)
        opened = priced.groupby("score")["date"].min()
        stairs = {
            level: frontier.running_minimum(priced, level)[["date", "price"]]
            for level in opened.index
        }
        for year in YEARS:
            days = [pd.Timestamp(year, month, 28) for month in range(1, 13)]
            prices = [
                stairs[level]["price"][(stairs[level]["date"] <= day).sum() - 1]
                for day in days
                for level in opened.index[opened <= day]
            ]
            found[f"{ruler}: mean lowest price, {year}"] = math.exp(
                sum(map(math.log, prices)) / len(prices)
            )
    return found


def package_pairs() -> dict[str, float]:
    ranges = cost_decline.ratio_ranges().set_index(["before", "after"])
    found = {}
    for new in ("GPT-4o (2024-05-13)", "GPT-4o mini"):
        for old in ("GPT-4 (8k)", "GPT-4 (32k)"):
            row = ranges.loc[(old, new)] if (old, new) in ranges.index else None
            for kind in ("input", "output"):
                found[f"{old} over {new}, {kind}"] = (
                    float(cost_decline.ratio(1.0 if kind == "input" else 0.0, old, new))
                    if row is None
                    else float(row[f"{kind}_only"])
                )
    return found


PLAIN, PACKAGE = (level_figures, pair_figures), (package_levels, package_pairs)

#: As written down: half a unit of the last digit is the tolerance.
PINNED: dict[str, str] = {
    "eci_2026_08: fall in the year after": "1.7881",
    "eci_2026_08: levels on sale": "41",
    "eci_2026_08: mean lowest price, 2023": "5.4119",
    "eci_2026_08: mean lowest price, 2024": "0.33435",
    "eci_2026_08: mean lowest price, 2025": "0.20548",
    "eci_2026_08: mean lowest price, 2026": "0.21525",
    "arena_2026_07: fall in the year after": "3.0701",
    "arena_2026_07: levels on sale": "35",
    "arena_2026_07: mean lowest price, 2023": "17.755",
    "arena_2026_07: mean lowest price, 2024": "0.46486",
    "arena_2026_07: mean lowest price, 2025": "0.19392",
    "arena_2026_07: mean lowest price, 2026": "0.15868",
    "GPT-4 (8k) over GPT-4o (2024-05-13), input": "6",
    "GPT-4 (8k) over GPT-4o (2024-05-13), output": "4",
    "GPT-4 (32k) over GPT-4o (2024-05-13), input": "12",
    "GPT-4 (32k) over GPT-4o (2024-05-13), output": "8",
    "GPT-4 (8k) over GPT-4o mini, input": "200",
    "GPT-4 (8k) over GPT-4o mini, output": "100",
    "GPT-4 (32k) over GPT-4o mini, input": "400",
    "GPT-4 (32k) over GPT-4o mini, output": "200",
}


FIGURES = Pinned(PLAIN, PACKAGE, PINNED)
broken, plain, package = FIGURES.broken, FIGURES.plain, FIGURES.package


def test_no_pin_is_loose_or_without_a_figure():
    assert set(PINNED) == set(plain()) == set(package())
    assert FIGURES.loose() == []


@pytest.mark.parametrize("figure", PINNED)
def test_plain_package_and_pin_agree(figure):
    written = PINNED[figure]
    assert plain()[figure] == pytest.approx(float(written), abs=tolerance(written))
    assert package()[figure] == pytest.approx(plain()[figure], rel=1e-9)


# ---------------------------------------------------------------------------------------------
# one changed figure


def on_a_record(rows: Rows) -> list[int]:
    """Return the places of the prices that are or were the lowest at some level of the index."""
    priced = frontier.priced_models(SCALES[0])
    kept = set()
    for level in sorted(set(priced["score"])):
        steps = frontier.running_minimum(priced, level)
        kept |= set(zip(steps["model"], steps["date"].dt.strftime("%Y-%m-%d"), strict=True))
    return [place for place, row in enumerate(rows) if (row["model"], row["date"][:10]) in kept]


def breaking(table: str, places: list[int], change: Callable[[dict], dict]) -> list[int]:
    """Return the places of the rows whose change breaks no pin."""
    rows, others = on_disk(table), cache(on_disk)
    silent = []
    for place in places:
        changed = [*rows]
        changed[place] = rows[place] | change(rows[place])
        read = lambda name, changed=changed: changed if name == table else others(name)  # noqa: E731
        if not broken(level_figures(read) | pair_figures(read)):
            silent.append(place)
    return silent


def test_any_price_that_was_the_lowest_and_is_off_by_a_fifth_breaks_a_pin():
    rows = on_disk("prices")
    places = on_a_record(rows)
    assert len(places) > 15

    def change(row: dict[str, str]) -> dict[str, str]:
        columns = ("input_usd_per_mtok", "output_usd_per_mtok")
        return {column: str(1.2 * float(row[column])) for column in columns}

    silent = breaking("prices", places, change)
    # A record that was beaten before the 28th of its month leaves no trace in these figures.
    assert len(silent) <= 0.1 * len(places), [rows[place]["model"] for place in silent]


@pytest.mark.parametrize(
    ("table", "column", "where", "factor"),
    [
        ("prices", "output_usd_per_mtok", {"model": "DeepSeek-V2"}, 1.3),
        ("prices", "input_usd_per_mtok", {"model": "GPT-4o mini"}, 1.2),
        ("scores", "score", {"ruler": "eci_2026_08", "version": "GPT-4o mini"}, 1.1),
    ],
)
def test_one_changed_figure_breaks_the_same_pins_both_ways(restored, table, column, where, factor):
    frame = data.load(table)
    chosen = pd.Series(True, index=frame.index)
    for name, value in where.items():
        held = frame[name].astype(str)
        chosen &= (held == value) if (held == value).any() else held.str.startswith(value[:10])
    frame.loc[chosen.idxmax(), column] *= factor
    data.use(**{table: frame})
    in_rows = broken(level_figures(in_memory) | pair_figures(in_memory))
    assert in_rows
    assert in_rows == broken(package_levels() | package_pairs())


def test_the_order_of_the_rows_breaks_nothing(restored):
    names = ("prices", "models", "scores")
    data.use(**{name: data.load(name).iloc[::-1].reset_index(drop=True) for name in names})
    for of_rows, of_package in zip(PLAIN, PACKAGE, strict=True):
        assert broken(of_rows(in_memory)) == broken(of_package()) == []
