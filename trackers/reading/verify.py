"""Do the figures and places of a plan stand in its document as the plan says?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from trackers.model.plan import Confidence, Plan, Source, Target
from trackers.reading.clean import comparable

# What a damaged copy shows in the place of lost characters; a shape writes □.
DAMAGE = re.compile(r"[?\ufffd□]")
NUMERAL = re.compile(r"(\d+(?:\.\d+)?)([万亿]?)")
TIMES = {"": 1, "万": 10_000, "亿": 100_000_000}


class Mismatch(NamedTuple):
    """One place where plan and document differ; `str` is the sentence shown.

    `start` and `end` are the span in half-open code points, absent where the document as a whole is meant.
    """

    plan: str
    part: str
    field: str
    start: int | None
    end: int | None
    expected: str
    found: str

    def __str__(self) -> str:
        span = "" if self.start is None else f" [{self.start}, {self.end})"
        return f"{self.plan}：{self.part} 的 {self.field}{span}：应为{self.expected}，原文是{self.found}"


def verify_plans(plans: Iterable[Plan], folder: Path) -> list[Mismatch]:
    """The mismatches of several plans whose documents lie in one folder, in the order of the plans."""
    return [mismatch for plan in plans for mismatch in verify_plan(plan, folder)]


def verify_plan(plan: Plan, folder: Path) -> list[Mismatch]:
    """Where the plan's figures and places differ from its document `folder / source_file`.

    The document is read as it is (UTF-8, line ends untouched). A document that is missing or not UTF-8
    is a mismatch. A plan without a document of its own has nothing to compare.
    """
    if plan.source_file is None:
        return []
    try:
        with (folder / plan.source_file).open(encoding="utf-8", newline="") as file:
            text = file.read()
    except OSError as error:
        return [_unread(plan, f"打不开的文件（{error.strerror}）")]
    except UnicodeDecodeError:
        return [_unread(plan, "不是 UTF-8 的文件")]
    return [*_figures(plan, text), *_places(plan, text)]


def _unread(plan: Plan, found: str) -> Mismatch:
    expected = f"可读的 UTF-8 文件 {plan.source_file}"
    return Mismatch(plan.id, "规划", "source_file", None, None, expected, found)


def _figures(plan: Plan, text: str) -> Iterator[Mismatch]:
    for indicator in plan.indicators:
        for target in indicator.targets:
            if target.source is None:
                continue
            part = f"指标 {indicator.id}（{indicator.name}）{target.year} 年目标"
            for expected, found in _figure(target, target.source, text):
                span = target.source.start, target.source.end
                yield Mismatch(plan.id, part, "targets.source", *span, expected, found)


def _figure(target: Target, source: Source, text: str) -> Iterator[tuple[str, str]]:
    """What is expected of a target's span and what stands there, where the two differ."""
    if source.end > len(text):
        yield "原文之内的区间", f"共 {len(text)} 个字符"
        return
    read = text[source.start : source.end]
    if target.confidence is Confidence.CONFIRMED:
        if numeral(read) != target.value:
            yield f"数字 {target.value:.15g}", f"“{read}”"
    elif DAMAGE.sub("□", unicodedata.normalize("NFKC", read)) != target.shape:
        yield f"残损形“{target.shape or '（未写 shape）'}”", f"“{read}”"
    before, after = text[max(source.start - 1, 0) : source.start], text[source.end : source.end + 1]
    whole = target.confidence is Confidence.CONFIRMED
    if _belongs(before, whole) or _belongs(after, whole) or after in TIMES.keys() - {""}:
        yield "完整的数字", f"“{before}{read}{after}”，区间没有盖住整个数字"


def _belongs(neighbour: str, whole: bool) -> bool:
    """Whether the character beside a span is part of the figure; beside a legible one, damage is too."""
    return neighbour.isdecimal() or neighbour in {".", "．"} or (whole and bool(DAMAGE.fullmatch(neighbour)))


def numeral(read: str) -> float | None:
    """The value of a printed numeral, full-width digits, separators and 万 or 亿 understood; else None."""
    plain = unicodedata.normalize("NFKC", read).replace(",", "")
    match = NUMERAL.fullmatch(plain)
    return float(match[1]) * TIMES[match[2]] if match else None


def _places(plan: Plan, text: str) -> Iterator[Mismatch]:
    parts: list[tuple[str, Source, str | None]] = []
    parts += [(f"定性目标 {goal.id}（{goal.name}）", goal.source, None) for goal in plan.goals]
    parts += [(f"任务 {task.id}（{task.name}）", task.source, task.name) for task in plan.tasks]
    parts += [(f"保障措施 {each.id}（{each.name}）", each.source, None) for each in plan.safeguards]
    parts += [(f"评估 {each.kind.word}", each.source, None) for each in plan.evaluations]
    for part, source, name in parts:
        span = source.start, source.end
        inside = text[source.start : source.end]
        if source.end > len(text):
            found = f"共 {len(text)} 个字符"
            yield Mismatch(plan.id, part, "source", *span, "原文之内的区间", found)
        elif name and comparable(name) not in comparable(inside):
            begins = inside[:20].replace("\n", " ")
            yield Mismatch(plan.id, part, "source", *span, f"含有“{name}”的一段", f"“{begins}……”")
