"""Sending the orders that were asked for, with what stands in the form."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from dashboard import components, session
from dashboard.viewmodels import supervision as shown
from dashboard.viewmodels.supervision import ToIssue
from trackers.actions.supervision import issue_orders
from trackers.errors import TrackerError
from trackers.model.supervision import OrderDraft, usual_request

ASKED, DONE = "issue-asked", "issue-done"
LEVEL, DUE, TEXT = "issue-level", "issue-due", "issue-text"


def carry_out() -> None:
    """Send what was asked for in this run; afterwards the page is made anew."""
    asked: ToIssue | None = st.session_state.pop(ASKED, None)
    if asked is None:
        return
    due, text = st.session_state[DUE], st.session_state[TEXT]
    told = {"level": st.session_state[LEVEL], "due": due, "asked": text.strip() or usual_request(due)}
    drafts = [OrderDraft(plan=asked.plan, indicator=i, region=r, day=asked.day, **told) for i, r in asked.rows]
    try:
        sent = issue_orders(session.run().store, drafts, by=session.actor(), at=datetime.now(UTC))
    except TrackerError as error:
        components.show_error(error)
        return
    st.session_state[DONE] = shown.issued(sent)
    st.rerun()
