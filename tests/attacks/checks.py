"""What makes a file harmless: texts in it are texts, wherever it is opened."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree

from icalendar import Calendar
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from tests.attacks.texts import ATTACKS

HARMFUL = re.compile(r"^\s*(javascript|data|vbscript|file)\s*:", re.IGNORECASE)
FIELDS = {"PAGE"}  # what a Word document of ours works out by itself
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def workbook_texts(content: bytes) -> set[str]:
    """The texts of an .xlsx in which nothing is a formula, a link, or comes from elsewhere."""
    book = load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [(cell.coordinate, cell.value) for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    assert not any(sheet.conditional_formatting for sheet in book)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        _sound_parts(archive)
        names = set(archive.namelist())
        assert not [name for name in names if "externalLink" in name or "vba" in name.lower() or "connections" in name]
    return {unescape(str(cell.value)) for cell in cells if cell.value is not None}


def document_texts(content: bytes) -> set[str]:
    """The paragraphs of a .docx without fields of others, links or parts from elsewhere."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = _sound_parts(archive)
    codes = {(each.text or "").strip() for part in parts.values() for each in part.iter(f"{WORD}instrText")}
    codes |= {each.get(f"{WORD}instr", "").strip() for part in parts.values() for each in part.iter(f"{WORD}fldSimple")}
    assert {code.split()[0] for code in codes if code} <= FIELDS
    body = parts["word/document.xml"]
    assert list(body.iter(f"{WORD}hyperlink")) == []
    return {"".join(t.text or "" for t in p.iter(f"{WORD}t")) for p in body.iter(f"{WORD}p")}


def _sound_parts(archive: zipfile.ZipFile) -> dict[str, ElementTree.Element]:
    """Every part well-formed; none leads out of the file."""
    parts = {
        name: ElementTree.fromstring(archive.read(name))
        for name in archive.namelist() if name.endswith((".xml", ".rels"))
    }  # fmt: skip
    for name, part in parts.items():
        if name.endswith(".rels"):
            assert [each.get("Target") for each in part if each.get("TargetMode") == "External"] == []
    return parts


def calendar_texts(content: bytes) -> set[str]:
    """The summaries and descriptions of an .ics in which no line was smuggled."""
    lines = content.decode().splitlines()
    assert [line for line in lines if line.startswith("X-HIT")] == []
    book = Calendar.from_ical(content)
    assert {component.name for component in book.walk()} <= {"VCALENDAR", "VEVENT", "VALARM", "VTIMEZONE", "STANDARD"}
    return {str(event[name]) for event in book.walk("VEVENT") for name in ("SUMMARY", "DESCRIPTION")}


def texts_of(content: bytes) -> set[str]:
    """The texts of a file by its kind; fails where it is not harmless."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            word = "word/document.xml" in archive.namelist()
        return document_texts(content) if word else workbook_texts(content)
    if content.startswith(b"BEGIN:VCALENDAR"):
        return calendar_texts(content)
    assert content.startswith(b"%PDF"), "say in tests/attacks/checks.py how a file of this kind is looked at"
    return set()  # evidence, handed out as it came


def told(texts: set[str], attack: str) -> bool:
    """Whether the attack can be read there as it was typed."""
    wanted = " ".join(ATTACKS[attack].split())
    return any(wanted in " ".join(text.split()) for text in texts)
