"""Words that a page explains where they stand: terms of the glossary, and footnotes.

``glossary.toml`` holds the terms. The first use of each on a page becomes a link to the glossary
with its meaning behind it, shown on hover, focus or tap by the style sheet alone.
A footnote stands beside the sentence that it belongs to.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

GLOSSARY = Path(__file__).parent / "glossary.toml"
#: Name of the page that lists all terms.
PAGE = "glossary"


@dataclass(frozen=True)
class Term:
    """A word of the glossary, its further forms, and what it means."""

    name: str
    says: str
    also: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """Its address on the glossary page."""
        return "term-" + re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-")


@cache
def glossary(path: Path = GLOSSARY) -> tuple[Term, ...]:
    """Read the glossary.

    Raises
    ------
    ValueError
        If an entry lacks its name or its meaning, or if two share a form.
    """
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("term", [])
    terms, seen = [], set()
    for entry in entries:
        unknown = set(entry) - {"name", "says", "also"}
        if unknown or not entry.get("name") or not entry.get("says"):
            raise ValueError(
                f"{path.name}: {entry.get('name', 'an entry')!r} needs name and says, may have "
                f"also, and nothing else. Correct that entry."
            )
        term = Term(entry["name"], entry["says"], tuple(entry.get("also", ())))
        forms = {form.lower() for form in (term.name, *term.also)}
        if forms & seen:
            raise ValueError(f"{path.name}: {term.name!r} stands there twice. Remove one.")
        seen |= forms
        terms.append(term)
    return tuple(terms)


def _pattern(terms: tuple[Term, ...]) -> re.Pattern[str] | None:
    forms = sorted(
        {form for term in terms for form in (term.name, *term.also)}, key=lambda f: (-len(f), f)
    )
    if not forms:
        return None
    written = "|".join(
        # A small first letter may be a capital at the start of a sentence.
        f"[{form[0].upper()}{form[0]}]{re.escape(form[1:])}s?"
        if form[0].islower()
        else f"{re.escape(form)}"
        for form in forms
    )
    return re.compile(rf"(?<![\w-])(?:{written})(?![\w-])")


class ExplainedTerm(nodes.inline):
    """A word with its meaning behind it."""


class SideNote(nodes.inline):
    """A footnote beside the sentence that it belongs to."""


def _visit_term(translator: Any, node: ExplainedTerm) -> None:
    translator.body.append(
        f'<a class="term" href="{escape(node["address"])}" id="{node["place"]}" '
        f'aria-describedby="{node["tip"]}">'
    )


def _depart_term(translator: Any, node: ExplainedTerm) -> None:
    translator.body.append(
        f'</a><span class="term-tip" role="tooltip" id="{node["tip"]}">'
        f"{escape(node['says'], quote=False)}</span>"
    )


def _visit_note(translator: Any, node: SideNote) -> None:
    translator.body.append(
        f'<sup class="note-mark" id="{node["anchor"]}">{escape(node["number"])}</sup>'
        f'<span class="side-note" role="note" aria-label="Note {escape(node["number"])}">'
        f'<span class="note-number" aria-hidden="true">{escape(node["number"])}</span> '
    )


def _depart_note(translator: Any, node: SideNote) -> None:
    translator.body.append("</span>")


def _skip(translator: Any, node: nodes.Node) -> None:
    """Leave the words as they are where a page is not HTML."""


class ExplainTerms(SphinxPostTransform):
    """Mark the first use of each term of the glossary on a page."""

    default_priority = 750
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Go through the sentences of the page."""
        terms = glossary()
        pattern = _pattern(terms)
        if pattern is None:
            return
        by_form = {form.lower(): term for term in terms for form in (term.name, *term.also)}
        root = "../" * self.env.docname.count("/")
        seen: set[str] = set()
        texts = list(self.document.findall(nodes.Text))
        plain = [text for text in texts if _is_sentence(text)]
        # A word in italics is often a name; it is marked where the page has no other use.
        italic = [text for text in texts if _is_sentence(text, italic=True)]
        for text in [*plain, *italic]:
            words, start, parts = str(text), 0, []
            for found in pattern.finditer(words):
                form = found.group().lower()
                term = by_form.get(form) or by_form.get(form.removesuffix("s"))
                if term is None or term.name in seen:
                    continue
                seen.add(term.name)
                parts.append(nodes.Text(words[start : found.start()]))
                marked = ExplainedTerm("", nodes.Text(found.group()))
                marked["address"] = f"{root}{PAGE}.html#{term.anchor}"
                marked["tip"], marked["says"] = f"tip-{term.anchor}", term.says
                marked["place"] = f"use-{term.anchor}"
                uses = getattr(self.env.app, "book_terms", None)
                if uses is not None:
                    uses.setdefault(term.name, set()).add(self.env.docname)
                parts.append(marked)
                start = found.end()
            if parts:
                parts.append(nodes.Text(words[start:]))
                text.parent.replace(text, parts)


_NOT_MARKED = (
    nodes.reference, nodes.literal, nodes.title, nodes.raw, nodes.math,
    nodes.footnote, nodes.literal_block, nodes.entry, nodes.caption, SideNote,
)  # fmt: skip


def _is_sentence(text: nodes.Text, *, italic: bool = False) -> bool:
    node, in_paragraph = text.parent, False
    if isinstance(node, nodes.emphasis) != italic:
        return False
    while node is not None:
        if isinstance(node, _NOT_MARKED):
            return False
        in_paragraph = in_paragraph or isinstance(node, nodes.paragraph)
        node = node.parent
    return in_paragraph


class FootnotesBeside(SphinxPostTransform):
    """Move each footnote to the sentence that refers to it."""

    default_priority = 740
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Replace the references; drop the list at the end."""
        placed: dict[str, str] = {}
        for reference in list(self.document.findall(nodes.footnote_reference)):
            footnote = self.document.ids.get(reference.get("refid", ""))
            if not isinstance(footnote, nodes.footnote):
                continue
            number, key = reference.astext(), reference["refid"]
            if key in placed:
                link = nodes.reference("", number, refid=placed[key], classes=["note-mark"])
                reference.parent.replace(reference, link)
                continue
            placed[key] = f"note-{number}"
            note = SideNote("", anchor=placed[key], number=number)
            for child in footnote.children:
                if isinstance(child, nodes.label):
                    continue
                line = nodes.inline("", "", classes=["note-line"])
                line.extend(grandchild.deepcopy() for grandchild in child.children)
                note.append(line)
            reference.parent.replace(reference, note)
        for footnote in list(self.document.findall(nodes.footnote)):
            if set(footnote["ids"]) & set(placed):
                footnote.parent.remove(footnote)
        if placed:
            for line in list(self.document.findall(nodes.transition)):
                if "footnotes" in line["classes"]:
                    line.parent.remove(line)


def glossary_body(
    terms: tuple[Term, ...], first: Mapping[str, tuple[str, str]] | None = None
) -> str:
    """Return the body of the glossary page.

    Parameters
    ----------
    terms : tuple of Term
    first : mapping, optional
        Name of a term to the address and title of the first page that explains it, in the order
        of the book, exercises last. A term that no page explains has no entry there.
    """
    first = first or {}

    def place(term: Term) -> str:
        if term.name not in first:
            return '<span class="first-use">Stands in tables, cards or headings only.</span>'
        address, title = first[term.name]
        return (
            f'<span class="first-use">First used in <a href="{escape(address)}#use-{term.anchor}">'
            f"{escape(title, quote=False)}</a></span>"
        )

    entries = "".join(
        f'<div id="{term.anchor}"><dt>{escape(term.name, quote=False)}</dt>'
        f"<dd>{escape(term.says, quote=False)} {place(term)}</dd></div>\n"
        for term in sorted(terms, key=lambda term: term.name.lower())
    )
    return (
        '<section id="glossary">\n<h1>Glossary</h1>\n'
        "<p>A page explains a word in the first of its sentences that uses it. "
        "In headings, tables and cards words are not marked. "
        "<em>First used in</em> names the first page that explains it, chapters before "
        "exercises.</p>\n"
        f'<dl class="glossary">\n{entries}</dl>\n</section>\n'
    )


def register(app: Any) -> None:
    """Tell Sphinx about terms and notes."""
    app.add_node(ExplainedTerm, html=(_visit_term, _depart_term), text=(_skip, _skip))
    app.add_node(SideNote, html=(_visit_note, _depart_note), text=(_skip, _skip))
    app.add_post_transform(FootnotesBeside)
    app.add_post_transform(ExplainTerms)
