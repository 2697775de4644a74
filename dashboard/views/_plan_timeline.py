"""The plan's way through the years, on the page 规划."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import components, loaders, session
from dashboard.charts.timeline import timeline_chart
from dashboard.viewmodels import timeline
from dashboard.viewmodels.words import escaped
from trackers.model.plan import Plan
from trackers.queries.evaluations import evaluations


def draw(plan: Plan) -> None:
    """Milestones, evaluations and changes of the plan, with today."""
    run, today = session.run(), session.today()
    events = timeline.events(plan, evaluations(run.store, by=run.actor, plan=plan.id), loaders.changes(plan))
    figure = loaders.figure("timeline", (plan.id, today, tuple(events)), partial(timeline_chart, events, today))
    st.markdown("**时间轴**")
    components.chart(figure, "规划的里程碑、评估和指标调整", key="timeline")
    said = "里程碑和部署的评估出自规划文件，其余出自本平台的记录；把指针放在标记上看说明。"
    said += "" if _still_runs(plan) else f"今天（{today.isoformat()}）不在规划期内。"
    st.caption(said + escaped(timeline.without_day(plan)))


def _still_runs(plan: Plan) -> bool:
    """Whether today lies within the plan's time."""
    return plan.first_day <= session.today() <= plan.last_day
