from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.people import add_person, grant
from tests.samples import OPERATOR, figure, indicator, new_store, record, sample_plan
from tests.waiting import wait
from trackers.actions.periods import close_period, grant_exception, open_periods
from trackers.actions.review import give_back
from trackers.model.period import Period
from trackers.model.plan import Level
from trackers.queries.tasks import TaskKind
from trackers.queries.todo import todo

PLAN = sample_plan(
    start=2022, end=2026, milestones=[2026],
    indicators=[
        indicator("own"),
        indicator("summed", aggregation="sum", level="county"),
        indicator("rate", aggregation="ratio", measure="rate", unit="%", level="county", frequency="year"),
    ],
)  # fmt: skip
AT = datetime(2024, 1, 2, 1, tzinfo=UTC)
DEADLINE = date(2024, 1, 22)  # of 2023 and 2023Q4 by the rule
SOON = date(2024, 1, 15)  # five working days before


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path, PLAN) as store:
        yield store


@pytest.fixture
def reporter(store):
    return add_person(store, "haizhou", grant("reporter", "210902"))


@pytest.fixture
def reviewer(store):
    return add_person(store, "fuxin", grant("reviewer", "210900"))


def told(store, by, on):
    return [(task.kind.value, task.period, task.number, task.deadline) for task in todo(store, by=by, on=on)]


def now(store, by, on):
    """What is waited for on a day without what became overdue before."""
    return [each for each in told(store, by, on) if each[0] != "overdue"]


def test_counts_and_rates_of_a_year_wait_as_one_sheet(store, reporter):
    assert now(store, reporter, date(2024, 1, 1)) == [("enter", "2023", 2, DEADLINE)]
    assert now(store, reporter, date(2023, 12, 31)) == [], "the year is not over"


def test_five_working_days_before_the_deadline_it_is_due_soon_and_after_it_overdue(store, reporter):
    assert now(store, reporter, SOON - timedelta(days=1)) == [("enter", "2023", 2, DEADLINE)]
    assert now(store, reporter, SOON) == [("due_soon", "2023", 2, DEADLINE)]
    assert now(store, reporter, DEADLINE) == [("due_soon", "2023", 2, DEADLINE)]
    assert ("overdue", "2023", 2, DEADLINE) in told(store, reporter, DEADLINE + timedelta(days=1))
    assert now(store, reporter, DEADLINE + timedelta(days=1)) == []


def test_overdue_is_told_for_a_year_with_what_to_do(store, reporter):
    last = DEADLINE + timedelta(days=366)
    assert ("overdue", "2023", 2, DEADLINE) in told(store, reporter, last)
    assert ("overdue", "2023", 2, DEADLINE) not in told(store, reporter, last + timedelta(days=1))
    task = todo(store, by=reporter, on=last)[0]
    assert "申请准许补报" in task.why and "阜新市" in task.why


def test_the_days_left_are_told_and_a_task_leads_to_its_sheet(store, reporter):
    task = [each for each in todo(store, by=reporter, on=DEADLINE) if each.kind is TaskKind.DUE_SOON][0]
    assert task.why == "开放至2024年1月22日，今天是最后一天。"
    assert (task.page, task.query) == ("entry", {"plan": "sample-2013", "region": "210902", "period": "2023"})


def test_what_was_handed_in_is_not_waited_for(store, reporter):
    wait(store, figure("summed", "210902", "2023Q4", 1), by=reporter, at=AT)
    assert now(store, reporter, SOON) == [("due_soon", "2023", 1, DEADLINE)]
    record(store, figure("rate", "210902", "2023", 50, numerator=1, denominator=2))
    assert now(store, reporter, SOON) == []


def test_what_was_returned_is_to_be_mended_even_after_the_deadline(store, reporter):
    keys = wait(store, figure("summed", "210902", "2023Q4", 1), by=reporter, at=AT)
    give_back(store, keys, comment="请核对单位", by=OPERATOR, at=AT)
    late = DEADLINE + timedelta(days=400)
    mend = [task for task in todo(store, by=reporter, on=late) if task.kind is TaskKind.MEND]
    assert [(task.period, task.number, task.why) for task in mend] == [("2023", 1, "退回意见：请核对单位")]
    wait(store, figure("summed", "210902", "2023Q4", 2), by=reporter, at=AT)
    assert not [task for task in todo(store, by=reporter, on=late) if task.kind is TaskKind.MEND]


def test_leave_makes_what_was_overdue_due_again(store, reporter):
    on, until = date(2024, 3, 1), date(2024, 3, 15)
    at = datetime(2024, 3, 1, 1, tzinfo=UTC)
    grant_exception(store, "sample-2013", "210902", Period.parse("2023"), reason="补报", until=until, by=OPERATOR, at=at)
    assert ("enter", "2023", 2, until) in told(store, reporter, on)
    assert ("due_soon", "2023", 2, until) in told(store, reporter, until)
    assert ("overdue", "2023", 2, DEADLINE) in told(store, reporter, until + timedelta(days=1))
    other = add_person(store, "other", grant("reporter", "210903"))
    assert now(store, other, on) == []


def test_what_an_administrator_closed_is_not_waited_for(store, reporter):
    close_period(store, "sample-2013", Level.COUNTY, Period.parse("2023"), reason="已汇总", by=OPERATOR, at=AT)
    assert now(store, reporter, SOON) == []
    assert "2023" not in [each[1] for each in told(store, reporter, DEADLINE + timedelta(days=9))]


def test_history_that_was_opened_is_waited_for(store, reporter):
    on = date(2025, 6, 1)
    days = {"opens": on, "deadline": date(2025, 12, 31), "by": OPERATOR, "at": datetime(2025, 6, 1, tzinfo=UTC)}
    open_periods(store, "sample-2013", Level.COUNTY, Period.parse("2022Q1"), Period.parse("2022Q3"), **days)
    assert [each[1] for each in now(store, reporter, on)] == ["2022Q1", "2022Q2", "2022Q3"]


def test_a_reviewer_is_told_what_waits_below_but_not_their_own(store, reporter, reviewer):
    both = add_person(store, "both", grant("reviewer", "210900"), grant("reporter", "210903"))
    wait(store, figure("summed", "210902", "2023Q4", 1), figure("summed", "210902", "2023Q3", 1), by=reporter, at=AT)
    wait(store, figure("summed", "210903", "2023Q4", 1), by=both, at=AT)
    [task] = todo(store, by=reviewer, on=SOON)
    assert (task.kind, task.region, task.number, task.period) == (TaskKind.REVIEW, "210900", 3, "2023Q3 至 2023Q4")
    assert task.why == "来自 2 个地区，最早的是 2024-01-02 09:00 报来的。" and task.page == "review"
    [own] = [each for each in todo(store, by=both, on=SOON) if each.kind is TaskKind.REVIEW]
    assert own.number == 2
    assert not [each for each in todo(store, by=reporter, on=SOON) if each.kind is TaskKind.REVIEW]


def test_only_the_newest_revision_waits(store, reporter, reviewer):
    wait(store, figure("summed", "210902", "2023Q4", 1), by=reporter, at=AT)
    wait(store, figure("summed", "210902", "2023Q4", 2), by=reporter, at=AT)
    assert [task.number for task in todo(store, by=reviewer, on=SOON)] == [1]


def test_nothing_waits_for_a_leader_and_nothing_of_a_plan_that_is_not_theirs(store):
    leader = add_person(store, "leader", grant("leader", "210900", below=True))
    elsewhere = add_person(store, "elsewhere", grant("reporter", "210902", plans=("other",)))
    assert todo(store, by=leader, on=SOON) == [] == todo(store, by=elsewhere, on=SOON)


def test_the_most_urgent_stands_first(store):
    city = add_person(store, "city", grant("reporter", "210900", below=True))
    kinds = [task.kind for task in todo(store, by=city, on=SOON)]
    assert kinds == sorted(kinds, key=list(TaskKind).index)
    assert kinds.count(TaskKind.DUE_SOON) == 4, "the city and its three counties"
