"""How the state moves with the state of the step before: exact Jacobians, of many steps at once.

In one step, a = x @ W + h_prev @ U + b gives ∂a/∂h_prev = U.T; a sigmoid multiplies it by g(1 - g), a tanh
by 1 - g², any function of a variant by its slope.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from cells import gru, gru_reset_after, lstm, rnn
from cells.arrays import Array, Matrix, Steps
from cells.cell import CELLS
from cells.squashing import Functions, Squash
from cells.trace import Trace
from cells.weights import Weights

Rows = Mapping[str, Steps]  # the symbols of some steps, and the states that they were given (h_prev, c_prev)


class Links(NamedTuple):
    """∂state_t/∂state_{t-1} of some steps; the state is h, for an LSTM (h, c) stacked.

    `from_h` is ∂state/∂h_prev, (step, state, unit). No unit of c reads another's c: `from_c` holds the
    diagonals of ∂h/∂c_prev and ∂c/∂c_prev, (step, unit) each, and is None without c.
    """

    from_h: Array
    from_c: tuple[Steps, Steps] | None = None

    def after(self, jacobian: Matrix, step: int) -> Matrix:
        """The chain rule: from ∂state_T/∂state_t to ∂state_T/∂state_{t-1}."""
        from_h: Matrix = jacobian @ self.from_h[step]
        if self.from_c is None:
            return from_h
        of_h, of_c = np.split(jacobian, 2, axis=1)
        h_from_c, c_from_c = self.from_c
        return np.concatenate((from_h, of_h * h_from_c[step] + of_c * c_from_c[step]), axis=1)

    def onwards(self, jacobian: Matrix, step: int) -> Matrix:
        """The chain rule the other way: from ∂state_{t-1}/∂state_0 to ∂state_t/∂state_0."""
        if self.from_c is None:
            plain: Matrix = self.from_h[step] @ jacobian
            return plain
        of_h, of_c = np.split(jacobian, 2)
        from_c = [slope[step][:, None] * of_c for slope in self.from_c]
        moved: Matrix = self.from_h[step] @ of_h + np.concatenate(from_c)
        return moved


def rows_of(trace: Trace) -> Rows:
    """What the links read of a trace: its symbols and the states that each step was given."""
    previous = {f"{state}_prev": trace.previous(state) for state in trace.initial}
    return {symbol: trace[symbol] for symbol in trace.symbols} | previous


def links(cell: str, rows: Rows, weights: Weights, steps: slice) -> Links:
    """The links of these steps, in this order."""
    kind = CELLS[cell]
    some = {name: array[steps] for name, array in rows.items()}
    return LINKS[kind.family](some, weights.U, weights.b, kind.functions)


def through(squash: Squash, g: Steps, U: Matrix) -> Array:
    """∂g/∂h_prev where g = squash(… + h_prev @ U): (step, unit, unit)."""
    return squash.slope(g)[:, :, None] * U.T


def diagonal(numbers: Steps) -> Array:
    """The numbers of each step on a diagonal: (step, unit, unit)."""
    matrices = np.zeros((*numbers.shape, numbers.shape[-1]), numbers.dtype)
    np.einsum("tuu->tu", matrices)[...] = numbers
    return matrices


def _rnn(rows: Rows, U: rnn.Blocks, _: rnn.Blocks, functions: Functions) -> Links:
    return Links(through(functions.candidate, rows["h"], U.h))


def _lstm(rows: Rows, U: lstm.Blocks, _: lstm.Blocks, functions: Functions) -> Links:
    gate, candidate = functions
    c_from_h, shown = _cell_state(rows, U, functions), candidate.value(rows["c"])
    slope = rows["o"] * candidate.slope(shown)
    h_from_h = shown[:, :, None] * through(gate, rows["o"], U.o) + slope[:, :, None] * c_from_h
    return Links(np.concatenate((h_from_h, c_from_h), axis=1), (slope * rows["f"], rows["f"]))


def _lstm_as_printed(rows: Rows, U: lstm.Blocks, _: lstm.Blocks, functions: Functions) -> Links:
    gate, candidate = functions
    c_from_h, shown = _cell_state(rows, U, functions), candidate.value(rows["c_prev"])
    h_from_h = shown[:, :, None] * through(gate, rows["o"], U.o)
    h_from_c = rows["o"] * candidate.slope(shown)
    return Links(np.concatenate((h_from_h, c_from_h), axis=1), (h_from_c, rows["f"]))


def _cell_state(rows: Rows, U: lstm.Blocks, functions: Functions) -> Array:
    """∂c/∂h_prev where c = f * c_prev + i * c_tilde."""
    gate, candidate = functions
    c_from_h: Array = (
        rows["c_prev"][:, :, None] * through(gate, rows["f"], U.f)
        + rows["c_tilde"][:, :, None] * through(gate, rows["i"], U.i)
        + rows["i"][:, :, None] * through(candidate, rows["c_tilde"], U.c)
    )
    return c_from_h


def _gru(rows: Rows, U: gru.Blocks, _: gru.Blocks, functions: Functions) -> Links:
    r, h_prev = rows["r"], rows["h_prev"]
    # r * h_prev is what the candidate reads.
    read = diagonal(r) + h_prev[:, :, None] * through(functions.gate, r, U.r)
    return _blend(rows, U, through(functions.candidate, rows["c_tilde"], U.c) @ read, functions)


def _gru_reset_after(rows: Rows, U: gru.Blocks, b: gru_reset_after.Biases, functions: Functions) -> Links:
    r, slope = rows["r"], functions.candidate.slope(rows["c_tilde"])
    heard = rows["h_prev"] @ U.c + b.hc
    moved = r[:, :, None] * U.c.T + heard[:, :, None] * through(functions.gate, r, U.r)
    return _blend(rows, U, slope[:, :, None] * moved, functions)


def _blend(rows: Rows, U: gru.Blocks, candidate: Array, functions: Functions) -> Links:
    """∂h/∂h_prev where h = (1 - u) * h_prev + u * c_tilde, given ∂c_tilde/∂h_prev."""
    u = rows["u"]
    replaced = (rows["c_tilde"] - rows["h_prev"])[:, :, None] * through(functions.gate, u, U.u)
    return Links(diagonal(1 - u) + replaced + u[:, :, None] * candidate)


LINKS: Mapping[str, Callable[..., Links]] = {  # by families
    "RNN": _rnn,
    "LSTM": _lstm,
    "LSTM (as printed)": _lstm_as_printed,
    "GRU": _gru,
    "GRU (reset after)": _gru_reset_after,
}
