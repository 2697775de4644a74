"""What can be chosen at the top of a page and on it: plans, days, regions, each with a label that is its address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import pandas as pd

from trackers.model.plan import Level, Plan
from trackers.model.region import RegionTree


def plan_labels(plans: Sequence[Plan]) -> dict[str, str]:
    """The short name of each plan by id; with the id where two share one."""
    return _apart({plan.id: plan.short for plan in plans}, {plan.id: plan.id for plan in plans})


def quick_days(plan: Plan, today: date) -> dict[str, date]:
    """Days worth judging by name: today and the end of each milestone year."""
    ends = {f"{year}年末": date(year, 12, 31) for year in plan.milestones}
    return {"今天": today, **ends}


def day_range(plan: Plan, today: date) -> tuple[date, date]:
    """First and last day a plan can be judged for: nothing is known of a day that has not come."""
    return plan.first_day, max(today, plan.first_day)


def day_in(text: str, first: date, last: date) -> date | None:
    """The day an address asks for; None where it is no day or outside the range."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if first <= day <= last else None


def region_labels(frame: pd.DataFrame, tree: RegionTree, home: str) -> dict[str, str]:
    """Regions that have rows, the plan's own first, then by level and code; with what lies above where two share a name."""
    order = {level.value: place for place, level in enumerate(Level)}
    found = frame[["region", "region_name", "region_level"]].drop_duplicates("region")
    ranks = found["region_level"].map(order).where(found["region"] != home, -1)
    found = found.assign(rank=ranks).sort_values(["rank", "region"])
    names = dict(zip(found["region"], found["region_name"], strict=True))
    return _apart(names, {code: tree.path_name(code) for code in names})


def indicator_labels(plan: Plan) -> dict[str, str]:
    """Names of the plan's indicators by id."""
    names = {indicator.id: indicator.name for indicator in plan.indicators}
    return _apart(names, {id: f"{name}（{id}）" for id, name in names.items()})


def _apart(labels: Mapping[str, str], fuller: Mapping[str, str]) -> dict[str, str]:
    """The labels, with the fuller one wherever several things would be called the same."""
    often = Counter(labels.values())
    return {key: label if often[label] == 1 else _joined(label, fuller[key]) for key, label in labels.items()}


def _joined(label: str, fuller: str) -> str:
    return fuller if label in fuller else f"{label}（{fuller}）"


def level_words(levels: Iterable[str]) -> dict[str, str]:
    """Administrative levels present, larger first, with their words."""
    present = set(levels)
    return {level.value: level.word for level in Level if level.value in present}
