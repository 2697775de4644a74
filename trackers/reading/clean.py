"""A document's text as it came, made readable: simplified script, without pinyin noise and web remains."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from opencc import OpenCC

TONED = "āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜ"
# Some copies print the reading behind a traditional character: 區(qū). A tone mark tells it from (OIML).
PINYIN = rf"(?<=[\u3400-\u9fff])[(（](?=[a-zü]*[{TONED}])[a-zü{TONED}]{{1,6}}[)）]"
# Copies of web pages keep ends of tags, often without their first character: 、/p> for 。</p>
TAGS = r"(?:</?|/)(?:p|div|span|a|td|th|tr|h\d|br|b|strong|font)/?>"
NOISE = re.compile(f"{PINYIN}|{TAGS}")


class Cleaned(NamedTuple):
    """Readable text; `places[i]` is the code point of the original that the i-th character stands for."""

    text: str
    places: list[int]


def clean(text: str) -> Cleaned:
    """The text in simplified script without pinyin noise and ends of tags. Damage marks stay."""
    noise = {place for match in NOISE.finditer(text) for place in range(*match.span())}
    places = [place for place in range(len(text)) if place not in noise]
    return Cleaned(simplified("".join(text[place] for place in places)), places)


def simplified(text: str) -> str:
    """The text in simplified script, each character at its old place."""
    converted: str = _converter().convert(text)
    if len(converted) == len(text):
        return converted
    # A phrase changed its length: characters one by one keep every place.
    return "".join((_converter().convert(char) + char)[0] for char in text)


def comparable(text: str) -> str:
    """The text reduced to what a comparison of wording should see: no noise, width, spaces or punctuation."""
    plain = unicodedata.normalize("NFKC", clean(text).text)
    return "".join(char for char in plain if char.isalnum())


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
