"""The answer over the whole text: how likely it is at each step, and the way to the first wrong one."""

from __future__ import annotations

import re

import numpy as np
from playwright.sync_api import Browser, expect

from cells import shipped
from tests.browser.harness import opened
from tests.js.conftest import served
from tests.js.standalone import body_of, message_of
from ui.networks.defaults import default_view

TALL = 24  # the drawing's own units


def drawn(path: str) -> list[float]:
    """The values along a line that has no gaps."""
    return [1 - float(y) / TALL for _, y in re.findall(r"[ML]([\d.]+),([\d.-]+)", path)]


def test_it_is_the_networks_own_and_leads_from_one_wrong_answer_to_the_next(
    browser: Browser, modules: str
) -> None:
    text = "a" * 14 + "b" * 14
    card = shipped.card("count10-rnn")
    output = shipped.network(card.name).run(card.read(text)).output
    assert output is not None
    truth = np.array([["ab", "b", "end"][(n > 13) + (n > 26)] for n in range(28)])
    right = np.stack([truth == "ab", truth != "end", truth == "end"], axis=1)
    shares = np.where(right, output, 1 - output).prod(axis=1)
    wrong = [1 + int(t) for t in np.flatnonzero(((output > 0.5) != right).any(axis=1))]
    assert len(wrong) > 1
    with opened(browser) as (page, errors):
        view = default_view("count10").but(model="count10-rnn", cell="RNN", text=text, step=1)
        served(page, modules, body_of(message_of(view)))
        page.wait_for_selector(".stepper.built")
        line = page.locator("[data-testid=answer-curve] .line").get_attribute("d") or ""
        assert np.allclose(drawn(line), shares, atol=0.001)
        number, jump = page.get_by_test_id("step-number"), page.get_by_test_id("first-wrong")
        assert jump.inner_text() == f"✗ first at step {wrong[0]}"
        jump.click()
        expect(number).to_have_text(str(wrong[0]))
        for step in (*wrong[1:], wrong[0]):
            page.keyboard.press("w")
            expect(number).to_have_text(str(step))
        assert page.get_by_test_id("all-right").inner_text() == ""
        assert errors == []


def test_where_all_is_right_it_says_so_and_where_nothing_is_known_it_follows_the_answer(
    browser: Browser, modules: str
) -> None:
    for network, said in (("count10", "all right ✓"), ("reviews", "")):
        with opened(browser) as (page, errors):
            message = message_of(default_view(network))
            served(page, modules, body_of(message))
            page.wait_for_selector(".stepper.built")
            assert page.get_by_test_id("all-right").inner_text() == said
            expect(page.get_by_test_id("first-wrong")).to_be_hidden()
            page.keyboard.press("w")
            assert page.get_by_test_id("step-number").inner_text() == str(message["step"])
            if network == "reviews":
                lines = []
                for key, name in (("Home", "positive"), ("End", "negative")):
                    page.keyboard.press(key)
                    assert page.locator(".of-what").inner_text() == name
                    line = page.locator("[data-testid=answer-curve] .line").get_attribute("d")
                    lines.append(drawn(line or ""))
                assert np.allclose(np.sum(lines, axis=0), 1, atol=0.01)
            assert errors == []
