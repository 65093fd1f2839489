"""What the browser is sent to show a page of a lesson beside the view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ui.lessons import sentences
from ui.lessons.records import Lesson, Page
from ui.lessons.rings import selector
from ui.lessons.truth import Truth
from ui.lessons.truths import TRUTHS, truth
from ui.runs.viewed import Viewed
from ui.selection.records import Selection
from ui.words import Words

FREE = ("step", "unit", "lang", "theme", "lesson", "page", "made")  # what nobody strays by


def strayed(selection: Selection, meant: Selection, frees: Sequence[str] = ()) -> tuple[str, ...]:
    """The parts of a view, by their names in a link, that are others than a lesson's page means."""
    here, there = selection.flat(), meant.flat()
    return tuple(name for name in here if here[name] != there[name] and name not in (*FREE, *frees))


def message(
    lesson: Lesson, number: int, viewed: Viewed, changed: Sequence[str], lacks: Sequence[str] = ()
) -> Mapping[str, Any]:
    """A page of a lesson, from 1, with its question's truth; `viewed` is the page's own view, unchanged.

    `changed` are the names of the parts that the reader has otherwise, `lacks` of those that the page's link
    asks for and that are not here.
    """
    page, words = lesson.pages[number - 1], viewed.words
    true, fault = _truth(viewed, page)
    if lacks:
        true, fault = None, words("course.lacks", parts=_names(lacks, words))
    said = sentences.said(lesson, page, true, viewed)
    parts = {name: words.parts(text) for name, text in (("says", said.says), ("look", said.look))}
    return {
        "lesson": lesson.name,
        "title": sentences.title(lesson, words),
        "pages": [
            {"name": one.name, "title": sentences.heading(lesson, one, words), "asks": one.ask is not None}
            for one in lesson.pages
        ],
        "page": number,
        "parts": parts,
        "rings": [selector(ring) for ring in page.rings],
        "ask": _ask(page, true, said, words.parts(said.asks)) if page.ask and true else None,
        "changed": words("course.changed", parts=_names(changed, words)) if changed else "",
        "covered": viewed.selection.display.predict == 1,
        "fault": fault,
        "told": words.under("course"),
    }


def _truth(viewed: Viewed, page: Page) -> tuple[Truth | None, str]:
    """The truth of a page's question, and why there is none where it can't be asked."""
    if page.ask is None:
        return None, ""
    try:
        return truth(viewed, page.ask), ""
    except (ValueError, KeyError, IndexError):
        return None, viewed.words("course.no_truth")


def _ask(page: Page, true: Truth, said: sentences.Said, asks: Sequence[tuple[str, str]]) -> Mapping[str, Any]:
    assert page.ask is not None, "only a page that asks has a truth"
    return {
        "shape": TRUTHS[page.ask.what].shape,
        "symbol": page.ask.symbol,
        "asks": asks,
        "options": [{"name": name, "label": label} for name, label in said.options.items()],
        "right": true.right,
        "replies": said.replies,
        "curve": true.curve
        and {"values": true.curve.values.tolist(), "low": true.curve.low, "high": true.curve.high},
    }


def _names(parts: Sequence[str], words: Words) -> str:
    """Parts of a view in words."""
    known = words.under("part")
    return " · ".join(dict.fromkeys(known.get(name, known["other"]) for name in parts))
