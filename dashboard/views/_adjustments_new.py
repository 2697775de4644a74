"""提出调整: what is to be changed, from what to what and why; beside it what it would do to the verdicts."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any

import streamlit as st

from dashboard import components, session
from dashboard.session import Choice
from dashboard.viewmodels import adjustments as model
from dashboard.viewmodels.words import escaped
from dashboard.views import _adjustments_what_if
from dashboard.views import _done as done
from trackers.actions.adjustments import propose_changes
from trackers.errors import TrackerError
from trackers.exchange.numbers import parse_number
from trackers.model.adjustment import LONGEST_TEXT, Change, Kind
from trackers.model.plan import Plan
from trackers.queries.adjustments import standing_value


def draw(chosen: Choice, plan: Plan) -> None:
    key, labels = f"new-{done.turn()}", model.kinds(chosen.plan)
    kind = Kind(st.selectbox("类别", labels, format_func=labels.__getitem__, key=f"{key}-kind", width=420))
    st.caption(model.NEEDS[kind])
    names = model.indicators(chosen.plan, kind)
    id = st.selectbox("指标", names, format_func=names.__getitem__, key=f"{key}-{kind}-indicator", width=420)
    one = chosen.plan.indicator(id)
    told: dict[str, Any] = {"plan": plan.id, "indicator": id, "kind": kind}
    with st.container(horizontal=True):
        told["year"] = st.selectbox("年份", model.years(plan, one, kind), key=f"{key}-{kind}-{id}-year", width=120)
        if kind is Kind.REGIONAL:
            places = model.region_choices(plan, chosen.tree, chosen.day)
            told["region"] = st.selectbox("地区", places, format_func=places.__getitem__, key=f"{key}-region", width=280)
        typed = st.text_input(f"新值（{one.unit}）", key=f"{key}-value", width=180)
        if kind in (Kind.ANNUAL, Kind.REGIONAL):
            days: dict[str, Any] = {"min_value": plan.first_day, "max_value": plan.last_day, "format": "YYYY-MM-DD", "width": 180}
            told["effective"] = st.date_input("从哪一天起生效", None, key=f"{key}-since", **days)
    if told["year"] is None:
        st.info("这项指标没有可以填的年份。请换一种调整，或换一项指标。")
        return
    told["reason"] = st.text_area("理由", key=f"{key}-reason", max_chars=LONGEST_TEXT, height=80)
    told["reference"] = st.text_input("依据（文件名称、文号或网址）", key=f"{key}-reference", max_chars=LONGEST_TEXT)
    try:
        value = float(parse_number(typed, one.unit, column="新值")) if typed.strip() else None
        change = Change(**told, value=value or 0.0)
        change = change.model_copy(update={"old": standing_value(session.run().store, change)})
    except TrackerError as error:
        components.show_error(error)
        return
    st.markdown(f"现在：{escaped(model.before_text(chosen.plan, change))}")
    if st.button("提出", key=f"{key}-propose", type="primary", disabled=value is None):
        act = partial(propose_changes, session.run().store, [change], by=session.actor(), at=datetime.now(UTC))
        done.do(act, f"已提出：{model.place_text(plan, chosen.tree, change)}，等待审查。")
    if value is not None:
        _adjustments_what_if.draw(chosen, plan, change, key="new")
