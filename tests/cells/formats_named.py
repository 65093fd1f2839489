"""Examples of docs/formats.md: arrays by their names alone, in .safetensors and .npz."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from cells import Network
from cells.saving import as_npz
from tests.cells.formats_shared import Example, drawn, kept, npz
from tests.cells.hostile import NPZ, SAFETENSORS, safe
from tests.cells.test_loading_articles import run, sigmoid

SIZES = "time=7 features=3 units=4 layers={} directions={}"
INDEX = b'{"metadata": {"total_size": 1}, "weight_map": {"weight_ih_l0": "model-00001-of-00002.safetensors"}}'
PLAIN = {"weight_ih": (8, 3), "weight_hh": (8, 2)}
LSTM = {f"lstm.{kind}_l0": shape for kind, shape in PLAIN.items()}
GRU = {f"W_{side}{gate}": (4, 4) for side in "xh" for gate in "zrh"}
JOINED = {f"W{gate}": (4, 7) for gate in "fico"}


def tensors(name: str = "a.safetensors", dtype: str = "F32", /, **shapes: tuple[int, ...]) -> Example:
    """A safetensors file of arrays with these shapes."""
    header, body = {}, b""
    for path, shape in shapes.items():
        start = len(body)
        body += drawn(a=shape)["a"].tobytes()
        header[path] = {"dtype": dtype, "shape": shape, "data_offsets": [start, len(body)]}
    return Example(name, lambda: safe(header, body))


def arrays(answers: Mapping[str, str] = {}, /, **shapes: tuple[int, ...]) -> Example:
    """An npz of arrays with these shapes."""
    return Example("a.npz", lambda: npz(drawn(**shapes)), answers=answers)


def of_article() -> Example:
    """min-char-rnn's names."""
    kept_ = drawn(Wxh=(4, 3), Whh=(4, 4), Why=(2, 4), bh=(4, 1), by=(2, 1))
    rows = drawn(X=(5, 3))["X"]
    h = run(lambda x, h, c: (np.tanh(kept_["Wxh"] @ x + kept_["Whh"] @ h + kept_["bh"]), c), rows)
    return Example("a.npz", lambda: npz(kept_), rows, h @ kept_["Why"].T + kept_["by"].T)


def of_article_lstm() -> Example:
    """A matrix for x and one for h, for each gate."""
    kept_ = drawn(**{f"{side}_{gate}": (4, 3 if side == "W" else 4) for side in "WU" for gate in "fico"})
    rows = drawn(X=(5, 3))["X"]

    def step(x: np.ndarray, h: np.ndarray, c: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        f, i, g, o = (kept_[f"W_{gate}"] @ x + kept_[f"U_{gate}"] @ h for gate in "fico")
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        return sigmoid(o) * np.tanh(c), c

    return Example("a.npz", lambda: npz(kept_), rows, run(step, rows))


def own() -> Example:
    network, rows = Network.random("LSTM", 3, 4, dtype="float32"), drawn(X=(5, 3))["X"]
    return Example("a.npz", lambda: as_npz({"": network}), rows, network.run(rows).layers[0].forward["h"])


SAFE: Mapping[str, Example] = {
    "layers, directions, biases, embedding, readout": kept(
        "safetensors", f"LSTM {SIZES.format(2, 2)}.safetensors"
    ),
    "F16, BF16, F32, F64": kept("safetensors", "LSTM bfloat16.safetensors"),
    "nonlinearity='relu'": tensors(weight_ih_l0=(2, 3), weight_hh_l0=(2, 2)),
    "proj_size": tensors(**LSTM, **{"lstm.weight_hr_l0": (1, 2)}),
    "layer norms, peepholes and other arrays within a cell": tensors(**LSTM, **{"lstm.norm.weight": (8,)}),
    "weight_norm, pruning, other parametrisations": tensors(
        weight_ih_l0=(8, 3), weight_hh_l0_g=(8, 1), weight_hh_l0_v=(8, 2)
    ),
    "I8, F8 and other types": Example("a.safetensors", SAFETENSORS["whole numbers"][0]),
    "a shard of several": tensors("model-00001-of-00002.safetensors", **LSTM),
    "an index of shards": Example(
        "model.safetensors.index.json", lambda: b'{"metadata": {}, "weight_map": {"a": "b"}}'
    ),
    "NaN, infinity": Example("a.safetensors", SAFETENSORS["NaN"][0]),
}

NUMPY: Mapping[str, Example] = {
    "our own files": own(),
    "Wxh, Whh, Why, bh, by": of_article(),
    "W_f, U_f and other pairs for each gate": of_article_lstm(),
    "Flax, nnx": kept("jax", "nnx OptimizedLSTMCell.npz"),
    "Haiku: LSTM, GRU": kept("jax", "Haiku LSTM.npz"),
    "Equinox": kept("jax", "Equinox GRUCell.npz"),
    "tanh or relu": arrays(Wxh=(4, 3), Whh=(4, 4)),
    "Wf, Wi, Wc, Wo over h and x": arrays(**JOINED),
    "z that keeps or replaces": arrays(**GRU),
    "a reset before or after the product": arrays(**GRU),
    "rows or columns, where all are square": arrays(**GRU),
    "functions of Flax's cells, the direction": kept("jax", "Flax GRUCell.npz"),
    "peepholes (W_ci)": arrays(**JOINED, W_ci=(4,)),
    "gates in one matrix, in an order without a name": arrays(Wx=(3, 16), Wh=(4, 16)),
    "norms within a cell": arrays(**{"gru/w_i": (3, 12), "gru/w_h": (4, 12), "gru/norm/scale": (4,)}),
    "Flax's MGUCell, Haiku's VanillaRNN": arrays(
        **{"vanilla_rnn/linear/w": (3, 4), "vanilla_rnn/linear_1/w": (4, 4)}
    ),
    "Python objects": Example("a.npz", NPZ["objects"][0]),
}
