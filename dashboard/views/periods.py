import streamlit as st

from dashboard import components, session
from dashboard.viewmodels.words import escaped
from dashboard.views import (
    _periods_done,
    _periods_leave,
    _periods_missing,
    _periods_set,
    _periods_windows,
    _todo_calendar,
)
from trackers.model.rights import Permission

chosen = session.choice()
components.heading("填报期", escaped(chosen.plan.title))
if not chosen.plan.indicators:
    components.no_indicators(chosen.plan)
    st.stop()

_periods_done.outcome()
sections = {"windows": "期限", "missing": "催报名单", "leave": "准许补报"}
if session.rights().may(Permission.PERIODS, chosen.plan.region, chosen.plan):
    sections["set"] = "设定"
session.from_address("part", sections)
if st.session_state.get("part") not in sections:
    st.session_state["part"] = "windows"
picked = st.segmented_control(
    "看什么", sections, format_func=sections.__getitem__, key="part", label_visibility="collapsed", required=True
)
section = picked or "windows"
session.to_address("part", sections[section])
if section == "missing":
    _periods_missing.draw(chosen)
elif section == "leave":
    _periods_leave.draw(chosen)
elif section == "set":
    _periods_set.draw(chosen)
else:
    _periods_windows.draw(chosen)
    _todo_calendar.draw()
