"""What is read for the pages, kept by database and version of its data: nothing stale is ever shown.

Judgements, plans, regions, figures and what is made of them are `kept` as they are: nobody changes them. A judgement changes
with the approved figures of its plan, not with what waits for its review, and is carried on from the one before. Small frames
are kept by `cache_data` (each page gets its own copy). What only shows something is drawn `once`, by `cache_resource`, and sent
again from memory.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard import session
from dashboard.charts.layout import Finished
from dashboard.kept import Key, kept
from dashboard.viewmodels import cockpit as glance
from dashboard.viewmodels.choices import plan_labels
from dashboard.viewmodels.cockpit import Cockpit, Judged
from dashboard.viewmodels.outlines import Drawing
from dashboard.viewmodels.outlines import drawing as draw_outlines
from dashboard.viewmodels.placed import Placed
from dashboard.viewmodels.supervision import marked
from trackers.actions.seeds import DEMONSTRATION
from trackers.model.account import Actor
from trackers.model.adjustment import Adjustment
from trackers.model.plan import EvaluationKind, Plan
from trackers.model.published import PublishedFigure
from trackers.model.region import RegionTree
from trackers.queries import assess as judged
from trackers.queries import compared as beside
from trackers.queries import maps, supervision
from trackers.queries import plans as asked
from trackers.queries.adjustments import in_force
from trackers.queries.judgement import Judgement, carried_on
from trackers.reports.contents import evaluation_contents
from trackers.reports.figures import distinct_names
from trackers.reports.outline import Contents
from trackers.reports.sources import told_with
from trackers.store import Store

PEOPLE = 1000  # with different rights
TOLD = ("origin", "evidence", "note")


def plans() -> list[Plan]:
    """Every plan that concerns the person: those of their own regions first, then the newest with the most indicators."""
    return _plans(_key())


def tree() -> RegionTree:
    """Every region."""
    return _tree(_key())


def assessment(plan: Plan, day: date) -> pd.DataFrame:
    """The plan's judgement on a day, each row with origin, evidence and note of its figure; not to be changed."""
    return _assessment(_of_plan(plan.id), plan.id, day).frame


def one_indicator(plan: Plan, indicator: str, day: date) -> pd.DataFrame:
    """The judgement of one indicator on a day, without origin, evidence and note."""
    return _one_indicator(_of_indicator(plan.id, indicator), plan.id, indicator, day)


def placed(plan: Plan, day: date) -> Placed:
    """The judgement with what pages ask of it by region; not to be changed."""
    return _placed(_of_plan(plan.id), plan.id, day)


def cockpit(plan: Plan, day: date) -> Cockpit:
    """All plans at a glance, the chosen one on the day; not to be changed."""
    return _cockpit(_key(), plan.id, day, session.today())


def side_by_side(plan: Plan, day: date) -> list[Judged]:
    """Every plan with indicators as it is judged beside the chosen one, where the person may see figures of it."""
    return _side_by_side(_key(), plan.id, day, session.today())


def drawing(placed: Placed, region: str) -> Drawing | None:
    """The outlines of the regions directly below, from a map file for the region or one above it; None without one."""
    store, by, codes = session.run().store, session.actor(), placed.children(region)
    files = {each.region: each for each in maps.map_files(store, by=by)} if codes else {}
    for code in [region, *placed.tree.superiors(region)]:
        if file := files.get(code):
            make = partial(_draw, store, file, by, codes)
            found: Drawing | None = made("outlines", (file.digest, file.number, region, tuple(codes)), make)
            if found:
                return found
    return None


def _draw(store: Store, file: maps.MapFile, by: Actor, codes: list[str]) -> Drawing | None:
    return draw_outlines(maps.outlines(store, file, by=by), codes, file.number)


def supervised(frame: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Judged rows with `supervised`: which order is open for each today."""
    return marked(frame, _open_orders(_key(), plan.id, session.today()))


def region_rows(plan: Plan, day: date, region: str) -> pd.DataFrame:
    """The judged rows of one region, `supervised`; not to be changed."""
    make = partial(_region_rows, plan, day, region)
    found: pd.DataFrame = made("region rows", (plan.id, day, session.today(), region), make)
    return found


def _region_rows(plan: Plan, day: date, region: str) -> pd.DataFrame:
    return supervised(placed(plan, day).rows(region), plan)


def orders(plan: Plan | None, on: date) -> pd.DataFrame:
    """The supervision orders of the plan, or of every plan, as they stand on the day."""
    return _orders(_key(), plan.id if plan else None, on)


def turned(plans: tuple[str, ...], on: date) -> pd.DataFrame:
    """The open orders of these plans whose indicator lags no longer as of the day."""
    return _turned(_key(), plans, on)


def trend(plan: Plan, indicator: str, region: str, day: date) -> pd.DataFrame:
    """The points behind one row, oldest first; not to be changed."""
    return _trend(_of_indicator(plan.id, indicator), plan.id, indicator, region, day)


def changes(plan: Plan) -> tuple[Adjustment, ...]:
    """The changes of the plan's targets that are or will be in force."""
    return in_force(session.run().store, plan.id)


def document(plan: Plan) -> Plan:
    """The plan as its document has it, without any change."""
    return next(each for each in plans() if each.id == plan.id)


def compared(plan: Plan, day: date) -> list[beside.Compared]:
    """The plan's superiors, or the plan itself, each beside the plans that carry it out; not to be changed."""
    return _compared(_key(), plan.id, day)


def published(plan: Plan) -> list[PublishedFigure]:
    """Published figures kept beside the plan's indicators, judged or not."""
    return _published(_of_all(), plan.id)


def is_demonstration() -> bool:
    """Whether this database was filled with demonstration figures."""
    return _is_demonstration(_of_all())


def contents(plan: Plan, kind: EvaluationKind, day: date) -> Contents:
    """What the evaluation report of this kind says as of the day."""
    return _contents(_of_all(), plan.id, kind, day)


def figure(name: str, about: tuple[Hashable, ...], draw: Callable[[], go.Figure]) -> go.Figure:
    """The figure of this name about these things, drawn once for a version of the data."""
    return _figure(_key(), name, about, draw)


def made(name: str, about: tuple[Hashable, ...], make: Callable[[], Any]) -> Any:
    """What is made of the data under this name about these things, made once for a version; not to be changed."""
    return _made(_key(), name, about, make)


def once(name: str, about: tuple[Hashable, ...], draw: Callable[[], object]) -> None:
    """Draw what only shows something about these things, without a choice in it, once for a version of the data.

    The same is sent again from memory in other runs. What `about` does not say must not change what is drawn.
    """
    _once(repr((_key(), name, about)), draw)


def _key() -> Key:
    """For what rests on approved figures, plans, targets in force, regions and supervision: not on what waits."""
    run = session.run()
    return Key(run.path, run.versions.approved, repr(run.rights.grants) if not run.rights.operator else "operator")


def _of_plan(plan: str) -> Key:
    """For what rests on the approved figures of one plan alone, and neither on those of others nor on supervision."""
    return _key()._replace(version=session.run().versions.of_plan(plan))


def _of_indicator(plan: str, id: str) -> Key:
    """For what rests on the approved figures of one indicator alone."""
    return _key()._replace(version=session.run().versions.of_indicator(plan, id))


def _of_all() -> Key:
    """For what rests on whatever was handed in."""
    return _key()._replace(version=session.run().version)


@kept(PEOPLE, quick=True)
def _plans(key: Key) -> list[Plan]:
    rights = session.rights()
    tree = _tree(key)
    own = {grant.region for grant in rights.grants if tree[grant.region].parent}
    found = [plan for plan in asked.plans(session.run().store) if rights.concerned(plan)]
    return sorted(
        found,
        key=lambda plan: (not plan.indicators, plan.region not in own, -plan.start, -len(plan.indicators), plan.id),
    )


@kept(PEOPLE, quick=True)
def _tree(key: Key) -> RegionTree:
    return asked.region_tree(session.run().store)


@kept(PEOPLE, quick=True)
def _is_demonstration(_: Key) -> bool:
    return DEMONSTRATION in asked.loaded(session.run().store)


def _plan(id: str) -> Plan:
    return next(plan for plan in plans() if plan.id == id)


@kept(32)
def _assessment(key: Key, plan_id: str, day: date) -> Judgement:
    store, plan, before = session.run().store, _plan(plan_id), _assessment.before(key, plan_id, day)
    with st.spinner("正在判定……"):
        return carried_on(store, plan, partial(_worded, plan, day, before.frame if before else None), before)


def _worded(plan: Plan, day: date, before: pd.DataFrame | None, indicator: str | None) -> pd.DataFrame:
    """The judgement with names of regions that tell them apart, and with what came with each figure.

    Of one indicator alone the names are those of the whole judgement `before`.
    """
    store = session.run().store
    frame = judged.assess(store, plan, day, by=session.actor(), indicator=indicator)
    cutoffs = [min(day, due) for due in frame["target_day"]]
    told = told_with(store, plan, set(cutoffs), indicator)
    every = frame if indicator is None or before is None else before
    names = distinct_names(plan, tree(), every["region"])
    keys = zip(cutoffs, frame["indicator"], frame["region"], strict=True)
    found = [told[cutoff].get((indicator, region), {}) for cutoff, indicator, region in keys]
    inferred = {(i.id, target.year): target.year_inferred for i in plan.indicators for target in i.targets}
    marks = [inferred[key] for key in zip(frame["indicator"], frame["target_year"], strict=True)]
    frame = frame.assign(region_name=frame["region"].map(names), year_inferred=marks)
    return frame.assign(**{name: [each.get(name, "") for each in found] for name in TOLD})


@kept(8)
def _bare(key: Key, plan_id: str, day: date) -> Judgement:
    """The judgement without those words."""
    store, plan, by = session.run().store, _plan(plan_id), session.actor()
    before = _bare.before(key, plan_id, day)
    return carried_on(store, plan, lambda id: judged.assess(store, plan, day, by=by, indicator=id), before)


@st.cache_data(max_entries=64, show_spinner=False)
def _one_indicator(key: Key, plan_id: str, indicator: str, day: date) -> pd.DataFrame:
    plan = _plan(plan_id)
    return judged.assess(session.run().store, plan, day, by=session.actor(), indicator=indicator)


@kept(32)
def _placed(key: Key, plan_id: str, day: date) -> Placed:
    plan = _plan(plan_id)
    frame = assessment(plan, day)
    return Placed(frame, tree(), plan, session.rights().home(plan))


@kept(32)
def _side_by_side(key: Key, plan_id: str, day: date, today: date) -> list[Judged]:
    labels, found = plan_labels(plans()), []
    for plan in [each for each in plans() if each.indicators]:
        on = day if plan.id == plan_id else glance.plan_day(plan, day, today)
        there = placed(plan, on)
        found.append(Judged(plan, labels[plan.id], on, there.frame, there.labels, there.home))
    return [each for each in found if len(each.frame)]


@kept(32)
def _cockpit(key: Key, plan_id: str, day: date, today: date) -> Cockpit:
    every = _side_by_side(key, plan_id, day, today)
    chosen = next((each for each in every if each.plan.id == plan_id), None)
    since = glance.last_quarter(chosen) if chosen else None
    before = (since, _bare(_of_plan(plan_id), plan_id, since).frame) if chosen and since else None
    orders = _orders(key, None, today)
    in_words = [label for id, label in plan_labels(plans()).items() if not _plan(id).indicators]
    with st.spinner("正在汇总……"):
        return glance.glance(every, chosen, before, orders, in_words)


@kept(64)
def _open_orders(key: Key, plan_id: str, on: date) -> dict[tuple[str, str], str]:
    return supervision.open_orders(session.run().store, plan_id, by=session.actor(), on=on)


@st.cache_data(max_entries=64, show_spinner=False)
def _orders(key: Key, plan_id: str | None, on: date) -> pd.DataFrame:
    return supervision.orders(session.run().store, by=session.actor(), plan=plan_id, on=on)


@st.cache_data(max_entries=16, show_spinner=False)
def _turned(key: Key, plans: tuple[str, ...], on: date) -> pd.DataFrame:
    store, by = session.run().store, session.actor()
    return pd.concat([supervision.turned(store, by=by, plan=id, on=on) for id in plans], ignore_index=True)


@kept(256)
def _trend(key: Key, plan_id: str, indicator: str, region: str, day: date) -> pd.DataFrame:
    return judged.trend(session.run().store, _plan(plan_id), indicator, region, day, by=session.actor())


@kept(16)
def _compared(key: Key, plan_id: str, day: date) -> list[beside.Compared]:
    store, plan = session.run().store, _plan(plan_id)
    return [beside.compared(store, each, day, by=session.actor()) for each in beside.superiors_of(store, plan)]


@st.cache_data(max_entries=64, show_spinner=False)
def _published(key: Key, plan_id: str) -> list[PublishedFigure]:
    return asked.published(session.run().store, plan_id)


@st.cache_data(max_entries=32, show_spinner="正在汇总报告内容……")
def _contents(key: Key, plan_id: str, kind: EvaluationKind, day: date) -> Contents:
    return evaluation_contents(session.run().store, _plan(plan_id), kind, day, by=session.actor())


@kept(256)
def _figure(
    key: Key, name: str, about: tuple[Hashable, ...], draw: Callable[[], go.Figure]
) -> go.Figure:
    return Finished(draw())


@kept(192)
def _made(key: Key, name: str, about: tuple[Hashable, ...], make: Callable[[], Any]) -> Any:
    return make()


@st.cache_resource(max_entries=256, show_spinner=False)
def _once(key: str, _draw: Callable[[], object]) -> None:
    _draw()
