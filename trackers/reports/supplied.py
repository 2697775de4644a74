"""Files an office supplies for its reports, a template and a logo, looked at by what they are and not by their names."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

import filetype
from docx.oxml import parse_xml
from PIL import Image

from trackers.errors import FileError
from trackers.reports.fields import reaching_out

LARGEST, LARGEST_UNPACKED, MOST_PARTS = 10 * 2**20, 100 * 2**20, 2000  # bytes packed and unpacked, files in a template
LARGEST_LOGO, MOST_POINTS = 5 * 2**20, 25_000_000
LOGOS = {"image/png": "png", "image/jpeg": "jpg"}


@dataclass(frozen=True)
class Supplied:
    """A file by its name and bytes."""

    name: str
    data: bytes

    @property
    def digest(self) -> str:
        """SHA-256 over the bytes."""
        return hashlib.sha256(self.data).hexdigest()


def supplied(path: Path, what: str) -> Supplied:
    """The file at a path; raises FileError where it cannot be read. `what` it is called in that sentence."""
    try:
        return Supplied(str(path), path.read_bytes())
    except OSError as error:
        raise FileError(f"不能读{what} {path}：{error.strerror or error}。") from error


def checked_template(template: Supplied) -> Supplied:
    """The template, looked at; raises FileError for one that is no Word document, too large, or brings along macros,
    a link or a field by which something is fetched from elsewhere when it is opened."""
    name = template.name
    if len(template.data) > LARGEST:
        raise FileError(f"模板 {name} 有 {len(template.data) / 2**20:.1f} MB，应不超过 {LARGEST // 2**20} MB。请删去大的图片。")
    try:
        with zipfile.ZipFile(io.BytesIO(template.data)) as archive:
            _parts(name, archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, SyntaxError) as error:
        raise FileError(f"模板 {name} 不是 Word 文档（.docx）。请从自带的模板改起。") from error
    return template


def _parts(name: str, archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > MOST_PARTS or sum(each.file_size for each in entries) > LARGEST_UNPACKED:
        raise FileError(f"模板 {name} 解压以后过大（应不超过 {LARGEST_UNPACKED // 2**20} MB），没有使用。请从自带的模板改起。")
    for entry in entries:
        base = entry.filename.lower().rsplit("/", 1)[-1]
        told = parse_xml(_body(archive, entry)).iter() if base.endswith(".rels") or base == "[content_types].xml" else ()
        said = [dict(each.attrib) for each in told]
        kinds = [f"{each.get('ContentType', '')} {each.get('Type', '')}".lower() for each in said]
        if base.startswith("vba") or any("macroenabled" in kind or "vbaproject" in kind for kind in kinds):
            raise FileError(f"模板 {name} 带有宏，没有使用。请在 Word 里另存为不带宏的 .docx 文档。")
        if any(each.get("TargetMode") == "External" and not each.get("Type", "").endswith("/hyperlink") for each in said):
            raise FileError(f"模板 {name} 链接了外部的文件，没有使用。请把图片和样式嵌入文档，再保存。")
        if field := _field(_body(archive, entry), base):
            raise FileError(
                f"模板 {name} 里有{field}，打开时可能读取文档以外的内容，没有使用。"
                "请在 Word 里按 Alt+F9 显示域代码，删去这个域，再保存。"
            )


def _field(body: bytes, base: str) -> str | None:
    """A field of a part that may reach out of the document; a part may hold XML whatever it is called."""
    try:
        return reaching_out(parse_xml(body))
    except SyntaxError:
        if base.endswith(".xml"):
            raise
        return None


def _body(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """What a part holds, and no more than it says it does."""
    with archive.open(entry) as opened:
        return opened.read(entry.file_size)


def checked_logo(logo: Supplied) -> Supplied:
    """The logo, looked at; raises FileError for what is no sound PNG or JPEG picture, or is too large."""
    kind = filetype.guess(logo.data)
    if kind is None or kind.mime not in LOGOS:
        found = f"像是 {kind.extension} 文件" if kind else "不是图片"
        raise FileError(f"标志 {logo.name} {found}，应为 PNG 或 JPEG 图片。请换一个文件。")
    if len(logo.data) > LARGEST_LOGO:
        size = len(logo.data) / 2**20
        raise FileError(f"标志 {logo.name} 有 {size:.1f} MB，应不超过 {LARGEST_LOGO // 2**20} MB。请缩小后再用。")
    try:
        with Image.open(io.BytesIO(logo.data)) as picture:
            if picture.width * picture.height > MOST_POINTS:
                raise FileError(f"标志 {logo.name} 是 {picture.width}×{picture.height} 点的图，过大。请缩小后再用。")
            picture.load()
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
        raise FileError(f"标志 {logo.name} 已损坏，不能作为图片打开。请换一个文件。") from error
    return logo


def shape(logo: Supplied) -> tuple[int, int]:
    """Width and height of a checked logo in points of the picture."""
    with Image.open(io.BytesIO(logo.data)) as picture:
        return picture.width, picture.height
