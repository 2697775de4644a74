"""Plans, indicators, tasks and judgements as plain records with stable names, for other programs."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import pandas as pd

from trackers.model.plan import Indicator, Plan, Source, Target, Task
from trackers.model.region import RegionTree

ASSESSED = (
    "region", "region_name", "indicator", "indicator_name", "unit", "basis", "value", "period", "observed",
    "baseline", "baseline_date", "baseline_origin", "target", "target_year", "comparator", "confidence",
    "attainment", "completion", "time_progress", "pace", "verdict", "severity", "reason", "word", "expected",
    "shortfall", "needed_per_year", "actual_per_year", "projected", "projected_low", "projected_high",
    "attained_on", "falling", "kept", "disagree", "reported_regions", "expected_regions", "demo", "unreviewed",
    "units", "methods",
)  # fmt: skip


def plan_record(plan: Plan, tree: RegionTree) -> dict[str, Any]:
    """A plan in one record: what it is, and how many indicators, goals and tasks it has."""
    return {
        "id": plan.id, "title": plan.title, "short": plan.short, "number": plan.number, "issuer": plan.issuer,
        "region": plan.region, "region_name": tree[plan.region].name,
        "period": {"start": plan.start, "end": plan.end},
        "issued": plan.issued.isoformat() if plan.issued else None,
        "milestones": plan.milestones,
        "indicators": len(plan.indicators), "goals": len(plan.goals), "tasks": len(plan.tasks),
        "safeguards": len(plan.safeguards),
        "evaluations": [{"kind": each.kind.value, "year": each.year} for each in plan.evaluations],
        "carries_out": [each.model_dump() for each in plan.carries_out],
        "source_file": plan.source_file, "second_source_only": plan.second_source_only,
        "remarks": plan.remarks,
    }  # fmt: skip


def indicator_record(plan: Plan, indicator: Indicator) -> dict[str, Any]:
    """An indicator with its baseline and targets, each with its source."""
    baseline = indicator.baseline
    return {
        "plan": plan.id, "id": indicator.id, "name": indicator.name, "unit": indicator.unit,
        "direction": indicator.direction.value, "aggregation": indicator.aggregation.value,
        "level": indicator.level.value, "measure": indicator.measure.value,
        "frequency": indicator.frequency.value,
        "baseline": baseline.model_dump(mode="json") if baseline else None,
        "targets": [_target(plan, target) for target in indicator.targets],
        "definition": indicator.definition,
        "nature": indicator.nature.value if indicator.nature else None,
        "weight": indicator.weight, "tasks": indicator.tasks, "remark": indicator.remark,
        "same_as": [each.model_dump() for each in indicator.same_as],
    }  # fmt: skip


def _target(plan: Plan, target: Target) -> dict[str, Any]:
    return {
        "year": target.year, "comparator": target.comparator.value, "value": whole(target.value),
        "confidence": target.confidence.value, "shape": target.shape,
        "source": _source(plan, target.source) if target.source else None,
        "reference": target.reference, "year_inferred": target.year_inferred, "remark": target.remark,
        "approval": target.approval or None,
    }  # fmt: skip


def _source(plan: Plan, source: Source) -> dict[str, Any]:
    return {"file": plan.source_file, **source.model_dump()}


def task_record(plan: Plan, task: Task) -> dict[str, Any]:
    """A task with its deliverables and responsible units."""
    return {
        "plan": plan.id, "id": task.id, "number": task.number, "group": task.group, "name": task.name,
        "deliverables": task.deliverables, "units": task.units, "source": _source(plan, task.source),
    }  # fmt: skip


def assessment_records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of `queries.assess.assess` as records: absent is None, days are ISO text, no NaN."""
    return [{name: plain(row[name]) for name in ASSESSED} for row in frame.to_dict("records")]


def plain(value: Any) -> Any:
    """A value that JSON can carry; NaN and NaT become None."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, date):
        return value.isoformat()[:10]
    if hasattr(value, "item"):
        return plain(value.item())
    return value


def whole(value: float | None) -> float | int | None:
    """80.0 as 80: a count is written the way its document writes it."""
    return int(value) if value is not None and value == int(value) else value
