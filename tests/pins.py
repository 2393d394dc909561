"""Figures that are computed once more from the rows of the files, and pinned as written down.

For the test modules that check a chapter by other hands: plain rows of text in, figures out, and
each figure beside the digits that were written down for it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

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


@dataclass(frozen=True)
class Pinned:
    """Figures found twice, by plain loops and by the package, and the digits written down.

    Attributes
    ----------
    of_rows : sequence of callable
        Each takes what reads a table's rows and returns figures by name.
    of_package : sequence of callable
        Each asks the package for figures of the same names.
    written : mapping of str to str
        Digits by name: half a unit of the last digit is the tolerance.
    """

    of_rows: Sequence[Callable[[Read], Mapping[str, float]]]
    of_package: Sequence[Callable[[], Mapping[str, float]]]
    written: Mapping[str, str]

    @cached_property
    def _plain(self) -> dict[str, float]:
        return {name: float(v) for part in self.of_rows for name, v in part(on_disk).items()}

    @cached_property
    def _package(self) -> dict[str, float]:
        return {name: float(v) for part in self.of_package for name, v in part().items()}

    def plain(self) -> dict[str, float]:
        """Return what plain loops make of the rows on disk, worked out once."""
        return self._plain

    def package(self) -> dict[str, float]:
        """Return what the package makes of the tables on disk, worked out once."""
        return self._package

    def loose(self) -> list[str]:
        """Return the names of figures that were written down with fewer than three digits."""
        return [
            name
            for name, written in self.written.items()
            if "." in written and tolerance(written) > 1e-3 * abs(float(written))
        ]

    def broken(self, found: Mapping[str, float]) -> list[str]:
        """Return the names of the figures that no longer agree with what was written down."""
        return [
            name
            for name, written in self.written.items()
            if name in found and not abs(found[name] - float(written)) <= tolerance(written)
        ]
