"""The forms in which an order is answered, and its answer accepted, sent back, or the order closed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import session
from dashboard.viewmodels.supervision import Asked
from dashboard.views._supervision_done import ask
from trackers.model.evidence import EXPECTED
from trackers.model.supervision import LONGEST_SAID, OrderStory, StepKind


def answer(story: OrderStory) -> None:
    """The form in which a region answers."""
    asked = Asked(StepKind.ANSWERED, story.order.id, len(story.steps))
    with st.container(border=True):
        st.markdown("**答复**")
        st.text_area("整改措施", key=asked.key("said"), max_chars=LONGEST_SAID, height=100)
        st.date_input("完成时限", None, session.today(), key=asked.key("until"), format="YYYY-MM-DD", width=200)
        st.file_uploader(
            f"佐证材料（可不附）：{EXPECTED}，每个不超过 20 MB", key=asked.key("files"), accept_multiple_files=True,
            max_upload_size=20, help="框里的 Upload 是“选择文件”。",
        )  # fmt: skip
        st.button("提交答复", key=asked.button, type="primary", on_click=ask, args=(asked,))


def decide(story: OrderStory, kinds: Sequence[StepKind]) -> None:
    """The comment and the buttons for those who supervise the region."""
    every = [Asked(kind, story.order.id, len(story.steps)) for kind in kinds]
    with st.container(border=True):
        label = "审定意见或结案理由（退回、结案必须写明）"
        st.text_area(label, key=every[0].key("said"), max_chars=LONGEST_SAID, height=80)
        with st.container(horizontal=True):
            for asked in every:
                st.button(asked.kind.word, key=asked.button, on_click=ask, args=(asked,))
