"""Supervision orders: issued over what lags, answered by the region, accepted or sent back, closed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from trackers.actions.audit import recorded, utc_text
from trackers.errors import ForbiddenError, RefusedError
from trackers.model.account import Actor
from trackers.model.plan import Plan
from trackers.model.report import EvidenceName
from trackers.model.rights import Permission, Rights
from trackers.model.signs import has_odd_signs
from trackers.model.supervision import (
    LONGEST_ASKED,
    LONGEST_SAID,
    Order,
    OrderDraft,
    OrderStory,
    StepKind,
    order_number,
    state_after,
)
from trackers.model.wording import BEIJING, date_text, gap_text, number_text
from trackers.queries.assess import assess
from trackers.queries.evidence import may_open_evidence
from trackers.queries.plans import plan_by_id, region_tree
from trackers.queries.records import plain
from trackers.queries.rights import require, rights_of
from trackers.queries.supervision import SUPERVISED, order_story, stories, turned
from trackers.store import Store

MOST_TOLD = 5  # rows named in a refusal
FIGURES = ("verdict", "word", "unit", "value", "target", "expected", "shortfall", "target_text")
Row = dict[str, Any]
Judged = Mapping[Any, Any]  # a row of a judgement, or of the list of orders


def issue_orders(store: Store, drafts: Sequence[OrderDraft], *, by: Actor, at: datetime) -> list[Order]:
    """Send an order for each of these rows of a judgement, all or none; returns them in the same order.

    The figures are those of the judgement of the draft's day, as it is made now; they stay with the order. Raises
    ForbiddenError for a region that the person does not supervise, and RefusedError where a row does not lag as of
    the day, has an open order already, or the draft asks nothing or is due before today.
    """
    subject = "、".join(sorted({draft.plan for draft in drafts}))
    with recorded(store, "issue_orders", subject, by=by, at=at) as detail:
        on = _today(at)
        _check_drafts(drafts, on)
        held = {id: plan_by_id(store, id) for id in {draft.plan for draft in drafts}}
        rights = rights_of(store, by)
        for id, region in sorted({(draft.plan, draft.region) for draft in drafts}):
            require(rights, Permission.SUPERVISE, region, held[id])
        rows = _judged(store, drafts, held, by)
        _refuse_open(store, drafts, held)
        told = {"at": utc_text(at), "by": by.login}
        ids = [store.insert("add_supervision_order", **_order_row(draft, held[draft.plan], row, told))
               for draft, row in zip(drafts, rows, strict=True)]  # fmt: skip
        issued = {story.order.id: story.order for story in stories(store, ids)}
        detail.update(orders=[_brief(issued[id]) for id in ids], number=len(ids))
    return [issued[id] for id in ids]


def _check_drafts(drafts: Sequence[OrderDraft], on: date) -> None:
    if not drafts:
        raise RefusedError("没有选中任何指标，没有发出督办。请先选中要督办的行。")
    places = [(draft.plan, draft.indicator, draft.region) for draft in drafts]
    if len(set(places)) < len(places):
        raise RefusedError("同一个地区的同一项指标选了两次，没有发出督办。请去掉重复的再发。")
    for draft in drafts:
        _said(draft.asked, "督办要求", LONGEST_ASKED)
        if draft.due < on:
            raise RefusedError(f"时限{date_text(draft.due)}早于今天（{date_text(on)}），没有发出督办。请改为今天或以后的日期。")
        if draft.day > on:
            raise RefusedError(f"判定日{date_text(draft.day)}还没有到，没有发出督办。请按今天或以前的判定发出。")


def _judged(store: Store, drafts: Sequence[OrderDraft], held: dict[str, Plan], by: Actor) -> list[Judged]:
    """The row of the judgement that each draft rests on; refused where one of them does not lag."""
    found: dict[tuple[str, date, str, str], Judged] = {}
    regions: dict[tuple[str, date], set[str]] = defaultdict(set)
    for draft in drafts:
        regions[draft.plan, draft.day].add(draft.region)
    for (id, day), own in regions.items():
        frame = assess(store, held[id], day, by=by, region=next(iter(own)) if len(own) == 1 else None)
        found |= {(id, day, row["indicator"], row["region"]): row for row in frame.to_dict("records")}
    rows = [found.get((each.plan, each.day, each.indicator, each.region), {}) for each in drafts]
    wrong = [(draft, row) for draft, row in zip(drafts, rows, strict=True) if row.get("verdict") not in SUPERVISED]
    if wrong:
        said = [f"{_name(store, draft, held)}截至{date_text(draft.day)}{_how(row)}" for draft, row in wrong]
        raise RefusedError(f"没有发出督办：{_few(said)}。只有滞后、背离目标或未实现的才发督办，请刷新后再选。")
    return rows


def _how(row: Judged) -> str:
    return f"是“{row['word']}”" if row else "没有这一项判定"


def _refuse_open(store: Store, drafts: Sequence[OrderDraft], held: dict[str, Plan]) -> None:
    """One open order at a time for a plan, an indicator and a region."""
    there: dict[tuple[str, str, str], str] = {}
    for id in held:
        for row in store.rows("supervision_orders", plan=id, ids=None):
            if state_after(row["last"]).is_open:
                number = order_number(row["id"], datetime.fromisoformat(row["at"]))
                there[row["plan"], row["indicator"], row["region"]] = number
    said = [
        f"{_name(store, draft, held)}已有未结案的督办单 {there[draft.plan, draft.indicator, draft.region]}"
        for draft in drafts
        if (draft.plan, draft.indicator, draft.region) in there
    ]
    if said:
        raise RefusedError(f"没有发出督办：{_few(said)}。请先办结原来的，或去掉这些行再发。")


def _name(store: Store, draft: OrderDraft, held: dict[str, Plan]) -> str:
    names = {each.id: each.name for each in held[draft.plan].indicators}
    tree = region_tree(store)
    place = tree[draft.region].name if draft.region in tree else draft.region
    return f"“{names.get(draft.indicator, draft.indicator)}”（{place}）"


def _few(said: Sequence[str]) -> str:
    more = f"；另有 {len(said) - MOST_TOLD} 项" if len(said) > MOST_TOLD else ""
    return "；".join(said[:MOST_TOLD]) + more


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
        said = _said(measures, "整改措施", LONGEST_SAID)
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
        said = _said(comment, "审定意见", LONGEST_SAID, needed=kind is StepKind.RETURNED)
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
        said = _said(reason, "结案理由", LONGEST_SAID, needed=not mine)
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


def _said(text: str, what: str, longest: int, *, needed: bool = True) -> str:
    said = text.strip()
    if needed and not said:
        raise RefusedError(f"没有写{what}，没有改动任何数据。请写明后再提交。")
    if len(said) > longest:
        raise RefusedError(f"{what}有 {len(said)} 个字，最多 {longest} 个。没有改动任何数据，请缩短后再提交。")
    if has_odd_signs(said):
        raise RefusedError(f"{what}里有看不见的控制字符。没有改动任何数据，请删去后再提交。")
    return said


def _today(at: datetime) -> date:
    return at.astimezone(BEIJING).date()
