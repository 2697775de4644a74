"""The public page of an evaluation: what is meant for everybody, picked field by field; what is not named stays out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from trackers.assessment.verdict import Verdict
from trackers.model.finding import Finding, GoalGrade, Subject, TaskGrade
from trackers.model.plan import Plan
from trackers.model.region import Region, RegionTree
from trackers.model.wording import BEIJING, date_text, moment_text
from trackers.queries.public import ADDRESS, Published, address_of
from trackers.reports import overview
from trackers.reports.columns import INDICATORS, SETTINGS, Column
from trackers.reports.figures import Row, rows_of
from trackers.reports.html_charts import completion_bars, counts, region_heat
from trackers.reports.outline import IndicatorLine
from trackers.reports.pages import page
from trackers.reports.sources import METHODS, policy_settings
from trackers.reports.tables import indicator_cells
from trackers.reports.texts import writable, written

DEMO = "演示数据：本页的数字是编造的，不是真实进展，不得引用。"
RAW = "本页含未经复核的数，均已标明。"
# The fields of a judged figure that are public. The others (what was noted, evidence, where it came from, forecasts,
# paces, other methods) are for those who work with it.
PUBLIC = (
    "indicator", "indicator_name", "unit", "direction", "aggregation", "measure", "region", "region_name", "region_level",
    "basis", "value", "period", "observed", "baseline", "baseline_date", "baseline_origin", "target", "target_year",
    "target_day", "comparator", "confidence", "target_text", "attainment", "completion", "time_progress", "verdict",
    "severity", "reason", "reason_word", "word", "sign", "kept", "demo", "unreviewed", "reported_regions",
    "expected_regions", "year_inferred",
)  # fmt: skip
COLUMNS: dict[str, list[Column]] = {
    "indicators": [*INDICATORS[:-1], ("评估意见", "graded", 30)],
    "goals": [("定性目标", "name", 90), ("年份", "year", 26), ("评定", "graded", 40)],
    "tasks": [("任务", "name", 60), ("序号", "number", 13), ("进展", "graded", 40)],
    "settings": SETTINGS,
}  # fmt: skip
METHOD_NAMES = ("时序进度法（linear）", "数字写法")


class Notice(NamedTuple):
    """A published evaluation in the list of them."""

    address: str
    title: str
    cutoff: str
    published: str
    demo: bool


def public_rows(published: Published) -> tuple[Row, ...]:
    """The judged figures with their public fields alone."""
    kept = published.frozen
    rows = rows_of(kept.plan, RegionTree(kept.regions), kept.rows, {})
    return tuple(Row(**{name: getattr(row, name) for name in PUBLIC}) for row in rows)


def notice(published: Published) -> Notice:
    """How the evaluation stands in the list."""
    kept = published.frozen
    demo = bool(kept.rows["demo"].any())
    return Notice(
        address_of(published.evaluation.id), writable(_title(kept.plan, _home(published), published)), date_text(kept.cutoff),
        date_text(_day(published)), demo,
    )  # fmt: skip


def list_page(notices: Sequence[Notice], *, demo: bool) -> bytes:
    """The page that lists what is published; `demo` for a database of demonstrations."""
    return page("public_list.html", notices=notices, demo=DEMO if demo else "")


def nothing_page() -> bytes:
    """The one page for whatever is not to be had: never published, withdrawn, or not there at all."""
    return page("public_nothing.html", every=ADDRESS)


def public_page(published: Published, *, demo: bool) -> bytes:
    """The page of an evaluation; the same publication gives the same bytes. `demo` for a database of demonstrations."""
    kept, rows = published.frozen, public_rows(published)
    plan, as_of, home = kept.plan, kept.cutoff, _home(published)
    own = {row.indicator: row for row in rows if row.region == plan.region}
    lines = [IndicatorLine(indicator=i.id, name=i.name, row=own.get(i.id)) for i in plan.indicators]
    counted = overview.counts(lines, as_of)
    fields: dict[str, Any] = {
        "title": _title(plan, home, published), "as_of": date_text(as_of), "published": date_text(_day(published)),
        "demo": DEMO if demo or any(row.demo for row in rows) else "",
        "warnings": [RAW] if any(row.unreviewed for row in rows) else [],
        "background": [overview.document_sentence(plan, home), overview.completeness(plan, rows)],
        "overall": overview.overall(lines, counted, as_of),
        "indicators": _indicators(lines, published.findings, as_of),
        "goals": _goals(plan, published.findings), "tasks": _tasks(plan, published.findings),
        "limits": [setting.model_dump() for setting in policy_settings(kept.policy)],
        "methods": [{"name": name, "value": value} for name, value in METHODS if name in METHOD_NAMES],
        "method": kept.method, "digest": kept.digest, "frozen": moment_text(kept.known_at.isoformat()),
    }  # fmt: skip
    below = [row for row in rows if row.region != plan.region]
    charts = {
        "counts": counts(counted),
        "bars": completion_bars(list(own.values()), as_of),
        "heat": region_heat(below, as_of),
    }
    return page("public.html", **written(fields), **charts, columns=COLUMNS, every=ADDRESS)


def _home(published: Published) -> Region:
    plan = published.frozen.plan
    return next(region for region in published.frozen.regions if region.code == plan.region)


def _day(published: Published) -> date:
    return published.publishing.at.astimezone(BEIJING).date()


def _title(plan: Plan, home: Region, published: Published) -> str:
    return overview.report_title(plan, home, published.frozen.kind).removesuffix("报告") + "结果"


def _indicators(lines: Sequence[IndicatorLine], said: Sequence[Finding], as_of: date) -> list[dict[str, str]]:
    graded = {each.code: each for each in said if each.subject is Subject.INDICATOR}
    states = {line.indicator: line.row.verdict if line.row else "" for line in lines}
    return [
        indicator_cells(line, as_of)
        | {"state": states[line.indicator], "graded": _graded(graded.get(line.indicator))}
        for line in lines
    ]


def _graded(finding: Finding | None) -> str:
    """What the evaluator chose from the lists: the grade where it is another one, and the cause."""
    if finding is None:
        return "—"
    grade = f"评定为{Verdict(finding.grade).word}" if finding.differs else "同意判定"
    return "\n".join([grade, *([f"主要原因：{finding.cause.word}"] if finding.cause else [])])


def _goals(plan: Plan, said: Sequence[Finding]) -> list[dict[str, str]]:
    grades = {each.code: GoalGrade(each.grade).word for each in said if each.subject is Subject.GOAL}
    return [{"year": f"{g.year}年", "name": g.name, "graded": grades.get(g.id, "尚未评定")} for g in plan.goals]


def _tasks(plan: Plan, said: Sequence[Finding]) -> list[dict[str, str]]:
    grades = {each.code: TaskGrade(each.grade).word for each in said if each.subject is Subject.TASK}
    return [{"number": t.number, "name": t.name, "graded": grades.get(t.id, "尚未评定")} for t in plan.tasks]
