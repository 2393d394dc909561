"""Every page in a browser with the network cut: for every reader, on a phone, without script.

Each page is opened three times, and everything that can be seen on one visit is checked there.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe

from three_observations.site.browser import Visit

ROOT = Path(__file__).resolve().parents[1]
PAGES = [
    *(
        path.relative_to(ROOT).with_suffix(".html").as_posix()
        for path in sorted((ROOT / "chapters").rglob("*.ipynb"))
        if ".ipynb_checkpoints" not in path.parts
    ),
    "search.html",
    "sitemap.html",
    "glossary.html",
    "cite.html",
]

each_page = pytest.mark.parametrize("page", PAGES)

# Contrast of every word on a page, after WCAG 2.2, and which words look alike. A word whose
# colour, ground, size and weight are those of another one has the same contrast, so axe, which
# needs a hundredth of a second for each, looks at two of each look and at every field.
CONTRAST = """() => {
    const numbers = colour => {
        const found = colour.match(/^(rgba?\\(|color\\(srgb )([^)]+)\\)$/);
        if (!found) return null;
        const parts = found[2].split(/[ ,/]+/).map(Number);
        const most = found[1].startsWith("rgb") ? 1 : 255;
        return [0, 1, 2].map(i => parts[i] * most).concat(parts.length > 3 ? parts[3] : 1);
    };
    const over = (front, back) => [0, 1, 2]
        .map(i => front[i] * front[3] + back[i] * (1 - front[3])).concat(1);
    const light = colour => colour.slice(0, 3)
        .map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
    const grounds = new Map();
    const ground = box => {
        if (!box) return [255, 255, 255, 1];
        if (!grounds.has(box)) {
            const style = getComputedStyle(box), colour = numbers(style.backgroundColor);
            // The shadow at the edge of what is wide is no ground for words.
            const shaded = box.matches(".book-table, .formula");
            const picture = style.backgroundImage !== "none" && !shaded;
            const unknown = picture || !colour;
            const below = ground(box.parentElement);
            grounds.set(box, unknown || !below ? null : over(colour, below));
        }
        return grounds.get(box);
    };
    // A word in a drawing stands on the marks drawn before it that hold its middle.
    const drawings = new Map();
    const marks = drawing => {
        if (!drawings.has(drawing)) {
            drawings.set(drawing, [...drawing.querySelectorAll("path, rect, circle")]
                .map(mark => [mark, getComputedStyle(mark), mark.getBoundingClientRect()])
                .filter(([, style]) => !["none", "transparent"].includes(style.fill)));
        }
        return drawings.get(drawing);
    };
    const strengthOf = (box, end) => {
        let strength = 1;
        for (let b = box; b && b !== end; b = b.parentElement)
            strength *= Number(getComputedStyle(b).opacity);
        return strength;
    };
    const under = (word, back) => {
        const drawing = word.closest("svg"), at = word.getBoundingClientRect();
        const x = (at.left + at.right) / 2, y = (at.top + at.bottom) / 2;
        for (const [mark, style, box] of marks(drawing)) {
            if (x < box.left || x > box.right || y < box.top || y > box.bottom) continue;
            if (!(mark.compareDocumentPosition(word) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
            const point = new DOMPoint(x, y).matrixTransform(mark.getScreenCTM().inverse());
            const fill = numbers(style.fill);
            if (!fill || !back || !mark.isPointInFill(point)) continue;
            fill[3] *= Number(style.fillOpacity) * strengthOf(mark, drawing);
            back = over(fill, back);
        }
        return back;
    };
    document.querySelectorAll("[data-contrast]").forEach(b => b.removeAttribute("data-contrast"));
    const looks = new Map(), pale = [];
    const unknown = [];
    let words = 0;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const seen = new Set();
    while (walker.nextNode()) {
        const box = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || seen.has(box)) continue;
        seen.add(box);
        if (box.closest("script, style, noscript, template, :disabled")) continue;
        if (!box.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
        const style = getComputedStyle(box), drawn = box.namespaceURI.endsWith("/svg");
        const colour = numbers(drawn ? style.fill : style.color);
        const back = drawn ? under(box, ground(box)) : ground(box);
        words += 1;
        const strength = strengthOf(box, null);
        const size = parseFloat(style.fontSize), bold = Number(style.fontWeight) >= 700;
        const look = [colour, back, size, bold, strength, drawn].join();
        const alike = looks.get(look) || [];
        looks.set(look, alike);
        alike.push(box);
        if (!colour || !back) {
            unknown.push([style.fill, style.color, box.outerHTML.slice(0, 120)]);
            continue;
        }
        const front = over([...colour.slice(0, 3), colour[3] * strength], back);
        const [dim, bright] = [light(front), light(back)].sort((a, b) => a - b);
        const large = size >= 24 || (size >= 18.66 && bold);
        if ((bright + 0.05) / (dim + 0.05) < (large ? 3 : 4.5)) {
            pale.push(box.outerHTML.slice(0, 120));
        }
    }
    for (const alike of looks.values()) {
        alike.slice(0, 2).forEach(box => box.setAttribute("data-contrast", ""));
    }
    document.querySelectorAll("input, select")
        .forEach(box => box.setAttribute("data-contrast", ""));
    return { words, unknown, looks: looks.size, pale };
}"""


#: All rules, the one about contrast for one or two words of every look.
AXE = Axe(
    AXE_SCRIPT
    + ';axe.configure({ rules: [{ id: "color-contrast", selector: "[data-contrast]" }] });'
)


def broken_rules(visit: Visit, *rules: str) -> list[tuple[str, str]]:
    """Return what axe finds: which rule, and where; all rules if none is named."""
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = list(rules)
    found = AXE.run(visit.tab, options=options).response["violations"]
    return [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found]


def assert_every_word_can_be_read(visit: Visit) -> None:
    measured = visit.tab.evaluate(CONTRAST)
    assert measured["pale"] == []
    assert measured["words"] > 10 and measured["looks"] > 4
    assert measured["unknown"] == []


HEIGHTS = """() => [...document.querySelectorAll("figure.chart")].map(
    figure => [figure.id, figure.getBoundingClientRect().height])"""


def moved(visit: Visit, before: dict[str, float]) -> list[str]:
    """Name the figures that another height came to when they were drawn: what is below moves."""
    after = dict(visit.tab.evaluate(HEIGHTS))
    return [name for name in before if abs(after[name] - before[name]) > 2]


# Words of a drawing that leave it, and words at its axes and in its legends that touch.
CROWDED = """() => {
    const found = [];
    for (const drawing of document.querySelectorAll(".chart-live svg")) {
        const frame = drawing.getBoundingClientRect(), said = [];
        const name = drawing.closest("figure").id;
        for (const text of drawing.querySelectorAll("text")) {
            if (!text.textContent.trim() || text.getAttribute("opacity") === "0") continue;
            const box = text.getBoundingClientRect();
            if (box.left < frame.left - 1.5 || box.right > frame.right + 1.5
                || box.top < frame.top - 1.5 || box.bottom > frame.bottom + 1.5) {
                found.push([name, "leaves", text.textContent]);
            }
            const turned = (text.getAttribute("transform") || "").includes("rotate");
            if (!turned && /role-(axis|legend)-/.test(text.parentNode.className.baseVal)) {
                said.push([text.textContent, box]);
            }
        }
        said.forEach(([words, a], index) => {
            for (const [others, b] of said.slice(index + 1)) {
                const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
                const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
                if (across > 1 && down > 3) found.push([name, words, others]);
            }
        });
    }
    return found;
}"""


@each_page
def test_a_page_is_sound_for_every_reader_and_asks_nobody_else(visiting: Any, page: str) -> None:
    with visiting(color_scheme="light") as visit:
        before = dict(visit.open(page).tab.evaluate(HEIGHTS))
        visit.draw_all()
        visit.settle()
        assert moved(visit, before) == []
        assert visit.tab.evaluate(CROWDED) == []
        root = visit.tab.locator("html")
        assert root.get_attribute("data-theme") == "light"
        visit.tab.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        assert_every_word_can_be_read(visit)
        assert broken_rules(visit) == []
        # The colours are all that differs on a dark page.
        visit.tab.get_by_role("button", name="Dark").click()
        assert root.get_attribute("data-theme") == "dark"
        assert_every_word_can_be_read(visit)
        assert broken_rules(visit, "color-contrast") == []
        visit.ok()


@each_page
def test_a_page_opened_from_a_folder_fits_a_phone_without_sideways_scrolling(
    visiting: Any, built_site: Path, page: str
) -> None:
    phone = {"viewport": {"width": 390, "height": 800}, "is_mobile": True, "has_touch": True}
    with visiting(home=built_site.as_uri(), color_scheme="dark", **phone) as visit:
        before = dict(visit.open(page).tab.evaluate(HEIGHTS))
        drawn = visit.draw_all()
        visit.settle()
        assert moved(visit, before) == []
        assert visit.tab.locator("html").get_attribute("data-theme") == "dark"
        assert "sans" in visit.tab.evaluate(
            "getComputedStyle(document.querySelector('h1')).fontFamily"
        )
        for width in (390, 360):
            visit.tab.set_viewport_size({"width": width, "height": 800})
            visit.settle()
            wide = visit.tab.evaluate(
                """width => [...document.querySelectorAll("main *")]
                    .filter(box => box.getBoundingClientRect().right > width + 1)
                    .filter(box => !box.closest(".book-table, pre, .formula, .unseen, .chart-live"))
                    .map(box => box.outerHTML.slice(0, 120))""",
                width,
            )
            assert wide == []
            assert visit.tab.evaluate(CROWDED) == []
            assert visit.tab.evaluate("document.documentElement.scrollWidth") <= width
            fits = visit.tab.evaluate(
                """() => [...document.querySelectorAll("figure.chart")].map(figure => [figure.id,
                    figure.querySelector(".chart-live svg").getBoundingClientRect().width,
                    figure.querySelector(".chart-canvas").clientWidth])"""
            )
            assert len(fits) == drawn
            assert [name for name, wide, room in fits if wide > room + 1 or wide < 100] == []
        assert visit.tab.evaluate(CONTRAST)["pale"] == []
        visit.ok()


@each_page
def test_without_script_words_pictures_and_the_way_on_are_there(visiting: Any, page: str) -> None:
    with visiting(java_script_enabled=False) as visit:
        visit.open(page)
        assert visit.tab.locator("main h1").is_visible()
        assert visit.tab.locator("nav#book-menu a").first.is_visible()
        pictures = visit.tab.locator("img.chart-picture").evaluate_all(
            """pictures => pictures.map(picture => {
                const box = picture.getBoundingClientRect();
                return [picture.checkVisibility(), box.width, box.height];
            })"""
        )
        for visible, width, height in pictures:
            assert visible and width > 300 and height > 80
        assert visit.tab.locator(".chart-controls:visible").count() == 0
        visit.ok()


@pytest.mark.parametrize("look", ["color: #b0b0b0", "opacity: 0.4", "color: #0008; font-size: 8px"])
def test_a_word_that_is_too_pale_is_found_by_both_measures(visiting: Any, look: str) -> None:
    with visiting(color_scheme="light") as visit:
        visit.open("glossary.html")
        assert visit.tab.evaluate(CONTRAST)["pale"] == []
        visit.tab.evaluate(
            "look => document.querySelector('.book-footer p').style.cssText = look", look
        )
        assert len(visit.tab.evaluate(CONTRAST)["pale"]) >= 1
        assert "color-contrast" in dict(broken_rules(visit, "color-contrast"))
        assert "color-contrast" in dict(broken_rules(visit))


@pytest.mark.parametrize(
    ("word", "mark", "opacity", "readable"),
    [
        ("#ffffff", "#145089", 1, True),  # on the mark that holds it, not on the page
        ("#ffffff", "#145089", 0.3, False),
        ("#ffffff", "none", 1, False),
        ("#1f2328", "#145089", 1, False),
        ("#1f2328", "#f6d7a0", 1, True),
        ("#999999", "none", 1, False),
    ],
)
def test_a_word_in_a_drawing_is_measured_against_the_mark_below_it(
    visiting: Any, word: str, mark: str, opacity: float, readable: bool
) -> None:
    drawing = (
        '<rect width="400" height="60" fill="none"/>'
        f'<rect width="200" height="60" fill="{mark}" opacity="{opacity}"/>'
        f'<text x="60" y="35" fill="{word}" font-size="16">twelve</text>'
        '<rect x="0" width="400" height="60" fill="#fff" fill-opacity="0"/>'
    )
    with visiting(color_scheme="light") as visit:
        visit.open("glossary.html")
        visit.tab.evaluate(
            """drawing => {
                const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
                svg.setAttribute("width", 400);
                svg.innerHTML = drawing;
                document.querySelector(".book-footer").before(svg);
            }""",
            drawing,
        )
        assert (visit.tab.evaluate(CONTRAST)["pale"] == []) is readable
