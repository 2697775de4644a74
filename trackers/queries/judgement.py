"""A judgement that is carried on: where the approved figures of few indicators changed, only these are judged anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import pandas as pd

from trackers.model.plan import Plan
from trackers.queries.versions import Numbers, versions
from trackers.store import Store

SHARE = 3  # of a plan's indicators one in so many: where more of them changed, all are judged at once
Judge = Callable[[str | None], pd.DataFrame]  # judges one indicator of a plan, or all for None


class Judgement(NamedTuple):
    """The judged rows of a plan, the indicators in its order, and of which data."""

    frame: pd.DataFrame
    figures: Numbers
    foundations: str


def carried_on(store: Store, plan: Plan, judge: Judge, before: Judgement | None) -> Judgement:
    """The judgement as `judge` gives it now, with the rows of `before` for indicators whose figures are the same.

    An indicator's rows rest on its own figures alone. `before` is of the same plan, day and person.
    """
    with store.reading():
        now = versions(store)
        figures = now.figures.get(plan.id, {})
        if before is None or before.foundations != now.foundations:
            return Judgement(judge(None), figures, now.foundations)
        changed = [id for id, number in figures.items() if before.figures.get(id) != number]
        if len(changed) * SHARE > len(figures):
            return Judgement(judge(None), figures, now.foundations)
        parts = [judge(id) for id in changed]
    return Judgement(_replaced(before.frame, parts, changed, plan), figures, now.foundations)


def _replaced(frame: pd.DataFrame, parts: Sequence[pd.DataFrame], changed: Sequence[str], plan: Plan) -> pd.DataFrame:
    """The frame with other rows for the changed indicators, in the plan's order."""
    if not changed:
        return frame
    blocks = {str(id): frame.iloc[at[0] : at[-1] + 1] for id, at in frame.groupby("indicator", sort=False).indices.items()}
    blocks |= dict(zip(changed, parts, strict=True))
    there = [blocks[each.id] for each in plan.indicators if len(blocks.get(each.id, ()))]
    return pd.concat(there, ignore_index=True) if there else frame
