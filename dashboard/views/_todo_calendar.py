"""The deadlines to take along into one's own calendar."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import streamlit as st

from dashboard import download, session
from trackers.model.rights import Permission


def draw() -> None:
    run = session.run()
    if not any(run.rights.may(each) for each in (Permission.ENTER, Permission.REVIEW, Permission.PERIODS)):
        return  # no deadline concerns them
    st.download_button(
        "截止日加到我的日历（.ics）", partial(download.deadlines, run.path, run.actor, run.shown, datetime.now(UTC)),
        "填报截止日.ics", "text/calendar", key="calendar", on_click="ignore", icon=":material/event:",
        help="今后一年与您有关的填报截止日，提前三天提醒。用 Outlook、WPS 或手机日历打开即可导入；截止日变动后请重新导入。",
    )  # fmt: skip
