"""An evaluation whose steps, findings, comments and spot checks say every attack."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

from tests.attacks.documents import COUNTY, NOW
from tests.attacks.texts import ATTACKS
from tests.people import add_person, grant
from trackers.actions.evaluations import assign, freeze, open_evaluation, reopen, unassign
from trackers.actions.findings import comment_finding, draw_checks, record_check, write_finding
from trackers.model.account import operator
from trackers.model.finding import Cause, Delivered, Draft, Finding, Subject, Voice
from trackers.model.plan import EvaluationKind, Plan
from trackers.store import Store

CUTOFF = date(2016, 12, 31)
TEXTS = ("reason", "explained", "suggestion", "evidence")
Tried = Callable[..., AbstractContextManager[None]]


def evaluated(store: Store, plan: Plan, tried: Tried) -> None:
    """One evaluation, said, frozen and opened again by operators whose names are the attacks; left frozen."""
    about = open_evaluation(store, plan.id, EvaluationKind.MIDTERM, CUTOFF, by=operator("root"), at=NOW)
    for number, (name, text) in enumerate(ATTACKS.items()):
        by = operator(text)
        third = add_person(store, f"third{number}", grant("third_party", plan.region))
        for act in (assign, unassign, assign):
            act(store, about.id, third.login, by=by, at=NOW)
        _finding(store, about.id, number, name, text, tried)
        _checks(store, about.id, name, text, tried)
        for reason in (text, "缺数"):
            with tried(name, "evaluation_step.reason" if reason == text else ""):
                freeze(store, about.id, despite=reason, by=by, at=NOW)
                break
        for reason in (text, "更正"):
            with tried(name, ""):
                reopen(store, about.id, reason=reason, by=by, at=NOW)
                break
    freeze(store, about.id, despite="缺数", by=operator("root"), at=NOW)


def _finding(store: Store, id: int, number: int, name: str, text: str, tried: Tried) -> None:
    """Each text tried by itself, then all that were taken in one finding of each voice, with a comment."""
    given: dict[str, str] = {}
    for column in TEXTS:
        with tried(name, f"finding.{column}"):
            _written(store, id, number, text, **{"explained": "经费不够", column: text})
            given[column] = text
    told = {"explained": "经费不够", "cause": Cause.MONEY, **given}
    finding = _written(store, id, number, text, **told)
    for voice in (Voice.SELF, Voice.THIRD_PARTY):
        _written(store, id, number, text, voice=voice, **told)
    place = {"code": f"t{number}", "grade": "done", "delivered": (Delivered(1, CUTOFF),)}
    _written(store, id, number, text, subject=Subject.TASK, **{**told, **place})
    goal = {"code": f"g{number}", "grade": "mostly", "evidence": given.get("evidence", "文件")}
    _written(store, id, number, text, subject=Subject.GOAL, **{**told, **goal})
    with tried(name, "finding_comment.text"):
        comment_finding(store, finding.id, text, by=operator(text), at=NOW)
    comment_finding(store, finding.id, "看过", by=operator(text), at=NOW)


def _written(store: Store, id: int, number: int, text: str, **fields: object) -> Finding:
    told = {"subject": Subject.INDICATOR, "code": f"i{number}", "region": COUNTY, "voice": Voice.EVALUATOR, **fields}
    return write_finding(store, id, Draft.model_validate(told), by=operator(text), at=NOW)


def _checks(store: Store, id: int, name: str, text: str, tried: Tried) -> None:
    for seed in (text, "7"):
        with tried(name, "spot_draw.seed" if seed == text else ""):
            (taken,) = draw_checks(store, id, 1, seed=seed, by=operator(text), at=NOW)
            break
    with tried(name, "spot_result.evidence"):
        record_check(store, taken.id, 1, text, by=operator(text), at=NOW)
    record_check(store, taken.id, 2, "台账", by=operator(text), at=NOW)
