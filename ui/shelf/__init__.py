"""The lessons' own page: what each is about, and how many of its questions this browser knows answered."""

from __future__ import annotations

import streamlit as st

from ui.lessons import LESSONS
from ui.lessons.sentences import title
from ui.page.lesson import go
from ui.session.chosen import Chosen


def show(chosen: Chosen) -> None:
    """Every lesson: what it is about, how long it is, and a button that opens it."""
    words = chosen.words
    with st.container(key="shelf"):
        for lesson in LESSONS.values():
            with st.container(border=True, key=f"lesson_{lesson.name}"):
                st.markdown(f"**{title(lesson, words)}**")
                st.markdown(words(f"lesson.{lesson.name}.about"))
                count = str(len(lesson.pages))
                st.button(
                    words("shelf.open", count=count),
                    key=f"open_{lesson.name}",
                    on_click=go,
                    args=(lesson.name, 1),
                )
