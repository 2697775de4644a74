"""One figure that waits: beside what was approved before, its course, what is odd about it, its evidence and history."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from dashboard import components, loaders, session
from dashboard.charts.waiting import waiting_chart
from dashboard.viewmodels import region, review
from dashboard.viewmodels.words import escaped
from dashboard.views import _review_decide
from trackers.model.period import day_of
from trackers.model.plan import Plan
from trackers.queries.assess import assess, opening_day
from trackers.queries.plans import plan_by_id


def draw(row: dict[Any, Any]) -> None:
    plan = plan_by_id(session.run().store, row["plan"])
    key = review.key_of(row)
    st.subheader(escaped(f"{row['indicator_name']}　{row['region_name']}　{row['period']}"), anchor=False)
    _odd(row)
    left, right = st.columns([2, 3], gap="medium")
    with left:
        components.facts(review.facts(row))
        components.evidence_files(row["files"], key="evidence")
    with right:
        _course(plan, row, opening_day(plan, session.today()))
    _review_decide.buttons([key], about="-".join(map(str, key)))
    with st.expander("这个指标在该地区历次填报、审核的经过"):
        components.figure_history(plan, plan.indicator(row["indicator"]), row["region"], key="history")


def _odd(row: dict[Any, Any]) -> None:
    if row["doubts"]:
        said = "\n".join(f"- {escaped(each)}" for each in row["doubts"])
        st.warning(f"**系统提醒**\n\n{said}\n\n**填报人说明的理由**：{escaped(row['reason']) or '没有写'}")
    elif row["reason"]:
        st.info(f"**填报人说明的理由**：{escaped(row['reason'])}")


def _course(plan: Plan, row: dict[Any, Any], day: date) -> None:
    frame = assess(session.run().store, plan, day, by=session.actor(), region=row["region"])
    judged = frame[frame["indicator"] == row["indicator"]].to_dict("records")
    if not judged:
        st.caption("这个地区现在不再填报这项指标，没有走势可画。")
        return
    points = loaders.trend(plan, row["indicator"], row["region"], day)
    observed, way = day_of(row["observed"]), region.way(plan, judged[0])
    about = (plan.id, row["indicator"], row["region"], day, row["series_id"], row["period_number"], row["revision"])
    drawing = partial(waiting_chart, points, judged[0], day, way, observed, row["value"])
    components.chart(loaders.figure("waiting", about, drawing), f"{row['indicator_name']}的走势", key="course")
