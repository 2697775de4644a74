"""One order: what it says, what became of it, the page to print, and what the person may do with it now."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import components, download, session
from dashboard.viewmodels import supervision as shown
from dashboard.viewmodels.words import escaped
from dashboard.views import _supervision_act
from trackers.model.supervision import StepKind
from trackers.queries.plans import plan_by_id, region_tree
from trackers.queries.supervision import order_story


def draw(id: int) -> None:
    run = session.run()
    story = order_story(run.store, id, by=run.actor)
    order, plan = story.order, plan_by_id(run.store, story.order.plan)
    tree = region_tree(run.store)
    st.subheader(escaped(f"{order.number}　{tree[order.region].name}　{order.state.word}"), anchor=False)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        components.facts(shown.facts(order, plan, tree))
        st.download_button(
            "下载督办单（Word，一页）", partial(download.order, run.path, run.actor, run.shown, id),
            file_name=f"督办单_{order.number}.docx", mime=download.DOCX, key="order-docx", on_click="ignore",
            icon=":material/download:",
        )  # fmt: skip
    with right:
        st.markdown("**办理经过**")
        components.bullets(shown.steps(story), none="")
        files = [file for step in story.steps for file in step.files]
        components.evidence_files(list({file.digest: file for file in files}.values()), key=f"order-{id}")
    for kind in shown.may_do(story, run.rights, plan):
        if kind is StepKind.ANSWERED:
            _supervision_act.answer(story)
    decisions = [kind for kind in shown.may_do(story, run.rights, plan) if kind is not StepKind.ANSWERED]
    if decisions:
        _supervision_act.decide(story, decisions)
