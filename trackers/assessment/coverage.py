"""How much of a superior target those of lower plans add up to, where they count the same thing."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from trackers.model.wording import decimal_of


class LeftOut(StrEnum):
    """Why a lower target is not added up."""

    RATE = "rate"
    UNVERIFIED = "unverified"
    OTHER_YEAR = "other_year"
    SAME_REGION = "same_region"
    INSIDE = "inside"
    OVERLAPPING = "overlapping"

    @property
    def word(self) -> str:
        """The Chinese words for it."""
        return {
            "rate": "比率和平均数不能相加，只并列", "unverified": "目标待核实，没有计入", "other_year": "目标年份不同，没有计入",
            "same_region": "同一地区的另一份规划已经计入", "inside": "所在地区已含在计入的地区之内，没有重复计入",
            "overlapping": "与已计入的地区有一部分相同，没有计入",
        }[self.value]  # fmt: skip


class Share(NamedTuple):
    """What a lower plan sets itself: the codes of its region and of all below it, its target and for which year."""

    key: str
    regions: frozenset[str]
    target: float | None
    year: int


class Coverage(NamedTuple):
    """The sum of what is counted, its share of the superior target, what is left of it, and why others are left out.

    `share` is a fraction and `rest` in the indicator's unit, below 0 where the lower ones set themselves more; both
    are absent where the superior target is not known, and all three where nothing can be added up.
    """

    total: float | None
    share: float | None
    rest: float | None
    counted: tuple[str, ...]
    left_out: dict[str, LeftOut]


def coverage(target: float | None, year: int, shares: Sequence[Share], *, additive: bool) -> Coverage:
    """Add up the lower targets of the superior target's year, no place twice: the larger region counts.

    Of rates nothing is added up (`additive` is False): a mean of rates would be a figure that nobody reported.
    """
    left_out = {each.key: why for each in shares if (why := _unfit(each, year, additive))}
    fit = [each for each in shares if each.key not in left_out]
    counted: list[Share] = []
    for each in sorted(fit, key=lambda share: -len(share.regions)):  # stable: among equals the order stays
        if why := _twice(each, counted):
            left_out[each.key] = why
        else:
            counted.append(each)
    ordered = {each.key: left_out[each.key] for each in shares if each.key in left_out}
    if not counted:
        return Coverage(None, None, None, (), ordered)
    exact = sum((decimal_of(each.target) for each in counted), Decimal(0))  # tenths add up to a whole
    total = float(exact)
    keys = {each.key for each in counted}
    names = tuple(each.key for each in shares if each.key in keys)
    if target is None:
        return Coverage(total, None, None, names, ordered)
    rest = float(decimal_of(target) - exact)
    return Coverage(total, total / target if target > 0 else None, rest, names, ordered)


def _unfit(share: Share, year: int, additive: bool) -> LeftOut | None:
    if not additive:
        return LeftOut.RATE
    if share.year != year:
        return LeftOut.OTHER_YEAR
    return LeftOut.UNVERIFIED if share.target is None else None


def _twice(share: Share, counted: Sequence[Share]) -> LeftOut | None:
    for each in counted:
        if share.regions == each.regions:
            return LeftOut.SAME_REGION
        if share.regions <= each.regions:
            return LeftOut.INSIDE
        if share.regions & each.regions:
            return LeftOut.OVERLAPPING
    return None
