"""The shell: the name and icon, who is signed in, their pages, the top of all of them, and the edge where errors end."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard import components, loaders, menu, session
from trackers.errors import SignInError, TrackerError

ABOUT = """**计量规划目标跟踪平台**

按时序进度判断各项指标：完成率 =（现值 − 基期值）÷（目标值 − 基期值），与已过去的时间所占比例相比。
另有两种公开方法并列，结论不同时会写明。缺的数字写作“—”，不按零计；残损未核实的目标不判断。"""


def main() -> None:
    """One run of the script."""
    st.set_page_config(
        page_title="计量规划目标跟踪平台",
        page_icon=str(components.ASSETS / "icon.png"),
        layout="wide",
        menu_items={"About": ABOUT},
    )
    st.logo(str(components.ASSETS / "logo.svg"), size="large")
    st.html(components.ASSETS / "charts.css")
    try:
        with session.opened() as run:
            pages = menu.pages_for(run.rights, loaders.plans())
            if not pages:
                alone(components.no_pages)
                return
            page = st.navigation(
                [st.Page(f"views/{file}.py", title=title, url_path=file) for file, title in pages.items()],
                position="top",
            )
            components.top()
            page.run()
    except SignInError as error:
        sentence = str(error)
        alone(lambda: components.sign_in_first(sentence))
    except TrackerError as error:
        components.show_error(error)


def alone(draw: Callable[[], None]) -> None:
    """One page without a menu."""
    st.navigation([st.Page(draw, title="登录", url_path="alone")], position="hidden").run()


main()
