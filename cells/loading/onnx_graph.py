"""An ONNX model as nodes and the constants that they read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from cells.loading.errors import LoadError, shown
from cells.loading.onnx_moves import MOVES, moved
from cells.loading.onnx_nodes import Node, node
from cells.loading.onnx_tensors import Tensor, sparse, tensor
from cells.loading.protobuf import Message, message, messages, raws, text, whole
from cells.loading.tensors import MOST_NUMBERS

NEWEST = 99  # the opset of a model that names none
MOST_NODES = 100_000  # of a graph
MOST_MADE = 3 * MOST_NUMBERS  # gates in order, directions side by side, half precision widened
COPY = {"Concat", "Cast", "Reshape", "ConstantOfShape", "Constant"}
MOST_SOURCES = 10_000
DEEPEST = 64  # graphs within graphs, and constants made of constants
# Fields of onnx.proto
GRAPH, OPSETS = 7, 8
NODE, INITIALIZER, SPARSE, OUTPUT = 1, 5, 15, 12


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
        self.made: list[int] = outer.made if outer else [0]  # numbers that constants were copied to
        self.nodes = [node(part) for part in messages(found, NODE)]
        if len(self.nodes) > MOST_NODES:
            raise LoadError("onnx.nodes", count=f"{len(self.nodes):,}", most=f"{MOST_NODES:,}")
        self.initializers = {text(part, 8): part for part in messages(found, INITIALIZER)}
        # A sparse initializer is called as the tensor of its numbers is.
        self.sparse = {
            text(values, 8): part for part in messages(found, SPARSE) for values in messages(part, 1)
        }
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
        for reader in self.nodes:
            for name in dict.fromkeys(reader.inputs):
                found.setdefault(name, []).append(reader)
        return found

    def readers(self, name: str) -> list[Node]:
        """The nodes of this graph that read a value."""
        return self._readers.get(name, [])

    def constant(self, name: str, depth: int = 0) -> Tensor | None:
        """A value that the file holds, as it is or behind nodes that only move numbers."""
        if depth > DEEPEST:
            raise LoadError("onnx.steps", name=shown(name))
        if name not in self.known:
            self.known[name] = self.counted(name, self.found(name, depth))
        return self.known[name]

    def counted(self, name: str, value: Tensor | None) -> Tensor | None:
        """A constant, if it and those before it are no more than a network can be made of."""
        made = self.producers.get(name)
        copied = made.op in COPY if made else name in self.sparse
        self.made[0] += value.size if copied and value is not None else 0
        if self.made[0] > MOST_MADE:
            raise LoadError("onnx.made", name=shown(name), most=f"{MOST_MADE:,}")
        return value

    def found(self, name: str, depth: int) -> Tensor | None:
        """The same, not yet known."""
        if name in self.initializers:
            return tensor(name, self.initializers[name])
        if name in self.sparse:
            return sparse(name, self.sparse[name])
        made = self.producers.get(name)
        if made is None:
            return self.outer.constant(name, depth + 1) if self.outer else None
        if made.op == "Constant":
            return made.constant(name)
        if made.op not in (*MOVES, "Split") or made.domain not in ("", "ai.onnx"):
            return None
        given = [self.constant(part, depth + 1) if part else None for part in made.inputs]
        if not given or any(value is None and part for value, part in zip(given, made.inputs, strict=True)):
            return None
        if sum(value.size for value in given if value is not None) > MOST_NUMBERS:
            raise LoadError("onnx.many", name=shown(name), most=f"{MOST_NUMBERS:,}")
        return moved(made, name, given)

    def sources(self, names: Iterable[str]) -> set[str]:
        """The arrays of the file that these values are, or are made of; the first few thousand of them."""
        waiting, found = list(names), set[str]()
        while waiting and len(found) < MOST_SOURCES:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                made = self.producer(name)
                waiting += made.inputs if made else ()
        return found


def read(data: bytes) -> Graph:
    """The graph of a model."""
    model = message(memoryview(data))
    opsets = (number for part in messages(model, OPSETS) if not text(part, 1) for number in whole(part, 2))
    for part in messages(model, GRAPH):
        return Graph(part, opset=next(opsets, NEWEST))
    raise LoadError("onnx.no_graph")


def every(graphs: Sequence[Graph]) -> Iterator[tuple[Graph, Node]]:
    """Every node with the graph that it is in."""
    return ((graph, node) for graph in graphs for node in graph.nodes)
