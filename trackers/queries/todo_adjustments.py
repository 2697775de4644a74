"""待办 of changed targets: proposals to examine, and those whose approval is still to be registered."""

from __future__ import annotations

from collections import defaultdict

from trackers.model.account import Actor
from trackers.model.adjustment import Adjustment, State
from trackers.model.rights import Permission, Rights
from trackers.model.wording import moment_text
from trackers.queries.adjustments import adjustments
from trackers.queries.plans import plan_by_id
from trackers.queries.tasks import Task, TaskKind
from trackers.store import Store

WAITS_FOR = {
    State.PROPOSED: (TaskKind.EXAMINE, Permission.EXAMINE), State.EXAMINED: (TaskKind.REGISTER, Permission.ADJUST),
}  # fmt: skip


def adjustment_tasks(store: Store, rights: Rights, *, by: Actor) -> list[Task]:
    """Changes of targets that wait for the person, by plan and what is to be done; nobody decides about their own."""
    found: dict[tuple[TaskKind, str], list[Adjustment]] = defaultdict(list)
    for each in adjustments(store, by=by):
        kind, permission = WAITS_FOR.get(each.state, (None, None))
        if kind is None or permission is None or not each.is_open or each.by == by.login:
            continue
        plan = plan_by_id(store, each.change.plan)
        if rights.may(permission, plan.region, plan):
            found[kind, plan.id].append(each)
    return [_task(store, rights, kind, plan, waiting) for (kind, plan), waiting in found.items()]


def _task(store: Store, rights: Rights, kind: TaskKind, plan_id: str, waiting: list[Adjustment]) -> Task:
    plan, oldest = plan_by_id(store, plan_id), min(waiting, key=lambda each: each.at)
    asked = "请审查" if kind is TaskKind.EXAMINE else "批准文件下来后请登记"
    why = f"最早的是{oldest.by_name} {moment_text(oldest.at.isoformat())} 提出的，{asked}。"
    return Task(
        kind, plan.id, plan.short, plan.region, rights.tree[plan.region].name, "", len(waiting), None, False, why,
        "adjustments", {"plan": plan.id},
    )  # fmt: skip
