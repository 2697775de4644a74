"""Published progress: a figure a public source reports, with how far it bears on a plan's indicator."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import Field, field_validator, model_validator

from trackers.errors import FigureError
from trackers.model.period import Period
from trackers.model.plan import Identifier, Name, Part


class PublishedFigure(Part):
    """One published figure for (plan, indicator, region, period), in the indicator's unit.

    `judged` is false where it counts something else than the target or conflicts with another source;
    `remark` then says why.
    """

    plan: Identifier
    indicator: Identifier
    region: str  # code
    period: str  # a period or the day it speaks of, e.g. 2016 or 2024-05-20
    value: float = Field(strict=True, allow_inf_nan=False)
    unit: str
    name: Name  # what the source calls it
    address: str  # where it was read
    confidence: Name  # how many sources, and of what kind
    judged: bool = Field(strict=True)
    remark: str = ""

    @field_validator("period")
    @classmethod
    def _readable(cls, text: str) -> str:
        try:
            return str(Period.parse(text))
        except FigureError as error:
            raise ValueError(str(error)) from None

    @field_validator("address")
    @classmethod
    def _followable(cls, address: str) -> str:
        if not address.startswith(("http://", "https://")):
            raise ValueError(f"读到“{address}”，应为 http:// 或 https:// 开头的网址")
        return address

    @model_validator(mode="after")
    def _excused(self) -> Self:
        if not self.judged and not self.remark:
            raise ValueError("不参与判断（judged = false）的公布数据须在 remark 写明原因")
        return self

    @property
    def observed(self) -> date:
        """The day the figure speaks of: the last of its period."""
        return Period.parse(self.period).end
