"""What axe finds on every page, light and dark, at a desk and on a phone: nothing of ours."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import TypeAlias

from playwright.sync_api import Page, expect

from tests.browser.harness import SIZES, ready, settled
from ui.words import Words

Visit: TypeAlias = Callable[..., Page]
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RUN = """async (rules) => {
  const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ['violations'] });
  const told = (id) => ({ target, html }) => [id, String(target), html.slice(0, 200)];
  return violations.flatMap(({ id, nodes }) => nodes.map(told(id)));
}"""
LOOKS = (("projector", "light"), ("phone", "dark"))
STEPS = ("?edit=f.3@5-6=0", "?lesson=gates&page=1", "compare", "memory", "applications")
OTHERS = ("train", "teach", "lessons", "yours", "claims")
# What Streamlit builds so, and we cannot: by rule, what its HTML holds, and why it stays.
STREAMLITS = (
    (
        "presentation-role-conflict",
        "stFileUploaderDropzone",
    ),  # a section without a role that is named; its button is whole
)


def ours(page: Page) -> list[list[str]]:
    found: list[list[str]] = page.evaluate(RUN, list(RULES))
    return [one for one in found if not any(one[0] == rule and holds in one[2] for rule, holds in STREAMLITS)]


def test_no_page_has_a_fault_of_ours(visit: Visit) -> None:
    page = visit(STEPS[0])
    address = page.url.partition("?")[0]
    page.evaluate("history.replaceState(null, '', location.pathname)")
    faults = []
    for place in (*STEPS, *OTHERS):
        if place != STEPS[0]:
            page.goto(f"{address}{place}")
            (settled if place in STEPS else ready)(page)
        expect(page.get_by_role("navigation", name="Pages").get_by_role("heading", level=1)).to_have_count(1)
        page.evaluate(AXE)
        for size, scheme in LOOKS:
            width, height = SIZES[size]
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme)
            faults += [[place, size, scheme, *one] for one in ours(page)]
    assert faults == []


def test_the_keyboard_comes_into_options_and_back(visit: Visit) -> None:
    page = visit()
    options = page.get_by_role("button", name=Words("en")("pick.more"))
    options.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.closest('[data-testid=stPopoverBody]')")
    page.keyboard.press("Escape")
    expect(options).to_be_focused()
    expect(page.get_by_role("link", name=Words("en")("menu.step"))).to_have_attribute("aria-current", "page")
