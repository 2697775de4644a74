"""What all the indicators of a region say together: its worst verdict, and the share of them that is on course.

Two rules, each stated wherever its result is shown. `WORST`: the worst of the verdicts on progress; where there is none,
the first of starting, stale, undetermined, target not verified, no data. `SHARE`: of the rows that have a verdict on
progress, how many are on course (reached, ahead or on track); rows without one are not counted, and nothing that is
missing counts as 0.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from trackers.assessment.compare import at_least
from trackers.assessment.verdict import Severity, Verdict

ON_COURSE = (Verdict.ACHIEVED, Verdict.AHEAD, Verdict.ON_TRACK)
OFF_COURSE = (Verdict.REGRESSING, Verdict.MISSED, Verdict.LAGGING)
MOST, HALF = 0.8, 0.5  # share of the judged rows from which most, or half, are on course
# Worst first; what is not judged comes after everything that is.
_ORDER: tuple[tuple[Verdict, str], ...] = (
    (Verdict.REGRESSING, ""), (Verdict.MISSED, ""), (Verdict.LAGGING, Severity.SEVERE), (Verdict.LAGGING, Severity.MILD),
    (Verdict.ON_TRACK, ""), (Verdict.AHEAD, ""), (Verdict.ACHIEVED, ""),
    (Verdict.STARTING, ""), (Verdict.STALE, ""), (Verdict.UNDETERMINED, ""), (Verdict.UNVERIFIED_TARGET, ""),
    (Verdict.NO_DATA, ""),
)  # fmt: skip
_PLACES = {f"{verdict}{severity}": place for place, (verdict, severity) in enumerate(_ORDER)}
_PLACES[Verdict.LAGGING.value] = _PLACES[f"{Verdict.LAGGING}{Severity.MILD}"]  # of a frame that tells no severity


class Course(StrEnum):
    """How many of a region's judged indicators are on course."""

    ALL = "all"
    MOST = "most"
    HALF = "half"
    FEW = "few"
    UNJUDGED = "unjudged"
    SILENT = "silent"

    @property
    def word(self) -> str:
        """The Chinese words for it."""
        return {
            "all": "全部按序", "most": "多数按序", "half": "部分滞后", "few": "多数滞后", "unjudged": "尚无判断",
            "silent": "未填报",
        }[self.value]  # fmt: skip

    @property
    def sign(self) -> str:
        """A character that tells it from the others without colour; each is in GBK."""
        return {"all": "√", "most": "●", "half": "▽", "few": "▼", "unjudged": "？", "silent": "－"}[self.value]


RULE_OF_SHARE = (
    "按序比例 = 已实现、快于预期和基本符合预期的项数 ÷ 能判断进度的项数。全部按序：100%；多数按序：80%及以上；"
    "部分滞后：50%及以上；多数滞后：不到50%。不能判断的不计入，未填报的不按零计。"
)
RULE_OF_WORST = (
    "取该地区能判断进度的指标中最差的一个判定：背离目标、未实现、滞后（严重）、滞后（轻度）在前；都不能判断的，写明原因。"
)


def of_regions(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a region, in the order in which they first stand in `rows`, from its judged rows.

    `rows` has region, verdict, severity (None where absent), value. Columns: verdict and severity (the worst),
    judged, on_course, reported and expected (numbers of rows), share (a fraction, NaN where nothing is judged), course.
    """
    known = pd.Categorical(rows["region"], categories=rows["region"].unique())
    code = np.asarray(known.codes)
    marks = rows["verdict"].astype(str) + rows["severity"].fillna("").astype(str)
    place = marks.map(_PLACES).to_numpy(dtype=int)
    worst = np.full(len(known.categories), len(_ORDER) - 1)
    np.minimum.at(worst, code, place)
    on, off = place_of(ON_COURSE), place_of(OFF_COURSE)
    on_course = _count(code, np.isin(place, on), len(worst))
    judged = on_course + _count(code, np.isin(place, off), len(worst))
    reported = _count(code, rows["value"].notna().to_numpy(), len(worst))
    share = np.where(judged > 0, on_course / np.maximum(judged, 1), np.nan)
    return pd.DataFrame(
        {
            "verdict": [_ORDER[each][0].value for each in worst],
            "severity": pd.Series([_ORDER[each][1] or None for each in worst], dtype=object).to_numpy(),
            "judged": judged, "on_course": on_course, "reported": reported,
            "expected": _count(code, np.ones(len(code), dtype=bool), len(worst)),
            "share": share, "course": courses(share, reported),
        },
        index=pd.Index(known.categories, name="region"),
    )  # fmt: skip


def courses(share: NDArray[np.float64], reported: NDArray[np.int64]) -> list[str]:
    """The word for each share; where nothing is judged, whether anything was reported at all."""
    silent = np.isnan(share) & (reported == 0)
    cases = [silent, np.isnan(share), at_least(share, 1.0), at_least(share, MOST), at_least(share, HALF)]
    words = [Course.SILENT, Course.UNJUDGED, Course.ALL, Course.MOST, Course.HALF]
    found = np.select(cases, range(len(words)), len(words))
    return [[*words, Course.FEW][each].value for each in found]


def place_of(verdicts: tuple[Verdict, ...]) -> list[int]:
    """Where these verdicts stand in the order from worst to best."""
    return [place for place, (verdict, _) in enumerate(_ORDER) if verdict in verdicts]


def _count(code: NDArray[np.int_], flags: NDArray[np.bool_], number: int) -> NDArray[np.int64]:
    return np.bincount(code[flags], minlength=number).astype(np.int64)
