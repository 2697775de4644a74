"""驾驶舱: all plans at a glance, on one screen: where they stand, what is worst, what changed, what is being done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from dashboard.viewmodels import overview, warnings, words
from dashboard.viewmodels.choices import indicator_labels
from dashboard.viewmodels.overview import Completeness, Count
from dashboard.viewmodels.supervision import GROUPS, narrowed
from trackers.assessment.changes import Turn, turned_since
from trackers.model.plan import Plan
from trackers.model.wording import absent, computed_text, date_text, gap_text, number_text

WORST, TURNED, PLANS = 5, 3, 7  # how many the screen has room for
SERIES = "一项指标的走势"  # the part of the page of a region
SPAN = 26  # characters of a unit's name in a line


@dataclass(frozen=True)
class Standing:
    """One plan as of a day: its own indicators by verdict, the middle of their completion and of their time progress."""

    plan: str
    label: str
    day: date
    total: int
    judged: int
    counts: list[Count]
    drawn: int
    completion: float | None
    due: float | None
    there: Completeness
    demo: bool


@dataclass(frozen=True)
class Line:
    """One series in words, and what an address needs to lead to it; `tag` is `told` in the verdict's colour, as Markdown."""

    plan: str
    day: date
    region: str
    indicator: str
    tag: str
    told: str
    title: str
    figures: str
    gap: str = ""
    units: str = ""


@dataclass(frozen=True)
class Turns:
    """How many series of a plan turned which way since a day, the first of each named; `rows` are all of them."""

    since: date
    rows: pd.DataFrame
    numbers: dict[Turn, int]
    lines: list[Line]


@dataclass(frozen=True)
class Judged:
    """A plan with its judgement on a day; `labels` are the regions' names by code, `plan_label` the plan's."""

    plan: Plan
    plan_label: str
    day: date
    frame: pd.DataFrame
    labels: Mapping[str, str]
    home: str


@dataclass(frozen=True)
class Cockpit:
    """Everything the screen shows; `turns` is absent where the chosen plan has nothing to compare with."""

    standings: list[Standing]
    chosen: Standing | None
    worst: list[Line]
    behind: int
    turns: Turns | None
    orders: dict[str, int]
    in_words: list[str]

    @property
    def counts(self) -> list[Count]:
        """The indicators of all plans by verdict."""
        return added(self.standings)

    @property
    def chosen_label(self) -> str:
        """What the chosen plan is called."""
        return self.chosen.label if self.chosen else ""

    @property
    def total(self) -> int:
        """How many indicators all plans have."""
        return sum(each.total for each in self.standings)

    @property
    def there(self) -> Completeness:
        """The figures expected and there in all plans."""
        every = [each.there for each in self.standings]
        latest = max((each.latest for each in every if each.latest), default=None)
        return Completeness(
            sum(each.expected for each in every), sum(each.reported for each in every), sum(each.demo for each in every),
            sum(each.unreviewed for each in every), latest,
        )  # fmt: skip


def glance(
    every: Sequence[Judged], chosen: Judged | None, before: tuple[date, pd.DataFrame] | None, orders: pd.DataFrame,
    in_words: list[str],
) -> Cockpit:  # fmt: skip
    """What the screen shows of these plans; `before` is a day and the chosen one as it stood then, `orders` are of all plans."""
    standings = [standing(each) for each in every]
    return Cockpit(
        standings=standings,
        chosen=next((each for each in standings if chosen and each.plan == chosen.plan.id), None),
        worst=worst(every),
        behind=sum(int(each.frame["verdict"].isin(words.BEHIND).sum()) for each in every),
        turns=None if chosen is None or before is None else turns(chosen, *before),
        orders=by_group(orders),
        in_words=in_words,
    )


def plan_day(plan: Plan, day: date, today: date) -> date:
    """The day a plan is judged for beside others: the chosen one within its time, else the day it opens at by itself."""
    return day if plan.first_day <= day <= plan.last_day else min(today, plan.last_day)


def last_quarter(judged: Judged) -> date | None:
    """The last day of the quarter before that of the newest figures; None where the plan had not begun, or has none.

    Figures up to 2024-03-31 are compared with what stood at 2023-12-31, on 2024-05-20 too: no newer ones are there yet.
    """
    latest = overview.completeness(judged.frame).latest
    since = None if latest is None else quarter_before(min(latest, judged.day))
    return since if since and since >= judged.plan.first_day else None


def quarter_before(day: date) -> date:
    """The last day of the quarter before the one the day lies in: 2024-05-20 and 2024-06-30 give 2024-03-31."""
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1) - timedelta(days=1)


def standing(judged: Judged) -> Standing:
    """How one plan stands: the rows of the region at which the person begins."""
    rows = overview.own_rows(judged.frame, judged.home)
    drawn = overview.drawn(rows)
    return Standing(
        plan=judged.plan.id, label=judged.plan_label, day=judged.day, total=len(rows),
        judged=int(rows["verdict"].isin(words.JUDGED).sum()), counts=overview.counts(rows, judged.day), drawn=len(drawn),
        completion=None if drawn.empty else float(drawn["completion"].median()),
        due=None if drawn.empty else float(drawn["due_share"].median()),
        there=overview.completeness(judged.frame), demo=bool(drawn["demo"].any()),
    )  # fmt: skip


def added(standings: Iterable[Standing]) -> list[Count]:
    """The counts of several plans together, in the order of a report; what one plan calls 已实现 counts as 提前实现 · 已实现."""
    numbers: dict[str, int] = {}
    labels: dict[str, list[str]] = {}
    for count in [each for one in standings for each in one.counts]:
        numbers[count.verdict] = numbers.get(count.verdict, 0) + count.number
        known = labels.setdefault(count.verdict, [])
        if count.label not in known:
            known.append(count.label)
    told = [(verdict, _together(labels[verdict])) for verdict in (each.value for each in overview.ORDER) if verdict in numbers]
    return [Count(verdict, label, numbers[verdict]) for verdict, label in told]


def _together(labels: Sequence[str]) -> str:
    sign, _ = labels[0].split(" ")
    return f"{sign} {'／'.join(label.split(' ')[1] for label in sorted(labels))}"


def where(line: Line) -> dict[str, str]:
    """What an address says to lead to a line's series."""
    told = {"plan": line.plan, "day": str(line.day), "region": line.region, "indicator": line.indicator}
    return told | {"part": SERIES}


def worst(every: Sequence[Judged], most: int = WORST) -> list[Line]:
    """The indicators furthest behind of all plans, each in its worst region; those that can still be reached first."""
    heads = [_worst_of(judged, most).assign(place=place) for place, judged in enumerate(every)]
    if not heads:
        return []
    rows = warnings.worst_first(pd.concat(heads, ignore_index=True))
    rows = rows.sort_values("due", kind="stable").head(most)
    return [_short(every[row["place"]], row) for row in rows.to_dict("records")]


def _worst_of(judged: Judged, most: int) -> pd.DataFrame:
    """So many indicators of a plan whose day has come, and as many whose day has not; `places` behind in each."""
    order, _ = warnings.worst_order(judged.frame)
    behind = judged.frame[["indicator", "target_day"]].iloc[order]
    places = behind.groupby("indicator")["indicator"].transform("size")
    told = behind.assign(places=places, due=behind["target_day"] <= judged.day)
    heads = told.drop_duplicates("indicator").groupby("due", sort=False).head(most)
    return judged.frame.loc[heads.index].assign(places=heads["places"], due=heads["due"])


def _short(judged: Judged, row: dict[Any, Any]) -> Line:
    gap = "" if absent(row["shortfall"]) else f"差{gap_text(row['shortfall'], row['unit'])}"
    marks = [f"共{row['places']}个地区落后"] if row["places"] > 1 else []
    marks += list(filter(None, [words.plain_marks(row["demo"], row["unreviewed"])]))
    marks += [words.only_known(row)] if words.ended_early(row) else []
    said = f"现值{number_text(row['value'], row['unit'])}，应达{computed_text(row['expected'], row['unit'])}"
    said += f"（{'；'.join(marks)}）" if marks else ""
    return _line(judged, row, words.label(row), said, gap, _units(row["units"]))


def _units(units: Sequence[str]) -> str:
    if not units:
        return "文件未写明"
    told = "、".join(units)
    return told if len(told) <= SPAN or len(units) < 3 else f"{'、'.join(units[:2])}等{len(units)}家"


def _line(judged: Judged, row: dict[Any, Any], told: str, figures: str = "", gap: str = "", units: str = "") -> Line:
    region = judged.labels[row["region"]]
    return Line(
        judged.plan_label, judged.day, region, indicator_labels(judged.plan)[row["indicator"]],
        words.badge(row["verdict"], row["severity"], told), told,
        f"{row['indicator_name']}　{region}", figures, gap, units,
    )  # fmt: skip


def turns(judged: Judged, since: date, before: pd.DataFrame, most: int = TURNED) -> Turns:
    """What turned in the chosen plan since the day for which `before` judges it; the first for the worse and better named."""
    found = turned_since(before, judged.frame)
    numbers = {turn: int((found["turn"] == turn).sum()) for turn in Turn}
    shown = pd.concat([found[found["turn"] == turn].head(most) for turn in (Turn.WORSE, Turn.BETTER)])
    lines = [
        _line(judged, row, f"{row['sign_before']} → {words.label(row)}")
        for row in shown.to_dict("records")
    ]
    return Turns(since, found, numbers, lines)


def by_group(orders: pd.DataFrame) -> dict[str, int]:
    """How many supervision orders stand where, by the groups of the page 督办."""
    return {group: len(narrowed(orders, [group])) for group in GROUPS}


def furthest(standings: Sequence[Standing], most: int = PLANS) -> pd.DataFrame:
    """The plans a chart has room for, those furthest behind the time; in the order in which they are listed."""
    rows = pd.DataFrame([vars(each) for each in standings if each.completion is not None])
    if len(rows) > most:
        gaps = (rows["completion"] - rows["due"]).sort_values(kind="stable")
        rows = rows.loc[sorted(gaps.index[:most])]
    return rows.reset_index(drop=True)


def about(standings: Sequence[Standing], in_words: Sequence[str]) -> str:
    """For which days the plans are judged, and which of them the chart leaves out."""
    silent = [each.label for each in standings if each.completion is None]
    days: dict[date, list[str]] = {}
    for each in standings:
        days.setdefault(each.day, []).append(each.label)
    said = [f"{'、'.join(names)}截至{date_text(day)}" for day, names in days.items()]
    said += [f"没有可画的完成率：{'、'.join(silent)}"] if silent else []
    said += [f"只有定性目标和任务：{'、'.join(in_words)}"] if in_words else []
    hidden = len(standings) - len(silent) - PLANS
    said += [f"另有 {hidden} 份较快的规划未画"] if hidden > 0 else []
    return "；".join(said)


def as_of(standing: Standing) -> str:
    """辽宁（截至2024年5月20日）."""
    return f"{standing.label}（截至{date_text(standing.day)}）"
