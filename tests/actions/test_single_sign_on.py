from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.people import add_person, grant
from tests.samples import AT, OPERATOR, new_store
from trackers.actions.accounts import change_account, disable_account, enable_account, reset_password
from trackers.actions.signing import KEPT, STRANGER, UNKNOWN, keep_open, sign_out
from trackers.actions.single_sign_on import sign_in_by_identity
from trackers.errors import SignInError
from trackers.model.identity import Identity
from trackers.queries.accounts import known_account
from trackers.queries.sessions import FRESH, IDLE, LONGEST, seconds, session_actor, why_ended

SECOND = timedelta(seconds=1)
ALICE = Identity("sub", "u-1", "identity:a", seconds(AT))


@pytest.fixture
def store(tmp_path):
    made = new_store(tmp_path)
    for login, claim in (("alice", "u-1"), ("bob", "u-2"), ("carol", None)):
        add_person(made, login, grant("reporter", "210902"))
        claim_of(made, login, claim)
    yield made
    made.close()


def claim_of(store, login, claim):
    with store.writing():
        store.connection.execute("UPDATE account SET claim = ? WHERE login = ?", (claim, login))


def entered(store, identity=ALICE, at=AT):
    sign_in_by_identity(store, identity, address="10.0.0.1", at=at)
    return who(store, identity, at)


def who(store, identity=ALICE, at=AT):
    actor = session_actor(store, identity, "10.0.0.1", at=at)
    return actor.login if actor else None


def entries(store):
    rows = store.connection.execute("SELECT by, subject, detail FROM audit WHERE action = 'sign_in' ORDER BY id")
    return [(by, subject, json.loads(detail)) for by, subject, detail in rows]


def accounts(store):
    return store.connection.execute("SELECT COUNT(*) FROM account").fetchone()[0]


def test_the_account_with_the_claim_is_entered_and_the_record_tells_how(store):
    assert entered(store) == "alice"
    assert entries(store) == [("alice", "alice", {"how": "统一认证", "where": "10.0.0.1"})]


def test_a_session_begins_once_for_each_sign_in(store):
    for _ in range(3):
        entered(store)
    assert len(entries(store)) == 1
    assert entered(store, replace(ALICE, mark="identity:b")) == "alice"
    assert len(entries(store)) == 2


@pytest.mark.parametrize("value", ["u-3", "U-1", "u-1 ", "ｕ-1", "alice", "", "%", "u_1"])
def test_an_identity_without_an_account_is_told_what_to_give_the_administrator_and_makes_none(store, value):
    before = accounts(store)
    with pytest.raises(SignInError, match="告诉管理员") as told:
        entered(store, replace(ALICE, value=value))
    assert f"“{value}”" in str(told.value) and "sub" in str(told.value) and accounts(store) == before
    (by, subject, detail), = entries(store)
    assert (by, subject) == (STRANGER, UNKNOWN) and value in detail["refused"]


def test_a_disabled_account_is_refused_and_the_record_keeps_it(store):
    disable_account(store, "alice", by=OPERATOR, at=AT)
    with pytest.raises(SignInError, match="已停用"):
        entered(store)
    assert "已停用" in entries(store)[0][2]["refused"]


def test_a_session_ends_with_signing_out_and_does_not_come_back(store):
    entered(store)
    sign_out(store, ALICE, address="10.0.0.1", at=AT)
    assert entered(store, at=AT + SECOND) is None
    assert "已经结束" in why_ended(store, ALICE, at=AT + SECOND)
    assert len(entries(store)) == 1


@pytest.mark.parametrize("end", [disable_account, reset_password])
def test_a_session_ends_with_the_account_and_does_not_come_back_with_it(store, end):
    entered(store)
    end(store, "alice", by=OPERATOR, at=AT)
    assert who(store) is None
    enable_account(store, "alice", by=OPERATOR, at=AT)
    assert entered(store) is None


def test_a_password_to_be_changed_does_not_concern_single_sign_on(store):
    reset_password(store, "alice", by=OPERATOR, at=AT)
    assert entered(store) == "alice"


@pytest.mark.parametrize("claim", [None, "u-9"])
def test_a_session_ends_when_the_claim_is_taken_from_the_account(store, claim):
    entered(store)
    change_account(store, known_account(store, "alice").model_copy(update={"claim": claim}), by=OPERATOR, at=AT)
    assert who(store) is None and "标识已被改动" in why_ended(store, ALICE, at=AT)


@pytest.mark.parametrize(("after", "open"), [(IDLE - SECOND, True), (IDLE, False), (IDLE + SECOND, False)])
def test_a_session_ends_when_it_is_not_used_and_does_not_come_back(store, after, open):
    entered(store)
    assert entered(store, at=AT + after) == ("alice" if open else None)


@pytest.mark.parametrize(("after", "open"), [(LONGEST - SECOND, True), (LONGEST, False)])
def test_a_session_ends_in_the_end_however_much_it_is_used(store, after, open):
    entered(store)
    for hour in range(1, 12):
        keep_open(store, ALICE, at=AT + timedelta(hours=hour))
    assert entered(store, at=AT + after) == ("alice" if open else None)


@pytest.mark.parametrize(("after", "taken"), [(-FRESH - SECOND, False), (-FRESH, True), (FRESH, True), (FRESH + SECOND, False)])
def test_a_sign_in_that_is_not_of_now_begins_nothing(store, after, taken):
    if taken:
        assert entered(store, at=AT + after) == "alice"
        return
    with pytest.raises(SignInError, match="已经过期"):
        entered(store, at=AT + after)
    assert entries(store) == [], "nothing was tried"


def test_an_identity_whose_session_is_forgotten_does_not_come_back(store):
    entered(store)
    later = AT + LONGEST + KEPT + SECOND
    other = Identity("sub", "u-2", "identity:b", seconds(later))
    assert entered(store, other, at=later) == "bob"
    assert store.connection.execute("SELECT COUNT(*) FROM session").fetchone()[0] == 1
    with pytest.raises(SignInError, match="已经过期"):
        entered(store, at=later)


def test_an_entry_that_cannot_be_written_lets_nobody_in(store):
    store.connection.execute("CREATE TRIGGER broken BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no'); END")
    with pytest.raises(Exception, match="no"):
        entered(store)
    assert who(store) is None
