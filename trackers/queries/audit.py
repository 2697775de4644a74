"""The record of actions: searching it, and whether its chain holds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby, islice
from typing import Any, NamedTuple

import pandas as pd

from trackers.model.account import Actor
from trackers.model.figure_table import Floats, Ints
from trackers.model.record_words import action_word, when_text
from trackers.model.rights import Permission, Rights
from trackers.model.wording import BEIJING
from trackers.queries.accounts import accounts, out_of_reach
from trackers.queries.number_texts import joined
from trackers.queries.rights import require, rights_of
from trackers.store import EVER, Store

AT_ONCE = 10_000  # reports of which a digest is taken together
AFTER_ALL = "A"  # sorts behind every moment that the record writes

BATCH = ("id", "at", "by", "origin", "file", "file_digest", "demo", "reviewed")
HANDED_IN = (
    "series_id", "period", "revision", "observed", "value", "numerator", "denominator", "note", "evidence",
)  # fmt: skip
HANDS_IN = ("record_figures", "submit_figures")
ADDED = ("reason", "doubts", "files")
FIELDS = ("id", "at", "by", "action", "subject", "detail", "previous")


def entry_digest(entry: Mapping[str, Any]) -> str:
    """SHA-256 over an entry's fields, the digest of the entry before it among them."""
    text = json.dumps([entry[field] for field in FIELDS], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def hand_in_digest(batch: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> str:
    """SHA-256 over a hand-in and its reports, as its entry in the record keeps it.

    The moment of approval is left out: it may come later. So is what a figure has none of, as those handed in
    before there were reasons, doubts and files.
    """
    digest = HandInDigest(batch)
    digest.add(sorted(_line(row) for row in rows))
    return digest.hexdigest()


class HandInDigest:
    """The same digest, of a hand-in too large to be held at once."""

    def __init__(self, batch: Mapping[str, Any]) -> None:
        told = json.dumps([batch[name] for name in BATCH], ensure_ascii=False)
        self._sha256, self._between = hashlib.sha256(f"[{told}, [".encode()), ""

    def add(self, lines: Iterable[Sequence[Any]]) -> None:
        """Further reports: what HANDED_IN names, then what else there is; all in the order of their series and periods."""
        self._add(json.dumps(list(lines), ensure_ascii=False)[1:-1])

    def add_numbers(self, columns: Sequence[Ints | Floats]) -> None:
        """As `add`, for the numbers of reports without a text, a column each: the same JSON, much sooner."""
        rows = joined(columns, ', "", ""]', ", [")
        self._add(f"[{rows}" if rows else "")

    def _add(self, some: str) -> None:
        if some:
            self._sha256.update((self._between + some).encode())
            self._between = ", "

    def hexdigest(self) -> str:
        """The digest, once all are in."""
        whole = self._sha256.copy()
        whole.update(b"]]")
        return whole.hexdigest()


def _line(row: Mapping[str, Any]) -> list[Any]:
    return [row[name] for name in HANDED_IN] + [[name, row[name]] for name in ADDED if row[name]]


def detail_of(entry: Mapping[Any, Any]) -> dict[str, Any]:
    """What an entry tells beside who, when and what; empty where that was bent into no JSON."""
    try:
        told = json.loads(entry["detail"])
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def hand_in_faults(store: Store) -> list[str]:
    """Hand-ins that are not what was recorded of them, or of which nothing is recorded."""
    told = {}
    for entry in store.each("audit_all"):
        if entry["action"] in HANDS_IN and "batch" in (detail := detail_of(entry)):
            told[detail["batch"]] = detail.get("digest")
    found = {batch["id"]: _digest(batch, rows) for batch, rows in hand_ins(store)}
    return [f"第 {id} 次填报的内容与操作记录不一致" for id in sorted(found.keys() | told.keys()) if found.get(id) != told.get(id)]


def _digest(batch: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> str:
    """The digest of a hand-in whose reports come in their order, of which only some are held at once."""
    digest, lines = HandInDigest(batch), (_line(row) for row in rows)
    while some := list(islice(lines, AT_ONCE)):
        digest.add(some)
    return digest.hexdigest()


def hand_ins(store: Store) -> Iterator[tuple[dict[str, Any], Iterable[dict[str, Any]]]]:
    """Every hand-in with its reports in their order, one after the other: the reports are there until the next is asked for."""
    groups = groupby(store.each("handed_in"), key=lambda row: row["batch_id"])
    owner, rows = next(groups, (None, iter(())))
    for batch in store.each("batches"):
        while owner is not None and owner < batch["id"]:  # of no hand-in: a fault that SQLite's own check finds
            owner, rows = next(groups, (None, iter(())))
        yield batch, rows if owner == batch["id"] else ()


class Entry(NamedTuple):
    """One entry of the record as it is known outside the database: its number and its digest."""

    id: int
    digest: str


def last_entry(store: Store) -> Entry | None:
    """The last entry of the record; None for an empty one."""
    rows = store.rows("audit_last")
    return Entry(rows[0]["id"], rows[0]["digest"]) if rows else None


def anchor_faults(store: Store, kept: Sequence[Entry]) -> list[str]:
    """Entries once noted outside the database that are not there any more: the record was cut off or written anew."""
    there = {row["id"]: row["digest"] for row in store.rows("audit_digests", ids=json.dumps([each.id for each in kept]))}
    return [_unlike(each, there.get(each.id)) for each in kept if there.get(each.id) != each.digest][:1]


def _unlike(kept: Entry, found: str | None) -> str:
    what = "现在没有这一条：末尾的记录被删去，或数据库换成了较早的备份" if found is None else "现在的内容不同：记录被整段改写过"
    return f"库外留存了操作记录第 {kept.id} 条的摘要，{what}。"


# What a regional administrator reads of others' entries in full: people change regions, and so may the figures
# they once had to do with lie elsewhere.
WITHOUT_FIGURES = (
    "sign_in", "sign_out", "change_password", "create_account", "change_account", "disable_account", "enable_account",
    "reset_password", "import_accounts", "hand_over", "open_periods", "close_period", "set_period_rule",
    "grant_exception",
)  # fmt: skip
WITHHELD = "含各地的数据，由全国管理员查看"


def entries(
    store: Store, *, by: Actor, who: str = "", action: str = "", subject: str = "", words: str = "",
    first: date | None = None, last: date | None = None, refused: bool = False, limit: int = 100,
    before: int | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Entries of the record that the person may see, newest first, at most `limit`, those before number `before`.

    `who` is part of a login or a name, `action` a code, `subject` and `words` parts of the subject and the detail;
    `first` and `last` are days in China, both included; `refused` leaves only what was refused. Columns: id, at
    (UTC, ISO 8601), by, name, action, subject, detail (JSON), digest. Raises ForbiddenError without the right.
    """
    rights = rights_of(store, by)
    require(rights, Permission.RECORD)
    logins = _logins(store, by, rights)
    return store.frame(
        "audit_found", who=who.strip().lower(), action=action, subject=subject.strip(), words=words.strip(),
        first=_start(first) if first and first.year > 1 else "",
        last=_start(last + timedelta(days=1)) if last and last.year < 9999 else AFTER_ALL,
        logins=None if logins is None else json.dumps(sorted(logins)), refused=int(refused), limit=limit, me=by.login,
        without_figures=json.dumps(WITHOUT_FIGURES), withheld=json.dumps({"said": WITHHELD}, ensure_ascii=False),
        before=EVER if before is None else before,
    )  # fmt: skip


def _start(day: date) -> str:
    """The moment at which a day begins in China, as the record writes moments."""
    return datetime.combine(day, time(), BEIJING).astimezone(UTC).isoformat(timespec="milliseconds")


def _logins(store: Store, by: Actor, rights: Rights) -> set[str] | None:
    """Whose entries the person may see: their own, and those of the accounts that they administer.

    None for everybody's, the machine's among them: for the operator and who administers the whole nation.
    """
    if out_of_reach(rights, ()) is None:
        return None
    return {account.login for account in accounts(store, by=by)} | {by.login}


def chain_faults(store: Store) -> list[str]:
    """Where the chain of entries breaks: the first place and what differs there, and how many more; empty where it holds."""
    faults, before = [], Entry(0, "")
    for entry in store.each("audit_all"):
        if why := _break(entry, before):
            faults.append(f"操作记录在第 {entry['id']} 条处断开（{_told(entry)}）：{why}。")
        before = Entry(entry["id"], entry["digest"])
    more = [f"操作记录在此后还有 {len(faults) - 1} 处断开。"] if len(faults) > 1 else []
    return faults[:1] + more


def _break(entry: Mapping[str, Any], before: Entry) -> str:
    """What is wrong with an entry behind the one before it; empty for nothing."""
    if entry["id"] != before.id + 1:
        missing = f"第 {before.id + 1} 条" if entry["id"] == before.id + 2 else f"第 {before.id + 1} 至 {entry['id'] - 1} 条"
        return f"前面缺少{missing}，记录被删去"
    if entry["digest"] != entry_digest(entry):
        return "内容与它自己的摘要不符，这一条或其摘要被改动"
    if entry["previous"] != before.digest:
        return f"没有接在第 {before.id} 条之后，顺序或前一条被改动" if before.id else "第一条之前还应有记录"
    return ""


def _told(entry: Mapping[str, Any]) -> str:
    return f"{when_text(entry['at'])}，{entry['by']}，{action_word(entry['action'])}"
