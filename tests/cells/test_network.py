"""Networks of layers: what they promise about time, direction, seeds, windows and mistakes."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

from cells import CELLS, Network, chunks
from cells.layers import Layer, LayerState, Readout
from cells.weights import Weights
from tests.cells.lively import lively

cells = pytest.mark.parametrize("cell", CELLS)


def inputs(steps: int = 30, features: int = 4, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(steps, features))


def traces(run):
    return [trace for layer in run.layers for trace in layer if trace is not None]


def assert_same(one, other, tolerance: float = 0):
    assert one.symbols == other.symbols
    assert one.reverse == other.reverse
    assert len(one) == len(other)
    for symbol in ("x", *one.symbols):
        np.testing.assert_allclose(one[symbol], other[symbol], rtol=0, atol=tolerance, err_msg=symbol)
    for state in one.initial:
        np.testing.assert_allclose(one.initial[state], other.initial[state], rtol=0, atol=tolerance)


@cells
@pytest.mark.parametrize("bidirectional", [False, True])
def test_shapes(cell, bidirectional):
    network = Network.random(cell, features=4, units=5, layers=3, bidirectional=bidirectional)
    run = network.run(inputs())
    assert len(run.layers) == 3
    assert run.output is None
    for depth, layer in enumerate(run.layers):
        assert (layer.backward is not None) == bidirectional
        for trace in traces(run)[:1] + [trace for trace in layer if trace is not None]:
            assert trace.symbols == CELLS[cell].symbols
            assert all(trace[symbol].shape == (30, 5) for symbol in trace.symbols)
        assert layer.forward["x"].shape == (30, 4 if depth == 0 else 10 if bidirectional else 5)


@cells
def test_a_layer_reads_the_h_of_both_directions_below(cell):
    below, above = Network.random(cell, 4, 5, layers=2, bidirectional=True).run(inputs()).layers
    both = np.concatenate((below.forward["h"], below.backward["h"]), axis=1)
    np.testing.assert_array_equal(above.forward["x"], both)
    np.testing.assert_array_equal(above.backward["x"], both)


@cells
def test_a_step_leaves_the_past_untouched_and_in_reverse_the_future(cell):
    network = lively(Network.random(cell, 4, 5, bidirectional=True))
    changed = inputs()
    changed[12] += 1
    (was,), (now,) = network.run(inputs()).layers, network.run(changed).layers
    for symbol in was.forward.symbols:
        np.testing.assert_array_equal(was.forward[symbol][:12], now.forward[symbol][:12])
        np.testing.assert_array_equal(was.backward[symbol][13:], now.backward[symbol][13:])
    assert (was.forward["h"][12:] != now.forward["h"][12:]).any(axis=1).all()
    assert (was.backward["h"][:13] != now.backward["h"][:13]).any(axis=1).all()


@cells
def test_reversed_input_with_exchanged_directions_gives_the_reversed_exchanged_output(cell):
    network = Network.random(cell, 4, 5, bidirectional=True, seed=3)
    forward, backward = network.layers[0]
    mirrored = replace(network, layers=(Layer(backward, forward),))
    (one,), (other,) = network.run(inputs()).layers, mirrored.run(inputs()[::-1]).layers
    for symbol in one.forward.symbols:
        np.testing.assert_allclose(other.forward[symbol], one.backward[symbol][::-1], rtol=0, atol=1e-14)
        np.testing.assert_allclose(other.backward[symbol], one.forward[symbol][::-1], rtol=0, atol=1e-14)


@cells
def test_two_halves_are_the_whole(cell):
    network = Network.random(cell, 4, 5, layers=2)
    whole = network.run(inputs())
    first = network.run(inputs()[:11])
    second = network.run(inputs()[11:], initial=first.final)
    for one, a, b in zip(traces(whole), traces(first), traces(second), strict=True):
        for symbol in one.symbols:
            np.testing.assert_allclose(
                one[symbol], np.concatenate((a[symbol], b[symbol])), rtol=0, atol=1e-14
            )
    for one, two in zip(whole.final, second.final, strict=True):
        for state in one.forward:
            np.testing.assert_allclose(one.forward[state], two.forward[state], rtol=0, atol=1e-14)


@cells
@pytest.mark.parametrize("window", [(0, 30), (0, 1), (29, 30), (7, 10), (10, 12), (3, 25)])
@pytest.mark.parametrize("bidirectional", [False, True])
def test_a_window_is_a_slice_of_the_whole(cell, window, bidirectional, monkeypatch):
    monkeypatch.setattr(chunks, "CHUNK", 5)
    network = Network.random(cell, 4, 3, layers=2, bidirectional=bidirectional)
    network = replace(
        network, readout=Readout(np.ones((6 if bidirectional else 3, 2)), np.zeros(2), "softmax")
    )
    whole, kept = network.run(inputs()), network.run(inputs(), keep=window)
    for one, other in zip(traces(whole), traces(kept), strict=True):
        assert_same(one.slice(*window), other)
        for state in one.initial:
            np.testing.assert_array_equal(one.slice(*window).previous(state), other.previous(state))
    np.testing.assert_allclose(kept.output, whole.output[slice(*window)], rtol=0, atol=1e-15)


@cells
def test_chunks_do_not_show(cell, monkeypatch):
    network = Network.random(cell, 4, 3, layers=2, bidirectional=True)
    at_once = network.run(inputs())
    monkeypatch.setattr(chunks, "CHUNK", 7)
    for one, other in zip(traces(at_once), traces(network.run(inputs())), strict=True):
        assert_same(one, other, 1e-14)


def test_progress_rises_to_one(monkeypatch):
    monkeypatch.setattr(chunks, "CHUNK", 7)
    heard: list[float] = []
    Network.random("GRU", 4, 3, layers=2, bidirectional=True).run(inputs(), keep=(2, 4), report=heard.append)
    assert heard == sorted(heard)
    assert len(heard) == 20
    assert heard[-1] == 1


@cells
@pytest.mark.parametrize("initialisation", ["uniform", "orthogonal", "forget bias", "chrono"])
def test_same_seed_same_numbers_whatever_the_text(cell, initialisation):
    first, again = (Network.random(cell, 4, 5, 2, True, 7, initialisation=initialisation) for _ in range(2))
    weights = [array.copy() for layer in first.layers for w in layer for blocks in w for array in blocks]
    first.run(inputs(seed=1))
    first.run(inputs(steps=50, seed=2))
    for was, now, other in zip(
        weights,
        (array for layer in first.layers for w in layer for blocks in w for array in blocks),
        (array for layer in again.layers for w in layer for blocks in w for array in blocks),
        strict=True,
    ):
        np.testing.assert_array_equal(was, now)
        np.testing.assert_array_equal(was, other)
    different = Network.random(cell, 4, 5, 2, True, 8, initialisation=initialisation)
    assert (different.layers[0].forward.W[0] != first.layers[0].forward.W[0]).all()


@cells
def test_float32_is_the_same_network_rounded(cell):
    double, single = (Network.random(cell, 4, 5, 2, True, dtype=dtype) for dtype in ("float64", "float32"))
    assert (double.dtype, single.dtype) == ("float64", "float32")
    for one, other in zip(traces(double.run(inputs())), traces(single.run(inputs())), strict=True):
        for symbol in ("x", *one.symbols):
            assert other[symbol].dtype == np.float32
            np.testing.assert_allclose(other[symbol], one[symbol], rtol=0, atol=1e-5)


def test_nothing_can_be_changed():
    network = Network.random("LSTM", 4, 5)
    given = inputs()
    run = network.run(given)
    trace = run.layers[0].forward
    for array in (
        trace["f"],
        trace["x"],
        trace.previous("c"),
        trace.final["h"],
        network.layers[0].forward.W.f,
    ):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
    with pytest.raises(TypeError):
        trace.arrays["f"] = given
    with pytest.raises(FrozenInstanceError):
        trace.cell = "GRU"
    with pytest.raises(FrozenInstanceError):
        network.cell = "GRU"
    before = trace["x"].copy()
    given[:] = 0
    np.testing.assert_array_equal(trace["x"], before)


def test_parameter_counts():
    assert Network.random("LSTM", 600, 600, layers=2).parameters == 5_764_800
    assert Network.random("GRU", 600, 600, layers=2).parameters == 4_323_600
    assert Network.random("RNN", 3, 5, bidirectional=True).parameters == 2 * (15 + 25 + 5)
    small = Network.random("RNN", 3, 5)
    wider = replace(small, embedding=np.ones((7, 3)), readout=Readout(np.ones((5, 2)), np.ones(2)))
    assert wider.parameters == small.parameters + 21 + 12


def test_embedding_looks_rows_up():
    table = inputs(9, 4)
    plain = Network.random("GRU", 4, 5)
    network = replace(plain, embedding=table)
    tokens = [3, 0, 8, 3]
    assert_same(network.run(tokens).layers[0].forward, plain.run(table[tokens]).layers[0].forward)


@pytest.mark.parametrize("kind", ["linear", "sigmoid", "softmax"])
def test_readout(kind):
    rng = np.random.default_rng(0)
    W, b = rng.normal(size=(10, 3)), rng.normal(size=3)
    network = replace(Network.random("GRU", 4, 5, bidirectional=True), readout=Readout(W, b, kind))
    run = network.run(inputs())
    sums = np.concatenate((run.layers[0].forward["h"], run.layers[0].backward["h"]), axis=1) @ W + b
    expected = {"linear": sums, "sigmoid": 1 / (1 + np.exp(-sums)), "softmax": np.exp(sums)}[kind]
    if kind == "softmax":
        expected = expected / expected.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(run.output, expected, atol=1e-14)


def test_as_printed_takes_the_weights_of_the_lstm():
    network = Network.random("LSTM", 4, 5)
    printed = replace(network, cell="LSTM (as printed)").run(inputs()).layers[0].forward
    assert_same(printed, Network.random("LSTM (as printed)", 4, 5).run(inputs()).layers[0].forward)
    assert np.abs(printed["h"] - network.run(inputs()).layers[0].forward["h"]).max() > 0.01


NETWORK = Network.random("LSTM", 4, 5)
EMBEDDED = replace(NETWORK, embedding=np.ones((7, 4)))
HOLED = inputs()
HOLED[3, 2] = np.nan
STATE = LayerState({"h": np.zeros(5), "c": np.zeros(5)})

MISTAKES = {
    "unknown cell": (lambda: Network.random("lstm", 4, 5), "no cell 'lstm'; choose one of 'RNN', 'LSTM'"),
    "unknown initialisation": (
        lambda: Network.random("LSTM", 4, 5, initialisation="ones"),
        "choose one of uniform",
    ),
    "no units": (lambda: Network.random("LSTM", 4, 0), "units is 0"),
    "half precision": (
        lambda: Network.random("LSTM", 4, 5, dtype="float16"),
        "choose one of float64, float32",
    ),
    "features": (lambda: NETWORK.run(np.ones((9, 3))), r"\(9, 3\); this network reads \(time, 4\)"),
    "one axis": (lambda: NETWORK.run(np.ones(4)), r"this network reads \(time, 4\)"),
    "batch": (lambda: NETWORK.run(np.ones((9, 2, 4))), r"this network reads \(time, 4\)"),
    "no steps": (lambda: NETWORK.run(np.ones((0, 4))), "no steps; give at least one row"),
    "text": (lambda: NETWORK.run([["a", "b", "c", "d"]]), "this network reads"),
    "ragged": (lambda: NETWORK.run([[1, 2, 3, 4], [1]]), "all rows of one length"),
    "NaN": (lambda: NETWORK.run(HOLED), "NaN or infinity at step 3; replace it"),
    "infinity": (lambda: NETWORK.run(np.full((2, 4), np.inf)), "NaN or infinity at step 0"),
    "too large": (lambda: NETWORK.astype("float32").run(np.full((2, 4), 1e300)), "float32"),
    "window": (lambda: NETWORK.run(inputs(), keep=(5, 31)), r"within 0\.\.30"),
    "empty window": (lambda: NETWORK.run(inputs(), keep=(5, 5)), "start < stop"),
    "floats for tokens": (lambda: EMBEDDED.run([1.0, 2.0]), "whole numbers"),
    "token": (lambda: EMBEDDED.run([1, 7]), r"input 7 at step 1 must be 0\.\.6"),
    "negative token": (lambda: EMBEDDED.run([-1]), r"must be 0\.\.6"),
    "states": (lambda: NETWORK.run(inputs(), initial=[]), "give one for each of 1 layers"),
    "state without c": (
        lambda: NETWORK.run(inputs(), initial=[LayerState({"h": np.zeros(5)})]),
        "hands on h, c",
    ),
    "state's shape": (
        lambda: NETWORK.run(inputs(), initial=[LayerState({"h": np.zeros(5), "c": np.zeros(4)})]),
        r"c is \(4,\), it must be \(5,\)",
    ),
    "backward state": (
        lambda: NETWORK.run(inputs(), initial=[LayerState(*STATE[:1] * 2)]),
        "no backward state",
    ),
    "no layers": (lambda: Network("LSTM", ()), "at least one layer"),
    "other cell's weights": (lambda: replace(NETWORK, cell="GRU"), "must be the GRU's"),
    "width of the readout": (
        lambda: replace(NETWORK, readout=Readout(np.ones((4, 2)), np.ones(2))),
        "readout: W",
    ),
    "readout": (
        lambda: replace(NETWORK, readout=Readout(np.ones((5, 2)), np.ones(2), "exp")),
        "choose one of",
    ),
    "width of the embedding": (lambda: replace(NETWORK, embedding=np.ones((7, 3))), r"W.f is \(4, 5\)"),
    "weights with NaN": (
        lambda: replace(NETWORK, layers=(Layer(holed(NETWORK.layers[0].forward)),)),
        "layer 1 forward: b.f holds NaN",
    ),
}


def holed(weights: Weights) -> Weights:
    return weights._replace(b=weights.b._replace(f=np.full(5, np.nan)))


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistakes_are_named_with_their_remedy(mistake):
    call, remedy = MISTAKES[mistake]
    with pytest.raises(ValueError, match=remedy):
        call()
