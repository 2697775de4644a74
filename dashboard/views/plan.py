import streamlit as st

from dashboard import components, loaders, session
from dashboard.viewmodels import plan as document
from dashboard.viewmodels import plan_indicators
from dashboard.viewmodels.words import escaped
from dashboard.views import _plan_changes, _plan_timeline
from dashboard.views import _plan_lists as lists
from dashboard.views import _plan_parts as parts

plan, tree = session.choice().plan, session.choice().tree
components.heading("规划", escaped(plan.title))

if plan.second_source_only:
    st.badge(f"{document.SECOND_SOURCE}：原文未收录，下列数字都取自另一来源", icon=":material/info:", color="orange")

about, lacking = st.columns(2, gap="medium")
with about, st.container(border=True):
    parts.facts(document.facts(plan, tree, [each.id for each in loaders.plans()]), loaders.plans())
with lacking:
    parts.lacking(plan.remarks)

_plan_timeline.draw(plan)
goals = document.goals_by_year(plan)
tabs = st.tabs(
    [
        f"指标 {len(plan.indicators)}",
        f"定性目标 {len(plan.goals)}",
        f"任务 {len(plan.tasks)}",
        f"保障与评估 {len(plan.safeguards) + len(plan.evaluations)}",
    ]
)
with tabs[0]:
    sheets = plan_indicators.sheets(plan, tree, loaders.published(plan))
    if sheets:
        _plan_changes.draw(loaders.document(plan), tree)
        lists.indicators(sheets, plan_indicators.table(plan))
    else:
        components.nothing(
            "这份规划没有可以计数的指标，因此没有完成率和进度判断，也不用填报。定性目标和任务照原文收录，见旁边两栏。",
            {components.OVERVIEW: "去总览"},
        )
with tabs[1]:
    if not goals:
        components.nothing("这份规划没有收录定性目标；指标和任务见旁边两栏。", {components.OVERVIEW: "去总览"})
    for year, lines in goals.items():
        parts.lines(f"{year}年目标（{len(lines)}项，尚未评定）", lines)
with tabs[2]:
    lists.tasks(plan)
with tabs[3]:
    if not plan.safeguards and not plan.evaluations:
        said = "这份规划没有收录保障措施，也没有部署评估；平台上开展的评估见“评估”。"
        components.nothing(said, {components.EVALUATION: "看评估"})
    if plan.safeguards:
        parts.lines(f"保障措施（{len(plan.safeguards)}项）", document.safeguard_lines(plan))
    if plan.evaluations:
        parts.lines(f"规划部署的评估（{len(plan.evaluations)}项）", document.evaluation_lines(plan))
