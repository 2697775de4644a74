"""Reporting periods as people write them."""

from __future__ import annotations

import re

from trackers.errors import FigureError
from trackers.exchange.numbers import half_width, shown
from trackers.model.period import EXPECTED, Period

YEAR, MONTH, DAY = r"([0-9]{4})", r"(1[0-2]|0?[1-9])", r"(3[01]|[12][0-9]|0?[1-9])"
QUARTERS = dict(zip("一二三四1234", "12341234", strict=True))
HALVES = {"上": "1", "下": "2", "1": "1", "2": "2"}
# Other ways to write what Period.parse takes; 2024.9 is not among them: a sheet turns 2024.10 into 2024.1.
MONTHS = re.compile(rf"{YEAR}(?:年{MONTH}月份?|[/-]{MONTH})")
DAYS = re.compile(rf"{YEAR}(?:年{MONTH}月{DAY}日|/{MONTH}/{DAY}|\.{MONTH}\.{DAY})")
QUARTER = re.compile(rf"{YEAR}(?:年第?([一二三四1-4])季度?|[年 -]?Q([1-4]))")
HALF = re.compile(rf"{YEAR}(?:年?([上下])半年|[年 -]?H([12]))")


def read_period(text: str) -> Period:
    """The period of `2024Q3`, `2024年第三季度`, `2024年9月`, `2024/9`, `2024年上半年`, `2024年度`, `2024/5/20` …

    Raises FigureError naming the column period for anything else.
    """
    written = half_width(text).upper()
    if match := QUARTER.fullmatch(written):
        written = f"{match[1]}Q{QUARTERS[match[2] or match[3]]}"
    elif match := HALF.fullmatch(written):
        written = f"{match[1]}H{HALVES[match[2] or match[3]]}"
    elif (match := DAYS.fullmatch(written)) or (match := MONTHS.fullmatch(written)):
        written = "-".join(part for part in match.groups() if part)
    elif re.fullmatch(YEAR + "年度", written):
        written = written[:4]
    try:
        return Period.parse(written)
    except FigureError:
        raise FigureError("period", shown(text), EXPECTED) from None
