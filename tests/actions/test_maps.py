from __future__ import annotations

from pathlib import Path

import pytest

from tests import outlines
from tests.outlines import NUMBER
from tests.people import add_person, grant
from tests.samples import AT, OPERATOR, new_store
from trackers.actions.maps import add_map, remove_map
from trackers.errors import FileError, ForbiddenError, StoreError, UnknownNameError
from trackers.model.account import Actor
from trackers.queries.audit import entries
from trackers.queries.check import faults
from trackers.queries.maps import map_files, map_of
from trackers.queries.maps import outlines as read
from trackers.store import Store
from trackers.store.files import folder_of

COUNTIES = outlines.of("210902", "210903")


@pytest.fixture
def store(tmp_path: Path):
    with new_store(tmp_path) as store:
        yield store


def add(store: Store, content: bytes = COUNTIES, number: str = NUMBER, by: Actor = OPERATOR):
    return add_map(store, content, "阜新.json", number, by=by, at=AT)


def told(store: Store, action: str) -> list[str]:
    found = entries(store, by=OPERATOR)
    return [str(each) for each in found.loc[found["action"] == action, "detail"]]


def test_a_map_is_kept_for_its_region_with_its_number_and_what_it_holds(store):
    kept = add(store, number="GS(2022)1873号")
    assert (kept.region, kept.number, kept.name) == ("210900", NUMBER, "阜新.json")
    assert read(store, kept, by=OPERATOR).codes == ["210902", "210903"]
    assert faults(store) == [] and NUMBER in told(store, "add_map")[0]


def test_another_map_takes_its_place_and_the_record_says_which_it_was(store):
    add(store)
    add(store, outlines.of("210902", "210903", "210922"), "辽S（2023）12号")
    assert [each.number for each in map_files(store, by=OPERATOR)] == ["辽S（2023）12号"]
    assert NUMBER in told(store, "add_map")[0] and "辽S（2023）12号" in told(store, "add_map")[0]


def test_the_same_map_once_more_changes_nothing_and_leaves_no_entry(store):
    assert add(store) == add(store)
    assert len(told(store, "add_map")) == 1


UNKNOWN = outlines.of("990000")


@pytest.mark.parametrize(("content", "number"), [(COUNTIES, ""), (COUNTIES, "没有"), (b"{}", NUMBER), (UNKNOWN, NUMBER)])
def test_a_file_without_number_or_region_is_refused_and_nothing_is_kept(store, content, number):
    with pytest.raises(FileError):
        add(store, content, number)
    assert map_files(store, by=OPERATOR) == [] and not folder_of(store.path).exists()


def test_only_an_administrator_of_the_region_may_add_or_remove_and_a_refusal_is_on_the_record(store):
    leader = add_person(store, "leader", grant("leader", "210900", below=True))
    below = add_person(store, "county", grant("administrator", "210902"))
    for who in (leader, below):
        with pytest.raises(ForbiddenError):
            add(store, by=who)
        assert map_files(store, by=who) == []
    own = add_person(store, "own", grant("administrator", "210900", below=True))
    add(store, by=own)
    with pytest.raises(ForbiddenError):
        remove_map(store, "210900", by=leader, at=AT)
    assert sum("refused" in each for each in told(store, "add_map")) == 2 and "refused" in told(store, "remove_map")[0]
    remove_map(store, "210900", by=own, at=AT)
    assert map_files(store, by=own) == [] and NUMBER in told(store, "remove_map")[0]


def test_a_map_that_is_not_there_cannot_be_removed(store):
    with pytest.raises(UnknownNameError):
        remove_map(store, "210900", by=OPERATOR, at=AT)


def test_who_may_see_nothing_sees_no_maps(store):
    with pytest.raises(ForbiddenError):
        map_files(store, by=Actor(login="nobody"))


def test_a_file_that_was_changed_is_not_drawn_and_the_check_names_it(store):
    kept = add(store)
    (folder_of(store.path) / kept.digest[:2] / kept.digest).write_bytes(COUNTIES + b" ")
    with pytest.raises(StoreError, match="内容已改变"):
        read(store, map_of(store, "210900"), by=OPERATOR)
    assert any(NUMBER in each for each in faults(store))
