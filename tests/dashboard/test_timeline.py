from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from dashboard.charts.timeline import timeline_chart
from dashboard.viewmodels import timeline
from tests.samples import sample_plan
from trackers.exchange.plan_file import read_plans
from trackers.exchange.region_file import read_regions
from trackers.settings import SEEDS

PLANS = {plan.id: plan for plan in read_plans(SEEDS / "plans", read_regions(SEEDS / "regions" / "regions.csv"))}


def rows(events) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for event in events:
        found.setdefault(event.row, []).append(event.name)
    return found


def change(day: date, indicator: str, mark: str = ""):
    return SimpleNamespace(effective=day, change=SimpleNamespace(indicator=indicator), mark=mark)


def test_a_plan_shows_its_milestones_and_the_evaluations_its_document_orders_with_a_year():
    events = timeline.events(PLANS["fuxin-2013"], [], [])
    assert rows(events) == {"里程碑": ["起点", "印发", "2020年目标"], "部署的评估": ["中期评估", "总结评估"]}
    midterm = next(event for event in events if event.name == "中期评估")
    assert (midterm.day, midterm.until) == (date(2016, 1, 1), date(2016, 12, 31))


def test_evaluations_without_a_year_are_told_and_not_drawn():
    plan = PLANS["liaoning-2021"]
    assert "部署的评估" not in rows(timeline.events(plan, [], []))
    assert timeline.without_day(plan) == "文件部署了中期评估、总结评估，没有写明年份，不在图中。"
    assert timeline.without_day(PLANS["fuxin-2013"]) == ""


def test_changes_of_one_day_are_one_mark_that_names_them():
    changes = [change(date(2016, 7, 1), "own"), change(date(2016, 7, 1), "rate", "（演示数据）"), change(date.min, "lost")]
    events = [each for each in timeline.events(sample_plan(), [], changes) if each.row == timeline.CHANGED]
    assert [(each.name, each.told) for each in events] == [("2项", "2016年7月1日起生效：指标own、指标rate（演示数据）")]


def test_today_is_marked_within_the_plans_time_alone():
    events = timeline.events(sample_plan(), [], [])
    texts = [each.text for each in timeline_chart(events, date(2016, 5, 1)).layout.annotations]
    assert "今天" in texts and "2020年目标" in texts
    assert "今天" not in [each.text for each in timeline_chart(events, date(2026, 5, 1)).layout.annotations]
