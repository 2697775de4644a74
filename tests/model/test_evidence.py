from __future__ import annotations

import pytest

from tests.files import DOCX, JPG, PDF, PNG, PPTX, WEBP, XLSX, compound, office, packed
from trackers.errors import FileError
from trackers.model.evidence import LONGEST_NAME, MAX_BYTES, clean_name, kind_of


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"), (PNG, "png"), (JPG, "jpg"), (WEBP, "webp"),
        (office(DOCX), "docx"), (office(XLSX), "xlsx"), (office(PPTX), "pptx"),
        (packed({"OFD.xml": "<ofd/>", "Doc_0/Document.xml": ""}), "ofd"),
        (compound("Root Entry", "WordDocument"), "doc"), (compound("Root Entry", "Workbook"), "xls"),
        (compound("Root Entry", "Book"), "xls"), (compound("Root Entry", "PowerPoint Document"), "ppt"),
    ],
)  # fmt: skip
def test_the_kind_is_told_from_the_content(content, kind):
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "空的"), (b"MZ" + b"\0" * 300, "不是可以作佐证"), (b"#!/bin/sh\nrm -rf /", "不是可以作佐证"),
        (b"<html><script>alert(1)</script>", "不是可以作佐证"), (b"<svg onload=alert(1)>", "不是可以作佐证"),
        (b"GIF89a" + b"\0" * 99, "不是可以作佐证"), (packed({"a.pdf": "x"}), "压缩包"), (b"PK\x03\x04broken", "压缩包"),
        (office(DOCX, more="word/vbaProject.bin"), "带有宏"),
        (packed({"[Content_Types].xml": "application/vnd.ms-word.document.macroEnabled.main+xml"}), "带有宏"),
        (packed({"[Content_Types].xml": "<Types/>"}), "不是可以作佐证"),
        (compound("WordDocument", "_VBA_PROJECT"), "带有宏"), (compound("Workbook", "_VBA_PROJECT_CUR"), "带有宏"),
        (compound("EncryptedPackage"), "密码"), (compound("Root Entry"), "不是可以作佐证"),
    ],
)  # fmt: skip
def test_other_kinds_are_refused_with_the_reason(content, why):
    with pytest.raises(FileError, match=why):
        kind_of(content)


def test_twenty_megabytes_are_taken_and_a_byte_more_is_not():
    assert kind_of(PDF + b"0" * (MAX_BYTES - len(PDF))) == "pdf"
    with pytest.raises(FileError, match="超过 20 MB"):
        kind_of(PDF + b"0" * (MAX_BYTES - len(PDF) + 1))


@pytest.mark.parametrize(
    ("name", "kind", "clean"),
    [
        ("年报.pdf", "pdf", "年报.pdf"), ("年报.PDF", "pdf", "年报.PDF"), (r"C:\资料\年报.pdf", "pdf", "年报.pdf"),
        ("../../etc/passwd", "pdf", "passwd.pdf"), ("年报.exe", "pdf", "年报.exe.pdf"), ("", "png", "佐证材料.png"),
        ("照片.jpeg", "jpg", "照片.jpeg"), ("文件.wps", "doc", "文件.wps"), ("a\x00b\r\nc.pdf", "pdf", "abc.pdf"),
        ("年报\u202efdp.exe", "pdf", "年报fdp.exe.pdf"), ("...", "pdf", "佐证材料.pdf"),
    ],
)  # fmt: skip
def test_a_name_has_no_path_no_control_signs_and_the_ending_of_its_kind(name, kind, clean):
    assert clean_name(name, kind) == clean


@pytest.mark.parametrize(("signs", "kept"), [(115, 115), (116, 116), (117, 116)])
def test_a_long_name_is_shortened_before_its_ending(signs, kept):
    found = clean_name("报" * signs + ".pdf", "pdf")
    assert found == "报" * kept + ".pdf" and len(found) <= LONGEST_NAME
