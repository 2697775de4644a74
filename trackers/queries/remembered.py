"""What was found of a plan's rows is remembered, indicator by indicator, until an approved figure of it changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from trackers.assessment.policy import Policy
from trackers.model.period import day_number
from trackers.model.plan import Plan
from trackers.queries.history import Columns
from trackers.queries.table import Table
from trackers.store import EVER, Store

STANDING = (
    "n", "first", "first_day", "value", "numerator", "denominator", "day", "period", "oldest_day", "previous",
    "sum_x", "sum_y", "sum_xx", "sum_xy", "sum_yy", "reported", "expected", "complete", "demo", "unreviewed",
)  # fmt: skip
MOST_HELD = 240  # indicators whose rows are remembered, of so many plans and days
_Key = tuple[int, int, int, str]
_MEMORY: OrderedDict[_Key, tuple[Table, Columns]] = OrderedDict()


@dataclass(frozen=True)
class Asked:
    """One question to the store: which plan, for which day, as known when."""

    store: Store
    plan: Plan
    as_of: date
    known: int

    @property
    def day(self) -> int:
        """The judgement's day as a number."""
        return day_number(self.as_of)


@dataclass(frozen=True)
class Known:
    """The rows of a whole table that were found before, as long as no approved figure of their indicator changes."""

    asked: Asked
    table: Table
    versions: Mapping[int, int]  # of the approved figures, by the indicator's number
    policy: Policy

    def put(self, indicator: int, found: Columns) -> bool:
        """Fill in the rows of an indicator; False where they are not known."""
        held = _MEMORY.get(self._key(indicator)) if self._holds else None
        if held is None:
            return False
        for name, figures in held[1].items():
            found[name][self.table.of_indicator[indicator]] = figures
        return True

    def keep(self, indicators: Sequence[int], found: Columns) -> None:
        """Remember what was found; what was remembered longest is forgotten first."""
        for indicator in indicators if self._holds else ():
            rows = self.table.of_indicator[indicator]
            _MEMORY[self._key(indicator)] = (self.table, {name: found[name][rows].copy() for name in STANDING})
        while len(_MEMORY) > MOST_HELD:
            _MEMORY.popitem(last=False)

    @property
    def _holds(self) -> bool:
        return self.table.whole and self.asked.known == EVER

    def _key(self, indicator: int) -> _Key:
        """What is held keeps the table alive, so that no other takes its id."""
        return id(self.table), indicator, self.versions.get(indicator, 0), self.policy.model_dump_json()


def forget() -> None:
    """Let the next judgement read everything anew; for measuring how long that takes."""
    _MEMORY.clear()
