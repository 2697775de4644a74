"""滞后预警: what lags, moves away from its target or was missed, worst first, with all there is to act on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.viewmodels import so_what, words
from dashboard.viewmodels.placed import Placed
from trackers.assessment.verdict import Severity, Verdict
from trackers.model.wording import gap_text
from trackers.reports.sentences import shortfall_phrase

# Groups a list can be narrowed to, worst first: code → (word, verdict, severity).
GROUPS: dict[str, tuple[str, Verdict, str | None]] = {
    "regressing": ("背离目标", Verdict.REGRESSING, None),
    "missed": ("未实现", Verdict.MISSED, None),
    "severe": ("滞后（严重）", Verdict.LAGGING, Severity.SEVERE.value),
    "mild": ("滞后（轻度）", Verdict.LAGGING, Severity.MILD.value),
}
ALL = "all"


def worst_first(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows behind: moved away, missed, severely then mildly lagging; within each the lowest share reached first."""
    order, codes = worst_order(frame)
    return frame.iloc[order].assign(group=codes).reset_index(drop=True)


def worst_order(frame: pd.DataFrame) -> tuple[NDArray[np.intp], NDArray[np.object_]]:
    """Where in the frame the rows behind stand, in the order of `worst_first`, and the group of each."""
    verdict, severity = frame["verdict"], frame["severity"]
    rank = np.full(len(frame), len(GROUPS))
    for place, (_, own, how) in reversed([*enumerate(GROUPS.values())]):
        rank[(verdict == own) & (True if how is None else severity == how)] = place
    reached = frame["pace"].where(verdict != Verdict.MISSED, frame["attainment"]).to_numpy(dtype=float)
    behind = np.flatnonzero(rank < len(GROUPS))
    order = behind[np.lexsort([reached[behind], rank[behind]])]  # stable; what has no share comes last in its group
    return order, np.array(list(GROUPS), dtype=object)[rank[order]]


def group_labels(rows: pd.DataFrame) -> dict[str, str]:
    """The groups that occur, with how many rows each has; `rows` as `worst_first` gives them."""
    numbers = rows["group"].value_counts()
    return {
        code: f"{verdict.sign} {word} {numbers[code]}"
        for code, (word, verdict, _) in GROUPS.items()
        if code in numbers.index
    }


def narrowed(rows: pd.DataFrame, groups: Iterable[str], indicator: str, home: str | None) -> pd.DataFrame:
    """The rows of these groups (all where none is named) and this indicator; with `home` of that region alone."""
    chosen = list(groups)
    kept = rows[rows["group"].isin(chosen)] if chosen else rows
    kept = kept if indicator == ALL else kept[kept["indicator"] == indicator]
    kept = kept if home is None else kept[kept["region"] == home]
    return kept.reset_index(drop=True)


def facts(row: Mapping[Any, Any], day: date, placed: Placed) -> list[str]:
    """What there is to say of one row: what it comes to, who does better, the reason given, whose task it is."""
    said = so_what.lines(row, day, placed) + (["较上一次填报下降。"] if row["falling"] else [])
    said.append(f"填报时的说明：{row['note']}。" if row.get("note") else "原因尚未填报。")
    return [*said, f"责任单位：{'、'.join(row['units']) or '文件未写明'}。"]


def brief(row: Mapping[Any, Any], day: date) -> str:
    """One row in one line: ▼ 诚信计量示范商户：按时序应达676.9家，差171.9家."""
    gap = f"，差{gap_text(row['shortfall'], row['unit'])}" if row["shortfall"] > 0 else ""
    said = shortfall_phrase(words.one(row), day) or f"{row['word']}{gap}"
    known = list(filter(None, [words.plain_marks(row["demo"], row["unreviewed"])]))
    known += [words.only_known(row)] if words.ended_early(row) else []
    return f"{row['sign']} {row['indicator_name']}：{said}" + (f"（{'；'.join(known)}）" if known else "")
