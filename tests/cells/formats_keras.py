"""Examples of docs/formats.md: Keras files, and the same with what Keras writes for another setting."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from typing import Any
from zipfile import ZipFile

import h5py
import numpy as np

from cells.loading import hdf5
from tests.cells.formats_shared import Example, kept
from tests.cells.test_loading import recorded

Layers = list[dict[str, Any]]
SIZES = "time=7 features=3 units=4 layers={} directions={}"
LSTM, BOTH, TWO = (f"LSTM {SIZES.format(*size)}.keras" for size in ((1, 1), (1, 2), (2, 1)))
TAGGED = "LSTM unbiased.keras"  # with a dense layer


def layer(kind: str, **config: object) -> dict[str, Any]:
    return {"class_name": kind, "config": {"name": kind.lower(), **config}}


def edited(name: str, edit: Callable[[Layers], object], rename: Callable[[str], str] = str) -> bytes:
    """A recorded .keras with its layers changed, and the places of its arrays."""
    file, weights = io.BytesIO(), io.BytesIO()
    with ZipFile(io.BytesIO(recorded("keras")[name][0])) as archive:
        model = json.loads(archive.read("config.json"))
        edit(model["config"]["layers"])
        with h5py.File(io.BytesIO(archive.read("model.weights.h5"))) as old, h5py.File(weights, "w") as new:
            for path, found in hdf5.arrays(old):
                new[rename(path)] = old[found.name][()]
    with ZipFile(file, "w") as archive:
        archive.writestr("config.json", json.dumps(model))
        archive.writestr("model.weights.h5", weights.getvalue())
    return file.getvalue()


def changed(
    name: str, edit: Callable[[Layers], object], rename: Callable[[str], str] = str, **answers: str
) -> Example:
    """The same as an example; it computes what it did, if what was changed changes nothing."""
    _, _, inputs, expected = recorded("keras")[name]
    return Example("a.keras", lambda: edited(name, edit, rename), inputs, expected, answers)


def setting(name: str, **settings: object) -> Example:
    """A recorded .keras whose first recurrent layer has other settings."""
    return changed(name, lambda layers: layers[1]["config"].update(settings))


def inserted(name: str, place: int, kind: str, **config: object) -> Example:
    """A recorded .keras with one more layer that has no weights."""
    return changed(name, lambda layers: layers.insert(place, layer(kind, **config)))


def as_rnn(layers: Layers) -> None:
    """LSTM(4) as RNN(LSTMCell(4))."""
    config = layers[1]["config"]
    layers[1] = layer("RNN", cell=layer("LSTMCell", **config), return_sequences=True)


def stacked(layers: Layers) -> None:
    layers[1] = layer("RNN", cell=layer("StackedRNNCells", cells=[layer("LSTMCell"), layer("LSTMCell")]))


def backward_relu(layers: Layers) -> None:
    config = layers[1]["config"]
    other = {**config["layer"]["config"], "name": "back", "go_backwards": True, "activation": "relu"}
    config["backward_layer"] = {"class_name": "LSTM", "config": other}


def without_reset(layers: Layers) -> None:
    del layers[1]["config"]["reset_after"]


def quantised(layers: Layers) -> None:
    layers.insert(1, layer("Embedding"))


def call(name: str, *states: int) -> list[object]:
    """One call of a layer in a functional model, with states of the same layer."""
    given = [{"class_name": "T", "config": {"keras_history": [name, 0, which]}} for which in (0, *states)]
    return [{"args": given[:1], "kwargs": {"initial_state": given[1:]} if states else {}}]


def handed(layers: Layers) -> None:
    """The second layer begins with the states that the first one ends with."""
    for place, one in enumerate(layers):
        before = layers[place - 1]["config"]["name"]
        one["inbound_nodes"] = call(before, *((1, 2) if place == 2 else ())) if place else []


def weights_alone(path: str) -> Example:
    return kept("keras", path)


def cudnn() -> bytes:
    file = io.BytesIO()
    with h5py.File(file, "w") as tree:
        for name, shape in {"kernel": (3, 16), "recurrent_kernel": (4, 16), "bias": (32,)}.items():
            tree[f"cu_dnnlstm/cu_dnnlstm/{name}:0"] = np.ones(shape, "f4")
    return file.getvalue()


def table() -> bytes:
    """An embedding as quantize("int8") leaves it: whole numbers and a scale for each row."""
    data, file = io.BytesIO(edited(LSTM, quantised)), io.BytesIO()
    with ZipFile(data) as archive, ZipFile(file, "w") as made:
        weights = io.BytesIO(archive.read("model.weights.h5"))
        with h5py.File(weights, "a") as tree:
            tree["layers/embedding/vars/0"], tree["layers/embedding/vars/1"] = (
                np.ones((6, 3), "i1"),
                np.ones(6),
            )
        made.writestr("config.json", archive.read("config.json"))
        made.writestr("model.weights.h5", weights.getvalue())
    return file.getvalue()


def stack_of_weights() -> Example:
    name = f"LSTM {SIZES.format(2, 1)}.weights.h5"
    return kept("keras", name, part="layers/lstm + layers/lstm_1")


EXAMPLES: Mapping[str, Example] = {
    "several layers": kept("keras", TWO),
    "Bidirectional, merge_mode='concat'": kept("keras", BOTH),
    "use_bias=False": kept("keras", TAGGED),
    "reset_after=True": kept("keras", f"GRU (reset after) {SIZES.format(1, 1)}.keras"),
    "reset_after=False": kept("keras", f"GRU {SIZES.format(1, 1)}.h5"),
    "no reset_after, as before Keras 2.1": changed(f"GRU {SIZES.format(1, 1)}.keras", without_reset),
    "Embedding, Dense, softmax": kept("keras", "LSTM tagger.keras"),
    "return_sequences=False": setting(LSTM, return_sequences=False),
    "dropout, recurrent_dropout": setting(LSTM, dropout=0.5, recurrent_dropout=0.5),
    "Dropout, GaussianNoise and other layers for training": inserted(LSTM, 1, "GaussianNoise", stddev=1.0),
    "unroll, implementation": setting(LSTM, unroll=True, implementation=1),
    "time_major": setting(LSTM, time_major=True),
    "RNN(LSTMCell)": changed(LSTM, as_rnn, lambda path: path.replace("layers/lstm/", "layers/rnn/")),
    "models within models": kept("keras_models", "stack within within.keras"),
    "TimeDistributed(model)": kept("keras_models", "each word.keras"),
    "Masking": inserted(LSTM, 1, "Masking", mask_value=0.0),
    "Embedding(mask_zero=True)": changed(
        "LSTM tagger.keras", lambda layers: layers[1]["config"].update(mask_zero=True)
    ),
    "stateful": setting(LSTM, stateful=True),
    "initial_state of another layer": changed(TWO, handed),
    "merge_mode='sum', 'mul', 'ave', None": setting(BOTH, merge_mode="sum"),
    "Bidirectional, return_sequences=False": changed(
        BOTH, lambda layers: layers[1]["config"]["layer"]["config"].update(return_sequences=False)
    ),
    "layers before: LayerNormalization, Conv1D, a reversed axis": inserted(LSTM, 1, "LayerNormalization"),
    "layers behind that are no readout": inserted(LSTM, 2, "LayerNormalization"),
    "Softmax over time": inserted(TAGGED, 3, "Softmax", axis=1),
    "a model that is called twice": kept("keras_models", "called twice.keras"),
    "CuDNNLSTM, CuDNNGRU": Example("a.h5", cudnn),
    "weights alone: activation, go_backwards": kept("keras", "LSTM unbiased.weights.h5"),
    "weights alone: layers one upon another": stack_of_weights(),
    "weights alone: hard_sigmoid": kept("keras", "LSTM unbiased.weights.h5"),
    "weights alone: relu": kept("keras", "RNN unbiased.weights.h5"),
    "weights alone: a GRU without biases": kept("keras", "GRU unbiased.weights.h5"),
    "no reset_after and no biases": changed("GRU unbiased.keras", without_reset),
    "go_backwards=True": setting(LSTM, go_backwards=True),
    "LSTM and GRU, activation='relu'": kept("activations", "LSTM relu.keras"),
    "SimpleRNN, activation='relu'": kept("activations", "SimpleRNN relu.keras"),
    "other activations": setting(LSTM, activation="elu"),
    "recurrent_activation='hard_sigmoid', Keras 3": kept("activations", "LSTM hard.keras"),
    "recurrent_activation='hard_sigmoid', Keras 1 and 2": kept("activations", "GRU hard of Keras 2.h5"),
    "a backward_layer with other settings": changed(BOTH, backward_relu),
    "StackedRNNCells": changed(LSTM, stacked),
    "ConvLSTM, cells of one's own": changed(LSTM, lambda layers: layers[1].update(class_name="ConvLSTM1D")),
    "a quantised embedding": Example("a.keras", table),
    "an embedding that was never built": changed(LSTM, quantised),
}
