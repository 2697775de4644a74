"""A plan evaluated from one shell: its mid-term, what lags followed up, a target adjusted, its final, told and published."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard import public
from tests.files import body_of
from trackers.model.wording import BEIJING

PLAN, CITY, COUNTY = "fuxin-2013", "210900", "210902"
MIDTERM, FINAL = "2016-12-31", "2020-12-31"
MEAN, MEAN_NAME = "county-standards", "县级社会公用计量标准平均数"
NUMBER = "阜政函〔2017〕3号"
SOON = (datetime.now(BEIJING) + timedelta(days=30)).date().isoformat()
Told = Callable[..., Any]
Rows = list[dict[str, Any]]


@pytest.fixture
def run(demo_database: Path, tmp_path: Path, monkeypatch, shell):
    """Run a command as a shell would, on a demonstration of one's own; its exit code, output and errors."""
    monkeypatch.setenv("TRACKERS_DB", str(shutil.copy(demo_database, tmp_path / "own.db")))

    return shell


@pytest.fixture
def told(run) -> Told:
    def command(*words: str) -> Any:
        code, out, err = run(*words, "--json")
        assert code == 0, err
        return json.loads(out)

    return command


def one(rows: Rows, region: str = CITY, indicator: str = MEAN) -> dict[str, Any]:
    (found,) = [row for row in rows if (row["indicator"], row["region"]) == (indicator, region)]
    return found


def stands(row: dict[str, Any]) -> tuple[float, float, str, str | None]:
    return round(row["value"], 2), row["target"], row["verdict"], row["severity"]


def judged(rows: Rows) -> dict[tuple[str, str], tuple[Any, ...]]:
    """What is said of each row, by indicator and region."""
    names = ("value", "target", "completion", "expected", "shortfall", "verdict", "severity")
    return {(row["indicator"], row["region"]): tuple(row[name] for name in names) for row in rows}


def test_the_story_of_a_plan_is_told_in_one_session(run, told, tmp_path):
    digest = midterm_is_frozen(run, told)
    midterm_is_found_on(told)
    orders = what_lags_is_supervised(told)
    a_target_is_adjusted(told)
    orders_are_closed(told, orders)
    final_is_frozen(told)
    both_stay_what_they_were(told, digest)
    both_are_reported(run, told, tmp_path)
    both_are_compared(run, told, tmp_path)
    midterm_is_published(told, tmp_path)
    the_record_has_it_all(run, told)


def midterm_is_frozen(run, told: Told) -> str:
    assert told("evaluation", "open", "--plan", "阜新", "--kind", "midterm", "--as-of", MIDTERM)["state"] == "open"
    missing = {each["kind"]: each["number"] for each in told("evaluation", "checklist", "1")}
    assert missing == {"unreported": 2, "stale": 1}
    code, _, err = run("evaluation", "freeze", "1")
    assert code == 1 and "没有冻结" in err and "清河门区、海州区还缺 2 个" in err
    person = ("--name", "第三方评估员", "--role", "第三方评估员", "--region", "阜新市", "--plan", "阜新")
    assert run("user", "add", "beside", *person)[0] == 0
    assert told("evaluation", "assign", "1", "beside")["assigned"] == ["beside"]
    frozen = told("evaluation", "freeze", "1", "--despite", "两个县区没有填报，另行核实")
    assert frozen["state"] == "frozen" and len(frozen["digest"]) == 64
    shown = told("evaluation", "show", "1")
    assert stands(one(shown["rows"])) == (21.57, 30, "lagging", "severe")
    assert stands(one(shown["rows"], COUNTY)) == (21, 30, "lagging", "severe")
    assert judged(shown["rows"]) == judged(told("assess", "--plan", "阜新", "--as-of", MIDTERM))
    assert all(row["demo"] for row in shown["rows"] if row["value"] is not None)
    return str(frozen["digest"])


def midterm_is_found_on(told: Told) -> None:
    mean = ("evaluation", "finding", "1", "--about", MEAN_NAME, "--region", "海州区")
    own = told(*mean, "--voice", "self", "--cause", "money", "--explained", "建标经费没有列入区级预算")
    evaluated = told(*mean, "--suggestion", "纳入下一年预算", "--cause", "money")
    beside = told(*mean, "--voice", "third_party", "--grade", "背离目标", "--reason", "两年没有新增")
    assert (own["computed"], own["differs"], beside["grade"], beside["differs"]) == ("lagging", False, "regressing", True)
    goal = ("--subject", "goal", "--about", "计量基础设施和装备明显改善", "--grade", "大部分实现", "--evidence", "设备台账")
    assert told("evaluation", "finding", "1", *goal)["grade"] == "mostly"
    task = ("--subject", "task", "--about", "1-1", "--grade", "进行中", "--done", "1=2014-06-30", "--done", "2=2016-11-30")
    assert told("evaluation", "finding", "1", *task)["delivered"] == [[1, "2014-06-30"], [2, "2016-11-30"]]
    assert told("evaluation", "comment", str(evaluated["id"]), "请附预算批复")["comments"][0]["text"] == "请附预算批复"
    (taken,) = told("evaluation", "check", "1", "--pick", f"{MEAN}/海州区/2016Q4")
    result = ("--record", str(taken["id"]), "--value", "20", "--evidence", "现场查看台账，一项标准已停用")
    (checked,) = told("evaluation", "check", "1", *result)
    assert (checked["reported"], checked["checked"], checked["difference"]) == (21, 20, 1)
    drawn = told("evaluation", "check", "1", "--draw", "3", "--seed", "2016")
    assert [each["seed"] for each in drawn] == ["2016"] * 3


def what_lags_is_supervised(told: Told) -> dict[str, str]:
    """The numbers of the orders by region."""
    issue = ("supervision", "issue", "--plan", "阜新", "--indicator", MEAN, "--region", "阜新市", "--region", "海州区")
    issued = told(*issue, "--as-of", MIDTERM, "--due", SOON)["issued"]
    numbers = {each["region"]: each["number"] for each in issued}
    assert {each["region"]: round(each["shortfall"], 2) for each in issued} == {CITY: 2.84, COUNTY: 3.33}
    for number in numbers.values():
        measures = ("--measures", "年内新增两项标准", "--until", SOON)
        assert told("supervision", "answer", number, *measures)["state"] == "answered"
        assert told("supervision", "accept", number, "--comment", "措施可行")["state"] == "accepted"
    return numbers


def a_target_is_adjusted(told: Told) -> None:
    wanted = ("--indicator", MEAN, "--year", "2020", "--value", "24项", "--reason", "县级机构整合", "--reference", "请示")
    made = told("adjustment", "propose", "--plan", "阜新", *wanted, "--as-of", MIDTERM)
    assert (made["old"], made["value"], made["state"]) == (30, 24, "proposed")
    moved = {row["region"]: (row["verdict"], row["verdict_then"]) for row in made["what_if"] if row["moves"]}
    assert moved[CITY] == ("lagging", "on_track") and len(made["what_if"]) == 8
    assert told("adjustment", "examine", "1", "--comment", "属实")["state"] == "examined"
    assert one(told("assess", "--plan", "阜新", "--as-of", FINAL))["verdict"] == "missed"
    done = told("adjustment", "approve", "1", "--number", NUMBER, "--date", "2017-03-01", "--effective", "2017-04-01")
    assert (done["approval"]["number"], done["effective"], done["in_force"]) == (NUMBER, "2017-04-01", True)
    days = {day: stands(one(told("assess", "--plan", "阜新", "--as-of", day))) for day in ("2017-03-31", "2017-04-01", FINAL)}
    assert days == {
        "2017-03-31": (21.86, 30, "lagging", "severe"),
        "2017-04-01": (21.86, 24, "on_track", None),
        FINAL: (24.29, 24, "achieved", None),
    }


def orders_are_closed(told: Told, numbers: dict[str, str]) -> None:
    """That of the city, whose verdict turned with the target; that of the county by decision."""
    assert [each["number"] for each in told("supervision", "close", "--turned")] == [numbers[CITY]]
    done = told("supervision", "close", numbers[COUNTY], "--reason", "规划期满，转入下一规划")
    assert [step["kind"] for step in done["steps"]] == ["answered", "accepted", "closed"]
    assert told("supervision", "list", "--plan", "阜新", "--state", "issued") == []


def final_is_frozen(told: Told) -> None:
    assert told("evaluation", "open", "--plan", "阜新", "--kind", "final", "--as-of", FINAL)["id"] == 2
    assert told("evaluation", "freeze", "2", "--despite", "个别县区没有补报")["state"] == "frozen"
    rows = told("evaluation", "show", "2")["rows"]
    assert stands(one(rows)) == (24.29, 24, "achieved", None)
    assert stands(one(rows, COUNTY)) == (23, 24, "missed", None)


def both_stay_what_they_were(told: Told, digest: str) -> None:
    """The mid-term is judged by the target of its own day, whatever came after."""
    shown = told("evaluation", "show", "1")
    assert shown["digest"] == digest and stands(one(shown["rows"])) == (21.57, 30, "lagging", "severe")
    assert [each["state"] for each in told("evaluation", "list", "--plan", "阜新")] == ["frozen", "frozen"]


def both_are_reported(run, told: Told, folder: Path) -> None:
    """In every format, the same to the byte when made again; each says what it stands on."""
    for id, day in (("1", "2016年12月31日"), ("2", "2020年12月31日")):
        made = {format: report(run, id, folder / f"{id}.{format}") for format in ("docx", "xlsx", "html")}
        assert made["docx"] == report(run, id, folder / f"{id}-again.docx")
        digest = told("evaluation", "show", id)["digest"]
        words = [body_of(made["docx"]), cells_of(made["xlsx"]), made["html"].decode()]
        assert [(day in text, digest in text, "演示数据" in text) for text in words] == [(True, True, True)] * 3
    assert report(run, "1", folder / "1.pdf").startswith(b"%PDF")
    midterm, final = (body_of((folder / f"{id}.docx").read_bytes()) for id in "12")
    assert "建标经费没有列入区级预算" in midterm and NUMBER in final and NUMBER not in midterm


def report(run, id: str, out: Path) -> bytes:
    code, said, err = run("evaluation", "report", id, "--out", str(out))
    assert (code, str(out) in said) == (0, True), err
    return out.read_bytes()


def cells_of(xlsx: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(xlsx), read_only=True)
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)


def both_are_compared(run, told: Told, folder: Path) -> None:
    compared = told("evaluation", "compare", "1", "2")
    mean = one(compared["moves"])
    assert (mean["target_then"], mean["target_now"], mean["moved"]) == ("≥30项", "≥24项", "好转")
    assert (mean["verdict_then"], mean["verdict_now"]) == ("滞后于预期（严重）", "已实现")
    assert NUMBER in json.dumps(compared["changes"], ensure_ascii=False)
    out = folder / "比较.docx"
    assert run("evaluation", "compare", "1", "2", "--out", str(out))[0] == 0
    assert NUMBER in body_of(out.read_bytes())


def midterm_is_published(told: Told, folder: Path) -> None:
    """Anybody reads the mid-term from then on, and nothing of the final."""
    with TestClient(Starlette(routes=public.ROUTES), headers={"accept": "text/html"}) as anybody:
        assert anybody.get("/public/evaluation/1").status_code == 404
        assert told("evaluation", "publish", "1")["state"] == "published"
        seen = anybody.get("/public/evaluation/1")
        assert (seen.status_code, anybody.get("/public/evaluation/2").status_code) == (200, 404)
    assert MEAN_NAME in seen.text and "2016年12月31日" in seen.text and "演示数据" in seen.text
    assert "现场查看台账" not in seen.text and "请附预算批复" not in seen.text


def the_record_has_it_all(run, told: Told) -> None:
    """Every step in its order, under the operator's name; what was refused too."""
    done = [each["action"] for each in told("record", "list", "--limit", "1000")][::-1]
    ours = done[done.index("open_evaluation") :]
    assert ours == [
        "open_evaluation", "freeze_evaluation", "create_account", "assign_evaluation", "freeze_evaluation",
        *["write_finding"] * 5, "comment_finding", "choose_checks", "record_check", "draw_checks",
        "issue_orders", *["answer_order", "accept_answer"] * 2,
        "propose_changes", "examine_change", "approve_change", "close_turned", "close_order",
        "open_evaluation", "freeze_evaluation", "publish_evaluation",
    ]  # fmt: skip
    refused = told("record", "list", "--refused")
    assert [each["action"] for each in refused if each["action"] == "freeze_evaluation"] == ["freeze_evaluation"]
    code, out, _ = run("check")
    assert code == 0 and "数据库完好" in out
