"""指定第三方评估员: who is to evaluate independently."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import streamlit as st

from dashboard import components, session
from dashboard.viewmodels import evaluation_opening as model
from dashboard.views import _done as done
from trackers.actions.evaluations import assign
from trackers.model.evaluation import Evaluation
from trackers.model.plan import Plan
from trackers.queries.accounts import third_parties


def draw(about: Evaluation, plan: Plan) -> None:
    key = f"assign-{about.id}-{done.turn()}"
    names = model.third_party_names(third_parties(session.run().store, plan, by=session.actor()), about)
    with components.folded("指定第三方评估员", key=f"assign-{about.id}"):
        if not names:
            st.caption("没有可以再指定的第三方评估员。账号和角色由管理员在“账号”页里给。")
            return
        with st.container(horizontal=True, vertical_alignment="bottom"):
            login = st.selectbox("第三方评估员", names, format_func=names.__getitem__, key=f"{key}-login", width=420)
            pressed = st.button("指定", key=key)
        st.caption("指定以后，他看得到这一次评估的全部数据，可以写第三方评估意见、抽查核实。")
        if pressed:
            act = partial(assign, session.run().store, about.id, login, by=session.actor(), at=datetime.now(UTC))
            done.do(act, f"第 {about.id} 号评估已指定给{names[login]}。")
