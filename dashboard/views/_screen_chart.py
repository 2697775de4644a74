"""A chart in two sizes, for the screen of a meeting room and for smaller ones."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st


def drawn_for(room: int | None, draw: Callable[..., None]) -> None:
    """Draw a chart; for a meeting room so high and as for a desk, of which the looks show the one that there is room for."""
    if room is None:
        draw(None)
        return
    for key, height in {"of-room": room, "of-desk": None}.items():
        with st.container(key=key):
            draw(height, f"chart-{key}")
