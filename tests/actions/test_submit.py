from datetime import UTC, date, datetime

import pytest

from tests.people import add_person, grant
from tests.samples import OPERATOR, day, figure, new_store, ratio, record, sample_plan
from tests.windows import open_county
from trackers.actions.figures import HandIn, record_figures, submit_figures
from trackers.actions.review import approve, give_back
from trackers.assessment.doubts import figure_doubts, unchanged
from trackers.assessment.policy import DEFAULT
from trackers.errors import FigureError, ForbiddenError, RefusedError
from trackers.model.report import ReportState
from trackers.queries.assess import assess
from trackers.queries.check import faults
from trackers.queries.figures import kept_figures
from trackers.queries.review import ReportKey

NOW = datetime(2017, 1, 10, 2, tzinfo=UTC)  # the last quarter of 2016 is open
LATE = datetime(2017, 6, 1, tzinfo=UTC)
PAGE = HandIn(origin="page")


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path) as store:
        yield store


@pytest.fixture
def reporter(store):
    return add_person(store, "tian", grant("reporter", "210902"))


@pytest.fixture
def reviewer(store):
    return add_person(store, "shen", grant("reviewer", "210900"))


def submit(store, *figures, by, at=NOW):
    return submit_figures(store, "sample-2013", list(figures), PAGE, by=by, at=at)


def state(store, indicator="summed", region="210902", period="2016Q4"):
    kept = {(i, r, n): k for (i, r, n), k in kept_figures(store, "sample-2013").items()}
    wanted = figure(indicator, region, period, 0).period.number
    return kept[indicator, region, wanted].state


def value(store, indicator="summed", region="210902"):
    frame = assess(store, sample_plan(), day("2016-12-31"), by=OPERATOR, region=region)
    (found,) = frame.loc[frame["indicator"] == indicator, "value"]
    return None if found != found else found


def keys(store, revision, indicator="summed", region="210902"):
    rows = store.rows("series_in", plan="sample-2013", regions=f'["{region}"]')
    (series,) = (row["series_id"] for row in rows if row["indicator"] == indicator)
    return [ReportKey(series, figure(indicator, region, "2016Q4", 0).period.number, revision)]


def test_a_figure_handed_in_stands_only_after_its_review(store, reporter, reviewer):
    submit(store, figure("summed", "210902", "2016Q4", 5), by=reporter)
    assert (state(store), value(store)) == (ReportState.SUBMITTED, None)
    approve(store, keys(store, 1), by=reviewer, at=NOW)
    assert (state(store), value(store)) == (ReportState.APPROVED, 5)
    assert faults(store) == []


@pytest.mark.parametrize("region", ["210903", "210900"])
def test_nobody_hands_in_for_a_region_not_theirs_and_the_attempt_is_on_record(store, reporter, region):
    indicator = "own" if region == "210900" else "summed"
    with pytest.raises(ForbiddenError, match="填报"):
        submit(store, figure(indicator, region, "2016Q4", 5), by=reporter)
    assert kept_figures(store, "sample-2013") == {}
    last = store.rows("audit_last")[0]["id"]
    entry = store.connection.execute("SELECT by, action, detail FROM audit WHERE id = ?", (last,)).fetchone()
    assert entry[:2] == ("tian", "submit_figures") and "refused" in entry[2] and "127.0.0.1" in entry[2]


def test_only_the_operator_takes_figures_in_without_a_review(store, reporter, reviewer):
    for person in (reporter, reviewer):
        with pytest.raises(ForbiddenError, match="直接入库"):
            record_figures(store, "sample-2013", [figure("summed", "210902", "2016Q4", 5)], PAGE, by=person, at=NOW)


def test_a_correction_of_an_approved_figure_needs_a_reason_and_leaves_it_in_force_until_reviewed(store, reporter, reviewer):
    record(store, figure("summed", "210902", "2016Q4", 5))
    with pytest.raises(RefusedError, match="更正已审核的 5项.*理由"):
        submit(store, figure("summed", "210902", "2016Q4", 6), by=reporter, at=LATE)
    submit(store, figure("summed", "210902", "2016Q4", 6, reason="上次漏计一项"), by=reporter, at=LATE)
    assert value(store) == 5
    submit(store, figure("summed", "210902", "2016Q4", 7, reason="再核一次"), by=reporter, at=LATE)
    with pytest.raises(RefusedError):
        approve(store, keys(store, 2), by=reviewer, at=LATE)
    approve(store, keys(store, 3), by=reviewer, at=LATE)
    assert value(store) == 7 and faults(store) == []


def test_a_correction_handed_in_a_second_time_still_needs_its_reason(store, reporter):
    record(store, figure("summed", "210902", "2016Q4", 5))
    submit(store, figure("summed", "210902", "2016Q4", 6, reason="上次漏计一项"), by=reporter)
    with pytest.raises(RefusedError, match="更正"):
        submit(store, figure("summed", "210902", "2016Q4", 7), by=reporter)


def test_a_first_figure_is_refused_before_and_after_its_time(store, reporter):
    early = datetime(2016, 12, 31, 15, 59, tzinfo=UTC)
    with pytest.raises(RefusedError, match="才结束"):
        submit(store, figure("summed", "210902", "2016Q4", 5), by=reporter, at=early)
    with pytest.raises(RefusedError, match="截止"):
        submit(store, figure("summed", "210902", "2016Q4", 5), by=reporter, at=LATE)
    assert kept_figures(store, "sample-2013") == {}


def test_a_figure_given_back_is_mended_after_the_deadline_too(store, reporter, reviewer):
    submit(store, figure("summed", "210902", "2016Q4", 5), by=reporter)
    give_back(store, keys(store, 1), comment="请核对", by=reviewer, at=NOW)
    assert state(store) is ReportState.RETURNED
    done = submit(store, figure("summed", "210902", "2016Q4", 5, reason="已核对无误"), by=reporter, at=LATE)
    assert (done.changed, state(store)) == (1, ReportState.SUBMITTED)


def test_an_odd_figure_needs_a_reason_which_stands_beside_it_with_the_doubt(store, reporter):
    record(store, figure("summed", "210902", "2016Q3", 5))
    odd = figure("summed", "210902", "2016Q4", 3)
    with pytest.raises(RefusedError, match="累计数 3项 比 2016Q3 的 5项 少"):
        submit(store, odd, by=reporter)
    submit(store, odd.model_copy(update={"reason": "两项已撤销"}), by=reporter)
    text = store.connection.execute("SELECT reason, doubts FROM report_text").fetchone()
    assert text[0] == "两项已撤销" and "比 2016Q3 的 5项 少" in text[1]
    assert faults(store) == []


def test_a_sheet_that_repeats_the_last_one_in_every_row_needs_a_reason(store, reporter):
    record(store, figure("summed", "210902", "2016Q3", 5), figure("mean", "210902", "2016Q3", 7))
    same = [figure("summed", "210902", "2016Q4", 5), figure("mean", "210902", "2016Q4", 7)]
    with pytest.raises(RefusedError, match="各行都与上一期"):
        submit(store, *same, by=reporter)
    submit(store, same[0], by=reporter)  # one row alone is no sheet copied


def test_a_figure_out_of_place_is_named(store, reporter):
    with pytest.raises(FigureError, match="period"):
        submit(store, figure("summed", "210902", "2026Q3", 5), by=reporter)


@pytest.mark.parametrize(
    "wrong, column",
    [
        (figure("summed", "210902", "2016Q4", -1), "value"),
        (figure("summed", "210902", "2016Q4", 0.5), "value"),
        (figure("mean", "210902", "2016Q4", float("nan")), "value"),
        (figure("mean", "210902", "2016Q4", float("inf")), "value"),
        (figure("summed", "210902", "2016-12", 1), "period"),
        (figure("summed", "210902", "2016", 1), "period"),
        (figure("rate", "210902", "2016", 95), "numerator"),
        (figure("rate", "210902", "2016", 110, numerator=11, denominator=10), "numerator"),
        (figure("rate", "210902", "2016", 50, numerator=9, denominator=10), "value"),
    ],
)
def test_what_is_no_figure_is_refused_though_no_page_or_file_has_read_it(store, reporter, wrong, column):
    with pytest.raises(FigureError) as refusal:
        submit(store, wrong, by=reporter)
    assert refusal.value.column == column and kept_figures(store, "sample-2013") == {}


@pytest.mark.parametrize("parts", [(0, 7), (1, 3), (2, 7), (999_999, 1_000_003), (10, 10)])
def test_a_ratio_worked_out_as_a_fraction_of_two_is_taken(store, reporter, parts):
    assert submit(store, ratio("210902", "2016", *parts), by=reporter).new == 1


def test_jumps_are_doubted_from_just_above_their_limit():
    plan = sample_plan()
    count, rate = plan.indicator("mean"), plan.indicator("rate")
    line = {figure("mean", "210902", "2016Q3", 0).period.number: 10.0}
    assert figure_doubts(count, figure("mean", "210902", "2016Q4", 20), line, DEFAULT) == []
    assert "变动超过 100%" in figure_doubts(count, figure("mean", "210902", "2016Q4", 20.5), line, DEFAULT)[0]
    yearly = {figure("rate", "210902", "2015", 0).period.number: 60.0}
    assert figure_doubts(rate, figure("rate", "210902", "2016", 80), yearly, DEFAULT) == []
    assert "20 个百分点" in figure_doubts(rate, figure("rate", "210902", "2016", 80.1), yearly, DEFAULT)[0]


def test_a_figure_far_off_the_scale_of_its_target_is_doubted():
    own = sample_plan().indicator("own")
    assert figure_doubts(own, figure("own", "210900", "2016Q4", 1000), {}, DEFAULT) == []
    assert "10 倍以上" in figure_doubts(own, figure("own", "210900", "2016Q4", 1001), {}, DEFAULT)[0]


def test_a_sheet_is_unchanged_only_when_every_row_has_a_value_before_and_repeats_it():
    first, second = figure("own", "a", "2016Q4", 5), figure("mean", "a", "2016Q4", 7)
    before = {("own", "a"): {first.period.number - 1: 5.0}, ("mean", "a"): {first.period.number - 1: 7.0}}
    assert unchanged([first, second], before)
    assert not unchanged([first, second], {("own", "a"): before["own", "a"]})
    assert not unchanged([first], before)
    assert date(2016, 12, 31) == first.period.end


def test_what_the_operator_takes_in_stands_though_the_same_figure_waits_for_its_review(store, reporter):
    submit(store, figure("summed", "210902", "2016Q4", 5), by=reporter)
    done = record(store, figure("summed", "210902", "2016Q4", 5))
    assert (done.changed, value(store)) == (1, 5)
    assert record(store, figure("summed", "210902", "2016Q4", 5)).same == 1


def test_a_fall_below_a_figure_that_still_waits_is_doubted_too(store, reporter, reviewer):
    open_county(store, "sample-2013", "2016Q3", "2016Q4")
    now = datetime.now(UTC)
    submit(store, figure("summed", "210902", "2016Q3", 5), by=reporter, at=now)
    with pytest.raises(RefusedError, match="累计数 3项 比 2016Q3 的 5项 少"):
        submit(store, figure("summed", "210902", "2016Q4", 3), by=reporter, at=now)
    rows = store.rows("series_in", plan="sample-2013", regions='["210902"]')
    third = ReportKey(rows[0]["series_id"], figure("summed", "210902", "2016Q3", 0).period.number, 1)
    give_back(store, [third], comment="请核对", by=reviewer, at=now)
    submit(store, figure("summed", "210902", "2016Q4", 3), by=reporter, at=now)  # what was given back is no measure
