"""待办 of supervision orders: to answer, to decide over, overdue in one's own regions and in those a level below."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from trackers.model.account import Actor
from trackers.model.rights import Permission, Rights, superior
from trackers.model.supervision import state_after
from trackers.model.wording import date_text
from trackers.queries.plans import plan_by_id
from trackers.queries.tasks import Task, TaskKind
from trackers.store import Store


class _Waiting(NamedTuple):
    """Orders that wait for the same thing; `above` where somebody else sent them, a level below the person."""

    kind: TaskKind
    plan: str
    region: str
    own: bool
    above: bool


def order_tasks(store: Store, rights: Rights, *, by: Actor, on: date) -> list[Task]:
    """Orders that wait for the person on a day, by plan and region.

    An overdue one waits for the region, for those who supervise it, and rises to those who supervise the region that
    sent it: these are told how many there are and where they came from, which figures only where they may see them.
    """
    found: dict[_Waiting, list[tuple[int, date]]] = defaultdict(list)
    for row in store.rows("supervision_waiting", on=on.isoformat()):
        for waiting in _waiting(store, rights, row, by):
            found[waiting].append((row["number"], date.fromisoformat(row["due"])))
    return [_task(store, rights, waiting, counts) for waiting, counts in found.items()]


def _waiting(store: Store, rights: Rights, row: dict[str, Any], by: Actor) -> Iterator[_Waiting]:
    plan, region = plan_by_id(store, row["plan"]), row["region"]
    state, late = state_after(row["last"]), bool(row["late"])
    supervises = rights.may(Permission.SUPERVISE, region, plan)
    sender = superior(rights.tree, plan, region)
    if state.waits_for_region and rights.may(Permission.ANSWER, region, plan):
        yield _Waiting(TaskKind.ORDER_OVERDUE if late else TaskKind.ANSWER, plan.id, region, True, False)
    elif state.waits_for_issuer and supervises and row["last_by"] != by.login:
        yield _Waiting(TaskKind.DECIDE, plan.id, region, False, False)
    elif late and supervises:
        yield _Waiting(TaskKind.ORDER_OVERDUE, plan.id, region, False, False)
    elif late and sender != region and rights.may(Permission.SUPERVISE, sender, plan):
        yield _Waiting(TaskKind.ORDER_OVERDUE, plan.id, sender, False, True)


def _task(store: Store, rights: Rights, waiting: _Waiting, counts: list[tuple[int, date]]) -> Task:
    plan, name = plan_by_id(store, waiting.plan), rights.tree[waiting.region].name
    due = min(day for _, day in counts)
    number = sum(count for count, _ in counts)
    return Task(
        waiting.kind, plan.id, plan.short, waiting.region, name, "", number, due, False, _why(waiting, due),
        "supervision", {"plan": plan.id},
    )  # fmt: skip


def _why(waiting: _Waiting, due: date) -> str:
    if waiting.above:
        return f"由该地区发给下级，时限最早的是{date_text(due)}，已过时限仍没有认可的答复，请督促。"
    if waiting.kind is TaskKind.ORDER_OVERDUE:
        what = "请尽快答复" if waiting.own else "还没有认可的答复，请催办"
        return f"时限最早的是{date_text(due)}，已经过了，{what}。"
    what = "请在时限前答复" if waiting.kind is TaskKind.ANSWER else "答复已经交来，请认可或退回"
    return f"时限最早的是{date_text(due)}，{what}。"
