"""Evaluations as they are kept, what is missing before one can be frozen, findings and spot checks."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import pandas as pd

from trackers.assessment.policy import Policy
from trackers.assessment.verdict import Verdict
from trackers.errors import ForbiddenError, UnknownNameError
from trackers.model.account import Actor
from trackers.model.evaluation import Evaluation, Missing, MissingKind, Step
from trackers.model.finding import Cause, Comment, Delivered, Finding, SpotCheck, SpotResult
from trackers.model.period import Period, day_number
from trackers.model.plan import Plan
from trackers.model.report import ReportState
from trackers.model.rights import Permission, Rights
from trackers.model.wording import date_text
from trackers.queries.adjustments import plan_as_of
from trackers.queries.assess import judged_as_it_is
from trackers.queries.figures import kept_figures
from trackers.queries.plans import plan_by_id
from trackers.queries.rights import require, rights_of
from trackers.store import Store

Row = dict[str, Any]
CONCERNED = (Permission.EVALUATE, Permission.PUBLISH)
MOST_NAMED = 5


def evaluations(store: Store, *, by: Actor, plan: str | None = None) -> list[Evaluation]:
    """The evaluations of a plan (its id), or of every plan, that the person may see, newest first.

    Those see one who evaluate or publish for the plan's region, or see figures of the plan; a third party sees those
    it was assigned to and no others.
    """
    rights = rights_of(store, by)
    with store.reading():
        found = _read(store, store.rows("evaluations", plan=plan, id=None))
    return [each for each in found if _may_see(store, rights, each, by)]


def evaluation(store: Store, id: int, *, by: Actor) -> Evaluation:
    """The evaluation of this number; raises UnknownNameError, and ForbiddenError for whoever may not see it."""
    with store.reading():
        found = _read(store, store.rows("evaluations", plan=None, id=id))
    if not found:
        raise UnknownNameError("评估", str(id), [])
    if not _may_see(store, rights_of(store, by), found[0], by):
        raise ForbiddenError("查看评估", plan_by_id(store, found[0].plan).short, reading=True)
    return found[0]


def policy_of(about: Evaluation) -> Policy:
    """The limits by which the evaluation judges."""
    return Policy.model_validate_json(about.policy)


def _may_see(store: Store, rights: Rights, about: Evaluation, by: Actor) -> bool:
    plan = plan_by_id(store, about.plan)
    return (
        any(rights.may(each, plan.region, plan) for each in CONCERNED)
        or rights.concerned(plan)
        or speaks_beside(rights, about, plan, by)
    )


def speaks_beside(rights: Rights, about: Evaluation, plan: Plan, by: Actor) -> bool:
    """Whether the person is a third party that was assigned to this evaluation."""
    return by.login in about.assigned and rights.may(Permission.BESIDE, plan.region, plan)


def regions_open_to(store: Store, about: Evaluation, plan: Plan, regions: Iterable[str], *, by: Actor) -> set[str]:
    """Those of the regions whose part of the evaluation the person may see: all for who evaluates, publishes or was
    assigned, else those whose figures they see."""
    rights, codes = rights_of(store, by), set(regions)
    whole = any(rights.may(each, plan.region, plan) for each in CONCERNED) or speaks_beside(rights, about, plan, by)
    return codes if whole else rights.seen(codes, plan)


def _read(store: Store, rows: list[Row]) -> list[Evaluation]:
    ids = json.dumps([row["id"] for row in rows])
    steps: dict[int, list[Step]] = defaultdict(list)
    for row in store.rows("evaluation_steps", ids=ids):
        steps[row["evaluation_id"]].append(Step.model_validate(row))
    assigned: dict[int, list[str]] = defaultdict(list)
    for row in store.rows("evaluation_third_parties", ids=ids):
        assigned[row["evaluation_id"]].append(row["login"])
    return [
        Evaluation.model_validate(row | {"steps": tuple(steps[row["id"]]), "assigned": tuple(assigned[row["id"]])})
        for row in rows
    ]


def judged(store: Store, about: Evaluation, *, by: Actor, indicator: str | None = None) -> pd.DataFrame:
    """The rows of an evaluation that is not frozen, as they are judged now for its cut-off day; columns of `assess`.

    With `indicator` (an id) only its rows are worked out; none where the plan has no such indicator.
    """
    all_seeing = Actor(login=by.login, operator=True)
    with store.reading():
        plan = plan_as_of(store, plan_by_id(store, about.plan), about.cutoff)
        if indicator is not None:
            plan = plan.model_copy(update={"indicators": [each for each in plan.indicators if each.id == indicator]})
        frame = judged_as_it_is(store, plan, about.cutoff, by=all_seeing, policy=policy_of(about))
    seen = regions_open_to(store, about, plan, frame["region"], by=by)
    return frame[frame["region"].isin(seen)].reset_index(drop=True)


def checklist(store: Store, id: int, *, by: Actor, on: date) -> list[Missing]:
    """What is missing before the evaluation is frozen, of every region, each with the way to mend it.

    `on` is the day it is asked: a cut-off day that is still to come is said to be so in the sentence. Raises
    ForbiddenError for whoever does not evaluate the plan.
    """
    with store.reading():
        about = evaluation(store, id, by=by)
        plan = plan_by_id(store, about.plan)
        require(rights_of(store, by), Permission.EVALUATE, plan.region, plan)
        rows = judged(store, about, by=Actor(login=by.login, operator=True))
        states = _states(store, about)
    where = {"plan": plan.id, "day": about.cutoff.isoformat()}
    later = "（截止日还没有到）" if on < about.cutoff else ""
    told = [_unreported(plan, rows, about, where, later), _stale(rows, where)]
    told += [_undecided(states, state, where) for state in (ReportState.SUBMITTED, ReportState.RETURNED)]
    told.append(_unverified(rows, where))
    return [each for each in told if each is not None]


def _unreported(plan: Plan, rows: pd.DataFrame, about: Evaluation, where: dict[str, str], later: str) -> Missing | None:
    """Series without a figure for the last period that had ended by the cut-off day."""
    lacking = []
    for row in rows[(rows["basis"] == "reported") & (rows["verdict"] != Verdict.STALE)].to_dict("records"):
        last = _last_ended(plan, row["indicator"], min(about.cutoff, row["target_day"]))
        if row["observed"] is None or row["observed"] < last.end:
            lacking.append((row["region_name"], last))
    if not lacking:
        return None
    regions, every = (list(dict.fromkeys(each)) for each in zip(*lacking, strict=True))
    periods, longest = "、".join(map(str, every)), min(every, key=lambda each: each.start)
    sentence = f"截至{date_text(about.cutoff)}{later}应有的 {periods} 的数，{_few(regions)}还缺 {len(lacking)} 个。"
    return Missing(MissingKind.UNREPORTED, len(lacking), sentence, "periods", where | {"period": str(longest)})


def _last_ended(plan: Plan, indicator: str, day: date) -> Period:
    """The last period of the indicator that has ended by the day."""
    period = Period.ending(plan.indicator(indicator).frequency, day)
    return period if period.end <= day else period.previous()


def _stale(rows: pd.DataFrame, where: dict[str, str]) -> Missing | None:
    stale = rows[(rows["basis"] == "reported") & (rows["verdict"] == Verdict.STALE)]
    if stale.empty:
        return None
    sentence = f"{_few(list(dict.fromkeys(stale['region_name'])))}有 {len(stale)} 个数据已过期，请补报新的数。"
    return Missing(MissingKind.STALE, len(stale), sentence, "periods", where)


def _states(store: Store, about: Evaluation) -> dict[ReportState, int]:
    """How many of the latest figures observed by the cut-off day stand where."""
    counts: dict[ReportState, int] = defaultdict(int)
    for (_, _, number), kept in kept_figures(store, about.plan).items():
        if Period.from_number(number).end <= about.cutoff:
            counts[kept.state] += 1
    return counts


def _undecided(states: Mapping[ReportState, int], state: ReportState, where: dict[str, str]) -> Missing | None:
    count = states.get(state, 0)
    if not count:
        return None
    if state is ReportState.SUBMITTED:
        return Missing(MissingKind.WAITING, count, f"有 {count} 个数等待上级审核，没有审核的不用于评估。", "review", where)
    return Missing(MissingKind.RETURNED, count, f"有 {count} 个数被退回，还没有改正后重新填报。", "periods", where)


def _unverified(rows: pd.DataFrame, where: dict[str, str]) -> Missing | None:
    named = list(dict.fromkeys(rows.loc[rows["verdict"] == Verdict.UNVERIFIED_TARGET, "indicator_name"]))
    if not named:
        return None
    sentence = f"{_few(named)}的目标值待核实，不作判断。"
    return Missing(MissingKind.UNVERIFIED, len(named), sentence, "adjustments", where)


def _few(names: list[str]) -> str:
    more = f"等 {len(names)} 个" if len(names) > MOST_NAMED else ""
    return "、".join(names[:MOST_NAMED]) + more


def findings(store: Store, id: int, *, by: Actor) -> list[Finding]:
    """Every finding of an evaluation that the person may see, oldest first, with its comments."""
    with store.reading():
        about = evaluation(store, id, by=by)
        rows = store.rows("findings", evaluation=id, finding=None)
        comments: dict[int, list[Comment]] = defaultdict(list)
        for row in store.rows("finding_comments", evaluation=id):
            comments[row["finding_id"]].append(Comment.model_validate(row))
    newest = {(row["subject"], row["code"], row["region"], row["voice"]): row["id"] for row in rows}
    plan = plan_by_id(store, about.plan)
    seen = regions_open_to(store, about, plan, {row["region"] for row in rows}, by=by)
    counting = set(newest.values())
    return [_finding(row, row["id"] in counting, tuple(comments[row["id"]])) for row in rows if row["region"] in seen]


def _finding(row: Row, counts: bool, comments: tuple[Comment, ...]) -> Finding:
    delivered = tuple(Delivered(number, date.fromisoformat(day)) for number, day in json.loads(row["delivered"]))
    cause = Cause(row["cause"]) if row["cause"] else None
    return Finding.model_validate(row | {"cause": cause, "delivered": delivered, "counts": counts, "comments": comments})


def figures_of(store: Store, id: int, *, by: Actor, at: datetime) -> dict[tuple[str, str, str], tuple[int, int, int]]:
    """The figures that an evaluation uses, of regions the person may see: those frozen, else those approved by `at`.

    By (indicator, region, period as text) the (series id, period number, revision).
    """
    with store.reading():
        about = evaluation(store, id, by=by)
        known = int((about.freezing.at if about.freezing else at).timestamp())
        rows = store.rows("figures_approved", plan=about.plan, day=day_number(about.cutoff), known=known)
    seen = regions_open_to(store, about, plan_by_id(store, about.plan), {row["region"] for row in rows}, by=by)
    return {
        (row["indicator"], row["region"], str(Period.from_number(row["period"]))):
        (row["series_id"], row["period"], row["revision"])
        for row in rows if row["region"] in seen
    }  # fmt: skip


def spot_checks(store: Store, id: int, *, by: Actor) -> list[SpotCheck]:
    """The figures taken out for a check in an evaluation, with what was found, of regions the person may see."""
    with store.reading():
        about = evaluation(store, id, by=by)
        rows = store.rows("spot_checks", evaluation=id, check=None)
        results: dict[int, list[SpotResult]] = defaultdict(list)
        for row in store.rows("spot_results", evaluation=id):
            results[row["check_id"]].append(SpotResult.model_validate(row))
    seen = regions_open_to(store, about, plan_by_id(store, about.plan), {row["region"] for row in rows}, by=by)
    return [
        SpotCheck.model_validate(
            row | {"period": str(Period.from_number(row["period"])), "results": tuple(results[row["id"]])}
        )
        for row in rows
        if row["region"] in seen
    ]


