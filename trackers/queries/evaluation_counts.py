"""How many of what an evaluation has: indicators, goals and tasks of its plan, figures expected and there, verdicts, words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from trackers.assessment.verdict import Severity, Verdict
from trackers.model.finding import Finding, SpotCheck, Subject, TaskGrade, Voice
from trackers.model.plan import Plan

Record = dict[str, Any]
BEHIND = (Verdict.LAGGING, Verdict.REGRESSING, Verdict.MISSED)


def counts(rows: pd.DataFrame, plan: Plan) -> Record:
    """The counts that follow from judged rows (columns of `assess`) and the plan: of the plan's own region, of the regions
    below it, of each region, of each indicator at each level, and of the plan's parts."""
    records = rows.to_dict("records")
    home = [row for row in records if row["region"] == plan.region]
    below = [row for row in records if row["region"] != plan.region]
    levels = dict.fromkeys((row["indicator"], row["region_level"]) for row in below)
    return {
        "plan": _parts(plan), "all": _figures(records), "home": _figures(home), "below": _figures(below),
        "regions": [{"region": code, **_figures(own)} for code, own in _by_region(below).items()],
        "indicators": [
            {"indicator": code, "region_level": level,
             **_figures([row for row in below if (row["indicator"], row["region_level"]) == (code, level)])}
            for code, level in levels
        ],
        "units": [{"unit": unit, **_duties(plan, unit)} for unit in _units(plan)],
    }  # fmt: skip


def _parts(plan: Plan) -> dict[str, int]:
    return {
        "indicators": len(plan.indicators), "goals": len(plan.goals), "tasks": len(plan.tasks),
        "task_groups": len({task.group for task in plan.tasks}), "safeguards": len(plan.safeguards),
        "tasks_without_units": sum(not task.units for task in plan.tasks),
    }  # fmt: skip


def _by_region(records: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in records:
        found.setdefault(row["region"], []).append(row)
    return found


def _figures(records: Sequence[Any]) -> Record:
    """Of these rows: how many, of them reported ones expected and there, and how many with each verdict and mark."""
    reported = [row for row in records if row["basis"] == "reported"]
    there = [row for row in reported if not pd.isna(row["value"])]
    verdicts = Counter(str(row["verdict"]) for row in records)
    sure = Counter(str(row["confidence"]) for row in records)
    return {
        "rows": len(records), "with_value": sum(not pd.isna(row["value"]) for row in records),
        "regions": len({row["region"] for row in records}),
        "expected": len(reported), "reported": len(there), "share": len(there) / len(reported) if reported else None,
        "demo": sum(bool(row["demo"]) for row in records), "unreviewed": sum(bool(row["unreviewed"]) for row in records),
        "demo_reported": sum(bool(row["demo"]) for row in there),
        "unreviewed_reported": sum(bool(row["unreviewed"]) for row in there),
        "behind": sum(verdicts[verdict] for verdict in BEHIND),
        "severe": sum(row["severity"] == Severity.SEVERE for row in records),
        "partial": sum(row["reason"] == "incomplete" for row in records),
        "falling": sum(bool(row["falling"]) and row["verdict"] not in BEHIND for row in records),
        "verdicts": {verdict.value: verdicts[verdict.value] for verdict in Verdict}, "confidence": dict(sorted(sure.items())),
    }  # fmt: skip


def _units(plan: Plan) -> list[str]:
    """Every responsible unit of a task or safeguard."""
    tasked = [unit for task in plan.tasks for unit in task.units]
    return list(dict.fromkeys(tasked + [unit for each in plan.safeguards for unit in each.units]))


def _duties(plan: Plan, unit: str) -> dict[str, int]:
    return {
        "tasks": sum(unit in task.units for task in plan.tasks),
        "safeguards": sum(unit in each.units for each in plan.safeguards),
    }  # fmt: skip


def said_counts(findings: Sequence[Finding], checks: Sequence[SpotCheck], plan: Plan) -> Record:
    """How much each voice says, how many goals and tasks are graded and not, how many figures were found otherwise."""
    counting = [each for each in findings if each.counts]
    here = [each for each in counting if each.region == plan.region and each.grade]
    tasks = Counter(each.grade for each in here if each.subject is Subject.TASK and each.voice is Voice.EVALUATOR)
    graded = {subject: len({each.code for each in here if each.subject is subject}) for subject in Subject}
    return {
        "voices": {voice.value: sum(each.voice is voice for each in counting) for voice in Voice},
        "checks": len(checks), "checked": sum(bool(each.results) for each in checks),
        "differing": sum(bool(each.difference) for each in checks),
        "tasks": {grade.value: tasks[grade.value] for grade in TaskGrade}, "tasks_not_evaluated": len(plan.tasks) - tasks.total(),
        "goals_unrated": len(plan.goals) - graded[Subject.GOAL], "tasks_unrated": len(plan.tasks) - graded[Subject.TASK],
        "graded_otherwise": len({each.place for each in here if each.differs}),
    }  # fmt: skip
