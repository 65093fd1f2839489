"""Records files of networks with other activations, and what these compute. Recorded with torch 2.13.0,
keras 3.15.1 and onnxruntime 1.32.0:

pip install torch==2.13.0 keras==3.15.1 h5py onnx onnxscript onnxruntime
KERAS_BACKEND=torch python tests/goldens/record_activations.py
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

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


def keras_files(rng: np.random.Generator) -> Iterator[Kept]:
    """Stacks in two directions; the weights alone do not say what squashes them."""
    for name, cell, kind, settings, unsaid in (
        (
            "SimpleRNN relu",
            "RNN (relu)",
            keras.layers.SimpleRNN,
            {"activation": "relu"},
            {"nonlinearity": "relu"},
        ),
    ):
        layers = [keras.layers.Bidirectional(kind(4, return_sequences=True, **settings)) for _ in range(2)]
        model = keras_drawn(keras.Sequential([keras.Input((None, 3)), *layers]), rng, 0.5)
        inputs = draw(rng, (7, 3), 2)
        h = keras.ops.convert_to_numpy(model(inputs[None]))[0]
        for suffix in (".keras", ".h5", ".weights.h5"):
            answers = unsaid if suffix == ".weights.h5" else {}
            yield Kept(f"{name}{suffix}", cell, keras_saved(model, suffix), inputs, h, answers)


def everything() -> Iterator[Kept]:
    """All of them, each framework with numbers of its own."""
    yield from pytorch(np.random.default_rng(5))
    yield from keras_files(np.random.default_rng(6))


if __name__ == "__main__":
    torch.set_grad_enabled(False)
    logging.disable(logging.WARNING)
    keep("activations", everything())
