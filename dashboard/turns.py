"""So many runs of pages at a time; the others wait for their turn.

Threads share one interpreter: of fifty that run at once each gets a fiftieth of it, and all are done at the end; of fifty that
take turns the first is done at once. Whatever takes long is made aside, so that nobody's turn waits for it, and nobody
waits longer than `PATIENCE` for what takes long unforeseen.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, local

RUNS, PATIENCE = 2, 3.0  # at a time; seconds
_FREE = BoundedSemaphore(RUNS)
_OWN = local()  # `has`: whether this thread has a turn


@contextmanager
def turn() -> Iterator[None]:
    """Wait for a turn, not for ever, and have it until the block ends."""
    _take()
    try:
        yield
    finally:
        _hand_on()


@contextmanager
def aside() -> Iterator[None]:
    """Let others have the turn, where this thread has one, while something takes long; wait for another one afterwards."""
    had = _hand_on()
    try:
        yield
    finally:
        if had:
            _take()


def _take() -> None:
    _OWN.has = _FREE.acquire(timeout=PATIENCE)


def _hand_on() -> bool:
    """Whether there was a turn to hand on."""
    had: bool = getattr(_OWN, "has", False)
    if had:
        _OWN.has = False
        _FREE.release()
    return had
