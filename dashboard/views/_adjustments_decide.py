"""Examining, registering the approval or that there is none, withdrawing: what the person may do about a change."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any

import streamlit as st

from dashboard import session
from dashboard.views import _done as done
from trackers.actions.adjustments import approve_change, examine_change, reject_change, withdraw_change
from trackers.model.adjustment import LONGEST_NUMBER, LONGEST_TEXT, Adjustment, Approval
from trackers.model.plan import Plan
from trackers.model.wording import date_text


def draw(plan: Plan, one: Adjustment, offered: set[str]) -> None:
    """The forms for what is offered."""
    told: dict[str, Any] = {"by": session.actor(), "at": datetime.now(UTC)}
    key, store = f"adjust-{one.id}-{done.turn()}", session.run().store
    if not offered:
        return
    comment = st.text_area("意见（退回、未获批准时必填）", key=f"{key}-comment", max_chars=LONGEST_TEXT, height=80)
    told["comment"] = comment
    if "examine" in offered:
        with st.container(horizontal=True):
            passes = st.button("审查通过", key=f"{key}-pass", type="primary")
            back = st.button("退回", key=f"{key}-back")
        if passes:
            done.do(partial(examine_change, store, one.id, passes=True, **told), f"第 {one.id} 项已审查通过。")
        if back:
            done.do(partial(examine_change, store, one.id, passes=False, **told), f"第 {one.id} 项已退回。")
    if "approve" in offered:
        _approve(plan, one, key, told)
    if "withdraw" in offered and st.button("撤回这一项", key=f"{key}-withdraw"):
        done.do(partial(withdraw_change, store, one.id, **told), f"第 {one.id} 项已撤回。")


def _approve(plan: Plan, one: Adjustment, key: str, told: dict[str, Any]) -> None:
    store, today = session.run().store, session.today()
    st.markdown("**登记政府的批准**")
    number = st.text_input("批准文件的文号", key=f"{key}-number", max_chars=LONGEST_NUMBER, placeholder="例如：阜政函〔2017〕3号")
    range_: dict[str, Any] = {"min_value": plan.first_day, "format": "YYYY-MM-DD", "width": 200}
    with st.container(horizontal=True):
        day = st.date_input("批准日期", None, key=f"{key}-day", max_value=today, **range_)
        since = st.date_input("生效日期", None, key=f"{key}-since", max_value=plan.last_day, **range_)
    with st.container(horizontal=True):
        approves = st.button("登记批准", key=f"{key}-approve", type="primary")
        rejects = st.button("登记未获批准", key=f"{key}-reject")
    if approves and not (day and since):
        st.error("没有登记：请写明批准日期和生效日期。")
    elif approves:
        approval = Approval(number=number, day=day, effective=since)
        act = partial(approve_change, store, one.id, approval, **told)
        done.do(act, f"第 {one.id} 项已登记批准，自{date_text(since)}起生效。")
    if rejects:
        done.do(partial(reject_change, store, one.id, **told), f"第 {one.id} 项已登记未获批准。")
