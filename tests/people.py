"""People for tests: an account with what it was given to do, written straight into the store."""

from __future__ import annotations

import json

from trackers.model.account import Actor, Grant, Role
from trackers.store import Store


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
