"""What anybody may read without an account: evaluations that are published and kept as they were, and no others.

Publishing gives the right, so nobody's is asked for here. What of an evaluation is public stands in
docs/decisions/0012-what-of-an-evaluation-is-public.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from trackers.errors import UnknownNameError
from trackers.model.account import Actor
from trackers.model.evaluation import Evaluation, EvaluationState, Step
from trackers.model.finding import Finding, Voice
from trackers.queries.audit import detail_of
from trackers.queries.evaluation_faults import SAYS, content_digest
from trackers.queries.evaluations import evaluation, evaluations, findings
from trackers.queries.frozen import Frozen, digest_of, frozen
from trackers.store import Store

ADDRESS = "/public"  # of the list; each evaluation has one below it
WHOLE = Actor(login="", operator=True)


class PublicKey(NamedTuple):
    """One publication of an evaluation: what is made from it is the same as long as this is."""

    id: int
    steps: int
    digest: str


def address_of(id: int) -> str:
    """Where a published evaluation is read, behind the address of the server."""
    return f"{ADDRESS}/evaluation/{id}"


@dataclass(frozen=True)
class Published:
    """A published evaluation: what was frozen, and the evaluator's findings that count, for the plan's own region."""

    evaluation: Evaluation
    publishing: Step
    frozen: Frozen
    findings: tuple[Finding, ...]


def public_keys(store: Store) -> list[PublicKey]:
    """The evaluations that are published and whose frozen bytes are sound, the newest first."""
    with store.reading():
        keys = [_key(store, each) for each in evaluations(store, by=WHOLE)]
    return [key for key in keys if key]


def any_public(store: Store) -> bool:
    """Whether something is published, sound or not."""
    return any(each.state is EvaluationState.PUBLISHED for each in evaluations(store, by=WHOLE))


def public_key(store: Store, id: int) -> PublicKey | None:
    """The publication of this evaluation; None where there is no such one, it is not published (any more) or not sound.

    The kept bytes are looked at each time.
    """
    try:
        with store.reading():
            return _key(store, evaluation(store, id, by=WHOLE))
    except UnknownNameError:
        return None


def _key(store: Store, about: Evaluation) -> PublicKey | None:
    if about.state is not EvaluationState.PUBLISHED or about.freezing is None:
        return None
    kept = store.rows("frozen_document", id=about.id, number=about.freezing.number)
    sound = bool(kept) and digest_of(kept[0]["document"]) == about.freezing.digest
    return PublicKey(about.id, len(about.steps), about.freezing.digest or "") if sound else None


def published_evaluation(store: Store, key: PublicKey) -> Published | None:
    """What was published; None where it is not any more, or where it is not what the record says was published."""
    with store.reading():
        if public_key(store, key.id) != key or not _as_recorded(store, key.id):
            return None
        kept = frozen(store, key.id, by=WHOLE)
        said = findings(store, key.id, by=WHOLE)
    own = (each for each in said if each.region == kept.plan.region)
    told = tuple(each for each in own if each.counts and each.voice is Voice.EVALUATOR)
    return Published(kept.evaluation, kept.evaluation.steps[-1], kept, told)


def _as_recorded(store: Store, id: int) -> bool:
    """Whether steps and findings are those that were there when it was published: nothing is written afterwards."""
    entries = store.rows("audit_last_done", action="publish_evaluation", subject=str(id), told=f'"{SAYS}"')
    return bool(entries) and detail_of(entries[0]).get(SAYS) == content_digest(store, id)
