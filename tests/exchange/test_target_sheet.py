from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook

from tests.adjusted import adjust, change
from tests.people import add_person, grant
from tests.samples import AT, OPERATOR, day, new_store, sample_plan
from trackers.actions.adjustments import examine_change
from trackers.errors import FigureError, FileError, ForbiddenError, RefusedError
from trackers.exchange.target_sheet import propose_targets, read_day, read_targets, target_form
from trackers.model.adjustment import Kind
from trackers.queries.adjustments import adjustments, plan_as_of

PLAN = sample_plan()
HEAD = ["指标", "年份", "地区", "目标值", "生效日期", "依据", "理由"]
ROW = ["指标summed", "2020年", "彰武县", "9项", "2014年1月1日", "分解方案", ""]


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path) as store:
        yield store


def read(store, *rows, by=OPERATOR):
    file = io.StringIO()
    csv.writer(file).writerows([HEAD, *rows])
    return read_targets(store, file.getvalue().encode(), "分解目标.csv", PLAN, by=by)


def row(**cells: str) -> list[str]:
    return list((dict(zip(HEAD, ROW, strict=True)) | cells).values())


def test_a_row_with_a_region_is_its_share_and_one_without_is_a_year(store):
    reading = read(store, ROW, row(指标="own", 年份="2016", 地区="", 目标值="４０"))
    share, year = reading.changes
    assert (share.kind, share.region, share.year, share.value) == (Kind.REGIONAL, "210922", 2020, 9)
    assert (year.kind, year.region, year.year, year.value) == (Kind.ANNUAL, None, 2016, 40)
    assert share.effective == date(2014, 1, 1) and share.reference == "分解方案" and reading.faults == []


def test_a_sum_that_falls_short_is_said_and_not_refused(store):
    (said,) = read(store, ROW).sums
    assert said == "指标summed：2020年县级地区分解目标合计9项（1个，还有2个没有分解目标），比规划目标30项少21项。"


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"指标": "没有的"}, "指标读到“没有的”"),
        ({"年份": "二〇二〇"}, "年份读到“二〇二〇”，应为年份"),
        ({"年份": "2019"}, "目标年份 2020"),
        ({"地区": "大连市"}, "地区读到“大连市”"),
        ({"地区": "", "年份": "2020"}, "是目标年份"),
        ({"目标值": "约9"}, "目标值读到“约9”"),
        ({"目标值": ""}, "目标值读到“”，应为填写"),
        ({"生效日期": "明年"}, "生效日期读到“明年”"),
        ({"生效日期": "2021-01-01"}, "生效日期读到 2021-01-01"),
        ({"依据": " "}, "依据读到“”"),
    ],
)
def test_a_row_that_cannot_be_taken_says_what_was_read_and_what_is_expected(store, cells, why):
    reading = read(store, row(**cells))
    (fault,) = reading.faults
    assert fault.row == 2 and why in str(fault) and reading.changes == []
    with pytest.raises(RefusedError, match="1 行有误"):
        propose_targets(store, reading, by=OPERATOR, at=AT)


def test_two_rows_of_the_same_target_are_named(store):
    assert "第 3 行：与前面的一行是同一个目标" in str(read(store, ROW, row(目标值="10")).faults[0])


def test_what_stands_already_is_left_out_and_a_change_of_it_needs_a_reason(store):
    adjust(store, change("summed", 9.0, "regional", region="210922", effective=day("2014-01-01")))
    reading = read(store, ROW)
    assert (reading.changes, reading.faults) == ([], [])
    with pytest.raises(RefusedError, match="没有新的分解目标"):
        propose_targets(store, reading, by=OPERATOR, at=AT)
    assert "没有写理由" in str(read(store, row(目标值="8")).faults[0])
    assert read(store, row(目标值="8", 理由="区划调整")).changes[0].old == 9


def test_all_of_a_sheet_is_proposed_and_stands_once_examined(store):
    first = add_person(store, "first", grant("reviewer", "210900"))
    second = add_person(store, "second", grant("reviewer", "210900"))
    ids = propose_targets(store, read(store, ROW, row(地区="新邱区"), by=first), by=first, at=AT)
    assert len(adjustments(store, by=OPERATOR)) == 2
    for id in ids:
        examine_change(store, id, passes=True, by=second, at=AT)
    shares = plan_as_of(store, PLAN, day("2014-01-01")).indicator("summed").regional_targets
    assert [(each.region, each.value) for each in shares] == [("210922", 9), ("210903", 9)]


def test_somebody_who_may_not_propose_reads_no_sheet(store):
    with pytest.raises(ForbiddenError):
        read(store, ROW, by=add_person(store, "leader", grant("leader", "210900")))
    with pytest.raises(FileError, match="没有找到表头"):
        read_targets(store, b"a,b\n1,2\n", "x.csv", PLAN, by=OPERATOR)


def test_the_form_reads_back_empty_and_offers_the_indicators(store):
    form = target_form(PLAN)
    book = load_workbook(io.BytesIO(form))
    assert [cell.value for cell in book["分解目标"][1]] == HEAD
    assert "指标summed" in {cell.value for cell in book["填表说明"]["A"]}
    source = book["分解目标"].data_validations.dataValidation[0].formula1
    first, last = (int(part) for part in source.replace("填表说明!$A$", "").split(":$A$"))
    assert [book["填表说明"][f"A{line}"].value for line in range(first, last + 1)] == [i.name for i in PLAN.indicators]
    assert read_targets(store, form, "空表.xlsx", PLAN, by=OPERATOR).changes == []


@pytest.mark.parametrize("text", ["2017-01-05", "2017/1/5", "2017.1.5",
                                  "2017年1月5日", "２０１７-０１-０５", "2017-01-05 00:00:00"])  # fmt: skip
def test_a_day_is_read_as_people_write_it(text):
    assert read_day(text, "effective") == date(2017, 1, 5)


@pytest.mark.parametrize("text", ["2017-13-01", "2017-02-30", "2017", "", "17-1-1"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(FigureError, match="日期"):
        read_day(text, "effective")
