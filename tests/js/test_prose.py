"""The text as a text: all that the tokens say, the present one marked, a click goes there."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.browser.harness import opened
from tests.js.conftest import served
from tests.js.standalone import body_of, message_of
from ui.networks.defaults import default_view

SEEN = """({ offsetTop: top, parentNode: { scrollTop, clientHeight } }) =>
  top >= scrollTop && top < scrollTop + clientHeight"""


def test_what_is_written_can_be_read_and_a_click_goes_to_its_step(browser: Browser, modules: str) -> None:
    message = message_of(default_view("shakespeare").but(step=6))
    tokens = list(message["tokens"])
    with opened(browser) as (page, errors):
        served(page, modules, body_of(message))
        page.wait_for_selector(".stepper.built")
        text, number = page.get_by_test_id("written"), page.get_by_test_id("step-number")
        written = "".join(tokens).replace("␣", " ").replace("↵", "↵\n")
        assert (text.text_content() or "") == written and written.startswith("ROMEO. What light")
        present = text.locator("[aria-current]")
        assert present.text_content() == "."
        asked = len("ROMEO. What light")
        text.locator("span").nth(asked + 9).click()
        expect(number).to_have_text(str(asked + 10))
        ahead = text.locator(".ahead")
        assert ahead.count() == len(tokens) - asked - 10
        page.keyboard.press("End")
        expect(text.locator("span:last-child")).to_have_attribute("aria-current", "step")
        assert ahead.count() == 0
        assert present.evaluate(SEEN)
        assert errors == []


def test_a_short_text_that_is_only_read_needs_none(browser: Browser, modules: str) -> None:
    assert message_of(default_view("count10"))["prose"] is None
    assert message_of(default_view("reviews").but(text="not funny " * 60))["prose"] == " "
