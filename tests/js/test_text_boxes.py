"""The keyboard of a phone is told to leave texts as they are typed, in boxes that are there and that come."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.browser.harness import opened
from tests.js.conftest import served

BOX = '<div data-testid="stTextInput"><input></div>'
LISTEN = """async () => {
  const { listenToTextBoxes } = await import('/hosts/text_boxes.js');
  globalThis.end = new AbortController();
  listenToTextBoxes(globalThis.end.signal, () => {});
}"""
ADD = "(box) => document.body.insertAdjacentHTML('beforeend', box)"
TOLD = """() => [...document.querySelectorAll('input')].map((box) =>
  [box.autocapitalize, box.getAttribute('autocorrect'), box.spellcheck])"""
AS_TYPED, AS_EVER = ["none", "off", False], ["", None, True]


def test_a_text_stays_as_it_is_typed(browser: Browser, modules: str) -> None:
    with opened(browser) as (page, errors):
        served(page, modules, BOX + "<input>")
        page.evaluate(LISTEN)
        assert page.evaluate(TOLD) == [AS_TYPED, AS_EVER]
        page.evaluate(ADD, BOX)
        assert page.evaluate(TOLD)[2] == AS_EVER
        page.locator("input").nth(2).dispatch_event("pointerdown")
        assert page.evaluate(TOLD) == [AS_TYPED, AS_EVER, AS_TYPED]
        page.evaluate(ADD, BOX)
        page.locator("input").nth(3).focus()
        assert page.evaluate(TOLD)[3] == AS_TYPED
        page.evaluate("globalThis.end.abort()")
        page.evaluate(ADD, BOX)
        page.locator("input").nth(4).focus()
        assert page.evaluate(TOLD)[4] == AS_EVER
        assert errors == []
