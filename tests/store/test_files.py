from __future__ import annotations

import hashlib

import pytest

from trackers.errors import StoreError
from trackers.store.files import copy_files, folder_of, is_sound, keep_file, read_file


@pytest.fixture
def database(tmp_path):
    return tmp_path / "tracker.db"


def place(database, digest):
    return folder_of(database) / digest[:2] / digest


def test_a_file_is_kept_by_its_content_beside_the_database_and_once(database):
    digest = keep_file(database, b"content")
    assert digest == hashlib.sha256(b"content").hexdigest()
    first = place(database, digest).stat()
    assert keep_file(database, b"content") == digest
    assert place(database, digest).stat().st_mtime_ns == first.st_mtime_ns
    assert [file.name for file in folder_of(database).rglob("*") if file.is_file()] == [digest]
    assert read_file(database, digest) == b"content"


def test_a_missing_file_and_a_changed_one_are_told_apart(database):
    digest = keep_file(database, b"content")
    place(database, digest).write_bytes(b"changed")
    assert not is_sound(database, digest)
    with pytest.raises(StoreError, match="不一致"):
        read_file(database, digest)
    place(database, digest).unlink()
    with pytest.raises(StoreError, match="不在"):
        read_file(database, digest)


def test_handing_the_content_in_again_mends_a_changed_file(database):
    digest = keep_file(database, b"content")
    place(database, digest).write_bytes(b"changed")
    keep_file(database, b"content")
    assert read_file(database, digest) == b"content"


@pytest.mark.parametrize("digest", ["", "..", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_what_is_no_digest_leads_to_no_file(database, digest):
    with pytest.raises(StoreError, match="不是佐证材料的编号"):
        read_file(database, digest)


def test_a_folder_that_cannot_be_written_is_told(database):
    folder_of(database).write_bytes(b"a file in the way")
    with pytest.raises(StoreError, match="不能保存佐证材料"):
        keep_file(database, b"content")


def test_sound_files_are_copied_and_never_take_a_sound_ones_place(database, tmp_path):
    other = tmp_path / "copy.db"
    sound, bent = keep_file(database, b"sound"), keep_file(database, b"bent")
    keep_file(other, b"bent")
    place(database, bent).write_bytes(b"changed")
    assert copy_files(database, other) == len(b"sound")
    assert read_file(other, sound) == b"sound" and read_file(other, bent) == b"bent"
