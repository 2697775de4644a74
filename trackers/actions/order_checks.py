"""What an order must be before it is sent or goes on: its texts, its dates, the row it rests on, no other open one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from trackers.errors import RefusedError
from trackers.model.account import Actor
from trackers.model.plan import Plan
from trackers.model.signs import has_odd_signs
from trackers.model.supervision import LONGEST_ASKED, OrderDraft, order_number, state_after
from trackers.model.wording import date_text
from trackers.queries.assess import assess
from trackers.queries.plans import region_tree
from trackers.queries.supervision import SUPERVISED
from trackers.store import Store

MOST_TOLD = 5  # rows named in a refusal
Judged = Mapping[Any, Any]  # a row of a judgement, or of the list of orders


def check_drafts(drafts: Sequence[OrderDraft], on: date) -> None:
    """Raise RefusedError unless there are drafts, each for a row of its own, with a request and dates that can be."""
    if not drafts:
        raise RefusedError("没有选中任何指标，没有发出督办。请先选中要督办的行。")
    places = [(draft.plan, draft.indicator, draft.region) for draft in drafts]
    if len(set(places)) < len(places):
        raise RefusedError("同一个地区的同一项指标选了两次，没有发出督办。请去掉重复的再发。")
    for draft in drafts:
        written(draft.asked, "督办要求", LONGEST_ASKED)
        if draft.due < on:
            raise RefusedError(f"时限{date_text(draft.due)}早于今天（{date_text(on)}），没有发出督办。请改为今天或以后的日期。")
        if draft.day > on:
            raise RefusedError(f"判定日{date_text(draft.day)}还没有到，没有发出督办。请按今天或以前的判定发出。")


def judged_rows(store: Store, drafts: Sequence[OrderDraft], held: dict[str, Plan], by: Actor) -> list[Judged]:
    """The row of the judgement that each draft rests on; raises RefusedError where one of them does not lag."""
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


def refuse_open(store: Store, drafts: Sequence[OrderDraft], held: dict[str, Plan]) -> None:
    """Raise RefusedError where an order is open already for the same plan, indicator and region, naming it."""
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


def written(text: str, what: str, longest: int, *, needed: bool = True) -> str:
    """The text as it is kept; raises RefusedError where it is missing, too long, or has signs that cannot be seen."""
    said = text.strip()
    if needed and not said:
        raise RefusedError(f"没有写{what}，没有改动任何数据。请写明后再提交。")
    if len(said) > longest:
        raise RefusedError(f"{what}有 {len(said)} 个字，最多 {longest} 个。没有改动任何数据，请缩短后再提交。")
    if has_odd_signs(said):
        raise RefusedError(f"{what}里有看不见的控制字符。没有改动任何数据，请删去后再提交。")
    return said
