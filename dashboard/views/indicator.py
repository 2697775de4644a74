from functools import partial

import streamlit as st

from dashboard import components, loaders, session
from dashboard.charts.regions import ranking_chart
from dashboard.viewmodels import choices, indicator, region, words

COLUMNS = [
    "判定", "详情", "地区", "现值", "目标", "截至日应达", "落后", "达成率", "完成率", "时序进度", "今后年均需", "此前年均",
    "预计到期", "数据日期", "标注", "来源",
]  # fmt: skip

chosen = session.choice()
plan, day, tree = chosen.plan, chosen.day, chosen.tree
components.heading("指标")
if not plan.indicators:
    components.no_indicators(plan)
    st.stop()

frame = loaders.assessment(plan, day)
id = components.picker("指标（可输入名称查找）", choices.indicator_labels(plan), key="indicator")
one = plan.indicator(id)
rows = frame[frame["indicator"] == id].reset_index(drop=True)
home, below = rows.query("region == @plan.region"), rows.query("region != @plan.region")

left, right = st.columns([3, 2], gap="medium")
with left:
    for record in home.to_dict("records"):
        components.verdict_line(record)
        st.markdown(words.escaped(region.sentence(record, day, plan.region)))
    st.markdown("**目标从哪里来**")
    components.plain_table(indicator.targets(plan, one, tree), key="targets", about="目标值的来源和可信程度")
with right:
    components.facts(indicator.about(plan, one))

st.subheader("各地区", anchor=False)
levels = choices.level_words(below["region_level"])
level = components.level_choice(levels) if levels else ""
shown = below.query("region_level == @level") if levels else home
ranked = indicator.ranked(shown)
if ranked.empty:
    components.nothing("还没有地区填报这项指标。", {components.ENTRY: "去填报"})
else:
    figure = loaders.figure("ranking", (plan.id, day, id, *ranked["region"]), partial(ranking_chart, ranked))
    with components.scrolling(len(ranked)):
        components.chart(figure, f"{one.name}：各地区的数值", key="ranking", on_pick=components.open_region)
if missing := indicator.silent(shown):
    st.caption(f"未填报的 {len(missing)} 个地区（不按零计）：{words.escaped('、'.join(missing))}")
components.rows_table(rows, COLUMNS, key="regions", about="各地区的数值和判定", to=components.to_region)

st.subheader("公布的数据", anchor=False)
public = indicator.published_table(loaders.published(plan), id, tree)
components.plain_table(public, key="published", about="公布的数据", none="没有收录这项指标的公布数据。")

st.subheader("其他方法怎么看", anchor=False)
components.plain_table(indicator.methods_table(rows), key="methods", about="各方法的判断")
