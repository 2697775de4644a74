"""How the page 规划 writes facts and lines: each with the place it comes from in small type."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.session import today
from dashboard.viewmodels.choices import plan_labels
from dashboard.viewmodels.plan import Fact, Line
from dashboard.viewmodels.words import escaped, link
from trackers.model.plan import Plan
from trackers.queries.assess import opening_day


def told(fact: Fact) -> str:
    """A fact in Markdown; an address in it is a link that shows where it leads."""
    text = escaped(fact.text)
    if fact.address:
        text = text.replace(escaped(fact.address), link(fact.address))
    return f":gray[{escaped(fact.label)}]　{text}"


def bullets(facts: Sequence[Fact]) -> str:
    return "\n".join(f"- {told(fact)}" for fact in facts)


def facts(found: Sequence[Fact], plans: Sequence[Plan]) -> None:
    """Facts, and a way to every plan they name that is held here."""
    st.markdown(bullets(found))
    held, labels = {plan.id: plan for plan in plans}, {id: escaped(name) for id, name in plan_labels(plans).items()}
    for id in (fact.plan for fact in found if fact.plan):
        st.button(f"打开“{labels[id]}”", key=f"open-{id}", icon=":material/description:", on_click=_open, args=(held[id],))


def _open(plan: Plan) -> None:
    """A link to the page one is on would leave the plan as it is."""
    st.session_state["plan"], st.session_state["day"] = plan.id, opening_day(plan, today())


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
