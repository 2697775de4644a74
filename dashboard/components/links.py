"""Numbers and lines that lead to their page: links, so that they work by keyboard and open in another window too."""

from __future__ import annotations

from datetime import date

import streamlit as st


def link(page: str, label: str, **choice: str | date) -> None:
    """A link to a page with all that it needs in the address: plan, day, region and so on; `label` is Markdown."""
    st.page_link(page, label=label, query_params={name: str(each) for name, each in choice.items()})


def number(page: str, figure: int | str, words: str, **choice: str | date) -> None:
    """A large figure with what it counts, both leading to its page; `words` is Markdown."""
    link(page, f"**{figure}** {words}", **choice)
