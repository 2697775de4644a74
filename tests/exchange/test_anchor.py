from __future__ import annotations

import pytest

from trackers.errors import FileError
from trackers.exchange.anchor import HEAD, note_anchor, read_anchor
from trackers.queries.audit import Entry

FIRST, SECOND = Entry(7, "a" * 64), Entry(19, "0" * 64)


def test_entries_are_added_one_a_line_and_read_again(tmp_path):
    file = tmp_path / "deep" / "anchor.txt"
    assert read_anchor(file) == []
    note_anchor(file, FIRST)
    note_anchor(file, SECOND)
    assert read_anchor(file) == [FIRST, SECOND]
    assert file.read_text(encoding="utf-8") == f"{HEAD}7 {'a' * 64}\n19 {'0' * 64}\n"


def test_a_file_saved_without_its_last_line_end_or_with_others_is_read_and_added_to(tmp_path):
    file = tmp_path / "anchor.txt"
    file.write_bytes((HEAD + f"7 {'a' * 64}").replace("\n", "\r\n").encode())
    note_anchor(file, SECOND)
    assert read_anchor(file) == [FIRST, SECOND]


@pytest.mark.parametrize("text", ["", "something else\n", HEAD + "7 aaaa\n", HEAD + f"0 {'a' * 64}\n", HEAD + "第七条\n"])
def test_another_file_is_told_and_left_as_it_is(tmp_path, text):
    file = tmp_path / "anchor.txt"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FileError, match=r"anchor\.txt"):
        read_anchor(file)
    assert file.read_text(encoding="utf-8") == text


def test_what_cannot_be_read_or_written_is_told(tmp_path):
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FileError, match="不能读"):
        read_anchor(tmp_path / "binary")
    with pytest.raises(FileError, match="不能"):
        note_anchor(tmp_path, FIRST)
