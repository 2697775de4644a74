"""What stands in the way of handing a figure in: a closed period, an odd figure or a correction without a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from trackers.assessment.doubts import figure_doubts, unchanged
from trackers.assessment.policy import DEFAULT, Policy
from trackers.model.period import Period
from trackers.model.plan import Plan
from trackers.model.region import RegionTree
from trackers.model.report import Figure
from trackers.model.wording import number_text
from trackers.queries.figures import Kept, Line
from trackers.queries.periods import entry_closed
from trackers.store import Store

Lines = Mapping[tuple[str, str], Line]  # (indicator, region) → period number → value
MOST_NAMED = 10
UNCHANGED = "本次各行都与上一期的数完全相同"


def closed_why(store: Store, plan: Plan, region: str, period: Period, on: date) -> str:
    """Why the region cannot hand in for the period on that day; empty when it can."""
    if period.end >= on:
        return f"填报期 {period} 到 {period.end} 才结束，请在结束以后填报。"
    return entry_closed(store, plan, region, period, on)


def doubts_among(
    plan: Plan, figures: Sequence[Figure], lines: Lines, policy: Policy = DEFAULT
) -> list[list[str]]:
    """For each figure the sentences that say what is odd about it, beside what stands and the others handed in.

    `lines` as `trackers.queries.figures.lines_of` tells them.
    """
    copied = [UNCHANGED] if unchanged(figures, lines) else []
    beside: dict[tuple[str, str], Line] = {}
    for figure in figures:
        place = figure.place
        beside.setdefault(place, dict(lines.get(place, {})))[figure.period.number] = figure.value
    beside = {place: dict(sorted(line.items())) for place, line in beside.items()}
    return [
        figure_doubts(plan.indicator(each.indicator), each, beside[each.place], policy) + copied
        for each in figures
    ]


def corrected(figure: Figure, kept: Kept) -> float | None:
    """The approved value that the figure would take the place of; None for a first figure of its period."""
    last = kept.get(figure.key)
    return last.standing if last else None


def needs_reason(figure: Figure, kept: Kept, doubts: Sequence[str]) -> bool:
    """Whether a figure is odd, or corrects one that stands, and nobody has said why."""
    return (bool(doubts) or corrected(figure, kept) is not None) and not figure.reason.strip()


def unexplained(
    plan: Plan, tree: RegionTree, figures: Sequence[Figure], kept: Kept, doubts: Sequence[Sequence[str]]
) -> list[str]:
    """A sentence for each figure that needs a reason and has none; of many the first."""
    told = []
    for figure, own in zip(figures, doubts, strict=True):
        if needs_reason(figure, kept, own):
            indicator = plan.indicator(figure.indicator)
            why = list(own) or [f"更正已审核的 {number_text(corrected(figure, kept), indicator.unit)}"]
            told.append(f"{tree[figure.region].name} {figure.period}“{indicator.name}”{'，'.join(why)}")
    rest = [f"另有 {len(told) - MOST_NAMED} 处"] if len(told) > MOST_NAMED else []
    return told[:MOST_NAMED] + rest
