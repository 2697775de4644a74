"""The region file: one CSV row a region, read into a tree and refused where it contradicts itself."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from trackers.errors import FileError
from trackers.model.plan import Level
from trackers.model.region import Region, RegionTree

COLUMNS = ("code", "name", "short", "level", "parent", "valid_from", "valid_to", "successors", "members", "former")
MISFIT = "\0"  # stands for cells too many or too few; no text file holds it
ABOVE: dict[Level, set[Level | None]] = {
    Level.NATION: {None},
    Level.AREA: {Level.NATION},
    Level.PROVINCE: {Level.NATION},
    Level.CITY: {Level.PROVINCE},
    Level.COUNTY: {Level.CITY, Level.PROVINCE},
}


class Flaw(NamedTuple):
    """What is wrong with the region at this position (from 0), in which column, as a Chinese phrase."""

    position: int
    column: str
    problem: str


def read_regions(path: Path) -> RegionTree:
    """The regions in a CSV file (UTF-8, columns as in COLUMNS, lists separated by `;`).

    Raises FileError naming the file, the row (the header is row 1) and the column of the first problem, or
    saying why the file cannot be read at all.
    """
    rows, regions = [], []
    for number, row in _rows(path):
        rows.append(number)
        regions.append(_region(path, number, row))
    if not regions:
        raise FileError(f"{path.name} 里没有任何地区，第 1 行以下应一行一个地区")
    for flaw in flaws(regions):
        raise FileError(f"{path.name} 第 {rows[flaw.position]} 行 {flaw.column} 列：{flaw.problem}")
    return RegionTree(regions)


def flaws(regions: Sequence[Region]) -> Iterator[Flaw]:
    """Where regions contradict themselves or one another: codes, superiors, dates, successors, members."""
    known: dict[str, Region] = {}
    for position, region in enumerate(regions):
        if region.code in known:
            yield Flaw(position, "code", f"代码 {region.code} 已经用过，一个代码只能有一行")
        known.setdefault(region.code, region)
    for position, region in enumerate(regions):
        for check in (_code, _parent, _dates, _successors, _members):
            for column, problem in check(region, known):
                yield Flaw(position, column, problem)
    yield from _namesakes(regions)


def level_of(code: str) -> Level | None:
    """The level the digits of a GB/T 2260 code stand for; None if it is not such a code."""
    if code == "100000":
        return Level.NATION
    if not (code.isascii() and code.isdigit() and len(code) == 6):
        return None
    if code.endswith("0000"):
        return Level.PROVINCE
    return Level.CITY if code.endswith("00") else Level.COUNTY


Problems = Iterator[tuple[str, str]]


def _code(region: Region, known: dict[str, Region]) -> Problems:
    expected = level_of(region.code) or Level.AREA
    if region.level is not expected and expected is Level.AREA:
        yield "code", f"读到“{region.code}”，应为六位行政区划代码"
    elif region.level is not expected:
        yield "level", f"读到“{region.level}”，代码 {region.code} 应为 {expected}"


def _parent(region: Region, known: dict[str, Region]) -> Problems:
    parent = known.get(region.parent) if region.parent else None
    if region.parent and parent is None:
        yield "parent", f"没有代码为“{region.parent}”的地区"
    elif (parent.level if parent else None) not in ABOVE[region.level]:
        above = f"{parent.name}（{parent.level.word}）" if parent else "空"
        yield "parent", f"{region.level.word}地区 {region.name} 的上级不能是{above}"
    elif parent and parent.level in (Level.CITY, Level.PROVINCE) and not _inside(region, parent):
        yield "parent", f"{region.name} 的存续期超出了上级 {parent.name}（{parent.code}）的存续期"


def _inside(region: Region, parent: Region) -> bool:
    starts_within = parent.valid_from is None or (
        region.valid_from is not None and parent.valid_from <= region.valid_from
    )
    ends_within = parent.valid_to is None or (region.valid_to is not None and region.valid_to <= parent.valid_to)
    return starts_within and ends_within


def _dates(region: Region, known: dict[str, Region]) -> Problems:
    if region.valid_from and region.valid_to and region.valid_to <= region.valid_from:
        yield "valid_to", f"{region.valid_to} 不晚于 valid_from 的 {region.valid_from}"


def _successors(region: Region, known: dict[str, Region]) -> Problems:
    if region.successors and region.valid_to is None:
        yield "successors", "有后继地区，却没有 valid_to"
    for code in region.successors:
        if code not in known:
            yield "successors", f"没有代码为“{code}”的地区"
        elif region.valid_to and not known[code].valid_on(region.valid_to):
            yield "successors", f"后继地区 {known[code].name}（{code}）在 {region.valid_to} 并不存在"


def _members(region: Region, known: dict[str, Region]) -> Problems:
    if bool(region.members) != (region.level is Level.AREA):
        yield "members", "跨省区域须列出所辖省份，其他地区不列"
    for code in region.members:
        if code not in known or known[code].level is not Level.PROVINCE:
            yield "members", f"“{code}”不是省级地区的代码"


def _namesakes(regions: Sequence[Region]) -> Iterator[Flaw]:
    """A name borne by two regions in the same place at the same time could not be told apart."""
    seen: dict[tuple[str | None, str], list[Region]] = defaultdict(list)
    for position, region in enumerate(regions):
        others = seen[region.parent, region.name]
        for other in others:
            if other.code != region.code and _overlap(region, other):
                yield Flaw(position, "name", f"{region.name} 与 {other.code} 同属一地、同时存在而同名")
        others.append(region)


def _overlap(one: Region, other: Region) -> bool:
    start = max(one.valid_from or date.min, other.valid_from or date.min)
    return start < min(one.valid_to or date.max, other.valid_to or date.max)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True, restkey=MISFIT, restval=MISFIT)
            missing = [c for c in COLUMNS if c not in (reader.fieldnames or [])]
            if missing:
                raise FileError(f"{path.name} 第 1 行：缺少列 {'、'.join(missing)}，应有 {'、'.join(COLUMNS)}")
            for row in reader:
                if MISFIT in [*row, *row.values()]:
                    raise FileError(f"{path.name} 第 {reader.line_num} 行：列数与第 1 行不同，请核对逗号")
                yield reader.line_num, row
    except OSError as error:
        raise FileError(f"打不开地区文件 {path}：{error.strerror}。请核对路径和权限") from None
    except UnicodeDecodeError:
        raise FileError(f"{path.name} 不是 UTF-8 编码的文本，请另存为 UTF-8 编码的 CSV") from None
    except csv.Error as error:
        raise FileError(f"{path.name} 不是完好的 CSV 文件：{error}") from None


def _region(path: Path, number: int, row: dict[str, str]) -> Region:
    cells = {column: row[column].strip() for column in COLUMNS}

    def refuse(column: str, expected: str) -> FileError:
        return FileError(f"{path.name} 第 {number} 行 {column} 列：读到“{cells[column]}”，应为{expected}")

    def day(column: str) -> date | None:
        try:
            return date.fromisoformat(cells[column]) if cells[column] else None
        except ValueError:
            raise refuse(column, "日期，如 2015-10-13") from None

    def several(column: str) -> tuple[str, ...]:
        return tuple(cells[column].split(";")) if cells[column] else ()

    for column in ("code", "name", "short"):
        if not cells[column]:
            raise refuse(column, "非空文字")
    if cells["level"] not in list(Level):
        raise refuse("level", f" {'、'.join(Level)} 之一")
    return Region(
        code=cells["code"],
        name=cells["name"],
        short=cells["short"],
        level=Level(cells["level"]),
        parent=cells["parent"] or None,
        valid_from=day("valid_from"),
        valid_to=day("valid_to"),
        successors=several("successors"),
        members=several("members"),
        former=several("former"),
    )
