from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from tests.people import add_person, grant
from tests.samples import AT, OPERATOR, new_store
from trackers.actions import passwords, signing
from trackers.actions.accounts import create_account, disable_account, first_administrator, reset_password
from trackers.actions.passwords import hashed
from trackers.actions.signing import (
    FIRST_WAIT,
    FREE,
    MOST,
    MOST_FROM_HERE,
    UNKNOWN,
    WINDOW,
    Client,
    change_password,
    keep_open,
    network,
    seconds_to_wait,
    sign_in,
    sign_out,
)
from trackers.errors import RefusedError, SignInError
from trackers.model.account import ONE_TIME_DAYS
from trackers.model.account_words import typed_account
from trackers.queries.sessions import IDLE, LONGEST, digest_of, open_session, session_actor, why_ended
from trackers.store import open_store

PASSWORD, OTHER = "长江 黄河 泰山 7", "松树 石桥 月亮 5"
HASHED = hashed(PASSWORD)
HOME, AWAY = Client("10.0.0.1"), Client("10.0.0.2")
SECOND = timedelta(seconds=1)


@pytest.fixture
def store(tmp_path):
    made = new_store(tmp_path)
    add_person(made, "reporter", grant("reporter", "210902"), password=HASHED)
    add_person(made, "leader", grant("leader", "100000", below=True), password=HASHED)
    yield made
    made.close()


@pytest.fixture
def quick(monkeypatch):
    """Compare passwords without the slow hash, where a test tries many."""
    monkeypatch.setattr(signing, "matches", lambda stored, password: stored is not None and password == PASSWORD)


def entered(store, login="reporter", client=HOME, at=AT, password=PASSWORD):
    return sign_in(store, login, password, client=client, at=at)


def fail(store, times, login="reporter", client=HOME, at=AT):
    """Fail so often, each time as soon as it is allowed; the moment of the last failure."""
    for _ in range(times):
        at += timedelta(seconds=waiting(store, login, client, at))
        with pytest.raises(SignInError, match="登录名或密码不对"):
            entered(store, login, client, at, "wrong")
    return at


def waiting(store, login, client, at):
    counted = digest_of(client.browser) if client.browser else client.address
    rows = store.rows("failures_of", login=login, client=counted)
    return seconds_to_wait([row["at"] for row in rows], int(at.timestamp()))


def entries(store, action):
    rows = store.connection.execute("SELECT by, subject, detail FROM audit WHERE action = ? ORDER BY id", (action,))
    return [(by, subject, json.loads(detail)) for by, subject, detail in rows]


def test_whoever_signs_in_acts_under_their_login_from_their_address(store):
    done = entered(store)
    actor = session_actor(store, done.token, "10.0.0.9", at=AT)
    assert (actor.login, actor.where, actor.operator) == ("reporter", "10.0.0.9", False)
    assert not done.must_change


def test_a_login_is_found_in_capitals_full_width_and_with_blanks(store):
    assert entered(store, " ＲＥＰＯＲＴＥＲ ").token


def test_only_digests_of_cookies_are_kept(store):
    done = entered(store)
    dump = "\n".join(store.connection.iterdump())
    assert done.token not in dump and done.browser not in dump
    assert digest_of(done.token) in dump and digest_of(done.browser) in dump


def test_no_cookie_another_cookie_and_a_digest_open_nothing(store):
    done = entered(store)
    for token in (None, "", "x" * 43, digest_of(done.token), done.browser):
        assert open_session(store, token, at=AT) is None
        assert "请先登录" in why_ended(store, token, at=AT)


def test_every_wrong_thing_is_told_in_the_same_sentence(store):
    add_person(store, "by-claim-alone")
    said = set()
    for login, password in [
        ("reporter", "wrong"), ("nobody", PASSWORD), ("", ""), ("<b>", "x"), ("x" * 300, "x"), ("by-claim-alone", ""),
    ]:  # fmt: skip
        with pytest.raises(SignInError) as told:
            entered(store, login, password=password)
        said.add(str(told.value))
    assert len(said) == 1


def test_an_unknown_login_costs_the_same_work(store, monkeypatch):
    asked = []
    monkeypatch.setattr(signing, "matches", lambda stored, password: asked.append(stored is None))
    for login in ("reporter", "nobody"):
        with pytest.raises(SignInError):
            entered(store, login)
    assert asked == [False, True]
    verified = []

    class Watched:
        def verify(self, stored, password):
            verified.append(stored)
            return True

    monkeypatch.setattr(passwords, "_HASHER", Watched())
    monkeypatch.setattr(passwords, "_nobodys", lambda: "somebody's")
    assert not passwords.matches(None, "x") and verified == ["somebody's"], "a hash is worked out all the same"


def test_unknown_logins_wait_as_known_ones_do(store, quick):
    at = fail(store, FREE)
    for login in ("nobody", "NOBODY", "nobody "):
        with pytest.raises(SignInError, match="登录名或密码不对"):
            entered(store, login, at=AT)
    for login in ("reporter", "nobody", "Nobody"):
        with pytest.raises(SignInError, match=f"请等 {FIRST_WAIT} 秒"):
            entered(store, login, at=at)


def test_the_record_tells_of_sign_ins_and_sign_outs(store):
    done = entered(store)
    entered(store, client=Client("10.0.0.1", done.browser))
    sign_out(store, done.token, address="10.0.0.1", at=AT)
    sign_out(store, done.token, address="10.0.0.1", at=AT)
    told = [(by, subject, detail["browser"]) for by, subject, detail in entries(store, "sign_in")]
    assert told == [("reporter", "reporter", "new"), ("reporter", "reporter", "known")]
    assert entries(store, "sign_out") == [("reporter", "reporter", {"where": "10.0.0.1"})]


def test_the_record_tells_of_refusals_and_never_what_was_typed(store, quick):
    for login, password in [("reporter", "Secret-one-7"), ("Secret-two-8", "x")]:
        with pytest.raises(SignInError):
            entered(store, login, password=password)
    told = entries(store, "sign_in")
    assert [(by, subject) for by, subject, _ in told] == [("（未登录）", "reporter"), ("（未登录）", UNKNOWN)]
    assert all("不对" in detail["refused"] and detail["where"] == "10.0.0.1" for _, _, detail in told)
    dump = "\n".join(store.connection.iterdump()).lower()
    assert "secret-one-7" not in dump and "secret-two-8" not in dump


def test_a_cookie_is_worth_nothing_after_signing_out(store):
    first, second = entered(store), entered(store)
    sign_out(store, first.token, address="10.0.0.1", at=AT)
    assert session_actor(store, first.token, "", at=AT) is None
    assert "已经结束" in why_ended(store, first.token, at=AT)
    assert session_actor(store, second.token, "", at=AT), "other browsers stay signed in"


@pytest.mark.parametrize(("after", "open"), [(IDLE - SECOND, True), (IDLE, False), (IDLE + SECOND, False)])
def test_a_session_ends_when_it_is_not_used(store, after, open):
    done = entered(store)
    assert bool(session_actor(store, done.token, "", at=AT + after)) is open
    if not open:
        assert "超过 2 小时没有操作" in why_ended(store, done.token, at=AT + after)


@pytest.mark.parametrize(("after", "open"), [(LONGEST - SECOND, True), (LONGEST, False), (LONGEST + SECOND, False)])
def test_a_session_ends_in_the_end_however_much_it_is_used(store, after, open):
    done = entered(store)
    for hour in range(1, 12):
        keep_open(store, done.token, at=AT + timedelta(hours=hour))
    assert bool(session_actor(store, done.token, "", at=AT + after)) is open
    if not open:
        assert "已满 12 小时" in why_ended(store, done.token, at=AT + after)


def test_signing_in_again_ends_the_session_whose_cookie_it_replaces(store):
    first = sign_in(store, "reporter", PASSWORD, client=HOME, at=AT)
    second = sign_in(store, "leader", PASSWORD, client=HOME, at=AT, before=first.token)
    assert open_session(store, first.token, at=AT) is None and open_session(store, second.token, at=AT)
    with pytest.raises(SignInError):
        sign_in(store, "leader", OTHER, client=HOME, at=AT, before=second.token)
    assert open_session(store, second.token, at=AT), "a wrong password signs nobody out"


def test_use_is_noted_at_most_once_a_minute_and_never_of_a_session_that_is_over(store):
    done = entered(store)
    began = open_session(store, done.token, at=AT).seen
    keep_open(store, done.token, at=AT + timedelta(seconds=59))
    assert open_session(store, done.token, at=AT).seen == began
    keep_open(store, done.token, at=AT + timedelta(seconds=60))
    assert open_session(store, done.token, at=AT).seen == began + 60
    keep_open(store, done.token, at=AT + timedelta(seconds=60) + IDLE)
    assert session_actor(store, done.token, "", at=AT + timedelta(seconds=60) + IDLE) is None


def test_a_disabled_account_ends_its_sessions_and_tells_only_whoever_knows_the_password(store):
    done = entered(store)
    disable_account(store, "reporter", by=OPERATOR, at=AT)
    assert session_actor(store, done.token, "", at=AT) is None
    assert "已停用" in why_ended(store, done.token, at=AT)
    with pytest.raises(SignInError, match="已停用"):
        entered(store)
    with pytest.raises(SignInError, match="登录名或密码不对"):
        entered(store, password="wrong")


def test_a_changed_password_ends_every_session_and_begins_one_anew(store):
    first, second = entered(store), entered(store)
    third = change_password(store, first.token, PASSWORD, OTHER, client=HOME, at=AT)
    assert [bool(session_actor(store, each.token, "", at=AT)) for each in (first, second, third)] == [False, False, True]
    assert entered(store, password=OTHER)
    with pytest.raises(SignInError):
        entered(store)
    assert entries(store, "change_password")[0][:2] == ("reporter", "reporter")


EXPIRED = timedelta(days=ONE_TIME_DAYS)


def test_a_one_time_password_is_taken_for_seven_days_and_refused_from_then_on(store):
    fresh = reset_password(store, "reporter", by=OPERATOR, at=AT)
    assert timedelta(days=7) == EXPIRED
    assert entered(store, password=fresh, at=AT + EXPIRED - SECOND).must_change
    for late in (EXPIRED, EXPIRED + SECOND, timedelta(days=400)):
        with pytest.raises(SignInError, match="这个一次性密码已过期：从给出时起 7 天内有效。请联系管理员重置密码"):
            entered(store, password=fresh, at=AT + late)
    assert "已过期" in entries(store, "sign_in")[-1][2]["refused"]
    again = reset_password(store, "reporter", by=OPERATOR, at=AT + 2 * EXPIRED)
    assert entered(store, password=again, at=AT + 3 * EXPIRED - SECOND).must_change


def test_whoever_guesses_learns_nothing_of_a_one_time_password_that_has_expired(store):
    reset_password(store, "reporter", by=OPERATOR, at=AT)
    with pytest.raises(SignInError, match="登录名或密码不对"):
        entered(store, at=AT + EXPIRED)


def test_a_one_time_password_that_expires_meanwhile_is_not_changed_and_an_own_one_never_expires(store):
    fresh, late = reset_password(store, "reporter", by=OPERATOR, at=AT), AT + EXPIRED
    done = entered(store, password=fresh, at=late - SECOND)
    with pytest.raises(SignInError, match="一次性密码已过期"):
        change_password(store, done.token, fresh, OTHER, client=HOME, at=late)
    change_password(store, done.token, fresh, OTHER, client=HOME, at=late - SECOND)
    assert not entered(store, password=OTHER, at=late + timedelta(days=4000)).must_change


def test_the_password_of_a_new_account_and_of_the_first_administrator_expire_too(store, tmp_path):
    typed = typed_account("newcomer", "新人", "", None, (grant("leader", "100000"),))
    create_account(store, typed, password=PASSWORD, by=OPERATOR, at=AT)
    with pytest.raises(SignInError, match="一次性密码已过期"):
        entered(store, "newcomer", at=AT + EXPIRED)
    (tmp_path / "first").mkdir()
    with new_store(tmp_path / "first") as fresh:
        password = first_administrator(fresh, at=AT)
        assert entered(fresh, "admin", password=password, at=AT + EXPIRED - SECOND).must_change
        with pytest.raises(SignInError, match="一次性密码已过期"):
            entered(fresh, "admin", password=password, at=AT + EXPIRED)


def test_the_passwords_of_demonstration_accounts_do_not_expire(store):
    fresh = reset_password(store, "reporter", by=OPERATOR, at=AT)
    store.connection.execute("UPDATE account SET demo = 1 WHERE login = 'reporter'")
    entered(store, password=fresh, at=AT + timedelta(days=400))


def test_one_time_passwords_of_before_count_from_the_day_the_database_is_brought_up_to_date(store):
    fresh = reset_password(store, "reporter", by=OPERATOR, at=AT)
    store.connection.execute("ALTER TABLE account DROP COLUMN one_time_since")
    store.connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm0012_one_time_passwords'")
    store.close()
    before = datetime.now(UTC)
    with open_store(store.path) as again:
        after = datetime.now(UTC)
        assert entered(again, password=fresh, at=before + EXPIRED - SECOND).must_change
        with pytest.raises(SignInError, match="一次性密码已过期"):
            entered(again, password=fresh, at=after + EXPIRED)
        entered(again, "leader", at=after + timedelta(days=400))


def test_a_reset_password_ends_every_session_and_must_be_changed_before_anything_else(store):
    done = entered(store)
    fresh = reset_password(store, "reporter", by=OPERATOR, at=AT)
    assert session_actor(store, done.token, "", at=AT) is None
    again = entered(store, password=fresh)
    assert again.must_change and open_session(store, again.token, at=AT).must_change
    assert session_actor(store, again.token, "", at=AT) is None, "nothing can be done with it yet"
    assert "修改密码" in why_ended(store, again.token, at=AT)
    own = change_password(store, again.token, fresh, OTHER, client=HOME, at=AT)
    assert not own.must_change and session_actor(store, own.token, "", at=AT)


@pytest.mark.parametrize(
    ("old", "new", "error", "why"),
    [
        ("wrong", OTHER, SignInError, "原密码不对"),
        (PASSWORD, "short", RefusedError, "太短"),
        (PASSWORD, "password123", RefusedError, "太常见"),
        (PASSWORD, PASSWORD, RefusedError, "与原密码相同"),
    ],
)
def test_a_password_is_changed_only_for_a_good_one_by_whoever_knows_the_old_one(store, old, new, error, why):
    done = entered(store)
    with pytest.raises(error, match=why):
        change_password(store, done.token, old, new, client=HOME, at=AT)
    assert session_actor(store, done.token, "", at=AT) and entered(store)


def test_the_old_password_cannot_be_guessed_with_a_stolen_session(store, quick):
    done = entered(store)
    for _ in range(FREE):
        with pytest.raises(SignInError, match="原密码不对"):
            change_password(store, done.token, "wrong", OTHER, client=HOME, at=AT)
    with pytest.raises(SignInError, match="请等"):
        change_password(store, done.token, PASSWORD, OTHER, client=HOME, at=AT)


def test_the_password_that_the_sign_in_page_shows_stays_as_it_is(store):
    with store.writing():
        store.connection.execute("UPDATE account SET demo = 1")
    with pytest.raises(RefusedError, match="演示账号"):
        change_password(store, entered(store).token, PASSWORD, OTHER, client=HOME, at=AT)


def test_nobody_changes_a_password_without_a_session(store):
    with pytest.raises(SignInError, match="登录已经结束"):
        change_password(store, "x" * 43, PASSWORD, OTHER, client=HOME, at=AT)


def test_waits_grow_with_the_failures_and_end_to_the_second():
    assert [seconds_to_wait([0] * count, 0) for count in range(MOST + 2)] == [
        0, 0, 0, 5, 10, 20, 40, 80, 160, 320, WINDOW, WINDOW,
    ]  # fmt: skip
    assert [seconds_to_wait([0] * FREE, now) for now in (4, 5, 6)] == [1, 0, 0]
    assert [seconds_to_wait([0] * MOST, now) for now in (WINDOW - 1, WINDOW, WINDOW + 1)] == [1, 0, 0]
    spread = [*range(0, 630, 70), 635]
    assert len(spread) == MOST and seconds_to_wait(spread, WINDOW + 100) == 535, "the whole window from the last on"
    assert seconds_to_wait([0, 0, WINDOW], WINDOW) == 0 and seconds_to_wait([1, 1, WINDOW], WINDOW) == FIRST_WAIT


def test_after_many_failures_even_the_right_password_waits(store, quick):
    at = fail(store, MOST)
    with pytest.raises(SignInError, match=r"请等 900 秒（约 15 分钟）"):
        entered(store, at=at)
    with pytest.raises(SignInError, match="请等 1 秒"):
        entered(store, at=at + timedelta(seconds=WINDOW - 1))
    assert entered(store, at=at + timedelta(seconds=WINDOW))


def test_whoever_guesses_locks_nobody_else_out(store, quick):
    own = entered(store)
    at = fail(store, MOST)
    assert entered(store, client=AWAY, at=at), "another address"
    assert entered(store, client=Client(HOME.address, own.browser), at=at), "a known browser at the same address"
    assert entered(store, "leader", at=at), "another account at the same address"
    with pytest.raises(SignInError, match="请等"):
        entered(store, client=Client(HOME.address, "forged" * 7), at=at)


def test_a_known_browser_waits_for_its_own_failures_alone(store, quick):
    browser = entered(store).browser
    known = Client(HOME.address, browser)
    at = fail(store, MOST, client=known)
    with pytest.raises(SignInError, match="请等"):
        entered(store, client=known, at=at)
    with pytest.raises(SignInError, match="请等"):
        entered(store, client=Client(AWAY.address, browser), at=at)
    assert entered(store, client=HOME, at=at)


def test_a_browser_known_to_one_account_is_a_stranger_to_another(store, quick):
    browser = entered(store, "leader").browser
    at = fail(store, MOST, client=HOME)
    with pytest.raises(SignInError, match="请等"):
        entered(store, client=Client(HOME.address, browser), at=at)


def test_a_success_forgets_the_failures_of_that_client(store, quick):
    fail(store, FREE - 1)
    fail(store, FREE - 1, client=AWAY)
    entered(store)
    fail(store, FREE)
    fail(store, 1, client=AWAY)
    with pytest.raises(SignInError, match="请等"):
        entered(store, client=AWAY)


def test_one_address_cannot_try_one_password_on_every_login(store, quick):
    browser = entered(store).browser
    for each in range(MOST_FROM_HERE):
        with pytest.raises(SignInError, match="登录名或密码不对"):
            entered(store, f"person{each}")
    with pytest.raises(SignInError, match="请等"):
        entered(store, "leader")
    assert entered(store, client=AWAY) and entered(store, client=Client(HOME.address, browser))


def test_many_tries_at_once_are_no_way_around_the_count(store, tmp_path, quick):
    def attempt(_):
        with open_store(store.path) as own:
            try:
                entered(own, password="wrong")
            except SignInError as error:
                return "不对" in str(error)

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(24))) == FREE


def test_hashes_are_worked_out_two_at_a_time(monkeypatch):
    import threading
    import time

    now, most, lock = 0, 0, threading.Lock()

    class Slow:
        def verify(self, stored, password):
            nonlocal now, most
            with lock:
                now += 1
                most = max(most, now)
            time.sleep(0.02)
            with lock:
                now -= 1
            return True

    monkeypatch.setattr(passwords, "_HASHER", Slow())
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda _: passwords.matches("stored", "x"), range(8)))
    assert most == 2


def test_old_failures_and_old_sessions_are_forgotten(store, quick):
    fail(store, 2)
    entered(store, "leader")
    later = AT + timedelta(days=8)
    entered(store, "leader", at=later)
    assert store.connection.execute("SELECT count(*) FROM sign_in_failure").fetchone()[0] == 0
    assert store.connection.execute("SELECT count(*) FROM session").fetchone()[0] == 1


def test_a_browser_keeps_its_cookie_and_a_made_up_one_is_replaced(store, quick):
    first = entered(store)
    assert entered(store, client=Client("10.0.0.1", first.browser)).browser == first.browser
    assert entered(store, client=Client("10.0.0.1", "chosen by somebody")).browser != "chosen by somebody"


def test_an_office_of_ipv6_is_one_address():
    assert network("2001:db8:1:2:aaaa::1") == network("2001:db8:1:2:bbbb::9") != network("2001:db8:1:3::1")
    assert network("::ffff:10.0.0.1") == network("10.0.0.1") == "10.0.0.1"
    assert network("testclient") == "testclient"
