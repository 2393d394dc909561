"""The notebooks give the same outputs on another processor.

numpy and OpenBLAS choose their inner loops by what a processor can do, and the choices differ in
the last digit of a sum and in the order of equal rows after a sort that is not stable.
Switched to their plainest loops, they act here as they would on an old processor.
"""

from __future__ import annotations

import copy
import platform
import subprocess
import sys
from pathlib import Path

import numpy
import pytest

from three_observations import charts
from three_observations.site import notebooks

ROOT = Path(__file__).resolve().parents[1]
FOUND = notebooks.find_notebooks(ROOT)
PLAINEST = {"x86_64": "Prescott", "AMD64": "Prescott", "aarch64": "ARMV8", "arm64": "ARMV8"}


def plainest_loops(monkeypatch: pytest.MonkeyPatch) -> None:
    fast = numpy.show_config(mode="dicts")["SIMD Extensions"].get("found", [])
    monkeypatch.setenv("NPY_DISABLE_CPU_FEATURES", " ".join(fast))
    if platform.machine() in PLAINEST:
        monkeypatch.setenv("OPENBLAS_CORETYPE", PLAINEST[platform.machine()])


def test_the_fast_loops_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    plainest_loops(monkeypatch)
    asked = "import numpy; print(numpy.show_config(mode='dicts')['SIMD Extensions'].get('found'))"
    finished = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )
    assert finished.stdout.strip() in ("[]", "None")


# A picture is drawn from the specification, which is compared, and no sum of numpy is in it.
NO_PICTURES = (
    "from three_observations import charts\ncharts.picture = lambda *spec: ''\ndel charts\n"
)


def without_pictures(outputs: list[dict]) -> list[dict]:
    """Return outputs as they are but for the pictures of charts."""
    kept = []
    for output in outputs:
        forms = output.get("data", {})
        if charts.MIME_TYPE in forms:
            forms = {kind: form for kind, form in forms.items() if kind != "image/svg+xml"}
            output = {**output, "data": forms}
        kept.append(output)
    return kept


@pytest.mark.parametrize("path", FOUND, ids=[path.relative_to(ROOT).as_posix() for path in FOUND])
def test_another_processor_gives_the_same_outputs(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plainest_loops(monkeypatch)
    kept = notebooks.read(path)
    asked = copy.deepcopy(kept)
    first, *_ = notebooks.code_cells(asked)
    first["source"] = NO_PICTURES + notebooks.text_of(first["source"])
    again = notebooks.execute(asked, path.parent, path.name)
    differing = [
        number
        for number, (one, other) in enumerate(
            zip(notebooks.code_cells(kept), notebooks.code_cells(again), strict=True), start=1
        )
        if without_pictures(one["outputs"]) != without_pictures(other["outputs"])
    ]
    assert differing == [], f"code cells {differing} give other outputs"
