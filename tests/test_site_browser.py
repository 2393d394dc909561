"""What a reader can do on the pages: charts, search, menu, print; in a browser without network."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import altair as alt
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe

from three_observations import charts
from three_observations.site import assets, figures, pdf
from three_observations.site.browser import WAIT, Visit

CHAPTER = "chapters/cost-of-a-given-level.html"
DEEPER = "chapters/cost-going-deeper.html"


# -------------------------------------------------------------------------------------- charts


def test_charts_are_drawn_only_when_they_come_near(visiting: Any) -> None:
    with visiting() as visit:
        asked: list[str] = []
        visit.tab.on("request", lambda request: asked.append(urlsplit(request.url).path))
        visit.open(CHAPTER)
        visit.tab.wait_for_timeout(600)
        shown = visit.tab.locator("figure.chart")
        assert "live" not in shown.last.get_attribute("class").split()
        assert visit.tab.locator("figure.chart.live").count() < shown.count() / 2
        shown.last.scroll_into_view_if_needed()
        visit.tab.wait_for_function(
            "() => [...document.querySelectorAll('figure.chart')].at(-1).matches('.live')",
            timeout=WAIT,
        )
        assert shown.last.locator(".chart-live svg").is_visible()
        assert not shown.last.locator("img.chart-picture").is_visible()
        assert asked.count("/_static/vega.js") == 1
        visit.ok()


def test_at_rest_a_page_practises_out_of_sight(visiting: Any) -> None:
    ready = "() => performance.getEntriesByName('charts ready').length > 0"
    with visiting() as visit:
        visit.open(CHAPTER)
        visit.tab.wait_for_function(ready, timeout=WAIT)
        drawn, live, measured = visit.tab.evaluate(
            """() => [document.querySelectorAll("svg.marks").length,
                document.querySelectorAll("figure.chart.live").length,
                performance.getEntriesByType("measure").length]"""
        )
        assert drawn == live == measured < visit.tab.locator("figure.chart").count() / 2
        assert visit.tab.evaluate("scrollY") == 0
        visit.ok()
    with visiting() as visit:  # a reader who saves data gets the script when a chart is near
        visit.tab.add_init_script(
            "Object.defineProperty(navigator, 'connection', { value: { saveData: true } });"
        )
        asked: list[str] = []
        visit.tab.on("request", lambda request: asked.append(urlsplit(request.url).path))
        visit.open("chapters/log-of-resources.html")
        visit.tab.wait_for_function(ready, timeout=WAIT)
        assert "/_static/vega.js" not in asked
        visit.draw_all()
        assert asked.count("/_static/vega.js") == 1
        visit.ok()


def test_a_page_without_charts_loads_no_drawing_script(visiting: Any, built_site: Path) -> None:
    with visiting() as visit:
        asked: list[str] = []
        visit.tab.on("request", lambda request: asked.append(urlsplit(request.url).path))
        visit.open("search.html")
        visit.tab.wait_for_timeout(300)
        assert not [path for path in asked if path.endswith(("vega.js", "charts.js"))]


def test_a_screen_reader_meets_title_and_summary_before_the_drawing(visiting: Any) -> None:
    with visiting() as visit:
        visit.open(CHAPTER).draw_all()
        for figure in visit.tab.locator("figure.chart").all():
            drawing = figure.locator(".chart-live")
            assert drawing.get_attribute("role") == "graphics-document"
            assert drawing.get_attribute("aria-label").startswith("Drawing of figure ")
            assert figure.locator(".chart-live [role=graphics-symbol], .chart-live path").count()
        heard = visit.tab.locator("figure.chart").first.aria_snapshot()
        summary = visit.tab.locator("figure.chart .chart-words").first.text_content()
        assert heard.index(summary[:60]) < heard.index("slider")


def test_both_ways_to_evaluate_expressions_draw_the_same(visiting: Any) -> None:
    draw = r"""async () => {
        const draw = async (figure, expressions) => {
            const box = document.createElement("div");
            box.style.width = "600px";
            document.body.append(box);
            const spec = bookVega.specificationOf(figure);
            const view = new bookVega.View(
                bookVega.parse(spec, bookVega.settings, { ast: true }),
                { expr: expressions, renderer: "svg" });
            view.signal("bookWidth", 600);
            if (!figure.dataset.panels) view.signal("width", 600);
            await view.initialize(box).runAsync();
            // The numbers of clips go up with each drawing of a page.
            const drawn = box.querySelector("svg").outerHTML.replace(/clip\d+/g, "clip");
            view.finalize();
            box.remove();
            return drawn;
        };
        const different = [];
        const shown = [...document.querySelectorAll("figure.chart")];
        for (const figure of shown) {
            const ours = await draw(figure, bookVega.expressions);
            const stock = await draw(figure, bookVega.expressionInterpreter);
            if (ours !== stock || ours.length < 1000) different.push(figure.id);
        }
        return [shown.length, different];
    }"""
    with visiting() as visit:
        for page in (CHAPTER, DEEPER):
            visit.open(page)
            visit.tab.locator("figure.chart").first.scroll_into_view_if_needed()
            visit.tab.wait_for_selector("figure.chart.live")
            count, different = visit.tab.evaluate(draw)
            assert count > 5 and different == []


def test_nothing_moves_for_a_reader_who_asked_for_rest(visiting: Any) -> None:
    moving = """() => [...document.querySelectorAll("*")].filter(box => {
        const style = getComputedStyle(box);
        return style.animationName !== "none" || style.scrollBehavior === "smooth"
            || style.transitionDuration.split(",").some(time => parseFloat(time) > 0);
    }).map(box => box.className)"""
    with visiting() as visit:
        visit.open(CHAPTER)
        assert visit.tab.evaluate(moving) == []


# ------------------------------------------------------------------ a workbench with every control

HEAD = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Workbench</title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<link rel="icon" href="icon.svg"><script src="theme.js"></script>'
    '<link rel="stylesheet" href="book.css"><script defer src="book.js"></script>'
    '<script defer src="charts.js"></script></head><body><main><h1>Workbench</h1>'
)


def workbench_figures() -> list[charts.Figure]:
    frame = pd.DataFrame(
        {"x": range(1, 9), "y": [9, 7, 6, 5, 4, 3, 2, 1], "kind": list("aabbccdd")}
    )
    base = alt.Chart(frame).encode(
        x=alt.X("x:Q").title("X"),
        y=alt.Y("y:Q").title("Y"),
        tooltip=["x:Q", alt.Tooltip("y:Q", title="long name")],
    )
    one = alt.Chart(pd.DataFrame({"zero": [0]}))

    slider = alt.param(
        name="level", value=5, bind=alt.binding_range(min=0, max=10, step=1, name="Height, cm")
    )
    line = one.transform_calculate(h="level").mark_rule().encode(y="h:Q")
    label = (
        one.transform_calculate(h="level", words="'at ' + format(level, '.0f')")
        .mark_text()
        .encode(x=alt.datum(4), y="h:Q", text="words:N")
    )
    select = alt.param(
        name="kept", value="all", bind=alt.binding_select(options=["all", "a", "b"], name="Kind")
    )
    radio = alt.param(
        name="side", value="both", bind=alt.binding_radio(options=["both", "left"], name="Side")
    )
    tick = alt.param(name="low_only", value=False, bind=alt.binding_checkbox(name="Low only"))
    chosen = alt.selection_point(
        name="pick",
        fields=["kind"],
        bind=alt.binding_select(options=[None, "a"], labels=["every kind", "a"], name="Marked"),
    )
    filtered = (
        base.mark_point()
        .transform_filter("kept == 'all' || datum.kind == kept")
        .transform_filter("side == 'both' || datum.x < 3")
        .transform_filter("!low_only || datum.y < 8")
        .add_params(select, radio, tick)
    )
    marked = (
        base.mark_point()
        .encode(opacity=alt.condition(chosen, alt.value(1), alt.value(0.2)))
        .add_params(chosen)
    )
    panels = base.mark_line().facet(alt.Facet("kind:N").title(None), columns=2)
    stacked = base.mark_line() & base.mark_bar().properties(height=80)
    bars = (
        alt.Chart(frame.assign(name=[f"A rather long name of bar {i}" for i in range(8)]))
        .mark_bar()
        .encode(x=alt.X("x:Q").title("X"), y=alt.Y("name:N").title("Name"))
        .properties(height=alt.Step(40))
    )
    rows = pd.DataFrame(
        {
            "name": ["first", "second", "third"],
            "low": [-7, 12345.678, 1.23456e18],
            "middle": [2.34567, 54321.0, 2e18],
            "high": [4.5, 99999.5, None],
        }
    )
    row = alt.Chart(rows).encode(y=alt.Y("name:N").title("Name"))
    intervals = row.mark_rule().encode(x=alt.X("low:Q").title("X"), x2="high:Q")
    intervals += row.mark_point().encode(x=alt.X("middle:Q").title("X"))
    made = {
        "slider": (base.mark_point() + line + label).add_params(slider),
        "filters": filtered,
        "marked": marked,
        "panels": panels,
        "stacked": stacked,
        "bars": bars,
        "intervals": intervals,
    }
    return [
        charts.figure(
            chart, name=name, title=name, tables=[], data=frame,
            description="A chart of the workbench that shows eight falling points.",
        )
        for name, chart in made.items()
    ]  # fmt: skip


@pytest.fixture(scope="module")
def workbench(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a folder with one page that has a chart for every kind of control."""
    folder = tmp_path_factory.mktemp("workbench")
    for name, content in assets.contents().items():
        (folder / name).write_text(content, encoding="utf-8")
    body = []
    for number, figure in enumerate(workbench_figures(), 1):
        made = figures.page_figure(
            figure.spec, figure.svg, folder="charts", root="", number=number, link=lambda name: None
        )
        body.append(made.html)
        for path, content in made.files.items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_text(content, encoding="utf-8")
    (folder / "page.html").write_text(
        f"{HEAD}{''.join(body)}</main></body></html>", encoding="utf-8"
    )
    return folder.as_uri()


def points_of(visit: Visit, name: str) -> int:
    return visit.tab.locator(f"#chart-{name} .mark-symbol.role-mark path").count()


def test_a_slider_works_by_keyboard_and_the_books_value_comes_back(
    visiting: Any, workbench: str
) -> None:
    with visiting(home=workbench) as visit:
        visit.open("page.html").draw_all()
        slider = visit.tab.get_by_label("Height")
        reset = visit.tab.locator("#chart-slider button[type=reset]")
        shown = visit.tab.locator("#chart-slider output")

        def wait_for(words: str) -> None:
            visit.tab.wait_for_function(
                """words => document.querySelector("#chart-slider .mark-text.role-mark text")
                    .textContent === words""",
                arg=words,
            )

        wait_for("at 5")
        assert reset.is_disabled()

        slider.focus()
        visit.tab.keyboard.press("ArrowRight")
        wait_for("at 6")
        assert shown.text_content() == "6 cm"
        assert slider.get_attribute("aria-valuetext") == "6 cm"
        visit.tab.keyboard.press("End")
        wait_for("at 10")

        visit.tab.keyboard.press("Tab")
        assert reset.evaluate("button => button === document.activeElement")
        visit.tab.keyboard.press("Enter")
        wait_for("at 5")
        assert (slider.input_value(), shown.text_content()) == ("5", "5 cm")
        assert reset.is_disabled()
        assert slider.evaluate("input => input === document.activeElement")
        visit.ok()


def test_filters_of_every_kind_change_the_chart_and_come_back(
    visiting: Any, workbench: str
) -> None:
    with visiting(home=workbench) as visit:
        visit.open("page.html").draw_all()

        def wait_for(count: int) -> None:
            visit.tab.wait_for_function(
                "n => document.querySelectorAll('#chart-filters .mark-symbol path').length === n",
                arg=count,
            )

        assert points_of(visit, "filters") == 8
        visit.tab.get_by_label("Kind", exact=True).select_option(label="a")
        wait_for(2)
        visit.tab.get_by_label("Low only").check()
        wait_for(1)
        visit.tab.locator("#chart-filters button[type=reset]").click()
        wait_for(8)
        assert not visit.tab.get_by_label("Low only").is_checked()
        visit.tab.get_by_label("left").check()
        wait_for(2)
        assert visit.tab.get_by_role("group", name="Side").is_visible()

        visit.tab.get_by_label("Marked", exact=True).select_option(label="a")
        visit.tab.wait_for_function(
            """() => [...document.querySelectorAll("#chart-marked .mark-symbol path")]
                .filter(point => point.getAttribute("opacity") === "0.2").length === 6"""
        )
        visit.ok()


def test_settings_stand_in_the_address_and_survive_a_reload_and_a_shared_link(
    visiting: Any, workbench: str
) -> None:
    def address_holds(visit: Visit, words: str) -> None:
        visit.tab.wait_for_function("words => location.href.endsWith(words)", arg=words)

    with visiting(home=workbench) as visit:
        visit.open("page.html").draw_all()
        slider = visit.tab.get_by_label("Height")
        slider.focus()
        visit.tab.keyboard.press("ArrowRight")
        address_holds(visit, "page.html?slider.level=6#chart-slider")
        visit.tab.get_by_label("Kind", exact=True).select_option(label="a")
        visit.tab.get_by_label("left").check()
        visit.tab.get_by_label("Low only").check()
        settings = "filters.kept=a&filters.side=left&filters.low_only=true"
        address_holds(visit, f"?slider.level=6&{settings}#chart-filters")
        link = visit.tab.locator("#chart-filters .chart-link")
        assert link.get_attribute("href") == f"?{settings}#chart-filters"
        shared = visit.tab.url

        visit.tab.reload()
        visit.draw_all()
        assert slider.input_value() == "6" and points_of(visit, "filters") == 1
        printed = visit.tab.locator("#chart-slider .chart-values")
        assert not printed.is_visible()
        visit.tab.emulate_media(media="print")
        ours = "(the book\N{RIGHT SINGLE QUOTATION MARK}s value:"
        assert printed.text_content().strip() == f"Values used: Height: 6 cm {ours} 5 cm)"
        assert visit.tab.locator("#chart-filters .chart-values").text_content().strip() == (
            f"Values used: Kind: a {ours} all); Side: left {ours} both); Low only: yes {ours} no)"
        )
        assert printed.is_visible() and not slider.is_visible()
        visit.tab.emulate_media(media="screen")

        visit.tab.locator("#chart-slider button[type=reset]").click()
        visit.tab.locator("#chart-filters button[type=reset]").click()
        address_holds(visit, "page.html#chart-filters")
        assert points_of(visit, "filters") == 8
        visit.ok()

    with visiting(home=workbench) as visit:
        visit.tab.goto(shared)
        visit.tab.wait_for_selector("#chart-filters.live")
        assert points_of(visit, "filters") == 1
        assert visit.tab.get_by_label("left").is_checked()
        assert visit.tab.locator("#chart-filters").evaluate(
            "figure => Math.abs(figure.getBoundingClientRect().top) < window.innerHeight"
        )
        visit.ok()


def test_an_address_with_impossible_settings_shows_the_books_values(
    visiting: Any, workbench: str
) -> None:
    wrong = (
        "slider.level=99&filters.kept=zebra&filters.side=up&filters.low_only=1"
        "&slider.nothing=1&nowhere.x=1"
    )
    with visiting(home=workbench) as visit:
        visit.open(f"page.html?{wrong}").draw_all()
        assert visit.tab.get_by_label("Height").input_value() == "5"
        assert points_of(visit, "filters") == 8
        assert visit.tab.locator("#chart-filters button[type=reset]").is_disabled()
        visit.ok()


def test_a_picture_as_shown_can_be_taken_away(visiting: Any, workbench: str) -> None:
    with visiting(home=workbench, color_scheme="dark", accept_downloads=True) as visit:
        visit.open("page.html?slider.level=7").draw_all()
        visit.tab.locator("#chart-slider .chart-take summary").click()

        def taken(name: str) -> tuple[str, bytes]:
            with visit.tab.expect_download() as waiting:
                visit.tab.get_by_role("button", name=name, exact=True).click()
            return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()

        name, picture = taken("Picture as shown (SVG), figure 1")
        text = picture.decode()
        assert name == "slider.svg" and "at 7" in text and "var(" not in text
        assert "Height: 7 cm (the book" in " ".join(re.sub("<[^>]+>", " ", text).split())
        assert charts.INK in text and charts.DARK[charts.INK] not in text
        assert "Drawn from a formula, not from a table." in text
        name, picture = taken("Picture as shown (PNG), figure 1")
        assert name == "slider.png" and picture.startswith(b"\x89PNG")
        box = visit.tab.locator("#chart-slider .chart-live svg").bounding_box()
        assert abs(int.from_bytes(picture[16:20], "big") - 2 * box["width"]) <= 2
        visit.ok()


def test_the_points_of_a_chart_are_read_by_keyboard(visiting: Any, workbench: str) -> None:
    with visiting(home=workbench) as visit:
        visit.open("page.html").draw_all()
        drawing = visit.tab.locator("#chart-slider .chart-live")
        assert "arrow keys" in drawing.get_attribute("aria-label")
        drawing.focus()
        visit.tab.keyboard.press("ArrowRight")
        said = visit.tab.locator("#chart-slider [role=status]")
        assert said.text_content() == "x: 1, long name: 9 (1 of 8)"
        visit.tab.keyboard.press("ArrowRight")
        assert said.text_content() == "x: 2, long name: 7 (2 of 8)"
        tip = visit.tab.locator(".chart-tip")
        assert tip.locator("p").all_text_contents() == ["x 2", "long name 7"]
        assert visit.tab.locator("#chart-slider .pointed").count() == 1
        visit.tab.keyboard.press("End")
        assert "(8 of 8)" in said.text_content()
        visit.tab.keyboard.press("Escape")
        assert not tip.is_visible() and visit.tab.locator(".pointed").count() == 0
        visit.tab.keyboard.press("ArrowLeft")
        assert "(8 of 8)" in said.text_content()
        visit.ok()


def test_a_row_with_an_interval_is_one_point_and_its_figures_are_short(
    visiting: Any, workbench: str
) -> None:
    with visiting(home=workbench) as visit:
        visit.open("page.html").draw_all()
        visit.tab.locator("#chart-intervals .chart-live").focus()
        heard = []
        for _ in range(3):
            visit.tab.keyboard.press("ArrowRight")
            heard.append(visit.tab.locator("#chart-intervals [role=status]").text_content())
        assert heard == [
            "X: 2.346 (\N{MINUS SIGN}7 to 4.5), Name: first (1 of 3)",
            "X: 54,321 (12,346 to 100,000), Name: second (2 of 3)",
            "X: 2e+18, Name: third (3 of 3)",
        ]
        say = "all => all.map(([name, ...given]) => bookVega.expressionFunction(name)(...given))"
        assert visit.tab.evaluate(
            say,
            [["bookFigure", value] for value in (0, 2025, 10_000, 0.00012345, -1234.5, "three")]
            + [["bookRange", None, 1], ["bookDecades", [0.05, 1000]], ["bookDecades", [100, 1]]],
        ) == [
            *("0", "2025", "10,000", "0.0001234", "\N{MINUS SIGN}1234", "three"),
            *("", [0.1, 1, 10, 100, 1000], [1, 10, 100]),
        ]
        named = visit.tab.locator("#chart-intervals [role=graphics-symbol]")
        told = named.evaluate_all("all => all.map(one => one.ariaLabel)")
        assert "X: 2.346 (\N{MINUS SIGN}7 to 4.5); Name: first" in told
        visit.ok()


def test_a_chart_that_comes_near_after_a_rest_is_only_drawn(visiting: Any) -> None:
    with visiting() as visit:
        visit.open(CHAPTER)
        visit.tab.wait_for_function(
            "() => performance.getEntriesByName('charts ready').length > 0", timeout=WAIT
        )
        visit.tab.evaluate(
            """() => {
                const parse = window.bookVega.parse;
                window.parsed = 0;
                window.bookVega.parse = (...all) => { window.parsed += 1; return parse(...all); };
            }"""
        )
        visit.draw_all()
        assert visit.tab.evaluate("window.parsed") == 0
        visit.ok()


def test_a_change_of_colours_repaints_a_chart_and_keeps_its_settings(
    visiting: Any, site_server: str
) -> None:
    with visiting() as visit:
        visit.open(CHAPTER).draw_all()
        slider = visit.tab.locator("figure.chart input[type=range]").first
        slider.focus()
        visit.tab.keyboard.press("Home")
        visit.tab.keyboard.press("ArrowRight")
        set_to = slider.input_value()
        figure = slider.locator("xpath=ancestor::figure")
        before = visit.tab.evaluate(
            "getComputedStyle(document.documentElement).getPropertyValue('--chart-blue')"
        )
        paint = """() => {
            const blue = [...document.querySelectorAll("figure.chart.live svg *")]
                .find(mark => (mark.getAttribute("fill") || "").includes("--chart-blue"));
            return getComputedStyle(blue).fill;
        }"""
        light = visit.tab.evaluate(paint)
        visit.tab.get_by_role("button", name="Dark").click()
        dark = visit.tab.evaluate(paint)
        after = visit.tab.evaluate(
            "getComputedStyle(document.documentElement).getPropertyValue('--chart-blue')"
        )
        assert (before, after) == (charts.BLUE, charts.DARK[charts.BLUE])
        assert light == "rgb(20, 80, 137)" and dark == "rgb(74, 155, 255)"
        assert slider.input_value() == set_to
        assert "changed" in figure.get_attribute("class").split()

        visit.tab.reload()
        assert visit.tab.locator("html").get_attribute("data-theme") == "dark"
        visit.tab.emulate_media(media="print")
        printed = visit.tab.evaluate(
            "getComputedStyle(document.documentElement).getPropertyValue('--chart-blue')"
        )
        assert printed == charts.BLUE
        visit.ok()


def test_every_kind_of_chart_follows_the_width_of_the_page(visiting: Any, workbench: str) -> None:
    with visiting(home=workbench, viewport={"width": 900, "height": 800}) as visit:
        visit.open("page.html").draw_all()
        for width in (900, 380):
            visit.tab.set_viewport_size({"width": width, "height": 800})
            visit.tab.wait_for_timeout(400)
            for name in ("slider", "filters", "panels", "stacked", "bars"):
                canvas = visit.tab.locator(f"#chart-{name} .chart-canvas").bounding_box()
                svg = visit.tab.locator(f"#chart-{name} .chart-live svg").bounding_box()
                assert 0.93 * canvas["width"] <= svg["width"] <= canvas["width"] + 1, (name, width)
        rows = visit.tab.locator("#chart-panels .mark-group.role-scope > g")
        lefts = {round(panel.bounding_box()["x"]) for panel in rows.all()}
        assert len(lefts) == 1  # one panel below the other on a phone
        lines = visit.tab.locator("#chart-bars .role-axis-label text tspan").count()
        assert lines >= 16  # long labels are broken into lines
        visit.ok()


def test_a_while_later_every_picture_is_there_for_print(visiting: Any) -> None:
    with visiting() as visit:
        visit.open(CHAPTER)
        visit.tab.wait_for_function(
            """() => [...document.querySelectorAll("figure.chart:not(.live) img.chart-picture")]
                .every(picture => picture.complete && picture.naturalWidth > 0)""",
            timeout=WAIT,
        )
        visit.tab.emulate_media(media="print")
        for hidden in (".chart-more", ".chart-controls", "details.run", ".page-facts"):
            assert not visit.tab.locator(hidden).first.is_visible()
        for figure in visit.tab.locator("figure.chart").all():
            drawn = figure.locator("img.chart-picture, .chart-live svg").locator("visible=true")
            assert drawn.count() == 1
        visit.ok()


def third_point(visit: Visit) -> Any:
    """Bring the third point of the workbench's chart with a slider into sight, and return it."""
    visit.open("page.html").draw_all()
    mark = visit.tab.locator("#chart-slider .mark-symbol.role-mark path").nth(2)
    mark.scroll_into_view_if_needed()
    return mark


def told_of_it(visit: Visit) -> Any:
    """Return the tip once it is there and tells the values of that point."""
    tip = visit.tab.locator(".chart-tip")
    tip.wait_for()
    assert tip.locator("p").all_text_contents() == ["x 3", "long name 6"]
    return tip


def test_a_tip_shows_the_values_of_a_point(visiting: Any, workbench: str) -> None:
    with visiting(home=workbench) as visit:
        third_point(visit).hover(force=True)
        tip = told_of_it(visit)
        visit.tab.mouse.move(2, 2)
        tip.wait_for(state="hidden")
        visit.ok()


def test_a_tap_on_a_point_shows_its_values_and_one_beside_it_hides_them(
    visiting: Any, workbench: str
) -> None:
    phone = {"viewport": {"width": 390, "height": 800}, "is_mobile": True, "has_touch": True}
    with visiting(home=workbench, **phone) as visit:
        third_point(visit).tap(force=True)
        tip = told_of_it(visit)
        visit.tab.locator("#chart-slider .chart-live svg").tap(
            position={"x": 3, "y": 3}, force=True
        )
        tip.wait_for(state="hidden")
        visit.ok()


def test_a_drawing_script_that_cannot_be_loaded_leaves_the_pictures(
    visiting: Any, site_server: str
) -> None:
    with visiting() as visit:
        visit.tab.route("**/vega.js*", lambda route: route.abort())
        visit.open(CHAPTER)
        first = visit.tab.locator("figure.chart").first
        first.scroll_into_view_if_needed()
        visit.tab.wait_for_timeout(500)
        assert first.locator("img.chart-picture").is_visible()
        with_settings = visit.tab.locator("figure.chart:has(.chart-controls)").first
        with_settings.scroll_into_view_if_needed()
        visit.tab.wait_for_selector("figure.chart.failed:has(.chart-controls)")
        # Neither the settings nor the room that was kept for a drawing stay.
        left = with_settings.evaluate(
            """figure => {
                const picture = figure.querySelector("img.chart-picture");
                const shape = picture.getBoundingClientRect();
                return [getComputedStyle(figure.querySelector(".chart-controls")).display,
                    shape.height / shape.width * picture.naturalWidth / picture.naturalHeight];
            }"""
        )
        assert left[0] == "none" and abs(left[1] - 1) < 0.02
        assert any("could not be loaded" in error for error in visit.errors)


def test_a_damaged_drawing_script_leaves_the_picture_and_the_next_chart_asks_again(
    visiting: Any, site_server: str
) -> None:
    with visiting(viewport={"width": 390, "height": 800}) as visit:
        damaged = [True]

        def answer(route: Any) -> None:
            if damaged[0]:
                route.fulfill(body="(function () {", content_type="text/javascript")
            else:
                route.continue_()

        visit.tab.route("**/vega.js*", answer)
        visit.open(CHAPTER)
        visit.tab.locator("figure.chart").first.scroll_into_view_if_needed()
        visit.tab.wait_for_selector("figure.chart.failed")
        first = visit.tab.locator("figure.chart.failed").first
        assert "could not be drawn" in first.locator("figcaption").text_content()
        assert not first.locator(".chart-controls").is_visible()
        # Its letters can be read; the picture scrolls inside the figure, not the page.
        assert first.locator("img.chart-picture").bounding_box()["width"] > 600
        assert visit.tab.evaluate("document.documentElement.scrollWidth") <= 390
        damaged[0] = False
        visit.tab.locator("figure.chart").last.scroll_into_view_if_needed()
        visit.tab.wait_for_selector("figure.chart.live")


def test_the_arrow_keys_bring_a_point_into_sight_and_a_tip_goes_with_its_point(
    visiting: Any,
) -> None:
    in_sight = """() => {
        const point = document.querySelector(".pointed").getBoundingClientRect();
        const tip = document.querySelector(".chart-tip").getBoundingClientRect();
        return [point.top, innerHeight - point.bottom, tip.top, innerHeight - tip.bottom];
    }"""
    with visiting(viewport={"width": 1280, "height": 500}) as visit:
        visit.open("chapters/register-of-forecasts.html").draw_all()
        visit.settle()
        visit.tab.locator("#chart-timeline .chart-live").focus()
        for key in ("Home", "ArrowRight", "ArrowRight", "End", "ArrowLeft", "ArrowLeft", "Home"):
            visit.tab.keyboard.press(key)
            assert min(visit.tab.evaluate(in_sight)) >= 0
        visit.tab.wait_for_timeout(300)
        assert visit.tab.locator(".chart-tip").is_visible()
        visit.tab.mouse.wheel(0, 400)
        visit.tab.locator(".chart-tip").wait_for(state="hidden")
        visit.ok()


# ----------------------------------------------------------------------------------- the frame


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(visiting: Any) -> None:
    with visiting(viewport={"width": 390, "height": 800}) as visit:
        visit.open(CHAPTER)
        button = visit.tab.get_by_role("button", name="Contents")
        menu = visit.tab.locator("nav#book-menu")
        assert not menu.is_visible()
        button.focus()
        visit.tab.keyboard.press("Enter")
        assert menu.is_visible() and button.get_attribute("aria-expanded") == "true"
        assert menu.locator("[aria-current=page]").count() == 1
        visit.tab.keyboard.press("Escape")
        assert not menu.is_visible() and button.get_attribute("aria-expanded") == "false"
        assert button.evaluate("b => b === document.activeElement")
        visit.ok()


LAST = "chapters/sources.html"
IN_THE_MENU = """() => {
    const menu = document.querySelector("#book-menu").getBoundingClientRect();
    const entry = document.querySelector("#book-menu [aria-current=page]").getBoundingClientRect();
    return entry.top >= menu.top && entry.bottom <= Math.min(menu.bottom, window.innerHeight);
}"""


@pytest.mark.parametrize(("width", "height"), [(390, 500), (1280, 500)])
def test_the_menu_shows_the_entry_of_its_page(visiting: Any, width: int, height: int) -> None:
    with visiting(viewport={"width": width, "height": height}) as visit:
        visit.open(LAST)
        if width == 390:
            visit.tab.get_by_role("button", name="Contents").click()
        assert visit.tab.evaluate("document.querySelector('#book-menu').scrollTop") > 0
        assert visit.tab.evaluate(IN_THE_MENU)
        assert visit.tab.evaluate("scrollY") == 0
        visit.ok()


def test_the_menu_takes_the_focus_and_closes_when_it_is_left(visiting: Any) -> None:
    with visiting(viewport={"width": 390, "height": 800}) as visit:
        visit.open(CHAPTER)
        button = visit.tab.get_by_role("button", name="Contents")
        menu = visit.tab.locator("nav#book-menu")
        button.focus()
        visit.tab.keyboard.press("Enter")
        assert menu.locator("[aria-current=page]").evaluate("a => a === document.activeElement")
        visit.tab.keyboard.press("Tab")
        assert menu.evaluate("menu => menu.contains(document.activeElement)")
        menu.locator("a").last.focus()
        visit.tab.keyboard.press("Tab")
        assert not menu.is_visible() and button.get_attribute("aria-expanded") == "false"
        visit.ok()


def test_a_value_between_two_steps_is_shown_at_the_step_and_stays_what_it_is(
    visiting: Any,
) -> None:
    with visiting() as visit:
        visit.open("chapters/if-all-of-it-holds.html").draw_all()
        figure = visit.tab.locator("#chart-assumptions")
        assert not figure.evaluate("figure => figure.classList.contains('changed')")
        ranges = figure.locator("input[type=range]").evaluate_all(
            """all => all.map(one => [one.step, JSON.parse(one.dataset.book),
                one.parentNode.querySelector("output").textContent])"""
        )
        assert any(round(book / float(step), 6) % 1 for step, book, _ in ranges)
        for step, _, shown in ranges:
            digits = len(shown.split()[0].rstrip("x%").partition(".")[2])
            assert digits <= len(step.partition(".")[2])
        slider = figure.locator("input[type=range]").first
        before = slider.evaluate("one => one.parentNode.querySelector('output').textContent")
        slider.press("ArrowRight")
        visit.settle()
        assert figure.evaluate("figure => figure.classList.contains('changed')")
        slider.press("ArrowLeft")
        visit.settle()
        assert not figure.evaluate("figure => figure.classList.contains('changed')")
        after = slider.evaluate("one => one.parentNode.querySelector('output').textContent")
        assert after == before
        visit.ok()


def test_the_first_stop_of_the_tab_key_leads_to_the_text(visiting: Any) -> None:
    with visiting() as visit:
        visit.open(CHAPTER)
        visit.tab.keyboard.press("Tab")
        assert visit.tab.evaluate("document.activeElement.textContent") == "Skip to the text"
        visit.tab.keyboard.press("Enter")
        assert visit.tab.evaluate("document.activeElement.id") == "content"


def test_the_search_leads_to_sections_and_figures_with_and_without_a_server(
    visiting: Any, built_site: Path, site_server: str
) -> None:
    for home in (site_server, built_site.as_uri()):
        with visiting(home=home) as visit:
            visit.open(CHAPTER)
            visit.tab.get_by_role("searchbox").fill("yearly prices")
            visit.tab.keyboard.press("Enter")
            visit.tab.wait_for_selector("#search-results li a")
            results = visit.tab.locator("#search-results li a")
            addresses = results.evaluate_all("links => links.map(l => l.getAttribute('href'))")
            assert any(address.startswith(f"{CHAPTER}#") for address in addresses)
            assert visit.tab.locator("#search-results mark").count() > 2

            box = visit.tab.get_by_label("Words in sections, figures and tables")
            box.fill("second-hand")  # stands in tables only
            found = visit.tab.locator("#search-results li", has_text="Data and sources")
            found.locator("mark", has_text="second-hand").first.wait_for()
            box.fill("cheapest level ECI")
            visit.tab.locator("#search-results li", has_text="Figure").first.wait_for()
            target = visit.tab.locator("#search-results li", has_text="Figure").first
            anchor = target.locator("a").get_attribute("href").partition("#")[2]
            target.locator("a").click()
            visit.tab.wait_for_selector(f"#{anchor}")
            assert anchor.startswith("chart-")
            visit.ok()
        with visiting(home=home) as visit:
            visit.open("search.html?q=zebrafish").tab.wait_for_timeout(100)
            assert visit.tab.locator("#search-status").text_content() == "0 places"


def test_a_term_is_explained_on_hover_focus_and_tap(visiting: Any) -> None:
    with visiting() as visit:
        visit.open(CHAPTER)
        term, tip = visit.tab.locator(".term").first, visit.tab.locator(".term-tip").first
        assert not tip.is_visible()
        term.hover()
        assert tip.is_visible() and tip.bounding_box()["width"] > 150
        visit.tab.mouse.move(2, 2)
        assert not tip.is_visible()
        term.focus()
        assert tip.is_visible()
        visit.tab.keyboard.press("Escape")
        assert not tip.is_visible()
        visit.tab.keyboard.press("Enter")
        visit.tab.wait_for_url("**/glossary.html#term-*")
        visit.ok()
    with visiting(viewport={"width": 390, "height": 800}, is_mobile=True, has_touch=True) as visit:
        visit.open(CHAPTER)
        term, tip = visit.tab.locator(".term").first, visit.tab.locator(".term-tip").first
        term.tap()
        assert tip.is_visible() and visit.tab.url.endswith(CHAPTER)
        box = tip.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390
        term.tap()
        visit.tab.wait_for_url("**/glossary.html#term-*")


def test_a_link_to_folded_code_opens_it(visiting: Any) -> None:
    with visiting() as visit:
        visit.open(CHAPTER)
        link = visit.tab.locator(".chart-take a[href^='#code-']").first
        code = visit.tab.locator(f"{link.get_attribute('href')} pre").first
        assert not code.is_visible()
        link.locator("xpath=ancestor::details").locator("summary").click()
        link.click()
        code.wait_for(state="visible")
        visit.open(f"{CHAPTER}#run")
        assert visit.tab.locator("details.run a").first.is_visible()
        visit.ok()


def test_the_caption_of_a_wide_table_stays_in_sight(visiting: Any) -> None:
    with visiting(viewport={"width": 390, "height": 800}, is_mobile=True, has_touch=True) as visit:
        visit.open(DEEPER)
        visit.tab.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        inside = visit.tab.evaluate(
            """() => {
                const box = [...document.querySelectorAll(".book-table")]
                    .find(box => box.scrollWidth > box.clientWidth + 200
                        && box.querySelector("caption span"));
                box.scrollLeft = 150;
                const words = box.querySelector("caption span").getBoundingClientRect();
                const frame = box.getBoundingClientRect();
                return [words.left - frame.left, frame.right - words.right, words.width];
            }"""
        )
        assert inside[0] >= -1 and inside[1] >= -1 and inside[2] > 60


def test_a_dead_link_finds_the_way_back_from_any_depth(visiting: Any, built_site: Path) -> None:
    with visiting() as visit:
        lost = (built_site / "404.html").read_text(encoding="utf-8")
        visit.tab.route(
            "**/book/chapters/exercises/nowhere.html",
            lambda route: route.fulfill(body=lost, content_type="text/html"),
        )
        visit.open("book/chapters/exercises/nowhere.html")
        links = visit.tab.locator("a").evaluate_all("links => links.map(link => link.pathname)")
        assert links == ["/book/index.html", "/book/sitemap.html", "/book/search.html"]
        assert not Axe().run(visit.tab).response["violations"]
        visit.ok()


def test_the_whole_book_prints_into_one_document(
    built_site: Path, tmp_path: Path, browser: Any
) -> None:
    document, title = pdf.whole_book(built_site)
    identifiers = re.findall(r' id="([^"]+)"', document)
    assert len(identifiers) == len(set(identifiers))
    inner = set(re.findall(r'href="#([^"]+)"', document))
    assert inner <= set(identifiers) and len(inner) > 50
    assert not re.findall(r'href="(?!#|https?:|mailto:|file:[^"]+book\.css)[^"]*"', document)
    assert document.count("<h1>") == len(pdf.reading_order(built_site))
    assert document.count('class="chart-picture"') == document.count('<figure class="chart"')

    tab = browser.new_page(viewport={"width": 658, "height": 900})
    page = tmp_path / "book.html"
    page.write_text(document, encoding="utf-8")
    tab.emulate_media(media="print")
    tab.goto(page.as_uri())
    wide = tab.evaluate("document.documentElement.scrollWidth")
    tab.close()
    assert wide <= 660  # else the browser shrinks every page of the document
    assert title == "Three Observations, Tested"


def test_the_first_view_of_a_chapter_is_light(visiting: Any, built_site: Path) -> None:
    import gzip

    with visiting() as visit:
        sizes: dict[str, int] = {}

        def weigh(response: Any) -> None:
            path = urlsplit(response.url).path.lstrip("/")
            if path:
                sizes[path] = len(gzip.compress((built_site / path).read_bytes(), 6))

        visit.tab.on("response", weigh)
        visit.open(CHAPTER)
        visit.tab.locator("figure.chart").first.scroll_into_view_if_needed()
        visit.tab.wait_for_selector("figure.chart.live")
        assert "_static/vega.js" in sizes
        assert sum(sizes.values()) < 500_000, sizes


def test_the_list_of_sources_can_be_filtered(visiting: Any) -> None:
    def told(visit: Visit, pattern: str) -> str:
        visit.tab.wait_for_function(
            "words => new RegExp(words)"
            ".test(document.querySelector('.sources-controls [role=status]').textContent)",
            arg=pattern,
        )
        return visit.tab.locator(".sources-controls [role=status]").text_content()

    with visiting() as visit:
        visit.open(LAST)
        total = visit.tab.locator(".about-table.source").count()
        told(visit, f"^{total} of {total} sources$")
        visit.tab.get_by_label("Words in a source").focus()
        visit.tab.keyboard.type("alibaba prices")
        visit.tab.keyboard.press("Enter")
        said = told(visit, f"^[1-9] of {total} sources$")
        shown = visit.tab.locator(".about-table.source:visible")
        assert shown.count() == int(said.split()[0])
        assert "alibaba" in shown.first.text_content().lower()
        # A heading without a source below it is gone too.
        assert 0 < visit.tab.locator("article section section:visible").count() < total
        visit.tab.wait_for_function("() => location.search.includes('sources.words=alibaba')")
        shared = visit.tab.url
        visit.tab.get_by_label("Words in a source").fill("zebra")
        told(visit, "^No source has")
        visit.tab.goto(f"{shared}#source-alphabet-statements")
        assert visit.tab.locator("#source-alphabet-statements").is_visible()
        visit.ok()
    with visiting() as visit:
        visit.tab.goto(shared)
        told(visit, f"^[1-9] of {total} sources$")
    with visiting(java_script_enabled=False) as visit:
        visit.open(LAST)
        assert visit.tab.locator(".about-table.source:visible").count() == total


def test_every_point_tells_its_values_to_whoever_points_at_it(visiting: Any) -> None:
    with visiting() as visit:
        visit.open(CHAPTER).draw_all()
        read = visit.tab.locator("figure.chart .chart-live[tabindex='0']").count()
        assert read >= visit.tab.locator("figure.chart").count() - 2
        for name in ("frontier", "specification"):  # few marks with words, many without
            figure = visit.tab.locator(f"#chart-{name}")
            drawing = figure.locator(".chart-live")
            drawing.focus()
            visit.tab.keyboard.press("ArrowRight")
            said = figure.locator("[role=status]").text_content()
            assert re.search(r"^[^:_]+: .+, [^:]+: .+ \(1 of \d+\)$", said), said
            tip = visit.tab.locator(".chart-tip")
            assert tip.is_visible() and tip.locator("p").count() >= 2
            assert "log scale" not in tip.text_content()
            visit.tab.keyboard.press("Escape")
        visit.ok()
