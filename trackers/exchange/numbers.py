"""Figures as people type them, read exactly or refused with a sentence that says what is expected."""

from __future__ import annotations

import re
from decimal import Decimal

from trackers.errors import FigureError
from trackers.model.signs import visible

# Full-width forms of ASCII (！ to ～), the ideographic blank and the typographic minus.
HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0x2212: "-", 0xFE6A: "%"}
BLANKS = " \t\r\n\u00a0\u2009\u202f\u200b\u2060\ufeff"  # those that surround a figure copied from a document
SCALES = {"": 0, "万": 4, "亿": 8}
DIGITS = 17  # significant digits a stored number keeps apart
LARGEST = Decimal(10) ** 15  # whole numbers up to here are stored exactly
WRITTEN = re.compile(
    r"""(?P<sign>[+-]?)
        (?P<whole>[1-9][0-9]{0,2}(?P<by>[,\u00a0\u2009\u202f])[0-9]{3}(?:(?P=by)[0-9]{3})* | [0-9]+)
        (?P<part>\.[0-9]+)?
        [ ]*(?P<rest>.*)""",
    re.VERBOSE | re.DOTALL,
)
SCIENTIFIC = re.compile(r"[+-]?[0-9.]+[eE][+-]?[0-9]+")
ROUGH = re.compile(r"[约近超余多]|以上|以下|以内|左右|不少于|不低于|不超过|[<>≥≤≈~～]")


def half_width(text: str) -> str:
    """The text with full-width letters, digits and signs in their ASCII form and blanks around it removed."""
    return text.translate(HALF_WIDTH).strip(BLANKS)


def parse_number(text: str, unit: str, *, column: str = "value") -> Decimal:
    """The figure a person wrote, exactly, in the indicator's unit (95 for `95%` where the unit is %).

    Takes full-width digits, thousands separators between groups of three, 万 and 亿, and the unit written
    behind the number. `unit` is "" for numerators and denominators, which have none of their own. Raises
    FigureError naming `column` for everything else: a rough figure or two of them is not a figure.
    """
    cleaned = half_width(text)
    match = WRITTEN.fullmatch(cleaned) if len(cleaned) <= 60 else None
    if match is None or SCIENTIFIC.fullmatch(cleaned):
        raise FigureError(column, shown(text), _expected(cleaned, unit))
    scale = _scale(match["rest"], unit)
    if scale is None:
        raise FigureError(column, shown(text), _expected(cleaned, unit, match["rest"]))
    digits = re.sub("[^0-9]", "", match["whole"]) + (match["part"] or "")
    number = Decimal(match["sign"] + digits).scaleb(scale)
    if len(digits.replace(".", "").strip("0")) > DIGITS or abs(number) >= LARGEST:
        raise FigureError(column, shown(text), f"不超过 {DIGITS} 位有效数字、小于一千万亿的数")
    return number if number else Decimal(0)


def shown(text: str) -> str:
    """What was read, short enough for a sentence, with nothing in it that a reader would not see."""
    return visible(text if len(text) <= 40 else text[:40] + "…")


def _scale(rest: str, unit: str) -> int | None:
    """The power of ten that what stands behind the number means; None where it means something else."""
    if rest in ("", unit):
        return 0
    scale = SCALES.get(rest[0])
    behind = rest[1:].strip(BLANKS)
    if scale is None or behind not in ("", unit) or unit == "%" or "万" in unit:
        return None
    return scale


def _expected(cleaned: str, unit: str, rest: str = "") -> str:
    """What a refused text should have been."""
    number = f"一个数（单位：{unit}）" if unit else "一个不带单位的数"
    if not cleaned:
        return number
    if SCIENTIFIC.fullmatch(cleaned):
        return f"{number}，请写出全部数字，不用科学记数法（可能已丢失末尾数字）"
    if ROUGH.search(cleaned):
        return f"一个确切的数，不写约数或范围（单位：{unit or '无'}）"
    if rest.startswith("%"):
        return f"{number}，不带百分号"
    if rest[:1] in ("万", "亿"):
        return f"{number}，不再另写万或亿"
    if rest and not re.search("[0-9]", rest):
        return f"{number}，不写别的单位或文字"
    return f"{number}，如 1234、1,234 或 12.5"
