"""The top of every page: which plan, judged for which day, and the mark of a demonstration database."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard import loaders, session
from dashboard.components.basics import nothing
from dashboard.viewmodels import choices, words
from trackers.errors import UnknownNameError
from trackers.model.plan import Plan
from trackers.model.wording import date_text
from trackers.queries.assess import opening_day
from trackers.queries.plans import find_plan

BANNER = "**演示数据**：本库里标为演示数据的进展数字是编造的，不是真实进展。规划、指标和目标值是真实的。"


def top() -> None:
    """The top of every page: plan, day, and the mark of a demonstration database."""
    plans = loaders.plans()
    if not plans:
        st.title("还没有规划", anchor=False)
        nothing("数据库里还没有规划。规划文件放在 seeds/plans，程序启动时装入；请检查该文件夹后重新启动。")
        st.stop()
    labels = choices.plan_labels(plans)
    if (asked := session.asked("plan")) and asked not in labels.values():
        _take_up(asked, labels)
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


def _take_up(asked: str, labels: dict[str, str]) -> None:
    """Put the plan's short name where the address has its id or region: only that is still there when it is reloaded."""
    try:
        st.query_params["plan"] = labels[find_plan(session.run().store, asked, loaders.tree()).id]
    except UnknownNameError as error:
        known = "、".join(labels.values())
        st.error(words.escaped(f"{error}现有的规划：{known}。请在下面另选。"))
    else:
        st.rerun()


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
    st.caption(about or f"{words.escaped(chosen.plan.title)}　｜　截至{date_text(chosen.day)}")
