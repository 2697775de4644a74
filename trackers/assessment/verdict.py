"""The words of a verdict: what a judgement can say, in code and as it is shown in Chinese. No colours here."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """What a judgement says of a series or an aggregate."""

    ACHIEVED = "achieved"
    MISSED = "missed"
    AHEAD = "ahead"
    ON_TRACK = "on_track"
    LAGGING = "lagging"
    REGRESSING = "regressing"
    STARTING = "starting"
    NO_DATA = "no_data"
    STALE = "stale"
    UNVERIFIED_TARGET = "unverified_target"
    UNDETERMINED = "undetermined"

    @property
    def word(self) -> str:
        """The Chinese word for it; `achieved` before the target's day (see `verdict_word`)."""
        return _WORDS[self]

    @property
    def sign(self) -> str:
        """A character that tells it from the others without colour; each is in GBK, so every Chinese font has it."""
        return _SIGNS[self]

    @property
    def urgency(self) -> int:
        """Its place in the order in which a leader looks at them: 0 first."""
        return URGENCY.index(self)


_WORDS = {
    Verdict.ACHIEVED: "提前实现",
    Verdict.MISSED: "未实现",
    Verdict.AHEAD: "快于预期",
    Verdict.ON_TRACK: "基本符合预期",
    Verdict.LAGGING: "滞后于预期",
    Verdict.REGRESSING: "背离目标",
    Verdict.STARTING: "起步期",
    Verdict.NO_DATA: "未填报",
    Verdict.STALE: "数据过期",
    Verdict.UNVERIFIED_TARGET: "目标待核实",
    Verdict.UNDETERMINED: "无法判定",
}
_SIGNS = {
    Verdict.ACHIEVED: "√",
    Verdict.MISSED: "×",
    Verdict.AHEAD: "▲",
    Verdict.ON_TRACK: "●",
    Verdict.LAGGING: "▼",
    Verdict.REGRESSING: "←",
    Verdict.STARTING: "○",
    Verdict.NO_DATA: "－",
    Verdict.STALE: "◇",
    Verdict.UNVERIFIED_TARGET: "□",
    Verdict.UNDETERMINED: "？",
}
# What calls for action, then what calls for figures, then what goes well.
URGENCY = (
    Verdict.REGRESSING, Verdict.MISSED, Verdict.LAGGING,
    Verdict.NO_DATA, Verdict.STALE, Verdict.UNVERIFIED_TARGET, Verdict.UNDETERMINED,
    Verdict.STARTING, Verdict.ON_TRACK, Verdict.AHEAD, Verdict.ACHIEVED,
)  # fmt: skip
DUE = "已实现"
KEPT = "保持"


class Severity(StrEnum):
    """How far a lagging series lags."""

    MILD = "mild"
    SEVERE = "severe"

    @property
    def word(self) -> str:
        """The Chinese word for it."""
        return {"mild": "轻度", "severe": "严重"}[self.value]


class Reason(StrEnum):
    """Why there is no verdict, or why a method has no ratio."""

    UNVERIFIED_TARGET = "unverified_target"
    INCOMPLETE = "incomplete"
    NO_REGIONAL_TARGET = "no_regional_target"
    NO_TARGET = "no_target"
    FIRST_REPORT_ONLY = "first_report_only"
    NO_BASELINE = "no_baseline"
    NO_EXPECTED_CHANGE = "no_expected_change"
    FEW_POINTS = "few_points"
    ZERO = "zero"
    ZERO_REPLACED = "zero_replaced"
    OPPOSITE_SIGNS = "opposite_signs"
    BASE_IS_TARGET = "base_is_target"
    NO_TIME = "no_time"

    @property
    def word(self) -> str:
        """The Chinese words for it."""
        return _REASONS[self]


_REASONS = {
    Reason.UNVERIFIED_TARGET: "目标待核实",
    Reason.INCOMPLETE: "数据不全",
    Reason.NO_REGIONAL_TARGET: "无区域分解目标",
    Reason.NO_TARGET: "无目标值",
    Reason.FIRST_REPORT_ONLY: "仅有一次填报（以首次填报为基期）",
    Reason.NO_BASELINE: "无基期值",
    Reason.NO_EXPECTED_CHANGE: "按年度分解目标，到判定日预期值未较基期推进",
    Reason.FEW_POINTS: "不足两个时点的数值",
    Reason.ZERO: "基期值或目标值为0，复合增长率无意义",
    Reason.ZERO_REPLACED: "基期值或目标值为0，按公布的方法以0.001代替，结果取决于这一取值",
    Reason.OPPOSITE_SIGNS: "基期值与现值或目标值正负相反，复合增长率无意义",
    Reason.BASE_IS_TARGET: "基期值等于目标值",
    Reason.NO_TIME: "目标日期不晚于基期，或相隔过短，求不出复合增长率",
}


class CagrStatus(StrEnum):
    """What the `cagr` method says."""

    TARGET_ACHIEVED = "target_achieved"
    SUBSTANTIAL = "substantial_progress"
    MODERATE = "moderate_progress"
    LIMITED = "limited_progress"
    DETERIORATION = "deterioration"
    NOT_AVAILABLE = "not_available"

    @property
    def word(self) -> str:
        """The Chinese word for it."""
        return {
            "target_achieved": "目标已实现", "substantial_progress": "进展显著", "moderate_progress": "进展中等",
            "limited_progress": "进展有限", "deterioration": "倒退", "not_available": "无法计算",
        }[self.value]  # fmt: skip


class ProjectionStatus(StrEnum):
    """What the `projection` method says."""

    MET = "met"
    ON_TRACK = "on_track"
    FAIR = "fair"
    STAGNANT = "stagnant"
    NOT_AVAILABLE = "not_available"

    @property
    def word(self) -> str:
        """The Chinese word for it."""
        return {
            "met": "目标已实现", "on_track": "可望实现", "fair": "有进展，需加快",
            "stagnant": "停滞或倒退", "not_available": "无法计算",
        }[self.value]  # fmt: skip


def verdict_word(verdict: str, severity: str | None = None, *, due: bool = False, kept: bool = False) -> str:
    """The verdict as shown: 滞后于预期（严重）, 提前实现, from the target's day on (`due`) 已实现, 已实现（保持）.

    `verdict` and `severity` are as `judge` gives them; `kept` marks a target already met at the baseline.
    """
    word = DUE if due and verdict == Verdict.ACHIEVED else Verdict(verdict).word
    marks = ([Severity(severity).word] if severity else []) + ([KEPT] if kept else [])
    return f"{word}（{'，'.join(marks)}）" if marks else word


def verdict_sign(verdict: str) -> str:
    """The verdict's sign, a single character."""
    return Verdict(verdict).sign


def reason_word(reason: str | None) -> str:
    """The reason in Chinese, empty where there is none."""
    return Reason(reason).word if reason else ""
