"""Doing something that a form asks for, and what was done last."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard import components
from dashboard.viewmodels.words import escaped
from trackers.errors import TrackerError

DONE, TURN = "form-done", "form-turn"


def turn() -> int:
    """A number that changes with everything done, so that the forms are empty again afterwards."""
    return int(st.session_state.get(TURN, 0))


def do(act: Callable[[], object], sentence: str) -> None:
    """Do it and say so on the next run; where it is refused say why and leave the form as it was filled in."""
    try:
        act()
    except TrackerError as error:
        components.show_error(error)
        return
    st.session_state[DONE], st.session_state[TURN] = sentence, turn() + 1
    st.rerun()


def outcome() -> None:
    """What was done last."""
    if sentence := st.session_state.pop(DONE, None):
        st.success(escaped(sentence))
