"""Predicting before seeing, by keyboard and by touch: no step is seen before the reader has spoken."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from playwright.sync_api import Page, expect

from cells.equations import number
from tests.browser.harness import ready
from ui.selection.records import Selection
from ui.session.chosen import chosen

Visit: TypeAlias = Callable[..., Page]
VIEW = {"network": "count10", "text": "aaabbb", "step": 2, "unit": 3}
LINK = "?predict=1&text=aaabbb&step=2&unit=3"
# What lies under a hand that rests in the first heatmap at a share of its width.
UNDER = """(share) => {
  const box = document.querySelector('.st-key-heat .nsewdrag').getBoundingClientRect();
  const [x, y] = [box.left + share * box.width, box.top + box.height / 2];
  return document.elementFromPoint(x, y).getAttribute('class');
}"""


def at(page: Page) -> str:
    return page.get_by_test_id("step-number").inner_text()


def test_by_keyboard_the_next_step_is_predicted_then_seen_with_the_truth_beside(visit: Visit) -> None:
    c = chosen(Selection().but(**VIEW)).run().layers[0].forward["c"][:, 2]
    page = visit(LINK)
    page.keyboard.press("ArrowRight")
    assert at(page) == "2"
    expect(page.locator(".token.covered")).to_have_count(4)
    assert [page.evaluate(UNDER, share) for share in (0.4, 0.9)] == ["stepper-cover"] * 2
    assert "drag" in page.evaluate(UNDER, 0.1)  # Plotly's, which tells numbers
    page.keyboard.press("3")
    assert at(page) == "3"
    expect(page.get_by_test_id("guess-verdict")).to_contain_text(
        f"c of unit 3 went from {number(c[1])} to {number(c[2])}"
    )
    expect(page.get_by_test_id("guess-score")).to_have_text("1 of 1 right")
    expect(page.locator(".spoken")).to_contain_text("goes down")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert at(page) == "4"
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    expect(page.get_by_test_id("step-play")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("End")
    assert at(page) == "4"
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**step=3*")
    page.reload()
    ready(page)
    expect(page.locator(".token.covered")).to_have_count(2)  # what was revealed stays
    page.keyboard.press("c")
    expect(page.locator(".token.covered")).to_have_count(0)
    page.wait_for_function("!location.search.includes('predict')")


def test_by_touch_a_button_commits_and_what_comes_next_is_asked_for_by_the_next_step(visit: Visit) -> None:
    page = visit(LINK, size="phone", has_touch=True)
    page.get_by_test_id("step-next").tap()
    row, choices = page.get_by_test_id("guess"), page.get_by_test_id("guess-choices").locator("button")
    expect(row).to_be_in_viewport()
    assert at(page) == "2" and choices.first.bounding_box()["height"] >= 44
    page.get_by_test_id("guess-about").select_option("answer")
    choices.first.tap()
    assert at(page) == "3"
    expect(page.get_by_test_id("guess-verdict")).to_be_visible()
    page.get_by_test_id("step-next").tap()
    page.get_by_test_id("guess-skip").tap()
    assert at(page) == "4"
    expect(page.get_by_test_id("guess-score")).to_have_text("1 of 1 right")
