"""What waits for a reviewer, what became of every figure handed in, and whether each decision is as recorded."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from trackers.assessment.judge import judge
from trackers.assessment.policy import Policy
from trackers.assessment.verdict import Verdict
from trackers.model.account import Actor
from trackers.model.period import Period
from trackers.model.plan import Indicator, Plan
from trackers.model.report import EvidenceName, ReportState, state_of
from trackers.model.rights import Permission
from trackers.model.wording import BEIJING
from trackers.queries.adjustments import plan_as_of
from trackers.queries.assess import opening_day
from trackers.queries.audit import detail_of
from trackers.queries.figures import Locks, is_locked, locks
from trackers.queries.places import Place, target_on, target_value
from trackers.queries.plans import plan_by_id, region_tree
from trackers.queries.remembered import Asked
from trackers.queries.rights import require, rights_of
from trackers.queries.standings import standings
from trackers.queries.told import told
from trackers.store import EVER, Store

APPROVED, RETURNED = "approved", "returned"  # outcomes of a review
SUPERSEDED = "superseded"  # handed in, never decided over, and replaced by a newer revision
NEW, CORRECTION = "new", "correction"
JUDGED = ("target_text", "verdict", "severity", "word", "sign")
DECISION = ("id", "at", "by", "outcome", "comment")
DECIDED = ("series_id", "period", "revision", "approved_at")
URGENT = (Verdict.REGRESSING, Verdict.MISSED, Verdict.LAGGING)
QUEUE = (
    "series_id", "period_number", "revision", "plan", "plan_name", "indicator", "indicator_name", "region",
    "region_name", "period", "observed", "value", "numerator", "denominator", "unit", "kind", "approved", "last_value",
    "last_period", "change", "note", "evidence", "reason", "doubts", "files", "by", "by_name", "at", "origin", "demo",
    *JUDGED,
)  # fmt: skip


class ReportKey(NamedTuple):
    """One revision of one figure: its series, its period as `Period.number` has it, its revision."""

    series_id: int
    period: int
    revision: int


def pending(store: Store, *, by: Actor, plan: str | None = None, on: date) -> pd.DataFrame:
    """What waits for this person's review, of one plan or of all: the columns of QUEUE.

    Oldest day (in Beijing) first; of one day what lags, was missed or moves away from its target first. `approved` is
    the value that stands for the very period (NaN for a new figure), `last_value` the last approved before it;
    `change` is from the first of these that is there. `doubts` is a tuple of sentences, `files` of EvidenceName; the
    verdict is that of the series on the day `on`, without the figure that waits.
    """
    with store.reading():
        series = json.dumps(_reviewable(store, by, plan))
        rows = store.frame("open_reports", series=series, login=by.login)
        judged = _judged(store, rows, on)
    named = _named(store, rows)
    named = named.merge(judged, how="left", on=["plan", "indicator", "region"])
    for name in JUDGED:
        named[name] = named[name].astype(object).where(named[name].notna(), None)
    return _in_order(named)[list(QUEUE)]


def _reviewable(store: Store, by: Actor, plan: str | None) -> list[int]:
    """The series with something open that the person may review."""
    rights = rights_of(store, by)
    rows = store.rows("open_places", plan=plan)
    places = {(row["plan"], row["region"]) for row in rows}
    mine = {
        (id, region) for id, region in places if rights.may(Permission.REVIEW, region, plan_by_id(store, id))
    }
    return [row["series_id"] for row in rows if (row["plan"], row["region"]) in mine]


def _judged(store: Store, waiting: pd.DataFrame, on: date) -> pd.DataFrame:
    """How the series that wait stand; they alone, since the aggregates above them take the most time."""
    keys = ["plan", "indicator", "region"]
    frames = [pd.DataFrame(columns=[*keys, *JUDGED], dtype=object)]
    tree, policy = region_tree(store), Policy()
    for id, own in waiting.groupby("plan"):
        held = plan_by_id(store, str(id))
        day = opening_day(held, on)
        plan, wanted = plan_as_of(store, held, day), sorted(set(zip(own["indicator"], own["region"], strict=True)))
        rows = [_place(plan, plan.indicator(indicator), region, day) for indicator, region in wanted]
        standing = standings(Asked(store, plan, day, EVER), rows, policy)
        frame = told(plan, tree, rows, standing, judge(standing, day, policy), day)
        frames.append(frame.assign(plan=id)[[*keys, *JUDGED]].astype(object))
    return pd.concat(frames)


def _place(plan: Plan, indicator: Indicator, region: str, day: date) -> Place:
    target = target_on(indicator, day)
    return Place(indicator, region, target, target_value(plan, indicator, target, region), min(day, target.day))


def _named(store: Store, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `open_reports` with names, texts unpacked, and what has changed."""
    tree, plans = region_tree(store), {id: plan_by_id(store, id) for id in set(rows["plan"])}
    indicators = {(id, each.id): each for id, plan in plans.items() for each in plan.indicators}
    asked = [indicators[key] for key in zip(rows["plan"], rows["indicator"], strict=True)]
    numbers = {n: rows[n].astype(float) for n in ("value", "numerator", "denominator", "approved", "last_value")}
    corrects = numbers["approved"].notna()
    before = numbers["approved"].where(corrects, numbers["last_value"])
    return rows.assign(
        **numbers,
        period_number=rows["period"],
        plan_name=[plans[id].short for id in rows["plan"]],
        indicator_name=_objects(each.name for each in asked),
        unit=_objects(each.unit for each in asked),
        region_name=[tree[code].name for code in rows["region"]],
        period=_objects(_period(number) for number in rows["period"]),
        last_period=_objects(_period(number) for number in rows["last_period"]),
        kind=corrects.map({True: CORRECTION, False: NEW}),
        change=numbers["value"] - before,
        demo=rows["demo"].astype(bool),
        doubts=_objects(sentences(text) for text in rows["doubts"]),
        files=_objects(files(text) for text in rows["files"]),
    )


def _period(number: float | None) -> str | None:
    return None if number is None or number != number else str(Period.from_number(int(number)))


def _objects(values: Iterable[Any]) -> pd.Series:
    """A column of the values as they are; left to infer a type, pandas would put NaN in the place of None."""
    return pd.Series(list(values), dtype=object)


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    days = pd.to_datetime(rows["at"], utc=True, format="ISO8601").dt.tz_convert(BEIJING).dt.date
    urgent = rows["verdict"].isin(URGENT)
    keys = rows.assign(_day=days, _urgent=~urgent)
    ordered = keys.sort_values(["_day", "_urgent", "at", "region", "indicator", "period_number"], kind="stable")
    return ordered.reset_index(drop=True)


def sentences(text: str) -> tuple[str, ...]:
    """The doubts kept with a figure."""
    return tuple(json.loads(text)) if text else ()


def files(text: str) -> tuple[EvidenceName, ...]:
    """The evidence files of a figure, by name."""
    found = [EvidenceName(digest, name) for digest, name in json.loads(text)]
    return tuple(sorted(found, key=lambda each: (each.name, each.digest)))


def history(store: Store, plan_id: str, indicator: str, region: str, *, by: Actor) -> pd.DataFrame:
    """Every revision of one indicator in one region with its story, oldest period first.

    `period` is text; `state` a ReportState's value, or `superseded`; `in_force` says whether it is the figure that
    stands for its period; `at` and `decided_at` are ISO 8601 in UTC; `doubts` and `files` as in `pending`. Raises
    ForbiddenError for a region whose figures the person may not see.
    """
    require(rights_of(store, by), Permission.SEE, region, plan_by_id(store, plan_id))
    rows = store.frame("figure_story", plan=plan_id, indicator=indicator, region=region)
    held = locks(store, plan=plan_id)
    return rows.assign(
        period_number=rows["period"],
        period=_objects(_period(number) for number in rows["period"]),
        state=[_state(row, held) for row in rows.to_dict("records")],
        in_force=rows["revision"] == rows["newest_approved"],
        demo=rows["demo"].astype(bool),
        doubts=_objects(sentences(text) for text in rows["doubts"]),
        files=_objects(files(text) for text in rows["files"]),
    ).drop(columns=["newest", "newest_approved"])


def _state(row: Mapping[Any, Any], held: Locks) -> str:
    approved, review = (None if row[name] != row[name] else row[name] for name in ("approved_at", "review_id"))
    state = state_of(approved, review, locked=is_locked(held, row["day"], approved))
    overtaken = state is ReportState.SUBMITTED and row["revision"] < row["newest"]
    return SUPERSEDED if overtaken else state.value


def decision_digest(review: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> str:
    """SHA-256 over a decision and the figures it was made over, as its entry in the record keeps it."""
    lines = sorted([row[name] for name in DECIDED] for row in rows)
    text = json.dumps([[review[name] for name in DECISION], lines], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def decision_faults(store: Store) -> list[str]:
    """Decisions that are not what was recorded of them, or of which nothing is recorded; figures that stand without one."""
    rows: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in store.each("reviewed_reports"):
        rows[row["review_id"]].append(row)
    told, submitted = {}, set()
    for entry in store.each("audit_all"):
        detail = detail_of(entry)
        if entry["action"] in ("approve_figures", "return_figures") and "review" in detail:
            told[detail["review"]] = detail.get("digest")
        elif entry["action"] == "submit_figures":
            submitted.add(detail.get("batch"))
    found = {review["id"]: decision_digest(review, rows[review["id"]]) for review in store.rows("reviews")}
    bent = sorted(id for id in found.keys() | told.keys() if found.get(id) != told.get(id))
    slipped = [row["batch_id"] for row in store.rows("standing_without_review") if row["batch_id"] in submitted]
    return [f"第 {id} 次审核的内容与操作记录不一致" for id in bent] + [f"第 {id} 次填报有数未经审核就已生效" for id in slipped]
