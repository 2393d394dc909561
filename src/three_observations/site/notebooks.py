"""Run the notebooks, keep their outputs in one form, and know which of them are stale.

A notebook is *stale* when something that its outputs were made from has changed since:
its own cells, a Python file of the package outside ``site/``, a file in ``data/``, or
``requirements.txt``.  Each notebook therefore carries, in its own metadata, a digest of these
inputs and one of the outputs themselves.  Times of files play no part: they lie after a clone.

A run either replaces the whole file or leaves it as it was.  The outputs are written in one
form, so that the same inputs give the same bytes.

Only the standard library is imported here; the notebook client is imported where a notebook is
run, so that finding out that nothing changed stays quick.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import Any

Notebook = dict[str, Any]

CELL_TIMEOUT_SECONDS = 600
KEY = "three_observations"

KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
# As the kernel reports it, without the version of the Python that happened to run.
LANGUAGE_INFO = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
}
# What editors leave behind in a cell and no reader needs.
EDITOR_METADATA = frozenset(
    {"ExecuteTime", "collapsed", "execution", "jupyter", "pycharm", "scrolled", "trusted", "vscode"}
)

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_MACHINE_PATH = re.compile(
    r"(?<![\w.:/-])/(?:home|root|tmp|Users|opt|usr|mnt|private|work|workspace|__w|builds)/"
    r"|(?<!\w)[A-Za-z]:\\+Users"
)
_MEMORY_ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]{6,}")


class NotebookError(Exception):
    """A notebook could not be read, or its run failed; the message says where and why."""


@dataclass(frozen=True)
class State:
    """What is known about one notebook before anything runs.

    Attributes
    ----------
    path : Path
        The notebook.
    reasons : tuple of str
        Why it is stale, for example ``("data", "cells")``; empty when it is current.
    untidy : bool
        True when the outputs are current but the file is not in the form that a run writes.
    """

    path: Path
    reasons: tuple[str, ...]
    untidy: bool = False

    @property
    def stale(self) -> bool:
        """Whether the notebook has to run again."""
        return bool(self.reasons)


@dataclass(frozen=True)
class Run:
    """The result of running one notebook: its seconds, and the error if there was one."""

    path: Path
    seconds: float
    error: str = ""


def project_root() -> Path:
    """Return the folder that holds ``chapters/``, ``data/`` and ``src/``."""
    return Path(__file__).resolve().parents[3]


def find_notebooks(root: Path) -> list[Path]:
    """Return every notebook of the book, sorted by path."""
    chapters = root / "chapters"
    return [path for path in visible_files(chapters) if path.suffix == ".ipynb"]


def read(path: Path) -> Notebook:
    """Read a notebook as plain JSON.

    Raises
    ------
    NotebookError
        When the file is not a notebook of format 4.
    """
    try:
        notebook = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise NotebookError(f"{path}: cannot be read as a notebook: {error}") from error
    if not isinstance(notebook, dict) or notebook.get("nbformat") != 4 or "cells" not in notebook:
        raise NotebookError(f"{path}: is not a notebook of format 4")
    return notebook


def text_of(value: str | list[str]) -> str:
    """Join the lines of a notebook field; every line ends in a single newline character."""
    joined = value if isinstance(value, str) else "".join(value)
    return joined.replace("\r\n", "\n").replace("\r", "\n")


def code_cells(notebook: Notebook) -> list[dict[str, Any]]:
    """Return the code cells in order."""
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


# --- digests ---------------------------------------------------------------------------------


def shared_digests(root: Path) -> dict[str, str]:
    """Digest what every notebook depends on: the package, the data and the lock.

    Line ends count the same on every system.  Hidden files, editors' backups and bytecode do
    not count, and neither does the package's ``site`` folder, which shapes pages, not results.
    """
    package = root / "src" / "three_observations"
    return {
        "data": digest_files(visible_files(root / "data"), root),
        "lock": digest_files([root / "requirements.txt"], root),
        "package": digest_files(
            (
                path
                for path in visible_files(package)
                if path.suffix == ".py" and (package / "site") not in path.parents
            ),
            root,
        ),
    }


def cells_digest(notebook: Notebook) -> str:
    """Digest the cells' kinds and sources, without their outputs."""
    return _digest([cell["cell_type"], text_of(cell["source"])] for cell in notebook["cells"])


def outputs_digest(notebook: Notebook) -> str:
    """Digest the outputs, so that outputs edited by hand do not pass for those of a run."""
    return _digest(
        [cell.get("execution_count"), [_joined(output) for output in cell.get("outputs", [])]]
        for cell in code_cells(notebook)
    )


def stamp(notebook: Notebook, shared: Mapping[str, str]) -> dict[str, str]:
    """Return the digests that belong into the metadata of a notebook that has just run."""
    return {
        "cells": cells_digest(notebook),
        "outputs": outputs_digest(notebook),
        **shared,
    }


def state_of(path: Path, shared: Mapping[str, str]) -> State:
    """Compare a notebook's stored digests with today's inputs.

    Parameters
    ----------
    path : Path
        The notebook.
    shared : mapping
        Result of :func:`shared_digests`.
    """
    notebook = read(path)
    stored = notebook.get("metadata", {}).get(KEY, {}).get("inputs")
    if not isinstance(stored, dict):
        return State(path, ("never run",))
    today = stamp(notebook, shared)
    reasons = tuple(name for name in today if stored.get(name) != today[name])
    untidy = not reasons and path.read_bytes() != to_bytes(tidy(notebook))
    return State(path, reasons, untidy)


def visible_files(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder in a fixed order, without what editors and Python leave."""
    for directory, folders, files in os.walk(folder):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and name != "__pycache__"
        )
        for name in sorted(files):
            if not name.startswith(".") and not name.endswith(("~", ".pyc", ".swp", ".tmp")):
                yield Path(directory) / name


def digest_files(paths: Iterable[Path], root: Path) -> str:
    """Digest names and contents of files, whatever the line ends of the checkout are."""
    return _digest(
        [
            path.relative_to(root).as_posix(),
            hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest(),
        ]
        for path in sorted(paths)
    )


def _digest(values: Iterable[Any]) -> str:
    """Digest JSON values; 16 hexadecimal digits are plenty to notice a change."""
    whole = json.dumps(list(values), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def _joined(output: dict[str, Any]) -> dict[str, Any]:
    """Return an output with its texts as single strings, however the file split them."""
    result = dict(output)
    if "text" in result:
        result["text"] = text_of(result["text"])
    if "data" in result:
        result["data"] = {
            kind: text_of(value) if _is_lines(value) else value
            for kind, value in result["data"].items()
        }
    return result


def _is_lines(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(line, str) for line in value)


# --- one form --------------------------------------------------------------------------------


def tidy(notebook: Notebook) -> Notebook:
    """Return the notebook in the one form in which it is kept.

    The kernel's name without a version, no widget state, no times, nothing that an editor left;
    outputs of one stream joined; an id for every cell; texts split into lines as Jupyter does.
    """
    metadata = {
        key: value
        for key, value in notebook.get("metadata", {}).items()
        if key not in ("kernelspec", "language_info", "widgets", "signature", "vscode")
    }
    return {
        "cells": [
            _tidy_cell(cell, number) for number, cell in enumerate(notebook["cells"], start=1)
        ],
        "metadata": {**metadata, "kernelspec": KERNELSPEC, "language_info": LANGUAGE_INFO},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _tidy_cell(cell: dict[str, Any], number: int) -> dict[str, Any]:
    source = text_of(cell["source"])
    fallback = hashlib.sha256(f"{number}\n{source}".encode()).hexdigest()[:8]
    result: dict[str, Any] = {
        "cell_type": cell["cell_type"],
        "id": cell.get("id") or fallback,
        "metadata": {
            key: value
            for key, value in cell.get("metadata", {}).items()
            if key not in EDITOR_METADATA
        },
        "source": source.splitlines(keepends=True),
    }
    if "attachments" in cell:
        result["attachments"] = cell["attachments"]
    if cell["cell_type"] == "code":
        result["execution_count"] = cell.get("execution_count")
        result["outputs"] = _tidy_outputs(cell.get("outputs", []))
    return result


def _tidy_outputs(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    merged: list[dict[str, Any]] = []
    for output in map(_joined, outputs):
        output.pop("transient", None)
        last = merged[-1] if merged else {}
        if output["output_type"] == "stream" and last.get("name") == output["name"]:
            last["text"] += output["text"]
        else:
            merged.append(output)
    for output in merged:
        if "text" in output:
            output["text"] = output["text"].splitlines(keepends=True)
        if "data" in output:
            output["data"] = {
                kind: value.splitlines(keepends=True)
                if isinstance(value, str) and not kind.endswith(("/png", "/jpeg", "/pdf"))
                else value
                for kind, value in output["data"].items()
            }
    return merged


def to_bytes(notebook: Notebook) -> bytes:
    """Return the bytes of a notebook: sorted keys, one space of indent, one newline at the end."""
    text = json.dumps(notebook, sort_keys=True, indent=1, ensure_ascii=False)
    return (text + "\n").encode()


def write(path: Path, content: bytes) -> None:
    """Replace a file as a whole or not at all."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        if path.exists():
            os.chmod(temporary, path.stat().st_mode & 0o777)
        else:
            os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def output_faults(notebook: Notebook, root: Path) -> list[str]:
    """Say what in the outputs would differ on another machine or must not be on a page.

    Returns
    -------
    list of str
        One sentence per fault, with the number of the code cell; empty when all is well.
    """
    faults = []
    for number, cell in enumerate(code_cells(notebook), start=1):
        for output in map(_joined, cell.get("outputs", [])):
            if output["output_type"] == "error":
                faults.append(f"code cell {number} holds the error {output.get('ename')}")
                continue
            if output.get("name") == "stderr":
                faults.append(
                    f"code cell {number} writes to standard error: {output['text'].strip()[:300]}"
                )
                continue
            for kind, text in _texts(output):
                if "widget" in kind:
                    faults.append(f"code cell {number} holds a widget, which no page can draw")
                found = _MACHINE_PATH.search(text) or re.search(re.escape(str(root)), text)
                if found:
                    start = max(found.start() - 40, 0)
                    faults.append(
                        f"code cell {number} shows a path of this machine ({kind}): "
                        f"...{text[start : found.end() + 40]}..."
                    )
                if _MEMORY_ADDRESS.search(text):
                    faults.append(f"code cell {number} shows a memory address ({kind})")
    return faults


def _texts(output: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if "text" in output:
        yield output["name"], output["text"]
    for kind, value in output.get("data", {}).items():
        if not kind.endswith(("/png", "/jpeg", "/pdf")):
            yield kind, value if isinstance(value, str) else json.dumps(value)
    if output.get("metadata"):
        yield "metadata", json.dumps(output["metadata"], ensure_ascii=False)


# --- running ---------------------------------------------------------------------------------


def run_all(
    paths: Iterable[Path],
    root: Path,
    jobs: int | None = None,
    report: Callable[[str], None] = print,
) -> list[Run]:
    """Run notebooks side by side, each in a kernel of its own, and write those that succeed.

    Parameters
    ----------
    paths : iterable of Path
        Notebooks to run.
    root : Path
        The project's folder.
    jobs : int, optional
        How many run at a time; by default as many as there are processors.
    report : callable, optional
        Gets one line when a notebook has started or finished.

    Returns
    -------
    list of Run
        In the order of ``paths``.
    """
    ordered = list(paths)
    if not ordered:
        return []
    shared = shared_digests(root)
    # The largest first: it is likely to take longest, and nothing should wait for it at the end.
    queue = sorted(ordered, key=lambda path: (-path.stat().st_size, path))
    workers = max(1, min(jobs or os.cpu_count() or 2, len(queue)))
    results: dict[Path, Run] = {}
    width = max(len(_shown(path, root)) for path in queue)
    done = 0
    with ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_leave_interrupts_to_the_parent
    ) as pool:
        running = {}
        waiting = iter(queue)

        def start_next() -> None:
            path = next(waiting, None)
            if path is not None:
                report(f"  started   {_shown(path, root)}")
                running[pool.submit(run_one, path, root, shared)] = path

        try:
            for _ in range(workers):
                start_next()
            while running:
                future = next(as_completed(running))
                path = running.pop(future)
                try:
                    result = future.result()
                except Exception as error:  # a worker that died must not hide the others
                    result = Run(path, 0.0, f"{_shown(path, root)}: the run broke off: {error!r}")
                results[path] = result
                done += 1
                word = "FAILED  " if result.error else "finished"
                report(
                    f"  {word}  {_shown(path, root):<{width}}  {result.seconds:5.1f} s"
                    f"  ({done} of {len(queue)})"
                )
                start_next()
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in active_children():  # each shuts its kernel down as it ends
                worker.terminate()
            raise
    return [results[path] for path in ordered]


def _leave_interrupts_to_the_parent() -> None:
    if hasattr(os, "setpgrp"):  # out of reach of Ctrl-C; the parent ends its workers
        os.setpgrp()


def run_one(path: Path, root: Path, shared: Mapping[str, str]) -> Run:
    """Run one notebook and replace its file if, and only if, every cell succeeded."""
    started = time.perf_counter()
    error = ""
    try:
        before = path.read_bytes()
        notebook = execute(read(path), path.parent, _shown(path, root))
        faults = output_faults(notebook, root)
        if faults:
            listed = "\n  ".join(faults)
            raise NotebookError(
                f"{_shown(path, root)}: has outputs that cannot be kept\n  {listed}"
            )
        notebook["metadata"][KEY] = {
            **notebook["metadata"].get(KEY, {}),
            "inputs": stamp(notebook, shared),
        }
        if path.read_bytes() != before:
            raise NotebookError(f"{_shown(path, root)}: was changed while it ran; run it again")
        content = to_bytes(notebook)
        if content != before:
            write(path, content)
    except NotebookError as failure:
        error = str(failure)
    return Run(path, time.perf_counter() - started, error)


def execute(notebook: Notebook, folder: Path, name: str) -> Notebook:
    """Run every cell on this environment's Python and return the tidied notebook.

    Parameters
    ----------
    notebook : dict
        The notebook as read by :func:`read`.
    folder : Path
        The working directory of the kernel.
    name : str
        How to call the notebook in an error.

    Raises
    ------
    NotebookError
        With the notebook, the cell and the traceback.
    """
    import nbformat
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    class ThisPython(on_files(AsyncKernelManager)):
        """Starts this very Python, even where another kernel took the name ``python3``."""

        @property
        def kernel_spec(self) -> Any:
            from ipykernel.kernelspec import RESOURCES, get_kernel_dict
            from jupyter_client.kernelspec import KernelSpec

            return KernelSpec(resource_dir=RESOURCES, **get_kernel_dict())

    node = nbformat.from_dict(tidy(notebook))
    for cell in node.cells:
        cell.source = text_of(cell.source)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    reached = {"cell": 0}

    def note_cell(cell: Any, cell_index: int) -> None:
        if cell.cell_type == "code":
            reached["cell"] += 1

    client = NotebookClient(
        node,
        kernel_manager_class=ThisPython,
        kernel_name="python3",
        timeout=CELL_TIMEOUT_SECONDS,
        startup_timeout=120,
        record_timing=False,
        store_widget_state=False,
        # A kernel that is asked to leave is interrupted first, and then every second one does not
        # hear the request: it costs seconds, and there is nothing that it could still save.
        shutdown_kernel="immediate",
        coalesce_streams=True,
        resources={"metadata": {"path": str(folder)}},
        extra_arguments=["--HistoryManager.enabled=False", "--log-level=ERROR"],
        on_cell_start=note_cell,
    )
    # A profile of the reader's own (start-up files, display settings) stays out of the book.
    with tempfile.TemporaryDirectory(prefix="ipython-") as profile, tempfile.TemporaryFile() as log:
        try:
            client.execute(env={**os.environ, "IPYTHONDIR": profile}, stderr=log)
        except (CellExecutionError, CellTimeoutError, DeadKernelError, RuntimeError) as error:
            place = f"{name}: code cell {reached['cell']} of {len(code_cells(node))}"
            if isinstance(error, CellExecutionError):
                said, what = _ANSI.sub("", str(error)), "failed"
            elif isinstance(error, CellTimeoutError):
                said, what = str(error), f"ran for more than {CELL_TIMEOUT_SECONDS} s"
            else:
                log.seek(0)
                said = f"{error}\n{log.read().decode(errors='replace')[-2000:]}"
                what = "stopped the kernel"
            raise NotebookError(f"{place} {what}; the file is as it was\n{said.strip()}") from None
    return tidy(node)


def on_files(manager: type) -> type:
    """Return a kernel manager like this one, whose kernels need no network ports.

    A kernel on TCP is told ports that were free a moment before it starts.  Two that start
    together can be told the same one, and then one of them dies: "Address already in use".
    Sockets that are files have names of their own.  Windows has none; there nothing changes.

    Parameters
    ----------
    manager : type
        ``jupyter_client.manager.KernelManager`` or a class made from it.
    """
    if os.name == "nt":
        return manager

    class OnFiles(manager):
        """Speaks with its kernel through files in the folder for temporary ones."""

        def __init__(self, **settings: Any) -> None:
            # A short name: the system allows about a hundred characters, path included.
            place = os.path.join(tempfile.gettempdir(), f"kernel-{uuid.uuid4().hex}")
            super().__init__(**{"transport": "ipc", "ip": place} | settings)

    return OnFiles


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


if __name__ == "__main__":  # pragma: no cover
    sys.exit("Run this one: python -m three_observations.site.build")
