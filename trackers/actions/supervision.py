"""Supervision orders: issued over what lags, answered by the region, accepted or sent back, closed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from trackers.actions.audit import recorded, utc_text
from trackers.actions.order_checks import Judged, check_drafts, judged_rows, refuse_open, written
from trackers.errors import ForbiddenError, RefusedError
from trackers.model.account import Actor
from trackers.model.plan import Plan
from trackers.model.report import EvidenceName
from trackers.model.rights import Permission, Rights
from trackers.model.supervision import (
    LONGEST_SAID,
    Order,
    OrderDraft,
    OrderStory,
    StepKind,
    state_after,
)
from trackers.model.wording import BEIJING, date_text, gap_text, number_text
from trackers.queries.evidence import may_open_evidence
from trackers.queries.plans import plan_by_id
from trackers.queries.records import plain
from trackers.queries.rights import require, rights_of
from trackers.queries.supervision import order_story, stories, turned
from trackers.store import Store

FIGURES = ("verdict", "word", "unit", "value", "target", "expected", "shortfall", "target_text")
Row = dict[str, Any]


def issue_orders(store: Store, drafts: Sequence[OrderDraft], *, by: Actor, at: datetime) -> list[Order]:
    """Send an order for each of these rows of a judgement, all or none; returns them in the same order.

    The figures are those of the judgement of the draft's day, as it is made now; they stay with the order. Raises
    ForbiddenError for a region that the person does not supervise, and RefusedError where a row does not lag as of
    the day, has an open order already, or the draft asks nothing or is due before today.
    """
    subject = "、".join(sorted({draft.plan for draft in drafts}))
    with recorded(store, "issue_orders", subject, by=by, at=at) as detail:
        on = _today(at)
        check_drafts(drafts, on)
        held = {id: plan_by_id(store, id) for id in {draft.plan for draft in drafts}}
        rights = rights_of(store, by)
        for id, region in sorted({(draft.plan, draft.region) for draft in drafts}):
            require(rights, Permission.SUPERVISE, region, held[id])
        rows = judged_rows(store, drafts, held, by)
        refuse_open(store, drafts, held)
        told = {"at": utc_text(at), "by": by.login}
        ids = [store.insert("add_supervision_order", **_order_row(draft, held[draft.plan], row, told))
               for draft, row in zip(drafts, rows, strict=True)]  # fmt: skip
        issued = {story.order.id: story.order for story in stories(store, ids)}
        detail.update(orders=[_brief(issued[id]) for id in ids], number=len(ids))
    return [issued[id] for id in ids]


def _order_row(draft: OrderDraft, plan: Plan, row: Judged, told: Row) -> Row:
    units = plan.units_for(plan.indicator(draft.indicator))
    return {
        "plan": draft.plan, "indicator": draft.indicator, "region": draft.region, "level": draft.level.value,
        "day": draft.day.isoformat(), **{name: plain(row[name]) for name in FIGURES},
        "observed": row["observed"].isoformat() if row["observed"] else None, "demo": int(row["demo"]),
        "unreviewed": int(row["unreviewed"]), "units": json.dumps(units, ensure_ascii=False),
        "asked": draft.asked.strip(), "due": draft.due.isoformat(), **told,
    }  # fmt: skip


def answer_order(
    store: Store, id: int, measures: str, *, until: date, files: Sequence[EvidenceName] = (), after: int | None = None,
    by: Actor, at: datetime,
) -> OrderStory:  # fmt: skip
    """Answer an order for its region: what is done, and until when; evidence files may come with it.

    Raises ForbiddenError unless the person answers for that region, or names a file that is not theirs, RefusedError
    where the order waits for no answer. `after` is the number of steps the person has seen: refused where there are more.
    """
    with recorded(store, "answer_order", str(id), by=by, at=at) as detail:
        story, _ = _allowed(store, id, Permission.ANSWER, by)
        said = written(measures, "整改措施", LONGEST_SAID)
        if until < _today(at):
            raise RefusedError(f"完成时限{date_text(until)}早于今天，没有提交答复。请改为今天或以后的日期。")
        for file in files:
            if not may_open_evidence(store, file.digest, by=by):
                raise ForbiddenError("使用这份佐证材料")
        step = {"said": said, "until": until.isoformat(), "turned": 0}
        _go_on(store, story, StepKind.ANSWERED, step, after, by, at, detail)
        rows = [{"order_id": id, "number": len(story.steps) + 1, **file._asdict()} for file in dict.fromkeys(files)]
        store.run("add_supervision_file", rows)
        detail["files"] = [file.name for file in files]
    return order_story(store, id, by=by)


def accept_answer(
    store: Store, id: int, *, comment: str = "", after: int | None = None, by: Actor, at: datetime
) -> OrderStory:
    """Accept what a region answered; the order stays open until the verdict turns or somebody decides otherwise.

    Raises ForbiddenError for a region the person does not supervise, RefusedError where nothing waits to be decided
    over, or the person gave the answer.
    """
    return _decide(store, id, StepKind.ACCEPTED, comment, after, by, at)


def return_answer(
    store: Store, id: int, *, comment: str, after: int | None = None, by: Actor, at: datetime
) -> OrderStory:
    """Send an answer back with a comment on what it lacks; the region answers anew. Raises as `accept_answer`."""
    return _decide(store, id, StepKind.RETURNED, comment, after, by, at)


def _decide(
    store: Store, id: int, kind: StepKind, comment: str, after: int | None, by: Actor, at: datetime
) -> OrderStory:
    action = "accept_answer" if kind is StepKind.ACCEPTED else "return_answer"
    with recorded(store, action, str(id), by=by, at=at) as detail:
        story, _ = _allowed(store, id, Permission.SUPERVISE, by)
        said = written(comment, "审定意见", LONGEST_SAID, needed=kind is StepKind.RETURNED)
        if kind in story.order.state.next and story.answer and story.answer.by == by.login and not by.operator:
            raise RefusedError("这份答复是您自己提交的，要由另一个人审定。没有改动任何数据。")
        _go_on(store, story, kind, {"said": said, "until": None, "turned": 0}, after, by, at, detail)
    return order_story(store, id, by=by)


def close_order(
    store: Store, id: int, *, reason: str = "", after: int | None = None, by: Actor, at: datetime
) -> OrderStory:
    """Close an order: because its verdict has turned, which the closing then says, or by decision with a reason.

    Raises ForbiddenError for a region the person does not supervise, RefusedError where it is closed already, or the
    verdict has not turned and no reason is given.
    """
    with recorded(store, "close_order", str(id), by=by, at=at) as detail:
        story, _ = _allowed(store, id, Permission.SUPERVISE, by)
        mine = turned(store, by=by, plan=story.order.plan, order=id, on=_today(at)).to_dict("records")
        said = written(reason, "结案理由", LONGEST_SAID, needed=not mine)
        step = {"said": f"{_why_turned(mine[0])}{said}" if mine else said, "until": None, "turned": int(bool(mine))}
        _go_on(store, story, StepKind.CLOSED, step, after, by, at, detail)
    return order_story(store, id, by=by)


def close_turned(store: Store, *, plan: str | None = None, by: Actor, at: datetime) -> list[int]:
    """Close every order of the person's whose verdict has turned as of today; returns their ids, none where none has.

    Raises ForbiddenError for somebody who supervises nowhere.
    """
    with recorded(store, "close_turned", plan or "", by=by, at=at) as detail:
        rights = rights_of(store, by)
        require(rights, Permission.SUPERVISE)
        rows = turned(store, by=by, plan=plan, on=_today(at)).to_dict("records")
        mine = [row for row in rows if _supervises(store, rights, row)]
        told = {story.order.id: story for story in stories(store, [row["id"] for row in mine])}
        for row in mine:
            step = {"said": _why_turned(row), "until": None, "turned": 1}
            _go_on(store, told[row["id"]], StepKind.CLOSED, step, None, by, at, {})
        detail.update(orders=[f"{row['number']} {_why_turned(row)}" for row in mine], number=len(mine))
        detail["nothing"] = not mine
    return [row["id"] for row in mine]


def _supervises(store: Store, rights: Rights, row: Judged) -> bool:
    return rights.may(Permission.SUPERVISE, row["region"], plan_by_id(store, row["plan"]))


def _why_turned(row: Judged) -> str:
    value = number_text(row["value_now"], row["unit"])
    return f"判定已转为“{row['word_now']}”（截至{date_text(row['day_now'])}，现值{value}）。"


def _allowed(store: Store, id: int, permission: Permission, by: Actor) -> tuple[OrderStory, Rights]:
    """The order as it stands, for those who may do this with it."""
    story, rights = order_story(store, id, by=by), rights_of(store, by)
    require(rights, permission, story.order.region, plan_by_id(store, story.order.plan))
    return story, rights


def _go_on(
    store: Store, story: OrderStory, kind: StepKind, step: Row, after: int | None, by: Actor, at: datetime, detail: Row
) -> None:
    """Write the next step, where the state allows it and the person has seen all before it."""
    order, state = story.order, story.order.state
    if kind not in state.next:
        raise RefusedError(f"督办单 {order.number} 现在是“{state.word}”，不能{kind.word}。请刷新后再看。")
    if after is not None and after != len(story.steps):
        raise RefusedError(f"督办单 {order.number} 在您打开之后又有了新的进展，没有改动任何数据。请刷新后再办。")
    row = {"order_id": order.id, "number": len(story.steps) + 1, "kind": kind.value, "at": utc_text(at), "by": by.login}
    store.run("add_supervision_step", [row | step])
    detail.update(order=_brief(order), before=state.word, after=state_after(kind.value).word, said=step["said"])
    detail.update({"until": step["until"]} if step["until"] else {})


def _brief(order: Order) -> str:
    """An order in the record: its number, what it rests on, what it asks and until when."""
    gap = f"，差{gap_text(order.shortfall, order.unit)}" if order.shortfall is not None else ""
    what = f"{order.plan} {order.indicator} {order.region} 截至{order.day} {order.word}{gap}"
    return f"{order.number}（{order.level.word}）：{what}；要求：{order.asked}；时限{order.due}"


def _today(at: datetime) -> date:
    return at.astimezone(BEIJING).date()
