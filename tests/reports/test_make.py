"""One way in to every format."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.samples import OPERATOR
from trackers.errors import FileError
from trackers.model.plan import EvaluationKind
from trackers.queries.plans import find_plan
from trackers.reports.make import make_report
from trackers.store import Store

DAY = date(2024, 5, 20)


@pytest.mark.parametrize("format", ["docx", "xlsx", ".DOCX"])
def test_a_report_is_an_office_file_and_the_same_twice(real: Store, format: str):
    plan = find_plan(real, "liaoning-2021")
    made = make_report(real, plan, EvaluationKind.MIDTERM, DAY, format, by=OPERATOR)
    assert made.startswith(b"PK") and made == make_report(real, plan, EvaluationKind.MIDTERM, DAY, format, by=OPERATOR)


def test_a_format_that_is_not_made_is_refused_by_name(real: Store):
    with pytest.raises(FileError, match="不能写“pptx”格式的评估报告，可用的格式：docx、xlsx、pdf、html"):
        make_report(real, find_plan(real, "liaoning-2021"), EvaluationKind.FINAL, DAY, "pptx", by=OPERATOR)


def test_a_template_is_for_word_alone(real: Store):
    with pytest.raises(FileError, match="模板只用于 docx"):
        plan = find_plan(real, "liaoning-2021")
        make_report(real, plan, EvaluationKind.FINAL, DAY, "xlsx", template=Path("own.docx"), by=OPERATOR)
