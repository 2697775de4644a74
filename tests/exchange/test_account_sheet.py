from __future__ import annotations

import io

import openpyxl
import pytest

from tests.people import add_person, grant
from tests.samples import AT, new_store
from trackers.actions.accounts import create_account
from trackers.actions.passwords import matches
from trackers.errors import FileError, ForbiddenError, RefusedError
from trackers.exchange.account_sheet import account_form, import_accounts, password_sheet, read_accounts
from trackers.model.account import Account, Role, operator
from trackers.queries.accounts import account_of, accounts
from trackers.queries.figures import Change
from trackers.queries.plans import plans, region_tree

OPERATOR = operator("tester")
HEADER = "登录名,姓名,单位,角色,地区,含下级,规划,统一认证标识"
FORMULA, MARKUP = "=cmd|' /C calc'!A0", "<img src=x onerror=alert(1)>"


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path) as store:
        yield store


def read(store, *lines: str, by=OPERATOR, header: str = HEADER):
    return read_accounts(store, "\n".join([header, *lines]).encode(), "名单.csv", by=by)


def fault(store, line: str, by=OPERATOR) -> str:
    found = read(store, line, by=by)
    assert found.taken == []
    assert len(found.faults) == 1
    return str(found.faults[0])


def form(store, made=()) -> bytes:
    return account_form(region_tree(store), plans(store), made)


def book(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_rows_with_one_login_are_one_account_with_several_grants(store):
    found = read(
        store,
        "Zhang,张三,海州区局,填报员,海州区,,样例,z@x",
        "ZHANG,,,审核员,辽宁省阜新市,是,,",
        "li,李四,,领导,全国,是,,",
    )
    assert found.faults == []
    zhang, li = found.taken
    assert zhang.rows == [2, 3] and zhang.change is Change.NEW
    assert zhang.account == Account(
        login="zhang", name="张三", unit="海州区局", claim="z@x",
        grants=(grant("reporter", "210902", plans=("sample-2013",)), grant("reviewer", "210900", below=True)),
    )  # fmt: skip
    assert li.account.grants == (grant("leader", "100000", below=True),)


def test_nothing_is_written_before_the_import_and_then_new_accounts_have_a_password_for_once(store):
    found = read(store, "zhang,张三,,填报员,海州区,,,")
    assert account_of(store, "zhang") is None
    passwords = import_accounts(store, found, by=OPERATOR, at=AT)
    kept = store.connection.execute("SELECT password FROM account WHERE login = 'zhang'").fetchone()[0]
    assert list(passwords) == ["zhang"] and matches(kept, passwords["zhang"])
    assert account_of(store, "zhang").must_change


def test_accounts_that_are_kept_are_told_apart_from_new_ones(store):
    grants = (grant("reporter", "210902"), grant("reviewer", "210900"))
    create_account(store, Account(login="same", name="甲", unit="局", grants=grants), password=None, by=OPERATOR, at=AT)
    create_account(store, Account(login="moved", name="乙", claim="y@x", grants=grants[:1]), password=None, by=OPERATOR, at=AT)
    same = "same,,,审核员,阜新市,,,", "same,甲,,填报员,海州区,,,"
    found = read(store, *same, "moved,,市局,填报员,新邱区,,,", "new,丙,,填报员,海州区,,,")
    assert [(each.account.login, each.change) for each in found.taken] == [
        ("same", Change.SAME), ("moved", Change.CHANGED), ("new", Change.NEW),
    ]  # fmt: skip
    moved = found.taken[1]
    assert moved.before.unit == "" and (moved.account.name, moved.account.claim) == ("乙", "y@x")
    assert list(import_accounts(store, found, by=OPERATOR, at=AT)) == ["new"]
    assert account_of(store, "moved").grants == (grant("reporter", "210903"),)
    assert account_of(store, "same").grants == grants
    with pytest.raises(RefusedError, match="没有要新建或改动的账号"):
        import_accounts(store, read(store, "new,丙,,填报员,海州区,,,"), by=OPERATOR, at=AT)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (",张三,,填报员,海州区,,,", "第 2 行“登录名”：读到“”，应为登录名：2 到 40 个"),
        ("a,张三,,填报员,海州区,,,", "“登录名”：读到“a”"),
        ("a b,张三,,填报员,海州区,,,", "“登录名”：读到“a b”"),
        ("x" * 41 + ",张三,,填报员,海州区,,,", "“登录名”"),
        ("zhang,,,填报员,海州区,,,", "“姓名”：读到“”，应为新账号的姓名"),
        ("zhang," + "长" * 61 + ",,填报员,海州区,,,", "不超过 60 个字"),
        ("zhang,张三,,,海州区,,,", "“角色”：读到“”，应为其中之一：填报员、审核员"),
        ("zhang,张三,,站长,海州区,,,", "“角色”：读到“站长”"),
        ("zhang,张三,,填报员,,,,", "“地区”：读到“”，应为地区的名称或代码"),
        ("zhang,张三,,填报员,海洲区,,,", "应为地区的名称或代码（相近的有：海州区"),
        ("zhang,张三,,填报员,海州区,也许,,", "“含下级”：读到“也许”，应为“是”或“否”"),
        ("zhang,张三,,填报员,海州区,,样例、样列,", "没有“样列”；现有：样例"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_named_with_row_column_what_was_read_and_what_is_expected(store, line, said):
    assert said in fault(store, line)


@pytest.mark.parametrize(("typed", "below"), [("是", 1), ("√", 1), ("Yes", 1), ("否", 0), ("", 0), ("０", 0)])
def test_with_those_below_is_said_in_several_ways(store, typed, below):
    (only,) = read(store, f"zhang,张三,,填报员,海州区,{typed},,").taken
    assert only.account.grants == (grant("reporter", "210902", below=bool(below)),)


def test_rows_that_contradict_one_another_refuse_the_account_and_leave_the_others(store):
    found = read(store, "zhang,张三,,填报员,海州区,,,", "zhang,张山,,审核员,阜新市,,,", "li,李四,,填报员,海州区,,,")
    assert [str(each) for each in found.faults] == [
        "第 3 行“姓名”：读到“张山”，应为与同一登录名的上一行相同（“张三”），或留空"
    ]
    assert [each.account.login for each in found.taken] == ["li"]
    with pytest.raises(RefusedError, match="有 1 行有误，没有导入任何账号"):
        import_accounts(store, found, by=OPERATOR, at=AT)
    assert list(import_accounts(store, found, by=OPERATOR, at=AT, accept_valid=True)) == ["li"]


def test_a_claim_belongs_to_one_account_in_the_sheet_and_in_the_store(store):
    create_account(store, Account(login="kept", name="甲", claim="k@x"), password=None, by=OPERATOR, at=AT)
    found = read(store, "one,甲,,填报员,海州区,,,o@x", "two,乙,,填报员,海州区,,,o@x", "three,丙,,填报员,海州区,,,k@x")
    assert [(each.row, each.column, each.read) for each in found.faults] == [
        (2, "claim", "o@x"), (3, "claim", "o@x"), (4, "claim", "k@x"),
    ]  # fmt: skip
    assert found.taken == []


def test_what_lies_outside_the_own_regions_is_refused_row_by_row(store):
    boss = add_person(store, "boss", grant("administrator", "210900", below=True))
    add_person(store, "above", grant("reporter", "210000"))
    found = read(
        store, "in,甲,,填报员,海州区,,,", "out,乙,,填报员,海州区,,,", "out,,,领导,辽宁省,,,", "above,,,填报员,海州区,,,", by=boss
    )
    assert [(each.row, each.column) for each in found.faults] == [(4, "region"), (5, "login")]
    assert [each.account.login for each in found.taken] == ["in"]
    with pytest.raises(ForbiddenError):
        read(store, "in,甲,,填报员,海州区,,,", by=add_person(store, "reporter", grant("reporter", "210902")))


def test_a_reading_is_checked_again_when_it_is_written(store):
    boss = add_person(store, "boss", grant("administrator", "210900", below=True))
    found = read(store, "in,甲,,领导,全国,,,")
    with pytest.raises(ForbiddenError):
        import_accounts(store, found, by=boss, at=AT)
    assert account_of(store, "in") is None


def test_a_table_without_the_header_says_which_is_expected(store):
    with pytest.raises(FileError, match="名单.csv：没有找到表头：应有一行写着“登录名”“姓名”“角色”和“地区”.*第 1 行缺少角色"):
        read_accounts(store, "登录名,姓名,地区\nzhang,张三,海州区\n".encode(), "名单.csv", by=OPERATOR)


def test_the_form_has_lists_to_choose_from_and_comes_back_as_it_was_given(store):
    grants = (grant("reporter", "210902", plans=("sample-2013",)), grant("reviewer", "210900", below=True))
    create_account(store, Account(login="zhang", name="张三", claim="z@x", grants=grants), password=None, by=OPERATOR, at=AT)
    filled = form(store, accounts(store, by=OPERATOR))
    sheet = book(filled)["账号"]
    assert [cell.value for cell in sheet[1]] == HEADER.split(",")
    assert [cell.value for cell in sheet[3]] == ["zhang", "张三", "", "审核员", "辽宁省阜新市", "是", "", "z@x"]
    assert "填报员" in sheet.data_validations.dataValidation[0].formula1
    (only,) = read_accounts(store, filled, "账号.xlsx", by=OPERATOR).taken
    assert only.change is Change.SAME
    assert read_accounts(store, form(store), "空表.xlsx", by=OPERATOR).taken == []


def test_cells_merged_over_the_rows_of_one_person_count_for_each(store):
    filled = openpyxl.Workbook()
    for row in (HEADER.split(","), ["zhang", "张三", "局", "填报员", "海州区"], [None, None, None, "审核员", "阜新市"]):
        filled.active.append(row)
    for column in "ABC":
        filled.active.merge_cells(f"{column}2:{column}3")
    file = io.BytesIO()
    filled.save(file)
    (only,) = read_accounts(store, file.getvalue(), "名单.xlsx", by=OPERATOR).taken
    assert len(only.account.grants) == 2 and only.account.unit == "局"


def test_formulas_and_markup_in_names_stay_texts_in_every_sheet(store):
    names = [FORMULA, MARKUP, "@SUM(1)", "+1", "https://example.org"]
    made = [
        Account(login=f"a{n}", name=name, unit=name, claim=f"{name}{n}", grants=(grant(Role.LEADER, "210900"),))
        for n, name in enumerate(names)
    ]
    for each in made:
        create_account(store, each, password=None, by=OPERATOR, at=AT)
    for content in (form(store, made), password_sheet(made, {each.login: FORMULA for each in made})):
        sheet = book(content).worksheets[0]
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} == {"s"} and not any(cell.hyperlink for cell in cells)
        assert [sheet.cell(line, 2).value for line in range(2, 7)] == names
    found = read_accounts(store, form(store, made), "账号.xlsx", by=OPERATOR)
    assert [each.change for each in found.taken] == [Change.SAME] * 5
    told = f'"b0","{FORMULA}","{MARKUP}",领导,阜新市,,,'
    (only,) = read(store, told).taken
    assert (only.account.name, only.account.unit) == (FORMULA, MARKUP)


def test_only_new_accounts_stand_in_the_sheet_of_passwords(store):
    made = [Account(login="old", name="甲"), Account(login="new", name="乙")]
    sheet = book(password_sheet(made, {"new": "abcd-efgh"})).worksheets[0]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [["new", "乙", "", "abcd-efgh"]]
