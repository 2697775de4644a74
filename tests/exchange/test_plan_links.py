"""What a plan says counts the same as a superior's indicator, refused where it does not."""

from __future__ import annotations

import pytest

from tests.families import CITY, FAMILY, OTHER_CITY, SUPERIOR, built, lower_plan, same_as
from tests.samples import REGIONS, indicator, target
from trackers.exchange.plan_links import mismatches
from trackers.model.region import RegionTree

TREE = RegionTree([*REGIONS, OTHER_CITY])


def problems(plan, *others) -> list[tuple[str, str]]:
    return [(field, problem) for _, field, problem in mismatches(plan, [SUPERIOR, *others, plan], TREE)]


def test_a_sound_family_is_taken():
    assert [problem for plan in FAMILY for problem in mismatches(plan, FAMILY, TREE)] == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"unit": "家"}, "计量单位 unit不一致：本规划为 家，“province-2013”的 built 为 项"),
        ({"measure": "stock"}, "类别 measure不一致：本规划为 stock，“province-2013”的 built 为 count"),
        ({"direction": "decrease", "targets": [target(30, "<=")]}, "方向 direction不一致：本规划为 decrease"),
        ({"counted_from": "2015-01-01"}, "累计的起点不一致：本规划为 2015-01-01，“province-2013”的 built 为 2013-01-01"),
    ],
)
def test_unit_kind_direction_and_beginning_have_to_agree(changed, said):
    own = {**built(30), **changed}
    ((field, problem),) = problems(lower_plan("low", "210900", "下级", own))
    assert field == "same_as.indicator" and problem.startswith(said)


def test_an_indicator_that_is_not_there_is_named():
    own = indicator("own", same_as=same_as("missing"))
    assert problems(lower_plan("low", "210900", "下级", own)) == [
        ("same_as.indicator", "上级规划“province-2013”没有 id 为“missing”的指标，请核对")
    ]


def test_years_have_to_meet():
    own = indicator("own", targets=[target(30, year=2019)], same_as=same_as("built"))
    ((field, problem),) = problems(lower_plan("low", "210900", "下级", own))
    assert field == "same_as.indicator" and "没有相同的目标年份" in problem


def test_only_a_plan_that_is_carried_out_can_be_named():
    stranger = lower_plan("low", "210900", "下级", built(30)).model_copy(update={"carries_out": []})
    ((field, problem),) = problems(stranger)
    assert field == "same_as.plan" and "应为本规划 carries_out 里写了 plan 的上级规划" in problem


def test_the_superiors_region_has_to_lie_above():
    ((field, problem),) = problems(lower_plan("low", "210000", "同级", built(30, "province")))
    assert field == "same_as.plan" and "不在本规划所在地区之上" in problem


def test_one_indicator_of_a_superior_plan_is_enough():
    own = indicator("own", same_as=[*same_as("built"), *same_as("alone")])
    assert problems(lower_plan("low", "210900", "下级", own))[0][1].startswith("写了两次“province-2013”")


def test_the_ground_has_to_be_given():
    with pytest.raises(ValueError, match="ground"):
        lower_plan("low", "210900", "下级", indicator("own", same_as=same_as("built", ground="")))


def test_a_plan_without_it_is_kept_as_it_was():
    assert "same_as" not in SUPERIOR.model_dump_json() and "same_as" in CITY.model_dump_json()
