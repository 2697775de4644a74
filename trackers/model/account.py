"""People: who acts, what they were given to do, and for which regions and plans."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, field_validator

COMMAND_LINE = "cli:"  # what the machine's operator is called in the record begins with it
LONGEST_LOGIN, LONGEST_NAME = 40, 60
ONE_TIME_DAYS = 7  # in which a one-time password is taken


class Role(StrEnum):
    """What a person is there for."""

    REPORTER = "reporter"
    REVIEWER = "reviewer"
    LEADER = "leader"
    EVALUATOR = "evaluator"
    THIRD_PARTY = "third_party"
    ADMINISTRATOR = "administrator"

    @property
    def word(self) -> str:
        """The Chinese word for it."""
        return ROLE_WORDS[self]


ROLE_WORDS = {
    Role.REPORTER: "填报员", Role.REVIEWER: "审核员", Role.LEADER: "领导", Role.EVALUATOR: "评估员",
    Role.THIRD_PARTY: "第三方评估员", Role.ADMINISTRATOR: "管理员",
}  # fmt: skip


class Grant(BaseModel):
    """One role for one region, with or without those below it, for some plans or (with none named) for every plan."""

    model_config = ConfigDict(frozen=True)

    role: Role
    region: str
    below: bool = False
    plans: tuple[str, ...] = ()


class Account(BaseModel):
    """A person who may sign in. `claim` is what single sign-on calls them; `demo` marks a demonstration account.

    `password_until` is when a one-time password ends that was not changed yet; nothing for any other password.
    """

    model_config = ConfigDict(frozen=True)

    login: str = Field(min_length=2, max_length=LONGEST_LOGIN)
    name: str = Field(min_length=1, max_length=LONGEST_NAME)
    unit: str = Field(default="", max_length=LONGEST_NAME)
    claim: str | None = Field(default=None, max_length=200)
    grants: tuple[Grant, ...] = ()
    disabled: bool = False
    must_change: bool = False
    password_until: datetime | None = None
    demo: bool = False

    @field_validator("login")
    @classmethod
    def _plain(cls, login: str) -> str:
        return login_of(login)


class Actor(BaseModel):
    """Who acts in one action or question, and from where (a browser's address, or nothing).

    What an actor may do is read from the store each time; the machine's operator may do everything.
    """

    model_config = ConfigDict(frozen=True)

    login: str
    where: str = ""
    operator: bool = False


def operator(login: str) -> Actor:
    """The machine's operator, who signed in to the machine itself under this name."""
    return Actor(login=COMMAND_LINE + login, operator=True)


def login_of(text: str) -> str:
    """A login as it is kept: half-width, small letters, without blanks around; raises ValueError for odd signs."""
    login = unicodedata.normalize("NFKC", text).strip().lower()
    if not all(sign.isalnum() or sign in "._-@" for sign in login):
        raise ValueError("登录名只能用文字、数字和 . _ - @")
    return login
