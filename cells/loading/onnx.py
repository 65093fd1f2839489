"""ONNX: the LSTM, GRU and RNN nodes of a graph, in If and Loop bodies too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from cells.loading.activations import choices, with_functions
from cells.loading.errors import LoadError, shown
from cells.loading.fragment import Part, check_parts
from cells.loading.layouts import LAYOUTS
from cells.loading.onnx_axes import PASS_ON
from cells.loading.onnx_graph import Graph, every
from cells.loading.onnx_graph import read as read_graph
from cells.loading.onnx_nodes import Node
from cells.loading.onnx_tensors import Tensor
from cells.loading.onnx_wrapping import embedding, origin, piece, read_by, readout
from cells.loading.protobuf import texts
from cells.loading.sentences import Sentence, sentence
from cells.loading.stack import Side, Stack
from cells.loading.tensors import Stored

Where: TypeAlias = Mapping[str, str]  # what every sentence about a node says: its kind and its name

# By operator: which of our functions each of its activations is.
ACTIVATIONS = {
    "RNN": ("candidate",),
    "LSTM": ("gate", "candidate", "candidate"),
    "GRU": ("gate", "candidate"),
}
DIRECTIONS = {"forward": 1, "bidirectional": 2}
X, W, R, B, LENGTHS, H, C, PEEPHOLES = range(8)

SPREAD = PASS_ON | {"Expand", "Tile", "Slice", "Transpose"}
PRODUCTS = {"MatMul", "Gemm"}


class Recurrent(NamedTuple):
    """One node with its arrays."""

    graph: Graph
    node: Node
    cell: str
    sides: tuple[Side, ...]
    said: tuple[Sentence, ...]

    @property
    def name(self) -> str:
        """What the node is called, or the value that it makes."""
        return self.node.name or next(filter(None, self.node.outputs), self.node.op)

    @property
    def width(self) -> int:
        """How many numbers it hands on."""
        return sum(side.recurrent.shape[1] for side in self.sides)


def read(data: bytes) -> tuple[Part, ...]:
    """The recurrent networks of a model, each a chain of nodes."""
    graphs = list(read_graph(data).walk())
    found = []
    for graph, node in every(graphs):
        if "LSTM" in node.op and node.domain not in ("", "ai.onnx"):
            raise LoadError("onnx.domain", domain=shown(node.domain), op=shown(node.op))
        if node.op in ACTIVATIONS and node.domain in ("", "ai.onnx"):
            found.append(recurrent(graph, node))
            check_parts(len(found))
    if not found:
        made_of = {node.op for _, node in every(graphs)}
        plain = "Tanh" in made_of and made_of & PRODUCTS
        raise LoadError("onnx.products" if plain else "onnx.none")
    by_output = {(id(one.graph), one.node.outputs[0]): one for one in found if one.node.outputs}
    below = {id(upper): lower for upper in found if (lower := beneath(upper, by_output)) is not None}
    inner = {id(one) for one in below.values()}
    chains = []
    for top in found:
        if id(top) not in inner:
            chain = [top]
            while id(chain[-1]) in below and len(chain) < len(found):
                chain.append(below[id(chain[-1])])
            chains.append(chain[::-1])
    return tuple(map(part, chains))


def recurrent(graph: Graph, node: Node) -> Recurrent:
    """A node that computes what one of our cells does; LoadError says what it does else."""
    where = {"op": node.op, "node": shown(node.name or next(filter(None, node.outputs), ""))}
    direction = node.text("direction", "forward").lower()
    if node.input(PEEPHOLES):
        raise LoadError("onnx.peepholes", **where)
    if "clip" in node.attributes:
        raise LoadError("onnx.clip", **where)
    if node.whole("input_forget"):
        raise LoadError("onnx.input_forget", **where)
    if direction not in DIRECTIONS:
        raise LoadError("onnx.direction", **where, direction=shown(direction))
    after = node.op == "GRU" and node.whole("linear_before_reset")
    cell = activated("GRU (reset after)" if after else node.op, node, DIRECTIONS[direction], where)
    sides = stacks(graph, node, DIRECTIONS[direction], where)
    units = node.whole("hidden_size", sides[0].recurrent.shape[1])
    if units != sides[0].recurrent.shape[1]:
        raise LoadError("onnx.units", **where, said=units, units=sides[0].recurrent.shape[1])
    said = (*starts(graph, node, where), *lengths(graph, node, where))
    return Recurrent(graph, node, cell, sides, said)


def activated(family: str, node: Node, directions: int, where: Where) -> str:
    """The cell with the activations of a node; LoadError says which of them none of ours has."""
    roles = ACTIVATIONS[node.op] * directions
    named = functions(node)
    if not named:
        return family
    pairs = set(zip(roles, named, strict=False))
    cell = with_functions(family, **dict(pairs)) if len(named) == len(roles) else None
    if cell is None or len(pairs) > len(dict(pairs)):
        ours = ", ".join(" / ".join(choices(family, role)) for role in ACTIVATIONS[node.op])
        raise LoadError("onnx.activations", **where, found=shown(", ".join(named)), ours=ours)
    return cell


def functions(node: Node) -> list[str]:
    """The activations of a node by our names; of a hard sigmoid alpha and beta say which one it is."""
    slopes, starts = (iter(node.reals(f"activation_{name}")) for name in ("alpha", "beta"))
    found = []
    for name in texts(node.attributes.get("activations", {}), 9):
        ours = name.lower()
        if ours == "hardsigmoid":
            alpha, beta = next(slopes, 0.2), next(starts, 0.5)
            ours = f"{name} ({alpha:g}, {beta:g})"
            for rise in (5, 6):
                if np.allclose((alpha, beta), (1 / rise, 1 / 2), rtol=0, atol=1e-6):
                    ours = f"hard_sigmoid_{rise}"
        found.append(ours)
    return found


def stacks(graph: Graph, node: Node, directions: int, where: Where) -> tuple[Side, ...]:
    """W, R and B of each direction."""
    found = {}
    for place, letter, ndim in ((W, "W", 3), (R, "R", 3), (B, "B", 2)):
        name = node.input(place)
        if not name:
            continue
        array = graph.constant(name)
        if array is None:
            made = graph.producer(name)
            if made is None:
                raise LoadError("onnx.input", **where, letter=letter)
            raise LoadError(
                "onnx.quantised" if "quant" in made.op.lower() else "onnx.computed",
                **where,
                letter=letter,
                maker=shown(made.op),
            )
        if array.ndim != ndim or len(array) != directions or array.dtype.kind != "f":
            raise LoadError(
                "onnx.axes",
                **where,
                letter=letter,
                shape=shown(array.shape),
                type=array.dtype,
                axes=ndim,
                directions=directions,
            )
        found[place] = [piece(f"{name}[{side}]", array[side]) for side in range(directions)]
    if W not in found or R not in found:
        raise LoadError("onnx.no_weights", **where)
    biases = found.get(B)
    return tuple(
        Side(found[W][side], found[R][side], (biases[side],) if biases else ()) for side in range(directions)
    )


def starts(graph: Graph, node: Node, where: Where) -> tuple[Sentence, ...]:
    """What is to be said of the states before the first step; states other than zero are refused."""
    said: tuple[Sentence, ...] = ()
    for place in (H, C):
        if name := node.input(place):
            value = spread(graph, name)
            if value is None:
                said = (sentence("note.first_states"),)
            elif np.any(value != 0):
                raise LoadError("onnx.states", **where)
    return said


def spread(graph: Graph, name: str) -> Tensor | None:
    """The constant behind a value that only repeats or moves it, of any shape; None for what is computed."""
    way: dict[str, None] = {}
    value = None
    while name not in way:
        way[name] = None
        value, made = graph.constant(name), graph.producer(name)
        if value is not None or made is None or name in graph.spread:
            value = graph.spread.get(name, value)
            break
        if made.op == "ConstantOfShape":
            value = made.tensor("value", np.zeros(1))
            break
        if made.op == "ConstantFill":  # before opset 9
            value = np.array([made.real("value", 0)])
            break
        if made.op not in SPREAD:
            break
        name = made.input(0)
    graph.spread.update(dict.fromkeys(way, value))
    return value


def lengths(graph: Graph, node: Node, where: Where) -> tuple[Sentence, ...]:
    """What is to be said of sequence_lens."""
    name = node.input(LENGTHS)
    if name and graph.constant(name) is not None:
        raise LoadError("onnx.lengths", **where)
    return (sentence("note.lengths"),) if name else ()


def beneath(upper: Recurrent, by_output: dict[tuple[int, str], Recurrent]) -> Recurrent | None:
    """The node whose every h another reads as it is, if it is one more layer of the same network."""
    came = origin(upper.graph, upper.node.input(X))
    lower = by_output.get((id(upper.graph), came.name))
    if lower is None or (lower.cell, len(lower.sides)) != (upper.cell, len(upper.sides)):
        return None
    beside = len(lower.sides) == 1 or came.aside == (not lower.node.whole("layout"))
    return lower if beside and lower.width == upper.sides[0].kernel.shape[-1] else None


def before(bottom: Recurrent, embedding: Stored | None) -> tuple[Sentence, ...]:
    """What is to be said of what the first node reads; what turns time round is refused."""
    graph, node = bottom.graph, bottom.node
    made, seen = graph.producer(origin(graph, node.input(X)).name), set[int]()
    while made is not None and made.op in PASS_ON | {"Transpose"} and id(made) not in seen:
        seen.add(id(made))
        made = graph.producer(made.input(0))
    if made is None or embedding is not None:
        return ()
    steps = graph.constant(made.input(4)) if made.op == "Slice" and made.input(4) else None
    if made.op == "ReverseSequence" or (
        steps is not None and any(step < 0 for step in steps.ravel().tolist())
    ):
        raise LoadError("onnx.reversed", op=node.op, node=shown(bottom.name), maker=shown(made.op))
    return (sentence("note.reads", kind=shown(made.op), name=shown(made.name or made.outputs[0])),)


def part(chain: Sequence[Recurrent]) -> Part:
    """A chain of nodes with what stands before and behind it."""
    bottom, top = chain[0], chain[-1]
    graph = top.graph
    layout = LAYOUTS["ONNX", top.cell]
    stack = Stack(
        layout,
        tuple(one.sides for one in chain),
        embedding(graph, bottom.node),
        readout(graph, top.node, top.width, len(top.sides)),
    )
    said = [*before(bottom, stack.embedding), *(note for one in chain for note in one.said)]
    if stack.readout is None and (reader := read_by(graph, top.node)):
        said.append(
            sentence("note.behind", kind=shown(reader.op), name=shown(reader.name or reader.outputs[0]))
        )
    around = (stack.embedding, *(stack.readout or ())[:2])
    names = [one.node.input(place) for one in chain for place in (W, R, B)]
    own = graph.sources((*names, *(array.name for array in around if array is not None)))
    unused = tuple(
        name
        for name, kept in graph.initializers.items()
        if name not in own and any(kind in (1, 10, 11, 16) for kind in kept.get(2, []))
    )
    return stack.part(" + ".join(one.name for one in chain), tuple(dict.fromkeys(said)), (), unused)
