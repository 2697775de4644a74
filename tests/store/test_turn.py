from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

import portalocker
import pytest

from tests.samples import new_store
from trackers.errors import StoreError
from trackers.model.wording import BEIJING
from trackers.store import turn as turns
from trackers.store.turn import program, turn

HOLD = """
import sys, time
from pathlib import Path
from trackers.store.turn import turn
with turn(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_writers_have_their_turn_in_the_order_in_which_they_asked(tmp_path):
    path, order = tmp_path / "tracker.db", []

    def write(name: int) -> None:
        with turn(path):
            order.append(name)

    waiting = []
    with turn(path):
        for name in range(8):
            waiting.append(threading.Thread(target=write, args=(name,)))
            waiting[-1].start()
            time.sleep(0.15)  # until it stands in the row, on a busy machine too
    for each in waiting:
        each.join()
    assert order == list(range(8))


@pytest.mark.skipif(os.name != "posix", reason="kills a process by signal")
def test_a_writer_that_is_killed_holds_nobody_up(tmp_path):
    path = tmp_path / "tracker.db"
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE)
    assert holder.stdout and holder.stdout.readline() == b"held\n"
    holder.kill()
    holder.wait()
    with turn(path):
        pass


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_to_is_told(tmp_path):
    store = new_store(tmp_path)
    (tmp_path / "tracker.db.turn").unlink()
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreError, match="权限"), store.writing():
            pass
    finally:
        tmp_path.chmod(0o700)


@pytest.fixture
def holder(tmp_path):
    """Another process that has the turn."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path / "tracker.db")], stdout=subprocess.PIPE)
    assert process.stdout and process.stdout.readline() == b"held\n"
    yield process
    process.kill()
    process.wait()


def test_who_waits_too_long_is_told_which_process_writes_and_since_when(tmp_path, monkeypatch, holder):
    monkeypatch.setattr(turns, "PATIENCE", 0.2)
    began = datetime.now(BEIJING)
    store = new_store(tmp_path / "other")
    store.path = tmp_path / "tracker.db"
    with pytest.raises(StoreError, match="秒内没有轮到这次操作，没有改动任何数据") as told, store.writing():
        pass
    name = re.escape(Path(sys.executable).name)
    since = re.search(rf"正在写入的是 {name}（进程号 {holder.pid}，(.{{16}}) 开始）", str(told.value))
    assert since
    assert abs(datetime.fromisoformat(since[1]).replace(tzinfo=BEIJING) - began) < timedelta(minutes=2)
    assert not store.is_writing


def test_whoever_gave_up_waiting_holds_nobody_up(tmp_path, monkeypatch, holder):
    path = tmp_path / "tracker.db"
    monkeypatch.setattr(turns, "PATIENCE", 0.1)
    before = set(threading.enumerate())
    for _ in range(3):
        with pytest.raises(StoreError), turn(path):
            pass
    left = set(threading.enumerate()) - before
    holder.kill()
    for each in left:
        each.join(timeout=20)
    assert len(left) == 3 and not any(each.is_alive() for each in left)
    with turn(path):
        pass


def test_another_operation_of_the_same_program_is_named_as_that(tmp_path, monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.1)
    path = tmp_path / "tracker.db"
    with turn(path), pytest.raises(StoreError, match="正在写入的是本程序里的另一项操作"), turn(path):
        pass


@pytest.mark.parametrize("written", ["", "{", "[]", '{"pid": "x", "program": "y", "since": "z"}', None])
def test_who_left_no_name_is_not_named(tmp_path, monkeypatch, holder, written):
    monkeypatch.setattr(turns, "PATIENCE", 0.1)
    noted = tmp_path / "tracker.db.turn.json"
    if written is None:
        noted.unlink()
    else:
        noted.write_text(written)
    with pytest.raises(StoreError, match="没有留下名字"), turn(tmp_path / "tracker.db"):
        pass


@pytest.mark.parametrize(
    ("argv", "name"),
    [
        (["/srv/trackers/__main__.py", "import", "secret.xlsx", "--plan", "x"], "trackers import"),
        (["/srv/trackers/__main__.py", "evaluation", "freeze", "1"], "trackers evaluation freeze"),
        (["/srv/dashboard/__main__.py", "--demo"], "dashboard"),
        (["/usr/bin/uvicorn", "dashboard.server:app"], "uvicorn"),
        (["-c", "/data/x.db"], Path(sys.executable).name),
        ([], Path(sys.executable).name),
    ],
)
def test_a_program_is_named_without_what_it_was_given(argv, name):
    assert program(argv) == name


def test_a_turn_that_cannot_be_noted_is_a_turn_nevertheless(tmp_path):
    (tmp_path / "tracker.db.turn.json").mkdir()
    with turn(tmp_path / "tracker.db"):
        pass


def test_a_system_that_gives_up_waiting_is_asked_again(tmp_path, monkeypatch):
    answers, real = [portalocker.AlreadyLocked("ten seconds are over")], portalocker.lock

    def lock(file, flags):
        if answers:
            raise answers.pop()
        real(file, flags)

    monkeypatch.setattr(portalocker, "lock", lock)
    with turn(tmp_path / "tracker.db"):
        assert answers == []
