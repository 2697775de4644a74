"""Why an odd figure or a correction is right: asked for before it can be handed in."""

from __future__ import annotations

import streamlit as st

from dashboard.viewmodels import entry_check
from dashboard.views._entry_rows import sentences
from trackers.exchange.import_figures import Reading


def explained(reading: Reading, origin: str) -> tuple[Reading, str]:
    """The reading with the reason for the whole sheet in it, as it was written so far, and why it still cannot be handed in."""
    if not any(each.needs_reason for each in reading.taken):
        return reading, ""
    reason = st.session_state.get(_key(origin), "")
    if wrong := entry_check.reason_fault(reason):
        return reading, wrong
    reading = entry_check.with_reason(reading, reason)
    left = sum(each.needs_reason for each in reading.taken)
    return reading, f"还有 {left} 行没有写理由。" if left else ""


def ask(reading: Reading, origin: str) -> None:
    """Say what needs a reason, if anything does, with a place for one that holds for the whole sheet."""
    if doubts := entry_check.doubt_texts(reading):
        sentences(st.warning, "这些数要写明理由才能提交，写在表里的“理由”一栏，或写在下面：", doubts)
        st.text_area("整张表的理由（用于上面没有写理由的行，审核人会看到）", key=_key(origin), height=80)


def _key(origin: str) -> str:
    return f"reason-{origin}"
