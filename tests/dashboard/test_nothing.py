"""What stands where there is nothing to show always says what to do next."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard import menu

ROOT = Path(menu.__file__).parent
NEXT = ("请", "可以", "见")  # words of sentences that say what to do, or where


def empty_states() -> Iterator[tuple[str, ast.Call]]:
    """Every call that draws an empty state, with where it stands."""
    for file in sorted([*ROOT.glob("views/*.py"), *ROOT.glob("components/*.py")]):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "nothing":
                yield f"{file.stem}:{node.lineno}", node


STATES = dict(empty_states())


def test_there_are_empty_states_to_look_at():
    assert len(STATES) > 25


@pytest.mark.parametrize("place", STATES)
def test_an_empty_state_leads_on_or_says_what_to_do(place):
    call = STATES[place]
    texts = [each.value for each in ast.walk(call.args[0]) if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    leads = len(call.args) > 1 and not (isinstance(call.args[1], ast.Dict) and not call.args[1].keys)
    assert leads or any(word in text for text in texts for word in NEXT), place
