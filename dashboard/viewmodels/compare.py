"""规划对照: a superior plan's indicators beside those of the plans that carry it out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd

from trackers.model.wording import MISSING, date_text, number_text, percent_text
from trackers.queries.compared import Compared
from trackers.queries.compared_records import (
    compared_record,
    covered_sentence,
    remark_text,
    target_text,
    verdict_text,
)


class Beside(NamedTuple):
    """One indicator of the superior plan: its name, what the lower targets add up to, and a line for each plan."""

    id: str
    name: str
    sentence: str
    table: pd.DataFrame
    grounds: list[str]


def indicators(found: Compared) -> Iterator[Beside]:
    """The superior's indicators that some lower plan counts too, in its order."""
    for each in compared_record(found)["indicators"]:
        rows = [each["superior"], *each["lower"]]
        sentence = covered_sentence(found.coverage[each["indicator"]], each["superior"])
        grounds = [f"{row['plan_short']}“{row['own_name']}”：{row['ground']}" for row in each["lower"]]
        yield Beside(each["indicator"], each["superior"]["indicator_name"], sentence, _table(rows), grounds)


def _table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "规划": [("上级　" if row["side"] == "superior" else "下级　") + row["plan_short"] for row in rows],
            "指标": [row["own_name"] for row in rows],
            "目标": [target_text(row) for row in rows],
            "占上级目标": [percent_text(row["share"]) for row in rows],
            "现值": [number_text(row["value"], row["unit"]) for row in rows],
            "判定": [verdict_text(row) for row in rows],
            "说明": [remark_text(row) for row in rows],
            "完成率": [percent_text(row["completion"]) for row in rows],
            "数据日期": [_day(row["observed"]) for row in rows],
            "地区": [row["region_name"] for row in rows],
        }
    )


def _day(text: str | None) -> str:
    return date_text(pd.Timestamp(text).date()) if text else MISSING
