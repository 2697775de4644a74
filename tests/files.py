"""Files for tests: the smallest contents of each kind of evidence, and what stands in a Word file."""

from __future__ import annotations

import io
import zipfile

from docx import Document
from docx.oxml.ns import qn

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32
JPG = b"\xff\xd8\xff\xe0" + b"\0" * 32
WEBP = b"RIFF\x24\0\0\0WEBPVP8 " + b"\0" * 32
DOCX, XLSX, PPTX = "wordprocessingml.document", "spreadsheetml.sheet", "presentationml.presentation"


def office(main: str = XLSX, *, more: str = "", types: str = "[Content_Types].xml") -> bytes:
    """An Office file of today whose main part is of this type, with one further part."""
    told = f'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.{main}.main+xml"/></Types>'
    return packed({types: told, "word/document.xml": "<w/>"} | ({more: "x"} if more else {}))


def packed(parts: dict[str, str]) -> bytes:
    """An archive with these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


def compound(*streams: str) -> bytes:
    """A compound file (older Office) whose directory has these names."""
    names = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + names


def body_of(docx: bytes) -> str:
    """What stands in a Word file: its paragraphs and the cells of its tables, a line each."""
    paragraphs = Document(io.BytesIO(docx)).element.body.iter(qn("w:p"))
    return "\n".join("".join(part.text or "" for part in each.iter(qn("w:t"))) for each in paragraphs)
