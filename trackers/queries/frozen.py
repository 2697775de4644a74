"""What an evaluation freezes: one JSON document with everything that a judgement and a report of it need, and its digest.

The document has the keys of `DOCUMENT`. The same data frozen for the same moment make the same document to the byte.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pandas as pd

from trackers.assessment.policy import Policy
from trackers.errors import FrozenError, RefusedError, UnknownNameError
from trackers.model.account import Actor
from trackers.model.evaluation import Evaluation, Step, StepKind
from trackers.model.period import Period, day_number
from trackers.model.plan import EvaluationKind, Plan
from trackers.model.published import PublishedFigure
from trackers.model.region import Region
from trackers.queries.adjustments import plan_as_of
from trackers.queries.assess import assess
from trackers.queries.evaluations import evaluation, regions_open_to
from trackers.queries.plans import plan_by_id, published, region_tree
from trackers.store import Store

FORMAT = 1  # of the document; raised when its keys change
METHOD = "时序进度法 1.0"  # raised when the same figures would be judged otherwise
PROGRAM = "0.1.0"
DOCUMENT = (
    "format", "kind", "cutoff", "known_at", "method", "program", "policy", "plan", "regions", "rows", "figures",
    "published",
)  # fmt: skip
FIGURES = (
    "indicator", "region", "period", "revision", "value", "numerator", "denominator", "note", "evidence", "origin",
    "approved_at", "demo", "unreviewed",
)  # fmt: skip
MARK = "$"  # of a value that JSON has no form for: {"$": [kind, value]}


@dataclass(frozen=True)
class Frozen:
    """One frozen evaluation as it was kept, its digest verified; frames with what the person may see of it."""

    evaluation: Evaluation
    step: int  # the step that froze it
    digest: str
    kind: EvaluationKind
    cutoff: date
    known_at: datetime
    method: str
    program: str
    policy: Policy
    plan: Plan  # with the targets that held on the cut-off day
    regions: tuple[Region, ...]
    rows: pd.DataFrame  # as `trackers.queries.assess.assess` gave them
    figures: pd.DataFrame  # columns FIGURES, values in the indicator's own unit
    published: tuple[PublishedFigure, ...]


def document_of(store: Store, plan_id: str, kind: EvaluationKind, cutoff: date, policy: Policy, at: datetime) -> dict[str, Any]:
    """Everything there is to freeze of a plan for a cut-off day, as known at the moment `at`; JSON-ready.

    For an action that asks for the rights itself: nothing is left out.
    """
    held, whole = plan_by_id(store, plan_id), Actor(login="", operator=True)
    plan = plan_as_of(store, held, cutoff, at)
    rows = assess(store, held, cutoff, by=whole, known_at=at, policy=policy)
    tree = region_tree(store)
    codes = sorted({plan.region, *rows["region"]})
    return {
        "format": FORMAT, "kind": kind.value, "cutoff": cutoff.isoformat(),
        "known_at": at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "method": METHOD, "program": PROGRAM, "policy": policy.model_dump(mode="json"),
        "plan": plan.model_dump(mode="json", by_alias=True),
        "regions": [tree[code].model_dump(mode="json") for code in codes],
        "rows": rows_of(rows), "figures": rows_of(figures_approved(store, plan_id, cutoff, at)),
        "published": [each.model_dump(mode="json") for each in published(store, plan_id)],
    }  # fmt: skip


def figures_approved(store: Store, plan_id: str, cutoff: date, known_at: datetime) -> pd.DataFrame:
    """The figure that stood for each period of a plan observed by the cut-off day, as known then; columns FIGURES."""
    known = int(known_at.timestamp())
    frame = store.frame("figures_approved", plan=plan_id, day=day_number(cutoff), known=known)
    numbers = {name: frame[name].astype(float) for name in ("value", "numerator", "denominator")}
    periods = pd.Series([str(Period.from_number(number)) for number in frame["period"]], dtype=object)
    flags = {name: frame[name].astype(bool) for name in ("demo", "unreviewed")}
    integers = {name: frame[name].astype("int64") for name in ("revision", "approved_at")}
    return frame.assign(period=periods, **numbers, **flags, **integers)[list(FIGURES)]


def canonical(document: dict[str, Any]) -> str:
    """The document as the one text that stands for it: sorted keys, no blanks, no NaN."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest_of(text: str) -> str:
    """SHA-256 over the text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def frozen(store: Store, id: int, *, by: Actor, number: int | None = None) -> Frozen:
    """The frozen figures of an evaluation: those that count now, or with `number` those that a step froze.

    The digest is verified each time: raises FrozenError where the kept bytes were changed. Raises RefusedError where
    nothing is frozen, and ForbiddenError for somebody who may not see the evaluation.
    """
    with store.reading():
        about = evaluation(store, id, by=by)
        step = _step(about, number)
        kept = store.rows("frozen_document", id=id, number=step.number)
        text = kept[0]["document"] if kept else ""
    if digest_of(text) != step.digest:
        raise FrozenError(id, step.number)
    made = _read(about, step, json.loads(text))
    seen = regions_open_to(store, about, made.plan, [region.code for region in made.regions], by=by)
    return only(made, seen)


def _step(about: Evaluation, number: int | None) -> Step:
    if number is None:
        if about.freezing is None:
            raise RefusedError(f"第 {about.id} 号评估{about.name}现在是“{about.state.word}”，还没有冻结的数据。请先冻结。")
        return about.freezing
    found = next((each for each in about.steps if each.number == number and each.kind is StepKind.FROZEN), None)
    if found is None:
        steps = [str(each.number) for each in about.steps if each.kind is StepKind.FROZEN]
        raise UnknownNameError("冻结步骤", str(number), steps)
    return found


def _read(about: Evaluation, step: Step, document: dict[str, Any]) -> Frozen:
    return Frozen(
        evaluation=about, step=step.number, digest=step.digest or "", kind=EvaluationKind(document["kind"]),
        cutoff=date.fromisoformat(document["cutoff"]), known_at=datetime.fromisoformat(document["known_at"]),
        method=document["method"], program=document["program"], policy=Policy.model_validate(document["policy"]),
        plan=Plan.model_validate(document["plan"]),
        regions=tuple(Region.model_validate(each) for each in document["regions"]),
        rows=frame_of(document["rows"]), figures=frame_of(document["figures"]),
        published=tuple(PublishedFigure.model_validate(each) for each in document["published"]),
    )  # fmt: skip


def only(made: Frozen, seen: Collection[str]) -> Frozen:
    """What of it concerns these regions; published figures stay as they are."""
    kept = tuple(region for region in made.regions if region.code in seen)
    frames = {name: frame[frame["region"].isin(list(seen))].reset_index(drop=True) for name, frame in
              (("rows", made.rows), ("figures", made.figures))}  # fmt: skip
    return Frozen(**{**made.__dict__, **frames, "regions": kept})


def frozen_faults(store: Store) -> list[str]:
    """A sentence for every frozen evaluation whose kept bytes are not what was frozen."""
    return [
        str(FrozenError(row["evaluation_id"], row["number"]))
        for row in store.each("frozen_documents")
        if row["document"] is None or digest_of(row["document"]) != row["digest"]
    ]


def rows_of(frame: pd.DataFrame) -> dict[str, Any]:
    """A frame as JSON-ready data from which `frame_of` makes the very same one: types, NaN, None and days kept.

    The index is not kept: rows are counted from 0. Raises TypeError for a value of an unforeseen type.
    """
    columns = [{"name": str(name), "type": str(frame[name].dtype)} for name in frame.columns]
    values = {str(name): _values(frame[name]) for name in frame.columns}
    return {"columns": columns, "values": values, "number": len(frame)}


def _values(column: pd.Series) -> list[Any]:
    """The values of a column; an absent number of a column of numbers is null."""
    if column.dtype == np.float64:
        return [None if math.isnan(value) else _told(value) for value in column.tolist()]
    return [_told(value) for value in column.tolist()]


def _told(value: Any) -> Any:
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else {MARK: ["float", str(value)]}
    if type(value) is date:
        return {MARK: ["date", value.isoformat()]}
    if isinstance(value, list | tuple):
        items = [_told(each) for each in value]
        return items if isinstance(value, list) else {MARK: ["tuple", items]}
    if isinstance(value, dict) and MARK not in value and all(isinstance(key, str) for key in value):
        return {key: _told(each) for key, each in value.items()}
    raise TypeError(f"a value of {type(value).__name__} cannot be frozen: {value!r}")


def frame_of(told: dict[str, Any]) -> pd.DataFrame:
    """The frame that `rows_of` told of."""
    index = pd.RangeIndex(told["number"])
    columns = {each["name"]: _column(told["values"][each["name"]], each["type"], index) for each in told["columns"]}
    return pd.DataFrame(columns, index=index, columns=[each["name"] for each in told["columns"]])


def _column(values: Sequence[Any], type: str, index: pd.RangeIndex) -> pd.Series:
    if type == "float64":
        return pd.Series([math.nan if value is None else _value(value) for value in values], index=index, dtype=type)
    return pd.Series([_value(value) for value in values], index=index, dtype=type)


def _value(told: Any) -> Any:
    if isinstance(told, list):
        return [_value(each) for each in told]
    if not isinstance(told, dict):
        return told
    if MARK not in told:
        return {key: _value(each) for key, each in told.items()}
    kind, value = told[MARK]
    if kind == "date":
        return date.fromisoformat(value)
    return float(value) if kind == "float" else tuple(_value(each) for each in value)


