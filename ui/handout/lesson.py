"""A lesson as one page: its panel and, page by page, the views that it opens; no server, no request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from html import escape
from string import Template
from typing import Any
from urllib.parse import urlencode

from ui.handout import HERE, Handout, page_style, style
from ui.handout.packing import packed_parts
from ui.lessons import sentences
from ui.lessons.message import message
from ui.lessons.records import Lesson, Page
from ui.runs import sentences as told
from ui.runs.viewed import Viewed
from ui.stepper.bundle import bundle
from ui.stepper.run_message import data_of
from ui.stepper.view import view_of
from ui.text.sheets import compact
from ui.words import Words

FRAME = Template((HERE / "page.html").read_text("utf-8"))
PANEL = HERE.parent / "lessons/panel.css"
STAGED = ("step", "applications")  # pages of the app that a stepper alone can show
SCRIPTS = {"compare": "compare", "memory": "memory"}


def lesson_page(
    lesson: Lesson, words: Words, viewed: Callable[[Page], Viewed], made: date, live: str = ""
) -> str:
    """A lesson as one file; `viewed` gives a page's view, `live` is the address of the app if it is known."""
    pages = [_page(lesson, number, viewed(page), made, live) for number, page in enumerate(lesson.pages, 1)]
    title = sentences.title(lesson, words)
    code = f"{bundle('hosts/lesson_page.js')}\nhandout.panel = startLesson(handout);"
    parts = {
        "style": f"{style()} {compact(PANEL)} :root {{--page: var(--st-background-color)}}",
        "code": code,
        "data": {"pages": pages},
    }
    return FRAME.substitute(
        language=words.language,
        title=escape(title),
        body='<div class="stage"></div>',
        old=escape(words("handout.old")),
        style=page_style(),
        **packed_parts(parts),
    )


def _page(lesson: Lesson, number: int, viewed: Viewed, made: date, live: str) -> Mapping[str, Any]:
    """What a page needs: the panel's message, and the stage with its data where a stepper can show it."""
    page, words = lesson.pages[number - 1], viewed.words
    panel = message(lesson, number, viewed, ())
    if page.on not in STAGED:
        query = urlencode({"lesson": lesson.name, "page": number})
        said = escape(words("handout.elsewhere", page=words.names("menu")(page.on)))
        link = f"{live}{SCRIPTS[page.on]}?{page.view}&{query}"
        there = f' <a href="{escape(link)}">{escape(words("handout.live"))}</a>' if live else ""
        return {"panel": panel, "body": f'<p class="elsewhere">{said}{there}</p>', "data": None}
    view = view_of(viewed)
    look = told.look(viewed, view.trace)
    sent = data_of(viewed, view, look, "", False, told.at_rest(viewed))
    display = viewed.selection.display
    symbols = [one for one in ("x", *view.trace.symbols) if one in (display.large or display.symbols)]
    handout = Handout(viewed, view, sent, symbols or view.trace.symbols, made, live)
    return {"panel": panel, "body": handout.body, "data": handout.data}
