from __future__ import annotations

import json

import pytest

from tests.adjusted import NUMBER
from tests.samples import day, figure, new_store, record
from trackers.model.account import operator
from trackers.queries.assess import assess
from trackers.queries.plans import plan_by_id
from trackers.store import open_store


@pytest.fixture
def db(tmp_path):
    with new_store(tmp_path) as store:
        record(store, figure("own", "210900", "2016Q4", 50))
        return store.path


@pytest.fixture
def run(db, monkeypatch, shell):
    """Run a command on the small sample plan; its exit code, output and errors."""
    monkeypatch.setattr("trackers.cli.adjustment.opened", lambda _: open_store(db))

    return lambda *words: shell("adjustment", *words)


PROPOSE = ("propose", "--plan", "样例", "--indicator", "own", "--year", "2020", "--value", "120项", "--reason", "增加任务")
APPROVE = ("--number", NUMBER, "--date", "2017-03-01", "--effective", "2017-04-01")


def told(run, *words):
    code, out, err = run(*words, "--json")
    assert code == 0, err
    return json.loads(out)


def test_one_session_tells_the_whole_story(run, db):
    made = told(run, *PROPOSE, "--as-of", "2016-12-31")
    assert (made["id"], made["state"], made["old"], made["value"]) == (1, "proposed", 100, 120)
    assert [row["region"] for row in made["what_if"]] == ["210900"]
    assert told(run, "examine", "1")["state"] == "examined"
    done = told(run, "approve", "1", *APPROVE)
    assert done["approval"] == {"number": NUMBER, "day": "2017-03-01", "effective": "2017-04-01"}
    assert (done["in_force"], done["effective"]) == (True, "2017-04-01")
    (listed,) = told(run, "list", "--plan", "样例")
    assert [step["state"] for step in listed["steps"]] == ["examined", "approved"]
    with open_store(db) as store:
        frame = assess(store, plan_by_id(store, "sample-2013"), day("2017-04-01"), by=operator("test"))
        assert frame["target"].iloc[0] == 120


def test_what_is_told_to_people_is_in_chinese(run):
    code, out, _ = run(*PROPOSE, "--as-of", "2016-12-31")
    assert code == 0 and "已提出，编号 1。试算：1/1 个判定会改变。" in out and "阜新市" in out
    assert run("examine", "1")[1].strip() == "第 1 项调整：已审查，待批准。"
    assert run("approve", "1", *APPROVE)[1].strip() == "第 1 项调整：已批准。"
    code, out, _ = run("list")
    assert code == 0 and NUMBER in out and "目标值调整" in out


def test_an_approval_without_another_day_holds_from_its_own(run):
    run(*PROPOSE)
    run("examine", "1")
    assert told(run, "approve", "1", *APPROVE[:4])["effective"] == "2017-03-01"


def test_one_is_sent_back_rejected_or_withdrawn(run):
    run(*PROPOSE)
    assert run("examine", "1", "--back")[0] == 1
    assert told(run, "examine", "1", "--back", "--comment", "附件不全")["word"] == "已退回"
    run(*PROPOSE)
    assert told(run, "withdraw", "2")["word"] == "已撤回"
    run(*PROPOSE)
    run("examine", "3")
    assert told(run, "reject", "3", "--comment", "维持原目标")["word"] == "未获批准"


def test_a_share_and_a_confirmation_stand_once_examined(run):
    share = ("--kind", "regional", "--region", "彰武", "--effective", "2014-01-01", "--reference", "分解方案")
    made = told(run, "propose", "--plan", "样例", "--indicator", "summed", "--year", "2020", "--value", "9", *share)
    assert made["region_name"] == "彰武县" and told(run, "examine", "1")["word"] == "已审查，已生效"
    lost = ("--indicator", "lost", "--year", "2020", "--value", "60", "--kind", "confirmation", "--reference", "原件")
    told(run, "propose", "--plan", "样例", *lost)
    done = told(run, "examine", "2")
    assert done["in_force"] and done["effective"] is None


def test_a_sheet_is_proposed_whole_or_not_at_all(run, tmp_path):
    sheet = tmp_path / "分解目标.csv"
    sheet.write_text("指标,年份,地区,目标值,生效日期,依据\nsummed,2020,彰武县,9,2014-01-01,方案\nown,2016,,40,2014-01-01,计划\n")
    made = told(run, "import", str(sheet), "--plan", "样例")
    assert made["adjustments"] == [1, 2] and "少21项" in made["sums"][0]
    sheet.write_text("指标,年份,地区,目标值,生效日期,依据\nsummed,2019,新邱区,9,2014-01-01,方案\n")
    code, _, err = run("import", str(sheet), "--plan", "样例")
    assert code == 1 and "第 2 行：年份读到 2019" in err and len(told(run, "list")) == 2
    assert run("import", str(tmp_path / "none.csv"), "--plan", "样例")[0] == 1


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (("propose", "--plan", "样例", "--indicator", "ownn", "--year", "2020", "--value", "1"), 2, "指标own"),
        (("propose", "--plan", "样例", "--indicator", "own", "--year", "2020", "--value", "约1"), 1, "确切的数"),
        (("propose", "--plan", "样例", "--indicator", "own", "--year", "2020", "--value", "100", "--reason", "x"), 1, "没有变化"),
        (("examine", "7"), 1, "没有编号为 7"),
        (("list", "--plan", "没有"), 2, "没有名为"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_one_sentence(run, words, code, why):
    found, _, err = run(*words)
    assert (found, why in err) == (code, True) and "Traceback" not in err
