"""Passwords: how they are kept, compared, judged, and made up for somebody's first sign-in."""

from __future__ import annotations

import re
import secrets
import unicodedata
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from trackers.errors import RefusedError

SHORTEST, LONGEST = 10, 128
FEWEST_SIGNS = 5  # different ones
PLAIN_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # without i l o 0 1, which are mistaken for one another
ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm")
COMMON = """
    password passwd passw0rd p@ssw0rd p@ssword mima admin administrator root user login welcome letmein changeme
    iloveyou monkey dragon sunshine princess football qwerty asdfgh qazwsx zxcvbn woaini wodemima jiliang
    china zhongguo abc abcd aa qq test demo guest default secret
""".split()  # noqa: SIM905 - read as words
_HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)  # its second recommendation: argon2id, 64 MiB, 3 passes
_AT_ONCE = BoundedSemaphore(2)  # hashes that are worked out at a time: each takes 64 MiB and a core


def hashed(password: str) -> str:
    """The password as it is kept: argon2id with its parameters and a salt of its own."""
    with _AT_ONCE:
        return _HASHER.hash(_composed(password))


def matches(stored: str | None, password: str) -> bool:
    """Whether this is the password that is kept; takes as long where none is kept."""
    against = stored or _nobodys()
    try:
        with _AT_ONCE:
            return _HASHER.verify(against, _composed(password)) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def check_strength(password: str, login: str) -> None:
    """Raise RefusedError, saying what is expected, for a password that is soon guessed."""
    plain = _composed(password)
    if len(plain) < SHORTEST:
        raise RefusedError(f"新密码太短：读到 {len(plain)} 位，至少要 {SHORTEST} 位。请再加几个字符。")
    if len(plain) > LONGEST:
        raise RefusedError(f"新密码太长：读到 {len(plain)} 位，最多 {LONGEST} 位。请缩短。")
    if _core(login) in (plain.lower(), _core(plain)):
        raise RefusedError("新密码不能是登录名，也不能只在登录名前后加数字或符号。请另换一个。")
    if _common(plain.lower()):
        raise RefusedError("新密码太常见，容易被猜到。请换一个，例如用几个互不相关的词连成一句。")


def one_time() -> str:
    """A password for one first sign-in: four groups of four signs that are easily typed, 79 bits."""
    return "-".join("".join(secrets.choice(PLAIN_SIGNS) for _ in range(4)) for _ in range(4))


@cache
def _nobodys() -> str:
    return _HASHER.hash(secrets.token_hex())


def _composed(password: str) -> str:
    """Full-width signs of an input method count as the half-width ones they stand for."""
    return unicodedata.normalize("NFKC", password)


def _core(text: str) -> str:
    """What is left without digits and signs before and after."""
    return re.sub(r"^[\W\d_]+|[\W\d_]+$", "", text.lower()) or text.lower()


def _common(plain: str) -> bool:
    forms = {plain, _core(plain)}
    along = any(form in row * 3 or form[::-1] in row * 3 for row in ROWS for form in forms)
    return along or len(set(plain)) < FEWEST_SIGNS or plain.isdecimal() or not forms.isdisjoint(COMMON)
