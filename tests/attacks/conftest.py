"""One database full of attacks for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dashboard import session
from tests.attacks.filled import Refused, filled
from tests.people import signed_in
from trackers.model.account import Grant
from trackers.store import open_store


@contextmanager
def entered(database: Path, who: str = "everybody", *grants: Grant) -> Iterator[pytest.MonkeyPatch]:
    """Pages open on the database, signed in as this person."""
    with open_store(database) as store:
        token = signed_in(store, who, *grants)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRACKERS_DB", str(database))
        patch.setattr(session, "cookie_of_this_browser", lambda _: token)
        patch.setattr(session, "address_of_this_browser", lambda: "127.0.0.1")
        yield patch


@pytest.fixture(scope="session")
def filling(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Refused]:
    return filled(tmp_path_factory)


@pytest.fixture(scope="session")
def attacked(filling: tuple[Path, Refused]) -> Path:
    return filling[0]


@pytest.fixture(scope="session")
def refused(filling: tuple[Path, Refused]) -> Refused:
    return filling[1]
