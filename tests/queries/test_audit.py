from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.people import add_person, grant
from tests.samples import AT, HAND_IN, OPERATOR, figure, new_store, record, sample_plan
from tests.waiting import wait
from trackers.actions.accounts import create_account, disable_account
from trackers.actions.audit import recorded
from trackers.actions.figures import HandIn, record_figures, submit_figures
from trackers.actions.plans import load_plans
from trackers.actions.review import approve, give_back
from trackers.errors import ForbiddenError, RefusedError, StoreError
from trackers.exchange.anchor import note_anchor, read_anchor
from trackers.model.account import Account, Actor
from trackers.model.record_words import ACTION_WORDS
from trackers.queries.audit import (
    WITHHELD,
    Entry,
    anchor_faults,
    chain_faults,
    detail_of,
    entries,
    entry_digest,
    last_entry,
)
from trackers.queries.check import faults

ACTIONS = Path(__file__).parents[2] / "trackers" / "actions"
FREE = ("audit_is_never_changed", "audit_is_never_deleted")


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path) as store:
        yield store


def act(store, by=OPERATOR, action="set_period_rule", subject="sample-2013", at=AT, **told):
    with recorded(store, action, subject, by=by, at=at) as detail:
        detail.update(told)


def numbers(store, by=OPERATOR, **asked) -> list[int]:
    return entries(store, by=by, **asked)["id"].tolist()


@pytest.fixture
def filled(store):
    """Six entries after the two that made the store, at the turn of a day in Beijing."""
    zhang = add_person(store, "zhang", grant("reporter", "210902"))
    store.connection.execute("UPDATE account SET name = '张三' WHERE login = 'zhang'")
    midnight = datetime(2024, 6, 1, 16, tzinfo=UTC)
    act(store, zhang, "submit_figures", "sample-2013", midnight - timedelta(milliseconds=1), reason="仪器更换")
    act(store, zhang, "submit_figures", "other-2020", midnight)
    act(store, OPERATOR, "restore", "copy.db", midnight + timedelta(hours=1))
    with pytest.raises(RefusedError), recorded(store, "submit_figures", "sample-2013", by=zhang, at=midnight + timedelta(days=1)):
        raise RefusedError("已于 6 月 1 日截止")
    return store


def test_entries_come_newest_first_and_are_turned_over_by_number(filled):
    assert numbers(filled) == [6, 5, 4, 3, 2, 1]
    assert numbers(filled, limit=2) == [6, 5]
    assert numbers(filled, limit=2, before=5) == [4, 3]
    assert numbers(filled, before=1) == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"who": "zhang"}, [6, 4, 3]), ({"who": "ZHA"}, [6, 4, 3]), ({"who": "张三"}, [6, 4, 3]), ({"who": "李"}, []),
        ({"action": "restore"}, [5]), ({"action": "submit"}, []), ({"subject": "sample"}, [6, 3, 2]),
        ({"words": "仪器"}, [3]), ({"words": "%"}, []), ({"refused": True}, [6]), ({"refused": True, "who": "cli"}, []),
        ({"first": date(2024, 6, 2)}, [6, 5, 4]), ({"last": date(2024, 6, 1)}, [3, 2, 1]),
        ({"first": date(2024, 6, 2), "last": date(2024, 6, 2)}, [5, 4]), ({"first": date(2024, 6, 4)}, []),
        ({"first": date.min, "last": date.max}, [6, 5, 4, 3, 2, 1]),
    ],
)  # fmt: skip
def test_entries_are_found_by_who_what_words_and_days_in_china(filled, asked, found):
    assert numbers(filled, **asked) == found


def test_an_entry_tells_who_when_what_before_after_and_from_where(filled):
    act(filled, Actor(login="zhang", where="10.0.0.7"), before=15, after=20)
    entry = entries(filled, by=OPERATOR, limit=1).to_dict("records")[0]
    assert (entry["by"], entry["name"], entry["action"]) == ("zhang", "张三", "set_period_rule")
    assert detail_of(entry) == {"before": 15, "after": 20, "where": "10.0.0.7"}


@pytest.mark.parametrize("role", ["reporter", "reviewer", "leader", "evaluator", "third_party"])
def test_the_record_is_for_administrators_and_the_operator(store, role):
    person = add_person(store, "person", grant(role, "100000", below=True))
    with pytest.raises(ForbiddenError):
        entries(store, by=person)
    with pytest.raises(ForbiddenError):
        entries(store, by=Actor(login="nobody"))


def test_an_administrator_sees_what_those_did_whom_they_administer_and_their_own(store):
    near = add_person(store, "near", grant("reporter", "210902"))
    two = add_person(store, "two", grant("reporter", "210902"), grant("leader", "210000"))
    wide = add_person(store, "wide", grant("leader", "210900", below=True))
    bare = add_person(store, "bare")
    mine = add_person(store, "mine", grant("administrator", "210900", below=True))
    level = add_person(store, "level", grant("administrator", "210900"))
    nation = add_person(store, "nation", grant("administrator", "100000", below=True))
    people = [near, two, wide, bare, mine, level, nation]
    for person in people:
        act(store, person)

    def seen(by):
        return set(entries(store, by=by)["by"])

    assert seen(nation) == seen(OPERATOR) == {person.login for person in people} | {OPERATOR.login}
    assert seen(mine) == {"near", "wide", "mine", "level"}
    assert seen(level) == {"level"}


def test_an_administrator_of_one_plan_sees_only_those_of_that_plan(store):
    one = add_person(store, "one", grant("reporter", "210902", plans=("sample-2013",)))
    every = add_person(store, "every", grant("reporter", "210902"))
    mine = add_person(store, "mine", grant("administrator", "100000", below=True, plans=("sample-2013",)))
    for person in (one, every):
        act(store, person)
    assert set(entries(store, by=mine)["by"]) == {"one"}


def test_the_entries_of_a_disabled_account_stay(store):
    act(store, add_person(store, "gone", grant("reporter", "210902")))
    mine = add_person(store, "mine", grant("administrator", "210900", below=True))
    disable_account(store, "gone", by=OPERATOR, at=AT)
    assert set(entries(store, by=mine)["by"]) == {"gone"}


def bend(store, *statements: str) -> None:
    for name in FREE:
        store.connection.execute(f"DROP TRIGGER IF EXISTS {name}")
    for statement in statements:
        store.connection.execute(statement)


def again(store, id: int, **changes) -> None:
    """Change an entry and make its own digest fit."""
    (entry,) = (row for row in store.rows("audit_all") if row["id"] == id)
    changed = entry | changes
    digest = entry_digest(changed)
    bend(store)
    store.connection.execute(
        "UPDATE audit SET by = ?, action = ?, detail = ?, previous = ?, digest = ? WHERE id = ?",
        (changed["by"], changed["action"], changed["detail"], changed["previous"], digest, id),
    )


def test_a_sound_chain_has_no_faults(filled):
    assert chain_faults(filled) == []


@pytest.mark.parametrize(
    ("statements", "place", "why", "more"),
    [
        (["UPDATE audit SET by = 'li' WHERE id = 4"], 4, "内容与它自己的摘要不符", 0),
        (["UPDATE audit SET detail = 'no json' WHERE id = 4"], 4, "内容与它自己的摘要不符", 0),
        (["UPDATE audit SET at = 'never' WHERE id = 4"], 4, "内容与它自己的摘要不符", 0),
        (["UPDATE audit SET digest = 'x' WHERE id = 4"], 4, "内容与它自己的摘要不符", 1),
        (["DELETE FROM audit WHERE id = 4"], 5, "缺少第 4 条", 0),
        (["DELETE FROM audit WHERE id IN (3, 4)"], 5, "缺少第 3 至 4 条", 0),
        (["DELETE FROM audit WHERE id = 1"], 2, "缺少第 1 条", 0),
        (["DELETE FROM audit WHERE id = 4", "UPDATE audit SET id = id - 1 WHERE id > 4"], 4, "内容与它自己的摘要不符", 1),
        (["UPDATE audit SET id = -3 WHERE id = 3", "UPDATE audit SET id = 3 WHERE id = 4",
          "UPDATE audit SET id = 4 WHERE id = -3"], 3, "内容与它自己的摘要不符", 2),
        (["INSERT INTO audit SELECT 7, at, by, action, subject, detail, previous, digest FROM audit WHERE id = 6"],
         7, "内容与它自己的摘要不符", 0),
    ],
)  # fmt: skip
def test_the_chain_says_where_it_breaks_first_and_what_differs(filled, statements, place, why, more):
    bend(filled, *statements)
    first, *rest = chain_faults(filled)
    assert f"第 {place} 条处断开" in first and why in first
    assert [int(re.search(r"还有 (\d+) 处", each)[1]) for each in rest] == ([more] if more else [])
    assert any("处断开" in fault for fault in faults(filled)), "the whole check tells it too"


def test_an_entry_bent_together_with_its_digest_breaks_the_one_after_it(filled):
    again(filled, 4, by="li")
    (fault,) = chain_faults(filled)
    assert "第 5 条处断开" in fault and "没有接在第 4 条之后" in fault


def test_an_entry_put_in_the_place_of_one_taken_out_is_found(filled):
    rows = {row["id"]: row for row in filled.rows("audit_all")}
    again(filled, 4, by="li", action="restore", detail="{}", previous=rows[3]["digest"])
    assert "第 5 条处断开" in chain_faults(filled)[0]


def test_entries_that_were_swapped_are_found_though_each_digest_fits(filled):
    rows = {row["id"]: row for row in filled.rows("audit_all")}
    again(filled, 4, **{name: rows[5][name] for name in ("by", "action", "detail")})
    again(filled, 5, **{name: rows[4][name] for name in ("by", "action", "detail")})
    assert "第 5 条处断开" in chain_faults(filled)[0]


def test_a_record_whose_end_is_cut_off_is_found_by_what_was_noted_outside(filled, tmp_path):
    file = tmp_path / "outside" / "anchor.txt"
    note_anchor(file, Entry(3, {row["id"]: row["digest"] for row in filled.rows("audit_all")}[3]))
    note_anchor(file, last_entry(filled))
    assert anchor_faults(filled, read_anchor(file)) == []
    bend(filled, "DELETE FROM audit WHERE id > 4")
    assert chain_faults(filled) == [], "inside, nothing shows"
    (fault,) = anchor_faults(filled, read_anchor(file))
    assert "第 6 条" in fault and "末尾的记录被删去" in fault


def test_a_record_written_anew_is_found_by_what_was_noted_outside(filled):
    kept = [Entry(row["id"], row["digest"]) for row in filled.rows("audit_all")]
    again(filled, 4, by="li")
    for id in (5, 6):
        again(filled, id, previous={row["id"]: row["digest"] for row in filled.rows("audit_all")}[id - 1])
    assert chain_faults(filled) == []
    (fault,) = anchor_faults(filled, kept)
    assert "第 4 条" in fault and "改写" in fault


def test_a_longer_record_holds_what_was_noted_before(filled):
    kept = [last_entry(filled)]
    act(filled)
    assert anchor_faults(filled, kept) == []


ATTEMPTS = {
    "load_plans": lambda store, key, by: load_plans(store, [sample_plan(title="另一个")], by=OPERATOR, at=AT),
    "record_figures": lambda store, key, by: record(store, figure("own", "210900", "2017Q4", 50)),
    "approve": lambda store, key, by: approve(store, [key], by=by, at=AT),
    "give_back": lambda store, key, by: give_back(store, [key], comment="请核对", by=by, at=AT),
    "create_account": lambda store, key, by: create_account(
        store, Account(login="li", name="李", grants=(grant("reporter", "210902"),)), password=None, by=OPERATOR, at=AT
    ),
    "disable_account": lambda store, key, by: disable_account(store, "zhang", by=OPERATOR, at=AT),
}
TABLES = ("report", "report_text", "batch", "review", "standing", "account", "account_grant", "plan", "series", "audit")


@pytest.mark.parametrize("action", ATTEMPTS)
def test_an_action_whose_entry_cannot_be_written_does_not_happen(store, action):
    zhang = add_person(store, "zhang", grant("reporter", "210900"))
    reviewer = add_person(store, "reviewer", grant("reviewer", "210900"))
    (key,) = wait(store, figure("own", "210900", "2016Q4", 40), by=zhang)
    store.connection.execute(
        "CREATE TRIGGER no_record BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'the record is full'); END"
    )
    before = {table: store.connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
    with pytest.raises(StoreError, match="the record is full"):
        ATTEMPTS[action](store, key, reviewer)
    assert {table: store.connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES} == before
    store.connection.execute("DROP TRIGGER no_record")
    ATTEMPTS[action](store, key, reviewer)
    assert {table: store.connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES} != before


def test_a_refused_attempt_whose_entry_cannot_be_written_is_an_error_and_changes_nothing(store):
    stranger = add_person(store, "stranger", grant("leader", "210900"))
    store.connection.execute(
        "CREATE TRIGGER no_record BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'the record is full'); END"
    )
    with pytest.raises(StoreError, match="the record is full"):
        record_figures(store, "sample-2013", [figure("own", "210900", "2016Q4", 1)], HAND_IN, by=stranger, at=AT)
    assert store.connection.execute("SELECT count(*) FROM report").fetchone()[0] == 0


def test_every_action_has_a_word_and_every_word_an_action():
    code = "".join(path.read_text(encoding="utf-8") for path in ACTIONS.glob("*.py"))
    named = set(re.findall(r'(?:recorded|refusals)\(\s*store, "([a-z_]+)"', code))
    assert named - ACTION_WORDS.keys() == set()
    assert {action for action in ACTION_WORDS if f'"{action}"' not in code} == set()


def test_a_regional_administrator_reads_no_figures_of_regions_an_official_was_in_before(store):
    moved = add_person(store, "moved", grant("reporter", "210902"))
    administrator = add_person(store, "keeper", grant("administrator", "210903", below=True))
    with pytest.raises(ForbiddenError):
        submit_figures(store, "sample-2013", [figure("summed", "210903", "2016Q4", 5)], HandIn(origin="page"), by=moved, at=AT)
    with store.writing():
        store.connection.execute(
            "UPDATE account_grant SET region_id = (SELECT id FROM region WHERE code = '210903')"
            " WHERE account_id = (SELECT id FROM account WHERE login = 'moved')"
        )
    seen = entries(store, by=administrator)
    assert "210902" not in "".join(seen["detail"]) and WITHHELD in "".join(seen["detail"])
    assert entries(store, by=administrator, words="权限").empty
    assert not entries(store, by=OPERATOR, words="权限").empty
