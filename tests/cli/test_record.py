from __future__ import annotations

import json

import pytest

from tests.people import add_person, grant
from tests.samples import AT, OPERATOR, figure, new_store, record
from trackers.actions.accounts import create_account
from trackers.actions.audit import recorded
from trackers.model.account import Account
from trackers.store import open_store


@pytest.fixture
def db(tmp_path):
    with new_store(tmp_path) as store:
        store.connection.execute("INSERT INTO loaded (what, digest) VALUES ('seeds', 'x')")
        record(store, figure("own", "210900", "2016Q4", 40))
        add_person(store, "zhang", grant("reporter", "210902"))
        li = Account(login="li", name="=cmd|' /C calc'!A0", grants=(grant("reporter", "210902"),))
        create_account(store, li, password=None, by=OPERATOR, at=AT)
        return store.path


@pytest.fixture
def run(db, shell):
    return lambda *words: shell(*words, "--db", str(db))


def listed(run, *words):
    code, out, err = run("record", "list", *words, "--json")
    assert code == 0, err
    return json.loads(out)


def test_the_record_is_listed_newest_first_with_everything_it_tells(run):
    found = listed(run, "--subject", "样例", "--action", "直接入库")
    assert [(entry["action"], entry["by"], entry["detail"]["new"]) for entry in found] == [("record_figures", "cli:test", 1)]
    ids = [entry["id"] for entry in listed(run, "--limit", "3")]
    assert ids == sorted(ids, reverse=True) and len(ids) == 3
    assert listed(run, "--limit", "1", "--before", str(ids[0]))[0]["id"] == ids[1]


def test_a_table_tells_it_in_words(run):
    code, out, _ = run("record", "list", "--action", "create_account")
    assert code == 0 and "新建账号" in out and "名称：=cmd|" in out and "填报员：辽宁省阜新市海州区" in out


def test_days_are_days_in_china_and_a_wrong_one_is_told(run):
    assert listed(run, "--action", "record_figures", "--from", "2024-06-01", "--to", "2024-06-01")
    assert not listed(run, "--action", "record_figures", "--to", "2024-05-31")
    code, _, err = run("record", "list", "--from", "2024-13-01")
    assert code == 2 and "2024-13-01" in err


def test_an_action_that_is_not_known_is_told_with_those_that_are(run):
    code, _, err = run("record", "list", "--action", "提交")
    assert code == 2 and "提交填报" in err and err.count("\n") == 1


def test_a_check_notes_the_end_of_the_record_outside_and_finds_it_cut_off(run, db, tmp_path):
    anchor = tmp_path / "outside.txt"
    assert run("check")[0] == 0
    with open_store(db) as store, recorded(store, "restore", "copy.db", by=OPERATOR, at=AT):
        pass
    code, out, _ = run("check", "--anchor", str(anchor))
    assert code == 0 and "记入" in out
    code, out, _ = run("check", "--anchor", str(anchor))
    assert code == 0 and anchor.read_text(encoding="utf-8").count("\n") == 2
    with open_store(db) as store:
        store.connection.execute("DROP TRIGGER audit_is_never_deleted")
        store.connection.execute("DELETE FROM audit WHERE action = 'restore'")
    code, out, _ = run("check", "--anchor", str(anchor))
    assert code == 1 and "末尾的记录被删去" in out
    assert anchor.read_text(encoding="utf-8").count("\n") == 2, "nothing is added to what does not fit"
    assert run("check")[0] == 0, "inside, nothing shows"


def test_a_check_of_the_wrong_file_says_so(run, tmp_path):
    (tmp_path / "other.txt").write_text("something\n", encoding="utf-8")
    code, _, err = run("check", "--anchor", str(tmp_path / "other.txt"))
    assert code == 1 and "other.txt" in err
