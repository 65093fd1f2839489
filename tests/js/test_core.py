"""How numbers are written, and where an action takes the reader: the same rules on both sides of the wire."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cells.equations import number
from tests.js.conftest import Core
from ui.networks.answers import best
from ui.networks.kinds import Answers
from ui.networks.own import YOURS
from ui.text.numbers import percent
from ui.words import Words

calm = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
ROOM = {"steps": 7, "units": 4, "rows": 6, "order": [2, 0, 3, 1]}

moves = st.one_of(
    st.builds(lambda t, quick: {"type": "go", "t": t, "quick": quick}, st.integers(-3, 12), st.booleans()),
    st.builds(lambda by: {"type": "by", "by": by}, st.sampled_from([-1, 1])),
    st.builds(lambda by: {"type": "beside", "by": by}, st.sampled_from([-1, 1])),
    st.builds(
        lambda by, halt: {"type": "operate", "by": by, "halt": halt}, st.sampled_from([-1, 1]), st.booleans()
    ),
    st.builds(lambda unit: {"type": "unit", "unit": unit}, st.integers(-1, 9)),
    st.sampled_from([{"type": name} for name in ("last", "whole", "play", "tick", "stay")]),
)


def plain(value: float) -> bool:
    """Whether two decimals of it are no tie, which the two languages break differently."""
    return abs(value) < 1e15 and abs(value * 100 % 1 - 0.5) > 1e-6


@calm
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False, width=32).filter(plain), min_size=1))
def test_the_browser_writes_numbers_as_python_does(core: Core, values: list[float]) -> None:
    written = core("numbers", values=values)
    assert [short for short, _ in written] == [number(value) for value in values]


@st.composite
def answers(draw: st.DrawFn) -> dict[str, Any]:
    names = draw(st.lists(st.text("abc", min_size=1, max_size=2), min_size=1, max_size=6))
    number_ = st.floats(-9, 9, width=32).filter(plain)
    row = draw(st.lists(number_, min_size=len(names), max_size=len(names), unique=True))
    return {"kind": draw(st.sampled_from(("linear", "softmax", "sigmoid"))), "names": names, "row": row}


@calm
@given(st.lists(answers(), min_size=1))
def test_the_browser_says_an_answer_as_python_does(core: Core, tracks: list[dict[str, Any]]) -> None:
    said = [
        best(Answers(YOURS, one["kind"], tuple(one["names"])), np.array([one["row"]]), Words("en"))
        for one in tracks
    ]
    assert core("best", tracks=tracks) == [one for (one,) in said]


def test_of_many_numbers_the_largest_is_said_with_its_name(core: Core) -> None:
    row = {"kind": "linear", "names": ["N", "V", "A", "D"], "row": [-2.47, 3.63, -3.08, 0.5]}
    few = {"kind": "linear", "names": ["N", "V"], "row": [-2.47, 3.63]}
    assert core("best", tracks=[row, few]) == ["V: 3.63", "−2.47 3.63"]


SHARES = (
    st.floats(0, 1)
    | st.floats(0, 0.02)
    | st.floats(0.98, 1)
    | st.sampled_from((0.0, 1.0, 0.125, 0.995, 0.9995))
)


@calm
@given(st.lists(SHARES, min_size=1))
def test_the_browser_writes_shares_as_python_does(core: Core, values: list[float]) -> None:
    assert core("percents", values=values) == [percent(value) for value in values]


@pytest.mark.parametrize(
    ("value", "short", "full"),
    [
        ("-0.001", "0.00", "−0.001"),
        ("-1.5", "−1.50", "−1.5"),
        ("NaN", "NaN", "NaN"),
        ("Infinity", "∞", "∞"),
        ("-Infinity", "−∞", "−∞"),
        ("0.1234567891", "0.12", "0.1234568"),
    ],
)
def test_a_minus_is_a_minus_and_zero_has_none(core: Core, value: str, short: str, full: str) -> None:
    assert core("numbers", values=[value]) == [[short, full]]


@calm
@given(st.lists(moves, max_size=20))
def test_no_action_leaves_the_room(core: Core, actions: list[dict[str, Any]]) -> None:
    for state in core("play", actions=actions, room=ROOM, start={}):
        assert 0 <= state["t"] < ROOM["steps"]
        assert 0 <= state["unit"] < ROOM["units"]
        assert state["operation"] is None or 0 <= state["operation"] < ROOM["rows"]


@calm
@given(st.lists(moves, max_size=12), st.sampled_from([-1, 1]))
def test_a_step_of_a_row_and_one_back_is_where_it_was(core: Core, actions: list[Any], by: int) -> None:
    there_and_back = [{"type": "operate", "by": by}, {"type": "operate", "by": -by}]
    *_, before, there, back = core("play", actions=[*actions, *there_and_back], room=ROOM, start={})
    if before["operation"] is not None and there != before:
        assert (back["t"], back["operation"]) == (before["t"], before["operation"])


@pytest.mark.parametrize("halt", [False, True])
def test_a_play_goes_on_until_a_key_or_the_end_halts_it(core: Core, halt: bool) -> None:
    actions = [{"type": "play"}, {"type": "by", "by": 1, "halt": halt}, *[{"type": "tick"}] * 6]
    states = core("play", actions=actions, room=ROOM, start={"t": 6})
    assert [state["playing"] for state in states[:3]] == [False, True, not halt]
    assert states[1]["t"] == 0  # from the end it begins anew
    assert [state["t"] for state in states[2:]] == [1, 2, 3, 4, 5, 6, 6]
    assert not states[-1]["playing"]


def test_units_go_in_the_order_in_which_they_stand(core: Core) -> None:
    actions = [{"type": "beside", "by": 1}] * 4
    states = core("play", actions=actions, room=ROOM, start={"unit": 2})
    assert [state["unit"] for state in states] == [2, 0, 3, 1, 1]


def test_another_room_keeps_the_place_as_far_as_it_has_one(core: Core) -> None:
    (state,) = core("play", actions=[], room=ROOM, start={"t": 99, "unit": 99, "operation": 8})
    assert (state["t"], state["unit"], state["operation"]) == (6, 3, 5)
