"""Regions: a tree with GB/T 2260 codes, validity dates and successors, and multi-province areas."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property, lru_cache

from pydantic import BaseModel, ConfigDict

from trackers.errors import UnknownNameError
from trackers.model.plan import Level

MOST_HELD = 64  # answers of one tree


class Region(BaseModel):
    """One place. `members` holds the provinces of a multi-province area, which lie elsewhere in the tree.

    `former` holds names it had before under the same code.
    """

    model_config = ConfigDict(frozen=True)

    code: str
    name: str
    short: str
    level: Level
    parent: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None  # first day on which it no longer exists
    successors: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    former: tuple[str, ...] = ()

    def valid_on(self, day: date) -> bool:
        """Whether the region exists on this day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day < self.valid_to
        )


class RegionTree:
    """All regions, asked by code or name, with those above and below."""

    def __init__(self, regions: Iterable[Region]) -> None:
        self.by_code = {region.code: region for region in regions}

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        children: dict[str, list[str]] = defaultdict(list)
        for region in self.by_code.values():
            if region.parent:
                children[region.parent].append(region.code)
            children[region.code].extend(region.members)
        return {code: sorted(codes) for code, codes in children.items()}

    def __contains__(self, code: object) -> bool:
        return code in self.by_code

    def __getitem__(self, code: str) -> Region:
        return self.by_code[code]

    def children(self, code: str, on: date | None = None) -> list[Region]:
        """Regions directly below, by code; with `on`, only those that exist on that day."""
        below = [self.by_code[c] for c in self._children.get(code, []) if c in self.by_code]
        return [r for r in below if on is None or r.valid_on(on)]

    def below(self, code: str, on: date | None = None) -> list[Region]:
        """Every region below, once each (an area's provinces are the nation's too), superiors before those below."""
        found: dict[str, Region] = {}
        waiting = self.children(code, on)[::-1]
        while waiting:
            region = waiting.pop()
            if region.code not in found:
                found[region.code] = region
                waiting += self.children(region.code, on)[::-1]
        return list(found.values())

    def at_level(self, code: str, level: Level, on: date | None = None) -> list[Region]:
        """The region itself or those below it that are of this level."""
        return list(self._at_level(code, level, on))

    @cached_property
    def _at_level(self) -> Callable[[str, Level, date | None], list[Region]]:
        """The same, found once: a sheet asks it for every indicator, and the nation has three thousand regions."""
        return lru_cache(maxsize=MOST_HELD)(self._find_at_level)

    def _find_at_level(self, code: str, level: Level, on: date | None) -> list[Region]:
        here = self.by_code[code]
        return [r for r in [here, *self.below(code, on)] if r.level is level]

    def above(self, code: str, top: str) -> list[str]:
        """Codes from the direct superior up to `top`, within the tree that hangs below `top`."""
        path: list[str] = []
        here = code
        while here != top:
            parent = self.by_code[here].parent
            if here in self.by_code[top].members:
                parent = top
            if parent is None:
                return []
            path.append(parent)
            here = parent
        return path

    def superiors(self, code: str) -> list[str]:
        """Codes from the direct superior up to the nation."""
        path: list[str] = []
        while (parent := self.by_code[code].parent) and parent in self.by_code:
            path.append(code := parent)
        return path

    def path_name(self, code: str) -> str:
        """The name with that of its province and city before it, as an official would write it."""
        return self._path_above(code) + self.by_code[code].name

    def _path_above(self, code: str) -> str:
        parent = self.by_code[code].parent
        if parent is None or parent not in self.by_code or self.by_code[parent].level is Level.NATION:
            return ""
        return self.path_name(parent)

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = defaultdict(list)
        for region in self.by_code.values():
            above = self._path_above(region.code)
            superior = self.by_code[region.parent].name if above and region.parent else ""
            full = [region.name, *region.former]
            paths = [way + name for way in (above, superior) for name in full]
            for name in dict.fromkeys([region.short, *full, *paths]):
                names[name].append(region.code)
        return names

    def resolve(self, name: str, within: str | None = None, on: date | None = None) -> Region:
        """The region of this code or Chinese name; among equals those that exist `on` the day come first.

        `within` limits names and codes to a region and those below it. Raises UnknownNameError with the nearest names.
        """
        wanted = name.strip()
        allowed = None if within is None else self._within(within)
        if wanted in self.by_code and (allowed is None or wanted in allowed):
            return self.by_code[wanted]
        codes = [c for c in self._by_name.get(wanted, []) if allowed is None or c in allowed]
        living = [c for c in codes if self.by_code[c].valid_on(on or date.today())]
        codes = living or codes
        exact = [c for c in codes if wanted in (self.by_code[c].name, *self.by_code[c].former)]
        codes = exact if len(exact) == 1 else codes
        if len(codes) == 1:
            return self.by_code[codes[0]]
        if codes:
            raise UnknownNameError("地区", name, [f"{self.path_name(c)}（{c}）" for c in codes], ambiguous=True)
        raise UnknownNameError("地区", name, self._nearest(wanted, within))

    def _within(self, code: str) -> set[str]:
        if code not in self._inside:
            self._inside[code] = {code, *(region.code for region in self.below(code))}
        return self._inside[code]

    @cached_property
    def _inside(self) -> dict[str, set[str]]:
        return {}  # found by _within, kept because thousands of rows ask for the same

    def _nearest(self, name: str, within: str | None) -> list[str]:
        if (name, within) not in self._near:
            self._near[name, within] = difflib.get_close_matches(name, self._called(within), n=3, cutoff=0.3)
        return self._near[name, within]

    @cached_property
    def _near(self) -> dict[tuple[str, str | None], list[str]]:
        return {}  # found by _nearest, kept because a sheet repeats its mistakes on every row

    def _called(self, within: str | None) -> list[str]:
        """Every name and code there is within a region."""
        if within not in self._names:
            allowed = self.by_code.keys() if within is None else self._within(within)
            names = [name for name, codes in self._by_name.items() if not allowed.isdisjoint(codes)]
            self._names[within] = names + [code for code in self.by_code if code in allowed]
        return self._names[within]

    @cached_property
    def _names(self) -> dict[str | None, list[str]]:
        return {}  # found by _called
