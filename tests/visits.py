"""A page in a browser with the network cut, as the tests of the site open it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

WAIT = 20_000
ALL_LIVE = """() => [...document.querySelectorAll("figure.chart")]
    .every(figure => figure.classList.contains("live"))"""


class Visit:
    """A page in the browser, and everything that went wrong on it."""

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
        assert not self.strangers
        assert not self.errors
