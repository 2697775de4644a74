"""The top of every page: which plan, judged for which day, and the mark of a demonstration database."""

from __future__ import annotations

from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import loaders, session
from dashboard.components.basics import nothing
from dashboard.components.signed_in import who_is_signed_in
from dashboard.viewmodels import choices, words
from dashboard.viewmodels.explained import PAGES
from trackers.errors import UnknownNameError
from trackers.model.plan import Plan
from trackers.model.wording import date_text
from trackers.queries.adjustments import plan_as_of
from trackers.queries.assess import opening_day
from trackers.queries.plans import find_plan

KEPT = ("plan", "day")
SHOWN = "plan shown"  # the plan of the run before
BANNER = "**演示数据**：本库里标为演示数据的进展数字是编造的，不是真实进展。规划、指标和文件里的目标值是真实的，这里的调整不是。"


def top(*, with_plan: bool) -> None:
    """The top of every page: plan and day where it speaks of one, who is signed in, the mark of a demonstration."""
    with st.container(key="top"):
        if with_plan:
            _plan_and_day()
        else:
            for name in KEPT:  # Streamlit forgets what is chosen on a page that does not show it
                if name in st.session_state:
                    st.session_state[name] = st.session_state[name]
            with st.container(horizontal=True, horizontal_alignment="right"):
                who_is_signed_in()
        if loaders.is_demonstration():
            st.warning(BANNER)


def _plan_and_day() -> None:
    plans = loaders.plans()
    if not plans:
        who_is_signed_in()
        st.title("还没有规划", anchor=False)
        nothing("数据库里还没有规划。规划文件放在 seeds/plans，程序启动时装入；请检查该文件夹后重新启动。")
        st.stop()
    labels = choices.plan_labels(plans)
    linked = session.from_address("plan", labels, lambda name: _plan_called(name, labels))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        id = st.selectbox("规划", labels, format_func=labels.__getitem__, key="plan", width=240)
        session.to_address("plan", labels[id])
        plan = next(plan for plan in plans if plan.id == id)
        day = _day(plan, linked)
        st.space("stretch")
        who_is_signed_in()
    held = plan_as_of(session.run().store, plan, day)  # with the targets in force on that day
    session.choose(session.Choice(held, day, loaders.tree(), session.rights().home(plan)))


def _plan_called(name: str, labels: dict[str, str]) -> str:
    """The id of a plan the address names in another way; where there is none, say so and open the first."""
    try:
        return find_plan(session.run().store, name, loaders.tree()).id
    except UnknownNameError as error:
        st.error(words.escaped(f"{error}现有的规划：{'、'.join(labels.values())}。请在下面另选。"))
        return next(iter(labels))


def _day(plan: Plan, linked: bool) -> date:
    """The day to judge for. Another plan opens on its own day; an address that leads to the plan says all that holds."""
    today = session.today()
    opening, (first, last) = opening_day(plan, today), choices.day_range(plan, today)
    session.from_address("day", {}, lambda text: choices.day_in(text, first, last) or opening)
    if st.session_state.setdefault(SHOWN, plan.id) != plan.id and not linked:
        st.session_state["day"] = opening
        session.forget("region", "indicator")
    st.session_state[SHOWN] = plan.id
    chosen = st.session_state.setdefault("day", opening)
    if not (chosen and first <= chosen <= last):
        st.session_state["day"] = opening
    day = st.date_input("截至日", min_value=first, max_value=last, key="day", format="YYYY-MM-DD", width=170)
    for name, each in choices.quick_days(plan, today).items():
        if first <= each <= last:
            st.button(name, key=f"day-{name}", on_click=_set_day, args=(each,), disabled=each == day)
    session.to_address("day", str(day))
    return day


def _set_day(day: date) -> None:
    st.session_state["day"] = day


def heading(title: str, about: str = "") -> DeltaGenerator:
    """The page's heading, with its 说明, the plan it speaks of and the day it is judged for; where more may stand beside it."""
    beside = st.container(horizontal=True, vertical_alignment="center", key="heading")
    with beside:
        st.title(title, anchor=False, width="content")
        st.space("stretch")
        with st.popover("说明", icon=":material/help:", type="tertiary"):
            st.markdown("\n\n".join(f"**{name}**\n\n{text}" for name, text in PAGES[title].parts.items()))
    if not about:
        chosen = session.choice()
        about = f"{words.escaped(chosen.plan.title)}　｜　截至{date_text(chosen.day)}"
    st.caption(about)
    return beside
