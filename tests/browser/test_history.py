"""Back undoes a choice, Forward makes it again, and steps are no entries."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.harness import heard, settled
from tests.browser.test_stepping import Visit, step


def test_back_undoes_a_choice_and_forward_makes_it_again(visit: Visit) -> None:
    page = visit("?network=counter&text=aab&step=2")
    box, entries = page.get_by_label("Your text"), page.evaluate("history.length")

    def go(by: int, text: str) -> None:
        before = page.evaluate("ends")
        page.evaluate(f"history.go({by})")
        heard(page, before)
        expect(box).to_have_value(text)
        settled(page)

    page.keyboard.press("ArrowRight")
    page.wait_for_function("location.search.includes('step=3')")
    before = page.evaluate("ends")
    box.press("End")
    box.press_sequentially("ba")
    box.press("Enter")
    page.wait_for_function("location.search.includes('text=aabba')")
    heard(page, before)
    settled(page)
    assert page.evaluate("history.length") == entries + 1
    go(-1, "aab")
    assert (step(page), page.locator("[data-testid=token]").count()) == (3, 3)
    go(1, "aabba")
    assert page.locator("[data-testid=token]").count() == 5
    assert page.evaluate("history.length") == entries + 1
