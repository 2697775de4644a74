"""The record: every action leaves an entry in the transaction that carries it out, a refused attempt one of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from trackers.errors import ForbiddenError, RefusedError, StoreError
from trackers.model.account import Actor
from trackers.queries.audit import entry_digest
from trackers.store import Store


@contextmanager
def recorded(store: Store, action: str, subject: str, *, by: Actor, at: datetime) -> Iterator[dict[str, Any]]:
    """One action: a transaction that ends with its entry. The block fills in the entry's detail.

    A block that leaves `detail["nothing"] = True` changed nothing and leaves no entry. Where the block raises
    ForbiddenError or RefusedError nothing is changed, and the entry says what was refused and why.
    """
    detail: dict[str, Any] = {}
    with refusals(store, action, subject, by=by, at=at), store.writing():
        yield detail
        if not detail.pop("nothing", False):
            _add(store, action, subject, detail, by, at)


@contextmanager
def refusals(store: Store, action: str, subject: str, *, by: Actor, at: datetime) -> Iterator[None]:
    """Leave an entry when the block is refused; inside another action that one leaves it."""
    outermost = not store.is_writing
    try:
        yield
    except (ForbiddenError, RefusedError) as error:
        if outermost:
            with store.writing():
                _add(store, action, subject, {"refused": str(error)}, by, at)
        raise


def _add(store: Store, action: str, subject: str, detail: dict[str, Any], by: Actor, at: datetime) -> None:
    last = store.rows("audit_last")
    told = detail | ({"where": by.where} if by.where else {})
    entry: dict[str, Any] = {
        "id": last[0]["id"] + 1 if last else 1,
        "at": utc_text(at),
        "by": by.login,
        "action": action,
        "subject": subject,
        "detail": json.dumps(told, ensure_ascii=False, sort_keys=True),
        "previous": last[0]["digest"] if last else "",
    }
    store.run("audit_add", [{**entry, "digest": entry_digest(entry)}])


def utc_text(at: datetime) -> str:
    """A moment as the store keeps it: ISO 8601 in UTC. Raises StoreError for a time without a zone."""
    if at.tzinfo is None:
        raise StoreError("时间必须带时区。")
    return at.astimezone(UTC).isoformat(timespec="milliseconds")
