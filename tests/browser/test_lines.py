"""A text of several lines in a box of one: each break is a token, typed or pasted, on the strip a ↵."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.harness import settled
from tests.browser.test_stepping import Visit

PASTE = """(box, text) => {
  box.focus();
  box.select();
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}"""


def strip(page: Page, tokens: str) -> None:
    """Wait until the strip shows these tokens."""
    page.wait_for_function(
        """(tokens) => [...document.querySelectorAll('[data-testid=token]')]
             .map((token) => token.firstChild.textContent).join('') === tokens""",
        arg=tokens,
    )
    settled(page)


def test_a_line_break_is_typed(visit: Visit) -> None:
    page = visit("?network=shakespeare&text=ab&write=0")
    box = page.get_by_label("Your text")
    box.press("End")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("c")
    strip(page, "ab↵c")
    page.wait_for_url("**text=ab%0Ac*")  # the page reads it at once, its address follows in the pause
    expect(box).to_be_focused()
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    strip(page, "ab")


def test_line_breaks_are_pasted(visit: Visit) -> None:
    page = visit("?network=shakespeare&text=ab&write=0")
    for ending, word in {"\n": "or", "\r\n": "is", "\r": "not"}.items():
        page.get_by_label("Your text").evaluate(PASTE, f"To be{ending}{word}")
        strip(page, f"To␣be↵{word}")


def test_a_link_of_several_lines_fills_the_box_and_survives_typing(visit: Visit) -> None:
    page = visit("?network=shakespeare&text=ab%0Acd&write=0")
    strip(page, "ab↵cd")
    box = page.get_by_label("Your text")
    expect(box).to_have_value("ab↵cd")
    box.press("End")
    page.keyboard.type("e")
    strip(page, "ab↵cde")
    page.get_by_role("link", name="Memory").click()
    page.wait_for_url("**/memory?**")
    strip(page, "ab↵cde")


def test_numbers_of_a_column_stay_apart(visit: Visit) -> None:
    page = visit("?network=random&mode=numbers&text=1")
    page.get_by_label("Your numbers").evaluate(PASTE, "0.5\n0.25\n1")
    page.wait_for_function("document.querySelectorAll('[data-testid=token]').length === 3")


def test_labels_of_a_column_stay_apart(visit: Visit) -> None:
    page = visit("memory?network=random&mode=characters&text=abc&measure=finder&track=typed")
    box = page.locator(".st-key-labels input")
    box.evaluate(PASTE, "0.5\n0.25\n1\n")
    expect(box).to_have_value("0.5 0.25 1")
