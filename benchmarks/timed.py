"""A server that notes how long the script of each run takes, and is otherwise the one it stands for.

The time is that of the thread that runs the script: from when a run begins until its state is put away, all that the
script does among it, and nothing of what the event loop does to send what it made.
"""

from __future__ import annotations

import importlib
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

from benchmarks.noted import APPLICATION, TIMES


def _noted(run: Callable[[Any, Any], None], times: Path) -> Callable[[Any, Any], None]:
    def run_and_note(runner: Any, data: Any) -> None:
        began, worked = time.perf_counter(), time.thread_time()
        try:
            run(runner, data)
        finally:
            worked, took = time.thread_time() - worked, time.perf_counter() - began
            with times.open("a") as file:
                file.write(f"{worked!r} {took!r}\n")

    return run_and_note


ScriptRunner._run_script = _noted(ScriptRunner._run_script, Path(os.environ[TIMES]))  # type: ignore[method-assign,assignment]
_module, _, _name = os.environ[APPLICATION].partition(":")
app = getattr(importlib.import_module(_module), _name)
