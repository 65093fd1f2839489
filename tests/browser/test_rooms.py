"""Two browsers in one room: a follower goes where her teacher goes, and a step costs no run of the script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.harness import heard, ready, settled
from tests.browser.test_stepping import Visit, step

SOON = 300  # ms within which a follower shows the teacher's step, on a machine that does nothing else
ANSWER = """window.dispatchEvent(new CustomEvent("gates:answer",
  { detail: { question: "counting.first", option: "falls" } }))"""
# When the page first showed a step, by the clock that all pages of a machine share.
SHOWS = """(wanted) => new Promise((done) => {
  const number = document.querySelector("[data-testid=step-number]");
  const look = () => number.textContent === wanted && done(performance.timeOrigin + performance.now());
  new MutationObserver(look).observe(number, { characterData: true, childList: true, subtree: true });
  look();
})"""


@pytest.fixture
def teacher(visit: Visit) -> Page:
    """A page that leads a new room."""
    page = visit("teach", wait=False)
    ready(page)
    page.get_by_test_id("door-open").click()
    expect(page.get_by_test_id("room-standing")).to_have_text("The class follows you")
    page.get_by_role("link", name="Step through").click()
    settled(page)
    return page


def letters(page: Page) -> str:
    return page.get_by_test_id("room-letters").inner_text()


def standing(page: Page, says: str) -> None:
    expect(page.get_by_test_id("room-standing")).to_have_text(says)


def test_a_follower_goes_along_and_a_step_runs_no_script(teacher: Page, visit: Visit) -> None:
    follower = visit(f"?room={letters(teacher).lower()}&network=latch")
    settled(follower)
    expect(follower.get_by_test_id("step-number")).to_have_text(str(step(teacher)))
    follower.wait_for_function("!location.search.includes('latch')")
    standing(follower, "You follow the teacher")
    ready(follower)
    frames, ends = follower.evaluate("[sent.length, ends]")

    took = []
    for _ in range(3):
        wanted = str(step(teacher) + 1)
        follower.evaluate(f"window.shown = ({SHOWS})('{wanted}'), null")
        pressed = teacher.evaluate("performance.timeOrigin + performance.now()")
        teacher.keyboard.press("ArrowRight")
        took.append(follower.evaluate("window.shown") - pressed)
    assert min(took) < SOON, took
    follower.wait_for_function(f"new URLSearchParams(location.search).get('step') === '{step(teacher)}'")
    assert follower.evaluate("[sent.length, ends]") == [frames, ends]  # it rests, and Python heard nothing

    teacher.get_by_role("link", name="Memory").click()
    follower.wait_for_url("**/memory?*")
    standing(follower, "You follow the teacher")
    settled(teacher)
    expect(follower.get_by_test_id("step-number")).to_have_text(str(step(teacher)))


def test_a_follower_looks_around_comes_back_answers_and_is_told_of_the_end(
    teacher: Page, visit: Visit
) -> None:
    follower = visit(f"?room={letters(teacher)}")
    settled(follower)
    standing(follower, "You follow the teacher")
    expect(follower.get_by_test_id("step-number")).to_have_text(str(step(teacher)))
    ends = follower.evaluate("ends")
    follower.keyboard.press("Home")
    standing(follower, "You are looking around")
    heard(follower, ends)  # who is on her own is kept by Python as always
    teacher.keyboard.press("End")
    assert step(follower) == 1
    follower.get_by_test_id("room-back").click()
    expect(follower.get_by_test_id("step-number")).to_have_text(str(step(teacher)))

    follower.evaluate(f"for (let times = 0; times < 50; times++) {ANSWER}")
    expect(teacher.get_by_test_id("room-answers")).to_contain_text("Answers: 1")
    expect(teacher.get_by_test_id("room-here")).to_have_text("1 here")

    name = letters(teacher)
    teacher.get_by_test_id("room-end").click()
    standing(follower, f"Room {name} has ended.")
    assert "room=" not in follower.url
