"""A network of one layer, put together of blocks that a file keeps wherever it likes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

import numpy as np

from cells.arrays import Array
from cells.cell import CELLS
from cells.layers import Layer
from cells.loading.activations import answered
from cells.loading.errors import LoadError, shown
from cells.loading.fragment import Answers, Part, Question
from cells.loading.sentences import Sentence
from cells.loading.stack import Linear, asked_around, matrix, read_out
from cells.loading.tensors import Stored, fetched
from cells.network import Network
from cells.weights import Weights

NOTHING: Mapping[str, float] = MappingProxyType({})
Take: TypeAlias = Callable[[Array, Answers], Array]


class Block(NamedTuple):
    """One block of W, U or b: an array of the file, and how the block is taken out of it."""

    array: Stored
    take: Take


class Blocks(NamedTuple):
    """A cell's blocks by gates, each bias a sum; a `shift` is added to the bias of a gate."""

    cell: str
    W: Mapping[str, Block]
    U: Mapping[str, Block]
    b: Mapping[str, tuple[Block, ...]]
    readout: Linear | None = None
    embedding: Stored | None = None
    doubted: frozenset[str] = frozenset()
    axis: Callable[[Answers], int] | None = None  # the one of the readout's outputs, where an answer says it
    shift: Mapping[str, float] = NOTHING

    def part(
        self,
        name: str,
        conventions: tuple[Sentence, ...] = (),
        questions: tuple[Question, ...] = (),
        unused: tuple[str, ...] = (),
    ) -> Part:
        """The blocks as a part of their file."""
        asked = asked_around(self.embedding, self.readout, self.doubted)
        return Part(name, self.arrays, conventions, (*questions, *asked), unused, self.network)

    @property
    def arrays(self) -> tuple[tuple[Stored, str], ...]:
        """Every array once, with our names for what is taken out of it."""
        named: dict[str, tuple[Stored, list[str]]] = {}
        for letter, blocks in (("W", self.W), ("U", self.U)):
            for gate, block in blocks.items():
                named.setdefault(block.array.name, (block.array, []))[1].append(f"{letter}.{gate}")
        for gate, several in self.b.items():
            for block in several:
                named.setdefault(block.array.name, (block.array, []))[1].append(f"b.{gate}")
        found = [(array, "layers.0.forward." + " ".join(ours)) for array, ours in named.values()]
        if self.embedding is not None:
            found.insert(0, (self.embedding, "embedding"))
        if self.readout is not None:
            found.append((self.readout.W, "readout.W"))
            if self.readout.b is not None:
                found.append((self.readout.b, "readout.b"))
        return tuple(found)

    def network(self, answers: Answers) -> Network:
        """The network, its numbers in float64 if any of the file's are."""
        after = self.cell == "GRU" and answers.get("reset") == "after"
        cell = CELLS["GRU (reset after)" if after else self.cell]
        kept = {array.name: fetched(array) for array, _ in self.arrays}
        dtype = np.result_type(*kept.values())

        def taken(block: Block) -> Array:
            return block.take(kept[block.array.name], answers).astype(dtype)

        W, U = ({gate: taken(block) for gate, block in blocks.items()} for blocks in (self.W, self.U))
        units = len(next(iter(U.values())))
        b = {}
        for gate in cell.biases:
            biases = [taken(block) for block in self.b.get(gate, ())]
            for block, bias in zip(self.b.get(gate, ()), biases, strict=True):
                if bias.shape != (units,):
                    raise LoadError("stack.biases", name=shown(block.array.name))
            b[gate] = sum(biases, np.full(units, self.shift.get(gate, 0), dtype))
        weights = Weights(cell.Blocks(**W), cell.Blocks(**U), cell.Biases(**b))
        kind = answers.get("readout", "none")
        readout = None
        if self.readout is not None and kind != "none":
            axis = self.readout.axis if self.axis is None else self.axis(answers)
            readout = read_out(self.readout._replace(axis=axis), kind)
        table = None if self.embedding is None or answers.get("embedding") == "no" else matrix(self.embedding)
        return Network(answered(cell.name, answers), (Layer(weights),), table, readout)
