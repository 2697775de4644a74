"""Figures handed in as a file: read with every fault named, shown beside what is kept, then recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from trackers.actions.figures import HandIn, Recorded, record_hand_in, submit_hand_in
from trackers.actions.seeds import DEMONSTRATION
from trackers.errors import FileError, RefusedError
from trackers.exchange.doubts import remarks
from trackers.exchange.names import Names
from trackers.exchange.rows import Fault, Meant, is_empty, read_row
from trackers.exchange.tables import MAX_BYTES, Row, Table, read_table
from trackers.model.account import Actor
from trackers.model.period import Period
from trackers.model.plan import Indicator, Plan
from trackers.model.report import Figure
from trackers.model.rights import Permission, Rights
from trackers.model.signs import file_name
from trackers.queries.figures import (
    Change,
    Kept,
    KeptFigure,
    Line,
    changes_among,
    latest,
    lines_of,
    series_in,
)
from trackers.queries.plans import loaded
from trackers.queries.rights import rights_of
from trackers.queries.submission import corrected, doubts_among
from trackers.store import Store

FEW = 4  # periods in a table, beside which those around them are looked up rather than all


class Taken(NamedTuple):
    """A row that can be recorded, what it does to what is kept, and what was kept before (None for a new figure)."""

    row: int
    plan: Plan
    indicator: Indicator
    figure: Figure
    change: Change
    before: KeptFigure | None
    doubts: tuple[str, ...] = ()  # what is odd about it, and has to be explained where it is handed in for review
    corrects: bool = False  # whether it would take the place of an approved figure

    @property
    def needs_reason(self) -> bool:
        """Whether the figure cannot be handed in for review before somebody says why it is right."""
        odd = bool(self.doubts) or self.corrects
        return odd and self.change is not Change.SAME and not self.figure.reason.strip()


class Doubt(NamedTuple):
    """What a reader should look at again in a row that can be taken; row 0 speaks of the file."""

    row: int
    sentence: str

    def __str__(self) -> str:
        return f"第 {self.row} 行：{self.sentence}" if self.row else self.sentence


class Reading(NamedTuple):
    """A file read: the rows that can be taken, every fault and doubt by row, and how many rows were left empty."""

    name: str
    digest: str  # SHA-256 of the file; empty for rows typed on a page
    taken: list[Taken]
    faults: list[Fault]
    warnings: list[Doubt]
    empty: int
    demo: bool = False  # what is taken is marked 演示数据, because the database is one for demonstrations

    def count(self, change: Change) -> int:
        """How many of the rows that can be taken are new, change what is kept, or say the same."""
        return sum(each.change is change for each in self.taken)


def read_figures(
    store: Store, file: Path | bytes, plan: Plan | None = None, *, by: Actor, name: str | None = None,
    on: date | None = None,
) -> Reading:  # fmt: skip
    """Read an .xlsx or .csv of figures without recording anything.

    `file` is a path, or the content of a file called `name`. Without `plan` each row's plan is named in a column
    规划 or follows from its region, indicator and period. With `on` a period that ends after that day is doubted.
    A row of a region for which the person does not report has a fault, and tells nothing of what is kept there.
    Raises FileError where the file cannot be read as a table; what is wrong with a row is in `faults`.
    """
    name = file_name(name or (file.name if isinstance(file, Path) else "figures.xlsx"))
    table = read_table(name, _content(file))
    reading = read_rows(store, table.rows, plan, by=by, name=name, digest=table.digest, on=on)
    return reading._replace(warnings=sorted(_other_sheets(table) + reading.warnings))


def read_rows(
    store: Store, rows: Sequence[Row], plan: Plan | None = None, *, by: Actor, name: str, digest: str = "",
    on: date | None = None,
) -> Reading:  # fmt: skip
    """Read rows of figures, wherever they were written down, without recording anything; as `read_figures`."""
    with store.reading():
        demo = DEMONSTRATION in loaded(store)
        names = Names(store, plan)
        rights = rights_of(store, by)
        meant = [allowed(read_row(row, names), rights) for row in rows if not is_empty(row)]
        held = {each.plan.id: each.plan for each in meant if each.plan}
        beside = {id: _beside(store, plan, meant) for id, plan in held.items()}
    single, clashes, repeats = singled_out(meant)
    faults = [fault for each in meant for fault in each.faults] + clashes
    odd = _odd(single, beside)
    told = settled(Counter((each.written, each.period) for each in single)) + repeats + unread(rows)
    told += [Doubt(*doubt) for doubt in remarks(single, on)]
    told += [Doubt(row, sentence) for row, sentences in odd.items() for sentence in sentences]
    empty = sum(1 for row in rows if is_empty(row) and "indicator" in row.cells)
    taken = _taken(single, beside, odd, _Kind(demo, to_stand=by.operator))
    return Reading(name, digest, taken, sorted(faults, key=Fault.place), sorted(told), empty, demo)


class _Kind(NamedTuple):
    """What the figures of a table are to be: demonstrations, and counting at once without a review."""

    demo: bool
    to_stand: bool


class _Beside(NamedTuple):
    """What is kept of a plan in the regions of a table: the latest figures, and all in their lines."""

    kept: Kept
    lines: Mapping[tuple[str, str], Line]


def _beside(store: Store, plan: Plan, meant: Iterable[Meant]) -> _Beside:
    own = [each for each in meant if each.plan and each.plan.id == plan.id]
    series = series_in(store, plan.id, {each.region.code for each in own if each.region})
    asked = {each.period.number for each in own if each.period}
    periods = asked if len(asked) <= FEW else None
    return _Beside(latest(store, series, periods), lines_of(store, series, periods))


def allowed(meant: Meant, rights: Rights) -> Meant:
    """The row; with a fault and without its figure where the person does not report for its region."""
    if not (meant.plan and meant.region) or rights.may(Permission.ENTER, meant.region.code, meant.plan):
        return meant
    fault = Fault(meant.row, "region", meant.region.name, "您负责填报的地区（如需代填，请联系管理员）")
    return meant._replace(faults=[*meant.faults, fault], figure=None)


def _odd(single: Sequence[Meant], beside: Mapping[str, _Beside]) -> dict[int, list[str]]:
    """What is odd about each figure, by row."""
    found: dict[int, list[str]] = {}
    for id, (_, lines) in beside.items():
        own = [each for each in single if each.plan and each.plan.id == id and each.figure]
        plan = own[0].plan if own else None
        if plan:
            sentences = doubts_among(plan, [each.figure for each in own if each.figure], lines)
            found |= {each.row: told for each, told in zip(own, sentences, strict=True) if told}
    return found


def _content(file: Path | bytes) -> bytes:
    if isinstance(file, bytes):
        return file
    try:
        if file.stat().st_size > MAX_BYTES:
            raise FileError(f"{file.name}：文件超过 20 MB，没有读取。请分成几个文件。")
        return file.read_bytes()
    except OSError as error:
        raise FileError(f"打不开文件 {file}：{error.strerror}。") from None


def singled_out(meant: Iterable[Meant]) -> tuple[list[Meant], list[Fault], list[Doubt]]:
    """Rows whose figure stands once in the file; a fault for those that contradict one another."""
    by_key: dict[object, list[Meant]] = {}
    for each in meant:
        by_key.setdefault(each.key or each.row, []).append(each)
    single: list[Meant] = []
    clashes: list[Fault] = []
    repeats: list[Doubt] = []
    for same in by_key.values():
        first = same[0]
        if len(same) == 1 or (first.figure and all(each.figure == first.figure for each in same)):
            repeats += [Doubt(each.row, f"与第 {first.row} 行完全相同，只算一次") for each in same[1:]]
            single += [first] if first.figure else []
        else:
            clashes += [_clash(each, same) for each in same]
    return single, clashes, repeats


def _clash(meant: Meant, same: list[Meant]) -> Fault:
    others = "、".join(str(each.row) for each in same if each.row != meant.row)
    return Fault(meant.row, "period", str(meant.period), f"同一地区、指标和填报期只写一次（又见第 {others} 行）")


def _taken(
    single: Iterable[Meant], beside: Mapping[str, _Beside], odd: Mapping[int, list[str]], kind: _Kind
) -> list[Taken]:
    found = []
    for each in single:
        if each.plan and each.indicator and each.figure:
            kept = beside[each.plan.id].kept
            (change,) = changes_among(kept, [each.figure], demo=kind.demo, to_stand=kind.to_stand)
            before = kept.get(each.figure.key)
            doubts, corrects = tuple(odd.get(each.row, ())), corrected(each.figure, kept) is not None
            found.append(Taken(each.row, each.plan, each.indicator, each.figure, change, before, doubts, corrects))
    return found


def unread(rows: Iterable[Row]) -> list[Doubt]:
    """A doubt for each row that says something and has no figure."""
    return [Doubt(row.number, "只写了备注或佐证，没有填报值，没有读入") for row in rows if _only_noted(row)]


def settled(rows: Mapping[tuple[Period | None, Period | None], int]) -> list[Doubt]:
    """Each period that is taken for another one that ends with it, once: 2024 for 2024Q4.

    `rows` says of how many rows: by the period as it was written, and as it is kept.
    """
    moved = {(str(written), str(kept)): number for (written, kept), number in rows.items() if written != kept}
    return [Doubt(0, f"填报期 {written} 记为 {kept}（{number} 行）") for (written, kept), number in moved.items()]


def _other_sheets(table: Table) -> list[Doubt]:
    others = "、".join(table.other_sheets)
    return [Doubt(0, f"只读了工作表“{table.sheet}”；另有工作表也有表头，没有读：{others}")] if others else []


def _only_noted(row: Row) -> bool:
    return is_empty(row) and "indicator" in row.cells and bool(row.cells.keys() & {"note", "evidence"})


def refuse(name: str, faults: Sequence[Fault], taken: int, empty: int, accept_valid: bool) -> None:
    """Raise RefusedError for a file with faults, unless the rest is to be taken, and for one without a row to take."""
    if faults and not accept_valid:
        rows = len({fault.row for fault in faults})
        raise RefusedError(
            f"“{name}”有 {rows} 行有误，没有导入任何数据。请改正后再导入，或选择只导入其余 {taken} 行。"
        )
    if not taken:
        raise RefusedError(f"“{name}”里没有可以导入的数据（未填 {empty} 行）。")


def import_figures(
    store: Store, reading: Reading, *, by: Actor, at: datetime, accept_valid: bool = False, origin: str = "import",
    submit: bool = False,
) -> list[Recorded]:  # fmt: skip
    """Record what was read, all plans in one transaction; one answer a plan.

    With `submit` it is handed in for review (see `submit_figures`), else taken in as it is, which only the machine's
    operator may. Raises RefusedError, with nothing changed, where rows have faults and `accept_valid` is not set, and where no
    row can be taken.
    """
    refuse(reading.name, reading.faults, len(reading.taken), reading.empty, accept_valid)
    by_plan: dict[str, list[Figure]] = {}
    for each in reading.taken:
        by_plan.setdefault(each.plan.id, []).append(each.figure)
    file = reading.name if reading.digest else None
    hand_in = HandIn(origin=origin, file=file, file_digest=reading.digest or None, demo=reading.demo)
    record = submit_hand_in if submit else record_hand_in
    return record(store, by_plan, hand_in, by=by, at=at)
