"""When figures are taken: the rule, opening and closing by hand, and leave to hand in later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from trackers.actions.audit import recorded, utc_text
from trackers.errors import RefusedError, UnknownNameError
from trackers.model.account import Actor, operator
from trackers.model.period import Period
from trackers.model.plan import Level, Plan
from trackers.model.rights import Permission
from trackers.model.signs import has_odd_signs
from trackers.model.window import (
    MOST_WORKING_DAYS,
    Window,
    asked,
    frequencies,
    levels,
    own_periods,
)
from trackers.model.wording import BEIJING
from trackers.queries.periods import rules, window
from trackers.queries.plans import plan_by_id, plans, region_tree
from trackers.queries.rights import require, rights_of
from trackers.store import Store

LONGEST_REASON = 200
MOST_PERIODS = 400  # of one opening: monthly figures of thirty years
DEMONSTRATION_DAYS = 30


def set_rule(store: Store, plan_id: str, level: Level, working_days: int, *, by: Actor, at: datetime) -> None:
    """Set how many working days after a period's end a level may report it; for periods of which nothing else is said.

    Raises ForbiddenError for anybody but an administrator of the plan's region, and RefusedError for a level that
    reports nothing or a number outside 1 to 250.
    """
    plan = plan_by_id(store, plan_id)
    with recorded(store, "set_period_rule", plan_id, by=by, at=at) as detail:
        require(rights_of(store, by), Permission.PERIODS, plan.region, plan)
        _check_level(plan, level)
        if not 1 <= working_days <= MOST_WORKING_DAYS:
            raise RefusedError(f"读到 {working_days} 个工作日，应为 1 到 {MOST_WORKING_DAYS}。期限没有改动，请改写后再试。")
        detail.update(level=level, before=rules(store, plan)[level], after=working_days)
        if detail["before"] == working_days:
            detail["nothing"] = True
            return
        store.run("keep_entry_rule", [{"plan": plan_id, "level": level, "working_days": working_days}])


def open_periods(
    store: Store, plan_id: str, level: Level, first: Period, last: Period, *, opens: date, deadline: date,
    by: Actor, at: datetime,
) -> list[Period]:  # fmt: skip
    """Take a level's figures for the periods from `first` to `last` (of one frequency), from the day `opens` to `deadline`.

    What a sheet for such a period asks for is opened with it: opening 2019 opens 2019Q4 as well, under which the sheet
    of the year keeps quarterly counts. Periods long past may be opened; one that was closed by hand is open again.
    Returns all that was opened. Raises ForbiddenError for anybody but an administrator of the plan's region, and
    RefusedError for days in the wrong order, a period that is not over, or one for which the level reports nothing.
    """
    plan = plan_by_id(store, plan_id)
    with recorded(store, "open_periods", plan_id, by=by, at=at) as detail:
        require(rights_of(store, by), Permission.PERIODS, plan.region, plan)
        _check_level(plan, level)
        _check_days(opens, deadline, last, at)
        opened = _with_what_sheets_keep(plan, level, _from_to(first, last))
        before = [window(store, plan, level, period) for period in opened]
        after = [
            each.model_copy(update={"opens": opens, "deadline": deadline, "closed": False, "reason": ""})
            for each in before
        ]
        _keep(store, plan, before, after, detail)
    return opened


def close_period(
    store: Store, plan_id: str, level: Level, period: Period, *, reason: str, by: Actor, at: datetime
) -> list[Period]:
    """Take no more of a level's figures for a period, with what its sheet keeps, whatever the deadline; says why.

    Returns all that was closed. Raises as `open_periods`, and RefusedError without a reason or where it is closed.
    """
    plan = plan_by_id(store, plan_id)
    with recorded(store, "close_period", plan_id, by=by, at=at) as detail:
        require(rights_of(store, by), Permission.PERIODS, plan.region, plan)
        _check_level(plan, level)
        said = _reason(reason, "关闭的原因")
        before = [window(store, plan, level, each) for each in _with_what_sheets_keep(plan, level, [period])]
        if all(each.closed for each in before):
            raise RefusedError(f"“{plan.short}”{level.word} {period} 已经是关闭的（原因：{before[0].reason}），没有改动。")
        after = [each.model_copy(update={"closed": True, "reason": said}) for each in before]
        _keep(store, plan, before, after, detail)
    return [each.period for each in before]


def grant_exception(
    store: Store, plan_id: str, region: str, period: Period, *, reason: str, until: date, by: Actor, at: datetime
) -> list[Period]:
    """Let one region hand in for a period, with what its sheet keeps, up to the day `until`, though it is closed.

    Returns the periods it holds for. Raises ForbiddenError for anybody but a reviewer of the region above or an
    administrator, and RefusedError without a reason, for a day gone by or a period that is not over or not reported.
    """
    plan, tree = plan_by_id(store, plan_id), region_tree(store)
    with recorded(store, "grant_exception", plan_id, by=by, at=at) as detail:
        if region not in tree:
            raise UnknownNameError("地区", region, [])
        require(rights_of(store, by), Permission.EXCEPT, region, plan)
        said, today = _reason(reason, "准许补报的理由"), at.astimezone(BEIJING).date()
        if until < today:
            raise RefusedError(f"读到的补报期限 {until} 已经过去，应不早于今天 {today}。没有准许补报，请改写后再试。")
        if period.end >= today:
            raise RefusedError(f"{period} 到 {period.end} 才结束，不需要准许补报。请在结束以后填报。")
        if region != plan.region and not tree.above(region, plan.region):
            raise RefusedError(f"{tree[region].name}不在“{plan.short}”的地区（{tree[plan.region].name}）之内。请另选地区。")
        granted = _with_what_sheets_keep(plan, tree[region].level, [period])
        told = {"region": region, "until": until.isoformat(), "reason": said}
        rows = [{**told, "plan": plan_id, "period": each.number, "at": utc_text(at), "by": by.login} for each in granted]
        store.run("add_entry_exception", rows)
        detail.update(told, periods=[str(each) for each in granted])
    return granted


def open_demonstration_periods(store: Store, *, at: datetime) -> None:
    """Open the last two periods of each frequency of every plan and level for 30 days, so that there is something to enter."""
    by, today = operator("start"), at.astimezone(BEIJING).date()
    last_day, until = today - timedelta(days=1), today + timedelta(days=DEMONSTRATION_DAYS)
    with store.writing():
        for plan in plans(store):
            for level in levels(plan):
                ended = own_periods(plan, level, plan.first_day, last_day)
                for frequency in frequencies(plan, level):
                    if two := [each for each in ended if each.frequency is frequency][-2:]:
                        open_periods(store, plan.id, level, two[0], two[-1], opens=today, deadline=until, by=by, at=at)


def _check_level(plan: Plan, level: Level) -> None:
    if level not in levels(plan):
        known = "、".join(each.word for each in levels(plan)) or "没有"
        raise RefusedError(f"“{plan.short}”的{level.word}不填报任何指标，填报的层级：{known}。没有改动，请另选层级。")


def _check_days(opens: date, deadline: date, last: Period, at: datetime) -> None:
    today = at.astimezone(BEIJING).date()
    if opens <= last.end:
        raise RefusedError(f"{last} 到 {last.end} 才结束，开放日应在这以后，读到的是 {opens}。没有开放，请改写后再试。")
    if deadline < max(opens, today):
        raise RefusedError(f"读到的截止日是 {deadline}，应不早于开放日 {opens} 和今天 {today}。没有开放，请改写后再试。")


def _from_to(first: Period, last: Period) -> list[Period]:
    if first.frequency is not last.frequency or first > last:
        raise RefusedError(f"读到从 {first} 到 {last}，应为同一种填报期，且起在前、止在后，如 2019 到 2020。没有开放。")
    found = [first]
    while found[-1] < last:
        found.append(found[-1].next())
        if len(found) > MOST_PERIODS:
            raise RefusedError(f"从 {first} 到 {last} 超过 {MOST_PERIODS} 个填报期，没有开放。请分几次开放。")
    return found


def _with_what_sheets_keep(plan: Plan, level: Level, sheets: Iterable[Period]) -> list[Period]:
    """The periods themselves and those under which their sheets keep figures; raises RefusedError where there is none."""
    found: set[Period] = set()
    for sheet in sheets:
        kept = asked(plan, level, sheet).values()
        if not kept:
            often = "、".join(each.word for each in frequencies(plan, level))
            raise RefusedError(
                f"“{plan.short}”（{plan.start}—{plan.end}年）的{level.word}在 {sheet} 没有要填报的指标，"
                f"它按{often or '—'}填报。没有改动，请另选填报期。"
            )
        found |= {sheet, *kept}
    return sorted(found)


def _keep(
    store: Store, plan: Plan, before: Sequence[Window], after: Sequence[Window], detail: dict[str, Any]
) -> None:
    store.run("keep_entry_window", [{"plan": plan.id, "period": each.period.number, **_told(each)} for each in after])
    detail.update(
        level=after[0].level, periods=[str(each.period) for each in after],
        before=[_told(each) for each in before], after=_told(after[0]),
    )  # fmt: skip


def _told(window: Window) -> dict[str, Any]:
    return {
        "level": window.level, "opens": window.opens.isoformat(), "deadline": window.deadline.isoformat(),
        "closed": int(window.closed), "reason": window.reason,
    }  # fmt: skip


def _reason(text: str, what: str) -> str:
    said = " ".join(text.split())
    if not said:
        raise RefusedError(f"没有写{what}，没有改动。请写明后再试。")
    if len(said) > LONGEST_REASON:
        raise RefusedError(f"{what}有 {len(said)} 个字，最多 {LONGEST_REASON} 个。没有改动，请缩短后再试。")
    if has_odd_signs(said):
        raise RefusedError(f"{what}里有看不见的控制字符。没有改动，请删去后再试。")
    return said
