"""The composite score (考核得分) of indicators that have weights, and its grade. Without weights there is none.

The rule, shown wherever a score is: each weighted indicator scores its attainment (目标达成率), counted from 0 to 1, times
its weight; the score is their sum over the sum of the weights, out of 100. An indicator that goes beyond its target does
not make up for another. Where one of the weighted indicators has no attainment (no figure, an unverified target, an
aggregate that is not complete) there is no score: a figure that is not there is never counted as 0.
Grades: 优秀 from 90, 良好 from 80, 合格 from 60, below that 不合格.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from trackers.assessment.compare import TOLERANCE
from trackers.assessment.verdict import Reason, Verdict

RULE = (
    "得分 = Σ（权重 × 目标达成率）÷ Σ 权重 × 100，目标达成率最高按 1、最低按 0 计；有权重的指标中有一项没有达成率的，不计总分。"
    "90 分及以上为优秀，80 分及以上为良好，60 分及以上为合格，60 分以下为不合格。"
)
NOT_SCORED = (Verdict.NO_DATA, Verdict.UNVERIFIED_TARGET)


class ScoreGrade(StrEnum):
    """The grade of a score."""

    EXCELLENT = "excellent"
    GOOD = "good"
    PASS = "pass"
    FAIL = "fail"

    @property
    def word(self) -> str:
        """The Chinese word for it."""
        return {"excellent": "优秀", "good": "良好", "pass": "合格", "fail": "不合格"}[self.value]


LIMITS = ((90.0, ScoreGrade.EXCELLENT), (80.0, ScoreGrade.GOOD), (60.0, ScoreGrade.PASS))


class Score(NamedTuple):
    """A region's score out of 100 with its grade; both absent where weighted indicators lack an attainment."""

    score: float | None
    grade: ScoreGrade | None
    lacking: tuple[str, ...]  # weighted indicators without an attainment


def composite(rows: Iterable[Mapping[Any, Any]], weights: Mapping[str, float | None]) -> Score | None:
    """The score of one region's judged rows (indicator, attainment, verdict, reason); `weights` by indicator.

    None where none of them has a weight above 0. Source of the rule: this module's own.
    """
    weighted = [(row, weight) for row in rows if (weight := weights.get(row["indicator"]) or 0) > 0]
    if not weighted:
        return None
    lacking = tuple(str(row["indicator"]) for row, _ in weighted if _attained(row) is None)
    if lacking:
        return Score(None, None, lacking)
    total = sum(weight for _, weight in weighted)
    score = sum(weight * (_attained(row) or 0.0) for row, weight in weighted) / total * 100
    return Score(score, grade_of(score), ())


def grade_of(score: float) -> ScoreGrade:
    """The grade of a score out of 100; at a limit it is the better one."""
    return next((grade for limit, grade in LIMITS if score >= limit * (1 - TOLERANCE)), ScoreGrade.FAIL)


def _attained(row: Mapping[Any, Any]) -> float | None:
    value = row["attainment"]
    if value is None or math.isnan(value) or row["verdict"] in NOT_SCORED or row["reason"] == Reason.INCOMPLETE:
        return None
    return min(max(float(value), 0.0), 1.0)
