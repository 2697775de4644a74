from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from tests.files import PDF
from tests.orders import COUNTY, catch_up, lagging_store
from trackers.model.wording import BEIJING
from trackers.store import open_store

SOON = (datetime.now(BEIJING) + timedelta(days=30)).date().isoformat()
ISSUE = ("issue", "--plan", "样例", "--due", SOON, "--as-of", "2024-06-02")


@pytest.fixture
def db(tmp_path):
    with lagging_store(tmp_path) as store:
        return store.path


@pytest.fixture
def run(db, monkeypatch, shell):
    """Run a command without making the database anew from the seeds; its exit code, output and errors."""
    monkeypatch.setattr("trackers.cli.supervision.opened", lambda _: open_store(db))

    return lambda *words: shell("supervision", *words)


def told(run, *words):
    code, out, err = run(*words, "--json")
    assert code == 0, err
    return json.loads(out)


def test_orders_are_issued_over_what_lags_and_listed(run):
    found = told(run, *ISSUE, "--all")
    assert [(each["indicator"], each["region"]) for each in found["issued"]] == [("done", COUNTY), ("own", "210900")]
    assert found["already_open"] == [] and found["issued"][0]["shortfall"] == pytest.approx(9.53, abs=0.01)
    listed = told(run, "list", "--plan", "样例")
    assert [each["state"] for each in listed] == ["issued", "issued"] and listed[0]["units"] == ["市市场监管局", "市财政局"]
    assert told(run, "list", "--overdue") == [] and len(told(run, "list", "--state", "issued")) == 2
    code, out, _ = run("list")
    assert code == 0 and "海州区" in out and "待答复" in out and "9.5项" in out


def test_a_row_with_an_open_order_is_skipped_and_named(run):
    first = told(run, *ISSUE, "--region", "海州区")["issued"][0]["number"]
    found = told(run, *ISSUE, "--all", "--level", "talk", "--asked", "请说明")
    assert found["already_open"] == [first] and [each["level"] for each in found["issued"]] == ["talk"]
    code, _, err = run(*ISSUE, "--indicator", "完成项目")
    assert code == 1 and "没有选中任何指标" in err


def test_which_rows_is_always_said(run):
    code, _, err = run(*ISSUE)
    assert code == 2 and "--all" in err
    code, _, err = run(*ISSUE, "--region", "没有的县")
    assert code == 2 and "没有的县" in err
    code, _, err = run("issue", "--plan", "样例", "--due", "昨天", "--all")
    assert code == 2 and "应为日期" in err


def test_an_order_is_answered_returned_accepted_and_closed(run, tmp_path):
    number = told(run, *ISSUE, "--region", "海州区")["issued"][0]["number"]
    file = tmp_path / "进度.pdf"
    file.write_bytes(PDF)
    answer = ("answer", number, "--measures", "增设项目", "--until", SOON)
    story = told(run, *answer, "--file", str(file))
    assert story["state"] == "answered" and story["steps"][0]["files"][0]["name"] == "进度.pdf"
    assert run("return", number, "--comment", "没有时间表")[1].strip() == f"督办单 {number}：答复已退回，待重新答复。"
    assert told(run, *answer)["state"] == "answered" and told(run, "accept", number)["state"] == "accepted"
    code, _, err = run("close", number)
    assert code == 1 and "没有写结案理由" in err
    assert told(run, "close", number, "--reason", "另行安排")["state"] == "closed"
    kinds = [step["kind"] for step in told(run, "show", number)["steps"]]
    assert kinds == ["answered", "returned", "answered", "accepted", "closed"]
    assert "没有时间表" in run("show", number)[1]


def test_those_that_turned_are_closed_together(run, db, monkeypatch):
    told(run, *ISSUE, "--region", "海州区")
    assert told(run, "close", "--turned") == []
    assert run("close")[0] == run("close", "2024-0001", "--turned")[0] == 2
    with open_store(db) as store:
        catch_up(store)
    code, out, _ = run("close", "--turned")  # as of today the figure may be stale by now, which is no turn
    assert code == 0 and "件判定好转的督办单" in out


def test_an_order_is_printed_and_a_wrong_number_told(run, tmp_path):
    number = told(run, *ISSUE, "--region", "海州区")["issued"][0]["number"]
    code, _, err = run("print", number, "--out", str(tmp_path / "单.docx"))
    assert code == 0, err
    assert (tmp_path / "单.docx").read_bytes().startswith(b"PK")
    assert run("show", "1999-0001")[0] == 2 and run("print", number, "--out", str(tmp_path))[0] == 1
    assert run("answer", number, "--measures", "办", "--until", SOON, "--file", str(tmp_path / "无.pdf"))[0] == 1
