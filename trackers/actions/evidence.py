"""Taking evidence files in."""

from __future__ import annotations

from datetime import datetime

from trackers.actions.audit import recorded, refusals, utc_text
from trackers.model.account import Actor
from trackers.model.evidence import clean_name, kind_of
from trackers.model.plan import Plan
from trackers.model.report import EvidenceName
from trackers.model.rights import Permission
from trackers.queries.evidence import may_open_evidence
from trackers.queries.rights import require, rights_of
from trackers.store import Store
from trackers.store.files import content_digest, keep_file


def add_evidence(
    store: Store, content: bytes, name: str, *, plan: Plan, region: str, by: Actor, at: datetime
) -> EvidenceName:
    """Keep an evidence file for a region's figures of a plan; returns what figures name it by.

    The kind is told from the content. Raises FileError for a file that is not taken, ForbiddenError without the
    right to enter there, StoreError where it cannot be written.
    """
    kind, digest = kind_of(content), content_digest(content)
    with refusals(store, "add_evidence", digest, by=by, at=at):
        require(rights_of(store, by), Permission.ENTER, region, plan)
    keep_file(store.path, content)  # on the disk before the row says so, and nobody waits for it
    named = EvidenceName(digest, clean_name(name, kind))
    with recorded(store, "add_evidence", digest, by=by, at=at) as detail:
        require(rights_of(store, by), Permission.ENTER, region, plan)
        detail["nothing"] = may_open_evidence(store, digest, by=by)
        detail.update(name=named.name, kind=kind, size=len(content), plan=plan.id, region=region)
        told = {"digest": digest, "kind": kind, "size": len(content), "at": utc_text(at), "by": by.login}
        store.run("keep_evidence_file", [told])
    return named
