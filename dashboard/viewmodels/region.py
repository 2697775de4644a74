"""区域: one region's indicators, the series behind one of them, and the regions below."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from dashboard.viewmodels import words
from trackers.model.plan import Plan
from trackers.model.wording import MISSING, computed_text, date_text, gap_text, number_text, percent_text
from trackers.reports.sentences import BASELINE_WORDS, method_words, other_methods_phrase, progress_sentence

Way = list[tuple[date, float]]


def drawn(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that can be drawn against their target: a value, and a target above 0."""
    return rows[rows["value"].notna() & (rows["target"] > 0)].reset_index(drop=True)


def not_drawn(rows: pd.DataFrame) -> list[str]:
    """The indicators that cannot be drawn against a target, with their value and the reason."""
    left = rows[~(rows["value"].notna() & (rows["target"] > 0))]
    return [
        f"{record['indicator_name']}：{number_text(record['value'], record['unit'])}，{record['target_text']}"
        if record["value"] == record["value"]
        else f"{record['indicator_name']}：未填报（目标 {record['target_text']}）"
        for record in left.to_dict("records")
    ]


def summary(rows: pd.DataFrame) -> str:
    """How many of the region's indicators have which verdict, in one line."""
    numbers: dict[str, int] = {}
    for record in rows.to_dict("records"):
        label = f"{record['sign']} {record['word'].split('（')[0]}"
        numbers[label] = numbers.get(label, 0) + 1
    return f"{len(rows)}项指标：" + "、".join(f"{label} {number}项" for label, number in numbers.items())


def sentence(row: Mapping[Any, Any], day: date, home: str) -> str:
    """The whole sentence on one figure, as a report writes it."""
    return progress_sentence(words.one(row), day, home)


def figures(row: Mapping[Any, Any]) -> dict[str, str]:
    """The figures of one row by name, each as it is written; those that are not there are left out but the value."""
    unit = row["unit"]
    interval = ""
    if row["projected_low"] == row["projected_low"] and row["projected_high"] == row["projected_high"]:
        interval = f"（{computed_text(row['projected_low'], unit)} 至 {computed_text(row['projected_high'], unit)}）"
    origin = BASELINE_WORDS.get(row["baseline_origin"] or "", "")
    told = {
        "现值": number_text(row["value"], unit) + (f"（{words.marks(row)}）" if words.marks(row) else ""),
        "数据日期": words.observed(row) + ("，目标日以后的数据不参与判定" if words.due(row) else ""),
        "目标": f"{words.origin_of_target(row)}（{date_text(row['target_day'])}）",
        "截至日应达": computed_text(row["expected"], unit),
        "落后（负数为超前）": gap_text(row["shortfall"], unit),
        "基期值": number_text(row["baseline"], unit) + (f"（{date_text(row['baseline_date'])}，{origin}）" if origin else ""),
        "目标达成率": percent_text(row["attainment"]),
        "完成率": percent_text(row["completion"]),
        "时序进度": percent_text(row["time_progress"]),
        "今后年均需": gap_text(row["needed_per_year"], unit),
        "此前年均": gap_text(row["actual_per_year"], unit),
        "按趋势预计到期": computed_text(row["projected"], unit) + interval,
        "按趋势预计实现日": date_text(row["attained_on"]),
        "来源": words.source(row) or MISSING,
    }
    return {name: text for name, text in told.items() if name == "现值" or text != MISSING}


def methods(row: Mapping[Any, Any], day: date) -> list[str]:
    """What the published methods say of the series beside the verdict, and whether they disagree."""
    one = words.one(row)
    lines = [f"时序进度法（判定依据）：{words.label(row)}"]
    lines += [f"{name}：{status}" for name, status in method_words(one)]
    return [*lines, said] if (said := other_methods_phrase(one)) else lines


def way(plan: Plan, row: Mapping[Any, Any]) -> Way:
    """The points of the line a series should follow: baseline, official annual targets, target; empty if unknown."""
    known = row["target"] == row["target"] and row["baseline"] == row["baseline"] and row["baseline_date"]
    if not known or row["baseline_date"] >= row["target_day"]:
        return []
    indicator = plan.indicator(row["indicator"])
    own = any(target.value == row["target"] for target in indicator.targets)
    between = [(date(each.year, 12, 31), each.value) for each in indicator.annual_targets] if own else []
    inside = [point for point in between if row["baseline_date"] < point[0] < row["target_day"]]
    return [(row["baseline_date"], row["baseline"]), *sorted(inside), (row["target_day"], row["target"])]
