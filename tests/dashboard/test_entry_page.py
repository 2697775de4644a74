from __future__ import annotations

import io
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.viewmodels import entry
from tests.samples import AT, OPERATOR, figure, indicator, new_store, ratio, record, sample_plan, tree
from trackers.errors import RefusedError, StoreError
from trackers.exchange.entry_template import entry_lines, entry_sheet
from trackers.exchange.import_figures import import_figures, read_rows
from trackers.model.period import Period
from trackers.model.plan import Plan
from trackers.queries.figures import kept_figures, revisions
from trackers.queries.plans import plan_by_id, region_tree
from trackers.store import open_store

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
CITY, COUNTY = tree()["210900"], tree()["210902"]


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path) as store:
        yield store


def lines(store, region=COUNTY, period="2016", plan: Plan | None = None):
    plan = plan or sample_plan()
    return entry_lines(plan, region, Period.parse(period), tree(), kept_figures(store, plan.id), below=False)


def reading(store, typed: entry.Typed, region=COUNTY, period="2016"):
    rows = entry.rows_of(lines(store, region, period), typed)
    return read_rows(store, rows, sample_plan(), name="样例", on=date(2024, 6, 1), by=OPERATOR)


def labels(found) -> list[str]:
    return [entry.period_label(period) for period in found]


def test_regions_are_chosen_down_to_the_level_that_reports():
    assert [region.name for region in entry.regions_below(sample_plan(), tree(), "210900", date(2016, 1, 1))] == [
        "海州区", "新邱区", "彰武县",
    ]  # fmt: skip
    city_only = sample_plan(indicators=[indicator("own")])
    assert entry.regions_below(city_only, tree(), "210900", date(2016, 1, 1)) == []
    assert entry.regions_below(sample_plan(indicators=[]), tree(), "210900", date(2016, 1, 1)) == []


def test_a_plan_above_leads_through_levels_that_report_nothing():
    plan = sample_plan(region="210000", indicators=[indicator("c", level="county")])
    assert [region.name for region in entry.regions_below(plan, tree(), "210000", date(2016, 1, 1))] == ["阜新市"]
    assert not entry.reports(plan, CITY) and entry.reports(plan, COUNTY)


def test_a_year_stands_for_its_last_quarter():
    found = labels(entry.periods(sample_plan(end=2014, milestones=[2014]), COUNTY, date(2014, 12, 31)))
    assert found[:5] == ["2014年", "2014年第三季度", "2014年第二季度", "2014年第一季度", "2013年"]
    assert len(found) == 8


def test_a_rate_that_belongs_to_the_quarter_keeps_the_quarter_beside_the_year():
    quarterly = indicator("q", measure="rate", unit="%", level="county", frequency="quarter", aggregation="mean")
    yearly = indicator("y", measure="rate", unit="%", level="county", frequency="year", aggregation="mean")
    found = labels(entry.periods(sample_plan(indicators=[quarterly, yearly]), COUNTY, date(2013, 12, 31)))
    assert found[:3] == ["2013年", "2013年第四季度", "2013年第三季度"]


@pytest.mark.parametrize(
    ("today", "newest"), [("2016-09-29", "2016年第二季度"), ("2016-09-30", "2016年第三季度"), ("2024-06-01", "2020年")]
)
def test_only_finished_periods_of_the_plan_are_offered(today, newest):
    assert labels(entry.periods(sample_plan(), COUNTY, date.fromisoformat(today)))[0] == newest


@pytest.mark.parametrize(
    ("day", "chosen"), [("2020-12-31", "2020年"), ("2020-12-30", "2020年第三季度"), ("2012-12-31", "2013年第一季度")]
)
def test_the_last_finished_period_is_chosen(day, chosen):
    found = entry.periods(sample_plan(), COUNTY, date(2024, 6, 1))
    assert labels(found)[entry.last_finished(found, date.fromisoformat(day))] == chosen


@pytest.mark.parametrize(
    ("text", "label"),
    [("2019H1", "2019年上半年"), ("2019H2", "2019年下半年"), ("2019-09", "2019年9月"), ("2019-09-03", "2019年9月3日")],
)
def test_periods_are_named_in_words(text, label):
    assert entry.period_label(Period.parse(text)) == label


def test_the_sheet_has_a_row_an_indicator_with_target_last_value_and_what_is_kept(store):
    record(store, figure("summed", "210902", "2015Q4", 3), figure("summed", "210902", "2016Q4", 5))
    record(store, ratio("210902", "2016", 19, 20))
    frame = entry.sheet(lines(store), kept_figures(store, "sample-2013"), {})
    assert list(frame["指标"]) == ["指标summed", "指标rate", "指标mean"]
    assert list(frame["单位"]) == ["项", "%，填分子、分母", "项"]
    assert list(frame["本期已报"]) == ["5项", "19/20（95%）", ""]
    assert list(frame["上期值"]) == ["3项（2015Q4）", "", ""]
    assert list(frame["填报期"]) == ["2016Q4", "2016", "2016Q4"]
    assert list(frame.index) == [1, 2, 3]
    assert set(frame["填报值"]) == {""}


def test_every_column_of_the_sheet_is_text(store):
    frame = entry.sheet(lines(store), {}, {"summed": {"value": "８"}})
    assert all(isinstance(cell, str) for cell in frame.to_numpy().ravel())
    assert frame.loc[1, "填报值"] == "８"


def test_edits_change_what_was_typed_before_and_clear_it(store):
    typed = {"summed": {"value": "1", "note": "旧"}, "rate": {"numerator": "9"}}
    edits = {0: {"填报值": " 2 "}, 1: {"分子": None}, 2: {"备注": "新"}}
    assert entry.with_edits(typed, lines(store), edits) == {"summed": {"value": " 2 ", "note": "旧"}, "mean": {"note": "新"}}
    assert typed["summed"]["value"] == "1"


def test_what_is_typed_is_read_as_a_file_would_be(store):
    found = reading(store, {"summed": {"value": "１，０００"}, "rate": {"numerator": "95", "denominator": "100"}})
    assert [(each.row, each.figure.value, str(each.figure.period)) for each in found.taken] == [
        (1, 1000, "2016Q4"), (2, 95, "2016"),
    ]  # fmt: skip
    assert (found.faults, found.empty, found.digest) == ([], 1, "")


@pytest.mark.parametrize("text", ["abc", "-5", "12.5", "约100", "1,23", "95%", "1e3"])
def test_nothing_typed_is_bent_into_a_figure(store, text):
    found = reading(store, {"summed": {"value": text}})
    assert not found.taken
    (sentence,) = entry.fault_texts(found, ["指标summed"])
    assert sentence.startswith(f"第 1 行（指标summed）“填报值”：读到“{text}”，应为")


def test_every_digit_typed_is_shown_before_it_is_written(store):
    found = reading(store, {"mean": {"value": "1.5"}, "summed": {"value": "120万"}})
    assert entry.preview(found, tree()).query("结果 == '新增'")["写入"].tolist() == ["1200000项"]
    assert entry.exact(12.345678901) == "12.345678901"
    assert (entry.exact(1e15), entry.exact(0.0), entry.exact(0.00001)) == ("1000000000000000", "0", "0.00001")


def test_the_columns_to_fill_in_come_before_those_to_look_at(store):
    columns = list(entry.sheet(lines(store), {}, {}).columns)
    assert columns[1:7] == ["填报值", "分子", "分母", "单位", "备注", "佐证地址"]


def test_the_check_names_every_refused_cell_and_what_a_row_would_change(store):
    record(store, figure("summed", "210902", "2016Q4", 5))
    found = reading(store, {"summed": {"value": "6"}, "rate": {"value": "95"}, "mean": {"value": "x", "denominator": "y"}})
    table = entry.preview(found, tree()).set_index("行")
    assert table.loc[1, ["结果", "写入", "原有"]].tolist() == ["更正", "6项", "5项"]
    assert table.loc[2, "说明"].startswith("不写入：“分子”：没有填，应为分子和分母都要填")
    assert "“填报值”：读到“x”" in table.loc[3, "说明"] and "“分母”：读到“y”" in table.loc[3, "说明"]
    assert str(entry.summary(found)) == "新增 0、更正 1、相同 0、有误 2、未填 0（行）"


def test_the_preview_lists_wrong_rows_first_with_the_reason(store):
    table = entry.preview(reading(store, {"summed": {"value": "6"}, "mean": {"value": "x"}}), tree())
    assert table["结果"].tolist() == ["有误", "新增"]
    assert "读到“x”" in table["说明"][0]
    assert table.loc[1, ["行", "地区", "写入", "原有"]].tolist() == [1, "海州区", "6项", ""]


def test_a_note_without_a_figure_is_not_dropped_in_silence(store):
    assert "只写了备注" in str(reading(store, {"summed": {"note": "年报"}}).warnings[0])


def test_the_fingerprint_changes_with_what_is_typed_and_with_what_is_kept(store):
    first = entry.fingerprint(reading(store, {"summed": {"value": "6"}}))
    assert first == entry.fingerprint(reading(store, {"summed": {"value": "6"}}))
    assert first != entry.fingerprint(reading(store, {"summed": {"value": "7"}}))
    assert first != entry.fingerprint(reading(store, {"summed": {"value": "6"}, "mean": {"value": "x"}}))
    record(store, figure("summed", "210902", "2016Q4", 5))
    assert first != entry.fingerprint(reading(store, {"summed": {"value": "6"}}))


def test_figures_typed_on_the_page_are_recorded_without_a_file(store):
    found = reading(store, {"summed": {"value": "6"}})
    done = import_figures(store, found, by=OPERATOR, at=AT, origin="page")
    row = revisions(store, "sample-2013", "summed", "210902", by=OPERATOR).iloc[0]
    assert (row["origin"], row["by"], row["demo"], row["reviewed"]) == ("page", "local", 0, 0)
    assert row["file"] is None
    assert entry.written(found, done) == "样例：已写入 1 个数（新增 1、更正 0），标记为“未经复核”。"
    again = reading(store, {"summed": {"value": "6"}})
    assert "没有写入新的数" in entry.written(again, import_figures(store, again, by=OPERATOR, at=AT, origin="page"))


def test_a_region_that_reports_nothing_is_told_which_level_does(store):
    with pytest.raises(RefusedError, match="辽宁省在 2016 没有要填报的指标.*市级按季度填报"):
        lines(store, tree()["210000"])


# The page itself, on a copy of a database that may be written to.


@pytest.fixture
def page(tmp_path, monkeypatch):
    def opened(database: Path, **asked: str) -> AppTest:
        own = tmp_path / "own.db"
        if not own.exists():
            shutil.copy(database, own)
        monkeypatch.setenv("TRACKERS_DB", str(own))
        app = AppTest.from_file(str(APP), default_timeout=60)
        for name, value in asked.items():
            app.query_params[name] = value
        app.run()
        return app.switch_page("views/entry.py").run()

    return opened


SHEET = "entry 阜新 海州区 2019年 0"
PLACE = {"plan": "阜新", "region-0": "海州区", "period": "2019年"}


def type_in(app: AppTest, edits: dict[int, dict[str, str]], key: str = SHEET) -> AppTest:
    app.session_state[key] = {"edited_rows": edits, "added_rows": [], "deleted_rows": []}
    return app.button(key="check-page").click().run()


def said(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.warning, *app.error, *app.info, *app.success]
    return "\n".join(str(part.value).replace("\\", "") for part in parts)


def test_a_sheet_is_checked_mended_and_handed_in(page, real_database, tmp_path):
    app = page(real_database, **PLACE)
    assert not app.exception and "还没有填数" in said(app)
    type_in(app, {0: {"填报值": "３０"}, 1: {"填报值": "abc"}})
    assert "第 2 行" in app.error[0].value and "abc" in app.error[0].value
    assert app.button(key="submit-page").disabled
    type_in(app, {0: {"填报值": "３０"}, 1: {"分子": "95", "分母": "100"}})
    assert not app.error
    app.button(key="submit-page").click().run()
    assert not app.exception
    assert "已写入 2 个数" in app.success[0].value and "未经复核" in app.success[0].value
    with open_store(tmp_path / "own.db") as store:
        kept = revisions(store, "fuxin-2013", "county-standards", "210902", by=OPERATOR).iloc[0]
    assert (kept["value"], kept["origin"]) == (30, "page")
    assert app.session_state["entry-drafts"] == {"阜新 海州区 2019年": {}}


def test_rows_without_fault_can_be_taken_alone_once_the_faults_were_shown(page, real_database):
    app = page(real_database, **PLACE)
    type_in(app, {0: {"填报值": "30"}, 1: {"填报值": "abc"}})
    app.checkbox(key="partly-page").check().run()
    app.button(key="submit-page").click().run()
    assert "已写入 1 个数" in app.success[0].value


def test_what_was_not_shown_in_the_preview_is_not_written(page, real_database, tmp_path):
    app = page(real_database, **PLACE)
    type_in(app, {0: {"填报值": "30"}})
    app.session_state[SHEET] = {"edited_rows": {0: {"填报值": "31"}}, "added_rows": [], "deleted_rows": []}
    app.button(key="submit-page").click().run()
    assert not app.success and "没有提交" in said(app)
    app.button(key="submit-page").click().run()
    assert "已写入 1 个数" in app.success[0].value


def test_what_was_typed_outlasts_another_page(page, real_database):
    app = page(real_database, **PLACE)
    type_in(app, {0: {"填报值": "３０", "备注": "年报"}})
    app.switch_page("views/plan.py").run()
    app.switch_page("views/entry.py").run()
    assert app.session_state["entry-drafts"]["阜新 海州区 2019年"] == {"county-standards": {"value": "３０", "note": "年报"}}
    assert "新增 1" in said(app)


def test_what_was_typed_outlasts_another_region_without_a_check(page, real_database):
    app = page(real_database, **PLACE)
    app.session_state[SHEET] = {"edited_rows": {0: {"填报值": "30"}}, "added_rows": [], "deleted_rows": []}
    app.selectbox(key="region-0").select("彰武县").run()
    assert "还没有填数" in said(app) and "还有填了没有提交的：阜新 海州区 2019年" in said(app)
    app.selectbox(key="region-0").select("海州区").run()
    assert "新增 1" in said(app)


def test_what_was_typed_outlasts_a_store_that_refuses(page, real_database, monkeypatch):
    app = page(real_database, **PLACE)
    type_in(app, {0: {"填报值": "30"}})

    def refuse(*_, **__):
        raise StoreError("数据库正忙，没有写入。")

    monkeypatch.setattr("dashboard.views._entry_done.import_figures", refuse)
    app.button(key="submit-page").click().run()
    assert "数据库正忙" in app.error[0].value.replace("\\", "")
    assert not app.success and "新增 1" in said(app)


def test_in_a_demonstration_database_entries_are_demonstrations(page, demo_database, tmp_path):
    app = page(demo_database, **PLACE)
    assert any("演示库" in each.value for each in app.info)
    type_in(app, {0: {"填报值": "30"}})
    app.button(key="submit-page").click().run()
    assert "演示数据、未经复核" in app.success[0].value
    with open_store(tmp_path / "own.db") as store:
        assert set(revisions(store, "fuxin-2013", "county-standards", "210902", by=OPERATOR)["demo"]) == {1}


def template(database: Path, value: object) -> bytes:
    with open_store(database) as store:
        plan, regions = plan_by_id(store, "fuxin-2013"), region_tree(store)
        content = entry_sheet(plan, regions["210902"], Period.parse("2019"), regions, store)
    book = openpyxl.load_workbook(io.BytesIO(content))
    headings = [cell.value for cell in book.active[5]]
    book.active.cell(6, headings.index("填报值") + 1).value = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_filled_template_is_previewed_and_recorded_with_its_name(page, real_database, tmp_path):
    app = page(real_database, **PLACE)
    app.file_uploader[0].upload("填好.xlsx", template(real_database, "1,200")).run()
    assert "新增 1" in said(app)
    app.button(key="submit-import").click().run()
    assert "填好" in app.success[0].value and not app.exception
    with open_store(tmp_path / "own.db") as store:
        kept = revisions(store, "fuxin-2013", "county-standards", "210902", by=OPERATOR).iloc[0]
    assert (kept["value"], kept["origin"], kept["file"]) == (1200, "import", "填好.xlsx")


def test_a_file_that_cannot_be_read_says_why(page, real_database):
    app = page(real_database, **PLACE)
    app.file_uploader[0].upload("坏.xlsx", b"not a workbook").run()
    assert not app.exception
    assert "另存为" in app.error[0].value


def test_faults_of_a_file_are_named_by_row_and_column(page, real_database):
    app = page(real_database, **PLACE)
    app.file_uploader[0].upload("错.xlsx", template(real_database, "约100")).run()
    assert "第 6 行“填报值”：读到“约100”" in app.error[0].value
    assert app.button(key="submit-import").disabled


def test_a_plan_without_indicators_leads_on(page, real_database):
    app = page(real_database, plan="阜阳")
    assert not app.exception and "没有可以计数的指标" in said(app)


@pytest.mark.parametrize("plan", ["辽宁", "阜新", "内蒙古", "国家2013—2020年", "长三角2025年（报道）"])
def test_every_plan_with_indicators_opens_on_a_sheet(page, real_database, plan):
    app = page(real_database, plan=plan)
    assert not app.exception and not app.error
    assert "还没有填数" in said(app)
