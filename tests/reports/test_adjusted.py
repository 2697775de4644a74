from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document

from tests.adjusted import adjust, change
from tests.samples import OPERATOR, day, figure, new_store, record, sample_plan
from trackers.model.plan import EvaluationKind
from trackers.reports.contents import evaluation_contents
from trackers.reports.make import make_report

PLAN = sample_plan()
SENTENCE = "2020年目标经批准由≥100项调整为≥120项（阜政函〔2017〕3号，2017年3月1日），自2017年4月1日起按新目标判断。"


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path) as store:
        record(store, figure("own", "210900", "2016Q4", 50))
        yield store


def contents(store, as_of):
    return evaluation_contents(store, PLAN, EvaluationKind.MIDTERM, day(as_of), by=OPERATOR)


def test_an_adjusted_target_is_told_with_both_values_its_number_and_day(store):
    adjust(store)
    told = contents(store, "2018-12-31")
    assert told.findings[0].endswith(SENTENCE) and "≥120项" in told.findings[0]
    assert f"指标own：{SENTENCE}建议按调整后的目标安排后续工作。" in told.suggestions
    assert any("批准调整：阜政函〔2017〕3号" in source.remark and "原为≥100项" in source.remark for source in told.sources)
    text = "".join(each.text for each in Document(BytesIO(make_report(
        store, PLAN, EvaluationKind.MIDTERM, day("2018-12-31"), "docx", by=OPERATOR))).paragraphs)  # fmt: skip
    assert SENTENCE in text


def test_a_report_for_a_day_before_is_what_it_was(store):
    before = contents(store, "2017-03-31")
    adjust(store)
    after = contents(store, "2017-03-31")
    assert after.digest == before.digest
    assert after.model_dump(exclude={"data_version"}) == before.model_dump(exclude={"data_version"})


def test_the_digest_changes_with_the_target(store):
    before = contents(store, "2018-12-31").digest
    adjust(store)
    assert contents(store, "2018-12-31").digest != before


def test_a_confirmed_target_is_told_with_its_reference_and_a_share_among_the_sources(store):
    adjust(store, change("lost", 60.0, "confirmation", reference="原件第3页"))
    adjust(store, change("summed", 9.0, "regional", region="210922", effective=day("2014-01-01"), reference="分解方案"))
    told = contents(store, "2018-12-31")
    assert told.findings[-1].endswith("2020年目标原文残损，经核实确认为≥60项（依据：原件第3页）。")
    assert not any("原件第3页" in said for said in told.suggestions)
    assert ("区域分解目标", "分解方案（自2014年1月1日起）") in {(source.kind, source.address) for source in told.sources}


def test_a_change_in_a_database_of_demonstrations_is_marked_as_one(store):
    with store.writing():
        store.run("keep_loaded", [{"what": "demonstration", "digest": "0" * 64}])
    adjust(store)
    told = contents(store, "2018-12-31")
    marked = "≥120项（阜政函〔2017〕3号，2017年3月1日）（演示数据），自2017年4月1日起"
    assert marked in told.findings[0] and any(marked in said for said in told.suggestions)
    assert any("批准调整（演示数据）：" in source.remark for source in told.sources)
