"""Sending orders for the rows that are ticked in a list of what lags; nothing of it for those who may not."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import components, session
from dashboard.viewmodels import supervision as shown
from dashboard.viewmodels.supervision import ToIssue
from dashboard.viewmodels.words import escaped
from dashboard.views._supervision_send import ASKED, DONE, DUE, LEVEL, TEXT
from trackers.model.plan import Plan
from trackers.model.rights import Permission
from trackers.model.supervision import LONGEST_ASKED, OrderLevel, usual_request


def may_issue(plan: Plan) -> bool:
    """Whether the person supervises some region of the plan."""
    return session.rights().may(Permission.SUPERVISE, None, plan)


def hint(may: bool) -> None:
    """How orders are sent, for those who may; and what the last sending did."""
    if sentence := st.session_state.pop(DONE, None):
        st.success(escaped(sentence))
        components.nothing("督办单可以逐件打印，答复和审定也在“督办”页。", {components.SUPERVISION: "去督办"})
    elif may:
        st.caption("勾选左边的方框，可以对一项或多项一次发出督办。")


def draw(ticked: pd.DataFrame, chosen: session.Choice) -> None:
    """The form for the ticked rows; nothing where none is ticked."""
    if ticked.empty:
        return
    rows = shown.issuable(ticked, session.rights(), chosen.plan)
    with st.container(border=True):
        if not rows.empty:
            st.markdown(f"**发督办（{len(rows)} 件）**")
        if left := shown.left_out(len(ticked), len(rows)):
            st.caption(left)
        if rows.empty:
            return
        components.bullets(shown.asked_for(rows), none="")
        _form(ToIssue(chosen.plan.id, chosen.day, tuple(zip(rows["indicator"], rows["region"], strict=True))))


def _form(asked: ToIssue) -> None:
    today = session.today()
    st.segmented_control(
        "级别", list(OrderLevel), format_func=lambda level: level.word, key=LEVEL, default=OrderLevel.ORDER, required=True
    )
    due = st.date_input("时限", shown.suggested_due(today), min_value=today, key=DUE, format="YYYY-MM-DD", width=200)
    st.text_area(f"要求（不写则为：{usual_request(due)}）", key=TEXT, max_chars=LONGEST_ASKED, height=80)
    words = f"发出 {len(asked.rows)} 件督办"
    st.button(words, key="issue", type="primary", on_click=st.session_state.__setitem__, args=(ASKED, asked))
