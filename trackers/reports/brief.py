"""A leader's brief: what there is to know of an evaluation, on one page."""

from __future__ import annotations

from trackers.assessment.verdict import Verdict
from trackers.model.wording import date_text, number_text, percent_text
from trackers.reports.blocks import Block, Drawing, Grid, Paper, Words, grid, words
from trackers.reports.columns import Column
from trackers.reports.figures import Row
from trackers.reports.outline import Contents
from trackers.reports.paper import title_lines
from trackers.reports.sentences import listed, shortfall_phrase, titled, verdict_text

MOST_ROWS, LONGEST = 20, 160  # rows of the table, signs of a problem or suggestion
TYPE_WIDTH, TYPE_HEIGHT = 442.0, 637.0  # points: the type area
FULL = 0.99  # of the page may be filled by what is reckoned, which is rather more than what it takes
# Points of type, and how many problems and suggestions are told: the first that fits.
STEPS = ((14.0, 5), (12.0, 5), (12.0, 3), (10.5, 5), (10.5, 3), (9.5, 4), (9.5, 3), (9.0, 4), (9.0, 3), (9.0, 2),
         (9.0, 1), (7.5, 1))  # fmt: skip
ELSEWHERE = "见“主要指标完成情况”"  # a part that a brief does not have
COLUMNS: list[Column] = [
    ("指标", "name", 48), ("目标", "target", 25), ("现值", "value", 31), ("完成率", "completion", 16), ("判定", "verdict", 36),
]  # fmt: skip


def brief_paper(contents: Contents, logo: bytes | None = None) -> Paper:
    """The brief in the largest type at which it is reckoned to fill one page; what is left out is counted."""
    tried = (_paper(contents, logo, size, most) for size, most in STEPS)
    paper = next((each for each in tried if height(each) <= TYPE_HEIGHT * FULL), None)
    return paper or _paper(contents, logo, *STEPS[-1])


def _paper(contents: Contents, logo: bytes | None, size: float, most: int) -> Paper:
    plan = f"{'' if contents.home_name in contents.plan_name else contents.home_name}{titled(contents.plan_name)}"
    blocks: list[Block] = [Drawing(logo, "标志", height=12)] if logo else []
    title = title_lines(f"{plan}{contents.kind.word}简报")
    blocks += [Words(title, "title"), Words(f"（截至{date_text(contents.as_of)}）", "subtitle")]
    blocks += words(contents.warnings, "warning")
    blocks += [Words("总体评价", "one"), *words(text.replace(ELSEWHERE, "见评估报告") for text in contents.overall)]
    home = [line.row for line in contents.indicators if line.row]
    blocks += grid("", COLUMNS, [_cells(row) for row in home[:MOST_ROWS]])
    blocks += _more(len(contents.indicators) - len(home[:MOST_ROWS]), "项指标")
    blocks += [Words("突出问题", "one"), *_problems(contents, most)]
    blocks += [Words("建议", "one"), *_suggestions(contents, most)]
    blocks.append(Words(f"数据摘要（SHA-256）：{contents.digest}", "small"))
    if contents.basis and contents.basis.made:
        blocks.append(Words(f"制作摘要（SHA-256）：{contents.basis.made}", "small"))
    kinds = {"pitch": round(size * 1.45, 1), "head": min(22.0, size * 1.8), "table": min(10.5, size - 1), "small": 7.5}
    return Paper(title.replace("\n", ""), contents.made_at, tuple(blocks), size=size, **kinds)


def _cells(row: Row) -> dict[str, str]:
    value = "未填报" if row.value is None else number_text(row.value, row.unit)
    value = f"已报部分{value}" if row.partial else value
    return {
        "name": row.indicator_name, "target": row.target_text, "value": value + ("〔演示〕" if row.demo else ""),
        "completion": percent_text(row.completion), "verdict": f"{row.sign} {verdict_text(row)}",
    }  # fmt: skip


def _more(number: int, what: str) -> list[Block]:
    return [Words(f"其余{number}{what}见评估报告。", "small")] if number > 0 else []


def _problems(contents: Contents, most: int) -> list[Block]:
    """What is behind, the worst first: by how much, and why."""
    home = [each for each in contents.problems if each.row.region == contents.home]
    worse = [verdict.value for verdict in (Verdict.MISSED, Verdict.REGRESSING, Verdict.LAGGING)]
    worst = sorted(home, key=lambda each: (worse.index(each.row.verdict), each.row.completion or 0.0))
    told = []
    for each in worst[:most]:
        row = each.row
        parts = [verdict_text(row), shortfall_phrase(row, contents.as_of)]
        parts += [shortened(each.reason)] if each.reason else ["原因尚未填报"]
        told.append(f"{row.indicator_name}{'（演示数据）' if row.demo else ''}：{'；'.join(part for part in parts if part)}。")
    far = len(contents.problems) - len(home)
    if far:
        regions = dict.fromkeys(each.row.region_name for each in contents.problems if each.row.region != contents.home)
        told.append(f"各地区的数据中有{far}个滞后于预期、背离目标或未实现，涉及{listed(list(regions), 8)}。")
    if not told:
        return [Words("在能够判断的指标和地区数据中，没有滞后于预期、背离目标或未实现的。")]
    return [*words(told, numbered=True), *_more(len(worst) - most, "项滞后、背离或未实现的指标")]


def _suggestions(contents: Contents, most: int) -> list[Block]:
    """What people suggest before what follows from the figures."""
    said = [line for line in contents.voices if line.suggestion]
    first = [text for text in contents.suggestions if any(text.endswith(f"建议）：{line.suggestion}。") for line in said)]
    ordered = [*first, *(text for text in contents.suggestions if text not in first)]
    told = [shortened(text) for text in ordered[:most]]
    return [*words(told, numbered=True), *_more(len(ordered) - len(told), "条建议")]


def shortened(text: str) -> str:
    """A text that leaves room for others; where it is cut, it says so."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}……"


def height(paper: Paper) -> float:
    """About how many points the blocks fill: a Chinese sign is as wide as it is high, others take somewhat over half."""
    return sum(_height(block, paper) for block in paper.blocks)


def _height(block: Block, paper: Paper) -> float:
    if isinstance(block, Drawing):
        return (block.height or 80) * 72 / 25.4 + 12
    if isinstance(block, Grid):
        size = paper.table
        lines = [max(_lines(cell, width * 72 / 25.4 - 3, size) for cell, width in zip(row, block.widths, strict=True))
                 for row in (block.headings, *block.rows)]  # fmt: skip
        return sum(line * size * 1.47 + 1 for line in lines) + 12
    assert isinstance(block, Words)
    if block.style == "title":
        return _lines(block.text, TYPE_WIDTH, paper.head) * (paper.head + 10) + 8
    size, pitch = (paper.small, paper.small + paper.pitch - paper.size) if block.style == "small" else (paper.size, paper.pitch)
    return _lines("　　" + block.text, TYPE_WIDTH - size, size) * pitch


def _lines(text: str, across: float, size: float) -> int:
    wide = [sum(1.0 if ord(sign) > 255 else 0.58 for sign in part) * size for part in text.split("\n")]
    return sum(max(1, -int(-each // across)) for each in wide)
