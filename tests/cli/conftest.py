"""Commands as a shell gives them."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from trackers.cli import main

Ran = tuple[int, str, str]


@pytest.fixture
def shell(monkeypatch, capsys) -> Callable[..., Ran]:
    """Run `python -m trackers` with these words; its exit code, output and errors."""

    def command(*words: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["python -m trackers", *words])
        with pytest.raises(SystemExit) as stopped:
            main()
        said = capsys.readouterr()
        return int(stopped.value.code or 0), said.out, said.err

    return command
