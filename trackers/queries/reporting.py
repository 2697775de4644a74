"""Who has reported and who has not: what is expected, what came, and what came in time."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from trackers.model.account import Actor
from trackers.model.period import Period
from trackers.model.plan import Level, Plan
from trackers.model.region import RegionTree
from trackers.model.report import ReportState, expected_regions
from trackers.model.window import Window, asked, levels
from trackers.model.wording import BEIJING
from trackers.queries.periods import window
from trackers.queries.plans import region_tree
from trackers.queries.rights import rights_of
from trackers.store import Store

NOT_REPORTED = "未报"
PLACE = ["indicator", "region", "period_number"]


class Rates(NamedTuple):
    """Completeness (报送率) and timeliness (及时率); absent, never 0 or 1, where nothing was expected."""

    expected: int
    reported: int
    timely: int

    @property
    def completeness(self) -> float | None:
        """Reported figures by expected ones."""
        return self.reported / self.expected if self.expected else None

    @property
    def timeliness(self) -> float | None:
        """Figures reported by the deadline by expected ones."""
        return self.timely / self.expected if self.expected else None


def reporting(store: Store, plan: Plan, period: Period, *, by: Actor, on: date) -> pd.DataFrame:
    """One row for each figure that a sheet for the period asks for, of regions that the person may see.

    Columns indicator, indicator_name, region, region_name, level, period (under which it is kept, as text),
    period_number, deadline (day), provisional, state (in words), reported, timely, overdue. A figure is reported that
    was approved or waits for a review; one that was returned is not. It is timely when it came by the end of the
    deadline's day in Asia/Shanghai; leave given to hand in later does not make it so. Overdue: not reported, and `on`
    is past the deadline.
    """
    tree = region_tree(store)
    with store.reading():
        expected = _expected(store, plan, period, tree)
        seen = rights_of(store, by).seen(expected["region"], plan)
        expected = expected[expected["region"].isin(seen)]
        came = handed_in(store, plan, expected["period_number"], None)
    rows = expected.merge(came, how="left", on=PLACE)
    state = _states(rows)
    reported = state.isin([ReportState.APPROVED.word, ReportState.SUBMITTED.word])
    days = pd.to_datetime(rows["first_at"], utc=True, format="ISO8601").dt.tz_convert(BEIJING).dt.tz_localize(None)
    due = pd.to_datetime(rows["deadline"])
    return rows.assign(
        region_name=rows["region"].map(_names(tree, rows["region"])),
        state=state,
        reported=reported,
        timely=reported & (days.dt.normalize() <= due),
        overdue=~reported & (due < pd.Timestamp(on)),
    ).drop(columns=["newest", "approved", "waiting", "first_at"])


def handed_in(store: Store, plan: Plan, periods: Iterable[int], regions: Iterable[str] | None) -> pd.DataFrame:
    """What became of the plan's figures of these periods (numbers) in these regions, or in all.

    Columns indicator, region, period_number, newest, approved, waiting (revisions), first_at (of the first that was
    not returned, ISO 8601 in UTC).
    """
    numbers = json.dumps(sorted({int(number) for number in periods}))
    places = None if regions is None else json.dumps(sorted(set(regions)))
    frame = store.frame("handed_in_for", plan=plan.id, periods=numbers, regions=places)
    return frame.rename(columns={"period": "period_number"})


def _expected(store: Store, plan: Plan, period: Period, tree: RegionTree) -> pd.DataFrame:
    columns = ["indicator", "indicator_name", "region", "level", "period", "period_number", "deadline", "provisional"]
    parts = [pd.DataFrame(columns=columns, dtype=object)]
    for level in levels(plan):
        for id, own in asked(plan, level, period).items():
            parts.append(_of_indicator(plan, id, own, window(store, plan, level, own), tree))
    return pd.concat(parts, ignore_index=True)


def _of_indicator(plan: Plan, id: str, own: Period, taken: Window, tree: RegionTree) -> pd.DataFrame:
    indicator = plan.indicator(id)
    regions = [region.code for region in expected_regions(plan, indicator, tree, own.end)]
    return pd.DataFrame(
        {
            "indicator": id, "indicator_name": indicator.name, "region": regions, "level": indicator.level.value,
            "period": str(own), "period_number": own.number, "deadline": taken.deadline,
            "provisional": taken.provisional,
        }, dtype=object,
    )  # fmt: skip


def _states(rows: pd.DataFrame) -> pd.Series:
    """The state of each figure in words, from its newest revision, an approved one before a returned one."""
    missing, returned = rows["newest"].isna(), ReportState.RETURNED.word
    waits = rows["waiting"].notna() & (rows["waiting"] == rows["newest"])
    chosen = np.select(
        [missing, waits, rows["approved"].notna()],
        [NOT_REPORTED, ReportState.SUBMITTED.word, ReportState.APPROVED.word],
        returned,
    )
    return pd.Series(chosen, index=rows.index, dtype=object)


def rates(frame: pd.DataFrame) -> Rates:
    """How many of the rows of `reporting` were expected, reported, and reported in time."""
    return Rates(len(frame), int(frame["reported"].sum()), int(frame["timely"].sum()))


def by_region(frame: pd.DataFrame, plan: Plan, tree: RegionTree, on: date) -> pd.DataFrame:
    """The rows of `reporting` counted by region, superiors first.

    Columns region, region_name, level, below, expected, reported, timely, overdue, completeness, timeliness (fractions),
    lacking (names of the indicators not reported). A row with `below` counts a region with all that report below it, and
    stands there only where the person sees every one of these: made of a part its rates would be wrong. The others count
    what a region reports itself.
    """
    own = _counted(frame).assign(below=False)
    lacking = frame[~frame["reported"]].groupby("region")["indicator_name"].agg("、".join)
    pairs = [(code, above) for code in own["region"] for above in tree.above(code, plan.region)]
    found, reporting_levels = set(own["region"]), set(frame["level"])
    whole = [
        above
        for above in {above for _, above in pairs}
        if all(each.code in found for each in tree.below(above, on) if each.level.value in reporting_levels)
    ]
    ways = pd.DataFrame(
        [pair for pair in pairs if pair[1] in whole] + [(code, code) for code in whole], columns=["region", "above"]
    )
    above = _counted(frame.merge(ways, on="region").assign(region=lambda rows: rows["above"])).assign(below=True)
    rows = pd.concat([above, own], ignore_index=True)
    order = {level: place for place, level in enumerate(Level)}
    rows = rows.assign(
        region_name=rows["region"].map(_names(tree, rows["region"])),
        level=[tree[code].level.value for code in rows["region"]],
        completeness=rows["reported"] / rows["expected"],
        timeliness=rows["timely"] / rows["expected"],
        lacking=rows["region"].map(lacking).where(~rows["below"], "").fillna(""),
        rank=[order[tree[code].level] for code in rows["region"]],
    )
    ordered = rows.sort_values(["rank", "region", "below"], ascending=[True, True, False])
    return ordered.drop(columns="rank").reset_index(drop=True)


def _counted(frame: pd.DataFrame) -> pd.DataFrame:
    flags = ["reported", "timely", "overdue"]
    numbers = frame[["region", *flags]].assign(expected=1).astype(dict.fromkeys(flags, int))
    return numbers.groupby("region", as_index=False)[["expected", *flags]].sum()


def _names(tree: RegionTree, codes: Iterable[str]) -> dict[str, str]:
    """The name of each region; where two share one (铁西区), with what lies above it."""
    regions = set(codes)
    often = Counter(tree[code].name for code in regions)
    return {code: tree[code].name if often[tree[code].name] == 1 else tree.path_name(code) for code in regions}
