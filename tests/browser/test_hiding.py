"""A link hides what it says, and nothing that is not there; what is hidden comes back."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.harness import ready
from tests.browser.test_stepping import Visit
from ui.selection.hideable import HIDEABLE

VISIBLE = (
    "(selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility()).length"
)


def seen(page: Page) -> set[str]:
    return {name for name, selector in HIDEABLE.items() if page.evaluate(VISIBLE, selector)}


def test_every_part_that_can_be_hidden_is_there_and_goes(visit: Visit) -> None:
    there = seen(visit("?hide=views")) | seen(visit("memory?hide=menu"))
    assert there == set(HIDEABLE)
    for script in ("", "memory"):
        page = visit(f"{script}?hide={','.join(HIDEABLE)}", wait=False)
        page.wait_for_selector(".stepper.built", state="attached")
        ready(page)
        assert seen(page) == set()


def test_the_foot_of_the_page_brings_everything_back(visit: Visit) -> None:
    page = visit("?hide=examples,diagram")
    expect(page.get_by_test_id("cell-diagram")).to_be_hidden()
    page.locator(".st-key-show_all button").click()
    expect(page.get_by_test_id("cell-diagram")).to_be_visible()
    expect(page.locator(".st-key-example")).to_be_visible()
    expect(page.locator(".st-key-show_all")).to_have_count(0)
    assert "hide=" not in page.url
