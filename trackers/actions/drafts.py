"""Keeping and dropping drafts: working papers, so that the record has no entry for them, only for refused attempts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from trackers.actions.audit import refusals, utc_text
from trackers.errors import RefusedError
from trackers.model.account import Actor
from trackers.model.rights import Permission
from trackers.queries.drafts import Cells, Draft, Sheet, draft_of, files_in
from trackers.queries.evidence import may_open_evidence
from trackers.queries.plans import plan_by_id
from trackers.queries.rights import require, rights_of
from trackers.store import Store

LONGEST = 500_000  # signs of a draft as it is kept: far above any sheet that is filled in by hand


def keep_draft(
    store: Store, sheet: Sheet, cells: Mapping[str, Mapping[str, str]], *, by: Actor, at: datetime
) -> Draft:
    """Put changed cells (indicator → column → text as typed) into the person's draft; returns what is kept now.

    Cells that are not named stay as they are, so that two windows with different cells do each other no harm; an
    empty text takes its cell away. For the machine's operator nothing is kept. Raises ForbiddenError without the
    right to enter there, RefusedError where the draft grows beyond all measure.
    """
    if by.operator:
        return Draft({}, None)
    with refusals(store, "keep_draft", _subject(sheet), by=by, at=at), store.writing():
        require(rights_of(store, by), Permission.ENTER, sheet.region, plan_by_id(store, sheet.plan_id))
        _check_files(store, cells, by)
        kept = merged(draft_of(store, sheet, by=by).cells, cells)
        document = json.dumps(kept, ensure_ascii=False)
        if len(document) > LONGEST:
            raise RefusedError(f"草稿超过 {LONGEST} 字，没有保存。请检查是否误粘贴了大段文字。")
        store.run("keep_draft" if kept else "drop_draft", [_row(sheet, by) | {"document": document, "at": utc_text(at)}])
    return Draft(kept, at if kept else None)


def drop_draft(store: Store, sheet: Sheet, *, by: Actor, at: datetime) -> None:
    """Throw the person's draft of a sheet away: it was handed in, or is not wanted."""
    with refusals(store, "drop_draft", _subject(sheet), by=by, at=at), store.writing():
        store.run("drop_draft", [_row(sheet, by)])


def merged(kept: Cells, changed: Mapping[str, Mapping[str, str]]) -> Cells:
    """What is kept with the changed cells in it; a cell with nothing but blanks is taken away."""
    found = {indicator: kept.get(indicator, {}) | dict(changed.get(indicator, {})) for indicator in [*kept, *changed]}
    filled = {id: {column: text for column, text in cells.items() if text.strip()} for id, cells in found.items()}
    return {id: cells for id, cells in filled.items() if cells}


def _check_files(store: Store, cells: Mapping[str, Mapping[str, str]], by: Actor) -> None:
    """Nobody comes to a file by naming it in a draft."""
    named = {file.digest for row in cells.values() for file in files_in(row) if file.name.strip()}
    if not all(may_open_evidence(store, digest, by=by) for digest in named):
        raise RefusedError("草稿里的佐证材料不是您上传的，没有保存。请重新上传文件。")


def _subject(sheet: Sheet) -> str:
    return f"{sheet.plan_id} {sheet.region} {sheet.period}"


def _row(sheet: Sheet, by: Actor) -> dict[str, object]:
    return {"login": by.login, "plan": sheet.plan_id, "region": sheet.region, "period": sheet.period.number}
