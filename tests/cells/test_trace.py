"""A trace in both directions: previous, final, slices, and what it says about wrong names."""

from __future__ import annotations

import numpy as np
import pytest

from cells import CELLS, Network

cells = pytest.mark.parametrize("cell", CELLS)


def both(cell: str):
    network = Network.random(cell, 4, 5, bidirectional=True)
    half = network.run(np.random.default_rng(1).normal(size=(3, 4))).final
    layer = network.run(np.random.default_rng(0).normal(size=(12, 4)), initial=half).layers[0]
    return network.layers[0], layer, half[0]


@cells
@pytest.mark.parametrize("direction", ["forward", "backward"])
def test_previous_is_what_each_step_was_given(cell, direction):
    weights, layer, initial = (getattr(part, direction) for part in both(cell))
    trace = layer
    for t in range(len(trace)):
        given = [trace.previous(state)[t] for state in CELLS[cell].states]
        step = CELLS[cell].step(*weights, trace["x"][t], *given)
        for symbol in trace.symbols:
            np.testing.assert_allclose(getattr(step, symbol), trace[symbol][t], rtol=0, atol=1e-14)
    for state in CELLS[cell].states:
        np.testing.assert_array_equal(trace.previous(state)[-1 if trace.reverse else 0], initial[state])
        np.testing.assert_array_equal(trace.final[state], trace[state][0 if trace.reverse else -1])


@cells
@pytest.mark.parametrize("direction", ["forward", "backward"])
@pytest.mark.parametrize("window", [(0, 12), (0, 5), (5, 12), (4, 5), (2, 99)])
def test_a_slice_carries_its_state_in(cell, direction, window):
    trace = getattr(both(cell)[1], direction)
    part = trace.slice(*window)
    assert part.cell == cell
    assert part.reverse == trace.reverse
    assert len(part) == min(window[1], 12) - window[0]
    for symbol in ("x", *trace.symbols):
        np.testing.assert_array_equal(part[symbol], trace[symbol][slice(*window)])
    for state in CELLS[cell].states:
        np.testing.assert_array_equal(part.previous(state), trace.previous(state)[slice(*window)])


def test_wrong_names_and_windows_are_told():
    trace = both("GRU")[1].forward
    with pytest.raises(KeyError, match="GRU has no symbol 'f'; this trace has x, u, r, c_tilde, h"):
        trace["f"]
    with pytest.raises(KeyError, match="GRU hands on no 'u'; its states are h"):
        trace.previous("u")
    with pytest.raises(ValueError, match="stop must be past start"):
        trace.slice(5, 5)
