"""The two long lists of the page 规划: indicators with their provenance, tasks with their search."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard import components
from dashboard.viewmodels import plan as document
from dashboard.viewmodels.plan_indicators import Sheet
from dashboard.viewmodels.words import escaped
from dashboard.views._plan_parts import bullets, lines
from trackers.model.plan import Plan

EVERY = "全部单位"


def indicators(sheets: Sequence[Sheet], table: pd.DataFrame) -> None:
    """All indicators in a table, then each with where its figures come from."""
    fitting = components.fitted(table, {"指标": st.column_config.Column(pinned=True)}) | {"height": "content"}
    st.dataframe(table, hide_index=True, key="indicators", alt="各指标的目标与口径", **fitting)
    components.table_file(lambda: table, "各指标的目标与口径", key="indicators")
    st.markdown("**逐项依据**：目标值的出处与把握，并列保存的公布数据")
    for sheet in sheets:
        with st.expander(f"**{escaped(sheet.name)}**　{escaped(sheet.aim)}　:gray[{escaped(sheet.sureness)}]"):
            figures, kind = st.columns(2, gap="medium")
            figures.markdown("\n\n---\n".join(bullets(facts) for facts in [*sheet.targets, *sheet.published]))
            kind.markdown(bullets(sheet.facts))


def tasks(plan: Plan) -> None:
    """Tasks by group: those of a unit, or in which the words that are looked for stand."""
    if not plan.tasks:
        components.nothing("这份规划没有收录重点任务；指标和定性目标见旁边两栏。", {components.OVERVIEW: "去总览"})
        return
    with st.container(horizontal=True):
        text = st.text_input("查找任务", key="task", bind="query-params", placeholder="任务、交付内容或单位里的字词", width=320)
        units = [EVERY, *document.task_units(plan)]
        unit = st.selectbox("责任单位", units, key="task-unit", bind="query-params", width=320)
    found = document.task_groups(plan, text, None if unit == EVERY else unit)
    shown = sum(map(len, found.values()))
    st.caption(f"共 {len(plan.tasks)} 项任务，显示 {shown} 项。任务后面是它在原文文件中的节和字符区间。")
    if not shown:
        st.info("没有符合的任务。请改一改查找的字词，或选“全部单位”。")
    for group, listed in found.items():
        lines(f"{group}　{len(listed)}项", listed)
