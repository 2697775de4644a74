from __future__ import annotations

from datetime import timedelta

import pytest

from tests.people import grant
from tests.samples import AT, sample_plan, tree
from trackers.errors import RefusedError
from trackers.model.account import Account, Role
from trackers.model.account_words import grant_text, role_named, state_text, typed_account


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (grant("reporter", "210902"), "填报员：辽宁省阜新市海州区"),
        (grant("reviewer", "210900", below=True), "审核员：辽宁省阜新市及以下"),
        (grant("leader", "100000", below=True, plans=("sample-2013",)), "领导：全国及以下（规划：样例）"),
        (grant("third_party", "999999", plans=("gone",)), "第三方评估员：999999（规划：gone）"),
    ],
)
def test_a_grant_is_told_in_words(given, text):
    assert grant_text(given, tree(), [sample_plan()]) == text


def test_a_role_is_named_by_its_word_or_its_identifier():
    assert role_named("填报员") is role_named("reporter") is Role.REPORTER
    assert role_named("站长") is None


def test_the_state_says_whether_somebody_may_sign_in():
    account = Account(login="zhang", name="张三", must_change=True)
    assert state_text(account, AT) == "首次登录须改密码"
    assert state_text(account.model_copy(update={"disabled": True, "demo": True}), AT) == "已停用（演示账号）"
    assert state_text(account.model_copy(update={"must_change": False}), AT) == "正常"


def test_the_state_says_that_a_one_time_password_has_ended_from_its_last_moment_on():
    account = Account(login="zhang", name="张三", must_change=True, password_until=AT)
    second = timedelta(seconds=1)
    assert state_text(account, AT - second) == "首次登录须改密码"
    assert [state_text(account, late) for late in (AT, AT + second)] == ["一次性密码已过期，须重置"] * 2


def test_what_was_typed_is_an_account_that_changes_its_password_or_a_sentence():
    account = typed_account(" ＺＨＡＮＧ ", "张三", "", None, [grant("reporter", "210902")])
    assert (account.login, account.must_change) == ("zhang", True)
    with pytest.raises(RefusedError, match="登录名应为2 到 40 个文字、数字"):
        typed_account("a/b", "张三", "", None, [])
