"""Backpropagation through time against central differences, and the laws of batches."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from cells import CELLS, Edit, Network
from cells.bptt import backward, forward
from cells.layers import Layer, Readout
from cells.loading.layouts import LAYOUTS, split
from cells.parameters import Theta, blocks_by_name, by_name, network_of_parts, parts_of

FOLDER = Path(__file__).parents[1] / "goldens"
SMALL = 1e-5


def made(cell, bidirectional=False, layers=1, embedding=False, seed=0):
    rng = np.random.default_rng(seed)
    plain = Network.random(cell, 3, 4, layers, bidirectional, seed)
    width = 8 if bidirectional else 4
    table = rng.normal(size=(6, 3)) if embedding else None
    readout = Readout(rng.normal(size=(width, 2)), rng.normal(size=2))
    theta = Theta(Network(cell, plain.layers, table, readout), "float64")
    theta.vector *= 1.7  # far enough from the origin for every slope to matter
    return theta


def batch(embedding=False, seed=1, steps=7):
    rng = np.random.default_rng(seed)
    lengths = np.array([steps, 1, 4])
    given = rng.integers(0, 6, (steps, 3, 2)) if embedding else rng.normal(size=(steps, 3, 3))
    inside = np.arange(steps)[:, None] < lengths
    weighting = rng.normal(size=(steps, 3, 2)) * inside[..., None]
    return given, lengths, weighting


def slope_along(theta, given, lengths, weighting, along):
    """The central difference of L = Σ weighting · output along a direction of the vector."""
    start, losses = theta.vector.copy(), []
    for sign in (1, -1):
        theta.vector[:] = start + sign * SMALL * along
        losses.append((forward(theta.parts, given, lengths).output * weighting).sum())
    theta.vector[:] = start
    return (losses[0] - losses[1]) / (2 * SMALL)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("bidirectional", [False, True])
@pytest.mark.parametrize("layers", [1, 2, 3])
@pytest.mark.parametrize("embedding", [False, True])
def test_gradients_agree_with_central_differences(cell, bidirectional, layers, embedding):
    theta = made(cell, bidirectional, layers, embedding)
    given, lengths, weighting = batch(embedding)
    gradients = backward(theta.parts, forward(theta.parts, given, lengths), weighting)
    along = np.random.default_rng(2).normal(size=theta.vector.shape)
    flat = np.concatenate([gradients[name].ravel() for name in theta.shapes])
    assert flat @ along == pytest.approx(slope_along(theta, given, lengths, weighting, along), rel=1e-6)


@pytest.mark.parametrize("cell", CELLS)
def test_every_array_alone_agrees_with_central_differences(cell):
    """Along each array by itself, so that no error hides behind a larger gradient."""
    theta = made(cell, bidirectional=True)
    given, lengths, weighting = batch()
    gradients = backward(theta.parts, forward(theta.parts, given, lengths), weighting)
    for name in theta.shapes:
        along = np.zeros_like(theta.vector)
        part = theta.views(along)[name]
        part[...] = np.random.default_rng(3).normal(size=part.shape)
        expected = slope_along(theta, given, lengths, weighting, along)
        assert (gradients[name] * part).sum() == pytest.approx(expected, rel=1e-5, abs=1e-9), name


@pytest.mark.parametrize("cell", CELLS)
def test_inputs_receive_their_gradient(cell):
    theta = made(cell, bidirectional=True, layers=2)
    given, lengths, weighting = batch()
    gradient = backward(theta.parts, forward(theta.parts, given, lengths), weighting)["inputs"]
    along = np.random.default_rng(4).normal(size=given.shape)
    outputs = [forward(theta.parts, given + sign * SMALL * along, lengths).output for sign in (1, -1)]
    slope = ((outputs[0] - outputs[1]) * weighting).sum() / (2 * SMALL)
    assert (gradient * along).sum() == pytest.approx(slope, rel=1e-6)


@pytest.mark.parametrize("cell", CELLS)
def test_a_batch_computes_what_each_sequence_computes_alone(cell):
    theta = made(cell, bidirectional=True, layers=2)
    given, lengths, _ = batch()
    together = forward(theta.parts, given, lengths).output
    network = network_of_parts(theta.parts)
    for column, length in enumerate(lengths):
        alone = network.run(given[:length, column]).output
        np.testing.assert_allclose(together[:length, column], alone, rtol=0, atol=1e-12)


@pytest.mark.parametrize("cell", CELLS)
def test_padding_reaches_nothing(cell):
    theta = made(cell, bidirectional=True, layers=2)
    given, lengths, weighting = batch()
    other = np.where((np.arange(len(given))[:, None] < lengths)[..., None], given, 99.0)
    one, two = (backward(theta.parts, forward(theta.parts, x, lengths), weighting) for x in (given, other))
    for name in theta.shapes:
        np.testing.assert_allclose(one[name], two[name], rtol=0, atol=1e-12)


def test_names_and_parts_are_two_views_of_one_network():
    network = network_of_parts(made("GRU (reset after)", bidirectional=True, layers=2, embedding=True).parts)
    again = network_of_parts(parts_of(network.cell, by_name(network)))
    assert by_name(network).keys() == by_name(again).keys()
    assert all(np.array_equal(array, by_name(again)[name]) for name, array in by_name(network).items())
    assert sum(array.size for array in by_name(network).values()) == network.parameters


def test_a_missing_array_is_named():
    arrays = by_name(network_of_parts(made("LSTM").parts))
    del arrays["layers.0.forward.U.o"]
    with pytest.raises(ValueError, match=r"layers\.0\.forward\.U\.o is missing"):
        parts_of("LSTM", arrays)


GRADIENTS = {name: FOLDER / "gradients" / f"{name}.npz" for name in ("rnn", "lstm", "gru_reset_after")}


@pytest.mark.parametrize("name", GRADIENTS)
def test_gradients_agree_with_pytorch(name):
    """Both computed in float64 and kept in float32: what differs is that rounding."""
    with np.load(GRADIENTS[name]) as file, np.load(FOLDER / f"pytorch_{name}.npz") as golden:
        cell, theirs, given = str(file["cell"]), dict(file), dict(golden)
    layout = LAYOUTS["PyTorch", cell]
    cases = sorted({key.split("/")[0] for key in theirs if "/" in key})
    assert len(cases) == 20
    for case in cases:
        mine = {key.split("/")[1]: array for key, array in given.items() if key.startswith(f"{case}/")}
        want = {key.split("/")[1]: array for key, array in theirs.items() if key.startswith(f"{case}/")}
        layers, directions = mine["float64"].shape[:2]
        sides = [(k, d, f"l{k}" + "_reverse" * d) for k in range(layers) for d in range(directions)]
        weights = {(k, d): split(layout, *stacks(mine, place, (1, 1))) for k, d, place in sides}
        made = [Layer(*(weights[k, d] for d in range(directions))) for k in range(layers)]
        network = Network(cell, tuple(made)).astype("float64")
        inputs = mine["inputs"][:, None].astype("float64")
        passes = forward(network, inputs, np.array([len(inputs)]))
        found = backward(network, passes, want["weighting"][:, None].astype("float64"))
        np.testing.assert_allclose(found["inputs"][:, 0], want["inputs"], rtol=1e-5, atol=1e-6)
        for k, d, place in sides:
            # Our one bias stands for their two, and receives what each of them receives.
            beside_W, beside_U = (split(layout, *stacks(want, place, kept)) for kept in ((1, 0), (0, 1)))
            expected = blocks_by_name(CELLS[cell], beside_W, f"layers.{k}.{('forward', 'backward')[d]}")
            if hasattr(beside_U.b, "hc"):
                expected[f"layers.{k}.{('forward', 'backward')[d]}.b.hc"] = beside_U.b.hc
            for path, array in expected.items():
                np.testing.assert_allclose(found[path], array, rtol=1e-5, atol=1e-6, err_msg=f"{case} {path}")


def stacks(arrays, place, kept):
    """Kernel, recurrent kernel and both biases of a state_dict, biases times what is kept of them."""
    biases = np.stack(
        [arrays[f"bias_{side}_{place}"] * keep for side, keep in zip(("ih", "hh"), kept, strict=True)]
    )
    return arrays[f"weight_ih_{place}"], arrays[f"weight_hh_{place}"], biases


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("bidirectional", [False, True])
@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("embedding", [False, True])
def test_edits_of_a_batch_are_those_of_each_sequence_alone(cell, bidirectional, layers, embedding):
    network = network_of_parts(made(cell, bidirectional, layers, embedding).parts)
    given, lengths, _ = batch(embedding)
    symbols = CELLS[cell].symbols
    edits = [
        Edit(symbols[0], (1, 3), value=0.3),
        Edit(symbols[-1], how="scale", value=(0.5, 1.0, -1.0, 2.0), layer=layers),
        Edit(symbols[0], (2,), (0, None), "add", 0.2, direction="backward" if bidirectional else "forward"),
    ]
    passes = forward(network, given, lengths, edits=edits)
    usual = forward(network, given, lengths)
    for column, length in enumerate(lengths):
        alone = network.run(given[:length, column], edits=edits).output
        np.testing.assert_allclose(passes.output[:length, column], alone, rtol=0, atol=1e-12)
        # The misprint shows nothing of its first step, edited or not.
        assert length == 1 or not np.allclose(usual.output[:length, column], alone)


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (Edit("f", steps=(2, 3)), r"an edit of steps \(2, 3\): sequences of a batch differ in length"),
        (Edit("f", how="mean"), "an edit's mean is another for each sequence of a batch; set means"),
        (Edit("u"), "LSTM has no 'u' to edit"),
    ],
)
def test_what_is_not_the_same_for_every_sequence_of_a_batch_is_refused(edit, says):
    given, lengths, _ = batch()
    with pytest.raises(ValueError, match=says):
        forward(made("LSTM").parts, given, lengths, edits=[edit])
