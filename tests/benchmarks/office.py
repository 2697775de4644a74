"""A province at the end of a quarter: a plan with fifteen indicators for counties, what they reported before, and
one person in each county who reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.people import add_person, grant
from tests.samples import OPERATOR, indicator, sample_plan, target
from trackers.actions.figures import HandIn, record_figures
from trackers.actions.plans import load_plans, load_regions
from trackers.exchange.region_file import read_regions
from trackers.model.account import Actor
from trackers.model.period import Period
from trackers.model.plan import Level
from trackers.model.report import Figure
from trackers.queries.plans import region_tree
from trackers.settings import SEEDS
from trackers.store import Store, open_store

PLAN, PROVINCE = "busy-2011", "210000"
AT = datetime(2024, 6, 1, 8, tzinfo=UTC)
INDICATORS = [f"counted-{number:02}" for number in range(15)]
PAST = [Period.parse(f"{year}Q{quarter}") for year in range(2012, 2017) for quarter in range(1, 5)]
OPEN = [Period.parse(f"{year}Q{quarter}") for year in range(2017, 2024) for quarter in range(1, 5)]
BY_PAGE = HandIn(origin="page")


def build(folder: Path, counties: int, past: Sequence[Period] = PAST) -> tuple[Path, list[str]]:
    """The database of that province, with past quarters approved and the later ones open; its path and counties."""
    path = folder / "office.db"
    with open_store(path, create=True) as store:
        regions = list(read_regions(SEEDS / "regions" / "regions.csv").by_code.values())
        load_regions(store, regions, by=OPERATOR, at=AT)
        counted = [indicator(id, measure="stock", level="county", targets=[target(1000, year=2025)]) for id in INDICATORS]
        plan = sample_plan(id=PLAN, region=PROVINCE, start=2011, end=2025, milestones=[2025], indicators=counted)
        load_plans(store, [plan], by=OPERATOR, at=AT)
        found = region_tree(store).at_level(PROVINCE, Level.COUNTY, PAST[0].end)
        codes = [region.code for region in found if region.valid_on(OPEN[-1].end)][:counties]
        assert len(codes) == counties
        before = [figure for code in codes for period in past for figure in sheet(code, period)]
        record_figures(store, PLAN, before, HandIn(origin="import"), by=OPERATOR, at=AT)
        for code in codes:
            add_person(store, reporter(code).login, grant("reporter", code))
        add_person(store, "reviewer", grant("reviewer", PROVINCE, below=True))
        keep_open(store)
    return path, codes


def keep_open(store: Store) -> None:
    """Every later quarter is open for a year from its end on."""
    with store.writing():
        for period in OPEN:
            store.connection.execute(
                "INSERT INTO entry_window (plan_id, level, period, opens, deadline)"
                " SELECT id, 'county', ?, ?, '2030-12-31' FROM plan WHERE code = ?",
                (period.number, period.end.isoformat(), PLAN),
            )


def reporter(region: str) -> Actor:
    return Actor(login=f"reporter-{region}", where="10.0.0.1")


def sheet(region: str, period: Period, more: float = 0) -> list[Figure]:
    """Fifteen figures a little above those of the quarter before; `more` is added when they are mended."""
    day, reason = (period.end - PAST[0].end).days, "重新核对" if more else ""
    return [
        Figure(indicator=id, region=region, period=period, value=500 + day // 10 + number + more, reason=reason)
        for number, id in enumerate(INDICATORS)
    ]
