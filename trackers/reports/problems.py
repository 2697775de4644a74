"""Parts 6 and 7: what is behind and by how much, and what follows from the figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from trackers.assessment.verdict import Verdict
from trackers.model.plan import EvaluationKind, Plan
from trackers.model.wording import gap_text
from trackers.reports.figures import Row
from trackers.reports.outline import Problem
from trackers.reports.overview import BEHIND, order_sentence
from trackers.reports.sentences import (
    listed,
    other_methods_phrase,
    pace_needed_phrase,
    place_name,
    progress_sentence,
    projected_phrase,
    shortfall_phrase,
)

Causes = Mapping[tuple[str, str], str]  # by (indicator, region), what the voices of an evaluation say


def problems(rows: Sequence[Row], as_of: date, home: str, causes: Causes | None = None) -> list[Problem]:
    """Every row that lags, is missed or moves away from its target; the plan's own region first."""
    behind = [row for row in rows if row.verdict in BEHIND]
    behind.sort(key=lambda row: row.region != home)  # stable: indicators keep the plan's order
    told = [(row, _reason(row, (causes or {}).get((row.indicator, row.region), ""))) for row in behind]
    return [Problem(row=row, sentences=_about(row, as_of, home, reason), reason=reason) for row, reason in told]


def _reason(row: Row, cause: str) -> str:
    return "；".join(part for part in (f"填报时的说明：{row.note}" if row.note else "", cause) if part)


def _about(row: Row, as_of: date, home: str, reason: str) -> tuple[str, ...]:
    phrases = [shortfall_phrase(row, as_of), pace_needed_phrase(row, as_of), projected_phrase(row, as_of)]
    phrases += ["较上一次填报下降" if row.falling else "", other_methods_phrase(row)]
    measured = "；".join(phrase for phrase in phrases if phrase)
    units = f"责任单位：{'、'.join(row.units)}。" if row.units else "文件未写明责任单位。"
    said = f"{reason.rstrip('。')}。" if reason else "原因尚未填报。"
    return progress_sentence(row, as_of, home), *([f"{measured}。"] if measured else []), units + said


def problem_intro(rows: Sequence[Row], found: Sequence[Problem], home: str) -> list[str]:
    """How many rows are behind; what is missing, stale, falling, or judged differently by other methods."""
    if not rows:
        return ["本规划没有数量指标，没有可以据以指出滞后的数字。"]
    own = sum(problem.row.region == home for problem in found)
    judged = "在能够判断的指标和地区数据中，没有滞后于预期、背离目标或未实现的。"
    if found:
        far = len(found) - own
        judged = f"规划的指标中有{own}项、各地区的数据中有{far}个滞后于预期、背离目标或未实现。"
    said = [judged]
    said += _list("数据过期", [row for row in rows if row.verdict == Verdict.STALE], home)
    said += _list("汇总数据不全", [row for row in rows if row.partial], home)
    said += _list("较上一次填报下降而未判为滞后", [r for r in rows if r.falling and r.verdict not in BEHIND], home)
    differing = [row for row in rows if row.disagree and row.region == home and row.verdict not in BEHIND]
    said += [f"{row.indicator_name}：{other_methods_phrase(row)}。" for row in differing]
    return said


def _list(words: str, rows: Sequence[Row], home: str) -> list[str]:
    if not rows:
        return []
    return [f"{words}的有{len(rows)}个：{listed([place_name(row, home) for row in rows])}。"]


def suggestions(
    plan: Plan, kind: EvaluationKind, rows: Sequence[Row], as_of: date, unrated: tuple[int, int] | None = None
) -> list[str]:
    """What follows from the figures and from what the document itself orders.

    `unrated` is how many goals and tasks nobody has rated; all of them unless told.
    """
    home = [row for row in rows if row.region == plan.region]
    said = [*_verify(home), *_report(plan, rows), *_replace(rows), *_speed(home, as_of), *_explain(home)]
    if not plan.indicators:
        said.append("本规划没有数量指标。建议由责任单位填报重点任务进展，由评估人员对定性目标评级；不补设数字。")
    elif not said:
        said.append("按现有数据，没有需要补报、核实或加快的指标。")
    goals, tasks = unrated or (len(plan.goals), len(plan.tasks))
    if plan.goals and plan.indicators and (goals or tasks):
        said.append(f"{goals}项定性目标和{tasks}项重点任务的进展尚未填报，建议由责任单位补报、评估人员评级。")
    return [*said, _route(plan, kind)]


def _verify(rows: Sequence[Row]) -> list[str]:
    unverified = [f"{row.indicator_name}（{row.target_text}）" for row in rows if row.confidence == "unverified"]
    secondary = [row.indicator_name for row in rows if row.confidence == "secondary"]
    said = [f"目标值待核实的{len(unverified)}项，建议查对文件原件后确认：{listed(unverified)}。"] if unverified else []
    if secondary:
        said.append(f"目标值仅见于另一来源的{len(secondary)}项，建议查对文件原件：{listed(secondary)}。")
    return said


def _report(plan: Plan, rows: Sequence[Row]) -> list[str]:
    """Who should report what: by indicator, naming the regions."""
    missing: dict[str, list[str]] = {}
    for row in rows:
        if row.basis == "reported" and row.value is None:
            missing.setdefault(row.indicator_name, []).append(row.region_name)
    same: dict[tuple[str, ...], list[str]] = {}
    for name, regions in missing.items():
        same.setdefault(tuple(regions), []).append(name)
    said = [f"建议{listed(list(regions))}补报：{listed(names)}。" for regions, names in same.items()]
    stale = [place_name(row, plan.region) for row in rows if row.verdict == Verdict.STALE and row.basis == "reported"]
    return said + ([f"建议更新过期数据：{listed(stale)}。"] if stale else [])


def _replace(rows: Sequence[Row]) -> list[str]:
    demo = sum(row.demo for row in rows if row.basis == "reported")
    raw = sum(row.unreviewed and not row.demo for row in rows if row.basis == "reported")
    said = [f"有{demo}个演示数据，建议以真实填报替换后重新评估。"] if demo else []
    return said + ([f"有{raw}个数据未经复核，建议复核后再作结论。"] if raw else [])


def _speed(rows: Sequence[Row], as_of: date) -> list[str]:
    behind = [row for row in rows if row.verdict in (Verdict.LAGGING, Verdict.REGRESSING)]
    paced = [(row, pace_needed_phrase(row, as_of)) for row in behind]
    return [
        f"{row.indicator_name}{'（演示数据）' if row.demo else ''}要如期达到目标，{phrase}；{_whose(row)}。"
        for row, phrase in paced
        if phrase
    ]


def _whose(row: Row) -> str:
    if not row.units:
        return "文件未写明责任单位，建议先行明确"
    return f"建议{listed(list(row.units))}据此安排"


def _explain(rows: Sequence[Row]) -> list[str]:
    missed = [row for row in rows if row.verdict == Verdict.MISSED]
    return [
        f"{row.indicator_name}{'（演示数据）' if row.demo else ''}到期未实现，差{gap_text(row.shortfall, row.unit)}，"
        f"建议说明原因和后续安排。"
        for row in missed
    ]


def _route(plan: Plan, kind: EvaluationKind) -> str:
    """How the document lets a target be changed; said whether or not a change is wanted."""
    bodies = [order.approval for order in plan.evaluations if order.kind is kind and order.approval]
    if bodies:
        return f"{order_sentence(plan, kind)}确需调整目标的，按文件规定报{'、'.join(bodies)}批准。"
    return f"{order_sentence(plan, kind)}所录文件未写明调整目标的批准机关，调整须另有批准文件。"
