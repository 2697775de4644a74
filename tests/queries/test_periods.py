from __future__ import annotations

from datetime import date

import pytest

from tests.samples import indicator, new_store, sample_plan
from trackers.errors import UnknownNameError
from trackers.model.period import Period
from trackers.model.plan import Level
from trackers.queries.periods import entry_closed, windows

PLAN = sample_plan(
    id="sample-2023", start=2023, end=2030, milestones=[2030],
    indicators=[indicator("summed", aggregation="sum", level="county")],
)  # fmt: skip


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path, PLAN) as store:
        yield store


def closed(store, period, on, region="210902"):
    return entry_closed(store, PLAN, region, Period.parse(period), date.fromisoformat(on))


def test_where_nothing_was_said_the_rule_holds_to_the_end_of_its_last_day(store):
    assert closed(store, "2024Q3", "2024-09-30") == (
        "“样例”县级2024年第三季度的填报尚未开始，2024年10月1日起开放。请到时再报。"
    )  # fmt: skip
    assert closed(store, "2024Q3", "2024-10-01") == "" == closed(store, "2024Q3", "2024-10-25")
    assert closed(store, "2024Q3", "2024-10-26") == (
        "“样例”县级2024年第三季度的填报已于2024年10月25日截止。确需补报的，请向阜新市的审核员或管理员说明原因，申请准许补报。"
    )  # fmt: skip


def test_a_deadline_that_is_not_certain_says_so(store):
    assert closed(store, "2026Q4", "2027-01-21") == ""
    assert "2027年1月21日（暂定，节假日安排尚未公布）截止" in closed(store, "2026Q4", "2027-01-22")


def test_an_unknown_region_is_told(store):
    with pytest.raises(UnknownNameError):
        closed(store, "2024Q3", "2024-10-01", "999999")


def test_windows_are_those_of_the_days_asked_for_the_newest_first(store):
    found = windows(store, PLAN, date(2026, 3, 31), date(2026, 12, 31))
    assert [(str(each.period), each.provisional) for each in found] == [
        ("2026Q4", True), ("2026Q3", False), ("2026Q2", False), ("2026Q1", False),
    ]  # fmt: skip
    assert {each.level for each in found} == {Level.COUNTY}
