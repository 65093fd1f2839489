"""A page that is about to be left tells no step: by that Streamlit would empty the next one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.harness import opened, ready
from tests.browser.test_crowd import SLOW
from tests.browser.test_sweep import CELL

HEATMAP, SWEPT = ".st-key-heat .hm image", ".st-key-sweep .hm image"


def by_the_menu(page: Page) -> None:
    page.locator("body").press("ArrowLeft")
    page.get_by_test_id("stPageLink").get_by_text("Compare").click()


def by_a_cell(page: Page) -> None:
    page.mouse.click(*page.evaluate(CELL, [4, 2]))


@pytest.mark.parametrize(
    ("place", "drawn", "leave", "comes"),
    [
        ("memory", HEATMAP, by_the_menu, "**/compare**"),
        ("train", ".train .map", by_the_menu, "**/compare**"),
        ("memory?measure=sweep&swept=i&sort=activity", SWEPT, by_a_cell, "**/?**edit=**"),
    ],
)
def test_a_page_that_is_about_to_be_left_tells_no_step(
    browser: Browser, server: str, place: str, drawn: str, leave: Callable[[Page], None], comes: str
) -> None:
    with opened(browser) as (page, errors):
        page.clock.install()
        page.add_init_script(SLOW)
        page.goto(f"{server}/{place}")
        page.locator(drawn).first.wait_for(state="attached")
        ready(page)
        page.evaluate("held = []")
        leave(page)
        page.wait_for_function("held.length > 0")
        page.clock.run_for(2000)
        assert page.evaluate("held.length") == 1
        page.evaluate("letGo()")
        page.wait_for_url(comes)
        expect(page.get_by_test_id("token").first).to_be_visible()
    assert errors == []
