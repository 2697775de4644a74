"""All indicators of one region on the page 区域: bars against their targets, and the table with every fact."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from dashboard import components, loaders, session
from dashboard.charts.standing import standing_chart
from dashboard.viewmodels import region
from dashboard.viewmodels.placed import Placed
from dashboard.viewmodels.words import escaped

COLUMNS = [
    "判定", "督办", "指标", "现值", "目标", "目标年", "截至日应达", "落后", "达成率", "完成率", "时序进度", "今后年均需",
    "此前年均", "数据日期", "标注", "来源", "责任单位",
]  # fmt: skip
ABOUT = "各指标现值占目标的比例"


def summary(placed: Placed, rows: pd.DataFrame, code: str) -> None:
    """The region's verdicts in one line, and how many of its figures are there."""
    with st.container(border=True):
        st.markdown(f"**{escaped(placed.labels[code])}**　{escaped(region.summary(rows))}")
        components.completeness(placed.completeness(code))


def draw(rows: pd.DataFrame, code: str) -> None:
    """`rows` of the region of this code."""
    chosen = session.choice()
    about = chosen.plan.id, chosen.day, code
    loaders.once("region chart", about, partial(_chart, rows))
    if (rows["value"].notna() & (rows["target"] > 0)).any():
        components.pictures("standing", ABOUT)
    loaders.once("region left out", about, partial(_left_out, rows))
    components.still_table(rows, COLUMNS, (*about, session.today()), key="region-rows", about="本地区各指标的判定")


def _chart(rows: pd.DataFrame) -> None:
    st.subheader("各指标现值与目标", anchor=False)
    drawn = region.drawn(rows)
    if drawn.empty:
        said = "没有可以对照目标画出的数值：或未填报，或目标待核实，或没有区域分解目标。"
        components.nothing(said, {components.ENTRY: "去填报"})
    else:
        components.still_chart(standing_chart(drawn), ABOUT, key="standing")


def _left_out(rows: pd.DataFrame) -> None:
    if left_out := region.not_drawn(rows):
        with st.expander(f"图中未列的 {len(left_out)} 项", expanded=region.drawn(rows).empty):
            components.bullets(left_out, none="")
