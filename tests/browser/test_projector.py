"""On a wall: one key, letters that a room can read, and no scrolling."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.harness import SIZES, settled
from tests.browser.test_stepping import Visit

LEAST = 14  # pixels of 1920 × 1080
# The font of everything that is read, as large as the drawing that it is in makes it.
SMALLEST = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), small = [];
  for (let node; (node = walk.nextNode()); ) {
    const parent = node.parentElement, box = parent.getBoundingClientRect();
    if (!node.nodeValue.trim() || !parent.checkVisibility() || box.width < 2 || box.height < 2) continue;
    if (parent.closest("style, script, option, title, math, .spoken, .unseen")) continue;
    const scale = parent.closest(".diagram svg")?.getScreenCTM().a ?? 1;
    const size = scale * parseFloat(getComputedStyle(parent).fontSize);
    if (size < LEAST) small.push(`${node.nodeValue.trim()}: ${size}`);
  }
  return small;
}""".replace("LEAST", str(LEAST))
SCROLLS = "document.querySelector('[data-testid=stMain]').scrollHeight > innerHeight"


def unscrolled(page: Page, size: str) -> None:
    page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
    page.wait_for_function(f"!({SCROLLS})")


def test_a_key_makes_it_large_and_nothing_is_lost_below(visit: Visit) -> None:
    page = visit("", "desk")
    html = page.locator("html")
    page.keyboard.press("p")
    expect(html).to_have_attribute("data-projector", "")
    expect(page.get_by_test_id("cursor")).to_have_count(1)
    settled(page)
    assert page.evaluate(SMALLEST) == []
    for size in ("desk", "projector"):
        unscrolled(page, size)
    page.keyboard.press("p")
    expect(html).not_to_have_attribute("data-projector", "")
    assert "projector" not in page.url
