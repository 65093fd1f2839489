"""A lesson is gone through by keyboard and by touch; who strays is led back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.harness import ready, settled
from ui.lessons import LESSONS
from ui.lessons import records as data
from ui.lessons.truths import TRUTHS, truth
from ui.selection.records import Selection
from ui.session.chosen import chosen
from ui.shelf import own
from ui.words import LANGUAGES

SCROLLS = """(() => {
  const main = document.querySelector('[data-testid=stMain]');
  return main.scrollHeight - main.clientHeight;
})()"""
TITLE = {"step": "Step through", "compare": "Compare", "memory": "Memory", "applications": "Applications"}


def answered(page: Page, lesson: data.Lesson, one: data.Page, use: Callable[[Locator], None]) -> None:
    """Give the right answer to a page's question, if it asks."""
    if one.ask is None:
        return
    shape = TRUTHS[one.ask.what].shape
    true, panel = truth(own(lesson, one, chosen(Selection())), one.ask), page.get_by_test_id("lesson")
    if shape == "choice":
        use(panel.locator(f"[data-option='{true.right}']"))
    elif shape == "curve":
        panel.locator("svg.curve").focus()
        page.keyboard.press("ArrowRight")
        use(panel.get_by_role("button", name="Show the real one"))
        expect(panel.locator(".truth")).not_to_have_attribute("points", "")
        return
    elif shape == "token":
        use(page.locator(f".token[data-step='{int(true.right) - 1}']"))
        use(panel.get_by_role("button", name="This token"))
    else:
        for _ in range(40):
            if page.get_by_test_id("unit-name").inner_text() == true.right:
                break
            page.keyboard.press("ArrowDown")
        use(panel.get_by_role("button", name="This unit"))
    expect(panel.locator(".reply.right")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "size", "use"),
    [
        ("gates", "projector", lambda place: place.press("Enter")),
        ("gru", "projector", lambda place: place.press("Enter")),
        ("first", "phone", lambda place: place.tap()),
    ],
    ids=["keyboard", "keyboard on two pages", "touch"],
)
def test_a_lesson_is_gone_through_to_its_end(
    visit: Callable[..., Page], name: str, size: str, use: Callable[[Locator], None]
) -> None:
    lesson = LESSONS[name]
    page = visit("lessons", size, wait=False, has_touch=size == "phone")
    use(page.locator(f".st-key-open_{name} button"))
    panel = page.get_by_test_id("lesson")
    for number, one in enumerate(lesson.pages, 1):
        expect(panel.locator(".place")).to_have_text(f"{number} / {len(lesson.pages)}")
        view = own(lesson, one, chosen(Selection()))
        table = one.on == "compare" and view.selection.compare.view == "table"
        (ready if table else settled)(page)  # a table has no heatmaps to wait for
        expect(page.get_by_test_id("step-number")).to_have_text(str(view.selection.at.step))
        expect(panel.locator(".changed")).to_be_hidden()
        if size == "projector":  # nothing is scrolled, and the panel lies beside the stage
            assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0
            if one.on == "step" and "edit=" not in one.view:  # the row of an editor has three lines here
                assert page.evaluate(SCROLLS) == 0
            stage, beside = page.locator(".stepper").bounding_box(), panel.bounding_box()
            assert stage and beside and stage["x"] + stage["width"] <= beside["x"]
            next_ = panel.get_by_test_id("lesson-next").bounding_box()
            assert next_ and next_["y"] + next_["height"] <= 720
        answered(page, lesson, one, use)
        use(panel.get_by_test_id("lesson-next"))
    expect(panel).to_have_count(0)


def test_the_cards_of_all_lessons_are_seen_at_once_and_those_of_a_row_are_as_tall(
    visit: Callable[..., Page],
) -> None:
    for language in LANGUAGES:
        page = visit(f"lessons?lang={language}", wait=False)
        page.locator(".roomdoor").wait_for()
        ready(page)
        boxes = [
            box
            for card in page.locator(".st-key-shelf [class*=st-key-lesson_]").all()
            if (box := card.bounding_box())
        ]
        assert len(boxes) == len(LESSONS)
        rows = {
            row: {box["height"] for box in boxes if box["y"] == row} for row in {box["y"] for box in boxes}
        }
        assert all(len(heights) == 1 for heights in rows.values()) and len(rows) == 2
        assert page.evaluate(SCROLLS) == 0


def test_who_strays_is_told_what_she_changed_and_led_back(visit: Callable[..., Page]) -> None:
    lesson = LESSONS["gates"]
    page = visit(f"?{lesson.pages[0].view}&lesson=gates&page=1")
    panel = page.get_by_test_id("lesson")
    expect(panel.locator(".changed")).to_be_hidden()
    page.keyboard.press("End")
    box = page.locator(".st-key-text input")
    box.fill("abab")
    expect(panel.locator(".changed")).to_contain_text("text")
    box.press("Enter")
    panel.get_by_role("button", name="Back to the lesson").press("Enter")
    expect(panel.locator(".changed")).to_be_hidden()
    view = own(lesson, lesson.pages[0], chosen(Selection()))
    expect(box).to_have_value(view.selection.text.text)
    expect(page.get_by_test_id("step-number")).to_have_text(str(view.selection.at.step))


@pytest.mark.parametrize(("name", "number"), [("gates", 3), ("gates", 7), ("gates", 9)])
def test_an_answer_still_stands_there_until_another_page_is_turned_to(
    visit: Callable[..., Page], name: str, number: int
) -> None:
    lesson = LESSONS[name]
    page = visit(f"?lesson={name}&page={number}")
    panel = page.get_by_test_id("lesson")
    answered(page, lesson, lesson.pages[number - 1], lambda place: place.press("Enter"))
    given = panel.locator("[aria-pressed=true], output, .drawn, .truth, .reply")
    stands = "(all) => all.map((one) => one.getAttribute('points') ?? one.textContent)"
    answer = given.evaluate_all(stands)
    assert all(answer)
    page.reload()
    settled(page)
    expect(panel.locator(".reply")).not_to_be_empty()
    assert given.evaluate_all(stands) == answer
    for way, there in (("next", number + 1), ("back", number)):
        panel.get_by_test_id(f"lesson-{way}").press("Enter")
        expect(panel.locator(".place")).to_contain_text(f"{there} /")
    expect(panel.locator(".reply")).to_be_empty()
