"""A chapter as a folder that runs anywhere: its notebooks, all tables, methods, requirements."""

from __future__ import annotations

import io
import re
import tomllib
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
#: What opens and runs a notebook, beside what the notebooks import.
_OPENING = ("jupyterlab", "ipykernel")
#: The files of an archive carry no day, so that two builds give the same bytes.
_NO_DAY = (1980, 1, 1, 0, 0, 0)


def _name(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def requirements(lock: str, wanted: Iterable[str]) -> str:
    """Return the lines of a lock that some packages need, directly or through others.

    Parameters
    ----------
    lock : str
        A file of ``uv pip compile``, which says below each package what asked for it.
    wanted : iterable of str
        Names of packages.

    Returns
    -------
    str
        One exact version a line.

    Raises
    ------
    ValueError
        If the lock lacks one of them.
    """
    lines: dict[str, str] = {}
    needs: dict[str, set[str]] = {}
    current = ""
    for line in lock.splitlines():
        if line and not line.startswith((" ", "#")):
            current = _name(line)
            lines[current] = line.strip()
        elif current and (found := re.match(r"\s+#\s+(?:via\s+)?(?!via$)(\S+)", line)):
            needs.setdefault(_name(found.group(1)), set()).add(current)
    kept, waiting = set(), [_name(package) for package in wanted]
    while waiting:
        package = waiting.pop()
        if package in kept:
            continue
        if package not in lines:
            raise ValueError(f"requirements.txt does not hold {package!r}. Run: make lock")
        kept.add(package)
        waiting.extend(needs.get(package, ()))
    return "".join(f"{lines[package]}\n" for package in sorted(kept))


_READ_ME = """\
# {title}

A chapter of *{book}* with everything that it needs: notebooks, tables, methods.
It needs Python 3.11 or newer. In this folder:

```sh
python3 -m venv .venv
.venv/bin/python -m pip install -r requirements.txt
.venv/bin/python -m jupyterlab {first}
```

On Windows write `py -3` for `python3` and `.venv\\Scripts\\python` for `.venv/bin/python`.
After the installation no network is needed.
Links to pages that are not in this folder lead nowhere; the site has them all.

The code is under the licence in `LICENSE`, the tables under the terms in `LICENSE-DATA.md`.
"""

_PROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "three-observations"
version = "{version}"
requires-python = "{python}"
dependencies = [
{dependencies}]

[tool.hatch.build.targets.wheel]
packages = ["src/three_observations"]
"""


def folder_files(root: Path, pages: list[str], read_me: str) -> dict[str, bytes]:
    """Gather what a folder needs in which the notebooks run anywhere.

    Parameters
    ----------
    root : Path
        The project's folder, or the copy that the site is built from.
    pages : list of str
        Notebooks relative to ``root``, without their ending.
    read_me : str
        What ``README.md`` says.

    Returns
    -------
    dict of str to bytes
        Path below the folder to content: notebooks, tables, methods, exact versions, licences.

    Raises
    ------
    ValueError
        If the lock lacks a package that the notebooks need.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (root / "requirements.txt").read_text(encoding="utf-8")
    pinned = requirements(lock, [*map(_name, project["dependencies"]), *_OPENING])
    files: dict[str, bytes] = {
        "README.md": read_me.encode(),
        "requirements.txt": f"{pinned}# The methods, from this folder\n.\n".encode(),
        "pyproject.toml": _PROJECT.format(
            version=project["version"],
            python=project["requires-python"],
            dependencies="".join(f'    "{name}",\n' for name in project["dependencies"]),
        ).encode(),
    }
    for name in ("LICENSE", "LICENSE-DATA.md", "CITATION.cff"):
        if (root / name).is_file():
            files[name] = (root / name).read_bytes()
    for page in pages:
        files[f"{page}.ipynb"] = (root / f"{page}.ipynb").read_bytes()
    for path in sorted((root / "data").rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            files[path.relative_to(root).as_posix()] = path.read_bytes()
    for path in sorted(PACKAGE.rglob("*.py")):
        inner = path.relative_to(PACKAGE)
        if inner.parts[0] != "site":
            files[f"src/three_observations/{inner.as_posix()}"] = path.read_bytes()
    return files


def packed(files: Mapping[str, bytes], folder: str) -> bytes:
    """Pack files into a zip archive below one folder; the same bytes from the same files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{folder}/{name}", _NO_DAY)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, content)
    return stream.getvalue()


def chapter_archive(root: Path, pages: list[str], *, title: str, book: str) -> bytes:
    """Pack a chapter.

    Parameters
    ----------
    root : Path
        The project's folder, or the copy that the site is built from.
    pages : list of str
        Notebooks relative to ``root``, without their ending; the first one names the folder.
    title, book : str
        Of the chapter and of the book.

    Returns
    -------
    bytes
        A zip file; the same bytes from the same files.

    Raises
    ------
    ValueError
        If the lock lacks a package that the notebooks need.
    """
    read_me = _READ_ME.format(title=title, book=book, first=f"{pages[0]}.ipynb")
    return packed(folder_files(root, pages, read_me), Path(pages[0]).name)
