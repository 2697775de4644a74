"""What a report of a frozen evaluation is made of: the frozen figures, and what was written beside them until a moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from trackers.errors import ForbiddenError, RefusedError, UnknownNameError
from trackers.model.account import Actor
from trackers.model.adjustment import Adjustment
from trackers.model.finding import Finding, SpotCheck
from trackers.model.region import RegionTree
from trackers.model.supervision import OrderStory, state_after
from trackers.model.wording import moment_text
from trackers.queries.adjustments import changes_known
from trackers.queries.evaluations import evaluation, findings, regions_open_to, spot_checks
from trackers.queries.frozen import Frozen, frozen, only
from trackers.queries.supervision import orders_until
from trackers.store import Store


@dataclass(frozen=True)
class Material:
    """Everything a report of an evaluation rests on, of the whole plan or of one region and those below it.

    `findings` are those that counted at the moment `until`, `checks` with what was found by then, `orders` those over
    judgements of days up to the cut-off day with the steps taken by then; `changes` of targets those decided when the
    figures were frozen, in the order of their decision. Nothing in it follows later changes of figures or targets.
    """

    kept: Frozen
    region: str  # the plan's own, or the one the report is about
    findings: tuple[Finding, ...]
    checks: tuple[SpotCheck, ...]
    orders: tuple[OrderStory, ...]
    changes: tuple[Adjustment, ...]
    until: datetime


def material(
    store: Store, id: int, *, by: Actor, region: str | None = None, until: datetime | None = None, step: int | None = None
) -> Material:
    """The material of a report of an evaluation; `region` (a code) for that region and those below it alone.

    `until` leaves out what was written later; `step` takes the figures of an earlier freezing. Raises ForbiddenError
    for those who may not see all of it (a report of a part would pass for the whole), FrozenError where the kept bytes
    were changed, RefusedError where nothing is frozen or `until` lies before the freezing, UnknownNameError for a
    region that the evaluation has nothing of.
    """
    whole = Actor(login=by.login, operator=True)
    with store.reading():
        about = evaluation(store, id, by=by)
        kept = frozen(store, id, by=whole, number=step)
        codes = _codes(kept, region)
        if codes - regions_open_to(store, about, kept.plan, codes, by=by):
            name = next((each.name for each in kept.regions if each.code == region), kept.plan.short)
            raise ForbiddenError("制作评估报告", name, reading=True)
        said = [each for each in findings(store, id, by=whole) if each.region in codes]
        drawn = {row["id"]: datetime.fromisoformat(row["at"]) for row in store.rows("spot_draws", evaluation=id)}
        checks = [(each, drawn[each.draw]) for each in spot_checks(store, id, by=whole) if each.region in codes]
        orders = [each for each in orders_until(store, kept.plan.id, kept.cutoff) if each.order.region in codes]
        changes = changes_known(store, kept.plan.id, kept.known_at)
    if until is not None and until < kept.known_at:
        raise RefusedError(f"数据到{moment_text(kept.known_at.isoformat())}才冻结，不能做更早的报告。请写冻结以后的时间。")
    written = [each for each in said if _by(each.at, until)]
    taken = [_check(each, until) for each, at in checks if _by(at, until)]
    sent = [_story(each, until) for each in orders if _by(each.order.at, until)]
    last = _last(kept, written, [at for _, at in checks if _by(at, until)], taken, sent)
    return Material(
        kept=only(kept, codes), region=region or kept.plan.region, findings=_counting(written), checks=tuple(taken),
        orders=tuple(sent), changes=changes, until=last,
    )  # fmt: skip


def _codes(kept: Frozen, region: str | None) -> set[str]:
    """The regions that the report is about: all that were frozen, or one with those below it."""
    tree = RegionTree(kept.regions)
    if region is None or region == kept.plan.region:
        return set(tree.by_code)
    if region not in tree:
        raise UnknownNameError("评估中的地区", region, [f"{each.name}（{each.code}）" for each in kept.regions][:10])
    return {region, *(each.code for each in tree.below(region))}


def _by(at: datetime, until: datetime | None) -> bool:
    return until is None or at <= until


def _counting(written: Iterable[Finding]) -> tuple[Finding, ...]:
    """The last finding of each voice on each place, oldest first."""
    newest = {(each.place, each.voice): each for each in written}
    found = sorted(newest.values(), key=lambda each: each.id)
    return tuple(each.model_copy(update={"counts": True}) for each in found)


def _check(check: SpotCheck, until: datetime | None) -> SpotCheck:
    results = tuple(each for each in check.results if _by(each.at, until))
    return check.model_copy(update={"results": results})


def _story(story: OrderStory, until: datetime | None) -> OrderStory:
    """The order as it stood at the moment."""
    steps = tuple(step for step in story.steps if _by(step.at, until))
    state = state_after(steps[-1].kind.value if steps else None)
    return OrderStory(order=story.order.model_copy(update={"state": state}), steps=steps)


def _last(
    kept: Frozen, said: Iterable[Finding], drawn: Iterable[datetime], checks: Iterable[SpotCheck], orders: Iterable[OrderStory]
) -> datetime:
    """The moment of what was written last: the report says that it tells of what was written until then."""
    moments: list[datetime] = [kept.known_at, *(each.at for each in said), *drawn]
    moments += [result.at for check in checks for result in check.results]
    moments += [at for story in orders for at in (story.order.at, *(step.at for step in story.steps))]
    return max(moments)
