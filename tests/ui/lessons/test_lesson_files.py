"""A lesson that somebody made comes back whole from file and link; what is none is refused in a sentence."""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64encode
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.lessons.files import LARGEST, MOST_LETTERS, LessonError, packed, read, unpacked, written
from ui.lessons.records import Ask, Lesson, Page
from ui.selection.records import MOST_PAGES, OWN_LESSON
from ui.words import LANGUAGES, Words

PAGE = Page(
    "page1",
    "network=counter&text=aaabbb&step=2",
    "step",
    ask=Ask("direction", "c", 3),
    typed=(("title", "Count"), ("says", "c goes up."), ("ask", "Which way </script>\u2028?")),
)
LESSON = Lesson(OWN_LESSON, (PAGE, Page("page2", "network=latch", "memory")), "Zählen 数数")


def test_a_lesson_comes_back_from_its_file_and_from_its_link() -> None:
    assert read(written(LESSON)) == read(written(LESSON).encode()) == LESSON
    assert unpacked(packed(LESSON)) == LESSON


def changed(**parts: Any) -> str:
    return json.dumps({**json.loads(written(LESSON)), **parts})


def on_page(**parts: Any) -> str:
    return changed(pages=[{**json.loads(written(LESSON))["pages"][0], **parts}])


FAULTS = {
    "json": "{",
    "large": " " * (LARGEST + 1),
    "foreign": '{"version": 1, "pages": []}',
    "version": changed(version=2),
    "empty": changed(pages=[]),
    "pages": changed(pages=json.loads(written(LESSON))["pages"] * MOST_PAGES),
    "page": on_page(view="moon=full"),
    "question": on_page(question={"what": "__class__", "symbol": "c", "step": 1}),
    "long": on_page(ask="a" * (MOST_LETTERS + 1)),
}


@pytest.mark.parametrize("key", FAULTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fault_is_told_in_one_sentence(key: str, language: str) -> None:
    with pytest.raises(LessonError) as caught:
        read(FAULTS[key])
    assert caught.value.key == key
    assert "{" not in Words(language)(f"lesson_fault.{key}", **caught.value.blanks)


@pytest.mark.parametrize(
    "data",
    [
        *("[]", "null", "1", '"x"', "[" * 100_000, b"\xff\xfe", "NaN"),
        *(changed(pages=pages) for pages in (None, {}, [1], [None], [[]])),
        *(changed(title=title) for title in (None, 1, "x" * 100)),
        *(on_page(**{part: value}) for part in ("on", "view", "says") for value in (None, 1, [], {})),
        *(on_page(question=value) for value in (1, [], {}, {"what": []}, {"what": "level", "symbol": 3})),
        on_page(question={"what": "level", "symbol": "f", "step": -1}),
        on_page(question={"what": "level", "symbol": "f", "step": True}),
    ],
)
def test_nothing_else_is_read_as_a_lesson(data: str | bytes) -> None:
    with pytest.raises(LessonError):
        read(data)


@given(st.text(alphabet=st.characters(codec="ascii"), max_size=60))
def test_a_damaged_link_is_refused(made: str) -> None:
    with pytest.raises(LessonError):
        unpacked(made)


def test_a_link_that_unpacks_to_very_much_is_not_unpacked() -> None:
    bomb = urlsafe_b64encode(zlib.compress(b" " * 50_000_000, 9)).decode()
    with pytest.raises(LessonError) as caught:
        unpacked(bomb)
    assert caught.value.key == "large"
