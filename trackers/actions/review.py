"""Reviewing: handed-in figures are approved, or given back with a comment, one or many in one decision."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from trackers.actions.audit import recorded, utc_text
from trackers.actions.figures import keep_standings
from trackers.errors import RefusedError
from trackers.model.account import Actor
from trackers.model.period import Period
from trackers.model.region import RegionTree
from trackers.model.report import state_of
from trackers.model.rights import Permission
from trackers.model.signs import has_odd_signs
from trackers.model.wording import moment_text, number_text
from trackers.queries.plans import plan_by_id, region_tree
from trackers.queries.review import APPROVED, RETURNED, ReportKey, decision_digest
from trackers.queries.rights import require, rights_of
from trackers.store import Store

LONGEST_COMMENT = 500
MOST_TOLD = 5  # figures named in a refusal
OUTCOMES = {APPROVED: "通过", RETURNED: "退回"}
Row = dict[str, Any]


class Decided(BaseModel):
    """What a decision did: its id, what was decided, and over how many figures."""

    model_config = ConfigDict(frozen=True)

    review: int
    outcome: str
    number: int


def approve(store: Store, keys: Iterable[ReportKey], *, comment: str = "", by: Actor, at: datetime) -> Decided:
    """Let handed-in figures stand, all or none; from then on every judgement uses them.

    Raises ForbiddenError for a figure that is not the person's to review, and RefusedError for one that does not
    exist, that the person handed in, that was decided over, or of which a newer revision was handed in meanwhile.
    """
    return _decide(store, sorted(set(keys)), APPROVED, comment, by, at)


def give_back(store: Store, keys: Iterable[ReportKey], *, comment: str, by: Actor, at: datetime) -> Decided:
    """Return handed-in figures to those who reported them, all or none; what stood approved stays in force.

    The comment says what is to be mended, in at most 500 signs. Raises as `approve`.
    """
    return _decide(store, sorted(set(keys)), RETURNED, comment, by, at)


def _decide(
    store: Store, keys: Sequence[ReportKey], outcome: str, comment: str, by: Actor, at: datetime
) -> Decided:
    action = "approve_figures" if outcome == APPROVED else "return_figures"
    asked = json.dumps(keys)
    subject = "、".join(sorted({row["plan"] for row in store.rows("reports_named", keys=asked)}))
    with recorded(store, action, subject, by=by, at=at) as detail:
        said = _said(comment, outcome)
        rows = store.rows("reports_named", keys=asked)
        _check(store, rows, keys, by, outcome)
        told = {"at": utc_text(at), "by": by.login, "outcome": outcome, "comment": said}
        review = store.insert("add_review", **told)
        decided = _decided(keys, review, int(at.timestamp()) if outcome == APPROVED else None)
        store.run("decide_report", decided)
        if outcome == APPROVED:
            keep_standings(store, sorted({key.series_id for key in keys}))
        detail.update(
            review=review, comment=said, figures=[_before_after(row, outcome) for row in rows],
            digest=decision_digest({"id": review, **told}, decided),
        )  # fmt: skip
    return Decided(review=review, outcome=outcome, number=len(keys))


def _said(comment: str, outcome: str) -> str:
    said = comment.strip()
    if outcome == RETURNED and not said:
        raise RefusedError("没有写退回意见，没有退回任何数据。请写明哪里要改、怎样改，再退回。")
    if len(said) > LONGEST_COMMENT:
        raise RefusedError(f"审核意见有 {len(said)} 个字，最多 {LONGEST_COMMENT} 个。没有改动任何数据，请缩短后再提交。")
    if has_odd_signs(said):
        raise RefusedError("审核意见里有看不见的控制字符。没有改动任何数据，请删去后再提交。")
    return said


def _check(store: Store, rows: Sequence[Row], keys: Sequence[ReportKey], by: Actor, outcome: str) -> None:
    """Refuse unless every figure is there, is the person's to review, and waits for it."""
    if not keys:
        raise RefusedError(f"没有选中任何填报，没有{OUTCOMES[outcome]}任何数据。请先选中要审核的数。")
    if len(rows) < len(keys):
        raise RefusedError("选中的填报里有不存在的，没有改动任何数据。请刷新审核页再选。")
    rights = rights_of(store, by)
    for plan, region in sorted({(row["plan"], row["region"]) for row in rows}):
        require(rights, Permission.REVIEW, region, plan_by_id(store, plan))
    problems = [(row, why) for row in rows if (why := _why_not(row, by))]
    if problems:
        tree = region_tree(store)
        told = "；".join(f"{_name(store, row, tree)}{why}" for row, why in problems[:MOST_TOLD])
        more = f"；另有 {len(problems) - MOST_TOLD} 个数也不能审核" if len(problems) > MOST_TOLD else ""
        raise RefusedError(f"没有{OUTCOMES[outcome]}任何数据：{told}{more}。请刷新审核页，去掉这些数再提交。")


def _why_not(row: Row, by: Actor) -> str:
    """Why this person cannot decide over the figure now; empty where nothing is in the way."""
    if row["by"] == by.login:
        return "是您自己填报的，要由另一个人审核"
    if row["outcome"]:
        done = OUTCOMES[row["outcome"]]
        return f"已由 {row['decided_by']} 于 {moment_text(row['decided_at'])} {done}"
    if not state_of(row["approved_at"], row["review_id"]).may_be_reviewed:
        return "是直接入库的，不需要审核"
    if row["newest"] > row["revision"]:
        return "已有更新的填报，您看到的那一次不再审核"
    return ""


def _name(store: Store, row: Row, tree: RegionTree) -> str:
    indicator = plan_by_id(store, row["plan"]).indicator(row["indicator"])
    value = number_text(row["value"], indicator.unit)
    return f"“{indicator.name}”（{tree[row['region']].name}，{Period.from_number(row['period'])}，{value}）"


def _decided(keys: Sequence[ReportKey], review: int, approved_at: int | None) -> list[Row]:
    return [{**key._asdict(), "review_id": review, "approved_at": approved_at} for key in keys]


def _before_after(row: Row, outcome: str) -> list[Any]:
    """Plan, indicator, region, period, revision, the value that stood for the period before, and the one now."""
    after = row["value"] if outcome == APPROVED else row["approved"]
    place = [row[name] for name in ("plan", "indicator", "region")]
    return [*place, str(Period.from_number(row["period"])), row["revision"], row["approved"], after]
