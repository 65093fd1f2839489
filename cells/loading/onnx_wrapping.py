"""What stands before and behind a recurrent node in an ONNX graph: a table of rows, a linear layer."""

from __future__ import annotations

from cells.loading.onnx_axes import ASIDE, PASS_ON, TURNS, Laid, axes_after, behind, over_units
from cells.loading.onnx_graph import Graph, Origin
from cells.loading.onnx_nodes import Node
from cells.loading.onnx_tensors import Tensor
from cells.loading.stack import Linear
from cells.loading.tensors import Stored

MOVE = PASS_ON | {"Transpose", "Gather", "Slice", "Concat", "Split", "Flatten"}  # and compute nothing
SHOWN = {"LSTM", "GRU", "RNN", "Shape", "Size"}  # as networks of their own, or no numbers of it
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


def readout(graph: Graph, top: Node, width: int, directions: int) -> Linear | None:
    """The linear layer at the end of the graph, if nothing but it reads all of h and it is the last."""
    outputs = [name for name in top.outputs[:2] if name and (graph.readers(name) or name in graph.outputs)]
    if len(outputs) != 1 or (directions == 2 and outputs[0] != top.outputs[0]):
        return None
    value: Laid | None = Laid(outputs[0], 4 if outputs[0] == top.outputs[0] else 3)
    for _ in graph.nodes:
        readers = graph.readers(value.name) if value else []
        if value is None or len(readers) != 1:
            return None
        (node,) = readers
        if node.op in ("MatMul", "Gemm"):
            beside = directions == 1 or value.aside == (not top.whole("layout"))
            return linear(graph, node, value, width) if beside else None
        value = behind(graph, node, value)
    return None


def linear(graph: Graph, node: Node, value: Laid, width: int) -> Linear | None:
    """A product that reads `width` numbers, and what follows it up to the output of the graph."""
    table = graph.constant(node.input(1))
    axis = 0 if node.op == "Gemm" and node.whole("transB") else 1
    plain = unscaled(node) and node.input(0) == value.name
    if table is None or table.ndim != 2 or not plain or table.shape[1 - axis] != width:
        return None
    bias, bias_name = None, node.input(2) if node.op == "Gemm" else ""
    if bias_name:
        bias = graph.constant(bias_name)
    value = value._replace(name=node.outputs[0])
    readers = graph.readers(value.name)
    while len(readers) == 1 and readers[0].op in PASS_ON | {"Add"}:
        (after,) = readers
        if after.op == "Add":
            (other,) = [part for part in after.inputs if part != value.name] or [""]
            if bias is not None or (bias := graph.constant(other)) is None:
                return None
            bias_name = other
        value = value._replace(name=after.outputs[0], axes=axes_after(graph, after, value.axes))
        readers = graph.readers(value.name)
    kind, name = "linear", value.name
    if len(readers) == 1 and name not in graph.outputs and readers[0].op in KINDS:
        if readers[0].op == "Softmax" and not over_units(graph, readers[0], value.axes):
            return None
        kind, name = KINDS[readers[0].op], readers[0].outputs[0]
        readers = graph.readers(name)
    if readers or name not in graph.outputs or (bias is not None and bias.ndim != 1):
        return None
    return Linear(piece(node.input(1), table), None if bias is None else piece(bias_name, bias), axis, kind)


def read_by(graph: Graph, top: Node) -> Node | None:
    """The first node that makes something else of what the top one hands on."""
    waiting, seen = [name for name in top.outputs if name], set[str]()
    while waiting:
        name = waiting.pop()
        for node in graph.readers(name):
            if node.op in MOVE:
                waiting += [made for made in node.outputs if made not in seen]
                seen.update(node.outputs)
            elif node.op not in SHOWN:
                return node
    return None


def unscaled(node: Node) -> bool:
    """Whether a product is one and nothing more: Gemm can scale and turn what it reads."""
    return node.real("alpha", 1) == node.real("beta", 1) == 1 and not node.whole("transA")
