from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest

from tests.browser.conftest import NARROW, WIDE, Opened
from tests.files import PDF
from tests.people import grant
from tests.samples import AT, OPERATOR, figure
from tests.windows import open_level
from trackers.actions.figures import HandIn, record_figures
from trackers.model.account import Actor
from trackers.model.period import Period
from trackers.queries.drafts import Sheet, draft_of
from trackers.store import open_store

SHEET = "entry?plan=阜新&region-0=海州区&period=2019年"
STANDARDS = "县级社会公用计量标准平均数"
FIRST_VALUE = {"x": 290, "y": 57}  # the first row's 填报值, behind the row number and the pinned name
REPORTER = {"who": "haizhou", "grants": (grant("reporter", "210902"),)}
CITY = {"who": "city", "grants": (grant("reporter", "210900", below=True),)}


def copied(database: Path, folder: Path) -> Path:
    """A database that a test may write to, in which the counties and the city may hand in for 2019 and 2020."""
    own = Path(shutil.copy(database, folder / "own.db"))
    with open_store(own) as store:
        for level in ("county", "city"):
            open_level(store, "fuxin-2013", level, "2019", "2020")
    return own


@pytest.fixture
def own_database(real_database: Path, tmp_path: Path) -> Path:
    return copied(real_database, tmp_path)


@pytest.fixture
def own_unfilled(unfilled_database: Path, tmp_path: Path) -> Path:
    return copied(unfilled_database, tmp_path)


def type_in(opened: Opened, *texts: str) -> None:
    """Type into the cells from the selected one downwards, as on a keyboard with an input method."""
    for text in texts:
        opened.page.keyboard.press("Enter")
        opened.page.wait_for_selector(".gdg-input")
        opened.page.keyboard.insert_text(text)
        opened.page.wait_for_timeout(100)
        opened.page.keyboard.press("Enter")
        opened.page.wait_for_selector(".gdg-input", state="detached")


def begin(opened: Opened, text: str, delay: int = 30) -> None:
    """Type over the selected cell. The first key opens its editor, which on a busy machine is there a little later."""
    opened.page.keyboard.type(text[0])
    opened.page.wait_for_selector(".gdg-input")
    opened.page.keyboard.type(text[1:], delay=delay)


def check(opened: Opened) -> None:
    opened.page.get_by_role("button", name="检查填写内容").click()
    opened.settle()


def preview(opened: Opened, column: int, rows: int = 1) -> list[str]:
    """A column of the preview, with at least so many rows: 0 the row's number, 1 the outcome, 3 what would be written."""
    opened.page.get_by_text("提交前预览").wait_for()
    opened.settle()
    table = opened.page.get_by_test_id("stDataFrame").filter(has_text="结果")
    table.locator("canvas").first.scroll_into_view_if_needed()
    table.get_by_test_id(f"glide-cell-{column}-{rows - 1}").wait_for(state="attached")
    return table.locator(f'[data-testid^="glide-cell-{column}-"]').all_text_contents()


def select_first_value(opened: Opened) -> None:
    opened.page.get_by_test_id("data-grid-canvas").first.wait_for(state="attached")
    opened.page.wait_for_timeout(500)  # until it has its size
    opened.page.get_by_test_id("data-grid-canvas").first.click(force=True, position=FIRST_VALUE)
    opened.page.wait_for_timeout(200)


def select_again(opened: Opened) -> None:
    """Once the grid was left, the first click may only bring the focus back; a second one may open the cell."""
    for _ in range(2):
        select_first_value(opened)
    if opened.page.locator(".gdg-input").count():
        opened.page.keyboard.press("Escape")
        opened.page.wait_for_selector(".gdg-input", state="detached")


def cell(opened: Opened, column: int, row: int) -> str:
    grid = opened.page.get_by_test_id("stDataFrame").filter(has_text="本期已报")
    return grid.get_by_test_id(f"glide-cell-{column}-{row}").text_content() or ""


def hand_in(opened: Opened, button: str) -> None:
    opened.page.get_by_role("button", name=button).click()
    opened.page.get_by_text("已提交").wait_for()
    opened.settle()


def draft(database: Path, who: str) -> list[dict[str, str]]:
    """What the person's draft for 海州区 in 2019 holds, row by row."""
    with open_store(database) as store:
        sheet = Sheet("fuxin-2013", "210902", Period.parse("2019"))
        return list(draft_of(store, sheet, by=Actor(login=who)).cells.values())


def test_a_bad_cell_is_refused_mended_and_the_figure_waits_for_its_review(
    visit: Callable[..., Opened], own_database: Path
) -> None:
    opened = visit(own_database, SHEET, **REPORTER)
    select_first_value(opened)
    type_in(opened, "３１", "约９０", "95")
    assert "提交前预览" not in opened.text  # nothing runs while one types
    check(opened)
    opened.page.get_by_text("第 3 行").wait_for()
    assert f"第 1 行（{STANDARDS}）" not in opened.text
    assert "“填报值”：读到“约９０”" in opened.text and "分子和分母都要填" in opened.text
    assert cell(opened, 2, 1) == "约９０"  # what was typed stays to be mended
    assert opened.page.get_by_role("button", name="提交", exact=True).is_disabled()
    select_again(opened)
    for _ in range(2):  # clear the two cells that were refused
        opened.page.keyboard.press("ArrowDown")
        opened.page.keyboard.press("Delete")
    check(opened)
    opened.page.get_by_text("这些格子不能收").wait_for(state="detached")
    hand_in(opened, "提交 1 行")
    assert "新增 1" in opened.text and "待阜新市审核" in opened.text
    assert cell(opened, 2, 0) == "" and cell(opened, 11, 0) == "31项（待审核）"
    opened.sound()


def test_seven_figures_typed_quickly_are_all_there(visit: Callable[..., Opened], own_unfilled: Path) -> None:
    opened = visit(own_unfilled, "entry?plan=阜新", **CITY)
    select_first_value(opened)
    for text in ("81", "241", "2", "5", "31", "18%", "41"):
        begin(opened, text)
        opened.page.keyboard.press("Enter")
        opened.page.wait_for_timeout(100)
    check(opened)
    assert preview(opened, 1, 7) == ["新增"] * 7
    assert preview(opened, 3, 7) == ["81项", "241项", "2项", "5项", "31项", "18%", "41%"]


def test_no_cell_typed_fast_is_lost_to_the_drafts_that_are_kept(
    visit: Callable[..., Opened], own_database: Path
) -> None:
    """A column at a time, as from paper, with the pauses in which the draft is kept."""
    opened = visit(own_database, SHEET, **REPORTER)
    opened.page.wait_for_timeout(1500)  # nobody types sooner
    select_first_value(opened)
    columns = ("value", "numerator", "denominator")
    for column in range(len(columns)):
        for row in range(8):
            begin(opened, f"1{column}0{row}", delay=50)
            opened.page.keyboard.press("Enter")
            opened.page.wait_for_timeout(50)
        opened.page.keyboard.press("ArrowRight")
        for _ in range(8):
            opened.page.keyboard.press("ArrowUp")
        opened.page.wait_for_timeout(2500)
        kept = draft(own_database, "haizhou")
        assert kept == [{name: f"1{at}0{row}" for at, name in enumerate(columns[: column + 1])} for row in range(8)]


def test_a_draft_is_there_after_the_browser_was_closed(visit: Callable[..., Opened], own_database: Path) -> None:
    opened = visit(own_database, SHEET, **REPORTER)
    select_first_value(opened)
    type_in(opened, "约３１")
    opened.page.get_by_text("草稿已保存").wait_for()
    opened.page.context.close()
    again = visit(own_database, SHEET, **REPORTER)
    assert cell(again, 2, 0) == "约３１"
    again.page.get_by_text("这些格子不能收").wait_for()
    other = visit(own_database, SHEET, **CITY)
    assert cell(other, 2, 0) == ""  # a draft is its writer's own


def test_a_cell_still_open_is_checked_too_and_what_was_not_shown_is_not_handed_in(
    visit: Callable[..., Opened], own_database: Path
) -> None:
    opened = visit(own_database, SHEET, **REPORTER)
    select_first_value(opened)
    begin(opened, "31")
    check(opened)
    assert preview(opened, 3) == ["31项"]
    select_first_value(opened)
    begin(opened, "32")
    opened.page.get_by_role("button", name="提交 1 行").click()
    opened.page.get_by_text("没有提交。").wait_for()
    assert preview(opened, 3) == ["32项"]


def test_cells_copied_in_a_spreadsheet_are_pasted_over_several_rows_and_columns(
    visit: Callable[..., Opened], own_database: Path
) -> None:
    opened = visit(own_database, SHEET, **REPORTER)
    opened.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.page.evaluate("navigator.clipboard.writeText('31\\t\\t\\n\\t95\\t100\\n约９０\\t\\t')")
    select_again(opened)
    opened.page.keyboard.press("Control+v")
    opened.page.get_by_text("草稿已保存").wait_for()
    assert draft(own_database, "haizhou") == [
        {"value": "31"}, {"numerator": "95", "denominator": "100"}, {"value": "约９０"},
    ]  # fmt: skip


def test_what_was_typed_without_a_check_outlasts_another_region(
    visit: Callable[..., Opened], own_unfilled: Path
) -> None:
    opened = visit(own_unfilled, SHEET, **CITY)
    select_first_value(opened)
    begin(opened, "31\n")
    for region, shown in (("彰武县", "还没有填数"), ("海州区", "提交前预览")):
        opened.page.get_by_role("combobox", name="填报地区").click()
        opened.page.get_by_role("option", name=region).click()
        opened.page.get_by_text(shown).wait_for()
    opened.settle()
    assert cell(opened, 2, 0) == "31"


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_every_column_to_fill_in_is_in_sight_and_the_page_fits(
    visit: Callable[..., Opened], own_database: Path, size: dict[str, int]
) -> None:
    opened = visit(own_database, SHEET, size, **REPORTER)
    opened.sound()
    if size == WIDE:
        grid = opened.page.get_by_test_id("stDataFrame").filter(has_text="本期已报")
        inner, outer = grid.locator(".dvn-scroll-inner").first.bounding_box(), grid.bounding_box()
        assert inner and outer and inner["width"] <= outer["width"]


def test_what_was_typed_is_there_again_after_another_page(visit: Callable[..., Opened], own_database: Path) -> None:
    opened = visit(own_database, SHEET, **REPORTER)
    select_first_value(opened)
    type_in(opened, "３１")
    check(opened)
    for page in ("规划", "填报"):
        opened.page.get_by_role("link", name=page, exact=True).click()
        opened.page.wait_for_function(f"document.querySelector('h1')?.innerText === '{page}'")
        opened.settle()
    opened.page.get_by_text("提交前预览").wait_for()
    assert cell(opened, 2, 0) == "３１"


def test_another_regions_sheet_is_not_shown_for_a_changed_address(
    visit: Callable[..., Opened], own_database: Path
) -> None:
    opened = visit(own_database, SHEET.replace("海州区", "彰武县"), **REPORTER)
    assert "没有打开“彰武县”的填报表" in opened.text
    opened.page.get_by_role("combobox", name="填报地区").click()
    assert opened.page.get_by_role("option").all_text_contents() == ["海州区"]


def test_evidence_is_uploaded_beside_a_row_handed_in_and_downloaded(
    visit: Callable[..., Opened], own_database: Path, tmp_path: Path
) -> None:
    opened = visit(own_database, SHEET, **REPORTER)
    (tmp_path / "年报.pdf").write_bytes(PDF)
    (tmp_path / "程序.pdf").write_bytes(b"MZ" + bytes(300))
    select_first_value(opened)
    begin(opened, "31\n")
    opened.page.get_by_text("佐证材料（0 个文件）").click()
    rows = opened.page.get_by_role("combobox", name="佐证的指标")
    rows.scroll_into_view_if_needed()
    opened.page.wait_for_timeout(800)  # scrolling closes the list
    rows.click()
    opened.page.get_by_role("option", name=STANDARDS).click()
    opened.settle()
    upload = opened.page.locator('input[type="file"]').first
    upload.set_input_files([tmp_path / "年报.pdf", tmp_path / "程序.pdf"])
    opened.page.get_by_text("佐证材料（1 个文件）").wait_for()
    opened.page.get_by_text("程序.pdf：从内容看不是可以作佐证的文件").wait_for()
    with opened.page.expect_download() as download:
        opened.page.get_by_role("button", name="年报.pdf").click()
    assert download.value.suggested_filename == "年报.pdf" and Path(download.value.path()).read_bytes() == PDF
    check(opened)
    hand_in(opened, "提交 1 行")
    with open_store(own_database) as store:
        assert store.connection.execute("SELECT name FROM report_file").fetchall() == [("年报.pdf",)]


def test_a_correction_is_handed_in_with_its_reason(visit: Callable[..., Opened], own_database: Path) -> None:
    with open_store(own_database) as store:
        stands = figure("county-standards", "210902", "2019Q4", 28)
        record_figures(store, "fuxin-2013", [stands], HandIn(origin="import"), by=OPERATOR, at=AT)
    opened = visit(own_database, SHEET, **REPORTER)
    select_first_value(opened)
    begin(opened, "31\n")
    check(opened)
    opened.page.get_by_text("要更正已审核的 28项").wait_for()
    assert opened.page.get_by_role("button", name="提交", exact=True).is_disabled()
    opened.page.get_by_role("textbox", name="整张表的理由").fill("录入有误")
    opened.page.get_by_role("textbox", name="整张表的理由").press("Control+Enter")
    hand_in(opened, "提交 1 行")
    assert "更正 1" in opened.text and cell(opened, 11, 0) == "31项（待审核）；现行 28项"


def test_a_template_is_downloaded_filled_uploaded_and_handed_in(
    visit: Callable[..., Opened], own_database: Path, tmp_path: Path
) -> None:
    opened = visit(own_database, SHEET, **REPORTER)
    opened.page.get_by_role("tab", name="用 Excel 填写").click()
    with opened.page.expect_download() as download:
        opened.page.get_by_role("button", name="下载填报表").click()
    assert download.value.suggested_filename.endswith("海州区 2019.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    rows = {row[1].value: row for row in book.active.iter_rows()}
    headings = [at.value for at in rows["指标"]]
    rows[STANDARDS][headings.index("填报值")].value = "２８"
    book.save(tmp_path / "填好.xlsx")
    opened.page.get_by_role("tabpanel").locator('input[type="file"]').last.set_input_files(tmp_path / "填好.xlsx")
    opened.page.get_by_text("提交前预览").wait_for()
    hand_in(opened.settle(), "提交 1 行")
    assert "待阜新市审核" in opened.text


@pytest.mark.parametrize(
    ("plan", "size"), [("辽宁", WIDE), ("阜新", NARROW), ("阜阳", NARROW), ("长三角2025年（报道）", NARROW)]
)
def test_a_plan_opens_with_all_its_parts(
    visit: Callable[..., Opened], real_database: Path, plan: str, size: dict[str, int]
) -> None:
    opened = visit(real_database, f"plan?plan={plan}", size)
    for summary in opened.page.locator('[data-testid="stExpander"] summary').all()[:2]:
        summary.click()
    for part in ("定性目标", "任务", "保障与评估"):
        opened.page.get_by_role("tab", name=part).click()
        opened.settle()
    opened.sound()


def test_the_plan_carried_out_is_a_click_away(visit: Callable[..., Opened], real_database: Path) -> None:
    opened = visit(real_database, "plan?plan=阜新")
    opened.page.get_by_role("button", name="打开“国家2013—2020年”").click()
    opened.page.wait_for_url(lambda address: "plan=国家2013—2020年" in unquote(address))
    opened.settle()
    assert "任务 0" in opened.text
