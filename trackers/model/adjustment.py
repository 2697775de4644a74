"""A changed target: proposed, examined, approved, in force from a day; and the plan as it stood on a day.

Four kinds. A target of a milestone year is changed by the government's approval, with its number, day and the day
from which it holds. A year's or a region's share (annual, regional target) is entered with its reference and stands
once a second person has examined it. Confirming an unverified target tells what the document always said: it holds
from the beginning once a second person has examined it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from trackers.model.plan import Confidence, Indicator, Plan, RegionalTarget, Target, YearTarget
from trackers.model.wording import date_text, number_text

LONGEST_TEXT = 500  # signs of a reason, a reference, a comment
LONGEST_NUMBER = 60  # signs of a document's number


class Kind(StrEnum):
    """What is changed."""

    TARGET = "target"
    ANNUAL = "annual"
    REGIONAL = "regional"
    CONFIRMATION = "confirmation"

    @property
    def word(self) -> str:
        """The Chinese word for it."""
        return KIND_WORDS[self]


KIND_WORDS = {
    Kind.TARGET: "目标值调整", Kind.ANNUAL: "年度分解目标", Kind.REGIONAL: "区域分解目标", Kind.CONFIRMATION: "待核实目标确认",
}  # fmt: skip


class State(StrEnum):
    """Where a change stands, which is the last thing done about it; the first is its proposal."""

    PROPOSED = "proposed"
    EXAMINED = "examined"
    SENT_BACK = "sent_back"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"

    @property
    def word(self) -> str:
        """The Chinese word for it."""
        return STATE_WORDS[self]


STATE_WORDS = {
    State.PROPOSED: "已提出，待审查", State.EXAMINED: "已审查，待批准", State.SENT_BACK: "已退回", State.APPROVED: "已批准",
    State.REJECTED: "未获批准", State.WITHDRAWN: "已撤回",
}  # fmt: skip
OPEN = (State.PROPOSED, State.EXAMINED)
Place = tuple[str, Kind, int, str | None]  # indicator, kind (a confirmation is of a target), year, region


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Change(_Frozen):
    """What is to be changed: one target, from one value to another; the comparator stays.

    `old` is set by the action from what stands; `region` for a regional target alone; `effective` is the first day
    of an annual or regional target, and absent for the other kinds.
    """

    plan: str
    indicator: str
    kind: Kind
    year: int
    value: float
    region: str | None = None
    old: float | None = None
    effective: date | None = None
    reason: str = ""
    reference: str = ""

    @property
    def place(self) -> Place:
        """Which target of the plan it is."""
        kind = Kind.TARGET if self.kind is Kind.CONFIRMATION else self.kind
        return self.indicator, kind, self.year, self.region


class Approval(_Frozen):
    """The government's approval: the number and the day of its document, and from which day the new value holds."""

    number: str
    day: date
    effective: date


class Step(_Frozen):
    """Something done about a change, by whom, when, with what words; `approval` where it was approved."""

    state: State
    at: datetime
    by: str
    by_name: str
    comment: str = ""
    approval: Approval | None = None


class Adjustment(_Frozen):
    """A change with its whole story."""

    id: int
    change: Change
    at: datetime
    by: str
    by_name: str
    steps: tuple[Step, ...] = ()
    demo: bool = False  # made up, in a database of demonstrations

    @property
    def mark(self) -> str:
        """What must stand beside it: （演示数据）, else nothing."""
        return "（演示数据）" if self.demo else ""

    @property
    def state(self) -> State:
        """Where it stands."""
        return self.steps[-1].state if self.steps else State.PROPOSED

    @property
    def decisive(self) -> Step | None:
        """The step that put it in force; None where it is not."""
        wanted = State.APPROVED if self.change.kind is Kind.TARGET else State.EXAMINED
        last = self.steps[-1] if self.steps else None
        return last if last and last.state is wanted else None

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done about it."""
        return self.state in OPEN and self.decisive is None

    @property
    def word(self) -> str:
        """Where it stands, in a word: what needs no approval stands once it was examined."""
        return "已审查，已生效" if self.decisive and self.change.kind is not Kind.TARGET else self.state.word

    @property
    def approval(self) -> Approval | None:
        """The government's approval; absent for what needs none or has none yet."""
        return self.decisive.approval if self.decisive else None

    @property
    def effective(self) -> date:
        """The first day on which it holds; a confirmation always did. `date.max` where it is not in force."""
        if self.decisive is None:
            return date.max
        if self.change.kind is Kind.CONFIRMATION:
            return date.min
        found = self.approval.effective if self.approval else self.change.effective
        return found or date.max

    def holds(self, day: date, known_at: datetime | None = None) -> bool:
        """Whether it is in force on the day, as far as was decided by `known_at`."""
        decided = self.decisive
        return decided is not None and self.effective <= day and (known_at is None or decided.at <= known_at)

    @property
    def ground(self) -> str:
        """By what it holds, in words: 批准调整：阜政函〔2017〕3号，2017年3月1日，自2017年4月1日起."""
        if self.approval:
            since = f"自{date_text(self.approval.effective)}起"
            return f"批准调整{self.mark}：{self.approval.number}，{date_text(self.approval.day)}，{since}"
        if self.change.kind is Kind.CONFIRMATION:
            return f"核实确认{self.mark}：{self.change.reference}"
        return f"{self.change.reference}（自{date_text(self.effective)}起）{self.mark}"


def plan_on(plan: Plan, changes: Iterable[Adjustment], day: date, known_at: datetime | None = None) -> Plan:
    """The plan with every change that is in force on the day; with `known_at` only those decided by then.

    `plan` is the plan as its document has it. Of two changes of one target the one decided later counts. A change of a
    target that the document does not have any more has no effect (`trackers.queries.adjustments.drifted` says so).
    """
    for each in in_order(changes):
        if each.change.plan == plan.id and each.holds(day, known_at):
            plan = applied(plan, each)
    return plan


def in_order(changes: Iterable[Adjustment]) -> list[Adjustment]:
    """Those in force, in the order in which they were decided."""
    decided = [(step.at, each.id, each) for each in changes if (step := each.decisive)]
    return [each for _, _, each in sorted(decided, key=lambda found: found[:2])]


def applied(plan: Plan, adjustment: Adjustment) -> Plan:
    """The plan with one change, in force or not."""
    change = adjustment.change
    indicators = [_changed(each, adjustment) if each.id == change.indicator else each for each in plan.indicators]
    return plan.model_copy(update={"indicators": indicators})


def _changed(indicator: Indicator, adjustment: Adjustment) -> Indicator:
    change = adjustment.change
    if change.kind is Kind.ANNUAL:
        others = [each for each in indicator.annual_targets if each.year != change.year]
        own = YearTarget(year=change.year, value=change.value, reference=adjustment.ground)
        years = sorted([*others, own], key=lambda each: each.year)
        return indicator.model_copy(update={"annual_targets": years})
    if change.kind is Kind.REGIONAL and change.region:
        key = (change.region, change.year)
        shares = [each for each in indicator.regional_targets if (each.region, each.year) != key]
        share = RegionalTarget(region=change.region, year=change.year, value=change.value, reference=adjustment.ground)
        return indicator.model_copy(update={"regional_targets": [*shares, share]})
    targets = [_target(each, adjustment, indicator.unit) if each.year == change.year else each for each in indicator.targets]
    return indicator.model_copy(update={"targets": targets})


def _target(target: Target, adjustment: Adjustment, unit: str) -> Target:
    value, ground = adjustment.change.value, adjustment.ground
    if (target.value, target.approval) == (value, ground):
        return target  # applied before
    before = f"残损形{target.shape}" if target.shape else "原文未留数字"
    if target.value is not None:
        before = f"原为{target.comparator.sign}{number_text(target.value, unit)}"
        before += f"（{target.approval}）" if target.approval else ""
    remark = "；".join(part for part in (target.remark, before) if part)
    told = {"confidence": Confidence.CONFIRMED, "shape": None, "approval": ground, "remark": remark}
    return target.model_copy(update={"value": value, **told})


def standing(plan: Plan, change: Change) -> float | None:
    """The value that the plan has for what is to be changed; None for none, or for one that is not verified."""
    indicator = plan.indicator(change.indicator)
    if change.kind is Kind.ANNUAL:
        return next((each.value for each in indicator.annual_targets if each.year == change.year), None)
    if change.kind is Kind.REGIONAL:
        key = (change.region, change.year)
        return next((each.value for each in indicator.regional_targets if (each.region, each.year) == key), None)
    found = target_of(indicator, change.year)
    return found.value if found else None


def target_of(indicator: Indicator, year: int) -> Target | None:
    """The indicator's target for a milestone year."""
    return next((each for each in indicator.targets if each.year == year), None)


def drift(plan: Plan, changes: Sequence[Adjustment]) -> list[tuple[Adjustment, float | None]]:
    """Changes in force whose old value is not what the plan's document has now, each with what it has.

    They hold nevertheless: a document that was loaded again never undoes an approval.
    """
    found = []
    for each in in_order(changes):
        change = each.change
        known = any(indicator.id == change.indicator for indicator in plan.indicators)
        now = standing(plan, change) if known else None
        same = change.kind is Kind.CONFIRMATION and now == change.value  # the document says it itself by now
        if now != change.old and not same:
            found.append((each, now))
        plan = applied(plan, each)
    return found
