"""How fast what is typed is answered in the page, in one run: `python -m bench.typing`.

A key is measured from its event's own time stamp to the first task after the frame that shows the text and
all heatmaps of it, in a browser without a frame limit: what is measured is the work, not the wait for the next
of 60 frames. Of it the share of our own script, and of the tasks that the main thread spends on it the longest,
are read from Chromium's trace. A bare Streamlit page with the same figure is measured as in bench.browser: from
the message that carries the text, so without the pause of its text box.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bench.browser import TEXT, UNLIMITED, drawn, p95, page_of, retyped, row, with_network
from bench.view import UNITS, selection
from tests.browser.chromium import flags, found
from tests.browser.harness import ready, served, settled
from ui.session.link import link_of

BOX = ".st-key-text input"
QUIET = 700  # ms after the last key until the server has answered
LETTERS = "qwertyuiopasdfghjklzxcvbnmqwer"

WATCH = """() => {
  window.typed = [];
  const box = document.querySelector('.st-key-text input');
  const after = (done) => requestAnimationFrame(() => scheduler.postTask(() => done(performance.now()), { priority: 'user-blocking' }));
  const visible = (text) => text.replaceAll(' ', '␣');
  let stamp = 0;
  addEventListener('keydown', (event) => (stamp = event.timeStamp), true);
  addEventListener('input', () => {
    const begun = stamp, text = visible(box.value);
    const shows = () => [...document.querySelectorAll('[data-testid=token] > bdi')].map((one) => one.textContent).join('') === text
      && document.querySelector('.st-key-heat').hasAttribute('data-live');
    const one = { text, took: Infinity };
    typed.push(one);
    // Given up when another text is there.
    const look = () => shows() ? after((now) => (one.took = now - begun)) : visible(box.value) === text && requestAnimationFrame(look);
    look();
  });
}"""


def typing_page(browser: Browser, address: str) -> Page:
    """A page whose box of the text has the caret, at its end."""
    page = page_of(browser, [], address, settled)
    page.evaluate(WATCH)
    page.click(BOX)
    page.keyboard.press("End")
    page.wait_for_timeout(QUIET)
    return page


def typed(page: Page, letters: str, pause: int, back: bool = True) -> list[float]:
    """Milliseconds from each key to the frame that shows its text; then the letters are taken `back`."""
    page.evaluate("typed.length = 0")
    for letter in letters:
        page.keyboard.type(letter)
        page.wait_for_timeout(pause)
    page.wait_for_timeout(QUIET)
    times: list[float] = page.evaluate("typed.map(({ took }) => took)")
    if back:
        for _ in letters:
            page.keyboard.press("Backspace")
        page.wait_for_timeout(QUIET)
        ready(page)
    return times


def tasks(browser: Browser, page: Page, act: Callable[[], object]) -> list[dict[str, Any]]:
    """The trace of the page's main thread while it acts."""
    browser.start_tracing(page=page, categories=["toplevel", "devtools.timeline", "disabled-by-default-v8.cpu_profiler"])
    act()
    events = json.loads(browser.stop_tracing())["traceEvents"]
    main = {
        (event["pid"], event["tid"])
        for event in events
        if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
    }
    found = [event for event in events if (event["pid"], event["tid"]) in main and event["ph"] == "X"]
    return found
