from __future__ import annotations

import json

import pytest

from tests.evaluated import CITY, COUNTY, PLAN, evaluated_store, opened
from tests.people import add_person, grant
from tests.samples import OPERATOR, figure, indicator, new_store, record, sample_plan
from trackers.queries.evaluation_records import shown_record
from trackers.store import open_store


@pytest.fixture
def db(tmp_path):
    with evaluated_store(tmp_path) as store:
        add_person(store, "beside", grant("third_party", CITY))
        return store.path


@pytest.fixture
def run(db, monkeypatch, shell):
    """Run a command without making the database anew from the seeds; its exit code, output and errors."""
    for module in ("evaluation", "finding"):
        monkeypatch.setattr(f"trackers.cli.{module}.opened", lambda _: open_store(db))

    return lambda *words: shell("evaluation", *words)


@pytest.fixture
def told(run):
    def command(*words: str):
        code, out, err = run(*words, "--json")
        assert code == 0, err
        return json.loads(out)

    return command


OPEN = ("open", "--plan", "样例", "--kind", "midterm", "--as-of", "2016-12-31")


def test_an_evaluation_goes_its_whole_way_in_one_session(run, told):
    assert told(*OPEN)["state"] == "open"
    assert {each["kind"] for each in told("checklist", "1")} == {"unreported", "unverified"}
    assert told("assign", "1", "beside")["assigned"] == ["beside"]
    assert told("unassign", "1", "beside")["assigned"] == []
    code, _, err = run("unassign", "1", "beside")
    assert code == 1 and "没有可以撤回的" in err
    code, _, err = run("freeze", "1")
    assert code == 1 and "没有冻结" in err and "彰武县还缺 1 个" in err
    frozen = told("freeze", "1", "--despite", "县里没有报")
    assert frozen["state"] == "frozen" and len(frozen["digest"]) == 64
    given = ["finding", "1", "--about", "指标own", "--voice", "evaluator", "--cause", "money", "--explained", "经费不够"]
    assert told(*given)["cause"] == "money"
    assert told("comment", "1", "看过")["comments"][0]["text"] == "看过"
    assert told("check", "1", "--draw", "2", "--seed", "7")[0]["seed"] == "7"
    assert told("reopen", "1", "--reason", "补报")["digest"] is None
    assert told("freeze", "1", "--despite", "县里没有报")["state"] == "frozen"
    assert told("publish", "1")["state"] == "published"
    code, _, err = run(*given)
    assert code == 1 and "已经公布" in err
    assert told("withdraw", "1", "--reason", "有误")["state"] == "withdrawn"
    kinds = [step["kind"] for step in told("list", "--plan", "样例")[0]["steps"]]
    assert kinds == ["opened", "frozen", "reopened", "frozen", "published", "withdrawn"]


def test_what_is_shown_as_json_has_every_number_that_was_frozen(run, told):
    told(*OPEN), told("freeze", "1", "--despite", "缺数")
    shown = told("show", "1")
    own = next(row for row in shown["rows"] if row["indicator"] == "own")
    assert (own["value"], own["target"], own["observed"], own["verdict"]) == (40.0, 100.0, "2016-12-31", "lagging")
    assert shown["frozen"]["plan"]["id"] == PLAN.id and len(shown["frozen"]["figures"]) == 7
    assert (shown["scores"], shown["score_rule"]) == ([], None)  # no weights: none is made up
    code, out, _ = run("show", "1")
    assert code == 0 and "指标own" in out and shown["digest"] in out


def test_findings_are_written_by_names_and_words(told):
    told(*OPEN)
    goal = told("finding", "1", "--subject", "goal", "--about", "体系健全", "--grade", "大部分实现", "--evidence", "文件汇编")
    assert (goal["code"], goal["grade"], goal["region"]) == ("g1", "mostly", CITY)
    task = told("finding", "1", "--subject", "task", "--about", "t1", "--grade", "进行中", "--done", "2=2016-08-01")
    assert task["delivered"] == [[2, "2016-08-01"]]
    own = told("finding", "1", "--about", "mean", "--region", "海州区", "--voice", "self", "--explained", "仪器不足")
    assert (own["region"], own["voice"]) == (COUNTY, "self")


def test_a_figure_is_picked_and_what_was_found_stands_beside_it(run, told):
    told(*OPEN)
    (taken,) = told("check", "1", "--pick", "own/阜新市/2016Q4")
    (found,) = told("check", "1", "--record", str(taken["id"]), "--value", "３８", "--evidence", "台账第三页")
    assert (found["reported"], found["checked"], found["difference"]) == (40, 38, 2)
    code, out, _ = run("check", "1")
    assert code == 0 and "38项" in out and "选取" in out


@pytest.mark.parametrize(
    ("words", "code", "told_so"),
    [
        (["show", "9"], 2, "没有名为“9”的评估"),
        (["open", "--plan", "样例", "--kind", "midterm", "--as-of", "2010-01-01"], 1, "不在规划期内"),
        (["finding", "1", "--about", "nothing"], 2, "没有名为“nothing”的指标"),
        (["finding", "1", "--about", "nothing", "--subject", "goal"], 2, "没有名为“nothing”的定性目标"),
        (["finding", "1", "--about", "t1", "--subject", "task", "--grade", "快了"], 1, "应为未开始、进行中、已完成之一"),
        (["finding", "1", "--about", "t1", "--subject", "task", "--grade", "done", "--done", "x"], 1, "序号=日期"),
        (["finding", "1", "--about", "mean", "--done", "1=2016-01-01", "--explained", "x"], 1, "只有重点任务有应交成果"),
        (["check", "1", "--pick", "own"], 1, "指标/地区/填报期"),
        (["check", "1", "--record", "7", "--value", "3"], 2, "没有名为“7”的抽查"),
        (["open", "--plan", "样例", "--kind", "final", "--as-of", "2016-12-31", "--policy", "none.json"], 1, "不能读 none.json"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_in_a_line(run, told, words, code, told_so):
    told(*OPEN)
    found, _, err = run(*words)
    assert (found, err.count("\n")) == (code, 1) and told_so in err


def test_a_policy_of_ones_own_is_kept_and_a_broken_one_refused(run, told, tmp_path):
    own, broken = tmp_path / "own.json", tmp_path / "broken.json"
    own.write_text('{"on_track": 0.8}', encoding="utf-8")
    broken.write_text('{"on_time": 0.8}', encoding="utf-8")
    told(*OPEN, "--policy", str(own)), told("freeze", "1", "--despite", "缺数")
    assert told("show", "1")["frozen"]["policy"]["on_track"] == 0.8
    code, _, err = run("open", "--plan", "样例", "--kind", "final", "--as-of", "2016-12-31", "--policy", str(broken))
    assert code == 1 and "不是判定标准" in err


def test_with_weights_the_scores_are_shown_with_their_rule(tmp_path):
    plan = sample_plan(indicators=[indicator("own", weight=3), indicator("lost", weight=1)])
    with new_store(tmp_path, plan) as store:
        record(store, figure("own", CITY, "2016Q4", 40))
        shown = shown_record(store, opened(store).id, by=OPERATOR)
        assert shown["scores"] == [{"region": CITY, "score": None, "grade": None, "lacking": ["lost"]}]
        record(store, figure("lost", CITY, "2016Q4", 100))
        (score,) = shown_record(store, 1, by=OPERATOR)["scores"]
        assert (score["score"], score["grade"], score["lacking"]) == (pytest.approx(55), "fail", [])
        assert "90 分" in shown["score_rule"]
