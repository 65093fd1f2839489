"""Our own files: the arrays of a network by name, `layers.0.forward.W.u`, in an npz without pickles."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from cells.arrays import Array
from cells.cell import Cell, named
from cells.network import Layer, Network, Readout
from cells.weights import Weights

Arrays: TypeAlias = Mapping[str, NDArray[np.generic]]  # numbers; strings for `cell` and `readout.kind`
Found = TypeVar("Found")


def write(path: Path, arrays: Arrays) -> None:
    """Writes a file; the same arrays give the same bytes."""
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]  # no array is called allow_pickle


def read(path: Path) -> Arrays:
    """What was written."""
    with np.load(path, allow_pickle=False) as file:
        return {name: file[name] for name in file.files}


def arrays_of(network: Network, dtype: str = "float16") -> Arrays:
    """Everything that `network_of` needs, its numbers in one type."""
    cell = named(network.cell)
    found: dict[str, Array] = {}
    for depth, layer in enumerate(network.layers):
        for direction, weights in zip(layer._fields, layer, strict=True):
            for part, blocks in zip(Weights._fields, weights or (), strict=weights is not None):
                gates = cell.biases if part == "b" else cell.blocks
                place = f"layers.{depth}.{direction}.{part}"
                found |= {f"{place}.{gate}": block for gate, block in zip(gates, blocks, strict=True)}
    if network.embedding is not None:
        found["embedding"] = network.embedding
    if network.readout is not None:
        found |= {"readout.W": network.readout.W, "readout.b": network.readout.b}
    numbers = {name: array.astype(dtype) for name, array in found.items()}
    kind = {} if network.readout is None else {"readout.kind": np.array(network.readout.kind)}
    return {"cell": np.array(network.cell), **numbers, **kind}


def network_of(arrays: Arrays, dtype: str = "float32") -> Network:
    """The network whose arrays these are; ValueError names one that is missing."""
    cell = str(got(arrays, "cell"))
    numbers: dict[str, Array] = {
        name: array.astype(dtype) for name, array in arrays.items() if array.dtype.kind == "f"
    }
    layers: list[Layer] = []
    while f"layers.{len(layers)}.forward.U.{named(cell).blocks[0]}" in numbers:
        layers.append(layer_of(named(cell), numbers, f"layers.{len(layers)}"))
    readout = None
    if "readout.kind" in arrays:
        kind = str(arrays["readout.kind"])
        readout = Readout(got(numbers, "readout.W"), got(numbers, "readout.b"), kind)
    return Network(cell, tuple(layers), numbers.get("embedding"), readout)


def layer_of(cell: Cell, numbers: Mapping[str, Array], place: str) -> Layer:
    """One layer, backward too if it is there."""

    def weights(direction: str) -> Weights:
        def blocks(part: str, gates: tuple[str, ...]) -> list[Array]:
            return [got(numbers, f"{place}.{direction}.{part}.{gate}") for gate in gates]

        return Weights(
            W=cell.Blocks(*blocks("W", cell.blocks)),
            U=cell.Blocks(*blocks("U", cell.blocks)),
            b=cell.Biases(*blocks("b", cell.biases)),
        )

    both = any(name.startswith(f"{place}.backward.") for name in numbers)
    return Layer(weights("forward"), weights("backward") if both else None)


def got(arrays: Mapping[str, Found], name: str) -> Found:
    """The array of this name."""
    if name not in arrays:
        raise ValueError(f"{name} is missing: this is not a whole file of ours; write it again")
    return arrays[name]


def beneath(arrays: Arrays, place: str) -> Arrays:
    """The arrays whose names begin with the place, without it: `encoder.cell` beneath `encoder` is `cell`."""
    start = f"{place}."
    return {name.removeprefix(start): array for name, array in arrays.items() if name.startswith(start)}
