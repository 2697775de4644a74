"""第三方评估员: who is to evaluate independently, and from whom it is taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import streamlit as st

from dashboard import components, session
from dashboard.viewmodels import evaluation_opening as model
from dashboard.views import _done as done
from trackers.actions.evaluations import assign, unassign
from trackers.model.evaluation import Evaluation
from trackers.model.plan import Plan
from trackers.queries.accounts import third_parties

GIVEN = "指定以后，他看得到这一次评估的全部数据，可以写第三方评估意见、抽查核实。"
TAKEN = "撤回以后，他看不到这一次评估，也不能再写；他已写的意见、评论和抽查结果保留。"


def draw(about: Evaluation, plan: Plan) -> None:
    accounts = third_parties(session.run().store, plan, by=session.actor())
    with components.folded("指定第三方评估员", key=f"assign-{about.id}"):
        if left := model.third_party_names(accounts, about):
            _ask(about, "指定", left, assign, GIVEN, f"第 {about.id} 号评估已指定给{{}}。")
        else:
            st.caption("没有可以再指定的第三方评估员。账号和角色由管理员在“账号”页里给。")
        if given := model.assigned_names(accounts, about):
            _ask(about, "撤回指定", given, unassign, TAKEN, f"第 {about.id} 号评估已不再由{{}}评估。")


def _ask(
    about: Evaluation, word: str, names: dict[str, str], act: Callable[..., Evaluation], then: str, told: str
) -> None:
    key = f"{'assign' if act is assign else 'unassign'}-{about.id}-{done.turn()}"
    label = "第三方评估员" if act is assign else "已指定的第三方评估员"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        login = st.selectbox(label, names, format_func=names.__getitem__, key=f"{key}-login", width=420)
        pressed = st.button(word, key=key)
    st.caption(then)
    if pressed:
        now = partial(act, session.run().store, about.id, login, by=session.actor(), at=datetime.now(UTC))
        done.do(now, told.format(names[login]))
