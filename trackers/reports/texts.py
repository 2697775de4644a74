"""Texts made fit for a file: without the characters that XML cannot carry."""

from __future__ import annotations

import re
from typing import Any

# Some of them docxtpl would take for a new paragraph or page. A line break stays.
UNWRITABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def writable(text: str) -> str:
    """The text without control characters, signs of direction and halves of surrogate pairs; line breaks as one kind."""
    return UNWRITABLE.sub("", text.replace("\t", " ").replace("\r\n", "\n").replace("\r", "\n"))


def written(value: Any) -> Any:
    """A value with all the texts in it made writable."""
    if isinstance(value, str):
        return writable(value)
    if isinstance(value, dict):
        return {key: written(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [written(each) for each in value]
    return value


def one_line(text: str) -> str:
    """What somebody wrote, in one line and without the full stop that the sentence brings itself."""
    return " ".join(text.split()).rstrip("。；")
