"""Changes of targets: each with its story, the plan as it stood on a day, and whether each is as recorded."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from trackers.errors import RefusedError
from trackers.model.account import Actor
from trackers.model.adjustment import (
    Adjustment,
    Approval,
    Change,
    State,
    Step,
    drift,
    in_order,
    plan_on,
    standing,
)
from trackers.model.plan import Plan
from trackers.model.rights import Permission, Rights
from trackers.model.wording import number_text
from trackers.queries.audit import detail_of
from trackers.queries.plans import in_memory, loaded, plan_by_id, region_tree
from trackers.queries.rights import rights_of
from trackers.store import Store

CONCERNED = (Permission.PROPOSE, Permission.EXAMINE, Permission.ADJUST)
DEMONSTRATION = "demonstration"  # what `loaded` says of a database in which everything entered is made up
PROPOSED = (
    "id", "plan", "indicator", "region", "kind", "year", "old", "value", "effective", "reason", "reference", "at", "by",
)  # fmt: skip
DONE = ("id", "adjustment_id", "step", "at", "by", "comment", "number", "approved_on", "effective")


def adjustments(store: Store, *, by: Actor, plan: str | None = None) -> list[Adjustment]:
    """The changes of a plan's targets, or of all plans', newest first.

    Those who propose, examine or register approvals for the plan's region see all; others those in force alone.
    """
    rights = rights_of(store, by)
    every = [each for each in _held(store) if plan in (None, each.change.plan)]
    inside = {id: _may_see_all(rights, plan_by_id(store, id)) for id in {each.change.plan for each in every}}
    return [each for each in reversed(every) if each.decisive or inside[each.change.plan]]


def _may_see_all(rights: Rights, plan: Plan) -> bool:
    return any(rights.may(each, plan.region, plan) for each in CONCERNED)


def adjustment_by_id(store: Store, id: int) -> Adjustment:
    """The change of this number, for an action that asks for the rights itself; raises RefusedError for none."""
    found = next((each for each in _held(store) if each.id == id), None)
    if found is None:
        raise RefusedError(f"没有编号为 {id} 的指标调整，没有改动。编号见“指标调整”页或 adjustment list。")
    return found


def in_force(store: Store, plan_id: str) -> tuple[Adjustment, ...]:
    """The plan's changes that are or will be in force, in the order of their proposal: public, as its targets are."""
    return tuple(each for each in _held(store) if each.change.plan == plan_id and each.decisive)


def changes_known(store: Store, plan_id: str, known_at: datetime) -> tuple[Adjustment, ...]:
    """Of the plan's changes that are in force, those that were decided by the moment, in the order of their decision."""
    return tuple(each for each in in_order(in_force(store, plan_id)) if each.decisive and each.decisive.at <= known_at)


def every_change(store: Store, plan_id: str) -> tuple[Adjustment, ...]:
    """Every change of the plan, in the order of their proposal, for an action that asks for the rights itself."""
    return tuple(each for each in _held(store) if each.change.plan == plan_id)


def plan_as_of(store: Store, plan: Plan, day: date, known_at: datetime | None = None) -> Plan:
    """The plan with the targets that are in force on a day; with `known_at` as far as was decided by then.

    A plan without any change is given back as it is; otherwise its document is taken as it is kept.
    """
    changes = in_force(store, plan.id)
    return plan_on(plan_by_id(store, plan.id), changes, day, known_at) if changes else plan


def standing_value(store: Store, change: Change) -> float | None:
    """The value that stands for what is to be changed, changes that hold from a later day among them."""
    return standing(plan_as_of(store, plan_by_id(store, change.plan), date.max), change)


def drifted(store: Store, plan: Plan) -> list[str]:
    """A sentence for each change in force whose old value is not what the plan's document has now; it holds on."""
    changes = in_force(store, plan.id)
    found = drift(plan_by_id(store, plan.id), changes) if changes else []
    return [_drifted(store, plan, each, now) for each, now in found]


def _drifted(store: Store, plan: Plan, adjustment: Adjustment, now: float | None) -> str:
    change = adjustment.change
    indicator = next((each for each in plan.indicators if each.id == change.indicator), None)
    unit = indicator.unit if indicator else ""
    place = f"{region_tree(store)[change.region].name}，" if change.region else ""
    name = f"“{indicator.name if indicator else change.indicator}”（{place}{change.year}年）{change.kind.word}"
    told = f"调整时原值为 {number_text(change.old, unit)}，现在的规划文件里是 {number_text(now, unit)}"
    return f"{name}：{told}；已生效的 {number_text(change.value, unit)} 仍然有效（{adjustment.ground}）。请核对规划文件。"


def _held(store: Store) -> tuple[Adjustment, ...]:
    return in_memory(store, "adjustments", _read)


def _read(store: Store) -> tuple[Adjustment, ...]:
    steps: dict[int, list[Step]] = {}
    for row in store.rows("adjustment_steps"):
        steps.setdefault(row["adjustment_id"], []).append(_step(row))
    demo = DEMONSTRATION in loaded(store)
    return tuple(_adjustment(row, tuple(steps.get(row["id"], ())), demo) for row in store.rows("adjustments"))


def _step(row: Mapping[str, Any]) -> Step:
    approval = None
    if row["step"] == State.APPROVED:
        approval = Approval(number=row["number"], day=row["approved_on"], effective=row["effective"])
    return Step(
        state=State(row["step"]), at=datetime.fromisoformat(row["at"]), by=row["by"], by_name=row["by_name"],
        comment=row["comment"], approval=approval,
    )  # fmt: skip


def _adjustment(row: Mapping[str, Any], steps: tuple[Step, ...], demo: bool) -> Adjustment:
    change = Change.model_validate({name: row[name] for name in Change.model_fields})
    at = datetime.fromisoformat(row["at"])
    return Adjustment(id=row["id"], change=change, at=at, by=row["by"], by_name=row["by_name"], steps=steps, demo=demo)


def adjustment_digest(row: Mapping[str, Any]) -> str:
    """SHA-256 over a proposal or a step as it is kept, as its entry in the record keeps it."""
    names = DONE if "step" in row else PROPOSED
    return hashlib.sha256(json.dumps([row[name] for name in names], ensure_ascii=False).encode()).hexdigest()


def adjustment_faults(store: Store) -> list[str]:
    """Changes and steps that are not what was recorded of them, or of which nothing is recorded."""
    told: dict[tuple[str, int], str] = {}
    for entry in store.each("audit_all"):
        detail = detail_of(entry)
        if entry["action"] in ACTIONS and isinstance(digests := detail.get("digests"), dict):
            told |= {(ACTIONS[entry["action"]], int(id)): digest for id, digest in digests.items()}
    found = {("项调整", row["id"]): adjustment_digest(row) for row in store.rows("adjustments")}
    found |= {("步办理", row["id"]): adjustment_digest(row) for row in store.rows("adjustment_steps")}
    differing = sorted(key for key in found.keys() | told.keys() if found.get(key) != told.get(key))
    return [f"指标调整的第 {id} {what}与操作记录不一致" for what, id in differing]


ACTIONS = {"propose_changes": "项调整"} | dict.fromkeys(
    ("examine_change", "approve_change", "reject_change", "withdraw_change"), "步办理"
)
