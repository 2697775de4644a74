import time
from datetime import datetime

import streamlit as st

from dashboard import components, loaders, session
from dashboard.viewmodels import screen
from dashboard.views import _screen_scenes
from trackers.errors import SignInError

AT, USED = "screen", "screen used"  # where it stands; whether the last run was asked for by somebody


def move(by: int | None) -> None:
    now, st.session_state[USED] = time.time(), True
    held = st.session_state[AT]
    st.session_state[AT] = held.toggled(now) if by is None else held.moved(by, now)


@st.fragment(run_every=screen.TICK)
def turn(chosen: session.Choice) -> None:
    try:  # a scene that turns by itself is nobody's doing: it does not keep the session open
        with session.opened(used=st.session_state.pop(USED, False)):
            session.choose(chosen)
            show()
    except SignInError as error:
        st.session_state[AT] = screen.Turning(paused=True)
        components.sign_in_first(f"会议屏已停止，不再显示数据。{error}")


def show() -> None:
    seen = loaders.cockpit(session.choice().plan, session.choice().day)
    held = st.session_state[AT] = st.session_state.get(AT, screen.Turning(since=time.time())).at(time.time())
    place, title = screen.which(seen, held)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(title, anchor=False, width="content")
        if loaders.is_demonstration():
            st.badge("演示数据", color="yellow")
        st.caption(f"{place}/{len(screen.scenes(seen))}　{datetime.now(session.BEIJING):%Y-%m-%d %H:%M} 的数据", width="content")
        st.space("stretch")
        st.button("上一页", key="screen-back", on_click=move, args=(-1,), shortcut="Left", type="tertiary")
        stay = "继续" if held.paused else "暂停"
        st.button(stay, key="screen-pause", on_click=move, args=(None,), shortcut="Space", type="tertiary")
        st.button("下一页", key="screen-next", on_click=move, args=(1,), shortcut="Right", type="tertiary")
        if st.button("退出", key="screen-leave", shortcut="Escape", type="tertiary"):
            st.switch_page(components.COCKPIT, query_params=dict(st.query_params))
    _screen_scenes.draw(title, seen)


with st.container(key="screen"):
    st.title("会议屏", anchor=False)
    turn(session.choice())
