"""Gated recurrent unit of Cho et al. (2014); the reset acts on h before the product, u = 1 replaces."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

import numpy as np

from cells.arrays import Array, Matrix, Steps
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
    kept, U_c = room((*inputs.shape[1:-1], len(U.c)), U.c.dtype), side_by_side(U[2:], functions.scales(0))

    def memory(r: Array, h_prev: Array, _: Array, out: Array) -> None:
        np.multiply(r, h_prev, kept)
        kept.dot(U_c, out)

    U_gates = side_by_side(U[:2], functions.scales(2)[:2])
    return unroll_with(memory, W, U_gates, b, inputs, h_prev, functions)


def unroll_with(
    memory: Memory, W: Blocks, U_all: Matrix, b: Blocks, inputs: Steps, h_prev: Array, functions: Functions
) -> Step:
    """All steps, given what the candidate hears of h_prev; U_all begins with the scaled blocks u and r."""
    scales = functions.scales(2)
    all_three = input_sums(inputs, side_by_side(W, scales), side_by_side(b, scales))
    columns = 2 * len(U_all)
    h = states(h_prev, inputs, U_all)
    # One step is computed here and then copied: that is faster than new views of each block at every step.
    recurrent = room((*h.shape[1:-1], U_all.shape[-1]), U_all.dtype)
    to_gates = recurrent[..., :columns]
    gates, heard, replaced = (room(shape, h.dtype) for shape in (to_gates.shape, h.shape[1:], h.shape[1:]))
    u, r = apart(gates, 2)
    h_before = h[0]
    # A tenth faster as local names.
    add, subtract, multiply = np.add, np.subtract, np.multiply
    open_, squash = functions.gate.write, functions.candidate.write
    for gates_t, c_tilde_t, h_t in zip(
        all_three[..., :columns], all_three[..., columns:], h[1:], strict=True
    ):
        h_before.dot(U_all, recurrent)
        add(to_gates, gates_t, gates)
        open_(gates, gates)
        gates_t[...] = gates
        memory(r, h_before, recurrent, heard)
        add(heard, c_tilde_t, c_tilde_t)
        squash(c_tilde_t, c_tilde_t)
        # h_prev + u * (c_tilde - h_prev): the step's last line with one operation fewer
        subtract(c_tilde_t, h_before, replaced)
        multiply(u, replaced, replaced)
        add(h_before, replaced, h_t)
        h_before = h_t
    u, r, c_tilde = apart(all_three, 3)
    return Step(u, r, c_tilde, h[1:])


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
    u, r, c_tilde, h = computed
    h_before = before(initial[0], h)
    # Slopes of all steps at once: u and c_tilde await ∂L/∂h, r awaits ∂L of what the candidate heard.
    da = np.empty_like(h, shape=(*h.shape[:-1], 3 * h.shape[-1]))
    da_u, da_r, da_c = apart(da, 3)
    of_gate, of_candidate = functions.gate.slope, functions.candidate.slope
    np.multiply(c_tilde - h_before, of_gate(u), da_u)
    np.multiply(h_before, of_gate(r), da_r)
    np.multiply(u, of_candidate(c_tilde), da_c)
    da_gates, kept = da[..., : 2 * h.shape[-1]], 1 - u
    gates_back, candidate_back = transposed(U[:2]), transposed(U[2:])
    dh_prev = np.zeros_like(h[0])
    heard, passed = np.empty_like(dh_prev), np.empty_like(dh_prev)
    add, multiply = np.add, np.multiply
    turned = (array[::-1] for array in (dh, da_gates, da_u, da_r, da_c, r, kept))
    for dh_t, da_gates_t, da_u_t, da_r_t, da_c_t, r_t, kept_t in zip(*turned, strict=True):
        add(dh_prev, dh_t, dh_prev)
        multiply(da_u_t, dh_prev, da_u_t)
        multiply(da_c_t, dh_prev, da_c_t)
        da_c_t.dot(candidate_back, heard)
        multiply(da_r_t, heard, da_r_t)
        multiply(dh_prev, kept_t, passed)
        multiply(heard, r_t, heard)
        da_gates_t.dot(gates_back, dh_prev)
        add(dh_prev, passed, dh_prev)
        add(dh_prev, heard, dh_prev)
    dU_u, dU_r = apart(products(h_before, da_gates), 2)
    return Gradients(
        Blocks(*apart(products(inputs, da), 3)),
        Blocks(dU_u, dU_r, products(r * h_before, da_c)),
        Blocks(*apart(totals(da), 3)),
        times(da, transposed(W)),
        (dh_prev,),
    )
