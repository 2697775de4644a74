"""Which plan: this page is there for people who see no plan, but evaluations that they were assigned to."""

from __future__ import annotations

import streamlit as st

from dashboard import components, loaders, session
from dashboard.viewmodels import choices
from trackers.model.plan import Plan
from trackers.queries.evaluations import evaluations
from trackers.queries.plans import plan_by_id


def chosen() -> Plan:
    """The plan that is chosen, of those that the person sees or was assigned an evaluation of."""
    store = session.run().store
    mine = [plan_by_id(store, id) for id in {each.plan for each in evaluations(store, by=session.actor())}]
    found = list({each.id: each for each in [*loaders.plans(), *sorted(mine, key=lambda each: each.id)]}.values())
    if not found:
        components.nothing("现在没有您能看的评估。第三方评估员要等评估员指定以后才能看到评估，请与评估员联系。")
        st.stop()
    labels = choices.plan_labels(found)
    session.from_address("plan", labels, lambda id: id if id in labels else next(iter(labels)))
    return plan_by_id(store, components.picker("规划", labels, key="plan"))
