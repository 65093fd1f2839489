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
    flat,
    input_sums,
    inside,
    outside,
    products,
    room,
    side_by_side,
    stacked,
    states,
    times,
    totals,
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


@np.errstate(over="ignore")
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
    U_all = stacked(U)
    all_four = input_sums(inputs, stacked(W), stacked(b))
    h, c = states(h_prev, inputs, U.f), states(c_prev, inputs, U.f)
    units = len(U.f)
    now, written = room(all_four.shape[1:], U_all.dtype), np.empty_like(c[0])
    gates_now, candidate_now = now[: 3 * units], now[3 * units :]
    h_before, c_before = h[0], c[0]
    # A tenth faster as local names.
    add, multiply = np.add, np.multiply
    open_, squash = functions.gate.write, functions.candidate.write
    views = (all_four, all_four[:, : 3 * units], *apart(all_four, 4, 1), c[1:], c[1 - lag :], h[1:])
    for four_t, gates_t, f_t, i_t, o_t, c_tilde_t, c_t, shown, h_t in zip(*views, strict=False):
        U_all.dot(h_before, now)
        add(now, four_t, now)
        open_(gates_now, gates_t)
        squash(candidate_now, c_tilde_t)
        multiply(f_t, c_before, c_t)
        multiply(i_t, c_tilde_t, written)
        add(c_t, written, c_t)
        squash(shown, h_t)
        multiply(o_t, h_t, h_t)
        h_before, c_before = h_t, c_t
    return Step(*(outside(part, inputs) for part in (*apart(all_four, 4, 1), c[1:], h[1:])))


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
    f, i, o, c_tilde, c, h = (inside(part) for part in computed)
    h_before, c_before = before(initial[0], h), before(initial[1], c)
    of_gate, of_candidate = functions.gate.slope, functions.candidate.slope
    shown = h / np.maximum(o, np.finfo(o.dtype).tiny)  # tanh(c), at a fifth of what that takes
    # Slopes of all steps at once: of f, i, c_tilde they await ∂L/∂c, of o and of the state shown ∂L/∂h.
    da = room((len(h), 4 * h.shape[1], h.shape[2]), h.dtype)
    da_f, da_i, da_o, da_c = apart(da, 4, 1)
    np.multiply(of_gate(f, da_f), c_before, da_f)
    np.multiply(of_gate(i, da_i), c_tilde, da_i)
    np.multiply(of_gate(o, da_o), shown, da_o)
    np.multiply(of_candidate(c_tilde, da_c), i, da_c)
    to_shown = of_candidate(shown) * o
    U_back, dh_prev, dc_prev = side_by_side(U), np.zeros_like(h_before[0]), np.zeros_like(h_before[0])
    through_h = np.empty_like(dh_prev)
    add, multiply = np.add, np.multiply
    turned = (array[::-1] for array in (inside(dh), da, da_f, da_i, da_o, da_c, to_shown, f))
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
        U_back.dot(da_t, dh_prev)
    together = flat(da)
    return Gradients(
        Blocks(*apart(products(flat(inside(inputs)), together), 4)),
        Blocks(*apart(products(flat(h_before), together), 4)),
        Blocks(*apart(totals(together), 4)),
        outside(times(side_by_side(W), da), inputs),
        tuple(outside(state[None], inputs)[0] for state in (dh_prev, dc_prev)),
    )
