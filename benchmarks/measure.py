"""Measuring one thing against another, and a row of the table that comes of it."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Thing = Callable[[], object]


@dataclass(frozen=True)
class Row:
    """One line of the table: what was measured at which share of the nation, against what, and what is asked of it."""

    share: str  # 1 %
    name: str
    figure: str  # 212 ms
    floor: str  # what it is held against: scan 640 ms
    ratio: float | None = None
    goal: str = ""  # ≤ 0.3
    met: bool | None = None  # None where nothing is asked
    note: str = ""


def interleaved(things: Sequence[Thing], rounds: int, clock: Callable[[], float] = time.process_time) -> list[float]:
    """The best seconds of each thing, done in turns: what else the machine does falls on all alike.

    By the processor time of this process; by another clock where processes of its own are part of the thing.
    """
    best = [float("inf")] * len(things)
    for _ in range(rounds):
        for number, thing in enumerate(things):
            gc.collect()
            began = clock()
            thing()
            best[number] = min(best[number], clock() - began)
    return best


def at_most(goal: float, ratio: float) -> tuple[str, bool]:
    """The goal in words, and whether a ratio meets it."""
    return f"≤ {goal:g}", ratio <= goal


def at_least(goal: float, ratio: float) -> tuple[str, bool]:
    """The goal in words, and whether a ratio meets it."""
    return f"≥ {goal:g}", ratio >= goal


def time_text(seconds: float) -> str:
    """Seconds for people: 12.3 ms, 4.5 s."""
    return f"{seconds * 1000:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"


HEAD = ("Nation", "Measured", "Figure", "Against", "Ratio", "Goal", "Met")


def cells(row: Row) -> tuple[str, ...]:
    """A row as the table shows it."""
    met = {True: "yes", False: "no", None: ""}[row.met]
    ratio = "" if row.ratio is None else f"{row.ratio:.3g}"
    return (row.share, row.name, row.figure, row.floor, ratio, row.goal, " — ".join(filter(None, [met, row.note])))


def table(rows: Sequence[Row], *, markdown: bool) -> str:
    """The rows below one another, as text or as Markdown."""
    lines = [HEAD, *(cells(row) for row in rows)]
    if markdown:
        shown = ["| " + " | ".join(line) + " |" for line in lines]
        return "\n".join([shown[0], "| " + " | ".join("---" for _ in HEAD) + " |", *shown[1:]])
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    return "\n".join("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip() for line in lines)
