"""Plain recurrent network of Elman (1990): one layer that reads its own last output.

With relu in place of tanh it is that of Le, Jaitly & Hinton (2015), who begin with U = 1.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from cells.arrays import Array, Steps
from cells.functions import tanh
from cells.squashing import USUAL, Functions
from cells.unrolling import (
    Gradients,
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

    h: Array


class Blocks(NamedTuple):
    """Weights or biases, one array for each place they are used."""

    h: Array


def step(W: Blocks, U: Blocks, b: Blocks, x: Array, h_prev: Array) -> Step:
    """One step: x (feature,), h_prev (unit,); leading batch axes are allowed."""
    h = tanh(x @ W.h + h_prev @ U.h + b.h)
    return Step(h)


def unroll(
    W: Blocks, U: Blocks, b: Blocks, inputs: Steps, h_prev: Array, functions: Functions = USUAL
) -> Step:
    """All steps of inputs (time, *batch, feature) from an initial state: (time, *batch, unit)."""
    h, U_h, squash = states(h_prev, inputs, U.h), stacked(U), functions.candidate.write
    now, add = room(h.shape[1:], h.dtype), np.add
    for h_before, h_t, sums_t in zip(h, h[1:], input_sums(inputs, stacked(W), b.h), strict=False):
        U_h.dot(h_before, now)
        add(now, sums_t, now)
        squash(now, h_t)
    return Step(outside(h[1:], inputs))


def backward(
    W: Blocks,
    U: Blocks,
    _: Blocks,
    inputs: Steps,
    initial: tuple[Array],
    computed: Step,
    dh: Steps,
    functions: Functions = USUAL,
) -> Gradients:
    """Backpropagation through time (Werbos 1990): ∂L of all that `unroll` read, from ∂L/∂h of each step."""
    h = inside(computed.h)
    h_before = before(initial[0], h)
    da = functions.candidate.slope(h)  # and at each step times ∂L/∂h
    U_back, dh_prev = side_by_side(U), np.zeros_like(h_before[0])
    for dh_t, da_t in zip(inside(dh)[::-1], da[::-1], strict=True):
        dh_prev += dh_t
        da_t *= dh_prev
        U_back.dot(da_t, dh_prev)
    together = flat(da)
    return Gradients(
        Blocks(products(flat(inside(inputs)), together)),
        Blocks(products(flat(h_before), together)),
        Blocks(totals(together)),
        outside(times(side_by_side(W), da), inputs),
        (outside(dh_prev[None], inputs)[0],),
    )
