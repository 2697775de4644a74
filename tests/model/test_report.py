from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.samples import sample_plan
from trackers.errors import FigureError
from trackers.exchange.plan_file import read_plans
from trackers.exchange.region_file import read_regions
from trackers.model.report import expected_regions, reports_on, value_of
from trackers.settings import SEEDS


def test_asking_for_one_region_agrees_with_the_list_of_those_expected():
    tree = read_regions(SEEDS / "regions" / "regions.csv")
    for plan in read_plans(SEEDS / "plans", tree):
        for indicator in {each.level: each for each in plan.indicators}.values():
            for day in (date(2010, 6, 1), date(2016, 12, 31), date(2024, 5, 20)):
                asked = {r.code for r in tree.by_code.values() if reports_on(plan, indicator, r, tree, day)}
                assert asked == {r.code for r in expected_regions(plan, indicator, tree, day)}


def test_a_count_has_no_parts():
    own = sample_plan().indicator("own")
    assert value_of(own, Decimal(5), None, None) == 5
    with pytest.raises(FigureError, match="留空"):
        value_of(own, None, Decimal(1), Decimal(2))
