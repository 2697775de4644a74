"""A memory for what is made of the data: an answer by what was asked, as long as the data is the same.

Streamlit's own writes every question out and hashes it anew each time, which took a tenth of a page, and keeps answers of
data that has changed until others push them out.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import update_wrapper
from threading import Lock, RLock
from typing import Any, Concatenate, Generic, NamedTuple, ParamSpec, TypeVar

import pandas as pd

from dashboard.turns import aside

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
Question = tuple[Hashable, ...]
Around = Callable[[], AbstractContextManager[None]]
ROWS = 600_000  # of frames that one memory holds; a nation's judgement has some 90,000


class Key(NamedTuple):
    """The database, the version of its data, and what the person may see of it."""

    path: str
    version: str
    scope: str


class _Held(NamedTuple):
    """An answer, the version of the data that it was made of, and how many rows it has."""

    version: str
    answer: Any
    rows: int


class Kept(Generic[Asked, Answer]):
    """The answers of a function by what it was asked: see `kept`."""

    def __init__(self, make: Callable[Concatenate[Key, Asked], Answer], most: int, rows: int, around: Around) -> None:
        self.make, self.most, self.rows, self.around = make, most, rows, around
        self._held: OrderedDict[Question, list[_Held]] = OrderedDict()  # the newest last
        self._making: dict[tuple[str, Question], RLock] = {}
        self._lock = Lock()
        update_wrapper(self, make)

    def __call__(self, key: Key, *args: Asked.args, **named: Asked.kwargs) -> Answer:
        """The answer, from memory where it is there; who asks for what is being made waits for it."""
        question = _question(key, args)
        with self._lock:
            if found := self._found(key.version, question):
                return found[0]
            turn = self._making.setdefault((key.version, question), RLock())
        with self.around(), turn:
            return self._made(question, key, *args, **named)

    def _made(self, question: Question, key: Key, *args: Asked.args, **named: Asked.kwargs) -> Answer:
        """The answer, made now unless somebody else has made it meanwhile."""
        with self._lock:
            if found := self._found(key.version, question):
                return found[0]
        try:
            made = self.make(key, *args, **named)
            with self._lock:
                self._keep(key.version, question, made)
            return made
        finally:
            with self._lock:
                self._making.pop((key.version, question), None)

    def before(self, key: Key, *args: Asked.args, **_: Asked.kwargs) -> Answer | None:
        """The last answer to the same question for other data; None without one."""
        with self._lock:
            answers = [held.answer for held in self._held.get(_question(key, args), []) if held.version != key.version]
        return answers[-1] if answers else None

    def _found(self, version: str, question: Question) -> list[Answer]:
        found = [held.answer for held in self._held.get(question, []) if held.version == version]
        if found:
            self._held.move_to_end(question)
        return found

    def _keep(self, version: str, question: Question, answer: Answer) -> None:
        """For the newest two versions: who began before a change still finds what they began with."""
        self._held[question] = [*self._held.get(question, [])[-1:], _Held(version, answer, rows_in(answer))]
        self._held.move_to_end(question)
        while len(self._held) > self.most or (len(self._held) > 1 and self._size() > self.rows):
            self._held.popitem(last=False)

    def _size(self) -> int:
        return sum(held.rows for answers in self._held.values() for held in answers)


def kept(
    most: int, rows: int = ROWS, *, quick: bool = False
) -> Callable[[Callable[Concatenate[Key, Asked], Answer]], Kept[Asked, Answer]]:
    """Keep the answers to so many questions, as they are: nobody changes them. The oldest are forgotten first.

    A question is all that the function is given but the version of the data and callables, which say how the answer is
    made. More answers are forgotten where frames among them have more `rows` than that together. What is not `quick` to make
    is made beside the runs that have their turn.
    """
    return lambda make: Kept(make, most, rows, nullcontext if quick else aside)


def rows_in(answer: object) -> int:
    """How many rows the frames have that an answer is, has as its `frame`, or is put together of."""
    frame = getattr(answer, "frame", answer)
    if isinstance(frame, pd.DataFrame):
        return len(frame)
    parts = answer.values() if isinstance(answer, Mapping) else answer if isinstance(answer, tuple | list) else ()
    return sum(rows_in(part) for part in parts)


def _question(key: Key, args: tuple[Any, ...]) -> Question:
    return key.path, key.scope, *(each for each in args if not callable(each))
