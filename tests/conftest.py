"""What several test modules share: the project's folder, the built site, a server, a browser."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbval.kernel
import numpy
import pytest
from filelock import FileLock
from jupyter_client.manager import KernelManager
from xdist.scheduler import LoadScopeScheduling

from three_observations import claims, data
from three_observations.claims import Verdict
from three_observations.site import build, notebooks
from three_observations.site.browser import Visit, find_browser, launch, serve

ROOT = Path(__file__).resolve().parents[1]
NO_BROWSER = (
    "no Chromium or Chrome on this machine (Debian: apt-get install chromium), "
    "so the tests in the browser are skipped"
)


#: What numpy and OpenBLAS read when they start, to work as on an old processor.
PLAIN_LOOPS = {
    "NPY_DISABLE_CPU_FEATURES": " ".join(
        numpy.show_config(mode="dicts")["SIMD Extensions"].get("found", [])
    )
}
if platform.machine() in ("x86_64", "AMD64"):
    PLAIN_LOOPS["OPENBLAS_CORETYPE"] = "Prescott"
elif platform.machine() in ("aarch64", "arm64"):
    PLAIN_LOOPS["OPENBLAS_CORETYPE"] = "ARMV8"


class Plain(notebooks.on_files(KernelManager)):  # type: ignore[misc]
    """Starts the kernels in which nbval runs the notebooks, with the plainest loops of numpy.

    Their outputs were made with the fastest loops of some processor.  The loops differ in the last
    digit of a sum and in the order of equal rows after a sort that is not stable, so one run shows
    that the outputs come again and that another processor gives the same.
    The sockets are files: two processes start notebooks, and on network ports they could meet.
    """

    def start_kernel(self, **settings: Any) -> None:
        super().start_kernel(env=os.environ | PLAIN_LOOPS, **settings)


def pytest_configure(config: pytest.Config) -> None:
    nbval.kernel.KernelManager = Plain
    if os.environ.get("REQUIRE_BROWSER") == "1" and find_browser() is None:
        raise pytest.UsageError(f"REQUIRE_BROWSER=1, but there is {NO_BROWSER.split(',')[0]}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = find_browser() is None
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
        if missing and item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


#: Modules whose tests share nothing and take seconds each: any process may take the next one.
APART = (
    "test_assumptions.py",
    "test_pipeline.py",
    "test_site_pages.py",
    "test_site_speed.py",
)


class Shares(LoadScopeScheduling):
    """Hands out tests by module, so that what a module prepares is prepared once.

    Of the modules in APART each process takes one page, notebook or test at a time;
    otherwise one process would still be at work on the largest module when all others are done.
    """

    def _split_scope(self, nodeid: str) -> str:
        module, _, test = nodeid.partition("::")
        if Path(module).name not in APART:
            return super()._split_scope(nodeid)
        page = re.search(r"\[(.*)\]$", test)
        return f"{module}::{page.group(1) if page else test}"


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Shares | None:
    """Share the tests out as above wherever `make test` or `-n` asks for several processes."""
    return Shares(config, log) if config.getvalue("dist") == "loadscope" else None


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture
def restored() -> Iterator[None]:
    """Put the tables on disk back in place after a test that changed some with ``data.use``."""
    yield
    data.use()


@pytest.fixture(scope="session")
def every_verdict() -> list[Verdict]:
    """All verdicts of the book under the tables as they are; nobody may change the list."""
    data.use()
    return claims.verdicts()


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built once from the committed outputs, however many processes test."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    pages, failure = shared / "site" / "html", shared / "site" / "failure.txt"
    pages.parent.mkdir(exist_ok=True)
    with FileLock(shared / "site.lock"):
        if not pages.is_dir() and not failure.is_file():
            try:
                build.build_site(ROOT, pages)
            except build.BuildError as error:
                failure.write_text(str(error), encoding="utf-8")
    if failure.is_file():
        pytest.fail(f"the site cannot be built:\n{failure.read_text(encoding='utf-8')}")
    return pages


@pytest.fixture(scope="session")
def site_server(built_site: Path) -> Iterator[str]:
    """Address of a server that shows the built site, without a slash at the end."""
    with serve(built_site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """A Playwright browser: the Chromium or Chrome of this machine."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = launch(playwright)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def visiting(browser: Any, site_server: str) -> Any:
    """Return what opens a tab with settings of its own: ``with visiting(...) as visit``."""

    @contextmanager
    def visit(home: str = site_server, **settings: Any) -> Iterator[Visit]:
        settings = {
            "viewport": {"width": 1280, "height": 900},
            "reduced_motion": "reduce",
        } | settings
        context = browser.new_context(**settings)
        try:
            yield Visit(context.new_page(), home)
        finally:
            context.close()

    return visit
