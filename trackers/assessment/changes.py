"""What turned between two judgements of the same plan: for the better, for the worse, into or out of being judged."""

from __future__ import annotations

from enum import StrEnum

import pandas as pd

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
    old = before[[*SAME, "word", "sign"]].assign(worth=_worth(before))
    both = now.assign(worth_now=_worth(now)).merge(old, how="inner", on=SAME, suffixes=("", "_before"))
    turns = pd.Series(None, index=both.index, dtype=object)
    turns[both["worth_now"] < both["worth"]] = Turn.WORSE
    turns[both["worth_now"] > both["worth"]] = Turn.BETTER
    turns[both["worth_now"].isna() & both["worth"].notna()] = Turn.LOST
    turns[both["worth_now"].notna() & both["worth"].isna()] = Turn.GAINED
    found = both.assign(turn=turns)[turns.notna()]
    return found.drop(columns=["worth", "worth_now"]).reset_index(drop=True)


def worth_of(verdict: Verdict, severity: str | None) -> int | None:
    """How well a verdict is for the plan, the higher the better; None for one that says nothing of progress."""
    return SEVERE if severity == Severity.SEVERE else _WORTH.get(verdict)


def _worth(frame: pd.DataFrame) -> pd.Series:
    worth = frame["verdict"].map(_WORTH).astype(float)
    return worth.mask(frame["severity"] == Severity.SEVERE, SEVERE)
