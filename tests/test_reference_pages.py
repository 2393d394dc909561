"""The pages for teaching and looking up: true to the tables, the checker and the finished book."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pandas as pd
import pytest
import yaml

from three_observations import charts, cost_decline, cost_verdicts, data, exercises, reference
from three_observations.claims import Outcome
from three_observations.site import made, notebooks, reading, student, terms

ROOT = Path(__file__).resolve().parents[1]
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
INSTRUCTORS = ROOT / "chapters" / "for-instructors.ipynb"


def text_of(path: Path) -> str:
    """Return the words of a notebook's Markdown cells."""
    cells = notebooks.read(path)["cells"]
    return "\n\n".join(
        notebooks.text_of(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"
    )


def outputs_of(path: Path, kind: str) -> list[str]:
    """Return the outputs of one form of a notebook."""
    return [
        notebooks.text_of(output["data"][kind])
        for cell in notebooks.code_cells(notebooks.read(path))
        for output in cell["outputs"]
        if kind in output.get("data", {})
    ]


def chapters() -> list[str]:
    """Return the chapters that have exercises, as _toc.yml names them."""
    found = []
    for part in TOC["parts"]:
        for entry in part["chapters"]:
            below = [section["file"] for section in entry.get("sections", ())]
            if any("/exercises/" in name for name in below):
                found.append(entry["file"])
    return found


# ---------------------------------------------------------------------------- for instructors


def test_the_plans_have_minutes_that_add_up() -> None:
    text = text_of(INSTRUCTORS)
    one = text[text.index("## A plan for one session") : text.index("## A plan for three")]
    spans = [(int(a), int(b)) for a, b in re.findall(r"^\| (\d+)-(\d+) \|", one, re.M)]
    assert spans[0][0] == 0 and spans[-1][1] == 90
    assert all(first[1] == second[0] for first, second in zip(spans, spans[1:], strict=False))
    three = text[text.index("## A plan for three") : text.index("## A plan for a week")]
    for line in re.findall(r"^\| \d\. .*$", three, re.M):
        minutes = [int(number) for number in re.findall(r"(?:^|, |\| )(\d+) (?=\w|\[)", line)]
        assert sum(minutes) == 90, line
    week = text[text.index("## A plan for a week") :]
    assert len(re.findall(r"^\| [1-5] \|", week, re.M)) == 5
    assert week.count("60 min") >= 3
    for number in re.findall(r"sum|the (\w+) row", one):
        assert number in {"", "second"}


def test_every_chapter_with_exercises_has_its_teaching_notes() -> None:
    text = text_of(INSTRUCTORS)
    notes = re.split(r"^## Teaching ", text, flags=re.M)[1:]
    for chapter in chapters():
        page = f"({Path(chapter).name}.ipynb#"
        (mine,) = [note for note in notes if page in note]
        for part in ("**The idea that must survive.**", "**Ask the class.**", "**Run live.**"):
            assert part in mine, (chapter, part)
        assert mine.count("?\n") >= 3
        assert f"](exercises/{Path(chapter).name}.ipynb)" in text
    said = "\n".join(outputs_of(INSTRUCTORS, "text/markdown"))
    assert said.count("**What then happens.**") == len(chapters())


def test_every_slider_that_the_page_names_is_on_a_chart_of_the_book() -> None:
    labels = set()
    for path in notebooks.find_notebooks(ROOT):
        for cell in notebooks.code_cells(notebooks.read(path)):
            for output in cell["outputs"]:
                spec = output.get("data", {}).get(charts.MIME_TYPE)
                for parameter in (spec or {}).get("params", ()):
                    labels.add((parameter.get("bind") or {}).get("name"))
    named = re.findall(r"the sliders? \*([^*]+)\*", text_of(INSTRUCTORS))
    assert len(named) >= 8
    assert set(named) <= labels, set(named) - labels


def test_every_assumption_that_the_page_names_stands_in_the_first_cell_of_a_chapter() -> None:
    first_cells = "\n".join(
        notebooks.text_of(notebooks.code_cells(notebooks.read(ROOT / f"{name}.ipynb"))[0]["source"])
        for name in chapters()
    )
    named = re.findall(r"`([A-Z_]+) = [^`]+`", text_of(INSTRUCTORS))
    assert len(named) >= 3
    for name in named:
        assert re.search(rf"^{name} = ", first_cells, re.M), name


def test_the_hints_on_the_page_are_those_of_the_checker() -> None:
    table = next(html for html in outputs_of(INSTRUCTORS, "text/html") if "Slips, the" in html)
    rows = re.findall(r"<tr><th[^>]*>(.*?)</th><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td></tr>", table)
    assert len(rows) >= 15
    seen = set()
    for _, key, hint in rows:
        known = {mistake.hint for mistake in exercises.exercises()[key].mistakes}
        assert unescape(hint) in known
        seen.add(key.partition("-")[0])
    assert len(seen) == len(exercises.MODULES)


def test_every_exercise_is_listed_with_its_lesson() -> None:
    table = next(html for html in outputs_of(INSTRUCTORS, "text/html") if "take away" in html)
    for key, exercise in exercises.exercises().items():
        assert key in table and exercise.well_done in unescape(table)


def test_a_hint_is_found_by_its_words_or_not_at_all() -> None:
    assert "12" in exercises.find_hint("cost-annualise", "mind the 12")
    with pytest.raises(ValueError, match="0 hints"):
        exercises.find_hint("cost-annualise", "no such words")
    with pytest.raises(ValueError, match="name one"):
        exercises.find_hint("cost-annualise", "That is")


def test_students_do_not_get_the_page_for_teachers() -> None:
    assert "chapters/for-instructors" not in student.contents(ROOT).pages


# ------------------------------------------------------------------------------------- sources


def test_every_source_is_listed_once_with_what_rests_on_it() -> None:
    found = reference.sources_in_use()
    assert sorted(found["source"]) == sorted(data.load("sources")["source"])
    prices = data.load("prices")
    for source, count in prices["source"].value_counts().items():
        tables = dict(found.set_index("source").loc[source, "tables"])
        assert tables["prices"] == count
    total = sum(
        data.load(name)["source"].notna().sum()
        for name in data.tables()
        if name != "sources" and "source" in data.load(name)
    )
    assert found["rows"].sum() == total


def test_the_page_on_sources_shows_every_source_with_its_terms() -> None:
    html = "\n".join(outputs_of(ROOT / "chapters" / "sources.ipynb", "text/html"))
    sources = data.load("sources")
    assert len(re.findall(r'id="source-', html)) == len(sources)
    for row in sources.itertuples():
        start = html.index(f'id="source-{row.source}"')
        entry = unescape(html[start : html.find('<div class="about-table', start)])
        assert row.title in entry and row.publisher in entry and row.licence in entry
        assert row.retrieved.date().isoformat() in entry


def test_a_new_row_changes_what_rests_on_its_source() -> None:
    before = reference.sources_in_use().set_index("source")["rows"]
    prices = data.load("prices")
    moved = prices.assign(source=prices["source"].mask(prices.index == 0, "tokencost"))
    try:
        data.use(prices=moved)
        after = reference.sources_in_use().set_index("source")["rows"]
    finally:
        data.use()
    assert after["tokencost"] == before["tokencost"] + 1
    assert after.sum() == before.sum()


def test_a_kind_without_sources_is_refused() -> None:
    with pytest.raises(ValueError, match="no source is of the kind 'rumour'"):
        reference.show_sources("rumour")


# ---------------------------------------------------------------------------------- corrections


def test_every_change_names_a_page_of_the_book() -> None:
    corrections = data.load("corrections")
    pages = {
        path.relative_to(ROOT / "chapters").with_suffix("").as_posix()
        for path in notebooks.find_notebooks(ROOT)
    }
    assert set(corrections["page"]) <= pages
    html = "\n".join(outputs_of(ROOT / "chapters" / "corrections.ipynb", "text/html"))
    for row in corrections.itertuples():
        assert f'id="correction-{row.correction}"' in html
        for words in (row.what, row.why, row.effect):
            assert words in unescape(html)


def test_every_page_that_tells_of_changed_rules_is_on_the_list() -> None:
    changed = data.load("corrections").query("kind == 'rule'")["page"].unique()
    told = 0
    for name in chapters():
        text = text_of(ROOT / f"{name}.ipynb")
        if "No rule of this page was changed" in text:
            continue
        if re.search(r"rules have a history|were changed afterwards", text):
            assert Path(name).name in changed, name
            told += 1
    assert told >= 4


def test_a_corrected_fact_lists_itself() -> None:
    before = reference.corrected_facts()
    assert {"prices", "claims", "arc_sweeps"} <= set(before["table"])
    assert before["note"].str.contains("orrect").all()
    assert before.loc[before["table"] == "arc_sweeps", "rows"].max() > 1
    users = data.load("users")
    users.loc[users.index[0], "note"] = "Corrected: the source has another figure."
    try:
        data.use(users=users)
        after = reference.corrected_facts()
    finally:
        data.use()
    new = after[~after["note"].isin(before["note"])]
    assert new["table"].tolist() == ["users"] and new["rows"].tolist() == [1]


# ------------------------------------------------------------------------- how the book is made


def test_the_worked_example_turns_where_the_rule_says() -> None:
    table = next(
        html
        for html in outputs_of(ROOT / "chapters" / "how-this-book-is-made.ipynb", "text/html")
        if "lowest" in html
    )
    rows = re.findall(r"<tr>\s*<th>\d+</th>\s*(.*?)</tr>", table, re.S)
    outcomes = []
    for row in rows:
        price, _, highest, outcome = re.findall(r"<td>(.*?)</td>", row)
        assert float(highest) == pytest.approx(max(30 / float(price), 60 / 0.6), rel=1e-6)
        low, _ = cost_verdicts.about(cost_verdicts.CLAIMED_RATIO)
        assert (outcome == str(Outcome.CONTRADICTED)) == (float(highest) < low)
        outcomes.append(outcome)
    assert len(set(outcomes)) == 2
    ranges = cost_decline.ratio_ranges().set_index(["before", "after"])
    assert ranges.loc[("GPT-4 (8k)", "GPT-4o mini"), "highest"] == pytest.approx(30 / 0.15)


def test_the_commands_on_the_page_exist() -> None:
    text = text_of(ROOT / "chapters" / "how-this-book-is-made.ipynb") + text_of(INSTRUCTORS)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command in set(re.findall(r"\bmake (book|test|student|slides|\w+)\b(?=`|\n)", text)):
        assert re.search(rf"^{command}:", makefile, re.M), command


# --------------------------------------------------------------------- made with the whole book


def page(site: Path, name: str) -> str:
    return (site / name).read_text(encoding="utf-8")


def test_the_times_are_those_below_the_titles(built_site: Path) -> None:
    html = page(built_site, "chapters/for-instructors.html")
    assert "<!-- made" not in html
    start = html.index("Pages in their order")
    rows = re.findall(
        r'<th scope=row><a href="([^"]+)">(.*?)</a><td[^>]*>(\d+ min|\u2013)'
        r"<td[^>]*>(.*?)<td[^>]*>(.*?)\s*<(?:tr|/tbody)>",
        html[start:],
    )
    pages = [path for path in notebooks.find_notebooks(ROOT) if path != INSTRUCTORS]
    assert len(rows) == len(pages)
    for address, _, minutes, worked, figures in rows:
        other = (built_site / "chapters" / address).read_text(encoding="utf-8")
        if 'class="page-facts"' in other:
            facts = other[other.index('class="page-facts"') :].partition("</ul>")[0]
            assert (f"{minutes} to read" in facts) is (minutes != "\N{EN DASH}")
            assert (" to read" in facts) is (minutes != "\N{EN DASH}")
            if figures.isdigit():
                assert f"{figures} figure" in facts
        if worked[:1].isdigit():
            assert f"about {worked.split()[0]} minutes" in other


def test_each_figure_is_listed_under_its_tables(built_site: Path) -> None:
    html = page(built_site, "chapters/data-and-sources.html")
    start = html.index("Figures that are drawn from each table")
    for path in notebooks.find_notebooks(ROOT):
        place = path.relative_to(ROOT / "chapters").with_suffix(".html").as_posix()
        for cell in notebooks.code_cells(notebooks.read(path)):
            for output in cell["outputs"]:
                spec = output.get("data", {}).get(charts.MIME_TYPE)
                for source in (spec or {}).get("usermeta", {}).get("sources", ()):
                    row = html[html.index(f"<code>{source['table']}</code></a><td>", start) :]
                    row = row.partition("<tr>")[0]
                    assert f'{place}#chart-{spec["usermeta"]["name"]}"' in row


def test_the_glossary_leads_to_the_first_page_that_uses_a_word(built_site: Path) -> None:
    html = page(built_site, "glossary.html")
    order = [TOC["root"]]
    for part in TOC["parts"]:
        for entry in part["chapters"]:
            order += [entry["file"], *(below["file"] for below in entry.get("sections", ()))]
    order.sort(key=lambda name: "/exercises/" in name)
    names = [term.name.lower() for term in terms.glossary()]
    shown = [unescape(name).lower() for name in re.findall(r"<dt>(.*?)</dt>", html)]
    assert shown == sorted(names)
    found = 0
    assert "Each page explains" not in html
    for term in terms.glossary():
        mark = f'id="use-{term.anchor}"'
        users = [name for name in order if mark in page(built_site, f"{name}.html")]
        link = f'href="{users[0]}.html#use-{term.anchor}"' if users else ""
        assert (link in html) if users else (f"#use-{term.anchor}" not in html)
        found += bool(users)
    assert found > len(names) / 2


def test_how_to_cite_is_made_from_the_citation_file(built_site: Path) -> None:
    cff = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    book, html = made.reference(cff), unescape(page(built_site, "cite.html"))
    told = yaml.safe_load(cff)
    assert book.text() in html and book.bibtex() in html
    assert told["title"] in book.bibtex() and str(told["version"]) in book.text()
    assert str(told["date-released"])[:4] == book.year
    assert re.search(r'href="chapters/[\w-]+\.html#chart-', html)
    assert book.bibtex().count("{") == book.bibtex().count("}")


def test_a_citation_file_that_lacks_a_field_is_named() -> None:
    with pytest.raises(ValueError, match="lacks version"):
        made.reference("title: A\nauthors: [{name: B}]\ndate-released: 2026-01-01\nlicense: MIT")
    whole = (
        "title: A\nauthors:\n  - {given-names: B, family-names: C}\n  - name: D\n"
        "version: 1\ndate-released: 2026-01-02\nlicense: MIT"
    )
    found = made.reference(whole, "https://example.org")
    assert found.text().startswith("B C and D (2026). A. Version 1, 2026-01-02.")
    assert "url = {https://example.org}" in found.bibtex()


def test_a_page_that_asks_for_an_unknown_table_stops_the_build() -> None:
    assert made.places("<p></p><!-- made: times --><!--made:uses-->") == ["times", "uses"]
    assert made.filled("a<!-- made: times -->b", {"times": "<table>"}) == "a<table>b"
    with pytest.raises(ValueError, match="'weather', which is not made"):
        made.filled("<!-- made: weather -->", {"times": ""})


def test_lists_to_look_up_do_not_count_as_reading() -> None:
    entry = '<div class="about-table source"><h3>Title</h3><dl><dd>many words here</dd></dl></div>'
    assert reading.read(f"<section id='a'><h1>Page</h1><p>Two words</p>{entry}</section>").words < 5


def test_what_is_made_is_the_same_from_rows_in_any_order() -> None:
    sources = data.load("sources")
    try:
        data.use(sources=sources.iloc[::-1].reset_index(drop=True))
        turned = reference.sources_in_use()
    finally:
        data.use()
    assert turned["source"].tolist() == reference.sources_in_use()["source"].tolist()
    assert isinstance(turned, pd.DataFrame) and json.dumps(turned["source"].tolist())
