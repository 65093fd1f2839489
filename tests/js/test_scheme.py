"""What the reader chose is what everybody hears who asks whether the page is dark."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.browser.harness import opened
from tests.js.conftest import served

ASK = """async () => {
  const { schemeOfPage } = await import('/hosts/scheme.js');
  globalThis.choose = schemeOfPage().choose;
  globalThis.told = [];
  const asked = matchMedia('(prefers-color-scheme: dark)');
  asked.addEventListener('change', () => told.push(asked.matches));
}"""
DARK = "matchMedia('(prefers-color-scheme: dark)').matches"


def test_a_choice_goes_before_the_system_and_others_are_told_of_changes_alone(
    browser: Browser, modules: str
) -> None:
    with opened(browser, color_scheme="light") as (page, errors):
        served(page, modules, "")
        page.evaluate(ASK)
        for choice, dark in (("", False), ("light", False), ("dark", True), ("dark", True)):
            page.evaluate("(name) => choose(name)", choice)
            assert page.evaluate(DARK) is dark
        page.emulate_media(color_scheme="dark")
        page.evaluate("choose('')")
        assert page.evaluate("told") == [True]
        page.evaluate("choose('light')")
        page.emulate_media(color_scheme="light")
        assert page.evaluate("told") == [True, False]
        assert page.evaluate("matchMedia('(min-width: 1px)').matches")
        assert errors == []
