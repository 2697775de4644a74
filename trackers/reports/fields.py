"""Word's fields in a template: none that fetches something, or has something carried out, when a report is opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

# INCLUDE and IMPORT are what old versions called INCLUDETEXT and INCLUDEPICTURE; RD names another document.
REACHING_OUT = frozenset(
    {
        "INCLUDEPICTURE", "INCLUDETEXT", "INCLUDE", "IMPORT", "DDE", "DDEAUTO", "LINK", "DATABASE", "RD", "EMBED", "CONTROL",
        "HTMLACTIVEX", "MACROBUTTON", "PRINT", "ADDIN",
    }  # fmt: skip
)
NESTED = "\0"  # stands in the code of a field where another one stands
NAME = re.compile(r"\s*([A-Za-z]+)(\0?)")
TAG = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")  # of the template's own language


def reaching_out(part: Any) -> str | None:
    """What is wrong with the first field of a part (an XML element) that may reach out of the document, in words."""
    for code in _codes(part):
        named = NAME.match(code)
        if named and not named[2] and named[1].upper() in REACHING_OUT:
            return f"{named[1].upper()} 域"
        if TAG.search(code) or code.lstrip().startswith(NESTED) or (named and named[2]):
            return "由模板字段或别的域拼成的域"
    return None


def _codes(part: Any) -> Iterator[str]:
    """The code of each field, put together from its runs; of one within another that too, in its own right."""
    open_: list[list[str]] = []
    told: list[bool] = []  # for each that is open: whether its code is over and its result stands there
    for each in part.iter():
        name = each.tag.rpartition("}")[2] if isinstance(each.tag, str) else ""
        values = {key.rpartition("}")[2]: value for key, value in each.attrib.items()} if name else {}
        if name == "fldSimple":
            yield values.get("instr", "")
        elif name == "fldChar" and values.get("fldCharType") == "begin":
            if open_ and not told[-1]:
                open_[-1].append(NESTED)
            open_.append([])
            told.append(False)
        elif name == "fldChar" and open_ and values.get("fldCharType") == "separate":
            told[-1] = True
        elif name == "fldChar" and open_ and values.get("fldCharType") == "end":
            told.pop()
            yield "".join(open_.pop())
        elif name in ("instrText", "delInstrText", "t", "delText") and open_ and not told[-1]:
            open_[-1].append(each.text or "")
    yield from ("".join(code) for code in open_)
