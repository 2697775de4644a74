from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest

from tests.browser.conftest import NARROW, WIDE, Opened

SHEET = "entry?plan=阜新&region-0=海州区&period=2019年"
STANDARDS = "县级社会公用计量标准平均数"
FIRST_VALUE = {"x": 300, "y": 57}  # the first row's 填报值, behind the row number and the pinned name


@pytest.fixture
def own_database(real_database: Path, tmp_path: Path) -> Path:
    """A database that a test may write to."""
    return Path(shutil.copy(real_database, tmp_path / "own.db"))


def type_in(opened: Opened, *texts: str) -> None:
    """Type into the cells from the selected one downwards, as on a keyboard with an input method."""
    for text in texts:
        opened.page.keyboard.press("Enter")
        opened.page.wait_for_selector(".gdg-input")
        opened.page.keyboard.insert_text(text)
        opened.page.wait_for_timeout(100)
        opened.page.keyboard.press("Enter")
        opened.page.wait_for_selector(".gdg-input", state="detached")


def check(opened: Opened) -> None:
    opened.page.get_by_role("button", name="检查填写内容").click()
    opened.settle()


def preview(opened: Opened, column: int) -> list[str]:
    """A column of the preview: 0 the row's number, 1 the outcome, 3 what would be written."""
    opened.page.get_by_text("提交前预览").wait_for()
    opened.settle()
    table = opened.page.get_by_test_id("stDataFrame").filter(has_text="结果")
    table.locator("canvas").first.scroll_into_view_if_needed()
    table.get_by_test_id(f"glide-cell-{column}-0").wait_for(state="attached")
    return table.locator(f'[data-testid^="glide-cell-{column}-"]').all_text_contents()


def select_first_value(opened: Opened) -> None:
    opened.page.get_by_test_id("data-grid-canvas").first.wait_for(state="attached")
    opened.page.wait_for_timeout(500)  # until it has its size
    opened.page.get_by_test_id("data-grid-canvas").first.click(force=True, position=FIRST_VALUE)
    opened.page.wait_for_timeout(200)


def cell(opened: Opened, column: int, row: int) -> str:
    grid = opened.page.get_by_test_id("stDataFrame").filter(has_text="本期已报")
    return grid.get_by_test_id(f"glide-cell-{column}-{row}").text_content() or ""


def hand_in(opened: Opened, button: str) -> None:
    opened.page.get_by_role("button", name=button).click()
    opened.page.get_by_text("已写入").wait_for()
    opened.settle()


def test_a_bad_cell_is_refused_mended_and_the_figure_stands_on_the_region_page(
    visit: Callable[..., Opened], own_database: Path
) -> None:
    opened = visit(own_database, SHEET)
    select_first_value(opened)
    type_in(opened, "３１", "约９０", "95")
    assert "提交前预览" not in opened.text  # nothing runs while one types
    check(opened)
    opened.page.get_by_text("第 3 行").wait_for()
    assert f"第 1 行（{STANDARDS}）" not in opened.text
    assert "“填报值”：读到“约９０”" in opened.text and "分子和分母都要填" in opened.text
    assert cell(opened, 2, 1) == "约９０"  # what was typed stays to be mended
    assert opened.page.get_by_role("button", name="提交").is_disabled()
    for _ in range(2):  # the first click only brings the focus back
        select_first_value(opened)
    for _ in range(2):  # clear the two cells that were refused
        opened.page.keyboard.press("ArrowDown")
        opened.page.keyboard.press("Delete")
    check(opened)
    opened.page.get_by_text("这些格子不能收").wait_for(state="detached")
    hand_in(opened, "提交 1 行")
    assert "新增 1" in opened.text and "未经复核" in opened.text
    assert cell(opened, 2, 0) == ""
    opened.page.get_by_role("button", name="看写入后的判断").click()
    opened.page.wait_for_url("**/region**")
    opened.settle()
    assert {"plan=阜新", "region=海州区"} <= set(unquote(opened.page.url).split("?")[1].split("&"))
    assert "31项" in opened.page.get_by_test_id("stMain").inner_html()
    opened.sound()


def test_seven_figures_typed_quickly_are_all_there(visit: Callable[..., Opened], unfilled_database: Path) -> None:
    opened = visit(unfilled_database, "entry?plan=阜新")
    select_first_value(opened)
    for text in ("81", "241", "2", "5", "31", "18%", "41"):
        opened.page.keyboard.type(text, delay=30)
        opened.page.keyboard.press("Enter")
        opened.page.wait_for_timeout(100)
    check(opened)
    assert preview(opened, 1) == ["新增"] * 7
    assert preview(opened, 3) == ["81项", "241项", "2项", "5项", "31项", "18%", "41%"]


def test_a_cell_still_open_is_checked_too_and_what_was_not_shown_is_not_written(
    visit: Callable[..., Opened], own_database: Path
) -> None:
    opened = visit(own_database, SHEET)
    select_first_value(opened)
    opened.page.keyboard.type("31", delay=30)
    check(opened)
    assert preview(opened, 3) == ["31项"]
    select_first_value(opened)
    opened.page.keyboard.type("32", delay=30)
    opened.page.get_by_role("button", name="提交 1 行").click()
    opened.page.get_by_text("没有提交。").wait_for()
    assert preview(opened, 3) == ["32项"]


def test_what_was_typed_without_a_check_outlasts_another_region(
    visit: Callable[..., Opened], unfilled_database: Path
) -> None:
    opened = visit(unfilled_database, SHEET)
    select_first_value(opened)
    opened.page.keyboard.type("31\n", delay=30)
    for region, shown in (("彰武县", "还没有填数"), ("海州区", "提交前预览")):
        opened.page.get_by_role("combobox", name="填报地区").click()
        opened.page.get_by_role("option", name=region).click()
        opened.page.get_by_text(shown).wait_for()
    opened.settle()
    assert cell(opened, 2, 0) == "31"


def test_every_column_to_fill_in_is_in_sight(visit: Callable[..., Opened], real_database: Path) -> None:
    opened = visit(real_database, SHEET)
    grid = opened.page.get_by_test_id("stDataFrame").filter(has_text="本期已报")
    inner = grid.locator(".dvn-scroll-inner").first.bounding_box()
    outer = grid.bounding_box()
    assert inner and outer and inner["width"] <= outer["width"]


def test_what_was_typed_is_there_again_after_another_page(visit: Callable[..., Opened], own_database: Path) -> None:
    opened = visit(own_database, SHEET)
    select_first_value(opened)
    type_in(opened, "３１")
    check(opened)
    for page in ("规划", "填报"):
        opened.page.get_by_role("link", name=page, exact=True).click()
        opened.page.wait_for_function(f"document.querySelector('h1')?.innerText === '{page}'")
        opened.settle()
    opened.page.get_by_text("提交前预览").wait_for()
    assert cell(opened, 2, 0) == "３１"


def test_a_template_is_downloaded_filled_uploaded_and_recorded(
    visit: Callable[..., Opened], own_database: Path, tmp_path: Path
) -> None:
    opened = visit(own_database, SHEET)
    opened.page.get_by_role("tab", name="用 Excel 填写").click()
    with opened.page.expect_download() as download:
        opened.page.get_by_role("button", name="下载填报表").click()
    assert download.value.suggested_filename.endswith("海州区 2019.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    rows = {row[1].value: row for row in book.active.iter_rows()}
    headings = [at.value for at in rows["指标"]]
    rows[STANDARDS][headings.index("填报值")].value = "２８"
    book.save(tmp_path / "填好.xlsx")
    opened.page.locator('input[type="file"]').set_input_files(tmp_path / "填好.xlsx")
    opened.page.get_by_text("提交前预览").wait_for()
    hand_in(opened.settle(), "提交 1 行")
    opened.go(f"indicator?plan=阜新&indicator={STANDARDS}")
    assert "28项" in opened.page.get_by_test_id("stMain").inner_html()


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
