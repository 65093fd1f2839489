"""The LSTM with the article's misprint: h shows the cell state of the step before."""

from __future__ import annotations

from cells import lstm
from cells.arrays import Array, Steps
from cells.functions import sigmoid, tanh
from cells.lstm import Blocks, Step
from cells.unrolling import Gradients


def step(W: Blocks, U: Blocks, b: Blocks, x: Array, h_prev: Array, c_prev: Array) -> Step:
    """One step: x (feature,), h_prev and c_prev (unit,); leading batch axes are allowed."""
    f = sigmoid(x @ W.f + h_prev @ U.f + b.f)
    i = sigmoid(x @ W.i + h_prev @ U.i + b.i)
    o = sigmoid(x @ W.o + h_prev @ U.o + b.o)
    c_tilde = tanh(x @ W.c + h_prev @ U.c + b.c)
    c = f * c_prev + i * c_tilde
    h = o * tanh(c_prev)  # the misprint; the LSTM shows tanh(c); see README, Errata
    return Step(f, i, o, c_tilde, c, h)


def unroll(W: Blocks, U: Blocks, b: Blocks, inputs: Steps, h_prev: Array, c_prev: Array) -> Step:
    """All steps of inputs (time, *batch, feature) from an initial state: (time, *batch, unit)."""
    return lstm.unroll(W, U, b, inputs, h_prev, c_prev, lag=1)


def backward(
    W: Blocks, U: Blocks, b: Blocks, inputs: Steps, initial: tuple[Array, Array], computed: Step, dh: Steps
) -> Gradients:
    """Backpropagation through time: ∂L of all that `unroll` read, from ∂L/∂h of each step."""
    return lstm.backward(W, U, b, inputs, initial, computed, dh, lag=1)
