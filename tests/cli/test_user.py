from __future__ import annotations

import getpass
import json
import sys

import pytest

from tests.people import grant
from trackers.actions.passwords import matches
from trackers.cli import main
from trackers.queries.accounts import account_of
from trackers.store import open_store


@pytest.fixture
def run(tmp_path, deserted_database, monkeypatch, capsys):
    """Run a `user` command on a database of its own; returns its exit code, output and errors."""
    path = tmp_path / "tracker.db"
    path.write_bytes(deserted_database.read_bytes())
    monkeypatch.setenv("TRACKERS_DB", str(path))

    def command(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["python -m trackers", "user", *words])
        with pytest.raises(SystemExit) as stopped:
            main()
        said = capsys.readouterr()
        return int(stopped.value.code or 0), said.out, said.err

    command.store = lambda: open_store(path)
    return command


def password(store, login: str) -> str:
    return store.connection.execute("SELECT password FROM account WHERE login = ?", (login,)).fetchone()[0]


ADMIN = ("add", "Zhang", "--name", "张三", "--role", "管理员", "--region", "全国", "--below")


def test_an_account_is_added_with_a_password_for_once_by_the_machines_operator(run):
    code, out, _ = run(*ADMIN)
    assert code == 0 and "管理员：全国及以下" in out
    with run.store() as store:
        account = account_of(store, "zhang")
        assert matches(password(store, "zhang"), out.split()[-1])
        assert account.must_change and account.grants == (grant("administrator", "100000", below=True),)
        assert store.rows("audit_all")[-1]["by"] == f"cli:{getpass.getuser()}"
        assert out.split()[-1] not in json.dumps(store.rows("audit_all"))


def test_a_grant_may_be_for_some_plans_only(run):
    words = ("add", "li", "--name", "李四", "--role", "reporter", "--region", "210902", "--plan", "阜新", "--plan", "辽宁")
    assert run(*words)[0] == 0
    with run.store() as store:
        assert account_of(store, "li").grants == (grant("reporter", "210902", plans=("fuxin-2013", "liaoning-2021")),)


def test_an_account_that_is_there_gets_a_second_role(run):
    run(*ADMIN)
    more = ("grant", "ZHANG", "--role", "评估员", "--region", "辽宁省")
    code, out, _ = run(*more)
    assert code == 0 and "已给账号 zhang 添加角色（评估员：辽宁省）" in out
    with run.store() as store:
        given = (grant("administrator", "100000", below=True), grant("evaluator", "210000"))
        assert set(account_of(store, "zhang").grants) == set(given)
        assert store.rows("audit_all")[-1]["action"] == "change_account"
    assert "已有这个角色" in run(*more)[1]
    assert run("grant", "nobody", "--role", "评估员", "--region", "辽宁省")[0] == 2


def test_a_password_is_reset_and_the_account_disabled_and_enabled(run):
    first = run(*ADMIN)[1].split()[-1]
    run("add", "li", "--name", "李四", "--role", "填报员", "--region", "210902")
    code, out, _ = run("passwd", "ZHANG")
    assert code == 0 and out.split()[-1] != first
    assert run("disable", "li")[0] == 0
    states = {each["login"]: each["disabled"] for each in json.loads(run("list", "--json")[1])}
    assert states == {"zhang": False, "li": True}
    assert "已停用" in run("list")[1]
    assert run("enable", "li")[0] == 0
    assert "已停用" not in run("list")[1]


def test_the_last_administrator_stays(run):
    run(*ADMIN)
    code, _, err = run("disable", "zhang")
    assert code == 1 and "最后一位全国管理员" in err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("passwd", "nobody"), 2, "没有名为“nobody”的账号"),
        (("disable", "no body"), 2, "没有名为“no body”的账号"),
        (("add", "li", "--name", "李四", "--role", "站长", "--region", "全国"), 2, "没有名为“站长”的角色。相近的有：填报员"),
        (("add", "li", "--name", "李四", "--role", "领导", "--region", "某地"), 2, "没有名为“某地”的地区"),
        (("add", "l", "--name", "李四", "--role", "领导", "--region", "全国"), 1, "登录名应为2 到 40 个"),
        (("add", "li", "--name", "", "--role", "领导", "--region", "全国"), 1, "姓名必填"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_one_sentence(run, words, code, said):
    found, out, err = run(*words)
    assert (found, out) == (code, "") and said in err and err.count("\n") == 1
