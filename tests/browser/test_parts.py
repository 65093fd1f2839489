"""Scores that are stopped, and a patch that is taken to the first page, by hand."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, expect

from tests.browser.harness import opened, ready, served, settled
from tests.browser.test_stepping import Visit
from ui.words import Words

ENGLISH = Words("en")


def test_scores_stop_when_told_and_show_nothing_half(browser: Browser) -> None:
    with served(starter="tests.browser.endless") as address, opened(browser) as (page, errors):
        page.goto(f"{address}/memory?measure=ablation&network=brackets")
        page.locator(".st-key-stop_scoring button").click()
        expect(page.get_by_text(ENGLISH("ablation.stopped", share="0\u00a0%"))).to_be_visible()
        expect(page.locator("table.numbers")).to_have_count(0)
        page.get_by_role("button", name=ENGLISH("ablation.go_on")).click()
        page.locator(".st-key-stop_scoring button").click()
        expect(page.get_by_text(ENGLISH("ablation.stopped", share="0\u00a0%"))).to_be_visible()
    assert errors == []


def test_a_patch_goes_to_the_first_page_and_its_view_stays_as_it_was(visit: Visit) -> None:
    page = visit("memory?measure=patch")
    page.get_by_role("button", name=ENGLISH("patch.try", text="aaa")).click()
    page.get_by_role("radio", name=ENGLISH("patched.both")).click()
    page.locator(".st-key-second input").fill("aaabbb")  # of its 10 steps, 6 are left
    page.wait_for_function("new URLSearchParams(location.search).get('patch_from') === '6'")
    ready(page)
    page.get_by_role("button", name=ENGLISH("patch.leave")).click()
    page.wait_for_function("!location.pathname.endsWith('/memory')")
    settled(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    parts = "&(measure=patch|second=aaabbb|patched=both|patch_from=6|step=5)(?=&|$)"
    page.wait_for_function("new URLSearchParams(location.search).get('step') === '5'")
    assert len(re.findall(parts, page.url)) == 5 and "edit=c.1.2" in page.url
