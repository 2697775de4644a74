"""A report as PDF, laid out by typst from the same blocks; fonts come along, the system's take no part."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from pylopdf_fonts_zh_cn import sans_path

from trackers.errors import FileError
from trackers.reports.archive import AUTHOR
from trackers.reports.blocks import Across, Block, Drawing, Grid, Paper, Words
from trackers.reports.texts import writable
from trackers.settings import fonts_folder

TEMPLATE = Path(__file__).parent / "templates" / "report.typ"
FONTS = Path(sans_path()).parent
# A word that no line could hold is given places to break at, by marks that no text has: the template sets its groups
# as boxes, so that nothing stands between the signs when the word is copied.
LONG = re.compile(r"[!-~]{13,}")
WORD, BREAK = "\x01", "\x02"


def pdf_report(paper: Paper, *, numbered: bool = True) -> bytes:
    """The document as PDF; equal papers and fonts give equal bytes. Every text of the data stays text.

    Raises FileError where typst cannot lay it out.
    """
    day = datetime.combine(paper.day, time(), UTC)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        parts = list(_parts(paper, place))
        told: dict[str, Any] = {
            "title": writable(paper.title), "author": AUTHOR, "year": day.year, "month": day.month, "day": day.day,
            "size": paper.size, "pitch": paper.pitch, "head": paper.head, "table": paper.table, "small": paper.small,
            "dense": paper.dense, "numbered": numbered, "parts": parts,
        }  # fmt: skip
        (place / "data.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        (place / "main.typ").write_bytes(TEMPLATE.read_bytes())
        try:
            made: bytes = typst.compile(
                str(place / "main.typ"), root=folder, font_paths=[str(each) for each in font_folders()],
                ignore_system_fonts=True, timestamp=day,
            )  # fmt: skip
        except RuntimeError as error:
            raise FileError(f"不能排成 PDF：{error}。请改用 docx 格式。") from error
    return made


def font_folders() -> list[Path]:
    """Where fonts are looked for: the folder an office names (TRACKERS_FONTS), then those that come along."""
    own = fonts_folder()
    return [own, FONTS] if own else [FONTS]


@lru_cache(maxsize=4)
def fonts_digest(folder: Path | None) -> str:
    """SHA-256 over the fonts of an office's own folder; empty where it names none."""
    if folder is None:
        return ""
    told = hashlib.sha256()
    for path in sorted(each for each in folder.rglob("*") if each.suffix.lower() in (".ttf", ".otf", ".ttc")):
        told.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return told.hexdigest()


def _parts(paper: Paper, folder: Path) -> Iterator[dict[str, Any]]:
    """The blocks upright and then across, as plain data; pictures are put into the folder."""
    blocks: list[dict[str, Any]] = []
    across = False
    for number, block in enumerate(paper.blocks):
        if isinstance(block, Across):
            yield {"across": across, "blocks": blocks}
            blocks, across = [], True
        else:
            blocks.append(_plain(block, folder, number))
    yield {"across": across, "blocks": blocks}


def _plain(block: Block, folder: Path, number: int) -> dict[str, Any]:
    if isinstance(block, Words):
        return {"kind": "words", "text": breakable(block.text), "style": block.style}
    if isinstance(block, Grid):
        rows = [[breakable(cell) for cell in row] for row in block.rows]
        return {"kind": "grid", "caption": block.caption, "headings": block.headings, "widths": block.widths,
                "textual": block.textual, "rows": rows}  # fmt: skip
    assert isinstance(block, Drawing)
    name = f"picture{number}.{'jpg' if block.png.startswith(bytes([0xFF, 0xD8])) else 'png'}"
    (folder / name).write_bytes(block.png)
    return {"kind": "drawing", "file": name, "words": block.words, "caption": block.caption, "height": block.height}


def breakable(text: str) -> str:
    """The text with places to break long words at: an address, a digest."""
    return LONG.sub(lambda found: f"{WORD}{BREAK.join(re.findall('.{1,8}', found[0]))}{WORD}", writable(text))
