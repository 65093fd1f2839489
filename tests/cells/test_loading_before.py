"""What a model does before its recurrent layers, or to their time: computed, told or refused."""

from __future__ import annotations

import io
import json
from zipfile import ZipFile

import h5py
import numpy as np
import pytest
from onnx import helper, numpy_helper

from cells.loading.errors import LoadError
from cells.loading.files import inspect
from cells.loading.understood import Understood
from tests.cells.hostile import F32

LSTM = {"class_name": "LSTM", "config": {"name": "lstm", "return_sequences": True}}


def keras(*layers: dict[str, object], group: str = "lstm") -> Understood:
    """A sequential .keras whose LSTM has the weights of 3 features and 2 units."""
    weights, file = io.BytesIO(), io.BytesIO()
    with h5py.File(weights, "w") as tree:
        for place in (f"layers/{group}/cell/vars",) if group == "lstm" else (
            f"layers/{group}/forward_layer/cell/vars",
            f"layers/{group}/backward_layer/cell/vars",
        ):  # fmt: skip
            for name, shape in {"0": (3, 8), "1": (2, 8), "2": (8,)}.items():
                tree[f"{place}/{name}"] = np.ones(shape, "f4")
        tree["layers/embedding/vars/0"] = np.ones((5, 3), "f4")
    with ZipFile(file, "w") as archive:
        archive.writestr(
            "config.json", json.dumps({"class_name": "Sequential", "config": {"layers": layers}})
        )
        archive.writestr("model.weights.h5", weights.getvalue())
    return inspect(file.getvalue(), "a.keras")


def layer(kind: str, **config: object) -> dict[str, object]:
    return {"class_name": kind, "config": {"name": kind.lower(), **config}}


def keys(found: Understood) -> set[str]:
    return {note.key for note in found.conventions}


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ([layer("Masking")], "masking"),
        ([layer("Masking"), layer("Dropout")], "masking"),
        ([layer("Embedding", mask_zero=True)], "embedding"),
        ([layer("Masking"), layer("Dense"), layer("LayerNormalization")], "masking"),
    ],
)
def test_steps_that_are_masked_are_told(before: list[dict[str, object]], name: str) -> None:
    found = keras(*before, LSTM)
    (note,) = (note for note in found.conventions if note.key == "note.mask")
    assert f"that {name} masks" in str(note)


def test_nothing_is_told_of_masks_where_there_are_none() -> None:
    assert "note.mask" not in keys(keras(layer("Embedding", mask_zero=False), layer("Dropout"), LSTM))
    assert "note.mask" not in keys(keras(layer("Masking"), layer("Reshape"), LSTM))  # it drops the mask


def test_a_cell_in_a_layer_that_reads_from_the_end_is_refused_as_an_lstm_that_does() -> None:
    rnn = layer("RNN", go_backwards=True, cell=layer("LSTMCell"))
    with pytest.raises(LoadError, match="go_backwards=True"):
        keras(rnn, group="rnn")


def test_a_direction_that_was_configured_by_itself_is_looked_at() -> None:
    inner = {"class_name": "LSTM", "config": {"name": "forward_lstm", "return_sequences": True}}
    back = {"class_name": "LSTM", "config": {"name": "back", "return_sequences": True, "go_backwards": True}}
    relu = {**back, "config": {**back["config"], "activation": "relu"}}
    ahead = {**back, "config": {**back["config"], "go_backwards": False}}
    found = keras(layer("Bidirectional", layer=inner, backward_layer=back), group="bidirectional")
    assert found.directions == 2
    for wrong, said in ((relu, "activation=relu"), (ahead, "go_backwards=False")):
        with pytest.raises(LoadError, match=said):
            keras(layer("Bidirectional", layer=inner, backward_layer=wrong), group="bidirectional")


def test_a_model_within_a_model_may_read_from_both_ends() -> None:
    inner = {"class_name": "LSTM", "config": {"name": "forward_lstm", "return_sequences": True}}
    back = {"class_name": "LSTM", "config": {"name": "backward_lstm", "go_backwards": True}}
    both = layer("Bidirectional", layer=inner, backward_layer=back)
    found = keras(layer("Sequential", layers=[both]), group="sequential/layers/bidirectional")
    assert found.directions == 2


def onnx(*before: object, constants: dict[str, np.ndarray] | None = None) -> Understood:
    """An LSTM that reads what the last of these nodes makes, "x"."""
    arrays = {"W": np.ones((1, 8, 3), "f4"), "R": np.ones((1, 8, 2), "f4"), **(constants or {})}
    tensors = [numpy_helper.from_array(array, name) for name, array in arrays.items()]
    ends = [helper.make_tensor_value_info(name, F32, None) for name in ("X", "Y")]
    node = helper.make_node("LSTM", ["x", "W", "R"], ["Y"], hidden_size=2)
    graph = helper.make_graph([*before, node], "g", ends[:1], ends[1:], tensors)
    return inspect(helper.make_model(graph).SerializeToString(), "a.onnx")


def test_what_computes_the_rows_of_an_onnx_network_is_named() -> None:
    conv = helper.make_node("Conv", ["X", "K"], ["a"], "first")
    turn = helper.make_node("Transpose", ["a"], ["x"], perm=[2, 0, 1])
    found = onnx(conv, turn, constants={"K": np.ones((3, 3, 1), "f4")})
    assert "it reads what Conv first computes, which is not shown" in map(str, found.conventions)
    usual = onnx(helper.make_node("Transpose", ["X"], ["x"], perm=[1, 0, 2]))
    assert "note.reads" not in keys(usual)


@pytest.mark.parametrize("step", [-1, -2])
def test_time_that_was_turned_round_is_refused(step: int) -> None:
    places = {name: np.array([value]) for name, value in {"s": -1, "e": -99, "t": 0, "p": step}.items()}
    with pytest.raises(LoadError, match="turned round in time"):
        onnx(helper.make_node("Slice", ["X", "s", "e", "t", "p"], ["x"]), constants=places)
    with pytest.raises(LoadError, match="turned round in time"):
        onnx(helper.make_node("ReverseSequence", ["X", "n"], ["x"]), constants={"n": np.array([5])})


@pytest.mark.parametrize("reads", [("lstm", "dense"), ("dense", "lstm")])
def test_what_another_layer_reads_as_well_is_no_readout(reads: tuple[str, str]) -> None:
    """An attention multiplies what the LSTM hands on by what a dense layer makes of it: no answers."""

    def node(*names: str) -> list[object]:
        return [
            {"args": [[{"class_name": "T", "config": {"keras_history": [name, 0, 0]}} for name in names]]}
        ]

    layers = [
        {**layer("InputLayer"), "inbound_nodes": []},
        {**LSTM, "inbound_nodes": node("inputlayer")},
        {**layer("Dense", activation="linear"), "inbound_nodes": node("lstm")},
    ]
    alone = {"class_name": "Functional", "config": {"layers": layers}}
    both = {
        "class_name": "Functional",
        "config": {"layers": [*layers, {**layer("Multiply"), "inbound_nodes": node(*reads)}]},
    }
    for whole, answers in ((alone, True), (both, False)):
        weights, file = io.BytesIO(), io.BytesIO()
        with h5py.File(weights, "w") as tree:
            shapes = {
                "lstm/cell/vars/0": (3, 8),
                "lstm/cell/vars/1": (2, 8),
                "dense/vars/0": (2, 4),
                "dense/vars/1": (4,),
            }
            for name, shape in shapes.items():
                tree[f"layers/{name}"] = np.ones(shape, "f4")
        with ZipFile(file, "w") as archive:
            archive.writestr("config.json", json.dumps(whole))
            archive.writestr("model.weights.h5", weights.getvalue())
        assert (inspect(file.getvalue(), "a.keras").network.readout is not None) == answers


def test_a_layer_whose_name_has_a_space_is_not_said_to_be_left_out() -> None:
    """Older files keep arrays under the names of their layers."""
    model = {
        "class_name": "Sequential",
        "config": {"layers": [{"class_name": "LSTM", "config": {"name": "my lstm"}}]},
    }
    file = io.BytesIO()
    with h5py.File(file, "w") as tree:
        tree.attrs["model_config"] = json.dumps(model)
        for name, shape in {"kernel": (3, 8), "recurrent_kernel": (2, 8), "bias": (8,)}.items():
            tree[f"model_weights/my lstm/my lstm/lstm_cell/{name}:0"] = np.ones(shape, "f4")
    assert inspect(file.getvalue(), "a.h5").unused == ()


@pytest.mark.parametrize("stateful", [True, False])
def test_states_that_go_on_from_batch_to_batch_are_told(stateful: bool) -> None:
    plain = {**LSTM, "config": {**LSTM["config"], "stateful": stateful}}
    assert ("note.stateful" in keys(keras(plain))) == stateful


@pytest.mark.parametrize("mode", ["concat", "sum", "mul", "ave", None])
def test_directions_that_are_joined_otherwise_are_told(mode: str | None) -> None:
    inner = {"class_name": "LSTM", "config": {"name": "forward_lstm", "return_sequences": True}}
    found = keras(layer("Bidirectional", layer=inner, merge_mode=mode), group="bidirectional")
    assert ("note.merged" in keys(found)) == (mode != "concat")
