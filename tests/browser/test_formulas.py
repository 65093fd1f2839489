"""Formulas read the same on every machine: our own font, and subscripts below the line."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from cells.cell import CELLS
from cells.equations import equations
from cells.notation import NOTATIONS
from tests.browser.harness import ready
from ui.page.styles import style

FONT = "STIX Two Math"
# How far a subscript lies below its letter, and its size, as shares of the letter's size.
SUBSCRIPTS = """(nodes) => nodes.map((node) => {
  const [letter, index] = [...node.children].map((child) => child.getBoundingClientRect().bottom);
  const [size, small] = [...node.children].map((child) => parseFloat(getComputedStyle(child).fontSize));
  return [node.textContent, (index - letter) / size, small / size];
})"""


@pytest.fixture(scope="module")
def sheet(browser: Browser):
    """All formulas there are, in our style."""
    rows = [row.mathml for cell in CELLS for name in NOTATIONS for row in equations(cell, name)]
    page = browser.new_page()
    page.set_content(f'{style()}<div class="stepper">{"".join(f"<p>{row}</p>" for row in rows)}</div>')
    page.evaluate("document.fonts.ready")
    yield page
    page.close()


def fonts(page: Page, selector: str) -> set[tuple[str, bool]]:
    """The fonts that the texts within a page's elements are drawn in, and whether they came with the page."""
    session = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        session.send(f"{domain}.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    found = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": selector})["nodeIds"]
    used = [
        font
        for node in found
        for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    ]
    session.detach()
    return {(font["familyName"], font["isCustomFont"]) for font in used}


def subscripts_lie_low(found: list[tuple[str, float, float]]) -> bool:
    return bool(found) and all(below > 0.05 and size < 0.9 for _, below, size in found)


def test_every_letter_of_every_formula_is_in_the_font_that_comes_with_the_page(sheet: Page):
    assert fonts(sheet, "math :is(mi, mo, mn)") == {(FONT, True)}


def test_subscripts_of_every_formula_lie_below_their_letters(sheet: Page):
    assert subscripts_lie_low(sheet.eval_on_selector_all("msub", SUBSCRIPTS))


@pytest.mark.parametrize("size", ["projector", "phone"])
def test_equations_and_diagram_on_the_page_have_low_subscripts(visit: Callable[..., Page], size: str):
    page = visit("", size)
    assert fonts(page, ".equation math :is(mi, mo, mn)") == {(FONT, True)}
    assert subscripts_lie_low(page.eval_on_selector_all(".equation msub", SUBSCRIPTS))
    letters = page.get_by_test_id("cell-diagram").locator("text:has(tspan + tspan)")
    assert letters.count() > 8
    for letter in letters.all():
        assert subscripts_lie_low([letter.evaluate(f"(node) => ({SUBSCRIPTS})([node])[0]")])


def test_the_diagram_is_drawn_in_fonts_that_come_with_the_page(visit: Callable[..., Page]):
    page = visit("?network=random&cell=GRU")
    used = fonts(page, "[data-testid=cell-diagram] :is(text, tspan)")
    assert used and all(custom for _, custom in used)


def test_the_font_is_there_before_the_first_formula(visit: Callable[..., Page]):
    page = visit("yours", wait=False)  # a page without formulas
    ready(page)
    page.wait_for_function("[...document.fonts].some((font) => font.family.includes('Formulas'))")
    page.evaluate("document.fonts.ready")
    ours = "[...document.fonts].filter((font) => font.family.includes('Formulas')).map((font) => font.status)"
    assert page.evaluate(ours) == ["loaded"]
