"""The notebooks give the same outputs on another processor: how nbval asks it.

numpy and OpenBLAS choose their inner loops by what a processor can do.
``conftest.Plain`` has nbval run every notebook with the plainest ones, and compares each output
with what the fastest ones gave.
"""

from __future__ import annotations

from queue import Empty

import nbval.kernel


def told(source: str) -> str:
    """Return what a kernel of nbval prints."""
    kernel = nbval.kernel.RunningKernel(nbval.kernel.CURRENT_ENV_KERNEL_NAME)
    try:
        asked, printed = kernel.execute_cell_input(source, allow_stdin=False), ""
        kernel.await_reply(asked, timeout=60)
        while True:
            message = kernel.get_message(stream="iopub", timeout=60)
            if message["parent_header"].get("msg_id") != asked:
                continue
            if message["content"].get("execution_state") == "idle":
                return printed
            printed += message["content"].get("text", "")
    except Empty:
        return "no answer"
    finally:
        kernel.stop()


def test_notebooks_are_compared_with_the_plainest_loops_of_numpy() -> None:
    asked = "import numpy; print(numpy.show_config(mode='dicts')['SIMD Extensions'].get('found'))"
    assert told(asked).strip() in ("[]", "None")
