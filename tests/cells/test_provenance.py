"""A memory is the sum of what its steps wrote and what is left of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cells import CELLS, Network, provenance
from cells.network import Layer

MEMORY = {name: "c" if name.startswith("LSTM") else "h" for name in CELLS if name != "RNN"}


def traced(cell: str, seed: int, steps: int = 25):
    """Both directions of a layer that began in a state other than zero; and its network and inputs."""
    rng = np.random.default_rng(seed)
    network = Network.random(cell, 3, 4, bidirectional=True, seed=seed)
    begun = network.run(rng.normal(size=(9, 3))).final
    inputs = rng.normal(size=(steps, 3))
    return network, inputs, begun, network.run(inputs, initial=begun).layers[0]


@pytest.mark.parametrize("cell", MEMORY)
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), t=st.integers(0, 24))
def test_rows_sum_to_the_memory(cell, seed, t):
    *_, layer = traced(cell, seed)
    rows = provenance(layer.forward, t)
    assert rows.shape == (t + 2, 4)
    np.testing.assert_allclose(rows.sum(axis=0), layer.forward[MEMORY[cell]][t], rtol=0, atol=1e-12)
    rows = provenance(layer.backward, t)
    assert rows.shape == (26 - t, 4)
    np.testing.assert_allclose(rows.sum(axis=0), layer.backward[MEMORY[cell]][t], rtol=0, atol=1e-12)


@pytest.mark.parametrize("cell", MEMORY)
def test_rows_are_what_was_written_times_what_was_kept_since(cell):
    *_, layer = traced(cell, 1)
    trace, t = layer.forward, 17
    keep = trace["f"] if "f" in trace.symbols else 1 - trace["u"]
    write = (trace["i"] if "i" in trace.symbols else trace["u"]) * trace["c_tilde"]
    rows = provenance(trace, t)
    for s in range(-1, t + 1):
        wrote = trace.initial[MEMORY[cell]] if s < 0 else write[s]
        for k in range(s + 1, t + 1):
            wrote = wrote * keep[k]
        np.testing.assert_allclose(rows[s + 1], wrote, rtol=0, atol=1e-14)


@pytest.mark.parametrize("cell", MEMORY)
def test_in_reverse_it_is_the_mirror_image(cell):
    network, inputs, begun, layer = traced(cell, 2)
    swapped = replace(network, layers=(Layer(*network.layers[0][::-1]),))
    mirrored = swapped.run(inputs[::-1], initial=[begun[0]._replace(forward=begun[0].backward)])
    for t in (0, 11, 24):
        np.testing.assert_allclose(
            provenance(layer.backward, t), provenance(mirrored.layers[0].forward, 24 - t)[::-1], atol=1e-14
        )


def test_only_the_memory_of_gated_cells_adds_up():
    trace = Network.random("RNN", 3, 4).run(np.ones((5, 3))).layers[0].forward
    with pytest.raises(ValueError, match="RNN has no memory that adds up"):
        provenance(trace, 2)
    trace = Network.random("GRU", 3, 4).run(np.ones((5, 3))).layers[0].forward
    with pytest.raises(IndexError, match=r"choose 0\.\.4"):
        provenance(trace, 5)
