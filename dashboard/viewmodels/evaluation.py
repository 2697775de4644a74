"""评估: the list of evaluations, what is missing, judged rows with what each voice says, findings, spot checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.viewmodels import words
from dashboard.viewmodels.review import person
from trackers.actions.findings import SCALES
from trackers.assessment.score import Score
from trackers.assessment.verdict import Verdict
from trackers.model.account import Actor
from trackers.model.evaluation import Evaluation, EvaluationState, StepKind
from trackers.model.finding import Cause, Finding, GoalGrade, Place, SpotCheck, Subject, Voice
from trackers.model.plan import Plan
from trackers.model.rights import Permission, Rights
from trackers.model.wording import MISSING, computed_text, date_text, moment_text, number_text, percent_text
from trackers.queries.evaluations import CONCERNED, speaks_beside
from trackers.reports.compared import Moved
from trackers.reports.make import Form

SECTIONS = {"rows": "判定结果", "findings": "评估意见", "checks": "抽查核实", "report": "报告", "steps": "办理"}
AGREES = "同意计算的判定"
GOAL_SCALE = [f"{grade.word}：{grade.meaning}" for grade in GoalGrade]
Names = Mapping[str, str]  # of regions, by code


def label(about: Evaluation) -> str:
    """An evaluation where one is chosen, by what never changes of it: 1　中期评估（截至2016年12月31日）."""
    return f"{about.id}　{about.name}"


def is_public(about: Evaluation) -> bool:
    """Whether anybody may read its public page."""
    return about.state is EvaluationState.PUBLISHED


def listed(found: Sequence[Evaluation]) -> pd.DataFrame:
    """The evaluations of a plan as a table."""
    return pd.DataFrame(
        {
            "编号": [each.id for each in found],
            "种类": [each.kind.word for each in found],
            "截止日": [each.cutoff for each in found],
            "状态": [each.state.word for each in found],
            "冻结时间": [moment_text(each.freezing.at.isoformat()) if each.freezing else MISSING for each in found],
            "冻结数据的摘要": [each.digest or MISSING for each in found],
        }
    )


def steps(about: Evaluation) -> list[str]:
    """What was done with an evaluation, oldest first, a line each."""
    return [
        f"{moment_text(step.at.isoformat())}　{person(step.by_name)} {step.kind.word}"
        + (f"；理由：{step.reason}" if step.reason else "") + (f"；摘要 {step.digest}" if step.digest else "")
        for step in about.steps
    ]  # fmt: skip


def may_do(about: Evaluation, plan: Plan, rights: Rights) -> list[StepKind]:
    """The steps that the person may take now."""
    needed = {StepKind.PUBLISHED: Permission.PUBLISH, StepKind.WITHDRAWN: Permission.PUBLISH}
    return [
        kind for kind in StepKind
        if kind in about.state.next and rights.may(needed.get(kind, Permission.EVALUATE), plan.region, plan)
    ]  # fmt: skip


def voices(about: Evaluation, plan: Plan, rights: Rights, by: Actor, region: str) -> list[Voice]:
    """In whose voice the person may write of the region now."""
    allowed = {
        Voice.SELF: rights.may(Permission.ENTER, region, plan),
        Voice.EVALUATOR: rights.may(Permission.EVALUATE, plan.region, plan),
        Voice.THIRD_PARTY: rights.operator or speaks_beside(rights, about, plan, by),
    }
    return [voice for voice in Voice if allowed[voice] and about.state.takes_findings]


def may_check(about: Evaluation, plan: Plan, rights: Rights, by: Actor) -> bool:
    """Whether the person may take figures out for a check now."""
    found = voices(about, plan, rights, by, plan.region)
    return Voice.EVALUATOR in found or Voice.THIRD_PARTY in found


def sees_all(about: Evaluation, plan: Plan, rights: Rights, by: Actor) -> bool:
    """Whether the person may see the whole evaluation, and so have its report made."""
    concerned = any(rights.may(each, plan.region, plan) for each in CONCERNED)
    return rights.sees_whole(plan) or concerned or speaks_beside(rights, about, plan, by)


def forms(about: Evaluation, plan: Plan, rights: Rights, by: Actor) -> dict[str, str]:
    """The forms of report that the person may have made: without the whole, that of a region alone."""
    return {form.value: form.word for form in Form if form is Form.REGION or sees_all(about, plan, rights, by)}


def earlier(found: Iterable[Evaluation], about: Evaluation) -> dict[int, str]:
    """The frozen evaluations of the plan with which this one can be compared, where one is chosen."""
    return {each.id: label(each) for each in found if each.id != about.id and each.state.is_frozen}


def moves_table(moves: Iterable[Moved]) -> pd.DataFrame:
    """What moved from one evaluation to another, in words as the report has them."""
    rows = list(moves)
    return pd.DataFrame(
        {
            "指标": [each.name for each in rows],
            "当时的目标": [each.target_then or MISSING for each in rows],
            "现在的目标": [each.target_now or MISSING for each in rows],
            "当时的值": [number_text(each.value_then, each.unit) for each in rows],
            "现在的值": [number_text(each.value_now, each.unit) for each in rows],
            "当时完成率": [percent_text(each.completion_then) for each in rows],
            "现在完成率": [percent_text(each.completion_now) for each in rows],
            "当时的判定": [each.verdict_then or MISSING for each in rows],
            "现在的判定": [each.verdict_now or MISSING for each in rows],
            "变化": [each.moved for each in rows],
            "标注": [words.DEMO if each.demo else "" for each in rows],
        }
    )


def counting(findings: Iterable[Finding]) -> dict[tuple[Place, Voice], Finding]:
    """The finding of each voice that counts, by what it is about."""
    return {(each.place, each.voice): each for each in findings if each.counts}


def grade_text(finding: Finding) -> str:
    """The grade in words; of an indicator that is left as computed: 同意计算的判定."""
    return SCALES[finding.subject].get(finding.grade, AGREES)


def voice_text(voice: Voice) -> str:
    """In whose name a finding is written."""
    return voice.word


def cause_text(cause: Cause | None) -> str:
    """A cause of the short list where one is chosen."""
    return cause.word if cause else "（不选）"


def brief(finding: Finding | None) -> str:
    """A finding in a cell of a table; empty where there is none."""
    if finding is None:
        return ""
    cause = finding.cause.word if finding.cause else ""
    return "；".join(part for part in (grade_text(finding), cause, finding.explained, finding.suggestion) if part)


def rows_table(rows: pd.DataFrame, findings: Iterable[Finding]) -> pd.DataFrame:
    """Judged rows with what each voice says beside the computed verdict."""
    said, records = counting(findings), rows.to_dict("records")
    places = [Place(Subject.INDICATOR, row["indicator"], row["region"]) for row in records]
    columns: dict[str, list[Any]] = {
        "判定": [words.label(row) for row in records],
        "指标": [row["indicator_name"] for row in records],
        "地区": [row["region_name"] for row in records],
        "现值": [number_text(row["value"], row["unit"]) for row in records],
        "目标": [row["target_text"] for row in records],
        "标注": [words.marks(row) for row in records],
    }
    columns |= {voice.word: [brief(said.get((place, voice))) for place in places] for voice in Voice}
    return pd.DataFrame(columns)


def scores_table(scores: Mapping[str, Score], plan: Plan, names: Names) -> pd.DataFrame:
    """The scores by region, best first; those without one at the end, with the indicators that lack an attainment."""
    indicators = {each.id: each.name for each in plan.indicators}
    ordered = sorted(scores.items(), key=lambda item: -1.0 if item[1].score is None else item[1].score, reverse=True)
    return pd.DataFrame(
        {
            "地区": [names.get(region, region) for region, _ in ordered],
            "得分": [computed_text(score.score) for _, score in ordered],
            "等级": [score.grade.word if score.grade else MISSING for _, score in ordered],
            "没有达成率的指标": ["、".join(indicators[id] for id in score.lacking) for _, score in ordered],
        }
    )


def codes(plan: Plan, rows: pd.DataFrame, subject: Subject) -> dict[str, str]:
    """What there is to be found on, by code: indicators of the rows, the plan's goals or tasks."""
    if subject is Subject.INDICATOR:
        return dict(zip(rows["indicator"], rows["indicator_name"], strict=True))
    if subject is Subject.GOAL:
        return {goal.id: f"{goal.name}（{goal.year}年）" for goal in plan.goals}
    return {task.id: f"{task.number} {task.name}" for task in plan.tasks}


def regions(plan: Plan, rows: pd.DataFrame, subject: Subject, code: str, names: Names) -> dict[str, str]:
    """The regions for which it can be found on: those of the rows; for goals and tasks every region of the evaluation."""
    if subject is Subject.INDICATOR:
        own = rows[rows["indicator"] == code]
        return dict(zip(own["region"], own["region_name"], strict=True))
    found = {plan.region: names[plan.region]} if plan.region in names else {}
    return found | {region: name for region, name in names.items() if region != plan.region}


def computed_line(rows: pd.DataFrame, place: Place) -> str:
    """The computed verdict of an indicator with its figure: ▼ 滞后于预期（严重）　现值40项，目标≥100项."""
    own = rows[(rows["indicator"] == place.code) & (rows["region"] == place.region)].to_dict("records")
    if place.subject is not Subject.INDICATOR or not own:
        return ""
    row = own[0]
    value = f"现值{number_text(row['value'], row['unit'])}，目标{row['target_text']}"
    marks = words.marks(row)
    return f"计算的判定：{words.label(row)}　{value}" + (f"（{marks}）" if marks else "")


def lines(finding: Finding, plan: Plan) -> list[str]:
    """A finding line by line."""
    differs = f"（计算的判定是“{Verdict(finding.computed).word}”）" if finding.differs else ""
    told = {
        "评定": grade_text(finding) + differs, "理由": finding.reason, "原因": finding.cause.word if finding.cause else "",
        "原因说明": finding.explained, "建议": finding.suggestion, "依据": finding.evidence,
        "已交成果": "、".join(_delivered(finding, plan)),
    }  # fmt: skip
    return [f"{name}：{text}" for name, text in told.items() if text]


def _delivered(finding: Finding, plan: Plan) -> list[str]:
    names = deliverables(plan, finding.place)
    return [
        f"{names[each.number - 1] if each.number <= len(names) else each.number}（{date_text(each.day)}）"
        for each in finding.delivered
    ]


def deliverables(plan: Plan, place: Place) -> list[str]:
    """What a task is to deliver; nothing for an indicator or a goal."""
    return next((t.deliverables for t in plan.tasks if place.subject is Subject.TASK and t.id == place.code), [])


def signed(finding: Finding) -> str:
    """Who wrote it, when."""
    return f"{person(finding.by_name)}　{moment_text(finding.at.isoformat())}"


def comment_lines(finding: Finding) -> list[str]:
    """The comments under a finding, oldest first."""
    return [f"{person(each.by_name)}　{moment_text(each.at.isoformat())}：{each.text}" for each in finding.comments]


def checks_table(checks: Sequence[SpotCheck], plan: Plan, names: Names) -> pd.DataFrame:
    """The figures that were taken out, what was reported and what was found."""
    indicators = {each.id: each for each in plan.indicators}
    units = [indicators[each.indicator].unit for each in checks]
    pairs = list(zip(checks, units, strict=True))
    return pd.DataFrame(
        {
            "编号": [each.id for each in checks],
            "指标": [indicators[each.indicator].name for each in checks],
            "地区": [names.get(each.region, each.region) for each in checks],
            "填报期": [each.period for each in checks],
            "填报值": [number_text(each.reported, unit) for each, unit in pairs],
            "核实值": [number_text(each.checked, unit) for each, unit in pairs],
            "相差": [number_text(each.difference, unit) for each, unit in pairs],
            "标注": [words.DEMO if each.demo else "" for each in checks],
            "核实依据": [each.results[-1].evidence if each.results else "" for each in checks],
            "核实人": [person(each.results[-1].by_name) if each.results else "" for each in checks],
            "怎样选的": [f"随机，种子 {each.seed}" if each.seed else "选取" for each in checks],
        }
    )


def figure_labels(places: Iterable[tuple[str, str, str]], plan: Plan, names: Names) -> dict[tuple[str, str, str], str]:
    """Figures where some are chosen, by (indicator, region, period)."""
    indicators = {each.id: each.name for each in plan.indicators}
    return {
        (code, region, period): f"{indicators.get(code, code)}　{names.get(region, region)}　{period}"
        for code, region, period in places
    }


def check_labels(checks: Iterable[SpotCheck], plan: Plan, names: Names) -> dict[int, str]:
    """Spot checks where one is chosen, those that nobody has looked at first."""
    indicators = {each.id: each.name for each in plan.indicators}
    ordered = sorted(checks, key=lambda each: (bool(each.results), each.id))
    told = [(each, indicators[each.indicator], names.get(each.region, each.region)) for each in ordered]
    return {each.id: f"{each.id}　{indicator}　{region}　{each.period}" for each, indicator, region in told}
