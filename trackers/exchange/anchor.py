"""The end of the record noted outside the database: what shows that its last entries were cut off."""

from __future__ import annotations

import re
from pathlib import Path

from trackers.errors import FileError
from trackers.queries.audit import Entry

LINE = re.compile(r"([1-9][0-9]*) ([0-9a-f]{64})")
HEAD = "# 操作记录末条的编号和摘要，由 check --anchor 逐次追加；请留存在数据库之外，不要改动。\n"


def read_anchor(file: Path) -> list[Entry]:
    """The entries noted in the file, oldest first; none where there is no file yet. Raises FileError for another file."""
    if not file.exists():
        return []
    lines = _text(file).splitlines()
    if not lines or lines[0] != HEAD.strip():
        raise FileError(f"{file} 不是 check --anchor 写的文件，没有改动它。请换一个文件名。")
    return [_entry(file, number, line) for number, line in enumerate(lines[1:], start=2) if line.strip()]


def _entry(file: Path, number: int, line: str) -> Entry:
    found = LINE.fullmatch(line.strip())
    if found is None:
        raise FileError(f"{file} 第 {number} 行读到“{line[:40]}”，应为操作记录的编号和 64 位摘要。请用留存的原文件。")
    return Entry(int(found[1]), found[2])


def note_anchor(file: Path, last: Entry) -> None:
    """Add the end of the record to the file, which is made where there is none. Raises FileError where that fails."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        text = _text(file) if file.exists() else ""
        with file.open("a", encoding="utf-8", newline="\n") as open_file:
            open_file.write(("" if text.endswith("\n") else "\n") if text else HEAD)
            open_file.write(f"{last.id} {last.digest}\n")
    except OSError as error:
        raise FileError(f"不能写 {file}：{error}。") from error


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(f"不能读 {file}：{error}。") from error
