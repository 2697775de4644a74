"""Annual and regional targets in a sheet: the form to fill, the filled one read with every fault named."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from typing import Any, NamedTuple

import xlsxwriter

from trackers.actions.adjustments import propose_changes
from trackers.errors import FigureError, RefusedError
from trackers.exchange.names import Names
from trackers.exchange.numbers import half_width, parse_number, shown
from trackers.exchange.tables import CellFault, Layout, Row, read_table
from trackers.model.account import Actor
from trackers.model.adjustment import Adjustment, Change, Kind, applied
from trackers.model.adjustment_checks import refusal, share_sums
from trackers.model.plan import Plan
from trackers.model.region import RegionTree
from trackers.model.rights import Permission
from trackers.model.signs import file_name
from trackers.queries.adjustments import plan_as_of, standing_value
from trackers.queries.plans import region_tree
from trackers.queries.rights import require, rights_of
from trackers.store import Store

COLUMNS = {
    "indicator": "指标", "year": "年份", "region": "地区", "value": "目标值", "effective": "生效日期", "reference": "依据",
    "reason": "理由",
}  # fmt: skip
HEADINGS = {
    "indicator": {"指标", "指标名称", "indicator"}, "year": {"年份", "目标年份", "year"},
    "region": {"地区", "地区名称", "region"}, "value": {"目标值", "分解目标", "分解目标值", "value"},
    "effective": {"生效日期", "生效", "effective"}, "reference": {"依据", "文号", "文件", "reference"},
    "reason": {"理由", "说明", "reason"},
}  # fmt: skip
NEEDED = ("indicator", "year", "value", "effective", "reference")
LAYOUT = Layout(COLUMNS, HEADINGS, NEEDED, ("indicator", "year", "effective", "reference", "reason"),
                "“指标”“年份”“目标值”“生效日期”和“依据”（区域分解目标还要“地区”）")  # fmt: skip
WIDTHS = {"indicator": 34, "year": 10, "region": 18, "value": 14, "effective": 16, "reference": 44, "reason": 34}
RULES = [
    "一行写一个年度分解目标或区域分解目标。地区不填的是全规划的年度分解目标，填了的是该地区在目标年份的区域分解目标。",
    "年度分解目标的年份不能是目标年份；区域分解目标的年份应为目标年份。",
    "目标值带不带单位都可以；写确切的数，不写约数或范围。",
    "生效日期：从哪一天起按它判断，如 2017-01-01。依据：文件名称、文号或网址，必填。",
    "改动已经生效的分解目标时要写理由；原来的一项不改，另记一项新的。",
    "导入后是“已提出”，由另一个人审查后生效。各地之和与规划目标不等时会说明，不会拒收。",
]
DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}


class TargetFault(NamedTuple):
    """A row that cannot be taken: its number as the person sees it, and why."""

    row: int
    why: str

    def __str__(self) -> str:
        return f"第 {self.row} 行：{self.why}"


class TargetReading(NamedTuple):
    """A sheet read: the changes that can be proposed, faults by row, what the shares add up to with them."""

    name: str
    changes: list[Change]
    faults: list[TargetFault]
    sums: list[str]


def read_targets(store: Store, content: bytes, name: str, plan: Plan, *, by: Actor) -> TargetReading:
    """Read an .xlsx or .csv of annual and regional targets of one plan, called `name`, without writing anything.

    A row without a region is an annual target. A row that says what stands already is left out. Raises FileError
    where it cannot be read as such a table, ForbiddenError for somebody who may not propose changes of the plan.
    """
    require(rights_of(store, by), Permission.PROPOSE, plan.region, plan)
    name = file_name(name)
    names, tree = Names(store, plan), region_tree(store)
    stands = plan_as_of(store, plan, date.max)
    changes: list[Change] = []
    faults: list[TargetFault] = []
    for row in read_table(name, content, LAYOUT).rows:
        try:
            change = _change(row, plan, names)
        except FigureError as error:
            faults.append(TargetFault(row.number, f"{COLUMNS[error.column]}读到“{error.read}”，应为{error.expected}"))
            continue
        change = change.model_copy(update={"old": standing_value(store, change)})
        if change.old == change.value:
            continue
        taken = any(each.place == change.place for each in changes)
        why = refusal(stands, tree, change) or ("与前面的一行是同一个目标" if taken else "")
        if why:
            faults.append(TargetFault(row.number, why))
        else:
            changes.append(change)
    return TargetReading(name, changes, faults, _sums(stands, tree, changes))


def _change(row: Row, plan: Plan, names: Names) -> Change:
    if row.faults:
        raise _fault(row.faults[0])
    cells = row.cells
    for column in NEEDED:
        if column not in cells:
            raise FigureError(column, "", "填写，不能空着")
    indicator = names.indicator(plan, cells["indicator"])
    region = names.region(plan, cells["region"], None).code if "region" in cells else None
    return Change(
        plan=plan.id, indicator=indicator.id, kind=Kind.REGIONAL if region else Kind.ANNUAL, region=region,
        year=_year(cells["year"]), value=float(parse_number(cells["value"], indicator.unit)),
        effective=read_day(cells["effective"], "effective"), reference=cells["reference"], reason=cells.get("reason", ""),
    )  # fmt: skip


def _fault(fault: CellFault) -> FigureError:
    return FigureError(fault.column, fault.read, fault.expected)


def _year(text: str) -> int:
    found = re.fullmatch(r"(\d{4})年?", half_width(text).removesuffix(".0"))
    if found is None:
        raise FigureError("year", shown(text), "年份，如 2016")
    return int(found[1])


def read_day(text: str, column: str) -> date:
    """A day as people write it: 2017-01-01, 2017/1/1, 2017年1月1日. Raises FigureError naming the column."""
    found = DAY.fullmatch(half_width(text).removesuffix(" 00:00:00"))
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    raise FigureError(column, shown(text), "日期，如 2017-01-01")


def _sums(stands: Plan, tree: RegionTree, changes: list[Change]) -> list[str]:
    """What the regional targets of the indicators concerned add up to with the sheet."""
    at = datetime.min
    for change in changes:
        stands = applied(stands, Adjustment(id=0, change=change, at=at, by="", by_name=""))
    concerned = dict.fromkeys(change.indicator for change in changes if change.kind is Kind.REGIONAL)
    return [f"{stands.indicator(id).name}：{said}" for id in concerned for said in share_sums(stands, tree, stands.indicator(id))]


def propose_targets(store: Store, reading: TargetReading, *, by: Actor, at: datetime) -> list[int]:
    """Propose every target that was read, all or none; returns their numbers.

    Raises RefusedError where rows have faults or there is nothing new, and what `propose_changes` raises.
    """
    if reading.faults:
        raise RefusedError(f"“{reading.name}”有 {len(reading.faults)} 行有误，没有提出任何分解目标。请改正后再导入。")
    if not reading.changes:
        raise RefusedError(f"“{reading.name}”里没有新的分解目标。")
    return propose_changes(store, reading.changes, by=by, at=at)


def target_form(plan: Plan) -> bytes:
    """An .xlsx to fill in, with the plan's indicators to choose from and the rules on a second sheet."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, SAFE) as book:
        head = book.add_format({"bold": True, "border": 1, "bg_color": "#DCE6F1"})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("分解目标")
        for place, (column, width) in enumerate(WIDTHS.items()):
            sheet.set_column(place, place, width, text)
            sheet.write_string(0, place, COLUMNS[column], head)
        sheet.freeze_panes(1, 0)
        _second(book, plan)
        _choices(sheet, plan)
    return file.getvalue()


def _choices(sheet: Any, plan: Plan) -> None:
    """Names to choose from stand on the second sheet: a list in the cell itself may not be long."""
    last = len(RULES) + 2 + len(plan.indicators)
    source = f"=填表说明!$A${len(RULES) + 3}:$A${last}"
    sheet.data_validation(1, 0, 500, 0, {"validate": "list", "source": source, "error_type": "warning"})


def _second(book: xlsxwriter.Workbook, plan: Plan) -> None:
    rules = book.add_worksheet("填表说明")
    rules.set_column(0, 0, 100)
    for line, rule in enumerate(RULES):
        rules.write_string(line, 0, f"{line + 1}. {rule}")
    rules.write_string(len(RULES) + 1, 0, "本规划的指标：")
    for line, indicator in enumerate(plan.indicators, start=len(RULES) + 2):
        rules.write_string(line, 0, indicator.name)
