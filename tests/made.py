"""Databases that are slow to make: made once a run, whichever of its processes comes first, and copied for the others."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import portalocker
import pytest

SECONDS = 300  # another process may be making it


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder of one's own with what `make` left in the folder it was given."""
    run = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # a worker's own folder lies in that of the run
        run = run.parent
    template = run / f"made-{name}"
    with portalocker.Lock(run / f"made-{name}.lock", timeout=SECONDS):
        if not template.exists():
            unfinished = factory.mktemp(f"making-{name}")
            make(unfinished)
            unfinished.rename(template)
    return Path(shutil.copytree(template, factory.mktemp(name), dirs_exist_ok=True))
