"""Half-lives: the quoted table, the formula, and what a trace shows where the gate is constant."""

from __future__ import annotations

import numpy as np
import pytest

from cells import CELLS, Network
from cells.layers import Layer, LayerState
from cells.time_scale import decay, half_life, held, of_bias
from cells.weights import Weights, forget_bias

QUOTED = {0: 1.0, 1: 2.2, 2: 5.5, 3: 14.3, 5: 103}


@pytest.mark.parametrize(("bias", "steps"), QUOTED.items())
def test_half_lives_of_a_constant_forget_gate(bias, steps):
    scale = of_bias(bias)
    assert scale.half_life == pytest.approx(steps, abs=0.05 if steps < 100 else 0.5)
    assert scale.f == pytest.approx(1 / (1 + np.exp(-bias)), rel=1e-14)
    assert scale.steps == pytest.approx(1 / (1 - scale.f), rel=1e-12)
    assert scale.f**scale.half_life == pytest.approx(0.5, rel=1e-12)
    np.testing.assert_allclose(half_life(scale.f), scale.half_life, rtol=1e-12)


def test_gates_at_their_ends():
    np.testing.assert_array_equal(half_life([0.0, 0.5, 1.0]), [0, 1, np.inf])
    assert of_bias(50.0).half_life == pytest.approx(np.log(2) * np.exp(50))
    assert of_bias(1000.0).f == 1 and of_bias(-1000.0).half_life < 1e-3


@pytest.mark.parametrize("cell", [name for name in CELLS if not name.startswith("RNN")])
@pytest.mark.parametrize("bias", [-1000.0, 0.0, 3.0, 1000.0])
def test_a_constant_gate_decays_as_its_bias_says(cell, bias):
    rng = np.random.default_rng(0)
    W, U, b = forget_bias(CELLS[cell], 3, 4, rng, bias)
    gate = "f" if "f" in CELLS[cell].blocks else "u"
    still = Weights(W._replace(**{gate: np.zeros((3, 4))}), U._replace(**{gate: np.zeros((4, 4))}), b)
    network = Network(cell, (Layer(still),))
    full = LayerState({state: np.ones(4) for state in CELLS[cell].states})
    found = decay(network.run(rng.normal(size=(30, 3)), [full]).layers[0].forward)
    scale = of_bias(bias, CELLS[cell].functions.gate)
    np.testing.assert_allclose(found.kept, scale.f, rtol=1e-12)
    expected = half_life(scale.f)
    np.testing.assert_allclose(found.half_life, expected, rtol=1e-9)


@pytest.mark.parametrize("cell", ["LSTM", "GRU"])
def test_the_mean_is_geometric_over_the_steps_that_find_something_to_keep(cell):
    trace = Network.random(cell, 3, 4).run(np.random.default_rng(1).normal(size=(30, 3))).layers[0].forward
    kept = trace["f"] if cell == "LSTM" else 1 - trace["u"]
    np.testing.assert_allclose(decay(trace).kept ** 29, kept[1:].prod(axis=0), rtol=1e-12)
    later = trace.slice(10, 30)  # begins with what ten steps have written
    np.testing.assert_allclose(decay(later).kept ** 20, kept[10:].prod(axis=0), rtol=1e-12)


def test_a_gate_that_never_had_anything_to_keep_says_nothing():
    network = Network.random("LSTM", 3, 4)
    alone = network.run(np.ones((1, 3))).layers[0].forward
    assert np.isnan(decay(alone).kept).all() and np.isnan(decay(alone).half_life).all()
    both = Network.random("LSTM", 3, 4, bidirectional=True).run(np.ones((9, 3))).layers[0].backward
    assert np.isnan(held(both)).all(axis=1).tolist() == [False] * 8 + [True]
    with pytest.raises(ValueError, match="no memory"):
        decay(Network.random("RNN", 3, 4).run(np.ones((3, 3))).layers[0].forward)
