"""From what the browser is sent, every number of the trace can be computed again, and comes out the same."""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Iterable, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pytest

from cells import CELLS
from cells.equations import equations
from cells.notation import NOTATIONS
from cells.trace import Trace
from cells.weights import Weights
from ui.networks.defaults import default_view
from ui.session.chosen import chosen
from ui.stepper import payload
from ui.words import Words

if TYPE_CHECKING:
    from tests.ui.conftest import Traced

CASES = [(cell, reverse) for cell in CELLS for reverse in (False, True)]
SENT = {"weights": 40, "products": 2}  # steps after which the weights are the smaller, and before
ROWS = [(cell, reverse, kind) for cell, reverse in CASES for kind in SENT]
Weighed: TypeAlias = "Sequence[tuple[int, Weights]]"
TOLERANCE = 1e-5  # of float32


def unpacked(text: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), "<f4")


class Browser:
    """The stepper's arithmetic, from the message alone: one number at a time."""

    def __init__(self, message: dict[str, Any], units: int) -> None:
        self.units, self.reverse, self.steps = units, message["reverse"], message["steps"]
        self.arrays = {name: unpacked(text) for name, text in message["arrays"].items()}
        self.initial = {name: unpacked(text) for name, text in message["initial"].items()}
        self.weights = {
            kind: {name: unpacked(text) for name, text in blocks.items()}
            for kind, blocks in message.get("weights", {}).items()
        }
        self.products = {
            name: unpacked(text).reshape(self.steps, units)
            for name, text in message.get("products", {}).items()
        }

    def row(self, name: str, t: int) -> np.ndarray:
        state = name.removesuffix("_prev")
        if state != name:
            t += 1 if self.reverse else -1
        if not 0 <= t < self.steps:
            return self.initial[state]
        return self.arrays[state].reshape(self.steps, -1)[t]

    def value(self, program: list[Any], t: int, unit: int) -> float:
        match program:
            case ["number", number]:
                return float(number)
            case ["b", block] if self.products:
                return float(self.products[f"b.{block}"][t, unit])
            case ["b", block]:
                return float(self.weights["b"][block][unit])
            case ["sigmoid", inner]:
                return 0.5 * (1 + math.tanh(self.value(inner, t, unit) / 2))
            case ["tanh", inner]:
                return math.tanh(self.value(inner, t, unit))
            case ["+", left, right]:
                return self.value(left, t, unit) + self.value(right, t, unit)
            case ["-", left, right]:
                return self.value(left, t, unit) - self.value(right, t, unit)
            case ["*", left, right]:
                return self.value(left, t, unit) * self.value(right, t, unit)
            case ["@", _, [kind, block]] if self.products:
                return float(self.products[f"{kind}.{block}"][t, unit])
            case ["@", left, [kind, block]]:
                column = self.weights[kind][block].reshape(-1, self.units)[:, unit]
                return float(sum(self.value(left, t, k) * weight for k, weight in enumerate(column)))
            case [name]:
                return float(self.row(name, t)[unit])
        raise AssertionError(f"no such program: {program}")


def message(trace: Trace, weights: Weighed, notation: str = "standard") -> dict[str, Any]:
    """What the stepper is sent, there and back as JSON."""
    words = Words("en")
    sent = {
        **payload.of_rows(trace, weights),
        **payload.of_trace(trace),
        **payload.of_cell(trace.cell, notation, words.under("title"), words.under("sentence")),
    }
    received: dict[str, Any] = json.loads(json.dumps(sent, allow_nan=False))
    return received


@pytest.mark.parametrize(("cell", "reverse"), CASES)
def test_the_arrays_are_the_trace_in_float32(traced: Traced, cell: str, reverse: bool) -> None:
    trace, weights = traced(cell, reverse, SENT["weights"])
    sent = message(trace, [(0, weights)])
    assert list(sent["arrays"]) == ["x", *trace.symbols]
    for symbol, text in sent["arrays"].items():
        np.testing.assert_array_equal(unpacked(text), trace[symbol].astype("f4").ravel())
    assert sorted(sent["initial"]) == sorted(CELLS[cell].states)
    for kind in "WUb":
        for name, block in getattr(weights, kind)._asdict().items():
            np.testing.assert_array_equal(unpacked(sent["weights"][kind][name]), block.astype("f4").ravel())


@pytest.mark.parametrize(("cell", "reverse"), CASES)
def test_states_before_the_first_step_are_sent(traced: Traced, cell: str, reverse: bool) -> None:
    """A window cut from the middle begins with what was carried into it, not with zeros."""
    whole, weights = traced(cell, reverse)
    window = whole.slice(3, 7)
    browser = Browser(message(window, [(0, weights)]), whole["h"].shape[1])
    for state in CELLS[cell].states:
        for t in range(4):
            np.testing.assert_allclose(
                browser.row(f"{state}_prev", t), window.previous(state)[t], atol=TOLERANCE
            )
        carried = whole[state][7 if reverse else 2]
        np.testing.assert_allclose(browser.initial[state], carried, atol=TOLERANCE)


def hold(trace: Trace, sent: dict[str, Any], steps: Iterable[int], units: Iterable[int]) -> None:
    """The shown parts of a row, with all digits in the places of the numbers, are a sum that is right."""
    browser = Browser(sent, trace["h"].shape[1])
    signs = str.maketrans({"·": "*", "−": "-"})
    names = {"sigmoid": lambda a: 0.5 * (1 + math.tanh(a / 2)), "tanh": math.tanh}
    for row, t, unit in product(sent["rows"], steps, units):
        sum_ = "".join(
            part.translate(signs).replace("σ", "sigmoid")
            if isinstance(part, str)
            else f"({browser.value(part, t, unit)!r})"
            for part in row["parts"]
        )
        assert eval(sum_, dict(names)) == pytest.approx(trace[row["symbol"]][t, unit], abs=TOLERANCE)


@pytest.mark.parametrize(("cell", "reverse", "kind"), ROWS)
def test_the_browsers_rows_come_out_as_the_trace(traced: Traced, cell: str, reverse: bool, kind: str) -> None:
    trace, weights = traced(cell, reverse, SENT[kind])
    sent = message(trace, [(0, weights)])
    assert {"weights", "products"} & set(sent) == {kind}
    hold(trace, sent, range(len(trace))[-6:], range(trace["h"].shape[1]))


@pytest.mark.parametrize(("cell", "reverse"), CASES)
def test_a_window_from_the_middle_has_products_with_what_was_carried_in(
    traced: Traced, cell: str, reverse: bool
) -> None:
    whole, weights = traced(cell, reverse)
    window = whole.slice(3, 5)
    sent = message(window, [(0, weights)])
    assert "products" in sent
    hold(window, sent, range(2), range(whole["h"].shape[1]))


@pytest.mark.parametrize("steps", [1, 2, 4, 6, 8, 12, 40])
@pytest.mark.parametrize("cell", CELLS)
def test_of_weights_and_products_the_smaller_is_sent(traced: Traced, cell: str, steps: int) -> None:
    trace, weights = traced(cell, steps=steps)
    sent = payload.of_rows(trace, [(0, weights)])
    blocks = sum(block.size for kind in weights for block in kind)
    products = payload._products(trace, weights)
    numbers = sum(block.size for block in products.values())
    (kind,) = sent
    assert kind == ("products" if numbers < blocks else "weights")
    if kind == "products":
        assert sum(unpacked(text).size for text in sent[kind].values()) == numbers


@pytest.mark.parametrize("word", ["recurrent", "a", "Knight's"])
def test_an_encoder_and_its_decoder_are_one_trace_whose_rows_come_out(word: str) -> None:
    """Products of the encoder's weights up to the end of the word, then of the decoder's."""
    selection = default_view("g2p").but(text=word)
    run = chosen(selection).run()
    trace, weights = run.trace(selection.at), run.weights_of(selection.at)
    (_, reads), (begins, writes) = weights
    assert begins == len(word) + 1
    sent = message(trace, weights)
    assert "products" in sent
    hold(trace, sent, (0, begins - 1, begins, len(trace) - 1), (0, 100, 255))
    steps = np.arange(len(trace))[:, None]
    for name, block in (("U.c", "c"), ("U.r", "r"), ("W.u", "u")):
        kind = name[0]
        read = trace.previous("h") if kind == "U" else trace["x"]
        here, there = (read @ getattr(getattr(part, kind), block) for part in (reads, writes))
        expected = np.where(steps < begins, here, there)
        np.testing.assert_allclose(
            unpacked(sent["products"][name]).reshape(expected.shape), expected, atol=1e-4
        )


@pytest.mark.parametrize(("cell", "reverse", "kind"), ROWS)
def test_every_node_and_line_of_the_diagram_has_its_number(
    traced: Traced, cell: str, reverse: bool, kind: str
) -> None:
    trace, weights = traced(cell, reverse, {"weights": 9, "products": 2}[kind])
    sent = message(trace, [(0, weights)])
    browser = Browser(sent, trace["h"].shape[1])
    for index, node in enumerate(sent["graph"]["nodes"]):
        width = trace["x"].shape[1] if node["symbol"] == "x" else browser.units
        for t in range(len(trace)):
            for unit in range(width):
                value = browser.value(node["program"], t, unit)
                if 0 <= node["row"] < len(sent["rows"]) and node["symbol"]:
                    assert value == pytest.approx(trace[node["symbol"]][t, unit], abs=TOLERANCE), index
                assert math.isfinite(value)
    for edge in sent["graph"]["edges"]:
        values = [browser.value(edge["program"], t, 0) for t in range(len(trace))]
        assert np.isfinite(values).all()


@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize("cell", CELLS)
def test_rows_and_diagram_say_what_they_are(traced: Traced, cell: str, notation: str) -> None:
    trace, weights = traced(cell)
    sent = message(trace, [(0, weights)], notation)
    rows = equations(cell, notation)
    assert [(row["symbol"], row["mathml"]) for row in sent["rows"]] == [
        (row.symbol, row.mathml) for row in rows
    ]
    assert all(row["title"] and row["sentence"] for row in sent["rows"])
    for part in (*sent["graph"]["nodes"], *sent["graph"]["edges"]):
        assert part["says"]
        assert not part["symbol"] or part["symbol"] in sent["hues"]
    for node in sent["graph"]["nodes"]:
        assert node["glyph"] or node["label"][0]


def test_letters_of_the_diagram() -> None:
    assert [payload.label(symbol) for symbol in ("c_tilde", "h_prev", "f")] == [
        ["c\u0303", "t"],
        ["h", "t−1"],
        ["f", "t"],
    ]
