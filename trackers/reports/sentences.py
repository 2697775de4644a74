"""Sentences about one figure, built from the figures alone: no adjective that a number does not give."""

from __future__ import annotations

from datetime import date

from trackers.assessment.verdict import CagrStatus, ProjectionStatus, Severity, Verdict, verdict_word
from trackers.model.wording import computed_text, date_text, gap_text, number_text, percent_text, points_text
from trackers.reports.figures import Row

BASELINE_WORDS = {"official": "官方基期值", "start": "计数起点", "first_report": "以首次填报为基期"}
SOURCE_WORDS = {"secondary": "目标值仅见于另一来源", "corroborated": "目标值原文残损，另有来源印证"}


def titled(title: str) -> str:
    """A document's title in 《》, those inside it in 〈〉."""
    return f"《{title.replace('《', '〈').replace('》', '〉')}》"


def listed(names: list[str], most: int = 20) -> str:
    """Names in one phrase; beyond `most` the rest is counted: 甲、乙等12个."""
    if len(names) <= most:
        return "、".join(names)
    return "、".join(names[:most]) + f"等{len(names)}个"


def place_name(row: Row, home: str) -> str:
    """The indicator, with the region before it unless it is the plan's own."""
    return row.indicator_name if row.region == home else f"{row.region_name}{row.indicator_name}"


def verdict_text(row: Row) -> str:
    """The verdict's word with its severity: 滞后于预期（严重）."""
    severity = Severity(row.severity).word if row.severity else ""
    return row.word if severity in row.word else f"{row.word}（{severity}）"


def plain_verdict(row: Row, as_of: date) -> str:
    """The verdict's word alone, without severity, as it is counted: 滞后于预期, 提前实现, 已实现."""
    return verdict_word(row.verdict, due=row.due(as_of))


def marks(row: Row) -> list[str]:
    """What a reader must know before believing the figure: 演示数据, 未经复核, 数据不全 and the target's source."""
    found = ["演示数据"] if row.demo else []
    found += ["未经复核"] if row.unreviewed else []
    found += ["以首次填报为基期"] if row.baseline_origin == "first_report" else []
    found += [SOURCE_WORDS[row.confidence]] if row.confidence in SOURCE_WORDS else []
    return found


def value_phrase(row: Row, as_of: date) -> str:
    """The value with what it is: 完成86项, 为95.2%（数据截至2023年12月31日）, 已报2/7个地区合计12家."""
    text = number_text(row.value, row.unit)
    if row.partial:
        return f"数据不全（应报{row.expected_regions}个地区，已报{row.reported_regions}个），已报部分为{text}"
    said = ("完成" if row.measure == "count" else "为") + text
    notes = [f"数据截至{date_text(row.observed)}"] if row.observed and row.observed != as_of else []
    if row.basis == "aggregate":
        notes.append(f"应报{row.expected_regions}个地区，已报{row.reported_regions}个")
    return said + (f"（{'，'.join(notes)}）" if notes else "")


def pace_phrase(completion: float, time_progress: float | None) -> str:
    """Completion against the time that has passed: 完成率71.7%，快于时序进度4.0个百分点."""
    said = f"完成率{percent_text(completion)}"
    if time_progress is None:
        return said
    points = points_text(abs(completion - time_progress))
    if points.startswith("0.0"):
        return f"{said}，与时序进度持平"
    return f"{said}，{'快于' if completion > time_progress else '慢于'}时序进度{points}"


def progress_phrase(row: Row, as_of: date) -> str:
    """How far the work is: completion against time, or attainment where no baseline is known; may be empty."""
    if row.completion is not None and not row.kept:
        return pace_phrase(row.completion, None if row.due(as_of) else row.time_progress)
    if row.attainment is not None:
        return f"目标达成率{percent_text(row.attainment)}"
    return ""


def judgement_phrase(row: Row, as_of: date) -> str:
    """The verdict and, where there is none, why: 判定为基本符合预期; 不作判断（目标待核实）."""
    if row.verdict == Verdict.MISSED:
        return f"{verdict_text(row)}，差{gap_text(row.shortfall, row.unit)}"
    if row.verdict == Verdict.ACHIEVED and row.due(as_of):
        return verdict_text(row)
    if row.verdict in (Verdict.UNDETERMINED, Verdict.UNVERIFIED_TARGET, Verdict.STALE, Verdict.STARTING):
        reason = f"：{row.reason_word}" if row.reason_word else ""
        return f"暂不判断进度（{row.word}{reason}）"
    return f"判定为{verdict_text(row)}"


def progress_sentence(row: Row, as_of: date, home: str) -> str:
    """The whole sentence on one figure; what is missing or not to be trusted is said in it."""
    name = place_name(row, home)
    noted = "；".join([f"目标：{_target(row)}", *marks(row)])
    if row.value is None:
        return f"截至{date_text(as_of)}，{name}尚未填报，进展不明（{noted}）。"
    parts = [f"{name}{value_phrase(row, as_of)}", progress_phrase(row, as_of), judgement_phrase(row, as_of)]
    return f"截至{date_text(as_of)}，{'，'.join(part for part in parts if part)}（{noted}）。"


def _target(row: Row) -> str:
    if "待核实" in row.target_text or "无" in row.target_text:
        return row.target_text
    return row.target_year_text + row.target_text


def shortfall_phrase(row: Row, as_of: date) -> str:
    """How far it is behind what the day calls for: 按时序应达81.2项，差3.5项. Empty once the target is due."""
    if row.shortfall is None or row.expected is None or row.due(as_of):
        return ""
    called = f"按时序应达{computed_text(row.expected, row.unit)}"
    if row.shortfall <= 0:
        return f"{called}，未落后"
    return f"{called}，差{gap_text(row.shortfall, row.unit)}"


def pace_needed_phrase(row: Row, day: date) -> str:
    """The yearly change needed from `day` on against the one so far; empty where neither is known."""
    if row.needed_per_year is None:
        return ""
    said = f"自{date_text(day)}起年均需{yearly_phrase(row.needed_per_year, row.unit)}"
    if row.actual_per_year is None:
        return said
    return f"{said}，此前年均{yearly_phrase(row.actual_per_year, row.unit)}"


def yearly_phrase(per_year: float | None, unit: str) -> str:
    """A change a year: 增加3.5项, 减少0.2个百分点; empty where it is absent."""
    return "" if per_year is None else f"{'减少' if per_year < 0 else '增加'}{gap_text(abs(per_year), unit)}"


def projected_phrase(row: Row, as_of: date) -> str:
    """Where the line through the reported values ends: …到期预计为110.3项（区间100项至120.5项）. Empty once due."""
    if row.projected is None or row.due(as_of):
        return ""
    said = f"按填报值的直线趋势，到期预计为{computed_text(row.projected, row.unit)}"
    if row.projected_low is None or row.projected_high is None:
        return said
    low, high = computed_text(row.projected_low, row.unit), computed_text(row.projected_high, row.unit)
    return f"{said}（区间{low}至{high}）"


def attained_phrase(row: Row, as_of: date) -> str:
    """When the line through the values reaches the target: …要到2027年3月1日才达到目标. Empty once met, due, or unknown.

    Where the line has passed the target though the value has not, nothing can be said either.
    """
    if row.projected is None or row.target is None or row.due(as_of) or row.verdict == Verdict.ACHIEVED:
        return ""
    if row.attained_on is not None:
        late = "，晚于目标日" if row.attained_on > row.target_day else ""
        return f"按这一趋势，{date_text(row.attained_on)}达到目标{late}"
    sign = 1 if row.direction == "increase" else -1
    return "按这一趋势达不到目标" if sign * row.projected < sign * row.target else ""


def effort_phrase(row: Row) -> str:
    """The yearly change needed over the one so far: 相当于此前的2.2倍; empty where they go different ways or one is absent."""
    needed, so_far = row.needed_per_year, row.actual_per_year
    if needed is None or so_far is None:
        return ""
    if needed * so_far <= 0:
        return "此前没有朝目标推进"
    return f"相当于此前的{computed_text(needed / so_far)}倍"


def catching_up_sentence(row: Row, as_of: date) -> str:
    """What a row behind comes to, of its figures alone: how far behind, the pace it takes, where the trend ends and when.

    Of a target whose day has come: by how much it was missed.
    """
    if row.value is None:
        return ""
    if row.due(as_of):
        return f"目标日已到，差{gap_text(row.shortfall, row.unit)}。" if row.shortfall and row.shortfall > 0 else ""
    parts = [shortfall_phrase(row, as_of), pace_needed_phrase(row, as_of), effort_phrase(row)]
    trend = "，".join(filter(None, [projected_phrase(row, as_of), attained_phrase(row, as_of)]))
    said = [part for part in ("，".join(filter(None, parts)), trend) if part]
    return "；".join(said) + "。" if said else ""


def other_methods_phrase(row: Row) -> str:
    """What the other published methods say where they disagree; empty where they agree."""
    if not row.disagree:
        return ""
    said = [f"{name}为“{status}”" for name, status in method_words(row)]
    return f"各方法判断不一致：时序进度法为“{verdict_text(row)}”，{'，'.join(said)}"


def method_words(row: Row) -> list[tuple[str, str]]:
    """The other methods by name with what each says: (复合增长率法, 进展显著)."""
    words = []
    for name, key, statuses in (("复合增长率法", "cagr", CagrStatus), ("趋势外推法", "projection", ProjectionStatus)):
        said = row.methods.get(key)
        words.append((name, statuses(said.status).word if said and said.status else "无法计算"))
    return words
