"""The report as PDF: layout, fonts, tables and pictures, looked up where they stand on the page."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pdfplumber
import pytest

from tests.reports.attacks import FORMULA, MARKUP, MATHS, TAG, TEMPLATE
from tests.reports.test_evaluated import picture
from tests.samples import OPERATOR
from trackers.errors import FileError
from trackers.model.wording import percent_text
from trackers.reports import columns
from trackers.reports.brief import brief_paper
from trackers.reports.evaluated import evaluation_report
from trackers.reports.make import Form, make_evaluation_report
from trackers.reports.outline import Contents
from trackers.reports.paper import report_paper
from trackers.reports.paper_docx import paper_docx
from trackers.reports.pdf import breakable, fonts_digest, pdf_report
from trackers.reports.supplied import Supplied

MM = 72 / 25.4
UPRIGHT, ACROSS = (28, 37, 210 - 26, 297 - 35), (35, 28, 297 - 37, 210 - 26)  # left, top, right, bottom of the type area
SLACK = 0.6  # mm: the width of a stroke, and of what a sign reaches beyond its place


@pytest.fixture(scope="module")
def contents(evaluated) -> Contents:
    return evaluation_report(evaluated, 1, by=OPERATOR)


@pytest.fixture(scope="module")
def made(contents: Contents) -> bytes:
    return pdf_report(report_paper(contents, picture()))


@pytest.fixture(scope="module")
def pages(made: bytes):
    with pdfplumber.open(io.BytesIO(made)) as opened:
        yield opened.pages


def text_of(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return "".join(page.extract_text() for page in opened.pages).replace("\n", "")


def area(page) -> tuple[float, float, float, float]:
    return tuple(each * MM for each in (ACROSS if page.width > page.height else UPRIGHT))


def within(page, thing) -> bool:
    left, top, right, bottom = area(page)
    if thing.get("text") == " ":
        return True
    # Half of the box of 《, ） or 。 is empty, and may lie beyond the edge; a sign's box is higher than the sign.
    high = 0.2 * thing["size"] if "text" in thing else 0
    slack = SLACK * MM + (thing["size"] * 0.55 if "text" in thing and thing["text"] in "》《（）。，、；：“”〈〉〔〕" else 0)
    return (thing["x0"] >= left - slack and thing["x1"] <= right + slack and thing["top"] >= top - slack - high
            and thing["bottom"] <= bottom + slack)  # fmt: skip


def test_pages_are_a4_upright_and_across_for_the_wide_tables(pages):
    sizes = [(round(page.width / MM), round(page.height / MM)) for page in pages]
    assert set(sizes) == {(210, 297), (297, 210)} and sizes[0] == (210, 297) and sizes[-1] == (297, 210)


def test_everything_stands_within_the_margins_but_the_number_of_the_page(pages):
    for number, page in enumerate(pages, 1):
        beyond = [each for each in (*page.chars, *page.rects, *page.lines, *page.images) if not within(page, each)]
        assert "".join(each.get("text", "?") for each in beyond).replace(" ", "") == f"—{number}—", number


def test_the_number_stands_at_the_outer_edge_seven_millimetres_below(pages):
    for number, page in enumerate(pages, 1):
        left, _, right, bottom = area(page)
        digits = [each for each in page.chars if each["top"] > bottom and each["text"].isdigit()]
        assert 5 < (digits[0]["top"] - bottom) / MM < 9
        middle = (left + right) / 2
        assert (digits[0]["x0"] > middle) == bool(number % 2)
        assert {round(each["size"]) for each in digits} == {14}


def test_fonts_and_sizes_are_as_laid_down(pages):
    signs = pages[0].chars
    title = [each for each in signs if round(each["size"]) == 22]
    assert "".join(each["text"] for each in title).startswith("阜新市《关于贯彻落实")
    assert {each["fontname"].split("+")[-1].split("-")[0] for each in title} == {"NotoSerifSC"}
    heading = next(each for each in signs if each["text"] == "一")
    assert (round(heading["size"]), "NotoSansSC" in heading["fontname"]) == (16, True)
    assert {round(each["size"], 1) for page in pages for each in page.chars} == {22, 16, 14, 10.5}


def test_a_page_of_text_has_22_lines_of_28_signs(pages):
    page = next(each for each in pages if not each.images and not each.rects and not each.lines and each.page_number > 3)
    bottom = area(page)[3]
    rows = sorted({round(each["bottom"], 1) for each in page.chars if each["bottom"] < bottom + 1 and each["size"] > 15})
    steps = {round(after - before, 1) for before, after in zip(rows, rows[1:], strict=False)}
    assert len(rows) == 22 and steps <= {28.9, 29.0, 28.8}
    longest = max(sum(each["text"] > "\u2e80" for each in page.chars if round(each["bottom"], 1) == row) for row in rows)
    assert 24 <= longest <= 30


def test_no_row_is_torn_in_two_and_every_page_of_a_table_has_its_head(pages):
    heads = [heading.replace("／", "/") for heading, *_ in columns.FIGURES]
    for page in pages:
        for table in page.extract_tables():
            cells = [(cell or "").replace("\n", "").replace("／", "/") for cell in table[0]]
            if len(cells) == len(heads) and "基期值" in cells:
                assert cells == heads
                assert all(row[1] for row in table), "a row goes on from the page before"


def test_every_figure_of_the_main_table_stands_in_it(pages, contents: Contents):
    found = {}
    for page in pages:
        for table in page.extract_tables():
            if len(table[0]) == len(columns.INDICATORS) and "时序" in (table[0][5] or ""):
                found |= {(row[0] or "").replace("\n", ""): row for row in table[1:]}
    for line in contents.indicators:
        assert found[line.name][4].split("\n")[0] == percent_text(line.row.completion)


def test_no_picture_is_empty_and_each_is_told_in_words(pages, made: bytes):
    pictures = [each for page in pages for each in page.images]
    assert len(pictures) >= 4
    for page in pages:
        for each in page.images:
            drawn = page.crop((each["x0"], max(each["top"], 0), each["x1"], each["bottom"])).to_image(resolution=40).original
            assert len(drawn.convert("L").getcolors()) > 1 or each["height"] / MM < 20, "the logo alone is of one colour"
    assert made.count(b"/Alt") >= 4


def test_texts_that_look_like_markup_stay_texts(attacked: Contents):
    told = text_of(pdf_report(report_paper(attacked)))
    for text in (TEMPLATE, TAG, MARKUP, FORMULA, MATHS, "{{ title }}<b>规划</b>"):
        assert text.replace(" ", "") in told.replace(" ", ""), text
    code = attacked.model_copy(update={"overall": ("#strong[x] $x^2$ #read(\"data.json\") \\ @a <b> // /* `x`",)})
    assert '#strong[x]$x^2$#read("data.json")\\@a<b>///*`x`' in text_of(pdf_report(report_paper(code))).replace(" ", "")


def test_a_digest_and_an_address_are_copied_as_they_are(made: bytes, contents: Contents):
    address = "https://example.org/" + "0123456789abcdef" * 8 + "?a=1&b=2"
    longer = contents.sources[0].model_copy(update={"address": address})
    told = text_of(made)
    assert contents.digest and contents.digest in told
    with pdfplumber.open(io.BytesIO(pdf_report(report_paper(contents.model_copy(update={"sources": (longer,)}))))) as opened:
        tables = [table for page in opened.pages[-4:] for table in page.extract_tables()]
    assert address in {(cell or "").replace("\n", "") for table in tables for row in table for cell in row}
    assert not re.search("[\u200b\u2060\ufeff\xad\x00-\x09\x0b-\x1f]", told)


def test_long_words_are_broken_within_their_cell(attacked: Contents):
    address = "https://example.org/" + "a" * 400
    wide = attacked.sources[0].model_copy(update={"address": address})
    with pdfplumber.open(io.BytesIO(pdf_report(report_paper(attacked.model_copy(update={"sources": (wide,)}))))) as opened:
        for page in opened.pages:
            assert all(within(page, each) or each["top"] > area(page)[3] for each in page.chars)
    assert breakable("2016年 abc 12345678901234") == "2016年 abc \x0112345678\x02901234\x01"


def test_the_same_paper_gives_the_same_bytes_and_no_clock(contents: Contents, made: bytes):
    assert pdf_report(report_paper(contents, picture())) == made
    with pdfplumber.open(io.BytesIO(made)) as opened:
        assert opened.metadata["CreationDate"].startswith("D:20240603000000")
        assert opened.metadata["Title"] == contents.title


def test_an_office_may_bring_its_own_fonts_which_the_digest_then_counts(tmp_path: Path, monkeypatch, evaluated):
    def told() -> str:
        return re.search("制作摘要（SHA-256，含以上各项和模板）：([0-9a-f]{64})", text_of(make())).group(1)

    def make() -> bytes:
        return make_evaluation_report(evaluated, 1, "pdf", by=OPERATOR)

    before = told()
    monkeypatch.setenv("TRACKERS_FONTS", str(tmp_path))
    assert told() != before and fonts_digest(None) == ""


# The brief.


@pytest.mark.parametrize("number", [1, 2])
def test_a_brief_fills_one_page_and_no_more(evaluated, number: int):
    made = make_evaluation_report(evaluated, number, "pdf", by=OPERATOR, form=Form.BRIEF, logo=Supplied("标志", picture()))
    with pdfplumber.open(io.BytesIO(made)) as opened:
        (page,) = opened.pages
        assert all(within(page, each) for each in (*page.chars, *page.images))
        assert max(each["bottom"] for each in page.chars) > 200 * MM, "there is room left for more"
        assert min(each["size"] for each in page.chars if each["text"] > "\u4e00") >= 7.5
    told = text_of(made)
    assert "评估简报" in told and "突出问题" in told and "演示数据" in told and "数据摘要" in told


def test_a_brief_of_what_is_long_still_fits_one_page(contents: Contents):
    said = "这一句说得很长，" * 60
    many = contents.model_copy(update={"suggestions": (said,) * 30, "overall": (*contents.overall, said)})
    with pdfplumber.open(io.BytesIO(pdf_report(brief_paper(many), numbered=False))) as opened:
        assert len(opened.pages) == 1
    assert "其余29条建议见评估报告" in "".join(getattr(each, "text", "") for each in brief_paper(many).blocks)


def test_a_brief_is_no_workbook_and_has_no_template(evaluated):
    with pytest.raises(FileError, match="不能写“xlsx”格式的领导简报，可用的格式：docx、pdf"):
        make_evaluation_report(evaluated, 1, "xlsx", by=OPERATOR, form=Form.BRIEF)
    with pytest.raises(FileError, match="模板只用于"):
        make_evaluation_report(evaluated, 1, "docx", by=OPERATOR, form=Form.BRIEF, template=Supplied("own.docx", b""))
    brief = make_evaluation_report(evaluated, 1, "docx", by=OPERATOR, form=Form.BRIEF)
    assert brief == make_evaluation_report(evaluated, 1, "docx", by=OPERATOR, form=Form.BRIEF)


def test_blocks_make_a_word_document_of_the_same_words(contents: Contents):
    from tests.reports.test_docx import words

    told = words(paper_docx(report_paper(contents)))
    for text in (*contents.overall, *contents.findings, *contents.suggestions):
        assert text in told
