"""Evidence files: what kinds are taken, told from the content, and the names they are shown under."""

from __future__ import annotations

import io
import unicodedata
import zipfile

import filetype

from trackers.errors import FileError

MAX_BYTES = 20 * 1024 * 1024
LONGEST_NAME = 120  # signs
PICTURES_AND_PDF = ("pdf", "png", "jpg", "webp")
# What an Office file of today says of its main part in [Content_Types].xml.
OFFICE = {
    b"wordprocessingml.document.main+xml": "docx", b"spreadsheetml.sheet.main+xml": "xlsx",
    b"presentationml.presentation.main+xml": "pptx",
}  # fmt: skip
# The stream that holds the document in a file of the older Office, and of WPS.
OLD_OFFICE = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls", "PowerPoint Document": "ppt"}
OLD_MACROS = ("_VBA_PROJECT", "_VBA_PROJECT_CUR", "Macros")
ENDINGS = {"jpg": ("jpg", "jpeg"), "doc": ("doc", "wps"), "xls": ("xls", "et"), "ppt": ("ppt", "dps")}
MOST_UNPACKED = 1024 * 1024  # bytes of the part that says what an Office file is
EXPECTED = "PDF、图片（png、jpg、webp）、Office 或 WPS 文档（docx、xlsx、pptx、doc、xls、ppt）或 OFD"


def kind_of(content: bytes) -> str:
    """The kind of an evidence file (pdf, png, jpg, webp, docx, xlsx, pptx, doc, xls, ppt, ofd), from its bytes alone.

    Raises FileError, saying why, for an empty file, one over 20 MB, one with macros or a password, and any other kind.
    """
    if not content:
        raise FileError("文件是空的（0 字节），没有收下。")
    if len(content) > MAX_BYTES:
        raise FileError(f"文件有 {len(content) / 1024 / 1024:.1f} MB，超过 20 MB，没有收下。请压缩或分成几个文件。")
    if content.startswith(b"PK"):
        return _packed(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return _old_office(content)
    found = filetype.guess(content)
    if found is None or found.extension not in PICTURES_AND_PDF:
        raise FileError(f"从内容看不是可以作佐证的文件，没有收下。应为{EXPECTED}。")
    return str(found.extension)


def _packed(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {part.filename.lower() for part in archive.infolist()}
            if "ofd.xml" in names:
                return "ofd"
            types = archive.getinfo("[Content_Types].xml")
            told = archive.read(types) if types.file_size <= MOST_UNPACKED else b""
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, NotImplementedError, RuntimeError):
        raise FileError(f"是压缩包，或已损坏，没有收下。请解压后逐个上传，应为{EXPECTED}。") from None
    if b"macroEnabled" in told or any(name.endswith("vbaproject.bin") for name in names):
        raise FileError("文件带有宏，没有收下。请另存为不带宏的格式（docx、xlsx、pptx）或 PDF。")
    found = next((kind for sign, kind in OFFICE.items() if sign in told), None)
    if found is None:
        raise FileError(f"从内容看不是可以作佐证的文件，没有收下。应为{EXPECTED}。")
    return found


def _old_office(content: bytes) -> str:
    if _has(content, "EncryptedPackage"):
        raise FileError("文件加了打开密码，审核人看不了，没有收下。请去掉密码后再传。")
    if any(_has(content, name) for name in OLD_MACROS):
        raise FileError("文件带有宏，没有收下。请另存为不带宏的格式（docx、xlsx、pptx）或 PDF。")
    found = next((kind for name, kind in OLD_OFFICE.items() if _has(content, name)), None)
    if found is None:
        raise FileError(f"从内容看不是可以作佐证的文件，没有收下。应为{EXPECTED}。")
    return found


def _has(content: bytes, stream: str) -> bool:
    """Whether a compound file has a stream or storage of this name, as its directory writes names."""
    return (stream + "\0").encode("utf-16-le") in content


def clean_name(name: str, kind: str) -> str:
    """A file's name without its path and without control or direction signs, at most 120 signs, ending as its kind does."""
    last = name.replace("\\", "/").rpartition("/")[2]
    text = "".join(sign for sign in last if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    text = text.strip(" .") or "佐证材料"
    stem, dot, ending = text.rpartition(".")
    if not dot or ending.lower() not in ENDINGS.get(kind, (kind,)):
        stem, ending = text, kind
    return f"{stem[: LONGEST_NAME - len(ending) - 1].rstrip()}.{ending}"
