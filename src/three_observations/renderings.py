"""Five renderings of one text: where documents differ on a sentence, and whether that matters.

The table ``renderings`` holds, for single sentences of the essay, what each Chinese document made
of it.
A *version* is one way in which the sentence claims something.
Its verdict is not typed here: it comes from the rules of the chapters, read as that version reads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from three_observations import data, said_verdicts
from three_observations.claims import PARTS_OF, Outcome, Verdict, headline, joined

#: The document against which the others are compared: the English text.
ORIGINAL = "original"
#: Documents that render or report the essay.
DOCUMENTS = ("000", "001", "002", "003")

#: What can happen to the words of a sentence on the way, in the order of legends.
CHANGES = ("kept", "changed", "dropped", "both ways")

#: The sentences in the order of the essay, with a short title for each.
SENTENCES = {
    "systems": "Systems and AGI",
    "soon": "What is soon to come",
    "influence": "Whom everyone surpasses",
    "logarithm": "Equals the logarithm",
    "resources": "Three resources",
    "money": "Any amount of money",
    "orders": "Orders of magnitude",
    "level": "A given level",
    "use": "Much more use",
    "token": "Price per token",
    "example": "One example",
    "moore": "Moore's law",
    "value": "Super-exponential value",
    "stop": "No reason to stop",
    "days": "Tasks of a few days",
    "supervision": "Much supervision",
    "agency": "What will be precious",
    "land": "Luxury and land",
    "care": "Never reckless",
    "surveillance": "Who does the watching",
    "year-2035": "Anyone in 2035",
    "microsoft": "The footnote on AGI",
    "first-half": "The first half",
}


# ---------------------------------------------------------------------------------------------
# the rule: does a difference matter?


def decide_difference(
    original: Outcome, version: Outcome, same_rule: bool, either_tested: bool
) -> str:
    """Does a change of words change the verdict?

    Parameters
    ----------
    original, version : Outcome
        Verdict of the sentence as the original has it, and as a document has it.
    same_rule : bool
        Whether the same rules decide both.
    either_tested : bool
        Whether figures decide at least one of them.

    Returns
    -------
    str
        ``"changes the verdict"`` if the verdicts differ; ``"changes what is tested"`` if they
        agree although other rules made them; ``"changes nothing that can be tested"`` if no
        figures decide either; else ``"changes nothing"``.
    """
    if original is not version:
        return "changes the verdict"
    if not either_tested:
        return "changes nothing that can be tested"
    return "changes nothing" if same_rule else "changes what is tested"


#: Verdicts that figures gave, the best for a claim first.
BEST_FIRST = (Outcome.SUPPORTED, Outcome.PARTLY, Outcome.NOT_SUPPORTED, Outcome.CONTRADICTED)


def fares(original: Outcome, version: Outcome) -> str:
    """Say whether a version is better borne out than the original, or worse.

    Returns
    -------
    str
        ``"better"``, ``"worse"``, or ``"neither"``: the verdicts are the same, or figures gave
        only one of them.
    """
    if original not in BEST_FIRST or version not in BEST_FIRST or original is version:
        return "neither"
    return "better" if BEST_FIRST.index(version) < BEST_FIRST.index(original) else "worse"


#: What :func:`decide_difference` can say, the weightiest first.
DIFFERENCES = (
    "changes the verdict",
    "changes what is tested",
    "changes nothing",
    "changes nothing that can be tested",
)

DIFFERENCE_IN_WORDS = (
    "A change of words changes the verdict if the rules of the chapters give the two versions "
    "different verdicts. If the verdicts agree although different rules made them, it changes what "
    "is tested. If no figures decide either version, it changes nothing that can be tested."
)


# ---------------------------------------------------------------------------------------------
# what each version would get

#: Which verdicts decide a version; several are joined as the parts of one claim.
DECIDED_BY = {
    ("logarithm", "equals"): ("log-intelligence",),
    ("logarithm", "depends"): ("log-depends",),
    ("resources", "three"): ("log-training", "log-data", "log-inference"),
    ("resources", "two"): ("log-two-resources",),
    ("money", "any-amount"): ("log-predictable", "log-any-amount"),
    ("money", "more-is-surer"): ("log-more-is-surer",),
    ("orders", "many"): ("log-orders",),
    ("orders", "several"): ("log-orders",),
    ("orders", "verified"): ("log-orders",),
    ("level", "given-level"): ("cost-ten-times",),
    ("level", "no-level"): ("cost-any-level",),
    ("use", "much-more"): ("cost-more-use",),
    ("use", "more"): ("cost-more-use",),
    ("use", "adoption"): ("cost-more-use",),
    ("token", "per-token"): ("cost-150x",),
    ("token", "per-compute"): ("cost-per-compute",),
    ("moore", "faster"): ("cost-moore", "cost-beats-moore"),
    ("moore", "faster-no-rate"): ("cost-beats-moore",),
    ("moore", "moore-alone"): ("cost-moore",),
    ("moore", "faster-performance"): ("cost-moore-performance", "cost-beats-moore"),
    ("value", "super-exponential"): ("value-super-exponential",),
    ("value", "exponential"): ("value-exponential",),
    ("value", "returns"): ("value-returns",),
    ("stop", "follows"): PARTS_OF["001-12"],
    ("stop", "no-reason"): ("value-investment",),
    ("stop", "gains-exceed"): ("value-gains",),
    ("days", "engineers-days"): ("said-days",),
    ("days", "agents-days"): ("said-days",),
    ("days", "no-limit"): ("said-days",),
    ("agency", "agency"): ("said-precious",),
    ("agency", "becoming-intelligent"): ("said-precious",),
    ("agency", "adaptability"): ("said-precious",),
    ("land", "luxury-and-land"): ("cost-goods-and-land",),
    ("land", "no-land"): ("cost-goods-and-land",),
    ("land", "rise-only"): ("cost-goods-and-land",),
    ("influence", "most-influential"): ("said-ten-years",),
    ("influence", "most-successful"): ("said-ten-years",),
    ("surveillance", "governments"): ("said-surveillance",),
    ("surveillance", "nobody-named"): ("said-surveillance",),
    ("year-2035", "should"): ("value-2035",),
    ("year-2035", "perhaps"): ("value-2035",),
    ("year-2035", "vision"): ("value-2035",),
    ("microsoft", "no-change"): ("said-agi-word",),
    ("microsoft", "no-end"): ("said-agi-word",),
}

#: Versions that are a row of the ledger: its headline is their verdict.
ROW_OF = {("stop", "follows"): "001-12"}

#: Versions that no rule of the book fits, and why.
NO_RULE = {
    ("level", "no-rate"): '"A rapid fall of cost" names neither a level nor a rate.',
    ("example", "shows"): "One pair of models cannot show a rate for every level.",
    ("example", "mentions"): "One pair of models cannot show a rate for every level.",
    ("example", "proof"): "One pair of models cannot prove a rate for every level.",
    ("example", "instance"): "One pair of models cannot show a rate for every level.",
    ("systems", "points-to"): "The essay calls AGI weakly defined, so nothing says what points "
    "to it.",
    ("systems", "near"): "The essay calls AGI weakly defined, so nothing says what is close to it.",
    ("soon", "agi-soon"): '"Soon" names no day, and AGI no measure.',
    ("soon", "ai-soon"): '"Soon" names no day; that AI appears only now, nobody meant.',
    ("care", "wish"): "A wish not to do something shows in no figure.",
    ("care", "conduct"): "Caution has no measure in the text.",
    ("supervision", "lots"): "How much is a lot is not said.",
    ("supervision", "some"): "How much is needed is not said.",
}


@dataclass(frozen=True)
class Ruling:
    """The verdict that one version of a sentence would get.

    Attributes
    ----------
    sentence, version : str
    outcome : Outcome
    keys : tuple of str
        Verdicts that decide it; empty where no rule fits.
    verdicts : tuple of Verdict
        The same, as objects.
    why : str
        One sentence.
    """

    sentence: str
    version: str
    outcome: Outcome
    keys: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    why: str


def rulings(found: Sequence[Verdict], table: pd.DataFrame | None = None) -> list[Ruling]:
    """Return the verdict of every version that occurs in the table.

    Parameters
    ----------
    found : sequence of Verdict
        All verdicts of the book.
    table : pandas.DataFrame, optional
        The table ``renderings``.

    Raises
    ------
    KeyError
        If a version occurs that neither :data:`DECIDED_BY` nor :data:`NO_RULE` knows, or a verdict
        is missing.
    """
    table = data.load("renderings") if table is None else table
    by_key = {verdict.key: verdict for verdict in found}
    pairs = table[table["version"].fillna("") != ""][["sentence", "version"]].drop_duplicates()
    return [_ruling(row.sentence, row.version, by_key) for row in pairs.itertuples()]


def _ruling(sentence: str, version: str, by_key: Mapping[str, Verdict]) -> Ruling:
    if sentence == "first-half":
        return _first_half(version, by_key)
    if (sentence, version) in NO_RULE:
        why = NO_RULE[sentence, version]
        return Ruling(sentence, version, Outcome.CANNOT_BE_TESTED, (), (), why)
    if (sentence, version) not in DECIDED_BY:
        raise KeyError(
            f"no rule for the version {version!r} of the sentence {sentence!r}: name the verdicts "
            "that decide it in renderings.DECIDED_BY, or the reason why none can in NO_RULE"
        )
    keys = DECIDED_BY[sentence, version]
    if missing := [key for key in keys if key not in by_key]:
        raise KeyError(f"no verdict {missing[0]!r}, which {sentence}, {version} needs")
    parts = tuple(by_key[key] for key in keys)
    if (sentence, version) in ROW_OF:
        outcome = headline(list(by_key.values()), ROW_OF[sentence, version]).outcome
    else:
        outcome = parts[0].outcome if len(parts) == 1 else joined([part.outcome for part in parts])
    return Ruling(sentence, version, outcome, keys, parts, parts[0].because)


def _first_half(version: str, by_key: Mapping[str, Verdict]) -> Ruling:
    """Decide the slip on the first half by calling the rule with either half."""
    known = said_verdicts.facts()
    cost = said_verdicts.decide_about(
        float(known.loc["commercial-cost", "value"]), said_verdicts.claimed("000-03")
    )
    reported = str(known.loc["commercial-half", "unit"])
    named = {
        "half-game": said_verdicts.HALF_REPORTED,
        "half-year": said_verdicts.HALF_NAMED,
    }[version]
    outcome = said_verdicts.decide_slot(cost, reported, named)
    slot = by_key["said-slot"]
    return Ruling("first-half", version, outcome, (slot.key,), (slot,), slot.because)


# ---------------------------------------------------------------------------------------------
# tables for the page


def side_by_side(table: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the rows of the table in the order of the essay, with the titles of the sentences.

    Returns
    -------
    pandas.DataFrame
        The columns of the table and ``title``; the original first, then the documents.
    """
    table = data.load("renderings") if table is None else table
    if unknown := sorted(set(table["sentence"]) - set(SENTENCES)):
        raise KeyError(f"give the sentence {unknown[0]!r} a title in renderings.SENTENCES")
    order = {name: place for place, name in enumerate(SENTENCES)}
    first = {ORIGINAL: 0}
    keyed = table.assign(
        title=table["sentence"].map(SENTENCES),
        _sentence=table["sentence"].map(order),
        _document=table["document"].map(lambda name: first.get(name, 1 + int(name[-3:], 36))),
    )
    keyed = keyed.sort_values(["_sentence", "_document", "place"], kind="stable")
    return keyed.drop(columns=["_sentence", "_document"]).reset_index(drop=True)


def grid(table: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return one row a sentence and document: what became of the words there.

    A document that keeps the words in one place and not in another is ``"both ways"``.

    Returns
    -------
    pandas.DataFrame
        ``sentence``, ``title``, ``document``, ``change``, ``places`` (how many).
    """
    rows = side_by_side(table)
    rows = rows[rows["document"] != ORIGINAL]
    found = []
    for (sentence, document), group in rows.groupby(["sentence", "document"], sort=False):
        changes = list(dict.fromkeys(group["change"]))
        mixed = "kept" in changes and len(changes) > 1
        found.append(
            {
                "sentence": sentence,
                "title": SENTENCES[sentence],
                "document": document,
                "change": "both ways" if mixed else changes[0],
                "places": len(group),
            }
        )
    return pd.DataFrame(found)


def versions(found: Sequence[Verdict], table: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return one row a version of a sentence, with its verdict beside that of the original.

    Parameters
    ----------
    found : sequence of Verdict
        All verdicts of the book.
    table : pandas.DataFrame, optional
        The table ``renderings``.

    Returns
    -------
    pandas.DataFrame
        ``sentence``, ``title``, ``version``, ``gloss`` (of its first place), ``documents`` (that
        carry it, ``original`` among them), ``outcome``, ``original_outcome``, ``difference``
        (from :func:`decide_difference`; ``"the original"`` for that), ``ruling``.
    """
    rows = side_by_side(table)
    ruled = {(ruling.sentence, ruling.version): ruling for ruling in rulings(found, table)}
    result = []
    for sentence, group in rows.groupby("sentence", sort=False):
        own = group.loc[group["document"] == ORIGINAL, "version"]
        if len(own) != 1:
            raise ValueError(f"the sentence {sentence!r} needs one row of the original")
        original = ruled[sentence, own.iloc[0]]
        carried = group[group["version"].fillna("") != ""]
        for version, same in carried.groupby("version", sort=False):
            ruling = ruled[sentence, version]
            difference = decide_difference(
                original.outcome,
                ruling.outcome,
                ruling.keys == original.keys,
                _tested(original) or _tested(ruling),
            )
            result.append(
                {
                    "sentence": sentence,
                    "title": SENTENCES[sentence],
                    "version": version,
                    "gloss": same["gloss"].iloc[0],
                    "documents": tuple(
                        name if place in ("text", "list") else f"{name} ({place})"
                        for name, place in zip(same["document"], same["place"], strict=True)
                    ),
                    "outcome": ruling.outcome,
                    "original_outcome": original.outcome,
                    "difference": "the original" if version == original.version else difference,
                    "ruling": ruling,
                }
            )
    return pd.DataFrame(result)


def _tested(ruling: Ruling) -> bool:
    """Say whether figures decide a version: a rule fits, and it says more than that none can."""
    return any(part.figure is not None or part.until is not None for part in ruling.verdicts) or (
        bool(ruling.keys) and ruling.outcome is not Outcome.CANNOT_BE_TESTED
    )


def verdict_grid(found: Sequence[Verdict], table: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the verdict that the sentence would get as each document has it.

    Parameters
    ----------
    found : sequence of Verdict
    table : pandas.DataFrame, optional
        The table ``renderings``.

    Returns
    -------
    pandas.DataFrame
        ``sentence``, ``title``, ``document`` (``original`` first), ``place``, ``outcome``; a
        document that has a sentence in several versions has several rows.
    """
    rows = side_by_side(table)
    ruled = {(ruling.sentence, ruling.version): ruling for ruling in rulings(found, table)}
    rows = rows[rows["version"].fillna("") != ""]
    return pd.DataFrame(
        {
            "sentence": rows["sentence"],
            "title": rows["title"],
            "document": rows["document"],
            "place": rows["place"],
            "outcome": [
                str(ruled[sentence, version].outcome)
                for sentence, version in zip(rows["sentence"], rows["version"], strict=True)
            ],
        }
    ).reset_index(drop=True)
