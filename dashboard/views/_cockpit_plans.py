"""Completion against time for each plan, on the screen 驾驶舱."""

from __future__ import annotations

from functools import partial

import plotly.graph_objects as go
import streamlit as st

from dashboard import components, loaders, session
from dashboard.charts.plans import plans_chart
from dashboard.charts.room import for_a_room
from dashboard.viewmodels import cockpit
from dashboard.viewmodels.cockpit import Cockpit
from dashboard.viewmodels.words import escaped
from dashboard.views._cockpit_parts import card
from dashboard.views._screen_chart import drawn_for


def draw(seen: Cockpit, room: int | None = None) -> None:
    """Completion against time for each plan; its bar leads to its overview. So high, for a meeting room, if `room` says so."""
    with card("完成率与时序进度", "plans"):
        if all(each.completion is None for each in seen.standings):
            st.markdown("还没有可以画出的完成率。")
        else:
            drawn_for(room, partial(_chart, seen))
        told = f"完成率、应完成都是各项指标的中位数，点一条看那份规划。{cockpit.about(seen.standings, seen.in_words)}。"
        st.caption(escaped(told))


def _chart(seen: Cockpit, room: int | None, key: str = "plans") -> None:
    about = ("plans", session.choice().plan.id, session.choice().day, session.today(), room)
    figure = loaders.figure("plans", about, lambda: _figure(seen, room))
    components.chart(figure, "各规划完成率与截至日应完成的比例", key=key, on_pick=partial(_overview, seen))


def _figure(seen: Cockpit, room: int | None) -> go.Figure:
    figure = plans_chart(cockpit.furthest(seen.standings))
    return for_a_room(figure, room) if room else figure


def _overview(seen: Cockpit, plan: str) -> None:
    one = next(each for each in seen.standings if each.plan == plan)
    st.switch_page(components.OVERVIEW, query_params={"plan": one.label, "day": str(one.day)})
