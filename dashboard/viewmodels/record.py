"""操作记录: entries as a table, one of them in full, and the choices of the search."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.viewmodels.fit import LONGEST, SHORT, shortened
from trackers.model.record_words import ACTION_WORDS, Names, action_word, when_text
from trackers.queries.audit import detail_of

COLUMNS = ["时间", "谁", "操作", "对象", "内容", "编号"]
WHOLE = ["编号", "时间", "谁", "姓名", "操作", "对象", "全部内容", "本条摘要"]
ANY = ""
ACTIONS = {ANY: "全部操作"} | ACTION_WORDS
PAGE = 100  # entries shown at a time
MOST = 10_000  # entries in a file
SEVERAL = 30  # figures of one entry told one by one


def table(found: pd.DataFrame, names: Names) -> pd.DataFrame:
    """Entries as the page lists them, a line each; `found` as `trackers.queries.audit.entries` answers."""
    rows = [
        (when_text(e["at"]), e["name"] or e["by"], action_word(e["action"]), shortened(names.subject(e["subject"]), SHORT),
         shortened(names.brief(detail_of(e)), LONGEST), e["id"])
        for e in found.to_dict("records")
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS)


def whole(found: pd.DataFrame, names: Names) -> pd.DataFrame:
    """Entries with everything they tell, as they are taken along in a file."""
    rows = [
        (e["id"], when_text(e["at"]), e["by"], e["name"], action_word(e["action"]), names.subject(e["subject"]),
         "\n".join(f"{name}：{text}" for name, text in names.lines(e["subject"], detail_of(e))), e["digest"])
        for e in found.to_dict("records")
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=WHOLE)


def facts(entry: Mapping[Any, Any], names: Names) -> dict[str, str]:
    """One entry in full, by name; of many figures the first."""
    who = f"{entry['name']}（{entry['by']}）" if entry["name"] else str(entry["by"])
    told = {
        "编号": f"第 {entry['id']} 条", "时间": f"{when_text(entry['at'])}（北京时间）", "谁": who,
        "操作": action_word(entry["action"]), "对象": names.subject(entry["subject"]),
    }  # fmt: skip
    lines = names.lines(entry["subject"], detail_of(entry))
    figures = [line for line in lines if line[0].startswith("第")]
    told |= dict(line for line in lines if line not in figures[SEVERAL:])
    if len(figures) > SEVERAL:
        told["其余"] = f"另有 {len(figures) - SEVERAL} 个数，见下载的文件"
    return told | {"本条摘要": str(entry["digest"])}
