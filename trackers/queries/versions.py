"""By what is told that the data is no longer the same: texts that change with it, whoever changes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2s

from trackers.store import Store

Numbers = dict[str, int]  # by indicator: another one whenever its approved figures change
FOUNDATIONS = ("plans", "regions", "adjustments")  # what every judgement rests on besides figures


@dataclass(frozen=True)
class Versions:
    """What the data of a store was like at one moment."""

    held: dict[str, str]  # of plans, regions, adjustments, supervision, and figures with all that is done with them
    figures: dict[str, Numbers]  # by plan

    @cached_property
    def all(self) -> str:
        """Changes with whatever is handed in, decided or set down."""
        return _short(self.held.values())

    @cached_property
    def foundations(self) -> str:
        """Changes with plans, regions and targets in force."""
        return _short(self.held[name] for name in FOUNDATIONS)

    @cached_property
    def approved(self) -> str:
        """Changes with what the foundations, approved figures and supervision say, not with what waits for its review."""
        return _short([self.foundations, self.held["supervision"], repr(self.figures)])

    def of_plan(self, id: str) -> str:
        """Changes with what a judgement of the plan rests on: the foundations and its own approved figures."""
        return _short([self.foundations, repr(self.figures.get(id))])

    def of_indicator(self, plan: str, id: str) -> str:
        """Changes with what is judged and drawn of one indicator: the foundations and its own approved figures."""
        return _short([self.foundations, repr(self.figures.get(plan, {}).get(id))])


def versions(store: Store) -> Versions:
    """What the data is like now."""
    with store.reading():
        held = {row["what"]: row["version"] for row in store.rows("held_versions")}
        figures: dict[str, Numbers] = {}
        for row in store.rows("figure_versions"):
            figures.setdefault(row["plan"], {})[row["indicator"]] = row["figures"]
    return Versions(held, figures)


def _short(parts: Iterable[str]) -> str:
    return blake2s("-".join(parts).encode(), digest_size=12).hexdigest()
