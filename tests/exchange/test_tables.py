import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest
import xlsxwriter

from trackers.errors import FileError
from trackers.exchange import tables, workbook
from trackers.exchange.tables import Row, read_table

HEADER = ["地区", "指标", "单位", "填报期", "填报值", "分子", "分母", "备注", "佐证地址"]
LINE = ["阜新市", "计量标准", "项", "2024Q3", 86, None, None, "说明", "https://example.org"]


def sheet(*rows: list, header: list | None = None) -> bytes:
    return saved(book_of([header or HEADER, *rows]))


def book_of(rows: list[list]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def repacked(content: bytes, part: str, change) -> bytes:
    """The workbook with one of its parts changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return file.getvalue()


def row_of(*rows: list, header: list | None = None) -> Row:
    return read_table("填报.xlsx", sheet(*rows, header=header)).rows[0]


def with_cell(heading: str, value: object, form: str = "General") -> Row:
    book = book_of([HEADER, LINE])
    cell = book.active.cell(2, HEADER.index(heading) + 1, value)
    cell.number_format = form
    return read_table("填报.xlsx", saved(book)).rows[0]


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(FileError) as refused:
        read_table(name, content)
    assert str(refused.value).startswith(name)
    return str(refused.value)


def test_a_sheet_is_read_by_its_headings_with_the_row_numbers_people_see():
    table = read_table("填报.xlsx", sheet(LINE, [], LINE))
    assert [row.number for row in table.rows] == [2, 4]
    assert table.rows[0].cells == {
        "region": "阜新市", "indicator": "计量标准", "period": "2024Q3", "value": "86", "note": "说明",
        "evidence": "https://example.org",
    }  # fmt: skip
    assert len(table.digest) == 64 and table.other_sheets == []


def test_the_header_may_stand_some_rows_down_and_be_in_english_or_marked():
    header = ["Region", "INDICATOR*", "period", "填报值（必填）", "extra"]
    content = saved(book_of([["标题"], [], ["说明：一"], header, ["210900", "standards", 2024, 5, "x"]]))
    row = read_table("a.xlsx", content).rows[0]
    assert row == Row(5, {"region": "210900", "indicator": "standards", "period": "2024", "value": "5"}, [])


def test_numerator_and_denominator_do_without_a_value_column():
    row = row_of(["阜新市", "受检率", "2024", 95, 100], header=["地区", "指标", "填报期", "分子", "分母"])
    assert (row.cells["numerator"], row.cells["denominator"]) == ("95", "100")


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (0.95, "0%", "95%"), (0.95, "0.00%", "95%"), (0.9428, "0%", "94.28%"), (1, "0%", "100%"), (0, "0%", "0%"),
        (0.57, "0.0%;[Red]-0.0%", "57%"), (95, '0"%"', "95"), (95, "0\\%", "95"), (95, "0!%", "95"),
        (86.0, "General", "86"), (2024.5, "0", "2024.5"), (1e15, "0", "1000000000000000"), (1e-7, "0", "0.0000001"),
        (62000, '0!.0,"万"', "62000"), (True, "General", "TRUE"), ("95%", "@", "95%"), ("=cmd", "@", "=cmd"),
        (94.28571428571429, "0.00", "94.28571428571429"), (0.07, "0.0", "0.07"),
    ],
)  # fmt: skip
def test_a_number_cell_keeps_exactly_what_it_holds(value: object, form: str, text: str):
    book = book_of([HEADER, LINE])
    cell = book.active.cell(2, 5, value)
    cell.number_format = form
    if isinstance(value, str):
        cell.data_type = "s"
    assert read_table("填报.xlsx", saved(book)).rows[0].cells["value"] == text


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (date(2024, 9, 1), 'yyyy"年"m"月"', "2024-09"), (date(2024, 9, 1), "mmm-yy", "2024-09"),
        (date(2024, 5, 20), "yyyy/m/d", "2024-05-20"), (datetime(2024, 5, 20), "yyyy-mm-dd", "2024-05-20"),
        (date(2024, 1, 1), 'yyyy"年"', "2024"), (2024, "General", "2024"), (2024.0, "0", "2024"),
    ],
)  # fmt: skip
def test_a_date_typed_as_a_period_means_what_it_shows(value: object, form: str, text: str):
    assert with_cell("填报期", value, form).cells["period"] == text


def test_a_date_among_the_figures_stays_a_date_and_a_time_of_day_is_a_fault():
    assert with_cell("填报值", date(2024, 1, 1), "yyyy").cells["value"] == "2024-01-01"
    for value, form in [(time(12, 30), "hh:mm"), (datetime(2024, 5, 20, 8, 30), "yyyy-mm-dd hh:mm")]:
        (fault,) = with_cell("填报期", value, form).faults
        assert fault.column == "period" and "时刻" in fault.expected


def test_a_formula_without_a_kept_result_and_an_error_are_faults_of_their_cell():
    (unsaved,) = with_cell("填报值", "=SUM(F2:G2)").faults
    assert unsaved.column == "value" and unsaved.read == "=SUM(F2:G2)" and "公式" in unsaved.expected
    (broken,) = with_cell("填报值", "#DIV/0!").faults
    assert broken.read == "#DIV/0!"


def test_a_formula_with_a_kept_result_gives_the_result():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEADER)
        page.write_row(1, 0, ["阜新市", "计量标准", "项", "2024Q3"])
        page.write_formula(1, 4, "=80+6", None, 86)
        page.write_formula(1, 5, "=1/0", None, "#DIV/0!")
    row = read_table("a.xlsx", file.getvalue()).rows[0]
    assert row.cells["value"] == "86"
    assert [(fault.column, fault.read) for fault in row.faults] == [("numerator", "#DIV/0!")]


def test_hidden_rows_are_read():
    book = book_of([HEADER, LINE, LINE])
    book.active.row_dimensions[2].hidden = True
    assert len(read_table("a.xlsx", saved(book)).rows) == 2


def test_a_region_merged_over_rows_holds_for_each_but_a_merged_figure_is_a_fault():
    book = book_of([HEADER, LINE, [None, "受检率", "项", "2024Q3"], LINE])
    book.active.merge_cells("A2:A3")
    book.active.merge_cells("E2:E3")
    rows = read_table("a.xlsx", saved(book)).rows
    assert [row.cells["region"] for row in rows] == ["阜新市"] * 3
    assert [[fault.read for fault in row.faults] for row in rows] == [["（合并单元格）"], ["（合并单元格）"], []]
    assert rows[2].cells["value"] == "86"


def test_a_header_of_two_rows_is_found_where_its_cells_are_merged():
    book = book_of([["地区", "指标", "填报期", "本期"], [None, None, None, "填报值"], ["阜新市", "标准", 2024, 3]])
    for column in "ABC":
        book.active.merge_cells(f"{column}1:{column}2")
    (row,) = read_table("a.xlsx", saved(book)).rows
    assert row.number == 3 and row.cells["region"] == "阜新市"


def test_the_first_sheet_with_the_header_is_read_and_others_are_named():
    book = book_of([["说明"]])
    for title in ("甲", "乙"):
        page = book.create_sheet(title)
        page.append(HEADER)
        page.append(LINE)
    table = read_table("a.xlsx", saved(book))
    assert (table.sheet, table.other_sheets) == ("甲", ["乙"])


def test_a_hidden_sheet_is_read_only_where_no_other_has_the_header():
    book = book_of([HEADER, LINE])
    book.active.title, book.active.sheet_state = "旧", "hidden"
    book.create_sheet("新").append(HEADER)
    table = read_table("a.xlsx", saved(book))
    assert (table.sheet, table.other_sheets) == ("新", ["旧"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("by", [",", "\t", ";"])
def test_a_csv_is_read_in_every_encoding_excel_writes(encoding: str, by: str):
    text = by.join(HEADER) + "\r\n\r\n" + by.join(["阜新市", "㎡标准", "项", "2024Q3", "86", "", "", '"甲, 乙"', ""])
    table = read_table("a.csv", text.encode(encoding))
    assert table.rows[0].number == 3
    assert table.rows[0].cells["value"] == "86" and table.rows[0].cells["note"] == "甲, 乙"


def test_what_looks_like_a_formula_in_a_csv_stays_text():
    content = "地区,指标,填报期,填报值\n=cmd|'/c calc'!A1,@x,+1,-1\n".encode()
    assert read_table("a.csv", content).rows[0].cells == {
        "region": "=cmd|'/c calc'!A1", "indicator": "@x", "period": "+1", "value": "-1",
    }  # fmt: skip


def test_a_line_break_inside_quotes_does_not_shift_the_row_numbers():
    content = '地区,指标,填报期,填报值,备注\n甲,乙,2024,1,"一\n二"\n丙,丁,2024,2,\n'.encode()
    assert [row.number for row in read_table("a.csv", content).rows] == [2, 3]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.xlsx", b"", "0 字节"),
        ("a.csv", b"", "0 字节"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "旧的 .xls"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("a.xls", b"\n <html><table><tr><td>1</td></tr></table>", "网页"),
        ("a.xls", b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "XML"),
        ("a.xlsx", b"PK\x03\x04 broken", "损坏"),
        ("a.xlsx", sheet(LINE)[:-200], "损坏"),
        ("a.xlsx", b"some text", "损坏"),
        ("a.pdf", b"%PDF-1.7", "只能读"),
        ("a.csv", b"\xff\xff\x00\x81", "编码"),
        ("a.csv", b"a\0b,c", "编码"),
        ("a.csv", "地区,指标,填报期,填报值\n\"甲,1,2,3\n".encode(), "引号"),
        ("a.csv", "姓名,年龄\n甲,1\n".encode(), "没有找到表头"),
        ("a.csv", "地区,指标,填报值\n甲,乙,1\n".encode(), "第 1 行缺少填报期"),
        ("a.csv", "地区,指标,填报期,分子\n甲,乙,1,1\n".encode(), "缺少填报值"),
        ("a.csv", "地区,指标,填报期,填报值,完成值\n".encode(), "两列都是“填报值”"),
        ("a.csv", b"\n", "没有找到表头"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(name: str, content: bytes, sentence: str):
    assert sentence in refusal(name, content)


def test_a_zip_that_is_no_workbook_and_one_with_a_broken_sheet_are_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "不是 .xlsx" in refusal("a.xlsx", file.getvalue())
    broken = repacked(sheet(LINE), "xl/worksheets/sheet1.xml", lambda part: part[: len(part) // 2])
    assert "损坏" in refusal("a.xlsx", broken)


def test_an_archive_that_unpacks_to_too_much_is_refused_before_it_is_unpacked():
    bomb = repacked(sheet(LINE), "xl/styles.xml", lambda part: bytes(workbook.MAX_UNPACKED + 1))
    assert len(bomb) < 1_000_000
    assert "解压后过大" in refusal("a.xlsx", bomb)


def test_entities_that_unfold_are_never_unfolded():
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    document = f'<!DOCTYPE x [<!ENTITY e0 "0123456789">{levels}]>'.encode()

    def poisoned(part: bytes) -> bytes:
        start = part.index(b"<worksheet")
        return part[:start] + document + part[start:].replace(b"<v>86</v>", b"<v>&e11;</v>")

    assert "损坏" in refusal("a.xlsx", repacked(sheet(LINE), "xl/worksheets/sheet1.xml", poisoned))


def test_a_file_over_the_limits_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tables, "MAX_ROWS", 3)
    assert len(read_table("a.xlsx", sheet(*[LINE] * 3)).rows) == 3
    assert "超过 3 行" in refusal("a.xlsx", sheet(*[LINE] * 4))
    monkeypatch.setattr(tables, "MAX_BYTES", 1000)
    assert "超过 20 MB" in refusal("a.xlsx", sheet(LINE))


def test_a_wrong_size_written_by_another_program_does_not_hide_rows():
    shrunk = repacked(sheet(LINE, LINE), "xl/worksheets/sheet1.xml", lambda p: p.replace(b"A1:I3", b"A1:A1"))
    assert len(read_table("a.xlsx", shrunk).rows) == 2


def test_a_merged_range_over_the_whole_sheet_costs_nothing():
    merged = b'<mergeCells count="1"><mergeCell ref="J2:XFD1048576"/></mergeCells><pageMargins'
    vast = repacked(sheet(LINE), "xl/worksheets/sheet1.xml", lambda part: part.replace(b"<pageMargins", merged))
    assert len(read_table("a.xlsx", vast).rows) == 1
