"""Widgets that two or more pages use."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard import loaders, session
from dashboard.viewmodels import choices
from trackers.errors import TrackerError
from trackers.model.plan import Plan
from trackers.model.wording import date_text
from trackers.queries.assess import opening_day
from trackers.queries.plans import find_plan

ASSETS = Path(__file__).parent / "assets"
OVERVIEW, REGION, INDICATOR = "views/overview.py", "views/region.py", "views/indicator.py"
WARNINGS, PLAN, ENTRY = "views/warnings.py", "views/plan.py", "views/entry.py"
CHART = {"displayModeBar": False, "scrollZoom": False, "locale": "zh-CN"}
BANNER = "**演示数据**：本库里的进展数字是为演示编造的，不是真实进展。规划、指标和目标值是真实的。"


def top() -> None:
    """The top of every page: plan, day, and the mark of a demonstration database."""
    plans = loaders.plans()
    if not plans:
        nothing("数据库里还没有规划。规划文件放在 seeds/plans，程序启动时装入；请检查该文件夹后重新启动。")
        st.stop()
    labels = choices.plan_labels(plans)
    if (asked := session.asked("plan")) and asked not in labels.values():
        st.session_state["plan"] = find_plan(session.run().store, asked, loaders.tree()).id
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        id = st.selectbox(
            "规划", labels, format_func=labels.__getitem__, key="plan", bind="query-params", width=240,
            on_change=_plan_changed,
        )  # fmt: skip
        plan = next(plan for plan in plans if plan.id == id)
        day = _day(plan)
    if loaders.is_demonstration():
        st.warning(BANNER)
    session.choose(session.Choice(plan, day, loaders.tree()))


def _day(plan: Plan) -> date:
    today = session.today()
    first, last = choices.day_range(plan, today)
    day = st.date_input(
        "截至日", opening_day(plan, today), min_value=first, max_value=last, key="day", bind="query-params",
        format="YYYY-MM-DD", width=170,
    )  # fmt: skip
    for name, each in choices.quick_days(plan, today).items():
        if first <= each <= last:
            st.button(name, key=f"day-{name}", on_click=_set_day, args=(each,), disabled=each == day)
    return day if isinstance(day, date) else opening_day(plan, today)  # a day that was cleared is the opening one


def _set_day(day: date) -> None:
    st.session_state["day"] = day


def _plan_changed() -> None:
    """Another plan opens on its own day; a region or indicator of the one before means nothing to it."""
    with session.opened():
        plan = next(plan for plan in loaders.plans() if plan.id == st.session_state["plan"])
    st.session_state["day"] = opening_day(plan, session.today())


def heading(title: str, about: str = "") -> None:
    """The page's heading, with the plan it speaks of and the day it is judged for."""
    chosen = session.choice()
    st.title(title, anchor=False)
    st.caption(about or f"{escaped(chosen.plan.title)}　｜　截至{date_text(chosen.day)}")


def nothing(sentence: str, ways: dict[str, str] | None = None) -> None:
    """What stands where there is nothing to show: why, and the pages that lead on (page file: words)."""
    with st.container(border=True):
        st.markdown(sentence)
        with st.container(horizontal=True):
            for page, words in (ways or {}).items():
                st.page_link(page, label=words, icon=":material/arrow_forward:")


def chart(figure: go.Figure, about: str, *, key: str, on_pick: Callable[[str], None] | None = None) -> None:
    """Draw a figure; `on_pick` gets the custom data of a mark that is clicked."""
    if on_pick is None:
        st.plotly_chart(figure, key=key, config=CHART, alt=about)
        return
    event = st.plotly_chart(figure, key=key, config=CHART, alt=about, on_select="rerun", selection_mode="points")
    for point in event["selection"]["points"]:
        data = point.get("customdata")
        on_pick(str(data[0] if isinstance(data, list | tuple) else data))


def table(shown: pd.io.formats.style.Styler, *, key: str, about: str, on_pick: Callable[[int], None] | None = None) -> None:
    """Draw a table with a column for every fact; `on_pick` gets the number of the row that is chosen."""
    if on_pick is None:
        st.dataframe(shown, hide_index=True, key=key, alt=about)
        return
    event = st.dataframe(shown, hide_index=True, key=key, alt=about, on_select="rerun", selection_mode="single-row")
    for row in event["selection"]["rows"]:
        on_pick(row)


def escaped(text: str) -> str:
    """Text of people or documents for a place that reads Markdown: shown as it is, never as markup."""
    return "".join(f"\\{char}" if char in "\\`*_{}[]()#+-.!|<>~$:" else char for char in text)


def show_error(error: Exception) -> bool:
    """Tell what went wrong in a sentence; what was not foreseen goes to the log under a number that is shown."""
    if isinstance(error, TrackerError):
        st.error(escaped(str(error)))
        return True
    number = secrets.token_hex(4)
    logging.getLogger("dashboard").error("错误编号 %s", number, exc_info=error)
    st.error(f"这一页没能显示出来，数据没有受影响。请刷新再试；若仍如此，请把编号 {number} 告诉管理员，原因已写入日志。")
    return True
