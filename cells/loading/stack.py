"""Layers as PyTorch, Keras and ONNX stack them, with what stands before and behind: a network of ours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from cells.arrays import Array
from cells.cell import CELLS
from cells.layers import READOUTS, Layer, Readout
from cells.loading.activations import answered
from cells.loading.errors import LoadError, shown
from cells.loading.fragment import Answers, Part, Question
from cells.loading.layouts import Layout, split
from cells.loading.sentences import Sentence, sentence
from cells.loading.tensors import Stored, fetched
from cells.network import Network
from cells.weights import Weights

CONVENTIONS = {
    "GRU": (sentence("note.keeps"), sentence("note.reset_before")),
    "GRU (reset after)": (sentence("note.keeps"), sentence("note.reset_after")),
}
MOST_LAYERS = 64  # of one network: each has its own pass over a text
EMBEDDING, READOUT = "embedding", "readout"
ASK_EMBEDDING = Question(EMBEDDING, "Are its inputs the rows of {}?", ("yes", "no"), "yes")
ASK_READOUT = Question(READOUT, "What is made of {}?", (*READOUTS, "none"), "linear")


class Side(NamedTuple):
    """One direction of one layer: its stacks as the file has them."""

    kernel: Stored
    recurrent: Stored
    biases: tuple[Stored, ...]
    turned: bool = False  # whether the file has each block transposed

    @property
    def arrays(self) -> tuple[Stored, ...]:
        """All of them."""
        return (self.kernel, self.recurrent, *self.biases)


class Linear(NamedTuple):
    """A readout; `axis` is the one of W on which its outputs lie, `kind` None where the file does not say."""

    W: Stored
    b: Stored | None
    axis: int
    kind: str | None


class Stack(NamedTuple):
    """Layers of one layout, bottom first; `certain` where the file says itself that `embedding` is first.

    What is `doubted`, EMBEDDING or READOUT, is left out unless the reader says else.
    """

    layout: Layout
    layers: tuple[tuple[Side, ...], ...]
    embedding: Stored | None = None
    readout: Linear | None = None
    certain: bool = True
    doubted: frozenset[str] = frozenset()

    @property
    def questions(self) -> tuple[Question, ...]:
        """What the file does not say about what stands before and behind the layers."""
        return asked_around(None if self.certain else self.embedding, self.readout, self.doubted)

    @property
    def arrays(self) -> Iterator[tuple[Stored, str]]:
        """Every array with our name for what it becomes."""
        if self.embedding is not None:
            yield self.embedding, "embedding"
        gates = " ".join(self.layout.order)
        for depth, sides in enumerate(self.layers):
            for direction, side in zip(Layer._fields, sides, strict=False):
                ours = ("W", "U", *"b" * len(side.biases))
                for array, kind in zip(side.arrays, ours, strict=True):
                    yield array, f"layers.{depth}.{direction}.{kind} ({gates})"
        if self.readout is not None:
            yield self.readout.W, "readout.W"
            if self.readout.b is not None:
                yield self.readout.b, "readout.b"

    def part(
        self,
        name: str,
        conventions: tuple[Sentence, ...] = (),
        questions: tuple[Question, ...] = (),
        unused: tuple[str, ...] = (),
    ) -> Part:
        """The stack as a part of its file."""
        if len(self.layers) > MOST_LAYERS:
            raise LoadError("stack.deep", name=shown(name), layers=len(self.layers), most=MOST_LAYERS)
        order = sentence("note.order", format=self.layout.format, gates=" ".join(self.layout.order))
        said = (order,) if len(self.layout.order) > 1 else ()
        return Part(
            name,
            tuple(self.arrays),
            (*said, *CONVENTIONS.get(CELLS[self.layout.cell].family, ()), *conventions),
            (*questions, *self.questions),
            unused,
            self.network,
        )

    def network(self, answers: Answers) -> Network:
        """The network, its numbers in float64 if any of the file's are."""
        layers = tuple(Layer(*(weights(self.layout, side) for side in sides)) for sides in self.layers)
        embedding = readout = None
        if self.embedding is not None and answers.get("embedding") != "no":
            embedding = matrix(self.embedding)
        if self.readout is not None:
            kind = self.readout.kind or answers["readout"]
            readout = None if kind == "none" else read_out(self.readout, kind)
        dtype = np.result_type(*(array for layer in layers for side in layer if side for array in side[1]))
        layers = tuple(layer.astype(dtype) for layer in layers)
        return Network(answered(self.layout.cell, answers), layers, embedding, readout)


def asked_around(
    embedding: Stored | None, readout: Linear | None, doubted: frozenset[str]
) -> tuple[Question, ...]:
    """What is asked about a table and a readout; by default the doubted are left out."""
    asked = []
    if embedding is not None:
        asked.append(about(ASK_EMBEDDING, embedding))
    if readout is not None and readout.kind is None:
        asked.append(about(ASK_READOUT, readout.W))
    return tuple(one._replace(default=one.choices[-1]) if one.name in doubted else one for one in asked)


def about(question: Question, array: Stored) -> Question:
    """The question about this array."""
    name = shown(array.name)
    return question._replace(asks=question.asks.format(name), about=name)


def weights(layout: Layout, side: Side) -> Weights:
    """The named blocks of one direction; a LoadError names the array that does not fit."""
    bias = np.concatenate([fetched(array).ravel() for array in side.biases]) if side.biases else None
    kernel, recurrent = matrix(side.kernel), matrix(side.recurrent)
    units = recurrent.shape[1 - layout.axis]
    try:
        found = split(layout, kernel, recurrent, bias)
    except LoadError as error:
        raise LoadError("stack.misfit", name=shown(side.recurrent.name), fault=error.sentence) from None
    if any(len(vector) != units for vector in found.b) or len(CELLS[layout.cell].biases) != len(found.b):
        raise LoadError("stack.biases", name=shown(side.recurrent.name))
    return found


def matrix(array: Stored) -> Array:
    """A table of numbers."""
    if len(array.shape) != 2:
        raise LoadError("stack.matrix", name=shown(array.name), shape=shown(array.shape))
    return fetched(array)


def read_out(linear: Linear, kind: str) -> Readout:
    """The readout of this kind, (unit, output)."""
    W = matrix(linear.W)
    W = W.T if linear.axis == 0 else W
    return Readout(W, np.zeros(W.shape[1], W.dtype) if linear.b is None else fetched(linear.b), kind)
