"""Reports of frozen evaluations: what they say, and that they come out the same to the byte."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from PIL import Image

from tests.people import add_person, grant
from tests.reported import BEGUN, CITY, PLAN, adjust_target
from tests.reports.test_docx import replaced, words
from tests.samples import OPERATOR
from trackers.actions.evaluations import assign, freeze, reopen
from trackers.actions.figures import HandIn, record_figures
from trackers.actions.findings import write_finding
from trackers.actions.supervision import close_order
from trackers.errors import FileError, ForbiddenError, FrozenError, RefusedError, UnknownNameError
from trackers.model.account import Actor
from trackers.model.finding import Draft, Subject, Voice
from trackers.model.period import Period
from trackers.model.published import PublishedFigure
from trackers.model.report import Figure
from trackers.queries.evaluation_material import material
from trackers.queries.frozen import frozen
from trackers.queries.plans import plan_by_id
from trackers.reports.basis import stamped
from trackers.reports.evaluated import contents_of, evaluation_report
from trackers.reports.make import make_evaluation_report
from trackers.reports.outline import Contents
from trackers.reports.supplied import Supplied
from trackers.reports.versions import written_with

ROOT = Path(__file__).parents[2]
LATE = BEGUN + timedelta(days=9)
COUNTY = "210922"


@pytest.fixture(scope="module")
def midterm(evaluated) -> Contents:
    return evaluation_report(evaluated, 1, by=OPERATOR)


def corrected(store) -> None:
    """A figure of the city's is corrected, and so is a target, long after the freezing."""
    frame = frozen(store, 1, by=OPERATOR, number=2).figures
    one = frame[(frame["region"] == CITY) & (frame["indicator"] == "city-standards")].iloc[-1]
    figure = Figure(indicator=one["indicator"], region=CITY, period=Period.parse(one["period"]), value=one["value"] + 3,
                    reason="台账有误")  # fmt: skip
    record_figures(store, PLAN, [figure], HandIn(origin="import", file="更正.csv"), by=OPERATOR, at=LATE)
    adjust_target(store, "city-research", 9, LATE)


def said(store, **fields: object) -> None:
    told = {"subject": Subject.INDICATOR, "code": "city-standards", "region": CITY, "voice": Voice.EVALUATOR,
            "explained": "数据齐全", **fields}  # fmt: skip
    write_finding(store, 1, Draft.model_validate(told), by=OPERATOR, at=LATE)


def test_a_report_says_when_what_was_frozen_and_how_much_was_said(midterm: Contents, evaluated):
    background = "".join(midterm.background)
    assert "数据于2024年6月3日09:00冻结（第1号评估）" in background and "理由：两个县区没有填报" in background
    assert "自评3条、评估5条、第三方评估1条；抽查核实3个数据，已核实2个，其中1个与填报不同" in background
    assert midterm.digest == frozen(evaluated, 1, by=OPERATOR).digest
    assert "已录入" not in background and "评估人员尚未填报" not in background


def test_the_voices_stand_side_by_side_each_with_its_own_word(midterm: Contents):
    problem = next(each for each in midterm.problems if "自评的原因" in each.reason)
    assert "自评的原因：资金不足，设备购置经费尚未到位；评估的原因：人员不足，检定人员不足" in problem.reason
    differing = [text for text in midterm.findings if "第三方评估评定为“基本符合预期”" in text]
    assert len(differing) == 1 and "与计算的判定“滞后于预期" in differing[0]
    assert "另有评定" in midterm.overall[-1]
    assert midterm.goals[0].rating == "自评：已实现；评估：大部分实现"
    done = next(task for task in midterm.tasks if "已完成" in task.progress)
    assert "2016年8月1日" in done.progress
    assert "经评估未开始0项、进行中1项、已完成1项，其余17项尚未评定" in midterm.task_intro[0]
    assert [each for each in midterm.suggestions if "（评估建议）：补充检定人员2名" in each]
    assert len(midterm.voices) == 9


def test_orders_with_their_answers_spot_checks_and_changed_targets_are_told(midterm: Contents, evaluated):
    assert [each.state for each in midterm.sent] == ["已答复，待审定"] and "已列入年度预算" in midterm.sent[0].told
    assert [each.difference for each in midterm.checks] == [0, 1, None]
    assert "填报值与核实值相差1" in "".join(midterm.problem_intro)
    assert not midterm.changes, "it was decided after the freezing"
    final = evaluation_report(evaluated, 2, by=OPERATOR)
    assert [(each.old, each.new) for each in final.changes] == [("80项", "100项")]
    assert "阜政函〔2017〕3号" in final.changes[0].ground
    assert "经批准由≥80项调整为≥100项" in "".join(final.findings)


def test_later_corrections_of_figures_and_targets_change_no_byte(own):
    before = {format: make_evaluation_report(own, 1, format, by=OPERATOR) for format in ("docx", "xlsx")}
    contents = evaluation_report(own, 1, by=OPERATOR)
    corrected(own)
    assert evaluation_report(own, 1, by=OPERATOR) == contents
    for format, made in before.items():
        assert make_evaluation_report(own, 1, format, by=OPERATOR) == made


def test_what_is_said_later_changes_the_digest_and_until_leaves_it_out(own):
    before = evaluation_report(own, 1, by=OPERATOR)
    made = make_evaluation_report(own, 1, "docx", by=OPERATOR)
    said(own, suggestion="保持")
    close_order(own, 1, reason="已办结", by=OPERATOR, at=LATE)
    after = evaluation_report(own, 1, by=OPERATOR)
    assert after.digest == before.digest and after.basis.beside != before.basis.beside
    assert after.sent[0].state == "已结案" and after.basis.until == LATE
    assert evaluation_report(own, 1, by=OPERATOR, until=before.basis.until) == before
    assert make_evaluation_report(own, 1, "docx", by=OPERATOR, until=before.basis.until) == made
    with pytest.raises(RefusedError, match="不能做更早的报告"):
        evaluation_report(own, 1, by=OPERATOR, until=BEGUN - timedelta(days=1))


def test_an_earlier_freezing_can_be_reported_again(own):
    before = evaluation_report(own, 1, by=OPERATOR)
    reopen(own, 1, reason="补报", by=OPERATOR, at=LATE)
    with pytest.raises(RefusedError, match="还没有冻结的数据"):
        evaluation_report(own, 1, by=OPERATOR)
    corrected(own)
    freeze(own, 1, despite="缺", by=OPERATOR, at=LATE)
    assert evaluation_report(own, 1, by=OPERATOR).digest != before.digest
    assert evaluation_report(own, 1, by=OPERATOR, step=2).rows == before.rows


MAKE = """
import hashlib, sys
from pathlib import Path
from trackers.model.account import operator
from trackers.reports.make import FORMATS, make_evaluation_report
from trackers.store import open_store
with open_store(Path(sys.argv[1])) as store:
    for format in FORMATS:
        print(format, hashlib.sha256(make_evaluation_report(store, 1, format, by=operator("test"))).hexdigest())
"""


def test_two_processes_make_the_same_bytes(evaluated_database: Path):
    def digests(seed: str) -> str:
        told = os.environ | {"PYTHONHASHSEED": seed, "TZ": "UTC" if seed == "1" else "Asia/Tokyo"}
        command = [sys.executable, "-c", MAKE, str(evaluated_database)]
        return subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, check=True).stdout

    first = digests("1")
    assert first == digests("2") and first.count("\n") >= 2


def test_a_changed_word_of_a_verdict_a_voice_or_a_step_is_another_version():
    names = {path.name for path in written_with()}
    assert names >= {"verdict.py", "finding.py", "supervision.py", "wording.py", "sentences.py", "report.typ", "evaluation.html"}


def test_the_digest_of_what_it_was_made_from_counts_template_logo_and_versions(midterm: Contents):
    def made(**told: str) -> str:
        return stamped(midterm, told.pop("format", "docx"), **told).basis.made

    every = [made(), made(template="a"), made(logo="a"), made(form="region"), made(format="xlsx")]
    assert len(set(every)) == 5 and made() == every[0] and all(len(each) == 64 for each in every)
    told = {each.name for each in stamped(midterm, "docx").basis.versions}
    assert {"计量规划目标跟踪平台", "报告程序", "docxtpl", "python-docx", "Python"} <= told


def test_the_report_prints_both_digests(evaluated, midterm: Contents):
    told = words(make_evaluation_report(evaluated, 1, "docx", by=OPERATOR))
    assert f"报告所据数据的摘要（SHA-256）：{midterm.digest}" in told
    assert "制作摘要（SHA-256，含以上各项和模板）：" in told and midterm.basis.beside in told
    assert "附表：各方意见" in told and "附表：抽查核实" in told and "附表：督办" in told


def test_the_workbook_has_a_sheet_for_each_table_with_numbers_as_numbers(evaluated):
    book = load_workbook(io.BytesIO(make_evaluation_report(evaluated, 1, "xlsx", by=OPERATOR)))
    assert {"各方意见", "抽查核实", "督办", "指标调整"} <= set(book.sheetnames)
    sheet = book["抽查核实"]
    head = [cell.value for cell in sheet[1]]
    assert isinstance(sheet.cell(3, head.index("核实值") + 1).value, int | float)
    for name in ("各方意见", "抽查核实", "督办"):
        assert book[name].auto_filter.ref and book[name].freeze_panes == "C2"


def test_a_frozen_evaluation_whose_bytes_were_changed_makes_no_report(own):
    own.connection.execute("DROP TRIGGER evaluation_frozen_is_never_changed")
    own.connection.execute("UPDATE evaluation_frozen SET document = replace(document, '\"value\"', '\"valve\"')")
    for format in ("docx", "xlsx"):
        with pytest.raises(FrozenError, match="与摘要不符"):
            make_evaluation_report(own, 1, format, by=OPERATOR)


def test_a_region_has_a_report_of_its_own_with_nothing_of_the_others(evaluated):
    contents = evaluation_report(evaluated, 1, by=OPERATOR, region=COUNTY)
    assert contents.title.startswith("彰武县《关于贯彻落实") and "本报告只写彰武县的数据" in contents.background[0]
    assert {row.region for row in contents.rows} == {COUNTY} and contents.indicators
    assert all(line.row and line.row.region == COUNTY for line in contents.indicators)
    assert "海州区" not in contents.model_dump_json() and contents.digest == evaluation_report(evaluated, 1, by=OPERATOR).digest
    with pytest.raises(UnknownNameError, match="评估中的地区"):
        evaluation_report(evaluated, 1, by=OPERATOR, region="110000")


def test_a_published_figure_of_what_a_region_does_not_report_is_left_to_the_plans_own_report(evaluated):
    made = material(evaluated, 1, by=OPERATOR, region=COUNTY)
    there = set(made.kept.rows["indicator"])
    other = next(each for each in made.kept.plan.indicators if each.id not in there)
    figure = PublishedFigure(
        plan=PLAN, indicator=other.id, region=COUNTY, period="2016", value=1.0, unit=other.unit,
        name="别处所报", confidence="一处",
        address="https://example.org/figure", judged=False, remark="口径不同",
    )  # fmt: skip
    contents = contents_of(replace(made, kept=replace(made.kept, published=(figure,))))
    assert "别处所报" not in contents.model_dump_json()


def test_who_sees_a_part_gets_no_report_of_the_whole(own):
    reporter = add_person(own, "county", grant("reporter", COUNTY))
    third = add_person(own, "third", grant("third_party", CITY))
    by = Actor(login=reporter.login)
    with pytest.raises(ForbiddenError):
        evaluation_report(own, 1, by=by)
    with pytest.raises(ForbiddenError):
        evaluation_report(own, 1, by=by, region="210902")
    assert evaluation_report(own, 1, by=by, region=COUNTY).home == COUNTY
    with pytest.raises(ForbiddenError):
        evaluation_report(own, 1, by=Actor(login=third.login))
    assign(own, 1, third.login, by=OPERATOR, at=LATE)
    assert evaluation_report(own, 1, by=Actor(login=third.login)) == evaluation_report(own, 1, by=OPERATOR)


# Templates and logos an office supplies.


def picture(width: int = 60, height: int = 30, kind: str = "PNG") -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (width, height), "#a01010").save(target, kind)
    return target.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_stands_above_the_title(evaluated, kind: str):
    made = make_evaluation_report(evaluated, 1, "docx", by=OPERATOR, logo=Supplied("标志", picture(kind=kind)))
    plain = make_evaluation_report(evaluated, 1, "docx", by=OPERATOR)
    with_it, without = (Document(io.BytesIO(each)).paragraphs[0]._p.xpath(".//wp:docPr/@descr") for each in (made, plain))
    assert with_it == ["标志"] and not without


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"not a picture", "不是图片"), (b"%PDF-1.7\n", "像是 pdf 文件"), (picture(kind="GIF"), "像是 gif 文件"),
        (picture()[:60], "已损坏"), (b"\x89PNG\r\n\x1a\n" + bytes(6 * 2**20), "应不超过 5 MB"), (picture(9000, 9000), "过大"),
    ],
    ids=["text", "pdf", "gif", "cut", "large", "many points"],
)  # fmt: skip
def test_a_logo_that_is_no_sound_picture_is_refused(evaluated, data: bytes, told: str):
    with pytest.raises(FileError, match=told):
        make_evaluation_report(evaluated, 1, "docx", by=OPERATOR, logo=Supplied("logo.png", data))


def test_a_logo_needs_a_place_in_the_template_and_a_format_that_has_one(evaluated, tmp_path: Path):
    own = replaced(tmp_path, lambda text: text.replace("{{ logo }}", "").replace("{%p if logo %}", "{%p if title %}"))
    logo = Supplied("logo.png", picture())
    with pytest.raises(FileError, match="没有字段“logo”"):
        make_evaluation_report(evaluated, 1, "docx", by=OPERATOR, template=own, logo=logo)
    with pytest.raises(FileError, match="标志只用于"):
        make_evaluation_report(evaluated, 1, "xlsx", by=OPERATOR, logo=logo)


def archive(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in parts.items():
            made.writestr(name.replace("__", "/"), body)
    return target.getvalue()


def linked(between: bytes = b" ", target: bytes = b"a.png", mode: bytes = b"External") -> bytes:
    """Relationships to a page and to a picture elsewhere; written in ways that mean the same."""
    page = b'<Relationship Id="p" Type="x/hyperlink" Target="http://a.org" TargetMode="External"/>'
    picture = b'<Relationship%sId="a" Type="x/image" Target="http://a.org/%s" TargetMode="%s"/>' % (between, target, mode)
    return archive(**{"word__document.xml.rels": b"<Relationships>%s%s</Relationships>" % (page, picture)})


TYPE = b'<Types><Override ContentType="application/vnd.ms-word.document.macro%snabled.main+xml"/></Types>'


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"text", "不是 Word 文档"), (archive(**{"word__document.xml": b"<x/>"}), "不是 Word 文档"),
        (archive(**{"word__vbaProject.bin": b"x"}), "带有宏"),
        (archive(**{"[Content_Types].xml": TYPE % b"E"}), "带有宏"),
        (archive(**{"[Content_Types].xml": TYPE % b"&#69;"}), "带有宏"),
        (archive(**{"word__document.xml": bytes(120 * 2**20)}), "解压以后过大"),
        (archive(**{f"p{n}": b"" for n in range(2100)}), "解压以后过大"),
        (linked(), "链接了外部的文件"), (linked(between=b"\n"), "链接了外部的文件"),
        (linked(target=b"hyperlink"), "链接了外部的文件"),
        (linked(target=b"/hyperlink", mode=b"&#69;xternal"), "链接了外部的文件"),
        (archive(**{"word__document.xml.rels": b"<Relation"}), "不是 Word 文档"), (bytes(11 * 2**20), "应不超过 10 MB"),
    ],
    ids=["text", "zip", "macro", "macro type", "macro reference", "bomb", "many", "linked", "line", "name", "reference", "torn",
         "large"],
)  # fmt: skip
def test_a_template_that_may_do_harm_is_refused_in_a_sentence(evaluated, data: bytes, told: str):
    with pytest.raises(FileError, match=told):
        make_evaluation_report(evaluated, 1, "docx", by=OPERATOR, template=Supplied("own.docx", data))


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ("{{ tittle }}", "没有的字段“tittle”"), ("{{ voices[0].graed }}", "没有的字段“graed”"), ("{{ title * 9 }}", "不能用“*”"),
        ("{{ range(9) }}", "没有的字段“range”"), ("{{ title | center(999) }}", "写错的标签"),
    ],
)
def test_a_template_names_fields_and_makes_up_nothing(evaluated, tmp_path: Path, tag: str, told: str):
    own = replaced(tmp_path, lambda text: text.replace("{{ title }}", tag))
    with pytest.raises(FileError) as refused:
        make_evaluation_report(evaluated, 1, "docx", by=OPERATOR, template=own)
    assert told in str(refused.value)


def test_the_plans_own_words_are_those_that_were_frozen(evaluated, midterm: Contents):
    plan = plan_by_id(evaluated, PLAN)
    assert len(midterm.indicators) == len(plan.indicators) and midterm.as_of == date(2016, 12, 31)
