"""Our networks compute what onnxruntime computes, live, from their weights written as ONNX asks."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import numpy as np
import pytest

from cells.arrays import Array
from cells.cell import CELLS
from cells.layers import Layer, LayerState
from cells.loading.layouts import LAYOUTS, split
from cells.network import Network, Run
from cells.weights import Weights

onnx = pytest.importorskip("onnx", reason="parity with onnxruntime needs onnx")
onnxruntime = pytest.importorskip("onnxruntime", reason="parity with onnxruntime needs onnxruntime")

TIMES, FEATURES, UNITS = (1, 2, 9), (1, 5), (1, 2, 16, 33)
TOLERANCE = 1e-6

# The operator, its attributes, the order of its rows: https://onnx.ai/onnx/operators, pages RNN, LSTM and GRU
OPERATORS = {
    "RNN": ("RNN", {}, ("h",)),
    "LSTM": ("LSTM", {}, ("i", "o", "f", "c")),
    "GRU": ("GRU", {"linear_before_reset": 0}, ("u", "r", "c")),
    "GRU (reset after)": ("GRU", {"linear_before_reset": 1}, ("u", "r", "c")),
    "RNN (relu)": ("RNN", {"activations": ["Relu"]}, ("h",)),
}
# ONNX's hard sigmoid rises by alpha, which is 0.2 unless the node says else.
GATES = {
    "": ("Sigmoid", {}),
    "hard sigmoid 5": ("HardSigmoid", {}),
    "hard sigmoid 6": ("HardSigmoid", {"activation_alpha": [1 / 6], "activation_beta": [0.5]}),
}
for family, gate, candidate in product(("LSTM", "GRU", "GRU (reset after)"), GATES, ("", "relu")):
    if gate or candidate:
        operator, attributes, gates = OPERATORS[family]
        squash, settings = GATES[gate]
        others = ["Relu" if candidate else "Tanh"] * (2 if family == "LSTM" else 1)
        kind, _, inside = family.rstrip(")").partition(" (")
        name = f"{kind} ({', '.join(filter(None, (inside, gate, candidate)))})"
        OPERATORS[name] = (operator, {**attributes, "activations": [squash, *others], **settings}, gates)


def written(weights: Weights, cell: str, rng: np.random.Generator) -> tuple[Array, Array, Array]:
    """One direction as W (gates · unit, feature), R (gates · unit, unit) and B: Wb, then Rb."""
    kind, gates = CELLS[cell], OPERATORS[cell][2]

    def rows(blocks: Mapping[str, Array]) -> Array:
        # z of ONNX keeps the old: Ht = (1 - zt) (.) ht + zt (.) Ht-1
        return np.concatenate([-blocks[gate].T if gate == "u" else blocks[gate].T for gate in gates])

    W, U = (dict(zip(kind.blocks, blocks, strict=True)) for blocks in weights[:2])
    b = dict(zip(kind.biases, weights.b, strict=True))
    beside_U: dict[str, Array] = {
        gate: rng.uniform(-1, 1, b[gate].shape).astype(b[gate].dtype) for gate in gates
    }
    beside_W: dict[str, Array] = {gate: b[gate] - beside_U[gate] for gate in gates}
    if "hc" in b:
        beside_W["c"], beside_U["c"] = b["c"], b["hc"]
    return rows(W), rows(U), np.concatenate([rows(beside_W), rows(beside_U)])


def stacked(network: Network, seed: int) -> tuple[Array, Array, Array]:
    """W, R and B of the network's one layer, directions first."""
    rng = np.random.default_rng(seed)
    sides = [written(weights, network.cell, rng) for weights in network.layers[0] if weights is not None]
    W, R, B = (np.stack(part) for part in zip(*sides, strict=True))
    return W, R, B


def as_onnx_computes(
    network: Network, stacks: tuple[Array, Array, Array], inputs: Array, initial: Array
) -> list[Array]:
    """Y (time, direction, unit), then Y_h and Y_c (direction, unit); initial is (state, direction, unit)."""
    operator, attributes, _ = OPERATORS[network.cell]
    directions = initial.shape[1]
    listed = {name: value * directions for name, value in attributes.items() if isinstance(value, list)}
    attributes = attributes | listed
    states = CELLS[network.cell].states
    starts = [f"initial_{symbol}" for symbol in states]
    outputs = ["Y", *(f"Y_{symbol}" for symbol in states)]
    node = onnx.helper.make_node(
        operator,
        ["X", "W", "R", "B", "", *starts],
        outputs,
        hidden_size=initial.shape[-1],
        direction="forward" if directions == 1 else "bidirectional",
        **attributes,
    )
    given = dict(zip(("W", "R", "B", *starts), (*stacks, *initial[:, :, None]), strict=True))
    kind = onnx.TensorProto.FLOAT
    graph = onnx.helper.make_graph(
        [node],
        "one layer",
        [onnx.helper.make_tensor_value_info("X", kind, (len(inputs), 1, network.features))],
        [
            onnx.helper.make_tensor_value_info(name, kind, [None] * (4 if name == "Y" else 3))
            for name in outputs
        ],
        [onnx.numpy_helper.from_array(array, name) for name, array in given.items()],
    )
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 14)], ir_version=8)
    onnx.checker.check_model(model)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return [array.squeeze(-2) for array in session.run(None, {"X": inputs[:, None]})]


def as_we_compute(network: Network, inputs: Array, initial: Array) -> list[Array]:
    """The same arrays, from our traces."""
    states = CELLS[network.cell].states
    sides = (dict(zip(states, side, strict=True)) for side in initial.swapaxes(0, 1))
    run: Run = network.run(inputs, initial=[LayerState(*sides)])
    traces = [trace for trace in run.layers[0] if trace is not None]
    ends = [np.stack([trace.final[symbol] for trace in traces]) for symbol in states]
    return [np.stack([trace["h"] for trace in traces], axis=1), *ends]


@pytest.mark.parametrize("bidirectional", [False, True], ids=["forward", "bidirectional"])
@pytest.mark.parametrize("cell", OPERATORS)
@pytest.mark.parametrize(("time", "features", "units"), list(product(TIMES, FEATURES, UNITS)))
def test_network_computes_what_onnxruntime_does(
    cell: str, bidirectional: bool, time: int, features: int, units: int
) -> None:
    seed = 1000 * time + 100 * features + units
    network = Network.random(cell, features, units, bidirectional=bidirectional, seed=seed, dtype="float32")
    rng = np.random.default_rng(seed)
    inputs = rng.standard_normal((time, features)).astype("float32")
    initial = rng.uniform(-1, 1, (len(CELLS[cell].states), 1 + bidirectional, units)).astype("float32")
    stacks = stacked(network, seed)
    theirs = as_onnx_computes(network, stacks, inputs, initial)

    layout = LAYOUTS["ONNX", cell]
    read = Network(cell, (Layer(*(split(layout, *parts) for parts in zip(*stacks, strict=True))),))
    for of_ours in (network, read):
        for ours, expected in zip(as_we_compute(of_ours, inputs, initial), theirs, strict=True):
            np.testing.assert_allclose(ours, expected, rtol=0, atol=TOLERANCE)


def test_every_onnx_layout_is_compared() -> None:
    assert set(OPERATORS) == {cell for format_, cell in LAYOUTS if format_ == "ONNX"}
