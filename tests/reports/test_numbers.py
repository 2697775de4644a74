"""Every number that a report prints is found again in what `evaluation show --json` gives."""

from __future__ import annotations

import io
import json
import re
import sys

import pytest
from docx import Document
from docx.oxml.ns import qn

from tests.reports.numbers import DIGEST, allowed, lacking, numbers
from tests.samples import OPERATOR
from trackers.cli import main
from trackers.reports.make import Form, make_evaluation_report
from trackers.reports.sources import METHODS
from trackers.store import open_store

# What the program itself says in every report, with numbers that are none of the evaluation's.
OWN = [text for pair in METHODS for text in pair] + ["SHA-256"]
MADE = re.compile(
    r"制作所用程序：.*|制作摘要（.*|意见、抽查、督办和指标调整：.*摘要.*|^[0-9]+．|〔[0-9]+〕|其余[0-9]+.*见评估报告。", re.M
)


def text_of(docx: bytes) -> str:
    """The text of a report without the numbers of its lists, of its chart's legend and of what it was made with."""
    body = Document(io.BytesIO(docx)).element.body
    text = "\n".join(_paragraph(p) for p in body.iter(qn("w:p")))
    for own in OWN:
        text = text.replace(own, "")
    return DIGEST.sub("", MADE.sub("", text))


def _paragraph(paragraph) -> str:
    return "".join("\n" if part.tag == qn("w:br") else part.text or "" for part in paragraph.iter(qn("w:t"), qn("w:br")))


@pytest.fixture(scope="module")
def shown(evaluated_database):
    """What the command prints of an evaluation."""

    def printed(id: int) -> dict:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("trackers.cli.evaluation.opened", lambda _: open_store(evaluated_database))
            patch.setattr(sys, "argv", ["python -m trackers", "evaluation", "show", str(id), "--json"])
            out = io.StringIO()
            out.reconfigure = lambda **_: None  # type: ignore[attr-defined]
            patch.setattr(sys, "stdout", out)
            with pytest.raises(SystemExit) as stopped:
                main()
        assert not stopped.value.code
        return json.loads(out.getvalue())

    return printed


def test_a_number_is_found_with_its_unit_and_one_that_was_made_up_is_not(shown):
    told = shown(1)
    assert numbers("截至2016年12月31日，完成86项，完成率71.7%，快于4.0个百分点，2020年") == [
        "2016年12月31日", "86项", "71.7%", "4.0个百分点", "2020年",
    ]  # fmt: skip
    row = next(each for each in told["rows"] if each["completion"] is not None)
    right = f"完成率{row['completion'] * 100:.1f}%"
    assert not lacking(right, told)
    assert lacking("完成率12.34%，共987项，截至2031年1月2日，7777年", told) == ["12.34%", "987项", "2031年1月2日", "7777年"]
    assert len(allowed(told)) > 200


@pytest.mark.parametrize("id", [1, 2])
@pytest.mark.parametrize("form", [Form.REPORT, Form.BRIEF])
def test_every_number_of_the_report_is_in_the_json(evaluated, shown, id: int, form: Form):
    told = text_of(make_evaluation_report(evaluated, id, "docx", form=form, by=OPERATOR))
    assert len(numbers(told)) > (500 if form is Form.REPORT else 50)
    assert lacking(told, shown(id)) == []


def test_every_cell_of_the_table_of_all_figures_is_that_of_its_row(evaluated, shown):
    """Row by row, in their order: completion, attainment and time as the report rounds them."""
    from trackers.model.wording import number_text, percent_text

    document = Document(io.BytesIO(make_evaluation_report(evaluated, 1, "docx", by=OPERATOR)))
    (table,) = [each for each in document.tables if each.cell(0, 5).text == "完成率／达成率"] if document.tables else [None]
    rows = shown(1)["rows"]
    cells = [[cell.text for cell in row.cells] for row in table.rows][1:]
    assert len(cells) == len(rows) > 50
    for row, told in zip(rows, cells, strict=True):
        assert told[0] == row["indicator_name"] and told[1] == row["region_name"]
        assert told[5].split("\n") == [percent_text(row["completion"]), percent_text(row["attainment"])]
        assert told[6].split("\n")[0] == percent_text(row["time_progress"])
        if row["value"] is not None and row["reason"] != "incomplete":
            assert told[4].split("\n")[0] == number_text(row["value"], row["unit"])
