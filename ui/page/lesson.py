"""The lesson beside the view: its panel, and the ways from page to page."""

from __future__ import annotations

from urllib.parse import parse_qsl

import streamlit as st

from ui.lessons import LESSONS
from ui.lessons.message import message, strayed
from ui.lessons.records import Lesson, Page
from ui.runs.link import from_link
from ui.selection.records import OWN_LESSON, Selection
from ui.session import private
from ui.session.chosen import Chosen, chosen
from ui.session.selection import arrive, from_widgets
from ui.stepper.bundle import bundle

_component = st.components.v2.component(
    "gates.lesson", js=bundle("hosts/streamlit_lesson.js"), isolate_styles=False
)
ON = "lesson_on"  # the session's key of the app's page that a lesson leads to


def opened(name: str) -> Lesson | None:
    """The lesson of a name, one that this session was given among them."""
    return private.lesson() if name == OWN_LESSON else LESSONS.get(name)


def meant(page: Page, number: int, selection: Selection) -> Selection:
    """The view that a lesson's page shows, in the reader's language."""
    plain = Selection().but(lang=selection.display.lang)
    view, _ = from_link(dict(parse_qsl(page.view)), plain)
    return view.but(lesson=selection.course.lesson, page=number)


def go(lesson: str, number: int) -> None:
    """Before a run: open a page of a lesson, or with 0 leave it."""
    selection, known = from_widgets(), opened(lesson)
    if known is None or number == 0:
        arrive(selection.but(lesson="", page=1))
        return
    page = known.pages[min(number, len(known.pages)) - 1]
    arrive(meant(page, number, selection.but(lesson=lesson)))
    st.session_state[ON] = page.on


def leads_to() -> str:
    """The app's page that a lesson leads to, told once; empty where none does."""
    return str(st.session_state.pop(ON, ""))


def panel(present: Chosen, name: str) -> None:
    """The present page of the lesson that is open, if one is; `name` is the app's page that is shown."""
    course, words = present.selection.course, present.words
    if not course.lesson:
        return
    lesson = opened(course.lesson)
    if lesson is None:
        st.warning(words("course.gone"))
        return
    number = min(course.page, len(lesson.pages))
    page = lesson.pages[number - 1]
    own = meant(page, number, present.selection.but(page=number))
    changed = strayed(present.selection, own, page.frees) if name == page.on else ("elsewhere",)
    _component(data=message(lesson, number, chosen(own), changed), key="course", on_go_change=_turned)


def _turned() -> None:
    wanted = st.session_state["course"].go
    if wanted is not None:
        go(from_widgets().course.lesson, int(wanted["page"]))
