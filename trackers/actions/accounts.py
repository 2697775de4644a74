"""Keeping accounts: made, changed, disabled, given a new password; only within what the person administers."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from trackers.actions.audit import recorded
from trackers.actions.passwords import check_strength, hashed, one_time
from trackers.actions.seeds import DEMONSTRATION
from trackers.errors import ForbiddenError, RefusedError, UnknownNameError
from trackers.model.account import Account, Actor, Grant, Role, operator
from trackers.model.account_words import grant_text
from trackers.model.rights import Permission
from trackers.queries.accounts import account_of, known_account, out_of_reach, top_region
from trackers.queries.plans import loaded, plan_by_id, plans, region_tree
from trackers.queries.rights import require, rights_of
from trackers.queries.sessions import seconds
from trackers.store import Store

FIRST_START = operator("first-start")  # no login can be called so
FIRST_LOGIN = "admin"
UNSEEN = ("Cc", "Cf", "Cs")  # control and format signs, halves of signs: two names would look the same
DEMO_PASSWORD = "yanshi-jiliang-2035"
FUXIN, LIAONING = "fuxin-2013", "liaoning-2021"
# Login, name, unit, role, region ("" for the nation), with those below, plans.
DEMO_ACCOUNTS: list[tuple[str, str, str, Role, str, bool, tuple[str, ...]]] = [
    ("haizhou", "海州区填报员", "海州区市场监督管理局", Role.REPORTER, "210902", False, (FUXIN,)),
    ("fuxin", "阜新市填报员", "阜新市市场监督管理局", Role.REPORTER, "210900", False, (FUXIN, LIAONING)),
    ("liaoning", "辽宁省填报员", "辽宁省市场监督管理局", Role.REPORTER, "210000", False, (LIAONING,)),
    ("fuxin-review", "阜新市审核员", "阜新市市场监督管理局", Role.REVIEWER, "210900", True, ()),
    ("liaoning-review", "辽宁省审核员", "辽宁省市场监督管理局", Role.REVIEWER, "210000", True, ()),
    ("leader", "领导", "市场监督管理部门", Role.LEADER, "", True, ()),
    ("evaluator", "评估员", "计量行政部门", Role.EVALUATOR, "", True, ()),
    ("third-party", "第三方评估员", "第三方评估机构", Role.THIRD_PARTY, "", True, ()),
    ("administrator", "管理员", "市场监督管理部门", Role.ADMINISTRATOR, "", True, ()),
]


def create_account(store: Store, account: Account, *, password: str | None, by: Actor, at: datetime) -> None:
    """Add an account with its grants; without a password only single sign-on lets the person in.

    Raises ForbiddenError for grants beyond what `by` administers, RefusedError for a login or claim that is taken
    or a weak password, UnknownNameError for an unknown region or plan.
    """
    _create(store, account, password, hashed(password) if password else None, by, at)


def _create(store: Store, account: Account, plain: str | None, kept: str | None, by: Actor, at: datetime) -> None:
    with recorded(store, "create_account", account.login, by=by, at=at) as detail:
        fresh = _tidied(store, account)
        _require_reach(store, by, fresh.grants)
        if account_of(store, fresh.login):
            raise RefusedError(f"登录名“{fresh.login}”已经有人使用，没有建立账号。请换一个登录名。")
        _require_free_claim(store, fresh)
        if plain:
            check_strength(plain, fresh.login)
        since = seconds(at) if fresh.must_change and kept else None
        marks = {"must_change": int(fresh.must_change), "demo": int(fresh.demo), "password": kept, "one_time_since": since}
        store.run("add_account", [_columns(fresh) | marks])
        _give(store, fresh)
        detail.update(before=None, after=_told(fresh))


def change_account(store: Store, account: Account, *, by: Actor, at: datetime) -> None:
    """Change the name, unit, claim and grants of the account of this login; nothing else of it is looked at.

    Raises as `create_account`, UnknownNameError for an unknown login, and RefusedError where nobody would be left
    who administers the nation.
    """
    with recorded(store, "change_account", account.login, by=by, at=at) as detail, _administered(store):
        before, fresh = known_account(store, account.login), _tidied(store, account)
        _require_reach(store, by, before.grants)
        _require_reach(store, by, fresh.grants)
        _require_free_claim(store, fresh)
        if _told(before) == _told(fresh):
            detail["nothing"] = True
            return
        store.run("change_account", [_columns(fresh)])
        store.run("take_grants_away", [{"login": fresh.login}])
        _give(store, fresh)
        detail.update(before=_told(before), after=_told(fresh))


def disable_account(store: Store, login: str, *, by: Actor, at: datetime) -> None:
    """Let nobody sign in with the account any more, and end its sessions at once.

    Raises RefusedError for the own account and for the last administrator of the nation.
    """
    with recorded(store, "disable_account", login, by=by, at=at) as detail, _administered(store):
        before = _kept_by(store, login, by)
        if login == by.login:
            raise RefusedError("不能停用自己的账号，没有改动任何数据。请让另一位管理员来做。")
        store.run("set_disabled", [{"login": login, "disabled": 1}])
        _end_sessions(store, login, at)
        detail.update(before={"disabled": before.disabled}, after={"disabled": True})
        detail["nothing"] = before.disabled


def enable_account(store: Store, login: str, *, by: Actor, at: datetime) -> None:
    """Let the person of a disabled account sign in again, with the grants and the password it had."""
    with recorded(store, "enable_account", login, by=by, at=at) as detail:
        before = _kept_by(store, login, by)
        store.run("set_disabled", [{"login": login, "disabled": 0}])
        detail.update(before={"disabled": before.disabled}, after={"disabled": False})
        detail["nothing"] = not before.disabled


def reset_password(store: Store, login: str, *, by: Actor, at: datetime) -> str:
    """Give the account a one-time password, to be changed at the next sign-in within days; end its sessions; returns it.

    Raises RefusedError for a disabled account and for the own one, whose password its person changes.
    """
    fresh = one_time()
    kept = hashed(fresh)
    with recorded(store, "reset_password", login, by=by, at=at) as detail:
        before = _kept_by(store, login, by)
        if login == by.login:
            raise RefusedError("不能重置自己的密码，没有改动任何数据。请用“修改密码”，或让另一位管理员来重置。")
        if before.disabled:
            raise RefusedError(f"账号“{login}”已停用，没有重置密码。请先启用，再重置。")
        store.run("set_one_time_password", [{"login": login, "password": kept, "since": seconds(at)}])
        store.run("forget_failures_of", [{"login": login}])
        _end_sessions(store, login, at)
        detail.update(must_change=True)
    return fresh


def take_accounts(
    store: Store, accounts: Sequence[Account], subject: str, *, by: Actor, at: datetime
) -> dict[str, str]:
    """Add those accounts that are not there and change those that are, all or none.

    Returns the one-time passwords of the new ones by login. Raises as `create_account` and `change_account`.
    """
    known = {each.login for each in accounts if account_of(store, each.login)}
    fresh = {each.login: one_time() for each in accounts if each.login not in known}
    kept = {login: hashed(password) for login, password in fresh.items()}  # slow, so before the transaction
    with recorded(store, "import_accounts", subject, by=by, at=at) as detail:
        require(rights_of(store, by), Permission.ACCOUNTS)
        for each in accounts:
            if each.login in known:
                change_account(store, each, by=by, at=at)
            else:
                new = each.model_copy(update={"must_change": True})
                _create(store, new, fresh[each.login], kept[each.login], by, at)
        detail.update(new=sorted(fresh), present=sorted(known))
        detail["nothing"] = not accounts
    return fresh


def first_administrator(store: Store, *, at: datetime) -> str | None:
    """Add the account `admin`, which administers the nation, and return its one-time password.

    None, with nothing changed, where any account exists. Raises RefusedError where no region is kept yet.
    """
    if store.rows("account_count")[0]["accounts"]:
        return None
    root = top_region(region_tree(store))
    if not root:
        raise RefusedError("数据库里还没有地区，不能建立管理员账号。请先装入地区和规划。")
    grant = Grant(role=Role.ADMINISTRATOR, region=root, below=True)
    account = Account(login=FIRST_LOGIN, name="管理员", grants=(grant,), must_change=True)
    fresh = one_time()
    kept = hashed(fresh)
    with store.writing():
        if store.rows("account_count")[0]["accounts"]:
            return None  # another process was first
        _create(store, account, fresh, kept, FIRST_START, at)
    return fresh


def demonstration_accounts(store: Store, *, at: datetime) -> None:
    """Add the demonstration accounts, one or more for each role, that are not there; all with DEMO_PASSWORD.

    Raises RefusedError for a database of real figures.
    """
    if DEMONSTRATION not in loaded(store):
        raise RefusedError("这是正式数据库，不能建立演示账号。")
    root = top_region(region_tree(store))
    for login, name, unit, role, region, below, codes in DEMO_ACCOUNTS:
        if account_of(store, login) is None:
            grant = Grant(role=role, region=region or root, below=below, plans=codes)
            account = Account(login=login, name=name, unit=unit, grants=(grant,), demo=True)
            create_account(store, account, password=DEMO_PASSWORD, by=FIRST_START, at=at)


def _kept_by(store: Store, login: str, by: Actor) -> Account:
    """The account of this login, if `by` keeps it."""
    account = known_account(store, login)
    _require_reach(store, by, account.grants)
    return account


def _require_reach(store: Store, by: Actor, grants: Sequence[Grant]) -> None:
    rights = rights_of(store, by)
    require(rights, Permission.ACCOUNTS)
    beyond = out_of_reach(rights, grants)
    if beyond:
        told = grant_text(beyond, rights.tree, plans(store)) if grants else "没有角色的账号由全国管理员管理"
        raise ForbiddenError(Permission.ACCOUNTS.word, told)


def _require_free_claim(store: Store, account: Account) -> None:
    rows = store.rows("account_by_claim", claim=account.claim) if account.claim else []
    if any(row["login"] != account.login for row in rows):
        raise RefusedError(f"统一认证标识“{account.claim}”已经属于另一个账号，没有改动任何数据。请核对后再填。")


@contextmanager
def _administered(store: Store) -> Iterator[None]:
    """Raise RefusedError where the block leaves the nation without its last administrator."""
    root = top_region(region_tree(store))
    before = store.rows("administrators_of", region=root)
    yield
    if before and not store.rows("administrators_of", region=root):
        raise RefusedError("这是最后一位全国管理员，没有改动任何数据。请先让另一个账号成为全国管理员（含下级、全部规划）。")


def _tidied(store: Store, account: Account) -> Account:
    """The account as it is kept: blanks tidied, each grant once; raises for what is empty or unknown."""
    tree = region_tree(store)
    for grant in account.grants:
        if grant.region not in tree:
            raise UnknownNameError("地区", grant.region, [])
        for plan in grant.plans:
            plan_by_id(store, plan)
    name, unit = " ".join(account.name.split()), " ".join(account.unit.split())
    claim = (account.claim or "").strip() or None
    if not name:
        raise RefusedError("姓名是空的，没有改动任何数据。请填写姓名。")
    if any(unicodedata.category(sign) in UNSEEN for sign in f"{name}{unit}{claim}"):
        raise RefusedError("姓名、单位或统一认证标识里有看不见的控制字符，没有改动任何数据。请重新输入，不要粘贴。")
    sorted_plans = (each.model_copy(update={"plans": tuple(sorted(set(each.plans)))}) for each in account.grants)
    grants = tuple(dict.fromkeys(sorted_plans))
    return account.model_copy(update={"name": name, "unit": unit, "claim": claim, "grants": grants})


def _columns(account: Account) -> dict[str, Any]:
    return {"login": account.login, "name": account.name, "unit": account.unit, "claim": account.claim}


def _give(store: Store, account: Account) -> None:
    rows = [
        {
            "login": account.login, "role": grant.role.value, "region": grant.region, "below": int(grant.below),
            "plans": json.dumps(grant.plans),
        }
        for grant in account.grants
    ]  # fmt: skip
    store.run("give_grant", rows)


def _end_sessions(store: Store, login: str, at: datetime) -> None:
    store.run("end_sessions_of", [{"login": login, "ended": int(at.timestamp())}])


def _told(account: Account) -> dict[str, Any]:
    """What the record says of an account; never a password."""
    return account.model_dump(mode="json", include={"name", "unit", "claim", "grants"})
