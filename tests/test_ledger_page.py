"""The ledger as a table that can be searched: its rows, and the filters that the script adds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest

from three_observations import claims, data, display, ledger_page, renderings
from three_observations.claims import Outcome, Verdict
from three_observations.site import notebooks

CHAPTER = Path(__file__).resolve().parents[1] / "chapters" / "what-was-said.ipynb"
PAGE = "chapters/what-was-said.html"
LEDGER = claims.ledger()


def verdict(key: str, rows: tuple[str, ...], outcome: Outcome, **more: Any) -> Verdict:
    """Return a verdict on some claims."""
    return Verdict(
        key=key,
        question="Is it <so>?",
        claims=rows,
        outcome=outcome,
        rule="Some rule.",
        because="It came out so.",
        place="cost-of-a-given-level#verdict-x",
        until=date(2035, 12, 31) if outcome is Outcome.OPEN else None,
        **more,
    )


@pytest.fixture
def found() -> list[Verdict]:
    """Return a verdict for every claim, in turn of each kind, and a second one for one claim."""
    kinds = list(Outcome)
    one_each = [
        verdict(f"v-{row.claim}", (row.claim,), kinds[row.Index % len(kinds)], figure=1.5, unit="x")
        for row in LEDGER.itertuples()
    ]
    parts = [
        verdict(key, (claim,), kinds[list(LEDGER["claim"]).index(claim) % len(kinds)])
        for claim, keys in claims.PARTS_OF.items()
        for key in keys
    ]
    return [*one_each, verdict("again", ("001-07",), Outcome.CONTRADICTED), *parts]


@pytest.fixture
def rows(found: list[Verdict]) -> pd.DataFrame:
    return ledger_page.decided(found)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """Return what would be displayed."""
    bundles: list[dict[str, str]] = []
    monkeypatch.setattr(display, "_show", bundles.append)
    return bundles


# --- rows --------------------------------------------------------------------------------------


def test_every_claim_keeps_its_place_and_gets_its_first_verdict(rows):
    assert rows["claim"].tolist() == LEDGER["claim"].tolist()
    kinds = [str(outcome) for outcome in Outcome]
    assert rows["outcome"].tolist() == [kinds[i % len(kinds)] for i in range(len(rows))]
    double = rows.set_index("claim").loc["001-07"]
    assert double["verdict"].key == "v-001-07"
    assert [other.key for other in double["others"]] == ["again"]


def test_a_claim_without_a_verdict_is_named(found):
    without = [one for one in found if one.claims != ("003-11",)]
    with pytest.raises(ValueError, match="no verdict answers 003-11"):
        ledger_page.decided(without)


@pytest.mark.parametrize("by", ["document", "theme", "speaker"])
def test_counts_add_up(rows, by):
    counted = ledger_page.counts(rows, by)
    assert counted["claims"].sum() == len(rows)
    assert counted.groupby(by)["share"].sum().tolist() == pytest.approx([1] * rows[by].nunique())
    assert len(counted) == rows[by].nunique() * len(Outcome)  # none is left out
    assert (counted["to"] - counted["from"] == counted["claims"]).all()


def test_every_row_can_be_found_filtered_and_followed(rows, shown):
    ledger_page.show(rows, "All claims")
    html = shown[0]["text/html"]
    assert html.count("<tr id=") == len(rows)
    for row in rows.itertuples():
        start = html.index(f'<tr id="ledger-{row.claim}"')
        part = html[start : html.index("</tr>", start)]
        for name, value in (
            ("document", row.document),
            ("speaker", row.speaker),
            ("theme", ledger_page.THEMES[row.theme]),
            ("testable", row.testable),
            ("verdict", row.outcome),
        ):
            assert f'data-{name}="{value}"' in part
        assert row.quote_zh in part
        assert 'href="cost-of-a-given-level.ipynb#verdict-x"' in part
        assert "Is it &lt;so&gt;?" in part and "<so>" not in part
    assert "<script" not in html and " on" + "click" not in html and "style=" not in html


def test_chinese_is_marked_with_its_script(rows, shown):
    ledger_page.show(rows, "All claims")
    html = shown[0]["text/html"]
    languages = re.findall(r'<span lang="(zh-\w+)">', html)
    documents = rows["document"].tolist()
    wanted = ["zh-Hant" if name == "004" else "zh-Hans" for name in documents]
    assert languages == wanted


def test_a_reader_without_html_gets_every_row(rows, shown):
    ledger_page.show(rows, "All claims")
    plain = shown[0]["text/plain"].splitlines()
    assert plain[0] == "All claims" and len(plain) == len(rows) + 1
    assert plain[1].startswith("000-01  \N{CHECK MARK} supported: ")
    assert any("open until 31 December 2035" in line for line in plain)


def test_part_of_the_ledger_can_be_shown_and_nothing_cannot(rows, shown):
    ledger_page.show(rows[rows["document"] == "003"], "One document")
    assert shown[0]["text/html"].count("<tr id=") == 14
    with pytest.raises(ValueError, match="no row"):
        ledger_page.show(rows[:0], "Nothing")


def test_the_interval_stands_without_the_words_on_how_it_was_made():
    one = verdict(
        "k", ("001-07",), Outcome.PARTLY, figure=10.0, low=5.0, high=20.0, unit="x per year",
        interval="95%; by half-samples",
    )  # fmt: skip
    assert ledger_page._short_figure(one) == "10x per year (5x to 20x)"
    bare = verdict("k", ("001-07",), Outcome.PARTLY, figure=10.0, low=5.0, high=20.0, unit="x")
    assert ledger_page._short_figure(bare) == "10x (5x to 20x)"


def test_colours_of_verdicts_bear_words_and_differ():
    from three_observations import charts

    assert set(ledger_page.OUTCOME_COLOURS) <= set(charts.FOR_TEXT)
    assert len(set(ledger_page.OUTCOME_COLOURS)) == len(Outcome)
    shapes = ledger_page.outcome_marks("Verdict")["shape"].to_dict()["scale"]["range"]
    assert len(set(shapes)) == len(Outcome)


# --- renderings --------------------------------------------------------------------------------


def test_each_sentence_opens_to_all_its_renderings(shown):
    keys = {key for keys in renderings.DECIDED_BY.values() for key in keys} | {"said-slot"}
    found = [verdict(key, ("001-07",), Outcome.PARTLY) for key in sorted(keys)]
    table = renderings.side_by_side()
    ledger_page.show_renderings(table, found, ["level"])
    html = shown[0]["text/html"]
    assert html.count("<details") == len(renderings.SENTENCES)
    assert html.count(" open>") == 1 and 'id="rendering-level" open>' in html
    assert html.count('<tr role="row"><th scope="row"') == len(table)
    assert html.count("the sentence is missing") == table["quote"].isna().sum()
    for sign in ("\N{IDENTICAL TO}", "\N{NOT EQUAL TO}", "\N{EMPTY SET}"):
        assert sign in html
    assert "nan" not in shown[0]["text/plain"]
    with pytest.raises(ValueError, match="no rendering"):
        ledger_page.show_renderings(table[:0], found)


# --- the page as committed ---------------------------------------------------------------------


def outputs_of(page: Path) -> Iterator[str]:
    for cell in notebooks.code_cells(notebooks.read(page)):
        for output in cell["outputs"]:
            if "text/html" in output.get("data", {}):
                yield notebooks.text_of(output["data"]["text/html"])


def test_the_page_shows_every_claim_with_a_verdict_and_a_place_that_exists():
    html = "".join(outputs_of(CHAPTER))
    anchors: dict[str, set[str]] = {}
    for claim in LEDGER["claim"]:
        start = html.index(f'<tr id="ledger-{claim}"')
        part = html[start : html.index("</tr>", start)]
        links = re.findall(r'href="([\w-]+)\.ipynb#([\w-]+)"', part)
        assert "verdict-badge" in part and links, claim
        for page, anchor in links:
            if page not in anchors:
                written = "".join(outputs_of(CHAPTER.with_name(f"{page}.ipynb")))
                anchors[page] = set(re.findall(r'id="([\w-]+)"', written))
            assert anchor in anchors[page], (claim, page, anchor)


# --- in the browser ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def at(browser: Any, site_server: str) -> Any:
    @contextmanager
    def open_page(after: str = "", home: str = site_server, **settings: Any) -> Iterator[Any]:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}} | settings)
        tab = context.new_page()
        tab.errors = []
        tab.on("pageerror", lambda error: tab.errors.append(str(error)))
        tab.on(
            "console",
            lambda said: tab.errors.append(said.text) if said.type == "error" else None,
        )
        tab.goto(f"{home}/{PAGE}{after}")
        try:
            yield tab
            assert tab.errors == []
        finally:
            context.close()

    return open_page


def visible(tab: Any) -> int:
    return tab.locator(".book-ledger tbody tr:visible").count()


def told(tab: Any, words: str) -> None:
    tab.wait_for_function(
        "words => document.querySelector('.ledger-status').textContent === words", arg=words
    )


def test_filters_show_what_fits_and_say_how_many(at):
    total = len(LEDGER)
    with at() as tab:
        told(tab, f"{total} of {total} claims shown")
        tab.get_by_label("Document", exact=True).select_option("003")
        told(tab, f"14 of {total} claims shown")
        assert visible(tab) == 14
        tab.get_by_label("About").select_option("second observation")
        wanted = ((LEDGER["document"] == "003") & (LEDGER["theme"] == "obs2")).sum()
        told(tab, f"{wanted} of {total} claims shown")
        tab.get_by_role("button", name="Show all claims").click()
        told(tab, f"{total} of {total} claims shown")
        assert tab.get_by_label("Document", exact=True).input_value() == ""


@pytest.mark.parametrize(
    ("words", "claim"),
    [("land luxury dearer", "001-19"), ("单位计算成本", "003-05"), ("toothpaste", "004-10")],
)
def test_words_and_characters_find_a_claim(at, words, claim):
    with at() as tab:
        tab.get_by_label("Words, numbers or characters").fill(words)
        tab.wait_for_function("() => document.querySelector('.book-ledger tr[hidden]') !== null")
        assert tab.locator(f"#ledger-{claim}").is_visible()
        assert 1 <= visible(tab) <= 4


def test_nothing_found_is_said(at):
    with at() as tab:
        tab.get_by_label("Words, numbers or characters").fill("zebra")
        told(tab, "No claim has all of these.")
        # the way out stands beside it
        tab.get_by_role("button", name="Show all claims").click()
        told(tab, f"{len(LEDGER)} of {len(LEDGER)} claims shown")


def claims_with(tab: Any, words: str) -> set[str]:
    """Return the claims that the script finds by some words."""
    field = tab.get_by_label("Words, numbers or characters")
    field.fill("zebra")
    told(tab, "No claim has all of these.")
    field.fill(words)
    tab.wait_for_timeout(400)
    shown = tab.locator(".book-ledger tbody tr:visible")
    return set(shown.evaluate_all("rows => rows.map(row => row.id.slice(7))"))


def test_hyphens_do_not_matter(at):
    with at() as tab:
        found = claims_with(tab, "super-exponential")
        assert len(found) >= 2
        assert claims_with(tab, "superexponential") == found
        assert found <= claims_with(tab, "exponential")
        assert claims_with(tab, "001\N{EN DASH}19") == claims_with(tab, "001-19")


def test_words_begin_where_words_begin_and_quoted_words_stand_together(at):
    with at() as tab:
        assert "001-07" not in claims_with(tab, "xponential")
        loose, phrase = claims_with(tab, "not supported"), claims_with(tab, '"not supported"')
        assert phrase <= loose and len(phrase) < len(loose)
        for claim in phrase:
            assert "not supported" in tab.locator(f"#ledger-{claim}").text_content()
        assert claims_with(tab, "\N{LEFT DOUBLE QUOTATION MARK}not supported") == phrase
        assert claims_with(tab, "成本") >= claims_with(tab, "单位计算成本") == {"003-05"}


def test_the_address_keeps_the_filters_beside_those_of_charts(at):
    with at("?days.days_meant=5") as tab:
        tab.get_by_label("Verdict", exact=True).select_option("contradicted")
        tab.wait_for_function("() => location.search.includes('ledger.verdict')")
        asked = parse_qs(urlsplit(tab.url).query)
        assert asked == {"days.days_meant": ["5"], "ledger.verdict": ["contradicted"]}
        shown, query = visible(tab), urlsplit(tab.url).query
        # a chart that writes its own setting leaves the filters in the address
        tab.locator("#chart-days").scroll_into_view_if_needed()
        tab.wait_for_selector("#chart-days.live")
        tab.locator("#chart-days input[type=range]").press("ArrowRight")
        tab.wait_for_function("() => location.search.includes('days_meant=5.5')")
        assert "ledger.verdict=contradicted" in tab.url
    with at(f"?{query}") as tab:
        assert visible(tab) == shown > 0
        assert tab.get_by_label("Verdict", exact=True).input_value() == "contradicted"
    with at("?ledger.verdict=perfect&ledger.words=") as tab:
        assert visible(tab) == len(LEDGER)


def test_a_link_to_a_claim_shows_it_whatever_the_filters_say(at):
    with at("?ledger.document=003#ledger-001-07") as tab:
        assert tab.locator("#ledger-001-07").is_visible()
        assert visible(tab) == len(LEDGER)
        tab.get_by_label("Document", exact=True).select_option("000")
        told(tab, f"22 of {len(LEDGER)} claims shown")
        tab.evaluate("location.hash = '#ledger-004-10'")
        told(tab, f"{len(LEDGER)} of {len(LEDGER)} claims shown")
        assert tab.locator("#ledger-004-10").is_visible()


def test_the_filters_work_by_keyboard_alone(at):
    with at() as tab:
        tab.get_by_label("Words, numbers or characters").focus()
        tab.keyboard.type("zebra")
        tab.keyboard.press("Enter")  # does not leave the page
        told(tab, "No claim has all of these.")
        assert tab.url.split("?")[0].endswith(PAGE)
        reached = []
        for _ in range(6):
            tab.keyboard.press("Tab")
            reached.append(tab.evaluate("document.activeElement.id || document.activeElement.type"))
        names = ["document", "speaker", "theme", "testable", "verdict"]
        assert reached == ["reset"] + [f"ledger-{name}" for name in names]
        tab.locator(".ledger-controls button").focus()
        tab.keyboard.press("Enter")
        told(tab, f"{len(LEDGER)} of {len(LEDGER)} claims shown")
        assert tab.evaluate("document.activeElement.id") == "ledger-words"


def test_every_control_has_a_label_and_the_count_is_announced(at):
    with at() as tab:
        controls = tab.locator(".ledger-controls :is(input, select)")
        names = controls.evaluate_all("all => all.map(one => one.labels[0].textContent)")
        assert len(names) == len(set(names)) == 6 and all(names)
        assert tab.locator(".ledger-status").get_attribute("role") == "status"


@pytest.mark.parametrize("width", [390, 360])
def test_on_a_phone_rows_are_cards_and_nothing_scrolls_sideways(at, width):
    phone = {"viewport": {"width": width, "height": 800}, "is_mobile": True, "has_touch": True}
    with at(**phone) as tab:
        tab.get_by_role("button", name="Show the other").click()
        told(tab, f"{len(LEDGER)} of {len(LEDGER)} claims shown")
        assert visible(tab) == len(LEDGER)
        assert tab.evaluate("document.activeElement.rowIndex") == 13
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        for box in (".book-ledger", ".book-renderings"):
            wide = tab.locator(box).evaluate_all(
                "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).length"
            )
            assert wide == 0, box
        row = tab.locator("#ledger-001-07")
        assert row.evaluate("one => getComputedStyle(one).display") == "block"
        cells = row.locator("td")
        first, second = cells.nth(0).bounding_box(), cells.nth(1).bounding_box()
        assert first["y"] + first["height"] <= second["y"] + 1


def test_on_a_phone_the_ledger_scrolls_with_the_page_and_its_count_is_in_sight(at):
    phone = {"viewport": {"width": 390, "height": 800}, "is_mobile": True, "has_touch": True}
    with at(**phone) as tab:
        box = tab.locator(".book-ledger")
        assert box.evaluate("one => one.scrollHeight - one.clientHeight") < 3
        field = tab.get_by_label("Words, numbers or characters")
        field.fill("toothpaste")
        tab.wait_for_function("() => document.querySelector('.book-ledger tr[hidden]') !== null")
        below, first = tab.evaluate(
            """() => {
                const end = document.querySelector("#ledger-words").getBoundingClientRect().bottom;
                const top = name => document.querySelector(name).getBoundingClientRect().top - end;
                return [top(".ledger-status"), top(".book-ledger tbody tr:not([hidden])")];
            }"""
        )
        assert 0 < below < 40 and first < 300  # the menus are folded
        menu = tab.get_by_label("Document", exact=True)
        assert not menu.is_visible()
        tab.locator(".ledger-menus summary").click()
        menu.select_option("003")
        told(tab, "No claim has all of these.")
        assert "(1 set)" in tab.locator(".ledger-menus summary").text_content()
    with at() as tab:  # on a wide screen it is a box of its own, and the menus are open
        box = tab.locator(".book-ledger")
        assert box.evaluate("one => one.scrollHeight - one.clientHeight") > 1000
        assert tab.get_by_label("Document", exact=True).is_visible()


def test_on_a_phone_the_first_claims_are_shown_and_paper_has_them_all(at):
    phone = {"viewport": {"width": 390, "height": 800}, "is_mobile": True, "has_touch": True}
    total = len(LEDGER)
    with at(**phone) as tab:
        told(tab, f"{total} of {total} claims; the first 12 are shown")
        assert visible(tab) == 12
        assert tab.locator(".book-ledger").bounding_box()["height"] < 8000
        tab.get_by_label("Words, numbers or characters").fill("toothpaste")
        tab.wait_for_function("() => document.querySelector('.ledger-more').hidden")
        tab.emulate_media(media="print")
        assert not tab.locator(".ledger-more").is_visible()
    with at(**phone) as tab:
        tab.emulate_media(media="print")
        assert visible(tab) == total
    with at("#ledger-004-10", **phone) as tab:
        assert tab.locator("#ledger-004-10").is_visible() and visible(tab) == total
    with at(java_script_enabled=False, **phone) as tab:
        assert visible(tab) == total


@pytest.mark.parametrize("script", [True, False])
def test_a_link_leads_past_the_ledger(at, script):
    with at(java_script_enabled=script) as tab:
        tab.get_by_role("link", name="Skip the ledger").focus()
        tab.keyboard.press("Enter")
        tab.wait_for_function("() => location.hash === '#ledger-end'") if script else None
        assert tab.locator("#ledger-end").is_visible()
        tab.keyboard.press("Tab")
        inside = tab.locator(":focus").evaluate("one => one.closest('.book-ledger') !== null")
        assert not inside


def test_without_script_the_whole_table_is_there(at):
    with at(java_script_enabled=False) as tab:
        assert visible(tab) == len(LEDGER)
        assert tab.locator(".ledger-controls").count() == 0
        last = tab.locator(".book-ledger tbody tr").last
        assert last.is_visible()
        assert (
            tab.locator(".book-ledger").evaluate("one => one.scrollHeight - one.clientHeight") < 3
        )


def test_from_a_folder_the_filters_work_too(at, built_site):
    with at(home=built_site.as_uri()) as tab:
        tab.get_by_label("Document", exact=True).select_option("000")
        told(tab, f"22 of {len(LEDGER)} claims shown")


def test_on_paper_the_table_is_whole_and_renderings_are_open(at):
    with at() as tab:
        tab.emulate_media(media="print")
        box = tab.locator(".book-ledger")
        assert box.evaluate("one => one.scrollHeight - one.clientHeight") < 3
        assert not tab.locator(".ledger-controls").is_visible()
        assert not tab.locator(".ledger-set").is_visible()
        assert tab.locator("#rendering-care table").is_visible()


def test_paper_says_which_filters_are_set(at):
    with at("?ledger.document=003&ledger.words=cost") as tab:
        said = tab.locator(".ledger-set")
        assert not said.is_visible()
        tab.emulate_media(media="print")
        assert said.is_visible()
        words = f"{visible(tab)} of {len(LEDGER)} claims shown. Words: cost; Document: 003"
        assert said.text_content().startswith(words)


def test_the_ledger_is_named_for_what_it_is_whatever_is_shown(at):
    with at("?ledger.document=003") as tab:
        name = tab.locator(".book-ledger").get_attribute("aria-label")
        assert name == "The ledger of claims"


def test_chinese_is_set_in_a_font_of_the_system(at, built_site):
    style = (built_site / "_static" / "book.css").read_text(encoding="utf-8")
    assert "@font-face" not in style
    with at() as tab:
        fonts = tab.locator("#ledger-001-07 [lang]").evaluate(
            "one => getComputedStyle(one).fontFamily"
        )
        assert "PingFang SC" in fonts and fonts.endswith("sans-serif")


def test_the_script_is_loaded_where_the_ledger_is_and_nowhere_else(built_site):
    with_it = {
        path.relative_to(built_site).as_posix()
        for path in built_site.rglob("*.html")
        if "ledger.js" in path.read_text(encoding="utf-8")
    }
    assert with_it == {PAGE}


def test_the_tables_of_this_page_are_described():
    for name in ("renderings", "press_facts"):
        described = data.describe(name)
        assert described["title"] and all(f["description"] for f in described["schema"]["fields"])
