"""Back and Forward restore the view of their entry, and leave alone what is the reader's own."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.page import calm, chosen, opened, selection, sent
from ui.session import selection as session


def led(page: AppTest, query: str, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page after the browser's history led it to an entry."""
    page.query_params.clear()
    for name, value in parse_qsl(query, keep_blank_values=True):
        page.query_params[name] = value
    with monkeypatch.context() as patch:
        patch.setattr(session, "by_history", lambda: True)
        page.run()
    return calm(page)


def test_an_entry_restores_network_text_edits_page_of_the_lesson_and_step(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    query = "network=counter&text=aab&edit=f.1%402%3D0&lesson=gates&page=2&step=2&unit=1"
    page = led(chosen(opened(network="random"), text="now", lesson="gates"), query, monkeypatch)
    view, message = selection(page), sent(page)
    assert (view.network.network, view.text.text, view.course.page) == ("counter", "aab", 2)
    assert (message["step"], message["unit"], message["edits"]) == (2, 1, "f.1@2=0")
    assert dict(parse_qsl(message["came"])) == dict(parse_qsl(query))
    assert page.text_input(key="text").value == "aab"


def test_an_entry_without_a_view_is_the_usual_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = led(opened(network="counter", lang="zh", theme="dark"), "", monkeypatch)
    view = selection(page)
    assert (view.network.network, view.display.lang, view.display.theme) == ("count10", "zh", "dark")
    assert sent(page)["came"] == ""


def test_a_page_without_a_view_keeps_the_session_s(monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(network="counter").switch_page("pages/lessons.py").run()
    led(page, "", monkeypatch)
    assert selection(page).network.network == "counter"


def test_an_address_alone_changes_nothing_in_a_session() -> None:
    page = opened(network="counter")
    page.query_params["network"] = "random"
    assert selection(calm(page.run())).network.network == "counter"
    assert sent(page)["came"] is None


def test_a_session_that_begins_where_another_ended_has_its_view(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "by_history", lambda: True)
    page = opened(network="counter", text="aab", step="2")
    assert (selection(page).text.text, sent(page)["step"]) == ("aab", 2)
    assert dict(parse_qsl(sent(page)["came"])) == {"network": "counter", "text": "aab", "step": "2"}


def test_a_training_s_entry_changes_the_training_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    page = chosen(opened(network="counter"), text="aab").switch_page("pages/train.py").run()
    led(page, "recipe=parity.GRU.units=3&lang=zh", monkeypatch)
    view = selection(page)
    assert (view.train.recipe, view.text.text, view.display.lang) == ("parity.GRU.units=3", "aab", "en")
