from __future__ import annotations

from datetime import date

from tests.samples import indicator, sample_plan
from trackers.model.period import Frequency, Period
from trackers.model.plan import Level
from trackers.model.window import (
    Window,
    WindowState,
    asked,
    frequencies,
    levels,
    own_periods,
    sheet_of,
    window_by_rule,
)

PLAN = sample_plan()
COUNTY, CITY = Level.COUNTY, Level.CITY


def words(periods):
    return [str(each) for each in periods]


def test_by_the_rule_a_window_opens_after_the_period_and_ends_with_the_fifteenth_working_day():
    window = window_by_rule(COUNTY, Period.parse("2024Q3"))
    assert (window.opens, window.deadline, window.by_hand) == (date(2024, 10, 1), date(2024, 10, 25), False)
    assert window.state(date(2024, 9, 30)) is WindowState.NOT_YET
    assert window.state(date(2024, 10, 1)) is WindowState.OPEN
    assert window.state(date(2024, 10, 25)) is WindowState.OPEN
    assert window.state(date(2024, 10, 26)) is WindowState.PAST


def test_what_was_closed_by_hand_is_closed_on_every_day():
    day = date(2024, 10, 1)
    window = Window(level=COUNTY, period=Period.parse("2024Q3"), opens=day, deadline=day, closed=True, reason="已汇总")
    assert {window.state(each) for each in (date(2024, 9, 1), day, date(2025, 1, 1))} == {WindowState.CLOSED}


def test_a_sheet_for_a_year_asks_for_rates_of_the_year_and_counts_of_its_last_quarter():
    found = asked(PLAN, COUNTY, Period.parse("2019"))
    assert {id: str(own) for id, own in found.items()} == {"summed": "2019Q4", "rate": "2019", "mean": "2019Q4"}
    assert set(asked(PLAN, COUNTY, Period.parse("2019Q4"))) == {"summed", "mean"}
    assert asked(PLAN, COUNTY, Period.parse("2021")) == {} == asked(PLAN, Level.PROVINCE, Period.parse("2019"))


def test_a_count_of_the_last_quarter_is_asked_for_by_the_sheet_of_the_year_where_the_level_has_one():
    quarter = Period.parse("2019Q4")
    assert str(sheet_of(PLAN, PLAN.indicator("summed"), quarter)) == "2019"
    assert str(sheet_of(PLAN, PLAN.indicator("own"), quarter)) == "2019Q4", "the city reports nothing by the year"
    assert str(sheet_of(PLAN, PLAN.indicator("summed"), Period.parse("2019Q3"))) == "2019Q3"
    assert str(sheet_of(PLAN, PLAN.indicator("rate"), Period.parse("2019"))) == "2019"


def test_a_rate_is_never_asked_for_by_a_longer_sheet():
    monthly = indicator("m", measure="rate", unit="%", frequency="month", level="county")
    plan = sample_plan(indicators=[monthly, indicator("y", frequency="year", level="county")])
    assert str(sheet_of(plan, plan.indicator("m"), Period.parse("2019-12"))) == "2019-12"
    assert frequencies(plan, COUNTY) == [Frequency.MONTH, Frequency.YEAR]


def test_own_periods_are_those_of_the_levels_frequencies_within_the_plan_and_the_days():
    assert words(own_periods(PLAN, COUNTY, date(2018, 12, 31), date(2019, 6, 30))) == [
        "2018Q4", "2018", "2019Q1", "2019Q2",
    ]  # fmt: skip
    assert words(own_periods(PLAN, CITY, date(2020, 7, 1), date(2030, 1, 1))) == ["2020Q3", "2020Q4"]
    assert words(own_periods(PLAN, COUNTY, date(2000, 1, 1), date(2013, 3, 31))) == ["2013Q1"]
    assert own_periods(PLAN, COUNTY, date(2000, 1, 1), date(2013, 3, 30)) == []


def test_levels_are_those_that_report_the_highest_first():
    assert levels(PLAN) == [CITY, COUNTY] and levels(sample_plan(indicators=[])) == []
