"""Figures that are computed once more from the rows of the files, and pinned as written down.

For the test modules that check a chapter by other hands: plain rows of text in, figures out, and
each figure beside the digits that were written down for it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping

from three_observations import data

Rows = list[dict[str, str]]
Read = Callable[[str], Rows]


def on_disk(name: str) -> Rows:
    """Return the rows of a table as they stand in the file, unchecked."""
    with (data.directory() / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def in_memory(name: str) -> Rows:
    """Return the rows that the package would see, after ``data.use`` too."""
    return list(csv.DictReader(io.StringIO(data.load(name).to_csv(index=False))))


def tolerance(written: str) -> float:
    """Return half a unit of the last digit, and a hair for rounding."""
    return 0.5 * 10.0 ** -len(written.partition(".")[2]) * (1 + 1e-6)


def broken(found: Mapping[str, float], pinned: Mapping[str, str]) -> list[str]:
    """Return the names of the figures that no longer agree with what was written down."""
    return [
        name
        for name, written in pinned.items()
        if name in found and not abs(found[name] - float(written)) <= tolerance(written)
    ]


def plain_figures(parts: Iterable[Callable[[Read], Mapping[str, float]]]) -> dict[str, float]:
    """Return what several functions of rows make of those on disk."""
    return {name: float(figure) for part in parts for name, figure in part(on_disk).items()}


def package_figures(parts: Iterable[Callable[[], Mapping[str, float]]]) -> dict[str, float]:
    """Return what several functions of the package come to."""
    return {name: float(figure) for part in parts for name, figure in part().items()}
