"""Supervision orders as one person may see them: the list, one order's story, the board by region, what has turned."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

import pandas as pd

from trackers.assessment.verdict import Verdict
from trackers.errors import UnknownNameError
from trackers.model.account import Actor
from trackers.model.plan import Plan
from trackers.model.rights import Permission, Rights
from trackers.model.supervision import Order, OrderState, OrderStory, Step, order_number, state_after
from trackers.queries.assess import assess, opening_day
from trackers.queries.plans import plan_by_id, plans, region_tree
from trackers.queries.review import files
from trackers.queries.rights import require, rights_of
from trackers.store import Store

SUPERVISED = (Verdict.REGRESSING, Verdict.MISSED, Verdict.LAGGING)  # what an order may rest on
# A figure that became stale, or a target that nobody is sure of any more, is no turn for the better.
TURNED = (Verdict.ACHIEVED, Verdict.AHEAD, Verdict.ON_TRACK)
KEY = ["plan", "indicator", "region"]
ORDERS = (
    "id", "number", "plan", "plan_name", "indicator", "indicator_name", "region", "region_name", "level", "day", "verdict",
    "word", "unit", "value", "target", "target_text", "expected", "shortfall", "observed", "demo", "unreviewed", "units",
    "asked", "due", "state", "overdue", "days", "steps", "at", "by", "by_name", "last_at",
)  # fmt: skip
BOARD = ("region", "region_name", "waiting", "answered", "overdue", "open", "closed")


def orders(store: Store, *, by: Actor, plan: str | None = None, on: date) -> pd.DataFrame:
    """The orders of one plan or of all in regions whose figures the person may see: the columns of ORDERS.

    Overdue ones first, the longest overdue before the others; then open ones by their due date; then closed ones,
    the newest first. `state` is an OrderState; `days` from `on` to the due date, below 0 once it has passed;
    `day`, `due` and `observed` are days, `units` a tuple; numbers are in the indicator's own unit, as they were told.
    """
    return _listed(store, by, plan, None, on)


def _listed(store: Store, by: Actor, plan: str | None, ids: list[int] | None, on: date) -> pd.DataFrame:
    """As `orders`, of these ids alone where they are named."""
    with store.reading():
        rows = store.frame("supervision_orders", plan=plan, ids=None if ids is None else json.dumps(ids))
        rights = rights_of(store, by)
    seen = _seen(store, rows, rights)
    return _in_order(_told(store, rows[seen], on))


def _seen(store: Store, rows: pd.DataFrame, rights: Rights) -> pd.Series:
    held = {plan.id: plan for plan in plans(store)}
    places = _pairs(rows, "plan", "region")
    may = {(id, region): rights.may(Permission.SEE, region, held[id]) for id, region in set(places)}
    return pd.Series([may[place] for place in places], index=rows.index, dtype=bool)


def _told(store: Store, rows: pd.DataFrame, on: date) -> pd.DataFrame:
    """The rows of `supervision_orders` with names and where each stands on the day."""
    held, tree = {plan.id: plan for plan in plans(store)}, region_tree(store)
    names = {(plan.id, each.id): each.name for plan in held.values() for each in plan.indicators}
    states = _each(state_after, _or_none(rows["last"]))
    due = _each(date.fromisoformat, rows["due"].tolist())
    late = _each(lambda pair: pair[0].is_overdue(pair[1], on), zip(states, due, strict=True))
    units = {text: tuple(json.loads(text)) for text in set(rows["units"].tolist())}
    said = {
        "number": [order_number(id, datetime.fromisoformat(at)) for id, at in _pairs(rows, "id", "at")],
        "plan_name": [held[id].short for id in rows["plan"].tolist()],
        "indicator_name": [names.get(key, key[1]) for key in _pairs(rows, "plan", "indicator")],
        "region_name": [tree[code].name for code in rows["region"].tolist()],
        "units": [units[text] for text in rows["units"].tolist()],
        "day": _each(date.fromisoformat, rows["day"].tolist()),
        "observed": _each(lambda day: date.fromisoformat(day) if day else None, _or_none(rows["observed"])),
        "due": due,
        "state": states,
        "overdue": late,
        "days": [(day - on).days for day in due],
        "last_at": _or_none(rows["last_at"]),
    }
    numbers = {name: rows[name].astype(float) for name in ("value", "target", "expected", "shortfall")}
    flags = {name: rows[name].astype(bool) for name in ("demo", "unreviewed")}
    typed: dict[str, pd.Series] = {name: pd.Series(values, index=rows.index, dtype=object) for name, values in said.items()}
    typed |= {"overdue": typed["overdue"].astype(bool), "days": typed["days"].astype(int)}
    return rows.assign(**numbers, **flags, **typed)[list(ORDERS)]


def _pairs(rows: pd.DataFrame, first: str, second: str) -> list[tuple[Any, Any]]:
    return list(zip(rows[first].tolist(), rows[second].tolist(), strict=True))


def _each(make: Callable[[Any], Any], values: Iterable[Any]) -> list[Any]:
    """What is made of each value; of equal values once."""
    made: dict[Any, Any] = {}
    return [made[value] if value in made else made.setdefault(value, make(value)) for value in values]


def _or_none(values: pd.Series) -> list[Any]:
    """The values with None for what pandas made NaN of."""
    return [value if value == value else None for value in values.tolist()]


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    closed = _of(rows, lambda state: not state.is_open)
    within = rows["days"].where(~closed, -rows["id"].astype(int))
    keys = rows.assign(_overdue=~rows["overdue"], _closed=closed, _within=within)
    ordered = keys.sort_values(["_overdue", "_closed", "_within", "id"], kind="stable")
    return ordered.drop(columns=["_overdue", "_closed", "_within"]).reset_index(drop=True)


def _of(rows: pd.DataFrame, said: Callable[[OrderState], bool]) -> pd.Series:
    """For each order whether this is true of its state."""
    return pd.Series(_each(said, rows["state"]), index=rows.index, dtype=bool)


def board(store: Store, *, by: Actor, plan: str | None = None, on: date) -> pd.DataFrame:
    """How many orders each region has, by where they stand: the columns of BOARD, most overdue first.

    `waiting` for an answer, `answered` (decided over or not) and `overdue` exclude one another and make `open`.
    """
    return counted(orders(store, by=by, plan=plan, on=on))


def counted(rows: pd.DataFrame) -> pd.DataFrame:
    """The board of these orders, as `orders` gives them; the columns of BOARD."""
    open_, asked = _of(rows, lambda state: state.is_open), _of(rows, lambda state: state.waits_for_region)
    columns = {
        "waiting": open_ & ~rows["overdue"] & asked, "answered": open_ & ~rows["overdue"] & ~asked,
        "overdue": rows["overdue"], "open": open_, "closed": ~open_,
    }  # fmt: skip
    numbers = {name: column.astype(int) for name, column in columns.items()}
    found = rows[["region", "region_name"]].assign(**numbers).groupby(["region", "region_name"], sort=True).sum()
    ordered = found.reset_index().sort_values(["overdue", "open", "region"], ascending=[False, False, True])
    return ordered[list(BOARD)].reset_index(drop=True)


def order_story(store: Store, id: int, *, by: Actor) -> OrderStory:
    """One order with everything that became of it.

    Raises UnknownNameError where there is none of the id, ForbiddenError where the person may not see its region.
    """
    with store.reading():
        found = stories(store, [id])
        if not found:
            raise UnknownNameError("督办单", str(id), [])
        order = found[0].order
        require(rights_of(store, by), Permission.SEE, order.region, plan_by_id(store, order.plan))
    return found[0]


def stories(store: Store, ids: Iterable[int]) -> list[OrderStory]:
    """The orders of these ids with their steps, by id, whoever asks; who may see them is asked before."""
    asked = json.dumps(list(ids))
    rows = store.rows("supervision_orders", plan=None, ids=asked)
    steps: dict[int, list[Step]] = {row["id"]: [] for row in rows}
    for row in store.rows("supervision_steps", ids=asked):
        steps[row["order_id"]].append(Step.model_validate(row | {"files": files(row["files"])}))
    return [OrderStory(order=_order(row), steps=tuple(steps[row["id"]])) for row in rows]


def _order(row: dict[str, Any]) -> Order:
    return Order.model_validate(row | {"units": json.loads(row["units"]), "state": state_after(row["last"])})


def orders_by(store: Store, plan: Plan, day: date, *, by: Actor) -> list[OrderStory]:
    """The plan's orders that rest on a judgement of the day or one before, by id, in regions the person may see."""
    rights = rights_of(store, by)
    return [story for story in orders_until(store, plan.id, day) if rights.may(Permission.SEE, story.order.region, plan)]


def orders_until(store: Store, plan: str, day: date) -> list[OrderStory]:
    """The plan's orders that rest on a judgement of the day or one before, by id, whoever asks; rights are asked before."""
    rows = store.rows("supervision_orders", plan=plan, ids=None)
    return stories(store, [row["id"] for row in rows if row["day"] <= day.isoformat()])


def find_order(store: Store, name: str) -> int:
    """The id of the order of this number (2024-0003) or id; raises UnknownNameError."""
    wanted = name.strip().rpartition("-")[2]
    ids = [int(wanted)] if wanted.isascii() and wanted.isdigit() and len(wanted) < 18 else []
    rows = store.rows("supervision_orders", plan=None, ids=json.dumps(ids))
    numbers = [order_number(row["id"], datetime.fromisoformat(row["at"])) for row in rows]
    if not rows or ("-" in name and name.strip() not in numbers):
        raise UnknownNameError("督办单", name, numbers)
    return int(rows[0]["id"])


def turned(
    store: Store, *, by: Actor, plan: str | None = None, order: int | None = None, on: date
) -> pd.DataFrame:
    """The open orders whose indicator lags no longer as of the day: they may be closed.

    As `orders`, with `word_now`, `value_now`, `verdict_now` and `day_now` of the judgement; a figure that became stale
    or a target in doubt is no turn for the better. `order` asks for that one alone, by id.
    """
    rows = _listed(store, by, plan, None if order is None else [order], on)
    rows = rows[_of(rows, lambda state: state.is_open)]
    frames = [judged_now(store, plan_by_id(store, str(id)), set(own["region"]), on, by) for id, own in rows.groupby("plan")]
    judged = pd.concat([pd.DataFrame(columns=[*KEY, *NOW], dtype=object), *frames])
    found = rows.merge(judged, how="inner", on=KEY)
    return found[found["verdict_now"].isin(TURNED)].reset_index(drop=True)


NOW = ("verdict_now", "word_now", "value_now", "day_now")


def judged_now(store: Store, plan: Plan, regions: set[str], on: date, by: Actor) -> pd.DataFrame:
    """How the plan's rows in these regions stand on the day, or on the plan's last one: KEY and NOW."""
    day = opening_day(plan, on)
    only = next(iter(regions)) if len(regions) == 1 else None
    frame = assess(store, plan, day, by=by, region=only)
    frame = frame.assign(plan=plan.id, day_now=day)
    return frame.rename(columns={name.removesuffix("_now"): name for name in NOW[:3]})[[*KEY, *NOW]].astype(object)


def open_orders(store: Store, plan: str, *, by: Actor, on: date) -> dict[tuple[str, str], str]:
    """(indicator, region) → the number and state of the order that is open for it: 2024-0003 待答复."""
    rows = orders(store, by=by, plan=plan, on=on)
    rows = rows[_of(rows, lambda state: state.is_open)]
    said = zip(_pairs(rows, "indicator", "region"), rows["number"], rows["overdue"], rows["state"], strict=True)
    return {place: f"{number} {'已逾期，' if overdue else ''}{state.word}" for place, number, overdue, state in said}
