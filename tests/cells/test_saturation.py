"""Shares of steps at a gate's ends."""

from __future__ import annotations

import numpy as np
import pytest

from cells import CELLS, Network
from cells.saturation import saturation
from cells.trace import Trace


def test_shares_are_counted_for_each_gate_and_unit():
    f = np.array([[0.05, 0.95], [0.1, 0.9], [0.5, 0.91], [0.0, 1.0]])
    found = saturation(Trace("made up", {"f": f, "h": f}, f, {}))
    assert list(found) == ["f"]
    np.testing.assert_array_equal(found["f"].left, [0.5, 0])
    np.testing.assert_array_equal(found["f"].right, [0, 0.75])


@pytest.mark.parametrize(
    ("cell", "gates"), [("RNN", ""), ("LSTM", "fio"), ("GRU", "ur"), ("GRU (reset after)", "ur")]
)
def test_gates_by_cell(cell, gates):
    trace = Network.random(cell, 3, 4).run(np.ones((5, 3))).layers[0].forward
    assert "".join(saturation(trace)) == gates
    assert set(gates) <= set(CELLS[cell].symbols)


def test_an_untrained_lstm_is_not_saturated_until_its_weights_are_large():
    inputs = np.random.default_rng(0).normal(size=(200, 32))
    shares = []
    for factor in (1, 4, 16):
        weights = Network.random("LSTM", 32, 32, initialisation="orthogonal").layers[0].forward
        large = type(weights)(*(type(blocks)(*(factor * a for a in blocks)) for blocks in weights))
        trace = Network("LSTM", (type(Network.random("LSTM", 3, 4).layers[0])(large),)).run(inputs).layers[0]
        f = saturation(trace.forward)["f"]
        shares.append(f.left.mean() + f.right.mean())
    assert shares == sorted(shares) and shares[0] < 0.1 and shares[2] > 0.5
