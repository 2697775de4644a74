from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pandas as pd

from dashboard import download
from tests.dashboard.frames import DAY, frame, lagging, unfilled

COLUMNS = ["判定", "详情", "指标", "落后", "完成率", "数据日期", "说明"]


def sheet(*rows):
    data = download.workbook(frame(*rows), COLUMNS, "样例规划", DAY)
    return openpyxl.load_workbook(BytesIO(data)).active


def test_numbers_stay_numbers_in_their_unit_and_days_stay_days():
    made = sheet(lagging("a", 0.8, "mild", shortfall=3.25), lagging("b", 0.8, "mild", unit="%"))
    assert made["A1"].value == "样例规划　截至2024年5月20日"
    assert [cell.value for cell in made[3]] == ["判定", "指标", "落后", "完成率", "数据日期", "说明"]
    assert (made["C4"].value, made["C4"].number_format) == (3.25, '0.0"项"')
    assert made["C5"].number_format == '0.0"个百分点"'
    assert (made["D4"].value, made["D4"].number_format) == (0.8 * 0.65, "0.0%")
    assert made["E4"].value.date() == date(2024, 3, 31)


def test_no_text_becomes_a_formula():
    made = sheet(lagging("a", 0.8, "mild", note='=HYPERLINK("http://x")', indicator_name="=1+1"))
    assert made["B4"].data_type == "s" and made["F4"].data_type == "s"


def test_what_is_not_there_is_a_dash():
    made = sheet(unfilled("a"))
    assert [made[cell].value for cell in ("C4", "D4", "E4")] == ["—", "—", "—"]


def test_a_table_of_words_is_taken_without_its_ways_on_and_lists_in_a_line():
    rows = pd.DataFrame({"详情": ["查看"], "地区": ["=1+1"], "判定": [["▼ 滞后", "● 符合"]], "个数": [3], "空": [pd.NA]})
    made = openpyxl.load_workbook(BytesIO(download.listed_workbook(lambda: rows, "表", "标题", ("详情",)))).active
    assert [cell.value for cell in made[3]] == ["地区", "判定", "个数", "空"]
    assert [(cell.value, cell.data_type) for cell in made[4]] == [("=1+1", "s"), ("▼ 滞后、● 符合", "s"), (3, "n"), ("—", "s")]
