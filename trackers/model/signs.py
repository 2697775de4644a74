"""Signs that no text of people has a use for: they hide, or turn round, what stands beside them.

Control signs drive a terminal; signs of direction show `86` as `68` to whoever reads the text behind them.
"""

from __future__ import annotations

import re

ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
INSTEAD = "\ufffd"  # �


def has_odd_signs(text: str) -> bool:
    """Whether a text has control signs (blanks and line breaks are none) or signs of direction."""
    return ODD.search(text) is not None


def visible(text: str) -> str:
    """The text with � for each of them."""
    return ODD.sub(INSTEAD, text)


def file_name(text: str) -> str:
    """A file's name as it is told: in one line, without them."""
    return " ".join(ODD.sub("", text).split())
