"""What is missing before an evaluation is frozen, each with the way to mend it."""

from __future__ import annotations

import streamlit as st

from dashboard import loaders, menu, session
from dashboard.viewmodels import evaluation_opening as model
from dashboard.viewmodels.words import escaped
from trackers.model.evaluation import Evaluation, Missing
from trackers.queries.evaluations import checklist


def draw(about: Evaluation) -> None:
    found = checklist(session.run().store, about.id, by=session.actor(), on=session.today())
    st.markdown("**冻结以前还缺**" if found else "没有缺项，可以冻结。")
    pages = menu.pages_for(session.rights(), loaders.plans())
    for missing in found:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{missing.kind.word} {missing.number}**　{escaped(missing.sentence)}", width="stretch")
            title = pages.get(missing.page)
            if title and st.button(f"去“{title}”", key=f"mend-{about.id}-{missing.kind}"):
                _go(missing)


def _go(missing: Missing) -> None:
    asked = model.address(missing)
    session.forget(*asked)
    st.switch_page(f"views/{missing.page}.py", query_params=asked)
