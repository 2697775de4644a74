"""Every text that the store can hold is either tried with attacks or shown to hold what the program makes alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.attacks.documents import free_texts, texts_in
from tests.attacks.filled import Refused
from tests.attacks.texts import (
    ATTACKS,
    ODD,
    VOICES,
    WAYS,
    Made,
    Typed,
    fits,
    plain,
    short,
    text_columns,
    values,
)
from trackers.model.plan import Plan
from trackers.model.published import PublishedFigure
from trackers.model.region import Region
from trackers.store import Store, open_store

TYPED = [name for name, way in WAYS.items() if isinstance(way, Typed)]
MADE = [name for name, way in WAYS.items() if isinstance(way, Made)]
DOCUMENTS = {"region": Region, "plan": Plan, "published": PublishedFigure}


@pytest.fixture
def store(attacked: Path):
    with open_store(attacked) as store:
        yield store


def test_every_text_of_the_schema_is_accounted_for(store: Store):
    there = {f"{table}.{column}" for table, column in text_columns(store)}
    new, gone = there - WAYS.keys(), WAYS.keys() - there
    assert not new, (
        f"{sorted(new)}: say in tests/attacks/texts.py whether people can type what stands there (Typed, and enter the "
        "attacks in tests/attacks/filled.py) or the program makes it (Made, with the pattern it follows)"
    )
    assert not gone, f"{sorted(gone)}: no such column any more"


@pytest.mark.parametrize("name", TYPED)
def test_what_people_type_is_kept_as_typed_or_refused_in_a_sentence(store: Store, refused: Refused, name: str):
    way, told = WAYS[name], {attack for column, attack in refused if column == name}
    assert isinstance(way, Typed) and told == way.refused & set(way.only)
    kept = values(store, *name.split("."))
    for attack in set(way.only) - told:
        wanted = {json.dumps(text, ensure_ascii=False)[1:-1] for text in _forms(attack)} | _forms(attack)
        assert any(each in plain(text) or each in text for text in kept for each in wanted), f"{attack} is not in {name}"


def _forms(attack: str) -> set[str]:
    """The attack as a column may keep it: cut, blanks tidied, a file's name without its path."""
    text = ATTACKS[attack]
    cut = {text[:limit] for limit in (40, 60, 115, 200, 500)}
    cut.add("".join(text.splitlines()))
    return cut | {plain(each) for each in cut} | {plain(each).rpartition("/")[2] for each in cut} | {short(attack)}


@pytest.mark.parametrize("name", MADE)
def test_what_the_program_makes_follows_its_pattern_whatever_people_type(store: Store, name: str):
    way, kept = WAYS[name], values(store, *name.split("."))
    assert isinstance(way, Made)
    assert [text for text in kept if not fits(way.pattern, text)] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_free_text_of_a_document_is_attacked_in_every_voice(store: Store, name: str):
    found: dict[str, str] = {}
    for document in values(store, name, "document"):
        for place, text in texts_in(json.loads(document), name):
            found[place] = found.get(place, "") + "\n" + text
    for place in sorted(free_texts(DOCUMENTS[name], name)):
        text = found.get(place, "")
        lacking = [voice for voice in VOICES if ATTACKS[voice] not in text and short(voice) not in text]
        assert not lacking, f"{place} lacks {lacking}: enter it in tests/attacks/documents.py"


@pytest.mark.parametrize("column", ["report_text.note", "report_text.reason", "review.comment", "batch.file", "audit.subject"])
def test_no_sign_that_hides_or_reorders_others_is_kept(store: Store, column: str):
    signs = {sign for attack in ODD for sign in ATTACKS[attack] if not sign.isprintable()}
    assert not signs & set("".join(values(store, *column.split("."))))
