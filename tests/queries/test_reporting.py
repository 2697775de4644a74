from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.people import add_person, grant
from tests.samples import OPERATOR, figure, new_store, ratio, record
from tests.waiting import wait
from trackers.actions.periods import grant_exception, open_periods
from trackers.actions.review import approve, give_back
from trackers.model.account import operator
from trackers.model.period import Period
from trackers.model.plan import Level
from trackers.queries.periods import window
from trackers.queries.plans import plan_by_id, region_tree
from trackers.queries.reporting import Rates, by_region, rates, reporting

PERIOD, ON = Period.parse("2016Q3"), date(2016, 10, 27)
IN_TIME = datetime(2016, 10, 26, 15, 59, 59, tzinfo=UTC)  # the last second of the last day in Beijing
TOO_LATE = IN_TIME + timedelta(seconds=1)


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path) as store:
        yield store


@pytest.fixture
def plan(store):
    return plan_by_id(store, "sample-2013")


def told(store, plan, period=PERIOD, by=OPERATOR, on=ON):
    return reporting(store, plan, period, by=by, on=on)


def one(frame, indicator, region):
    return frame[(frame["indicator"] == indicator) & (frame["region"] == region)].iloc[0]


def test_nothing_came_and_everything_is_overdue_the_day_after_the_deadline(store, plan):
    frame = told(store, plan)
    assert len(frame) == 2 + 2 * 3, "two indicators of the city, two of three counties"
    assert rates(frame) == Rates(8, 0, 0) and rates(frame).completeness == 0.0
    assert frame["overdue"].all() and set(frame["state"]) == {"未报"}
    assert not told(store, plan, on=date(2016, 10, 26))["overdue"].any(), "the last day counts in full"


def test_where_nothing_is_expected_there_is_no_rate(store, plan):
    assert rates(told(store, plan, Period.parse("2021Q1"))).completeness is None
    assert rates(told(store, plan, Period.parse("2021Q1"))).timeliness is None
    assert by_region(told(store, plan, Period.parse("2021Q1")), plan, region_tree(store), ON).empty


def test_what_came_in_the_last_second_is_timely_and_one_second_later_is_not(store, plan):
    assert window(store, plan, Level.COUNTY, PERIOD).deadline == date(2016, 10, 26)
    record(store, figure("summed", "210902", "2016Q3", 1), at=IN_TIME)
    record(store, figure("summed", "210903", "2016Q3", 1), at=TOO_LATE)
    frame = told(store, plan)
    assert one(frame, "summed", "210902")["timely"] and not one(frame, "summed", "210903")["timely"]
    assert rates(frame) == Rates(8, 2, 1)


def test_what_waits_is_reported_what_was_returned_is_not_and_a_correction_stays_timely(store, plan):
    root = operator("root")
    wait(store, figure("summed", "210902", "2016Q3", 1), by=add_person(store, "a", grant("reporter", "210902")), at=IN_TIME)
    assert one(told(store, plan), "summed", "210902")[["state", "reported", "timely"]].tolist() == ["待审核", True, True]
    [key] = waiting(store)
    give_back(store, [key], comment="请核对", by=root, at=IN_TIME)
    assert one(told(store, plan), "summed", "210902")[["state", "reported", "timely"]].tolist() == ["已退回", False, False]
    wait(store, figure("summed", "210902", "2016Q3", 2), by=operator("other"), at=TOO_LATE)
    assert one(told(store, plan), "summed", "210902")[["state", "timely"]].tolist() == ["待审核", False]
    approve(store, waiting(store), by=root, at=TOO_LATE)
    assert one(told(store, plan), "summed", "210902")["state"] == "已审核"


def waiting(store):
    from trackers.queries.review import ReportKey, pending

    rows = pending(store, by=operator("root"), on=ON)
    return [ReportKey(row.series_id, row.period_number, row.revision) for row in rows.itertuples()]


def test_leave_to_hand_in_later_does_not_make_a_figure_timely(store, plan):
    leave = {"reason": "补报", "until": date(2016, 12, 1), "by": OPERATOR, "at": TOO_LATE}
    grant_exception(store, plan.id, "210902", PERIOD, **leave)
    record(store, figure("summed", "210902", "2016Q3", 1), at=TOO_LATE)
    assert not one(told(store, plan), "summed", "210902")["timely"]


def test_a_window_opened_by_hand_moves_what_is_timely(store, plan):
    days = {"opens": date(2016, 11, 1), "deadline": date(2016, 11, 2), "by": OPERATOR, "at": TOO_LATE}
    open_periods(store, plan.id, Level.COUNTY, PERIOD, PERIOD, **days)
    record(store, figure("summed", "210902", "2016Q3", 1), at=datetime(2016, 11, 2, 15, 59, tzinfo=UTC))
    assert one(told(store, plan), "summed", "210902")["timely"]


def test_a_year_counts_its_rates_and_the_counts_of_its_last_quarter(store, plan):
    record(store, ratio("210902", "2016", 1, 2), figure("summed", "210902", "2016Q4", 1))
    frame = told(store, plan, Period.parse("2016"))
    assert set(frame[frame["reported"]]["period"]) == {"2016", "2016Q4"}
    assert rates(frame) == Rates(2 + 3 * 3, 2, 0)


def test_by_region_the_region_above_counts_all_below_it(store, plan):
    record(store, figure("summed", "210902", "2016Q3", 1), figure("own", "210900", "2016Q3", 1), at=IN_TIME)
    frame = by_region(told(store, plan), plan, region_tree(store), ON)
    assert frame.loc[0, ["region", "below", "expected", "reported", "lacking"]].tolist() == ["210900", True, 8, 2, ""]
    rows = frame[~frame["below"]].set_index("region")
    assert rows["expected"].to_dict() == {"210900": 2, "210902": 2, "210903": 2, "210922": 2}
    assert rows["reported"].to_dict() == {"210900": 1, "210902": 1, "210903": 0, "210922": 0}
    assert rows.loc["210902", "completeness"] == 0.5 and rows.loc["210902", "lacking"] == "指标mean"
    assert rows.loc["210903", "lacking"] == "指标summed、指标mean"


def test_a_person_sees_only_their_regions_and_no_rate_made_of_a_part(store, plan):
    county = add_person(store, "county", grant("reporter", "210902"))
    assert set(told(store, plan, by=county)["region"]) == {"210902"}
    city = add_person(store, "city", grant("leader", "210900"))
    two = add_person(store, "two", grant("leader", "210902"), grant("leader", "210903"))
    tree = region_tree(store)
    assert by_region(told(store, plan, by=city), plan, tree, ON)["below"].tolist() == [False]
    assert set(by_region(told(store, plan, by=two), plan, tree, ON)["region"]) == {"210902", "210903"}
    nobody = add_person(store, "nobody")
    assert told(store, plan, by=nobody).empty
