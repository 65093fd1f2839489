"""An ONNX model as nodes and the constants that they read; numbers outside of the file are never touched."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from math import prod
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from cells.loading import protobuf
from cells.loading.errors import LoadError, shown
from cells.loading.protobuf import Message, message, messages, packed, raws, text, texts, whole
from cells.loading.tensors import MOST_NUMBERS, check_floats, floats, shape_of

Tensor: TypeAlias = NDArray[np.generic]

NEWEST = 99  # the opset of a model that names none
MOST_NODES = 100_000  # of a graph
DEEPEST = 64  # graphs within graphs, and constants made of constants
# Fields of onnx.proto
GRAPH, OPSETS, FUNCTIONS = 7, 8, 25
NODE, INITIALIZER, SPARSE, INPUT, OUTPUT = 1, 5, 15, 11, 12
TYPES = {1: "float32", 10: "float16", 11: "float64", 16: "bfloat16"}
WHOLE = {6: "<i4", 7: "<i8"}
QUANTISED = {2: "uint8", 3: "int8", 4: "uint16", 5: "int16", 17: "float8", 21: "uint4", 22: "int4"}


class Node(NamedTuple):
    """One operation; `inside` are the graphs of an If, Loop or Scan."""

    op: str
    name: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    attributes: Mapping[str, Message]
    domain: str

    def whole(self, name: str, default: int = 0) -> int:
        """An attribute that is a whole number."""
        return next(iter(whole(self.attributes.get(name, {}), 3)), default)

    def wholes(self, name: str) -> tuple[int, ...] | None:
        """An attribute that is a list of whole numbers."""
        return whole(self.attributes[name], 8) if name in self.attributes else None

    def text(self, name: str, default: str = "") -> str:
        """An attribute that is a text."""
        return text(self.attributes.get(name, {}), 4) or default

    def tensor(self, name: str, default: Tensor) -> Tensor:
        """An attribute that is a tensor."""
        found = messages(self.attributes.get(name, {}), 5)
        return next((tensor(name, part) for part in found), default)

    def numbers(self, graph: Graph, names: Sequence[str], first: int) -> tuple[tuple[int, ...] | None, ...]:
        """Whole numbers of these names: attributes in older opsets, inputs from `first` on in newer ones."""
        given = (
            graph.constant(name) if (name := self.input(first + place)) else None
            for place in range(len(names))
        )
        return tuple(
            self.wholes(name) if array is None else tuple(int(number) for number in array.ravel())
            for name, array in zip(names, given, strict=True)
        )

    def input(self, place: int) -> str:
        """The name of an input, empty if it is left out."""
        return self.inputs[place] if place < len(self.inputs) else ""


class Origin(NamedTuple):
    """Where a value comes from, and whether directions were laid beside units on the way."""

    name: str
    aside: bool


class Graph:
    """A graph and the graphs inside it; inner ones see the names of outer ones."""

    def __init__(
        self, found: Message, outer: Graph | None = None, depth: int = 0, opset: int = NEWEST
    ) -> None:
        if depth > DEEPEST:
            raise LoadError("onnx.deep")
        self.outer, self.opset = outer, opset
        self.nodes = [node(part) for part in messages(found, NODE)]
        if len(self.nodes) > MOST_NODES:
            raise LoadError("onnx.nodes", count=f"{len(self.nodes):,}", most=f"{MOST_NODES:,}")
        self.initializers = {text(part, 8): part for part in messages(found, INITIALIZER)}
        self.outputs = [text(part, 1) for part in messages(found, OUTPUT)]
        self.producers = {name: node for node in self.nodes for name in node.outputs if name}
        self.inner = [
            Graph(message(part), self, depth + 1, opset)
            for node in self.nodes
            for attribute in node.attributes.values()
            for number in (6, 11)
            for part in raws(attribute, number)
        ]
        self.known: dict[str, Tensor | None] = {}
        self.origins: dict[str, Origin] = {}
        self.spread: dict[str, Tensor | None] = {}

    def walk(self) -> Iterator[Graph]:
        """This graph and all inside it."""
        yield self
        for graph in self.inner:
            yield from graph.walk()

    def producer(self, name: str) -> Node | None:
        """The node that makes a value, here or outside."""
        found = self.producers.get(name)
        return found if found or self.outer is None else self.outer.producer(name)

    @cached_property
    def _readers(self) -> Mapping[str, list[Node]]:
        found: dict[str, list[Node]] = {}
        for node in self.nodes:
            for name in dict.fromkeys(node.inputs):
                found.setdefault(name, []).append(node)
        return found

    def readers(self, name: str) -> list[Node]:
        """The nodes of this graph that read a value."""
        return self._readers.get(name, [])

    def constant(self, name: str, depth: int = 0) -> Tensor | None:
        """A value that the file holds, as it is or behind nodes that only move numbers."""
        if depth > DEEPEST:
            raise LoadError("onnx.steps", name=shown(name))
        if name not in self.known:
            self.known[name] = self.found(name, depth)
        return self.known[name]

    def found(self, name: str, depth: int) -> Tensor | None:
        """The same, not yet known."""
        if name in self.initializers:
            return tensor(name, self.initializers[name])
        made = self.producers.get(name)
        if made is None:
            return self.outer.constant(name, depth + 1) if self.outer else None
        if made.op == "Constant":
            return next((tensor(name, part) for part in messages(made.attributes.get("value", {}), 5)), None)
        if made.op not in MOVES or made.domain not in ("", "ai.onnx"):
            return None
        given = [self.constant(part, depth + 1) if part else None for part in made.inputs]
        if not given or any(value is None and part for value, part in zip(given, made.inputs, strict=True)):
            return None
        if sum(value.size for value in given if value is not None) > MOST_NUMBERS:
            raise LoadError("onnx.many", name=shown(name), most=f"{MOST_NUMBERS:,}")
        return MOVES[made.op](made, *given)


def read(data: bytes) -> Graph:
    """The graph of a model."""
    model = message(memoryview(data))
    opsets = (number for part in messages(model, OPSETS) if not text(part, 1) for number in whole(part, 2))
    for part in messages(model, GRAPH):
        return Graph(part, opset=next(opsets, NEWEST))
    raise LoadError("onnx.no_graph")


def node(part: Message) -> Node:
    """A NodeProto."""
    attributes = {text(about, 1): about for about in messages(part, 5)}
    return Node(text(part, 4), text(part, 3), texts(part, 1), texts(part, 2), attributes, text(part, 7))


def tensor(name: str, part: Message) -> Tensor:
    """A TensorProto whose numbers lie in the file."""
    if protobuf.raws(part, 13) or whole(part, 14) == (1,):
        raise LoadError("onnx.elsewhere", name=shown(name))
    shape = shape_of(name, whole(part, 1))
    kind = next(iter(whole(part, 2)), 0)
    size = prod(shape)
    if size > MOST_NUMBERS:
        raise LoadError("onnx.large", name=shown(name), shape=shown(shape), most=f"{MOST_NUMBERS:,}")
    raw = b"".join(raws(part, 9))
    if kind in WHOLE:
        numbers: Tensor = (
            np.frombuffer(raw, WHOLE[kind]) if raw else np.array(whole(part, 7 if kind == 7 else 5), "int64")
        )
    else:
        dtype = check_floats(name, TYPES.get(kind, QUANTISED.get(kind, f"type {kind}")))
        if not raw and dtype == "float32":
            raw = packed(part, 4, "f")
        elif not raw and dtype == "float64":
            raw = packed(part, 10, "d")
        elif not raw:
            raw = np.array(whole(part, 5), "int64").astype("<u2").tobytes()
        numbers = floats(raw, dtype)
    if numbers.size != size:
        raise LoadError("onnx.count", name=shown(name), shape=shown(shape), found=numbers.size)
    return numbers.reshape(shape)


def axes(made: Node, given: Tensor | None) -> tuple[int, ...] | None:
    """The axes of Squeeze and Unsqueeze: an input since opset 13, an attribute before."""
    return made.wholes("axes") if given is None else tuple(int(axis) for axis in given.ravel())


def squeeze(made: Node, value: Tensor, given: Tensor | None = None) -> Tensor:
    """Squeeze."""
    return np.squeeze(value, axes(made, given))


def unsqueeze(made: Node, value: Tensor, given: Tensor | None = None) -> Tensor:
    """Unsqueeze."""
    return np.expand_dims(value, axes(made, given) or ())


def reshape(_: Node, value: Tensor, given: Tensor) -> Tensor:
    """Reshape; 0 keeps a size."""
    sizes = [int(size) for size in given.ravel()]
    return value.reshape([size or value.shape[place] for place, size in enumerate(sizes)])


def cut(_: Node, value: Tensor, *given: Tensor | None) -> Tensor:
    """Slice."""
    starts, stops, places, steps = (
        None if part is None else [int(number) for number in part.ravel()]
        for part in (*given, None, None)[:4]
    )
    which = [slice(None)] * value.ndim
    for place, start in enumerate(starts or ()):
        step = steps[place] if steps else 1
        axis = places[place] if places else place
        which[axis] = slice(start, (stops or ())[place], step)
    return value[tuple(which)]


MOVES: Mapping[str, Callable[..., Tensor]] = {
    "Identity": lambda _, value: value,
    "Squeeze": squeeze,
    "Unsqueeze": unsqueeze,
    "Reshape": reshape,
    "Slice": cut,
    "Transpose": lambda made, value: np.transpose(value, made.wholes("perm")),
    "Concat": lambda made, *values: np.concatenate(values, made.whole("axis")),
}


def every(graphs: Sequence[Graph]) -> Iterator[tuple[Graph, Node]]:
    """Every node with the graph that it is in."""
    return ((graph, node) for graph in graphs for node in graph.nodes)
