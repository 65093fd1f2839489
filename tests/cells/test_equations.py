"""The rows on the screen are the code that ran: every one is evaluated against the trace it stands beside."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cells import CELLS, Network
from cells.arrays import Array
from cells.equations import Row, equations, number
from cells.expression import evaluate
from cells.notation import NOTATIONS
from cells.rnn import Blocks
from cells.trace import Trace
from cells.weights import Weights

NOTATION_OF_CELL = [(cell, notation) for cell in CELLS for notation in NOTATIONS]


def traces(cell: str, seed: int = 0, scale: float = 1.0) -> Iterator[tuple[Trace, Weights]]:
    """Every trace of two layers, in one direction and in two, with the weights that made it."""
    inputs = scale * np.random.default_rng(seed).normal(size=(7, 3))
    for bidirectional in (False, True):
        network = Network.random(cell, 3, 4, layers=2, bidirectional=bidirectional, seed=seed)
        for layer, run in zip(network.layers, network.run(inputs).layers, strict=True):
            for weights, trace in zip(layer, run, strict=True):
                if weights is not None and trace is not None:
                    yield trace, weights


@pytest.mark.parametrize(("cell", "notation"), NOTATION_OF_CELL)
def test_every_row_evaluates_to_its_symbol(cell: str, notation: str) -> None:
    for trace, weights in traces(cell):
        for row in equations(cell, notation):
            np.testing.assert_allclose(row.values(trace, weights), trace[row.symbol], rtol=0, atol=1e-12)


def test_traces_cover_both_directions() -> None:
    assert [trace.reverse for trace, _ in traces("GRU")] == [False, False, False, True, False, True]


@pytest.mark.parametrize(("cell", "notation"), NOTATION_OF_CELL)
def test_rows_stand_in_reading_order(cell: str, notation: str) -> None:
    assert tuple(row.symbol for row in equations(cell, notation)) == CELLS[cell].symbols


@pytest.mark.parametrize("cell", CELLS)
def test_a_row_reads_what_evaluating_it_looks_up(cell: str) -> None:
    class Noted(dict[str, np.ndarray]):
        def __missing__(self, symbol: str) -> np.ndarray:
            self[symbol] = np.zeros(4)
            return self[symbol]

    weights = Network.random(cell, 4, 4).layers[0].forward
    for row in equations(cell):
        looked_up = Noted()
        evaluate(row.expression, looked_up, weights)
        assert row.reads == tuple(looked_up)


def test_what_the_lstm_reads() -> None:
    gate = ("x", "h_prev")
    reads = {row.symbol: row.reads for row in equations("LSTM")}
    assert reads == {
        "f": gate,
        "i": gate,
        "o": gate,
        "c_tilde": gate,
        "c": ("f", "c_prev", "i", "c_tilde"),
        "h": ("o", "c"),
    }


def test_the_misprint_reads_the_cell_state_of_the_step_before() -> None:
    right, printed = equations("LSTM"), equations("LSTM (as printed)")
    assert right[:-1] == printed[:-1]
    assert printed[-1].reads == ("o", "c_prev")


LATEX = {
    "LSTM": [
        r"f_t = \sigma\left(W_f x_t + U_f h_{t-1} + b_f\right)",
        r"i_t = \sigma\left(W_i x_t + U_i h_{t-1} + b_i\right)",
        r"o_t = \sigma\left(W_o x_t + U_o h_{t-1} + b_o\right)",
        r"\tilde{c}_t = \tanh\left(W_c x_t + U_c h_{t-1} + b_c\right)",
        r"c_t = f_t \circ c_{t-1} + i_t \circ \tilde{c}_t",
        r"h_t = o_t \circ \tanh\left(c_t\right)",
    ],
    "RNN (relu)": [r"h_t = \operatorname{relu}\left(W_h x_t + U_h h_{t-1} + b_h\right)"],
    "GRU (hard sigmoid 5)": [
        r"u_t = \hat{\sigma}_5\left(W_u x_t + U_u h_{t-1} + b_u\right)",
        r"r_t = \hat{\sigma}_5\left(W_r x_t + U_r h_{t-1} + b_r\right)",
        r"\tilde{c}_t = \tanh\left(W_c x_t + U_c \left(r_t \circ h_{t-1}\right) + b_c\right)",
        r"h_t = \left(1 - u_t\right) \circ h_{t-1} + u_t \circ \tilde{c}_t",
    ],
    "GRU": [
        r"u_t = \sigma\left(W_u x_t + U_u h_{t-1} + b_u\right)",
        r"r_t = \sigma\left(W_r x_t + U_r h_{t-1} + b_r\right)",
        r"\tilde{c}_t = \tanh\left(W_c x_t + U_c \left(r_t \circ h_{t-1}\right) + b_c\right)",
        r"h_t = \left(1 - u_t\right) \circ h_{t-1} + u_t \circ \tilde{c}_t",
    ],
}


@pytest.mark.parametrize("cell", LATEX)
def test_latex_of_the_rows(cell: str) -> None:
    assert [row.latex for row in equations(cell)] == LATEX[cell]


@pytest.mark.parametrize(("cell", "notation"), NOTATION_OF_CELL)
def test_mathml_is_well_formed_and_names_what_the_latex_names(cell: str, notation: str) -> None:
    for row in equations(cell, notation):
        math_element = ElementTree.fromstring(row.mathml)
        assert math_element.tag == "math"
        letters = "".join(node.text or "" for node in math_element.iter("mi"))
        spelled = re.sub(r"\\(left|right|tilde|hat|circ|operatorname)", "", row.latex.replace(r"\sigma", "σ"))
        assert letters == "".join(re.findall(r"[a-zσ]", spelled, re.IGNORECASE))


@pytest.mark.parametrize("cell", CELLS)
def test_the_articles_notation_renames_the_weights_and_nothing_else(cell: str) -> None:
    renamed = {"W": "u", "U": "w"}
    for standard, article in zip(equations(cell), equations(cell, "article"), strict=True):
        assert replace(article, notation="standard") == standard
        assert article.latex == re.sub(r"\b[WU](?=_)", lambda found: renamed[found[0]], standard.latex)
        assert article.mathml == re.sub(
            r"(?<=<mi>)[WU](?=</mi>)", lambda found: renamed[found[0]], standard.mathml
        )


# A row with numbers is read back as intervals: each number shown may be off by half its last digit.


@dataclass(frozen=True)
class Interval:
    """All values from low to high."""

    low: float
    high: float

    @classmethod
    def shown(cls, digits: str) -> Interval:
        half = 0.5 * 10.0 ** -len(digits.partition(".")[2]) + 1e-12
        return cls(float(digits) - half, float(digits) + half)

    def _with(self, other: Interval | int, operation: Callable[[float, float], float]) -> Interval:
        low, high = (other.low, other.high) if isinstance(other, Interval) else (other, other)
        ends = [operation(a, b) for a in (self.low, self.high) for b in (low, high)]
        return Interval(min(ends), max(ends))

    def __add__(self, other: Interval) -> Interval:
        return self._with(other, operator.add)

    def __mul__(self, other: Interval) -> Interval:
        return self._with(other, operator.mul)

    def __rsub__(self, whole: int) -> Interval:
        return self._with(whole, lambda own, other: other - own)

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def of(self, function: Callable[[float], float]) -> Interval:
        return Interval(function(self.low), function(self.high))

    def meets(self, other: Interval) -> bool:
        return self.low <= other.high and other.low <= self.high


READS: Mapping[str, object] = {
    "__builtins__": {},
    "Shown": Interval.shown,
    "sigmoid": lambda interval: interval.of(lambda a: 0.5 * (1 + math.tanh(a / 2))),
    "hard_sigmoid_5": lambda interval: interval.of(lambda a: min(max(a / 5 + 0.5, 0.0), 1.0)),
    "hard_sigmoid_6": lambda interval: interval.of(lambda a: min(max(a / 6 + 0.5, 0.0), 1.0)),
    "tanh": lambda interval: interval.of(math.tanh),
    "relu": lambda interval: interval.of(lambda a: max(a, 0.0)),
}


def recomputed(side: str) -> Interval:
    """One side of a row with numbers, as what its digits allow."""
    source = side.replace("−", "-").replace("·", "*")
    for shown, name in (("σ̂₅", "hard_sigmoid_5"), ("σ̂₆", "hard_sigmoid_6"), ("σ", "sigmoid")):
        source = source.replace(shown, name)
    interval = eval(re.sub(r"\d+\.\d+", r"Shown('\g<0>')", source), dict(READS))
    assert isinstance(interval, Interval)
    return interval


@settings(deadline=None, max_examples=60)
@given(
    cell=st.sampled_from(list(CELLS)),
    seed=st.integers(0, 99),
    scale=st.sampled_from((0.0, 0.1, 1.0, 1e3)),
    t=st.integers(0, 6),
    unit=st.integers(0, 3),
    digits=st.integers(1, 6),
)
def test_a_row_with_numbers_adds_up(
    cell: str, seed: int, scale: float, t: int, unit: int, digits: int
) -> None:
    for trace, weights in traces(cell, seed, scale):
        for row in equations(cell):
            written = row.numbers(trace, weights, t, unit, digits)
            left, right = written.split(" = ")
            assert recomputed(left).meets(recomputed(right)), written
            assert right == number(float(trace[row.symbol][t, unit]), digits)
            assert not re.search(r"−0\.0+(?!\d)|nan|inf|∞", written, re.IGNORECASE), written


def test_a_negative_factor_stands_in_parentheses() -> None:
    trace = Trace(
        "LSTM",
        {symbol: np.full((1, 1), -0.25) for symbol in CELLS["LSTM"].symbols},
        np.zeros((1, 1)),
        {"h": np.zeros(1), "c": np.array([-1.0])},
    )
    weights = Network.random("LSTM", 1, 1).layers[0].forward
    row = next(row for row in equations("LSTM") if row.symbol == "c")
    assert row.numbers(trace, weights, 0, 0) == "−0.25 · (−1.00) + (−0.25) · (−0.25) = −0.25"


@given(st.floats(allow_nan=True, allow_infinity=True), st.integers(0, 6))
def test_a_number_is_its_value_rounded_and_never_a_negative_zero(value: float, digits: int) -> None:
    written = number(value, digits)
    assert "-" not in written
    if math.isfinite(value):
        read = float(written.replace("−", "-"))
        assert abs(read - value) <= 0.5 * 10.0**-digits + 1e-9 * abs(value)
        assert math.copysign(1, read) == 1 or read < 0
    else:
        assert written in ("NaN", "∞", "−∞")


# Steps that are no lists of equations, read and never run. Each is refused with the piece of source at fault.


def calls_numpy(W: Blocks, U: Blocks, b: Blocks, x: Array, h_prev: Array) -> object:
    h = np.exp(x @ W.h)
    return (h,)


def loops(W: Blocks, U: Blocks, b: Blocks, x: Array, h_prev: Array) -> object:
    h = x
    for _ in range(2):
        h = h + h_prev
    return (h,)


def branches(W: Blocks, U: Blocks, b: Blocks, x: Array, h_prev: Array) -> object:
    if x:
        h = x
    return (h,)


def divides(W: Blocks, U: Blocks, b: Blocks, x: Array, h_prev: Array) -> object:
    h = x / h_prev
    return (h,)


def negates(W: Blocks, U: Blocks, b: Blocks, x: Array, h_prev: Array) -> object:
    h = -x
    return (h,)


def indexes(W: Blocks, U: Blocks, b: Blocks, x: Array, h_prev: Array) -> object:
    h = x[0]
    return (h,)


def adds_in_place(W: Blocks, U: Blocks, b: Blocks, x: Array, h_prev: Array) -> object:
    h = x
    h += h_prev
    return (h,)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (calls_numpy, "np.exp"),
        (loops, "for _ in range(2)"),
        (branches, "if x"),
        (divides, "x / h_prev"),
        (negates, "-x"),
        (indexes, "x[0]"),
        (adds_in_place, "h += h_prev"),
    ],
)
def test_a_step_that_is_no_list_of_equations_is_refused(
    monkeypatch: pytest.MonkeyPatch, step: Callable[..., object], said: str
) -> None:
    name = step.__name__
    monkeypatch.setitem(CELLS, name, replace(CELLS["RNN"], name=name, step=step))  # type: ignore[misc, arg-type]
    with pytest.raises(TypeError, match=re.escape(said)):
        equations(name)


def test_the_law_notices_a_row_that_is_not_what_ran(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CELLS, "swapped", replace(CELLS["LSTM"], step=CELLS["LSTM (as printed)"].step))  # type: ignore[misc]
    trace, weights = next(traces("LSTM"))
    last: Row = equations("swapped")[-1]
    assert np.abs(last.values(trace, weights) - trace["h"]).max() > 1e-3
