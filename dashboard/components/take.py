"""What a page gives to take along: a chart as a picture, a table as a workbook."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from dashboard import download, loaders, session
from dashboard.components.pages import ASSETS
from dashboard.viewmodels import table, words

PICTURES = st.components.v2.component(
    "take",
    html='<div class="take">图片<button type="button" name="png">PNG</button><button type="button" name="svg">SVG</button></div>',
    css=(ASSETS / "take.css").read_text(encoding="utf-8"), js=(ASSETS / "take.js").read_text(encoding="utf-8"),
)  # fmt: skip
LEFT_OUT = (table.OPEN, "", "code")  # columns that only lead on
SHEET = 31  # characters of a sheet's name


def pictures(key: str, about: str) -> None:
    """The chart drawn under this key, to take along as PNG or SVG; the browser makes it."""
    PICTURES(key=f"take-{key}", data={"chart": _class_of(key), "title": _marked(about), "name": _file(about)})


def _class_of(key: str) -> str:
    """How Streamlit writes a key into the document."""
    return re.sub(r"[^a-zA-Z0-9_-]", "-", key)


def judged_file(rows: pd.DataFrame, columns: Sequence[str], about: str, *, key: str) -> None:
    """Judged rows as a workbook, numbers as numbers."""
    chosen = session.choice()
    title = words.taken_along(chosen.plan.title, demo=bool(rows["demo"].any()))
    _button(partial(download.workbook, rows, columns, title, chosen.day, _sheet(about)), about, key)


def table_file(make: Callable[[], pd.DataFrame], about: str, *, key: str) -> None:
    """A table of words and numbers as a workbook, made only when somebody takes it."""
    _button(partial(download.listed_workbook, make, _sheet(about), _marked(about), LEFT_OUT), about, key)


def _button(data: partial[bytes], about: str, key: str) -> None:
    st.download_button(
        "下载 xlsx", data, key=f"{key}-xlsx", file_name=f"{_file(about)}.xlsx", mime=download.XLSX, on_click="ignore",
        type="tertiary", icon=":material/download:", help=words.escaped(about),
    )  # fmt: skip


def _marked(about: str) -> str:
    return words.taken_along(_titled(about, "　"), demo=loaders.is_demonstration())


def _titled(about: str, between: str) -> str:
    """What it shows, of which plan and day where the page speaks of one."""
    chosen = session.chosen()
    return between.join([about] + ([chosen.plan.short, f"截至{chosen.day}"] if chosen else []))


def _file(about: str) -> str:
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "", _titled(about, "_"))


def _sheet(about: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", "", about)[:SHEET] or "表"
