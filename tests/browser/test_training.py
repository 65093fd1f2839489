"""The slider through training: every place is seen at once, and what the server says later agrees."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from cells import shipped
from tests.browser.harness import heard, opened, passed, settled
from tests.browser.test_stepping import Visit, step, tokens
from tests.browser.test_typing import BUSY, LIVE, answered, box
from ui.networks import cards
from ui.networks.trained import checkpoints
from ui.words import LANGUAGES, Words

CARD = shipped.card("count10-lstm")


def slider(page: Page) -> Locator:
    found = page.get_by_test_id("checkpoint")
    expect(found).to_be_visible()
    return found


def answers(page: Page) -> list[str]:
    passed(page)
    return page.locator("[data-testid=token] small").all_inner_texts()


def numbers(page: Page) -> list[str]:
    passed(page)
    return page.locator("[data-testid=equation] [data-testid=number]").all_inner_texts()


def badge(page: Page) -> str:
    passed(page)
    return page.locator(".badge").inner_text()


def test_a_place_is_seen_before_the_server_hears_of_it_and_then_agreed_with(visit: Visit) -> None:
    """A difference above the bound would be an error in the console, which fails the test."""
    page = visit("?network=count10&text=aaaabb", clock="going")
    hand = slider(page)
    hand.focus()
    page.clock.pause_at(page.evaluate("Date.now()") + 5000)
    before, ends = (answers(page), numbers(page)), page.evaluate("ends")
    page.evaluate("sent.length = 0")
    page.keyboard.press("Home")
    passed(page)
    assert page.evaluate("sent") == []
    assert page.evaluate(LIVE) and page.evaluate(BUSY)
    seen = answers(page), numbers(page)
    assert all(now != old for now, old in zip(seen, before, strict=True))
    assert any("✗" in answer for answer in seen[0])
    assert hand.get_attribute("aria-valuetext", timeout=1000) == said(0)
    assert "update" not in badge(page)
    page.clock.resume()
    heard(page, ends)
    answered(page)
    assert (answers(page), numbers(page)) == seen
    assert Words("en")("badge.recorded", update="0", steps="6,000") in badge(page)
    page.wait_for_function("location.search.includes('checkpoint=0')")
    assert step(page) == 6


def said(update: int) -> str:
    words, moment = Words("en"), CARD.at(update)
    return f"{cards.moment_label(CARD, moment, words)}. {cards.reached_sentence(CARD, moment, words)}"


def test_arrows_go_through_training_and_not_through_the_text(visit: Visit) -> None:
    page = visit("?network=count10&step=3", clock="stopped")
    hand = slider(page)
    hand.focus()
    places = checkpoints(CARD)
    for place in (-2, -3, -4):
        page.keyboard.press("ArrowLeft")
        assert hand.get_attribute("aria-valuetext") == said(int(places[place]))
    page.keyboard.press("ArrowRight")
    assert hand.get_attribute("aria-valuetext") == said(int(places[-3]))
    assert step(page) == 3
    page.keyboard.press("End")
    assert not page.evaluate(BUSY) and not page.evaluate(LIVE)
    assert page.locator(".training .moment").inner_text() == Words("en")("checkpoint.trained")


@pytest.mark.parametrize("network", ["first", "adding", "copy"])
def test_the_numbers_stay_when_the_server_answers(visit: Visit, network: str) -> None:
    page = visit(f"?network={network}")
    slider(page).focus()
    for _ in range(6):
        page.keyboard.press("ArrowLeft")
    seen = answers(page), numbers(page)
    page.wait_for_function("location.search.includes('checkpoint=')")
    answered(page)
    assert (answers(page), numbers(page)) == seen


def test_a_drag_shows_each_place_and_ends_where_the_hand_lets_go(visit: Visit) -> None:
    page = visit("?network=count10")
    hand = slider(page)
    where = hand.bounding_box()
    assert where is not None
    middle = where["y"] + where["height"] / 2
    page.mouse.move(where["x"] + where["width"] - 9, middle)
    page.mouse.down()
    shown = []
    for share in (0.9, 0.7, 0.5, 0.3, 0.1):
        page.mouse.move(where["x"] + share * where["width"], middle)
        shown.append(tuple(numbers(page)))
        page.wait_for_timeout(400)  # the server hears of some, and answers while the hand goes on
    page.mouse.up()
    assert len(set(shown)) == len(shown)
    at = hand.input_value()
    answered(page)
    assert hand.input_value() == at
    assert tuple(numbers(page)) == shown[-1]


# Of every frame from here on where the hand is, and the numbers.
FILM = """() => {
  film = [];
  const expose = () => {
    const numbers = [...document.querySelectorAll('[data-testid=equation] [data-testid=number]')];
    const hand = document.querySelector('[data-testid=checkpoint]');
    film.push([hand.value, ...numbers.map((one) => one.textContent)].join(' '));
    requestAnimationFrame(expose);
  };
  expose();
}"""


@pytest.mark.parametrize("way", ["ArrowLeft", "ArrowRight"], ids=["on", "back"])
def test_an_answer_that_comes_late_does_not_move_the_hand(visit: Visit, way: str) -> None:
    """The server hears of a place; the hand goes on, or back to where it was, before the answer is there."""
    page = visit("?network=count10")
    slider(page).focus()
    page.evaluate("sent.length = 0")
    page.keyboard.press("ArrowLeft")
    page.wait_for_function("sent.length > 0")
    page.keyboard.press(way)
    passed(page)
    page.evaluate(FILM)
    answered(page)
    page.wait_for_timeout(1000)  # an answer that would come later still
    assert len(set(page.evaluate("film"))) == 1
    assert not page.evaluate(BUSY)


def test_a_difference_from_the_servers_run_is_an_error(browser: Browser, server: str) -> None:
    with opened(browser) as (page, errors):
        page.goto(f"{server}/?network=count10")
        settled(page)
        slider(page).focus()
        page.evaluate("""() => {
          const [training] = globalThis[Symbol.for("gates.networks")].trainings.values();
          const at = training.at;
          training.at = (...asked) => {
            const network = at(...asked);
            network.layers[0].forward.b.f.values[0] += 0.01;
            return network;
          };
        }""")
        page.keyboard.press("ArrowLeft")
        page.wait_for_function("location.search.includes('checkpoint=')")
        answered(page)
        assert len(errors) == 1 and "is off by" in errors[0]
        errors.clear()


def test_a_text_is_typed_at_a_place_and_a_place_chosen_for_what_is_typed(visit: Visit) -> None:
    page = visit("?network=count10&checkpoint=50")
    slider(page)
    box(page)
    page.keyboard.type("ab")
    typed = numbers(page)
    answered(page)
    assert numbers(page) == typed and tokens(page) == list("aaaaabbbbbab")
    page.keyboard.type("b")
    slider(page).focus()
    page.keyboard.press("ArrowLeft")
    seen = numbers(page), answers(page)
    assert tokens(page) == list("aaaaabbbbbabb")
    page.wait_for_function("location.search.includes('checkpoint=0')")
    answered(page)
    assert (numbers(page), answers(page)) == seen and tokens(page) == list("aaaaabbbbbabb")


@pytest.mark.parametrize("size", ["projector", "phone"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_slider_stands_in_the_page_and_nothing_moves_with_it(
    visit: Visit, size: str, language: str
) -> None:
    page = visit(f"?network=brackets&lang={language}", size=size, clock="stopped")
    hand = slider(page)
    where = hand.bounding_box()
    assert where is not None and where["x"] + where["width"] <= page.viewport_size["width"]  # type: ignore[index]  # it has one
    assert hand.get_attribute("aria-label") == Words(language)("stepper.checkpoint")
    if size == "projector":
        chips = page.get_by_test_id("belief").bounding_box()
        assert chips is not None
        assert chips["y"] <= where["y"] and where["y"] + where["height"] <= chips["y"] + chips["height"]
    hand.focus()
    for _ in range(11):
        page.keyboard.press("ArrowLeft")
        assert hand.bounding_box() == where
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("view", ["?network=count10&twin=1", "?network=names", "?network=random"])
def test_where_nothing_was_recorded_there_is_no_slider(visit: Visit, view: str) -> None:
    page = visit(view)
    page.wait_for_function("document.querySelector('.st-key-sent_network')")
    assert not page.get_by_test_id("checkpoint").is_visible()


def test_scores_are_not_told_of_an_edited_network(visit: Visit) -> None:
    page = visit("?network=count10&checkpoint=446&edit=f.3%3D0")
    slider(page)
    assert page.locator(".training .reached").inner_text() == ""
    assert page.locator(".training .moment").inner_text() == "446 of 6,000 updates"
