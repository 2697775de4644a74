"""Windows for tests: periods long past, open today."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.samples import OPERATOR
from trackers.actions.periods import open_periods
from trackers.model.period import Period
from trackers.model.plan import Level
from trackers.model.wording import BEIJING
from trackers.store import Store

NOW = datetime.now(UTC)


def open_county(store: Store, plan: str, first: str, last: str = "") -> None:
    """Let the counties of a plan hand in for these periods from today on."""
    open_level(store, plan, "county", first, last)


def open_level(store: Store, plan: str, level: str, first: str, last: str = "") -> None:
    """Let the regions of a level hand in for a plan's periods from today on."""
    today, ends = NOW.astimezone(BEIJING).date(), (Period.parse(first), Period.parse(last or first))
    open_periods(
        store, plan, Level(level), *ends, opens=today, deadline=today + timedelta(days=30), by=OPERATOR, at=NOW
    )
