"""Plain recurrent network of Elman (1990): one tanh layer that reads its own last output."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from cells.arrays import Array, Steps
from cells.functions import tanh
from cells.unrolling import input_sums, states


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


def unroll(W: Blocks, U: Blocks, b: Blocks, inputs: Steps, h_prev: Array) -> Step:
    """All steps of inputs (time, *batch, feature) from an initial state: (time, *batch, unit)."""
    h = states(h_prev, inputs, U.h)
    sums = input_sums(inputs, W.h, b.h)
    for h_before, h_t, sum_t in zip(h, h[1:], sums, strict=False):
        h_before.dot(U.h, h_t)
        np.add(h_t, sum_t, h_t)
        np.tanh(h_t, h_t)
    return Step(h[1:])
