"""Opening periods by hand, those of years long past too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import streamlit as st

from dashboard import session
from dashboard.session import Choice
from dashboard.viewmodels import periods
from dashboard.views import _periods_done
from trackers.actions.periods import open_periods
from trackers.model.period import Frequency, Period
from trackers.model.plan import Level
from trackers.model.window import frequencies, own_periods

USUAL = timedelta(days=30)


def draw(chosen: Choice, level: Level) -> None:
    turn, plan, today = _periods_done.turn(), chosen.plan, session.today()
    often = periods.frequency_labels(frequencies(plan, level))
    first = next(iter(often))
    named = st.segmented_control("怎样报的", often, format_func=often.__getitem__, default=first, key=f"open-{level}-often")
    ended = own_periods(plan, level, plan.first_day, today - timedelta(days=1))
    labels = periods.labels(each for each in ended if each.frequency is Frequency(named or first))
    if not labels:
        st.info("还没有结束的填报期可以开放；填报期结束的第二天起可以在这里开放，规定的截止日见“期限”。")
        return
    with st.form(f"open-{turn}-{level}-{named}", width=560, enter_to_submit=False):
        texts, last = list(labels), len(labels) - 1
        begin = st.selectbox("从", texts, index=last, format_func=labels.__getitem__, key=f"open-{turn}-{level}-{named}-from")
        end = st.selectbox("到", texts, index=last, format_func=labels.__getitem__, key=f"open-{turn}-{level}-{named}-to")
        until = st.date_input("截止日（当天仍可填报）", today + USUAL, key=f"open-{turn}-until", format="YYYY-MM-DD")
        st.caption("从今天起开放。开放一年，也就开放那一年的填报表里按年末填的数（第四季度）。已有的截止日和关闭会被这次开放取代。")
        sent = st.form_submit_button("开放", key="open-periods", type="primary")
    if sent and begin and end and until:
        told: dict[str, Any] = {"opens": today, "deadline": until, "by": session.actor(), "at": datetime.now(UTC)}
        between = Period.parse(begin), Period.parse(end)
        act = partial(open_periods, session.run().store, plan.id, level, *between, **told)
        _periods_done.do(act, f"已开放{level.word}的填报期，至 {until} 截止")
