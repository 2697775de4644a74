"""The look, read from its settings once.

Streamlit reads some hundred settings of colours and fonts anew for each run of a page, which took the server six parts in
a hundred of its work; they stay as they are for as long as it runs.
"""

from __future__ import annotations

from collections.abc import Callable

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

Fill = Callable[[CustomThemeConfig, str], None]


def filled_once(fill: Fill) -> Fill:
    """What fills in the settings of a section as `fill` does, from memory after the first time."""
    known: dict[str, CustomThemeConfig] = {}

    def filled(message: CustomThemeConfig, section: str = "theme") -> None:
        if section not in known:
            read = CustomThemeConfig()
            fill(read, section)
            known[section] = read
        if known[section].ByteSize():  # a section without settings is left out
            message.MergeFrom(known[section])

    return filled


def read_looks_once() -> None:
    """From now on, for every run of a page in this process."""
    app_session._populate_theme_msg = filled_once(app_session._populate_theme_msg)  # type: ignore[assignment]
