"""The GRU that PyTorch, Keras and cuDNN compute: the reset acts after the candidate's product with h."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from cells import gru
from cells.arrays import Array, Steps
from cells.functions import sigmoid, tanh
from cells.gru import SCALES, Blocks, Step
from cells.unrolling import side_by_side


class Biases(NamedTuple):
    """Biases of the two gates and the candidate; `hc` is added before the reset acts."""

    u: Array
    r: Array
    c: Array
    hc: Array


def step(W: Blocks, U: Blocks, b: Biases, x: Array, h_prev: Array) -> Step:
    """One step: x (feature,), h_prev (unit,); leading batch axes are allowed."""
    u = sigmoid(x @ W.u + h_prev @ U.u + b.u)
    r = sigmoid(x @ W.r + h_prev @ U.r + b.r)
    c_tilde = tanh(x @ W.c + b.c + r * (h_prev @ U.c + b.hc))
    h = (1 - u) * h_prev + u * c_tilde
    return Step(u, r, c_tilde, h)


def unroll(W: Blocks, U: Blocks, b: Biases, inputs: Steps, h_prev: Array) -> Step:
    """All steps of inputs (time, *batch, feature) from an initial state: (time, *batch, unit)."""

    def memory(r: Array, _: Array, recurrent: Array, out: Array) -> None:
        np.add(recurrent[..., -len(b.hc) :], b.hc, out)
        np.multiply(r, out, out)

    return gru.unroll_with(memory, W, side_by_side(U, SCALES), Blocks(b.u, b.r, b.c), inputs, h_prev)
