"""审核: the queue as a table, one figure with all there is to decide on, and what a decision did."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.viewmodels import words
from dashboard.viewmodels.entry_check import exact
from trackers.actions.review import Decided
from trackers.model.account import COMMAND_LINE
from trackers.model.region import RegionTree
from trackers.model.wording import MISSING, decimal_of, gap_text, moment_text, number_text, percent_text
from trackers.queries.review import APPROVED, CORRECTION, ReportKey

ALL = "all"
OPEN, JUDGED = "详情", "目前判断"
KINDS = {CORRECTION: "更正", "new": "新增"}
COLUMNS = [
    OPEN, "指标", "地区", "填报期", "填报值", "上次值", "变化", "提醒", "理由", JUDGED, "目标",
    "类别", "附件", "填报人", "报来时间",
]  # fmt: skip


def region_labels(queue: pd.DataFrame, tree: RegionTree) -> dict[str, str]:
    """The regions something waits from, with how many; all of them first."""
    numbers = Counter(queue["region"])
    often = Counter(tree[code].name for code in numbers)
    names = {code: tree[code].name if often[tree[code].name] == 1 else tree.path_name(code) for code in sorted(numbers)}
    return {ALL: f"全部地区（{len(queue)}）"} | {code: f"{name}（{numbers[code]}）" for code, name in names.items()}


def narrowed(queue: pd.DataFrame, *, plan: str | None = None, region: str = ALL) -> pd.DataFrame:
    """What waits of one plan (all where None) and from one region."""
    kept = queue if plan is None else queue[queue["plan"] == plan]
    kept = kept if region == ALL else kept[kept["region"] == region]
    return kept.reset_index(drop=True)


def keys(queue: pd.DataFrame) -> list[ReportKey]:
    """Under which keys the rows are decided over, in their order."""
    return [key_of(row) for row in queue[["series_id", "period_number", "revision"]].to_dict("records")]


def key_of(row: Mapping[Any, Any]) -> ReportKey:
    """Under which key one row is decided over."""
    return ReportKey(int(row["series_id"]), int(row["period_number"]), int(row["revision"]))


def fingerprint(keys: Sequence[tuple[Any, ...]]) -> str:
    """Changes with the rows of a table and their order: a place in it means the same as long as this does."""
    return hashlib.sha256(repr([tuple(key) for key in keys]).encode()).hexdigest()[:12]


def table(queue: pd.DataFrame, *, every_plan: bool = False) -> pd.DataFrame:
    """The queue in words, one row a figure; the plan is named where there may be several."""
    columns = [OPEN, "规划", *COLUMNS[1:]] if every_plan else COLUMNS
    return pd.DataFrame([_line(row) for row in queue.to_dict("records")], columns=columns, dtype=object)


def _line(row: Mapping[Any, Any]) -> dict[str, str]:
    return {
        OPEN: "查看", "规划": row["plan_name"], "指标": row["indicator_name"], "地区": row["region_name"],
        "填报期": row["period"], "填报值": figure_text(row), "上次值": before_text(row), "变化": change_text(row),
        "提醒": "；".join(row["doubts"]), "理由": row["reason"], JUDGED: judged_text(row), "目标": row["target_text"] or MISSING,
        "类别": KINDS[row["kind"]], "附件": "、".join(file.name for file in row["files"]), "填报人": person(row["by_name"]),
        "报来时间": moment_text(row["at"]),
    }  # fmt: skip


def figure_text(row: Mapping[Any, Any]) -> str:
    """The figure with every digit that was reported: 86项; a ratio as its parts with what they make: 95/100（95%）."""
    parts = row["numerator"], row["denominator"]
    if any(part is None or part != part for part in parts):
        return f"{exact(float(row['value']))}{row['unit']}"
    return f"{exact(float(parts[0]))}/{exact(float(parts[1]))}（{number_text(row['value'], row['unit'])}）"


def before_text(row: Mapping[Any, Any]) -> str:
    """What the figure is compared with: the one it corrects, else the last one approved before it."""
    if row["kind"] == CORRECTION:
        return f"{number_text(row['approved'], row['unit'])}（本期，已审核）"
    return last_text(row)


def last_text(row: Mapping[Any, Any]) -> str:
    """The last figure approved before the period: 30项（2015Q4）."""
    return f"{number_text(row['last_value'], row['unit'])}（{row['last_period']}）" if row["last_period"] else "没有"


def change_text(row: Mapping[Any, Any]) -> str:
    """By how much it differs from that, in its own unit and as a share: +6项（+20.0%）."""
    change, unit = row["change"], row["unit"]
    if change != change:
        return MISSING
    before = row["value"] - change
    share = f"（{_signed(change / abs(before), percent_text)}）" if before and unit != "%" else ""
    return _signed(change, lambda number: gap_text(number, unit)) + share


def _signed(number: float, write: Any) -> str:
    return ("+" if decimal_of(number) > 0 else "") + str(write(number))


def judged_text(row: Mapping[Any, Any]) -> str:
    """How the series stands without the figure that waits: ▼ 滞后于预期."""
    return f"{row['sign']} {row['word']}" if row["word"] else MISSING


def person(name: str) -> str:
    """The person's name; what the machine's operator did is said to come from there."""
    return f"命令行操作员 {name.removeprefix(COMMAND_LINE)}" if name.startswith(COMMAND_LINE) else name


def name(row: Mapping[Any, Any]) -> str:
    """What the figure is called: 指标，地区，填报期."""
    return f"{row['indicator_name']}，{row['region_name']}，{row['period']}"


def facts(row: Mapping[Any, Any]) -> dict[str, str]:
    """All there is to say of one figure, by name of the fact."""
    told = {
        "填报值": figure_text(row) + (f"（{words.DEMO}）" if row["demo"] else ""),
        "要更正的现行值": number_text(row["approved"], row["unit"]) if row["kind"] == CORRECTION else "",
        "上一期已审核": last_text(row),
        "变化": change_text(row),
        "目标": row["target_text"] or MISSING,
        "目前判断（不含这个数）": judged_text(row),
        "填报人": f"{person(row['by_name'])}，{moment_text(row['at'])}（第{row['revision']}次）",
        "说明": row["note"],
        "佐证地址": row["evidence"],
    }
    return {each: text for each, text in told.items() if text}


def chosen(queue: pd.DataFrame, key: ReportKey | None) -> dict[Any, Any]:
    """The row that is looked at: that of the key, or the first where it waits no longer."""
    there = keys(queue)
    place = there.index(key) if key in there else 0
    return queue.iloc[place].to_dict()


def button(outcome: str, number: int) -> str:
    """What stands on the button: 通过这个数, 退回选中的 3 个数."""
    word = "通过" if outcome == APPROVED else "退回"
    return f"{word}这个数" if number == 1 else f"{word}选中的 {number} 个数"


def done(decided: Decided) -> str:
    """What a decision did, in a sentence."""
    if decided.outcome == APPROVED:
        return f"已通过 {decided.number} 个数，各页的判断已经用上。"
    return f"已退回 {decided.number} 个数，退回意见已交给填报人；原来审核过的数仍然有效。"


def selection(ticked: pd.DataFrame, most: int = 8) -> str:
    """The figures that are ticked, by name, the first few; as Markdown."""
    called = [name(row) for row in ticked.head(most).to_dict("records")]
    rest = "……" if len(ticked) > most else ""
    return f"**已勾选 {len(ticked)} 个数**　{words.escaped('；'.join(called))}{rest}"
