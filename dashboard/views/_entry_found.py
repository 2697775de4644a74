"""What a region enters for a period, found in the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dashboard.session import Choice, run, today
from dashboard.viewmodels import entry, entry_check
from dashboard.views._entry_drafts import FILES, TYPED, Shown, of
from trackers.exchange.entry_template import Line, entry_lines
from trackers.exchange.import_figures import Reading, read_rows
from trackers.model.period import Period
from trackers.model.region import Region
from trackers.queries.adjustments import plan_as_of
from trackers.queries.drafts import files_in
from trackers.queries.entry import Beside, beside_sheet, closed_periods


class There(NamedTuple):
    """What a region enters for a period: everything it has to, what may be filled in now, why the rest may not."""

    region: Region
    period: Period
    lines: Sequence[Line]
    fillable: list[Line]
    closed: Mapping[Period, str]
    beside: Beside


def find(chosen: Choice, region: Region, period: Period) -> There:
    """What the region enters for the period, with the period's targets. Raises RefusedError where it reports nothing then."""
    store = run().store
    held = plan_as_of(store, chosen.plan, period.end)
    beside = beside_sheet(store, chosen.plan, [region.code], period, by=run().actor)
    lines = entry_lines(held, region, period, chosen.tree, beside.approved, below=False)
    closed = closed_periods(store, chosen.plan, region.code, {line.period for line in lines}, today())
    return There(region, period, lines, entry.open_lines(lines, beside, closed), closed, beside)


def read(chosen: Choice, shown: Shown) -> Reading:
    """What stands in the sheet, with its evidence, read by the rules for files."""
    rows = entry.rows_of(shown.lines, of(TYPED)[shown.name])
    reading = read_rows(run().store, rows, chosen.plan, by=run().actor, name=shown.name, on=today())
    files = {id: files_in(cells) for id, cells in of(FILES).get(shown.name, {}).items()}
    return entry_check.with_files(reading, files, [line.indicator.id for line in shown.lines])


def without_closed(reading: Reading) -> Reading:
    """The reading with a fault for every first figure of a closed period."""
    first = {(each.plan.id, each.figure.region): each.plan for each in entry_check.first_figures(reading)}
    periods = {each.figure.period for each in entry_check.first_figures(reading)}
    closed = {
        (id, region, period): why
        for (id, region), plan in first.items()
        for period, why in closed_periods(run().store, plan, region, periods, today()).items()
    }
    return entry_check.with_closed(reading, closed)
