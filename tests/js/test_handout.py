"""The handout, opened as a file: it steps, reads what is typed and is edited as by NumPy, and asks nobody."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from cells.saturation import LEFT, RIGHT
from tests.browser.harness import opened, passed
from ui.handout import Handout, reads
from ui.networks.defaults import default_view
from ui.page.workspace import symbols_of
from ui.selection.records import Selection
from ui.session.chosen import chosen
from ui.stepper.run_message import data_of
from ui.stepper.view import view_of
from ui.words import Words

Open: TypeAlias = Callable[..., Page]
NASTY = '</script><img src=x onerror="document.body.remove()">\u2028&amp;'
WAITS = {"bypass_csp": True}  # Playwright waits by `eval`, which the page forbids
HELD = "document.querySelector('.map canvas').getContext('2d').getImageData(0, 0, 4, 4).data.join()"


def page_of(selection: Selection, live: str = "") -> str:
    known = chosen(selection)
    view = view_of(known)
    message = data_of(known, view, "", "", narrow=False)
    return Handout(known, view, message, symbols_of(known), date(2026, 1, 2), live).page


@pytest.fixture
def open_it(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """open_it(selection, live="", place="", **context) → the page; any error or request fails the test."""
    with ExitStack() as stack:
        told: list[list[str]] = []

        def go(selection: Selection, live: str = "", place: str = "", **options: object) -> Page:
            page, errors = stack.enter_context(opened(browser, **options))
            asked: list[str] = []
            page.on("request", lambda request: asked.append(request.url))
            file = tmp_path / "page.html"
            file.write_text(page_of(selection, live), "utf-8")
            page.goto(file.as_uri() + place)
            page.wait_for_selector(".stepper.built")
            told.extend((errors, asked[1:]))
            return page

        yield go
        assert [one for some in told for one in some if not one.startswith("data:")] == []


def shown(page: Page, symbol: str) -> np.ndarray:
    """All numbers of a symbol that the page shows: (time, unit)."""
    model = "((model) => Array.from({ length: model.steps }, (_, t) => [...model.row(symbol, t)]))"
    return np.array(page.evaluate(f"(symbol) => {model}(handout.stepper.shown().model)", symbol))


def known(selection: Selection, symbol: str) -> np.ndarray:
    return np.asarray(chosen(selection).run().layers[0].forward[symbol])


def test_a_view_of_7_heatmaps_32_units_and_60_steps_is_a_file_of_200_kb() -> None:
    text = "the quick brown fox jumps over the lazy dog and runs away fa"
    symbols = ("x", "f", "i", "o", "c_tilde", "c", "h")
    usual = Selection().but(network="random", cell="LSTM", units=32, text=text, symbols=symbols)
    assert len(text) == 60 and len(symbols_of(chosen(usual))) == 7
    assert len(page_of(usual).encode()) <= 200_000


def test_it_shows_what_was_computed_and_steps(open_it: Open) -> None:
    usual = default_view("count10")
    page = open_it(usual)
    np.testing.assert_allclose(shown(page, "c"), known(usual, "c"), atol=1e-6)
    assert page.locator(".map").count() == 6
    page.keyboard.press("Home")
    expect(page.get_by_test_id("step-number")).to_have_text("1")
    area = page.locator(".map .area").first
    box = area.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.95, box["y"] + box["height"] * 0.95)
    expect(page.get_by_test_id("step-number")).to_have_text("10")
    expect(page.get_by_test_id("unit-name")).to_have_text("10")
    frame = page.locator(".map .stepper-cursor").first.bounding_box()
    assert frame is not None and frame["x"] == pytest.approx(box["x"] + box["width"] * 0.9, abs=1)


def test_what_is_typed_is_read_as_numpy_reads_it(open_it: Open) -> None:
    page = open_it(default_view("count10"), **WAITS)
    before = page.evaluate(HELD)
    page.locator(".typed input").fill("bbaaabbb")
    passed(page)
    np.testing.assert_allclose(
        shown(page, "h"), known(default_view("count10").but(text="bbaaabbb"), "h"), atol=1e-6
    )
    assert page.evaluate(HELD) != before
    assert page.locator(".stepper").get_attribute("aria-busy") == "false"
    page.locator(".typed input").fill("aaaaabbbbb")
    passed(page)
    np.testing.assert_allclose(shown(page, "h"), known(default_view("count10"), "h"), atol=1e-6)


def test_coming_to_the_box_changes_nothing_and_line_breaks_stay(open_it: Open) -> None:
    page = open_it(Selection().but(network="random", text="ab\ncd"), **WAITS)
    before = shown(page, "h")
    page.locator(".typed input").focus()
    passed(page)
    np.testing.assert_array_equal(shown(page, "h"), before)
    expect(page.locator(".unread")).to_be_hidden()
    assert page.locator(".typed input").input_value() == "ab↵cd"
    page.keyboard.press("End")
    page.keyboard.type("e")
    expect(page.locator(".token")).to_have_count(6)
    np.testing.assert_allclose(
        shown(page, "h"), known(Selection().but(network="random", text="ab\ncde"), "h"), atol=1e-6
    )
    page.keyboard.type("\u1100")  # only the server knows how a jamo joins
    expect(page.locator(".unread")).to_be_visible()
    page.keyboard.press("Backspace")
    expect(page.locator(".unread")).to_be_hidden()
    assert len(shown(page, "h")) == 6


def test_an_edit_is_followed_as_numpy_follows_it(open_it: Open) -> None:
    page = open_it(default_view("count10"), **WAITS)
    page.get_by_test_id("edit-open").click()
    page.get_by_test_id("edit-value").fill("0")
    passed(page)
    np.testing.assert_allclose(
        shown(page, "h"), known(default_view("count10").but(edit="f.3@6=0"), "h"), atol=1e-6
    )
    page.wait_for_function("location.hash.includes('edit=f.3%406%3D0')")


def test_a_text_that_the_page_alone_cannot_read_is_told_and_the_last_one_stays(open_it: Open) -> None:
    usual = Selection().but(network="random", mode="numbers", text="1 2 3")
    words = Words("en")
    page = open_it(usual)
    box, told = page.locator(".typed input"), page.locator(".unread")
    expect(told).to_be_hidden()
    box.fill("1 2 x")
    expect(told).to_have_text(words("handout.unread"))
    np.testing.assert_allclose(shown(page, "h"), known(usual, "h"), atol=1e-6)
    box.fill("1 2 4")
    expect(told).to_be_hidden()


def test_where_the_reader_was_is_in_the_address(open_it: Open) -> None:
    page = open_it(default_view("count10"), place="#step=3&unit=7")
    expect(page.get_by_test_id("step-number")).to_have_text("3")
    expect(page.get_by_test_id("unit-name")).to_have_text("7")


def test_the_link_leads_to_the_app_where_that_is_known(open_it: Open) -> None:
    live = "https://example.org/gates/"
    page = open_it(
        default_view("count10").but(text="ab"), live, permissions=["clipboard-read", "clipboard-write"]
    )
    assert str(page.locator(".from a").get_attribute("href")).startswith(f"{live}?")
    assert "text=ab" in str(page.locator(".from a").get_attribute("href"))
    assert open_it(default_view("count10")).locator(".from a").count() == 0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_speaks_the_language_of_the_reader_and_says_what_its_numbers_are(
    open_it: Open, language: str
) -> None:
    words = Words(language)
    page = open_it(default_view("count10").but(lang=language))
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").inner_text() == words("network.count10")
    assert words("kind.trained") in page.locator(".badge").inner_text()
    assert words("handout.made", date="2026-01-02") in page.locator(".from").inner_text()
    assert page.locator(".old").count() == 0


def test_tokens_are_text_alone(open_it: Open) -> None:
    page = open_it(Selection().but(network="random", text=NASTY), live='https://example.org/"><img src=x>')
    assert page.locator("img").count() == 0
    assert page.locator(".typed input").input_value() == NASTY
    assert page.get_by_test_id("token").count() == len(NASTY)


@pytest.mark.parametrize("name", ["g2p", "shakespeare", "tags", "counter"])
def test_every_kind_of_network_is_handed_out(open_it: Open, name: str) -> None:
    usual = default_view(name)
    page = open_it(usual)
    known = chosen(usual)
    assert page.locator(".typed").count() == reads(data_of(known, view_of(known), "", "", narrow=False))
    assert page.get_by_test_id("token").count() == len(known.tokens)


def test_dark_is_dark_and_print_is_white(open_it: Open) -> None:
    page = open_it(default_view("count10"), color_scheme="dark")
    paper = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(paper) == "rgb(19, 20, 23)"
    page.emulate_media(media="print")
    assert page.evaluate(paper) == "rgb(255, 255, 255)"
    expect(page.locator(".typed")).to_be_hidden()


def test_in_print_each_heatmap_fills_its_place_and_its_tokens_stand_below_their_steps(open_it: Open) -> None:
    page = open_it(default_view("count10"), **WAITS)
    page.emulate_media(media="print")
    for width in (1280, 700):
        page.set_viewport_size({"width": width, "height": 900})
        for area, ticks in zip(
            page.locator(".map .area").all(), page.locator(".map .stepper-ticks").all(), strict=True
        ):
            outer, canvas = area.bounding_box(), area.locator("canvas").bounding_box()
            assert outer and canvas
            assert [round(canvas[side]) for side in outer] == [round(outer[side]) for side in outer]
            last = ticks.locator("bdi").last.bounding_box()
            assert (
                last
                and 0 < outer["x"] + outer["width"] - (last["x"] + last["width"] / 2) < outer["width"] / 5
            )


# All that the stepper and its heatmaps hold, the tokens of covered steps left out.
HOLDS = """() => {
  const root = document.querySelector('.stepper').cloneNode(true);
  root.querySelector('.unit-lines .ticks').remove();
  for (const token of root.querySelectorAll('.token.covered')) {
    for (const name of ['title', 'aria-label']) token.removeAttribute(name);
    token.querySelector('bdi').remove();
  }
  const canvases = [...document.querySelectorAll('.map canvas')];
  return [root.outerHTML, canvases.map((canvas) => canvas.toDataURL() + canvas.title)];
}"""
HOVER = """(canvas) => canvas.dispatchEvent(
  new PointerEvent('pointermove', { clientX: canvas.getBoundingClientRect().right - 2 }))"""


def test_what_is_covered_cannot_be_told_from_what_would_be_there_with_another_text(open_it: Open) -> None:
    held = []
    for text in ("aabbba", "aabaab"):
        page = open_it(Selection().but(text=text, symbols=("f", "i", "h"), predict=1, step=2), **WAITS)
        page.get_by_test_id("table-open").click()
        page.locator(".map canvas").first.evaluate(HOVER)
        page.keyboard.press("Escape")
        page.keyboard.press("End")
        page.keyboard.press("l")
        held.append(page.evaluate(HOLDS))
        page.keyboard.press("1")
        held.append(page.evaluate(HOLDS))
    covered, revealed, other, after = held
    assert covered == other
    assert covered != revealed and revealed[1] != covered[1]
    assert len(page.locator(".token.covered").all()) == 3
    assert after[1] == revealed[1]  # of the third step, which both texts have


def test_a_heatmap_says_what_it_shows_and_is_walked_over(open_it: Open) -> None:
    view = default_view("count10").but(step=6, unit=3)
    page, gate = open_it(view, **WAITS), known(view, "f")[:, 2]
    area, words = page.locator(".map .area[data-symbol=f]"), Words("en").under("stepper")
    counts = {"open": str((gate > RIGHT).sum()), "closed": str((gate < LEFT).sum()), "total": "10"}
    said = Words("en").filled(words["sum_gate"], name="forget gate f", unit="3", **counts)
    most = int(np.abs(np.diff(gate)).argmax())
    was, now = (f"{value:.2f}" for value in gate[most : most + 2])
    place = {"step": str(most + 2), "token": view.text.text[most + 1]}
    change = Words("en").filled(words["sum_change"], was=was, now=now, **place)
    assert area.get_attribute("aria-label") == f"{said} {change}"
    area.focus()
    page.keyboard.press("ArrowRight")  # the steps' own key, and what is said is of this heatmap alone
    spoken = page.locator(".spoken")
    expect(spoken).to_contain_text("Step 7: b. Unit 3. Forget gate f")
    expect(spoken).not_to_contain_text("ell state c")
    page.keyboard.press("ArrowDown")
    expect(area).to_have_attribute("aria-label", re.compile("unit 4"))
    assert page.locator(".map [role=application]").count() == len(symbols_of(chosen(view)))
