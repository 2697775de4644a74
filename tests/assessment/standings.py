"""Standings and histories built for the tests of the judgement."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from trackers.assessment.aggregate import alone, summarise
from trackers.assessment.judge import judge
from trackers.assessment.policy import DEFAULT, Policy
from trackers.model.period import day_number

START, END = "2020-12-31", "2025-12-31"


def number(day: str) -> float:
    return float(day_number(date.fromisoformat(day)))


def standing(value: float | None = 50, day: str = "2023-06-30", **fields: object) -> pd.DataFrame:
    """One row with a single value: 0 → 100 from the end of 2020 to the end of 2025 unless told otherwise."""
    present = value is not None
    x, y = (number(day) - number("2020-01-01"), float(value)) if present else (0.0, 0.0)
    row = {
        "direction": "increase", "base": 0.0, "base_day": number(START), "first_base": False,
        "n": int(present), "value": y if present else np.nan, "day": number(day) if present else np.nan,
        "oldest_day": number(day) if present else np.nan, "previous": np.nan,
        "sum_x": x, "sum_y": y, "sum_xx": x * x, "sum_xy": x * y, "sum_yy": y * y,
        "target": 100.0, "target_day": number(END), "unverified": False, "no_target": False,
        "complete": True, "keep": False, "expected_override": np.nan,
    }  # fmt: skip
    return pd.DataFrame([{**row, **fields}])


def judged(frame: pd.DataFrame, as_of: str = "2023-06-30", policy: Policy = DEFAULT) -> pd.Series:
    """The judgement of the only row."""
    return judge(frame, date.fromisoformat(as_of), policy).iloc[0]


def reports(values: dict[str, float], series: str = "a") -> pd.DataFrame:
    """Reports of one series by day."""
    rows = [(series, number(day), value, np.nan, np.nan) for day, value in values.items()]
    return pd.DataFrame(rows, columns=["series", "day", "value", "numerator", "denominator"])


def followed(values: dict[str, float], as_of: str, **fields: object) -> pd.DataFrame:
    """Standings of a series by its reports up to a day, its first report the baseline unless told otherwise."""
    history = reports(values)
    summary = summarise(alone(history[history["day"] <= number(as_of)]))
    row = {
        "direction": "increase", "base": summary["first"], "base_day": summary["first_day"], "first_base": True,
        "target": 100.0, "target_day": number(END), "unverified": False, "no_target": False,
    }  # fmt: skip
    return summary.assign(**{**row, **fields})
