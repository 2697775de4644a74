"""What a press on a button asks for, carried out with what stands in the form."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import streamlit as st

from dashboard import session
from dashboard.viewmodels import supervision as shown
from dashboard.viewmodels.supervision import TURNED, Asked
from trackers.actions.evidence import add_evidence
from trackers.actions.supervision import (
    accept_answer,
    answer_order,
    close_order,
    close_turned,
    return_answer,
)
from trackers.errors import RefusedError
from trackers.model.supervision import OrderStory, StepKind
from trackers.queries.plans import plan_by_id
from trackers.queries.supervision import order_story

DECIDE: dict[StepKind, Any] = {StepKind.ACCEPTED: accept_answer, StepKind.RETURNED: return_answer}


def step(asked: Any, at: datetime) -> str:
    """Carry out what was asked; what it did, in a sentence. Raises TrackerError."""
    store, by = session.run().store, session.actor()
    if asked[0] == TURNED:
        return f"已结案 {len(close_turned(store, plan=asked[1], by=by, at=at))} 件判定好转的督办单。"
    said = st.session_state.get(asked.key("said"), "")
    told: dict[str, Any] = {"after": asked.after, "by": by, "at": at}
    if asked.kind is StepKind.ANSWERED:
        story = _answer(asked, said, told)
    elif asked.kind is StepKind.CLOSED:
        story = close_order(store, asked.order, reason=said, **told)
    else:
        story = DECIDE[asked.kind](store, asked.order, comment=said, **told)
    return shown.done(asked.kind, story.order.number)


def _answer(asked: Asked, said: str, told: dict[str, Any]) -> OrderStory:
    store = session.run().store
    until = st.session_state.get(asked.key("until"))
    if until is None:
        raise RefusedError("没有选完成时限，没有提交答复。请选一个日期再提交。")
    order = order_story(store, asked.order, by=told["by"]).order
    place = {"plan": plan_by_id(store, order.plan), "region": order.region, "by": told["by"], "at": told["at"]}
    added = st.session_state.get(asked.key("files")) or []
    files = [add_evidence(store, file.getvalue(), file.name, **place) for file in added]
    return answer_order(store, asked.order, said, until=until, files=files, **told)
