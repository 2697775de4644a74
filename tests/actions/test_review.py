from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.people import add_person, grant
from tests.samples import AT, day, figure, new_store, ratio, record, sample_plan
from tests.waiting import wait
from trackers.actions import audit
from trackers.actions.review import LONGEST_COMMENT, approve, give_back
from trackers.errors import ForbiddenError, RefusedError
from trackers.model.account import operator
from trackers.queries.assess import assess
from trackers.queries.audit import chain_faults
from trackers.queries.check import standing_faults
from trackers.queries.review import ReportKey, decision_faults, history, pending
from trackers.store import open_store

DAY, LATER = day("2017-01-01"), AT + timedelta(hours=1)
ROOT = operator("root")


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path) as store:
        yield store


@pytest.fixture
def reporter(store):
    return add_person(store, "haizhou", grant("reporter", "210902"))


@pytest.fixture
def reviewer(store):
    return add_person(store, "fuxin", grant("reviewer", "210900"))


def value(store, indicator="mean", region="210902", known_at=None):
    frame = assess(store, sample_plan(), DAY, by=ROOT, known_at=known_at).set_index(["indicator", "region"])
    found = frame.loc[(indicator, region), "value"]
    return None if found != found else found


def states(store, indicator="mean", region="210902"):
    return history(store, "sample-2013", indicator, region, by=ROOT)["state"].tolist()


def sound(store):
    return standing_faults(store) + decision_faults(store) + chain_faults(store) == []


def entries(store):
    return store.connection.execute("SELECT action, by, detail FROM audit ORDER BY id").fetchall()


def last_entry(store):
    action, by, detail = entries(store)[-1]
    return action, by, json.loads(detail)


def test_what_waits_is_in_no_judgement_until_it_is_approved(store, reporter, reviewer):
    keys = wait(store, figure("mean", "210902", "2016Q4", 20), by=reporter)
    assert value(store) is None
    done = approve(store, keys, by=reviewer, at=LATER)
    assert (done.number, done.outcome) == (1, "approved")
    assert value(store) == 20 and states(store) == ["approved"]
    assert pending(store, by=reviewer, on=DAY).empty
    assert sound(store)


def test_an_approved_figure_is_marked_as_reviewed(store, reporter, reviewer):
    approve(store, wait(store, figure("mean", "210902", "2016Q4", 20), by=reporter), by=reviewer, at=LATER)
    frame = assess(store, sample_plan(), DAY, by=ROOT).set_index(["indicator", "region"])
    assert not frame.loc[("mean", "210902"), "unreviewed"]


def test_a_correction_leaves_the_old_figure_in_force_until_it_is_approved(store, reporter, reviewer):
    approve(store, wait(store, figure("mean", "210902", "2016Q4", 20), by=reporter), by=reviewer, at=AT)
    keys = wait(store, figure("mean", "210902", "2016Q4", 25, reason="漏报"), by=reporter)
    assert value(store) == 20
    approve(store, keys, by=reviewer, at=LATER)
    assert value(store) == 25 and states(store) == ["approved", "approved"]
    assert last_entry(store)[2]["figures"] == [["sample-2013", "mean", "210902", "2016Q4", 2, 20, 25]]


def test_a_return_leaves_what_stood_approved_in_force(store, reporter, reviewer):
    approve(store, wait(store, figure("mean", "210902", "2016Q4", 20), by=reporter), by=reviewer, at=AT)
    keys = wait(store, figure("mean", "210902", "2016Q4", 25), by=reporter)
    give_back(store, keys, comment="请附文件", by=reviewer, at=LATER)
    assert value(store) == 20 and states(store) == ["approved", "returned"]
    action, by, detail = last_entry(store)
    assert (action, by, detail["comment"]) == ("return_figures", "fuxin", "请附文件")
    assert detail["figures"][0][-2:] == [20, 20]
    assert sound(store)


def test_a_returned_figure_comes_back_as_a_new_revision(store, reporter, reviewer):
    give_back(store, wait(store, figure("mean", "210902", "2016Q4", 25), by=reporter), comment="核实", by=reviewer, at=AT)
    keys = wait(store, figure("mean", "210902", "2016Q4", 24), by=reporter)
    approve(store, keys, by=reviewer, at=LATER)
    assert value(store) == 24 and states(store) == ["returned", "approved"]


def test_what_was_known_before_the_approval_can_still_be_asked(store, reporter, reviewer):
    keys = wait(store, figure("mean", "210902", "2016Q4", 20), by=reporter)
    approve(store, keys, by=reviewer, at=LATER)
    assert value(store, known_at=LATER - timedelta(seconds=1)) is None
    assert value(store, known_at=LATER) == 20


def test_two_decisions_within_one_second_keep_their_order(store, reporter, reviewer):
    for number in (20, 21, 22):
        keys = wait(store, figure("mean", "210902", "2016Q4", number), by=reporter, at=AT)
        approve(store, keys, by=reviewer, at=AT + timedelta(milliseconds=number))
    assert value(store) == 22 and value(store, known_at=AT) == 22
    assert sound(store)


def test_many_are_decided_at_once_in_one_decision_and_one_entry(store, reporter, reviewer):
    figures = [figure("mean", "210902", f"{year}Q4", year - 2000) for year in (2014, 2015, 2016)]
    keys = wait(store, *figures, ratio("210902", "2016", 9, 10), by=reporter)
    before = len(entries(store))
    assert approve(store, [*keys, keys[0]], by=reviewer, at=LATER).number == 4
    assert len(entries(store)) == before + 1
    assert store.connection.execute("SELECT count(*) FROM review").fetchone()[0] == 1
    assert value(store, "rate") == 90 and sound(store)


def test_nobody_reviews_their_own(store):
    both = add_person(store, "both", grant("reporter", "210902"), grant("reviewer", "210900", below=True))
    keys = wait(store, figure("mean", "210902", "2016Q4", 20), by=both)
    assert pending(store, by=both, on=DAY).empty
    with pytest.raises(RefusedError, match="是您自己填报的，要由另一个人审核"):
        approve(store, keys, by=both, at=LATER)
    assert states(store) == ["submitted"]


def test_not_even_the_operator_reviews_its_own(store):
    keys = wait(store, figure("mean", "210902", "2016Q4", 20), by=ROOT)
    with pytest.raises(RefusedError, match="自己填报"):
        approve(store, keys, by=ROOT, at=LATER)
    approve(store, keys, by=operator("other"), at=LATER)
    assert value(store) == 20


@pytest.mark.parametrize(
    ("role", "region", "may"),
    [
        ("reviewer", "210900", True), ("reviewer", "210902", False), ("reviewer", "210903", False),
        ("reviewer", "210000", False), ("reporter", "210900", False), ("leader", "210900", False),
        ("administrator", "210900", False),
    ],
)  # fmt: skip
def test_a_county_is_reviewed_by_the_city_above_alone(store, reporter, role, region, may):
    person = add_person(store, "person", grant(role, region))
    keys = wait(store, figure("mean", "210902", "2016Q4", 20), by=reporter)
    assert len(pending(store, by=person, on=DAY)) == int(may)
    if may:
        approve(store, keys, by=person, at=LATER)
        return
    with pytest.raises(ForbiddenError, match="审核"):
        approve(store, keys, by=person, at=LATER)
    assert states(store) == ["submitted"] and last_entry(store)[1] == "person"
    assert "没有“审核”的权限" in last_entry(store)[2]["refused"]


def test_at_the_top_of_the_plan_a_second_person_of_the_same_region_reviews(store, reviewer):
    city = add_person(store, "city", grant("reporter", "210900"))
    keys = wait(store, figure("own", "210900", "2016Q4", 40), by=city)
    assert len(pending(store, by=reviewer, on=DAY)) == 1
    approve(store, keys, by=reviewer, at=LATER)
    assert value(store, "own", "210900") == 40


def test_a_reviewer_for_other_plans_alone_is_refused(store, reporter):
    person = add_person(store, "person", grant("reviewer", "210900", plans=("another",)))
    with pytest.raises(ForbiddenError):
        approve(store, wait(store, figure("mean", "210902", "2016Q4", 20), by=reporter), by=person, at=LATER)


def test_a_return_needs_a_comment(store, reporter, reviewer):
    keys = wait(store, figure("mean", "210902", "2016Q4", 20), by=reporter)
    for nothing in ("", " \n　"):
        with pytest.raises(RefusedError, match="没有写退回意见"):
            give_back(store, keys, comment=nothing, by=reviewer, at=LATER)
    assert states(store) == ["submitted"]


def test_a_comment_may_be_so_long_and_no_longer(store, reporter, reviewer):
    keys = wait(store, figure("mean", "210902", "2016Q4", 20), by=reporter)
    with pytest.raises(RefusedError, match="501 个字，最多 500 个"):
        give_back(store, keys, comment="改" * (LONGEST_COMMENT + 1), by=reviewer, at=LATER)
    with pytest.raises(RefusedError, match="控制字符"):
        approve(store, keys, comment="好\x00", by=reviewer, at=LATER)
    give_back(store, keys, comment="改" * LONGEST_COMMENT, by=reviewer, at=LATER)
    assert states(store) == ["returned"]


def test_a_revision_that_was_replaced_meanwhile_is_not_decided_over(store, reporter, reviewer):
    shown = wait(store, figure("mean", "210902", "2016Q4", 20), by=reporter)
    wait(store, figure("mean", "210902", "2016Q4", 21), by=reporter)
    with pytest.raises(RefusedError, match="指标mean.*海州区，2016Q4，20项.*已有更新的填报"):
        approve(store, shown, by=reviewer, at=LATER)
    assert states(store) == ["superseded", "submitted"]


def test_a_figure_is_decided_over_once_and_the_second_hears_by_whom_and_when(store, reporter, reviewer):
    keys = wait(store, figure("mean", "210902", "2016Q4", 20), by=reporter)
    give_back(store, keys, comment="核实", by=reviewer, at=LATER)
    second = add_person(store, "second", grant("reviewer", "210900"))
    with pytest.raises(RefusedError, match="已由 fuxin 于 2024-06-01 17:00 退回"):
        approve(store, keys, by=second, at=LATER)
    assert value(store) is None and sound(store)


def test_a_figure_taken_in_without_a_review_is_not_reviewed_afterwards(store, reviewer):
    record(store, figure("mean", "210902", "2016Q4", 20))
    row = store.connection.execute("SELECT series_id, period, revision FROM report").fetchone()
    with pytest.raises(RefusedError, match="不需要审核"):
        approve(store, [ReportKey(*row)], by=reviewer, at=LATER)


def test_one_that_cannot_be_decided_stops_them_all(store, reporter, reviewer):
    good, bad = wait(store, figure("mean", "210902", "2016Q4", 20), figure("mean", "210902", "2015Q4", 9), by=reporter)
    give_back(store, [bad], comment="核实", by=reviewer, at=AT)
    with pytest.raises(RefusedError, match="没有通过任何数据"):
        approve(store, [good, bad], by=reviewer, at=LATER)
    with pytest.raises(RefusedError, match="不存在"):
        approve(store, [good, ReportKey(99, 1, 1)], by=reviewer, at=LATER)
    with pytest.raises(RefusedError, match="没有选中"):
        approve(store, [], by=reviewer, at=LATER)
    assert states(store) == ["returned", "submitted"] and sound(store)


def test_a_decision_whose_entry_cannot_be_written_does_not_happen(store, reporter, reviewer, monkeypatch):
    keys = wait(store, figure("mean", "210902", "2016Q4", 20), by=reporter)

    def fails(*_: object) -> None:
        raise RuntimeError("no record")

    monkeypatch.setattr(audit, "_add", fails)
    with pytest.raises(RuntimeError):
        approve(store, keys, by=reviewer, at=LATER)
    assert states(store) == ["submitted"] and value(store) is None


def test_of_two_reviewers_at_once_one_decides_and_the_other_gets_a_sentence(store, reporter, reviewer):
    second = add_person(store, "second", grant("reviewer", "210900"))
    keys = wait(store, *(figure("mean", "210902", f"{year}Q4", year) for year in range(2013, 2017)), by=reporter)
    start, told = threading.Barrier(2), []

    def decide(who, action):
        with open_store(store.path) as own:
            start.wait()
            try:
                told.append(action(own, keys, comment="意见", by=who, at=LATER).outcome)
            except RefusedError as error:
                told.append(str(error))

    threads = [threading.Thread(target=decide, args=pair) for pair in ((reviewer, approve), (second, give_back))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done, refused = sorted(told, key=len)
    assert set(states(store)) == {done} and "已由" in refused
    assert store.connection.execute("SELECT count(*) FROM review").fetchone()[0] == 1
    assert sound(store)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE review SET comment = '别的'",
        "UPDATE review SET by = 'someone else'",
        "UPDATE report SET approved_at = approved_at + 1 WHERE review_id IS NOT NULL",
        "UPDATE report SET review_id = NULL",
        "INSERT INTO review (at, by, outcome) VALUES ('2024-06-01', 'someone', 'approved')",
    ],
)
def test_a_decision_that_was_bent_afterwards_is_found(store, reporter, reviewer, statement):
    approve(store, wait(store, figure("mean", "210902", "2016Q4", 20), by=reporter), by=reviewer, at=LATER)
    assert decision_faults(store) == []
    for trigger in ("review_is_never_changed", "report_is_decided_once"):
        store.connection.execute(f"DROP TRIGGER {trigger}")
    store.connection.execute(statement)
    assert "次审核的内容与操作记录不一致" in decision_faults(store)[0]


def test_a_figure_made_to_stand_behind_the_reviewers_back_is_found(store, reporter):
    wait(store, figure("mean", "210902", "2016Q4", 20), by=reporter)
    with audit.recorded(store, "submit_figures", "sample-2013", by=reporter, at=AT) as detail:
        detail["batch"] = 1
    assert decision_faults(store) == []
    store.connection.execute("UPDATE report SET approved_at = 1717200000")
    assert decision_faults(store) == ["第 1 次填报有数未经审核就已生效"]


STEPS = st.lists(
    st.tuples(st.sampled_from(["submit", "approve", "return"]), st.sampled_from(["2015Q4", "2016Q4"]), st.integers(0, 99)),
    max_size=12,
)


@settings(max_examples=12, deadline=None)
@given(STEPS)
def test_whatever_happens_in_whatever_order_the_maintained_rows_agree_with_the_log(steps):
    with TemporaryDirectory() as folder, new_store(Path(folder)) as store:
        reporter, reviewer = add_person(store, "aa"), add_person(store, "bb", grant("reviewer", "210900"))
        standing, waiting = {}, {}
        for number, (step, period, amount) in enumerate(steps):
            at = datetime(2024, 6, 1, tzinfo=UTC) + timedelta(seconds=number // 3)
            if step == "submit":
                waiting[period] = (*wait(store, figure("mean", "210902", period, amount), by=reporter, at=at), amount)
            elif period in waiting:
                key, handed_in = waiting.pop(period)
                if step == "approve":
                    approve(store, [key], by=reviewer, at=at)
                    standing[period] = handed_in
                else:
                    give_back(store, [key], comment="核实", by=reviewer, at=at)
        assert value(store) == (standing[max(standing)] if standing else None)
        assert len(pending(store, by=reviewer, on=DAY)) == len(waiting)
        assert sound(store)
