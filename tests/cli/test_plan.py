from __future__ import annotations

import json

import pytest

from tests.families import family_store
from trackers.store import open_store


@pytest.fixture
def run(tmp_path, monkeypatch, shell):
    family_store(tmp_path).close()
    monkeypatch.setattr("trackers.cli.plan.opened", lambda db: open_store(tmp_path / "tracker.db"))
    return lambda *words: shell("plan", *words)


@pytest.mark.parametrize("name", ["province-2013", "sample-2013"])
def test_plans_are_compared_from_above_and_from_below(run, name: str):
    code, out, err = run("compare", "--plan", name, "--as-of", "2016-12-31")
    assert (code, err) == (0, "")
    assert "下级目标合计80项（2份规划），占上级目标100项的80.0%" in out and "没有重复计入" in out
    assert "贯彻这份规划、没有同口径指标的：新邱。" in out


def test_the_same_for_other_programs(run):
    (told,) = json.loads(run("compare", "--plan", "province-2013", "--as-of", "2016-12-31", "--json")[1])
    first = told["indicators"][0]
    assert first["coverage"] == {
        "total": 80, "share": 0.8, "rest": 20, "counted": ["sample-2013 own", "other-2013 own"],
        "left_out": {"county-2013 own": "inside"},
    }  # fmt: skip
    assert first["superior"]["observed"] == "2016-12-31" and len(first["lower"]) == 3


def test_a_plan_that_is_not_there_is_named(run):
    code, _, err = run("compare", "--plan", "无此规划")
    assert code == 2 and "无此规划" in err
