"""A choice is an entry of the browser's history, a step is none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.harness import opened
from tests.js.conftest import served

LOAD = """async () => {
  globalThis.place = (await import('/hosts/address.js')).addressOfPage();
  globalThis.from = history.length;
}"""
BOX = '<input type="text"><button>away</button>'


@pytest.fixture
def page(browser: Browser, modules: str) -> Iterator[Page]:
    with opened(browser) as (page, errors):
        served(page, modules, BOX)
        page.evaluate(LOAD)
        yield page
        assert errors == []


def write(page: Page, query: str, chosen: bool = True) -> tuple[int, str]:
    """How many entries there are more than at first, and what the last one asks for."""
    page.evaluate("([query, chosen]) => place.write(new URLSearchParams(query), chosen)", [query, chosen])
    return there(page)


def there(page: Page) -> tuple[int, str]:
    count, query = page.evaluate("[history.length - from, location.search.slice(1)]")
    return count, query


def back(page: Page, by: int = -1) -> str:
    moved = (
        "(by) => new Promise((done) => (addEventListener('popstate', done, { once: true }), history.go(by)))"
    )
    page.evaluate(f"{moved}", by)
    return there(page)[1]


def test_choices_are_entries_and_steps_and_what_comes_by_itself_are_none(page: Page) -> None:
    assert write(page, "network=a&step=1") == (0, "network=a&step=1")  # the page as it was opened
    assert write(page, "network=a&step=2") == (0, "network=a&step=2")
    assert write(page, "network=b&step=2") == (1, "network=b&step=2")
    assert write(page, "network=b&lang=zh&step=3")[0] == 1
    assert write(page, "network=c&step=3", chosen=False) == (1, "network=c&step=3")
    assert back(page) == "network=a&step=2"


def test_an_entry_is_not_written_over_before_its_view_is_here(page: Page) -> None:
    write(page, "network=a&step=2")
    write(page, "network=b&step=4")
    back(page)
    assert write(page, "network=b&step=4") == (1, "network=a&step=2")
    page.evaluate("place.arrives('network=b&step=4')")
    assert write(page, "network=b&step=5") == (1, "network=a&step=2")
    page.evaluate("place.arrives('network=a&step=2')")
    assert write(page, "network=a&step=3") == (1, "network=a&step=3")
    assert back(page, 1) == "network=b&step=4"


def test_a_stretch_of_typing_is_one_choice(page: Page) -> None:
    write(page, "text=a")
    typed = "(text) => place.type(() => new URLSearchParams({ text }))"
    page.locator("input").focus()
    for text in ("ab", "abc", "abcd"):
        page.evaluate(typed, text)
    page.locator("button").focus()
    assert there(page) == (1, "text=abcd")
    page.locator("input").focus()
    page.evaluate(typed, "abcde")
    assert there(page) == (2, "text=abcde")
    assert back(page) == "text=abcd"


def test_a_page_that_was_opened_without_a_view_can_be_come_back_to(page: Page) -> None:
    page.evaluate("place.mark()")
    assert write(page, "network=b") == (1, "network=b")
    assert back(page) == ""


def test_the_address_keeps_what_a_frame_was_asked_for(page: Page) -> None:
    page.evaluate("history.replaceState(null, '', '?embed=true&embed_options=light_theme&room=BCDF&text=a')")
    assert write(page, "text=b")[1] == "embed=true&embed_options=light_theme&room=BCDF&text=b"
