from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, WIDE
from tests.people import add_person, grant
from tests.samples import AT, OPERATOR, new_store
from trackers.actions.accounts import DEMO_PASSWORD, demonstration_accounts, disable_account, reset_password
from trackers.actions.passwords import hashed
from trackers.store import open_store

PASSWORD, OTHER = "长江 黄河 泰山 7", "松树 石桥 月亮 5"
OUT = 'form[action="/sign-out"] button'


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Path:
    """A small database with a reporter, somebody without any role, and somebody who shares the reporter's region."""
    folder = tmp_path_factory.mktemp("people")
    with new_store(folder) as store:
        add_person(store, "reporter", grant("reporter", "210902"), password=hashed(PASSWORD))
        add_person(store, "newcomer", password=hashed(PASSWORD))
        for login in ("leaver", "forgetful"):
            add_person(store, login, grant("leader", "210900"), password=hashed(PASSWORD))
    return folder / "tracker.db"


def type_in(page, login: str, password: str) -> None:
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", password)
    page.get_by_role("button", name="登录", exact=True).click()


def fits(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def closed(page) -> None:
    """Nothing is there any more but the way to sign in."""
    expect(page.get_by_role("heading", name="请先登录")).to_be_visible()
    expect(page.locator("h1")).to_have_count(1)
    expect(page.get_by_test_id("stTopNavLink")).to_have_count(0)


def test_a_page_asks_to_sign_in_and_is_there_afterwards(visit, kept):
    opened = visit(kept, "region?plan=样例", who=None)
    page = opened.page
    assert "/sign-in?next=" in page.url
    type_in(page, "reporter", "wrong")
    expect(page.locator(".error")).to_contain_text("登录名或密码不对")
    type_in(page, "reporter", PASSWORD)
    opened.settle()
    expect(page.locator("h1")).to_have_text("区域")
    page.reload()
    expect(page.locator("h1")).to_have_text("区域")
    cookies = [each for each in page.context.cookies() if each["name"].startswith("tracker_")]
    assert len(cookies) == 2 and all(each["httpOnly"] and each["sameSite"] == "Lax" for each in cookies)
    assert "tracker_" not in page.evaluate("document.cookie")


def test_the_way_out_ends_the_session_and_another_tab_shows_nothing_more(visit, kept):
    opened = visit(kept, "overview?plan=样例", NARROW)
    page, other = opened.page, opened.page.context.new_page()
    other.goto(page.url)
    expect(other.locator("h1")).to_have_text("总览")
    page.get_by_role("button", name="everybody").click()
    page.locator(OUT).click()
    page.wait_for_url("**/sign-in")
    assert fits(page)
    other.get_by_role("button", name="今天").click()
    closed(other)
    assert "样例" not in other.locator("body").inner_text()
    other.get_by_role("link", name="登录").click()
    other.wait_for_url("**/sign-in")
    page.go_back()
    expect(page.locator("body")).not_to_contain_text("截至日")


def test_an_account_disabled_while_its_page_is_open_sees_nothing_more(visit, kept):
    opened = visit(kept, "?plan=样例", who="leaver")
    with open_store(kept) as store:
        disable_account(store, "leaver", by=OPERATOR, at=AT)
    opened.page.get_by_role("button", name="今天").click()
    closed(opened.page)
    assert "已停用" in opened.text and "样例" not in opened.text


def test_a_one_time_password_is_changed_before_anything_else(visit, kept):
    with open_store(kept) as store:
        fresh = reset_password(store, "forgetful", by=OPERATOR, at=datetime.now(UTC))
    opened = visit(kept, "?plan=样例", NARROW, "dark", who=None)
    page = opened.page
    type_in(page, "forgetful", fresh)
    expect(page.locator("h1")).to_have_text("修改密码")
    page.goto(f"{opened.address}/plan")
    expect(page.locator("h1")).to_have_text("修改密码")
    assert fits(page)
    for name, text in {"old": fresh, "new": OTHER, "again": OTHER}.items():
        page.fill(f"input[name={name}]", text)
    page.get_by_role("button", name="修改密码").click()
    opened.settle()
    expect(page.locator("h1")).to_have_text("规划")


def test_the_menu_holds_the_pages_of_the_person(visit, kept):
    links = visit(kept, "?plan=样例", who="reporter").page.get_by_test_id("stTopNavLink")
    expect(links.filter(has_text=re.compile("^填报$"))).to_have_count(1)
    named = links.all_inner_texts()
    assert "总览" in named and not {"账号", "操作记录", "审核"} & set(named)


def test_a_page_of_others_is_not_there(visit, kept):
    opened = visit(kept, "entry?plan=样例", who="looker", grants=(grant("leader", "210900"),))
    assert opened.heading != "填报" and "提交" not in opened.text


def test_somebody_without_a_role_is_told_whom_to_ask(visit, kept):
    opened = visit(kept, "", NARROW, who="newcomer")
    assert opened.heading == "还没有可以打开的页面" and "联系管理员" in opened.text
    opened.page.locator(OUT).click()
    opened.page.wait_for_url("**/sign-in")


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "light"), (NARROW, "dark")], ids=["wide", "narrow"])
def test_a_demonstration_is_entered_with_one_click(visit, demo_database, size, scheme):
    with open_store(demo_database) as store:
        demonstration_accounts(store, at=AT)
    opened = visit(demo_database, "", size, scheme, who=None)
    assert fits(opened.page) and DEMO_PASSWORD in opened.page.locator("main").inner_text()
    opened.page.get_by_role("button", name="以领导登录").click()
    opened.settle()
    expect(opened.page.get_by_role("button", name="领导")).to_be_visible()
    opened.sound()


def test_without_the_first_page_a_run_still_shows_nothing(visit, kept):
    """The redirect is a courtesy: here the page itself is loaded as a script would, without it."""
    opened = visit(kept, "?plan=样例", who="reporter")
    page = opened.page
    page.context.clear_cookies()
    page.evaluate("history.replaceState(null, '', '/region')")
    page.route("**/*", lambda route: route.continue_(headers=route.request.headers | {"accept": "*/*"}))
    page.reload()
    closed(page)
    assert "样例" not in page.locator("body").inner_text()
