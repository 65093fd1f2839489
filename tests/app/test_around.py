"""What the browser is told of every page: its language and its colours."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.page import calm, chosen, opened, sent
from ui.lessons import LESSONS
from ui.page import lesson
from ui.page.frame import PAGES
from ui.selection.records import Selection


def told(page: AppTest) -> dict[str, Any]:
    (around,) = (one.proto for one in page.get("bidi_component") if one.proto.component_name == "gates.page")
    said: dict[str, Any] = json.loads(around.json)
    return said


@pytest.mark.parametrize("script", [*PAGES.values(), "pages/claims.py", "pages/teach.py"])
def test_every_page_has_the_language_and_the_colours_of_the_link(script: str) -> None:
    said = told(opened(script, lang="zh", theme="dark"))
    assert (said["lang"], said["theme"]) == ("zh", "dark")


def test_the_colours_stay_from_page_to_page_and_in_the_link() -> None:
    page = chosen(opened(), theme="light")
    assert parse_qs(sent(page)["link"])["theme"] == ["light"]
    for script in PAGES.values():
        assert told(calm(page.switch_page(script).run()))["theme"] == "light"


def test_a_page_of_a_lesson_has_the_colours_of_its_reader() -> None:
    hers = Selection().but(theme="dark", lang="zh", lesson="gates")
    view = lesson.meant(LESSONS["gates"].pages[1], 2, hers)
    assert (view.display.theme, view.display.lang, view.course.page) == ("dark", "zh", 2)


def test_a_link_to_somebodys_own_network_keeps_the_colours() -> None:
    said = told(opened(network="yours", lang="zh", theme="dark"))
    assert (said["lang"], said["theme"]) == ("zh", "dark")
