from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pandas as pd
import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.charts.layout import Finished
from dashboard.kept import Key, kept, rows_in
from trackers.model.account import Grant, Role
from trackers.queries.judgement import Judgement
from trackers.store import open_store

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
LIAONING = {"plan": "辽宁", "day": "2024-05-20"}


KEY = Key("tracker.db", "1", "everything")


def later(version: str) -> Key:
    return KEY._replace(version=version)


def test_an_answer_is_made_once_for_a_question_and_the_oldest_is_forgotten():
    made = []

    @kept(2)
    def double(_: Key, number: int, how: object = None) -> int:
        made.append(number)
        return 2 * number

    assert [double(KEY, number) for number in (1, 1, 2, 1, 3, 2)] == [2, 2, 4, 2, 6, 4]
    assert made == [1, 2, 3, 2]


def test_an_answer_is_made_anew_for_other_data_and_who_began_before_still_finds_theirs():
    made = []

    @kept(2)
    def version(key: Key) -> str:
        made.append(key.version)
        return key.version

    assert [version(later(each)) for each in "1121232"] == list("1121232")
    assert made == ["1", "2", "3"]
    assert version(later("1")) == "1"
    assert made == ["1", "2", "3", "1"]  # of three versions the first was forgotten


def test_the_answer_before_is_that_of_the_same_question_for_other_data():
    @kept(2)
    def told(key: Key, name: str) -> str:
        return name + key.version

    assert told.before(KEY, "a") is None
    told(KEY, "a")
    assert told.before(KEY, "a") is None
    assert told.before(later("2"), "a") == "a1"
    assert told.before(later("2"), "b") is None
    assert told.before(later("2")._replace(scope="less"), "a") is None


def test_no_more_rows_are_kept_than_asked_for_however_few_the_questions_are():
    made = []

    @kept(10, rows=100)
    def frame(_: Key, rows: int) -> tuple[pd.DataFrame, str]:
        made.append(rows)
        return pd.DataFrame({"a": range(rows)}), "a"

    for rows in (60, 30, 60, 20, 60, 500, 500):
        frame(KEY, rows)
    assert made == [60, 30, 20, 500]  # for 20 the 30 had to go, since 60 was asked for after it


def test_the_rows_of_an_answer_are_those_of_all_its_frames():
    frame = pd.DataFrame({"a": [1, 2]})
    assert [rows_in(each) for each in (frame, (frame, "a"), [frame, (frame,)], {"a": frame}, "ab", None)] == [2, 2, 4, 2, 0, 0]
    assert rows_in(Judgement(frame, {}, "")) == 2


def test_how_an_answer_is_made_is_no_part_of_the_question():
    @kept(2)
    def told(_: Key, name: str, make: object) -> str:
        return name

    assert told(KEY, "a", lambda: 1) is told(KEY, "a", lambda: 2)


def test_who_asks_for_what_is_being_made_waits_for_it():
    begun, go_on, made = Event(), Event(), []

    @kept(2)
    def slow(_: Key, number: int) -> int:
        made.append(number)
        begun.set()
        assert go_on.wait(10)
        return number

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(slow, KEY, 7)
        assert begun.wait(10)
        second = threads.submit(slow, KEY, 7)
        go_on.set()
        assert (first.result(10), second.result(10), made) == (7, 7, [7])


def test_what_failed_is_not_kept_and_stops_nobody():
    answers = iter([ValueError("no"), 5])

    @kept(2)
    def asked(_: Key, number: int) -> int:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    with pytest.raises(ValueError, match="no"):
        asked(KEY, 1)
    assert asked(KEY, 1) == 5


def test_a_finished_figure_is_the_figure_it_was():
    figure = go.Figure(go.Bar(x=[1, 2], y=["a", "b"]), layout={"height": 300})
    finished = Finished(figure)
    assert finished.to_dict() == figure.to_dict()
    assert finished.to_dict() is finished.to_dict()


def opened(page: str, **asked: str) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in (LIAONING | asked).items():
        app.query_params[name] = value
    app.run()
    return app.switch_page(f"views/{page}.py").run()


def shown(app: AppTest) -> list[str]:
    """Everything on the page, one after the other, with what stands around it."""
    return [repr(each) for each in app.main]


@pytest.mark.parametrize("page", ["cockpit", "region"])
def test_what_is_sent_again_from_memory_is_what_was_drawn(enter, demo_database, page):
    enter(demo_database)
    first, second = opened(page), opened(page)
    assert len(shown(first)) > 2
    assert shown(first) == shown(second) == shown(second.run())


@pytest.fixture
def own_copy(demo_database, tmp_path):
    return Path(shutil.copy(demo_database, tmp_path / "own.db"))


def test_what_was_drawn_for_one_person_is_not_sent_to_another(enter, own_copy):
    enter(own_copy)
    everything = [each.value for each in opened("cockpit").subheader]
    enter(own_copy, "only-fuxin", Grant(role=Role.LEADER, region="210900"))
    own = [each.value for each in opened("cockpit").subheader]
    assert own
    assert own != everything
    enter(own_copy)
    assert [each.value for each in opened("cockpit").subheader] == everything


def test_who_is_signed_out_sees_nothing_of_what_is_in_memory(enter, own_copy):
    enter(own_copy, "leader-of-all", Grant(role=Role.LEADER, region="100000", below=True))
    app = opened("cockpit")
    assert app.subheader
    with open_store(own_copy) as store, store.writing():
        store.connection.execute("UPDATE session SET ended = ? WHERE ended IS NULL", [int(datetime.now(UTC).timestamp())])
    app.run()
    assert [each.value for each in app.title] == ["请先登录"]
    assert not app.subheader
