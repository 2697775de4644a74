"""A browser that is signed in, for pages that are run without one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st

from dashboard import session
from tests.people import signed_in
from trackers.model.account import Grant
from trackers.store import open_store


@pytest.fixture(autouse=True)
def new_window() -> None:
    """What Streamlit remembers where no page is run is not of the test before."""
    st.session_state.clear()


@pytest.fixture
def enter(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let the pages open on a database, signed in as somebody who may do everything, or as `who` with these grants."""

    def entered(database: Path, who: str = "everybody", *grants: Grant) -> None:
        monkeypatch.setenv("TRACKERS_DB", str(database))
        if database.exists():
            with open_store(database) as store:
                token = signed_in(store, who, *grants)
            monkeypatch.setattr(session, "cookie_of_this_browser", lambda _: token)
            monkeypatch.setattr(session, "address_of_this_browser", lambda: "127.0.0.1")

    return entered
