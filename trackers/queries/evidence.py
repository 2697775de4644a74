"""Evidence files: who may open one, and whether all of them are what was kept."""

from __future__ import annotations

from trackers.errors import ForbiddenError
from trackers.model.account import Actor
from trackers.model.rights import Permission
from trackers.queries.drafts import draft_names
from trackers.queries.plans import plan_by_id
from trackers.queries.rights import rights_of
from trackers.store import Store
from trackers.store.files import is_sound, read_file


def open_evidence(store: Store, digest: str, *, by: Actor) -> tuple[bytes, str]:
    """The content of an evidence file and its kind (pdf, docx …).

    Raises ForbiddenError unless the person may see a report that names it, added it, or has it in a draft; the
    same where there is no such file. Raises StoreError where it is missing or no longer what was kept.
    """
    if not may_open_evidence(store, digest, by=by):
        raise ForbiddenError("打开这份佐证材料", reading=True)
    return read_file(store.path, digest), str(store.rows("evidence_file", digest=digest)[0]["kind"])


def may_open_evidence(store: Store, digest: str, *, by: Actor) -> bool:
    """Whether the person may see a report that names the file, added it, or has it in one of their drafts."""
    if not store.rows("evidence_file", digest=digest):
        return False
    rights = rights_of(store, by)
    named = [(plan_by_id(store, row["plan"]), row["region"]) for row in store.rows("evidence_named_by", digest=digest)]
    if by.operator or any(rights.may(Permission.SEE, region, plan) for plan, region in named):
        return True
    if not rights.may(Permission.ENTER):  # it is for those who still have something to hand in
        return False
    return draft_names(store, digest, by=by) or bool(store.rows("evidence_added", digest=digest, login=by.login))


def evidence_faults(store: Store) -> list[str]:
    """A sentence for every evidence file that is missing or is no longer what was kept."""
    digests = [row["digest"] for row in store.rows("evidence_files")]
    return [f"佐证材料 {digest} 不在文件夹里，或内容已改变" for digest in digests if not is_sound(store.path, digest)]
