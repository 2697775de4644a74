"""Parts 1 to 3: background, the verdicts counted, and a sentence for each indicator."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from trackers.assessment.verdict import Verdict, verdict_sign, verdict_word
from trackers.model.period import Frequency, Period
from trackers.model.plan import EvaluationKind, EvaluationOrder, Plan
from trackers.model.published import PublishedFigure
from trackers.model.region import Region
from trackers.model.wording import date_text, number_text, percent_text
from trackers.reports.figures import Row
from trackers.reports.outline import IndicatorLine, VerdictCount
from trackers.reports.sentences import listed, plain_verdict, progress_sentence, titled

# The order of the report's outline; these four are named even where there are none.
HEADLINE = (Verdict.ACHIEVED, Verdict.AHEAD, Verdict.ON_TRACK, Verdict.LAGGING)
JUDGED = (*HEADLINE, Verdict.REGRESSING, Verdict.MISSED)
ORDER = (*JUDGED, Verdict.STARTING, Verdict.NO_DATA, Verdict.STALE, Verdict.UNVERIFIED_TARGET, Verdict.UNDETERMINED)
BEHIND = (Verdict.LAGGING, Verdict.REGRESSING, Verdict.MISSED)


def report_title(plan: Plan, region: Region, kind: EvaluationKind) -> str:
    """The report's title, with the region before that of a plan which does not name it."""
    named = region.name in plan.title or region.parent is None
    return f"{'' if named else region.name}{titled(plan.title)}{kind.word}报告"


def warnings(plan: Plan, rows: Sequence[Row]) -> list[str]:
    """What stands above everything else: demonstration figures, figures not reviewed, targets not verified."""
    found = []
    if any(row.demo for row in rows):
        found.append("本报告含演示数据。标有“演示数据”的数字不是真实进展，不得作为评估依据。")
    if any(row.unreviewed for row in rows):
        found.append("本报告含未经复核的数据，均已标明。")
    if plan.second_source_only:
        found.append("本规划的原文未收录，全部内容仅见于另一来源。")
    return found


def background(plan: Plan, region: Region, kind: EvaluationKind, as_of: date, rows: Sequence[Row]) -> list[str]:
    """What is evaluated, until which day, by whom, and on what data."""
    return [
        document_sentence(plan, region),
        f"本次为{kind.word}，评估截止日为{date_text(as_of)}。{order_sentence(plan, kind)}评估组织单位和评估人员尚未填报。",
        completeness(plan, rows),
        f"规划列有指标{len(plan.indicators)}项、定性目标{len(plan.goals)}项、重点任务{len(plan.tasks)}项、"
        f"保障措施{len(plan.safeguards)}项。",
    ]


def document_sentence(plan: Plan, region: Region) -> str:
    """The document in one sentence: number, issuer, date, what it carries out, where and how long it holds."""
    number = f"（{plan.number}）" if plan.number else "（文号不详）"
    issuer = f"由{plan.issuer}" if plan.issuer else "印发机关不详，"
    issued = f"于{date_text(plan.issued)}印发" if plan.issued else "印发日期不详"
    said = f"{titled(plan.title)}{number}{issuer}{issued}"
    above = [titled(each.title) + (f"（{each.number}）" if each.number else "") for each in plan.carries_out]
    carried = f"，贯彻{'、'.join(above)}" if above else ""
    years = "、".join(f"{year}年" for year in plan.milestones)
    start = f"（起始年：{plan.start_remark}）" if plan.start_remark else ""
    remark = f"{plan.number_remark}。" if plan.number_remark else ""
    period = f"实施范围为{region.name}，规划期为{plan.start}年至{plan.end}年{start}，目标年份为{years}"
    return f"{said}{carried}。{remark}{period}。"


def order_sentence(plan: Plan, kind: EvaluationKind) -> str:
    """What the document orders for this kind of evaluation, or that it orders none."""
    orders = [order for order in plan.evaluations if order.kind is kind]
    if not orders:
        return f"所录文件未见开展{kind.word}的规定。"
    return "".join(_order(order) for order in orders)


def _order(order: EvaluationOrder) -> str:
    parts = [f"文件规定{f'于{order.year}年' if order.year else ''}开展{order.kind.word}"]
    parts += [f"由{'、'.join(order.by)}组织"] if order.by else ["未写明由谁组织"]
    parts += ["委托第三方评估"] if order.third_party else []
    parts += ["评估结果向社会公布"] if order.published else []
    return "，".join(parts) + "。"


def completeness(plan: Plan, rows: Sequence[Row]) -> str:
    """How many of the figures expected are there, and how many of them are marked."""
    if not plan.indicators:
        return "本规划没有数量指标，没有可以计算完成率的数字，以下只列定性目标和重点任务。"
    expected = [row for row in rows if row.basis == "reported"]
    there = [row for row in expected if row.value is not None]
    if not there:
        return f"应填报的数据（指标×地区）共{len(expected)}个，尚无一个填报，以下各项均不作判断。"
    share = percent_text(len(there) / len(expected))
    demo, raw = sum(row.demo for row in there), sum(row.unreviewed for row in there)
    said = f"应填报的数据（指标×地区）共{len(expected)}个，已填报{len(there)}个，填报率{share}"
    return f"{said}；其中演示数据{demo}个，未经复核{raw}个。未填报的不按零计算。"


def counts(lines: Sequence[IndicatorLine], as_of: date) -> list[VerdictCount]:
    """The indicators by verdict, in the outline's order; verdicts that no indicator has are left out."""
    found = []
    for verdict in ORDER:
        for due in (False, True):
            rows = [line.row for line in lines if line.row and _is(line.row, verdict, due, as_of)]
            if rows:
                names = tuple(row.indicator_name for row in rows)
                word, sign = verdict_word(verdict, due=due), verdict_sign(verdict)
                found.append(VerdictCount(verdict=verdict, word=word, sign=sign, number=len(rows), names=names))
    return found


def _is(row: Row, verdict: Verdict, due: bool, as_of: date) -> bool:
    # Only of a target met does the word depend on whether its day has come.
    return row.verdict == verdict and (row.due(as_of) and verdict is Verdict.ACHIEVED) == due


def overall(lines: Sequence[IndicatorLine], found: Sequence[VerdictCount], as_of: date) -> list[str]:
    """The paragraph a leader can read alone: how many indicators stand where."""
    if not lines:
        return ["本规划没有数量指标，不作数量评价；定性目标和重点任务的进展尚未填报，不作结论。"]
    rows = [line.row for line in lines if line.row]
    said = [f"截至{date_text(as_of)}，规划的{len(lines)}项指标中，{_headline(found, rows, as_of)}。"]
    said += [f"{each.word}的有：{listed(list(each.names))}。" for each in found if each.verdict in BEHIND]
    unjudged = [each for each in found if each.verdict not in JUDGED]
    if unjudged:
        total = sum(each.number for each in unjudged)
        said.append(f"尚不能判断进度的{total}项：{'；'.join(_named(each) for each in unjudged)}。")
    apart = [line.name for line in lines if line.row is None]
    said += [f"由各地区分别填报、没有汇总值的{len(apart)}项：{listed(apart)}。"] if apart else []
    said += _marked(rows)
    return ["".join(said)]


def _headline(found: Sequence[VerdictCount], rows: Sequence[Row], as_of: date) -> str:
    numbers = {each.word: each.number for each in found if each.verdict in JUDGED}
    past = bool(rows) and all(row.due(as_of) for row in rows)
    named = ["已实现", "未实现"] if past else [verdict.word for verdict in HEADLINE]
    words = named + [word for word in numbers if word not in named]
    severe = sum(row.severity == "severe" for row in rows)
    told = [f"{word}{numbers.get(word, 0)}项" for word in words]
    return "、".join(told) + (f"（滞后的{severe}项为严重）" if severe else "")


def _named(count: VerdictCount) -> str:
    return f"{count.word}{count.number}项（{listed(list(count.names))}）"


def _marked(rows: Sequence[Row]) -> list[str]:
    demo, raw = sum(row.demo for row in rows), sum(row.unreviewed for row in rows)
    said = [f"上述指标中{demo}项依据演示数据，不是真实进展。"] if demo else []
    return said + ([f"{raw}项依据未经复核的数据。"] if raw else [])


def findings(
    lines: Sequence[IndicatorLine], published: Sequence[PublishedFigure], as_of: date, home: str
) -> list[str]:
    """A sentence for each indicator, with the published figures of the plan's region that are not judged."""
    return [
        (progress_sentence(line.row, as_of, home) if line.row else f"{line.name}由各地区分别填报，没有汇总值。")
        + "".join(
            f"另有公布数据“{each.name}”{number_text(each.value, each.unit)}（{_when(each)}），不参与判断：{each.remark}。"
            for each in published
            if each.indicator == line.indicator and each.region == home and not each.judged and each.observed <= as_of
        )
        for line in lines
    ]


def _when(figure: PublishedFigure) -> str:
    period = Period.parse(figure.period)
    if period.frequency is Frequency.DAY:
        return date_text(period.end)
    return f"{period.end.year}年" if period.frequency is Frequency.YEAR else str(period)


def standing(row: Row, as_of: date) -> str:
    """An indicator with its verdict, as a task's table names it: 社会公用计量标准（滞后于预期）."""
    return f"{row.indicator_name}（{'演示数据，' if row.demo else ''}{plain_verdict(row, as_of)}）"
