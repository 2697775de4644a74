"""The commands that write reports of frozen evaluations."""

from __future__ import annotations

import json
import shutil
import sys

import pytest

from tests.reported import story
from tests.samples import OPERATOR
from trackers.cli import main
from trackers.reports.make import Form, make_evaluation_report
from trackers.store import open_store


@pytest.fixture(scope="module")
def db(demo_database, tmp_path_factory):
    path = tmp_path_factory.mktemp("story") / "tracker.db"
    shutil.copy(demo_database, path)
    story(path)
    return path


@pytest.fixture
def run(db, monkeypatch, capsys):
    """Run a command without making the database anew from the seeds; its exit code, output and errors."""
    monkeypatch.setattr("trackers.cli.evaluation_report.opened", lambda _: open_store(db))

    def command(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["python -m trackers", "evaluation", *words])
        with pytest.raises(SystemExit) as stopped:
            main()
        said = capsys.readouterr()
        return int(stopped.value.code or 0), said.out, said.err

    return command


@pytest.mark.parametrize(
    ("name", "form", "region"),
    [("a.docx", "report", None), ("b.pdf", "brief", None), ("c.xlsx", "region", "210922"), ("d.html", "report", None)],
)
def test_each_form_is_written_to_its_file(run, db, tmp_path, name: str, form: str, region: str | None):
    out = tmp_path / name
    code, said, err = run("report", "1", "--out", str(out), "--form", form, *(("--region", "彰武") if region else ()))
    assert code == 0 and f"已写 {out}" in said, err
    with open_store(db) as store:
        format = name.partition(".")[2]
        assert out.read_bytes() == make_evaluation_report(store, 1, format, form=Form(form), region=region, by=OPERATOR)


def test_a_file_is_written_beside_what_is_told_as_data(run, tmp_path):
    out = tmp_path / "both.html"
    code, said, err = run("report", "1", "--out", str(out), "--json")
    assert code == 0 and json.loads(said)["basis"]["evaluation"] == 1 and out.read_bytes().startswith(b"<!"), err
    out = tmp_path / "both.xlsx"
    code, said, err = run("compare", "1", "2", "--out", str(out), "--json")
    assert code == 0 and json.loads(said)["first"]["evaluation"] == 1 and out.read_bytes()[:2] == b"PK", err


def test_what_a_report_says_is_data_too(run):
    code, out, err = run("report", "1", "--json")
    told = json.loads(out)
    assert code == 0 and told["basis"]["evaluation"] == 1 and len(told["rows"]) > 50, err
    code, out, _ = run("compare", "2", "1", "--json")
    assert code == 0 and json.loads(out)["first"]["evaluation"] == 1


def test_a_comparison_is_listed_or_written(run, tmp_path):
    code, out, _ = run("compare", "1", "2")
    assert code == 0 and "判定好转" in out and "市级社会公用计量标准" in out and "演示数据" in out
    code, _, err = run("compare", "1", "2", "--out", str(tmp_path / "c.docx"))
    assert code == 0 and (tmp_path / "c.docx").read_bytes().startswith(b"PK"), err


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["report", "1"], 2, "--out"), (["report", "1", "--form", "region", "--out", "x.docx"], 2, "--region"),
        (["report", "1", "--region", "彰武", "--out", "x.docx"], 2, "--region"),
        (["report", "1", "--until", "昨天", "--out", "x.docx"], 2, "读到"),
        (["report", "1", "--until", "2016-01-01T00:00", "--out", "x.docx"], 1, "才冻结"),
        (["report", "9", "--out", "x.docx"], 2, "没有名为“9”的评估"),
        (["report", "1", "--template", "none.docx", "--out", "x.docx"], 1, "不能读模板 none.docx"),
        (["report", "1", "--logo", __file__, "--out", "x.docx"], 1, "不是图片"),
        (["report", "1", "--out", "x.pptx"], 1, "不能写“pptx”格式"), (["compare", "1", "1"], 1, "同一次评估"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_in_a_line(run, words: list[str], code: int, told: str):
    found, _, err = run(*words)
    assert found == code and told in err and "Traceback" not in err


def test_a_frozen_evaluation_whose_bytes_were_changed_is_an_error(db, tmp_path, monkeypatch, run):
    path = tmp_path / "changed.db"
    shutil.copy(db, path)
    with open_store(path) as store:
        store.connection.execute("DROP TRIGGER evaluation_frozen_is_never_changed")
        store.connection.execute("UPDATE evaluation_frozen SET document = document || ' '")
    monkeypatch.setattr("trackers.cli.evaluation_report.opened", lambda _: open_store(path))
    for words in (["report", "1", "--out", str(tmp_path / "x.docx")], ["compare", "1", "2"]):
        code, _, err = run(*words)
        assert code == 1 and "冻结数据与摘要不符" in err
    assert not (tmp_path / "x.docx").exists()
