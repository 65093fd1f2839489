"""The lesson beside the view: its panel, and the ways from page to page."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

import streamlit as st

from ui.lessons import LESSONS, linked
from ui.lessons.files import LessonError, unpacked
from ui.lessons.message import message, strayed
from ui.lessons.records import Lesson, Page
from ui.runs.link import from_link
from ui.selection.records import OWN_LESSON, Course, Selection
from ui.session import private
from ui.session.chosen import Chosen, chosen
from ui.session.components import told
from ui.session.selection import ASKED, arrive, from_widgets
from ui.stepper.bundle import bundle

_component = st.components.v2.component(
    "gates.lesson", js=bundle("hosts/streamlit_lesson.js"), isolate_styles=False
)
KEY = "course"
ON = "lesson_on"  # the session's key of the app's page that a lesson, or a teacher, leads to


def opened(course: Course) -> Lesson | None:
    """The lesson that is open: one of ours, or somebody's own, from the link or from a file of this session.

    None where it is not here.
    """
    if course.lesson != OWN_LESSON:
        return LESSONS.get(course.lesson)
    return unpacked(course.made) if course.made else private.lesson()


def meant(page: Page, number: int, selection: Selection) -> Selection:
    """The view that a lesson's page shows, in the reader's language and colours."""
    course, own = selection.course, {"lang": selection.display.lang, "theme": selection.display.theme}
    view, _ = from_link(dict(parse_qsl(page.view)), Selection())
    return view.but(lesson=course.lesson, page=number, made=course.made, **own)


def left(lesson: Lesson | None, selection: Selection) -> Selection:
    """The view of a lesson that is left: what its page had hidden is there again."""
    hidden: tuple[str, ...] = ()
    if lesson is not None:
        number = min(selection.course.page, len(lesson.pages))
        hidden = meant(lesson.pages[number - 1], number, selection).display.hide
    shown = tuple(part for part in selection.display.hide if part not in hidden)
    return selection.but(lesson="", page=1, made="", hide=shown)


def go(lesson: str, number: int, made: str = "") -> None:
    """Before a run: open a page of a lesson, or with 0 leave it; `made` is one that a link holds whole."""
    present = from_widgets()
    selection = present.but(lesson=lesson, page=1, made=made)
    try:
        known = opened(selection.course)
    except LessonError:
        known = None
    if known is None or number == 0:
        arrive(left(known, present))
        return
    page = known.pages[min(number, len(known.pages)) - 1]
    arrive(meant(page, number, selection))
    st.session_state[ON] = page.on


def leads_to() -> tuple[str, Mapping[str, str]]:
    """The app's page that a lesson leads to, told once, empty where none does, and the query to go with."""
    if ASKED not in st.session_state and (page := linked(query := st.query_params.to_dict())):
        return page.on, query
    return str(st.session_state.pop(ON, "")), {}


def panel(present: Chosen, name: str) -> None:
    """The present page of the lesson that is open, if one is; `name` is the app's page that is shown."""
    course, words = present.selection.course, present.words
    if not course.lesson:
        return
    try:
        lesson = opened(course)
    except LessonError as fault:
        st.warning(words(f"lesson_fault.{fault.key}", **fault.blanks))
        return
    if lesson is None:
        st.warning(words("course.gone"))
        return
    number = min(course.page, len(lesson.pages))
    page = lesson.pages[number - 1]
    own = meant(page, number, present.selection.but(page=number))
    lacks = from_link(dict(parse_qsl(page.view)), Selection())[1]
    changed = strayed(present.selection, own, page.frees) if name == page.on else ("elsewhere",)
    _component(data=message(lesson, number, chosen(own), changed, lacks), key=KEY, on_go_change=_turned)


def _turned() -> None:
    wanted = told(KEY, "go")
    if wanted is not None:
        course = from_widgets().course
        go(course.lesson, int(wanted["page"]), course.made)
        if wanted["finished"]:
            st.session_state[ON] = "lessons"
