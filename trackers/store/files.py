"""Evidence files beside the database: kept by their content in `<database>.files/ab/abcdef…`, written once, never changed."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from trackers.errors import StoreError

DIGEST = re.compile(r"[0-9a-f]{64}")


def folder_of(database: Path) -> Path:
    """The folder beside a database that holds its evidence files."""
    return database.with_name(database.name + ".files")


def content_digest(content: bytes) -> str:
    """What a file is kept under: the SHA-256 of its content."""
    return hashlib.sha256(content).hexdigest()


def keep_file(database: Path, content: bytes) -> str:
    """Keep the content, on the disk before this returns; returns its digest. The same content is kept once.

    Raises StoreError when it cannot be written.
    """
    digest = content_digest(content)
    try:
        if _sound(_place(database, digest), digest) is None:
            _write(_place(database, digest), content)
    except OSError as error:
        raise StoreError(f"不能保存佐证材料：{error.strerror}。没有改动任何数据，请联系管理员。") from error
    return digest


def read_file(database: Path, digest: str) -> bytes:
    """The content kept under a digest; raises StoreError where it is missing or no longer what was kept."""
    place = _place(database, digest)
    if not place.exists():
        raise StoreError(f"佐证材料 {digest[:12]}… 不在数据库旁的文件夹里。请联系管理员从备份取回。")
    content = _sound(place, digest)
    if content is None:
        raise StoreError(f"佐证材料 {digest[:12]}… 的内容与收下时不一致，已损坏或被改动，没有打开。请联系管理员从备份取回。")
    return content


def is_sound(database: Path, digest: str) -> bool:
    """Whether the content kept under a digest is there, and is what was kept."""
    return _sound(_place(database, digest), digest) is not None


def copy_files(source: Path, target: Path) -> int:
    """Give the database `target` every sound evidence file of the database `source`; returns the bytes written.

    A file that is not what its name says is left behind: it takes no sound one's place, and `check` names it.
    """
    written = 0
    for file in _all(folder_of(source)):
        content = _sound(file, file.name)
        if content is not None and not is_sound(target, file.name):
            _write(_place(target, file.name), content)
            written += len(content)
    return written


def _place(database: Path, digest: str) -> Path:
    if not DIGEST.fullmatch(digest):
        raise StoreError(f"“{digest[:12]}”不是佐证材料的编号。")
    return folder_of(database) / digest[:2] / digest


def _all(folder: Path) -> Iterator[Path]:
    return (file for file in sorted(folder.glob("??/*")) if DIGEST.fullmatch(file.name))


def _sound(file: Path, digest: str) -> bytes | None:
    """The content of a file; None where it is missing, or is not what its digest says."""
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return None
    return content if content_digest(content) == digest else None


def _write(file: Path, content: bytes) -> None:
    """Written under another name and renamed when it is on the disk: it is there as a whole, or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".partial")
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        partial.replace(file)
        _settle(file.parent)
    finally:
        partial.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """Make the new name durable, where the system lets a folder be opened (Windows does it by itself)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
