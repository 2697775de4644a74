from functools import partial

import streamlit as st

from dashboard import components, loaders, session
from dashboard.charts.standing import standing_chart
from dashboard.viewmodels import choices, overview, region, words

COLUMNS = [
    "判定", "督办", "指标", "现值", "目标", "目标年", "截至日应达", "落后", "达成率", "完成率", "时序进度", "今后年均需",
    "此前年均", "数据日期", "标注", "来源", "责任单位",
]  # fmt: skip

chosen = session.choice()
plan, day, tree = chosen.plan, chosen.day, chosen.tree
components.heading("区域")
frame = components.judged_rows()
labels = choices.region_labels(frame, tree, chosen.home)
code = components.picker("地区（可输入名称查找）", labels, key="region")
rows = loaders.supervised(frame[frame["region"] == code].reset_index(drop=True), plan)
above = region.superior(frame, tree, plan, code)
below = region.children(frame, tree, plan, code)
components.neighbours(labels, above, below)
with st.container(border=True):
    st.markdown(f"**{words.escaped(labels[code])}**　{words.escaped(region.summary(rows))}")
    components.completeness(overview.completeness(frame[frame["region"].isin([code, *below])]))

st.subheader("各指标现值与目标", anchor=False)
drawn = region.drawn(rows)
if drawn.empty:
    components.nothing("没有可以对照目标画出的数值：或未填报，或目标待核实，或没有区域分解目标。", {components.ENTRY: "去填报"})
else:
    figure = loaders.figure("standing", (plan.id, day, code), partial(standing_chart, drawn))
    components.chart(figure, "各指标现值占目标的比例", key="standing")
if left_out := region.not_drawn(rows):
    with st.expander(f"图中未列的 {len(left_out)} 项", expanded=drawn.empty):
        components.bullets(left_out, none="")
components.rows_table(rows, COLUMNS, key="region-rows", about="本地区各指标的判定")

st.subheader("一项指标的走势", anchor=False)
names = {row["indicator"]: row["indicator_name"] for row in rows.to_dict("records")}
indicator = components.picker("指标", names, key="indicator")
record = rows[rows["indicator"] == indicator].iloc[0].to_dict()
components.sentence(record)
components.series(record, key="series")

if below:
    st.subheader("下级地区", anchor=False)
    components.region_matrix(overview.matrix(frame, below))
