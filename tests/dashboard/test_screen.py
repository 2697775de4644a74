from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.viewmodels import screen
from dashboard.viewmodels.screen import SECONDS, Turning
from tests.people import grant, signed_in
from trackers.errors import SignInError
from trackers.queries.sessions import IDLE, digest_of
from trackers.store import open_store

APP = Path(__file__).parents[2] / "dashboard" / "app.py"


def test_a_scene_stands_until_its_time_is_up_and_no_longer():
    held = Turning(place=2, since=100.0)
    assert held.at(100.0 + SECONDS / 2) == held
    assert held.at(100.0 + SECONDS) == Turning(place=3, since=100.0 + SECONDS)


def test_a_screen_that_was_told_to_stay_stays_and_turns_again_after_its_time():
    held = Turning(place=2, since=100.0).toggled(110.0)
    assert held.at(900.0).place == 2
    again = held.toggled(900.0)
    assert again.at(905.0).place == 2 and again.at(900.0 + SECONDS).place == 3


def test_turning_by_hand_gives_the_scene_its_whole_time():
    assert Turning(place=0, since=100.0).moved(-1, 118.0).at(121.0).place == -1


def shares(*completion: float) -> pd.DataFrame:
    names = [f"i{place}" for place in range(len(completion))]
    return pd.DataFrame({"indicator": names, "completion": completion, "due_share": 0.5})


def test_a_scene_shows_the_bars_furthest_behind_in_their_order_and_says_so_only_when_some_are_left_out():
    found, title = screen.bars(shares(0.9, 0.1, 0.8, 0.2), most=2)
    assert found["indicator"].tolist() == ["i1", "i3"] and title.startswith("落后时序最多的 2 项")
    found, title = screen.bars(shares(0.9, 0.1), most=2)
    assert found["indicator"].tolist() == ["i0", "i1"] and "最多" not in title
    assert screen.bars(shares())[1] == "还没有可以画出的完成率"


@pytest.fixture
def opened(enter, demo_database):
    enter(demo_database, "leader-of-all", grant("leader", "100000", below=True))
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.query_params["plan"], app.query_params["day"] = "辽宁", "2024-05-20"
    return app.switch_page("views/screen.py").run()


def test_the_screen_turns_through_every_scene_and_comes_round(opened):
    first, said = opened.header[0].value, set()
    for _ in range(20):
        assert not opened.exception and not opened.error
        said.add(opened.header[0].value)
        opened.button(key="screen-next").click().run()
        if opened.header[0].value == first:
            break
    assert {screen.ALL, screen.WORST, screen.WORK, "辽宁", "阜新"} <= said
    opened.button(key="screen-back").click().run()
    assert opened.header[0].value == screen.WORK


def test_the_screen_stays_when_told_and_says_whose_figures_they_are(opened):
    opened.button(key="screen-pause").click().run()
    assert opened.button(key="screen-pause").label == "继续"
    assert any("演示数据" in each.value for each in opened.markdown)


def test_a_screen_that_turns_by_itself_does_not_keep_the_session_open(monkeypatch, demo_database):
    with open_store(demo_database) as store:
        token = signed_in(store, "leader-of-all", grant("leader", "100000", below=True))
        began = store.rows("session_row", digest=digest_of(token))[0]["seen"]
    monkeypatch.setattr(session, "cookie_of_this_browser", lambda _: token)
    monkeypatch.setattr(session, "address_of_this_browser", lambda: "127.0.0.1")
    begun = datetime.now(UTC)

    class Later(datetime):
        at = begun

        @classmethod
        def now(cls, tz=None):
            return cls.at

    monkeypatch.setattr(session, "datetime", Later)
    Later.at = begun + IDLE - timedelta(minutes=5)
    with session.opened(demo_database, used=False), open_store(demo_database) as store:
        assert store.rows("session_row", digest=digest_of(token))[0]["seen"] == began
    Later.at = begun + IDLE + timedelta(minutes=5)
    with pytest.raises(SignInError, match="没有操作"), session.opened(demo_database, used=False):
        pass
