"""From what the browser is sent, the rows come out as the trace: asked of the modules that the page runs."""

from __future__ import annotations

import base64
import math
from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import product
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pytest

from cells import CELLS, Network
from cells.trace import Trace
from cells.weights import Weights
from tests.js.conftest import Core, unpacked, wired
from ui.networks.defaults import default_view
from ui.session.chosen import chosen
from ui.stepper.network_message import network_message
from ui.stepper.run_message import RowsMessage, of_rows, of_trace

if TYPE_CHECKING:
    from tests.ui.conftest import Traced

CASES = [(cell, reverse) for cell in CELLS for reverse in (False, True)]
WAYS = ("network", "weights", "products")  # what the rows are evaluated with
STEPS = {"network": 9, "weights": 40, "products": 2}  # of weights and products the smaller is sent
ROWS = [(cell, reverse, way) for cell, reverse in CASES for way in WAYS]
Weighed: TypeAlias = "Sequence[tuple[int, Weights]]"
TOLERANCE = 1e-5  # of float32


def network_of(cell: str) -> Network:
    """The network whose second layer `traced` gives."""
    return Network.random(cell, 3, 5, layers=2, bidirectional=True, seed=4)


def messages(trace: Trace, weights: Weighed, way: str) -> dict[str, Any]:
    """The two messages, as far as the rows need them."""
    whole = way == "network"
    rows = RowsMessage(weights=None, products=None) if whole else of_rows(trace, weights)
    direction = "backward" if trace.reverse else "forward"
    run = {**of_trace(trace), **rows, "layer": 1, "direction": direction, "tracks": []}
    sent: dict[str, Any] = wired(
        {"message": network_message(network_of(trace.cell), whole=whole), "run": run}
    )
    assert way == "network" or {name for name in ("weights", "products") if run[name]} == {way}
    return sent


def values(
    core: Core, sent: dict[str, Any], programs: Sequence[tuple[Any, int]], steps: Sequence[int]
) -> list[np.ndarray]:
    """Each program at each step for so many units: (step, unit)."""
    flat = unpacked(core("evaluate", **sent, programs=[list(one) for one in programs], steps=list(steps)), -1)
    found, start = [], 0
    for _, units in programs:
        found.append(flat[start : start + len(steps) * units].reshape(len(steps), units))
        start += len(steps) * units
    return found


SHOWN = (("σ̂₅", "hard_sigmoid_5"), ("σ̂₆", "hard_sigmoid_6"), ("σ", "sigmoid"))


def hold(core: Core, trace: Trace, sent: dict[str, Any], steps: Iterable[int], units: Sequence[int]) -> None:
    """Each row's program is the trace, and so is the sum that is shown, all digits in its places."""
    steps, width = list(steps), trace["h"].shape[1]
    signs = str.maketrans({"·": "*", "−": "-"})
    names = {
        "sigmoid": lambda a: 0.5 * (1 + math.tanh(a / 2)),
        "hard_sigmoid_5": lambda a: min(max(a / 5 + 0.5, 0.0), 1.0),
        "hard_sigmoid_6": lambda a: min(max(a / 6 + 0.5, 0.0), 1.0),
        "tanh": math.tanh,
        "relu": lambda a: max(a, 0.0),
    }
    for row in sent["message"]["rows"]:
        slots = [part for part in row["parts"] if not isinstance(part, str)]
        whole, *filled = values(core, sent, [(part, width) for part in (row["program"], *slots)], steps)
        np.testing.assert_allclose(whole, trace[row["symbol"]][steps], atol=TOLERANCE)
        for place, unit in product(range(len(steps)), units):
            numbers = iter(filled)
            sum_ = "".join(
                reduce(lambda text, pair: text.replace(*pair), SHOWN, part.translate(signs))
                if isinstance(part, str)
                else f"({float(next(numbers)[place, unit])!r})"
                for part in row["parts"]
            )
            expected = trace[row["symbol"]][steps[place], unit]
            assert eval(sum_, dict(names)) == pytest.approx(expected, abs=TOLERANCE)


@pytest.mark.parametrize(("cell", "reverse"), CASES)
def test_states_before_the_first_step_are_sent(core: Core, traced: Traced, cell: str, reverse: bool) -> None:
    """A window cut from the middle begins with what was carried into it, not with zeros."""
    whole, weights = traced(cell, reverse)
    window = whole.slice(3, 7)
    sent, states = messages(window, [(0, weights)], "network"), CELLS[cell].states
    rows = core("row", **sent, names=[f"{state}_prev" for state in states], steps=[0, 1, 2, 3])
    for state, row in zip(states, rows, strict=True):
        np.testing.assert_allclose(row, window.previous(state), atol=TOLERANCE)
        carried = whole[state][7 if reverse else 2]
        np.testing.assert_allclose(row[3 if reverse else 0], carried, atol=TOLERANCE)


@pytest.mark.parametrize(("cell", "reverse", "way"), ROWS)
def test_the_rows_come_out_as_the_trace(
    core: Core, traced: Traced, cell: str, reverse: bool, way: str
) -> None:
    trace, weights = traced(cell, reverse, STEPS[way])
    hold(core, trace, messages(trace, [(0, weights)], way), range(len(trace))[-6:], range(5))


@pytest.mark.parametrize(("cell", "reverse"), CASES)
def test_a_window_from_the_middle_has_products_with_what_was_carried_in(
    core: Core, traced: Traced, cell: str, reverse: bool
) -> None:
    whole, weights = traced(cell, reverse)
    window = whole.slice(3, 5)
    hold(core, window, messages(window, [(0, weights)], "products"), range(2), range(5))


@pytest.mark.parametrize("word", ["recurrent", "a", "Knight's"])
def test_an_encoder_and_its_decoder_are_one_trace_whose_rows_come_out(core: Core, word: str) -> None:
    """Products of the encoder's weights up to the end of the word, then of the decoder's."""
    selection = default_view("g2p").but(text=word)
    run = chosen(selection).run()
    trace, weights = run.trace(selection.at), run.weights_of(selection.at)
    (_, reads), (begins, writes) = weights
    assert begins == len(word) + 1
    message = network_message(chosen(selection).network, whole=False)
    assert message["layers"] is None
    run = {**of_trace(trace), **of_rows(trace, weights), "layer": 0, "direction": "forward", "tracks": []}
    hold(
        core,
        trace,
        wired({"message": message, "run": run}),
        (0, begins - 1, begins, len(trace) - 1),
        (0, 100, 255),
    )
    steps = np.arange(len(trace))[:, None]
    for name, block in (("U.c", "c"), ("U.r", "r"), ("W.u", "u")):
        kind = name[0]
        read = trace.previous("h") if kind == "U" else trace["x"]
        here, there = (read @ getattr(getattr(part, kind), block) for part in (reads, writes))
        expected = np.where(steps < begins, here, there)
        sent = np.frombuffer(base64.b64decode(run["products"][name]["f4"]), "<f4")
        np.testing.assert_allclose(sent.reshape(expected.shape), expected, atol=1e-4)


@pytest.mark.parametrize(("cell", "reverse", "way"), ROWS)
def test_every_node_and_line_of_the_diagram_has_its_number(
    core: Core, traced: Traced, cell: str, reverse: bool, way: str
) -> None:
    trace, weights = traced(cell, reverse, STEPS[way])
    sent = messages(trace, [(0, weights)], way)
    nodes, edges, steps = sent["message"]["graph"]["nodes"], sent["message"]["graph"]["edges"], range(2)
    widths = [trace["x"].shape[1] if node["symbol"] == "x" else 5 for node in nodes]
    found = values(
        core, sent, [(node["program"], width) for node, width in zip(nodes, widths, strict=True)], steps
    )
    for node, numbers in zip(nodes, found, strict=True):
        if node["row"] >= 0 and node["symbol"]:
            np.testing.assert_allclose(numbers, trace[node["symbol"]][:2], atol=TOLERANCE)
        assert np.isfinite(numbers).all()
    for numbers in values(core, sent, [(edge["program"], 1) for edge in edges], steps):
        assert np.isfinite(numbers).all()
