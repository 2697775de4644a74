"""The shell: the name and icon, the pages, the top that all of them share, and the edge where errors end."""

from __future__ import annotations

import streamlit as st

from dashboard import components, session
from trackers.errors import TrackerError

ABOUT = """**计量规划目标跟踪平台**

按时序进度判断各项指标：完成率 =（现值 − 基期值）÷（目标值 − 基期值），与已过去的时间所占比例相比。
另有两种公开方法并列，结论不同时会写明。缺的数字写作“—”，不按零计；残损未核实的目标不判断。"""

PAGES = {
    "overview": "总览",
    "region": "区域",
    "indicator": "指标",
    "warnings": "滞后预警",
    "plan": "规划",
    "entry": "填报",
    "report": "报告",
}


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
    pages = [st.Page(f"views/{file}.py", title=title, url_path=file) for file, title in PAGES.items()]
    page = st.navigation(pages, position="top")
    try:
        with session.opened():
            components.top()
            page.run()
    except TrackerError as error:
        components.show_error(error)


main()
