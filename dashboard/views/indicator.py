import streamlit as st

from dashboard import components, loaders, session
from dashboard.viewmodels import choices, indicator, words

COLUMNS = [
    "判定", "详情", "地区", "现值", "目标", "截至日应达", "落后", "达成率", "完成率", "时序进度", "今后年均需", "此前年均",
    "预计到期", "数据日期", "标注", "来源",
]  # fmt: skip

chosen = session.choice()
plan, day, tree = chosen.plan, chosen.day, chosen.tree
components.heading("指标")
frame = components.judged_rows()
id = components.picker("指标（可输入名称查找）", choices.indicator_labels(plan), key="indicator")
one = plan.indicator(id)
rows = frame[frame["indicator"] == id].reset_index(drop=True)
home, below = rows.query("region == @chosen.home"), rows.query("region != @chosen.home")

left, right = st.columns([3, 2], gap="medium")
with left:
    for record in home.to_dict("records"):
        components.sentence(record)
    st.markdown("**目标从哪里来**")
    components.plain_table(indicator.targets(plan, one, tree), key="targets", about="目标值的来源和可信程度")
with right:
    components.facts(indicator.about(plan, one))

for record in home.to_dict("records"):
    st.subheader(f"{words.escaped(record['region_name'])}的走势", anchor=False)
    components.series(record, key="series")

levels = choices.level_words(below["region_level"])
if levels:
    st.subheader("各地区", anchor=False)
    level = components.level_choice(levels)
    shown = below.query("region_level == @level")
    components.ranking(indicator.ranked(shown), (plan.id, day, id, level), f"{one.name}：各地区的数值")
    components.silent(indicator.silent(shown))
    components.rows_table(shown, COLUMNS, key="regions", about="各地区的数值和判定", to=components.to_region)
    components.history_below(plan, one, shown)

st.subheader("公布的数据", anchor=False)
public = indicator.published_table(loaders.published(plan), id, tree)
components.plain_table(public, key="published", about="公布的数据", none="没有收录这项指标的公布数据。")

st.subheader("其他方法怎么看", anchor=False)
components.plain_table(indicator.methods_table(rows), key="methods", about="各方法的判断")
