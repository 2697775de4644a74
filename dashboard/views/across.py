from functools import partial

import streamlit as st

from dashboard import components, loaders, session
from dashboard.viewmodels import across
from dashboard.viewmodels.words import escaped

COLUMNS = [
    "判定", "详情", "规划", "指标", "地区", "落后", "现值", "截至日应达", "目标", "完成率", "时序进度", "责任单位",
    "数据日期", "标注", "来源",
]  # fmt: skip

chosen = session.choice()
components.heading("各规划指标", "驾驶舱里各个数字的明细：每份规划一项指标一行，落后的和变化的列到地区")
every, seen = loaders.side_by_side(chosen.plan, chosen.day), loaders.cockpit(chosen.plan, chosen.day)
if not every:
    components.nothing("您能查看的规划都没有可以计数的指标。", {components.PLAN: "看规划的目标和任务"})
    st.stop()
show = components.picker("看什么", across.labels(seen), key="show")
of = chosen.plan.id, chosen.day, session.today(), show
rows = loaders.made("across", of, partial(across.rows, every, seen, show))
if rows.empty:
    components.nothing("没有这样的指标。", {components.COCKPIT: "回驾驶舱"})
    st.stop()
more = f"，这里列出前 {across.MOST} 项" if len(rows) > across.MOST else ""
days = "、".join(f"{each.plan_label}截至{each.day}" for each in every)
st.caption(f"共 {len(rows)} 项{more}。{escaped(days)}。")
columns = [*COLUMNS[:1], "上一季度", *COLUMNS[1:]] if across.BEFORE in rows else COLUMNS

components.rows_table(
    rows.head(across.MOST), columns, of, key="across", about="各规划的指标",
    to=lambda row: st.switch_page(components.REGION, query_params=across.where(every, row)),
)  # fmt: skip
