"""What axe finds on every page, light and dark, at a desk and on a phone: nothing of ours."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import TypeAlias

from playwright.sync_api import Page, expect

from tests.browser.harness import press, ready, settled, viewport
from ui.words import Words

Visit: TypeAlias = Callable[..., Page]
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OF_LOOKS = ("color-contrast", "scrollable-region-focusable", "target-size")  # what another look can change
# Plotly draws charts: what they say stands in their names, in heatmaps that are walked over, in tables.
RUN = """async (runOnly) => {
  const options = { runOnly, resultTypes: ['violations'], preload: false };
  const { violations } = await axe.run({ exclude: ['.main-svg'] }, options);
  const told = (id) => ({ target, html }) => [id, String(target), html.slice(0, 200)];
  return violations.flatMap(({ id, nodes }) => nodes.map(told(id)));
}"""
FIRST, LESSON = "?edit=f.3@5-6=0", "?lesson=gates&page=1"
MENU = ("compare", "memory", "applications", "train", "lessons", "yours")  # reached as a reader reaches them
OPENED = (LESSON, "teach", "claims")
LOOKED_AT = (FIRST, "memory", "train", "yours", LESSON)  # in another look, too
# Plotly takes a moment to make its charts as wide as their place.
FITTED = """[...document.querySelectorAll('.js-plotly-plot .main-svg')].every((svg) =>
  svg.getBoundingClientRect().width <= svg.closest('[data-testid=stElementContainer]').clientWidth + 1)"""
# What Streamlit builds so, and we cannot: by rule, what its HTML holds, and why it stays.
STREAMLITS = (
    (
        "presentation-role-conflict",
        "stFileUploaderDropzone",
    ),  # a section without a role, named; its button is whole
)


def ours(page: Page, kind: str, values: tuple[str, ...]) -> list[list[str]]:
    found: list[list[str]] = page.evaluate(RUN, {"type": kind, "values": list(values)})
    return [one for one in found if not any(one[0] == rule and holds in one[2] for rule, holds in STREAMLITS)]


def look(page: Page, size: str, scheme: str) -> None:
    page.set_viewport_size(viewport(size))
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of Playwright's names
    page.wait_for_function(FITTED)


def test_no_page_has_a_fault_of_ours_and_the_keyboard_comes_into_options_and_back(visit: Visit) -> None:
    page, words = visit(FIRST), Words("en")
    options = page.get_by_role("button", name=words("pick.more"))
    options.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.closest('[data-testid=stPopoverBody]')")
    page.keyboard.press("Escape")
    expect(options).to_be_focused()
    expect(page.get_by_role("link", name=words("menu.step"))).to_have_attribute("aria-current", "page")
    start, faults = page.url.partition("?")[0], []
    for place in (FIRST, *MENU, *OPENED):
        look(page, "projector", "light")
        title = page.get_by_role("navigation").get_by_role("heading", level=1)
        if place in MENU:
            link = page.get_by_role("link", name=words(f"menu.{place}"), exact=True)
            press(link, title.filter(has_text=words(f"menu.{place}")))
        elif place in OPENED:
            page.goto(f"{start}{place}")
        (settled if place in (FIRST, LESSON, "compare", "memory", "applications") else ready)(page)
        expect(title).to_have_count(1)
        if place in (FIRST, *OPENED):
            page.evaluate(AXE)
        faults += [[place, *one] for one in ours(page, "tag", RULES)]
        if place not in LOOKED_AT:
            continue
        look(page, "phone", "dark")
        faults += [[place, "phone", *one] for one in ours(page, "rule", OF_LOOKS)]
    assert faults == []
