from __future__ import annotations

import json

import pytest

from tests import outlines
from tests.outlines import NUMBER
from tests.samples import new_store


@pytest.fixture
def db(tmp_path):
    with new_store(tmp_path) as store:
        store.connection.execute("INSERT INTO loaded (what, digest) VALUES ('seeds', 'x')")
        return store.path


@pytest.fixture
def run(db, shell):
    return lambda *words: shell(*words, "--db", str(db))


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "阜新.json"
    path.write_bytes(outlines.of("210902", "210903"))
    return str(path)


def test_a_map_is_added_listed_and_removed(run, file):
    code, out, err = run("map", "add", file, "--number", "GS(2022)1873号")
    assert code == 0 and out == f"已装入阜新市的地图，审图号 {NUMBER}。\n", err
    _, out, _ = run("map", "list", "--json")
    assert [(each["region"], each["number"], each["name"]) for each in json.loads(out)] == [("210900", NUMBER, "阜新.json")]
    assert NUMBER in run("map", "list")[1]
    assert run("map", "remove", "阜新市")[1] == f"已移除地图 阜新.json，审图号 {NUMBER}。\n"
    assert json.loads(run("map", "list", "--json")[1]) == []


def test_a_map_without_its_number_is_refused_in_a_sentence(run, file):
    code, out, err = run("map", "add", file)
    assert code == 1 and not out and "没有写审图号" in err


def test_a_file_that_cannot_be_read_is_named(run, tmp_path):
    code, _, err = run("map", "add", str(tmp_path / "没有.json"), "--number", NUMBER)
    assert code == 1 and "没有.json" in err


def test_a_map_that_is_not_there_cannot_be_removed(run):
    code, _, err = run("map", "remove", "彰武县")
    assert code == 2 and "没有名为“彰武县”的地图" in err
