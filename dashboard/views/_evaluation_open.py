"""开评: a kind and a cut-off day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial

import streamlit as st

from dashboard import session
from dashboard.views import _done as done
from trackers.actions.evaluations import open_evaluation
from trackers.model.plan import EvaluationKind, Plan
from trackers.model.rights import Permission


def draw(plan: Plan) -> None:
    """The form, for those who evaluate the plan."""
    if not session.rights().may(Permission.EVALUATE, plan.region, plan):
        return
    key, kinds = f"open-{plan.id}-{done.turn()}", {kind.value: kind.word for kind in EvaluationKind}
    with st.expander("开一次评估"), st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.selectbox("种类", kinds, format_func=kinds.__getitem__, key=f"{key}-kind", width=160)
        day = st.date_input(
            "截止日", None, min_value=plan.first_day + timedelta(days=1), max_value=date(plan.end + 2, 12, 31),
            key=f"{key}-day", format="YYYY-MM-DD", width=170,
        )  # fmt: skip
        if st.button("开评", key=f"{key}-open", type="primary", disabled=day is None) and day is not None:
            act = partial(open_evaluation, session.run().store, plan.id, EvaluationKind(kind), day)
            done.do(partial(act, by=session.actor(), at=datetime.now(UTC)), f"已开{kinds[kind]}，截止日 {day}。")
