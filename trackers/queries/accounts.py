"""Accounts as they are kept, and which of them somebody keeps."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from trackers.errors import UnknownNameError
from trackers.model.account import ONE_TIME_DAYS, Account, Actor, Grant, Role
from trackers.model.plan import Plan
from trackers.model.region import RegionTree
from trackers.model.rights import Permission, Rights, covers
from trackers.queries.plans import region_tree
from trackers.queries.rights import require, rights_of
from trackers.store import Store

NATION = "100000"


def accounts(store: Store, *, by: Actor) -> list[Account]:
    """The accounts that the person keeps, by login; none for somebody who keeps none."""
    rights = rights_of(store, by)
    if not rights.may(Permission.ACCOUNTS):
        return []
    return [account for account in _every(store) if out_of_reach(rights, account.grants) is None]


def account_of(store: Store, login: str) -> Account | None:
    """The account of this login, disabled or not."""
    with store.reading():
        rows = store.rows("account", login=login)
        given = [_grant(row) for row in store.rows("account_granted", login=login)]
    return _account(rows[0], given) if rows else None


def known_account(store: Store, login: str) -> Account:
    """The account of this login; raises UnknownNameError where there is none."""
    account = account_of(store, login)
    if account is None:
        raise UnknownNameError("账号", login, [])
    return account


def third_parties(store: Store, plan: Plan, *, by: Actor) -> list[Account]:
    """The accounts that an evaluation of the plan may be given to, by login.

    Raises ForbiddenError for whoever does not evaluate the plan.
    """
    require(rights_of(store, by), Permission.EVALUATE, plan.region, plan)
    tree = region_tree(store)
    able = [each for each in _every(store) if Rights(each.grants, tree).may(Permission.BESIDE, plan.region, plan)]
    return [each for each in able if not each.disabled]


def demo_accounts(store: Store) -> list[Account]:
    """The demonstration accounts that may sign in, in the order of their roles, smaller regions first."""
    roles, tree = list(Role), region_tree(store)
    found = [account for account in _every(store) if account.demo and not account.disabled and account.grants]

    def order(account: Account) -> tuple[int, int]:
        first = account.grants[0]
        return roles.index(first.role), -len(tree.above(first.region, top_region(tree)))

    return sorted(found, key=order)


def top_region(tree: RegionTree) -> str:
    """The nation, or what stands at the top in its place; "" where there are no regions."""
    if NATION in tree:
        return NATION
    return next((code for code, region in tree.by_code.items() if region.parent is None), "")


def out_of_reach(rights: Rights, grants: Iterable[Grant]) -> Grant | None:
    """The first of somebody's grants that reaches beyond what the person administers; None where none does.

    Whoever has no grants yet is kept by those alone who administer the whole nation.
    """
    if rights.operator:
        return None
    own = [grant for grant in rights.grants if grant.role is Role.ADMINISTRATOR]
    whole = Grant(role=Role.ADMINISTRATOR, region=top_region(rights.tree), below=True)
    kept = tuple(grants) or (whole,)
    return next((each for each in kept if not any(_within(each, grant, rights.tree) for grant in own)), None)


def _within(grant: Grant, own: Grant, tree: RegionTree) -> bool:
    """Whether all that one grant reaches, in regions and plans, lies within the other.

    A reviewer reaches the regions directly below as well.
    """
    reaches_below = grant.below or grant.role is Role.REVIEWER
    regions = grant.region in tree and covers(own, grant.region, tree) and (own.below or not reaches_below)
    return regions and (not own.plans or (bool(grant.plans) and set(grant.plans) <= set(own.plans)))


def _every(store: Store) -> list[Account]:
    given = defaultdict(list)
    with store.reading():
        rows = store.rows("accounts")
        for row in store.rows("accounts_granted"):
            given[row["login"]].append(_grant(row))
    return [_account(row, given[row["login"]]) for row in rows]


def _account(row: dict[str, Any], grants: Iterable[Grant]) -> Account:
    marks = {name: bool(row[name]) for name in ("must_change", "disabled", "demo")}
    told = {name: row[name] for name in ("login", "name", "unit", "claim")}
    return Account(**told, **marks, password_until=_until(row), grants=tuple(grants))


def _until(row: dict[str, Any]) -> datetime | None:
    """When a one-time password ends; a demonstration account's is everybody's and does not."""
    if row["one_time_since"] is None or row["demo"]:
        return None
    return datetime.fromtimestamp(row["one_time_since"], UTC) + timedelta(days=ONE_TIME_DAYS)


def _grant(row: dict[str, Any]) -> Grant:
    return Grant(
        role=row["role"], region=row["region"], below=bool(row["below"]), plans=tuple(json.loads(row["plans"]))
    )
