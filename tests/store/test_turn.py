from __future__ import annotations

import os
import subprocess
import sys
import threading
import time

import portalocker
import pytest

from tests.samples import new_store
from trackers.errors import StoreError
from trackers.store.turn import turn

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
            time.sleep(0.02)
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


def test_a_system_that_gives_up_waiting_is_asked_again(tmp_path, monkeypatch):
    answers, real = [portalocker.AlreadyLocked("ten seconds are over")], portalocker.lock

    def lock(file, flags):
        if answers:
            raise answers.pop()
        real(file, flags)

    monkeypatch.setattr(portalocker, "lock", lock)
    with turn(tmp_path / "tracker.db"):
        assert answers == []
