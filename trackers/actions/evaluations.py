"""Evaluation rounds: opened, given to third parties or taken back, frozen, opened again, published, withdrawn."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from trackers.actions.audit import recorded, utc_text
from trackers.assessment.policy import Policy
from trackers.errors import RefusedError
from trackers.model.account import Actor, Role
from trackers.model.evaluation import LONGEST_REASON, Evaluation, StepKind
from trackers.model.plan import EvaluationKind
from trackers.model.rights import Permission, Rights
from trackers.model.signs import has_odd_signs
from trackers.model.wording import BEIJING, date_text
from trackers.queries.accounts import known_account
from trackers.queries.evaluation_faults import SAYS, content_digest
from trackers.queries.evaluations import checklist, evaluation, evaluations, policy_of
from trackers.queries.frozen import canonical, digest_of, document_of
from trackers.queries.plans import plan_by_id, region_tree
from trackers.queries.rights import require, rights_of
from trackers.store import Store

Detail = dict[str, Any]


def open_evaluation(
    store: Store, plan_id: str, kind: EvaluationKind, cutoff: date, *, policy: Policy | None = None, by: Actor, at: datetime
) -> Evaluation:
    """Open an evaluation of a plan for a cut-off day, judged by the policy (the usual one where none is given).

    Raises ForbiddenError for whoever does not evaluate the plan, and RefusedError for a day before the plan's time or
    an evaluation of the same kind and day that is there.
    """
    plan = plan_by_id(store, plan_id)
    with recorded(store, "open_evaluation", plan_id, by=by, at=at) as detail:
        require(rights_of(store, by), Permission.EVALUATE, plan.region, plan)
        if cutoff <= plan.first_day:
            raise RefusedError(f"截止日{date_text(cutoff)}不在规划期内，没有开评。请选{date_text(plan.first_day)}以后的日期。")
        same = [each for each in evaluations(store, by=by, plan=plan_id) if (each.kind, each.cutoff) == (kind, cutoff)]
        if same:
            raise RefusedError(f"“{plan.short}”已有第 {same[0].id} 号{same[0].name}，没有另开。请在那一次评估里继续。")
        kept = (policy or Policy()).model_dump_json()
        id = store.insert("add_evaluation", plan=plan_id, kind=kind.value, cutoff=cutoff.isoformat(), policy=kept)
        _add_step(store, id, 1, StepKind.OPENED, by, at)
        detail.update(_kept(store, id), kind=kind.value, cutoff=cutoff.isoformat(), policy=kept)
    return evaluation(store, id, by=by)


def assign(store: Store, id: int, login: str, *, by: Actor, at: datetime) -> Evaluation:
    """Give the evaluation to a third party, who then sees it and writes findings of its own.

    Raises UnknownNameError for an account that is not there, RefusedError for one that is no third party for the
    plan's region, ForbiddenError for whoever does not evaluate the plan.
    """
    with recorded(store, "assign_evaluation", str(id), by=by, at=at) as detail:
        about = _evaluated(store, id, by)
        plan, wanted = plan_by_id(store, about.plan), login.strip().lower()
        theirs = Rights(known_account(store, wanted).grants, region_tree(store))
        if not theirs.may(Permission.BESIDE, plan.region, plan):
            raise RefusedError(
                f"账号 {wanted} 不是“{plan.short}”所在地区的{Role.THIRD_PARTY.word}，没有指定。请先由管理员给它这个角色。"
            )
        detail["nothing"] = wanted in about.assigned
        if wanted not in about.assigned:
            told = {"evaluation_id": id, "login": wanted, "at": utc_text(at), "by": by.login}
            before = {row["login"] for row in store.rows("evaluation_assigned", ids=f"[{id}]")}
            if wanted in before:
                store.run("add_evaluation_assigned_later", [told | {"given": 1}])
            else:
                store.run("add_evaluation_assigned", [told])
        detail.update(_kept(store, id), login=wanted, plan=about.plan)
    return evaluation(store, id, by=by)


def unassign(store: Store, id: int, login: str, *, by: Actor, at: datetime) -> Evaluation:
    """Take the evaluation back from a third party, who then sees it no more; what they wrote in it stays.

    Raises RefusedError for somebody who is not assigned to it, ForbiddenError for whoever does not evaluate the plan.
    """
    with recorded(store, "unassign_evaluation", str(id), by=by, at=at) as detail:
        about, wanted = _evaluated(store, id, by), login.strip().lower()
        if wanted not in about.assigned:
            there = f"现在指定的是：{'、'.join(about.assigned)}。" if about.assigned else "现在没有指定任何人。"
            raise RefusedError(f"账号 {wanted} 没有被指定为第 {id} 号评估的{Role.THIRD_PARTY.word}，没有可以撤回的。{there}")
        told = {"evaluation_id": id, "login": wanted, "given": 0, "at": utc_text(at), "by": by.login}
        store.run("add_evaluation_assigned_later", [told])
        detail.update(_kept(store, id), login=wanted, plan=about.plan)
    return evaluation(store, id, by=by)


def freeze(store: Store, id: int, *, despite: str = "", by: Actor, at: datetime) -> Evaluation:
    """Freeze figures, targets, policy and verdicts as they are known now, and lock the reports they were made of.

    Where something is missing `despite` says why it is frozen nevertheless; that is kept. Raises RefusedError without
    that reason, before the cut-off day, or where it is frozen; ForbiddenError for whoever does not evaluate the plan.
    """
    with recorded(store, "freeze_evaluation", str(id), by=by, at=at) as detail:
        about = _evaluated(store, id, by)
        _may_follow(about, StepKind.FROZEN)
        on = at.astimezone(BEIJING).date()
        if on < about.cutoff:
            raise RefusedError(f"截止日{date_text(about.cutoff)}还没有到，不能冻结。请在那一天或以后冻结。")
        missing = checklist(store, id, by=by, on=on)
        reason = _said(despite, needed=False)
        if missing and not reason:
            lacking = "".join(each.sentence for each in missing)
            raise RefusedError(f"没有冻结：{lacking}请先补齐；确需现在冻结的，请写明理由。")
        policy = policy_of(about)
        text = canonical(document_of(store, about.plan, about.kind, about.cutoff, policy, at))
        digest = digest_of(text)
        _add_step(store, id, len(about.steps) + 1, StepKind.FROZEN, by, at, reason, digest)
        frozen = {"evaluation_id": id, "number": len(about.steps) + 1, "document": text}
        store.run("add_evaluation_frozen", [frozen])
        said = [each.sentence for each in missing]
        detail.update(_kept(store, id), plan=about.plan, missing=said, reason=reason, digest=digest)
    return evaluation(store, id, by=by)


def reopen(store: Store, id: int, *, reason: str, by: Actor, at: datetime) -> Evaluation:
    """Open a frozen evaluation again for a reason; what was frozen before stays, and the reports are locked no more.

    Raises RefusedError for one that is open or published, ForbiddenError for whoever does not evaluate the plan.
    """
    return _go_on(store, id, "reopen_evaluation", StepKind.REOPENED, Permission.EVALUATE, reason, by, at)


def publish(store: Store, id: int, *, by: Actor, at: datetime) -> Evaluation:
    """Publish a frozen evaluation; from then on no findings are written.

    Raises RefusedError for one that is not frozen, ForbiddenError for whoever does not publish for the plan's region.
    """
    return _go_on(store, id, "publish_evaluation", StepKind.PUBLISHED, Permission.PUBLISH, None, by, at)


def withdraw(store: Store, id: int, *, reason: str, by: Actor, at: datetime) -> Evaluation:
    """Take a published evaluation back for a reason; it stays frozen. Raises as `publish`."""
    return _go_on(store, id, "withdraw_evaluation", StepKind.WITHDRAWN, Permission.PUBLISH, reason, by, at)


def _go_on(
    store: Store, id: int, action: str, kind: StepKind, permission: Permission, reason: str | None, by: Actor, at: datetime
) -> Evaluation:
    with recorded(store, action, str(id), by=by, at=at) as detail:
        about = _evaluated(store, id, by, permission)
        _may_follow(about, kind)
        said = "" if reason is None else _said(reason)
        _add_step(store, id, len(about.steps) + 1, kind, by, at, said)
        detail.update(_kept(store, id), plan=about.plan, reason=said)
    return evaluation(store, id, by=by)


def _kept(store: Store, id: int) -> Detail:
    """What the record keeps of the evaluation as it stands now."""
    return {"evaluation": id, SAYS: content_digest(store, id)}


def _evaluated(store: Store, id: int, by: Actor, permission: Permission = Permission.EVALUATE) -> Evaluation:
    """The evaluation, for those who may do this for the plan's region."""
    about = evaluation(store, id, by=by)
    plan = plan_by_id(store, about.plan)
    require(rights_of(store, by), permission, plan.region, plan)
    return about


def _may_follow(about: Evaluation, kind: StepKind) -> None:
    if kind not in about.state.next:
        can = "、".join(each.word for each in StepKind if each in about.state.next)
        raise RefusedError(
            f"第 {about.id} 号评估{about.name}现在是“{about.state.word}”，不能{kind.word}，没有改动任何数据。现在可以：{can}。"
        )


def _said(text: str, *, needed: bool = True) -> str:
    said = text.strip()
    if needed and not said:
        raise RefusedError("没有写理由，没有改动任何数据。请写明理由后再办。")
    if len(said) > LONGEST_REASON:
        raise RefusedError(f"理由有 {len(said)} 个字，应不超过 {LONGEST_REASON} 个字。没有改动任何数据。")
    if has_odd_signs(said):
        raise RefusedError("理由里有控制字符，应为普通文字。没有改动任何数据。")
    return said


def _add_step(
    store: Store, id: int, number: int, kind: StepKind, by: Actor, at: datetime, reason: str = "", digest: str | None = None
) -> None:
    told = {"reason": reason, "digest": digest, "at": utc_text(at), "by": by.login}
    store.run("add_evaluation_step", [{"evaluation_id": id, "number": number, "kind": kind.value, **told}])
