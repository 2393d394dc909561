"""Bring the book up to date: run the stale notebooks, then build the site from their outputs.

``python -m three_observations.site.build`` is what ``make book`` calls.  The site is built by
Jupyter Book with every warning an error, away from the project's folder, and takes the place of
the old one only when it is whole; so no page of an earlier build stays behind.  A list of the
built files and their digests is kept beside it: when neither they nor what they were made from
changed, nothing is done.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from three_observations.site import notebooks

# What the pages are made from. The package shapes them too; see site_digest.
SOURCES = (
    "_config.yml",
    "_toc.yml",
    "chapters",
    "data",
    "CITATION.cff",
    "LICENSE",
    "LICENSE-DATA.md",
    "pyproject.toml",
    "requirements.txt",
)
_IGNORED = shutil.ignore_patterns(".*", "__pycache__", "*~", "*.pyc", "*.swp", "*.tmp")


# jsonschema compiles a grammar of web addresses if it finds one; a build needs none of it.
_COMMAND = (
    "import sys; sys.modules['rfc3987_syntax'] = None; "
    "from jupyter_book.cli.main import main; main()"
)


class BuildError(Exception):
    """Jupyter Book found an error or a warning; the message holds what it said."""


def build_site(source: Path, destination: Path) -> None:
    """Build the site with Jupyter Book; a warning is an error.

    Parameters
    ----------
    source : Path
        The project's folder, with ``_config.yml``, ``_toc.yml`` and ``chapters/``.
    destination : Path
        Folder for the pages, for example ``_build/html``.  What it held before is replaced, and
        only when the build succeeded.

    Raises
    ------
    BuildError
        With the warnings and errors, their paths relative to the project.
    """
    source, destination = Path(source).resolve(), Path(destination).absolute()
    destination.parent.mkdir(parents=True, exist_ok=True)
    # On the same file system as the destination, so that the pages can be moved at once.
    with tempfile.TemporaryDirectory(prefix=".making-", dir=destination.parent) as scratch:
        copy = Path(scratch) / "source"
        copy.mkdir()
        for name in SOURCES:
            if (source / name).is_dir():
                shutil.copytree(source / name, copy / name, ignore=_IGNORED)
            elif (source / name).is_file():
                shutil.copy2(source / name, copy / name)
        finished = subprocess.run(
            [
                sys.executable,
                "-c",
                _COMMAND,
                "build",
                *("-W", "-n", "--keep-going", "--path-output", scratch),
                str(copy),
            ],
            cwd=copy,
            env=_environment(copy),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        pages = Path(scratch) / "_build" / "html"
        if finished.returncode != 0 or not (pages / "index.html").is_file():
            raise BuildError(_complaints(finished.stdout, copy))
        old = Path(scratch) / "old"
        if destination.exists():
            destination.rename(old)
        pages.rename(destination)


def _environment(copy: Path) -> dict[str, str]:
    """Return the environment of a build: the same pages on every machine and every day."""
    return {
        **os.environ,
        "THREE_OBSERVATIONS_DATA": str(copy / "data"),
        "LC_ALL": "C.UTF-8",
        "NO_COLOR": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "TZ": "UTC",
    }


def _complaints(log: str, copy: Path) -> str:
    """Pick the warnings and errors out of a build log; the end of it when there are none."""
    lines = [line.replace(f"{copy}{os.sep}", "") for line in log.splitlines()]
    picked = [line for line in lines if "WARNING" in line or "ERROR" in line]
    return "\n".join(picked or lines[-40:])


# --- is the site what it would be if it were built now? ---------------------------------------


def site_digest(root: Path) -> str:
    """Digest everything the pages are made from, the package and the lock included."""
    tops = [*SOURCES, "src/three_observations"]
    paths: list[Path] = []
    for top in tops:
        if (root / top).is_dir():
            paths.extend(notebooks.visible_files(root / top))
        elif (root / top).is_file():
            paths.append(root / top)
    return notebooks.digest_files(paths, root)


def built_files(folder: Path) -> dict[str, str]:
    """Return the files of a built site, each with its digest."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


#: Folders of a built site that hold what readers take away; no page loads anything from there.
DOWNLOADS = ("_sources", "data", "downloads")


def weights(folder: Path) -> dict[str, int]:
    """Return the bytes of a built site: what its pages load or show, and what is taken away.

    The data of a chart as a CSV file is taken away too; the page holds the data once more.

    Parameters
    ----------
    folder : Path
        The built site.

    Returns
    -------
    dict of str to int
        ``pages`` and ``downloads``.
    """
    weights = {"pages": 0, "downloads": 0}
    for path in folder.rglob("*"):
        if path.is_file():
            taken = path.relative_to(folder).parts[0] in DOWNLOADS or path.suffix == ".csv"
            weights["downloads" if taken else "pages"] += path.stat().st_size
    return weights


def why_build(root: Path, folder: Path) -> str:
    """Say why the site has to be built; empty when it is what a build would give.

    Parameters
    ----------
    root : Path
        The project's folder.
    folder : Path
        The built site.
    """
    if not folder.is_dir():
        return "there is none yet"
    try:
        record = json.loads(_record(folder).read_bytes())
        made_from, files = record["inputs"], record["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return "its list of files is missing or damaged"
    if made_from != site_digest(root):
        return "its sources changed"
    if files != built_files(folder):
        return "built files are missing or were changed"
    return ""


def build_if_needed(root: Path, folder: Path) -> str:
    """Build the site when :func:`why_build` gives a reason, and say in one line what was done."""
    shown = f"{folder.relative_to(root).as_posix()}/index.html"
    reason = why_build(root, folder)
    if not reason:
        return f"Site: nothing changed. Open {shown}"
    print(f"Site: building, because {reason} ...", flush=True)
    started = time.perf_counter()
    digest = site_digest(root)
    _record(folder).unlink(missing_ok=True)
    build_site(root, folder)
    record = {"inputs": digest, "files": built_files(folder)}
    notebooks.write(_record(folder), json.dumps(record, indent=1, sort_keys=True).encode())
    pages = sum(name.endswith(".html") for name in record["files"])
    seconds = time.perf_counter() - started
    return f"Site: {pages} pages built in {seconds:.1f} s. Open {shown}"


def _record(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.json")


# --- the command -----------------------------------------------------------------------------


def main(arguments: list[str] | None = None) -> int:
    """Run ``python -m three_observations.site.build``; return the exit code."""
    options = _parser().parse_args(arguments)
    root = notebooks.project_root()
    try:
        return _run(options, root)
    except (notebooks.NotebookError, BuildError) as error:
        print(error, file=sys.stderr)
        if isinstance(error, BuildError):
            print("The site was not built; see the lines above.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. No file was left half-written.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m three_observations.site.build",
        description="Run the notebooks whose inputs changed, then build the site.",
    )
    parser.add_argument(
        "notebooks",
        nargs="*",
        metavar="NOTEBOOK",
        help="run only these, if they are stale, and build no site",
    )
    parser.add_argument("--fresh", action="store_true", help="run notebooks that are current too")
    parser.add_argument(
        "--check",
        action="store_true",
        help="run and build nothing; fail when a notebook is stale",
    )
    parser.add_argument(
        "--jobs",
        type=int,
        default=None,
        metavar="N",
        help="notebooks to run at a time (default: one per processor)",
    )
    return parser


def _run(options: argparse.Namespace, root: Path) -> int:
    chosen = _chosen(options.notebooks, root)
    shared = notebooks.shared_digests(root)
    states = [notebooks.state_of(path, shared) for path in chosen]
    stale = [state for state in states if state.stale]
    current = [state for state in states if not state.stale]
    untidy = [state for state in current if state.untidy]

    if options.check:
        for state in stale:
            print(f"{_shown(state.path, root)}: stale ({', '.join(state.reasons)})")
        for state in untidy:
            print(f"{_shown(state.path, root)}: not in the form that a run writes")
        if stale or untidy:
            print("Run `make book` and commit what it writes.")
            return 1
        print(f"Notebooks: {len(current)} current.")
        return 0

    for state in untidy:
        notebooks.write(state.path, notebooks.to_bytes(notebooks.tidy(notebooks.read(state.path))))
    to_run = states if options.fresh else stale
    for state in to_run:
        print(
            f"  to run    {_shown(state.path, root)}  ({', '.join(state.reasons) or 'asked for'})"
        )
    if to_run and (fault := _fault_in_tables(root)):
        print(f"\n{fault}\nNo notebook was run and the site was not built.", file=sys.stderr)
        return 1
    started = time.perf_counter()
    runs = notebooks.run_all(
        [state.path for state in to_run], root, options.jobs, lambda line: print(line, flush=True)
    )
    failed = [run for run in runs if run.error]
    print(_summary(states, to_run, len(failed), time.perf_counter() - started, root), flush=True)
    if failed:
        for run in failed:
            print(f"\n{run.error}", file=sys.stderr)
        print("\nThe site was not built.", file=sys.stderr)
        return 1
    if not options.notebooks:
        print(build_if_needed(root, root / "_build" / "html"), flush=True)
    return 0


def _fault_in_tables(root: Path) -> str:
    """Say what is wrong with the tables before any notebook stumbles over it; "" if nothing is."""
    from three_observations import data

    if not (root / "data" / data.PACKAGE_FILE).is_file():
        return ""
    try:
        for name in data.tables():
            data.load(name)
        renew = data.outdated_hashes()
    except data.DataError as error:
        return str(error)
    if renew:
        print(
            f"Hashes are out of date for {', '.join(renew)}. If the change is meant to stay: "
            ".venv/bin/three-observations renew"
        )
    return ""


def _chosen(names: Iterable[str], root: Path) -> list[Path]:
    known = notebooks.find_notebooks(root)
    chosen = []
    for name in names:
        path = Path(name).resolve()
        if path not in known:
            raise notebooks.NotebookError(f"{name}: is not a notebook below chapters/")
        chosen.append(path)
    return chosen or known


def _summary(
    states: list[notebooks.State],
    to_run: list[notebooks.State],
    failed: int,
    seconds: float,
    root: Path,
) -> str:
    current = len(states) - len(to_run)
    if not to_run:
        return f"Notebooks: {current} current, nothing to run."
    chapters = root / "chapters"
    names = ", ".join(
        state.path.relative_to(chapters).with_suffix("").as_posix() for state in to_run
    )
    ending = f"; {failed} FAILED" if failed else ""
    return (
        f"Notebooks: {current} current, {len(to_run)} re-run in {seconds:.1f} s ({names}){ending}."
    )


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


if __name__ == "__main__":
    sys.exit(main())
