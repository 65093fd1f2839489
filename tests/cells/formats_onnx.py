"""Examples of docs/formats.md: ONNX, computed by ONNX Runtime where they are computed here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import onnxruntime
from onnx import helper, numpy_helper

from tests.cells.formats_shared import Example, drawn, kept
from tests.cells.hostile import F32, ONNX

node = helper.make_node
SIZES = "time=7 features=3 units=4 layers={} directions={}"
ROWS = drawn(X=(5, 3))["X"]
PLACES = {
    "one": [1],
    "zero": [0],
    "last": [-1],
    "back": [-9],
    "turned": [3, 2, 1, 0],
    "sizes": [1, 1, 4],
}
ARRAYS = {
    **drawn(W=(1, 16, 3), R=(1, 16, 4), B=(1, 32), M=(4, 2), K=(3, 3, 1)),
    **{name: np.array(value) for name, value in PLACES.items()},
}
PLAIN = {"hidden_size": 4}
SQUEEZE, PRODUCT = node("Squeeze", ["Y", "one"], ["h"]), node("MatMul", ["h", "M"], ["m"])


def lstm(*more: str, reads: str = "X", writes: str = "said", **attributes: object) -> object:
    return node("LSTM", [reads, "W", "R", *more], [writes], **{**PLAIN, **attributes})


def model(
    *nodes: object,
    opset: int = 17,
    sparse: Sequence[object] = (),
    given: tuple[str, ...] = (),
    **arrays: np.ndarray,
) -> bytes:
    """Nodes that make `said` of X, with the arrays that they read."""
    read = {name for one in nodes for name in one.input}
    made = {name for one in nodes for name in one.output} | {one.values.name for one in sparse}
    whole = {"L": 6}  # lengths are whole numbers
    ends = [helper.make_tensor_value_info(name, whole.get(name, F32), None) for name in ("X", "said", *given)]
    tensors = [
        numpy_helper.from_array(array, name)
        for name, array in (ARRAYS | arrays).items()
        if name in (read | {*arrays}) - made
    ]
    graph = helper.make_graph(nodes, "g", [ends[0], *ends[2:]], ends[1:2], tensors, sparse_initializer=sparse)
    opsets = [helper.make_opsetid("", opset)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8).SerializeToString()


def computed(*nodes: object, like: bytes = b"", **how: object) -> Example:
    """A model with what ONNX Runtime makes of it, or of another one that computes the same."""
    data = model(*nodes, **how)
    session = onnxruntime.InferenceSession(like or data, providers=["CPUExecutionProvider"])
    said = session.run(None, {"X": ROWS[:, None]})[0]
    return Example("a.onnx", lambda: data, ROWS, said.reshape(len(said), -1))


def told(*nodes: object, **how: object) -> Example:
    return Example("a.onnx", lambda: model(*nodes, **how))


def refused(name: str) -> Example:
    return Example("a.onnx", ONNX[name][0])


def few() -> Example:
    """W with all numbers but three at 0, kept as those three and their places."""
    places, dense = np.array([0, 7, 46]), np.zeros(48, "f4")
    dense[places] = 1
    values = numpy_helper.from_array(np.ones(3, "f4"), "W")
    kept_ = helper.make_sparse_tensor(values, numpy_helper.from_array(places, "at"), (1, 16, 3))
    return computed(lstm(), sparse=[kept_], like=model(lstm(), W=dense.reshape(1, 16, 3)))


def in_a_branch() -> Example:
    """The node in both branches of an If."""
    body = helper.make_graph(
        [lstm(writes="inner")], "body", [], [helper.make_tensor_value_info("inner", F32, None)]
    )
    yes = node("Constant", [], ["yes"], value=helper.make_tensor("v", 9, [], [True]))
    branch = node("If", ["yes"], ["said"], then_branch=body, else_branch=body)
    return computed(yes, branch, W=ARRAYS["W"], R=ARRAYS["R"])


ZEROS = node("ConstantOfShape", ["sizes"], ["h0"])
HALF = node("Cast", ["W"], ["w"], to=F32)
OLD = [node("Squeeze", ["Y"], ["h"], axes=[1]), PRODUCT, node("Softmax", ["m"], ["said"], axis=2)]

EXAMPLES: Mapping[str, Example] = {
    "nodes one upon another": kept("onnx", f"LSTM {SIZES.format(2, 1)}.onnx"),
    "direction=bidirectional": kept("onnx", f"LSTM {SIZES.format(1, 2)}.onnx"),
    "linear_before_reset=0": kept("onnx", f"GRU {SIZES.format(1, 1)}.onnx"),
    "linear_before_reset=1": kept("onnx", f"GRU (reset after) {SIZES.format(1, 1)}.onnx"),
    "embedding and readout, traced or by dynamo": kept("onnx", "LSTM dynamo.onnx"),
    "B, or none": computed(lstm("B")),
    "layout=1": computed(lstm(layout=1), like=model(lstm())),
    "initial_h, initial_c of zeros": computed(ZEROS, lstm("", "", "h0", "h0")),
    "nodes in If, Loop and Scan bodies": in_a_branch(),
    "weights behind nodes that move numbers": computed(
        node("Transpose", ["W"], ["t"], perm=[0, 2, 1]), node("Transpose", ["t"], ["w"], perm=[0, 2, 1]),
        node("LSTM", ["X", "w", "R"], ["said"], **PLAIN),
    ),
    "weights that are cast": computed(HALF, node("LSTM", ["X", "w", "R"], ["said"], **PLAIN)),
    "sparse weights": few(),
    "opsets since 7: attributes for inputs": computed(lstm(writes="Y"), *OLD, opset=9),
    "MatMul, Gemm, Softmax, Sigmoid at the end": computed(
        lstm(writes="Y"), SQUEEZE, PRODUCT, node("Sigmoid", ["m"], ["said"])
    ),
    "initial_h, initial_c as inputs": told(lstm("", "", "h0"), given=("h0",)),
    "sequence_lens as an input": told(lstm("", "L"), given=("L",)),
    "nodes before: Conv, LayerNormalization": told(
        node("Conv", ["X", "K"], ["x"]), lstm(reads="x")
    ),
    "nodes behind that are no readout": told(lstm(writes="Y"), node("Relu", ["Y"], ["said"])),
    "nodes behind that choose units": told(
        lstm(writes="Y"), SQUEEZE, node("Gather", ["h", "turned"], ["p"], axis=2),
        node("MatMul", ["p", "M"], ["said"]),
    ),
    "Softmax over time": told(
        lstm(writes="Y"), SQUEEZE, PRODUCT, node("Softmax", ["m"], ["said"], axis=0)
    ),
    "direction=reverse": refused("reverse"),
    "time turned round before a node": told(
        node("Slice", ["X", "last", "back", "zero", "last"], ["x"]), lstm(reads="x")
    ),
    "LSTM and GRU, activations=HardSigmoid, alpha 1/5 or 1/6": computed(
        lstm(activations=["HardSigmoid", "Tanh", "Tanh"], activation_alpha=[1 / 6])
    ),
    "LSTM and GRU, activations=Relu": computed(lstm(activations=["Sigmoid", "Relu", "Relu"])),
    "RNN, activations=Relu": kept("activations", "RNN relu 2.onnx"),
    "other activations": refused("other activations"),
    "clip": refused("clip"),
    "input_forget": refused("input_forget"),
    "peepholes (P)": refused("peepholes"),
    "initial states other than zeros": refused("stored states"),
    "sequence_lens in the file": refused("fixed lengths"),
    "QLinear, DequantizeLinear": refused("quantised weights"),
    "nodes of com.microsoft": refused("quantised node"),
    "weights as inputs of the graph": refused("weights are inputs"),
    "weights that are computed": told(
        node("Add", ["W", "W"], ["w"]), node("LSTM", ["X", "w", "R"], ["said"])
    ),
    "weights in another file": refused("external data"),
    "cells as plain products": refused("plain products"),
}  # fmt: skip
