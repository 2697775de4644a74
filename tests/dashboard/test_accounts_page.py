from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.viewmodels import accounts as page
from tests.people import EVERYTHING, add_person, grant
from tests.samples import AT, OPERATOR, new_store, sample_plan, tree
from trackers.actions.accounts import create_account
from trackers.actions.passwords import matches
from trackers.exchange.account_sheet import read_accounts
from trackers.model.account import Account
from trackers.model.rights import Rights
from trackers.queries.accounts import account_of
from trackers.store import open_store

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
MARKUP = "<img src=x onerror=alert(1)> **粗** $x$ :red[a]"
HEADER = "登录名,姓名,单位,角色,地区,含下级,规划,统一认证标识\n"
NAMED = page.Named(tree(), [sample_plan()])


@pytest.fixture
def database(tmp_path) -> Path:
    with new_store(tmp_path) as store:
        zhang = Account(login="zhang", name="张三", unit="海州区局", grants=(grant("reporter", "210902"),))
        li = Account(login="li", name=MARKUP, unit=MARKUP, grants=(grant("reviewer", "210900", below=True),))
        for each in (zhang, li):
            create_account(store, each, password=None, by=OPERATOR, at=AT)
        add_person(store, "far", grant("leader", "100000", below=True))
        return store.path


@pytest.fixture
def open_page(enter, database):
    def opened(who: str = "everybody", *grants, **asked: str) -> AppTest:
        enter(database, who, *grants)
        app = AppTest.from_file(str(APP), default_timeout=60)
        for name, value in asked.items():
            app.query_params[name] = value
        return app.run().switch_page("views/accounts.py").run()

    return opened



def to(app: AppTest, name: str) -> AppTest:
    app.session_state["do"] = name
    return app.run()


def said(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.success, *app.warning, *app.error, *app.title]
    return "\n".join(str(part.value).replace("\\", "") for part in parts)


def kept(database: Path, login: str) -> Account | None:
    with open_store(database) as store:
        return account_of(store, login)


def password(database: Path, login: str) -> str | None:
    with open_store(database) as store:
        return store.connection.execute("SELECT password FROM account WHERE login = ?", (login,)).fetchone()[0]


# what the page shows


def test_accounts_are_looked_for_by_any_word_of_their_row_and_by_state():
    some = [
        Account(login="zhang", name="张三", unit="海州区局", grants=(grant("reporter", "210902"),)),
        Account(login="li", name="李四", disabled=True, grants=(grant("reviewer", "210900", below=True),)),
        Account(login="none", name="王五", must_change=True, password_until=AT),
    ]

    def found(text: str, state: str = page.ANY) -> list[str]:
        return [each.login for each in NAMED.found(some, text, state, AT)]

    assert found("") == ["zhang", "li", "none"]
    assert found("海州 填报员") == ["zhang"] and found("ZHANG") == ["zhang"]
    assert found("阜新市") == ["zhang", "li"] and found("没有角色") == ["none"] and found("无此人") == []
    assert found("已过期") == ["none"]
    assert found("", page.DISABLED) == ["li"] and found("", page.ABLE) == ["zhang", "none"]
    assert NAMED.table(some, AT)["状态"].tolist() == ["正常", "已停用", "一次性密码已过期，须重置"]
    assert NAMED.table([], AT).columns.tolist() == page.LIST


@pytest.mark.parametrize(
    ("grants", "codes"),
    [
        ((grant("administrator", "210900", below=True),), ["210900", "210902", "210903", "210922"]),
        ((grant("administrator", "210900"), grant("reporter", "210902")), ["210900"]),
        ((grant("administrator", "210902"), grant("administrator", "210903", below=True)), ["210902", "210903"]),
        ((grant("reporter", "210900", below=True),), []),
    ],
)
def test_only_regions_that_the_person_administers_are_offered(grants, codes):
    assert list(page.regions(Rights(grants, tree()), date(2024, 6, 1))) == codes


def test_a_preview_says_what_would_be_different(database):
    with open_store(database) as store:
        text = HEADER + "zhang,,省局,审核员,阜新市,是,,\nnew,王五,,填报员,海州区,,样例,\nli,,,审核员,阜新市,是,,\n"
        reading = read_accounts(store, text.encode(), "名单.csv", by=OPERATOR)
    shown = NAMED.preview(reading)
    assert shown["结果"].tolist() == ["改动", "新建", "相同"]
    assert shown["改动"].tolist() == [
        "单位 海州区局 → 省局；去掉 填报员：辽宁省阜新市海州区；加上 审核员：辽宁省阜新市及以下",
        "新账号，导入后显示一次性密码", "",
    ]  # fmt: skip
    assert page.summary(reading) == "新建 1、改动 1、相同 1（个账号），有误 0（行）"


# in use


def test_the_list_shows_those_alone_whom_the_person_keeps(open_page):
    app = open_page("boss", grant("administrator", "210900", below=True))
    assert not app.exception and app.title[0].value == "账号"
    assert app.dataframe[0].value["登录名"].tolist() == ["boss", "li", "zhang"]
    assert set(open_page("everybody").dataframe[0].value["登录名"]) == {"boss", "everybody", "far", "li", "zhang"}


def test_the_list_says_whose_one_time_password_has_ended(open_page, database):
    with open_store(database) as store:
        account = Account(login="late", name="迟到", must_change=True, grants=(grant("leader", "210900"),))
        create_account(store, account, password="One-Time-2024!", by=OPERATOR, at=AT)
    listed = open_page("everybody", *EVERYTHING).dataframe[0].value.set_index("登录名")["状态"]
    assert listed["late"] == "一次性密码已过期，须重置"


def test_somebody_who_keeps_no_accounts_has_no_such_page(open_page):
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        open_page("reporter", grant("reporter", "210902"))


def test_a_new_account_is_made_and_its_password_shown_once(open_page, database):
    app = to(open_page(), "new")
    app.button(key="create").click().run()
    assert "还缺登录名、姓名、角色和地区" in said(app)
    for name, value in {"login": "Wang", "name": "王五", "unit": "新邱区局"}.items():
        app.text_input(key=f"new-0-{name}").set_value(value)
    app.button(key="create").click().run()
    assert "没有建立账号：还缺角色和地区" in said(app) and kept(database, "wang") is None
    app.selectbox(key="new-0-role").select_index(0)
    app.selectbox(key="new-0-region").set_value("210903")
    app.multiselect(key="new-0-plans").set_value(["sample-2013"])
    app.button(key="create").click().run()
    assert not app.exception and "已新建账号 wang（王五）" in said(app)
    made = kept(database, "wang")
    assert made.grants == (grant("reporter", "210903", plans=("sample-2013",)),) and made.must_change
    shown = app.code[0].value
    assert matches(password(database, "wang"), shown)
    assert app.text_input(key="new-1-login").value == ""
    app.button(key="put-away").click().run()
    assert not app.code and shown not in said(app)


@pytest.mark.parametrize(
    ("login", "sentence"),
    [("zhang", "已经有人使用"), ("a b", "登录名应为2 到 40 个"), ("", "还缺登录名"), (" ", "还缺登录名")],
)
def test_what_cannot_be_made_is_said_and_the_form_stays_filled_in(open_page, database, login, sentence):
    app = to(open_page(), "new")
    app.text_input(key="new-0-login").set_value(login)
    app.text_input(key="new-0-name").set_value("王五")
    app.selectbox(key="new-0-role").select_index(0)
    app.selectbox(key="new-0-region").set_value("210903")
    app.button(key="create").click().run()
    assert sentence in said(app) and app.text_input(key="new-0-name").value == "王五"


def change(open_page, login: str, *who) -> AppTest:
    app = open_page(*who)
    app.session_state["account"] = login
    return to(app, "change")


def test_name_roles_and_state_are_changed_one_at_a_time(open_page, database):
    app = change(open_page, "zhang")
    app.text_input(key="person-zhang-0-unit").set_value("省局")
    app.button(key="save").click().run()
    assert "张三（zhang）：已保存" in said(app) and kept(database, "zhang").unit == "省局"
    app.selectbox(key="grant-zhang-1-role").select_index(1)
    app.selectbox(key="grant-zhang-1-region").set_value("210900")
    app.checkbox(key="grant-zhang-1-below").check()
    app.button(key="give").click().run()
    assert kept(database, "zhang").grants == (grant("reporter", "210902"), grant("reviewer", "210900", below=True))
    app.button(key="drop-zhang-reporter-210902-False").click().run()
    assert kept(database, "zhang").grants == (grant("reviewer", "210900", below=True),)
    app.button(key="disable").click().run()
    assert kept(database, "zhang").disabled and "已停用" in said(app)
    app.button(key="enable").click().run()
    assert not kept(database, "zhang").disabled and not app.exception


def test_taking_a_role_away_never_takes_another_that_has_moved_to_its_place(open_page, database):
    app = change(open_page, "everybody")
    button = app.button(key="drop-everybody-leader-100000-True")
    with open_store(database) as store, store.writing():  # somebody else was first
        store.connection.execute("DELETE FROM account_grant WHERE role = 'leader'")
    left = kept(database, "everybody").grants
    button.click().run()
    assert not app.exception and kept(database, "everybody").grants == left


def test_a_password_is_reset_and_shown_once(open_page, database):
    app = change(open_page, "zhang")
    app.button(key="reset").click().run()
    assert matches(password(database, "zhang"), app.code[0].value)
    assert "只显示这一次" in said(app)


def test_nobody_is_offered_to_disable_the_own_account_and_the_last_role_of_the_nation_stays(open_page, database):
    app = change(open_page, "everybody")
    assert not {"disable", "reset"} & {button.key for button in app.button} and "由另一位管理员停用" in said(app)
    app.button(key="drop-everybody-administrator-100000-True").click().run()
    assert "最后一位全国管理员" in said(app)
    assert kept(database, "everybody").grants == EVERYTHING


def test_an_account_outside_the_own_regions_cannot_be_opened_by_its_address(open_page, database):
    app = change(open_page, "far", "boss", grant("administrator", "210900", below=True))
    assert not app.exception
    assert app.selectbox(key="account").value != "far"


def test_drafts_and_roles_are_handed_over(open_page, database):
    app = to(open_page(), "handover")
    app.selectbox(key="from-0").set_value("zhang").run()
    assert "zhang" not in app.selectbox(key="to-0").options
    app.selectbox(key="to-0").set_value("li").run()
    assert "填报员：辽宁省阜新市海州区" in said(app)
    app.button(key="hand-over").click().run()
    assert not app.exception and kept(database, "zhang").disabled
    assert grant("reporter", "210902") in kept(database, "li").grants


def test_a_sheet_is_shown_before_it_is_taken_and_new_passwords_once(open_page, database):
    app = to(open_page(), "import")
    new = "sun,孙七,,领导,全国,是,,\nwang,王五,,填报员,海州区,,,\n"
    text = HEADER + new + "zhang,,省局,填报员,海州区,,,\nbad,坏,,站长,海州区,,,\n"
    app.file_uploader(key="accounts-0").upload("名单.csv", text.encode(), "text/csv").run()
    assert "新建 2、改动 1、相同 0" in said(app) and "第 5 行“角色”：读到“站长”" in said(app)
    assert kept(database, "wang") is None
    (button,) = [each for each in app.button if each.key.startswith("import-")]
    assert button.disabled
    app.checkbox(key="partly").check().run()
    (button,) = [each for each in app.button if each.key.startswith("import-")]
    button.click().run()
    assert not app.exception and "新建 2 个账号，改动 1 个" in said(app)
    assert kept(database, "zhang").unit == "省局"
    shown = app.dataframe[0].value.set_index("登录名")["一次性密码"]
    assert list(shown.index) == ["sun", "wang"] and matches(password(database, "wang"), shown["wang"])


def test_a_name_with_markup_stays_text_in_what_is_said(open_page, database):
    app = change(open_page, "li")
    app.button(key="reset").click().run()
    assert app.success and all("<img" not in str(each.value).replace("\\<", "") for each in [*app.success, *app.markdown])
