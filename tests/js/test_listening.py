"""What who listens hears: steps in words, once and at rest; tones of values; what keys walk over."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.js.test_page import Start, step, unit
from tests.js.test_page import counter as counter
from tests.js.test_page import start as start
from ui.words import Words

REST = 450  # ms
# What the live region says, each time it is written.
HEARD = """window.heard = [];
new MutationObserver(() => heard.push(document.querySelector('.spoken').textContent))
  .observe(document.querySelector('.spoken'), { childList: true, characterData: true, subtree: true });"""
# An AudioContext that writes down what sounds.
STUB = """() => {
window.tones = [];
window.AudioContext = class {
  constructor() { this.currentTime = 0; tones.push('open'); }
  createGain() {
    const ways = ['setValueAtTime', 'linearRampToValueAtTime', 'setTargetAtTime', 'cancelScheduledValues'];
    return { gain: Object.fromEntries(ways.map((way) => [way, () => {}])), connect: (next) => next };
  }
  createOscillator() {
    const made = { frequency: { value: 0 }, connect: (next) => next };
    made.start = () => tones.push(['start', Math.round(made.frequency.value)]);
    made.stop = (at) => { if (at < 0.1) tones.push('cut'); };
    return made;
  }
  close() { tones.push('close'); }
};
}"""


def heard(page: Page) -> list[str]:
    page.clock.run_for(REST)
    told: list[str] = page.evaluate("heard.splice(0)")
    return told


@pytest.fixture
def listened(start: Start) -> Page:
    page = start("#step=6&unit=3", clock=True)
    page.evaluate(HEARD)
    return page


def numbers(page: Page, symbol: str, *steps: int) -> list[float]:
    rows = f"(steps) => steps.map((t) => stepper.shown().model.row('{symbol}', t - 1)[stepper.player().unit])"
    found: list[float] = page.evaluate(rows, list(steps))
    return found


def two(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")


def test_a_step_is_told_once_at_rest_by_names_with_what_changed(listened: Page) -> None:
    page = listened
    assert heard(page) == []  # who opens a page has not gone anywhere
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    (told,) = heard(page)
    assert told.startswith("Step 5: a. Unit 3. ")
    was, c = numbers(page, "c", 4, 5)
    assert f"Cell state c fell from {two(was)} to {two(c)}." in told
    assert f"Hardly changed: forget gate f {two(numbers(page, 'f', 5)[0])}" in told
    assert "c_tilde" not in told and "tilde" not in told
    assert heard(page) == []
    page.keyboard.press("ArrowDown")
    (told,) = heard(page)
    assert told.startswith(f"Unit {unit(page)}. ")  # the step is known
    page.keyboard.press("Shift+ArrowRight")
    (told,) = heard(page)
    assert told == f"Equation 1 of 6: forget gate f {two(numbers(page, 'f', 5)[0])}."


def test_while_it_plays_nothing_is_told_until_it_stops(listened: Page) -> None:
    page = listened
    foldable = "stepper.accept(stepper.shown().base, { ...stepper.shown().message, foldable: true })"
    page.evaluate(foldable)  # whose host follows even while it plays
    page.keyboard.press("Home")
    heard(page)
    page.locator(".speed").select_option("0.5")
    page.locator(".speed").blur()
    page.keyboard.press("Space")
    page.clock.run_for(4000)
    assert step(page) == 3 and heard(page) == []
    page.keyboard.press("Space")
    assert [told[:10] for told in heard(page)] == ["Step 3: a."]
    assert page.locator("output, [role=status]").count() == 0  # numbers that nobody asked for speak


def test_what_was_done_is_told(listened: Page) -> None:
    page = listened
    page.evaluate("stepper.change({ edits: 'f.3@6=0' })")
    page.locator("[data-symbol=f].node").focus()
    page.keyboard.press("Enter")
    heard(page)
    page.locator(".meanings button").first.click()
    page.clock.run_for(REST)
    (told,) = heard(page) or page.evaluate("heard.splice(0)")
    assert "held at" in told and told.startswith("Edited: f of unit 3")


def test_nothing_sounds_until_asked_for_and_then_each_value_at_its_pitch(listened: Page) -> None:
    page = listened
    page.evaluate(STUB)
    page.keyboard.press("ArrowRight")
    assert page.evaluate("tones") == []
    page.keyboard.press("m")
    expect(page.get_by_test_id("sound")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    bound = page.evaluate(
        "stepper.shown().model.symbols.c.values.reduce((most, one) => Math.max(most, Math.abs(one)), 0)"
    )
    bound = next(one for one in (1, 2, 5, 10, 20) if one >= bound)
    pitches = [round(220 * 4 ** ((c + bound) / (2 * bound))) for c in numbers(page, "c", 7, 6, 5)]
    assert page.evaluate("tones") == [
        "open",
        ["start", pitches[0]],
        "cut",
        ["start", pitches[1]],
        "cut",
        ["start", pitches[2]],
    ]
    page.evaluate("tones.length = 0")
    page.get_by_test_id("sound").click()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("tones") == ["cut", "close"]


def test_the_keyboard_goes_to_the_next_large_change_and_back(listened: Page) -> None:
    page = listened
    page.keyboard.press("Home")
    page.keyboard.press("n")
    there = step(page)
    assert there > 1
    page.keyboard.press("End")
    heard(page)
    page.keyboard.press("n")
    assert page.evaluate("heard.splice(0)") == [Words("en")("stepper.said_no_change_on")]
    page.keyboard.press("Shift+N")
    assert 1 < step(page) <= 10
    expect(page.get_by_test_id("keys")).to_be_hidden()
    page.keyboard.press("?")
    expect(page.get_by_test_id("keys")).to_be_visible()
    assert re.search("N.*\n.*next large change", page.get_by_test_id("keys").inner_text())


def test_an_editor_that_closes_gives_the_focus_back(listened: Page) -> None:
    page = listened
    page.keyboard.press("e")
    page.locator(".meanings button").first.focus()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("editor")).to_be_hidden()
    expect(page.get_by_test_id("edit-open")).to_be_focused()


def test_the_diagram_is_walked_along_its_lines(listened: Page) -> None:
    page = listened
    at = "document.activeElement.getAttribute('aria-label')"
    page.locator(".diagram .node[tabindex='0']").focus()
    seen = [page.evaluate(at)]
    for key in ("ArrowRight", "ArrowDown", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
        seen.append(page.evaluate(at))
    assert len(set(seen)) > 3 and step(page) == 6
    assert page.locator(".diagram .node[tabindex='0']").count() == 1


def test_the_table_has_all_units_of_a_symbol_and_gives_the_focus_back(listened: Page) -> None:
    page = listened
    page.get_by_test_id("table-open").focus()
    page.keyboard.press("Enter")
    page.get_by_test_id("table-of").select_option("f")
    table = page.get_by_test_id("table")
    assert (
        table.locator("tbody tr").count() == 10
        and table.locator("tbody tr").first.locator("td").count() == 10
    )
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.testid") == "table-open"
