"""The menu of a Streamlit page says what it is and which page is shown."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.browser.harness import opened
from tests.js.conftest import served

DRESS = """async (path) => {
  const { dressMenu } = await import("/hosts/landmarks.js");
  dressMenu({ path, words: { pages: "Pages" } });
}"""
LINKS = """for (const path of ["", "memory"]) document.querySelector(".st-key-menu").insertAdjacentHTML(
  "beforeend", `<p data-testid="stPageLink"><a href="${path}">${path || "step"}</a></p>`)"""


def test_links_that_come_later_say_which_page_is_shown(browser: Browser, modules: str) -> None:
    with opened(browser) as (page, errors):
        served(page, modules, '<div class="st-key-menu"></div>')
        page.evaluate(DRESS, "memory")
        page.evaluate(LINKS)
        menu = page.get_by_role("navigation", name="Pages")
        expect(menu.locator("[aria-current=page]")).to_have_text(["memory"])
        page.evaluate(DRESS, "")
        expect(menu.locator("[aria-current=page]")).to_have_text(["step"])
    assert errors == []
