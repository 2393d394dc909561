"""How long things take and how much a page transfers: ``make bench``.

Nothing here fails on a time; a benchmark fails when what it measures does not work.
"""

from __future__ import annotations

import ast
import gzip
import os
import re
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

import pytest

import stock
from three_observations.site import build, notebooks
from three_observations.site.browser import Visit, find_browser, launch, serve, time_charts

ROOT = notebooks.project_root()
SITE = ROOT / "_build" / "html"
CHAPTERS = sorted((ROOT / "chapters").glob("*.ipynb"))
# A server sends these as they are; everything else goes over the wire compressed.
COMPRESSED_ALREADY = (".woff2", ".woff", ".png", ".jpg", ".webp", ".ico")

each_chapter = pytest.mark.parametrize("path", CHAPTERS, ids=[path.stem for path in CHAPTERS])


def imports_of(path: Path) -> str:
    """Return the import statements of a notebook, one a line."""
    statements = []
    for cell in notebooks.code_cells(notebooks.read(path)):
        for node in ast.walk(ast.parse(notebooks.text_of(cell["source"]))):
            if isinstance(node, ast.Import | ast.ImportFrom):
                statements.append(ast.unparse(node))
    return "\n".join(dict.fromkeys(statements))


def test_make_book_nothing_changed(benchmark, promise) -> None:
    subprocess.run(["make", "book"], cwd=ROOT, check=True, capture_output=True)

    def again() -> str:
        finished = subprocess.run(
            ["make", "book"], cwd=ROOT, check=True, capture_output=True, text=True
        )
        return finished.stdout

    said = benchmark.pedantic(again, rounds=5)
    assert "nothing to run" in said and "nothing changed" in said
    promise("make book, nothing changed", benchmark.stats["median"], 5, "s")


def test_make_book_every_notebook_stale(benchmark, promise, copy_of_the_book) -> None:
    root, environment = copy_of_the_book
    command = [sys.executable, "-m", "three_observations.site.build", "--fresh"]
    benchmark.pedantic(
        subprocess.run,
        (command,),
        {"cwd": root, "env": environment, "check": True, "stdout": subprocess.DEVNULL},
        rounds=1,
    )
    assert build.why_build(root, root / "_build" / "html") == ""
    for path in notebooks.find_notebooks(root):
        assert path.read_bytes() == (ROOT / path.relative_to(root)).read_bytes(), (
            f"another run gave other bytes: {path.name}"
        )
    promise("make book, every notebook stale", benchmark.stats["median"], 90, "s")


@each_chapter
def test_a_chapters_own_work(benchmark, promise, path: Path) -> None:
    def seconds_of(notebook: notebooks.Notebook) -> float:
        return benchmark._timer() - run(notebook)

    def run(notebook: notebooks.Notebook) -> float:
        started = benchmark._timer()
        notebooks.execute(notebook, path.parent, path.name)
        return started

    empty = {
        "cells": [{"cell_type": "code", "metadata": {}, "source": imports_of(path)}],
        "metadata": {},
        "nbformat": 4,
    }
    whole = notebooks.read(path)
    idle = min(seconds_of(empty) for _ in range(3))
    benchmark.pedantic(run, (whole,), rounds=2)
    promise(f"own work of {path.stem}", max(benchmark.stats["min"] - idle, 0), 8, "s")


@each_chapter
def test_imports_of_a_chapter(benchmark, promise, path: Path) -> None:
    def measure() -> str:
        finished = subprocess.run(
            [sys.executable, "-X", "importtime", "-c", imports_of(path)],
            cwd=path.parent,
            capture_output=True,
            text=True,
            check=True,
        )
        return finished.stderr

    measure()  # warms the disk's cache
    report = benchmark.pedantic(measure, rounds=3)
    own: dict[str, int] = defaultdict(int)
    for line in report.splitlines():
        found = re.match(r"import time:\s+(\d+) \|\s+\d+ \| +(\S+)", line)
        if found:
            own[found[2].split(".")[0]] += int(found[1])
    assert own["three_observations"] > 0
    largest = sorted(own.items(), key=lambda item: -item[1])[:6]
    note = ", ".join(f"{name} {microseconds / 1e6:.2f}" for name, microseconds in largest)
    promise(f"imports of {path.stem}", sum(own.values()) / 1e6, None, "s", note)


@pytest.fixture(scope="module")
def chromium(site_address: str):
    from playwright.sync_api import sync_playwright

    if find_browser() is None:
        pytest.skip("no Chromium or Chrome on this machine")
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site_address():
    """Show the built site at a local address."""
    subprocess.run(["make", "book"], cwd=ROOT, check=True, capture_output=True)
    with serve(SITE) as address:
        yield address


# ------------------------------------------------------------- the site beside the stock one


@dataclass
class Seen:
    """What a browser met on the pages of one site."""

    sent: dict[str, dict[str, int]] = field(default_factory=dict)
    strangers: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)
    violations: int = 0
    sideways: int = 0
    painted: dict[str, float] = field(default_factory=dict)
    drawn: dict[str, float] = field(default_factory=dict)
    answered: dict[str, float] = field(default_factory=dict)

    def kilobytes(self, page: str) -> float:
        """Bytes of the first view of a page, compressed."""
        return sum(self.sent[page].values()) / 1000


def compressed(name: str, body: bytes) -> int:
    return len(body if name.endswith(COMPRESSED_ALREADY) else gzip.compress(body, 6))


def visit(chromium, address: str, folder: Path, pages: list[str]) -> Seen:
    """Open each page: as a reader, on a slow computer, on a phone, for axe in both colours."""
    from axe_playwright_python.sync_playwright import Axe

    seen = Seen()

    def tab_for(page: str, **settings):
        context = chromium.new_context(
            **{"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"} | settings
        )
        tab = context.new_page()
        sent = seen.sent.setdefault(page, {})

        def count(name: str, body: bytes) -> None:
            seen.strangers.add(name)
            sent[name] = compressed(name, body)

        def received(response) -> None:
            if response.url.startswith(address):
                path = urlsplit(response.url).path.lstrip("/") or "index.html"
                if (folder / path).is_file():
                    sent[path] = compressed(path, (folder / path).read_bytes())

        tab.route(lambda url: not url.startswith((address, "data:")), stock.mirror(count))
        tab.on("response", received)
        return context, tab

    for page in pages:
        context, tab = tab_for(page)
        errors: list[str] = []
        tab.on("console", lambda m, e=errors: e.append(m.text) if m.type == "error" else None)
        tab.on("pageerror", lambda error, e=errors: e.append(str(error)))
        tab.goto(f"{address}/{page}", wait_until="load")
        tab.wait_for_timeout(1500)
        seen.errors += errors
        for colours in ("light", "dark"):
            tab.evaluate(
                "colours => { document.documentElement.dataset.theme = colours; }", colours
            )
            found = Axe().run(tab, options={"resultTypes": ["violations"]}).response["violations"]
            seen.violations += sum(len(rule["nodes"]) for rule in found)
        context.close()
        sizes = dict(seen.sent[page])

        context, tab = tab_for(page, viewport={"width": 360, "height": 800}, is_mobile=True)
        tab.goto(f"{address}/{page}", wait_until="load")
        tab.wait_for_timeout(1000)
        seen.sideways += tab.evaluate("document.documentElement.scrollWidth") > 360
        context.close()

        paints = []
        for _ in range(3):
            context, tab = tab_for(page)
            slow = context.new_cdp_session(tab)
            slow.send("Emulation.setCPUThrottlingRate", {"rate": 4})
            tab.goto(f"{address}/{page}", wait_until="load")
            tab.wait_for_timeout(1500)
            paints.append(
                tab.evaluate(
                    """() => new Promise(resolve => new PerformanceObserver(list =>
                        resolve(list.getEntries().at(-1).startTime)
                    ).observe({ type: "largest-contentful-paint", buffered: true }))"""
                )
            )
            context.close()
        seen.painted[page] = median(paints) / 1000
        seen.sent[page] = sizes
    return seen


def measure_charts(chromium, address: str, pages: list[str], rounds: int = 3) -> Seen:
    """Draw every chart and move every slider; of some visits the best, as others only add time."""
    seen = Seen()
    with_charts = [
        page for page in pages if '<figure class="chart"' in (SITE / page).read_text("utf-8")
    ]
    for page in [page for page in with_charts for _ in range(rounds)]:
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        for (kind, name), taken in time_charts(Visit(context.new_page(), address), page).items():
            best = seen.drawn if kind == "drawn" else seen.answered
            best[name] = min(taken, best.get(name, float("inf")))
        context.close()
    return seen


def test_the_site_beside_the_stock_one(
    benchmark, promise, chromium, site_address: str, tmp_path: Path
) -> None:
    every = [path.relative_to(ROOT).with_suffix(".html").as_posix() for path in CHAPTERS]
    pages = [page for page in every if not page.endswith("index.html")]
    largest = sorted(pages, key=lambda page: -(SITE / page).stat().st_size)[:3]
    other = stock.build(ROOT, tmp_path)
    ours = benchmark.pedantic(visit, (chromium, site_address, SITE, pages), rounds=1)
    with serve(other) as address:
        theirs = visit(chromium, address, other, largest)
    charts_of_ours = measure_charts(chromium, site_address, pages)

    for page in pages:
        note = ", ".join(
            f"{Path(name).name} {size / 1000:.0f}"
            for name, size in sorted(ours.sent[page].items(), key=lambda item: -item[1])[:3]
        )
        if page in theirs.sent:
            note = f"stock {theirs.kilobytes(page):.0f} kB; {note}"
        promise(f"first view of {Path(page).stem}", ours.kilobytes(page), 600, "kB", note)
    size, stock_size = (build.weights(folder)["pages"] / 1e6 for folder in (SITE, other))
    note = f"stock {stock_size:.2f} MB, without the scripts that its charts load from a host"
    promise("whole site without the downloads", size, 6, "MB", note)
    few = f"{len(largest)} pages of the stock book"
    note = f"{few}: {theirs.violations}"
    promise("axe violations, light and dark", ours.violations, 0, "", note)
    promise(
        "pages that scroll sideways at 360 px", ours.sideways, 0, "", f"{few}: {theirs.sideways}"
    )
    hosts = {urlsplit(name).netloc for name in theirs.strangers}
    note = f"{few}: {len(theirs.strangers)} files of {len(hosts)} host{'s'[: len(hosts) != 1]}"
    promise("requests to other hosts", len(ours.strangers), 0, "", note)
    promise("console errors", len(ours.errors), 0, "", f"{few}: {len(theirs.errors)}")
    slowest = max(pages, key=lambda page: ours.painted[page])
    note = f"{Path(slowest).stem}; stock {max(theirs.painted.values()):.2f} s"
    promise("largest contentful paint, speed / 4", ours.painted[slowest], 1.5, "s", note)
    for what, measured, most in (
        ("the slowest chart is live, processor x 4", charts_of_ours.drawn, 100),
        ("the slowest slider answers, processor x 4", charts_of_ours.answered, 50),
    ):
        late = sum(duration > most for duration in measured.values())
        slowest = max(measured, key=measured.get)
        note = f"{slowest}; median {median(measured.values()):.0f}, {late} of {len(measured)} late"
        promise(what, measured[slowest], most, "ms", note)


def test_two_clean_builds(benchmark, promise, tmp_path: Path) -> None:
    def build_twice() -> int:
        for name in ("one", "two"):
            build.build_site(ROOT, tmp_path / name / "html")
        one, two = (build.built_files(tmp_path / name / "html") for name in ("one", "two"))
        return sum(one.get(path) != two.get(path) for path in one.keys() | two.keys())

    different = benchmark.pedantic(build_twice, rounds=1)
    promise("files that differ between two clean builds", different, 0, "")


def test_make_test_with_browser(benchmark, promise, pytestconfig) -> None:
    if not pytestconfig.getoption("--with-tests"):
        pytest.skip("takes minutes; ask for it: make bench OPTIONS=--with-tests")
    environment = {**os.environ, "REQUIRE_BROWSER": "1"}
    benchmark.pedantic(
        subprocess.run,
        (["make", "test"],),
        {"cwd": ROOT, "env": environment, "check": True, "stdout": subprocess.DEVNULL},
        rounds=1,
    )
    promise("make test, with browser", benchmark.stats["median"], 300, "s")
