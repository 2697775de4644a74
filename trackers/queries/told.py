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
    """What the plan and the tree say of each row; it is put in words once for an indicator or a region."""
    first = {place.indicator.id: place for place in rows}
    of_indicator = {id: _of_indicator(plan, place) for id, place in first.items()}
    regions = {code: tree[code] for code in {place.region for place in rows}}
    names = {code: (region.name, region.level.value) for code, region in regions.items()}
    targets = {(place.indicator.id, place.target_value): place for place in rows}
    texts = {key: target_text(place) for key, place in targets.items()}
    ids = [place.indicator.id for place in rows]
    told: dict[str, list[Any]] = {
        "region": [p.region for p in rows],
        "region_name": [names[p.region][0] for p in rows],
        "region_level": [names[p.region][1] for p in rows],
        "basis": ["aggregate" if p.members else "reported" for p in rows],
        "target_text": [texts[id, p.target_value] for id, p in zip(ids, rows, strict=True)],
    }
    told |= {name: [of_indicator[id][name] for id in ids] for name in OF_INDICATOR}
    return {name: told[name] for name in NAMES}


NAMES = (
    "indicator", "indicator_name", "unit", "direction", "aggregation", "measure", "region", "region_name", "region_level",
    "basis", "target_year", "comparator", "confidence", "target_text", "units",
)  # fmt: skip
OF_INDICATOR = (
    "indicator", "indicator_name", "unit", "direction", "aggregation", "measure", "target_year", "comparator", "confidence",
    "units",
)  # fmt: skip


def _of_indicator(plan: Plan, place: Place) -> dict[str, Any]:
    """What all rows of an indicator have in common: on one day they head for one target."""
    indicator, target = place.indicator, place.target
    return {
        "indicator": indicator.id, "indicator_name": indicator.name, "unit": indicator.unit,
        "direction": indicator.direction.value, "aggregation": indicator.aggregation.value,
        "measure": indicator.measure.value, "target_year": target.year, "comparator": target.comparator.value,
        "confidence": target.confidence.value, "units": plan.units_for(indicator),
    }  # fmt: skip


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
    due = [as_of >= row.target.day for row in rows]
    said = list(zip(judged["verdict"], judged["severity"], judged["kept"], due, strict=True))
    words = {each: verdict_word(each[0], each[1] or None, due=each[3], kept=each[2]) for each in set(said)}
    signs = {verdict: verdict_sign(verdict) for verdict in set(judged["verdict"])}
    reasons = {reason: reason_word(reason) or None for reason in set(judged["reason"])}
    return {
        "target_day": [row.target.day for row in rows],
        "word": [words[each] for each in said],
        "sign": [signs[verdict] for verdict in judged["verdict"]],
        "reason_word": [reasons[reason] for reason in judged["reason"]],
    }


def _maybe(values: Iterable[Any], told: Callable[[Any], Any]) -> list[Any]:
    """Each value in its form for people, None where absent."""
    there = values.tolist() if isinstance(values, pd.Series) else list(values)
    known = {value: told(value) for value in set(there) if value is not None and value == value}
    return [known.get(value) for value in there]


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
