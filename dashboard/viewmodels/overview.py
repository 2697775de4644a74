"""总览: how many indicators stand where, the sentence a leader reads first, what is missing and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from dashboard.viewmodels import words
from trackers.assessment.verdict import Verdict
from trackers.model.wording import date_text, percent_text, points_text

BEFORE = (Verdict.ACHIEVED, Verdict.AHEAD, Verdict.ON_TRACK, Verdict.LAGGING)  # named even where there are none
AFTER = (Verdict.ACHIEVED, Verdict.MISSED)
ORDER = (
    Verdict.ACHIEVED, Verdict.AHEAD, Verdict.ON_TRACK, Verdict.LAGGING, Verdict.REGRESSING, Verdict.MISSED,
    Verdict.STARTING, Verdict.NO_DATA, Verdict.STALE, Verdict.UNVERIFIED_TARGET, Verdict.UNDETERMINED,
)  # fmt: skip


@dataclass(frozen=True)
class Count:
    """How many of the rows have one verdict; `label` is its sign and word."""

    verdict: str
    label: str
    number: int


def own_rows(frame: pd.DataFrame, home: str) -> pd.DataFrame:
    """One row an indicator: that of the region at which the person begins, the plan's own where they may see it."""
    return frame[frame["region"] == home].reset_index(drop=True)


def counts(rows: pd.DataFrame, day: date) -> list[Count]:
    """The rows by verdict, in the order of a report; a target met counts as 已实现 from its day on."""
    due = all_due(rows, day)
    found = rows["verdict"].value_counts()
    named = AFTER if due else BEFORE
    present = [verdict for verdict in ORDER if verdict in found.index or verdict in named]
    return [Count(v.value, words.plain_label(v, due=due), int(found.get(v, 0))) for v in present]


def all_due(rows: pd.DataFrame, day: date) -> bool:
    """Whether every target's day has come."""
    return bool(len(rows)) and all(day >= due for due in rows["target_day"])


def headline(rows: pd.DataFrame, day: date) -> str:
    """The sentence a leader reads in ten seconds, made of the figures."""
    judged = int(rows["verdict"].isin(words.JUDGED).sum())
    if not judged:
        return f"截至{date_text(day)}，{len(rows)}项指标都还不能判断进度：{_unjudged(rows)}。"
    counted = [each for each in counts(rows, day) if each.verdict in words.JUDGED]
    told = "、".join(f"{each.label.split(' ')[1]}{each.number}项" for each in counted)
    severe = int((rows["severity"] == "severe").sum())
    said = f"截至{date_text(day)}，{len(rows)}项指标中能判断进度的{judged}项：{told}"
    said += f"（滞后的有{severe}项为严重）" if severe else ""
    early = sum(words.ended_early(row) for row in rows.to_dict("records"))
    said += f"（未实现的有{early}项只有目标日前较早的数据）" if early else ""
    rest = _unjudged(rows)
    return f"{said}；其余{len(rows) - judged}项不判断：{rest}。" if rest else f"{said}。"


def _unjudged(rows: pd.DataFrame) -> str:
    others = rows[~rows["verdict"].isin(words.JUDGED)]
    return "、".join(f"{word}{number}项" for word, number in _reasons(others).items())


def _reasons(rows: pd.DataFrame) -> dict[str, int]:
    found: dict[str, int] = {}
    for record in rows.to_dict("records"):
        reason = words.why_not(record)
        found[reason] = found.get(reason, 0) + 1
    return found


def furthest_behind(rows: pd.DataFrame) -> str:
    """A second sentence: the indicator whose completion is furthest behind the time; empty where none is."""
    behind = rows[rows["verdict"].isin([Verdict.LAGGING, Verdict.REGRESSING]) & rows["completion"].notna()]
    if behind.empty:
        return ""
    gaps = behind["time_progress"] - behind["completion"]
    row = behind[gaps == gaps.max()].iloc[0]
    mark = words.plain_marks(row["demo"], row["unreviewed"])
    said = f"差得最多的是{row['indicator_name']}：完成率{percent_text(row['completion'])}，"
    return f"{said}比时序进度（{percent_text(row['time_progress'])}）慢{points_text(gaps.max())}{f'（{mark}）' if mark else ''}。"


def drawn(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that a chart of completion can show; `due_share` is the completion called for on the day."""
    shown = rows[rows["verdict"].isin((*words.JUDGED, Verdict.STARTING, Verdict.STALE)) & ~rows["kept"]]
    shown = shown[shown["completion"].notna() & shown["expected"].notna()]
    way = shown["target"] - shown["baseline"]
    shown = shown.assign(due_share=(shown["expected"] - shown["baseline"]) / way, label=_labels(shown))
    return shown.reset_index(drop=True)


def _labels(rows: pd.DataFrame) -> list[str]:
    return [words.label(record) for record in rows.to_dict("records")]


def not_drawn(rows: pd.DataFrame) -> list[str]:
    """The indicators the chart leaves out, a line for each reason."""
    left = rows[~rows["indicator"].isin(drawn(rows)["indicator"])]
    reasons: dict[str, list[str]] = {}
    for record in left.to_dict("records"):
        reasons.setdefault(_why_left_out(record), []).append(record["indicator_name"])
    return [f"{reason}（{len(names)}项）：{'、'.join(names)}" for reason, names in reasons.items()]


def _why_left_out(record: dict[Any, Any]) -> str:
    if record["verdict"] in words.JUDGED:
        return f"{record['word']}，基期已达到目标，看水平不看完成率" if record["kept"] else f"{record['word']}，没有完成率"
    return words.why_not(record)


@dataclass(frozen=True)
class Completeness:
    """How many of the figures expected are there."""

    expected: int
    reported: int
    demo: int
    unreviewed: int
    latest: date | None

    @property
    def share(self) -> float | None:
        """Reported over expected; absent where nothing is expected."""
        return self.reported / self.expected if self.expected else None


def completeness(frame: pd.DataFrame) -> Completeness:
    """Of the series (indicator × region) that are reported, not put together."""
    series = frame.loc[frame["basis"] == "reported", ["value", "observed", "demo", "unreviewed"]]
    there = series[series["value"].notna()]
    days = [day for day in there["observed"].unique() if day is not None]
    return Completeness(
        len(series), len(there), int(there["demo"].sum()), int(there["unreviewed"].sum()), max(days, default=None)
    )
