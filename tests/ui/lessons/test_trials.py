"""What takes a trial is measured, follows the view asked about, and is refused where nothing is clear."""

from __future__ import annotations

import pytest

from cells import shipped
from cells.training.scores import counting
from tests.ui.lessons.test_lessons import viewed
from ui.lessons.records import Ask, Page
from ui.lessons.truth import Truth
from ui.lessons.truths import truth

COUNTER = "network=count10&model=count10-lstm&unit=3&text=aaaaabbbbb"
LSTM = "network=random&cell=LSTM&mode=words&text=the+cat+sat+on+the+mat"


def found(query: str, what: str, *options: str, symbol: str = "c", step: int = 1, instead: str = "") -> Truth:
    return truth(viewed(Page("", query)), Ask(what, symbol, step, options, instead=instead))


def test_a_score_without_edits_is_that_of_the_network_and_with_all_forgotten_little_is_left() -> None:
    usual = counting(shipped.network("count10-lstm"))["longest"]
    assert found(COUNTER, "without").blanks["value"] == f"{usual:g}"
    assert found(COUNTER, "without").right == "same"
    assert found(COUNTER, "without", instead="edit=f=0").right == "little"
    with pytest.raises(ValueError, match="trained network"):
        found(LSTM, "without")


def test_units_that_are_needed_nearly_as_much_are_not_told_apart() -> None:
    with pytest.raises(ValueError, match="needed nearly as much"):
        found(COUNTER, "spared", "4", "10")


def test_the_first_right_is_the_first_on_offer_and_the_only_one_is_alone() -> None:
    at = {"instead": "checkpoint={}"}
    assert found(COUNTER, "first_right", "0", "446", "2430", **at).right == "446"
    assert found(COUNTER, "first_right", "0", "2430", "446", **at).right == "2430"
    assert found(COUNTER, "only_right", "0", "2430", **at).right == "2430"
    with pytest.raises(ValueError, match="446, 2430 is right"):
        found(COUNTER, "only_right", "446", "2430", **at)


def test_a_text_follows_the_state_that_is_put_in() -> None:
    patch = f"{COUNTER}&measure=patch&second=aaaaaaaabbbbb&patch_from=8&patch_into=5"
    assert found(patch, "follows", symbol="both").right == "second"
    with pytest.raises(ValueError, match="do not differ"):
        found(f"{COUNTER}&second=aaaaabbbbb&patch_from=5&patch_into=5", "follows", symbol="both")


def test_what_is_left_hangs_on_bias_and_steps() -> None:
    assert found(COUNTER, "left", step=1, instead="forget=5").right == "most"
    assert found(COUNTER, "left", step=60, instead="forget=3").right == "some"
    assert found(COUNTER, "left", step=60, instead="forget=0").right == "nothing"
    assert found(COUNTER, "bias_for", "5", "1", "3", step=2).right == "1"
    assert found(COUNTER, "bias_for", "5", "1", "3", step=10).right == "3"
    with pytest.raises(ValueError, match="offer a larger one"):
        found(COUNTER, "bias_for", "1", "3", step=1000)


def test_gates_are_saturated_by_large_weights_and_untrained_ones_are_not() -> None:
    assert found(LSTM, "saturated").right == "few"
    assert found(LSTM, "saturated", instead="").blanks["share"].startswith("0")
    assert found(f"{LSTM}&weights=W*16;U*16", "saturated").right == "most"
    with pytest.raises(ValueError, match="no gates"):
        found(LSTM.replace("LSTM", "RNN"), "saturated")


def test_steps_of_a_counter_by_hand_are_the_same() -> None:
    assert found("network=counter&unit=1&text=aaabbb", "strides", "a", "b").right == "same"
