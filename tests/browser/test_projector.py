"""Letters that can be read and a transport in reach in every window; on a wall, by one key, no scrolling."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.harness import settled, viewport
from tests.browser.test_stepping import Visit

LEAST = 14  # pixels of 1920 × 1080
# The font of everything that is read, as large as the drawing that it is in makes it.
SMALLEST = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), small = [];
  for (let node; (node = walk.nextNode()); ) {
    const parent = node.parentElement, box = parent.getBoundingClientRect();
    if (!node.nodeValue.trim() || !parent.checkVisibility() || box.width < 2 || box.height < 2) continue;
    if (parent.closest("style, script, option, title, math, .spoken, .unseen, tspan[dy]")) continue;
    if (parent.closest("[data-testid=stSkipToContent]")) continue;
    const scale = parent.closest(".diagram svg")?.getScreenCTM().a ?? 1;
    const size = scale * parseFloat(getComputedStyle(parent).fontSize);
    if (size < LEAST) small.push(`${node.nodeValue.trim()}: ${size}`);
  }
  return small;
}""".replace("LEAST", str(LEAST))
SCROLLS = "document.querySelector('[data-testid=stMain]').scrollHeight > innerHeight"


def unscrolled(page: Page, size: str) -> None:
    page.set_viewport_size(viewport(size))
    page.wait_for_function(f"!({SCROLLS})")


def test_a_key_makes_it_large_and_nothing_is_lost_below(visit: Visit) -> None:
    page = visit("", "desk")
    assert page.evaluate(SMALLEST) == []
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


# What lies beside the window, and whether the transport is in it. A strip of tokens is turned like a page.
BESIDE = """() => {
  const main = document.querySelector('[data-testid=stMain]');
  const walk = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  const beside = [], text = document.createRange();
  for (let node; (node = walk.nextNode()); ) {
    const parent = node.parentElement;
    if (!node.nodeValue.trim() || !parent.checkVisibility()) continue;
    if (parent.closest('style, script, option, .spoken, .unseen, .strip')) continue;
    text.selectNodeContents(node);
    const { left, right, width } = text.getBoundingClientRect();
    if (width > 1 && (left < -1 || right > innerWidth + 1)) beside.push(node.nodeValue);
  }
  const { top, bottom, left, right } = document.querySelector('.stepper .transport').getBoundingClientRect();
  return [beside, top >= 0 && bottom <= innerHeight && left >= 0 && right <= innerWidth];
}"""
WINDOWS = (
    (320, 256),
    (640, 360),
    (844, 390),
    (390, 844),
    (1024, 600),
    (1366, 768),
    (2560, 1080),
    (3840, 2160),
)


def test_in_every_window_the_transport_is_in_reach_and_nothing_lies_beside(visit: Visit) -> None:
    page = visit("?network=counter")
    for width, height in WINDOWS:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function(f"(({BESIDE})()).join() === ',true'")
