"""The track of answers: it goes with the cursor, and what it says is what the network answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from cells import equations
from tests.browser.harness import heard, opened, served, settled, stop_the_clock
from tests.browser.test_stepping import Visit, figures, step, unit
from ui.applications import APPLICATIONS
from ui.runs import passes
from ui.runs.link import from_link, link_of
from ui.selection.records import Selection
from ui.session.chosen import chosen as resolved
from ui.stepper import answer_track
from ui.words import Words

ENGLISH = Words("en")
FEW = 5  # chips


def shown(query: Mapping[str, str]) -> tuple[Selection, passes.ShownRun, dict[str, Any]]:
    """What Python makes of a link: the selection, the pass, and the track."""
    selection, faults = from_link(query, Selection())
    assert faults == ()
    page = resolved(selection)
    run, said = page.run(), page.source.answers()
    assert said is not None
    assert run.output is not None
    return selection, run, answer_track.of(said, run.output, page.tokens, 0, ENGLISH)


def chips(page: Page) -> list[tuple[str, str]]:
    """Names and values of the answers in the track."""
    found: list[list[str]] = page.get_by_test_id("belief").evaluate(
        """(track) => [...track.querySelectorAll('.chip')].map((chip) =>
          [chip.querySelector('bdi').textContent, chip.querySelector('.share').textContent])"""
    )
    return [(name, value) for name, value in found]


def marks(page: Page) -> list[str]:
    """The mark that stands under each token, in text."""
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('[data-testid=token] small i')].map((one) => one.textContent)"
    )
    return found


def share(value: str) -> float:
    return float(value.strip("<>\u00a0%")) / 100


def test_the_track_moves_with_the_cursor_and_sends_nothing(visit: Visit) -> None:
    query = {"network": "count10", "text": "aab" * 10}
    page = visit(f"?network=count10&text={query['text']}&step=1", clock="stopped")
    link, sent = page.url, page.evaluate("sent.length")
    _, run, _ = shown(query)
    assert run.output is not None
    page.keyboard.down("ArrowRight")
    for t in range(1, 21):
        assert [share(value) for _, value in chips(page)] == pytest.approx(list(run.output[t]), abs=0.0051)
        page.keyboard.down("ArrowRight")
    page.clock.run_for(10_000)
    assert (page.url, page.evaluate("sent.length")) == (link, sent)
    page.keyboard.up("ArrowRight")


QUERIES: Mapping[str, dict[str, str]] = {
    "yes or no": {"network": "brackets", "text": "[(()[])]()"},
    "one of four": {"network": "first", "model": "first-lstm-3", "text": "Bxyzzyx"},
    "a number": {"network": "adding", "text": "0.61 0.30* 0.72 0.50* 0.64"},
    "one of twelve": {"network": "names", "text": "kowalski"},
    "a letter": {"network": "shakespeare", "text": "To be", "write": "6"},
    "a sound": {"network": "g2p", "text": "knight"},
}


def boxes(page: Page) -> list[list[float]]:
    """Where track, strip, panels and heatmaps stand."""
    found: list[list[float]] = page.evaluate(
        """['.strip', '.belief', '.bar', '.panels', '.st-key-heat'].map((one) => {
             const box = document.querySelector(one).getBoundingClientRect();
             return [box.left, box.top, box.width, box.height];
           })"""
    )
    return found


@pytest.mark.parametrize(
    ("kind", "place"), [*((kind, "") for kind in QUERIES), ([*QUERIES][-1], "applications")]
)
def test_the_chips_show_the_answers_of_the_step_and_nothing_moves(
    visit: Visit, kind: str, place: str
) -> None:
    """The strip scrolls within itself; the boxes of track, panels and heatmaps stay where they are."""
    selection, run, track = shown(QUERIES[kind])
    assert run.output is not None
    names = track["answers"]
    page = visit(f"{place}?{link_of(selection.but(lang='en'))}&step=1", clock="going")
    page.wait_for_function(
        "document.fonts.status === 'loaded' && !document.querySelector('[data-testid=stSkeleton]')"
    )
    stop_the_clock(page)
    first, ends = boxes(page), page.evaluate("ends")
    assert all(width > 0 and height > 0 for *_, width, height in first)
    for t, row in enumerate(run.output):
        assert step(page) == t + 1
        assert boxes(page) == first, t
        told = chips(page)
        assert len(told) == min(FEW, len(names))
        assert page.locator(".chip:visible").count() == (0 if np.isnan(row).any() else len(told))
        if np.isnan(row).any():
            pass  # an encoder reads and does not answer
        elif track["kind"] == "linear":
            assert [name for name, _ in told] == names
            values = [float(value.replace("−", "-")) for _, value in told]
            assert values == pytest.approx(list(row), abs=0.0051)
        else:
            values = [share(value) for _, value in told]
            assert [row[names.index(name)] for name, _ in told] == pytest.approx(values, abs=0.0051)
            largest = sorted(row, reverse=True)[:FEW] if len(names) > FEW else list(row)
            assert values == pytest.approx(largest, abs=0.0051)
        page.keyboard.press("ArrowRight")
    page.clock.resume()
    heard(page, ends)
    assert boxes(page) == first


@pytest.mark.parametrize(
    "query",
    [
        {"network": "count10", "model": "count10-rnn", "text": "a" * 20 + "b" * 20},
        {"network": "brackets", "text": "([)]()"},
        {"network": "adding", "text": "0.61 0.30* 0.72 0.50* 0.64"},
        {"network": "copy", "text": "bad___"},
    ],
    ids=lambda query: f"{query['network']}-{query['text'][:12]}",
)
def test_right_and_wrong_stand_under_the_tokens_in_text(visit: Visit, query: dict[str, str]) -> None:
    """Not by colour alone: the mark is a letter, and the title says what would be true."""
    selection, _, track = shown(query)
    page = visit(f"?{link_of(selection)}")
    written = {True: "✓", False: "✗", None: ""}
    assert marks(page) == [written[right] for right in track["right"]]
    for t, (right, truth) in enumerate(zip(track["right"], track["truth"], strict=True)):
        title = page.get_by_test_id("token").nth(t).get_attribute("title") or ""
        assert (ENGLISH("stepper.wrong", truth=truth) in title) == (right is False)
        assert title.endswith(ENGLISH("stepper.right")) == (right is True)
        assert track["title"] in title


def test_where_the_language_of_the_task_is_left_nothing_is_marked(visit: Visit) -> None:
    page = visit("?network=count10&text=aaabbaabb")
    assert marks(page)[5:] == [""] * 4
    assert all(marks(page)[:5])


def test_a_count_beyond_the_networks_reach_is_marked_wrong(visit: Visit) -> None:
    """The plain network counts to a dozen: beyond, its track says where it is wrong."""
    page = visit("?network=count10&model=count10-rnn&text=" + "a" * 30 + "b" * 30)
    assert "✗" in marks(page)
    wrong = page.locator("[data-testid=token] small[data-right=false]")
    assert wrong.count() == marks(page).count("✗")


def test_what_the_network_wrote_is_faded_until_it_is_stepped_to(visit: Visit) -> None:
    page = visit("?network=shakespeare&text=To+be&write=8&step=2")

    def faded() -> list[bool]:
        page.wait_for_function("document.getAnimations().every((one) => one.playState !== 'running')")
        found: list[bool] = page.evaluate(
            """[...document.querySelectorAll('[data-testid=token]')].map((one) =>
                 Number(getComputedStyle(one).opacity) < 0.5)"""
        )
        return found

    tokens = page.get_by_test_id("token")
    expect(tokens).to_have_count(13)
    assert faded() == [False] * 5 + [True] * 8
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    assert step(page) == 7
    assert faded() == [False] * 7 + [True] * 6
    page.keyboard.press("End")
    assert faded() == [False] * 13
    page.keyboard.press("Home")
    assert faded() == [False] * 5 + [True] * 8
    tokens.nth(9).click()
    assert faded() == [False] * 10 + [True] * 3


def test_an_application_is_the_first_request_of_a_fresh_server(browser: Browser) -> None:
    name = [*APPLICATIONS][-1]
    network = APPLICATIONS[name].networks[-1]
    with served() as address, opened(browser) as (page, errors):
        page.goto(f"{address}/applications?network={network}&step=3")
        settled(page)
        assert step(page) == 3
        expect(page.get_by_text(ENGLISH(f"application.{name}.carries"))).to_be_visible()
        expect(page.get_by_test_id("belief")).to_be_visible()
        assert "/applications?" in page.url
    assert errors == []


def test_the_encoder_hands_on_to_the_decoder_and_every_row_is_right(visit: Visit) -> None:
    query = {"network": "g2p", "text": "rain", "unit": "3"}
    selection, run, _ = shown(query)
    trace, ((_, reads), (begins, writes)) = run.trace(selection.at), run.weights_of(selection.at)
    page = visit("applications?network=g2p&text=rain&unit=3&step=1")
    tokens = page.get_by_test_id("token").all_inner_texts()
    assert [token.split("\n")[0] for token in tokens[: begins + 1]] == [*"rain", "</s>", "<s>"]
    assert page.locator(".token.begins").count() == 1
    for t in range(len(trace)):
        assert (step(page), unit(page)) == (t + 1, "3")
        weights = reads if t < begins else writes
        for row in equations(trace.cell):
            line = page.locator(f"[data-testid=equation][data-symbol={row.symbol}]")
            written = (
                line.locator(".numbers").inner_text() + " = " + line.get_by_test_id("number").inner_text()
            )
            expected = row.numbers(trace, weights, t, 2)
            assert figures(written) == pytest.approx(figures(expected), abs=0.011), (t, row.symbol)
        page.keyboard.press("ArrowRight")
    assert step(page) == len(trace)
