"""设定: opening and closing by hand, and the rule of a level."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any

import streamlit as st

from dashboard import session
from dashboard.session import Choice
from dashboard.viewmodels import choices, periods
from dashboard.views import _periods_done, _periods_open
from trackers.actions.periods import LONGEST_REASON, close_period, set_rule
from trackers.model.period import Period
from trackers.model.plan import Level
from trackers.model.window import MOST_WORKING_DAYS, levels, own_periods
from trackers.queries.periods import rules


def draw(chosen: Choice) -> None:
    words = choices.level_words(levels(chosen.plan))
    first = next(iter(words))
    named = st.segmented_control("哪一级的填报期", words, format_func=words.__getitem__, default=first, key="set-level")
    level = Level(named or first)
    opening, closing, rule = st.tabs(["开放", "关闭", "规则"])
    with opening:
        _periods_open.draw(chosen, level)
    with closing:
        _close(chosen, level)
    with rule:
        _rule(chosen, level)


def _close(chosen: Choice, level: Level) -> None:
    turn, plan = _periods_done.turn(), chosen.plan
    labels = periods.labels(reversed(own_periods(plan, level, plan.first_day, session.today())))
    with st.form(f"close-{turn}", width=560, enter_to_submit=False):
        period = st.selectbox("关闭哪个填报期", labels, format_func=labels.__getitem__, key=f"close-{turn}-period")
        reason = st.text_input("原因（必填，填报人看得到）", key=f"close-{turn}-reason", max_chars=LONGEST_REASON)
        sent = st.form_submit_button("关闭", key="close-period", disabled=not labels)
    if sent and period:
        told: dict[str, Any] = {"reason": reason, "by": session.actor(), "at": datetime.now(UTC)}
        act = partial(close_period, session.run().store, plan.id, level, Period.parse(period), **told)
        _periods_done.do(act, f"已关闭{level.word}的填报期")


def _rule(chosen: Choice, level: Level) -> None:
    store, turn = session.run().store, _periods_done.turn()
    label = f"填报期结束后第几个工作日截止（1 到 {MOST_WORKING_DAYS}）"
    with st.form(f"rule-{turn}-{level}", width=560, enter_to_submit=False):
        st.markdown("对没有单独开放或关闭的填报期有效，以前的填报期也按它计算是否及时。")
        typed = st.text_input(label, str(rules(store, chosen.plan)[level]), key=f"rule-{turn}-{level}-days", max_chars=3)
        sent = st.form_submit_button("保存规则", key=f"rule-save-{level}")
    if sent and not (typed.strip().isascii() and typed.strip().isdigit()):
        st.error(f"没有保存：读到的不是整数，应为 1 到 {MOST_WORKING_DAYS} 之间的整数。")
    elif sent:
        act = partial(set_rule, store, chosen.plan.id, level, int(typed), by=session.actor(), at=datetime.now(UTC))
        _periods_done.do(act, f"已保存：{level.word}在填报期结束后第 {int(typed)} 个工作日截止")
