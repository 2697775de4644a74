from __future__ import annotations

import pytest

from trackers.model.signs import file_name, has_odd_signs, visible


@pytest.mark.parametrize("text", ["\x1b[2J", "a\x07", "\x85", "8\u202e6", "\u2066x", "\ud800", "\x7f"])
def test_signs_that_hide_or_turn_round_are_odd(text):
    assert has_odd_signs(text) and "\ufffd" in visible(text)


@pytest.mark.parametrize("text", ["", "一行\n二行\t三\r\n", "=1+1", "<b>&amp;", "é 👍", "\u200b\ufeff"])
def test_everything_else_is_left_alone(text):
    assert not has_odd_signs(text) and visible(text) == text


def test_a_files_name_is_told_in_one_line():
    assert file_name("表\r\n2018\u202exslx.csv\x1b") == "表 2018xslx.csv"
