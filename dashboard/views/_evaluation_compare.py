"""与另一次评估比较: what moved since, in sentences, a table and files."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import components, download, session
from dashboard.viewmodels import evaluation as model
from dashboard.viewmodels.words import escaped
from dashboard.views._evaluation_choice import Seen
from trackers.errors import TrackerError
from trackers.queries.evaluations import evaluations
from trackers.reports.compared import comparison
from trackers.reports.compared_files import FORMATS


def draw(seen: Seen) -> None:
    st.subheader("与另一次评估比较", anchor=False)
    run, about = session.run(), seen.about
    others = model.earlier(evaluations(run.store, by=run.actor, plan=seen.plan.id), about)
    if not others:
        components.nothing("这份规划没有另一次已冻结的评估可以比较。再开一次评估并冻结以后，就可以在这里比较两次的结果。")
        return
    key = f"compare-{about.id}"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        id = st.selectbox("哪一次", others, None, format_func=others.__getitem__, key=key, width=420, placeholder="请选择")
        format = st.selectbox("文件格式", FORMATS, format_func=download.FORMATS.__getitem__, key=f"{key}-format", width=170)
    if id is None:
        return
    try:
        made = comparison(run.store, about.id, id, by=run.actor)
    except TrackerError as error:  # of frozen data that were changed
        components.show_error(error)
        return
    for said in (*made.warnings, *made.summary):
        st.markdown(escaped(said))
    components.plain_table(model.moves_table(made.moves), key=f"{key}-{id}", about="两次评估的变化", none="没有可以比较的指标。")
    st.download_button(
        "下载比较", partial(download.evaluations_compared, run.path, run.actor, run.shown, (about.id, id), format),
        f"{seen.plan.short}评估比较_{made.first.cutoff}_{made.second.cutoff}.{format}", download.MIMES[format],
        on_click="ignore", icon=":material/download:", key=f"{key}-get",
    )  # fmt: skip
