"""When figures are taken: windows, deadlines, and why an entry is closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from trackers.errors import UnknownNameError
from trackers.model.account import Actor
from trackers.model.period import Period
from trackers.model.plan import Level, Plan
from trackers.model.region import RegionTree
from trackers.model.rights import Permission, Rights, superior
from trackers.model.window import USUAL_WORKING_DAYS, Window, WindowState, levels, own_periods, window_by_rule
from trackers.model.wording import date_text
from trackers.queries.plans import plans, region_tree
from trackers.queries.rights import rights_of
from trackers.store import Store


def entry_closed(store: Store, plan: Plan, region: str, period: Period, on: date) -> str:
    """Why the region cannot hand in for the period on that day (a day in Asia/Shanghai); "" when it can.

    `period` is the one a figure is kept under, or the sheet's: a window that was opened for a year's sheet holds
    for what that sheet keeps as its last quarter as well. Raises UnknownNameError for an unknown region.
    """
    tree = region_tree(store)
    if region not in tree:
        raise UnknownNameError("地区", region, [])
    level = tree[region].level
    said = store.rows("entry_said", plan=plan.id, region=region, level=level, period=period.number)[0]
    window = _window(level, period, said)
    state = window.state(on)
    later = state in (WindowState.PAST, WindowState.CLOSED) and bool(said["until"]) and on.isoformat() <= said["until"]
    if state is WindowState.OPEN or later:
        return ""
    return closed_because(plan, window, on, tree[superior(tree, plan, region)].name)


def closed_because(plan: Plan, window: Window, on: date, above: str) -> str:
    """The sentence for a window that is not open on a day; `above` names the region whose reviewer may except."""
    what = f"“{plan.short}”{window.level.word}{window.period.words}的填报"
    if window.state(on) is WindowState.NOT_YET:
        return f"{what}尚未开始，{date_text(window.opens)}起开放。请到时再报。"
    how = f"确需补报的，请向{above}的审核员或管理员说明原因，申请准许补报。"
    if window.state(on) is WindowState.CLOSED:
        return f"{what}已由管理员关闭（原因：{window.reason}）。{how}"
    marked = "（暂定，节假日安排尚未公布）" if window.provisional else ""
    return f"{what}已于{date_text(window.deadline)}{marked}截止。{how}"


def window(store: Store, plan: Plan, level: Level, period: Period) -> Window:
    """When the level's figures are taken for one period."""
    said = store.rows("entry_said", plan=plan.id, region="", level=level, period=period.number)[0]
    return _window(level, period, said)


def rules(store: Store, plan: Plan) -> dict[Level, int]:
    """Working days from the end of a period to its deadline, by each level that reports."""
    said = {row["level"]: row["working_days"] for row in store.rows("entry_rules", plan=plan.id)}
    return {level: said.get(level, USUAL_WORKING_DAYS) for level in levels(plan)}


def windows(store: Store, plan: Plan, first: date, last: date) -> list[Window]:
    """The windows of every period a level reports that ends from `first` to `last`, the newest first."""
    with store.reading():
        days = rules(store, plan)
        said = {(row["level"], row["period"]): row for row in store.rows("entry_windows", plan=plan.id)}
    asked = ((level, period) for level in days for period in own_periods(plan, level, first, last))
    found = [
        _window(level, period, said.get((level, period.number), {"opens": None, "working_days": days[level]}))
        for level, period in asked
    ]
    return sorted(found, key=lambda each: -each.period.number)


def deadlines(store: Store, *, by: Actor, first: date, last: date) -> list[tuple[Plan, Window]]:
    """The deadlines from `first` to `last` that concern the person, in order; not of what was closed by hand.

    Concerned are those who enter or review for a region of the level, and administrators of the plan's region.
    """
    rights, tree = rights_of(store, by), region_tree(store)
    found = [
        (plan, each)
        for plan in plans(store)
        for each in windows(store, plan, plan.first_day, last)
        if first <= each.deadline <= last and not each.closed
    ]
    concerned = {
        (plan.id, level): _concerned(rights, plan, tree, level)
        for plan, level in {(plan.id, each.level): (plan, each.level) for plan, each in found}.values()
    }
    mine = [(plan, each) for plan, each in found if concerned[plan.id, each.level]]
    return sorted(mine, key=lambda pair: (pair[1].deadline, pair[0].id, pair[1].level, pair[1].period.number))


def _concerned(rights: Rights, plan: Plan, tree: RegionTree, level: Level) -> bool:
    if rights.may(Permission.PERIODS, plan.region, plan):
        return True
    asked = [each for each in (Permission.ENTER, Permission.REVIEW) if rights.may(each, None, plan)]
    regions = tree.at_level(plan.region, level) if asked else []
    return any(rights.may(each, region.code, plan) for region in regions for each in asked)


def exceptions(store: Store, plan: Plan, *, by: Actor) -> pd.DataFrame:
    """Leave given to hand in later, the newest first, for regions the person may see.

    Columns region, region_name, period (text), until (day), reason, at (ISO 8601 in UTC), by, by_name.
    """
    tree, rows = region_tree(store), store.frame("entry_exceptions", plan=plan.id)
    rows = rows[rows["region"].isin(rights_of(store, by).seen(rows["region"], plan))].reset_index(drop=True)
    return rows.assign(
        region_name=[tree[code].name for code in rows["region"]],
        period=[str(Period.from_number(number)) for number in rows["period"]],
        until=[date.fromisoformat(text) for text in rows["until"]],
    )


def _window(level: Level, period: Period, said: Mapping[str, Any]) -> Window:
    """The window of what was said, or of the rule where the days were not said."""
    if said["opens"] is None:
        return window_by_rule(level, period, said["working_days"] or USUAL_WORKING_DAYS)
    return Window(
        level=level, period=period, opens=date.fromisoformat(said["opens"]), closed=bool(said["closed"]),
        deadline=date.fromisoformat(said["deadline"]), reason=said["reason"], by_hand=True,
    )  # fmt: skip
