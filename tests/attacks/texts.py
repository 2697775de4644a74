"""What people might type instead of words, and where each text of the store comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from trackers.store import Store

SCRIPT = "window.__hit=1;alert(1)"
ATTACKS = {
    "formula": "=cmd|'/c calc'!A1",
    "plus": "+1+1",
    "minus": "-1+1",
    "at": "@SUM(A1)",
    "image": f'<img src=x onerror="{SCRIPT}">',
    "script": f"<script>{SCRIPT}</script>",
    "link": f"[x](javascript:{SCRIPT})",
    "markdown": "$$x$$ :red[x] **x** `x` :smile: :material/home: --x",
    "template": "{{ 7*7 }}{% x %}",
    "entities": "&<>\"'&lt;b&gt;",
    "tab": "\t=1+1",
    "return": "\r=1+1",
    "line": "x\r\nX-HIT:1",
    "reversed": "x\u202e68",
    "escape": "x\x1b[2J\x1b]0;x\x07",
    "long": "x" * 500,
}
# The control signs that no text has a use for; what people hand in with one of them is refused.
ODD = {"escape", "reversed"}
# All of them in one text: whoever sees it has seen them all.
TOGETHER = " ".join([text.strip() for name, text in ATTACKS.items() if name not in ODD | {"long"}] + ["x" * 200])
NAME, SHORT = 60, 20  # signs that names and short names of documents may have
SHORTER = {"image": "<img onerror=alert()>"[:SHORT], "script": "<svg onload=alert()>", "link": "[x](javascript:x())"}
# What a document of the operator's says in every place where it says something once only.
VOICES = ("image", "formula", "link")
MOMENT, DAY = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", r"\d{4}-\d\d-\d\d"
DIGEST, LEVEL = r"[0-9a-f]{64}", r"nation|area|province|city|county"


@dataclass(frozen=True)
class Typed:
    """A column that holds what people typed, and how it gets there; `refused` names attacks that are not taken."""

    how: str
    refused: frozenset[str] = frozenset()
    only: tuple[str, ...] = tuple(ATTACKS)  # attacks there is a way for


@dataclass(frozen=True)
class Made:
    """A column that the program writes by itself: whatever people type, it holds nothing but this."""

    pattern: str
    flags: int = field(default=0)


PERSON, TIDIED = frozenset(ODD), tuple(name for name in ATTACKS if name not in ODD)
CLIENT = Typed("the address a browser or a proxy says it has", only=VOICES)
OPERATOR = Typed("cli:<login name>, as the machine calls its operator")
DOCUMENT = Typed("a file of the operator's: every text of it, see test_documents", only=VOICES)
WAYS: dict[str, Typed | Made] = {
    "region.code": Made(r"\d{6}"),
    "region.document": DOCUMENT,
    "plan.code": Made(r"[a-z0-9][a-z0-9-]*"),
    "plan.document": DOCUMENT,
    "plan.digest": Made(DIGEST),
    "indicator.code": Made(r"[a-z0-9][a-z0-9-]*"),
    "published.document": DOCUMENT,
    "batch.at": Made(MOMENT),
    "batch.by": OPERATOR,
    "batch.origin": Made("import|page"),
    "batch.file": Typed("the name of a file handed in, tidied", only=TIDIED),
    "batch.file_digest": Made(DIGEST),
    "report_text.note": Typed("备注 of a row", PERSON),
    "report_text.evidence": Typed("佐证地址 of a row", PERSON),
    "report_text.reason": Typed("理由 of a row", PERSON),
    "report_text.doubts": Made(r'(\["[^"<=]*"(, "[^"<=]*")*\])?'),  # numbers and periods in sentences of ours
    "report_file.digest": Made(DIGEST),
    "report_file.name": Typed("the name of an evidence file, tidied", only=TIDIED),
    "evidence_file.digest": Made(DIGEST),
    "evidence_file.kind": Made("pdf"),
    "evidence_file.at": Made(MOMENT),
    "evidence_file.by": OPERATOR,
    "map_file.digest": Made(DIGEST),
    "map_file.number": Made(r"[A-Z\u4e00-\u9fff]+（\d{4}）\d+号"),
    "map_file.name": Typed("the name of a map file, tidied", only=VOICES),
    "map_file.at": Made(MOMENT),
    "map_file.by": Typed("cli:<login name> of the operator", only=VOICES),
    "review.at": Made(MOMENT),
    "review.by": OPERATOR,
    "review.outcome": Made("approved|returned"),
    "review.comment": Typed("审核意见", PERSON),
    "audit.at": Made(MOMENT),
    "audit.by": OPERATOR,
    "audit.action": Made("[a-z_]+"),
    "audit.subject": Typed("the name of a sheet of accounts, tidied", only=TIDIED),
    "audit.detail": Typed("what was done, before and after, from where"),
    "audit.previous": Made(f"({DIGEST})?"),
    "audit.digest": Made(DIGEST),
    "account.login": Typed("登录名", frozenset(ATTACKS)),
    "account.name": Typed("姓名", PERSON),
    "account.unit": Typed("单位", PERSON),
    # Tidied, two of them are the same, and a claim belongs to one account.
    "account.claim": Typed("统一认证标识", PERSON | {"line", "return"}),
    "account.password": Made(r"\$argon2id\$[\w$=,+/]+"),
    "account_grant.role": Made("[a-z_]+"),
    "account_grant.plans": Made(r'\[("[a-z0-9-]+"(, )?)*\]'),
    "session.digest": Made(DIGEST),
    "session.address": CLIENT,
    "known_browser.digest": Made(DIGEST),
    "sign_in_failure.login": Made(r"\?[0-9a-f]{4}|[\w.@-]+"),
    "sign_in_failure.client": CLIENT,
    "draft.document": Typed("what is typed into the sheet, kept as it is"),
    "draft.at": Made(MOMENT),
    "entry_window.level": Made(LEVEL),
    "entry_window.opens": Made(DAY),
    "entry_window.deadline": Made(DAY),
    "entry_window.reason": Typed("why a period is closed", PERSON),
    "entry_rule.level": Made(LEVEL),
    "entry_exception.until": Made(DAY),
    "entry_exception.reason": Typed("why a region may hand in later", PERSON),
    "entry_exception.at": Made(MOMENT),
    "entry_exception.by": OPERATOR,
    "adjustment.kind": Made("target"),
    "adjustment.effective": Made(DAY),
    "adjustment.reason": Typed("why a target is to be changed", PERSON),
    "adjustment.reference": Typed("the document it rests on", PERSON),
    "adjustment.at": Made(MOMENT),
    "adjustment.by": OPERATOR,
    "adjustment_step.step": Made("examined|approved|withdrawn"),
    "adjustment_step.at": Made(MOMENT),
    "adjustment_step.by": OPERATOR,
    "adjustment_step.comment": Typed("what the examiner says", PERSON),
    "adjustment_step.number": Typed("the number of the approval", PERSON),
    "adjustment_step.approved_on": Made(DAY),
    "adjustment_step.effective": Made(DAY),
    "supervision_order.level": Made("reminder|order|talk"),
    "supervision_order.day": Made(DAY),
    "supervision_order.verdict": Made("[a-z_]+"),
    "supervision_order.word": Made(r"[^\x00-\x7f]+"),
    "supervision_order.unit": Made("[^<>&]*"),
    "supervision_order.target_text": Made("[^<>&]*"),
    "supervision_order.observed": Made(DAY),
    "supervision_order.units": DOCUMENT,
    "supervision_order.asked": Typed("what an order asks for", PERSON),
    "supervision_order.due": Made(DAY),
    "supervision_order.at": Made(MOMENT),
    "supervision_order.by": OPERATOR,
    "supervision_step.kind": Made("answered|accepted|returned|closed"),
    "supervision_step.said": Typed("measures, what they lack, why it is closed", PERSON),
    "supervision_step.until": Made(DAY),
    "supervision_step.at": Made(MOMENT),
    "supervision_step.by": OPERATOR,
    "supervision_file.digest": Made(DIGEST),
    "supervision_file.name": Typed("the name of an evidence file, tidied", only=TIDIED),
    "evaluation.kind": Made("midterm"),
    "evaluation.cutoff": Made(DAY),
    "evaluation.policy": Made(r'\{[a-z0-9_":,.{}]*\}'),
    "evaluation_step.kind": Made("opened|frozen|reopened"),
    "evaluation_step.reason": Typed("why it is frozen or opened again", PERSON),
    "evaluation_step.digest": Made(DIGEST),
    "evaluation_step.at": Made(MOMENT),
    "evaluation_step.by": OPERATOR,
    "evaluation_frozen.document": Typed("the plan and the figures with every text they have", only=VOICES),
    "evaluation_assigned.at": Made(MOMENT),
    "evaluation_assigned.by": OPERATOR,
    "evaluation_assigned_later.at": Made(MOMENT),
    "evaluation_assigned_later.by": OPERATOR,
    "finding.subject": Made("indicator|goal|task"),
    "finding.code": Made("[a-z0-9][a-z0-9-]*"),
    "finding.voice": Made("self|evaluator|third_party"),
    "finding.grade": Made("[a-z_]*"),
    "finding.computed": Made("[a-z_]*"),
    "finding.reason": Typed("why a grade differs from the verdict", PERSON),
    "finding.cause": Made("[a-z_]*"),
    "finding.explained": Typed("the cause in words", PERSON),
    "finding.suggestion": Typed("what is suggested", PERSON),
    "finding.evidence": Typed("what a finding rests on", PERSON),
    "finding.delivered": Made(rf'\[(\[\d+, "{DAY}"\](, )?)*\]'),
    "finding.at": Made(MOMENT),
    "finding.by": OPERATOR,
    "finding_comment.text": Typed("what is said under a finding", PERSON),
    "finding_comment.at": Made(MOMENT),
    "finding_comment.by": OPERATOR,
    "spot_draw.seed": Typed("the seed of a draw", PERSON),
    "spot_draw.at": Made(MOMENT),
    "spot_draw.by": OPERATOR,
    "spot_result.evidence": Typed("what was looked at on the spot", PERSON),
    "spot_result.at": Made(MOMENT),
    "spot_result.by": OPERATOR,
    "loaded.what": Made("[a-z]+"),
    "loaded.digest": Made(DIGEST),
    "held.what": Made("[a-z]+"),
    "held.version": Made("[0-9a-f]{32}"),
    "_sqlite_migrations.migration_set": Made("tracker"),
    "_sqlite_migrations.name": Made("m[0-9]{4}_[a-z_]+"),
    "_sqlite_migrations.applied_at": Made("[0-9T:. +-]+"),
}


def text_columns(store: Store) -> Iterator[tuple[str, str]]:
    """Every column of every table that can hold text; the tables are strict, so those of bytes cannot."""
    run = store.connection.execute
    tables = [row[0] for row in run("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")]
    for table in tables:
        for _, column, kind, *_ in run(f"PRAGMA table_info([{table}])"):
            if kind.upper() not in ("INTEGER", "REAL", "BLOB") and not table.startswith("sqlite_"):
                yield table, column


def values(store: Store, table: str, column: str) -> list[str]:
    """What stands in a column."""
    rows = store.connection.execute(f"SELECT [{column}] FROM [{table}] WHERE [{column}] IS NOT NULL")
    return [str(row[0]) for row in rows]


def plain(text: str) -> str:
    """The text with its blanks tidied, as most columns keep it."""
    return " ".join(text.split())


def fits(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern, text) is not None


def short(name: str) -> str:
    """The attack, short enough for a short name."""
    return SHORTER.get(name, ATTACKS[name])[:SHORT]
