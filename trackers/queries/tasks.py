"""What can wait for a person in 待办."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple


class TaskKind(StrEnum):
    """What is to be done, the most urgent first."""

    ORDER_OVERDUE = "order_overdue"
    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    ANSWER = "answer"
    SELF_ASSESS = "self_assess"
    MEND = "mend"
    ENTER = "enter"
    REVIEW = "review"
    DECIDE = "decide"
    EXAMINE = "examine"
    REGISTER = "register"

    @property
    def word(self) -> str:
        """The Chinese word for it."""
        return {
            "overdue": "已逾期", "due_soon": "即将截止", "mend": "待修改", "enter": "待填报", "review": "待审核",
            "order_overdue": "督办逾期", "answer": "待答复督办", "self_assess": "待自评", "decide": "待审定答复",
            "examine": "待审查调整", "register": "待登记批准",
        }[self.value]


class Task(NamedTuple):
    """Figures of one plan, region and sheet that wait for the same thing, orders of a region, a plan's changed targets,
    or regions that have still to assess themselves.

    `number` of them; `deadline` (a day) where there is one, provisional where its holidays are not known yet; `page` is
    `entry`, `review`, `supervision`, `adjustments` or `evaluation`, opened with `query` in its address. Of a review
    `region` is the one that reviews, of a changed target the plan's own; `period` is that of figures, else empty.
    """

    kind: TaskKind
    plan: str
    plan_name: str
    region: str
    region_name: str
    period: str
    number: int
    deadline: date | None
    provisional: bool
    why: str
    page: str
    query: dict[str, str]
