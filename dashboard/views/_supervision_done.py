"""A press on a button of an order is carried out at the head of the next run; what it did is said there."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from dashboard import components
from dashboard.viewmodels.supervision import TURNED, Asked
from dashboard.viewmodels.words import escaped
from dashboard.views._supervision_steps import step
from trackers.errors import TrackerError

ASKED, DONE = "supervision-asked", "supervision-done"


def ask(asked: Asked) -> None:
    """Take this step in the next run."""
    st.session_state[ASKED] = asked


def ask_turned(plan: str | None) -> None:
    """Close all whose verdict has turned, in the next run."""
    st.session_state[ASKED] = (TURNED, plan)


def carry_out() -> None:
    """Do what was asked for in this run; afterwards the page is made anew."""
    if (asked := st.session_state.pop(ASKED, None)) is None:
        return
    try:
        st.session_state[DONE] = step(asked, datetime.now(UTC))
    except TrackerError as error:
        components.show_error(error)
        return
    st.rerun()


def outcome() -> None:
    """What the last step did."""
    if sentence := st.session_state.pop(DONE, None):
        st.success(escaped(sentence))
