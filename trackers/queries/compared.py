"""A superior plan and those that carry it out, side by side where they count the same thing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from trackers.assessment.coverage import Coverage, LeftOut, Share, coverage
from trackers.model.account import Actor
from trackers.model.plan import Indicator, Plan, Target
from trackers.model.region import RegionTree
from trackers.model.rights import Permission
from trackers.queries.adjustments import plan_as_of
from trackers.queries.assess import judged_as_it_is
from trackers.queries.places import target_on
from trackers.queries.plans import plans, region_tree
from trackers.queries.records import plain
from trackers.queries.rights import rights_of
from trackers.store import Store

COMPARED = (
    "indicator", "indicator_name", "unit", "side", "plan", "plan_short", "own_indicator", "own_name", "region", "region_name",
    "target_year", "target", "comparator", "confidence", "value", "observed", "completion", "verdict", "word", "sign",
    "severity", "reason_word", "demo", "unreviewed", "open", "share", "counted", "left_out", "ground",
)  # fmt: skip
JUDGED = (
    "value", "observed", "completion", "verdict", "word", "sign", "severity", "reason_word", "demo", "unreviewed",
)  # fmt: skip
OF_TARGET = ("completion", "verdict", "word", "sign", "severity", "reason_word")
SUPERIOR, LOWER = "superior", "lower"


class Compared(NamedTuple):
    """The frame (columns `COMPARED`), and by the superior plan's indicator what the lower targets add up to.

    For each indicator that some lower plan counts too a row of the superior plan (`side`) and one for each lower plan, in the
    order the plans were loaded. `share` is the lower target as a fraction of the superior one, absent for what does not add
    up; `counted` whether it is in the sum, `left_out` why not. `open` says whether the person may see the figure: where not,
    value and verdict are absent, the targets of the documents are there.
    """

    superior: Plan
    frame: pd.DataFrame
    coverage: dict[str, Coverage]
    alone: tuple[str, ...]  # names of the superior plan's indicators that no lower plan counts
    unmatched: tuple[str, ...]  # short names of the plans that carry it out and count nothing of it


def superiors_of(store: Store, plan: Plan) -> list[Plan]:
    """The plans to compare for this one: itself where others carry it out, else those it carries out that are held here."""
    every = plans(store)
    if _carried_out_by(every, plan):
        return [plan]
    named = [each.plan for each in plan.carries_out]
    return [each for each in every if each.id in named]


def _carried_out_by(every: list[Plan], superior: Plan) -> list[Plan]:
    return [each for each in every if superior.id in {above.plan for above in each.carries_out}]


def compared(store: Store, superior: Plan, as_of: date, *, by: Actor) -> Compared:
    """Put the superior plan's indicators beside those of the plans that carry it out, as of a day.

    What counts the same is what the plan files say (`same_as`), and nothing else. Targets are those in force on the day.
    """
    with store.reading():
        tree = region_tree(store)
        above = plan_as_of(store, superior, as_of)
        lower = [plan_as_of(store, each, as_of) for each in _carried_out_by(plans(store), superior)]
        rights = rights_of(store, by)
        seen = [each for each in [above, *lower] if rights.may(Permission.SEE, each.region, each)]
        told = {each.id: _judged(store, each, as_of, by) for each in seen}
    rows: list[dict[str, Any]] = []
    covered: dict[str, Coverage] = {}
    for indicator in above.indicators:
        pairs = list(_counting_the_same(lower, above, indicator))
        if pairs:
            group = _Group(tree, told, as_of, above, indicator)
            covered[indicator.id] = group.covered(pairs)
            rows += group.rows(pairs, covered[indicator.id])
    matched = {row["plan"] for row in rows}
    return Compared(
        above, pd.DataFrame(rows, columns=list(COMPARED), dtype=object), covered,
        tuple(each.name for each in above.indicators if each.id not in covered),
        tuple(each.short for each in lower if each.id not in matched),
    )  # fmt: skip


def _judged(store: Store, plan: Plan, as_of: date, by: Actor) -> dict[str, dict[str, Any]]:
    """The judged rows of the plan's own region by indicator."""
    frame = judged_as_it_is(store, plan, as_of, by=by, region=plan.region)
    return {str(row["indicator"]): {str(name): value for name, value in row.items()} for row in frame.to_dict("records")}


Pair = tuple[Plan, Indicator, str]  # a lower plan, its indicator, and on what ground it counts the same


def _counting_the_same(lower: list[Plan], superior: Plan, indicator: Indicator) -> Iterator[Pair]:
    for plan in lower:
        for own in plan.indicators:
            for same in own.same_as:
                if (same.plan, same.indicator) == (superior.id, indicator.id):
                    yield plan, own, same.ground


class _Group(NamedTuple):
    """One indicator of the superior plan, with what is judged of every plan."""

    tree: RegionTree
    told: dict[str, dict[str, dict[str, Any]]]
    as_of: date
    superior: Plan
    indicator: Indicator

    @property
    def target(self) -> Target:
        return target_on(self.indicator, self.as_of)

    def target_of(self, own: Indicator) -> Target:
        """The lower target of the superior's year; where there is none, the one in force."""
        same = [each for each in own.targets if each.year == self.target.year]
        return same[0] if same else target_on(own, self.as_of)

    def covered(self, pairs: list[Pair]) -> Coverage:
        shares = [
            Share(_key(plan, own), self._places(plan), self.target_of(own).value, self.target_of(own).year)
            for plan, own, _ in pairs
        ]
        additive = self.indicator.adds_up and all(own.adds_up for _, own, _ in pairs)
        return coverage(self.target.value, self.target.year, shares, additive=additive)

    def _places(self, plan: Plan) -> frozenset[str]:
        return frozenset({plan.region, *(each.code for each in self.tree.below(plan.region))})

    def rows(self, pairs: list[Pair], found: Coverage) -> list[dict[str, Any]]:
        own = self._row(self.superior, self.indicator, self.target, SUPERIOR, "") | {"share": None, "counted": False}
        return [own | {"left_out": None}, *(self._lower(pair, found) for pair in pairs)]

    def _lower(self, pair: Pair, found: Coverage) -> dict[str, Any]:
        plan, own, ground = pair
        target, key = self.target_of(own), _key(plan, own)
        why = found.left_out.get(key)
        comparable = key in found.counted or why in (LeftOut.INSIDE, LeftOut.SAME_REGION, LeftOut.OVERLAPPING)
        whole = self.target.value
        share = target.value / whole if comparable and whole and target.value is not None else None
        told = {"share": share, "counted": key in found.counted, "left_out": why.value if why else None}
        return self._row(plan, own, target, LOWER, ground) | told

    def _row(self, plan: Plan, own: Indicator, target: Target, side: str, ground: str) -> dict[str, Any]:
        judged = self.told.get(plan.id, {}).get(own.id, {})
        region = self.tree[plan.region]
        figures = {name: plain(judged.get(name)) for name in JUDGED}
        if judged and judged["target_year"] != target.year:
            figures |= dict.fromkeys(OF_TARGET)  # it was judged by another year's target than the one that is shown
        return {
            "indicator": self.indicator.id, "indicator_name": self.indicator.name, "unit": self.indicator.unit, "side": side,
            "plan": plan.id, "plan_short": plan.short, "own_indicator": own.id, "own_name": own.name, "region": region.code,
            "region_name": region.name, "target_year": target.year, "target": target.value,
            "comparator": target.comparator.value, "confidence": target.confidence.value, **figures,
            "demo": bool(judged.get("demo")), "unreviewed": bool(judged.get("unreviewed")), "open": plan.id in self.told,
            "ground": ground,
        }  # fmt: skip


def _key(plan: Plan, own: Indicator) -> str:
    return f"{plan.id} {own.id}"
