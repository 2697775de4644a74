"""填报期: which periods are open until when, who has not reported, and what the forms offer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import pandas as pd
from pandas.io.formats.style import Styler

from trackers.model.period import Frequency, Period
from trackers.model.plan import Level, Plan
from trackers.model.region import RegionTree
from trackers.model.rights import Permission, Rights
from trackers.model.window import Window, WindowState, asked, levels, own_periods
from trackers.model.wording import date_text, moment_text, percent_text

PROVISIONAL = "（暂定）"
SHARES = ["报送率", "及时率"]
SIGNS = {WindowState.NOT_YET: "○", WindowState.OPEN: "●", WindowState.PAST: "■", WindowState.CLOSED: "×"}
UNKNOWN_HOLIDAYS = "那一年的节假日安排还没有公布，截止日按周末推算，公布后可能变动"


def sheets(plan: Plan, last: date) -> list[Period]:
    """The sheets for periods that ended by a day, the newest first: 2019 stands for 2019Q4 where it asks for all of it."""
    ending: dict[date, set[tuple[Level, Period]]] = defaultdict(set)
    for level in levels(plan):
        for period in own_periods(plan, level, plan.first_day, last):
            ending[period.end].add((level, period))
    found: set[Period] = set()
    for own in ending.values():
        longest = max(period for _, period in own)
        found.add(longest)
        found |= {p for level, p in own if asked(plan, level, p).keys() - asked(plan, level, longest).keys()}
    return sorted(found, reverse=True)


def labels(periods: Iterable[Period]) -> dict[str, str]:
    """Periods by their text, each in words."""
    return {str(each): each.words for each in periods}


def runs_text(periods: Iterable[Period]) -> str:
    """Periods in words, in their order; three or more in a row are told by the first and the last."""
    runs: list[list[Period]] = []
    for each in sorted(periods):
        before = next((run for run in runs if run[-1].next() == each), None)
        if before:
            before.append(each)
        else:
            runs.append([each])
    return "、".join(
        f"{run[0].words}至{run[-1].words}（{len(run)}个）" if len(run) > 2 else "、".join(each.words for each in run)
        for run in runs
    )


def windows_table(windows: Sequence[Window], on: date) -> pd.DataFrame:
    """One row a level and period, the newest first, with its state in words."""
    rows = [
        (
            each.level.word, each.period.words, f"{SIGNS[each.state(on)]} {each.state(on).word}",
            each.opens.isoformat(), f"{each.deadline.isoformat()}{PROVISIONAL if each.provisional else ''}", _about(each),
        )
        for each in windows
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["层级", "填报期", "状态", "开放日", "截止日", "说明"], dtype=object)


def _about(window: Window) -> str:
    if window.closed:
        return f"由管理员关闭，原因：{window.reason}"
    if window.by_hand:
        return "由管理员开放"
    return UNKNOWN_HOLIDAYS if window.provisional else "按规则"


def open_now(windows: Sequence[Window], on: date) -> list[str]:
    """A sentence for each level and deadline of what is open, the first to end first; `windows` newest first."""
    found: dict[tuple[date, Level, bool], list[Period]] = defaultdict(list)
    for each in windows:
        if each.state(on) is WindowState.OPEN:
            found[each.deadline, each.level, each.provisional].append(each.period)
    return [
        f"{level.word}开放到{date_text(day)}{PROVISIONAL if provisional else ''}：{runs_text(periods)}"
        for (day, level, provisional), periods in sorted(found.items())
    ]


def rule_text(rules: dict[Level, int]) -> str:
    """The rule of each level in one sentence."""
    told = "；".join(f"{level.word}为第 {days} 个工作日" for level, days in rules.items())
    return f"没有单独开放或关闭的，填报期结束次日开放，之后第几个工作日截止：{told}。截止日当天仍可填报。"


def missing_table(counted: pd.DataFrame, *, only_lacking: bool = False) -> pd.DataFrame:
    """`by_region` as people read it: rates are fractions, absent where nothing is expected."""
    rows = counted[counted["reported"] < counted["expected"]] if only_lacking else counted
    above = set(counted.loc[counted["below"], "region"])
    names = [
        f"{row.region_name}{'（含下级）' if row.below else '（本级）' if row.region in above else ''}"
        for row in rows.itertuples()
    ]
    return pd.DataFrame(
        {
            "地区": names, "应报": rows["expected"], "已报": rows["reported"], "报送率": rows["completeness"],
            "按时": rows["timely"], "及时率": rows["timeliness"], "逾期": rows["overdue"],
            "缺报的指标": rows["lacking"],
        }
    ).reset_index(drop=True)  # fmt: skip


def written(table: pd.DataFrame) -> Styler:
    """`missing_table` as a page draws it: the rates as percentages, which still sort as numbers."""
    return table.style.format(dict.fromkeys(SHARES, _percent))


def told(table: pd.DataFrame) -> pd.DataFrame:
    """What stands in its cells as it is read."""
    return table.assign(**{name: table[name].map(_percent) for name in SHARES}).astype(str)


def _percent(share: Any) -> str:
    return percent_text(share)


def deadline_text(frame: pd.DataFrame) -> str:
    """The deadlines of what is expected, by level: 县级 2024年1月22日."""
    found = frame[["level", "deadline", "provisional"]].drop_duplicates()
    told = [
        f"{Level(row['level']).word} {date_text(row['deadline'])}{PROVISIONAL if row['provisional'] else ''}"
        for row in found.to_dict("records")
    ]
    return "、".join(dict.fromkeys(told))


def leave_table(exceptions: pd.DataFrame, on: date) -> pd.DataFrame:
    """Leave given to hand in later, with whether it still holds."""
    return pd.DataFrame(
        {
            "地区": exceptions["region_name"],
            "填报期": [Period.parse(text).words for text in exceptions["period"]],
            "补报至": [until.isoformat() for until in exceptions["until"]],
            "状态": ["有效" if until >= on else "已过期" for until in exceptions["until"]],
            "理由": exceptions["reason"],
            "准许人": exceptions["by_name"],
            "准许时间": [moment_text(at) for at in exceptions["at"]],
        },
        dtype=object,
    )


def may_be_excepted(rights: Rights, plan: Plan, tree: RegionTree) -> dict[str, str]:
    """The regions to which the person may give leave, by code; with what lies above where two share a name."""
    regions = [
        region
        for level in levels(plan)
        for region in tree.at_level(plan.region, level)
        if rights.may(Permission.EXCEPT, region.code, plan)
    ]
    often = Counter(region.name for region in regions)
    return {each.code: each.name if often[each.name] == 1 else tree.path_name(each.code) for each in regions}


def frequency_labels(found: Sequence[Frequency]) -> dict[str, str]:
    """How often a level reports, the longest first."""
    return {each.value: f"按{each.word}" for each in reversed(found)}
