"""Accounts in a sheet: the form to fill, the filled one read with every fault named, the passwords to hand out."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import xlsxwriter

from trackers.actions.accounts import take_accounts
from trackers.errors import RefusedError
from trackers.exchange.account_rows import (
    COLUMN_WORDS,
    LAYOUT,
    AccountFault,
    Words,
    login_key,
    read_group,
    told,
)
from trackers.exchange.tables import Row, read_table
from trackers.model.account import ONE_TIME_DAYS, Account, Actor, Role
from trackers.model.plan import Plan
from trackers.model.region import RegionTree
from trackers.model.rights import Permission
from trackers.model.signs import file_name
from trackers.queries.accounts import account_of, out_of_reach
from trackers.queries.figures import Change
from trackers.queries.plans import plans, region_tree
from trackers.queries.rights import require, rights_of
from trackers.store import Store

SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
WIDTHS = {"login": 18, "name": 14, "unit": 28, "role": 14, "region": 26, "below": 8, "plans": 24, "claim": 28}
ROWS = 500  # rows with lists to choose from
RULES = [
    "一行写一项角色；一人有几项角色就写几行，登录名相同。",
    "登录名、角色、地区必填，新账号还要填姓名；其余可以不填。已有账号的姓名、单位、统一认证标识留空表示不改。",
    "已有账号的角色以本表为准：本表里没有写的角色会被去掉。本表里没有的账号不动。",
    f"角色填：{'、'.join(role.word for role in Role)}。",
    "地区填名称或代码；重名的写全，如“辽宁省朝阳市”。含下级填“是”或“否”，不填就是“否”。",
    "规划填简称或编号，几个之间用顿号隔开；不填就是全部规划。",
    f"新账号的一次性密码在导入之后显示一次，可以下载；{ONE_TIME_DAYS} 天内有效，首次登录时须改。",
]


class TakenAccount(NamedTuple):
    """An account that can be taken, the rows it stands in, what it does, and the account as it was."""

    rows: list[int]
    account: Account
    change: Change
    before: Account | None


class AccountReading(NamedTuple):
    """A sheet read: the accounts that can be taken, every fault by row, sheets that were not read."""

    name: str
    taken: list[TakenAccount]
    faults: list[AccountFault]
    other_sheets: list[str]

    def count(self, change: Change) -> int:
        """How many of the accounts are new, changed, or as they are."""
        return sum(each.change is change for each in self.taken)


def read_accounts(store: Store, content: bytes, name: str, *, by: Actor) -> AccountReading:
    """Read an .xlsx or .csv of accounts called `name` without writing anything.

    Raises FileError where it cannot be read as a table of accounts, ForbiddenError for somebody who keeps none;
    what is wrong with a row, grants beyond what `by` administers among it, is in `faults`.
    """
    require(rights_of(store, by), Permission.ACCOUNTS)
    name = file_name(name)
    table = read_table(name, content, LAYOUT)
    words = Words(region_tree(store), plans(store))
    taken: list[TakenAccount] = []
    faults: list[AccountFault] = []
    for login, rows in _by_login(table.rows).items():
        before = account_of(store, login) if login else None
        account, wrong = read_group(rows, before, words)
        wrong += _beyond(store, by, rows, account, before)
        faults += wrong
        if account and not wrong:
            single = account.model_copy(update={"grants": tuple(dict.fromkeys(account.grants))})
            taken.append(TakenAccount([row.number for row in rows], single, _change(single, before), before))
    clashes = _claims(store, taken)
    spoilt = {fault.row for fault in clashes}
    sound = [each for each in taken if spoilt.isdisjoint(each.rows)]
    return AccountReading(name, sound, sorted(faults + clashes, key=AccountFault.place), table.other_sheets)


def import_accounts(
    store: Store, reading: AccountReading, *, by: Actor, at: datetime, accept_valid: bool = False
) -> dict[str, str]:
    """Write the accounts that were read, all or none; returns the one-time passwords of the new ones by login.

    Raises RefusedError where rows have faults and `accept_valid` is not set, and where there is nothing to write.
    """
    if reading.faults and not accept_valid:
        rows = len({fault.row for fault in reading.faults})
        raise RefusedError(
            f"“{reading.name}”有 {rows} 行有误，没有导入任何账号。请改正后再导入，或选择只导入其余 {len(reading.taken)} 个账号。"
        )
    moving = [each.account for each in reading.taken if each.change is not Change.SAME]
    if not moving:
        raise RefusedError(f"“{reading.name}”里没有要新建或改动的账号。")
    return take_accounts(store, moving, reading.name, by=by, at=at)


def account_form(tree: RegionTree, plans: Sequence[Plan], accounts: Sequence[Account] = ()) -> bytes:
    """An .xlsx to fill in, with lists to choose from and the rules on a second sheet; `accounts` stand in it already."""
    words = Words(tree, plans)
    rows = [row for account in accounts for row in told(account, words)]
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, SAFE) as book:
        sheet = _sheet(book, "账号", {COLUMN_WORDS[column]: width for column, width in WIDTHS.items()}, rows)
        last = max(ROWS, len(rows))
        for column, choices in (("role", [role.word for role in Role]), ("below", ["是", "否"])):
            place = list(WIDTHS).index(column)
            sheet.data_validation(1, place, last, place, {"validate": "list", "source": choices})
        rules = book.add_worksheet("填表说明")
        rules.set_column(0, 0, 100)
        for line, rule in enumerate(RULES):
            rules.write_string(line, 0, f"{line + 1}. {rule}")
    return file.getvalue()


def password_sheet(accounts: Iterable[Account], passwords: Mapping[str, str]) -> bytes:
    """An .xlsx with the one-time passwords of new accounts, a row for each, to cut apart and hand out."""
    rows = [[a.login, a.name, a.unit, passwords[a.login]] for a in accounts if a.login in passwords]
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, SAFE) as book:
        password = f"一次性密码（{ONE_TIME_DAYS} 天内有效，首次登录须改）"
        _sheet(book, "一次性密码", {"登录名": 18, "姓名": 14, "单位": 28, password: 40}, rows)
    return file.getvalue()


def _sheet(book: xlsxwriter.Workbook, title: str, columns: Mapping[str, int], rows: Iterable[Sequence[str]]) -> Any:
    """A sheet whose cells are all texts, so that nothing in it is ever a formula."""
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#DCE6F1"})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(title)
    for place, (word, width) in enumerate(columns.items()):
        sheet.set_column(place, place, width, text)
        sheet.write_string(0, place, word, head)
    for line, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            sheet.write_string(line, place, cell, text)
    sheet.freeze_panes(1, 0)
    return sheet


def _by_login(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows that name the same account, as its login is kept; those without one stand under ""."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(login_key(row), []).append(row)
    return found


def _change(account: Account, before: Account | None) -> Change:
    if before is None:
        return Change.NEW
    same = account.model_copy(update={"grants": before.grants}) == before and set(account.grants) == set(before.grants)
    return Change.SAME if same else Change.CHANGED


def _beyond(
    store: Store, by: Actor, rows: Sequence[Row], account: Account | None, before: Account | None
) -> list[AccountFault]:
    """What the person who hands the sheet in does not administer."""
    rights, first = rights_of(store, by), rows[0]
    if before and out_of_reach(rights, before.grants):
        return [AccountFault(first.number, "login", before.login, "您所管理的账号（这个账号由上级或其他管理员管理）")]
    if account is None or len(account.grants) != len(rows):
        return []  # something else is wrong with it
    beyond = [row for row, grant in zip(rows, account.grants, strict=True) if out_of_reach(rights, [grant])]
    return [
        AccountFault(row.number, "region", row.cells.get("region", ""), "您所管理的地区和规划之内（含下级也不能超出）")
        for row in beyond
    ]


def _claims(store: Store, taken: Sequence[TakenAccount]) -> list[AccountFault]:
    """Claims that two accounts would share."""
    owners: dict[str, list[TakenAccount]] = {}
    for each in taken:
        if each.account.claim:
            owners.setdefault(each.account.claim, []).append(each)
    faults = []
    for claim, same in owners.items():
        kept = [row["login"] for row in store.rows("account_by_claim", claim=claim)]
        wrong = same if len(same) > 1 else [each for each in same if kept and kept[0] != each.account.login]
        faults += [AccountFault(each.rows[0], "claim", claim, "一个账号独有的标识，不与别的账号相同") for each in wrong]
    return faults
