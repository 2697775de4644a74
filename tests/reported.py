"""The plan of 阜新 with demonstration figures, evaluated in 2016 and 2020 with everything that goes with it, for reports."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tests.samples import OPERATOR
from trackers.actions.adjustments import approve_change, examine_change, propose_changes
from trackers.actions.evaluations import freeze, open_evaluation
from trackers.actions.findings import draw_checks, record_check, write_finding
from trackers.actions.supervision import answer_order, issue_orders
from trackers.model.adjustment import Approval, Change
from trackers.model.finding import Cause, Delivered, Draft, Subject, Voice
from trackers.model.plan import EvaluationKind, Plan
from trackers.model.supervision import OrderDraft, OrderLevel
from trackers.queries.frozen import frozen
from trackers.queries.plans import plan_by_id
from trackers.store import Store, open_store

PLAN, CITY = "fuxin-2013", "210900"
BEGUN = datetime(2024, 6, 3, 1, tzinfo=UTC)
MIDTERM, FINAL = date(2016, 12, 31), date(2020, 12, 31)
NUMBER = "阜政函〔2017〕3号"


def midterm(store: Store, at: datetime = BEGUN) -> int:
    """The mid-term evaluation: frozen, found on by three voices, checked, supervised. Its number."""
    id = open_evaluation(store, PLAN, EvaluationKind.MIDTERM, MIDTERM, by=OPERATOR, at=at).id
    freeze(store, id, despite="两个县区没有填报", by=OPERATOR, at=at)
    behind = _lagging(store, id)
    for number, (code, region) in enumerate(behind[:2]):
        place = {"subject": Subject.INDICATOR, "code": code, "region": region}
        _write(store, id, at, **place, voice=Voice.SELF, cause=Cause.MONEY, explained="设备购置经费尚未到位")
        _write(store, id, at, **place, voice=Voice.EVALUATOR, cause=Cause.STAFF, explained="检定人员不足",
               suggestion="补充检定人员2名", evidence="现场查看台账")  # fmt: skip
        if not number:
            _write(store, id, at, **place, voice=Voice.THIRD_PARTY, grade="on_track", reason="另有3项已通过验收，尚未计入",
                   explained="统计口径不一致", evidence="第三方抽样报告")  # fmt: skip
    _tasks_and_goals(store, id, plan_by_id(store, PLAN), at)
    _spot_checks(store, id, at)
    _orders(store, behind[:1], at)
    return id


def _lagging(store: Store, id: int) -> list[tuple[str, str]]:
    rows = frozen(store, id, by=OPERATOR).rows
    rows = rows[rows["verdict"].isin(["lagging", "regressing"])]
    return sorted(zip(rows["indicator"], rows["region"], strict=True), key=lambda key: key[1] != CITY)


def _write(store: Store, id: int, at: datetime, **fields: object) -> None:
    told = {"region": CITY, "voice": Voice.EVALUATOR, **fields}
    write_finding(store, id, Draft.model_validate(told), by=OPERATOR, at=at + timedelta(hours=1))


def _tasks_and_goals(store: Store, id: int, plan: Plan, at: datetime) -> None:
    done = next(task for task in plan.tasks if task.deliverables)
    _write(store, id, at, subject=Subject.TASK, code=done.id, grade="done", delivered=(Delivered(1, date(2016, 8, 1)),))
    _write(store, id, at, subject=Subject.TASK, code=plan.tasks[1].id, grade="under_way", suggestion="明确完成时限")
    for goal in plan.goals[:1]:
        _write(store, id, at, subject=Subject.GOAL, code=goal.id, grade="mostly", evidence="文件汇编")
        _write(store, id, at, subject=Subject.GOAL, code=goal.id, voice=Voice.SELF, grade="achieved", evidence="工作总结")


def _spot_checks(store: Store, id: int, at: datetime) -> None:
    later = at + timedelta(hours=2)
    first, second, _ = draw_checks(store, id, 3, seed="2016", by=OPERATOR, at=later)
    record_check(store, first.id, first.reported, "台账与填报一致", by=OPERATOR, at=later)
    record_check(store, second.id, second.reported - 1, "台账第3页", by=OPERATOR, at=later)


def _orders(store: Store, behind: list[tuple[str, str]], at: datetime) -> None:
    later, due = at + timedelta(hours=3), (at + timedelta(days=20)).date()
    drafts = [
        OrderDraft(plan=PLAN, indicator=code, region=region, day=MIDTERM, level=OrderLevel.ORDER, asked="请说明原因", due=due)
        for code, region in behind
    ]  # fmt: skip
    for order in issue_orders(store, drafts, by=OPERATOR, at=later):
        answer_order(store, order.id, "已列入年度预算", until=due, by=OPERATOR, at=later + timedelta(hours=1))


def adjust_target(store: Store, code: str, value: float, at: datetime) -> None:
    """The 2020 target of an indicator, changed by an approval that holds from April 2017 on."""
    change = Change(plan=PLAN, indicator=code, kind="target", value=value, year=2020, reason="任务增加", reference="调整请示")
    (adjusted,) = propose_changes(store, [change], by=OPERATOR, at=at)
    examine_change(store, adjusted, passes=True, by=OPERATOR, at=at)
    approval = Approval(number=NUMBER, day=date(2017, 3, 1), effective=date(2017, 4, 1))
    approve_change(store, adjusted, approval, by=OPERATOR, at=at)


def final(store: Store, at: datetime = BEGUN + timedelta(days=2)) -> int:
    """The final evaluation, frozen; its number."""
    id = open_evaluation(store, PLAN, EvaluationKind.FINAL, FINAL, by=OPERATOR, at=at).id
    freeze(store, id, despite="一个县没有填报", by=OPERATOR, at=at)
    return id


def story(path: Path) -> None:
    """Both evaluations in the database of demonstrations at `path`, the first target changed in between."""
    with open_store(path) as store:
        midterm(store)
        adjust_target(store, "city-standards", 100, BEGUN + timedelta(days=1))
        final(store)
