"""Every page with everything on it that can be opened by an address: what is looked at for attacks."""

from __future__ import annotations

import io
import json
from base64 import b64decode
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import quote

import numpy as np
import pandas as pd
import pyarrow as pa
from streamlit.testing.v1 import AppTest

from tests.attacks.texts import ATTACKS, VOICES
from trackers.model.wording import BEIJING

PLAN = f"attacked-{VOICES[0]}"
DAY = {"plan": PLAN, "day": "2020-06-30"}
REGION = ATTACKS[VOICES[0]]  # as the county is called
# One order is sent for each attack, in their order, when the database is filled.
ORDERS = [f"{datetime.now(BEIJING).year}-{list(ATTACKS).index(voice) + 1:04d}" for voice in VOICES]
# Page → the addresses under which all of it is seen. A page that is not named here is missed by a test.
VISITS: dict[str, list[dict[str, str]]] = {
    "todo": [{}],
    "cockpit": [DAY], "screen": [DAY], "across": [DAY, {**DAY, "show": "全部落后的（含各地区）"}],
    "overview": [DAY],
    "region": [
        DAY, {**DAY, "region": REGION}, {**DAY, "region": REGION, "part": "一项指标的走势"}, {**DAY, "part": "下级地区对照"},
    ],
    "indicator": [{**DAY, "part": part} for part in ("走势", "排名", "分布", "明细", "目标与来源")],
    "warnings": [{**DAY, "day": "2020-12-31"}],
    "supervision": [{**DAY, "every": "true"}, *({**DAY, "order": number} for number in ORDERS)],
    "plan": [DAY, {"plan": f"attacked-{VOICES[2]}"}],
    "compare": [DAY, {"plan": f"attacked-{VOICES[1]}"}],
    "adjustments": [{**DAY, "adjust": word} for word in ("办理中", "已生效", "提出调整", "分解目标导入", "退回和撤回")],
    "entry": [DAY, {**DAY, "region-0": REGION, "period": "2016年第四季度"}],
    "review": [{**DAY, "every": "true"}],
    "periods": [
        {"plan": f"attacked-{VOICES[1]}"}, {**DAY, "part": "催报名单"}, {**DAY, "part": "准许补报"}, {**DAY, "part": "设定"},
    ],
    "evaluation": [{**DAY, "evaluation": "1", "see": word} for word in ("判定结果", "评估意见", "抽查核实", "报告", "办理")],
    "report": [{**DAY, "format": "Word（docx）"}, {**DAY, "format": "Excel（xlsx）"}],
    "accounts": [
        *({"do": word} for word in ("名册", "新建", "移交", "导入", "地图")),
        {"do": "修改", "account": f"{ATTACKS['link']}（pi6）"},
    ],
    "record": [{"words": "onerror"}],
}  # fmt: skip


def address(page: str, asked: dict[str, str]) -> str:
    return f"{page}?" + "&".join(f"{name}={quote(value)}" for name, value in asked.items())


def everything(app: AppTest) -> str:
    """Every text and number that a page sends to the browser, tables and figures unpacked."""
    return "\n".join(str(part) for element in _elements(app) for part in _parts(element))


def _elements(app: AppTest) -> Iterator[Any]:
    waiting = list(app._tree.children.values())
    while waiting:
        node = waiting.pop()
        waiting += getattr(node, "children", {}).values()
        if (proto := getattr(node, "proto", None)) is not None:
            yield proto


def _parts(proto: Any) -> Iterator[Any]:
    yield proto
    for field, value in proto.ListFields():
        if field.name == "figure" or field.name == "spec":
            yield from _numbers(json.loads(getattr(value, "spec", value)))
        elif isinstance(value, bytes) and value:
            yield from _table(value)
        elif hasattr(value, "ListFields"):
            yield from _parts(value)


def _table(packed: bytes) -> Iterator[Any]:
    try:
        frame = pa.ipc.open_stream(io.BytesIO(packed)).read_pandas()
    except pa.ArrowInvalid:
        return
    with pd.option_context("display.max_colwidth", None):
        yield frame.to_json(force_ascii=False)


def _numbers(node: Any) -> Iterator[Any]:
    """The numbers of a figure, which it holds packed."""
    if isinstance(node, dict) and "bdata" in node:
        yield np.frombuffer(b64decode(node["bdata"]), dtype=node["dtype"]).tolist()
    elif isinstance(node, dict | list):
        for each in node.values() if isinstance(node, dict) else node:
            yield from _numbers(each)
    else:
        yield node
