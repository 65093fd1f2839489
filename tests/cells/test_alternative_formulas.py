"""The same weights under another formula: which are the same function, and which are not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cells import Network
from cells.alternative_formulas import SISTERS, negated, reread, unroll_z_keeps


@pytest.mark.parametrize("cell", ["GRU", "GRU (reset after)"])
def test_z_that_keeps_with_the_signs_turned_is_u_that_writes(cell):
    network, inputs = Network.random(cell, 3, 5, seed=1), np.random.default_rng(2).normal(size=(20, 3))
    h, weights = network.run(inputs).layers[0].forward["h"], network.layers[0].forward
    np.testing.assert_allclose(unroll_z_keeps(cell, negated(weights), inputs), h, rtol=0, atol=1e-14)
    assert np.abs(unroll_z_keeps(cell, weights, inputs) - h).max() > 0.01


def test_resets_agree_where_r_is_1_and_differ_otherwise():
    network, inputs = Network.random("GRU", 3, 5, seed=1), np.random.default_rng(2).normal(size=(20, 3))

    def gap(some: Network) -> float:
        one, other = (
            reread(some, cell).run(inputs).layers[0].forward["h"] for cell in ("GRU", SISTERS["GRU"])
        )
        return float(np.abs(one - other).max())

    assert gap(network) > 1e-3
    layer = network.layers[0]
    open_r = layer.forward._replace(b=layer.forward.b._replace(r=np.full(5, 100.0)))
    assert gap(replace(network, layers=(layer._replace(forward=open_r),))) < 1e-14


@pytest.mark.parametrize("cell", SISTERS)
def test_weights_are_read_by_their_family_alone_and_stay_as_they_are(cell):
    network = Network.random(cell, 3, 5, seed=1, bidirectional=True)
    other = reread(network, SISTERS[cell])
    for one, two in zip(network.layers[0].backward[0], other.layers[0].backward[0], strict=True):
        np.testing.assert_array_equal(one, two)
    with pytest.raises(ValueError, match="can't read"):
        reread(network, "RNN")
