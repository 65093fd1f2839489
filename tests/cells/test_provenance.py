"""A memory is the sum of what its steps wrote and what is left of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cells import CELLS, Network, provenance
from cells.layers import Layer
from cells.provenance import erased, memory_parts, provenance_map, provenance_maps
from cells.weights import Weights

MEMORY = {name: "c" if name.startswith("LSTM") else "h" for name in CELLS if not name.startswith("RNN")}


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
    assert rows.shape == (26, 4)
    assert not rows[1 : t + 1].any()
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
def test_in_reverse_a_row_still_belongs_to_its_step(cell):
    """The mirrored run of the exchanged direction has the same parts, each under its step's mirror image."""
    network, inputs, begun, layer = traced(cell, 2)
    swapped = replace(network, layers=(Layer(*network.layers[0][::-1]),))
    mirrored = swapped.run(inputs[::-1], initial=[begun[0]._replace(forward=begun[0].backward)])
    for t in (0, 11, 24):
        rows, image = provenance(layer.backward, t), provenance(mirrored.layers[0].forward, 24 - t)
        np.testing.assert_allclose(rows[0], image[0], rtol=0, atol=1e-14)
        np.testing.assert_allclose(rows[t + 1 :], image[:0:-1], rtol=0, atol=1e-14)
        np.testing.assert_allclose(rows[t + 1], memory_parts(layer.backward).written[t], rtol=0, atol=0)


def both(layer):
    return {"forward": layer.forward, "backward": layer.backward}


directions = pytest.mark.parametrize("direction", ["forward", "backward"])


@pytest.mark.parametrize("cell", MEMORY)
@directions
def test_maps_hold_the_provenance_of_every_step(cell, direction):
    trace = both(traced(cell, 4)[-1])[direction]
    maps = provenance_maps(trace)
    assert maps.shape == (25, 26, 4)
    for t in range(25):
        rows = provenance(trace, t)
        np.testing.assert_allclose(maps[t, : len(rows)], rows, rtol=0, atol=1e-15)
        assert not maps[t, len(rows) :].any()
    np.testing.assert_allclose(maps.sum(axis=1), trace[MEMORY[cell]], rtol=0, atol=1e-12)
    np.testing.assert_array_equal(provenance_map(trace, 2), maps[..., 2])


@pytest.mark.parametrize("cell", MEMORY)
@directions
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), unit=st.integers(0, 3))
def test_what_was_erased_and_what_is_left_is_what_was_written(cell, direction, seed, unit):
    trace = both(traced(cell, seed)[-1])[direction]
    took, (kept, written, memory) = erased(trace, unit), memory_parts(trace)
    last = 0 if trace.reverse else 24
    wrote = np.append(trace.initial[memory][unit], written[:, unit])
    np.testing.assert_allclose(
        took.sum(axis=0) + provenance_map(trace, unit)[last], wrote, rtol=0, atol=1e-12
    )
    before = trace.previous(memory)[:, unit]
    np.testing.assert_allclose(took.sum(axis=1), (1 - kept[:, unit]) * before, rtol=0, atol=1e-12)
    s, t = (17, 9) if trace.reverse else (9, 17)
    survived = kept[t + 1 : s, unit] if trace.reverse else kept[s + 1 : t, unit]
    expected = written[s, unit] * survived.prod() * (1 - kept[t, unit])
    np.testing.assert_allclose(took[t, s + 1], expected, rtol=1e-9, atol=1e-15)
    assert took[s, t + 1] == took[s, s + 1] == 0


def test_an_open_gate_erases_nothing_and_a_shut_one_everything():
    network = Network.random("LSTM", 3, 4, seed=5)
    (W, U, b), _ = network.layers[0]
    inputs = np.random.default_rng(0).normal(size=(6, 3))
    for bias, left in ((1000.0, 0.0), (-1000.0, 1.0)):
        weights = Weights(W._replace(f=0 * W.f), U._replace(f=0 * U.f), b._replace(f=np.full(4, bias)))
        trace = replace(network, layers=(Layer(weights),)).run(inputs).layers[0].forward
        took, wrote = erased(trace, 1), memory_parts(trace).written[:, 1]
        np.testing.assert_array_equal(np.diag(took[1:], 1)[: len(wrote) - 1], left * wrote[:-1])
        assert took.sum() == pytest.approx(left * wrote[:-1].sum())


def test_only_the_memory_of_gated_cells_adds_up():
    trace = Network.random("RNN", 3, 4).run(np.ones((5, 3))).layers[0].forward
    with pytest.raises(ValueError, match="RNN has no memory that adds up"):
        provenance(trace, 2)
    trace = Network.random("GRU", 3, 4).run(np.ones((5, 3))).layers[0].forward
    with pytest.raises(IndexError, match=r"choose 0\.\.4"):
        provenance(trace, 5)
