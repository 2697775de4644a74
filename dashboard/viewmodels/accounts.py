"""What the page 账号 shows: the list, the choices of its forms, and what a sheet handed in would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import pandas as pd

from trackers.exchange.account_sheet import AccountReading, TakenAccount
from trackers.model.account import Account, Grant, Role
from trackers.model.account_words import grant_text, state_text
from trackers.model.plan import Plan
from trackers.model.region import RegionTree
from trackers.model.rights import Rights
from trackers.queries.figures import Change

LIST = ["登录名", "姓名", "单位", "角色", "状态", "统一认证标识"]
PREVIEW = ["行", "结果", "登录名", "姓名", "改动", "角色", "单位"]
RESULTS = {Change.NEW: "新建", Change.CHANGED: "改动", Change.SAME: "相同"}
ANY, DISABLED, ABLE = "any", "disabled", "able"
STATES = {ANY: "全部", ABLE: "可以登录", DISABLED: "已停用"}
ROLE_HELP = {
    Role.REPORTER: "填报本地区的数", Role.REVIEWER: "审核下级地区报来的数（地区填审核所在的地区）", Role.LEADER: "只看",
    Role.EVALUATOR: "看数并作评估", Role.THIRD_PARTY: "只看交给它的评估",
    Role.ADMINISTRATOR: "管理账号和填报期、看操作记录（不填报、不审核）",
}  # fmt: skip


class Named:
    """Accounts with their grants in words."""

    def __init__(self, tree: RegionTree, plans: Sequence[Plan]) -> None:
        self.tree, self.plans = tree, plans

    def grant(self, grant: Grant) -> str:
        """A grant in words."""
        return grant_text(grant, self.tree, self.plans)

    def grants(self, account: Account) -> str:
        """All grants in words; none is said to be so."""
        return "；".join(self.grant(each) for each in account.grants) or "（没有角色）"

    def table(self, accounts: Sequence[Account], at: datetime) -> pd.DataFrame:
        """The list, one row an account, as it is at a moment."""
        rows = [(a.login, a.name, a.unit, self.grants(a), state_text(a, at), a.claim or "") for a in accounts]
        return pd.DataFrame(rows, columns=LIST)

    def found(self, accounts: Sequence[Account], text: str, state: str, at: datetime) -> list[Account]:
        """Those in whose row every word of the text stands, and that may sign in or may not."""
        wanted = text.lower().split()
        return [
            each
            for each in accounts
            if state in (ANY, DISABLED if each.disabled else ABLE)
            and all(word in self._read(each, at) for word in wanted)
        ]

    def _read(self, account: Account, at: datetime) -> str:
        """What stands in its row, in small letters."""
        told = (account.login, account.name, account.unit, account.claim or "", self.grants(account), state_text(account, at))
        return " ".join(told).lower()

    def preview(self, reading: AccountReading) -> pd.DataFrame:
        """What the sheet would do, one row an account that can be taken."""
        rows = [
            ("、".join(map(str, each.rows)), RESULTS[each.change], each.account.login, each.account.name,
             self.change(each), self.grants(each.account), each.account.unit)
            for each in reading.taken
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=PREVIEW)

    def change(self, taken: TakenAccount) -> str:
        """What would be different: 单位 市局→省局；去掉 填报员：…."""
        if taken.before is None:
            return "新账号，导入后显示一次性密码"
        old, new = taken.before, taken.account
        pairs = {"姓名": (old.name, new.name), "单位": (old.unit, new.unit), "统一认证标识": (old.claim, new.claim)}
        said = [f"{word} {a or '（空）'} → {b or '（空）'}" for word, (a, b) in pairs.items() if a != b]
        said += [f"去掉 {self.grant(each)}" for each in old.grants if each not in new.grants]
        said += [f"加上 {self.grant(each)}" for each in new.grants if each not in old.grants]
        said += ["（这个账号已停用，导入不会启用它）"] if old.disabled else []
        return "；".join(said)


def labels(accounts: Sequence[Account]) -> dict[str, str]:
    """What each account is called in a list to choose from."""
    marks = {each.login: "，已停用" if each.disabled else "" for each in accounts}
    return {each.login: f"{each.name}（{each.login}{marks[each.login]}）" for each in accounts}


def regions(rights: Rights, on: date) -> dict[str, str]:
    """Regions of the day for which the person may give grants, by their full names, superiors before those below."""
    tree = rights.tree
    if rights.operator:
        codes = list(tree.by_code)
    else:
        own = [each for each in rights.grants if each.role is Role.ADMINISTRATOR and each.region in tree]
        below = [each.code for grant in own if grant.below for each in tree.below(grant.region)]
        codes = list(dict.fromkeys([*(grant.region for grant in own), *below]))
    return {code: f"{tree.path_name(code)}（{code}）" for code in codes if tree[code].valid_on(on)}


def missing(filled: Mapping[str, object]) -> str:
    """What of a form is still empty, by name: 登录名、姓名."""
    return "、".join(name for name, each in filled.items() if not (each.strip() if isinstance(each, str) else each))


def summary(reading: AccountReading) -> str:
    """The sheet in numbers of accounts, and of rows that cannot be taken."""
    wrong = len({fault.row for fault in reading.faults})
    counts = "、".join(f"{word} {reading.count(change)}" for change, word in RESULTS.items())
    return f"{counts}（个账号），有误 {wrong}（行）"


def written(reading: AccountReading, passwords: Mapping[str, str]) -> str:
    """What the import did."""
    return f"已导入“{reading.name}”：新建 {len(passwords)} 个账号，改动 {reading.count(Change.CHANGED)} 个。"
