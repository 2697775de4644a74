from __future__ import annotations

from datetime import date

import pytest

from trackers.model.deadline import deadline, is_working_day, working_days_left
from trackers.model.period import Period


def due(period: str, working_days: int = 15) -> tuple[str, bool]:
    day, provisional = deadline(Period.parse(period), working_days)
    return day.isoformat(), provisional


def test_the_national_holiday_is_not_counted_and_the_saturday_worked_for_it_is() -> None:
    assert due("2024Q3", 1) == ("2024-10-08", False)  # 1 to 7 October were free
    assert due("2024Q3", 5) == ("2024-10-12", False)  # a Saturday that was worked
    assert due("2024Q3") == ("2024-10-25", False)


def test_the_spring_festival_moves_a_deadline_behind_it() -> None:
    assert due("2025-01", 1) == ("2025-02-05", False)  # free from 28 January to 4 February
    assert due("2025-01", 4) == ("2025-02-08", False)  # a Saturday that was worked


def test_the_year_before_the_first_unknown_one_is_certain_to_its_last_day_and_provisional_after_it() -> None:
    assert due("2026-11", 23) == ("2026-12-31", False)
    assert due("2026-11", 24) == ("2027-01-01", True)  # weekends only: nobody knows yet


def test_a_period_that_ends_with_the_last_known_year_has_a_provisional_deadline() -> None:
    assert due("2026Q4") == ("2027-01-21", True)
    assert due("2025Q4") == ("2026-01-22", False)


def test_no_day_before_the_first_known_year_is_taken_for_certain() -> None:
    assert due("2003Q3") == ("2003-10-21", True)
    assert due("2003", 1)[1] is False


def test_a_deadline_takes_at_least_one_working_day() -> None:
    with pytest.raises(ValueError):
        deadline(Period.parse("2024"), 0)


def test_working_days_left_count_the_last_day_and_not_today() -> None:
    friday = date(2024, 5, 17)
    assert working_days_left(friday, friday) == 0
    assert working_days_left(friday, date(2024, 5, 19)) == 0
    assert working_days_left(friday, date(2024, 5, 20)) == 1
    assert working_days_left(friday, date(2024, 5, 16)) == 0


def test_a_holiday_on_a_weekday_is_no_working_day() -> None:
    assert not is_working_day(date(2024, 10, 1))
    assert is_working_day(date(2024, 9, 29))  # a Sunday that was worked
