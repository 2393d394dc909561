"""The ledger of claims with the verdict of each, as one table that can be searched and filtered.

In JupyterLab, on GitHub, on paper and without script it is a plain table of all rows.
On the site a script adds the filters; it reads what it needs from the rows.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape

import pandas as pd

from three_observations import charts, claims, display, renderings
from three_observations.claims import Outcome, Verdict
from three_observations.renderings import Ruling

#: What the table is called, whatever part of it is shown.
NAME = "The ledger of claims"

#: What a page calls each theme of the ledger.
THEMES = {
    "obs1": "first observation",
    "obs2": "second observation",
    "obs3": "third observation",
    "interview": "interview",
    "context": "beside the observations",
}

#: What a page calls each document, in two or three words.
DOCUMENTS = {
    "000": "commentary",
    "001": "news and translation",
    "002": "report and translation",
    "003": "edited rendering",
    "004": "interview",
}

#: Language of each document, as HTML names it.
LANGUAGES = {"000": "zh-Hans", "001": "zh-Hans", "002": "zh-Hans", "003": "zh-Hans"}
TRADITIONAL = "zh-Hant"


#: Colours of the verdicts, in the order of :class:`~three_observations.claims.Outcome`; all of
#: them bear words in the colour of the page.
OUTCOME_COLOURS = (
    charts.GREEN,
    charts.BLUE,
    charts.GREY,
    charts.VERMILION,
    charts.INK,
    charts.PURPLE,
)


def outcome_marks(column: str) -> dict[str, object]:
    """Return colour and shape of the verdicts, the same on every chart, with one legend.

    Parameters
    ----------
    column : str
        Holds the verdicts; its name is the title of the legend.

    Returns
    -------
    dict
        To unpack into ``encode``.
    """
    alt = charts.alt
    names = [str(outcome) for outcome in Outcome]
    legend = alt.Legend(columns=2)
    colour = alt.Color(f"{column}:N", title=column, sort=names, legend=legend)
    shape = alt.Shape(f"{column}:N", title=column, sort=names, legend=legend)
    return {
        "color": colour.scale(domain=names, range=list(OUTCOME_COLOURS)),
        "shape": shape.scale(domain=names, range=list(charts.SHAPES[: len(names)])),
    }


def decided(found: Sequence[Verdict], ledger: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the ledger with the verdict of each claim.

    Parameters
    ----------
    found : sequence of Verdict
        All verdicts of the book.
    ledger : pandas.DataFrame, optional
        The table ``claims``.

    Returns
    -------
    pandas.DataFrame
        The columns of the ledger and ``outcome`` (text, without the date), ``verdict`` (from
        :func:`three_observations.claims.headline`), ``others`` (tuple of the rest).

    Raises
    ------
    ValueError
        If a claim has no verdict.
    """
    ledger = claims.ledger() if ledger is None else ledger
    found = list(found)
    answers = [claims.deciding(found, claim) for claim in ledger["claim"]]
    blank = [claim for claim, one in zip(ledger["claim"], answers, strict=True) if not one]
    if blank:
        raise ValueError(
            f"no verdict answers {', '.join(blank)}: let a rule of one of "
            "claims.DECIDING_MODULES decide it, or say why none can"
        )
    first = [claims.headline(found, claim) for claim in ledger["claim"]]
    return ledger.assign(
        outcome=[str(one.outcome) for one in first],
        verdict=first,
        others=[
            tuple(other for other in all_of if other.key != one.key)
            for one, all_of in zip(first, answers, strict=True)
        ],
    )


def counts(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """Count the claims of each verdict by a column of the ledger.

    Parameters
    ----------
    rows : pandas.DataFrame
        From :func:`decided`.
    by : str
        For example ``"document"`` or ``"theme"``.

    Returns
    -------
    pandas.DataFrame
        ``by``, ``outcome``, ``claims`` (number), ``share`` (of the claims of that row), ``from``
        and ``to`` (where its part of a bar begins and ends); verdicts in the book's order, none
        left out.
    """
    outcomes = [str(outcome) for outcome in Outcome]
    table = pd.crosstab(rows[by], rows["outcome"]).reindex(columns=outcomes, fill_value=0)
    long = table.rename_axis(columns="outcome").stack().rename("claims").reset_index()
    long["outcome"] = pd.Categorical(long["outcome"], outcomes, ordered=True)
    long = long.sort_values([by, "outcome"], kind="stable", ignore_index=True)
    total = long.groupby(by)["claims"].transform("sum")
    long["to"] = long.groupby(by)["claims"].cumsum()
    long["from"] = long["to"] - long["claims"]
    return long.assign(outcome=long["outcome"].astype(str), share=long["claims"] / total)


def _language(document: str) -> str:
    return LANGUAGES.get(document, TRADITIONAL)


def chinese(words: str, document: str) -> str:
    """Return a few characters of a document as HTML that names their language."""
    return f'<span lang="{_language(document)}">{escape(words, quote=False)}</span>'


def _address(verdict: Verdict) -> str:
    page, _, anchor = verdict.place.partition("#")
    return f"{page}.ipynb#{anchor}" if anchor else f"{page}.ipynb"


def _link(verdict: Verdict) -> str:
    return f'<a href="{escape(_address(verdict))}">{display.inline_html(verdict.question)}</a>'


def _short_figure(verdict: Verdict) -> str:
    """Return figure and interval, without the words on how the interval was made."""
    return display._figure(verdict).split("; ")[0] + (
        ")" if verdict.low is not None and verdict.interval else ""
    )


def _row(row: pd.Series) -> str:
    verdict: Verdict = row["verdict"]
    theme = THEMES.get(row["theme"], row["theme"])
    figure = _short_figure(verdict) if verdict.figure is not None else ""
    others = "".join(
        f'<p class="ledger-also"><span aria-hidden="true">{display.SIGNS[other.outcome]}</span> '
        f"{display._outcome(other)}: {_link(other)}</p>"
        for other in row["others"]
    )
    claim = row["claim"]
    words = _text(row["note"])
    note = f'<p class="ledger-note">Note: {escape(words, quote=False)}</p>' if words else ""
    return (
        f'<tr id="ledger-{claim}" role="row" data-document="{row["document"]}" '
        f'data-speaker="{escape(row["speaker"])}" data-theme="{escape(theme)}" '
        f'data-testable="{row["testable"]}" data-verdict="{row["outcome"]}">'
        f'<th scope="row" role="rowheader"><a href="#ledger-{claim}">{claim}</a></th>'
        f'<td role="cell"><p>{escape(row["paraphrase"], quote=False)}</p>'
        f'<p class="ledger-origin">{escape(row["speaker"], quote=False)}, {theme}; '
        f"{chinese(row['quote_zh'], row['document'])}; testable: {row['testable']}</p>{note}</td>"
        f'<td role="cell"><p>{display._badge(verdict)}</p>'
        + (f"<p>{escape(figure, quote=False)}</p>" if figure else "")
        + f'<p class="ledger-why">{_link(verdict)}</p>{others}</td></tr>'
    )


def show(rows: pd.DataFrame, caption: str) -> None:
    """Display the ledger with its verdicts.

    Parameters
    ----------
    rows : pandas.DataFrame
        From :func:`decided`, or part of it.
    caption : str

    Raises
    ------
    ValueError
        If there is no row.
    """
    if rows.empty:
        raise ValueError("the ledger has no row to show")
    body = "\n".join(_row(row) for _, row in rows.iterrows())
    present = {name: DOCUMENTS.get(name, "") for name in dict.fromkeys(rows["document"])}
    html = (
        '<div class="book-table book-ledger tex2jax_ignore mathjax_ignore" role="group" '
        f'tabindex="0" aria-label="{NAME}" '
        f'data-documents="{escape(json.dumps(present))}">\n<table role="table">\n'
        f"<caption>{escape(caption, quote=False)}</caption>\n"
        '<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Claim</th>'
        '<th scope="col" role="columnheader">What is claimed, who says it, where</th>'
        '<th scope="col" role="columnheader">Verdict, and where it is decided</th></tr></thead>\n'
        f'<tbody role="rowgroup">\n{body}\n</tbody>\n</table>\n</div>'
    )
    lines = [
        f"{row['claim']}  {display.SIGNS[row['verdict'].outcome]} "
        f"{display._outcome(row['verdict'])}: {row['paraphrase']} ({row['quote_zh']})"
        for _, row in rows.iterrows()
    ]
    display._show({"text/html": html, "text/plain": "\n".join([caption, *lines])})


#: A sign for each thing that can happen to words, so that colour never has to tell them apart.
CHANGE_SIGNS = {
    "kept": "\N{IDENTICAL TO}",
    "changed": "\N{NOT EQUAL TO}",
    "dropped": "\N{EMPTY SET}",
    "both ways": "\N{PLUS-MINUS SIGN}",
}


def _text(value: object) -> str:
    """Return a cell as text, a missing one as none."""
    return "" if pd.isna(value) else str(value)


def _ruled(ruling: Ruling) -> str:
    """Return the outcome of a version in words, with the date of an open one."""
    if ruling.outcome is Outcome.OPEN and ruling.verdicts:
        return display._outcome(ruling.verdicts[0])
    return str(ruling.outcome)


def _ruled_cell(ruling: Ruling | None) -> str:
    if ruling is None:
        return display.MISSING
    words = _ruled(ruling)
    if ruling.verdicts:
        words = f'<a href="{escape(_address(ruling.verdicts[0]))}">{words}</a>'
    return f'<span class="sign" aria-hidden="true">{display.SIGNS[ruling.outcome]}</span> {words}'


def _rendering_row(row: pd.Series, ruling: Ruling | None) -> str:
    original = row["document"] == renderings.ORIGINAL
    where = "Original" if original else f"Document {row['document']}"
    if row["place"] != "text":
        where += f", {row['place']}"
    quote, note = _text(row["quote"]), _text(row["note"])
    change = f'<span aria-hidden="true">{CHANGE_SIGNS[row["change"]]}</span> {row["change"]}'
    if original:
        words, change = f"<q>{escape(quote, quote=False)}</q>", display.MISSING
    elif quote:
        words = f"{chinese(quote, row['document'])} {escape(_text(row['gloss']), quote=False)}"
    else:
        words = "the sentence is missing"
    remark = f'<p class="ledger-origin">{escape(note, quote=False)}</p>' if note else ""
    none = ' class="none"'
    return (
        f'<tr role="row"><th scope="row" role="rowheader">{where}</th>'
        f'<td role="cell"{none if original else ""}>{change}</td>'
        f'<td role="cell"><p>{words}</p>{remark}</td>'
        f'<td role="cell"{none if ruling is None else ""}>{_ruled_cell(ruling)}</td></tr>'
    )


def show_renderings(
    table: pd.DataFrame, found: Sequence[Verdict], opened: Sequence[str] = ()
) -> None:
    """Display the renderings of each sentence beside each other, with the verdict of each.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`three_observations.renderings.side_by_side`, or part of it.
    found : sequence of Verdict
        All verdicts of the book.
    opened : sequence of str, optional
        Sentences that stand open on the page; the others fold.

    Raises
    ------
    ValueError
        If there is no row.
    """
    if table.empty:
        raise ValueError("there is no rendering to show")
    ruled = {(one.sentence, one.version): one for one in renderings.rulings(found, table)}
    headings = "".join(
        f'<th scope="col" role="columnheader">{heading}</th>'
        for heading in ("Where", "Change", "Words", "Verdict")
    )
    parts, lines = [], []
    for sentence, rows in table.groupby("sentence", sort=False):
        title = renderings.SENTENCES[sentence]
        caption = f"{title}: the words, and the verdict that each version gets"
        body, plain = [], []
        for _, row in rows.iterrows():
            ruling = ruled.get((sentence, _text(row["version"])))
            body.append(_rendering_row(row, ruling))
            verdict = "" if ruling is None else f", {_ruled(ruling)}"
            said = f"{row['document']} {row['place']}: {row['change']}{verdict}."
            plain.append(f"  {said} {_text(row['gloss'])}".rstrip())
        parts.append(
            f'<details class="rendering" id="rendering-{sentence}"'
            f"{' open' if sentence in opened else ''}><summary>{title}</summary>\n"
            '<div class="book-table book-renderings tex2jax_ignore mathjax_ignore" role="group" '
            f'tabindex="0" aria-label="{escape(caption)}">\n<table role="table">\n'
            f"<caption>{escape(caption, quote=False)}</caption>\n"
            f'<thead role="rowgroup"><tr role="row">{headings}</tr></thead>\n'
            '<tbody role="rowgroup">\n' + "\n".join(body) + "\n</tbody>\n</table>\n</div></details>"
        )
        lines += [title, *plain]
    display._show({"text/html": "\n".join(parts), "text/plain": "\n".join(lines)})
