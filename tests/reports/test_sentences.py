"""Sentences are built from figures."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from trackers.reports.figures import Row
from trackers.reports.sentences import (
    listed,
    pace_needed_phrase,
    pace_phrase,
    progress_sentence,
    projected_phrase,
    shortfall_phrase,
    titled,
)

DAY = date(2024, 5, 20)


def row(**fields: Any) -> Row:
    plain = {
        "indicator": "specs", "indicator_name": "地方计量技术规范", "unit": "项", "direction": "increase",
        "aggregation": "own", "measure": "count", "region": "210000", "region_name": "辽宁省",
        "region_level": "province", "basis": "reported", "value": 86.0, "observed": DAY, "baseline": 0.0,
        "target": 120.0, "target_year": 2025, "target_day": date(2025, 12, 31), "comparator": "=",
        "confidence": "confirmed", "target_text": "120项", "attainment": 86 / 120, "completion": 86 / 120,
        "time_progress": 1236 / 1826, "pace": 1.06, "verdict": "on_track", "word": "基本符合预期", "sign": "●",
        "expected": 81.2, "shortfall": -4.8,
    }  # fmt: skip
    return Row(**{**plain, **fields})


def said(as_of: date = DAY, **fields: Any) -> str:
    return progress_sentence(row(**fields), as_of, "210000")


def test_86_of_120_is_said_as_it_was_on_the_day():
    assert said() == (
        "截至2024年5月20日，地方计量技术规范完成86项，完成率71.7%，快于时序进度4.0个百分点，"
        "判定为基本符合预期（目标：2025年120项）。"
    )


def test_the_same_86_are_behind_at_the_end_of_the_year_and_their_day_is_named():
    sentence = said(date(2024, 12, 31), time_progress=1461 / 1826, verdict="lagging", severity="mild", word="滞后于预期（轻度）")
    assert "完成86项（数据截至2024年5月20日），完成率71.7%，慢于时序进度8.3个百分点，判定为滞后于预期（轻度）" in sentence


def test_in_step_with_time_is_neither_ahead_nor_behind():
    assert pace_phrase(0.5, 0.5004) == "完成率50.0%，与时序进度持平"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"demo": True}, "；演示数据）"),
        ({"unreviewed": True}, "；未经复核）"),
        ({"confidence": "secondary"}, "；目标值仅见于另一来源）"),
        ({"confidence": "corroborated"}, "；目标值原文残损，另有来源印证）"),
        ({"baseline_origin": "first_report"}, "；以首次填报为基期）"),
        ({"year_inferred": True}, "目标：2025年（推定）120项"),
    ],
)
def test_what_a_figure_must_be_taken_with_stands_in_its_sentence(fields: dict[str, Any], words: str):
    assert words in said(**fields)


def test_a_missing_figure_is_called_so_and_no_number_is_put_in_its_place():
    sentence = said(value=None, observed=None, completion=None, verdict="no_data", word="未填报")
    assert sentence == "截至2024年5月20日，地方计量技术规范尚未填报，进展不明（目标：2025年120项）。"


def test_a_target_that_is_not_verified_is_not_judged():
    sentence = said(
        target=None, target_text="待核实（□600）", confidence="unverified", completion=None, attainment=None,
        verdict="unverified_target", word="目标待核实",
    )  # fmt: skip
    assert "完成86项，暂不判断进度（目标待核实）（目标：待核实（□600））" in sentence
    assert "完成率" not in sentence


def test_a_partial_sum_is_called_partial():
    sentence = said(
        basis="aggregate", reason="incomplete", reason_word="数据不全", reported_regions=2, expected_regions=7,
        completion=None, attainment=None, verdict="undetermined", word="无法判定",
    )  # fmt: skip
    assert "数据不全（应报7个地区，已报2个），已报部分为86项，暂不判断进度（无法判定：数据不全）" in sentence


def test_a_rate_without_a_baseline_has_its_attainment_alone():
    sentence = said(
        measure="rate", unit="%", value=88.0, completion=None, attainment=88 / 95, verdict="undetermined", word="无法判定",
        reason="no_baseline", reason_word="无基期值", target_text="≥95%",
    )  # fmt: skip
    assert "为88%，目标达成率92.6%，暂不判断进度（无法判定：无基期值）" in sentence


def test_a_missed_target_is_said_with_its_distance_and_without_a_forecast():
    after = date(2026, 1, 1)
    late = row(verdict="missed", word="未实现", shortfall=34.0, expected=120.0, projected=110.0)
    assert "完成率71.7%，未实现，差34项" in progress_sentence(late, after, "210000")
    assert projected_phrase(late, after) == "" and shortfall_phrase(late, after) == ""


def test_shortfall_and_pace_are_told_in_the_own_unit():
    late = row(expected=81.2346, shortfall=3.5, needed_per_year=21.07, actual_per_year=-2.0)
    assert shortfall_phrase(late, DAY) == "按时序应达81.2项，差3.5项"
    assert pace_needed_phrase(late, DAY) == "自2024年5月20日起年均需增加21.1项，此前年均减少2项"
    rate = row(unit="%", expected=90.0, shortfall=2.25)
    assert shortfall_phrase(rate, DAY) == "按时序应达90%，差2.3个百分点"


def test_long_lists_are_counted_and_titles_nest():
    assert listed(["甲", "乙", "丙"], most=2) == "甲、乙等3个"
    assert titled("贯彻《规划》的意见") == "《贯彻〈规划〉的意见》"
