"""A browser that translates the page leaves the numbers alone, and is told in which language the page is."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.harness import settled
from tests.browser.test_stepping import Visit

# Both ways of saying it: the standard's attribute, and the class that Google's translator knew before.
KEPT = "[translate=no].notranslate"
WRITTEN = f"""() => {{
  const stepper = document.querySelector('.stepper');
  written = new Set(); lost = new Set();
  const seen = (changes) => changes.forEach(({{ target }}) => {{
    written.add(target);
    if (!target.parentElement.closest('{KEPT}')) lost.add(target.parentElement.outerHTML);
  }});
  new MutationObserver(seen).observe(stepper, {{ characterData: true, subtree: true }});
}}"""


@pytest.mark.parametrize("query", ["?network=names&text=kowalski&step=1", "?network=adding&step=1"])
def test_no_text_that_a_step_writes_to_is_translated(visit: Visit, query: str) -> None:
    page = visit(query)
    page.evaluate(WRITTEN)
    for key in ("ArrowRight", "ArrowDown", "Shift+ArrowRight", "End"):
        page.keyboard.press(key)
    page.wait_for_function("document.querySelector('.spoken').textContent !== ''")  # the titles are written
    assert page.evaluate("written.size") > 20
    assert page.evaluate("[...lost]") == []


def test_what_is_no_language_is_kept_as_it_is(visit: Visit) -> None:
    page = visit("?network=names&text=kowalski")
    for part in (".token", ".formula", ".number", ".diagram", ".unit-name", ".chip"):
        parts = page.locator(f".stepper {part}")
        assert parts.count() >= 1
        assert parts.evaluate_all(f"(found) => found.every((one) => one.closest('{KEPT}'))")


def test_the_document_is_in_the_language_of_the_page(visit: Visit) -> None:
    page = visit("?lang=zh&network=counter")
    language = page.locator("html")
    expect(language).to_have_attribute("lang", "zh")
    page.get_by_text("English", exact=True).click()
    expect(language).to_have_attribute("lang", "en")
    settled(page)
