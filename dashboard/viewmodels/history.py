"""The history of one figure in plain words: what was reported for each period, by whom, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from dashboard.viewmodels import words
from dashboard.viewmodels.review import figure_text, person
from trackers.model.report import EvidenceName, ReportState
from trackers.model.wording import moment_text
from trackers.queries.review import APPROVED, SUPERSEDED
from trackers.reports.sources import ORIGINS

STANDS = (ReportState.APPROVED, ReportState.LOCKED)


class Chapter(NamedTuple):
    """What happened to the figure of one period, in the order it happened; `standing` says what holds now."""

    period: str
    standing: str
    lines: list[str]


def story(history: pd.DataFrame, unit: str) -> list[Chapter]:
    """The periods of `queries.review.history`, the newest first."""
    rows = history.assign(unit=unit).sort_values(["period_number", "revision"])
    return [_chapter(own.to_dict("records")) for _, own in reversed(list(rows.groupby("period_number")))]


def files(history: pd.DataFrame) -> list[EvidenceName]:
    """Every evidence file that came with one of the figures, the newest first, each content once."""
    found = {file.digest: file for own in history["files"] for file in own}
    return list(found.values())[::-1]


def _chapter(rows: list[dict[Any, Any]]) -> Chapter:
    stands = next((figure_text(row) for row in rows if row["in_force"]), "")
    lines = [line for before, row in zip([None, *rows], rows, strict=False) for line in _revision(row, before)]
    return Chapter(rows[0]["period"], f"现行数值 {stands}" if stands else "还没有审核通过的数", lines)


def _revision(row: Mapping[Any, Any], before: Mapping[Any, Any] | None) -> Iterator[str]:
    yield f"{moment_text(row['at'])}　{person(row['by_name'])} {_verb(row, before)} {figure_text(row)}" + _with(row)
    if row["outcome"]:
        word = "通过" if row["outcome"] == APPROVED else "退回"
        comment = f"：{row['comment']}" if row["comment"] else ""
        yield f"{moment_text(row['decided_at'])}　{person(row['decided_by_name'])} {word} {figure_text(row)}{comment}"
    elif row["state"] == SUPERSEDED:
        yield "这一次没有审核，已被后一次填报取代"
    elif row["state"] == ReportState.SUBMITTED:
        yield "正在等待审核"
    if row["state"] == ReportState.LOCKED:
        yield "已锁定：用于已冻结的评估；以后的更正不改变那次评估"


def _verb(row: Mapping[Any, Any], before: Mapping[Any, Any] | None) -> str:
    way = "" if row["origin"] == "page" else f"（{'：'.join(filter(None, [ORIGINS.get(row['origin']), row['file']]))}）"
    if before is None:
        return f"填报{way}"
    if before["state"] == ReportState.RETURNED:
        return f"修改后重新填报{way}"
    return f"{'更正为' if before['in_force'] or before['state'] in STANDS else '改报'}{way}"


def _with(row: Mapping[Any, Any]) -> str:
    """What came with a figure, and the marks it bears."""
    taken_in = row["state"] in STANDS and not row["outcome"] and not row["reviewed"]
    marks = [words.DEMO] if row["demo"] and row["origin"] != "demonstration" else []
    marks += [f"直接入库，{words.UNREVIEWED}"] if taken_in else []
    named = {
        "提醒": "、".join(row["doubts"]), "理由": row["reason"], "说明": row["note"], "佐证": row["evidence"],
        "附件": "、".join(file.name for file in row["files"]),
    }  # fmt: skip
    return "".join(f"；{each}" for each in [*marks, *(f"{word}：{text}" for word, text in named.items() if text)])
