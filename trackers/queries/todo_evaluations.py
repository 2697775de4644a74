"""待办 of evaluations: regions that have not yet written what they find of themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from trackers.model.account import Actor
from trackers.model.evaluation import Evaluation, EvaluationState
from trackers.model.plan import Plan
from trackers.model.rights import Permission, Rights
from trackers.queries.evaluations import evaluations
from trackers.queries.plans import plan_by_id
from trackers.queries.tasks import Task, TaskKind
from trackers.store import Store

MOST_NAMED = 3
WAITS = (EvaluationState.OPEN, EvaluationState.FROZEN)


def evaluation_tasks(store: Store, rights: Rights, *, by: Actor, on: date) -> list[Task]:
    """Evaluations for which regions of the person's have written no self-assessment, one task each.

    It waits from the cut-off day on until the evaluation is published, and is done once a region wrote anything.
    """
    if not rights.may(Permission.ENTER):
        return []
    waiting = [each for each in evaluations(store, by=by) if each.state in WAITS and each.cutoff <= on]
    return [task for each in waiting for task in _task(store, rights, each)]


def _task(store: Store, rights: Rights, about: Evaluation) -> Iterator[Task]:
    plan = plan_by_id(store, about.plan)
    written = {row["region"] for row in store.rows("self_assessed", evaluation=about.id)}
    silent = [code for code in _speaking(rights, plan, about.cutoff) if code not in written]
    if silent:
        names = "、".join(rights.tree[code].name for code in silent[:MOST_NAMED])
        more = f"等 {len(silent)} 个地区" if len(silent) > MOST_NAMED else ""
        why = f"{about.name}的自评，{names}{more}还没有写。公布以前都可以写。"
        query = {"plan": plan.id, "evaluation": str(about.id)}
        yield Task(
            TaskKind.SELF_ASSESS, plan.id, plan.short, silent[0], rights.tree[silent[0]].name, "", len(silent), None, False,
            why, "evaluation", query,
        )  # fmt: skip


def _speaking(rights: Rights, plan: Plan, day: date) -> list[str]:
    """The regions that report to the plan, and its own for goals and tasks, as far as the person enters for them."""
    levels = dict.fromkeys(each.level for each in plan.indicators)
    below = [region.code for level in levels for region in rights.tree.at_level(plan.region, level, day)]
    return [code for code in dict.fromkeys([plan.region, *below]) if rights.may(Permission.ENTER, code, plan)]
