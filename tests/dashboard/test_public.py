"""The public results over HTTP, without an account."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard import public, signing
from dashboard.server import ChineseDocument, SafeHeaders
from tests.publication import EVEN_LATER, SECRET, secret_store
from tests.samples import OPERATOR
from trackers.actions.evaluations import publish, withdraw
from trackers.store import open_store

ONE = "/public/evaluation/1"
TIMES = {"by": OPERATOR, "at": EVEN_LATER}


async def a_page(request: Request) -> PlainTextResponse:
    return PlainTextResponse("a page")


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    secret_store(tmp_path)[0].close()
    monkeypatch.setenv("TRACKERS_DB", str(tmp_path / "tracker.db"))
    return tmp_path / "tracker.db"


@pytest.fixture
def client(database: Path) -> Iterator[TestClient]:
    routes = [*signing.ROUTES, *public.ROUTES, Route("/{path:path}", a_page)]
    middleware = [Middleware(SafeHeaders), Middleware(ChineseDocument), Middleware(signing.SignedInFirst)]
    application = Starlette(routes=routes, middleware=middleware)
    with TestClient(application, "http://tracker.test", follow_redirects=False, headers={"accept": "text/html"}) as made:
        yield made


def do(database: Path, action, **more: str) -> None:
    with open_store(database) as store:
        action(store, 1, **more, **TIMES)


def test_an_evaluation_is_read_by_anybody_once_it_is_published_and_no_longer_when_it_is_withdrawn(client, database):
    assert client.get(ONE).status_code == 404
    do(database, publish)
    seen = client.get(ONE)
    assert seen.status_code == 200 and "样例规划" in seen.text and not client.cookies
    assert [word for word in SECRET if word in seen.text] == []
    do(database, withdraw, reason="秘理由")
    assert client.get(ONE).status_code == 404
    do(database, publish)
    assert client.get(ONE).status_code == 200


def test_what_is_not_published_withdrawn_damaged_and_not_there_look_all_alike(client, database):
    open_answer = client.get(ONE)
    do(database, publish)
    do(database, withdraw, reason="有误")
    gone = client.get(ONE)
    do(database, publish)
    with open_store(database) as store:
        store.connection.execute("DROP TRIGGER evaluation_frozen_is_never_changed")
        store.connection.execute("UPDATE evaluation_frozen SET document = replace(document, '40', '90')")
    damaged = client.get(ONE)
    ways = ("/public/evaluation/2", "/public/evaluation/x", "/public/evaluation/-1", "/public/evaluation/01",
            "/public/evaluation/٣", f"/public/evaluation/{10**30}", "/public/evaluation/1/", "/public/", "/public/other",
            "/public/evaluation/1%00", "/public/%2e%2e/overview")  # fmt: skip
    answers = [open_answer, gone, damaged, *(client.get(way) for way in ways)]
    assert {each.status_code for each in answers} == {404}
    assert len({each.content for each in answers}) == 1
    assert len({tuple(sorted(each.headers.items())) for each in answers}) == 1


def test_a_page_that_was_made_is_not_served_once_its_frozen_bytes_are_changed(client, database):
    do(database, publish)
    assert client.get(ONE).status_code == 200
    with open_store(database) as store:
        store.connection.execute("DROP TRIGGER evaluation_frozen_is_never_changed")
        store.connection.execute("UPDATE evaluation_frozen SET document = document || ' '")
    assert client.get(ONE).status_code == 404 and "目前没有公布" in client.get("/public").text


def test_the_list_names_what_is_published(client, database):
    assert "目前没有公布的评估结果" in client.get("/public").text
    do(database, publish)
    assert f'href="{ONE}"' in client.get("/public").text
    assert "二、总体情况" in client.get(ONE).text and "二、总体情况" not in client.get("/public").text


def test_pages_are_kept_nowhere_run_nothing_of_others_and_stand_in_no_frame(client, database):
    do(database, publish)
    for path in ("/public", ONE, "/public/nothing"):
        headers = client.get(path).headers
        assert headers["cache-control"] == "no-store" and headers["x-content-type-options"] == "nosniff"
        policies = headers.get_list("content-security-policy")
        own = next(each for each in policies if "default-src 'none'" in each)
        assert "frame-ancestors 'none'" in own and "unsafe" not in own
        assert "set-cookie" not in headers


def test_reading_is_all_that_can_be_done(client, database):
    do(database, publish)
    assert client.head(ONE).status_code == 200
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
        assert client.request(method, ONE).status_code == 405, method


def test_every_other_page_still_asks_who_it_is(client):
    for path in ("/overview", "/publicity", "/evaluation?evaluation=1"):
        assert client.get(path).headers["location"].startswith("/sign-in"), path


def test_the_sign_in_page_leads_to_the_results_where_there_are_any(client, database):
    assert 'href="/public"' not in client.get("/sign-in").text
    do(database, publish)
    assert 'href="/public"' in client.get("/sign-in").text


def test_a_database_that_cannot_be_read_is_told_to_nobody(client, database, monkeypatch):
    monkeypatch.setenv("TRACKERS_DB", str(database.parent / "other.db"))
    answer = client.get("/public")
    assert answer.status_code == 503 and "other.db" not in answer.text and answer.headers["retry-after"]


def test_too_many_at_once_are_asked_to_come_back(client, monkeypatch):
    monkeypatch.setattr(public, "MOST_WAITING", 0)
    assert client.get(ONE).status_code == 503


def test_no_more_pages_are_kept_than_there_is_room_for():
    kept, made = public.Kept(2), []
    for key in ("a", "b", "a", "c", "a"):
        kept.page(key, lambda key=key: made.append(key) or key.encode())
    assert made == ["a", "b", "c", "a"]
    assert kept.page("nothing", lambda: None) is None and kept.page("nothing", lambda: b"now") == b"now"
