from __future__ import annotations

import io

import openpyxl
import pytest

from tests.people import add_person, grant
from tests.samples import AT, OPERATOR, figure, indicator, new_store, ratio, record, sample_plan, target
from tests.waiting import wait
from trackers.actions.figures import HandIn
from trackers.errors import ForbiddenError, RefusedError
from trackers.exchange.entry_template import COLUMNS, entry_sheet
from trackers.exchange.import_figures import import_figures, read_figures
from trackers.model.period import Period
from trackers.queries.figures import kept_figures
from trackers.queries.plans import plan_by_id, region_tree

CITY, HAIZHOU = "210900", "210902"
HEADER_ROW = 5


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path) as store:
        yield store


def sheet(store, region: str = CITY, period: str = "2016", by=OPERATOR) -> bytes:
    tree = region_tree(store)
    return entry_sheet(plan_by_id(store, "sample-2013"), tree[region], Period.parse(period), tree, store, by=by)


def page_of(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content)).active


def rows_of(content: bytes) -> list[dict[str, str]]:
    rows = page_of(content).iter_rows(min_row=HEADER_ROW + 1, values_only=True)
    named = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    return [row for row in named if row["指标"]]


def filled(content: bytes, values: dict[tuple[str, str], dict[str, object]]) -> bytes:
    """The sheet as a person would fill it in: by region and indicator, heading → what is typed."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for row in book.active.iter_rows(min_row=HEADER_ROW + 1):
        typed = values.get((row[0].value, row[1].value), {})
        for heading, value in typed.items():
            cell = row[list(COLUMNS).index(heading)]
            cell.value = value
            cell.data_type = "s" if isinstance(value, str) else cell.data_type  # as in a cell of text format
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_county_gets_its_own_indicators_for_the_period(store):
    assert [(r["地区"], r["指标"], r["填报期"]) for r in rows_of(sheet(store, HAIZHOU))] == [
        ("海州区", "指标summed", "2016Q4"), ("海州区", "指标rate", "2016"), ("海州区", "指标mean", "2016Q4"),
    ]  # fmt: skip


def test_a_quarter_asks_for_quarterly_indicators_only(store):
    assert {r["指标"] for r in rows_of(sheet(store, HAIZHOU, "2016Q3"))} == {"指标summed", "指标mean"}


def test_one_sheet_serves_the_city_and_those_below_it(store):
    rows = rows_of(sheet(store))
    assert {r["地区"] for r in rows} == {"阜新市", "海州区", "新邱区", "彰武县"}
    assert {r["指标"] for r in rows if r["地区"] == "阜新市"} == {"指标own", "指标lost"}
    assert len(rows) == 2 + 3 * 3


def test_what_is_known_beforehand_is_filled_in(store):
    record(store, figure("own", CITY, "2016Q3", 35), figure("summed", HAIZHOU, "2015Q4", 3), ratio(HAIZHOU, "2015", 2, 3))
    rows = {(r["地区"], r["指标"]): r for r in rows_of(sheet(store))}
    assert rows["阜新市", "指标own"]["上期值"] == "35项"
    assert rows["海州区", "指标summed"]["上期值"] == "3项（2015Q4）"
    assert rows["海州区", "指标rate"]["上期值"] == "66.67%"
    assert [rows["阜新市", "指标own"][c] for c in ("单位", "目标值")] == ["项", "≥100项（2020年）"]
    assert rows["阜新市", "指标lost"]["目标值"] == "待核实（□0）"
    assert rows["海州区", "指标summed"]["目标值"] == "无区域分解目标"
    assert rows["海州区", "指标rate"]["目标值"] == "≥95%（2020年）"
    assert rows["新邱区", "指标mean"]["上期值"] == ""


def test_a_demonstration_figure_is_marked_as_one(store):
    record(store, figure("own", CITY, "2016Q3", 35), hand_in=HandIn(origin="demonstration", demo=True))
    assert rows_of(sheet(store))[0]["上期值"] == "35项（演示数据）"


def test_a_figure_that_waits_for_its_review_is_no_last_value(store):
    reporter = add_person(store, "haizhou", grant("reporter", HAIZHOU))
    record(store, figure("summed", HAIZHOU, "2015Q4", 3))
    wait(store, figure("summed", HAIZHOU, "2016Q3", 9), figure("summed", HAIZHOU, "2015Q4", 4), by=reporter)
    assert rows_of(sheet(store, HAIZHOU))[0]["上期值"] == "3项（2015Q4）"


def test_a_sheet_has_the_regions_for_which_the_person_enters_figures_and_no_other(store):
    record(store, figure("summed", "210903", "2015Q4", 3))
    reporter = add_person(store, "haizhou", grant("reporter", HAIZHOU), grant("reviewer", CITY))
    assert {row["地区"] for row in rows_of(sheet(store, CITY, by=reporter))} == {"海州区"}
    with pytest.raises(ForbiddenError):
        sheet(store, "210903", by=reporter)


def test_a_reason_in_the_sheet_goes_with_its_figure(store):
    content = filled(sheet(store), {("阜新市", "指标own"): {"填报值": "12", "理由": "口径调整"}})
    (taken,) = read_figures(store, content, plan_by_id(store, "sample-2013"), name="填报表.xlsx", by=OPERATOR).taken
    assert taken.figure.reason == "口径调整"


def test_a_region_or_period_without_anything_to_report_is_refused_with_who_reports(store):
    with pytest.raises(RefusedError, match="海州区在 2016-10 没有要填报的指标") as refused:
        sheet(store, HAIZHOU, "2016-10")
    assert "市级按季度填报 2 项、县级按季度填报 2 项、县级按年填报 1 项" in str(refused.value)
    with pytest.raises(RefusedError, match="没有要填报"):
        sheet(store, period="2024")


def test_a_filled_sheet_imports_as_what_was_typed(store):
    typed = {
        ("阜新市", "指标own"): {"填报值": "1，234", "备注": "=SUM(A1)", "佐证地址": "https://example.org/?a=1"},
        ("海州区", "指标rate"): {"分子": "95", "分母": 100},
        ("彰武县", "指标summed"): {"填报值": 12},
    }
    content = filled(sheet(store), typed)
    reading = read_figures(store, content, plan_by_id(store, "sample-2013"), name="填报表.xlsx", by=OPERATOR)
    assert (reading.faults, reading.empty) == ([], 8)
    assert [str(doubt) for doubt in reading.warnings] == ["第 6 行：1234项 是目标值 100项 的 10 倍以上"]
    import_figures(store, reading, by=OPERATOR, at=AT)
    kept = {(i, r): k for (i, r, _), k in kept_figures(store, "sample-2013").items()}
    assert kept["own", CITY][1:7] == (1234, None, None, "=SUM(A1)", "https://example.org/?a=1", 0)
    assert kept["rate", HAIZHOU][1:4] == (95, 95, 100)
    assert kept["summed", "210922"].value == 12 and len(kept) == 3


def test_a_sheet_sent_back_empty_has_nothing_but_empty_rows(store):
    reading = read_figures(store, sheet(store), plan_by_id(store, "sample-2013"), by=OPERATOR)
    assert (reading.taken, reading.faults, reading.empty) == ([], [], 11)


def test_cells_that_are_not_to_be_filled_are_grey_and_the_others_are_text(store):
    page = page_of(sheet(store, HAIZHOU))
    looks = {
        (page.cell(row, 2).value, page.cell(HEADER_ROW, column).value): page.cell(row, column)
        for row in range(6, 9) for column in range(7, 13)
    }  # fmt: skip
    grey = {place for place, cell in looks.items() if cell.fill.fgColor.rgb == "FFBFBFBF"}
    parts = {(name, part) for name in ("指标summed", "指标mean") for part in ("分子", "分母")}
    assert grey == parts | {("指标rate", "填报值")}
    assert {cell.number_format for cell in looks.values()} == {"@"}


def test_names_that_look_like_formulas_stay_text(tmp_path):
    plan = sample_plan(
        title="=cmd|'/c calc'!A1", number="@x",
        indicators=[indicator(f"i{n}", name=f"{sign}1+1") for n, sign in enumerate("=+-@")],
    )  # fmt: skip
    with new_store(tmp_path, plan) as store:
        cells = [cell for row in page_of(sheet(store)).iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {"=1+1", "+1+1", "-1+1", "@1+1"} <= {cell.value for cell in cells}


def test_two_indicators_of_one_name_are_told_apart_by_their_ids(tmp_path):
    plan = sample_plan(indicators=[indicator("a", name="同名"), indicator("b", name="同名", targets=[target(5)])])
    with new_store(tmp_path, plan) as store:
        assert [row["指标"] for row in rows_of(sheet(store))] == ["a", "b"]


def test_it_prints_one_landscape_page_wide_with_its_header_and_signatures(store):
    page = page_of(sheet(store))
    setup = page.page_setup
    assert (setup.orientation, int(setup.paperSize)) == ("landscape", 9)
    assert (setup.fitToWidth or 1, setup.fitToHeight, page.sheet_properties.pageSetUpPr.fitToPage) == (1, 0, True)
    assert page.freeze_panes == "C6" and page.print_title_rows == "$5:$5"
    last = [cell.value for cell in page["A"] if cell.value][-1]
    assert all(word in last for word in ("填报人", "审核人", "单位盖章", "日期"))
