"""Recording reported figures: handed in for review, or taken in without one by the machine's operator."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from trackers.actions.audit import recorded, refusals, utc_text
from trackers.errors import ForbiddenError, RefusedError, UnknownNameError
from trackers.model.account import Actor
from trackers.model.period import Period, day_number
from trackers.model.plan import Level, Plan
from trackers.model.region import RegionTree
from trackers.model.report import Figure, ReportState, check_figure, check_period, check_region
from trackers.model.rights import Permission
from trackers.queries.audit import hand_in_digest
from trackers.queries.evidence import may_open_evidence
from trackers.queries.figures import Change, Kept, Series, changes_among, latest, lines_of, series_in
from trackers.queries.plans import plan_by_id, region_tree
from trackers.queries.rights import require, rights_of
from trackers.queries.submission import closed_why, corrected, doubts_among, unexplained
from trackers.store import EVER, Store

BEIJING = ZoneInfo("Asia/Shanghai")
MOST_TOLD = 50  # figures whose before and after stand in the record one by one; the digest speaks for all


class HandIn(BaseModel):
    """Where figures come from: their origin, the file, and whether they are demonstrations."""

    model_config = ConfigDict(frozen=True)

    origin: str  # published, import, page, demonstration
    file: str | None = None
    file_digest: str | None = None
    demo: bool = False

    def told(self, by: Actor, at: datetime) -> dict[str, Any]:
        """The hand-in as the store keeps it, but for its number; nobody reviewed it before."""
        return {
            "at": utc_text(at), "by": by.login, "origin": self.origin, "file": self.file,
            "file_digest": self.file_digest, "demo": int(self.demo), "reviewed": 0,
        }  # fmt: skip


class Recorded(BaseModel):
    """What a hand-in did: its batch (absent when nothing changed) and how many figures of each kind."""

    model_config = ConfigDict(frozen=True)

    batch: int | None
    new: int
    changed: int
    same: int


class _HandedIn(NamedTuple):
    """One hand-in on its way into the log."""

    plan: Plan
    hand_in: HandIn
    by: Actor
    at: datetime
    approved: bool


def record_figures(
    store: Store, plan_id: str, figures: Sequence[Figure], hand_in: HandIn, *, by: Actor, at: datetime
) -> Recorded:
    """Take figures of one plan in without a review, all or none; one that differs from the last is a new revision.

    Only for the machine's operator; what is taken in stands at once and is marked 未经复核. Raises FigureError for a
    figure out of place, UnknownNameError for an unknown plan or indicator, ForbiddenError for anybody else.
    """
    plan, tree = plan_by_id(store, plan_id), region_tree(store)
    with recorded(store, "record_figures", plan_id, by=by, at=at) as detail:
        require(rights_of(store, by), Permission.ADMIT)
        _check(plan, figures, tree)
        series = _series_of(store, plan_id, figures)
        kept = latest(store, series, {figure.period.number for figure in figures})
        return _keep(store, figures, kept, series, _HandedIn(plan, hand_in, by, at, approved=True), detail)


def record_hand_in(
    store: Store, figures: Mapping[str, Sequence[Figure]], hand_in: HandIn, *, by: Actor, at: datetime
) -> list[Recorded]:
    """Take in figures of several plans (by plan id) in one transaction, in that order; as `record_figures`."""
    with refusals(store, "record_figures", "、".join(figures), by=by, at=at), store.writing():
        return [record_figures(store, plan, own, hand_in, by=by, at=at) for plan, own in figures.items()]


def submit_figures(
    store: Store, plan_id: str, figures: Sequence[Figure], hand_in: HandIn, *, by: Actor, at: datetime
) -> Recorded:
    """Hand in figures of one plan for review, all or none: submitted, until the region above has decided.

    Raises ForbiddenError for a region the person does not report for, FigureError for a figure out of place, and
    RefusedError where a period is closed, or an odd figure or a correction of an approved one has no reason.
    """
    plan, tree = plan_by_id(store, plan_id), region_tree(store)
    with recorded(store, "submit_figures", plan_id, by=by, at=at) as detail:
        rights = rights_of(store, by)
        for region in sorted({figure.region for figure in figures}):
            require(rights, Permission.ENTER, region, plan)
        _check(plan, figures, tree)
        for figure in figures:
            check_figure(plan.indicator(figure.indicator), figure)
        _check_files(store, figures, by)
        series = _series_of(store, plan_id, figures)
        periods = {figure.period.number for figure in figures}
        kept = latest(store, series, periods)
        moving = _moving(kept, figures, hand_in)
        first = [figure for figure in moving if corrected(figure, kept) is None]
        _refuse_closed(store, plan, tree, first, kept, at)
        doubts = doubts_among(plan, moving, lines_of(store, series, periods))
        if missing := unexplained(plan, tree, moving, kept, doubts):
            raise RefusedError(f"没有提交：{'；'.join(missing)}。请在“理由”一栏写明原因后再提交。")
        return _keep(store, figures, kept, series, _HandedIn(plan, hand_in, by, at, approved=False), detail, doubts)


def submit_hand_in(
    store: Store, figures: Mapping[str, Sequence[Figure]], hand_in: HandIn, *, by: Actor, at: datetime
) -> list[Recorded]:
    """Hand in figures of several plans (by plan id) for review in one transaction; as `submit_figures`."""
    with refusals(store, "submit_figures", "、".join(figures), by=by, at=at), store.writing():
        return [submit_figures(store, plan, own, hand_in, by=by, at=at) for plan, own in figures.items()]


def _check(plan: Plan, figures: Iterable[Figure], tree: RegionTree) -> None:
    indicators = {each.id: each for each in plan.indicators}
    sound: set[tuple[Level, str, Period]] = set()  # who reports is asked once for all indicators of a level
    for figure in figures:
        if figure.indicator not in indicators:
            raise UnknownNameError("指标", figure.indicator, list(indicators)[:3])
        if figure.region not in tree:
            raise UnknownNameError("地区", figure.region, [])
        indicator = indicators[figure.indicator]
        check_period(plan, indicator, figure.period)
        if (place := (indicator.level, figure.region, figure.period)) not in sound:
            check_region(plan, indicator, tree[figure.region], figure.period, tree)
            sound.add(place)


def _check_files(store: Store, figures: Iterable[Figure], by: Actor) -> None:
    """Nobody comes to another's evidence by naming it."""
    for digest in sorted({file.digest for figure in figures for file in figure.files}):
        if not may_open_evidence(store, digest, by=by):
            raise ForbiddenError("使用这份佐证材料")


def _series_of(store: Store, plan_id: str, figures: Sequence[Figure]) -> Series:
    """The series that these figures belong to, of those that are there."""
    places = {figure.place for figure in figures}
    found = series_in(store, plan_id, {region for _, region in places})
    return {place: id for place, id in found.items() if place in places}


def _moving(kept: Kept, figures: Sequence[Figure], hand_in: HandIn) -> list[Figure]:
    """Figures that are new or differ from what is kept."""
    kinds = changes_among(kept, figures, demo=hand_in.demo)
    return [figure for figure, kind in zip(figures, kinds, strict=True) if kind is not Change.SAME]


def _refuse_closed(
    store: Store, plan: Plan, tree: RegionTree, figures: Sequence[Figure], kept: Kept, at: datetime
) -> None:
    """Refuse first figures outside the time for them; one that was given back may be mended later."""
    on = at.astimezone(BEIJING).date()
    waiting: set[tuple[str, Period]] = set()
    for figure in figures:
        last = kept.get(figure.key)
        if last is None or last.state is ReportState.SUBMITTED:
            waiting.add((figure.region, figure.period))
    for region, period in sorted(waiting):
        if why := closed_why(store, plan, region, period, on):
            raise RefusedError(f"{tree[region].name} {period} 没有提交：{why}")


def _keep(
    store: Store, figures: Sequence[Figure], kept: Kept, series: Series, handed_in: _HandedIn,
    detail: dict[str, Any], doubts: Sequence[Sequence[str]] = (),
) -> Recorded:  # fmt: skip
    """Write what is new or changed and say in `detail` what that was; `doubts` one list for each figure that moves."""
    kinds = changes_among(kept, figures, demo=handed_in.hand_in.demo, to_stand=handed_in.approved)
    counts = {kind: kinds.count(kind) for kind in Change}
    moving = [figure for figure, kind in zip(figures, kinds, strict=True) if kind is not Change.SAME]
    batch, digest = _add(store, moving, kept, series, handed_in, doubts or [[]] * len(moving)) if moving else (None, "")
    detail.update({kind.value: number for kind, number in counts.items()}, file=handed_in.hand_in.file)
    detail.update(batch=batch, digest=digest, figures=[_told(figure, kept) for figure in moving[:MOST_TOLD]])
    detail["nothing"] = not moving
    return Recorded(batch=batch, new=counts[Change.NEW], changed=counts[Change.CHANGED], same=counts[Change.SAME])


def _told(figure: Figure, kept: Kept) -> list[Any]:
    """Indicator, region, period, value before (None for a first one), value now, reason."""
    last = kept.get(figure.key)
    return [figure.indicator, figure.region, str(figure.period), last.value if last else None, figure.value, figure.reason]


def _add(
    store: Store, figures: Sequence[Figure], kept: Kept, series: Series, handed_in: _HandedIn,
    doubts: Sequence[Sequence[str]],
) -> tuple[int, str]:  # fmt: skip
    """Write one batch with its reports, and their maintained rows where they stand at once.

    Returns its id and the digest under which the record keeps it.
    """
    told = handed_in.hand_in.told(handed_in.by, handed_in.at)
    batch = store.insert("add_batch", **told)
    places = {figure.place for figure in figures}
    series = with_series(store, handed_in.plan, places, series)
    approved = int(handed_in.at.timestamp()) if handed_in.approved else None
    rows = [
        _row(figure, series[figure.place], kept, batch, approved) | _texts(figure, own)
        for figure, own in zip(figures, doubts, strict=True)
    ]
    store.run("add_report", rows)
    store.run("add_report_text", [row for row in rows if any(row[name] for name in TEXTS)])
    store.run("add_report_file", [row | file._asdict() for row in rows for file in row["named"]])
    if handed_in.approved:
        keep_standings(store, [series[place] for place in places])
    return batch, hand_in_digest({"id": batch, **told}, rows)


TEXTS = ("note", "evidence", "reason", "doubts")


def with_series(store: Store, plan: Plan, places: set[tuple[str, str]], series: Series) -> Series:
    """The series with those added that belong to these places (indicator and region) and are not there yet."""
    missing = sorted(places - series.keys(), key=itemgetter(1, 0))  # a region's side by side
    if not missing:
        return series
    by_region = groupby(missing, key=itemgetter(1))
    wanted = {region: [indicator for indicator, _ in own] for region, own in by_region}
    store.run("add_series", [{"plan": plan.id, "places": json.dumps(wanted)}])
    return series_in(store, plan.id, {region for _, region in places})


def _row(figure: Figure, series_id: int, kept: Kept, batch: int, approved: int | None) -> dict[str, Any]:
    last = kept.get(figure.key)
    return {
        "series_id": series_id, "period": figure.period.number, "revision": last.revision + 1 if last else 1,
        "observed": day_number(figure.period.end), "value": figure.value, "numerator": figure.numerator,
        "denominator": figure.denominator, "batch_id": batch, "approved_at": approved,
    }  # fmt: skip


def _texts(figure: Figure, doubts: Sequence[str]) -> dict[str, Any]:
    return {
        "note": figure.note, "evidence": figure.evidence, "reason": figure.reason,
        "doubts": json.dumps(list(doubts), ensure_ascii=False) if doubts else "",
        "named": figure.files, "files": "\n".join(sorted(f"{file.digest} {file.name}" for file in figure.files)),
    }  # fmt: skip


def keep_standings(store: Store, series: Sequence[int]) -> None:
    """Make the maintained rows of these series anew from the log; inside the transaction that changed it."""
    rows = store.rows("standings_from_log", series=json.dumps(list(series)), day=EVER, known=EVER)
    store.run("keep_standing", rows)
