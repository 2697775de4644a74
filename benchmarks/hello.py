"""The smallest server there is: one page that says hello, with the settings of the real one."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

app = st.App(Path(__file__).parent / "hello_page.py")
