"""What tests read from the notebooks as committed, and a chapter run again with a changed cell."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from three_observations import charts
from three_observations.site import notebooks

CHAPTERS = Path(__file__).resolve().parents[1] / "chapters"
# The charts are made and checked as ever; only their still pictures are left out, to save time.
NO_PICTURES = (
    "from three_observations import charts\n"
    "charts.picture = lambda spec, title, description: '<svg/>'\n"
    "del charts\n"
)


def figures(chapter: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield specification and picture of each chart of a chapter, in order."""
    for cell in notebooks.code_cells(notebooks.read(CHAPTERS / f"{chapter}.ipynb")):
        for output in cell["outputs"]:
            shown = output.get("data", {})
            if charts.MIME_TYPE in shown:
                yield shown[charts.MIME_TYPE], notebooks.text_of(shown["image/svg+xml"])


def specification(chapter: str, name: str) -> dict[str, Any]:
    """Return the specification of one chart of a chapter."""
    for spec, _ in figures(chapter):
        if spec["usermeta"]["name"] == name:
            return spec
    raise AssertionError(f"the chapter {chapter} shows no chart {name!r}")


def found(node: object, key: str) -> list:
    """Return every value of a key, however deep."""
    if isinstance(node, dict):
        here = [node[key]] if key in node else []
        return here + [value for child in node.values() for value in found(child, key)]
    if isinstance(node, list):
        return [value for child in node for value in found(child, key)]
    return []


def words(notebook: dict[str, Any]) -> str:
    """Return the sentences, tables and cards of a notebook as plain text."""
    texts = [
        notebooks.text_of(output.get("data", {}).get("text/plain", ""))
        for cell in notebooks.code_cells(notebook)
        for output in cell["outputs"]
    ]
    return "\n".join(texts)


def run_with(chapter: str, *changes: tuple[str, str]) -> tuple[str, str]:
    """Run a chapter with its first cell changed; return its words before and after."""
    path = CHAPTERS / f"{chapter}.ipynb"
    kept = notebooks.read(path)
    changed = copy.deepcopy(kept)
    first, *_ = notebooks.code_cells(changed)
    source = notebooks.text_of(first["source"])
    for old, new in changes:
        assert old in source, f"the first cell of {chapter} no longer holds {old!r}"
        source = source.replace(old, new)
    first["source"] = NO_PICTURES + source
    return words(kept), words(notebooks.execute(changed, path.parent, path.name))
