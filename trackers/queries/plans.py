"""Plans and regions as they are kept, and the names people call them by."""

from __future__ import annotations

import difflib
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

from trackers.errors import UnknownNameError
from trackers.model.plan import Indicator, Plan
from trackers.model.published import PublishedFigure
from trackers.model.region import Region, RegionTree
from trackers.store import Store

Held = TypeVar("Held")
MOST_HELD = 24  # plans, regions or adjustments of so many databases and versions
_MEMORY: OrderedDict[tuple[str, Callable[[Store], Any]], Any] = OrderedDict()  # by version and how it is read


def plans(store: Store) -> list[Plan]:
    """Every plan, in the order they were loaded."""
    return list(in_memory(store, "plans", _read_plans))


def region_tree(store: Store) -> RegionTree:
    """Every region."""
    return in_memory(store, "regions", _read_regions)


def region_numbers(store: Store) -> dict[int, str]:
    """The code of every region by the number that the store keeps it under."""
    return in_memory(store, "regions", _read_numbers)


def _read_numbers(store: Store) -> dict[int, str]:
    return {row["id"]: row["code"] for row in store.rows("region_numbers")}


def _read_plans(store: Store) -> list[Plan]:
    return [Plan.model_validate_json(row["document"]) for row in store.rows("plans")]


def _read_regions(store: Store) -> RegionTree:
    return RegionTree(Region.model_validate_json(row["document"]) for row in store.rows("regions"))


def in_memory(store: Store, what: str, read: Callable[[Store], Held]) -> Held:
    """What is read from the store, read again when the store says that it changed; nobody changes it in memory."""
    with store.reading():
        key = (store.rows("held", what=what)[0]["version"], read)
        if key not in _MEMORY:
            _MEMORY[key] = read(store)
            while len(_MEMORY) > MOST_HELD:
                _MEMORY.popitem(last=False)
        found: Held = _MEMORY[key]
        return found


def loaded(store: Store) -> dict[str, str]:
    """What the database was filled with (`seeds`, `demonstration`), each with its digest; empty for a new one."""
    return {row["what"]: row["digest"] for row in store.rows("loaded")}


def published(store: Store, plan_id: str) -> list[PublishedFigure]:
    """Published figures kept beside the plan's indicators, judged or not."""
    return [PublishedFigure.model_validate_json(row["document"]) for row in store.rows("published", plan=plan_id)]


def plan_by_id(store: Store, id: str) -> Plan:
    """The plan of exactly this id; raises UnknownNameError with the nearest ids."""
    held = {plan.id: plan for plan in plans(store)}
    if id not in held:
        raise UnknownNameError("规划", id, difflib.get_close_matches(id, held, n=3, cutoff=0.3))
    return held[id]


def find_plan(store: Store, name: str, tree: RegionTree | None = None) -> Plan:
    """The plan of this id, short name, title, number or region's name; raises UnknownNameError."""
    every = plans(store)
    for plan in every:
        if plan.id == name:
            return plan
    tree = tree or region_tree(store)
    names = {plan.id: _names(plan, tree) for plan in every}
    found = [plan for plan in every if name in names[plan.id]]
    found = found or [plan for plan in every if name and name in plan.title]
    if len(found) == 1:
        return found[0]
    if found:
        raise UnknownNameError("规划", name, [f"{plan.id}（{plan.short}）" for plan in found], ambiguous=True)
    words = {word: plan.id for plan in every for word in names[plan.id]}
    near = difflib.get_close_matches(name, words, n=6, cutoff=0.3)
    ids = list(dict.fromkeys(words[word] for word in near)) or [plan.id for plan in every]
    raise UnknownNameError("规划", name, ids[:3])


def _names(plan: Plan, tree: RegionTree) -> set[str]:
    region = tree[plan.region]
    return {plan.id, plan.short, plan.title, plan.number or plan.id, plan.region, region.name, region.short}


def find_indicator(plan: Plan, name: str) -> Indicator:
    """The plan's indicator of this id or name; raises UnknownNameError with the nearest."""
    wanted = name.strip()
    for indicator in plan.indicators:
        if wanted in (indicator.id, indicator.name):
            return indicator
    names = {word: each.name for each in plan.indicators for word in (each.id, each.name)}
    near = difflib.get_close_matches(wanted, names, n=3, cutoff=0.3)
    raise UnknownNameError("指标", name, list(dict.fromkeys(names[word] for word in near)))
