"""The figures of a large file gathered by columns, but for rows that have to be looked at one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trackers.exchange.csv_parts import Column, Part
from trackers.exchange.meanings import ODD, Codes, Decimals, Meanings, Numbers, is_sound, made
from trackers.exchange.rows import NUMBERS, Meant
from trackers.model.figure_table import COLUMNS, FigureTable, Floats, Ints, Texts
from trackers.model.period import Period

Flags = NDArray[np.bool_]
WHOLE = ("row", "place", "period", "written")  # columns of whole numbers
MANY = 1 << 20  # above the number of periods in a file


class Lookup:
    """What each distinct text of a column means, asked once."""

    def __init__(self, meaning: Callable[[str], int]) -> None:
        self._meaning, self._codes = meaning, Codes()
        self._found: list[int] = []

    def of(self, column: Column) -> Ints:
        """The number that each cell means."""
        codes = self._codes.of(column)
        self._found += [self._meaning(text) for text in list(self._codes)[len(self._found) :]]
        return np.array(self._found, dtype=np.int64)[codes]


class Gathered:
    """The figures of one plan, part after part."""

    def __init__(self, meanings: Meanings) -> None:
        self.meanings = meanings
        self._indicator, self._period = Lookup(meanings.indicator), Lookup(meanings.period)
        self._region, self._numbers, self._decimals = Codes(), Numbers(), Decimals()
        self._sound: dict[str, bool] = {}
        self._columns: dict[str, list[NDArray[np.generic]]] = {name: [] for name in (*COLUMNS, "written")}
        self._texts: dict[int, Texts] = {}
        self.looked_at: dict[int, Meant] = {}  # the rows with a figure that were taken one by one

    def add(self, part: Part) -> Flags:
        """Take the figures of a part that are plain; returns which of its rows those are."""
        indicator, written = self._indicator.of(part.column("indicator")), self._period.of(part.column("period"))
        taken: Flags = (indicator != ODD) & (written != ODD)
        if not taken.any():
            return taken
        indicator, written = np.maximum(indicator, 0), np.maximum(written, 0)  # of a row that is not taken: any
        region, period = self._regions(part, indicator, written), self._periods(part, indicator, written)
        value, numerator, denominator = self._values(part, indicator)
        taken &= (region != ODD) & (period != ODD) & np.isfinite(value) & self._is_sound(part)
        place = region * len(self.meanings.indicators) + indicator
        self._keep([column[taken] for column in (part.numbers, place, period, value, numerator, denominator, written)])
        for name in Texts._fields if self._sound else ():
            self._note(name, part, taken)
        return taken

    def add_one(self, meant: Meant) -> None:
        """Take the figure of a row that was looked at by itself."""
        assert meant.figure and meant.written
        figure = meant.figure
        parts = [np.nan if part is None else part for part in (figure.numerator, figure.denominator)]
        written = self.meanings.number(meant.written)
        numbers = [meant.row, *divmod(self.key(meant), MANY), figure.value, *parts, written]
        self._keep([np.array([number]) for number in numbers])
        self._texts[meant.row] = Texts(figure.note, figure.evidence, figure.reason)
        self.looked_at[meant.row] = meant

    def table(self) -> tuple[FigureTable, Ints]:
        """All that was taken, in the order of the file, and the number of each period as it was written."""
        own = self.meanings
        arrays: dict[str, Any] = {name: self._whole(name) for name in (*COLUMNS, "written")}
        places = [(indicator.id, region.code) for region in own.regions for indicator in own.indicators]
        written = arrays.pop("written")
        table = FigureTable(places=places, periods=own.periods, texts=self._texts, **arrays)
        if (np.diff(table.row) > 0).all():
            return table, written
        order = np.argsort(table.row)
        return table.take(order), written[order]

    def _whole(self, name: str) -> NDArray[np.generic]:
        """A column of all parts, which are let go."""
        parts, type = self._columns.pop(name), np.int64 if name in WHOLE else np.float64
        return np.concatenate(parts).astype(type, copy=False) if parts else np.zeros(0, dtype=type)

    def meant(self, table: FigureTable, at: int, written: int) -> Meant:
        """A row of the table as `trackers.exchange.rows.read_row` would tell it."""
        row = int(table.row[at])
        if row in self.looked_at:
            return self.looked_at[row]
        own, figure = self.meanings, table.figure(at)
        region, indicator = divmod(int(table.place[at]), len(own.indicators))
        as_written: Period = own.periods[written]
        return Meant(row, own.plan, own.indicators[indicator], own.regions[region], figure.period, figure, [], "", as_written)

    def key(self, meant: Meant) -> int:
        """Place and period of a row, as one number; of a row of which both are known."""
        assert meant.indicator and meant.region and meant.period
        own = self.meanings
        place = own.place(meant.region) * len(own.indicators) + own.indicators.index(meant.indicator)
        return place * MANY + own.number(meant.period)

    def _keep(self, columns: list[NDArray[np.generic]]) -> None:
        for kept, column in zip(self._columns.values(), columns, strict=True):
            kept.append(column)

    def _regions(self, part: Part, indicator: Ints, written: Ints) -> Ints:
        texts, level = part.column("region"), self.meanings.level[indicator]
        keys = (self._region.of(texts) * len(self.meanings.indicators) + level) * MANY + written
        return _each(keys, lambda at: self.meanings.region(texts[at], int(indicator[at]), int(written[at])))

    def _periods(self, part: Part, indicator: Ints, written: Ints) -> Ints:
        evidence = part.column("evidence")
        published = np.array([bool(text.strip()) for text in evidence.texts])[evidence.codes]
        keys = (indicator * MANY + written) * 2 + published
        return _each(keys, lambda at: self.meanings.kept(int(indicator[at]), int(written[at]), bool(published[at])))

    def _values(self, part: Part, indicator: Ints) -> tuple[Floats, Floats, Floats]:
        """The value of each row, infinity where it is not plain, with numerator and denominator."""
        cells = [part.column(name) for name in NUMBERS]
        value, numerator, denominator = (self._numbers.of(column) for column in cells)
        alone = np.isnan(numerator) & np.isnan(denominator) & self.meanings.alone(indicator, value)
        found = np.where(alone, value, self.meanings.shares(indicator, value, numerator, denominator))
        parts = np.flatnonzero(np.isinf(found) & np.isfinite(numerator) & np.isfinite(denominator) & ~np.isinf(value))
        for at, number in zip(parts.tolist(), indicator[parts].tolist(), strict=True):
            exact = [self._decimals[column[at]] for column in cells]
            found[at] = made(self.meanings.indicators[number], *exact)
        return found, numerator, denominator

    def _is_sound(self, part: Part) -> Flags:
        """Which rows have texts that can be taken as they are, or none."""
        sound = np.ones(len(part.numbers), dtype=bool)
        for name in Texts._fields:
            column = part.column(name)
            if not column.is_empty:
                self._sound |= {text: is_sound(text.strip()) for text in set(column.texts) - self._sound.keys()}
                sound &= np.array([self._sound[text] for text in column.texts])[column.codes]
        return sound

    def _note(self, name: str, part: Part, taken: Flags) -> None:
        column = part.column(name)
        filled = np.array([bool(text.strip()) for text in column.texts])[column.codes]
        for at in np.flatnonzero(taken & filled).tolist():
            text, row = column[at].strip(), int(part.numbers[at])
            self._texts[row] = self._texts.get(row, Texts())._replace(**{name: text})


def _each(keys: Ints, meaning: Callable[[int], int]) -> Ints:
    """For each key what it means, asked once, with the place where it stands first."""
    _, first, of = np.unique(keys, return_index=True, return_inverse=True)
    return np.array([meaning(at) for at in first.tolist()], dtype=np.int64)[of]
