"""The lessons' own page: what each is about, and the door for one that somebody made."""

from __future__ import annotations

from datetime import date

import streamlit as st

from ui.handout.lesson import lesson_page
from ui.lessons import LESSONS
from ui.lessons.files import LessonError, read
from ui.lessons.records import Lesson, Page
from ui.lessons.sentences import title
from ui.page import framed
from ui.page.lesson import go, meant
from ui.selection.records import OWN_LESSON
from ui.session import private
from ui.session.chosen import Chosen
from ui.session.chosen import chosen as resolved

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
                with st.container(horizontal=True, vertical_alignment="center"):
                    st.button(said, key=f"open_{lesson.name}", on_click=go, args=asks)
                    _file(lesson, chosen)
    with st.container(key="shelf_last"):
        st.page_link("pages/claims.py", label=words("shelf.claims"))
        st.page_link("pages/teach.py", label=words("shelf.teach"))
        with st.expander(words("shelf.own")):
            framed.uploads(words)
            st.file_uploader(words("shelf.drop"), type=["json"], key=FILE, on_change=_opened)
            if fault := st.session_state.get(FAULT):
                st.error(words(f"lesson_fault.{fault.key}", **fault.blanks))


def _file(lesson: Lesson, chosen: Chosen) -> None:
    """The lesson as one page to hand out, made when it is asked for."""
    words, address = chosen.words, (st.context.url or "").removesuffix("lessons")

    def made() -> str:
        return lesson_page(lesson, words, lambda page: own(lesson, page, chosen), date.today(), address)

    name = f"{lesson.name}-lesson.html"
    st.download_button(
        words("shelf.file"),
        made,
        name,
        "text/html",
        key=f"file_{lesson.name}",
        type="tertiary",
        on_click="ignore",
    )


def own(lesson: Lesson, page: Page, present: Chosen) -> Chosen:
    """The view of a lesson's page."""
    number = lesson.pages.index(page) + 1
    return resolved(meant(page, number, present.selection.but(lesson=lesson.name)))


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
