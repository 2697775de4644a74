"""How a figure is written, on every page and in every report: the one rounding rule.

Percentages and 个百分点 carry one decimal, rounded half up (四舍五入); a reported value carries the digits it
was reported with. A figure that is not there is “—”, never 0, and a figure is never rounded onto 0 or 100 %.
"""

from __future__ import annotations

import math
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

MISSING = "—"
BEIJING = ZoneInfo("Asia/Shanghai")
REPORTED_PLACES = 4  # what people report; more digits come from a division
MOST_PLACES = 12


def number_text(value: float | None, unit: str = "") -> str:
    """A reported value with its unit: 86项, 95.25%; 17 of 19 in per cent is 89.47%."""
    if absent(value):
        return MISSING
    exact = decimal_of(value)
    places = REPORTED_PLACES if rounded(exact, REPORTED_PLACES) == exact else 2
    return _plain(rounded_kindly(exact, places)) + unit


def computed_text(value: float | None, unit: str = "") -> str:
    """A value that was worked out (expected, projected, a yearly pace), to one decimal: 81.2项, 80项."""
    return MISSING if absent(value) else _plain(rounded_kindly(decimal_of(value), 1)) + unit


def gap_text(value: float | None, unit: str = "") -> str:
    """The distance between two values: 3.5项; between two percentages 0.2个百分点."""
    return computed_text(value, "个百分点" if unit == "%" else unit)


def percent_text(fraction: float | None) -> str:
    """A fraction as a percentage with one decimal: 0.71667 is 71.7%, 0.9996 is 99.96%."""
    return MISSING if absent(fraction) else f"{percent_number(fraction):f}%"


def points_text(fraction: float | None) -> str:
    """The difference of two fractions in percentage points, one decimal: 0.0398 is 4.0个百分点."""
    return MISSING if absent(fraction) else f"{rounded(decimal_of(fraction) * 100, 1):f}个百分点"


def date_text(day: date | None) -> str:
    """A day as official documents write it: 2024年5月20日; None and NaT are absent."""
    return MISSING if day is None or day != day else f"{day.year}年{day.month}月{day.day}日"


def moment_text(at: str) -> str:
    """A moment as the store keeps it (ISO 8601 with its zone), as the clock in Beijing showed it: 2024-05-20 16:05."""
    return datetime.fromisoformat(at).astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")


def clock_text(at: datetime) -> str:
    """A moment as documents write it, by the clock in Beijing: 2024年5月20日16:05."""
    there = at.astimezone(BEIJING)
    return f"{date_text(there.date())}{there:%H:%M}"


def absent(value: float | None) -> bool:
    """Whether there is no figure (None, NaN or infinite)."""
    return value is None or not math.isfinite(value)


def decimal_of(value: float | None) -> Decimal:
    """The number a float stands for, without the noise of its last binary digits; `value` is present."""
    assert value is not None
    return Decimal(f"{value:.{MOST_PLACES}g}")


def rounded(exact: Decimal, places: int) -> Decimal:
    """Rounded half up to so many decimals; never minus nought."""
    found = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return found if found else abs(found)


def rounded_kindly(exact: Decimal, places: int) -> Decimal:
    """Rounded, with more decimals where a small figure would read as 0."""
    while places < MOST_PLACES and exact and not rounded(exact, places):
        places += 1
    return rounded(exact, places)


def percent_number(fraction: float | None) -> Decimal:
    """A fraction in per cent as it is written: one decimal, more where it would read as 0 or as a full 100."""
    exact, places = decimal_of(fraction) * 100, 1
    while places < MOST_PLACES and (
        (exact and not rounded(exact, places)) or (exact < 100 and rounded(exact, places) == 100)
    ):
        places += 1
    return rounded(exact, places)


def _plain(number: Decimal) -> str:
    """Without an exponent and without nought after the point: 80, 4.5."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
