"""The report's tables as text, cell by cell, for a document; a line break stands inside a cell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from trackers.model.wording import (
    computed_text,
    date_text,
    decimal_of,
    gap_text,
    number_text,
    percent_text,
    rounded,
)
from trackers.reports.figures import MethodWord, Row
from trackers.reports.outline import (
    ChangeLine,
    CheckLine,
    Contents,
    IndicatorLine,
    OrderLine,
    Problem,
    RegionLine,
    TaskLine,
    UnitLine,
    VoiceLine,
)
from trackers.reports.sentences import BASELINE_WORDS, method_words, verdict_text

Cells = dict[str, str]
TARGET_MARKS = {"secondary": "仅另一来源", "corroborated": "残损有印证"}


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _marks(row: Row) -> list[str]:
    return (["演示数据"] if row.demo else []) + (["未经复核"] if row.unreviewed else [])


def baseline_cell(row: Row, *, dated: bool) -> str:
    """0项, 计数起点."""
    if row.baseline is None:
        return "—"
    day = date_text(row.baseline_date) if dated and row.baseline_date else ""
    return _lines(number_text(row.baseline, row.unit), day, BASELINE_WORDS.get(row.baseline_origin or "", ""))


def target_cell(row: Row) -> str:
    """≥120项, its year and where it is known from."""
    return _lines(row.target_text, row.target_year_text, TARGET_MARKS.get(row.confidence, ""))


def value_cell(row: Row) -> str:
    """86项, its day and what it must be taken with."""
    if row.value is None:
        return "—\n未填报"
    text, day = number_text(row.value, row.unit), date_text(row.observed) if row.observed else ""
    if row.partial:
        return _lines(f"数据不全{row.reported_regions}/{row.expected_regions}", f"已报部分{text}", day, *_marks(row))
    return _lines(text, day, *_marks(row))


def completion_cell(row: Row) -> str:
    """71.7%, or the attainment, said to be one, where there is no completion."""
    if row.completion is None and row.attainment is not None:
        return f"—\n达成率\n{percent_text(row.attainment)}"
    return percent_text(row.completion)


def verdict_cell(row: Row) -> str:
    """The sign and the word, and why there is none."""
    return _lines(f"{row.sign} {verdict_text(row)}", row.reason_word or "")


def projected_cell(row: Row, as_of: date) -> str:
    """The projected value until the target's day; from then on the value itself tells."""
    return "—" if row.due(as_of) else computed_text(row.projected, row.unit)


def indicator_cells(line: IndicatorLine, as_of: date) -> Cells:
    """A row of the table 主要指标完成情况."""
    row = line.row
    if row is None:
        names = ("baseline", "target", "value", "completion", "time_progress", "projected")
        return {"name": line.name, **dict.fromkeys(names, "—"), "verdict": "分地区填报"}
    return {
        "name": line.name, "baseline": baseline_cell(row, dated=False), "target": target_cell(row),
        "value": value_cell(row), "completion": completion_cell(row),
        "time_progress": percent_text(row.time_progress), "verdict": verdict_cell(row),
        "projected": projected_cell(row, as_of),
    }  # fmt: skip


def figure_cells(row: Row, as_of: date) -> Cells:
    """A row of the appendix: everything known of one figure."""
    interval = ""
    if row.projected_low is not None and row.projected_high is not None and not row.due(as_of):
        interval = f"{computed_text(row.projected_low)}至{computed_text(row.projected_high)}"
    return {
        "name": row.indicator_name, "region": row.region_name, "baseline": baseline_cell(row, dated=True),
        "target": target_cell(row), "value": value_cell(row),
        "completion": _lines(percent_text(row.completion), percent_text(row.attainment)),
        "time_progress": _lines(percent_text(row.time_progress), _two(row.pace)),
        "expected": _lines(computed_text(row.expected, row.unit), gap_text(row.shortfall, row.unit)),
        "yearly": _lines(gap_text(row.needed_per_year, row.unit), gap_text(row.actual_per_year, row.unit)),
        "projected": _lines(projected_cell(row, as_of), interval), "verdict": verdict_cell(row),
    }  # fmt: skip


def _two(number: float | None) -> str:
    return "—" if number is None else f"{rounded(decimal_of(number), 2):f}"


def method_cells(row: Row) -> Cells:
    """A row of the table of methods: what each says of one indicator."""
    said = dict(method_words(row))
    return {
        "name": row.indicator_name, "linear": verdict_text(row),
        "cagr": _method(said["复合增长率法"], row.methods.get("cagr")),
        "projection": _method(said["趋势外推法"], row.methods.get("projection")),
        "agree": "不一致" if row.disagree else "—" if row.value is None else "未见不一致",
    }  # fmt: skip


def _method(word: str, said: MethodWord | None) -> str:
    return _lines(word, _two(said.number) if said and said.number is not None else "")


def region_cells(line: RegionLine) -> Cells:
    """A row of the table of regions."""
    numbers = line.numbers
    judged = ("achieved", "ahead", "on_track", "lagging", "regressing", "missed")
    marks = [word for word, is_so in (("演示数据", line.demo), ("未经复核", line.unreviewed)) if is_so]
    return {
        "name": _lines(line.name, *marks), "expected": f"{line.expected}", "reported": f"{line.reported}",
        **{verdict: f"{numbers.get(verdict, 0)}" for verdict in judged},
        "unjudged": f"{line.expected - sum(numbers.get(verdict, 0) for verdict in judged)}",
    }  # fmt: skip


def task_cells(line: TaskLine) -> Cells:
    """A row of the table of tasks."""
    return {
        "number": line.number, "name": line.name, "deliverables": "、".join(line.deliverables) or "—",
        "units": "、".join(line.units) or "文件未写明", "progress": line.progress,
    }  # fmt: skip


def task_groups(contents: Contents) -> list[dict[str, object]]:
    """Tasks by group, in the document's order."""
    groups: dict[str, list[Cells]] = {}
    for line in contents.tasks:
        groups.setdefault(line.group, []).append(task_cells(line))
    return [{"name": name, "tasks": cells} for name, cells in groups.items()]


def unit_cells(line: UnitLine) -> Cells:
    """A row of the table of responsible units."""
    return {
        "unit": line.unit, "tasks": f"{line.tasks}", "safeguards": f"{line.safeguards}",
        "indicators": "、".join(line.indicators) or "—", "behind": "、".join(line.behind) or "—",
    }  # fmt: skip


def problem_cells(problem: Problem) -> Cells:
    """A row of the table of regions that are behind."""
    row = problem.row
    return {
        "name": row.indicator_name, "region": row.region_name, "verdict": verdict_cell(row),
        "value": value_cell(row), "shortfall": gap_text(row.shortfall, row.unit),
        "needed": gap_text(row.needed_per_year, row.unit), "actual": gap_text(row.actual_per_year, row.unit),
        "note": _lines("、".join(row.units) or "责任单位未写明", problem.reason or "原因尚未填报"),
    }  # fmt: skip


def voice_cells(line: VoiceLine) -> Cells:
    """A row of the table of what the voices say; the grade with the verdict there was, the cause with what follows."""
    computed = f"（计算：{line.computed}）" if line.computed and line.grade else ""
    reason = f"理由：{line.reason}" if line.reason else ""
    delivered = f"已交成果：{line.delivered}" if line.delivered else ""
    return {
        "subject": line.subject, "name": line.name, "region": line.region_name, "voice": line.voice,
        "grade": _lines(f"{line.grade}{computed}" if line.grade else "—", reason), "cause": line.cause or "—",
        "suggestion": line.suggestion or "—", "evidence": _lines(line.evidence, delivered) or "—", "day": date_text(line.day),
    }  # fmt: skip


def check_cells(line: CheckLine) -> Cells:
    """A row of the table of spot checks."""
    difference = "尚未核实" if line.checked is None else gap_text(line.difference, line.unit)
    return {
        "name": line.indicator_name, "region": line.region_name, "period": line.period,
        "reported": _lines(number_text(line.reported, line.unit), "演示数据" if line.demo else ""),
        "checked": number_text(line.checked, line.unit), "difference": difference, "evidence": line.evidence or "—",
        "how": line.how,
    }  # fmt: skip


def order_cells(line: OrderLine) -> Cells:
    """A row of the table of supervision orders."""
    gap = f"差{gap_text(line.shortfall, line.unit)}" if line.shortfall is not None else ""
    basis = _lines(f"截至{date_text(line.day)}", line.word, gap, "演示数据" if line.demo else "")
    return {
        "number": _lines(line.number, line.level), "name": line.indicator_name, "region": line.region_name, "basis": basis,
        "asked": line.asked, "due": date_text(line.due), "state": line.state, "told": line.told,
    }  # fmt: skip


def change_cells(line: ChangeLine) -> Cells:
    """A row of the table of changed targets."""
    return {
        "name": _lines(line.indicator_name, line.region_name), "kind": f"{line.year}年{line.kind}", "old": line.old,
        "new": line.new, "ground": line.ground, "reason": line.reason,
    }  # fmt: skip


def tables_of(contents: Contents) -> dict[str, Sequence[object]]:
    """Every table of a report, by the name a template uses."""
    home = [line.row for line in contents.indicators if line.row]
    far = [problem for problem in contents.problems if problem.row.region != contents.home]
    return {
        "indicators": [indicator_cells(line, contents.as_of) for line in contents.indicators],
        "task_groups": task_groups(contents),
        "units": [unit_cells(line) for line in contents.units],
        "goals": [{"year": f"{g.year}年", "name": g.name, "rating": g.rating} for g in contents.goals],
        "regions": [region_cells(line) for line in contents.regions],
        "regional_problems": [problem_cells(problem) for problem in far],
        "figures": [figure_cells(row, contents.as_of) for row in contents.rows],
        "comparisons": [method_cells(row) for row in home],
        "policy": [setting.model_dump() for setting in contents.policy],
        "methods": [setting.model_dump() for setting in contents.methods],
        "sources": [source.model_dump() for source in contents.sources],
        "voices": [voice_cells(line) for line in contents.voices],
        "checks": [check_cells(line) for line in contents.checks],
        "sent": [order_cells(line) for line in contents.sent],
        "changes": [change_cells(line) for line in contents.changes],
        "versions": [each.model_dump() for each in contents.basis.versions] if contents.basis else [],
    }
