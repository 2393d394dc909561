"""The way from inputs to outputs to pages: what is stale, what a run writes, what it refuses."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from three_observations.site import build, notebooks

PACKAGE = Path(notebooks.__file__).resolve().parents[1]


def write_notebook(path: Path, *sources: str) -> Path:
    """Write a notebook that never ran; a source that begins with # is Markdown."""
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": source}
        if source.startswith("#")
        else {
            "cell_type": "code",
            "execution_count": None,
            "metadata": {},
            "outputs": [],
            "source": source,
        }
        for source in sources
    ]
    content = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small book in a folder whose name has a space: one notebook, one table, the package."""
    return make_tree(tmp_path / "a book")


@pytest.fixture(scope="session")
def run_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small book with its notebook run; for copying only."""
    root = make_tree(tmp_path_factory.mktemp("run") / "a book")
    assert [result.error for result in run(root)] == [""]
    return root


@pytest.fixture
def run_tree(tmp_path: Path, run_once: Path) -> Path:
    """The small book, with its notebook run."""
    return Path(shutil.copytree(run_once, tmp_path / "a book"))


def make_tree(root: Path) -> Path:
    write_notebook(root / "chapters" / "one.ipynb", "# One", "total = 1 + 1\nprint(total)", "total")
    (root / "data").mkdir()
    (root / "data" / "table.csv").write_bytes(b"a,b\n1,2\n")
    (root / "requirements.txt").write_bytes(b"numpy==1\n")
    (root / "_config.yml").write_text(
        'title: A book\nexecute:\n  execute_notebooks: "off"\nonly_build_toc_files: true\n'
    )
    (root / "_toc.yml").write_text("format: jb-book\nroot: chapters/one\n")
    package = root / "src" / "three_observations"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "method.py").write_bytes(b"RATE = 10\n")
    return root


def run(root: Path) -> list[notebooks.Run]:
    return notebooks.run_all(notebooks.find_notebooks(root), root, report=lambda line: None)


def reasons(root: Path, name: str = "one") -> tuple[str, ...]:
    shared = notebooks.shared_digests(root)
    return notebooks.state_of(root / "chapters" / f"{name}.ipynb", shared).reasons


def command(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Call the command on the small book, which carries its own copy of the package."""
    return subprocess.run(
        [sys.executable, "-m", "three_observations.site.build", *arguments],
        env={**os.environ, "PYTHONPATH": str(root / "src"), **environment},
        cwd=root,
        capture_output=True,
        text=True,
    )


def edit_cell(root: Path, index: int, source: str) -> None:
    path = root / "chapters" / "one.ipynb"
    notebook = notebooks.read(path)
    notebook["cells"][index]["source"] = source
    path.write_bytes(notebooks.to_bytes(notebook))


def edit_output(root: Path) -> None:
    path = root / "chapters" / "one.ipynb"
    path.write_bytes(path.read_bytes().replace(b'"2\\n"', b'"3\\n"'))


def swap_one_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[0] ^= 1
    path.write_bytes(bytes(content))


# --- stale or not ----------------------------------------------------------------------------


def test_a_notebook_that_never_ran_is_stale_and_a_run_makes_it_current(tree: Path) -> None:
    assert reasons(tree) == ("never run",)
    (result,) = run(tree)
    assert (result.error, reasons(tree)) == ("", ())


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda root: swap_one_byte(root / "data" / "table.csv"), ("data",)),
        (lambda root: (root / "data" / "new.csv").write_bytes(b"a\n"), ("data",)),
        (lambda root: (root / "data" / "table.csv").rename(root / "data" / "b.csv"), ("data",)),
        (lambda root: (root / "data" / "table.csv").unlink(), ("data",)),
        (lambda root: swap_one_byte(root / "requirements.txt"), ("lock",)),
        (
            lambda root: swap_one_byte(root / "src" / "three_observations" / "method.py"),
            ("package",),
        ),
        (lambda root: edit_cell(root, 1, "total = 1 + 1\nprint(total )"), ("cells",)),
        (lambda root: edit_cell(root, 0, "# One!"), ("cells",)),
        (edit_output, ("outputs",)),
    ],
    ids=[
        "a byte of a table",
        "a new table",
        "a renamed table",
        "a table removed",
        "a byte of the lock",
        "a byte of the package",
        "a code cell",
        "a text cell",
        "an output edited by hand",
    ],
)
def test_a_change_of_an_input_makes_the_notebook_stale(
    run_tree: Path, change: Callable[[Path], object], expected: tuple[str, ...]
) -> None:
    assert reasons(run_tree) == ()
    change(run_tree)
    assert reasons(run_tree) == expected


def test_a_change_of_style_or_of_line_ends_or_an_editors_backup_makes_nothing_stale(
    run_tree: Path,
) -> None:
    swap_one_byte(run_tree / "src" / "three_observations" / "site" / "build.py")
    (run_tree / "src" / "three_observations" / "site" / "new.py").write_text("x = 1\n")
    table = run_tree / "data" / "table.csv"
    table.write_bytes(table.read_bytes().replace(b"\n", b"\r\n"))
    (run_tree / "data" / ".table.csv.swp").write_bytes(b"x")
    (run_tree / "data" / "table.csv~").write_bytes(b"x")
    os.utime(run_tree / "data" / "table.csv", (0, 0))
    assert reasons(run_tree) == ()


def test_the_check_of_the_command_fails_on_a_stale_notebook_and_names_it(run_tree: Path) -> None:
    current = command(run_tree, "--check")
    assert (current.returncode, current.stdout) == (0, "Notebooks: 1 current.\n")
    swap_one_byte(run_tree / "data" / "table.csv")
    stale = command(run_tree, "--check")
    assert stale.returncode == 1
    assert "chapters/one.ipynb: stale (data)" in stale.stdout


def test_the_check_of_the_command_fails_on_a_notebook_that_an_editor_left_untidy(
    run_tree: Path,
) -> None:
    path = run_tree / "chapters" / "one.ipynb"
    kept = path.read_bytes()
    notebook = json.loads(kept)
    notebook["metadata"]["language_info"]["version"] = "3.12.1"
    notebook["cells"][1]["metadata"]["execution"] = {"iopub.execute_input": "2026-01-01T00:00:00Z"}
    path.write_bytes(notebooks.to_bytes(notebook))
    checked = command(run_tree, "--check")
    assert checked.returncode == 1
    assert "chapters/one.ipynb: not in the form that a run writes" in checked.stdout
    tidied = command(run_tree, "chapters/one.ipynb")
    assert tidied.stdout == "Notebooks: 1 current, nothing to run.\n"
    assert path.read_bytes() == kept


# --- what a run writes -----------------------------------------------------------------------


def test_two_runs_write_the_same_bytes(run_tree: Path) -> None:
    path = run_tree / "chapters" / "one.ipynb"
    first = path.read_bytes()
    path.write_bytes(first.replace(b'"2\\n"', b'"3\\n"'))
    run(run_tree)
    assert path.read_bytes() == first
    assert first.endswith(b"}\n") and not first.endswith(b"\n\n")


def test_a_run_keeps_counts_in_order_and_nothing_of_the_machine(run_tree: Path) -> None:
    notebook = notebooks.read(run_tree / "chapters" / "one.ipynb")
    assert [cell["execution_count"] for cell in notebooks.code_cells(notebook)] == [1, 2]
    assert set(notebook["metadata"]) == {"kernelspec", "language_info", "three_observations"}
    assert "version" not in notebook["metadata"]["language_info"]
    assert all(cell["metadata"] == {} for cell in notebook["cells"])
    assert len({cell["id"] for cell in notebook["cells"]}) == len(notebook["cells"])


def test_pieces_of_one_stream_are_joined(tree: Path) -> None:
    write_notebook(
        tree / "chapters" / "one.ipynb",
        "import sys, time\nfor i in range(3):\n    print(i)\n    sys.stdout.flush()\n"
        "    time.sleep(0.05)",
    )
    run(tree)
    (cell,) = notebooks.code_cells(notebooks.read(tree / "chapters" / "one.ipynb"))
    assert cell["outputs"] == [
        {"name": "stdout", "output_type": "stream", "text": ["0\n", "1\n", "2\n"]}
    ]


def test_tidying_keeps_ids_tags_and_outputs() -> None:
    cell = {
        "cell_type": "code",
        "execution_count": 1,
        "id": "kept",
        "metadata": {"tags": ["hide-input"], "scrolled": True, "collapsed": False},
        "outputs": [
            {"name": "stdout", "output_type": "stream", "text": "a\n"},
            {"name": "stdout", "output_type": "stream", "text": ["b\r\n"]},
            {"data": {"image/png": "QUJD\n"}, "metadata": {}, "output_type": "display_data"},
        ],
        "source": "print(1)\r\nprint(2)",
    }
    notebook = {"cells": [cell], "metadata": {"widgets": {}, "title": "T"}, "nbformat": 4}
    tidied = notebooks.tidy(notebook)
    assert tidied["cells"][0] == {
        "cell_type": "code",
        "execution_count": 1,
        "id": "kept",
        "metadata": {"tags": ["hide-input"]},
        "outputs": [
            {"name": "stdout", "output_type": "stream", "text": ["a\n", "b\n"]},
            {"data": {"image/png": "QUJD\n"}, "metadata": {}, "output_type": "display_data"},
        ],
        "source": ["print(1)\n", "print(2)"],
    }
    assert set(tidied["metadata"]) == {"kernelspec", "language_info", "title"}
    assert notebooks.tidy(tidied) == tidied


# --- what a run refuses ----------------------------------------------------------------------

REFUSED = {
    "address": ("object()",),
    "dies": ("1", "import os\nos._exit(3)"),
    "edited": ("open('edited.ipynb', 'a').write(' ') and None",),
    "fails": ("# Fails", "a = 0", "print('x')\n1 / a"),
    "path": ("import os\nos.getcwd()",),
    "warns": ("import warnings\nwarnings.warn('old')",),
}


@pytest.fixture(scope="session")
def refusals(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A book with one good notebook and several bad ones, run; and the error of each."""
    root = make_tree(tmp_path_factory.mktemp("refused") / "a book")
    for name, sources in REFUSED.items():
        write_notebook(root / "chapters" / f"{name}.ipynb", *sources)
    return root, {result.path.stem: result.error for result in run(root)}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("address", "code cell 1 shows a memory address"),
        ("dies", "chapters/dies.ipynb: code cell 2 of 2 stopped the kernel"),
        ("edited", "chapters/edited.ipynb: was changed while it ran"),
        ("fails", "chapters/fails.ipynb: code cell 2 of 2 failed"),
        ("fails", "1 / a"),
        ("fails", "ZeroDivisionError: division by zero"),
        ("path", "code cell 1 shows a path of this machine"),
        ("warns", "code cell 1 writes to standard error"),
    ],
)
def test_a_run_that_cannot_be_kept_says_which_notebook_which_cell_and_why(
    refusals: tuple[Path, dict[str, str]], name: str, said: str
) -> None:
    assert said in refusals[1][name]


def test_a_refused_notebook_is_left_as_it_was_and_the_others_still_run(
    refusals: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    root, errors = refusals
    assert errors["one"] == "" and reasons(root) == ()
    for name, sources in REFUSED.items():
        before = write_notebook(tmp_path / f"{name}.ipynb", *sources).read_bytes()
        after = (root / "chapters" / f"{name}.ipynb").read_bytes()
        assert after == before + (b" " if name == "edited" else b"")
    kept = sorted(path.stem for path in (root / "chapters").iterdir())
    assert kept == sorted([*REFUSED, "one"])


def test_the_command_fails_with_a_failing_notebook_and_builds_no_site(tree: Path) -> None:
    write_notebook(tree / "chapters" / "one.ipynb", "1 / 0")
    finished = command(tree)
    assert finished.returncode == 1
    assert "code cell 1 of 1 failed" in finished.stderr
    assert "The site was not built." in finished.stderr
    assert not (tree / "_build").exists()


def test_an_address_on_the_web_is_no_path_of_the_machine(tmp_path: Path) -> None:
    output = {
        "name": "stdout",
        "output_type": "stream",
        "text": "https://example.org/home/x and 0x10 and a/usr/b",
    }
    cell = {"cell_type": "code", "execution_count": 1, "outputs": [output], "source": ""}
    assert notebooks.output_faults({"cells": [cell]}, tmp_path) == []


def test_another_kernel_of_the_same_name_and_a_start_up_file_play_no_part(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kernel = tmp_path / "jupyter" / "kernels" / "python3"
    kernel.mkdir(parents=True)
    specification = {"argv": ["false"], "display_name": "Another", "language": "python"}
    (kernel / "kernel.json").write_text(json.dumps(specification))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    start_up = tmp_path / "ipython" / "profile_default" / "startup"
    start_up.mkdir(parents=True)
    (start_up / "00.py").write_text("total = 'from a start-up file'")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    write_notebook(
        tree / "chapters" / "one.ipynb",
        "'total' in globals()",
        f"import sys\nsys.prefix == {sys.prefix!r}",
    )
    (result,) = run(tree)
    assert result.error == ""
    cells = notebooks.code_cells(notebooks.read(tree / "chapters" / "one.ipynb"))
    shown = [cell["outputs"][0]["data"]["text/plain"] for cell in cells]
    assert shown == [["False"], ["True"]]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no sockets that are files")
def test_a_run_asks_for_no_network_port_and_leaves_no_file_behind(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a port was asked for")

    for ports in ("find_available_port", "return_port"):
        monkeypatch.setattr(f"jupyter_client.connect.LocalPortCache.{ports}", refuse)
    path = write_notebook(tree / "chapters" / "two.ipynb", "1 + 1")
    with tempfile.TemporaryDirectory(prefix="run-") as folder:
        monkeypatch.setattr("tempfile.tempdir", folder)
        (cell,) = notebooks.execute(notebooks.read(path), tree, "two.ipynb")["cells"]
        assert not list(Path(folder).iterdir())
    assert cell["outputs"][0]["data"]["text/plain"] == ["2"]


def test_a_file_that_is_no_notebook_is_named(tree: Path) -> None:
    (tree / "chapters" / "one.ipynb").write_text("{")
    finished = command(tree, "--check")
    assert finished.returncode == 1
    assert "one.ipynb: cannot be read as a notebook" in finished.stderr


# --- strict nbval ----------------------------------------------------------------------------


def nbval(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "--nbval",
            "-p",
            "no:cacheprovider",
            "-p",
            "conftest",
            "chapters",
        ],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent)},
        capture_output=True,
        text=True,
    )


def test_nbval_passes_what_a_run_wrote_and_is_red_when_a_cell_gives_something_else(
    run_tree: Path,
) -> None:
    assert nbval(run_tree).returncode == 0
    edit_output(run_tree)
    red = nbval(run_tree)
    assert red.returncode == 1
    assert "1 failed, 1 passed" in red.stdout


def test_a_notebook_without_its_outputs_passes_nbval_but_counts_as_stale(run_tree: Path) -> None:
    path = run_tree / "chapters" / "one.ipynb"
    notebook = notebooks.read(path)
    for cell in notebooks.code_cells(notebook):
        cell["outputs"], cell["execution_count"] = [], None
    path.write_bytes(notebooks.to_bytes(notebook))
    assert nbval(run_tree).returncode == 0
    assert reasons(run_tree) == ("outputs",)


# --- the site --------------------------------------------------------------------------------


@pytest.fixture
def recorded(tree: Path) -> Path:
    """The small book with a folder that passes for its built site."""
    folder = tree / "_build" / "html"
    folder.mkdir(parents=True)
    (folder / "index.html").write_text("<p>One</p>")
    record = {"inputs": build.site_digest(tree), "files": build.built_files(folder)}
    (tree / "_build" / "html.json").write_text(json.dumps(record))
    return tree


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda root: None, ""),
        (lambda root: shutil.rmtree(root / "_build" / "html"), "there is none yet"),
        (
            lambda root: (root / "_build" / "html" / "index.html").write_text(""),
            "built files are missing or were changed",
        ),
        (
            lambda root: (root / "_build" / "html" / "left.html").write_text(""),
            "built files are missing or were changed",
        ),
        (
            lambda root: (root / "_build" / "html.json").write_text("[1]"),
            "its list of files is missing or damaged",
        ),
        (lambda root: swap_one_byte(root / "_config.yml"), "its sources changed"),
        (
            lambda root: swap_one_byte(root / "src" / "three_observations" / "site" / "build.py"),
            "its sources changed",
        ),
        (lambda root: swap_one_byte(root / "chapters" / "one.ipynb"), "its sources changed"),
    ],
    ids=[
        "nothing changed",
        "no site",
        "a page emptied",
        "a page too many",
        "the list damaged",
        "the configuration",
        "a change of style",
        "a notebook",
    ],
)
def test_the_site_is_built_for_a_reason_only(
    recorded: Path, change: Callable[[Path], object], reason: str
) -> None:
    change(recorded)
    assert build.why_build(recorded, recorded / "_build" / "html") == reason


def test_a_build_replaces_the_pages_and_one_with_a_warning_leaves_them(run_tree: Path) -> None:
    folder = run_tree / "_build" / "html"
    folder.mkdir(parents=True)
    (folder / "left-over.html").write_text("from an earlier build")
    first = command(run_tree)
    assert first.returncode == 0, first.stderr
    assert "Notebooks: 1 current, nothing to run." in first.stdout
    assert not (folder / "left-over.html").exists()
    page = (folder / "chapters" / "one.html").read_text(encoding="utf-8")
    assert "total" in page and str(run_tree) not in page
    again = command(run_tree)
    assert "Site: nothing changed." in again.stdout

    edit_cell(run_tree, 0, "# One\n\nSee [nothing](nowhere.md).")
    run(run_tree)
    broken = command(run_tree)
    assert broken.returncode == 1
    assert "chapters/one.ipynb" in broken.stderr and "WARNING" in broken.stderr
    assert str(run_tree) not in broken.stderr
    assert (folder / "chapters" / "one.html").read_text(encoding="utf-8") == page
    assert [path.name for path in folder.parent.iterdir()] == ["html"]


# --- the environment -------------------------------------------------------------------------


@pytest.fixture
def bare(tmp_path: Path, root: Path) -> Path:
    """A folder with what ``make environment`` reads, and no environment."""
    folder = tmp_path / "a clone"
    folder.mkdir()
    for name in ("Makefile", "pyproject.toml", "requirements.txt"):
        shutil.copy(root / name, folder / name)
    return folder


def test_a_missing_python_gives_one_clear_line(bare: Path) -> None:
    finished = subprocess.run(
        ["make", "book", "PYTHON=no-such-python"], cwd=bare, capture_output=True, text=True
    )
    assert finished.returncode != 0
    assert finished.stderr.splitlines()[0] == (
        "The book needs Python 3.11 or newer, and no-such-python is not. "
        "Name one: make book PYTHON=/path/to/python"
    )
    assert not (bare / ".venv").exists()


@pytest.mark.parametrize("uv", ["works", "fails"])
def test_the_environment_is_made_once_and_again_when_the_lock_changes(bare: Path, uv: str) -> None:
    python = bare / "python"
    # Stands for a Python: makes an "environment" that is itself, and notes its installations.
    python.write_text(
        '#!/bin/sh\n[ "$1" = --version ] && echo Python 3.11.0\n'
        '[ "$2" = venv ] && mkdir -p .venv/bin && cp "$0" .venv/bin/python\n'
        '[ "$2" = pip ] || [ "$2" = uv ] && echo "$*" >> installed.txt\n'
        f'[ "$2" = uv ] && exit {int(uv == "fails")}\nexit 0\n'
    )
    python.chmod(0o755)

    def make() -> list[str]:
        subprocess.run(
            ["make", "environment", "PYTHON=./python"], cwd=bare, check=True, capture_output=True
        )
        return (bare / "installed.txt").read_text().splitlines()

    first = make()
    locked = re.search(r"^uv==\S+", (bare / "requirements.txt").read_text(), re.MULTILINE)[0]
    asked = [locked, "-m uv pip install", "-m pip install", "--editable ."]
    if uv == "works":
        del asked[2]
    assert [part in line for part, line in zip(asked, first, strict=True)] == [True] * len(asked)
    assert ["-r requirements.txt" in line for line in first[1:-1]] == [True] * (len(asked) - 2)
    assert make() == first
    with (bare / "requirements.txt").open("a") as lock:
        lock.write("one-more==1\n")
    assert len(make()) == 2 * len(asked)
    bare = bare.rename(bare.with_name("moved"))
    assert len(make()) == 3 * len(asked)


# --- the browser -----------------------------------------------------------------------------


def in_a_browser(folder: Path, root: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run one test that opens a browser, on a machine that seems to have none."""
    shutil.copy(root / "tests" / "conftest.py", folder / "conftest.py")
    (folder / "test_page.py").write_text("def test_page(browser):\n    assert browser.version\n")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-rs", "-p", "no:cacheprovider", "."],
        env={**os.environ, "BROWSER_PATH": "no-such-browser", **environment},
        cwd=folder,
        capture_output=True,
        text=True,
    )


def test_without_a_browser_its_tests_are_skipped_and_say_so(tmp_path: Path, root: Path) -> None:
    finished = in_a_browser(tmp_path, root, REQUIRE_BROWSER="")
    assert finished.returncode == 0
    assert "1 skipped" in finished.stdout
    assert "no Chromium or Chrome on this machine" in finished.stdout


def test_a_browser_that_is_required_and_missing_is_an_error(tmp_path: Path, root: Path) -> None:
    finished = in_a_browser(tmp_path, root, REQUIRE_BROWSER="1")
    assert finished.returncode == 4
    assert "REQUIRE_BROWSER=1, but there is no Chromium or Chrome" in finished.stderr
