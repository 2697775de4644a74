"""Which periods are open until when."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from dashboard import components, session
from dashboard.session import Choice
from dashboard.viewmodels import periods
from trackers.queries.periods import rules, windows

AHEAD = timedelta(days=366)  # a year's deadlines are told beforehand


def draw(chosen: Choice) -> None:
    store, plan, today = session.run().store, chosen.plan, session.today()
    found = windows(store, plan, plan.first_day, today + AHEAD)
    st.caption(periods.rule_text(rules(store, plan)))
    components.bullets(periods.open_now(found, today), none="现在没有开放的填报期。")
    table = periods.windows_table(found, today)
    components.plain_table(table, key="windows", about="各层级各填报期的开放日和截止日", none="还没有填报期。")
