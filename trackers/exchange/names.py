"""What the names in a table mean: plans, indicators and regions, each looked up once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from trackers.errors import FigureError, UnknownNameError
from trackers.exchange.numbers import half_width, shown
from trackers.model.period import Period
from trackers.model.plan import Indicator, Plan
from trackers.model.region import Region
from trackers.model.report import check_place, settle_period
from trackers.queries.plans import find_indicator, find_plan, plans, region_tree
from trackers.store import Store


class Names:
    """The plans and regions of a store, asked by the names people write.

    With `plan` everything is looked for in that plan; without, each row's plan is named or follows from its region,
    indicator and period.
    """

    def __init__(self, store: Store, plan: Plan | None) -> None:
        self.store, self.only = store, plan
        self.tree = region_tree(store)
        self._plans = plans(store) if plan is None else [plan]
        self._found: dict[tuple[object, ...], Any] = {}

    def plan(self, named: str, region: str, indicator: str, period: Period | None) -> Plan:
        """The plan a row belongs to; raises FigureError naming the column plan or indicator."""
        key = ("plan", named, region, indicator, period and period.number)
        return self._once(key, lambda: self._plan(half_width(named), region, indicator, period))  # type: ignore[no-any-return]

    def indicator(self, plan: Plan, text: str) -> Indicator:
        """The indicator of this id or name; raises FigureError naming the column indicator."""
        return self._once(("indicator", plan.id, text), lambda: _indicator(plan, text))  # type: ignore[no-any-return]

    def region(self, plan: Plan, text: str, on: date | None) -> Region:
        """The region of this code or name within the plan's; raises FigureError naming the column region."""
        return self._once(("region", plan.id, text, on), lambda: self._region(plan, text, on))  # type: ignore[no-any-return]

    def _once(self, key: tuple[object, ...], find: Callable[[], object]) -> Any:
        """What was found, or the refusal, the first time it was asked."""
        if key not in self._found:
            try:
                self._found[key] = find()
            except FigureError as error:
                self._found[key] = error
        found = self._found[key]
        if isinstance(found, FigureError):
            raise found
        return found

    def _region(self, plan: Plan, text: str, on: date | None) -> Region:
        place = self.tree[plan.region].name
        if not text.strip():
            raise FigureError("region", "", f"{place}范围内的地区名称或代码")
        try:
            return self.tree.resolve(half_width(text), within=plan.region, on=on)
        except UnknownNameError as error:
            raise FigureError("region", shown(text), _near(f"{place}范围内的地区名称或代码", error)) from None

    def _plan(self, named: str, region: str, indicator: str, period: Period | None) -> Plan:
        if named:
            return self._named(named)
        if self.only:
            return self.only
        found = [each for each in self._plans if self._has(each, region, indicator, period)]
        if len(found) > 1 and period:
            found = [each for each in found if self._takes(each, region, indicator, period)] or found
        if len(found) == 1:
            return found[0]
        if found:
            choices = "、".join(f"{each.id}（{each.short}）" for each in found)
            raise FigureError("plan", "", f"在“规划”一列写明是哪一个：{choices}")
        raise FigureError("indicator", shown(indicator), "该地区某一规划的指标名称（或在“规划”一列写明规划）")

    def _named(self, named: str) -> Plan:
        try:
            plan = find_plan(self.store, named, self.tree)
        except UnknownNameError as error:
            raise FigureError("plan", shown(named), _near("规划的 id、简称或文号", error)) from None
        if self.only and plan.id != self.only.id:
            raise FigureError("plan", shown(named), f"本次导入的规划“{self.only.short}”，或留空")
        return plan

    def _has(self, plan: Plan, region: str, indicator: str, period: Period | None) -> bool:
        try:
            self.indicator(plan, indicator)
            code = self.region(plan, region, period.end if period else None).code
        except FigureError:
            return False
        return code == plan.region or bool(self.tree.above(code, plan.region))

    def _takes(self, plan: Plan, region: str, indicator: str, period: Period) -> bool:
        try:
            meant = self.indicator(plan, indicator)
            settled = settle_period(meant, period, published=True)
            check_place(plan, meant, self.region(plan, region, period.end), settled, self.tree)
        except FigureError:
            return False
        return True


def _indicator(plan: Plan, text: str) -> Indicator:
    expected = f"“{plan.short}”的指标名称或 id"
    if not text.strip():
        raise FigureError("indicator", "", expected)
    meant = _plain(text)
    for indicator in plan.indicators:
        if _plain(indicator.name) == meant:
            return indicator
    try:
        return find_indicator(plan, text)
    except UnknownNameError as error:
        raise FigureError("indicator", shown(text), _near(expected, error)) from None


@lru_cache(4096)
def _plain(name: str) -> str:
    """A name without what differs between sheets: full-width signs, blanks, line breaks."""
    return "".join(half_width(name).split())


def _near(expected: str, error: UnknownNameError) -> str:
    if error.ambiguous:
        return f"其中之一：{'、'.join(error.nearest)}"
    return f"{expected}（相近的有：{'、'.join(error.nearest)}）" if error.nearest else expected
