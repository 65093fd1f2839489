"""State Jacobians against central differences, and the laws that they must obey."""

from __future__ import annotations

import numpy as np
import pytest

from cells import CELLS, Network, state_jacobian
from cells.network import LayerState

cells = pytest.mark.parametrize("cell", CELLS)
directions = pytest.mark.parametrize("direction", ["forward", "backward"])
STEPS = 9


def layer(cell: str, seed: int = 0):
    network = Network.random(cell, 3, 4, bidirectional=True, seed=seed)
    weights = tuple(
        type(part)(*(type(blocks)(*(1.7 * array for array in blocks)) for blocks in part))
        for part in network.layers[0]
    )
    rng = np.random.default_rng(seed)
    initial = [{state: rng.normal(size=4) for state in CELLS[cell].states} for _ in range(2)]
    network = Network(cell, (type(network.layers[0])(*weights),))
    return network, rng.normal(size=(STEPS, 3)), LayerState(*initial)


def stacked(state) -> np.ndarray:
    return np.concatenate([state[name] for name in state])


def state_at(trace, step):
    """The state after a step; before the first for the step that lies outside."""
    if step in (-1, len(trace)):
        return trace.initial
    return {name: trace[name][step] for name in trace.initial}


def continued(cell, weights, trace, state, s, t):
    """The state at step t, had the state after step s been this one: by the cell's step alone."""
    kind = CELLS[cell]
    for step in range(s - 1, t - 1, -1) if trace.reverse else range(s + 1, t + 1):
        result = kind.step(*weights, trace["x"][step], *(state[name] for name in kind.states))
        state = {name: getattr(result, name) for name in kind.states}
    return stacked(state)


@cells
@directions
@pytest.mark.parametrize(("s", "t"), [(-1, 0), (0, 1), (-1, 8), (2, 6), (7, 8), (4, 4)])
def test_agrees_with_central_differences(cell, direction, s, t):
    network, inputs, initial = layer(cell)
    trace = getattr(network.run(inputs, initial=[initial]).layers[0], direction)
    weights = getattr(network.layers[0], direction)
    if trace.reverse:
        s, t = STEPS - 1 - s, STEPS - 1 - t
    jacobian = state_jacobian(trace, weights, s, t)
    rng, here = np.random.default_rng(1), state_at(trace, s)
    along, small = rng.normal(size=jacobian.shape[1]), 1e-5
    parts = dict(zip(here, np.split(along, len(here)), strict=True))
    ahead, behind = (
        continued(
            cell, weights, trace, {name: here[name] + sign * small * parts[name] for name in here}, s, t
        )
        for sign in (1, -1)
    )
    np.testing.assert_allclose(jacobian @ along, (ahead - behind) / (2 * small), rtol=1e-6, atol=1e-9)


@cells
@directions
def test_links_multiply_and_the_future_is_nothing(cell, direction):
    network, inputs, initial = layer(cell, 3)
    trace = getattr(network.run(inputs, initial=[initial]).layers[0], direction)
    weights = getattr(network.layers[0], direction)
    early, middle, late = (6, 4, 1) if trace.reverse else (1, 4, 6)
    np.testing.assert_allclose(
        state_jacobian(trace, weights, middle, late) @ state_jacobian(trace, weights, early, middle),
        state_jacobian(trace, weights, early, late),
        rtol=0,
        atol=1e-14,
    )
    size = 4 * len(CELLS[cell].states)
    np.testing.assert_array_equal(state_jacobian(trace, weights, late, early), np.zeros((size, size)))
    np.testing.assert_array_equal(state_jacobian(trace, weights, middle, middle), np.eye(size))


def test_path_through_c_alone_is_the_product_of_f_where_h_is_not_read():
    network, inputs, _ = layer("LSTM")
    weights = network.layers[0].forward
    deaf = weights._replace(U=type(weights.U)(*(np.zeros((4, 4)) for _ in weights.U)))
    trace = Network("LSTM", (type(network.layers[0])(deaf),)).run(inputs).layers[0].forward
    of_c = state_jacobian(trace, deaf, 1, 7)[4:, 4:]
    np.testing.assert_allclose(of_c, np.diag(trace["f"][2:8].prod(axis=0)), rtol=0, atol=1e-15)


def test_steps_outside_are_named():
    network, inputs, _ = layer("GRU")
    run, weights = network.run(inputs).layers[0], network.layers[0]
    with pytest.raises(IndexError, match=r"0\.\.8, or -1 for its initial state"):
        state_jacobian(run.forward, weights.forward, 0, 9)
    with pytest.raises(IndexError, match=r"0\.\.8, or 9 for its initial state"):
        state_jacobian(run.backward, weights.backward, -1, 0)
