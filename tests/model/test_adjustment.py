from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tests.adjusted import approval, change
from tests.samples import AT, day, indicator, sample_plan, target, tree
from trackers.model.adjustment import (
    Adjustment,
    Kind,
    State,
    Step,
    applied,
    drift,
    plan_on,
    standing,
)
from trackers.model.adjustment_checks import approval_refusal, refusal, remarks, share_sums
from trackers.model.plan import Confidence, Plan

PLAN = sample_plan()
EFFECTIVE = day("2017-04-01")


def made(wanted, *states: State, at: datetime = AT, id: int = 1, **given) -> Adjustment:
    steps = [
        Step(state=each, at=at, by="b", by_name="b", approval=approval(**given) if each is State.APPROVED else None)
        for each in states
    ]
    return Adjustment(id=id, change=wanted, at=at, by="a", by_name="甲", steps=tuple(steps))


def approved(value=120.0, at=AT, id=1, old=100.0, **given) -> Adjustment:
    return made(change(value=value, old=old), State.EXAMINED, State.APPROVED, at=at, id=id, **given)


def share(region, value, year=2020, since="2014-01-01"):
    wanted = change("summed", value, "regional", region=region, year=year, effective=day(since), reference="分解方案")
    return made(wanted, State.EXAMINED)


def aim(plan: Plan, id="own", year=2020):
    return next(each for each in plan.indicator(id).targets if each.year == year)


@pytest.mark.parametrize(("on", "value"), [("2017-03-31", 100), ("2017-04-01", 120), ("2017-04-02", 120)])
def test_a_target_is_the_old_one_until_the_day_it_changes(on, value):
    assert aim(plan_on(PLAN, [approved()], day(on))).value == value


def test_a_day_before_leaves_the_plan_as_it_is_to_the_last_letter():
    assert plan_on(PLAN, [approved()], day("2017-03-31")) is PLAN


def test_what_is_not_approved_has_no_effect():
    for states in ([], [State.EXAMINED], [State.SENT_BACK], [State.EXAMINED, State.REJECTED], [State.WITHDRAWN]):
        assert plan_on(PLAN, [made(change(), *states)], date.max) is PLAN


def test_a_change_of_another_plan_has_no_effect():
    other = approved().model_copy(update={"change": change().model_copy(update={"plan": "other"})})
    assert plan_on(PLAN, [other], date.max) is PLAN


def test_known_at_leaves_out_what_was_decided_later():
    assert plan_on(PLAN, [approved()], date.max, AT - timedelta(seconds=1)) is PLAN
    assert aim(plan_on(PLAN, [approved()], date.max, AT)).value == 120


def test_of_two_changes_the_one_decided_later_counts_whenever_both_hold():
    first, second = approved(), approved(130.0, AT + timedelta(days=1), 2, 120.0, effective="2017-01-01")
    assert [aim(plan_on(PLAN, [second, first], day(on))).value for on in ("2016-12-31", "2017-01-01", "2017-04-01")] == [
        100, 130, 130,
    ]  # fmt: skip


def test_a_changed_target_names_its_approval_and_keeps_comparator_source_and_remark():
    told = target(80, remark="见表1", source={"section": "一", "start": 1, "end": 3})
    before = sample_plan(indicators=[indicator("own", targets=[told])])
    found = aim(plan_on(before, [approved()], EFFECTIVE))
    assert (found.comparator, found.source) == (aim(before).comparator, aim(before).source)
    assert found.approval == "批准调整：阜政函〔2017〕3号，2017年3月1日，自2017年4月1日起"
    assert found.remark == "见表1；原为≥80项" and found.sureness == "批准调整"


def test_a_changed_plan_can_be_kept_and_read_again_and_an_unchanged_one_is_kept_as_before():
    changed = plan_on(PLAN, [approved(), made(change("lost", 60.0, "confirmation"), State.EXAMINED)], date.max)
    assert Plan.model_validate_json(changed.model_dump_json(by_alias=True)) == changed
    assert "approval" not in PLAN.model_dump_json(by_alias=True)


def test_a_confirmation_holds_from_the_beginning_with_its_reference():
    told = made(change("lost", 60.0, "confirmation", reference="原件第3页"), State.EXAMINED)
    found = aim(plan_on(PLAN, [told], date(2013, 1, 1)), "lost")
    assert (found.value, found.confidence, found.shape) == (60, Confidence.CONFIRMED, None)
    assert (found.approval, found.sureness, found.remark) == ("核实确认：原件第3页", "核实确认", "残损形□0")


def test_annual_and_regional_targets_take_their_place_and_a_later_one_replaces_the_earlier():
    year = change("summed", 40.0, "annual", year=2016, effective=day("2014-01-01"), reference="年度计划")
    later = change("summed", 45.0, "annual", year=2016, effective=day("2015-01-01"), reference="新年度计划", old=40.0)
    changes = [made(year, State.EXAMINED), made(later, State.EXAMINED, id=2, at=AT + timedelta(1)), share("210902", 30.0)]
    told = {on: plan_on(PLAN, changes, day(on)).indicator("summed") for on in ("2013-12-31", "2014-06-01", "2015-01-01")}
    assert [[each.value for each in one.annual_targets] for one in told.values()] == [[], [40.0], [45.0]]
    assert told["2015-01-01"].annual_targets[0].reference == "新年度计划（自2015年1月1日起）"
    assert [(each.region, each.value) for each in told["2014-06-01"].regional_targets] == [("210902", 30.0)]


def test_a_document_that_says_something_else_now_is_told_and_the_change_holds_on():
    anew = sample_plan(indicators=[indicator("own", targets=[target(85)])])
    ((found, now),) = drift(anew, [approved()])
    assert (found.change.value, now) == (120, 85) and aim(plan_on(anew, [approved()], EFFECTIVE)).value == 120
    assert drift(PLAN, [approved(), approved(130.0, AT + timedelta(1), 2, 120.0)]) == []
    gone = sample_plan(indicators=[indicator("another")])
    assert drift(gone, [approved()])[0][1] is None and plan_on(gone, [approved()], EFFECTIVE) == gone


def test_a_confirmation_that_the_document_says_itself_by_now_is_no_difference():
    told = made(change("lost", 60.0, "confirmation"), State.EXAMINED)
    now = sample_plan(indicators=[indicator("lost", targets=[target(60)])])
    assert drift(now, [told]) == []


def test_states_say_what_is_open_and_what_is_in_force():
    assert made(change()).is_open and made(change(), State.EXAMINED).is_open
    assert not approved().is_open and approved().effective == EFFECTIVE
    year = change("summed", 40.0, "annual", year=2016, effective=EFFECTIVE)
    assert made(year).is_open and not made(year, State.EXAMINED).is_open
    assert made(year, State.EXAMINED).word == "已审查，已生效" and made(year).effective == date.max
    assert made(change(), State.EXAMINED, State.REJECTED).word == "未获批准"


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (change(), ""),
        (change("none"), "没有指标"),
        (change(value=float("nan")), "不是一个数"),
        (change(value=100.0), "没有变化"),
        (change(year=2019), "目标年份 2020"),
        (change(reason=" "), "没有写理由"),
        (change(reason="长" * 501), "501 个字"),
        (change(reason="x\u202e"), "控制字符"),
        (change(region="210902"), "才写地区"),
        (change(effective=EFFECTIVE), "批准时登记"),
        (change("rate", 100.1), "0 到 100"),
        (change("rate", 100.0), ""),
        (change("summed", 4, "annual", year=2016), "从哪一天起"),
        (change("summed", 4, "annual", year=2016, effective=day("2012-12-30")), "生效日期"),
        (change("summed", 4, "annual", year=2016, effective=day("2012-12-31")), ""),
        (change("summed", 4, "annual", year=2016, effective=day("2016-12-31")), ""),
        (change("summed", 4, "annual", year=2016, effective=day("2017-01-01")), "生效日期"),
        (change("summed", 4, "annual", year=2020, effective=EFFECTIVE), "是目标年份"),
        (change("summed", 4, "annual", year=2012, effective=EFFECTIVE), "规划期"),
        (change("summed", 4, "annual", year=2016, effective=day("2014-01-01"), reference=""), "依据"),
        (change("summed", 4, "regional", region="210902", effective=EFFECTIVE), ""),
        (change("summed", 4, "regional", region="210900", effective=EFFECTIVE), "以下的地区"),
        (change("summed", 4, "regional", effective=EFFECTIVE), "以下的地区"),
        (change("lost", 60, "confirmation"), ""),
        (change("lost", 65, "confirmation"), "“□0”不合"),
        (change("lost", 60, "confirmation", reference=" "), "依据"),
        (change("own", 60, "confirmation"), "不是待核实的"),
        (change("lost", 60), ""),
    ],
)  # fmt: skip
def test_a_change_that_is_out_of_place_is_refused_with_its_reason(wanted, why):
    found = refusal(PLAN, tree(), wanted)
    assert why in found and bool(why) == bool(found)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, ""),
        ({"number": "  "}, "文号"),
        ({"day": "2024-06-02"}, "晚于今天"),
        ({"day": "2024-06-01"}, ""),
        ({"effective": "2020-12-31"}, ""),
        ({"effective": "2021-01-01"}, "生效日期"),
        ({"effective": "2012-12-30"}, "生效日期"),
        ({"number": "号" * 61}, "61 个字"),
    ],
)  # fmt: skip
def test_an_approval_needs_a_number_a_day_that_has_come_and_a_day_before_the_target_is_due(given, why):
    found = approval_refusal(PLAN, change(), approval(**given), day("2024-06-01"))
    assert why in found and bool(why) == bool(found)


def test_a_sum_of_shares_that_falls_short_or_exceeds_is_said():
    assert share_sums(PLAN, tree(), PLAN.indicator("summed")) == []
    short = plan_on(PLAN, [share("210902", 10.0), share("210903", 12.0)], date.max)
    (said,) = share_sums(short, tree(), short.indicator("summed"))
    assert said == "2020年县级地区分解目标合计22项（2个，还有1个没有分解目标），比规划目标30项少8项。"
    even = plan_on(short, [share("210922", 8.0)], date.max)
    assert "相等" in share_sums(even, tree(), even.indicator("summed"))[0]
    more = plan_on(short, [share("210922", 9.0)], date.max)
    assert "多1项" in share_sums(more, tree(), more.indicator("summed"))[0]
    assert share_sums(PLAN, tree(), PLAN.indicator("mean")) == []


def test_an_easier_target_and_a_year_beyond_the_milestone_are_said():
    lower = change(value=90.0, old=100.0)
    assert remarks(applied(PLAN, made(lower)), tree(), lower) == ["新目标比原目标容易达到。"]
    year = change("own", 101.0, "annual", year=2016)
    assert remarks(applied(PLAN, made(year)), tree(), year) == ["2016年的101项已超过2020年的目标100项。"]
    assert remarks(PLAN, tree(), change("own", 100.0, "annual", year=2016)) == []


def test_a_target_that_the_baseline_meets_is_said():
    base = indicator("own", baseline={"value": 90, "date": "2012-12-31", "reference": "年报"})
    wanted = change(value=90.0, old=100.0)
    told = remarks(applied(sample_plan(indicators=[base]), made(wanted)), tree(), wanted)
    assert "基期值90项已达到这个目标。" in told


def test_what_stands_is_found_for_every_kind():
    assert standing(PLAN, change()) == 100 and standing(PLAN, change("lost")) is None
    assert standing(PLAN, change("own", kind=Kind.ANNUAL, year=2016)) is None
    shared = plan_on(PLAN, [share("210902", 30.0)], date.max)
    assert standing(shared, change("summed", kind="regional", region="210902")) == 30
