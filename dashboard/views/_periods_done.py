"""Doing something about periods, and what was done last."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard import components
from dashboard.viewmodels import periods
from dashboard.viewmodels.words import escaped
from trackers.errors import TrackerError
from trackers.model.period import Period

DONE, TURN = "periods-done", "periods-turn"


def turn() -> int:
    """A number that changes with everything done, so that the forms are empty again afterwards."""
    return int(st.session_state.get(TURN, 0))


def do(act: Callable[[], Sequence[Period] | None], sentence: str) -> None:
    """Do it and say so on the next run; where it is refused say why and leave the form as it was filled in."""
    try:
        found = act()
    except TrackerError as error:
        components.show_error(error)
        return
    named = f"：{periods.runs_text(found)}" if found else ""
    st.session_state[DONE] = f"{sentence}{named}。"
    st.session_state[TURN] = turn() + 1
    st.rerun()


def outcome() -> None:
    """What was done last."""
    if sentence := st.session_state.pop(DONE, None):
        st.success(escaped(sentence))
