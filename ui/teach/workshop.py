"""Make a lesson: views in an order, a sentence and a question to each, taken away as a file or a link."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TypeAlias

import streamlit as st

from ui.figures.theme import GATES
from ui.lessons.files import MOST_LETTERS, MOST_TITLE, LessonError, packed, read, unpacked, written
from ui.lessons.records import Ask, Lesson, Page
from ui.lessons.truths import TRUTHS, truth
from ui.page import framed
from ui.page import lesson as panel
from ui.page.frame import PAGES
from ui.page.shared import address
from ui.runs.link import shared_link
from ui.selection.records import MOST, MOST_MADE, MOST_PAGES, OPENS, OWN_LESSON, SYMBOLS
from ui.session import private
from ui.session.chosen import Chosen, chosen
from ui.words import Words

DRAFT = "draft"  # the session's key of the lesson that is being made
TITLE = "draft_title"
FILE, FAULT = "draft_file", "draft_fault"
COUNT = "drafted"  # and of how many pages it ever had: each has widgets of its own
NONE = "none"
ALL, STATES = tuple(SYMBOLS[1:]), ("c_tilde", "c", "h")
# The questions of the menu, and of which symbols each can be asked.
ASKED: Mapping[str, tuple[str, ...]] = {
    "direction": ALL,
    "level": GATES,
    "sign": STATES,
    "answer": (),
    "correct": (),
    "first_wrong": (),
    "wrote_most": (),
    "largest": ALL,
    "smallest": ALL,
    "moves_most": ("c", "h"),
    "telling_unit": ("c", "h"),
    "curve": ALL,
}
Move: TypeAlias = Callable[[list[Page]], list[Page]]


def draft() -> Lesson:
    """The lesson that is being made."""
    found: Lesson = st.session_state.setdefault(DRAFT, Lesson(OWN_LESSON, ()))
    return found


def _begin(made: str) -> None:
    """Go on with the lesson that the address holds, where this session has begun none."""
    if made and DRAFT not in st.session_state:
        with suppress(LessonError):
            _take_up(unpacked(made))


def show(present: Chosen) -> None:
    """The pages so far, each to be worded, moved and tried; the view to be added; the ways out."""
    words = present.words
    _begin(present.selection.course.made)
    st.header(words("workshop.title"))
    st.markdown(words("workshop.says"))
    _title(words)
    for place, page in enumerate(draft().pages):
        _page(place, page, present)
    _add(present)
    if draft().pages:
        _take(present)
    _go_on(words)


def _title(words: Words) -> None:
    st.session_state.setdefault(TITLE, draft().title)
    title = st.text_input(words("workshop.name"), key=TITLE, max_chars=MOST_TITLE, width=420)
    st.session_state[DRAFT] = replace(draft(), title=title.strip())


def _page(place: int, page: Page, present: Chosen) -> None:
    """One page: its sentences, its question and what is true, and the ways to move and to try it."""
    words, typed = present.words, dict(page.typed)
    with st.container(border=True, key=f"workshop_{page.name}"):
        top, moves = st.columns((3, 2), vertical_alignment="center")
        with top:
            st.markdown(f"**{place + 1}.** {words.names('menu')(page.on)} · `{page.view[:90]}`")
        with moves, st.container(horizontal=True, horizontal_alignment="right"):
            last = len(draft().pages) - 1
            _move("↑", words("workshop.up"), page, place == 0, lambda pages: _swapped(pages, place - 1))
            _move("↓", words("workshop.down"), page, place == last, lambda pages: _swapped(pages, place))
            _move("✕", words("workshop.drop"), page, False, lambda pages: pages[:place] + pages[place + 1 :])
            st.button(words("workshop.try"), key=f"try_{page.name}", on_click=_try, args=(place + 1,))
        for part in ("title", "says", "ask"):
            key = f"{part}_{page.name}"
            st.session_state.setdefault(key, typed.get(part, ""))
            label = words(f"workshop.{part}_of")
            if part == "says":
                text = st.text_area(label, key=key, max_chars=MOST_LETTERS, height=80)
            else:
                text = st.text_input(label, key=key, max_chars=MOST_LETTERS)
            typed[part] = str(text).strip()
        ask = _question(page, present)
        kept = tuple((name, text) for name, text in typed.items() if text)
        _put(place, replace(page, typed=kept, ask=ask))


def _question(page: Page, present: Chosen) -> Ask | None:
    """The question of a page, chosen from a menu, and its answer on this view."""
    words, own = present.words, chosen(panel.meant(page, 1, present.selection))
    ask = page.ask or Ask(NONE)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        what = st.selectbox(
            words("workshop.question"),
            (NONE, *ASKED),
            index=(NONE, *ASKED).index(ask.what) if ask.what in ASKED else 0,
            format_func=words.names("kind_of_question"),
            key=f"what_{page.name}",
            width=330,
        )
        if what == NONE:
            return None
        symbols = [one for one in own.run().trace(own.selection.at).symbols if one in ASKED[what]]
        symbol = ""
        if symbols:
            at = symbols.index(ask.symbol) if ask.symbol in symbols else len(symbols) - 1
            symbol = st.selectbox(
                words("workshop.symbol"), symbols, at, words.names("title"), key=f"of_{page.name}", width=220
            )
        step = st.number_input(
            words("workshop.step"),
            1,
            MOST,
            ask.step or own.selection.at.step,
            key=f"at_{page.name}",
            width=120,
        )
    made = Ask(what, symbol, int(step))
    try:
        true = truth(own, made)
    except (ValueError, KeyError, IndexError):
        st.warning(words("workshop.unanswered"))
        return made
    if TRUTHS[what].shape != "curve":
        known = words.under(f"quiz.option.{what}")
        st.caption(words("workshop.true", answer=known.get(true.right, true.right)))
    return made


def _put(place: int, page: Page) -> None:
    pages = list(draft().pages)
    pages[place] = page
    st.session_state[DRAFT] = replace(draft(), pages=tuple(pages))


def _swapped(pages: list[Page], place: int) -> list[Page]:
    """The pages with that at a place and the next one exchanged."""
    return [*pages[:place], *pages[place : place + 2][::-1], *pages[place + 2 :]]


def _move(sign: str, says: str, page: Page, disabled: bool, move: Move) -> None:
    def moved() -> None:
        st.session_state[DRAFT] = replace(draft(), pages=tuple(move(list(draft().pages))))

    st.button(sign, help=says, key=f"{sign}_{page.name}", on_click=moved, disabled=disabled)


def _add(present: Chosen) -> None:
    """The view that the teacher comes from, to be added behind the others."""
    words, last = present.words, st.session_state.get("viewed", "step")
    on = last if last in OPENS else OPENS[0]
    view = present.selection.but(lesson="", page=1, made="", hide=())
    here = view.but(
        step=int(st.session_state.get("step", view.at.step)),
        unit=int(st.session_state.get("unit", view.at.unit)),
    )
    link = shared_link(here, private.present())

    def add() -> None:
        count = st.session_state[COUNT] = st.session_state.get(COUNT, 0) + 1
        pages = (*draft().pages, Page(f"page{count}", link, on))
        st.session_state[DRAFT] = replace(draft(), pages=pages)

    full = len(draft().pages) >= MOST_PAGES
    st.button(
        words("workshop.add"), on_click=add, disabled=full or present.source.private, key="workshop_add"
    )
    st.caption(
        words("workshop.private")
        if present.source.private
        else words("workshop.from", page=words.names("menu")(on))
    )


def _try(number: int) -> None:
    """Open a page of the draft, as a reader would see it."""
    private.open_lesson(draft())
    panel.go(OWN_LESSON, number)


def _take(present: Chosen) -> None:
    """The lesson as a file, and as a link where it is short enough."""
    words, made = present.words, packed(draft())
    name = draft().title or words("workshop.unnamed")
    st.download_button(
        words("workshop.save"), written(draft()), f"{name}.json", "application/json", key="workshop_save"
    )
    if len(made) > MOST_MADE:
        st.query_params.pop("made", None)
        st.caption(words("workshop.long", length=f"{len(made):,}", most=f"{MOST_MADE:,}"))
        return
    st.query_params["made"] = made  # whoever comes back by the address goes on with it
    page = draft().pages[0]
    first = panel.meant(page, 1, present.selection).but(lesson=OWN_LESSON, made=made)
    st.caption(words("workshop.link"))
    st.code(address(first, PAGES[page.on]), language=None, wrap_lines=True)


def _go_on(words: Words) -> None:
    """A file to go on with."""
    framed.uploads(words)
    st.file_uploader(words("workshop.open"), type=["json"], key=FILE, on_change=_opened)
    if fault := st.session_state.get(FAULT):
        st.error(words(f"lesson_fault.{fault.key}", **fault.blanks))


def _opened() -> None:
    """Before a run: what was dropped is the draft."""
    given = st.session_state[FILE]
    st.session_state[FAULT] = None
    if given is None:
        return
    try:
        found = read(given.getvalue())
    except LessonError as fault:
        st.session_state[FAULT] = fault
        return
    _take_up(found)


def _take_up(found: Lesson) -> None:
    """Make a lesson the draft."""
    count = st.session_state.get(COUNT, 0)
    pages = tuple(replace(page, name=f"page{count + at}") for at, page in enumerate(found.pages, 1))
    st.session_state.update(
        {COUNT: count + len(pages), DRAFT: replace(found, pages=pages), TITLE: found.title}
    )
