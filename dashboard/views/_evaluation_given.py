"""模板和标志: what an office supplies for its reports."""

from __future__ import annotations

import streamlit as st

from dashboard import components
from trackers.reports.make import PICTURED, Form
from trackers.reports.supplied import Supplied

TEMPLATE = ("模板（.docx，不带宏，不超过 10 MB）", ["docx"], 10)
LOGO = ("标志（PNG 或 JPEG，不超过 5 MB）", ["png", "jpg", "jpeg"], 5)


def given(form: Form, format: str, key: str) -> dict[str, Supplied]:
    """The template and the logo that were uploaded, where the form and format take them."""
    kinds = {"template": TEMPLATE} if format == "docx" and form is not Form.BRIEF else {}
    kinds |= {"logo": LOGO} if format in PICTURED else {}
    if not kinds:
        return {}
    with components.folded("用本单位的模板和标志", key=key):
        st.caption("点 Upload 选文件，或把文件拖到框里。模板里写错的字段会指出来。")
        files = {
            name: st.file_uploader(label, types, key=f"{key}-{name}", max_upload_size=most)
            for name, (label, types, most) in kinds.items()
        }
    return {name: Supplied(file.name, file.getvalue()) for name, file in files.items() if file is not None}
