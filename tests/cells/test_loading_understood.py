"""What a file says, what it leaves open, and what is said of both."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import h5py
import numpy as np
import pytest
from onnx import TensorProto, helper, numpy_helper

from cells import CELLS, Network
from cells.loading.errors import LoadError
from cells.loading.files import inspect, load
from cells.parameters import by_name
from cells.saving import as_npz, as_safetensors, state_dict
from cells.untrained import Shape, untrained
from tests.cells.test_loading import recorded, top, understood

TAGGER = "LSTM checkpoint.pth"


def tagger(**answers: str):
    return inspect(recorded("pytorch")[TAGGER][0], TAGGER, **answers)


def test_what_was_understood_is_said():
    found = tagger()
    assert (found.format, found.network.cell, found.directions, found.units) == ("PyTorch", "LSTM", 2, 4)
    assert found.parameters == 799
    names = dict(found.names)
    assert names["model_state_dict.embedding.weight"] == "embedding"
    assert names["model_state_dict.rnn.weight_hh_l1_reverse"] == "layers.1.backward.U (i f c o)"
    assert [question.name for question in found.questions] == ["embedding", "readout"]
    assert found.answers == {"embedding": "yes", "readout": "linear"}
    words = "\n".join(found.lines())
    for said in (
        "PyTorch: LSTM, 2 layers, 2 directions",
        "PyTorch stacks the gates i f c o",
        "readout=linear",
    ):
        assert said in words


def test_answers_are_taken():
    assert tagger(readout="sigmoid").network.readout.kind == "sigmoid"
    assert tagger(readout="none").network.readout is None
    assert tagger(embedding="no").network.embedding is None


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"readout": "relu"}, "readout cannot be 'relu'; choose one of linear, sigmoid, softmax, none"),
        ({"colour": "red"}, "colour is not a question here; the file leaves open: embedding, readout"),
    ],
)
def test_answers_that_do_not_fit_are_refused(answers, said):
    with pytest.raises(LoadError, match=said):
        tagger(**answers)


def test_where_a_file_does_not_say_relu_is_an_answer():
    name = "RNN cell.pt"
    data = recorded("pytorch")[name][0]
    usual = inspect(data, name)
    assert usual.answers == {"nonlinearity": "tanh"} and usual.network.cell == "RNN"
    answered = inspect(data, name, nonlinearity="relu")
    assert answered.network.cell == "RNN (relu)"
    np.testing.assert_array_equal(answered.network.layers[0].forward.W.h, usual.network.layers[0].forward.W.h)


@pytest.mark.parametrize("rise", [5, 6])
@pytest.mark.parametrize("cell", ["LSTM", "GRU", "GRU (reset after)"])
def test_where_weights_alone_do_not_say_either_hard_sigmoid_is_an_answer(cell, rise):
    name = f"{cell} time=7 features=3 units=4 layers=1 directions=1.weights.h5"
    network = inspect(recorded("keras")[name][0], name, gates=f"hard_sigmoid_{rise}").network
    kind = CELLS[network.cell]
    assert (kind.family, kind.functions.gate.name) == (cell, f"hard_sigmoid_{rise}")


@pytest.mark.parametrize("cell", ["RNN", "LSTM", "GRU", "GRU (reset after)"])
def test_what_weights_of_keras_alone_do_not_say_is_asked_and_told(cell):
    name = f"{cell} time=7 features=3 units=4 layers=1 directions=1.weights.h5"
    data = recorded("keras")[name][0]
    found = inspect(data, name)
    gates = {} if cell == "RNN" else {"gates": "sigmoid"}
    assert found.answers == {**gates, "nonlinearity": "tanh"}
    assert [note for note in map(str, found.conventions) if "from the first step to the last" in note]
    kind = CELLS[inspect(data, name, nonlinearity="relu").network.cell]
    assert (kind.family, kind.functions.candidate.name) == (cell, "relu")


def test_of_several_networks_one_is_chosen():
    made = {
        name: Network.random("GRU (reset after)", 3, units, seed=units)
        for name, units in (("a", 4), ("b", 5))
    }
    arrays = {
        f"{part}.{name}": array
        for part, network in made.items()
        for name, array in state_dict(network).items()
    }
    data = io.BytesIO()
    np.savez(data, **arrays)
    first = inspect(data.getvalue(), "two.npz")
    assert first.questions[0].choices == ("a.rnn", "b.rnn") and first.units == 4
    second = inspect(data.getvalue(), "two.npz", part="b.rnn").network
    for name, array in by_name(made["b"]).items():
        np.testing.assert_allclose(by_name(second)[name], array)


@pytest.mark.parametrize("place", ["", "model.", "ema.model."])
def test_of_several_networks_each_has_what_stands_beside_it(place):
    drawn = {
        name: untrained(Shape("LSTM", 4, False, "places", 5, 3, 2, "linear"), n)
        for n, name in enumerate("ab")
    }
    arrays = {
        f"{place}{part}.{name}": array for part in drawn for name, array in state_dict(drawn[part]).items()
    }
    data = io.BytesIO()
    np.savez(data, **arrays)
    for part, network in drawn.items():
        found = inspect(data.getvalue(), "two.npz", part=f"{place}{part}.rnn")
        assert found.unused == ()
        for name, array in by_name(network).items():
            np.testing.assert_allclose(by_name(found.network)[name], array, rtol=1e-6)


def test_a_readout_is_not_taken_when_something_may_stand_between():
    network = Network.random("LSTM", 3, 4, dtype="float32")
    arrays = {**state_dict(network), "norm.weight": np.ones(4, "f4"), "out.weight": np.ones((2, 4), "f4")}
    data = io.BytesIO()
    np.savez(data, **arrays)
    found = inspect(data.getvalue(), "norm.npz")
    assert found.network.readout is None and set(found.unused) == {"norm.weight", "out.weight"}


def without_config(data: bytes) -> bytes:
    file_data = io.BytesIO(data)
    with h5py.File(file_data, "a") as file:
        del file.attrs["model_config"]
    return file_data.getvalue()


@pytest.mark.parametrize("cell", ["RNN", "LSTM", "GRU", "GRU (reset after)"])
def test_an_older_file_without_its_model_is_read_by_its_names(cell):
    name = f"{cell} time=7 features=3 units=4 layers=2 directions=2.h5"
    data, _, inputs, expected = recorded("keras")[name]
    bare = without_config(data)
    (*_, stacked) = inspect(bare, name).questions[0].choices
    network = inspect(bare, name, part=stacked).network
    assert network.cell == cell
    np.testing.assert_allclose(top(network, inputs), expected, rtol=0, atol=1e-6)


def onnx_within(branch: bool) -> tuple[bytes, Network]:
    """A GRU whose weights stand behind Unsqueeze and Identity, in the body of an If or not."""
    rng = np.random.default_rng(0)
    W, R = (rng.normal(size=shape).astype("f4") for shape in ((6, 3), (6, 2)))
    nodes = [
        helper.make_node("Unsqueeze", ["w"], ["W1"], axes=[0]),
        helper.make_node("Identity", ["W1"], ["W"]),
        helper.make_node("Unsqueeze", ["r"], ["R"], axes=[0]),
    ]
    gru = helper.make_node("GRU", ["X", "W", "R"], ["Y"], linear_before_reset=1, name="within")
    said = helper.make_tensor_value_info("Y", TensorProto.FLOAT, None)
    given = [helper.make_tensor_value_info("X", TensorProto.FLOAT, None)]
    kept = [numpy_helper.from_array(W, "w"), numpy_helper.from_array(R, "r")]
    if branch:
        body = helper.make_graph([gru], "body", [], [said])
        gru = helper.make_node("If", ["yes"], ["Y"], then_branch=body, else_branch=body)
    graph = helper.make_graph([*nodes, gru], "g", given, [said], kept)
    from cells.layers import Layer
    from cells.loading.layouts import LAYOUTS, split

    expected = Network("GRU (reset after)", (Layer(split(LAYOUTS["ONNX", "GRU (reset after)"], W, R)),))
    return helper.make_model(graph).SerializeToString(), expected


@pytest.mark.parametrize("branch", [False, True])
def test_onnx_weights_are_found_behind_other_nodes_and_in_branches(branch):
    data, expected = onnx_within(branch)
    found = inspect(data, "within.onnx").network
    for name, array in by_name(expected).items():
        np.testing.assert_array_equal(by_name(found)[name], array)


@pytest.mark.parametrize("archive", ["keras", "onnx"])
def test_a_model_says_itself_what_stands_around(archive):
    name = {"keras": "LSTM tagger.keras", "onnx": "LSTM traced.onnx"}[archive]
    found = understood(archive, name)
    assert found.questions == () and found.unused == ()
    assert found.network.embedding is not None and found.network.readout is not None


def test_keras_2_names_an_activation_in_a_dictionary():
    from cells.loading.keras_model import activation

    assert activation({"activation": {"class_name": "function", "config": "tanh"}}) == "tanh"


def test_the_command_prints_it(tmp_path):
    path = tmp_path / "saved.safetensors"
    path.write_bytes(as_safetensors(Network.random("LSTM", 3, 4)))
    command = [sys.executable, "-m", "cells.loading", str(path)]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    assert "safetensors: LSTM, 1 layer, 1 direction" in done.stdout
    path.write_bytes(b"")
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and done.stderr.startswith("saved.safetensors: ")


def test_load_takes_paths_and_texts(tmp_path):
    network = Network.random("LSTM (as printed)", 3, 4)
    path = tmp_path / "saved.NPZ"
    path.write_bytes(as_npz(network))
    assert load(path).cell == load(str(path)).cell == "LSTM (as printed)"


@pytest.mark.parametrize(
    ("layers", "choices"),
    [
        ([("LSTM", 3, 4)], ()),
        ([("LSTM", 3, 4), ("LSTM", 4, 2)], ("lstm/lstm", "lstm_1/lstm_1", "lstm/lstm + lstm_1/lstm_1")),
        ([("LSTM", 3, 4), ("LSTM", 3, 4)], ("lstm/lstm", "lstm_1/lstm_1")),
        ([("LSTM", 3, 4), ("RNN", 4, 2)], ("lstm/lstm", "simple_rnn_1/simple_rnn_1")),
    ],
)
def test_layers_of_weights_alone_may_be_one_network_where_each_could_read_the_one_below(layers, choices):
    rng, data = np.random.default_rng(0), io.BytesIO()
    with h5py.File(data, "w") as file:
        for number, (cell, features, units) in enumerate(layers):
            kind, gates = {"LSTM": ("lstm", 4), "RNN": ("simple_rnn", 1)}[cell]
            place = f"{kind}_{number}" if number else kind
            shapes = {"kernel": (features, gates * units), "recurrent_kernel": (units, gates * units)}
            for role, shape in {**shapes, "bias": (gates * units,)}.items():
                file[f"{place}/{place}/{kind}_cell/{role}:0"] = rng.normal(size=shape).astype("f4")
    asked = [question for question in inspect(data.getvalue(), "old.h5").questions if question.name == "part"]
    assert [question.choices for question in asked] == ([choices] if choices else [])
    for choice in choices:
        told = {note.key for note in inspect(data.getvalue(), "old.h5", part=choice).conventions}
        assert ("note.guess" in told) == (" + " in choice)


@pytest.mark.parametrize(
    ("said", "cell"),
    [
        ({}, "GRU (reset after)"),
        ({"reset_after": True}, "GRU (reset after)"),
        ({"reset_after": False}, "GRU"),
    ],
)
def test_a_gru_of_keras_resets_after_the_product_unless_it_says_else(said, cell):
    from cells.loading.keras_model import KerasLayer

    assert KerasLayer("gru", "GRU", said, False, True, "", ()).cell == cell


@pytest.mark.parametrize(
    ("cell", "biases", "asked"),
    [("gru", (), True), ("gru", (1,), False), ("gru", (0, 1), False), ("lstm", (), False)],
)
def test_where_the_reset_acts_is_asked_of_weights_without_any_bias(cell, biases, asked):
    gates, data = {"gru": 3, "lstm": 4}[cell], io.BytesIO()
    with h5py.File(data, "w") as file:
        for number in range(2):
            place = f"{cell}_{number}/{cell}_{number}/{cell}_cell"
            for role, rows in (("kernel", 4), ("recurrent_kernel", 4)):
                file[f"{place}/{role}:0"] = np.ones((rows, 4 * gates), "f4")
            if number in biases:
                file[f"{place}/bias:0"] = np.ones((2, 4 * gates), "f4")
    (*_, stacked) = inspect(data.getvalue(), "old.h5").questions[0].choices
    questions = {question.name for question in inspect(data.getvalue(), "old.h5", part=stacked).questions}
    assert ("reset" in questions) == asked
