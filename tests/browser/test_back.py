"""One press of Back shows what was shown before: by pages, by tiles, by the choices at the top of a page."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from tests.browser.conftest import Opened
from tests.browser.test_places import arrived, tile

FILLED = "plan=阜新&day=2018-06-30"


def where(opened: Opened) -> tuple[str, dict[str, list[str]]]:
    """The page and all that its address says."""
    parts = urlsplit(opened.page.url)
    return parts.path, parse_qs(parts.query)


def shown(opened: Opened, heading: str, *, also: str = "") -> tuple[str, dict[str, list[str]]]:
    """Wait for a heading and a sentence on the page; where that is."""
    expect(opened.page.locator("h1").first).to_have_text(heading)
    if also:
        opened.page.get_by_text(also).first.wait_for()
    return where(opened.settle())


def back(opened: Opened, to: tuple[str, dict[str, list[str]]], heading: str, *, also: str = "") -> None:
    """One press of Back: the page of before, with everything its address said."""
    opened.page.go_back()
    opened.page.wait_for_url(lambda url: (urlsplit(url).path, parse_qs(urlsplit(url).query)) == to)
    assert shown(opened, heading, also=also) == to


def menu(opened: Opened, name: str) -> None:
    opened.page.get_by_role("link", name=name, exact=True).first.click()


def test_one_press_of_back_each_leads_from_a_county_to_the_region_and_to_the_cockpit(visit, demo_database):
    opened = visit(demo_database, f"cockpit?{FILLED}")
    cockpit = shown(opened, "驾驶舱")
    menu(opened, "区域")
    city = shown(opened, "区域", also="阜新市\u3000")
    tile(opened, "彰武县").click()
    arrived(opened, "彰武县")
    county = shown(opened, "区域", also="彰武县\u3000")
    assert county[1]["region"] == ["彰武县"] and city[1]["region"] == ["阜新市"]
    back(opened, city, "区域", also="阜新市\u3000")
    back(opened, cockpit, "驾驶舱")
    opened.page.go_forward()
    assert shown(opened, "区域", also="阜新市\u3000") == city
    opened.sound()


def test_one_press_of_back_leads_from_a_page_that_a_number_opened(visit, demo_database):
    opened = visit(demo_database, f"cockpit?{FILLED}")
    cockpit = shown(opened, "驾驶舱")
    opened.page.locator('.st-key-card-worst [data-testid="stPageLink"] a', has_text="新邱区").first.click()
    arrived(opened, "新邱区")
    back(opened, cockpit, "驾驶舱")
    opened.page.locator('.st-key-card-one [data-testid="stPageLink"] a').first.click()
    shown(opened, "总览")
    back(opened, cockpit, "驾驶舱")


def test_one_press_of_back_takes_back_another_day_and_another_plan(visit, demo_database):
    opened = visit(demo_database, f"overview?{FILLED}")
    first = shown(opened, "总览", also="截至2018年6月30日")
    opened.page.get_by_role("button", name="2020年末").click()
    later = shown(opened, "总览", also="截至2020年12月31日")
    opened.page.get_by_role("combobox", name="规划", exact=True).click()
    opened.page.get_by_role("option", name="辽宁").first.click()
    opened.page.wait_for_url(lambda url: parse_qs(urlsplit(url).query)["plan"] != ["阜新"])
    shown(opened, "总览")
    back(opened, later, "总览", also="截至2020年12月31日")
    back(opened, first, "总览", also="截至2018年6月30日")


def test_one_press_of_back_leads_out_of_a_page_whose_plan_was_changed_there(visit, demo_database):
    opened = visit(demo_database, f"region?{FILLED}&region=彰武县")
    county = shown(opened, "区域", also="彰武县\u3000")
    opened.page.get_by_role("combobox", name="规划", exact=True).click()
    opened.page.get_by_role("option", name="辽宁").first.click()
    opened.page.wait_for_url(lambda url: parse_qs(urlsplit(url).query)["plan"] != ["阜新"])
    province = shown(opened, "区域")
    menu(opened, "指标")
    shown(opened, "指标")
    back(opened, province, "区域")
    back(opened, county, "区域", also="彰武县\u3000")


def test_the_first_page_of_a_window_is_one_step(visit, demo_database):
    opened = visit(demo_database, "sign-in", who=None)
    steps = opened.page.evaluate("history.length")
    signed = visit(demo_database, "cockpit")
    signed.page.wait_for_url("**/cockpit?**day=**")
    assert signed.settle().page.evaluate("history.length") == steps
