from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.people import add_person, grant
from tests.samples import (
    AT,
    HAND_IN,
    OPERATOR,
    REGIONS,
    day,
    figure,
    indicator,
    new_store,
    ratio,
    record,
    sample_plan,
    target,
)
from tests.waiting import wait
from trackers.actions.figures import HandIn, record_figures
from trackers.actions.plans import load_plans, load_regions
from trackers.actions.review import approve
from trackers.queries.assess import assess, opening_day, trend
from trackers.queries.plans import plan_by_id
from trackers.queries.records import assessment_records
from trackers.queries.remembered import forget

COUNTIES = ["210902", "210903", "210922"]


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path) as store:
        yield store


def judged(store, indicator, region="210900", as_of="2016-12-31", plan=None, **more):
    frame = assess(store, plan or sample_plan(), day(as_of), **more, by=OPERATOR)
    found = frame[(frame["indicator"] == indicator) & (frame["region"] == region)]
    assert len(found) == 1
    return found.iloc[0]


def test_there_is_a_row_for_every_expected_series_and_every_aggregate(store):
    frame = assess(store, sample_plan(), day("2016-12-31"), by=OPERATOR)
    rows = list(zip(frame["indicator"], frame["region"], frame["basis"], strict=True))
    counties = [(i, c, "reported") for i in ("summed", "rate", "mean") for c in COUNTIES]
    assert rows[0] == ("own", "210900", "reported")
    assert rows[1] == ("summed", "210900", "aggregate")
    assert set(rows) >= set(counties)
    assert len(rows) == 2 + 3 * 4


def test_nothing_reported_is_said_to_be_nothing(store):
    row = judged(store, "own")
    assert (row["verdict"], row["word"], row["reported_regions"]) == ("no_data", "未填报", 0)


def test_a_count_starts_from_nought_on_the_day_before_the_plan(store):
    record(store, figure("own", "210900", "2016Q4", 40))
    row = judged(store, "own")
    assert (row["baseline"], row["baseline_date"], row["baseline_origin"]) == (0, date(2012, 12, 31), "start")
    assert row["completion"] == pytest.approx(0.4)
    assert row["time_progress"] == pytest.approx(1461 / 2922)
    assert (row["verdict"], row["severity"]) == ("lagging", "mild")
    assert (row["expected"], row["shortfall"]) == (50, 10)


def test_an_unverified_target_is_never_judged(store):
    record(store, figure("lost", "210900", "2016Q4", 40))
    row = judged(store, "lost")
    assert (row["verdict"], row["target_text"], row["value"]) == ("unverified_target", "待核实（□0）", 40)


def test_a_rate_starts_from_its_first_report_and_one_report_is_not_enough(store):
    record(store, ratio("210902", "2014", 88, 100))
    row = judged(store, "rate", "210902", as_of="2015-12-30")
    assert (row["verdict"], row["reason"], row["baseline_origin"]) == ("undetermined", "first_report_only", "first_report")
    assert row["attainment"] == pytest.approx(88 / 95)
    record(store, ratio("210902", "2015", 90, 100))
    assert judged(store, "rate", "210902")["completion"] == pytest.approx(2 / 7)


def test_rates_are_added_up_by_their_parts_and_never_averaged(store):
    parts = [(50, 100), (900, 900), (10, 1000)]
    record(store, *[ratio(code, "2016", n, d) for code, (n, d) in zip(COUNTIES, parts, strict=True)])
    row = judged(store, "rate")
    assert row["value"] == pytest.approx(100 * 960 / 2000)
    assert (row["reported_regions"], row["expected_regions"]) == (3, 3)


def test_a_sum_with_a_region_missing_is_not_judged(store):
    record(store, *[figure("summed", code, "2016Q4", 20) for code in COUNTIES[:2]])
    row = judged(store, "summed")
    assert (row["verdict"], row["reason"]) == ("undetermined", "incomplete")
    assert (row["value"], row["reported_regions"], row["expected_regions"]) == (40, 2, 3)
    assert row[["attainment", "completion", "pace"]].isna().all()


def test_a_region_without_a_share_of_a_sum_is_shown_but_not_judged(store):
    record(store, *[figure("summed", code, "2016Q4", 5) for code in COUNTIES])
    assert judged(store, "summed")["completion"] == pytest.approx(0.5)
    row = judged(store, "summed", "210902")
    assert (row["value"], row["verdict"], row["reason"]) == (5, "undetermined", "no_regional_target")
    assert row["target_text"] == "无区域分解目标"


def test_a_mean_is_over_those_that_reported_and_each_is_held_to_the_plans_target(store):
    record(store, *[figure("mean", code, "2013Q4", 10) for code in COUNTIES])
    record(store, *[figure("mean", code, "2016Q4", 20 + i) for i, code in enumerate(COUNTIES)])
    assert judged(store, "mean")["value"] == 21
    assert judged(store, "mean", "210903")["target"] == 30


def test_a_later_report_never_changes_an_earlier_day(store):
    record(store, figure("own", "210900", "2015Q4", 30), *[figure("mean", c, "2015Q4", 10) for c in COUNTIES])
    before = assessment_records(assess(store, sample_plan(), day("2016-06-30"), by=OPERATOR))
    record(store, figure("own", "210900", "2016Q3", 90), figure("mean", "210902", "2016Q3", 29))
    assert assessment_records(assess(store, sample_plan(), day("2016-06-30"), by=OPERATOR)) == before


def test_what_was_known_at_a_moment_can_be_asked_for(store):
    record(store, figure("own", "210900", "2015Q4", 30), figure("mean", "210902", "2015Q4", 10))
    before = assessment_records(assess(store, sample_plan(), day("2016-06-30"), known_at=AT, by=OPERATOR))
    record(store, figure("own", "210900", "2015Q4", 35), at=AT + timedelta(days=1))
    assert judged(store, "own", as_of="2016-06-30")["value"] == 35
    assert assessment_records(assess(store, sample_plan(), day("2016-06-30"), known_at=AT, by=OPERATOR)) == before


def test_maintained_rows_and_the_log_give_the_same_judgement(store):
    for year in range(2013, 2017):
        record(store, figure("own", "210900", f"{year}Q4", 10 * (year - 2011) + year % 3))
        record(store, *[ratio(c, str(year), 80 + year % 7 + i, 100) for i, c in enumerate(COUNTIES)])
    kept = assessment_records(assess(store, sample_plan(), day("2016-12-31"), by=OPERATOR))
    logged = assess(store, sample_plan(), day("2016-12-31"), known_at=datetime(2999, 1, 1, tzinfo=UTC), by=OPERATOR)
    assert assessment_records(logged) == kept


def test_after_the_target_day_what_was_observed_by_then_counts(store, tmp_path):
    plan = sample_plan(
        id="two-2013", end=2025, milestones=[2020, 2025], indicators=[indicator("own", targets=[target(100)])]
    )
    load_plans(store, [plan], by=OPERATOR, at=AT)
    figures = [figure("own", "210900", "2020Q4", 90), figure("own", "210900", "2021Q2", 110)]
    record_figures(store, plan.id, figures, HAND_IN, by=OPERATOR, at=AT)
    row = judged(store, "own", as_of="2021-12-31", plan=plan)
    assert (row["value"], row["verdict"], row["word"]) == (90, "missed", "未实现")


def test_an_aggregate_of_one_region_with_the_same_target_equals_the_region(store):
    lone = [dict(indicator("lone", aggregation="mean", measure="stock", level="county", targets=[target(30)]))]
    plan = sample_plan(id="lone-2013", region="210922", indicators=lone)
    pair = sample_plan(id="pair-2013", indicators=lone)
    load_plans(store, [plan, pair], by=OPERATOR, at=AT)
    for year, value in ((2013, 5), (2014, 9), (2015, 16), (2016, 17)):
        record_figures(
            store, pair.id, [figure("lone", "210922", f"{year}Q4", value)], HAND_IN, by=OPERATOR, at=AT
        )
    store.connection.execute("UPDATE region SET document = replace(document, '\"parent\":\"210900\"', '\"parent\":\"210000\"')"
                             " WHERE code IN ('210902', '210903')")
    both = {r["region"]: r for r in assessment_records(assess(store, pair, day("2016-12-31"), by=OPERATOR))}
    own, above = both["210922"], both["210900"]
    naming = {"region", "region_name", "basis"}
    assert {k: v for k, v in above.items() if k not in naming} == {k: v for k, v in own.items() if k not in naming}
    assert own["projected"] is not None


def test_demonstration_and_unreviewed_figures_carry_their_mark_up_to_the_aggregate(store):
    record(store, figure("summed", "210902", "2016Q4", 5), hand_in=HandIn(origin="demonstration", demo=True))
    reporter = add_person(store, "tian", grant("reporter", "210900", below=True))
    waiting = wait(store, *[figure("summed", code, "2016Q4", 5) for code in COUNTIES[1:]], by=reporter)
    approve(store, waiting, by=OPERATOR, at=AT)
    assert judged(store, "summed")["demo"] and judged(store, "summed")["unreviewed"]
    other = judged(store, "summed", "210903")
    assert not other["demo"] and not other["unreviewed"]


def test_one_region_can_be_asked_for(store):
    frame = assess(store, sample_plan(), day("2016-12-31"), region="210902", by=OPERATOR)
    assert set(frame["region"]) == {"210902"}


def test_a_plan_without_indicators_has_no_rows_but_all_columns(store):
    frame = assess(store, sample_plan(indicators=[]), day("2016-12-31"), by=OPERATOR)
    assert frame.empty
    assert assessment_records(frame) == []


def test_screens_open_at_the_earlier_of_today_and_the_last_milestone():
    assert opening_day(sample_plan(), date(2019, 5, 1)) == date(2019, 5, 1)
    assert opening_day(sample_plan(), date(2026, 5, 1)) == date(2020, 12, 31)


def test_annual_targets_bend_what_is_expected(store):
    annual = [{"year": 2016, "value": 20, "reference": "样例"}, {"year": 2018, "value": 60, "reference": "样例"}]
    plan = sample_plan(id="annual-2013", indicators=[indicator("own", annual_targets=annual)])
    load_plans(store, [plan], by=OPERATOR, at=AT)
    record_figures(store, plan.id, [figure("own", "210900", "2016Q4", 20)], HAND_IN, by=OPERATOR, at=AT)
    row = judged(store, "own", plan=plan)
    assert (row["expected"], row["pace"], row["verdict"]) == (20, 1.0, "on_track")
    assert row["completion"] == pytest.approx(0.2)


def test_the_points_behind_a_row_can_be_seen(store):
    record(store, *[figure("summed", code, "2015Q4", 5) for code in COUNTIES[:2]])
    record(store, *[figure("summed", code, "2016Q4", 6) for code in COUNTIES])
    points = trend(store, sample_plan(), "summed", "210900", day("2016-12-31"), by=OPERATOR)
    assert points["value"].tolist() == [10, 18]
    assert points["complete"].tolist() == [False, True]
    assert points["period"].tolist() == ["2015Q4", "2016Q4"]
    own = trend(store, sample_plan(), "summed", "210902", day("2015-12-31"), by=OPERATOR)
    assert own["value"].tolist() == [5]


def test_the_figure_of_a_region_that_ended_is_missed_until_its_successor_has_reported(store):
    record(store, *[figure("summed", code, "2016Q4", value) for code, value in zip(COUNTIES, (5, 7, 3), strict=True)])
    merged = REGIONS[4].model_copy(update={"valid_to": date(2017, 1, 1), "successors": ("210902",)})
    load_regions(store, [merged], by=OPERATOR, at=AT)
    before = judged(store, "summed")
    assert (before["value"], before["reported_regions"], before["verdict"]) == (15, 3, "on_track")
    after = judged(store, "summed", as_of="2017-03-31")
    assert (after["verdict"], after["reason"]) == ("undetermined", "incomplete")
    record(store, figure("summed", "210902", "2017Q1", 12), figure("summed", "210922", "2017Q1", 3))
    whole = judged(store, "summed", as_of="2017-03-31")
    assert (whole["value"], whole["reported_regions"], whole["expected_regions"]) == (15, 2, 2)
    assert whole["verdict"] == "on_track"


def test_aggregates_are_put_together_anew_when_a_figure_of_theirs_changes(store):
    plan = plan_by_id(store, "sample-2013")
    parts = zip(COUNTIES, (40, 50, 60), strict=True)
    record(store, *[ratio(code, "2015", n, 100) for code, n in parts], *[ratio(code, "2016", 60, 100) for code in COUNTIES])
    before = judged(store, "rate", plan=plan)
    assert (before["value"], judged(store, "rate", plan=plan)["value"]) == (60, 60)
    record(store, ratio("210902", "2015", 4, 10))  # the same rate of another size, before the last one
    assert judged(store, "rate", plan=plan)["baseline"] == pytest.approx(100 * 114 / 210)
    record(store, ratio("210903", "2016", 90, 100))
    assert judged(store, "rate", plan=plan)["value"] == 70


def test_a_changed_plan_or_another_day_is_not_told_what_was_remembered(store):
    record(store, *[figure("summed", code, "2016Q4", 5) for code in COUNTIES])
    assert judged(store, "summed")["value"] == 15
    assert judged(store, "summed", as_of="2016-06-30")["verdict"] == "no_data"
    load_plans(store, [sample_plan(region="210000")], by=OPERATOR, at=AT)
    assert judged(store, "summed", "210000", plan=sample_plan(region="210000"))["value"] == 15


def test_a_city_is_judged_alike_alone_and_among_all_where_another_city_took_a_county_over(store):
    city, county = (REGIONS[n].model_copy(update=more) for n, more in (
        (2, {"code": "211000", "name": "辽阳市", "short": "辽阳"}), (3, {"code": "211002", "parent": "211000"}),
    ))  # fmt: skip
    load_regions(store, [city, county], by=OPERATOR, at=AT)
    mean = indicator("mean", aggregation="mean", measure="stock", level="county", targets=[target(30)])
    plan = sample_plan(id="province", region="210000", indicators=[mean])
    load_plans(store, [plan], by=OPERATOR, at=AT)
    every = [*COUNTIES, "211002"]
    record_figures(store, plan.id, [figure("mean", code, "2016Q4", 5) for code in every], HAND_IN, by=OPERATOR, at=AT)
    ended = REGIONS[4].model_copy(update={"valid_to": date(2017, 1, 1), "successors": ("211002",)})
    load_regions(store, [ended], by=OPERATOR, at=AT)
    still = [figure("mean", code, "2017Q1", 6) for code in every if code != ended.code]
    record_figures(store, plan.id, still, HAND_IN, by=OPERATOR, at=AT)
    among, alone = (assess(store, plan, day("2017-03-31"), by=OPERATOR, region=r) for r in (None, "210900"))
    among = among[among["region"] == "210900"].reset_index(drop=True)
    assert among["reason"].tolist() != ["incomplete"]
    assert among.drop(columns="methods").equals(alone.drop(columns="methods"))


def test_what_is_remembered_of_a_past_day_is_read_anew_when_a_figure_changes(store):
    plan = plan_by_id(store, "sample-2013")
    record(store, figure("own", "210900", "2014Q4", 30), figure("own", "210900", "2016Q4", 40))
    assert [judged(store, "own", as_of="2015-06-30", plan=plan)["value"] for _ in range(2)] == [30, 30]
    record(store, figure("own", "210900", "2014Q4", 25))
    assert judged(store, "own", as_of="2015-06-30", plan=plan)["value"] == 25
    forget()
    assert judged(store, "own", as_of="2015-06-30", plan=plan)["value"] == 25
