from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dashboard.viewmodels import entry, entry_check
from tests.people import add_person, grant
from tests.samples import AT, OPERATOR, figure, indicator, new_store, ratio, record, sample_plan, tree
from tests.waiting import wait
from tests.windows import NOW, open_county
from trackers.actions.figures import Recorded
from trackers.actions.review import give_back
from trackers.errors import RefusedError
from trackers.exchange.entry_template import entry_lines
from trackers.exchange.import_figures import import_figures, read_rows
from trackers.model.account import Actor
from trackers.model.period import Period
from trackers.model.plan import Plan
from trackers.model.report import EvidenceName
from trackers.queries.drafts import FILE
from trackers.queries.entry import beside_sheet
from trackers.queries.figures import revisions
from trackers.queries.rights import rights_of

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
CITY, COUNTY = tree()["210900"], tree()["210902"]


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path) as store:
        yield store


def beside(store, region=COUNTY, plan: Plan | None = None, period="2016"):
    return beside_sheet(store, plan or sample_plan(), [region.code], Period.parse(period), by=OPERATOR)


def lines(store, region=COUNTY, period="2016", plan: Plan | None = None):
    plan = plan or sample_plan()
    return entry_lines(plan, region, Period.parse(period), tree(), beside(store, region, plan, period).approved, below=False)


def reading(store, typed: entry.Typed, region=COUNTY, period="2016", by=OPERATOR):
    rows = entry.rows_of(lines(store, region, period), typed)
    return read_rows(store, rows, sample_plan(), name="样例", on=date(2024, 6, 1), by=by)


def reporter(store) -> Actor:
    if not store.rows("account", login="haizhou"):
        open_county(store, "sample-2013", "2016")
        add_person(store, "haizhou", grant("reporter", "210902"))
    return Actor(login="haizhou")


def labels(found) -> list[str]:
    return [entry.period_label(period) for period in found]


def test_regions_are_chosen_down_to_the_level_that_reports():
    assert [region.name for region in entry.regions_below(sample_plan(), tree(), "210900", date(2016, 1, 1))] == [
        "海州区", "新邱区", "彰武县",
    ]  # fmt: skip
    city_only = sample_plan(indicators=[indicator("own")])
    assert entry.regions_below(city_only, tree(), "210900", date(2016, 1, 1)) == []
    assert entry.regions_below(sample_plan(indicators=[]), tree(), "210900", date(2016, 1, 1)) == []


def test_a_plan_above_leads_through_levels_that_report_nothing():
    plan = sample_plan(region="210000", indicators=[indicator("c", level="county")])
    assert [region.name for region in entry.regions_below(plan, tree(), "210000", date(2016, 1, 1))] == ["阜新市"]
    assert not entry.reports(plan, CITY) and entry.reports(plan, COUNTY)


def test_a_year_stands_for_its_last_quarter():
    found = labels(entry.periods(sample_plan(end=2014, milestones=[2014]), COUNTY, date(2014, 12, 31)))
    assert found[:5] == ["2014年", "2014年第三季度", "2014年第二季度", "2014年第一季度", "2013年"]
    assert len(found) == 8


def test_a_rate_that_belongs_to_the_quarter_keeps_the_quarter_beside_the_year():
    quarterly = indicator("q", measure="rate", unit="%", level="county", frequency="quarter", aggregation="mean")
    yearly = indicator("y", measure="rate", unit="%", level="county", frequency="year", aggregation="mean")
    found = labels(entry.periods(sample_plan(indicators=[quarterly, yearly]), COUNTY, date(2013, 12, 31)))
    assert found[:3] == ["2013年", "2013年第四季度", "2013年第三季度"]


@pytest.mark.parametrize(
    ("today", "newest"), [("2016-09-29", "2016年第二季度"), ("2016-09-30", "2016年第三季度"), ("2024-06-01", "2020年")]
)
def test_only_finished_periods_of_the_plan_are_offered(today, newest):
    assert labels(entry.periods(sample_plan(), COUNTY, date.fromisoformat(today)))[0] == newest


@pytest.mark.parametrize(
    ("day", "chosen"), [("2020-12-31", "2020年"), ("2020-12-30", "2020年第三季度"), ("2012-12-31", "2013年第一季度")]
)
def test_the_last_finished_period_is_chosen(day, chosen):
    found = entry.periods(sample_plan(), COUNTY, date(2024, 6, 1))
    assert labels(found)[entry.last_finished(found, date.fromisoformat(day))] == chosen


@pytest.mark.parametrize(
    ("text", "label"),
    [("2019H1", "2019年上半年"), ("2019H2", "2019年下半年"), ("2019-09", "2019年9月"), ("2019-09-03", "2019年9月3日")],
)
def test_periods_are_named_in_words(text, label):
    assert entry.period_label(Period.parse(text)) == label


def test_the_sheet_has_a_row_an_indicator_with_target_last_value_and_what_is_kept(store):
    record(store, figure("summed", "210902", "2015Q4", 3), figure("summed", "210902", "2016Q4", 5))
    record(store, ratio("210902", "2016", 19, 20))
    frame = entry.sheet(lines(store), beside(store), {})
    assert list(frame["指标"]) == ["指标summed", "指标rate", "指标mean"]
    assert list(frame["单位"]) == ["项", "%，填分子、分母", "项"]
    assert list(frame["本期已报"]) == ["5项（未经复核）", "19/20（95%）（未经复核）", ""]
    assert list(frame["上期值"]) == ["3项（2015Q4）", "", ""]
    assert list(frame["填报期"]) == ["2016Q4", "2016", "2016Q4"]
    assert list(frame.index) == [1, 2, 3]
    assert set(frame["填报值"]) == {""}


def test_every_column_of_the_sheet_is_text(store):
    frame = entry.sheet(lines(store), beside(store), {"summed": {"value": "８"}})
    assert all(isinstance(cell, str) for cell in frame.to_numpy().ravel())
    assert frame.loc[1, "填报值"] == "８"


def test_edits_change_what_was_typed_before_and_clear_it(store):
    typed = {"summed": {"value": "1", "note": "旧"}, "rate": {"numerator": "9"}}
    edits = {0: {"填报值": " 2 "}, 1: {"分子": None}, 2: {"备注": "新"}}
    assert entry.with_edits(typed, lines(store), edits) == {"summed": {"value": " 2 ", "note": "旧"}, "mean": {"note": "新"}}
    assert typed["summed"]["value"] == "1"


def test_what_is_typed_is_read_as_a_file_would_be(store):
    found = reading(store, {"summed": {"value": "１，０００"}, "rate": {"numerator": "95", "denominator": "100"}})
    assert [(each.row, each.figure.value, str(each.figure.period)) for each in found.taken] == [
        (1, 1000, "2016Q4"), (2, 95, "2016"),
    ]  # fmt: skip
    assert (found.faults, found.empty, found.digest) == ([], 1, "")


@pytest.mark.parametrize("text", ["abc", "-5", "12.5", "约100", "1,23", "95%", "1e3"])
def test_nothing_typed_is_bent_into_a_figure(store, text):
    found = reading(store, {"summed": {"value": text}})
    assert not found.taken
    (sentence,) = entry_check.fault_texts(found, ["指标summed"])
    assert sentence.startswith(f"第 1 行（指标summed）“填报值”：读到“{text}”，应为")


def test_every_digit_typed_is_shown_before_it_is_written(store):
    found = reading(store, {"mean": {"value": "1.5"}, "summed": {"value": "120万"}})
    assert entry_check.preview(found, tree()).query("结果 == '新增'")["写入"].tolist() == ["1200000项"]
    assert entry_check.exact(12.345678901) == "12.345678901"
    assert (entry_check.exact(1e15), entry_check.exact(0.0), entry_check.exact(0.00001)) == ("1000000000000000", "0", "0.00001")


def test_the_columns_to_fill_in_come_before_those_to_look_at(store):
    columns = list(entry.sheet(lines(store), beside(store), {}).columns)
    assert columns[1:8] == ["填报值", "分子", "分母", "单位", "备注", "佐证地址", "理由"]


def test_the_check_names_every_refused_cell_and_what_a_row_would_change(store):
    record(store, figure("summed", "210902", "2016Q4", 5))
    found = reading(store, {"summed": {"value": "6"}, "rate": {"value": "95"}, "mean": {"value": "x", "denominator": "y"}})
    table = entry_check.preview(found, tree()).set_index("行")
    assert table.loc[1, ["结果", "写入", "原有"]].tolist() == ["更正", "6项", "5项"]
    assert table.loc[2, "说明"].startswith("不写入：“分子”：没有填，应为分子和分母都要填")
    assert "“填报值”：读到“x”" in table.loc[3, "说明"] and "“分母”：读到“y”" in table.loc[3, "说明"]
    assert str(entry_check.summary(found)) == "新增 0、更正 1、修改 0、相同 0、有误 2、未填 0（行）"


def test_the_preview_lists_wrong_rows_first_with_the_reason(store):
    table = entry_check.preview(reading(store, {"summed": {"value": "6"}, "mean": {"value": "x"}}), tree())
    assert table["结果"].tolist() == ["有误", "新增"]
    assert "读到“x”" in table["说明"][0]
    assert table.loc[1, ["行", "地区", "写入", "原有"]].tolist() == [1, "海州区", "6项", ""]


def test_a_note_without_a_figure_is_not_dropped_in_silence(store):
    assert "只写了备注" in str(reading(store, {"summed": {"note": "年报"}}).warnings[0])


def test_the_fingerprint_changes_with_what_is_typed_and_with_what_is_kept(store):
    first = entry_check.fingerprint(reading(store, {"summed": {"value": "6"}}))
    assert first == entry_check.fingerprint(reading(store, {"summed": {"value": "6"}}))
    assert first != entry_check.fingerprint(reading(store, {"summed": {"value": "7"}}))
    assert first != entry_check.fingerprint(reading(store, {"summed": {"value": "6"}, "mean": {"value": "x"}}))
    record(store, figure("summed", "210902", "2016Q4", 5))
    assert first != entry_check.fingerprint(reading(store, {"summed": {"value": "6"}}))


def test_figures_typed_on_the_page_wait_for_a_review_without_a_file(store):
    found = reading(store, {"summed": {"value": "6"}}, by=reporter(store))
    done = import_figures(store, found, by=reporter(store), at=NOW, origin="page", submit=True)
    row = revisions(store, "sample-2013", "summed", "210902", by=OPERATOR).iloc[0]
    assert (row["origin"], row["by"], row["demo"], row["approved_at"]) == ("page", "haizhou", 0, None)
    assert row["file"] is None
    assert entry_check.written(found, done, tree()) == "样例：已提交 1 个数（新增 1），待阜新市审核。"
    again = reading(store, {"summed": {"value": "6"}}, by=reporter(store))
    done = import_figures(store, again, by=reporter(store), at=NOW, origin="page", submit=True)
    assert "没有提交新的数" in entry_check.written(again, done, tree())


def test_at_the_top_of_the_plan_another_person_of_the_region_reviews(store):
    found = reading(store, {"own": {"value": "6"}}, CITY)
    done = [Recorded(batch=1, new=1, changed=0, same=0)]
    assert entry_check.written(found, done, tree()).endswith("待阜新市的另一位审核员审核。")


def test_what_is_kept_is_told_with_its_state_and_with_what_stands_beside_it(store):
    record(store, figure("summed", "210902", "2016Q4", 5))
    by = reporter(store)
    wait(store, figure("summed", "210902", "2016Q4", 6), figure("mean", "210902", "2016Q4", 7), by=by)
    frame = entry.sheet(lines(store), beside(store), {})
    assert list(frame["本期已报"]) == ["6项（待审核）；现行 5项", "", "7项（待审核）"]
    assert entry_check.outcome(reading(store, {"summed": {"value": "8"}}).taken[0]) == "更正"
    assert entry_check.outcome(reading(store, {"mean": {"value": "8"}}).taken[0]) == "修改"


def returned(store):
    """A figure given back with a comment."""
    reviewer = add_person(store, "reviewer", grant("reviewer", "210900"))
    keys = wait(store, figure("summed", "210902", "2016Q4", 6), by=reporter(store))
    give_back(store, keys, by=reviewer, at=AT, comment="请核对 <b>口径</b>")


def test_what_was_given_back_is_told_with_the_comment_and_may_be_mended_when_closed(store):
    returned(store)
    record(store, figure("mean", "210902", "2016Q4", 5))
    all_lines, closed = lines(store), {Period.parse("2016Q4"): "已截止", Period.parse("2016"): "已截止"}
    assert entry.given_back(all_lines, beside(store)) == ["指标summed：请核对 <b>口径</b>（reviewer，2024-06-01 16:00）"]
    found = entry.open_lines(all_lines, beside(store), closed)
    assert [line.indicator.id for line in found] == ["summed", "mean"]
    assert entry.open_lines(all_lines, beside(store), {}) == all_lines


def test_a_first_figure_of_a_closed_period_is_refused_with_the_reason(store):
    returned(store)
    found = reading(store, {"summed": {"value": "7"}, "mean": {"value": "8"}})
    assert [each.figure.indicator for each in entry_check.first_figures(found)] == ["mean"]
    shut = entry_check.with_closed(found, {("sample-2013", "210902", Period.parse("2016Q4")): "已截止。"})
    assert [each.figure.indicator for each in shut.taken] == ["summed"]
    assert entry_check.fault_texts(shut) == ["第 3 行“填报期”：读到“2016Q4”，应为开放中的填报期（已截止。）"]


def test_a_doubt_and_a_correction_need_a_reason_of_their_own_or_one_for_the_sheet(store):
    record(store, figure("summed", "210902", "2015Q4", 9), figure("mean", "210902", "2016Q4", 5))
    found = reading(store, {"summed": {"value": "6"}, "mean": {"value": "6", "reason": "录入有误"}, "rate": {"note": "x"}})
    assert len(entry_check.doubt_texts(found)) == 1
    assert entry_check.doubt_texts(found)[0].startswith("第 1 行（指标summed）累计数 6项 比 2015Q4 的 9项 少")
    assert all("累计数" not in each for each in entry_check.remark_texts(found))
    told = entry_check.with_reason(found, " 剔除重复 ")
    assert [each.figure.reason for each in told.taken] == ["剔除重复", "录入有误"]
    assert not entry_check.doubt_texts(told)
    assert entry_check.doubt_texts(entry_check.with_reason(found, "  ")) == entry_check.doubt_texts(found)
    correction = reading(store, {"mean": {"value": "6"}})
    assert entry_check.doubt_texts(correction) == ["第 3 行（指标mean）要更正已审核的 5项"]


@pytest.mark.parametrize(("reason", "why"), [("好" * 500, ""), ("好" * 501, "不超过 500"), ("a\x00", "控制字符"), ("a\nb", "")])
def test_a_reason_for_the_sheet_is_plain_text_of_some_length(reason, why):
    told = entry_check.reason_fault(reason)
    assert why in told and bool(told) == bool(why)


def test_evidence_goes_with_its_row_and_is_not_dropped_in_silence_beside_an_empty_one(store):
    file = EvidenceName("0" * 64, "年报.pdf")
    rows = [line.indicator.id for line in lines(store)]
    found = entry_check.with_files(reading(store, {"summed": {"value": "6"}}), {"summed": (file,), "mean": (file,)}, rows)
    assert found.taken[0].figure.files == (file,)
    assert [str(each) for each in found.warnings if "佐证" in each.sentence] == ["第 3 行：只附了佐证材料，没有填报值，没有读入"]
    assert entry_check.preview(found, tree())["佐证材料"].tolist() == ["年报.pdf"]


def test_only_cells_that_changed_are_told_and_those_that_are_gone(store):
    before = {"summed": {"value": "1", "note": "甲"}, "mean": {"value": "2"}}
    after = {"summed": {"value": "3", "note": "甲"}, "rate": {"numerator": "9"}}
    assert entry.changed_cells(before, after) == {
        "summed": {"value": "3"}, "mean": {"value": ""}, "rate": {"numerator": "9"},
    }  # fmt: skip
    assert entry.changed_cells(before, before) == {}


def test_the_evidence_of_a_draft_stands_apart_from_what_was_typed():
    cells = {"summed": {"value": "1", FILE + "ab": "年报.pdf"}, "mean": {FILE + "cd": "图.png"}}
    assert entry.parted(cells) == (
        {"summed": {"value": "1"}}, {"summed": {FILE + "ab": "年报.pdf"}, "mean": {FILE + "cd": "图.png"}},
    )  # fmt: skip


def test_a_person_finds_their_own_regions_and_the_way_to_them(store):
    counties = [tree()[code] for code in ("210902", "210903", "210922")]

    def own(rights):
        return [each.name for each in entry.entered_by(rights, sample_plan(), tree(), [CITY, *counties])]

    found = {
        name: own(rights_of(store, add_person(store, name, *grants)))
        for name, grants in {
            "county": [grant("reporter", "210902")],
            "city": [grant("reporter", "210900")],
            "both": [grant("reporter", "210900", below=True)],
            "reviewer": [grant("reviewer", "210900", below=True)],
            "elsewhere": [grant("reporter", "210902", plans=("another",))],
        }.items()
    }  # fmt: skip
    assert found == {
        "county": ["阜新市", "海州区"], "city": ["阜新市"], "both": ["阜新市", "海州区", "新邱区", "彰武县"], "reviewer": [],
        "elsewhere": [],
    }  # fmt: skip


def test_a_region_that_reports_nothing_is_told_which_level_does(store):
    with pytest.raises(RefusedError, match="辽宁省在 2016 没有要填报的指标.*市级按季度填报"):
        lines(store, tree()["210000"])
