from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from tests.people import add_person, grant
from tests.samples import OPERATOR, indicator, new_store, sample_plan
from trackers.actions.periods import close_period, open_periods
from trackers.exchange.calendar_file import calendar_file
from trackers.model.period import Period
from trackers.model.plan import Level

AT = datetime(2026, 10, 1, 1, tzinfo=UTC)
PLAN = sample_plan(
    start=2025, end=2030, milestones=[2030], short="样,例；=1+1",
    indicators=[
        indicator("own"),
        indicator("summed", aggregation="sum", level="county"),
        indicator("rate", aggregation="ratio", measure="rate", unit="%", level="county", frequency="year"),
    ],
)  # fmt: skip


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path, PLAN) as store:
        yield store


def events(store, by, at=AT):
    found = Calendar.from_ical(calendar_file(store, by=by, at=at)).walk("VEVENT")
    return {str(each["UID"]).removesuffix("@metrology-plan-tracker").removeprefix("sample-2013-"): each for each in found}


def test_a_reporter_gets_the_deadlines_of_the_coming_year_for_their_level(store):
    found = events(store, add_person(store, "haizhou", grant("reporter", "210902")))
    assert list(found) == ["county-2026Q3", "county-2026", "county-2027Q1", "county-2027Q2"]
    first = found["county-2026Q3"]
    assert (first.start, first.end) == (date(2026, 10, 27), date(2026, 10, 28)), "one whole day"
    assert str(first["SUMMARY"]) == "填报截止：样,例；=1+1 县级 2026年第三季度"
    [alarm] = first.walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(days=-3, hours=9) and str(alarm["ACTION"]) == "DISPLAY"


def test_a_deadline_that_is_not_certain_says_so(store):
    found = events(store, OPERATOR)
    assert "（暂定）" in found["county-2026"]["SUMMARY"] and "公布后可能变动" in found["county-2026"]["DESCRIPTION"]
    assert str(found["county-2026"]["STATUS"]) == "TENTATIVE"


def test_who_reviews_or_administers_gets_the_levels_they_are_for_and_others_nothing(store):
    reviewer = add_person(store, "reviewer", grant("reviewer", "210902"))
    assert events(store, reviewer) == {}, "nothing is reviewed by a county"
    reviewer = add_person(store, "above", grant("reviewer", "210900", plans=("sample-2013",)))
    assert {uid.split("-")[0] for uid in events(store, reviewer)} == {"city", "county"}
    administrator = add_person(store, "administrator", grant("administrator", "210900"))
    assert {uid.split("-")[0] for uid in events(store, administrator)} == {"city", "county"}
    assert events(store, add_person(store, "leader", grant("leader", "210900", below=True))) == {}


def test_an_event_keeps_its_uid_when_its_deadline_moves_and_a_closed_period_has_none(store):
    later = {"opens": date(2026, 10, 1), "deadline": date(2026, 12, 1), "by": OPERATOR, "at": AT}
    quarter = Period.parse("2026Q3")
    open_periods(store, "sample-2013", Level.COUNTY, quarter, quarter, **later)
    assert events(store, OPERATOR)["county-2026Q3"].start == date(2026, 12, 1)
    close_period(store, "sample-2013", Level.COUNTY, quarter, reason="已汇总", by=OPERATOR, at=AT)
    assert "county-2026Q3" not in events(store, OPERATOR)


def test_a_deadline_of_today_is_still_told_and_yesterdays_is_not(store):
    assert "city-2026Q3" in events(store, OPERATOR, datetime(2026, 10, 27, 15, 59, tzinfo=UTC))
    assert "city-2026Q3" not in events(store, OPERATOR, datetime(2026, 10, 27, 16, tzinfo=UTC))


def test_the_same_moment_makes_the_same_file(store):
    assert calendar_file(store, by=OPERATOR, at=AT) == calendar_file(store, by=OPERATOR, at=AT)
