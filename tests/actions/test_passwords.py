from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from trackers.actions.passwords import (
    LONGEST,
    PLAIN_SIGNS,
    SHORTEST,
    check_strength,
    hashed,
    matches,
    one_time,
)
from trackers.errors import RefusedError

ROOT = Path(__file__).parents[2]


def test_a_password_is_kept_as_argon2id_with_a_salt_of_its_own():
    first, second = hashed("长江黄河泰山 7"), hashed("长江黄河泰山 7")
    assert first.startswith("$argon2id$") and first != second
    assert matches(first, "长江黄河泰山 7") and not matches(first, "长江黄河泰山 8")


def test_signs_of_an_input_method_count_as_the_half_width_ones():
    assert matches(hashed("tree-house-9"), "ｔｒｅｅ－ｈｏｕｓｅ－９")


@pytest.mark.parametrize("stored", [None, "", "no hash at all", "$argon2id$broken"])
def test_where_no_hash_is_kept_nothing_matches(stored):
    assert not matches(stored, "") and not matches(stored, "anything")


def test_length_counts_to_the_sign():
    signs = "kd7wq2mzpx" * 13
    check_strength(signs[:SHORTEST], "reporter")
    check_strength(signs[:LONGEST], "reporter")
    with pytest.raises(RefusedError, match="太短：读到 9 位，至少要 10 位"):
        check_strength(signs[: SHORTEST - 1], "reporter")
    with pytest.raises(RefusedError, match="太长"):
        check_strength(signs[: LONGEST + 1], "reporter")


@pytest.mark.parametrize("password", ["liaoning-reporter", "LIAONING-REPORTER", "2024liaoning-reporter!"])
def test_the_login_is_no_password(password):
    with pytest.raises(RefusedError, match="登录名"):
        check_strength(password, "liaoning-reporter")


@pytest.mark.parametrize(
    "password",
    ["1234567890", "9876543210", "password123", "P@ssw0rd2024", "qwertyuiop!!", "abcdefghij", "aaaaaaaaaabb", "20240101123456"],
)
def test_an_all_too_common_password_is_refused(password):
    with pytest.raises(RefusedError, match="太常见"):
        check_strength(password, "reporter")


def test_a_one_time_password_is_strong_new_each_time_and_of_plain_signs():
    made = {one_time() for _ in range(50)}
    assert len(made) == 50
    for each in made:
        check_strength(each, "admin")
        assert set(each) <= set(PLAIN_SIGNS + "-")


def test_outside_the_tests_a_password_costs_what_rfc_9106_recommends():
    asked = "from trackers.actions.passwords import hashed; print(hashed('长江黄河泰山 7'))"
    kept = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
