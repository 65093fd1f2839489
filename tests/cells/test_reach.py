"""How far the beginning reaches: the same numbers as single Jacobians, and the parts that they come from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cells import CELLS, Network, state_jacobian
from cells.drawn_networks import QUOTED, Start
from cells.layers import Layer
from cells.provenance import PARTS
from cells.reach import reach

STEPS, UNITS = 21, 5


@pytest.mark.parametrize("direction", ["forward", "backward"])
@pytest.mark.parametrize("cell", CELLS)
def test_reach_is_the_norm_of_each_jacobian_of_the_memory(cell, direction):
    network = Network.random(cell, 3, UNITS, bidirectional=True, seed=2)
    layer = network.run(np.random.default_rng(2).normal(size=(STEPS, 3))).layers[0]
    trace, weights = getattr(layer, direction), getattr(network.layers[0], direction)
    found = reach(trace, weights)
    memory = slice(UNITS, None) if "c" in trace.initial else slice(None)
    kept = np.ones(UNITS)
    for passed in range(STEPS):
        s, t = (STEPS, STEPS - 1 - passed) if trace.reverse else (-1, passed)
        jacobian = state_jacobian(trace, weights, s, t)[memory, memory]
        kept = kept * (PARTS[cell](trace).kept[t] if cell in PARTS else 0)
        expected = np.linalg.norm(jacobian, 2), kept.max(), np.linalg.norm(jacobian - np.diag(kept), 2)
        np.testing.assert_allclose([row[passed] for row in found], expected, rtol=1e-10, atol=1e-300)
    shares = found.share[found.alone + found.around > 0]
    assert ((shares >= 0) & (shares <= 1)).all()


@pytest.mark.parametrize("cell", CELLS)
def test_without_recurrent_weights_all_stays_in_the_memory_that_there_is(cell):
    network = Network.random(cell, 3, UNITS, seed=2)
    drawn = network.layers[0].forward
    weights = drawn._replace(U=type(drawn.U)(*(0 * block for block in drawn.U)))
    cut = replace(network, layers=(Layer(weights),))
    trace = cut.run(np.random.default_rng(2).normal(size=(STEPS, 3))).layers[0].forward
    shares = reach(trace, weights).share
    np.testing.assert_allclose(shares, 1 if cell in PARTS else np.nan, rtol=1e-12)


def test_weights_that_explode_reach_infinity_and_no_further():
    network, inputs = Start("RNN", 8, gain=1e60).on_noise(40, 0)
    trace = network.run(inputs).layers[0].forward
    found = reach(trace, network.layers[0].forward).memory
    assert not np.isnan(found[0])
    tame = Start("LSTM", 8, gain=16, bias=8).on_noise(200, 0)
    assert reach(tame[0].run(tame[1]).layers[0].forward, tame[0].layers[0].forward).memory.max() > 1e6


@pytest.mark.parametrize("start", QUOTED)
def test_a_start_is_its_seed_and_more_steps_only_go_on(start):
    (network, short), (again, long) = start.on_noise(5, 3), start.on_noise(9, 3)
    np.testing.assert_array_equal(short, long[:5])
    for one, two in zip(network.layers[0].forward, again.layers[0].forward, strict=True):
        for block, other in zip(one, two, strict=True):
            np.testing.assert_array_equal(block, other)
    assert not network.layers[0].forward.b[-1].any()
