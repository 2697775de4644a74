from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from tests.files import PDF, PNG
from tests.people import add_person, grant
from tests.samples import AT, OPERATOR, figure, new_store, sample_plan
from tests.waiting import wait
from trackers.actions.evidence import add_evidence
from trackers.actions.figures import HandIn, submit_figures
from trackers.errors import FileError, ForbiddenError, StoreError
from trackers.queries.check import faults
from trackers.queries.evidence import may_open_evidence, open_evidence
from trackers.store.files import folder_of


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path) as store:
        yield store


def entries(store):
    return store.rows("audit_all")


@pytest.fixture
def reporter(store):
    return add_person(store, "haizhou", grant("reporter", "210902"))


def add(store, by, content=PDF, name="年报.pdf", region="210902"):
    return add_evidence(store, content, name, plan=sample_plan(), region=region, by=by, at=AT)


def kept(store):
    return [file for file in folder_of(store.path).rglob("*") if file.is_file()]


def test_a_file_is_kept_once_named_as_it_was_and_on_the_record(store, reporter):
    file = add(store, reporter, name=r"C:\资料\年报.pdf")
    assert file.name == "年报.pdf" and open_evidence(store, file.digest, by=reporter) == (PDF, "pdf")
    last = entries(store)[-1]
    assert (last["action"], last["subject"], json.loads(last["detail"])["name"]) == ("add_evidence", file.digest, "年报.pdf")
    assert add(store, reporter, name="另一名.pdf") == file._replace(name="另一名.pdf")
    assert len(kept(store)) == 1 and len(entries(store)) == last["id"]


def test_a_file_for_a_foreign_region_is_refused_before_it_is_kept(store, reporter):
    with pytest.raises(ForbiddenError):
        add(store, reporter, region="210903")
    assert kept(store) == [] and store.rows("evidence_files") == []
    assert "refused" in entries(store)[-1]["detail"]


def test_a_kind_that_is_not_taken_leaves_nothing(store, reporter):
    with pytest.raises(FileError):
        add(store, reporter, content=b"MZ" + b"\0" * 300, name="年报.pdf")
    assert kept(store) == []


def test_only_those_who_added_a_file_open_it_before_a_report_names_it(store, reporter):
    other = add_person(store, "second", grant("reporter", "210902"), grant("reviewer", "210900"))
    file = add(store, reporter)
    assert not may_open_evidence(store, file.digest, by=other)
    with pytest.raises(ForbiddenError):
        open_evidence(store, file.digest, by=other)
    add(store, other)  # the same content, from a person of their own
    assert may_open_evidence(store, file.digest, by=other)
    assert open_evidence(store, file.digest, by=OPERATOR)[0] == PDF


def test_who_has_nothing_to_hand_in_any_more_opens_nothing_they_added(store, reporter):
    file = add(store, reporter)
    with store.writing():
        store.connection.execute("UPDATE account SET disabled = 1 WHERE login = 'haizhou'")
    assert not may_open_evidence(store, file.digest, by=reporter)


def test_those_who_may_see_a_report_open_the_files_it_names_and_no_others_do(store, reporter):
    file = add(store, reporter)
    (key,) = wait(store, figure("summed", "210902", "2016Q4", 3), by=reporter)
    with store.writing():
        store.run("add_report_file", [{**key._asdict(), **file._asdict()}])
    for role, region, sees in (("leader", "210902", True), ("reviewer", "210900", True), ("leader", "210903", False),
                               ("third_party", "210902", False), ("reporter", "210903", False)):  # fmt: skip
        person = add_person(store, f"{role}-{region}", grant(role, region))
        assert may_open_evidence(store, file.digest, by=person) == sees, (role, region)


def test_a_refused_attempt_to_add_a_file_opens_it_to_nobody(store, reporter):
    stranger = add_person(store, "xinqiu", grant("reporter", "210903"))
    file = add(store, reporter)
    with pytest.raises(ForbiddenError):
        add(store, stranger)
    assert not may_open_evidence(store, file.digest, by=stranger)


def test_a_file_that_does_not_exist_is_answered_as_one_that_is_not_to_be_seen(store, reporter):
    with pytest.raises(ForbiddenError):
        open_evidence(store, "0" * 64, by=reporter)


def test_a_changed_file_is_not_opened_and_is_named_by_the_check(store, reporter):
    file, gone = add(store, reporter), add(store, reporter, content=PNG, name="图.png")
    assert faults(store) == []
    (folder_of(store.path) / file.digest[:2] / file.digest).write_bytes(b"changed")
    (folder_of(store.path) / gone.digest[:2] / gone.digest).unlink()
    with pytest.raises(StoreError, match="不一致"):
        open_evidence(store, file.digest, by=reporter)
    assert {digest for digest in (file.digest, gone.digest) if any(digest in told for told in faults(store))} == {
        file.digest, gone.digest,
    }  # fmt: skip


def test_a_file_under_another_name_than_it_was_handed_in_with_is_found(store, reporter):
    file = add(store, reporter)
    named, at = figure("summed", "210902", "2016Q4", 3, files=(file,)), datetime(2017, 1, 10, tzinfo=UTC)
    submit_figures(store, "sample-2013", [named], HandIn(origin="page"), by=reporter, at=at)
    assert faults(store) == []
    with store.writing():
        store.connection.execute("DROP TRIGGER report_file_is_never_changed")
        store.connection.execute("UPDATE report_file SET name = '另一份.pdf'")
    assert faults(store) == ["第 1 次填报的内容与操作记录不一致"]
