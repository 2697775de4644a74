"""The page 填报 itself, on a copy of a database that may be written to."""

from __future__ import annotations

import io
import shutil
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from tests.files import PDF
from tests.people import add_person, grant
from tests.samples import AT, OPERATOR, figure
from tests.waiting import wait
from tests.windows import open_county
from trackers.actions.figures import HandIn, record_figures
from trackers.actions.review import give_back
from trackers.errors import StoreError
from trackers.exchange.entry_template import entry_sheet
from trackers.model.account import Actor, Grant
from trackers.model.period import Period
from trackers.queries.drafts import Sheet, draft_of
from trackers.queries.evidence import open_evidence
from trackers.queries.figures import revisions
from trackers.queries.plans import plan_by_id, region_tree
from trackers.store import open_store

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
PLAN, HAIZHOU, STANDARDS = "fuxin-2013", "210902", "county-standards"
REPORTER = Actor(login="haizhou")
PAPER = Sheet(PLAN, HAIZHOU, Period.parse("2019"))
GRID = "entry 阜新 海州区 2019年 0"
PLACE = {"plan": "阜新", "region-0": "海州区", "period": "2019年"}


@pytest.fixture
def own(tmp_path) -> Path:
    return tmp_path / "own.db"


@pytest.fixture
def page(own, enter):
    """The page on a copy of a database, for a reporter of one county (or with other grants); 2019 is open for them."""

    def opened(database: Path, *grants: Grant, closed: bool = False, **asked: str) -> AppTest:
        if not own.exists():
            shutil.copy(database, own)
            with open_store(own) as store:
                if not closed:
                    open_county(store, PLAN, "2019")
        enter(own, "haizhou", *(grants or (grant("reporter", HAIZHOU),)))
        app = AppTest.from_file(str(APP), default_timeout=60)
        for name, value in asked.items():
            app.query_params[name] = value
        app.run()
        return app.switch_page("views/entry.py").run()

    return opened


def seed(app: AppTest, edits: dict[int, dict[str, str]], key: str = GRID) -> None:
    """What the browser hands over with the next run."""
    app.session_state[key] = {"edited_rows": edits, "added_rows": [], "deleted_rows": []}


def type_in(app: AppTest, edits: dict[int, dict[str, str]], key: str = GRID) -> AppTest:
    seed(app, edits, key)
    return app.button(key="check-page").click().run()


def said(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.warning, *app.error, *app.info, *app.success]
    return "\n".join(str(part.value).replace("\\", "") for part in parts)


def draft(own: Path) -> dict[str, dict[str, str]]:
    with open_store(own) as store:
        return draft_of(store, PAPER, by=REPORTER).cells


def handed_in(own: Path):
    """The revisions of the first row's figure, the last first."""
    with open_store(own) as store:
        found = revisions(store, PLAN, STANDARDS, HAIZHOU, by=OPERATOR)
    return found[found["period"] == Period.parse("2019Q4").number].iloc[::-1]


def standing(own: Path, value: float, period: str = "2019Q4") -> None:
    """A figure of the first row that stands approved."""
    with open_store(own) as store:
        own_figure = figure(STANDARDS, HAIZHOU, period, value)
        record_figures(store, PLAN, [own_figure], HandIn(origin="import"), by=OPERATOR, at=AT)


def test_a_sheet_is_checked_mended_and_handed_in_for_review(page, real_database, own):
    app = page(real_database, **PLACE)
    assert not app.exception and "还没有填数" in said(app)
    type_in(app, {0: {"填报值": "３０"}, 1: {"填报值": "abc"}})
    assert "第 2 行" in app.error[0].value and "abc" in app.error[0].value
    assert app.button(key="submit-page").disabled
    type_in(app, {0: {"填报值": "３０"}, 1: {"分子": "95", "分母": "100"}})
    assert not app.error
    app.button(key="submit-page").click().run()
    assert not app.exception
    assert "已提交 2 个数（新增 2），待阜新市审核。" in app.success[0].value
    kept = handed_in(own).iloc[0]
    assert (kept["value"], kept["origin"], kept["by"], kept["approved_at"]) == (30, "page", "haizhou", None)
    assert draft(own) == {} and "还没有填数" in said(app)


def test_rows_without_fault_can_be_handed_in_alone_and_the_others_stay_in_the_draft(page, real_database, own):
    app = page(real_database, **PLACE)
    type_in(app, {0: {"填报值": "30"}, 1: {"填报值": "abc"}})
    app.checkbox(key="partly-page").check().run()
    app.button(key="submit-page").click().run()
    assert "已提交 1 个数" in app.success[0].value
    assert list(draft(own).values()) == [{"value": "abc"}]
    assert "读到“abc”" in said(app)


def test_what_was_not_shown_in_the_preview_is_not_handed_in(page, real_database):
    app = page(real_database, **PLACE)
    type_in(app, {0: {"填报值": "30"}})
    seed(app, {0: {"填报值": "31"}})
    app.button(key="submit-page").click().run()
    assert not app.success and "没有提交" in said(app)
    app.button(key="submit-page").click().run()
    assert "已提交 1 个数" in app.success[0].value


def test_a_draft_is_kept_as_it_was_typed_and_is_there_in_another_browser(page, real_database, own):
    app = page(real_database, **PLACE)
    seed(app, {0: {"填报值": "约３０", "备注": "年报"}, 1: {"分子": "9"}})
    app.run()
    assert draft(own)[STANDARDS] == {"value": "约３０", "note": "年报"}
    assert "草稿已保存" in said(app)
    other = page(real_database, **PLACE)
    assert "读到“约３０”" in said(other) and not other.exception


def test_two_windows_with_different_cells_keep_both(page, real_database, own):
    first, second = page(real_database, **PLACE), page(real_database, **PLACE)
    seed(first, {0: {"填报值": "30"}})
    first.run()
    seed(second, {0: {"备注": "年报"}})
    second.run()
    seed(first, {0: {"填报值": "31"}})
    first.run()
    assert draft(own)[STANDARDS] == {"value": "31", "note": "年报"}


def test_a_draft_that_cannot_be_kept_is_told_and_stays(page, real_database, monkeypatch):
    app = page(real_database, **PLACE)

    def refuse(*_, **__):
        raise StoreError("数据库正忙。")

    monkeypatch.setattr("dashboard.views._entry_autosave.keep_draft", refuse)
    seed(app, {0: {"填报值": "30"}})
    app.run()
    assert "草稿没有保存，请不要关闭本页。数据库正忙。" in said(app)


def test_what_was_typed_outlasts_another_page(page, real_database, own):
    app = page(real_database, **PLACE)
    type_in(app, {0: {"填报值": "３０", "备注": "年报"}})
    app.switch_page("views/plan.py").run()
    app.switch_page("views/entry.py").run()
    assert draft(own)[STANDARDS] == {"value": "３０", "note": "年报"}
    assert "新增 1" in said(app)


def test_what_was_typed_outlasts_another_region_without_a_check(page, real_database):
    app = page(real_database, grant("reporter", "210900", below=True), **PLACE)
    seed(app, {0: {"填报值": "30"}})
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


def test_what_was_handed_in_is_told_though_the_draft_cannot_be_put_away(page, real_database, own, monkeypatch):
    app = page(real_database, **PLACE)
    type_in(app, {0: {"填报值": "30"}})

    def refuse(*_: object, **__: object) -> None:
        raise StoreError("磁盘已满。")

    monkeypatch.setattr("dashboard.views._entry_changes.keep_draft", refuse)
    app.button(key="submit-page").click().run()
    assert "已提交 1 个数" in app.success[0].value and "磁盘已满。" in said(app)
    assert len(handed_in(own)) == 1


def test_in_a_demonstration_database_entries_are_demonstrations(page, demo_database, own):
    app = page(demo_database, **PLACE)
    assert any("演示库" in each.value for each in app.info)
    type_in(app, {0: {"填报值": "30", "理由": "演示"}})
    app.button(key="submit-page").click().run()
    assert "记作演示数据" in app.success[0].value
    assert set(handed_in(own)["demo"]) == {1}


def test_a_correction_needs_a_reason_before_it_can_be_handed_in(page, real_database, own):
    app = page(real_database, **PLACE)
    standing(own, 28)
    type_in(app, {0: {"填报值": "30"}})
    assert "要更正已审核的 28项" in said(app) and "更正 1" in said(app)
    assert app.button(key="submit-page").disabled and "还有 1 行没有写理由" in said(app)
    app.text_area(key="reason-page").input("录入有误").run()
    assert not app.button(key="submit-page").disabled
    app.button(key="submit-page").click().run()
    assert "（更正 1），待阜新市审核" in app.success[0].value
    assert handed_in(own)["value"].tolist() == [30, 28]


def test_a_reason_in_the_row_is_enough(page, real_database, own):
    app = page(real_database, **PLACE)
    standing(own, 28, "2018Q4")
    type_in(app, {0: {"填报值": "1200"}})
    assert "1200项 与 2018Q4 的 28项 相比变动超过" in said(app) and app.button(key="submit-page").disabled
    type_in(app, {0: {"填报值": "1200", "理由": "口径调整"}})
    app.button(key="submit-page").click().run()
    assert "已提交 1 个数" in app.success[0].value


def test_a_closed_sheet_says_why_and_cannot_be_filled_in(page, real_database):
    app = page(real_database, closed=True, **PLACE)
    assert "截止" in said(app) and "阜新市的审核员" in said(app)
    assert not [each for each in app.button if each.key == "check-page"]


def test_what_was_given_back_is_mended_though_the_period_is_closed(page, real_database, own):
    page(real_database, closed=True, **PLACE)
    with open_store(own) as store:
        reviewer = add_person(store, "reviewer", grant("reviewer", "210900"))
        keys = wait(store, figure(STANDARDS, HAIZHOU, "2019Q4", 30), by=REPORTER, plan=PLAN)
        give_back(store, keys, comment="请附 **依据**", by=reviewer, at=datetime.now(UTC))
    app = page(real_database, closed=True, **PLACE)
    assert "请附 **依据**" in said(app) and "截止" in said(app)
    type_in(app, {0: {"填报值": "31"}})
    assert "修改 1" in said(app)
    app.button(key="submit-page").click().run()
    assert "已提交 1 个数（修改 1）" in app.success[0].value
    assert handed_in(own)["value"].tolist() == [31, 30]


def test_another_regions_sheet_is_not_shown_for_a_changed_address(page, real_database):
    app = page(real_database, **PLACE | {"region-0": "彰武县"})
    assert "没有打开“彰武县”的填报表" in said(app)
    assert app.selectbox(key="region-0").options == ["海州区"]


def test_a_plan_in_which_a_person_reports_nothing_says_so(page, real_database):
    app = page(real_database, plan="辽宁")
    assert not app.exception and "没有由您填报的地区" in said(app)


def test_a_county_is_chosen_among_those_the_person_reports_for(page, real_database):
    app = page(real_database, grant("reporter", HAIZHOU), grant("reporter", "210922"), **PLACE)
    assert app.selectbox(key="region-0").options == ["海州区", "彰武县"]


def evidence(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    (row,) = [each for each in app.selectbox if each.label == "佐证的指标"]
    row.select(STANDARDS).run()
    place = next(each for each in app.file_uploader if "PDF" in each.label)
    for name, content in files:
        place.upload(name, content)
    return app.run()


def test_evidence_is_kept_with_the_draft_and_handed_in_with_its_figure(page, real_database, own):
    app = page(real_database, **PLACE)
    evidence(app, ("年报.pdf", PDF))
    assert not app.exception and "佐证材料（1 个文件）" in [each.label for each in app.expander]
    type_in(app, {0: {"填报值": "30"}})
    app.button(key="submit-page").click().run()
    with open_store(own) as store:
        row = store.connection.execute("SELECT digest, name FROM report_file").fetchone()
        reviewer = add_person(store, "reviewer", grant("reviewer", "210900"))
        assert open_evidence(store, row[0], by=reviewer) == (PDF, "pdf") and row[1] == "年报.pdf"
    assert draft(own) == {}


def test_evidence_of_another_kind_is_refused_with_the_reason_and_can_be_taken_away_again(page, real_database, own):
    app = page(real_database, **PLACE)
    evidence(app, ("年报.pdf", b"MZ" + b"\0" * 300))
    assert "年报.pdf：从内容看不是可以作佐证的文件" in said(app) and draft(own) == {}
    evidence(app, ("年报.pdf", PDF))
    (button,) = [each for each in app.button if each.label == "移除"]
    button.click().run()
    assert draft(own) == {} and not [each for each in app.button if each.label == "移除"]


def template(database: Path, value: object, reason: str = "") -> bytes:
    with open_store(database) as store:
        plan, regions = plan_by_id(store, PLAN), region_tree(store)
        content = entry_sheet(plan, regions[HAIZHOU], Period.parse("2019"), regions, store, by=OPERATOR)
    book = openpyxl.load_workbook(io.BytesIO(content))
    headings = [cell.value for cell in book.active[5]]
    book.active.cell(6, headings.index("填报值") + 1).value = value
    book.active.cell(6, headings.index("理由") + 1).value = reason
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def upload(app: AppTest, name: str, content: bytes) -> AppTest:
    next(each for each in app.file_uploader if ".xlsx 或 .csv" in each.label).upload(name, content)
    return app.run()


def test_a_filled_template_is_previewed_and_handed_in_with_its_name(page, real_database, own):
    app = page(real_database, **PLACE)
    upload(app, "填好.xlsx", template(real_database, "1,200", "口径调整"))
    assert "新增 1" in said(app)
    app.button(key="submit-import").click().run()
    assert "填好" in app.success[0].value and not app.exception
    kept = handed_in(own).iloc[0]
    assert (kept["value"], kept["origin"], kept["file"], kept["approved_at"]) == (1200, "import", "填好.xlsx", None)


def test_a_correction_in_a_template_is_explained_on_the_page(page, real_database, own):
    app = page(real_database, **PLACE)
    standing(own, 28)
    upload(app, "填好.xlsx", template(real_database, "30"))
    assert "更正 1" in said(app) and app.button(key="submit-import").disabled
    app.text_area(key="reason-import").input("录入有误").run()
    app.button(key="submit-import").click().run()
    assert "（更正 1）" in app.success[0].value


def test_a_template_for_a_closed_period_is_refused_row_by_row(page, real_database):
    app = page(real_database, closed=True, **PLACE)
    upload(app, "填好.xlsx", template(real_database, "30"))
    assert "第 6 行“填报期”：读到“2019Q4”，应为开放中的填报期" in said(app)
    assert app.button(key="submit-import").disabled


def test_a_template_of_another_region_is_refused(page, real_database):
    app = page(real_database, grant("reporter", "210922"), **PLACE | {"region-0": "彰武县"})
    upload(app, "填好.xlsx", template(real_database, "30"))
    assert "您负责填报的地区" in said(app) and app.button(key="submit-import").disabled


def test_a_file_that_cannot_be_read_says_why(page, real_database):
    app = upload(page(real_database, **PLACE), "坏.xlsx", b"not a workbook")
    assert not app.exception
    assert "另存为" in app.error[0].value


def test_faults_of_a_file_are_named_by_row_and_column(page, real_database):
    app = upload(page(real_database, **PLACE), "错.xlsx", template(real_database, "约100"))
    assert "第 6 行“填报值”：读到“约100”" in app.error[0].value
    assert app.button(key="submit-import").disabled


ALL = grant("reporter", "100000", below=True)


def test_a_plan_without_indicators_leads_on(page, real_database):
    app = page(real_database, ALL, plan="阜阳")
    assert not app.exception and "没有可以计数的指标" in said(app)


@pytest.mark.parametrize("plan", ["辽宁", "阜新", "内蒙古", "国家2013—2020年", "长三角2025年（报道）"])
def test_every_plan_with_indicators_opens_on_a_sheet(page, real_database, plan):
    app = page(real_database, ALL, plan=plan)
    assert not app.exception and not app.error
    assert "还没有填数" in said(app) or "截止" in said(app)
