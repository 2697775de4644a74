"""A comment under a finding."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import streamlit as st

from dashboard import session
from dashboard.views import _done as done
from trackers.actions.findings import comment_finding
from trackers.model.finding import LONGEST_TEXT, Finding


def draw(finding: Finding) -> None:
    key = f"comment-{finding.id}-{done.turn()}"
    with st.popover("评论"):
        text = st.text_area("评论", key=f"{key}-text", max_chars=LONGEST_TEXT, height=80)
        if st.button("发表", key=key):
            act = partial(comment_finding, session.run().store, finding.id, text, by=session.actor(), at=datetime.now(UTC))
            done.do(act, "已发表评论。")
