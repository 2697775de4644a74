"""People for tests: an account with what it was given to do, written straight into the store."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from trackers.actions.signing import Client, begin_session
from trackers.model.account import Actor, Grant, Role
from trackers.store import Store

EVERYTHING = tuple(Grant(role=role, region="100000", below=True) for role in Role)


def grant(role: Role | str, region: str, *, below: bool = False, plans: tuple[str, ...] = ()) -> Grant:
    return Grant(role=Role(role), region=region, below=below, plans=plans)


def add_person(store: Store, login: str, *grants: Grant, password: str | None = None) -> Actor:
    """Add an account (`password` is its hash) and return who acts under it."""
    with store.writing():
        run = store.connection.execute
        id = run("INSERT INTO account (login, name, password) VALUES (?, ?, ?)", (login, login, password)).lastrowid
        for each in grants:
            region = run("SELECT id FROM region WHERE code = ?", (each.region,)).fetchone()[0]
            run(
                "INSERT INTO account_grant (account_id, role, region_id, below, plans) VALUES (?, ?, ?, ?, ?)",
                (id, each.role, region, each.below, json.dumps(each.plans)),
            )
    return Actor(login=login, where="127.0.0.1")


def signed_in(store: Store, login: str = "everybody", *grants: Grant) -> str:
    """The cookie of a browser that signed in just now; the account is added where there is none of the name."""
    if not store.rows("account", login=login):
        add_person(store, login, *(grants or EVERYTHING))
    with store.writing():
        return begin_session(store, login, client=Client("127.0.0.1"), at=datetime.now(UTC)).token
