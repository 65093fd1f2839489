"""How a small change of the state at one step is felt at a later one: Jacobians, exact.

In one step, a = x @ W + h_prev @ U + b gives ∂a/∂h_prev = U.T; a sigmoid multiplies it by g(1 - g), a tanh
by 1 - g².
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from cells import gru, gru_reset_after, lstm, rnn
from cells.arrays import Array, Matrix, Vector
from cells.trace import Trace
from cells.weights import Weights

Row = Mapping[str, Vector]  # one step: its symbols, x, and the states that it was given (h_prev, c_prev)


def state_jacobian(trace: Trace, weights: Weights, s: int, t: int) -> Matrix:
    """∂state_t/∂state_s: row j, column k says how unit j at step t moves with unit k at step s.

    The state is h, for an LSTM (h, c) stacked: (2 · unit, 2 · unit). s = -1 is the initial state; a reverse
    trace began after its last row, so there it is s = len(trace). Zero where t comes before s in the trace's
    own time.
    """
    steps, begin = len(trace), len(trace) if trace.reverse else -1
    for step in (s, t):
        if step != begin and not 0 <= step < steps:
            known = f"0..{steps - 1}, or {begin} for its initial state"
            raise IndexError(f"step {step} is not in this trace; choose {known}")
    size = len(trace.initial) * len(weights.U[0])
    if (t > s) if trace.reverse else (t < s):
        return np.zeros((size, size), weights.U[0].dtype)
    between = range(s - 1, t - 1, -1) if trace.reverse else range(s + 1, t + 1)
    previous = {f"{state}_prev": trace.previous(state) for state in trace.initial}
    arrays: dict[str, Array] = {symbol: trace[symbol] for symbol in trace.symbols} | previous
    jacobian: Matrix = np.eye(size, dtype=weights.U[0].dtype)
    for step in between:
        row = {name: array[step] for name, array in arrays.items()}
        jacobian = STEPS[trace.cell](row, weights.U, weights.b) @ jacobian
    return jacobian


def through_sigmoid(g: Vector, U: Matrix) -> Matrix:
    """∂g/∂h_prev where g = sigmoid(… + h_prev @ U)."""
    return (g * (1 - g))[:, None] * U.T


def through_tanh(g: Vector, U: Matrix) -> Matrix:
    """∂g/∂h_prev where g = tanh(… + h_prev @ U)."""
    return (1 - g * g)[:, None] * U.T


def _rnn(row: Row, U: rnn.Blocks, _: rnn.Blocks) -> Matrix:
    return through_tanh(row["h"], U.h)


def _lstm(row: Row, U: lstm.Blocks, _: lstm.Blocks) -> Matrix:
    c_from_h, c_from_c = _cell_state(row, U)
    shown = np.tanh(row["c"])
    slope = row["o"] * (1 - shown**2)
    h_from_h = shown[:, None] * through_sigmoid(row["o"], U.o) + slope[:, None] * c_from_h
    return np.block([[h_from_h, slope[:, None] * c_from_c], [c_from_h, c_from_c]])


def _lstm_as_printed(row: Row, U: lstm.Blocks, _: lstm.Blocks) -> Matrix:
    c_from_h, c_from_c = _cell_state(row, U)
    shown = np.tanh(row["c_prev"])
    h_from_h = shown[:, None] * through_sigmoid(row["o"], U.o)
    return np.block([[h_from_h, np.diag(row["o"] * (1 - shown**2))], [c_from_h, c_from_c]])


def _cell_state(row: Row, U: lstm.Blocks) -> tuple[Matrix, Matrix]:
    """∂c/∂h_prev and ∂c/∂c_prev where c = f * c_prev + i * c_tilde."""
    c_from_h = (
        row["c_prev"][:, None] * through_sigmoid(row["f"], U.f)
        + row["c_tilde"][:, None] * through_sigmoid(row["i"], U.i)
        + row["i"][:, None] * through_tanh(row["c_tilde"], U.c)
    )
    return c_from_h, np.diag(row["f"])


def _gru(row: Row, U: gru.Blocks, _: gru.Blocks) -> Matrix:
    r, h_prev = row["r"], row["h_prev"]
    # r * h_prev is what the candidate reads.
    read = np.diag(r) + h_prev[:, None] * through_sigmoid(r, U.r)
    return _blend(row, U, through_tanh(row["c_tilde"], U.c) @ read)


def _gru_reset_after(row: Row, U: gru.Blocks, b: gru_reset_after.Biases) -> Matrix:
    r, c_tilde = row["r"], row["c_tilde"]
    heard = row["h_prev"] @ U.c + b.hc
    moved = r[:, None] * U.c.T + heard[:, None] * through_sigmoid(r, U.r)
    return _blend(row, U, (1 - c_tilde**2)[:, None] * moved)


def _blend(row: Row, U: gru.Blocks, candidate: Matrix) -> Matrix:
    """∂h/∂h_prev where h = (1 - u) * h_prev + u * c_tilde, given ∂c_tilde/∂h_prev."""
    u = row["u"]
    replaced = (row["c_tilde"] - row["h_prev"])[:, None] * through_sigmoid(u, U.u)
    return np.diag(1 - u) + replaced + u[:, None] * candidate


# ∂state_t/∂state_{t-1} of one step, from its row and the blocks U and b.
STEPS: Mapping[str, Callable[..., Matrix]] = {
    "RNN": _rnn,
    "LSTM": _lstm,
    "LSTM (as printed)": _lstm_as_printed,
    "GRU": _gru,
    "GRU (reset after)": _gru_reset_after,
}
