"""A question about a view that is not shown is answered by running it, and refused where nothing is clear."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest

from ui.lessons.records import Ask
from ui.lessons.truths import truth
from ui.networks.registry import resolve
from ui.runs.link import from_link
from ui.runs.viewed import Viewed
from ui.selection.records import Selection
from ui.words import Words

COUNTER = "network=counter&text=aaabbb&step=3&unit=1"


def viewed(query: str) -> Viewed:
    view, faults = from_link(dict(parse_qsl(query)), Selection())
    assert faults == ()
    return Viewed(view, resolve(view.network), Words("en"))


def right(query: str, what: str, *options: str, symbol: str = "c", step: int = 4, instead: str = "") -> str:
    return truth(viewed(query), Ask(what, symbol, step, options, instead=instead)).right


def test_what_is_held_counts_and_not_what_is_shown() -> None:
    assert right(COUNTER, "value", "-1", "2") == "2"
    assert right(COUNTER, "value", "-1", "2", instead="edit=f.1@4=0") == "-1"
    assert right(COUNTER, "direction", instead="edit=i.1@4=0") == "same"


def test_options_among_which_the_value_is_not_are_refused() -> None:
    with pytest.raises(ValueError, match=r"2\.00"):
        right(COUNTER, "value", "-1", "3")


def test_the_gate_that_empties_the_memory_is_found_by_closing_each() -> None:
    held = {"symbol": "c", "step": 6, "instead": "edit={}.1@4-6=0"}
    assert right(COUNTER, "keeps", "f", "i", "o", **held) == "i"
    with pytest.raises(ValueError, match="nearly the same"):
        right(COUNTER, "loses", "o", "h", **held)


def test_an_other_formula_shows_where_the_state_moves_first() -> None:
    printed = {"symbol": "h", "instead": "cell=LSTM (as printed)"}
    assert right(COUNTER.replace("aaabbb", "--aabb"), "first_differs", **printed) == "3"
    assert right(COUNTER, "other_view", **printed) == "moves"
    assert right(COUNTER, "other_view", symbol="c", instead="cell=LSTM (as printed)") == "same"


def test_a_part_of_a_link_that_is_none_is_named() -> None:
    with pytest.raises(ValueError, match="edit"):
        right(COUNTER, "value", "1", instead="edit=nonsense")


def test_half_lives_and_the_fading_of_drawn_networks_are_the_memory_pages() -> None:
    few = "network=count10&drawn_units=4&horizon=50"
    assert right(few, "half_life", "1", "14", instead="forget=3") == "14"
    assert right(few, "grows", symbol="RNN", step=50) == "fades"
    felt = {"symbol": "", "step": 50}
    assert right(few, "reaches", "RNN", "GRU", **felt) == "GRU"
