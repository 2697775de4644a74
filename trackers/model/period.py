"""Reporting periods: text a person reads, an integer in the log, and the days they cover."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property, total_ordering
from typing import Self

from pydantic import BaseModel, ConfigDict

from trackers.errors import FigureError

EPOCH = date(1970, 1, 1)


class Frequency(StrEnum):
    """How often an indicator is reported; a published figure may carry a single day."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"

    @property
    def word(self) -> str:
        """The Chinese word for it."""
        return {"day": "日", "month": "月", "quarter": "季度", "half": "半年", "year": "年"}[self.value]


_ORDER = [Frequency.DAY, Frequency.MONTH, Frequency.QUARTER, Frequency.HALF, Frequency.YEAR]
_PATTERNS = {
    Frequency.DAY: re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"),
    Frequency.MONTH: re.compile(r"(\d{4})-(\d{1,2})"),
    Frequency.QUARTER: re.compile(r"(\d{4})Q([1-4])"),
    Frequency.HALF: re.compile(r"(\d{4})H([12])"),
    Frequency.YEAR: re.compile(r"(\d{4})"),
}
EXPECTED = "填报期，如 2024、2024H1、2024Q3、2024-09（公布数据可写日期 2024-05-20）"


def day_number(day: date) -> int:
    """Days since 1970-01-01, the form in which the log keeps a day."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    """The day that `day_number` made this number of."""
    return EPOCH + timedelta(days=int(number))


@total_ordering
class Period(BaseModel):
    """One reporting period. `str(period)` is its text, `number` its integer, ordered by last day."""

    model_config = ConfigDict(frozen=True)

    frequency: Frequency
    start: date
    end: date

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2024`, `2024H1`, `2024Q3`, `2024-09` or `2024-05-20`; raises FigureError otherwise."""
        cleaned = text.strip().upper().removesuffix("年")
        for frequency, pattern in _PATTERNS.items():
            if match := pattern.fullmatch(cleaned):
                try:
                    return cls._of(frequency, [int(part) for part in match.groups()])
                except ValueError:
                    break
        raise FigureError("period", text, EXPECTED)

    @classmethod
    def _of(cls, frequency: Frequency, parts: list[int]) -> Self:
        year, rest = parts[0], parts[1:]
        if frequency is Frequency.DAY:
            day = date(year, rest[0], rest[1])
            return cls(frequency=frequency, start=day, end=day)
        months = {"month": 1, "quarter": 3, "half": 6, "year": 12}[frequency.value]
        first = (rest[0] - 1) * months + 1 if rest else 1
        last = first + months - 1
        end = date(year, last, calendar.monthrange(year, last)[1])
        return cls(frequency=frequency, start=date(year, first, 1), end=end)

    @classmethod
    def ending(cls, frequency: Frequency, day: date) -> Self:
        """The period of this frequency that contains `day`."""
        if frequency is Frequency.DAY:
            return cls(frequency=frequency, start=day, end=day)
        months = {"month": 1, "quarter": 3, "half": 6, "year": 12}[frequency.value]
        part = (day.month - 1) // months + 1
        return cls._of(frequency, [day.year] if frequency is Frequency.YEAR else [day.year, part])

    @classmethod
    def from_number(cls, number: int) -> Self:
        """The period that `number` stands for."""
        day, kind = divmod(int(number), 10)
        return cls.ending(_ORDER[kind], date(day // 10000, day // 100 % 100, day % 100))

    @cached_property
    def number(self) -> int:
        """yyyymmdd of the last day, times ten, plus the kind: sorts by last day, then by length."""
        end = self.end.year * 10000 + self.end.month * 100 + self.end.day
        return end * 10 + _ORDER.index(self.frequency)

    @property
    def words(self) -> str:
        """The period in words: 2019年, 2019年第三季度, 2019年上半年, 2019年9月, 2019年9月30日."""
        year, month = self.end.year, self.end.month
        return f"{year}年" + {
            Frequency.DAY: f"{month}月{self.end.day}日",
            Frequency.MONTH: f"{month}月",
            Frequency.QUARTER: f"第{'一二三四'[(month - 1) // 3]}季度",
            Frequency.HALF: "上半年" if month <= 6 else "下半年",
            Frequency.YEAR: "",
        }[self.frequency]

    def next(self) -> Self:
        """The period after this one."""
        return self.ending(self.frequency, self.end + timedelta(days=1))

    def previous(self) -> Self:
        """The period before this one."""
        return self.ending(self.frequency, self.start - timedelta(days=1))

    def __lt__(self, other: Period) -> bool:
        return self.number < other.number

    def __str__(self) -> str:
        return self._text

    @cached_property
    def _text(self) -> str:
        year, month = self.end.year, self.end.month
        return {
            Frequency.DAY: self.end.isoformat(),
            Frequency.MONTH: f"{year}-{month:02d}",
            Frequency.QUARTER: f"{year}Q{month // 3}",
            Frequency.HALF: f"{year}H{month // 6}",
            Frequency.YEAR: f"{year}",
        }[self.frequency]
