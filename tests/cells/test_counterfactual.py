"""What a token changed, against two runs compared by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cells import CELLS, Edit, Network, counterfactual
from cells.counterfactual import answers_without, without
from cells.layers import Readout
from cells.provenance import provenance
from cells.weights import Weights

cells = pytest.mark.parametrize("cell", CELLS)


def network_and_inputs(cell: str, layers: int = 2):
    network = Network.random(cell, 3, 4, layers=layers, bidirectional=True, seed=1)
    return network, np.random.default_rng(2).normal(size=(8, 3))


@cells
@pytest.mark.parametrize("step", [0, 3, 7])
def test_replacing_a_token_is_running_the_other_sequence(cell, step):
    network, inputs = network_and_inputs(cell)
    other = inputs.copy()
    other[step] = [1, -1, 0.5]
    found = without(network, inputs, step, other[step])
    for depth, (changes, one, two) in enumerate(
        zip(found.layers, network.run(inputs).layers, network.run(other).layers, strict=True)
    ):
        for direction in ("forward", "backward"):
            for state, change in getattr(changes, direction).items():
                expected = getattr(one, direction)[state] - getattr(two, direction)[state]
                np.testing.assert_array_equal(change, expected)
        if depth == 0:  # further up, each direction has read both of the layer below
            assert not changes.forward["h"][:step].any()
            assert not changes.backward["h"][step + 1 :].any()


@cells
@pytest.mark.parametrize("step", [0, 3, 7])
def test_removing_a_token_leaves_the_state_that_was_before_it(cell, step):
    network, inputs = network_and_inputs(cell, layers=1)
    found = without(network, inputs, step)
    shorter = network.run(np.delete(inputs, step, axis=0)).layers[0]
    others = [t for t in range(8) if t != step]
    for direction in ("forward", "backward"):
        trace = getattr(found.actual.layers[0], direction)
        for state, change in getattr(found.layers[0], direction).items():
            np.testing.assert_array_equal(
                change[others], trace[state][others] - getattr(shorter, direction)[state]
            )
            np.testing.assert_array_equal(change[step], (trace[state] - trace.previous(state))[step])


@cells
def test_edits_are_in_force_in_both_runs_with_the_means_of_the_first(cell):
    network, inputs = network_and_inputs(cell, layers=1)
    gate = CELLS[cell].symbols[0]
    edits = (
        Edit(gate, (1,), (2, 3), "set", 0.25),
        Edit("h", (2, 0), (1, None), "mean"),
        Edit(gate, (3,), how="mean"),
    )
    other = inputs.copy()
    other[4] = [1, -1, 0.5]
    found = without(network, inputs, 4, other[4], edits=edits)
    trace, changed = found.actual.layers[0].forward, found.other.layers[0].forward
    for symbol in trace.symbols:
        np.testing.assert_array_equal(
            trace[symbol], network.run(inputs, edits=edits).layers[0].forward[symbol]
        )
        np.testing.assert_array_equal(changed[symbol][:4], trace[symbol][:4])
    means = network.means(inputs)[0, "forward"]
    np.testing.assert_array_equal(changed["h"][1:, [0, 2]], np.tile(means["h"][[0, 2]], (7, 1)))
    assert found.layers[0].forward["h"][4:].any()


@pytest.mark.parametrize(
    ("gap", "steps", "there"),
    [
        (3, (1, 2), (1, 2)),
        (3, (5, 6), (4, 5)),
        (3, (2, 4), (2, 3)),
        (3, (3, 4), (3, 3)),
        (3, (2, 3), (2, 2)),
        (3, (3, 3), None),
        (7, (7, None), None),
        (0, (0, 0), None),
        (7, (6, 7), (6, 6)),
        (3, (4, None), (3, None)),
        (3, (2, None), (2, None)),
    ],
)
def test_an_edit_stays_on_its_tokens_where_one_is_removed(gap, steps, there):
    network, inputs = network_and_inputs("LSTM")
    found = without(network, inputs, gap, edits=(Edit("f", None, steps, value=0.5),))
    edits = () if there is None else (Edit("f", None, there, value=0.5),)
    shorter = network.run(np.delete(inputs, gap, axis=0), edits=edits)
    np.testing.assert_array_equal(found.other.layers[1].backward["h"], shorter.layers[1].backward["h"])
    if there:
        assert (
            np.abs(
                network.run(np.delete(inputs, gap, axis=0)).layers[1].forward["h"]
                - found.other.layers[1].forward["h"]
            ).max()
            > 1e-6
        )


def test_a_token_of_an_embedding_is_a_number():
    network = Network("GRU", Network.random("GRU", 3, 4).layers, embedding=np.eye(5, 3))
    found = without(network, [1, 2, 3], 1, 4)
    np.testing.assert_array_equal(
        found.other.layers[0].forward["h"], network.run([1, 4, 3]).layers[0].forward["h"]
    )


def test_where_no_gate_listens_it_is_what_the_token_wrote():
    """Without U and with gates that do not read x, c is linear: a token of zeros writes nothing."""
    W, U, b = Network.random("LSTM", 3, 4, seed=3).layers[0].forward
    silent = Weights(
        type(W)(f=0 * W.f, i=0 * W.i, o=0 * W.o, c=W.c), type(U)(*(0 * u for u in U)), b._replace(c=0 * b.c)
    )
    network = Network("LSTM", (type(Network.random("LSTM", 3, 4).layers[0])(silent),))
    inputs = np.random.default_rng(0).normal(size=(9, 3))
    change = without(network, inputs, 4, np.zeros(3)).layers[0].forward["c"]
    trace = network.run(inputs).layers[0].forward
    np.testing.assert_allclose(change[8], provenance(trace, 8)[5], rtol=0, atol=1e-15)


def test_mistakes_are_named():
    network, inputs = network_and_inputs("GRU")
    with pytest.raises(IndexError, match=r"choose 0\.\.7"):
        without(network, inputs, 8)
    with pytest.raises(ValueError, match="give a replacement"):
        without(network, inputs[:1], 0)


@pytest.mark.parametrize("both", [False, True])
@cells
def test_the_answers_without_each_token_are_those_of_the_shorter_texts(cell, both, monkeypatch):
    monkeypatch.setattr(counterfactual, "ROOM", 8 * 4 * 2 * 3)  # three tokens a batch
    network = Network.random(cell, 3, 4, layers=2, bidirectional=both, seed=1)
    width = 8 if both else 4
    rng = np.random.default_rng(2)
    network = replace(network, readout=Readout(rng.normal(size=(width, 5)), rng.normal(size=5), "softmax"))
    inputs = rng.normal(size=(8, 3))
    found = answers_without(network, inputs)
    for token in range(8):
        shorter = network.run(np.delete(inputs, token, axis=0)).output
        np.testing.assert_allclose(np.delete(found[token], token, axis=0), shorter, atol=1e-12)
        before = None if both or token == 0 else shorter[token - 1]
        if before is None:
            assert np.isnan(found[token, token]).all()
        else:
            np.testing.assert_allclose(found[token, token], before, atol=1e-12)


def test_what_can_not_be_left_out_is_refused():
    network = Network.random("LSTM", 3, 4, seed=1)
    with pytest.raises(ValueError, match="readout"):
        answers_without(network, np.zeros((3, 3)))
    answering = replace(network, readout=Readout(np.zeros((4, 2)), np.zeros(2), "linear"))
    with pytest.raises(ValueError, match="single token"):
        answers_without(answering, np.zeros((1, 3)))
