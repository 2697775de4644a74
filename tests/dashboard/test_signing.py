from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard import forms, session, signing
from dashboard.cookies import browser_cookie, session_cookie
from dashboard.forms import LARGEST, local_path
from dashboard.menu import PAGES, not_given, pages_for
from tests.people import add_person, grant, signed_in
from tests.samples import AT, OPERATOR, new_store, sample_plan, tree
from trackers.actions.accounts import DEMO_PASSWORD, demonstration_accounts, disable_account, reset_password
from trackers.actions.passwords import hashed
from trackers.actions.signing import sign_out
from trackers.errors import SignInError
from trackers.model.account import Actor
from trackers.model.rights import Rights
from trackers.store import open_store

PASSWORD, OTHER = "长江 黄河 泰山 7", "松树 石桥 月亮 5"
HASHED = hashed(PASSWORD)
HOST = "http://tracker.test"
HERE = {"origin": HOST, "sec-fetch-site": "same-origin"}
PAGE = {"accept": "text/html"}
RIGHT = {"login": "reporter", "password": PASSWORD}


async def a_page(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"page {request.url.path}")


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    with new_store(tmp_path) as store:
        add_person(store, "reporter", grant("reporter", "210902"), password=HASHED)
    monkeypatch.setenv("TRACKERS_DB", str(tmp_path / "tracker.db"))
    return tmp_path / "tracker.db"


@pytest.fixture
def application() -> Starlette:
    routes = [*signing.ROUTES, Route("/{path:path}", a_page)]
    return Starlette(routes=routes, middleware=[Middleware(signing.SignedInFirst)])


@pytest.fixture
def client(application: Starlette, database: Path) -> Iterator[TestClient]:
    with TestClient(application, HOST, follow_redirects=False, headers=PAGE) as made:
        yield made


def enter(client: TestClient, **fields: str):
    return client.post("/sign-in", data=RIGHT | fields, headers=HERE)


def cookies_set(answer) -> dict[str, str]:
    return {line.partition("=")[0]: line for line in answer.headers.get_list("set-cookie")}


def test_whoever_signs_in_goes_on_to_where_they_wanted(client, database):
    sent = client.get("/region?plan=辽宁&day=2024-05-20")
    assert sent.status_code == 303 and sent.headers["location"].startswith("/sign-in?next=")
    form = client.get(sent.headers["location"])
    assert form.status_code == 200 and 'action="/sign-in"' in form.text
    assert 'value="/region?plan=%E8%BE%BD%E5%AE%81&amp;day=2024-05-20"' in form.text
    answer = enter(client, next="/region?plan=辽宁")
    assert answer.status_code == 303
    assert client.get(answer.headers["location"]).text == "page /region"


def test_cookies_are_kept_from_scripts_and_from_other_sites(client, database):
    told = cookies_set(enter(client))
    assert set(told) == {session_cookie(database), browser_cookie(database)}
    for line in told.values():
        parts = {part.strip().lower() for part in line.split(";")[1:]}
        assert {"httponly", "samesite=lax", "path=/"} <= parts and "secure" not in parts
    assert "max-age" not in told[session_cookie(database)].lower()


def test_behind_tls_cookies_travel_over_tls_alone(application, database):
    with TestClient(application, "https://tracker.test", follow_redirects=False) as client:
        told = cookies_set(client.post("/sign-in", data=RIGHT, headers={"origin": "https://tracker.test"}))
        assert all("secure" in line.lower() for line in told.values())


def test_two_databases_on_one_machine_have_cookies_of_their_own(database, tmp_path):
    assert session_cookie(database) != session_cookie(tmp_path / "other.db")
    assert session_cookie(database).removeprefix("tracker_session_").isalnum()


def test_a_wrong_password_is_told_on_the_form_and_sets_nothing(client):
    answer = enter(client, password="wrong")
    assert answer.status_code == 401 and "登录名或密码不对" in answer.text
    assert "set-cookie" not in answer.headers and 'value="reporter"' in answer.text and "wrong" not in answer.text


def test_the_form_says_how_long_to_wait(client):
    for _ in range(3):
        enter(client, password="wrong")
    assert "请等" in enter(client).text


@pytest.mark.parametrize("login", ["<img src=x onerror=alert(1)>", '"><script>alert(1)</script>', "{{ 7*7 }}"])
def test_html_in_the_login_field_stays_text(client, login):
    said = enter(client, login=login).text
    assert "<img" not in said and "<script" not in said and "49" not in said.partition("<form")[2]


@pytest.mark.parametrize("path", ["/sign-in", "/password"])
def test_pages_with_forms_are_kept_nowhere_and_run_nothing(client, path):
    enter(client)
    for answer in (client.get(path), enter(client, password="wrong")):
        assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "http" not in answer.text.replace("http://www.w3.org/2000/svg", ""), "nothing is fetched from elsewhere"


FORGED = [
    {"origin": "http://evil.test"},
    {"origin": "null"},
    {"origin": "http://tracker.test.evil.test"},
    {"origin": "http://tracker.test:8502"},
    {"referer": "http://evil.test/sign-in"},
    {"referer": "http://evil.test/?http://tracker.test"},
    {"origin": HOST, "sec-fetch-site": "cross-site"},
    {"origin": HOST, "sec-fetch-site": "same-site"},
    {"sec-fetch-site": "same-origin"},
    {},
]


@pytest.mark.parametrize("headers", FORGED, ids=str)
@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/password"])
def test_a_form_from_elsewhere_is_refused(client, headers, path):
    token = enter(client)
    fields = RIGHT | {"old": PASSWORD, "new": OTHER, "again": OTHER}
    answer = client.post(path, data=fields, headers=headers)
    assert answer.status_code == 403 and "没有受理" in answer.text and "set-cookie" not in answer.headers
    assert token.status_code == 303 and client.get("/").text == "page /", "and nothing has changed"


@pytest.mark.parametrize("headers", [{"origin": HOST}, {"referer": f"{HOST}/sign-in?next=/"}, {"origin": HOST.upper()}], ids=str)
def test_a_form_of_our_own_is_taken_from_every_browser(client, headers):
    assert client.post("/sign-in", data=RIGHT, headers=headers).status_code == 303


@pytest.mark.parametrize(
    "asked",
    [
        None, "", "//evil.test", "/\\evil.test", "\\\\evil.test", "http://evil.test", "https:evil.test", "javascript:alert(1)",
        "/\t/evil.test", "/\n/evil.test", " //evil.test", "evil.test", "/ /x", "/sign-in", "/sign-in?next=/", "/sign-out",
        "/a\\b", "/" + "x" * 3000,
    ],
)  # fmt: skip
def test_nobody_is_led_elsewhere(asked):
    assert local_path(asked) == "/"


@pytest.mark.parametrize("asked", ["/", "/region", "/region?plan=辽宁&day=2024-05-20", "/?next=//x", "/%2F/x"])
def test_a_path_of_this_server_is_gone_on_to(asked):
    assert local_path(asked) == asked


def test_nobody_is_led_elsewhere_by_the_form(client):
    assert enter(client, next="//evil.test/x").headers["location"] == "/"
    assert client.get("/sign-in?next=//evil.test").headers["location"] == "/"
    assert client.get("//evil.test/x").status_code == 200
    client.cookies.clear()
    assert client.get(f"{HOST}//evil.test/x").headers["location"] in {"/sign-in", "/sign-in?next=//evil.test/x"}
    assert 'name="next" value="/"' in client.get("/sign-in?next=//evil.test/x").text


def test_a_large_form_is_refused_before_it_is_read(client):
    assert enter(client, next="/" + "x" * LARGEST).status_code == 413
    edge = LARGEST - len("next=")
    headers = HERE | {"content-type": forms.FORM}
    assert client.post("/sign-out", content="next=" + "x" * edge, headers=headers).status_code == 303
    assert client.post("/sign-out", content="next=" + "x" * (edge + 1), headers=headers).status_code == 413


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [("{}", "application/json", 415), ("a=1", "text/plain", 415), ("&".join("abcdefghijklm"), forms.FORM, 400),
     ("login=%ff%fe", forms.FORM, 400), (b"login=\xff", forms.FORM, 400), ("", forms.FORM, 401)],
)  # fmt: skip
def test_a_form_of_another_kind_is_refused(client, content, kind, status):
    assert client.post("/sign-in", content=content, headers=HERE | {"content-type": kind}).status_code == status


def test_a_replayed_cookie_opens_nothing_after_signing_out(client, database):
    enter(client)
    replayed = dict(client.cookies)
    answer = client.post("/sign-out", headers=HERE)
    assert answer.status_code == 303 and answer.headers["location"] == "/sign-in"
    assert "max-age=0" in cookies_set(answer)[session_cookie(database)].lower()
    assert client.get("/").status_code == 303
    client.cookies.update(replayed)
    assert client.get("/").status_code == 303
    assert "已经结束" in client.get("/sign-in").text


def test_signing_out_is_no_link(client):
    enter(client)
    assert client.get("/sign-out").headers["location"] == "/"
    assert client.get("/").text == "page /"


@pytest.mark.parametrize("end", [disable_account, reset_password])
def test_a_session_ends_with_the_account_or_its_password(client, database, end):
    enter(client)
    with open_store(database) as store:
        end(store, "reporter", by=OPERATOR, at=AT)
    assert client.get("/").status_code == 303


def test_a_changed_password_ends_other_browsers_and_keeps_this_one(client, application):
    enter(client)
    with TestClient(application, HOST, follow_redirects=False, headers=PAGE) as other:
        enter(other)
        fields = {"old": PASSWORD, "new": OTHER, "again": OTHER, "next": "/plan"}
        answer = client.post("/password", data=fields, headers=HERE)
        assert answer.status_code == 303 and answer.headers["location"] == "/plan"
        assert client.get("/").text == "page /" and other.get("/").status_code == 303
    assert enter(client).status_code == 401 and enter(client, password=OTHER).status_code == 303


@pytest.mark.parametrize(
    ("fields", "why"),
    [({"again": "x"}, "两次输入的新密码不一样"), ({"old": "x"}, "原密码不对"), ({"new": "short", "again": "short"}, "太短")],
)
def test_a_password_that_cannot_be_changed_is_told_on_the_form(client, fields, why):
    enter(client)
    answer = client.post("/password", data={"old": PASSWORD, "new": OTHER, "again": OTHER} | fields, headers=HERE)
    assert answer.status_code == 400 and why in answer.text and OTHER not in answer.text
    assert enter(client).status_code == 303


def test_a_one_time_password_leads_to_a_new_one_before_anything_else(client, database):
    with open_store(database) as store:
        fresh = reset_password(store, "reporter", by=OPERATOR, at=datetime.now(UTC))
    answer = enter(client, password=fresh, next="/region?plan=x")
    assert answer.headers["location"].startswith("/password?next=")
    for path in ("/", "/region", "/sign-in"):
        assert client.get(path).headers["location"].startswith("/password")
    form = client.get(answer.headers["location"]).text
    assert "一次性密码" in form and 'value="/region?plan=x"' in form
    client.post("/password", data={"old": fresh, "new": OTHER, "again": OTHER}, headers=HERE)
    assert client.get("/").text == "page /"


def test_a_one_time_password_that_has_expired_is_told_on_the_form(client, database):
    with open_store(database) as store:
        fresh = reset_password(store, "reporter", by=OPERATOR, at=AT)
    answer = enter(client, password=fresh)
    assert answer.status_code == 401 and "一次性密码已过期" in answer.text and "请联系管理员重置密码" in answer.text


def test_nobody_changes_a_password_without_signing_in(client):
    for answer in (client.get("/password"), client.post("/password", data={"old": "x"}, headers=HERE)):
        assert answer.status_code == 303 and answer.headers["location"] == "/sign-in?next=/password"


def test_what_is_no_page_is_served_to_all(client):
    for path in ("/static/js/x.js", "/_stcore/health", "/media/x.png"):
        assert client.get(path).status_code == 200
    assert client.get("/", headers={"accept": "*/*"}).status_code == 200, "rights are asked where data are read"


def test_a_missing_database_is_told_in_a_sentence(client, monkeypatch, tmp_path):
    monkeypatch.setenv("TRACKERS_DB", str(tmp_path / "nothing.db"))
    answer = client.get("/sign-in")
    assert answer.status_code == 503 and "没有数据库文件" in answer.text
    assert client.get("/").text == "page /", "the page itself says what is wrong"


def test_demonstration_accounts_are_shown_in_a_demonstration_alone(client, monkeypatch, demo_database):
    assert "演示账号" not in client.get("/sign-in").text
    with open_store(demo_database) as store:
        demonstration_accounts(store, at=AT)
    monkeypatch.setenv("TRACKERS_DB", str(demo_database))
    said = client.get("/sign-in").text
    for each in ("填报员", "审核员", "领导", "评估员", "第三方评估员", "管理员", "海州区", DEMO_PASSWORD):
        assert each in said
    assert enter(client, login="leader", password=DEMO_PASSWORD).status_code == 303


def test_few_hashes_at_a_time_and_no_endless_queue(client, monkeypatch):
    assert signing._AT_A_TIME.total_tokens == 2
    monkeypatch.setattr(signing, "MOST_WAITING", 0)
    assert enter(client).status_code == 503 and "太多" in enter(client).text


# In a run of the script.


def test_a_run_without_a_session_is_nobodys(database, monkeypatch):
    monkeypatch.setattr(session, "cookie_of_this_browser", lambda _: None)
    monkeypatch.setattr(session, "address_of_this_browser", lambda: "")
    with pytest.raises(SignInError, match="请先登录"), session.opened(database):
        pass


def test_a_run_is_the_persons_and_ends_with_the_session(database, monkeypatch):
    with open_store(database) as store:
        token = signed_in(store, "reporter")
    monkeypatch.setattr(session, "cookie_of_this_browser", lambda _: token)
    monkeypatch.setattr(session, "address_of_this_browser", lambda: "10.0.0.1")
    with session.opened(database) as run:
        assert run.actor == Actor(login="reporter", where="10.0.0.1")
        assert run.rights.grants == (grant("reporter", "210902"),)
    with open_store(database) as store:
        disable_account(store, "reporter", by=OPERATOR, at=AT)
    with pytest.raises(SignInError, match="已停用"), session.opened(database):
        pass


def test_a_window_is_no_other_persons_though_their_cookie_comes_with_it(database, monkeypatch):
    with open_store(database) as store:
        tokens = [signed_in(store, "reporter"), signed_in(store, "other", grant("leader", "210900"))]
    monkeypatch.setattr(session, "cookie_of_this_browser", lambda _: tokens[0])
    monkeypatch.setattr(session, "address_of_this_browser", lambda: "10.0.0.1")
    with session.opened(database):
        pass
    tokens.reverse()  # signed in anew in another window, while this one had no connection
    with pytest.raises(SignInError, match="另一个账号"), session.opened(database):
        pass
    tokens.reverse()
    with session.opened(database) as run:
        assert run.actor.login == "reporter"


def test_a_download_is_made_for_whom_it_was_asked(database):
    with session.opened(database, by=Actor(login="reporter")) as run:
        assert run.rights.grants == (grant("reporter", "210902"),)


def test_a_download_that_was_offered_ends_with_the_session(database):
    with open_store(database) as store:
        token = signed_in(store, "reporter")
    by = Actor(login="reporter", where="10.0.0.1")
    with session.opened(database, by=by, shown=token) as run:
        assert run.actor == by
    with open_store(database) as store:
        sign_out(store, token, address="10.0.0.1", at=datetime.now(UTC))
    with pytest.raises(SignInError, match="已经结束"), session.opened(database, by=by, shown=token):
        pass


def test_the_menu_holds_what_a_person_may_use():
    def menu(*grants):
        return set(pages_for(Rights(grants, tree()), [sample_plan()]))

    every = {file for file, _, _ in PAGES}
    leader, reporter = menu(grant("leader", "210000", below=True)), menu(grant("reporter", "210902"))
    assert {"overview", "report"} <= leader and not leader & {"entry", "review", "accounts", "record"}
    assert "entry" in reporter and not reporter & {"report", "review", "accounts", "record"}
    assert "entry" not in menu(grant("reviewer", "210900"))
    assert menu(grant("third_party", "210900")) == {"evaluation"} and menu() == set()
    assert set(pages_for(Rights((), tree(), operator=True), [])) <= every
    assert set(not_given(leader)) | leader == every and not set(not_given(leader)) & leader
