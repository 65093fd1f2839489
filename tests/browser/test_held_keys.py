"""While a key is held Python hears nothing; a pause after it was let go it hears where the reader is.

The page's clock stands still but for what a test lets pass.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.test_stepping import Visit, step

PAUSE = 450  # ms, as in the stepper
LONG = 20 * PAUSE

KEY = """([type, key, repeat]) =>
  document.body.dispatchEvent(new KeyboardEvent(type, { key, repeat, bubbles: true, cancelable: true }))"""
ENDS = {
    "the key comes up": f"({KEY})(['keyup', 'ArrowRight', false])",
    "the window loses the focus": "window.dispatchEvent(new Event('blur'))",
    "the page is hidden": """(() => {
        Object.defineProperty(document, 'hidden', { value: true, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
        delete document.hidden;
    })()""",
    "Command comes up on a Mac": f"({KEY})(['keyup', 'Meta', false])",
}


@pytest.fixture
def page(visit: Visit) -> Page:
    """At its first step, with a clock that stands still; `sent` says what it tells the server from now on."""
    page = visit("?text=" + "ab" * 20 + "&step=1", clock="stopped")
    page.evaluate("sent.length = 0")
    return page


def sent(page: Page) -> list[int]:
    """The bytes of each message to the server."""
    found: list[int] = page.evaluate("sent")
    return found


def key(page: Page, kind: str, name: str = "ArrowRight", repeat: bool = False) -> None:
    page.evaluate(KEY, [kind, name, repeat])


def told(page: Page) -> int:
    """The step that the address names, as it was told last."""
    return int(page.evaluate("new URLSearchParams(location.search).get('step')"))


def test_a_key_that_is_held_tells_nothing_until_it_is_let_go(page: Page) -> None:
    for begin, end in enumerate(ENDS.values()):
        at, before = 1 + 2 * begin, sent(page)
        key(page, "keydown")
        page.clock.run_for(LONG)  # the system repeats a key late, or never
        assert (step(page), told(page), sent(page)) == (at + 1, at, before)
        key(page, "keydown", repeat=True)
        page.clock.run_for(LONG)
        assert (step(page), told(page), sent(page)) == (at + 2, at, before)
        page.evaluate(end)
        page.clock.run_for(PAUSE - 1)
        assert (told(page), sent(page)) == (at, before)
        page.clock.run_for(1)
        assert told(page) == at + 2
        page.clock.run_for(LONG)
        page.wait_for_function("(before) => sent.length > before", arg=len(before))
        assert all(length < 1000 for length in sent(page))


def test_of_two_keys_that_are_held_the_last_one_ends_it(page: Page) -> None:
    key(page, "keydown")
    key(page, "keydown", "ArrowDown")
    key(page, "keyup", "ArrowDown")
    page.clock.run_for(LONG)
    assert (told(page), sent(page)) == (1, [])
    key(page, "keyup")
    page.clock.run_for(PAUSE)
    assert told(page) == 2


def test_a_hand_on_the_slider_tells_nothing_until_it_lets_go(page: Page) -> None:
    slider = page.locator(".slider")
    slider.evaluate("(one) => ((one.value = 7), one.dispatchEvent(new Event('input', { bubbles: true })))")
    page.clock.run_for(LONG)
    assert (step(page), told(page), sent(page)) == (7, 1, [])
    slider.dispatch_event("change")
    page.clock.run_for(PAUSE)
    assert told(page) == 7
