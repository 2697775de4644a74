"""Changes of targets for tests: proposed, examined and approved by the operator, in as few words as possible."""

from __future__ import annotations

from datetime import date, datetime

from tests.samples import AT, OPERATOR
from trackers.actions.adjustments import approve_change, examine_change, propose_changes
from trackers.model.adjustment import Adjustment, Approval, Change
from trackers.store import Store

NUMBER = "阜政函〔2017〕3号"


def change(indicator: str = "own", value: float = 120, kind: str = "target", **more: object) -> Change:
    told = {"year": 2020, "reason": "任务增加", "reference": "关于调整的请示", **more}
    return Change(plan="sample-2013", indicator=indicator, kind=kind, value=value, **told)


def approval(effective: str = "2017-04-01", day: str = "2017-03-01", number: str = NUMBER) -> Approval:
    return Approval(number=number, day=date.fromisoformat(day), effective=date.fromisoformat(effective))


def adjust(store: Store, wanted: Change | None = None, at: datetime = AT, **given: str) -> Adjustment:
    """A change in force: a target by an approval of these words, everything else by its examination."""
    (id,) = propose_changes(store, [wanted or change()], by=OPERATOR, at=at)
    done = examine_change(store, id, passes=True, by=OPERATOR, at=at)
    return done if done.decisive else approve_change(store, id, approval(**given), by=OPERATOR, at=at)
