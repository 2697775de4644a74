"""What a person may do, as it is kept now: asked anew for every action and every question."""

from __future__ import annotations

import json

from trackers.errors import ForbiddenError
from trackers.model.account import Actor, Grant
from trackers.model.plan import Plan
from trackers.model.rights import Permission, Rights
from trackers.queries.plans import region_tree
from trackers.store import Store


def rights_of(store: Store, by: Actor) -> Rights:
    """What the person may do now; nothing for somebody unknown or disabled."""
    tree = region_tree(store)
    if by.operator:
        return Rights((), tree, operator=True)
    rows = store.rows("grants_of", login=by.login)
    grants = tuple(
        Grant(role=row["role"], region=row["region"], below=bool(row["below"]), plans=tuple(json.loads(row["plans"])))
        for row in rows
    )
    return Rights(grants, tree)


def require(rights: Rights, permission: Permission, region: str | None = None, plan: Plan | None = None) -> None:
    """Raise ForbiddenError unless the person may do this, there."""
    if rights.may(permission, region, plan):
        return
    place = rights.tree.path_name(region) if region and region in rights.tree else region
    about = "".join([f"“{plan.short}”" if plan else "", f"{place}" if place else ""])
    raise ForbiddenError(permission.word, about, reading=permission in (Permission.SEE, Permission.RECORD))
