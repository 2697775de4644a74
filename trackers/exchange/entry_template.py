"""The entry sheet (填报表) a region fills in, prints and signs: an .xlsx that imports as it was filled."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import xlsxwriter

from trackers.errors import ForbiddenError, RefusedError, UnknownNameError
from trackers.exchange.tables import COLUMN_WORDS
from trackers.model.account import Actor
from trackers.model.period import Period
from trackers.model.plan import Aggregation, Indicator, Plan
from trackers.model.region import Region, RegionTree
from trackers.model.report import expected_regions
from trackers.model.rights import Permission
from trackers.model.window import kept_as
from trackers.model.wording import number_text
from trackers.queries.adjustments import plan_as_of
from trackers.queries.entry import Approved, Cell, beside_sheet
from trackers.queries.places import Place, target_on, target_value
from trackers.queries.rights import rights_of
from trackers.queries.told import target_text
from trackers.store import Store

COLUMNS = {
    COLUMN_WORDS["region"]: 16, COLUMN_WORDS["indicator"]: 32, "单位": 7, "上期值": 17, "目标值": 18,
    COLUMN_WORDS["period"]: 10, COLUMN_WORDS["value"]: 12, COLUMN_WORDS["numerator"]: 10,
    COLUMN_WORDS["denominator"]: 10, COLUMN_WORDS["note"]: 20, COLUMN_WORDS["evidence"]: 24,
    COLUMN_WORDS["reason"]: 22,
}  # fmt: skip
GIVEN = 6  # columns that are filled in beforehand; the rest is typed
RULES = (
    "填表说明：1. 白色格填写，灰色格不填；地区、指标、填报期请勿改动。  2. 数量填自规划期开始（或现有）的累计数，"
    "不填当期新增数；比率填分子和分母，不填百分数。  3. 只填确切的阿拉伯数字，不写“约”“余”“以上”；没有数据的行留空，不要填 0。  "
    "4. 佐证地址填可查到该数的网址或文件名称、文号。  "
    "5. 更正已审核的数，或比上期下降、变动很大时，在“理由”里写明原因，供审核人查看。"
)
SIGNATURES = "填报人：____________　　审核人：____________　　单位盖章：____________　　日期：______年____月____日"
LOOKS: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"},
    "about": {"font_size": 11, "valign": "vcenter"},
    "rules": {"font_size": 10, "text_wrap": True, "valign": "top"},
    "header": {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "bg_color": "#DCE6F1"},
    "given": {"border": 1, "text_wrap": True, "valign": "vcenter", "bg_color": "#F2F2F2"},
    "typed": {"border": 1, "text_wrap": True, "valign": "vcenter", "num_format": "@"},
    "closed": {"border": 1, "valign": "vcenter", "bg_color": "#BFBFBF", "num_format": "@"},
    "signed": {"font_size": 11, "valign": "bottom"},
}


Stood = dict[tuple[str, str], dict[int, Approved]]  # (indicator, region) → period number → what stands approved


class Line(NamedTuple):
    """One row to be filled: a region's figure of an indicator for a period."""

    region: Region
    indicator: Indicator
    period: Period
    given: list[str]  # the texts of the first columns

    @property
    def closed(self) -> set[str]:
        """Columns that are not to be filled: the value of a ratio, the parts of anything else."""
        if self.indicator.aggregation is Aggregation.RATIO:
            return {COLUMN_WORDS["value"]}
        return {COLUMN_WORDS["numerator"], COLUMN_WORDS["denominator"]}


def entry_sheet(
    plan: Plan, region: Region, period: Period, tree: RegionTree, store: Store, *, by: Actor
) -> bytes:
    """An .xlsx with a row for each figure the region, or those below it, report for the period.

    Only regions for which the person enters figures. A year asks for yearly figures and for counts as they stand at
    its end; a quarter for quarterly ones. Raises RefusedError where there is nothing to report, saying which levels
    report what and how often, and ForbiddenError where what there is is not the person's to report.
    """
    rights = rights_of(store, by)
    here = {region.code, *(below.code for below in tree.below(region.code, period.end))}
    plan = plan_as_of(store, plan, period.end)
    lines = entry_lines(plan, region, period, tree, beside_sheet(store, plan, here, period, by=by).approved)
    lines = [line for line in lines if rights.may(Permission.ENTER, line.region.code, plan)]
    if not lines:
        raise ForbiddenError(Permission.ENTER.word, region.name, reading=True)
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        _write(book, plan, region, period, lines)
    return file.getvalue()


def entry_lines(
    plan: Plan, region: Region, period: Period, tree: RegionTree, approved: Mapping[Cell, Approved], *,
    below: bool = True,
) -> list[Line]:  # fmt: skip
    """The rows of the sheet; without `below` only those the region itself fills in. Raises RefusedError as the sheet.

    `approved` is what stands, for the column of the last value.
    """
    lines = list(_lines(plan, region, period, tree, _by_series(approved)))
    lines = [line for line in lines if below or line.region.code == region.code]
    if not lines:
        raise RefusedError(_nobody_reports(plan, region, period, tree))
    return lines


def _lines(plan: Plan, region: Region, period: Period, tree: RegionTree, stood: Stood) -> Iterator[Line]:
    here = {region.code, *(below.code for below in tree.below(region.code, period.end))}
    asked = [(indicator, own) for indicator in plan.indicators if (own := kept_as(plan, indicator, period))]
    alike = {(indicator.level, own.end): indicator for indicator, own in asked}
    reporters = {key: expected_regions(plan, each, tree, key[1]) for key, each in alike.items()}
    places = {key: {each.code: each for each in regions if each.code in here} for key, regions in reporters.items()}
    for code, place in {code: each for regions in places.values() for code, each in regions.items()}.items():
        for indicator, own in asked:
            if code in places[indicator.level, own.end]:
                yield Line(place, indicator, own, _given(plan, indicator, place, own, tree, stood))


def _given(
    plan: Plan, indicator: Indicator, region: Region, period: Period, tree: RegionTree, stood: Stood
) -> list[str]:
    target = target_on(indicator, period.end)
    value = target_value(plan, indicator, target, region.code)
    aim = target_text(Place(indicator, region.code, target, value, period.end))
    aim += f"（{target.year}年）" if value is not None else ""
    names = [other.name for other in plan.indicators]
    name = indicator.name if names.count(indicator.name) == 1 else indicator.id
    before = _before(indicator, period, stood.get((indicator.id, region.code), {}))
    return [_name(region, plan, period, tree), name, indicator.unit, before, aim, str(period)]


def _name(region: Region, plan: Plan, period: Period, tree: RegionTree) -> str:
    """The region's name where it says which region is meant, else its code."""
    try:
        found = tree.resolve(region.name, within=plan.region, on=period.end)
    except UnknownNameError:
        return region.code
    return region.name if found.code == region.code else region.code


def _by_series(approved: Mapping[Cell, Approved]) -> Stood:
    found: Stood = {}
    for (indicator, region, number), figure in approved.items():
        found.setdefault((indicator, region), {})[number] = figure
    return found


def _before(indicator: Indicator, period: Period, stood: dict[int, Approved]) -> str:
    """The latest approved figure of an earlier period, with that period where it is not the one just before."""
    earlier = [number for number in stood if number < period.number]
    if not earlier:
        return ""
    last, figure = Period.from_number(max(earlier)), stood[max(earlier)]
    marks = [str(last)] if last != period.previous() else []
    marks += ["演示数据"] if figure.demo else []
    told = number_text(figure.value, indicator.unit)
    return f"{told}（{'，'.join(marks)}）" if marks else told


def _nobody_reports(plan: Plan, region: Region, period: Period, tree: RegionTree) -> str:
    who: dict[tuple[str, str], int] = {}
    for indicator in plan.indicators:
        key = (indicator.level.word, indicator.frequency.word)
        who[key] = who.get(key, 0) + 1
    told = "、".join(f"{level}按{often}填报 {count} 项" for (level, often), count in who.items())
    rule = f"“{plan.short}”由{told}。" if told else f"“{plan.short}”没有数值指标。"
    return f"{region.name}在 {period} 没有要填报的指标。{rule}请换一个地区或填报期。"


def _write(
    book: xlsxwriter.Workbook, plan: Plan, region: Region, period: Period, lines: Sequence[Line]
) -> None:
    looks = {name: book.add_format({"font_name": "宋体", "font_size": 11, **look}) for name, look in LOOKS.items()}
    page = book.add_worksheet("填报表")
    last = len(COLUMNS) - 1
    number = f"（{plan.number}）" if plan.number else ""
    page.merge_range(0, 0, 0, last, "", looks["title"])
    page.write_string(0, 0, "计量规划指标填报表", looks["title"])
    for row, text in enumerate([f"规划：{plan.title}{number}", f"填报地区：{region.name}　　填报期：{period}"], start=1):
        page.merge_range(row, 0, row, last, "", looks["about"])
        page.write_string(row, 0, text, looks["about"])
    page.merge_range(3, 0, 3, last, "", looks["rules"])
    page.write_string(3, 0, RULES, looks["rules"])
    header = 4
    for at, (heading, width) in enumerate(COLUMNS.items()):
        page.set_column(at, at, width)
        page.write_string(header, at, heading, looks["header"])
    for row, line in enumerate(lines, start=header + 1):
        _write_line(page, row, line, looks)
    end = header + len(lines) + 2
    page.merge_range(end, 0, end, last, "", looks["signed"])
    page.write_string(end, 0, SIGNATURES, looks["signed"])
    _lay_out(page, header, end)


def _write_line(page: xlsxwriter.worksheet.Worksheet, row: int, line: Line, looks: dict[str, object]) -> None:
    for at, heading in enumerate(COLUMNS):
        if at < GIVEN:
            page.write_string(row, at, line.given[at], looks["given"])
        else:
            page.write_blank(row, at, None, looks["closed" if heading in line.closed else "typed"])


def _lay_out(page: xlsxwriter.worksheet.Worksheet, header: int, end: int) -> None:
    """One A4 page wide, landscape, the header on every page."""
    page.set_row(0, 30)
    page.set_row(3, 58)
    page.set_row(end, 30)
    page.freeze_panes(header + 1, 2)
    page.ignore_errors({"number_stored_as_text": f"G{header + 2}:I{end}"})
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(header)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    page.set_footer("&C第 &P 页，共 &N 页")
