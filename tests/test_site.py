"""The built pages, read as files: whole, self-contained, and true to the notebooks."""

from __future__ import annotations

import csv
import html
import json
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import altair as alt
import nbformat
import pandas as pd
import pytest

from three_observations import charts, data
from three_observations.site import assets, build, figures, formulas, made

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted(
    path for path in (ROOT / "chapters").rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts
)
EMPTY_TAGS = {"meta", "link", "img", "input", "br", "hr", "path", "circle", "col"}


@dataclass
class Page:
    """What the tests want to know of a page."""

    path: Path
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    words: str = ""
    title: str = ""

    def having(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        return [
            found
            for name, found in self.tags
            if name == tag and all(found.get(key) == value for key, value in attributes.items())
        ]


class Reader(HTMLParser):
    def __init__(self, path: Path) -> None:
        super().__init__()
        self.page, self.within = Page(path), []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attributes: list) -> None:
        found = dict(attributes)
        self.page.tags.append((tag, found))
        if found.get("id"):
            self.page.ids.append(found["id"])
        if tag == "a" and "href" in found:
            self.page.links.append(found["href"])
        if found.get("src") or (tag == "link" and found.get("href")):
            self.page.loaded.append(found.get("src") or found["href"])
        if tag not in EMPTY_TAGS:
            self.within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.within:
            while self.within.pop() != tag:
                pass

    def handle_data(self, text: str) -> None:
        if self.within and self.within[-1] == "title" and "svg" not in self.within:
            self.page.title += text
        elif "script" not in self.within:
            self.page.words += text


@pytest.fixture(scope="module")
def pages(built_site: Path) -> dict[str, Page]:
    return {
        path.relative_to(built_site).as_posix(): Reader(path).page
        for path in sorted(built_site.rglob("*.html"))
    }


@pytest.fixture(scope="module")
def framed(pages: dict[str, Page]) -> dict[str, Page]:
    """The pages that share the book's frame: all but the page for dead links and the way in."""
    return {name: page for name, page in pages.items() if name not in {"404.html", "index.html"}}


@pytest.fixture(scope="module")
def chapters(pages: dict[str, Page]) -> dict[str, Page]:
    return {name: page for name, page in pages.items() if name.startswith("chapters/")}


# --------------------------------------------------------------------------------------- pages


def test_every_notebook_is_a_page(chapters: dict[str, Page]) -> None:
    expected = {path.relative_to(ROOT).with_suffix(".html").as_posix() for path in NOTEBOOKS}
    assert set(chapters) == expected


def test_every_page_has_a_language_a_title_of_its_own_and_one_main_heading(
    pages: dict[str, Page],
) -> None:
    for name, page in pages.items():
        assert page.having("html", lang="en"), name
        assert len(page.having("h1")) == 1, name
        assert page.title.strip(), name
        assert len(page.having("main")) == 1, name
    titles = Counter(page.title for name, page in pages.items() if name != "index.html")
    assert max(titles.values()) == 1, titles


def test_every_chapter_says_in_its_head_what_it_is_about(chapters: dict[str, Page]) -> None:
    for name, page in chapters.items():
        (description,) = page.having("meta", name="description")
        assert 30 <= len(description["content"]) <= 161, name


def test_no_two_things_of_a_page_have_one_address(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        assert not [key for key, count in Counter(page.ids).items() if count > 1], name


def test_every_link_and_anchor_inside_the_book_leads_somewhere(
    pages: dict[str, Page], built_site: Path
) -> None:
    broken, checked = [], 0
    for name, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = page.path
            if parts.path:
                target = (page.path.parent / unquote(parts.path)).resolve()
            if not target.is_file():
                broken.append((name, link))
            elif parts.fragment and target.suffix == ".html":
                there = pages[target.relative_to(built_site.resolve()).as_posix()]
                if unquote(parts.fragment) not in there.ids:
                    broken.append((name, link))
            checked += 1
    assert not broken
    assert checked > 50


def test_every_script_style_and_picture_is_a_file_of_the_site(framed: dict[str, Page]) -> None:
    for name, page in framed.items():
        assert page.loaded, name
        for address in page.loaded:
            parts = urlsplit(address)
            assert not parts.scheme and not parts.netloc, (name, address)
            target = page.path.parent / unquote(parts.path)
            assert target.exists(), (name, address)


def test_no_script_stands_in_a_page_and_a_policy_allows_the_site_only(
    framed: dict[str, Page],
) -> None:
    for name, page in framed.items():
        for tag, attributes in page.tags:
            assert not [key for key in attributes if key.startswith("on")], (name, tag)
            assert "style" not in attributes, (name, tag, attributes)
            inert = attributes.get("type") == "application/json"
            assert tag != "script" or attributes.get("src") or inert, name
        (policy,) = page.having("meta", **{"http-equiv": "Content-Security-Policy"})
        assert policy["content"].startswith("default-src 'none'; script-src 'self' file:;")
        assert "unsafe" not in policy["content"] and "http" not in policy["content"]


def test_no_style_or_script_names_another_host(built_site: Path) -> None:
    style = (built_site / "_static" / "book.css").read_text(encoding="utf-8")
    assert "url(" not in style and "@import" not in style and "http" not in style
    for name in ("book.js", "charts.js", "theme.js", "search.js"):
        script = (built_site / "_static" / name).read_text(encoding="utf-8")
        assert "http" not in script, name
    for page in built_site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"unpkg|jsdelivr|thebe|mathjax@|googleapis", text, re.I), page


def test_every_picture_has_words_in_its_place(pages: dict[str, Page]) -> None:
    pictures = [(name, image) for name, page in pages.items() for image in page.having("img")]
    assert pictures
    for name, image in pictures:
        assert len((image.get("alt") or "").split()) >= 6, (name, image)
        assert image["loading"] == "lazy" and int(image["width"]) and int(image["height"])


def test_nothing_of_the_theme_is_left_and_the_site_stays_small(built_site: Path) -> None:
    names = {path.name for path in (built_site / "_static").rglob("*")}
    assert names == set(assets.contents())
    files = [path for path in built_site.rglob("*") if path.is_file()]
    assert not [path for path in files if path.suffix in {".map", ".woff2", ".ttf"}]
    weights = build.weights(built_site)
    # What a page loads or shows. The rest is taken away: notebooks, tables, archives.
    assert weights["pages"] < 6_000_000
    assert weights["downloads"] > 0
    assert sum(weights.values()) == sum(path.stat().st_size for path in files)


LATER = """
import datetime, os, time
import pandas  # holds on to the clock of the machine, in C; nothing of a page asks it for today

SHIFT = 403 * 86400 + 5 * 3600
now, local, greenwich, written = time.time, time.localtime, time.gmtime, time.strftime
time.time = lambda: now() + SHIFT
time.localtime = lambda seconds=None: local(time.time() if seconds is None else seconds)
time.gmtime = lambda seconds=None: greenwich(time.time() if seconds is None else seconds)
time.strftime = lambda form, when=None: written(form, time.localtime() if when is None else when)
day, moment = datetime.date, datetime.datetime


class AnyDay(type):
    def __instancecheck__(cls, thing):
        return isinstance(thing, cls.__mro__[1])


class date(day, metaclass=AnyDay):
    today = classmethod(lambda cls: day.fromtimestamp(time.time()))


class datetime_(moment, metaclass=AnyDay):
    now = classmethod(lambda cls, tz=None: moment.fromtimestamp(time.time(), tz))
    today = classmethod(lambda cls: moment.fromtimestamp(time.time()))
    utcnow = classmethod(lambda cls: moment.fromtimestamp(time.time(), datetime.UTC))


datetime.date, datetime.datetime = date, datetime_
with open(os.environ["DAYS_SEEN"], "a") as seen:
    print(datetime.date.today(), f"{datetime.datetime.now():%F}", time.strftime("%F"), file=seen)
"""


def test_two_clean_builds_on_different_days_give_the_same_bytes(
    built_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text(LATER, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setenv("DAYS_SEEN", str(tmp_path / "days.txt"))
    again = tmp_path / "another place" / "html"
    build.build_site(ROOT, again)

    days = set((tmp_path / "days.txt").read_text(encoding="utf-8").split())
    today = datetime.now(UTC).date()
    assert days and all((date.fromisoformat(day) - today).days in {402, 403, 404} for day in days)
    first, second = build.built_files(built_site), build.built_files(again)
    assert set(first) == set(second)
    assert [name for name in first if first[name] != second[name]] == []


def search_entries(site: Path) -> list[tuple[str, str, str, str, str]]:
    """Return address, page, title, kind and text of every place that the search knows."""
    script = (site / "search-index.js").read_text(encoding="utf-8")
    return [
        (f"{address}#{anchor}" if anchor else address, page, title, kind, text)
        for address, page, parts in made.search_pages(script)
        for anchor, title, kind, text in parts
    ]


def shown(caption: str) -> str:
    """Return a caption without the marks of emphasis and code; a star before words is one."""
    return re.sub(r"[*](?! )|`", "", caption)


def test_the_search_leads_to_sections_figures_tables_and_rows(
    built_site: Path, pages: dict[str, Page]
) -> None:
    entries = search_entries(built_site)
    assert {kind for _, _, _, kind, _ in entries} == {"section", "figure", "table", "row"}
    for address, page, title, _, _ in entries:
        path, _, anchor = address.partition("#")
        assert not anchor or anchor in pages[path].ids, address
        assert page and title, address
    charts_found = [title for _, _, title, kind, _ in entries if kind == "figure"]
    assert len(charts_found) == len(CHARTS)
    words = " ".join(text for *_, text in entries)
    assert "second-hand" in words  # stands in tables only
    for _, name, spec in CHARTS:
        assert " ".join(spec["usermeta"]["description"].split()) in words, name
        caption = shown(spec["usermeta"]["caption"])
        assert " ".join(caption.split()) in words, name
    assert "vlSelection" not in words and "bookWidth" not in words


def test_the_map_lists_every_page_with_its_sections_and_figures(
    pages: dict[str, Page], chapters: dict[str, Page]
) -> None:
    links = set(pages["sitemap.html"].links)
    for name in chapters:
        assert name in links
    for page, name, _ in CHARTS:
        assert f"{page}#chart-{name}" in links


def test_a_dead_link_gets_a_page_that_needs_no_other_file(pages: dict[str, Page]) -> None:
    page = pages["404.html"]
    assert page.loaded == ["data:,"]
    assert {"index.html", "sitemap.html", "search.html"} <= set(page.links)
    (policy,) = page.having("meta", **{"http-equiv": "Content-Security-Policy"})
    assert policy["content"].startswith("default-src 'none'") and "unsafe" not in policy["content"]


def test_a_configured_address_makes_links_whole() -> None:
    lost = made.lost_page("A book", "https://example.org/book")
    assert 'href="https://example.org/book/index.html"' in lost and "<script>" not in lost
    listed = made.map_for_machines("https://example.org/book/", ["chapters/a.html"])
    assert "<loc>https://example.org/book/chapters/a.html</loc>" in listed


def test_every_chapter_has_a_picture_for_sharing(
    chapters: dict[str, Page], built_site: Path
) -> None:
    for name, page in chapters.items():
        (image,) = page.having("meta", property="og:image")
        picture = (page.path.parent / image["content"]).resolve()
        assert picture.is_relative_to(built_site.resolve()), name
        content = picture.read_bytes()
        size = tuple(int.from_bytes(content[i : i + 4], "big") for i in (16, 20))
        assert content.startswith(b"\x89PNG") and size == (800, 420)
        assert len(content) < 150_000, name
        (title,) = page.having("meta", property="og:title")
        assert title["content"] and title["content"] in page.title


# -------------------------------------------------------------------------------------- charts


def shown_charts() -> list[tuple[str, str, dict]]:
    found = []
    for path in NOTEBOOKS:
        page = path.relative_to(ROOT).with_suffix(".html").as_posix()
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", ()):
                spec = output.get("data", {}).get(charts.MIME_TYPE)
                if spec:
                    found.append((page, spec["usermeta"]["name"], spec))
    return found


CHARTS = shown_charts()
each_chart = pytest.mark.parametrize(
    ("page", "name", "spec"), CHARTS, ids=[f"{Path(p).stem}/{n}" for p, n, _ in CHARTS]
)


def test_there_are_charts() -> None:
    assert len(CHARTS) >= 10


def unpacked(table: dict) -> dict:
    """Return a table of a chart as rows, as the script of the page reads it."""

    def column(written: list | dict) -> list:
        if isinstance(written, list):
            return written
        if "day" in written:
            return [f"{day}T00:00:00" for day in column(written["day"])]
        if "at" in written:
            return [written["of"][at] for at in written["at"]]
        pairs = zip(written["runs"][::2], written["runs"][1::2], strict=True)
        return [written["of"][at] for at, times in pairs for _ in range(times)]

    if "columns" not in table.get("values", {}):
        return table
    columns = {name: column(written) for name, written in table["values"]["columns"].items()}
    rows = zip(*columns.values(), strict=True)
    return {**table, "values": [dict(zip(columns, row, strict=True)) for row in rows]}


@each_chart
def test_a_chart_is_a_figure_with_title_words_source_data_and_drawing(
    page: str, name: str, spec: dict, built_site: Path, pages: dict[str, Page]
) -> None:
    text = (built_site / page).read_text(encoding="utf-8")
    start = text.index(f'<figure class="chart" id="chart-{name}"')
    figure = text[start : text.index("</figure>", start)]
    words, found = spec["usermeta"], pages[page]

    plain = re.sub(r"<script.*?</script>|<[^>]+>", "", figure, flags=re.S)
    assert re.search(r"Figure \d+", plain)
    for part in (words["title"], shown(words["caption"])):
        assert part in plain.replace("&amp;", "&").replace("&gt;", ">").replace("&lt;", "<")
    picture = next(i for i in found.having("img") if i["src"].endswith(f"/{name}.svg"))
    assert picture["alt"].startswith("Picture of figure")
    # What a screen reader meets first: title, then a summary, then settings and drawing.
    first = '<p class="unseen chart-words">'
    assert figure.index(f'id="chart-{name}-title"') < figure.index(first)
    assert figure.index(first) < figure.index('class="chart-canvas"')
    summary = html.unescape(figure[figure.index(first) + len(first) :].partition("</p>")[0])
    assert summary == words["description"]

    for source in words["sources"]:
        assert f"data-and-sources.html#table-{source['table'].replace('_', '-')}" in figure
        assert source["rows"] == len(data.load(source["table"]))
        described = data.describe(source["table"])
        assert f'/data/{described["path"]}"' in figure
        # What the table is stands in the panel, or once on the page and a link leads there.
        place = f"origin-{source['table'].replace('_', '-')}"
        assert f'<dl id="{place}">' in figure or f'href="#{place}">below figure' in figure
        told = text[text.index(f'<dl id="{place}">') :].partition("</dl>")[0]
        told = html.unescape(re.sub(r"<[^>]+>", "", told))
        assert charts.source_sentence(source) in told
        assert re.sub(r"[*`]", "", described["description"]) in told
    assert ("Where it comes from" in plain) and ("Take it away" in plain)
    number = re.search(r"Figure (\d+)", plain).group(1)
    assert f"Figure {number}. {words['title']}" in html.unescape(plain)
    assert f'href="#code-{name}"' in figure and f"code-{name}" in found.ids

    rows = words["table"]["rows"]
    file = re.search(rf'href="([^"]+/{name}\.csv)"', figure).group(1)
    with (built_site / page).parent.joinpath(file).open(encoding="utf-8", newline="") as stream:
        heading, *kept = csv.reader(stream)
    assert heading == words["table"]["columns"]
    assert len(kept) == len(rows)
    listed = figure.count("<tr>") - 1
    assert listed == (len(rows) if len(rows) <= figures.MOST_ROWS_SHOWN else -1)

    drawing = re.search(r'class="chart-spec">(.*?)</script>', figure, re.S).group(1)
    vega = json.loads(drawing)
    assert "$schema" not in vega and "usermeta" not in vega
    whole, _, _ = figures.to_vega(spec)
    assert {**vega, "data": [unpacked(table) for table in vega["data"]]} == whole
    assert not re.search(r"#[0-9a-f]{6}", json.dumps({**vega, "data": []}))


@each_chart
def test_every_setting_of_a_chart_has_a_label_and_starts_with_the_books_value(
    page: str, name: str, spec: dict, pages: dict[str, Page]
) -> None:
    bound = [p for p in spec.get("params", ()) if "input" in (p.get("bind") or {})]
    controls = [
        (tag, found)
        for tag, found in pages[page].tags
        if "data-signal" in found and found.get("id", "").startswith(f"chart-{name}-")
    ]
    labels = {found.get("for") for found in pages[page].having("label")}
    for parameter in bound:
        if parameter["bind"]["input"] == "radio":
            continue
        ((tag, control),) = [(t, c) for t, c in controls if c["data-signal"] == parameter["name"]]
        assert control["id"] in labels
        assert json.loads(control["data-book"]) == parameter["value"]
        if parameter["bind"]["input"] == "range":
            assert float(control["value"]) == parameter["value"]


# ----------------------------------------------------------------- from an output to a figure


@pytest.fixture
def frame() -> pd.DataFrame:
    return pd.DataFrame({"x": [1, 2], "y": [3.0, 4.0], "kind": ["</script><b>", "two"]})


def drawn(chart: alt.TopLevelMixin, frame: pd.DataFrame) -> charts.Figure:
    return charts.figure(
        chart,
        name="a-chart",
        title="A < B",
        description="Two points, one above the other, and no more.",
        tables=["prices"],
        data=frame,
    )


def on_page(figure: charts.Figure, **changes: object) -> figures.PageFigure:
    settings = {"folder": "charts/p", "root": "../", "number": 3, "link": lambda table: None}
    return figures.page_figure(figure.spec, figure.svg, **{**settings, **changes})


def points(frame: pd.DataFrame) -> alt.Chart:
    return (
        alt.Chart(frame)
        .mark_point()
        .encode(
            x=alt.X("x:Q").title("X"),
            y=alt.Y("y:Q").title("Y"),
            **charts.colour_and_shape("kind", "Kind", list(frame["kind"])),
        )
    )


def test_text_of_a_chart_cannot_end_its_script(frame: pd.DataFrame) -> None:
    written = on_page(drawn(points(frame), frame)).html
    assert written.count("</script>") == 1
    assert "<b>" not in written
    assert "A &lt; B" in written


def test_the_colours_of_a_chart_are_variables_of_the_page(frame: pd.DataFrame) -> None:
    vega, _, _ = figures.to_vega(drawn(points(frame), frame).spec)
    ranges = {scale["name"]: scale.get("range") for scale in vega["scales"]}
    assert ranges["color"] == ["var(--chart-blue)", "var(--chart-vermilion)"]
    style = assets.contents()["book.css"]
    for colour, variable in figures.VARIABLES.items():
        assert f"{variable}: {colour};" in style
        assert style.count(f"{variable}: {charts.DARK[colour]};") == 2


def test_a_ramp_keeps_colours_that_can_be_mixed(frame: pd.DataFrame) -> None:
    ramp = points(frame).encode(
        color=alt.Color("y:Q").title("Y").scale(range=[charts.BLUE, charts.GOLD]),
        shape=alt.value("circle"),
    )
    vega, _, _ = figures.to_vega(drawn(ramp, frame).spec)
    (color,) = (scale for scale in vega["scales"] if scale["name"] == "color")
    assert color["range"] == [charts.BLUE, charts.GOLD]


@pytest.mark.parametrize(
    ("label", "words", "unit", "shown"),
    [
        ("Share of input tokens, %", "Share of input tokens", "%", "5%"),
        ("Share of input tokens (%)", "Share of input tokens", "%", "5%"),
        ("Fall, x per year", "Fall", "x per year", "5x per year"),
        ("Time: ", "Time", "", "5"),
        ("Years since launch, months", "Years since launch", "months", "5 months"),
    ],
)
def test_a_slider_shows_its_value_with_the_unit_in_its_label(
    frame: pd.DataFrame, label: str, words: str, unit: str, shown: str
) -> None:
    bind = alt.binding_range(min=0, max=10, step=0.5, name=label)
    chart = points(frame).add_params(alt.param(name="share", value=5, bind=bind))
    written = on_page(drawn(chart, frame)).html
    assert f'<label for="chart-a-chart-share">{words}</label>' in written
    assert f">{shown}</output>" in written
    assert f'min="0" max="10" step="0.5" value="5" data-unit="{unit}"' in written
    vega, controls, _ = figures.to_vega(drawn(chart, frame).spec)
    assert not [signal for signal in vega["signals"] if "bind" in signal]
    assert controls[0]["signal"] == "share" and controls[0]["value"] == 5


def test_a_control_that_the_page_does_not_have_is_refused(frame: pd.DataFrame) -> None:
    bind = alt.BindInput(input="color", name="Colour")
    chart = points(frame).add_params(alt.param(name="tint", value="x", bind=bind))
    with pytest.raises(figures.FigureError, match="no control of the kind 'color'"):
        on_page(drawn(chart, frame))


def test_an_output_that_did_not_come_from_show_is_refused(frame: pd.DataFrame) -> None:
    made = drawn(points(frame), frame)
    with pytest.raises(figures.FigureError, match="without charts.show"):
        figures.page_figure(
            {**made.spec, "usermeta": {}}, made.svg, folder="c", root="", number=1, link=str
        )


def test_a_figure_without_tables_says_that_it_is_a_formula(frame: pd.DataFrame) -> None:
    made = drawn(points(frame), frame)
    made.spec["usermeta"]["sources"] = []
    assert "Drawn from a formula, not from a table." in on_page(made).html


def test_the_drawing_script_is_one_classic_script_without_addresses() -> None:
    script = assets.drawing_script()
    # The first line asks browsers that know it to compile while the script arrives.
    first, rest = script.split("\n", 1)
    assert first == "//# allFunctionsCalledOnLoad"
    assert rest.startswith('(function () { "use strict";') and rest.endswith(
        "})(window.bookVega);\n"
    )
    assert not re.search(r"^\s*(import|export)\b", script, re.M)
    assert "cdn.jsdelivr.net" not in script
    assert len(script) < 500_000


def test_a_converter_with_other_modules_is_named() -> None:
    script = (
        "from three_observations.site import assets\n"
        'assets._VEGA = {"vega-view@0.0.1": "{View}"}\n'
        "assets.drawing_script()"
    )
    # In a process of its own, because the converter does not live on after such an error.
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 1
    assert "RuntimeError" in done.stderr and "bring their versions up to date" in done.stderr


def test_the_expressions_of_a_chart_are_short_and_every_point_tells_its_values(
    frame: pd.DataFrame,
) -> None:
    bar = points(frame).mark_rule().encode(y2=alt.Y2("x"))
    across = alt.Chart(frame).mark_rule().encode(y=alt.Y("y:Q").title("Y"))
    vega, _, _ = figures.to_vega(drawn(points(frame) + bar + across, frame).spec)
    written = json.dumps(vega)
    assert "isFinite" not in written and "isArray" not in written and "containerSize" not in written
    assert "bookNumber(datum.y)" in written and "bookText(datum.kind)" in written
    symbols = next(mark for mark in vega["marks"] if mark["type"] == "symbol")
    rules, *_, line = (mark for mark in vega["marks"] if mark["type"] == "rule")
    assert symbols["encode"]["update"]["tooltip"] == {"value": 1}
    assert "Kind: " in symbols["encode"]["update"]["description"]["signal"]
    assert "tooltip" in rules["encode"]["update"]
    assert "tooltip" not in line["encode"]["update"]  # one value, which its axis shows
    half = figures.MOST_MARKS_NAMED // 2 + 1
    many = pd.concat([frame] * half, ignore_index=True)
    crowd = points(frame)
    crowd.data = many
    vega, _, _ = figures.to_vega(drawn(crowd, many).spec)
    (symbols,) = vega["marks"]
    assert symbols["aria"] is False and "description" not in symbols["encode"]["update"]
    assert "Kind: " in symbols["encode"]["update"]["tooltip"]["signal"]


def test_an_upright_logarithmic_axis_has_places_for_its_decades_only() -> None:
    frame = pd.DataFrame({"x": [1.0, 1e4], "y": [1.0, 1e4]})
    scale = alt.Scale(type="log")
    chart = points(frame.assign(kind="a")).encode(
        x=alt.X("x:Q", scale=scale).title("X"), y=alt.Y("y:Q", scale=scale).title("Y")
    )
    vega, _, _ = figures.to_vega(drawn(chart, frame).spec)
    left = next(axis for axis in vega["axes"] if axis["orient"] == "left" and "title" in axis)
    below = next(axis for axis in vega["axes"] if axis["orient"] == "bottom" and "title" in axis)
    assert left["values"] == {"signal": "bookDecades(domain('y'))"} and "tickCount" not in left
    assert "values" not in below  # its small ticks are drawn


def test_the_ends_of_an_axis_say_how_long_it_is_when_the_page_computes_its_column() -> None:
    frame = pd.DataFrame({"x": [1, 2]})

    def label(domain: list[float]) -> str | None:
        chart = (
            alt.Chart(frame)
            .transform_calculate(y="pow(10, datum.x)")
            .mark_line()
            .encode(
                x=alt.X("x:Q").title("X"),
                y=alt.Y("y:Q").title("Y").scale(type="log", domain=domain),
            )
        )
        return drawn(chart, frame).spec["encoding"]["y"]["axis"].get("labelExpr")

    assert "LN10" in label([0.1, 100])
    assert label([0.5, 5]) is None


def test_a_legend_leaves_room_for_the_labels_beside_the_plot_on_a_phone() -> None:
    def columns(name: str, words: str) -> str:
        frame = pd.DataFrame({"x": [1, 2], "name": [name, "b"], "kind": ["one kind", words]})
        chart = alt.Chart(frame).mark_point().encode(
            x=alt.X("x:Q").title("X"),
            y=alt.Y("name:N").title("Name"),
            **charts.colour_and_shape("kind", "Kind", ["one kind", words]),
        )  # fmt: skip
        (legend,) = figures.to_vega(drawn(chart, frame).spec)[0]["legends"]
        return legend["columns"]["signal"]

    assert "bookWidth < 480 ? 27 : 20" in columns("a", "other kind")
    assert "bookWidth < 480 ? 132 : 20" in columns("a very long name of a row", "other kind")
    assert "/ 135)" in columns("a", "a longer kind")  # 13 letters, a symbol and the space between


def test_a_figure_says_how_high_its_legends_get(frame: pd.DataFrame) -> None:
    kinds = sorted(frame["kind"].unique())
    plain = alt.Chart(frame).mark_point().encode(alt.X("x:Q").title("X"), alt.Y("y:Q").title("Y"))

    def legends(chart: alt.Chart) -> list[list[int]]:
        found = re.search(r'data-legends="([^"]+)"', on_page(drawn(chart, frame)).html)
        return json.loads(found.group(1)) if found else []

    assert legends(plain) == []
    # Entries, room beside the plot, a column's width, the most columns, the height of a row.
    dots = plain.encode(**charts.colour_and_shape("kind", "Kind", kinds))
    assert legends(dots) == [[len(kinds), 55, 7 * len(max(kinds, key=len)) + 44, 4, 19]]
    lines = plain.mark_line().encode(**charts.colour_and_dash("kind", "Kind", kinds))
    assert [legend[4] for legend in legends(lines)] == [29]


def test_only_what_is_summed_up_is_copied_for_every_entry_of_a_list(frame: pd.DataFrame) -> None:
    chart = (
        points(frame)
        .transform_calculate(step="[1, 2, 3]")
        .transform_flatten(["step"])
        .transform_calculate(late="datum.step * datum.y")
        .transform_aggregate(y="mean(late)", groupby=["step"])
        .transform_calculate(x="datum.step", kind="'two'")
    )
    vega, _, _ = figures.to_vega(drawn(chart, frame).spec)
    steps = next(table["transform"] for table in vega["data"] if "transform" in table)
    kinds = [step["type"] for step in steps]
    assert kinds[:5] == ["formula", "project", "flatten", "formula", "aggregate"]
    assert steps[1]["fields"] == steps[1]["as"] == ["step", "y"]


def test_the_margin_of_a_picture_is_what_its_plot_leaves(frame: pd.DataFrame) -> None:
    made = drawn(points(frame), frame)
    plot = float(re.search(r' d="M0,0h([\d.]+)v', made.svg).group(1))
    assert f'data-margin="{round(charts.WIDTH - plot) - 2}"' in on_page(made).html


def test_what_a_list_does_not_change_is_computed_before_the_list_is_unrolled(
    frame: pd.DataFrame,
) -> None:
    chart = (
        points(frame)
        .transform_calculate(step="[1, 2, 3]")
        .transform_flatten(["step"])
        .transform_calculate(late="datum.step * datum.y")
        .transform_calculate(early="datum.y * 2")
        .transform_calculate(also="datum.early + 1")
        .transform_calculate(y="datum.y + 1")
        .transform_calculate(whole="toString(datum)")
        .transform_calculate(last="datum.also + datum.late")
    )
    vega, _, _ = figures.to_vega(drawn(chart, frame).spec)
    (steps,) = (table["transform"] for table in vega["data"] if "transform" in table)
    names = [step.get("as") for step in steps if step["type"] in {"formula", "flatten"}]
    # "y" is read before it changes, so it may not change earlier.
    expected = ["step", "early", "also", ["step"], "late", "y", "whole", "last"]
    assert names[: len(expected)] == expected


# ------------------------------------------------------------------------------------ formulas


@pytest.mark.parametrize("block", [False, True])
def test_a_formula_becomes_mathml_that_keeps_its_latex(block: bool) -> None:
    latex = r"r = \left(\frac{p_0}{p_1}\right)^{12/m} < 10"
    mathml = formulas.to_mathml(latex, block=block)
    assert f'display="{"block" if block else "inline"}"' in mathml
    assert 'alttext="r = \\left(\\frac{p_0}{p_1}\\right)^{12/m} &lt; 10"' in mathml
    assert mathml.count("<mfrac>") == 1
    assert "script" not in mathml


def test_lines_that_are_aligned_are_set_as_a_table() -> None:
    mathml = formulas.to_mathml(r"\begin{aligned} a &= b \\ c &= d \end{aligned}", block=True)
    assert mathml.count("<mtr>") == 2


@pytest.mark.parametrize("latex", [r"\left( x", r"\frac{1}", r"x^", r"a & b", r"\unknowncommand x"])
def test_a_formula_that_cannot_be_set_is_an_error(latex: str) -> None:
    with pytest.raises(ValueError, match="cannot be set"):
        formulas.to_mathml(latex, block=False)


def test_no_menu_offers_two_options_of_one_name(built_site: Path) -> None:
    menus = 0
    for page in sorted((built_site / "chapters").rglob("*.html")):
        for menu in re.findall(r"<select.*?</select>", page.read_text(encoding="utf-8"), re.S):
            names = re.findall(r"<option[^>]*>(.*?)</option>", menu, re.S)
            assert len(names) > 1 and len(names) == len(set(names)), (page.name, names)
            menus += 1
    assert menus > 10
