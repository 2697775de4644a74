"""The sheet to sign: what was reported, with room for names and the seal."""

from __future__ import annotations

import io

import pdfplumber
import pytest
from docx import Document

from tests.people import add_person, grant
from tests.reports.test_docx import words
from tests.reports.test_pdf import within
from tests.samples import OPERATOR, figure, new_store, record, sample_plan
from trackers.errors import FileError, ForbiddenError, RefusedError
from trackers.model.account import Actor
from trackers.model.period import Period
from trackers.queries.figures import kept_figures
from trackers.queries.plans import plan_by_id, region_tree
from trackers.reports.entry_form import entry_form

PERIOD = Period.parse("2016Q4")


def made(store, region: str = "210922", format: str = "docx", by: Actor = OPERATOR, period: Period = PERIOD) -> bytes:
    return entry_form(store, plan_by_id(store, "fuxin-2013"), region_tree(store)[region], period, format, by=by)


def test_it_has_every_figure_with_its_state_and_room_to_sign(evaluated):
    document = Document(io.BytesIO(made(evaluated)))
    told = words(made(evaluated))
    assert "填报人（签字）" in told and "审核人（签字）" in told and "单位（盖章）" in told and "摘要（SHA-256）" in told
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows][1:]
    plan, kept = plan_by_id(evaluated, "fuxin-2013"), kept_figures(evaluated, "fuxin-2013")
    names = {each.name: each for each in plan.indicators}
    assert rows and {row[0] for row in rows} == {"彰武县"}
    for row in rows:
        figure = kept.get((names[row[1]].id, "210922", Period.parse(row[2]).number))
        assert (row[3] == "—") == (figure is None)
        assert figure is None or (row[6] in (figure.state.word, "已入库") and "演示数据" in row[7])
    assert {row[6] for row in rows} >= {"已锁定"}


def test_it_lies_across_on_its_first_page_within_the_margins_and_is_the_same_twice(evaluated):
    assert made(evaluated, "210900", "pdf") == made(evaluated, "210900", "pdf")
    assert len(Document(io.BytesIO(made(evaluated))).sections) == 1
    with pdfplumber.open(io.BytesIO(made(evaluated, "210900", "pdf"))) as opened:
        assert all(page.width > page.height for page in opened.pages) and len(opened.pages) > 1
        for number, page in enumerate(opened.pages, 1):
            beyond = [each for each in (*page.chars, *page.rects, *page.lines) if not within(page, each)]
            assert "".join(each.get("text", "?") for each in beyond).replace(" ", "") == f"—{number}—"


def test_a_person_gets_their_own_regions_alone_and_what_is_not_asked_for_is_refused(own):
    person = Actor(login=add_person(own, "county", grant("reporter", "210922")).login)
    assert made(own, by=person) == made(own)
    with pytest.raises(ForbiddenError):
        made(own, "210902", by=person)
    with pytest.raises(RefusedError, match="没有要填报的指标"):
        made(own, period=Period.parse("2030Q1"))
    with pytest.raises(FileError, match="可用的格式：docx、pdf"):
        made(own, format="xlsx")


def test_what_nobody_reviewed_is_not_said_to_be_reviewed(tmp_path):
    with new_store(tmp_path) as store:
        record(store, figure("own", "210900", "2016Q4", 40))
        made = entry_form(store, sample_plan(), region_tree(store)["210900"], PERIOD, "docx", by=OPERATOR)
        rows = [[cell.text for cell in row.cells] for row in Document(io.BytesIO(made)).tables[0].rows]
        ((*_, state, note),) = [row for row in rows if row[3] == "40项"]
        assert (state, note) == ("已入库", "未经复核")
