"""Handing over: whoever leaves gives drafts and duties to the successor; the record keeps the old name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from trackers.actions.accounts import change_account, disable_account
from trackers.actions.audit import recorded
from trackers.errors import RefusedError
from trackers.model.account import Account, Actor
from trackers.model.period import Period
from trackers.queries.accounts import known_account
from trackers.queries.plans import plan_by_id, region_tree
from trackers.store import Store


def hand_over(store: Store, from_login: str, to_login: str, *, by: Actor, at: datetime) -> None:
    """Give the drafts and grants of one account to another and disable the first; reports keep the old name.

    Raises RefusedError where both have a draft for the same sheet, since one of them would be lost, and where the
    successor is disabled or the same; ForbiddenError unless `by` administers both.
    """
    with recorded(store, "hand_over", from_login, by=by, at=at) as detail:
        before, successor = known_account(store, from_login), known_account(store, to_login)
        _require_two(before, successor)
        both = successor.model_copy(update={"grants": (*successor.grants, *before.grants)})
        change_account(store, both, by=by, at=at)
        disable_account(store, from_login, by=by, at=at)
        sheets = store.rows("sheets_of", login=from_login)
        _refuse_clashes(store, store.rows("drafts_of_both", login=from_login, other=to_login))
        store.run("give_drafts", [{"login": from_login, "other": to_login}])
        detail.update(to=to_login, grants=[each.model_dump(mode="json") for each in before.grants], drafts=sheets)


def _require_two(before: Account, successor: Account) -> None:
    if before.login == successor.login:
        raise RefusedError("移交人和接手人是同一个账号，没有改动任何数据。请另选接手人。")
    if successor.disabled:
        raise RefusedError(f"接手人“{successor.login}”已停用，没有移交。请先启用，或另选接手人。")


def _refuse_clashes(store: Store, sheets: Iterable[Mapping[str, Any]]) -> None:
    tree = region_tree(store)
    named = [
        f"{plan_by_id(store, row['plan']).short} {tree.path_name(row['region'])} {Period.from_number(row['period'])}"
        for row in sheets
    ]
    if named:
        raise RefusedError(
            f"两人都有这些表的草稿，没有移交：{'；'.join(named)}。请接手人先提交或清除自己的草稿，再移交。"
        )
