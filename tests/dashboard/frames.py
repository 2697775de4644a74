"""A judgement's frame, built by hand for tests of view models and charts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

NAN = float("nan")
DAY = date(2024, 5, 20)


def row(indicator: str = "a", **fields: Any) -> dict[str, Any]:
    """A row on track: 60 of 100 after two thirds of the time."""
    plain: dict[str, Any] = {
        "indicator": indicator, "indicator_name": f"指标{indicator}", "unit": "项", "direction": "increase",
        "aggregation": "own", "measure": "count", "region": "210000", "region_name": "辽宁省",
        "region_level": "province", "basis": "reported", "value": 60.0, "numerator": NAN, "denominator": NAN,
        "period": "2024Q1", "observed": date(2024, 3, 31), "baseline": 0.0, "baseline_date": date(2020, 12, 31),
        "baseline_origin": "start", "target": 100.0, "target_year": 2025, "target_day": date(2025, 12, 31),
        "comparator": ">=", "confidence": "confirmed", "target_text": "≥100项", "attainment": 0.6, "completion": 0.6,
        "time_progress": 0.65, "pace": 0.92, "verdict": "on_track", "severity": None, "reason": None,
        "reason_word": None, "word": "基本符合预期", "sign": "●", "expected": 65.0, "shortfall": 5.0,
        "needed_per_year": 24.8, "actual_per_year": 18.5, "projected": 92.3, "projected_low": 88.0,
        "projected_high": 96.6, "attained_on": date(2026, 5, 31), "falling": False, "kept": False, "disagree": False,
        "reported_regions": 1, "expected_regions": 1, "demo": False, "unreviewed": False, "units": ["省市场监管局"],
        "methods": {}, "origin": "导入文件：表.xlsx", "evidence": "", "note": "", "year_inferred": False,
    }  # fmt: skip
    return plain | fields


def lagging(indicator: str, pace: float, severity: str, **fields: Any) -> dict[str, Any]:
    told = {"verdict": "lagging", "word": "滞后于预期", "sign": "▼", "severity": severity, "pace": pace}
    return row(indicator, **{"completion": pace * 0.65, "value": pace * 65, **told, **fields})


def unfilled(indicator: str, **fields: Any) -> dict[str, Any]:
    absent = dict.fromkeys(
        ("value", "attainment", "completion", "pace", "shortfall", "actual_per_year", "projected", "projected_low",
         "projected_high", "needed_per_year"), NAN
    )  # fmt: skip
    told = {"verdict": "no_data", "word": "未填报", "sign": "－", "period": None, "observed": None, "attained_on": None}
    return row(indicator, **{**absent, **told, "origin": "", **fields})


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(rows))
