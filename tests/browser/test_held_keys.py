"""While a key is held Python hears nothing; a pause after it was let go it hears where the reader is.

The page's clock stands still but for what a test lets pass.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, WebSocket

from tests.browser.harness import settled
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
    })()""",
    "Command comes up on a Mac": f"({KEY})(['keyup', 'Meta', false])",
}


def stopped(visit: Visit) -> tuple[Page, list[int]]:
    """A page at its first step whose clock stands still, and the lengths of all that it sends from now on."""
    page = visit("?text=" + "ab" * 20 + "&step=1", wait=False)
    sent: list[int] = []

    def watch(socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: sent.append(len(frame)))

    page.on("websocket", watch)
    page.clock.install()
    page.reload()
    settled(page)
    page.clock.pause_at(page.evaluate("Date.now()") + 60_000)
    sent.clear()
    return page, sent


def key(page: Page, kind: str, name: str = "ArrowRight", repeat: bool = False) -> None:
    page.evaluate(KEY, [kind, name, repeat])


def told(page: Page) -> int:
    """The step that the address names, as it was told last."""
    return int(page.evaluate("new URLSearchParams(location.search).get('step')"))


@pytest.mark.parametrize("end", ENDS)
def test_a_key_that_is_held_tells_nothing_until_it_is_let_go(visit: Visit, end: str) -> None:
    page, sent = stopped(visit)
    key(page, "keydown")
    page.clock.run_for(LONG)  # the system repeats a key late, or never
    assert (step(page), told(page), sent) == (2, 1, [])
    key(page, "keydown", repeat=True)
    page.clock.run_for(LONG)
    assert (step(page), told(page), sent) == (3, 1, [])
    page.evaluate(ENDS[end])
    page.clock.run_for(PAUSE - 1)
    assert (told(page), sent) == (1, [])
    page.clock.run_for(1)
    assert told(page) == 3
    page.clock.resume()
    while not sent:
        page.wait_for_timeout(10)
    assert sum(sent) < 1000


def test_of_two_keys_that_are_held_the_last_one_ends_it(visit: Visit) -> None:
    page, sent = stopped(visit)
    key(page, "keydown")
    key(page, "keydown", "ArrowDown")
    key(page, "keyup", "ArrowDown")
    page.clock.run_for(LONG)
    assert (told(page), sent) == (1, [])
    key(page, "keyup")
    page.clock.run_for(PAUSE)
    assert told(page) == 2


def test_a_hand_on_the_slider_tells_nothing_until_it_lets_go(visit: Visit) -> None:
    page, sent = stopped(visit)
    slider = page.locator(".slider")
    slider.evaluate("(one) => ((one.value = 7), one.dispatchEvent(new Event('input', { bubbles: true })))")
    page.clock.run_for(LONG)
    assert (step(page), told(page), sent) == (7, 1, [])
    slider.dispatch_event("change")
    page.clock.run_for(PAUSE)
    assert told(page) == 7
