"""Judged rows as a table: numbers stay numbers, so that they sort, and are written by the one rounding rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
from pandas.io.formats.style import Styler

from dashboard.viewmodels import words
from trackers.model.wording import MISSING, computed_text, date_text, gap_text, number_text, percent_text

# Heading → the judgement's column and how its number is written with the row's unit.
IN_UNIT: dict[str, tuple[str, Callable[[float, str], str]]] = {
    "现值": ("value", number_text),
    "截至日应达": ("expected", computed_text),
    "落后": ("shortfall", gap_text),
    "今后年均需": ("needed_per_year", gap_text),
    "此前年均": ("actual_per_year", gap_text),
    "预计到期": ("projected", computed_text),
    "基期值": ("baseline", number_text),
}
SHARES = {"达成率": "attainment", "完成率": "completion", "时序进度": "time_progress", "进度比": "pace"}
DAYS = {"数据日期": "observed", "预计实现日": "attained_on"}
TEXTS: dict[str, Callable[[dict[Any, Any]], str]] = {
    "指标": lambda row: str(row["indicator_name"]),
    "地区": lambda row: str(row["region_name"]),
    "规划": lambda row: str(row["plan_label"]),
    "上一季度": lambda row: f"{row['sign_before']} {row['word_before']}",
    "目标": words.origin_of_target,
    "目标年": lambda row: f"{row['target_year']}年{'（推定）' if row['year_inferred'] else ''}",
    "标注": words.marks,
    "填报期": lambda row: str(row["period"] or MISSING),
    "来源": words.source,
    "为何不判断": words.why_not,
    "责任单位": lambda row: "、".join(row["units"]) or "文件未写明",
    "说明": lambda row: str(row.get("note") or ""),
    "督办": lambda row: str(row.get("supervised") or ""),
}
VERDICT = "判定"
OPEN = "详情"


def plain_table(rows: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The columns asked for, with numbers as numbers, days as days, and the verdict with its sign."""
    records = rows.to_dict("records")
    made: dict[str, Any] = {}
    for name in columns:
        if name == VERDICT:
            made[name] = [words.label(record) for record in records]
        elif name == OPEN:
            made[name] = ["查看"] * len(records)
        elif name in TEXTS:
            made[name] = [TEXTS[name](record) for record in records]
        else:
            made[name] = rows[_field(name)].tolist()
    return pd.DataFrame(made, columns=list(columns))


def _field(name: str) -> str:
    return IN_UNIT[name][0] if name in IN_UNIT else SHARES.get(name) or DAYS[name]


def texts(frame: pd.DataFrame, units: Sequence[str]) -> dict[str, list[str]]:
    """What stands in each column as it is read; `frame` as `plain_table` gives it, `units` of its rows."""
    return {str(name): _told(str(name), frame[name].tolist(), units) for name in frame}


def _told(name: str, cells: Sequence[Any], units: Sequence[str]) -> list[str]:
    if name in IN_UNIT:
        write = IN_UNIT[name][1]
        return [write(cell, unit) for cell, unit in zip(cells, units, strict=True)]
    write_one: Callable[[Any], str] = percent_text if name in SHARES else date_text if name in DAYS else str
    return [write_one(cell) for cell in cells]


def shown(rows: pd.DataFrame, columns: Sequence[str]) -> Styler:
    """The table as a page draws it: each number written in its own row's unit."""
    return styled(plain_table(rows, columns), rows["unit"].tolist())


def styled(frame: pd.DataFrame, units: Sequence[str]) -> Styler:
    """The same of a plain table with the units of its rows."""
    if VERDICT in frame:
        frame = frame.copy()
        frame[VERDICT] = [[label] for label in frame[VERDICT]]  # a list of one shows as a coloured tag
    styler = frame.style
    for name in frame.columns:
        if name in SHARES:
            styler = styler.format(_any(percent_text), subset=[name])
        elif name in DAYS:
            styler = styler.format(_any(date_text), subset=[name])
        elif name in IN_UNIT:
            styler = _in_units(styler, name, units)
    return styler


def _in_units(styler: Styler, name: str, units: Sequence[str]) -> Styler:
    write = IN_UNIT[name][1]
    for unit in dict.fromkeys(units):
        places = [place for place, each in enumerate(units) if each == unit]
        styler = styler.format(_written(write, unit), subset=(pd.Index(places), [name]))
    return styler


def _written(write: Callable[[float, str], str], unit: str) -> Callable[[object], str]:
    return _any(lambda number: write(number, unit))


def _any(write: Callable[[Any], str]) -> Callable[[object], str]:
    """The same function, as pandas types it."""
    return write
