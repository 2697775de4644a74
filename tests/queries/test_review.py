from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.people import add_person, grant
from tests.samples import AT, day, figure, new_store, ratio, record
from tests.waiting import wait
from trackers.actions.review import approve, give_back
from trackers.errors import ForbiddenError
from trackers.model.account import operator
from trackers.model.report import EvidenceName
from trackers.queries.review import CORRECTION, NEW, QUEUE, history, pending

DAY, ROOT = day("2017-01-01"), operator("root")


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


def attach(store, key, name, digest="ab" * 32):
    store.connection.execute(
        "INSERT INTO evidence_file (digest, kind, size, at, by) VALUES (?, 'pdf', 1, 'x', 'y') ON CONFLICT DO NOTHING", (digest,)
    )
    store.connection.execute("INSERT INTO report_file VALUES (?, ?, ?, ?, ?)", (*key, digest, name))
    return EvidenceName(digest, name)


def queue(store, by, **more):
    return pending(store, by=by, on=DAY, **more)


def test_an_empty_queue_has_its_columns(store, reviewer):
    assert queue(store, reviewer).columns.tolist() == list(QUEUE) and queue(store, reviewer).empty


def test_one_line_says_all_there_is_to_decide_on(store, reporter, reviewer):
    handed_in = figure("mean", "210902", "2016Q4", 40, note="说明", evidence="https://example.org", reason="口径调整")
    (key,) = wait(store, handed_in, by=reporter, doubts=["比上期下降"])
    file = attach(store, key, "证明.pdf")
    line = queue(store, reviewer).iloc[0]
    assert (line["series_id"], line["period_number"], line["revision"]) == key
    assert (line["plan_name"], line["indicator_name"], line["region_name"], line["unit"]) == ("样例", "指标mean", "海州区", "项")
    assert (line["period"], line["value"], line["kind"]) == ("2016Q4", 40, NEW)
    assert (line["note"], line["evidence"], line["reason"]) == ("说明", "https://example.org", "口径调整")
    assert (line["doubts"], line["files"]) == (("比上期下降",), (file,))
    assert (line["by"], line["by_name"], line["at"][:16], line["origin"]) == ("haizhou", "haizhou", "2024-06-01T08:00", "page")
    assert (line["target_text"], line["verdict"]) == ("≥30项", "no_data")
    assert line["last_period"] is None and line["change"] != line["change"]


def test_a_new_figure_stands_beside_the_last_one_approved_before_it(store, reporter, reviewer):
    record(store, figure("mean", "210902", "2015Q4", 30), figure("mean", "210902", "2014Q4", 10))
    wait(store, figure("mean", "210902", "2016Q4", 36), figure("mean", "210902", "2015Q3", 12), by=reporter)
    lines = queue(store, reviewer).set_index("period")
    lines = lines[["last_value", "last_period", "change"]]
    assert lines.loc["2016Q4"].tolist() == [30, "2015Q4", 6]
    assert lines.loc["2015Q3"].tolist() == [10, "2014Q4", 2]


def test_a_correction_stands_beside_what_it_corrects(store, reporter, reviewer):
    record(store, figure("mean", "210902", "2015Q4", 30), figure("mean", "210902", "2016Q4", 35))
    record(store, figure("mean", "210902", "2016Q4", 36))
    wait(store, figure("mean", "210902", "2016Q4", 33), by=reporter)
    line = queue(store, reviewer).iloc[0]
    assert (line["kind"], line["approved"], line["last_value"], line["change"]) == (CORRECTION, 36, 30, -3)


def test_what_was_returned_is_no_last_value(store, reporter, reviewer):
    give_back(store, wait(store, figure("mean", "210902", "2015Q4", 99), by=reporter), comment="核实", by=reviewer, at=AT)
    wait(store, figure("mean", "210902", "2016Q4", 33), by=reporter)
    (line,) = queue(store, reviewer).to_dict("records")
    assert line["last_value"] != line["last_value"] and line["kind"] == NEW


def test_a_figure_handed_in_again_waits_once(store, reporter, reviewer):
    wait(store, figure("mean", "210902", "2016Q4", 20), by=reporter)
    wait(store, figure("mean", "210902", "2016Q4", 21), by=reporter)
    assert queue(store, reviewer)["value"].tolist() == [21]


def test_a_figure_given_back_does_not_let_the_one_it_replaced_wait_again(store, reporter, reviewer):
    wait(store, figure("mean", "210902", "2016Q4", 20), by=reporter)
    give_back(store, wait(store, figure("mean", "210902", "2016Q4", 21), by=reporter), comment="核实", by=reviewer, at=AT)
    assert queue(store, reviewer).empty


def test_the_oldest_day_comes_first_and_within_it_what_lags(store, reporter, reviewer):
    record(store, ratio("210902", "2015", 1, 10), figure("mean", "210902", "2015Q4", 31))
    morning = datetime(2024, 6, 1, 16, 30, tzinfo=UTC)  # the second of June in Beijing
    wait(store, figure("mean", "210902", "2016Q4", 36), by=reporter, at=morning)
    wait(store, ratio("210902", "2016", 2, 10), by=reporter, at=morning + timedelta(hours=8))
    wait(store, figure("summed", "210902", "2016Q4", 1), by=reporter, at=morning - timedelta(hours=1))
    lines = queue(store, reviewer)
    assert lines["indicator"].tolist() == ["summed", "mean", "rate"]  # one rate alone cannot be judged
    record(store, ratio("210902", "2014", 5, 10))
    lines = queue(store, reviewer)
    assert lines["indicator"].tolist() == ["summed", "rate", "mean"]
    assert lines["verdict"].tolist()[1] in ("lagging", "regressing")


def test_the_queue_of_one_plan_holds_nothing_of_another(store, reporter, reviewer):
    wait(store, figure("mean", "210902", "2016Q4", 20), by=reporter)
    assert len(queue(store, reviewer, plan="sample-2013")) == 1
    assert queue(store, reviewer, plan="another").empty


def test_each_sees_only_what_is_theirs_to_review(store, reporter, reviewer):
    city = add_person(store, "city", grant("reporter", "210900"))
    wait(store, figure("mean", "210902", "2016Q4", 20), by=reporter)
    wait(store, figure("own", "210900", "2016Q4", 40), by=city)
    assert set(queue(store, reviewer)["region"]) == {"210900", "210902"}
    assert set(queue(store, ROOT)["region"]) == {"210900", "210902"}
    for person in (reporter, city, add_person(store, "province", grant("reviewer", "210000"))):
        assert queue(store, person).empty


def test_the_history_tells_every_step_in_order(store, reporter, reviewer):
    record(store, figure("mean", "210902", "2015Q4", 10))
    give_back(store, wait(store, figure("mean", "210902", "2016Q4", 1), by=reporter), comment="少了", by=reviewer, at=AT)
    wait(store, figure("mean", "210902", "2016Q4", 20), by=reporter)
    keys = wait(store, figure("mean", "210902", "2016Q4", 21, reason="补报"), by=reporter)
    attach(store, keys[0], "证明.pdf")
    approve(store, keys, comment="同意", by=reviewer, at=AT)
    wait(store, figure("mean", "210902", "2016Q4", 22), by=reporter)
    told = history(store, "sample-2013", "mean", "210902", by=reporter)
    assert told["period"].tolist() == ["2015Q4", *["2016Q4"] * 4]
    assert told["state"].tolist() == ["approved", "returned", "superseded", "approved", "submitted"]
    assert told["in_force"].tolist() == [True, False, False, True, False]
    assert told["outcome"].tolist() == ["", "returned", "", "approved", ""]
    assert told["comment"].tolist() == ["", "少了", "", "同意", ""]
    assert told["decided_by_name"].tolist() == ["", "fuxin", "", "fuxin", ""]
    assert told["reason"].tolist()[3] == "补报" and [len(each) for each in told["files"]] == [0, 0, 0, 1, 0]


def test_the_history_of_a_figure_is_for_those_who_may_see_it(store, reporter):
    wait(store, figure("mean", "210902", "2016Q4", 20), by=reporter)
    neighbour = add_person(store, "xinqiu", grant("reporter", "210903"))
    above = add_person(store, "leader", grant("leader", "210900", below=True))
    assert len(history(store, "sample-2013", "mean", "210902", by=above)) == 1
    with pytest.raises(ForbiddenError):
        history(store, "sample-2013", "mean", "210902", by=neighbour)


def test_a_figure_never_handed_in_has_an_empty_history(store):
    told = history(store, "sample-2013", "mean", "210902", by=ROOT)
    assert told.empty and {"state", "in_force", "comment"} <= set(told.columns)
