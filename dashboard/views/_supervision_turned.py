"""Orders whose indicator lags no longer: they may be closed, one by one below or all of them here."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import components, loaders, session
from dashboard.viewmodels import supervision as shown
from dashboard.views import _supervision_done
from trackers.model.rights import Permission
from trackers.queries.plans import plan_by_id


def draw(rows: pd.DataFrame) -> None:
    """Nothing where none has turned, or none is the person's to close."""
    run = session.run()
    plans = tuple(sorted(set(rows["plan"])))
    found = loaders.turned(plans, session.today())
    held = {id: plan_by_id(run.store, id) for id in plans}
    may = [
        run.rights.may(Permission.SUPERVISE, region, held[id])
        for id, region in zip(found["plan"], found["region"], strict=True)
    ]
    mine = found[pd.Series(may, index=found.index, dtype=bool)]
    if mine.empty:
        return
    with st.container(border=True):
        st.markdown(f"**可以结案（{len(mine)} 件）**　判定已经好转：")
        components.bullets(shown.turned_lines(mine.head(components.MANY)), none="")
        plan = plans[0] if len(plans) == 1 else None
        st.button(
            f"全部结案（{len(mine)} 件）", key="close-turned", on_click=_supervision_done.ask_turned, args=(plan,),
        )  # fmt: skip
