"""What must hold for a cell whatever its weights.

The exact laws that this project names, and where each is a test:

1. Bounds of h and c: here.
2. Provenance adds up: test_provenance.
3. A direction knows nothing of what it has not read: test_gradient_flow (derivatives), test_network (values).
4. Reversed input with exchanged directions gives the reversed, exchanged output: test_network.
5. z that keeps is u that writes with the negatives, and where the reset acts: here.
6. f = 1 and i = 0 keeps c, f = 0 and i = o = 1 has memory through h alone: here.
7. Batch = single: test_unroll; two halves = the whole: test_network; same seed = same figure: here.
8. Parameter counts: test_costs, test_network.
"""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cells import CELLS, Network, gru, gru_reset_after, lstm
from cells.functions import sigmoid, softmax, tanh
from cells.gradient_flow import flow, output_gradient
from cells.provenance import provenance_maps
from cells.saturation import saturation
from cells.symbols import SYMBOLS
from cells.weights import Weights

cells = pytest.mark.parametrize("cell", CELLS)
wild = settings(max_examples=40, deadline=None)
ROUNDING = 1e-14


def traced(cell: str, seed: int, scale: float, units: int = 5, initial: float = 1.0):
    """A run of 40 steps with weights from tame to saturating and an initial state that isn't zero."""
    rng, kind = np.random.default_rng(seed), CELLS[cell]
    network = Network.random(cell, 3, units, seed=seed)
    weights = Weights(*(type(blocks)(*(scale * a for a in blocks)) for blocks in network.layers[0].forward))
    states = {state: initial * rng.normal(size=units) for state in kind.states}
    inputs = 3 * rng.normal(size=(40, 3))
    arrays_ = kind.unroll(*weights, inputs, *(states[state] for state in kind.states))
    return dict(zip(kind.symbols, arrays_, strict=True)), states


@cells
@wild
@given(seed=st.integers(0, 10**6), scale=st.floats(0, 50))
def test_symbols_stay_in_their_range(cell, seed, scale):
    trace, states = traced(cell, seed, scale, initial=0.3)
    for name, array in trace.items():
        low, high = CELLS[cell].bounds(name)
        if name != "h" or not cell.startswith("GRU"):
            assert low is None or (array >= low).all(), name
            assert high is None or (array <= high).all(), name
    if CELLS[cell].bounds("h") == (-1, 1):
        bound = max(1, np.abs(states["h"]).max())
        assert (np.abs(trace["h"]) <= bound + ROUNDING).all()


@wild
@given(seed=st.integers(0, 10**6), scale=st.floats(0, 50), initial=st.floats(0, 20))
def test_lstm_memory_grows_by_one_a_step_at_most(seed, scale, initial):
    trace, states = traced("LSTM", seed, scale, initial=initial)
    most = np.abs(states["c"]) + np.arange(1, 41)[:, None]
    assert (np.abs(trace["c"]) <= most * (1 + ROUNDING)).all()
    assert (np.abs(trace["h"]) <= 1).all()


@wild
@given(seed=st.integers(0, 10**6), scale=st.floats(0, 1.5))
def test_h_of_an_lstm_stays_below_1_until_floating_point_rounds_it_there(seed, scale):
    trace, _ = traced("LSTM", seed, scale)
    assert (np.abs(trace["h"]) < 1).all()


@pytest.mark.parametrize("cell", ["GRU", "GRU (reset after)"])
@wild
@given(seed=st.integers(0, 10**6), scale=st.floats(0, 50), initial=st.floats(0, 20))
def test_gru_h_lies_between_what_it_was_and_the_candidate(cell, seed, scale, initial):
    trace, states = traced(cell, seed, scale, initial=initial)
    h_prev = np.concatenate((states["h"][None], trace["h"][:-1]))
    low, high = np.minimum(h_prev, trace["c_tilde"]), np.maximum(h_prev, trace["c_tilde"])
    slack = ROUNDING * max(1, initial)
    assert (trace["h"] >= low - slack).all()
    assert (trace["h"] <= high + slack).all()
    assert (np.abs(trace["h"]) <= max(1, np.abs(states["h"]).max()) + slack).all()


def steered(kind, biases: dict[str, float], seed: int = 0) -> Weights:
    """Random weights whose gates are held by their bias alone."""
    W, U, b = Network.random(kind, 3, 5, seed=seed).layers[0].forward
    for gate, value in biases.items():
        W, U = W._replace(**{gate: np.zeros((3, 5))}), U._replace(**{gate: np.zeros((5, 5))})
        b = b._replace(**{gate: np.full(5, value)})
    return Weights(W, U, b)


SHUT, OPEN = -1_000.0, 1_000.0


def unrolled(cell: str, weights: Weights):
    rng, kind = np.random.default_rng(1), CELLS[cell]
    states = [rng.normal(size=5) for _ in kind.states]
    inputs = rng.normal(size=(30, 3))
    arrays_ = kind.unroll(*weights, inputs, *states)
    return dict(zip(kind.symbols, arrays_, strict=True)), dict(zip(kind.states, states, strict=True))


def test_lstm_with_f_1_and_i_0_keeps_c():
    trace, states = unrolled("LSTM", steered("LSTM", {"f": OPEN, "i": SHUT}))
    np.testing.assert_array_equal(trace["c"], np.broadcast_to(states["c"], (30, 5)))


def test_lstm_with_f_0_and_i_and_o_1_has_memory_through_h_alone():
    trace, _ = unrolled("LSTM", steered("LSTM", {"f": SHUT, "i": OPEN, "o": OPEN}))
    np.testing.assert_array_equal(trace["c"], trace["c_tilde"])
    np.testing.assert_array_equal(trace["h"], np.tanh(trace["c_tilde"]))


@pytest.mark.parametrize("cell", ["GRU", "GRU (reset after)"])
def test_gru_with_u_0_keeps_h_and_with_u_1_replaces_it(cell):
    trace, states = unrolled(cell, steered(cell, {"u": SHUT}))
    np.testing.assert_array_equal(trace["h"], np.broadcast_to(states["h"], (30, 5)))
    trace, _ = unrolled(cell, steered(cell, {"u": OPEN}))
    np.testing.assert_allclose(trace["h"], trace["c_tilde"], rtol=0, atol=1e-15)


def test_as_printed_h_shows_the_cell_state_of_the_step_before():
    trace, states = unrolled("LSTM (as printed)", steered("LSTM", {}))
    c_prev = np.concatenate((states["c"][None], trace["c"][:-1]))
    np.testing.assert_allclose(trace["h"], trace["o"] * np.tanh(c_prev), rtol=0, atol=1e-15)
    assert np.abs(trace["h"] - trace["o"] * np.tanh(trace["c"])).max() > 0.01


def z_keeps(W, U, b, x, h):
    """The GRU as PyTorch, Keras and ONNX write it: z = 1 keeps."""
    z = sigmoid(x @ W.u + h @ U.u + b.u)
    r = sigmoid(x @ W.r + h @ U.r + b.r)
    return z * h + (1 - z) * tanh(x @ W.c + (r * h) @ U.c + b.c)


def test_gru_that_keeps_with_z_is_ours_with_the_update_block_negated():
    rng = np.random.default_rng(0)
    W, U, b = Network.random("GRU", 3, 5).layers[0].forward
    x, h = rng.normal(size=3), rng.normal(size=5)
    W2, U2, b2 = (blocks._replace(u=-blocks.u) for blocks in (W, U, b))
    np.testing.assert_allclose(gru.step(W2, U2, b2, x, h).h, z_keeps(W, U, b, x, h), rtol=0, atol=1e-15)
    assert np.abs(gru.step(W, U, b, x, h).h - z_keeps(W, U, b, x, h)).max() > 0.01


def test_resets_agree_where_r_is_1_and_differ_elsewhere():
    def gap(weights: Weights) -> float:
        b = gru_reset_after.Biases(*weights.b, hc=np.zeros(5))
        before = unrolled("GRU", weights)[0]["h"]
        return float(np.abs(before - unrolled("GRU (reset after)", weights._replace(b=b))[0]["h"]).max())

    assert gap(steered("GRU", {"r": OPEN})) < 1e-14
    assert gap(steered("GRU", {})) > 1e-3


def test_lstm_steps_are_the_sentences_of_the_article():
    rng = np.random.default_rng(0)
    weights = steered("LSTM", {})
    x, h, c = rng.normal(size=3), rng.normal(size=5), rng.normal(size=5)
    step = lstm.step(*weights, x, h, c)
    np.testing.assert_allclose(step.c, step.f * c + step.i * step.c_tilde)
    np.testing.assert_allclose(step.h, step.o * np.tanh(step.c))


@given(arrays(np.float64, 8, elements=st.floats(allow_nan=False, width=64)))
def test_functions_are_calm_on_any_number(a):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        gate, both = sigmoid(a), sigmoid(a) + sigmoid(-a)
        shares = softmax(np.clip(a, -1e300, 1e300))
    assert ((gate >= 0) & (gate <= 1)).all()
    np.testing.assert_allclose(both, 1, rtol=0, atol=1e-15)
    np.testing.assert_allclose(shares.sum(), 1, rtol=0, atol=1e-12)
    assert shares[a.argmax()] == shares.max()


def test_sigmoid_at_its_ends():
    assert sigmoid(np.array([40.0, -40.0, 0.0])).tolist() == [1, 0, 0.5]
    np.testing.assert_allclose(sigmoid(np.array([2.0])), 1 / (1 + np.exp(-2.0)), rtol=1e-15)


def test_every_symbol_of_every_cell_is_in_the_notation_table():
    for cell in CELLS.values():
        assert set(cell.symbols) | {"x"} <= set(SYMBOLS)
    assert {name: (s.low, s.high) for name, s in SYMBOLS.items()} == {
        **dict.fromkeys("fiour", (0, 1)),
        **dict.fromkeys(("c_tilde", "h"), (-1, 1)),
        **dict.fromkeys("cx", (None, None)),
    }


@cells
def test_one_seed_gives_one_figure(cell):
    """All that is measured of a network hangs on its seed and its input alone."""

    def figures(seed: int):
        network = Network.random(cell, 3, 4, seed=seed)
        inputs = np.random.default_rng(1).normal(size=(12, 3))
        trace = network.run(inputs).layers[0].forward
        flowed = flow(trace, network.layers[0].forward, 11)
        maps = [] if cell.startswith("RNN") else [provenance_maps(trace)]
        shares = [share for gate in saturation(trace).values() for share in gate]
        gradient = output_gradient(network, inputs, 11, 0)
        return [*trace.arrays.values(), flowed.state, flowed.around, gradient.inputs, *maps, *shares]

    for one, again in zip(figures(5), figures(5), strict=True):
        np.testing.assert_array_equal(one, again)
    assert (figures(6)[0] != figures(5)[0]).any()
