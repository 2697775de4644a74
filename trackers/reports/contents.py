"""The contents of an evaluation report, put together from what is kept and judged on a day."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from trackers.assessment.policy import Policy
from trackers.model.account import Actor
from trackers.model.adjustment import Adjustment, in_order
from trackers.model.plan import EvaluationKind, Plan
from trackers.model.published import PublishedFigure
from trackers.model.region import Region, RegionTree
from trackers.model.rights import Permission
from trackers.queries.adjustments import in_force, plan_as_of
from trackers.queries.assess import assess
from trackers.queries.places import places
from trackers.queries.plans import published, region_tree
from trackers.queries.rights import require, rights_of
from trackers.queries.supervision import orders_by
from trackers.queries.versions import versions
from trackers.reports import overview, tasks
from trackers.reports.adjusted import adjusted_sentences, adjusted_suggestions
from trackers.reports.figures import Row, rows_of
from trackers.reports.outline import Contents, IndicatorLine, SourceLine
from trackers.reports.problems import problem_intro, problems, suggestions
from trackers.reports.regions import region_findings, region_lines
from trackers.reports.sources import method_settings, policy_settings, source_lines, told_with
from trackers.reports.supervised import with_orders
from trackers.store import Store


def evaluation_contents(
    store: Store,
    plan: Plan,
    kind: EvaluationKind,
    as_of: date,
    *,
    by: Actor,
    made_at: date | None = None,
    policy: Policy | None = None,
) -> Contents:
    """Everything an evaluation report of the plan says as of a day.

    `made_at` is the day on the report, `as_of` unless told. The same data, day and policy give equal contents. Raises
    ForbiddenError for those who may not see every region of the plan: a report of a part would pass for the whole.
    """
    policy = policy or Policy()
    with store.reading():
        tree, plan = region_tree(store), plan_as_of(store, plan, as_of)
        changes = in_order(in_force(store, plan.id))
        rights = rights_of(store, by)
        for region in sorted({plan.region, *(place.region for place in places(plan, tree, as_of))}):
            require(rights, Permission.SEE, region, plan)
        rows = _rows(store, plan, tree, as_of, policy, by)
        figures = published(store, plan.id)
        version = versions(store).all
        orders = orders_by(store, plan, as_of, by=by)
    sources = tuple(source_lines(plan, rows, figures, tree, as_of))
    digest = _digest(plan, kind, as_of, policy, rows, sources)
    told = {"data_version": version, "digest": digest, "sources": sources, "made_at": made_at or as_of}
    told["policy"] = tuple(policy_settings(policy))
    made = with_orders(assembled(plan, tree[plan.region], kind, as_of, rows, figures, told), orders)
    return with_changes(made, plan, changes) if changes else made


def with_changes(made: Contents, plan: Plan, changes: Sequence[Adjustment]) -> Contents:
    """The contents with what is said of changed targets behind each indicator and before the last suggestion."""
    said = adjusted_sentences(plan, changes, made.as_of)
    findings = tuple(f"{text}{said.get(i.id, '')}" for text, i in zip(made.findings, plan.indicators, strict=True))
    *first, last = made.suggestions
    more = adjusted_suggestions(plan, changes, made.as_of)
    return made.model_copy(update={"findings": findings, "suggestions": (*first, *more, last)})


def _rows(store: Store, plan: Plan, tree: RegionTree, as_of: date, policy: Policy, by: Actor) -> tuple[Row, ...]:
    """The judged rows, each with what came with its figure; after a target's day that day's figure counts."""
    if not plan.indicators:
        return ()
    frame = assess(store, plan, as_of, by=by, policy=policy)
    cutoffs = [min(as_of, day) for day in frame["target_day"]]
    told = told_with(store, plan, set(cutoffs))
    extra = {
        (record["indicator"], record["region"]): told[cutoff].get((record["indicator"], record["region"]), {})
        for record, cutoff in zip(frame.to_dict("records"), cutoffs, strict=True)
    }
    return rows_of(plan, tree, frame, extra)


def _digest(
    plan: Plan, kind: EvaluationKind, as_of: date, policy: Policy, rows: Sequence[Row], sources: Sequence[SourceLine]
) -> str:
    """SHA-256 over the canonical JSON (sorted keys, no spaces, UTF-8) of the frozen figures."""
    frozen: dict[str, Any] = {
        "plan": plan.model_dump(mode="json", by_alias=True), "kind": kind.value, "as_of": as_of.isoformat(),
        "policy": policy.model_dump(mode="json"), "rows": [row.model_dump(mode="json") for row in rows],
        "sources": [source.model_dump(mode="json") for source in sources],
    }  # fmt: skip
    text = json.dumps(frozen, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def assembled(
    plan: Plan, region: Region, kind: EvaluationKind, as_of: date, rows: tuple[Row, ...],
    figures: Sequence[PublishedFigure], told: dict[str, Any],
) -> Contents:  # fmt: skip
    """The parts of a report from judged rows; `told` gives what is neither a figure nor follows from one."""
    home = [row for row in rows if row.region == plan.region]
    below = [row for row in rows if row.region != plan.region]
    by_indicator = {row.indicator: row for row in home}
    lines = tuple(IndicatorLine(indicator=i.id, name=i.name, row=by_indicator.get(i.id)) for i in plan.indicators)
    counted = tuple(overview.counts(lines, as_of))
    regions = tuple(region_lines(below))
    found = tuple(problems(rows, as_of, plan.region))
    return Contents(
        title=overview.report_title(plan, region, kind),
        plan=plan.id, plan_name=plan.title, home=plan.region, home_name=region.name,
        kind=kind, as_of=as_of,
        warnings=tuple(overview.warnings(plan, rows)),
        background=tuple(overview.background(plan, region, kind, as_of, rows)),
        overall=tuple(overview.overall(lines, counted, as_of)),
        counts=counted, indicators=lines,
        findings=tuple(overview.findings(lines, figures, as_of, plan.region)),
        task_intro=tuple(tasks.task_intro(plan)),
        tasks=tuple(tasks.task_lines(plan, home, as_of)),
        units=tuple(tasks.unit_lines(plan, home)),
        goals=tuple(tasks.goal_lines(plan)),
        region_findings=tuple(region_findings(below, regions, region.name)),
        regions=regions,
        problem_intro=tuple(problem_intro(rows, found, plan.region)),
        problems=found,
        suggestions=tuple(suggestions(plan, kind, rows, as_of)),
        rows=rows,
        methods=tuple(method_settings()),
        remarks=(*plan.remarks, *(f"{i.name}：{i.remark}" for i in plan.indicators if i.remark)),
        **told,
    )  # fmt: skip
