"""Fields of Word in a template that an office supplies: what reaches out of the document is refused, the rest stays."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

import pytest

from tests.reports.test_evaluated import archive
from trackers.errors import FileError
from trackers.reports.supplied import Supplied, checked_template

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def run(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>'


def words(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field(*codes: str) -> str:
    """A field whose code stands in so many runs, as Word splits it."""
    return mark("begin") + "".join(run(each) for each in codes) + mark("separate") + words("1") + mark("end")


def simple(code: str) -> str:
    return f"<w:fldSimple w:instr={quoteattr(code)}>{words('1')}</w:fldSimple>"


def with_field(inner: str, part: str = "word__document.xml", encoding: str = "utf-8") -> Supplied:
    text = f'<?xml version="1.0" encoding="{encoding}"?><w:document xmlns:w="{W}"><w:p>{inner}</w:p></w:document>'
    return Supplied("own.docx", archive(**{part: text.encode(encoding)}))


@pytest.mark.parametrize(
    ("template", "told"),
    [
        (with_field(field(' INCLUDEPICTURE "http://a.org/x.png" ')), "INCLUDEPICTURE 域"),
        (with_field(field(" INCLUDE", "PICT", "URE ", '"http://a.org/x.png"')), "INCLUDEPICTURE 域"),
        (with_field(field("dde", "Auto c:\\\\x cmd")), "DDEAUTO 域"), (with_field(field("DDE x y")), "DDE 域"),
        (with_field(field('IncludeText "c:\\\\a.docx"')), "INCLUDETEXT 域"),
        (with_field(simple(" INCLUDETEXT a.docx")), "INCLUDETEXT 域"),
        (with_field(simple("LINK Excel.Sheet a.xlsx")), "LINK 域"), (with_field(simple('DATABASE \\d "a"')), "DATABASE 域"),
        (with_field(field(' INCLUDEPICTURE"http://a.org/x.png"')), "INCLUDEPICTURE 域"),
        (with_field(mark("begin") + run("IF 1 = 1 ") + field("DDE x") + mark("end")), "DDE 域"),
        (with_field(mark("begin") + run("DDE x ") + field("PAGE") + mark("separate") + mark("end")), "DDE 域"),
        (with_field(mark("begin") + run("DDE x")), "DDE 域"),
        (with_field(mark("begin") + run("PAGE") + mark("separate") + field("DDE x") + mark("end")), "DDE 域"),
        (with_field(field("PAGE") + field("DDE x"), "word__footer1.xml"), "DDE 域"),
        (with_field(field("DDE x"), "word__strange.dat"), "DDE 域"),
        (with_field(field("DDE x"), encoding="utf-16"), "DDE 域"),
        (with_field(field("{{ title }} x")), "拼成的域"),
        (with_field(field("INC{% if", " 1 %}LUDETEXT{% endif %} x")), "拼成的域"),
        (with_field(simple("INC{# x #}LUDETEXT x")), "拼成的域"),
        (with_field(mark("begin") + run("INCL") + words("{% if 0 %}") + run("X UDETEXT") + mark("end")), "拼成的域"),
        (with_field(mark("begin") + field("QUOTE DDE") + run(" x") + mark("end")), "拼成的域"),
        (with_field(mark("begin") + run("D") + field("QUOTE DE") + mark("end")), "拼成的域"),
    ],
)  # fmt: skip
def test_a_template_with_a_field_that_reads_something_else_is_refused_by_the_name_of_the_field(template, told):
    with pytest.raises(FileError, match=rf"模板 own.docx 里有.*{told}.*没有使用"):
        checked_template(template)


@pytest.mark.parametrize(
    "code", ["PAGE", "NUMPAGES", 'DATE \\@ "yyyy-MM-dd"', 'TOC \\o "1-3"', "REF dde", "SEQ 表 \\* ARABIC", "LINKS", ""]
)
def test_a_template_keeps_its_fields_for_pages_days_and_contents(code):
    for template in (with_field(field(code)), with_field(simple(code)), with_field(words(f"DDE {code}"))):
        assert checked_template(template) is template
