"""The words that stand beside a figure: its verdict with sign, its marks, where it comes from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from dashboard.palette import Tone, tone_of
from trackers.assessment.verdict import DUE, Verdict, verdict_word
from trackers.model.signs import visible
from trackers.model.wording import date_text
from trackers.queries.records import plain
from trackers.reports.figures import MethodWord, Row
from trackers.reports.sentences import BASELINE_WORDS

SPECIAL = "\\`*_{}[]()#+-.!|<>~$:&"
# Streamlit makes icons of these even where the colon is escaped; a sign without width keeps them words.
ICON, APART = re.compile(":(?=material/|streamlit:)"), ":\u2060"
DEMO, UNREVIEWED = "演示数据", "未经复核"
QUARTER = 92  # days: a quarter's figure is no older than this on the target's day
CONFIDENCE = {"secondary": "目标仅见于另一来源", "corroborated": "目标原文残损，有旁证", "unverified": "目标待核实"}
BEHIND = (Verdict.REGRESSING, Verdict.MISSED, Verdict.LAGGING)
JUDGED = (Verdict.ACHIEVED, Verdict.AHEAD, Verdict.ON_TRACK, *BEHIND)


def escaped(text: str) -> str:
    """Text of people or documents for a place that reads Markdown: shown as it is, never as markup."""
    return "".join(f"\\{char}" if char in SPECIAL else char for char in " ".join(ICON.sub(APART, visible(text)).split()))


def link(address: str) -> str:
    """An address as a Markdown link that shows only where it leads; nothing in it ends the link."""
    place = re.sub(r"[<>\\\s]", lambda sign: quote(sign[0]), address)
    return f"[{escaped(urlsplit(address).netloc)}](<{place}>)"


def badge(verdict: str, severity: str | None, text: str) -> str:
    """Words on a ground of the verdict's colour, as Markdown."""
    return badge_of(tone_of(verdict, severity), text)


def badge_of(tone: Tone, text: str) -> str:
    """Words on a ground of the tone's colour, as Markdown."""
    return f":{tone}-badge[{escaped(text)}]"


def label(row: Mapping[Any, Any]) -> str:
    """The verdict as it stands in a table: ▼ 滞后于预期（严重）."""
    return f"{row['sign']} {row['word']}"


def plain_label(verdict: str, *, due: bool) -> str:
    """The verdict as it is counted, without severity: ▼ 滞后于预期."""
    return f"{Verdict(verdict).sign} {verdict_word(verdict, due=due)}"


def marks(row: Mapping[Any, Any]) -> str:
    """What a reader must know before believing the figure: 演示数据；未经复核；以首次填报为基期."""
    said = [DEMO] if row["demo"] else []
    said += [UNREVIEWED] if row["unreviewed"] else []
    said += [lacking(row)] if partial(row) else []
    said += [BASELINE_WORDS["first_report"]] if row["baseline_origin"] == "first_report" else []
    said += ["较上次下降"] if row["falling"] else []
    said += [only_known(row)] if ended_early(row) else []
    return "；".join(said)


def plain_marks(demo: bool, unreviewed: bool) -> str:
    """The two marks that many rows have, for tables in which each row is short."""
    return "；".join([DEMO] * bool(demo) + [UNREVIEWED] * bool(unreviewed))


def taken_along(title: str, *, demo: bool) -> str:
    """The title of what leaves the platform: it says itself that figures in it are demonstrations."""
    return f"{title}　含{DEMO}" if demo else title


def only_known(row: Mapping[Any, Any]) -> str:
    """How old the one figure is that a verdict rests on: 只有2024年5月20日的数据."""
    return f"只有{date_text(row['observed'])}的数据"


def due(row: Mapping[Any, Any]) -> bool:
    """Whether the row is judged on or after its target's day, when later figures no longer count."""
    return bool(row["verdict"] == Verdict.MISSED or row["word"].startswith(DUE))


def ended_early(row: Mapping[Any, Any]) -> bool:
    """Whether a target is called missed on a figure from well before its day: more may have been done since."""
    return bool(row["verdict"] == Verdict.MISSED and (row["target_day"] - row["observed"]).days > QUARTER)


def partial(row: Mapping[Any, Any]) -> bool:
    """Whether the value is only what some of an aggregate's regions have reported so far."""
    return bool(row["basis"] == "aggregate" and row["reported_regions"] < row["expected_regions"])


def lacking(row: Mapping[Any, Any]) -> str:
    """How many of an aggregate's regions have reported: 已报3/7个地区."""
    return f"已报{row['reported_regions']}/{row['expected_regions']}个地区"


def source(row: Mapping[Any, Any]) -> str:
    """Where a value comes from: origin and evidence of its report, or of how many regions it is put together."""
    if row["basis"] == "aggregate":
        return f"由{row['reported_regions']}/{row['expected_regions']}个地区汇总"
    return "；".join(filter(None, [row.get("origin", ""), row.get("evidence", "")]))


def why_not(row: Mapping[Any, Any]) -> str:
    """Why a row is not judged: its reason, else its verdict's word."""
    return str(row["reason_word"] or row["word"])


def origin_of_target(row: Mapping[Any, Any]) -> str:
    """The target with how sure it is: ≥3600项（目标原文残损，有旁证）."""
    sure = CONFIDENCE.get(row["confidence"], "")
    unknown = row["confidence"] == "unverified" or not sure
    return str(row["target_text"]) if unknown else f"{row['target_text']}（{sure}）"


def one(row: Mapping[Any, Any]) -> Row:
    """A row of the judgement as the object that the sentences of reports speak of."""
    fields = {name: plain(row[name]) for name in Row.model_fields if name in row and name != "methods"}
    said = {name: MethodWord.model_validate(_method(plain(each))) for name, each in (row["methods"] or {}).items()}
    return Row.model_validate({name: value for name, value in fields.items() if value is not None} | {"methods": said})


def number(value: float) -> float | None:
    """A figure of a frame as sentences take it: None where it is absent."""
    return None if value != value else float(value)


def _method(said: Mapping[str, Any]) -> dict[str, Any]:
    return {"number": said.get("ratio", said.get("q")), "status": str(said.get("status") or ""), "reason": said.get("reason")}


def observed(row: Mapping[Any, Any]) -> str:
    """The day and period a value belongs to: 2024年3月31日（2024Q1）."""
    if row["period"] is None or row["period"] != row["period"]:
        return "—"
    return f"{date_text(row['observed'])}（{row['period']}）"
