"""The report as a Word document, read back."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Length

from tests.reports.attacks import FORMULA, MARKUP, TAG, TEMPLATE
from tests.reports.conftest import contents_of
from trackers.errors import FileError
from trackers.model.wording import computed_text, number_text, percent_text
from trackers.reports.docx import docx_report
from trackers.reports.outline import Contents
from trackers.store import Store


@pytest.fixture(scope="module")
def written(fuxin: Contents) -> bytes:
    return docx_report(fuxin)


@pytest.fixture(scope="module")
def document(written: bytes):
    return Document(io.BytesIO(written))


def part(archive: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return opened.read(name).decode()


def words(archive: bytes) -> str:
    """All text of the body, paragraphs apart."""
    body = Document(io.BytesIO(archive)).element.body
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))


def table(document, heading: str) -> list[list[str]]:
    """The cells of the table whose second heading is this."""
    for each in document.tables:
        if each.cell(0, 1).text == heading:
            return [[cell.text for cell in row.cells] for row in each.rows]
    raise AssertionError(heading)


def test_the_page_is_that_of_an_official_document(document):
    first, last = document.sections[0], document.sections[-1]
    assert [round(first.page_width.mm), round(first.page_height.mm)] == [210, 297]
    margins = [first.top_margin, first.right_margin, first.bottom_margin, first.left_margin]
    assert [round(margin.mm) for margin in margins] == [37, 26, 35, 28]
    assert last.page_width > last.page_height, "wide tables lie across"


@pytest.mark.parametrize(
    ("style", "font", "points"),
    [
        ("Title", "方正小标宋简体", 22), ("报告正文", "仿宋_GB2312", 16), ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16), ("Heading 3", "仿宋_GB2312", 16), ("报告表文", "仿宋_GB2312", 10.5),
    ],
)  # fmt: skip
def test_fonts_and_sizes_are_those_of_the_standard(document, style: str, font: str, points: float):
    fonts = document.styles[style].element.rPr.find(qn("w:rFonts"))
    assert fonts.get(qn("w:eastAsia")) == font
    assert not [key for key in fonts.keys() if "Theme" in key]  # noqa: SIM118
    assert document.styles[style].font.size.pt == points


def test_a_page_holds_22_lines_and_a_paragraph_begins_two_characters_in(document):
    properties = document.styles["报告正文"].element.pPr
    spacing, indent = properties.find(qn("w:spacing")), properties.find(qn("w:ind"))
    assert spacing.get(qn("w:lineRule")) == "exact"
    section = document.sections[0]
    height = Length(section.page_height - section.top_margin - section.bottom_margin).pt * 20
    assert height // int(spacing.get(qn("w:line"))) == 22
    assert (indent.get(qn("w:firstLineChars")), indent.get(qn("w:firstLine"))) == ("200", "640")


def test_the_language_is_chinese_and_pages_are_numbered_at_the_outer_edge(document, written: bytes):
    assert 'w:eastAsia="zh-CN"' in part(written, "word/styles.xml")
    assert "evenAndOddHeaders" in part(written, "word/settings.xml")
    section = document.sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.text, even.text) == ("— 1 —", "— 1 —")
    assert [p._p.pPr.find(qn("w:jc")).get(qn("w:val")) for p in (odd, even)] == ["right", "left"]
    assert "PAGE" in odd._p.xml and odd.runs[0].font.size.pt == 14


def test_the_eight_parts_stand_in_their_order(document):
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [
        "一、评估背景与组织", "二、总体评价", "三、主要指标完成情况", "四、重点任务进展", "五、区域进展", "六、存在问题及原因",
        "七、对策建议", "八、附表",
    ]  # fmt: skip
    assert document.paragraphs[0].style.name == "Title"


def test_every_number_of_the_main_table_is_the_judgements(document, fuxin: Contents):
    rows = table(document, "基期值")[1:]
    judged = [line.row for line in fuxin.indicators]
    assert len(rows) == len(judged) == 15
    for cells, row in zip(rows, judged, strict=True):
        assert cells[0] == row.indicator_name
        assert cells[3].startswith("数据不全" if row.partial else number_text(row.value, row.unit))
        assert percent_text(row.completion) in cells[4] and cells[5] == percent_text(row.time_progress)
        assert row.word in cells[6] and row.sign in cells[6]
        assert cells[7] == computed_text(row.projected, row.unit)
        assert ("演示数据" in cells[3]) == row.demo


def test_the_appendix_has_every_figure_and_the_digest(document, fuxin: Contents, written: bytes):
    cells = [row for row in table(document, "地区") if row[0] != "指标"]
    tables = [t for t in document.tables if t.cell(0, 1).text == "地区"]
    assert sum(len(t.rows) - 1 for t in tables) >= len(fuxin.rows)
    assert cells and fuxin.digest in words(written)


def test_tables_repeat_their_head_keep_rows_whole_and_fit_the_page(document):
    limits = {True: 225.5, False: 156.5}
    for each in document.tables:
        rows = each._tbl.tr_lst
        assert rows[0].trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
        width = sum(column.width.mm for column in each.columns)
        assert width <= limits[width > 157]


def test_charts_have_words_for_those_who_do_not_see_them(document, written: bytes):
    described = [each.get("descr") for each in document.element.body.iter(qn("wp:docPr"))]
    assert len(described) >= 3 and all(described)
    with zipfile.ZipFile(io.BytesIO(written)) as opened:
        assert [n for n in opened.namelist() if n.startswith("word/media/")]


def test_a_plan_without_indicators_has_no_chart_and_no_empty_table(fuyang: Contents):
    made = docx_report(fuyang)
    told = words(made)
    assert "本规划没有数量指标" in told and "没有可以绘成判定统计图的指标" in told
    assert "word/media" not in "".join(zipfile.ZipFile(io.BytesIO(made)).namelist())
    assert all(len(each.rows) > 1 for each in Document(io.BytesIO(made)).tables)


def test_the_same_contents_give_the_same_bytes(fuxin: Contents, written: bytes):
    assert docx_report(fuxin) == written


def test_the_properties_carry_the_reports_day_and_not_the_clock(document, fuxin: Contents):
    assert document.core_properties.created.date() == fuxin.made_at
    assert document.core_properties.title == fuxin.title


def test_texts_that_look_like_tags_or_markup_stay_texts(attacked: Contents):
    told = words(docx_report(attacked))
    for text in (TEMPLATE, TAG, MARKUP, FORMULA, "{{ title }}<b>规划</b>"):
        assert text in told
    assert "49" not in re.findall(r"^\d+$", told, re.M)
    assert "长" * 5000 in told and "前后" in told


def replaced(folder: Path, change) -> Path:
    """The template that comes along, with one change made to its text."""
    from trackers.reports.docx import TEMPLATE as own

    path = folder / "own.docx"
    with zipfile.ZipFile(own) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, change(body.decode()).encode() if name == "word/document.xml" else body)
    return path


def test_an_office_may_use_its_own_template(tmp_path: Path, fuyang: Contents):
    path = replaced(tmp_path, lambda text: text.replace("评估背景与组织", "背景（{{ region_name }}）"))
    assert "一、背景（阜阳市）" in words(docx_report(fuyang, path))


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ("{{ tittle }}", "没有的字段“tittle”"),
        ("{{ goals[0].nmae }}", "没有的字段“nmae”"),
        ("{{ title ", "写错的标签"),
        ("{% for %}", "写错的标签"),
        ("{{ title.__class__.__mro__ }}", "不能用这份报告填写"),
        ("{{ title + 1 }}", "不能用这份报告填写"),
    ],
)
def test_a_wrong_template_is_refused_with_its_field(tmp_path: Path, fuyang: Contents, tag: str, told: str):
    path = replaced(tmp_path, lambda text: text.replace("{{ title }}", tag))
    with pytest.raises(FileError, match=told):
        docx_report(fuyang, path)


def test_what_is_no_word_document_is_refused(tmp_path: Path, fuyang: Contents):
    path = tmp_path / "notes.docx"
    path.write_text("not a document")
    with pytest.raises(FileError, match="不是 Word 文档"):
        docx_report(fuyang, path)
    with pytest.raises(FileError, match="不能读模板"):
        docx_report(fuyang, tmp_path / "missing.docx")


def test_the_template_that_comes_along_is_the_one_its_script_makes():
    from trackers.reports.templates.build import TEMPLATE as own
    from trackers.reports.templates.build import build

    assert own.read_bytes() == build()


def test_inferred_years_and_unverified_targets_are_called_so(real: Store):
    told = words(docx_report(contents_of(real, "neimenggu-2021", "2024-05-20")))
    assert "2025年（推定）" in told
    assert "待核实（□" in words(docx_report(contents_of(real, "liaoning-2021", "2024-05-20")))
