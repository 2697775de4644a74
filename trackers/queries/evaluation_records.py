"""An evaluation as plain records with stable names, and the scores that follow from its rows."""

from __future__ import annotations

from typing import Any

import pandas as pd

from trackers.assessment.score import RULE, Score, composite
from trackers.model.account import Actor
from trackers.model.evaluation import Evaluation, Missing
from trackers.model.finding import Finding, SpotCheck
from trackers.model.plan import Plan
from trackers.model.supervision import OrderState, OrderStory
from trackers.queries.adjustments import changes_known, in_force
from trackers.queries.evaluation_counts import counts, said_counts
from trackers.queries.evaluations import evaluation, findings, judged, spot_checks
from trackers.queries.frozen import Frozen, frozen
from trackers.queries.plans import plan_by_id
from trackers.queries.records import plain
from trackers.queries.supervision import orders_until
from trackers.store import Store

Record = dict[str, Any]


def evaluation_record(about: Evaluation) -> Record:
    """An evaluation with its state and steps, without its figures."""
    return {
        "id": about.id, "plan": about.plan, "kind": about.kind.value, "name": about.name, "cutoff": about.cutoff.isoformat(),
        "state": about.state.value, "state_word": about.state.word, "digest": about.digest, "assigned": list(about.assigned),
        "steps": [step.model_dump(mode="json") for step in about.steps],
    }  # fmt: skip


def missing_record(missing: Missing) -> Record:
    """One line of the checklist."""
    return {**missing._asdict(), "kind": missing.kind.value}


def finding_record(finding: Finding) -> Record:
    """A finding with its comments."""
    return {**finding.model_dump(mode="json"), "differs": finding.differs}


def check_record(check: SpotCheck) -> Record:
    """A spot check with what was found."""
    return {**check.model_dump(mode="json"), "checked": check.checked, "difference": check.difference}


def shown_record(store: Store, id: int, *, by: Actor) -> Record:
    """Everything of an evaluation that the person may see: rows and figures (frozen, or as they are now), how many of what
    there are, findings, checks, the supervision orders over days up to the cut-off, changes of targets known when frozen.

    Raises UnknownNameError, ForbiddenError and FrozenError as `trackers.queries.frozen.frozen` does.
    """
    with store.reading():
        about = evaluation(store, id, by=by)
        kept = frozen(store, id, by=by) if about.state.is_frozen else None
        plan = kept.plan if kept else plan_by_id(store, about.plan)
        rows = kept.rows if kept else judged(store, about, by=by)
        said, checks = findings(store, id, by=by), spot_checks(store, id, by=by)
        orders = [each for each in orders_until(store, plan.id, about.cutoff) if each.order.region in set(rows["region"])]
        changes = changes_known(store, plan.id, kept.known_at) if kept else in_force(store, plan.id)
    return {
        **evaluation_record(about), "frozen": _frozen_record(kept) if kept else None,
        "rows": [plain(row) for row in rows.to_dict("records")],
        "scores": [{"region": region, **_score_record(score)} for region, score in scores(rows, plan).items()],
        "score_rule": RULE if has_weights(plan) else None, "findings": [finding_record(each) for each in said],
        "checks": [check_record(each) for each in checks], "orders": [_order_record(each) for each in orders],
        "adjustments": [each.model_dump(mode="json") | {"ground": each.ground} for each in changes],
        "counts": {**counts(rows, plan), "said": said_counts(said, checks, plan),
                   "orders": {state.value: sum(each.order.state is state for each in orders) for state in OrderState}},
    }  # fmt: skip


def _order_record(story: OrderStory) -> Record:
    """A supervision order with its steps, and what it is called."""
    return {**story.order.model_dump(mode="json"), "number": story.order.number, "steps": [
        step.model_dump(mode="json") for step in story.steps]}  # fmt: skip


def _frozen_record(kept: Frozen) -> Record:
    return {
        "known_at": kept.known_at.isoformat(), "method": kept.method, "program": kept.program,
        "policy": kept.policy.model_dump(mode="json"), "plan": kept.plan.model_dump(mode="json", by_alias=True),
        "figures": [plain(row) for row in kept.figures.to_dict("records")],
        "published": [each.model_dump(mode="json") for each in kept.published],
    }  # fmt: skip


def has_weights(plan: Plan) -> bool:
    """Whether some indicator of the plan has a weight, so that there may be scores."""
    return any(each.weight for each in plan.indicators)


def scores(rows: pd.DataFrame, plan: Plan) -> dict[str, Score]:
    """The composite score of each region of judged rows, in their order; none where no indicator has a weight."""
    weights = {each.id: each.weight for each in plan.indicators}
    found = {
        region: composite(rows[rows["region"] == region].to_dict("records"), weights)
        for region in dict.fromkeys(rows["region"])
    }
    return {str(region): score for region, score in found.items() if score is not None}


def _score_record(score: Score) -> Record:
    return {"score": score.score, "grade": score.grade.value if score.grade else None, "lacking": list(score.lacking)}
