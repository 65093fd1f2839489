"""Gated recurrent unit of Cho et al. (2014); the reset acts on h before the product, u = 1 replaces."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

import numpy as np

from cells.arrays import Array, Matrix, Steps
from cells.functions import sigmoid, tanh
from cells.unrolling import CANDIDATE, GATE, apart, half, input_sums, side_by_side, states


class Step(NamedTuple):
    """What a step computes, in reading order."""

    u: Array
    r: Array
    c_tilde: Array
    h: Array


class Blocks(NamedTuple):
    """Weights or biases of the two gates and the candidate."""

    u: Array
    r: Array
    c: Array


SCALES = (GATE, GATE, CANDIDATE)

# (r, h_prev, h_prev times the recurrent weights) → what the candidate hears of the step before
Memory: TypeAlias = Callable[[Array, Array, Array], Array]


def step(W: Blocks, U: Blocks, b: Blocks, x: Array, h_prev: Array) -> Step:
    """One step: x (feature,), h_prev (unit,); leading batch axes are allowed."""
    u = sigmoid(x @ W.u + h_prev @ U.u + b.u)
    r = sigmoid(x @ W.r + h_prev @ U.r + b.r)
    c_tilde = tanh(x @ W.c + (r * h_prev) @ U.c + b.c)
    h = (1 - u) * h_prev + u * c_tilde
    return Step(u, r, c_tilde, h)


def unroll(W: Blocks, U: Blocks, b: Blocks, inputs: Steps, h_prev: Array) -> Step:
    """All steps of inputs (time, *batch, feature) from an initial state: (time, *batch, unit)."""
    kept = np.empty_like(U.c, shape=(*inputs.shape[1:-1], len(U.c)))
    product = np.empty_like(kept)

    def memory(r: Array, h_prev: Array, _: Array) -> Array:
        np.multiply(r, h_prev, kept)
        return np.dot(kept, U.c, product)

    return unroll_with(memory, W, side_by_side(U[:2], SCALES[:2]), b, inputs, h_prev)


def unroll_with(memory: Memory, W: Blocks, U_all: Matrix, b: Blocks, inputs: Steps, h_prev: Array) -> Step:
    """All steps, given what the candidate hears of h_prev; U_all begins with the scaled blocks u and r."""
    all_three = input_sums(inputs, side_by_side(W, SCALES), side_by_side(b, SCALES))
    u, r, c_tilde = apart(all_three, 3)
    gates = all_three[..., : -c_tilde.shape[-1]]
    h = states(h_prev, inputs, U_all)
    recurrent = np.empty_like(U_all, shape=(*inputs.shape[1:-1], U_all.shape[-1]))
    to_gates, replaced, one_half = recurrent[..., : gates.shape[-1]], np.empty_like(h[0]), half(U_all)
    # The rows of one step, as names for this loop: writing into them fills the arrays above.
    for gates_t, u_t, r_t, c_tilde_t, h_prev, h_t in zip(gates, u, r, c_tilde, h, h[1:], strict=False):
        np.dot(h_prev, U_all, recurrent)
        np.add(gates_t, to_gates, gates_t)
        np.tanh(gates_t, gates_t)
        np.multiply(gates_t, one_half, gates_t)
        np.add(gates_t, one_half, gates_t)
        np.add(c_tilde_t, memory(r_t, h_prev, recurrent), c_tilde_t)
        np.tanh(c_tilde_t, c_tilde_t)
        # h_prev + u * (c_tilde - h_prev): the step's last line with one operation less
        np.subtract(c_tilde_t, h_prev, replaced)
        np.multiply(u_t, replaced, replaced)
        np.add(h_prev, replaced, h_t)
    return Step(u, r, c_tilde, h[1:])
