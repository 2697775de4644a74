from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from trackers.cli import figures
from trackers.exchange import large_csv

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    return tmp_path_factory.mktemp("cli") / "tracker.db"


@pytest.fixture
def run(db, monkeypatch, shell):
    """Run a command on one database; returns its exit code, output and errors."""
    monkeypatch.setenv("TRACKERS_DB", str(db))

    return shell


def answer(run, *words):
    code, out, err = run(*words, "--json")
    assert code == 0, err
    return json.loads(out)


def test_a_command_on_a_database_that_does_not_exist_makes_it_first(tmp_path, run):
    path = tmp_path / "deep" / "new.db"
    code, out, _ = run("check", "--db", str(path))
    assert (code, path.exists()) == (0, True)
    assert "完好" in out


def test_plans_are_listed_with_their_counts(run):
    records = {record["id"]: record for record in answer(run, "plans")}
    liaoning = records["liaoning-2021"]
    assert (liaoning["indicators"], liaoning["tasks"], liaoning["issued"]) == (14, 28, "2023-07-21")
    assert liaoning["period"] == {"start": 2021, "end": 2035}
    assert liaoning["milestones"] == [2025, 2035]
    assert records["fuyang-2021"]["indicators"] == 0
    assert len(records) == 7


def test_indicators_carry_their_targets_with_source_confidence_and_shape(run):
    records = {record["id"]: record for record in answer(run, "indicators", "--plan", "辽宁")}
    (target,) = records["public-standards"]["targets"]
    assert (target["value"], target["confidence"], target["shape"], target["comparator"]) == (3600, "corroborated", "□600", ">=")
    assert set(target["source"]) == {"file", "section", "start", "end"}
    assert target["reference"].startswith("http")
    (lost,) = records["culture-bases"]["targets"]
    assert (lost["value"], lost["confidence"]) == (None, "unverified")


def test_tasks_carry_their_units(run):
    tasks = answer(run, "tasks", "--plan", "liaoning-2021")
    assert len(tasks) == 28
    assert "省市场监管局" in tasks[0]["units"]


def test_the_published_86_of_120_are_judged(run):
    rows = answer(run, "assess", "--plan", "辽宁", "--as-of", "2024-05-20")
    (row,) = [row for row in rows if row["indicator"] == "local-specifications"]
    assert (row["value"], row["target"], row["verdict"], row["demo"]) == (86, 120, "on_track", False)
    assert row["completion"] == pytest.approx(86 / 120)
    assert row["time_progress"] == pytest.approx(1236 / 1826)
    assert set(row["methods"]) == {"cagr", "projection"}
    later = answer(run, "assess", "--plan", "辽宁", "--as-of", "2024-12-31", "--region", "辽宁省")
    (row,) = [row for row in later if row["indicator"] == "local-specifications"]
    assert (row["verdict"], row["severity"]) == ("lagging", "mild")
    assert row["completion"] - row["time_progress"] == pytest.approx(-0.0835, abs=5e-4)


def test_a_table_says_beside_a_figure_that_it_is_not_reviewed(run):
    code, out, _ = run("assess", "--plan", "辽宁", "--as-of", "2024-05-20")
    (line,) = [line for line in out.splitlines() if "86项" in line]
    assert code == 0 and "未经复核" in line and "基本符合预期" in line


def test_a_table_says_beside_a_figure_that_it_is_a_demonstration(run, demo_database):
    words = ("assess", "--plan", "辽宁", "--as-of", "2024-05-20", "--db", str(demo_database))
    _, out, _ = run(*words)
    demos = sum(row["demo"] for row in answer(run, *words))
    assert demos > 0
    assert sum("演示数据" in line for line in out.splitlines()) == demos


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        (["assess", "--plan", "liaonin-2021"], "liaoning-2021"),
        (["assess", "--plan", "长三角"], "changsanjiao-2025"),
        (["assess", "--plan", "辽宁", "--region", "沈阳氏"], "沈阳市"),
        (["assess", "--plan", "辽宁", "--region", "211000000"], "211000"),
        (["assess", "--plan", "辽宁", "--region", "110000"], "110000"),
        (["indicators", "--plan", "阜新氏"], "fuxin-2013"),
    ],
)
def test_a_wrong_name_gets_one_line_with_the_nearest_and_exit_2(run, words, nearest):
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert nearest in err
    assert err.count("\n") == 1


def test_a_day_that_is_none_is_a_usage_error(run):
    code, _, err = run("assess", "--plan", "辽宁", "--as-of", "2024-13-01")
    assert code == 2
    assert "2024-13-01" in err


def test_every_command_says_what_it_is_for_with_an_example(run):
    code, out, _ = run("--help")
    names = ["plans", "indicators", "tasks", "assess", "judge", "template", "import", "report"]
    names += ["check", "backup", "restore", "verify"]
    assert code == 0
    for name in names:
        assert name in out
        assert f"例：python -m trackers {name}" in " ".join(run(name, "--help")[1].split())


def test_a_sheet_is_written_filled_in_tried_and_imported(run, tmp_path):
    sheet = tmp_path / "entry.xlsx"
    assert run("template", "--plan", "阜新", "--region", "210922", "--period", "2019", "--out", str(sheet))[0] == 0
    book = openpyxl.load_workbook(sheet)
    page = book.active
    header = next(row for row in page.iter_rows() if "指标" in [cell.value for cell in row])
    columns = {cell.value: cell.column for cell in header}
    below = page.iter_rows(min_row=header[0].row + 1)
    line = next(row for row in below if row[columns["指标"] - 1].value == "诚信计量示范单位")
    value = next(name for name in columns if name and name.startswith("填报值"))
    page.cell(line[0].row, columns[value]).value = "３家"
    book.save(sheet)
    code, out, _ = run("import", str(sheet), "--plan", "阜新", "--dry-run")
    assert code == 0 and "新增 1" in out and "没有写入" in out
    code, out, _ = run("import", str(sheet), "--plan", "阜新")
    assert code == 0 and "未经复核" in out
    code, out, _ = run("import", str(sheet), "--plan", "阜新")
    assert code == 0 and "相同 1" in out and "没有写入" in out
    rows = answer(run, "assess", "--plan", "阜新", "--as-of", "2019-12-31", "--region", "彰武县")
    (row,) = [row for row in rows if row["indicator"] == "integrity-units"]
    assert (row["value"], row["period"], row["unreviewed"], row["reason"]) == (3, "2019Q4", True, "no_regional_target")


def test_a_large_file_is_imported_by_columns(run, tmp_path, monkeypatch):
    monkeypatch.setattr(large_csv, "LARGE", 1)
    monkeypatch.delattr(figures, "read_figures")
    file = tmp_path / "figures.csv"
    file.write_text("地区,指标,填报期,填报值\n210900,省部级科研项目,2017,1\n210900,市级科研项目,2017,约5\n", encoding="utf-8")
    code, out, err = run("import", str(file), "--plan", "阜新")
    assert code == 1 and "没有导入任何数据" in out and "第 3 行" in err and "约5" in err
    assert answer(run, "import", str(file), "--plan", "阜新", "--accept-valid", "--dry-run")["written"] is False
    assert answer(run, "import", str(file), "--plan", "阜新", "--accept-valid")["written"] is True
    assert "相同 1" in run("import", str(file), "--plan", "阜新", "--accept-valid")[1]


def test_a_file_with_a_bad_row_changes_nothing_unless_the_rest_is_accepted(run, tmp_path):
    file = tmp_path / "figures.csv"
    file.write_text(
        "地区,指标,填报期,填报值\n210900,省部级科研项目,2018,1\n210900,市级科研项目,2018,约5\n阜新,不存在,2018,5\n",
        encoding="utf-8",
    )
    code, out, err = run("import", str(file), "--plan", "阜新")
    assert code == 1 and "没有导入任何数据" in out
    assert "第 3 行" in err and "约5" in err and "第 4 行" in err
    tried = answer(run, "import", str(file), "--plan", "阜新", "--accept-valid", "--dry-run")
    assert (tried["written"], tried["new"], len(tried["faults"])) == (False, 1, 2)
    assert run("import", str(file), "--plan", "阜新", "--accept-valid")[0] == 0
    rows = answer(run, "assess", "--plan", "阜新", "--as-of", "2018-12-31")
    assert {r["indicator"]: r["value"] for r in rows}["provincial-research"] == 1


def test_cases_are_judged_by_three_methods(run, tmp_path):
    cases = tmp_path / "cases.csv"
    cases.write_text(
        "id,direction,base_year,base,year,value,target_year,target,limit,remark\n"
        "a,decrease,2015,14.5,2023,10.2,2030,7.25,,published\nb,increase,2015,,2023,,2030,5,,\n",
        encoding="utf-8",
    )
    first, second = answer(run, "judge", str(cases))
    assert first["cagr"]["ratio"] == pytest.approx(0.9525901792, abs=1e-9)
    assert first["cagr"]["status"] == "substantial_progress"
    assert set(first["linear"]) >= {"completion", "time_progress", "pace", "verdict", "severity"}
    assert set(first["projection"]) == {"q", "status"}
    assert second["linear"]["verdict"] == "no_data"


def test_when_no_row_can_be_taken_every_fault_is_still_listed(run, tmp_path):
    file = tmp_path / "figures.csv"
    file.write_text("地区,指标,填报期,填报值\n210900,市级科研项目,2018,约5\n", encoding="utf-8")
    code, out, err = run("import", str(file), "--plan", "阜新", "--accept-valid")
    assert code == 1 and "第 2 行" in err and "没有导入任何数据" in out and "--accept-valid" not in out
    code, out, _ = run("import", str(file), "--plan", "阜新", "--accept-valid", "--json")
    assert code == 1 and len(json.loads(out)["faults"]) == 1


def test_a_period_may_be_named_for_a_sheet_as_in_a_sheet(run, tmp_path):
    sheet = tmp_path / "entry.xlsx"
    assert run("template", "--plan", "阜新", "--region", "210922", "--period", "2019年第四季度", "--out", str(sheet))[0] == 0


def test_a_comma_too_many_moves_no_figure_of_a_case(run, tmp_path):
    cases = tmp_path / "cases.csv"
    head = "id,direction,base_year,base,year,value,target_year,target,limit"
    cases.write_text(f"{head}\na,increase,2015,10,2020,40,2025,50,,\nb,increase,2015,10,2020,40,2025,50\n", encoding="utf-8")
    first, second = answer(run, "judge", str(cases))
    assert (first["id"], first["linear"]["completion"]) == ("a", 0.75)
    assert first["linear"] == second["linear"]
    cases.write_text(f"{head},value\na,increase,2015,10,2020,40,2025,50,,9\n", encoding="utf-8")
    code, _, err = run("judge", str(cases))
    assert code == 1 and "value" in err


def test_every_command_takes_the_database(run):
    names = ["plans", "indicators", "tasks", "assess", "judge", "template", "import", "report"]
    for name in [*names, "check", "backup", "restore", "verify"]:
        assert "--db" in run(name, "--help")[1]


def test_cases_without_a_column_or_a_file_are_told_so(run, tmp_path):
    cases = tmp_path / "cases.csv"
    cases.write_text("id,direction\na,increase\n", encoding="utf-8")
    code, _, err = run("judge", str(cases))
    assert code == 1 and "base_year" in err
    code, _, err = run("judge", str(tmp_path / "none.csv"))
    assert code == 1 and "none.csv" in err


def test_a_report_is_written_in_every_format(run, tmp_path):
    for format, head in (("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF"), ("html", b"<!DOCTYPE html>")):
        out = tmp_path / f"report.{format}"
        code, _, err = run(
            "report", "--plan", "辽宁", "--kind", "midterm", "--as-of", "2024-05-20", "--format", format, "--out", str(out)
        )  # fmt: skip
        assert code == 0, err
        assert out.read_bytes()[:15].lower().startswith(head.lower())
    code, _, err = run("report", "--plan", "辽宁", "--kind", "midterm", "--format", "pptx", "--out", str(tmp_path / "r.pptx"))
    assert code == 1 and "pptx" in err


def test_a_backup_is_made_and_taken_back(run, tmp_path):
    copy = tmp_path / "copy.db"
    assert run("backup", str(copy))[0] == 0
    code, _, err = run("backup", str(copy))
    assert code == 1 and "已存在" in err
    before = len(answer(run, "plans"))
    code, out, _ = run("restore", str(copy))
    assert code == 0 and "另存为" in out
    assert len(answer(run, "plans")) == before


def test_sources_that_do_not_match_are_listed_and_exit_1(run, tmp_path):
    code, out, _ = run("verify", str(tmp_path))
    assert code == 1
    assert "liaoning-2021" in out


@pytest.mark.skipif("TRACKERS_SOURCES" not in os.environ, reason="set TRACKERS_SOURCES to the folder of the source documents")
def test_every_figure_is_found_again_in_its_document(run):
    assert run("verify", os.environ["TRACKERS_SOURCES"])[0] == 0


def test_it_runs_as_a_module_from_any_folder(tmp_path, db):
    environment = {**os.environ, "TRACKERS_DB": str(db), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "trackers", "plans"], cwd=tmp_path, env=environment, capture_output=True, check=True
    )
    assert "liaoning-2021" in done.stdout.decode("utf-8")
