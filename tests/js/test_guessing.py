"""Predicting before seeing: what stays covered whatever the hand does, and what came of what was said."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cells import CELLS, Network
from cells.equations import number
from tests.js.conftest import Core, wired
from ui.networks.defaults import default_view
from ui.session.chosen import chosen
from ui.stepper.network_message import network_message, packed
from ui.stepper.run_message import data_of, of_trace
from ui.stepper.view import view_of

STEPS = 7
ROOM = {"steps": STEPS, "units": 4, "rows": 6, "order": [2, 0, 3, 1]}
calm = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])

moves = st.one_of(
    st.builds(lambda t, quick: {"type": "go", "t": t, "quick": quick}, st.integers(-3, 12), st.booleans()),
    st.builds(
        lambda by, quick: {"type": "by", "by": by, "quick": quick}, st.sampled_from([-1, 1]), st.booleans()
    ),
    st.builds(lambda by: {"type": "operate", "by": by}, st.sampled_from([-1, 1])),
    st.builds(lambda right: {"type": "predict", "right": right}, st.booleans()),
    st.sampled_from([{"type": name} for name in ("last", "whole", "play", "tick", "stay")]),
)


@calm
@given(st.lists(moves, min_size=1, max_size=30), st.integers(0, STEPS - 1), st.booleans())
def test_no_hand_comes_to_a_covered_step(core: Core, actions: list[Any], t: int, reverse: bool) -> None:
    told = core("predictions", actions=actions, room=ROOM, t=t, reverse=reverse)
    left = t if reverse else STEPS - 1 - t
    for action, now in zip(actions, told, strict=True):
        first, behind = now["covered"]
        assert not now["here"] and not first <= now["t"] < behind
        assert behind - first == left - (
            now["effect"] == "reveals"
        )  # one at a time, and none is covered again
        assert first == (0 if reverse else STEPS - (behind - first))
        assert now["effect"] != "reveals" or action["type"] in ("by", "operate", "predict")
        left = behind - first
    last = told[-1]
    assert last["right"] <= last["count"] <= len(actions) and last["made"] == last["count"]


def test_a_step_on_asks_a_second_one_skips_and_a_held_key_does_neither_twice(core: Core) -> None:
    on, held, said = (
        {"type": "by", "by": 1},
        {"type": "by", "by": 1, "quick": True},
        {"type": "predict", "right": True},
    )

    def after(*actions: dict[str, Any]) -> list[tuple[int, bool]]:
        told = core("predictions", actions=actions, room=ROOM, t=2, reverse=False)
        return [(one["t"], one["put"]) for one in told]

    assert after(on, on, on) == [(2, True), (3, True), (3, True)]
    assert after(on, held, held) == [(2, True)] * 3
    assert after(said, said, on, said) == [
        (3, False),
        (3, False),
        (3, True),
        (4, False),
    ]  # what came is seen first
    assert after(said, {"type": "by", "by": -1}, {"type": "last"}) == [(3, False), (2, False), (2, False)]


def test_a_text_that_was_seen_before_keeps_what_was_revealed(core: Core) -> None:
    stay = [{"type": "stay"}]
    for reverse, t, seen, covered in ((False, 1, 4, [5, 7]), (False, 4, 1, [5, 7]), (True, 5, 2, [0, 2])):
        told = core("predictions", actions=stay, room=ROOM, t=t, reverse=reverse, seen=seen)
        assert told[0]["covered"] == covered and told[0]["t"] == t


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("cell", CELLS)
def test_of_up_stays_and_down_one_is_right_and_it_is_the_traces(
    core: Core, traced: Any, cell: str, reverse: bool
) -> None:
    trace, _ = traced(cell, reverse)
    run = {**of_trace(trace), "lead": 0, "tracks": [], "large": "", "layer": 0, "direction": "forward"}
    run |= {"weights": None, "products": None}
    for one in core(
        "verdicts", **wired({"message": network_message(_network(cell), whole=True), "run": run}), unit=3
    ):
        there = one["t"] + (-1 if reverse else 1)
        before, after = (number(trace[one["about"]][t, 3]) for t in (one["t"], there))
        by = float(after.replace("−", "-")) - float(before.replace("−", "-"))
        truth = "stays" if round(100 * abs(by)) < round(100 * one["bound"]) else "up" if by > 0 else "down"
        assert [said["said"] for said in one["said"] if said["right"]] == [truth]
        assert {(said["from"], said["to"]) for said in one["said"]} == {(before, after)}
        assert one["bound"] == (0.1 if one["about"] in ("c", "h", "c_tilde") else 0.05)


def _network(cell: str) -> Network:
    return Network.random(cell, 3, 5, seed=4)


KINDS = {  # of outputs over steps: what can be said after the first, and what comes of it
    "softmax": (["a", "b"], [[0.9, 0.1], [0.2, 0.8]], {"a": False, "b": True}),
    "sigmoid": (["a", "b"], [[0.9, 0.1], [0.8, 0.7]], {"–": False, "a": False, "b": False, "a, b": True}),
    "many": ([*"abcdefg"], np.eye(7)[[0, 0]].tolist(), {"same": True, "other": False}),
    "several": ([*"abc"], [[0.9, 0.1, 0.1], [0.9, 0.1, 0.9]], {"same": False, "other": True}),
    "linear": (["n"], [[1.0], [1.3]], {"up": True, "stays": False, "down": False}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_is_predicted_among_its_names_or_as_one_that_stays(
    core: Core, traced: Any, kind: str
) -> None:
    names, values, says = KINDS[kind]
    trace, _ = traced("GRU", steps=2)
    sort = {"many": "softmax", "several": "sigmoid"}.get(kind, kind)
    track = {"who": "", "kind": sort, "title": "", "answers": names, "short": names}
    track |= {"right": [None] * 2, "truth": [""] * 2, "values": packed(np.array(values))}
    run = {**of_trace(trace), "lead": 0, "tracks": [track], "large": "", "layer": 0, "direction": "forward"}
    run |= {"weights": None, "products": None}
    sent = wired({"message": network_message(_network("GRU"), whole=True), "run": run})
    (answer,) = (one for one in core("verdicts", **sent, unit=0) if one["answer"])
    assert {said["said"] or said["answer"]: said["right"] for said in answer["said"]} == says


def test_where_nothing_is_answered_no_answer_is_asked_for(core: Core) -> None:
    view = chosen(default_view("g2p"))
    message = data_of(view, view_of(view), look="", linkless="", narrow=False)
    run = {name: value for name, value in message.items() if name != "packed"}
    asked = core("verdicts", message=wired(network_message(view.plain, whole=False)), run=wired(run), unit=0)
    steps = {one["t"] for one in asked if one["answer"]}
    silent = np.isnan(np.array(view.run().output)[:, 0])
    assert steps == {t for t in range(len(silent) - 1) if not silent[t] and not silent[t + 1]} != set()
