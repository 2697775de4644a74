"""What handing in would do, and did: refused cells, doubts, the preview, and who decides next."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

import pandas as pd

from trackers.actions.figures import Recorded
from trackers.exchange.import_figures import Doubt, Reading, Taken
from trackers.exchange.rows import LONGEST, Fault
from trackers.model.period import Period
from trackers.model.plan import Indicator
from trackers.model.region import RegionTree
from trackers.model.report import EvidenceName, Figure, ReportState
from trackers.model.rights import superior
from trackers.model.signs import has_odd_signs
from trackers.model.wording import number_text
from trackers.queries.entry import Approved
from trackers.queries.figures import Change, KeptFigure

WRONG = "有误"
PREVIEW = ["行", "结果", "指标", "写入", "原有", "说明", "理由", "填报期", "地区", "佐证地址", "佐证材料"]


class Summary(NamedTuple):
    """A hand-in in numbers of rows."""

    new: int
    corrected: int
    changed: int
    same: int
    wrong: int
    empty: int

    def __str__(self) -> str:
        words = ("新增", "更正", "修改", "相同", "有误", "未填")
        return "、".join(f"{word} {count}" for word, count in zip(words, self, strict=True)) + "（行）"


def summary(reading: Reading) -> Summary:
    """How many rows are new, correct an approved figure, change one that waits, are the same, wrong and empty."""
    wrong = len({fault.row for fault in reading.faults})
    words = [outcome(each) for each in reading.taken]
    new, corrected, changed, same = (words.count(word) for word in ("新增", "更正", "修改", "相同"))
    return Summary(new, corrected, changed, same, wrong, reading.empty)


def outcome(taken: Taken) -> str:
    """What a row does: 新增, 更正 (of a figure that stands), 修改 (of one that was handed in or given back), 相同."""
    if taken.change is Change.CHANGED:
        return "更正" if taken.corrects else "修改"
    return taken.change.word


def fault_texts(reading: Reading, names: Sequence[str] = ()) -> list[str]:
    """Every refused cell in a sentence; `names` says what each row, from the first, is about."""
    abouts = {row: f"（{name}）" for row, name in enumerate(names, start=1)}
    return [f"第 {each.row} 行{abouts.get(each.row, '')}{_told(each)}" for each in reading.faults]


def _told(fault: Fault) -> str:
    read = f"读到“{fault.read}”" if fault.read else "没有填"
    return f"“{fault.heading}”：{read}，应为{fault.expected}"


def preview(reading: Reading, tree: RegionTree, names: Sequence[str] = ()) -> pd.DataFrame:
    """What would be written, row by row, wrong rows first; `names` as in `fault_texts`."""
    abouts = dict(enumerate(names, start=1))
    wrong: dict[int, list[str]] = {}
    for fault in reading.faults:
        wrong.setdefault(fault.row, []).append(_told(fault))
    rows: list[dict[str, object]] = [
        {"行": row, "结果": WRONG, "指标": abouts.get(row, ""), "说明": "不写入：" + "；".join(told)}
        for row, told in wrong.items()
    ]
    rows += [_taken(each, tree) for each in reading.taken]
    return pd.DataFrame([dict.fromkeys(PREVIEW, "") | row for row in rows], columns=PREVIEW)


def _taken(taken: Taken, tree: RegionTree) -> dict[str, object]:
    figure = taken.figure
    return {
        "行": taken.row,
        "结果": outcome(taken),
        "地区": tree[figure.region].name,
        "指标": taken.indicator.name,
        "填报期": str(figure.period),
        "写入": said(taken.indicator, figure),
        "原有": said(taken.indicator, taken.before) if taken.before else "",
        "说明": figure.note,
        "理由": figure.reason,
        "佐证材料": "、".join(file.name for file in figure.files),
        "佐证地址": figure.evidence,
    }


def said(indicator: Indicator, figure: Figure | KeptFigure | Approved) -> str:
    """A figure with every digit it has: 86项; a ratio as its parts with what they make: 95/100（95%）."""
    demo = "，演示数据" if not isinstance(figure, Figure) and figure.demo else ""
    if figure.numerator is None or figure.denominator is None:
        return f"{exact(figure.value)}{indicator.unit}{demo}"
    made = number_text(figure.value, indicator.unit)
    return f"{exact(figure.numerator)}/{exact(figure.denominator)}（{made}）{demo}"


def exact(value: float) -> str:
    """The number as it is kept, unrounded and without an exponent: 12.345, 1200000."""
    text = f"{Decimal(repr(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def written(reading: Reading, done: Sequence[Recorded], tree: RegionTree) -> str:
    """What a hand-in did, in a sentence, and who decides next."""
    new, changed = sum(each.new for each in done), sum(each.changed for each in done)
    same = sum(each.same for each in done)
    if not new + changed:
        return f"{reading.name}：{same} 个数与原有相同，没有提交新的数。"
    counts = summary(reading)
    parts = [f"{word} {count}" for word, count in zip(("新增", "更正", "修改"), counts, strict=False) if count]
    left = f"；{same} 个与原有相同，没有改动" if same else ""
    mark = "，记作演示数据" if reading.demo else ""
    return f"{reading.name}：已提交 {new + changed} 个数（{'、'.join(parts)}{left}）{mark}，待{_above(reading, tree)}审核。"


def _above(reading: Reading, tree: RegionTree) -> str:
    """The regions whose reviewers decide over what was handed in."""
    told = {}
    for each in reading.taken:
        if each.change is not Change.SAME:
            code = superior(tree, each.plan, each.figure.region)
            told[code] = tree[code].name + ("的另一位审核员" if code == each.figure.region else "")
    return "、".join(told.values())


def fingerprint(reading: Reading) -> str:
    """Changes with anything the preview shows: what was shown is what is written."""
    shown = [(each.row, each.plan.id, each.figure, each.change, each.before) for each in reading.taken]
    return hashlib.sha256(repr((reading.name, reading.digest, shown, reading.faults)).encode()).hexdigest()[:16]


def doubt_texts(reading: Reading) -> list[str]:
    """What needs a reason, row by row: what is odd about the figure, and which approved one it would replace."""
    told = []
    for each in reading.taken:
        if each.needs_reason:
            before = each.before if each.corrects else None
            replaced = [f"要更正{_stands(before)}的 {said(each.indicator, before)}"] if before else []
            told.append(f"第 {each.row} 行（{each.indicator.name}）{'；'.join([*each.doubts, *replaced])}")
    return told


def _stands(before: KeptFigure) -> str:
    """已锁定 where an evaluation holds what is corrected, 已审核 otherwise."""
    return (ReportState.LOCKED if before.locked else ReportState.APPROVED).word


def remark_texts(reading: Reading) -> list[str]:
    """What a person should look at again and need not explain."""
    odd = {(each.row, sentence) for each in reading.taken for sentence in each.doubts}
    return [str(each) for each in reading.warnings if (each.row, each.sentence) not in odd]


def with_reason(reading: Reading, reason: str) -> Reading:
    """The reading with this reason in every row that needs one and has none."""
    taken = [_with(each, reason=reason.strip()) if each.needs_reason else each for each in reading.taken]
    return reading._replace(taken=taken)


def with_files(reading: Reading, files: Mapping[str, tuple[EvidenceName, ...]], rows: Sequence[str]) -> Reading:
    """The reading with the evidence files of each indicator; `rows` are the indicators of the rows, from the first.

    A file beside a row without a figure is not dropped in silence.
    """
    taken = [_with(each, files=files.get(each.indicator.id, ())) for each in reading.taken]
    read = {each.row for each in taken} | {fault.row for fault in reading.faults}
    alone = [row for row, id in enumerate(rows, start=1) if files.get(id) and row not in read]
    told = [Doubt(row, "只附了佐证材料，没有填报值，没有读入") for row in alone]
    return reading._replace(taken=taken, warnings=sorted([*reading.warnings, *told]))


def _with(taken: Taken, **more: object) -> Taken:
    figure = taken.figure.model_copy(update=more)
    change = Change.CHANGED if taken.change is Change.SAME and figure.files else taken.change
    return taken._replace(figure=figure, change=change)


def first_figures(reading: Reading) -> list[Taken]:
    """Rows that can be handed in only while their period is open: neither corrections nor mended ones."""
    return [
        each for each in reading.taken
        if not each.corrects and each.change is not Change.SAME
        and not (each.before and each.before.state is ReportState.RETURNED)
    ]  # fmt: skip


def with_closed(reading: Reading, closed: Mapping[tuple[str, str, Period], str]) -> Reading:
    """The reading with a fault in place of every first figure of a closed period (plan, region, period → why)."""
    keys = {each.row: (each.plan.id, each.figure.region, each.figure.period) for each in first_figures(reading)}
    shut = {row: (str(key[2]), closed[key]) for row, key in keys.items() if key in closed}
    faults = [Fault(row, "period", read, f"开放中的填报期（{why}）") for row, (read, why) in shut.items()]
    taken = [each for each in reading.taken if each.row not in shut]
    return reading._replace(taken=taken, faults=sorted([*reading.faults, *faults], key=Fault.place))


def reason_fault(reason: str) -> str:
    """Why a reason for the whole sheet cannot be taken; empty when it can."""
    if len(reason) > LONGEST:
        return f"“整张表的理由”有 {len(reason)} 个字，应不超过 {LONGEST} 个字。"
    return "“整张表的理由”里有控制字符，应为普通文字。" if has_odd_signs(reason) else ""
