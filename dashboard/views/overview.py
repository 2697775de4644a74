from functools import partial

import streamlit as st

from dashboard import components, loaders, session
from dashboard.charts.progress import progress_chart
from dashboard.viewmodels import glance, words

COLUMNS = ["判定", "详情", "指标", "现值", "目标", "完成率", "时序进度", "截至日应达", "数据日期", "标注", "来源"]

chosen = session.choice()
plan, day = chosen.plan, chosen.day
components.heading("总览")
placed = components.judged_places()
rows = loaders.region_rows(plan, day, chosen.home)
about = plan.id, day, chosen.home
seen = loaders.made("glance", about, partial(glance.glance, rows, day))

with st.container(border=True):
    st.markdown(f"**{words.escaped(seen.headline)}**")
    if seen.furthest_behind:
        st.markdown(words.escaped(seen.furthest_behind))
    components.completeness(placed.everywhere)
if not placed.everywhere.reported:
    components.nothing("还没有填报数据，下面只列目标。", {components.ENTRY: "去填报", components.PLAN: "看规划"})

picked = components.verdict_cards(seen.counts)
listed = loaders.made("listed", (*about, picked), partial(glance.listed, rows, day, picked))

left, right = st.columns([3, 2], gap="medium")
with left:
    st.subheader("完成率与时序进度", anchor=False)
    if listed.drawn.empty:
        ways = {components.PLAN: "看目标和基期", components.ENTRY: "去填报"}
        components.nothing("这些指标没有可画的完成率，原因见旁边和下表。", ways)
    else:
        figure = loaders.figure("progress", (*about, picked), partial(progress_chart, listed.drawn))
        components.chart(figure, "各指标完成率与截至日应完成的比例", key="progress", on_pick=components.open_indicator)
with right:
    st.subheader("最需关注", anchor=False)
    components.bullets(listed.worst, none="没有滞后、背离或未实现的指标。")
    st.page_link(components.WARNINGS, label="全部滞后项", icon=":material/arrow_forward:")
    st.subheader("图中未列的指标", anchor=False)
    components.bullets(listed.left_out, none="没有，各项都在图中。")

st.subheader("指标一览", anchor=False)
components.rows_table(
    listed.rows, COLUMNS, (*about, picked), key="indicators", about="各指标现值、目标和判定", to=components.to_indicator
)

st.subheader("各地区", anchor=False)
if placed.children(chosen.home):
    components.tile_grid(placed, chosen.home)
else:
    components.nothing("这里的指标都由本级直报，没有由下级地区填报的指标。", {components.REGION: "看本级各项指标"})
