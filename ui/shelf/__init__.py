"""The lessons' own page: what each is about, and the door for one that somebody made."""

from __future__ import annotations

import streamlit as st

from ui.lessons import LESSONS
from ui.lessons.files import LessonError, read
from ui.lessons.sentences import title
from ui.page.lesson import go
from ui.selection.records import OWN_LESSON
from ui.session import private
from ui.session.chosen import Chosen

FILE, FAULT = "lesson_file", "lesson_fault"


def show(chosen: Chosen) -> None:
    """Every lesson: what it is about, how long it is, and a button that opens it."""
    words = chosen.words
    with st.container(key="shelf_first"):
        st.markdown(words("shelf.intro"))
    with st.container(key="shelf"):
        for number, lesson in enumerate(LESSONS.values(), 1):
            with st.container(border=True, key=f"lesson_{lesson.name}"):
                st.markdown(f"**{number}. {title(lesson, words)}**")
                st.markdown(words(f"lesson.{lesson.name}.about"))
                said, asks = words("shelf.open", count=str(len(lesson.pages))), (lesson.name, 1)
                st.button(said, key=f"open_{lesson.name}", on_click=go, args=asks)
    with st.container(key="shelf_last"):
        st.page_link("pages/teach.py", label=words("shelf.teach"))
        with st.expander(words("shelf.own")):
            st.file_uploader(words("shelf.drop"), type=["json"], key=FILE, on_change=_opened)
            if fault := st.session_state.get(FAULT):
                st.error(words(f"lesson_fault.{fault.key}", **fault.blanks))


def _opened() -> None:
    """Before a run: a lesson's file was dropped."""
    given = st.session_state[FILE]
    st.session_state[FAULT] = None
    if given is None:
        return
    try:
        private.open_lesson(read(given.getvalue()))
    except LessonError as fault:
        st.session_state[FAULT] = fault
        return
    go(OWN_LESSON, 1)
