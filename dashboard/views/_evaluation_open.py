"""开评: a kind and a cut-off day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial

import streamlit as st

from dashboard import components, session
from dashboard.viewmodels import evaluation_opening as model
from dashboard.viewmodels.words import escaped
from dashboard.views import _done as done
from trackers.actions.evaluations import open_evaluation
from trackers.model.plan import EvaluationKind, Plan
from trackers.model.rights import Permission
from trackers.model.wording import date_text


def draw(plan: Plan) -> None:
    """The form, for those who evaluate the plan."""
    if not session.rights().may(Permission.EVALUATE, plan.region, plan):
        return
    key, kinds = f"open-{plan.id}-{done.turn()}", {kind.value: kind.word for kind in EvaluationKind}
    with components.folded("开一次评估", key=f"open-{plan.id}"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            kind = EvaluationKind(st.selectbox("种类", kinds, format_func=kinds.__getitem__, key=f"{key}-kind", width=160))
            day = st.date_input(
                "截止日", model.ordered_day(plan, kind), min_value=plan.first_day + timedelta(days=1),
                max_value=date(plan.end + 2, 12, 31), key=f"{key}-{kind}-day", format="YYYY-MM-DD", width=170,
            )  # fmt: skip
            pressed = st.button("开评", key=f"{key}-open", type="primary", disabled=day is None)
        st.caption(escaped(model.ordered_line(plan, kind)))
        if pressed and day is not None:
            done.do(partial(_open, plan, kind, day), f"已开{kind.word}，截止日{date_text(day)}。")


def _open(plan: Plan, kind: EvaluationKind, day: date) -> None:
    """Open it, and show what is to be done about it."""
    opened = open_evaluation(session.run().store, plan.id, kind, day, by=session.actor(), at=datetime.now(UTC))
    st.session_state["evaluation"], st.session_state["see"] = str(opened.id), "steps"
