"""A lesson as data: a page is a link, sentences and a question whose truth is computed from the run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Ask:
    """A question: `what` names the truth in `ui.lessons.truths.TRUTHS`, the rest says of what it is asked.

    The unit, layer and direction are the page's own; `step` counts from 1, 0 for the page's; `options` are
    those on offer where the truth doesn't say which there are; `text` is another text to be read beside;
    `instead` are parts of a link in which the view that is asked about is another than the page's, as
    "edit=f.1@4=0", with {} for the option where each has its own.
    """

    what: str
    symbol: str = ""
    step: int = 0
    options: tuple[str, ...] = ()
    text: str = ""
    instead: str = ""


@dataclass(frozen=True)
class Page:
    """One page: a view as a link's query, `on` which page of the app, and what is said and asked there.

    `rings` are places as `ui.lessons.rings` names them, `frees` the parts of the view that the reader is
    invited to change, `typed` the sentences of a page that a teacher made, by the end of their key. Those of
    the lessons that ship are in ui/words, as lesson.LESSON.PAGE.says, .look, .ask, .option.NAME, .reply.NAME.
    """

    name: str
    view: str
    on: str = "step"
    rings: tuple[str, ...] = ()
    ask: Ask | None = None
    frees: tuple[str, ...] = ()
    typed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Lesson:
    """Pages in their order; `title` is that of a teacher's own."""

    name: str
    pages: tuple[Page, ...]
    title: str = ""
