"""The policy: every limit a judgement depends on, in one object that each evaluation records."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Share = Annotated[float, Field(gt=0, le=1)]
COMPLETE_SHARE = {"sum": 1.0, "ratio": 0.8, "mean": 0.8, "max": 1.0, "min": 1.0}


class Policy(BaseModel):
    """Limits of the verdicts. Pace and shares are fractions: 0.9 is nine tenths of what the elapsed time calls for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ahead: float = Field(default=1.10, gt=0)  # pace from which a series is ahead
    on_track: float = Field(default=0.90, gt=0)  # pace from which it is on track
    severe: float = Field(default=0.60, ge=0)  # pace below which lagging is severe
    starting: float = Field(default=0.10, ge=0, le=1)  # time progress before which no pace is judged
    # One year and the time it takes to report: a yearly figure is still fresh when the next one falls due.
    stale_after_days: int = Field(default=400, ge=0)
    # Share of its regions that must have reported before an aggregate is judged. A sum, a largest or a smallest
    # value is changed by any one region that is missing; a rate or a mean hardly is.
    complete_share: dict[str, Share] = COMPLETE_SHARE
    interval: float = Field(default=0.95, gt=0, lt=1)  # level of the interval around a projected value
    # What a figure handed in may do without a word of explanation (see trackers.assessment.doubts).
    largest_change: float = Field(default=1.0, gt=0)  # since the last value, as a share of it
    largest_step: float = Field(default=20, gt=0)  # of a rate in per cent, in percentage points
    beyond_target: float = Field(default=10, gt=1)  # times the target

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if not self.severe <= self.on_track <= self.ahead:
            raise ValueError("应满足 severe ≤ on_track ≤ ahead")
        if set(self.complete_share) != set(COMPLETE_SHARE):
            raise ValueError(f"complete_share 须逐一写明 {'、'.join(COMPLETE_SHARE)}")
        return self


DEFAULT = Policy()
