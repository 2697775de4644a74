"""Regions like one that lags which do better, by a rule that is stated beside them; nobody is named without a figure.

A region is like another when it is of the same level and has the same superior; where none of those does better, when its
baseline differs by at most `NEAR` of the way from the other's baseline to its target. It does better when it is on course
(reached, ahead, on track) and has covered a larger share of its own way. The three that went furthest are named.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

import numpy as np
import pandas as pd

from trackers.assessment.compare import TOLERANCE, below
from trackers.assessment.regions import ON_COURSE

NEAR = 0.1
MOST = 3


class Likeness(StrEnum):
    """In what the regions named are like the one that lags."""

    SUPERIOR = "superior"
    BASELINE = "baseline"
    NONE = "none"

    @property
    def word(self) -> str:
        """The rule in Chinese."""
        return {
            "superior": "同级、同一上级，已按序推进且完成率更高",
            "baseline": "同级、基期值相近（相差不超过基期到目标距离的10%），已按序推进且完成率更高",
            "none": "",
        }[self.value]


class Peers(NamedTuple):
    """The regions that do better, furthest first; `regions` is empty where there are none."""

    likeness: Likeness
    regions: tuple[str, ...]


def peers(rows: pd.DataFrame, region: str, above: Mapping[str, str | None]) -> Peers:
    """Regions like `region` that do better, among the judged rows of one indicator.

    `rows` has region, region_level, verdict, completion, baseline, target; `above` names each region's direct superior.
    """
    mine = rows[rows["region"] == region]
    if mine.empty or np.isnan(mine["completion"].iloc[0]):
        return Peers(Likeness.NONE, ())
    one = mine.iloc[0]
    same = rows[(rows["region"] != region) & (rows["region_level"] == one["region_level"])]
    further = below(np.full(len(same), one["completion"]), same["completion"].to_numpy(dtype=float))
    better = same[further & same["verdict"].isin(ON_COURSE).to_numpy()]
    beside = better[[above.get(code) == above.get(region) is not None for code in better["region"]]]
    if len(beside):
        return Peers(Likeness.SUPERIOR, _furthest(beside))
    alike = better[_near(better, float(one["baseline"]), float(one["target"]))]
    return Peers(Likeness.BASELINE, _furthest(alike)) if len(alike) else Peers(Likeness.NONE, ())


def _near(rows: pd.DataFrame, baseline: float, target: float) -> pd.Series:
    """Whether each baseline lies close to this one; nothing does where either is absent."""
    way = abs(target - baseline)
    return (rows["baseline"] - baseline).abs() <= NEAR * way * (1 + TOLERANCE)


def _furthest(rows: pd.DataFrame) -> tuple[str, ...]:
    ordered = rows.sort_values(["completion", "region"], ascending=[False, True], kind="stable")
    return tuple(ordered["region"].head(MOST))
