"""Every page of every lesson opens the view that it means and asks what has one answer, in both languages."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import parse_qsl

import pytest

from ui.lessons import LESSONS, sentences
from ui.lessons.message import message, strayed
from ui.lessons.records import Ask, Lesson, Page
from ui.lessons.rings import PLACES, selector
from ui.lessons.truth import Truth
from ui.lessons.truths import TRUTHS, truth
from ui.networks.registry import resolve
from ui.page.frame import PAGES
from ui.page.lesson import left, meant
from ui.runs.link import from_link
from ui.runs.viewed import Viewed
from ui.selection.records import LESSONS as NAMES
from ui.selection.records import PARTS, Selection
from ui.words import LANGUAGES, Words
from ui.words.en import WORDS as ENGLISH

ALL = [(lesson, number) for lesson in LESSONS.values() for number in range(1, len(lesson.pages) + 1)]
IDS = [f"{lesson.name}-{lesson.pages[number - 1].name}" for lesson, number in ALL]
EVERY_PAGE = pytest.mark.parametrize(("lesson", "number"), ALL, ids=IDS)
LETTERS = 130  # of a page in Chinese


def viewed(page: Page, language: str = "en") -> Viewed:
    """A page's own view."""
    view, faults = from_link(dict(parse_qsl(page.view)), Selection().but(lang=language))
    assert faults == (), page.view
    return Viewed(view, resolve(view.network), Words(language))


@cache
def true(page: Page) -> Truth | None:
    return None if page.ask is None else truth(viewed(page), page.ask)


def test_the_lessons_are_those_that_a_link_can_name() -> None:
    assert tuple(LESSONS) == NAMES
    assert all(lesson.name == name for name, lesson in LESSONS.items())


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=list(LESSONS))
def test_a_lesson_has_six_to_ten_pages_and_asks_on_every_third(lesson: Lesson) -> None:
    assert 6 <= len(lesson.pages) <= 10
    assert len({page.name for page in lesson.pages}) == len(lesson.pages)
    assert 3 * sum(page.ask is not None for page in lesson.pages) >= len(lesson.pages)


@EVERY_PAGE
def test_a_page_opens_a_view_without_fault(lesson: Lesson, number: int) -> None:
    page = lesson.pages[number - 1]
    query = dict(parse_qsl(page.view, strict_parsing=True))
    assert query.keys() <= PARTS.keys()
    assert page.on in PAGES
    assert set(page.frees) <= PARTS.keys()
    one = viewed(page)
    assert one.legible
    # What a link says of a view is the view: nothing in it was put right in silence.
    flat = one.selection.flat()
    for name, written in query.items():
        value = flat[name]
        assert written == (",".join(value) if isinstance(value, tuple) else str(value)), name
    assert 1 <= one.selection.at.step <= len(one.tokens)


@EVERY_PAGE
def test_a_question_has_exactly_one_right_answer(lesson: Lesson, number: int) -> None:
    page = lesson.pages[number - 1]
    found = true(page)
    if page.ask is None or found is None:
        return
    shape = TRUTHS[page.ask.what].shape
    if shape == "choice":
        assert len(set(found.options)) == len(found.options) >= 2
        assert found.options.count(found.right) == 1
    elif shape == "curve":
        assert found.curve is not None
        assert len(found.curve.values) > 2
    else:
        assert found.right
        assert found.options == ()


@EVERY_PAGE
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_one_thing_in_few_words(lesson: Lesson, number: int, language: str) -> None:
    page = lesson.pages[number - 1]
    said = sentences.said(lesson, page, true(page), viewed(page, language))
    assert said.says
    told = " ".join((said.says, said.look, said.asks))
    long = len(told.split()) if language == "en" else len(re.sub(r"[\sA-Za-z0-9]+", "x", told))
    assert long <= (sentences.MOST_WORDS if language == "en" else LETTERS), told
    for text in (*said.options.values(), *said.replies.values()):
        assert text
        assert not re.search(r"\{(?!off)\w+\}", text), text
    if said.options:
        assert said.options.keys() == said.replies.keys()
        assert len(set(said.replies.values())) == len(said.replies), "each answer has a sentence of its own"


@EVERY_PAGE
def test_every_ring_names_a_place_that_the_view_has(lesson: Lesson, number: int) -> None:
    page = lesson.pages[number - 1]
    one = viewed(page)
    symbols = one.run().trace(one.selection.at).symbols
    for ring in page.rings:
        assert selector(ring)
        place, _, what = ring.partition(":")
        if place in ("equation", "node"):
            assert what in symbols, ring
        if place == "heat":
            assert what in (one.selection.display.large or one.selection.display.symbols), ring
        if place == "token":
            assert 1 <= int(what) <= len(one.tokens), ring


def test_no_sentence_is_left_over() -> None:
    known = set()
    for lesson in LESSONS.values():
        known |= {f"lesson.{lesson.name}", f"lesson.{lesson.name}.about"}
        for page in lesson.pages:
            begin, found = f"lesson.{lesson.name}.{page.name}", true(page)
            known |= {f"{begin}.{part}" for part in ("title", "says", "look")}
            if page.ask is None or found is None:
                continue
            known |= {f"{begin}.ask", *(f"{begin}.reply.{end}" for end in ("right", "wrong", "curve"))}
            known |= {f"{begin}.{part}.{name}" for part in ("option", "reply") for name in found.options}
    assert {key for key in ENGLISH if key.startswith("lesson.")} - known == set()


def test_a_ring_somewhere_else_is_named_with_the_places_that_there_are() -> None:
    with pytest.raises(ValueError, match=", ".join(PLACES)):
        selector("moon:c")


def test_who_steps_has_not_strayed_and_who_types_has() -> None:
    lesson = LESSONS["gates"]
    own = viewed(lesson.pages[0]).selection
    assert strayed(own.but(step=3, unit=2, lang="zh"), own) == ()
    assert strayed(own.but(text="abc"), own) == ("text",)
    assert strayed(own.but(text="abc"), own, ("text",)) == ()


def test_a_question_that_this_view_cannot_answer_is_said_to_be_one() -> None:
    lesson = LESSONS["gates"]
    place = next(at for at, page in enumerate(lesson.pages, 1) if page.ask)
    told = message(lesson, place, viewed(lesson.pages[place - 1]).but(text="a"), ())
    assert (told["ask"] is None) == bool(told["fault"])


def test_who_leaves_a_lesson_sees_again_what_its_page_had_hidden() -> None:
    lesson = LESSONS["remember"]
    number = next(at for at, page in enumerate(lesson.pages, 1) if "hide=" in page.view)
    there = meant(lesson.pages[number - 1], number, Selection().but(lesson="remember"))
    assert there.display.hide
    gone = left(lesson, there.but(hide=(*there.display.hide, "menu")))
    assert (gone.display.hide, gone.course.lesson) == (("menu",), "")


def test_a_view_whose_network_is_gone_is_said_to_be_so_and_nothing_is_asked_of_it() -> None:
    page = Page("page1", "network=gone&text=ab", ask=Ask("level", "f", 1))
    view, lacks = from_link(dict(parse_qsl(page.view)), Selection())
    one = Viewed(view, resolve(view.network), Words("en"))
    told = message(Lesson("own", (page,), "Gone"), 1, one, (), lacks)
    assert told["ask"] is None
    assert "network" in told["fault"]
