"""The judgement: standings in, a verdict with its evidence out. The order of the verdicts stands in `_verdicts`."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from trackers.assessment import trend
from trackers.assessment.cagr import Cagr, cagr
from trackers.assessment.compare import Flags, Floats, Words, at_least, below, everywhere, first_of
from trackers.assessment.loose import loose_standings, read_cases
from trackers.assessment.pace import (
    actual_per_year,
    attainment,
    completion,
    expected,
    needed_per_year,
    pace,
    shortfall,
    time_progress,
)
from trackers.assessment.policy import DEFAULT, Policy
from trackers.assessment.projection import Projection, projection
from trackers.assessment.standing import Standing, numbers
from trackers.assessment.verdict import CagrStatus, ProjectionStatus, Reason, Severity, Verdict
from trackers.model.period import day_number

ZERO_AS = 0.001  # what the published `cagr` method puts in the place of a base or target of 0
EVIDENCE = (
    "attainment", "completion", "time_progress", "pace", "verdict", "severity", "reason", "expected", "shortfall",
    "needed_per_year", "actual_per_year", "projected", "projected_low", "projected_high", "attained_on", "falling",
    "kept", "disagree",
)  # fmt: skip
SUMS = ("n", "sum_x", "sum_y", "sum_xx", "sum_xy", "sum_yy")


def judge(standings: pd.DataFrame, as_of: date, policy: Policy = DEFAULT) -> pd.DataFrame:
    """Judge every series and aggregate on a day; same index, columns `EVIDENCE`.

    `standings` has one row each; days count from 1970-01-01, absent is NaN:
    direction ("increase" or "decrease") · base, base_day, first_base (the baseline is the first report) ·
    n, value, day, previous: how many approved values are used, the latest, its day, the one before ·
    oldest_day (of an aggregate's members; else day), complete (enough of them have reported) ·
    sum_x … sum_yy: sums over the values, x in days since 2020-01-01 · target, target_day, unverified, no_target
    (a region without its share of a sum) · keep, expected_override (along annual targets), both optional.
    Values observed after the target's day are left out by the caller.

    Fractions are fractions, amounts in the indicator's own unit (a year), `attained_on` a day; absent is NaN, an
    absent severity or reason None. For a kept target `completion` is the bare formula and says nothing of how
    well it is kept; pace is absent. Source: the plans' own mid-term evaluations (时序进度). Raises ValueError
    where a value was observed after `as_of`.
    """
    return _judge(standings, _days(standings, as_of), policy)


def methods(standings: pd.DataFrame, as_of: date) -> list[dict[str, dict[str, Any]]]:
    """What the other published methods say of the same rows, in their order.

    Each is {"cagr": {"ratio", "status", "reason"}, "projection": {"q", "status", "reason"}}; absent is None.
    Takes and refuses what `judge` does; growth runs from the baseline to the day the value was observed.
    """
    standing = Standing.read(standings, _days(standings, as_of))
    growth, carried = _methods(standing)
    return [
        {
            "cagr": {"ratio": _number(ratio), "status": str(status), "reason": _text(note)},
            "projection": {"q": _number(q), "status": str(said), "reason": None},
        }
        for ratio, status, note, q, said in zip(*growth, *carried, strict=True)
    ]


def judge_loose(cases: pd.DataFrame) -> list[dict[str, Any]]:
    """Judge loose series by all three methods, each on 31 December of the year of its value.

    Columns id, direction, base_year, base, year, value, target_year, target, limit (of `cagr` without a target), as text
    or numbers, empty where absent. One record a row: id, linear, cagr, projection; absent is None. `linear` has
    a `reason` where nothing could be determined, `cagr` a `note` where there is no ratio or a 0 was replaced by 0.001.
    Raises FigureError naming row, column and what was read.
    """
    read = read_cases(cases)
    frame, now = loose_standings(read)
    points = Standing.read(frame, now).points
    growth = cagr(*points, limit=numbers(read, "limit"), zero_as=ZERO_AS)
    judged = _judge(frame, now, DEFAULT)
    rows = zip(read["id"], judged.to_dict("records"), *growth, *projection(*points), strict=True)
    return [
        {
            "id": id,
            "linear": _linear(row),
            "cagr": {"ratio": _number(ratio), "status": str(status)} | ({"note": Reason(note).word} if note else {}),
            "projection": {"q": _number(q), "status": str(said)},
        }
        for id, row, ratio, status, note, q, said in rows
    ]


def _linear(row: dict[Any, Any]) -> dict[str, Any]:
    figures = {name: _number(row[name]) for name in ("completion", "time_progress", "pace")}
    said = figures | {"verdict": row["verdict"], "severity": row["severity"]}
    return said | ({"reason": row["reason"]} if row["reason"] else {})


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _text(word: str | None) -> str | None:
    return None if word is None else str(word)


def _days(standings: pd.DataFrame, as_of: date) -> Floats:
    """The judgement's day for every row, once it is sure that nothing observed later is among them."""
    day = float(day_number(as_of))
    if (numbers(standings, "day") > day).any():
        raise ValueError(f"a value was observed after {as_of}, the day of the judgement")
    return np.full(len(standings), day)


def _judge(standings: pd.DataFrame, now: Floats, policy: Policy) -> pd.DataFrame:
    index, standings = standings.index, standings.set_axis(pd.RangeIndex(len(standings)))  # which is quicker to look into
    s = Standing.read(standings, now)
    figures = _figures(s)
    verdict, severity, reason = _verdicts(s, figures, policy)
    words = {"verdict": verdict, "severity": severity, "reason": reason}
    found = (
        figures
        | {name: pd.Series(each.text, index=index, dtype=object) for name, each in words.items()}
        | _trend(s, standings, policy)
        | {"falling": s.fallen, "kept": s.kept, "disagree": _disagree(verdict, *_methods(s))}
    )
    return pd.DataFrame({name: found[name] for name in EVIDENCE}, index=index, copy=False)


def _figures(s: Standing) -> dict[str, Floats]:
    """The figures of the linear method; a first report alone has attainment and nothing else."""
    run = (s.start, s.base_day, s.seen, s.now, s.target, s.target_day, s.along)
    called_for = expected(s.start, s.base_day, s.now, s.target, s.target_day, s.along, s.kept)
    return {
        "attainment": attainment(s.sign, s.seen, s.target),
        "completion": completion(s.start, s.seen, s.target),
        "time_progress": time_progress(s.base_day, s.now, s.target_day),
        "pace": np.where(s.kept, np.nan, pace(*run)),
        "expected": called_for,
        "shortfall": shortfall(s.sign, called_for, s.seen),
        "needed_per_year": needed_per_year(s.sign, s.seen, s.now, s.target, s.target_day),
        "actual_per_year": actual_per_year(s.start, s.base_day, s.seen, s.day),
    }


def _trend(s: Standing, standings: pd.DataFrame, policy: Policy) -> dict[str, Floats]:
    line = trend.fit(*(numbers(standings, name) for name in SUMS))
    value, low, high = trend.projected(line, s.target_day, policy.interval)
    reached = trend.attained_on(line, s.sign, s.target, s.now, s.met | ~s.complete)
    return {"projected": value, "projected_low": low, "projected_high": high, "attained_on": reached}


def _verdicts(s: Standing, figures: dict[str, Floats], policy: Policy) -> tuple[Words, Words, Words]:
    """Verdict, severity and reason: the first case that applies, so this list is the order of the verdicts."""
    done, passed, speed = figures["completion"], figures["time_progress"], figures["pace"]
    cases: list[tuple[Flags, Verdict, Severity | None, Reason | None]] = [
        (s.unverified, Verdict.UNVERIFIED_TARGET, None, None),
        (np.isnan(s.value), Verdict.NO_DATA, None, None),
        (~s.complete, Verdict.UNDETERMINED, None, Reason.INCOMPLETE),
        (s.no_target, Verdict.UNDETERMINED, None, Reason.NO_REGIONAL_TARGET),
        (np.isnan(s.target), Verdict.UNDETERMINED, None, Reason.NO_TARGET),
        (s.met, Verdict.ACHIEVED, None, None),
        (s.due, Verdict.MISSED, None, None),
        (s.now - s.oldest_day > policy.stale_after_days, Verdict.STALE, None, None),
        (s.first_report_only, Verdict.UNDETERMINED, None, Reason.FIRST_REPORT_ONLY),
        (np.isnan(s.base), Verdict.UNDETERMINED, None, Reason.NO_BASELINE),
        (s.kept & s.away, Verdict.REGRESSING, None, None),
        (s.kept, Verdict.LAGGING, Severity.MILD, None),
        (below(passed, policy.starting), Verdict.STARTING, None, None),
        (below(s.sign * s.seen, s.sign * s.base), Verdict.REGRESSING, None, None),
        (np.isnan(speed), Verdict.UNDETERMINED, None, Reason.NO_EXPECTED_CHANGE),
        (at_least(speed, policy.ahead), Verdict.AHEAD, None, None),
        (at_least(speed, policy.on_track), Verdict.ON_TRACK, None, None),
        (at_least(speed, policy.severe), Verdict.LAGGING, Severity.MILD, None),
        (~np.isnan(done), Verdict.LAGGING, Severity.SEVERE, None),
    ]
    verdict = first_of([(applies, word) for applies, word, _, _ in cases])
    severity = Words(verdict.code, (*(word for _, _, word, _ in cases), None))
    reason = Words(verdict.code, (*(word for _, _, _, word in cases), None))
    return verdict, severity, reason


def _methods(s: Standing) -> tuple[Cagr, Projection]:
    """The other methods; of a row that may not be judged they say nothing, and why."""
    points = s.points
    growth = cagr(*points, limit=np.full(len(s.now), np.nan))
    barred = first_of(
        [
            (s.unverified, Reason.UNVERIFIED_TARGET),
            (~np.isnan(s.value) & ~s.complete, Reason.INCOMPLETE),
            (s.no_target, Reason.NO_REGIONAL_TARGET),
            (np.isnan(s.target), Reason.NO_TARGET),
        ]
    )
    free = ~np.isnan(s.target) & (np.isnan(s.value) | s.complete)
    ratio = np.where(free, growth.ratio, np.nan)
    status = growth.status.where(free, everywhere(CagrStatus.NOT_AVAILABLE, free))
    return Cagr(ratio, status, growth.note.where(free, barred)), projection(*points)


def _disagree(verdict: Words, growth: Cagr, carried: Projection) -> Flags:
    """Whether one method says that progress suffices and another that it does not; silence is no opinion."""
    enough = (
        verdict.among(Verdict.ACHIEVED, Verdict.AHEAD, Verdict.ON_TRACK)
        | growth.status.among(CagrStatus.TARGET_ACHIEVED, CagrStatus.SUBSTANTIAL)
        | carried.status.among(ProjectionStatus.MET, ProjectionStatus.ON_TRACK)
    )
    short = (
        verdict.among(Verdict.LAGGING, Verdict.REGRESSING, Verdict.MISSED)
        | growth.status.among(CagrStatus.MODERATE, CagrStatus.LIMITED, CagrStatus.DETERIORATION)
        | carried.status.among(ProjectionStatus.FAIR, ProjectionStatus.STAGNANT)
    )
    return np.asarray(enough & short)
