"""A comparison of two evaluations as Word, PDF and Excel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from trackers.errors import FileError
from trackers.model.account import Actor
from trackers.model.wording import date_text, number_text, percent_text, points_text
from trackers.reports.blocks import Across, Block, Paper, Words, grid, words
from trackers.reports.columns import Column
from trackers.reports.compared import BETTER, SAME, UNKNOWN, WORSE, Comparison, Moved, comparison, stamped
from trackers.reports.paper import title_lines
from trackers.reports.paper_docx import paper_docx
from trackers.reports.pdf import TEMPLATE, pdf_report
from trackers.reports.sheets import BESIDE, CHANGES, Sheet, told
from trackers.reports.sheets import Column as Head
from trackers.reports.supplied import supplied
from trackers.reports.xlsx import workbook
from trackers.store import Store

FORMATS = ("docx", "xlsx", "pdf")
MOVES: list[Column] = [
    ("指标", "name", 28), ("目标", "target", 22), ("当时的值", "value_then", 19), ("现在的值", "value_now", 19),
    ("当时完成率", "then", 16), ("现在完成率", "now", 16), ("判定", "verdicts", 24), ("变化", "moved", 12),
]  # fmt: skip
REGIONAL: list[Column] = [
    ("指标", "name", 42), ("地区", "region", 24), *((head, field, width + 4) for head, field, width in MOVES[1:]),
]  # fmt: skip
CHANGED: list[Column] = [
    ("指标", "name", 36), ("什么", "kind", 22), ("原值", "old", 16), ("新值", "new", 16), ("依据", "ground", 40),
    ("理由", "reason", 26),
]  # fmt: skip
FOLLOWED: list[Column] = [
    ("指标", "name", 26), ("当时", "then", 18), ("原因", "cause", 32), ("建议", "suggestion", 32), ("督办", "told", 28),
    ("现在", "now", 20),
]  # fmt: skip
GRADED: list[Column] = [
    ("对象", "subject", 18), ("名称", "name", 50), ("当时", "told", 44), ("现在", "evidence", 44),
]  # fmt: skip


def comparison_file(
    store: Store, one: int, other: int, format: str, *, by: Actor, until: datetime | None = None
) -> bytes:
    """The comparison of two evaluations as the bytes of a file of this format; the same every time.

    Raises FileError for a format that is not made, and as `comparison`.
    """
    wanted = format.lower().lstrip(".")
    if wanted not in FORMATS:
        raise FileError(f"不能写“{format}”格式的比较，可用的格式：{'、'.join(FORMATS)}。请改用其中一种。")
    template = supplied(TEMPLATE, "模板").digest if wanted == "pdf" else ""
    made = stamped(comparison(store, one, other, by=by, until=until), wanted, template)
    if wanted == "xlsx":
        return workbook(made.title, made.made_at, comparison_sheets(made), lambda book: _chart(book, made))
    paper = comparison_paper(made)
    return paper_docx(paper) if wanted == "docx" else pdf_report(paper)


def comparison_paper(made: Comparison) -> Paper:
    """The comparison as blocks: what moved in sentences, then table by table."""
    blocks: list[Block] = [Words(title_lines(made.title), "title")]
    blocks.append(Words(f"（截至{date_text(made.first.cutoff)}与{date_text(made.second.cutoff)}）", "subtitle"))
    blocks += words(made.warnings, "warning")
    blocks += [Words("一、总的变化", "one"), *words(made.summary), Words("二、主要指标的变化", "one")]
    blocks += grid("表：主要指标当时与现在", MOVES, [_cells(each) for each in made.moves]) or [Words("没有可以比较的指标。")]
    blocks += [Words("三、目标的调整", "one")]
    blocks += grid("表：两次评估之间批准的调整", CHANGED, [_changed(each) for each in made.changes]) or [
        Words("两次评估之间没有登记目标调整。")
    ]
    blocks += [Words("四、上次评估所指问题的办理", "one")]
    rows = [{**each.model_dump(), "told": each.orders or "没有督办"} for each in made.followed]
    blocks += grid("表：上次评估滞后、背离或未实现的", FOLLOWED, [_filled(row) for row in rows]) or [
        Words("上次评估没有指出问题。")
    ]
    blocks += [Words("五、定性目标和重点任务", "one")]
    graded = [{"subject": each.subject, "name": each.name, "told": each.then or "尚未评定", "evidence": each.now or "尚未评定"}
              for each in made.graded]  # fmt: skip
    blocks += grid("表：各方评定", GRADED, graded) or [Words("两次评估都没有评定定性目标和重点任务。")]
    blocks += _regional(made)
    return Paper(made.title, made.made_at, (*blocks, *words(basis_of(made))))


def _regional(made: Comparison) -> list[Block]:
    if not made.regional:
        return []
    cells = [{**_cells(each), "region": each.region_name} for each in made.regional]
    return [Across(), *grid("附表：各地区当时与现在", REGIONAL, cells)]


def basis_of(made: Comparison) -> list[str]:
    """The digests of both evaluations and of the comparison."""
    sides = [
        f"{each.name}：第{each.evaluation}号评估，冻结数据的摘要（SHA-256）：{each.digest}"
        for each in (made.first, made.second)
    ]  # fmt: skip
    if not made.made:
        return sides
    used = "、".join(f"{each.name} {each.value}" for each in made.versions)
    return [*sides, f"制作所用程序：{used}", f"制作摘要（SHA-256，含以上各项和模板）：{made.made}"]


def _filled(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value or "—" for name, value in row.items()}


def _changed(line: Any) -> dict[str, str]:
    return {**line.model_dump(), "name": line.indicator_name, "kind": f"{line.year}年{line.kind}"}


def _cells(each: Moved) -> dict[str, str]:
    """A row of the table of what moved: changed targets, values and verdicts one above the other."""
    target = f"{each.target_then}\n改为{each.target_now}" if each.retargeted else each.target_now or each.target_then
    points = ""
    if each.points is not None:
        points = f"\n{'升' if each.points > 0 else '降'}{points_text(abs(each.points))}" if each.points else "\n未变"
    return {
        "name": each.name + ("\n演示数据" if each.demo else ""), "target": target,
        "value_then": number_text(each.value_then, each.unit), "value_now": number_text(each.value_now, each.unit),
        "then": percent_text(each.completion_then), "now": percent_text(each.completion_now) + points,
        "verdicts": f"{each.verdict_then or '—'}\n→{each.verdict_now or '—'}", "moved": each.moved,
    }  # fmt: skip


HEADS = {
    "name": Head("指标", width=30), "region_name": Head("地区", width=16), "unit": Head("单位", width=7),
    "target_then": Head("当时的目标", width=16), "target_now": Head("现在的目标", width=16),
    "value_then": Head("当时的值", "number"), "value_now": Head("现在的值", "number"), "change": Head("值的变化", "number"),
    "completion_then": Head("当时完成率", "percent", 12), "completion_now": Head("现在完成率", "percent", 12),
    "points": Head("完成率变化", "percent", 12), "verdict_then": Head("当时的判定", width=20),
    "verdict_now": Head("现在的判定", width=20), "moved": Head("变化", width=12), "demo": Head("演示数据", width=10),
    "then": Head("当时", width=24), "now": Head("现在", width=24), "cause": Head("原因", width=44),
    "suggestion": Head("建议", width=44), "orders": Head("督办", width=36), "subject": Head("对象", width=12),
    "word": Head("变化", width=16), "number": Head("指标数", "number", 10), "said": Head("内容", width=100),
}  # fmt: skip
MOVED_FIELDS = (
    "name", "region_name", "unit", "target_then", "target_now", "value_then", "value_now", "change", "completion_then",
    "completion_now", "points", "verdict_then", "verdict_now", "moved", "demo",
)  # fmt: skip


def comparison_sheets(made: Comparison) -> list[Sheet]:
    """Every table as a sheet of plain values."""
    numbers = [[word, sum(each.moved == word for each in made.moves)] for word in (BETTER, SAME, WORSE, UNKNOWN)]
    said = [[text] for text in (made.title, *made.warnings, *made.summary, *basis_of(made))]
    return [
        Sheet("总的变化", [HEADS["word"], HEADS["number"]], numbers),
        _sheet("主要指标", MOVED_FIELDS, made.moves), _sheet("各地区", MOVED_FIELDS, made.regional),
        Sheet("目标调整", [BESIDE[f] for f in CHANGES], [[told(line, f) for f in CHANGES] for line in made.changes], frozen=1),
        _sheet("问题办理", ("name", "region_name", "then", "cause", "suggestion", "orders", "now"), made.followed),
        _sheet("目标和任务", ("subject", "name", "then", "now"), made.graded),
        Sheet("说明", [HEADS["said"]], said),
    ]  # fmt: skip


def _sheet(name: str, fields: Sequence[str], lines: Sequence[Any]) -> Sheet:
    return Sheet(name, [HEADS[f] for f in fields], [[told(line, f) for f in fields] for line in lines], frozen=1)


def _chart(book: Any, made: Comparison) -> None:
    """Completion then and now of the indicators that have both, as a native chart below their table."""
    lines = [place for place, each in enumerate(made.moves, 2) if each.points is not None]
    if not lines:
        return
    chart = book.add_chart({"type": "bar"})
    cells = {column: "=(" + ",".join(f"'主要指标'!${column}${line}" for line in lines) + ")" for column in "AIJ"}
    for side, column in ((made.first, "I"), (made.second, "J")):
        chart.add_series({"name": date_text(side.cutoff), "categories": cells["A"], "values": cells[column]})
    chart.set_title({"name": "完成率：当时与现在"})
    chart.set_y_axis({"reverse": True, "label_position": "low"})
    chart.set_x_axis({"num_format": "0%"})
    chart.set_size({"width": 900, "height": 120 + 40 * len(lines)})
    book.get_worksheet_by_name("主要指标").insert_chart(len(made.moves) + 2, 0, chart)
