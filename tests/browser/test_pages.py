from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.parse import unquote

import pytest

from dashboard.cookies import session_cookie
from tests.browser.conftest import NARROW, ROOT, WIDE, free_port, wait_until_up
from tests.people import grant, signed_in
from tests.samples import AT, OPERATOR, REGIONS
from trackers.actions.plans import load_regions
from trackers.store import open_store

PAGES = {
    "": "待办", "cockpit": "驾驶舱", "across": "各规划指标", "overview": "总览", "region": "区域", "indicator": "指标",
    "warnings": "滞后预警", "plan": "规划", "entry": "填报", "report": "报告", "supervision": "督办", "compare": "规划对照",
}  # fmt: skip
FILLED = "plan=阜新&day=2018-06-30"


def asked_for(url: str) -> set[str]:
    """What an address asks for: its parameters as they are written."""
    return set(unquote(url).partition("?")[2].split("&"))


@pytest.mark.parametrize("path", PAGES)
def test_a_filled_page_fits_a_telephone_and_says_it_is_a_demonstration(visit, demo_database, path):
    opened = visit(demo_database, f"{path}?{FILLED}", NARROW)
    assert opened.heading == PAGES[path]
    assert "演示数据" in opened.text
    opened.sound()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_a_database_without_figures_explains_itself(visit, unfilled_database, path):
    opened = visit(unfilled_database, f"{path}?plan=辽宁", WIDE, "dark")
    assert opened.heading == PAGES[path]
    opened.sound()


@pytest.fixture(scope="module")
def planless(tmp_path_factory) -> Path:
    """Regions, and no plan."""
    path = tmp_path_factory.mktemp("planless") / "tracker.db"
    with open_store(path, create=True) as store:
        load_regions(store, REGIONS, by=OPERATOR, at=AT)
    return path


@pytest.mark.parametrize("path", ["overview", "plan", "entry"])
def test_a_page_of_a_database_without_plans_says_what_to_do(visit, planless, path):
    opened = visit(planless, path, NARROW)
    assert "还没有规划" in opened.text
    opened.sound()


def test_charts_are_drawn_and_a_bar_leads_to_its_indicator(visit, demo_database):
    opened = visit(demo_database, f"overview?{FILLED}")
    page = opened.page
    bars = page.locator(".js-plotly-plot .barlayer .point path")
    bars.first.wait_for()
    bars.first.click(force=True)
    page.wait_for_url("**/indicator?**")
    page.get_by_role("heading", name="指标", exact=True).wait_for()
    opened.settle()
    opened.sound()


def test_choices_stand_in_the_address_and_follow_from_page_to_page(visit, demo_database):
    opened = visit(demo_database, "overview?plan=阜新&day=2018-06-30")
    page = opened.page
    page.get_by_role("link", name="区域", exact=True).click()
    page.wait_for_url(lambda url: "/region?" in url and {"plan=阜新", "day=2018-06-30"} <= asked_for(url))
    page.get_by_role("button", name="2020年末").click()
    page.get_by_text("截至2020年12月31日").first.wait_for()
    page.wait_for_url(lambda url: "day=2018-06-30" not in asked_for(url))


def test_a_region_is_found_by_typing_its_name(visit, demo_database):
    opened = visit(demo_database, f"region?{FILLED}")
    field = opened.page.get_by_role("combobox", name="地区（可输入名称查找）")
    field.click()
    field.fill("彰武")
    opened.page.keyboard.press("Enter")
    opened.page.get_by_role("button", name="阜新市").wait_for()  # the way up again
    opened.page.wait_for_url(lambda url: "region=彰武县" in asked_for(url))


def test_what_lags_can_be_downloaded(visit, demo_database):
    opened = visit(demo_database, f"warnings?{FILLED}")
    with opened.page.expect_download() as waiting:
        opened.page.get_by_role("button", name="下载 xlsx").first.click()
    assert waiting.value.suggested_filename == "滞后、背离和未实现的指标_阜新_截至2018-06-30.xlsx"
    assert Path(waiting.value.path()).read_bytes()[:2] == b"PK"


def test_a_report_can_be_downloaded(visit, demo_database):
    opened = visit(demo_database, f"report?{FILLED}")
    with opened.page.expect_download() as waiting:
        opened.page.get_by_role("button", name="下载中期评估报告").click()
    assert waiting.value.suggested_filename == "阜新中期评估报告_2018-06-30.docx"


@pytest.fixture
def command(tmp_path: Path):
    """`python -m dashboard` with these options, from another folder."""
    started = []

    def run(*options: str) -> subprocess.Popen[str]:
        environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
        process = subprocess.Popen(
            [sys.executable, "-m", "dashboard", *options], cwd=tmp_path, env=environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        started.append(process)
        return process

    yield run
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait(timeout=20)


def test_the_command_makes_the_database_prints_its_address_and_ends_on_ctrl_c(command, tmp_path):
    port = free_port()
    process = command("--port", str(port), "--db", str(tmp_path / "new" / "tracker.db"))
    address = f"http://127.0.0.1:{port}"
    wait_until_up(address, process)
    assert (tmp_path / "new" / "tracker.db").exists()
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 0
    said = process.stdout.read()
    assert f"计量规划目标跟踪平台：{address}" in said and "Traceback" not in said
    assert said.count("一次性密码：") == 1, "the first administrator's"


def test_a_port_in_use_is_told_in_one_sentence(command, demo_database, serve):
    port = serve(demo_database).rsplit(":", 1)[1]
    process = command("--port", port, "--db", str(demo_database))
    assert process.wait(timeout=60) == 1
    assert "端口已被占用" in process.stdout.read()


def test_the_server_says_that_the_page_is_chinese_and_keeps_it_safe(serve, demo_database):
    with open_store(demo_database) as store:
        cookie = f"{session_cookie(demo_database)}={signed_in(store)}"
    sent = {"Accept": "text/html", "Accept-Encoding": "gzip", "Cookie": cookie}
    asked = urllib.request.Request(serve(demo_database), headers=sent)
    with urllib.request.urlopen(asked) as answer:
        document = answer.read().decode()
    assert '<html lang="zh-CN">' in document and "<title>计量规划目标跟踪平台</title>" in document
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]


def test_an_error_nobody_foresaw_is_told_calmly_with_a_number(visit, tmp_path, real_database):
    database = tmp_path / "odd.db"
    shutil.copy(real_database, database)
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE plan SET document = '{}'")
    opened = visit(database)
    assert "编号" in opened.text and "Traceback" not in opened.text and "Error" not in opened.text


def test_no_table_is_taken_along_as_a_file_in_which_text_becomes_a_formula(visit, demo_database):
    opened = visit(demo_database, "overview?plan=辽宁&day=2024-05-20")
    table = opened.page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    table.hover()
    toolbar = opened.page.get_by_test_id("stElementToolbar").first
    toolbar.get_by_role("button", name="Search").wait_for()
    assert toolbar.get_by_role("button", name="Download as CSV").count() == 0


def test_an_address_of_a_page_that_is_not_in_somebodys_menu_says_so(visit, demo_database):
    opened = visit(demo_database, "accounts?do=名册", who="onlooker", grants=(grant("leader", "210900"),))
    assert opened.heading == "这一页没有对您开放" and "您的角色不含“账号”要用的权限" in opened.text
    assert opened.page.get_by_role("link", name="账号", exact=True).count() == 0
    opened.page.get_by_role("link", name="总览", exact=True).click()
    opened.page.get_by_role("heading", name="总览", exact=True).wait_for()
    opened.settle().sound()
