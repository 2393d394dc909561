"""The ledger of claims, the rules that decide them, and the verdicts that come out.

A rule is a function from results to a :class:`Verdict`.
It is written before the result is known and never looks at the wording of a verdict.
Change the data and the verdict can change; the tests show that it does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from enum import StrEnum
from importlib import import_module

import pandas as pd

from three_observations import data


class Outcome(StrEnum):
    """The closed set of verdicts that the book can reach."""

    SUPPORTED = "supported"
    PARTLY = "supported in part"
    NOT_SUPPORTED = "not supported"
    CONTRADICTED = "contradicted"
    CANNOT_BE_TESTED = "cannot be tested"
    OPEN = "open until"


@dataclass(frozen=True)
class Verdict:
    """What a rule decided about one claim, and on what evidence.

    Attributes
    ----------
    key : str
        Short name of the rule, for example ``"cost-ten-times"``.
    question : str
        What was tested, as a question in one sentence.
    claims : tuple of str
        Ledger rows that the verdict answers, for example ``("001-07", "002-08")``.
    outcome : Outcome
        The verdict.
    rule : str
        The decision rule in words.
    because : str
        One sentence, with computed figures, that says why the rule gave this outcome.
    place : str
        Page and anchor where the figure is computed, for example
        ``"cost-of-a-given-level#verdict-ten-times"``.
    figure, low, high : float or None
        The figure that the rule looked at and its interval, in ``unit``.
    unit : str
        Unit of the figure, for example ``"x per year"``.
    interval : str
        What the interval is, for example ``"95%, bootstrap over models, 1,000 resamples"``.
    until : datetime.date or None
        The day when an open claim can be judged; required if and only if it is open.
    """

    key: str
    question: str
    claims: tuple[str, ...]
    outcome: Outcome
    rule: str
    because: str
    place: str
    figure: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    interval: str = ""
    until: date | None = None

    def __post_init__(self) -> None:
        if not self.claims:
            raise ValueError(f"verdict {self.key!r} answers no claim of the ledger")
        if (self.until is None) == (self.outcome is Outcome.OPEN):
            raise ValueError(
                f"verdict {self.key!r}: 'until' goes with an open outcome, and only then"
            )
        if (self.low is None) != (self.high is None):
            raise ValueError(f"verdict {self.key!r}: an interval needs both ends")
        if self.low is not None and not self.low <= self.high:
            raise ValueError(f"verdict {self.key!r}: the interval is upside down")


def joined(parts: Sequence[Outcome]) -> Outcome:
    """Join the parts of one claim that can be wrong one at a time.

    Parameters
    ----------
    parts : sequence of Outcome

    Returns
    -------
    Outcome
        Supported or contradicted if all parts are; not supported if one is contradicted; in part
        if none is and one holds at least in part; else not supported.
    """
    if all(part is Outcome.SUPPORTED for part in parts):
        return Outcome.SUPPORTED
    if all(part is Outcome.CONTRADICTED for part in parts):
        return Outcome.CONTRADICTED
    if any(part is Outcome.CONTRADICTED for part in parts):
        return Outcome.NOT_SUPPORTED
    holds = any(part in (Outcome.SUPPORTED, Outcome.PARTLY) for part in parts)
    return Outcome.PARTLY if holds else Outcome.NOT_SUPPORTED


#: Modules that decide claims, in reading order: each has ``verdicts() -> list[Verdict]``.
DECIDING_MODULES = (
    "three_observations.log_scaling_verdicts",
    "three_observations.cost_verdicts",
    "three_observations.value_verdicts",
    "three_observations.compute_verdicts",
    "three_observations.said_verdicts",
)


#: Keys of the verdicts that the front page shows, in the order of the argument.
HEADLINES = (
    "log-intelligence",
    "cost-ten-times",
    "cost-150x",
    "cost-150x-mini",
    "cost-more-use",
    "value-super-exponential",
    "value-investment",
    "value-2035",
    "compute-tripled",
    "compute-tracks",
    "compute-double",
)


@dataclass(frozen=True)
class Beside:
    """The interval of another verdict, shown beside a headline that has none of its own.

    Attributes
    ----------
    verdict : str
        Key of the verdict whose figure and interval are shown.
    what : str
        What that figure is, in a few words.
    turn : float
        The value at which the answer turns, in the unit of the figure.
    turns : str
        The same in words: the interval holds it, or leaves it out.
    """

    verdict: str
    what: str
    turn: float
    turns: str

    def says(self, found: Verdict) -> str:
        """Say whether the interval holds the value at which the answer turns."""
        if found.low is None or found.high is None:
            raise ValueError(f"verdict {found.key!r} has no interval to show beside a headline")
        if found.low <= self.turn <= found.high:
            return f"{self.what}; the interval holds {self.turns}, and so both answers"
        return f"{self.what}; the interval leaves out {self.turns}"


#: Headlines without an interval of their own, and the intervals that decide them or leave them
#: open.
BESIDE: dict[str, tuple[Beside, ...]] = {
    "value-super-exponential": (
        Beside(
            "value-scale",
            "how far the index would have to be bent for value to be exponential on it",
            0.0,
            "zero, no bend at all",
        ),
    ),
    "value-investment": (
        Beside("value-kept-growing", "how fast investment grew since", 0.0, "zero growth"),
        Beside(
            "value-elasticity",
            "how much more revenue one per cent more resources went with",
            1.0,
            "one for one",
        ),
    ),
    "compute-double": (
        Beside(
            "compute-tracks",
            "what revenue did where gigawatts doubled, years and all, for nobody saw what "
            "gigawatts do alone",
            2.0,
            "twice",
        ),
    ),
}
#: Headlines for which no interval can be given, and why.
NO_INTERVAL: dict[str, str] = {
    "value-2035": "none can be given: the sentence names no measure, and the figure is what one "
    "reading of it takes, worked out from one published volume and the day.",
}


def intervals_beside(verdict: Verdict, found: Sequence[Verdict]) -> list[tuple[str, Verdict]]:
    """Return what stands for the interval of a headline that has none.

    Parameters
    ----------
    verdict : Verdict
    found : sequence of Verdict
        All verdicts of the book.

    Returns
    -------
    list of (str, Verdict)
        Words and the verdict whose interval they speak of; empty if the headline has its own.

    Raises
    ------
    KeyError
        If a verdict of :data:`BESIDE` is missing.
    """
    if verdict.low is not None:
        return []
    by_key = {one.key: one for one in found}
    wanted = BESIDE.get(verdict.key, ())
    if missing := [one.verdict for one in wanted if one.verdict not in by_key]:
        raise KeyError(f"no verdict {missing[0]!r} beside {verdict.key!r}: mend claims.BESIDE")
    return [(one.says(by_key[one.verdict]), by_key[one.verdict]) for one in wanted]


def ledger() -> pd.DataFrame:
    """Return the ledger of claims with the document that each claim stands in.

    Returns
    -------
    pandas.DataFrame
        One row a claim, in the order of the documents, indexed 0, 1, 2, ...
    """
    return data.load("claims")


def verdicts() -> list[Verdict]:
    """Compute every verdict that the book can give today, in reading order.

    Returns
    -------
    list of Verdict

    Raises
    ------
    ValueError
        If two verdicts share a key, or one names a claim that the ledger lacks.
    """
    found = [verdict for name in DECIDING_MODULES for verdict in import_module(name).verdicts()]
    check_against_ledger(found, ledger())
    return found


def headlines(found: Sequence[Verdict]) -> list[Verdict]:
    """Return the verdicts of :data:`HEADLINES`, in that order.

    Parameters
    ----------
    found : sequence of Verdict

    Raises
    ------
    KeyError
        If one of them is missing.
    """
    by_key = {verdict.key: verdict for verdict in found}
    missing = [key for key in HEADLINES if key not in by_key]
    if missing:
        raise KeyError(f"no verdict {', '.join(missing)}: mend claims.HEADLINES or the chapter")
    return [by_key[key] for key in HEADLINES]


def check_against_ledger(found: list[Verdict], claims: pd.DataFrame) -> None:
    """Raise ``ValueError`` if a key stands twice or a claim is not in the ledger.

    Parameters
    ----------
    found : list of Verdict
    claims : pandas.DataFrame
        The ledger, with a column ``claim``.
    """
    keys = [verdict.key for verdict in found]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise ValueError(f"verdicts share the key {', '.join(twice)}: give each rule its own")
    known = set(claims["claim"])
    for verdict in found:
        unknown = [claim for claim in verdict.claims if claim not in known]
        if unknown:
            raise ValueError(
                f"verdict {verdict.key!r} names {', '.join(unknown)}, which data/claims.csv lacks"
            )


def as_table(found: list[Verdict]) -> pd.DataFrame:
    """Turn verdicts into one row each, ready to print, save or show.

    Parameters
    ----------
    found : list of Verdict

    Returns
    -------
    pandas.DataFrame
        The fields of :class:`Verdict`, claims joined by blanks, dates in ISO form.
    """
    rows = [
        asdict(verdict)
        | {
            "claims": " ".join(verdict.claims),
            "outcome": str(verdict.outcome),
            "until": verdict.until.isoformat() if verdict.until else None,
        }
        for verdict in found
    ]
    return pd.DataFrame(rows, columns=[field.name for field in fields(Verdict)])


def deciding(found: list[Verdict], claim: str) -> list[Verdict]:
    """Return the verdicts that answer one claim of the ledger, the headline first.

    Parameters
    ----------
    found : list of Verdict
    claim : str
        A ledger id such as ``"001-07"``.
    """
    return [verdict for verdict in found if claim in verdict.claims]


#: Claims whose headline joins several verdicts, as parts of one sentence; the first is shown.
PARTS_OF: dict[str, tuple[str, ...]] = {"001-12": ("value-investment", "value-follows")}


def headline(found: Sequence[Verdict], claim: str) -> Verdict:
    """Return the verdict that stands for a claim wherever the book gives only one.

    Parameters
    ----------
    found : sequence of Verdict
    claim : str
        A ledger id such as ``"001-12"``.

    Returns
    -------
    Verdict
        The first that answers the claim; for a claim of :data:`PARTS_OF` its first part, with the
        outcome of all parts joined.

    Raises
    ------
    KeyError
        If no verdict answers the claim, or a part of it is missing.
    """
    if claim not in PARTS_OF:
        answers = deciding(list(found), claim)
        if not answers:
            raise KeyError(f"no verdict answers {claim}")
        return answers[0]
    by_key = {verdict.key: verdict for verdict in found}
    if missing := [key for key in PARTS_OF[claim] if key not in by_key]:
        raise KeyError(f"no verdict {missing[0]!r}, which the headline of {claim} needs")
    parts = [by_key[key] for key in PARTS_OF[claim]]
    outcome = joined([part.outcome for part in parts])
    return replace(parts[0], outcome=outcome, until=None)
