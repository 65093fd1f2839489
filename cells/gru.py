"""Gated recurrent unit of Cho et al. (2014); the reset acts on h before the product, u = 1 replaces."""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import NamedTuple, TypeAlias

import numpy as np

from cells.arrays import Array, Matrix, Steps
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

    u: Array
    r: Array
    c_tilde: Array
    h: Array


class Blocks(NamedTuple):
    """Weights or biases of the two gates and the candidate."""

    u: Array
    r: Array
    c: Array


# (r, h_prev, h_prev times the recurrent weights, out): writes what the candidate hears of the step before
Memory: TypeAlias = Callable[[Array, Array, Array, Array], object]


def step(W: Blocks, U: Blocks, b: Blocks, x: Array, h_prev: Array) -> Step:
    """One step: x (feature,), h_prev (unit,); leading batch axes are allowed."""
    u = sigmoid(x @ W.u + h_prev @ U.u + b.u)
    r = sigmoid(x @ W.r + h_prev @ U.r + b.r)
    c_tilde = tanh(x @ W.c + (r * h_prev) @ U.c + b.c)
    h = (1 - u) * h_prev + u * c_tilde
    return Step(u, r, c_tilde, h)


def unroll(
    W: Blocks, U: Blocks, b: Blocks, inputs: Steps, h_prev: Array, functions: Functions = USUAL
) -> Step:
    """All steps of inputs (time, *batch, feature) from an initial state: (time, *batch, unit)."""
    U_gates, U_c = stacked(U[:2]), stacked(U[2:])
    kept = room((len(U.c), prod(inputs.shape[1:-1])), U.c.dtype)

    def memory(r: Array, h_prev: Array, _: Array, out: Array) -> None:
        np.multiply(r, h_prev, kept)
        U_c.dot(kept, out)

    return unroll_with(memory, W, U_gates, b, inputs, h_prev, functions)


@np.errstate(over="ignore")
def unroll_with(
    memory: Memory, W: Blocks, U_all: Matrix, b: Blocks, inputs: Steps, h_prev: Array, functions: Functions
) -> Step:
    """All steps, given what the candidate hears of h_prev; U_all begins with the blocks u and r."""
    all_three = input_sums(inputs, stacked(W), stacked(b))
    h, gates = states(h_prev, inputs, W.u.T), 2 * U_all.shape[1]
    recurrent, heard = room((len(U_all), h.shape[2]), h.dtype), room(h.shape[1:], h.dtype)
    to_gates, h_before = recurrent[:gates], h[0]
    # A tenth faster as local names.
    add, subtract, multiply = np.add, np.subtract, np.multiply
    open_, squash = functions.gate.write, functions.candidate.write
    views = (all_three[:, :gates], *apart(all_three, 3, 1), h[1:])
    for gates_t, u_t, r_t, c_tilde_t, h_t in zip(*views, strict=True):
        U_all.dot(h_before, recurrent)
        add(to_gates, gates_t, to_gates)
        open_(to_gates, gates_t)
        memory(r_t, h_before, recurrent, heard)
        add(heard, c_tilde_t, heard)
        squash(heard, c_tilde_t)
        # h_prev + u * (c_tilde - h_prev): the step's last line with one operation fewer
        subtract(c_tilde_t, h_before, h_t)
        multiply(u_t, h_t, h_t)
        add(h_before, h_t, h_t)
        h_before = h_t
    return Step(*(outside(part, inputs) for part in (*apart(all_three, 3, 1), h[1:])))


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
    """Backpropagation through time: ∂L of all that `unroll` read, from ∂L/∂h of each step."""
    u, r, c_tilde, h = (inside(part) for part in computed)
    h_before = before(initial[0], h)
    units = h.shape[1]
    # Slopes of all steps at once: u and c_tilde await ∂L/∂h, r awaits ∂L of what the candidate heard.
    da = room((len(h), 3 * units, h.shape[2]), h.dtype)
    da_u, da_r, da_c = apart(da, 3, 1)
    of_gate, of_candidate = functions.gate.slope, functions.candidate.slope
    np.multiply(of_gate(u, da_u), c_tilde - h_before, da_u)
    np.multiply(of_gate(r, da_r), h_before, da_r)
    np.multiply(of_candidate(c_tilde, da_c), u, da_c)
    da_gates, kept = da[:, : 2 * units], 1 - u
    gates_back, candidate_back = side_by_side(U[:2]), side_by_side(U[2:])
    dh_prev = np.zeros_like(h_before[0])
    heard, passed = np.empty_like(dh_prev), np.empty_like(dh_prev)
    add, multiply = np.add, np.multiply
    turned = (array[::-1] for array in (inside(dh), da_gates, da_u, da_r, da_c, r, kept))
    for dh_t, da_gates_t, da_u_t, da_r_t, da_c_t, r_t, kept_t in zip(*turned, strict=True):
        add(dh_prev, dh_t, dh_prev)
        multiply(da_u_t, dh_prev, da_u_t)
        multiply(da_c_t, dh_prev, da_c_t)
        candidate_back.dot(da_c_t, heard)
        multiply(da_r_t, heard, da_r_t)
        multiply(dh_prev, kept_t, passed)
        multiply(heard, r_t, heard)
        gates_back.dot(da_gates_t, dh_prev)
        add(dh_prev, passed, dh_prev)
        add(dh_prev, heard, dh_prev)
    together = flat(da)
    dU_u, dU_r = apart(products(flat(h_before), together[: 2 * units]), 2)
    return Gradients(
        Blocks(*apart(products(flat(inside(inputs)), together), 3)),
        Blocks(dU_u, dU_r, products(flat(r * h_before), together[2 * units :])),
        Blocks(*apart(totals(together), 3)),
        outside(times(side_by_side(W), da), inputs),
        (outside(dh_prev[None], inputs)[0],),
    )
