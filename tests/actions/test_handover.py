from __future__ import annotations

import json

import pytest

from tests.people import add_person, grant
from tests.samples import AT, new_store
from trackers.actions.handover import hand_over
from trackers.errors import ForbiddenError, RefusedError, UnknownNameError
from trackers.model.account import operator
from trackers.model.period import Period
from trackers.queries.accounts import account_of

OPERATOR = operator("tester")
NATION, CITY, COUNTY, SIBLING, PLAN = "100000", "210900", "210902", "210903", "sample-2013"


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path) as store:
        add_person(store, "leaver", grant("reporter", COUNTY), grant("reporter", SIBLING))
        add_person(store, "successor", grant("reporter", COUNTY))
        yield store


def draft(store, login: str, region: str, period: str, document: str = "{}") -> None:
    with store.writing():
        store.connection.execute(
            "INSERT INTO draft SELECT a.id, p.id, g.id, ?, ?, 'now' FROM account AS a, plan AS p, region AS g"
            " WHERE a.login = ? AND p.code = ? AND g.code = ?",
            (Period.parse(period).number, document, login, PLAN, region),
        )


def drafts(store) -> list[tuple[str, str]]:
    asked = "SELECT a.login, d.document FROM draft AS d JOIN account AS a ON a.id = d.account_id ORDER BY 1, 2"
    return store.connection.execute(asked).fetchall()


def test_drafts_and_grants_go_to_the_successor_and_the_leaver_signs_in_no_more(store):
    draft(store, "leaver", COUNTY, "2016", '{"own": 1}')
    draft(store, "successor", SIBLING, "2016", '{"own": 2}')
    hand_over(store, "leaver", "successor", by=OPERATOR, at=AT)
    assert drafts(store) == [("successor", '{"own": 1}'), ("successor", '{"own": 2}')]
    assert account_of(store, "successor").grants == (grant("reporter", COUNTY), grant("reporter", SIBLING))
    assert account_of(store, "leaver").disabled
    last = store.rows("audit_all")[-1]
    told = json.loads(last["detail"])
    assert (last["action"], last["subject"], told["to"]) == ("hand_over", "leaver", "successor")
    assert [sheet["region"] for sheet in told["drafts"]] == [COUNTY] and len(told["grants"]) == 2


def test_two_drafts_of_one_sheet_are_named_and_nothing_is_lost(store):
    draft(store, "leaver", COUNTY, "2016", "a")
    draft(store, "successor", COUNTY, "2016", "b")
    with pytest.raises(RefusedError, match="样例 辽宁省阜新市海州区 2016"):
        hand_over(store, "leaver", "successor", by=OPERATOR, at=AT)
    assert drafts(store) == [("leaver", "a"), ("successor", "b")]
    assert not account_of(store, "leaver").disabled and len(account_of(store, "successor").grants) == 1


def test_an_administrator_hands_over_within_the_own_regions(store):
    boss = add_person(store, "boss", grant("administrator", CITY, below=True))
    other = add_person(store, "other", grant("administrator", COUNTY))
    for login, actor in (("successor", other), ("far", boss)):
        if login == "far":
            add_person(store, "far", grant("reporter", "210000"))
        with pytest.raises(ForbiddenError):
            hand_over(store, "leaver", login, by=actor, at=AT)
        assert not account_of(store, "leaver").disabled
    hand_over(store, "leaver", "successor", by=boss, at=AT)
    assert account_of(store, "leaver").disabled


def test_the_last_administrator_may_hand_the_nation_over(store):
    add_person(store, "chief", grant("administrator", NATION, below=True))
    hand_over(store, "chief", "successor", by=OPERATOR, at=AT)
    assert account_of(store, "successor").grants[-1] == grant("administrator", NATION, below=True)


def test_nobody_hands_over_to_themselves_to_the_disabled_or_the_own_account(store):
    boss = add_person(store, "boss", grant("administrator", NATION, below=True))
    with pytest.raises(RefusedError, match="同一个账号"):
        hand_over(store, "leaver", "leaver", by=boss, at=AT)
    with pytest.raises(RefusedError, match="自己的账号"):
        hand_over(store, "boss", "successor", by=boss, at=AT)
    hand_over(store, "leaver", "successor", by=boss, at=AT)
    with pytest.raises(RefusedError, match="接手人“leaver”已停用"):
        hand_over(store, "successor", "leaver", by=boss, at=AT)
    with pytest.raises(UnknownNameError):
        hand_over(store, "successor", "nobody", by=boss, at=AT)


def test_one_who_was_disabled_before_still_hands_over(store):
    draft(store, "leaver", COUNTY, "2016", "a")
    with store.writing():
        store.connection.execute("UPDATE account SET disabled = 1 WHERE login = 'leaver'")
    hand_over(store, "leaver", "successor", by=OPERATOR, at=AT)
    assert drafts(store) == [("successor", "a")]
