"""The way from the whole to one county and back, by tiles, by the keyboard and by an address that is sent."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import unquote

from tests import outlines
from tests.browser.conftest import NARROW, Opened
from tests.samples import AT, OPERATOR
from trackers.actions.maps import add_map
from trackers.model.account import Grant, Role
from trackers.store import open_store

FILLED = "plan=阜新&day=2018-06-30"


def tile(opened: Opened, name: str):
    return opened.page.locator(".tiles button.tile").filter(has_text=name)


def arrived(opened: Opened, region: str) -> None:
    opened.page.wait_for_url(lambda url: f"region={region}" in unquote(url))
    opened.settle()


def test_a_leader_goes_from_the_overview_to_a_county_and_back_by_the_breadcrumbs(visit, demo_database):
    opened = visit(demo_database, f"overview?{FILLED}")
    tile(opened, "彰武县").click()
    arrived(opened, "彰武县")
    assert opened.heading == "区域" and "彰武县\u30008项指标：" in opened.text
    opened.page.get_by_role("button", name="阜新市").click()
    arrived(opened, "阜新市")
    assert tile(opened, "彰武县").count() == 1
    opened.sound()
    opened.page.get_by_role("link", name="总览").last.click()
    opened.page.get_by_role("heading", name="总览", exact=True).wait_for()


def test_a_leader_goes_from_the_cockpit_to_a_county_and_back(visit, demo_database):
    opened = visit(demo_database, f"cockpit?{FILLED}")
    opened.page.locator('.st-key-card-worst [data-testid="stPageLink"] a', has_text="新邱区").first.click()
    arrived(opened, "新邱区")
    assert opened.heading == "区域" and "县级机构高级工程技术人员比例" in opened.text
    opened.page.get_by_role("button", name="阜新市").click()
    arrived(opened, "阜新市")
    tile(opened, "彰武县").click()
    arrived(opened, "彰武县")
    opened.sound()
    opened.page.get_by_role("link", name="驾驶舱").click()
    opened.page.get_by_role("heading", name="驾驶舱", exact=True).wait_for()
    assert opened.settle().heading == "驾驶舱"


def test_tiles_are_reached_and_opened_by_the_keyboard(visit, demo_database):
    opened = visit(demo_database, f"region?{FILLED}")
    tile(opened, "海州区").focus()
    opened.page.keyboard.press("Tab")
    opened.page.keyboard.press("Enter")
    arrived(opened, "新邱区")
    opened.sound()


def test_an_address_that_is_sent_opens_the_same_for_another_person(visit, demo_database):
    first = visit(demo_database, f"region?{FILLED}")
    first.page.get_by_role("combobox", name="按什么着色").click()
    first.page.get_by_role("option", name="计量检定校准项目总数").click()
    first.page.wait_for_url(lambda url: "by=计量检定校准项目总数" in unquote(url))
    first.page.get_by_role("combobox", name="地区（可输入名称查找）").click()
    first.page.get_by_role("option", name="阜新市").click()
    first.settle()
    path = unquote(first.page.url).removeprefix(f"{first.address}/")
    second = visit(demo_database, path, who="leader-2", grants=(Grant(role=Role.LEADER, region="210900", below=True),))
    assert "plan=阜新" in path and "region=阜新市" in path
    assert tile(second, "海州区").inner_text() == tile(first, "海州区").inner_text()
    assert second.page.get_by_role("combobox", name="按什么着色").input_value() == "计量检定校准项目总数"


def test_who_may_not_see_a_region_learns_nothing_by_its_address(visit, demo_database):
    grants = (Grant(role=Role.REPORTER, region="210902", below=False),)
    opened = visit(demo_database, f"region?{FILLED}&region=彰武县", who="haizhou-2", grants=grants)
    assert "不在您可以选的范围内" in opened.text and "彰武县" not in opened.text
    assert opened.page.locator(".tiles").count() == 0  # a county has none below


def test_tiles_fit_a_telephone_and_say_their_word(visit, demo_database):
    opened = visit(demo_database, f"region?{FILLED}", NARROW, "dark")
    opened.sound()
    assert "▼ 多数滞后" in tile(opened, "海州区").inner_text()
    sizes = opened.page.locator(".tiles *").evaluate_all("all => all.map(one => parseFloat(getComputedStyle(one).fontSize))")
    assert min(sizes) >= 12


def test_a_supplied_map_is_drawn_with_its_number_and_leads_down_by_pointer_and_keyboard(visit, demo_database, tmp_path):
    database = Path(shutil.copy(demo_database, tmp_path / "mapped.db"))
    with open_store(database) as store:
        codes = ("210902", "210903", "210904", "210905", "210911", "210921", "210922")
        add_map(store, outlines.of(*codes), "阜新.json", outlines.NUMBER, by=OPERATOR, at=AT)
    opened = visit(database, f"region?{FILLED}")
    shape = opened.page.locator(".tiles path.outline")
    shape.first.wait_for()
    assert shape.count() == len(codes) and f"审图号：{outlines.NUMBER}" in opened.text
    opened.page.locator('.tiles path[data-code="210903"]').focus()
    opened.page.keyboard.press("Enter")
    arrived(opened, "新邱区")
    opened.page.get_by_role("button", name="阜新市").click()
    arrived(opened, "阜新市")
    opened.page.locator('.tiles path[data-code="210922"]').click()
    arrived(opened, "彰武县")
    opened.go(f"region?{FILLED}&look=方块")
    tile(opened, "彰武县").wait_for()
    assert tile(opened, "彰武县").count() == 1
    opened.sound()
