"""What the lesson on the first letter says of the networks that ship, beyond the answers to its questions."""

from __future__ import annotations

import numpy as np
import pytest

from cells import shipped
from cells.time_scale import decay, median, of_bias
from tests.ui.lessons.test_lessons import viewed
from ui.lessons.first import FIRST, LAG, LONGER
from ui.lessons.records import Page
from ui.lessons.truth import trace_of
from ui.lessons.truths import truth
from ui.runs.viewed import Viewed

LETTERS = "ABCD"


def seen(model: str, letter: str = "B", rest: str = LAG, **parts: str) -> Viewed:
    return viewed(Page("", f"network=first&model={model}&text={letter}{rest}")).but(**parts)


def says(view: Viewed) -> str:
    output = view.run().output
    assert output is not None
    return LETTERS[int(output[-1].argmax())]


def test_the_answers_are_those_for_which_the_replies_are_worded() -> None:
    rights = {page.name: truth(viewed(page), page.ask).right for page in FIRST.pages if page.ask}
    assert rights == {
        "fails": "wrong",
        "sixty": "nothing",
        "bias": "5",
        "chrono": "8",
        "felt": "first-lstm-chrono",
        "stuck": "hardly",
        "longer": "first-lstm-chrono",
    }


def test_sixty_letters_follow_and_only_two_starts_learn_to_name_the_first() -> None:
    assert len(LAG) == 60
    for model in ("first-lstm-chrono", "first-lstm-3"):
        assert [says(seen(model, letter)) for letter in LETTERS] == list(LETTERS)
    assert {says(seen("first-lstm-0", letter)) for letter in LETTERS} == {"C"}


def test_the_four_differ_in_nothing_but_their_start() -> None:
    cards = [shipped.card(f"first-lstm-{name}") for name in ("chrono", "3", "1", "0")]
    assert len({(card.cell, card.units, card.parameters, card.seed, card.rate) for card in cards}) == 1
    assert {card.steps for card in cards} == {1500}


def test_with_a_bias_of_0_f_begins_near_a_half() -> None:
    f = trace_of(seen("first-lstm-0", checkpoint="0"))["f"]
    assert f == pytest.approx(0.5, abs=0.08)


def test_each_1_added_to_the_bias_makes_a_memory_last_two_to_three_times_as_long() -> None:
    lives = of_bias(np.arange(0, 9)).half_life
    assert ((lives[1:] / lives[:-1] > 2) & (lives[1:] / lives[:-1] < 3)).all()
    assert of_bias([1, 3]).f.round(2).tolist() == [0.73, 0.95]


def test_chrono_starts_each_bias_at_the_logarithm_of_a_time_scale_up_to_the_lag() -> None:
    f = seen("first-lstm-chrono", checkpoint="0").network.layers[0].forward.b[0]
    assert np.exp(f).min() >= 1
    assert np.exp(f).max() <= len(LAG)
    assert len(set(f.tolist())) == len(f)


def test_short_half_lives_go_with_guessing() -> None:
    for name in ("1", "0"):
        assert median(decay(trace_of(seen(f"first-lstm-{name}"))).half_life) < 2.5
        assert shipped.card(f"first-lstm-{name}").scores["accuracy"] < 0.3
    for name in ("chrono", "3"):
        assert median(decay(trace_of(seen(f"first-lstm-{name}"))).half_life) > 10
        assert shipped.card(f"first-lstm-{name}").scores["accuracy"] == 1


def test_after_two_hundred_letters_chrono_still_names_each_and_a_bias_of_3_says_d_for_a() -> None:
    assert len(LONGER) == 200
    assert [says(seen("first-lstm-chrono", letter, LONGER)) for letter in LETTERS] == list(LETTERS)
    assert says(seen("first-lstm-3", "A", LONGER)) == "D"
