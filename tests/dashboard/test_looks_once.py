"""The look, read from its settings once."""

from __future__ import annotations

import pytest
from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime.app_session import _populate_theme_msg

from dashboard.looks_once import filled_once
from trackers.settings import HOME

SECTIONS = ["theme", "theme.light", "theme.dark", "theme.sidebar", "theme.light.sidebar", "theme.dark.sidebar"]


@pytest.fixture(autouse=True)
def own_settings():
    config.get_config_options(force_reparse=True, options_from_flags={})
    config._update_config_with_toml(
        (HOME / "dashboard" / ".streamlit" / "config.toml").read_text(encoding="utf-8"), "the settings"
    )
    yield
    config.get_config_options(force_reparse=True, options_from_flags={})


def looks(fill) -> CustomThemeConfig:
    """The whole look, as a run of a page is told of it."""
    message = CustomThemeConfig()
    parts = [message, message.light, message.dark, message.sidebar, message.light.sidebar, message.dark.sidebar]
    for part, section in zip(parts, SECTIONS, strict=True):
        fill(part, section)
    return message


def test_the_look_is_told_from_memory_as_it_was_read():
    once = filled_once(_populate_theme_msg)
    read, first, again = looks(_populate_theme_msg), looks(once), looks(once)
    assert read.primary_color == "" and read.light.primary_color and read.dark.primary_color
    assert read == first == again


def test_each_section_is_read_once():
    asked = []
    once = filled_once(lambda message, section: asked.append(section))
    looks(once)
    looks(once)
    assert asked == SECTIONS
