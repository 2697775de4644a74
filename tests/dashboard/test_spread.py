from __future__ import annotations

import numpy as np
import pytest

from dashboard.charts.spread import spread_chart
from dashboard.viewmodels import indicator, spread
from tests.dashboard.frames import frame, lagging, row, unfilled

NAMES = ("甲市", "乙市", "丙市", "丁市")


def regions(*values: float | None, **more):
    made = [
        unfilled("a", region=str(n), region_name=name, **more) if value is None
        else row("a", region=str(n), region_name=name, value=value, **more)
        for n, (name, value) in enumerate(zip(NAMES, values, strict=False))
    ]  # fmt: skip
    return frame(*made)


def test_every_value_lies_in_one_column_and_what_is_missing_in_none():
    found = spread.spread(regions(10, 20, 30, None))
    assert sum(map(sum, found.counts.values())) == 3
    assert found.edges[0] <= 10 and found.edges[-1] > 30 and len(set(np.diff(found.edges).round(9))) == 1
    assert found.told == "3个地区有数值：最低10项，中位数20项，最高30项；已达到各自目标的0个；未填报1个，不在图中。"


@pytest.mark.parametrize("values", [(5, 5, 5), (0, 0, 0), (-3, 0, 3), (0.001, 0.002, 0.0035), (1e6, 2e6, 9e6)])
def test_odd_values_are_parted_too(values):
    found = spread.spread(regions(*values))
    assert sum(map(sum, found.counts.values())) == 3


def test_columns_are_cut_by_verdict():
    rows = frame(row("a", value=1.0), row("a", value=2.0), lagging("a", 0.5, "severe", value=1.0))
    assert {label for _, _, label in spread.spread(rows).counts} == {"● 基本符合预期", "▼ 滞后于预期"}


def test_two_values_have_no_shape():
    assert spread.spread(regions(1, 2, None)) is None


def test_the_chart_marks_the_target_only_where_it_holds_for_all():
    found = spread.spread(regions(10, 20, 30))
    figure = spread_chart(found, "项", (100.0, "≥100项"), "演示数据")
    texts = [each.text for each in figure.layout.annotations]
    assert "目标 ≥100项" in texts and "演示数据" in texts
    assert not spread_chart(found, "项", None, "").layout.shapes


def test_the_order_tells_who_moved_since_the_earlier_day():
    now, before = regions(30, 20, 10, None), regions(10, 20, None, 40)
    ranked = spread.ranking(now, before, {})
    assert list(ranked["region_name"]) == ["甲市", "乙市", "丙市", "丁市"]
    shown = spread.table(ranked)
    assert shown["较上季末"].tolist() == ["↑2", "持平", "新", ""]
    assert shown["位次"].tolist()[:3] == [1, 2, 3] and shown["位次"].isna().tolist() == [False, False, False, True]


def test_places_of_other_levels_do_not_count_among_those_of_the_earlier_day():
    before = frame(*regions(10, 20, 5).to_dict("records"), row("a", region="whole", value=1e9))
    assert spread.ranking(regions(10, 20, 5), before, {})["move"].tolist() == [0, 0, 0]


def test_less_is_better_where_the_indicator_says_so():
    ranked = spread.ranking(regions(30, 20, 10, direction="decrease"), regions(None), {})
    assert list(ranked["region_name"]) == ["丙市", "乙市", "甲市"]


def test_regions_with_targets_of_their_own_are_ordered_by_completion():
    rows = regions(30, 20, 10).assign(target=[100.0, 25.0, 10.0], completion=[0.3, 0.8, 1.0])
    assert list(spread.ranking(rows, rows, {})["region_name"]) == ["丙市", "乙市", "甲市"]


def test_a_sum_that_not_all_have_reported_to_has_no_place():
    some = {"basis": "aggregate", "aggregation": "sum", "expected_regions": 3}
    rows = frame(*regions(10, 20).to_dict("records"), row("a", region="part", value=1.0, **some))
    ranked = spread.ranking(rows, rows.assign(reported_regions=rows["expected_regions"]), {})
    assert ranked["rank"].tolist()[:2] == [1, 2] and ranked["rank"].isna().tolist() == [False, False, True]
    shown = spread.table(ranked)
    assert shown["标注"].tolist()[-1] == "已报1/3个地区" and shown["较上季末"].tolist()[-1] == ""
    low = rows.assign(direction="decrease")
    assert indicator.ranked(low)["region"].tolist()[-1] == "part"


def test_numbers_of_the_order_are_written_as_everywhere():
    shown = spread.table(spread.ranking(regions(17 / 19 * 100), regions(None), {}))
    assert shown["现值"].tolist() == [89.47] and shown["完成率（%）"].tolist() == [60.0]
