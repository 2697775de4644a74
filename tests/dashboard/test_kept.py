from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.charts.layout import Finished
from dashboard.kept import kept
from trackers.model.account import Grant, Role
from trackers.store import open_store

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
LIAONING = {"plan": "辽宁", "day": "2024-05-20"}


def test_an_answer_is_made_once_for_a_question_and_the_oldest_is_forgotten():
    made = []

    @kept(2)
    def double(number: int, how: object = None) -> int:
        made.append(number)
        return 2 * number

    assert [double(1), double(1), double(2), double(1), double(3), double(2)] == [2, 2, 4, 2, 6, 4]
    assert made == [1, 2, 3, 2]


def test_how_an_answer_is_made_is_no_part_of_the_question():
    @kept(2)
    def told(name: str, make: object) -> str:
        return name

    assert told("a", lambda: 1) is told("a", lambda: 2)


def test_who_asks_for_what_is_being_made_waits_for_it():
    begun, go_on, made = Event(), Event(), []

    @kept(2)
    def slow(number: int) -> int:
        made.append(number)
        begun.set()
        assert go_on.wait(10)
        return number

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(slow, 7)
        assert begun.wait(10)
        second = threads.submit(slow, 7)
        go_on.set()
        assert (first.result(10), second.result(10), made) == (7, 7, [7])


def test_what_failed_is_not_kept_and_stops_nobody():
    answers = iter([ValueError("no"), 5])

    @kept(2)
    def asked(number: int) -> int:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    with pytest.raises(ValueError, match="no"):
        asked(1)
    assert asked(1) == 5


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
