from __future__ import annotations

import json

import pytest

from tests.people import add_person, grant
from tests.samples import AT, new_store
from trackers.actions.accounts import (
    DEMO_ACCOUNTS,
    DEMO_PASSWORD,
    change_account,
    create_account,
    demonstration_accounts,
    disable_account,
    enable_account,
    first_administrator,
    reset_password,
    take_accounts,
)
from trackers.actions.passwords import matches
from trackers.errors import ForbiddenError, RefusedError, UnknownNameError
from trackers.model.account import Account, Actor, Role, operator
from trackers.queries.accounts import account_of, accounts, demo_accounts
from trackers.queries.audit import chain_faults
from trackers.queries.check import faults
from trackers.store import open_store

OPERATOR = operator("tester")
NATION, PROVINCE, CITY, COUNTY, SIBLING = "100000", "210000", "210900", "210902", "210903"
PLAN = "sample-2013"


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path) as store:
        yield store


def account(login: str = "newcomer", *grants, **more) -> Account:
    return Account(**{"login": login, "name": "张三", "grants": grants or (grant("reporter", COUNTY),), **more})


def entries(store) -> list[dict]:
    return [{**row, "detail": json.loads(row["detail"])} for row in store.rows("audit_all")]


def stored(store, login: str) -> str | None:
    return store.connection.execute("SELECT password FROM account WHERE login = ?", (login,)).fetchone()[0]


def sign_in(store, login: str) -> None:
    with store.writing():
        store.connection.execute(
            "INSERT INTO session (digest, account_id, began, seen) SELECT ?, id, 0, 0 FROM account WHERE login = ?",
            (f"digest of {login}", login),
        )


def ended(store, login: str) -> int | None:
    row = store.connection.execute("SELECT ended FROM session WHERE digest = ?", (f"digest of {login}",)).fetchone()
    return row[0]


def administrator(store, region: str, *, below: bool = True, plans: tuple[str, ...] = (), login: str = "boss") -> Actor:
    return add_person(store, login, grant("administrator", region, below=below, plans=plans))


# making


def test_an_account_is_kept_as_it_was_given_and_the_record_says_so_without_the_password(store):
    grants = (grant("reporter", COUNTY, plans=(PLAN,)), grant("reviewer", CITY, below=True))
    typed = account("Zhang.San", *grants, unit=" 市  局 ", claim=" z@x ")
    create_account(store, typed, password="苹果 橡皮 黄河 七", by=OPERATOR, at=AT)
    kept = account_of(store, "zhang.san")
    assert (kept.name, kept.unit, kept.claim, kept.grants) == ("张三", "市 局", "z@x", grants)
    assert matches(stored(store, "zhang.san"), "苹果 橡皮 黄河 七")
    last = entries(store)[-1]
    assert (last["action"], last["subject"], last["by"]) == ("create_account", "zhang.san", "cli:tester")
    assert last["detail"]["after"]["grants"][0] == {"role": "reporter", "region": COUNTY, "below": False, "plans": [PLAN]}
    told = json.dumps(entries(store), ensure_ascii=False)
    assert "argon2" not in told and "苹果" not in told and "password" not in told
    assert chain_faults(store) == [] and faults(store) == []


def test_an_account_without_a_password_has_none(store):
    create_account(store, account(), password=None, by=OPERATOR, at=AT)
    assert stored(store, "newcomer") is None


def test_a_login_and_a_claim_belong_to_one_account(store):
    create_account(store, account("one", claim="one@x"), password=None, by=OPERATOR, at=AT)
    with pytest.raises(RefusedError, match="登录名“one”已经有人使用"):
        create_account(store, account("ONE"), password=None, by=OPERATOR, at=AT)
    with pytest.raises(RefusedError, match="“one@x”已经属于另一个账号"):
        create_account(store, account("two", claim="one@x"), password=None, by=OPERATOR, at=AT)
    create_account(store, account("two"), password=None, by=OPERATOR, at=AT)
    with pytest.raises(RefusedError, match="已经属于另一个账号"):
        change_account(store, account("two", claim=" one@x "), by=OPERATOR, at=AT)
    change_account(store, account("one", claim="one@x", name="李四"), by=OPERATOR, at=AT)
    assert account_of(store, "two").claim is None


@pytest.mark.parametrize(
    ("fields", "error", "sentence"),
    [
        ({"grants": (grant("reporter", "999999"),)}, UnknownNameError, "没有名为“999999”的地区"),
        ({"grants": (grant("reporter", CITY, plans=("nowhere",)),)}, UnknownNameError, "没有名为“nowhere”的规划"),
        ({"name": " \t "}, RefusedError, "姓名是空的"),
        ({"name": "张\u202e三"}, RefusedError, "看不见的控制字符"),
        ({"unit": "局\x1b[2J"}, RefusedError, "看不见的控制字符"),
        ({"claim": "a\x00b"}, RefusedError, "看不见的控制字符"),
    ],
)  # fmt: skip
def test_what_is_unknown_empty_or_unseen_is_refused(store, fields, error, sentence):
    with pytest.raises(error, match=sentence):
        create_account(store, account(**fields), password=None, by=OPERATOR, at=AT)
    assert account_of(store, "newcomer") is None


def test_a_weak_password_is_refused(store):
    with pytest.raises(RefusedError, match="太短"):
        create_account(store, account(), password="short", by=OPERATOR, at=AT)
    assert account_of(store, "newcomer") is None


@pytest.mark.parametrize("text", ["<img src=x onerror=alert(1)>", "=cmd|' /C calc'!A0", "**粗** $x$ :red[a]", "𠮷𫍽"])
def test_a_name_is_kept_to_the_letter(store, text):
    create_account(store, account(name=text, unit=text), password=None, by=OPERATOR, at=AT)
    assert (account_of(store, "newcomer").name, account_of(store, "newcomer").unit) == (text, text)


def test_the_same_grant_is_kept_once(store):
    twice = (grant("reporter", COUNTY, plans=(PLAN, PLAN)), grant("reporter", COUNTY, plans=(PLAN,)))
    create_account(store, account("twice", *twice), password=None, by=OPERATOR, at=AT)
    assert account_of(store, "twice").grants == (grant("reporter", COUNTY, plans=(PLAN,)),)


# who keeps whom


BOUNDARIES = [
    # the administrator's region, with those below, plans; the grant; may
    (CITY, True, (), grant("reporter", CITY), True),
    (CITY, True, (), grant("reporter", COUNTY), True),
    (CITY, True, (), grant("reviewer", CITY, below=True), True),
    (CITY, True, (), grant("administrator", CITY, below=True), True),
    (CITY, True, (), grant("reporter", PROVINCE), False),
    (CITY, True, (), grant("leader", NATION, below=True), False),
    (CITY, False, (), grant("reporter", CITY), True),
    (CITY, False, (), grant("reporter", CITY, below=True), False),
    (CITY, False, (), grant("reporter", COUNTY), False),
    (COUNTY, True, (), grant("reporter", COUNTY), True),
    (COUNTY, True, (), grant("reporter", SIBLING), False),
    (COUNTY, True, (), grant("reporter", CITY), False),
    (CITY, True, (PLAN,), grant("reporter", COUNTY, plans=(PLAN,)), True),
    (CITY, True, (PLAN,), grant("reporter", COUNTY), False),
    (NATION, True, (), grant("administrator", NATION, below=True), True),
    (NATION, False, (), grant("reporter", PROVINCE), False),
]


@pytest.mark.parametrize(("region", "below", "plans", "given", "may"), BOUNDARIES)
def test_an_administrator_keeps_the_accounts_within_the_own_regions_and_plans(store, region, below, plans, given, may):
    boss = administrator(store, region, below=below, plans=plans)
    add_person(store, "present", given)
    attempts = {
        "create": lambda: create_account(store, account("fresh", given), password=None, by=boss, at=AT),
        "change": lambda: change_account(store, account("present", given, name="李四"), by=boss, at=AT),
        "reset": lambda: reset_password(store, "present", by=boss, at=AT),
        "disable": lambda: disable_account(store, "present", by=boss, at=AT),
        "enable": lambda: enable_account(store, "present", by=boss, at=AT),
    }
    for attempt in attempts.values():
        if may:
            attempt()
        else:
            before = store.connection.execute("SELECT * FROM account ORDER BY id").fetchall()
            with pytest.raises(ForbiddenError, match="管理账号"):
                attempt()
            assert store.connection.execute("SELECT * FROM account ORDER BY id").fetchall() == before
            assert "没有“管理账号”的权限" in entries(store)[-1]["detail"]["refused"]
    assert ("present" in {each.login for each in accounts(store, by=boss)}) == may


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_no_other_role_keeps_accounts(store, role):
    other = add_person(store, "other", grant(role, NATION, below=True))
    with pytest.raises(ForbiddenError):
        create_account(store, account(), password=None, by=other, at=AT)
    assert accounts(store, by=other) == []


def test_nobody_keeps_an_account_of_which_one_grant_lies_outside(store):
    boss = administrator(store, CITY)
    add_person(store, "wide", grant("reporter", COUNTY), grant("reporter", PROVINCE))
    with pytest.raises(ForbiddenError, match="填报员：辽宁省"):
        reset_password(store, "wide", by=boss, at=AT)


def test_a_grant_cannot_be_taken_away_to_reach_an_account_nor_given_beyond_the_own_reach(store):
    boss = administrator(store, CITY)
    add_person(store, "wide", grant("reporter", COUNTY), grant("reporter", PROVINCE))
    add_person(store, "own", grant("reporter", COUNTY))
    with pytest.raises(ForbiddenError):
        change_account(store, account("wide", grant("reporter", COUNTY)), by=boss, at=AT)
    with pytest.raises(ForbiddenError):
        change_account(store, account("own", grant("reporter", PROVINCE)), by=boss, at=AT)
    with pytest.raises(ForbiddenError):
        change_account(store, account("boss", grant("administrator", PROVINCE, below=True)), by=boss, at=AT)
    assert account_of(store, "own").grants == (grant("reporter", COUNTY),)


def test_two_grants_of_an_administrator_add_up_over_the_grants_of_an_account(store):
    two = grant("administrator", COUNTY), grant("administrator", SIBLING)
    boss = add_person(store, "boss", *two)
    create_account(store, account("both", grant("reporter", COUNTY), grant("reporter", SIBLING)), password=None, by=boss, at=AT)
    with pytest.raises(ForbiddenError):
        create_account(store, account("third", grant("reporter", "210922")), password=None, by=boss, at=AT)


def test_an_account_without_grants_is_kept_by_those_of_the_nation_alone(store):
    city, nation = administrator(store, CITY), administrator(store, NATION, login="chief")
    empty = Account(login="empty", name="无角色")
    with pytest.raises(ForbiddenError, match="全国管理员"):
        create_account(store, empty, password=None, by=city, at=AT)
    create_account(store, empty, password=None, by=nation, at=AT)
    assert "empty" not in {each.login for each in accounts(store, by=city)}
    assert "empty" in {each.login for each in accounts(store, by=nation)}


def test_a_disabled_administrator_keeps_nothing(store):
    boss = administrator(store, CITY)
    disable_account(store, "boss", by=OPERATOR, at=AT)
    with pytest.raises(ForbiddenError):
        create_account(store, account(), password=None, by=boss, at=AT)
    assert accounts(store, by=boss) == []


# changing


def test_a_change_is_recorded_with_before_and_after_and_nothing_without_a_change(store):
    create_account(store, account(), password=None, by=OPERATOR, at=AT)
    change_account(store, account(grants=(grant("reviewer", CITY),), unit="市局"), by=OPERATOR, at=AT)
    told = entries(store)[-1]["detail"]
    assert (told["before"]["unit"], told["after"]["unit"]) == ("", "市局")
    assert [told[when]["grants"][0]["role"] for when in ("before", "after")] == ["reporter", "reviewer"]
    count = len(entries(store))
    change_account(store, account(grants=(grant("reviewer", CITY),), unit="市局"), by=OPERATOR, at=AT)
    assert len(entries(store)) == count


def test_a_change_leaves_the_password_and_the_state_alone(store):
    create_account(store, account(), password="苹果 橡皮 黄河 七", by=OPERATOR, at=AT)
    change_account(store, account(name="李四", disabled=True, must_change=True, demo=True), by=OPERATOR, at=AT)
    kept = account_of(store, "newcomer")
    assert (kept.name, kept.disabled, kept.must_change, kept.demo) == ("李四", False, False, False)
    assert matches(stored(store, "newcomer"), "苹果 橡皮 黄河 七")


def test_an_unknown_account_is_named(store):
    for attempt in (
        lambda: change_account(store, account("nobody"), by=OPERATOR, at=AT),
        lambda: disable_account(store, "nobody", by=OPERATOR, at=AT),
        lambda: enable_account(store, "nobody", by=OPERATOR, at=AT),
        lambda: reset_password(store, "nobody", by=OPERATOR, at=AT),
    ):
        with pytest.raises(UnknownNameError, match="没有名为“nobody”的账号"):
            attempt()


# disabling, enabling, passwords


def test_disabling_ends_the_sessions_of_that_account_alone_and_enabling_brings_none_back(store):
    for login in ("gone", "stays"):
        create_account(store, account(login), password=None, by=OPERATOR, at=AT)
        sign_in(store, login)
    disable_account(store, "gone", by=OPERATOR, at=AT)
    assert (ended(store, "gone"), ended(store, "stays")) == (int(AT.timestamp()), None)
    count = len(entries(store))
    disable_account(store, "gone", by=OPERATOR, at=AT)
    assert len(entries(store)) == count
    enable_account(store, "gone", by=OPERATOR, at=AT)
    assert not account_of(store, "gone").disabled and ended(store, "gone") is not None


def test_a_reset_gives_a_password_for_once_ends_sessions_and_forgets_failures(store):
    create_account(store, account(), password="苹果 橡皮 黄河 七", by=OPERATOR, at=AT)
    sign_in(store, "newcomer")
    with store.writing():
        add = "INSERT INTO sign_in_failure (at, login, client) VALUES (1, ?, 'x')"
        store.connection.executemany(add, [("newcomer",), ("another",)])
    fresh = reset_password(store, "newcomer", by=OPERATOR, at=AT)
    assert matches(stored(store, "newcomer"), fresh) and account_of(store, "newcomer").must_change
    assert ended(store, "newcomer") == int(AT.timestamp())
    assert store.connection.execute("SELECT login FROM sign_in_failure").fetchall() == [("another",)]
    assert fresh not in json.dumps(entries(store))


def test_the_password_of_a_disabled_account_is_not_reset(store):
    create_account(store, account(), password=None, by=OPERATOR, at=AT)
    disable_account(store, "newcomer", by=OPERATOR, at=AT)
    with pytest.raises(RefusedError, match="先启用"):
        reset_password(store, "newcomer", by=OPERATOR, at=AT)
    assert stored(store, "newcomer") is None


def test_nobody_disables_the_own_account_or_resets_the_own_password(store):
    boss = administrator(store, CITY)
    with pytest.raises(RefusedError, match="自己的密码"):
        reset_password(store, "boss", by=boss, at=AT)
    assert stored(store, "boss") is None
    with pytest.raises(RefusedError, match="自己的账号"):
        disable_account(store, "boss", by=boss, at=AT)
    assert not account_of(store, "boss").disabled


# the last administrator


def test_the_last_administrator_of_the_nation_stays(store):
    administrator(store, NATION, login="first")
    administrator(store, CITY, login="city")
    reporter = (grant("reporter", NATION),)
    with pytest.raises(RefusedError, match="最后一位全国管理员"):
        disable_account(store, "first", by=OPERATOR, at=AT)
    for lesser in (
        reporter, (grant("administrator", NATION),), (grant("administrator", NATION, below=True, plans=(PLAN,)),),
    ):  # fmt: skip
        with pytest.raises(RefusedError, match="最后一位全国管理员"):
            change_account(store, account("first", *lesser), by=OPERATOR, at=AT)
    assert entries(store)[-1]["detail"].keys() == {"refused"}
    assert account_of(store, "first").grants == (grant("administrator", NATION, below=True),)


def test_of_two_administrators_one_may_go_and_then_the_other_stays(store):
    first = administrator(store, NATION, login="first")
    administrator(store, NATION, login="second")
    disable_account(store, "second", by=first, at=AT)
    with pytest.raises(RefusedError, match="最后一位"):
        disable_account(store, "first", by=OPERATOR, at=AT)
    enable_account(store, "second", by=first, at=AT)
    change_account(store, account("first", grant("reporter", COUNTY)), by=first, at=AT)
    with pytest.raises(ForbiddenError):
        change_account(store, account("second", grant("reporter", COUNTY)), by=first, at=AT)


# many at once


def test_many_accounts_are_taken_all_or_none(store):
    create_account(store, account("present"), password=None, by=OPERATOR, at=AT)
    boss = administrator(store, CITY)
    present = account("present", unit="区局")
    with pytest.raises(ForbiddenError):
        take_accounts(store, [present, account("fresh"), account("beyond", grant("leader", NATION))], "名单.xlsx", by=boss, at=AT)
    assert account_of(store, "fresh") is None and account_of(store, "present").unit == ""
    assert (entries(store)[-1]["action"], entries(store)[-1]["by"]) == ("import_accounts", "boss")
    fresh = take_accounts(store, [present, account("fresh")], "名单.xlsx", by=boss, at=AT)
    assert list(fresh) == ["fresh"] and matches(stored(store, "fresh"), fresh["fresh"])
    assert account_of(store, "fresh").must_change and account_of(store, "present").unit == "区局"
    assert [entry["action"] for entry in entries(store)[-3:]] == ["change_account", "create_account", "import_accounts"]
    assert fresh["fresh"] not in json.dumps(entries(store)) and chain_faults(store) == []


# the first start


def test_the_first_administrator_is_made_once_and_administers_the_nation(store):
    password = first_administrator(store, at=AT)
    admin = account_of(store, "admin")
    assert matches(stored(store, "admin"), password)
    assert admin.must_change and admin.grants == (grant("administrator", NATION, below=True),)
    assert first_administrator(store, at=AT) is None
    create_account(store, account(), password=None, by=Actor(login="admin"), at=AT)


def test_no_administrator_is_made_where_an_account_exists_or_no_region_does(store, tmp_path):
    create_account(store, account(), password=None, by=OPERATOR, at=AT)
    assert first_administrator(store, at=AT) is None
    with open_store(tmp_path / "bare.db", create=True) as bare, pytest.raises(RefusedError, match="还没有地区"):
        first_administrator(bare, at=AT)


def test_demonstration_accounts_are_for_demonstrations_alone(store):
    with pytest.raises(RefusedError, match="正式数据库"):
        demonstration_accounts(store, at=AT)
    assert store.rows("account_count") == [{"accounts": 0}]


def test_there_is_a_demonstration_account_for_each_role(demo_database, tmp_path):
    path = tmp_path / "demo.db"
    path.write_bytes(demo_database.read_bytes())
    with open_store(path) as store:
        demonstration_accounts(store, at=AT)
        demonstration_accounts(store, at=AT)
        found = demo_accounts(store)
        made = {login for login, *_ in DEMO_ACCOUNTS}
        assert {each.login for each in found} >= made
        assert {each.grants[0].role for each in found} == set(Role)
        assert [each.login for each in found][:3] == ["haizhou", "fuxin", "liaoning"]
        assert all(matches(stored(store, login), DEMO_PASSWORD) for login in list(made)[:1])
        disable_account(store, "haizhou", by=OPERATOR, at=AT)
        assert "haizhou" not in {each.login for each in demo_accounts(store)}
