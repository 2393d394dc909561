"""Copies for students: the chapters and their exercises without solutions (``make student``).

The copies stand in ``_build/student/`` and, as one zip file, beside it.  The folder holds what the
notebooks need: tables, methods, exact versions.  Only the cells with folded solutions are taken
out; every other cell, and every output of a chapter, stays as it is in the book.  Pages for
teachers stay out, and so do the sentences that lead to them or that name commands of the project.

The checker must know the right answers, so the methods in ``src/`` hold them, as functions of the
tables.  These copies are for learning, not for examinations.
"""

from __future__ import annotations

import posixpath
import re
import shutil
import sys
import tempfile
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from three_observations.site import downloads, notebooks

FOLDER = "_build/student"
ARCHIVE = "_build/three-observations-student.zip"

#: Parts of the book that a student's copy leaves out.
FOR_TEACHERS = ("Teaching",)

#: How every solution begins; the tests hold the exercise notebooks to it.
SOLUTION = re.compile(r"^<details>\s*<summary>[^<]*solution[^<]*</summary>", re.I)

_WITH_SOLUTIONS = re.compile(r"^The solution stands folded below each exercise\.$", re.M)
_WITHOUT = "Solutions are not in this copy; the checker names the slip, as often as you ask."

_READ_ME = """\
# {book}: for students

The chapters and their exercises, with everything that they need: notebooks, tables, methods.
Solutions are left out.

## Begin

You need Python 3.11 or newer. In this folder:

```sh
python3 -m venv .venv
.venv/bin/python -m pip install -r requirements.txt
.venv/bin/python -m jupyterlab {first}
```

On Windows write `py -3` for `python3` and `.venv\\Scripts\\python` for `.venv/bin/python`.
After the installation no network is needed.

## The exercises

{exercises}

Replace each `...` by your answer and run the cell.
The checker says whether it is right; if it is not, it names the likely slip.
The last exercise of each notebook is open: the checker looks at its form only.

## Licence

The code is under the licence in `LICENSE`, the tables under the terms in `LICENSE-DATA.md`.
"""


_COMMAND = "in the folder of the book run `make lab`, and open"
_COMMAND_OF_THE_COPY = (
    "set it up as the file `README.md` of this copy says, once.\n"
    "Then run `.venv/bin/python -m jupyterlab` in the folder of the copy, and open"
)

#: A way into the book that only teachers take: its paragraph, and what counts the ways.
_TO_TEACH = re.compile(r"\n\n\*\*To teach\*\*.*?(?=\n\n|\Z)", re.S)
_THREE_WAYS = "## Three ways in"
_LINK = re.compile(r"\[([^\]]*)\]\(([^)#\s]+)(#[^)\s]*)?\)")


class StudentError(Exception):
    """The copies cannot be made; the message says why and what helps."""


@dataclass(frozen=True)
class Contents:
    """What the copies hold.

    Attributes
    ----------
    pages : tuple of str
        Pages of the book in reading order, without their ending.
    exercises : tuple of str
        Those of them that are exercises.
    """

    pages: tuple[str, ...]
    exercises: tuple[str, ...]


def _files(entry: dict[str, Any]) -> list[str]:
    below = [name for part in entry.get("sections", ()) for name in _files(part)]
    return [entry["file"], *below]


def contents(root: Path) -> Contents:
    """Return the notebooks of ``_toc.yml`` that students get.

    Parameters
    ----------
    root : Path
        The project's folder.
    """
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    pages = [toc["root"]]
    for part in toc["parts"]:
        if part["caption"] not in FOR_TEACHERS:
            pages += [name for entry in part["chapters"] for name in _files(entry)]
    pages = [name for name in pages if (root / f"{name}.ipynb").is_file()]
    return Contents(tuple(pages), tuple(name for name in pages if "/exercises/" in name))


def without_solutions(notebook: notebooks.Notebook) -> notebooks.Notebook:
    """Return an exercise notebook without the cells that hold its solutions.

    Parameters
    ----------
    notebook : dict
        As :func:`notebooks.read` returns it.

    Raises
    ------
    StudentError
        If a folded text is left that does not begin as solutions do.
    """
    kept = []
    for cell in notebook["cells"]:
        source = notebooks.text_of(cell["source"])
        if cell["cell_type"] == "markdown":
            if SOLUTION.match(source):
                continue
            if "<details" in source:
                raise StudentError(
                    f"a folded text does not begin as solutions do: {source[:80]!r}. Begin it with "
                    "<details> and a <summary> that says solution, in a cell of its own."
                )
            source = _WITH_SOLUTIONS.sub(_WITHOUT, source)
            source = source.replace(_COMMAND, _COMMAND_OF_THE_COPY)
            cell = {**cell, "source": source.splitlines(keepends=True)}
        kept.append(cell)
    return {**notebook, "cells": kept}


def absent_links(text: str, page: str, present: Container[str]) -> list[str]:
    """Return the relative links of a text whose file is not there.

    Parameters
    ----------
    text : str
        Markdown.
    page : str
        Path of its file below the folder.
    present : container of str
        Paths of all files below the folder.
    """
    addresses = [found.group(2) for found in _LINK.finditer(text)]
    return [
        address
        for address in addresses
        if not re.match(r"[a-z][a-z+.-]*:", address)
        and posixpath.normpath(posixpath.join(posixpath.dirname(page), address)) not in present
    ]


def without_teaching(
    notebook: notebooks.Notebook, page: str, present: Container[str]
) -> notebooks.Notebook:
    """Return a page without the ways to pages that the copies leave out.

    The paragraph for teachers goes, and so does a row of a table whose page is not there; in a
    sentence the words of such a link stay, without the link.

    Parameters
    ----------
    notebook : dict
    page : str
        Path of its file below the folder.
    present : container of str
        Paths of all files below the folder.
    """

    def reworded(text: str) -> str:
        if not absent_links(text, page, present):
            return text
        if _TO_TEACH.search(text):
            text = _TO_TEACH.sub("", text).replace(_THREE_WAYS, "## Two ways in")
        lines = text.split("\n")
        kept = [one for one in lines if one[:1] != "|" or not absent_links(one, page, present)]
        for address in absent_links("\n".join(kept), page, present):
            link = re.compile(rf"\[([^\]]*)\]\({re.escape(address)}(#[^)\s]*)?\)")
            kept = [link.sub(r"\1", one) for one in kept]
        return "\n".join(kept)

    cells = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            source = notebooks.text_of(cell["source"])
            if (changed := reworded(source)) != source:
                cell = {**cell, "source": changed.splitlines(keepends=True)}
        cells.append(cell)
    return {**notebook, "cells": cells}


def files(root: Path) -> dict[str, bytes]:
    """Return the files of the copies: path below their folder to content.

    Parameters
    ----------
    root : Path
        The project's folder.

    Raises
    ------
    StudentError
        If a notebook is stale, so that its outputs would not be those of its cells.
    """
    found = contents(root)
    shared = notebooks.shared_digests(root)
    stale = [
        name for name in found.pages if notebooks.state_of(root / f"{name}.ipynb", shared).stale
    ]
    if stale:
        raise StudentError(f"stale: {', '.join(stale)}. Run first: make book")
    titles = {name: _title(root / f"{name}.ipynb") for name in found.exercises}
    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    read_me = _READ_ME.format(
        book=config["title"],
        first=f"{found.exercises[0]}.ipynb",
        exercises="\n".join(f"- [{title}]({name}.ipynb)" for name, title in titles.items()),
    )
    result = downloads.folder_files(root, list(found.pages), read_me)
    for name in found.pages:
        path, whole = f"{name}.ipynb", notebooks.read(root / f"{name}.ipynb")
        theirs = without_solutions(whole) if name in found.exercises else whole
        theirs = without_teaching(theirs, path, result)
        if theirs != whole:
            result[path] = notebooks.to_bytes(theirs)
    return result


def _title(path: Path) -> str:
    first = notebooks.text_of(notebooks.read(path)["cells"][0]["source"])
    return first.splitlines()[0].removeprefix("# ")


def write(root: Path, folder: Path, archive: Path) -> int:
    """Write the copies as a folder and as a zip file; return the number of files.

    What the folder held before is replaced, answers of a student included: give it to others, do
    not work in it.
    """
    made = files(root)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".making-", dir=folder.parent) as scratch:
        fresh = Path(scratch) / "student"
        for name, content in made.items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if folder.exists():
            shutil.move(folder, Path(scratch) / "old")
        shutil.move(fresh, folder)
    notebooks.write(archive, downloads.packed(made, folder.name))
    return len(made)


def main() -> int:
    """Run ``python -m three_observations.site.student``; return the exit code."""
    root = notebooks.project_root()
    try:
        count = write(root, root / FOLDER, root / ARCHIVE)
    except (StudentError, notebooks.NotebookError) as error:
        print(error, file=sys.stderr)
        return 1
    size = (root / ARCHIVE).stat().st_size / 1e6
    print(f"For students: {count} files in {FOLDER}/, and {ARCHIVE} ({size:.1f} MB).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
