"""What stands before and behind a recurrent node in an ONNX graph: a table of rows, a linear layer."""

from __future__ import annotations

import struct

from cells.loading.onnx_graph import Graph, Node, Origin, Tensor
from cells.loading.protobuf import packed
from cells.loading.stack import Linear
from cells.loading.tensors import Stored

PASS_ON = {"Identity", "Dropout", "Cast", "Squeeze", "Unsqueeze", "Reshape"}
ASIDE = (0, 2, 1, 3)  # Y is (time, direction, batch, unit): directions must come beside units
TURNS = {(1, 0, 2), ASIDE}  # time and batch change places
CHOOSE_STEPS = {"Gather", "Slice", "Squeeze"}
KINDS = {"Softmax": "softmax", "Sigmoid": "sigmoid"}


def piece(name: str, array: Tensor) -> Stored:
    """An array of the graph."""
    return Stored(
        name, array.shape, lambda: array.astype("float64" if array.dtype == "float64" else "float32")
    )


def origin(graph: Graph, name: str) -> Origin:
    """The value that others only pass on or turn; looked up once for all that lie on the way."""
    way: dict[str, bool] = {}
    while name not in graph.origins:
        made = graph.producers.get(name)
        turned = made.wholes("perm") if made is not None and made.op == "Transpose" else None
        if made is None or not (made.op in PASS_ON or turned in TURNS) or name in way:
            graph.origins[name] = Origin(name, False)
        else:
            way[name] = turned == ASIDE
            name = made.input(0)
    found = graph.origins[name]
    for step, aside in reversed(way.items()):
        found = graph.origins[step] = Origin(found.name, found.aside or aside)
    return found


def embedding(graph: Graph, node: Node) -> Stored | None:
    """The table whose rows the first node reads."""
    made = graph.producers.get(origin(graph, node.input(0)).name)
    if made is None or made.op != "Gather" or made.whole("axis"):
        return None
    table = graph.constant(made.input(0))
    whole = table is not None and table.ndim == 2 and table.dtype.kind == "f"
    return piece(made.input(0), table) if whole and table is not None else None


def readout(graph: Graph, top: Node, directions: int) -> Linear | None:
    """The linear layer at the end of the graph, if nothing but it reads h and it is the last."""
    aside = False
    outputs = [name for name in top.outputs[:2] if name and (graph.readers(name) or name in graph.outputs)]
    if len(outputs) != 1 or (directions == 2 and outputs[0] != top.outputs[0]):
        return None
    name = outputs[0]
    for _ in graph.nodes:
        behind = graph.readers(name)
        if len(behind) != 1:
            return None
        (node,) = behind
        turned = node.wholes("perm") if node.op == "Transpose" else None
        if node.op in ("MatMul", "Gemm"):
            beside = directions == 1 or aside == (not top.whole("layout"))
            return linear(graph, node, name) if beside else None
        if (node.op not in PASS_ON | CHOOSE_STEPS and turned not in TURNS) or node.input(0) != name:
            return None
        aside |= turned == ASIDE
        name = node.outputs[0]
    return None


def linear(graph: Graph, node: Node, name: str) -> Linear | None:
    """A product and what follows it up to the output of the graph."""
    table = graph.constant(node.input(1))
    plain = unscaled(node) and node.input(0) == name
    if table is None or table.ndim != 2 or not plain:
        return None
    bias, bias_name = None, node.input(2) if node.op == "Gemm" else ""
    if bias_name:
        bias = graph.constant(bias_name)
    name = node.outputs[0]
    behind = graph.readers(name)
    while len(behind) == 1 and behind[0].op in PASS_ON | {"Add"}:
        (after,) = behind
        if after.op == "Add":
            (other,) = [part for part in after.inputs if part != name] or [""]
            if bias is not None or (bias := graph.constant(other)) is None:
                return None
            bias_name = other
        name = after.outputs[0]
        behind = graph.readers(name)
    kind = "linear"
    if len(behind) == 1 and name not in graph.outputs and behind[0].op in KINDS:
        kind, name = KINDS[behind[0].op], behind[0].outputs[0]
        behind = graph.readers(name)
    if behind or name not in graph.outputs or (bias is not None and bias.ndim != 1):
        return None
    axis = 0 if node.op == "Gemm" and node.whole("transB") else 1
    return Linear(piece(node.input(1), table), None if bias is None else piece(bias_name, bias), axis, kind)


def unscaled(node: Node) -> bool:
    """Whether a product is one and nothing more: Gemm can scale and turn what it reads."""
    scales = [packed(node.attributes[name], 2, "f") for name in ("alpha", "beta") if name in node.attributes]
    return all(scale == struct.pack("<f", 1) for scale in scales) and not node.whole("transA")
