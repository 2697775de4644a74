"""The entry sheet with what was reported for a period, to be printed, signed and sealed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from trackers.errors import FileError, RefusedError
from trackers.model.account import Actor
from trackers.model.period import Period
from trackers.model.plan import Plan
from trackers.model.region import Region, RegionTree
from trackers.model.report import ReportState, expected_regions
from trackers.model.rights import Permission
from trackers.model.window import kept_as
from trackers.model.wording import MISSING, date_text, number_text
from trackers.queries.figures import Kept, KeptFigure, latest, series_in
from trackers.queries.plans import region_tree
from trackers.queries.rights import require, rights_of
from trackers.reports.blocks import Across, Block, Paper, Words, grid
from trackers.reports.columns import Column
from trackers.reports.paper_docx import paper_docx
from trackers.reports.pdf import pdf_report
from trackers.reports.sentences import titled
from trackers.store import Store

FORMATS = ("docx", "pdf")
COLUMNS: list[Column] = [
    ("地区", "region", 26), ("指标", "name", 46), ("填报期", "period", 18), ("填报值", "value", 26), ("分子", "numerator", 18),
    ("分母", "denominator", 18), ("状态", "state", 22), ("说明", "note", 51),
]  # fmt: skip
SIGNED = "填报人（签字）：＿＿＿＿＿＿　审核人（签字）：＿＿＿＿＿＿　单位（盖章）：＿＿＿＿＿＿＿＿　＿＿＿＿年＿＿月＿＿日"
Line = dict[str, str]


def entry_form(store: Store, plan: Plan, region: Region, period: Period, format: str, *, by: Actor) -> bytes:
    """The sheet of a region, and of those below it that the person sees, as docx or pdf; the same figures, the same bytes.

    Each figure with its state as it is now; what is not reported is “—”. Raises RefusedError where nothing is to be
    reported there for the period, ForbiddenError for whoever does not see the region, FileError for another format.
    """
    wanted = format.lower().lstrip(".")
    if wanted not in FORMATS:
        raise FileError(f"不能写“{format}”格式的填报表，可用的格式：{'、'.join(FORMATS)}。请改用其中一种。")
    rights, tree = rights_of(store, by), region_tree(store)
    require(rights, Permission.SEE, region.code, plan)
    below = rights.seen((each.code for each in tree.below(region.code, period.end)), plan)
    periods = {own.number for each in plan.indicators if (own := kept_as(plan, each, period))}
    with store.reading():
        kept = latest(store, series_in(store, plan.id, {region.code, *below}), periods)
    lines = list(_lines(plan, period, tree, {region.code, *below}, kept))
    if not lines:
        raise RefusedError(f"{region.name}在 {period} 没有要填报的指标。请换一个地区或填报期。")
    paper = _paper(plan, region, period, lines)
    return paper_docx(paper) if wanted == "docx" else pdf_report(paper)


def _lines(plan: Plan, period: Period, tree: RegionTree, here: set[str], kept: Kept) -> Iterator[Line]:
    for indicator in plan.indicators:
        own = kept_as(plan, indicator, period)
        for place in expected_regions(plan, indicator, tree, own.end) if own else []:
            if place.code in here:
                figure = kept.get((indicator.id, place.code, own.number)) if own else None
                yield {"region": place.name, "name": indicator.name, "period": str(own), **_told(figure, indicator.unit)}


def _told(figure: KeptFigure | None, unit: str) -> Line:
    if figure is None:
        return {"value": MISSING, "numerator": MISSING, "denominator": MISSING, "state": "未填报", "note": ""}
    raw = figure.approved_at is not None and figure.review_id is None  # taken in at once, and reviewed by nobody
    marks = ["演示数据"] * bool(figure.demo) + ["未经复核"] * raw
    return {
        "value": number_text(figure.value, unit), "numerator": number_text(figure.numerator),
        "denominator": number_text(figure.denominator),
        "state": "已入库" if raw and figure.state is ReportState.APPROVED else figure.state.word,
        "note": "；".join(dict.fromkeys(part for part in (*marks, figure.note, figure.reason) if part)),
    }  # fmt: skip


def _paper(plan: Plan, region: Region, period: Period, lines: list[Line]) -> Paper:
    text = json.dumps([plan.id, region.code, str(period), lines], ensure_ascii=False, sort_keys=True)
    blocks: list[Block] = [Across(), Words("计量规划指标填报表", "title")]
    blocks.append(Words(f"规划：{titled(plan.title)}{f'（{plan.number}）' if plan.number else ''}", "small"))
    blocks.append(Words(f"填报地区：{region.name}　　填报期：{period}（截至{date_text(period.end)}）", "small"))
    blocks += grid("", COLUMNS, lines)
    blocks += [Words(SIGNED, "small"), Words(f"表中数据的摘要（SHA-256）：{hashlib.sha256(text.encode()).hexdigest()}", "small")]
    return Paper(f"{region.name}{period}计量规划指标填报表", period.end, tuple(blocks))
