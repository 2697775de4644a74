"""The tasks of one kind, each with a way to its sheet or to the review."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import components, loaders, session
from dashboard.viewmodels import choices
from dashboard.viewmodels import todo as shown
from trackers.queries.tasks import Task, TaskKind

GO = "todo-go"
SHORT = 8  # tasks with a line of their own; the rest stand in a table


def draw(kind: TaskKind, tasks: Sequence[Task]) -> None:
    """Nothing where there are none."""
    if not tasks:
        return
    st.subheader(f"{shown.label(kind)}（{len(tasks)} 项）", anchor=False)
    st.caption(shown.ABOUT[kind])
    for place, task in enumerate(tasks[:SHORT]):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(shown.line(task), width="stretch")
            st.button(shown.go_words(task), key=f"{kind}-{place}", on_click=_go, args=(task,))
    if more := tasks[SHORT:]:
        _table(kind, more)


def _table(kind: TaskKind, tasks: Sequence[Task]) -> None:
    st.caption(f"其余 {len(tasks)} 项：")
    config = {"": st.column_config.ButtonColumn("", type="tertiary", key=f"{kind}-open", width=60)}
    frame = shown.rest(tasks)
    fitting = components.fitted(frame, config)
    st.dataframe(frame, hide_index=True, key=f"{kind}-rest", alt=f"其余{kind.word}的项", **fitting)
    components.table_file(lambda: frame, f"其余{kind.word}的项", key=f"{kind}-rest")
    if click := st.session_state.get(f"{kind}-open"):
        _go(tasks[click["row"]])
        st.rerun()


def _go(task: Task) -> None:
    st.session_state[GO] = task


def carry_on() -> None:
    """Go where the last click leads; the plan is chosen anew before the page is made."""
    task = st.session_state.pop(GO, None)
    if task is None:
        return
    plans, tree = loaders.plans(), loaders.tree()
    plan = next(each for each in plans if each.id == task.plan)
    name = choices.plan_labels(plans)[plan.id]
    asked = shown.address(task, plan, name, tree, session.rights(), session.today())
    session.forget(*asked, "plan", "day", "period", *(key for key in st.session_state if str(key).startswith("region")))
    st.switch_page(f"views/{task.page}.py", query_params=asked)
