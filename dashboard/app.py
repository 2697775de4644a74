"""The shell: the name and icon, who is signed in, their pages, the top of all of them, and the edge where errors end."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard import components, loaders, menu, session
from dashboard.views import _entry_autosave
from trackers.errors import SignInError, TrackerError


def main() -> None:
    """One run of the script."""
    st.set_page_config(
        page_title="计量规划目标跟踪平台",
        page_icon=str(components.ASSETS / "icon.png"),
        layout="wide",
        menu_items={"About": menu.ABOUT},
    )
    st.logo(str(components.ASSETS / "logo.svg"), size="large")
    st.html(components.ASSETS / "looks.css")
    try:
        with session.opened() as run:
            pages = menu.pages_for(run.rights, loaders.plans())
            if not pages:
                alone(components.no_pages)
                return
            shown = [st.Page(f"views/{file}.py", title=title, url_path=file, **menu.seen(file)) for file, title in pages.items()]
            ways_in = [
                st.Page(partial(st.switch_page, shown[0], query_params=dict(st.query_params)), title="首页", **way)
                for way in menu.WAYS_IN
            ]
            closed = [
                st.Page(partial(components.not_given, title), title=title, url_path=file, visibility="hidden")
                for file, title in menu.not_given(pages).items()
            ]
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


main()
