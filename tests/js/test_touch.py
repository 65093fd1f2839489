"""Fingers: a swipe steps at every size, what is pressed is large, no token hides below a keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.harness import SIZES, opened, viewport
from tests.js.conftest import served
from tests.js.test_page import Start, step
from tests.js.test_page import counter as counter
from tests.js.test_page import start as start

# A finger that goes from where it is put down.
SWIPE = """([place, x, y, fingers]) => {
  const node = document.querySelector(place), box = node.getBoundingClientRect();
  const at = (clientX, clientY, identifier) => new Touch({ target: node, identifier, clientX, clientY });
  const tell = (name, touches, changedTouches) =>
    node.dispatchEvent(new TouchEvent(name, { bubbles: true, cancelable: true, touches, changedTouches }));
  const from = at(box.left + box.width / 2, box.top + 4, 1), to = at(from.clientX + x, from.clientY + y, 1);
  tell('touchstart', Array(fingers).fill(from), [from]);
  tell('touchend', [], [to]);
}"""
SMALL = """() => [...document.querySelectorAll('button, select, summary, input')].filter((node) => {
  const { width, height } = node.getBoundingClientRect();
  return width && (Math.round(width) < 44 || Math.round(height) < 44);
}).map((node) => node.outerHTML)"""
# A page that scrolls, a keyboard that leaves 200 px of it, and where box and tokens then are.
KEYBOARD = """async () => {
  const { keepAboveKeyboard } = await import('/hosts/screen_keyboard.js'), seen = new EventTarget();
  const box = document.querySelector('input'), strip = document.querySelector('.strip');
  Object.assign(seen, { offsetTop: 0, height: 720 });
  keepAboveKeyboard(document.body, new AbortController().signal, seen);
  const told = [];
  const turn = (height) => {
    seen.height = height;
    seen.dispatchEvent(new Event('resize'));
    told.push([box.getBoundingClientRect().top, strip.getBoundingClientRect().bottom]);
  };
  turn(200);
  box.focus({ preventScroll: true });
  turn(720);
  turn(200);
  turn(60);
  return told;
}"""


@pytest.mark.parametrize("size", SIZES)
def test_a_finger_that_goes_across_steps_and_one_that_scrolls_does_not(start: Start, size: str) -> None:
    page = start(viewport=viewport(size), has_touch=True)
    swipes = ((-60, 5, 1, 7), (60, 5, 1, 6), (-60, 50, 1, 6), (5, -200, 1, 6), (-30, 0, 1, 6), (-60, 0, 2, 6))
    for place in (".equations .formula", ".diagram"):
        for x, y, fingers, there in swipes:
            page.evaluate(SWIPE, [place, x, y, fingers])
            assert step(page) == there, (place, x, y)
    page.evaluate(SWIPE, [".equation .number", -60, 0, 1])  # it is pulled itself
    assert step(page) == 6


def test_what_a_finger_presses_on_a_phone_is_large_enough(start: Start) -> None:
    page = start(viewport=viewport("phone"), has_touch=True, is_mobile=True)
    page.get_by_test_id("edit-open").tap()
    assert page.evaluate(SMALL) == []
    assert page.evaluate("getComputedStyle(document.querySelector('.speed')).fontSize") == "16px"


def test_what_is_typed_stays_in_view_above_the_keyboard(browser: Browser, modules: str) -> None:
    style = "<style>body {margin: 0; height: 3000px} input, .strip {position: absolute; height: 40px}</style>"
    body = f'{style}<input type="text" style="top: 150px"><div class="strip" style="top: 260px"></div>'
    with opened(browser) as (page, errors):
        served(page, modules, body)
        first, open_, typed, low = page.evaluate(KEYBOARD)
        assert first == open_ == [150, 300]  # nobody types yet, or there is room
        assert typed == [42, 192]
        assert low == [8, 158]  # the box itself comes before the tokens
        assert errors == []
