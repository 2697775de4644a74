"""Tables handed in as .xlsx or .csv: the header found, each row by the names of its columns."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from trackers.errors import FileError
from trackers.exchange.numbers import half_width
from trackers.exchange.workbook import Day, GridRow, Merged, Sheet, Unreadable, sheets

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 200_000
HEADER_WITHIN = 40  # rows from the top in which the header is looked for
COLUMN_WORDS = {
    "plan": "规划", "region": "地区", "indicator": "指标", "period": "填报期", "value": "填报值",
    "numerator": "分子", "denominator": "分母", "note": "备注", "evidence": "佐证地址", "reason": "理由",
}  # fmt: skip
HEADINGS = {
    "plan": {"规划", "规划名称", "plan"},
    "region": {"地区", "地区名称", "填报地区", "区域", "region"},
    "indicator": {"指标", "指标名称", "indicator"},
    "period": {"填报期", "报告期", "period"},
    "value": {"填报值", "数值", "完成值", "value"},
    "numerator": {"分子", "numerator"},
    "denominator": {"分母", "denominator"},
    "note": {"备注", "说明", "note"},
    "evidence": {"佐证地址", "佐证", "佐证材料", "证据", "evidence"},
    "reason": {"理由", "情况说明", "更正理由", "reason"},
}
NO_TEXT = "不是 UTF-8 或 GB18030 编码的文本。请另存为“CSV UTF-8”再试。"
NEEDED = ("region", "indicator", "period", "value")
SHARED = ("plan", "region", "indicator", "period", "note", "evidence", "reason")


class Layout(NamedTuple):
    """The columns of a kind of table: how each is called, and which the header must have."""

    words: dict[str, str]  # column → its name
    headings: dict[str, set[str]]  # column → every heading that means it, in small letters
    needed: tuple[str, ...]
    shared: tuple[str, ...]  # may be merged over several rows
    wanted: str  # the header in words
    instead: tuple[str, frozenset[str]] | None = None  # a needed column, and those that stand in for it together


FIGURES = Layout(
    COLUMN_WORDS, HEADINGS, NEEDED, SHARED, "“地区”“指标”“填报期”和“填报值”（比率为“分子”“分母”）",
    ("value", frozenset({"numerator", "denominator"})),
)  # fmt: skip


class CellFault(NamedTuple):
    """A cell that cannot be taken: its column, what stands there, what is expected."""

    column: str
    read: str
    expected: str


class Row(NamedTuple):
    """One row: its number as the person sees it, the text of its filled cells by column, and faults."""

    number: int
    cells: dict[str, str]
    faults: list[CellFault]


class Table(NamedTuple):
    """What was handed in: the sheet read, the columns found there, and its rows that are not blank."""

    sheet: str
    columns: list[str]
    rows: list[Row]
    other_sheets: list[str]  # those that have a header too and were not read
    digest: str  # SHA-256 of the file


class Header(NamedTuple):
    """The row that names the columns: its number, and where each column stands."""

    row: int
    at: dict[str, int]  # column → its place


def read_table(name: str, content: bytes, layout: Layout = FIGURES) -> Table:
    """The table in a file of this name, in the first sheet that has the header.

    The header is the first row with every needed column, for figures 地区, 指标, 填报期 and 填报值 or 分子 and 分母 (or
    their English names); further columns are ignored. Raises FileError, naming the file, where there is none, and where the file
    is not a sound .xlsx or .csv of at most 20 MB and 200 000 rows.
    """
    try:
        return _table(_grids(name, content, layout), hashlib.sha256(content).hexdigest(), layout)
    except FileError as error:
        raise FileError(f"{name}：{error}") from error


def _table(grids: Iterable[Sheet], digest: str, layout: Layout) -> Table:
    found: Table | None = None
    others: list[str] = []
    nearest: list[str] = []
    for sheet in grids:
        top = list(islice(sheet.rows, HEADER_WITHIN))
        header = _header(sheet.title, top, nearest, layout)
        if header and found:
            others.append(sheet.title)
        elif header:
            below = (row for row in top if row[0] > header.row)
            found = Table(sheet.title, list(header.at), _rows(layout, header, below, sheet.rows), others, digest)
    if found is None:
        raise FileError(_no_header(nearest, layout))
    return found


def header_of(rows: Iterable[GridRow], layout: Layout = FIGURES) -> Header:
    """The header among the first rows of a file without sheets; raises FileError where there is none."""
    nearest: list[str] = []
    header = _header("", list(islice(rows, HEADER_WITHIN)), nearest, layout)
    if header is None:
        raise FileError(_no_header(nearest, layout))
    return header


def _header(title: str, rows: Iterable[GridRow], nearest: list[str], layout: Layout) -> Header | None:
    for number, cells in rows:
        at: dict[str, int] = {}
        for place, cell in enumerate(cells):
            first = cell.first if isinstance(cell, Merged) else cell
            column = _column(first, layout) if isinstance(first, str) else None
            if column in at:
                word = layout.words[column]
                raise FileError(f"第 {number} 行有两列都是“{word}”，不知道用哪一列。请删去或改名其中一列。")
            if column:
                at[column] = place
        lacking = [layout.words[c] for c in layout.needed if c not in at and not _stood_in_for(c, at, layout)]
        if not lacking:
            return Header(number, at)
        if len(at) >= 2:
            nearest.append(f"{'工作表“' + title + '”' if title else ''}第 {number} 行缺少{'、'.join(lacking)}")
    return None


def _stood_in_for(column: str, at: dict[str, int], layout: Layout) -> bool:
    return layout.instead is not None and layout.instead[0] == column and layout.instead[1] <= at.keys()


def _column(text: str, layout: Layout) -> str | None:
    heading = re.sub(r"\s|\*|[（(\[].*?[）)\]]", "", half_width(text)).strip("：:").lower()
    return next((column for column, words in layout.headings.items() if heading in words), None)


def _no_header(nearest: list[str], layout: Layout) -> str:
    wanted = f"没有找到表头：应有一行写着{layout.wanted}"
    return f"{wanted}。最接近的：{nearest[0]}。" if nearest else f"{wanted}。"


def _rows(layout: Layout, header: Header, *parts: Iterable[GridRow]) -> list[Row]:
    found: list[Row] = []
    for number, cells in (row for part in parts for row in part):
        texts: dict[str, str] = {}
        faults: list[CellFault] = []
        for column, place in header.at.items():
            cell = cells[place] if place < len(cells) else ""
            if not cell:
                continue
            text = _text(column, cell, layout)
            if isinstance(text, str):
                if text.strip():
                    texts[column] = text
            else:
                faults.append(CellFault(column, text.read, text.expected))
        if texts or faults:
            found.append(Row(number, texts, faults))
        if len(found) > MAX_ROWS:
            raise FileError(f"超过 {MAX_ROWS} 行，没有读取。请分成几个文件。")
    return found


def _text(column: str, cell: object, layout: Layout) -> str | Unreadable:
    """The text of a cell in its column; a date means a period in the column of periods."""
    if isinstance(cell, Merged):
        if column in layout.shared:
            return _text(column, cell.first, layout)
        return Unreadable("（合并单元格）", "每行各填一格，请取消合并")
    if isinstance(cell, Day):
        length = {"day": 10, "month": 7, "year": 4}[cell.shows] if column == "period" else 10
        return cell.day.isoformat()[:length]
    return cell if isinstance(cell, Unreadable) else str(cell)


def _grids(name: str, content: bytes, layout: Layout) -> Iterator[Sheet]:
    """The sheets of a file, by what it holds rather than by what its name says."""
    kind = name.lower().rpartition(".")[2]
    if not content:
        raise FileError("文件是空的（0 字节）。")
    if len(content) > MAX_BYTES:
        raise FileError(f"文件有 {len(content) // 1024 // 1024} MB，超过 20 MB，没有读取。请分成几个文件。")
    if content.startswith(b"PK"):
        return sheets(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileError(_old_or_locked(content))
    if re.match(rb"[\s\xef\xbb\xbf]*<(!doctype|html|\?xml|table|head|meta)", content[:200], re.IGNORECASE):
        raise FileError("其实是网页或 XML 文件，不是表格。请用 Excel 或 WPS 打开它另存为 .xlsx。")
    if kind in ("xlsx", "xlsm", "xls"):
        raise FileError("文件已损坏或不是 .xlsx 表格。请用 Excel 或 WPS 打开它另存为 .xlsx，再试一次。")
    if kind not in ("csv", "txt"):
        raise FileError("只能读 .xlsx 和 .csv 文件。")
    return iter([_csv_sheet(_decoded(content), layout)])


def _old_or_locked(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "文件加了打开密码，读不了。请去掉密码后再交。"
    return "是旧的 .xls 等格式，读不了。请用 Excel 或 WPS 打开它另存为 .xlsx。"


def encodings(start: bytes) -> list[str]:
    """What a text that starts with these two bytes may be written in, in the order in which to try."""
    return ["utf-16"] if start in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]


def _decoded(content: bytes) -> str:
    for encoding in encodings(content[:2]):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise FileError(NO_TEXT)


def _csv_sheet(text: str, layout: Layout) -> Sheet:
    """A CSV file as a sheet."""
    return Sheet("", csv_rows(io.StringIO(text, newline=""), separator(text, layout)))


def separator(text: str, layout: Layout = FIGURES) -> str:
    """The comma, tab or semicolon that makes the most headings of one of the first lines of a text."""
    lines = text.splitlines()[:HEADER_WITHIN]

    def headings(sign: str) -> int:
        return max(sum(_column(part.strip('"'), layout) is not None for part in line.split(sign)) for line in lines)

    return max(",\t;", key=headings) if lines else ","


def csv_rows(lines: Iterable[str], by: str) -> Iterator[GridRow]:
    """The rows of a CSV file that are not blank; raises FileError at the first that is not well formed."""
    reader = csv.reader(lines, delimiter=by, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                yield number, list(cells)
    except csv.Error as error:
        raise FileError(f"第 {number + 1} 行不是合乎格式的 CSV（引号没有配对，或一格过长）。") from error
