"""How the page 规划 writes facts and lines: each with the place it comes from in small type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

import streamlit as st

from dashboard import components
from dashboard.viewmodels.plan import Fact, Line
from dashboard.viewmodels.words import escaped


def told(fact: Fact) -> str:
    """A fact in Markdown; an address in it is a link that shows where it leads."""
    text = escaped(fact.text)
    if fact.address:
        link = f"[{escaped(urlsplit(fact.address).netloc)}](<{fact.address}>)"
        text = text.replace(escaped(fact.address), link)
    return f":gray[{escaped(fact.label)}]　{text}"


def bullets(facts: Sequence[Fact]) -> str:
    return "\n".join(f"- {told(fact)}" for fact in facts)


def facts(found: Sequence[Fact], labels: Mapping[str, str]) -> None:
    """Facts, and a link to every plan they name that is held here."""
    st.markdown(bullets(found))
    for label in (labels[fact.plan] for fact in found if fact.plan):
        st.page_link(components.PLAN, label=f"打开“{label}”", icon=":material/description:", query_params={"plan": label})


def lacking(remarks: Sequence[str]) -> None:
    """What the document lacks, where it cannot be overlooked."""
    if remarks:
        listed = "\n".join(f"- {escaped(remark)}" for remark in remarks)
        st.warning(f"**这份文件缺什么、留了什么未定**\n\n{listed}")


def lines(title: str, found: Sequence[Line]) -> None:
    """Goals, tasks or safeguards under their title."""
    with st.container(border=True):
        st.markdown(f"**{escaped(title)}**")
        st.markdown("\n".join(_line(each) for each in found))


def _line(each: Line) -> str:
    inner = "".join(f"\n    - {told(fact)}" for fact in each.parts)
    return f"- **{escaped(each.name)}**　:gray[:small[{escaped(each.place)}]]{inner}"
