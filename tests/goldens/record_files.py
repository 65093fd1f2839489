"""Records files as the frameworks write them, and what the networks in them compute. Recorded with torch
2.13.0, keras 3.15.1, safetensors 0.8.0, onnx 1.23.2, onnxscript 0.7.2 and onnxruntime 1.32.0:

pip install torch==2.13.0 keras==3.15.1 h5py safetensors onnx onnxscript onnxruntime
KERAS_BACKEND=torch python tests/goldens/record_files.py [pytorch safetensors keras onnx]
"""

from __future__ import annotations

import io
import logging
import sys
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import keras
import numpy as np
import onnx
import onnxruntime
import safetensors.torch
import torch
from cases import Case, cases, draw
from keeping import Kept, keep

TORCH = {"RNN": torch.nn.RNN, "LSTM": torch.nn.LSTM, "GRU (reset after)": torch.nn.GRU}
KERAS = {
    "RNN": keras.layers.SimpleRNN,
    "LSTM": keras.layers.LSTM,
    "GRU": partial(keras.layers.GRU, reset_after=False),
    "GRU (reset after)": keras.layers.GRU,
}
SMALL = Case(7, 3, 4, 2, 2)
WORDS = np.array([3, 0, 5, 5, 1, 2])


class Tagger(torch.nn.Module):
    """Embedding, recurrent layers, linear layer."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.embedding = torch.nn.Embedding(6, 3)
        self.rnn = TORCH[kind](3, 4, 2, bidirectional=True)
        self.out = torch.nn.Linear(8, 5)

    def forward(self, words: torch.Tensor) -> torch.Tensor:
        return self.out(self.rnn(self.embedding(words))[0])


def drawn(module: torch.nn.Module, rng: np.random.Generator, bound: float) -> torch.nn.Module:
    """The module with numbers that are the same in every float type, and small on disk."""
    state = {
        name: torch.tensor(draw(rng, tuple(old.shape), bound)) for name, old in module.state_dict().items()
    }
    module.load_state_dict(state)
    return module.eval()


def torch_modules(
    rng: np.random.Generator,
) -> Iterator[tuple[str, str, torch.nn.Module, np.ndarray, np.ndarray]]:
    """Every cell in every size."""
    for cell, kind in TORCH.items():
        for case in cases():
            module = kind(case.features, case.units, case.layers, bidirectional=case.directions == 2)
            module = drawn(module, rng, case.bound)
            inputs = draw(rng, (case.time, case.features), 2)
            yield f"{cell} {case}", cell, module, inputs, module(torch.tensor(inputs))[0].numpy()


def torch_saved(what: object) -> bytes:
    data = io.BytesIO()
    torch.save(what, data)
    return data.getvalue()


def pytorch() -> Iterator[Kept]:
    """state_dicts; then checkpoints, prefixes, types, views and cells."""
    rng = np.random.default_rng(1)
    for name, cell, module, inputs, h in torch_modules(rng):
        yield Kept(f"{name}.pt", cell, torch_saved(module.state_dict()), inputs, h)
    for cell in TORCH:
        tagger = drawn(Tagger(cell), rng, 0.5)
        state = tagger.state_dict()
        data = torch_saved({"epoch": 3, "model_state_dict": state, "loss": 0.5, "best": None})
        kept = Kept(
            f"{cell} checkpoint.pth", cell, data, WORDS, tagger(torch.tensor(WORDS)).numpy(), {}, True
        )
        yield kept
        shares = torch.softmax(tagger(torch.tensor(WORDS)), -1).numpy()
        yield kept._replace(name=f"{cell} softmax.pth", h=shares, answers={"readout": "softmax"})
        adam = torch.optim.Adam(tagger.parameters())
        lightning = {
            "state_dict": {f"model._orig_mod.{name}": array for name, array in state.items()},
            "optimizer_states": [adam.state_dict()],
            "hyper_parameters": {"units": 4},
        }
        yield kept._replace(name=f"{cell} lightning.ckpt", data=torch_saved(lightning))
        parallel = torch_saved({f"module.{name}": torch.nn.Parameter(array) for name, array in state.items()})
        yield kept._replace(name=f"{cell} parallel.pt", data=parallel)
        for dtype in ("float16", "bfloat16", "float64"):
            exact = drawn(Tagger(cell), rng, 0.25)
            data = torch_saved(
                {name: array.to(getattr(torch, dtype)) for name, array in exact.state_dict().items()}
            )
            rounded = {
                name: array.to(getattr(torch, dtype)).float() for name, array in exact.state_dict().items()
            }
            exact.load_state_dict(rounded)
            yield kept._replace(name=f"{cell} {dtype}.pt", data=data, h=exact(torch.tensor(WORDS)).numpy())
        row = torch.cat([array.reshape(-1) for array in state.values()])
        ends = np.cumsum([array.numel() for array in state.values()])[:-1].tolist()
        views = torch.tensor_split(row, ends)
        shared = {
            name: view.view(array.shape) for (name, array), view in zip(state.items(), views, strict=True)
        }
        shared["rnn.weight_hh_l0"] = shared["rnn.weight_hh_l0"].t().contiguous().t()
        yield kept._replace(name=f"{cell} shared.pt", data=torch_saved(shared))
        one = drawn(getattr(torch.nn, f"{TORCH[cell].__name__}Cell")(3, 4), rng, 0.5)
        rows, state, h = draw(rng, (5, 3), 2), None, []
        for x in rows:
            state = one(torch.tensor(x), state)
            h.append((state[0] if isinstance(state, tuple) else state).numpy())
        yield Kept(f"{cell} cell.pt", cell, torch_saved(one.state_dict()), rows, np.stack(h))
        bare = drawn(TORCH[cell](3, 4, bias=False), rng, 0.5)
        yield Kept(
            f"{cell} unbiased.pt",
            cell,
            torch_saved(bare.state_dict()),
            rows,
            bare(torch.tensor(rows))[0].numpy(),
        )


def safe() -> Iterator[Kept]:
    """The same weights as safetensors writes them."""
    rng = np.random.default_rng(2)
    for name, cell, module, inputs, h in torch_modules(rng):
        yield Kept(f"{name}.safetensors", cell, safetensors.torch.save(module.state_dict()), inputs, h)
    for cell in TORCH:
        for dtype in ("float32", "float16", "bfloat16", "float64"):
            tagger = drawn(Tagger(cell), rng, 0.25)
            state = {name: array.to(getattr(torch, dtype)) for name, array in tagger.state_dict().items()}
            tagger.load_state_dict({name: array.float() for name, array in state.items()})
            data = safetensors.torch.save(state, {"format": "pt"})
            output = tagger(torch.tensor(WORDS)).numpy()
            yield Kept(f"{cell} {dtype}.safetensors", cell, data, WORDS, output, {}, True)


def keras_drawn(model: keras.Model, rng: np.random.Generator, bound: float) -> keras.Model:
    model.set_weights([draw(rng, array.shape, bound) for array in model.get_weights()])
    return model


def keras_saved(model: keras.Model, suffix: str) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"model{suffix}"
        (model.save_weights if suffix == ".weights.h5" else model.save)(path)
        return path.read_bytes()


def keras_files() -> Iterator[Kept]:
    """Sequential models in every size; functional ones with embedding and dense layer; without biases."""
    rng = np.random.default_rng(3)
    for cell, kind in KERAS.items():
        for case in cases():
            layers = [kind(case.units, return_sequences=True) for _ in range(case.layers)]
            layers = [
                keras.layers.Bidirectional(layer) if case.directions == 2 else layer for layer in layers
            ]
            model = keras.Sequential([keras.Input((None, case.features)), *layers])
            keras_drawn(model, rng, case.bound)
            inputs = draw(rng, (case.time, case.features), 2)
            h = keras.ops.convert_to_numpy(model(inputs[None]))[0]
            for suffix in (".keras", ".weights.h5", ".h5"):
                yield Kept(f"{cell} {case}{suffix}", cell, keras_saved(model, suffix), inputs, h)
        words = keras.Input((None,), dtype="int32")
        rows = keras.layers.Embedding(6, 3, name="letters")(words)
        rows = keras.layers.Bidirectional(kind(4, return_sequences=True), name="reader")(rows)
        rows = keras.layers.Dropout(0.5)(rows)
        rows = kind(5, return_sequences=True, use_bias=False)(rows) if case.directions == 1 else rows
        output = keras.layers.TimeDistributed(keras.layers.Dense(5, activation="softmax"))(rows)
        model = keras_drawn(keras.Model(words, output), rng, 0.5)
        said = keras.ops.convert_to_numpy(model(WORDS[None]))[0]
        for suffix in (".keras", ".h5"):
            yield Kept(f"{cell} tagger{suffix}", cell, keras_saved(model, suffix), WORDS, said, {}, True)
        yield Kept(
            f"{cell} tagger.weights.h5",
            cell,
            keras_saved(model, ".weights.h5"),
            WORDS,
            said,
            {"readout": "softmax"},
            True,
        )
        unsaid = {"reset": "before"} if cell == "GRU" else {}
        model = keras.Sequential(
            [keras.Input((None, 3)), kind(4, use_bias=False, return_sequences=True), keras.layers.Dense(2)]
        )
        keras_drawn(model, rng, 0.5)
        inputs = draw(rng, (5, 3), 2)
        said = keras.ops.convert_to_numpy(model(inputs[None]))[0]
        for suffix in (".keras", ".h5", ".weights.h5"):
            data, answers = keras_saved(model, suffix), unsaid if suffix == ".weights.h5" else {}
            yield Kept(f"{cell} unbiased{suffix}", cell, data, inputs, said, answers, True)


def onnx_saved(module: torch.nn.Module, inputs: torch.Tensor, dynamo: bool) -> bytes:
    data = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        names = {"input_names": ["x"], "output_names": ["y"]}
        axes = {} if dynamo else {"dynamic_axes": {"x": {0: "time"}}}
        program = torch.onnx.export(
            module, (inputs,), None if dynamo else data, dynamo=dynamo, **names, **axes
        )
    return program.model_proto.SerializeToString() if dynamo else data.getvalue()


def onnx_said(data: bytes, inputs: np.ndarray) -> np.ndarray:
    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    return session.run(None, {session.get_inputs()[0].name: inputs})[0]


def onnx_files() -> Iterator[Kept]:
    """What PyTorch exports, in the old way and the new; GRUs that reset before as bare nodes."""
    rng = np.random.default_rng(4)
    for name, cell, module, inputs, _ in torch_modules(rng):
        batch = inputs[:, None]
        data = onnx_saved(module, torch.tensor(np.concatenate([batch, batch])), dynamo=False)
        yield Kept(f"{name}.onnx", cell, data, inputs, onnx_said(data, batch)[:, 0])
    for case in cases():
        yield reset_before(case, rng)
    for cell in TORCH:
        tagger = drawn(Tagger(cell), rng, 0.5)
        for dynamo in (False, True)[: 1 if cell == "RNN" else 2]:  # its RNN is plain products
            data = onnx_saved(tagger, torch.tensor(WORDS)[:, None], dynamo)
            said = onnx_said(data, WORDS[:, None])[:, 0]
            yield Kept(f"{cell} {'dynamo' if dynamo else 'traced'}.onnx", cell, data, WORDS, said, {}, True)


def reset_before(case: Case, rng: np.random.Generator) -> Kept:
    """A stack of GRU nodes as ONNX defines them by default."""
    nodes, weights, rows = [], [], "x"
    for layer, width in enumerate(case.widths):
        shapes = {"W": (3 * case.units, width), "R": (3 * case.units, case.units), "B": (6 * case.units,)}
        for part, shape in shapes.items():
            array = draw(rng, (case.directions, *shape), case.bound)
            weights.append(onnx.numpy_helper.from_array(array, f"{part}{layer}"))
        nodes += [
            onnx.helper.make_node(
                "GRU",
                [rows, *(f"{part}{layer}" for part in "WRB")],
                [f"Y{layer}"],
                hidden_size=case.units,
                direction="bidirectional" if case.directions == 2 else "forward",
            ),
            onnx.helper.make_node("Transpose", [f"Y{layer}"], [f"T{layer}"], perm=[0, 2, 1, 3]),
            onnx.helper.make_node("Reshape", [f"T{layer}", "flat"], [f"rows{layer}"]),
        ]
        rows = f"rows{layer}"
    weights.append(onnx.numpy_helper.from_array(np.array([0, 0, -1]), "flat"))
    kind = onnx.TensorProto.FLOAT
    graph = onnx.helper.make_graph(
        nodes,
        "stack",
        [onnx.helper.make_tensor_value_info("x", kind, [None, 1, case.features])],
        [onnx.helper.make_tensor_value_info(rows, kind, None)],
        weights,
    )
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 17)], ir_version=9)
    inputs, data = draw(rng, (case.time, case.features), 2), model.SerializeToString()
    return Kept(f"GRU {case}.onnx", "GRU", data, inputs, onnx_said(data, inputs[:, None])[:, 0])


RECORDED: dict[str, Callable[[], Iterator[Kept]]] = {
    "pytorch": pytorch,
    "safetensors": safe,
    "keras": keras_files,
    "onnx": onnx_files,
}


if __name__ == "__main__":
    torch.set_grad_enabled(False)
    logging.disable(logging.WARNING)
    for framework in sys.argv[1:] or RECORDED:
        keep(framework, RECORDED[framework]())
