"""Changing targets: proposed, examined by a second person, approved with a number and a day, or given up.

Nobody examines, or registers an approval of, what they proposed themselves. The machine's operator alone may: one
person then tells the whole story from the command line, and every step of it stands in the record under `cli:`
(see docs/decisions/0009).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from trackers.actions.audit import recorded, utc_text
from trackers.errors import RefusedError
from trackers.model.account import Actor
from trackers.model.adjustment import Adjustment, Approval, Change, State, plan_on, standing
from trackers.model.adjustment_checks import approval_refusal, refusal, text_refusal
from trackers.model.plan import Plan
from trackers.model.rights import Permission
from trackers.model.wording import BEIJING, number_text
from trackers.queries.adjustments import adjustment_by_id, adjustment_digest, every_change
from trackers.queries.plans import plan_by_id, region_tree
from trackers.queries.rights import require, rights_of
from trackers.store import Store

NOTHING_DONE = "没有改动任何目标"


def propose_changes(store: Store, changes: Sequence[Change], *, by: Actor, at: datetime) -> list[int]:
    """Propose changes of one plan's targets, all or none; returns their numbers. None is in force yet.

    The old value is taken from what stands. Raises ForbiddenError without the right for the plan's region, and
    RefusedError for a change out of place, without reason or reference, or of a target that is being changed already.
    """
    plan_id = "、".join(sorted({each.plan for each in changes}))
    with recorded(store, "propose_changes", plan_id, by=by, at=at) as detail:
        if len({each.plan for each in changes}) != 1:
            raise RefusedError(f"{NOTHING_DONE}：一次只能提出一份规划的调整，并且至少一项。")
        plan = plan_by_id(store, plan_id)
        require(rights_of(store, by), Permission.PROPOSE, plan.region, plan)
        ready = _ready(store, plan, changes)
        rows = [_proposal(each, by, at) for each in ready]
        ids = [store.insert("add_adjustment", **row) for row in rows]
        digests = {str(id): adjustment_digest({"id": id, **row}) for id, row in zip(ids, rows, strict=True)}
        detail.update(adjustments=[_told(plan, each) for each in ready], digests=digests)
    return ids


def _ready(store: Store, plan: Plan, changes: Sequence[Change]) -> list[Change]:
    """The changes with the values that stand, texts tidied; refused together, naming each that cannot be."""
    tree, every = region_tree(store), every_change(store, plan.id)
    stands = plan_on(plan, every, date.max)
    taken = {each.change.place: f"已有第 {each.id} 项调整还没有办结" for each in every if each.is_open}
    ready, wrong = [], []
    for given in changes:
        texts = {"reason": given.reason.strip(), "reference": given.reference.strip()}
        known = any(each.id == given.indicator for each in plan.indicators)
        change = given.model_copy(update={**texts, "old": standing(stands, given) if known else None})
        if why := refusal(stands, tree, change) or taken.get(change.place, ""):
            wrong.append(f"{_name(plan, change)}：{why}")
        taken[change.place] = "这一次里提了两遍"
        ready.append(change)
    if wrong:
        raise RefusedError(f"{NOTHING_DONE}，也没有提出调整。{'；'.join(wrong[:5])}。请改正后再提出。")
    return ready


def _name(plan: Plan, change: Change) -> str:
    indicator = next((each.name for each in plan.indicators if each.id == change.indicator), change.indicator)
    return f"“{indicator}”{change.year}年{change.kind.word}"


def _told(plan: Plan, change: Change) -> dict[str, Any]:
    """As the record tells it."""
    place = {"region": change.region} if change.region else {}
    since = {"effective": change.effective.isoformat()} if change.effective else {}
    name = next((each.name for each in plan.indicators if each.id == change.indicator), change.indicator)
    told = {"kind": change.kind.word, "indicator": name, "year": change.year, "before": change.old, "after": change.value}
    return told | place | since | {"reason": change.reason, "reference": change.reference}


def _proposal(change: Change, by: Actor, at: datetime) -> dict[str, Any]:
    since = change.effective.isoformat() if change.effective else None
    told = change.model_dump() | {"kind": change.kind.value, "effective": since}
    return told | {"at": utc_text(at), "by": by.login}


def examine_change(
    store: Store, id: int, *, passes: bool, comment: str = "", by: Actor, at: datetime
) -> Adjustment:
    """A second person examines a proposal: it goes on, or is sent back with a comment.

    Annual and regional targets and confirmations are in force from then on. Raises ForbiddenError without the right,
    RefusedError for one's own proposal, one that is not waiting for it, or one sent back without a comment.
    """
    with recorded(store, "examine_change", _subject(store, id), by=by, at=at) as detail:
        asked = _waiting(store, id, (State.PROPOSED,), Permission.EXAMINE, by)
        if not passes and not comment.strip():
            raise RefusedError("没有写退回意见，没有退回。请写明哪里要改，再退回。")
        state = State.EXAMINED if passes else State.SENT_BACK
        if passes:
            _unmoved(store, asked)
        return _step(store, asked, state, comment, None, detail, by, at)


def approve_change(
    store: Store, id: int, approval: Approval, *, comment: str = "", by: Actor, at: datetime
) -> Adjustment:
    """Register the government's approval of an examined change of a target: in force from its effective day on.

    Raises ForbiddenError without the right, and RefusedError for one's own proposal, one that was not examined or
    needs no approval, an approval without a number or of a day to come, or a target that has changed meanwhile.
    """
    with recorded(store, "approve_change", _subject(store, id), by=by, at=at) as detail:
        asked = _waiting(store, id, (State.EXAMINED,), Permission.ADJUST, by)
        given = approval.model_copy(update={"number": approval.number.strip()})
        plan = plan_by_id(store, asked.change.plan)
        if why := approval_refusal(plan, asked.change, given, at.astimezone(BEIJING).date()):
            raise RefusedError(f"没有登记批准：{why}。")
        _unmoved(store, asked)
        return _step(store, asked, State.APPROVED, comment, given, detail, by, at)


def reject_change(store: Store, id: int, *, comment: str, by: Actor, at: datetime) -> Adjustment:
    """Register that the government did not approve a change, and what it said. Raises as `approve_change`."""
    with recorded(store, "reject_change", _subject(store, id), by=by, at=at) as detail:
        asked = _waiting(store, id, (State.EXAMINED,), Permission.ADJUST, by)
        if not comment.strip():
            raise RefusedError("没有写未获批准的情况，没有登记。请写明批准机关的意见，再登记。")
        return _step(store, asked, State.REJECTED, comment, None, detail, by, at)


def withdraw_change(store: Store, id: int, *, comment: str = "", by: Actor, at: datetime) -> Adjustment:
    """Take back one's own proposal before it is in force.

    Raises ForbiddenError without the right to propose, RefusedError for somebody else's proposal or one that is
    closed: what is in force is changed by a new proposal only.
    """
    with recorded(store, "withdraw_change", _subject(store, id), by=by, at=at) as detail:
        asked = _asked(store, id, (State.PROPOSED, State.EXAMINED), Permission.PROPOSE, by)
        if asked.by != by.login and not by.operator:
            raise RefusedError(f"第 {id} 项调整是 {asked.by_name} 提出的，只能由本人撤回。没有改动。")
        return _step(store, asked, State.WITHDRAWN, comment, None, detail, by, at)


def _subject(store: Store, id: int) -> str:
    """The plan it is about; of a number that there is not, the number."""
    found = [row["plan"] for row in store.rows("adjustments") if row["id"] == id]
    return found[0] if found else str(id)


def _asked(store: Store, id: int, states: tuple[State, ...], permission: Permission, by: Actor) -> Adjustment:
    """The change, where the person may do this to it and it is in one of the states."""
    asked = adjustment_by_id(store, id)
    plan = plan_by_id(store, asked.change.plan)
    require(rights_of(store, by), permission, plan.region, plan)
    if asked.state not in states or not asked.is_open:
        wanted = "、".join(state.word for state in states)
        raise RefusedError(f"第 {id} 项调整的状态是“{asked.word}”，应为“{wanted}”。没有改动，请刷新后再看。")
    return asked


def _waiting(store: Store, id: int, states: tuple[State, ...], permission: Permission, by: Actor) -> Adjustment:
    """As `_asked`, for what nobody decides about their own proposal; the machine's operator may, on record as such."""
    asked = _asked(store, id, states, permission, by)
    if asked.by == by.login and not by.operator:
        raise RefusedError(f"第 {id} 项调整是您自己提出的，要由另一个人办理。没有改动。")
    return asked


def _unmoved(store: Store, asked: Adjustment) -> None:
    """Refuse where the target is no longer what it was when its change was proposed: the plan was loaded anew."""
    change, plan = asked.change, plan_by_id(store, asked.change.plan)
    stands = plan_on(plan, every_change(store, plan.id), date.max)
    wrong = refusal(stands, region_tree(store), change)
    now = standing(stands, change) if not wrong else None
    if wrong or now != change.old:
        told = wrong or f"提出时原值为 {number_text(change.old)}，现在是 {number_text(now)}"
        raise RefusedError(f"规划在提出以后变了：{told}。没有改动，请撤回或退回这一项，核对后重新提出。")


def _step(
    store: Store, asked: Adjustment, state: State, comment: str, approval: Approval | None, detail: dict[str, Any],
    by: Actor, at: datetime,
) -> Adjustment:  # fmt: skip
    said = comment.strip()
    if why := text_refusal(said, "意见"):
        raise RefusedError(f"{why}。没有改动。")
    row = {
        "adjustment_id": asked.id, "step": state.value, "at": utc_text(at), "by": by.login, "comment": said,
        "number": approval.number if approval else "",
        "approved_on": approval.day.isoformat() if approval else None,
        "effective": approval.effective.isoformat() if approval else None,
    }  # fmt: skip
    id = store.insert("add_adjustment_step", **row)
    said_with = {"comment": said, "approval_number": row["number"]} | {name: row[name] for name in ("approved_on", "effective")}
    given = {name: text for name, text in said_with.items() if text}
    told = _told(plan_by_id(store, asked.change.plan), asked.change)
    own = asked.by == by.login and state is not State.WITHDRAWN
    detail.update(
        adjustment=asked.id, state=state.word, adjustments=[told], **given,
        digests={str(id): adjustment_digest({"id": id, **row})}, **({"own": True} if own else {}),
    )  # fmt: skip
    return adjustment_by_id(store, asked.id)
