"""A network's numbers by name, and as one vector that training moves.

Names are paths: "layers.0.forward.W.f", "embedding", "readout.b"; files of weights use them too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeVar

import numpy as np

from cells.arrays import Array, Matrix, Vector
from cells.cell import Cell, named
from cells.layers import Layer, Readout, directions_of
from cells.network import Network
from cells.weights import Weights

Part = TypeVar("Part")


class Parts(NamedTuple):
    """What a network is made of, neither copied nor frozen: training writes to these arrays."""

    cell: str
    layers: tuple[Layer, ...]
    embedding: Matrix | None
    readout: Readout | None


def by_name(parts: Network | Parts) -> dict[str, Array]:
    """Every array of a network under its path, in one fixed order."""
    arrays: dict[str, Array] = {}
    if parts.embedding is not None:
        arrays["embedding"] = parts.embedding
    for depth, direction, weights in directions_of(parts.layers):
        arrays |= blocks_by_name(named(parts.cell), weights, f"layers.{depth}.{direction}")
    if parts.readout is not None:
        arrays |= {"readout.W": parts.readout.W, "readout.b": parts.readout.b}
    return arrays


def blocks_by_name(cell: Cell, weights: Weights, path: str) -> dict[str, Array]:
    """The blocks of one direction under its path."""
    return {
        f"{path}.{kind}.{gate}": block
        for kind, gates, blocks in zip("WUb", (cell.blocks, cell.blocks, cell.biases), weights, strict=True)
        for gate, block in zip(gates, blocks, strict=True)
    }


def parts_of(cell: str, arrays: Mapping[str, Array], readout: str = "linear") -> Parts:
    """The parts of a network from its arrays by name; a ValueError names an array that is missing.

    `readout` is the kind of the readout, if the arrays have one.
    """
    depth, kind = 0, named(cell)
    layers = []
    while any(name.startswith(f"layers.{depth}.") for name in arrays):
        both = [
            _direction(kind, arrays, f"layers.{depth}.{direction}")
            if any(name.startswith(f"layers.{depth}.{direction}.") for name in arrays)
            else None
            for direction in Layer._fields
        ]
        layers.append(Layer(_there(both[0], f"layers.{depth}.forward"), both[1]))
        depth += 1
    out = None
    if "readout.W" in arrays:
        out = Readout(arrays["readout.W"], _there(arrays.get("readout.b"), "readout.b"), readout)
    return Parts(cell, tuple(layers), arrays.get("embedding"), out)


def _direction(cell: Cell, arrays: Mapping[str, Array], path: str) -> Weights:
    def blocks(kind: str, gates: tuple[str, ...]) -> list[Array]:
        return [_there(arrays.get(f"{path}.{kind}.{gate}"), f"{path}.{kind}.{gate}") for gate in gates]

    return Weights(
        cell.Blocks(*blocks("W", cell.blocks)),
        cell.Blocks(*blocks("U", cell.blocks)),
        cell.Biases(*blocks("b", cell.biases)),
    )


def _there(array: Part | None, path: str) -> Part:
    if array is None:
        raise ValueError(f"{path} is missing")
    return array


def network_of_parts(parts: Parts, dtype: str = "float64") -> Network:
    """The network that the parts make: checked, copied, read-only."""
    return Network(*parts).astype(dtype)


class Theta:
    """All of a network's numbers as one vector; `parts` are views of it, so they move with it."""

    def __init__(self, network: Network | Parts, dtype: str = "float32") -> None:
        arrays = by_name(network)
        self.vector: Vector = np.concatenate([array.ravel() for array in arrays.values()]).astype(dtype)
        self.shapes = {name: array.shape for name, array in arrays.items()}
        self._ends = np.cumsum([array.size for array in arrays.values()])[:-1]
        kind = network.readout.kind if network.readout is not None else "linear"
        self.parts = parts_of(network.cell, self.views(self.vector), kind)

    def views(self, vector: Vector) -> dict[str, Array]:
        """The named arrays as views of a vector like this one."""
        pieces = np.split(vector, self._ends)
        return {
            name: piece.reshape(shape)
            for (name, shape), piece in zip(self.shapes.items(), pieces, strict=True)
        }
