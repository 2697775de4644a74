"""All indicators of one region on the page 区域: bars against their targets, and the table with every fact."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from dashboard import components, loaders, session
from dashboard.charts.standing import standing_chart
from dashboard.viewmodels import region

COLUMNS = [
    "判定", "督办", "指标", "现值", "目标", "目标年", "截至日应达", "落后", "达成率", "完成率", "时序进度", "今后年均需",
    "此前年均", "数据日期", "标注", "来源", "责任单位",
]  # fmt: skip


def draw(rows: pd.DataFrame, code: str) -> None:
    """`rows` of the region of this code."""
    chosen = session.choice()
    st.subheader("各指标现值与目标", anchor=False)
    drawn = region.drawn(rows)
    if drawn.empty:
        components.nothing(
            "没有可以对照目标画出的数值：或未填报，或目标待核实，或没有区域分解目标。", {components.ENTRY: "去填报"}
        )
    else:
        figure = loaders.figure("standing", (chosen.plan.id, chosen.day, code), partial(standing_chart, drawn))
        components.chart(figure, "各指标现值占目标的比例", key="standing")
    if left_out := region.not_drawn(rows):
        with st.expander(f"图中未列的 {len(left_out)} 项", expanded=drawn.empty):
            components.bullets(left_out, none="")
    components.rows_table(rows, COLUMNS, key="region-rows", about="本地区各指标的判定")
