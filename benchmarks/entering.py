"""Officials of the counties who fill in the sheet of the open period at the same time, and whether all of it arrives.

Each opens 填报, types a sheet row by row with pauses in which the page keeps the draft, has it checked and hands it in.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.filling import BY
from benchmarks.national import plan_of
from benchmarks.person import Cells, Click, Person
from benchmarks.serving import Served, signed_in
from dashboard.viewmodels.entry import periods
from trackers.actions.periods import open_periods
from trackers.model.account import Grant, Role
from trackers.model.period import Period
from trackers.model.plan import Aggregation, Indicator, Level, Plan
from trackers.model.wording import BEIJING
from trackers.queries.figures import Kept, latest, lines_of, series_in
from trackers.queries.plans import plan_by_id, region_tree
from trackers.store import Store, open_store

PLAN = plan_of(Level.COUNTY)
PART = 10  # rows typed before a pause
PAUSE = 12.0  # seconds between the steps of a person: a sheet of thirty rows takes a minute
DAYS = 30  # that the period stays open


@dataclass
class Sheet:
    """What one person hands in for their county."""

    region: str
    cookie: str
    before: dict[str, float]  # by indicator: what stood last
    typed: dict[str, float] = field(default_factory=dict)  # by indicator: the value of what was typed
    waits: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Office:
    """The county plan with a period open, and everybody who fills in a sheet of it."""

    path: Path
    plan: Plan
    period: Period
    sheets: list[Sheet]


def office(path: Path, people: int) -> Office:
    """Open the last period that has ended, and sign in one official each of so many counties that have reported before."""
    now = datetime.now(UTC)
    today = now.astimezone(BEIJING).date()
    with open_store(path) as store:
        plan, tree = plan_by_id(store, PLAN.id), region_tree(store)
        counties = tree.at_level(plan.region, Level.COUNTY, today)
        period = periods(plan, counties[0], today)[0]
        until = today + timedelta(days=DAYS)
        open_periods(store, plan.id, Level.COUNTY, period, period, opens=today, deadline=until, by=BY, at=now)
        codes = [county.code for county in counties][:people]
        lines = lines_of(store, series_in(store, plan.id, codes), [period.number])
        cookies = [
            signed_in(store, f"reporter-{code}", Grant(role=Role.REPORTER, region=code), at=now) for code in codes
        ]
    before = {code: {id: list(line.values())[-1] for (id, region), line in lines.items() if region == code and line}
              for code in codes}  # fmt: skip
    sheets = [Sheet(code, cookie, before[code]) for code, cookie in zip(codes, cookies, strict=True) if before[code]]
    return Office(path, plan, period, sheets)


def filled(indicator: Indicator, last: float) -> tuple[dict[str, str], float]:
    """The cells of a row that goes on from the last figure without a doubt, and the value they stand for."""
    if indicator.aggregation is Aggregation.RATIO:
        done = min(1000, round(last * 10))
        return {"分子": str(done), "分母": "1000"}, done / 1000 * 100
    value = last + 1 if last >= 10 else last
    return {"填报值": f"{value:.15g}"}, value


async def enter(server: Served, office: Office) -> list[float]:
    """Everybody fills in their sheet; all the waits: for the page, for each kept part, for the check and the hand-in."""
    await asyncio.gather(*(_one(server, office, sheet, random.Random(n)) for n, sheet in enumerate(office.sheets)))
    return [wait for sheet in office.sheets for wait in sheet.waits]


async def _one(server: Served, office: Office, sheet: Sheet, own: random.Random) -> None:
    await asyncio.sleep(own.random() * PAUSE)
    person = Person(server.port, sheet.cookie)
    sheet.waits.append(await person.enter(Click("entry", {"plan": office.plan.short})))
    for cells in _in_parts(_cells(office.plan, sheet, list(person.grid()["指标"]))):
        await _pause(own)
        sheet.waits.append(await person.type(cells))
    for button in ("检查填写内容", f"提交 {len(sheet.typed)} 行"):
        await _pause(own)
        sheet.waits.append(await person.press(button))
    if not any(f"已提交 {len(sheet.typed)} 个数" in said for said in person.seen.said):
        raise RuntimeError(f"{sheet.region} was not told that the sheet is handed in: {person.seen.said}")
    await person.leave()


def _cells(plan: Plan, sheet: Sheet, names: Sequence[str]) -> dict[int, dict[str, str]]:
    """What is typed into a grid of these indicators, noted in the sheet; rows without an earlier figure stay empty."""
    ids = {indicator.name: indicator for indicator in plan.indicators}
    found = {}
    for row, name in enumerate(names):
        if (last := sheet.before.get(ids[name].id)) is not None:
            found[row], sheet.typed[ids[name].id] = filled(ids[name], last)
    return found


def _in_parts(cells: dict[int, dict[str, str]]) -> Iterator[Cells]:
    """What stands in the grid after each part of the typing."""
    rows = list(cells)
    for end in range(PART, len(rows) + PART, PART):
        yield {row: cells[row] for row in rows[:end]}


async def _pause(own: random.Random) -> None:
    await asyncio.sleep(PAUSE * (0.5 + own.random()))


def arrived(office: Office) -> tuple[int, int]:
    """How many figures were typed, and how many of them are in the database once and as they were typed.

    Raises RuntimeError where the counties' figures of the period are others than those that were typed.
    """
    with open_store(office.path) as store:
        kept = kept_now(store, office)
    typed = {(id, each.region): value for each in office.sheets for id, value in each.typed.items()}
    if foreign := {key[:2] for key in kept} - typed.keys():
        raise RuntimeError(f"{len(foreign)} figures that nobody typed")
    once = {key[:2] for key, each in kept.items() if each.revision == 1 and abs(each.value - typed[key[:2]]) < 1e-9}
    return len(typed), len(once)


def kept_now(store: Store, office: Office) -> Kept:
    """What the database holds of the counties' figures of the period."""
    return latest(store, series_in(store, office.plan.id, [each.region for each in office.sheets]), [office.period.number])
