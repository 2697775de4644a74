"""指标: one indicator across regions, where its target comes from, and what was published about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from dashboard.viewmodels import words
from dashboard.viewmodels.choices import level_words
from dashboard.viewmodels.placed import Placed
from trackers.model.plan import Aggregation, Direction, Indicator, Measure, Plan, Target
from trackers.model.published import PublishedFigure
from trackers.model.region import RegionTree
from trackers.model.wording import date_text, number_text
from trackers.reports.sentences import method_words

MOST_COMPARED = 100
MEASURES = {Measure.COUNT: "累计数", Measure.STOCK: "时点数", Measure.RATE: "比率"}


class Parted(NamedTuple):
    """The judged rows of an indicator: all, those of the region at which the person begins, the others by level."""

    rows: pd.DataFrame
    home: list[dict[Any, Any]]
    below: dict[str, pd.DataFrame]
    levels: dict[str, str]  # with their words


def parted(placed: Placed, indicator: str, home: str) -> Parted:
    """The rows of the indicator as the page 指标 shows them."""
    rows = placed.indicator_rows(indicator)
    own, others = rows[rows["region"] == home], rows[rows["region"] != home]
    below = {str(level): part.reset_index(drop=True) for level, part in others.groupby("region_level", sort=False)}
    return Parted(rows, own.to_dict("records"), below, level_words(below))


def ranked(rows: pd.DataFrame) -> pd.DataFrame:
    """Regions in order: by completion where targets differ between them, else by value, the better first, part sums last."""
    there = rows[rows["value"].notna()]
    shared = by_completion(there)
    better_high = shared or high_is_good(there)
    ordered = there.sort_values("completion" if shared else "value", ascending=not better_high, kind="stable")
    less = partial_sums(ordered)
    return pd.concat([ordered[~less], ordered[less]]).reset_index(drop=True)


def partial_sums(rows: pd.DataFrame) -> pd.Series:
    """Which values are less than the region's own: aggregates that too few of its regions, of a sum any, have reported to."""
    lacking = (rows["basis"] == "aggregate") & (rows["reported_regions"] < rows["expected_regions"])
    return lacking & ((rows["aggregation"] == Aggregation.SUM) | (rows["reason"] == "incomplete"))


def by_completion(rows: pd.DataFrame) -> bool:
    """Whether regions are compared by completion: their targets differ, and each that has a value has a completion."""
    there = rows[rows["value"].notna()]
    return there["target"].nunique() > 1 and bool(there["completion"].notna().all())


def high_is_good(rows: pd.DataFrame) -> bool:
    """Whether more is better for these rows of one indicator."""
    return not len(rows) or bool(rows["direction"].iloc[0] == Direction.INCREASE)


def silent(rows: pd.DataFrame) -> list[str]:
    """Regions that reported nothing."""
    return [str(name) for name in rows.loc[rows["value"].isna(), "region_name"]]


def about(plan: Plan, indicator: Indicator) -> dict[str, str]:
    """What the indicator is, by name of the fact."""
    units = plan.units_for(indicator)
    facts = {
        "单位": indicator.unit,
        "方向": "越大越好" if indicator.direction is Direction.INCREASE else "越小越好",
        "口径": MEASURES[indicator.measure] + (f"；{indicator.definition}" if indicator.definition else ""),
        "汇总": f"{indicator.aggregation.word}，由{indicator.level.word}填报，每{indicator.frequency.word}一次",
        "责任单位": "、".join(units) or "文件未写明",
    }
    if indicator.baseline:
        base = indicator.baseline
        facts["基期值"] = f"{number_text(base.value, indicator.unit)}（{date_text(base.date)}，{base.reference}）"
    if indicator.remark:
        facts["说明"] = indicator.remark
    return facts


def targets(plan: Plan, indicator: Indicator, tree: RegionTree) -> pd.DataFrame:
    """Every target with the place it was read at and how sure it is, those of regions and single years after them."""
    lines = [_target(plan, indicator, target) for target in indicator.targets]
    lines += [
        [f"{each.year}年", plan.short, number_text(each.value, indicator.unit), "年度分解目标", "", each.reference]
        for each in indicator.annual_targets
    ]
    lines += [
        [f"{each.year}年", tree[each.region].name, number_text(each.value, indicator.unit), "区域分解目标", "", each.reference]
        for each in indicator.regional_targets
    ]
    return pd.DataFrame(lines, columns=["年份", "范围", "目标值", "可信程度", "原文位置", "出处和说明"])


def _target(plan: Plan, indicator: Indicator, target: Target) -> list[str]:
    value = number_text(target.value, indicator.unit)
    shape = f"残损形 {target.shape}" if target.shape else ""
    written = f"{target.comparator.sign}{value}" if target.value is not None else f"待核实（{target.shape or '原文未留数字'}）"
    said = [target.approval, target.reference or ("规划原文" if target.source else ""), shape, target.remark]
    return [
        f"{target.year}年{'（推定）' if target.year_inferred else ''}", plan.short, written, target.sureness,
        target.source.section if target.source else "—", "；".join(filter(None, said)),
    ]  # fmt: skip


def published_table(figures: Sequence[PublishedFigure], indicator: str, tree: RegionTree) -> pd.DataFrame:
    """Published figures of the indicator, with whether they are judged, why not, and the address each was read at."""
    lines = [
        [
            "参与判断" if each.judged else "不参与判断", tree[each.region].name, each.period,
            number_text(each.value, each.unit), each.name, each.remark, each.confidence, each.address,
        ]
        for each in figures
        if each.indicator == indicator
    ]  # fmt: skip
    return pd.DataFrame(lines, columns=["是否判断", "地区", "时间", "数值", "原来的叫法", "为何不判断", "可信程度", "网址"])


def worth_comparing(rows: pd.DataFrame, home: str) -> pd.DataFrame:
    """The rows of the person's own region, then those in which the methods disagree, up to `MOST_COMPARED`."""
    below = rows[(rows["region"] != home) & rows["disagree"]]
    return pd.concat([rows[rows["region"] == home], below.head(MOST_COMPARED)])


def compared(rows: pd.DataFrame, home: str) -> str:
    """How many of the regions below have methods that disagree, and whether all of them are listed."""
    below = rows[rows["region"] != home]
    number = int(below["disagree"].sum())
    more = f"，上表列前 {MOST_COMPARED} 个" if number > MOST_COMPARED else ""
    return f"下级 {len(below)} 个地区中，各方法判断不一致的有 {number} 个{more}；一致的不逐一列出。" if len(below) else ""


def methods_table(rows: pd.DataFrame) -> pd.DataFrame:
    """The verdict beside what the other published methods say of each region, and where they disagree."""
    lines = []
    for record in rows.to_dict("records"):
        said = method_words(words.one(record))
        differs = "不一致" if record["disagree"] else "一致" if record["verdict"] in words.JUDGED else "—"
        lines.append([record["region_name"], words.label(record), *(status for _, status in said), differs])
    return pd.DataFrame(lines, columns=["地区", "时序进度法（判定）", "复合增长率法", "趋势外推法", "各法是否一致"])
