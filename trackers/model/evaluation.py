"""Evaluation rounds (评估): opened for a plan, frozen, published; the state says what may come next."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from trackers.model.plan import EvaluationKind
from trackers.model.wording import date_text

LONGEST_REASON = 500


class StepKind(StrEnum):
    """What may be done with an evaluation."""

    OPENED = "opened"
    FROZEN = "frozen"
    REOPENED = "reopened"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"

    @property
    def word(self) -> str:
        """The Chinese word for it."""
        return {
            "opened": "开评", "frozen": "冻结", "reopened": "重新开启", "published": "公布", "withdrawn": "撤回公布",
        }[self.value]  # fmt: skip


class EvaluationState(StrEnum):
    """Where an evaluation stands, which is what was done last."""

    OPEN = "open"
    FROZEN = "frozen"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"

    @property
    def word(self) -> str:
        """The Chinese words for it."""
        return {"open": "进行中", "frozen": "已冻结", "published": "已公布", "withdrawn": "已撤回公布"}[self.value]

    @property
    def next(self) -> frozenset[StepKind]:
        """The steps that may follow."""
        return _NEXT[self]

    @property
    def is_frozen(self) -> bool:
        """Whether its figures are frozen, and the reports they were made of locked."""
        return self is not EvaluationState.OPEN

    @property
    def takes_findings(self) -> bool:
        """Whether findings may be written: until it is published."""
        return self is not EvaluationState.PUBLISHED


_NEXT: dict[EvaluationState, frozenset[StepKind]] = {
    EvaluationState.OPEN: frozenset({StepKind.FROZEN}),
    EvaluationState.FROZEN: frozenset({StepKind.REOPENED, StepKind.PUBLISHED}),
    EvaluationState.PUBLISHED: frozenset({StepKind.WITHDRAWN}),
    EvaluationState.WITHDRAWN: frozenset({StepKind.REOPENED, StepKind.PUBLISHED}),
}
_AFTER = {
    StepKind.OPENED: EvaluationState.OPEN, StepKind.REOPENED: EvaluationState.OPEN, StepKind.FROZEN: EvaluationState.FROZEN,
    StepKind.PUBLISHED: EvaluationState.PUBLISHED, StepKind.WITHDRAWN: EvaluationState.WITHDRAWN,
}  # fmt: skip


def state_after(last: StepKind) -> EvaluationState:
    """The state of an evaluation from its last step."""
    return _AFTER[last]


class Step(BaseModel):
    """One step: who did it, when, why; of a freezing the SHA-256 of what was frozen."""

    model_config = ConfigDict(frozen=True)

    number: int
    kind: StepKind
    reason: str
    digest: str | None
    at: datetime
    by: str
    by_name: str


class Evaluation(BaseModel):
    """One evaluation of a plan with everything that was done with it, oldest first."""

    model_config = ConfigDict(frozen=True)

    id: int
    plan: str
    kind: EvaluationKind
    cutoff: date
    policy: str  # trackers.assessment.policy.Policy as JSON
    steps: tuple[Step, ...]
    assigned: tuple[str, ...] = ()  # logins of third parties

    @property
    def state(self) -> EvaluationState:
        """Where it stands."""
        return state_after(self.steps[-1].kind)

    @property
    def freezing(self) -> Step | None:
        """The step whose figures count now; None while it is open."""
        frozen = [step for step in self.steps if step.kind is StepKind.FROZEN]
        return frozen[-1] if frozen and self.state.is_frozen else None

    @property
    def digest(self) -> str | None:
        """The digest of the figures that count now."""
        return self.freezing.digest if self.freezing else None

    @property
    def name(self) -> str:
        """What it is called: 中期评估（截至2016年12月31日）."""
        return f"{self.kind.word}（截至{date_text(self.cutoff)}）"


class MissingKind(StrEnum):
    """What may be missing before an evaluation is frozen."""

    UNREPORTED = "unreported"
    STALE = "stale"
    WAITING = "waiting"
    RETURNED = "returned"
    UNVERIFIED = "unverified"

    @property
    def word(self) -> str:
        """The Chinese words for it."""
        return {
            "unreported": "未填报", "stale": "数据过期", "waiting": "待审核", "returned": "已退回", "unverified": "目标待核实",
        }[self.value]  # fmt: skip


class Missing(NamedTuple):
    """One kind of thing that is missing, how many of them, in a sentence, and where it is mended."""

    kind: MissingKind
    number: int
    sentence: str
    page: str  # the file of the page
    query: dict[str, str]  # what the page's address asks for
