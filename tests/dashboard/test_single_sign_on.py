from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.web.server.starlette import starlette_auth_routes, starlette_server_config

from dashboard import cookies, session, signing, single_sign_on
from dashboard.single_sign_on import Settings, settings_of
from tests.people import add_person, grant, signed_in
from tests.samples import new_store
from trackers.actions.passwords import hashed
from trackers.errors import FileError, SignInError
from trackers.model.identity import Identity
from trackers.store import open_store

PASSWORD = "长江 黄河 泰山 7"
HOST = "http://tracker.test"
IDENTITY = cookies.IDENTITY
AUTH = {
    "redirect_uri": f"{HOST}/oauth2callback", "cookie_secret": "x" * 32, "client_id": "a", "client_secret": "b",
    "server_metadata_url": "https://id.example/.well-known/openid-configuration",
}  # fmt: skip


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    said: dict[str, object] = {"auth": AUTH}
    monkeypatch.setattr(st, "secrets", said)
    return said


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    with new_store(tmp_path) as store:
        add_person(store, "reporter", grant("reporter", "210902"), password=hashed(PASSWORD))
    monkeypatch.setenv("TRACKERS_DB", str(tmp_path / "tracker.db"))
    return tmp_path / "tracker.db"


def answer_of_streamlit(request: Request) -> Response:
    """What Streamlit answers on the way to the provider and back, as the query of the test asks."""
    asked = request.query_params.get("answer", "")
    if request.url.path == single_sign_on.LOGIN:
        return PlainTextResponse("Authentication error", 400) if asked == "dead" else RedirectResponse("https://id.example")
    answer = RedirectResponse("/", status_code=302)
    if asked == "known":
        answer.set_cookie(IDENTITY, "signed", httponly=True)
    elif asked == "dropped":
        answer.delete_cookie(IDENTITY)
    return answer


async def a_page(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"page {request.url.path}")


@pytest.fixture
def client(database: Path, secrets: dict[str, object]) -> Iterator[TestClient]:
    ways = [Route(path, answer_of_streamlit) for path in (single_sign_on.LOGIN, single_sign_on.CALLBACK)]
    routes = [*signing.ROUTES, *ways, Route("/{path:path}", a_page)]
    layers = [Middleware(signing.SignedInFirst), Middleware(single_sign_on.FromProvider)]
    application = Starlette(routes=routes, middleware=layers)
    with TestClient(application, HOST, follow_redirects=False, headers={"accept": "text/html"}) as made:
        yield made


def test_without_an_auth_part_there_is_no_single_sign_on():
    assert settings_of({}) is None and settings_of({"tracker": {"claim": "email"}}) is None


def test_the_claim_is_the_subject_unless_it_is_named():
    assert settings_of({"auth": AUTH}) == Settings("sub", vouched=False)
    own = {"claim": " email ", "email_is_verified": True}
    assert settings_of({"auth": AUTH, "tracker": own}) == Settings("email", vouched=True)


@pytest.mark.parametrize("name", single_sign_on.NEEDED)
@pytest.mark.parametrize("said", [None, "", " ", 7])
def test_what_is_missing_is_named(name, said):
    with pytest.raises(FileError, match=name):
        settings_of({"auth": AUTH | {name: said}})


@pytest.mark.parametrize(
    ("secrets", "why"),
    [
        ({"auth": AUTH | {"cookie_secret": "x" * 31}}, "至少 32"),
        ({"auth": AUTH | {"redirect_uri": HOST}}, "/oauth2callback"),
        ({"auth": "x"}, "各是一节"),
        ({"auth": AUTH, "tracker": "email"}, "各是一节"),
        ({"auth": AUTH, "tracker": {"claim": ""}}, "claim"),
        ({"auth": AUTH, "tracker": {"claim": 7}}, "claim"),
        ({"auth": AUTH, "tracker": {"email_is_verified": "yes"}}, "email_is_verified"),
    ],
)
def test_what_is_weak_or_of_another_kind_is_told(secrets, why):
    with pytest.raises(FileError, match=why):
        settings_of(secrets)


def test_a_broken_file_is_told_and_a_missing_one_is_none(tmp_path, monkeypatch):
    from streamlit.runtime.secrets import Secrets

    file = tmp_path / "secrets.toml"
    monkeypatch.setattr(st, "get_option", lambda _: [str(file)])
    monkeypatch.setattr("streamlit.config.get_option", lambda _: [str(file)])
    monkeypatch.setattr(st, "secrets", Secrets())
    assert session.single_sign_on() is None
    file.write_text("[auth\n", encoding="utf-8")
    with pytest.raises(FileError, match="TOML"):
        session.single_sign_on()
    assert not session.offers_single_sign_on()


def test_the_example_in_the_documents_is_refused_until_it_is_filled_in():
    import tomllib

    example = tomllib.loads((Path(__file__).parents[2] / "docs" / "secrets.example.toml").read_text(encoding="utf-8"))
    with pytest.raises(FileError, match="cookie_secret"):
        settings_of(example)
    assert settings_of(example | {"auth": example["auth"] | {"cookie_secret": "x" * 32}}) == Settings()


def test_streamlit_calls_its_cookie_and_answers_paths_as_known_here():
    assert cookies.IDENTITY == starlette_server_config.USER_COOKIE_NAME
    assert starlette_server_config.TOKENS_COOKIE_NAME.startswith(cookies.IDENTITY)
    paths = {route.path for route in starlette_auth_routes.create_auth_routes("")}
    assert paths == signing.TO_PROVIDER


def test_the_sign_in_page_offers_it_where_it_is_set_up_alone(client, secrets):
    assert 'href="/sso"' in client.get("/sign-in").text
    secrets["auth"] = AUTH | {"client_id": ""}
    said = client.get("/sign-in").text
    assert 'href="/sso"' not in said and "单点登录暂不可用" in said and "client_id" in said and "<form" in said
    del secrets["auth"]
    said = client.get("/sign-in").text
    assert "/sso" not in said and "单点登录" not in said


def test_nobody_reaches_a_page_but_by_the_way_to_the_provider_or_with_an_identity(client, secrets):
    assert client.get("/plan").headers["location"] == "/sign-in?next=/plan"
    assert client.get("/sso").text == "page /sso"
    client.cookies.set(IDENTITY, "anything")
    assert client.get("/plan").text == "page /plan", "the run looks at it"
    del secrets["auth"]
    assert client.get("/plan").headers["location"] == "/sign-in?next=/plan"
    assert client.get("/sso").headers["location"] == "/sign-in"


def test_whoever_is_signed_in_with_a_password_is_not_led_to_the_provider(client, database):
    with open_store(database) as store:
        client.cookies.set(cookies.session_cookie(database), signed_in(store, "reporter"))
    assert client.get("/sso").headers["location"] == "/"


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out"])
def test_signing_in_with_a_password_and_signing_out_take_the_identity_away(client, path):
    for name in (IDENTITY, f"{IDENTITY}_1", f"{IDENTITY}_tokens"):
        client.cookies.set(name, "x", domain="tracker.test")
    answer = client.post(path, data={"login": "reporter", "password": PASSWORD}, headers={"origin": HOST})
    assert answer.status_code == 303
    assert not [name for name in client.cookies if name.startswith(IDENTITY)]


def test_the_way_back_leads_to_the_page_that_was_wanted(client):
    client.get("/sign-in?next=/region%3Fplan%3D%E8%BE%BD%E5%AE%81")
    answer = client.get("/oauth2callback?state=1&answer=known")
    assert answer.status_code == 302 and answer.headers["location"] == "/region?plan=%E8%BE%BD%E5%AE%81"
    client.get("/sign-in")
    assert client.get("/oauth2callback?state=1&answer=known").headers["location"] == "/"


@pytest.mark.parametrize("wanted", ["//evil.test", "https://evil.test", "/\\evil.test", "/sso", "%2F%2Fevil.test", "/a\r\nb"])
def test_the_way_back_leads_nowhere_else(client, database, wanted):
    answer = Response()
    cookies.keep_wanted(answer, database, wanted, secure=False)
    kept = answer.headers["set-cookie"].split(";")[0]
    told = client.get("/oauth2callback?state=1&answer=known", headers={"cookie": kept})
    assert told.headers["location"] == "/"


@pytest.mark.parametrize("query", ["error=access_denied", "state=1", "state=1&answer=dropped", "code=2&state=1"])
def test_a_way_back_on_which_nobody_was_named_is_told(client, query):
    answer = client.get(f"/oauth2callback?{query}")
    assert answer.status_code == 401 and "没有完成" in answer.text


def test_the_way_back_from_signing_out_at_the_provider_is_no_failure(client):
    assert client.get("/oauth2callback").headers["location"] == "/"


def test_a_provider_that_cannot_be_reached_is_told(client):
    answer = client.get("/auth/login?provider=x&answer=dead")
    assert answer.status_code == 502 and "连不上" in answer.text
    assert client.get("/auth/login?provider=x").headers["location"] == "https://id.example"


# In a run of the script.

SAID = {"is_logged_in": True, "iss": "https://id.example", "sub": "u-1", "nonce": "n"}


@pytest.fixture
def browser(monkeypatch, database, secrets):
    from datetime import UTC, datetime

    said = SAID | {"iat": int(datetime.now(UTC).timestamp())}
    shown: dict[str, str | None] = {"cookie": None}
    monkeypatch.setattr(st, "user", said)
    monkeypatch.setattr(session, "cookie_of_this_browser", lambda _: shown["cookie"])
    monkeypatch.setattr(session, "address_of_this_browser", lambda: "10.0.0.1")
    with open_store(database) as store, store.writing():
        store.connection.execute("UPDATE account SET claim = 'u-1' WHERE login = 'reporter'")
    return said, shown


def test_a_run_is_that_of_whom_the_provider_named(database, browser):
    with session.opened(database) as run:
        assert run.actor.login == "reporter" and isinstance(run.shown, Identity)


@pytest.mark.parametrize("said", [{"is_logged_in": False}, {"sub": "u-2"}, {"iat": 7}])
def test_a_run_of_nobody_known_is_nobodys(database, browser, said):
    browser[0].update(said)
    with pytest.raises(SignInError), session.opened(database):
        pass


def test_without_an_auth_part_whom_a_cookie_names_is_not_asked(database, browser, secrets):
    del secrets["auth"]
    with pytest.raises(SignInError, match="请先登录"), session.opened(database):
        pass


def test_an_open_session_by_password_goes_first(database, browser):
    with open_store(database) as store:
        browser[1]["cookie"] = signed_in(store, "other", grant("leader", "210900"))
    with session.opened(database) as run:
        assert run.actor.login == "other"


def test_leaving_ends_the_session_here_and_asks_streamlit_to_end_its_own(database, browser, monkeypatch):
    asked = []
    monkeypatch.setattr(st, "logout", lambda: asked.append("logout"))
    monkeypatch.setattr(st, "stop", lambda: asked.append("stop"))
    with session.opened(database):
        session.leave()
    assert asked == ["logout", "stop"]
    with pytest.raises(SignInError, match="已经结束"), session.opened(database):
        pass
