"""What a page of a lesson says: of those that ship from ui/words, of a teacher's own as she typed it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ui.lessons.records import Lesson, Page
from ui.lessons.truth import Truth
from ui.lessons.truths import TRUTHS
from ui.networks.answers import called
from ui.runs.viewed import Viewed
from ui.text.numbers import minus
from ui.words import Words

MOST_WORDS = 60  # on a page
# What is replied to what is no choice. The browser fills {off} itself: how far off a drawn curve is.
REPLIES = {"token": ("right", "wrong"), "unit": ("right", "wrong"), "curve": ("curve",)}


@dataclass(frozen=True)
class Said:
    """The sentences of a page: of what it shows, of what to do, its question, the options, the replies."""

    says: str
    look: str
    asks: str
    options: Mapping[str, str]
    replies: Mapping[str, str]


def title(lesson: Lesson, words: Words) -> str:
    """The name of a lesson."""
    return lesson.title or words(f"lesson.{lesson.name}")


def heading(lesson: Lesson, page: Page, words: Words) -> str:
    """The name of a page, for the list of pages."""
    return _own(lesson, page, words).get("title", page.name)


def said(lesson: Lesson, page: Page, truth: Truth | None, viewed: Viewed) -> Said:
    """The sentences of a page, their blanks filled from the truth.

    The replies are by an option's name; of a question that is no choice "right", "wrong" and "curve". What a
    page does not say itself is said as of any question of the kind.
    """
    own = _own(lesson, page, viewed.words)
    options, replies = {}, {}
    words = viewed.words
    if page.ask and truth:
        shape = TRUTHS[page.ask.what].shape
        known, label = words.under(f"quiz.option.{page.ask.what}"), _named(viewed)
        options = {name: own.get(f"option.{name}", known.get(name, label(name))) for name in truth.options}
        usual = words.under(f"quiz.reply.{page.ask.what}")
        for name in truth.options if shape == "choice" else REPLIES[shape]:
            verdict = "right" if name == truth.right else "wrong"
            replies[name] = own.get(f"reply.{name}") or usual.get(name) or usual.get(verdict, "")
    blanks = dict(truth.blanks) if truth else {}
    return Said(
        own.get("says", ""),
        own.get("look", ""),
        own.get("ask") or _question(page, viewed),
        {name: words.filled(text, **blanks) for name, text in options.items()},
        {name: words.filled(text, **blanks) for name, text in replies.items()},
    )


def _named(viewed: Viewed) -> Callable[[str], str]:
    """How an option without words of its own is written: a number, or an answer of the network."""
    answer = called(viewed.source.answers(), viewed.words)
    return lambda name: minus(name) if name.lstrip("-")[:1].isdigit() else answer(name)


def _question(page: Page, viewed: Viewed) -> str:
    """What is asked where a page has no words of its own for it."""
    if page.ask is None:
        return ""
    at, words, ask = viewed.selection.at, viewed.words, page.ask
    symbol = words.names("title")(ask.symbol)
    return words(f"quiz.ask.{ask.what}", symbol=symbol, unit=str(at.unit), step=str(ask.step or at.step))


def _own(lesson: Lesson, page: Page, words: Words) -> Mapping[str, str]:
    return dict(page.typed) or words.under(f"lesson.{lesson.name}.{page.name}")
