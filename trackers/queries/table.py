"""The rows of a judgement as arrays: what of each of them comes from the plan."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from trackers.model.period import day_number
from trackers.model.plan import Confidence, Plan
from trackers.model.region import RegionTree
from trackers.queries.places import Place, official_start, places

Floats = NDArray[np.float64]
MOST_HELD = 12  # tables of so many plans and days


@dataclass(frozen=True)
class Table:
    """The rows of one judgement, in their order."""

    plan: Plan
    rows: Sequence[Place]
    whole: bool = False  # held in memory, for all that may see the whole plan

    @cached_property
    def keys(self) -> pd.MultiIndex:
        """Indicator and region of each."""
        names = [[place.indicator.id for place in self.rows], [place.region for place in self.rows]]
        return pd.MultiIndex.from_arrays(names, names=["indicator", "region"])

    @cached_property
    def regions(self) -> list[str]:
        """Every region that has a row, once."""
        return list(dict.fromkeys(place.region for place in self.rows))

    @cached_property
    def alone(self) -> Table:
        """The reported series alone."""
        return Table(self.plan, [place for place in self.rows if not place.members], self.whole)

    @cached_property
    def cutoff(self) -> Floats:
        """The last day that counts for each."""
        return self._days([place.cutoff for place in self.rows])

    @cached_property
    def is_aggregate(self) -> NDArray[np.bool_]:
        """Whether each is put together from others."""
        return np.array([bool(place.members) for place in self.rows], dtype=bool)

    @cached_property
    def known(self) -> dict[str, NDArray[np.generic] | pd.Categorical]:
        """The columns of a judgement's standings that the plan alone decides."""
        rows = self.rows
        values = [np.nan if place.target_value is None else place.target_value for place in rows]
        unverified = np.array([place.target.confidence is Confidence.UNVERIFIED for place in rows], dtype=bool)
        return {
            "expected": np.array([max(1, len(place.members)) for place in rows], dtype=np.int64),
            "direction": pd.Categorical([place.indicator.direction.value for place in rows]),
            "keep": np.array([place.indicator.keep for place in rows], dtype=bool),
            "target": np.array(values, dtype=np.float64),
            "target_day": self._days([place.target.day for place in rows]),
            "unverified": unverified,
            "no_target": np.isnan(np.array(values, dtype=np.float64)) & ~unverified,
        }

    @cached_property
    def starts(self) -> tuple[Floats, Floats, NDArray[np.object_]]:
        """Value, day and origin of the baseline that does not come from the reports; NaN and None where it does."""
        found = [official_start(self.plan, place) for place in self.rows]
        value = np.array([start[0] if start else np.nan for start in found], dtype=np.float64)
        numbers = {start[1]: float(day_number(start[1])) for start in found if start}
        day = np.array([numbers[start[1]] if start else np.nan for start in found], dtype=np.float64)
        return value, day, np.array([start[2] if start else None for start in found], dtype=object)

    @cached_property
    def along_annual(self) -> list[int]:
        """Places of the rows that annual targets lead."""
        return [
            number for number, place in enumerate(self.rows)
            if place.indicator.annual_targets and place.target_value == place.target.value
        ]  # fmt: skip

    @cached_property
    def indicators(self) -> dict[str, int]:
        """The plan's indicators by id, each with its number."""
        return {indicator.id: number for number, indicator in enumerate(self.plan.indicators)}

    @cached_property
    def codes(self) -> list[str]:
        """Every region that has a row, is a member of one or was, or took over from such a one; each once."""
        return list(dict.fromkeys([*self.regions, *self._further]))

    @cached_property
    def _further(self) -> list[str]:
        groups = {id(place.members): place for place in self.rows if place.members}
        ended = {region.code: region for place in groups.values() for region in place.ended}
        successors = [code for region in ended.values() for code in region.successors]
        return [*(code for place in groups.values() for code in place.members), *ended, *successors]

    @cached_property
    def at(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Of each row the number of its indicator and that of its region among `codes`."""
        number = {code: place for place, code in enumerate(self.codes)}
        rows = [(self.indicators[place.indicator.id], number[place.region]) for place in self.rows]
        pairs = np.array(rows, dtype=np.int64).reshape(-1, 2)
        return pairs[:, 0], pairs[:, 1]

    @cached_property
    def of_indicator(self) -> list[slice | NDArray[np.int64]]:
        """The rows of each indicator, by its number; mostly they follow one another."""
        found = [np.flatnonzero(self.at[0] == number) for number in range(len(self.indicators))]
        return [slice(rows[0], rows[-1] + 1) if len(rows) and rows[-1] - rows[0] == len(rows) - 1 else rows for rows in found]

    def _days(self, days: Sequence[date]) -> Floats:
        numbers = {day: float(day_number(day)) for day in set(days)}
        return np.array([numbers[day] for day in days], dtype=np.float64)


class _Held(NamedTuple):
    tree: RegionTree
    as_of: date
    table: Table


_MEMORY: deque[_Held] = deque(maxlen=MOST_HELD)


def table_of(plan: Plan, tree: RegionTree, as_of: date) -> Table:
    """Every row of the plan on a day; made once for a plan, a tree and a day, as nobody changes them in memory.

    A plan with changed targets is put together for each judgement: one that says the same is the same.
    """
    for held in reversed(list(_MEMORY)):
        if held.tree is tree and held.as_of == as_of and (held.table.plan is plan or held.table.plan == plan):
            return held.table
    made = Table(plan, places(plan, tree, as_of), whole=True)
    _MEMORY.append(_Held(tree, as_of, made))
    return made
