"""What the cells of a large file mean, each distinct text looked up once, by the rules of `trackers.exchange.rows`.

A row is taken here only where nothing about it is odd: names that are known, a period of the indicator's own, plain
digits. Every other row is left to `read_row`, which says what is wrong with it or reads it after all.
"""

from __future__ import annotations

import re
from decimal import Decimal
from math import inf, nan

import numpy as np
from numpy.typing import NDArray

from trackers.errors import FigureError
from trackers.exchange.csv_parts import Column
from trackers.exchange.names import Names
from trackers.exchange.periods import read_period
from trackers.exchange.rows import LONGEST
from trackers.model.figure_table import Floats, Ints
from trackers.model.period import Period
from trackers.model.plan import Aggregation, Indicator, Measure, Plan
from trackers.model.region import Region
from trackers.model.report import WHOLE_UNITS, check_period, check_region, settle_period, value_of
from trackers.model.rights import Permission, Rights
from trackers.model.signs import has_odd_signs

PLAIN = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")
MOST_DIGITS = 16  # of a number taken here; what has more is looked at one by one
LARGEST_PART = 1e9  # of a share that is worked out in floats
MOST_KEPT = 100_000  # numbers remembered
ODD = -1  # instead of the number of a plan, region, indicator or period: look at the row itself


class Codes(dict[str, int]):
    """Numbers the texts it is asked for, in the order in which they first come."""

    def __missing__(self, text: str) -> int:
        self[text] = code = len(self)
        return code

    def of(self, column: Column) -> Ints:
        """The number of each cell's text."""
        return np.array([self[text] for text in column.texts], dtype=np.int64)[column.codes]


class Numbers(dict[str, float]):
    """The numbers of plain cells: NaN for an empty one, infinity for one that has to be looked at by itself."""

    def __missing__(self, text: str) -> float:
        plain = PLAIN.fullmatch(text) is not None and len(text) <= MOST_DIGITS
        self[text] = number = float(text) + 0.0 if plain else inf if text else nan
        return number

    def of(self, column: Column) -> Floats:
        """The number of each cell."""
        if len(self) > MOST_KEPT:
            self.clear()
        return np.array([self[text] for text in column.texts], dtype=float)[column.codes]


class Meanings:
    """What the texts of a file mean within one plan. Regions, indicators and periods are counted as they are found."""

    def __init__(self, names: Names, rights: Rights, plan: Plan) -> None:
        self._names, self._rights, self.plan = names, rights, plan
        self.regions: list[Region] = []
        self.indicators: list[Indicator] = plan.indicators
        self.periods: list[Period] = []
        self._numbered: dict[str | Period, int] = {}
        self._found: dict[tuple[object, ...], int] = {}
        levels = [each.level for each in plan.indicators]
        self.level = np.array([levels.index(each) for each in levels])
        self.ratio = np.array([each.aggregation is Aggregation.RATIO for each in plan.indicators])
        self.whole = np.array([each.unit in WHOLE_UNITS for each in plan.indicators])
        self.parted = self.ratio | ~self.whole
        self.percent = np.array([each.unit == "%" for each in plan.indicators])
        self.rate = np.array([each.measure is Measure.RATE for each in plan.indicators])

    def indicator(self, text: str) -> int:
        """The indicator's place in the plan, or ODD."""
        try:
            return self.indicators.index(self._names.indicator(self.plan, text))
        except FigureError:
            return ODD

    def period(self, text: str) -> int:
        """The number of the period as it is written, or ODD."""
        try:
            return self.number(read_period(text))
        except FigureError:
            return ODD

    def kept(self, indicator: int, period: int, published: bool) -> int:
        """The number of the period under which a figure is kept, or ODD."""
        key = (indicator, period, published)
        if key not in self._found:
            self._found[key] = self._kept(self.indicators[indicator], self.periods[period], published)
        return self._found[key]

    def _kept(self, indicator: Indicator, period: Period, published: bool) -> int:
        try:
            own = settle_period(indicator, period, published=published)
            check_period(self.plan, indicator, own)
        except FigureError:
            return ODD
        return self.number(own)

    def region(self, text: str, indicator: int, period: int) -> int:
        """The number of the region that reports the indicator for a period, or ODD where none does or not for this person."""
        key = (text, self.indicators[indicator].level, period)
        if key not in self._found:
            self._found[key] = self._region(text, self.indicators[indicator], self.periods[period])
        return self._found[key]

    def _region(self, text: str, indicator: Indicator, period: Period) -> int:
        try:
            region = self._names.region(self.plan, text, period.end)
            check_region(self.plan, indicator, region, period, self._names.tree)
        except FigureError:
            return ODD
        if not self._rights.may(Permission.ENTER, region.code, self.plan):
            return ODD
        return self.place(region)

    def number(self, period: Period) -> int:
        """The number of a period, counted anew where it is the first of its kind."""
        if period not in self._numbered:
            self._numbered[period] = len(self.periods)
            self.periods.append(period)
        return self._numbered[period]

    def place(self, region: Region) -> int:
        """The number of a region, counted anew where it is the first of its kind."""
        if region.code not in self._numbered:
            self._numbered[region.code] = len(self.regions)
            self.regions.append(region)
        return self._numbered[region.code]

    def alone(self, indicator: Ints, value: Floats) -> NDArray[np.bool_]:
        """Which values, given without numerator and denominator, are figures of their indicators."""
        positive = (value >= 0) | self.rate[indicator]
        whole = ~self.whole[indicator] | (value == np.floor(value))
        return np.asarray(np.isfinite(value) & ~self.ratio[indicator] & positive & whole, dtype=np.bool_)

    def shares(self, indicator: Ints, value: Floats, numerator: Floats, denominator: Floats) -> Floats:
        """The values that whole numerators and denominators make where none is given; infinity of every other row.

        The same as `made` gives: a share of such numbers is too far from the middle between two floats, or is it exactly, for
        28 digits to be rounded to another than the division is.
        """
        whole = (numerator == np.floor(numerator)) & (denominator == np.floor(denominator)) & (denominator < LARGEST_PART)
        sound = np.isnan(value) & whole & (denominator > 0) & (numerator >= 0) & (numerator <= denominator)
        sound &= self.parted[indicator]
        times = np.where(self.percent[indicator], 100.0, 1.0)
        return np.where(sound, np.where(sound, numerator, 0.0) * times / np.where(sound, denominator, 1.0), inf)


class Decimals(dict[str, Decimal | None]):
    """What plain cells hold, exactly; nothing for an empty one."""

    def __missing__(self, text: str) -> Decimal | None:
        if len(self) > MOST_KEPT:
            self.clear()
        self[text] = number = (Decimal(text) or Decimal(0)) if text else None
        return number


def made(indicator: Indicator, value: Decimal | None, numerator: Decimal | None, denominator: Decimal | None) -> float:
    """The value that numerator and denominator make; infinity where they make none, or not the one that is given."""
    try:
        return float(value_of(indicator, value, numerator, denominator))
    except FigureError:
        return inf


def is_sound(text: str) -> bool:
    """Whether a note, an address or a reason can be taken as it is."""
    return len(text) <= LONGEST and not has_odd_signs(text)
