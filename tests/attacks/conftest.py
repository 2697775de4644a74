"""One database full of attacks for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.attacks.filled import Refused, fill


@pytest.fixture(scope="session")
def filling(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Refused]:
    return fill(tmp_path_factory.mktemp("attacks"))


@pytest.fixture(scope="session")
def attacked(filling: tuple[Path, Refused]) -> Path:
    return filling[0]


@pytest.fixture(scope="session")
def refused(filling: tuple[Path, Refused]) -> Refused:
    return filling[1]
