"""The whole way of figures, each person at a browser of their own: entered, given back, mended, approved, seen."""

from __future__ import annotations

import io
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.browser.conftest import Enter, Opened
from tests.conftest import MADE
from tests.samples import OPERATOR
from tests.windows import open_county
from trackers.actions.accounts import demonstration_accounts
from trackers.queries.assess import assess
from trackers.queries.check import faults
from trackers.queries.plans import plan_by_id
from trackers.store import open_store

STANDARDS, MODELS = "县级社会公用计量标准平均数", "诚信计量示范单位"
FIRST_VALUE = {"x": 290, "y": 57}  # the first row's 填报值
EVERY_ROW = {"x": 18, "y": 18}  # the box in the head of a table that ticks all its rows
SHEET = "entry?plan=阜新&region-0=海州区&period=2020年"
COMMENT = "与上年相比增长较快，请附名单。"


@pytest.fixture
def database(demo_database: Path, tmp_path: Path) -> Path:
    """A demonstration in which the counties of 阜新 hand in for 2020; 海州区 has not yet."""
    own = Path(shutil.copy(demo_database, tmp_path / "own.db"))
    with open_store(own) as store:
        demonstration_accounts(store, at=MADE)
        open_county(store, "fuxin-2013", "2020")
    return own


def put(opened: Opened, row: int, *texts: str) -> None:
    """Type into the cells of a row from 填报值 on; an empty text leaves its cell."""
    keys = opened.page.keyboard
    for place in ({**FIRST_VALUE, "y": 130}, FIRST_VALUE):  # after a button the first click only brings the focus back
        opened.page.get_by_test_id("data-grid-canvas").first.click(force=True, position=place)
        opened.page.wait_for_timeout(250)
    for _ in range(row):
        keys.press("ArrowDown")
    for text in texts:
        if text:
            keys.press("Enter")
            opened.page.wait_for_selector(".gdg-input")
            opened.page.locator(".gdg-input").fill(text)
            opened.page.wait_for_timeout(100)
            keys.press("Enter")
            opened.page.wait_for_selector(".gdg-input", state="detached")
            keys.press("ArrowUp")
        keys.press("ArrowRight")


def check(opened: Opened) -> None:
    opened.page.get_by_role("button", name="检查填写内容").click()
    opened.settle()


def hand_in(opened: Opened, button: str) -> None:
    opened.page.get_by_role("button", name=button).click()
    opened.page.get_by_text("已提交").first.wait_for()
    opened.settle()


def approve_all(opened: Opened, number: int) -> None:
    """Approve what is in the queue: the one there is, or all at once with every row ticked."""
    opened.page.get_by_text(f"共 {number} 个数").wait_for()
    opened.settle()
    if number > 1:
        opened.page.get_by_test_id("data-grid-canvas").first.click(force=True, position=EVERY_ROW)
        opened.settle()
    what = f"选中的 {number} 个数" if number > 1 else "这个数"
    opened.page.get_by_role("button", name=f"通过{what}").click()
    opened.page.get_by_text(f"已通过 {number} 个数").wait_for()


def mean_told(opened: Opened) -> str:
    """The city's mean of the standards as the overview's table tells it."""
    table = opened.page.get_by_test_id("stDataFrame").filter(has_text="时序进度").first
    table.scroll_into_view_if_needed()
    table.get_by_test_id("glide-cell-2-0").wait_for(state="attached")
    rows = table.locator('[data-testid^="glide-cell-2-"]').all_text_contents()
    return table.get_by_test_id(f"glide-cell-3-{rows.index(STANDARDS)}").text_content() or ""


def mean_kept(database: Path) -> float:
    with open_store(database) as store:
        frame = assess(store, plan_by_id(store, "fuxin-2013"), date(2020, 12, 31), by=OPERATOR, region="210900")
    return float(frame.loc[frame["indicator_name"] == STANDARDS, "value"].iloc[0])


def test_figures_are_entered_given_back_mended_approved_and_seen_by_the_leader(sign_in: Enter, database: Path) -> None:
    leader = sign_in("leader", "overview?plan=阜新")
    before, kept = mean_told(leader), mean_kept(database)

    reporter = sign_in("haizhou", SHEET)
    put(reporter, 0, "约３１")
    put(reporter, 1, "", "1000", "1037")
    put(reporter, 5, "7")
    check(reporter)
    assert f"第 1 行（{STANDARDS}）" in reporter.text and "读到“约３１”" in reporter.text
    assert reporter.page.get_by_role("button", name="提交", exact=True).is_disabled()
    put(reporter, 0, "３１")
    check(reporter)
    hand_in(reporter, "提交 3 行")

    reviewer = sign_in("fuxin-review", "review?plan=阜新")
    assert "共 3 个数" in reviewer.text
    first = reviewer.page.get_by_role("heading", level=3).first.inner_text()
    reviewer.page.get_by_role("button", name="退回这个数").click()
    reviewer.page.get_by_text("退回时").last.wait_for()  # without a comment nothing is given back
    reviewer.page.get_by_label("审核意见").fill(COMMENT)
    reviewer.page.keyboard.press("Tab")
    reviewer.settle()
    reviewer.page.get_by_role("button", name="退回这个数").click()
    reviewer.page.get_by_text("已退回 1 个数").wait_for()
    reviewer.settle()
    approve_all(reviewer, 2)

    mending = sign_in("haizhou", SHEET)
    assert COMMENT in mending.text
    given_back = next(name for name in (STANDARDS, MODELS, "国家重点管理计量器具受检率") if first.startswith(name))
    rows = {STANDARDS: (0, "32"), MODELS: (5, "6"), "国家重点管理计量器具受检率": (1, "", "1001", "1037")}
    place, *texts = rows[given_back]
    put(mending, int(place), *map(str, texts))
    check(mending)
    hand_in(mending, "提交 1 行")
    reviewer.go("review?plan=阜新")
    approve_all(reviewer, 1)

    leader.go("overview?plan=阜新")
    assert mean_kept(database) != kept and mean_told(leader) != before
    leader.go(f"region?plan=阜新&region=海州区&indicator={given_back}")
    leader.page.get_by_text("历次填报、审核和更正的经过").click()
    leader.page.get_by_text(COMMENT).first.wait_for()
    story = leader.text
    assert all(said in story for said in ("海州区填报员", "阜新市审核员", "退回", COMMENT))
    leader.sound()
    with open_store(database) as store:
        assert faults(store) == []


def test_the_same_by_a_filled_template(sign_in: Enter, database: Path, tmp_path: Path) -> None:
    reporter = sign_in("haizhou", SHEET)
    reporter.page.get_by_role("tab", name="用 Excel 填写").click()
    with reporter.page.expect_download() as download:
        reporter.page.get_by_role("button", name="下载填报表").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    fill(book.active, {STANDARDS: {"填报值": "约31"}, MODELS: {"填报值": "3"}})
    upload(reporter, book, tmp_path / "填好1.xlsx")
    assert "读到“约31”" in reporter.text
    fill(book.active, {STANDARDS: {"填报值": "31"}, MODELS: {"填报值": "3"}})
    upload(reporter, book, tmp_path / "填好2.xlsx")
    assert "比 2020Q3 的" in reporter.text and "理由" in reporter.text  # fewer than before: a reason is asked for
    fill(book.active, {MODELS: {"理由": "两家已注销"}})
    upload(reporter, book, tmp_path / "填好3.xlsx")
    hand_in(reporter, "提交 2 行")

    reviewer = sign_in("fuxin-review", "review?plan=阜新")
    assert "两家已注销" in reviewer.text or "共 2 个数" in reviewer.text
    approve_all(reviewer, 2)
    leader = sign_in("leader", f"region?plan=阜新&region=海州区&indicator={MODELS}")
    leader.page.get_by_text("历次填报、审核和更正的经过").click()
    leader.page.get_by_text("两家已注销").first.wait_for()
    assert "填好3.xlsx" in leader.text
    leader.sound()


def fill(sheet: openpyxl.worksheet.worksheet.Worksheet, typed: dict[str, dict[str, str]]) -> None:
    """Write into the rows of these indicators under these headings."""
    (header,) = (row for row in sheet.iter_rows() if any(cell.value == "填报值" for cell in row))
    columns = {cell.value: cell.column for cell in header}
    for row in range(header[0].row + 1, sheet.max_row + 1):
        for heading, text in typed.get(str(sheet.cell(row, columns["指标"]).value), {}).items():
            sheet.cell(row, columns[heading]).value = text


def upload(opened: Opened, book: openpyxl.Workbook, path: Path) -> None:
    book.save(path)
    opened.page.get_by_role("tabpanel").locator('input[type="file"]').last.set_input_files(path)
    opened.page.get_by_text(path.name).last.wait_for()
    opened.settle()
    opened.page.get_by_text("提交前预览").last.wait_for()
    opened.settle()
