"""A room that follows its teacher: where it is opened, and come into."""

from __future__ import annotations

import streamlit as st

from ui.page import room
from ui.session.chosen import Chosen


def show(chosen: Chosen) -> None:
    """What a room is, and the door."""
    words = chosen.words
    st.header(words("teach.room"), anchor=False)
    st.markdown(words("teach.room_says"))
    room.door(words, opens=True)
