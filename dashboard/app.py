"""The shell: the name and icon, who is signed in, their pages, the top of all of them, and the edge where errors end."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard import components, loaders, menu, session
from dashboard.turns import turn
from dashboard.views import _entry_autosave
from trackers.errors import SignInError, TrackerError


def main() -> None:
    """One run of the script."""
    components.dressed()
    try:
        with session.opened() as run:
            pages = menu.pages_for(run.rights, loaders.plans())
            if not pages:
                alone(components.no_pages)
                return
            ways_in, shown, closed = components.pages_of(pages)
            page = st.navigation([*ways_in, *shown, *closed], position="top")
            if page not in ways_in:
                components.top(with_plan=page in shown and page.title not in menu.WITHOUT_PLAN)
                _entry_autosave.keep(run)  # what was typed just before another page was chosen
            page.run()
    except SignInError as error:
        sentence = str(error)
        alone(lambda: components.sign_in_first(sentence))
    except TrackerError as error:
        components.show_error(error)


def alone(draw: Callable[[], None]) -> None:
    """One page without a menu, whatever the address asks for, and the way to single sign-on where there is one."""
    pages = [st.Page(draw, title="登录", url_path=path) for path in ["alone", *(file for file, *_ in menu.PAGES)]]
    if session.offers_single_sign_on():
        pages.append(st.Page(components.to_provider, title="登录", url_path="sso"))
    st.navigation(pages, position="hidden").run()


with turn():
    main()
