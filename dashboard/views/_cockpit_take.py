"""The screen 驾驶舱 on one page of paper, and the way to the meeting room's screen."""

from __future__ import annotations

from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import components, download, loaders, session
from dashboard.viewmodels.cockpit import Cockpit
from dashboard.viewmodels.cockpit_paper import TITLE, paper
from dashboard.views._cockpit_parts import chosen


def draw(beside: DeltaGenerator, seen: Cockpit) -> None:
    """The buttons beside the heading."""
    made = partial(paper, seen, session.today(), demonstration=loaders.is_demonstration())
    with beside:
        st.page_link(components.SCREEN, label="会议屏", icon=":material/slideshow:", query_params=chosen())
        st.download_button(
            "一页 PDF", partial(download.page, made), key="cockpit-pdf", mime=download.MIMES["pdf"], on_click="ignore",
            file_name=f"{TITLE}_{session.choice().plan.short}_{session.choice().day}.pdf", icon=":material/picture_as_pdf:",
            type="tertiary",
        )  # fmt: skip
