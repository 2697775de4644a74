"""Drafts: what a person has typed into a sheet and not handed in. Each sees their own alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from trackers.model.account import Actor
from trackers.model.period import Period
from trackers.model.report import EvidenceName
from trackers.model.rights import Permission
from trackers.queries.plans import plans
from trackers.queries.rights import rights_of
from trackers.store import Store

Cells = dict[str, dict[str, str]]  # indicator → column → the text that was typed, unread
FILE = "file:"  # columns of evidence: this and the file's digest; the cell is its name


class Sheet(NamedTuple):
    """One sheet to be filled: a plan, a region and a period."""

    plan_id: str
    region: str
    period: Period


class Draft(NamedTuple):
    """What is kept of a sheet, and when it was kept last; None where nothing is."""

    cells: Cells
    at: datetime | None


class DraftOf(NamedTuple):
    """A draft in a list: its sheet, how many cells it has, when it was kept last."""

    sheet: Sheet
    cells: int
    at: datetime


def draft_of(store: Store, sheet: Sheet, *, by: Actor) -> Draft:
    """The person's draft of a sheet; an empty one where nothing is kept, and for the machine's operator."""
    rows = store.rows("draft", login=by.login, plan=sheet.plan_id, region=sheet.region, period=sheet.period.number)
    if not rows:
        return Draft({}, None)
    return Draft(json.loads(rows[0]["document"]), datetime.fromisoformat(rows[0]["at"]))


def drafts_of(store: Store, *, by: Actor) -> list[DraftOf]:
    """Every draft of the person that they may still hand in, the one touched last first."""
    rights, held = rights_of(store, by), {plan.id: plan for plan in plans(store)}
    return [
        DraftOf(
            Sheet(row["plan"], row["region"], Period.from_number(row["period"])),
            sum(len(cells) for cells in json.loads(row["document"]).values()),
            datetime.fromisoformat(row["at"]),
        )
        for row in store.rows("drafts", login=by.login)
        if rights.may(Permission.ENTER, row["region"], held[row["plan"]])
    ]


def draft_names(store: Store, digest: str, *, by: Actor) -> bool:
    """Whether one of the person's drafts names an evidence file."""
    columns = (json.loads(row["document"]).values() for row in store.rows("drafts", login=by.login))
    return any(FILE + digest in cells for of_draft in columns for cells in of_draft)


def files_in(cells: Mapping[str, str]) -> tuple[EvidenceName, ...]:
    """The evidence files among the cells of one row, in the order of their names."""
    found = (EvidenceName(column.removeprefix(FILE), name) for column, name in cells.items() if column.startswith(FILE))
    return tuple(sorted(found, key=lambda file: (file.name, file.digest)))
