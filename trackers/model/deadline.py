"""Working days in China, and the day by which a period is to be reported."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from chinese_calendar.constants import holidays, workdays

from trackers.model.period import Period

# Holidays are announced year by year: of any other year only its weekends are known.
KNOWN_YEARS = range(min(holidays).year, max(holidays).year + 1)
SATURDAY = 5
ONE_DAY = timedelta(days=1)


class Deadline(NamedTuple):
    """The last day for a figure; provisional (暂定) where the holidays of a year on the way are not known yet."""

    day: date
    provisional: bool


def is_working_day(day: date) -> bool:
    """Whether offices work on this day: weekends that were made working days count, holidays do not."""
    return day in workdays or (day.weekday() < SATURDAY and day not in holidays)


@lru_cache(maxsize=4096)
def deadline(period: Period, working_days: int) -> Deadline:
    """The nth working day after the period's end; raises ValueError for fewer than one."""
    if working_days < 1:
        raise ValueError("working_days must be at least 1")
    day, left = period.end, working_days
    while left:
        day += ONE_DAY
        left -= is_working_day(day)
    first = period.end + ONE_DAY
    return Deadline(day, first.year not in KNOWN_YEARS or day.year not in KNOWN_YEARS)


def working_days_left(on: date, last: date) -> int:
    """How many working days follow `on` up to and with `last`; 0 on the last day, and after it."""
    return sum(is_working_day(on + ONE_DAY * ahead) for ahead in range(1, (last - on).days + 1))
