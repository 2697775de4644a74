from __future__ import annotations

import time
from collections import defaultdict
from datetime import UTC, date, datetime

import pytest

from tests.samples import OPERATOR, indicator, sample_plan, tree
from trackers.exchange.demonstration import NOTE, demonstration_figures, drawn
from trackers.exchange.first_start import open_or_create
from trackers.exchange.plan_file import read_plans
from trackers.exchange.published_file import read_published
from trackers.exchange.region_file import read_regions
from trackers.model.plan import Direction, Measure
from trackers.model.report import WHOLE_UNITS, check_place, expected_regions
from trackers.queries.assess import assess
from trackers.queries.check import faults
from trackers.queries.plans import plan_by_id
from trackers.settings import SEEDS

LAST = date(2026, 1, 15)


@pytest.fixture(scope="module")
def seeds():
    regions = read_regions(SEEDS / "regions" / "regions.csv")
    plans = read_plans(SEEDS / "plans", regions)
    return plans, regions, read_published(SEEDS / "figures" / "published.toml", plans, regions)


@pytest.fixture(scope="module")
def figures(seeds):
    return demonstration_figures(*seeds, LAST)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    start = time.perf_counter()
    with open_or_create(path, at=datetime(2026, 1, 15, tzinfo=UTC), demo=True) as store:
        assert time.perf_counter() - start < 15
        yield store


def own_of(plan):
    return {each.id: each for each in plan.indicators}


def test_every_plan_with_indicators_has_figures_for_each_of_them(seeds, figures):
    for plan in seeds[0]:
        assert {figure.indicator for figure in figures.get(plan.id, [])} == set(own_of(plan))


def test_every_region_that_reports_has_figures_but_for_one_that_never_began(seeds, figures):
    for plan in seeds[0]:
        lacking = set()
        for each in plan.indicators:
            expected = {r.code for r in expected_regions(plan, each, seeds[1], min(LAST, plan.last_day))}
            lacking |= expected - {f.region for f in figures[plan.id] if f.indicator == each.id}
        assert len(lacking) == (1 if plan.id == "fuxin-2013" else 0)


def test_every_figure_could_be_handed_in_and_says_what_it_is(seeds, figures):
    plans, regions, _ = seeds
    for plan in plans:
        own = own_of(plan)
        for figure in figures.get(plan.id, []):
            check_place(plan, own[figure.indicator], regions[figure.region], figure.period, regions)
            assert (figure.note, figure.evidence) == (NOTE, "") and figure.value >= 0
            assert figure.period.end <= LAST
            if own[figure.indicator].unit in WHOLE_UNITS:
                assert figure.value == int(figure.value)
            if own[figure.indicator].unit == "%":
                assert figure.value <= 112
            if figure.denominator:
                assert figure.value == figure.numerator / figure.denominator * 100


def test_counts_never_fall(seeds, figures):
    for plan in seeds[0]:
        series = defaultdict(list)
        for figure in figures.get(plan.id, []):
            if own_of(plan)[figure.indicator].measure is Measure.COUNT:
                series[figure.indicator, figure.region].append((figure.period.number, figure.value))
        for line in series.values():
            values = [value for _, value in sorted(line)]
            assert values == sorted(values)


def test_the_same_figures_come_out_every_time(seeds, figures):
    assert demonstration_figures(*seeds, LAST) == figures
    assert drawn("甲", "乙") == pytest.approx(0.8629415815878758, abs=1e-12)
    day = date(2020, 6, 30)
    earlier = demonstration_figures(*seeds, day)["fuxin-2013"]
    before = [f for f in figures["fuxin-2013"] if f.period.end <= day]
    assert earlier == [f for f in before if f.region != "210902" or f.period.next().end <= day]


def test_a_region_is_left_with_something_to_enter_for_the_period_that_ended_last(figures):
    periods = {f.period for f in figures["fuxin-2013"] if f.region == "210902"}
    assert max(period.end for period in periods) == date(2020, 9, 30)


def test_a_period_with_a_judged_published_figure_is_left_out(figures):
    told = {str(f.period) for f in figures["liaoning-2021"] if f.indicator == "local-specifications"}
    assert "2024Q1" in told and "2024Q2" not in told


def test_a_falling_target_is_approached_from_above():
    plan = sample_plan(
        indicators=[indicator("less", direction=Direction.DECREASE, measure="stock", targets=[
            {"year": 2020, "comparator": "<=", "value": 50, "confidence": "secondary", "reference": "甲"}
        ])]
    )  # fmt: skip
    values = [f.value for f in demonstration_figures([plan], tree(), [], date(2020, 12, 31))[plan.id]]
    assert values[0] > 55


@pytest.mark.parametrize(
    ("plan", "day", "wanted"),
    [
        ("fuxin-2013", date(2016, 12, 31), {"ahead", "on_track", "lagging", "regressing", "no_data", "stale"}),
        ("fuxin-2013", date(2020, 12, 31), {"achieved", "missed"}),
        ("liaoning-2021", date(2024, 5, 20), {"ahead", "on_track", "lagging", "achieved", "unverified_target"}),
    ],
)
def test_the_verdicts_of_a_day_are_of_many_kinds(store, plan, day, wanted):
    frame = assess(store, plan_by_id(store, plan), day, by=OPERATOR)
    assert wanted <= set(frame["verdict"])
    assert frame.loc[frame["value"].notna(), "demo"].all()


def test_the_database_is_sound(store):
    assert faults(store) == []
