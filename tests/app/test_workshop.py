"""A teacher makes a lesson without code, takes it away, and goes on with its file."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.app.page import calm, opened
from ui.lessons.files import read, written
from ui.lessons.records import Ask

PAGE = "pages/teach.py"


def pressed(page: AppTest, key: str) -> AppTest:
    return calm(page.button(key=key).click().run())


def test_a_lesson_is_made_ordered_and_taken_away() -> None:
    page = opened(PAGE, network="counter", text="aaabbb", step="2", unit="1")
    page = pressed(page, "workshop_add")
    page.text_area(key="says_page1").set_value("c counts.").run()
    page.selectbox(key="what_page1").set_value("direction").run()
    page = calm(page.selectbox(key="of_page1").set_value("c").run())
    page = calm(page.number_input(key="at_page1").set_value(4).run())
    page = pressed(page, "workshop_add")
    page = pressed(page, "↓_page1")
    made = page.session_state["draft"]
    assert [one.name for one in made.pages] == ["page2", "page1"]
    last = made.pages[1]
    assert last.ask == Ask("direction", "c", 4)
    assert dict(last.typed) == {"says": "c counts."}
    assert {part.split("=")[0] for part in last.view.split("&")} == {"network", "text", "step", "unit"}
    assert read(written(made)).pages[1].ask == last.ask
    page = pressed(page, "✕_page2")
    assert [one.name for one in page.session_state["draft"].pages] == ["page1"]


def test_a_lesson_that_a_link_holds_whole_is_gone_on_with() -> None:
    page = pressed(opened(PAGE, network="latch"), "workshop_add")
    made = page.query_params["made"]
    again = opened(PAGE, made=made[0] if isinstance(made, list) else made)
    assert [one.view for one in again.session_state["draft"].pages] == [
        one.view for one in page.session_state["draft"].pages
    ]


def test_a_question_without_an_answer_is_said_to_have_none() -> None:
    page = pressed(opened(PAGE, network="latch", text="abc", step="1", unit="1"), "workshop_add")
    page = calm(page.selectbox(key="what_page1").set_value("first_wrong").run())
    assert len(page.warning) == 1
