"""What the lesson on counting says of the networks that ship, beyond the answers to its questions."""

from __future__ import annotations

import numpy as np
import pytest

from cells import shipped
from cells.arrays import Vector
from cells.training.scores import counting
from tests.ui.lessons.test_lessons import viewed
from ui.lessons.counting import COUNTING
from ui.lessons.records import Page
from ui.lessons.truth import right_of, trace_of
from ui.lessons.truths import truth
from ui.runs.viewed import Viewed


def seen(n: int, model: str = "count10-lstm", edit: str = "") -> Viewed:
    held = f"&edit={edit}" if edit else ""
    return viewed(Page("", f"network=count10&model={model}&unit=3&text={'a' * n}{'b' * n}{held}"))


def of_unit_3(symbol: str, n: int, model: str = "count10-lstm") -> Vector:
    column: Vector = trace_of(seen(n, model))[symbol][:, 2]
    return column


def wrong(view: Viewed) -> list[int]:
    return [step for step, right in enumerate(right_of(view), 1) if right is False]


def expected(view: Viewed, step: int) -> str:
    output, said = view.run().output, view.source.answers()
    assert output is not None
    assert said is not None
    return said.names[int(output[step - 1].argmax())]


def test_the_answers_are_those_for_which_the_replies_are_worded() -> None:
    rights = {page.name: truth(viewed(page), page.ask).right for page in COUNTING.pages if page.ask}
    assert rights == {
        "sign": "down",
        "back": "",
        "hidden": "same",
        "erased": "end",
        "far": "35",
        "strides": "b",
        "early": "198",
        "where": "second",
    }


def test_c_goes_a_step_down_with_every_a_and_a_step_up_with_every_b_and_ends_near_0() -> None:
    for n in (5, 7):
        c = of_unit_3("c", n)
        moves = np.diff(c, prepend=0.0)
        assert (moves[:n] < -0.4).all()
        assert (moves[n:] > 0.4).all()
        assert abs(c[-1]) < 1


def test_h_is_almost_minus_1_before_and_after_a_b_while_c_takes_a_step() -> None:
    c, h = of_unit_3("c", 12), of_unit_3("h", 12)
    assert c[13] - c[12] > 0.9
    assert h[11:14] == pytest.approx(-1, abs=0.01)


def test_without_its_count_the_end_is_expected_while_many_b_are_to_come() -> None:
    view = seen(8, edit="c.3@9=0")
    first = wrong(view)[0]
    assert expected(view, first) == "end"
    assert len(view.tokens) - first >= 4


def test_with_forty_the_end_is_expected_one_b_early_and_c_is_above_0_there() -> None:
    view = seen(40)
    assert wrong(view) == [79]
    assert expected(view, 79) == "end"
    assert of_unit_3("c", 10)[18] < 0 < of_unit_3("c", 40)[78]


def test_counts_crowd_in_a_gru_and_an_rnn_after_ten_a() -> None:
    for model in ("count10-gru", "count10-rnn"):
        h = of_unit_3("h", 20, model)
        assert np.ptp(h[9:20]) < 0.15
    assert np.ptp(of_unit_3("c", 20)[9:20]) > 9


def test_the_card_says_how_far_the_counter_is_right_and_how_often_its_weights_changed() -> None:
    card = shipped.card("count10-lstm")
    assert counting(shipped.network("count10-lstm"))["longest"] == card.scores["longest"] == 35
    assert card.steps == 6000


def test_after_50_changes_only_the_last_answer_is_wrong() -> None:
    assert wrong(seen(10).but(checkpoint="50")) == [20]
