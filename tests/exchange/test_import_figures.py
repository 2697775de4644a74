from __future__ import annotations

import io
import time
from datetime import date

import openpyxl
import pytest

from tests.samples import AT, OPERATOR, figure, indicator, new_store, ratio, record, sample_plan
from trackers.actions import figures as figures_action
from trackers.actions.plans import load_plans
from trackers.errors import FileError, RefusedError
from trackers.exchange.import_figures import Reading, import_figures, read_figures
from trackers.queries.audit import entries
from trackers.queries.figures import Change, kept_figures, revisions
from trackers.queries.plans import plan_by_id

HEADER = ["地区", "指标", "填报期", "填报值", "分子", "分母", "备注", "佐证地址"]
OWN = ["阜新市", "指标own", "2016Q4", "40"]
RATE = ["海州区", "rate", "2016", "", "95", "100"]


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path) as store:
        yield store


def csv_of(*rows: list[str], header: list[str] | None = None) -> bytes:
    lines = [header or HEADER, *rows]
    return "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines).encode()


def read(store, *rows: list[str], header: list[str] | None = None, on: date | None = None, plan: bool = True) -> Reading:
    padded = [row + [""] * (len(header or HEADER) - len(row)) for row in rows]
    known = plan_by_id(store, "sample-2013") if plan else None
    return read_figures(store, csv_of(*padded, header=header), known, name="填报.csv", on=on, by=OPERATOR)


def told(reading: Reading) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.heading, fault.read) for fault in reading.faults]


def only_fault(store, row: list[str]) -> str:
    (fault,) = read(store, row).faults
    return str(fault)


def imported(store, reading: Reading, **more: object):
    return import_figures(store, reading, by=OPERATOR, at=AT, **more)


def test_rows_are_read_as_figures_with_what_they_change(store):
    record(store, figure("own", "210900", "2016Q3", 35), figure("own", "210900", "2016Q4", 38))
    reading = read(store, OWN, RATE, ["210900", "own", "2016Q3", "35"])
    assert [(t.row, t.figure.indicator, t.figure.region, t.figure.value) for t in reading.taken] == [
        (2, "own", "210900", 40), (3, "rate", "210902", 95), (4, "own", "210900", 35),
    ]  # fmt: skip
    assert [t.change for t in reading.taken] == [Change.CHANGED, Change.NEW, Change.SAME]
    assert [t.before and t.before.value for t in reading.taken] == [38, None, 35]
    assert [reading.count(change) for change in Change] == [1, 1, 1]
    assert (reading.faults, reading.warnings) == ([], [])


def test_recorded_figures_carry_the_files_name_and_digest_and_the_texts(store):
    reading = read(store, [*OWN, "", "", "年报", "https://example.org/1"])
    (done,) = imported(store, reading)
    row = revisions(store, "sample-2013", "own", "210900", by=OPERATOR).iloc[0]
    assert (done.new, row["origin"], row["file"], row["note"]) == (1, "import", "填报.csv", "年报")
    (digest,) = store.connection.execute("SELECT file_digest FROM batch").fetchone()
    assert digest == reading.digest


def test_every_fault_of_a_row_is_listed(store):
    row = ["海洲区", "指标owm", "2024.9", "约100", "1,23", "", "x" * 501, "y" * 501]
    assert told(read(store, row)) == [
        (2, "地区", "海洲区"), (2, "指标", "指标owm"), (2, "填报期", "2024.9"), (2, "填报值", "约100"),
        (2, "分子", "1,23"), (2, "备注", "x" * 40 + "…"), (2, "佐证地址", "y" * 40 + "…"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (["海洲区", "own", "2016Q4", "1"], "第 2 行“地区”：读到“海洲区”，应为阜新市范围内的地区名称或代码（相近的有：海州区"),
        (["", "own", "2016Q4", "1"], "“地区”：读到“”"),
        (["海州区", "own", "2016Q4", "1"], "应为阜新市（“指标own”由其填报）"),
        (["辽宁省", "own", "2016Q4", "1"], "“地区”：读到“辽宁省”"),
        (["210000", "own", "2016Q4", "1"], "“地区”：读到“210000”，应为阜新市范围内"),
        (["阜新市", "", "2016Q4", "1"], "“指标”：读到“”"),
        (["阜新市", "own", "", "1"], "“填报期”：读到“”"),
        (["阜新市", "own", "2016-10", "1"], "应为按季度的填报期，如 2016Q4"),
        (["阜新市", "own", "2016-12-31", "1"], "应为按季度的填报期"),
        (["阜新市", "own", "2024Q4", "1"], "2012-12-31 至 2020-12-31"),
        (["阜新市", "own", "2016Q4", "86%"], "不带百分号"),
        (["阜新市", "own", "2016Q4", "-1"], "不小于 0"),
        (["阜新市", "own", "2016Q4", "1.5"], "整数（单位：项）"),
        (["阜新市", "own", "2016Q4", "", "1", "2"], "留空（“指标own”直接填数值"),
        (["海州区", "rate", "2016", "95%"], "分子和分母都要填"),
        (["海州区", "rate", "2016", "", "101", "100"], "0 到分母 100 之间"),
        (["海州区", "rate", "2016", "", "1", "0"], "大于 0"),
        (["海州区", "rate", "2016", "90%", "80", "100"], "与分子÷分母一致的数"),
        (["海州区", "rate", "2016", "", "95%", "100"], "不带单位"),
        (["阜新市", "own", "2016Q4", "1", "", "", "a\x07b"], "控制字符"),
        (["阜新市", "own", "2016Q4", "=1+1"], "“填报值”：读到“=1+1”"),
    ],
)  # fmt: skip
def test_a_fault_says_where_what_was_read_and_what_is_expected(store, row, sentence):
    assert sentence in only_fault(store, row)


def test_a_year_of_a_count_is_its_last_quarter_and_a_day_needs_its_evidence(store):
    reading = read(store, ["阜新市", "own", "2016", "40"], ["阜新市", "own", "2017-05-20", "41", "", "", "", "https://a.cn"])
    assert [str(t.figure.period) for t in reading.taken] == ["2016Q4", "2017-05-20"]
    assert [str(doubt) for doubt in reading.warnings] == ["填报期 2016 记为 2016Q4（1 行）"]


def test_the_same_period_twice_with_different_figures_is_a_fault_of_both_rows(store):
    reading = read(store, OWN, ["阜新市", "own", "2016", "41"], RATE)
    assert [fault.row for fault in reading.faults] == [2, 3]
    assert "第 3 行" in reading.faults[0].expected and "第 2 行" in reading.faults[1].expected
    assert [t.row for t in reading.taken] == [4]


def test_a_wrong_row_and_a_right_one_for_the_same_period_are_not_told_apart(store):
    reading = read(store, ["阜新市", "own", "2016Q4", "约40"], OWN)
    assert reading.taken == [] and {fault.row for fault in reading.faults} == {2, 3}


def test_the_same_figure_twice_is_taken_once_with_a_warning(store):
    reading = read(store, OWN, OWN)
    assert (len(reading.taken), reading.faults) == (1, [])
    assert [str(w) for w in reading.warnings] == ["第 3 行：与第 2 行完全相同，只算一次"]


def test_rows_without_a_figure_are_skipped_and_counted_and_signatures_are_not(store):
    empty = ["阜新市", "own", "2017Q1"]
    reading = read(store, OWN, empty, ["填报人：____ 审核人：____"], [*empty, "", "", "", "本季无法统计"])
    assert (len(reading.taken), reading.empty, reading.faults) == (1, 2, [])
    assert [w.row for w in reading.warnings] == [5] and "没有读入" in reading.warnings[0].sentence


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([["阜新市", "own", "2016Q4", "40"]], "还没有结束"),
        ([["阜新市", "own", "2016Q2", "40"], ["阜新市", "own", "2016Q3", "39"]], "累计数 39项 比 2016Q2 的 40项 少"),
        ([["阜新市", "own", "2015Q4", "36"]], "累计数 36项 比后来 2016Q1 的 35项 多"),
        ([["阜新市", "percent", "2015", "120%"]], "120% 超过 100%"),
        ([["阜新市", "percent", "2015", "0.95"]], "读作 0.95%；若是 95%"),
    ],
)
def test_what_looks_wrong_is_warned_of_and_can_be_taken(tmp_path, rows, sentence):
    plan = sample_plan()
    percent = indicator("percent", unit="%", measure="rate", frequency="year")
    plan = plan.model_validate({**plan.model_dump(by_alias=True), "indicators": [*plan.indicators, percent]})
    with new_store(tmp_path / "other", plan) as store:
        record(store, figure("own", "210900", "2016Q1", 35))
        reading = read(store, *rows, on=date(2016, 11, 30))
    assert any(sentence in w.sentence for w in reading.warnings), reading.warnings
    assert len(reading.taken) == len(rows)


def test_a_percentage_written_as_one_is_not_doubted(store):
    assert read(store, ["海州区", "rate", "2016", "0.5%", "1", "200"]).warnings == []


def test_a_file_with_faults_is_refused_as_a_whole(store):
    reading = read(store, OWN, ["阜新市", "own", "2015Q4", "约3"])
    before = len(entries(store, by=OPERATOR))
    with pytest.raises(RefusedError, match="1 行有误，没有导入任何数据.*其余 1 行"):
        imported(store, reading)
    assert kept_figures(store, "sample-2013") == {} and len(entries(store, by=OPERATOR)) == before


def test_the_sound_rows_alone_are_recorded_when_asked(store):
    imported(store, read(store, OWN, ["阜新市", "own", "2015Q4", "约3"]), accept_valid=True)
    assert len(kept_figures(store, "sample-2013")) == 1


def test_a_file_without_any_figure_is_refused(store):
    with pytest.raises(RefusedError, match="没有可以导入的数据"):
        imported(store, read(store, ["阜新市", "own", "2016Q4"]))


def test_the_same_file_again_changes_nothing(store):
    imported(store, read(store, OWN, RATE))
    (again,) = imported(store, read(store, OWN, RATE))
    assert (again.batch, again.new, again.changed, again.same) == (None, 0, 0, 2)


def second_plan(store, **fields):
    plan = sample_plan(id="sample-2021", start=2021, end=2025, milestones=[2025], title="后一规划", short="后一", **fields)
    load_plans(store, [plan], by=OPERATOR, at=AT)


def test_without_a_plan_it_follows_from_the_region_indicator_and_period(store):
    second_plan(store)
    reading = read(store, OWN, ["阜新市", "own", "2022Q4", "5"], plan=False)
    assert [t.plan.id for t in reading.taken] == ["sample-2013", "sample-2021"]
    done = imported(store, reading)
    assert [d.new for d in done] == [1, 1]


def test_an_indicator_of_several_plans_needs_the_plan_column(store):
    load_plans(store, [sample_plan(id="other-2013", title="另一规划", short="另一")], by=OPERATOR, at=AT)
    (fault,) = read(store, OWN, plan=False).faults
    assert (fault.heading, "other-2013（另一）" in fault.expected) == ("规划", True)
    header = ["规划", *HEADER]
    assert read(store, ["另一", *OWN], header=header, plan=False).taken[0].plan.id == "other-2013"
    assert told(read(store, ["甲", *OWN], header=header, plan=False)) == [(2, "规划", "甲")]
    assert "样例" in read(store, ["另一", *OWN], header=header).faults[0].expected


def test_an_indicator_of_no_plan_is_a_fault(store):
    assert told(read(store, ["阜新市", "没有的指标", "2016Q4", "1"], plan=False)) == [(2, "指标", "没有的指标")]


def test_figures_of_several_plans_are_recorded_together_or_not_at_all(store, monkeypatch):
    second_plan(store)
    reading = read(store, OWN, ["阜新市", "own", "2022Q4", "5"], plan=False)
    true_add = figures_action._add

    def fails_for_the_second(store, figures, kept, series, handed_in, doubts):
        if handed_in.plan.id == "sample-2021":
            raise RuntimeError
        return true_add(store, figures, kept, series, handed_in, doubts)

    monkeypatch.setattr(figures_action, "_add", fails_for_the_second)
    with pytest.raises(RuntimeError):
        imported(store, reading)
    assert kept_figures(store, "sample-2013") == {}


def test_names_differing_in_width_and_line_breaks_are_the_same_indicator(tmp_path):
    plan = sample_plan(indicators=[indicator("own", name="示范单位（引导并培育）")])
    with new_store(tmp_path, plan) as store:
        reading = read(store, ["阜新市", "示范单位(引导\n并培育)", "2016Q4", "1"])
        assert [t.figure.indicator for t in reading.taken] == ["own"]


def test_a_broken_cell_is_one_fault_and_not_a_missing_figure_too(store):
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active.append(["阜新市", "own", "2016Q4", "=40*1"])
    file = io.BytesIO()
    book.save(file)
    (fault,) = read_figures(store, file.getvalue(), plan_by_id(store, "sample-2013"), by=OPERATOR).faults
    assert (fault.heading, fault.read) == ("填报值", "=40*1")


def test_a_second_sheet_with_figures_is_spoken_of(store):
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active.append(OWN)
    book.create_sheet("另一张").append(HEADER)
    file = io.BytesIO()
    book.save(file)
    reading = read_figures(store, file.getvalue(), plan_by_id(store, "sample-2013"), by=OPERATOR)
    assert "另一张" in str(reading.warnings[0])


def test_a_path_is_read_and_a_missing_one_named(store, tmp_path):
    path = tmp_path / "填报.csv"
    path.write_bytes(csv_of([*OWN, "", "", "", ""]))
    assert read_figures(store, path, by=OPERATOR).name == "填报.csv"
    with pytest.raises(FileError, match="打不开文件"):
        read_figures(store, tmp_path / "none.csv", by=OPERATOR)


def test_ten_thousand_rows_are_read_in_two_seconds(tmp_path):
    plan = sample_plan(start=2013, end=2512, indicators=[
        indicator(f"i{n}", level="county", aggregation="sum", frequency="month") for n in range(12)
    ])  # fmt: skip
    rows = [
        [region, f"指标i{n}", f"{2013 + month // 12}-{month % 12 + 1:02d}", f"{month}"]
        for region in ("海州区", "新邱区", "彰武县") for n in range(12) for month in range(280)
    ]  # fmt: skip
    with new_store(tmp_path, plan) as store:
        start = time.process_time()
        reading = read(store, *rows)
        assert time.process_time() - start < 2
        assert (len(reading.taken), len(reading.faults)) == (len(rows), 0) and len(rows) > 10_000
        imported(store, reading)
        assert len(kept_figures(store, plan.id)) == len(rows)


def test_a_rate_keeps_its_parts(store):
    imported(store, read(store, ["海州区", "rate", "2016", "66.67%", "2", "3"]))
    kept = kept_figures(store, "sample-2013")["rate", "210902", ratio("210902", "2016", 2, 3).period.number]
    assert (kept.numerator, kept.denominator) == (2, 3) and kept.value == pytest.approx(200 / 3)
