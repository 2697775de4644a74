from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pandas as pd

from dashboard import download
from dashboard.viewmodels import periods, todo
from tests.people import grant
from tests.samples import indicator, sample_plan, tree
from trackers.model.period import Period
from trackers.model.plan import Level
from trackers.model.rights import Rights
from trackers.model.window import Window, window_by_rule
from trackers.queries.tasks import Task, TaskKind

PLAN, TREE = sample_plan(), tree()
TASK = Task(
    TaskKind.ENTER, PLAN.id, PLAN.short, "210902", "海*州区", "2019", 3, None, False, "开放", "entry", {}
)  # fmt: skip


def test_sheets_are_those_of_the_longest_period_that_asks_for_all():
    found = [str(each) for each in periods.sheets(PLAN, date(2020, 12, 31))]
    assert found[:5] == ["2020", "2020Q3", "2020Q2", "2020Q1", "2019"] and found[-1] == "2013Q1"
    quarterly = indicator("q", measure="rate", unit="%", level="county")
    mixed = sample_plan(indicators=[quarterly, indicator("y", frequency="year", level="county")])
    assert [str(each) for each in periods.sheets(mixed, date(2013, 12, 31))][:2] == ["2013", "2013Q4"]


def test_windows_say_their_state_and_what_is_provisional():
    on = date(2027, 1, 5)
    closed = Window(level=Level.CITY, period=Period.parse("2019"), opens=on, deadline=on, closed=True, reason="已汇总")
    table = periods.windows_table([window_by_rule(Level.COUNTY, Period.parse("2026Q4")), closed], on)
    assert table["状态"].tolist() == ["● 开放中", "× 已关闭"]
    assert table["截止日"].tolist() == ["2027-01-21（暂定）", "2027-01-05"]
    assert "公布后可能变动" in table["说明"][0] and table["说明"][1] == "由管理员关闭，原因：已汇总"


def test_what_is_open_is_told_by_level_and_deadline():
    day, on = date(2024, 6, 30), date(2024, 6, 1)
    shared = {"level": Level.COUNTY, "opens": on, "deadline": day}
    newest_first = [Window(period=Period.parse(text), **shared) for text in ("2019", "2019Q4")]
    assert periods.open_now(newest_first, on) == ["县级开放到2024年6月30日：2019年第四季度、2019年"]
    assert periods.open_now(newest_first, date(2024, 7, 1)) == []


def test_three_periods_in_a_row_are_told_by_the_first_and_the_last():
    words = {
        "": "", "2019": "2019年", "2019 2020": "2019年、2020年", "2021 2019 2020": "2019年至2021年（3个）",
        "2019 2020 2022": "2019年、2020年、2022年", "2019Q4 2019 2020Q1 2020Q2": "2019年第四季度至2020年第二季度（3个）、2019年",
    }  # fmt: skip
    for texts, told in words.items():
        assert periods.runs_text(Period.parse(text) for text in texts.split()) == told


def test_leave_is_offered_for_the_regions_below_a_reviewer_and_no_others():
    rights = Rights((grant("reviewer", "210900"),), TREE)
    assert set(periods.may_be_excepted(rights, PLAN, TREE)) == {"210900", "210902", "210903", "210922"}
    assert periods.may_be_excepted(Rights((grant("reporter", "210902"),), TREE), PLAN, TREE) == {}


def test_a_task_is_told_as_it_is_and_leads_to_its_sheet():
    assert todo.line(TASK).startswith("**海\\*州区　2019年**　规划“样例”　3 个数没有报")
    rights = Rights((grant("reporter", "210902"),), TREE)
    assert todo.address(TASK, PLAN, "样例", TREE, rights, date(2024, 1, 1)) == {
        "plan": "样例", "region-0": "海州区", "period": "2019年",
    }  # fmt: skip
    span = TASK._replace(kind=TaskKind.REVIEW, page="review", period="2019Q3 至 2019")
    assert todo.period_words(span) == "2019年第三季度 至 2019年"
    assert todo.address(span, PLAN, "样例", TREE, rights, date(2024, 1, 1)) == {"plan": "样例"}
    self = TASK._replace(kind=TaskKind.SELF_ASSESS, page="evaluation", query={"plan": PLAN.id, "evaluation": "7"})
    asked = {"plan": "样例", "evaluation": "7", "see": "评估意见"}
    assert todo.address(self, PLAN, "样例", TREE, rights, date(2024, 1, 1)) == asked


def test_a_city_above_counties_of_the_same_person_is_led_to_its_own_level():
    rights = Rights((grant("reporter", "210900", below=True),), TREE)
    city = TASK._replace(region="210900", period="2019Q4")
    assert todo.address(city, PLAN, "样例", TREE, rights, date(2024, 1, 1))["region-0"] == "阜新市（本级）"


def test_a_table_in_excel_keeps_numbers_rates_and_harmless_texts():
    rows = pd.DataFrame({"地区": ["=1+1"], "应报": [3], "报送率": [1 / 3], "及时率": [float("nan")]})
    page = openpyxl.load_workbook(BytesIO(download.plain_workbook(rows, "催报名单", "=标题", periods.SHARES))).active
    assert page["A1"].value == "=标题" and page["A1"].data_type == "s"
    assert page["A4"].value == "=1+1" and page["A4"].data_type == "s"
    assert page["B4"].value == 3 and page["C4"].value == 1 / 3 and page["C4"].number_format == "0.0##%"
    assert page["D4"].value == "—", "a rate that is not there is never 0"
