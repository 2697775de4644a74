"""Evidence files of the sheet: added to a row, listed, downloaded, taken away again. They go with the draft."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from dashboard import components, session
from dashboard.session import Choice
from dashboard.viewmodels.words import escaped
from dashboard.views._entry_changes import put_file
from dashboard.views._entry_drafts import FILES, Shown, of
from trackers.actions.evidence import add_evidence
from trackers.errors import TrackerError
from trackers.model.evidence import EXPECTED
from trackers.queries.drafts import files_in

REFUSED, ADDED = "entry-evidence-refused", "entry-evidence-added"
HELP = "框里的 Upload 是“选择文件”。选好后立即附在所选指标上，与草稿一起保存，提交时一起交给审核人。"


def draw(chosen: Choice, shown: Shown) -> None:
    """The files there are, and a place for more."""
    names = {line.indicator.id: line.given[1] for line in shown.lines}
    rows = [(id, file) for id, cells in of(FILES).get(shown.name, {}).items() for file in files_in(cells)]
    refused = st.session_state.pop(REFUSED, [])
    title = f"佐证材料（{len(rows)} 个文件）"
    with st.expander(title, expanded=bool(rows or refused), icon=":material/attach_file:", key=f"evidence {shown.key}"):
        for id, file in rows:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(escaped(names.get(id, id)))
                components.evidence_files([file], key=f"get {id}")
                if st.button("移除", key=f"drop {id} {file.digest}"):
                    put_file(session.run(), shown, id, file._replace(name=""))
                    st.rerun()
        chosen_row = st.selectbox(
            "佐证的指标", names, None, names.__getitem__, key=f"about {shown.key}", placeholder="先选指标"
        )
        turn = st.session_state.setdefault(ADDED, 0)  # a new place for files after each hand-in
        added = st.file_uploader(
            f"上传{EXPECTED}，每个不超过 20 MB", key=f"evidence {turn}", accept_multiple_files=True,
            disabled=chosen_row is None, max_upload_size=20, help=HELP,
        )  # fmt: skip
        for sentence in refused:
            st.error(escaped(sentence))
    if chosen_row and added:
        whys = (_add(chosen, shown, chosen_row, file.name, file.getvalue()) for file in added)
        st.session_state[REFUSED] = [why for why in whys if why]
        st.session_state[ADDED] += 1
        st.rerun()


def _add(chosen: Choice, shown: Shown, id: str, name: str, content: bytes) -> str:
    (store, by), region, at = (session.run().store, session.actor()), shown.sheet.region, datetime.now(UTC)
    try:
        put_file(session.run(), shown, id, add_evidence(store, content, name, plan=chosen.plan, region=region, by=by, at=at))
    except TrackerError as error:
        return f"{name}：{error}"
    return ""
