"""Our Word documents and workbooks as LibreOffice opens them: pages, margins, type, tables and pictures."""

from __future__ import annotations

import io

import pdfplumber
import pytest
from PIL import Image, ImageStat

from tests.reports.test_pdf import MM, area, text_of, within
from tests.samples import OPERATOR
from trackers.reports.compared_files import comparison_file
from trackers.reports.evaluated import evaluation_report
from trackers.reports.make import Form, make_evaluation_report
from trackers.reports.order import order_docx

HANGING = "，。、；：”）》.,"  # may hang over the edge by themselves, as Word sets Chinese
CSV = "csv:Text - txt - csv (StarCalc):44,34,76"  # commas, quotes, UTF-8


def inside(page, thing) -> bool:
    """Whether it stands in the type area, or is a sign that hangs over its edge."""
    return within(page, thing) or (thing.get("text", "-") in HANGING and thing["x0"] <= area(page)[2] + MM)


@pytest.fixture(scope="module")
def pdf(office, evaluated) -> bytes:
    return office(make_evaluation_report(evaluated, 1, "docx", by=OPERATOR), "docx", "pdf")


@pytest.fixture(scope="module")
def pages(pdf: bytes):
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        yield opened.pages


def test_the_report_opens_with_all_its_parts(pdf: bytes, evaluated):
    told = text_of(pdf).replace(" ", "")
    contents = evaluation_report(evaluated, 1, by=OPERATOR)
    for part in ("一、评估背景与组织", "四、重点任务进展", "七、对策建议", "八、附表", "附表：各方意见", contents.digest):
        assert part in told
    assert "{{" not in told and "{%" not in told


def test_pages_are_a4_with_the_margins_of_an_official_document(pages):
    assert {(round(page.width / MM), round(page.height / MM)) for page in pages} == {(210, 297), (297, 210)}
    for number, page in enumerate(pages, 1):
        beyond = [each for each in (*page.chars, *page.rects, *page.lines, *page.curves) if not inside(page, each)]
        assert "".join(each.get("text", "?") for each in beyond).replace(" ", "") == f"—{number}—", number


def test_text_reaches_the_edges_of_the_type_area(pages):
    """What stands within the margins could be smaller than it should be."""
    upright = [page for page in pages if page.width < page.height]
    left, top, right, bottom = area(upright[0])
    signs = [each for page in upright for each in page.chars if each["bottom"] < bottom + MM and each["text"] not in HANGING]
    assert abs(min(each["x0"] for each in signs) - left) < MM and abs(max(each["x1"] for each in signs) - right) < 2 * MM
    assert abs(min(each["top"] for each in signs) - top) < 3 * MM and bottom - max(each["bottom"] for each in signs) < 5 * MM


def test_type_has_the_sizes_laid_down(pages):
    first = pages[0].chars
    title = "".join(each["text"] for each in first if round(each["size"]) == 22)
    assert title.replace(" ", "").startswith("阜新市《关于贯彻落实")
    body = [each for each in first if each["text"] == "评" and round(each["size"]) == 16]
    assert body
    assert {round(each["size"], 1) for page in pages for each in page.chars} <= {22.0, 16.0, 14.0, 10.5}


def test_no_table_runs_off_its_page(pages):
    tables = [(page, table.bbox) for page in pages for table in page.find_tables()]
    assert len(tables) > 20
    for page, (x0, top, x1, bottom) in tables:
        left, above, right, below = area(page)
        assert x0 >= left - MM and x1 <= right + MM and top >= above - MM and bottom <= below + MM, page.page_number


def test_no_chart_is_empty(pdf: bytes, pages, drawn):
    pictures = drawn(pdf)
    assert len(pictures) == len(pages)
    charts = [(page, each) for page in pages for each in page.images]
    assert len(charts) >= 3
    for page, chart in charts:
        box = [round(chart[side] * 60 / 72) for side in ("x0", "top", "x1", "bottom")]
        with Image.open(pictures[page.page_number - 1]) as picture:
            part = picture.convert("RGB").crop((box[0], max(box[1], 0), box[2], box[3]))
        assert max(ImageStat.Stat(part).var) > 200, f"page {page.page_number}"
        assert part.width > 100 * MM * 60 / 72


@pytest.mark.parametrize("id", [1, 2])
def test_the_brief_is_one_page(office, evaluated, id: int):
    made = office(make_evaluation_report(evaluated, id, "docx", form=Form.BRIEF, by=OPERATOR), "docx", "pdf")
    with pdfplumber.open(io.BytesIO(made)) as opened:
        (page,) = opened.pages
        assert all(inside(page, each) for each in page.chars)
        assert max(each["bottom"] for each in page.chars) > 190 * MM


def test_a_regions_report_a_comparison_and_an_order_open(office, evaluated):
    region = make_evaluation_report(evaluated, 1, "docx", form=Form.REGION, region="210922", by=OPERATOR)
    made = {"彰武县": region, "判定好转": comparison_file(evaluated, 1, 2, "docx", by=OPERATOR)}
    made["回执"] = order_docx(evaluated, 1, by=OPERATOR)
    for words, docx in made.items():
        pdf = office(docx, "docx", "pdf")
        assert words in text_of(pdf).replace(" ", "")
        with pdfplumber.open(io.BytesIO(pdf)) as opened:
            for page in opened.pages:
                beyond = [each for each in page.chars if not inside(page, each) and each["top"] <= area(page)[3]]
                assert not beyond, (words, page.page_number, "".join(each["text"] for each in beyond))
            assert words != "回执" or len(opened.pages) == 1


@pytest.mark.parametrize("compared", [False, True])
def test_the_workbooks_open_with_their_numbers(office, evaluated, compared: bool):
    if compared:
        made = comparison_file(evaluated, 1, 2, "xlsx", by=OPERATOR)
    else:
        made = make_evaluation_report(evaluated, 1, "xlsx", by=OPERATOR)
    told = office(made, "xlsx", CSV).decode()  # of the first sheet
    assert ("好转,5" if compared else "快于预期,4") in told
