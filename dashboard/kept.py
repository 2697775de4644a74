"""A memory for what is made of the data: so many answers of a function by what it was asked, the oldest forgotten first.

Streamlit's own writes every question out and hashes it anew each time, which took a tenth of a page.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock, RLock
from typing import Any, ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def kept(most: int) -> Callable[[Callable[Asked, Answer]], Callable[Asked, Answer]]:
    """Keep so many answers, as they are: nobody changes them. Who asks for what is being made waits for it.

    A question is all that the function is given but callables, which say how the answer is made.
    """

    def around(make: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
        held: OrderedDict[tuple[Hashable, ...], Any] = OrderedDict()
        making: dict[tuple[Hashable, ...], RLock] = {}
        lock = Lock()

        @wraps(make)
        def asked(*args: Asked.args, **named: Asked.kwargs) -> Answer:
            key = tuple(each for each in args if not callable(each))
            with lock:
                if key in held:
                    held.move_to_end(key)
                    found: Answer = held[key]
                    return found
                turn = making.setdefault(key, RLock())
            with turn:
                with lock:
                    if key in held:
                        return held[key]  # type: ignore[no-any-return]
                try:
                    made = make(*args, **named)
                    with lock:
                        held[key] = made
                        while len(held) > most:
                            held.popitem(last=False)
                    return made
                finally:
                    with lock:
                        making.pop(key, None)

        return asked

    return around
