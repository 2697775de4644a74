"""Changes in a table, and one of them with its whole story and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import components, session
from dashboard.session import Choice
from dashboard.viewmodels import adjustments as model
from dashboard.viewmodels.words import escaped
from dashboard.views import _adjustments_decide, _adjustments_what_if
from trackers.model.adjustment import Adjustment
from trackers.model.plan import Plan


def draw(chosen: Choice, plan: Plan, found: Sequence[Adjustment], *, none: str) -> None:
    if not found:
        components.nothing(none, {components.PLAN: "看规划的目标"})
        return
    table = model.table(found, plan, chosen.tree)
    components.plain_table(table, key="adjustments", about="指标调整及其状态")
    labels = {each.id: model.label(plan, chosen.tree, each) for each in found}
    if st.session_state.get("adjust-one") not in labels:
        st.session_state.pop("adjust-one", None)
    id = st.selectbox("看哪一项", labels, format_func=labels.__getitem__, key="adjust-one", filter_mode="contains")
    one = next(each for each in found if each.id == id)
    with st.container(border=True):
        left, right = st.columns(2, gap="medium")
        with left:
            components.facts(model.facts(plan, chosen.tree, one))
        with right:
            st.markdown("**经过**")
            components.bullets(model.story(one), none="")
            _adjustments_decide.draw(plan, one, model.may_do(one, plan, session.rights(), session.actor()))
            if one.is_open and one.by == session.actor().login:
                st.caption(escaped("这是您提出的，要由另一个人审查和登记批准。"))
    if one.is_open:
        _adjustments_what_if.draw(chosen, plan, one.change, key=str(one.id))
