"""The rows of a sheet of accounts: what they mean, or everything that is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pydantic import ValidationError

from trackers.errors import UnknownNameError
from trackers.exchange.numbers import half_width, shown
from trackers.exchange.tables import Layout, Row
from trackers.model.account import LONGEST_NAME, Account, Grant, Role, login_of
from trackers.model.account_words import LOGIN_RULE, role_named
from trackers.model.plan import Plan
from trackers.model.region import RegionTree

COLUMN_WORDS = {
    "login": "登录名", "name": "姓名", "unit": "单位", "role": "角色", "region": "地区", "below": "含下级",
    "plans": "规划", "claim": "统一认证标识",
}  # fmt: skip
HEADINGS = {
    "login": {"登录名", "账号", "用户名", "login"},
    "name": {"姓名", "name"},
    "unit": {"单位", "工作单位", "unit"},
    "role": {"角色", "role"},
    "region": {"地区", "地区名称", "region"},
    "below": {"含下级", "含下级地区", "below"},
    "plans": {"规划", "规划名称", "plans"},
    "claim": {"统一认证标识", "claim"},
}
LAYOUT = Layout(
    COLUMN_WORDS, HEADINGS, needed=("login", "name", "role", "region"), shared=tuple(COLUMN_WORDS),
    wanted="“登录名”“姓名”“角色”和“地区”",
)  # fmt: skip
LONGEST = {"name": LONGEST_NAME, "unit": LONGEST_NAME, "claim": 200}
YES, NO = {"是", "√", "含", "y", "yes", "true", "1"}, {"", "否", "×", "不含", "n", "no", "false", "0"}
BETWEEN = re.compile(r"[、，,；;\n]+")  # what stands between several plans


class AccountFault(NamedTuple):
    """Why a row cannot be taken: where, what was read there, what is expected."""

    row: int
    column: str  # a key of COLUMN_WORDS
    read: str
    expected: str

    def place(self) -> tuple[int, int]:
        """Where it stands in the sheet, for sorting."""
        return self.row, list(COLUMN_WORDS).index(self.column)

    def __str__(self) -> str:
        return f"第 {self.row} 行“{COLUMN_WORDS[self.column]}”：读到“{self.read}”，应为{self.expected}"


class Words:
    """What regions and plans are called, and what the names people write mean."""

    def __init__(self, tree: RegionTree, plans: Sequence[Plan]) -> None:
        self.tree, self.plans = tree, plans

    def plan(self, text: str) -> str | None:
        """The id of the plan of this id, short name, title or number, if there is exactly one."""
        found = [each.id for each in self.plans if text in (each.id, each.short, each.title, each.number)]
        exact = [id for id in found if id == text] or found
        return exact[0] if len(exact) == 1 else None

    def plan_name(self, id: str) -> str:
        """What a plan is called in a sheet: its short name where that says which is meant, else its id."""
        short = next((each.short for each in self.plans if each.id == id), id)
        return short if self.plan(short) == id and not BETWEEN.search(short) else id

    def region_name(self, code: str) -> str:
        """What a region is called in a sheet: its full name where that says which is meant, else its code."""
        name = self.tree.path_name(code)
        try:
            return name if self.tree.resolve(name).code == code else code
        except UnknownNameError:
            return code


def login_key(row: Row) -> str:
    """What rows of one account have in common: the login as it is kept, or what stands there in its place."""
    text = row.cells.get("login", "")
    try:
        return login_of(text)
    except ValueError:
        return text


def told(account: Account, words: Words) -> list[list[str]]:
    """The rows of an account as the sheet has them, one for each grant."""
    who = [account.login, account.name, account.unit]
    return [
        [*who, each.role.word, words.region_name(each.region), "是" if each.below else "否",
         "、".join(words.plan_name(id) for id in each.plans), account.claim or ""]
        for each in account.grants
    ]  # fmt: skip


def read_group(
    rows: Sequence[Row], before: Account | None, words: Words
) -> tuple[Account | None, list[AccountFault]]:
    """The account that rows with one login mean, with every fault; `before` is the account as it is kept.

    Each row is one grant, in the order of the rows. What the rows leave empty of an account that is kept stays.
    """
    reader = _Reader(rows, words)
    login = reader.login()
    if not login:
        return None, reader.faults
    person = {column: reader.one(column) for column in LONGEST}
    if before is None and not person["name"]:
        reader.fault(rows[0], "name", "新账号的姓名")
    grants = [reader.grant(row) for row in rows]
    if reader.faults:
        return None, reader.faults
    given = {column: text for column, text in person.items() if text}
    kept = before or Account(login=login, name=given["name"])
    return kept.model_copy(update=given | {"grants": tuple(each for each in grants if each)}), []


class _Reader:
    """Reads the rows of one account and gathers what is wrong."""

    def __init__(self, rows: Sequence[Row], words: Words) -> None:
        self.rows, self.words = rows, words
        self.faults = [AccountFault(row.number, *fault) for row in rows for fault in row.faults]

    def fault(self, row: Row, column: str, expected: str) -> None:
        """Note that a cell cannot be taken, once."""
        if not any((each.row, each.column) == (row.number, column) for each in self.faults):
            read = shown(half_width(row.cells.get(column, "")))
            self.faults.append(AccountFault(row.number, column, read, expected))

    def login(self) -> str | None:
        """The login as it is kept, where it can be one."""
        try:
            return Account(login=self.rows[0].cells.get("login", ""), name="-").login
        except ValidationError:
            for row in self.rows:
                self.fault(row, "login", f"登录名：{LOGIN_RULE}")
        return None

    def one(self, column: str) -> str:
        """What the rows say of the person; "" where they say nothing."""
        texts = {" ".join(row.cells.get(column, "").split()): row for row in self.rows[::-1]}
        said = {text: row for text, row in texts.items() if text}
        if len(said) > 1:
            first, *others = sorted(said, key=lambda text: said[text].number)
            for text in others:
                self.fault(said[text], column, f"与同一登录名的上一行相同（“{shown(first)}”），或留空")
        for text, row in said.items():
            if len(text) > LONGEST[column]:
                self.fault(row, column, f"不超过 {LONGEST[column]} 个字")
        return next(iter(said), "")

    def grant(self, row: Row) -> Grant | None:
        """The grant of one row, where all of it can be read."""
        cell = {column: half_width(row.cells.get(column, "")) for column in ("role", "region", "below", "plans")}
        role, region = role_named(cell["role"]), self.region(row, cell["region"])
        if role is None:
            self.fault(row, "role", f"其中之一：{'、'.join(each.word for each in Role)}")
        if cell["below"].lower() not in YES | NO:
            self.fault(row, "below", "“是”或“否”")
        found = self.plans(row, cell["plans"])
        if role is None or region is None or found is None:
            return None
        return Grant(role=role, region=region, below=cell["below"].lower() in YES, plans=found)

    def region(self, row: Row, text: str) -> str | None:
        """The region's code."""
        if not text:
            self.fault(row, "region", "地区的名称或代码，如“辽宁省阜新市”")
            return None
        try:
            return self.words.tree.resolve(text).code
        except UnknownNameError as error:
            near = f"（{'其中之一' if error.ambiguous else '相近的有'}：{'、'.join(error.nearest)}）" if error.nearest else ""
            self.fault(row, "region", f"地区的名称或代码{near}")
            return None

    def plans(self, row: Row, text: str) -> tuple[str, ...] | None:
        """The ids of the plans named; none where the cell is empty."""
        found = {name.strip(): self.words.plan(name.strip()) for name in BETWEEN.split(text) if name.strip()}
        unknown = [name for name, id in found.items() if id is None]
        if unknown:
            known = "、".join(self.words.plan_name(each.id) for each in self.words.plans)
            self.fault(row, "plans", f"规划的简称或编号，用顿号隔开（没有“{shown(unknown[0])}”；现有：{known}）")
            return None
        return tuple(sorted({id for id in found.values() if id}))
