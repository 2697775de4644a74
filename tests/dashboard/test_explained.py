from __future__ import annotations

import re

import pytest

from dashboard import menu
from dashboard.viewmodels.explained import PAGES, TERMS
from trackers.assessment.policy import Policy

TITLES = [title for _, title, _ in menu.PAGES]


@pytest.mark.parametrize("title", TITLES)
def test_every_page_explains_what_it_shows_and_how_it_comes_about(title: str):
    parts = PAGES[title].parts
    assert all(len(text) >= 20 for text in parts.values()) and list(parts)[:2] == ["这一页显示什么", "怎样得出"]
    assert set(PAGES[title].terms) <= TERMS.keys()


@pytest.mark.parametrize("title", TITLES)
def test_no_sentence_is_broken_in_two_where_a_blank_would_stand_between_chinese_words(title: str):
    assert not [text for text in PAGES[title].parts.values() if re.search(r"[^\n]\n(?!- |\n)", text)]


def test_nothing_is_explained_that_is_no_page():
    assert PAGES.keys() == set(TITLES)


def test_the_limits_that_are_told_are_those_that_are_judged_by():
    policy, told = Policy(), PAGES["总览"].how
    limits = [policy.ahead, policy.on_track, policy.on_track, policy.severe]
    assert [float(each) for each in re.findall(r"\d\.\d\d", told)] == limits
    assert f"不到 {policy.starting:.0%}" in told and f"{policy.stale_after_days} 天以上" in told
