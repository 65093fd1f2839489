"""Long short-term memory of Hochreiter & Schmidhuber (1997), with the forget gate of Gers et al. (2000)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from cells.arrays import Array, Steps
from cells.functions import sigmoid, tanh
from cells.squashing import USUAL, Functions
from cells.unrolling import (
    Gradients,
    apart,
    before,
    input_sums,
    products,
    room,
    side_by_side,
    states,
    times,
    totals,
    transposed,
)


class Step(NamedTuple):
    """What a step computes, in reading order."""

    f: Array
    i: Array
    o: Array
    c_tilde: Array
    c: Array
    h: Array


class Blocks(NamedTuple):
    """Weights or biases of the three gates and the candidate."""

    f: Array
    i: Array
    o: Array
    c: Array


def step(W: Blocks, U: Blocks, b: Blocks, x: Array, h_prev: Array, c_prev: Array) -> Step:
    """One step: x (feature,), h_prev and c_prev (unit,); leading batch axes are allowed."""
    f = sigmoid(x @ W.f + h_prev @ U.f + b.f)
    i = sigmoid(x @ W.i + h_prev @ U.i + b.i)
    o = sigmoid(x @ W.o + h_prev @ U.o + b.o)
    c_tilde = tanh(x @ W.c + h_prev @ U.c + b.c)
    c = f * c_prev + i * c_tilde
    h = o * tanh(c)  # the article prints tanh(c_{t-1}); see README, Errata
    return Step(f, i, o, c_tilde, c, h)


def unroll(
    W: Blocks,
    U: Blocks,
    b: Blocks,
    inputs: Steps,
    h_prev: Array,
    c_prev: Array,
    lag: int = 0,
    functions: Functions = USUAL,
) -> Step:
    """All steps of inputs (time, *batch, feature) from an initial state: (time, *batch, unit).

    h shows the cell state of `lag` steps ago: 0 is the LSTM, 1 the LSTM as printed.
    """
    scales = functions.scales(3)
    U_all = side_by_side(U, scales)
    all_four = input_sums(inputs, side_by_side(W, scales), side_by_side(b, scales))
    h, c = states(h_prev, inputs, U.f), states(c_prev, inputs, U.f)
    # One step is computed here and then copied: that is faster than new views of each block at every step.
    now = room(all_four.shape[1:], U_all.dtype)
    f, i, o, c_tilde = apart(now, 4)
    squash, written = functions.together(now, now[..., : -c_tilde.shape[-1]], c_tilde), np.empty_like(c[0])
    h_before, c_before = h[0], c[0]
    add, multiply, show = np.add, np.multiply, functions.candidate.write  # a tenth faster as local names
    for four_t, c_t, shown, h_t in zip(all_four, c[1:], c[1 - lag :], h[1:], strict=False):
        h_before.dot(U_all, now)
        add(now, four_t, now)
        squash()
        four_t[...] = now
        multiply(f, c_before, c_t)
        multiply(i, c_tilde, written)
        add(c_t, written, c_t)
        show(shown, h_t)
        multiply(o, h_t, h_t)
        h_before, c_before = h_t, c_t
    f, i, o, c_tilde = apart(all_four, 4)
    return Step(f, i, o, c_tilde, c[1:], h[1:])


def backward(
    W: Blocks,
    U: Blocks,
    _: Blocks,
    inputs: Steps,
    initial: tuple[Array, Array],
    computed: Step,
    dh: Steps,
    lag: int = 0,
    functions: Functions = USUAL,
) -> Gradients:
    """Backpropagation through time: ∂L of all that `unroll` read, from ∂L/∂h of each step."""
    f, i, o, c_tilde, c, h = computed
    h_before, c_before = before(initial[0], h), before(initial[1], c)
    of_gate, of_candidate = functions.gate.slope, functions.candidate.slope
    shown = functions.candidate.value(c_before if lag else c)
    # Slopes of all steps at once: of f, i, c_tilde they await ∂L/∂c, of o and of the state shown ∂L/∂h.
    da = np.empty_like(h, shape=(*h.shape[:-1], 4 * h.shape[-1]))
    da_f, da_i, da_o, da_c = apart(da, 4)
    np.multiply(c_before, of_gate(f), da_f)
    np.multiply(c_tilde, of_gate(i), da_i)
    np.multiply(shown, of_gate(o), da_o)
    np.multiply(i, of_candidate(c_tilde), da_c)
    to_shown = o * of_candidate(shown)
    U_back, dh_prev, dc_prev = transposed(U), np.zeros_like(h[0]), np.zeros_like(c[0])
    through_h = np.empty_like(dh_prev)
    add, multiply = np.add, np.multiply
    turned = (array[::-1] for array in (dh, da, da_f, da_i, da_o, da_c, to_shown, f))
    for dh_t, da_t, da_f_t, da_i_t, da_o_t, da_c_t, to_shown_t, f_t in zip(*turned, strict=True):
        add(dh_prev, dh_t, dh_prev)
        multiply(dh_prev, to_shown_t, through_h)
        if not lag:
            add(dc_prev, through_h, dc_prev)
        multiply(da_f_t, dc_prev, da_f_t)
        multiply(da_i_t, dc_prev, da_i_t)
        multiply(da_c_t, dc_prev, da_c_t)
        multiply(da_o_t, dh_prev, da_o_t)
        multiply(dc_prev, f_t, dc_prev)
        if lag:
            add(dc_prev, through_h, dc_prev)
        da_t.dot(U_back, dh_prev)
    return Gradients(
        Blocks(*apart(products(inputs, da), 4)),
        Blocks(*apart(products(h_before, da), 4)),
        Blocks(*apart(totals(da), 4)),
        times(da, transposed(W)),
        (dh_prev, dc_prev),
    )
