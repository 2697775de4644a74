"""指定第三方评估员: who is to evaluate independently."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import streamlit as st

from dashboard import session
from dashboard.views import _done as done
from trackers.actions.evaluations import assign
from trackers.model.evaluation import Evaluation


def draw(about: Evaluation) -> None:
    key = f"assign-{about.id}-{done.turn()}"
    with st.expander("指定第三方评估员"), st.container(horizontal=True, vertical_alignment="bottom"):
        login = st.text_input("第三方评估员的登录名", key=f"{key}-login", width=240)
        if st.button("指定", key=key, disabled=not login.strip()):
            act = partial(assign, session.run().store, about.id, login, by=session.actor(), at=datetime.now(UTC))
            done.do(act, f"第 {about.id} 号评估已指定给 {login}。")
