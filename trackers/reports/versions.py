"""What a report is made with, by name and version: the same of everything gives the same bytes."""

from __future__ import annotations

import hashlib
import platform
import zlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from trackers.queries.frozen import PROGRAM
from trackers.reports.outline import Setting
from trackers.reports.pdf import fonts_digest
from trackers.settings import fonts_folder

DRAWN = ("matplotlib", "numpy", "pillow", "pylopdf-fonts-zh-cn")
PACKAGE = Path(__file__).parent.parent
WRITING = {".py", ".typ", ".html", ".css", ".js"}
LIBRARIES = {
    "docx": ("docxtpl", "python-docx", "lxml", "Jinja2", *DRAWN), "xlsx": ("XlsxWriter",),
    "pdf": ("typst", *DRAWN), "html": ("Jinja2", "MarkupSafe"),
}  # fmt: skip


def versions(format: str) -> tuple[Setting, ...]:
    """Program, interpreter and libraries that shape a file of this format."""
    own = [Setting(name="计量规划目标跟踪平台", value=PROGRAM), Setting(name="报告程序", value=own_digest()[:16])]
    below = [("Python", platform.python_version()), ("zlib", zlib.ZLIB_RUNTIME_VERSION)]
    libraries = [(name, version(name)) for name in LIBRARIES[format]]
    if format == "pdf" and (fonts := fonts_digest(fonts_folder())):
        libraries.append(("本单位字体", fonts[:16]))
    return tuple(own + [Setting(name=name, value=value) for name, value in below + libraries])


@cache
def own_digest() -> str:
    """SHA-256 over what writes reports and words figures, so that a change of a sentence is a change of version."""
    told = hashlib.sha256()
    for path in written_with():
        told.update(path.relative_to(PACKAGE).as_posix().encode())
        told.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return told.hexdigest()


def written_with() -> list[Path]:
    """The program's own files that a report's words come from: what writes it, what names verdicts, voices and steps."""
    folders = (PACKAGE / name for name in ("assessment", "model", "reports"))
    return sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in WRITING)
