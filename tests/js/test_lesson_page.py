"""A lesson as one file: it turns its pages, steps, asks and replies, and asks nobody."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.harness import opened
from ui.handout.lesson import STAGED, lesson_page
from ui.lessons import LESSONS
from ui.lessons.truths import TRUTHS, truth
from ui.selection.records import Selection
from ui.session.chosen import chosen
from ui.shelf import own
from ui.words import LANGUAGES, Words


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_turns_its_pages_asks_and_replies(browser: Browser, tmp_path: Path, language: str) -> None:
    present, lesson, asked = chosen(Selection().but(lang=language)), LESSONS["gates"], []
    file = tmp_path / "lesson.html"
    made = lesson_page(
        lesson, Words(language), lambda page: own(lesson, page, present), date(2026, 1, 2), "http://live/"
    )
    assert len(made) < 1_000_000
    file.write_text(made, "utf-8")
    with opened(browser, bypass_csp=True) as (page, errors):
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri())
        panel = page.get_by_test_id("lesson")
        for number, one in enumerate(lesson.pages, 1):
            expect(panel.locator(".place")).to_have_text(f"{number} / {len(lesson.pages)}")
            view = own(lesson, one, present)
            if one.on in STAGED:
                expect(page.get_by_test_id("step-number")).to_have_text(str(view.selection.at.step))
            if one.ask and TRUTHS[one.ask.what].shape == "choice":
                right = truth(view, one.ask).right
                panel.locator(f"[data-option='{right}']").click()
                expect(panel.locator(".reply.right")).to_be_visible()
            panel.get_by_test_id("lesson-next").click()
    assert errors == []
    assert [one for one in asked[1:] if not one.startswith(("data:", "blob:"))] == []
