"""The GRU that PyTorch, Keras and cuDNN compute: the reset acts after the candidate's product with h."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from cells import gru
from cells.arrays import Array, Steps
from cells.functions import sigmoid, tanh
from cells.gru import Blocks, Step
from cells.squashing import USUAL, Functions
from cells.unrolling import Gradients, apart, before, products, side_by_side, times, totals, transposed


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

    def memory(r: Array, _: Array, recurrent: Array, out: Array) -> None:
        np.add(recurrent[..., -len(b.hc) :], b.hc, out)
        np.multiply(r, out, out)

    U_all = side_by_side(U, functions.scales(2))
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
    u, r, c_tilde, h = computed
    h_before, size = before(initial[0], h), h.shape[-1]
    # Slopes of all steps at once, each awaiting ∂L/∂h: of u, r, what the candidate heard of h, the candidate.
    da = np.empty_like(h, shape=(*h.shape[:-1], 4 * size))
    slopes = apart(da, 4)
    of_gate, of_candidate = functions.gate.slope, functions.candidate.slope
    np.multiply(c_tilde - h_before, of_gate(u), slopes[0])
    np.multiply(u, of_candidate(c_tilde), slopes[3])
    np.multiply(slopes[3], r, slopes[2])
    np.multiply(slopes[3], (times(h_before, U.c) + b.hc) * of_gate(r), slopes[1])
    da_recurrent, kept = da[..., : 3 * size], 1 - u
    by_gate = da.reshape(*h.shape[:-1], 4, size)
    U_back, dh_prev = transposed(U), np.zeros_like(h[0])
    passed = np.empty_like(dh_prev)
    add, multiply = np.add, np.multiply
    turned = (array[::-1] for array in (dh, by_gate, da_recurrent, kept))
    for dh_t, by_gate_t, da_recurrent_t, kept_t in zip(*turned, strict=True):
        add(dh_prev, dh_t, dh_prev)
        multiply(by_gate_t, dh_prev[..., None, :], by_gate_t)
        multiply(dh_prev, kept_t, passed)
        da_recurrent_t.dot(U_back, dh_prev)
        add(dh_prev, passed, dh_prev)
    da_u, da_r, da_heard, da_c = slopes
    da_inputs = np.concatenate((da_u, da_r, da_c), axis=-1)
    return Gradients(
        Blocks(*apart(products(inputs, da_inputs), 3)),
        Blocks(*apart(products(h_before, da_recurrent), 3)),
        Biases(totals(da_u), totals(da_r), totals(da_c), totals(da_heard)),
        times(da_inputs, transposed(W)),
        (dh_prev,),
    )
