"""How a plan stands on a day: reads what is kept, lets `trackers.assessment` judge it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from trackers.assessment.aggregate import aggregate, summarise
from trackers.assessment.judge import judge, methods
from trackers.assessment.pace import expected_along
from trackers.assessment.policy import Policy
from trackers.assessment.verdict import reason_word, verdict_sign, verdict_word
from trackers.model.period import Period, day_number, day_of
from trackers.model.plan import Confidence, Plan
from trackers.model.region import RegionTree
from trackers.model.wording import number_text
from trackers.queries.places import Place, official_start, places
from trackers.queries.plans import region_tree
from trackers.store import Store

EVER = 2**62
STANDING = (
    "n", "first", "first_day", "value", "numerator", "denominator", "day", "period", "oldest_day", "previous",
    "sum_x", "sum_y", "sum_xx", "sum_xy", "sum_yy", "reported", "expected", "complete", "demo", "unreviewed",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """One question to the store: which plan, for which day, as known when."""

    store: Store
    plan: Plan
    as_of: date
    known: int

    @property
    def day(self) -> int:
        """The judgement's day as a number."""
        return day_number(self.as_of)


def opening_day(plan: Plan, today: date) -> date:
    """The day screens open at: the earlier of today and the plan's last milestone."""
    return min(today, plan.last_day)


def assess(
    store: Store,
    plan: Plan,
    as_of: date,
    *,
    region: str | None = None,
    known_at: datetime | None = None,
    policy: Policy | None = None,
) -> pd.DataFrame:
    """Judge every expected series and every aggregate of a plan on a day.

    One row each, indicators in the plan's order and the plan's own region first; see `COLUMNS` of the result
    in docs/manual. Fractions are fractions, values are in the indicator's own unit, absent is NaN or None.
    `known_at` limits the reports to those approved by that moment; `region` keeps that region's rows only.
    """
    policy = policy or Policy()
    asked = Asked(store, plan, as_of, int(known_at.timestamp()) if known_at else EVER)
    with store.reading():
        tree = region_tree(store)
        rows = [p for p in places(plan, tree, as_of) if region in (None, p.region)]
        found = pd.concat([_nothing(), *_series(asked, rows), *_aggregates(asked, rows, policy)])
    standings = _standings(plan, rows, found, as_of)
    judged = judge(standings, as_of, policy)
    return _told(plan, tree, rows, standings, judged, methods(standings, as_of), as_of)


def _nothing() -> pd.DataFrame:
    """Standings of nothing: the columns, by indicator and region."""
    keys = pd.MultiIndex.from_tuples([], names=["indicator", "region"])
    return pd.DataFrame(index=keys, columns=list(STANDING), dtype=object)


def _series(asked: Asked, rows: Sequence[Place]) -> list[pd.DataFrame]:
    """Standings of the reported series, from the maintained rows where they fit and from the log otherwise."""
    wanted = {place.key: day_number(place.cutoff) for place in rows if not place.members}
    kept = asked.store.frame("overview_standings", plan=asked.plan.id)
    cutoff = pd.Series([wanted.get(key, np.nan) for key in zip(kept["indicator"], kept["region"], strict=True)], dtype=float)
    kept, cutoff = kept[cutoff.notna()], cutoff[cutoff.notna()]
    fits = (kept["day"] <= cutoff) & (asked.known == EVER)
    found = [kept[fits], *(_from_log(asked, late, int(day)) for day, late in kept[~fits].groupby(cutoff[~fits]))]
    return [_as_standings(each) for each in found if len(each)]


def _as_standings(rows: pd.DataFrame) -> pd.DataFrame:
    series = rows.rename(columns={"first_value": "first"})
    series = series.assign(oldest_day=series["day"], reported=1, expected=1, complete=True)
    return series.set_index(["indicator", "region"])[list(STANDING)].astype(object)


def _from_log(asked: Asked, kept: pd.DataFrame, day: int) -> pd.DataFrame:
    ids = json.dumps([int(id) for id in kept["series_id"]])
    told = asked.store.frame("standings_from_log", series=ids, day=day, known=asked.known)
    return kept[["indicator", "region", "series_id"]].merge(told, on="series_id")


def _aggregates(asked: Asked, rows: Sequence[Place], policy: Policy) -> list[pd.DataFrame]:
    """Standings of the aggregates, put together from every report of their members."""
    groups: dict[str, list[Place]] = {}
    for place in rows:
        if place.members:
            groups.setdefault(place.indicator.id, []).append(place)
    if not groups:
        return []
    history = asked.store.frame("history", plan=asked.plan.id, day=asked.day, known=asked.known)
    history = history[history["indicator"].isin(list(groups))]
    reported = set(history["indicator"])
    return [_aggregates_of(history, above, policy) for id, above in groups.items() if id in reported]


def _aggregates_of(history: pd.DataFrame, above: Sequence[Place], policy: Policy) -> pd.DataFrame:
    indicator = above[0].indicator
    reports = history[(history["indicator"] == indicator.id) & (history["day"] <= day_number(above[0].cutoff))]
    points = aggregated(reports, above, policy)
    summary = summarise(points).rename_axis("region")
    marks = {place.region: reports[reports["region"].isin(place.members)] for place in above}
    summary["demo"] = [int(marks[code]["demo"].max()) for code in summary.index]
    summary["unreviewed"] = [int(marks[code]["unreviewed"].max()) for code in summary.index]
    summary["period"] = [marks[code].sort_values(["day", "period"])["period"].iloc[-1] for code in summary.index]
    return pd.concat({indicator.id: summary}, names=["indicator"])[list(STANDING)].astype(object)


def aggregated(reports: pd.DataFrame, above: Sequence[Place], policy: Policy) -> pd.DataFrame:
    """The points of one indicator's aggregates over time; `reports` are its members' reports."""
    indicator = above[0].indicator
    rule = indicator.aggregation
    scale = 100.0 if indicator.unit == "%" else 1.0
    members = {place.region: list(place.members) for place in above}
    return aggregate(reports, members, rule.value, policy.complete_share[rule.value], scale=scale)


def _standings(plan: Plan, rows: Sequence[Place], found: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The frame that `judge` takes: what was found for each row, its baseline and its target."""
    keys = pd.MultiIndex.from_arrays(
        [[place.indicator.id for place in rows], [place.region for place in rows]], names=["indicator", "region"]
    )
    frame = found.reindex(keys)
    frame[list(STANDING)] = frame[list(STANDING)].astype(float)
    frame["expected"] = [max(1, len(place.members)) for place in rows]
    frame["reported"] = frame["reported"].fillna(0).astype(int)
    frame["n"] = frame["n"].fillna(0).astype(int)
    frame["complete"] = frame["complete"] == 1
    frame["direction"] = [place.indicator.direction.value for place in rows]
    frame["keep"] = [place.indicator.keep for place in rows]
    frame["target"] = [np.nan if p.target_value is None else p.target_value for p in rows]
    frame["target_day"] = [float(day_number(place.target.day)) for place in rows]
    frame["unverified"] = [place.target.confidence is Confidence.UNVERIFIED for place in rows]
    frame["no_target"] = frame["target"].isna() & ~frame["unverified"]
    frame = _with_baselines(plan, rows, frame)
    frame["expected_override"] = _along_annual_targets(plan, rows, frame, as_of)
    return frame


def _with_baselines(plan: Plan, rows: Sequence[Place], frame: pd.DataFrame) -> pd.DataFrame:
    """Where each row starts from: official, 0 for a count, else its first report."""
    starts = [official_start(plan, place) for place in rows]
    frame["base"] = [s[0] if s else first for s, first in zip(starts, frame["first"], strict=True)]
    frame["base_day"] = [
        float(day_number(s[1])) if s else first for s, first in zip(starts, frame["first_day"], strict=True)
    ]
    frame["first_base"] = [s is None for s in starts]
    origins = zip(starts, frame["n"], strict=True)
    frame["baseline_origin"] = [s[2] if s else ("first_report" if n else None) for s, n in origins]
    return frame


def _along_annual_targets(plan: Plan, rows: Sequence[Place], frame: pd.DataFrame, as_of: date) -> pd.Series:
    """What annual targets call for on the day, for rows held to the plan's own target; NaN elsewhere."""
    points = [
        (key, float(day), value)
        for key, place in enumerate(rows)
        if place.indicator.annual_targets and place.target_value == place.target.value
        for day, value in _line(place, frame.iloc[key])
    ]
    line = pd.DataFrame(points, columns=["key", "day", "value"])
    along = expected_along(line, as_of) if points else pd.Series(dtype=float)
    return pd.Series(along.reindex(range(len(rows))).to_numpy(), index=frame.index)


def _line(place: Place, row: pd.Series) -> list[tuple[float, float]]:
    """Baseline, annual targets and target of a row as points of the line that is expected."""
    between = [
        (day_number(date(annual.year, 12, 31)), annual.value)
        for annual in place.indicator.annual_targets
        if row["base_day"] < day_number(date(annual.year, 12, 31)) < row["target_day"]
    ]
    return [(row["base_day"], row["base"]), *between, (row["target_day"], row["target"])]


def _told(
    plan: Plan, tree: RegionTree, rows: Sequence[Place], standings: pd.DataFrame, judged: pd.DataFrame,
    others: list[dict[str, Any]], as_of: date,
) -> pd.DataFrame:  # fmt: skip
    """The judged rows with everything that says what they are, in words."""
    frame = judged.assign(methods=others)
    for name in ("severity", "reason"):
        frame[name] = _words(judged[name], frame.index)
    for name in ("value", "numerator", "denominator", "target", "target_day"):
        frame[name] = standings[name].astype(float)
    frame["baseline"], frame["baseline_origin"] = standings["base"].astype(float), _words(standings["baseline_origin"], frame.index)
    frame["baseline_date"] = _words([_day(d) for d in standings["base_day"]], frame.index)
    frame["observed"] = _words([_day(d) for d in standings["day"]], frame.index)
    frame["target_day"] = [place.target.day for place in rows]
    frame["attained_on"] = _words([_day(d) for d in judged["attained_on"]], frame.index)
    frame["period"] = _words([None if pd.isna(p) else str(Period.from_number(int(p))) for p in standings["period"]], frame.index)
    frame["reported_regions"], frame["expected_regions"] = standings["reported"], standings["expected"]
    frame["demo"] = standings["demo"].fillna(0).astype(bool)
    frame["unreviewed"] = standings["unreviewed"].fillna(0).astype(bool)
    frame = frame.assign(**{name: values for name, values in _names(plan, tree, rows).items()})
    marked = zip(frame["verdict"], frame["severity"], frame["target_day"], frame["kept"], strict=True)
    frame["word"] = [verdict_word(v, s, due=as_of >= day, kept=k) for v, s, day, k in marked]
    frame["sign"] = [verdict_sign(verdict) for verdict in frame["verdict"]]
    frame["reason_word"] = _words([reason_word(reason) or None for reason in frame["reason"]], frame.index)
    return frame.reset_index(drop=True)


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


def target_text(place: Place) -> str:
    """The target as a screen writes it: ≥95%, 待核实（□0）, 无区域分解目标."""
    if place.target.confidence is Confidence.UNVERIFIED:
        return f"待核实（{place.target.shape}）" if place.target.shape else "待核实"
    if place.target_value is None:
        return "无区域分解目标"
    return f"{place.target.comparator.sign}{number_text(place.target_value, place.indicator.unit)}"


def _words(values: Iterable[Any], index: pd.Index) -> pd.Series:
    """Words or days with None where absent; left to infer a type, pandas would put NaN there."""
    listed = [None if value is None or value != value else value for value in values]
    return pd.Series(listed, index=index, dtype=object)


def _day(number: float | None) -> date | None:
    return None if number is None or pd.isna(number) else day_of(int(number))


def trend(store: Store, plan: Plan, indicator_id: str, region: str, as_of: date, policy: Policy | None = None) -> pd.DataFrame:
    """The points behind one row: day (date), value, period (text), demo, complete; oldest first."""
    policy = policy or Policy()
    with store.reading():
        tree = region_tree(store)
        place = next((p for p in places(plan, tree, as_of) if p.key == (indicator_id, region)), None)
        if place is None:
            return pd.DataFrame(columns=["day", "value", "period", "demo", "complete"])
        reports = store.frame("history", plan=plan.id, day=day_number(as_of), known=EVER)
    reports = reports[reports["indicator"] == indicator_id]
    if place.members:
        reports = reports[reports["region"].isin(place.members)]
        by_day = reports.groupby("day")[["period", "demo"]].max()
        points = aggregated(reports, [place], policy).join(by_day, on="day")
    else:
        points = reports[reports["region"] == region].assign(complete=True)
    return pd.DataFrame(
        {
            "day": [day_of(day) for day in points["day"]],
            "value": points["value"].astype(float).tolist(),
            "period": [str(Period.from_number(period)) for period in points["period"]],
            "demo": points["demo"].astype(bool).tolist(),
            "complete": points["complete"].astype(bool).tolist(),
        }
    )
