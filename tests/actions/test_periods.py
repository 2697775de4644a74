from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.people import add_person, grant
from tests.samples import AT, OPERATOR, new_store
from trackers.actions.periods import (
    LONGEST_REASON,
    close_period,
    grant_exception,
    open_demonstration_periods,
    open_periods,
    set_rule,
)
from trackers.errors import ForbiddenError, RefusedError
from trackers.model.period import Period
from trackers.model.plan import Level
from trackers.model.window import WindowState
from trackers.queries.audit import chain_faults
from trackers.queries.periods import entry_closed, exceptions, rules, window, windows
from trackers.queries.plans import plan_by_id

PLAN, TODAY = "sample-2013", date(2024, 6, 1)
UNTIL = TODAY + timedelta(days=30)
YEAR, LAST_QUARTER = Period.parse("2019"), Period.parse("2019Q4")


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path) as store:
        yield store


@pytest.fixture
def plan(store):
    return plan_by_id(store, PLAN)


@pytest.fixture
def administrator(store):
    return add_person(store, "admin", grant("administrator", "210900", below=True))


def opened(store, by, first="2019", last="2019", level=Level.COUNTY, **days):
    days = {"opens": TODAY, "deadline": UNTIL} | days
    return open_periods(store, PLAN, level, Period.parse(first), Period.parse(last), **days, by=by, at=AT)


def entries(store):
    rows = store.rows("audit_all")
    return [(row["action"], json.loads(row["detail"])) for row in rows]


def test_opening_a_year_opens_what_its_sheet_keeps_as_the_last_quarter(store, plan, administrator):
    assert [str(each) for each in opened(store, administrator)] == ["2019Q4", "2019"]
    for period in (YEAR, LAST_QUARTER):
        assert entry_closed(store, plan, "210902", period, TODAY) == ""
        assert entry_closed(store, plan, "210902", period, UNTIL) == "", "the last day counts in full"
        assert "已于2024年7月1日截止" in entry_closed(store, plan, "210902", period, UNTIL + timedelta(days=1))
    assert "截止" in entry_closed(store, plan, "210902", Period.parse("2019Q3"), TODAY)
    assert "截止" in entry_closed(store, plan, "210900", LAST_QUARTER, TODAY), "the other level was not opened"


def test_periods_of_many_years_are_opened_at_once_and_the_record_keeps_what_was_before(store, administrator):
    found = opened(store, administrator, "2014Q2", "2016Q1")
    assert [str(each) for each in found][::7] == ["2014Q2", "2016Q1"]
    action, detail = entries(store)[-1]
    assert action == "open_periods" and len(detail["before"]) == 8
    assert detail["before"][0]["deadline"] == "2014-07-21" and detail["after"]["deadline"] == UNTIL.isoformat()


@pytest.mark.parametrize(
    ("first", "last", "days", "why"),
    [
        ("2019", "2018", {}, "起在前"),
        ("2018", "2019Q4", {}, "同一种填报期"),
        ("2019", "2019", {"opens": UNTIL + timedelta(days=1)}, "不早于开放日"),
        ("2019", "2019", {"deadline": TODAY - timedelta(days=1), "opens": date(2024, 5, 1)}, "不早于"),
        ("2019", "2019", {"opens": date(2019, 12, 31)}, "才结束"),
        ("2019-11", "2019-11", {}, "没有要填报的指标"),
        ("2021", "2021", {}, "2013—2020年"),
    ],
)  # fmt: skip
def test_an_opening_that_makes_no_sense_is_refused_and_says_why(store, administrator, first, last, days, why):
    with pytest.raises(RefusedError, match=why):
        opened(store, administrator, first, last, **days)
    assert store.rows("entry_windows", plan=PLAN) == []


def test_a_window_may_open_the_day_after_its_period_and_end_today(store, administrator):
    assert opened(store, administrator, opens=date(2020, 1, 1), deadline=TODAY)


def test_only_an_administrator_of_the_plans_region_opens_closes_and_sets_the_rule(store):
    others = [
        add_person(store, "reporter", grant("reporter", "210900", below=True)),
        add_person(store, "reviewer", grant("reviewer", "210900", below=True)),
        add_person(store, "below", grant("administrator", "210902")),
        add_person(store, "elsewhere", grant("administrator", "210900", below=True, plans=("other",))),
    ]
    for by in others:
        for attempt in (
            lambda by=by: opened(store, by),
            lambda by=by: close_period(store, PLAN, Level.COUNTY, YEAR, reason="完成", by=by, at=AT),
            lambda by=by: set_rule(store, PLAN, Level.COUNTY, 10, by=by, at=AT),
        ):
            with pytest.raises(ForbiddenError):
                attempt()
            assert "refused" in entries(store)[-1][1]
    assert store.rows("entry_windows", plan=PLAN) == [] and chain_faults(store) == []


def test_a_period_closed_by_hand_says_the_reason_and_may_be_opened_again(store, plan, administrator):
    opened(store, administrator)
    closed = close_period(store, PLAN, Level.COUNTY, YEAR, reason=" 数据已\n汇总 ", by=administrator, at=AT)
    assert closed == [LAST_QUARTER, YEAR]
    for period in closed:
        assert "已由管理员关闭（原因：数据已 汇总）" in entry_closed(store, plan, "210902", period, TODAY)
    with pytest.raises(RefusedError, match="已经是关闭的"):
        close_period(store, PLAN, Level.COUNTY, YEAR, reason="再关一次", by=administrator, at=AT)
    opened(store, administrator)
    assert entry_closed(store, plan, "210902", YEAR, TODAY) == ""


@pytest.mark.parametrize("reason", ["", " \n", "长" * (LONGEST_REASON + 1), "看不见\x00"])
def test_closing_and_leave_need_a_readable_reason(store, administrator, reason):
    with pytest.raises(RefusedError):
        close_period(store, PLAN, Level.COUNTY, YEAR, reason=reason, by=administrator, at=AT)
    with pytest.raises(RefusedError):
        grant_exception(store, PLAN, "210902", YEAR, reason=reason, until=UNTIL, by=administrator, at=AT)


def test_the_rule_of_a_level_moves_its_deadlines_and_no_others(store, plan, administrator):
    set_rule(store, PLAN, Level.COUNTY, 1, by=administrator, at=AT)
    assert rules(store, plan) == {Level.CITY: 15, Level.COUNTY: 1}
    period = Period.parse("2016Q3")
    assert window(store, plan, Level.COUNTY, period).deadline == date(2016, 10, 8)
    assert window(store, plan, Level.CITY, period).deadline == date(2016, 10, 26)
    count = len(entries(store))
    set_rule(store, PLAN, Level.COUNTY, 1, by=administrator, at=AT)
    assert len(entries(store)) == count, "nothing changed"


@pytest.mark.parametrize("days", [0, -1, 251])
def test_a_rule_outside_a_year_is_refused(store, administrator, days):
    with pytest.raises(RefusedError):
        set_rule(store, PLAN, Level.COUNTY, days, by=administrator, at=AT)


def test_a_level_that_reports_nothing_has_no_rule(store, administrator):
    with pytest.raises(RefusedError, match="不填报任何指标"):
        set_rule(store, PLAN, Level.PROVINCE, 10, by=administrator, at=AT)


def test_leave_lets_one_region_in_up_to_its_last_day_though_the_period_was_closed(store, plan, administrator):
    reviewer = add_person(store, "reviewer", grant("reviewer", "210900"))
    close_period(store, PLAN, Level.COUNTY, YEAR, reason="已汇总", by=administrator, at=AT)
    grant_exception(store, PLAN, "210902", YEAR, reason="机构改革", until=TODAY, by=reviewer, at=AT)
    for period in (YEAR, LAST_QUARTER):
        assert entry_closed(store, plan, "210902", period, TODAY) == ""
        assert "关闭" in entry_closed(store, plan, "210902", period, TODAY + timedelta(days=1))
        assert "关闭" in entry_closed(store, plan, "210903", period, TODAY)
    told = exceptions(store, plan, by=reviewer)
    assert told["period"].tolist() == ["2019", "2019Q4"] and told["until"].tolist() == [TODAY] * 2
    assert told["reason"].tolist() == ["机构改革"] * 2 and told["by_name"].tolist() == ["reviewer"] * 2
    stranger = add_person(store, "stranger", grant("reporter", "210903"))
    assert exceptions(store, plan, by=stranger).empty


def test_leave_is_given_by_the_region_above_and_not_by_the_region_itself(store):
    own = add_person(store, "own", grant("reviewer", "210902"), grant("reporter", "210902"))
    with pytest.raises(ForbiddenError):
        grant_exception(store, PLAN, "210902", YEAR, reason="补报", until=UNTIL, by=own, at=AT)


@pytest.mark.parametrize(
    ("region", "period", "until", "why"),
    [
        ("210902", "2019", date(2024, 5, 31), "已经过去"),
        ("210902", "2024", UNTIL, "才结束"),
        ("210902", "2021", UNTIL, "没有要填报的指标"),
        ("210000", "2019", UNTIL, "不在"),
    ],
)
def test_leave_that_makes_no_sense_is_refused(store, region, period, until, why):
    with pytest.raises(RefusedError, match=why):
        grant_exception(store, PLAN, region, Period.parse(period), reason="补报", until=until, by=OPERATOR, at=AT)


def test_a_day_is_a_day_in_beijing(store, plan):
    late = datetime(2024, 5, 31, 16, tzinfo=UTC)  # 1 June in Beijing
    with pytest.raises(RefusedError):
        grant_exception(store, PLAN, "210902", YEAR, reason="补报", until=date(2024, 5, 31), by=OPERATOR, at=late)
    before = late - timedelta(seconds=1)
    assert grant_exception(store, PLAN, "210902", YEAR, reason="补报", until=date(2024, 5, 31), by=OPERATOR, at=before)


def test_a_demonstration_has_its_last_two_periods_open_for_thirty_days(store, plan):
    open_demonstration_periods(store, at=AT)
    found = {
        (each.level.value, str(each.period))
        for each in windows(store, plan, plan.first_day, TODAY)
        if each.state(TODAY) is WindowState.OPEN
    }
    assert found == {
        ("city", "2020Q3"), ("city", "2020Q4"), ("county", "2020Q3"), ("county", "2020Q4"), ("county", "2019"),
        ("county", "2020"), ("county", "2019Q4"),
    }  # fmt: skip
    assert entry_closed(store, plan, "210902", Period.parse("2020"), UNTIL) == ""
    assert entry_closed(store, plan, "210902", Period.parse("2020"), UNTIL + timedelta(days=1))


def test_an_attempt_whose_record_cannot_be_written_does_not_happen(store, administrator, monkeypatch):
    monkeypatch.setattr("trackers.actions.audit.entry_digest", lambda entry: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        opened(store, administrator)
    assert store.rows("entry_windows", plan=PLAN) == []
