from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock

import pytest

from dashboard import turns
from dashboard.kept import Key, kept
from dashboard.turns import RUNS, aside, turn

KEY = Key("tracker.db", "1", "everything")


def test_so_many_run_at_a_time_and_all_have_their_turn():
    running, most, lock = set(), [], Lock()

    def run(number: int) -> int:
        with turn():
            with lock:
                running.add(number)
                most.append(len(running))
            time.sleep(0.01)
            with lock:
                running.remove(number)
        return number

    with ThreadPoolExecutor(12) as threads:
        assert list(threads.map(run, range(12))) == list(range(12))
    assert max(most) == RUNS


def test_what_is_made_aside_keeps_nobody_from_their_turn():
    begun, go_on = [Event() for _ in range(RUNS)], Event()

    @kept(9)
    def slow(_: Key, number: int) -> int:
        begun[number].set()
        assert go_on.wait(10)
        return number

    def run(number: int) -> int:
        with turn():
            return slow(KEY, number)

    with ThreadPoolExecutor(RUNS + 1) as threads:
        long = [threads.submit(run, number) for number in range(RUNS)]
        assert all(each.wait(10) for each in begun)
        began = time.perf_counter()
        with turn():
            assert time.perf_counter() - began < turns.PATIENCE / 2
        go_on.set()
        assert [each.result(10) for each in long] == list(range(RUNS))


def test_nobody_waits_for_ever_for_what_takes_long_unforeseen(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.05)
    go_on, begun = Event(), [Event() for _ in range(RUNS)]

    def stuck(number: int) -> None:
        with turn():
            begun[number].set()
            assert go_on.wait(10)

    with ThreadPoolExecutor(RUNS) as threads:
        for number in range(RUNS):
            threads.submit(stuck, number)
        assert all(each.wait(10) for each in begun)
        with turn():
            pass  # though nobody has handed on a turn
        go_on.set()


def test_a_turn_is_handed_on_whatever_happens_and_one_had_aside_is_had_again():
    for _ in range(3 * RUNS):
        with pytest.raises(ValueError, match="no"), turn(), aside():
            raise ValueError("no")
    free = [turns._FREE.acquire(blocking=False) for _ in range(RUNS)]
    assert all(free)
    assert not turns._FREE.acquire(blocking=False)
    for _ in range(RUNS):
        turns._FREE.release()


def test_outside_a_turn_aside_is_nothing_special():
    with aside(), turn(), aside():
        pass
    assert turns._FREE.acquire(blocking=False)
    turns._FREE.release()
