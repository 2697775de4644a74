"""待办: what waits for one person: to mend, to enter, due soon, overdue, to review, to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from trackers.model.account import Actor
from trackers.model.deadline import working_days_left
from trackers.model.period import Period
from trackers.model.plan import Plan
from trackers.model.region import RegionTree
from trackers.model.rights import Permission, Rights, superior
from trackers.model.window import Window, WindowState, asked, sheet_of
from trackers.model.wording import date_text, moment_text
from trackers.queries.periods import closed_because, windows
from trackers.queries.plans import plans, region_tree
from trackers.queries.reporting import handed_in
from trackers.queries.rights import rights_of
from trackers.queries.tasks import Task, TaskKind
from trackers.queries.todo_adjustments import adjustment_tasks
from trackers.queries.todo_evaluations import evaluation_tasks
from trackers.queries.todo_orders import order_tasks
from trackers.store import Store

SOON = 5  # working days
LOOKED_BACK = timedelta(days=366)  # what was due before is not overdue any more, but left to the list of 填报期
MOST_COMMENTS = 2  # of a reviewer, told in one task
KEY = ["indicator", "region", "period_number"]
Leave = Mapping[tuple[str, int], date]  # (region, period's number) → the last day of leave to hand in later


class _Due(NamedTuple):
    """Why figures are waited for, and until when; `later` by leave to hand in later."""

    kind: TaskKind
    day: date
    provisional: bool
    later: bool


def todo(store: Store, *, by: Actor, on: date) -> list[Task]:
    """What waits for the person on a day (in Asia/Shanghai), the most urgent first.

    To enter are figures that are neither reported nor returned, in regions for which the person enters: due soon with
    at most 5 working days left, overdue for a year after the deadline. What an administrator closed is not waited for.
    """
    tree = region_tree(store)
    with store.reading():
        rights, held = rights_of(store, by), plans(store)
        mine = [plan for plan in held if rights.may(Permission.ENTER, None, plan)]
        found = [task for plan in mine for task in _own(store, plan, tree, rights, on)]
        found += _to_mend(store, held, tree, rights) if mine else []
        found += _to_review(store, held, tree, rights, by) if rights.may(Permission.REVIEW) else []
    found += order_tasks(store, rights, by=by, on=on) + adjustment_tasks(store, rights, by=by)
    found += evaluation_tasks(store, rights, by=by, on=on)
    return sorted(found, key=_urgency)


def _urgency(task: Task) -> tuple[Any, ...]:
    return list(TaskKind).index(task.kind), task.deadline or date.max, task.plan, task.region, task.period


def _own(store: Store, plan: Plan, tree: RegionTree, rights: Rights, on: date) -> Iterator[Task]:
    """What lacks in the person's own regions: to enter, due soon, overdue."""
    leave = _leave(store, plan, on)
    left = {period for _, period in leave}
    taken = [
        each
        for each in windows(store, plan, plan.first_day, on)
        if each.period.number in left or _waited_for(each, on)
    ]
    counts: dict[tuple[str, Period, _Due], int] = defaultdict(int)
    of: dict[tuple[str, Period, _Due], Window] = {}
    for window, region, sheet, count in _lacking(store, plan, taken, tree, rights):
        if due := _due(window, leave.get((region, window.period.number)), on):
            counts[region, sheet, due] += count
            of[region, sheet, due] = window.model_copy(update={"period": sheet})
    for (region, sheet, due), count in counts.items():
        why = _why(plan, of[region, sheet, due], due, tree[superior(tree, plan, region)].name, on)
        yield _entry(due.kind, plan, tree, region, sheet, count, why, due.day, due.provisional)


def _waited_for(window: Window, on: date) -> bool:
    """Whether figures for it are taken now, or are overdue."""
    state = window.state(on)
    return state is WindowState.OPEN or (state is WindowState.PAST and window.deadline >= on - LOOKED_BACK)


def _leave(store: Store, plan: Plan, on: date) -> Leave:
    """Leave to hand in later that still holds."""
    found: dict[tuple[str, int], date] = {}
    for row in store.rows("entry_exceptions", plan=plan.id):
        key, until = (row["region"], row["period"]), date.fromisoformat(row["until"])
        if until >= on:
            found[key] = max(until, found.get(key, until))
    return found


def _due(window: Window, later: date | None, on: date) -> _Due | None:
    state = window.state(on)
    if state is WindowState.NOT_YET:
        return None
    if state is not WindowState.OPEN and later is None:
        return _Due(TaskKind.OVERDUE, window.deadline, window.provisional, False) if _waited_for(window, on) else None
    opened = state is WindowState.OPEN
    day = window.deadline if opened else later
    assert day is not None
    kind = TaskKind.DUE_SOON if working_days_left(on, day) <= SOON else TaskKind.ENTER
    return _Due(kind, day, opened and window.provisional, not opened)


def _why(plan: Plan, window: Window, due: _Due, above: str, on: date) -> str:
    if due.kind is TaskKind.OVERDUE:
        return closed_because(plan, window, on, above)
    left = working_days_left(on, due.day)
    marked = "（暂定）" if due.provisional else ""
    rest = "今天是最后一天" if due.day == on else f"还有 {left} 个工作日"
    until = f"{'已准许补报至' if due.later else '开放至'}{date_text(due.day)}{marked}"
    return f"{until}，{rest}。"


def _lacking(
    store: Store, plan: Plan, taken: Sequence[Window], tree: RegionTree, rights: Rights
) -> Iterator[tuple[Window, str, Period, int]]:
    """For each window, own region and sheet how many figures were never handed in."""
    frames = [_expected(plan, place, window, tree, rights) for place, window in enumerate(taken)]
    expected = pd.concat([pd.DataFrame(columns=["place", *KEY, "sheet"], dtype=object), *frames])
    if expected.empty:
        return
    came = handed_in(store, plan, expected["period_number"].unique(), expected["region"].unique())
    rows = expected.merge(came[[*KEY, "newest"]], how="left", on=KEY)
    counted = rows[rows["newest"].isna()].groupby(["place", "region", "sheet"]).size()
    for row in counted.reset_index(name="number").to_dict("records"):
        yield taken[row["place"]], row["region"], Period.from_number(row["sheet"]), int(row["number"])


def _expected(plan: Plan, place: int, window: Window, tree: RegionTree, rights: Rights) -> pd.DataFrame:
    """What is kept under the window's period in the regions for which the person enters."""
    kept = [id for id, own in asked(plan, window.level, window.period).items() if own == window.period]
    regions = [
        region.code
        for region in tree.at_level(plan.region, window.level, window.period.end)
        if rights.may(Permission.ENTER, region.code, plan)
    ]
    sheets = [sheet_of(plan, plan.indicator(id), window.period).number for id in kept]
    return pd.DataFrame(
        {
            "place": place, "indicator": np.repeat(kept, len(regions)), "region": np.tile(regions, len(kept)),
            "period_number": window.period.number, "sheet": np.repeat(sheets, len(regions)),
        }, dtype=object,
    )  # fmt: skip


def _to_mend(store: Store, held: Iterable[Plan], tree: RegionTree, rights: Rights) -> Iterator[Task]:
    """What a reviewer gave back in the person's own regions; it may be mended after the deadline too."""
    by_id = {plan.id: plan for plan in held}
    found: dict[tuple[str, str, Period], list[str]] = defaultdict(list)
    for row in store.rows("returned_open"):
        plan = by_id[row["plan"]]
        if rights.may(Permission.ENTER, row["region"], plan):
            sheet = sheet_of(plan, plan.indicator(row["indicator"]), Period.from_number(row["period"]))
            found[plan.id, row["region"], sheet].append(row["comment"])
    for (id, region, sheet), comments in found.items():
        told = list(dict.fromkeys(comments))
        more = f"，等 {len(told)} 条意见" if len(told) > MOST_COMMENTS else ""
        why = f"退回意见：{'；'.join(told[:MOST_COMMENTS])}{more}"
        yield _entry(TaskKind.MEND, by_id[id], tree, region, sheet, len(comments), why)


def _to_review(
    store: Store, held: Iterable[Plan], tree: RegionTree, rights: Rights, by: Actor
) -> Iterator[Task]:
    """What waits for the person's review, by plan and the region that reviews; nobody reviews their own."""
    by_id = {plan.id: plan for plan in held}
    found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in store.rows("waiting_counted", login=by.login):
        plan = by_id[row["plan"]]
        if rights.may(Permission.REVIEW, row["region"], plan):
            found[plan.id, superior(tree, plan, row["region"])].append(row)
    for (id, above), rows in found.items():
        ends = sorted(Period.from_number(row["period"]) for row in rows)
        period = str(ends[0]) if ends[0] == ends[-1] else f"{ends[0]} 至 {ends[-1]}"
        places = len({row["region"] for row in rows})
        why = f"来自 {places} 个地区，最早的是 {moment_text(min(row['oldest'] for row in rows))} 报来的。"
        count = sum(row["number"] for row in rows)
        yield Task(
            TaskKind.REVIEW, id, by_id[id].short, above, tree[above].name, period, count, None, False, why,
            "review", {"plan": id},
        )  # fmt: skip


def _entry(
    kind: TaskKind, plan: Plan, tree: RegionTree, region: str, sheet: Period, count: int, why: str,
    day: date | None = None, provisional: bool = False,
) -> Task:  # fmt: skip
    query = {"plan": plan.id, "region": region, "period": str(sheet)}
    name = tree[region].name
    return Task(kind, plan.id, plan.short, region, name, str(sheet), count, day, provisional, why, "entry", query)
