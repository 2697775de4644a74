"""Accounts in words, and words as accounts: what a grant is called, what somebody typed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from trackers.errors import RefusedError
from trackers.model.account import LONGEST_LOGIN, LONGEST_NAME, Account, Grant, Role
from trackers.model.plan import Level, Plan
from trackers.model.region import RegionTree

LOGIN_RULE = f"2 到 {LONGEST_LOGIN} 个文字、数字或 . _ - @"


def role_named(text: str) -> Role | None:
    """The role of this word or identifier."""
    return next((role for role in Role if text in (role.word, role.value)), None)


def grant_text(grant: Grant, tree: RegionTree, plans: Iterable[Plan]) -> str:
    """A grant in words: 填报员：辽宁省阜新市及以下（规划：阜新）."""
    place = _place(grant.region, tree)
    shorts = {plan.id: plan.short for plan in plans}
    only = f"（规划：{'、'.join(shorts.get(id, id) for id in grant.plans)}）" if grant.plans else ""
    return f"{grant.role.word}：{place}{'及以下' if grant.below else ''}{only}"


def _place(code: str, tree: RegionTree) -> str:
    if code not in tree:
        return code
    return tree[code].short if tree[code].level is Level.NATION else tree.path_name(code)


def state_text(account: Account, at: datetime) -> str:
    """Whether the account may sign in at a moment, and with what password; with 演示 for a demonstration account."""
    state = "已停用" if account.disabled else _of_password(account, at) if account.must_change else "正常"
    return f"{state}（演示账号）" if account.demo else state


def _of_password(account: Account, at: datetime) -> str:
    ended = account.password_until is not None and at >= account.password_until
    return "一次性密码已过期，须重置" if ended else "首次登录须改密码"


def typed_account(login: str, name: str, unit: str, claim: str | None, grants: Iterable[Grant]) -> Account:
    """A new account as somebody typed it, to change its password at once; raises RefusedError saying what is expected."""
    try:
        return Account(login=login, name=name, unit=unit, claim=claim, grants=tuple(grants), must_change=True)
    except ValueError:
        expected = f"登录名应为{LOGIN_RULE}；姓名必填；姓名和单位各不超过 {LONGEST_NAME} 个字，统一认证标识不超过 200 个字"
        raise RefusedError(f"没有建立账号：{expected}。请改正后再试。") from None
