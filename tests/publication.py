"""A published evaluation whose every text that is not public is a word to look for."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.evaluated import AT, CITY, CUTOFF, LATER, OTHER, PLAN, draft, evaluated_store, frozen_evaluation
from tests.samples import figure, record
from trackers.actions.evaluations import publish
from trackers.actions.figures import HandIn
from trackers.actions.findings import comment_finding, draw_checks, record_check, write_finding
from trackers.actions.supervision import issue_orders
from trackers.model.account import operator
from trackers.model.evaluation import Evaluation
from trackers.model.finding import Cause, Delivered, Subject, Voice
from trackers.model.supervision import OrderDraft, OrderLevel
from trackers.store import Store

EVEN_LATER = LATER + timedelta(hours=1)
BY = operator("秘名")
SECRET = (
    "秘名", "秘备注", "秘依据", "秘文件", "秘理由", "秘原因", "秘建议", "秘佐证", "秘评论", "秘核实",
    "秘自评", "秘县评", "秘督办", "县里没有报",
)  # fmt: skip


def secret_store(folder: Path) -> tuple[Store, Evaluation]:
    """The plan of `tests.evaluated`, frozen and found on but not published."""
    store = evaluated_store(folder, PLAN)
    noted = figure("own", CITY, "2016Q3", 30, note="秘备注", evidence="秘依据")
    record(store, noted, at=AT, hand_in=HandIn(origin="import", file="秘文件"))
    about = frozen_evaluation(store)
    texts = {"reason": "秘理由", "explained": "秘原因", "suggestion": "秘建议", "evidence": "秘佐证"}
    own = {"code": "own", "region": CITY, "grade": "on_track", "cause": Cause.STAFF}
    said = write_finding(store, about.id, draft(**own, **texts), by=BY, at=LATER)
    comment_finding(store, said.id, "秘评论", by=BY, at=LATER)
    write_finding(store, about.id, draft(voice=Voice.SELF, explained="秘自评"), by=BY, at=LATER)
    write_finding(store, about.id, draft(region=OTHER, explained="秘县评"), by=BY, at=LATER)
    goal = {"subject": Subject.GOAL, "code": "g1", "region": CITY, "grade": "mostly"}
    write_finding(store, about.id, draft(**goal, **texts), by=BY, at=LATER)
    task = {"subject": Subject.TASK, "code": "t1", "region": CITY, "grade": "under_way"}
    write_finding(store, about.id, draft(**task, delivered=(Delivered(1, AT.date()),), **texts), by=BY, at=LATER)
    (check,) = draw_checks(store, about.id, 1, seed="7", by=BY, at=LATER)
    record_check(store, check.id, 1, "秘核实", by=BY, at=LATER)
    asked = {"day": CUTOFF, "level": OrderLevel.ORDER, "asked": "秘督办", "due": LATER.date() + timedelta(days=30)}
    order = OrderDraft.model_validate({"plan": PLAN.id, "indicator": "own", "region": CITY, **asked})
    issue_orders(store, [order], by=BY, at=LATER)
    return store, about


def published_store(folder: Path) -> tuple[Store, Evaluation]:
    """The same, published."""
    store, about = secret_store(folder)
    return store, publish(store, about.id, by=BY, at=EVEN_LATER)
