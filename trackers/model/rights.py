"""Rights as data: what each role may do, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from trackers.model.account import Grant, Role
from trackers.model.plan import Plan
from trackers.model.region import RegionTree


class Permission(StrEnum):
    """Something that a person may or may not do."""

    SEE = "see"
    ENTER = "enter"
    REVIEW = "review"
    EXCEPT = "except"
    PERIODS = "periods"
    ACCOUNTS = "accounts"
    MAPS = "maps"
    RECORD = "record"
    SUPERVISE = "supervise"
    ANSWER = "answer"
    PROPOSE = "propose"
    EXAMINE = "examine"
    ADJUST = "adjust"
    EVALUATE = "evaluate"
    BESIDE = "beside"
    PUBLISH = "publish"
    ADMIT = "admit"

    @property
    def word(self) -> str:
        """What it is called in a sentence."""
        return PERMISSION_WORDS[self]


PERMISSION_WORDS = {
    Permission.SEE: "查看数据", Permission.ENTER: "填报", Permission.REVIEW: "审核", Permission.EXCEPT: "准许补报",
    Permission.PERIODS: "设定填报期", Permission.ACCOUNTS: "管理账号", Permission.MAPS: "装入地图",
    Permission.RECORD: "查看操作记录",
    Permission.SUPERVISE: "督办", Permission.ANSWER: "答复督办", Permission.PROPOSE: "提出指标调整",
    Permission.EXAMINE: "审查指标调整", Permission.ADJUST: "登记批准", Permission.EVALUATE: "评估",
    Permission.BESIDE: "第三方评估", Permission.PUBLISH: "公布评估结果", Permission.ADMIT: "直接入库",
}  # fmt: skip

# A reviewer sits in the region above: the grant's region is where the reviewing is done, not what is reviewed.
# ADMIT, taking figures in without a review, is in no role: only the machine's operator may.
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.REPORTER: frozenset({Permission.SEE, Permission.ENTER, Permission.ANSWER}),
    Role.REVIEWER: frozenset(
        {Permission.SEE, Permission.REVIEW, Permission.EXCEPT, Permission.SUPERVISE, Permission.PROPOSE, Permission.EXAMINE}
    ),
    Role.LEADER: frozenset({Permission.SEE}),
    Role.EVALUATOR: frozenset({Permission.SEE, Permission.SUPERVISE, Permission.PROPOSE, Permission.EVALUATE}),
    Role.THIRD_PARTY: frozenset({Permission.BESIDE}),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.SEE, Permission.EXCEPT, Permission.PERIODS, Permission.ACCOUNTS, Permission.MAPS, Permission.RECORD,
            Permission.PROPOSE, Permission.ADJUST, Permission.PUBLISH,
        }  # fmt: skip
    ),
}


def superior(tree: RegionTree, plan: Plan, region: str) -> str:
    """The region that reviews: the parent within the plan's own tree; at its top the region itself."""
    path = tree.above(region, plan.region)
    return path[0] if path else region


def covers(grant: Grant, region: str, tree: RegionTree) -> bool:
    """Whether the region is the grant's own, or lies below it and the grant reaches below."""
    return region == grant.region or (grant.below and bool(tree.above(region, grant.region)))


@dataclass(frozen=True)
class Rights:
    """What one person may do; `operator` may do everything."""

    grants: tuple[Grant, ...]
    tree: RegionTree
    operator: bool = False

    def may(self, permission: Permission, region: str | None = None, plan: Plan | None = None) -> bool:
        """Whether the person may do this: for the region and plan where they are named, else for any at all.

        What a reviewer does is asked with the region whose figures are reviewed; what concerns a plan's targets
        (PROPOSE, EXAMINE, ADJUST) with the plan's own region, which a reviewer of that region reaches.
        """
        return self.operator or any(
            permission in PERMISSIONS[grant.role] and self._reaches(grant, permission, region, plan)
            for grant in self.grants
        )

    def _reaches(self, grant: Grant, permission: Permission, region: str | None, plan: Plan | None) -> bool:
        if plan and grant.plans and plan.id not in grant.plans:
            return False
        if region is None or region not in self.tree:
            return region is None
        if grant.role is Role.REVIEWER:
            above = superior(self.tree, plan, region) if plan else self.tree[region].parent or region
            if permission is not Permission.SEE:
                return covers(grant, above, self.tree)
            return covers(grant, region, self.tree) or covers(grant, above, self.tree)
        return covers(grant, region, self.tree)

    def seen(self, regions: Iterable[str], plan: Plan) -> set[str]:
        """Those of the regions whose figures of the plan the person may see."""
        return {region for region in set(regions) if self.may(Permission.SEE, region, plan)}

    def sees_whole(self, plan: Plan) -> bool:
        """Whether the person may see the figures of every region of the plan."""
        return self.operator or any(
            Permission.SEE in PERMISSIONS[grant.role]
            and (not grant.plans or plan.id in grant.plans)
            and grant.below
            and covers(grant, plan.region, self.tree)
            for grant in self.grants
        )

    def home(self, plan: Plan) -> str:
        """The region at which the person begins: the plan's own where they may see it, else their first one in it."""
        own = (grant.region for grant in self.grants if self.tree.above(grant.region, plan.region))
        return next((region for region in [plan.region, *own] if self.may(Permission.SEE, region, plan)), plan.region)

    def concerned(self, plan: Plan) -> bool:
        """Whether the plan is one that the person may see some figure of."""
        return self.operator or any(
            Permission.SEE in PERMISSIONS[grant.role]
            and (not grant.plans or plan.id in grant.plans)
            and (covers(grant, plan.region, self.tree) or bool(self.tree.above(grant.region, plan.region)))
            for grant in self.grants
        )
