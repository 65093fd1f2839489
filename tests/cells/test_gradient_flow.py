"""State Jacobians against central differences, and the laws that they must obey."""

from __future__ import annotations

import numpy as np
import pytest

from cells import CELLS, Network, state_jacobian
from cells.gradient_flow import flow, output_gradient
from cells.layers import LayerState, Readout
from tests.cells.lively import lively

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


def traced(cell, direction, seed=0, scale=1.0):
    network, inputs, initial = layer(cell, seed)
    trace = getattr(network.run(scale * inputs, initial=[initial]).layers[0], direction)
    return trace, getattr(network.layers[0], direction)


@cells
@directions
@pytest.mark.parametrize("t", [0, 4, 8])
def test_flow_is_the_norm_of_every_jacobian(cell, direction, t):
    trace, weights = traced(cell, direction)
    found, begin = flow(trace, weights, t), STEPS if trace.reverse else -1
    read = range(t, STEPS) if trace.reverse else range(t + 1)
    assert len(found.state) == (STEPS + 1 if trace.reverse else t + 2)
    for s in (begin, *read):
        row, whole = 0 if s == begin else s + 1, state_jacobian(trace, weights, s, t)
        memory = slice(4, None) if "c" in trace.initial else slice(None)
        kept = np.diag(found.alone[row])
        close = {"rtol": 1e-10, "atol": 1e-14}
        np.testing.assert_allclose(found.state[row], np.linalg.norm(whole, 2), **close)
        np.testing.assert_allclose(found.h[row], np.linalg.norm(whole[:4, :4], 2), **close)
        if found.c is not None:
            np.testing.assert_allclose(found.c[row], np.linalg.norm(whole[4:, 4:], 2), **close)
        np.testing.assert_allclose(
            found.around[row], np.linalg.norm(whole[memory, memory] - kept, 2), **close
        )
    if trace.reverse:
        assert not np.array([found.state, found.h, found.around])[:, 1 : t + 1].any()
        assert not found.alone[1 : t + 1].any()


@pytest.mark.parametrize("cell", [name for name in CELLS if not name.startswith("RNN")])
@directions
def test_alone_is_the_product_of_what_the_gate_keeps(cell, direction):
    trace, weights = traced(cell, direction)
    found, kept = flow(trace, weights, 4), trace["f"] if "f" in trace.symbols else 1 - trace["u"]
    later = kept[4:7] if trace.reverse else kept[2:5]
    np.testing.assert_allclose(found.alone[8 if trace.reverse else 2], later.prod(axis=0), rtol=1e-12)
    share = found.share[~np.isnan(found.share)]
    assert ((share >= 0) & (share <= 1)).all()
    assert found.share[5] == 1


def test_where_h_is_not_read_all_of_c_flows_through_c():
    network, inputs, _ = layer("LSTM")
    weights = network.layers[0].forward
    deaf = weights._replace(U=type(weights.U)(*(np.zeros((4, 4)) for _ in weights.U)))
    found = flow(Network("LSTM", (type(network.layers[0])(deaf),)).run(inputs).layers[0].forward, deaf, 8)
    assert found.c is not None
    np.testing.assert_allclose(found.c, found.alone.max(axis=1), rtol=1e-12)
    np.testing.assert_array_equal(found.share, 1)
    assert not found.around.any()


@cells
def test_float32_flows_like_float64(cell):
    network, inputs, _ = layer(cell)
    single, double = (
        flow(one.run(inputs).layers[0].forward, one.layers[0].forward, 8)
        for one in (network.astype("float32"), network)
    )
    np.testing.assert_allclose(single.state, double.state, rtol=1e-4)
    assert single.state.dtype == np.float64


@cells
@pytest.mark.parametrize("size", [1e3, 1e160, np.inf])
def test_exploding_weights_neither_warn_nor_fail(cell, size):
    network, inputs, _ = layer(cell)
    trace, (W, U, b) = network.run(inputs).layers[0].forward, network.layers[0].forward
    found = flow(trace, type(network.layers[0].forward)(W, type(U)(*(size * u for u in U)), b), 8)
    assert found.state[9] == 1
    if size > 1e100:
        assert not np.isfinite(found.state[0])
    else:
        assert found.state[0] > 1e6


ALL = [
    (cell, kind, bidirectional)
    for cell in CELLS
    for kind in ("softmax", "sigmoid", "linear", None)
    for bidirectional in (0, 1)
]


@pytest.mark.parametrize(("cell", "kind", "bidirectional"), ALL)
def test_output_gradient_agrees_with_central_differences(cell, kind, bidirectional):
    rng = np.random.default_rng(3)
    network = Network.random(cell, 3, 4, layers=2, bidirectional=bool(bidirectional), seed=1)
    width = 8 if bidirectional else 4
    readout = None if kind is None else Readout(rng.normal(size=(width, 3)), rng.normal(size=3), kind)
    network = Network(cell, network.layers, readout=readout)
    inputs, along, small = rng.normal(size=(STEPS, 3)), rng.normal(size=(STEPS, 3)), 1e-5

    def output(at):
        run = network.run(at)
        shown = run.output
        if shown is None:
            shown = np.concatenate([trace["h"] for trace in run.layers[-1] if trace is not None], axis=1)
        return shown[5, 1]

    found = output_gradient(network, inputs, 5, 1)
    slope = (output(inputs + small * along) - output(inputs - small * along)) / (2 * small)
    np.testing.assert_allclose((found.inputs * along).sum(), slope, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(found.norm, np.sqrt((found.inputs**2).sum(axis=1)), rtol=1e-12)
    np.testing.assert_allclose(found.total, found.inputs.sum(axis=1), rtol=1e-12, atol=1e-16)


@pytest.mark.parametrize("kind", ["softmax", "sigmoid"])
def test_log_odds_move_as_the_probability_by_p_times_one_minus_p_and_do_not_saturate(kind):
    rng = np.random.default_rng(4)
    network = Network.random("LSTM", 3, 4, seed=1)
    inputs, W, b = rng.normal(size=(STEPS, 3)), rng.normal(size=(4, 3)), rng.normal(size=3)
    usual = Network("LSTM", network.layers, readout=Readout(W, b, kind))
    p = usual.run(inputs).output[5, 1]
    odds, of_p = (output_gradient(usual, inputs, 5, 1, odds=odds).inputs for odds in (True, False))
    np.testing.assert_allclose(odds * p * (1 - p), of_p, rtol=1e-9, atol=1e-12)
    sure = Network("LSTM", network.layers, readout=Readout(W, np.add(b, (0, 50, 0)), kind))
    assert sure.run(inputs).output[5, 1] == 1.0
    np.testing.assert_allclose(output_gradient(sure, inputs, 5, 1, odds=True).inputs, odds, rtol=1e-9)


@cells
def test_what_a_direction_has_not_read_moves_nothing(cell):
    """Exactly 0: forwards every token after the step, backwards every token before it."""
    network = lively(Network.random(cell, 3, 4, bidirectional=True, seed=2))
    inputs = np.random.default_rng(0).normal(size=(STEPS, 3))
    ahead, behind = (output_gradient(network, inputs, 4, unit).inputs for unit in (1, 5))
    early = 4 if cell == "LSTM (as printed)" else 5  # its h shows the memory of the step before
    assert not ahead[5:].any() and ahead[:early].all()
    assert not behind[:4].any() and behind[5 if early == 4 else 4 :].any()


def test_of_an_embedding_it_is_the_row_that_was_read():
    network = Network.random("GRU", 3, 4, seed=2)
    rows = np.random.default_rng(0).normal(size=(6, 3))
    looked_up = output_gradient(Network("GRU", network.layers, embedding=rows), [1, 5, 2], 2, 0)
    np.testing.assert_array_equal(looked_up.inputs, output_gradient(network, rows[[1, 5, 2]], 2, 0).inputs)


def test_wrong_steps_and_answers_are_named():
    network, inputs, _ = layer("GRU")
    trace = network.run(inputs).layers[0].forward
    with pytest.raises(IndexError, match=r"choose 0\.\.8"):
        flow(trace, network.layers[0].forward, 9)
    with pytest.raises(IndexError, match=r"choose 0\.\.8"):
        output_gradient(network, inputs, -1, 0)
    with pytest.raises(IndexError, match=r"choose 0\.\.7"):
        output_gradient(network, inputs, 0, 8)
