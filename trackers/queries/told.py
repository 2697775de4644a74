"""The judged rows of a plan with everything that says what they are, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import pandas as pd

from trackers.assessment.verdict import reason_word, verdict_sign, verdict_word
from trackers.model.period import Period, day_of
from trackers.model.plan import Confidence, Plan
from trackers.model.region import RegionTree
from trackers.model.wording import number_text
from trackers.queries.places import Place


def told(
    plan: Plan, tree: RegionTree, rows: Sequence[Place], standings: pd.DataFrame, judged: pd.DataFrame, as_of: date
) -> pd.DataFrame:
    """One row for each of `rows`: its names, figures, target, judgement, and the judgement in words."""
    parts = [_names(plan, tree, rows), _figures(standings), _judgement(judged), _words(rows, judged, as_of)]
    columns = {name: column for part in parts for name, column in part.items()}
    return pd.DataFrame({name: _column(values) for name, values in columns.items()})


def _names(plan: Plan, tree: RegionTree, rows: Sequence[Place]) -> dict[str, list[Any]]:
    units = {indicator.id: plan.units_for(indicator) for indicator in plan.indicators}
    return {
        "indicator": [p.indicator.id for p in rows],
        "indicator_name": [p.indicator.name for p in rows],
        "unit": [p.indicator.unit for p in rows],
        "direction": [p.indicator.direction.value for p in rows],
        "aggregation": [p.indicator.aggregation.value for p in rows],
        "measure": [p.indicator.measure.value for p in rows],
        "region": [p.region for p in rows],
        "region_name": [tree[p.region].name for p in rows],
        "region_level": [tree[p.region].level.value for p in rows],
        "basis": ["aggregate" if p.members else "reported" for p in rows],
        "target_year": [p.target.year for p in rows],
        "comparator": [p.target.comparator.value for p in rows],
        "confidence": [p.target.confidence.value for p in rows],
        "target_text": [target_text(p) for p in rows],
        "units": [units[p.indicator.id] for p in rows],
    }


def _figures(standings: pd.DataFrame) -> dict[str, Any]:
    numbers = {name: standings[name].astype(float) for name in ("value", "numerator", "denominator", "target")}
    return numbers | {
        "baseline": standings["base"].astype(float),
        "baseline_origin": _maybe(standings["baseline_origin"], str),
        "baseline_date": _maybe(standings["base_day"], day_of),
        "observed": _maybe(standings["day"], day_of),
        "period": _maybe(standings["period"], lambda number: str(Period.from_number(number))),
        "reported_regions": standings["reported"],
        "expected_regions": standings["expected"],
        "demo": standings["demo"].fillna(0).astype(bool),
        "unreviewed": standings["unreviewed"].fillna(0).astype(bool),
    }


def _judgement(judged: pd.DataFrame) -> dict[str, Any]:
    absent = {name: _maybe(judged[name], str) for name in ("severity", "reason")}
    return {name: judged[name] for name in judged.columns} | absent | {"attained_on": _maybe(judged["attained_on"], day_of)}


def _words(rows: Sequence[Place], judged: pd.DataFrame, as_of: date) -> dict[str, list[Any]]:
    said = list(zip(judged["verdict"], judged["severity"], judged["reason"], judged["kept"], rows, strict=True))
    return {
        "target_day": [row.target.day for row in rows],
        "word": [verdict_word(v, s or None, due=as_of >= p.target.day, kept=k) for v, s, _, k, p in said],
        "sign": [verdict_sign(verdict) for verdict, *_ in said],
        "reason_word": [reason_word(reason) or None for _, _, reason, _, _ in said],
    }


def _maybe(values: Iterable[Any], told: Callable[[Any], Any]) -> list[Any]:
    """Each value in its form for people, None where absent."""
    return [None if value is None or value != value else told(value) for value in values]


def _column(values: Any) -> pd.Series:
    """A column by position; left to infer a type, pandas would put NaN in the place of None."""
    return pd.Series(values, dtype=object) if isinstance(values, list) else values.reset_index(drop=True)


def target_text(place: Place) -> str:
    """The target as a screen writes it: ≥95%, 待核实（□0）, 无区域分解目标."""
    if place.target.confidence is Confidence.UNVERIFIED:
        return f"待核实（{place.target.shape}）" if place.target.shape else "待核实"
    if place.target_value is None:
        return "无区域分解目标"
    return f"{place.target.comparator.sign}{number_text(place.target_value, place.indicator.unit)}"
