from __future__ import annotations

import pytest

from trackers.assessment.verdict import (
    URGENCY,
    CagrStatus,
    ProjectionStatus,
    Reason,
    Severity,
    Verdict,
    reason_word,
    verdict_sign,
    verdict_word,
)


@pytest.mark.parametrize("kind", [Verdict, Severity, Reason, CagrStatus, ProjectionStatus])
def test_everything_that_can_be_said_has_a_word_of_its_own_kind(kind):
    assert all(each.word for each in kind)


def test_verdicts_differ_by_word_and_by_sign_without_colour():
    assert len({verdict.word for verdict in Verdict}) == len(Verdict)
    signs = {verdict.sign for verdict in Verdict}
    assert len(signs) == len(Verdict)
    assert all(len(sign.encode("gbk")) == 2 for sign in signs)


def test_every_verdict_has_its_place_in_the_order_of_urgency():
    assert sorted(URGENCY) == sorted(Verdict)
    assert Verdict.REGRESSING.urgency < Verdict.LAGGING.urgency < Verdict.NO_DATA.urgency < Verdict.AHEAD.urgency


def test_achieved_reads_early_before_the_targets_day_and_done_from_it_on():
    assert verdict_word("achieved") == "提前实现"
    assert verdict_word("achieved", due=True) == "已实现"
    assert verdict_word("achieved", due=True, kept=True) == "已实现（保持）"


def test_lagging_says_how_far():
    assert verdict_word("lagging", "severe") == "滞后于预期（严重）"
    assert verdict_word("lagging", "mild", kept=True) == "滞后于预期（轻度，保持）"


def test_words_are_found_by_the_text_a_frame_holds():
    assert verdict_sign("ahead") == "▲"
    assert reason_word("incomplete") == "数据不全"
    assert reason_word(None) == ""
