"""The copies for students: whole, without solutions, and at work in any folder."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from importlib import import_module
from pathlib import Path

import pytest

from three_observations import exercises
from three_observations.site import notebooks, student

ROOT = Path(__file__).resolve().parents[1]
FENCE = re.compile(r"```python\n(.*?)```", re.DOTALL)


def solutions(path: Path) -> list[str]:
    """Return the code of the solutions of an exercise notebook of the book."""
    return [
        FENCE.search(source).group(1)
        for cell in notebooks.read(path)["cells"]
        if student.SOLUTION.match(source := notebooks.text_of(cell["source"]))
    ]


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked zip file, in a folder with a blank in its name and away from the project."""
    place = tmp_path_factory.mktemp("a student")
    student.write(ROOT, place / "made", place / "made.zip")
    with zipfile.ZipFile(place / "made.zip") as archive:
        archive.extractall(place / "unpacked")
    return place / "unpacked" / "made"


def run(folder: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the copies, with their own package and tables and no others."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "SYSTEMROOT") if key in os.environ}
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
    )


def test_folder_and_zip_hold_the_same_and_are_the_same_each_time(tmp_path: Path) -> None:
    count = student.write(ROOT, tmp_path / "made", tmp_path / "made.zip")
    left = {
        path.relative_to(tmp_path / "made").as_posix(): path.read_bytes()
        for path in (tmp_path / "made").rglob("*")
        if path.is_file()
    }
    with zipfile.ZipFile(tmp_path / "made.zip") as archive:
        packed = {name.removeprefix("made/"): archive.read(name) for name in archive.namelist()}
    assert left == packed and len(left) == count
    first = (tmp_path / "made.zip").read_bytes()
    (tmp_path / "made" / "of an earlier day.txt").write_text("old", encoding="utf-8")
    student.write(ROOT, tmp_path / "made", tmp_path / "made.zip")
    assert (tmp_path / "made.zip").read_bytes() == first
    assert not (tmp_path / "made" / "of an earlier day.txt").exists()


def test_students_get_every_chapter_and_exercise_and_no_page_for_teachers() -> None:
    found = student.contents(ROOT)
    assert found.pages[0] == "chapters/index"
    assert len(found.exercises) == len(exercises.MODULES)
    on_disk = {
        path.relative_to(ROOT).with_suffix("").as_posix() for path in notebooks.find_notebooks(ROOT)
    }
    assert on_disk - set(found.pages) == {"chapters/for-instructors"}


def test_only_solutions_are_taken_out(copies: Path) -> None:
    found = student.contents(ROOT)
    for name in found.pages:
        theirs, ours = copies / f"{name}.ipynb", ROOT / f"{name}.ipynb"
        if name == "chapters/index":
            continue
        if name not in found.exercises:
            assert theirs.read_bytes() == ours.read_bytes(), name
            continue
        book = {cell["id"]: cell for cell in notebooks.read(ours)["cells"]}
        kept = {cell["id"]: cell for cell in notebooks.read(theirs)["cells"]}
        gone = set(book) - set(kept)
        assert len(gone) == len(solutions(ours)) >= 5
        assert all(student.SOLUTION.match("".join(book[cell]["source"])) for cell in gone)
        changed = [cell for cell in kept if kept[cell] != book[cell]]
        assert changed == ["title"]


def links(path: Path) -> list[str]:
    """Return the addresses in the words of a notebook, in cells and in outputs."""
    found = []
    for cell in notebooks.read(path)["cells"]:
        texts = [notebooks.text_of(cell["source"])] if cell["cell_type"] == "markdown" else []
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            texts += [notebooks.text_of(data[kind]) for kind in MARKED_UP if kind in data]
        for text in texts:
            found += re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'href="([^"]+)"', text)
    return found


MARKED_UP = ("text/markdown", "text/html")


def test_every_relative_link_of_the_copy_leads_to_a_file_of_it(copies: Path) -> None:
    checked = 0
    for path in copies.rglob("*.ipynb"):
        for address in links(path):
            file = address.partition("#")[0]
            if not file or re.match(r"[a-z][a-z+.-]*:", file):
                continue
            assert (path.parent / file).is_file(), f"{path.name}: {address}"
            checked += 1
    assert checked > 200


def test_the_copy_names_no_command_that_it_lacks(copies: Path) -> None:
    assert not (copies / "Makefile").exists()
    theirs = [copies / "README.md", copies / "chapters" / "index.ipynb"]
    theirs += [copies / f"{name}.ipynb" for name in student.contents(ROOT).exercises]
    for path in theirs:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"`make |for-instructors", text), path.name
    for path in theirs[2:]:
        assert "`.venv/bin/python -m jupyterlab`" in path.read_text(encoding="utf-8")
    book = notebooks.read(ROOT / "chapters" / "index.ipynb")["cells"]
    copy = notebooks.read(theirs[1])["cells"]
    changed = [new["id"] for old, new in zip(book, copy, strict=True) if old != new]
    assert changed == ["readers", "contents"]
    told = notebooks.text_of(next(cell for cell in copy if cell["id"] == "readers")["source"])
    assert told.count("\n\n**To ") == 2 and "## Two ways in" in told


def test_a_link_to_an_absent_page_becomes_words_and_a_row_for_it_goes() -> None:
    text = "See [one](a.ipynb#x), [two](b.ipynb) and [it](https://b.org).\n\n| [two](b.ipynb) | w |"
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": text}
    made = student.without_teaching({"cells": [cell]}, "c/d.ipynb", {"c/a.ipynb"})
    told = notebooks.text_of(made["cells"][0]["source"])
    assert told == "See [one](a.ipynb#x), two and [it](https://b.org).\n"
    assert student.absent_links(text, "c/d.ipynb", {"c/a.ipynb"}) == ["b.ipynb", "b.ipynb"]


def test_no_text_of_a_solution_is_left_in_a_notebook(copies: Path) -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in copies.rglob("*.ipynb")}
    sources = {
        path: "\n".join(notebooks.text_of(cell["source"]) for cell in notebooks.read(path)["cells"])
        for path in texts
    }
    for name in student.contents(ROOT).exercises:
        text = texts[copies / f"{name}.ipynb"]
        assert "<details" not in text and "olution</summary>" not in text
        for code in solutions(ROOT / f"{name}.ipynb"):
            last = code.strip().splitlines()[-1].strip()
            assert len(last) > 1
            if " = " in last:
                assert not any(last in source for source in sources.values()), last


def test_the_outputs_of_cells_to_fill_ask_for_an_answer(copies: Path) -> None:
    for name in student.contents(ROOT).exercises:
        asked = 0
        for cell in notebooks.code_cells(notebooks.read(copies / f"{name}.ipynb")):
            if re.search(r"^\w+ = \.\.\.", notebooks.text_of(cell["source"]), re.M):
                (output,) = cell["outputs"]
                assert notebooks.text_of(output["data"]["text/plain"]).startswith("Not answered")
                asked += 1
        assert asked >= 5


def test_a_copy_runs_from_top_to_bottom_and_asks_for_answers(copies: Path) -> None:
    for name in student.contents(ROOT).exercises:
        path = copies / f"{name}.ipynb"
        before = notebooks.read(path)
        after = notebooks.execute(before, path.parent, name)
        assert [cell.get("outputs") for cell in after["cells"]] == [
            cell.get("outputs") for cell in before["cells"]
        ]


#: Runs every exercise notebook of the copies: unfilled, with solutions, with a wrong answer.
WORK = """
import json, re, sys
from pathlib import Path
import three_observations
from three_observations import data
assert Path(three_observations.__file__).is_relative_to(Path.cwd()), three_observations.__file__
assert data.directory().is_relative_to(Path.cwd()), data.directory()
gap = re.compile(r"^(\\w+) = \\.\\.\\..*$", re.M)
answers, said = json.loads(ANSWERS), []
for path, solutions in answers.items():
    cells = ["".join(cell["source"]) for cell in json.loads(Path(path).read_text())["cells"]
             if cell["cell_type"] == "code"]
    names, solutions = {}, iter(solutions)
    for source in cells:
        if not gap.search(source):
            exec(source, names)
            continue
        *before, last = gap.sub("", source).rstrip().split("\\n")
        solved = dict(names)
        exec(next(solutions), solved)
        exec("\\n".join(before), solved)
        wrong = dict(names)
        exec(gap.sub(r"\\1 = 123456.0", source).rsplit("\\n", 1)[0], wrong)
        said.append([eval(last, solved).status, eval(last, wrong).status])
print(json.dumps(said))
"""


def test_the_checker_works_in_the_copy_and_the_solved_copy_passes(copies: Path) -> None:
    found = student.contents(ROOT).exercises
    answers = {f"{name}.ipynb": solutions(ROOT / f"{name}.ipynb") for name in found}
    done = run(copies, f"ANSWERS = {json.dumps(answers)!r}\n{WORK}")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])  # above it stands what the cells print
    assert len(said) == sum(map(len, answers.values()))
    assert all(pair == ["right", "wrong"] for pair in said), said


def test_the_folder_names_what_it_needs(copies: Path) -> None:
    for name in ("README.md", "requirements.txt", "pyproject.toml", "LICENSE", "LICENSE-DATA.md"):
        assert (copies / name).is_file(), name
    assert (copies / "data" / "datapackage.json").is_file()
    assert not (copies / "src" / "three_observations" / "site").exists()
    text = (copies / "README.md").read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)]+)\)", text):
        assert (copies / link).is_file(), link
    assert text.count("Exercises:") == len(exercises.MODULES)
    for name in exercises.MODULES:
        assert import_module(name).EXERCISES
    pinned = (copies / "requirements.txt").read_text(encoding="utf-8")
    assert re.search(r"^jupyterlab==", pinned, re.M) and re.search(r"^pandas==", pinned, re.M)


def test_a_folded_text_that_is_no_solution_stops_the_copies() -> None:
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "See:\n<details>x"}
    with pytest.raises(student.StudentError, match="does not begin as solutions do"):
        student.without_solutions({"cells": [cell]})


def test_stale_notebooks_stop_the_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notebooks, "shared_digests", lambda root: {"data": "another"})
    with pytest.raises(student.StudentError, match="make book"):
        student.files(ROOT)


def test_the_zip_file_opens_below_one_folder() -> None:
    from three_observations.site import downloads

    made = downloads.packed({"b": b"2", "a": b"1"}, "top")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.namelist() == ["top/a", "top/b"]
