"""What the lesson on gates says of its networks beyond its questions is what they compute."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest

from cells.trace import Trace
from ui.lessons.gates import GATES
from ui.networks.registry import resolve
from ui.runs.link import from_link
from ui.runs.viewed import Viewed
from ui.selection.records import Selection
from ui.words import Words

PAGES = {page.name: page for page in GATES.pages}


def trace(page: str) -> Trace:
    view, _ = from_link(dict(parse_qsl(PAGES[page].view)), Selection())
    return Viewed(view, resolve(view.network), Words("en")).run().trace(view.at)


def test_the_counter_adds_and_takes_away_one_and_ends_at_nothing() -> None:
    assert trace("one_unit")["c"][:, 0].tolist() == pytest.approx([1, 2, 3, 2, 1, 0])


def test_its_gates_are_open_where_the_pages_say_so() -> None:
    counted = trace("keeps")
    assert counted["f"][:, 0] == pytest.approx(1)
    assert counted["i"][:, 0] == pytest.approx(1)
    assert counted["c_tilde"][:, 0] == pytest.approx([1, 1, 1, -1, -1, -1])
    assert counted["c_tilde"][:, 1] == pytest.approx(1)
    assert counted["i"][:, 1] == pytest.approx([1, 1, 1, 0, 0, 0])


def test_what_was_dropped_at_one_step_is_missing_to_the_end() -> None:
    assert trace("gone")["c"][:, 0].tolist() == pytest.approx([1, 2, 3, -1, -2, -3])


def test_what_is_hidden_at_one_step_is_there() -> None:
    shown = trace("shows")
    assert (shown["c"][2, 0], shown["h"][2, 0]) == (pytest.approx(3), 0)


def test_a_leaking_counter_loses_a_twentieth_and_levels_off_near_twenty() -> None:
    leaking = trace("leaks")
    f, i, candidate = (float(leaking[symbol][-1, 0]) for symbol in ("f", "i", "c_tilde"))
    assert f == pytest.approx(0.95, abs=0.005)
    assert i * candidate / (1 - f) == pytest.approx(20, abs=0.1)


def test_the_trained_unit_drops_at_the_first_b_alone() -> None:
    trained = trace("trained")
    f = trained["f"][:, 1]
    assert [place for place, value in enumerate(f) if value < 0.5] == [5]
    assert f[5] < 0.1
