"""Supervision orders (督办): what is sent to a unit whose indicator lags, and how it goes on from there."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from trackers.model.report import EvidenceName
from trackers.model.wording import BEIJING, date_text

LONGEST_ASKED, LONGEST_SAID = 300, 500


class OrderLevel(StrEnum):
    """How strongly a unit is called upon."""

    REMINDER = "reminder"
    ORDER = "order"
    TALK = "talk"

    @property
    def word(self) -> str:
        """The Chinese word for it."""
        return {"reminder": "提醒", "order": "督办", "talk": "约谈"}[self.value]


class StepKind(StrEnum):
    """What may be done with an order after it was issued."""

    ANSWERED = "answered"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    CLOSED = "closed"

    @property
    def word(self) -> str:
        """The Chinese word for it."""
        return {"answered": "答复", "accepted": "认可答复", "returned": "退回答复", "closed": "结案"}[self.value]


class OrderState(StrEnum):
    """Where an order stands; the state says what may come next."""

    ISSUED = "issued"
    ANSWERED = "answered"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    CLOSED = "closed"

    @property
    def word(self) -> str:
        """The Chinese words for it."""
        return _WORDS[self]

    @property
    def next(self) -> frozenset[StepKind]:
        """The steps that may follow."""
        return _NEXT[self]

    @property
    def is_open(self) -> bool:
        """Whether it is not closed."""
        return self is not OrderState.CLOSED

    @property
    def waits_for_region(self) -> bool:
        """Whether the region has to answer, for the first time or anew."""
        return StepKind.ANSWERED in self.next

    @property
    def waits_for_issuer(self) -> bool:
        """Whether an answer is there that nobody has decided over."""
        return StepKind.ACCEPTED in self.next

    def is_overdue(self, due: date, on: date) -> bool:
        """Whether the due date has passed without an accepted answer; on the due date itself there is still time."""
        return on > due and (self.waits_for_region or self.waits_for_issuer)


_WORDS = {
    OrderState.ISSUED: "待答复", OrderState.ANSWERED: "已答复，待审定", OrderState.RETURNED: "答复已退回，待重新答复",
    OrderState.ACCEPTED: "答复已认可", OrderState.CLOSED: "已结案",
}  # fmt: skip
_NEXT: dict[OrderState, frozenset[StepKind]] = {
    OrderState.ISSUED: frozenset({StepKind.ANSWERED, StepKind.CLOSED}),
    OrderState.ANSWERED: frozenset({StepKind.ACCEPTED, StepKind.RETURNED, StepKind.CLOSED}),
    OrderState.RETURNED: frozenset({StepKind.ANSWERED, StepKind.CLOSED}),
    OrderState.ACCEPTED: frozenset({StepKind.CLOSED}),
    OrderState.CLOSED: frozenset(),
}


def state_after(last: str | None) -> OrderState:
    """The state of an order from the kind of its last step; None where there was none."""
    return OrderState(last) if last else OrderState.ISSUED


class OrderDraft(BaseModel):
    """An order to be issued: for which row of which judgement, what is asked, and until when."""

    model_config = ConfigDict(frozen=True)

    plan: str
    indicator: str
    region: str
    day: date  # the judgement it rests on
    level: OrderLevel
    asked: str
    due: date


class Order(BaseModel):
    """An order with the figures as they were told when it was issued, in the indicator's own unit."""

    model_config = ConfigDict(frozen=True)

    id: int
    plan: str
    indicator: str
    region: str
    level: OrderLevel
    day: date
    verdict: str
    word: str
    unit: str
    value: float | None
    target: float | None
    expected: float | None
    shortfall: float | None
    target_text: str
    observed: date | None
    demo: bool
    unreviewed: bool
    units: tuple[str, ...]  # responsible units of the plan; none where it names none: then the region answers
    asked: str
    due: date
    state: OrderState
    at: datetime
    by: str
    by_name: str

    @property
    def number(self) -> str:
        """What it is called: 2024-0003, of the year in which it was issued."""
        return order_number(self.id, self.at)


class Step(BaseModel):
    """One step of an order: who said what, when; of an answer until when the measures are carried out."""

    model_config = ConfigDict(frozen=True)

    number: int
    kind: StepKind
    said: str
    until: date | None
    turned: bool
    at: datetime
    by: str
    by_name: str
    files: tuple[EvidenceName, ...] = ()


class OrderStory(BaseModel):
    """An order and everything that became of it, oldest first."""

    model_config = ConfigDict(frozen=True)

    order: Order
    steps: tuple[Step, ...]

    @property
    def answer(self) -> Step | None:
        """The last answer, where there is one."""
        return next((step for step in self.steps[::-1] if step.kind is StepKind.ANSWERED), None)


def order_number(id: int, at: datetime) -> str:
    """What an order is called: the year in Beijing in which it was issued, and its number in the store."""
    return f"{at.astimezone(BEIJING).year}-{id:04d}"


def usual_request(due: date) -> str:
    """What an order asks for where nobody wrote anything else."""
    return f"请查明原因，提出整改措施和完成时限，于{date_text(due)}前书面答复。"
