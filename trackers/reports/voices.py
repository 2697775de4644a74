"""What the voices of an evaluation say: the region's own first, the evaluator's, the third party's, each by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from trackers.actions.findings import SCALES
from trackers.assessment.verdict import Verdict, verdict_word
from trackers.model.finding import Finding, SpotCheck, Subject, TaskGrade, Voice
from trackers.model.plan import Plan
from trackers.model.wording import BEIJING, date_text, gap_text
from trackers.reports.figures import Row
from trackers.reports.outline import CheckLine, VoiceLine
from trackers.reports.texts import one_line

Names = Mapping[str, str]  # of regions, by code


def voice_lines(findings: Sequence[Finding], plan: Plan, names: Names) -> list[VoiceLine]:
    """Every finding in the order of the plan: indicators, goals, tasks; of one place in the order of the voices."""
    order = {code: place for place, code in enumerate(_named(plan))}
    voices = list(Voice)

    def place(finding: Finding) -> tuple[int, str, int]:
        return order.get((finding.subject, finding.code), len(order)), finding.region, voices.index(finding.voice)

    return [_line(each, plan, names) for each in sorted(findings, key=place)]


def _named(plan: Plan) -> dict[tuple[Subject, str], str]:
    """What findings may be about, by subject and code, in the plan's order."""
    parts = ((Subject.INDICATOR, plan.indicators), (Subject.GOAL, plan.goals), (Subject.TASK, plan.tasks))
    return {(subject, each.id): each.name for subject, own in parts for each in own}


def _line(finding: Finding, plan: Plan, names: Names) -> VoiceLine:
    return VoiceLine(
        subject=finding.subject.word, name=_named(plan).get((finding.subject, finding.code), finding.code),
        region_name=names.get(finding.region, finding.region), voice=finding.voice.word,
        computed=verdict_word(Verdict(finding.computed)) if finding.computed else "",
        grade=SCALES[finding.subject].get(finding.grade, ""), reason=one_line(finding.reason), cause=cause_text(finding),
        suggestion=one_line(finding.suggestion), evidence=one_line(finding.evidence), delivered=delivered_text(finding, plan),
        day=day_of(finding.at),
    )  # fmt: skip


def day_of(at: datetime) -> date:
    """The day in Beijing of a moment."""
    return at.astimezone(BEIJING).date()


def cause_text(finding: Finding) -> str:
    """The cause of the short list and in words: 资金不足，经费未到位. Empty where none is given."""
    parts = [finding.cause.word if finding.cause else "", one_line(finding.explained)]
    return "，".join(part for part in parts if part)


def delivered_text(finding: Finding, plan: Plan) -> str:
    """The deliverables of a task that are there, each with its day."""
    names = next((task.deliverables for task in plan.tasks if task.id == finding.code), [])
    return "、".join(
        f"{names[each.number - 1] if each.number <= len(names) else f'第{each.number}项'}（{date_text(each.day)}）"
        for each in finding.delivered
    )


def causes(findings: Iterable[Finding]) -> dict[tuple[str, str], str]:
    """By (indicator, region) what each voice gives as the cause: 自评的原因：…；评估的原因：…"""
    told: dict[tuple[str, str], list[str]] = {}
    for each in _by_voice(findings, Subject.INDICATOR):
        if cause := cause_text(each):
            told.setdefault((each.code, each.region), []).append(f"{each.voice.word}的原因：{cause}")
    return {place: "；".join(said) for place, said in told.items()}


def _by_voice(findings: Iterable[Finding], subject: Subject) -> list[Finding]:
    own = [each for each in findings if each.subject is subject]
    return sorted(own, key=lambda each: list(Voice).index(each.voice))


def differing(findings: Iterable[Finding], rows: Sequence[Row]) -> dict[tuple[str, str], str]:
    """By (indicator, region) a sentence for each voice whose grade is another than the verdict of the report."""
    by_place = {(row.indicator, row.region): row for row in rows}
    told: dict[tuple[str, str], str] = {}
    for each in _by_voice(findings, Subject.INDICATOR):
        place = (each.code, each.region)
        row = by_place.get(place)
        if row is not None and each.grade and each.grade != row.verdict:
            grade = SCALES[Subject.INDICATOR][each.grade]
            said = f"{each.voice.word}评定为“{grade}”，与计算的判定“{row.word}”不同，理由：{one_line(each.reason)}。"
            told[place] = told.get(place, "") + said
    return told


def graded(findings: Iterable[Finding], subject: Subject, region: str, plan: Plan) -> dict[str, str]:
    """By code, what each voice says of a goal or a task in the region: 自评：进行中；评估：已完成."""
    told: dict[str, list[str]] = {}
    for each in _by_voice(findings, subject):
        if each.region == region and each.grade:
            done = delivered_text(each, plan)
            said = f"{each.voice.word}：{SCALES[subject][each.grade]}"
            told.setdefault(each.code, []).append(said + (f"（已交成果：{done}）" if done else ""))
    return {code: "；".join(said) for code, said in told.items()}


def task_progress(findings: Iterable[Finding], region: str, total: int) -> str:
    """How many tasks have come how far by the evaluator's word: 经评估未开始1项、进行中2项、已完成0项，其余25项尚未评定."""
    grades = [each.grade for each in findings if each.subject is Subject.TASK and each.region == region
              and each.voice is Voice.EVALUATOR and each.grade]  # fmt: skip
    if not grades:
        return "评估对各项进展尚未评定"
    counts = "、".join(f"{grade.word}{grades.count(grade.value)}项" for grade in TaskGrade)
    rest = total - len(grades)
    return f"经评估{counts}" + (f"，其余{rest}项尚未评定" if rest else "")


def suggested(findings: Iterable[Finding], plan: Plan, names: Names) -> list[str]:
    """A sentence for each suggestion: 社会公用计量标准（评估建议）：…"""
    named = _named(plan)
    told = []
    for subject in Subject:
        for each in _by_voice(findings, subject):
            if suggestion := one_line(each.suggestion):
                place = "" if each.region == plan.region else f"{names.get(each.region, each.region)}，"
                told.append(f"{named.get((subject, each.code), each.code)}（{place}{each.voice.word}建议）：{suggestion}。")
    return told


def counts_sentence(findings: Sequence[Finding], checks: Sequence[SpotCheck], differ: int) -> str:
    """How much was said and looked at: 自评1条、评估3条、第三方评估0条；抽查核实5个数据，已核实3个，其中1个与填报不同."""
    said = "、".join(f"{voice.word}{sum(each.voice is voice for each in findings)}条" for voice in Voice)
    looked = [each for each in checks if each.results]
    if not checks:
        return f"各方意见：{said}；没有抽查核实。"
    return f"各方意见：{said}；抽查核实{len(checks)}个数据，已核实{len(looked)}个，其中{differ}个与填报不同。"


def check_lines(checks: Sequence[SpotCheck], plan: Plan, names: Names) -> list[CheckLine]:
    """Every figure that was taken out, with what was found."""
    indicators = {each.id: each for each in plan.indicators}
    return [
        CheckLine(
            id=each.id, indicator_name=indicators[each.indicator].name, region_name=names.get(each.region, each.region),
            period=each.period, unit=indicators[each.indicator].unit, reported=each.reported, checked=each.checked,
            difference=each.difference, evidence=one_line(each.results[-1].evidence) if each.results else "",
            how=f"随机，种子{each.seed}" if each.seed else "选取", demo=each.demo,
        )
        for each in checks
        if each.indicator in indicators
    ]  # fmt: skip


def check_problems(lines: Sequence[CheckLine]) -> list[str]:
    """A sentence for each figure that was found to be another one than was reported."""
    return [
        f"抽查核实：{each.region_name}{each.indicator_name}{each.period}填报值与核实值相差{gap_text(each.difference, each.unit)}"
        f"{'（演示数据）' if each.demo else ''}。"
        for each in lines
        if each.difference
    ]
