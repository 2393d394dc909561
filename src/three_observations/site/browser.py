"""Show the built site to the browser of this machine: for tests, benchmarks and the picture."""

from __future__ import annotations

import functools
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_MAC = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
_ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
)


def find_browser() -> str | None:
    """Return the path of Chromium or Chrome, or None.

    The environment variable ``BROWSER_PATH`` goes before what is found.
    """
    named = os.environ.get("BROWSER_PATH")
    if named:
        return shutil.which(named)
    found = (shutil.which(name) for name in (*_NAMES, *_MAC))
    return next((path for path in found if path), None)


def launch(playwright: Any) -> Any:
    """Start the browser under a running Playwright, without a window.

    Parameters
    ----------
    playwright : playwright.sync_api.Playwright
        What ``sync_playwright()`` gives.

    Raises
    ------
    RuntimeError
        When there is no browser.
    """
    path = find_browser()
    if path is None:
        raise RuntimeError("no Chromium or Chrome found; on Debian: apt-get install chromium")
    arguments = list(_ARGUMENTS)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium refuses root otherwise, as in a container
    return playwright.chromium.launch(executable_path=path, args=arguments)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """Keep the terminal free of a line for every file served."""


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder at a local address, given without a slash at its end."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


#: Milliseconds that a page may take for what it does by itself, on a busy machine.
WAIT = 20_000
ALL_LIVE = """() => [...document.querySelectorAll("figure.chart")]
    .every(figure => figure.classList.contains("live"))"""


class Visit:
    """A page in the browser with the network cut, and everything that went wrong on it.

    Parameters
    ----------
    tab : playwright.sync_api.Page
    home : str
        Address of the site; what lies elsewhere is not loaded, but noted in ``strangers``.
    """

    def __init__(self, tab: Any, home: str) -> None:
        self.tab, self.home = tab, home
        self.strangers: list[str] = []
        self.errors: list[str] = []
        tab.on("console", self._heard)
        tab.on("pageerror", lambda error: self.errors.append(str(error)))
        tab.on("requestfailed", self._failed)
        tab.on("response", self._answered)
        tab.route("**/*", self._guard)

    def _heard(self, message: Any) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def _failed(self, request: Any) -> None:
        # A page that is left behind drops what it had not loaded yet.
        if request.failure != "net::ERR_ABORTED":
            self.errors.append(f"failed: {request.url}")

    def _answered(self, response: Any) -> None:
        if response.status >= 400:
            self.errors.append(f"{response.status}: {response.url}")

    def _guard(self, route: Any) -> None:
        parts = urlsplit(route.request.url)
        own = parts.scheme in {"data", "file"} or f"{parts.scheme}://{parts.netloc}" == self.home
        if own:
            route.continue_()
        else:
            self.strangers.append(route.request.url)
            route.abort()

    def open(self, page: str) -> Visit:
        """Go to a page of the site and wait until it is loaded."""
        self.tab.goto(f"{self.home}/{page}", wait_until="load")
        return self

    def draw_all(self) -> int:
        """Scroll through the page until every chart is drawn; return their number."""
        shown = self.tab.locator("figure.chart")
        for index in range(shown.count()):
            shown.nth(index).scroll_into_view_if_needed()
        self.tab.wait_for_function(ALL_LIVE, timeout=WAIT)
        return shown.count()

    def settle(self) -> None:
        """Wait until every chart has been drawn for the width that the page has now."""
        self.tab.evaluate(
            """async () => {
                const frame = () => new Promise(done => requestAnimationFrame(done));
                const shown = [...document.querySelectorAll("figure.chart.live")];
                const late = figure => Math.abs(figure.chartView.signal("bookWidth")
                    - figure.querySelector(".chart-live").clientWidth) >= 2;
                await frame();
                for (let tries = 0; shown.some(late) && tries < 200; tries += 1) await frame();
                await Promise.all(shown.map(figure => figure.chartView.runAsync()));
                await frame();
                await Promise.all(shown.map(figure => figure.chartView.runAsync()));
            }"""
        )

    def ok(self) -> None:
        """Fail if the page asked another host for anything, or met an error."""
        assert not self.strangers
        assert not self.errors


# ------------------------------------------------------------------ time on a slow computer

#: How much slower than this machine the computer is for which the book promises its times.
SLOWER = 4
_READY = "() => performance.getEntriesByName('charts ready').length > 0"
# Nothing is near the screen before somebody says so.
_IN_TURN = """window.IntersectionObserver = class {
    constructor(seen) { window.comesNear = target => seen([{ isIntersecting: true, target }]); }
    observe() {}
    unobserve() {}
};"""
_DRAW = """id => new Promise(done => {
    const figure = document.getElementById(id);
    new MutationObserver((changes, observer) => {
        if (!figure.classList.contains("live")) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(done, 0));
    }).observe(figure, { attributes: true });
    window.comesNear(figure);
})"""
_MOVE = """async ([id, by]) => {
    const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)));
    const slider = document.getElementById(id);
    if (by > 0) slider.stepUp(); else slider.stepDown();
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await frame();
    await slider.closest("figure").chartView.runAsync();
    await frame();
}"""


def time_charts(visit: Visit, page: str) -> dict[tuple[str, str], float]:
    """Draw every chart of a page and move every slider, and return what each took.

    A browser on a machine that does other things waits for its turn. What is measured is the time
    that a processor spends on the page, with style, layout and paint, and not the time on the
    clock: from a page at rest, whose drawing script has been loaded, to the finished frame.

    Parameters
    ----------
    visit : Visit
        A fresh tab.
    page : str
        Address below the site.

    Returns
    -------
    dict of (str, str) to float
        ``("drawn", chart)`` and ``("answered", slider)`` to milliseconds on a computer that is
        ``SLOWER`` times as slow; of the answers of one slider the quickest.
    """
    session = visit.tab.context.new_cdp_session(visit.tab)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        found = session.send("Performance.getMetrics")["metrics"]
        return 1000 * SLOWER * next(one["value"] for one in found if one["name"] == "TaskDuration")

    visit.tab.add_init_script(_IN_TURN)
    visit.open(page)
    visit.tab.wait_for_function(_READY, timeout=WAIT)
    taken: dict[tuple[str, str], float] = {}
    stem = Path(page).stem
    figures = visit.tab.locator("figure.chart")
    for figure in figures.evaluate_all("all => all.map(one => one.id)"):
        start = spent()
        visit.tab.evaluate(_DRAW, figure)
        taken["drawn", f"{stem}/{figure.removeprefix('chart-')}"] = spent() - start
    sliders = visit.tab.locator("figure.chart input[type=range]")
    for slider in sliders.evaluate_all("all => all.map(one => one.id)"):
        key = ("answered", f"{stem}/{slider.removeprefix('chart-')}")
        for by in (1, 1, -1, -1):
            start = spent()
            visit.tab.evaluate(_MOVE, [slider, by])
            taken[key] = min(spent() - start, taken.get(key, float("inf")))
    return taken
