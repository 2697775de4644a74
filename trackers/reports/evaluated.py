"""The contents of a report of a frozen evaluation: from what was frozen and what was written beside it, and nothing else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from trackers.model.account import Actor
from trackers.model.adjustment import Adjustment
from trackers.model.finding import Subject
from trackers.model.plan import Plan
from trackers.model.region import Region, RegionTree
from trackers.model.supervision import OrderStory
from trackers.model.wording import clock_text, date_text, number_text
from trackers.queries.evaluation_material import Material, material
from trackers.queries.frozen import Frozen
from trackers.reports import overview, tasks, voices
from trackers.reports.contents import assembled, with_changes
from trackers.reports.figures import Row, Told, distinct_names, rows_of
from trackers.reports.outline import Basis, ChangeLine, Contents, OrderLine
from trackers.reports.problems import problems, suggestions
from trackers.reports.sentences import titled
from trackers.reports.sources import ORIGINS, method_settings, policy_settings, source_lines
from trackers.reports.supervised import step_sentence, with_orders
from trackers.reports.texts import one_line
from trackers.store import Store


def evaluation_report(
    store: Store, id: int, *, by: Actor, region: str | None = None, until: datetime | None = None, step: int | None = None
) -> Contents:
    """Everything a report of a frozen evaluation says; `region`, `until` and `step` as in `material`, which names the errors.

    The same frozen figures and the same words beside them give equal contents, whatever became of the figures since.
    """
    return contents_of(material(store, id, by=by, region=region, until=until, step=step))


def contents_of(made: Material) -> Contents:
    """The contents of a report from its material alone."""
    kept, tree = made.kept, RegionTree(made.kept.regions)
    plan = _scoped(made)
    rows = rows_of(plan, tree, kept.rows, _told(kept))
    seen, known = {region.code for region in kept.regions}, {each.id for each in plan.indicators}
    own = [each for each in kept.published if each.region in seen and each.indicator in known]
    figures = list(kept.published) if made.region == kept.plan.region else own
    told: dict[str, Any] = {
        "data_version": f"第{kept.evaluation.id}号评估第{kept.step}步冻结", "digest": kept.digest,
        "sources": tuple(source_lines(plan, rows, figures, tree, kept.cutoff)), "made_at": voices.day_of(made.until),
        "policy": tuple(policy_settings(kept.policy)),
    }  # fmt: skip
    plain = assembled(plan, tree[made.region], kept.kind, kept.cutoff, rows, figures, told)
    return _with_words(plain, made, plan, tree, rows)


def _scoped(made: Material) -> Plan:
    """The plan as it was frozen; for a region's report with that region as its own, and what it has to report."""
    plan = made.kept.plan
    if made.region == plan.region:
        return plan
    there = set(made.kept.rows["indicator"])
    own = [each for each in plan.indicators if each.id in there]
    return plan.model_copy(update={"region": made.region, "indicators": own})


def _told(kept: Frozen) -> Told:
    """Note, evidence and origin of the figure that each row stands on."""
    figures = {(each["indicator"], each["region"], each["period"]): each for each in kept.figures.to_dict("records")}
    found = {}
    for row in kept.rows.to_dict("records"):
        figure = figures.get((row["indicator"], row["region"], row["period"]))
        if figure is not None:
            origin = ORIGINS.get(figure["origin"], figure["origin"])
            found[row["indicator"], row["region"]] = {
                "note": figure["note"] or "", "evidence": figure["evidence"] or "", "origin": origin,
            }  # fmt: skip
    return found


def _with_words(plain: Contents, made: Material, plan: Plan, tree: RegionTree, rows: Sequence[Row]) -> Contents:
    """The contents with what the voices say, what was found on the spot, orders and changed targets."""
    kept, said = made.kept, made.findings
    names = distinct_names(plan, tree, tree.by_code)
    checks = tuple(voices.check_lines(made.checks, plan, names))
    differ = sum(bool(each.difference) for each in checks)
    found = problems(rows, kept.cutoff, plan.region, voices.causes(said))
    beside = {"problems": tuple(found), "checks": checks, **_tasks_and_goals(made, plan, rows)}
    beside["findings"] = _findings(plain, made, plan, rows)
    beside["overall"] = (*plain.overall, *_otherwise(made, plan, rows))
    told = plain.model_copy(update=beside)
    told = with_orders(told, made.orders)
    changes = _changes(made, plan)
    if changes:
        told = with_changes(told, plan, changes)
    *first, last = told.suggestions
    return told.model_copy(
        update={
            "background": _background(plain, made, tree, voices.counts_sentence(said, made.checks, differ)),
            "problem_intro": (*told.problem_intro, *voices.check_problems(checks)),
            "suggestions": (*first, *voices.suggested(said, plan, names), last),
            "voices": tuple(voices.voice_lines(said, plan, names)),
            "sent": tuple(_order(story, plan, names) for story in made.orders),
            "changes": tuple(_change(each, plan, names) for each in changes),
            "digest": kept.digest, "basis": _basis(made), "methods": tuple(method_settings()),
        }
    )  # fmt: skip


def _changes(made: Material, plan: Plan) -> list[Adjustment]:
    """The changes of targets that concern what the report is about."""
    known, seen = {each.id for each in plan.indicators}, {each.code for each in made.kept.regions}
    return [
        each for each in made.changes
        if each.change.indicator in known and (each.change.region is None or each.change.region in seen)
    ]  # fmt: skip


def _findings(plain: Contents, made: Material, plan: Plan, rows: Sequence[Row]) -> tuple[str, ...]:
    """The sentence of each indicator with the grades that differ from its verdict."""
    other = voices.differing(made.findings, rows)
    sentences = zip(plain.findings, plan.indicators, strict=True)
    return tuple(f"{text}{other.get((each.id, plan.region), '')}" for text, each in sentences)


def _otherwise(made: Material, plan: Plan, rows: Sequence[Row]) -> list[str]:
    """How many of the plan's own indicators a voice grades otherwise than computed, and that the counts are as computed."""
    other = [place for place in voices.differing(made.findings, rows) if place[1] == plan.region]
    if not other:
        return []
    return [f"以上按计算的判定统计；各方对其中{len(other)}项另有评定，见“主要指标完成情况”。"]


def _tasks_and_goals(made: Material, plan: Plan, rows: Sequence[Row]) -> dict[str, Any]:
    said, home = made.findings, [row for row in rows if row.region == plan.region]
    of_tasks = voices.graded(said, Subject.TASK, plan.region, plan)
    of_goals = voices.graded(said, Subject.GOAL, plan.region, plan)
    unrated = len(plan.goals) - len(of_goals), len(plan.tasks) - len(of_tasks)
    return {
        "task_intro": tuple(tasks.task_intro(plan, voices.task_progress(said, plan.region, len(plan.tasks)))),
        "tasks": tuple(tasks.task_lines(plan, home, made.kept.cutoff, of_tasks)),
        "goals": tuple(tasks.goal_lines(plan, of_goals)),
        "suggestions": tuple(suggestions(plan, made.kept.kind, rows, made.kept.cutoff, unrated)),
    }


def _background(plain: Contents, made: Material, tree: RegionTree, counts: str) -> tuple[str, ...]:
    """What was evaluated until which day, when it was frozen despite what, and who said how much."""
    kept = made.kept
    region: Region = tree[kept.plan.region] if kept.plan.region in tree else tree[made.region]
    freezing = next(each for each in kept.evaluation.steps if each.number == kept.step)
    despite = f"冻结时仍有缺项，理由：{one_line(freezing.reason)}。" if freezing.reason else ""
    scope = "" if made.region == kept.plan.region else f"本报告只写{plain.home_name}的数据。"
    until = f"意见、抽查和督办为截至{clock_text(made.until)}登记的。"
    document = overview.document_sentence(kept.plan, region) if not scope else titled(kept.plan.title) + "的评估。"
    kind = f"本次为{kept.kind.word}，评估截止日为{date_text(kept.cutoff)}。{overview.order_sentence(kept.plan, kept.kind)}"
    frozen = f"数据于{clock_text(kept.known_at)}冻结（第{kept.evaluation.id}号评估），以后的更正不改变本报告。"
    return (
        f"{document}{scope}", f"{kind}{frozen}{despite}", f"{counts}{until}", *plain.background[2:],
    )  # fmt: skip


def _order(story: OrderStory, plan: Plan, names: dict[str, str]) -> OrderLine:
    order = story.order
    indicators = {each.id: each.name for each in plan.indicators}
    return OrderLine(
        number=order.number, level=order.level.word, indicator_name=indicators.get(order.indicator, order.indicator),
        region_name=names.get(order.region, order.region), unit=order.unit, issued=voices.day_of(order.at), day=order.day,
        word=order.word, shortfall=order.shortfall, asked=one_line(order.asked), due=order.due, state=order.state.word,
        told="；".join(step_sentence(step) for step in story.steps) or "尚未答复", demo=order.demo,
    )  # fmt: skip


def _change(adjustment: Adjustment, plan: Plan, names: dict[str, str]) -> ChangeLine:
    change = adjustment.change
    indicator = next((each for each in plan.indicators if each.id == change.indicator), None)
    unit = indicator.unit if indicator else ""
    return ChangeLine(
        indicator_name=indicator.name if indicator else change.indicator, kind=change.kind.word, year=change.year,
        region_name=names.get(change.region, change.region) if change.region else "", old=number_text(change.old, unit),
        new=number_text(change.value, unit), ground=adjustment.ground, reason=one_line(change.reason),
    )  # fmt: skip


def _basis(made: Material) -> Basis:
    kept = made.kept
    return Basis(
        evaluation=kept.evaluation.id, step=kept.step, known_at=kept.known_at, until=made.until, method=kept.method,
        program=kept.program, beside=_beside(made), region=made.region,
    )  # fmt: skip


def _beside(made: Material) -> str:
    """SHA-256 over what was written beside the frozen figures; names of people, which may change, are left out."""
    parts = {"findings": made.findings, "checks": made.checks, "orders": made.orders, "changes": made.changes}
    told = {name: [_nameless(each.model_dump(mode="json")) for each in own] for name, own in parts.items()}
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _nameless(value: Any) -> Any:
    """Without names of people and without comments under findings, which no report prints."""
    if isinstance(value, dict):
        return {key: _nameless(each) for key, each in value.items() if key not in ("by_name", "comments")}
    return [_nameless(each) for each in value] if isinstance(value, list) else value
