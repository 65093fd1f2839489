"""Records files of networks with other activations, and what these compute. Recorded with torch 2.13.0,
keras 3.15.1 and onnxruntime 1.32.0:

pip install torch==2.13.0 keras==3.15.1 h5py onnx onnxscript onnxruntime
KERAS_BACKEND=torch python tests/goldens/record_activations.py
"""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import NamedTuple
from zipfile import ZipFile

import h5py
import keras
import numpy as np
import torch
from cases import draw
from keeping import Kept, keep
from record_files import drawn, keras_drawn, keras_saved, onnx_said, onnx_saved, torch_saved


def pytorch(rng: np.random.Generator) -> Iterator[Kept]:
    """RNNs with relu: the state_dict, which does not say so, and the graph, which does."""
    for layers, both in ((1, False), (2, True)):
        module = torch.nn.RNN(3, 4, layers, nonlinearity="relu", bidirectional=both)
        module, inputs = drawn(module, rng, 0.5), draw(rng, (7, 3), 2)
        h, cell, name = module(torch.tensor(inputs))[0].numpy(), "RNN (relu)", f"RNN relu {layers}"
        data = torch_saved(module.state_dict())
        yield Kept(f"{name}.pt", cell, data, inputs, h, {"nonlinearity": "relu"})
        batch = inputs[:, None]
        data = onnx_saved(module, torch.tensor(np.concatenate([batch, batch])), dynamo=False)
        yield Kept(f"{name}.onnx", cell, data, inputs, onnx_said(data, batch)[:, 0])


@keras.saving.register_keras_serializable()
def hard_sigmoid_5(a: object) -> object:
    """The hard sigmoid of Keras 1 and 2, which Keras 3 no longer has."""
    return keras.ops.clip(a / 5 + 0.5, 0, 1)


class Case(NamedTuple):
    """A layer of Keras: our cell, its class with its settings, and what its weights alone do not say."""

    name: str
    cell: str
    kind: Callable[..., keras.layers.Layer]
    settings: Mapping[str, object]
    unsaid: Mapping[str, str]


def keras_cases() -> Iterator[Case]:
    """Those of Keras 3."""
    layers, hard = keras.layers, {"recurrent_activation": "hard_sigmoid"}
    yield Case(
        "SimpleRNN relu", "RNN (relu)", layers.SimpleRNN, {"activation": "relu"}, {"nonlinearity": "relu"}
    )
    gates = {"gates": "hard_sigmoid_6"}
    yield Case("LSTM hard", "LSTM (hard sigmoid 6)", layers.LSTM, hard, gates)
    yield Case("GRU hard", "GRU (reset after, hard sigmoid 6)", layers.GRU, hard, gates)
    relu = {"activation": "relu"}, {"nonlinearity": "relu"}
    yield Case("LSTM relu", "LSTM (relu)", layers.LSTM, *relu)
    yield Case("GRU relu", "GRU (reset after, relu)", layers.GRU, *relu)
    before = partial(layers.GRU, reset_after=False)
    yield Case("GRU hard before", "GRU (hard sigmoid 6)", before, hard, gates)


def stacked(kind: Callable[..., keras.layers.Layer], **settings: object) -> keras.Model:
    """Two layers in two directions."""
    layers = [keras.layers.Bidirectional(kind(4, return_sequences=True, **settings)) for _ in range(2)]
    return keras.Sequential([keras.Input((None, 3)), *layers])


def keras_files(rng: np.random.Generator) -> Iterator[Kept]:
    """Stacks in two directions; the weights alone do not say what squashes them."""
    for case in keras_cases():
        model = keras_drawn(stacked(case.kind, **case.settings), rng, 0.5)
        inputs = draw(rng, (7, 3), 2)
        h = keras.ops.convert_to_numpy(model(inputs[None]))[0]
        for suffix in (".keras", ".h5", ".weights.h5"):
            answers = case.unsaid if suffix == ".weights.h5" else {}
            yield Kept(f"{case.name}{suffix}", case.cell, keras_saved(model, suffix), inputs, h, answers)
        if case.unsaid == {"gates": "hard_sigmoid_6"}:
            elder = stacked(case.kind, recurrent_activation=hard_sigmoid_5)
            elder.set_weights(model.get_weights())
            h, cell = keras.ops.convert_to_numpy(elder(inputs[None]))[0], case.cell.replace("6", "5")
            for suffix in (".keras", ".h5"):
                data = as_of_keras_2(keras_saved(model, suffix))
                yield Kept(f"{case.name} of Keras 2{suffix}", cell, data, inputs, h)


def as_of_keras_2(data: bytes) -> bytes:
    """The file with the version that Keras 2.15 writes into its own."""
    out = io.BytesIO(data)
    if not data.startswith(b"PK"):
        with h5py.File(out, "r+") as file:
            file.attrs["keras_version"] = "2.15.0"
        return out.getvalue()
    with ZipFile(io.BytesIO(data)) as old, ZipFile(out := io.BytesIO(), "w") as new:
        for info in old.infolist():
            body = old.read(info)
            if info.filename == "metadata.json":
                body = json.dumps({**json.loads(body), "keras_version": "2.15.0"}).encode()
            new.writestr(info, body)
    return out.getvalue()


def everything() -> Iterator[Kept]:
    """All of them, each framework with numbers of its own."""
    yield from pytorch(np.random.default_rng(5))
    yield from keras_files(np.random.default_rng(6))


if __name__ == "__main__":
    torch.set_grad_enabled(False)
    logging.disable(logging.WARNING)
    keep("activations", everything())
