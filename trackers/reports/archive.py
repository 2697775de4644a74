"""Saving an Office file so that the same contents give the same bytes."""

from __future__ import annotations

import io
import zipfile
from typing import Any

AUTHOR = "计量规划目标跟踪平台"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can tell


def saved(document: Any) -> bytes:
    """The bytes of something with a `save` method, without the time at which it was saved."""
    target = io.BytesIO()
    document.save(target)
    return timeless(target.getvalue())


def timeless(archive: bytes) -> bytes:
    """The same zip archive with every entry dated alike and nothing of the system that wrote it."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            dated = zipfile.ZipInfo(entry.filename, FIRST_DAY)
            dated.compress_type = zipfile.ZIP_DEFLATED
            dated.create_system = 0
            new.writestr(dated, old.read(entry))
    return target.getvalue()
