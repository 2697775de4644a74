"""What turned between two judgements of the same plan: for the better, for the worse, into or out of being judged."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from trackers.assessment.verdict import Severity, Verdict

SAME = ["indicator", "region", "target_year"]  # judged against another target, a series did not turn
# How well a verdict on progress is for the plan; verdicts that say nothing of progress have no place here.
_WORTH = {
    Verdict.REGRESSING: 0, Verdict.MISSED: 0, Verdict.LAGGING: 2, Verdict.ON_TRACK: 3, Verdict.AHEAD: 4, Verdict.ACHIEVED: 5,
}  # fmt: skip
SEVERE = 1  # lagging, severely


class Turn(StrEnum):
    """Which way a series turned."""

    WORSE = "worse"
    LOST = "lost"
    BETTER = "better"
    GAINED = "gained"

    @property
    def word(self) -> str:
        """The Chinese word for it."""
        return {"worse": "转差", "lost": "不再能判断", "better": "转好", "gained": "新能判断"}[self.value]


def turned_since(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """The rows of `now` whose verdict turned since `before`, in their order, with `turn` and `word_before`, `sign_before`.

    Both are judgements of one plan (columns indicator, region, target_year, verdict, severity, word, sign). A series that
    only one of them has, or that was held to the target of another year, did not turn. Worth, low to high: 背离目标 and
    未实现, 滞后（严重）, 滞后（轻度）, 基本符合预期, 快于预期, 已实现. A series that goes from here to a verdict that says
    nothing of progress (未填报, 数据过期 …) is lost; one that comes from there is gained.
    """
    at, at_before = _pairs(before, now)
    worth, worth_before = _worth(now)[at], _worth(before)[at_before]
    turns = np.full(len(at), None, dtype=object)
    turns[worth < worth_before] = Turn.WORSE
    turns[worth > worth_before] = Turn.BETTER
    turns[np.isnan(worth) & ~np.isnan(worth_before)] = Turn.LOST
    turns[~np.isnan(worth) & np.isnan(worth_before)] = Turn.GAINED
    turned = np.flatnonzero(pd.notna(turns))
    found, was = now.iloc[at[turned]], before.iloc[at_before[turned]]
    told = {"word_before": was["word"].to_numpy(), "sign_before": was["sign"].to_numpy(), "turn": turns[turned]}
    return found.reset_index(drop=True).assign(**told)


def _pairs(before: pd.DataFrame, now: pd.DataFrame) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where the series stand that both have, in the order of `now`; mostly both have the same in the same order."""
    if len(before) == len(now) and all((before[name].to_numpy() == now[name].to_numpy()).all() for name in SAME):
        return np.arange(len(now)), np.arange(len(now))
    both = now[SAME].assign(at=range(len(now))).merge(before[SAME].assign(at_before=range(len(before))), how="inner", on=SAME)
    return both["at"].to_numpy(dtype=np.intp), both["at_before"].to_numpy(dtype=np.intp)


def worth_of(verdict: Verdict, severity: str | None) -> int | None:
    """How well a verdict is for the plan, the higher the better; None for one that says nothing of progress."""
    return SEVERE if severity == Severity.SEVERE else _WORTH.get(verdict)


def _worth(frame: pd.DataFrame) -> NDArray[np.float64]:
    verdict, worth = frame["verdict"].to_numpy(), np.full(len(frame), np.nan)
    for each, own in _WORTH.items():
        worth[verdict == each] = own
    worth[frame["severity"].to_numpy() == Severity.SEVERE] = SEVERE
    return worth
