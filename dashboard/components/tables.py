"""Tables that are read whole: each column as wide as its longest cell, long words in several lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.components import take
from dashboard.viewmodels.fit import fit

Config = Mapping[str, Any]


def fitted(frame: pd.DataFrame, config: Config | None = None, told: Mapping[str, Iterable[str]] | None = None) -> dict[str, Any]:
    """What `st.dataframe` has to be given for every cell to be read whole: columns' widths, height of a row, of the table.

    `told` is what stands in each column as it is read, where that differs from the frame's own values. A width that
    `config` names stays, and so do columns of buttons.
    """
    given, texts = config or {}, told or {str(name): map(str, frame[name].tolist()) for name in frame}
    known = {name: each for name, each in given.items() if isinstance(each, dict)}
    heads = {name: each["label"] for name, each in known.items() if each.get("label") is not None}
    found = fit(texts, heads, tags={name for name, each in known.items() if _is_tag(each)})
    widths = {name: width for name, width in found.widths.items() if name in known or name not in given}
    columns = {name: _wide(known.get(name, {}), width) for name, width in widths.items()}
    settings = {"column_config": {**given, **columns}, "height": found.height}
    return settings | ({"row_height": found.row} if found.row else {})


def _is_tag(column: Config) -> bool:
    """Whether a column's texts are shown as coloured tags."""
    return (column.get("type_config") or {}).get("type") == "multiselect"


def _wide(column: Config, width: int) -> dict[str, Any]:
    return {**column, "width": column.get("width") or width}


def plain_table(frame: pd.DataFrame, *, key: str, about: str, none: str = "") -> None:
    """A table of words as it is; `none` where it has no rows. Addresses can be followed."""
    if frame.empty:
        st.markdown(none)
        return
    links = {"网址": st.column_config.LinkColumn()} if "网址" in frame else None
    st.dataframe(frame, hide_index=True, key=key, alt=about, **fitted(frame, links))
    take.table_file(lambda: frame, about, key=key)
