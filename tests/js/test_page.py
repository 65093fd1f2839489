"""The stepper in a page of its own: what a reader does there, as on the app's pages, from a static file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TypeAlias

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.harness import opened
from tests.js.conftest import served
from tests.js.standalone import body_of, message_of
from ui.networks.defaults import default_view
from ui.stepper.run_message import Message
from ui.text.numbers import percent
from ui.words import LANGUAGES, Words

Start: TypeAlias = Callable[..., Page]


@pytest.fixture(scope="module")
def counter() -> Message:
    return message_of(default_view("count10"))


@pytest.fixture
def start(browser: Browser, modules: str, counter: Message) -> Iterator[Start]:
    """start(hash="", clock=, **context options) → the page; any error on it fails the test."""
    with ExitStack() as stack:
        logs: list[list[str]] = []

        def go(place: str = "", clock: bool = False, **options: object) -> Page:
            page, errors = stack.enter_context(opened(browser, **options))
            logs.append(errors)
            if clock:
                page.clock.install()
            served(page, modules, body_of(counter), place)
            page.wait_for_selector(".stepper.built")
            if clock:
                page.clock.pause_at(page.evaluate("Date.now()") + 1000)
            return page

        yield go
    assert [error for errors in logs for error in errors] == []


def step(page: Page) -> int:
    return int(page.get_by_test_id("step-number").inner_text())


def numbers(page: Page) -> list[str]:
    return page.get_by_test_id("number").all_inner_texts()


def unit(page: Page) -> str:
    return page.get_by_test_id("unit-name").inner_text()


def test_it_opens_at_the_step_and_unit_of_the_run(start: Start, counter: Message) -> None:
    page = start()
    assert step(page) == counter["step"]
    assert unit(page) == counter["units"][counter["unit"] - 1]
    assert page.locator("[data-testid=token] > bdi").all_inner_texts() == list("aaaaabbbbb")
    assert page.get_by_test_id("equation").count() == 6
    assert page.get_by_test_id("cell-diagram").locator(".node").count() > 10
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize(
    ("keys", "where"),
    [
        (["ArrowRight"], 7),
        (["ArrowLeft", "ArrowLeft"], 4),
        (["Home", "ArrowLeft"], 1),
        (["End", "ArrowRight"], 10),
    ],
)
def test_keys_move_the_step(start: Start, keys: list[str], where: int) -> None:
    page = start()
    for key in keys:
        page.keyboard.press(key)
    assert step(page) == where
    current = page.locator("[data-testid=token][aria-current=step]")
    assert current.count() == 1
    assert current.get_attribute("data-step") == str(where - 1)


def test_buttons_slider_and_tokens_move_the_step(start: Start) -> None:
    page = start()
    page.get_by_test_id("step-next").click()
    assert step(page) == 7
    page.get_by_test_id("step-previous").click()
    assert step(page) == 6
    page.get_by_test_id("token").nth(8).click()
    assert step(page) == 9
    page.locator(".slider").fill("2")
    assert step(page) == 2


def test_the_unit_goes_up_and_down_and_stops_at_the_ends(start: Start, counter: Message) -> None:
    page = start()
    for _ in counter["units"]:
        page.keyboard.press("ArrowUp")
    assert unit(page) == counter["units"][0]
    page.keyboard.press("ArrowDown")
    assert unit(page) == counter["units"][1]


def test_operations_go_through_the_step_row_by_row(start: Start) -> None:
    page = start()
    for place in range(6):
        page.keyboard.press("Shift+ArrowRight")
        assert page.locator(".equation.now").get_attribute("data-operation") == str(place)
        assert page.locator(".equation.later").count() == 5 - place
    page.keyboard.press("Shift+ArrowRight")
    assert step(page) == 7
    for way_out in (
        lambda: page.keyboard.press("Escape"),
        page.get_by_test_id("operation").click,
        page.locator(".equation.now .formula").click,
    ):
        way_out()
        assert page.locator(".equation.now, .equation.later").count() == 0
        page.get_by_test_id("operation").click()  # and in again
        assert page.locator(".equation.later").count() == 5


def test_a_network_of_another_task_begins_at_a_step_of_its_own_and_whole(start: Start) -> None:
    page = start()
    taken = "(other) => stepper.accept(stepper.shown().base, { ...stepper.shown().message, ...other })"
    page.keyboard.press("End")
    page.keyboard.press("Shift+ArrowRight")
    page.evaluate(taken, {"who": "a sibling", "step": 2})
    assert (step(page), page.locator(".equation.later").count()) == (10, 5)
    page.evaluate(taken, {"entry": "of another task", "step": 2})
    assert (step(page), page.locator(".equation.later").count()) == (2, 0)


def test_play_takes_a_step_at_a_time_and_stops_at_the_end(start: Start) -> None:
    page = start(clock=True)
    page.keyboard.press("Home")
    page.locator(".speed").select_option("8")
    play = page.get_by_test_id("step-play")
    play.click()
    for where in range(2, 11):
        page.clock.run_for(124)
        assert step(page) == where - 1
        page.clock.run_for(1)
        assert step(page) == where
    assert play.get_attribute("aria-pressed") == "true"
    page.clock.run_for(125)
    assert play.get_attribute("aria-pressed") == "false"
    play.click()  # from the end it begins anew
    assert step(page) == 1
    page.keyboard.press("ArrowRight")
    assert play.get_attribute("aria-pressed") == "false"


def test_what_changed_is_marked_until_the_hand_rests_and_never_in_quick_succession(start: Start) -> None:
    page = start(clock=True)
    page.clock.run_for(250)
    page.keyboard.press("ArrowLeft")
    marked = page.locator(".equation.fresh")
    assert marked.count() > 0
    page.clock.run_for(449)
    assert marked.count() > 0
    page.clock.run_for(1)
    assert marked.count() == 0
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert marked.count() == 0


def test_the_address_follows_the_hand_that_rests_and_opens_the_same_view(start: Start) -> None:
    page = start(clock=True)
    told = "window.told = []; addEventListener('at', ({ detail }) => told.push(detail))"
    page.evaluate(told)
    page.keyboard.press("End")
    page.keyboard.press("ArrowUp")
    page.clock.run_for(449)
    assert page.evaluate("told") == []
    page.clock.run_for(1)
    assert page.evaluate("told") == [{"step": 10, "unit": int(unit(page))}]
    again = start(page.evaluate("location.hash"))
    assert (step(again), unit(again), numbers(again)) == (10, unit(page), numbers(page))
    again.evaluate("location.hash = '#step=2&unit=1'")
    expect(again.get_by_test_id("step-number")).to_have_text("2")
    assert unit(again) == "1"


def test_a_key_that_is_held_tells_nothing_until_it_is_let_go(start: Start) -> None:
    page = start(clock=True)
    page.evaluate("window.told = 0; addEventListener('at', () => told++)")
    page.keyboard.down("ArrowRight")
    page.clock.run_for(5000)
    assert page.evaluate("told") == 0
    page.keyboard.up("ArrowRight")
    page.clock.run_for(450)
    assert page.evaluate("told") == 1


def test_what_a_node_of_the_diagram_does_stands_within_its_rim(start: Start) -> None:
    inside = """(node) => {
      const [sign, rim] = ['.glyph', '.rim'].map((one) => node.querySelector(one).getBoundingClientRect());
      return rim.left + 1 <= sign.left && sign.right <= rim.right - 1;
    }"""
    nodes = start().locator(".diagram .node").all()
    assert [node.text_content() for node in nodes if not node.evaluate(inside)] == []


def test_a_mark_of_the_diagram_says_its_number_and_what_that_means(start: Start) -> None:
    page = start()
    tip, gate = page.get_by_test_id("tip"), page.locator(".node[data-symbol=f]")
    value = page.evaluate("stepper.shown().model.row('f', stepper.player().t)[stepper.player().unit]")
    assert 0.9 < value < 1
    gate.hover()
    said = f"open: keeps {percent(value)} of the old cell state"
    assert tip.inner_text().splitlines() == [f"forget gate f = {value:.7g}", said]
    page.keyboard.press("Home")  # what stands there is of the step shown
    assert tip.inner_text().splitlines()[0] != f"forget gate f = {value:.7g}"
    page.mouse.move(0, 0)
    expect(tip).to_be_hidden()
    page.keyboard.press("Tab")  # from here on the keyboard asks
    gate.focus()
    expect(tip).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("editor")).to_be_visible()
    assert page.locator(".grip .said").inner_text() == tip.locator("span").inner_text()


def test_what_the_marks_mean_is_unfolded_and_folded(start: Start) -> None:
    page = start()
    marks = page.get_by_test_id("legend")
    for fold in (lambda: page.keyboard.press("Escape"), lambda: page.locator(".strip").click()):
        marks.locator("summary").click()
        expect(marks.locator("dd").first).to_be_visible()
        fold()
        expect(marks.locator("dd").first).to_be_hidden()


def test_a_unit_is_drawn_over_all_steps_with_the_gates_that_keep_and_write_it(start: Start) -> None:
    page = start()
    lines = page.get_by_test_id("unit-lines")
    expect(lines).to_be_hidden()
    page.keyboard.press("l")
    for _ in range(2):
        told = page.evaluate(
            """() => {
              const { model } = stepper.shown(), { unit, t } = stepper.player();
              const of = (symbol) => [...Array(model.steps)].map((_, step) => model.row(symbol, step)[unit]);
              return { c: of("c"), f: of("f"), i: of("i"), t };
            }"""
        )
        high = float(lines.locator(".scale.memory span").first.inner_text())
        assert max(map(abs, told["c"])) <= high <= 2.5 * max(map(abs, told["c"]))
        for svg, symbol, low, top, tall in (
            *(("memory", "c", -high, high, 100),),
            *(("gates .solid >> nth=0", "f", 0, 1, 60), ("gates .broken", "i", 0, 1, 60)),
        ):
            where = f"svg.{svg}" if " " in svg else f"svg.{svg} .solid"
            path = lines.locator(where).get_attribute("d") or ""
            ys = [float(y) for y in re.findall(r"[ML][\d.]+,(-?[\d.]+)", path)]
            assert [low + (top - low) * (1 - y / tall) for y in ys] == pytest.approx(
                told[symbol], abs=0.0002 * (top - low)
            )
        shown = [text.replace("−", "-") for text in lines.locator("figcaption b").all_inner_texts()]
        assert [float(text) for text in shown] == pytest.approx(
            [told[symbol][told["t"]] for symbol in "cfi"], abs=0.0051
        )
        page.keyboard.press("ArrowUp")  # another unit, another step
        page.keyboard.press("End")
    assert "lines=1" in page.url
    page.get_by_test_id("lines-open").click()
    expect(lines).to_be_hidden()
    assert "lines" not in page.url


def test_the_table_has_every_number_of_the_unit(start: Start) -> None:
    page = start()
    page.get_by_test_id("table-open").click()
    rows = page.get_by_test_id("table").locator("tbody tr")
    assert rows.count() == 10
    assert rows.first.locator("td").count() == 7
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("table")).to_be_hidden()


def test_the_link_that_is_copied_is_that_of_the_step(start: Start) -> None:
    page = start(permissions=["clipboard-read", "clipboard-write"])
    page.keyboard.press("Home")
    page.get_by_test_id("copy-link").click()
    expect(page.get_by_test_id("copy-link")).to_have_text("Link copied")
    assert "step=1&unit=" in page.evaluate("navigator.clipboard.readText()")


def test_what_ends_it_ends_everything(start: Start) -> None:
    """One signal: no key, no click, no timer moves anything after it."""
    page = start(clock=True)
    page.evaluate("window.told = 0; addEventListener('at', () => told++)")
    page.get_by_test_id("step-play").click()
    page.evaluate("stepper.dispose()")
    before = numbers(page)
    page.keyboard.press("ArrowRight")
    page.get_by_test_id("token").nth(1).click()
    page.clock.run_for(5000)
    assert (step(page), numbers(page), page.evaluate("told")) == (6, before, 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_says_of_which_layer_and_direction_it_is(
    browser: Browser, modules: str, language: str
) -> None:
    words = Words(language)
    deep = {"layers": 2, "directions": 2, "layer": 2, "direction": "backward", "text": "ab", "unit": 1}
    for parts, said in (
        (deep, [words("layer.2"), words("direction.backward")]),
        ({"text": "ab", "unit": 1}, []),
    ):
        with opened(browser) as (page, errors):
            message = message_of(default_view("random").but(**parts, lang=language))
            served(page, modules, body_of(message))
            page.wait_for_selector(".stepper.built")
            page.get_by_role("button", name=words("stepper.table")).click()
            unit_said = f"{words('stepper.unit')} 1"
            assert page.locator("dialog .caption").inner_text() == " · ".join([*said, unit_said])
            assert errors == []
