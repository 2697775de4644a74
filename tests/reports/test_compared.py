"""Two evaluations of a plan beside each other."""

from __future__ import annotations

import io

import pdfplumber
import pytest
from openpyxl import load_workbook

from tests.people import add_person, grant
from tests.reported import BEGUN, MIDTERM
from tests.reports.test_docx import words
from tests.reports.test_evaluated import corrected
from tests.reports.test_pdf import within
from tests.samples import OPERATOR
from trackers.actions.evaluations import freeze, open_evaluation
from trackers.errors import FileError, ForbiddenError, RefusedError
from trackers.model.account import Actor
from trackers.model.plan import EvaluationKind
from trackers.queries.evaluation_records import shown_record
from trackers.reports.compared import BETTER, SAME, UNKNOWN, WORSE, Comparison, _word, compared, comparison
from trackers.reports.compared_files import FORMATS, comparison_file
from trackers.reports.evaluated import evaluation_report


@pytest.fixture(scope="module")
def made(evaluated) -> Comparison:
    return comparison(evaluated, 1, 2, by=OPERATOR)


def test_the_one_with_the_earlier_day_is_first_whatever_the_order(made: Comparison, evaluated):
    assert comparison(evaluated, 2, 1, by=OPERATOR) == made
    assert (made.first.evaluation, made.second.evaluation) == (1, 2) and made.first.cutoff == MIDTERM
    assert made.title.endswith("》中期评估与总结评估比较")


def test_every_figure_is_that_of_its_own_evaluation(made: Comparison, evaluated):
    then, now = (
        {(row["indicator"], row["region"]): row for row in shown_record(evaluated, id, by=OPERATOR)["rows"]} for id in (1, 2)
    )
    assert len(made.moves) == 15 and len(made.moves) + len(made.regional) == len(now)
    for each in (*made.moves, *made.regional):
        before, after = then[each.indicator, each.region], now[each.indicator, each.region]
        assert (each.value_then, each.value_now) == (before["value"], after["value"])
        assert (each.completion_then, each.completion_now) == (before["completion"], after["completion"])
        if each.points is not None:
            assert each.points == after["completion"] - before["completion"]


def test_a_changed_target_and_its_approval_are_told(made: Comparison):
    (changed,) = [each for each in made.moves if each.retargeted]
    assert (changed.target_then, changed.target_now) == ("≥80项", "≥100项")
    assert [each.ground for each in made.changes] == ["批准调整（演示数据）：阜政函〔2017〕3号，2017年3月1日，自2017年4月1日起"]
    assert "各按当时的目标计算" in "".join(made.summary)


def test_two_changes_under_one_document_are_two(made: Comparison, evaluated):
    first, second = (evaluation_report(evaluated, id, by=OPERATOR) for id in (1, 2))
    (change,) = second.changes
    other = change.model_copy(update={"region_name": "彰武县"})
    told = compared(first.model_copy(update={"changes": (change,)}), second.model_copy(update={"changes": (change, other)}))
    assert told.changes == (other,)


def test_what_was_found_is_followed_up(made: Comparison):
    first = made.followed[0]
    assert "补充检定人员2名" in first.suggestion and "自评的原因" in first.cause and first.now == "未实现"
    assert "已答复，待审定" in first.orders
    assert [each.then for each in made.graded if each.subject == "定性目标"] == ["自评：已实现；评估：大部分实现"]


def test_the_summary_counts_every_indicator_once(made: Comparison):
    numbers = [sum(each.moved == word for each in made.moves) for word in (BETTER, SAME, WORSE, UNKNOWN)]
    assert sum(numbers) == 15
    assert f"判定好转{numbers[0]}项、判定持平{numbers[1]}项、判定变差{numbers[2]}项，不能比较{numbers[3]}项" in made.summary[0]


@pytest.mark.parametrize(
    ("then", "now", "word"),
    [
        (("lagging", "severe"), ("lagging", "mild"), BETTER), (("regressing", None), ("lagging", "severe"), BETTER),
        (("on_track", None), ("lagging", "mild"), WORSE), (("ahead", None), ("ahead", None), SAME),
        (("regressing", None), ("missed", None), SAME), (("lagging", "mild"), ("missed", None), WORSE),
        (("on_track", None), ("missed", None), WORSE), (("missed", None), ("achieved", None), BETTER),
        (("no_data", None), ("achieved", None), UNKNOWN), (("lagging", "mild"), ("stale", None), UNKNOWN),
    ],
)  # fmt: skip
def test_better_and_worse_are_said_of_verdicts_that_can_be_compared(evaluated, then, now, word: str):
    row = evaluation_report(evaluated, 1, by=OPERATOR).rows[0]
    pair = [row.model_copy(update={"verdict": verdict, "severity": severity}) for verdict, severity in (then, now)]
    assert _word(*pair) == word and _word(None, pair[1]) == UNKNOWN


@pytest.mark.parametrize("format", FORMATS)
def test_each_format_is_the_same_twice_and_follows_no_correction(own, format: str):
    before = comparison_file(own, 1, 2, format, by=OPERATOR)
    corrected(own)
    assert comparison_file(own, 2, 1, format, by=OPERATOR) == before


def test_the_document_says_the_summary_and_both_digests(evaluated, made: Comparison):
    told = words(comparison_file(evaluated, 1, 2, "docx", by=OPERATOR))
    assert all(text in told for text in made.summary) and made.first.digest in told and made.second.digest in told
    assert "制作摘要" in told and "演示数据" in told


def test_the_pdf_stays_within_its_margins(evaluated):
    with pdfplumber.open(io.BytesIO(comparison_file(evaluated, 1, 2, "pdf", by=OPERATOR))) as opened:
        for number, page in enumerate(opened.pages, 1):
            beyond = [each for each in (*page.chars, *page.rects, *page.lines) if not within(page, each)]
            assert "".join(each.get("text", "?") for each in beyond).replace(" ", "") == f"—{number}—"


def test_the_workbook_has_numbers_filters_and_a_chart(evaluated, made: Comparison):
    book = load_workbook(io.BytesIO(comparison_file(evaluated, 1, 2, "xlsx", by=OPERATOR)))
    sheet = book["主要指标"]
    head = [cell.value for cell in sheet[1]]
    values = [row[head.index("完成率变化")].value for row in sheet.iter_rows(min_row=2, max_row=16)]
    assert values == pytest.approx([each.points for each in made.moves])
    assert sheet.auto_filter.ref and sheet.freeze_panes == "B2" and len(sheet._charts) == 1


def test_what_cannot_be_compared_is_refused_in_a_sentence(own):
    with pytest.raises(RefusedError, match="同一次评估"):
        comparison(own, 1, 1, by=OPERATOR)
    with pytest.raises(FileError, match="不能写“html”格式的比较"):
        comparison_file(own, 1, 2, "html", by=OPERATOR)
    other = open_evaluation(own, "liaoning-2021", EvaluationKind.MIDTERM, BEGUN.date(), by=OPERATOR, at=BEGUN)
    freeze(own, other.id, despite="缺", by=OPERATOR, at=BEGUN)
    with pytest.raises(RefusedError, match="不是同一份规划的"):
        comparison(own, 1, other.id, by=OPERATOR)
    person = add_person(own, "reporter", grant("reporter", "210922"))
    with pytest.raises(ForbiddenError):
        comparison(own, 1, 2, by=Actor(login=person.login))
