"""One row of a table handed in: the figure it means, or everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple, TypeVar

from trackers.errors import FigureError
from trackers.exchange.names import Names
from trackers.exchange.numbers import parse_number, shown
from trackers.exchange.periods import read_period
from trackers.exchange.tables import COLUMN_WORDS, Row
from trackers.model.period import Period
from trackers.model.plan import KNOWN_UNITS, Indicator, Plan
from trackers.model.region import Region
from trackers.model.report import Figure, check_period, check_region, settle_period, value_of
from trackers.model.signs import has_odd_signs

LONGEST = 500  # characters of a note or an evidence
NUMBERS = ("value", "numerator", "denominator")
Found = TypeVar("Found")


class Fault(NamedTuple):
    """Why a row cannot be taken: where, what was read there, what is expected."""

    row: int
    column: str  # a key of COLUMN_WORDS
    read: str
    expected: str

    @property
    def heading(self) -> str:
        """The column's name as people see it."""
        return COLUMN_WORDS[self.column]

    def place(self) -> tuple[int, int]:
        """Where it stands in the sheet, for sorting: the row, then the column in the order of the entry sheet."""
        return self.row, list(COLUMN_WORDS).index(self.column)

    def __str__(self) -> str:
        return f"第 {self.row} 行“{self.heading}”：读到“{self.read}”，应为{self.expected}"


class Meant(NamedTuple):
    """What a row says: the plan, region and figure it names (absent where it cannot be told), and its faults."""

    row: int
    plan: Plan | None
    indicator: Indicator | None
    region: Region | None
    period: Period | None
    figure: Figure | None
    faults: list[Fault]
    typed: str  # the value as it was typed
    written: Period | None  # the period as it was written: 2024 for one that is kept as 2024Q4

    @property
    def key(self) -> tuple[str, str, str, int] | None:
        """Plan, indicator, region and period number, where all four are known."""
        if not (self.plan and self.indicator and self.region and self.period):
            return None
        return self.plan.id, self.indicator.id, self.region.code, self.period.number


def is_empty(row: Row) -> bool:
    """Whether a row has no figure at all, as a row of the entry sheet that was not filled in."""
    return not any(column in row.cells for column in NUMBERS) and not any(f.column in NUMBERS for f in row.faults)


def read_row(row: Row, names: Names) -> Meant:
    """What the row means, with every fault there is in it."""
    reader = _Reader(row, names, [Fault(row.number, *fault) for fault in row.faults])
    period = written = reader.tried("period", lambda: read_period(reader.cell("period")))
    plan = reader.plan(period)
    indicator = reader.tried("indicator", lambda: names.indicator(plan, reader.cell("indicator"))) if plan else None
    day = period.end if period else None
    region = reader.tried("region", lambda: names.region(plan, reader.cell("region"), day)) if plan else None
    if plan and indicator and region and period:
        reader.place(plan, indicator, region, period)
    if plan and indicator and period:
        period = reader.settled(plan, indicator, period)
    value = reader.value(indicator)
    texts = {column: reader.text(column) for column in ("note", "evidence", "reason")}
    meant = Meant(row.number, plan, indicator, region, period, None, reader.faults, reader.cell("value"), written)
    if reader.faults or value is None or meant.key is None:
        return meant
    return meant._replace(figure=_figure(meant, value, texts))


class _Numbers(NamedTuple):
    value: Decimal
    numerator: Decimal | None
    denominator: Decimal | None


def _figure(meant: Meant, numbers: _Numbers, texts: dict[str, str]) -> Figure:
    assert meant.indicator and meant.region and meant.period
    parts = {k: None if n is None else float(n) for k, n in zip(NUMBERS[1:], numbers[1:], strict=True)}
    return Figure(
        indicator=meant.indicator.id, region=meant.region.code, period=meant.period, value=float(numbers.value),
        numerator=parts["numerator"], denominator=parts["denominator"], **texts,
    )  # fmt: skip


@dataclass
class _Reader:
    row: Row
    names: Names
    faults: list[Fault] = field(default_factory=list)

    def cell(self, column: str) -> str:
        return self.row.cells.get(column, "")

    def tried(self, column: str, read: Callable[[], Found]) -> Found | None:
        """What was read; None, with the fault kept, where it is refused or the cell could not be taken before."""
        if any(fault.column == column for fault in self.faults):
            return None
        try:
            return read()
        except FigureError as error:
            self.faults.append(Fault(self.row.number, error.column, shown(error.read), error.expected))
            return None

    def plan(self, period: Period | None) -> Plan | None:
        named, region, indicator = (self.cell(column) for column in ("plan", "region", "indicator"))
        return self.tried("plan", lambda: self.names.plan(named, region, indicator, period))

    def settled(self, plan: Plan, indicator: Indicator, period: Period) -> Period | None:
        own = self.tried(
            "period", lambda: settle_period(indicator, period, published=bool(self.cell("evidence").strip()))
        )
        if own:
            self.tried("period", lambda: check_period(plan, indicator, own))
        return own

    def place(self, plan: Plan, indicator: Indicator, region: Region, period: Period) -> None:
        self.tried("region", lambda: check_region(plan, indicator, region, period, self.names.tree))

    def value(self, indicator: Indicator | None) -> _Numbers | None:
        """The figure's numbers; where the indicator is unknown only their form is looked at."""
        if indicator is None:
            for column in NUMBERS:
                if column in self.row.cells:
                    self.tried(column, lambda column=column: _some_number(self.cell(column), column))  # type: ignore[misc]
            return None
        before = len(self.faults)
        units = {"value": indicator.unit, "numerator": "", "denominator": ""}
        read = [self.number(column, unit) for column, unit in units.items()]
        if len(self.faults) > before or any(fault.column in NUMBERS for fault in self.faults):
            return None
        value, numerator, denominator = read
        made = self.tried("value", lambda: value_of(indicator, value, numerator, denominator))
        return None if made is None else _Numbers(made, numerator, denominator)

    def number(self, column: str, unit: str) -> Decimal | None:
        if column not in self.row.cells:
            return None
        return self.tried(column, lambda: parse_number(self.cell(column), unit, column=column))

    def text(self, column: str) -> str:
        text = self.cell(column).strip()
        if len(text) > LONGEST:
            self.faults.append(Fault(self.row.number, column, shown(text), f"不超过 {LONGEST} 个字（现有 {len(text)} 个）"))
        elif has_odd_signs(text):
            self.faults.append(Fault(self.row.number, column, shown(text), "不含控制字符的文字"))
        return text


def _some_number(text: str, column: str) -> Decimal:
    """A number in whatever unit; raises FigureError where it is none in any."""
    for unit in KNOWN_UNITS:
        try:
            return parse_number(text, unit, column=column)
        except FigureError:
            continue
    return parse_number(text, "", column=column)
