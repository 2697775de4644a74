"""Findings of an evaluation, comments under them, and spot checks of reported figures. Nothing is ever overwritten."""

from __future__ import annotations

import hashlib
import json
import math
import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from trackers.actions.audit import recorded, utc_text
from trackers.assessment.verdict import Verdict
from trackers.errors import ForbiddenError, RefusedError, UnknownNameError
from trackers.model.account import Actor
from trackers.model.evaluation import Evaluation
from trackers.model.finding import (
    LONGEST_TEXT,
    Draft,
    Finding,
    GoalGrade,
    SpotCheck,
    Subject,
    TaskGrade,
    Voice,
)
from trackers.model.plan import Plan
from trackers.model.rights import Permission
from trackers.model.signs import has_odd_signs
from trackers.model.wording import BEIJING
from trackers.queries.evaluation_faults import SAYS, content_digest
from trackers.queries.evaluations import evaluation, figures_of, findings, judged, speaks_beside, spot_checks
from trackers.queries.frozen import frozen
from trackers.queries.plans import plan_by_id, region_tree
from trackers.queries.rights import require, rights_of
from trackers.store import Store

# What an evaluator may say of an indicator in the place of the computed verdict.
GRADES = (
    Verdict.ACHIEVED, Verdict.AHEAD, Verdict.ON_TRACK, Verdict.LAGGING, Verdict.REGRESSING, Verdict.MISSED,
    Verdict.UNDETERMINED,
)  # fmt: skip
SCALES: dict[Subject, dict[str, str]] = {
    Subject.INDICATOR: {each.value: each.word for each in GRADES},
    Subject.GOAL: {each.value: each.word for each in GoalGrade},
    Subject.TASK: {each.value: each.word for each in TaskGrade},
}
TEXTS = {"reason": "理由", "explained": "原因说明", "suggestion": "建议", "evidence": "依据"}
MOST_DRAWN = 500
Key = tuple[int, int, int]  # series id, period number, revision


def write_finding(store: Store, id: int, draft: Draft, *, by: Actor, at: datetime) -> Finding:
    """Write what one voice finds of an indicator, a goal or a task in a region; earlier findings stay and are shown.

    A region's self-assessment is written by those who enter its figures, the evaluator's by those who evaluate the plan,
    the third party's by those who were assigned. Raises ForbiddenError for anybody else, and RefusedError once it is
    published, or where a grade, a reason or evidence is lacking, or the plan has no such thing there.
    """
    with recorded(store, "write_finding", str(id), by=by, at=at) as detail:
        about = evaluation(store, id, by=by)
        plan = plan_by_id(store, about.plan)
        _may_speak(store, about, plan, draft.voice, draft.region, by)
        if not about.state.takes_findings:
            raise RefusedError(f"第 {id} 号评估已经公布，不能再写评估意见。需要修改的，请先撤回公布。")
        computed = _computed(store, about, plan, draft, by)
        texts = {name: _text(getattr(draft, name), word) for name, word in TEXTS.items()}
        _check(plan, draft, texts, computed, at)
        row = _row(draft) | texts | {"computed": computed, "at": utc_text(at), "by": by.login}
        number = store.insert("add_finding", evaluation_id=id, **row)
        detail.update(_kept(store, about), finding=number)
        detail.update({name: text for name, text in row.items() if name not in ("at", "by")})
    return next(each for each in findings(store, id, by=by) if each.id == number)


def _kept(store: Store, about: Evaluation) -> dict[str, Any]:
    """What the record keeps of the evaluation as it stands now."""
    return {"plan": about.plan, "evaluation": about.id, SAYS: content_digest(store, about.id)}


def _may_speak(store: Store, about: Evaluation, plan: Plan, voice: Voice, region: str, by: Actor) -> None:
    rights = rights_of(store, by)
    if voice is Voice.SELF:
        require(rights, Permission.ENTER, region, plan)
    elif voice is Voice.EVALUATOR:
        require(rights, Permission.EVALUATE, plan.region, plan)
    elif not (by.operator or speaks_beside(rights, about, plan, by)):
        raise ForbiddenError(Permission.BESIDE.word, f"“{plan.short}”第 {about.id} 号评估")


def _computed(store: Store, about: Evaluation, plan: Plan, draft: Draft, by: Actor) -> str:
    """The verdict that stands beside a finding of an indicator; refused where the plan has no such thing there."""
    if draft.subject is Subject.INDICATOR:
        is_frozen = about.state.is_frozen
        rows = frozen(store, about.id, by=by).rows if is_frozen else judged(store, about, by=by, indicator=draft.code)
        found = rows[(rows["indicator"] == draft.code) & (rows["region"] == draft.region)]
        if not found.empty:
            return str(found["verdict"].iloc[0])
    else:
        tree = region_tree(store)
        inside = draft.region == plan.region or (draft.region in tree and bool(tree.above(draft.region, plan.region)))
        parts = plan.goals if draft.subject is Subject.GOAL else plan.tasks
        if inside and draft.code in {part.id for part in parts}:
            return ""
    raise RefusedError(f"“{plan.short}”在地区 {draft.region} 没有编号为 {draft.code} 的{draft.subject.word}，没有写入。")


def _check(plan: Plan, draft: Draft, texts: dict[str, str], computed: str, at: datetime) -> None:
    scale = SCALES[draft.subject]
    if draft.grade not in scale and not (draft.subject is Subject.INDICATOR and not draft.grade):
        raise RefusedError(f"没有写入：等级读到“{draft.grade}”，应为{'、'.join(scale.values())}之一。")
    if draft.subject is Subject.INDICATOR:
        if draft.grade and draft.grade != computed and not texts["reason"]:
            raise RefusedError(
                f"没有写入：评定为“{scale[draft.grade]}”，与计算的判定“{Verdict(computed).word}”不同，请写明理由。"
            )
        if not (draft.grade or draft.cause or any(texts.values())):
            raise RefusedError("没有写入：同意计算的判定时，原因、说明、建议、依据请至少填一项。")
    if draft.subject is Subject.GOAL and not texts["evidence"]:
        raise RefusedError("没有写入：评定定性目标要写明依据，例如文件、台账或查看的情况。")
    if draft.subject is Subject.TASK:
        _check_delivered(plan, draft, at.astimezone(BEIJING).date())


def _check_delivered(plan: Plan, draft: Draft, today: date) -> None:
    deliverables = next(task.deliverables for task in plan.tasks if task.id == draft.code)
    numbers = [each.number for each in draft.delivered]
    if len(set(numbers)) < len(numbers) or any(not 1 <= number <= len(deliverables) for number in numbers):
        read, most = "、".join(map(str, numbers)), len(deliverables)
        raise RefusedError(f"没有写入：成果序号读到“{read}”，应为 1 到 {most} 之间、不重复的数。")
    if any(each.day > today for each in draft.delivered):
        raise RefusedError("没有写入：成果的完成日期晚于今天。请改为实际完成的日期。")


def _text(text: str, what: str) -> str:
    said = text.strip()
    if len(said) > LONGEST_TEXT:
        raise RefusedError(f"没有写入：{what}有 {len(said)} 个字，应不超过 {LONGEST_TEXT} 个字。")
    if has_odd_signs(said):
        raise RefusedError(f"没有写入：{what}里有控制字符，应为普通文字。")
    return said


def _row(draft: Draft) -> dict[str, Any]:
    return {
        "subject": draft.subject.value, "code": draft.code, "region": draft.region, "voice": draft.voice.value,
        "grade": draft.grade, "cause": draft.cause.value if draft.cause else "",
        "delivered": json.dumps([[each.number, each.day.isoformat()] for each in draft.delivered]),
    }  # fmt: skip


def comment_finding(store: Store, finding: int, text: str, *, by: Actor, at: datetime) -> Finding:
    """Say something under a finding. Those may who could write a finding of any voice there, until publication.

    Raises UnknownNameError for a finding that is not there, ForbiddenError, and RefusedError for an empty text.
    """
    with recorded(store, "comment_finding", str(finding), by=by, at=at) as detail:
        rows = store.rows("findings", evaluation=None, finding=finding)
        if not rows:
            raise UnknownNameError("评估意见", str(finding), [])
        about = evaluation(store, rows[0]["evaluation_id"], by=by)
        plan = plan_by_id(store, about.plan)
        if not any(_speaks(store, about, plan, voice, rows[0]["region"], by) for voice in Voice):
            raise ForbiddenError("评论评估意见", plan.short)
        if not about.state.takes_findings:
            raise RefusedError(f"第 {about.id} 号评估已经公布，不能再评论。")
        said = _text(text, "评论")
        if not said:
            raise RefusedError("没有写入：评论是空的。")
        store.insert("add_finding_comment", finding_id=finding, text=said, at=utc_text(at), by=by.login)
        detail.update(_kept(store, about), said=said)
    return next(each for each in findings(store, about.id, by=by) if each.id == finding)


def _speaks(store: Store, about: Evaluation, plan: Plan, voice: Voice, region: str, by: Actor) -> bool:
    try:
        _may_speak(store, about, plan, voice, region, by)
    except ForbiddenError:
        return False
    return True


def draw_checks(
    store: Store, id: int, number: int, *, seed: str | None = None, by: Actor, at: datetime
) -> list[SpotCheck]:
    """Draw so many of the evaluation's figures at random for a check; the seed is kept, so that it can be repeated.

    The figures are put in the order of SHA-256 over "seed|indicator|region|period", and the first are taken. Raises
    RefusedError for a number that is not between 1 and the figures there are, ForbiddenError as `choose_checks`.
    """
    seed = seed or secrets.token_hex(4)
    with recorded(store, "draw_checks", str(id), by=by, at=at) as detail:
        about = _checked_by(store, id, by)
        there = figures_of(store, id, by=by, at=at)
        most = min(len(there), MOST_DRAWN)
        if not 1 <= number <= most:
            raise RefusedError(f"没有抽取：读到 {number} 个，应在 1 到 {most} 之间（这次评估有 {len(there)} 个数）。")
        drawn = drawn_by(seed, sorted(there), number)
        draw = _take_out(store, id, _text(seed, "抽样种子"), [there[place] for place in drawn], by, at)
        detail.update(_kept(store, about), seed=seed, number=number)
    return [each for each in spot_checks(store, id, by=by) if each.draw == draw]


def drawn_by(seed: str, places: Sequence[tuple[str, str, str]], number: int) -> list[tuple[str, str, str]]:
    """The (indicator, region, period) that a seed draws of these: the same ones each time, in whatever order they come."""

    def lot(place: tuple[str, str, str]) -> str:
        return hashlib.sha256("|".join([seed, *place]).encode()).hexdigest()

    return sorted(places, key=lot)[:number]


def choose_checks(
    store: Store, id: int, places: Sequence[tuple[str, str, str]], *, by: Actor, at: datetime
) -> list[SpotCheck]:
    """Take these figures (indicator, region, period) out for a check.

    Raises RefusedError for one that the evaluation does not use, ForbiddenError for whoever neither evaluates the plan nor
    was assigned.
    """
    with recorded(store, "choose_checks", str(id), by=by, at=at) as detail:
        about = _checked_by(store, id, by)
        there, wanted = figures_of(store, id, by=by, at=at), list(dict.fromkeys(places))
        lacking = [" ".join(place) for place in wanted if place not in there]
        if lacking or not wanted:
            raise RefusedError(f"没有选取：这次评估没有用到 {'、'.join(lacking) or '（没有选）'}。请从已审核的数里选。")
        draw = _take_out(store, id, None, [there[place] for place in wanted], by, at)
        detail.update(_kept(store, about), number=len(wanted))
    return [each for each in spot_checks(store, id, by=by) if each.draw == draw]


def _checked_by(store: Store, id: int, by: Actor) -> Evaluation:
    about = evaluation(store, id, by=by)
    plan, rights = plan_by_id(store, about.plan), rights_of(store, by)
    if not speaks_beside(rights, about, plan, by):
        require(rights, Permission.EVALUATE, plan.region, plan)
    if not about.state.takes_findings:
        raise RefusedError(f"第 {id} 号评估已经公布，不能再抽查。")
    return about


def _take_out(store: Store, id: int, seed: str | None, keys: Sequence[Key], by: Actor, at: datetime) -> int:
    draw = store.insert("add_spot_draw", evaluation_id=id, seed=seed, at=utc_text(at), by=by.login)
    names = ("series_id", "period", "revision")
    store.run("add_spot_check", [{"draw_id": draw, **dict(zip(names, key, strict=True))} for key in keys])
    return draw


def record_check(store: Store, check: int, value: float, evidence: str, *, by: Actor, at: datetime) -> SpotCheck:
    """Say what value was found on the spot for a figure taken out, in the indicator's unit, and by what evidence.

    The reported figure stays; the last that was found counts. Raises UnknownNameError for a check that is not there,
    RefusedError for no number or no evidence, ForbiddenError as `choose_checks`.
    """
    with recorded(store, "record_check", str(check), by=by, at=at) as detail:
        rows = store.rows("spot_checks", evaluation=None, check=check)
        if not rows:
            raise UnknownNameError("抽查", str(check), [])
        about = _checked_by(store, rows[0]["evaluation_id"], by)
        said = _text(evidence, "核实依据")
        if not math.isfinite(value) or not said:
            raise RefusedError("没有写入：请填写核实的数值和核实依据（查看了什么、在哪里）。")
        store.run("add_spot_result", [{"check_id": check, "value": value, "evidence": said, "at": utc_text(at), "by": by.login}])
        detail.update(_kept(store, about), before=rows[0]["reported"], after=value, said=said)
    return next(each for each in spot_checks(store, about.id, by=by) if each.id == check)
