"""The whole round with a provider of OpenID Connect on this machine."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import oidc_provider_mock
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from dashboard.cookies import IDENTITY, session_cookie
from tests.browser.conftest import NARROW, ROOT, WIDE, Opened, free_port, wait_until_up
from tests.people import add_person, grant
from tests.samples import AT, OPERATOR, new_store
from trackers.actions.accounts import disable_account
from trackers.actions.passwords import hashed
from trackers.store import open_store

BY_UNIT = "单位统一身份认证登录"
PASSWORD = "长江 黄河 泰山 7"
SECRETS = """
[auth]
redirect_uri = "{address}/oauth2callback"
cookie_secret = "only-for-tests-only-for-tests-only-for-tests"
client_id = "tracker"
client_secret = "secret"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""


@dataclass
class Round:
    """The dashboard, its database and the provider."""

    address: str
    provider: str
    database: Path


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with oidc_provider_mock.run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(scope="module")
def there(tmp_path_factory, provider) -> Iterator[Round]:
    """A server that finds its secrets in the folder it is started in."""
    folder, port = tmp_path_factory.mktemp("single"), free_port()
    with new_store(folder) as store:
        for login, role in (("reporter", "reporter"), ("leader", "leader"), ("leaver", "leader"), ("idler", "leader")):
            add_person(store, login, grant(role, "210902"), password=hashed(PASSWORD))
        with store.writing():
            store.connection.execute("UPDATE account SET claim = 'u-' || login")
    made = Round(f"http://localhost:{port}", provider, folder / "tracker.db")
    (folder / ".streamlit").mkdir()
    (folder / ".streamlit" / "secrets.toml").write_text(SECRETS.format(**vars(made)), encoding="utf-8")
    command = [sys.executable, "-m", "uvicorn", "dashboard.server:app", "--port", str(port), "--log-level", "error"]
    environment = os.environ | {"TRACKERS_DB": str(made.database), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True
    )
    wait_until_up(made.address, process)
    yield made
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture
def window(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    contexts = []

    def opened(size: dict[str, int] = WIDE) -> BrowserContext:
        contexts.append(browser.new_context(viewport=size, locale="zh-CN"))
        return contexts[-1]

    yield opened
    for context in contexts:
        context.close()


def to_provider(there: Round, context: BrowserContext, path: str = "") -> Page:
    page = context.new_page()
    page.goto(f"{there.address}/{path}")
    page.get_by_role("link", name=BY_UNIT).click()
    page.wait_for_url(f"{there.provider}/**")
    return page


def entered(there: Round, context: BrowserContext, who: str, path: str = "") -> Opened:
    page = to_provider(there, context, path)
    page.fill("input[name=sub]", who)
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(f"{there.address}/**")
    opened = Opened(page, there.address)
    page.wait_for_selector('[data-testid="stHeading"]')
    return opened.settle()


def menu(page: Page) -> set[str]:
    return set(page.get_by_test_id("stTopNavLink").all_inner_texts())


def again(opened: Opened) -> Page:
    """Click something on the page and wait."""
    opened.page.get_by_role("button", name="今天").click()
    expect(opened.page.locator("h1")).to_have_text(["请先登录"])
    return opened.page


def asked(there: Round, question: str) -> list[tuple]:
    with open_store(there.database) as store:
        return store.connection.execute(question).fetchall()


def test_the_round_ends_on_the_page_that_was_wanted_and_a_reload_keeps_it(there, window):
    opened = entered(there, window(NARROW), "u-reporter", "region?plan=样例")
    page = opened.page
    expect(page.locator("h1")).to_have_text("区域")
    assert "plan=%E6%A0%B7%E4%BE%8B" in page.url
    page.reload()
    expect(page.locator("h1")).to_have_text("区域")
    expect(page.get_by_role("button", name="reporter")).to_be_visible()
    said = asked(there, "SELECT detail FROM audit WHERE action = 'sign_in' AND by = 'reporter'")
    assert [json.loads(detail)["how"] for (detail,) in said] == ["统一认证"]
    assert page.evaluate("document.cookie").find(IDENTITY) < 0


def test_the_menu_is_that_of_the_account(there, window):
    page = entered(there, window(), "u-reporter").page
    expect(page.get_by_test_id("stTopNavLink").filter(has_text="总览")).to_have_count(1)
    reporter, leader = menu(page), menu(entered(there, window(), "u-leader").page)
    assert "填报" in reporter and "填报" not in leader and not {"账号", "操作记录"} & (reporter | leader)


def test_the_way_out_ends_it_and_the_old_cookies_do_not_come_back(there, window):
    context = window()
    opened = entered(there, context, "u-leader", "overview?plan=样例")
    page, kept = opened.page, context.cookies()
    assert IDENTITY in {each["name"] for each in kept}
    page.get_by_role("button", name="leader").click()
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url(f"{there.provider}/oauth2/end_session?**")
    page.get_by_role("button", name="Confirm").or_(page.get_by_role("button", name="End")).first.click()
    page.wait_for_url("**/sign-in")
    assert IDENTITY not in {each["name"] for each in context.cookies()}
    replayed = window()
    replayed.add_cookies(kept)
    other = replayed.new_page()
    other.goto(f"{there.address}/overview?plan=样例")
    expect(other.locator("h1")).to_have_text(["请先登录"])
    expect(other.get_by_test_id("stMain")).to_contain_text("已经结束")
    expect(other.get_by_test_id("stTopNavLink")).to_have_count(0)
    assert "样例" not in other.locator("body").inner_text()
    other.get_by_role("link", name=BY_UNIT).click()
    other.wait_for_url(f"{there.provider}/**")


def test_an_identity_without_an_account_is_told_what_to_do(there, window):
    before = asked(there, "SELECT COUNT(*) FROM account")
    for context, who in ((window(NARROW), "u-nobody"), (window(), "<img src=x onerror=alert(1)>**a**")):
        opened = entered(there, context, who)
        expect(opened.page.locator("h1")).to_have_text(["请先登录"])
        assert who in opened.text and "管理员" in opened.text and menu(opened.page) == set()
        opened.sound()
    assert asked(there, "SELECT COUNT(*) FROM account") == before


def test_a_disabled_account_is_out_with_the_next_click_and_stays_out(there, window):
    context = window()
    opened = entered(there, context, "u-leaver", "overview?plan=样例")
    with open_store(there.database) as store:
        disable_account(store, "leaver", by=OPERATOR, at=AT)
    page = again(opened)
    assert "已停用" in opened.text and "样例" not in opened.text
    page.get_by_role("link", name=BY_UNIT).click()
    page.wait_for_url(f"{there.provider}/**")
    page.fill("input[name=sub]", "u-leaver")
    page.get_by_role("button", name="Authorize").click()
    expect(page.get_by_test_id("stMain")).to_contain_text("已停用")


def test_a_session_that_is_not_used_ends(there, window):
    opened = entered(there, window(), "u-idler", "overview?plan=样例")
    with open_store(there.database) as store, store.writing():
        store.connection.execute(
            "UPDATE session SET seen = seen - 7201 WHERE account_id = (SELECT id FROM account WHERE login = 'idler')"
        )
    page = again(opened)
    assert "没有操作" in opened.text
    page.reload()
    expect(page.get_by_test_id("stMain")).to_contain_text("没有操作")


def test_whoever_refuses_at_the_provider_is_told_so(there, window):
    page = to_provider(there, window(NARROW))
    page.get_by_role("button", name="Deny").click()
    expect(page.locator("main")).to_contain_text("统一身份认证没有完成")
    page.get_by_role("link", name="回到首页").click()
    page.wait_for_url("**/sign-in")


def test_a_password_still_signs_in_and_is_then_the_only_identity(there, window):
    context = window()
    entered(there, context, "u-nobody")
    page = context.new_page()
    page.goto(f"{there.address}/sign-in?next=/plan")
    page.fill("input[name=login]", "leader")
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.locator("h1")).to_have_text("规划")
    names = {each["name"] for each in context.cookies()}
    assert session_cookie(there.database) in names and not {each for each in names if each.startswith(IDENTITY)}
    page.goto(f"{there.address}/sso")
    expect(page.get_by_role("button", name="leader")).to_be_visible()
    page.wait_for_timeout(300)
    assert page.url.startswith(there.address)
