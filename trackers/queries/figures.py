"""Reported figures as they are kept: what is there, and what a hand-in would change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

import pandas as pd

from trackers.model.report import Figure
from trackers.store import Store


class Change(StrEnum):
    """What a figure handed in does to what is kept."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"

    @property
    def word(self) -> str:
        """The Chinese word for it."""
        return {"new": "新增", "changed": "更正", "same": "相同"}[self.value]


class KeptFigure(NamedTuple):
    """The latest revision of one figure."""

    revision: int
    value: float
    numerator: float | None
    denominator: float | None
    note: str
    evidence: str
    demo: int  # 1 for a demonstration figure


Kept = dict[tuple[str, str, int], KeptFigure]


def kept_figures(store: Store, plan_id: str, regions: Iterable[str] | None = None) -> Kept:
    """The latest revision of every figure of a plan, by (indicator, region, period number).

    With `regions` only of those in these regions.
    """
    codes = None if regions is None else json.dumps(sorted(set(regions)))
    return {
        (row["indicator"], row["region"], row["period"]): KeptFigure(*(row[f] for f in KeptFigure._fields))
        for row in store.rows("latest_revisions", plan=plan_id, regions=codes)
    }


def changes_among(kept: Kept, figures: Sequence[Figure], *, demo: bool = False) -> list[Change]:
    """For each figure whether it is new, changes what is kept, or says the same again; `demo` is its own mark."""
    return [_change(kept.get((f.indicator, f.region, f.period.number)), f, demo) for f in figures]


def _change(kept: KeptFigure | None, figure: Figure, demo: bool) -> Change:
    if kept is None:
        return Change.NEW
    if bool(kept.demo) != demo:
        return Change.CHANGED  # a real figure takes the place of a demonstration, though they be equal
    said = (figure.value, figure.numerator, figure.denominator)
    if said != (kept.value, kept.numerator, kept.denominator):
        return Change.CHANGED
    texts = (figure.note or kept.note, figure.evidence or kept.evidence)
    return Change.SAME if texts == (kept.note, kept.evidence) else Change.CHANGED


def revisions(store: Store, plan_id: str, indicator: str, region: str) -> pd.DataFrame:
    """Every revision ever handed in for one indicator and region: period, value, who, when, note, evidence."""
    return store.frame("revisions", plan=plan_id, indicator=indicator, region=region)
