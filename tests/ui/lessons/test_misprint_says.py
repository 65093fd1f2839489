"""What the lesson on the misprint says of its networks beyond its questions is what they compute."""

from __future__ import annotations

from urllib.parse import parse_qsl

import numpy as np
import pytest

from cells.trace import Trace
from ui.lessons.formulas import SAME, gap
from ui.lessons.misprint import MISPRINT
from ui.lessons.records import Ask
from ui.lessons.truths import truth
from ui.networks.registry import resolve
from ui.runs.link import from_link
from ui.runs.viewed import Viewed
from ui.selection.records import Selection
from ui.words import Words

PAGES = {page.name: page for page in MISPRINT.pages}


def viewed(query: str) -> Viewed:
    view, _ = from_link(dict(parse_qsl(query)), Selection())
    return Viewed(view, resolve(view.network), Words("en"))


def trace(page: str) -> Trace:
    one = viewed(PAGES[page].view)
    return one.run().trace(one.selection.at)


def test_as_printed_h_is_a_step_behind_c_and_rightly_it_is_not() -> None:
    printed, right = trace("late"), trace("hidden")
    assert printed["h"][0, 0] == 0
    assert printed["h"][1:, 0] == pytest.approx(np.tanh(printed["c"][:-1, 0]))
    assert printed["c"][-1, 0] == pytest.approx(0)
    assert printed["h"][-1, 0] == pytest.approx(np.tanh(1))
    assert right["h"][-1, 0] == pytest.approx(0)


def test_the_counter_reads_no_h_and_the_trained_network_does() -> None:
    for page, none in (("hidden", True), ("spreads", False)):
        U = viewed(PAGES[page].view).network.layers[0].forward.U
        assert all((np.abs(block).max() == 0) == none for block in U)


def test_the_first_step_tells_its_token_in_the_right_formula_alone() -> None:
    page = PAGES["by_hand"]
    assert page.ask is not None
    assert truth(viewed(page.view), page.ask).right == "same"
    rightly = viewed(page.view).but(cell="LSTM")
    assert truth(rightly, Ask("other_view", "h", 1, instead=page.ask.instead)).right == "moves"


def test_two_spellings_of_a_gru_differ_by_rounding() -> None:
    assert gap(viewed("network=count10&model=count10-gru&text=aaaaabbbbb"), "keeps") < SAME


def test_the_numbers_of_the_third_check_tell_the_formulas_apart() -> None:
    one = trace("digits")
    o, c, before, h = one["o"][8, 2], one["c"][8, 2], one["c"][7, 2], one["h"][8, 2]
    assert h == pytest.approx(o * np.tanh(c))
    assert abs(h - o * np.tanh(before)) > 0.2
