"""The official layout (GB/T 9704-2012) as styles, page, grid and page numbers of a Word document."""

from __future__ import annotations

from typing import Any

from docx import Document as NewDocument
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, Twips

FONT_BODY, FONT_TITLE = "仿宋_GB2312", "方正小标宋简体"
FONT_ONE, FONT_TWO, FONT_PAGE = "黑体", "楷体_GB2312", "宋体"
SIZE_TWO, SIZE_THREE, SIZE_FOUR, SIZE_FIVE = Pt(22), Pt(16), Pt(14), Pt(10.5)  # 二号 三号 四号 五号
# 22 lines in 225 mm and 28 characters in 156 mm: 28.95 pt a line (29 pt would leave room for 21), and 三号
# characters drawn together by a quarter of a point. A character grid would do the same in Word alone.
LINE = Twips(579)
CLOSER = "-5"  # twentieths of a point
MARGINS = {"top_margin": Mm(37), "left_margin": Mm(28), "bottom_margin": Mm(35), "right_margin": Mm(26)}


def element(tag: str, /, **attributes: str) -> Any:
    """A WordprocessingML element with attributes of the same namespace."""
    made = OxmlElement(f"w:{tag}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def set_font(properties: Any, font: str) -> None:
    """Name one font for every script in these run properties; a theme's font would win over the name."""
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    properties.insert(0, element("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font))


def style(
    document: Document, name: str, font: str, size: Pt, *, indent: bool = False, level: int | None = None,
    align: WD_ALIGN_PARAGRAPH | None = None, exact: bool = True, with_next: bool = False,
) -> None:
    """Add or remake one paragraph style; `exact` lines follow the grid, others grow with a picture or cell."""
    known = [each.name for each in document.styles]
    made: Any = document.styles[name] if name in known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    for tag in ("w:rPr", "w:pPr"):
        for old in made.element.findall(qn(tag)):
            made.element.remove(old)
    if name != "Normal":
        made.base_style = document.styles["Normal"]
    made.font.size = size
    set_font(made.element.get_or_add_rPr(), font)
    if size == SIZE_THREE:
        made.element.rPr.find(qn("w:sz")).addprevious(element("spacing", val=CLOSER))
    form = made.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing = LINE if exact else 1.0
    form.alignment = align
    properties = made.element.get_or_add_pPr()
    if indent:
        # Both are wanted: firstLineChars for Word, firstLine for programs that do not know it.
        properties.append(element("ind", firstLineChars="200", firstLine=f"{size.twips * 2}"))
    form.keep_with_next = with_next or level is not None
    if level is not None:
        properties.append(element("outlineLvl", val=f"{level}"))
    for tag in ("autoSpaceDE", "autoSpaceDN"):  # no gap between Chinese and digits: a line holds 28 characters
        properties.append(element(tag, val="0"))
    if not exact:
        properties.append(element("snapToGrid", val="0"))
    made.quick_style = True
    sort_properties(properties)


ORDER = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "autoSpaceDE", "autoSpaceDN", "snapToGrid",
    "spacing", "ind", "jc",
    "outlineLvl",
)  # fmt: skip


def sort_properties(properties: Any) -> None:
    """Put paragraph properties in the order the schema asks for; Word refuses another."""
    children = sorted(properties, key=lambda child: ORDER.index(child.tag.split("}")[1]))
    for child in children:
        properties.remove(child)
    for child in children:
        properties.append(child)


def blank() -> Document:
    """An empty document with every style of the report, upright, as Word 2013 and later open it."""
    document = NewDocument()
    for child in list(document.element.body):
        if child.tag != qn("w:sectPr"):
            document.element.body.remove(child)
    prune(document)
    add_styles(document)
    _compatible(document)
    lay_out(document.sections[0])
    return document


def _compatible(document: Document) -> None:
    """Word 2013 and later open it without their compatibility mode."""
    compat = element("compat")
    uri = "http://schemas.microsoft.com/office/word"
    compat.append(element("compatSetting", name="compatibilityMode", uri=uri, val="15"))
    settings = document.settings.element
    for old in settings.findall(qn("w:compat")):
        settings.replace(old, compat)
    for language in settings.findall(qn("w:themeFontLang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def add_styles(document: Document) -> None:
    """Every style of the report."""
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    set_font(defaults, FONT_BODY)
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(element("lang", val="zh-CN", eastAsia="zh-CN", bidi="ar-SA"))
    centred, justified = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
    style(document, "Normal", FONT_BODY, SIZE_THREE)
    style(document, "Title", FONT_TITLE, SIZE_TWO, align=centred, exact=False)
    style(document, "Subtitle", FONT_TWO, SIZE_THREE, align=centred)
    style(document, "Heading 1", FONT_ONE, SIZE_THREE, indent=True, level=0)
    style(document, "Heading 2", FONT_TWO, SIZE_THREE, indent=True, level=1)
    style(document, "Heading 3", FONT_BODY, SIZE_THREE, indent=True, level=2)
    style(document, "报告正文", FONT_BODY, SIZE_THREE, indent=True, align=justified)
    style(document, "报告警示", FONT_ONE, SIZE_THREE, indent=True)
    style(document, "报告表题", FONT_ONE, SIZE_FOUR, align=centred, with_next=True)
    style(document, "报告图题", FONT_ONE, SIZE_FOUR, align=centred)
    style(document, "报告表头", FONT_ONE, SIZE_FIVE, align=centred, exact=False)
    style(document, "报告表文", FONT_BODY, SIZE_FIVE, exact=False)
    style(document, "报告表数", FONT_BODY, SIZE_FIVE, align=centred, exact=False)
    style(document, "报告图", FONT_BODY, SIZE_FIVE, align=centred, exact=False, with_next=True)


def lay_out(section: Any, *, landscape: bool = False) -> None:
    """A4 with the margins of an official document; turned a quarter for wide tables."""
    section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    turned = dict(zip(MARGINS, (Mm(28), Mm(35), Mm(26), Mm(37)), strict=True))
    for side, width in (turned if landscape else MARGINS).items():
        setattr(section, side, width)
    # The dashes stand 7 mm below the type area.
    section.footer_distance = Mm(16 if landscape else 25)
    section.header_distance = Mm(15)
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(
        element("docGrid", type="lines", linePitch=f"{LINE.twips}")
    )


def number_pages(document: Document) -> None:
    """四号 digits between dashes at the outer edge: right on odd pages, left on even ones."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    _number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT, "right")
    _number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT, "left")


def _number(paragraph: Any, align: WD_ALIGN_PARAGRAPH, side: str) -> None:
    paragraph.alignment = align
    # One character in from the edge.
    paragraph._p.get_or_add_pPr().append(element("ind", **{f"{side}Chars": "100", side: f"{SIZE_FOUR.twips}"}))
    for part in ("— ", "begin", "PAGE", "separate", "1", "end", " —"):
        run = paragraph.add_run("" if part in FIELD else part)
        run.font.size = SIZE_FOUR
        set_font(run._r.get_or_add_rPr(), FONT_PAGE)
        if part == "PAGE":
            code = element("instrText")
            code.text = part
            run._r.append(code)
        elif part in FIELD:
            run._r.append(element("fldChar", fldCharType=part))
    sort_properties(paragraph._p.get_or_add_pPr())


FIELD = ("begin", "PAGE", "separate", "end")


def prune(document: Document) -> None:
    """Take out what python-docx's own template brings along and a report does not use."""
    styles = document.styles.element
    for each in styles.findall(qn("w:style")):
        if each.get(qn("w:type")) == "table" and each.get(qn("w:styleId")) not in ("TableNormal", "TableGrid"):
            styles.remove(each)
    for part, ending in ((document.part.package, "thumbnail"), (document.part, "stylesWithEffects")):
        for key, relation in list(part.rels.items()):
            if relation.reltype.endswith(ending):
                del part.rels[key]
