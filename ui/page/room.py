"""The room that a page follows or leads: its bar, the door into one, and the way to a teacher's view."""

from __future__ import annotations

from urllib.parse import parse_qsl

import streamlit as st

from ui.page import lesson
from ui.selection.records import OPENS
from ui.session.components import told
from ui.session.selection import take_link
from ui.stepper.bundle import bundle
from ui.words import Words

KEY = "room_bar"  # of the component that says where the teacher is
ANSWERED = "room_answered"  # the session's key of how often it went to a teacher's view
_bar = st.components.v2.component(
    "gates.room",
    js=bundle("hosts/streamlit_room.js"),
    isolate_styles=False,
)
_door = st.components.v2.component(
    "gates.door",
    js=bundle("hosts/streamlit_door.js"),
    isolate_styles=False,
)


def answered() -> int:
    """Which of the page's asks for a teacher's view was answered last."""
    return int(st.session_state.get(ANSWERED, 0))


def bar(page: str, path: str, words: Words) -> None:
    """What the page says of the room that it is in, if it is in one; `path` is its name in an address."""
    _bar(
        data={
            "page": page,
            "path": path,
            "follows": OPENS,
            "answered": answered(),
            "words": words.under("room"),
        },
        key=KEY,
        on_view_change=_go,
    )


def door(words: Words, opens: bool = False) -> None:
    """Where one comes into a room by its letters, and, where it `opens` them, opens one."""
    _door(data={"words": words.under("room"), "opens": opens}, key="door")


def _go() -> None:
    """Make the teacher's view this session's, before the script runs: that costs one run, and a step none."""
    asked = told(KEY, "view")
    if not asked:
        return
    st.session_state[ANSWERED] = int(asked["ask"])
    page = str(asked["page"])
    if page in OPENS:
        take_link(dict(parse_qsl(str(asked["query"]), keep_blank_values=True)))
        st.session_state[lesson.ON] = page
