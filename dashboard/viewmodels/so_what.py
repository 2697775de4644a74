"""What a row behind comes to: the sentence of its figures, the other methods beside it, regions like it that do better."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dashboard.viewmodels import words
from dashboard.viewmodels.placed import Placed
from trackers.assessment.peers import Likeness
from trackers.model.wording import number_text, percent_text
from trackers.reports.sentences import catching_up_sentence, method_words, yearly_phrase

NOBODY = "同级、同一上级或基期值相近的地区中，没有已按序推进且完成率更高的。"


def lines(row: Mapping[Any, Any], day: date, placed: Placed) -> list[str]:
    """What there is to say, a line each; nothing for a row that is not behind."""
    if row["verdict"] not in words.BEHIND:
        return []
    return [each for each in (catching_up_sentence(words.one(row), day), methods(row), better(row, placed)) if each]


def methods(row: Mapping[Any, Any]) -> str:
    """What the other published methods say, and whether one of them sees it otherwise."""
    said = "，".join(f"{name}为“{status}”" for name, status in method_words(words.one(row)))
    return f"其他方法：{said}；{'与判定不一致' if row['disagree'] else '与判定没有矛盾'}。"


def better(row: Mapping[Any, Any], placed: Placed) -> str:
    """Regions like it that do better, each with its value and pace; empty where no other region is of its level."""
    rows = placed.indicator_rows(row["indicator"])
    if (rows["region_level"] == row["region_level"]).sum() < 2:
        return ""
    found = placed.peers(row["indicator"], row["region"])
    if found.likeness is Likeness.NONE:
        return NOBODY
    by_code = rows[rows["region"].isin(found.regions)].set_index("region").to_dict("index")
    named = "；".join(_named(by_code[code]) for code in found.regions)
    return f"做得更好的同类地区（{found.likeness.word}）：{named}。"


def _named(row: Mapping[Any, Any]) -> str:
    so_far = yearly_phrase(words.number(row["actual_per_year"]), row["unit"])
    marks = words.plain_marks(row["demo"], row["unreviewed"])
    mark = f"，{marks}" if marks else ""
    facts = f"完成率{percent_text(row['completion'])}" + (f"，此前年均{so_far}" if so_far else "")
    return f"{row['region_name']} {number_text(row['value'], row['unit'])}（{facts}{mark}）"
