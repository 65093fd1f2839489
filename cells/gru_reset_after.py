"""The GRU that PyTorch, Keras and cuDNN compute: the reset acts after the candidate's product with h."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from cells import gru
from cells.arrays import Array, Steps
from cells.functions import sigmoid, tanh
from cells.gru import Blocks, Step
from cells.squashing import USUAL, Functions
from cells.unrolling import (
    Gradients,
    apart,
    before,
    flat,
    inside,
    outside,
    products,
    room,
    side_by_side,
    stacked,
    times,
    totals,
)


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


def unroll(
    W: Blocks, U: Blocks, b: Biases, inputs: Steps, h_prev: Array, functions: Functions = USUAL
) -> Step:
    """All steps of inputs (time, *batch, feature) from an initial state: (time, *batch, unit)."""

    b_heard, units = b.hc[:, None], len(b.hc)

    def memory(r: Array, _: Array, recurrent: Array, out: Array) -> None:
        np.add(recurrent[-units:], b_heard, out)
        np.multiply(r, out, out)

    U_all = stacked(U)
    return gru.unroll_with(memory, W, U_all, Blocks(b.u, b.r, b.c), inputs, h_prev, functions)


def backward(
    W: Blocks,
    U: Blocks,
    b: Biases,
    inputs: Steps,
    initial: tuple[Array],
    computed: Step,
    dh: Steps,
    functions: Functions = USUAL,
) -> Gradients:
    """Backpropagation through time: ∂L of all that `unroll` read, from ∂L/∂h of each step."""
    u, r, c_tilde, h = (inside(part) for part in computed)
    h_before = before(initial[0], h)
    steps, units, batch = h.shape
    # Slopes of all steps at once, each awaiting ∂L/∂h: of what the candidate heard of h, u, r, the candidate.
    da = room((steps, 4 * units, batch), h.dtype)
    da_heard, da_u, da_r, da_c = apart(da, 4, 1)
    of_gate, of_candidate = functions.gate.slope, functions.candidate.slope
    np.multiply(of_gate(u, da_u), c_tilde - h_before, da_u)
    np.multiply(of_candidate(c_tilde, da_c), u, da_c)
    np.multiply(da_c, r, da_heard)
    np.multiply(of_gate(r, da_r), times(U.c.T, h_before) + b.hc[:, None], da_r)
    np.multiply(da_r, da_c, da_r)
    # What h was multiplied by comes first, what the inputs were multiplied by last.
    da_recurrent, da_inputs, kept = da[:, : 3 * units], da[:, units:], 1 - u
    by_gate = da.reshape(steps, 4, units, batch)
    U_back, dh_prev = side_by_side((U.c, U.u, U.r)), np.zeros_like(h_before[0])
    passed = np.empty_like(dh_prev)
    add, multiply = np.add, np.multiply
    turned = (array[::-1] for array in (inside(dh), by_gate, da_recurrent, kept))
    for dh_t, by_gate_t, da_recurrent_t, kept_t in zip(*turned, strict=True):
        add(dh_prev, dh_t, dh_prev)
        multiply(by_gate_t, dh_prev, by_gate_t)
        multiply(dh_prev, kept_t, passed)
        U_back.dot(da_recurrent_t, dh_prev)
        add(dh_prev, passed, dh_prev)
    together = flat(da)
    dU_c, dU_u, dU_r = apart(products(flat(h_before), together[: 3 * units]), 3)
    db_heard, db_u, db_r, db_c = apart(totals(together), 4)
    return Gradients(
        Blocks(*apart(products(flat(inside(inputs)), together[units:]), 3)),
        Blocks(dU_u, dU_r, dU_c),
        Biases(db_u, db_r, db_c, db_heard),
        outside(times(side_by_side(W), da_inputs), inputs),
        (outside(dh_prev[None], inputs)[0],),
    )
