"""选取: figures of the evaluation that a person chooses for a check."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import streamlit as st

from dashboard import components, session
from dashboard.viewmodels import evaluation as model
from dashboard.views import _done as done
from dashboard.views._evaluation_choice import Seen
from trackers.actions.findings import choose_checks
from trackers.queries.evaluations import figures_of


def draw(seen: Seen, key: str) -> None:
    store, by = session.run().store, session.actor()
    labels = model.figure_labels(figures_of(store, seen.about.id, by=by, at=datetime.now(UTC)), seen.plan, seen.names)
    with components.folded("选取", key=f"pick-{seen.about.id}"):
        picked = st.multiselect(
            "哪些数（可输入指标、地区或填报期查找）", labels, format_func=labels.__getitem__, key=f"{key}-pick",
            max_selections=50, placeholder="请选择",
        )  # fmt: skip
        if st.button("选取", key=f"{key}-choose", disabled=not picked):
            act = partial(choose_checks, store, seen.about.id, picked, by=by, at=datetime.now(UTC))
            done.do(act, f"已选取 {len(picked)} 个数。")
