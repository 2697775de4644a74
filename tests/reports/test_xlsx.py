"""The report as a workbook, read back."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import pytest
from openpyxl import load_workbook

from tests.reports.attacks import FORMULA, MARKUP, TAG, TEMPLATE
from trackers.reports.outline import Contents
from trackers.reports.xlsx import LONGEST_TEXT, fitting, xlsx_report

SHEETS = ["总体", "主要指标", "区域进展", "滞后", "重点任务", "定性目标", "全部数据", "说明"]


@pytest.fixture(scope="module")
def written(fuxin: Contents) -> bytes:
    return xlsx_report(fuxin)


@pytest.fixture(scope="module")
def book(written: bytes):
    return load_workbook(io.BytesIO(written))


def column(sheet, heading: str) -> list[object]:
    place = [cell.value for cell in sheet[1]].index(heading)
    return [row[place].value for row in sheet.iter_rows(min_row=2)]


def test_there_is_one_sheet_a_table_with_filter_and_frozen_head(book):
    assert book.sheetnames == SHEETS
    for sheet in book:
        assert sheet.freeze_panes is not None
        assert sheet.max_row == 1 or sheet.auto_filter.ref


def test_values_are_numbers_and_days_are_days(book, fuxin: Contents):
    sheet = book["全部数据"]
    values = column(sheet, "现值")
    expected = ["—" if row.value is None or row.partial else row.value for row in fuxin.rows]
    assert values == pytest.approx(expected)
    completions = [row.completion if row.completion is not None else "—" for row in fuxin.rows]
    assert column(sheet, "完成率") == pytest.approx(completions)
    assert any(isinstance(day, datetime) for day in column(sheet, "数据时点"))


def test_the_main_sheet_says_what_the_figures_must_be_taken_with(book, fuxin: Contents):
    marks = column(book["主要指标"], "标注")
    demo = [line.row.demo for line in fuxin.indicators if line.row]
    assert ["演示数据" in mark for mark in marks] == demo


def test_charts_are_native(written: bytes):
    with zipfile.ZipFile(io.BytesIO(written)) as opened:
        charts = [name for name in opened.namelist() if name.startswith("xl/charts/chart")]
        assert len(charts) == 2
        assert not [name for name in opened.namelist() if "media" in name]


def test_a_chart_leaves_out_what_has_no_completion(liaoning: Contents):
    with zipfile.ZipFile(io.BytesIO(xlsx_report(liaoning))) as opened:
        charts = "".join(opened.read(n).decode() for n in opened.namelist() if n.startswith("xl/charts/chart"))
    place = [line.row.completion is not None for line in liaoning.indicators].index(True) + 2
    assert f"$G${place}" in charts and f"$G${place + 1}" not in charts


def test_no_text_becomes_a_formula_a_link_or_a_number(attacked: Contents):
    made = xlsx_report(attacked)
    book = load_workbook(io.BytesIO(made))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    texts = {str(cell.value) for cell in cells}
    assert {TEMPLATE, TAG, MARKUP, FORMULA} <= texts
    assert any("长" * 5000 in text for text in texts)
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        sheets = "".join(opened.read(name).decode() for name in opened.namelist() if "worksheets/sheet" in name)
    assert "<f>" not in sheets and "hyperlink" not in sheets


def test_a_text_longer_than_a_cell_is_cut_and_says_so():
    held = fitting("长" * 40000)
    assert len(held) == LONGEST_TEXT and held.endswith("全文见系统）")


def test_the_same_contents_give_the_same_bytes(fuxin: Contents, written: bytes):
    assert xlsx_report(fuxin) == written


def test_a_plan_without_indicators_has_no_chart(fuyang: Contents):
    made = xlsx_report(fuyang)
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        assert not [name for name in opened.namelist() if "chart" in name]
    explained = load_workbook(io.BytesIO(made))["说明"]
    assert any("没有数量指标" in str(row[1].value) for row in explained.iter_rows())
