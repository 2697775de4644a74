"""A comparison of plans as plain records, and in sentences."""

from __future__ import annotations

from typing import Any

from trackers.assessment.coverage import Coverage, LeftOut
from trackers.model.plan import Comparator, Plan
from trackers.model.wording import MISSING, number_text, percent_text
from trackers.queries.compared import LOWER, SUPERIOR, Compared
from trackers.queries.records import plain

Record = dict[str, Any]


def compared_record(found: Compared) -> Record:
    """The comparison with its rows by indicator; absent is None, shares are fractions."""
    rows = [plain(row) for row in found.frame.to_dict("records")]
    indicators = [
        {
            "indicator": id, "coverage": {**each._asdict(), "counted": list(each.counted), "left_out": dict(each.left_out)},
            "superior": next(row for row in rows if row["indicator"] == id and row["side"] == SUPERIOR),
            "lower": [row for row in rows if row["indicator"] == id and row["side"] == LOWER],
        }
        for id, each in found.coverage.items()
    ]  # fmt: skip
    return {
        "superior": found.superior.id, "title": found.superior.title, "indicators": indicators, "alone": list(found.alone),
        "unmatched": list(found.unmatched),
    }  # fmt: skip


def covered_sentence(found: Coverage, superior: Record) -> str:
    """What the lower targets add up to: 下级目标合计30家，占上级目标100000家的0.03%，其余99970家没有落到所列的规划。"""
    unit = superior["unit"]
    if found.total is None:
        reasons = "；".join(dict.fromkeys(why.word for why in found.left_out.values()))
        return f"不合计：{reasons}。" if reasons else "没有可以合计的下级目标。"
    said = f"下级目标合计{number_text(found.total, unit)}（{len(found.counted)}份规划）"
    if found.rest is None:
        return f"{said}；上级目标待核实，不算占比。"
    said += f"，占上级目标{number_text(superior['target'], unit)}的{percent_text(found.share)}"
    if found.rest > 0:
        return f"{said}，其余{number_text(found.rest, unit)}没有落到所列的规划。"
    return f"{said}，{'正好相等' if found.rest == 0 else f'超出{number_text(-found.rest, unit)}'}。"


def target_text(row: Record) -> str:
    """A target with its comparator, unit and year: ≥95%（2020年）; 待核实 where it is not known."""
    value = f"{Comparator(row['comparator']).sign}{number_text(row['target'], row['unit'])}"
    return f"{value if row['target'] is not None else '待核实'}（{row['target_year']}年）"


def verdict_text(row: Record) -> str:
    """The verdict with its sign; why there is none."""
    if not row["open"]:
        return "无权查看"
    return f"{row['sign']} {row['word']}" if row["word"] else MISSING


def remark_text(row: Record) -> str:
    """What must be said beside a row: marks of its figure, and why its target is not added up."""
    marks = [word for name, word in (("demo", "演示数据"), ("unreviewed", "未经复核")) if row[name]]
    marks += [row["reason_word"]] if row["reason_word"] else []
    return "；".join([*marks, *([LeftOut(row["left_out"]).word] if row["left_out"] else [])])


def lacking_sentences(found: Compared) -> list[str]:
    """Which of the superior's indicators nobody counts, and which plans count none of them."""
    said = []
    if found.alone:
        said.append(f"下级规划里没有同口径指标的：{'、'.join(found.alone)}。")
    if found.unmatched:
        said.append(f"贯彻这份规划、没有同口径指标的：{'、'.join(found.unmatched)}。")
    return said


def nothing_sentence(plan: Plan) -> str:
    """Why there is nothing to compare a plan with."""
    named = [f"《{each.title}》" + (f"（{each.number}）" if each.number else "") for each in plan.carries_out if not each.plan]
    if named:
        return f"它贯彻的{'、'.join(named)}没有收录，也没有收录贯彻它的规划，没有可以对照的。"
    return "没有收录它贯彻的上级规划，也没有收录贯彻它的规划，没有可以对照的。"
