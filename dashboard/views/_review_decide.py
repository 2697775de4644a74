"""Deciding: the comment, the two buttons, and what came of it. What was shown is what is decided over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import streamlit as st

from dashboard import components, session
from dashboard.viewmodels import review
from dashboard.viewmodels.words import escaped
from trackers.actions.review import LONGEST_COMMENT, approve, give_back
from trackers.errors import TrackerError
from trackers.queries.review import APPROVED, RETURNED, ReportKey

ASKED, DONE = "review-asked", "review-done"


def buttons(keys: Sequence[ReportKey], *, about: str) -> None:
    """A comment and the buttons for these figures; `about` keeps the comment with the figures it was written for."""
    comment = f"comment-{about}"
    st.text_area(
        "审核意见（退回时必须写明哪里要改）", key=comment, max_chars=LONGEST_COMMENT, height=80,
        placeholder="例如：与上期相比增长过快，请附文件说明。",
    )  # fmt: skip
    with st.container(horizontal=True):
        for outcome in (APPROVED, RETURNED):
            st.button(
                review.button(outcome, len(keys)), key=f"{outcome}-{about}",
                type="primary" if outcome == APPROVED else "secondary",
                on_click=st.session_state.__setitem__, args=(ASKED, (outcome, tuple(keys), comment)),
            )  # fmt: skip


def carry_out() -> None:
    """Decide what was asked for in this run; afterwards the page is made anew."""
    asked = st.session_state.pop(ASKED, None)
    if asked is None:
        return
    outcome, keys, comment = asked
    act = approve if outcome == APPROVED else give_back
    said = st.session_state.get(comment, "")
    try:
        done = act(session.run().store, keys, comment=said, by=session.actor(), at=datetime.now(UTC))
    except TrackerError as error:
        components.show_error(error)
        return
    st.session_state[DONE] = review.done(done)
    st.session_state[comment] = ""
    st.rerun()


def outcome() -> None:
    """What the last decision did."""
    if sentence := st.session_state.pop(DONE, None):
        st.success(escaped(sentence))
