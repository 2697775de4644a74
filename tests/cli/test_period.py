from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from tests.samples import new_store
from trackers.store import open_store

SOON = (date.today() + timedelta(days=20)).isoformat()


@pytest.fixture
def run(tmp_path, monkeypatch, shell):
    """Run a command on the small sample plan; returns its exit code, output and errors."""
    new_store(tmp_path).close()
    monkeypatch.setattr("trackers.cli.period.opened", lambda db: open_store(tmp_path / "tracker.db"))

    return lambda *words: shell("period", *words)


COUNTY = ("--plan", "阜新", "--level", "县级")


def state(run, period):
    code, out, err = run("list", "--plan", "阜新", "--json")
    assert code == 0, err
    return [each["state"] for each in json.loads(out) if (each["level"], each["period"]) == ("县级", period)]


def test_periods_are_opened_closed_and_listed(run):
    assert state(run, "2019") == ["已截止"]
    code, out, err = run("open", *COUNTY, "--from", "2019", "--to", "2020", "--until", SOON)
    assert (code, err) == (0, "") and out == f"已开放：2019Q4、2019、2020Q4、2020，至 {SOON} 截止。\n"
    assert state(run, "2019Q4") == ["开放中"]
    assert run("close", *COUNTY, "--period", "2019", "--reason", "已汇总")[1] == "已关闭：2019Q4、2019。\n"
    assert state(run, "2019") == ["已关闭"] and state(run, "2020") == ["开放中"]
    assert "已汇总" in run("list", "--plan", "阜新")[1]


def test_the_rule_is_set(run):
    assert run("rule", *COUNTY, "--days", "10") == (0, "已设定：填报期结束后第 10 个工作日截止。\n", "")


def test_leave_is_given_and_told_beside_those_who_have_not_reported(run):
    leave = ("--plan", "阜新", "--region", "海州区", "--period", "2019", "--until", SOON, "--reason", "机构改革")
    assert run("except", *leave)[1] == f"已准许海州区补报：2019Q4、2019，至 {SOON}。\n"
    code, out, _ = run("missing", "--plan", "阜新", "--period", "2019", "--json")
    told = json.loads(out)
    assert (code, told["expected"], told["reported"], told["completeness"]) == (0, 11, 0, 0.0)
    assert [each["until"] for each in told["exceptions"]] == [SOON, SOON]
    assert "应报 11 个，已报 0 个（报送率 0.0%）" in run("missing", "--plan", "阜新", "--period", "2019")[1]


def test_rates_are_absent_where_nothing_is_expected(run):
    told = json.loads(run("missing", "--plan", "阜新", "--period", "2021", "--json")[1])
    assert told["completeness"] is None and told["timeliness"] is None and told["missing"] == []


def test_a_level_that_does_not_exist_is_told(run):
    code, _, err = run("open", "--plan", "阜新", "--level", "乡级", "--from", "2019", "--until", SOON)
    assert code == 1 and "读到的层级是“乡级”" in err
