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
    input_sums,
    products,
    side_by_side,
    states,
    times,
    totals,
    transposed,
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
    h, squash = states(h_prev, inputs, U.h), functions.candidate.write
    sums, U_h = input_sums(inputs, W.h, b.h), side_by_side(U, functions.scales(0))
    for h_before, h_t, sum_t in zip(h, h[1:], sums, strict=False):
        h_before.dot(U_h, h_t)
        np.add(h_t, sum_t, h_t)
        squash(h_t, h_t)
    return Step(h[1:])


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
    (h_prev,), h = initial, computed.h
    da = functions.candidate.slope(h)  # and at each step times ∂L/∂h
    U_back, dh_prev = transposed(U), np.zeros_like(h[0])
    for dh_t, da_t in zip(dh[::-1], da[::-1], strict=True):
        dh_prev += dh_t
        da_t *= dh_prev
        da_t.dot(U_back, dh_prev)
    return Gradients(
        Blocks(products(inputs, da)),
        Blocks(products(before(h_prev, h), da)),
        Blocks(totals(da)),
        times(da, transposed(W)),
        (dh_prev,),
    )
