from __future__ import annotations

import pytest

from trackers.errors import SignInError
from trackers.model.identity import LONGEST_CLAIM, ONE_SIGN_IN, identity_of
from trackers.queries.sessions import digest_of

SAID = {
    "iss": "https://id.example", "sub": "u-1", "aud": ["tracker"], "iat": 1_700_000_000, "exp": 1_700_003_600,
    "nonce": "n1", "email": "wang@example.cn", "email_verified": True, "employee": 1024,
}  # fmt: skip


def mark(**other: object) -> str:
    return identity_of(SAID | other).mark


def test_the_subject_names_the_person_unless_another_claim_is_named():
    assert identity_of(SAID).value == "u-1"
    assert identity_of(SAID, claim="employee").value == "1024"
    assert identity_of(SAID).issued == 1_700_000_000


@pytest.mark.parametrize(("told", "kept"), [(" u-1 ", "u-1"), ("\tU-1\n", "U-1"), ("王 芳", "王 芳"), ("x" * LONGEST_CLAIM,) * 2])
def test_a_claim_is_taken_as_it_is_but_for_blanks_around(told, kept):
    assert identity_of(SAID | {"sub": told}).value == kept


@pytest.mark.parametrize(
    "told",
    ["", "  ", None, True, 1.5, ["u-1"], {"a": 1}, "x" * (LONGEST_CLAIM + 1), "a\x00b", "a\nb", "a\u202eb", "\ud800"],
    ids=ascii,
)
def test_what_is_no_plain_text_names_nobody(told):
    with pytest.raises(SignInError, match="没有给出可用的“staff”"):
        identity_of(SAID | {"staff": told}, claim="staff")


def test_a_claim_that_was_not_sent_names_nobody():
    with pytest.raises(SignInError, match="claim"):
        identity_of(SAID, claim="staff")


@pytest.mark.parametrize("verified", [True, "true"])
def test_a_verified_address_names_the_person(verified):
    assert identity_of(SAID | {"email_verified": verified}, claim="email").value == "wang@example.cn"


@pytest.mark.parametrize("vouched", [True, False])
@pytest.mark.parametrize("verified", [False, "false", "", 0, 1, "yes"])
def test_an_address_that_is_not_verified_names_nobody_whoever_vouches(verified, vouched):
    with pytest.raises(SignInError, match="没有确认邮箱"):
        identity_of(SAID | {"email_verified": verified}, claim="email", vouched=vouched)


def test_an_address_of_which_nothing_is_said_needs_somebody_to_vouch_for_it():
    silent = {name: value for name, value in SAID.items() if name != "email_verified"}
    with pytest.raises(SignInError, match="没有确认邮箱"):
        identity_of(silent, claim="email")
    assert identity_of(silent, claim="email", vouched=True).value == "wang@example.cn"


@pytest.mark.parametrize("lacking", [{"iat": None}, {"iat": "1700000000"}, {"iat": True}, {"iss": ""}, {"sub": None}], ids=str)
def test_a_token_without_its_marks_is_refused(lacking):
    with pytest.raises(SignInError):
        identity_of(SAID | lacking, claim="employee")


def test_each_sign_in_has_a_mark_of_its_own():
    assert mark() == mark(name="another", email="x@example.cn", tokens={"id": "…"})
    assert len({mark()} | {mark(**{name: "9"}) for name in ONE_SIGN_IN if name != "iat"} | {mark(iat=9)}) == 1 + len(ONE_SIGN_IN)


def test_no_cookie_can_pass_for_an_identity():
    known = identity_of(SAID)
    assert digest_of(known) == known.mark
    assert digest_of(known.mark) != known.mark and digest_of(known.mark.removeprefix("identity:")) != known.mark
