"""The region whose waiting figures are asked for."""

from __future__ import annotations

import streamlit as st

from dashboard.viewmodels.review import fingerprint

REGION = "review-region"


def asked(labels: dict[str, str]) -> str:
    """The region that is asked for; other numbers beside the names make another box, or it would show the old ones."""
    codes = list(labels)
    kept = st.session_state.get(REGION)
    region = st.selectbox(
        "地区", codes, codes.index(kept) if kept in labels else 0, format_func=labels.__getitem__, width=320,
        key=f"{REGION}-{fingerprint(list(labels.items()))}",
    )  # fmt: skip
    st.session_state[REGION] = region
    return region
