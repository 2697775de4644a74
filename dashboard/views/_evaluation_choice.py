"""Which evaluation of a plan, and what the person may see of it."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
import streamlit as st

from dashboard import components, session
from dashboard.viewmodels import evaluation as model
from dashboard.views import _evaluation_open
from trackers.model.evaluation import Evaluation
from trackers.model.finding import Finding
from trackers.model.plan import Plan
from trackers.queries.evaluations import evaluations, findings, judged
from trackers.queries.frozen import frozen
from trackers.queries.plans import plan_by_id


class Seen(NamedTuple):
    """What the person sees of one evaluation: the plan as judged, its rows and findings, the names of its regions."""

    about: Evaluation
    plan: Plan
    rows: pd.DataFrame
    findings: list[Finding]
    names: dict[str, str]


def one(plan: Plan) -> Evaluation | None:
    """The evaluation that is chosen; None where there is none yet."""
    store = session.run().store
    found = evaluations(store, by=session.actor(), plan=plan.id)
    if found:
        components.plain_table(model.listed(found), key=f"evaluations-{plan.id}", about="评估")
    else:
        components.nothing("这份规划还没有评估。由评估员在这一页开评，开评后在这里办理。", {components.OVERVIEW: "看现在的判定"})
    _evaluation_open.draw(plan)
    if not found:
        return None
    labels = {str(each.id): model.label(each) for each in found}
    session.from_address("evaluation", {id: id for id in labels})
    if st.session_state.get("evaluation") not in labels:
        session.forget("evaluation")  # it belonged to another plan
    picked = st.selectbox("看哪一次评估", labels, format_func=labels.__getitem__, key="evaluation", width=420)
    session.to_address("evaluation", picked)
    return next(each for each in found if str(each.id) == picked)


def seen(about: Evaluation) -> Seen:
    """What the person sees of it: frozen figures where it is frozen; raises FrozenError where these were changed."""
    store, by = session.run().store, session.actor()
    said = findings(store, about.id, by=by)
    if about.state.is_frozen:
        kept = frozen(store, about.id, by=by)
        return Seen(about, kept.plan, kept.rows, said, {region.code: region.name for region in kept.regions})
    rows = judged(store, about, by=by)
    names = dict(zip(rows["region"], rows["region_name"], strict=True))
    return Seen(about, plan_by_id(store, about.plan), rows, said, names)
