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

# (r, h_prev, h_prev times the recurrent weights, out): writes what the candidate hears of the step before
Memory: TypeAlias = Callable[[Array, Array, Array, Array], object]


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

    def memory(r: Array, h_prev: Array, _: Array, out: Array) -> None:
        np.multiply(r, h_prev, kept)
        kept.dot(U.c, out)

    return unroll_with(memory, W, side_by_side(U[:2], SCALES[:2]), b, inputs, h_prev)


def unroll_with(memory: Memory, W: Blocks, U_all: Matrix, b: Blocks, inputs: Steps, h_prev: Array) -> Step:
    """All steps, given what the candidate hears of h_prev; U_all begins with the scaled blocks u and r."""
    all_three = input_sums(inputs, side_by_side(W, SCALES), side_by_side(b, SCALES))
    columns = 2 * len(U_all)
    h = states(h_prev, inputs, U_all)
    # One step is computed here and then copied: that is faster than new views of each block at every step.
    recurrent = np.empty_like(U_all, shape=(*h.shape[1:-1], U_all.shape[-1]))
    to_gates = recurrent[..., :columns]
    gates, c_tilde, replaced = np.empty_like(to_gates), np.empty_like(h[0]), np.empty_like(h[0])
    (u, r), one_half = apart(gates, 2), half(U_all)
    h_before = h[0]
    # A tenth faster as local names.
    add, subtract, multiply, squash = np.add, np.subtract, np.multiply, np.tanh
    for gates_t, c_tilde_t, h_t in zip(
        all_three[..., :columns], all_three[..., columns:], h[1:], strict=True
    ):
        h_before.dot(U_all, recurrent)
        add(to_gates, gates_t, gates)
        squash(gates, gates)
        multiply(gates, one_half, gates)
        add(gates, one_half, gates)
        gates_t[...] = gates
        memory(r, h_before, recurrent, c_tilde)
        add(c_tilde, c_tilde_t, c_tilde)
        squash(c_tilde, c_tilde)
        c_tilde_t[...] = c_tilde
        # h_prev + u * (c_tilde - h_prev): the step's last line with one operation fewer
        subtract(c_tilde, h_before, replaced)
        multiply(u, replaced, replaced)
        add(h_before, replaced, h_t)
        h_before = h_t
    u, r, c_tilde = apart(all_three, 3)
    return Step(u, r, c_tilde, h[1:])
