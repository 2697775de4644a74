"""各规划指标: the rows of all plans behind a number of the screen 驾驶舱."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.viewmodels import overview, warnings, words
from dashboard.viewmodels.choices import indicator_labels
from dashboard.viewmodels.cockpit import SERIES, Cockpit, Judged
from trackers.assessment.changes import Turn

ALL, BEHIND = "all", "behind"
BEHIND_LABEL = "全部落后的（含各地区）"
MOST = 500  # rows in a table at once, the first ones; the file has them all
BEFORE = "word_before"


def turn_label(turn: Turn) -> str:
    """A turn as it is chosen: 比上一季度转差."""
    return f"比上一季度{turn.word}"


def labels(seen: Cockpit) -> dict[str, str]:
    """What can be looked at: all indicators, those of a verdict, all that is behind, what turned."""
    found = {ALL: f"全部 {seen.total} 项指标"} | {each.verdict: each.label for each in seen.counts}
    found |= {BEHIND: BEHIND_LABEL}
    return found | ({turn.value: turn_label(turn) for turn in Turn} if seen.turns else {})


def rows(every: Sequence[Judged], seen: Cockpit, show: str) -> pd.DataFrame:
    """The judged rows to show, with the plan's label and day as `plan_label` and `plan_day`, `plan` and `region_label`."""
    if seen.turns and show in set(Turn):
        one = next(each for each in every if seen.chosen and each.plan.id == seen.chosen.plan)
        found = seen.turns.rows
        return _placed(one, found[found["turn"] == show])
    if show == BEHIND:
        found = pd.concat([_placed(each, each.frame[each.frame["verdict"].isin(words.BEHIND)]) for each in every])
        return warnings.worst_first(found)
    own = pd.concat([_placed(each, overview.own_rows(each.frame, each.home)) for each in every], ignore_index=True)
    return own if show == ALL else own[own["verdict"] == show].reset_index(drop=True)


def where(every: Sequence[Judged], row: pd.Series) -> dict[str, str]:
    """What an address says to lead to a row's series."""
    plan = next(each.plan for each in every if each.plan.id == row["plan"])
    told = {"plan": row["plan_label"], "day": str(row["plan_day"]), "region": row["region_label"]}
    return told | {"indicator": indicator_labels(plan)[row["indicator"]], "part": SERIES}


def _placed(judged: Judged, found: pd.DataFrame) -> pd.DataFrame:
    names = found["region"].map(judged.labels)
    found = found.assign(plan=judged.plan.id, plan_label=judged.plan_label, plan_day=judged.day, region_label=names)
    return found.reset_index(drop=True)
