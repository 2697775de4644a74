"""A made-up national set: `python -m benchmarks.national --share 1 --out FILE`.

Every province, prefecture and county of the regions list, thirty indicators, sixty quarters: some 5.8 million reports,
of which some are missing, late or corrected. There is one plan a level, so that each region reports each indicator.
All of it is marked as demonstration. The same seed gives the same figures.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.filling import fill
from benchmarks.indicators import courses
from trackers.exchange.region_file import read_regions
from trackers.model.period import Period
from trackers.model.plan import Comparator, Confidence, Direction, Indicator, Level, Plan, Target
from trackers.model.region import Region, RegionTree
from trackers.settings import SEEDS
from trackers.store import open_store

NATION, SEED = "100000", 2024
LEVELS = (Level.PROVINCE, Level.CITY, Level.COUNTY)
PERIODS = tuple(Period.parse(f"{year}Q{quarter}") for year in range(2010, 2025) for quarter in range(1, 5))
TODAY = date(2025, 1, 31)  # of the set: every figure is in
PAST = date(2019, 8, 15)  # some day before
MADE_UP = "编造，供测速"


def plan_of(level: Level) -> Plan:
    """The plan of which the regions of one level report every indicator."""
    indicators = [
        Indicator(
            id=each.id, name=each.name, unit=each.unit, direction=each.direction, aggregation=each.aggregation,
            measure=each.measure, level=level, targets=_targets(each.start, each.goal, each.direction),
        )
        for each in courses()
    ]  # fmt: skip
    word = level.word
    return Plan(
        id=f"made-up-{level.value}", title=f"测速用全国{word}计量规划（编造）", short=f"测速{word}", region=NATION, start=2010,
        end=2030, milestones=[2025, 2030], reference=MADE_UP, indicators=indicators,
    )  # fmt: skip


def _targets(start: float, goal: float, direction: Direction) -> list[Target]:
    comparator = Comparator.AT_LEAST if direction is Direction.INCREASE else Comparator.AT_MOST
    values = ((2025, goal), (2030, round(goal + (goal - start) / 4, 1)))
    return [
        Target(year=year, comparator=comparator, value=value, confidence=Confidence.SECONDARY, reference=MADE_UP)
        for year, value in values
    ]


def regions_for(share: float, seed: int = SEED) -> list[Region]:
    """`share` per cent of the regions that exist on the set's last day, whole prefectures with what lies above them."""
    tree = read_regions(SEEDS / "regions" / "regions.csv")
    last = PERIODS[-1].end
    groups: dict[str, list[Region]] = {}
    for region in tree.at_level(NATION, Level.COUNTY, last):
        groups.setdefault(str(region.parent), []).append(region)
    for region in [*tree.at_level(NATION, Level.PROVINCE, last), *tree.at_level(NATION, Level.CITY, last)]:
        groups.setdefault(region.code, [])
    every = sum(1 for _ in _with_above(tree, groups, list(groups)))
    order = sorted(groups)
    random.Random(seed).shuffle(order)
    found: dict[str, Region] = {}
    while order and len(found) < max(3, round(every * share / 100)):
        found |= {region.code: region for region in _with_above(tree, groups, [order.pop()])}
    return sorted(found.values(), key=lambda region: region.code)


def _with_above(tree: RegionTree, groups: dict[str, list[Region]], codes: list[str]) -> Iterator[Region]:
    seen: set[str] = set()
    for code in codes:
        for each in [code, *tree.above(code, NATION), *(region.code for region in groups[code])]:
            if each not in seen:
                seen.add(each)
                yield tree[each]


def make(path: Path, share: float, seed: int = SEED) -> int:
    """Make the database of this share; returns how many reports it holds."""
    path.unlink(missing_ok=True)
    at = datetime(2010, 1, 4, tzinfo=UTC)
    with open_store(path, create=True) as store:
        return fill(store, regions_for(share, seed), [plan_of(level) for level in LEVELS], PERIODS, seed, at)


def main(
    out: Annotated[Path, typer.Option(help="The database file to make; one that is there is replaced.")],
    share: Annotated[float, typer.Option(help="Per cent of the nation's regions.")] = 1,
    seed: Annotated[int, typer.Option(help="The same seed gives the same figures.")] = SEED,
) -> None:
    """Make a national set of made-up figures."""
    print(f"{make(out, share, seed):,} reports in {out}")


if __name__ == "__main__":
    typer.run(main)
