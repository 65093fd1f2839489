"""The pass over time computes what the step computes, and what other people would."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cells import CELLS, Network
from cells.unrolling import LINE, room, side_by_side, stacked, states
from tests import reference

cells = pytest.mark.parametrize("cell", CELLS)
TOLERANCE = {"float64": 1e-12, "float32": 2e-5}


def drawn(cell: str, features: int, units: int, seed: int, scale: float = 1.0, dtype: str = "float64"):
    """Weights of one layer, their sizes from tame to saturating."""
    weights = Network.random(cell, features, units, seed=seed, dtype=dtype).layers[0].forward
    return type(weights)(*(type(blocks)(*(scale * array for array in blocks)) for blocks in weights))


def iterated(cell, weights, inputs, states):
    rows = []
    for x in inputs:
        step = cell.step(*weights, x, *states)
        states = [getattr(step, state) for state in cell.states]
        rows.append(step)
    return [np.array(column) for column in zip(*rows, strict=True)]


@cells
@settings(max_examples=40, deadline=None)
@given(
    features=st.integers(1, 7),
    units=st.integers(1, 9),
    steps=st.integers(1, 30),
    batch=st.lists(st.integers(1, 3), max_size=2),
    seed=st.integers(0, 10**6),
    scale=st.floats(0.1, 2),
    dtype=st.sampled_from(["float64", "float32"]),
)
def test_unrolled_equals_step_by_step(cell, features, units, steps, batch, seed, scale, dtype):
    kind, rng = CELLS[cell], np.random.default_rng(seed)
    weights = drawn(cell, features, units, seed, scale, dtype)
    inputs = rng.normal(size=(steps, *batch, features)).astype(dtype)
    states = [rng.normal(size=(*batch, units)).astype(dtype) for _ in kind.states]
    unrolled = kind.unroll(*weights, inputs, *states)
    for symbol, fast, slow in zip(
        kind.symbols, unrolled, iterated(kind, weights, inputs, states), strict=True
    ):
        assert fast.shape == (steps, *batch, units)
        assert fast.dtype == slow.dtype == dtype
        size = max(1.0, float(np.abs(slow).max()))  # of what is not bounded, as c and the states of relu
        np.testing.assert_allclose(fast, slow, rtol=0, atol=size * TOLERANCE[dtype], err_msg=symbol)


@cells
def test_unrolled_equals_step_by_step_over_a_thousand_steps(cell):
    kind, rng = CELLS[cell], np.random.default_rng(3)
    weights = drawn(cell, 27, 16, seed=5)
    inputs, states = rng.normal(size=(1_000, 27)), [rng.normal(size=16) for _ in kind.states]
    for fast, slow in zip(
        kind.unroll(*weights, inputs, *states), iterated(kind, weights, inputs, states), strict=True
    ):
        np.testing.assert_allclose(fast, slow, rtol=0, atol=1e-12)


@cells
@settings(max_examples=20, deadline=None)
@given(
    units=st.integers(1, 5), features=st.integers(1, 4), steps=st.integers(1, 12), seed=st.integers(0, 999)
)
def test_agrees_with_scalar_loops(cell, units, features, steps, seed):
    kind, rng = CELLS[cell], np.random.default_rng(seed)
    weights, inputs = drawn(cell, features, units, seed, 2.0), rng.normal(size=(steps, features))
    initial = {state: rng.normal(size=units) for state in kind.states}
    expected = reference.run(cell, weights, inputs, initial)
    assert tuple(expected) == kind.symbols
    computed = kind.unroll(*weights, inputs, *(initial[state] for state in kind.states))
    for symbol, array in zip(kind.symbols, computed, strict=True):
        np.testing.assert_allclose(array, expected[symbol], rtol=0, atol=1e-11, err_msg=symbol)


@cells
def test_batch_equals_single(cell):
    kind, rng = CELLS[cell], np.random.default_rng(0)
    weights = drawn(cell, 4, 6, seed=1)
    inputs, states = rng.normal(size=(20, 2, 3, 4)), [rng.normal(size=(2, 3, 6)) for _ in kind.states]
    together = kind.unroll(*weights, inputs, *states)
    for place in np.ndindex(2, 3):
        alone = kind.unroll(*weights, inputs[:, *place], *(state[place] for state in states))
        for many, one in zip(together, alone, strict=True):
            np.testing.assert_allclose(many[:, *place], one, rtol=0, atol=1e-13)


@cells
def test_inputs_and_weights_are_left_as_they_were(cell):
    kind, rng = CELLS[cell], np.random.default_rng(0)
    weights, inputs = drawn(cell, 4, 6, seed=1), rng.normal(size=(9, 4))
    states = [rng.normal(size=6) for _ in kind.states]
    before = [array.copy() for array in (inputs, *states, *(a for blocks in weights for a in blocks))]
    kind.unroll(*weights, inputs, *states)
    for array, was in zip((inputs, *states, *(a for blocks in weights for a in blocks)), before, strict=True):
        np.testing.assert_array_equal(array, was)


@settings(deadline=None)
@given(shape=st.lists(st.integers(0, 9), min_size=1, max_size=3), dtype=st.sampled_from(sorted(TOLERANCE)))
def test_room_begins_with_a_line_of_the_cache(shape, dtype):
    made = room(tuple(shape), np.dtype(dtype))
    assert made.shape == tuple(shape)
    assert made.dtype == dtype
    assert made.ctypes.data % LINE == 0 or made.size == 0


def test_what_a_pass_multiplies_begins_with_a_line_of_the_cache():
    for units in range(1, 40):  # sizes that begin anywhere when NumPy places them
        U = Network.random("LSTM", 3, units).layers[0].forward.U
        made = (stacked(U), side_by_side(U), states(np.zeros(units), np.zeros((5, 3)), U.f))
        assert [array.ctypes.data % LINE for array in made] == [0, 0, 0]
