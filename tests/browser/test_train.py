"""A network that learns before the reader: every look is seen, leaving loses nothing, two share a step."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.harness import ready
from tests.browser.test_stepping import Visit

TINY = "count10.LSTM.units=2.steps=60.batch=4"
OTHER = "count10.GRU.units=2.steps=60.batch=4"
HEAT = "(place) => document.querySelectorAll('[data-testid=arm]')[place].querySelector('canvas').toDataURL()"


@pytest.fixture
def training(visit: Visit) -> Callable[..., Page]:
    def go(query: str, **options: object) -> Page:
        page = visit(f"train?{query}", wait=False, **options)
        ready(page)
        expect(page.locator(".train .stepper.built").first).to_be_visible()
        return page

    return go


def press(page: Page, name: str) -> None:
    page.get_by_test_id(f"train-{name}").click()


def stands(page: Page, says: str, place: int = 0) -> None:
    expect(page.get_by_test_id("standing").nth(place)).to_have_text(re.compile(says))


def badge(page: Page, place: int = 0) -> Locator:
    return page.get_by_test_id("moment-badge").nth(place)


def answers(page: Page, place: int = 0) -> list[str]:
    return page.get_by_test_id("arm").nth(place).locator("[data-testid=token] small").all_inner_texts()


def test_a_run_is_seen_learning_paused_typed_into_and_looked_back_at(
    training: Callable[..., Page],
) -> None:
    page = training(f"recipe={TINY}")
    expect(badge(page)).to_have_text("before training")
    before, said = page.evaluate(HEAT, 0), answers(page)
    press(page, "look")
    stands(page, "Paused at update 1 of 60")
    expect(badge(page)).to_have_text("trained here · update 1 of 60")
    page.wait_for_function(f"(was) => ({HEAT})(0) !== was", arg=before)
    page.get_by_test_id("train-text").fill("aab")
    expect(page.get_by_test_id("token")).to_have_count(3)
    page.keyboard.press("Enter")
    page.keyboard.press("t")
    stands(page, "the last one")
    expect(badge(page)).to_have_text("trained here · update 60 of 60")
    assert len(answers(page)) == 3 and answers(page) != said[:3]
    page.get_by_test_id("looks").focus()
    page.keyboard.press("Home")
    expect(badge(page)).to_have_text("before training")
    page.get_by_test_id("look-on").click()
    expect(badge(page)).to_have_text("trained here · update 1 of 60")

    page.get_by_role("link", name="Lessons").click()
    page.wait_for_url("**/lessons*")
    page.get_by_role("link", name="Train", exact=True).click()
    stands(page, "the last one")
    expect(badge(page)).to_have_text("trained here · update 60 of 60")


def test_one_update_is_told_with_its_parts_and_two_runs_share_step_and_text(
    training: Callable[..., Page],
) -> None:
    page = training(f"recipe={TINY}&against={OTHER}")
    press(page, "one")
    for place in (0, 1):
        stands(page, "Paused at update 1 of 60", place)
        expect(badge(page, place)).to_have_text("trained here · update 1 of 60")
    expect(page.get_by_test_id("part-weights")).to_have_count(2)
    expect(page.get_by_test_id("part-batch").first).to_be_visible()
    page.get_by_test_id("arm").nth(1).get_by_test_id("token").first.click()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_test_id("step-number")).to_have_text(["2", "2"])
    page.get_by_test_id("train-text").fill("ab")
    expect(page.get_by_test_id("token")).to_have_count(4)
    press(page, "again")
    expect(badge(page, 1)).to_have_text("before training")
    stands(page, "Not trained yet")
