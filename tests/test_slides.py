"""The slide decks: made from the book's outputs alone, and sound without a network."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from three_observations import charts
from three_observations.site import notebooks, slides

ROOT = Path(__file__).resolve().parents[1]
CHAPTERS = slides.chapters(ROOT)
each_chapter = pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda name: Path(name).name)


@pytest.fixture(scope="module")
def decks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The decks in a folder of their own, away from the site."""
    folder = tmp_path_factory.mktemp("a talk") / "slides"
    slides.write(ROOT, folder)
    return folder


def html_of(decks: Path, chapter: str) -> str:
    return (decks / f"{Path(chapter).name}.html").read_text(encoding="utf-8")


def words(html: str) -> str:
    """Return the words of a piece of HTML, without styles, scripts, pictures and formulas."""
    html = re.sub(r"<(style|script|svg|math)\b.*?</\1>", " ", html, flags=re.S)
    html = re.sub(r"</?(?:a|em|strong|span|cite|code)\b[^>]*>", "", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def outputs(chapter: str, kind: str) -> Iterator[str]:
    """Yield the outputs of one form that stand in a chapter's notebook."""
    for cell in notebooks.code_cells(notebooks.read(ROOT / f"{chapter}.ipynb")):
        for output in cell.get("outputs", ()):
            if kind in output.get("data", {}):
                found = output["data"][kind]
                yield json.dumps(found) if isinstance(found, dict) else notebooks.text_of(found)


# -------------------------------------------------------------------------- what a deck holds


def test_every_chapter_has_a_deck_and_a_list_leads_to_them(decks: Path) -> None:
    names = {path.name for path in decks.iterdir()}
    assert names == {f"{Path(name).name}.html" for name in CHAPTERS} | {"index.html"}
    index = (decks / "index.html").read_text(encoding="utf-8")
    assert set(re.findall(r'href="([^":,]+)"', index)) == names - {"index.html"}
    assert len(CHAPTERS) >= 4


@each_chapter
def test_a_deck_is_one_file_that_may_ask_for_nothing(decks: Path, chapter: str) -> None:
    html = html_of(decks, chapter)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html).group(1)
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'sha256-")
    assert "unsafe" not in policy and "http" not in policy
    assert not re.search(r"<(?:script|img|iframe)[^>]* src=|<link[^>]* href=\"(?!data:,)", html)
    assert not re.search(r"@import|url\((?!#)", html)
    assert not re.search(r' style="| on\w+="', html)
    for address in re.findall(r'<a [^>]*href="([^"]*)"', html):
        assert re.match(r"https?://", address), f"{address} leads to a file that may not be there"
    assert html.count("<h1") == 1
    identifiers = re.findall(r'\bid="([^"]+)"', html)
    assert len(identifiers) == len(set(identifiers))


@each_chapter
def test_a_deck_shows_every_question_chart_and_verdict_of_its_chapter(
    decks: Path, chapter: str
) -> None:
    html = html_of(decks, chapter)
    said = words(html)
    for spec in outputs(chapter, charts.MIME_TYPE):
        title = json.loads(spec)["usermeta"]["title"]
        assert title in said, title
    cards = [words(card) for card in outputs(chapter, "text/html") if "book-card verdict" in card]
    claims = [words(card) for card in outputs(chapter, "text/html") if "book-card claim" in card]
    for card in [*cards, *claims]:
        assert card in said, card[:80]
    drawn = [
        part
        for part in slides.sections(notebooks.read(ROOT / f"{chapter}.ipynb"))
        if part.question and any(kind == "chart" for kind, _ in part.outputs)
    ]
    headings = {
        unescape(found) for found in re.findall(r'<h2 id="heading-\d+"[^>]*>(.*?)</h2>', html)
    }
    for part in drawn:
        question = slides.plain(part.question)
        assert question[:1].upper() + question[1:] in headings
    pictures = sum(1 for _ in outputs(chapter, "image/svg+xml"))
    assert html.count("<svg ") == pictures


@each_chapter
def test_a_deck_says_what_the_chapter_says_and_nothing_else(decks: Path, chapter: str) -> None:
    book = " ".join(words(slides.to_html(text)) for text in outputs(chapter, "text/markdown"))
    html = html_of(decks, chapter)
    readings = re.findall(r'<div class="reading">(.*?)</div>\n?</div>', html, re.S)
    checked = 0
    for reading in readings:
        for sentence in re.findall(r"<p>(.*?)</p>", reading, re.S):
            if words(sentence) in book:
                checked += 1
    assert checked > len(readings)


@each_chapter
def test_a_deck_asks_the_exercises_and_tells_no_solution(decks: Path, chapter: str) -> None:
    html = html_of(decks, chapter)
    assert "<details" not in html and "</summary>" not in html
    if not CHAPTERS[chapter]:
        return
    for cell in notebooks.read(ROOT / f"{CHAPTERS[chapter]}.ipynb")["cells"]:
        source = notebooks.text_of(cell["source"])
        if cell["cell_type"] != "markdown":
            continue
        if source.startswith("## "):
            assert slides.plain(source.split("\n")[0].removeprefix("## ")) in words(html)
        elif code := re.search(r"```python\n(.*?)```", source, re.S):
            assert code.group(1).strip().splitlines()[-1] not in unescape(html)


@each_chapter
def test_a_picture_takes_the_colours_of_the_page_and_says_what_it_shows(
    decks: Path, chapter: str
) -> None:
    pictures = re.findall(r"<svg .*?</svg>", html_of(decks, chapter), re.S)
    assert pictures
    for picture in pictures:
        assert 'role="img"' in picture and "<title>" in picture and "<desc>" in picture
        assert "var(--chart-ink)" in picture or "var(--chart-grey)" in picture
        for colour in slides.VARIABLES:
            assert f'"{colour}"' not in picture.lower()


@each_chapter
def test_all_verdicts_stand_in_short_before_the_exercises_and_in_full_after(
    decks: Path, chapter: str
) -> None:
    html = html_of(decks, chapter)
    full = sum("book-card verdict" in card for card in outputs(chapter, "text/html"))
    kinds = re.findall(r'<div class="slide ([\w ]+)" id', html)
    headings = re.findall(r'<h2 id="heading-\d+"[^>]*>(.*?)</h2>', html)
    assert kinds.count("short") == (0 if full == 0 else 1 if full < 14 else 2)
    rows = re.findall(r'<li><strong class="verdict-badge.*?</li>', html, re.S)
    assert len(rows) == full and all('class="asked"' in row for row in rows)
    assert sum('class="of-it"' in row for row in rows) == html.count("<strong>Figure:</strong>")
    assert html.count('<div class="card verdict') == full
    order = [name for name in dict.fromkeys(headings) if name in SUMMARY]
    assert order == [name for name in SUMMARY if name in order]
    assert (slides.IN_FULL in order) == ("Verdicts" in order) == (full > 0)


SUMMARY = ["Verdicts", "What to take away", "Exercises", slides.IN_FULL, "Sources"]


@each_chapter
def test_rules_and_take_away_of_a_chapter_are_in_its_deck(decks: Path, chapter: str) -> None:
    html = html_of(decks, chapter)
    headings = re.findall(r'<h2 id="heading-\d+"[^>]*>(.*?)</h2>', html)
    parts = slides.sections(notebooks.read(ROOT / f"{chapter}.ipynb"))
    beginnings = ("What would make", "The rules", "What to take away")
    asked = [part for part in parts if part.heading.startswith(beginnings)]
    assert asked
    for part in asked:
        assert slides.plain(part.heading) in headings
        if not part.heading.startswith("What would make"):
            said = [text for kind, text in part.outputs if kind == "words"]
            code = [text.split("\n")[1] for text in said if text.startswith("```python")]
            assert all(line in unescape(html) for line in code)
            told = [part.text, *(text for text in said if not text.startswith("```"))]
            for line in "\n".join(told).split("\n"):
                line = re.sub(r"^(- |\d+\. )", "", line.strip())
                assert words(slides.to_html(line)) in words(html), line


@each_chapter
def test_a_chart_with_sliders_says_where_they_are(decks: Path, chapter: str) -> None:
    html = html_of(decks, chapter)
    moved = 0
    for spec in outputs(chapter, charts.MIME_TYPE):
        kinds = [one.get("bind") for one in json.loads(spec).get("params", ())]
        moved += any(isinstance(kind, dict) and "input" in kind for kind in kinds)
    assert html.count("values; the page has the ") == moved


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ('What "double" would take', "What \u201cdouble\u201d would take"),
        ("The speaker's own", "The speaker\u2019s own"),
        ('"Some" of it', "\u201cSome\u201d of it"),
        ("(the 'few')", "(the \u2018few\u2019)"),
    ],
)
def test_headings_have_the_typography_of_the_page(typed: str, shown: str) -> None:
    assert slides.typography(typed) == shown == slides.typography(shown)


def test_the_same_notebooks_give_the_same_bytes(decks: Path) -> None:
    again = slides.files(ROOT)
    assert {path.name: path.read_text(encoding="utf-8") for path in decks.iterdir()} == again


def test_a_text_is_cut_between_sentences_only() -> None:
    text = "\n".join(f"Sentence {number} of a long reading." for number in range(30))
    cut = slides.pieces(text, 200)
    assert len(cut) > 3 and "\n".join(cut) == text
    assert all(len(piece) <= 200 for piece in cut)
    assert slides.pieces("A" * 300, 200) == ["A" * 300]


def test_links_inside_the_book_become_words_and_formulas_are_set() -> None:
    html = slides.to_html("See [this](a.ipynb#b), [that](https://example.org), $x^2$ and $5.")
    assert "a.ipynb" not in html and "this" in html
    assert 'href="https://example.org"' in html and "<msup>" in html and "$5" in html


def test_a_chapter_without_a_chart_is_refused() -> None:
    cell = {"cell_type": "markdown", "source": "# Title\n\nWords.", "metadata": {}, "id": "a"}
    with pytest.raises(slides.SlidesError, match="holds no chart"):
        slides.deck({"cells": [cell]}, None, book="A book")


def test_a_stale_notebook_stops_the_slides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notebooks, "shared_digests", lambda root: {"data": "another"})
    with pytest.raises(slides.SlidesError, match="make book"):
        slides.files(ROOT)


def test_the_script_is_sound() -> None:
    script = (slides.DECK / "deck.js").read_text(encoding="utf-8")
    assert "http" not in script and "innerHTML" not in script and "eval" not in script


# --------------------------------------------------------------------------- in the browser


class Talk:
    """A deck in the browser, opened as a file, and everything that it asked for."""

    def __init__(self, tab: Any) -> None:
        self.tab, self.asked, self.errors = tab, [], []
        tab.on("request", lambda request: self.asked.append(request.url))
        tab.on("pageerror", lambda error: self.errors.append(str(error)))
        tab.on(
            "console",
            lambda message: self.errors.append(message.text) if message.type == "error" else None,
        )

    def ok(self) -> None:
        assert self.errors == []
        assert not [url for url in self.asked if not url.startswith(("file:", "data:"))]

    def place(self) -> tuple[int, int]:
        here, _, all_of_them = self.tab.locator(".place").text_content().partition(" / ")
        return int(here), int(all_of_them)


@pytest.fixture(scope="module")
def talking(browser: Any, decks: Path) -> Any:
    @contextmanager
    def open_deck(chapter: str, place: str = "", **settings: Any) -> Iterator[Talk]:
        settings = {"viewport": {"width": 1280, "height": 720}, "offline": True} | settings
        context = browser.new_context(**settings)
        try:
            talk = Talk(context.new_page())
            talk.tab.goto((decks / f"{Path(chapter).name}.html").as_uri() + place)
            yield talk
        finally:
            context.close()

    return open_deck


#: What can be seen of the shown slide: what of it lies outside of the screen (to the right, or on
#: a wide one below the bar), and the height of the smallest letters of its chart, in pixels.
SEEN = """() => {
    const bar = document.querySelector(".bar").getBoundingClientRect().top;
    const shown = document.querySelectorAll(".slide:not([hidden])"), slide = shown[0];
    const outside = [...slide.querySelectorAll("*")]
        .filter(box => !box.closest(innerWidth < 800 ? ".drawing *, pre *" : "svg *, pre *"))
        .filter(box => !box.closest(".unseen, math") && box.getBoundingClientRect().width)
        .filter(box => {
            const edge = box.getBoundingClientRect();
            return edge.right > innerWidth + 1 || edge.left < -1
                || (innerWidth >= 800 && edge.bottom > bar + 0.5);
        })
        .map(box => slide.id + ": " + box.outerHTML.slice(0, 120));
    const picture = slide.querySelector(".drawing svg");
    let letters = null;
    if (picture) {
        const edge = picture.getBoundingClientRect(), box = picture.viewBox.baseVal;
        const sizes = [...picture.querySelectorAll("[font-size]")].map(
            text => parseFloat(text.getAttribute("font-size")));
        letters = Math.min(...sizes) * Math.min(edge.width / box.width, edge.height / box.height);
    }
    return {
        place: document.querySelector(".place").textContent.split(" / ").map(Number),
        shown: shown.length, outside, letters, wide: document.documentElement.scrollWidth,
    };
}"""


@each_chapter
def test_every_slide_fits_its_letters_can_be_read_and_arrow_keys_turn_it(
    talking: Any, chapter: str
) -> None:
    with talking(chapter) as talk:
        last = talk.place()[1]
        assert last > 15
        for width, height, least in ((1280, 720, 10.2), (1920, 1080, 10.2), (390, 844, 10.9)):
            talk.tab.set_viewport_size({"width": width, "height": height})
            letters = []
            talk.tab.keyboard.press("Home")
            for number in range(1, last + 1):
                seen = talk.tab.evaluate(SEEN)
                assert seen["place"] == [number, last] and seen["shown"] == 1
                assert seen["outside"] == [] and seen["wide"] <= width
                letters += [] if seen["letters"] is None else [seen["letters"]]
                talk.tab.keyboard.press("ArrowRight")
            assert talk.place() == (last, last)
            assert min(letters) >= least, sorted(letters)[:3]
            # Only a chart with very many rows has letters below 11 pixels on a small projector.
            assert sum(letter < 10.9 for letter in letters) <= 1
        talk.ok()


@each_chapter
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_a_deck_is_sound_for_every_reader(talking: Any, chapter: str, colours: str) -> None:
    with talking(chapter, color_scheme=colours) as talk:
        assert talk.tab.locator("html").get_attribute("data-theme") == colours
        talk.tab.evaluate(
            "document.querySelectorAll('.slide').forEach(slide => { slide.hidden = false; })"
        )
        options = {"resultTypes": ["violations"]}
        if colours == "dark":
            options["runOnly"] = ["color-contrast"]
        found = Axe().run(talk.tab, options=options).response["violations"]
        assert not [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found]
        talk.ok()


FIRST = next(iter(CHAPTERS))


def test_keys_buttons_and_addresses_lead_to_a_slide(talking: Any) -> None:
    with talking(FIRST, "#slide-4") as talk:
        last = talk.place()[1]
        steps = {"ArrowLeft": 3, "End": last, "Home": 1, "PageDown": 2, "n": 3, "p": 2, " ": 3}
        assert talk.place()[0] == 4
        for key, number in steps.items():
            talk.tab.keyboard.press(key)
            assert talk.place()[0] == number, key
        assert talk.tab.evaluate("() => location.hash") == "#slide-3"
        assert talk.tab.evaluate("() => document.activeElement.id") == "heading-3"
        assert talk.tab.locator("#said").text_content() == f"Slide 3 of {last}"
        talk.tab.get_by_role("button", name="Next").click()
        talk.tab.get_by_role("button", name="Back").click()
        talk.tab.get_by_role("button", name="Dark").click()
        assert talk.place()[0] == 3
        assert talk.tab.locator("html").get_attribute("data-theme") == "dark"
        talk.tab.keyboard.press("Home")
        assert talk.tab.get_by_role("button", name="Back").is_disabled()
        talk.ok()


def test_a_swipe_turns_a_slide_and_a_scroll_does_not(talking: Any) -> None:
    swipe = """([across, along]) => {
        const touch = (x, y) => new Touch(
            {identifier: 1, target: document.body, clientX: x, clientY: y});
        const say = (kind, one) => document.dispatchEvent(new TouchEvent(kind,
            {touches: kind === "touchstart" ? [one] : [], changedTouches: [one], bubbles: true}
        ));
        say("touchstart", touch(200, 400));
        say("touchend", touch(200 + across, 400 + along));
    }"""
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    with talking(FIRST, **phone) as talk:
        for move, number in (((-120, 10), 2), ((-20, -200), 2), ((-120, 10), 3), ((130, 5), 2)):
            talk.tab.evaluate(swipe, list(move))
            assert talk.place()[0] == number


def test_without_script_every_slide_is_there_to_read(talking: Any) -> None:
    with talking(FIRST, java_script_enabled=False) as talk:
        shown = talk.tab.locator(".slide")
        assert shown.count() > 15
        assert all(shown.nth(number).is_visible() for number in range(shown.count()))
        assert not talk.tab.locator(".bar").is_visible()


def test_print_gives_every_slide_a_sheet_of_its_own(talking: Any) -> None:
    with talking(FIRST) as talk:
        last = talk.place()[1]
        sheets = talk.tab.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", sheets)) == last
        talk.tab.emulate_media(media="print")
        heights = talk.tab.evaluate(
            "() => [...document.querySelectorAll('.slide')]"
            ".map(slide => [slide.clientHeight, slide.scrollHeight])"
        )
        assert len(heights) == last
        assert all(inner <= outer + 1 for outer, inner in heights), heights


def test_the_command_says_what_it_wrote_or_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(slides, "FOLDER", str(tmp_path / "decks"))
    assert slides.main() == 0
    assert f"{len(CHAPTERS)} decks" in capsys.readouterr().out
    assert (tmp_path / "decks" / "index.html").is_file()
    monkeypatch.setattr(notebooks, "shared_digests", lambda root: {"data": "another"})
    monkeypatch.setattr(
        notebooks, "state_of", lambda path, shared: notebooks.State(path, ("data",))
    )
    assert slides.main() == 1
    assert "make book" in capsys.readouterr().err
