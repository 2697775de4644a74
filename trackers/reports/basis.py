"""What a report of a frozen evaluation was made from: the digest over all of it, and how it is told."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from trackers.model.wording import clock_text
from trackers.reports.outline import Contents
from trackers.reports.versions import versions


def stamped(contents: Contents, format: str, *, form: str = "report", template: str = "", logo: str = "") -> Contents:
    """The contents with the digest over everything that a file of this format and form is made from.

    `template` and `logo` are the SHA-256 of their bytes, empty where there is none. Contents that do not come from a
    frozen evaluation stay as they are.
    """
    basis = contents.basis
    if basis is None:
        return contents
    told = versions(format)
    parts: dict[str, Any] = {
        "frozen": contents.digest, "beside": basis.beside, "evaluation": basis.evaluation, "step": basis.step,
        "until": basis.until.isoformat(), "region": basis.region, "form": form, "format": format, "template": template,
        "logo": logo, "versions": {each.name: each.value for each in told},
    }  # fmt: skip
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    made = hashlib.sha256(text.encode()).hexdigest()
    return contents.model_copy(update={"basis": basis.model_copy(update={"form": form, "made": made, "versions": told})})


def basis_lines(contents: Contents) -> list[str]:
    """What was it made from, line by line; nothing for a report of the figures as they stand."""
    basis = contents.basis
    if basis is None:
        return []
    frozen = f"第{basis.evaluation}号评估第{basis.step}步，{clock_text(basis.known_at)}冻结"
    lines = [f"冻结数据：{frozen}；判定方法：{basis.method}；冻结时的程序：{basis.program}"]
    lines.append(f"意见、抽查、督办和指标调整：截至{clock_text(basis.until)}登记的，摘要（SHA-256）：{basis.beside}")
    if basis.made:
        told = "、".join(f"{each.name} {each.value}" for each in basis.versions)
        lines.append(f"制作所用程序：{told}")
        lines.append(f"制作摘要（SHA-256，含以上各项和模板）：{basis.made}")
    return lines
