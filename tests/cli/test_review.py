from __future__ import annotations

import json

import pytest

from tests.people import add_person
from tests.samples import figure, new_store
from tests.waiting import wait
from trackers.store import open_store


@pytest.fixture
def db(tmp_path):
    with new_store(tmp_path) as store:
        reporter = add_person(store, "haizhou")
        wait(store, figure("mean", "210902", "2016Q4", 20), figure("mean", "210902", "2015Q4", 9), by=reporter)
        return store.path


@pytest.fixture
def run(db, monkeypatch, shell):
    """Run a command without making the database anew from the seeds; its exit code, output and errors."""
    monkeypatch.setattr("trackers.cli.review.opened", lambda _: open_store(db))

    return lambda *words: shell("review", *words)


def waiting(run):
    code, out, _ = run("list", "--json")
    assert code == 0
    return json.loads(out)


def test_what_waits_is_listed_with_the_key_it_is_decided_under(run):
    found = waiting(run)
    assert [each["period"] for each in found] == ["2015Q4", "2016Q4"]
    assert found[0]["key"].endswith("-201512312-1") and found[0]["change"] is None
    code, out, _ = run("list", "--plan", "样例")
    assert code == 0 and "指标mean" in out and "20项" in out


def test_figures_are_approved_and_returned_by_key(run):
    first, second = (each["key"] for each in waiting(run))
    assert run("approve", first)[1].strip() == "已通过 1 个数。"
    code, out, _ = run("return", second, "--comment", "请附文件", "--json")
    assert code == 0 and json.loads(out)["outcome"] == "returned"
    assert waiting(run) == []


def test_a_refusal_and_a_wrong_key_are_told_in_a_line(run):
    key = waiting(run)[0]["key"]
    assert run("return", key, "--comment", " ")[0] == 1
    code, _, err = run("approve", "12/2016")
    assert code == 1 and "读到“12/2016”" in err
    assert run("approve", "99-201612312-1")[0] == 1
    assert len(waiting(run)) == 2
